"""Breakdowns as documents."""

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from bajio.report.answer_words import figure, title_of, value_text
from bajio.report.footnotes import status_notes
from bajio.report.kinds import (
    CODE,
    COVERAGE,
    EXACT,
    LONG_TEXT,
    NUMBER,
    PERIOD,
    STATUS,
    TEXT,
    TEXTS,
    YEAR,
    Phrase,
)
from bajio.report.records import Column, MappingOf, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.words.messages import message_text
from bajio.words.phrasebook import phrasebook, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bajio.questions.breakdown import Breakdown, Cell

#: How many keys without a value are told with their reasons.
_MOST_REASONS = 5

BREAKDOWN = Record(
    Column("indicator", CODE, lambda table: table.indicator.code),
    Column("label", TEXT, lambda table: table.indicator.label),
    Column("axis", CODE),
    Column("level", CODE | None, lambda table: table.level or None),
    Column("values", MappingOf(NUMBER), lambda table: table.exact),
    Column("exact", MappingOf(EXACT)),
    Column("labels", MappingOf(TEXT), lambda table: {one.key: one.label for one in table.cells}),
    Column("missing", MappingOf(TEXT)),
    Column("total", NUMBER | None, lambda table: table.total and table.total.point),
    Column("unit", TEXT),
    Column("period", PERIOD),
    Column("year", YEAR, lambda table: table),
    Column("status", STATUS),
    Column("coverage", COVERAGE),
    Column("sources", TEXTS),
)
#: A row of CSV: a breakdown and one of its cells.
BREAKDOWN_ROW = Record(
    Column("region", CODE, lambda pair: pair[0].region.code),
    Column("indicator", CODE, lambda pair: pair[0].indicator.code),
    Column("label", TEXT, lambda pair: pair[0].indicator.label),
    Column("key", CODE, lambda pair: pair[1].key),
    Column("key_label", TEXT, lambda pair: pair[1].label),
    Column("value", NUMBER | None, lambda pair: pair[1].exact),
    Column("exact", EXACT | None, lambda pair: pair[1].exact),
    Column("unit", TEXT, lambda pair: pair[0].unit),
    Column("period", PERIOD, lambda pair: pair[0].period),
    Column("year", YEAR, lambda pair: pair[0]),
)

#: A breakdown by itself.
BREAKDOWN_ANSWER = AnswerSchema(
    "breakdown", "An indicator that is a table", BREAKDOWN, (BREAKDOWN_ROW,)
)


def breakdown_document(table: "Breakdown") -> Document:
    """A breakdown as a document: a row a key."""
    report, lines = breakdown_report(table), tuple(breakdown_lines(table))
    return Document(BREAKDOWN_ANSWER, table, lines, (report,))


def breakdown_lines(table: "Breakdown") -> "Iterator[tuple[Record, tuple[Breakdown, Cell]]]":
    """A breakdown as rows of CSV: one a key."""
    return ((BREAKDOWN_ROW, (table, cell)) for cell in table.cells)


def breakdown_report(table: "Breakdown") -> Report:
    """A breakdown as a table, greatest values first; members and parts in their own order."""
    cells = list(table.cells)
    if table.axis not in {"member", "part"}:
        cells.sort(key=lambda cell: (cell.exact is None, -(cell.exact or 0)))
    columns: tuple[Column, ...] = (
        Column("key", CODE, label=partial(_axis_name, table.axis)),
        Column("", LONG_TEXT),
        Column("value", _CELL, heading="value", absent="–"),
    )
    rows: list[tuple[Any, ...]] = [
        (cell.key, cell.label, None if cell.exact is None else (cell.exact, table.indicator))
        for cell in cells
    ]
    if table.total is not None:
        rows.append(("", Phrase("table.total"), (table.total,)))
    if table.axis == "part":  # its key and its name are the same words
        columns, rows = (
            (Column("label", LONG_TEXT, heading="axis-part"), columns[2]),
            [r[1:] for r in rows],
        )
    when = f", {table.period}" if table.period is not None else ""
    title = partial(title_of, table.indicator.label, table.region, when)
    return Report(title, columns, tuple(rows), partial(_notes, table), table.sources)


def _axis_name(axis: str, language: str) -> str:
    """What the keys of an axis are: a dimension that there are no words for by its code."""
    key = f"column.axis-{axis}"
    return say(key, language) if key in phrasebook(language).phrases else axis.capitalize()


def _cell_text(cell: Any, voice: Voice) -> str:
    """A figure of an indicator, or the total of all."""
    if len(cell) == 1:
        return value_text(cell[0], voice.language)
    return figure(cell[0], cell[1], voice.language)


#: A total is a result, which has two ends.
_CELL = ValueKind({}, words=_cell_text, right=True, exact=itemgetter(0))


def _notes(table: "Breakdown", language: str) -> list[str]:
    notes = status_notes([table.status], language)
    if table.level:
        leaves = table.level == "leaves"
        key = "breakdown.leaves" if leaves else "breakdown.below"
        notes.append(say(key, language, count=len(table.cells), level=table.level))
    return [*notes, *_missing_keys(table, language)]


def _missing_keys(table: "Breakdown", language: str) -> list[str]:
    """Why keys have no value: the reasons of the first of them, and which others there are."""
    missing = list(table.missing.items())
    notes = [
        say("breakdown.no-value", language, place=key, reason=message_text(reason, language))
        for key, reason in missing[:_MOST_REASONS]
    ]
    others = ", ".join(key for key, _ in missing[_MOST_REASONS:])
    return notes + [say("breakdown.no-value-either", language, keys=others)] * bool(others)
