"""A number by member: contributions that add up to it, or each member's own beside it."""

from fractions import Fraction
from typing import Any

from bajio.errors import Unavailable
from bajio.questions.results import MemberFigure, Result, plain
from bajio.report.answer_words import figure, value_text
from bajio.report.charts.bars import bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import HOST, Caption, framed
from bajio.report.charts.ticks import axis_of, unit_text
from bajio.report.charts.told import (
    dated,
    indicator_name,
    named_count,
    peer_label,
    question_of,
    region_name,
    source_notes,
    unit_line,
)
from bajio.words.enumerations import listed
from bajio.words.magnitudes import percent
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of

_MOST = 40


def members_chart(result: Result, language: str) -> Chart:
    """What each member adds to a number that is a sum, or has where it is none.

    Raises:
        Unavailable: no member has a figure.
    """
    members = [member for member in result.members if member.exact is not None]
    if not members:
        raise Unavailable("no member has a figure of its own")
    members.sort(key=lambda one: (-Fraction(one.exact or 0), one.area))
    adds = (
        result.point is not None
        and sum(Fraction(one.exact or 0) for one in members) == result.point
    )
    rows, named = (_waterfall if adds else _side_by_side)(result, members[:_MOST], language)
    if len(members) > _MOST and adds:
        rows, named = _side_by_side(result, members[:_MOST], language)
    ends = [end for row in rows for end in (row["start"], row["end"]) if end is not None]
    axis = axis_of(map(Fraction, ends), zero=True)
    shown = scale_of(result.indicator)
    view = bars(
        "members",
        rows,
        axis,
        (shown, language),
        title=unit_text(shown, language),
        colours={"peer": HOST},
    )
    return framed([view], _caption(result, named, adds=adds, language=language), {"members": rows})


def _waterfall(
    result: Result, members: list[MemberFigure], language: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """Bars that begin where the one before ends, and the whole below them."""
    rows, named, reached = [], [], Fraction(0)
    whole = result.exact
    if [member_figure.area for member_figure in members] == [result.region.code]:
        members = []  # one area: it is the whole
    for position, member in enumerate(members):
        part = Fraction(member.exact or 0)
        name = peer_label(None, question_of(result).registry, member.area, language)
        share = f" ({percent(part / whole, 1, language)})" if whole else ""
        words = f"{figure(member.exact or 0, result.indicator, language)}{share}"
        start, reached = reached, reached + part
        row = bar_row(position, "peer", name, words, plain(reached), plain(start))
        rows.append({**row, "area": member.area, "value": plain(part)})
        named.append(f"{name} {words}")
    name = region_name(result.region, language)
    words = value_text(result, language)
    own = bar_row(len(members), "region", name, words, plain(whole))
    rows.append({**own, "area": result.region.code, "value": plain(whole)})
    return rows, named or [f"{name} {words}"]


def _side_by_side(
    result: Result, members: list[MemberFigure], language: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """A bar a member, and the region's at its place among them."""
    named = []
    rows: list[tuple[Fraction, dict[str, Any]]] = []
    for member_figure in members:
        name = peer_label(None, question_of(result).registry, member_figure.area, language)
        words = figure(member_figure.exact or 0, result.indicator, language)
        row = bar_row(0, "peer", name, words, plain(member_figure.exact or 0))
        rows.append(
            (
                Fraction(member_figure.exact or 0),
                {**row, "area": member_figure.area, "value": row["end"]},
            )
        )
        named.append(f"{name} {words}")
    middle = Fraction(result.low + result.high) / 2
    name = region_name(result.region, language)
    region_row = bar_row(0, "region", name, value_text(result, language), plain(middle))
    rows.append((middle, {**region_row, "area": result.region.code, "value": region_row["end"]}))
    rows.sort(key=lambda pair: -pair[0])
    return [{**row, "order": position} for position, (_, row) in enumerate(rows)], named


def _caption(result: Result, named: list[str], *, adds: bool, language: str) -> Caption:
    what = dated(indicator_name(result.indicator, language), result, language)
    name, value = region_name(result.region, language), value_text(result, language)
    how = say("chart.adds" if adds else "chart.apart", language)
    lines = [value, how, unit_line(result.indicator, language)]
    alt = say(
        "chart.members",
        language,
        what=what,
        region=name,
        value=value,
        parts=listed(named, language),
        count=named_count(result.region, language),
    )
    return Caption(
        say("chart.of", language, what=what, region=name),
        [" · ".join(line for line in lines if line)],
        source_notes([result], language),
        alt,
        language,
    )
