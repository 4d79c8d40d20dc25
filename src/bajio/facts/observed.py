"""Datasets of observations that are at hand."""

from collections.abc import Container, Iterable, Mapping, Sequence

from attrs import frozen

from bajio.arguments import as_instance, as_items, as_pairs
from bajio.errors import InvalidData, InvalidValue, UnknownCode, shown
from bajio.facts.columns import Columns, build_table
from bajio.facts.dataset import AnyArea, Dataset, as_areas
from bajio.facts.measures import Measure
from bajio.facts.observations import Observation
from bajio.facts.periods import Frequency
from bajio.facts.series import Series
from bajio.facts.sources import Source
from bajio.facts.tables import Table
from bajio.units import Unit, as_unit


def dataset(
    name: str,
    *,
    sources: Iterable[Source],
    observations: Iterable[Observation],
    measures: Iterable[Measure] = (),
    edition: str = "1",
    units: Mapping[str, Unit | str] | None = None,
    reference_year: int | None = None,
    areas: Container[str] | None = None,
) -> Dataset:
    """A dataset of observations that are at hand, all from the first of the sources.

    Args:
        name: what it is called in results.
        measures: the measures that it defines.
        sources: where the figures come from; the first is that of all.
        observations: exact figures (int, Fraction or Decimal), in any order.
        edition: of every series.
        units: units of the figures by measure, where they differ from the measure's own.
        reference_year: the newest year that is not a forecast.
        areas: the areas that may appear; any, where not given.

    Raises:
        InvalidData: a figure that is no finite number, given twice, below its minimum, ...
        UnknownCode: units are given of a measure that has no observations.
    """
    given = tuple(as_instance(one, Measure, "a measure") for one in as_items(measures, "measures"))
    cited = tuple(as_instance(one, Source, "a source") for one in as_items(sources, "sources"))
    own_units = as_pairs({} if units is None else units, "units by measure")
    known = AnyArea() if areas is None else as_areas(areas)
    defined = {measure.code: measure for measure in given}
    rows = _by_measure(name, observations)
    if rows and not cited:
        raise InvalidValue(f"dataset {shown(name)} has no source: give sources=[Source(...)]")
    for code, own in rows.items():
        if code not in defined:
            unknown = UnknownCode("measure", code, defined, "define it, as measures=[Measure(...)]")
            raise InvalidData(str(unknown), file=name, row=own[0][0])
    for code in own_units:
        if code not in rows:
            raise UnknownCode("measure with a unit of its own", code, rows)
    series = []
    for code, own in rows.items():
        measure = defined[code]
        columns = _columns(name, measure, own)
        frequency = Frequency.TIMELESS
        if columns.periods[0]:
            frequency = _frequency(columns)
        table = build_table(columns, measure, frequency, known)
        unit = as_unit(own_units.get(code, measure.unit))
        load = _AtHand(table, columns)
        series.append(Series(code, cited[0].code, edition, unit, frequency, load))
    return Dataset(
        name,
        given,
        cited,
        series,
        reference_year=reference_year,
        areas=known,
    )


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


def _columns(name: str, measure: Measure, own: Sequence[tuple[int, Observation]]) -> Columns:
    seen = [one for _, one in own]
    for row, one in own:
        if len(one.where) != len(measure.dimensions):
            need = ", ".join(measure.dimensions) or "none"
            told = f"{measure.code} has the dimensions {need}, not {shown(one.where)}"
            raise InvalidData(told, file=name, row=row)
    return Columns(
        [one.area for one in seen],
        [one.period for one in seen],
        [one.value for one in seen],
        [one.status for one in seen],
        [one.note for one in seen],
        list(zip(*(one.where for one in seen), strict=True)),
        name,
        [row for row, _ in own],
    )


def _frequency(columns: Columns) -> Frequency:
    try:
        return Frequency.of(columns.periods[0])
    except InvalidValue as error:
        raise columns.error(str(error), 0, "period") from None


@frozen
class _AtHand:
    """Gives a table that is at hand, once its areas are among those that are known."""

    table: Table
    columns: Columns

    def __call__(self, areas: Container[str]) -> Table:
        for area in dict.fromkeys(self.columns.areas):
            if area not in areas:
                at = self.columns.areas.index(area)
                raise self.columns.error(f"unknown area {shown(area)}", at, "area")
        return self.table
