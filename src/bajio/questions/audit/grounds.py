"""The grounds of a finding: the results that its claim is decided by, and the ranking, if one."""

from collections.abc import Iterator

from bajio.claims.claim import Claim
from bajio.claims.relations import Relation
from bajio.errors import BajioError
from bajio.questions.audit.findings import Audit, Grounds, GroundsOfYear
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
    years = tuple(found for one in asked for found in _of_year(audit, claim, one))
    is_level = claim.since is None and claim.years is None
    ranked = _ranked(audit, claim, year) if claim.relation is Relation.TOP and is_level else None
    return Grounds(finding, years, ranked)


def _of_year(audit: Audit, claim: Claim, year: int | None) -> Iterator[GroundsOfYear]:
    """The results of a year; none where the subject has none."""
    subject, *others = (_answer(audit, claim, code, year) for code in (claim.subject, *claim.areas))
    if subject is not None:
        yield GroundsOfYear(subject, tuple(other for other in others if other is not None))


def _answer(audit: Audit, claim: Claim, region: str, year: int | None) -> Result | None:
    assert claim.indicator is not None
    try:
        return evaluate(
            region,
            claim.indicator,
            registry=audit.registry,
            year=year,
            peers=None,
            editions=audit.options.editions,
            membership=audit.options.membership,
        )
    except BajioError:
        return None


def _ranked(audit: Audit, claim: Claim, year: int | None) -> tuple[Result, tuple[Standing, ...]]:
    assert claim.indicator is not None
    result, lines = standings(
        claim.subject,
        claim.indicator,
        registry=audit.registry,
        year=year,
        peers=audit.peers or claim.peers or audit.claims.peers,
        host=audit.options.host,
    )
    return result, tuple(lines)
