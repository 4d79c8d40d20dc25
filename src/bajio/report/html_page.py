"""Documents as HTML: one page that loads nothing, or a part of one, readable in light and dark."""

from collections.abc import Iterator

from attrs import evolve

from bajio.report.embedded_charts import Drawn, chart_shown, pictures_are_drawn
from bajio.report.escapes import html
from bajio.report.html_sentence import marked
from bajio.report.html_table import table_of
from bajio.report.page_style import PAGE, SECTIONS, STYLE, policy_of
from bajio.report.records import said
from bajio.report.reports import Document, Report
from bajio.report.sheets import Sheet, worded
from bajio.words.phrasebook import say

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{content}
</body>
</html>"""


def render(document: Document, _width: int | None = None) -> str:
    """A document as a page by itself."""
    language = document.words.language
    titles = (said(report.title, language) for report in document.reports)
    title = next(filter(None, titles), document.schema.title)
    first = title.splitlines()[0] if title.splitlines() else document.schema.title
    heading = f"<h1>{html(first)}</h1>\n"
    if document.has_sections:
        style = PAGE + STYLE + SECTIONS
        content = _sections(document, heading)
    else:
        style = PAGE + STYLE
        parts = "\n".join(_parts(document, first))
        content = f'<main class="bajio">\n{heading}{parts}\n</main>'
    return page_of(first, style, content, language)


def page_of(title: str, style: str, content: str, language: str) -> str:
    """A page that is styled by that style alone, loads nothing and runs nothing.

    Args:
        title: what it is called, as text.
        style: what it looks like.
        content: what it holds, as HTML.
        language: that it is in.
    """
    return _PAGE.format(
        language=language,
        policy=policy_of(style),
        title=html(title),
        style=style,
        content=content,
    )


def fragment(document: Document) -> str:
    """A document as a part of a page, as notebooks show it."""
    content = "\n".join(_parts(document))
    return (
        f'<div class="bajio" lang="{document.words.language}"><style>{STYLE}</style>\n'
        f"{content}\n</div>"
    )


def _parts(document: Document, heading: str = "") -> Iterator[str]:
    """The tables of a document; a heading that stands above them is not said again."""
    if not document.reports and "table" in document.written:
        yield f"<pre>{html(document.written['table'](None, document.words.language))}</pre>"
        return
    if "markdown" in document.written and not document.reports:
        return
    for number, report in enumerate(document.reports, 1):
        sheet = worded(report, document.words, exactly=True)
        first, _, rest = sheet.title.partition("\n")
        if first == heading:
            sheet = evolve(sheet, title=rest)
        elif heading and len(document.reports) > 1 and first:
            yield f"<h2>{html(first)}</h2>"
            sheet = evolve(sheet, title=rest)
        yield from _table(sheet, f"t{number}")


def _table(sheet: Sheet, name: str) -> Iterator[str]:
    """A table with its notes; its title alone, where it is no table."""
    if sheet.header:
        yield table_of(sheet, name)
    elif sheet.title:
        yield f"<p>{html(sheet.title)}</p>"
    if sheet.notes:
        notes = "".join(f"<li>{html(note)}</li>" for note in sheet.notes)
        yield f"<ul>{notes}</ul>"


def _sections(document: Document, heading: str) -> str:
    """A document of sections: its heading and the way to each, then one below the other."""
    language = document.words.language
    names = [
        said(section_report.section, language)
        for section_report in document.reports
        if section_report.section
    ]
    links = "".join(
        f'<li><a href="#s{section}">{html(text)}</a></li>' for section, text in enumerate(names, 1)
    )
    skip, contents = (html(say(f"page.{word}", language)) for word in ("skip", "contents"))
    lines = [
        f'<a class="skip" href="#main">{skip}</a>',
        f'<div class="bajio">\n<header>{heading}</header>',
        f'<nav aria-label="{contents}"><ul>{links}</ul></nav>\n<main id="main" tabindex="-1">',
    ]
    if (
        any(section_report.charts for section_report in document.reports)
        and not pictures_are_drawn()
    ):
        lines.append(f"<p>{html(say('page.no-pictures', language))}</p>")
    section = 0
    for number, report in enumerate(document.reports):
        if report.section:
            lines += ["</section>"] * bool(section)
            section += 1
            lines.append(f'<section aria-labelledby="s{section}">')
            lines.append(f'<h2 id="s{section}">{html(said(report.section, language))}</h2>')
        lines += _report(report, document, f"r{number}")
    return "\n".join([*lines, "</section>", "</main>\n</div>"])


def _report(report: Report, document: Document, name: str) -> Iterator[str]:
    language = document.words.language
    for sentence in report.lead:
        yield f"<p>{marked(sentence, language)}</p>"
    if report.code:
        yield f"<pre><code>{html(report.code)}</code></pre>"
    for place, draw in enumerate(report.charts):
        yield _figure(draw, language, f"{name}-{place}")
    sheet = worded(report, document.words, exactly=True)
    yield from _table(sheet if sheet.header else evolve(sheet, title=""), name)


def _figure(draw: Drawn, language: str, name: str) -> str:
    """A chart, which those hear in words who do not see it; the words alone, where none is drawn.

    It is as wide as can be read, and moves sideways where the page is not.
    """
    shown = chart_shown(draw, language, name)
    words = html(shown.words)
    if not shown.svg:
        return f"<figure><p>{words}</p></figure>"
    picture = shown.svg.replace("<svg ", f'<svg role="img" aria-label="{words}" ', 1)
    label = html(say("page.chart", language))
    return (
        f'<figure><div class="scroll" tabindex="0" role="group" aria-label="{label}">'
        f"{picture}</div></figure>"
    )
