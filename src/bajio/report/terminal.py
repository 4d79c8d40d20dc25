"""Documents as aligned tables of text, for a terminal."""

from collections.abc import Callable, Sequence

from bajio.report import column_widths, escapes
from bajio.report.reports import Document
from bajio.report.sheets import Sheet, worded

#: How a line is shown, by its role: `title`, `header`, `rule`, `cell`, `own` (the row of the region
#: itself), `note` or `lead`.
Paint = Callable[[str, str], str]
#: What stands before the region's own name among others.
_OWN = "→ "


def render(document: Document, width: int | None = None) -> str:
    """A document as text, for a terminal of a width, or of any."""
    sheets = (worded(report, document.words, escapes.line) for report in document.reports)
    return "\n\n".join(table(sheet, width) for sheet in sheets)


def styled(document: Document, width: int | None = None) -> str:
    """The same for a terminal that knows colours, with a mark for what would steer it."""
    from bajio.report.terminal_styles import painted, painted_prose

    if "table" in document.written:
        text = document.written["table"](width, document.words.language)
        return "\n".join(painted_prose(escapes.terminal(text).split("\n")))
    sheets = (worded(report, document.words, escapes.line) for report in document.reports)
    return "\n\n".join(table(sheet, width, painted) for sheet in sheets)


def table(sheet: Sheet, width: int | None = None, paint: Paint | None = None) -> str:
    """A sheet with aligned columns, for a terminal.

    Args:
        sheet: what is shown.
        width: of the terminal that it is to fit: columns that can be spared are left out, and
            long cells are wrapped. As wide as it takes, if not given.
        paint: how each line is shown; as it is, if not given.

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
    if width is None:
        widths = column_widths.natural_widths(sheet)
        header, *rows = ([cells] for cells in (sheet.header, *sheet.rows))
    else:
        sheet = column_widths.fitted(sheet, width)
        widths = column_widths.fitted_widths(sheet, width)
        header, *rows = (
            column_widths.wrapped_cells(row, widths) for row in (sheet.header, *sheet.rows)
        )
    above = [sheet.section.upper(), ""] if sheet.section else []
    above += [*sheet.lead, *([f"  {sheet.code}"] if sheet.code else [])]
    blocks = [[("lead", line) for line in above]]
    blocks.append([("title", line) for line in sheet.title.splitlines()])
    if sheet.header:
        blocks.append([("header", _line(cells, widths, sheet.right)) for cells in header])
        blocks[-1].append(("rule", column_widths.GAP.join("─" * width for width in widths)))
        for row, lines in zip(sheet.rows, rows, strict=True):
            role = "own" if any(cell.startswith(_OWN) for cell in row) else "cell"
            blocks[-1] += [(role, _line(cells, widths, sheet.right)) for cells in lines]
    blocks.append([("note", line) for line in sheet.notes])
    return "\n\n".join(
        "\n".join(paint(role, line) if paint else line for role, line in block)
        for block in blocks
        if block
    )


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = []
    for position, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - column_widths.display_width(cell))
        padded.append(space + cell if position in right else cell + space)
    return column_widths.GAP.join(padded).rstrip()
