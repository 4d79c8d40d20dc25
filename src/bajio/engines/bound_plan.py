"""Binding a plan to what supplies its figures, its units checked, before anything is read.

A dataset and a table of one's own both supply figures: they say how each cell is read and in what
unit it is. All else follows from the plan.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from attrs import field, frozen

from bajio.engines.markets import LOCAL_CURRENCY, Market, Rate, SeriesColumn, conversion
from bajio.engines.series_choice import chosen_series
from bajio.errors import UnitMismatch
from bajio.facts.areas import UNALLOCATED
from bajio.facts.measures import Kind, Measure, Time
from bajio.facts.observations import Exact, Key
from bajio.facts.series import Series
from bajio.rules.algebra import Constant, Expression, Operation, Operator, Ref
from bajio.rules.dimension import Dimensions, own_unit
from bajio.rules.plan import SELF, Exchange, Fold, Leaf, LeafCell, Plan, Revalue
from bajio.units import ONE, Unit, currencies, factor

#: Gives codes of the areas by place (`self`, `host`, a region) and lag.
MembersAt = Callable[[str, int], Sequence[str]]


#: How a supply reads a cell, and a rate that it knows beforehand.
Column_co = TypeVar("Column_co", covariant=True)
Rate_co = TypeVar("Rate_co", covariant=True)


@frozen(eq=False, repr=False)
class BoundLeaf(Generic[Column_co, Rate_co]):
    """A leaf with its figures: how a member's term is read.

    Attributes:
        leaf: what is folded.
        columns: one for each cell.
        steps: conversions of the money among them; none where it is in the target's already.
        rates: those of the conversions that are the same for all areas.
        unit: of the term, after conversion and scaling.
        scale: what brings a term that a custom rule reads into the measure's own unit.
    """

    leaf: Leaf
    columns: tuple[Column_co, ...]
    steps: tuple[Exchange | Revalue, ...]
    rates: tuple[Rate_co, ...]
    unit: Unit
    scale: Exact = 1


class Supply(Protocol[Column_co, Rate_co]):
    """What a plan is bound to."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Those that rules may name."""

    def column(
        self, leaf: Leaf, cell: LeafCell, steps: tuple[Exchange | Revalue, ...]
    ) -> tuple[Column_co, Unit, tuple[Rate_co, ...]]:
        """How a leaf reads a cell, in what unit, and the rates of the conversions of its money.

        The unit is that before conversions, the rates are those that are the same for all areas.

        Raises:
            UnitMismatch: there are no such rates.
        """


def bind(
    plan: Plan, supply: Supply[Column_co, Rate_co], unit: Unit | None = None
) -> tuple[tuple[BoundLeaf[Column_co, Rate_co], ...], Expression, Unit]:
    """Bind a plan: its leaves, the expression with the factors that units need, and its unit.

    Args:
        plan: what is computed.
        supply: what it is read from.
        unit: the declared unit of its value; `None` for the one that the figures lead to.

    Raises:
        UnitMismatch: the rule has another dimension, currency or price basis than the unit.
    """
    leaves: list[BoundLeaf[Column_co, Rate_co]] = []
    for leaf in plan.leaves:
        columns: list[Column_co] = []
        rates: list[Rate_co] = []
        read, converts = ONE, False
        for cell in leaf.cells:
            steps = leaf.conversions if supply.measures[cell.measure].prices is not None else ()
            column, given, known = supply.column(leaf, cell, steps)
            converted, _ = conversion(given, steps)
            columns.append(column)
            rates += known
            converts = converts or converted != given
            read *= converted
        shown = read
        if leaf.fold is Fold.COLLECT and leaf.cells:
            shown = own_unit(supply.measures[leaf.cells[0].measure], read)
        done, scale = leaf.conversions if converts else (), factor(read, shown)
        leaves.append(BoundLeaf(leaf, tuple(columns), done, tuple(rates), shown, scale))
    dimensions = Dimensions([(Ref(position), leaf.unit) for position, leaf in enumerate(leaves)])
    expression, rule_unit = dimensions.fold(plan.expression)
    unit = unit or rule_unit
    scale = factor(rule_unit, unit)
    if scale != 1:
        expression = Operation(Operator.TIMES, expression, Constant(Fraction(scale)))
    return tuple(leaves), expression, unit


