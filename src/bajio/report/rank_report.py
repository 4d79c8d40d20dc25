"""Rankings as documents."""

from collections.abc import Callable, Sequence
from functools import partial

from bajio.questions.results import Rank, Result
from bajio.questions.standing import Standing
from bajio.registry import Registry
from bajio.report.answer_words import (
    figure,
    peer_name,
    rank_text,
    region_text,
    value_text,
    year_text,
)
from bajio.report.footnotes import result_notes
from bajio.report.kinds import (
    CODE,
    FLAG,
    NUMBER,
    PERIOD,
    PROVENANCE,
    REGION,
    RESULT,
    TEXT,
    WHOLE,
    YEAR,
    with_members,
)
from bajio.report.records import Column, ListOf, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.phrasebook import say

#: Places shown on each side of the region where not all are.
_AROUND = 5

#: A ranked result, with the region that it is about.
RANKED = (
    Column("region", REGION, lambda one: with_members(one.region, one.composition or None)),
    Column("peers", CODE | None, lambda result: result.rank and result.rank.peers),
    *PROVENANCE,
    *RESULT.columns,
)


#: A line of a ranking, with the result that is ranked and its own name.
_STANDING = Record(
    Column("position", WHOLE, lambda row: row[0].position, heading="rank"),
    Column("code", CODE, lambda row: row[0].code),
    Column("name", TEXT, lambda row: row[2]("en")),
    Column("value", NUMBER, lambda row: row[0].exact),
    Column("unit", TEXT, lambda row: row[1].unit),
    Column("period", PERIOD, lambda row: row[1].period),
    Column("year", YEAR, lambda row: row[1]),
    Column("partial", FLAG, lambda row: _is_own(row) and row[1].is_partial),
)
#: A result, and the lines of its ranking.
RANK_ANSWER = AnswerSchema(
    "rank",
    "Where a region stands by one indicator",
    Record(
        *(column.through(lambda pair: pair[0]) for column in RANKED),
        Column("standings", ListOf(_STANDING), lambda pair: pair[1]),
    ),
    (_STANDING,),
)
_Row = tuple[Standing, Result, Callable[[str], str]]


def _is_own(row: _Row) -> bool:
    return row[0].code == row[1].region.code


def rank_report(
    result: Result, lines: Sequence[Standing], registry: Registry, *, every: bool = False
) -> Document:
    """A ranking as a document: all of it, or the region with its neighbours in tables."""
    rows = [(line, result, _name(line, result, registry)) for line in lines]
    own_row = next(position for position, row in enumerate(rows) if _is_own(row))
    first, last = (0, len(lines)) if every else (max(own_row - _AROUND, 0), own_row + _AROUND + 1)
    columns = (
        *_STANDING.only("position"),
        Column("name", _MARKED, lambda row: row, lambda language: f"  {_AREA(language)}"),
        Column("value", _VALUE, lambda row: row, heading="value"),
    )
    assert result.rank is not None
    report = Report(
        partial(_title, result, result.rank, registry),
        columns,
        rows_of(columns, rows[first:last]),
        partial(result_notes, [result], registry),
        result.sources,
        result.rank.sources,
    )
    flat = [(_STANDING, row) for row in rows]
    return Document(RANK_ANSWER, (result, rows), flat, (report,), Voice(registry=registry))


def _title(result: Result, rank: Rank, registry: Registry, language: str) -> str:
    return say(
        "rank.title",
        language,
        label=result.indicator.label.text(language),
        when=f", {year_text(result)}" if result.period else "",
        region=region_text(result.region, language),
        rank=rank_text(rank, registry, language),
    )


def _name(line: Standing, result: Result, registry: Registry) -> Callable[[str], str]:
    if line.code == result.region.code:
        return result.region.name
    return partial(peer_name, result.rank, registry, line.code)


def _marked(row: _Row, voice: Voice) -> str:
    return f"{'→' if _is_own(row) else ' '} {row[2](voice.language)}"


def _value(row: _Row, voice: Voice) -> str:
    line, result, _ = row
    if _is_own(row) and result.is_partial:
        return value_text(result, voice.language)
    return figure(line.exact, result.indicator, voice.language)


_AREA = partial(say, "column.area")
_MARKED = ValueKind({}, words=_marked)
_VALUE = ValueKind({}, words=_value, right=True, exact=lambda row: row[0].exact)
