"""Scores by a composite as documents."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bajio.composites import Aggregation, Normalisation
from bajio.facts.observations import Exact
from bajio.labels import Label
from bajio.questions.results import Result
from bajio.questions.scores import Score, Scores
from bajio.questions.weights import Reweighed, WeightSensitivity
from bajio.report.answer_words import figure
from bajio.report.footnotes import sources_of
from bajio.report.kinds import (
    CODE,
    EXACT,
    FLAG,
    FLOAT,
    MAGNITUDE,
    NUMBER,
    PERIOD,
    PROVENANCE,
    STATUS,
    TEXT,
    TEXTS,
    WHOLE,
    Phrase,
)
from bajio.report.records import (
    Column,
    ColumnsOf,
    ListOf,
    MappingOf,
    PairOf,
    Record,
    ValueKind,
    Voice,
    WordOf,
)
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.units import ONE
from bajio.words.enumerations import ordinal, status_legend
from bajio.words.magnitudes import percent, places
from bajio.words.messages import message_text
from bajio.words.phrasebook import ENGLISH, say
from bajio.words.quantities import unit_name

#: How many neighbours of a region are shown on either side, and how many are told to be left out.
_BESIDE, _MOST_LEFT_OUT = 2, 5


def _values(row: Any) -> Mapping[str, Exact | None]:
    return {code: result.exact for code, result in row[0].results.items()}


def _statuses(row: Any) -> Mapping[str, str]:
    return {code: result.status for code, result in row[0].results.items()}


def _of_score(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(column.through(lambda row: row[0]) for column in columns)


#: A score, with all that it is one of.
_SCORE = (
    *_of_score((Column("position", WHOLE), Column("code", CODE))),
    Column("name", TEXT, lambda row: _name(row[0], row[1])),
    *_of_score((Column("asked", FLAG), Column("score", FLOAT, lambda score: score.exact))),
    Column("values", ColumnsOf(NUMBER | None), _values),
    Column("normalised", ColumnsOf(FLOAT, "{}_normalised"), lambda row: row[0].normalised),
)
#: A row of CSV: the same with the ranks under all weights.
_ROW = Record(
    *_SCORE,
    Column("best", WHOLE, lambda row: row[2].ranges[row[0].code][0]),
    Column("worst", WHOLE, lambda row: row[2].ranges[row[0].code][1]),
    Column("period", PERIOD, lambda row: row[1].period),
    Column("year", WHOLE | None, lambda row: row[1].year),
)
_WEIGHTS = Column("weights", MappingOf(EXACT))
_COMPOSITE = Record(
    Column("code", CODE),
    Column("label", TEXT),
    Column("normalisation", WordOf(Normalisation)),
    Column("aggregation", WordOf(Aggregation)),
    Column("scale", PairOf(NUMBER)),
    _WEIGHTS,
    Column("formula_source", TEXT),
)
#: How ranks hang on weights, with the codes of the regions that were asked for.
_SENSITIVITY = Record(
    Column(
        "variants",
        ListOf(
            Record(
                Column("indicator", CODE, lambda pair: pair[0].component),
                Column("change", NUMBER, lambda pair: pair[0].change),
                _WEIGHTS.through(lambda pair: pair[0]),
                Column(
                    "positions",
                    MappingOf(WHOLE),
                    lambda pair: {code: pair[0].positions[code] for code in pair[1]},
                ),
            )
        ),
        lambda pair: [(one, pair[1]) for one in pair[0].variants],
    ),
    Column(
        "ranges",
        MappingOf(PairOf(WHOLE)),
        lambda pair: {code: pair[0].ranges[code] for code in pair[1]},
    ),
    Column("steps", WHOLE, lambda pair: pair[0].steps),
    Column("points", WHOLE, lambda pair: pair[0].points),
)
COMPOSITE = AnswerSchema(
    "composite",
    "Regions scored and ranked by several indicators together",
    Record(
        *PROVENANCE,
        Column("composite", _COMPOSITE, lambda weighed: weighed[0].composite),
        Column("period", PERIOD, lambda weighed: weighed[0].period),
        Column("year", WHOLE | None, lambda weighed: weighed[0].year),
        Column("among", CODE, lambda weighed: weighed[0].among),
        Column(
            "scores",
            ListOf(Record(*_SCORE, Column("status", MappingOf(STATUS), _statuses))),
            lambda weighed: [(score, *weighed) for score in weighed[0].scores],
        ),
        Column("left_out", MappingOf(TEXT), lambda weighed: dict(weighed[0].left_out)),
        Column("sources", TEXTS, lambda weighed: weighed[0].sources),
        Column(
            "sensitivity",
            _SENSITIVITY,
            lambda weighed: (weighed[1], [one.code for one in weighed[0].asked]),
        ),
    ),
    (_ROW,),
)


def composite_report(scores: Scores, *, every: bool = False) -> Document:
    """Scores as a document: the regions with their neighbours, and their ranks by other weights.

    Args:
        scores: the answer.
        every: whether tables show all that are compared.
    """
    weighed = scores, scores.weights()
    return Document(
        COMPOSITE,
        weighed,
        [(_ROW, (score, *weighed)) for score in scores.scores],
        (_scores(scores, every=every), _weights(*weighed)),
        Voice(registry=scores.registry),
        tuple(scores.composite.weights),
    )


def _scores(scores: Scores, *, every: bool) -> Report:
    labels = {code: one.indicator.label for code, one in scores.scores[0].results.items()}
    columns = (
        Column("position", WHOLE, lambda one: one.position, heading="rank"),
        Column("name", _MARKED, lambda one: (one, scores), _area),
        Column("score", MAGNITUDE, lambda one: one.exact, heading="score"),
        *(
            Column(code, _FIGURE_AND_SCORE, partial(_pair, code), label.text)
            for code, label in labels.items()
        ),
    )
    rows: list[tuple[Any, ...]] = []
    last = -1
    for position in _shown(scores.scores, every=every):
        if position > last + 1:
            rows.append(("…", *(None for _ in columns[1:])))
        rows += rows_of(columns, [scores.scores[position]])
        last = position
    results = [result for one in scores.scores for result in one.results.values()]
    notes = partial(_notes, scores, results)
    return Report(partial(_title, scores), columns, tuple(rows), notes, sources_of(results))


def _area(language: str) -> str:
    return f"  {say('column.area', language)}"


def _title(scores: Scores, language: str) -> str:
    return say(
        "composite.title",
        language,
        label=scores.composite.label.text(language),
        when=f", {scores.period}" if scores.period is not None else "",
        count=len(scores),
        group=_group(scores, language),
    )


def _notes(scores: Scores, results: Sequence[Result], language: str) -> list[str]:
    composite, labels = scores.composite, _labels(scores, language)
    weights = ", ".join(
        f"{labels[code]} {percent(weight, 1, language)}"
        for code, weight in composite.weights.items()
    )
    notes = [
        say(f"composite.by-{composite.normalisation}", language),
        say(f"composite.{composite.aggregation}", language),
        say("composite.weights", language, weights=weights),
        *_unit_notes(scores, language),
    ]
    legend = status_legend({result.status for result in results}, language)
    notes += [say("composite.statuses", language, legend=legend)] if legend else []
    notes += [
        say("composite.left-out", language, code=code, reason=message_text(why, language))
        for code, why in scores.left_out[:_MOST_LEFT_OUT]
    ]
    more = len(scores.left_out) - _MOST_LEFT_OUT
    return notes + ([say("composite.left-out-more", language, count=more)] if more > 0 else [])


def _shown(scores: Sequence[Score], *, every: bool) -> list[int]:
    """Which lines a table shows: the first, the last, and those near a region asked for."""

    def near(position: int) -> bool:
        beside = scores[max(position - _BESIDE, 0) : position + _BESIDE + 1]
        return position in {0, len(scores) - 1} or any(
            score_beside.asked for score_beside in beside
        )

    return [at for at in range(len(scores)) if every or near(at)]


def _labels(scores: Scores, language: str) -> dict[str, str]:
    results = scores.scores[0].results
    return {code: result.indicator.label.text(language) for code, result in results.items()}


def _unit_notes(scores: Scores, language: str) -> list[str]:
    """The units of the figures, those of one unit together."""
    by_unit: dict[str, list[str]] = {}
    for result in scores.scores[0].results.values():
        if result.unit != ONE:
            unit = unit_name(result.unit, language)
            by_unit.setdefault(unit, []).append(result.indicator.label.text(language))
    return [
        say("composite.unit", language, unit=unit, labels=", ".join(labels))
        for unit, labels in by_unit.items()
    ]


def _pair(code: str, score: Score) -> tuple[Score, str]:
    return score, code


def _figure_and_score(pair: tuple[Score, str], voice: Voice) -> str:
    score, code = pair
    result, normalised = score.results[code], float(score.normalised[code])
    digits = 1 if abs(normalised) >= 10 else 2
    text = figure(result.low, result.indicator, voice.language, with_unit=False)
    return f"{text} ({normalised:.{digits}f})"


def _marked(pair: tuple[Score, Scores], voice: Voice) -> str:
    score, scores = pair
    return f"{'→' if score.asked else ' '} {_name(score, scores, voice.language)}"


_FIGURE_AND_SCORE = ValueKind({}, words=_figure_and_score, right=True)
_MARKED = ValueKind({}, words=_marked)


def _name(score: Score, scores: Scores, language: str = ENGLISH) -> str:
    if score.region.names:
        return score.region.name(language)
    return " + ".join(scores.registry.name_of(code, language) for code in score.region.areas)


def _group(scores: Scores, language: str) -> str:
    registry, among = scores.registry, scores.among
    if among in registry.peer_groups:
        return registry.peer_groups[among].names.text(language)
    if among in registry.areas:
        return say("composite.areas", language, area=registry.name_of(among, language))
    return among


def _weights(scores: Scores, weights: WeightSensitivity) -> Report:
    """The ranks of the regions under other weights."""
    asked = scores.asked
    labels = {code: one.indicator.label for code, one in scores.scores[0].results.items()}
    rows = [
        (Phrase("composite.declared"), *((one.position, one.position) for one in asked)),
        *(
            (
                _variant(variant, labels),
                *((variant.positions[asked_score.code],) * 2 for asked_score in asked),
            )
            for variant in weights.variants
        ),
        (
            Phrase("composite.any", points=partial(places, weights.points, 0)),
            *(weights.ranges[asked_score.code] for asked_score in asked),
        ),
    ]
    columns = (
        Column("weights", TEXT, heading="weights"),
        *(Column(one.code, _PLACES, label=partial(_name, one, scores)) for one in asked),
    )
    note = partial(say, "composite.points", steps=weights.steps)
    return Report(partial(say, "composite.others"), columns, tuple(rows), (note,))


def _variant(reweighed: Reweighed, labels: Mapping[str, Label]) -> Phrase:
    label = labels[reweighed.component].text
    if reweighed.change == -1:
        return Phrase("composite.without", label=label)
    change = partial(percent, reweighed.change, 0, sign=True)
    return Phrase("composite.change", label=label, change=change)


def _places_text(ends: tuple[int, int], voice: Voice) -> str:
    low, high = (ordinal(place, voice.language) for place in ends)
    return low if low == high else say("figure.between", voice.language, low=low, high=high)


#: The best and the worst rank; one where they are the same.
_PLACES = ValueKind({}, words=_places_text)
