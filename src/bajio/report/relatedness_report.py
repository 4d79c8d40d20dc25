"""What is near to what a region has, as documents."""

from fractions import Fraction
from functools import partial

from bajio.questions.relatedness import RelatedActivity, Relatedness
from bajio.report.answer_words import region_text, shortened
from bajio.report.footnotes import sources_of, status_notes
from bajio.report.kinds import (
    CODE,
    CODES,
    EXACT,
    FLOAT,
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
from bajio.report.records import Column, ListOf, MappingOf, Record, ValueKind
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.magnitudes import places
from bajio.words.phrasebook import say

_WIDEST = 36

_ACTIVITY = (
    Column("activity", CODE),
    Column("label", TEXT),
    Column("density", SHARE),
    Column("location_quotient", NUMBER, lambda row: row.quotient.low),
    Column("complexity", FLOAT | None),
    Column("nearest", CODE),
    Column("proximity", SHARE),
)
#: A row of CSV: what is asked of, and one activity.
_ROW = Record(
    Column("region", CODE, lambda pair: pair[0].region.code),
    Column("period", PERIOD, lambda pair: pair[0].period),
    Column("year", WHOLE, lambda pair: pair[0].year),
    *(column.through(lambda pair: pair[1]) for column in _ACTIVITY),
)
_RELATED = Record(
    *_ROW.columns,
    Column("exact_density", EXACT, lambda pair: pair[1].density),
    Column("exact_proximity", EXACT, lambda pair: pair[1].proximity),
    Column("status", STATUS, lambda pair: pair[1].quotient.status),
    Column("sources", TEXTS, lambda pair: pair[1].quotient.sources),
)
RELATEDNESS = AnswerSchema(
    "near",
    "What is near to what a region has",
    Record(
        Column("region", REGION, lambda answer: with_members(answer.region)),
        Column("period", PERIOD),
        Column("year", WHOLE),
        Column("level", CODE),
        *PROVENANCE,
        Column("held", CODES),
        Column("complexity", FLOAT | None),
        Column("position", WHOLE | None),
        Column("complexities", MappingOf(FLOAT)),
        Column(
            "activities",
            ListOf(_RELATED),
            lambda answer: [(answer, row) for row in answer.rows],
        ),
        Column("missing", MappingOf(TEXT)),
    ),
    (_ROW,),
)


def relatedness_report(answer: Relatedness) -> Document:
    """What is near as a document: a row an activity that the region is not specialised in."""
    lines = [(_ROW, (answer, row)) for row in answer.rows]
    reports = (_activities(answer),)
    return Document(RELATEDNESS, answer, lines, reports)


#: A label that is cut where it is long, and an index that has no unit.
_CUT = ValueKind({}, words=lambda label, voice: shortened(label.text(voice.language), _WIDEST))
_INDEX = ValueKind(
    {},
    words=lambda index, voice: places(Fraction(index), 2, voice.language, sign=True),
    right=True,
    exact=lambda index: index,
)


def _activities(answer: Relatedness) -> Report:
    def nearest(row: RelatedActivity) -> object:
        return answer.labels[row.nearest]

    columns = [
        Column("activity", CODE, heading="activity"),
        Column("", _CUT, lambda row: row.label),
        Column("density", SHARE, heading="density"),
        Column("quotient", MAGNITUDE, lambda row: row.quotient.low, heading="quotient"),
        Column("nearest", _CUT, nearest, heading="nearest-held"),
        Column("proximity", SHARE, heading="proximity"),
    ]
    if answer.complexities:
        columns.insert(4, Column("complexity", _INDEX, heading="complexity"))
    sources = sources_of(row.quotient for row in answer.rows)
    title, notes = partial(_title, answer), partial(_notes, answer)
    return Report(title, tuple(columns), rows_of(tuple(columns), answer.rows), notes, sources)


def _title(answer: Relatedness, language: str) -> str:
    region = region_text(answer.region, language)
    return say("near.title", language, region=region, period=answer.period)


def _notes(answer: Relatedness, language: str) -> list[str]:
    notes = [
        say("near.density", language),
        say("near.proximity", language),
        *status_notes((row.quotient.status for row in answer.rows), language),
    ]
    if answer.complexity is not None:
        index = places(Fraction(answer.complexity), 2, language, sign=True)
        standing = say(
            "near.complexity",
            language,
            index=index,
            position=str(answer.position),
            of=str(len(answer.complexities)),
        )
        notes.insert(0, standing)
    return notes
