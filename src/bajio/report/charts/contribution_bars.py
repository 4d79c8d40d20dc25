"""A difference as a picture: what each member contributes to it."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bajio.questions.results import plain
from bajio.report.answer_words import signed_text
from bajio.report.charts.bars import bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import HOST, Caption, framed, label
from bajio.report.charts.ticks import axis_of, unit_text
from bajio.report.charts.told import cut_notes, indicator_name, region_name, source_notes, unit_line
from bajio.report.headlines import difference_title
from bajio.words.enumerations import listed
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of

if TYPE_CHECKING:
    from bajio.questions.difference import Difference

_MOST = 40


def difference_chart(answer: "Difference", language: str) -> Chart:
    """The members' contributions, the greatest first, and the whole difference below them."""
    indicator = answer.now.indicator
    parts = sorted(
        answer.contributions, key=lambda contribution: (-contribution.total, contribution.area)
    )
    rows: list[dict[str, Any]] = []
    for contribution in parts[:_MOST]:
        words = signed_text(contribution.total, indicator, language)
        name = label(contribution.label.text(language))
        row = bar_row(len(rows), "neighbour", name, words, plain(contribution.total))
        rows.append({**row, "area": contribution.area, "value": row["end"]})
    whole = Fraction(answer.change)
    words = signed_text(whole, indicator, language)
    name = say("chart.whole", language)
    total = bar_row(len(rows), "region", name, words, plain(whole))
    rows.append({**total, "area": answer.now.region.code, "value": total["end"]})
    ends = [whole, *(part.total for part in parts[:_MOST])]
    shown = scale_of(indicator)
    view = bars(
        "contributions",
        rows,
        axis_of(ends, zero=True),
        (shown, language),
        title=unit_text(shown, language),
        colours={"neighbour": HOST},
    )
    words_of_all = listed((f"{row['name']} {row['words']}" for row in rows), language)
    title = difference_title(answer, language)
    notes = [say("note.nominal", language)] * answer.nominal
    notes += cut_notes(len(parts[_MOST:]), language)
    what, region = indicator_name(indicator, language), region_name(answer.now.region, language)
    line = [say("chart.contributions", language), unit_line(indicator, language)]
    caption = Caption(
        say("chart.of", language, what=what, region=region),
        [*title.splitlines(), " · ".join(part for part in line if part)],
        source_notes((answer.now, answer.base), language, *notes),
        f"{'. '.join(title.splitlines())}. {words_of_all}.",
        language,
    )
    return framed([view], caption, {"contributions": rows})
