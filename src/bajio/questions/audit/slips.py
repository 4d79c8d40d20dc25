"""Slips that would explain a figure that is not true, from a catalogue, named where they fit.

A slip fits where, once it is undone, the claim holds and the figure is within 5 % of what was
printed. That it fits does not prove that it happened.
"""

from collections.abc import Iterator
from fractions import Fraction

from bajio.claims.intervals import Interval
from bajio.claims.printed import TOLERANCE, Kind, Printed
from bajio.claims.relations import Relation
from bajio.errors import BajioError
from bajio.labels import Label
from bajio.questions.audit.choices import choices_of
from bajio.questions.audit.figures import Line, only
from bajio.questions.audit.findings import Aspect, Finding, Remark
from bajio.questions.audit.saying import amount_part, digits_part, line_part, name, say
from bajio.questions.audit.values import Case, Measured
from bajio.units import ONE

#: How near a printed number another area's figure is, to be named as one that it resembles.
ALIKE = Fraction(2, 100)
_SCALES = (
    (
        Fraction(1000),
        ("the printed number is a thousand times too small", "mil veces más chico"),
        ("thousand for million, or million for thousand million", "mil por millón"),
    ),
    (
        Fraction(1, 1000),
        ("the printed number is a thousand times too large", "mil veces más grande"),
        ("million for thousand, or thousand million for million", "millón por mil"),
    ),
    (
        Fraction(10**6),
        ("the printed number is a million times too small", "un millón de veces más chico"),
        ("units for millions, or million for billion (10¹²)", "unidad por millón"),
    ),
    (
        Fraction(1, 10**6),
        ("the printed number is a million times too large", "un millón de veces más grande"),
        ("millions for units, or billion (10¹²) for million", "millón por unidad"),
    ),
)


def slip_remarks(case: Case, finding: Finding, found: Measured) -> Iterator[Remark]:
    """The slips of the catalogue that fit a printed number that data contradict."""
    assert finding.reading is not None
    for text in _slips(case, finding, found, fitting(found.printed, finding.reading)):
        yield Remark(Aspect.SLIP, text, weighty=True)


def fitting(printed: Printed, reading: Interval) -> Interval:
    """What makes the claim true and lies within 5 % of the printed number, or in its digits."""
    low, high = printed.first.value, printed.last.value
    reach = TOLERANCE * max(abs(low), abs(high))
    return reading & Interval(low - reach, high + reach).hull(printed.digits)


def _slips(case: Case, finding: Finding, found: Measured, fits: Interval) -> Iterator[Label]:
    assert finding.figure is not None
    value = Fraction(finding.figure.low)
    yield from _scale(value, fits)
    yield from _ratio(value, fits, found)
    yield from _year(found, fits)
    yield from _host(case, finding, fits)
    yield from _mean(case, finding, fits)
    yield from _prices(case, finding, fits)
    yield from _points(case, found, fits)


def _scale(value: Fraction, fits: Interval) -> Iterator[Label]:
    for factor, size, words in _SCALES:
        if value / factor in fits:
            yield say(
                f"Possible slip: {size[0]} ({words[0]}).",
                f"Posible desliz: el número impreso es {size[1]} ({words[1]}).",
            )


def _ratio(value: Fraction, fits: Interval, found: Measured) -> Iterator[Label]:
    if value and found.figure.unit == ONE and 1 / value in fits:
        yield say(
            "Possible slip: an inverted ratio ({value}).",
            "Posible desliz: una razón invertida ({value}).",
            value=amount_part(1 / value, ONE),
        )


def _year(found: Measured, fits: Interval) -> Iterator[Label]:
    asked = found.figure.years[-1] if found.figure.years else 0
    years = sorted(
        (year for year, value in found.line.items() if Fraction(value) in fits),
        key=lambda year: abs(year - asked),
    )
    if years:
        yield say(
            "Possible slip: another year ({years}).",
            "Posible desliz: otro año ({years}).",
            years=line_part(found.line, tuple(sorted(years[:3])), found.figure.unit),
        )


