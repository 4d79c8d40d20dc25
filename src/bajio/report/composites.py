"""Scores by a composite as sheets and as plain data."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bajio.facts.observations import Exact
from bajio.questions.results import plain
from bajio.questions.scoring import Score, Scores
from bajio.questions.weighing import Reweighed, WeightSensitivity
from bajio.report.data import SCHEMA, exact_text
from bajio.report.sheets import Sheet
from bajio.report.wording import bare_figure
from bajio.units import ONE
from bajio.words.enumerations import ordinal, status_legend
from bajio.words.magnitudes import magnitude, percent
from bajio.words.quantities import unit_name

#: How many neighbours of a region are shown on either side.
_BESIDE = 2


def composite_sheets(found: Scores, *, every: bool = False) -> list[Sheet]:
    """Scores as tables: the regions with their neighbours, and their ranks under other weights.

    Args:
        found: the answer.
        every: whether all that are compared are shown.
    """
    return [_score_sheet(found, every=every), _weight_sheet(found)]


def _score_sheet(found: Scores, *, every: bool) -> Sheet:
    composite = found.composite
    labels = _labels(found)
    rows: list[tuple[str, ...]] = []
    last = -1
    for at, one in enumerate(found.scores):
        near = any(beside.asked for beside in found.scores[max(at - _BESIDE, 0) : at + _BESIDE + 1])
        if not (every or near or at in {0, len(found) - 1}):
            continue
        if at > last + 1:
            rows.append(("…", "", "", *("" for _ in labels)))
        last = at
        name = f"{'→' if one.asked else ' '} {_name(one, found)}"
        cells = (_cell(one, code) for code in labels)
        rows.append((str(one.position), name, magnitude(one.exact), *cells))
    when = f", {found.year}" if found.year is not None else ""
    group = _group(found)
    title = f"{composite.label}{when}, among {len(found)}: {group}"
    weights = ", ".join(f"{labels[code]} {percent(w, 1)}" for code, w in composite.weights.items())
    notes = [
        f"In brackets: normalised by {composite.normalisation}.",
        f"The score is their {composite.aggregation} mean.",
        f"Weights: {weights}.",
        *_unit_notes(found),
    ]
    statuses = {result.status for one in found.scores for result in one.results.values()}
    legend = status_legend(statuses)
    notes += [f"Among the figures: {legend}."] if legend else []
    notes += [f"Left out: {code}, {reason}." for code, reason in found.left_out[:5]]
    more = len(found.left_out) - 5
    notes += [f"Left out: {more} more."] if more > 0 else []
    notes += [f"Source: {source}." for source in dict.fromkeys(map(str, found.sources))]
    header = ("Rank", "  Area", "Score", *labels.values())
    return Sheet(title, header, tuple(rows), (0, *range(2, len(header))), tuple(notes))


def _labels(found: Scores) -> dict[str, str]:
    return {code: str(one.indicator.label) for code, one in found.scores[0].results.items()}


def _unit_notes(found: Scores) -> list[str]:
    """The units of the figures, those of one unit together."""
    by_unit: dict[str, list[str]] = {}
    for result in found.scores[0].results.values():
        if result.unit != ONE:
            by_unit.setdefault(unit_name(result.unit), []).append(str(result.indicator.label))
    return [f"In {unit}: {', '.join(labels)}." for unit, labels in by_unit.items()]


def _cell(one: Score, code: str) -> str:
    result = one.results[code]
    return f"{bare_figure(result.low, result.indicator)} ({_short(one.normalised[code])})"


def _short(exact: Exact) -> str:
    number = float(exact)
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"


def _name(one: Score, found: Scores) -> str:
    return (
        str(one.region)
        if one.region.names
        else " + ".join(found.registry.name_of(code) for code in one.region.areas)
    )


def _group(found: Scores) -> str:
    registry, among = found.registry, found.among
    if among in registry.peer_groups:
        return str(registry.peer_groups[among].names)
    return f"areas of {registry.name_of(among)}" if among in registry.areas else among


def _weight_sheet(found: Scores) -> Sheet:
    """The ranks of the regions under other weights."""
    weights = found.weights()
    labels = _labels(found)
    asked = found.asked
    rows = [
        ("as declared", *(ordinal(one.position) for one in asked)),
        *(
            (_variant(one, labels), *(ordinal(one.positions[own.code]) for own in asked))
            for one in weights.variants
        ),
        (f"any ({weights.points:,} tried)", *(_range(weights, own.code) for own in asked)),
    ]
    header = ("Weights", *(_name(one, found) for one in asked))
    note = (
        f"Any: each weight a whole number of parts in {weights.steps}, "
        "those with a single indicator among them."
    )
    return Sheet("Rank under other weights", header, tuple(rows), (), (note,))


def _variant(one: Reweighed, labels: Mapping[str, str]) -> str:
    label = labels[one.component]
    if one.change == -1:
        return f"without {label}"
    return f"{label} {float(one.change) * 100:+.0f} %"


def _range(weights: WeightSensitivity, code: str) -> str:
    best, worst = weights.ranges[code]
    return ordinal(best) if best == worst else f"{ordinal(best)} to {ordinal(worst)}"


def composite_data(found: Scores) -> dict[str, Any]:
    """Scores as JSON holds them."""
    dataset, composite, weights = found.registry.dataset, found.composite, found.weights()
    codes = [one.code for one in found.asked]
    return {
        "schema": SCHEMA,
        "data": {"version": dataset.version, "digest": dataset.digest},
        "composite": {
            "code": composite.code,
            "label": str(composite.label),
            "normalisation": str(composite.normalisation),
            "aggregation": str(composite.aggregation),
            "scale": [plain(end) for end in composite.scale],
            "weights": {code: exact_text(weight) for code, weight in composite.weights.items()},
            "formula_source": composite.formula_source,
        },
        "year": found.year,
        "among": found.among,
        "scores": [_score_data(one, found) for one in found.scores],
        "left_out": dict(found.left_out),
        "sources": [str(use) for use in found.sources],
        "sensitivity": {
            "variants": [
                {
                    "indicator": one.component,
                    "change": plain(one.change),
                    "weights": {code: exact_text(weight) for code, weight in one.weights.items()},
                    "positions": {code: one.positions[code] for code in codes},
                }
                for one in weights.variants
            ],
            "ranges": {code: list(weights.ranges[code]) for code in codes},
            "steps": weights.steps,
            "points": weights.points,
        },
    }


def _score_data(one: Score, found: Scores) -> dict[str, Any]:
    return {
        "position": one.position,
        "code": one.code,
        "name": _name(one, found),
        "asked": one.asked,
        "score": float(Fraction(one.exact)),
        "values": {code: result.value for code, result in one.results.items()},
        "normalised": {code: float(value) for code, value in one.normalised.items()},
        "status": {code: result.status for code, result in one.results.items()},
    }


def composite_rows(found: Scores) -> list[dict[str, Any]]:
    """Scores as rows: one for each that is compared."""
    ranges = found.weights().ranges
    rows = []
    for one in found.scores:
        data = _score_data(one, found)
        values, normalised = data.pop("values"), data.pop("normalised")
        data.pop("status")
        best, worst = ranges[one.code]
        for code in values:
            data |= {code: values[code], f"{code}_normalised": normalised[code]}
        rows.append({**data, "best": best, "worst": worst, "year": found.year})
    return rows
