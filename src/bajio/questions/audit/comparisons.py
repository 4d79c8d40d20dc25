"""Verdicts from data on other areas: whether a region exceeds some, is near, or among the first."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil

from attrs import evolve, frozen

from bajio.claims.claim import Claim
from bajio.claims.printed import NEAR
from bajio.claims.relations import About, Relation
from bajio.engines.outcome import Missing, Outcome
from bajio.errors import BajioError
from bajio.facts.observations import Exact
from bajio.facts.regions import PeerGroup
from bajio.questions.audit.changes import about_of, changed_indicator, only, scale_about
from bajio.questions.audit.company import company_remarks, wrong_company
from bajio.questions.audit.figures import Case, Lined, Quantity, lined, year_in
from bajio.questions.audit.findings import (
    Aspect,
    Figure,
    Finding,
    Remark,
    Verdict,
    years_remark,
)
from bajio.questions.audit.refusals import undecidable
from bajio.questions.audit.verdicts import figure_of
from bajio.questions.choices import HOST_POLICIES
from bajio.questions.question import Question, ask, source_uses
from bajio.questions.ranking import rank_outcome
from bajio.questions.results import Rank, SourceUse
from bajio.questions.years import choose_year, period_of
from bajio.registry import Registry
from bajio.words.quantities import Scale
from bajio.words.sentences import (
    Bare,
    Off,
    Ordinal,
    Percent,
    PeriodName,
    Piece,
    Quantified,
    Sentence,
    listing,
    sentence,
)

#: As many peers as a remark names.
_MOST_NAMED = 10
Test = Callable[[Exact, Exact], bool]


@frozen(eq=False, repr=False)
class Compared:
    """The figures of a subject and of the areas that it is set against.

    Attributes:
        subject: what is told of the subject, by year.
        others: the same of the other areas.
        year: the period.
    """

    subject: Lined
    others: Mapping[str, Lined]
    year: int

    @property
    def own(self) -> Exact:
        """The subject's figure in the period."""
        return self.subject.line[self.year]

    @property
    def values(self) -> dict[str, Exact]:
        """The other areas' figures in the period, those that have one."""
        lines = {area: other.line for area, other in self.others.items()}
        return {area: line[self.year] for area, line in lines.items() if self.year in line}

    @property
    def common(self) -> tuple[int, ...]:
        """The years in which all have a figure; none where figures have no years."""
        if self.subject.timeless:
            return ()
        lines = (other.line for other in self.others.values())
        return tuple(sorted(set(self.subject.line).intersection(*lines)))

    def holds(self, test: Test, year: int) -> bool:
        """Whether the subject stands so to each of the areas in a year."""
        own = self.subject.line[year]
        return all(test(own, other.line[year]) for other in self.others.values())


def compare_areas(case: Case) -> Compared:
    """The figures of a claim's subject and of the areas that it names.

    Raises:
        Unavailable: the subject has none for the year.
    """
    subject = lined(case, case.quantity)
    others = {area: lined(case, of_area(case, area)) for area in case.claim.areas}
    year = year_in(case, subject.line)
    only(subject.line, year, case.indicator.code, case.season)
    return Compared(subject, others, year)


def of_area(case: Case, area: str) -> Quantity:
    """A claim's quantity, of another area."""
    return case.figures.of_area(case.quantity, area)


def test_of(claim: Claim) -> Test:
    """Whether the subject stands to another area as the claim says."""
    if claim.relation is Relation.EXCEEDS:
        return lambda subject, other: subject > other
    return lambda subject, other: apart(subject, other) <= _reach(claim)


def _reach(claim: Claim) -> Fraction:
    return NEAR if claim.tolerance is None else claim.tolerance


def apart(subject: Exact, other: Exact) -> Fraction:
    """How far another figure is from the subject's, as a fraction of the latter."""
    if not subject:
        return Fraction(other != 0)
    return abs(Fraction(other) - subject) / abs(Fraction(subject))


def audit_areas(case: Case) -> Finding:
    """The verdict on a claim that compares its subject with other areas.

    Raises:
        Unavailable: an area that could decide it has no figure.
    """
    claim, compared = case.claim, compare_areas(case)
    failing = _failing(case, compared)
    wrong = [] if failing else wrong_company(case)
    test = test_of(claim)
    held = tuple(year for year in compared.common if compared.holds(test, year))
    figure = _figure(case, compared)
    verdict = Verdict.CONTRADICTED if failing or wrong else Verdict.HOLDS
    reason = _areas_reason(case, compared, figure, failing=failing)
    remarks = _areas_remarks(case, compared, held, failing=failing)
    return Finding(
        claim,
        verdict,
        sentence("value.but", reason=reason, wrong=listing(wrong)) if wrong else reason,
        verdict,
        figure,
        margin=_areas_margin(claim, compared),
        years=held,
        checked=(compared.common[0], compared.common[-1]) if compared.common else None,
        remarks=(*company_remarks(case, wrong=failing), *remarks),
        sources=_sources(case, compared),
    )


