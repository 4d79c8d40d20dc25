"""Audits as prose: a fact-check for the terminal and for Markdown."""

import re
from collections.abc import Iterator, Mapping
from textwrap import wrap

from bajio.labels import Label
from bajio.questions.audit.findings import Audit, Finding, Verdict
from bajio.report.escapes import line, markdown
from bajio.words.sentences import Sentence

WIDTH = 88
#: A number and what must not be parted from it by the end of a line.
_TOGETHER = re.compile(r"(?<=\d) (?=(?:%|(?:million|billion|mil|millones|km²|USD)\b))")
_INDENT = 2
#: Verdicts in words, with the mark that they are seen by.
_VERDICTS: Mapping[Verdict, tuple[str, str, str]] = {
    Verdict.HOLDS: ("✓", "holds", "se sostiene"),
    Verdict.CONTRADICTED: ("✗", "contradicted", "desmentido"),
    Verdict.UNDECIDED: ("?", "undecided", "indeciso"),
    Verdict.CONSISTENT: ("≈", "consistent", "congruente"),
    Verdict.INCONSISTENT: ("✗", "inconsistent", "incongruente"),
    Verdict.NOT_CHECKABLE: ("–", "not checkable", "no verificable"),
}
_MEANINGS: Mapping[Verdict, Label] = {
    Verdict.HOLDS: Label({"en": "the data confirm it", "es": "los datos lo confirman"}),
    Verdict.CONTRADICTED: Label({"en": "the data refute it", "es": "los datos lo refutan"}),
    Verdict.UNDECIDED: Label({"en": "the data allow both", "es": "los datos permiten ambas cosas"}),
    Verdict.CONSISTENT: Label(
        {
            "en": "its own numbers admit it, no data to decide",
            "es": "sus propios números lo admiten, sin datos que decidan",
        }
    ),
    Verdict.INCONSISTENT: Label(
        {"en": "its own numbers exclude it", "es": "sus propios números lo excluyen"}
    ),
    Verdict.NOT_CHECKABLE: Label(
        {"en": "nothing to check it against", "es": "nada con qué verificarlo"}
    ),
}


def verdict_text(verdict: Verdict, language: str) -> str:
    """A verdict in words.

    Examples:
        >>> verdict_text(Verdict.NOT_CHECKABLE, "en"), verdict_text(Verdict.HOLDS, "es")
        ('not checkable', 'se sostiene')
    """
    return _VERDICTS[verdict][1 if language == "en" else 2]


def audit_table(audit: Audit, language: str = "en", width: int = WIDTH) -> str:
    """An audit that reads like a fact-check: each claim, its verdict, why, and what else to know.

    Args:
        audit: the findings.
        language: `en` or `es`.
        width: of the lines, in characters.
    """
    lines = [line(audit.claims.title.text(language)), _summary(audit, language), ""]
    for finding in audit.findings:
        lines += [*_finding_lines(finding, language, width), ""]
    for conflict in audit.conflicts:
        lines += [*wrap(f"✗ {conflict.reason.text(language)}", width), ""]
    lines += _legend(audit, language, width)
    lines += _source_lines(audit, language, width)
    return "\n".join(lines)


def _summary(audit: Audit, language: str) -> str:
    counts = {
        verdict: sum(finding.verdict is verdict for finding in audit.findings)
        for verdict in _VERDICTS
    }
    words = ", ".join(
        f"{count} {verdict_text(verdict, language)}" for verdict, count in counts.items() if count
    )
    claims = {"en": "claims", "es": "afirmaciones"}[language]
    return f"{len(audit)} {claims}: {words}"


def _finding_lines(finding: Finding, language: str, width: int) -> Iterator[str]:
    mark = _VERDICTS[finding.verdict][0]
    word = verdict_text(finding.verdict, language).upper()
    yield f"{mark} {word}  {finding.claim.id}"
    space = " " * _INDENT
    opening, closing = ("“", "”") if language == "en" else ("«", "»")
    yield from _wrapped(f"{opening}{finding.claim.statement.text(language)}{closing}", space, width)
    yield from _wrapped(finding.reason.text(language), space, width)
    for remark in finding.remarks:
        if remark.weighty:
            yield from _wrapped(remark.text.text(language), f"{space}· ", width)


def _wrapped(text: str, opening: str, width: int) -> list[str]:
    following = " " * len(opening)
    whole = _TOGETHER.sub("\u00a0", text)
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
        f"{verdict_text(verdict, language)}: {_MEANINGS[verdict].text(language)}"
        for verdict in _VERDICTS
        if verdict in seen
    )
    return wrap(f"{words[:1].upper()}{words[1:]}.", width)


def _sources(audit: Audit) -> list[str]:
    return list(dict.fromkeys(str(use) for one in audit.findings for use in one.sources))


def _source_lines(audit: Audit, language: str, width: int) -> list[str]:
    word = {"en": "Source", "es": "Fuente"}[language]
    lines = []
    if audit.claims.source is not None:
        claimed = {"en": "Claimed in", "es": "Afirmado en"}[language]
        lines += wrap(f"{claimed} {audit.claims.source.text(language)}.", width)
    for source in _sources(audit):
        lines += _wrapped(f"{word}: {source}.", "", width)
    return lines


def audit_markdown(audit: Audit, language: str = "en") -> str:
    """An audit as a document in Markdown."""
    lines = [f"# {_text(audit.claims.title, language)}", "", f"{_summary(audit, language)}.", ""]
    header = {
        "en": ("Claim", "Verdict", "Why"),
        "es": ("Afirmación", "Veredicto", "Por qué"),
    }[language]
    lines += [f"| {' | '.join(header)} |", "| --- | --- | --- |"]
    for finding in audit.findings:
        link = f"[{finding.claim.id}](#{finding.claim.id})"
        cells = (link, _marked(finding.verdict, language), _text(finding.reason, language))
        lines.append(f"| {' | '.join(cells)} |")
    for finding in audit.findings:
        lines += ["", *_markdown_finding(finding, language)]
    if audit.conflicts:
        heading = {"en": "Not all true", "es": "No todas ciertas"}[language]
        lines += ["", f"## {heading}", ""]
        lines += [f"- {_text(conflict.reason, language)}" for conflict in audit.conflicts]
    heading = {"en": "Sources", "es": "Fuentes"}[language]
    lines += ["", f"## {heading}", ""]
    if audit.claims.source is not None:
        claimed = {"en": "Claimed in", "es": "Afirmado en"}[language]
        lines.append(f"- {claimed} {_text(audit.claims.source, language)}.")
    lines += [f"- {markdown(source)}." for source in _sources(audit)]
    lines += ["", *(line for line in _legend(audit, language, 10**6))]
    return "\n".join(lines)


def _marked(verdict: Verdict, language: str) -> str:
    return f"{_VERDICTS[verdict][0]} {verdict_text(verdict, language)}"


def _markdown_finding(finding: Finding, language: str) -> Iterator[str]:
    yield f"## {finding.claim.id}"
    yield ""
    yield f"> {_text(finding.claim.statement, language)}"
    yield ""
    yield f"**{_marked(finding.verdict, language)}.** {_text(finding.reason, language)}"
    if finding.remarks:
        yield ""
        yield from (f"- {_text(remark.text, language)}" for remark in finding.remarks)


def _text(label: Label | Sentence, language: str) -> str:
    return markdown(label.text(language))
