"""A claim on its way to a finding: what it is about, and that quantity in each year."""

from fractions import Fraction

from attrs import evolve, field, frozen

from bajio.claims.claim import Claim, ClaimSet
from bajio.claims.printed import Kind, Printed
from bajio.claims.relations import About, Relation
from bajio.errors import InvalidValue, Unavailable
from bajio.facts.regions import PeerGroup, Region
from bajio.indicator import Indicator
from bajio.questions.answering import period_of_timeless
from bajio.questions.audit.changes import RELATIVE, about_of, changed, scale_of
from bajio.questions.audit.figures import Figures, Line, Quantity, in_unit, ratio
from bajio.units import ONE, Unit
from bajio.words.quantities import Counted, Scale


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
    peers: str | PeerGroup
    indicator: Indicator
    region: Region

    @property
    def quantity(self) -> Quantity:
        """What the claim is about, over its span of years."""
        span = self.claim.years
        return Quantity(self.indicator, self.region, span[1] - span[0] + 1 if span else 1)


def case_of(
    figures: Figures,
    claims: ClaimSet,
    claim: Claim,
    year: int | None,
    peers: str | PeerGroup | None,
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


def levels(case: Case, quantity: Quantity) -> Lined:
    """What is there of one region, in each year."""
    timeless, indicator = case.figures.is_timeless(quantity), quantity.indicator
    line = _own_line(case, quantity, timeless=timeless)
    scale = scale_of(About.LEVEL, indicator, indicator.unit)
    return Lined(line, indicator.unit, scale, About.LEVEL, timeless)


def lined(case: Case, quantity: Quantity) -> Lined:
    """What a claim tells of one region: a level, a share, or a change of either, in each year.

    Raises:
        BajioError: it is not defined.
    """
    claim, figures = case.claim, case.figures
    timeless = figures.is_timeless(quantity)
    line, unit = _levels_or_shares(case, quantity, timeless=timeless)
    if claim.printed is not None and claim.printed.averaged and figures.is_flow(quantity):
        line = {year: Fraction(value) / quantity.years for year, value in line.items()}
    about = about_of(claim, quantity.indicator, unit)
    if claim.since is not None:
        if timeless:
            raise InvalidValue(f"{quantity.indicator.code} has no years: it does not change")
        line = changed(line, claim.since, about, quantity.indicator.code)
        unit = ONE if about in RELATIVE else unit
    scale = scale_of(about, quantity.indicator, unit)
    return Lined(line, unit, scale, about, timeless)


def _levels_or_shares(case: Case, quantity: Quantity, *, timeless: bool) -> tuple[Line, Unit]:
    """What is there or, in a claim of shares, the share of the country that it is."""
    figures = case.figures
    year = case.year or period_of_timeless(figures.question(quantity))
    line = _own_line(case, quantity, timeless=timeless)
    if case.claim.relation is not Relation.SHARE_OF:
        return line, quantity.indicator.unit
    question = figures.question(quantity)
    if question.host is None or quantity.region.members == (question.host,):
        raise InvalidValue(f"{quantity.region} lies in no country that it could be a share of")
    if not question.bound.plan.additive:
        raise InvalidValue(f"{quantity.indicator.code} does not add: nothing is a share of it")
    whole = figures.host_line(quantity)
    if timeless:
        total = figures.host_value(quantity, year)
        whole = {} if total is None else {year: total}
    return ratio(line, whole, positive=True), ONE


def _own_line(case: Case, quantity: Quantity, *, timeless: bool) -> Line:
    """A region's figures; those of the subject's host in the subject's own source."""
    figures = case.figures
    if timeless:
        year = case.year or period_of_timeless(figures.question(quantity))
        return {year: figures.value(quantity, year)}
    host = figures.question(case.quantity).host
    if host is not None and quantity.region.members == (host,) and quantity != case.quantity:
        return figures.host_line(case.quantity) or figures.line(quantity)
    return figures.line(quantity)
