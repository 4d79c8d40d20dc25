"""Verdicts from data on other areas: whether a region exceeds them, or is near them."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import ceil

from attrs import evolve, frozen

from bajio.claims.claim import Claim
from bajio.claims.printed import NEAR
from bajio.claims.relations import About, Relation
from bajio.errors import BajioError, Unavailable
from bajio.facts.observations import Exact
from bajio.labels import Label
from bajio.questions.audit.figures import Quantity, only
from bajio.questions.audit.findings import Aspect, Figure, Finding, Remark, Verdict
from bajio.questions.audit.lines import Case, Lined, lined
from bajio.questions.audit.saying import figure_part, say, when_part
from bajio.questions.audit.values import status_of, years_remark
from bajio.questions.results import SourceUse
from bajio.units import ONE, Unit
from bajio.words.enumerations import listed
from bajio.words.magnitudes import distance, magnitude, percent, places
from bajio.words.quantities import Scale, amount

Test = Callable[[Exact, Exact], bool]


@frozen
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
    def timeless(self) -> bool:
        """Whether the figures have no year."""
        return self.subject.timeless

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
        """The years in which all have a figure."""
        lines = (other.line for other in self.others.values())
        return tuple(sorted(set(self.subject.line).intersection(*lines)))

    def holds(self, test: "Test", year: int) -> bool:
        """Whether the subject stands so to each of the areas in a year."""
        own = self.subject.line[year]
        return all(test(own, other.line[year]) for other in self.others.values())


def compare_areas(case: Case) -> Compared:
    """The figures of a claim's subject and of the areas that it names.

    Raises:
        Unavailable: the subject has none for the year.
    """
    subject = lined(case, case.quantity)
    others = {area: lined(case, of_area(case, area)) for area in case.claim.areas}
    year = case.year or max(subject.line, default=0)
    only(subject.line, year, case.indicator.code)
    return Compared(subject, others, year)


def of_area(case: Case, area: str) -> Quantity:
    """A claim's quantity, of another area."""
    return case.figures.of_area(case.quantity, area)


def test_of(claim: Claim) -> Test:
    """Whether the subject stands to another area as the claim says."""
    if claim.relation is Relation.EXCEEDS:
        return lambda subject, other: subject > other
    tolerance = NEAR if claim.tolerance is None else claim.tolerance
    return lambda subject, other: apart(subject, other) <= tolerance


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
    claim, found, test = case.claim, compare_areas(case), test_of(case.claim)
    failing = _failing(case, found)
    held = tuple(year for year in found.common if found.holds(test, year))
    years: tuple[int, ...] = () if found.timeless else claim.years or (found.year,)
    subject, since = found.subject, claim.since
    years = years if since is None else (since, found.year)
    status = status_of(case, subject.line, found.year)
    figure = Figure(found.own, found.own, subject.unit, years, status, subject.scale, since)
    verdict = Verdict.CONTRADICTED if failing else Verdict.HOLDS
    return Finding(
        claim,
        verdict,
        _reason(case, found, figure, failing),
        verdict,
        figure,
        margin=_margin(claim, found),
        years=() if found.timeless else held,
        checked=_checked(found),
        remarks=tuple(_remarks(case, found, held, failing)),
        sources=_sources(case, found),
    )


def area_verdict(case: Case) -> Verdict:
    """The verdict on a comparison alone.

    Raises:
        Unavailable: an area that could decide it has no figure.
    """
    return Verdict.CONTRADICTED if _failing(case, compare_areas(case)) else Verdict.HOLDS


def _failing(case: Case, found: Compared) -> tuple[str, ...]:
    """The areas that make the claim false."""
    test = test_of(case.claim)
    failing = tuple(area for area, value in found.values.items() if not test(found.own, value))
    lacking = [area for area in case.claim.areas if area not in found.values]
    if lacking and not failing:
        names = ", ".join(lacking)
        raise Unavailable(f"no figure of {case.indicator.code} for {names} in {found.year}")
    return failing


def _checked(found: Compared) -> tuple[int, int] | None:
    if found.timeless or not found.common:
        return None
    return found.common[0], found.common[-1]


def _sources(case: Case, found: Compared) -> tuple[SourceUse, ...]:
    asked = [case.quantity, *(of_area(case, area) for area in found.values)]
    uses = (use for quantity in asked for use in case.figures.sources(quantity))
    return tuple(dict.fromkeys(uses))


def _margin(claim: Claim, found: Compared) -> Fraction:
    """How far the decisive area is from making the claim false, or true where negative."""
    if claim.relation is Relation.EXCEEDS:
        highest = max(found.values.values())
        return (Fraction(found.own) - highest) / abs(Fraction(highest)) if highest else Fraction(0)
    tolerance = NEAR if claim.tolerance is None else claim.tolerance
    return tolerance - max(apart(found.own, value) for value in found.values.values())


