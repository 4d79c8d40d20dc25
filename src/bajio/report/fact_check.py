"""Audits as prose: a fact-check for the terminal and for Markdown."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from textwrap import wrap

from bajio.labels import Label
from bajio.questions.audit.findings import Audit, Finding, Verdict
from bajio.report.escapes import line, markdown
from bajio.words.phrasebook import phrasebook, say
from bajio.words.sentences import Quoted, Said, Sentence

WIDTH = 88
_INDENT = 2
#: The marks that verdicts are seen by.
_MARKS: Mapping[Verdict, str] = {
    Verdict.HOLDS: "✓",
    Verdict.CONTRADICTED: "✗",
    Verdict.UNDECIDED: "?",
    Verdict.CONSISTENT: "≈",
    Verdict.INCONSISTENT: "✗",
    Verdict.NOT_CHECKABLE: "–",
}


@cache
def _together(language: str) -> re.Pattern[str]:
    """The space between a number and what must not be parted from it by the end of a line."""
    names = (name for _, *names in phrasebook(language).magnitudes for name in names)
    words = "|".join(dict.fromkeys(name.split()[0] for name in names))
    return re.compile(rf"(?<=\d) (?=(?:%|(?:{words}|km²|USD)\b))")


def verdict_text(verdict: Verdict, language: str) -> str:
    """A verdict in words.

    Examples:
        >>> verdict_text(Verdict.NOT_CHECKABLE, "en"), verdict_text(Verdict.HOLDS, "es")
        ('not checkable', 'se sostiene')
    """
    return say(f"verdict.{verdict}", language)


def audit_table(audit: Audit, language: str = "en", width: int = WIDTH) -> str:
    """An audit that reads like a fact-check: each claim, its verdict, why, and what else to know.

    Args:
        audit: the findings.
        language: a code, as `en` or `es`.
        width: of the lines, in characters.
    """
    title = line(audit.claims.title.text(language))
    lines = [*wrap(title, width), *wrap(_summary(audit, language), width), ""]
    for finding in audit.confirmed:
        lines += [*_finding_lines(finding, language, width), ""]
    if audit.drafts:
        lines += [*wrap(_drafts(audit, language), width), ""]
    for finding in audit.drafts:
        lines += [*_finding_lines(finding, language, width), ""]
    for conflict in audit.conflicts:
        lines += [*wrap(f"✗ {conflict.reason.text(language)}", width), ""]
    if not audit.searched:
        lines += [*wrap(say("audit.not-searched", language), width), ""]
    lines += _legend(audit, language, width)
    lines += _source_lines(audit, language, width)
    return "\n".join(lines)


def _summary(audit: Audit, language: str) -> str:
    counts = {
        verdict: sum(finding.verdict is verdict for finding in audit.confirmed)
        for verdict in _MARKS
    }
    words = ", ".join(
        say(f"verdicts.{verdict}", language, count=count)
        for verdict, count in counts.items()
        if count
    )
    if audit.drafts and not audit.confirmed:
        return say("audit.only-drafts", language, count=len(audit.drafts))
    summary = say("audit.summary", language, count=len(audit.confirmed), verdicts=words)
    if not audit.drafts:
        return summary
    return f"{summary}; {say('audit.and-drafts', language, count=len(audit.drafts))}"


def _drafts(audit: Audit, language: str) -> str:
    """What stands above drafts."""
    return say("audit.drafts", language, count=len(audit.drafts))


def _finding_lines(finding: Finding, language: str, width: int) -> Iterator[str]:
    mark = _MARKS[finding.verdict]
    word = verdict_text(finding.verdict, language).upper()
    if finding.claim.is_draft:
        mark, word = (
            "…",
            say("audit.tentative", language, verdict=verdict_text(finding.verdict, language)),
        )
    yield f"{mark} {word}  {finding.claim.id}"
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


def _legend(audit: Audit, language: str, width: int) -> list[str]:
    seen = {finding.verdict for finding in audit.findings}
    words = "; ".join(
        f"{verdict_text(verdict, language)}: {say(f'meaning.{verdict}', language)}"
        for verdict in _MARKS
        if verdict in seen
    )
    return wrap(f"{words[:1].upper()}{words[1:]}.", width)


def _sources(audit: Audit, language: str) -> list[str]:
    uses = dict.fromkeys(use for one in audit.findings for use in one.sources)
    return list(dict.fromkeys(use.in_words(language) for use in uses))


def _source_lines(audit: Audit, language: str, width: int) -> list[str]:
    lines = []
    if audit.claims.source is not None:
        source = audit.claims.source.text(language)
        lines += wrap(say("audit.claimed", language, source=source), width)
    for source in _sources(audit, language):
        lines += _wrapped(say("source.one", language, source=source), "", width, language)
    return lines


def audit_markdown(audit: Audit, language: str = "en") -> str:
    """An audit as a document in Markdown."""
    lines = [f"# {_text(audit.claims.title, language)}", "", f"{_summary(audit, language)}.", ""]
    header = [say(f"audit.{column}", language) for column in ("claim", "verdict", "why")]
    lines += [f"| {' | '.join(header)} |", "| --- | --- | --- |"]
    for finding in audit.findings:
        link = f"[{finding.claim.id}](#{finding.claim.id})"
        cells = (link, _marked_finding(finding, language), _text(finding.reason, language))
        lines.append(f"| {' | '.join(cells)} |")
    for finding in audit.findings:
        lines += ["", *_markdown_finding(finding, language)]
    if audit.conflicts:
        lines += ["", f"## {say('audit.conflicts', language)}", ""]
        lines += [f"- {_text(conflict.reason, language)}" for conflict in audit.conflicts]
    if not audit.searched:
        lines += ["", say("audit.not-searched", language)]
    lines += ["", f"## {say('source.several', language)}", ""]
    if audit.claims.source is not None:
        source = _text(audit.claims.source, language)
        lines.append(f"- {say('audit.claimed', language, source=source)}")
    lines += [f"- {markdown(source)}." for source in _sources(audit, language)]
    lines += ["", *(line for line in _legend(audit, language, 10**6))]
    return "\n".join(lines)


def _marked(verdict: Verdict, language: str) -> str:
    return f"{_MARKS[verdict]} {verdict_text(verdict, language)}"


def _marked_finding(finding: Finding, language: str) -> str:
    """The verdict of a finding; of a draft, as a tentative one."""
    if not finding.claim.is_draft:
        return _marked(finding.verdict, language)
    word = verdict_text(finding.verdict, language)
    return f"… {say('audit.tentative', language, verdict=word)}"


def _markdown_finding(finding: Finding, language: str) -> Iterator[str]:
    yield f"## {finding.claim.id}"
    yield ""
    yield f"> {_text(finding.claim.statement, language)}"
    yield ""
    yield f"**{_marked_finding(finding, language)}.** {_text(finding.reason, language)}"
    if finding.remarks:
        yield ""
        yield from (f"- {_text(remark.text, language)}" for remark in finding.remarks)


def _text(label: Label | Sentence, language: str) -> str:
    return markdown(label.text(language))
