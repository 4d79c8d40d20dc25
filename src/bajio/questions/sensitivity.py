"""Sensitivity: an indicator without each member, with each that could join, and its flip points."""

from fractions import Fraction
from typing import Unpack

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.errors import BajioError, InvalidValue
from bajio.facts.dataset import Dataset
from bajio.facts.regions import Region
from bajio.labels import Label
from bajio.questions.asking import IndicatorLike, asking
from bajio.questions.choices import Asked, Options, PeersLike, RegionLike
from bajio.questions.compositions import Compositions
from bajio.questions.flips import Flips, flips
from bajio.questions.question import Question, ask
from bajio.questions.reported import Reported
from bajio.questions.results import Missed, Result
from bajio.questions.single_answer import try_answer
from bajio.questions.years import period_of
from bajio.registry import Registry


@frozen(repr=False)
class Variant(Brief):
    """The indicator where one area leaves the region, or joins it.

    Attributes:
        area: its code.
        label: what it is called, by language.
        answer: the result for the region that is left, or why there is none.
        change: how much the value changes; `None` where there is none, or only an interval.
        places: how many places the rank is better, negative where worse; `None` where there is
            no rank.
    """

    area: str
    label: Label
    answer: Result | Missed
    change: Fraction | None = None
    places: int | None = None


@frozen(repr=False)
class Sensitivity(Reported):
    """How an indicator and its rank hang on single members and figures.

    Attributes:
        result: the indicator for the region as it is.
        without: the same with each member left out in turn.
        joining: the same with each other area of the host added in turn.
        flips: by how much the value, or a sum that it is made of, must change for another rank.
        registry: what is known.

    Examples:
        >>> import bajio
        >>> found = bajio.sensitivity("bajio", "gdp", year=2018)
        >>> {one.area: one.answer.rank.position for one in found.without}
        {'MX-AGU': 59, 'MX-GUA': 69, 'MX-QUE': 61, 'MX-SLP': 60}
    """

    result: Result
    without: tuple[Variant, ...]
    joining: tuple[Variant, ...]
    flips: Flips
    registry: Registry = field(eq=False, repr=False)

    @property
    def decisive(self) -> tuple[Variant, ...]:
        """The single members to leave and areas to join that change the rank."""
        return tuple(variant for variant in (*self.without, *self.joining) if variant.places)


def sensitivity(
    region: RegionLike,
    indicator: IndicatorLike,
    data: Dataset | None = None,
    *,
    joining: PeersLike = None,
    registry: Registry | None = None,
    **options: Unpack[Asked],
) -> Sensitivity:
    """An indicator with each member left out, with each area that could join, and its flip points.

    All are of one year: that of the region as it is.
    A flip point is exact: at it, and not before, the rank is another one.

    Args:
        region, indicator, data, registry, options: as in `evaluate`.
        joining: the areas that could join, as `peers` of a profile are given; the host's other
            areas of the members' kind, if not given.

    Raises:
        InvalidValue: the indicator is a table.
        Unavailable: the region has no value, with the reason.
    """
    known, asked, place, chosen = asking(region, indicator, data, registry, options)
    if asked.rule.is_table:
        raise InvalidValue(f"{asked.code!r} is a table: ask for an indicator that is a number")
    result = try_answer(known, asked, place, chosen)
    if isinstance(result, Missed):
        raise result.error()
    options_of_year = chosen if result.year is None else chosen.but(year=result.year)
    question = ask(known, asked, place, options_of_year)
    year = period_of(question, result.year)
    question = question.in_year(year)
    members = question.members(year)
    candidates = _candidates(question, year, joining)
    trial = _Trial(known, result, options_of_year, year)
    if not question.compositions.is_dated(place):
        place = evolve(place, memberships=members)
    return Sensitivity(
        result,
        tuple(trial.variant(code, place - Region([code])) for code in members),
        tuple(trial.variant(code, place | Region([code])) for code in candidates),
        flips(question, result, year),
        known,
    )


def _candidates(question: Question, year: int, joining: PeersLike) -> list[str]:
    """The areas that could join: those that are given, or the host's others of one kind."""
    registry, members, host = question.registry, question.members(year), question.host
    if joining is not None:
        group = registry.peer_group(joining)
        codes = [registry.areas[code].code for code in question.compositions.group(group, year)]
    else:
        kinds = {registry.areas[code].kind for code in members}
        alone = host is not None and len(kinds) == 1
        codes = list(registry.areas.parts(host or "", kinds.pop())) if alone else []
    inside = set(members)
    return [code for code in codes if code not in inside]


@frozen
class _Trial:
    """Tries the indicator for regions beside the one that was asked about."""

    registry: Registry
    base: Result
    options: Options
    year: int

    def variant(self, area: str, region: Region) -> Variant:
        """The indicator for the region after an area left it or joined it."""
        indicator, label = self.base.indicator, self.registry.areas[area].names
        composed = Compositions(self.registry, self.options.membership)
        if not (region.members_in(self.year) if region.is_dated else region.members):
            return Variant(area, label, Missed(indicator, "no member would be left"))
        try:
            self.registry.areas.check_disjoint(composed.over(region, [self.year]))
        except BajioError as error:
            return Variant(area, label, Missed(indicator, str(error)))
        answer = try_answer(self.registry, indicator, region, self.options)
        if isinstance(answer, Missed):
            return Variant(area, label, answer)
        change = places = None
        if answer.point is not None and self.base.point is not None:
            change = Fraction(answer.point - self.base.point)
        if answer.rank is not None and self.base.rank is not None:
            places = self.base.rank.position - answer.rank.position
        return Variant(area, label, answer, change, places)
