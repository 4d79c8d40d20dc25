"""Values of an expression over arrays, with how far each can be from the exact one.

What rounding does is bounded step by step, so that no region, and no set of areas, is ever placed,
kept or lost by it: what lies within the bound of a line is for the exact engine to say.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import frozen

from bajio.engines.array import floats
from bajio.engines.array.scaled import UNIT
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

#: More than what a logarithm or a power of a float is off, relative to its result, and in itself.
#: The functions are off by a few units in the last place, 2⁻⁵⁰. In a power the exponent is rounded
#: as well, which counts by the logarithm of what is raised, 710 at most: of a fifth root that is
#: 710 × 2⁻⁵⁶. Square and cubic roots, whose exponents would lose the most, have functions.
FUNCTION = 2.0**-46
#: The least float above zero: divided by instead of zero, it leaves a bound that is endless.
_LEAST = 5e-324


@frozen(eq=False)
class Enclosure:
    """Values, each with the most that it is off.

    Attributes:
        value: not a number where the expression has no value.
        error: infinite where rounding leaves open whether it has one.
    """

    value: Any
    error: Any

    @staticmethod
    def of(value: Any, error: Any, wrong: Any = False, doubtful: Any = False) -> "Enclosure":  # noqa: FBT002
        """What one more operation on floats gives: rounded, and open where its error is.

        Args:
            value, error: before rounding.
            wrong: where there is no value.
            doubtful: where rounding leaves open whether there is one.
        """
        error = error + UNIT * np.abs(value)
        doubtful = doubtful | ~np.isfinite(error)
        value = np.where(wrong, np.nan, np.where(doubtful, 0.0, value))
        return Enclosure(value, np.where(doubtful, np.inf, error))

    @property
    def lowest(self) -> Any:
        """The least that the exact values can be."""
        return self.value - self.error

    @property
    def highest(self) -> Any:
        """The greatest that the exact values can be."""
        return self.value + self.error


def enclose(
    expression: Expression,
    leaves: Sequence[Enclosure],
    calls: Mapping[Call, Enclosure] | None = None,
) -> Enclosure:
    """The values of an expression over the values of its leaves.

    Args:
        expression: over leaves.
        leaves: what each leaf comes to.
        calls: what each rule over members in the expression comes to.

    Examples:
        >>> found = enclose(Ref(0) / Ref(1), [
        ...     Enclosure(np.array([6.0, 5.0]), 0.0), Enclosure(np.array([4.0, 0.0]), 0.0)
        ... ])
        >>> found.value
        array([1.5, nan])
    """
    with np.errstate(all="ignore"):
        return _OverLeaves(leaves, calls or {}).fold(expression)


class EnclosedDomain(Domain[Enclosure]):
    """Arrays of floats that know how far they are off."""

    def number(self, constant: Constant) -> Enclosure:
        """The number as a float, rounded."""
        return Enclosure.of(float(constant.value), 0.0)

    def operate(self, operation: Operation, first: Enclosure, second: Enclosure) -> Enclosure:
        """One of the four operations, with all that both errors can do together."""
        operator = operation.operator
        (a, e), (b, f) = (first.value, first.error), (second.value, second.error)
        wrong = np.isnan(a) | np.isnan(b)
        value = floats.operated(operator, a, b)
        if operator in {Operator.PLUS, Operator.MINUS}:
            return Enclosure.of(value, e + f, wrong)
        if operator is Operator.TIMES:
            return Enclosure.of(value, np.abs(a) * f + np.abs(b) * e + e * f, wrong)
        size = np.abs(b)
        wrong |= (b == 0) & (f == 0)
        return Enclosure.of(value, (e + np.abs(value) * f) / (size - f), wrong, size <= f)

    def change(self, change: RelativeChange, now: Enclosure, before: Enclosure) -> Enclosure:
        """A growth, of which there is none where what was before is not positive."""
        grown = super().change(change, now, before)
        lowest, highest = before.lowest, before.highest
        wrong = np.isnan(grown.value) | (highest <= 0)
        return Enclosure.of(grown.value, grown.error, wrong, (lowest <= 0) & (highest > 0))

    def apply(self, applied: Applied, argument: Enclosure) -> Enclosure:
        """A function, by the steepest that it can be within the error of its argument."""
        function, wrong = applied.function, np.isnan(argument.value)
        if function == "absolute":
            return Enclosure.of(np.abs(argument.value), argument.error, wrong)
        if function == "exponential":
            value = np.exp(argument.value)
            error = np.exp(argument.highest) - value + FUNCTION * value
            return Enclosure.of(value, error, wrong)
        if function == "logarithm":
            value = floats.function_of(function, argument.value)
            error = argument.error / argument.lowest + FUNCTION * (np.abs(value) + 1)
            wrong |= argument.highest <= 0
            return Enclosure.of(value, error, wrong, argument.lowest <= 0)
        value, error = _of_not_negative(function, argument, applied.exponent)
        wrong |= argument.highest < 0
        return Enclosure.of(value, error, wrong, argument.lowest < 0)


def _of_not_negative(function: str, argument: Enclosure, exponent: Fraction) -> tuple[Any, Any]:
    """Value and error of a function that negative numbers have not."""
    a, e, lowest, highest = argument.value, argument.error, argument.lowest, argument.highest
    value = floats.function_of(function, np.maximum(a, 0.0), exponent)
    if function == UNLESS_NEGATIVE:
        return value, 0.0
    if function == "entropy":
        steepest = np.abs(np.log(highest)) + np.abs(np.log(np.maximum(lowest, _LEAST))) + 2
        return value, np.where(e == 0, 0.0, e * steepest) + FUNCTION * np.abs(value)
    if function == "root":
        ratio = np.where(e == 0, 0.0, e / np.maximum(lowest, _LEAST))
        return value, value * (ratio + FUNCTION)
    ends = np.maximum(lowest, 0.0) ** float(exponent), highest ** float(exponent)
    return value, np.maximum(*(np.abs(end - value) for end in ends)) + FUNCTION * value


class _OverLeaves(EnclosedDomain):
    """The same over leaves that are known."""

    def __init__(self, leaves: Sequence[Enclosure], calls: Mapping[Call, Enclosure]) -> None:
        self._leaves = leaves
        self._calls = calls

    def leaf(self, ref: Ref) -> Enclosure:
        return self._leaves[ref.leaf]

    def call(self, call: Call) -> Enclosure:
        if call not in self._calls:
            raise InvalidRule(f"{call.name!r} is a function of the members: it needs them")
        return self._calls[call]
