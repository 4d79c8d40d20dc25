"""Sensitivities as documents."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any

from attrs import evolve

from bajio.facts.observations import Exact
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.flips import Flip, Target
from bajio.questions.results import Missed, Rank, Result
from bajio.questions.sensitivity import Sensitivity, Variant
from bajio.report.answer_words import (
    change_text,
    notes_text,
    peer_name,
    rank_text,
    title_of,
    value_text,
)
from bajio.report.kinds import (
    CODE,
    CODES,
    EXACT,
    FIGURE,
    FLAG,
    NUMBER,
    PERIOD,
    TEXT,
    WHOLE,
    YEAR,
)
from bajio.report.rank_report import RANKED
from bajio.report.records import Column, ListOf, MappingOf, Record, Text, ValueKind, Voice, WordOf
from bajio.report.reports import AnswerSchema, Document, Lines, Report, lines_said, rows_of
from bajio.units import ONE
from bajio.words.enumerations import listed, ordinal, place_text, some_of
from bajio.words.magnitudes import relative
from bajio.words.messages import message_text
from bajio.words.phrasebook import say
from bajio.words.quantities import Scale, amount, scale_of

_MOST_NAMED = 12
_MOST_TOLD = 3


def _answer(variant: Variant) -> Result | None:
    return variant.answer if isinstance(variant.answer, Result) else None


def _placed(variant: Variant, what: str) -> int | None:
    answer = _answer(variant)
    return getattr(answer.rank, what) if answer and answer.rank else None


_VARIANT = Record(
    Column("area", CODE),
    Column("name", TEXT, lambda one: one.label),
    Column("value", FIGURE, _answer),
    Column("reason", TEXT | None, lambda one: getattr(one.answer, "reason", None)),
    Column("partial", FLAG | None, lambda one: getattr(one.answer, "is_partial", None)),
    Column("change", NUMBER | None),
    Column("position", WHOLE | None, lambda one: _placed(one, "position")),
    Column("of", WHOLE | None, lambda one: _placed(one, "of")),
    Column("places", WHOLE | None),
)
_FLIP = Record(
    Column("figure", TEXT, lambda flip: flip.name),
    Column("unit", TEXT),
    Column("direction", WordOf(("up", "down")), lambda flip: "up" if flip.target.up else "down"),
    Column("position", WHOLE, lambda flip: flip.target.position),
    Column("peers", CODES, lambda flip: flip.target.peers),
    Column("now", NUMBER),
    Column("needed", NUMBER | None),
    Column("exact", EXACT | None, lambda flip: flip.needed),
    Column("change", NUMBER | None),
    Column("relative", NUMBER | None),
)
#: A row of CSV: what it is, a variant, and the result that it is a variant of.
_VARIANT_ROW = Record(
    Column("kind", WordOf(("region", "without", "joining")), lambda row: row[0]),
    *(column.through(lambda row: row[1]) for column in _VARIANT.columns),
    Column("indicator", CODE, lambda row: row[2].indicator.code),
    Column("unit", TEXT, lambda row: row[2].unit),
    Column("period", PERIOD, lambda row: row[2].period),
    Column("year", YEAR, lambda row: row[2]),
)
_FLIP_ROW = Record(
    Column("kind", WordOf(("flip",)), lambda _: "flip"),
    *(column.through(lambda row: row[0]) for column in _FLIP.columns),
    Column("period", PERIOD, lambda row: row[1].period),
    Column("year", YEAR, lambda row: row[1]),
)
SENSITIVITY = AnswerSchema(
    "sensitivity",
    "What a rank hangs on",
    Record(
        *(column.through(lambda answer: answer.result) for column in RANKED),
        Column("without", ListOf(_VARIANT)),
        Column("joining", ListOf(_VARIANT)),
        Column(
            "flips",
            Record(
                Column("value", ListOf(_FLIP)),
                Column("inputs", ListOf(_FLIP)),
                Column("skipped", MappingOf(TEXT), lambda flips: dict(flips.skipped)),
            ),
        ),
    ),
    (_VARIANT_ROW, _FLIP_ROW),
)


def sensitivity_report(answer: Sensitivity) -> Document:
    """A sensitivity as a document: without each member, with each area more, and flip points."""
    return Document(
        SENSITIVITY,
        answer,
        list(_lines(answer)),
        tuple(_reports(answer)),
    )


def _lines(answer: Sensitivity) -> Iterator[tuple[Record, Any]]:
    """The region, each area that leaves or joins, each flip point."""
    result = answer.result
    variant = Variant(result.region.code, Label(str(result.region)), result)
    yield _VARIANT_ROW, ("region", variant, result)
    yield from ((_VARIANT_ROW, ("without", one, result)) for one in answer.without)
    yield from ((_VARIANT_ROW, ("joining", variant, result)) for variant in answer.joining)
    yield from ((_FLIP_ROW, (flip, result)) for flip in (*answer.flips.value, *answer.flips.inputs))


def _reports(answer: Sensitivity) -> list[Report]:
    reports = [_without(answer)]
    if answer.joining:
        reports.append(_joining(answer))
    if answer.flips.value:
        reports += _flips(answer)
    result, last = answer.result, reports[-1]

    def notes(language: str) -> list[str]:
        why = message_text(result.rank_reason, language)
        none = [say("note.no-rank", language, reason=why)] if result.rank_reason else []
        return [*lines_said(last.notes, language), *none, *notes_text([result], language)]

    reports[-1] = evolve(
        last,
        notes=notes,
        sources=result.sources,
        peer_sources=result.rank.sources if result.rank else (),
    )
    return reports


def _title(answer: Sensitivity, language: str) -> str:
    result = answer.result
    rank = f", {rank_text(result.rank, answer.registry, language)}" if result.rank else ""
    when = f", {result.period}" if result.period is not None else ""
    title = title_of(result.indicator.label, result.region, when, language)
    return f"{title}: {value_text(result, language)}{rank}"


def _without(answer: Sensitivity) -> Report:
    notes = partial(_lacking, "note.no-value-without", answer.without)
    return _variants(partial(_title, answer), "without", answer.without, notes, answer)


def _lacking(key: str, variants: Iterable[Variant], language: str) -> list[str]:
    """Why there is no value without a member, or with another."""
    return [
        say(
            key,
            language,
            area=variant.label.text(language),
            reason=message_text(variant.answer.reason, language),
        )
        for variant in variants
        if isinstance(variant.answer, Missed)
    ]


def _variants(
    title: Text, word: str, variants: Iterable[Variant], notes: Lines, answer: Sensitivity
) -> Report:
    result = answer.result

    def change(variant: Variant) -> Any:
        if result.exact is None or variant.change is None:
            return None
        return variant.change, result.exact, result.indicator

    columns: tuple[Column, ...] = (
        Column("name", TEXT, lambda variant: variant.label, heading=word),
        Column("value", FIGURE, _answer, heading="value", absent="–"),
        Column("change", _CHANGE, change, heading="change", absent="–"),
    )
    if result.rank is not None:
        columns += (Column("rank", _MOVED, _moved, heading="rank", absent="–"),)
    return Report(title, columns, rows_of(columns, variants), notes)


def _moved(variant: Variant) -> tuple[Rank, int | None] | None:
    """The rank of a variant, and by how many places it is better."""
    answer = _answer(variant)
    return None if answer is None or answer.rank is None else (answer.rank, variant.places)


def _moved_text(moved: tuple[Rank, int | None], voice: Voice) -> str:
    rank, places = moved
    text = place_text(rank.position, rank.of, voice.language)
    if not places:
        return text
    way = "rank.up" if places > 0 else "rank.down"
    return text + say(way, voice.language, count=abs(places))


def _exact_change(cell: tuple[Exact, Exact, Indicator]) -> Exact | None:
    """What the words of a change tell: points of a percentage, else a part of what was."""
    change, before, indicator = cell
    if scale_of(indicator) == ONE:
        return change
    return Fraction(change) / Fraction(before) if before else None


_CHANGE = ValueKind(
    {},
    words=lambda cell, voice: change_text(cell[0], cell[1], cell[2], voice.language),
    right=True,
    exact=_exact_change,
)
_MOVED = ValueKind({}, words=_moved_text, exact=lambda moved: moved[0].position)


def _joining(answer: Sensitivity) -> Report:
    """The areas that would change the rank; all of them where there is no rank."""
    ranked = answer.result.rank is not None
    shown = [variant for variant in answer.joining if variant.places or not ranked]
    title = partial(say, "sensitivity.joining-ranked" if ranked else "sensitivity.joining")
    return _variants(title, "with", shown, partial(_joining_notes, answer, shown), answer)


def _joining_notes(answer: Sensitivity, shown: Iterable[Variant], language: str) -> list[str]:
    notes = _lacking("note.no-value-with", shown, language)
    if answer.result.rank is None:
        return notes
    level = [variant.label.text(language) for variant in answer.joining if variant.places == 0]
    lacking = [
        variant.label.text(language)
        for variant in answer.joining
        if isinstance(variant.answer, Missed)
    ]
    for key, names in (("note.rank-stays", level), ("note.no-values-with", lacking)):
        if names:
            notes.append(say(key, language, names=some_of(names, _MOST_NAMED, language)))
    return notes


def _flips(answer: Sensitivity) -> list[Report]:
    """What a better and a worse rank take, figure by figure."""
    targets = dict.fromkeys(flip.target for flip in answer.flips.value)
    reports = [_target(target, answer) for target in targets]
    return [*reports[:-1], evolve(reports[-1], notes=partial(_flip_notes, answer))]


def _flip_notes(answer: Sensitivity, language: str) -> list[str]:
    notes = [say("note.each-by-itself", language)]
    by_reason: dict[str, list[str]] = {}
    for name, reason in answer.flips.skipped:
        by_reason.setdefault(reason, []).append(name)
    for reason, names in by_reason.items():
        few = len(names) <= _MOST_TOLD
        sums = ", ".join(names) if few else say("sensitivity.sums", language, count=len(names))
        why = message_text(reason, language)
        notes.append(say("note.not-worked-out", language, names=sums, reason=why))
    return notes


def _target(target: Target, answer: Sensitivity) -> Report:
    """What it takes to come to another rank."""
    return Report(
        partial(_target_title, target, answer),
        _FLIP_COLUMNS,
        tuple(_flip_row(flip, answer) for flip in _shown(answer) if flip.target == target),
    )


def _target_title(target: Target, answer: Sensitivity, language: str) -> str:
    peers = listed(
        (
            peer_name(answer.result.rank, answer.registry, code, language)
            for code in target.peers[:2]
        ),
        language,
    )
    key = "sensitivity.up" if target.up else "sensitivity.down"
    return say(key, language, place=ordinal(target.position, language), peers=peers)


def _shown(answer: Sensitivity) -> list[Flip]:
    """The flip points without those of a sum that is the value itself."""
    result_now = answer.result.point, answer.result.unit
    return [
        *answer.flips.value,
        *(flip for flip in answer.flips.inputs if (flip.now, flip.unit) != result_now),
    ]


def _flip_row(flip: Flip, answer: Sensitivity) -> tuple[Any, ...]:
    indicator = answer.result.indicator
    is_of_indicator = flip.name == indicator.code
    name, shown = (
        (indicator.label, scale_of(indicator)) if is_of_indicator else (flip.name, flip.unit)
    )
    return name, (flip.now, shown), (flip, shown), None if flip.needed is None else flip


def _needed_text(pair: tuple[Flip, Scale], voice: Voice) -> str:
    flip, shown = pair
    if flip.needed is None:
        return say("flip.nothing", voice.language)
    return say(_side(flip), voice.language, amount=amount(flip.needed, shown, voice.language))


_SCALED = ValueKind(
    {},
    words=lambda pair, voice: amount(pair[0], pair[1], voice.language),
    right=True,
    exact=itemgetter(0),
)
_FLIP_COLUMNS = (
    Column("figure", TEXT, heading="one-of"),
    Column("now", _SCALED, heading="now"),
    Column(
        "needed",
        ValueKind({}, words=_needed_text, right=True, exact=lambda pair: pair[0].needed),
        heading="needed",
    ),
    Column(
        "relative",
        ValueKind(
            {},
            words=lambda flip, voice: relative(flip.relative, voice.language),
            right=True,
            exact=attrgetter("relative"),
        ),
        heading="change",
    ),
)


def _side(flip: Flip) -> str:
    """The phrase of what is needed."""
    assert flip.change is not None
    if not flip.change:
        return "flip.off"
    if flip.target.up:
        return "flip.at-least" if flip.change > 0 else "flip.at-most"
    return "flip.above" if flip.change > 0 else "flip.below"
