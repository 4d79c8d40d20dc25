"""What charts say of results: values, places, periods, statuses and sources, in a language."""

from collections.abc import Iterable

from bajio.facts.periods import Period
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.asking import Asking
from bajio.questions.results import Rank, Result
from bajio.registry import Registry
from bajio.report.charts.theme import label
from bajio.report.charts.ticks import unit_text
from bajio.report.footnotes import peer_sources_of, sources_of
from bajio.report.wording import figure, scale
from bajio.version import __version__
from bajio.words.enumerations import neighbours_text, period_text, place_text, status_legend
from bajio.words.phrasebook import say


def question_of(result: Result) -> Asking:
    """What a result was asked with.

    Raises:
        ValueError: it was read from a file.
    """
    return Asking(*result.asked)


def region_name(region: Region, language: str) -> str:
    """What a region is called, as a label."""
    return label(region.name(language))


def indicator_name(indicator: Indicator, language: str) -> str:
    """What an indicator is called, as a label."""
    return label(indicator.label.text(language), 80)


def peer_label(rank: Rank | None, registry: Registry, code: str, language: str) -> str:
    """What a peer is called, a region of one's own among them, as a label."""
    regions = () if rank is None else rank.regions
    own = next((region for region in regions if region.code == code), None)
    return label(registry.name_of(code, language) if own is None else own.name(language))


def value_words(result: Result, language: str) -> str:
    """The value, or the interval that it lies in, and whether it is a partial one."""
    low, high = (figure(end, result.indicator, language) for end in (result.low, result.high))
    text = low if low == high else say("figure.between", language, low=low, high=high)
    return say("chart.partial", language, value=text) if result.is_partial else text


def place_words(rank: Rank, registry: Registry, language: str) -> str:
    """A rank with its neighbours."""
    tied, above, below = (
        [peer_label(rank, registry, code, language) for code in side[:3]]
        for side in (rank.tied, rank.above, rank.below)
    )
    return place_text(rank.position, rank.of, language) + neighbours_text(
        tied, above, below, language
    )


def when_words(result: Result, language: str) -> str:
    """The period, with a letter where the figure is not final; empty where it has none."""
    if result.period is None:
        return ""
    period = Period.parse(result.period)
    text = period_text(period.year, period.season, language)
    return text if result.status == "A" else f"{text} {result.status}"


def dated(what: str, result: Result, language: str) -> str:
    """What is shown, with its period."""
    when = when_words(result, language)
    return f"{what}, {when}" if when else what


def unit_line(indicator: Indicator, language: str) -> str:
    """The unit in words, to be read by itself; empty for percentages and plain numbers."""
    unit = unit_text(scale(indicator), language)
    return say("chart.unit", language, unit=unit) if unit else ""


def source_notes(
    results: Iterable[Result], language: str, *more: str, ranked: bool = False
) -> list[str]:
    """What letters beside periods mean, other notes, the sources, and what drew it.

    Args:
        results: what is shown.
        language: of the words.
        more: other notes.
        ranked: whether peers' figures are shown, which have sources of their own.
    """
    given = list(results)
    legend = status_legend({result.status for result in given}, language)
    sources = tuple(
        dict.fromkeys([*sources_of(given), *(peer_sources_of(given) if ranked else ())])
    )
    named = "; ".join(sources)
    told = say("chart.sources", language, count=len(sources), sources=named) if sources else ""
    return [*(f"{legend}." for _ in legend[:1]), *more, f"{told} bajio {__version__}.".strip()]
