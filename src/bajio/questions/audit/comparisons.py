"""Verdicts from data on other areas: whether a region exceeds some, is near, or among the first."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import ceil

from attrs import evolve, frozen

from bajio.claims.claim import Claim
from bajio.claims.printed import NEAR
from bajio.claims.relations import About, Relation
from bajio.errors import BajioError
from bajio.facts.observations import Exact
from bajio.questions.audit.changes import only
from bajio.questions.audit.company import company_remarks, wrong_company
from bajio.questions.audit.figures import Case, Lined, Quantity, lined, year_in
from bajio.questions.audit.findings import (
    Aspect,
    Figure,
    Finding,
    Remark,
    Verdict,
    years_remark,
)
from bajio.questions.audit.refusals import undecidable
from bajio.questions.audit.verdicts import figure_of
from bajio.questions.results import SourceUse
from bajio.words.sentences import (
    Bare,
    Off,
    Percent,
    PeriodName,
    Piece,
    Quantified,
    Sentence,
    listing,
    sentence,
)

Test = Callable[[Exact, Exact], bool]


@frozen(eq=False, repr=False)
class Compared:
    """The figures of a subject and of the areas that it is set against.

    Attributes:
        subject: what is told of the subject, by year.
        others: the same of the other areas.
        year: the period.
    """

    subject: Lined
    others: Mapping[str, Lined]
    year: int

    @property
    def own(self) -> Exact:
        """The subject's figure in the period."""
        return self.subject.line[self.year]

    @property
    def values(self) -> dict[str, Exact]:
        """The other areas' figures in the period, those that have one."""
        lines = {area: other.line for area, other in self.others.items()}
        return {area: line[self.year] for area, line in lines.items() if self.year in line}

    @property
    def common(self) -> tuple[int, ...]:
        """The years in which all have a figure; none where figures have no years."""
        if self.subject.timeless:
            return ()
        lines = (other.line for other in self.others.values())
        return tuple(sorted(set(self.subject.line).intersection(*lines)))

    def holds(self, test: Test, year: int) -> bool:
        """Whether the subject stands so to each of the areas in a year."""
        subject_value = self.subject.line[year]
        return all(test(subject_value, other.line[year]) for other in self.others.values())


def compare_areas(case: Case) -> Compared:
    """The figures of a claim's subject and of the areas that it names.

    Raises:
        Unavailable: the subject has none for the year.
    """
    subject = lined(case, case.quantity)
    others = {area: lined(case, of_area(case, area)) for area in case.claim.areas}
    year = year_in(case, subject.line)
    only(subject.line, year, case.indicator.code, case.season)
    return Compared(subject, others, year)


def of_area(case: Case, area: str) -> Quantity:
    """A claim's quantity, of another area."""
    return case.figures.of_area(case.quantity, area)


def test_of(claim: Claim) -> Test:
    """Whether the subject stands to another area as the claim says."""
    if claim.relation is Relation.EXCEEDS:
        return lambda subject, other: subject > other
    return lambda subject, other: apart(subject, other) <= _reach(claim)


def _reach(claim: Claim) -> Fraction:
    return NEAR if claim.tolerance is None else claim.tolerance


def apart(subject: Exact, other: Exact) -> Fraction:
    """How far another figure is from the subject's, as a fraction of the latter."""
    if not subject:
        return Fraction(other != 0)
    return abs(Fraction(other) - subject) / abs(Fraction(subject))


def audit_areas(case: Case) -> Finding:
    """The verdict on a claim that compares its subject with other areas.

    Raises:
        Unavailable: an area that could decide it has no figure.
    """
    claim, compared = case.claim, compare_areas(case)
    failing = _failing(case, compared)
    wrong = [] if failing else wrong_company(case)
    test = test_of(claim)
    held = tuple(year for year in compared.common if compared.holds(test, year))
    figure = _figure(case, compared)
    verdict = Verdict.CONTRADICTED if failing or wrong else Verdict.HOLDS
    reason = _areas_reason(case, compared, figure, failing=failing)
    remarks = _areas_remarks(case, compared, held, failing=failing)
    return Finding(
        claim,
        verdict,
        sentence("value.but", reason=reason, wrong=listing(wrong)) if wrong else reason,
        verdict,
        figure,
        margin=_areas_margin(claim, compared),
        years=held,
        checked=(compared.common[0], compared.common[-1]) if compared.common else None,
        remarks=(*company_remarks(case, wrong=failing), *remarks),
        sources=_sources(case, compared),
    )


def area_verdict(case: Case) -> Verdict:
    """The verdict on a comparison alone.

    Raises:
        Unavailable: an area that could decide it has no figure.
    """
    failing = _failing(case, compare_areas(case)) or wrong_company(case)
    return Verdict.CONTRADICTED if failing else Verdict.HOLDS


