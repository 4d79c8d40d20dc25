"""The ledger of a text as a document."""

from functools import partial
from typing import Any

from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.relations import OF_A_NUMBER
from bajio.claims.text_claims import ClaimForm
from bajio.claims.text_exemptions import Exemption
from bajio.questions.ledger import EntryKind, Ledger, LedgerEntry
from bajio.report.claim_drafts import drafts_text
from bajio.report.kinds import (
    CODES,
    FLAG,
    LONG_TEXT,
    NUMBER,
    PROVENANCE,
    TEXT,
    WHOLE,
    Phrase,
)
from bajio.report.records import Column, ListOf, Record, Voice, WordOf
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.messages import message_text
from bajio.words.phrasebook import say


def _of_printed(key: str, kind: Any, value: Any) -> Column:
    def told(entry: LedgerEntry) -> Any:
        return None if entry.printed is None else value(entry.printed)

    return Column(key, kind | None, told)


def _of_candidate(key: str, kind: Any, value: Any) -> Column:
    def told(entry: LedgerEntry) -> Any:
        return None if entry.candidate is None else value(entry.candidate)

    return Column(key, kind | None, told)


def _high(printed: Printed) -> Any:
    return printed.last.value


class _Why:
    """Why nothing is made of a number, in words."""

    def __init__(self, entry: LedgerEntry) -> None:
        self.entry = entry

    def text(self, language: str) -> str:
        """In a language."""
        entry = self.entry
        if entry.exemption is not None:
            return say(f"ledger.exempt.{entry.exemption}", language)
        if entry.unclaimed is None:
            return ""
        shown = entry.unclaimed.shown
        if entry.unclaimed.key == "unread":
            return message_text(shown, language) if shown else ""
        return say(f"ledger.why.{entry.unclaimed.key}", language, shown=shown)


class _Subject:
    """The place that a number is of, as the text names it, or the region of the text."""

    def __init__(self, entry: LedgerEntry) -> None:
        self.entry = entry

    def text(self, _language: str) -> str:
        """As printed; a star for what the text around says."""
        candidate = self.entry.candidate
        if candidate is None:
            return ""
        return "*" if candidate.place is None else candidate.place.text


_ENTRY = Record(
    Column("number", WHOLE),
    Column("kind", WordOf(EntryKind)),
    Column("text", TEXT),
    Column("start", WHOLE),
    Column("end", WHOLE),
    Column("sentence", TEXT),
    Column("quoted", FLAG),
    Column("exemption", WordOf(Exemption) | None),
    Column("why", TEXT, _Why),
    _of_printed("counts", WordOf(PrintedKind), lambda printed: printed.kind),
    _of_printed("hedge", WordOf(sorted(OF_A_NUMBER)), lambda printed: printed.hedge),
    _of_printed("low", NUMBER, lambda printed: printed.first.value),
    _of_printed("high", NUMBER, _high),
    _of_printed("unit", TEXT | None, lambda printed: printed.unit),
    _of_candidate("indicators", CODES, lambda candidate: list(candidate.measures)),
    _of_candidate("form", WordOf(ClaimForm), lambda candidate: candidate.form),
    _of_candidate(
        "subject", TEXT, lambda candidate: candidate.place.text if candidate.place else "*"
    ),
    _of_candidate(
        "subjects",
        CODES,
        lambda candidate: list(candidate.place.codes) if candidate.place else [],
    ),
    _of_candidate(
        "period",
        TEXT | None,
        lambda candidate: candidate.period and _period(candidate.period),
    ),
)


def _period(period: Any) -> str:
    """A printed period: one, two of them, or one that is open at an end."""
    if period.role.value == "since":
        return f"{period.first}.."
    return f"{period.first}..{period.last}" if period.is_span else str(period.first)


LEDGER = AnswerSchema(
    "ledger",
    "Every number of a text, with what it claims or why it claims nothing",
    Record(
        Column("region", TEXT, lambda ledger: ledger.region.code or str(ledger.region)),
        Column("locale", TEXT, lambda ledger: ledger.convention.locale),
        Column(
            "published",
            TEXT | None,
            lambda ledger: ledger.published and ledger.published.isoformat(),
        ),
        *PROVENANCE,
        Column("entries", ListOf(_ENTRY)),
    ),
    (_ENTRY,),
)
_CLAIMED = (
    Column("number", WHOLE, heading="number"),
    Column("text", TEXT, heading="as-printed"),
    Column("indicator", TEXT, lambda entry: entry.candidate.measures[0], heading="indicator"),
    Column("form", TEXT, lambda entry: Phrase(f"ledger.form.{entry.candidate.form}"), heading="as"),
    Column("subject", TEXT, _Subject, heading="area"),
    Column(
        "period",
        TEXT | None,
        lambda entry: entry.candidate.period and _period(entry.candidate.period),
        heading="period",
        absent="–",
    ),
)
_REST = (
    Column("number", WHOLE, heading="number"),
    Column("text", LONG_TEXT, heading="as-printed"),
    Column("why", TEXT, _Why, heading="why"),
)


def _star(ledger: Ledger, language: str) -> str:
    return say("ledger.star", language, region=ledger.region.name(language))


def ledger_report(ledger: Ledger, language: str = "en") -> Document:
    """The ledger of a text: candidates, what is read but of nothing known, exempt, not read."""
    counts = {kind: len(ledger.of_kind(kind)) for kind in EntryKind}
    parts = {str(kind): str(count) for kind, count in counts.items()}
    title = partial(say, "ledger.title", count=len(ledger), **parts)
    reports = [
        Report(
            title,
            _CLAIMED,
            rows_of(_CLAIMED, ledger.candidates),
            (partial(_star, ledger),)
            if any(
                candidate.candidate and not candidate.candidate.place
                for candidate in ledger.candidates
            )
            else (),
        )
    ]
    for kind in (EntryKind.OTHER, EntryKind.UNREAD, EntryKind.EXEMPT):
        entries = ledger.of_kind(kind)
        if entries:
            heading_of = partial(say, f"ledger.{kind}", count=len(entries))
            reports.append(Report(heading_of, _REST, rows_of(_REST, entries)))
    return Document(
        LEDGER,
        ledger,
        [(_ENTRY, entry) for entry in ledger.entries],
        tuple(reports),
        Voice(language, ledger.registry),
        written={"claims": lambda _, spoken: drafts_text(ledger, spoken)},
    )
