"""Auditing a claim set: each claim by data where they decide it, else by its own numbers."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Unpack

from attrs import evolve, frozen

from bajio.claims.claim import Claim
from bajio.claims.claim_set import ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import BajioError, InvalidClaim, UnknownCode
from bajio.facts.dataset import Dataset
from bajio.facts.periods import WHOLE, Period
from bajio.facts.regions import PeerGroup
from bajio.questions.asking import useful_options
from bajio.questions.audit.claimed_codes import check_codes, with_unknown
from bajio.questions.audit.claimed_places import by_code, claim_of, multiple_of, subjects_of
from bajio.questions.audit.claimed_ranks import audit_rank
from bajio.questions.audit.comparisons import audit_areas, of_area
from bajio.questions.audit.conflicts import conflicts_of
from bajio.questions.audit.consistency import Own, audit_company, check_own, digits_of, unit_of
from bajio.questions.audit.figures import (
    Case,
    Figures,
    Quantity,
    case_of,
    line_of,
    printed_in,
)
from bajio.questions.audit.findings import (
    Aspect,
    Audit,
    Conflict,
    Finding,
    Remark,
    Verdict,
    YearsHeld,
)
from bajio.questions.audit.grounds import grounds_of
from bajio.questions.audit.inverse import inverse_remarks, span_remarks
from bajio.questions.audit.refusals import problem_of
from bajio.questions.audit.several_subjects import finding_of_each
from bajio.questions.audit.slips import alike_remarks, choice_remarks, slip_remarks
from bajio.questions.audit.verdicts import Measured, audit_mean, audit_sum, audit_value, measure
from bajio.questions.choices import Audited, PeersLike, PeriodLike
from bajio.questions.compositions import Compositions
from bajio.questions.years import period_of
from bajio.registry import Registry, known_by
from bajio.units import ONE
from bajio.words.enumerations import span_text
from bajio.words.sentences import (
    End,
    Lower,
    Percent,
    PeriodName,
    Piece,
    Quantified,
    Range,
    Sentence,
    YearRuns,
    listing,
    sentence,
)

if TYPE_CHECKING:
    from pathlib import Path

_OPTIONS = ("year", "period", "peers", *Audited.__annotations__)


def audit(
    claims: "str | Path | ClaimSet",
    data: Dataset | None = None,
    *,
    year: int | None = None,
    period: PeriodLike | None = None,
    peers: PeersLike = None,
    registry: Registry | None = None,
    **options: Unpack[Audited],
) -> Audit:
    """Whether what was printed about a region is true.

    Args:
        claims: the code of a claim set, a TOML file of claims, or a set itself.
        data: a dataset that is laid over what the registry has.
        year: the year of claims that name no period, in the place of the set's.
        period: the same as a quarter, a month or a year, as `2019-02`.
        peers: the peer group of ranks, in the place of the claims'.
        registry: what is known; the built-ins and installed plugins, if not given.
        options: as in `profile`: host, missing, threshold, membership, editions.

    Returns:
        A finding for each claim, by its id, and the claims that cannot all be true.

    Raises:
        BajioError: an unknown claim set, peer group or option, or a file that is not right.

    Examples:
        >>> import bajio
        >>> found = bajio.audit("san-miguel")
        >>> found["population"].verdict.value, found["gdp"].verdict.value
        ('holds', 'contradicted')
        >>> print(found["gdp"].reason)
        136.0 billion USD in 2018, 45.6 % above [89 billion, 93.45 billion] USD.
    """
    known = known_by(registry)
    known = known if data is None else known.with_data(data)
    for name in options:
        if name not in _OPTIONS:
            raise UnknownCode("option", name, _OPTIONS, f"an audit has {', '.join(_OPTIONS)}")
    given = {**options, "year": year, "period": period, "peers": peers}
    asked = useful_options(known, given, brings_peers=True)
    peers, default = asked.peers, asked.period
    figures = Figures(known, asked.but(year=None, season=WHOLE, peers=None))
    written = claim_set(claims, known)

    def make() -> Audit:
        check_codes(known, written)
        chosen = by_code(written, known)
        owns = {claim.id: check_own(chosen, claim) for claim in chosen.claims}
        auditor = _Auditor(figures, chosen, owns, default, peers)
        findings = tuple(auditor.finding(claim) for claim in chosen.claims)
        conflicts, searched = _conflicts(known, chosen, figures.options.membership)
        asked = figures.options
        return Audit(
            chosen,
            findings,
            conflicts,
            known,
            asked,
            peers,
            grounds_of,
            searched=searched,
            period=default,
        )

    file = written.origin and written.origin.file  # which says how a finding is repeated
    return known.keep(("audit", written, file, default, peers, figures.options), make)


def _conflicts(
    registry: Registry, claims: ClaimSet, membership: str
) -> tuple[tuple[Conflict, ...], bool]:
    """What cannot all be true, drafts aside."""
    kept = [claim for claim in claims.claims if not claim.is_draft]
    used = {code for claim in kept for code in claim.references}
    if len(kept) == len(claims) or any(claims[code].is_draft for code in used):
        return conflicts_of(registry, claims, membership)
    return conflicts_of(registry, evolve(claims, claims=kept), membership) if kept else ((), True)


def claim_set(claims: "str | Path | ClaimSet", registry: Registry) -> ClaimSet:
    """A claim set by its code, from a file that ends in .toml, or as it is.

    Raises:
        UnknownCode: there is none.
        InvalidClaim: the file cannot be read, or is not right.
    """
    if isinstance(claims, ClaimSet):
        return claims
    if not isinstance(claims, str) or claims.endswith(".toml"):
        from bajio.readers.claim_files import read_claims

        try:
            return read_claims(claims)
        except InvalidClaim as error:
            raise with_unknown(registry, error) from None
    if claims not in registry.claim_sets:
        advice = "`bajio claims` lists them"
        raise UnknownCode("claim set", claims, registry.claim_sets, advice)
    return registry.claim_sets[claims]


@frozen(eq=False, repr=False)
class _Auditor:
    """Audits the claims of one set, under one set of options."""

    figures: Figures
    claims: ClaimSet
    owns: Mapping[str, Own | None]
    period: Period | None
    peers: str | PeerGroup | None

    def finding(self, claim: Claim) -> Finding:
        """What is found of a claim, or of each area that it is about."""
        if not claim.each:
            return self._single(claim, self.owns[claim.id])
        period = claim.when or self.period or self.claims.when
        year = None if period is None else period.year
        compositions = Compositions(self.figures.registry, self.figures.options.membership)
        areas = subjects_of(claim, compositions, year)
        single = {area: self._single(claim_of(claim, area), None) for area in areas}
        return _with_note(finding_of_each(claim, single, self.figures.registry))

    def _single(self, claim: Claim, consistency: Own | None) -> Finding:
        """What is found of a claim: by data, else by its own numbers and its company."""
        problem: Piece = ""
        if claim.is_share_of_area:
            return evolve(self._single(multiple_of(claim), consistency), claim=claim)
        if _decides(claim) and (consistency is None or consistency.admits):
            try:
                return _with_note(_by_data(self._case(claim)))
            except BajioError as error:
                problem = problem_of(error)
        finding = audit_company(self.claims, claim, self.owns, problem)
        remarks = tuple(self._besides(claim))
        finding = evolve(finding, remarks=(*finding.remarks, *remarks))
        return _with_note(self._with_observed(finding))

    def _case(self, claim: Claim) -> Case:
        return case_of(self.figures, self.claims, claim, self.period, self.peers)

    def _besides(self, claim: Claim) -> Iterator[Remark]:
        """What the data have to say besides, deciding nothing."""
        if claim.open_span is not None and claim.indicator is not None:
            yield from span_remarks(self.figures, self.claims, claim)
        period = claim.when or self.period or self.claims.when
        year = None if period is None else period.year
        if claim.relation is Relation.MEAN_OF:
            yield from _weights(self.figures, claim, year)
        for code in claim.related:
            try:
                yield _related(self.figures, claim, code, year)
            except BajioError:
                continue

    def _with_observed(self, finding: Finding) -> Finding:
        """A finding on a projection with what was observed."""
        if not finding.claim.projection or finding.claim.indicator is None:
            return finding
        try:
            case = self._case(finding.claim)
            years, checked, remarks = _observed(case)
            sources = self.figures.sources(case.quantity)
        except BajioError:
            return finding
        remarks = (*finding.remarks, *remarks)
        return evolve(finding, years=years, checked=checked, remarks=remarks, sources=sources)


def _decides(claim: Claim) -> bool:
    """Whether data can decide a claim: it names an indicator, and what of it, and speaks of a past.

    A projection is not decided, nor what is said of years that are left open.
    """
    if claim.indicator is None or claim.projection or claim.open_span is not None:
        return False
    if claim.relation in {Relation.EXCEEDS, Relation.NEAR, Relation.TIMES}:
        return bool(claim.areas)
    return True


def _by_data(case: Case) -> Finding:
    relation = case.claim.relation
    if relation is Relation.SUM_OF:
        return audit_sum(case)
    if relation is Relation.MEAN_OF:
        return audit_mean(case)
    measured = None
    if relation is Relation.TOP:
        finding = audit_rank(case)
    elif relation in {Relation.EXCEEDS, Relation.NEAR}:
        finding = audit_areas(case)
    else:
        measured = measure(case)
        finding = audit_value(case, measured)
    remarks = (*_forecast(finding), *finding.remarks, *_backwards(case, finding, measured))
    return evolve(finding, remarks=remarks)


def _forecast(finding: Finding) -> Iterator[Remark]:
    """Whether the figure was observed at all."""
    if finding.figure is not None and finding.figure.status == "F":
        yield Remark(Aspect.CHOICE, sentence("choice.projection"), weighty=True)


def _backwards(case: Case, finding: Finding, measured: Measured | None) -> Iterator[Remark]:
    """What would explain a claim that is not true, what would make it true, and other choices."""
    assert finding.figure is not None
    claim = case.claim
    year = finding.figure.years[-1] if finding.figure.years else None
    if finding.verdict is Verdict.CONTRADICTED:
        if measured is not None:
            yield from slip_remarks(case, measured)
        elif claim.since is None:
            lines = {area: case.figures.line(of_area(case, area)) for area in claim.areas}
            yield from alike_remarks(case, lines)
        case_year = period_of(case.figures.question(case.quantity), year or case.year)
        yield from inverse_remarks(case, case_year)
    if measured is not None and claim.relation in OF_A_NUMBER and claim.since is None:
        held = finding.verdict is Verdict.HOLDS
        yield from choice_remarks(case, year, measured.strict, held=held)


def _with_note(finding: Finding) -> Finding:
    if finding.claim.note is None:
        return finding
    note = Remark(Aspect.NOTE, finding.claim.note)
    return evolve(finding, remarks=(*finding.remarks, note))


def _observed(case: Case) -> tuple[tuple[int, ...], tuple[int, int] | None, tuple[Remark, ...]]:
    """The years in which what is projected was so, and what was observed.

    Raises:
        BajioError: there are no figures.
    """
    claim = case.claim
    if claim.printed is None:
        return (), None, ()
    series = line_of(case)
    printed = printed_in(case, series)
    if series.timeless or not series.line:
        return (), None, ()
    values = {year: Fraction(value) for year, value in series.line.items()}
    strict, lenient = (read(claim.tolerance) for read in (printed.strict, printed.lenient))
    years = tuple(year for year, value in values.items() if value in strict)
    loose = tuple(year for year, value in values.items() if value in lenient and year not in years)
    checked = (min(values), max(values))
    season = case.season
    never = sentence("observed.never")
    which: Piece = YearRuns(years, checked[1], season) if years else never
    text = sentence("observed.years", years=which, span=span_text(checked))
    held = YearsHeld(years, checked, season)
    remarks = [Remark(Aspect.YEARS, text, weighty=True, evidence=(held,))]
    if loose:
        text = sentence("observed.leniently", years=YearRuns(loose, None, season))
        remarks.append(Remark(Aspect.YEARS, text, evidence=(YearsHeld(loose, checked, season),)))
    remarks.append(Remark(Aspect.RELATED, _recent(case), weighty=True))
    return years, checked, tuple(remarks)


def _recent(case: Case) -> Sentence:
    """What was observed in the last two years up to the claim's own, beside the host's."""
    line, scale = case.figures.line(case.quantity), case.indicator.unit
    years = [year for year in sorted(line) if case.year is None or year <= case.year][-2:]
    words = []
    for year in years:
        host = case.figures.host_value(case.quantity, year)
        period, value = PeriodName(year, case.season), Quantified(line[year], scale)
        figure = sentence("figure.of-year", year=period, value=value)
        whole = None if host is None else Quantified(host, scale)
        words.append(
            figure if whole is None else sentence("figure.against", figure=figure, whole=whole)
        )
    return sentence("observed.recent", label=case.indicator.label, figures=listing(words, ", "))


def _related(figures: Figures, claim: Claim, code: str, year: int | None) -> Remark:
    """An indicator that measures something akin."""
    indicator = figures.registry.indicator(code)
    quantity = Quantity(indicator, figures.region(claim.subject))
    newest = figures.newest(quantity, year)
    value, host = figures.value(quantity, newest), figures.host_value(quantity, newest)
    against: Piece = ""
    if host is not None and indicator.unit == ONE:
        against = sentence("related.country", whole=Quantified(host, indicator.unit))
    elif host is not None:
        share = Percent(Fraction(value) / host, 1)
        against = sentence("related.share", share=share, whole=Quantified(host, indicator.unit))
    text = sentence(
        "related.measure",
        label=Lower(indicator.label),
        value=Quantified(value, indicator.unit),
        year=newest,
        against=against,
    )
    return Remark(Aspect.RELATED, text, weighty=True)


def _weights(figures: Figures, claim: Claim, year: int | None) -> Iterator[Remark]:
    """Between which rates a weighted mean lies, and what other weights give."""
    rates = {part.area: part.printed for part in claim.parts}
    ordered = sorted(rates.values(), key=lambda printed: printed.first.value)
    text = sentence("weights.unknown", low=digits_of(ordered[0]), high=digits_of(ordered[-1]))
    yield Remark(Aspect.OWN, text, weighty=True)
    if claim.weights is None:
        return
    try:
        indicator = figures.registry.indicator(claim.weights)
        whole = Quantity(indicator, figures.region(claim.subject))
        asked = {area: figures.of_area(whole, area) for area in rates}
        newest = figures.newest(next(iter(asked.values())), year)
        sizes = {area: Fraction(figures.value(asked[area], newest)) for area in rates}
    except BajioError:
        return
    total = sum(sizes.values(), Fraction(0))
    if total <= 0:
        return
    unit = unit_of(ordered[0])
    weighted, middle = Interval.point(0), Fraction(0)
    for area, printed in rates.items():
        weighted += printed.digits * Interval.point(sizes[area] / total)
        middle += printed.first.value * sizes[area] / total
    text = sentence(
        "weights.other",
        label=Lower(indicator.label),
        year=newest,
        mean=Percent(middle, 1) if unit == ONE else End(middle, unit),
        range=Range(weighted, unit),
    )
    yield Remark(Aspect.RELATED, text, weighty=True)
