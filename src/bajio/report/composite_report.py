"""Scores by a composite as documents."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bajio.composites import Aggregation, Normalisation
from bajio.facts.observations import Exact
from bajio.questions.scoring import Score, Scores
from bajio.questions.weighing import Reweighed, WeightSensitivity
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
    one_of,
)
from bajio.report.records import Column, ListOf, MappingOf, Nullable, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.report.wording import bare_figure
from bajio.units import ONE
from bajio.words.enumerations import ordinal, status_legend
from bajio.words.magnitudes import percent
from bajio.words.quantities import unit_name

#: How many neighbours of a region are shown on either side, and how many are told to be left out.
_BESIDE, _MOST_LEFT_OUT = 2, 5
#: Scores, and how their ranks hang on the weights.
_Weighed = tuple[Scores, WeightSensitivity]


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
    Column("values", MappingOf(Nullable(NUMBER), "{}"), _values),
    Column("normalised", MappingOf(FLOAT, "{}_normalised"), lambda row: row[0].normalised),
)
#: A row of CSV: the same with the ranks under all weights.
_ROW = Record(
    *_SCORE,
    Column("best", WHOLE, lambda row: row[2].ranges[row[0].code][0]),
    Column("worst", WHOLE, lambda row: row[2].ranges[row[0].code][1]),
    Column("period", PERIOD, lambda row: row[1].period),
    Column("year", Nullable(WHOLE), lambda row: row[1].year),
)
_WEIGHTS = Column("weights", MappingOf(EXACT))
_COMPOSITE = Record(
    Column("code", CODE),
    Column("label", TEXT),
    Column("normalisation", one_of(*Normalisation)),
    Column("aggregation", one_of(*Aggregation)),
    Column("scale", ListOf(NUMBER, 2)),
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
        MappingOf(ListOf(WHOLE, 2)),
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
        Column("year", Nullable(WHOLE), lambda weighed: weighed[0].year),
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
    composite, labels = scores.composite, _labels(scores)
    columns = (
        Column("position", WHOLE, label="Rank"),
        Column(
            "name", TEXT, lambda one: f"{'→' if one.asked else ' '} {_name(one, scores)}", "  Area"
        ),
        Column("score", MAGNITUDE, lambda one: one.exact, "Score"),
        *(
            Column(code, _FIGURE_AND_SCORE, partial(_pair, code), label)
            for code, label in labels.items()
        ),
    )
    rows: list[tuple[Any, ...]] = []
    last = -1
    for at in _shown(scores.scores, every=every):
        if at > last + 1:
            rows.append(("…", *(None for _ in columns[1:])))
        rows += rows_of(columns, [scores.scores[at]])
        last = at
    when = f", {scores.period}" if scores.period is not None else ""
    weights = ", ".join(f"{labels[code]} {percent(w, 1)}" for code, w in composite.weights.items())
    notes = [
        f"In brackets: normalised by {composite.normalisation}.",
        f"The score is their {composite.aggregation} mean.",
        f"Weights: {weights}.",
        *_unit_notes(scores),
    ]
    results = [result for one in scores.scores for result in one.results.values()]
    legend = status_legend({result.status for result in results})
    notes += [f"Among the figures: {legend}."] if legend else []
    notes += [f"Left out: {code}, {why}." for code, why in scores.left_out[:_MOST_LEFT_OUT]]
    more = len(scores.left_out) - _MOST_LEFT_OUT
    notes += [f"Left out: {more} more."] if more > 0 else []
    title = f"{composite.label}{when}, among {len(scores)}: {_group(scores)}"
    return Report(title, columns, tuple(rows), notes, sources_of(results))


def _shown(scores: Sequence[Score], *, every: bool) -> list[int]:
    """Which lines a table shows: the first, the last, and those near a region asked for."""

    def near(at: int) -> bool:
        beside = scores[max(at - _BESIDE, 0) : at + _BESIDE + 1]
        return at in {0, len(scores) - 1} or any(one.asked for one in beside)

    return [at for at in range(len(scores)) if every or near(at)]


def _labels(scores: Scores) -> dict[str, str]:
    return {code: str(one.indicator.label) for code, one in scores.scores[0].results.items()}


def _unit_notes(scores: Scores) -> list[str]:
    """The units of the figures, those of one unit together."""
    by_unit: dict[str, list[str]] = {}
    for result in scores.scores[0].results.values():
        if result.unit != ONE:
            by_unit.setdefault(unit_name(result.unit), []).append(str(result.indicator.label))
    return [f"In {unit}: {', '.join(labels)}." for unit, labels in by_unit.items()]


def _pair(code: str, score: Score) -> tuple[Score, str]:
    return score, code


def _figure_and_score(pair: tuple[Score, str], _voice: Voice) -> str:
    score, code = pair
    result, normalised = score.results[code], float(score.normalised[code])
    digits = 1 if abs(normalised) >= 10 else 2
    return f"{bare_figure(result.low, result.indicator)} ({normalised:.{digits}f})"


_FIGURE_AND_SCORE = ValueKind({}, words=_figure_and_score, right=True)


def _name(score: Score, scores: Scores) -> str:
    return (
        str(score.region)
        if score.region.names
        else " + ".join(scores.registry.name_of(code) for code in score.region.areas)
    )


def _group(scores: Scores) -> str:
    registry, among = scores.registry, scores.among
    if among in registry.peer_groups:
        return str(registry.peer_groups[among].names)
    return f"areas of {registry.name_of(among)}" if among in registry.areas else among


def _weights(scores: Scores, weights: WeightSensitivity) -> Report:
    """The ranks of the regions under other weights."""
    labels, asked = _labels(scores), scores.asked
    rows = [
        ("as declared", *((one.position, one.position) for one in asked)),
        *(
            (_variant(one, labels), *((one.positions[own.code],) * 2 for own in asked))
            for one in weights.variants
        ),
        (f"any ({weights.points:,} tried)", *(weights.ranges[own.code] for own in asked)),
    ]
    columns = (
        Column("weights", TEXT, label="Weights"),
        *(Column(one.code, _PLACES, label=_name(one, scores)) for one in asked),
    )
    note = (
        f"Any: each weight a whole number of parts in {weights.steps}, "
        "those with a single indicator among them."
    )
    return Report("Rank under other weights", columns, tuple(rows), [note])


def _variant(one: Reweighed, labels: Mapping[str, str]) -> str:
    label = labels[one.component]
    if one.change == -1:
        return f"without {label}"
    return f"{label} {float(one.change) * 100:+.0f} %"


def _places_text(places: tuple[int, int], voice: Voice) -> str:
    return " to ".join(dict.fromkeys(ordinal(place, voice.language) for place in places))


#: The best and the worst rank; one where they are the same.
_PLACES = ValueKind({}, words=_places_text)
