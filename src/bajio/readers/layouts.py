"""Where things stand in a sheet: its header below title lines, areas, periods and figures."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from bajio.errors import InvalidData, InvalidValue, shown, some
from bajio.facts.periods import Frequency, Period
from bajio.facts.recognition import folded
from bajio.readers.area_columns import CODE_NAMES, DEEPEST_HEADER, AreaNames, joined_clave
from bajio.readers.candidates import Recognise
from bajio.readers.cell_numbers import is_figure
from bajio.readers.cell_periods import (
    MONTH_NAMES,
    PERIOD_NAMES,
    QUARTER_NAMES,
    as_day,
    as_month,
    as_period,
    as_quarter,
    part_of_year,
    periods_of_days,
)
from bajio.readers.grid_cells import Cell, column_name, text_of
from bajio.readers.sheet_layouts import SheetLayout, Spot, TableHints
from bajio.readers.spreadsheets import Grid

_ENOUGH = 0.5
_ABOVE = 8
_MOST_TOLD = 8
_PAIR = 2
#: How rows and columns of totals are called, folded.
TOTALS = {
    *("total", "totales", "totalgeneral", "grandtotal", "subtotal", "suma", "sumatotal", "sum"),
    *("totalnacional", "totalestatal", "nacional", "national"),
}
#: How columns of places in an order are called, folded: they hold no figures.
_ORDERS = {"", "no", "num", "rank", "ranking", "lugar", "posicion", "position", "consecutivo"}


def find_layout(sheet: Grid, recognise: Recognise, asked: TableHints) -> SheetLayout:
    """How a sheet is laid out, as far as it says so itself.

    Args:
        sheet: its cells.
        recognise: tells which areas a text may stand for.
        asked: what somebody says of it.

    Raises:
        InvalidData: no column of areas, no periods, or several columns that could be the figures;
            the message says what to say.
        InvalidValue: a column, or a category, that is asked for is not there.
    """
    return _Finder(sheet, recognise, asked).layout()


@frozen
class _Finder:
    """Finds how one sheet is laid out."""

    sheet: Grid
    recognise: Recognise
    asked: TableHints
    _names: AreaNames = field(init=False)

    @_names.default
    def _of_sheet(self) -> AreaNames:
        return AreaNames(self.sheet, self.recognise)

    def layout(self) -> SheetLayout:
        asked = self.asked.areas
        areas = self._names.columns() if asked is None else (self._column(asked),)
        claves = areas == self._names.claves
        across = self._names.row() if asked is None and not claves else None
        if across is not None and len(self._names.across(across)) > self._names.hits(areas[-1:]):
            return self._areas_in_columns(across)
        if not areas:
            raise self._error("no column of it names areas that are known (areas)")
        return self._areas_in_rows(areas)

    # areas in the header, periods down the side

    def _areas_in_columns(self, header: int) -> SheetLayout:
        columns = self._names.across(header)
        rows = range(header + 1, len(self.sheet.rows))
        side = range(columns[0])
        best = max(side, key=lambda c: sum(self._is_period(r, c) for r in rows), default=None)
        if best is None:
            raise self._error("areas stand in a row, and no column before them has periods")
        dated = [row for row in rows if self._is_period(row, best)]
        when = self._with_parts((best,), dated, dict.fromkeys(side), header)
        periods = self._periods_of(when, dated, header)
        dated = [row for row in dated if periods.get(row)]
        last = max(dated, default=header)
        named = [
            column
            for column, cell in enumerate(self.sheet.rows[header])
            if cell is not None and column > best and column not in when
        ]
        spots = [Spot(row, column, periods[row]) for row in dated for column in named]
        below = tuple(row for row in rows if row > last and self._filled(row))
        undated = tuple(row for row in rows if row not in periods and self._has_figure(row, named))
        self._check_nameless(header, [*dated, *undated], (best, *named))
        return SheetLayout(
            "areas in columns",
            header,
            (),
            tuple(spots),
            across=True,
            below=tuple(row for row in below if row not in undated),
            undated=undated,
        )

    def _has_figure(self, row: int, columns: Sequence[int]) -> bool:
        return any(is_figure(self.sheet.cell(row, column)) for column in columns)

    def _check_nameless(self, header: int, rows: Sequence[int], read: Sequence[int]) -> None:
        """Refuse figures right of those that are read, in a column that has no name.

        A header stands over several columns there, or marks of thousands have cut numbers in two.
        """
        by_letter = self.asked.values in [column_name(c) for c in range(self._names.width)]
        if header < 0 or by_letter:
            return
        for column in range(min(read) + 1, self._names.width):
            if column in read or self.sheet.cell(header, column) is not None:
                continue
            row = next((row for row in rows if is_figure(self.sheet.cell(row, column))), None)
            if row is not None:
                place = f"{column_name(column)}{row + 1}"
                text = f"{place} is a figure in a column without a name"
                raise self._error(
                    f"{text}: name each column, and quote 1,234; or say one by its letter (values)"
                )

    def _is_period(self, row: int, column: int) -> bool:
        cell = self.sheet.cell(row, column)
        return as_period(cell) is not None or as_day(cell) is not None

    # areas down the side

    def _areas_in_rows(self, areas: tuple[int, ...]) -> SheetLayout:
        if self.asked.areas is None:
            self._names.check_alike(areas)
        first = self._first_hit(areas)
        dated = self._dated_header(first, areas)
        header = dated if dated is not None else self._header(first, areas)
        rows = [row for row in range(header + 1, len(self.sheet.rows)) if self._filled(row)]
        rows = [row for row in rows if row >= first or self._begins(row, areas)]
        rows, below = self._until_notes(rows, areas)
        kept = self._kept(rows, header)
        if dated is not None and self.asked.periods is None and self.asked.values is None:
            layout = self._wide(header, kept, areas)
        else:
            parts = self._parts_across(header, areas) if self.asked.values is None else {}
            months = self._by_parts(header, kept, areas, parts) if parts else None
            layout = months or self._long(header, kept, areas)
        known = set(kept)
        filtered = tuple(row for row in rows if row not in known)
        claves = areas == self._names.claves
        return evolve(layout, below=below, filtered=filtered, claves=claves)

    def _begins(self, row: int, areas: Sequence[int]) -> bool:
        """Whether a row above the first area is of the table, and not of units or the like."""
        cells = enumerate(self.sheet.rows[row])
        return any(cell is not None if c in areas else is_figure(cell) for c, cell in cells)

    def _first_hit(self, areas: Sequence[int]) -> int:
        rows = () if areas == self._names.claves else self._names.hit_rows(areas[-1])
        if rows:
            return rows[0]
        for row, cells in enumerate(self.sheet.rows):
            texts = [text_of(self.sheet.cell(row, column)) for column in areas]
            text = joined_clave(*texts) if areas == self._names.claves else texts[-1]
            if text and any(cell is not None for cell in cells) and self.recognise(text):
                return row
        raise self._error(f"column {column_name(areas[-1])} names no area that is known (areas)")

    def _dated_header(self, first: int, areas: Sequence[int]) -> int | None:
        """The row above the figures in which periods stand, if there is one."""
        best, most = None, 0
        for row in range(max(0, first - DEEPEST_HEADER), first):
            if folded(text_of(self.sheet.cell(row, areas[-1]))) in TOTALS:
                continue
            dated = [c for c in self._period_columns(row) if c > min(areas) and c not in areas]
            dated = [c for c in dated if not self._is_below_name(row, c)]
            if dated and len(dated) >= most and self._only_periods(row, areas):
                best, most = row, len(dated)
        return best

    def _is_below_name(self, row: int, column: int) -> bool:
        """Whether a cell stands in a column of periods, below its name."""
        above = (self.sheet.cell(r, column) for r in range(row))
        return any(folded(text_of(cell)) in PERIOD_NAMES for cell in above)

    def _only_periods(self, row: int, areas: Sequence[int]) -> bool:
        """Whether a row has no figure that is no period: else it is one of the table's."""
        cells = enumerate(self.sheet.rows[row])
        return all(
            column in areas or not is_figure(cell) or self._is_period(row, column)
            for column, cell in cells
        )

    def _period_columns(self, row: int) -> list[int]:
        return [c for c in range(len(self.sheet.rows[row])) if self._is_period(row, c)]

    def _header(self, first: int, areas: Sequence[int]) -> int:
        """The nearest row above the first area that has names and no figures."""
        for row in range(first - 1, max(-1, first - 1 - DEEPEST_HEADER), -1):
            cells = self.sheet.rows[row]
            names = [c for c, cell in enumerate(cells) if isinstance(cell, str)]
            figures = [c for c, cell in enumerate(cells) if c not in areas and is_figure(cell)]
            if len(names) >= _PAIR and not figures:
                return row
        return -1

    def _filled(self, row: int) -> bool:
        return any(cell is not None for cell in self.sheet.rows[row])

    def _until_notes(
        self, rows: Sequence[int], areas: Sequence[int]
    ) -> tuple[list[int], tuple[int, ...]]:
        """Rows of the table, and those below it, which have no figures."""
        last = -1
        for position, row in enumerate(rows):
            cells = self.sheet.rows[row]
            named = self._names.names_area(self.sheet.cell(row, areas[-1]))
            figures = any(is_figure(cell) for c, cell in enumerate(cells) if c not in areas)
            if named or figures:
                last = position
        return list(rows[: last + 1]), tuple(rows[last + 1 :])

    def _kept(self, rows: Sequence[int], header: int) -> list[int]:
        """Rows that have the categories that were asked for."""
        kept = list(rows)
        for name, category in self.asked.where.items():
            column = self._column(name, header)
            self._check_categories(rows, column, category)
            there = {folded(text_of(self.sheet.cell(row, column))) for row in kept}
            if folded(category) not in there:
                known = sorted({text_of(self.sheet.cell(row, column)) for row in rows})
                text = f"{shown(name)} is never {shown(category)}"
                raise InvalidValue(f"{text}: it has {some(known, _MOST_TOLD)}")
            kept = [
                row
                for row in kept
                if folded(text_of(self.sheet.cell(row, column))) == folded(category)
            ]
        return kept

    def _check_categories(self, rows: Sequence[int], column: int, category: str) -> None:
        """Refuse figures whose category is blank: it may be that of the row above."""
        for row in rows if category.strip() else ():
            figures = any(is_figure(c) for c in self.sheet.rows[row])
            if figures and self.sheet.cell(row, column) is None:
                place = f"{column_name(column)}{row + 1}"
                raise self._error(f"{place} is blank: write its category in each row (where)")

    def _wide(self, header: int, rows: Sequence[int], areas: Sequence[int]) -> SheetLayout:
        columns = [c for c in self._period_columns(header) if c not in areas]
        periods = self._periods_across(header, columns)
        twice = [p for p, times in Counter(periods.values()).items() if times > 1]
        if twice:
            where = [column_name(c) for c in columns if periods[c] == twice[0]]
            text = f"{twice[0]} stands in columns {some(where, _MOST_TOLD)}"
            raise self._error(f"{text}: keep those of one measure, or name one (values)")
        self._check_nameless(header, rows, (*areas, *columns))
        spots = [Spot(row, column, periods[column]) for row in rows for column in columns]
        unread = self._unread(header, (*areas, *columns))
        return SheetLayout("periods in columns", header, tuple(areas), tuple(spots), unread=unread)

    def _parts_across(self, header: int, areas: Sequence[int]) -> dict[int, str]:
        """Columns of a header that are named for months or quarters, as periods end."""
        names = {c: self.sheet.cell(header, c) for c in self._columns(header) if c not in areas}
        parts = {column: part for column, cell in names.items() if (part := part_of_year(cell))}
        once = len(set(parts.values())) == len(parts) >= _PAIR
        return parts if once and len({part[0] == "Q" for part in parts.values()}) == 1 else {}

    def _by_parts(
        self, header: int, rows: Sequence[int], areas: Sequence[int], parts: Mapping[int, str]
    ) -> SheetLayout | None:
        """Months or quarters as columns, of the year of each row; `None` where none has one."""
        years: tuple[int, ...] = ()
        of_rows = dict.fromkeys(rows, self.asked.period or "")
        if self.asked.period is None:
            years = self._period_parts(header, rows, areas)
            of_rows = self._periods_down(years[0], rows) if len(years) == 1 else {}
        dated = [row for row in rows if re.fullmatch(r"\d{4}", of_rows.get(row, ""))]
        if len(dated) <= len(rows) * _ENOUGH:
            return None
        self._check_nameless(header, rows, (*areas, *years, *parts))
        spots = [Spot(row, c, f"{of_rows[row]}-{parts[c]}") for row in dated for c in parts]
        undated = set(rows) - set(dated)
        unread = self._unread(header, (*areas, *years, *parts))
        return SheetLayout(
            "parts of years in columns",
            header,
            tuple(areas),
            tuple(spots),
            unread=unread,
            undated=tuple(row for row in sorted(undated) if self._has_figure(row, [*parts])),
            periods=tuple(years),
        )

    def _long(self, header: int, rows: Sequence[int], areas: Sequence[int]) -> SheetLayout:
        when = self._period_parts(header, rows, areas)
        values = self._value_column(header, rows, (*areas, *when))
        if when:
            periods = self._periods_of(when, rows, header)
        elif self.asked.period is not None:
            periods = dict.fromkeys(rows, str(Period.parse(self.asked.period)))
        else:
            raise self._error("it names no year, quarter or month: say which (period)")
        self._check_nameless(header, rows, (*areas, *when, values))
        spots = [Spot(row, values, periods[row]) for row in rows if periods.get(row)]
        unread = self._unread(header, (*areas, *when, values))
        undated = [row for row in rows if not periods.get(row)]
        return SheetLayout(
            "one figure a row",
            header,
            tuple(areas),
            tuple(spots),
            undated=tuple(row for row in undated if self._has_figure(row, (values,))),
            unread=unread,
            periods=tuple(when),
            values=values,
        )

    def _unread(self, header: int, read: Sequence[int]) -> tuple[str, ...]:
        cells = self.sheet.rows[header] if header >= 0 else ()
        return tuple(
            text_of(cell) for c, cell in enumerate(cells) if cell is not None and c not in read
        )

    def _period_parts(
        self, header: int, rows: Sequence[int], areas: Sequence[int]
    ) -> tuple[int, ...]:
        """The column of periods, with that of quarters or months where years have one beside."""
        if self.asked.periods is not None:
            return (self._column(self.asked.periods, header),)
        if self.asked.period is not None:
            return ()
        named = {c: folded(text_of(self.sheet.cell(header, c))) for c in self._columns(header)}
        fits = [
            column
            for column in range(self._names.width)
            if column not in areas and rows and all(self._is_period(row, column) for row in rows)
        ]
        called = [c for c, name in named.items() if name in PERIOD_NAMES and c not in areas]
        years = [c for c in called if self._is_most(rows, c, as_period, as_day)]
        years = years or [c for c in fits if not named.get(c)]
        return self._with_parts(years, rows, named, header)

    def _with_parts(
        self, years: Sequence[int], rows: Sequence[int], columns: Iterable[int], header: int
    ) -> tuple[int, ...]:
        """The column of years, with that of quarters or months among some columns, if one is."""
        for column in columns:
            name = folded(text_of(self.sheet.cell(header, column)))
            part = {
                **dict.fromkeys(MONTH_NAMES, as_month),
                **dict.fromkeys(QUARTER_NAMES, as_quarter),
            }
            read = part.get(name)
            if not years or read is None or column in years:
                continue
            if self._is_most(rows, column, read):
                return (years[0], column)
        return tuple(years[:1])

    def _is_most(self, rows: Sequence[int], column: int, *reads: Callable[[Cell], object]) -> bool:
        """Whether over half of the cells of a column can be read; the others are faults."""
        cells = [self.sheet.cell(row, column) for row in rows]
        return sum(any(read(cell) for read in reads) for cell in cells) > len(rows) * _ENOUGH

    def _columns(self, header: int) -> range:
        return range(len(self.sheet.rows[header])) if header >= 0 else range(0)

    def _value_column(self, header: int, rows: Sequence[int], taken: Sequence[int]) -> int:
        if self.asked.values is not None:
            return self._column(self.asked.values, header)
        filters = [self._column(name, header) for name in self.asked.where]
        columns = []
        for column in range(self._names.width):
            name = folded(text_of(self.sheet.cell(header, column))) if header >= 0 else ""
            is_order = header >= 0 and name in _ORDERS
            if column in taken or column in filters or is_order or name.startswith(CODE_NAMES):
                continue
            figures = sum(is_figure(self.sheet.cell(row, column)) for row in rows)
            if rows and figures >= len(rows) * _ENOUGH:
                columns.append(column)
        if len(columns) == 1:
            return columns[0]
        names = [self._called(column, header) for column in columns]
        if not columns:
            raise self._error("no column of it holds figures (values)")
        raise self._error(f"{some(names, _MOST_TOLD)} all hold figures: say which (values)")

    def _called(self, column: int, header: int) -> str:
        name = text_of(self.sheet.cell(header, column)) if header >= 0 else ""
        return repr(name) if name else f"column {column_name(column)}"

    def _periods_across(self, row: int, columns: Sequence[int]) -> dict[int, str]:
        return self._periods({c: self.sheet.cell(row, c) for c in columns})

    def _periods_down(self, column: int, rows: Sequence[int]) -> dict[int, str]:
        return self._periods({row: self.sheet.cell(row, column) for row in rows})

    def _periods(self, cells: Mapping[int, Cell]) -> dict[int, str]:
        self._check_school_years(map(text_of, cells.values()))
        days = {key: as_day(cell) for key, cell in cells.items()}
        every = [day for day in days.values() if day is not None]
        if not every:
            return {key: as_period(cell) or "" for key, cell in cells.items()}
        try:
            periods = periods_of_days(every, self.asked.frequency)
        except InvalidValue as error:
            raise self._error(str(error)) from None
        return {
            key: periods[day] if day is not None else as_period(cells[key]) or ""
            for key, day in days.items()
        }

    def _check_school_years(self, texts: Iterable[str]) -> None:
        """Refuse 2010-11 and 2011-12, which could be months, unless somebody says that they are."""
        every = list(dict.fromkeys(texts))
        matches = [re.fullmatch(r"(\d{4})[-/](\d\d)", text) for text in every]
        so = all(match and (int(match[1]) + 1) % 100 == int(match[2]) for match in matches)
        if len(every) > 1 and so and self.asked.frequency is not Frequency.MONTHLY:
            words = f"{every[0]} and {every[1]} could be months, or of two years each"
            raise self._error(
                f"{words}: say M where they are months, else write one year (frequency)"
            )

    def _periods_of(self, when: Sequence[int], rows: Sequence[int], header: int) -> dict[int, str]:
        if len(when) == 1:
            return self._periods_down(when[0], rows)
        years, parts = when
        quarterly = folded(text_of(self.sheet.cell(header, parts))) in QUARTER_NAMES
        result = {}
        for row in rows:
            year, cell = as_period(self.sheet.cell(row, years)), self.sheet.cell(row, parts)
            part = as_quarter(cell) if quarterly else as_month(cell)
            if year and part:
                result[row] = f"{year}-Q{part}" if quarterly else f"{year}-{part:02d}"
        return result

    def _column(self, name: str, header: int | None = None) -> int:
        """The column of a name in the header, or of a letter."""
        rows = range(min(DEEPEST_HEADER, len(self.sheet.rows))) if header is None else (header,)
        for row in rows:
            for column in self._columns(row):
                if folded(text_of(self.sheet.cell(row, column))) == folded(name):
                    return column
        for column in range(min(self._names.width, 26**2)):
            if column_name(column) == name:
                return column
        row = max(rows, key=self._texts_in, default=0)
        known = [text_of(self.sheet.cell(row, c)) for c in self._columns(row)] if row >= 0 else []
        text = f": it has {some([k for k in known if k], _MOST_TOLD)}" if known else ""
        raise InvalidValue(f"no column is called {shown(name)}{text}")

    def _texts_in(self, row: int) -> int:
        """How many cells of a row are texts, as the names of columns are."""
        cells = (self.sheet.cell(row, column) for column in self._columns(row))
        return sum(isinstance(cell, str) for cell in cells)

    def _error(self, problem: str) -> InvalidData:
        return InvalidData(problem, file=self.sheet.name)
