"""Sheets and data as text: aligned tables, Markdown, CSV, JSON."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from bajio.report import escapes, fitting
from bajio.report.sheets import Sheet

#: Columns of listings that a narrow terminal can do without.
_SPARE = ("kind", "origin", "version", "ms")


def table(sheet: Sheet, width: int | None = None) -> str:
    """A sheet with aligned columns, for a terminal.

    Args:
        sheet: what is shown.
        width: of the terminal that it is to fit: columns that can be spared are left out, and
            long cells are wrapped. As wide as it takes, if not given.

    Examples:
        >>> two = Sheet("Two", ("Name", "Km"), (("San Luis Potosí", "8"), ("Colima", "12")), (1,))
        >>> print(table(two))
        Two
        <BLANKLINE>
        Name             Km
        ───────────────  ──
        San Luis Potosí   8
        Colima           12
        >>> print(table(two, 13))
        Two
        <BLANKLINE>
        Name       Km
        ─────────  ──
        San Luis    8
          Potosí
        Colima     12
    """
    sheet = sheet.with_texts(escapes.line)
    title, notes = sheet.title.splitlines(), list(sheet.notes)
    if width is None:
        widths = fitting.natural_widths(sheet)
        header, rows = [sheet.header], list(sheet.rows)
    else:
        sheet = fitting.without_spare(sheet, width)
        widths = fitting.fitted_widths(sheet, width)
        header, *parts = (fitting.wrapped_cells(row, widths) for row in (sheet.header, *sheet.rows))
        rows = [line for part in parts for line in part]
        title, notes = (
            fitting.wrapped_lines(title, width),
            fitting.wrapped_lines(sheet.notes, width),
        )
    lines = [*title, ""] if title else []
    lines += [_line(line, widths, sheet.right) for line in header]
    lines.append(fitting.GAP.join("─" * width for width in widths))
    lines += [_line(line, widths, sheet.right) for line in rows]
    return "\n".join([*lines, "", *notes] if notes else lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = []
    for position, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - fitting.display_width(cell))
        padded.append(space + cell if position in right else cell + space)
    return fitting.GAP.join(padded).rstrip()


def markdown(sheet: Sheet) -> str:
    r"""A sheet as Markdown.

    Examples:
        >>> print(markdown(Sheet("", ("Name", "Km"), (("a|b", "8"),), (1,))))
        | Name | Km |
        | --- | ---: |
        | a\|b | 8 |
    """
    sheet = sheet.with_texts(escapes.markdown)
    rule = ["---:" if position in sheet.right else "---" for position in range(len(sheet.header))]
    lines = [f"**{line}**  " for line in sheet.title.splitlines()] + [""] if sheet.title else []
    lines += [f"| {' | '.join(row)} |" for row in (sheet.header, rule, *sheet.rows)]
    if sheet.notes:
        lines += ["", *(f"- {note}" for note in sheet.notes)]
    return "\n".join(lines)


def sheets_text(sheets: Iterable[Sheet], output_format: str, width: int | None = None) -> str:
    """Several sheets, one below the other, as `table` of a width or as `markdown`."""
    if output_format == "markdown":
        return "\n\n".join(map(markdown, sheets))
    return "\n\n".join(table(sheet, width) for sheet in sheets)


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
        writer.writerow({name: escapes.csv_cell(value) for name, value in row.items()})
    return text.getvalue().rstrip("\n")


def json_text(data: Any) -> str:
    """Data as JSON, refusing what is no finite number."""
    return escapes.json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def listing(rows: Sequence[Mapping[str, Any]], output_format: str, width: int | None = None) -> str:
    """Entries, one a row, in one of the formats; a table may have to fit a width."""
    if output_format == "json":
        return json_text([dict(row) for row in rows])
    if output_format == "csv":
        return csv_text([{name: _cell(value) for name, value in row.items()} for row in rows])
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    cells = tuple(tuple(_cell(row.get(name)) for name in header) for row in rows)
    names = tuple(name.capitalize() for name in header)
    spare = tuple(at for at, name in enumerate(header) if name in _SPARE)
    sheet = Sheet("", names, cells, spare=spare)
    return markdown(sheet) if output_format == "markdown" else table(sheet, width)


def entry(thing: Mapping[str, Any], output_format: str, width: int | None = None) -> str:
    """One entry in full, in one of the formats; text may have to fit a width."""
    if output_format == "json":
        return json_text(dict(thing))
    rows = tuple((name.replace("_", " "), _cell(value)) for name, value in thing.items() if value)
    if output_format == "csv":
        return csv_text([{"key": name, "value": value} for name, value in rows])
    if output_format == "markdown":
        return markdown(Sheet("", ("Key", "Value"), rows))
    rows = tuple((name, escapes.line(value)) for name, value in rows)
    names = max(len(name) for name, _ in rows)
    lines = [f"{name:<{names}}  {value}" for name, value in rows]
    if width is None:
        return "\n".join(lines)
    return "\n".join(fitting.wrapped_lines(lines, width, " " * (names + 2)))


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_cell(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_item, value))
    return "" if value is None else str(value)


def _item(value: Any) -> str:
    """An item of a list: a mapping by its first value, with the others in brackets.

    Examples:
        >>> _item({"area": "GBR", "joined": None, "left": 2020})
        'GBR (left 2020)'
    """
    if not isinstance(value, Mapping):
        return _cell(value)
    (_, first), *others = value.items()
    details = ", ".join(f"{name} {other}" for name, other in others if other is not None)
    return f"{first} ({details})" if details else str(first)
