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
    from bajio.questions.scoring import Scores

#: So many are all shown; of more those that were asked for, with so many on each side.
_MOST, _AROUND = 40, 4


def scores_chart(answer: "Scores", language: str) -> Chart:
    """The regions that were asked for among those that they are compared with."""
    every = answer.scores
    asked = [at for at, one in enumerate(every) if one.asked]
    near = {at for own in asked for at in range(own - _AROUND, own + _AROUND + 1)}
    chosen = [one for at, one in enumerate(every) if len(every) <= _MOST or at in near]
    rows = []
    for at, one in enumerate(chosen):
        name = f"{ordinal(one.position, language)}  {region_name(one.region, language)}"
        role = "region" if one.asked else "peer"
        row = bar_row(at, role, name, places(one.exact, 1, language), one.value)
        rows.append({**row, "code": one.code, "position": one.position, "value": one.value})
    axis = axis_of([one.exact for one in chosen], zero=True)
    view = bars("scores", rows, axis, (Counted.NUMBER, language))
    what = label(answer.composite.label.text(language), 80)
    if answer.period is not None:
        what = f"{what}, {answer.period}"
    named = listed((region_name(one.region, language) for one in answer.asked), language)
    title = say("chart.of", language, what=what, region=named)
    notes = cut_notes(len(every) - len(chosen), language)
    own = (row for row in rows if row["role"] == "region")
    told = "; ".join(f"{' '.join(row['name'].split())}, {row['words']}" for row in own)
    among = say("chart.score", language, count=len(every))
    caption = Caption(
        title,
        [among],
        [*notes, source_line(answer.sources, language)],
        f"{title}. {among}: {told}.",
        language,
    )
    return framed([view], caption, {"scores": rows})
