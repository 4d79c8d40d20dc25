"""A dataset: series of observations with their measures and sources."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve, field, fields, frozen
from attrs.converters import optional

from bajio.brief import Brief
from bajio.errors import DuplicateCode, InvalidData, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Area, Areas
from bajio.facts.editions import UNNAMED, asked_for, newest as newest_edition
from bajio.facts.gazetteer import Gazetteer
from bajio.facts.measures import Measure
from bajio.facts.observations import Key, Observation
from bajio.facts.periods import Frequency, as_year, year_of
from bajio.facts.restoration import altered
from bajio.facts.series import Series, fits
from bajio.facts.sources import Source
from bajio.facts.tables import SeriesTable
from bajio.mappings import FrozenDict, frozen_dict
from bajio.units import Unit

if TYPE_CHECKING:
    from bajio.facts.classifications import Classification


_ADVICE = "ask for one of them, or have the source state their order, as its editions"


class AnyArea(Container[str]):
    """Areas of a dataset that stands alone: any code is known."""

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str)


def as_areas(values: "Container[str] | Iterable[Area]") -> Container[str]:
    """Areas that the caller cannot change any more."""
    if isinstance(values, str):
        raise InvalidValue(f"areas are codes, not the text {shown(values)}: give a list")
    if not isinstance(values, set | list | tuple):
        return cast("Container[str]", values)
    areas = [area for area in values if isinstance(area, Area)]
    return Areas(areas) if areas and len(areas) == len(values) else frozenset(values)


def _frozen(
    values: Mapping[str, Callable[[], "Classification"]],
) -> Mapping[str, Callable[[], "Classification"]]:
    return frozen_dict(values)


def _series(values: Iterable[Series]) -> tuple[Series, ...]:
    return tuple(values)


def _by_code(values: Iterable[Any] | Mapping[str, Any]) -> Mapping[str, Any]:
    things: Iterable[Any] = values.values() if isinstance(values, Mapping) else values
    things_by_code: dict[str, Any] = {}
    for thing in things:
        known = things_by_code.setdefault(thing.code, thing)
        if known is not thing and known != thing:
            raise DuplicateCode(f"two definitions of {thing.code!r} in one dataset")
    return FrozenDict(things_by_code)


def _name(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidValue(f"{shown(value)} is no name of a dataset: give a text")
    return value


def _version(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidValue(f"version {shown(value)} is not a text: write it in quotes")
    return value


def _at_hand(thing: Any, *_: object) -> Any:
    """What is at hand, whatever is asked."""
    return thing


@frozen(eq=False, repr=False)
class Dataset(Brief):
    """Observations with their measures and sources; tables are read on first use.

    Attributes:
        name, version: what it is called in results.
        measures, sources: by code; those of outlines are among the sources.
        series: in order of precedence.
        reference_year: the newest year that is not a forecast.
        hashes: of the files that it was read from.
        areas: the areas that observations may be about.
        classifications: what gives each classification, by its code.
        gazetteer: areas, borders, regions and peer groups that come with it.
        definitions: indicators, sets and composites that a file of its package declares.

    Examples:
        >>> from bajio import dataset
        >>> data = dataset(
        ...     "mine",
        ...     measures=[Measure("rain", "Rain", "mm", kind="intensive", time="stock")],
        ...     sources=[Source("gauge", "Rain gauges")],
        ...     observations=[Observation("MX-JAL", 2018, "rain", 812)],
        ... )
        >>> [(o.area, o.period, o.value) for o in data.observations("rain")]
        [('MX-JAL', '2018', 812)]
    """

    name: str = field(converter=_name)
    measures: Mapping[str, Measure] = field(converter=_by_code, repr=False)
    sources: Mapping[str, Source] = field(converter=_by_code, repr=False)
    series: tuple[Series, ...] = field(converter=_series, repr=False)
    version: str = field(default="", converter=_version)
    reference_year: int | None = field(default=None, converter=optional(as_year))
    hashes: tuple[str, ...] = field(default=(), converter=tuple[str, ...], repr=False)
    areas: Container[str] = field(factory=AnyArea, converter=as_areas, repr=False)
    classifications: Mapping[str, Callable[[], "Classification"]] = field(
        factory=FrozenDict, converter=_frozen, repr=False
    )
    gazetteer: Gazetteer = field(factory=Gazetteer, repr=False)
    definitions: Any = field(default=None, repr=False)
    _tables: dict[Series, SeriesTable] = field(init=False, factory=dict, repr=False)
    _levels: dict[tuple[Series, Key], Mapping[str, tuple[str, ...]]] = field(
        init=False, factory=dict, repr=False
    )
    _newest: dict[tuple[str, str | None], tuple[Series, ...]] = field(
        init=False, factory=dict, repr=False
    )

    def __deepcopy__(self, _memo: object) -> "Dataset":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is made anew: with all its tables, whatever they were read from."""
        held = tuple(
            evolve(series, load=partial(_at_hand, self.table(series)), base=None, laid=())
            for series in self.series
        )
        parts = {
            "name": self.name,
            "measures": tuple(self.measures.values()),
            "sources": tuple(self.sources.values()),
            "series": held,
            "version": self.version,
            "reference_year": self.reference_year,
            "hashes": self.hashes,
            "classifications": {
                code: partial(_at_hand, give()) for code, give in self.classifications.items()
            },
            "gazetteer": self.gazetteer,
            "definitions": self.definitions,
        }
        return _restored, (parts,)

    def __attrs_post_init__(self) -> None:
        drawn = [outline.source for outline in self.gazetteer.outlines]
        if drawn:
            object.__setattr__(self, "sources", _by_code([*self.sources.values(), *drawn]))
        for series in self.series:
            if series.measure not in self.measures:
                raise InvalidData(f"a series of an undefined measure, {series.measure!r}")
            if series.source not in self.sources:
                raise InvalidData(f"a series of an undefined source, {series.source!r}")

    def about(self, areas: Areas) -> "Dataset":
        """The same data, where areas are known."""
        return altered(self, areas=areas, _tables={}, _levels={})

    @property
    def digest(self) -> str:
        """One SHA-256 for all the files that it was read from, in whatever order."""
        from hashlib import sha256

        return sha256("\n".join(sorted(self.hashes)).encode()).hexdigest()

    def measure(self, code: str) -> Measure:
        """A measure by its code.

        Raises:
            UnknownCode: there is none.
        """
        try:
            return self.measures[code]
        except KeyError:
            advice = "`bajio measures` lists them"
            raise UnknownCode("measure", code, self.measures, advice) from None

    def classification(self, measure: str, dimension: str) -> "Classification":
        """The classification of a measure's dimension, read on first use.

        Raises:
            UnknownCode: the measure has none for that dimension.
        """
        known = dict(self.measure(measure).classifications)
        code = known.get(dimension, "")
        if code not in self.classifications:
            raise UnknownCode(f"classification of {measure}", dimension, known)
        return self.classifications[code]()

    def table(self, series: Series) -> SeriesTable:
        """The observations of a series, read on first use."""
        table = self._tables.get(series)
        if table is None:
            table = self._tables[series] = series.read(self.areas)
        return table

    def levels(self, series: Series, key: Key, areas: Areas) -> Mapping[str, tuple[str, ...]]:
        """For each area that others with figures lie in, the kinds of its parts that they are in.

        Args:
            series: whose figures.
            key: the values of its measure's dimensions.
            areas: those that are known.
        """
        result = self._levels.get((series, key))
        if result is None:
            codes = self.table(series).values.get(key, {})
            unknown = {code for code in codes.keys() - areas.keys() if code not in areas}
            held = [code for code in codes if code not in unknown]
            result = self._levels[series, key] = areas.levels(held)
        return result

    def editions(self, measure: str) -> tuple[Series, ...]:
        """All series of a measure, in order of precedence."""
        return tuple([series for series in self.series if series.measure == measure])

    def newest(self, measure: str, edition: str | None = None) -> tuple[Series, ...]:
        """One series of a measure for each source: its newest edition, or the one asked for.

        What a user laid over others is found in these, not by itself.

        Args:
            measure: its code.
            edition: an edition's name, or its beginning; sources that lack it are left out.

        Raises:
            UnknownCode: no source has that edition.
            InvalidValue: two editions of a source begin so, or which is newer cannot be told.
        """
        known = self._newest.get((measure, edition))
        if known is not None:
            return known
        every = self.editions(measure)
        if edition is not None:
            every = self._asked_for(measure, edition, every)
        by_source: dict[str, list[Series]] = {}
        for series in every:
            by_source.setdefault(series.source, []).append(series)
        best = {id(own[0] if len(own) == 1 else self._newest_of(own)) for own in by_source.values()}
        chosen = [series for series in every if id(series) in best]
        laid = {id(one) for series in chosen for one in series.laid}
        apart = (series for series in chosen if not laid or id(series.root) not in laid)
        known = self._newest[measure, edition] = tuple(apart)
        return known

    def _newest_of(self, editions: Sequence[Series]) -> Series:
        """The series of the newest edition among those of one source, published ones first."""
        published = [series for series in editions if series.root.layer == 0] or editions
        first = editions[0]
        stated = self.sources[first.source].editions
        try:
            edition = newest_edition([series.vintage for series in published], stated)
        except InvalidValue as error:
            raise InvalidValue(f"{first.measure} of {first.source}: {error}; {_ADVICE}") from None
        return next(series for series in published if series.vintage == edition)

    def _asked_for(self, measure: str, edition: str, every: Sequence[Series]) -> tuple[Series, ...]:
        names = [name for series in every for name in (series.edition, series.vintage)]
        asked = set(asked_for(edition, names, measure))
        chosen = tuple(one for one in every if one.edition in asked or one.vintage in asked)
        by_source: dict[str, set[str]] = {}
        for series in chosen:
            by_source.setdefault(series.source, set()).add(series.vintage)
        for source, vintages in by_source.items():
            if len(vintages) > 1:
                text = " and ".join(map(shown, sorted(vintages)[:4]))
                problem = f"{measure} of {source} has {text}: write one of them in full"
                raise InvalidValue(f"edition {shown(edition)} is not clear: {problem}")
        return chosen

    def laid_over(self, measure: str) -> tuple[Series, ...]:
        """The series of a measure that users laid over others, the uppermost first."""
        layers = (layer for layer in _layers(self.editions(measure)).values() if layer.layer)
        return tuple(sorted(layers, key=lambda series: -series.layer))

    def observations(self, measure: str) -> Iterator[Observation]:
        """All observations of a measure, of every source and edition."""
        for series in self.editions(measure):
            yield from observations_of(series, self.table(series))

    def over(self, lower: "Dataset") -> "Dataset":
        """This dataset laid over another: figure by figure, this one wins, whatever its sources.

        Each series of the other becomes a derived edition, named after both, where figures of its
        measure can stand among its own: where units and periods can be turned into one another.

        Raises:
            DuplicateCode: the two define a measure or source of one code differently.

        Examples:
            >>> from bajio import dataset
            >>> rain = Measure("rain", "Rain", "mm", kind="intensive", time="stock")
            >>> def observed(name, value):
            ...     seen = [Observation("MX-JAL", 2018, "rain", value)]
            ...     gauge = Source(name, name)
            ...     return dataset(name, measures=[rain], sources=[gauge], observations=seen)
            ...
            >>> both = observed("mine", 812).over(observed("gauge", 790))
            >>> [(one.source, one.edition) for one in both.newest("rain")]
            [('gauge', '1+mine')]
            >>> next(both.observations("rain")).value
            812
        """
        below = {id(series) for series in lower.series}
        layers = [layer for key, layer in _layers(self.series).items() if key not in below]
        total = lower
        for level in sorted({series.layer for series in layers}):
            total = self._laid([layer for layer in layers if layer.layer == level], total)
        return self._joined(lower, total.series, lower.reference_year or self.reference_year)

    def _laid(self, layers: Sequence[Series], lower: "Dataset") -> "Dataset":
        """One layer of this dataset's series laid over another dataset."""
        from bajio.facts.overlays import Layer, once

        number = 1 + max((series.layer for series in lower.series), default=0)
        mine = [
            evolve(
                series,
                layer=number,
                last=self.reference_year if series.last is None else series.last,
                load=once(series.load),
            )
            for series in layers
        ]
        newest = evolve(self, series=mine)
        below = {series.measure for series in lower.series}
        codes = dict.fromkeys(one.measure for one in mine if one.measure in below)
        uppermost = [series for code in codes for series in newest.newest(code)]
        layer = Layer(self.name, number, tuple(uppermost), self.measure)
        return evolve(
            lower,
            measures=self._merged(lower, "measure"),
            sources=self._merged(lower, "source"),
            series=(*mine, *(layer.over(series, lower.table) for series in lower.dated())),
        )

    def dated(self) -> tuple[Series, ...]:
        """All series, each with the newest year that is no forecast, where that is known.

        Those that users laid over others stay as they are: nobody said it of them.
        """
        if self.reference_year is None:
            return self.series
        return tuple(
            series
            if series.last is not None or series.layer
            else evolve(series, last=self.reference_year)
            for series in self.series
        )

    def beside(self, lower: "Dataset") -> "Dataset":
        """This dataset beside another: sources of different codes stay apart.

        Figures of one source in one edition, or whose edition is not said, are laid over one
        another; those of this dataset win. Other editions stay apart, and the newest answers.

        Raises:
            DuplicateCode: the two define a measure or source of one code differently.
        """
        from bajio.facts.overlays import Layer, corrected

        layer = Layer(self.name, 0, (), self.measure)
        pending = list(lower.dated())
        merged: list[Series] = []
        for mine in self.dated():
            same = [
                series
                for series in pending
                if series.source == mine.source
                and mine.edition in {series.edition, UNNAMED}
                and fits(mine, series)
            ]
            for theirs in same:
                pending.remove(theirs)
                merged.append(corrected(theirs, mine, layer, lower.table))
            if not same:
                merged.append(mine)
        years = [data.reference_year for data in (lower, self) if data.reference_year is not None]
        return self._joined(lower, (*merged, *pending), years[0] if years else None)

    def _joined(
        self, lower: "Dataset", series: Iterable[Series], reference_year: int | None
    ) -> "Dataset":
        return evolve(
            lower,
            name=f"{self.name}+{lower.name}",
            version="+".join(part for part in (self.version, lower.version) if part),
            measures=self._merged(lower, "measure"),
            sources=self._merged(lower, "source"),
            series=series,
            reference_year=reference_year,
            hashes=(*self.hashes, *lower.hashes),
            classifications={**lower.classifications, **self.classifications},
            gazetteer=self.gazetteer.over(lower.gazetteer),
        )

    def _merged(self, lower: "Dataset", what: str) -> dict[str, Any]:
        """The measures or sources of both; those of both are as the lower one defines them.

        Raises:
            DuplicateCode: they differ in more than in how they are labelled.
        """
        mine, theirs = (
            data.measures if what == "measure" else data.sources for data in (self, lower)
        )
        for code in mine.keys() & theirs.keys():
            unlike = _differences(mine[code], theirs[code])
            if unlike:
                advice = f"leave it out to take that of {lower.name}, or choose another code"
                text = f"{what} {code!r} of {self.name} is not that of {lower.name}"
                raise DuplicateCode(f"{text}: {', '.join(unlike)}; {advice}")
        return {**mine, **theirs}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash((self.name, self.version))

    def _content(self) -> tuple[object, ...]:
        series = [
            (one.measure, one.source, one.edition, one.unit, one.frequency, one.kinds)
            for one in self.series
        ]
        tables = [self.table(one) for one in self.series]
        nested = {code: read() for code, read in self.classifications.items()}
        facts = (dict(self.measures), dict(self.sources), series, tables, nested, self.gazetteer)
        return (self.name, self.version, self.reference_year, self.definitions, *facts)


