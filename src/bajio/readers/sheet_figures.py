"""Figures of a sheet: areas recognised, totals checked, marks decided, all faults told at once."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from attrs import field, frozen

from bajio.errors import InvalidValue, shown, some
from bajio.facts.observations import exact
from bajio.facts.periods import Frequency
from bajio.facts.recognition import folded
from bajio.readers.candidates import (
    MOST_SUGGESTED,
    Candidate,
    ColumnScheme,
    Recognise,
    by_codes,
    scheme_of,
    way_out,
    which_to_write,
)
from bajio.readers.carried_cells import carried
from bajio.readers.cell_numbers import CellFigure, Marks, is_figure, read_cell
from bajio.readers.grid_cells import column_name, text_of
from bajio.readers.layouts import TOTALS, find_layout
from bajio.readers.sheet_layouts import SheetLayout, Spot, TableHints
from bajio.readers.sheet_readings import Fault, LeftOut, MoneyMark, SheetFigure, SheetReading
from bajio.readers.spreadsheets import Grid
from bajio.readers.stacked_headers import joined_headers
from bajio.readers.stated_scales import stated_scale
from bajio.readers.unit_columns import texts_by_row, told_scales, unit_columns

_MOST_TOLD = 8
_MONEY = re.compile("US ?\\$|[$\u20ac\u00a3]")
_FEWEST = 3


def read_figures(
    sheet: Grid, recognise: Recognise, asked: TableHints, marks: Marks | None = None
) -> SheetReading:
    """All figures of a sheet, with everything that is wrong with it.

    Args:
        sheet: its cells.
        recognise: tells which areas a text may stand for.
        asked: what somebody says of its layout.
        marks: what marks decimals, where somebody says so.

    Raises:
        InvalidData: its layout cannot be told.
        InvalidValue: a column, or a category, that is asked for is not there.
    """
    plain = carried(sheet, recognise, tuple(asked.where))
    plain, asked = joined_headers(plain, recognise, asked)
    return _FigureReader(plain, recognise, find_layout(plain, recognise, asked), marks).reading()


class _Named(NamedTuple):
    """What a row or column of figures is of: an area, a total, or nothing that is known."""

    text: str
    code: str | None = None
    is_total: bool = False
    is_heading: bool = False
    within: str | None = None

    @property
    def is_strange(self) -> bool:
        """Whether it is none of these, so that its figures cannot be used."""
        return self.code is None and not self.is_total and not self.is_heading


@frozen
class _FigureReader:
    """Reads the figures of one sheet whose layout is known."""

    sheet: Grid
    recognise: Recognise
    layout: SheetLayout
    asked_marks: Marks | None
    faults: list[Fault] = field(init=False, factory=list)
    _cells: dict[Spot, CellFigure] = field(init=False, factory=dict)
    _above: dict[int, int] = field(init=False, factory=dict)  # the row above what a subtotal sums
    _spread: set[tuple[int, int]] = field(init=False)  # first cells of those that are merged

    @_spread.default
    def _merged_figures(self) -> set[tuple[int, int]]:
        return {(span.top, span.left) for span in self.sheet.merged}

    def reading(self) -> SheetReading:
        named = self._names()
        self._check_wholes(named)
        self._find_subtotals(named)
        self._check_undated()
        spots = [spot for spot in self.layout.spots if named[self._line(spot)].code is not None]
        totals = [spot for spot in self.layout.spots if named[self._line(spot)].is_total]
        strange = [spot for spot in self.layout.spots if named[self._line(spot)].is_strange]
        for spot in (*spots, *totals, *strange):
            self._read(spot)
        marks, undecided = self._marks(spots, totals)
        figures = tuple(self._figures(spots, named, marks or Marks.POINT))
        self._check_twice(figures)
        units = self._units(spots)
        self._check_frequency(figures)
        self._check_totals(spots, totals, named, marks or Marks.POINT)
        percent, money = self._check_percent(), self._check_money()
        header = self.sheet.rows[self.layout.header] if self.layout.header >= 0 else ()
        return SheetReading(
            self.sheet.name,
            self.layout,
            tuple(text_of(cell) for cell in header),
            figures,
            {one.text: one.code for one in named.values() if one.code is not None},
            tuple(self._left_out(named)),
            tuple(sorted(self.faults, key=lambda one: (one.row or 0, len(one.column), one.column))),
            marks,
            undecided,
            percent,
            self._stated_scale(units),
            self.sheet.notes,
            self.sheet.scaled,
            money,
        )

    def _line(self, spot: Spot) -> int:
        """The row, or column, that says which area a figure is of."""
        return spot.column if self.layout.across else spot.row

    # areas

    def _names(self) -> dict[int, _Named]:
        """What each row, or column, of figures is of."""
        cells = {
            self._line(spot): self.layout.area_cells(spot, self.sheet) for spot in self.layout.spots
        }
        texts = {line: [text_of(cell) for cell in row] for line, row in cells.items()}
        every = dict.fromkeys(text for row in texts.values() for text in row)
        meanings = by_codes({text: self._candidates(text) for text in every})
        candidates = {line: [meanings[text] for text in row] for line, row in texts.items()}
        named = {row[-1]: candidates[line][-1] for line, row in texts.items()}  # each text once
        scheme = scheme_of(named.values(), self.layout.called(self.sheet))
        return {line: self._named(line, texts[line], candidates[line], scheme) for line in texts}

    def _candidates(self, text: str) -> Sequence[Candidate]:
        return () if not text or folded(text) in TOTALS else self.recognise(text)

    def _named(
        self,
        line: int,
        texts: Sequence[str],
        candidates: Sequence[Sequence[Candidate]],
        scheme: ColumnScheme,
    ) -> _Named:
        text, fitting = texts[-1], list(candidates[-1])
        words = ", ".join(named for named in texts if named)
        if folded(text) in TOTALS or (not text and any(folded(t) in TOTALS for t in texts)):
            return _Named(words, is_total=True)
        if len(candidates) > 1 and candidates[0]:
            outer = {named.code for named in candidates[0]}
            fitting = [named for named in fitting if named.within in outer] or fitting
        fitting = list(scheme.fitting(fitting))
        codes = sorted({named.code for named in fitting})
        if len(codes) == 1:
            return _Named(words, codes[0], within=fitting[0].within)
        if text and not codes and not self._has_figures(line):
            return _Named(words, is_heading=True)
        if text and codes:
            self._fault(
                line, f"{shown(text)} is {some(codes, _MOST_TOLD)}", which_to_write(text, codes)
            )
        elif text:
            near = self.recognise.near(text) if len(self.faults) < MOST_SUGGESTED else {}
            self._fault(line, f"unknown area {shown(text)}", way_out(near))
        elif self._has_figures(line):
            self._fault(line, "figures without an area", "name it, or leave the row out")
        return _Named(words)

    def _has_figures(self, line: int) -> bool:
        cells = (
            self.sheet.cell(s.row, s.column) for s in self.layout.spots if self._line(s) == line
        )
        return any(cell is not None for cell in cells)

    def _fault(self, line: int, problem: str, expected: str) -> None:
        if self.layout.across:
            fault = Fault(
                self.sheet.name, self.layout.header + 1, column_name(line), problem, expected
            )
        else:
            column = column_name(self.layout.areas[-1])
            fault = Fault(self.sheet.name, line + 1, column, problem, expected)
        self.faults.append(fault)

    def _find_subtotals(self, named: Mapping[int, _Named]) -> None:
        """Subtotals are of the areas since the last total, or the last row that names none."""
        above = -1
        for line, named_line in sorted(named.items()):
            if named_line.is_total and folded(named_line.text).startswith("subtotal"):
                self._above[line] = above
            if named_line.code is None:
                above = line

    def _check_wholes(self, named: dict[int, _Named]) -> None:
        """Refuse a first or last area that may be the whole of the others, as México in Mexico."""
        lines = [line for line, name in named.items() if name.code is not None]
        names = [folded(named[line].text) for line in lines]
        if len(lines) < _FEWEST or names == sorted(names):
            return
        for line in (lines[0], lines[-1]):
            meanings = self._candidates(named[line].text)
            mine = next(
                (name for name in meanings if name.code == named[line].code),
                None,
            )
            whole = next(
                (name for name in meanings if mine and name.code == mine.within),
                None,
            )
            if mine and whole and not self._by_rank(lines):
                text, codes = named[line].text, [mine.code, whole.code]
                words = f"{shown(text)} is {some(codes, 2)}"
                self._fault(line, words, which_to_write(text, codes))
                named[line] = _Named(named[line].text)

    def _by_rank(self, lines: Sequence[int]) -> bool:
        """Whether the first figures of lines go up or down, and none may be the others' sum."""
        first: dict[int, Fraction] = {}
        for spot in self.layout.spots:
            cell = self.sheet.cell(spot.row, spot.column)
            if self._line(spot) not in first and is_figure(cell):
                first[self._line(spot)] = next(iter(read_cell(cell).readings.values()))
        values = [first[line] for line in lines if line in first]
        ordered = values in (sorted(values), sorted(values, reverse=True))
        return ordered and 2 * max(values, default=0) < sum(values)

    def _check_undated(self) -> None:
        for row in self.layout.undated:
            cells = self.sheet.rows[row]
            first = next(c for c, cell in enumerate(cells) if cell is not None)
            named = text_of(self.sheet.cell(row, (self.layout.areas or (first,))[-1]))
            column = self.layout.periods[-1] if self.layout.periods else first
            text = text_of(self.sheet.cell(row, column))
            if folded(named) not in TOTALS:
                place = self.sheet.name, row + 1, column_name(column)
                words = f"{shown(text)} is no year, quarter or month"
                self.faults.append(Fault(*place, words, "write it as 2018, or leave the row out"))

    # numbers

    def _read(self, spot: Spot) -> None:
        cell = self.sheet.cell(spot.row, spot.column)
        if cell is not None and (spot.row, spot.column) in self._spread:
            self._at(spot, f"{text_of(cell)} in merged cells", "write a figure in each")
            return
        try:
            self._cells[spot] = read_cell(cell)
        except InvalidValue as error:
            self._at(spot, str(error), "write a number, or n.d. where there is none")

    def _at(self, spot: Spot, problem: str, expected: str, *, disagrees: bool = False) -> None:
        column = column_name(spot.column)
        fault = Fault(
            self.sheet.name, spot.row + 1, column, problem, expected, disagrees, disagrees
        )
        self.faults.append(fault)

    def _marks(
        self, spots: Sequence[Spot], totals: Sequence[Spot]
    ) -> tuple[Marks | None, tuple[str, ...]]:
        """What marks decimals; where it cannot be told, some cells that hang on it."""
        read = {spot: cell for spot, cell in self._cells.items() if cell.readings}
        if self.asked_marks is not None:
            self._refuse_others(read, self.asked_marks)
            return self.asked_marks, ()
        alone = {
            marks for cell in read.values() if len(cell.readings) == 1 for marks in cell.readings
        }
        if len(alone) == 1:
            return next(iter(alone)), ()
        if len(alone) > 1:
            self._refuse_others(read, Marks.POINT)
            return Marks.POINT, ()
        split = [spot for spot, cell in read.items() if len(set(cell.readings.values())) > 1]
        if not split:
            return None, ()
        fitting = [marks for marks in Marks if self._totals_fit(spots, totals, marks)]
        if totals and len(fitting) == 1:
            return fitting[0], ()
        examples = [text_of(self.sheet.cell(spot.row, spot.column)) for spot in split]
        return None, tuple(dict.fromkeys(examples))[:3]

    def _refuse_others(self, read: Mapping[Spot, CellFigure], marks: Marks) -> None:
        for spot, cell in read.items():
            if marks not in cell.readings:
                text = text_of(self.sheet.cell(spot.row, spot.column))
                words = "1,234.5" if marks is Marks.POINT else "1.234,5"
                self._at(spot, f"{shown(text)} is no number as {words} is", "mark all alike")

    def _texts(self) -> dict[Spot, str]:
        """What figures are written as, save those that are 0."""
        return {
            spot: text_of(self.sheet.cell(spot.row, spot.column))
            for spot, cell in self._cells.items()
            if any(cell.readings.values())
        }

    def _check_percent(self) -> str:
        """A figure that is written in percent, if any is; all of them are, or it is a fault."""
        texts = self._texts()
        percent = [spot for spot in texts if self._cells[spot].percent]
        others = [spot for spot in texts if not self._cells[spot].percent]
        wrong, right = (others, percent) if len(percent) >= len(others) else (percent, others)
        for spot in wrong if right else ():
            text = f"{shown(texts[spot])} beside {shown(texts[right[0]])}"
            self._at(spot, text, "write all in percent, or none")
        return texts[percent[0]] if right is percent and percent else ""

    def _check_money(self) -> MoneyMark | None:
        """The first figure with a sign of money, if one has; others have the same, or none."""
        signs = {s: (text, sign) for s, text in self._texts().items() if (sign := money_sign(text))}
        first: MoneyMark | None = None
        for spot, (text, sign) in signs.items():
            first = first or MoneyMark(text, sign, spot.row + 1, column_name(spot.column))
            if sign != first.sign:
                words = f"{shown(text)} beside {shown(first.text)}"
                self._at(spot, words, "give all in one currency")
        return first

    def _stated_scale(self, units: Sequence[str]) -> str:
        """What the sheet says of thousands or millions above its figures, beside, or below."""
        layout = self.layout
        titles = [cell for cells in self.sheet.rows[: max(layout.header, 0)] for cell in cells]
        columns = dict.fromkeys((*layout.areas, *(spot.column for spot in layout.spots)))
        if layout.header >= 0:
            titles += [self.sheet.cell(layout.header, column) for column in columns]
        titles += units
        notes = [cell for row in layout.below for cell in self.sheet.rows[row]]
        return stated_scale(
            *([str(c) for c in cells if c is not None] for cells in (titles, notes))
        )

    def _totals_fit(self, spots: Sequence[Spot], totals: Sequence[Spot], marks: Marks) -> bool:
        for total in totals:
            parts = [spot for spot in spots if self._goes_into(spot, total)]
            if not self._sums(parts, total, marks):
                return False
        return True

    def _goes_into(self, spot: Spot, total: Spot) -> bool:
        if self.layout.across:
            return spot.row == total.row
        same = spot.column == total.column and spot.period == total.period
        above = self._above.get(total.row)
        return same and (above is None or above < spot.row < total.row)

    def _sums(self, parts: Sequence[Spot], total: Spot, marks: Marks) -> bool:
        read = [self._cells.get(spot) for spot in parts]
        values = [cell.readings[marks] for cell in read if cell and marks in cell.readings]
        own = self._cells.get(total)
        if own is None or marks not in own.readings:
            return not (own and own.readings)
        return adds_up(values, own.readings[marks])

    def _figures(
        self, spots: Sequence[Spot], named: Mapping[int, _Named], marks: Marks
    ) -> Iterator[SheetFigure]:
        for spot in spots:
            cell = self._cells.get(spot)
            code = named[self._line(spot)].code
            if cell is None or code is None or (cell.readings and marks not in cell.readings):
                continue
            if not cell.readings and not cell.note:
                continue  # a blank cell is a figure that is not published
            value = exact(cell.readings[marks]) if cell.readings else None
            place = spot.row + 1, column_name(spot.column)
            yield SheetFigure(code, spot.period, value, cell.status, cell.note, *place)

    # the whole

    def _check_twice(self, figures: Iterable[SheetFigure]) -> None:
        seen: dict[tuple[str, str], SheetFigure] = {}
        for figure in figures:
            first = seen.setdefault((figure.area, figure.period), figure)
            if first is not figure:
                when = figure.period or "all years"
                problem = f"{figure.area} in {when} again, as in {first.column}{first.row}"
                unread = some([repr(name) for name in self.layout.unread], _MOST_TOLD)
                more = f", or one category of {unread} (where)" if unread else ""
                self.faults.append(
                    Fault(self.sheet.name, figure.row, figure.column, problem, f"keep one{more}")
                )

    def _units(self, spots: Sequence[Spot]) -> list[str]:
        """What columns of units say of the size of all figures; that they differ is a fault."""
        header = [text_of(cell) for cell in self.sheet.rows[max(self.layout.header, 0)]]
        alike: dict[int, str] = {}
        for column in unit_columns(self.sheet, self.layout):
            texts = texts_by_row(self.sheet, column, {spot.row: None for spot in spots})
            most = Counter(map(folded, texts.values())).most_common(1)
            first = next((text for text in texts.values() if folded(text) == most[0][0]), "")
            others = {row: text for row, text in texts.items() if folded(text) != folded(first)}
            for spot in spots if others else ():
                if spot.row in others:
                    problem = f"{shown(others[spot.row])} beside {shown(first)}"
                    self._at(
                        spot, problem, f"give all in one, or say {shown(header[column])} (where)"
                    )
            if first and not others:
                alike[column] = first
        return told_scales(header, alike)

    def _check_frequency(self, figures: Iterable[SheetFigure]) -> None:
        of_each: dict[Frequency, list[SheetFigure]] = defaultdict(list)
        for figure in figures:
            of_each[Frequency.of(figure.period)].append(figure)
        most = max(of_each.values(), key=len, default=[])
        for figure in (odd for own in of_each.values() if own is not most for odd in own):
            problem = f"{figure.period} beside {most[0].period}"
            expected = "give years, quarters or months, one of them"
            self.faults.append(Fault(self.sheet.name, figure.row, figure.column, problem, expected))

    def _check_totals(
        self,
        spots: Sequence[Spot],
        totals: Sequence[Spot],
        named: Mapping[int, _Named],
        marks: Marks,
    ) -> None:
        parts = defaultdict(list)
        for spot in spots:
            parts[spot.row if self.layout.across else (spot.column, spot.period)].append(spot)
        for total in totals:
            every = parts[total.row if self.layout.across else (total.column, total.period)]
            own = [spot for spot in every if self._goes_into(spot, total)]
            codes = {named[self._line(spot)].code for spot in own}  # wholes, counted once
            own = [spot for spot in own if named[self._line(spot)].within not in codes]
            if not self._sums(own, total, marks):
                values = [self._cells[s].readings[marks] for s in own if self._has(s, marks)]
                name = named[self._line(total)].text
                problem = f"{name} is {text_of(self.sheet.cell(total.row, total.column))}"
                text = f"its parts sum to {_text(sum(values))}"
                self._at(total, problem, text, disagrees=True)

    def _has(self, spot: Spot, marks: Marks) -> bool:
        return spot in self._cells and marks in self._cells[spot].readings

    def _left_out(self, named: Mapping[int, _Named]) -> Iterator[LeftOut]:
        for line, named_line in named.items():
            if named_line.is_total:
                yield LeftOut(
                    line + 1, named_line.text, "a total, which its parts have been checked against"
                )
            if named_line.is_heading:
                yield LeftOut(line + 1, named_line.text, "it names no area, and has no figures")
        for row in self.layout.undated:
            text = next(text_of(cell) for cell in self.sheet.rows[row] if cell is not None)
            yield LeftOut(row + 1, text, "figures of no year, quarter or month")
        for row in self.layout.below:
            text = next((text_of(cell) for cell in self.sheet.rows[row] if cell is not None), "")
            yield LeftOut(row + 1, text, "below the table")


def money_sign(text: str) -> str:
    """The sign of money before a number; empty where none is.

    Examples:
        >>> money_sign("US $7"), money_sign("€8"), money_sign("7")
        ('US$', '€', '')
    """
    match = _MONEY.search(text)
    return match[0].replace(" ", "") if match else ""


def adds_up(parts: Sequence[Fraction], total: Fraction) -> bool:
    """Whether parts make up a total, save for the rounding of the last decimal of each.

    Examples:
        >>> third = Fraction(33, 100)
        >>> adds_up([third, third, third], Fraction(1)), adds_up([third, third], Fraction(1))
        (True, False)
    """
    allowed = Fraction(len(parts) + 1, 2) * _step([*parts, total])
    return abs(sum(parts, Fraction(0)) - total) <= allowed


def _step(values: Iterable[Fraction]) -> Fraction:
    """The last decimal place in which any of some numbers is written."""
    step = Fraction(1)
    for value in values:
        while (value / step).denominator != 1 and step > Fraction(1, 10**12):
            step /= 10
    return step


def _text(value: Fraction | int) -> str:
    return str(exact(value)) if Fraction(value).denominator == 1 else f"{float(value):g}"
