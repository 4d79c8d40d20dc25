"""How a sheet is laid out, and what somebody says of that."""

from collections.abc import Mapping
from typing import NamedTuple

from attrs import field, frozen

from bajio.facts.periods import Frequency
from bajio.facts.recognition import folded
from bajio.mappings import FrozenDict
from bajio.readers.area_columns import joined_clave
from bajio.readers.grid_cells import Cell, text_of
from bajio.readers.spreadsheets import Grid


@frozen
class TableHints:
    """What somebody says of a sheet's layout, where it cannot be told by itself.

    Attributes:
        areas, periods, values: names of columns, or their letters.
        period: of all figures, where the sheet names none.
        where: the category that rows must have in a column, by the column's name.
        frequency: of columns of dates.
    """

    areas: str | None = None
    periods: str | None = None
    values: str | None = None
    period: str | None = None
    where: Mapping[str, str] = field(factory=FrozenDict)
    frequency: Frequency | None = None


class Spot(NamedTuple):
    """A figure's place in a sheet, counted from 0, and the period that it is of."""

    row: int
    column: int
    period: str


@frozen
class SheetLayout:
    """How a sheet is laid out.

    Attributes:
        form: how: years in columns, one figure a row, or areas in columns.
        header: the row of the names of columns; -1 where there is none.
        areas: columns of areas, an outer one before what lies in it; rows where they are across.
        spots: where figures stand, and their periods.
        across: whether areas stand in the header.
        below: rows below the table, which hold no figures.
        claves: whether the columns of areas have claves that make one together.
        undated: rows of figures whose period cannot be told.
        unread: names of columns that are not read.
        periods: columns of periods, where they stand down the side,
        values: and that of figures.
    """

    form: str
    header: int
    areas: tuple[int, ...]
    spots: tuple[Spot, ...]
    across: bool = False
    below: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    filtered: tuple[int, ...] = ()
    undated: tuple[int, ...] = ()
    claves: bool = False
    periods: tuple[int, ...] = ()
    values: int = -1

    def called(self, sheet: Grid) -> str:
        """What the column of areas is called, folded; empty where it has no name of its own."""
        if self.across or self.header < 0 or not self.areas:
            return ""
        return folded(text_of(sheet.cell(self.header, self.areas[-1])))

    def area_cells(self, spot: Spot, sheet: Grid) -> tuple[Cell, ...]:
        """The cells that say which area a figure is of."""
        if self.across:
            return (sheet.cell(self.header, spot.column),)
        cells = tuple(sheet.cell(spot.row, column) for column in self.areas)
        return (joined_clave(*cells),) if self.claves else cells
