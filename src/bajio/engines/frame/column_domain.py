"""The column domain: expressions as columns of a table, null where they have no value."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import narwhals as nw

from bajio.engines.frame.rounded import (
    BEYOND,
    WHOLE,
    RoundedColumn,
    Truth,
    applied,
    operated,
    positive,
    times,
)
from bajio.errors import InvalidRule
from bajio.rules.algebra import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Constant,
    Differences,
    Domain,
    Either,
    Expression,
    LeafDomain,
    MemberTotal,
    Operation,
    Operator,
    OwnFigure,
    Ref,
    RelativeChange,
    walk,
)

_LOGARITHMIC = frozenset({"logarithm", "entropy", "root", "power"})
_Sure = bool
Called = Callable[[Call], RoundedColumn]
Shared = Callable[[Expression, RoundedColumn], RoundedColumn]


class ColumnDomain(Domain[RoundedColumn]):
    """Columns that know how far rounding may have moved them.

    Null where a divisor is zero, growth starts from what is not positive, or a logarithm or root
    has no value.

    Args:
        leaves: the column of each.
        called: gives the column of a rule over members.
        shared: keeps a sum of leaves as a column of its own, for all that read it.
    """

    def __init__(
        self, leaves: Sequence[RoundedColumn], called: Called, shared: Shared | None = None
    ) -> None:
        self._leaves, self._called, self._shared = leaves, called, shared

    def fold(self, expression: Expression) -> RoundedColumn:
        """The column of an expression."""
        if self._shared is None or not _is_sum(expression):
            return super().fold(expression)
        alone = ColumnDomain(self._leaves, self._called)
        return self._shared(expression, alone.fold(expression))

    def leaf(self, ref: Ref) -> RoundedColumn:
        """The leaf's column."""
        return self._leaves[ref.leaf]

    def call(self, call: Call) -> RoundedColumn:
        """The column of the rule over members."""
        return self._called(call)

    def number(self, constant: Constant) -> RoundedColumn:
        """The number in every row."""
        return _constant(constant.value)

    def operate(
        self, operation: Operation, first: RoundedColumn, second: RoundedColumn
    ) -> RoundedColumn:
        """One of the four operations; times a number, rounded as seldom as can be."""
        operator, right = operation.operator, operation.right
        if operator is Operator.TIMES and isinstance(right, Constant):
            return _scaled(first, right.value)
        if operator is Operator.OVER:
            return _quotient(first, second)
        return _joined(operator, first, second)

    def change(
        self, _change: RelativeChange, now: RoundedColumn, before: RoundedColumn
    ) -> RoundedColumn:
        """A growth."""
        return _grown(now, before)

    def apply(self, applied: Applied, argument: RoundedColumn) -> RoundedColumn:
        """A function, as exact as its argument."""
        return _function(applied.function, argument, applied.exponent)


class TermDomain(Domain[nw.Expr]):
    """Columns as they are: of a term of each member, or of totals of such terms.

    Args:
        total: gives the column of a total.
        figure: gives the column of a figure of each member; `None` where there are groups alone.
    """

    def __init__(
        self,
        total: Callable[[Expression], nw.Expr],
        figure: Callable[[str], nw.Expr] | None = None,
    ) -> None:
        self._total, self._figure = total, figure

    def figure(self, figure: OwnFigure) -> nw.Expr:
        """The figure's column."""
        return self.other(figure) if self._figure is None else self._figure(figure.name)

    def total(self, total: MemberTotal | Differences) -> nw.Expr:
        """The total's column."""
        return self._total(total)

    def number(self, constant: Constant) -> nw.Expr:
        """The number in every row."""
        return nw.lit(float(constant.value))

    def operate(self, operation: Operation, first: nw.Expr, second: nw.Expr) -> nw.Expr:
        """One of the four operations; times a number, rounded as seldom as can be."""
        operator, right = operation.operator, operation.right
        if operator is Operator.TIMES and isinstance(right, Constant):
            return times(first, right.value)
        return operated(operator, first, second)

    def apply(self, applied_node: Applied, argument: nw.Expr) -> nw.Expr:
        """A function, null where it has no value."""
        return applied(applied_node.function, argument, applied_node.exponent)

    def either(self, either: Either) -> nw.Expr:
        """One term where the test is above zero, else the other."""
        then, otherwise = self.fold(either.then), self.fold(either.otherwise)
        return nw.when(self.fold(either.test) > 0).then(then).otherwise(otherwise)


