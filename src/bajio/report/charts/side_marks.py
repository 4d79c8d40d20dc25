"""Round numbers along the left side, inside of a view: so all views are as wide as one another."""

from collections.abc import Iterable, Sequence
from typing import Any

from bajio.report.charts.theme import GRID, QUIET, layer
from bajio.report.charts.ticks import ChartAxis, mark_text
from bajio.words.quantities import Scale


def side_marks(axis: ChartAxis, shown: Scale, language: str, height: float) -> list[dict[str, Any]]:
    """The round numbers along the side, each with the place of its line."""
    return [
        {
            "place": height - axis.place(mark, height),
            "text": mark_text(mark, shown, language),
            "nothing": not mark,
        }
        for mark in axis.marks
    ]


def side_grid(span: Sequence[float]) -> Iterable[dict[str, Any]]:
    """The lines of round numbers, that of nothing darker, with their words before them."""
    y = {"field": "place", "type": "quantitative", "scale": None, "axis": None}
    ends = {"x": {"value": span[0]}, "x2": {"value": span[1]}, "y": y}
    for nothing, colour in ((False, GRID), (True, "#8A94A3")):
        rule = layer("rule", "marks", ends, color=colour)
        rule["transform"] = [{"filter": {"field": "nothing", "equal": nothing}}]
        yield rule
    words = {"x": {"value": span[0] - 8}, "y": y, "text": {"field": "text"}}
    yield layer("text", "marks", words, align="right", color=QUIET)
