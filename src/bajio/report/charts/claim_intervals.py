"""An audit as a picture: what was printed, as an interval, and the figure beside it."""

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any

from bajio.errors import Unavailable
from bajio.questions.audit.findings import Finding, Verdict
from bajio.questions.results import plain
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import (
    INK,
    QUIET,
    WIDTH,
    Caption,
    framed,
    label,
    layer,
    text_width,
    wrapped,
)
from bajio.report.charts.ticks import axis_of
from bajio.report.charts.told import source_line
from bajio.units import ONE
from bajio.words.phrasebook import say
from bajio.words.quantities import amount

if TYPE_CHECKING:
    from bajio.questions.audit.findings import Audit

_ROW = 56
#: How far from what was printed the picture goes; what is farther stands at its edge.
_FARTHEST = Fraction(3, 5)
_COLOURS = {
    Verdict.HOLDS: "#009E73",
    Verdict.CONTRADICTED: "#D55E00",
    Verdict.UNDECIDED: "#E69F00",
    Verdict.CONSISTENT: "#56B4E9",
    Verdict.INCONSISTENT: "#CC79A7",
    Verdict.NOT_CHECKABLE: "#8A94A3",
}
_LEFT, _LETTERS = 330, 90


def audit_chart(audit: "Audit", language: str) -> Chart:
    """The claims whose printed number has a figure beside it, each relative to what was printed.

    Raises:
        Unavailable: there are none.
    """
    findings = [finding for finding in audit.findings if _reference(finding)]
    if not findings:
        raise Unavailable("no claim has a printed number with a figure beside it")
    rows = [_row(position, finding, language) for position, finding in enumerate(findings)]
    axis = axis_of([-_FARTHEST, _FARTHEST])
    right = max(text_width(row["words"]) for row in rows) + 16
    span = [_LEFT, max(WIDTH - right, _LEFT + 160)]
    marks = axis.axis(ONE, language, span[1] - span[0], title=say("chart.off", language), grid=True)
    x = {"type": "quantitative", "scale": axis.scale(range=span), "axis": marks}
    view = {"width": WIDTH, "height": _ROW * len(rows), "layer": _layers(x, rows, span[1])}
    return framed([view], _caption(audit, rows, language), {"claims": rows})


def _reference(finding: Finding) -> Fraction | None:
    """What was printed, as one number: the middle of its interval, or the end that it has."""
    reading, figure = finding.reading, finding.figure
    if reading is None or figure is None:
        return None
    ends = [Fraction(end) for end in (reading.low, reading.high) if abs(end) != inf]
    return sum(ends, Fraction(0)) / len(ends) if ends and all(ends) else None


def _row(position: int, finding: Finding, language: str) -> dict[str, Any]:
    printed, reading, figure = _reference(finding), finding.reading, finding.figure
    assert printed
    assert reading
    assert figure
    middle = (Fraction(figure.low) + Fraction(figure.high)) / 2

    def off(end: Fraction | float) -> float:
        if abs(end) == inf:
            return plain(_FARTHEST if end > 0 else -_FARTHEST)
        gap = (Fraction(end) - printed) / abs(printed)
        return plain(max(min(gap, _FARTHEST), -_FARTHEST))

    words = amount(middle, figure.scale, language)
    statement = finding.claim.statement.text(language)
    lines = list(wrapped(label(statement, _LETTERS), 12.6, _LEFT - 18))
    return {
        "order": position,
        "id": finding.claim.id,
        "name": label(statement, _LETTERS),
        "lines": lines[:2],
        "broken": len(lines) > 1,
        "verdict": str(finding.verdict),
        "told": say(f"verdict.{finding.verdict}", language),
        "words": words,
        "value": plain(middle),
        "low": None if abs(reading.low) == inf else plain(Fraction(reading.low)),
        "high": None if abs(reading.high) == inf else plain(Fraction(reading.high)),
        "from": off(reading.low),
        "to": off(reading.high),
        "at": off(middle),
    }


def _layers(x: dict[str, Any], rows: list[dict[str, Any]], edge: float) -> list[dict[str, Any]]:
    y = {"field": "order", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.5}}
    layers = [
        layer(
            "bar",
            "claims",
            {"x": {"field": "from", **x}, "x2": {"field": "to"}, "y": y},
            color="#C9D1DA",
            height=14,
        )
    ]
    left = {"align": "right", "limit": _LEFT - 18}
    for verdict in dict.fromkeys(row["verdict"] for row in rows):
        only = [{"filter": {"field": "verdict", "equal": verdict}}]
        colour = _COLOURS[Verdict(verdict)]
        dot = layer("point", "claims", {"x": {"field": "at", **x}, "y": y}, color=colour, size=150)
        dot["mark"] |= {"filled": True, "opacity": 1, "stroke": "#FFFFFF", "strokeWidth": 1.2}
        layers.append({**dot, "transform": only})
    margin = {"value": _LEFT - 14}
    for broken, text, looks in (
        (False, "lines", {"dy": -7, "color": INK}),
        (True, "lines", {"dy": -14, "lineHeight": 14, "color": INK}),
        (False, "told", {"dy": 9, "color": QUIET, "fontWeight": "bold"}),
        (True, "told", {"dy": 16, "color": QUIET, "fontWeight": "bold"}),
    ):
        place = {"x": margin, "y": y, "text": {"field": text}}
        words = layer("text", "claims", place, **left, **looks)
        only = [{"filter": {"field": "broken", "equal": broken}}]
        layers.append({**words, "transform": only})
    words = {"x": {"value": edge}, "y": y, "text": {"field": "words"}}
    layers.append(layer("text", "claims", words, align="left", dx=10, color=INK))
    return layers


def _caption(audit: "Audit", rows: list[dict[str, Any]], language: str) -> Caption:
    title = label(audit.claims.title.text(language), 90)
    text = "; ".join(f"{row['name'].rstrip('.')}: {row['told']}, {row['words']}" for row in rows)
    without = len(audit.findings) - len(rows)
    uses = [use for finding in audit.findings for use in finding.sources if _reference(finding)]
    notes = [say("chart.undrawn", language, count=without)] * bool(without)
    return Caption(
        title,
        [say("chart.claims", language)],
        [*notes, source_line(uses, language)],
        f"{title}. {text}.",
        language,
    )
