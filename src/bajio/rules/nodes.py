"""Rules of a measure over the members, and those that say when, where and in what money."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from attrs import evolve, field, frozen
from attrs.converters import optional

from bajio.arguments import as_pairs
from bajio.errors import InvalidRule, InvalidValue, shown
from bajio.facts.measures import Kind, Measure, Time
from bajio.facts.periods import as_year
from bajio.rules.algebra import UNLESS_NEGATIVE, Applied, Operator, RelativeChange
from bajio.rules.expansion import Expansion
from bajio.rules.plan import HOST, MEMBER, SELF, Exchange, Fold, LeafCell, Revalue, Where
from bajio.rules.promises import Trait
from bajio.rules.resolution import Context, Resolution, Resolved, joined
from bajio.rules.rule import PRODUCT, Rule, as_named, as_rule
from bajio.units import ONE

#: The longest span or lag.
MOST_YEARS = 1000


def _where(values: Mapping[str, str] | Iterable[tuple[str, str]]) -> Where:
    categories = as_pairs(values, "categories by dimension")
    for name, value in categories.items():
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise InvalidRule(f"{shown(value)} is no category of {shown(name)}: give its code")
    return tuple(sorted((name, str(value)) for name, value in categories.items()))


def _year(value: object) -> int:
    try:
        return as_year(value)
    except InvalidValue as error:
        raise InvalidRule(f"prices of a base year: {error}") from None


def _positive(_instance: object, _attribute: object, years: int) -> None:
    if type(years) is not int or not 1 <= years <= MOST_YEARS:
        advice = f"give a whole number from 1 to {MOST_YEARS}"
        raise InvalidRule(f"a span or lag of {shown(years)} years: {advice}")


@frozen(repr=False)
class OfMeasure(Rule):
    """Root of the rules of one measure, under categories of its dimensions, over the members."""

    #: What stands before the measure in a formula.
    sign: ClassVar[str] = ""
    measure: str = field(converter=as_named)
    where: Where = field(default=(), converter=_where)

    @property
    def rank(self) -> int:
        """That of a product, as which it is read."""
        return PRODUCT

    def text(self) -> str:
        """The sign, and the measure with its categories."""
        return f"{self.sign} {self.cell_text()}"

    def cell_text(self) -> str:
        """The measure with its categories."""
        return self.measure + "".join(f"[{name}={value}]" for name, value in self.where)

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """A fold over the members; of one member alone, it is the member's figure."""
        cell = resolution.cell(self.measure, self.where)
        if context.each:
            return resolution.leaf(Fold.COLLECT, (cell,), context)
        return self.folded(resolution, context, cell)

    def folded(self, resolution: Resolution, context: Context, cell: LeafCell) -> Resolved:
        """What it makes of a figure of each member."""
        raise NotImplementedError

    def of_category(self, expansion: Expansion, dimension: str, key: str) -> Rule:
        """The figure under one category, where the dimension is left open."""
        measure = expansion.measures.get(self.measure)
        is_open = measure is not None and dimension in measure.dimensions
        if not is_open or dimension in dict(self.where):
            return self
        return evolve(self, where=(*self.where, (dimension, key)))

    def is_count(self, measures: Mapping[str, Measure]) -> bool:
        """Whether the measure is counted in 1."""
        measure = measures.get(self.measure)
        return measure is not None and measure.unit == ONE


class Sum(OfMeasure):
    """Total of an extensive measure over the members.

    Examples:
        >>> print(Sum("gdp") / Sum("population"))
        Σ gdp ÷ Σ population
        >>> print(Sum("gva", {"activity": "31-33"}))
        Σ gva[activity=31-33]
    """

    __slots__ = ()
    adds_up: ClassVar[bool] = True
    sign: ClassVar[str] = "Σ"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """A sum of terms, which adds over disjoint regions."""
        if resolution.measure(self.measure).kind is Kind.INTENSIVE:
            raise InvalidRule(
                f"{self.measure!r} is intensive: a sum of it means nothing; "
                "use WeightedMean, or Mean where each member counts the same"
            )
        total = resolution.leaf(Fold.SUM, (resolution.cell(self.measure, self.where),), context)
        return evolve(total, additive=context.place == SELF)

    @property
    def is_additive(self) -> bool:
        """It is."""
        return True

    def is_positive(self, measures: Mapping[str, Measure]) -> bool:
        """Whether the measure is never negative."""
        minimum = measures[self.measure].minimum
        return minimum is not None and minimum >= 0


