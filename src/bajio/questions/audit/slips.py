"""What would explain a figure that is not true, and what other choices would give.

A slip of the catalogue fits where, once it is undone, the claim holds and the figure is within 5 %
of what was printed. That it fits does not prove that it happened.
"""

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from bajio.claims.intervals import Interval
from bajio.claims.printed import TOLERANCE, Printed, PrintedKind
from bajio.claims.relations import OF_A_NUMBER, About, Relation
from bajio.errors import BajioError
from bajio.facts.observations import Exact
from bajio.facts.periods import Season
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.audit.changes import RELATIVE, Line
from bajio.questions.audit.consistency import digits_of
from bajio.questions.audit.figures import Case, Figures, Quantity, in_unit, line_of, lined
from bajio.questions.audit.findings import (
    Aspect,
    Choice,
    FiguresByYear,
    Remark,
    Slip,
    when,
)
from bajio.questions.audit.verdicts import Measured
from bajio.rules.nodes import Sum
from bajio.units import ONE
from bajio.words.quantities import Counted, Scale
from bajio.words.sentences import Decimals, Piece, Quantified, Sentence, sentence

#: How near a printed number another area's figure is, to be named as one that it resembles.
_ALIKE = Fraction(2, 100)
#: By what the data's figure is to be divided to be what was printed, by what that is called.
_SCALES = {
    "thousandth": Fraction(1000),
    "thousandfold": Fraction(1, 1000),
    "millionth": Fraction(10**6),
    "millionfold": Fraction(1, 10**6),
}
#: What a measure that counts the same at a census is called, after the measure.
_CENSUS = "census-{measure}"
_Told = tuple[Slip, Sentence]


def slip_remarks(case: Case, measured: Measured) -> Iterator[Remark]:
    """The slips of the catalogue that fit a printed number that data contradict."""
    fits = fitting(measured.printed, measured.strict)
    for slip, text in _slips(case, measured, fits):
        yield Remark(Aspect.SLIP, text, weighty=True, evidence=(slip,))


def fitting(printed: Printed, reading: Interval) -> Interval:
    """What makes the claim true and lies within 5 % of the printed number, or in its digits."""
    low, high = printed.first.value, printed.last.value
    reach = TOLERANCE * max(abs(low), abs(high))
    return reading & Interval(low - reach, high + reach).hull(printed.digits)


def _told(kind: str, value: Exact, scale: Scale, **parts: Piece) -> _Told:
    """A slip with the value that it leads to, in a sentence."""
    slip = Slip(kind, value, scale)
    return slip, sentence(f"slip.{kind}", value=Quantified(value, scale), **parts)


def _slips(case: Case, measured: Measured, fits: Interval) -> Iterator[_Told]:
    """The slips that fit; those of a change are sought among changes."""
    value = Fraction(measured.figure.low)
    for kind, factor in _SCALES.items():
        if value / factor in fits:
            yield Slip(kind, value / factor, measured.figure.scale), sentence(f"slip.{kind}")
    ratio = case.claim.relation in {Relation.SHARE_OF, Relation.TIMES}
    if value and ratio and case.claim.since is None and 1 / value in fits:
        yield _told("inverted", 1 / value, ONE)
    yield from _year(measured, fits)
    if measured.figure.years:
        year = measured.figure.years[-1]
        yield from _host(case, measured.figure.scale, year, fits)
        yield from _mean(case, measured.figure.scale, year, fits)
        yield from _other_prices(case, measured.figure.scale, year, fits)
        yield from _points(case, year, fits)
        yield from _multiple(case, value, fits)
        yield from _contribution(case, measured, year)


def _year(measured: Measured, fits: Interval) -> Iterator[_Told]:
    asked = measured.figure.years[-1] if measured.figure.years else 0
    years = sorted(
        (year for year, value in measured.line.items() if Fraction(value) in fits),
        key=lambda year: abs(year - asked),
    )
    if years:
        near = tuple(sorted(years[:3]))
        scale, season = measured.figure.scale, measured.figure.season
        text = sentence("slip.year", years=_figures(measured.line, near, scale, season).said())
        yield Slip("year", measured.line[near[0]], scale, near, season), text


