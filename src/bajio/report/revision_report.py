"""What changed between two states of data as a document."""

from typing import Any

from bajio.questions.results import Missed
from bajio.questions.revision import Effect, Revised, Revision
from bajio.registry import Registry
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
from bajio.report.records import Column, ListOf, Nullable, OneOf, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.report.wording import rank_text, value_text

_MOST = 20
_SIDES = ("before", "after")
_COUNTS = ("same", "changed", "added", "removed")
#: What is shown as it is, on the right.
_SHOWN = ValueKind({"type": "string"}, right=True)
_COUNT = Record(
    Column("measure", CODE, label="Measure"),
    Column("before", TEXT, label="Before"),
    Column("after", TEXT, label="After"),
    *(
        Column(key, WHOLE, label=key.capitalize())
        for key in ("same", "changed", "added", "removed")
    ),
)
_REVISED = Record(
    Column("measure", CODE),
    Column("area", CODE),
    Column("period", TEXT),
    Column("where", CODES),
    Column("unit", TEXT),
    Column("before", Nullable(NUMBER)),
    Column("after", Nullable(NUMBER)),
    Column("before_status", CODE),
    Column("after_status", CODE),
    Column("difference", Nullable(NUMBER)),
    Column("ratio", Nullable(SHARE)),
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
        Column("region", Nullable(TEXT), lambda answer: answer.region and str(answer.region)),
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
    lines = [(_REVISED, one) for one in answer.changes]
    return Document(DIFF, answer, lines, tuple(reports), Voice(registry=answer.registry))


def _counts(answer: Revision) -> Report:
    title = f"From {answer.before} to {answer.after}"
    return Report(title, _COUNT.columns, rows_of(_COUNT.columns, answer.measures))


def _changes(answer: Revision) -> Report:
    shown = answer.changes[:_MOST]
    columns = [
        *(Column(key, TEXT, label=key.capitalize()) for key in ("measure", "area", "period")),
        *([Column("where", TEXT, label="Of")] if any(one.where for one in shown) else []),
        *(Column(key, _SHOWN, label=key.capitalize(), absent="–") for key in _SIDES),
        Column("change", _SHOWN, label="Change", absent="–"),
    ]
    rows = [_row(one, answer, has_where=len(columns) > 6) for one in shown]
    more = len(answer.changes) - len(shown)
    notes = [f"{more} more figures are not the same: --format csv has all."] if more else []
    return Report("The largest changes", tuple(columns), tuple(rows), notes)


def _row(one: Revised, answer: Revision, *, has_where: bool) -> tuple[Any, ...]:
    areas = answer.registry.areas
    name = str(areas[one.area].names) if one.area in areas else one.area
    where = (", ".join(one.where),) if has_where else ()
    before, after = (_number(value) for value in (one.before, one.after))
    change = "" if one.ratio is None else f"{float(one.ratio) * 100:+.1f} %"
    return (one.measure, name, one.period, *where, before, after, change or None)


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
        Column("indicator", TEXT, label="Indicator"),
        *(Column(key, TEXT, label=key.capitalize()) for key in _SIDES),
        *(Column(f"{key} rank", TEXT, label=f"Rank {key}") for key in _SIDES),
    )
    rows = tuple(_effect_row(one, answer.registry) for one in answer.effects)
    return Report(f"What {answer.region} shows", columns, rows)


def _effect_row(one: Effect, registry: Registry) -> tuple[str, ...]:
    sides = (one.before, one.after)
    values = [
        f"– ({side.reason})" if isinstance(side, Missed) else f"{value_text(side)} ({side.period})"
        for side in sides
    ]
    ranks = [
        "–" if isinstance(side, Missed) or side.rank is None else rank_text(side.rank, registry)
        for side in sides
    ]
    return (str(one.indicator.label), *values, *ranks)
