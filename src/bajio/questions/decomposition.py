"""Decomposition: how much of a spread is within groups of members, and how much between them."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Unpack

from attrs import evolve, field, frozen

from bajio.arguments import as_items
from bajio.brief import Brief
from bajio.engines.outcome import Missing
from bajio.errors import InvalidRegion, InvalidRule, InvalidValue, Unavailable, some
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.facts.periods import year_of
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.asking import IndicatorLike, asking
from bajio.questions.choices import Options, RegionLike, Unranked
from bajio.questions.compositions import Compositions
from bajio.questions.question import Question, ask
from bajio.questions.reported import Reported
from bajio.questions.results import Missed, Result
from bajio.questions.single_answer import try_answer
from bajio.registry import Registry
from bajio.rules.custom import Member
from bajio.rules.spread import VALUE, WEIGHT, Decomposable
from bajio.words.phrasebook import label

#: In a partition: all members that no other group has.
REST = "rest"


@frozen(repr=False)
class Group(Brief):
    """One group of a decomposition.

    Attributes:
        region: the group's members.
        share: its share of the weight, as of the population.
        ratio: its mean over the whole's.
        counts_by: what its own spread counts by: its share of the values for Theil's T, as of
            GDP, and of the weight for Theil's L.
        own: its own spread, among its members.
        between: what it adds for being richer or poorer than the whole; negative for one of both.
    """

    region: Region
    share: Fraction
    ratio: Fraction
    counts_by: Fraction
    own: Exact
    between: Exact

    @property
    def within(self) -> Exact:
        """What it adds for the differences among its members."""
        return self.counts_by * self.own


@frozen(repr=False)
class Decomposition(Reported):
    """A spread, split into what is within groups of members and what is between the groups.

    Attributes:
        indicator, region, period: what was asked.
        total: the spread among all members, worked out apart from the parts.
        groups: in the order in which they were named.
        registry: what is known.

    Examples:
        >>> import bajio
        >>> groups = ["bajio", "sur-sureste", "rest"]
        >>> split = bajio.decompose("mexican-states", "theil-gdp-per-capita", groups, year=2018)
        >>> round(float(split.within), 4), round(float(split.between), 4)
        (0.088, 0.0203)
        >>> round(split.total.value, 4)
        0.1083
        >>> abs(split.within + split.between - split.total.exact) < 1e-35
        True
    """

    indicator: Indicator
    region: Region
    period: str
    total: Result
    groups: tuple[Group, ...]
    registry: Registry = field(eq=False, repr=False)

    @property
    def year(self) -> int:
        """The year that the period is, or lies in."""
        return year_of(self.period)

    @property
    def within(self) -> Fraction:
        """The part within the groups: the sum of theirs."""
        return Fraction(sum(group.within for group in self.groups))

    @property
    def between(self) -> Fraction:
        """The part between the groups: what were left if each had no differences inside."""
        return Fraction(sum(group.between for group in self.groups))


def decompose(
    region: RegionLike,
    indicator: IndicatorLike,
    parts: Iterable[RegionLike],
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[Unranked],
) -> Decomposition:
    """Split a spread into what is within groups of a region's members, and between the groups.

    The total, the groups' own spreads and what is between them are each worked out for itself;
    logarithms are taken to 40 digits, and so within and between add up to the total.

    Args:
        region: as in `profile`.
        indicator: a code or an indicator whose rule is Theil's T or L, or another `Decomposable`.
        parts: regions that have all members of the region, each once; the word `rest` stands
            for those that no other group has.
        data, registry, options: as in `profile`; members without figures are refused.

    Raises:
        InvalidRule: the indicator does not decompose.
        InvalidRegion: the groups overlap, leave members out, or have others.
        Unavailable: a figure is missing, with the reason.
    """
    known, asked, whole, chosen = asking(region, indicator, data, registry, options, ranks=False)
    rule = decomposable(asked)
    if chosen.missing != Missing.REFUSE:
        raise InvalidValue("a decomposition needs all members: leave missing='refuse'")
    total = try_answer(known, asked, whole, chosen)
    if isinstance(total, Missed):
        raise total.error()
    assert total.period is not None
    assert total.year is not None
    options_of_year = chosen.but(year=total.year)
    groups = partition_of(
        _composed(known, whole, options_of_year),
        parts,
        lambda part: _composed(known, known.region(part), options_of_year),
    )
    question = ask(known, asked, whole, options_of_year)
    split = _Split(question, rule, total.year)
    parted = tuple(map(split.group, groups))
    return Decomposition(asked, whole, total.period, total, parted, known)


@frozen(slots=False)
class _Split:
    question: Question = field(repr=False)
    rule: Decomposable
    year: int

    @cached_property
    def _whole(self) -> tuple[Fraction, Fraction]:
        return _weight_and_mean(self._members(self.question.region))

    def group(self, region: Region) -> Group:
        """A group of the partition.

        Raises:
            Unavailable: it has no spread, or no mean, of its own; naming it.
        """
        try:
            return self._group(region)
        except Unavailable as error:
            raise Unavailable(f"the group {region.code!r}: {error.reason}") from None

    def _group(self, region: Region) -> Group:
        weight, mean = _weight_and_mean(self._members(region))
        share, ratio = weight / self._whole[0], mean / self._whole[1]
        value = self.question.evaluation(self.year, region).value()
        counts_by = self.rule.counts_by(share, ratio)
        return Group(region, share, ratio, counts_by, value, share * self.rule.term(ratio))

    def _members(self, region: Region) -> Sequence[Member]:
        return self.question.evaluation(self.year, region).each()


def _weight_and_mean(members: Sequence[Member]) -> tuple[Fraction, Fraction]:
    weight = sum((member[WEIGHT] for member in members), Fraction())
    return weight, sum((m[WEIGHT] * m[VALUE] for m in members), Fraction()) / weight


def _composed(registry: Registry, region: Region, options: Options) -> Region:
    """A region as it is composed under the options, without years."""
    members = Compositions(registry, options.membership).members(region, options.year)
    return evolve(region, memberships=members)


def decomposable(indicator: Indicator) -> Decomposable:
    """The rule of an indicator that splits exactly.

    Raises:
        InvalidRule: it does not.
    """
    if not isinstance(indicator.rule, Decomposable):
        raise InvalidRule(
            f"{indicator.code!r} does not split exactly into within and between: "
            "theil-gdp-per-capita does, as any rule of TheilT or TheilL"
        )
    return indicator.rule


def partition_of(
    whole: Region, partition: Iterable[RegionLike], region_of: Callable[[RegionLike], Region]
) -> list[Region]:
    """The groups of a partition of a region.

    Args:
        whole: the region.
        partition: its groups; the word `rest` stands for the members that no other one has.
        region_of: gives the region that a group is.

    Raises:
        InvalidRegion: the groups overlap, leave members out, or have others.
    """
    parts = [partition] if isinstance(partition, str) else as_items(partition, "groups")
    named = {
        position: region_of(part)
        for position, part in enumerate(parts)
        if not (isinstance(part, str) and part == REST)
    }
    owner: dict[str, Region] = {}
    inside = set(whole)
    for group in named.values():
        for code in group:
            if code not in inside:
                has = some(list(whole), 6)
                raise InvalidRegion(f"{code} of {group} is no member of {whole}, which has {has}")
            if code in owner:
                raise InvalidRegion(f"{code} is in two groups, {owner[code]} and {group}")
            owner[code] = group
    others = [code for code in whole if code not in owner]
    rests = len(parts) - len(named)
    if rests != bool(others):
        raise InvalidRegion(_unfit(others, rests))
    rest = Region(others, code=REST, names=label("region.rest"))
    return [named.get(position, rest) for position in range(len(parts))]


def _unfit(others: Sequence[str], rests: int) -> str:
    if not others:
        return f"no member is left for {REST!r}"
    if rests:
        return f"{REST!r} stands for all members that are left: name it once"
    return f"the groups leave out {some(others, 6)}: add them, or the group {REST!r}"