def _reason(case: Case, found: Compared, figure: Figure, failing: tuple[str, ...]) -> Label:
    near = case.claim.relation is Relation.NEAR
    ordered = sorted(found.values, key=lambda area: found.values[area], reverse=True)

    def others(language: str) -> str:
        return listed(
            (
                f"{case.figures.registry.name_of(area, language)} "
                f"{amount(found.values[area], figure.scale, language)}"
                + (f" ({_off(found.own, found.values[area], language)})" if near else "")
                for area in ordered
            ),
            language,
        )

    tolerance = NEAR if case.claim.tolerance is None else case.claim.tolerance
    parts = {
        "figure": figure_part(figure),
        "when": when_part(figure.years, figure.since),
        "others": others,
    }
    if near:
        return say(
            "{figure}{when}; {others}; near is within {near}.",
            "{figure}{when}; {others}; cerca es a no más de {near}.",
            **parts,
            near=percent(tolerance, 0),
        )
    if failing:
        return say(
            "{figure}{when}, not more than all of {others}.",
            "{figure}{when}, no más que todos: {others}.",
            **parts,
        )
    return say("{figure}{when}, above {others}.", "{figure}{when}, más que {others}.", **parts)


def _off(own: Exact, other: Exact, language: str) -> str:
    above = other > own
    word = {"en": ("below", "above"), "es": ("abajo", "arriba")}[language][above]
    return f"{distance(apart(own, other))} {word}"


def _remarks(
    case: Case, found: Compared, held: tuple[int, ...], failing: tuple[str, ...]
) -> Iterator[Remark]:
    checked = _checked(found)
    if checked is not None:
        yield years_remark(held, checked, weighty=bool(failing))
    yield from _other_prices(case, found, held=not failing)
    yield from _other_changes(case, found, held=not failing)
    if not failing or case.claim.relation is not Relation.NEAR:
        return
    needed = max(apart(found.own, found.values[area]) for area in found.values)
    tenths = Fraction(ceil(needed * 1000), 10)
    text = say(
        "It would hold within {tolerance}.",
        "Se cumpliría con una tolerancia de {tolerance}.",
        tolerance=f"{places(tenths, 1).removesuffix('.0')} %",
    )
    yield Remark(Aspect.NEAREST, text, weighty=True)


def _other_changes(case: Case, found: Compared, *, held: bool) -> Iterator[Remark]:
    """The same comparison of the changes as amounts, where the claim does not say how it counts."""
    claim = case.claim
    if claim.since is None or claim.change is not None or found.subject.about is not About.PERCENT:
        return
    absolute = evolve(case, claim=evolve(claim, change=About.ABSOLUTE))
    try:
        other = compare_areas(absolute)
    except BajioError:
        return
    if other.holds(test_of(claim), other.year) is held:
        return
    yield Remark(
        Aspect.CHOICE,
        say(
            "As an amount, and not in percent, it would {not_}hold: {own}; {others}.",
            "Como cantidad, y no en por ciento, {not_}se cumpliría: {own}; {others}.",
            not_=Label({"en": "not ", "es": "no "}) if held else "",
            own=lambda language: amount(other.own, other.subject.scale, language),
            others=lambda language: _amounts(case, other, language),
        ),
        weighty=True,
    )


def _amounts(case: Case, found: Compared, language: str) -> str:
    return listed(
        (
            f"{case.figures.registry.name_of(area, language)} "
            f"{amount(value, found.subject.scale, language)}"
            for area, value in found.values.items()
        ),
        language,
    )


def _other_prices(case: Case, found: Compared, *, held: bool) -> Iterator[Remark]:
    """The same comparison at other prices, as at purchasing power."""
    test = test_of(case.claim)
    for indicator in case.figures.other_prices(case.indicator):
        asked = evolve(case, indicator=indicator, year=found.year)
        try:
            other = compare_areas(asked)
        except BajioError:
            continue
        if len(other.values) < len(found.values):
            continue
        holds = all(test(other.own, other.values[area]) for area in found.values)
        shown = {case.claim.subject: other.own, **other.values}
        text = say(
            "By {label} ({figures}) it would {not_}hold.",
            "Según {label} ({figures}) {not_}se cumpliría.",
            label=indicator.label,
            figures=lambda language: _list(case, shown, other.subject.scale, language),  # noqa: B023
            not_="" if holds else Label({"en": "not ", "es": "no "}),
        )
        yield Remark(Aspect.CHOICE, text, weighty=holds is not held)


def _list(case: Case, values: Mapping[str, Exact], scale: Scale, language: str) -> str:
    def shown(value: Exact) -> str:
        plain = isinstance(scale, Unit) and scale != ONE
        return magnitude(value, language) if plain else amount(value, scale, language)

    return ", ".join(
        f"{case.figures.registry.name_of(area, language)} {shown(value)}"
        for area, value in values.items()
    )
