"""Documents as HTML: one page that loads nothing, or a part of one, readable in light and dark."""

from collections.abc import Iterator
from html import escape

from attrs import evolve

from bajio.report import escapes
from bajio.report.records import said
from bajio.report.reports import Document
from bajio.report.sheets import Sheet, worded

#: Nothing is loaded, run or sent: the page says so, and keeps it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
#: Cells of so many letters are not broken.
_SHORT = 32
STYLE = """
.bajio { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; max-width: 75rem;
  color: light-dark(#1b1f24, #e6e9ee); }
.bajio h1, .bajio h2 { font-size: 1.25rem; line-height: 1.3; margin: 1.2em 0 .4em; }
.bajio .scroll { overflow-x: auto; }
.bajio table { border-collapse: collapse; margin: .4em 0 .8em; background: none; }
.bajio caption { text-align: left; font-weight: 600; padding: .2em 0 .5em; white-space: pre-line; }
.bajio th, .bajio td { padding: .35em .8em .35em 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid light-dark(#d5dae1, #3a424d); font-variant-numeric: tabular-nums; }
.bajio thead th { border-bottom: 2px solid light-dark(#8a94a3, #7d8896); font-weight: 600; }
.bajio tbody th { font-weight: 500; }
.bajio .right { text-align: right; }
.bajio .right, .bajio .short { white-space: nowrap; }
.bajio td:not(.right):not(.short) { min-width: 16rem; }
.bajio ul { margin: .2em 0 1em; padding-left: 1.2em; font-size: .9em;
  color: light-dark(#4a5361, #aab3c0); }
@media print { .bajio { color: #000; font-size: 10pt; max-width: none; }
  .bajio .scroll { overflow: visible; } .bajio tr { break-inside: avoid; } }
"""
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0; padding: 1rem; color-scheme: light dark;
  background: light-dark(#fff, #14181d); }}
{style}</style>
</head>
<body>
<main class="bajio">
{content}
</main>
</body>
</html>"""


def render(document: Document, _width: int | None = None) -> str:
    """A document as a page by itself."""
    language = document.words.language
    titles = (said(one.title, language) for one in document.reports)
    title = next(filter(None, titles), document.schema.title)
    first = title.splitlines()[0] if title.splitlines() else document.schema.title
    return _PAGE.format(
        language=language,
        policy=POLICY,
        title=text(first),
        style=STYLE,
        content=f"<h1>{text(first)}</h1>\n" + "\n".join(_parts(document, first)),
    )


def fragment(document: Document) -> str:
    """A document as a part of a page, as notebooks show it."""
    content = "\n".join(_parts(document))
    return (
        f'<div class="bajio" lang="{document.words.language}"><style>{STYLE}</style>\n'
        f"{content}\n</div>"
    )


def text(given: str) -> str:
    """A text that HTML shows as it is, whatever it says.

    Examples:
        >>> text("<script>alert(1)</script>")
        '&lt;script&gt;alert(1)&lt;/script&gt;'
    """
    return escape(escapes.terminal(given))


def _parts(document: Document, heading: str = "") -> Iterator[str]:
    """The tables of a document; a heading that stands above them is not said again."""
    if not document.reports and "table" in document.written:
        yield f"<pre>{text(document.written['table'](None, document.words.language))}</pre>"
        return
    if "markdown" in document.written and not document.reports:
        return
    for report in document.reports:
        sheet = worded(report, document.words)
        first, _, rest = sheet.title.partition("\n")
        if first == heading:
            sheet = evolve(sheet, title=rest)
        elif heading and len(document.reports) > 1 and first:
            yield f"<h2>{text(first)}</h2>"
            sheet = evolve(sheet, title=rest)
        yield _table(sheet)


def _table(sheet: Sheet) -> str:
    lines = []
    if sheet.header:
        lines.append('<div class="scroll" tabindex="0"><table>')
        if sheet.title:
            lines.append(f"<caption>{text(sheet.title)}</caption>")
        heads = (
            f'<th scope="col"{_side(sheet, at, name)}>{text(name)}</th>'
            for at, name in enumerate(sheet.header)
        )
        lines += [f"<thead><tr>{''.join(heads)}</tr></thead>", "<tbody>"]
        lines += [_row(sheet, row) for row in sheet.rows]
        lines += ["</tbody>", "</table></div>"]
    elif sheet.title:
        lines.append(f"<p>{text(sheet.title)}</p>")
    if sheet.notes:
        notes = "".join(f"<li>{text(note)}</li>" for note in sheet.notes)
        lines.append(f"<ul>{notes}</ul>")
    return "\n".join(lines)


def _row(sheet: Sheet, row: tuple[str, ...]) -> str:
    first, *others = row
    cells = [f'<th scope="row"{_side(sheet, 0, first)}>{text(first)}</th>']
    cells += [f"<td{_side(sheet, at, cell)}>{text(cell)}</td>" for at, cell in enumerate(others, 1)]
    return f"<tr>{''.join(cells)}</tr>"


def _side(sheet: Sheet, position: int, cell: str) -> str:
    if position in sheet.right:
        return ' class="right"'
    return ' class="short"' if len(cell) <= _SHORT else ""
