"""Verdicts from data on a printed number: a value, a share, a multiple, a change, a sum."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from math import inf

from attrs import evolve, field, frozen

from bajio.claims.claim import Claim, ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.printed import TOLERANCE, Kind, Printed
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.engines.outcome import Missing
from bajio.errors import InvalidValue, Unavailable
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.audit.figures import Figures, Line, Quantity, in_unit, only, ratio
from bajio.questions.audit.findings import Aspect, Figure, Finding, Remark, Verdict
from bajio.questions.audit.saying import (
    Part,
    figure_part,
    line_part,
    off_part,
    quoted,
    range_part,
    say,
    when_part,
    years_part,
)
from bajio.questions.results import SourceUse
from bajio.units import ONE, Unit

#: As many years as a remark names.
_MOST_NAMED = 5


@frozen
class Case:
    """A claim on its way to a finding, with what it is asked about.

    Attributes:
        figures: looks figures up.
        claims, claim: the claim in its set.
        year: the period; `None`: the newest that has data.
        peers: the peer group of ranks.
        indicator, region: what decides it.
    """

    figures: Figures = field(repr=False)
    claims: ClaimSet = field(repr=False)
    claim: Claim
    year: int | None
    peers: str
    indicator: Indicator
    region: Region

    @property
    def quantity(self) -> Quantity:
        """What the claim is about, over its span of years."""
        span = self.claim.years
        return Quantity(self.indicator, self.region, span[1] - span[0] + 1 if span else 1)


def case_of(
    figures: Figures, claims: ClaimSet, claim: Claim, year: int | None, peers: str | None
) -> Case:
    """A claim with the indicator, the region and the period that decide it.

    Raises:
        BajioError: a code names nothing.
    """
    assert claim.indicator is not None
    indicator = figures.indicator(claim.indicator)
    region = figures.region(claim.subject)
    last = claim.years[1] if claim.years else None
    asked = claim.year or last or year or claims.year
    group = peers or claim.peers or claims.peers
    return Case(figures, claims, claim, asked, group, indicator, region)


@frozen
class Measured:
    """A claim's quantity in each year, with the printed number in its unit."""

    line: Line
    figure: Figure
    printed: Printed
    sources: tuple[SourceUse, ...]


def judge(figure: Interval, reading: Interval) -> Verdict:
    """Whether what a figure can be lies inside a reading, outside it, or on both sides.

    Examples:
        >>> judge(Interval(1, 3), Interval(2)).value, judge(Interval(3, 3), Interval(2)).value
        ('undecided', 'holds')
    """
    if figure in reading:
        return Verdict.HOLDS
    return Verdict.CONTRADICTED if (figure & reading).is_empty else Verdict.UNDECIDED


def measure(case: Case) -> Measured:
    """A claim's quantity from the data.

    Raises:
        BajioError: there is no figure, or the number is printed in a unit that is another's.
    """
    claim = case.claim
    assert claim.printed is not None
    line, unit = line_of(case)
    printed = _in_unit(case, claim.printed, unit)
    quantity = case.quantity
    if case.figures.is_timeless(quantity) and unit == case.indicator.unit:
        value = case.figures.value(quantity, case.year)
        figure = Figure(value, value, unit)
    elif case.figures.options.missing == Missing.BOUND and case.year not in line:
        figure = _bounded(case, unit)
    else:
        year = case.year or max(line, default=0)
        value = _value_in(case, line, year)
        years = (claim.years or (year,)) if claim.since is None else (claim.since, year)
        status = (
            case.figures.question(quantity, None if year in line else year).outcome(year).status
        )
        figure = Figure(value, value, unit, years, status)
    return Measured(line, figure, printed, case.figures.sources(quantity))


def _value_in(case: Case, line: Line, year: int) -> Exact:
    """The figure of a year, by another series where the one of the other years has none."""
    plain = case.claim.relation in OF_A_NUMBER and case.claim.since is None
    if year not in line and plain and year:
        return case.figures.value(case.quantity, year)
    return only(line, year, case.indicator.code)


