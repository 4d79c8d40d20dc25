"""Slips that would explain a figure that is not true, from a catalogue, named where they fit.

A slip fits where, once it is undone, the claim holds and the figure is within 5 % of what was
printed. That it fits does not prove that it happened.
"""

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from bajio.claims.intervals import Interval
from bajio.claims.printed import TOLERANCE, Kind, Printed
from bajio.claims.relations import OF_A_NUMBER, About, Relation
from bajio.errors import BajioError
from bajio.labels import Label
from bajio.questions.audit.changes import RELATIVE
from bajio.questions.audit.figures import Line, in_unit
from bajio.questions.audit.findings import Aspect, Finding, Remark
from bajio.questions.audit.lines import Case, line_of, lined
from bajio.questions.audit.saying import amount_part, digits_part, line_part, say
from bajio.questions.audit.values import Measured
from bajio.units import ONE
from bajio.words.magnitudes import places
from bajio.words.quantities import Counted

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
    """The slips that fit; those of a change are sought among changes."""
    assert finding.figure is not None
    value = Fraction(finding.figure.low)
    yield from _scale(value, fits)
    yield from _ratio(case, value, fits)
    yield from _year(found, fits)
    yield from _host(case, finding, fits)
    yield from _mean(case, finding, fits)
    yield from _prices(case, finding, fits)
    yield from _points(case, found, fits)
    yield from _multiple(case, value, fits)
    yield from _contribution(case, finding)


def _scale(value: Fraction, fits: Interval) -> Iterator[Label]:
    for factor, size, words in _SCALES:
        if value / factor in fits:
            yield say(
                f"Possible slip: {size[0]} ({words[0]}).",
                f"Posible desliz: el número impreso es {size[1]} ({words[1]}).",
            )


def _ratio(case: Case, value: Fraction, fits: Interval) -> Iterator[Label]:
    ratio = case.claim.relation in {Relation.SHARE_OF, Relation.TIMES}
    if value and ratio and case.claim.since is None and 1 / value in fits:
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
            years=line_part(found.line, tuple(sorted(years[:3])), found.figure.scale),
        )


def _host(case: Case, finding: Finding, fits: Interval) -> Iterator[Label]:
    """The host's figure in the place of the region's."""
    figure = finding.figure
    if figure is None or not figure.years or case.claim.relation not in OF_A_NUMBER:
        return
    host = case.figures.question(case.quantity).host
    value = None if host is None else _of_area(case, host, figure.years[-1])
    if host is not None and value is not None and value in fits:
        yield say(
            "Possible slip: the figure of {host} ({value}).",
            "Posible desliz: la cifra de {host} ({value}).",
            host=lambda language: case.figures.registry.name_of(host, language),
            value=amount_part(value, figure.scale),
        )


def _of_area(case: Case, area: str, year: int) -> Fraction | None:
    """The claim's figure, a level or a change, of another area."""
    try:
        line = lined(case, case.figures.of_area(case.quantity, area)).line
    except BajioError:
        return None
    return None if year not in line else Fraction(line[year])


def _mean(case: Case, finding: Finding, fits: Interval) -> Iterator[Label]:
    """The plain mean of the members where their weighted one is asked for."""
    question = case.figures.question(case.quantity)
    figure = finding.figure
    total = question.bound.plan.additive and case.claim.about not in RELATIVE
    if total or figure is None or not figure.years or case.claim.relation not in OF_A_NUMBER:
        return
    members = case.figures.members(case.region, figure.years[-1])
    values = [_of_area(case, area, figure.years[-1]) for area in members]
    known = [value for value in values if value is not None]
    if len(known) < len(members) or len(members) < 2:
        return
    mean = sum(known, Fraction(0)) / len(known)
    if mean in fits:
        yield say(
            "Possible slip: the plain mean of the members ({value}).",
            "Posible desliz: el promedio simple de los miembros ({value}).",
            value=amount_part(mean, figure.scale),
        )


