"""The exact domain: expressions worked out in whole numbers and fractions, none of them rounded."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import lcm
from typing import Any, NoReturn

from bajio.errors import Unavailable
from bajio.facts.observations import Exact
from bajio.rules.algebra import (
    UNLESS_NEGATIVE,
    Applied,
    Constant,
    Differences,
    Domain,
    Either,
    Expression,
    MemberTotal,
    Operation,
    Operator,
    OwnFigure,
    Pooled,
    RelativeChange,
)

#: Up to so many members figures are added up, and compared, as whole numbers.
_FEW = 100


class ExactDomain(Domain[Exact]):
    """Exact numbers; refused where a divisor is zero, or a function has no value.

    Examples:
        >>> ExactDomain().fold(Constant(Fraction(1)) / 3)
        Fraction(1, 3)
    """

    def number(self, constant: Constant) -> Exact:
        """The number itself."""
        return constant.value

    def operate(self, operation: Operation, first: Exact, second: Exact) -> Exact:
        """One of the four operations, as a fraction where it divides."""
        operator = operation.operator
        if operator is Operator.OVER:
            if not second:
                reason = "a ratio has no value: what it is divided by is zero"
                self.refuse(reason, operation.right)
            return first / second if type(first) is Fraction else Fraction(first) / second
        value: Exact = operator.of(first, second)
        return value

    def change(self, change: RelativeChange, now: Exact, before: Exact) -> Exact:
        """A growth, from what is positive."""
        if before <= 0:
            from bajio.rules.functions import told

            reason = f"growth has no meaning from {told(before)}, not positive"
            self.refuse(reason, change.before)
        return Fraction(now - before) / before

    def apply(self, applied: Applied, argument: Exact) -> Exact:
        """A function, to 40 digits where its value is not rational."""
        from bajio.rules.functions import apply

        try:
            return apply(applied.function, argument, applied.exponent)
        except Unavailable as error:
            self.refuse(error.reason, applied.argument)

    def refuse(self, reason: str, _part: Expression) -> NoReturn:
        """Refuse a value for what a part of the expression came to.

        Raises:
            Unavailable: always.
        """
        raise Unavailable(reason) from None


class NotPositive(Domain["tuple[int, ...]"]):
    """The leaves of an expression that are zero or negative, to be blamed for a lack of value."""

    def __init__(self, values: Sequence[Any]) -> None:
        self._values = values

    def leaf(self, ref: Any) -> tuple[int, ...]:
        """The leaf, where it is a number that is not positive."""
        value = self._values[ref.leaf]
        return (ref.leaf,) if isinstance(value, int | Fraction) and value <= 0 else ()

    def operate(
        self,
        _operation: Operation,
        first: tuple[int, ...],
        second: tuple[int, ...],
    ) -> tuple[int, ...]:
        """Those of both sides."""
        return first + second

    def change(
        self,
        _change: RelativeChange,
        now: tuple[int, ...],
        before: tuple[int, ...],
    ) -> tuple[int, ...]:
        """Those of both times."""
        return now + before

    def apply(self, applied: Applied, argument: tuple[int, ...]) -> tuple[int, ...]:
        """Those of the argument; a weight may be zero."""
        if applied.function != UNLESS_NEGATIVE:
            return argument
        return tuple(leaf for leaf in argument if self._values[leaf])

    def other(self, _node: Expression) -> tuple[int, ...]:
        """No leaf."""
        return ()


class ExactMembers(Domain[Any]):
    """Exact numbers of a region, and lists of them, one a member, where figures are read.

    Args:
        figures: of the members, by name.
        count: how many members there are.
    """

    def __init__(self, figures: Mapping[str, Sequence[Exact]], count: int) -> None:
        self._figures, self._count = figures, count
        self._exact = ExactDomain()
        self._kept: dict[int, Any] = {}

    def fold(self, expression: Expression) -> Any:
        """What a term comes to; the same node is worked out once."""
        key = id(expression)
        if key not in self._kept:
            self._kept[key] = super().fold(expression)
        return self._kept[key]

    def figure(self, figure: OwnFigure) -> Any:
        """The members' figures."""
        return self._figures[figure.name]

    def number(self, constant: Constant) -> Any:
        """The number, the same for all."""
        return constant.value

    def operate(self, operation: Operation, first: Any, second: Any) -> Any:
        """One of the four operations, member by member where a side is."""
        if not isinstance(first, list) and not isinstance(second, list):
            return self._exact.operate(operation, first, second)
        operator = operation.operator
        if operator is Operator.TIMES and operation.left is operation.right:
            return [x**2 for x in first]  # nothing can be cancelled in a square
        left, other = self._each(first), self._each(second)
        if operator is Operator.OVER:
            return [self._exact.operate(operation, x, y) for x, y in zip(left, other, strict=True)]
        return list(map(operator.of, left, other))

    def apply(self, applied: Applied, argument: Any) -> Any:
        """A function, member by member where its argument is."""
        if not isinstance(argument, list):
            return self._exact.apply(applied, argument)
        return [self._exact.apply(applied, item) for item in argument]

    def total(self, total: MemberTotal | Differences) -> Exact:
        """A fold over the members."""
        if isinstance(total, Differences):
            value, weight = self.fold(total.value), self.fold(total.weight)
            return _differences(self._each(value), self._each(weight))
        return _FOLDS[total.fold](self._each(self.fold(total.argument)))

    def either(self, either: Either) -> Any:
        """The term that the test chooses, and no other."""
        return self.fold(either.then if self.fold(either.test) > 0 else either.otherwise)

    def _each(self, value: Any) -> Sequence[Exact]:
        """One a member, be it the same for all."""
        return value if isinstance(value, list) else [value] * self._count