def _layers(some: Iterable[Series]) -> dict[int, Series]:
    """The series that some are laid of, the lowest included, each once, by identity."""
    return {id(layer): layer for series in some for layer in (series.root, *series.laid)}


def _differences(mine: Any, theirs: Any) -> list[str]:
    """Where two definitions differ, in the order of their attributes."""
    names = [key.name for key in fields(type(mine)) if key.name not in {"label", "description"}]
    pairs = {name: (getattr(mine, name), getattr(theirs, name)) for name in names}
    return [
        f"{name} {_told(value)}, not {_told(other)}"
        for name, (value, other) in pairs.items()
        if value != other
    ]


def _told(value: object) -> str:
    return shown(str(value) if isinstance(value, Fraction | Unit | StrEnum) else value)


def observations_of(series: Series, table: SeriesTable) -> Iterator[Observation]:
    """The observations of a table, gaps included."""
    code = series.measure
    for key, by_area in table.values.items():
        for area, by_period in by_area.items():
            for period, value in by_period.items():
                if Frequency.of(period) is not series.frequency:
                    continue  # a year that was laid over its parts: it stands in its own series
                mark = table.marks.get((key, area, period))
                status, note = mark or ("A", "")
                yield Observation(area, period, code, value, status, note, key)
    for (key, area, period), mark in table.marks.items():
        if period not in table.values.get(key, {}).get(area, {}):
            yield Observation(area, period, code, None, mark.status, mark.note, key)


def newest_year(data: Dataset) -> int | None:
    """The year of the newest figure of a dataset; `None` where none has a period."""
    years = {
        year_of(period)
        for series in data.series
        for by_area in data.table(series).values.values()
        for by_period in by_area.values()
        for period in by_period
        if period
    }
    return max(years, default=None)


def _restored(parts: Mapping[str, Any]) -> Dataset:
    """A dataset that was pickled."""
    return Dataset(**parts)