@frozen(repr=False)
class WeightedMean(OfMeasure):
    """Mean of an intensive measure, weighted by an extensive one (its own where none is named).

    Examples:
        >>> print(WeightedMean("job-growth", weight="jobs"))
        Σ job-growth × jobs ÷ Σ jobs
    """

    is_compound: ClassVar[bool] = True
    measure: str = field(converter=as_named)
    weight: str | None = field(default=None, converter=optional(as_named))
    where: Where = field(default=(), converter=_where)

    def text(self) -> str:
        """The sum of products over the sum of weights."""
        by = self.weight or "its weight"
        return f"Σ {self.cell_text()} × {by} ÷ Σ {by}"

    def folded(self, resolution: Resolution, context: Context, cell: LeafCell) -> Resolved:
        """The sum of products over the sum of weights."""
        code = self.measure
        by = self.weight or resolution.measure(code).weight
        if by is None:
            raise InvalidRule(f"{code!r} has no weight of its own: WeightedMean names one")
        if resolution.measure(by).kind is not Kind.EXTENSIVE:
            raise InvalidRule(f"{by!r} is intensive: a weight is extensive")
        weigher = resolution.cell(by, ())
        above = resolution.leaf(Fold.SUM, (cell, weigher), context)
        below = resolution.leaf(Fold.SUM, (weigher,), context)
        return joined(Operator.OVER, above, _checked(below, weigher, resolution, context), self)

    def is_internal(self, measures: Mapping[str, Measure]) -> bool:
        """Whether no weight is negative."""
        by = self.weight or measures[self.measure].weight
        return by is not None and Sum(by).is_positive(measures)


def _checked(
    whole: Resolved, weigher: LeafCell, resolution: Resolution, context: Context
) -> Resolved:
    """The sum of weights, without a value where one of them is negative."""
    measure = resolution.measures[weigher.measure]
    if measure.minimum is not None and measure.minimum >= 0:
        return whole
    for year in range(1 if measure.time is Time.TIMELESS else context.span):
        then = evolve(context, lag=context.lag + year, span=1)
        least = resolution.leaf(Fold.MINIMUM, (weigher,), then)
        check = Applied(UNLESS_NEGATIVE, least.expression)
        whole = evolve(whole, expression=whole.expression * check)
    return whole


class Mean(OfMeasure):
    """The plain mean of a measure over the members, each counting the same."""

    __slots__ = ()
    sign: ClassVar[str] = "plain mean of"

    def folded(self, resolution: Resolution, context: Context, cell: LeafCell) -> Resolved:
        """The sum over the number of members."""
        above = resolution.leaf(Fold.SUM, (cell,), context)
        count = resolution.leaf(Fold.SUM, (), evolve(context, span=1))
        return joined(Operator.OVER, above, count, self)

    def is_internal(self, _measures: Mapping[str, Measure]) -> bool:
        """It is."""
        return True


class Minimum(OfMeasure):
    """The least value of a measure among the members, and the member that has it."""

    __slots__ = ()
    sign: ClassVar[str] = "min"

    def folded(self, resolution: Resolution, context: Context, cell: LeafCell) -> Resolved:
        """The least term."""
        return resolution.leaf(Fold.MINIMUM, (cell,), context)

    def is_internal(self, _measures: Mapping[str, Measure]) -> bool:
        """It is."""
        return True


class Maximum(OfMeasure):
    """The greatest value of a measure among the members, and the member that has it."""

    __slots__ = ()
    sign: ClassVar[str] = "max"

    def folded(self, resolution: Resolution, context: Context, cell: LeafCell) -> Resolved:
        """The greatest term."""
        return resolution.leaf(Fold.MAXIMUM, (cell,), context)

    def is_internal(self, _measures: Mapping[str, Measure]) -> bool:
        """It is."""
        return True


class Narrowed(Rule):
    """Root of the rules that are another one, taken at some time, at some place or in some money.

    What follows from the rule inside follows from them too, unless it is taken at another place.
    """

    __slots__ = ()
    children: ClassVar[tuple[str, ...]] = ("rule",)
    elsewhere: ClassVar[bool] = False
    rule: Rule

    @property
    def is_additive(self) -> bool:
        """Whether the rule inside is."""
        return not self.elsewhere and self.rule.is_additive

    def is_positive(self, measures: Mapping[str, Measure]) -> bool:
        """Whether the rule inside is."""
        return not self.elsewhere and self.rule.is_positive(measures)

    def is_internal(self, measures: Mapping[str, Measure]) -> bool:
        """Whether the rule inside is."""
        return not self.elsewhere and self.rule.is_internal(measures)

    def is_count(self, measures: Mapping[str, Measure]) -> bool:
        """Whether the rule inside is."""
        return self.rule.is_count(measures)


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"


@frozen(repr=False)
class _OverYears(Narrowed):
    """Root of the rules that are another one, taken some years before, or over some years."""

    rule: Rule = field(converter=as_rule)
    years: int = field(default=1, validator=_positive)


class Lag(_OverYears):
    """A rule some years before the period that is asked for."""

    __slots__ = ()

    def text(self) -> str:
        """How long before."""
        return f"({self.rule.text()}) {_years(self.years)} before"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The rule inside, so many years before."""
        return self.rule.part(resolution, evolve(context, lag=context.lag + self.years))


class Over(_OverYears):
    """A rule over a span of years that ends in the period: flows summed, stocks averaged or last.

    Complete or refused: a year that lacks a figure is never left out.
    """

    __slots__ = ()

    def text(self) -> str:
        """Over how many years."""
        return f"({self.rule.text()}) over {_years(self.years)}"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The rule inside, over so many years."""
        if context.span > 1:
            raise InvalidRule(f"a span inside a span in '{self}': use one Over")
        return self.rule.part(resolution, evolve(context, span=self.years))