def _host(case: Case, finding: Finding, fits: Interval) -> Iterator[Label]:
    """The host's figure in the place of the region's."""
    figure = finding.figure
    if figure is None or not figure.years or case.claim.relation is Relation.SHARE_OF:
        return
    value = case.figures.host_value(case.quantity, figure.years[-1])
    host = case.figures.question(case.quantity).host
    if value is not None and host is not None and Fraction(value) in fits:
        yield say(
            "Possible slip: the figure of {host} ({value}).",
            "Posible desliz: la cifra de {host} ({value}).",
            host=lambda language: name(case.figures.registry, host, language),
            value=amount_part(value, figure.unit),
        )


def _mean(case: Case, finding: Finding, fits: Interval) -> Iterator[Label]:
    """The plain mean of the members where their weighted one is asked for."""
    question = case.figures.question(case.quantity)
    figure = finding.figure
    if question.bound.plan.additive or figure is None or not figure.years:
        return
    members = question.member_figures(figure.years[-1])
    values = [Fraction(member.exact) for member in members if member.exact is not None]
    mean = sum(values, Fraction(0)) / max(len(values), 1)
    if len(values) == len(members) > 1 and mean in fits:
        yield say(
            "Possible slip: the plain mean of the members ({value}).",
            "Posible desliz: el promedio simple de los miembros ({value}).",
            value=amount_part(mean, figure.unit),
        )


def _prices(case: Case, finding: Finding, fits: Interval) -> Iterator[Label]:
    """Nominal for real, or for purchasing power."""
    figure = finding.figure
    if figure is None or not figure.years:
        return
    for choice in choices_of(case, figure.years[-1]):
        if choice.prices and Fraction(choice.value) in fits:
            yield say(
                "Possible slip: another price basis, {name} ({value}).",
                "Posible desliz: otra base de precios, {name} ({value}).",
                name=choice.name,
                value=amount_part(choice.value, choice.unit),
            )


def _points(case: Case, found: Measured, fits: Interval) -> Iterator[Label]:
    """A change in percent for one in percentage points, or the other way round."""
    since = case.claim.since
    if since is None or case.indicator.unit != ONE:
        return
    try:
        line = case.figures.line(case.quantity)
        before, now = (
            only(line, year, case.indicator.code) for year in (since, found.figure.years[-1])
        )
    except BajioError:
        return
    points, relative = Fraction(now - before), Fraction(now - before) / before
    other = relative if found.printed.kind is Kind.POINTS else points
    if other in fits:
        yield say(
            "Possible slip: percent and percentage points ({points} points are {relative}).",
            "Posible desliz: por ciento y puntos porcentuales ({points} puntos son {relative}).",
            points=f"{float(points) * 100:.2f}",
            relative=amount_part(relative, ONE),
        )


def alike_remarks(case: Case, lines: dict[str, Line]) -> Iterator[Remark]:
    """Whether a printed number of the subject is rather another area's own figure, of some year."""
    printed = next(
        (
            claim.printed
            for claim in case.claims.claims
            if (claim.indicator, claim.subject) == (case.claim.indicator, case.claim.subject)
            and claim.printed is not None
            and claim.printed.kind is Kind.NUMBER
            and claim.relation is not Relation.SHARE_OF
        ),
        None,
    )
    if printed is None:
        return
    value = printed.first.value
    reach = ALIKE * abs(value)
    near = Interval(value - reach, value + reach)
    for area, line in lines.items():
        years = tuple(year for year, figure in line.items() if Fraction(figure) in near)
        if years:
            yield Remark(Aspect.SLIP, _alike(case, printed, area, line, years), weighty=True)


def _alike(case: Case, printed: Printed, area: str, line: Line, years: tuple[int, ...]) -> Label:
    return say(
        "The printed {printed} is near {area}'s own ({years}), which proves no origin.",
        "Lo impreso, {printed}, se parece a lo propio de {area} ({years}); no prueba su origen.",
        printed=digits_part(printed),
        area=lambda language: name(case.figures.registry, area, language),
        years=line_part(line, years, case.indicator.unit),
    )
