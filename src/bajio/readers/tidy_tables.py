"""Large tables of one figure a row, read by column: each name, period and mark looked at once."""

import csv
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

from attrs import evolve, field, frozen

from bajio.errors import InvalidValue, shown, some
from bajio.facts.observations import Exact
from bajio.facts.periods import Frequency, Period
from bajio.facts.recognition import folded
from bajio.files import Path, read_file
from bajio.readers.candidates import (
    MOST_SUGGESTED,
    Candidate,
    Recognise,
    by_codes,
    scheme_of,
    way_out,
    which_to_write,
)
from bajio.readers.cell_numbers import CellFigure, Marks, read_cell
from bajio.readers.cell_periods import as_day, as_period, periods_of_days
from bajio.readers.grid_cells import column_name
from bajio.readers.layouts import TOTALS, find_layout
from bajio.readers.sheet_figures import money_sign
from bajio.readers.sheet_layouts import SheetLayout, TableHints
from bajio.readers.sheet_readings import Fault, MoneyMark, SheetFigure, SheetReading
from bajio.readers.spreadsheets import MOST_COLUMNS, Grid, delimiter_of
from bajio.readers.stated_scales import stated_scale
from bajio.readers.unit_columns import told_scales, unit_columns
from bajio.readers.workbooks import is_workbook

if TYPE_CHECKING:
    from bajio.engines.frame.text_columns import TextColumns

#: Tables of fewer bytes are read cell by cell; of others so many lines show how they are laid out.
SMALLEST, _SAMPLE = 2**19, 200
_MOST_TEXTS, _MOST_FAULTS, _MOST_TOLD = 20_000, 1000, 8
_PLAIN = r"^-?[0-9]{1,15}(?:\.[0-9]{1,12})?$"
_SPLIT = r"^-?[0-9]{1,15}\.[0-9]{1,12}$"
#: What only a decimal point can be: other than three digits behind it, or four before it.
_POINTED = r"^-?(?:[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{4,}\.[0-9]*)$"
_AREA, _PERIOD, _VALUE, _TEXT, _ROW, _CODE, _WHEN, _UNIT = (
    "area",
    "period",
    "value",
    "text",
    "row",
    "c",
    "w",
    "u",
)


@frozen(eq=False)
class ColumnFigures(Sequence[SheetFigure]):
    """Figures of a table as columns; each is made when it is asked for.

    Attributes:
        columns: of the text and the number of each figure, its row, and which of the codes
            and periods it is of.
        codes, times: of areas, and of periods.
        odd: what is said by texts that are not plain numbers.
        column: the letter of the column of figures.
        marks: what marks decimals.
    """

    columns: "TextColumns" = field(repr=False)
    codes: Sequence[str] = field(repr=False)
    times: Sequence[str] = field(repr=False)
    odd: Mapping[str, CellFigure] = field(repr=False)
    column: str
    marks: Marks = Marks.POINT

    def __len__(self) -> int:
        return len(self.columns)

    @overload
    def __getitem__(self, at: int) -> SheetFigure: ...
    @overload
    def __getitem__(self, at: slice) -> "ColumnFigures": ...
    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return self._of(self.columns[at])
        at = range(len(self))[at]
        return next(iter(self[at : at + 1]))

    def __iter__(self) -> Iterator[SheetFigure]:
        rows = self.columns.rows(_CODE, _WHEN, _TEXT, _ROW)
        codes, times = self.codes, self.times
        for area, when, text, row in rows:
            odd = self.odd.get(text)
            status, note = ("A", "") if odd is None else (odd.status, odd.note)
            value = self._value(text, odd)
            yield SheetFigure(codes[area], times[when], value, status, note, row, self.column)

    def _value(self, text: str, odd: CellFigure | None) -> Exact | None:
        if odd is not None:
            reading = odd.readings.get(self.marks)
            return (
                reading.numerator if reading is not None and reading.denominator == 1 else reading
            )
        value = Fraction(text)
        return value.numerator if value.denominator == 1 else value

    def _of(self, columns: "TextColumns") -> "ColumnFigures":
        return evolve(self, columns=columns)

    def below(self, least: Fraction) -> "ColumnFigures":
        """Those that are below a number, as many as anybody reads."""
        return self._of(self.columns.below(_VALUE, float(least), _MOST_FAULTS))

    def of_periods(self, periods: Sequence[str]) -> "ColumnFigures":
        """Those of some periods."""
        places = [self.times.index(period) for period in periods]
        return self._of(self.columns.only(_WHEN, places))

    def largest(self) -> float:
        """The size of the largest; zero where there is none."""
        return self.columns.largest(_VALUE)

    def but(self, rows: Sequence[int]) -> "ColumnFigures":
        """Those that stand in other rows."""
        return self._of(self.columns.without(_ROW, rows))

    def areas(self) -> list[str]:
        """Codes of all areas, each once."""
        return sorted(self.codes[code] for code in self.columns.distinct(_CODE))

    def periods(self) -> list[str]:
        """All periods, each once."""
        return sorted(self.times[period] for period in self.columns.distinct(_WHEN))

    def again(self) -> Iterator[tuple[SheetFigure, int]]:
        """Those of an area and period that have one already, with the row of that; not all."""
        keys = _CODE, _WHEN
        repeated, first = self.columns.again(keys, len(self.times), _ROW, _MOST_FAULTS)
        yield from zip(self._of(repeated), first, strict=True)


