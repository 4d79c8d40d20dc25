"""Documents as Markdown."""

from collections.abc import Iterator

from attrs import evolve

from bajio.report import escapes
from bajio.report.embedded_charts import alt_text
from bajio.report.reports import Document
from bajio.report.sheets import Sheet, worded


def render(document: Document, _width: int | None = None) -> str:
    """A document as Markdown."""
    return "\n\n".join(_written(document))


def _written(document: Document) -> Iterator[str]:
    """Tables below one another; in a document of sections each below its heading."""
    for position, report in enumerate(document.reports):
        sheet = worded(report, document.words, escapes.markdown)
        if document.has_sections and not position:
            yield f"# {sheet.title}"
            sheet = evolve(sheet, title="")
        if sheet.section:
            yield f"## {sheet.section}"
        yield from sheet.lead
        if sheet.code:
            yield escapes.fenced(sheet.code, "bash")
        for draw in report.charts:
            yield f"> {escapes.markdown(alt_text(draw, document.words.language))}"
        if text := markdown(sheet):
            yield text


def markdown(sheet: Sheet) -> str:
    """A sheet, whose texts are written as Markdown has them, as a table.

    Examples:
        >>> print(markdown(Sheet("", ("Name", "Km"), (("Colima", "8"),), (1,))))
        | Name | Km |
        | --- | ---: |
        | Colima | 8 |
    """
    rule = ["---:" if position in sheet.right else "---" for position in range(len(sheet.header))]
    rows = [sheet.header, rule, *sheet.rows] if sheet.header else []
    titles = sheet.title.splitlines()
    parts = (
        [f"**{line}**  " for line in titles] if rows else [f"# {line}" for line in titles],
        [f"| {' | '.join(row)} |" for row in rows],
        [f"- {note}" for note in sheet.notes],
    )
    return "\n\n".join("\n".join(lines) for lines in parts if lines)
