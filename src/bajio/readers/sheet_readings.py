"""What is read of a sheet: its figures and their places, what is left out, and what is wrong."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

from bajio.facts.observations import Exact
from bajio.readers.cell_numbers import Marks
from bajio.readers.sheet_layouts import SheetLayout
from bajio.readers.spreadsheets import Assumption


class Fault(NamedTuple):
    """Something that is wrong in a sheet.

    Attributes:
        sheet: its name; empty where a file is one table.
        row: counted from 1, as spreadsheets do; `None` where it is of the whole sheet.
        column: its letter; empty where it is of the whole row.
        found: what is there.
        expected: what should be, or what to do.
        harmless: whether the figures can be used all the same.
        disagrees: whether it is a total that its parts do not sum to.
    """

    sheet: str
    row: int | None
    column: str
    found: str
    expected: str
    harmless: bool = False
    disagrees: bool = False

    def __str__(self) -> str:
        return self.placed(self.found, self.expected)

    def placed(self, problem: str, expected: str) -> str:
        """What is there, and what should be, in some language, with the place."""
        where = f"{self.column}{self.row or ''}" if self.column else f"row {self.row}"
        places = [self.sheet, where if self.column or self.row else ""]
        place = ", ".join(place_part for place_part in places if place_part)
        return f"{place}: {problem}: {expected}" if place else f"{problem}: {expected}"


class SheetFigure(NamedTuple):
    """A figure of a sheet, and where it stands, counted from 1."""

    area: str
    period: str
    value: Exact | None
    status: str
    note: str
    row: int
    column: str


class MoneyMark(NamedTuple):
    """A figure that has a sign of money, and its place, counted from 1."""

    text: str
    sign: str
    row: int
    column: str


class LeftOut(NamedTuple):
    """A row that is not read, counted from 1, with what it is called and why."""

    row: int
    text: str
    reason: str


@frozen
class SheetReading:
    """What was understood of a sheet.

    Attributes:
        sheet: its name.
        layout: where things stand.
        header: names of its columns.
        figures: in the order of the sheet.
        names: the area that each text became.
        left_out: rows that are not read.
        faults: what is wrong with it.
        marks: what marks decimals; `None` where no figure shows it.
        undecided: whether the marks cannot be told, and must be said.
        percent: a figure that is written in percent; empty where none is.
        scale: what it says of thousands or millions; empty where it says nothing.
        assumed: what had to be assumed to read it.
        scaled: a cell that is shown in thousands or millions; empty where none is.
        money: a figure with a sign of money; `None` where none has one.
    """

    sheet: str
    layout: SheetLayout
    header: tuple[str, ...]
    figures: Sequence[SheetFigure]
    names: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    faults: tuple[Fault, ...]
    marks: Marks | None
    undecided: tuple[str, ...] = ()
    percent: str = ""
    scale: str = ""
    assumed: tuple[Assumption, ...] = ()
    scaled: str = ""
    money: MoneyMark | None = None
