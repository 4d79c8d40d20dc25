"""Sheets of cells out of the files that people have: CSV and its kin, workbooks, JSON, Parquet."""

import csv
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any, NamedTuple

from attrs import frozen

from bajio.errors import InvalidData, shown
from bajio.files import Path, read_file
from bajio.mappings import FrozenDict
from bajio.readers.grid_cells import Cell, MergedCells, text_of
from bajio.readers.workbooks import is_workbook, workbook_sheets

#: As many columns as a sheet of a workbook can have.
MOST_COLUMNS = 16_384
_DELIMITERS = "\t;|,"
_SAMPLE = 60
_PARQUET = b"PAR1"
#: What pages of the web begin with, which offices give the ending of workbooks.
_PAGES = ("<html", "<!doctype html", "<table")


class Assumption(NamedTuple):
    """Something that had to be assumed to read a sheet: its phrase, and what stands in that."""

    phrase: str
    places: Mapping[str, str] = FrozenDict()


@frozen
class Grid:
    """A sheet: its name, which is empty where a file is a table by itself, and its cells.

    Attributes:
        name: of the sheet.
        rows: cells by row, the first row of the file being the first here; blank cells are `None`;
            none of a sheet that is hidden.
        notes: what had to be assumed to read it.
        merged: cells that are merged into one.
        scaled: a cell that is shown in thousands or millions; empty where none is.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    notes: tuple[Assumption, ...] = ()
    merged: tuple[MergedCells, ...] = ()
    scaled: str = ""

    def cell(self, row: int, column: int) -> Cell:
        """A cell by its position, `None` beyond the end of a row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None


def read_sheets(location: Path) -> list[Grid]:
    r"""The sheets of a file, by what it holds and then by its ending.

    Args:
        location: a CSV, TSV or other delimited text, an xlsx, xls or ods workbook, a JSON list of
            records, or a Parquet file.

    Raises:
        InvalidData: it cannot be read, or is none of these.
        MissingExtra: what reads it is not installed.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "camas.csv")
        ...     _ = path.write_text("Camas por estado\n\nEstado;2018\nJalisco;1,5\n")
        ...     read_sheets(path)[0].rows
        [['Camas por estado'], [], ['Estado', '2018'], ['Jalisco', '1,5']]
    """
    content, file = read_file(location), os.fspath(location)
    if not content.strip():
        raise InvalidData("it is empty", file=file)
    if is_workbook(content):
        result = [
            Grid(sheet.name, sheet.rows, merged=sheet.merged, scaled=sheet.scaled)
            for sheet in workbook_sheets(content, file)
        ]
    elif content.startswith(_PARQUET):
        result = [_parquet(content, file)]
    else:
        result = [_text_sheet(content, file)]
    if not any(sheet.rows for sheet in result):
        raise InvalidData("no sheet of it that is not hidden holds anything", file=file)
    return result


def _text_sheet(content: bytes, file: str) -> Grid:
    text, notes = _decoded(content, file)
    if text.lstrip()[:1] in {"[", "{"}:
        return _records(text, file)
    if text[:_SAMPLE].lstrip().casefold().startswith(_PAGES):
        words = (
            "it is a web page, whatever its ending: open it in a spreadsheet and save it as xlsx"
        )
        raise InvalidData(words, file=file)
    delimiter = delimiter_of(text)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(row) > MOST_COLUMNS:
                raise InvalidData(f"over {MOST_COLUMNS:,} columns", file=file, row=len(rows) + 1)
            rows.append([cell.strip() or None for cell in row])
    except csv.Error as error:
        raise InvalidData(f"{error}", file=file, row=len(rows) + 1) from None
    return Grid("", _unpacked(rows) if delimiter == "\t" else rows, notes)


def _unpacked(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows as Eurostat gives them, with the parts of their first cell in cells of their own.

    The last part, the area, stays where it is; the others go to the end, so that each figure
    stands in its own column still.
    """
    name = text_of(rows[0][0]) if rows and rows[0] else ""
    *others, area = name.partition("\\")[0].split(",")
    if "\\" not in name or not others:
        return rows
    width = max(map(len, rows))
    result: list[list[Cell]] = [[area, *rows[0][1:], *[None] * (width - len(rows[0])), *others]]
    for row in rows[1:]:
        *parts, last = text_of(row[0] if row else None).split(",")
        if len(parts) != len(others):
            return rows
        result.append([last or None, *row[1:], *[None] * (width - len(row)), *parts])
    return result


def _decoded(content: bytes, file: str) -> tuple[str, tuple[Assumption, ...]]:
    """A file's text: UTF-8, UTF-16 with its mark, else as Windows writes Western languages."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"", "utf-8"),
        (b"", "cp1252"),
    ):
        if content.startswith(mark):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" in text:
                break
            notes = (Assumption("windows"),) if encoding == "cp1252" else ()
            return text, notes
    raise InvalidData("it is no text, workbook or Parquet file", file=file)


def delimiter_of(text: str) -> str:
    """What cells are parted by: that which gives most rows the same number of cells, above one."""
    lines = [line for line in text.splitlines()[: 2 * _SAMPLE] if line.strip()][:_SAMPLE]

    def agreement(delimiter: str) -> int:
        try:
            sizes = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0
        return max((times for size, times in sizes.items() if size > 1), default=0)

    return max(_DELIMITERS, key=agreement)


def _records(text: str, file: str) -> Grid:
    """A JSON list of records as a sheet whose first row has the names."""
    try:
        document = json.loads(text, parse_float=Decimal, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError) as error:
        words = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise InvalidData(f"no JSON can be read: {words[:200]}", file=file) from None
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list)]
        document = lists[0] if len(lists) == 1 else document
    if not (
        isinstance(document, list)
        and document
        and all(isinstance(record, dict) for record in document)
    ):
        words = 'as [{"state": "Jalisco", "2018": 1512}, ...]'
        raise InvalidData(f"it is no list of records, {words}", file=file)
    names = list(dict.fromkeys(name for record in document for name in record))
    if len(names) > MOST_COLUMNS:
        raise InvalidData(f"over {MOST_COLUMNS:,} columns", file=file)
    rows: list[list[Cell]] = [list(names)]
    for number, record in enumerate(document, start=1):
        for name, value in record.items():
            if isinstance(value, dict | list):
                words = f"record {number}, {shown(name)}: {shown(value)} is no single value"
                raise InvalidData(words, file=file)
        rows.append([_blank(record.get(name)) for name in names])
    return Grid("", rows)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        twice = next(
            name for name, times in Counter(name for name, _ in pairs).items() if times > 1
        )
        raise ValueError(f"{shown(twice)} is given twice in one record")
    return dict(pairs)


def _blank(cell: Any) -> Any:
    return cell.strip() or None if isinstance(cell, str) else cell


def _parquet(content: bytes, file: str) -> Grid:
    from bajio.engines.frame.whole_frames import parquet_columns

    return of_columns(*parquet_columns(content, file))


def of_columns(names: Sequence[str], columns: Iterable[Sequence[Any]]) -> Grid:
    """Columns with their names as a sheet whose first row has the names."""
    rows: Iterator[Sequence[Any]] = zip(*columns, strict=True)
    return Grid("", [list(names), *([_blank(cell) for cell in row] for row in rows)])
