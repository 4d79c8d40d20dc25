"""What a rank hangs on: how far the value goes without each member, and with each area more."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bajio.errors import Unavailable
from bajio.facts.observations import Exact
from bajio.questions.results import Result, plain
from bajio.report.answer_words import figure, rank_text, value_text
from bajio.report.charts.bars import bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import HOST, PEER, REGION, Caption, framed, label, layer
from bajio.report.charts.ticks import axis_of, unit_text
from bajio.report.charts.told import dated, indicator_name, region_name, source_notes, unit_line
from bajio.words.enumerations import listed, place_text
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bajio.questions.sensitivity import Sensitivity, Variant

#: Areas that could join that are shown at most: those that change most.
_MOST_JOINING = 12
_MOST_LEAVING = 20


def sensitivity_chart(answer: "Sensitivity", language: str) -> Chart:
    """A bar from the value as it is to what it is without each member, and with each area more.

    Raises:
        Unavailable: only an interval is known, or nothing can leave or join.
    """
    result = answer.result
    if result.point is None:
        raise Unavailable("only an interval is known: there is no value to go from")
    shown = [
        *_most(answer.without, _MOST_LEAVING),
        *_most(
            (variant for variant in answer.joining if variant.places or not result.rank),
            _MOST_JOINING,
        ),
    ]
    if not shown:
        raise Unavailable("no member can leave, and no area can join")
    rows = [_own(result, language)]
    leaving = {one.area for one in answer.without}
    for position, (one, value) in enumerate(shown, 1):
        rows.append(_row(position, one, value, (result, one.area in leaving), language))
    axis = axis_of([result.point, *(value for _, value in shown)])
    colours = {"neighbour": HOST, "peer": PEER}
    unit = unit_text(scale_of(result.indicator), language)
    looks = {"title": unit, "colours": colours, "aside": True}
    view = bars("variants", rows, axis, (scale_of(result.indicator), language), **looks)
    across = view["layer"][0]["encoding"]["x"]
    rule_layer = layer(
        "rule", "variants", {"x": across}, role="region", color=REGION, strokeWidth=2
    )
    view["layer"].append(rule_layer)
    return framed([view], _caption(answer, rows, language), {"variants": rows})


def _most(variants: "Iterable[Variant]", most: int) -> "list[tuple[Variant, Exact]]":
    """The variants that have a value, those that change most first."""
    found = [
        (variant, variant.answer.point)
        for variant in variants
        if isinstance(variant.answer, Result) and variant.answer.point is not None
    ]
    found.sort(
        key=lambda pair: (-abs(pair[0].places or 0), -abs(pair[0].change or 0), pair[0].area)
    )
    return sorted(found[:most], key=lambda pair: (-Fraction(pair[1]), pair[0].area))


def _own(result: Result, language: str) -> dict[str, Any]:
    assert result.point is not None
    words = value_text(result, language)
    if result.rank:
        words += f", {place_text(result.rank.position, result.rank.of, language)}"
    value = plain(result.point)
    name = region_name(result.region, language)
    row = bar_row(0, "region", name, words, value, value)
    return {**row, "area": result.region.code, "value": value}


def _row(
    position: int, variant: "Variant", value: Exact, base: tuple[Result, bool], language: str
) -> dict[str, Any]:
    result, leaves = base
    assert isinstance(variant.answer, Result)
    words = figure(value, result.indicator, language)
    if variant.answer.rank:
        words += f", {place_text(variant.answer.rank.position, variant.answer.rank.of, language)}"
    key = "chart.without" if leaves else "chart.with"
    name = say(key, language, area=label(variant.label.text(language)))
    role = "neighbour" if leaves else "peer"
    row = bar_row(position, role, name, words, plain(value), plain(result.exact))
    return {**row, "area": variant.area, "value": plain(value)}


def _caption(answer: "Sensitivity", rows: list[dict[str, Any]], language: str) -> Caption:
    result = answer.result
    what = dated(indicator_name(result.indicator, language), result, language)
    name, value = region_name(result.region, language), value_text(result, language)
    rank = f", {rank_text(result.rank, answer.registry, language)}" if result.rank else ""
    text = listed((f"{row['name']} {row['words']}" for row in rows[1:]), language)
    lines = [f"{value}{rank}", say("chart.hangs", language)]
    unit = unit_line(result.indicator, language)
    lines[1] = " · ".join(line for line in (lines[1], unit) if line)
    title = say("chart.of", language, what=what, region=name)
    return Caption(
        title,
        lines,
        source_notes([result], language, ranked=True),
        f"{title}: {value}{rank}; {text}.",
        language,
    )
