"""Exactness: how far a float may be from the exact value, and where its sign can be trusted.

Sums of whole numbers are exact and sums of what is never negative lose next to nothing, so that
most values are known to a few units in the last place: that is read off an expression, once for all
regions. Where a difference takes more away, errors are enclosed region by region; what lies within
them of a line, zero or a peer's value, is for the exact engine to say.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen

from bajio.engines.array.enclosures import Enclosure, enclose
from bajio.engines.array.floats import Calls, Leaves
from bajio.engines.array.scaled import EXACT, UNIT, TermColumn
from bajio.rules.algebra import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Constant,
    Domain,
    Expression,
    Operation,
    Operator,
    Ref,
    RelativeChange,
    walk,
)

#: What the many steps of a spread lose at most, of one and of the value. They are not enclosed,
#: which would double the time. Sums of logarithms and powers over some hundred members lose about
#: 10⁻¹³, so that the margin is wide; and what is as near to a line as this is rare enough to be
#: asked of the exact engine.
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

    @property
    def relative(self) -> float | None:
        """A bound on the error of a sum as a part of it; `None` where terms can cancel out."""
        if self.whole:
            return UNIT  # the one division behind an exact sum
        # A rounding for each term and for each addition: of what is never negative, no part of a
        # sum is greater than the sum.
        return (self.terms + 2) * UNIT if self.never_negative else None

    def enclosed(self, sums: Any) -> Enclosure:
        """Sums with bounds on their errors."""
        if self.sharp:
            return Enclosure(sums, 0.0)
        if self.whole:
            return Enclosure(sums, np.abs(sums) * UNIT)
        return Enclosure(sums, self.terms * UNIT * self.most)


#: That of one number for all regions: exact but for its rounding.
FIXED = Exactness(whole=True, sharp=False, never_negative=False, most=0.0, terms=1)


@frozen
class _Trust:
    """What can be read off an expression for all regions.

    Attributes:
        relative: a bound on the error as a part of the value; `None`: there is none.
        never_negative: whether no value can be negative.
    """

    relative: float | None
    never_negative: bool = False


@frozen(slots=False)
class Rounding:
    """What is known of the floats of an expression.

    Attributes:
        expression: over leaves.
        leaves: by position.
        picks: whether each rule over members in it picks one member's figure, which is exact but
            for its rounding.
    """

    expression: Expression
    leaves: Sequence[Exactness]
    picks: bool = True

    @property
    def sharp(self) -> bool:
        """Whether values are exact, to the last bit."""
        expression = self.expression
        return isinstance(expression, Ref) and self.leaves[expression.leaf].sharp

    @property
    def relative(self) -> float | None:
        """A bound on the error as a part of the value; `None` where there is none."""
        return self._trust.fold(self.expression).relative

    @cached_property
    def lines(self) -> tuple[Expression, ...]:
        """The parts whose sign decides whether there is a value, where rounding can turn it."""
        return tuple(part for part in self._lines() if not self._is_surely_signed(part))

    def error(self, leaves: Leaves, calls: Calls) -> Any:
        """A bound on the error of each value."""
        return self._enclosed(self.expression, leaves, calls).error

    def doubts(self, leaves: Leaves, calls: Calls) -> list[Any]:
        """Where rounding may decide whether there is a value: true and false, an array a part."""
        doubts = []
        for part in self.lines:
            enclosed = self._enclosed(part, leaves, calls)
            with np.errstate(all="ignore"):
                near = ~(np.abs(enclosed.value) > enclosed.error)
            if np.any(near):
                doubts.append(near)
        return doubts

    @cached_property
    def _trust(self) -> "_Trusting":
        return _Trusting(self.leaves, picks=self.picks)

    def _lines(self) -> Iterator[Expression]:
        for node in walk(self.expression, needs=False):
            match node:
                case Operation(Operator.OVER, _, part) | RelativeChange(_, part):
                    yield part
                case Applied(function, part) if function != "absolute":
                    yield part

    def _is_surely_signed(self, expression: Expression) -> bool:
        """Whether a float is zero, or negative, only where the value is."""
        match expression:
            case Operation(Operator.MINUS | Operator.PLUS, Ref(first), Ref(second)):
                pair = self.leaves[first], self.leaves[second]
                if all(known.sharp for known in pair) and sum(known.most for known in pair) < EXACT:
                    return True
        return self._trust.fold(expression).relative is not None

    def _enclosed(self, expression: Expression, leaves: Leaves, calls: Calls) -> Enclosure:
        pairs = zip(self.leaves, leaves, strict=True)
        spreads = {
            call: Enclosure(value, LOOSE * (1 + np.abs(value))) for call, value in calls.items()
        }
        return enclose(expression, [known.enclosed(value) for known, value in pairs], spreads)


class _Trusting(Domain[_Trust]):
    """What an expression lets through of the exactness of its leaves."""

    def __init__(self, leaves: Sequence[Exactness], *, picks: bool) -> None:
        self._leaves = leaves
        self._picks = picks

    def leaf(self, ref: Ref) -> _Trust:
        known = self._leaves[ref.leaf]
        return _Trust(known.relative, known.never_negative)

    def number(self, constant: Constant) -> _Trust:
        return _Trust(UNIT, constant.value >= 0)

    def operate(self, operation: Operation, first: _Trust, second: _Trust) -> _Trust:
        positive = first.never_negative and second.never_negative
        both = _added(first.relative, second.relative)
        match operation.operator:
            case Operator.TIMES | Operator.OVER:
                return _Trust(both, positive)
            case Operator.PLUS:
                return _Trust(both if positive else None, positive)
        return _Trust(None)

    def change(self, _change: RelativeChange, _now: _Trust, _before: _Trust) -> _Trust:
        return _Trust(None)

    def apply(self, applied: Applied, argument: _Trust) -> _Trust:
        match applied.function:
            case "absolute" | "root":
                return _Trust(_added(argument.relative, UNIT), never_negative=True)
            case function if function == UNLESS_NEGATIVE:
                return _Trust(0.0, never_negative=True)
        return _Trust(None)

    def call(self, _call: Call) -> _Trust:
        return _Trust(UNIT if self._picks else None)


def _added(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first + second + UNIT
