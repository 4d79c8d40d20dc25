"""Verdicts from data on a printed number: a value, a share, a multiple, a change, a sum."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import inf

from attrs import evolve, frozen

from bajio.claims.claim import Claim, Reference
from bajio.claims.intervals import Interval
from bajio.claims.printed import Kind, Printed
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.engines.outcome import Missing
from bajio.errors import Unavailable
from bajio.facts.observations import Exact, weakest
from bajio.labels import Label
from bajio.questions.audit.figures import Line, Quantity, in_unit, only
from bajio.questions.audit.findings import Aspect, Figure, Finding, Remark, Verdict
from bajio.questions.audit.lines import Case, Lined, levels, line_of, printed_in
from bajio.questions.audit.saying import (
    Part,
    amount_part,
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
from bajio.words.enumerations import listed
from bajio.words.quantities import Scale

#: As many years as a remark names.
_MOST_NAMED = 5


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
        status = status_of(case, found.line, year)
        figure = Figure(value, value, found.unit, years, status, found.scale, claim.since)
    return Measured(line, figure, printed, case.figures.sources(case.quantity))


def status_of(case: Case, line: Line, year: int) -> str:
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


def reading_of(claim: Claim, printed: Printed) -> tuple[Interval, Interval]:
    """The strict and the lenient reading of a claim's number."""
    return printed.strict(claim.tolerance), printed.lenient(claim.tolerance)


def audit_value(case: Case) -> Finding:
    """The verdict on a printed number by the data."""
    found = measure(case)
    strict, lenient = reading_of(case.claim, found.printed)
    verdict, mild = (judge(found.figure.interval, reading) for reading in (strict, lenient))
    years = tuple(year for year, value in found.line.items() if Fraction(value) in strict)
    reason = _reason(case.claim, found, strict, verdict)
    wrong = list(_wrong_company(case)) if verdict is Verdict.HOLDS else []
    if wrong:
        verdict = mild = Verdict.CONTRADICTED
        reason = _joined_reason(reason, wrong)
    finding = Finding(
        case.claim,
        verdict,
        reason,
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


def _wrong_company(case: Case) -> Iterator[Label]:
    """What is wrong with the part and the whole that a share or a multiple is printed with."""
    claim, figures = case.claim, case.figures
    if claim.relation not in {Relation.SHARE_OF, Relation.TIMES} or claim.since is not None:
        return
    host = figures.question(case.quantity).host
    area = claim.areas[0] if claim.areas else host
    asked = {"part": case.quantity, "whole": area and figures.of_area(case.quantity, area)}
    for key, quantity in asked.items():
        number = getattr(claim, key)
        printed = case.claims.printed(number)
        if printed is None or not isinstance(quantity, Quantity) or printed.kind is Kind.TIMES:
            continue
        other = case.claims[number.claim] if isinstance(number, Reference) else claim
        printed = printed.scaled(
            in_unit(case.indicator, other.unit) if printed.kind is Kind.NUMBER else 1
        )
        found = levels(case, quantity)
        year = case.year or max(found.line, default=0)
        value = found.line.get(year)
        if value is not None and Fraction(value) not in printed.strict(claim.tolerance):
            yield say(
                "{printed} is {value} by the data",
                "{printed} es {value} según los datos",
                printed=quoted(printed),
                value=amount_part(value, found.scale),
            )


def _joined_reason(reason: Label, wrong: Sequence[Label]) -> Label:
    return say(
        "{reason} But {wrong}.",
        "{reason} Pero {wrong}.",
        reason=reason,
        wrong=lambda language: listed([one.text(language) for one in wrong], language),
    )


def value_verdict(case: Case) -> Verdict:
    """The verdict on a printed number alone.

    Raises:
        BajioError: there is no figure.
    """
    found = measure(case)
    strict, _ = reading_of(case.claim, found.printed)
    verdict = judge(found.figure.interval, strict)
    if verdict is Verdict.HOLDS and any(_wrong_company(case)):
        return Verdict.CONTRADICTED
    return verdict


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
