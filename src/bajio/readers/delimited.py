"""Text that is cut into cells by a delimiter, as the dialect of its table says."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import NamedTuple

from bajio.errors import InvalidData, shown
from bajio.readers.descriptor import Dialect


class Cells(NamedTuple):
    """The cells of a table, column by column.

    Attributes:
        header: the columns' names.
        columns: the cells of each.
        rows: the line of the file that each row begins in.
    """

    header: tuple[str, ...]
    columns: Sequence[Sequence[str]]
    rows: Sequence[int]

    def column(self, name: str) -> Sequence[str]:
        """The cells of a column."""
        return self.columns[self.header.index(name)]


def read_cells(text: str, dialect: Dialect, file: str, names: Sequence[str] = ()) -> Cells:
    """The cells of a text.

    Args:
        text: what the file holds.
        dialect: how it is cut.
        file: for errors.
        names: the columns' names, where the text has no header.

    Raises:
        InvalidData: with file and row.
    """
    lines = _Lines(text.removeprefix("\ufeff"), dialect)
    try:
        header = _header(lines, dialect, file, names)
        _check_header(header, file, lines.start)
        plain_columns = _plain_columns(lines, dialect, len(header))
        if plain_columns is not None:
            return Cells(header, *plain_columns)
        rows, starts = [], []
        for row in lines:
            if len(row) != len(header):
                problem = f"{len(row)} fields where the header has {len(header)}"
                raise InvalidData(problem, file=file, row=lines.start)
            rows.append(row)
            starts.append(lines.start)
    except csv.Error as error:
        raise InvalidData(
            f"it cannot be cut into cells: {error}", file=file, row=lines.start
        ) from None
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    return Cells(header, columns, starts)


def _header(lines: "_Lines", dialect: Dialect, file: str, names: Sequence[str]) -> tuple[str, ...]:
    if not dialect.header or dialect.header_rows == (0,):
        if not names:
            raise InvalidData("it has no header, and its schema names no fields", file=file)
        return tuple(names)
    if len(dialect.header_rows) > 1:
        raise InvalidData("a header of several rows is not read", file=file)
    wanted = dialect.header_rows[0] if dialect.header_rows else 0
    for row in lines:
        if lines.start >= wanted:
            return tuple(row)
    raise InvalidData("it has no header: it is empty", file=file)


def _check_header(header: Sequence[str], file: str, row: int) -> None:
    seen: set[str] = set()
    for position, name in enumerate(header, start=1):
        if not name.strip():
            raise InvalidData(f"column {position} has no name", file=file, row=row)
        if name in seen:
            raise InvalidData(f"two columns are called {shown(name)}", file=file, row=row)
        seen.add(name)


def _plain_columns(
    lines: "_Lines", dialect: Dialect, width: int
) -> tuple[list[Sequence[str]], Sequence[int]] | None:
    """All further cells at once, where nothing but delimiters cuts; `None` where something does.

    This is several times faster than row by row.
    """
    rest, first = lines.rest()
    special = (dialect.quote, dialect.escape, dialect.comment, "\r", "\0")
    if width < 2 or dialect.skip_initial_space or dialect.comment_rows:
        return None
    if any(one is not None and one in rest for one in special):
        return None
    body, mark = rest.rstrip("\n"), dialect.delimiter
    if not body:
        return [[] for _ in range(width)], range(first, first)
    ends = body.count("\n")
    cells = body.replace("\n", f"{mark}\n{mark}").split(mark)  # a cell of its own ends a line
    step = width + 1
    if len(cells) != step * (ends + 1) - 1 or cells[width::step].count("\n") != ends:
        return None
    return [cells[column::step] for column in range(width)], range(first, first + ends + 1)


class _Lines:
    """The rows of a text, one after another, blank lines and comments left out.

    Attributes:
        start: the line that the newest row begins in, from 1 on.
    """

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.start = 0
        self._text = text if "\r" not in text or dialect.quote in text else _unix(text)
        self._dialect = dialect
        self._source = StringIO(self._text, newline="")
        self._number = 0
        self._between = True
        self._reader = csv.reader(
            self._feed(),
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            doublequote=dialect.double_quote,
            escapechar=dialect.escape,
            skipinitialspace=dialect.skip_initial_space,
            strict=True,
        )

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        self._between = True
        return next(self._reader)

    def _feed(self) -> Iterator[str]:
        """The lines of the text; between two rows, blank ones and comments are passed over."""
        for line in self._source:
            self._number += 1
            if self._between:
                blank = not line.strip("\r\n")
                comment = self._dialect.comment is not None and line[0] == self._dialect.comment
                if blank or comment or self._number in self._dialect.comment_rows:
                    continue
                self.start, self._between = self._number, False
            yield line

    def rest(self) -> tuple[str, int]:
        """What has not been read yet, and the line that it begins in."""
        return self._text[self._source.tell() :], self._number + 1


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
