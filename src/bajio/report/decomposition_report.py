"""Decompositions as documents."""

from fractions import Fraction
from typing import Any

from bajio.facts.observations import Exact
from bajio.questions.decomposition import Decomposition, Group
from bajio.report.footnotes import legend_notes
from bajio.report.kinds import (
    AMOUNT,
    CODE,
    CODES,
    EXACT,
    NUMBER,
    PERIOD,
    PROVENANCE,
    REGION,
    RESULT,
    SHARE,
    TEXT,
    WHOLE,
    with_members,
)
from bajio.report.records import Column, ListOf, Record, Voice
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.report.wording import figure, year_text
from bajio.words.magnitudes import percent

_FIGURES = ("share", "ratio", "counts_by", "own", "within", "between")
_NUMBERS = tuple(Column(name, NUMBER) for name in _FIGURES)
_GROUP = Record(
    Column("region", REGION, lambda group: with_members(group.region)),
    *_NUMBERS,
    Column("exact", Record(*(Column(name, EXACT) for name in _FIGURES)), lambda group: group),
)
#: A row of CSV: a decomposition and one of its groups.
_ROW = Record(
    Column("region", CODE, lambda pair: pair[0].region.code),
    Column("indicator", CODE, lambda pair: pair[0].indicator.code),
    Column("period", PERIOD, lambda pair: pair[0].period),
    Column("year", WHOLE, lambda pair: pair[0].year),
    Column("group", CODE, lambda pair: pair[1].region.code),
    Column("members", CODES, lambda pair: pair[1].region.members),
    *(column.through(lambda pair: pair[1]) for column in _NUMBERS),
)
DECOMPOSITION = AnswerSchema(
    "decompose",
    "How much of a spread is within groups, and between them",
    Record(
        Column(
            "region",
            REGION,
            lambda split: with_members(split.region, split.total.composition or None),
        ),
        *PROVENANCE,
        Column("total", RESULT),
        Column("within", NUMBER),
        Column("between", NUMBER),
        Column("groups", ListOf(_GROUP)),
    ),
    (_ROW,),
)
_COLUMNS = (
    Column("group", TEXT, label="Group"),
    Column("members", WHOLE, label="Members"),
    Column("share", SHARE, label="Weight"),
    Column("ratio", SHARE, label="Mean"),
    Column("own", AMOUNT, label="Own"),
    Column("within", AMOUNT, label="Within"),
    Column("between", AMOUNT, label="Between"),
)


def decomposition_report(split: Decomposition) -> Document:
    """A decomposition as a document: a row a group, then the sums and the total."""
    lines = [(_ROW, (split, group)) for group in split.groups]
    return Document(DECOMPOSITION, split, lines, (_groups(split),), Voice(registry=split.registry))


def _groups(split: Decomposition) -> Report:
    indicator, total = split.indicator, split.total.low
    within, between = (split.within, indicator), (split.between, indicator)
    whole = Fraction(1)
    rows = [_row(group, split) for group in split.groups]
    rows.append(("All groups", len(split.region), whole, whole, None, within, between))
    split_up = (
        f"{indicator.label} in all: {figure(total, indicator)} = "
        f"{figure(*within)} within groups ({_part(split.within, total)}) + "
        f"{figure(*between)} between groups ({_part(split.between, total)})."
    )
    notes = [
        split_up,
        "Weight: the group's share of what weighs members. Mean: its mean over that of all.",
        *legend_notes([split.total]),
    ]
    title = f"{indicator.label} of {split.region}, {year_text(split.total)}"
    return Report(title, _COLUMNS, tuple(rows), notes, map(str, split.total.sources))


def _row(group: Group, split: Decomposition) -> tuple[Any, ...]:
    numbers = ((value, split.indicator) for value in (group.own, group.within, group.between))
    return (str(group.region), len(group.region), group.share, group.ratio, *numbers)


def _part(value: Exact, total: Exact) -> str:
    return percent(Fraction(value) / total, 1) if total else "–"
