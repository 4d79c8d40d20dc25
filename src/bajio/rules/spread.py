"""Spread: how much members differ, by the measures of inequality that regional science uses.

Each is a rule over the members' values, weighed by what weighs them.
All are of no scale, unchanged by copies of all members, and least where members are alike.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from typing import ClassVar

from attrs import field, frozen

from bajio.errors import InvalidRule, shown
from bajio.facts.observations import Exact
from bajio.rules.algebra import (
    ONE,
    Applied,
    Condition,
    Constant,
    Differences,
    Either,
    Expression,
    MemberTotal,
    OwnFigure,
    Pooled,
)
from bajio.rules.custom import Member
from bajio.rules.members import OverMembers
from bajio.rules.promises import Trait
from bajio.rules.rule import Number, Rule, as_rule, as_scalar

VALUE, WEIGHT = "value", "weight"
#: Beyond this only the poorest member would count.
_MOST_AVERSION = 100
Pairs = Sequence[tuple[Fraction, Fraction]]
#: A member's value and weight, the mean of all, and the value over it.
_X, _W = OwnFigure(VALUE), OwnFigure(WEIGHT)
_LEAST, _MOST = MemberTotal("minimum", _X), MemberTotal("maximum", _X)
_LIGHTEST = MemberTotal("minimum", _W)
_WHOLE = MemberTotal("sum", _W)
_WORTH = MemberTotal("sum", _X * _W)
_MEAN = _WORTH / _WHOLE
_R = _X / _MEAN


def _weighed(term: Expression) -> Expression:
    """The weighted mean of a term."""
    return MemberTotal("sum", term * _W) / _WHOLE


def _root(term: Expression) -> Expression:
    return Applied("power", term, Fraction(1, 2))


def _logarithm(term: Expression) -> Expression:
    return Applied("logarithm", term)


def _least(name: str) -> Callable[[Sequence[Member]], str]:
    """Names the member with the least value, or weight."""
    return partial(_holder_of_least, name)


def _holder_of_least(name: str, members: Sequence[Member]) -> str:
    return f": {min(members, key=lambda member: member[name]).area}"


@frozen(repr=False)
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
        from bajio.rules.exact_domain import of_members

        pooled = self.as_data()
        if pooled is not None:
            return of_members(pooled, members)
        of_members(Pooled(ONE, self.conditions()), members)
        return self.measure([(member[VALUE], member[WEIGHT]) for member in members])

    def measure(self, pairs: Pairs) -> Exact:
        """The measure for pairs of value and weight: what it is as data, where nothing else is."""
        from bajio.rules.exact_domain import of_members

        pooled = self.pooled()
        if pooled is None:
            raise NotImplementedError
        return of_members(Pooled(pooled.value), [{VALUE: x, WEIGHT: w} for x, w in pairs])

    def traits(self) -> Iterable[Trait]:
        """A spread; a fraction, where it is."""
        return (Trait.SPREAD, Trait.FRACTION) if self.is_fraction else (Trait.SPREAD,)

    def pooled_as(self, value: Expression) -> Pooled:
        """The measure as data, with what must hold of values and weights."""
        return Pooled(value, self.conditions())

    def conditions(self) -> tuple[Condition, ...]:
        """What must hold of values and weights."""
        return _conditions(self.name, self.zero_allowed)


@lru_cache(maxsize=64)
def _conditions(name: str, zero_allowed: bool) -> tuple[Condition, ...]:  # noqa: FBT001  # a key
    """What must hold of values and weights for a measure, by its name."""

    def condition(term: MemberTotal, where: str, *, strict: bool = True) -> Condition:
        detail = None if term is _MOST else _least(VALUE if term is _LEAST else WEIGHT)
        return Condition(term, strict, f"{name} has no meaning where {where}", detail)

    return (
        condition(_LEAST, "a value is negative", strict=False),
        *(() if zero_allowed else (condition(_LEAST, "a value is zero"),)),
        condition(_LIGHTEST, "a weight is negative", strict=False),
        condition(_LIGHTEST, "a weight is zero"),
        condition(_MOST, "every value is zero"),
    )


class Gini(Spread):
    """Gini coefficient: half the mean absolute difference over the mean.

    As a formula: Σᵢⱼ wᵢwⱼ|xᵢ − xⱼ| ÷ (2 W² mean).

    Source: C. Gini, Variabilità e mutabilità (1912); as a pair sum, exact.
    """

    __slots__ = ()
    name: ClassVar[str] = "the Gini coefficient"
    is_fraction: ClassVar[bool] = True

    def pooled(self) -> Pooled:
        """Σᵢⱼ wᵢwⱼ|xᵢ − xⱼ| ÷ (2 W² mean)."""
        return self.pooled_as(Differences(_X, _W) / (_WHOLE * _WORTH * 2))


class Decomposable(Spread):
    """Root of the spreads that split exactly into what is within groups and what is between them.

    Such a spread is the weighted mean of a term of r, a member's value over the mean.
    That of a whole is the sum over groups of the group's own spread times what it counts by,
    and of its share of the weight times the term of its mean over the whole's.

    Source: A. F. Shorrocks, The class of additively decomposable inequality measures,
    Econometrica 48 (1980).
    """

    __slots__ = ()

    def pooled(self) -> Pooled:
        """The weighted mean of the term."""
        return self.pooled_as(_weighed(self.of_ratio(_R)))

    def measure(self, pairs: Pairs) -> Exact:
        """Σ (w ÷ W) term(r)."""
        whole = sum(w for _, w in pairs)
        mean = sum((x * w for x, w in pairs), Fraction()) / whole
        return sum((Fraction(self.term(x / mean)) * w for x, w in pairs), Fraction()) / whole

    def term(self, ratio: Fraction) -> Exact:
        """What a value of `ratio` times the mean adds, for each of its weight."""
        from bajio.rules.exact_domain import ExactDomain

        return ExactDomain().fold(self.of_ratio(Constant(ratio)))

    def of_ratio(self, ratio: Expression) -> Expression:
        """The term in the algebra, for all engines; a class of one's own may say `term` alone."""
        raise NotImplementedError

    def counts_by(self, share: Fraction, ratio: Fraction) -> Fraction:
        """What a group's spread counts by: from its share of the weight, and its mean's ratio."""
        raise NotImplementedError


