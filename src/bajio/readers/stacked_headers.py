"""Headers of two rows: years above months, years above categories, categories above years.

Both rows become one where it is certain what stands over what: the cells are merged, repeated, or
each heading has the same columns below it. Of categories, one has to be said.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from attrs import evolve, field, frozen

from bajio.errors import InvalidData, InvalidValue, shown, some
from bajio.facts.recognition import folded
from bajio.readers.area_columns import AreaNames
from bajio.readers.candidates import Recognise
from bajio.readers.cell_periods import as_period, part_of_year
from bajio.readers.grid_cells import Cell, text_of
from bajio.readers.layouts import TOTALS
from bajio.readers.sheet_layouts import TableHints
from bajio.readers.spreadsheets import Assumption, Grid

_PAIR, _MOST_TOLD = 2, 8


class _Group(NamedTuple):
    """Columns side by side that one cell stands over."""

    cell: Cell
    columns: tuple[int, ...]


def joined_headers(sheet: Grid, recognise: Recognise, asked: TableHints) -> tuple[Grid, TableHints]:
    """A sheet whose header is one row, and what is still to be found of what was said of it.

    Args:
        sheet: its cells.
        recognise: tells which areas a text may stand for.
        asked: what somebody says of its layout.

    Raises:
        InvalidData: one of several categories has to be said.
        InvalidValue: the category that is asked for is not there.
    """
    pair = _HeaderPair.of(sheet, recognise, asked)
    return (sheet, asked) if pair is None else pair.joined()


@frozen
class _HeaderPair:
    """The two rows above the first figures of a sheet."""

    sheet: Grid
    recognise: Recognise
    asked: TableHints
    upper: int
    lower: int
    first: int
    names: AreaNames = field(eq=False)

    @classmethod
    def of(cls, sheet: Grid, recognise: Recognise, asked: TableHints) -> "_HeaderPair | None":
        """The pair of a sheet, if it has rows for one."""
        names = AreaNames(sheet, recognise)
        columns, row = names.columns(), names.row()
        if row is not None and len(names.across(row)) > names.hits(columns[-1:]):
            columns = ()
        if columns:
            hits = names.hit_rows(columns[-1])
            first, left = (hits[0] if hits else 0), max(columns) + 1
            while first and folded(text_of(sheet.cell(first - 1, columns[-1]))) in TOTALS:
                first -= 1
        else:
            if row is None:
                return None
            left = names.across(row)[0]
            dated = [
                r
                for r in range(row + 1, len(sheet.rows))
                if any(as_period(sheet.cell(r, c)) for c in range(left))
            ]
            first = dated[0] if dated else 0
        above = [r for r in range(first) if any(c is not None for c in sheet.rows[r][left:])]
        if len(above) < _PAIR:
            return None
        return cls(sheet, recognise, asked, above[-2], above[-1], left, names)

    def joined(self) -> tuple[Grid, TableHints]:
        groups = list(self._groups())
        certain = any(len(group.columns) > 1 for group in groups) and not self._is_astray(groups)
        parts = [group for group in groups if self._is_key(group.cell)] if certain else []
        if parts and all(self._has_parts(group) for group in parts):
            return self._with_header(dict(self._dates(parts)), "header.parts"), self.asked
        if parts and self._alike(parts) and not self._any_key(parts):
            pairs = ((c, g.cell) for g in parts for c in g.columns)
            return self._chosen({c: (text_of(self._lower(c)), cell) for c, cell in pairs})
        under = [group for group in groups if self._all_keys(group)] if certain else []
        texts = {folded(text_of(group.cell)) for group in under}
        if len(under) >= _PAIR and len(texts) == len(under) and self._is_repeated(under):
            pairs = ((c, g.cell) for g in under for c in g.columns)
            return self._chosen({c: (text_of(cell), self._lower(c)) for c, cell in pairs})
        if self._any_key(groups) or any(self._is_key(group.cell) for group in groups):
            self._check_said(groups)
            return self.sheet, self.asked
        return self._named(groups, certain=certain), self.asked

    def _check_said(self, groups: Sequence[_Group]) -> None:
        """Refuse a category that is in the header, but under what is not certain."""
        texts = [self._lower(c) for group in groups for c in group.columns]
        texts += [group.cell for group in groups if len(group.columns) > 1]
        texts += [self._lower(c) for c in range(self.first, self.names.width)]
        category = folded(self.asked.values or "")
        named = {folded(text_of(cell)) for cell in texts if not self._is_key(cell)}
        if category and category in named:
            text = f"which columns the headings of row {self.upper + 1} stand over cannot be told"
            raise InvalidData(
                f"{text}: repeat each over all of its columns (values)", file=self.sheet.name
            )

    def _named(self, groups: Sequence[_Group], *, certain: bool) -> Grid:
        """The sheet with names of columns that stand in either row, or in both."""
        columns = range(self.names.width)
        header = {
            c: text_of(self._lower(c)) or text_of(self.sheet.cell(self.upper, c)) for c in columns
        }
        lacking = [c for c in columns if header[c] and self._lower(c) is None]
        texts = [folded(header[c]) for c in columns if header[c]]
        if len(set(texts)) < len(texts):
            if not certain:
                return self.sheet
            several = [group for group in groups if len(group.columns) > 1]
            for column, cell in ((c, g.cell) for g in several for c in g.columns):
                header[column] = f"{text_of(cell)}, {header[column]}"
        elif not lacking or not any(self._lower(c) is not None for c in columns):
            return self.sheet
        return self._with_header({c: text or None for c, text in header.items()}, "header.names")

    # what stands over what

    def _lower(self, column: int) -> Cell:
        return self.sheet.cell(self.lower, column)

    def _groups(self) -> Iterator[_Group]:
        """Cells of the upper row with the columns that they stand over, as far as it is certain."""
        cell: Cell = None
        columns: list[int] = []
        for column in range(self.first, self.names.width):
            above = self._upper(column)
            if above is not None and text_of(above) != text_of(cell):
                if cell is not None:
                    yield _Group(cell, tuple(columns))
                cell, columns = above, []
            if self._lower(column) is None and above is None:
                if cell is not None:
                    yield _Group(cell, tuple(columns))
                cell, columns = None, []
            elif cell is not None:
                columns.append(column)
        if cell is not None:
            yield _Group(cell, tuple(columns))

    def _is_astray(self, groups: Sequence[_Group]) -> bool:
        """Whether a heading may stand over the middle of its columns, and not over the first."""
        over = {column for group in groups for column in group.columns}
        bare = [c for c in range(self.first, self.names.width) if c not in over]
        if any(part_of_year(self._lower(c)) for c in bare):
            return True
        alone = sum(len(group.columns) > 1 for group in groups) == 1
        merged = any(span.top <= self.upper <= span.bottom for span in self.sheet.merged)
        return alone and not merged and any(self._lower(c) is not None for c in bare)

    def _upper(self, column: int) -> Cell:
        """What stands above a column, also where cells are merged."""
        for span in self.sheet.merged:
            if span.top <= self.upper <= span.bottom and span.left <= column <= span.right:
                return self.sheet.cell(span.top, span.left)
        return self.sheet.cell(self.upper, column)

    def _is_key(self, cell: Cell) -> bool:
        """Whether a cell says of which period or area figures are."""
        return as_period(cell) is not None or self.names.names_area(cell)

    def _any_key(self, groups: Sequence[_Group]) -> bool:
        return any(self._is_key(self._lower(c)) for group in groups for c in group.columns)

    def _all_keys(self, group: _Group) -> bool:
        return not self._is_key(group.cell) and all(
            self._is_key(self._lower(c)) for c in group.columns
        )

    def _has_parts(self, group: _Group) -> bool:
        """Whether a year stands over months or quarters that go up, and their total at most."""
        year = as_period(group.cell)
        cells = [self._lower(c) for c in group.columns]
        cells = [cell for cell in cells if folded(text_of(cell)) not in _WHOLES]
        parts = [part_of_year(cell) for cell in cells]
        known = [part for part in parts if part is not None]
        rising = known == sorted(set(known)) and len({part[0] == "Q" for part in known}) == 1
        return bool(year and len(year) == 4 and known and rising and len(known) == len(parts))

    def _dates(self, groups: Sequence[_Group]) -> Iterator[tuple[int, Cell]]:
        for group in groups:
            year = as_period(group.cell)
            for column in group.columns:
                part = part_of_year(self._lower(column))
                text = text_of(self._lower(column))
                yield column, f"{year}-{part}" if part else f"{text}, {year}"

    def _alike(self, groups: Sequence[_Group]) -> bool:
        """Whether all groups have the same different columns below them, all of them named."""
        texts = [[text_of(self._lower(c)) for c in group.columns] for group in groups]
        keys = [[*map(_alike, text)] for text in texts]  # "%" is one as well
        first = keys[0]
        return (
            len(first) > 1
            and all(first)
            and len(set(first)) == len(first)
            and all(words == first for words in keys)
        )

    def _is_repeated(self, groups: Sequence[_Group]) -> bool:
        """Whether all groups have the same periods or areas below them, each once."""
        keys = [[self._key(self._lower(c)) for c in group.columns] for group in groups]
        return len(set(keys[0])) == len(keys[0]) and all(words == keys[0] for words in keys)

    def _key(self, cell: Cell) -> str:
        return as_period(cell) or folded(text_of(cell))

    # the header that is made of both

    def _chosen(self, columns: dict[int, tuple[str, Cell]]) -> tuple[Grid, TableHints]:
        """The sheet with the columns of the category that is asked for."""
        categories = list(dict.fromkeys(text for text, _ in columns.values()))
        said = self.asked.values
        if said is None:
            names = some([repr(category) for category in categories], _MOST_TOLD)
            key = next(iter(columns.values()))[1]
            words = f"{names} all hold figures of {shown(text_of(key))}: say which (values)"
            raise InvalidData(words, file=self.sheet.name)
        if _alike(said) not in map(_alike, categories):
            names = some([repr(category) for category in categories], _MOST_TOLD)
            raise InvalidValue(f"no figures are called {shown(said)}: there are {names}")
        header = {
            column: key if _alike(text) == _alike(said) else f"{text}, {text_of(key)}"
            for column, (text, key) in columns.items()
        }
        sheet = self._with_header(header, "header.category", category=said)
        others = {c for c, (text, _) in columns.items() if _alike(text) != _alike(said)}
        if any(self.names.names_area(key) for _, key in columns.values()):
            sheet = self._without(sheet, others)  # each name in a row of areas has to be one
        return sheet, evolve(self.asked, values=None)

    def _without(self, sheet: Grid, columns: Collection[int]) -> Grid:
        """The sheet with some columns blank."""
        rows = [
            cells
            if row < self.upper
            else [None if column in columns else cell for column, cell in enumerate(cells)]
            for row, cells in enumerate(sheet.rows)
        ]
        return evolve(sheet, rows=rows)

    def _with_header(self, header: dict[int, Cell], phrase: str, **places: str) -> Grid:
        """The sheet with both rows as the lower one."""
        cells = [list(row) for row in self.sheet.rows]
        width = max(header) + 1
        for row in (self.upper, self.lower):
            cells[row] += [None] * (width - len(cells[row]))
        for column in range(len(cells[self.lower])):
            if column in header:  # what says of which size figures are stays above them
                above = [cells[row][column] for row in (self.upper, self.lower)]
                cells[self.lower][column] = header[column]
                cells[self.upper][column] = next((c for c in above if not self._is_key(c)), None)
            elif cells[self.lower][column] is None:
                cells[self.lower][column] = self._upper(column)
        note = Assumption(phrase, {"rows": f"{self.upper + 1}, {self.lower + 1}", **places})
        return evolve(self.sheet, rows=cells, notes=(*self.sheet.notes, note))


def _alike(text: str) -> str:
    """A text as it is compared, which may have signs only."""
    return folded(text) or text


#: How columns of the whole year are called beside those of its parts, folded.
_WHOLES = {*TOTALS, "anual", "ano", "annual", "year", "promedio", "average", "acumulado"}
