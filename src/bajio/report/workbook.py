"""Documents as workbooks: numbers that compute, units and periods in columns of their own."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from bajio.errors import MissingExtra
from bajio.report import escapes
from bajio.report.column_types import column_types
from bajio.report.records import key_name
from bajio.report.reports import Document
from bajio.report.sheets import worded

_WIDEST = 60
_NARROWEST = 8
_LONGEST_CELL = 32_767
#: Beyond it a number of Excel is no longer exact: it is written as text.
_MOST_EXACT = 2**53
_WHOLE, _YEAR, _SHARE, _TEXT = "#,##0", "0", "0.00##%", "@"
#: How other numbers are shown, from which size on: the cell has all their digits.
_NUMBERS = ((1000, "#,##0.0"), (1, "#,##0.00##"), (0, "0.0000####"))
_FORMATS = (_WHOLE, _YEAR, _SHARE, _TEXT, *(kind for _, kind in _NUMBERS))
_SHARES = {"share_of_host", "coverage_members", "coverage_weight", "coverage_periods", "ratio"}


def render(document: Document, _width: int | None = None) -> bytes:
    """A document as an xlsx file: its rows on one sheet, and what is said of them on another.

    Raises:
        MissingExtra: the extra `excel` is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra("excel", "XlsxWriter", "writing workbooks") from None
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as book:
        _write_rows(document, book)
        _write_notes(document, book)
    return target.getvalue()


def _write_rows(document: Document, book: Any) -> None:
    types, rows = column_types(document), document.rows(document.words)
    names = [name for name in types if any(row.get(name) not in {None, ""} for row in rows)]
    sheet = book.add_worksheet(document.schema.name[:31])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format({"num_format": kind}) for kind in _FORMATS}
    for column, name in enumerate(names):
        title = key_name(name, document.words.language)
        sheet.write_string(0, column, escapes.line(title), head)
        widest = len(title) // 2 + 4
        for row, cells in enumerate(rows, start=1):
            shown = _write(sheet, (row, column), name, cells, formats)
            widest = max(widest, shown)
        sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    if rows and names:
        sheet.autofilter(0, 0, len(rows), len(names) - 1)


def _write(
    sheet: Any, place: tuple[int, int], name: str, cells: Mapping[str, Any], formats: Any
) -> int:
    """Write a cell as what it is; how wide it is shown."""
    value = cells.get(name)
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, int | float) and abs(value) < _MOST_EXACT:
        sheet.write_number(*place, value, formats[_format(name, cells, value)])
        return len(f"{value:,}") if isinstance(value, int) else len(f"{value:,.4f}")
    else:
        text = escapes.terminal(str(value))[:_LONGEST_CELL]
        sheet.write_string(*place, text, formats[_TEXT])
        return max(map(len, text.splitlines()), default=0)
    return 0


def _format(name: str, cells: Mapping[str, Any], value: float) -> str:
    if name in {"year", "latest_year"}:
        return _YEAR
    figures = name in {"value", "low", "high", "host_value"}
    if name in _SHARES or (figures and cells.get("unit") == "1" and not isinstance(value, int)):
        return _SHARE
    if value == int(value):
        return _WHOLE
    return next(kind for least, kind in _NUMBERS if abs(value) >= least)


def _write_notes(document: Document, book: Any) -> None:
    """What is said of the answer, with its sources."""
    sheet = book.add_worksheet(key_name("notes", document.words.language))
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    row = 0
    for report in document.reports:
        words = worded(report, document.words)
        row = _write_lines(sheet, row, words.title.splitlines(), bold)
        row = _write_lines(sheet, row, words.notes, wrapped) + 1


def _write_lines(sheet: Any, row: int, lines: Iterable[str], style: Any) -> int:
    for line in lines:
        sheet.write_string(row, 0, escapes.terminal(line)[:_LONGEST_CELL], style)
        row += 1
    return row