@frozen(eq=False, repr=False)
class Bound:
    """A plan bound to the series of a dataset.

    Attributes:
        plan: what is computed.
        leaves: in the plan's order.
        expression: the plan's, with the factors that units need.
        unit: of the value.
        series: those of the measures.
        is_laid_over: whether a user's figures may be among those that it reads.
        own_leaves: positions of the leaves that are read of a member.
        is_timeless: whether it reads nothing that has a period.
        rolled: by area, year and place, the kind of the parts that an area was found to be the sum
            of; empty where it is itself.
    """

    plan: Plan
    leaves: tuple[BoundLeaf[SeriesColumn, Rate], ...]
    expression: Expression
    unit: Unit
    market: Market
    series: tuple[Series, ...]
    is_laid_over: bool
    own_leaves: tuple[int, ...]
    is_timeless: bool
    rolled: dict[tuple[str, int, str], str] = field(init=False, factory=dict)
    _rates: dict[tuple[int, str, int], tuple[Rate, ...]] = field(
        init=False, factory=dict, repr=False
    )

    @cached_property
    def levels(self) -> Mapping[str, tuple[str, ...]]:
        """For each area that others with figures lie in, the kinds of these, the nearest first."""
        market = self.market
        columns = {
            (column.series, column.key): None for leaf in self.leaves for column in leaf.columns
        }
        levels_found = [market.dataset.levels(series, key, market.areas) for series, key in columns]
        every = dict.fromkeys(area for levels in levels_found for area in levels)
        return {
            area: tuple(sorted({kind for levels in levels_found for kind in levels.get(area, ())}))
            for area in every
        }

    @cached_property
    def seamed(self) -> frozenset[str]:
        """The places of which one figure can come from several sources.

        It does where it is read at several times, is made of several periods, or is converted.
        """
        read: Counter[tuple[str, str, Key]] = Counter()
        for leaf in self.leaves:
            for column in leaf.columns:
                is_one = len(column.periods(0)) < 2 and not leaf.steps  # in any year alike
                read[leaf.leaf.place, column.measure.code, column.key] += 1 if is_one else 2
        return frozenset(place for (place, *_), times in read.items() if times > 1)

    def has(self, area: str) -> bool:
        """Whether an area has figures by itself, of any year, for all that is read of a member."""
        return all(
            column.table.has(area, column.key)
            for position in self.own_leaves
            for column in self.leaves[position].columns
        )

    def rolled_up_as(self, area: str, year: int, place: str = SELF) -> str:
        """The kind of the parts that an area was found to be the sum of; empty if it is itself."""
        return self.rolled.get((area, year, place), "")

    def without(self, area: str, kind: str, year: int) -> tuple[str, ...]:
        """Codes of areas in an area that have no part of a kind, as others like them do."""
        return self.market.areas.without(area, kind, None if self.is_timeless else year)

    def parts(self, area: str, kind: str, year: int) -> tuple[str, ...]:
        """Codes of an area's parts of one kind that exist in a year.

        Among them is what is allocated to none of the parts, where the rule is one of sums and it
        has figures of all of them: a mean or a spread is not over it.
        """
        areas, when = self.market.areas, None if self.is_timeless else year
        found, others = areas.parts(area, kind, when), areas.parts(area, UNALLOCATED, when)
        columns = [column for leaf in self.leaves for column in leaf.columns]
        added = [c for c in others if all(column.table.has(c, column.key) for column in columns)]
        of_sums = all(
            leaf.leaf.fold is Fold.SUM
            and [column.measure.kind for column in leaf.columns] == [Kind.EXTENSIVE]
            for leaf in (self.leaves if added else ())
        )
        return tuple(sorted((*found, *added))) if added and of_sums else found

    def rates(self, position: int, area: str, year: int) -> tuple[Rate, ...]:
        """The rates that convert a leaf's term for an area in the year that it reads.

        Raises:
            UnitMismatch: there is no rate from the series' money for the area's country.
        """
        leaf = self.leaves[position]
        if not leaf.steps:
            return ()
        country = self.market.areas.host(area) or area
        key = position, country, year
        result = self._rates.get(key)
        if result is None:
            result = tuple(
                rate
                for column in leaf.columns
                if column.measure.prices is not None
                for rate in self.market.rates(column.series.unit, leaf.steps, country, year)
            )
            self._rates[key] = result
        return result

    def series_for(self, members: MembersAt, year: int) -> tuple[Series, ...]:
        """The series that a number comes from: the measures', then those of its rates."""
        result = dict.fromkeys(self.series)
        for position, own in enumerate(self.leaves):
            leaf = own.leaf
            for area in members(leaf.place, leaf.lag) if own.steps else ():
                with suppress(UnitMismatch):
                    rates = self.rates(position, area, year - leaf.lag)
                    result.update(dict.fromkeys(rate.column.series for rate in rates))
        return tuple(result)


