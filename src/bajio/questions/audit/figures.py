"""Figures for an audit: an indicator of a region in each year, worked out once and kept."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from bajio.errors import BajioError, Unavailable
from bajio.facts.measures import Time
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.answering import period_of_timeless
from bajio.questions.compositions import Compositions
from bajio.questions.evaluation import Options, Question, ask, source_uses
from bajio.questions.results import SourceUse
from bajio.registry import Registry
from bajio.rules.nodes import Convert, Over
from bajio.units import Unit

Line = Mapping[int, Exact]


@frozen
class Quantity:
    """A quantity of one region that has a figure in a year or over a span.

    Attributes:
        indicator, region: what is measured, and of whom.
        years: how many years its figure spans.
    """

    indicator: Indicator
    region: Region
    years: int = 1


@frozen
class Figures:
    """Looks figures up, under one set of options.

    Attributes:
        registry: what is known.
        options: how they are asked for; the year is that of the question.
        year: the only one that is looked up, where no line of years is wanted.
    """

    registry: Registry = field(repr=False)
    options: Options
    year: int | None = None
    _asked: dict[tuple[Quantity, int | None], Question] = field(
        init=False, factory=dict, repr=False, eq=False
    )

    def question(self, quantity: Quantity, year: int | None = None) -> Question:
        """A quantity, bound to the data that answer it for a year.

        Raises:
            BajioError: nothing does.
        """
        found = self._asked.get((quantity, year))
        if found is None:
            found = self._asked[quantity, year] = self._ask(quantity, year)
        return found

    def of_area(self, quantity: Quantity, area: str) -> Quantity:
        """The same of another area; that of a member is read in the region's own series."""
        region = self.region(area)
        other = evolve(quantity, region=region)
        question = self.question(quantity)
        if set(region.areas) <= set(question.among):
            question = evolve(question, region=region)
            self._asked.setdefault((other, None), question)
        return other

    def _ask(self, quantity: Quantity, year: int | None) -> Question:
        options = evolve(self.options, year=year, peers=None)
        return ask(self.registry, self.indicator_of(quantity), quantity.region, options)

    def indicator_of(self, quantity: Quantity) -> Indicator:
        """The indicator of a quantity, over its span of years."""
        if quantity.years == 1:
            return quantity.indicator
        return evolve(quantity.indicator, rule=Over(quantity.indicator.rule, years=quantity.years))

    def indicator(self, code: str) -> Indicator:
        """An indicator by its code."""
        return self.registry.indicator(code)

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

    def members(self, region: Region, year: int | None) -> tuple[str, ...]:
        """Codes of a region's members in a year, under the membership that is asked for."""
        return Compositions(self.registry, self.options.membership).members(region, year)

    def is_timeless(self, quantity: Quantity) -> bool:
        """Whether a quantity is the same in all years."""
        return self.question(quantity).timeless

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
        if question.timeless:
            return {}
        found = {year: _value(question, year) for year in self._years(question)}
        return {year: value for year, value in found.items() if value is not None}

    def _years(self, question: Question) -> Sequence[int]:
        """The years that are looked up, from the first on."""
        return sorted(question.years()) if self.year is None else (self.year,)

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
        at = year or period_of_timeless(question)
        value = _value(question, at)
        if value is not None:
            return value
        return self.question(quantity, year).outcome(at, "refuse").low

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
        newest = question.newest_year()
        if newest is None:
            raise Unavailable(f"no figure of {quantity.indicator.code} for {quantity.region}")
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


def ratio(line: Line, other: Line, *, positive: bool = False) -> Line:
    """One line over another, in the years that both have.

    Args:
        line, other: figures by year.
        positive: whether years in which the divisor is not positive are left out.
    """
    return {
        year: Fraction(value) / other[year]
        for year, value in line.items()
        if year in other and other[year] and (not positive or other[year] > 0)
    }


def only(line: Line, year: int, what: str) -> Exact:
    """The figure of a year in a line.

    Raises:
        Unavailable: there is none.
    """
    if year not in line:
        raise Unavailable(f"no figure of {what} for {year}", latest_year=max(line, default=None))
    return line[year]


def in_unit(indicator: Indicator, unit: Unit | None) -> Fraction | int:
    """What a number printed in a unit is multiplied by to be in that of an indicator.

    Raises:
        UnitMismatch: it cannot be.
    """
    from bajio.units import factor

    return 1 if unit is None else factor(unit, indicator.unit)
