"""Arithmetic: an expression over leaves as columns, null where it has no value."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import narwhals as nw

from bajio.errors import InvalidRule
from bajio.rules.nodes import Operator
from bajio.rules.plan import Applied, Call, Change, Constant, Expression, Operation, Ref

Called = Callable[[Call], nw.Expr]


def column_of(expression: Expression, leaves: Sequence[nw.Expr], called: Called) -> nw.Expr:
    """The column of an expression.

    Null where a divisor is zero, growth starts from what is not positive, or a logarithm or root
    has no value.

    Args:
        expression: over leaves.
        leaves: the column of each.
        called: gives the column of a rule over members.
    """
    match expression:
        case Ref(leaf):
            return leaves[leaf]
        case Constant(value):
            return nw.lit(float(value))
        case Call():
            return called(expression)
        case Applied(function, argument, degree):
            return applied(function, column_of(argument, leaves, called), Fraction(1, degree))
        case Change(now, before):
            base = column_of(before, leaves, called)
            return nw.when(base > 0).then((column_of(now, leaves, called) - base) / base)
        case Operation(Operator.TIMES, scaled, Constant(value)):
            return times(column_of(scaled, leaves, called), value)
        case Operation(operator, left, right):
            first, second = column_of(left, leaves, called), column_of(right, leaves, called)
            return operated(operator, first, second)


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
    if function == "unless-negative":
        return nw.when(column >= 0).then(nw.lit(1.0))
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
