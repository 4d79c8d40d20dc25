"""A spread among members: the curve that Lorenz drew, and how far it is from equality."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import frozen

from bajio.brief import Brief
from bajio.errors import Unavailable
from bajio.questions.explanation import LeafFigures
from bajio.questions.results import Result, plain
from bajio.registry import Registry
from bajio.report.charts.chart import Chart
from bajio.report.charts.side_marks import side_grid, side_marks
from bajio.report.charts.theme import (
    INK,
    NEIGHBOUR,
    QUIET,
    REGION,
    WIDTH,
    Caption,
    apart,
    framed,
    layer,
)
from bajio.report.charts.ticks import ChartAxis
from bajio.report.charts.told import (
    dated,
    indicator_name,
    peer_label,
    question_of,
    region_name,
    source_notes,
)
from bajio.units import ONE
from bajio.words.magnitudes import percent, places
from bajio.words.phrasebook import say

_SIDE, _LEFT, _GAP = 400, 48, 17
_MOST_NAMED = 20


@frozen(repr=False)
class _Step(Brief):
    """A member's place on the curve: its own parts, and what is reached with it."""

    area: str
    weight: Fraction
    part: Fraction
    across: Fraction
    up: Fraction


def spread_chart(result: Result, language: str) -> Chart:
    """The members, the least first: what share of the sum they have, by their share of the weights.

    Of a quotient of two sums the lower one weighs; of a sum each member counts alike.

    Raises:
        Unavailable: the indicator is neither, there is one member, or one has no figure, or less
            than nothing.
    """
    registry = question_of(result).registry
    steps, leaves = _steps(result)
    sums = [_summed(leaf, registry, language) for leaf in leaves]
    rows = [
        {
            "area": step.area,
            "name": peer_label(None, registry, step.area, language),
            "across": plain(step.across),
            "up": plain(step.up),
            "weight": plain(step.weight),
            "part": plain(step.part),
        }
        for step in steps
    ]
    start = {"area": "", "name": "", "across": 0, "up": 0, "weight": 0, "part": 0}
    axis = ChartAxis(0, 1, tuple(Fraction(tenths, 10) for tenths in range(0, 11, 2)))
    data = {
        "curve": [start, *rows],
        "names": _names(steps, registry, language),
        "marks": side_marks(axis, ONE, language, _SIDE),
    }
    span = [float(_LEFT), float(_LEFT + _SIDE)]
    x = {
        "field": "across",
        "type": "quantitative",
        "scale": axis.scale(range=span),
        "axis": axis.axis(ONE, language, _SIDE, title=_across(sums, language), grid=True),
    }
    y = {"field": "up", "type": "quantitative", "scale": axis.scale(), "axis": None}
    head = {"text": say("chart.up", language, what=sums[0]), "fontSize": 12, "color": QUIET}
    view = {
        "width": WIDTH,
        "height": _SIDE,
        "title": {**head, "fontWeight": "normal", "offset": 10},
        "layer": [*side_grid(span), *_layers(x, y)],
    }
    return framed([view], _caption(result, steps, registry, language), data)


