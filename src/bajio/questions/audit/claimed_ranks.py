"""Verdicts on ranks: whether a subject is among the first so many of its peers, or the nth."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import evolve, frozen

from bajio.claims.claim import Claim
from bajio.engines.outcome import Missing, Outcome
from bajio.errors import BajioError
from bajio.facts.regions import PeerGroup
from bajio.questions.audit.changes import about_of, changed_indicator, scale_about
from bajio.questions.audit.figures import Case, lined, year_in
from bajio.questions.audit.findings import (
    Aspect,
    Figure,
    Finding,
    Remark,
    Verdict,
    years_remark,
)
from bajio.questions.audit.refusals import undecidable
from bajio.questions.choices import HOST_POLICIES
from bajio.questions.question import Question, ask, source_uses
from bajio.questions.ranking import field_of, rank_outcome
from bajio.questions.results import Rank
from bajio.questions.years import choose_year, period_of
from bajio.registry import Registry
from bajio.words.quantities import Scale
from bajio.words.sentences import (
    Ordinal,
    Piece,
    Quantified,
    Sentence,
    listing,
    sentence,
)

#: As many peers as a remark names.
_MOST_NAMED = 10


@frozen(eq=False, repr=False)
class Ranked:
    """A subject's figure in a year, ready to be ranked among any peers.

    Attributes:
        question: bound to data.
        year: the period that peers are taken in.
        outcome: the figure.
        scale: what it is shown in.
    """

    question: Question
    year: int
    outcome: Outcome
    scale: Scale

    def among(self, peers: str | None = None, host: str | None = None) -> Rank:
        """The rank, among other peers or with another policy for the host where they are given.

        Raises:
            Unavailable: no peer has data, or the host's remainder cannot be worked out.
        """
        options_asked = self.question.options
        options = options_asked.but(
            peers=peers or options_asked.peers, host=host or options_asked.host
        )
        return rank_outcome(
            field_of(evolve(self.question, options=options), self.year), self.outcome
        )

    def verdict(self, rank: Rank, claim: Claim) -> Verdict:
        """The verdict; by a ratio also peers that never have a figure could be before it."""
        return _placed(self.question, rank, claim)


def audit_rank(case: Case) -> Finding:
    """The verdict on a claim that its subject is among the first so many of its peers.

    Raises:
        BajioError: it cannot be ranked.
    """
    claim = case.claim
    ranked = _ranked(case)
    rank, question = ranked.among(), ranked.question
    years: tuple[int, ...] = () if question.bound.is_timeless else (ranked.year,)
    low, high, status = ranked.outcome.low, ranked.outcome.high, ranked.outcome.status
    years = years if claim.since is None else (claim.since, ranked.year)
    years = claim.years or years
    unit = question.indicator.unit
    scale, season = ranked.scale, case.season
    figure = Figure(low, high, unit, years, status, scale, claim.since, season)
    plain = claim.since is None and case.quantity.years == 1
    held, checked = _years(ranked, claim) if plain else ((), None)
    uses = (*source_uses(case.figures.registry, ranked.outcome.series), *rank.sources)
    verdict = ranked.verdict(rank, claim)
    return Finding(
        claim,
        verdict,
        _rank_reason(case, rank, figure),
        verdict,
        figure,
        margin=_rank_margin(claim, rank),
        years=held,
        checked=checked,
        remarks=tuple(_rank_remarks(case, ranked, rank, held, checked)),
        sources=tuple(dict.fromkeys(uses)),
    )


def rank_verdict(case: Case) -> Verdict:
    """The verdict on a rank alone.

    Raises:
        BajioError: it cannot be ranked.
    """
    ranked = _ranked(case)
    return ranked.verdict(ranked.among(), case.claim)


def _ranked(case: Case) -> Ranked:
    """The subject ready to be ranked.

    A sum over years, or a change since a year, is an indicator of its own: the peers have it too.
    """
    figures, claim = case.figures, case.claim
    indicator = figures.indicator_of(case.quantity)
    asked = figures.options.but(year=case.year, peers=case.peers)
    about = about_of(claim, indicator)
    scale = scale_about(about, indicator)
    if claim.since is None:
        question = evolve(figures.question(case.quantity, case.year), options=asked)
    else:
        year = year_in(case, lined(case, case.quantity).line)
        asked = asked.but(year=year)
        indicator = changed_indicator(indicator, about, year - claim.since)
        question = ask(figures.registry, indicator, case.region, asked)
    chosen = asked.year or choose_year(question)
    if question.bound.is_timeless and claim.since is not None:
        raise undecidable("no-years", indicator=indicator.code)
    if question.bound.is_timeless or chosen is None:
        chosen = period_of(question, None)
    # a verdict rests on no figure that is there in part only
    whole = Missing.REFUSE if figures.options.missing == Missing.PARTIAL else None
    return Ranked(question, chosen, question.outcome(chosen, whole), scale)


def _rank_margin(claim: Claim, rank: Rank) -> Fraction:
    """How many ranks the subject is from making a claim false, or true where negative."""
    off = claim.last_rank - rank.position
    return Fraction(off if claim.rank is None else -abs(off), claim.last_rank)


def _placed(question: Question, rank: Rank, claim: Claim) -> Verdict:
    """Whether a rank is within the top of a claim, or is the one that it names."""
    unknown = 0 if question.bound.plan.additive else len(rank.peers_without_data)
    worst, last = rank.worst + unknown, claim.last_rank
    if claim.rank is not None:
        if not rank.best <= last <= worst:
            return Verdict.CONTRADICTED
        return Verdict.HOLDS if rank.best == worst else Verdict.UNDECIDED
    if worst <= last:
        return Verdict.HOLDS
    return Verdict.CONTRADICTED if rank.best > last else Verdict.UNDECIDED


def _years(ranked: Ranked, claim: Claim) -> tuple[tuple[int, ...], tuple[int, int] | None]:
    """The years in which the rank is as is said, and those that could be asked."""
    question = ranked.question
    if question.bound.is_timeless:
        return (), None
    held, asked = [], []
    for year in sorted(question.years()):
        try:
            outcome = question.outcome(year)
            then = rank_outcome(field_of(question, year), outcome)
        except BajioError:
            continue
        asked.append(year)
        if _placed(question, then, claim) is Verdict.HOLDS:
            held.append(year)
    return tuple(held), (asked[0], asked[-1]) if asked else None


def _rank_reason(case: Case, rank: Rank, figure: Figure) -> Sentence:
    sides = [case.name(code) for code in (*rank.above[:1], *rank.below[:1])]
    tied = listing(map(case.name, rank.tied[:_MOST_NAMED]))
    beside = [sentence("rank.tied", names=tied)] if rank.tied else []
    if len(sides) == 2:
        beside.append(sentence("rank.between", names=listing(sides)))
    return sentence(
        "rank.reason",
        figure=figure.said(),
        when=figure.when(),
        place=_place(rank, case.claim.order),
        group=case.figures.registry.peer_group(case.peers).names,
        between=listing(beside, between="") if beside else "",
    )


def _place(rank: Rank, order: str | None = None) -> Sentence:
    place = sentence("rank.place", position=Ordinal(rank.position), of=rank.of)
    return place if order is None else sentence(f"rank.{order}", place=place)


def _rank_remarks(
    case: Case,
    ranked: Ranked,
    rank: Rank,
    held: tuple[int, ...],
    checked: tuple[int, int] | None,
) -> Iterator[Remark]:
    top = case.claim.last_rank
    verdict = ranked.verdict(rank, case.claim)
    if checked is not None:
        weighty = verdict is not Verdict.HOLDS
        yield years_remark(held, checked, case.season, weighty=weighty)
    unknown = (*rank.peers_missing, *rank.peers_without_data)
    if verdict is Verdict.UNDECIDED and unknown:
        names: list[Piece] = [*map(case.name, unknown[:_MOST_NAMED])]
        more = len(unknown) - len(names)
        names += [sentence("list.more", count=more)] if more else []
        text = sentence("rank.unknown", peers=listing(names))
        yield Remark(Aspect.CHOICE, text, weighty=True)
    elif unknown:
        yield Remark(Aspect.CHOICE, sentence("rank.unranked", count=len(unknown)))
    if top == 1 and rank.position > 1:
        yield Remark(Aspect.NEAREST, _first(case, ranked), weighty=True)
    if case.claim.rank is None and top >= rank.of + len(unknown):
        yield Remark(Aspect.CHOICE, sentence("rank.all", of=rank.of, top=top), weighty=True)
    yield from _other_peers(case, ranked, top)
    yield from _other_hosts(ranked, rank)


def _first(case: Case, ranked: Ranked) -> Sentence:
    """Who is first among the peers, where the subject is not."""
    peers = field_of(ranked.question, ranked.year)
    tied = [code for key, code in zip(peers.keys, peers.codes, strict=True) if key == peers.keys[0]]
    value = Quantified(peers.values[tied[0]], ranked.scale)
    return sentence("rank.first", names=listing(map(case.name, tied[:_MOST_NAMED])), value=value)


def _other_peers(case: Case, ranked: Ranked, top: int) -> Iterator[Remark]:
    """The rank among other groups of the same kind, apart those with no more peers than places."""
    large: list[Sentence] = []
    small: list[Sentence] = []
    registry = case.figures.registry
    kind = _kind_of(registry, case.peers)
    for code, group in registry.peer_groups.items():
        if code == case.peers or _kind_of(registry, code) != kind:
            continue
        try:
            rank = ranked.among(peers=code)
        except BajioError:
            continue
        text = sentence("rank.among", place=_place(rank), group=group.names)
        (large if rank.of > top else small).append(text)
    if large:
        yield Remark(Aspect.CHOICE, _joined("rank.other-peers", large), weighty=True)
    if small:
        yield Remark(Aspect.CHOICE, _joined("rank.small-groups", small))


def _joined(key: str, places: Iterable[Sentence]) -> Sentence:
    return sentence(key, places=listing(places, between="; "))


def _kind_of(registry: Registry, group: str | PeerGroup) -> str:
    """The kind of the areas of a peer group: that of its first, or none for regions."""
    first = registry.peer_group(group).newest(registry.today)[:1]
    areas = (code for code in first if code not in registry.regions and code in registry.areas)
    return next((registry.areas[code].kind for code in areas), "")


def _other_hosts(ranked: Ranked, rank: Rank) -> Iterator[Remark]:
    """The rank with the region's own country left out, or less the region."""
    ranks = []
    for policy in HOST_POLICIES:
        if policy == rank.host:
            continue
        try:
            ranks.append((policy, ranked.among(host=policy)))
        except BajioError:
            continue
    if any(other.position != rank.position for _, other in ranks):
        texts = (sentence(f"rank.host-{policy}", place=_place(other)) for policy, other in ranks)
        yield Remark(Aspect.CHOICE, _joined("rank.other-hosts", texts))
