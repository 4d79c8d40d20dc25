"""Specialisations as documents."""

from functools import partial
from operator import itemgetter
from typing import Any

from bajio.facts.observations import Exact
from bajio.questions.specialisation import Specialisation, Specialisations
from bajio.report.answer_words import region_text, shortened
from bajio.report.footnotes import sources_of, status_notes
from bajio.report.kinds import (
    CODE,
    EXACT,
    MAGNITUDE,
    NUMBER,
    PERIOD,
    PROVENANCE,
    REGION,
    SHARE,
    STATUS,
    TEXT,
    TEXTS,
    WHOLE,
    with_members,
)
from bajio.report.records import Column, ListOf, MappingOf, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.rules.plan import HOST
from bajio.words.magnitudes import magnitude
from bajio.words.phrasebook import say

_WIDEST = 44


def _pull(row: Specialisation) -> Exact:
    """What the driver adds to the quotient less one."""
    return row.added[row.driver]


def _own(row: Specialisation) -> Exact | None:
    """The driver's own quotient."""
    return {figure.area: figure.exact for figure in row.quotient.members}.get(row.driver)


_ACTIVITY = (
    Column("activity", CODE),
    Column("label", TEXT),
    Column("location_quotient", NUMBER, lambda row: row.quotient.low),
    Column("share", SHARE),
    Column("driver", CODE),
    Column("pull", NUMBER, _pull),
    Column("own_quotient", NUMBER | None, _own),
)
#: A row of CSV: specialisations and one of them.
_ROW = Record(
    Column("region", CODE, lambda pair: pair[0].region.code),
    Column("indicator", CODE, lambda pair: pair[1].quotient.indicator.code),
    Column("period", PERIOD, lambda pair: pair[0].period),
    Column("year", WHOLE, lambda pair: pair[0].year),
    *(column.through(lambda pair: pair[1]) for column in _ACTIVITY),
)
_SPECIALISATION = Record(
    *_ROW.columns,
    Column("pulls", MappingOf(NUMBER), lambda pair: pair[1].added),
    Column("exact", MappingOf(EXACT), lambda pair: pair[1].added),
    Column("status", STATUS, lambda pair: pair[1].quotient.status),
    Column("sources", TEXTS, lambda pair: pair[1].quotient.sources),
)
SPECIALISATIONS = AnswerSchema(
    "specialisations",
    "What a region has most of, and who drives it",
    Record(
        Column("region", REGION, lambda answer: with_members(answer.region)),
        Column("period", PERIOD),
        Column("year", WHOLE),
        Column("against", CODE),
        Column("level", CODE),
        *PROVENANCE,
        Column(
            "specialisations",
            ListOf(_SPECIALISATION),
            lambda answer: [(answer, row) for row in answer.rows],
        ),
        Column("missing", MappingOf(TEXT)),
    ),
    (_ROW,),
)


def specialisation_report(answer: Specialisations) -> Document:
    """Specialisations as a document: a row an activity, with the member that drives each."""
    lines = [(_ROW, (answer, row)) for row in answer.rows]
    reports = (_activities(answer),)
    return Document(SPECIALISATIONS, answer, lines, reports)


def _pull_text(pair: tuple[Exact, Exact], voice: Voice) -> str:
    part, whole = (magnitude(gva, voice.language) for gva in pair)
    return say("specialisations.pull", voice.language, part=part, whole=whole)


#: What the driver adds, of what all members add together.
_PULL = ValueKind({}, words=_pull_text, right=True, exact=itemgetter(0))
#: A label that is cut where it is long, and the name of an area.
_CUT = ValueKind({}, words=lambda label, voice: shortened(label.text(voice.language), _WIDEST))
_DRIVER = ValueKind({}, words=lambda area, voice: voice.registry.name_of(area[0], voice.language))


def _activities(answer: Specialisations) -> Report:
    columns = (
        Column("activity", CODE, heading="activity"),
        Column("", _CUT, lambda row: row.label),
        Column("quotient", MAGNITUDE, lambda row: row.quotient.low, heading="quotient"),
        Column("share", SHARE, heading="share"),
        Column("driver", _DRIVER, lambda row: (row.driver,), heading="driver"),
        Column("pull", _PULL, lambda row: (_pull(row), row.quotient.low - 1), heading="pull"),
        Column("own", MAGNITUDE, lambda row: _own(row) or 0, heading="own-quotient"),
    )
    sources = sources_of(row.quotient for row in answer.rows)
    title, notes = partial(_title, answer), partial(_notes, answer)
    return Report(title, columns, rows_of(columns, answer.rows), notes, sources)


def _title(answer: Specialisations, language: str) -> str:
    return say(
        "specialisations.title",
        language,
        region=region_text(answer.region, language),
        against=_against(answer, language),
        period=answer.period,
    )


def _notes(answer: Specialisations, language: str) -> list[str]:
    return [
        say("specialisations.quotient", language, against=_against(answer, language)),
        say("specialisations.pulls", language),
        *status_notes((row.quotient.status for row in answer.rows), language),
    ]


def _against(answer: Specialisations, language: str) -> str:
    registry = answer.registry
    if answer.against != HOST:
        return registry.region(answer.against).name(language)
    host: Any = next((row.quotient.host for row in answer.rows), None)
    return registry.name_of(host, language) if host else say("specialisations.country", language)
