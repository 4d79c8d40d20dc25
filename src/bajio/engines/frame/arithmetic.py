"""Arithmetic: an expression over leaves as columns, null where it has no value.

Sums of floats are rounded, so that what is zero, or the same, in exact numbers is so in columns
within a precision only: a part in 10¹² of the sum of the absolute terms. Where whole numbers alone
are added there is no rounding, and no margin.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import narwhals as nw
from attrs import frozen

from bajio.errors import InvalidRule
from bajio.rules.algebra import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Change,
    Constant,
    Expression,
    Operation,
    Operator,
    Ref,
)

#: How far rounding may move a number, relative to the sum of the absolute terms.
PRECISION = 1e-12
#: Whole numbers below it are exact as floats.
WHOLE = float(2**53)
#: Beyond it no engine gives an answer.
MOST = 2.0**1022
_BEYOND = float("inf")
_LOGARITHMIC = frozenset({"logarithm", "entropy", "root", "power"})
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
        return (size <= self.margin(self.exact)) & (size < _BEYOND)

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


Called = Callable[[Call], RoundedColumn]
Shared = Callable[[Expression, RoundedColumn], RoundedColumn]


def column_of(
    expression: Expression,
    leaves: Sequence[RoundedColumn],
    called: Called,
    shared: Shared | None = None,
) -> RoundedColumn:
    """The column of an expression.

    Null where a divisor is zero, growth starts from what is not positive, or a logarithm or root
    has no value.

    Args:
        expression: over leaves.
        leaves: the column of each.
        called: gives the column of a rule over members.
        shared: keeps a sum of leaves as a column of its own, for all that read it.
    """
    if shared is not None and isinstance(expression, Operation) and _is_sum(expression):
        return shared(expression, column_of(expression, leaves, called))

    def inner(one: Expression) -> RoundedColumn:
        return column_of(one, leaves, called, shared)

    match expression:
        case Ref(leaf):
            return leaves[leaf]
        case Constant(value):
            return _constant(value)
        case Call():
            return called(expression)
        case Applied(function, argument, exponent):
            return _function(function, inner(argument), exponent)
        case Change(now, before):
            return _change(inner(now), inner(before))
        case Operation(operator, left, right):
            return _operation(operator, left, right, inner)
    raise InvalidRule(f"{expression!r} is of members, not of a region")


def is_sure(expression: Expression, leaves: Sequence[bool]) -> bool:
    """Whether nothing is subtracted in an expression, and no term is negative.

    Args:
        expression: over leaves.
        leaves: whether each leaf's terms are never negative.
    """
    match expression:
        case Ref(leaf):
            return leaves[leaf]
        case Constant(value):
            return value >= 0
        case Applied(function, argument):
            if function == UNLESS_NEGATIVE:
                return True
            return function in {"absolute", "exponential", "root"} and is_sure(argument, leaves)
        case Operation(operator, left, right):
            both = is_sure(left, leaves) and is_sure(right, leaves)
            return operator is not Operator.MINUS and both
    return False


def tested(expression: Expression) -> Iterator[Expression]:
    """The parts of an expression that are looked at for being zero or positive."""
    match expression:
        case Change(now, before):
            yield before
            yield from tested(now)
            yield from tested(before)
        case Operation(operator, left, right):
            if operator is Operator.OVER:
                yield right
            yield from tested(left)
            yield from tested(right)
        case Applied(function, argument):
            if function in _LOGARITHMIC:
                yield argument
            yield from tested(argument)


def _is_sum(expression: Expression) -> bool:
    """Whether an expression is a sum or difference of leaves."""
    match expression:
        case Operation(Operator.PLUS | Operator.MINUS, left, right):
            return all(isinstance(side, Ref) or _is_sum(side) for side in (left, right))
    return False


def weights(expression: Expression) -> Iterator[Expression]:
    """The least weights of means in an expression, which must not be negative."""
    match expression:
        case Applied(function, argument):
            if function == UNLESS_NEGATIVE:
                yield argument
            yield from weights(argument)
        case Change(first, second) | Operation(_, first, second):
            yield from weights(first)
            yield from weights(second)


def _constant(value: Fraction) -> RoundedColumn:
    number = float(value)
    exact = value.denominator == 1 and abs(number) < WHOLE
    return RoundedColumn(nw.lit(number), lambda: nw.lit(abs(number)), exact, exact, value >= 0)


def _both(first: Truth, second: Truth) -> Truth:
    if first is False or second is False:
        return False
    if first is True:
        return second
    return first if second is True else first & second


def _operation(
    operator: Operator,
    left: Expression,
    right: Expression,
    column: Callable[[Expression], RoundedColumn],
) -> RoundedColumn:
    if operator is Operator.TIMES and isinstance(right, Constant):
        return _scaled(column(left), right.value)
    first, second = column(left), column(right)
    if operator is Operator.OVER:
        return _quotient(first, second)
    return _joined(operator, first, second)


def _joined(operator: Operator, first: RoundedColumn, second: RoundedColumn) -> RoundedColumn:
    """A sum, a difference or a product."""

    def size() -> nw.Expr:
        is_product = operator is Operator.TIMES
        return first.size() * second.size() if is_product else first.size() + second.size()

    exact = _both(first.exact, second.exact)
    sure = operator is not Operator.MINUS and first.sure and second.sure
    return RoundedColumn(operator.of(first.value, second.value), size, exact, exact, sure)


def _scaled(scaled: RoundedColumn, value: Fraction) -> RoundedColumn:
    exact = scaled.exact if value.denominator == 1 else False
    return RoundedColumn(
        times(scaled.value, value),
        lambda: scaled.size() * abs(float(value)),
        exact,
        scaled.alike if value else True,
        scaled.sure and value >= 0,
    )


def _quotient(first: RoundedColumn, second: RoundedColumn) -> RoundedColumn:
    # What is beyond floats is no divisor either: it would make every quotient zero.
    there = ~second.is_zero & (second.value.abs() < _BEYOND)
    value = nw.when(there).then(first.value / second.value)

    def size() -> nw.Expr:
        by = second.value.abs()  # not squared, which floats may not hold
        own = first.size() / by + (first.value / by).abs() * (second.size() / by)
        return nw.when(there).then(own)

    sure = first.sure and second.sure
    return RoundedColumn(value, size, alike=_both(first.exact, second.exact), sure=sure)


def _change(now: RoundedColumn, before: RoundedColumn) -> RoundedColumn:
    there = before.is_positive
    value = nw.when(there).then((now.value - before.value) / before.value)

    def size() -> nw.Expr:
        by = before.value  # not squared, which floats may not hold
        own = now.size() / by + (now.value / by).abs() * (before.size() / by)
        return nw.when(there).then(own + 1.0)

    return RoundedColumn(value, size, alike=_both(now.exact, before.exact))


def _function(function: str, number: RoundedColumn, exponent: Fraction) -> RoundedColumn:
    """A function of a number, as exact as that.

    Raises:
        InvalidRule: the function is not known.
    """
    if function == "absolute":
        return RoundedColumn(
            number.value.abs(), number.size, number.exact, number.alike, number.sure
        )
    column = number.value
    if function == "exponential":
        value = column.exp()
        return RoundedColumn(value, lambda: column.exp() * (number.size() + 1.0), sure=number.sure)
    if function == UNLESS_NEGATIVE:
        one = nw.when(~number.is_negative).then(nw.lit(1.0))
        return RoundedColumn(one, lambda: nw.lit(1.0), exact=True, alike=True, sure=True)
    if function not in _LOGARITHMIC:
        raise InvalidRule(f"no engine knows the function {function!r}")
    value = applied(function, number.settled, exponent)
    positive = number.is_positive

    def size() -> nw.Expr:
        apart = number.size() / _positive(column)
        own = value.abs() * apart if function in {"root", "power"} else apart
        if function == "entropy":
            own = number.size() * (nw.lit(1.0) + _positive(column).log().abs())
        return nw.when(positive).then(own + value.abs()).otherwise(value.abs())

    sure = function == "root" and number.sure
    return RoundedColumn(value, size, alike=number.alike, sure=sure)


def operated(operator: Operator, first: nw.Expr, second: nw.Expr) -> nw.Expr:
    """Two columns joined by an operation, null where a divisor is zero."""
    found: nw.Expr = operator.of(first, second)
    return nw.when(second != 0).then(found) if operator is Operator.OVER else found


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
        return nw.when(column > 0).then(_positive(column).log())
    if function == "entropy":
        some = nw.when(column > 0).then(column * _positive(column).log())
        return nw.when(column == 0).then(nw.lit(0.0)).otherwise(some)
    if function in {"root", "power"}:
        return _power(column, exponent)
    raise InvalidRule(f"no engine knows the function {function!r}")


def _positive(column: nw.Expr) -> nw.Expr:
    """A column, one where it is not positive: some backends work out what is not shown."""
    return nw.when(column > 0).then(column).otherwise(nw.lit(1.0))


def _power(column: nw.Expr, exponent: Fraction) -> nw.Expr:
    if exponent.denominator == 1 and exponent >= 0:
        return column ** float(exponent)
    if exponent == Fraction(1, 2):
        found = _positive(column).sqrt()
    else:
        found = _positive(column) ** float(exponent)
    some = nw.when(column > 0).then(found)
    if exponent <= 0:
        return some
    return nw.when(column == 0).then(nw.lit(0.0)).otherwise(some)
