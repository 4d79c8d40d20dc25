"""Differences between two regions, or two periods of one, split exactly by members.

A ratio is the mean of its members' ratios, weighed by their shares of the denominator.
Its difference is split at the mid-point, in the manner of T. L. Bennet (The theory of measurement
of changes in cost of living, Journal of the Royal Statistical Society 83, 1920) and, with members
on one side only, of Z. Griliches and H. Regev (Firm productivity in Israeli industry 1979-1988,
Journal of Econometrics 65, 1995).
"""

from fractions import Fraction
from typing import Unpack

from attrs import field, frozen

from bajio.arguments import as_items
from bajio.brief import Brief
from bajio.errors import InvalidValue, Unavailable, shown
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.facts.periods import WHOLE, Period, as_period, as_year, one_frequency
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.asking import IndicatorLike, asking
from bajio.questions.choices import Options, PeriodLike, RegionLike, Unranked
from bajio.questions.question import Question, ask
from bajio.questions.reported import Reported
from bajio.questions.results import Missed, Result
from bajio.questions.single_answer import try_answer
from bajio.questions.years import complete_years, period_of
from bajio.registry import Registry
from bajio.units import Unit, currencies


@frozen
class MemberPart:
    """What one member is on one side of a difference.

    Attributes:
        value: its own ratio; of a sum, its own figure.
        share: of the denominator; `None` where there is none.
    """

    value: Fraction
    share: Fraction | None = None


@frozen(repr=False)
class Contribution(Brief):
    """What one member contributes to a difference.

    Attributes:
        area: its code.
        label: what it is called, by language.
        now, base: what it is on each side; `None` where it is no member.
        within: through its own ratio, or figure.
        structure: through its share.
        membership: through being a member on one side only.
    """

    area: str
    label: Label
    now: MemberPart | None
    base: MemberPart | None
    within: Fraction = Fraction()
    structure: Fraction = Fraction()
    membership: Fraction = Fraction()

    @property
    def total(self) -> Fraction:
        """All that it contributes."""
        return self.within + self.structure + self.membership


@frozen(repr=False)
class Difference(Reported):
    """A result less another, split exactly into members' contributions.

    Attributes:
        now, base: the two results.
        contributions: one a member of either, sorted by code.
        is_ratio: whether the indicator is a ratio; else it is a sum.
        nominal: whether the money is of each year's own prices, so that inflation is in it.

    Examples:
        >>> import bajio
        >>> found = bajio.difference("bajio", "gdp-per-capita", base="sur-sureste", year=2022)
        >>> round(found.change), sum(one.total for one in found.contributions) == found.change
        (3884, True)
    """

    now: Result
    base: Result
    contributions: tuple[Contribution, ...]
    is_ratio: bool
    nominal: bool
    registry: Registry = field(eq=False, repr=False)

    @property
    def change(self) -> Exact:
        """The result less the other."""
        return self.now.exact - self.base.exact

    @property
    def within(self) -> Fraction:
        """What members' own ratios contribute together."""
        return sum((contribution.within for contribution in self.contributions), Fraction())

    @property
    def structure(self) -> Fraction:
        """What members' shares contribute together."""
        return sum((contribution.structure for contribution in self.contributions), Fraction())

    @property
    def membership(self) -> Fraction:
        """What those contribute together that are members on one side only."""
        return sum((contribution.membership for contribution in self.contributions), Fraction())


def difference(
    region: RegionLike,
    indicator: IndicatorLike,
    data: Dataset | None = None,
    *,
    base: RegionLike | None = None,
    years: tuple[int, int] | None = None,
    periods: tuple[PeriodLike, PeriodLike] | None = None,
    registry: Registry | None = None,
    **options: Unpack[Unranked],
) -> Difference:
    """A region less another, or its later year less an earlier one, by members' contributions.

    With r a member's ratio, s its share of the denominator, R the region's ratio, bars for the
    means of both sides and Δ for their difference: a member of both contributes s̄ Δr by its own
    ratio and (r̄ − R̄) Δs by its share; one of the first side only s (r − R̄), of the other
    only −s (r − R̄). They add up to ΔR exactly. A sum is split into plain differences.

    Args:
        region, indicator, data, registry, options: as in `evaluate`.
        base: the other region, of the same period.
        years: or the earlier and the later year.
        periods: or the earlier and the later period, as `("2018-02", "2019-02")`.

    Raises:
        InvalidValue: the indicator is neither a sum nor a ratio of sums, or what to compare with
            is not given, or given twice.
        Unavailable: a side has no value, or a member no ratio, with the reason.
    """
    known, asked, place, chosen = asking(region, indicator, data, registry, options, ranks=False)
    if asked.rule.is_table:
        raise InvalidValue(f"{asked.code!r} is a table: ask for an indicator that is a number")
    pair = _pair(years, periods)
    if (base is None) == (pair is None):
        raise InvalidValue("a difference is from a base= region, or between two years=: give one")
    if chosen.missing == "bound":
        raise InvalidValue("an interval is not split: use missing 'refuse' or 'partial'")
    if pair is not None:
        if chosen.period is not None:
            raise InvalidValue("a difference between years has two: pass years=, not year=")
        earlier, later = pair
        after = _side(known, asked, place, chosen.at(later))
        if after.result.year is None:
            raise InvalidValue(f"{asked.code!r} has no years: it is the same in all")
        return _split(known, after, _side(known, asked, place, chosen.at(earlier)))
    assert base is not None
    other = known.region(base)
    year = chosen.year or _common_year(known, asked, (place, other), chosen)
    options_of_year = chosen.but(year=year)
    return _split(
        known,
        _side(known, asked, place, options_of_year),
        _side(known, asked, other, options_of_year),
    )


