"""Documents as aligned tables of text, for a terminal."""

from collections.abc import Sequence

from bajio.report import escapes, fitting
from bajio.report.reports import Document
from bajio.report.sheets import Sheet, worded


def render(document: Document, width: int | None = None) -> str:
    """A document as text, for a terminal of a width, or of any."""
    if "table" in document.written:
        return document.written["table"](width, document.words.language)
    sheets = (worded(report, document.words) for report in document.reports)
    return "\n\n".join(table(sheet, width) for sheet in sheets)


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
    blocks = [_above(sheet, width), title]
    if sheet.header:
        rule = fitting.GAP.join("─" * width for width in widths)
        blocks.append([_line(line, widths, sheet.right) for line in header])
        blocks[-1] += [rule, *(_line(line, widths, sheet.right) for line in rows)]
    blocks.append(notes)
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def _above(sheet: Sheet, width: int | None) -> list[str]:
    """The name of a section with what is said at its beginning."""
    lines = [sheet.section.upper(), ""] if sheet.section else []
    lines += sheet.lead if width is None else fitting.wrapped_lines(sheet.lead, width)
    return [*lines, *([f"  {sheet.code}"] if sheet.code else [])]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = []
    for position, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - fitting.display_width(cell))
        padded.append(space + cell if position in right else cell + space)
    return fitting.GAP.join(padded).rstrip()
