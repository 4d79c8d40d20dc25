"""Verdicts from data on printed parts: each against the figure of the area that it is of."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from bajio.errors import Unavailable
from bajio.facts.observations import Exact
from bajio.labels import Label
from bajio.questions.audit.amounts import amount, listed
from bajio.questions.audit.figures import in_unit
from bajio.questions.audit.findings import Finding, Verdict
from bajio.questions.audit.saying import name, places_part, quoted, say, told, when_part
from bajio.questions.audit.values import Case


def audit_parts(case: Case) -> Finding:
    """The verdict on the parts of a total: they hold if each does.

    Raises:
        BajioError: an area has no figure.
    """
    claim, figures = case.claim, case.figures
    if case.year is None:
        raise Unavailable("the parts are of no year: give the claim one")
    asked = {part.area: figures.of_area(case.quantity, part.area) for part in claim.parts}
    values = {area: figures.value(quantity, case.year) for area, quantity in asked.items()}
    factor = in_unit(case.indicator, claim.unit)
    wrong, far = [], []
    for part in claim.parts:
        printed, value = part.printed.scaled(factor), Fraction(values[part.area])
        if value not in printed.strict(claim.tolerance):
            wrong.append(part.area)
        if value not in printed.lenient(claim.tolerance):
            far.append(part.area)
    uses = (use for quantity in asked.values() for use in figures.sources(quantity))
    return Finding(
        claim,
        Verdict.CONTRADICTED if wrong else Verdict.HOLDS,
        _reason(case, values, wrong),
        Verdict.CONTRADICTED if far else Verdict.HOLDS,
        rounding=bool(wrong) and not far,
        sources=tuple(dict.fromkeys(uses)),
    )


def _reason(case: Case, values: Mapping[str, Exact], wrong: Sequence[str]) -> Label:
    registry, claim = case.figures.registry, case.claim

    def parts(language: str) -> str:
        return listed(
            (
                f"{name(registry, part.area, language)} "
                f"{amount(values[part.area], case.indicator.unit, language)} "
                f"({told(quoted(part.printed), language)})"
                for part in claim.parts
            ),
            language,
        )

    when = when_part(claim.years or (case.year or 0,))
    if not wrong:
        return say("{parts}{when}.", "{parts}{when}.", parts=parts, when=when)
    return say(
        "{parts}{when}: not as printed for {wrong}.",
        "{parts}{when}: no como se imprimió para {wrong}.",
        parts=parts,
        when=when,
        wrong=places_part(registry, tuple(wrong)),
    )