def _figures(line: Line, years: tuple[int, ...], scale: Scale, season: Season) -> FiguresByYear:
    return FiguresByYear(tuple((year, line[year]) for year in years), scale, season)


def _host(case: Case, scale: Scale, year: int, fits: Interval) -> Iterator[_Told]:
    """The host's figure in the place of the region's."""
    host = case.figures.question(case.quantity).host
    if host is None or case.claim.relation not in OF_A_NUMBER:
        return
    value = _of_area(case, host, year)
    if value is not None and value in fits:
        yield _told("host", value, scale, host=case.name(host))


def _of_area(case: Case, area: str, year: int) -> Fraction | None:
    """The claim's figure, a level or a change, of another area."""
    try:
        line = lined(case, case.figures.of_area(case.quantity, area)).line
    except BajioError:
        return None
    return None if year not in line else Fraction(line[year])


def _mean(case: Case, scale: Scale, year: int, fits: Interval) -> Iterator[_Told]:
    """The plain mean of the members where their weighted one is asked for."""
    question = case.figures.question(case.quantity)
    total = question.bound.plan.additive and case.claim.about not in RELATIVE
    if total or case.claim.relation not in OF_A_NUMBER:
        return
    members = case.figures.members(case.region, year)
    values = [_of_area(case, area, year) for area in members]
    known = [value for value in values if value is not None]
    if len(known) < len(members):
        return
    mean = sum(known, Fraction(0)) / len(known)
    if mean in fits:
        yield _told("mean", mean, scale)


def _other_prices(case: Case, scale: Scale, year: int, fits: Interval) -> Iterator[_Told]:
    """Nominal for real, or for purchasing power."""
    for other in case.figures.other_prices(case.indicator):
        try:
            line = line_of(evolve(case, indicator=other)).line
        except BajioError:
            continue
        value = line.get(year)
        if value is not None and Fraction(value) in fits:
            shown = other.unit if scale == case.indicator.unit else scale
            yield _told("prices", value, shown, name=other.label)


def _points(case: Case, year: int, fits: Interval) -> Iterator[_Told]:
    """A change in percent for one in percentage points, or the other way round."""
    claim = case.claim
    if claim.since is None or claim.printed is None or claim.relation is Relation.TIMES:
        return
    changes = {}
    for about, kind in ((About.POINTS, PrintedKind.POINTS), (About.PERCENT, PrintedKind.PERCENT)):
        printed = evolve(claim.printed, kind=kind)
        try:
            other = lined(evolve(case, claim=evolve(claim, printed=printed)), case.quantity)
        except BajioError:
            return
        changes[about] = Fraction(other.line[year])
    points, relative = changes[About.POINTS], changes[About.PERCENT]
    meant = {PrintedKind.POINTS: relative, PrintedKind.PERCENT: points}.get(claim.printed.kind)
    if meant is not None and meant in fits:
        yield _told("points", relative, ONE, points=Decimals(points * 100, 2))


def _multiple(case: Case, value: Fraction, fits: Interval) -> Iterator[_Told]:
    """A multiple for the growth that it is, as three times for 200 %, or the other way round."""
    claim = case.claim
    if claim.since is None or claim.relation is Relation.TIMES:
        return
    growth = {About.PERCENT: value, About.MULTIPLE: value - 1}.get(claim.about or About.LEVEL)
    if growth is None:
        return
    other = growth + 1 if claim.about is About.PERCENT else growth
    if other in fits:
        yield _told("multiple", growth, ONE, times=Quantified(growth + 1, Counted.TIMES))


def _contribution(case: Case, measured: Measured, year: int) -> Iterator[_Told]:
    """The share that a region has of its country's change, for the change of its share."""
    claim = case.claim
    if claim.relation is not Relation.SHARE_OF or claim.since is None:
        return
    years = (claim.since, year)
    line_of_part = case.figures.line(case.quantity)
    whole = case.figures.host_line(case.quantity)
    if not all(one in line for one in years for line in (line_of_part, whole)):
        return
    (before, now), (first, last) = (
        [Fraction(line[one]) for one in years] for line in (line_of_part, whole)
    )
    if last == first:
        return
    share = (now - before) / (last - first)
    if share in measured.strict:
        yield _told("contribution", share, ONE)