def area_verdict(case: Case) -> Verdict:
    """The verdict on a comparison alone.

    Raises:
        Unavailable: an area that could decide it has no figure.
    """
    failing = _failing(case, compare_areas(case)) or wrong_company(case)
    return Verdict.CONTRADICTED if failing else Verdict.HOLDS


def _failing(case: Case, compared: Compared) -> bool:
    """Whether one of the areas makes the claim false."""
    test = test_of(case.claim)
    failing = any(not test(compared.own, value) for value in compared.values.values())
    lacking = [area for area in case.claim.areas if area not in compared.values]
    if lacking and not failing:
        raise undecidable(
            "no-figures-of",
            indicator=case.indicator.code,
            areas=", ".join(lacking),
            year=PeriodName(compared.year, case.season),
        )
    return failing


def _figure(case: Case, compared: Compared) -> Figure:
    return figure_of(case, compared.subject, compared.year, compared.own)


def _sources(case: Case, compared: Compared) -> tuple[SourceUse, ...]:
    asked = [case.quantity, *(of_area(case, area) for area in compared.values)]
    uses = (use for quantity in asked for use in case.figures.sources(quantity))
    return tuple(dict.fromkeys(uses))


def _areas_margin(claim: Claim, compared: Compared) -> Fraction:
    """How far the decisive area is from making the claim false, or true where negative."""
    if claim.relation is Relation.EXCEEDS:
        highest = max(compared.values.values())
        return (
            (Fraction(compared.own) - highest) / abs(Fraction(highest)) if highest else Fraction(0)
        )
    return _reach(claim) - max(apart(compared.own, value) for value in compared.values.values())


def _areas_reason(case: Case, compared: Compared, figure: Figure, *, failing: bool) -> Sentence:
    near = case.claim.relation is Relation.NEAR
    ordered = sorted(compared.values, key=lambda area: compared.values[area], reverse=True)
    others = []
    for area in ordered:
        value = compared.values[area]
        named = _of(case, area, Quantified(value, figure.scale))
        side = "above" if value > compared.own else "below" if value < compared.own else "same"
        off = sentence(f"areas.{side}", other=named, off=Off(apart(compared.own, value)))
        others.append(off if near else named)
    told = {"figure": figure.said(), "when": figure.when(), "others": listing(others)}
    if near:
        return sentence("areas.near", **told, near=Percent(_reach(case.claim), 0))
    return sentence("areas.not-more" if failing else "areas.more", **told)


def _of(case: Case, area: str, value: Piece) -> Sentence:
    """An area with its figure."""
    return sentence("figure.of-area", area=case.name(area), value=value)


def _areas_remarks(
    case: Case, compared: Compared, held: tuple[int, ...], *, failing: bool
) -> Iterator[Remark]:
    common = compared.common
    if common:
        yield years_remark(held, (common[0], common[-1]), case.season, weighty=failing)
    yield from _other_prices(case, compared, held=not failing)
    yield from _other_changes(case, compared, held=not failing)
    if failing and case.claim.relation is Relation.NEAR:
        needed = max(apart(compared.own, value) for value in compared.values.values())
        tenths = Fraction(ceil(needed * 1000), 1000)
        whole = (tenths * 100).denominator == 1
        text = sentence("areas.tolerance", tolerance=Percent(tenths, 0 if whole else 1))
        yield Remark(Aspect.NEAREST, text, weighty=True)


def _other_changes(case: Case, compared: Compared, *, held: bool) -> Iterator[Remark]:
    """The same comparison of the changes as amounts, where the claim does not say how it counts."""
    claim = case.claim
    if (
        claim.since is None
        or claim.change is not None
        or compared.subject.about is not About.PERCENT
    ):
        return
    try:
        other = compare_areas(evolve(case, claim=evolve(claim, change=About.ABSOLUTE)))
    except BajioError:
        return
    if other.holds(test_of(claim), other.year) is held:
        return
    scale = other.subject.scale
    text = sentence(
        "areas.as-amount-not" if held else "areas.as-amount",
        own=Quantified(other.own, scale),
        others=listing(
            _of(case, area, Quantified(value, scale)) for area, value in other.values.items()
        ),
    )
    yield Remark(Aspect.CHOICE, text, weighty=True)


