"""Units of rules: what an expression's unit is, and whether a declared one can be it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from bajio.errors import InvalidRule, UnitMismatch
from bajio.facts.measures import Measure
from bajio.rules.algebra import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Constant,
    Domain,
    Expression,
    Operation,
    Operator,
    Ref,
    RelativeChange,
)
from bajio.rules.plan import Plan
from bajio.units import ONE, Unit, currencies, factor

_MONEY = "XXX"
_Dimensioned = tuple[Expression, Unit]


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
    return _Units(units).fold(expression)


class _Units(Domain[_Dimensioned]):
    """Expressions with their units, and with the factors that make these of one another."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units

    def leaf(self, ref: Ref) -> _Dimensioned:
        return ref, self._units[ref.leaf]

    def number(self, constant: Constant) -> _Dimensioned:
        return constant, ONE

    def operate(
        self, operation: Operation, first: _Dimensioned, second: _Dimensioned
    ) -> _Dimensioned:
        operator, (left, unit), (right, other_unit) = operation.operator, first, second
        if operator is Operator.TIMES:
            return left * right, unit * other_unit
        if operator is Operator.OVER:
            return left / right, unit / other_unit
        return Operation(operator, left, _scaled(right, factor(other_unit, unit))), unit

    def change(
        self, change: RelativeChange, now: _Dimensioned, before: _Dimensioned
    ) -> _Dimensioned:
        (inner, unit), (other, unit_before) = now, before
        if unit != unit_before:
            raise InvalidRule(f"growth from {unit_before} to {unit}")
        return change.over((inner, other)), ONE

    def apply(self, applied: Applied, argument: _Dimensioned) -> _Dimensioned:
        inner, unit = argument
        if applied.function == "absolute":
            return applied.over((inner,)), unit
        if applied.function == UNLESS_NEGATIVE:
            return applied.over((inner,)), ONE
        return applied.over((_scaled(inner, factor(unit, ONE)),)), ONE

    def call(self, call: Call) -> _Dimensioned:
        needs = [self.fold(need) for need in call.children]
        return call.over([need for need, _ in needs]), needs[0][
            1
        ] if call.unit is None else call.unit


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