def multiples_of(numbers: Sequence[Exact]) -> tuple[Sequence[Exact], int]:
    """Numbers as multiples of a part of one, and how many parts one has: whole, if they are few.

    Whole numbers are an order of magnitude faster than fractions; those of very many members would
    have too many digits, where fractions cancel.

    Examples:
        >>> multiples_of((Fraction(1, 2), Fraction(2, 3), 1))
        ([3, 4, 6], 6)
    """
    if len(numbers) > _FEW:
        return numbers, 1
    parts = lcm(*[number.denominator for number in numbers])
    return [number.numerator * (parts // number.denominator) for number in numbers], parts


def _sum(each: Sequence[Exact]) -> Fraction:
    multiples, parts = multiples_of(each)
    return Fraction(sum(multiples), parts)


def _extreme(which: Callable[[Sequence[Exact]], Exact], each: Sequence[Exact]) -> Exact:
    multiples, _ = multiples_of(each)
    return each[multiples.index(which(multiples))]


_FOLDS: Mapping[str, Callable[[Sequence[Exact]], Exact]] = {
    "sum": _sum,
    "minimum": partial(_extreme, min),
    "maximum": partial(_extreme, max),
    "count": len,
}


def _differences(values: Sequence[Exact], weights: Sequence[Exact]) -> Exact:
    """Σᵢⱼ wᵢwⱼ|xᵢ − xⱼ|: in rising order each x is above all before it."""
    (values, parts), (weights, shares) = multiples_of(values), multiples_of(weights)
    below: Exact = 0
    total: Exact = 0
    apart: Exact = 0
    for value, weight in sorted(zip(values, weights, strict=True)):
        worth = value * weight
        apart += worth * below - total * weight
        below, total = below + weight, total + worth
    return Fraction(2 * apart, parts * shares * shares)


def of_members(pooled: Pooled, members: Sequence[Any]) -> Exact:
    """A rule over members, exactly.

    Args:
        pooled: the rule as data.
        members: each with its figures by name.

    Raises:
        Unavailable: a condition of the rule does not hold.

    Examples:
        >>> figure = OwnFigure("rule")
        >>> apart = MemberTotal("maximum", figure) - MemberTotal("minimum", figure)
        >>> of_members(Pooled(apart), [{"rule": Fraction(1, 3)}, {"rule": Fraction(2, 3)}])
        Fraction(1, 3)
    """
    names = dict.fromkeys(name for member in members for name in member)
    figures = {name: [member[name] for member in members] for name in names}
    domain = ExactMembers(figures, len(members))
    for condition in pooled.conditions:
        if not condition.holds(domain.fold(condition.term).numerator):  # which has its sign
            detail = condition.detail
            raise Unavailable(condition.reason + (detail(members) if detail else ""))
    value: Exact = domain.fold(pooled.value)
    return value
