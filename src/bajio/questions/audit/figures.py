"""The figures that an audit rests on: a claim's quantity in each year, worked out once and kept."""

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.claims.claim import ORDERS, Claim
from bajio.claims.claim_set import ClaimSet
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.relations import About, Relation
from bajio.errors import BajioError
from bajio.facts.measures import Time
from bajio.facts.observations import Exact
from bajio.facts.periods import WHOLE, Period, Season
from bajio.facts.regions import PeerGroup, Region
from bajio.indicator import Indicator
from bajio.questions.audit.changes import RELATIVE, Line, about_of, changed, ratio, scale_about
from bajio.questions.audit.refusals import undecidable
from bajio.questions.choices import Options
from bajio.questions.compositions import Compositions
from bajio.questions.question import Question, ask, source_uses
from bajio.questions.results import SourceUse
from bajio.questions.years import newest_year, period_of
from bajio.registry import Registry
from bajio.rules import Convert, Over
from bajio.units import ONE, Unit
from bajio.words.quantities import Counted, Scale
from bajio.words.sentences import Name, PeriodName


@frozen(repr=False)
class Quantity(Brief):
    """A quantity of one region that has a figure in a year or over a span.

    Attributes:
        indicator, region: what is measured, and of whom.
        years: how many years its figure spans.
    """

    indicator: Indicator
    region: Region
    years: int = 1


@frozen(repr=False)
class Figures(Brief):
    """Looks figures up, under one set of options.

    Attributes:
        registry: what is known.
        options: how they are asked for, and of which part of each year; the year is that of the
            question.
        year: the only one that is looked up, where no line of years is wanted.
    """

    registry: Registry = field(repr=False)
    options: Options
    year: int | None = None
    _asked: dict[tuple[Quantity, int | None], Question] = field(
        init=False, factory=dict, repr=False, eq=False
    )

    def of_season(self, season: Season) -> "Figures":
        """Looks the same figures up of another part of each year."""
        if season == self.options.season:
            return self
        options = self.options.but(season=season)
        key = ("audit figures", options, self.year)
        return self.registry.keep(key, lambda: evolve(self, options=options))

    def question(self, quantity: Quantity, year: int | None = None) -> Question:
        """A quantity, bound to the data that answer it for a year.

        Raises:
            BajioError: nothing does.
        """
        question = self._asked.get((quantity, year))
        if question is None:
            question = self._asked[quantity, year] = self._ask(quantity, year)
        return question

    def of_area(self, quantity: Quantity, area: str) -> Quantity:
        """The same of another area; that of a member is read in the region's own series."""
        region = self.region(area)
        other = evolve(quantity, region=region)
        question = self.question(quantity)
        if set(region.areas) <= set(question.among):
            self.lend(other, question)
        return other

    def lend(self, quantity: Quantity, question: Question) -> None:
        """Have a quantity answered by what a question about a larger region is bound to."""
        question = evolve(question, region=quantity.region)
        for year in (None, self.year):
            self._asked.setdefault((quantity, year), question)

    def _ask(self, quantity: Quantity, year: int | None) -> Question:
        options = self.options.but(year=year, peers=None)
        return ask(self.registry, self.indicator_of(quantity), quantity.region, options)

    def indicator_of(self, quantity: Quantity) -> Indicator:
        """The indicator of a quantity, over its span of years."""
        if quantity.years == 1:
            return quantity.indicator
        return evolve(quantity.indicator, rule=Over(quantity.indicator.rule, years=quantity.years))

    def other_prices(self, indicator: Indicator) -> tuple[Indicator, ...]:
        """The indicators that are the same money by another rate, as at purchasing power."""
        rule = indicator.rule
        if not isinstance(rule, Convert):
            return ()
        return tuple(
            other
            for other in self.registry.indicators.values()
            if isinstance(other.rule, Convert)
            and other.rule.rule == rule.rule
            and other.rule.at != rule.at
        )

    def region(self, code: str) -> Region:
        """A region, or an area as one."""
        return self.registry.keep(("audit region", code), lambda: self.registry.region(code))

    def name(self, code: str) -> Name:
        """A region or an area, with what it is called."""
        return Name(code, self.registry.names_of(code))

    def members(self, region: Region, year: int | None) -> tuple[str, ...]:
        """Codes of a region's members in a year, under the membership that is asked for."""
        return Compositions(self.registry, self.options.membership).members(region, year)

    def line(self, quantity: Quantity) -> Line:
        """The figures of all years that have one; kept."""
        return self._kept("line", quantity, self._line)

    def host_line(self, quantity: Quantity) -> Line:
        """The figures of the host, in the region's own source; kept."""
        return self._kept("host line", quantity, self._host_line)

    def _kept(self, what: str, quantity: Quantity, make: Callable[[Quantity], Line]) -> Line:
        region = quantity.region.memberships
        key = ("audit", what, quantity.indicator, region, quantity.years, self.options, self.year)
        return self.registry.keep(key, lambda: make(quantity))

    def _line(self, quantity: Quantity) -> Line:
        question = self.question(quantity)
        if question.bound.is_timeless:
            return {}
        years = sorted(question.years()) if self.year is None else (self.year,)
        values = {year: _value(question, year) for year in years}
        return {year: value for year, value in values.items() if value is not None}

    def _host_line(self, quantity: Quantity) -> Line:
        values = {year: self.host_value(quantity, year) for year in self.line(quantity)}
        return {year: value for year, value in values.items() if value is not None}

    def host_value(self, quantity: Quantity, year: int) -> Exact | None:
        """The figure of the host in a year, in the region's own source."""
        outcome = self.question(quantity).host_outcome(year)
        return None if outcome is None else outcome[0].low

    def value(self, quantity: Quantity, year: int | None) -> Exact:
        """The figure of a year.

        Raises:
            Unavailable: there is none.
        """
        question = self.question(quantity)
        period_year = period_of(question, year)
        value = _value(question, period_year)
        if value is not None:
            return value
        return self.question(quantity, year).outcome(period_year, "refuse").low

    def sources(self, quantity: Quantity) -> tuple[SourceUse, ...]:
        """The series that a figure comes from."""
        return source_uses(self.registry, self.question(quantity).bound.series)

    def spans(self, line: Line, length: int) -> Line:
        """Sums of a flow over spans of some years, by the last year of each; complete ones only."""
        return {
            year: sum(line[year - back] for back in range(length))
            for year in line
            if all(year - back in line for back in range(length))
        }

    def newest(self, quantity: Quantity, year: int | None) -> int:
        """A year if a quantity has a figure for it, else the newest that has one.

        Raises:
            BajioError: there is none.
        """
        question = self.question(quantity)
        if year is not None and _value(question, year) is not None:
            return year
        newest = newest_year(question)
        if newest is None:
            raise undecidable(
                "no-figure-of", indicator=quantity.indicator.code, region=str(quantity.region)
            )
        return newest

    def is_flow(self, quantity: Quantity) -> bool:
        """Whether a quantity may be summed over years."""
        plan = self.question(quantity).bound.plan
        measures = self.registry.dataset.measures
        return plan.additive and all(measures[code].time is Time.FLOW for code in plan.measures)


