"""A profile as a picture: for each indicator a track from the first place to the last."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bajio.errors import Unavailable
from bajio.questions.results import Rank, Result, plain
from bajio.report.answer_words import value_text
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import (
    GRID,
    INK,
    PEER,
    QUIET,
    REGION,
    REGION_INK,
    WIDTH,
    Caption,
    framed,
    label,
    layer,
    text_width,
)
from bajio.report.charts.ticks import labelled
from bajio.report.charts.told import (
    group_name,
    indicator_name,
    region_name,
    source_notes,
    when_words,
)
from bajio.words.enumerations import ordinal, place_text
from bajio.words.phrasebook import say

if TYPE_CHECKING:
    from bajio.questions.profile import Profile

_ROW, _LONGEST = 24, 44


def profile_chart(profile: "Profile", language: str) -> Chart:
    """Where a region stands by each indicator that it has a rank by, the first place at the left.

    Raises:
        Unavailable: it has no rank.
    """
    ranked = [result for result in profile.results if result.rank is not None]
    if not ranked:
        raise Unavailable("no indicator has a rank: ask for a profile with peers")
    periods = {result.period for result in ranked if result.period is not None}
    rows = [
        _row(order, result, result.rank, language, dated=len(periods) > 1)
        for order, result in enumerate(ranked)
        if result.rank is not None
    ]
    caption = _caption(profile, ranked, rows, language, dated=len(periods) > 1)
    return framed([_view(rows, language)], caption, {"ranks": rows})


def _row(order: int, result: Result, rank: Rank, language: str, *, dated: bool) -> dict[str, Any]:
    name, when = indicator_name(result.indicator, language), when_words(result, language)
    shown = label(name, _LONGEST)
    return {
        "order": order,
        "indicator": result.indicator.code,
        "name": f"{shown}, {when}" if dated and when else shown,
        "position": rank.position,
        "of": rank.of,
        "value": None if result.point is None else plain(result.point),
        "at": _along(rank.position, rank),
        "best": _along(rank.best, rank),
        "worst": _along(rank.worst, rank),
        "place": place_text(rank.position, rank.of, language),
        "words": value_text(result, language),
    }


def _along(position: int, rank: Rank) -> float:
    """How far along its track a place is."""
    last = max(rank.of + len(rank.peers_missing) - 1, rank.of - 1, 1)
    return plain(Fraction(min(position - 1, last), last))


def _view(rows: Sequence[dict[str, Any]], language: str) -> dict[str, Any]:
    names, places, words = (
        max(text_width(row[key]) for row in rows) for key in ("name", "place", "words")
    )
    left, right = names + 16, places + words + 40
    span = [left, max(WIDTH - right, left + 120)]
    ends = [(0, ordinal(1, language)), (1, say("chart.last", language))]
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False, "range": span},
        "axis": {
            "values": [0, 1],
            "labelExpr": labelled(ends),
            "title": None,
            "grid": False,
            "orient": "top",
            "domain": False,
            "ticks": False,
            "labelFlush": False,
        },
    }
    y = {"field": "order", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.25}}
    track = {"x": {"value": span[0]}, "x2": {"value": span[1]}, "y": y}
    spread = {"x": {"field": "best", **x}, "x2": {"field": "worst"}, "y": y}
    dot = {"x": {"field": "at", **x}, "y": y}
    texts = (
        ({"value": left - 14}, "name", {"align": "right", "color": INK}),
        ({"value": span[1] + 16}, "place", {"align": "left", "color": REGION_INK}),
        ({"value": span[1] + 16 + places + 24}, "words", {"align": "left", "color": QUIET}),
    )
    layers = [
        layer("rule", "ranks", track, color=GRID, strokeWidth=6, strokeCap="round"),
        layer("rule", "ranks", spread, color=PEER, strokeWidth=6, strokeCap="round"),
        layer("point", "ranks", dot, color=REGION, filled=True, opacity=1, size=110),
        *(
            layer("text", "ranks", {"x": place, "y": y, "text": {"field": field}}, **looks)
            for place, field, looks in texts
        ),
    ]
    layers[-2]["mark"]["fontWeight"] = "bold"
    return {"width": WIDTH, "height": _ROW * len(rows), "layer": layers}


def _caption(
    profile: "Profile",
    ranked: Sequence[Result],
    rows: Sequence[dict[str, Any]],
    language: str,
    *,
    dated: bool,
) -> Caption:
    title = say(
        "chart.of",
        language,
        what=say("chart.ranks", language),
        region=region_name(profile.region, language),
    )
    rank = ranked[0].rank
    assert rank is not None
    peers = group_name(profile.registry, rank.peers, language)
    when = next((when_words(result, language) for result in ranked if result.period), "")
    line = [say("chart.among", language, peers=peers), "" if dated else when]
    text = "; ".join(f"{row['name']}: {row['words']}, {row['place']}" for row in rows)
    without = len(profile.results) - len(ranked)
    notes = [say("chart.could", language)] * any(row["best"] != row["worst"] for row in rows)
    notes += [say("chart.unranked", language, count=without)] * bool(without)
    return Caption(
        title,
        [" · ".join(part for part in line if part)],
        source_notes(ranked, language, *notes, ranked=True),
        f"{title}. {text}.",
        language,
    )
