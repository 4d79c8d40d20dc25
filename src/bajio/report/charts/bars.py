"""Bars with names before them and words behind them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bajio.report.charts.theme import (
    INK,
    NEIGHBOUR,
    PEER,
    QUIET,
    REGION,
    REGION_INK,
    WIDTH,
    layer,
    text_width,
)
from bajio.report.charts.ticks import ChartAxis
from bajio.words.quantities import Scale

#: Points from one bar to the next; most that names take.
ROW = 24
_MOST_NAME = 280
#: The colours of the roles that rows can have, of their bars and of their names.
_ROLES = {
    "region": (REGION, REGION_INK, "bold"),
    "neighbour": (NEIGHBOUR, INK, "normal"),
    "peer": (PEER, QUIET, "normal"),
}


def bar_row(
    order: int, role: str, name: str, words: str, end: float | None, start: float = 0
) -> dict[str, Any]:
    """A row of bars, from one figure, or from nothing, to another.

    Args:
        order: its place from above.
        role: `region`, `neighbour` or `peer`: how it looks.
        name, words: what stands before it, and behind it.
        end, start: where it ends and begins.
    """
    left = end is not None and end < start
    tip = 0 if end is None else max(start, end)
    return {
        "order": order,
        "role": role,
        "name": name,
        "words": words,
        "start": start,
        "end": end,
        "tip": tip,
        "low": 0 if end is None else min(start, end),
        "left": left,
    }


def bars(
    rows: str,
    values: Sequence[Mapping[str, Any]],
    axis: ChartAxis,
    shown: tuple[Scale, str],
    **looks: Any,
) -> dict[str, Any]:
    """A view of bars, a row each.

    Args:
        rows: the name of the rows.
        values: the rows.
        axis: what the bars go along.
        shown: what its marks are in, and the language.
        looks: `width`, the `title` of the axis, whether it is `marked`, `colours` by role,
            whether words stand `aside`, at the right edge.
    """
    width = looks.get("width", WIDTH)
    room = max(text_width(str(row["name"]), 12.6) for row in values) + 14
    left = min(room, _MOST_NAME, width * 0.4)
    right = max(text_width(str(row["words"])) for row in values) + 12
    aside = bool(looks.get("aside"))
    before = any(row["left"] for row in values) and not aside
    span = [left + (right if before else 0), max(width - right, left + 80)]
    length = span[1] - span[0]
    marks = axis.axis(*shown, length, title=looks.get("title") or None, grid=True)
    x = {
        "type": "quantitative",
        "scale": axis.scale(range=span),
        "axis": marks if looks.get("marked", True) else None,
    }
    y = {"field": "order", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.25}}
    layers = []
    for role in dict.fromkeys(str(row["role"]) for row in values):
        colour, ink, weight = _ROLES.get(role, _ROLES["neighbour"])
        bar = {"x": {"field": "start", **x}, "x2": {"field": "end"}, "y": y}
        colour = looks.get("colours", {}).get(role, colour)
        layers.append(layer("bar", rows, bar, role=role, color=colour))
        name = {"x": {"value": left - 10}, "y": y, "text": {"field": "name"}}
        type_ = {"align": "right", "limit": left - 12, "color": ink, "fontWeight": weight}
        layers.append(layer("text", rows, name, role=role, **type_))
    if aside:
        words = {"x": {"value": span[1]}, "y": y, "text": {"field": "words"}}
        layers.append(layer("text", rows, words, align="left", dx=10))
    else:
        layers += _words_behind(rows, values, x, y)
    return {"width": width, "height": ROW * len(values), "layer": layers}


def _words_behind(
    rows: str, values: Sequence[Mapping[str, Any]], x: dict[str, Any], y: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """The words where each bar ends, on the side that it goes to."""
    for side in dict.fromkeys(bool(row["left"]) for row in values):
        place = {"field": "low" if side else "tip", **x}
        words = {"x": place, "y": y, "text": {"field": "words"}}
        where = {"align": "right", "dx": -6} if side else {"align": "left", "dx": 6}
        row = layer("text", rows, words, **where)
        yield {**row, "transform": [{"filter": {"field": "left", "equal": side}}]}
