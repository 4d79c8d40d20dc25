"""Finishing in bulk: the values of an expression over arrays of its leaves, an entry a region."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Union

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Bools, Floats, Numbers
from bajio.errors import InvalidRule
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

#: Leaves by position: an array with an entry a region, or one number for all regions.
Leaves = Sequence[Union["Numbers", float]]


@frozen(eq=False)
class Finished:
    """The values of an expression for many regions.

    Attributes:
        values: a float a region; zero where it has none.
        defined: whether it has one; `None` where all have.
    """

    values: Floats
    defined: Bools | None

    @property
    def all_defined(self) -> Bools:
        """Whether each region has a value, as an array."""
        return np.ones(len(self.values), bool) if self.defined is None else self.defined


def finish(expression: Expression, leaves: Leaves, calls: Sequence[Numbers] = ()) -> Finished:
    """The values of an expression, where a divisor is zero or growth starts from nothing: none.

    Args:
        expression: over leaves.
        leaves: what each leaf comes to, region by region, or for all regions.
        calls: what each rule over members in the expression comes to, in the order of the tree.

    Examples:
        >>> density = Operation(Operator.OVER, Ref(0), Ref(1))
        >>> found = finish(density, [np.array([6, 5]), np.array([4, 0])])
        >>> found.values, found.defined
        (array([1.5, 0. ]), array([ True, False]))
    """
    finisher = _Finisher(leaves, list(calls))
    with np.errstate(all="ignore"):
        values = np.asarray(finisher.value(expression), dtype=np.float64)
    defined: Bools | None = None
    for wrong in finisher.wrong:
        defined = ~wrong if defined is None else defined & ~wrong
    shape = np.broadcast_shapes(*(np.shape(leaf) for leaf in (*leaves, *calls)), values.shape)
    if values.shape != shape:
        values = np.broadcast_to(values, shape)
    if defined is None:
        return Finished(values, None)
    return Finished(np.where(defined, values, 0.0), np.broadcast_to(defined, shape))


@frozen
class _Finisher:
    """Evaluates, and takes note of where there is no value."""

    leaves: Leaves
    calls: list[Numbers]
    wrong: list[Any] = field(factory=list)

    def value(self, expression: Expression) -> Any:
        match expression:
            case Ref(leaf):
                return self.leaves[leaf]
            case Constant(value):
                return number(value)
            case Operation(operator, left, right):
                return self._operation(operator, self.value(left), self.value(right))
            case Change(now, before):
                return self._change(self.value(now), self.value(before))
            case Applied(function, argument, exponent):
                return self._applied(function, self.value(argument), exponent.denominator)
            case Call(_, name):
                if not self.calls:
                    raise InvalidRule(f"{name!r} is a function of the members: it needs them")
                return self.calls.pop(0)
        raise InvalidRule(f"{expression!r} is of members, not of a region")

    def _refuse(self, where: Any) -> None:
        if np.any(where):
            self.wrong.append(where)

    def _operation(self, operator: Operator, first: Any, second: Any) -> Any:
        if operator is not Operator.OVER:
            return operator.of(first, second)
        self._refuse(np.equal(second, 0))
        return np.divide(first, second)

    def _change(self, now: Any, before: Any) -> Any:
        self._refuse(np.less_equal(before, 0))
        return np.divide(np.subtract(now, before), before)

    def _applied(self, function: str, value: Any, degree: int) -> Any:
        match function:
            case "absolute":
                return np.abs(value)
            case "logarithm":
                self._refuse(np.less_equal(value, 0))
                return np.log(value)
            case "entropy":
                self._refuse(np.less(value, 0))
                return np.multiply(value, np.log(np.where(np.equal(value, 0), 1.0, value)))
            case "unless-negative":
                self._refuse(np.less(value, 0))
                return np.ones(np.shape(value))
        self._refuse(np.less(value, 0))
        if degree == 2:
            return np.sqrt(value)
        return np.cbrt(value) if degree == 3 else np.power(value, 1 / degree)


def number(value: Fraction | int) -> float:
    """An exact number as an int where it is one that a float can hold, else as a float."""
    whole = value.denominator == 1 and abs(value.numerator) <= 2**53
    return value.numerator if whole else float(value)
