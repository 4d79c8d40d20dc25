"""Regions side by side: a small panel of bars for each indicator."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bajio.errors import Unavailable
from bajio.questions.results import Missed, Result, plain
from bajio.report.answer_words import value_text
from bajio.report.charts.bars import ROW, bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import HOST, INK, OTHERS, REGION, WIDTH, Caption, framed, label
from bajio.report.charts.ticks import axis_of
from bajio.report.charts.told import (
    indicator_name,
    region_name,
    source_notes,
    unit_line,
    when_words,
)
from bajio.words.enumerations import listed
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of

if TYPE_CHECKING:
    from bajio.questions.comparison import Comparison

_COLUMNS = 2
_GAP = 40
_WIDTH = (WIDTH - _GAP * (_COLUMNS - 1)) // _COLUMNS
_NAME = 24


def comparison_chart(comparison: "Comparison", language: str) -> Chart:
    """Several regions, indicator by indicator, each on a scale of its own.

    Raises:
        Unavailable: no indicator is a number that one of them has.
    """
    names = [region_name(profile.region, language) for profile in comparison.profiles]
    panels: list[dict[str, Any]] = []
    data: dict[str, Any] = {}
    results: list[Result] = []
    captions: list[str] = []
    for indicator, answers in comparison.rows():
        results_found = [answer for answer in answers if isinstance(answer, Result)]
        if not results_found or not all(isinstance(answer, Result | Missed) for answer in answers):
            continue
        rows = _rows(answers, names, language)
        what = indicator_name(indicator, language)
        data[indicator.code] = rows
        panels.append(_panel(indicator.code, what, rows, results_found, language))
        results += results_found
        values = (
            f"{name} {_words(result, several=_several(answers), language=language, with_unit=True)}"
            for name, result in zip(names, answers, strict=True)
        )
        captions.append(f"{what}: {listed(values, language)}")
    if not panels:
        raise Unavailable("none of the indicators is a number that one of the regions has")
    grid = {"concat": panels, "columns": _COLUMNS, "spacing": {"row": 26, "column": _GAP}}
    caption = Caption(
        listed(names, language),
        [say("chart.panels", language)],
        source_notes(results, language),
        say("chart.compare", language, regions=listed(names, language), values="; ".join(captions)),
        language,
    )
    return framed([grid], caption, data)


def _rows(answers: Sequence[Any], names: Sequence[str], language: str) -> list[dict[str, Any]]:
    """A bar a region, in their order; one without a figure says so."""
    several = _several(answers)
    rows = []
    for position, (answer, name) in enumerate(zip(answers, names, strict=True)):
        value = None
        if isinstance(answer, Result):
            value = plain(Fraction(answer.low + answer.high) / 2)
        words = _words(answer, several=several, language=language, with_unit=False)
        row = bar_row(position, f"region {position}", label(name, _NAME), words, value)
        rows.append({**row, "value": value})
    return rows


def _several(answers: Sequence[Any]) -> bool:
    """Whether answers are of several periods, so that each tells its own."""
    return len({answer.period for answer in answers if isinstance(answer, Result)}) > 1


def _words(answer: Any, *, several: bool, language: str, with_unit: bool) -> str:
    """A value with its period, where that is not told of all; the unit may stand above."""
    if not isinstance(answer, Result):
        return say("chart.none", language)
    words = value_text(answer, language, with_unit=with_unit)
    if several and answer.period is not None:
        words += f" ({when_words(answer, language)})"
    return words


def _panel(
    code: str, what: str, rows: Sequence[dict[str, Any]], results: Sequence[Result], language: str
) -> dict[str, Any]:
    ends = [Fraction(result.low + result.high) / 2 for result in results]
    shown = scale_of(results[0].indicator), language
    colours = {
        f"region {position}": colour for position, colour in enumerate((REGION, HOST, *OTHERS))
    }
    view = bars(
        code, rows, axis_of(ends, zero=True), shown, width=_WIDTH, marked=False, colours=colours
    )
    when = list(dict.fromkeys(when_words(result, language) for result in results))
    caption = f"{what}, {when[0]}" if len(when) == 1 and when[0] else what
    title = {"text": label(caption, 50), "fontSize": 14, "color": INK, "offset": 6}
    # a blank where all is in percent, so that panels side by side begin at one height
    unit = unit_line(results[0].indicator, language) or "\N{NO-BREAK SPACE}"
    title |= {"subtitle": unit, "subtitleFontSize": 12, "subtitlePadding": 2}
    return {**view, "height": ROW * len(rows), "title": title}
