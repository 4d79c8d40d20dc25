"""Sheets and data as text: aligned tables, Markdown, CSV, JSON."""

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any
from unicodedata import east_asian_width

from bajio.report.sheets import Sheet

#: Characters that a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(sheet: Sheet) -> str:
    """A sheet with aligned columns, for a terminal.

    Examples:
        >>> print(table(Sheet("Two", ("Name", "Km"), (("Jalisco", "8"), ("Colima", "12")), (1,))))
        Two
        <BLANKLINE>
        Name     Km
        ───────  ──
        Jalisco   8
        Colima   12
    """
    columns = list(zip(sheet.header, *sheet.rows, strict=True))
    widths = [max(map(_width, column), default=0) for column in columns]
    lines = [sheet.title, ""] if sheet.title else []
    lines.append(_line(sheet.header, widths, sheet.right))
    lines.append("  ".join("─" * width for width in widths))
    lines += [_line(row, widths, sheet.right) for row in sheet.rows]
    if sheet.notes:
        lines += ["", *sheet.notes]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = []
    for position, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - _width(cell))
        padded.append(space + cell if position in right else cell + space)
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def markdown(sheet: Sheet) -> str:
    r"""A sheet as Markdown.

    Examples:
        >>> print(markdown(Sheet("", ("Name", "Km"), (("a|b", "8"),), (1,))))
        | Name | Km |
        | --- | ---: |
        | a\|b | 8 |
    """
    rule = ["---:" if position in sheet.right else "---" for position in range(len(sheet.header))]
    lines = [f"**{line}**  " for line in sheet.title.splitlines()] + [""] if sheet.title else []
    lines += [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        for row in (sheet.header, rule, *sheet.rows)
    ]
    if sheet.notes:
        lines += ["", *(f"- {note}" for note in sheet.notes)]
    return "\n".join(lines)


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, with no cell of text that a spreadsheet would run as a formula.

    Examples:
        >>> print(csv_text([{"name": "=1+1", "value": -2}]))
        name,value
        '=1+1,-2
    """
    header = list(dict.fromkeys(name for row in rows for name in row))
    text = StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _safe(value) for name, value in row.items()})
    return text.getvalue().rstrip("\n")


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def json_text(data: Any) -> str:
    """Data as JSON, refusing what is no finite number."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def listing(rows: Sequence[Mapping[str, Any]], output_format: str) -> str:
    """Entries, one a row, in one of the formats."""
    if output_format == "json":
        return json_text([dict(row) for row in rows])
    if output_format == "csv":
        return csv_text([{name: _cell(value) for name, value in row.items()} for row in rows])
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    cells = tuple(tuple(_cell(row.get(name)) for name in header) for row in rows)
    sheet = Sheet("", tuple(name.capitalize() for name in header), cells)
    return markdown(sheet) if output_format == "markdown" else table(sheet)


def entry(thing: Mapping[str, Any], output_format: str) -> str:
    """One entry in full, in one of the formats."""
    if output_format == "json":
        return json_text(dict(thing))
    rows = tuple((name.replace("_", " "), _cell(value)) for name, value in thing.items() if value)
    if output_format == "csv":
        return csv_text([{"key": name, "value": value} for name, value in rows])
    if output_format == "markdown":
        return markdown(Sheet("", ("Key", "Value"), rows))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_cell(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return "" if value is None else str(value)
