"""Answers in words: their figures, ranks, coverage and notes."""

from collections.abc import Iterable
from fractions import Fraction

from bajio.engines.outcome import Coverage, told
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.results import Rank, Result
from bajio.registry import Registry
from bajio.units import ONE
from bajio.words.enumerations import neighbours_text, ordinal, place_text, some_of
from bajio.words.magnitudes import percent, relative
from bajio.words.messages import message_text
from bajio.words.phrasebook import ENGLISH, say
from bajio.words.quantities import amount, difference, scale_of

#: Letters of a region's members, of which no more are named.
_MOST_LETTERS = 28


def figure(
    value: Exact, indicator: Indicator, language: str = ENGLISH, *, with_unit: bool = True
) -> str:
    """A value as its indicator is shown, with the unit where it does not stand elsewhere.

    Examples:
        >>> from bajio.rules import Sum
        >>> figure(1, Indicator("a", Sum("a"), "1", "A", as_number=True))
        '1'
    """
    return amount(value, scale_of(indicator), language, with_unit=with_unit)


def change_text(change: Exact, before: Exact, indicator: Indicator, language: str = ENGLISH) -> str:
    """A change of an indicator: relative; in points where it is a percentage.

    Examples:
        >>> from bajio.rules import Sum
        >>> rate = Indicator("rate", Sum("a") / Sum("b"), "1", "Rate")
        >>> change_text(Fraction(25, 10**4), Fraction(5, 100), rate)
        '+0.25 points'
        >>> change_text(-5, 20, Indicator("people", Sum("a"), "person", "People"))
        '-25.0 %'
    """
    if scale_of(indicator) == ONE:
        return signed_text(change, indicator, language)
    return relative(Fraction(change) / Fraction(before) if before else None, language)


def signed_text(
    change: Exact, indicator: Indicator, language: str = ENGLISH, *, with_unit: bool = True
) -> str:
    """A difference of two values of an indicator, with its sign.

    Examples:
        >>> from bajio.rules import Sum
        >>> signed_text(-5, Indicator("people", Sum("a"), "person", "People"))
        '-5 persons'
    """
    return difference(change, scale_of(indicator), language, with_unit=with_unit)


def peer_name(rank: Rank | None, registry: Registry, code: str, language: str = ENGLISH) -> str:
    """What a peer is called, a region of one's own among them."""
    regions = () if rank is None else rank.regions
    region_named = next((region for region in regions if region.code == code), None)
    return registry.name_of(code, language) if region_named is None else region_named.name(language)


def rank_text(rank: Rank, registry: Registry, language: str = ENGLISH) -> str:
    """A rank in words: "57th of 190, between Kuwait and Ukraine"."""
    tied, above, below = (
        [peer_name(rank, registry, code, language) for code in side[:3]]
        for side in (rank.tied, rank.above, rank.below)
    )
    text = place_text(rank.position, rank.of, language)
    if (rank.best, rank.worst - len(rank.peers_missing)) != (rank.position, rank.position):
        best, worst = ordinal(rank.best, language), ordinal(rank.worst, language)
        text += say("rank.interval", language, best=best, worst=worst)
    return text + neighbours_text(tied, above, below, language)


def value_text(result: Result, language: str = ENGLISH, *, with_unit: bool = True) -> str:
    """The value, or the interval that it lies in; a number says where it is a partial one."""
    text = figure(result.low, result.indicator, language, with_unit=with_unit)
    if result.low != result.high:
        high = figure(result.high, result.indicator, language, with_unit=with_unit)
        text = say("figure.between", language, low=text, high=high)
    return say("figure.partial", language, figure=text) if result.is_partial else text


def coverage_text(coverage: Coverage, language: str = ENGLISH) -> str:
    """How much of what a number is about was there; empty where all was."""
    if coverage.complete:
        return ""
    parts = []
    if coverage.members < 1:
        share = percent(coverage.members, 0, language)
        if coverage.weight:
            weight = percent(coverage.weight, 0, language)
            parts.append(say("coverage.weighed", language, share=share, weight=weight))
        else:
            parts.append(say("coverage.members", language, share=share))
    if coverage.periods < 1:
        share = percent(coverage.periods, 0, language)
        parts.append(say("coverage.periods", language, share=share))
    return ", ".join(parts)


def notes_text(results: Iterable[Result], language: str = ENGLISH) -> list[str]:
    """What is missing from figures, and what a reader should know besides: a line each.

    A line of several results names whose it is: their years, else their indicators.
    """
    results_noted = list(results)
    lines: dict[str, list[str]] = {}
    dated = len({result.indicator for result in results_noted}) == 1
    for result in results_noted:
        whose = str(result.period) if dated else result.indicator.label.text(language)
        for note in result.notes:
            lines.setdefault(note, []).append(whose)
    gaps = [gap for result in results_noted for gap in result.coverage.missing]
    missing = told(gaps) if gaps else ()
    notes = [say("note.missing", language, line=message_text(line, language)) for line in missing]
    for note, holders in lines.items():
        text = message_text(note, language)
        everywhere = len(holders) == len(results_noted)
        of = "" if everywhere else f"{', '.join(dict.fromkeys(holders))}: "
        notes.append(f"{of}{text}." if of else f"{text[:1].upper()}{text[1:]}.")
    return notes


def region_text(region: Region, language: str) -> str:
    """What a region is called: by some of its members where it has no name."""
    known = region.known
    if region.names or known is None or not all(code in known for code in region.members):
        return region.name(language)
    names = [known[code].names.text(language) for code in region.members]
    shown = next((n for n in (3, 2) if len(", ".join(names[:n])) < _MOST_LETTERS), 1)
    return some_of(names, shown, language)


def title_of(label: Label, region: Region, when: str, language: str) -> str:
    """What is told of a region: a label, the region, and of which period where it is of one."""
    named = region_text(region, language)
    return say("title.of", language, label=label.text(language), region=named, when=when)


def closed(text: str) -> str:
    """A sentence with its full stop, which one that ends in dots has already.

    Examples:
        >>> closed("no data"), closed("no data for a, b, ...")
        ('no data.', 'no data for a, b, ...')
    """
    return text if text.endswith("...") else f"{text}."


def year_text(result: Result) -> str:
    """The period, with a letter where the figure is not final."""
    if result.period is None:
        return ""
    return f"{result.period}{'' if result.status == 'A' else ' ' + result.status}"


def shortened(text: str, width: int = 60) -> str:
    """A text cut at a word, with an ellipsis, where it is longer than a width.

    Examples:
        >>> shortened("Machinery and equipment manufacturing", 20)
        'Machinery and …'
    """
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(";,") + " …"
