"""Documents as aligned tables of text, for a terminal."""

from collections.abc import Callable, Iterable, Sequence

from bajio.report import escapes, fitting
from bajio.report.reports import Document
from bajio.report.sheets import Sheet, worded

#: How a line is shown, by its role: `title`, `header`, `rule`, `cell`, `own` (the row of the region
#: itself), `note` or `lead`.
Paint = Callable[[str, str], str]
#: What stands before the region's own name among others.
_OWN = "→ "


def _plain(_role: str, line: str) -> str:
    return line


def render(document: Document, width: int | None = None) -> str:
    """A document as text, for a terminal of a width, or of any."""
    if "table" in document.written:
        return document.written["table"](width, document.words.language)
    sheets = (worded(report, document.words) for report in document.reports)
    return "\n\n".join(table(sheet, width) for sheet in sheets)


def styled(document: Document, width: int | None = None) -> str:
    """The same for a terminal that knows colours, with a mark for what would steer it."""
    from bajio.report.terminal_styles import painted, painted_prose

    if "table" in document.written:
        lines = escapes.terminal(render(document, width)).split("\n")
        return "\n".join(painted_prose(lines))
    sheets = (worded(report, document.words) for report in document.reports)
    return "\n\n".join(table(sheet, width, painted) for sheet in sheets)


def table(sheet: Sheet, width: int | None = None, paint: Paint = _plain) -> str:
    """A sheet with aligned columns, for a terminal.

    Args:
        sheet: what is shown.
        width: of the terminal that it is to fit: columns that can be spared are left out, and
            long cells are wrapped. As wide as it takes, if not given.
        paint: how each line is shown.

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
        header, *rows = ([cells] for cells in (sheet.header, *sheet.rows))
    else:
        sheet = fitting.without_spare(sheet, width)
        widths = fitting.fitted_widths(sheet, width)
        header, *rows = (fitting.wrapped_cells(row, widths) for row in (sheet.header, *sheet.rows))
        title, notes = (
            fitting.wrapped_lines(title, width),
            fitting.wrapped_lines(sheet.notes, width),
        )
    blocks = [_shown("lead", _above(sheet, width), paint), _shown("title", title, paint)]
    if sheet.header:
        rule = fitting.GAP.join("─" * width for width in widths)
        heads, *lines = (
            [_line(cells, widths, sheet.right) for cells in one] for one in (header, *rows)
        )
        blocks.append([*_shown("header", heads, paint), paint("rule", rule)])
        for row, shown in zip(sheet.rows, lines, strict=True):
            own = any(cell.startswith(_OWN) for cell in row)
            blocks[-1] += _shown("own" if own else "cell", shown, paint)
    blocks.append(_shown("note", notes, paint))
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def _shown(role: str, lines: Iterable[str], paint: Paint) -> list[str]:
    return [paint(role, line) for line in lines]


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
