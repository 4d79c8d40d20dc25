"""Units of rules: what an expression's unit is, and whether a declared one can be it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from bajio.errors import InvalidRule, UnitMismatch
from bajio.facts.measures import Measure
from bajio.rules.nodes import Operator
from bajio.rules.plan import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Change,
    Constant,
    Expression,
    Operation,
    Plan,
    Ref,
)
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
        case Operation():
            return _operation(expression, units)
        case Applied():
            return _applied(expression, units)
        case Call():
            return _call(expression, units)


def _operation(operation: Operation, units: Sequence[Unit]) -> tuple[Expression, Unit]:
    operator = operation.operator
    first, unit = with_factors(operation.left, units)
    second, other_unit = with_factors(operation.right, units)
    if operator is Operator.TIMES:
        return Operation(operator, first, second), unit * other_unit
    if operator is Operator.OVER:
        return Operation(operator, first, second), unit / other_unit
    return Operation(operator, first, _scaled(second, factor(other_unit, unit))), unit


def _applied(applied: Applied, units: Sequence[Unit]) -> tuple[Expression, Unit]:
    argument, unit = with_factors(applied.argument, units)
    if applied.function == "absolute":
        return evolve(applied, argument=argument), unit
    if applied.function == UNLESS_NEGATIVE:
        return evolve(applied, argument=argument), ONE
    return evolve(applied, argument=_scaled(argument, factor(unit, ONE))), ONE


def _call(call: Call, units: Sequence[Unit]) -> tuple[Expression, Unit]:
    found = [(name, *with_factors(need, units)) for name, need in call.needs]
    needs = tuple((name, need) for name, need, _ in found)
    return evolve(call, needs=needs), found[0][2] if call.unit is None else call.unit


def _scaled(expression: Expression, scale: Fraction | int) -> Expression:
    if scale == 1:
        return expression
    return Operation(Operator.TIMES, expression, Constant(Fraction(scale)))


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
        why = str(error).replace(_MONEY, "money")
        if isinstance(plan.expression, Call):
            why = f"a custom rule says its unit itself, as Custom(..., unit='{declared}')"
        raise UnitMismatch(f"the rule gives {found}, not {declared}: {why}") from None


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