def _value(question: Question, year: int) -> Exact | None:
    """The figure of a year; `None` where it is not complete.

    Without what an outcome tells besides, which the many years of a line do not need.
    """
    plain = question.options.membership == "newest" and question.bound.plan.is_local
    try:
        if not plain:
            return question.outcome(year, "refuse").low
        return question.evaluation(year, missing="refuse").value_of(question.among)
    except BajioError:
        return None


def year_in(case: "Case", line: Line) -> int:
    """The period of a claim: that which it names, else the newest with a figure.

    Raises:
        Unavailable: there is none.
    """
    if case.year is not None:
        return case.year
    if not line:
        indicator, region = case.indicator.code, str(case.region)
        raise undecidable("no-figure-of", indicator=indicator, region=region)
    return max(line)


def in_unit(indicator: Indicator, unit: Unit | None) -> Fraction | int:
    """What a number printed in a unit is multiplied by to be in that of an indicator.

    Raises:
        UnitMismatch: it cannot be.
    """
    from bajio.units import factor

    return 1 if unit is None else factor(unit, indicator.unit)


@frozen(eq=False, repr=False)
class Case:
    """A claim on its way to a finding, with what it is asked about.

    Attributes:
        figures: looks figures up.
        claims, claim: the claim in its set.
        year: that of the period; `None`: the newest that has data.
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

    @property
    def season(self) -> Season:
        """The part of each year that the claim is about."""
        return self.figures.options.season

    def name(self, code: str) -> Name:
        """A region or an area, with what it is called."""
        return self.figures.name(code)


def case_of(
    figures: Figures,
    claims: ClaimSet,
    claim: Claim,
    period: Period | None,
    peers: str | PeerGroup | None,
) -> Case:
    """A claim with the indicator, the region and the period that decide it.

    Args:
        figures: looks figures up.
        claims, claim: the claim in its set.
        period: of claims that name none, in the place of the set's.
        peers: in the place of the claim's.

    Raises:
        BajioError: a code names nothing.
    """
    assert claim.indicator is not None
    indicator = figures.registry.indicator(claim.indicator)
    if claim.order is not None:
        indicator = evolve(indicator, better=ORDERS[claim.order])
    region = figures.region(claim.subject)
    asked = WHOLE.of(claim.years[1]) if claim.years else claim.when or period or claims.when
    if claim.since is not None and asked is not None and asked.year <= claim.since:
        raise undecidable("ends-early", since=claim.since, year=str(asked))
    group = peers or claim.peers or claims.peers
    year, season = (None, WHOLE) if asked is None else (asked.year, asked.season)
    return Case(figures.of_season(season), claims, claim, year, group, indicator, region)


@frozen(eq=False, repr=False)
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


def printed_in(case: Case, series: Lined) -> Printed:
    """The printed number in the unit of what it is about.

    Raises:
        InvalidValue: it counts something else.
    """
    claim, printed = case.claim, case.claim.printed
    assert printed is not None
    ratio = claim.relation in {Relation.SHARE_OF, Relation.TIMES}
    if ratio or series.about not in {About.LEVEL, About.ABSOLUTE}:
        return printed
    if printed.kind is PrintedKind.NUMBER:
        return printed.scaled(in_unit(case.indicator, claim.unit))
    if series.unit != ONE:
        text = next(iter(printed.texts.values()))
        raise undecidable(
            "counts-otherwise",
            printed=repr(text),
            indicator=case.indicator.code,
            unit=str(series.unit),
        )
    return printed


def line_of(case: Case) -> Lined:
    """A claim's quantity in each year that has it.

    Raises:
        BajioError: it is not defined.
    """
    claim = case.claim
    series = lined(case, case.quantity)
    if claim.relation is Relation.TIMES and claim.areas:
        other = lined(case, case.figures.of_area(case.quantity, claim.areas[0]))
        scale: Scale = ONE
        if claim.printed is not None and claim.printed.kind is not PrintedKind.PERCENT:
            scale = Counted.TIMES
        ratios = ratio(series.line, other.line, positive=True)
        if case.year in series.line and case.year in other.line and case.year not in ratios:
            raise undecidable(
                "no-multiple",
                indicator=case.indicator.code,
                area=claim.areas[0],
                year=PeriodName(case.year or 0, case.season),
            )
        return evolve(series, line=ratios, unit=ONE, scale=scale)
    return series


def levels(case: Case, quantity: Quantity) -> Lined:
    """What is there of one region, in each year."""
    timeless, indicator = case.figures.question(quantity).bound.is_timeless, quantity.indicator
    line = _own_line(case, quantity, timeless=timeless)
    scale = scale_about(About.LEVEL, indicator)
    return Lined(line, indicator.unit, scale, About.LEVEL, timeless)


def lined(case: Case, quantity: Quantity) -> Lined:
    """What a claim tells of one region: a level, a share, or a change of either, in each year.

    Raises:
        BajioError: it is not defined.
    """
    claim, figures = case.claim, case.figures
    timeless = figures.question(quantity).bound.is_timeless
    line, unit = _levels_or_shares(case, quantity, timeless=timeless)
    if claim.printed is not None and claim.printed.averaged and figures.is_flow(quantity):
        line = {year: Fraction(value) / quantity.years for year, value in line.items()}
    about = about_of(claim, quantity.indicator)
    if claim.since is not None:
        if timeless:
            raise undecidable("no-years", indicator=quantity.indicator.code)
        line = changed(line, claim.since, about, quantity.indicator.code, case.season)
        unit = ONE if about in RELATIVE else unit
    is_share = claim.relation is Relation.SHARE_OF
    scale = scale_about(about, quantity.indicator, is_share=is_share)
    return Lined(line, unit, scale, about, timeless)


def _levels_or_shares(case: Case, quantity: Quantity, *, timeless: bool) -> tuple[Line, Unit]:
    """What is there or, in a claim of shares, the share of the country that it is."""
    figures = case.figures
    year = period_of(figures.question(quantity), case.year)
    line = _own_line(case, quantity, timeless=timeless)
    if case.claim.relation is not Relation.SHARE_OF:
        return line, quantity.indicator.unit
    question = figures.question(quantity)
    if question.host is None or quantity.region.members == (question.host,):
        raise undecidable("no-country", region=str(quantity.region))
    if not question.bound.plan.additive:
        raise undecidable("no-share", indicator=quantity.indicator.code)
    whole = figures.host_line(quantity)
    if timeless:
        total = figures.host_value(quantity, year)
        whole = {} if total is None else {year: total}
    return ratio(line, whole, positive=True), ONE


def _own_line(case: Case, quantity: Quantity, *, timeless: bool) -> Line:
    """A region's figures; those of the subject's host in the subject's own source."""
    figures = case.figures
    if timeless:
        year = period_of(figures.question(quantity), case.year)
        return {year: figures.value(quantity, year)}
    host = figures.question(case.quantity).host
    if host is not None and quantity.region.members == (host,) and quantity != case.quantity:
        return figures.host_line(case.quantity) or figures.line(quantity)
    return figures.line(quantity)
