"""Differences as documents."""

from fractions import Fraction
from functools import partial
from typing import Any

from bajio.questions.difference import Contribution, Difference, MemberPart
from bajio.report.answer_words import notes_text
from bajio.report.headlines import difference_title
from bajio.report.kinds import (
    BARE,
    CHANGE,
    CODE,
    EXACT,
    FLAG,
    NUMBER,
    PROVENANCE,
    REGION,
    RESULT,
    SHARE,
    TEXT,
    Phrase,
    with_members,
)
from bajio.report.records import Column, ListOf, Record, Text
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.words.phrasebook import say

#: The effects of a difference.
_EFFECTS = ("within", "structure", "membership")
_AMOUNTS = tuple(Column(effect, NUMBER) for effect in _EFFECTS)
_PART = Record(Column("value", NUMBER), Column("share", NUMBER | None)) | None
_CONTRIBUTION = Record(
    Column("area", CODE),
    Column("name", TEXT, lambda one: one.label),
    Column("now", _PART),
    Column("base", _PART),
    *_AMOUNTS,
    Column("total", NUMBER),
    Column("exact", EXACT, lambda one: one.total),
)
_SIDE = Record(
    Column("region", REGION, lambda one: with_members(one.region, one.composition or None)),
    *RESULT.columns,
)
_ROW = Record(
    Column("indicator", CODE, lambda pair: pair[0].now.indicator.code),
    *(column.through(lambda pair: pair[1]) for column in _CONTRIBUTION.columns),
    Column("unit", TEXT, lambda pair: pair[0].now.unit),
)
DIFFERENCE = AnswerSchema(
    "difference",
    "A difference, split into members' contributions",
    Record(
        *PROVENANCE,
        Column("indicator", CODE, lambda answer: answer.now.indicator.code),
        Column("unit", TEXT, lambda answer: answer.now.unit),
        Column("now", _SIDE),
        Column("base", _SIDE),
        Column("change", NUMBER),
        Column("exact", EXACT, lambda answer: answer.change),
        Column("nominal", FLAG),
        *_AMOUNTS,
        Column("contributions", ListOf(_CONTRIBUTION)),
    ),
    (_ROW,),
)


def difference_report(answer: Difference) -> Document:
    """A difference as a document: each member on both sides, and what it contributes."""
    return Document(
        DIFFERENCE,
        answer,
        [(_ROW, (answer, contribution)) for contribution in answer.contributions],
        (_contributions(answer),),
    )


def _contributions(answer: Difference) -> Report:
    effects = _shown_effects(answer)
    columns = [Column("name", TEXT, heading="member")]
    for name in _names(answer):
        columns.append(Column("value", BARE, label=name, absent="–"))
        if answer.is_ratio:
            columns.append(Column("share", SHARE, heading="its-share", absent="–"))
    columns += [
        Column(effect, CHANGE, heading="own-ratio" if effect == "within" else effect)
        for effect in effects
    ]
    columns.append(Column("total", CHANGE, heading="contribution"))
    rows = [_row(contribution, answer, effects) for contribution in answer.contributions]
    return Report(
        partial(difference_title, answer),
        tuple(columns),
        (*rows, _total_row(answer, effects)),
        partial(_notes, answer),
        (*answer.now.sources, *answer.base.sources),
    )


def _notes(answer: Difference, language: str) -> list[str]:
    keys = []
    if _shown_effects(answer):
        keys.append("note.mid-point")
    elif answer.membership and answer.is_ratio:
        keys.append("note.from-mid-point")
    if answer.nominal:
        keys.append("note.nominal")
    notes = [say(key, language) for key in keys]
    return notes + notes_text((answer.now, answer.base), language)


def _names(answer: Difference) -> tuple[Text, Text]:
    now, base = answer.now, answer.base
    if now.region == base.region:
        return str(now.period), str(base.period)
    return now.region.name, base.region.name


def _shown_effects(answer: Difference) -> list[str]:
    """The effects that are there, where there is more than one."""
    shown = [
        effect
        for effect in _EFFECTS
        if any(getattr(contribution, effect) for contribution in answer.contributions)
    ]
    return shown if answer.is_ratio and len(shown) > 1 else []


def _row(contribution: Contribution, answer: Difference, effects: list[str]) -> tuple[Any, ...]:
    parts = [
        cell for part in (contribution.now, contribution.base) for cell in _part_cells(part, answer)
    ]
    numbers: list[Fraction] = [getattr(contribution, effect) for effect in effects]
    return (contribution.label, *parts, *_changes([*numbers, contribution.total], answer))


def _part_cells(part: MemberPart | None, answer: Difference) -> list[Any]:
    value = None if part is None else (part.value, answer.now.indicator)
    share = [None if part is None else part.share] if answer.is_ratio else []
    return [value, *share]


def _total_row(answer: Difference, effects: list[str]) -> tuple[Any, ...]:
    cells: list[Any] = [Phrase("table.region")]
    for side in (answer.now, answer.base):
        cells += [(side.low, side.indicator)] + ([Fraction(1)] if answer.is_ratio else [])
    numbers: list[Fraction] = [getattr(answer, effect) for effect in effects]
    return (*cells, *_changes([*numbers, Fraction(answer.change)], answer))


def _changes(numbers: list[Fraction], answer: Difference) -> list[Any]:
    return [(number, answer.now.indicator) for number in numbers]
