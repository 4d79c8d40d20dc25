"""What is to be said below the tables of results: letters, peers without figures, hosts, gaps."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from bajio.errors import in_options, some
from bajio.questions.results import Missed, Result
from bajio.registry import Registry
from bajio.report.wording import bare_figure, figure, notes_text, peer_name
from bajio.words.enumerations import status_legend

#: Sources that are nearer to one another print as the same.
_VISIBLE_GAP = 0.0005
#: Sources that are farther apart count something else: both figures are told.
_WIDE_GAP = 0.05
#: How many peers without a figure are named.
_MOST_PEERS = 12


def legend_notes(results: Iterable[Result]) -> list[str]:
    """What the letters beside years mean, if there are any."""
    legend = status_legend({result.status for result in results})
    return [f"Beside the year: {legend}."] if legend else []


def result_notes(results: Sequence[Result], registry: Registry) -> list[str]:
    """What a reader should know of ranked results besides, a line each."""
    notes = legend_notes(results)
    notes += _missing_peers(results, registry)
    unranked = [result for result in results if result.rank_reason]
    if unranked:
        codes = ", ".join(result.indicator.code for result in unranked)
        notes.append(f"No peer to rank among: {codes}.")
    ranks = [result.rank for result in results if result.rank]
    left_out = sorted({code for r in results if r.rank for code in r.rank.left_out})
    if left_out:
        names = [peer_name(ranks[0], registry, code) for code in left_out]
        notes.append(f"Not among the peers, being inside the region: {some(names, 8)}.")
    borrowed = sorted({pair for r in results if r.rank for pair in r.rank.borrowed})
    if borrowed:
        shown = [f"{peer_name(ranks[0], registry, code)} {year}" for code, year in borrowed]
        notes.append(f"Peers with a figure of another year: {some(shown, _MOST_PEERS)}.")
    notes += _basis_notes(results, registry)
    return notes + notes_text(results)


def sources_of(results: Iterable[Result]) -> tuple[str, ...]:
    """What figures come from."""
    return tuple(dict.fromkeys(str(use) for result in results for use in result.sources))


def peer_sources_of(results: Iterable[Result]) -> tuple[str, ...]:
    """What the peers' figures come from."""
    ranks = [result.rank for result in results if result.rank]
    return tuple(dict.fromkeys(str(use) for rank in ranks for use in rank.sources))


def _missing_peers(results: Sequence[Result], registry: Registry) -> list[str]:
    """Which peers have no figure for the year, and which have none for any."""
    together: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for result in results:
        if result.rank and result.rank.peers_missing:
            key = result.rank.peers_missing, False
            together.setdefault(key, []).append(result.indicator.code)
        if result.rank and result.rank.peers_without_data:
            key = result.rank.peers_without_data, True
            together.setdefault(key, []).append(result.indicator.code)
    ranks = [result.rank for result in results if result.rank]
    notes = []
    for (codes, never), indicators in sorted(together.items(), key=lambda one: one[0][1]):
        names = some([peer_name(ranks[0], registry, code) for code in codes], _MOST_PEERS)
        plural = "peers have" if len(codes) > 1 else "peer has"
        how = "in any year" if never else "for the year"
        effect = "not counted" if never else "which could lower the rank"
        notes.append(
            f"{len(codes)} {plural} no figure {how} ({names}), {effect}: {', '.join(indicators)}."
        )
    return notes


def _basis_notes(results: Sequence[Result], registry: Registry) -> list[str]:
    summed = [r for r in results if r.share_basis == "sum-of-parts"]
    notes = []
    if summed:
        host = registry.name_of(summed[0].host or "")
        codes = ", ".join(result.indicator.code for result in summed)
        notes.append(f"{host} as the sum of its parts, no total being published: {codes}.")
    apart = [
        (result, result.rank.host_gap)
        for result in results
        if result.rank and result.rank.host_gap is not None
        if abs(result.rank.host_gap) >= _VISIBLE_GAP
    ]
    if apart:
        host = registry.name_of(apart[0][0].host or "")
        gaps = ", ".join(_gap_text(one, gap) for one, gap in apart)
        notes.append(f"{host} in the peers' source against its own: {gaps}.")
    return notes


def _gap_text(result: Result, gap: Fraction) -> str:
    """How far the peers' source is from the region's own for the host, and from what to what."""
    text = f"{result.indicator.code} {float(gap) * 100:+.1f} %"
    if abs(gap) < _WIDE_GAP or result.host_value is None:
        return text
    theirs = bare_figure(result.host_value * (1 + gap), result.indicator)
    return f"{text} ({theirs} against {figure(result.host_value, result.indicator)})"


def missed_notes(unavailable: Iterable[Missed]) -> list[str]:
    """A line for each reason why something could not be answered."""
    together: dict[str, list[str]] = {}
    for missed in unavailable:
        together.setdefault(in_options(str(missed.error())), []).append(missed.indicator.code)
    return [f"No {', '.join(codes)}: {reason}." for reason, codes in together.items()]