def alike_remarks(case: Case, lines: dict[str, Line]) -> Iterator[Remark]:
    """Whether a printed number of the subject is rather another area's own figure, of some year."""
    stated = next(
        (
            claim
            for claim in case.claims.claims
            if (claim.indicator, claim.subject) == (case.claim.indicator, case.claim.subject)
            and claim.printed is not None
            and claim.printed.kind is PrintedKind.NUMBER
            and claim.relation in OF_A_NUMBER
            and claim.since is None
        ),
        None,
    )
    if stated is None or stated.printed is None:
        return
    value = stated.printed.first.value * in_unit(case.indicator, stated.unit)
    reach = _ALIKE * abs(value)
    near = Interval(value - reach, value + reach)
    for area, line in lines.items():
        years = tuple(year for year, figure in line.items() if Fraction(figure) in near)
        if years:
            text = sentence(
                "slip.alike",
                printed=digits_of(stated.printed),
                area=case.name(area),
                years=_figures(line, years, case.indicator.unit, case.season).said(),
            )
            slip = Slip("alike", line[years[0]], case.indicator.unit, years, case.season)
            yield Remark(Aspect.SLIP, text, weighty=True, evidence=(slip,))


def choice_remarks(
    case: Case, year: int | None, reading: Interval, *, held: bool
) -> Iterator[Remark]:
    """What other choices would give, said aloud where the verdict would be another."""
    for choice in _choices(case, year):
        holds = Fraction(choice.value) in reading
        text = sentence(
            "choice.same" if holds is held else "choice.holds" if holds else "choice.fails",
            name=choice.name,
            value=Quantified(choice.value, choice.unit),
            when=when(() if choice.year is None else (choice.year,), None, choice.season),
        )
        weighty = holds is not held and not choice.prices
        yield Remark(Aspect.CHOICE, text, weighty, (evolve(choice, holds=holds),))


def _choices(case: Case, year: int | None) -> Iterator[Choice]:
    """The figures that other choices would give for a case's quantity, where data exist."""
    yield from _editions(case, year)
    yield from _censuses(case)
    for other in case.figures.other_prices(case.indicator):
        quantity = evolve(case.quantity, indicator=other)
        yield from _chosen(case.figures, quantity, year, other.label, prices=True)


def _editions(case: Case, year: int | None) -> Iterator[Choice]:
    data = case.figures.registry.dataset
    question = case.figures.question(case.quantity)
    for used in question.bound.series:
        for other in data.editions(used.measure):
            if other.source != used.source or other.edition == used.edition:
                continue
            editions = {**dict(case.figures.options.editions), used.measure: other.edition}
            options = case.figures.options.but(editions=tuple(sorted(editions.items())))
            source = str(data.sources[other.source])
            name = sentence("choice.edition", edition=other.edition, source=source)
            figures = Figures(case.figures.registry, options)
            yield from _chosen(figures, case.quantity, year, name)


def _censuses(case: Case) -> Iterator[Choice]:
    rule = case.indicator.rule
    if not isinstance(rule, Sum):
        return
    measure = case.figures.registry.dataset.measures.get(_CENSUS.format(measure=rule.measure))
    if measure is None:
        return
    counted = Indicator(measure.code, Sum(measure.code), measure.unit, measure.label)
    try:
        line = case.figures.line(Quantity(counted, case.region))
    except BajioError:  # it was taken of other areas
        return
    for year, value in line.items():
        yield Choice(measure.label, value, measure.unit, year, season=case.season)


def _chosen(
    figures: Figures,
    quantity: Quantity,
    year: int | None,
    name: Label | Sentence,
    *,
    prices: bool = False,
) -> Iterator[Choice]:
    try:
        value = figures.value(quantity, year)
    except BajioError:
        return
    season = figures.options.season
    yield Choice(name, value, quantity.indicator.unit, year, prices, season=season)