@frozen(eq=False, repr=False)
class SeriesSupply:
    """The series of a dataset, one for each measure, as some areas are asked about.

    Attributes:
        market: what is known, in the editions that are asked for.
        members: codes of the areas that the number is about.
        series: those that were chosen, by measure.
        measures: those of the dataset.
    """

    market: Market
    members: tuple[str, ...]
    series: Mapping[str, Series]
    measures: Mapping[str, Measure]

    def column(
        self, _leaf: Leaf, cell: LeafCell, steps: tuple[Exchange | Revalue, ...]
    ) -> tuple[SeriesColumn, Unit, tuple[Rate, ...]]:
        """The column of the series that serves a measure for the members.

        Each country has rates of its own, in each year, which the market looks up.
        """
        market, series = self.market, self.series[cell.measure]
        table, measure = market.dataset.table(series), self.measures[cell.measure]
        unit = series.unit
        if not steps and LOCAL_CURRENCY in currencies(unit):
            unit = unit.replaced(LOCAL_CURRENCY, _local(series, market, self.members))
        return SeriesColumn(measure, series, table, cell.key, market.season), unit, ()


def bind_series(
    plan: Plan,
    market: Market,
    members: Sequence[str],
    unit: Unit | None = None,
    year: int | None = None,
    *,
    by_parts: bool = True,
) -> Bound:
    """Choose the series for a plan and check its unit.

    Args:
        plan: what is computed.
        market: what is known, in the editions that are asked for.
        members: codes of the areas that the number is about.
        unit: the declared unit of its value; `None` for the one that the series lead to.
        year: the period that is asked for, if one: series that have it come first.
        by_parts: whether a series of other areas will do, which are parts of the members.

    Raises:
        Unavailable: no series has the measure for any member.
        UnitMismatch: the rule has another dimension than the unit.
    """
    codes = tuple(members)
    series = chosen_series(plan, market, codes, year, by_parts=by_parts)
    leaves, expression, unit = bind(
        plan, SeriesSupply(market, codes, series, market.dataset.measures), unit
    )
    return Bound(
        plan,
        leaves,
        expression,
        unit,
        market,
        tuple(series.values()),
        is_laid_over=any(one.laid for one in market.dataset.series),
        own_leaves=tuple(
            position for position, leaf in enumerate(plan.leaves) if leaf.place == SELF
        ),
        is_timeless=all(
            column.measure.time is Time.TIMELESS for leaf in leaves for column in leaf.columns
        ),
    )


def _local(series: Series, market: Market, members: Sequence[str]) -> str:
    """The currency of figures that are not converted, each in that of its own area.

    Raises:
        UnitMismatch: the areas have several.
    """
    hosts = dict.fromkeys(market.areas.host(code) or code for code in members)
    money = {market.areas[host].money(year) for host in hosts for year in market.eras(host)}
    if len(money) != 1 or None in money:
        text = ", ".join(sorted(currency or "unknown" for currency in money)[:4])
        raise UnitMismatch(
            f"amounts of {series.measure!r} in several currencies ({text}) are not added: "
            "convert them, as in Convert(Sum(...), to='USD')"
        )
    return str(money.pop())
