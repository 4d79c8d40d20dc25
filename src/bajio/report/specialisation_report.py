"""Specialisations as documents."""

from typing import Any

from bajio.facts.observations import Exact
from bajio.questions.specialisation import Specialisation, Specialisations
from bajio.report.footnotes import sources_of
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
from bajio.report.records import Column, ListOf, MappingOf, Nullable, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.report.wording import shortened
from bajio.rules.plan import HOST
from bajio.words.enumerations import status_legend
from bajio.words.magnitudes import magnitude

_WIDEST = 44


def _pull(row: Specialisation) -> Exact:
    """What the driver adds to the quotient less one."""
    return row.pulls.exact[row.driver]


def _own(row: Specialisation) -> Exact | None:
    """The driver's own quotient."""
    return {figure.area: figure.exact for figure in row.quotient.members}.get(row.driver)


_ACTIVITY = (
    Column("activity", CODE),
    Column("label", TEXT),
    Column("location_quotient", NUMBER, lambda row: row.quotient.low),
    Column("share", SHARE, label="Share"),
    Column("driver", CODE),
    Column("pull", NUMBER, _pull),
    Column("own_quotient", Nullable(NUMBER), _own),
)
#: A row of CSV: specialisations and one of them.
_ROW = Record(
    Column("region", CODE, lambda pair: pair[0].region.code),
    Column("period", PERIOD, lambda pair: pair[0].period),
    Column("year", WHOLE, lambda pair: pair[0].year),
    *(column.through(lambda pair: pair[1]) for column in _ACTIVITY),
)
_SPECIALISATION = Record(
    *_ROW.columns,
    Column("pulls", MappingOf(NUMBER), lambda pair: pair[1].pulls.exact),
    Column("exact", MappingOf(EXACT), lambda pair: pair[1].pulls.exact),
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


def specialisations_report(answer: Specialisations) -> Document:
    """Specialisations as a document: a row an activity, with the member that drives each."""
    lines = [(_ROW, (answer, row)) for row in answer.rows]
    reports = (_activities(answer),)
    return Document(SPECIALISATIONS, answer, lines, reports, Voice(registry=answer.registry))


#: What the driver adds, of what all members add together.
_PULL = ValueKind(
    {}, words=lambda pair, _: f"{magnitude(pair[0])} of {magnitude(pair[1])}", right=True
)


def _activities(answer: Specialisations) -> Report:
    registry = answer.registry

    columns = (
        Column("activity", CODE, label="Activity"),
        Column("", TEXT, lambda row: shortened(str(row.label), _WIDEST)),
        Column("quotient", MAGNITUDE, lambda row: row.quotient.low, "Quotient"),
        Column("share", SHARE, label="Share"),
        Column("driver", TEXT, lambda row: registry.name_of(row.driver), "Driver"),
        Column("pull", _PULL, lambda row: (_pull(row), row.quotient.low - 1), "Pull"),
        Column("own", MAGNITUDE, lambda row: _own(row) or 0, "Its own quotient"),
    )
    results = [row.quotient for row in answer.rows]
    legend = status_legend({result.status for result in results})
    against = _against(answer)
    notes = [
        f"Quotient: share in the region over share in {against}; above one, it has more of it.",
        "Pull: what the driver adds to the quotient less one; the members' pulls add up to it.",
    ]
    notes += [f"{legend[0]}: {legend[2:]}."] if legend else []
    title = f"Specialisations of {answer.region} against {against}, {answer.period}"
    return Report(title, columns, rows_of(columns, answer.rows), notes, sources_of(results))


def _against(answer: Specialisations) -> str:
    registry = answer.registry
    if answer.against != HOST:
        return str(registry.region(answer.against))
    host: Any = next((row.quotient.host for row in answer.rows), None)
    return registry.name_of(host) if host else "the country"