def tidy_reading(
    location: Path, recognise: Recognise, asked: TableHints, marks: Marks | None
) -> SheetReading | None:
    """What is understood of a large delimited file that is tidy; `None` of any other.

    It is tidy where its first row has the names of columns, and each other a figure; it is read as
    a small one is, and its faults are told likewise: of an area or a number that cannot be read
    once for each text, in the first row that has it.

    Args:
        location: the file.
        recognise: tells which areas a text may stand for.
        asked: what somebody says of its layout.
        marks: what marks decimals, where somebody says so.
    """
    if find_spec("polars") is None or marks is Marks.COMMA or asked.where:
        return None
    try:
        if os.path.getsize(location) < SMALLEST:
            return None
        content = read_file(location)
        grid, delimiter = _sample(content)
        layout = find_layout(grid, recognise, asked)
        if layout.form != "one figure a row" or layout.header != 0:
            return None
        if layout.below and len(grid.rows) < _SAMPLE:
            return None  # else they are rows of the table, of which the sample has no figure
        if len(layout.areas) == 1 and len(layout.periods) <= 1:
            from bajio.engines.frame.text_columns import TextColumns

            wanted = {layout.areas[0]: _AREA, layout.values: _TEXT}
            wanted |= dict.fromkeys(layout.periods, _PERIOD)
            wanted |= {column: f"{_UNIT}{column}" for column in unit_columns(grid, layout)}
            rows = content.count(b"\n") - content.endswith(b"\n")
            columns = TextColumns.read(content, delimiter, wanted, rows)
            return _ColumnReader(columns, grid, layout, recognise, asked, marks).reading()
    except (OSError, ValueError, _UntidyError):  # which is told, if need be, cell by cell
        pass
    return None


class _UntidyError(Exception):
    """A table is not one that can be read by column."""


def _sample(content: bytes) -> tuple[Grid, str]:
    """The first lines of a delimited text in UTF-8, and what its cells are parted by."""
    head = b"".join(islice(BytesIO(content), _SAMPLE)).decode("utf-8-sig")
    binary = is_workbook(content) or content.startswith(b"PAR1") or b"\x00" in content
    if binary or head.lstrip()[:1] in {"[", "{"}:
        raise _UntidyError
    delimiter = delimiter_of(head)
    try:
        rows = [
            [cell.strip() or None for cell in row]
            for row in csv.reader(head.splitlines(), delimiter=delimiter, strict=True)
        ]
    except csv.Error:
        raise _UntidyError from None
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise _UntidyError  # which is refused before anything is looked for in it
    return Grid("", rows), delimiter