def _prices(case: Case, finding: Finding, fits: Interval) -> Iterator[Label]:
    """Nominal for real, or for purchasing power."""
    figure = finding.figure
    if figure is None or not figure.years:
        return
    for other in case.figures.other_prices(case.indicator):
        try:
            line = line_of(evolve(case, indicator=other)).line
        except BajioError:
            continue
        value = line.get(figure.years[-1])
        if value is not None and Fraction(value) in fits:
            scale = other.unit if figure.scale == case.indicator.unit else figure.scale
            yield say(
                "Possible slip: another price basis, {name} ({value}).",
                "Posible desliz: otra base de precios, {name} ({value}).",
                name=other.label,
                value=amount_part(value, scale),
            )


def _points(case: Case, found: Measured, fits: Interval) -> Iterator[Label]:
    """A change in percent for one in percentage points, or the other way round."""
    claim = case.claim
    if claim.since is None or claim.printed is None or claim.relation is Relation.TIMES:
        return
    year = found.figure.years[-1]
    changes = {}
    for about, kind in ((About.POINTS, Kind.POINTS), (About.PERCENT, Kind.PERCENT)):
        told = evolve(claim.printed, kind=kind)
        try:
            other = lined(evolve(case, claim=evolve(claim, printed=told)), case.quantity)
        except BajioError:
            return
        changes[about] = Fraction(other.line[year])
    points, relative = changes[About.POINTS], changes[About.PERCENT]
    fitting_kinds = {Kind.POINTS: relative, Kind.PERCENT: points}
    if claim.printed.kind in fitting_kinds and fitting_kinds[claim.printed.kind] in fits:
        yield say(
            "Possible slip: percent and percentage points ({points} points are {relative}).",
            "Posible desliz: por ciento y puntos porcentuales ({points} puntos son {relative}).",
            points=places(points * 100, 2),
            relative=amount_part(relative, ONE),
        )


def _multiple(case: Case, value: Fraction, fits: Interval) -> Iterator[Label]:
    """A multiple for the growth that it is, as three times for 200 %, or the other way round."""
    claim = case.claim
    if claim.since is None or claim.relation is Relation.TIMES:
        return
    growth = {About.PERCENT: value, About.MULTIPLE: value - 1}.get(claim.about or About.LEVEL)
    if growth is None:
        return
    other = growth + 1 if claim.about is About.PERCENT else growth
    if other in fits:
        yield say(
            "Possible slip: a multiple and growth ({times} is growth of {growth}).",
            "Posible desliz: un múltiplo y un crecimiento ({times} es crecer {growth}).",
            times=amount_part(growth + 1, Counted.TIMES),
            growth=amount_part(growth, ONE),
        )


def _contribution(case: Case, finding: Finding) -> Iterator[Label]:
    """The share that a region has of its country's change, for the change of its share."""
    claim, figure = case.claim, finding.figure
    if claim.relation is not Relation.SHARE_OF or claim.since is None or figure is None:
        return
    years = (claim.since, figure.years[-1])
    own = case.figures.line(case.quantity)
    whole = case.figures.host_line(case.quantity)
    if not all(year in line for year in years for line in (own, whole)):
        return
    (before, now), (first, last) = (
        [Fraction(line[year]) for year in years] for line in (own, whole)
    )
    if last == first or finding.reading is None:
        return
    share = (now - before) / (last - first)
    if share in finding.reading:
        yield say(
            "Possible slip: the share of the country's change ({share}) for that of the share.",
            "Posible desliz: la parte del cambio del país ({share}) por el cambio de la parte.",
            share=amount_part(share, ONE),
        )


def alike_remarks(case: Case, lines: dict[str, Line]) -> Iterator[Remark]:
    """Whether a printed number of the subject is rather another area's own figure, of some year."""
    stated = next(
        (
            claim
            for claim in case.claims.claims
            if (claim.indicator, claim.subject) == (case.claim.indicator, case.claim.subject)
            and claim.printed is not None
            and claim.printed.kind is Kind.NUMBER
            and claim.relation in OF_A_NUMBER
            and claim.since is None
        ),
        None,
    )
    if stated is None or stated.printed is None:
        return
    printed = stated.printed
    value = printed.first.value * in_unit(case.indicator, stated.unit)
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
        area=lambda language: case.figures.registry.name_of(area, language),
        years=line_part(line, years, case.indicator.unit),
    )