class GroupWeight(Spread):
    """What members weigh together, where a spread over them has a meaning.

    As a formula: W.
    """

    __slots__ = ()
    name: ClassVar[str] = "the weight of a group"

    def pooled(self) -> Pooled:
        """W."""
        return self.pooled_as(_WHOLE)


class GroupMean(Spread):
    """The weighted mean of members, where a spread over them has a meaning.

    As a formula: Σ wx ÷ W.
    """

    __slots__ = ()
    name: ClassVar[str] = "the mean of a group"

    def pooled(self) -> Pooled:
        """Σ wx ÷ W."""
        return self.pooled_as(_MEAN)


class TheilT(Decomposable):
    """Theil's T: the weighted mean of r ln r, r being a value over the mean.

    As a formula: Σ (w ÷ W) r ln r.

    A group counts by its share of the total of values.
    Source: H. Theil, Economics and Information Theory (1967), chapter 4.
    """

    __slots__ = ()
    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "Theil's T"

    def of_ratio(self, ratio: Expression) -> Expression:
        """R ln r, zero at zero."""
        return Applied("entropy", ratio)

    def counts_by(self, share: Fraction, ratio: Fraction) -> Fraction:
        """The share of the total of values."""
        return share * ratio


class TheilL(Decomposable):
    """Theil's L, the mean log deviation: the weighted mean of −ln r.

    As a formula: Σ (w ÷ W) (−ln r).

    A group counts by its share of the weight.
    Source: H. Theil, Economics and Information Theory (1967), chapter 4.
    """

    __slots__ = ()
    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "Theil's L"
    zero_allowed: ClassVar[bool] = False

    def of_ratio(self, ratio: Expression) -> Expression:
        """−ln r."""
        return _logarithm(ONE / ratio)

    def counts_by(self, share: Fraction, _ratio: Fraction) -> Fraction:
        """The share of the weight."""
        return share


