"""What changed between two states of data: figure by figure, and what that does to a region."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Unpack

from attrs import field, frozen

from bajio.arguments import as_items, as_text
from bajio.brief import Brief
from bajio.errors import InvalidValue, UnitMismatch, UnknownCode, shown
from bajio.facts.dataset import Dataset, observations_of
from bajio.facts.observations import Exact, Observation, exact
from bajio.facts.periods import Frequency, year_of
from bajio.facts.regions import Region
from bajio.facts.series import Series, read_year
from bajio.facts.tables import SeriesTable
from bajio.indicator import Indicator
from bajio.questions.asking import IndicatorsLike, select, useful_options
from bajio.questions.choices import Asked, RegionLike
from bajio.questions.reported import Reported
from bajio.questions.results import Missed, Result
from bajio.questions.single_answer import try_answer
from bajio.registry import Registry, known_by
from bajio.registry.one_edition import with_edition
from bajio.rules.nodes import OfMeasure
from bajio.units import Unit
from bajio.units.conversion import factor

#: What names the data that come with bajio.
BUNDLED = "bundled"
#: Measure, area, period and the values of dimensions: what a figure is of.
Place = tuple[str, str, str, tuple[str, ...]]


@frozen(repr=False)
class Revised(Brief):
    """A figure that is not the same in both.

    Attributes:
        measure, area, period, where: what it is of.
        unit: of both values.
        before, after: its values; `None` where it has none.
        before_status, after_status: how certain each is, or why there is none.
    """

    measure: str
    area: str
    period: str
    where: tuple[str, ...]
    unit: Unit
    before: Exact | None
    after: Exact | None
    before_status: str = "A"
    after_status: str = "A"

    @property
    def is_restated(self) -> bool:
        """Whether the value is the same, and only its status another."""
        return self.before == self.after

    @property
    def difference(self) -> Exact | None:
        """The later value less the earlier."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def ratio(self) -> Fraction | None:
        """The change as a fraction of the earlier value; `None` where that has no meaning."""
        if self.before is None or self.after is None or not self.before:
            return None
        return Fraction(self.after - self.before) / abs(Fraction(self.before))


@frozen(repr=False)
class MeasureRevision(Brief):
    """How much of a measure changed.

    Attributes:
        measure: its code.
        before, after: the sources and editions that are compared.
        same, changed, added, removed, restated: how many figures; the last have the same value
            with another status, as that they are final now.
        before_unit, after_unit: of the figures as they are published.
        apart: units of figures that are not compared, as those of another currency.
    """

    measure: str
    before: str
    after: str
    same: int
    changed: int
    added: int
    removed: int
    restated: int = 0
    before_unit: str = ""
    after_unit: str = ""
    apart: tuple[str, ...] = ()


@frozen(repr=False)
class Effect(Brief):
    """What the change does to an indicator of a region: its answer by either state of the data."""

    indicator: Indicator
    before: Result | Missed
    after: Result | Missed

    @property
    def sides(self) -> tuple[Result | Missed, Result | Missed]:
        """Both answers, the earlier first."""
        return self.before, self.after

    @property
    def is_changed(self) -> bool:
        """Whether the figure, or the rank, is another."""
        sides = [
            None
            if isinstance(side, Missed)
            else (side.low, side.high, side.rank and side.rank.position)
            for side in self.sides
        ]
        return sides[0] != sides[1]


@frozen(repr=False)
class Revision(Reported):
    """What changed between two states of data.

    Attributes:
        before, after: what they are called.
        measures: how much of each measure changed.
        changes: the figures that did, the largest change first.
        region: the region whose indicators are compared; `None` where none is.
        effects: its indicators that hang on what changed.
        registry: what knows the names of areas.
    """

    before: str
    after: str
    measures: tuple[MeasureRevision, ...]
    changes: tuple[Revised, ...]
    region: Region | None
    effects: tuple[Effect, ...]
    registry: Registry = field(eq=False, repr=False)


@frozen
class _State:
    """One state of the data: what it is called, what it is, and what of it is compared."""

    name: str
    registry: Registry
    series: Mapping[str, Sequence[Series]]

    @property
    def dataset(self) -> Dataset:
        """All of its data."""
        return self.registry.dataset


