"""Documents as Markdown."""

from bajio.report import escapes
from bajio.report.reports import Document
from bajio.report.sheets import Sheet, worded


def render(document: Document, _width: int | None = None) -> str:
    """A document as Markdown."""
    if "markdown" in document.written:
        return document.written["markdown"](None, document.words.language)
    return "\n\n".join(markdown(worded(one, document.words)) for one in document.reports)


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