def gini(steps: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Twice the area between equality and a curve, from its points after the first at nothing.

    Examples:
        >>> half = Fraction(1, 2)
        >>> gini([(half, Fraction(0)), (Fraction(1), Fraction(1))])
        Fraction(1, 2)
    """
    points = [(Fraction(0), Fraction(0)), *steps]
    below = ((after[0] - before[0]) * (after[1] + before[1]) for before, after in pairwise(points))
    return 1 - sum(below, Fraction(0))


def _summed(leaf: LeafFigures, registry: Registry, language: str) -> str:
    """What a leaf sums, by the name of its measure where it is one."""
    code, _, when = leaf.name.removeprefix("Σ ").partition(", ")
    measure = registry.dataset.measures.get(code)
    return leaf.name if measure is None else f"{measure.label.text(language)}, {when}"


def _across(sums: Sequence[str], language: str) -> str:
    if len(sums) > 1:
        return say("chart.across", language, what=sums[1])
    return say("chart.alike", language)


def _steps(result: Result) -> tuple[list[_Step], Sequence[LeafFigures]]:
    """The curve, and the sums that it is of: that above, and that which weighs."""
    leaves = result.explain().leaves
    parts = _figures(leaves[0])
    if len(leaves) == 1 and leaves[0].total == result.point:
        weights = dict.fromkeys(parts, Fraction(1))
    elif len(leaves) == 2 and _is_quotient(result, leaves):
        weights = _figures(leaves[1])
    else:
        raise Unavailable("a spread is of a sum, or of a quotient of two sums")
    if len(parts) < 2:
        raise Unavailable("one member has no spread")
    whole, weighed = sum(parts.values()), sum(weights.values())
    if (
        parts.keys() != weights.keys()
        or not whole
        or not all(weight > 0 for weight in weights.values())
    ):
        raise Unavailable("a member has no figure, or no weight: there is no spread to draw")
    order = sorted(parts, key=lambda code: (parts[code] / weights[code], code))
    across = up = Fraction(0)
    steps = []
    for code in order:
        across, up = across + weights[code] / weighed, up + parts[code] / whole
        steps.append(_Step(code, weights[code] / weighed, parts[code] / whole, across, up))
    return steps, leaves


def _is_quotient(result: Result, leaves: Sequence[LeafFigures]) -> bool:
    above, below = (leave.total for leave in leaves)
    return bool(above is not None and below and Fraction(above) / Fraction(below) == result.point)


def _figures(leaf: LeafFigures) -> dict[str, Fraction]:
    """A sum's figures by member.

    Raises:
        Unavailable: one has none, or one is negative.
    """
    figures = {area: None if one is None else Fraction(one) for area, one, _ in leaf.figures}
    known = {area: one for area, one in figures.items() if one is not None}
    if len(known) < len(figures) or any(one < 0 for one in known.values()):
        raise Unavailable(
            "a member has no figure, or less than nothing: there is no spread to draw"
        )
    return known


def _names(steps: Sequence[_Step], registry: Registry, language: str) -> list[dict[str, Any]]:
    """The members' names beside the curve, each with a line to its point."""
    if len(steps) > _MOST_NAMED:
        steps = [*steps[: _MOST_NAMED // 2], *steps[-_MOST_NAMED // 2 :]]
    spots = [float(_SIDE * (1 - step.up)) for step in steps]
    placed = apart(spots, _GAP, 6, _SIDE - 6)
    return [
        {
            "across": plain(one.across),
            "spot": spot,
            "place": place,
            "label": say(
                "chart.share-of",
                language,
                area=peer_label(None, registry, one.area, language),
                part=percent(one.part, 1, language),
                weight=percent(one.weight, 1, language),
            ),
        }
        for one, spot, place in zip(steps, spots, placed, strict=True)
    ]


def _layers(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    plain_y = {"type": "quantitative", "scale": None, "axis": None}
    edge = {"value": _LEFT + _SIDE + 30}
    lead = {"x": x, "x2": edge, "y": {"field": "spot", **plain_y}, "y2": {"field": "place"}}
    names = {"x": edge, "y": {"field": "place", **plain_y}, "text": {"field": "label"}}
    equal = {
        "x": {"value": _LEFT},
        "x2": {"value": _LEFT + _SIDE},
        "y": {"value": _SIDE},
        "y2": {"value": 0},
    }
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": NEIGHBOUR, "strokeDash": [4, 3]},
            "encoding": equal,
        },
        layer("area", "curve", {"x": x, "y": y, "y2": {"datum": 0}}, color=REGION, opacity=0.08),
        layer("rule", "names", lead, color="#C3CAD3"),
        layer("line", "curve", {"x": x, "y": y}, color=REGION, strokeWidth=3),
        layer("point", "curve", {"x": x, "y": y}, color=REGION, filled=True, opacity=1, size=50),
        layer("text", "names", names, align="left", dx=6, color=INK),
    ]


def _caption(result: Result, steps: list[_Step], registry: Registry, language: str) -> Caption:
    what = dated(indicator_name(result.indicator, language), result, language)
    name = region_name(result.region, language)
    index = places(gini([(step.across, step.up) for step in steps]), 4, language)
    title = say("chart.spread", language, what=what, region=name)
    least, most = (peer_label(None, registry, steps[end].area, language) for end in (0, -1))
    told = say("chart.gini", language, gini=index)
    alt = say("chart.lorenz", language, title=title, gini=told, least=least, most=most)
    lines = [told, say("chart.equality", language)]
    return Caption(title, lines, source_notes([result], language), alt, language)
