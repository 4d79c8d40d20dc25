"""Verdicts from data: on a printed number, on printed parts, and on other areas."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import inf

from attrs import evolve, frozen

from bajio.claims.claim import Claim, Part
from bajio.claims.intervals import Interval
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.relations import OF_A_NUMBER, About, Relation
from bajio.engines.outcome import Missing
from bajio.errors import BajioError
from bajio.facts.observations import Exact, weakest
from bajio.questions.audit.changes import Line, only
from bajio.questions.audit.company import company_remarks, in_unit_of, wrong_company
from bajio.questions.audit.consistency import unit_of
from bajio.questions.audit.figures import (
    Case,
    Lined,
    Quantity,
    line_of,
    lined,
    printed_in,
    year_in,
)
from bajio.questions.audit.findings import (
    Aspect,
    Figure,
    FiguresByYear,
    Finding,
    Remark,
    Verdict,
    years_remark,
)
from bajio.questions.audit.refusals import undecidable
from bajio.questions.results import SourceUse
from bajio.words.sentences import (
    End,
    Off,
    PeriodName,
    Piece,
    Quantified,
    Quoted,
    Range,
    Sentence,
    listing,
    sentence,
)

#: As many years as a remark names.
_MOST_NAMED = 5
#: Hedges that leave a number no open end.
_TWO_SIDED = frozenset({Relation.EQUALS, Relation.ABOUT, Relation.BETWEEN})


@frozen(eq=False, repr=False)
class Measured:
    """A claim's quantity in each year, with what its printed number means in its unit.

    Attributes:
        line: by year; empty for what has no years.
        figure: of the claim's period.
        printed: the number in the figure's unit.
        strict, lenient: its readings.
        sources: where the figures come from.
    """

    line: Line
    figure: Figure
    printed: Printed
    strict: Interval
    lenient: Interval
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
    series = line_of(case)
    printed = printed_in(case, series)
    if case.figures.options.missing == Missing.BOUND and case.year not in series.line:
        figure = _bounded(case, series)
    else:
        year = year_in(case, series.line)
        figure = figure_of(case, series, year, _value_in(case, series.line, year))
    return Measured(
        {} if series.timeless else series.line,
        figure,
        printed,
        printed.strict(claim.tolerance),
        printed.lenient(claim.tolerance),
        case.figures.sources(case.quantity),
    )


def figure_of(case: Case, series: Lined, year: int, value: Exact) -> Figure:
    """A claim's figure of a year, with the weakest status of what it is made of."""
    claim = case.claim
    question = case.figures.question(case.quantity, None if year in series.line else year)
    asked = (year,) if claim.since is None else (claim.since, year)
    status = weakest(question.outcome(asked_year).status for asked_year in asked)
    years = () if series.timeless else (claim.years or (year,))
    years = years if claim.since is None else (claim.since, year)
    return Figure(value, value, series.unit, years, status, series.scale, claim.since, case.season)


def _value_in(case: Case, line: Line, year: int) -> Exact:
    """The figure of a year, by another series where the one of the other years has none."""
    plain = case.claim.relation in OF_A_NUMBER and case.claim.since is None
    if year not in line and plain and year:
        return case.figures.value(case.quantity, year)
    return only(line, year, case.indicator.code, case.season)


def _bounded(case: Case, series: Lined) -> Figure:
    """What a figure that is not complete can be, where that can be told.

    Raises:
        BajioError: it cannot.
    """
    if case.claim.relation not in OF_A_NUMBER or case.claim.since is not None or case.year is None:
        raise undecidable("not-complete", indicator=case.indicator.code)
    outcome = case.figures.question(case.quantity, case.year).outcome(case.year)
    years = case.claim.years or (case.year,)
    return Figure(
        outcome.low,
        outcome.high,
        series.unit,
        years,
        outcome.status,
        series.scale,
        season=case.season,
    )


def audit_value(case: Case, measured: Measured) -> Finding:
    """The verdict on a printed number by the data."""
    strict = measured.strict
    verdict, mild = (
        judge(measured.figure.interval, printed_interval)
        for printed_interval in (strict, measured.lenient)
    )
    reason = _reason(case.claim, measured, verdict)
    wrong = wrong_company(case) if verdict is Verdict.HOLDS else []
    if wrong:
        verdict = mild = Verdict.CONTRADICTED
        reason = sentence("value.but", reason=reason, wrong=listing(wrong))
    finding = Finding(
        case.claim,
        verdict,
        reason,
        mild,
        measured.figure,
        strict,
        measured.lenient,
        _margin(measured.figure.interval, strict),
        tuple(year for year, value in measured.line.items() if Fraction(value) in strict),
        (min(measured.line), max(measured.line)) if measured.line else None,
        rounding=verdict is Verdict.CONTRADICTED and mild is Verdict.HOLDS,
        sources=measured.sources,
    )
    beside = company_remarks(case, wrong=not wrong)
    return evolve(finding, remarks=(*beside, *_remarks(finding, measured)))


