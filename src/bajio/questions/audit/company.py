"""What is known about claims that data cannot decide: observations, akin measures, weights."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from bajio.claims.claim import Claim, ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.relations import Relation
from bajio.errors import BajioError
from bajio.labels import Label
from bajio.questions.audit.figures import Figures, Quantity
from bajio.questions.audit.findings import Aspect, Finding, Remark, Verdict
from bajio.questions.audit.lines import Case, line_of, printed_in
from bajio.questions.audit.own import Own, unit_of
from bajio.questions.audit.saying import (
    amount_part,
    digits_part,
    end_part,
    range_part,
    say,
    years_part,
)
from bajio.questions.audit.spans import span_remarks
from bajio.questions.audit.values import reading_of
from bajio.units import ONE
from bajio.words.magnitudes import percent
from bajio.words.quantities import amount


def audit_company(
    claims: ClaimSet, claim: Claim, owns: Mapping[str, Own | None], problem: str
) -> Finding:
    """The verdict on a claim by its own numbers and those of the claims that use them.

    Args:
        claims, claim: the claim in its set.
        owns: what the own numbers of each claim admit, by id.
        problem: why data could not decide it, where they were asked.
    """
    own = owns[claim.id]
    users = [other for other in claims.claims if claim.id in other.references]
    admitted = [owns[other.id] for other in users]
    if own is not None:
        verdict = Verdict.CONSISTENT if own.admits else Verdict.INCONSISTENT
        return Finding(claim, verdict, own.reason, rounding=own.rounding, remarks=_rounding(own))
    if admitted and all(one is not None and one.admits for one in admitted):
        names = ", ".join(other.id for other in users)
        text = say(
            "{why}; the numbers printed with it admit it ({names}).",
            "{why}; los números impresos con él lo admiten ({names}).",
            why=_why(claim, problem),
            names=names,
        )
        return Finding(claim, Verdict.CONSISTENT, text)
    text = say("{why}.", "{why}.", why=_why(claim, problem))
    return Finding(claim, Verdict.NOT_CHECKABLE, text)


def _why(claim: Claim, problem: str) -> Label:
    if problem:
        return Label(problem.rstrip("."))
    if claim.projection:
        return Label(
            {"en": "No projection is in the data", "es": "En los datos no hay proyecciones"}
        )
    if claim.open_span is not None:
        return Label({"en": "It says no years", "es": "No dice qué años"})
    what = claim.quantity or Label({"en": "it", "es": "esto"})
    return say("No data on {what}", "No hay datos de {what}", what=what)


def _rounding(own: Own) -> tuple[Remark, ...]:
    if not own.rounding:
        return ()
    text = say(
        "Only thanks to rounding: the numbers exactly as printed do not give it.",
        "Solo gracias al redondeo: los números exactos como se imprimieron no lo dan.",
    )
    return (Remark(Aspect.ROUNDING, text, weighty=True),)


def company_remarks(
    figures: Figures, claims: ClaimSet, claim: Claim, year: int | None
) -> Iterator[Remark]:
    """What the data have to say besides, deciding nothing."""
    if claim.open_span is not None and claim.indicator is not None:
        yield from span_remarks(figures, claims, claim)
    if claim.relation is Relation.MEAN_OF:
        yield from _weights(figures, claim, year)
    for code in claim.related:
        try:
            yield _related(figures, claim, code, year)
        except BajioError:
            continue


def observed(case: Case) -> tuple[tuple[int, ...], tuple[int, int] | None, tuple[Remark, ...]]:
    """The years in which what is projected was so, and what was observed.

    Raises:
        BajioError: there are no figures.
    """
    claim = case.claim
    if claim.printed is None:
        return (), None, ()
    found = line_of(case)
    line = {} if found.timeless else found.line
    strict, lenient = reading_of(claim, printed_in(case, found))
    if not line:
        return (), None, ()
    years = tuple(year for year, value in line.items() if Fraction(value) in strict)
    loose = tuple(
        year for year, value in line.items() if Fraction(value) in lenient and year not in years
    )
    checked = (min(line), max(line))
    text = say(
        "Observed so: {years} (of {span}).",
        "Observado así: {years} (de {span}).",
        years=years_part(years, checked[1]) if years else Label({"en": "never", "es": "nunca"}),
        span=f"{checked[0]}–{checked[1]}",
    )
    remarks = [Remark(Aspect.YEARS, text, weighty=True)]
    if loose:
        near = say(
            "Read leniently also: {years}.",
            "Con holgura, también: {years}.",
            years=years_part(loose, 0),
        )
        remarks.append(Remark(Aspect.YEARS, near))
    remarks.append(Remark(Aspect.RELATED, _recent(case), weighty=True))
    return years, checked, tuple(remarks)


def _recent(case: Case) -> Label:
    """What was observed in the last two years up to the claim's own, beside the host's."""
    own = case.figures.line(case.quantity)
    years = [year for year in sorted(own) if case.year is None or year <= case.year][-2:]
    host = {year: case.figures.host_value(case.quantity, year) for year in years}

    def words(language: str) -> str:
        against = {"en": "against", "es": "contra"}[language]
        return ", ".join(
            f"{year}: {amount(own[year], case.indicator.unit, language)}"
            + (
                f" {against} {amount(whole, case.indicator.unit, language)}"
                if (whole := host[year]) is not None
                else ""
            )
            for year in years
        )

    return say("{label}: {words}.", "{label}: {words}.", label=case.indicator.label, words=words)


def _related(figures: Figures, claim: Claim, code: str, year: int | None) -> Remark:
    """An indicator that measures something akin."""
    indicator = figures.indicator(code)
    quantity = Quantity(indicator, figures.region(claim.subject))
    at = figures.newest(quantity, year)
    value, host = figures.value(quantity, at), figures.host_value(quantity, at)

    def against(language: str) -> str:
        if host is None:
            return ""
        whole = amount(host, indicator.unit, language)
        if indicator.unit == ONE:
            return {"en": f", {whole} in the country", "es": f", {whole} en el país"}[language]
        share = percent(Fraction(value) / host, 1)
        return {
            "en": f", {share} of the country's {whole}",
            "es": f", {share} del país, que tiene {whole}",
        }[language]

    text = say(
        "Another measure, {label}: {value} in {year}{against}.",
        "Otra medida, {label}: {value} en {year}{against}.",
        label=lambda language: indicator.label.text(language).casefold(),
        value=amount_part(value, indicator.unit),
        year=str(at),
        against=against,
    )
    return Remark(Aspect.RELATED, text, weighty=True)


def _weights(figures: Figures, claim: Claim, year: int | None) -> Iterator[Remark]:
    """Between which rates a weighted mean lies, and what other weights give."""
    rates = {part.area: part.printed for part in claim.parts}
    ordered = sorted(rates.values(), key=lambda printed: printed.first.value)
    text = say(
        "Its weighted mean is not known: it lies between {low} and {high}.",
        "Su promedio ponderado no se conoce: está entre {low} y {high}.",
        low=digits_part(ordered[0]),
        high=digits_part(ordered[-1]),
    )
    yield Remark(Aspect.OWN, text, weighty=True)
    if claim.weights is None:
        return
    try:
        indicator = figures.indicator(claim.weights)
        whole = Quantity(indicator, figures.region(claim.subject))
        asked = {area: figures.of_area(whole, area) for area in rates}
        at = figures.newest(next(iter(asked.values())), year)
        sizes = {area: Fraction(figures.value(asked[area], at)) for area in rates}
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
    yield Remark(
        Aspect.RELATED,
        say(
            "Weighted by {label} of {year}, another measure, it is about {mean} ({range}).",
            "Ponderado por {label} de {year}, otra medida, es cercano a {mean} ({range}).",
            label=lambda language: indicator.label.text(language).casefold(),
            year=str(at),
            mean=percent(middle, 1) if unit == ONE else end_part(middle, unit),
            range=range_part(weighted, unit),
        ),
        weighty=True,
    )
