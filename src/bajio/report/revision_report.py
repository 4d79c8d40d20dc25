"""What changed between two states of data as a document."""

from functools import partial
from typing import Any

from bajio.questions.results import Missed, Result
from bajio.questions.revision import Effect, Revised, Revision
from bajio.report.answer_words import rank_text, value_text
from bajio.report.kinds import (
    CODE,
    CODES,
    MISSED,
    NUMBER,
    PROVENANCE,
    RESULT,
    SHARE,
    TEXT,
    WHOLE,
)
from bajio.report.records import Column, ListOf, OneOf, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.messages import message_text
from bajio.words.phrasebook import say

_MOST = 20
_SIDES = ("before", "after")
_COUNTS = ("same", "changed", "added", "removed", "restated")
#: What is shown as it is, on the right.
_SHOWN = ValueKind({"type": "string"}, right=True)
_COUNT = Record(
    Column("measure", CODE, heading="measure"),
    Column("before", TEXT, heading="before"),
    Column("after", TEXT, heading="after"),
    *(Column(key, WHOLE, heading=key) for key in _COUNTS),
    *(Column(key, TEXT) for key in ("before_unit", "after_unit")),
    Column("apart", CODES),
)
#: Which of these are shown where nothing is to tell of the others.
_SHOWN_COUNTS = _COUNT.columns[:7]
_REVISED = Record(
    Column("measure", CODE),
    Column("area", CODE),
    Column("period", TEXT),
    Column("where", CODES),
    Column("unit", TEXT),
    Column("before", NUMBER | None),
    Column("after", NUMBER | None),
    Column("before_status", CODE),
    Column("after_status", CODE),
    Column("difference", NUMBER | None),
    Column("ratio", SHARE | None),
)
_SIDE = OneOf({"Result": RESULT, "Missed": MISSED})
_EFFECT = Record(
    Column("indicator", CODE, lambda effect: effect.indicator.code),
    Column("before", _SIDE),
    Column("after", _SIDE),
)
DIFF = AnswerSchema(
    "diff",
    "What changed between two states of data",
    Record(
        *PROVENANCE,
        Column("before", TEXT),
        Column("after", TEXT),
        Column("measures", ListOf(_COUNT)),
        Column("changes", ListOf(_REVISED)),
        Column("region", TEXT | None, lambda answer: answer.region and str(answer.region)),
        Column("effects", ListOf(_EFFECT)),
    ),
    (_REVISED,),
)


def revision_report(answer: Revision) -> Document:
    """What changed, how much of each measure, the largest changes, and what a region shows."""
    reports = [_counts(answer)]
    if answer.changes:
        reports.append(_changes(answer))
    if answer.effects:
        reports.append(_effects(answer))
    lines = [(_REVISED, change) for change in answer.changes]
    return Document(DIFF, answer, lines, tuple(reports))


def _counts(answer: Revision) -> Report:
    title = partial(say, "diff.title", before=answer.before, after=answer.after)
    columns = _SHOWN_COUNTS
    if any(measure.restated for measure in answer.measures):
        columns = _COUNT.columns[:8]
    notes = []
    for measure in answer.measures:
        units = {
            "measure": measure.measure,
            "before": measure.before_unit,
            "after": measure.after_unit,
        }
        if measure.before_unit and measure.after_unit and measure.before_unit != measure.after_unit:
            notes.append(partial(say, "diff.units", **units))
        if measure.apart:
            apart = ", ".join(measure.apart)
            notes.append(partial(say, "diff.apart", measure=measure.measure, units=apart))
    return Report(title, columns, rows_of(columns, answer.measures), tuple(notes))


def _changes(answer: Revision) -> Report:
    shown = answer.changes[:_MOST]
    columns = [
        *(Column(key, TEXT, heading=key) for key in ("measure", "area", "period")),
        *([Column("where", TEXT, heading="of")] if any(one.where for one in shown) else []),
        *(Column(key, _SHOWN, heading=key, absent="–") for key in _SIDES),
        Column("change", _SHOWN, heading="change", absent="–"),
    ]
    rows = [_row(one, answer, has_where=len(columns) > 6) for one in shown]
    more = len(answer.changes) - len(shown)
    notes = (partial(say, "diff.more", count=more),) if more else ()
    return Report(partial(say, "diff.largest"), tuple(columns), tuple(rows), notes)


def _row(revised: Revised, answer: Revision, *, has_where: bool) -> tuple[Any, ...]:
    areas = answer.registry.areas
    name: Any = areas[revised.area].names if revised.area in areas else revised.area
    where = (", ".join(revised.where),) if has_where else ()
    before, after = (_number(value) for value in (revised.before, revised.after))
    change = "" if revised.ratio is None else f"{float(revised.ratio) * 100:+.1f} %"
    if revised.is_restated:
        change = f"{revised.before_status or 'A'} → {revised.after_status or 'A'}"
    return (revised.measure, name, revised.period, *where, before, after, change or None)


def _number(value: Any) -> str | None:
    return (
        None
        if value is None
        else f"{float(value):,.6g}"
        if abs(value) < 1
        else f"{float(value):,.0f}"
    )


def _effects(answer: Revision) -> Report:
    columns = (
        Column("indicator", TEXT, heading="indicator"),
        *(Column(key, _SIDE_VALUE, heading=key) for key in _SIDES),
        *(Column(f"{key} rank", _SIDE_RANK, heading=f"rank-{key}") for key in _SIDES),
    )
    rows = tuple(_effect_row(effect) for effect in answer.effects)
    return Report(partial(_effects_title, answer), columns, rows)


def _effects_title(answer: Revision, language: str) -> str:
    region = answer.region.name(language) if answer.region else ""
    return say("diff.effects", language, region=region)


def _effect_row(effect: Effect) -> tuple[Any, ...]:
    sides = (effect.before, effect.after)
    return (effect.indicator.label, *sides, *sides)


def _side_text(side: Result | Missed, voice: Voice) -> str:
    if isinstance(side, Missed):
        return f"– ({message_text(side.reason, voice.language)})"
    return f"{value_text(side, voice.language)} ({side.period})"


def _rank_text(side: Result | Missed, voice: Voice) -> str:
    if isinstance(side, Missed) or side.rank is None:
        return "–"
    return rank_text(side.rank, voice.registry, voice.language)


_SIDE_VALUE, _SIDE_RANK = ValueKind({}, words=_side_text), ValueKind({}, words=_rank_text)
