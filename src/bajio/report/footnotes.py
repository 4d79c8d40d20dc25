"""What is to be said below the tables of results: letters, peers without figures, hosts, gaps."""

from collections.abc import Iterable, Sequence

from bajio.indicator import Indicator
from bajio.questions.results import Missed, Rank, Result, SourceUse
from bajio.registry import Registry
from bajio.report.answer_words import closed, figure, notes_text, peer_name
from bajio.words.enumerations import some_of, status_legend
from bajio.words.messages import refusal_text
from bajio.words.phrasebook import ENGLISH, say

#: Sources that are nearer to one another print as the same.
_VISIBLE_GAP = 0.0005
#: Sources that are farther apart count something else: both figures are told.
_WIDE_GAP = 0.05
#: How many peers without a figure are named, and how many that are inside the region.
_MOST_PEERS, _MOST_INSIDE = 12, 8


def indicators_named(indicators: Iterable[Indicator], language: str) -> str:
    """Indicators as the table above calls them."""
    return ", ".join(indicator.label.text(language) for indicator in indicators)


def legend_notes(results: Iterable[Result], language: str = ENGLISH) -> list[str]:
    """What the letters beside years mean, if there are any."""
    letters = {result.status for result in results} - {"A"}
    legend = letters and status_legend(letters, language)
    return [say("note.letters", language, legend=legend)] if legend else []


def status_notes(statuses: Iterable[str], language: str) -> list[str]:
    """What the letters mean that stand in a table without years, if there are any."""
    legend = status_legend(set(statuses), language)
    return [f"{legend[0]}: {legend[2:]}."] if legend else []


def result_notes(
    results: Sequence[Result], registry: Registry, language: str, *, as_of: bool = False
) -> list[str]:
    """What a reader should know of ranked results besides, a line each.

    Args:
        results: what is told.
        registry: what knows the names.
        language: of the words.
        as_of: whether to say that groups count with their members of each year.
    """
    notes = [say("note.as-of", language)] if as_of else []
    notes += legend_notes(results, language)
    notes += _missing_peers(results, registry, language)
    unranked = [result for result in results if result.rank_reason]
    if unranked:
        labels = indicators_named((result.indicator for result in unranked), language)
        notes.append(say("note.no-peer", language, indicators=labels))
    ranks = [result.rank for result in results if result.rank]
    left_out = sorted({code for rank in ranks for code in rank.left_out})
    if left_out:
        names = [peer_name(ranks[0], registry, code, language) for code in left_out]
        named_areas = some_of(names, _MOST_INSIDE, language)
        notes.append(say("note.inside", language, names=named_areas))
    borrowed = sorted({pair for rank in ranks for pair in rank.borrowed})
    if borrowed:
        names = [f"{peer_name(ranks[0], registry, code, language)} {y}" for code, y in borrowed]
        named_areas = some_of(names, _MOST_PEERS, language)
        notes.append(say("note.borrowed", language, names=named_areas))
    summed = [result for result in results if result.share_basis == "sum-of-parts"]
    if summed:
        host = registry.name_of(summed[0].host or "", language)
        labels = indicators_named((result.indicator for result in summed), language)
        notes.append(say("note.summed", language, host=host, indicators=labels))
    notes += _gap_notes(results, registry, language)
    return notes + notes_text(results, language)


def sources_of(figures: Iterable[Result | Rank]) -> tuple[SourceUse, ...]:
    """What results, or the figures of their peers, come from."""
    return tuple(use for figure_said in figures for use in figure_said.sources)


def _missing_peers(results: Sequence[Result], registry: Registry, language: str) -> list[str]:
    """Which peers have no figure for the year, and which have none for any."""
    together: dict[tuple[tuple[str, ...], bool], list[Indicator]] = {}
    for result in results:
        if result.rank and result.rank.peers_missing:
            key = result.rank.peers_missing, False
            together.setdefault(key, []).append(result.indicator)
        if result.rank and result.rank.peers_without_data:
            key = result.rank.peers_without_data, True
            together.setdefault(key, []).append(result.indicator)
    first = next((result.rank for result in results if result.rank), None)
    notes = []
    for (codes, never), indicators in sorted(together.items(), key=lambda item: item[0][1]):
        peers = [peer_name(first, registry, code, language) for code in codes]
        parts = {"count": len(codes), "names": some_of(peers, _MOST_PEERS, language)}
        key_of = "note.peers-never" if never else "note.peers-year"
        notes.append(
            say(key_of, language, indicators=indicators_named(indicators, language), **parts)
        )
    return notes


def _gap_notes(results: Iterable[Result], registry: Registry, language: str) -> list[str]:
    """How far the peers' source is from the region's own for the host, and from what to what."""
    told, host = [], ""
    for result in results:
        gap, own = result.rank and result.rank.host_gap, result.host_value
        if not gap or abs(gap) < _VISIBLE_GAP:
            continue
        host = host or result.host or ""
        name, off = result.indicator.label.text(language), f"{float(gap) * 100:+.1f} %"
        if abs(gap) < _WIDE_GAP or own is None:
            told.append(f"{name} {off}")
        else:
            theirs = figure(own * (1 + gap), result.indicator, language, with_unit=False)
            figures = {"theirs": theirs, "own": figure(own, result.indicator, language)}
            told.append(say("note.gap", language, indicator=name, gap=off, **figures))
    if not told:
        return []
    host = registry.name_of(host, language)
    return [say("note.host-gap", language, host=host, gaps=", ".join(told))]


def missed_notes(unavailable: Iterable[Missed], language: str) -> list[str]:
    """A line for each reason why something could not be answered."""
    together: dict[str, list[Indicator]] = {}
    for missed in unavailable:
        together.setdefault(missed_text(missed, language), []).append(missed.indicator)
    return [
        closed(
            say(
                "note.lacking",
                language,
                indicators=indicators_named(indicators, language),
                reason=reason,
            ).removesuffix(".")
        )
        for reason, indicators in together.items()
    ]


def missed_text(missed: Missed, language: str) -> str:
    """Why something could not be answered, in the words of the command line."""
    return refusal_text(missed.error(), language)
