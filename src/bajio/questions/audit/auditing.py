"""Auditing a claim set: each claim by data where they decide it, else by its own numbers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from bajio.claims.claim import Claim, ClaimSet
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import BajioError, InvalidClaim, Unavailable, UnknownCode
from bajio.facts.dataset import Dataset
from bajio.facts.regions import PeerGroup, Region
from bajio.questions.answering import period_of_timeless
from bajio.questions.asking import checked_options, peers_asked
from bajio.questions.audit.choices import choice_remarks
from bajio.questions.audit.codes import check_codes, with_unknown
from bajio.questions.audit.company import audit_company, company_remarks, observed
from bajio.questions.audit.comparisons import audit_areas, of_area
from bajio.questions.audit.conflicts import conflicts_of
from bajio.questions.audit.figures import Figures
from bajio.questions.audit.findings import Aspect, Audit, Finding, Remark, Verdict
from bajio.questions.audit.inverse import inverse_remarks
from bajio.questions.audit.lines import Case, case_of
from bajio.questions.audit.members import audit_mean, audit_parts
from bajio.questions.audit.own import Own, check_own
from bajio.questions.audit.ranks import audit_rank
from bajio.questions.audit.saying import say
from bajio.questions.audit.slips import alike_remarks, slip_remarks
from bajio.questions.audit.values import audit_value, measure
from bajio.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path


def audit(
    claims: "str | Path | ClaimSet",
    data: Dataset | None = None,
    *,
    year: int | None = None,
    peers: str | PeerGroup | Region | Iterable[str | Region] | None = None,
    registry: Registry | None = None,
    **options: Any,
) -> Audit:
    """Whether what was printed about a region is true.

    Args:
        claims: the code of a claim set, a TOML file of claims, or a set itself.
        data: a dataset that is laid over what the registry has.
        year: the period of claims that name none, in the place of the set's.
        peers: the peer group of ranks, in the place of the claims'.
        registry: what is known; the built-ins and installed plugins, if not given.
        options: as in `profile`: host, membership, editions.

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
    known = registry or Registry.default()
    known = known if data is None else known.with_data(data)
    peers = peers_asked(known, peers)
    asked = checked_options(known, {**options, "year": year, "peers": None})
    figures = Figures(known, evolve(asked, year=None))
    chosen = claim_set(claims, known)

    def make() -> Audit:
        check_codes(known, chosen)
        owns = {claim.id: check_own(chosen, claim) for claim in chosen.claims}
        auditor = _Auditor(figures, chosen, owns, year, peers)
        findings = tuple(auditor.finding(claim) for claim in chosen.claims)
        conflicts = tuple(conflicts_of(known, chosen, figures.options.membership))
        return Audit(chosen, findings, conflicts, known, figures.options, peers)

    return known.keep(("audit", chosen, year, peers, figures.options), make)


def claim_set(claims: "str | Path | ClaimSet", registry: Registry) -> ClaimSet:
    """A claim set by its code, from a file that ends in .toml, or as it is.

    Raises:
        UnknownCode: there is none.
        InvalidClaim: the file cannot be read, or is not right.
    """
    if isinstance(claims, ClaimSet):
        return claims
    if not isinstance(claims, str) or claims.endswith(".toml"):
        from bajio.readers.claims import read_claims

        try:
            return read_claims(claims)
        except InvalidClaim as error:
            raise with_unknown(registry, error) from None
    if claims not in registry.claim_sets:
        advice = "`bajio claims` lists them"
        raise UnknownCode("claim set", claims, registry.claim_sets, advice)
    return registry.claim_sets[claims]


@frozen
class _Auditor:
    """Audits the claims of one set, under one set of options."""

    figures: Figures
    claims: ClaimSet
    owns: Mapping[str, Own | None]
    year: int | None
    peers: str | PeerGroup | None

    def finding(self, claim: Claim) -> Finding:
        """What is found of a claim: by data, else by its own numbers and its company."""
        problem = ""
        own = self.owns[claim.id]
        if decides(claim) and (own is None or own.admits):
            try:
                return _with_note(_by_data(self._case(claim)))
            except BajioError as error:
                problem = error.cause if isinstance(error, Unavailable) else str(error)
        found = audit_company(self.claims, claim, self.owns, problem)
        year = self.year or self.claims.year
        remarks = tuple(company_remarks(self.figures, self.claims, claim, year))
        found = evolve(found, remarks=(*found.remarks, *remarks))
        return _with_note(self._with_observed(found))

    def _case(self, claim: Claim) -> Case:
        return case_of(self.figures, self.claims, claim, self.year, self.peers)

    def _with_observed(self, finding: Finding) -> Finding:
        """A finding on a projection with what was observed."""
        if not finding.claim.projection or finding.claim.indicator is None:
            return finding
        try:
            case = self._case(finding.claim)
            years, checked, remarks = observed(case)
            sources = self.figures.sources(case.quantity)
        except BajioError:
            return finding
        remarks = (*finding.remarks, *remarks)
        return evolve(finding, years=years, checked=checked, remarks=remarks, sources=sources)


def decides(claim: Claim) -> bool:
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
        return audit_parts(case)
    if relation is Relation.MEAN_OF:
        return audit_mean(case)
    if relation is Relation.TOP:
        finding = audit_rank(case)
    elif case.claim.areas and relation in {Relation.EXCEEDS, Relation.NEAR}:
        finding = audit_areas(case)
    else:
        finding = audit_value(case)
    remarks = (*_forecast(finding), *finding.remarks, *_backwards(case, finding))
    return evolve(finding, remarks=remarks)


def _forecast(finding: Finding) -> Iterator[Remark]:
    """Whether the figure was observed at all."""
    if finding.figure is not None and finding.figure.status == "F":
        text = say(
            "The figure is a projection of its source: nobody has counted it yet.",
            "La cifra es una proyección de su fuente: nadie la ha contado todavía.",
        )
        yield Remark(Aspect.CHOICE, text, weighty=True)


def _backwards(case: Case, finding: Finding) -> Iterator[Remark]:
    """What would explain a claim that is not true, what would make it true, and other choices."""
    assert finding.figure is not None
    failed = finding.verdict is Verdict.CONTRADICTED
    relation = case.claim.relation
    year = finding.figure.years[-1] if finding.figure.years else None
    plain = finding.reading is not None and relation in OF_A_NUMBER
    if failed and finding.reading is not None:
        yield from slip_remarks(case, finding, measure(case))
    if failed and relation in {Relation.EXCEEDS, Relation.NEAR} and case.claim.since is None:
        lines = {area: case.figures.line(of_area(case, area)) for area in case.claim.areas}
        yield from alike_remarks(case, lines)
    if failed:
        at = year or case.year or period_of_timeless(case.figures.question(case.quantity))
        yield from inverse_remarks(case, at)
    if plain and case.claim.since is None and finding.reading is not None:
        held = finding.verdict is Verdict.HOLDS
        yield from choice_remarks(case, year, finding.reading, held=held)


def _with_note(finding: Finding) -> Finding:
    if finding.claim.note is None:
        return finding
    note = Remark(Aspect.NOTE, finding.claim.note)
    return evolve(finding, remarks=(*finding.remarks, note))
