"""The grounds of a finding: the results that its claim is decided by, and the ranking, if one."""

from collections.abc import Iterator

from attrs import evolve

from bajio.claims.claim import ORDERS, Claim
from bajio.claims.relations import Relation
from bajio.errors import BajioError
from bajio.facts.periods import year_of
from bajio.questions.audit.claimed_places import subjects_of
from bajio.questions.audit.findings import Audit, Grounds, GroundsOfYear
from bajio.questions.compositions import Compositions
from bajio.questions.results import Result
from bajio.questions.single import evaluate
from bajio.questions.standing import Standing, standings


def grounds_of(audit: Audit, code: str) -> Grounds:
    """What the finding on a claim rests on.

    Raises:
        UnknownCode: there is no such claim.
    """
    finding = audit[code]
    claim, figure = finding.claim, finding.figure
    if claim.indicator is None or figure is None:
        return Grounds(finding)
    year = figure.years[-1] if figure.years else None
    asked = (year,) if claim.since is None else (claim.since, year)
    periods = [
        None if year_asked is None else str(figure.season.of(year_asked)) for year_asked in asked
    ]
    years = tuple(held_year for period in periods for held_year in _of_period(audit, claim, period))
    is_level = claim.since is None and claim.years is None and not claim.each
    ranked = (
        _ranked(audit, claim, periods[-1]) if claim.relation is Relation.TOP and is_level else None
    )
    return Grounds(finding, years, ranked)


def _of_period(audit: Audit, claim: Claim, period: str | None) -> Iterator[GroundsOfYear]:
    """The results of a period; none where the subject has none."""
    year = None if period is None else year_of(period)
    compositions = Compositions(audit.registry, audit.options.membership)
    several = subjects_of(claim, compositions, year)
    places = (*(several or (claim.subject,)), *claim.areas)
    subject, *others = (_answer(audit, claim, code, period) for code in places)
    if subject is not None:
        yield GroundsOfYear(subject, tuple(other for other in others if other is not None))


def _answer(audit: Audit, claim: Claim, region: str, period: str | None) -> Result | None:
    assert claim.indicator is not None
    try:
        return evaluate(
            region,
            claim.indicator,
            registry=audit.registry,
            period=period,
            peers=None,
            editions=audit.options.editions,
            membership=audit.options.membership,
        )
    except BajioError:
        return None


def _ranked(audit: Audit, claim: Claim, period: str | None) -> tuple[Result, tuple[Standing, ...]]:
    assert claim.indicator is not None
    indicator = audit.registry.indicator(claim.indicator)
    if claim.order is not None:
        indicator = evolve(indicator, better=ORDERS[claim.order])
    result, lines = standings(
        claim.subject,
        indicator,
        registry=audit.registry,
        period=period,
        peers=audit.peers or claim.peers or audit.claims.peers,
        host=audit.options.host,
    )
    return result, tuple(lines)
