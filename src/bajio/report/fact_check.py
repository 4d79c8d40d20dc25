"""Audits as prose: a fact-check for the terminal and for Markdown."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from textwrap import wrap

from bajio.questions.audit.findings import Audit, Finding
from bajio.report.escapes import code_span, line, markdown
from bajio.report.finding_entries import (
    FindingEntry,
    Repeat,
    entries_of,
    meanings_of,
    region_of,
    sources_of,
    summary_of,
    table_heads,
    table_row,
    verdict_marked,
)
from bajio.words.phrasebook import phrasebook, say
from bajio.words.sentences import Piece, Quoted, Said, text_of

WIDTH = 88
_INDENT = 2


@cache
def _together(language: str) -> re.Pattern[str]:
    """The space between a number and what must not be parted from it by the end of a line."""
    names = (name for _, *names in phrasebook(language).magnitudes for name in names)
    words = "|".join(dict.fromkeys(name.split()[0] for name in names))
    return re.compile(rf"(?<=\d) (?=(?:%|(?:{words}|km²|USD)\b))")


def audit_table(audit: Audit, language: str = "en", width: int = WIDTH) -> str:
    """An audit that reads like a fact-check: each claim, its verdict, why, and what else to know.

    Args:
        audit: the findings.
        language: a code, as `en` or `es`.
        width: of the lines, in characters.
    """
    title = line(audit.claims.title.text(language))
    lines = [*wrap(title, width), *wrap(summary_of(audit).text(language), width), ""]
    several = len({finding.claim.subject for finding in audit.findings}) > 1
    for finding in (*audit.confirmed, *audit.drafts):
        if audit.drafts and finding is audit.drafts[0]:
            drafts = say("audit.drafts", language, count=len(audit.drafts))
            lines += [*wrap(drafts, width), ""]
        region = line(text_of(region_of(audit, finding), language)) if several else ""
        lines += [*_finding_lines(finding, language, width, region), ""]
    for conflict in audit.conflicts:
        lines += [*wrap(f"✗ {conflict.reason.text(language)}", width), ""]
    if not audit.searched:
        lines += [*wrap(say("audit.not-searched", language), width), ""]
    lines += wrap(meanings_of(audit, language), width)
    lines += _source_lines(audit, language, width)
    return "\n".join(lines)


def _finding_lines(finding: Finding, language: str, width: int, region: str) -> Iterator[str]:
    """A finding; with its region, where the set is about several."""
    verdict = verdict_marked(finding, language)
    if not finding.claim.is_draft:
        verdict = verdict.upper()
    heading = f"{verdict}  {finding.claim.id}"
    named = f"{heading} ({region})" if region else heading
    if len(named) <= width or not region:
        yield named
    else:
        yield heading
        yield from wrap(region, width, initial_indent="  ", subsequent_indent="  ")
    space = " " * _INDENT
    texts: list[tuple[Said, str]] = [
        (Quoted(finding.claim.statement), space),
        (finding.reason, space),
    ]
    texts += [(remark.text, f"{space}· ") for remark in finding.remarks if remark.weighty]
    for text, opening in texts:
        yield from _wrapped(text.text(language), opening, width, language)


def _wrapped(text: str, opening: str, width: int, language: str) -> list[str]:
    following = " " * len(opening)
    whole = _together(language).sub("\u00a0", text)
    lines = wrap(
        whole,
        width,
        initial_indent=opening,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\u00a0", " ") for line in lines]


def _source_lines(audit: Audit, language: str, width: int) -> list[str]:
    lines = []
    if audit.claims.source is not None:
        source = audit.claims.source.text(language)
        lines += wrap(say("audit.claimed", language, source=source), width)
    for source in sources_of(audit, language):
        lines += _wrapped(say("source.one", language, source=source), "", width, language)
    return lines


def audit_markdown(audit: Audit, language: str = "en", repeat: Repeat | None = None) -> str:
    """An audit as a document in Markdown: a table of its claims, then each of them."""
    entries = entries_of(audit, repeat)
    lines = [
        f"# {_text(audit.claims.title, language)}",
        "",
        f"{summary_of(audit).text(language)}.",
        "",
        *_table(entries, language),
    ]
    for entry in entries:
        lines += ["", *_markdown_finding(entry, language)]
    if audit.conflicts:
        lines += ["", f"## {say('audit.conflicts', language)}", ""]
        lines += [f"- {_text(conflict.reason, language)}" for conflict in audit.conflicts]
    if not audit.searched:
        lines += ["", say("audit.not-searched", language)]
    lines += ["", f"## {say('source.several', language)}", ""]
    if audit.claims.source is not None:
        source = _text(audit.claims.source, language)
        lines.append(f"- {say('audit.claimed', language, source=source)}")
    lines += [f"- {markdown(source)}." for source in sources_of(audit, language)]
    return "\n".join([*lines, "", meanings_of(audit, language)])


def _table(entries: Iterable[FindingEntry], language: str) -> Iterator[str]:
    """A table of all claims, each leading to its place below."""
    header = table_heads(language)
    yield f"| {' | '.join(header)} |"
    yield f"| {' | '.join(['---'] * len(header))} |"
    for entry in entries:
        printed, *others = (_text(fact, language) for fact in table_row(entry))
        verdict = verdict_marked(entry.finding, language)
        cells = (f"[{entry.id}](#{entry.id})", printed, verdict, *others)
        yield f"| {' | '.join(cells)} |"


def _markdown_finding(entry: FindingEntry, language: str) -> Iterator[str]:
    finding = entry.finding
    yield f"## {entry.id}"
    yield ""
    yield f"> {_text(finding.claim.statement, language)}"
    yield ""
    yield f"**{verdict_marked(finding, language)}.** {_text(finding.reason, language)}"
    yield ""
    yield from (f"- {_text(remark.text, language)}" for remark in finding.remarks)
    yield f"- {say('fact.region', language)}: {_text(entry.facts['region'], language)}"
    if sources := entry.sources(language):
        yield f"- {say('fact.sources', language)}: {markdown('; '.join(sources))}"
    yield f"- {say('fact.again', language)}: {code_span(entry.command)}"


def _text(piece: Piece, language: str) -> str:
    return markdown(text_of(piece, language))
