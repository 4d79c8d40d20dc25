"""A series as a picture: the region's line, and those of its host and of chosen peers."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.errors import InvalidValue, Unavailable, shown as quoted
from bajio.facts.observations import Exact
from bajio.facts.periods import Period
from bajio.questions.results import Result, plain
from bajio.report.answer_words import figure
from bajio.report.charts.chart import Chart
from bajio.report.charts.side_marks import side_grid, side_marks
from bajio.report.charts.theme import (
    HOST,
    INK,
    OTHERS,
    REGION,
    REGION_INK,
    WIDTH,
    Caption,
    apart,
    framed,
    text_width,
)
from bajio.report.charts.ticks import ChartAxis, axis_of, labelled, unit_text
from bajio.report.charts.told import indicator_name, peer_label, region_name, source_notes
from bajio.words.enumerations import period_text, status_legend
from bajio.words.phrasebook import say
from bajio.words.quantities import Counted, Scale, scale_of

if TYPE_CHECKING:
    from bajio.questions.comparison import Timeline

_HEIGHT = 360
_GAP = 17
#: Points from the end of the lines to their names.
_TIP = 32
_MOST_MARKS = 12
_MOST_LINES = 7


@frozen(eq=False, repr=False)
class DrawnLine(Brief):
    """A line of a chart.

    Attributes:
        name: at its end.
        role: `region`, `host` or `peer`.
        colour: of the line.
        points: periods with the value, or the ends of the interval, and the status.
    """

    name: str
    role: str
    colour: str
    points: tuple[tuple[Period, Exact, Exact, str], ...] = field(repr=False)

    @property
    def middle(self) -> Exact:
        """The last value, or the middle of its interval."""
        _, low, high, _ = self.points[-1]
        return low if low == high else (Fraction(low) + Fraction(high)) / 2


def series_chart(
    timeline: "Timeline",
    language: str,
    *,
    beside: "Iterable[Timeline]" = (),
    indexed: bool = False,
) -> Chart:
    """An indicator over the periods, with the host's and others'.

    The host is left out where the indicator adds up and is not indexed: it would press the region
    down to the floor.

    Args:
        timeline: the region's.
        language: of the words.
        beside: of the same indicator, for others.
        indexed: whether all are 100 in the first period that they share.

    Raises:
        Unavailable: there is nothing to be shown.
        InvalidValue: one beside is of another indicator, or there are too many.
    """
    others = list(beside)
    if not timeline.results:
        raise Unavailable("the series has no figures")
    for other in others:
        if other.indicator != timeline.indicator:
            raise InvalidValue(
                f"{quoted(other.indicator.code)} beside {quoted(timeline.indicator.code)}: "
                "lines are of one indicator"
            )
    if len(others) > _MOST_LINES - 2:
        raise InvalidValue(
            f"{len(others)} lines beside: at most {_MOST_LINES - 2} can be told apart"
        )
    lines = list(_lines(timeline, others, language, indexed=indexed))
    base = None
    if indexed:
        lines, base = _indexed(lines)
    shown: Scale = Counted.NUMBER if indexed else scale_of(timeline.indicator)
    return _drawn(timeline, [timeline, *others], lines, (shown, language), base)


def _lines(
    timeline: "Timeline", others: "Sequence[Timeline]", language: str, *, indexed: bool
) -> Iterable[DrawnLine]:
    name = region_name(timeline.region, language)
    yield DrawnLine(name, "region", REGION, _points(timeline.results))
    hosted = [
        result for result in timeline.results if result.host_value is not None and result.host
    ]
    adds = any(result.share_of_host is not None for result in timeline.results)
    if hosted and (indexed or not adds):
        host = hosted[-1].host or ""
        points = tuple(
            (
                Period.parse(hosted_result.period or ""),
                hosted_result.host_value or 0,
                hosted_result.host_value or 0,
                hosted_result.status,
            )
            for hosted_result in hosted
        )
        yield DrawnLine(peer_label(None, timeline.registry, host, language), "host", HOST, points)
    for other, colour in zip(others, OTHERS, strict=False):
        if other.results:
            points = _points(other.results)
            yield DrawnLine(region_name(other.region, language), "peer", colour, points)


def _points(results: Iterable[Result]) -> tuple[tuple[Period, Exact, Exact, str], ...]:
    return tuple(
        (Period.parse(result.period or ""), result.low, result.high, result.status)
        for result in results
    )


def _indexed(lines: Sequence[DrawnLine]) -> tuple[list[DrawnLine], Period]:
    """Lines as hundredths of the first period that all of them have a value of."""
    shared = set.intersection(
        *({period for period, low, high, _ in line.points if low == high and low} for line in lines)
    )
    if not shared:
        raise Unavailable("the lines share no period that they could be indexed by")
    base = min(shared)
    indexed = []
    for line in lines:
        first = Fraction(next(low for period, low, *_ in line.points if period == base))
        points = tuple(
            (period, low * 100 / first, high * 100 / first, status)
            for period, low, high, status in line.points
        )
        indexed.append(evolve(line, points=points))
    return indexed, base


def _drawn(
    timeline: "Timeline",
    timelines: "Sequence[Timeline]",
    lines: Sequence[DrawnLine],
    shown: tuple[Scale, str],
    base: Period | None,
) -> Chart:
    indicator, language = timeline.indicator, shown[1]
    ends = [end for line in lines for _, *both, _ in line.points for end in both]
    low, high = min(ends), max(ends)
    axis = axis_of(ends, zero=low >= 0 and high > 0 and low * 2 <= high and base is None)
    periods = sorted({period for line in lines for period, *_ in line.points})
    values = [figure(line.middle, indicator, language) for line in lines]
    if base is not None:
        from bajio.words.magnitudes import places

        values = [places(line.middle, 1, language) for line in lines]
    labels = [
        f"{line_drawn.name}  {words}" for line_drawn, words in zip(lines, values, strict=True)
    ]
    room = min(max(text_width(text, 12.8) for text in labels) + _TIP + 6, WIDTH / 2)
    marks = side_marks(axis, *shown, _HEIGHT)
    span = [max(text_width(str(mark["text"])) for mark in marks) + 12, WIDTH - room]
    x = {
        "field": "at",
        "type": "quantitative",
        "scale": {
            "domain": [_at(periods[0]), _at(periods[-1]) or 1]
            if len(periods) > 1
            else [_at(periods[0]) - 1, _at(periods[0]) + 1],
            "range": span,
            "nice": False,
            "zero": False,
        },
        "axis": _time_axis(periods, language),
    }
    y = {
        "type": "quantitative",
        "scale": axis.scale(),
        "axis": None,
    }
    layers = [*side_grid(span), *_line_layers(lines, x, y), *_tip_layers(lines, span[1])]
    view = {"width": WIDTH, "height": _HEIGHT, "layer": layers}
    data = {"points": _rows(lines), "tips": _tips(lines, labels, axis), "marks": marks}
    return framed([view], _caption(timeline, timelines, labels, base, language), data)


def _at(period: Period) -> float:
    """A period as a number along the axis: its year, and the part of it that is over."""
    parts = {"A": 1, "Q": 4, "M": 12}[str(period.frequency)]
    return period.year + (max(period.part, 1) - 1) / parts


def _rows(lines: Sequence[DrawnLine]) -> list[dict[str, Any]]:
    """A row a point; where periods are missing, the line is broken."""
    rows = []
    for position, line in enumerate(lines):
        places = [_at(period) for period, *_ in line.points]
        steps = [after - before for before, after in pairwise(places)]
        usual, piece = 1.5 * min(steps, default=1), 0
        for step, (period, low, high, status) in zip([0.0, *steps], line.points, strict=True):
            piece += step > usual
            middle = low if low == high else (Fraction(low) + Fraction(high)) / 2
            rows.append(
                {
                    "line": position,
                    "piece": f"{position}-{piece}",
                    "role": line.role,
                    "name": line.name,
                    "period": str(period),
                    "at": _at(period),
                    "value": plain(middle),
                    "low": plain(low),
                    "high": plain(high),
                    "status": status,
                    "final": status == "A",
                }
            )
    return rows


def _tips(
    lines: Sequence[DrawnLine], labels: Sequence[str], axis: ChartAxis
) -> list[dict[str, Any]]:
    places = [_HEIGHT - axis.place(line.middle, _HEIGHT) for line in lines]
    moved = apart(places, _GAP, 0, _HEIGHT)
    return [
        {"line": position, "label": label, "place": place}
        for position, (label, place) in enumerate(zip(labels, moved, strict=True))
    ]


def _line_layers(
    lines: Sequence[DrawnLine], x: dict[str, Any], y: dict[str, Any]
) -> Iterable[dict[str, Any]]:
    for position in reversed(range(len(lines))):  # the region's lies over the others
        drawn_line = lines[position]
        only = [{"filter": {"field": "line", "equal": position}}]
        wide = 3 if drawn_line.role == "region" else 1.8
        ranged = any(low != high for _, low, high, _ in drawn_line.points)
        if ranged:
            ends = {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}}
            mark = {"type": "rule", "color": drawn_line.colour, "strokeWidth": 6, "opacity": 0.35}
            yield {"data": {"name": "points"}, "transform": only, "mark": mark, "encoding": ends}
        way = {"x": x, "y": {"field": "value", **y}, "detail": {"field": "piece"}}
        mark = {
            "type": "line",
            "color": drawn_line.colour,
            "strokeWidth": wide,
            "strokeJoin": "round",
        }
        yield {"data": {"name": "points"}, "transform": only, "mark": mark, "encoding": way}
        few = len(drawn_line.points) <= 60
        for final in (True, False):
            dots = {"x": x, "y": {"field": "value", **y}}
            mark = {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "color": drawn_line.colour if final else "#FFFFFF",
                "stroke": drawn_line.colour,
                "strokeWidth": 1.5,
                "size": (36 if drawn_line.role == "region" else 20) if few else 8,
            }
            which = [*only, {"filter": {"field": "final", "equal": final}}]
            yield {"data": {"name": "points"}, "transform": which, "mark": mark, "encoding": dots}


def _tip_layers(lines: Sequence[DrawnLine], edge: float) -> Iterable[dict[str, Any]]:
    place = {"field": "place", "type": "quantitative", "scale": None, "axis": None}
    for position, line in enumerate(lines):
        only = [{"filter": {"field": "line", "equal": position}}]
        yield {  # whose line it is, where lines end near one another
            "data": {"name": "tips"},
            "transform": only,
            "mark": {"type": "rule", "color": line.colour, "strokeWidth": 3},
            "encoding": {"x": {"value": edge + 10}, "x2": {"value": edge + _TIP - 6}, "y": place},
        }
        yield {
            "data": {"name": "tips"},
            "transform": only,
            "mark": {
                "type": "text",
                "align": "left",
                "dx": _TIP,
                "color": REGION_INK
                if line.role == "region"
                else line.colour
                if line.role == "host"
                else INK,
                "fontWeight": "bold" if line.role == "region" else "normal",
            },
            "encoding": {
                "x": {"value": edge},
                "y": place,
                "text": {"field": "label"},
            },
        }


def _time_axis(periods: Sequence[Period], language: str) -> dict[str, Any]:
    """The periods along the floor, or some of them: of quarters and months the years' first."""
    chosen = list(periods)
    if len(periods) > _MOST_MARKS:
        chosen = [period for period in periods if period.part in {0, 1}] or chosen
        every = -(-len(chosen) // _MOST_MARKS)
        chosen = chosen[::-1][::every]
    yearly = len(periods) > _MOST_MARKS
    words = [
        (_at(one), str(one.year) if yearly else period_text(one.year, one.season, language))
        for one in sorted(chosen)
    ]
    if not yearly and any(period.part for period in periods):
        words = [(_at(one), str(one)) for one in sorted(chosen)]
    return {
        "values": [place for place, _ in words],
        "labelExpr": labelled(words),
        "title": None,
        "grid": False,
        "labelFlush": False,
    }


def _base(base: Period, language: str) -> str:
    return say("chart.indexed", language, period=period_text(base.year, base.season, language))


def _caption(
    timeline: "Timeline",
    timelines: "Sequence[Timeline]",
    labels: Sequence[str],
    base: Period | None,
    language: str,
) -> Caption:
    what, name = (
        indicator_name(timeline.indicator, language),
        region_name(timeline.region, language),
    )
    first, last = (timeline.results[end].period or "" for end in (0, -1))
    span = first if first == last else f"{first} – {last}"
    results = [result for result_shown in timelines for result in result_shown.results]
    unit = unit_text(scale_of(timeline.indicator), language)
    line = say("chart.unit", language, unit=unit) if unit and base is None else ""
    if base is not None:
        line = _base(base, language)
    ends = "; ".join(" ".join(text.split()) for text in labels)
    legend = status_legend({result.status for result in results}, language)
    notes = source_notes(results, language, lettered=False)
    if legend:
        notes.insert(0, say("chart.hollow", language, legend=legend))
    title = say("chart.of", language, what=what, region=name)
    alt = say("chart.series", language, title=title, first=first, last=last, ends=ends)
    lines = [" · ".join(part for part in (span, line) if part)]
    return Caption(title, lines, notes, alt, language)
