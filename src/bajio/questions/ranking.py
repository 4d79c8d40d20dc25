"""Ranking a region among peers: standard competition ranking, with who is missing and why.

The values of a peer group are worked out once for an indicator, a year and an edition,
and kept sorted, best first.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from bajio.engines.outcome import Missing, Outcome
from bajio.engines.seams import mixed
from bajio.errors import BajioError, Unavailable
from bajio.facts.areas import UNALLOCATED
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.neighbours import SortKey, closest, tied_with
from bajio.questions.peers import PeerColumn, Peers, is_spread, sort_key, sort_keys
from bajio.questions.question import Question, source_uses
from bajio.questions.results import Rank
from bajio.units import currencies


@frozen(eq=False, repr=False)
class Field:
    """The peers that a region is ranked among, the host's policy applied.

    Attributes:
        question, year: what is asked, of the members of that year.
        column: the group's column, as it was kept.
        values: exact values by code, without the peers inside the region.
        keys, codes: sort keys and codes, best first.
        missing: peers without a value, that have one in another year.
        never: peers that have none in any year.
        inside: peers that lie in the region or are it, or of which nothing is left without it.
    """

    question: Question
    year: int
    column: PeerColumn
    values: Mapping[str, Exact]
    keys: tuple[SortKey, ...]
    codes: tuple[str, ...]
    missing: tuple[str, ...]
    never: tuple[str, ...]
    inside: frozenset[str]


def field_of(question: Question, year: int) -> Field:
    """The peers of a question in a year.

    Raises:
        Unavailable: no peer has data, or the host's remainder cannot be worked out.
    """
    question = question.in_year(year)
    options = question.options
    asked = Peers(question.registry, question.indicator, options)
    column = asked.column(year)
    inside, around = relations(question, year)
    values = column.values
    if not inside.isdisjoint(values):
        values = {code: value for code, value in values.items() if code not in inside}
    if not (column.values or column.missing):
        group = question.compositions.peer_group(options.peers or "").code
        raise Unavailable(f"the peers of {group!r} have no members in {year}")
    if around.issuperset(values):
        raise Unavailable(_no_peers(question, year, values, inside & set(column.values)))
    adjusted, emptied, lost = values, frozenset[str](), frozenset[str]()
    if around and options.host != "keep":
        adjusted, emptied, lost = _with_host_policy(question, values, around, year)
    if adjusted is values and len(values) == len(column.values):
        keys, codes = column.keys, column.codes
    else:
        ordered = _ordered(column, adjusted, question.indicator)
        keys = tuple(key for key, _ in ordered)
        codes = tuple(code for _, code in ordered)
    gone = inside | around if options.host != "keep" else inside
    lacking = [code for code in column.missing if code not in gone or code in lost]
    never: frozenset[str] = frozenset()
    if lacking:
        never = asked.never_valued(year)
    return Field(
        question,
        year,
        column,
        adjusted,
        keys,
        codes,
        tuple(code for code in lacking if code not in never),
        tuple(code for code in lacking if code in never),
        inside | emptied,
    )


def _ordered(
    column: PeerColumn, values: Mapping[str, Exact], indicator: Indicator
) -> list[tuple[SortKey, str]]:
    """Sort keys and codes, best first: the column's own values keep theirs, and their order.

    Args:
        column: the group's column.
        values: what is left of its values, and what stands in the stead of some of them.
        indicator: that the values are of.
    """
    values_of = column.values
    ordered = [
        (key, code)
        for key, code in zip(column.keys, column.codes, strict=True)
        if values.get(code) is values_of[code]
    ]
    changed = [
        (sort_key(value, indicator), code)
        for code, value in values.items()
        if value is not values_of.get(code)
    ]
    return sorted(ordered + changed) if changed else ordered


def rank_outcome(peers: Field, outcome: Outcome) -> Rank:
    """Where a value stands among the peers."""
    question = peers.question
    keys, codes = peers.keys, peers.codes
    middle_value = Fraction(outcome.low + outcome.high) / 2
    low, high, middle = sort_keys((outcome.low, outcome.high, middle_value), question.indicator)
    start = bisect_left(keys, middle)
    known = outcome.low == outcome.high
    stop = bisect_right(keys, middle) if known else start  # an interval ties with none
    group = question.compositions.peer_group(question.options.peers or "")
    return Rank(
        position=start + 1,
        of=len(keys) + 1,
        above=tied_with(keys, codes, start - 1),
        below=tied_with(keys, codes, stop),
        tied=codes[start:stop],
        nearest=closest(peers.values, keys, codes, middle_value, start),
        peers_missing=peers.missing,
        left_out=tuple(sorted(peers.inside)),
        borrowed=tuple(
            (code, other) for code, other in peers.column.borrowed.items() if code in codes
        ),
        best=bisect_left(keys, min(low, high)) + 1,
        worst=bisect_left(keys, max(low, high)) + 1 + len(peers.missing),
        peers=group.code,
        host=question.options.host,
        sources=peers.column.sources,
        host_gap=_host_gap(question, peers.column, peers.year),
        peers_without_data=peers.never,
        regions=group.regions,
        region=question.region,
        indicator=question.indicator,
        period=None if question.bound.is_timeless else question.options.season.text(peers.year),
    )


def relations(question: Question, year: int) -> tuple[frozenset[str], frozenset[str]]:
    """Peers that lie among the members or are of them, and peers that contain them all; kept.

    Region and peers are taken as they are composed in the year.
    """
    registry, places, members = question.registry, question.compositions, question.members(year)
    peers = question.options.peers
    assert peers is not None
    key = ("relations", members, peers, question.options.membership, year)
    result: tuple[frozenset[str], frozenset[str]] | None = registry.kept.get(key)
    if result is None:
        codes = places.group(peers, year)
        own, touching = places.made_of(peers, codes, year or None)
        outer, among = registry.areas.ancestors, set(members)
        near = {code for area in members for code in touching.get(area, ())}
        inside = {
            code
            for code in near
            if all(not among.isdisjoint((area, *outer(area))) for area in own[code])
        }
        lines = [(area, *outer(area)) for area in members]
        beyond = {code for area in lines[0] for code in touching.get(area, ())} - inside
        around = {
            code for code in beyond if all(not set(own[code]).isdisjoint(line) for line in lines)
        }
        result = registry.kept[key] = frozenset(inside), frozenset(around)
    return result


def made_of(question: Question, peers: Iterable[str], year: int) -> Mapping[str, tuple[str, ...]]:
    """Codes of the areas that some peers are made of in a year."""
    assert question.options.peers is not None
    return question.compositions.made_of(question.options.peers, peers, year or None).areas


def _with_host_policy(
    question: Question, values: Mapping[str, Exact], around: frozenset[str], year: int
) -> tuple[Mapping[str, Exact], frozenset[str], frozenset[str]]:
    """The peers' values, those of which nothing is left, and those whose rest has no value."""
    policy = question.options.host
    adjusted = {code: value for code, value in values.items() if code not in around}
    emptied, lost = set(), set()
    for code in sorted(around) if policy == "remainder" else ():
        try:
            left = remainder(question, code, year)
        except Unavailable:
            if code in values:
                raise
            lost.add(code)
            continue
        if left is None:
            emptied.add(code)
        else:
            adjusted[code] = left
    return adjusted, frozenset(emptied), frozenset(lost)


