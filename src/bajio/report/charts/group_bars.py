"""A decomposition as a picture: what each group adds to a spread, within and between."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bajio.questions.results import plain
from bajio.report.answer_words import figure, value_text
from bajio.report.charts.bars import bar_row, bars
from bajio.report.charts.chart import Chart
from bajio.report.charts.theme import HOST, OTHERS, Caption, framed
from bajio.report.charts.ticks import axis_of, unit_text
from bajio.report.charts.told import dated, indicator_name, region_name, source_notes
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of

if TYPE_CHECKING:
    from bajio.questions.decomposition import Decomposition

_PARTS = ("within", "between")
_COLOURS = {"within": HOST, "between": OTHERS[0]}


def decomposition_chart(answer: "Decomposition", language: str) -> Chart:
    """Two bars a group, in the order in which they were named, and the whole spread below them."""
    rows: list[dict[str, Any]] = []
    for group in answer.groups:
        for part in _PARTS:
            value = Fraction(getattr(group, part))
            text = say(f"column.{part}-groups", language).casefold()
            name = f"{region_name(group.region, language)}, {text}"
            words = figure(value, answer.indicator, language)
            row = bar_row(len(rows), part, name, words, plain(value))
            rows.append({**row, "group": group.region.code, "value": row["end"]})
    words, whole = value_text(answer.total, language), plain(answer.total.low)
    total = bar_row(len(rows), "region", say("decompose.all", language), words, whole)
    rows.append({**total, "group": answer.region.code, "value": whole})
    ends = [Fraction(getattr(group, part)) for group in answer.groups for part in _PARTS]
    shown = scale_of(answer.indicator)
    view = bars(
        "groups",
        rows,
        axis_of([*ends, answer.total.low], zero=True),
        (shown, language),
        title=unit_text(shown, language),
        colours=_COLOURS,
    )
    what = dated(indicator_name(answer.indicator, language), answer.total, language)
    title = say("chart.of", language, what=what, region=region_name(answer.region, language))
    text = "; ".join(f"{row['name']}: {row['words']}" for row in rows)
    caption = Caption(
        title,
        [say("chart.groups", language)],
        source_notes([answer.total], language),
        f"{title}. {text}.",
        language,
    )
    return framed([view], caption, {"groups": rows})
