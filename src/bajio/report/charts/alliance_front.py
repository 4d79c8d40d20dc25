"""A search as a picture: the alliances that it found, by the first two things wished for."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from bajio.errors import Unavailable
from bajio.questions.results import plain
from bajio.questions.search.answer import Alliance, AllianceFigure, Search
from bajio.report.answer_words import figure
from bajio.report.charts.bars import bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.side_marks import side_grid, side_marks
from bajio.report.charts.theme import (
    HOST,
    INK,
    NEIGHBOUR,
    QUIET,
    REGION,
    REGION_INK,
    WIDTH,
    Caption,
    apart,
    framed,
    label,
    layer,
    text_width,
)
from bajio.report.charts.ticks import ChartAxis, axis_of, unit_text
from bajio.report.charts.told import cut_notes, indicator_name, source_line
from bajio.report.headlines import search_title
from bajio.words.enumerations import some_of
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of

_HEIGHT, _GAP, _MOST = 420, 19, 20
_LONGEST = 46


def search_chart(answer: Search, language: str) -> Chart:
    """The alliances by two indicators, with lines at what each was to be; bars where there is one.

    Raises:
        Unavailable: none was found, or nothing was wished of a number.
    """
    alliances = answer.results[:_MOST]
    if not alliances or not alliances[0].figures:
        raise Unavailable("the search found no alliance with figures")
    rows = [_row(order, alliance, answer, language) for order, alliance in enumerate(alliances)]
    codes = list(dict.fromkeys(figure.indicator.code for figure in alliances[0].figures))
    draw = _scatter if len(codes) > 1 else _side_by_side
    views, data = draw(answer, alliances, rows, language)
    return framed(views, _caption(answer, rows, language), data)


def _row(order: int, alliance: Alliance, answer: Search, language: str) -> dict[str, Any]:
    names = [answer.registry.name_of(code, language) for code in alliance.members]
    count = next((n for n in (4, 3, 2) if len(", ".join(names[:n])) <= _LONGEST - 12), 1)
    figures = (figure(wished.exact, wished.indicator, language) for wished in alliance.figures)
    return {
        "position": order + 1,
        "role": "peer" if order else "region",
        "members": list(alliance.members),
        "name": label(f"{order + 1}. {some_of(names, count, language)}", _LONGEST),
        "words": ", ".join(dict.fromkeys(figures)),
    }


def _of(alliance: Alliance, place: int) -> AllianceFigure:
    """The figure of the first, or the second, of the indicators that were wished for."""
    first: dict[str, AllianceFigure] = {}
    for wished in alliance.figures:
        first.setdefault(wished.indicator.code, wished)
    return list(first.values())[place]


def _targets(answer: Search, code: str) -> list[Fraction]:
    """What an indicator was to be near, or to keep within."""
    return [
        wish.value
        for wish in answer.wishes
        if wish.indicator.code == code and wish.value is not None
    ]


def _side_by_side(
    answer: Search, alliances: Sequence[Alliance], rows: list[dict[str, Any]], language: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    indicator = alliances[0].figures[0].indicator
    shown = scale_of(indicator)
    drawn = []
    for row, alliance in zip(rows, alliances, strict=True):
        value = _of(alliance, 0).value
        bar = bar_row(row["position"], row["role"], row["name"], row["words"], value)
        drawn.append({**bar, **row, "value": value})
    targets = _targets(answer, indicator.code)
    axis = axis_of([*(_of(alliance, 0).exact for alliance in alliances), *targets], zero=True)
    looks = {"title": unit_text(shown, language), "colours": {"peer": HOST}, "aside": True}
    view = bars("alliances", drawn, axis, (shown, language), **looks)
    across = view["layer"][0]["encoding"]["x"]
    place = {name: part for name, part in across.items() if name != "field"}
    view["layer"] += [
        _rule({"x": {"datum": plain(value), **place}, "y": {"value": 0}}) for value in targets
    ]
    for rule in view["layer"][-len(targets) :] if targets else ():
        rule["encoding"]["y2"] = {"value": view["height"]}
    return [view], {"alliances": drawn}


def _scatter(
    answer: Search, alliances: Sequence[Alliance], rows: list[dict[str, Any]], language: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    across, up = (_axis(answer, alliances, which) for which in (0, 1))
    names = max(text_width(row["name"], 12.6) for row in rows) + 30
    first, second = (_of(alliances[0], which).indicator for which in (0, 1))
    marks = side_marks(up, scale_of(second), language, _HEIGHT)
    left = max(text_width(str(mark["text"])) for mark in marks) + 14
    span = [left, max(WIDTH - names, WIDTH * 0.45)]
    places = [_HEIGHT - up.place(_of(alliance, 1).exact, _HEIGHT) for alliance in alliances]
    moved = apart(places, _GAP, 8, _HEIGHT - 8)
    drawn = [
        {
            **row,
            "x": _of(alliance, 0).value,
            "y": _of(alliance, 1).value,
            "spot": spot,
            "place": place,
        }
        for row, alliance, spot, place in zip(rows, alliances, places, moved, strict=True)
    ]
    length = span[1] - span[0]
    x = {
        "type": "quantitative",
        "scale": across.scale(range=span),
        "axis": across.axis(
            scale_of(first), language, length, title=_named(first, language), grid=True
        ),
    }
    y = {"type": "quantitative", "scale": up.scale(), "axis": None}
    lines = [
        _rule({"x": {"datum": plain(value), **x}, "y": {"value": 0}, "y2": {"value": _HEIGHT}})
        for value in _targets(answer, first.code)
    ]
    ends = {"x": {"value": span[0]}, "x2": {"value": span[1]}}
    lines += [
        _rule({**ends, "y": {"datum": plain(value), **y}})
        for value in _targets(answer, second.code)
    ]
    layers = [*side_grid(span), *lines, *_dots(x, y, span)]
    head = {"text": _named(second, language), "fontSize": 12, "fontWeight": "normal"}
    title = {**head, "color": QUIET, "offset": 10}
    view = {"width": WIDTH, "height": _HEIGHT, "layer": layers, "title": title}
    return [view], {"alliances": drawn, "marks": marks}


def _axis(answer: Search, alliances: Sequence[Alliance], place: int) -> ChartAxis:
    figures = [_of(alliance, place) for alliance in alliances]
    targets = _targets(answer, figures[0].indicator.code)
    return axis_of([*(wished.exact for wished in figures), *targets])


def _named(indicator: Any, language: str) -> str:
    unit = unit_text(scale_of(indicator), language)
    name = indicator_name(indicator, language)
    return f"{name} ({unit})" if unit else name


def _rule(encoding: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "rule", "color": NEIGHBOUR, "strokeDash": [4, 3]}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": encoding}


def _dots(x: dict[str, Any], y: dict[str, Any], span: Sequence[float]) -> list[dict[str, Any]]:
    place = {"field": "place", "type": "quantitative", "scale": None, "axis": None}
    edge = {"value": span[1] + 14}
    across, up = {"field": "x", **x}, {"field": "y", **y}
    lead = {"x": across, "x2": edge, "y": {**place, "field": "spot"}, "y2": {"field": "place"}}
    layers = [layer("rule", "alliances", lead, color="#C3CAD3")]
    for role, colour, ink, weight in (
        ("peer", HOST, INK, "normal"),
        ("region", REGION, REGION_INK, "bold"),
    ):
        dot = {"x": across, "y": up}
        looks = {"filled": True, "opacity": 1, "size": 90, "color": colour}
        layers.append(layer("point", "alliances", dot, role=role, **looks))
        text = {"x": edge, "y": place, "text": {"field": "name"}}
        type_ = {"align": "left", "dx": 4, "color": ink, "fontWeight": weight}
        layers.append(layer("text", "alliances", text, role=role, **type_))
    return layers


def _caption(answer: Search, rows: Sequence[dict[str, Any]], language: str) -> Caption:
    title, *lines = search_title(answer, language).splitlines()
    listed = "; ".join(f"{row['name']}: {row['words']}" for row in rows)
    notes = cut_notes(len(answer.results) - len(rows), language)
    dashed = [say("chart.dashed", language)] * any(wish.value is not None for wish in answer.wishes)
    return Caption(
        title,
        [*lines, *dashed],
        [*notes, source_line(answer.sources, language)],
        f"{title}. {listed}.",
        language,
    )
