"""Binding a plan to a table: its figures and rates, and its unit, checked before anything runs."""

from collections.abc import Mapping

from attrs import field, frozen

from bajio.engines.bound_plan import BoundLeaf, bind
from bajio.engines.markets import LOCAL_CURRENCY, conversion, power_of
from bajio.errors import InvalidRule, UnitMismatch
from bajio.facts.measures import Kind, Measure, Time
from bajio.rules.algebra import Constant, Expression, Operation, Operator, rewrite
from bajio.rules.plan import SELF, Exchange, Fold, Leaf, LeafCell, Plan, Revalue
from bajio.units import Unit, currencies


@frozen
class TableFigure:
    """A cell some years before the period; a timeless one is of no year."""

    cell: LeafCell
    lag: int
    timeless: bool = False


@frozen
class TableRate:
    """A rate at the country that an area lies in: `value ** power`.

    Attributes:
        measure: its code.
        power: 1 multiplies, -1 divides.
        lag: years before the period.
        base: the base year of an index; `None` for the year of the figure.
        currency: that of the countries where it applies; empty where it may be any.
        priced: whether it is of prices in that currency: a country that has another reads it
            where the currency is issued.
    """

    measure: str
    power: int
    lag: int
    base: int | None = None
    currency: str = ""
    priced: bool = False


#: A leaf as a plan over the table reads it, and what must be there for a member to enter.
TableLeaf = BoundLeaf[TableFigure, TableRate]
Need = TableFigure | TableRate


def needs_of(leaf: TableLeaf) -> tuple[Need, ...]:
    """What must be there for a member to enter a leaf."""
    return (*leaf.columns, *leaf.rates)


@frozen(eq=False)
class BoundRule:
    """A rule bound to a table.

    Attributes:
        name: of its column.
        leaves: in the plan's order.
        expression: over them, with the factors that units need.
        lower_is_better: how it is ranked.
        is_of_sums: whether all that it reads are sums of extensive measures.
        by_member: whether it has a row for each member of a region.
    """

    name: str
    leaves: tuple[TableLeaf, ...]
    expression: Expression = field(repr=False)
    lower_is_better: bool = False
    is_of_sums: bool = False
    by_member: bool = False

    @property
    def timeless(self) -> bool:
        """Whether nothing that it reads has a period."""
        figures = [figure for leaf in self.leaves for figure in leaf.columns]
        return all(figure.timeless for figure in figures)

    def at(self, place: str) -> tuple[TableLeaf, ...]:
        """The leaves of a place."""
        return tuple(leaf for leaf in self.leaves if leaf.leaf.place == place)

    @property
    def places(self) -> tuple[str, ...]:
        """The places that it is about, the region itself first."""
        places = dict.fromkeys((SELF, *(leaf.leaf.place for leaf in self.leaves)))
        return tuple(place for place in places if self.at(place))


@frozen(eq=False)
class TableSupply:
    """A table that is in given units.

    Attributes:
        measures: those that rules may name.
        units: those of the table's figures by measure, where not the measure's own.
    """

    measures: Mapping[str, Measure] = field(repr=False)
    units: Mapping[str, Unit] = field(repr=False)

    def column(
        self, leaf: Leaf, cell: LeafCell, steps: tuple[Exchange | Revalue, ...]
    ) -> tuple[TableFigure, Unit, tuple[TableRate, ...]]:
        """The figure of a cell, as many years before the period as the leaf reads it.

        Its rates are in the order in which they apply.
        """
        unit, lag = self._unit(cell.measure), leaf.lag
        rates: list[TableRate] = []
        for step, money in conversion(unit, steps)[1]:
            if isinstance(step, Revalue):
                rates.append(TableRate(step.by, 1, lag, step.base, money, priced=True))
                rates.append(TableRate(step.by, -1, lag, None, money, priced=True))
            else:
                rates.append(self._exchange(step, money, lag))
        timeless = self.measures[cell.measure].time is Time.TIMELESS
        return TableFigure(cell, lag, timeless), unit, tuple(rates)

    def _unit(self, measure: str) -> Unit:
        return self.units.get(measure, self.measures[measure].unit)

    def _exchange(self, step: Exchange, money: str, lag: int) -> TableRate:
        """The rate that turns one currency into another, quoted either way."""
        quoted = self._unit(step.at)
        is_local = LOCAL_CURRENCY in currencies(quoted)
        for currency in (money, step.to) if is_local else ("",):
            power = None if "_" in currency else power_of(quoted, currency or None, money, step.to)
            if power:
                return TableRate(step.at, power, lag, currency=currency)
        raise UnitMismatch(f"{step.at!r} in {quoted} does not turn {money} into {step.to}")


def bind_table(
    name: str, plan: Plan, unit: Unit, supply: TableSupply, *, lower_is_better: bool = False
) -> BoundRule:
    """Bind a plan to a table.

    Args:
        name: of its column.
        plan: what is computed.
        unit: of the value.
        supply: the table.
        lower_is_better: how it is ranked.

    Raises:
        UnitMismatch: the rule has another dimension, currency or price basis than the unit.
        InvalidRule: it divides by zero.
    """
    leaves, expression, _ = bind(plan, supply, unit)
    of_sums = all(
        leaf.fold is Fold.SUM
        and [supply.measures[cell.measure].kind for cell in leaf.cells] == [Kind.EXTENSIVE]
        for leaf in plan.leaves
    )
    return BoundRule(name, leaves, simplified(expression), lower_is_better, of_sums)


def simplified(expression: Expression) -> Expression:
    """An expression in which arithmetic of constants is done, exactly."""
    return rewrite(expression, _calculated)


def _calculated(node: Expression) -> Expression:
    match node:
        case Operation(operator, Constant(first), Constant(second)):
            if operator is Operator.OVER and not second:
                raise InvalidRule("the rule divides by zero")
            return Constant(operator.of(first, second))
    return node