def _pair(
    years: tuple[int, int] | None, periods: tuple[PeriodLike, PeriodLike] | None
) -> tuple[Period, Period] | None:
    """The earlier and the later period; `None` where neither is given.

    Raises:
        InvalidValue: they are given twice, are not two, or of two frequencies.
    """
    if years is not None and periods is not None:
        raise InvalidValue("years= and periods= both say between what: leave one out")
    if years is not None:
        pair = as_items(years, "years")
        if len(pair) != 2:
            text = f"{shown(years)}: a difference is between two years, as (2012, 2018)"
            raise InvalidValue(text)
        return WHOLE.of(as_year(pair[0])), WHOLE.of(as_year(pair[1]))
    if periods is None:
        return None
    both = [as_period(item) for item in as_items(periods, "periods")]
    if len(both) != 2:
        example = "as ('2018-02', '2019-02')"
        raise InvalidValue(f"{shown(periods)}: a difference is between two periods, {example}")
    one_frequency(map(str, both))
    return both[0], both[1]


def _common_year(
    registry: Registry, indicator: Indicator, regions: tuple[Region, ...], options: Options
) -> int | None:
    """The newest year in which both regions are complete; `None` where they have none."""
    questions = [ask(registry, indicator, region, options) for region in regions]
    if all(question.bound.is_timeless for question in questions):
        return None
    year = next(complete_years(questions), None)
    if year is None:
        both = " and ".join(str(region) for region in regions)
        raise Unavailable(f"no year has {indicator.code!r} for both {both}")
    return year


@frozen
class _Side:
    """One side of a difference: its result, and what each of its members is."""

    result: Result
    parts: dict[str, MemberPart]
    is_ratio: bool


def _side(registry: Registry, indicator: Indicator, region: Region, options: Options) -> _Side:
    result = try_answer(registry, indicator, region, options)
    if isinstance(result, Missed):
        raise result.error()
    question = ask(registry, indicator, region, options)
    year = period_of(question, result.year)
    return _Side(result, *_parts(question.in_year(year), year))


def _parts(question: Question, year: int) -> tuple[dict[str, MemberPart], bool]:
    """What each member of a region is, by code, and whether the value is a ratio.

    Raises:
        InvalidValue: it is neither a sum nor a ratio of sums.
        Unavailable: a member has no ratio of its own.
    """
    code = question.indicator.code
    split = question.evaluation(year).split()
    if split is None:
        raise InvalidValue(f"{code!r} is neither a sum nor a ratio of sums: it is not split")
    if split.below is None:
        return {area: MemberPart(Fraction(term)) for area, term in split.above.items()}, False
    whole = sum(split.below.values())
    parts: dict[str, MemberPart] = {}
    for area in sorted(split.above):
        weight = split.below[area]
        if not weight:
            raise Unavailable(f"{area} has no {code!r} of its own: it divides by zero")
        parts[area] = MemberPart(Fraction(split.above[area]) / weight, Fraction(weight) / whole)
    return parts, True


def _split(registry: Registry, now: _Side, base: _Side) -> Difference:
    """The difference of two sides by what each member contributes."""
    middle = Fraction(now.result.exact + base.result.exact) / 2
    contributions = []
    for area in sorted({*now.parts, *base.parts}):
        first, second = now.parts.get(area), base.parts.get(area)
        effects = _effects(first, second, middle)
        label = registry.areas[area].names
        contributions.append(Contribution(area, label, first, second, *effects))
    nominal = now.result.period != base.result.period and _is_nominal(now.result.unit)
    ratio = now.is_ratio
    return Difference(now.result, base.result, tuple(contributions), ratio, nominal, registry)


def _effects(
    now: MemberPart | None, base: MemberPart | None, middle: Fraction
) -> tuple[Fraction, Fraction, Fraction]:
    """What a member contributes by its ratio, its share, and by being on one side only."""
    none = Fraction()
    if now is None or base is None:
        contribution, sign = (now, 1) if base is None else (base, -1)
        assert contribution is not None
        alone = (
            contribution.value
            if contribution.share is None
            else contribution.share * (contribution.value - middle)
        )
        return none, none, sign * alone
    if now.share is None or base.share is None:
        return now.value - base.value, none, none
    within = (now.share + base.share) / 2 * (now.value - base.value)
    structure = (now.share - base.share) * ((now.value + base.value) / 2 - middle)
    return within, structure, none


def _is_nominal(unit: Unit) -> bool:
    """Whether a unit has money at the prices of each year."""
    return any(not symbol[-4:].isdigit() for symbol in currencies(unit))
