"""Values of an expression over arrays, with how far each can be from the exact one.

What rounding does is bounded step by step, so that no set is ever lost by it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from bajio.engines.array.scaled import UNIT
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

#: More than what a logarithm or a root of a float is off, relative to its result, and in itself.
FUNCTION = 2.0**-46
#: The least float above zero.
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


def enclose(expression: Expression, leaves: Sequence[Enclosure]) -> Enclosure:
    """The values of an expression over the values of its leaves.

    Examples:
        >>> found = enclose(Operation(Operator.OVER, Ref(0), Ref(1)), [
        ...     Enclosure(np.array([6.0, 5.0]), 0.0), Enclosure(np.array([4.0, 0.0]), 0.0)
        ... ])
        >>> found.value
        array([1.5, nan])
    """
    with np.errstate(all="ignore"):
        return _enclosed(expression, leaves)


def _enclosed(expression: Expression, leaves: Sequence[Enclosure]) -> Enclosure:
    match expression:
        case Ref(leaf):
            return leaves[leaf]
        case Constant(value):
            return Enclosure.of(float(value), 0.0)
        case Operation(operator, left, right):
            return operated(operator, _enclosed(left, leaves), _enclosed(right, leaves))
        case Change(now, before):
            base = _enclosed(before, leaves)
            less = operated(Operator.MINUS, _enclosed(now, leaves), base)
            highest, lowest = base.value + base.error, base.value - base.error
            found = operated(Operator.OVER, less, base)
            wrong = np.isnan(found.value) | (highest <= 0)
            return Enclosure.of(found.value, found.error, wrong, (lowest <= 0) & (highest > 0))
        case Applied(function, argument, exponent):
            return applied(function, _enclosed(argument, leaves), exponent.denominator)
        case Call(_, name):
            raise InvalidRule(f"{name!r} is a function of the members: it needs them")
    raise InvalidRule(f"{expression!r} is of members, not of a region")


def operated(operator: Operator, first: Enclosure, second: Enclosure) -> Enclosure:
    """One of the four operations."""
    (a, e), (b, f) = (first.value, first.error), (second.value, second.error)
    wrong = np.isnan(a) | np.isnan(b)
    if operator in {Operator.PLUS, Operator.MINUS}:
        return Enclosure.of(a + b if operator is Operator.PLUS else a - b, e + f, wrong)
    if operator is Operator.TIMES:
        return Enclosure.of(a * b, np.abs(a) * f + np.abs(b) * e + e * f, wrong)
    value, size = np.divide(a, b), np.abs(b)
    error = (e + np.abs(value) * f) / (size - f)
    wrong |= (b == 0) & (f == 0)
    return Enclosure.of(value, error, wrong, size <= f)


def applied(function: str, given: Enclosure, degree: int) -> Enclosure:
    """A function of one number."""
    a, e = given.value, given.error
    lowest, highest = a - e, a + e
    wrong = np.isnan(a)
    if function == "absolute":
        return Enclosure.of(np.abs(a), e, wrong)
    if function == "logarithm":
        value = np.log(a)
        error = e / lowest + FUNCTION * (np.abs(value) + 1)
        return Enclosure.of(value, error, wrong | (highest <= 0), lowest <= 0)
    wrong, doubtful = wrong | (highest < 0), lowest < 0
    if function == "unless-negative":
        return Enclosure.of(np.ones(np.shape(a)), 0.0, wrong, doubtful)
    if function == "entropy":
        value = a * np.log(np.where(a > 0, a, 1.0))
        steepest = np.abs(np.log(highest)) + np.abs(np.log(np.maximum(lowest, _LEAST))) + 2
        error = np.where(e == 0, 0.0, e * steepest) + FUNCTION * np.abs(value)
        return Enclosure.of(value, error, wrong, doubtful)
    value = np.maximum(a, 0.0) ** (1.0 / degree)
    ratio = np.where(e == 0, 0.0, e / np.maximum(lowest, _LEAST))
    return Enclosure.of(value, value * (ratio + FUNCTION), wrong, doubtful)