def _other_prices(case: Case, compared: Compared, *, held: bool) -> Iterator[Remark]:
    """The same comparison at other prices, as at purchasing power."""
    test = test_of(case.claim)
    for indicator in case.figures.other_prices(case.indicator):
        try:
            other = compare_areas(evolve(case, indicator=indicator, year=compared.year))
        except BajioError:
            continue
        if len(other.values) < len(compared.values):
            continue
        holds = all(test(other.own, other.values[area]) for area in compared.values)
        values = {case.claim.subject: other.own, **other.values}
        figures = listing(
            (_of(case, area, Bare(value, other.subject.scale)) for area, value in values.items()),
            between=", ",
        )
        key = "areas.prices" if holds else "areas.prices-not"
        text = sentence(key, label=indicator.label, figures=figures)
        yield Remark(Aspect.CHOICE, text, weighty=holds is not held)


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
        own = self.question.options
        options = evolve(own, peers=peers or own.peers, host=host or own.host)
        return rank_outcome(evolve(self.question, options=options), self.outcome, self.year)

    def verdict(self, rank: Rank, top: int) -> Verdict:
        """The verdict; by a ratio also peers that never have a figure could be before it."""
        return _in_top(self.question, rank, top)


def audit_rank(case: Case) -> Finding:
    """The verdict on a claim that its subject is among the first so many of its peers.

    Raises:
        BajioError: it cannot be ranked.
    """
    claim = case.claim
    assert claim.top is not None
    ranked = _ranked(case)
    rank, question = ranked.among(), ranked.question
    years: tuple[int, ...] = () if question.timeless else (ranked.year,)
    low, high, status = ranked.outcome.low, ranked.outcome.high, ranked.outcome.status
    years = years if claim.since is None else (claim.since, ranked.year)
    years = claim.years or years
    unit = question.indicator.unit
    scale, season = ranked.scale, case.season
    figure = Figure(low, high, unit, years, status, scale, claim.since, season)
    plain = claim.since is None and case.quantity.years == 1
    held, checked = _years(ranked, claim.top) if plain else ((), None)
    uses = (*source_uses(case.figures.registry, ranked.outcome.series), *rank.sources)
    verdict = ranked.verdict(rank, claim.top)
    return Finding(
        claim,
        verdict,
        _rank_reason(case, rank, figure),
        verdict,
        figure,
        margin=Fraction(claim.top - rank.position, claim.top),
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
    return ranked.verdict(ranked.among(), case.claim.top or 0)


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
    if question.timeless and claim.since is not None:
        raise undecidable("no-years", indicator=indicator.code)
    if question.timeless or chosen is None:
        chosen = period_of(question, None)
    # a verdict rests on no figure that is there in part only
    whole = Missing.REFUSE if figures.options.missing == Missing.PARTIAL else None
    return Ranked(question, chosen, question.outcome(chosen, whole), scale)


def _in_top(question: Question, rank: Rank, top: int) -> Verdict:
    unknown = 0 if question.bound.plan.additive else len(rank.peers_without_data)
    if rank.worst + unknown <= top:
        return Verdict.HOLDS
    return Verdict.CONTRADICTED if rank.best > top else Verdict.UNDECIDED


def _years(ranked: Ranked, top: int) -> tuple[tuple[int, ...], tuple[int, int] | None]:
    """The years in which the rank is within the top, and those that could be asked."""
    question = ranked.question
    if question.timeless:
        return (), None
    held, asked = [], []
    for year in sorted(question.years()):
        try:
            then = rank_outcome(question, question.outcome(year), year)
        except BajioError:
            continue
        asked.append(year)
        if _in_top(question, then, top) is Verdict.HOLDS:
            held.append(year)
    return tuple(held), (asked[0], asked[-1]) if asked else None


def _rank_reason(case: Case, rank: Rank, figure: Figure) -> Sentence:
    sides = [case.name(code) for code in (*rank.above[:1], *rank.below[:1])]
    return sentence(
        "rank.reason",
        figure=figure.said(),
        when=figure.when(),
        place=_place(rank),
        group=case.figures.registry.peer_group(case.peers).names,
        between=sentence("rank.between", names=listing(sides)) if len(sides) == 2 else "",
    )


def _place(rank: Rank) -> Sentence:
    return sentence("rank.place", position=Ordinal(rank.position), of=rank.of)


def _rank_remarks(
    case: Case,
    ranked: Ranked,
    rank: Rank,
    held: tuple[int, ...],
    checked: tuple[int, int] | None,
) -> Iterator[Remark]:
    top = case.claim.top or 0
    verdict = ranked.verdict(rank, top)
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
    if top >= rank.of + len(unknown):
        yield Remark(Aspect.CHOICE, sentence("rank.all", of=rank.of, top=top), weighty=True)
    yield from _other_peers(case, ranked, top)
    yield from _other_hosts(ranked, rank)


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
