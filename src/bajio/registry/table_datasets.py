"""Datasets of the figures of a table of one's own."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from bajio.errors import InvalidData
from bajio.facts.columns import Columns
from bajio.facts.dataset import Dataset
from bajio.facts.measures import Measure, Time
from bajio.facts.observations import Observation, exact
from bajio.facts.periods import Frequency
from bajio.facts.sources import Source
from bajio.readers.sheet_readings import SheetFigure
from bajio.registry.own_data import dataset, of_columns

if TYPE_CHECKING:
    from bajio.readers.tidy_tables import ColumnFigures


class TableHead(NamedTuple):
    """What is known of all figures of a table: its name, what they are of, and their scale."""

    name: str
    measure: Measure
    source: Source
    edition: str
    scale: Fraction


def dataset_of_cells(table: TableHead, kept: Sequence[SheetFigure]) -> Dataset:
    """Some figures of a table as a dataset."""
    measure = table.measure
    observations = [
        Observation(
            sheet_figure.area,
            "" if measure.time is Time.TIMELESS else sheet_figure.period,
            measure.code,
            None if sheet_figure.value is None else exact(sheet_figure.value * table.scale),
            sheet_figure.status,
            sheet_figure.note,
        )
        for sheet_figure in kept
    ]
    return dataset(
        measure.code,
        measures=[measure],
        sources=[table.source],
        observations=observations,
        edition=table.edition,
    )


def dataset_of_columns(table: TableHead, every: "ColumnFigures", wrong: Sequence[int]) -> Dataset:
    """The figures of a large table as a dataset, which makes them when it is asked for them."""
    measure, source = table.measure, table.source
    figures = every.but(wrong)
    if not len(figures):
        raise InvalidData("it has no figure that can be read", file=table.name)
    timeless = measure.time is Time.TIMELESS

    def columns() -> Columns:
        areas, periods, values, statuses, notes, rows, _ = zip(*figures, strict=True)
        return Columns(
            areas,
            ("",) * len(areas) if timeless else periods,
            [None if value is None else exact(value * table.scale) for value in values],
            statuses,
            notes,
            file=table.name,
            rows=rows,
        )

    frequency = Frequency.TIMELESS if timeless else Frequency.of(figures[0].period)
    return of_columns(measure, source, table.edition, frequency, columns)
