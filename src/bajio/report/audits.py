"""Audits as documents: a fact-check for the terminal and Markdown, JSON, CSV, a derivation."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import inf
from textwrap import wrap
from typing import Any

from bajio.claims.intervals import End, Interval
from bajio.labels import Label
from bajio.questions.audit.findings import Audit, Finding, Verdict
from bajio.questions.results import plain
from bajio.report.data import SCHEMA, exact_text
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


def audit_data(audit: Audit, language: str = "en") -> dict[str, Any]:
    """An audit as JSON holds it."""
    dataset = audit.registry.dataset
    claims = audit.claims
    return {
        "set": claims.code,
        "title": claims.title.text(language),
        "language": language,
        "year": claims.year,
        "peers": claims.peers,
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
        "claims": [finding_data(finding, language) for finding in audit.findings],
        "conflicts": [
            {
                "claims": list(conflict.claims),
                "lenient": conflict.lenient,
                "reason": conflict.reason.text(language),
            }
            for conflict in audit.conflicts
        ],
    }


def finding_data(finding: Finding, language: str = "en") -> dict[str, Any]:
    """A finding as JSON holds it: numbers in the canonical unit, shares as fractions."""
    claim = finding.claim
    data: dict[str, Any] = {
        "id": claim.id,
        "verdict": finding.verdict.value,
        "statement": claim.statement.text(language),
        "reason": finding.reason.text(language),
        "relation": claim.relation.value,
        "subject": claim.subject,
        "indicator": claim.indicator,
        "printed": None if claim.printed is None else claim.printed.texts.text(language),
        "lenient_verdict": None if finding.lenient is None else finding.lenient.value,
        "holds_by_rounding": finding.rounding,
        **_figure_data(finding),
        "reading": _interval_data(finding.reading),
        "lenient_reading": _interval_data(finding.lenient_reading),
        "margin": None if finding.margin is None else _float(finding.margin),
        "years": list(finding.years),
        "years_checked": None if finding.checked is None else list(finding.checked),
        "remarks": [
            {
                "aspect": remark.aspect.value,
                "text": remark.text.text(language),
                "weighty": remark.weighty,
            }
            for remark in finding.remarks
        ],
        "sources": [str(use) for use in finding.sources],
    }
    return data


def _figure_data(finding: Finding) -> dict[str, Any]:
    figure = finding.figure
    if figure is None:
        return {"value": None, "unit": None, "period": []}
    known = {"value": figure.value, "exact": exact_text(figure.low)}
    between = {"low": plain(figure.low), "high": plain(figure.high)}
    return {
        **(known if figure.low == figure.high else between),
        "unit": str(figure.unit),
        "period": list(figure.years),
        "status": figure.status,
    }


def _interval_data(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {
        "low": _end(interval.low),
        "high": _end(interval.high),
        "open_low": interval.open_low,
        "open_high": interval.open_high,
    }


def _float(number: Fraction) -> float | None:
    """The nearest float; `None` beyond all of them."""
    try:
        return float(number)
    except OverflowError:
        return None


def _end(end: End) -> float | None:
    return None if abs(end) == inf else plain(end)  # type: ignore[arg-type]  # not infinite


def audit_rows(audit: Audit, language: str = "en") -> list[dict[str, Any]]:
    """An audit as rows for CSV: one a claim."""
    rows = []
    for finding in audit.findings:
        data = finding_data(finding, language)
        reading = data.pop("reading") or {}
        data.pop("lenient_reading")
        data["reading_low"], data["reading_high"] = reading.get("low"), reading.get("high")
        data["years"] = ";".join(map(str, data["years"]))
        data["period"] = ";".join(map(str, data["period"]))
        data["years_checked"] = "-".join(map(str, data["years_checked"] or ()))
        data["remarks"] = " ".join(remark["text"] for remark in data["remarks"])
        data["sources"] = ";".join(data["sources"])
        rows.append(data)
    return rows
