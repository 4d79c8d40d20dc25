"""Verdicts from data on printed parts: each against the figure of the area that it is of."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from bajio.claims.claim import Claim, Part, Reference
from bajio.claims.printed import Kind, Printed
from bajio.claims.relations import About, Relation
from bajio.errors import BajioError, InvalidValue, Unavailable
from bajio.facts.observations import Exact
from bajio.labels import Label
from bajio.questions.audit.figures import Quantity, in_unit
from bajio.questions.audit.findings import Aspect, Finding, Remark, Verdict
from bajio.questions.audit.lines import Case, lined, printed_in
from bajio.questions.audit.saying import (
    amount_part,
    places_part,
    quoted,
    say,
    told,
    when_part,
)
from bajio.questions.results import SourceUse
from bajio.words.enumerations import listed
from bajio.words.quantities import Scale, amount

#: Hedges that leave a number no open end.
_TWO_SIDED = frozenset({Relation.EQUALS, Relation.ABOUT, Relation.BETWEEN})


def audit_parts(case: Case) -> Finding:
    """The verdict on the parts of a total: they hold if each does.

    Raises:
        BajioError: an area has no figure, or the figures do not add.
    """
    if not case.figures.question(case.quantity).bound.plan.additive:
        raise InvalidValue(f"{case.indicator.code} does not add: it is no sum of parts")
    if case.claim.since is not None and case.claim.about is not About.ABSOLUTE:
        raise InvalidValue("a change is the sum of its parts as an amount only: print amounts")
    found = _parts_of(case)
    total = sum(map(Fraction, found.values.values()), Fraction(0))
    return _finding(case, found, total, case.claims.printed(case.claim.whole) or case.claim.printed)


def audit_mean(case: Case) -> Finding:
    """The verdict on a mean of printed parts: that of the parts, as the mean is of what is printed.

    Whether the printed parts admit the printed mean was found out before.

    Raises:
        BajioError: an area has no figure.
    """
    found = _parts_of(case)
    exact = all(part.printed.hedge in _TWO_SIDED for part in case.claim.parts)
    mean = sum(map(Fraction, found.values.values()), Fraction(0)) / len(found.values)
    finding = _finding(case, found, mean, None if exact else case.claim.printed)
    return evolve(finding, remarks=tuple(_means(case, found)))


@frozen
class _Parts:
    """The data's figures of printed parts."""

    values: Mapping[str, Exact]
    scale: Scale
    years: tuple[int, ...]
    wrong: tuple[str, ...]
    far: tuple[str, ...]
    sources: tuple[SourceUse, ...]


def _parts_of(case: Case) -> _Parts:
    claim, figures = case.claim, case.figures
    year = case.year
    if year is None:
        raise Unavailable("the parts are of no year: give the claim one")
    asked = {part.area: figures.of_area(case.quantity, part.area) for part in claim.parts}
    lines = {area: lined(case, quantity) for area, quantity in asked.items()}
    values = {
        area: found.line[year] if year in found.line else _unlined(case, asked[area], year)
        for area, found in lines.items()
    }
    found = next(iter(lines.values()))
    wrong, far = [], []
    for part in claim.parts:
        printed = printed_in(evolve(case, claim=_of_part(claim, part)), found)
        value = Fraction(values[part.area])
        if value not in printed.strict(claim.tolerance):
            wrong.append(part.area)
        if value not in printed.lenient(claim.tolerance):
            far.append(part.area)
    uses = (use for quantity in asked.values() for use in figures.sources(quantity))
    years = (claim.years or (year,)) if claim.since is None else (claim.since, year)
    sources = tuple(dict.fromkeys(uses))
    return _Parts(values, found.scale, years, tuple(wrong), tuple(far), sources)


def _unlined(case: Case, quantity: Quantity, year: int) -> Exact:
    if case.claim.since is not None:
        raise Unavailable(f"no change of {case.indicator.code} to {year}")
    return case.figures.value(quantity, year)


def _of_part(claim: Claim, part: Part) -> Claim:
    """A claim of one part by itself."""
    return Claim(
        id=claim.id,
        statement=claim.statement,
        relation=part.printed.hedge,
        subject=part.area,
        indicator=claim.indicator,
        printed=part.printed,
        unit=claim.unit if part.printed.kind is Kind.NUMBER else None,
        year=claim.year,
        years=claim.years,
        since=claim.since,
    )


def _finding(case: Case, found: _Parts, whole: Fraction, printed: Printed | None) -> Finding:
    """The verdict by the parts and, where it is given, by the number that is printed of them."""
    claim = case.claim
    wrong, far = bool(found.wrong), bool(found.far)
    reason = _reason(case, found)
    if printed is not None:
        scaled = _of_whole(case, printed)
        far = far or whole not in scaled.lenient(claim.tolerance)
        if whole not in scaled.strict(claim.tolerance):
            wrong = True
            reason = say(
                "{reason} By the data they give {whole}, not {printed}.",
                "{reason} Según los datos dan {whole}, no {printed}.",
                reason=reason,
                whole=amount_part(whole, found.scale),
                printed=quoted(printed),
            )
    return Finding(
        claim,
        Verdict.CONTRADICTED if wrong else Verdict.HOLDS,
        reason,
        Verdict.CONTRADICTED if far else Verdict.HOLDS,
        rounding=wrong and not far,
        sources=found.sources,
    )


def _of_whole(case: Case, printed: Printed) -> Printed:
    """The number of the whole in the indicator's unit, which is that of the claim it is of."""
    if printed.kind is not Kind.NUMBER:
        return printed
    whole = case.claim.whole
    claim = case.claims[whole.claim] if isinstance(whole, Reference) else case.claim
    return printed.scaled(in_unit(case.indicator, claim.unit))


def _means(case: Case, found: _Parts) -> Iterator[Remark]:
    """The data's own plain mean of the parts, and the figure of the region as a whole."""
    mean = sum(map(Fraction, found.values.values()), Fraction(0)) / len(found.values)
    text = say(
        "By the data the plain mean of the parts is {mean}.",
        "Según los datos, el promedio simple de las partes es {mean}.",
        mean=amount_part(mean, found.scale),
    )
    yield Remark(Aspect.RELATED, text, weighty=True)
    try:
        whole = lined(case, case.quantity).line[case.year or 0]
    except (BajioError, KeyError):
        return
    text = say(
        "The figure of {region} as a whole is {whole}.",
        "La cifra de {region} en su conjunto es {whole}.",
        region=lambda language: case.figures.registry.name_of(case.claim.subject, language),
        whole=amount_part(whole, found.scale),
    )
    yield Remark(Aspect.RELATED, text, weighty=True)


def _reason(case: Case, found: _Parts) -> Label:
    registry, claim = case.figures.registry, case.claim

    def parts(language: str) -> str:
        return listed(
            (
                f"{registry.name_of(part.area, language)} "
                f"{amount(found.values[part.area], found.scale, language)} "
                f"({told(quoted(part.printed), language)})"
                for part in claim.parts
            ),
            language,
        )

    when = when_part(found.years, claim.since)
    if not found.wrong:
        return say("{parts}{when}.", "{parts}{when}.", parts=parts, when=when)
    return say(
        "{parts}{when}: not as printed for {wrong}.",
        "{parts}{when}: no como se imprimió para {wrong}.",
        parts=parts,
        when=when,
        wrong=places_part(registry, found.wrong),
    )
