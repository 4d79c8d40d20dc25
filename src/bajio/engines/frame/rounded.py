"""Columns that know how far rounding may have moved them.

Sums of floats are rounded, so that what is zero, or the same, in exact numbers is so in columns
within a precision only: a part in 10¹² of the sum of the absolute terms. Where whole numbers alone
are added there is no rounding, and no margin.
"""

from collections.abc import Callable
from fractions import Fraction

import narwhals as nw
from attrs import frozen

from bajio.errors import InvalidRule
from bajio.rules.algebra import Operator

#: How far rounding may move a number, relative to the sum of the absolute terms.
PRECISION = 1e-12
#: Whole numbers below it are exact as floats.
WHOLE = float(2**53)
#: Beyond it no engine gives an answer.
MOST = 2.0**1022
BEYOND = float("inf")
Truth = nw.Expr | bool


@frozen(eq=False)
class RoundedColumn:
    """A column with what is known of its rounding.

    Attributes:
        value: the column.
        size: gives the sum of the absolute terms that it is made of.
        exact: whether it is made of whole numbers alone, which are not rounded.
        alike: whether what is the same in exact numbers is so to the last bit.
        sure: whether nothing is subtracted in it and no term is negative: then it is zero where
            it is zero in exact numbers.
    """

    value: nw.Expr
    size: Callable[[], nw.Expr]
    exact: Truth = False
    alike: Truth = False
    sure: bool = False

    def margin(self, alike: Truth) -> nw.Expr:
        """How far rounding may have moved it, nothing where that is known."""
        if alike is True:
            return nw.lit(0.0)
        margin = self.size() * PRECISION
        return margin if alike is False else nw.when(alike).then(nw.lit(0.0)).otherwise(margin)

    @property
    def is_zero(self) -> nw.Expr:
        """Whether it is zero in exact numbers."""
        if self.sure:
            return self.value == 0
        size = self.value.abs()
        return (size <= self.margin(self.exact)) & (size < BEYOND)

    @property
    def is_positive(self) -> nw.Expr:
        """Whether it is above zero in exact numbers."""
        return self.value > 0 if self.sure else self.value > self.margin(self.exact)

    @property
    def is_negative(self) -> nw.Expr:
        """Whether it is below zero in exact numbers."""
        return self.value < 0 if self.sure else self.value < -self.margin(self.exact)

    @property
    def settled(self) -> nw.Expr:
        """The column, zero where it is zero in exact numbers."""
        return (
            self.value
            if self.sure
            else nw.when(~self.is_zero)
            .then(self.value)
            .otherwise(nw.when(self.is_zero).then(nw.lit(0.0)))
        )


def whole(column: nw.Expr) -> nw.Expr:
    """Whether a column is a whole number that a float can hold."""
    return (column.round(0) == column) & (column.abs() < WHOLE)


def plain(column: nw.Expr, *, sure: bool = False) -> RoundedColumn:
    """One term, which is its own size."""
    is_whole = whole(column)
    return RoundedColumn(column, column.abs, is_whole, is_whole, sure)


def operated(operator: Operator, first: nw.Expr, second: nw.Expr) -> nw.Expr:
    """Two columns joined by an operation, null where a divisor is zero."""
    expr: nw.Expr = operator.of(first, second)
    return nw.when(second != 0).then(expr) if operator is Operator.OVER else expr


def times(column: nw.Expr, number: Fraction) -> nw.Expr:
    """A column times an exact number, rounded as seldom as can be."""
    if number.numerator != 1:
        column = column * float(number.numerator)
    return column if number.denominator == 1 else column / float(number.denominator)


def applied(function: str, column: nw.Expr, exponent: Fraction) -> nw.Expr:
    """A function of a column, null where it has no value.

    Raises:
        InvalidRule: the function is not known.
    """
    if function == "absolute":
        return column.abs()
    if function == "exponential":
        return column.exp()
    if function == "logarithm":
        return nw.when(column > 0).then(positive(column).log())
    if function == "entropy":
        some = nw.when(column > 0).then(column * positive(column).log())
        return nw.when(column == 0).then(nw.lit(0.0)).otherwise(some)
    if function in {"root", "power"}:
        return _power(column, exponent)
    raise InvalidRule(f"no engine knows the function {function!r}")


def positive(column: nw.Expr) -> nw.Expr:
    """A column, one where it is not positive: some backends work out what is not shown."""
    return nw.when(column > 0).then(column).otherwise(nw.lit(1.0))


def _power(column: nw.Expr, exponent: Fraction) -> nw.Expr:
    if exponent.denominator == 1 and exponent >= 0:
        return column ** float(exponent)
    if exponent == Fraction(1, 2):
        power = positive(column).sqrt()
    else:
        power = positive(column) ** float(exponent)
    some = nw.when(column > 0).then(power)
    if exponent <= 0:
        return some
    return nw.when(column == 0).then(nw.lit(0.0)).otherwise(some)
