"""Which columns, or which row, of a sheet name the areas that its figures are of."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import field, frozen

from bajio.errors import InvalidData, InvalidValue, shown
from bajio.facts.recognition import folded
from bajio.readers.candidates import Recognise
from bajio.readers.cell_numbers import read_cell
from bajio.readers.cell_periods import as_month
from bajio.readers.grid_cells import Cell, column_name, text_of
from bajio.readers.spreadsheets import Grid

DEEPEST_HEADER = 60
_ENOUGH = 0.5
_PAIR = 2
#: How columns of codes are called, folded: only there is a plain number an area.
CODE_NAMES = ("clave", "cve", "codigo", "code", "fips", "ibge", "geo", "entidad", "id")
#: How columns of claves are called, folded, that make a municipality's together.
_OUTER_CLAVE = re.compile(r"(cve|clave|id)?(ent|entidad|entidadfederativa|estado|edo)")
_INNER_CLAVE = re.compile(r"(cve|clave|id)?(mun|municipio)")
#: How columns are called, folded, whose texts only go with an area, or are codes of other things.
_OF_OTHERS = {
    *("capital", "cabecera", "cabeceramunicipal", "capitalcity", "sede"),
    *("unit", "unitmeasure", "unidad", "freq", "frequency", "sex", "sexo", "age", "edad"),
    *("currency", "moneda", "measure", "obsstatus", "status"),
}


@frozen(eq=False)
class AreaNames:
    """Where the cells of a sheet name areas.

    Attributes:
        sheet: its cells.
        recognise: tells which areas a text may stand for.
    """

    sheet: Grid
    recognise: Recognise
    _known: dict[str, bool] = field(init=False, factory=dict)

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.sheet.rows), default=0)

    def names_area(self, cell: Cell) -> bool:
        """Whether a cell names an area that is known, in letters."""
        if not isinstance(cell, str) or not any(map(str.isalpha, cell)):
            return False
        if (
            folded(cell) in CODE_NAMES and not cell.isupper()
        ):  # "geo" heads a column, GEO is Georgia
            return False
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = bool(self.recognise(cell))
        return known

    def hits(self, columns: Sequence[int]) -> int:
        """How many cells of some columns name areas."""
        return sum(len(self.hit_rows(column)) for column in columns)

    def hit_rows(self, column: int) -> list[int]:
        """The rows in which a column names an area."""
        rows = range(len(self.sheet.rows))
        return [row for row in rows if self.names_area(self.sheet.cell(row, column))]

    def columns(self) -> tuple[int, ...]:
        """The column of areas, after that of the areas that they lie in, if one is there."""
        if self.claves:
            return self.claves
        fair = self._fair
        if not fair:
            return self._code_columns()
        most = max(map(len, fair.values()))
        columns = [column for column, rows in fair.items() if len(rows) >= most * _ENOUGH]
        for inner in reversed(columns):
            outer = [c for c in columns if c != inner and self._lies_in(inner, c, fair[inner])]
            if outer:
                return (outer[-1], inner)
        return (max(columns, key=lambda column: len(fair[column])),)

    @cached_property
    def _fair(self) -> dict[int, list[int]]:
        """Columns most of which name areas, and the rows that do."""
        hits = {column: self.hit_rows(column) for column in range(self.width)}
        return {column: rows for column, rows in hits.items() if self._is_fair(column, rows)}

    def check_alike(self, chosen: Sequence[int]) -> None:
        """Refuse further columns whose areas are others than those of the same rows.

        Raises:
            InvalidData: as of a second table beside the first, or of what goes from one to another.
        """
        for column, rows in self._fair.items():
            if column not in chosen and len(rows) >= _PAIR and chosen != self.claves:
                self._check_alike(column, chosen, rows)

    def _check_alike(self, column: int, chosen: Sequence[int], rows: Sequence[int]) -> None:
        """Refuse a further column whose areas are others than those of the same rows."""
        if all(as_month(self.sheet.cell(row, column)) for row in rows):
            return
        for row in rows:
            cell = self.sheet.cell(row, column)
            candidates = [
                candidate
                for c in chosen
                for candidate in self.recognise(text_of(self.sheet.cell(row, c)))
            ]
            others = [] if _stands_for_none(cell) else self.recognise(text_of(cell))
            codes = {candidate.code for candidate in candidates}
            wholes = {candidate.within for candidate in candidates}
            alike = any(
                other.code in codes or other.code in wholes or other.within in codes
                for other in others
            )
            if candidates and others and not alike:
                here, there = (f"{column_name(c)}{row + 1}" for c in (chosen[-1], column))
                first = text_of(self.sheet.cell(row, chosen[-1]))
                text = f"{here} is {shown(first)} and {there} is {shown(text_of(cell))}"
                raise InvalidData(
                    f"{text}: say which column the figures are of, or keep one table (areas)",
                    file=self.sheet.name,
                )

    def _lies_in(self, inner: int, outer: int, rows: Sequence[int]) -> bool:
        """Whether most areas of a column can lie in those of another, of the same row."""

        def fits(row: int) -> bool:
            wholes = self.recognise(text_of(self.sheet.cell(row, outer)))
            codes = {whole.code for whole in wholes}
            parts = self.recognise(text_of(self.sheet.cell(row, inner)))
            return any(part.within in codes for part in parts)

        return sum(map(fits, rows)) > len(rows) * _ENOUGH

    def _is_fair(self, column: int, rows: Sequence[int]) -> bool:
        """Whether most cells between the first and the last that name an area do so."""
        if not rows or self._is_called(column, rows[0], _OF_OTHERS):
            return False
        between = range(rows[0], rows[-1] + 1)
        filled = sum(self.sheet.cell(row, column) is not None for row in between)
        return len(rows) >= filled * _ENOUGH

    def _is_called(self, column: int, first: int, names: set[str]) -> bool:
        above = (self.sheet.cell(row, column) for row in range(first))
        return any(folded(text_of(cell)) in names for cell in above)

    def _headers(self) -> Iterator[tuple[int, int, str]]:
        """Cells of the first rows that are texts, with their row and column, folded."""
        for row, cells in enumerate(self.sheet.rows[:DEEPEST_HEADER]):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    yield row, column, folded(cell)

    def _below(self, row: int, column: int) -> list[str]:
        cells = (self.sheet.cell(r, column) for r in range(row + 1, len(self.sheet.rows)))
        return [text_of(cell) for cell in cells if cell is not None]

    @cached_property
    def claves(self) -> tuple[int, ...]:
        """The columns of the claves of a state and of a municipality in it, if both are there."""
        parts_by_row: dict[int, dict[str, int]] = {}
        for row, column, name in self._headers():
            for part, pattern, most in (("outer", _OUTER_CLAVE, 2), ("inner", _INNER_CLAVE, 3)):
                if pattern.fullmatch(name):
                    texts = self._below(row, column)
                    numbers = [t for t in texts if t.isascii() and t.isdigit() and len(t) <= most]
                    if len(numbers) > len(texts) * _ENOUGH:
                        parts_by_row.setdefault(row, {})[part] = column
        both = [parts for parts in parts_by_row.values() if len(parts) == _PAIR]
        return (both[0]["outer"], both[0]["inner"]) if both else ()

    def _code_columns(self) -> tuple[int, ...]:
        """A column of plain numbers that is called as codes are, if all of them are areas."""
        for row, column, name in self._headers():
            if name.startswith(CODE_NAMES):
                texts = self._below(row, column)
                hits = sum(bool(self.recognise(text)) for text in texts)
                if hits > 1 and hits >= len(texts) * _ENOUGH:
                    return (column,)
        return ()

    def row(self) -> int | None:
        """The row in which most areas stand side by side, if there is one."""
        rows = range(min(DEEPEST_HEADER, len(self.sheet.rows)))
        best = max(rows, key=lambda row: len(self.across(row)), default=None)
        return best if best is not None and len(self.across(best)) >= _PAIR else None

    def across(self, row: int) -> list[int]:
        """The columns of a row that name areas."""
        return [c for c, cell in enumerate(self.sheet.rows[row]) if self.names_area(cell)]


def joined_clave(outer: Cell, inner: Cell) -> str:
    """The clave of a municipality by its state's and its own; a state's, or a total, where it is 0.

    Examples:
        >>> joined_clave(1, 7), joined_clave("14", "039"), joined_clave("09", "000")
        ('01007', '14039', '09')
        >>> joined_clave(0, 0), joined_clave(None, 7), joined_clave("x", "1")
        ('Total', ' 7', 'x 1')
    """
    first, second = text_of(outer), text_of(inner)
    if not (first.isdigit() and second.isdigit()):
        return f"{first} {second}" if first or second else ""
    if int(second):
        return f"{first.zfill(2)}{second.zfill(3)}"
    return first.zfill(2) if int(first) else "Total"


def _stands_for_none(cell: Cell) -> bool:
    """Whether a cell says that there is no figure, as NA does."""
    try:
        read_cell(cell)
    except InvalidValue:
        return False
    return True