def _bounded(case: Case, unit: Unit) -> Figure:
    """What a figure that is not complete can be, where that can be told.

    Raises:
        BajioError: it cannot.
    """
    if case.claim.relation not in OF_A_NUMBER or case.claim.since is not None or case.year is None:
        raise Unavailable(f"no complete figure of {case.indicator.code}")
    outcome = case.figures.question(case.quantity, case.year).outcome(case.year)
    years = case.claim.years or (case.year,)
    return Figure(outcome.low, outcome.high, unit, years, outcome.status)


def _in_unit(case: Case, printed: Printed, unit: Unit) -> Printed:
    shared = printed.kind in {Kind.PERCENT, Kind.POINTS, Kind.TIMES}
    if shared and unit != ONE:
        text = next(iter(printed.texts.values()))
        raise InvalidValue(f"{text!r} is a share or a multiple, {case.indicator.code} is in {unit}")
    if shared or unit != case.indicator.unit:
        return printed
    return printed.scaled(in_unit(case.indicator, case.claim.unit))


def line_of(case: Case, quantity: Quantity | None = None) -> tuple[Line, Unit]:
    """A claim's quantity in each year that has it, and its unit."""
    claim, figures = case.claim, case.figures
    asked = quantity or case.quantity
    line = figures.line(asked)
    if claim.relation is Relation.SHARE_OF:
        return ratio(line, figures.host_line(asked), positive=True), ONE
    if claim.relation is Relation.TIMES and claim.areas:
        return ratio(line, _other_line(case, claim.areas[0], asked), positive=True), ONE
    if claim.since is not None:
        base = only(line, claim.since, case.indicator.code)
        changes = {
            year: Fraction(value - base) / (1 if claim.is_change else base)
            for year, value in line.items()
            if year > claim.since and (base or claim.is_change)
        }
        return changes, ONE
    return line, case.indicator.unit


def _other_line(case: Case, area: str, asked: Quantity) -> Line:
    """Another area's figures; the host's in the region's own source."""
    figures = case.figures
    if area == figures.question(asked).host:
        return figures.host_line(asked)
    return figures.line(evolve(asked, region=figures.region(area)))


def reading_of(claim: Claim, printed: Printed) -> tuple[Interval, Interval]:
    """The strict and the lenient reading of a claim's number.

    "Double" is reached from there on, leniently 5 % before; "half" is within 5 %.
    """
    factor = printed.first.value
    if claim.relation is Relation.TIMES and not printed.first.quantum:
        reach = factor * (TOLERANCE if claim.tolerance is None else claim.tolerance)
        if factor < 1:
            return (Interval(factor - reach, factor + reach),) * 2
        return Interval(factor), Interval(factor - reach)
    return printed.strict(claim.tolerance), printed.lenient(claim.tolerance)


def audit_value(case: Case) -> Finding:
    """The verdict on a printed number by the data."""
    found = measure(case)
    strict, lenient = reading_of(case.claim, found.printed)
    verdict, mild = (judge(found.figure.interval, reading) for reading in (strict, lenient))
    years = tuple(year for year, value in found.line.items() if Fraction(value) in strict)
    finding = Finding(
        case.claim,
        verdict,
        _reason(case.claim, found, strict, verdict),
        mild,
        found.figure,
        strict,
        lenient,
        margin_of(found.figure.interval, strict),
        years,
        (min(found.line), max(found.line)) if found.line else None,
        rounding=verdict is Verdict.CONTRADICTED and mild is Verdict.HOLDS,
        sources=found.sources,
    )
    return evolve(finding, remarks=tuple(_remarks(finding, found)))


def margin_of(figure: Interval, reading: Interval) -> Fraction | None:
    """How far inside a reading a figure lies, or outside it where negative, by the nearer end."""
    middle = (Fraction(figure.low) + Fraction(figure.high)) / 2
    ends = [Fraction(end) for end in (reading.low, reading.high) if abs(end) != inf and end]
    if not ends:
        return None
    end = min(ends, key=lambda one: abs(middle - one))
    off = abs((middle - end) / end)
    return off if middle in reading else -off