def _epsilon(value: Fraction | int | str) -> Fraction:
    epsilon = as_scalar(value)
    if not 0 < epsilon <= _MOST_AVERSION:
        advice = f"give a number above zero, to {_MOST_AVERSION}"
        raise InvalidRule(f"an aversion to inequality of {shown(value)}: {advice}")
    return epsilon


@frozen(repr=False)
class Atkinson(Spread):
    """Atkinson's index with an aversion to inequality, ε.

    As a formula: 1 − (Σ (w ÷ W) r^(1−ε))^(1÷(1−ε)), r being a value over the mean.

    Source: A. B. Atkinson, On the measurement of inequality, Journal of Economic Theory 2 (1970).
    """

    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "Atkinson's index"
    is_fraction: ClassVar[bool] = True
    epsilon: Fraction = field(default=Fraction(1), converter=_epsilon)

    def pooled(self) -> Pooled:
        """1 − (Σ (w ÷ W) r^(1−ε))^(1÷(1−ε)), r being a value over the mean."""
        if self.epsilon == 1:
            index = 1 - Applied("exponential", _weighed(_logarithm(_R)))
        else:
            rest = 1 - self.epsilon
            index = 1 - Applied("power", _weighed(Applied("power", _R, rest)), 1 / rest)
        if self.epsilon < 1:
            return self.pooled_as(index)
        return self.pooled_as(Either(_LEAST, index, ONE))


class Variation(Spread):
    """Coefficient of variation: the weighted standard deviation over the mean.

    As a formula: √(Σ (w ÷ W)(x − mean)²) ÷ mean.

    Weighed by population it is Williamson's index.
    Source: J. G. Williamson, Regional inequality and the process of national development,
    Economic Development and Cultural Change 13 (1965).
    """

    __slots__ = ()
    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "the coefficient of variation"

    def pooled(self) -> Pooled:
        """√(Σ (w ÷ W)(x − mean)²) ÷ mean."""
        apart = _R - 1
        return self.pooled_as(_root(_weighed(apart * apart)))


class Hoover(Spread):
    """Hoover's index: the share that would have to be moved for all to have the mean.

    As a formula: Half the sum of |w ÷ W − wx ÷ Σ wx|.

    Source: E. M. Hoover, Interstate redistribution of population, 1850-1940,
    Journal of Economic History 1 (1941).
    """

    __slots__ = ()
    name: ClassVar[str] = "Hoover's index"
    is_fraction: ClassVar[bool] = True

    def pooled(self) -> Pooled:
        """Half the sum of |w ÷ W − wx ÷ Σ wx|."""
        return self.pooled_as(_weighed(Applied("absolute", _R - 1)) / 2)


class LogDeviation(Spread):
    """Standard deviation of the logarithms, whose fall over time is σ-convergence.

    As a formula: √(Σ (w ÷ W)(ln x − mean of ln x)²).

    It breaks the principle of transfers: a gift from a rich member to a less rich one can raise it.

    Source: R. J. Barro and X. Sala-i-Martin, Convergence, Journal of Political Economy 100 (1992).
    """

    __slots__ = ()
    is_rounded: ClassVar[bool] = True
    name: ClassVar[str] = "the standard deviation of logarithms"
    keeps_transfers: ClassVar[bool] = False
    zero_allowed: ClassVar[bool] = False

    def pooled(self) -> Pooled:
        """√(Σ (w ÷ W)(ln x − mean of ln x)²)."""
        log = _logarithm(_R)
        apart = log - _weighed(log)
        return self.pooled_as(_root(_weighed(apart * apart)))


class Ratio(Spread):
    """The greatest value over the least.

    As a formula: Max x ÷ min x.
    """

    __slots__ = ()
    name: ClassVar[str] = "the ratio of the greatest to the least"
    floor: ClassVar[int] = 1
    zero_allowed: ClassVar[bool] = False

    def pooled(self) -> Pooled:
        """Max x ÷ min x."""
        return self.pooled_as(_MOST / _LEAST)
