"""Binding a plan to a table: its figures and rates, and its unit, checked before anything runs."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen

from bajio.engines.markets import LOCAL_CURRENCY, target_unit
from bajio.errors import InvalidRule, UnitMismatch
from bajio.facts.measures import Measure, Time
from bajio.facts.observations import Exact
from bajio.rules.algebra import Constant, Expression, Operation, Operator, rewrite
from bajio.rules.dimension import own_unit, with_factors
from bajio.rules.plan import SELF, Cell, Exchange, Fold, Leaf, Plan, Revalue
from bajio.units import ONE, Unit, currencies, factor


@frozen
class Figure:
    """A cell some years before the period; a timeless one is of no year."""

    cell: Cell
    lag: int
    timeless: bool = False


@frozen
class Rate:
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


@frozen
class BoundLeaf:
    """A leaf as a plan over the table reads it.

    Attributes:
        leaf: what is folded.
        figures: a member's term is their product,
        rates: times these,
        scale: times this.
    """

    leaf: Leaf
    figures: tuple[Figure, ...]
    rates: tuple[Rate, ...] = ()
    scale: Exact = 1

    @property
    def needs(self) -> "tuple[Figure | Rate, ...]":
        """What must be there for a member to enter."""
        return (*self.figures, *self.rates)


@frozen(eq=False)
class BoundRule:
    """A rule bound to a table.

    Attributes:
        name: of its column.
        leaves: in the plan's order.
        expression: over them, with the factors that units need.
        lower_is_better: how it is ranked.
    """

    name: str
    leaves: tuple[BoundLeaf, ...]
    expression: Expression = field(repr=False)
    lower_is_better: bool = False

    @property
    def timeless(self) -> bool:
        """Whether nothing that it reads has a period."""
        figures = [figure for leaf in self.leaves for figure in leaf.figures]
        return all(figure.timeless for figure in figures)

    def at(self, place: str) -> tuple[BoundLeaf, ...]:
        """The leaves of a place."""
        return tuple(leaf for leaf in self.leaves if leaf.leaf.place == place)

    @property
    def places(self) -> tuple[str, ...]:
        """The places that it is about, the region itself first."""
        found = dict.fromkeys((SELF, *(leaf.leaf.place for leaf in self.leaves)))
        return tuple(place for place in found if self.at(place))


def bind(
    name: str,
    plan: Plan,
    unit: Unit,
    measures: Mapping[str, Measure],
    units: Mapping[str, Unit],
    *,
    lower_is_better: bool = False,
) -> BoundRule:
    """Bind a plan to a table that is in given units.

    Args:
        name: of its column.
        plan: what is computed.
        unit: of the value.
        measures: those that it may name.
        units: those of the table's figures by measure, where not the measure's own.
        lower_is_better: how it is ranked.

    Raises:
        UnitMismatch: the rule has another dimension, currency or price basis than the unit.
        InvalidRule: it holds a custom function, which no table can run.
    """
    leaves, found_units = [], []
    for leaf in plan.leaves:
        leaf_unit = ONE
        figures: list[Figure] = []
        rates: list[Rate] = []
        for cell in leaf.cells:
            measure = measures[cell.measure]
            own = units.get(cell.measure, measure.unit)
            steps = leaf.conversions if measure.prices is not None else ()
            leaf_unit *= target_unit(own, steps)
            rates += _rates(own, steps, leaf.lag, measures, units)
            figures.append(Figure(cell, leaf.lag, measure.time is Time.TIMELESS))
        shown = leaf_unit
        if leaf.fold is Fold.COLLECT and leaf.cells:
            shown = own_unit(measures[leaf.cells[0].measure], leaf_unit)
        found_units.append(shown)
        leaves.append(BoundLeaf(leaf, tuple(figures), tuple(rates), factor(leaf_unit, shown)))
    expression, found = with_factors(plan.expression, found_units)
    scale = factor(found, unit)
    if scale != 1:
        expression = Operation(Operator.TIMES, expression, Constant(Fraction(scale)))
    return BoundRule(name, tuple(leaves), simplified(expression), lower_is_better)


def _rates(
    unit: Unit,
    steps: Sequence[Exchange | Revalue],
    lag: int,
    measures: Mapping[str, Measure],
    units: Mapping[str, Unit],
) -> Iterable[Rate]:
    """The rates that conversions of a unit need, in the order in which they apply."""
    for step in steps:
        [money] = currencies(unit)
        target = target_unit(unit, [step])
        if target != unit and isinstance(step, Revalue):
            yield Rate(step.by, 1, lag, step.base, money, priced=True)
            yield Rate(step.by, -1, lag, None, money, priced=True)
        elif target != unit and isinstance(step, Exchange):
            quoted = units.get(step.at, measures[step.at].unit)
            yield _exchange(step, money, quoted, lag)
        unit = target


def _exchange(step: Exchange, money: str, quoted: Unit, lag: int) -> Rate:
    """The rate that turns one currency into another, quoted either way."""
    own, other = Unit.parse(money), Unit.parse(step.to)
    local = LOCAL_CURRENCY in currencies(quoted)
    for currency in (money, step.to):
        if local and "_" in currency:
            continue
        known = quoted.replaced(LOCAL_CURRENCY, currency)
        for power, wanted in ((-1, own / other), (1, other / own)):
            if known == wanted:
                return Rate(step.at, power, lag, currency=currency if local else "")
    raise UnitMismatch(f"{step.at!r} in {quoted} does not turn {money} into {step.to}")


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
