"""Rounding: how far a float may be from the exact value, and where its sign can be trusted.

Sums of whole numbers are exact and sums of what is never negative lose next to nothing, so that
most values are known to a few units in the last place. Where a difference takes more away, the
bound grows; what lies within it of a line, zero or a peer's value, is for the exact engine to say.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import frozen

from bajio.engines.array.finishing import finish, number
from bajio.engines.array.scaled import UNIT, TermColumn
from bajio.rules.algebra import (
    Applied,
    Call,
    Change,
    Constant,
    Expression,
    Operation,
    Operator,
    Ref,
)

#: What logarithms, powers and the many steps of a spread lose at most, of one and of the value.
LOOSE = 1e-10


@frozen
class Exactness:
    """What is known of a leaf's sums.

    Attributes:
        whole: whether they are exact but for one division at the end.
        sharp: whether they are exact.
        never_negative: whether no term is negative.
        most: the sum of all absolute terms.
        terms: the greatest number of terms in a sum.
    """

    whole: bool
    sharp: bool
    never_negative: bool
    most: float
    terms: int

    @staticmethod
    def of(column: TermColumn) -> "Exactness":
        """That of sums of a column."""
        sharp = column.whole and column.divisor == 1
        count = len(column.values)
        return Exactness(column.whole, sharp, column.never_negative, column.most, count)


#: That of one number for all regions: exact but for its rounding.
FIXED = Exactness(whole=True, sharp=False, never_negative=False, most=0.0, terms=1)


@frozen
class Rounding:
    """What is known of the floats of an expression.

    Attributes:
        leaves: by position.
        calls: for each rule over members, in the order of the tree, whether it picks one member's
            figure, which is exact but for its rounding.
    """

    leaves: Sequence[Exactness]
    calls: Sequence[bool] = ()

    def sharp(self, expression: Expression) -> bool:
        """Whether values are exact, to the last bit."""
        return isinstance(expression, Ref) and self.leaves[expression.leaf].sharp

    def relative(self, expression: Expression) -> float | None:
        """A bound on the error as a part of the value; `None` where there is none."""
        match expression:
            case Ref(leaf):
                known = self.leaves[leaf]
                if known.whole:
                    return UNIT
                return (known.terms + 2) * UNIT if known.never_negative else None
            case Constant():
                return UNIT
            case Call() if all(self.calls):
                return UNIT
            case Operation(Operator.TIMES | Operator.OVER, left, right):
                return _added(self.relative(left), self.relative(right))
            case Operation(Operator.PLUS, left, right):
                if self.never_negative(left) and self.never_negative(right):
                    return _added(self.relative(left), self.relative(right))
            case Applied("unless-negative"):
                return 0.0
            case Applied("absolute" | "root", argument):
                return _added(self.relative(argument), UNIT)
        return None

    def never_negative(self, expression: Expression) -> bool:
        """Whether no value can be negative, as far as can be read off."""
        match expression:
            case Ref(leaf):
                return self.leaves[leaf].never_negative
            case Constant(value):
                return value >= 0
            case Operation(Operator.MINUS, _, _):
                return False
            case Operation(_, left, right):
                return self.never_negative(left) and self.never_negative(right)
            case Applied("absolute" | "root" | "unless-negative"):
                return True
        return False

    def surely_signed(self, expression: Expression) -> bool:
        """Whether a float is zero, or negative, only where the value is."""
        match expression:
            case Operation(Operator.MINUS | Operator.PLUS, Ref(first), Ref(second)):
                pair = self.leaves[first], self.leaves[second]
                if all(one.sharp for one in pair) and sum(one.most for one in pair) < 2**53:
                    return True
        return self.relative(expression) is not None

    def error(self, expression: Expression, leaves: Sequence[Any], calls: Sequence[Any]) -> Any:
        """A bound on the error of each value, to first order."""
        with np.errstate(all="ignore"):
            return _Bounds(self, leaves, list(calls)).both(expression)[1]

    def unsure(self, expression: Expression) -> bool:
        """Whether rounding can decide whether there is a value."""
        return any(not self.surely_signed(part) for part, _ in self._lines(expression, 0))

    def doubts(
        self, expression: Expression, leaves: Sequence[Any], calls: Sequence[Any]
    ) -> list[Any]:
        """Where rounding may decide whether there is a value: true and false, an array a part."""
        left = list(calls)
        found: list[Any] = []
        for part, used in self._lines(expression, 0):
            if not self.surely_signed(part):
                with np.errstate(all="ignore"):
                    value, error = _Bounds(self, leaves, left[used:]).both(part)
                near = ~(np.abs(value) > error)
                if np.any(near):
                    found.append(near)
        return found

    def _lines(self, expression: Expression, used: int) -> list[tuple[Expression, int]]:
        """The parts whose sign decides whether there is a value, and the calls before each."""
        match expression:
            case Operation(operator, left, right):
                then = used + _count(left)
                own = [(right, then)] if operator is Operator.OVER else []
                return [*self._lines(left, used), *self._lines(right, then), *own]
            case Change(now, before):
                then = used + _count(now)
                return [*self._lines(now, used), *self._lines(before, then), (before, then)]
            case Applied(function, argument):
                own = [] if function == "absolute" else [(argument, used)]
                return [*self._lines(argument, used), *own]
        return []


def _count(expression: Expression) -> int:
    """How many rules over members an expression holds."""
    match expression:
        case Call():
            return 1
        case Operation(_, first, second) | Change(first, second):
            return _count(first) + _count(second)
        case Applied(_, argument):
            return _count(argument)
    return 0


def _added(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first + second + UNIT


@frozen
class _Bounds:
    """Values with bounds on their errors."""

    rounding: Rounding
    leaves: Sequence[Any]
    calls: list[Any]

    def both(self, expression: Expression) -> tuple[Any, Any]:
        match expression:
            case Ref(leaf):
                return self._leaf(leaf)
            case Constant(value):
                return number(value), abs(number(value)) * UNIT
            case Operation(operator, left, right):
                return _operated(operator, self.both(left), self.both(right))
            case Change(now, before):
                change, error = _operated(Operator.MINUS, self.both(now), base := self.both(before))
                return _operated(Operator.OVER, (change, error), base)
            case Applied(function, argument, exponent):
                return _applied(function, self.both(argument), exponent)
        value = self.calls.pop(0)
        return value, LOOSE * (1 + np.abs(value))

    def _leaf(self, leaf: int) -> tuple[Any, Any]:
        known, value = self.rounding.leaves[leaf], self.leaves[leaf]
        if known.sharp:
            return value, 0.0
        if known.whole:
            return value, np.abs(value) * UNIT
        return value, known.terms * UNIT * known.most


def _operated(
    operator: Operator, first: tuple[Any, Any], second: tuple[Any, Any]
) -> tuple[Any, Any]:
    (a, error_a), (b, error_b) = first, second
    if operator is Operator.PLUS:
        return a + b, error_a + error_b + np.abs(a + b) * UNIT
    if operator is Operator.MINUS:
        return a - b, error_a + error_b + np.abs(a - b) * UNIT
    if operator is Operator.TIMES:
        value = a * b
        return value, np.abs(a) * error_b + np.abs(b) * error_a + np.abs(value) * UNIT
    value = np.divide(a, b)
    return value, np.divide(error_a + np.abs(value) * error_b, np.abs(b)) + np.abs(value) * UNIT


def _applied(function: str, argument: tuple[Any, Any], exponent: Fraction) -> tuple[Any, Any]:
    inner, error = argument
    value = finish(Applied(function, Ref(0), exponent), [np.asarray(inner)]).values
    if function == "absolute":
        return value, error
    if function == "unless-negative":
        return value, 0.0
    steps = {"logarithm": 1.0, "entropy": np.abs(inner) + np.abs(value)}
    slope = np.divide(steps.get(function, np.abs(value)), np.abs(inner))
    return value, np.where(np.equal(inner, 0), error, slope * error) + 4 * UNIT * (
        1 + np.abs(value)
    )
