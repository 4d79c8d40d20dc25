"""Audits, and the derivation of a finding, as documents."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any

from bajio.claims.relations import Relation
from bajio.facts.periods import WHOLE as SEASON_OF_YEAR
from bajio.questions.audit.findings import Aspect, Audit, Finding, Verdict
from bajio.questions.results import SourceUse
from bajio.report import column_widths, escapes, fact_check
from bajio.report.finding_entries import margin_of
from bajio.report.kinds import (
    CODE,
    CODES,
    FIGURE,
    FLAG,
    NUMBER,
    PERIOD,
    PROVENANCE,
    STATUS,
    TEXT,
    TEXTS,
    WHOLE,
    Phrase,
)
from bajio.report.records import Column, Inline, ListOf, PairOf, Record, ValueKind, Voice, WordOf
from bajio.report.reports import AnswerSchema, Document

if TYPE_CHECKING:
    from bajio.report.finding_entries import Repeat
from bajio.words.enumerations import status_name
from bajio.words.quantities import range_text
from bajio.words.sentences import text_of

#: Widths of the table: what reads well, and where it goes to no terminal.
_NARROWEST, _USUAL, _WIDEST = 20, 80, 100
_VERDICT = WordOf(Verdict)


def _end(end: Any) -> Any:
    return None if abs(end) == inf else end


_INTERVAL = (
    Record(
        Column("low", NUMBER | None, lambda interval: _end(interval.low)),
        Column("high", NUMBER | None, lambda interval: _end(interval.high)),
        Column("open_low", FLAG),
        Column("open_high", FLAG),
    )
    | None
)


def _float(number: Fraction, _voice: Voice) -> float | None:
    """The nearest float; `None` beyond all of them."""
    try:
        return float(number)
    except OverflowError:
        return None


#: What a figure of a claim is: it says itself how it is told.
_FIGURE = Inline(
    FIGURE.of,
    FIGURE.data,
    lambda figure, voice: text_of(figure.said(), voice.language),
    right=True,
    exact=FIGURE.exact,
)
_MARGIN = ValueKind({"type": "number"}, _float) | None
_REMARK = Record(
    Column("aspect", WordOf(Aspect)),
    Column("text", TEXT),
    Column("weighty", FLAG),
)


def _of_claim(key: str, kind: ValueKind) -> Column:
    return Column(key, kind).through(lambda finding: finding.claim)


def _of_figure(key: str, kind: ValueKind, name: str) -> Column:
    return Column(
        key, kind, lambda finding: None if finding.figure is None else getattr(finding.figure, name)
    )


def _dated(finding: Finding, years: Iterable[int]) -> list[int | str]:
    """Years, or the quarters or months of them that are meant, in SDMX notation."""
    season = finding.season
    return [year if season == SEASON_OF_YEAR else season.text(year) for year in years]


def _years(finding: Finding) -> tuple[int, ...]:
    return () if finding.figure is None else finding.figure.years


#: A year, or a quarter or month in SDMX notation.
_DATE = ValueKind({"type": ["integer", "string"]})


def _printed(finding: Finding) -> Any:
    printed = finding.claim.printed
    return None if printed is None else printed.texts


_ABOUT = (
    _of_claim("id", CODE),
    Column("verdict", _VERDICT),
    _of_claim("statement", TEXT),
    Column("reason", TEXT),
    _of_claim("relation", WordOf(Relation)),
    _of_claim("subject", CODE),
    _of_claim("indicator", CODE | None),
    Column("printed", TEXT | None, _printed),
    Column("lenient_verdict", _VERDICT | None, lambda finding: finding.lenient),
    Column("holds_by_rounding", FLAG, lambda finding: finding.rounding),
    Column("value", _FIGURE, lambda finding: finding.figure),
    _of_figure("unit", TEXT | None, "unit"),
    Column("period", ListOf(_DATE), lambda one: _dated(one, _years(one))),
    _of_figure("status", STATUS | None, "status"),
    Column("draft", FLAG, lambda finding: finding.claim.is_draft),
)
_HELD = Column("years", ListOf(_DATE), lambda one: _dated(one, one.years))
FINDING_RECORD = Record(
    *_ABOUT,
    Column("reading", _INTERVAL),
    Column("lenient_reading", _INTERVAL),
    Column("margin", _MARGIN),
    _HELD,
    Column(
        "years_checked",
        PairOf(_DATE) | None,
        lambda one: None if one.checked is None else _dated(one, one.checked),
    ),
    Column("remarks", ListOf(_REMARK)),
    Column("sources", TEXTS),
)


def _told(finding: Finding, voice: Voice) -> str:
    return " ".join(remark.text.text(voice.language) for remark in finding.remarks)


def _span(dates: Sequence[int | str]) -> str:
    """Two years as a span; quarters and months, which have hyphens, as options take them."""
    return (".." if any(isinstance(date, str) for date in dates) else "-").join(map(str, dates))


#: What is said of a finding, in words, where its document shows it alone.
_UNCERTAIN = ValueKind({}, words=lambda letters, voice: status_name(letters[0], voice.language))
_RANGE = ValueKind({}, words=lambda pair, voice: range_text(pair[0], pair[1].scale, voice.language))


def _sources(uses: Iterable[SourceUse], voice: Voice) -> str:
    return "; ".join(dict.fromkeys(use.in_words(voice.language) for use in uses))


def _verdict(verdict: Verdict | None) -> Phrase | None:
    return None if verdict is None else Phrase(f"verdict.{verdict}")


def _yes(flag: object) -> Phrase | None:
    return Phrase("finding.yes") if flag else None


def _ends(finding: Finding, reading: Any) -> Any:
    return None if reading is None or finding.figure is None else (reading, finding.figure)


def _uncertain(finding: Finding) -> tuple[str] | None:
    figure = finding.figure
    return None if figure is None or figure.status in {None, "A"} else (str(figure.status),)


FINDING_SHOWN = Record(
    _of_claim("id", CODE),
    Column("verdict", TEXT, lambda one: _verdict(one.verdict)),
    _of_claim("statement", TEXT),
    Column("reason", TEXT),
    _of_claim("subject", CODE),
    _of_claim("indicator", CODE | None),
    Column("printed", TEXT, _printed),
    Column("reading", _RANGE, lambda one: _ends(one, one.reading)),
    Column("lenient_reading", _RANGE, lambda one: _ends(one, one.lenient_reading)),
    Column("lenient_verdict", TEXT, lambda one: _verdict(one.lenient)),
    Column("holds_by_rounding", TEXT, lambda one: _yes(one.rounding)),
    Column("value", _FIGURE, lambda one: one.figure),
    Column("period", ListOf(_DATE), lambda one: _dated(one, _years(one))),
    Column("status", _UNCERTAIN, _uncertain),
    Column("margin", TEXT, margin_of),
    _HELD,
    Column("years_checked", TEXT, lambda one: _span(_dated(one, one.checked or ()))),
    Column("draft", TEXT, lambda one: _yes(one.claim.is_draft)),
    Column("remarks", ValueKind(TEXT.schema, _told, _told), lambda one: one),
    Column("sources", ValueKind({}, words=_sources)),
)
#: A row of CSV.
_ROW = Record(
    *_ABOUT,
    Column("margin", _MARGIN),
    _HELD,
    Column("years_checked", TEXT, lambda one: _span(_dated(one, one.checked or ()))),
    Column("remarks", ValueKind(TEXT.schema, _told), lambda finding: finding),
    Column("sources", TEXTS),
    Column("reading_low", NUMBER | None, lambda one: one.reading and _end(one.reading.low)),
    Column("reading_high", NUMBER | None, lambda one: one.reading and _end(one.reading.high)),
)
AUDIT = AnswerSchema(
    "audit",
    "Claims with their verdicts",
    Record(
        Column("set", CODE, lambda audit: audit.claims.code),
        Column("title", TEXT, lambda audit: audit.claims.title),
        Column("language", ValueKind(TEXT.schema, lambda _, voice: voice.language), lambda _: True),
        Column("year", WHOLE | None, lambda audit: audit.claims.year),
        Column("period", PERIOD, lambda audit: audit.claims.when and str(audit.claims.when)),
        Column("peers", CODE | None, lambda audit: audit.claims.peers),
        *PROVENANCE,
        Column("claims", ListOf(FINDING_RECORD), lambda audit: audit.findings),
        Column(
            "conflicts",
            ListOf(
                Record(Column("claims", CODES), Column("lenient", FLAG), Column("reason", TEXT))
            ),
        ),
        Column("searched", FLAG),
    ),
    (_ROW,),
)
#: A finding with its derivation, line by line, and the set that its claim is of.
FINDING = AnswerSchema(
    "explain-claim",
    "How the finding on a claim came about",
    Record(
        Column("set", CODE, lambda row: row[1].claims.code),
        *(
            Column(one.key, one.kind, one.value).through(lambda row: row[0])
            for one in FINDING_RECORD.columns
        ),
        Column("derivation", TEXTS, lambda row: row[2]),
    ),
    (_ROW,),
)


def audit_report(audit: Audit, language: str = "en", repeat: "Repeat | None" = None) -> Document:
    """An audit as a document: a fact-check.

    Args:
        audit: the findings.
        language: that its data are told in.
        repeat: what gives the command that repeats a finding.
    """
    return Document(
        AUDIT,
        audit,
        [(_ROW, finding) for finding in audit.findings],
        voice=Voice(language, audit.registry),
        written={
            "table": lambda width, spoken: fact_check.audit_table(audit, spoken, _fitting(width)),
            "markdown": lambda _, spoken: fact_check.audit_markdown(audit, spoken, repeat),
            "html": lambda _, spoken: _page(audit, spoken, repeat),
            "reviews": lambda _, spoken: _reviews(audit, spoken),
        },
    )


def _page(audit: Audit, language: str, repeat: "Repeat | None") -> str:
    from bajio.report.audit_page import audit_page

    return audit_page(audit, language, repeat)


def _reviews(audit: Audit, language: str) -> str:
    from bajio.report.claim_reviews import claim_reviews

    return claim_reviews(audit, language)


def _fitting(width: int | None) -> int:
    """A width that reads well on a terminal of a width."""
    return max(min(width or _USUAL, _WIDEST), _NARROWEST)


def finding_report(audit: Audit, code: str, language: str = "en") -> Document:
    """How the finding on a claim came about, as a document.

    Raises:
        UnknownCode: there is no such claim.
    """
    from bajio.report.derivations import derivation_text

    finding, text = audit[code], derivation_text(audit, code, language)

    def told(spoken: str) -> str:
        return text if spoken == language else derivation_text(audit, code, spoken)

    return Document(
        FINDING,
        (finding, audit, text.splitlines()),
        [(_ROW, finding)],
        voice=Voice(language, audit.registry),
        written={
            "table": lambda width, spoken: column_widths.fitted_text(told(spoken), width),
            "markdown": lambda _, spoken: escapes.fenced(told(spoken), "text"),
        },
    )
