"""Relatedness: which activities that a region lacks are near to those that it has."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Unpack

from attrs import field, frozen

from bajio.brief import Brief
from bajio.errors import InvalidValue, Unavailable, shown
from bajio.facts.classifications import LEAVES
from bajio.facts.dataset import Dataset
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.labels import Label
from bajio.mappings import frozen_dict
from bajio.questions.activity_space import ActivitySpace
from bajio.questions.asking import registry_with, unranked_options
from bajio.questions.breakdown import Breakdown
from bajio.questions.choices import Options, RegionLike, Unranked
from bajio.questions.compositions import Compositions
from bajio.questions.question import ask
from bajio.questions.reported import Dated, Reported
from bajio.questions.results import Missed, Result
from bajio.questions.single import table_of
from bajio.questions.single_answer import try_answer
from bajio.questions.variants import as_asked
from bajio.registry import Registry

#: With fewer places, every two activities go together or apart by chance.
_FEWEST_PLACES = 4


@frozen(repr=False)
class RelatedActivity(Brief):
    """An activity that a region is not specialised in, and how near it is to those that it is.

    Attributes:
        activity: code of the activity.
        label: what it is called, by language.
        quotient: the region's location quotient, which is below one.
        density: the share of what the region is specialised in, in all that is near to the
            activity, by proximity.
        complexity: the complexity index of the activity; `None` where there is none.
        nearest: code of the nearest activity that the region is specialised in; the first by code
            where several are.
        proximity: of that one: the lesser probability that a place with one has the other as well.
    """

    activity: str
    label: Label
    quotient: Result
    density: Exact
    complexity: float | None
    nearest: str
    proximity: Exact


@frozen(repr=False)
class Relatedness(Dated, Reported):
    """What is near to what a region has, among the areas of its country, in one period.

    Attributes:
        region, period: what was asked.
        level: `leaves`, or the category whose parts the activities are.
        held: codes of the activities that the region is specialised in.
        rows: those that it is not specialised in, the nearest first.
        labels: what activities are called, by code.
        complexities: the economic complexity index of each place, the region's by its code, the
            highest first; empty where there is none.
        missing: the reason of each activity that is left out.
        registry: what is known.

    Examples:
        >>> import bajio
        >>> near = bajio.answers.relatedness("bajio", top=2, year=2018)
        >>> [(row.activity, round(float(row.density), 3), row.nearest) for row in near.rows]
        [('337', 0.518, '333-336'), ('339', 0.496, '333-336')]
    """

    region: Region
    period: str
    level: str
    held: tuple[str, ...]
    rows: tuple[RelatedActivity, ...]
    labels: Mapping[str, Label]
    complexities: Mapping[str, float]
    missing: Mapping[str, str]
    registry: Registry = field(eq=False, repr=False)

    @property
    def complexity(self) -> float | None:
        """The region's complexity index."""
        return self.complexities.get(self.region.code)

    @property
    def position(self) -> int | None:
        """Where it stands by it among the places, the most complex first."""
        codes = list(self.complexities)
        return codes.index(self.region.code) + 1 if codes else None


def relatedness(
    region: RegionLike,
    data: Dataset | None = None,
    *,
    top: int = 10,
    registry: Registry | None = None,
    **options: Unpack[Unranked],
) -> Relatedness:
    """The activities that a region is not specialised in, by how near they are to what it has.

    A place has an activity where its location quotient is one or more. The places are the areas of
    the region's country that are like its members; the region stands in the place of its members.
    Two activities are near where the places that have one have the other as well.

    Args:
        region, data, registry, options: as in `bajio.specialisations`; always against the country.
        top: how many activities, at most.

    Raises:
        InvalidValue: `top` is no number from 1 on, or something else than the country is named.
        Unavailable: there are no figures, or too few places, with the reason.
    """
    if type(top) is not int or top < 1:
        raise InvalidValue(f"the top {shown(top)}: give a whole number from 1 on")
    known = registry_with(registry, data)
    chosen = unranked_options(known, options)
    if chosen.against is not None:
        raise InvalidValue("what is near is found in the region's country: leave against out")
    asked = known.region(region)
    quotients = _table(known, asked, chosen)
    assert quotients.period is not None
    space, missing = _space(quotients, _beside(known, quotients, chosen), known, chosen)
    labels = {cell.key: cell.label for cell in quotients.cells}
    rows = sorted(_rows(quotients, space, labels), key=lambda row: (-row.density, row.activity))
    ordered = sorted(space.complexities.items(), key=lambda pair: (-pair[1], pair[0]))
    return Relatedness(
        asked,
        quotients.period,
        chosen.level or LEAVES,
        tuple(sorted(space.held[asked.code])),
        tuple(rows[:top]),
        frozen_dict(labels),
        frozen_dict(dict(ordered)),
        frozen_dict(missing),
        known,
    )