def _failing(case: Case, compared: Compared) -> bool:
    """Whether one of the areas makes the claim false."""
    test = test_of(case.claim)
    failing = any(not test(compared.own, value) for value in compared.values.values())
    lacking = [area for area in case.claim.areas if area not in compared.values]
    if lacking and not failing:
        raise undecidable(
            "no-figures-of",
            indicator=case.indicator.code,
            areas=", ".join(lacking),
            year=PeriodName(compared.year, case.season),
        )
    return failing


def _figure(case: Case, compared: Compared) -> Figure:
    return figure_of(case, compared.subject, compared.year, compared.own)


def _sources(case: Case, compared: Compared) -> tuple[SourceUse, ...]:
    asked = [case.quantity, *(of_area(case, area) for area in compared.values)]
    uses = (use for quantity in asked for use in case.figures.sources(quantity))
    return tuple(dict.fromkeys(uses))


def _areas_margin(claim: Claim, compared: Compared) -> Fraction:
    """How far the decisive area is from making the claim false, or true where negative."""
    if claim.relation is Relation.EXCEEDS:
        highest = max(compared.values.values())
        return (
            (Fraction(compared.own) - highest) / abs(Fraction(highest)) if highest else Fraction(0)
        )
    return _reach(claim) - max(apart(compared.own, value) for value in compared.values.values())


def _areas_reason(case: Case, compared: Compared, figure: Figure, *, failing: bool) -> Sentence:
    near = case.claim.relation is Relation.NEAR
    ordered = sorted(compared.values, key=lambda area: compared.values[area], reverse=True)
    others = []
    for area in ordered:
        value = compared.values[area]
        named = _of(case, area, Quantified(value, figure.scale))
        side = "above" if value > compared.own else "below" if value < compared.own else "same"
        off = sentence(f"areas.{side}", other=named, off=Off(apart(compared.own, value)))
        others.append(off if near else named)
    parts = {"figure": figure.said(), "when": figure.when(), "others": listing(others)}
    if near:
        return sentence("areas.near", **parts, near=Percent(_reach(case.claim), 0))
    return sentence("areas.not-more" if failing else "areas.more", **parts)


def _of(case: Case, area: str, value: Piece) -> Sentence:
    """An area with its figure."""
    return sentence("figure.of-area", area=case.name(area), value=value)


def _areas_remarks(
    case: Case, compared: Compared, held: tuple[int, ...], *, failing: bool
) -> Iterator[Remark]:
    common = compared.common
    if common:
        yield years_remark(held, (common[0], common[-1]), case.season, weighty=failing)
    yield from _other_prices(case, compared, held=not failing)
    yield from _other_changes(case, compared, held=not failing)
    if failing and case.claim.relation is Relation.NEAR:
        needed = max(apart(compared.own, value) for value in compared.values.values())
        tenths = Fraction(ceil(needed * 1000), 1000)
        whole = (tenths * 100).denominator == 1
        text = sentence("areas.tolerance", tolerance=Percent(tenths, 0 if whole else 1))
        yield Remark(Aspect.NEAREST, text, weighty=True)


def _other_changes(case: Case, compared: Compared, *, held: bool) -> Iterator[Remark]:
    """The same comparison of the changes as amounts, where the claim does not say how it counts."""
    claim = case.claim
    if (
        claim.since is None
        or claim.change is not None
        or compared.subject.about is not About.PERCENT
    ):
        return
    try:
        other = compare_areas(evolve(case, claim=evolve(claim, change=About.ABSOLUTE)))
    except BajioError:
        return
    if other.holds(test_of(claim), other.year) is held:
        return
    scale = other.subject.scale
    text = sentence(
        "areas.as-amount-not" if held else "areas.as-amount",
        own=Quantified(other.own, scale),
        others=listing(
            _of(case, area, Quantified(value, scale)) for area, value in other.values.items()
        ),
    )
    yield Remark(Aspect.CHOICE, text, weighty=True)


def _other_prices(case: Case, compared: Compared, *, held: bool) -> Iterator[Remark]:
    """The same comparison at other prices, as at purchasing power."""
    test = test_of(case.claim)
    for indicator in case.figures.other_prices(case.indicator):
        try:
            other = compare_areas(evolve(case, indicator=indicator, year=compared.year))
        except BajioError:
            continue
        if len(other.values) < len(compared.values):
            continue
        holds = all(test(other.own, other.values[area]) for area in compared.values)
        values = {case.claim.subject: other.own, **other.values}
        figures = listing(
            (_of(case, area, Bare(value, other.subject.scale)) for area, value in values.items()),
            between=", ",
        )
        key = "areas.prices" if holds else "areas.prices-not"
        text = sentence(key, label=indicator.label, figures=figures)
        yield Remark(Aspect.CHOICE, text, weighty=holds is not held)