def value_verdict(case: Case) -> Verdict:
    """The verdict on a printed number alone.

    Raises:
        BajioError: there is no figure.
    """
    measured = measure(case)
    verdict = judge(measured.figure.interval, measured.strict)
    if verdict is Verdict.HOLDS and wrong_company(case):
        return Verdict.CONTRADICTED
    return verdict


def _margin(figure: Interval, reading: Interval) -> Fraction | None:
    """How far inside a reading a figure lies, or outside it where negative, by the nearer end."""
    middle = (Fraction(figure.low) + Fraction(figure.high)) / 2
    ends = [Fraction(end) for end in (reading.low, reading.high) if abs(end) != inf and end]
    if not ends:
        return None
    end = min(ends, key=lambda end_of_printed: abs(middle - end_of_printed))
    off = abs((middle - end) / end)
    return off if middle in reading else -off


def _reason(claim: Claim, measured: Measured, verdict: Verdict) -> Sentence:
    figure, strict = measured.figure, measured.strict
    assert claim.printed is not None
    printed, reach = Quoted(claim.printed.texts), Range(strict, figure.scale)
    parts = {"figure": figure.said(), "when": figure.when()}
    low = Fraction(figure.low)
    if verdict is Verdict.HOLDS and strict.is_bounded:
        return sentence("value.within", **parts, range=reach)
    if verdict is Verdict.UNDECIDED:
        return sentence("value.undecided", **parts, printed=printed, range=reach)
    if verdict is Verdict.HOLDS:
        end = Fraction(strict.low if strict.high == inf else strict.high)
        what: Piece = printed
    else:
        end = Fraction(strict.high if low > strict.low else strict.low)
        what = reach if strict.is_bounded else printed
    if low == end:
        return sentence("value.exactly", **parts, what=what)
    off = Off(abs((low - end) / end) if end else Fraction(0), low - end, figure.scale)
    return sentence("value.above" if low > end else "value.below", **parts, off=off, what=what)


def _remarks(finding: Finding, measured: Measured) -> Iterator[Remark]:
    failed = finding.verdict is not Verdict.HOLDS
    scale, season = measured.figure.scale, measured.figure.season
    if finding.checked is not None:
        weighty = failed or finding.rounding
        yield years_remark(finding.years, finding.checked, season, weighty=weighty)
    if failed and measured.line and not finding.years:
        years = _nearest_years(measured.line, measured.strict)
        near = FiguresByYear(tuple((year, measured.line[year]) for year in years), scale, season)
        text = sentence("years.nearest", years=near.said())
        yield Remark(Aspect.NEAREST, text, weighty=True, evidence=(near,))
    if finding.rounding:
        text = sentence("value.leniently", range=Range(measured.lenient, scale))
        yield Remark(Aspect.ROUNDING, text, weighty=True)


def _nearest_years(line: Line, reading: Interval) -> tuple[int, ...]:
    """The years beside each crossing of a reading, or else the one that comes nearest."""
    beside = {
        year
        for before, after in pairwise(sorted(line))
        if _side(line[before], reading) != _side(line[after], reading)
        for year in (before, after)
    }
    if beside:
        nearest = sorted(beside, key=lambda year: _gap(line[year], reading))[:_MOST_NAMED]
        return tuple(sorted(nearest))
    return (min(sorted(line), key=lambda year: _gap(line[year], reading)),)


def _side(value: Exact, reading: Interval) -> int:
    """On which side of a reading a value is, that is not in it: an end of it is outside."""
    return -1 if value <= reading.low else int(value >= reading.high)


def _gap(value: Exact, reading: Interval) -> Fraction:
    ends = (Fraction(end) for end in (reading.low, reading.high) if abs(end) != inf)
    return min((abs(Fraction(value) - end) for end in ends), default=Fraction(0))


@frozen(eq=False, repr=False)
class _Parts:
    """The data's figures of printed parts, and of which those are not as printed.

    Attributes:
        values: by area.
        figure: that of the first part, with the weakest status of all.
        wrong, far: of which areas they are not as printed, read strictly and leniently.
        sources: where the figures come from.
    """

    values: Mapping[str, Exact]
    figure: Figure
    wrong: tuple[str, ...]
    far: tuple[str, ...]
    sources: tuple[SourceUse, ...]

    @property
    def total(self) -> Fraction:
        """Their sum."""
        return sum(map(Fraction, self.values.values()), Fraction(0))


def audit_sum(case: Case) -> Finding:
    """The verdict on the parts of a total: they hold if each does.

    Raises:
        BajioError: an area has no figure, or the figures do not add.
    """
    if not case.figures.question(case.quantity).bound.plan.additive:
        raise undecidable("no-sum", indicator=case.indicator.code)
    if case.claim.since is not None and case.claim.about is not About.ABSOLUTE:
        raise undecidable("no-sum-of-changes")
    printed_parts = _parts_of(case)
    printed = case.claims.printed(case.claim.whole) or case.claim.printed
    return _of_parts(case, printed_parts, printed_parts.total, printed)


