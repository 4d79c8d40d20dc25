"""A rank as a picture: a dot for each peer along a scale, and the neighbours as bars."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from bajio.questions.asking import Asking
from bajio.questions.results import Rank, Result, plain
from bajio.questions.standing import Standing, standings_of
from bajio.report.answer_words import figure, rank_text, value_text
from bajio.report.charts.bars import bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import (
    INK,
    NEIGHBOUR,
    PEER,
    QUIET,
    REGION,
    REGION_INK,
    WIDTH,
    Caption,
    framed,
    layer,
    text_width,
)
from bajio.report.charts.ticks import ChartAxis, axis_of, unit_text
from bajio.report.charts.told import (
    dated,
    group_name,
    indicator_name,
    named_count,
    peer_label,
    question_of,
    region_name,
    source_notes,
    unit_line,
)
from bajio.words.enumerations import ordinal
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of

#: Places shown on each side of the region; as many peers are all shown, without a strip.
_AROUND, _FEW = 5, 12
#: Points that a dot takes, and that names take below the dots; levels that dots can have.
_DOT, _BELOW = 8, 20
_MOST_LEVELS = 12


def rank_chart(result: Result, language: str) -> Chart:
    """Where a region stands among its peers.

    Raises:
        Unavailable: it has no rank, with the reason.
    """
    asked = question_of(result)
    result, lines = standings_of(asked)
    region = asked.region
    shown, assigned = scale_of(result.indicator), result.rank
    assert assigned is not None
    place = next(number for number, line in enumerate(lines) if line.code == region.code)
    rows = [
        _row(line, (result, assigned, asked), language, near=abs(number - place) <= _AROUND)
        for number, line in enumerate(lines)
    ]
    views, data = [], {}
    title = unit_text(shown, language)
    if len(lines) > _FEW:
        axis = axis_of((line.exact for line in lines), powers=True)
        data["peers"] = _levelled(rows, lines, axis)
        marks = axis.axis(shown, language, WIDTH, title=title or None, grid=True)
        views.append(_strip(axis, marks, data["peers"]))
    first, last = (max(place - _AROUND, 0), place + _AROUND + 1) if views else (0, len(lines))
    data["near"] = [
        bar_row(
            number,
            "peer" if row["role"] == "neighbour" else row["role"],
            f"{ordinal(row['position'], language)}  {row['name']}",
            row["words"],
            row["value"],
        )
        for number, row in enumerate(rows[first:last])
    ]
    bare = axis_of([line.exact for line in lines[first:last]], zero=True)
    looks = {"title": title, "marked": not views}
    views.append(bars("near", data["near"], bare, (shown, language), **looks))
    return framed(views, _caption(result, language), data)


def _row(
    line: Standing, asked: tuple[Result, Rank, Asking], language: str, *, near: bool
) -> dict[str, Any]:
    result, rank, question = asked
    row = {"code": line.code, "position": line.position, "value": plain(line.exact)}
    if line.code == question.region.code:
        name, words = region_name(question.region, language), value_text(result, language)
        role = "region"
    else:
        name = peer_label(rank, question.registry, line.code, language)
        words = figure(line.exact, result.indicator, language)
        role = "neighbour" if near else "peer"
    return {**row, "name": name, "words": words, "role": role}


def _caption(result: Result, language: str) -> Caption:
    registry, rank = question_of(result).registry, result.rank
    assert rank is not None
    what = dated(indicator_name(result.indicator, language), result, language)
    name, value = region_name(result.region, language), value_text(result, language)
    place = rank_text(rank, registry, language)
    group = group_name(registry, rank.peers, language)
    lacking = [
        say("chart.no-figure", language, count=len(rank.peers_missing)),
    ] * bool(rank.peers_missing)
    return Caption(
        say("chart.of", language, what=what, region=name),
        [f"{value}: {place}", *_group_line(group, result, language)],
        source_notes([result], language, *lacking, ranked=True),
        say(
            "chart.rank",
            language,
            what=what,
            region=name,
            value=value,
            place=place,
            count=named_count(result.region, language),
        ),
        language,
    )


def _group_line(group: str, result: Result, language: str) -> list[str]:
    lines = [say("chart.among", language, peers=group), unit_line(result.indicator, language)]
    return [" · ".join(line for line in lines if line)]


def _levelled(
    rows: Sequence[dict[str, Any]], lines: Sequence[Standing], axis: ChartAxis
) -> list[dict[str, Any]]:
    """The rows with the level that each dot has, none upon another; the region's at 0."""
    ends: dict[int, list[float]] = {}
    order = sorted(range(len(rows)), key=lambda row_number: rows[row_number]["role"] != "region")
    levels = [0, *(side * step for step in range(1, _MOST_LEVELS) for side in (1, -1))]
    result = [dict(row) for row in rows]
    for row_number in order:
        place = axis.place(Fraction(lines[row_number].exact), WIDTH)
        free = (
            level
            for level in levels
            if all(abs(place - other) >= _DOT + 1 for other in ends.get(level, ()))
        )
        level = next(free, levels[row_number % len(levels)])
        ends.setdefault(level, []).append(place)
        result[row_number]["level"] = level
    return result


def _strip(
    axis: ChartAxis, marks: dict[str, Any], rows: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """The dots of all peers, with the region and both ends named."""
    most = max(abs(row["level"]) for row in rows) + 1
    half = most * (_DOT + 1)
    x = {"field": "value", "type": "quantitative", "scale": axis.scale(), "axis": marks}
    dots = {
        "x": x,
        "y": {
            "field": "level",
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": [-most, most], "range": [2 * half, 0]},
        },
    }
    layers = [
        layer("point", "peers", dots, role=role, filled=True, color=colour, opacity=1, size=size)
        for role, colour, size in (
            ("peer", PEER, _DOT**2),
            ("neighbour", NEIGHBOUR, _DOT**2),
            ("region", REGION, 2.4 * _DOT**2),
        )
    ]
    region_row = next(row for row in rows if row["role"] == "region")
    rule = {"x": x, "y": {"value": 0}, "y2": {"value": half}}
    layers.insert(0, layer("rule", "peers", rule, role="region", color=REGION))
    place = axis.place(Fraction(region_row["value"]), WIDTH)
    named = {"x": x, "y": {"value": -4}, "text": {"field": "name"}}
    looks = {"fontSize": 14, "fontWeight": "bold", "color": REGION_INK, "baseline": "bottom"}
    side = _side(place, text_width(region_row["name"], 15))
    layers.append(layer("text", "peers", named, role="region", align=side, **looks))
    ends = _ends(x, 2 * half, rows)
    return {"width": WIDTH, "height": 2 * half + _BELOW, "layer": [*layers, *ends]}


def _side(place: float, width: float) -> str:
    """On which side of a place a text has room."""
    if place < width / 2:
        return "left"
    return "right" if place > WIDTH - width / 2 else "center"


def _ends(x: dict[str, Any], floor: float, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The names of the first and of the last peer, below their dots."""
    least = min(row["value"] for row in rows)
    return [
        {
            "data": {"values": [{"value": row["value"], "name": row["name"]}]},
            "mark": {
                "type": "text",
                "align": "left" if row["value"] == least else "right",
                "baseline": "top",
                "color": QUIET if row["role"] == "peer" else INK,
            },
            "encoding": {"x": x, "y": {"value": floor}, "text": {"field": "name"}},
        }
        for row in (rows[0], rows[-1])
        if row["role"] != "region"
    ]
