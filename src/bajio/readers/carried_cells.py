"""Blank cells that stand for those above them: names of areas, and years, that are written once.

A name in the first of its rows, as in merged cells, is carried to the others where that is certain:
the cells are merged, or all names have the same rows below them, or each row names what lies there.
"""

from collections.abc import Collection, Iterator, Sequence

from attrs import evolve, field, frozen

from bajio.facts.recognition import folded
from bajio.readers.area_columns import DEEPEST_HEADER, AreaNames
from bajio.readers.candidates import Recognise
from bajio.readers.cell_numbers import is_figure
from bajio.readers.cell_periods import PERIOD_NAMES, as_period
from bajio.readers.grid_cells import column_name, text_of
from bajio.readers.layouts import TOTALS
from bajio.readers.spreadsheets import Assumption, Grid

_PAIR = 2
_Block = tuple[int, list[int]]  # the row that has the name, and those of figures that it is for


def carried(sheet: Grid, recognise: Recognise, categories: Collection[str] = ()) -> Grid:
    """A sheet with names and years in each row that they are for, and a note where they were not.

    Args:
        sheet: its cells.
        recognise: tells which areas a text may stand for.
        categories: the names of columns whose categories may be written once as well.
    """
    names = AreaNames(sheet, recognise)
    areas = names.columns()
    category_names = {folded(name) for name in categories}
    columns: dict[int, tuple[int, bool]] = {}
    for column in range(names.width):
        dated, named = _years_from(sheet, column), _below_name(sheet, column, category_names)
        hits = names.hit_rows(column)
        if dated is not None:
            columns[column] = dated, True
        elif named is not None:
            columns[column] = named, False
        elif hits:
            columns[column] = min(hits[0], _first_total(sheet, column, hits[0])), False
    for _ in range(_PAIR):  # what is carried in one column tells rows of another apart
        for column, (first, dated) in columns.items():
            sheet = _Carrier(sheet, recognise, areas, column, first, dated).sheet_with()
    return sheet


def _years_from(sheet: Grid, column: int) -> int | None:
    """The row below the name of a column of years; `None` where it is none."""
    first = _below_name(sheet, column, PERIOD_NAMES)
    if first is None:
        return None
    below = [sheet.cell(row, column) for row in range(first, len(sheet.rows))]
    dated = [as_period(cell) is not None for cell in below if cell is not None]
    return first if sum(dated) > 1 and dated[0] else None


def _below_name(sheet: Grid, column: int, names: Collection[str]) -> int | None:
    """The row below the cell that has one of some names, folded, if there is one."""
    for row in range(min(DEEPEST_HEADER, len(sheet.rows))):
        if folded(text_of(sheet.cell(row, column))) in names:
            return row + 1
    return None


def _first_total(sheet: Grid, column: int, most: int) -> int:
    rows = (r for r in range(most) if folded(text_of(sheet.cell(r, column))) in TOTALS)
    return next(rows, most)


@frozen
class _Carrier:
    """Carries the cells of one column of a sheet."""

    sheet: Grid
    recognise: Recognise
    areas: Sequence[int]
    column: int
    first: int
    dated: bool
    _figures: list[int] = field(init=False)

    @_figures.default
    def _rows_of_figures(self) -> list[int]:
        """Rows of the table that have figures beside what names them."""
        return [
            row
            for row in range(self.first, len(self.sheet.rows))
            if any(
                is_figure(cell) for c, cell in enumerate(self.sheet.rows[row]) if c != self.column
            )
        ]

    def sheet_with(self) -> Grid:
        """The sheet with what is carried."""
        blocks = list(self._blocks())
        merged = self._merged()
        lacking = [
            row for _, rows in blocks for row in rows if row not in merged and self._gap(row)
        ]
        gaps = any(self._gap(row) for _, rows in blocks for row in rows)
        if not gaps or (lacking and not self._is_certain(blocks)):
            return self.sheet
        cells = [list(row) for row in self.sheet.rows]
        for first, rows in blocks:
            for row in rows:
                cells[row] += [None] * (self.column + 1 - len(cells[row]))
                cells[row][self.column] = self.sheet.cell(first, self.column)
        note = Assumption(
            "merged" if not lacking else "carried", {"column": column_name(self.column)}
        )
        return evolve(self.sheet, rows=cells, notes=(*self.sheet.notes, note))

    def _gap(self, row: int) -> bool:
        return self.sheet.cell(row, self.column) is None

    def _blocks(self) -> Iterator[_Block]:
        """Each name with the rows of figures from its own to the next."""
        if not self._figures:
            return
        first: int | None = None
        rows: list[int] = []
        figures = set(self._figures)
        start = self._figures[0]
        while start > self.first and self._gap(start):  # a name may stand on a row of its own
            start -= 1
        for row in range(start, self._figures[-1] + 1):
            if not self._gap(row):
                if first is not None and rows:
                    yield first, rows
                first, rows = row, []
            if row in figures and first is not None:
                rows.append(row)
        if first is not None and rows:
            yield first, rows

    def _merged(self) -> set[int]:
        """Rows whose cell of the column is merged into one above."""
        return {
            row
            for span in self.sheet.merged
            if span.left <= self.column <= span.right and span.right - span.left < _PAIR
            for row in range(span.top + 1, min(span.bottom + 1, len(self.sheet.rows)))
        }

    def _is_certain(self, blocks: Sequence[_Block]) -> bool:
        """Whether gaps can only stand for the name above them."""
        return self._lie_within(blocks) or self._repeats(blocks)

    def _lie_within(self, blocks: Sequence[_Block]) -> bool:
        """Whether each row names an area that lies in the one that is carried to it."""
        inner = [column for column in self.areas if column != self.column]
        if len(inner) != 1:
            return False
        for first, rows in blocks:
            wholes = {
                area.code for area in self.recognise(text_of(self.sheet.cell(first, self.column)))
            }
            for row in rows:
                parts = self.recognise(text_of(self.sheet.cell(row, inner[0])))
                if not any(area.within in wholes for area in parts):
                    return False
        return True

    def _repeats(self, blocks: Sequence[_Block]) -> bool:
        """Whether each name has the same rows, told apart by their periods or categories."""
        rows = [row for _, block in blocks for row in block]
        keys = [column for column in self._others() if self._tells_apart(column, rows)]
        marks = [
            [tuple(text_of(self.sheet.cell(r, k)) for k in keys) for r in block]
            for _, block in blocks
        ]
        longest = max(marks, key=len)
        if not keys or len(longest) < _PAIR or any(len(set(block)) < len(block) for block in marks):
            return False
        if not self.dated:
            return len(marks) >= _PAIR and all(block == longest for block in marks)
        first, *between = marks
        last = between.pop() if between else first
        is_whole = all(block == longest for block in between)
        return is_whole and longest[-len(first) :] == first and longest[: len(last)] == last

    def _others(self) -> list[int]:
        width = max(map(len, self.sheet.rows))
        return [column for column in range(width) if column != self.column]

    def _tells_apart(self, column: int, rows: Sequence[int]) -> bool:
        """Whether a column has a period or a category in each row."""
        cells = [self.sheet.cell(row, column) for row in rows]
        if any(cell is None for cell in cells):
            return False
        return _below_name(self.sheet, column, PERIOD_NAMES) is not None or not any(
            map(is_figure, cells)
        )