def _reason(claim: Claim, found: Measured, strict: Interval, verdict: Verdict) -> Label:
    figure, unit = found.figure, found.figure.unit
    assert claim.printed is not None
    parts: dict[str, Part] = {
        "figure": figure_part(figure),
        "when": when_part(figure.years),
        "printed": quoted(claim.printed),
        "range": range_part(strict, unit),
    }
    low = Fraction(figure.low)
    if verdict is Verdict.HOLDS:
        if strict.is_bounded:
            return say("{figure}{when}, within {range}.", "{figure}{when}, en {range}.", **parts)
        end = Fraction(strict.low if strict.high == inf else strict.high)
        return _apart(parts, low, end, unit, ("{printed}", "{printed}"))
    if verdict is Verdict.UNDECIDED:
        return say(
            "{figure}{when}: inside and outside of what {printed} means, {range}.",
            "{figure}{when}: dentro y fuera de lo que significa {printed}, {range}.",
            **parts,
        )
    end = Fraction(strict.high if low > strict.low else strict.low)
    what = ("{range}", "{range}") if strict.is_bounded else ("{printed}", "{printed}")
    return _apart(parts, low, end, unit, what)


def _apart(
    parts: dict[str, Part], low: Fraction, end: Fraction, unit: Unit, what: tuple[str, str]
) -> Label:
    above = low > end
    off = off_part(abs((low - end) / end) if end else Fraction(0), low - end, unit)
    if low == end:
        english, spanish = "{figure}{when}, exactly at ", "{figure}{when}, justo en "
    elif above:
        english, spanish = "{figure}{when}, {off} above ", "{figure}{when}, {off} por encima de "
    else:
        english, spanish = "{figure}{when}, {off} below ", "{figure}{when}, {off} por debajo de "
    return say(f"{english}{what[0]}.", f"{spanish}{what[1]}.", **parts, off=off)


def _remarks(finding: Finding, found: Measured) -> Iterable[Remark]:
    failed = finding.verdict is not Verdict.HOLDS
    if finding.checked is not None:
        yield years_remark(finding.years, finding.checked, weighty=failed or finding.rounding)
    if failed and found.line and not finding.years and finding.reading is not None:
        close = nearest_years(found.line, finding.reading)
        yield Remark(
            Aspect.NEAREST,
            say(
                "Nearest: {years}.",
                "Lo más cercano: {years}.",
                years=line_part(found.line, close, found.figure.unit),
            ),
            weighty=True,
        )
    if finding.rounding:
        text = say(
            "Read leniently, as {range}, it would hold: thanks to rounding.",
            "Leído con holgura, como {range}, se cumpliría: gracias al redondeo.",
            range=range_part(finding.lenient_reading or Interval(), found.figure.unit),
        )
        yield Remark(Aspect.ROUNDING, text, weighty=True)


def years_remark(years: tuple[int, ...], checked: tuple[int, int], *, weighty: bool) -> Remark:
    """In which years something holds."""
    first, last = checked
    if not years:
        text = say(
            f"True in no year from {first} to {last}.", f"En ningún año de {first} a {last}."
        )
    elif len(years) == last - first + 1:
        text = say(f"True in every year from {first} to {last}.", f"En todos, de {first} a {last}.")
    else:
        span = f"{first}–{last}"
        text = say(
            "True {in_}{years} (of {span}).",
            "Cierto {in_}{years} (de {span}).",
            in_=lambda language: _in(years, last, language),
            years=years_part(years, last),
            span=span,
        )
    return Remark(Aspect.YEARS, text, weighty)


def _in(years: tuple[int, ...], last: int, language: str) -> str:
    """The preposition before years, none where they begin with "from"."""
    if years[0] == min(years) and years == tuple(range(years[0], last + 1)) and len(years) > 1:
        return ""
    return "in " if language == "en" else "en "


def nearest_years(line: Line, reading: Interval) -> tuple[int, ...]:
    """The years beside each crossing of a reading, or else the one that comes nearest."""
    years = sorted(line)
    beside = {
        year
        for before, after in pairwise(years)
        if _side(line[before], reading) != _side(line[after], reading)
        for year in (before, after)
    }
    if beside:
        nearest = sorted(beside, key=lambda year: _gap(line[year], reading))[:_MOST_NAMED]
        return tuple(sorted(nearest))
    return (min(years, key=lambda year: _gap(line[year], reading)),)


def _side(value: Exact, reading: Interval) -> int:
    return -1 if value < reading.low else int(value > reading.high)


def _gap(value: Exact, reading: Interval) -> Fraction:
    gaps = [
        abs(Fraction(value) - Fraction(end))
        for end in (reading.low, reading.high)
        if abs(end) != inf
    ]
    return min(gaps, default=Fraction(0))