def audit_mean(case: Case) -> Finding:
    """The verdict on a mean of printed parts: that of the parts, as the mean is of what is printed.

    Whether the printed parts admit the printed mean was found out before.

    Raises:
        BajioError: an area has no figure.
    """
    printed_parts = _parts_of(case)
    mean = printed_parts.total / len(printed_parts.values)
    exact = all(part.printed.hedge in _TWO_SIDED for part in case.claim.parts)
    finding = _of_parts(case, printed_parts, mean, None if exact else case.claim.printed)
    return evolve(finding, remarks=tuple(_means(case, printed_parts, mean)))


def _of_its_year(case: Case) -> Case:
    """The same, which looks figures of no other years up, where it is about no change."""
    if case.claim.since is not None or case.year is None:
        return case
    return evolve(case, figures=evolve(case.figures, year=case.year))


def _parts_of(case: Case) -> _Parts:
    claim, year, dated = case.claim, case.year, _of_its_year(case)
    if year is None:
        raise undecidable("parts-of-no-year")
    figures = dated.figures
    asked = {part.area: figures.of_area(case.quantity, part.area) for part in claim.parts}
    lines = {area: lined(dated, quantity) for area, quantity in asked.items()}
    values = {
        area: series.line[year] if year in series.line else _unlined(case, asked[area], year)
        for area, series in lines.items()
    }
    series = next(iter(lines.values()))
    wrong, far = [], []
    for part in claim.parts:
        printed = printed_in(evolve(case, claim=_of_part(claim, part)), series)
        value = Fraction(values[part.area])
        if value not in printed.strict(claim.tolerance):
            wrong.append(part.area)
        if value not in printed.lenient(claim.tolerance):
            far.append(part.area)
    uses = (use for quantity in asked.values() for use in figures.sources(quantity))
    every = [
        figure_of(evolve(used, region=asked[area].region), series, year, values[area])
        for area, series in lines.items()
        for used in [dated if year in series.line else case]
    ]
    figure = evolve(every[0], status=weakest(part_figure.status for part_figure in every))
    return _Parts(values, figure, tuple(wrong), tuple(far), tuple(dict.fromkeys(uses)))


def _unlined(case: Case, quantity: Quantity, year: int) -> Exact:
    if case.claim.since is not None:
        raise undecidable(
            "no-change", indicator=case.indicator.code, year=PeriodName(year, case.season)
        )
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
        unit=claim.unit if part.printed.kind is PrintedKind.NUMBER else None,
        year=claim.year,
        period=claim.period,
        years=claim.years,
        since=claim.since,
    )


def _of_parts(
    case: Case, printed_parts: _Parts, whole: Fraction, printed: Printed | None
) -> Finding:
    """The verdict by the parts and, where it is given, by the number that is printed of them."""
    claim = case.claim
    wrong, far = bool(printed_parts.wrong), bool(printed_parts.far)
    reason = _parts_reason(case, printed_parts)
    if printed is not None:
        scaled = in_unit_of(case, claim.whole, printed)
        far = far or whole not in scaled.lenient(claim.tolerance)
        if whole not in scaled.strict(claim.tolerance):
            wrong = True
            reason = sentence(
                "parts.but",
                reason=reason,
                whole=Quantified(whole, printed_parts.figure.scale),
                printed=Quoted(printed.texts),
            )
    return Finding(
        claim,
        Verdict.CONTRADICTED if wrong else Verdict.HOLDS,
        reason,
        Verdict.CONTRADICTED if far else Verdict.HOLDS,
        evolve(printed_parts.figure, low=whole, high=whole),
        rounding=wrong and not far,
        sources=printed_parts.sources,
    )


def _parts_reason(case: Case, printed_parts: _Parts) -> Sentence:
    parts = listing(
        sentence(
            "parts.printed",
            name=case.name(part.area),
            value=Quantified(printed_parts.values[part.area], printed_parts.figure.scale),
            printed=Quoted(part.printed.texts),
        )
        for part in case.claim.parts
    )
    period = printed_parts.figure.when()
    if not printed_parts.wrong:
        return sentence("parts.right", parts=parts, when=period)
    return sentence(
        "parts.wrong", parts=parts, when=period, wrong=listing(map(case.name, printed_parts.wrong))
    )


def _means(case: Case, printed_parts: _Parts, mean: Fraction) -> Iterator[Remark]:
    """The plain mean of what is printed, that of the data, and the region's figure as a whole."""
    parts = case.claim.parts
    printed = sum((part.printed.first.value for part in parts), Fraction(0)) / len(parts)
    text = sentence("parts.plain", mean=End(printed, unit_of(parts[0].printed)))
    yield Remark(Aspect.OWN, text, weighty=True)
    text = sentence("parts.mean", mean=Quantified(mean, printed_parts.figure.scale))
    yield Remark(Aspect.RELATED, text, weighty=True)
    try:
        whole = lined(_of_its_year(case), case.quantity).line[case.year or 0]
    except (BajioError, KeyError):
        return
    text = sentence(
        "parts.whole",
        region=case.name(case.claim.subject),
        whole=Quantified(whole, printed_parts.figure.scale),
    )
    yield Remark(Aspect.RELATED, text, weighty=True)
