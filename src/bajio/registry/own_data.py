"""Data of one's own: measures that are not defined with them are those of the bundled data."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from bajio.arguments import as_instance, as_instances, as_items, as_pairs, as_path
from bajio.errors import FaultList, InvalidData, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Area
from bajio.facts.columns import Columns, build_table
from bajio.facts.dataset import AnyArea, Dataset, as_areas
from bajio.facts.editions import UNNAMED
from bajio.facts.gazetteer import Gazetteer
from bajio.facts.measures import Measure
from bajio.facts.observations import Observation
from bajio.facts.periods import Frequency
from bajio.facts.series import Series
from bajio.facts.sources import Source
from bajio.facts.tables import SeriesTable
from bajio.units import Unit, as_unit

if TYPE_CHECKING:
    from pathlib import Path

    from bajio.registry import Registry


def dataset(  # noqa: PLR0913  # each says another thing of it, by its name
    name: str,
    *,
    sources: Iterable[Source],
    observations: Iterable[Observation],
    measures: Iterable[Measure] = (),
    edition: str = UNNAMED,
    units: Mapping[str, Unit | str] | None = None,
    reference_year: int | None = None,
    areas: Container[str] | Iterable[Area] | None = None,
    gazetteer: Gazetteer | None = None,
) -> Dataset:
    """A dataset of observations that are at hand, all from the first of the sources.

    Args:
        name: what it is called in results.
        sources: where the figures come from; the first is that of all.
        observations: exact figures (int, Fraction or Decimal), in any order.
        measures: the measures that it defines; others are as in the bundled data.
        edition: of every series.
        units: units of the figures by measure, where they differ from the measure's own.
        reference_year: the newest year that is not a forecast.
        areas: the areas that may appear, or their codes; any, where not given. Areas of the kind
            `unallocated` can have figures below the measure's minimum.
        gazetteer: areas, borders, regions and peer groups that come with it.

    Raises:
        InvalidData: a figure that is no finite number, given twice, below its minimum, ...
        UnknownCode: units are given of a measure that has no observations.

    Examples:
        >>> own = dataset(
        ...     "mine",
        ...     sources=[Source("own-count", "Own count")],
        ...     observations=[Observation("MX-AGU", 2018, "population", 1_500_000)],
        ... )
        >>> from bajio import evaluate
        >>> evaluate("MX-AGU", "population", data=own, year=2018).value
        1500000
    """
    measures_given = as_instances(measures, Measure, "measures")
    cited = as_instances(sources, Source, "sources")
    own_units = as_pairs({} if units is None else units, "units by measure")
    known = AnyArea() if areas is None else as_areas(areas)
    rows = _by_measure(name, as_items(observations, "observations"))
    if rows and not cited:
        raise InvalidValue(f"dataset {shown(name)} has no source: give sources=[Source(...)]")
    for code in own_units:
        if code not in rows:
            raise UnknownCode("measure with a unit of its own", code, rows)
    known_codes = {measure.code for measure in measures_given}
    others = {code: numbered[0][0] for code, numbered in rows.items() if code not in known_codes}
    every = (*measures_given, *(_bundled_of(code, name, row) for code, row in others.items()))
    defined = {measure.code: measure for measure in every}
    series = []
    for code, numbered in rows.items():
        measure = defined[code]
        columns = _columns(name, measure, numbered)
        frequency = _frequency(columns) if columns.periods[0] else Frequency.TIMELESS
        table = build_table(columns, measure, frequency, known)
        unit = as_unit(own_units.get(code, measure.unit))
        load = _AtHand(table, columns, measure, frequency)
        series.append(Series(code, cited[0].code, edition, unit, frequency, load))
    brought = Gazetteer() if gazetteer is None else as_instance(gazetteer, Gazetteer, "gazetteer")
    return Dataset(
        name,
        every,
        cited,
        series,
        reference_year=reference_year,
        areas=known,
        gazetteer=brought,
    )


def of_columns(
    measure: Measure,
    source: Source,
    edition: str,
    frequency: Frequency,
    columns: Callable[[], Columns],
) -> Dataset:
    """A dataset of one measure whose figures are made when they are asked for.

    Args:
        measure: what the figures are of.
        source, edition: where they come from.
        frequency: of their periods.
        columns: gives them.
    """

    def load(areas: Container[str]) -> SeriesTable:
        return build_table(columns(), measure, frequency, areas)

    series = Series(measure.code, source.code, edition, measure.unit, frequency, load)
    return Dataset(measure.code, [measure], [source], [series])


def _by_measure(
    name: str, observations: Iterable[Observation]
) -> dict[str, list[tuple[int, Observation]]]:
    """Observations of each measure, with the rows that they stand in."""
    rows: dict[str, list[tuple[int, Observation]]] = {}
    for row, seen in enumerate(observations, start=1):
        if not isinstance(seen, Observation):
            raise InvalidData(f"{shown(seen)} is no Observation", file=name, row=row)
        if not isinstance(seen.measure, str):
            raise InvalidData(f"{shown(seen.measure)} is no code", file=name, row=row)
        rows.setdefault(seen.measure, []).append((row, seen))
    return rows


def _columns(name: str, measure: Measure, numbered: Sequence[tuple[int, Observation]]) -> Columns:
    seen = [observation for _, observation in numbered]
    for row, observation in numbered:
        if len(observation.where) != len(measure.dimensions):
            need = ", ".join(measure.dimensions) or "none"
            text = f"{measure.code} has the dimensions {need}, not {shown(observation.where)}"
            raise InvalidData(text, file=name, row=row)
    return Columns(
        [observation.area for observation in seen],
        [observation.period for observation in seen],
        [observation.value for observation in seen],
        [observation.status for observation in seen],
        [observation.note for observation in seen],
        list(zip(*(observation.where for observation in seen), strict=True)),
        name,
        [row for row, _ in numbered],
    )


def _frequency(columns: Columns) -> Frequency:
    try:
        return Frequency.of(columns.periods[0])
    except InvalidValue as error:
        raise columns.error(str(error), 0, "period") from None


@frozen
class _AtHand:
    """Gives a table that is at hand, once its areas are among those that are known."""

    table: SeriesTable
    columns: Columns
    measure: Measure
    frequency: Frequency

    def __call__(self, areas: Container[str]) -> SeriesTable:
        if all(area in areas for area in dict.fromkeys(self.columns.areas)):
            return self.table
        return build_table(self.columns, self.measure, self.frequency, areas)  # by names, or not


def _bundled_of(code: str, name: str, row: int) -> Measure:
    """The measure of an observation that is defined nowhere but in the bundled data."""
    try:
        return _bundled(code)
    except UnknownCode as error:
        raise InvalidData(str(error), file=name, row=row) from None


def read_package(location: "str | Path", registry: "Registry | None" = None) -> Dataset:
    """The dataset of a data package in a folder.

    Args:
        location: the folder, or its `datapackage.json`.
        registry: whose measures those are that the package does not define; if not given, they
            are as in the bundled data. The areas and regions that the package brings have to fit
            among those of the registry; if not given, of the default one.

    Raises:
        InvalidData: with file, row and column.
    """
    from bajio.readers.datapackage import read_package as package_in
    from bajio.registry import known_by

    known = _bundled if registry is None else known_by(registry).dataset.measure
    data = package_in(as_path(location), known)
    if data.gazetteer:
        known_by(registry).with_data(data)  # which keeps what it finds
    return data


def check_package(location: "str | Path", registry: "Registry") -> None:
    """Refuse a data package in a folder, with all that is wrong as the `faults` of the error.

    Args:
        location: the folder, or its `datapackage.json`.
        registry: among whose areas, regions and measures it has to fit.

    Raises:
        BajioError: with file, row and column.
    """
    from bajio.readers.datapackage import open_package

    package, faults = open_package(as_path(location)), FaultList()
    data = package.dataset(registry.dataset.measure, Gazetteer())
    gazetteer = package.right_gazetteer(faults)
    areas: Container[str] = AnyArea()
    if gazetteer is not None:
        alone = evolve(gazetteer, borders=(), regions=(), peer_groups=())
        with faults.each():
            areas = registry.with_data(evolve(data, gazetteer=alone)).areas
            laid = registry.with_data(evolve(data, gazetteer=package.with_defined(gazetteer)))
            for shelf in ("indicators", "indicator_sets", "composites"):
                getattr(laid, shelf)  # which refuses what a file of definitions cannot mean
    for series in data.series:
        with faults.each():
            series.read(areas)
    for read in data.classifications.values():
        with faults.each():
            read()
    faults.check()


def _bundled(code: str) -> Measure:
    """A measure of the bundled data, by its code."""
    from bajio.catalog.bundled import measures

    known = measures()
    if code not in known:
        raise UnknownCode("measure", code, known, "define it, as measures=[Measure(...)]")
    return known[code]
