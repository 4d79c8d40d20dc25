"""How charts look: colours for all eyes, type, the title above and the sources below."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from unicodedata import east_asian_width

from attrs import frozen

from bajio.brief import Brief
from bajio.report import escapes
from bajio.report.charts.chart import Chart

#: Points from side to side of what is drawn.
WIDTH = 800
#: Colours by Okabe and Ito, told apart by all eyes: of the region, of its host, of others.
REGION, HOST, PEER, NEIGHBOUR = "#D55E00", "#0072B2", "#8A94A3", "#4F5966"
OTHERS = ("#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#0072B2", "#F0E442")
#: Steps of one colour, from little to much, and what stands for no figure.
STEPS, NO_FIGURE = ("#D6E6F4", "#A9CCE6", "#6AAED6", "#3182BD", "#0B4F94"), "#E4E4E4"
#: Steps of another colour, from much below nothing to little.
LOSSES = ("#9A4D00", "#E08A2C", "#FBD3A0")
INK, QUIET, GRID = "#1B1F24", "#4A5361", "#E3E7EC"
#: The region's colour, dark enough to be read as text.
REGION_INK = "#A84300"
FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
#: Points that letters take, of their size, in Arial: those that are not of the usual width.
_LETTERS = MappingProxyType(
    {
        letter: width
        for letters, width in (
            ("ijl'|", 0.23),
            ("fIt.,:;/![] ", 0.28),
            ("r()-·*", 0.36),
            ("cksvxyzJ", 0.5),
            ("ABEFKLPSTVXYZÁÉÍ", 0.67),
            ("CDGHNOQRUwÓÚÑ", 0.76),
            ("mMW%@…–—", 0.92),
        )
        for letter in letters
    }
)
_USUAL, _WIDE, _BOLD = 0.56, 1.0, 1.06
#: Letters that a label has at most.
_LONGEST = 48
_LONGEST_ALT = 4000
_SMALL, _PLAIN, _LINE = 12, 14, 15

_CONFIG = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "labelColor": QUIET,
        "titleFontSize": 12,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "gridColor": GRID,
        "domainColor": "#8A94A3",
        "tickColor": "#8A94A3",
        "labelOverlap": False,
    },
    "text": {"fontSize": 12, "color": INK},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": QUIET},
    "title": {
        "anchor": "start",
        "fontSize": 20,
        "color": INK,
        "subtitleFontSize": 14,
        "subtitleColor": QUIET,
        "subtitlePadding": 6,
        "subtitleLineHeight": 19,
        "offset": 18,
    },
    "concat": {"spacing": 18},
}


@frozen(eq=False, repr=False)
class Caption(Brief):
    """What is said of a chart.

    Attributes:
        title: above it.
        lines: below the title: figures, unit, period.
        notes: below the chart: what letters mean, what is missing, sources.
        alt: the whole chart, in words.
        language: of the words.
    """

    title: str
    lines: Sequence[str]
    notes: Sequence[str]
    alt: str
    language: str


def framed(
    views: Sequence[Mapping[str, Any]], caption: Caption, data: Mapping[str, Any] | None = None
) -> Chart:
    """Views, one below the other, as a chart with its title and notes.

    Args:
        views: Vega-Lite views, as wide as the chart.
        caption: what is said of it.
        data: rows that views name, by name.
    """
    alt = escapes.line(caption.alt)[:_LONGEST_ALT]
    spec = {
        "$schema": _SCHEMA,
        "description": alt,
        "background": "#FFFFFF",
        "padding": 20,
        "title": {
            "text": _wrapped([caption.title], 20 * _BOLD),
            "subtitle": _wrapped(caption.lines, _PLAIN),
        },
        "vconcat": [*views, _footer(_wrapped(caption.notes, _SMALL))],
        "resolve": {"legend": {"color": "independent"}},
        "datasets": dict(data or {}),
        "config": _CONFIG,
    }
    return Chart(spec, alt, caption.language)


def _wrapped(lines: Iterable[str], size: float) -> list[str]:
    """Lines broken where the chart ends."""
    return [part for line in lines for part in wrapped(escapes.line(line)[:2000], size, WIDTH)]


def wrapped(line: str, size: float, width: float) -> Iterator[str]:
    """A line in pieces that take at most so many points, broken between words where it can be.

    Examples:
        >>> list(wrapped("GDP of the alliance", 10, 60)), list(wrapped("x" * 20, 10, 60))
        (['GDP of the', 'alliance'], ['xxxxxxxxxxxx', 'xxxxxxxx'])
    """
    piece = ""
    for word in line.split():
        longer = f"{piece} {word}".strip()
        if text_width(longer, size) <= width:
            piece = longer
            continue
        if piece:
            yield piece
        piece = ""
        for letter in word:
            if text_width(piece + letter, size) > width:
                yield piece
                piece = ""
            piece += letter
    if piece:
        yield piece


def _footer(lines: Sequence[str]) -> dict[str, Any]:
    return {
        "width": WIDTH,
        "height": max(len(lines) * _LINE, 1),
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "text": list(lines),
            "align": "left",
            "baseline": "top",
            "lineHeight": _LINE,
            "fontSize": _SMALL,
            "color": QUIET,
        },
        "encoding": {"x": {"value": 0}, "y": {"value": 0}},
    }


def layer(kind: str, rows: str, encoding: Mapping[str, Any], **looks: Any) -> dict[str, Any]:
    """A mark for each of some rows that are named; of those of one role, if `role` is given."""
    role = looks.pop("role", None)
    only = {} if role is None else {"transform": [{"filter": {"field": "role", "equal": role}}]}
    mark = {"type": kind, **looks}
    return {"data": {"name": rows}, **only, "mark": mark, "encoding": dict(encoding)}


def label(text: str, most: int = _LONGEST) -> str:
    """A name as a label: one line, cut where it is too long.

    Examples:
        >>> label("x" * 100, 10), label("United Kingdom of Great Britain", 20)
        ('xxxxxxxxx…', 'United Kingdom of …')
    """
    line = escapes.line(text)
    if len(line) <= most:
        return line
    head = line[: most - 1]
    return (head.rsplit(" ", 1)[0] + " …") if " " in head else f"{head}…"


def text_width(text: str, size: float = _SMALL) -> float:
    """About how many points a text takes.

    Examples:
        >>> text_width("ill", 10) < text_width("MWM", 10) / 3
        True
    """
    return (
        sum(
            _LETTERS.get(letter) or (_WIDE if east_asian_width(letter) in "WF" else _USUAL)
            for letter in text
        )
        * size
    )


def apart(places: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places moved so that each is at least so far from the next, in their order, near their own.

    Examples:
        >>> apart([10, 12, 50], 10, 0, 100)
        [6.0, 16.0, 50.0]
        >>> apart([98, 99], 10, 0, 100)
        [90.0, 100.0]
    """
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    groups: list[list[float]] = []  # each: wished middle of all, how many
    for index in order:
        groups.append([_clamped(places[index], low, high), 1])
        while len(groups) > 1 and _overlap(groups[-2], groups[-1], least):
            middle, count = groups.pop()
            before, more = groups[-1]
            both = count + more
            half = (both - 1) * least / 2
            wished = (before * more + middle * count) / both
            groups[-1] = [_clamped(wished, low + half, high - half), both]
    moved = [
        middle + (step - (count - 1) / 2) * least
        for middle, count in groups
        for step in range(int(count))
    ]
    result = [0.0] * len(places)
    for index, place in zip(order, moved, strict=True):
        result[index] = float(place)
    return result


def _clamped(place: float, low: float, high: float) -> float:
    return max(min(place, high), low)


def _overlap(group: list[float], other: list[float], least: float) -> bool:
    last = group[0] + (group[1] - 1) / 2 * least
    return other[0] - (other[1] - 1) / 2 * least - last < least
