"""A breakdown as a picture: a bar a category, the greatest first."""

from fractions import Fraction
from typing import TYPE_CHECKING

from bajio.errors import Unavailable
from bajio.questions.results import plain
from bajio.report.answer_words import figure
from bajio.report.charts.bars import bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import HOST, Caption, framed, label
from bajio.report.charts.ticks import axis_of, unit_text
from bajio.report.charts.told import (
    cut_notes,
    dated,
    indicator_name,
    region_name,
    source_notes,
    unit_line,
)
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of

if TYPE_CHECKING:
    from bajio.questions.breakdown import Breakdown

_MOST, _LONGEST = 40, 44


def breakdown_chart(answer: "Breakdown", language: str) -> Chart:
    """The values of a breakdown that are there, the greatest first.

    Raises:
        Unavailable: there are none.
    """
    valued = [(cell, cell.exact) for cell in answer.cells if cell.exact is not None]
    if not valued:
        raise Unavailable("the breakdown has no value")
    valued.sort(key=lambda pair: (-Fraction(pair[1]), pair[0].key))
    rows = []
    for order, (cell, value) in enumerate(valued[:_MOST]):
        words = figure(value, answer.indicator, language)
        name = label(cell.label.text(language), _LONGEST)
        row = bar_row(order, "neighbour", name, words, plain(value))
        rows.append({**row, "key": cell.key, "value": row["end"]})
    shown, unit = scale_of(answer.indicator), unit_line(answer.indicator, language)
    view = bars(
        "values",
        rows,
        axis_of([value for _, value in valued[:_MOST]], zero=True),
        (shown, language),
        title=unit_text(shown, language),
        colours={"neighbour": HOST},
    )
    what = dated(indicator_name(answer.indicator, language), answer.results[0], language)
    title = say("chart.of", language, what=what, region=region_name(answer.region, language))
    names = (label(cell.label.text(language), 120) for cell, _ in valued)
    listed = "; ".join(f"{name}: {row['words']}" for name, row in zip(names, rows, strict=False))
    notes = cut_notes(len(answer.cells) - len(rows), language)
    caption = Caption(
        title,
        [unit],
        source_notes(answer.results, language, *notes),
        f"{title}. {listed}.",
        language,
    )
    return framed([view], caption, {"values": rows})