def _table(registry: Registry, region: Region, options: Options) -> Breakdown:
    """The location quotients of a region."""
    [indicator] = as_asked(registry, [registry.indicator("location-quotient")], options)
    return table_of(registry, indicator, region, options)


def _beside(registry: Registry, breakdown: Breakdown, options: Options) -> tuple[str, ...]:
    """Codes of the areas beside the region of a table.

    Raises:
        Unavailable: there are too few.
    """
    region, year = breakdown.region, breakdown.year
    members = Compositions(registry, options.membership).over(region, [year] if year else None)
    areas = registry.areas
    kinds, host = {areas[code].kind for code in members}, areas.host(members[0])
    inside = set(members)
    beside = tuple(
        code
        for code in (areas.parts(host, min(kinds), year) if host and len(kinds) == 1 else ())
        if code not in inside
    )
    if len(beside) < _FEWEST_PLACES - 1:
        raise Unavailable(
            f"what is near shows among {_FEWEST_PLACES} places or more of one kind: "
            f"beside {region.code} there are {len(beside)}"
        )
    return beside


def _space(
    breakdown: Breakdown, beside: Sequence[str], registry: Registry, options: Options
) -> tuple[ActivitySpace, dict[str, str]]:
    """Which place has which activity, of those that all have quotients of; why others are left out.

    Raises:
        Unavailable: a place has none of them.
    """
    missing = dict(breakdown.missing)
    held: dict[str, set[str]] = {code: set() for code in (breakdown.region.code, *beside)}
    for cell in breakdown.cells:
        if not isinstance(cell.answer, Result):
            continue
        quotients = {breakdown.region.code: cell.answer.low}
        for code, quotient in _quotients(cell.answer, beside, registry, options):
            if isinstance(quotient, Missed):
                missing.setdefault(cell.key, quotient.reason)
            else:
                quotients[code] = quotient
        if cell.key not in missing:
            for code, quotient in quotients.items():
                if quotient >= 1:
                    held[code].add(cell.key)
    without = next((code for code, activities in held.items() if not activities), None)
    reason = next(iter(missing.values()), None)
    if without is not None and reason is None:
        raise Unavailable(f"{without} is specialised in no activity that all places have")
    if without is not None:
        raise Unavailable(f"{without} is specialised in no activity that all places have: {reason}")
    return ActivitySpace(held), missing


def _quotients(
    result: Result, beside: Sequence[str], registry: Registry, options: Options
) -> Iterator[tuple[str, Exact | Missed]]:
    """What the indicator of a result is for each area beside, or why it is not."""
    indicator, dated = result.indicator, options.but(year=result.year)
    question = ask(registry, indicator, result.region, dated)
    values = question.evaluation(result.year or 0).values_of_each(beside)
    for code in beside:
        if code in values:
            yield code, values[code]
            continue
        answer = try_answer(registry, indicator, Region([code]), dated)
        yield code, answer if isinstance(answer, Missed) else answer.low


def _rows(
    breakdown: Breakdown, space: ActivitySpace, labels: Mapping[str, Label]
) -> Iterator[RelatedActivity]:
    """What the region of a table is not specialised in, of what another place is."""
    place = breakdown.region.code
    held = sorted(space.held[place])
    for cell in breakdown.cells:
        key, quotient = cell.key, cell.answer
        if key in held or key not in space.places or not isinstance(quotient, Result):
            continue
        nearest = max(held, key=lambda other: space.proximity(key, other))
        yield RelatedActivity(
            key,
            labels[key],
            quotient,
            space.density(place, key),
            space.activity_complexities.get(key),
            nearest,
            space.proximity(key, nearest),
        )