def diff(
    before: Dataset | str,
    after: Dataset | str = BUNDLED,
    *,
    region: RegionLike | None = None,
    indicators: IndicatorsLike | None = None,
    measures: Iterable[str] | None = None,
    registry: Registry | None = None,
    **options: Unpack[Asked],
) -> Revision:
    """What changed between two states of data, and what that does to a region.

    Args:
        before, after: each a dataset, an edition as "fdi=2018", or "bundled": the data that are
            there.
        region: whose indicators are compared.
        indicators: which; those of the usual profile that hang on what changed, if not given.
        measures: codes of those that are compared; all that both have, if not given.
        registry: what is known; the default one, if not given.
        options: as in `evaluate`.

    Raises:
        InvalidValue: two editions of different measures, or nothing that both have.
        UnknownCode: an edition, a measure or an indicator that is not known.

    Examples:
        >>> import bajio
        >>> found = bajio.diff("fdi=2018", "fdi=2025-10", region="bajio", year=2017)
        >>> [(one.measure, one.same, one.changed, one.added) for one in found.measures]
        [('fdi', 26, 582, 224)]
    """
    known = known_by(registry)
    first, second = _state(before, known, "before"), _state(after, known, "after")
    codes = _compared(first, second, measures)
    counts, changes = [], []
    for code in codes:
        count, revised = _revision_of(code, first, second)
        counts.append(count)
        changes += revised
    changes.sort(key=_size, reverse=True)  # as they stood where two are alike
    target = None if region is None else second.registry.region(region)
    effects: tuple[Effect, ...] = ()
    if target is not None:
        touched = {change.measure for change in changes}
        effects_found = _effects(target, indicators, touched, (first, second), options)
        effects = tuple(sorted(effects_found, key=_effect_size, reverse=True))
    return Revision(
        first.name, second.name, tuple(counts), tuple(changes), target, effects, second.registry
    )


def _state(value: Dataset | str, registry: Registry, side: str) -> _State:
    """The state that a side names."""
    if isinstance(value, Dataset):
        newest = {code: value.newest(code) for code in _measures_of(value)}
        return _State(value.name, registry.with_data(value), newest)
    text = as_text(value, side)
    if text == BUNDLED:
        data = registry.dataset
        return _State(BUNDLED, registry, {code: data.newest(code) for code in _measures_of(data)})
    measure, separator, edition = text.partition("=")
    if not (separator and measure and edition):
        words = "give a dataset, an edition as 'fdi=2018', or 'bundled'"
        raise InvalidValue(f"{shown(text)} is no state of data: {words}")
    registry.dataset.measure(measure)
    chosen = {measure: registry.dataset.newest(measure, edition)}
    return _State(text, with_edition(registry, measure, edition), chosen)


def _measures_of(data: Dataset) -> list[str]:
    return list(dict.fromkeys(series.measure for series in data.series))


def _compared(first: _State, second: _State, measures: Iterable[str] | None) -> list[str]:
    """The measures that are compared: those that both states have."""
    both = [code for code in first.series if code in second.series]
    if measures is not None:
        asked = [as_text(item, "a measure's code") for item in as_items(measures, "measures")]
        for code in asked:
            if code not in both:
                raise UnknownCode("measure in both", code, both)
        return asked
    if not both:
        text = ", ".join(list(first.series)[:3])
        raise InvalidValue(f"{second.name} has no measure of {first.name}: that has {text}")
    return both


def _revision_of(code: str, first: _State, second: _State) -> tuple[MeasureRevision, list[Revised]]:
    unit = second.dataset.measure(code).unit
    frequencies = {one.frequency for state in (first, second) for one in state.series[code]}
    annual = len(frequencies) > 1  # a year of quarters is compared with a year
    before = _figures(first, code, unit, annual=annual)
    after = _figures(second, code, unit, annual=annual)
    sides = [_units(state, code, unit) for state in (first, second)]
    if not all(side_values for side_values, _ in sides):  # one side is other figures altogether
        before = after = {}
    if BUNDLED in {first.name, second.name}:  # of which only what the other has is compared
        there = before if second.name == BUNDLED else after
        before = {place: one for place, one in before.items() if place in there}
        after = {place: one for place, one in after.items() if place in there}
    revised = [
        Revised(*place, unit, old[0], new[0], old[1], new[1])
        for place in sorted({**before, **after})
        if (old := before.get(place, (None, ""))) != (new := after.get(place, (None, "")))
        and (old[0] != new[0] or (place in before and place in after))
    ]
    restated = sum(one.is_restated for one in revised)
    added = sum(one.before is None and not one.is_restated for one in revised)
    removed = sum(one.after is None and not one.is_restated for one in revised)
    same = len({*before, *after}) - len(revised)
    names = (_named(first, code), _named(second, code))
    changed = len(revised) - added - removed - restated
    (side_values, apart), (later, later_apart) = sides
    units = (", ".join(side_values), ", ".join(later))
    others = tuple(dict.fromkeys((*apart, *later_apart)))
    count = MeasureRevision(code, *names, same, changed, added, removed, restated, *units, others)
    return count, revised


