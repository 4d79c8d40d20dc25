"""Decompositions as documents."""

from fractions import Fraction
from functools import partial
from typing import Any

from bajio.facts.observations import Exact
from bajio.questions.decomposition import Decomposition, Group
from bajio.report.answer_words import figure, title_of, year_text
from bajio.report.footnotes import legend_notes, sources_of
from bajio.report.kinds import (
    AMOUNT,
    CODE,
    CODES,
    EXACT,
    NAMED,
    NUMBER,
    PERIOD,
    PROVENANCE,
    REGION,
    RESULT,
    SHARE,
    WHOLE,
    Phrase,
    with_members,
)
from bajio.report.records import Column, ListOf, Record
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.words.magnitudes import percent
from bajio.words.phrasebook import say

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
    Column("group", NAMED, heading="group"),
    Column("members", WHOLE, heading="members"),
    Column("share", SHARE, heading="weight"),
    Column("ratio", SHARE, heading="mean"),
    Column("own", AMOUNT, heading="of-group"),
    Column("within", AMOUNT, heading="within-groups"),
    Column("between", AMOUNT, heading="between-groups"),
)


def decomposition_report(split: Decomposition) -> Document:
    """A decomposition as a document: a row a group, then the sums and the total."""
    lines = [(_ROW, (split, group)) for group in split.groups]
    return Document(DECOMPOSITION, split, lines, (_groups(split),))


def _groups(split: Decomposition) -> Report:
    indicator, whole = split.indicator, Fraction(1)
    within, between = (split.within, indicator), (split.between, indicator)
    rows = [_row(group, split) for group in split.groups]
    everyone = Phrase("decompose.all")
    rows.append((everyone, len(split.region), whole, whole, None, within, between))
    when = f", {year_text(split.total)}"
    title = partial(title_of, indicator.label, split.region, when)
    sources = sources_of([split.total])
    return Report(title, _COLUMNS, tuple(rows), partial(_notes, split), sources)


def _notes(split: Decomposition, language: str) -> list[str]:
    indicator, total = split.indicator, split.total.low
    parts = {
        "total": figure(total, indicator, language),
        "within": figure(split.within, indicator, language),
        "between": figure(split.between, indicator, language),
        "share": _part(split.within, total, language),
        "other": _part(split.between, total, language),
    }
    label = indicator.label.text(language)
    return [
        say("decompose.split", language, label=label, **parts),
        say("decompose.columns", language),
        *legend_notes([split.total], language),
    ]


def _row(group: Group, split: Decomposition) -> tuple[Any, ...]:
    numbers = ((value, split.indicator) for value in (group.own, group.within, group.between))
    return (group.region, len(group.region), group.share, group.ratio, *numbers)


def _part(value: Exact, total: Exact, language: str) -> str:
    return percent(Fraction(value) / total, 1, language) if total else "–"
