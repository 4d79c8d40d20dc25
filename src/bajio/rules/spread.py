"""Spread: how much members differ, by the measures of inequality that regional science uses.

Each is a rule over the members' values, weighed by what weighs them.
All are of no scale, unchanged by copies of all members, and least where members are alike.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from bajio.errors import InvalidRule, Unavailable, shown
from bajio.rules.custom import Member
from bajio.rules.functions import Exact, entropy, exponential, logarithm, power, root
from bajio.rules.nodes import Number, OverMembers, Rule, as_rule, as_scalar

VALUE, WEIGHT = "value", "weight"
#: Beyond this only the poorest member would count.
_MOST_AVERSION = 100
Pairs = list[tuple[Fraction, Fraction]]


@frozen
class Spread(OverMembers):
    """Root of the measures of spread.

    Attributes:
        value: what members differ in, as `Sum("gdp") / Sum("population")`.
        weight: what weighs a member, as `Sum("population")`; all the same, if not given.
    """

    children: ClassVar[tuple[str, ...]] = (VALUE, WEIGHT)
    is_spread: ClassVar[bool] = True
    zero_allowed: ClassVar[bool] = True
    #: Its value where all members are alike, which is the least that it can have.
    floor: ClassVar[int] = 0
    #: Whether it is never greater than one.
    is_fraction: ClassVar[bool] = False
    #: Whether what a richer member gives to a poorer one never raises it.
    keeps_transfers: ClassVar[bool] = True
    value: Rule = field(converter=as_rule)
    weight: Rule = field(default=Number(1), converter=as_rule)

    def of(self, members: Sequence[Member]) -> Exact:
        """The measure for members with a value and a weight each.

        Raises:
            Unavailable: values for which the measure has no meaning.
        """
        pairs = [(member[VALUE], member[WEIGHT]) for member in members]
        self._check(members, VALUE, zero_allowed=self.zero_allowed)
        self._check(members, WEIGHT, zero_allowed=False)
        if not any(value for value, _ in pairs):
            raise Unavailable(f"{self.name} has no meaning where every value is zero")
        return self.measure(pairs)

    def _check(self, members: Sequence[Member], name: str, *, zero_allowed: bool) -> None:
        worst = min(members, key=lambda member: member[name])
        least = worst[name]
        if least < 0 or (least == 0 and not zero_allowed):
            what = f"a {name} is {'negative' if least < 0 else 'zero'}"
            raise Unavailable(f"{self.name} has no meaning where {what}: {worst.area}")

    def measure(self, pairs: Pairs) -> Exact:
        """The measure for pairs of value and weight."""
        raise NotImplementedError


def _mean(pairs: Pairs) -> Fraction:
    return sum((v * w for v, w in pairs), Fraction()) / sum(w for _, w in pairs)


@frozen
class Gini(Spread):
    """Gini coefficient: half the mean absolute difference over the mean.

    Source: C. Gini, Variabilità e mutabilità (1912); as a pair sum, exact.
    """

    name: ClassVar[str] = "the Gini coefficient"
    is_fraction: ClassVar[bool] = True

    def measure(self, pairs: Pairs) -> Exact:
        """Σᵢⱼ wᵢwⱼ|xᵢ − xⱼ| ÷ (2 W² mean): in rising order each x is above all before it."""
        below = total = apart = Fraction()
        for x, w in sorted(pairs):
            apart += w * (x * below - total)
            below, total = below + w, total + w * x
        return apart / (below * total)


@frozen
class Decomposable(Spread):
    """Root of the spreads that split exactly into what is within groups and what is between them.

    Such a spread is the weighted mean of a term of r, a member's value over the mean.
    That of a whole is the sum over groups of the group's own spread times what it counts by,
    and of its share of the weight times the term of its mean over the whole's.

    Source: A. F. Shorrocks, The class of additively decomposable inequality measures,
    Econometrica 48 (1980).
    """

    def measure(self, pairs: Pairs) -> Exact:
        """Σ (w ÷ W) term(r)."""
        mean = _mean(pairs)
        return _mean([(Fraction(self.term(x / mean)), w) for x, w in pairs])

    def term(self, ratio: Fraction) -> Exact:
        """What a value of `ratio` times the mean adds, for each of its weight."""
        raise NotImplementedError

    def counts_by(self, share: Fraction, ratio: Fraction) -> Fraction:
        """What a group's spread counts by: from its share of the weight, and its mean's ratio."""
        raise NotImplementedError


@frozen
class TheilT(Decomposable):
    """Theil's T: the weighted mean of r ln r, r being a value over the mean.

    A group counts by its share of the total of values.
    Source: H. Theil, Economics and Information Theory (1967), chapter 4.
    """

    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "Theil's T"

    def term(self, ratio: Fraction) -> Exact:
        """R ln r, zero at zero."""
        return entropy(ratio)

    def counts_by(self, share: Fraction, ratio: Fraction) -> Fraction:
        """The share of the total of values."""
        return share * ratio


@frozen
class TheilL(Decomposable):
    """Theil's L, the mean log deviation: the weighted mean of −ln r.

    A group counts by its share of the weight.
    Source: H. Theil, Economics and Information Theory (1967), chapter 4.
    """

    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "Theil's L"
    zero_allowed: ClassVar[bool] = False

    def term(self, ratio: Fraction) -> Exact:
        """−ln r."""
        return logarithm(1 / ratio)

    def counts_by(self, share: Fraction, _ratio: Fraction) -> Fraction:
        """The share of the weight."""
        return share


def _epsilon(given: Fraction | int | str) -> Fraction:
    epsilon = as_scalar(given)
    if not 0 < epsilon <= _MOST_AVERSION:
        advice = f"give a number above zero, to {_MOST_AVERSION}"
        raise InvalidRule(f"an aversion to inequality of {shown(given)}: {advice}")
    return epsilon


@frozen
class Atkinson(Spread):
    """Atkinson's index with an aversion to inequality, ε.

    Source: A. B. Atkinson, On the measurement of inequality, Journal of Economic Theory 2 (1970).
    """

    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "Atkinson's index"
    is_fraction: ClassVar[bool] = True
    epsilon: Fraction = field(default=Fraction(1), converter=_epsilon)

    def measure(self, pairs: Pairs) -> Exact:
        """1 − (Σ (w ÷ W) r^(1−ε))^(1÷(1−ε)), r being a value over the mean."""
        mean = _mean(pairs)
        if self.epsilon >= 1 and not all(x for x, _ in pairs):
            return 1
        if self.epsilon == 1:
            return 1 - exponential(_mean([(Fraction(logarithm(x / mean)), w) for x, w in pairs]))
        rest = 1 - self.epsilon
        return 1 - power(_mean([(Fraction(power(x / mean, rest)), w) for x, w in pairs]), 1 / rest)


@frozen
class Variation(Spread):
    """Coefficient of variation: the weighted standard deviation over the mean.

    Weighed by population it is Williamson's index.
    Source: J. G. Williamson, Regional inequality and the process of national development,
    Economic Development and Cultural Change 13 (1965).
    """

    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "the coefficient of variation"

    def measure(self, pairs: Pairs) -> Exact:
        """√(Σ (w ÷ W)(x − mean)²) ÷ mean."""
        mean = _mean(pairs)
        return root(_mean([((x / mean - 1) ** 2, w) for x, w in pairs]), 2)


@frozen
class Hoover(Spread):
    """Hoover's index: the share that would have to be moved for all to have the mean.

    Source: E. M. Hoover, Interstate redistribution of population, 1850-1940,
    Journal of Economic History 1 (1941).
    """

    name: ClassVar[str] = "Hoover's index"
    is_fraction: ClassVar[bool] = True

    def measure(self, pairs: Pairs) -> Exact:
        """Half the sum of |w ÷ W − wx ÷ Σ wx|."""
        mean = _mean(pairs)
        return _mean([(abs(x / mean - 1), w) for x, w in pairs]) / 2


@frozen
class LogDeviation(Spread):
    """Standard deviation of the logarithms, whose fall over time is σ-convergence.

    It breaks the principle of transfers: a gift from a rich member to a less rich one can raise it.

    Source: R. J. Barro and X. Sala-i-Martin, Convergence, Journal of Political Economy 100 (1992).
    """

    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "the standard deviation of logarithms"
    keeps_transfers: ClassVar[bool] = False
    zero_allowed: ClassVar[bool] = False

    def measure(self, pairs: Pairs) -> Exact:
        """√(Σ (w ÷ W)(ln x − mean of ln x)²)."""
        mean = _mean(pairs)
        logs = [(Fraction(logarithm(x / mean)), w) for x, w in pairs]
        middle = _mean(logs)
        return root(_mean([((log - middle) ** 2, w) for log, w in logs]), 2)


@frozen
class Ratio(Spread):
    """The greatest value over the least."""

    name: ClassVar[str] = "the ratio of the greatest to the least"
    floor: ClassVar[int] = 1
    zero_allowed: ClassVar[bool] = False

    def measure(self, pairs: Pairs) -> Exact:
        """Max x ÷ min x."""
        return max(x for x, _ in pairs) / min(x for x, _ in pairs)
