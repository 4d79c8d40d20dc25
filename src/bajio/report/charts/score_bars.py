"""A composite as a picture: the scores, the highest first."""

from typing import TYPE_CHECKING

from bajio.report.charts.bars import bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import Caption, framed, label
from bajio.report.charts.ticks import axis_of
from bajio.report.charts.told import cut_notes, region_name, source_line
from bajio.words.enumerations import listed, ordinal
from bajio.words.magnitudes import places
from bajio.words.phrasebook import say
from bajio.words.quantities import Counted

if TYPE_CHECKING:
    from bajio.questions.scores import Scores

#: So many are all shown; of more those that were asked for, with so many on each side.
_MOST, _AROUND = 40, 4


def scores_chart(answer: "Scores", language: str) -> Chart:
    """The regions that were asked for among those that they are compared with."""
    every = answer.scores
    chosen_places = [place for place, score in enumerate(every) if score.asked]
    near = {
        place for shown in chosen_places for place in range(shown - _AROUND, shown + _AROUND + 1)
    }
    chosen = [score for place, score in enumerate(every) if len(every) <= _MOST or place in near]
    rows = []
    for place, score in enumerate(chosen):
        name = f"{ordinal(score.position, language)}  {region_name(score.region, language)}"
        role = "region" if score.asked else "peer"
        row = bar_row(place, role, name, places(score.exact, 1, language), score.value)
        rows.append({**row, "code": score.code, "position": score.position, "value": score.value})
    axis = axis_of([score.exact for score in chosen], zero=True)
    view = bars("scores", rows, axis, (Counted.NUMBER, language))
    what = label(answer.composite.label.text(language), 80)
    if answer.period is not None:
        what = f"{what}, {answer.period}"
    named = listed((region_name(score.region, language) for score in answer.asked), language)
    title = say("chart.of", language, what=what, region=named)
    notes = cut_notes(len(every) - len(chosen), language)
    shown = (row for row in rows if row["role"] == "region")
    text = "; ".join(f"{' '.join(row['name'].split())}, {row['words']}" for row in shown)
    among = say("chart.score", language, count=len(every))
    caption = Caption(
        title,
        [among],
        [*notes, source_line(answer.sources, language)],
        f"{title}. {among}: {text}.",
        language,
    )
    return framed([view], caption, {"scores": rows})
