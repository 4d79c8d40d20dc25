"""Constraints on exact intervals: whether some numbers can all be what they are said to be.

Each constraint narrows what its numbers can be, until nothing changes or nothing is left.
What is found impossible is impossible. Where no number stands in two ways to others, what is
left is possible as well; where one does, something impossible may be left standing.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

from attrs import frozen

from bajio.claims.intervals import Interval

Variable = Hashable
Domains = Mapping[Variable, Interval]
ANY = Interval()
_NOTHING = Interval.point(0)
#: Rounds after which narrowing stops: chains of constraints are far shorter.
_MOST_ROUNDS = 16


@frozen
class Total:
    """The whole is a factor times the sum of the parts; for a mean, one over their number."""

    whole: Variable
    parts: tuple[Variable, ...]
    factor: Fraction = Fraction(1)

    def narrow(self, domains: Domains) -> Iterator[tuple[Variable, Interval]]:
        """What each number can be, given the others."""
        scale = Interval.point(self.factor)
        parts = [domains.get(part, ANY) for part in self.parts]
        before = list(accumulate(parts, initial=_NOTHING))
        after = list(accumulate(reversed(parts), initial=_NOTHING))[::-1]
        yield self.whole, before[-1] * scale
        total = domains.get(self.whole, ANY) / scale
        for position, part in enumerate(self.parts):
            yield part, total - (before[position] + after[position + 1])

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The numbers that hang together."""
        return (self.whole, *self.parts)


@frozen
class Product:
    """One number is the product of two others: a part of a share and a whole."""

    product: Variable
    first: Variable
    second: Variable

    def narrow(self, domains: Domains) -> Iterator[tuple[Variable, Interval]]:
        """What each number can be, given the others."""
        product, first, second = (
            domains.get(name, ANY) for name in (self.product, self.first, self.second)
        )
        yield self.product, first * second
        if 0 not in second:
            yield self.first, product / second
        if 0 not in first:
            yield self.second, product / first

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The numbers that hang together."""
        return self.product, self.first, self.second


@frozen
class Greater:
    """One number is greater than another."""

    more: Variable
    less: Variable

    def narrow(self, domains: Domains) -> Iterator[tuple[Variable, Interval]]:
        """What each number can be, given the other."""
        yield self.more, Interval(domains.get(self.less, ANY).low, open_low=True)
        yield self.less, Interval(high=domains.get(self.more, ANY).high, open_high=True)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The numbers that hang together."""
        return self.more, self.less


@frozen
class Close:
    """One number is within a tolerance, as a fraction, of another."""

    other: Variable
    one: Variable
    tolerance: Fraction

    def narrow(self, domains: Domains) -> Iterator[tuple[Variable, Interval]]:
        """What each number can be, given the other."""
        reach = Interval(1 - self.tolerance, 1 + self.tolerance)
        yield self.other, domains.get(self.one, ANY) * reach
        yield self.one, domains.get(self.other, ANY) / reach

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The numbers that hang together."""
        return self.other, self.one


Constraint = Total | Product | Greater | Close


def _goes_round(order: Sequence[Greater]) -> bool:
    """Whether some number would have to be greater than itself."""
    left = list(order)
    while left:
        lesser = {one.less for one in left}
        kept = [one for one in left if one.more in lesser]
        if len(kept) == len(left):
            return True
        left = kept
    return False


def solve(
    domains: Iterable[tuple[Variable, Interval]], constraints: Sequence[Constraint]
) -> dict[Variable, Interval] | None:
    """What is left for each number; `None` where they cannot all be.

    Args:
        domains: what numbers are said to be; one can be named several times.
        constraints: how they hang together; a number without a domain can be anything.

    Examples:
        >>> half = Interval(Fraction(1, 2), Fraction(3, 5))
        >>> found = solve([("share", half), ("whole", Interval.point(10))],
        ...     [Product("part", "share", "whole")])
        >>> found["part"].low, found["part"].high
        (Fraction(5, 1), Fraction(6, 1))
        >>> solve([("a", Interval.point(1)), ("b", Interval.point(2))], [Greater("a", "b")])
    """
    if _goes_round([one for one in constraints if isinstance(one, Greater)]):
        return None
    left: dict[Variable, Interval] = {}
    for name, domain in domains:
        left[name] = left.get(name, ANY) & domain
        if left[name].is_empty:
            return None
    for _ in range(_MOST_ROUNDS):
        before = dict(left)
        for constraint in constraints:
            for name, domain in constraint.narrow(left):
                left[name] = left.get(name, ANY) & domain
                if left[name].is_empty:
                    return None
        if left == before:
            break
    return left
