"""Expressions over arrays of floats, an entry a region: their values, and where there are none."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import frozen

from bajio.engines.array.arrays import Bools, Floats, Numbers
from bajio.errors import InvalidRule
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
)

#: Leaves by position: an array with an entry a region, or one number for all regions.
Leaves = Sequence[Numbers | float]
#: What rules over members come to, likewise.
Calls = Mapping[Call, Numbers | float]


def number(value: Fraction | int) -> float:
    """An exact number as an int where it is one that a float can hold, else as a float."""
    whole = value.denominator == 1 and abs(value.numerator) <= 2**53
    return value.numerator if whole else float(value)


def operated(operator: Operator, first: Any, second: Any) -> Any:
    """One of the four operations on floats, or arrays of them."""
    return np.divide(first, second) if operator is Operator.OVER else operator.of(first, second)


def function_of(function: str, value: Any, exponent: Fraction = Fraction(1)) -> Any:
    """A function of floats; not a number where it has no value, or any number."""
    return _FUNCTIONS[function](value, exponent)


def _entropy(value: Any, _exponent: Fraction) -> Any:
    return np.multiply(value, np.log(np.where(np.equal(value, 0), 1.0, value)))


def _root(value: Any, exponent: Fraction) -> Any:
    """A root: by functions that round once where there are such, as power of a third does not."""
    if exponent.denominator == 2:
        return np.sqrt(value)
    return np.cbrt(value) if exponent.denominator == 3 else np.power(value, float(exponent))


def _power(value: Any, exponent: Fraction) -> Any:
    return np.sqrt(value) if exponent == Fraction(1, 2) else np.power(value, float(exponent))


_FUNCTIONS: Mapping[str, Callable[[Any, Fraction], Any]] = {
    "absolute": lambda value, _: np.abs(value),
    "logarithm": lambda value, _: np.log(value),
    "exponential": lambda value, _: np.exp(value),
    "entropy": _entropy,
    "root": _root,
    "power": _power,
    UNLESS_NEGATIVE: lambda value, _: np.ones(np.shape(value)),
}


class FloatDomain(Domain[Any]):
    """Arrays of floats, without a look at where they have a value."""

    def number(self, constant: Constant) -> Any:
        """The number as a float."""
        return number(constant.value)

    def operate(self, operation: Operation, first: Any, second: Any) -> Any:
        """One of the four operations, entry by entry."""
        return operated(operation.operator, first, second)

    def apply(self, applied: Applied, argument: Any) -> Any:
        """A function, entry by entry."""
        return function_of(applied.function, argument, applied.exponent)


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


def finish(expression: Expression, leaves: Leaves, calls: Calls | None = None) -> Finished:
    """The values of an expression, where a divisor is zero or growth starts from nothing: none.

    Args:
        expression: over leaves.
        leaves: what each leaf comes to, region by region, or for all regions.
        calls: what each rule over members in the expression comes to.

    Examples:
        >>> found = finish(Ref(0) / Ref(1), [np.array([6, 5]), np.array([4, 0])])
        >>> found.values, found.defined
        (array([1.5, 0. ]), array([ True, False]))
    """
    calls = calls or {}
    finisher = _Finisher(leaves, calls)
    with np.errstate(all="ignore"):
        values = np.asarray(finisher.fold(expression), dtype=np.float64)
    defined: Bools | None = None
    for wrong in finisher.wrong:
        defined = ~wrong if defined is None else defined & ~wrong
    every = (*leaves, *calls.values())
    shape = np.broadcast_shapes(*(np.shape(leaf) for leaf in every), values.shape)
    if values.shape != shape:
        values = np.broadcast_to(values, shape)
    if defined is None:
        return Finished(values, None)
    return Finished(np.where(defined, values, 0.0), np.broadcast_to(defined, shape))


class _Finisher(FloatDomain):
    """Evaluates, and takes note of where there is no value."""

    def __init__(self, leaves: Leaves, calls: Calls) -> None:
        self._leaves = leaves
        self._calls = calls
        self.wrong: list[Any] = []

    def leaf(self, ref: Ref) -> Any:
        return self._leaves[ref.leaf]

    def call(self, call: Call) -> Any:
        if call not in self._calls:
            raise InvalidRule(f"{call.name!r} is a function of the members: it needs them")
        return self._calls[call]

    def operate(self, operation: Operation, first: Any, second: Any) -> Any:
        if operation.operator is Operator.OVER:
            self._refuse(np.equal(second, 0))
        return super().operate(operation, first, second)

    def change(self, _change: RelativeChange, now: Any, before: Any) -> Any:
        self._refuse(np.less_equal(before, 0))
        return np.divide(np.subtract(now, before), before)

    def apply(self, applied: Applied, argument: Any) -> Any:
        if applied.function == "logarithm":
            self._refuse(np.less_equal(argument, 0))
        elif applied.function != "absolute":
            self._refuse(np.less(argument, 0))
        return super().apply(applied, argument)

    def _refuse(self, where: Any) -> None:
        if np.any(where):
            self.wrong.append(where)
