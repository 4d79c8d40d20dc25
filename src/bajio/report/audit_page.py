"""Audits as one page of HTML: all claims in a table, then each of them with its figures."""

from collections.abc import Iterator

from bajio.questions.audit.findings import Audit
from bajio.report.escapes import html
from bajio.report.finding_entries import (
    FindingEntry,
    Repeat,
    entries_of,
    meanings_of,
    sources_of,
    summary_of,
    table_heads,
    table_row,
    verdict_marked,
)
from bajio.report.html_page import page_of
from bajio.report.html_sentence import marked
from bajio.report.html_table import SHORT
from bajio.report.page_style import FINDINGS, PAGE, SECTIONS, STYLE
from bajio.words.phrasebook import say
from bajio.words.sentences import Piece, Quoted, text_of


def audit_page(audit: Audit, language: str = "en", repeat: Repeat | None = None) -> str:
    """An audit as a page by itself: it loads nothing and runs nothing."""
    title = audit.claims.title.text(language)
    sections = list(_sections(audit, language, entries_of(audit, repeat)))
    links = "".join(f'<li><a href="#{name}">{html(head)}</a></li>' for name, head, _ in sections)
    skip, contents = (html(say(f"page.{word}", language)) for word in ("skip", "contents"))
    lines = [
        f'<a class="skip" href="#main">{skip}</a>',
        f'<div class="bajio">\n<header><h1>{html(title)}</h1>',
        f"<p>{marked(summary_of(audit), language)}.</p></header>",
        f'<nav aria-label="{contents}"><ul>{links}</ul></nav>\n<main id="main" tabindex="-1">',
    ]
    for name, heading, content in sections:
        lines += [
            f'<section aria-labelledby="{name}">',
            f'<h2 id="{name}" tabindex="-1">{html(heading)}</h2>',
            *content,
            "</section>",
        ]
    style = PAGE + STYLE + SECTIONS + FINDINGS
    return page_of(title, style, "\n".join([*lines, "</main>\n</div>"]), language)


def _sections(
    audit: Audit, language: str, entries: list[FindingEntry]
) -> Iterator[tuple[str, str, list[str]]]:
    """The parts of the page: the name of each, its heading, and its lines."""
    overview = [*_table(entries, language), f"<p>{html(meanings_of(audit, language))}</p>"]
    yield "all", say("audit.all", language), overview
    conflicts = [f"<li>{marked(conflict.reason, language)}</li>" for conflict in audit.conflicts]
    if not audit.searched:
        conflicts.append(f"<li>{html(say('audit.not-searched', language))}</li>")
    if conflicts:
        yield "together", say("audit.conflicts", language), ["<ul>", *conflicts, "</ul>"]
    findings = [line for entry in entries for line in _article(entry, language)]
    yield "each", say("audit.each", language), findings
    sources = [say("source.one", language, source=source) for source in sources_of(audit, language)]
    if audit.claims.source is not None:
        printed = audit.claims.source.text(language)
        sources.insert(0, say("audit.claimed", language, source=printed))
    if sources:
        lines = [f"<li>{html(source)}</li>" for source in sources]
        yield "sources", say("source.several", language), ["<ul>", *lines, "</ul>"]


def _table(entries: list[FindingEntry], language: str) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{html(head)}</th>' for head in table_heads(language))
    yield '<div class="scroll" tabindex="0" role="group" aria-labelledby="all"><table>'
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for entry in entries:
        name, verdict = html(entry.id), verdict_marked(entry.finding, language)
        printed, *others = (_cell(fact, language) for fact in table_row(entry))
        text = f'<td class="short"><strong>{html(verdict)}</strong></td>'
        row = "".join((printed, text, *others))
        link = f'<a href="#claim-{name}">{name}</a>'
        yield f'<tr class="{_tone(entry)}"><th scope="row">{link}</th>{row}</tr>'
    yield "</tbody></table></div>"


def _cell(fact: Piece, language: str) -> str:
    kept = ' class="short"' if len(text_of(fact, language)) <= SHORT else ""
    return f"<td{kept}>{marked(fact, language)}</td>"


def _article(entry: FindingEntry, language: str) -> Iterator[str]:
    """A finding under its own anchor."""
    finding, name = entry.finding, f"claim-{html(entry.id)}"
    verdict = html(verdict_marked(finding, language))
    named = f'id="{name}" aria-labelledby="{name}-name"'
    yield f'<article class="{_tone(entry)}" {named} tabindex="-1">'
    yield f'<h3 id="{name}-name">{html(entry.id)}</h3>'
    yield f"<blockquote><p>{marked(Quoted(finding.claim.statement), language)}</p></blockquote>"
    yield f"<p><strong>{verdict}.</strong> {marked(finding.reason, language)}</p>"
    if finding.remarks:
        remarks = (f"<li>{marked(remark.text, language)}</li>" for remark in finding.remarks)
        yield f"<ul>{''.join(remarks)}</ul>"
    facts = {key: marked(fact, language) for key, fact in entry.facts.items()}
    if sources := entry.sources(language):
        facts["sources"] = "<br>".join(map(html, sources))
    facts["again"] = f"<code>{html(entry.command)}</code>"
    rows = (
        f"<dt>{html(say(f'fact.{key}', language))}</dt><dd>{fact}</dd>"
        for key, fact in facts.items()
    )
    yield f"<dl>{''.join(rows)}</dl>"
    yield f'<p><a href="#all">{html(say("audit.back", language))}</a></p>\n</article>'


def _tone(entry: FindingEntry) -> str:
    """The class of a verdict, that its colour goes by."""
    return "draft" if entry.finding.claim.is_draft else entry.finding.verdict.value
