"""Units of rules: what an expression's unit is, and whether a declared one can be it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from bajio.errors import InvalidRule, UnitMismatch
from bajio.facts.measures import Measure
from bajio.rules.nodes import Operator
from bajio.rules.plan import Call, Change, Constant, Expression, Operation, Plan, Ref
from bajio.units import ONE, Unit, currencies, factor

_MONEY = "XXX"


def with_factors(expression: Expression, units: Sequence[Unit]) -> tuple[Expression, Unit]:
    """An expression with the factors that make its sums and differences of one unit.

    Args:
        expression: over leaves.
        units: of the leaves.

    Returns:
        The expression and its unit.

    Raises:
        UnitMismatch: a sum, difference or growth of what has different dimensions.
    """
    match expression:
        case Ref(leaf):
            return expression, units[leaf]
        case Constant():
            return expression, ONE
        case Change(now, before):
            inner, unit = with_factors(now, units)
            other, unit_before = with_factors(before, units)
            if unit != unit_before:
                raise InvalidRule(f"growth from {unit_before} to {unit}")
            return Change(inner, other), ONE
        case Call(_, _, needs, unit):
            scaled = tuple((name, with_factors(need, units)[0]) for name, need in needs)
            return evolve(expression, needs=scaled), unit
        case Operation(operator, left, right):
            first, unit = with_factors(left, units)
            second, other_unit = with_factors(right, units)
            if operator is Operator.TIMES:
                return Operation(operator, first, second), unit * other_unit
            if operator is Operator.OVER:
                return Operation(operator, first, second), unit / other_unit
            scale = factor(other_unit, unit)
            if scale != 1:
                second = Operation(Operator.TIMES, second, Constant(Fraction(scale)))
            return Operation(operator, first, second), unit


def check_unit(plan: Plan, declared: Unit, measures: Mapping[str, Measure]) -> None:
    """Refuse a unit that a rule cannot have, whatever the currency of its series.

    Raises:
        UnitMismatch: the declared unit is unknown or of another dimension.
    """
    units = []
    for leaf in plan.leaves:
        unit = ONE
        for cell in leaf.cells:
            unit *= _plain_money(measures[cell.measure].unit)
        units.append(unit)
    _, natural = with_factors(plan.expression, units)
    try:
        factor(_plain_money(natural), _plain_money(declared))
    except UnitMismatch as error:
        found = str(natural).replace(_MONEY, "money")
        raise UnitMismatch(f"the rule gives {found}, not {declared}: {error}") from None


def own_unit(measure: Measure, found: Unit) -> Unit:
    """A measure's own unit, money in the currency of a unit that its figures are found in.

    Examples:
        >>> gdp = Measure("gdp", "GDP", "USD", prices="current")
        >>> print(own_unit(gdp, Unit.parse("million·MXN")))
        MXN
    """
    unit = measure.unit
    for own, other in zip(currencies(unit), currencies(found), strict=False):
        unit = unit.replaced(own, other)
    return unit


def _plain_money(unit: Unit) -> Unit:
    for symbol in currencies(unit):
        unit = unit.replaced(symbol, _MONEY)
    return unit
