"""Specialisations as a picture: how much more a region has of each activity, by its share."""

from typing import TYPE_CHECKING, Any

from bajio.errors import Unavailable
from bajio.facts.periods import Period
from bajio.questions.results import plain
from bajio.registry import Registry
from bajio.report.charts.chart import Chart
from bajio.report.charts.side_marks import side_grid, side_marks
from bajio.report.charts.theme import (
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
from bajio.report.charts.ticks import axis_of
from bajio.report.charts.told import peer_label, region_name, source_notes
from bajio.rules.plan import HOST
from bajio.units import ONE
from bajio.words.enumerations import period_text
from bajio.words.magnitudes import magnitude, percent
from bajio.words.phrasebook import say
from bajio.words.quantities import Counted

if TYPE_CHECKING:
    from bajio.questions.specialisation import Specialisation, Specialisations

_HEIGHT, _GAP = 420, 18
_LABEL = 52


def specialisations_chart(answer: "Specialisations", language: str) -> Chart:
    """The quotient of each activity against its share, with its name and its driver.

    Raises:
        Unavailable: there are none.
    """
    if not answer.rows:
        raise Unavailable("the region has no specialisation")
    registry = answer.registry
    across = axis_of((row.share for row in answer.rows), zero=True)
    up = axis_of([1, *(row.quotient.low for row in answer.rows)])
    names = [_driven(row, registry, language) for row in answer.rows]
    room = max(map(text_width, names)) + 24
    span = [44.0, max(WIDTH - room, WIDTH * 0.4)]
    places = [_HEIGHT - up.place(row.quotient.low, _HEIGHT) for row in answer.rows]
    moved = apart(places, _GAP, 8, _HEIGHT - 8)
    rows = [
        {
            "activity": row.activity,
            "name": name,
            "share": plain(row.share),
            "quotient": plain(row.quotient.low),
            "driver": row.driver,
            "spot": spot,
            "place": place,
        }
        for row, name, spot, place in zip(answer.rows, names, places, moved, strict=True)
    ]
    x = {
        "field": "share",
        "type": "quantitative",
        "scale": across.scale(range=span),
        "axis": across.axis(
            ONE, language, span[1] - span[0], title=say("chart.share", language), grid=True
        ),
    }
    y = {"field": "quotient", "type": "quantitative", "scale": up.scale(), "axis": None}
    height_of_one = _HEIGHT - up.place(1, _HEIGHT)
    layers = [*side_grid(span), *_layers(x, y, span, height_of_one)]
    head = {"text": say("chart.quotient", language), "fontSize": 12, "fontWeight": "normal"}
    title = {**head, "color": QUIET, "offset": 10}
    view = {"width": WIDTH, "height": _HEIGHT, "layer": layers, "title": title}
    data = {"activities": rows, "marks": side_marks(up, Counted.NUMBER, language, _HEIGHT)}
    return framed([view], _caption(answer, names, language), data)


def _driven(row: "Specialisation", registry: Registry, language: str) -> str:
    """An activity, and the member that adds most to it."""
    return say(
        "chart.driven",
        language,
        activity=label(row.label.text(language), _LABEL),
        driver=peer_label(None, registry, row.driver, language),
    )


def _layers(
    x: dict[str, Any], y: dict[str, Any], span: list[float], height_of_one: float
) -> list[dict[str, Any]]:
    """A dashed line at one, the activities, and their names with a line to each."""
    place = {"field": "place", "type": "quantitative", "scale": None, "axis": None}
    edge = {"value": span[1] + 14}
    lead = {"x": x, "x2": edge, "y": {**place, "field": "spot"}, "y2": {"field": "place"}}
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": NEIGHBOUR, "strokeDash": [4, 3]},
            "encoding": {
                "x": {"value": span[0]},
                "x2": {"value": span[1]},
                "y": {"value": height_of_one},
            },
        },
        layer("rule", "activities", lead, color="#C3CAD3"),
        layer(
            "point", "activities", {"x": x, "y": y}, filled=True, opacity=1, size=90, color=REGION
        ),
        layer(
            "text",
            "activities",
            {"x": edge, "y": place, "text": {"field": "name"}},
            align="left",
            dx=4,
            color=REGION_INK,
        ),
    ]


def _caption(answer: "Specialisations", names: list[str], language: str) -> Caption:
    registry, name = answer.registry, region_name(answer.region, language)
    against: Any = next((row.quotient.host for row in answer.rows), None)
    held = registry.name_of(against, language) if against else "–"
    if answer.against != HOST:
        held = region_name(registry.region(answer.against), language)
    period = Period.parse(answer.period)
    when = period_text(period.year, period.season, language)
    title = say("chart.specialisations", language, region=name, against=label(held), period=when)
    words = "; ".join(
        f"{text}: {magnitude(row.quotient.low, language)}, {percent(row.share, 2, language)}"
        for text, row in zip(names, answer.rows, strict=True)
    )
    return Caption(
        title,
        [say("chart.quotients", language)],
        source_notes([row.quotient for row in answer.rows], language),
        f"{title}. {words}.",
        language,
    )