def remainder(question: Question, host: str, year: int) -> Exact | None:
    """An indicator for a peer that contains the region, without the region; `None` for nothing.

    Where the peer's own total is published beside the members', each sum is the total less the
    region's; else the peer's other areas are evaluated.

    Raises:
        Unavailable: neither way has the data.
    """
    areas, bound = question.registry.areas, question.bound
    members, host_members = question.members(year), made_of(question, [host], year)[host]
    region = Region(members, code=question.region.code, names=str(question.region))
    alone = host_members == (host,)
    members_year = None if question.bound.is_timeless else year
    rest = (
        region.remainder(host, areas, members_year)
        if alone
        else Region(host_members, known=areas) - region
    )
    if not rest.memberships and not (alone and _has_unallocated(question, host, year)):
        return None
    try:
        like = alone and not (bound.is_laid_over and mixed(bound, year, members, host_members))
        evaluation = question.evaluation(year, rest, Missing.REFUSE)
        left = evaluation.less(host, members) if like and bound.plan.is_linear else None
        return evaluation.value() if left is None else left
    except BajioError as error:
        raise Unavailable(
            f"{host} without {question.region} cannot be worked out: {error}"
        ) from None


def _has_unallocated(question: Question, host: str, year: int) -> bool:
    """Whether a host has figures of its own that none of its parts has, as activity abroad."""
    if not question.bound.plan.is_linear:
        return False
    at = None if question.bound.is_timeless else year
    codes = question.registry.areas.parts(host, UNALLOCATED, at)
    evaluation = question.evaluation(year, missing=Missing.REFUSE)
    return any(not evaluation.gaps_of(code) for code in codes)


def _host_gap(question: Question, column: PeerColumn, year: int) -> Fraction | None:
    """How far apart the peers' source and the region's own are for the host.

    Not where members enter one by one: the host's are its parts, the peer's is the country alone.
    """
    if question.bound.plan.collects:
        return None
    theirs = column.values.get(question.host or "")
    host_figure = question.host_figure(year)
    ours_series = source_uses(question.registry, question.bound.series)
    if (
        theirs is None
        or host_figure is None
        or host_figure.outcome is None
        or not host_figure.outcome.low
    ):
        return None
    if set(ours_series) == set(column.sources):
        return None
    return (Fraction(theirs) - host_figure.outcome.low) / host_figure.outcome.low


def _no_peers(
    question: Question, year: int, around: Mapping[str, Exact], inside: Iterable[str]
) -> str:
    if is_spread(question.indicator):
        return (
            f"{question.indicator.code!r} is about differences among members: "
            "rank it among regions, as in 'mexican-regions'"
        )
    measures = " and ".join(repr(code) for code in question.bound.plan.measures)
    when = "" if question.bound.is_timeless else f" for {question.season.text(year)}"
    unit = question.indicator.unit
    but = [
        f" but {', '.join(sorted(codes))}, which {word if len(codes) == 1 else words} the region,"
        for codes, word, words in (
            (set(around), "contains", "contain"),
            (set(inside), "lies in", "lie in"),
        )
        if codes
    ]
    basis = f" in {unit}, or in what converts to it" if currencies(unit) else ""
    group = question.registry.peer_group(question.options.peers or "").code
    return f"no peer of {group!r}{''.join(but)} has {measures}{when}{basis}"
