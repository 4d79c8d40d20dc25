"""Verdicts from data on a printed number: a value, a share, a multiple, a change, a sum."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from math import inf

from attrs import evolve, field, frozen

from bajio.claims.claim import Claim, ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.printed import Kind, Printed
from bajio.claims.relations import OF_A_NUMBER, About, Relation
from bajio.engines.outcome import Missing
from bajio.errors import InvalidValue, Unavailable
from bajio.facts.observations import Exact, weakest
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.questions.answering import period_of_timeless
from bajio.questions.audit.amounts import Counted, Scale
from bajio.questions.audit.changes import RELATIVE, about_of, changed, scale_of
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
    if claim.since is not None and asked is not None and asked <= claim.since:
        raise InvalidValue(f"a change since {claim.since} cannot end in {asked}")
    group = peers or claim.peers or claims.peers
    return Case(figures, claims, claim, asked, group, indicator, region)


@frozen
class Lined:
    """A claim's quantity in each year that has it, and what it is a figure of.

    Attributes:
        line: by year; a timeless figure stands under the year that is asked for.
        unit, scale: its unit, and what it is shown in.
        about: a level, or which change since a year.
        timeless: whether it has no year.
    """

    line: Line
    unit: Unit
    scale: Scale
    about: About
    timeless: bool = False


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
    found = line_of(case)
    printed = printed_in(case, found)
    line = {} if found.timeless else found.line
    if case.figures.options.missing == Missing.BOUND and case.year not in found.line:
        figure = _bounded(case, found)
    else:
        year = case.year or max(found.line, default=0)
        value = _value_in(case, found.line, year)
        years = () if found.timeless else (claim.years or (year,))
        years = years if claim.since is None else (claim.since, year)
        status = _status(case, found.line, year)
        figure = Figure(value, value, found.unit, years, status, found.scale, claim.since)
    return Measured(line, figure, printed, case.figures.sources(case.quantity))


def _status(case: Case, line: Line, year: int) -> str:
    """The weakest status of what a figure is made of."""
    question = case.figures.question(case.quantity, None if year in line else year)
    asked = (year,) if case.claim.since is None else (case.claim.since, year)
    return weakest(question.outcome(at).status for at in asked)


def _value_in(case: Case, line: Line, year: int) -> Exact:
    """The figure of a year, by another series where the one of the other years has none."""
    plain = case.claim.relation in OF_A_NUMBER and case.claim.since is None
    if year not in line and plain and year:
        return case.figures.value(case.quantity, year)
    return only(line, year, case.indicator.code)


def _bounded(case: Case, found: Lined) -> Figure:
    """What a figure that is not complete can be, where that can be told.

    Raises:
        BajioError: it cannot.
    """
    if case.claim.relation not in OF_A_NUMBER or case.claim.since is not None or case.year is None:
        raise Unavailable(f"no complete figure of {case.indicator.code}")
    outcome = case.figures.question(case.quantity, case.year).outcome(case.year)
    years = case.claim.years or (case.year,)
    return Figure(outcome.low, outcome.high, found.unit, years, outcome.status, found.scale)


def printed_in(case: Case, found: Lined) -> Printed:
    """The printed number in the unit of what it is about.

    Raises:
        InvalidValue: it counts something else.
    """
    claim, printed = case.claim, case.claim.printed
    assert printed is not None
    ratio = claim.relation in {Relation.SHARE_OF, Relation.TIMES}
    if ratio or found.about not in {About.LEVEL, About.ABSOLUTE}:
        return printed
    if printed.kind is Kind.NUMBER:
        return printed.scaled(in_unit(case.indicator, claim.unit))
    if found.unit != ONE:
        text = next(iter(printed.texts.values()))
        told = f"{text!r} is a share or a multiple, {case.indicator.code} is in {found.unit}"
        raise InvalidValue(told)
    return printed


def line_of(case: Case) -> Lined:
    """A claim's quantity in each year that has it.

    Raises:
        BajioError: it is not defined.
    """
    claim = case.claim
    found = lined(case, case.quantity)
    if claim.relation is Relation.TIMES and claim.areas:
        other = lined(case, case.figures.of_area(case.quantity, claim.areas[0]))
        scale: Scale = ONE
        if claim.printed is not None and claim.printed.kind is not Kind.PERCENT:
            scale = Counted.TIMES
        ratios = ratio(found.line, other.line, positive=True)
        if case.year in found.line and case.year in other.line and case.year not in ratios:
            raise Unavailable(
                f"{case.indicator.code} of {claim.areas[0]} is not positive in {case.year}: "
                "nothing is a multiple of it"
            )
        return evolve(found, line=ratios, unit=ONE, scale=scale)
    return found


def lined(case: Case, quantity: Quantity) -> Lined:
    """What a claim tells of one region: a level, a share, or a change of either, in each year.

    Raises:
        BajioError: it is not defined.
    """
    claim, figures = case.claim, case.figures
    timeless = figures.is_timeless(quantity)
    line, unit = _levels(case, quantity, timeless=timeless)
    about = about_of(claim, quantity.indicator, unit)
    if claim.since is not None:
        if timeless:
            raise InvalidValue(f"{quantity.indicator.code} has no years: it does not change")
        line = changed(line, claim.since, about, quantity.indicator.code)
        unit = ONE if about in RELATIVE else unit
    scale = scale_of(about, quantity.indicator, unit)
    return Lined(line, unit, scale, about, timeless)


def _levels(case: Case, quantity: Quantity, *, timeless: bool) -> tuple[Line, Unit]:
    """What is there or, in a claim of shares, the share of the country that it is."""
    figures = case.figures
    year = case.year or period_of_timeless(figures.question(quantity))
    line = {year: figures.value(quantity, year)} if timeless else _own_line(case, quantity)
    if case.claim.relation is not Relation.SHARE_OF:
        return line, quantity.indicator.unit
    if not figures.question(quantity).bound.plan.additive:
        raise InvalidValue(f"{quantity.indicator.code} does not add: nothing is a share of it")
    whole = figures.host_line(quantity)
    if timeless:
        total = figures.host_value(quantity, year)
        whole = {} if total is None else {year: total}
    return ratio(line, whole, positive=True), ONE


def _own_line(case: Case, quantity: Quantity) -> Line:
    """A region's figures; those of the subject's host in the subject's own source."""
    figures = case.figures
    host = figures.question(case.quantity).host
    if host is not None and quantity.region.members == (host,) and quantity != case.quantity:
        return figures.host_line(case.quantity) or figures.line(quantity)
    return figures.line(quantity)


def reading_of(claim: Claim, printed: Printed) -> tuple[Interval, Interval]:
    """The strict and the lenient reading of a claim's number."""
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


def value_verdict(case: Case) -> Verdict:
    """The verdict on a printed number alone.

    Raises:
        BajioError: there is no figure.
    """
    found = measure(case)
    strict, _ = reading_of(case.claim, found.printed)
    return judge(found.figure.interval, strict)


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
    figure, unit = found.figure, found.figure.scale
    assert claim.printed is not None
    parts: dict[str, Part] = {
        "figure": figure_part(figure),
        "when": when_part(figure.years, figure.since),
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
    parts: dict[str, Part], low: Fraction, end: Fraction, unit: Scale, what: tuple[str, str]
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
                years=line_part(found.line, close, found.figure.scale),
            ),
            weighty=True,
        )
    if finding.rounding:
        text = say(
            "Read leniently, as {range}, it would hold: thanks to rounding.",
            "Leído con holgura, como {range}, se cumpliría: gracias al redondeo.",
            range=range_part(finding.lenient_reading or Interval(), found.figure.scale),
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
