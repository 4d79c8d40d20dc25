"""Verdicts from data on a rank: whether a region is among the top of its peers."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from bajio.engines.outcome import Missing, Outcome
from bajio.errors import BajioError, InvalidValue
from bajio.facts.regions import PeerGroup
from bajio.labels import Label
from bajio.questions.answering import period_of_timeless
from bajio.questions.audit.changes import about_of, changed_indicator, scale_of
from bajio.questions.audit.findings import Aspect, Figure, Finding, Remark, Verdict
from bajio.questions.audit.lines import Case, lined
from bajio.questions.audit.saying import by_language, figure_part, say, when_part
from bajio.questions.audit.values import years_remark
from bajio.questions.choices import HOST_POLICIES
from bajio.questions.evaluation import Question, ask, source_uses
from bajio.questions.ranking import rank_outcome
from bajio.questions.results import Rank
from bajio.questions.years import choose_year
from bajio.registry import Registry
from bajio.words.enumerations import listed, ordinal
from bajio.words.quantities import Scale

#: As many peers as a remark names.
_MOST_NAMED = 10


@frozen
class Ranked:
    """A subject's figure in a year, ready to be ranked among any peers.

    Attributes:
        question: bound to data.
        year: the period that peers are taken in.
        outcome: the figure.
    """

    question: Question
    year: int
    outcome: Outcome

    def among(self, peers: str | None = None, host: str | None = None) -> Rank:
        """The rank, among other peers or with another policy for the host where they are given.

        Raises:
            Unavailable: no peer has data, or the host's remainder cannot be worked out.
        """
        own = self.question.options
        options = evolve(own, peers=peers or own.peers, host=host or own.host)
        return rank_outcome(evolve(self.question, options=options), self.outcome, self.year)


def audit_rank(case: Case) -> Finding:
    """The verdict on a claim that its subject is among the first so many of its peers.

    Raises:
        BajioError: it cannot be ranked.
    """
    claim = case.claim
    assert claim.top is not None
    ranked, scale = _ranked(case)
    rank = ranked.among()
    years: tuple[int, ...] = () if ranked.question.timeless else (ranked.year,)
    low, high, status = ranked.outcome.low, ranked.outcome.high, ranked.outcome.status
    years = years if claim.since is None else (claim.since, ranked.year)
    years = claim.years or years
    figure = Figure(low, high, ranked.question.indicator.unit, years, status, scale, claim.since)
    plain = claim.since is None and case.quantity.years == 1
    held, checked = _years(ranked.question, claim.top) if plain else ((), None)
    uses = (*source_uses(case.figures.registry, ranked.outcome.series), *rank.sources)
    return Finding(
        claim,
        _verdict(ranked.question, rank, claim.top),
        _reason(case, rank, figure),
        _verdict(ranked.question, rank, claim.top),
        figure,
        margin=Fraction(claim.top - rank.position, claim.top),
        years=held,
        checked=checked,
        remarks=tuple(_remarks(case, ranked, rank, held, checked)),
        sources=tuple(dict.fromkeys(uses)),
    )


def rank_verdict(case: Case) -> Verdict:
    """The verdict on a rank alone.

    Raises:
        BajioError: it cannot be ranked.
    """
    ranked, _ = _ranked(case)
    return _verdict(ranked.question, ranked.among(), case.claim.top or 0)


def _ranked(case: Case) -> tuple[Ranked, Scale]:
    """The subject ready to be ranked, and what its figure is shown in.

    A sum over years, or a change since a year, is an indicator of its own: the peers have it too.
    """
    figures, claim = case.figures, case.claim
    indicator = figures.indicator_of(case.quantity)
    asked = evolve(figures.options, year=case.year, peers=case.peers)
    about = about_of(claim, indicator, indicator.unit)
    scale = scale_of(about, indicator, indicator.unit)
    if claim.since is not None:
        year = case.year or max(lined(case, case.quantity).line, default=claim.since + 1)
        asked = evolve(asked, year=year)
        indicator = changed_indicator(indicator, about, year - claim.since)
    question = ask(figures.registry, indicator, case.region, asked)
    chosen = asked.year or choose_year(question)
    if question.timeless and claim.since is not None:
        raise InvalidValue(f"{indicator.code} has no years: it does not change")
    if question.timeless or chosen is None:
        chosen = period_of_timeless(question)
    # a verdict rests on no figure that is there in part only
    whole = Missing.REFUSE if figures.options.missing == Missing.PARTIAL else None
    return Ranked(question, chosen, question.outcome(chosen, whole)), scale


def _verdict(question: Question, rank: Rank, top: int) -> Verdict:
    """The verdict; by a ratio also a peer that never has a figure could be before the subject."""
    unknown = 0 if question.bound.plan.additive else len(rank.peers_without_data)
    if rank.worst + unknown <= top:
        return Verdict.HOLDS
    return Verdict.CONTRADICTED if rank.best > top else Verdict.UNDECIDED


def _years(question: Question, top: int) -> tuple[tuple[int, ...], tuple[int, int] | None]:
    """The years in which the rank is within the top, and those that could be asked."""
    if question.timeless:
        return (), None
    held, asked = [], []
    for year in sorted(question.years()):
        try:
            rank = rank_outcome(question, question.outcome(year), year)
        except BajioError:
            continue
        asked.append(year)
        if _verdict(question, rank, top) is Verdict.HOLDS:
            held.append(year)
    return tuple(held), (asked[0], asked[-1]) if asked else None


def _reason(case: Case, rank: Rank, figure: Figure) -> Label:
    registry = case.figures.registry
    group = registry.peer_group(case.peers).names

    def between(language: str) -> str:
        sides = [registry.name_of(code, language) for code in (*rank.above[:1], *rank.below[:1])]
        words = {"en": "between", "es": "entre"}[language]
        return f", {words} {listed(sides, language)}" if len(sides) == 2 else ""

    return say(
        "{figure}{when}: {position} of {of} among {group}{between}.",
        "{figure}{when}: {position} de {of} entre {group}{between}.",
        figure=figure_part(figure),
        when=when_part(figure.years, figure.since),
        position=by_language(lambda language: ordinal(rank.position, language)),
        of=str(rank.of),
        group=group,
        between=between,
    )


def _remarks(
    case: Case,
    ranked: Ranked,
    rank: Rank,
    held: tuple[int, ...],
    checked: tuple[int, int] | None,
) -> Iterator[Remark]:
    top = case.claim.top or 0
    if checked is not None:
        holds = _verdict(ranked.question, rank, top) is Verdict.HOLDS
        yield years_remark(held, checked, weighty=not holds)
    if _verdict(ranked.question, rank, top) is Verdict.UNDECIDED:
        yield from _unknown_peers(case.figures.registry, rank)
    if top >= rank.of + len(rank.peers_missing) + len(rank.peers_without_data):
        text = say(
            "There are no more than {of} of them: each is among the first {top}.",
            "No son más de {of}: todos están entre los primeros {top}.",
            of=str(rank.of),
            top=str(top),
        )
        yield Remark(Aspect.CHOICE, text, weighty=True)
    yield from _other_peers(case, ranked, top)
    yield from _other_hosts(ranked, rank)


def _unknown_peers(registry: Registry, rank: Rank) -> Iterator[Remark]:
    """Which peers without a figure could be before the subject."""
    codes = (*rank.peers_missing, *rank.peers_without_data)
    if codes:
        yield Remark(
            Aspect.CHOICE,
            say(
                "Without a figure, they could be before it: {peers}.",
                "Sin cifra, podrían estar antes: {peers}.",
                peers=lambda language: _named(registry, codes, language),
            ),
            weighty=True,
        )


def _named(registry: Registry, codes: Sequence[str], language: str) -> str:
    """The names of some peers, and how many more there are."""
    names = [registry.name_of(code, language) for code in codes[:_MOST_NAMED]]
    more = len(codes) - len(names)
    if more:
        names.append({"en": f"{more} more", "es": f"{more} más"}[language])
    return listed(names, language)


def _other_peers(case: Case, ranked: Ranked, top: int) -> Iterator[Remark]:
    """The rank among other groups of the same kind, apart those with no more peers than places."""
    large: list[tuple[str, Rank]] = []
    small: list[tuple[str, Rank]] = []
    registry = case.figures.registry
    kind = _kind_of(registry, case.peers)
    for code in registry.peer_groups:
        if code == case.peers or _kind_of(registry, code) != kind:
            continue
        try:
            rank = ranked.among(peers=code)
        except BajioError:
            continue
        (large if rank.of > top else small).append((code, rank))
    for ranks, meaningful in ((large, True), (small, False)):
        if ranks:
            text = _peers_text(case, ranks, meaningful=meaningful)
            yield Remark(Aspect.CHOICE, text, meaningful)


def _kind_of(registry: Registry, group: str | PeerGroup) -> str:
    """The kind of the areas of a peer group: that of its first, or none for regions."""
    first = registry.peer_group(group).newest(registry.today)[:1]
    areas = (code for code in first if code not in registry.regions and code in registry.areas)
    return next((registry.areas[code].kind for code in areas), "")


def _peers_text(case: Case, ranks: list[tuple[str, Rank]], *, meaningful: bool) -> Label:
    groups = case.figures.registry.peer_groups

    def places(language: str) -> str:
        of = {"en": "of", "es": "de"}[language]
        return "; ".join(
            f"{ordinal(rank.position, language)} {of} {rank.of} "
            f"({groups[code].names.text(language)})"
            for code, rank in ranks
        )

    if meaningful:
        return say("Among other peers: {places}.", "Entre otros: {places}.", places=places)
    return say(
        "In groups so small that all are among the top: {places}.",
        "En grupos tan chicos que todos están entre los primeros: {places}.",
        places=places,
    )


def _other_hosts(ranked: Ranked, rank: Rank) -> Iterator[Remark]:
    """The rank with the region's own country left out, or less the region."""
    found = []
    for policy in HOST_POLICIES:
        if policy == rank.host:
            continue
        try:
            found.append((policy, ranked.among(host=policy)))
        except BajioError:
            continue
    words = {
        "keep": ("its country kept", "con su país"),
        "drop": ("its country left out", "sin su país"),
        "remainder": ("its country less the region", "con su país menos la región"),
    }
    if found and any(other.position != rank.position for _, other in found):
        yield Remark(
            Aspect.CHOICE,
            by_language(
                lambda language: (
                    "; ".join(
                        f"{ordinal(other.position, language)} "
                        f"{'of' if language == 'en' else 'de'} {other.of}, "
                        f"{words[policy][language == 'es']}"
                        for policy, other in found
                    ).capitalize()
                    + "."
                )
            ),
        )
