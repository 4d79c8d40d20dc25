"""Units of rules: what an expression's unit is, and whether a declared one can be it."""

from collections.abc import Mapping
from fractions import Fraction

from bajio.errors import InvalidRule, UnitMismatch
from bajio.facts.measures import Measure
from bajio.rules.algebra import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Constant,
    Expression,
    LeafDomain,
    Operation,
    Operator,
    Ref,
    RelativeChange,
)
from bajio.rules.plan import Plan
from bajio.units import ONE, Unit, currencies, factor

_MONEY = "XXX"
_Dimensioned = tuple[Expression, Unit]


class Dimensions(LeafDomain[_Dimensioned]):
    """Expressions with their units, and with the factors that make sums of one unit.

    Examples:
        >>> leaves = [(Ref(0), Unit.parse("km²")), (Ref(1), Unit.parse("ha"))]
        >>> _, unit = Dimensions(leaves).fold(Ref(0) + Ref(1))
        >>> print(unit)
        km²
    """

    def number(self, constant: Constant) -> _Dimensioned:
        """A plain number."""
        return constant, ONE

    def operate(
        self, operation: Operation, first: _Dimensioned, second: _Dimensioned
    ) -> _Dimensioned:
        """That of a product or a ratio; of a sum that of its left side.

        Raises:
            UnitMismatch: the sides of a sum have different dimensions.
        """
        operator, (left, unit), (right, other_unit) = operation.operator, first, second
        if operator is Operator.TIMES:
            unit = unit * other_unit
        elif operator is Operator.OVER:
            unit = unit / other_unit
        else:
            right = _scaled(right, factor(other_unit, unit))
        return Operation(operator, left, right), unit

    def change(
        self, change: RelativeChange, now: _Dimensioned, before: _Dimensioned
    ) -> _Dimensioned:
        """A plain number, where both times have one unit."""
        (inner, unit), (other, unit_before) = now, before
        if unit != unit_before:
            raise InvalidRule(f"growth from {unit_before} to {unit}")
        return change.over((inner, other)), ONE

    def apply(self, applied: Applied, argument: _Dimensioned) -> _Dimensioned:
        """That of an amount; else a plain number, of one."""
        inner, unit = argument
        if applied.function == "absolute":
            return applied.over((inner,)), unit
        if applied.function == UNLESS_NEGATIVE:
            return applied.over((inner,)), ONE
        return applied.over((_scaled(inner, factor(unit, ONE)),)), ONE

    def call(self, call: Call) -> _Dimensioned:
        """What the rule says, or that of its first need."""
        needs = [self.fold(need) for need in call.children]
        unit = needs[0][1] if call.unit is None else call.unit
        return call.over([need for need, _ in needs]), unit


def _scaled(expression: Expression, scale: Fraction | int) -> Expression:
    if scale == 1:
        return expression
    return Operation(Operator.TIMES, expression, Constant(Fraction(scale)))


def check_unit(plan: Plan, declared: Unit, measures: Mapping[str, Measure]) -> None:
    """Refuse a unit that a rule cannot have, whatever the currency of its series.

    Raises:
        UnitMismatch: the declared unit is unknown or of another dimension.
    """
    leaves: list[_Dimensioned] = []
    for position, leaf in enumerate(plan.leaves):
        unit = ONE
        for cell in leaf.cells:
            unit *= _plain_money(measures[cell.measure].unit)
        leaves.append((Ref(position), unit))
    _, natural = Dimensions(leaves).fold(plan.expression)
    try:
        factor(_plain_money(natural), _plain_money(declared))
    except UnitMismatch as error:
        natural_unit = str(natural).replace(_MONEY, "money")
        why = str(error).replace(_MONEY, "money")
        if isinstance(plan.expression, Call):
            why = f"a custom rule says its unit itself, as Custom(..., unit='{declared}')"
        raise UnitMismatch(f"the rule gives {natural_unit}, not {declared}: {why}") from None


def own_unit(measure: Measure, found: Unit) -> Unit:
    """A measure's own unit, money in the currency of a unit that its figures are found in.

    Examples:
        >>> gdp = Measure("gdp", "GDP", "USD", prices="current")
        >>> print(own_unit(gdp, Unit.parse("million·MXN")))
        MXN
    """
    unit = measure.unit
    for local, other in zip(currencies(unit), currencies(found), strict=False):
        unit = unit.replaced(local, other)
    return unit


def _plain_money(unit: Unit) -> Unit:
    for symbol in currencies(unit):
        unit = unit.replaced(symbol, _MONEY)
    return unit