@frozen
class _ColumnReader:
    """Reads the columns of a table whose layout is known."""

    columns: "TextColumns"
    grid: Grid
    layout: SheetLayout
    recognise: Recognise
    asked: TableHints
    marks: Marks | None
    faults: list[Fault] = field(init=False, factory=list)

    def reading(self) -> SheetReading:
        names, periods = self._names(), self._periods()
        odd, marks = self._numbers()
        codes = sorted(set(names.values()))
        times = sorted(set(periods.values())) or [str(Period.parse(self.asked.period or ""))]
        wrong = [text for text, cell in odd.items() if cell is None]
        columns = self.columns.with_rows(_ROW, 2).with_numbers(_TEXT, _VALUE, _plain(odd))
        columns = columns.with_places(_AREA, _CODE, _placed(names, codes))
        if periods:
            columns = columns.with_places(_PERIOD, _WHEN, _placed(periods, times))
        else:
            columns = columns.with_number(_WHEN, 0)
        kept = columns.in_order(_ROW).filled(_CODE, _TEXT).without(_TEXT, wrong)
        read = {text: cell for text, cell in odd.items() if cell is not None}
        header = [self.grid.cell(0, at) for at in (self.layout.areas[0], self.layout.values)]
        titles = [str(cell) for cell in header if cell is not None] + self._units()
        figures = ColumnFigures(kept, codes, times, read, column_name(self.layout.values))
        self._check(figures)
        return SheetReading(
            "",
            evolve(self.layout, spots=()),
            tuple(str(cell or "") for cell in self.grid.rows[0]),
            figures,
            names,
            (),
            tuple(sorted(self.faults, key=lambda one: (one.row or 0, len(one.column), one.column))),
            marks,
            (),
            scale=stated_scale(titles, []),
            money=self._money(odd),
        )

    def _money(self, odd: Mapping[str, CellFigure | None]) -> MoneyMark | None:
        """The first figure with a sign of money, if one has."""
        places = {text: self.columns.place(_TEXT, text)[0] for text in odd if money_sign(text)}
        if not places:
            return None
        text = min(places, key=lambda one: places[one])
        column = column_name(self.layout.values)
        return MoneyMark(text, money_sign(text), places[text] + 2, column)

    def _names(self) -> dict[str, str]:
        texts = self.columns.distinct(_AREA)
        if len(texts) > _MOST_TEXTS:
            raise _UntidyError
        candidates: dict[str, Sequence[Candidate]] = {}
        for text in texts:
            if not (text or "").strip() or folded(text) in TOTALS:
                raise _UntidyError
            candidates[text] = self.recognise(text.strip())
        candidates = by_codes(candidates)
        scheme = scheme_of(candidates.values(), self.layout.called(self.grid))
        names: dict[str, str] = {}
        for text, meanings in candidates.items():
            codes = sorted({candidate.code for candidate in scheme.fitting(meanings)})
            if len(codes) == 1:
                names[text] = codes[0]
            elif codes:
                expected = f"{shown(text)} is {some(codes, _MOST_TOLD)}"
                self._first(_AREA, text, expected, which_to_write(text, codes))
            else:
                near = self.recognise.near(text) if len(self.faults) < MOST_SUGGESTED else {}
                expected = way_out(near)
                self._first(_AREA, text, f"unknown area {shown(text)}", expected)
        for text in self.columns.ends(_AREA):
            meanings = candidates[text]
            within = {
                candidate.within for candidate in meanings if candidate.code == names.get(text)
            }
            if any(candidate.code in within for candidate in meanings):
                raise _UntidyError  # it may be the whole of the others, as México in Mexico
        return names

    def _first(self, column: str, text: str, problem: str, expected: str) -> None:
        """A fault of the first row that has a text."""
        if len(self.faults) >= _MOST_FAULTS:
            return
        row, times = self.columns.place(column, text)
        more = f" (in {times:,} rows)" if times > 1 else ""
        place = {_AREA: self.layout.areas[0], _TEXT: self.layout.values}[column]
        self.faults.append(Fault("", row + 2, column_name(place), f"{problem}{more}", expected))

    def _units(self) -> list[str]:
        """What columns of units say of all figures, where they say one thing."""
        texts: dict[int, str] = {}
        for column in unit_columns(self.grid, self.layout):
            every = [text.strip() for text in self.columns.distinct(f"{_UNIT}{column}") if text]
            if len(set(map(folded, every))) > 1:
                raise _UntidyError  # which figures are of which is told by cell
            texts |= dict.fromkeys([column] * bool(every), every[0] if every else "")
        return told_scales([str(cell or "") for cell in self.grid.rows[0]], texts)

    def _periods(self) -> dict[str, str]:
        """The period of each text; none where the table has no column of periods."""
        if not self.layout.periods:
            return {}
        texts = self.columns.distinct(_PERIOD)
        if len(texts) > _MOST_TEXTS or None in texts:
            raise _UntidyError
        days = {text: as_day(text) for text in texts}
        every = [day for day in days.values() if day is not None]
        try:
            of_days = periods_of_days(every, self.asked.frequency) if every else {}
        except InvalidValue:
            raise _UntidyError from None
        periods = {text: of_days[day] if day else as_period(text) for text, day in days.items()}
        if None in periods.values():
            raise _UntidyError
        return {text: str(period) for text, period in periods.items()}

    def _numbers(self) -> tuple[dict[str, CellFigure | None], Marks | None]:
        """What odd texts say, `None` for those that cannot be read, and what marks decimals."""
        others = self.columns.unlike(_TEXT, _PLAIN)
        if len(others) > _MOST_TEXTS:
            raise _UntidyError
        odd = {text: self._cell(text) for text in others}
        read = [cell.readings for cell in odd.values() if cell is not None and cell.readings]
        money = {sign for text in odd if (sign := money_sign(text))}
        if len(money) > 1 or any(cell is not None and cell.percent for cell in odd.values()):
            raise _UntidyError  # of all figures or of none, which is told by cell
        if any(Marks.POINT not in reading for reading in read):
            raise _UntidyError
        marks = self.marks
        if marks is None and ({Marks.POINT} in map(set, read) or self.columns.has(_TEXT, _POINTED)):
            marks = Marks.POINT
        split = self.columns.has(_TEXT, _SPLIT) or any(
            len(set(reading.values())) > 1 for reading in read
        )
        if marks is None and split:
            raise _UntidyError  # 12.500 may be twelve thousand, which the cells together may tell
        return odd, marks

    def _cell(self, text: str) -> CellFigure | None:
        if not text.strip():
            return None  # a blank cell is a figure that is not published
        try:
            return read_cell(text)
        except InvalidValue as error:
            expected = "write a number, or n.d. where there is none"
            self._first(_TEXT, text, str(error), expected)
            return None

    def _check(self, figures: ColumnFigures) -> None:
        for figure, first in figures.again():
            when = figure.period or "all years"
            problem = f"{figure.area} in {when} again, as in {figure.column}{first}"
            unread = some([repr(name) for name in self.layout.unread], _MOST_TOLD)
            more = f", or one category of {unread} (where)" if unread else ""
            self.faults.append(Fault("", figure.row, figure.column, problem, f"keep one{more}"))
        self._check_frequency(figures)

    def _check_frequency(self, figures: ColumnFigures) -> None:
        """Refuse periods of other frequencies than most are of."""
        periods: dict[Frequency, list[str]] = defaultdict(list)
        for period in figures.periods():
            periods[Frequency.of(period)].append(period)
        if len(periods) < 2:
            return
        every = sorted(
            map(figures.of_periods, periods.values()),
            key=lambda figures_of_kind: figures_of_kind[0].row,
        )
        most = max(every, key=len)
        if len(figures) - len(most) > _MOST_FAULTS:
            raise _UntidyError
        for odd in (
            odd
            for figures_of_kind in every
            if figures_of_kind is not most
            for odd in figures_of_kind
        ):
            problem = f"{odd.period} beside {most[0].period}"
            expected = "give years, quarters or months, one of them"
            self.faults.append(Fault("", odd.row, odd.column, problem, expected))


def _placed(to: Mapping[str, str], among: Sequence[str]) -> dict[str, int]:
    """The place of what each text stands for."""
    places = {one: position for position, one in enumerate(among)}
    return {text: places[one] for text, one in to.items()}


def _plain(odd: Mapping[str, CellFigure | None]) -> dict[str, str | None]:
    """The number that each odd text says, written plainly; none where it says none."""
    numbers = {text: cell and cell.readings.get(Marks.POINT) for text, cell in odd.items()}
    return {
        text: None if number is None else str(float(number)) for text, number in numbers.items()
    }
