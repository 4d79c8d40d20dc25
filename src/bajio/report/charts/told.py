"""What charts say of results: values, places, periods, statuses and sources, in a language."""

from collections.abc import Iterable

from bajio.facts.periods import Period
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.asking import Asking
from bajio.questions.results import Rank, Result, SourceUse
from bajio.registry import Registry
from bajio.report.answer_words import peer_name, region_text
from bajio.report.charts.theme import label
from bajio.report.charts.ticks import unit_text
from bajio.report.footnotes import legend_notes
from bajio.version import __version__
from bajio.words.enumerations import period_text, some_of
from bajio.words.phrasebook import say
from bajio.words.quantities import scale_of


def question_of(result: Result) -> Asking:
    """What a result was asked with.

    Raises:
        ValueError: it was read from a file.
    """
    return Asking(*result.asked)


def region_name(region: Region, language: str) -> str:
    """What a region is called, as a label: by some of its members where it has no name."""
    return label(region_text(region, language))


def named_count(region: Region, language: str) -> int:
    """How many a region's name counts for in a sentence: one, or its members that are told."""
    return 1 if region_text(region, language) == region.name(language) else len(region.members)


def indicator_name(indicator: Indicator, language: str) -> str:
    """What an indicator is called, as a label."""
    return label(indicator.label.text(language), 80)


def peer_label(rank: Rank | None, registry: Registry, code: str, language: str) -> str:
    """What a peer is called, a region of one's own among them, as a label."""
    return label(peer_name(rank, registry, code, language))


def group_name(registry: Registry, code: str, language: str) -> str:
    """What a group of peers is called, as a label: by some of its members where it has no name."""
    group = registry.peer_group(code)
    name = group.names.text(language)
    if name != code or "+" not in code:
        return label(name)
    members = [registry.name_of(member, language) for member in group.newest(registry.today)]
    return label(some_of(members, 3, language), 80)


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
    unit = unit_text(scale_of(indicator), language)
    return say("chart.unit", language, unit=unit) if unit else ""


def cut_notes(count: int, language: str) -> list[str]:
    """How many rows are left out, where any are."""
    return [say("chart.more-rows", language, count=count)] if count else []


def source_notes(
    results: Iterable[Result],
    language: str,
    *more: str,
    ranked: bool = False,
    lettered: bool = True,
) -> list[str]:
    """What letters beside periods mean, other notes, the sources, and what drew it.

    Args:
        results: what is shown.
        language: of the words.
        more: other notes.
        ranked: whether peers' figures are shown, which have sources of their own.
        lettered: whether letters stand beside periods.
    """
    results_shown = list(results)
    uses = [use for result in results_shown for use in result.sources]
    if ranked:
        uses += [use for result in results_shown if result.rank for use in result.rank.sources]
    letters = legend_notes(results_shown, language) if lettered else []
    return [*letters, *more, source_line(uses, language)]


def source_line(uses: Iterable[SourceUse], language: str) -> str:
    """What figures come from, each source once, and what drew them."""
    sources = tuple(dict.fromkeys(use.in_words(language) for use in uses))
    named = "; ".join(sources)
    named_sources = (
        say("chart.sources", language, count=len(sources), sources=named) if sources else ""
    )
    return f"{named_sources} bajio {__version__}.".strip()