def _units(state: _State, code: str, unit: Unit) -> tuple[list[str], list[str]]:
    """The units of a measure's figures that are compared, and those of others."""
    units: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for series in state.series[code]:
        units[not _converts(series.unit, unit)][str(series.unit)] = None
    return list(units[0]), list(units[1])


def _converts(unit: Unit, other: Unit) -> bool:
    try:
        return bool(factor(unit, other))
    except UnitMismatch:
        return False


def _named(state: _State, code: str) -> str:
    return ", ".join(f"{series.source} {series.edition}" for series in state.series[code])


def _figures(
    state: _State, code: str, unit: Unit, *, annual: bool
) -> dict[Place, tuple[Exact | None, str]]:
    """The figures of a measure, those of the first source that has one, in one unit."""
    result: dict[Place, tuple[Exact | None, str]] = {}
    for series in state.series[code]:
        try:
            times = factor(series.unit, unit)
        except UnitMismatch:
            continue  # in another currency, or at other prices: it is another figure
        table = state.dataset.table(series)
        of_years = annual and series.frequency is not Frequency.ANNUAL
        seen = _of_years(series, table, state) if of_years else observations_of(series, table)
        for observation in seen:
            value = (
                None if observation.value is None else exact(Fraction(observation.value) * times)
            )
            result.setdefault(
                (code, observation.area, observation.period, observation.where),
                (value, observation.status),
            )
    return result


def _of_years(series: Series, table: SeriesTable, state: _State) -> Iterator[Observation]:
    """The figures of the years whose periods are all there."""
    time = state.dataset.measure(series.measure).time
    for key, by_area in table.values.items():
        for area, by_period in by_area.items():
            for year in dict.fromkeys(map(year_of, by_period)):
                read = read_year(table, series, time, area, key, year)
                if read.value is not None and read.seen == read.of:
                    yield Observation(
                        area, str(year), series.measure, read.value, read.status, "", key
                    )


def _size(revised: Revised) -> tuple[int, Fraction]:
    """How large a change is: from nothing to something, then by its share of the earlier value."""
    if revised.is_restated:
        return -1, Fraction(0)
    if revised.ratio is not None:
        return 1, abs(revised.ratio)
    is_new = revised.before is None or revised.after is None
    return 0 if is_new else 2, abs(Fraction(revised.after or revised.before or 0))


def _effect_size(effect: Effect) -> tuple[bool, Fraction]:
    """How large an effect is: from or to nothing first, then by its share of the earlier value."""
    values = [Fraction(side.exact) for side in effect.sides if isinstance(side, Result)]
    if len(values) < 2:
        return len(values) == 1, Fraction(0)
    before, after = values
    return False, abs(after - before) / abs(before) if before else abs(after)


def _effects(
    region: Region,
    indicators: IndicatorsLike | None,
    touched: set[str],
    states: tuple[_State, _State],
    options: Asked,
) -> Iterator[Effect]:
    """The region's indicators by either state; without a choice, those that hang on the change."""
    first, second = states
    for indicator in select(second.registry, indicators):
        measures = {node.measure for node in indicator.rule.walk() if isinstance(node, OfMeasure)}
        if indicators is None and not measures & touched:
            continue
        if indicator.rule.is_table:
            continue
        answers = [_answer(region, indicator, state, options) for state in (first, second)]
        yield Effect(indicator, *answers)


def _answer(region: Region, indicator: Indicator, state: _State, options: Asked) -> Result | Missed:
    chosen = useful_options(state.registry, options)
    try:
        known = state.registry.indicator(indicator.code)
    except UnknownCode as error:
        return Missed(indicator, str(error))
    return try_answer(state.registry, known, region, chosen)