@frozen(repr=False)
class Growth(Rule):
    """Change over a lag, as a fraction of the earlier value.

    Refused on current prices, which would sell inflation as growth, unless `nominal` says so;
    refused where the earlier value is not positive.
    """

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    years: int = field(default=1, validator=_positive)
    nominal: bool = False

    def text(self) -> str:
        """Of what, over how many years."""
        name = "nominal growth" if self.nominal else "growth"
        return f"{name} over {_years(self.years)} of ({self.rule.text()})"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The change between two times."""
        now = self.rule.part(resolution, context)
        current, _ = now.money
        if current and not self.nominal:
            raise InvalidRule(
                f"growth of '{self.rule}' at current prices mixes growth with inflation: "
                "take it at constant prices, deflate it, or say Growth(..., nominal=True)"
            )
        before = self.rule.part(resolution, evolve(context, lag=context.lag + self.years))
        return Resolved(RelativeChange(now.expression, before.expression))

    def is_internal(self, measures: Mapping[str, Measure]) -> bool:
        """Whether it is of a sum of what is never negative."""
        return self.rule.is_positive(measures)

    def traits(self) -> tuple[Trait, ...]:
        """Nominal, where it says so."""
        return (Trait.NOMINAL,) if self.nominal else ()


@frozen(repr=False)
class Share(Rule):
    """A rule for the region over the same rule for its host, or for another region."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    rule: Rule = field(converter=as_rule)
    of: str = field(default=HOST, converter=as_named)

    def text(self) -> str:
        """Of what, in what."""
        return f"share of the {self.of} in ({self.rule.text()})"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The ratio of two places."""
        context.refuse_each(self)
        whole = self.rule.part(resolution, evolve(context, place=self.of))
        share = joined(Operator.OVER, self.rule.part(resolution, context), whole, self)
        return evolve(share, additive=False)

    def against(self, place: str) -> Rule:
        """The share of another place, where it is that of the host."""
        return evolve(self, of=place) if self.of == HOST else self

    def traits(self) -> tuple[Trait, ...]:
        """A share, where it is one of the host."""
        return (Trait.SHARE,) if self.of == HOST else ()


@frozen(repr=False)
class Convert(Narrowed):
    """Money in another currency, each year at its own observed rate.

    `at` is the measure of the rate: `exchange-rate`, `ppp-factor`. Where no rate is between two
    currencies, it is by way of the one that all are quoted in, as the dollar.
    """

    rule: Rule = field(converter=as_rule)
    to: str = field(converter=as_named)
    at: str = field(default="exchange-rate", converter=as_named)

    def text(self) -> str:
        """Into what, by what rate."""
        return f"({self.rule.text()}) in {self.to} by {self.at}"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The rule inside by the rate, before what else is converted."""
        resolution.measure(self.at)
        steps = (Exchange(self.to, self.at), *context.conversions)
        return self.rule.part(resolution, evolve(context, conversions=steps))


@frozen(repr=False)
class Deflate(Narrowed):
    """Money of each year at the prices of a base year, by a price index.

    `by` is the measure of the index. It belongs to the currency of the country that it is of:
    money of another currency is refused, save that whoever issues that currency has an index.
    """

    rule: Rule = field(converter=as_rule)
    base: int = field(converter=_year)
    by: str = field(default="cpi", converter=as_named)

    def text(self) -> str:
        """At what prices, by what index."""
        return f"({self.rule.text()}) at prices of {self.base} by {self.by}"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The rule inside by the index, before what else is converted."""
        resolution.measure(self.by)
        steps = (Revalue(self.base, self.by), *context.conversions)
        return self.rule.part(resolution, evolve(context, conversions=steps))


@frozen(repr=False)
class At(Narrowed):
    """A rule for another place: the host, a region by its code, or, inside `By`, each member.

    Examples:
        >>> print(Sum("gdp") / At(Sum("gdp"), "host"))
        Σ gdp ÷ (Σ gdp of the host)
    """

    elsewhere: ClassVar[bool] = True
    rule: Rule = field(converter=as_rule)
    place: str = field(default=HOST, converter=as_named)

    def text(self) -> str:
        """Where."""
        return f"({self.rule.text()} of the {self.place})"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """The rule inside, at the place."""
        return self.rule.part(resolution, evolve(context, place=self.place))

    def against(self, place: str) -> Rule:
        """At another place, where it is at the host."""
        return evolve(self, place=place) if self.place == HOST else self

    def of_member(self, code: str) -> Rule:
        """At one member, where it is at each."""
        if self.place == MEMBER:
            return At(self.rule.of_member(code), code)
        return super().of_member(code)