class Sureness(LeafDomain[_Sure]):
    """Whether nothing is subtracted in an expression, and no term is negative.

    Args:
        leaves: whether each leaf's terms are never negative.
    """

    def number(self, constant: Constant) -> _Sure:
        """Whether it is not negative."""
        return constant.value >= 0

    def operate(self, operation: Operation, first: _Sure, second: _Sure) -> _Sure:
        """Whether it does not subtract, and both sides are sure."""
        return operation.operator is not Operator.MINUS and first and second

    def change(self, _change: RelativeChange, _now: _Sure, _before: _Sure) -> _Sure:
        """It subtracts."""
        return False

    def apply(self, applied: Applied, argument: _Sure) -> _Sure:
        """Whether it is never negative, and its argument is sure."""
        if applied.function == UNLESS_NEGATIVE:
            return True
        return applied.function in {"absolute", "exponential", "root"} and argument

    def other(self, _node: Expression) -> _Sure:
        """It is not known."""
        return False


def tested(expression: Expression) -> Iterator[Expression]:
    """The parts of an expression that are looked at for being zero or positive."""
    for node in walk(expression, needs=False):
        match node:
            case RelativeChange(_, before):
                yield before
            case Operation(Operator.OVER, _, right):
                yield right
            case Applied(function, argument) if function in _LOGARITHMIC:
                yield argument


def weights(expression: Expression) -> Iterator[Expression]:
    """The least weights of means in an expression, which must not be negative."""
    for node in walk(expression, needs=False):
        if isinstance(node, Applied) and node.function == UNLESS_NEGATIVE:
            yield node.argument


def _is_sum(expression: Expression) -> bool:
    """Whether an expression is a sum or difference of leaves."""
    return isinstance(expression, Operation) and all(
        isinstance(node, Ref) or (isinstance(node, Operation) and node.operator.adds)
        for node in walk(expression)
    )


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
    there = ~second.is_zero & (second.value.abs() < BEYOND)
    value = nw.when(there).then(first.value / second.value)

    def size() -> nw.Expr:
        by = second.value.abs()  # not squared, which floats may not hold
        margin = first.size() / by + (first.value / by).abs() * (second.size() / by)
        return nw.when(there).then(margin)

    sure = first.sure and second.sure
    return RoundedColumn(value, size, alike=_both(first.exact, second.exact), sure=sure)


def _grown(now: RoundedColumn, before: RoundedColumn) -> RoundedColumn:
    there = before.is_positive
    value = nw.when(there).then((now.value - before.value) / before.value)

    def size() -> nw.Expr:
        by = before.value  # not squared, which floats may not hold
        margin = now.size() / by + (now.value / by).abs() * (before.size() / by)
        return nw.when(there).then(margin + 1.0)

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
        expression = nw.when(~number.is_negative).then(nw.lit(1.0))
        return RoundedColumn(expression, lambda: nw.lit(1.0), exact=True, alike=True, sure=True)
    if function not in _LOGARITHMIC:
        raise InvalidRule(f"no engine knows the function {function!r}")
    value = applied(function, number.settled, exponent)
    is_positive = number.is_positive

    def size() -> nw.Expr:
        apart = number.size() / positive(column)
        margin = value.abs() * apart if function in {"root", "power"} else apart
        if function == "entropy":
            margin = number.size() * (nw.lit(1.0) + positive(column).log().abs())
        return nw.when(is_positive).then(margin + value.abs()).otherwise(value.abs())

    sure = function == "root" and number.sure
    return RoundedColumn(value, size, alike=number.alike, sure=sure)
