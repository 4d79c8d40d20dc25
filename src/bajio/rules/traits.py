"""Traits: what follows from a rule's nodes, and so which laws it must keep."""

from collections.abc import Iterable, Mapping, Sequence

from bajio.facts.measures import Measure
from bajio.rules import nodes
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
)
from bajio.rules.members import Average, Best, Worst
from bajio.rules.nodes import Rule
from bajio.rules.plan import Fold, Leaf, Plan
from bajio.rules.promises import IMPLIED, Trait
from bajio.rules.regression import Elasticity, HalfLife, Regression
from bajio.rules.spread import Spread


def traits_of(rule: Rule, plan: Plan, measures: Mapping[str, Measure]) -> frozenset[Trait]:
    """The traits that follow from a rule's nodes.

    Args:
        rule: what is computed.
        plan: what it comes down to.
        measures: those that it names.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> from bajio.rules.resolve import resolve
        >>> measures = {code: Measure(code, code, "1", minimum=0) for code in ("gdp", "people")}
        >>> rule = Sum("gdp") / Sum("people")
        >>> [str(trait) for trait in sorted(traits_of(rule, resolve(rule, measures), measures))]
        ['internal', 'of-totals', 'replication-invariant']
    """
    found = {
        Trait.ADDITIVE: plan.additive,
        Trait.OF_TOTALS: all(leaf.fold is Fold.SUM and leaf.cells for leaf in plan.leaves),
        Trait.INTERNAL: _is_internal(rule, measures),
        Trait.REPLICATION_INVARIANT: replication_degree(plan) == 0
        or isinstance(rule, Best | Worst | Average | Spread | Elasticity | HalfLife),
        Trait.MONOTONE: _is_positive(rule, measures),
        Trait.SHARE: isinstance(rule, nodes.Share) and rule.of == nodes.HOST,
        Trait.NOMINAL: _is_nominal(rule),
        Trait.SPREAD: isinstance(rule, Spread),
        Trait.FRACTION: isinstance(rule, Spread) and rule.is_fraction,
        Trait.SCALE_INVARIANT: isinstance(rule, Spread | Regression),
    }
    return with_implied(trait for trait, holds in found.items() if holds)


def with_implied(traits: Iterable[Trait]) -> frozenset[Trait]:
    """Traits with those that they bring with them."""
    own = frozenset(traits)
    return own.union(*(IMPLIED.get(trait, ()) for trait in own))


def replication_degree(plan: Plan) -> int | None:
    """The power of k by which k copies of all members multiply a rule; `None`: no power."""
    if any(leaf.place != "self" for leaf in plan.leaves):
        return None
    return _Degree([int(leaf.fold is Fold.SUM) for leaf in plan.leaves]).fold(plan.expression)


def scale_degree(plan: Plan, measure: str) -> int | None:
    """The power of k by which a rule is multiplied where a measure's figures are; `None`: none."""
    return _Degree([_times(leaf, measure) for leaf in plan.leaves]).fold(plan.expression)


def _times(leaf: Leaf, measure: str) -> int:
    return sum(cell.measure == measure for cell in leaf.cells)


class _Degree(Domain[int | None]):
    """The power of k by which an expression is multiplied, by those of its leaves."""

    def __init__(self, degrees: Sequence[int]) -> None:
        self._degrees = degrees

    def leaf(self, ref: Ref) -> int | None:
        return self._degrees[ref.leaf]

    def number(self, _constant: Constant) -> int | None:
        return 0

    def operate(self, operation: Operation, first: int | None, second: int | None) -> int | None:
        if first is None or second is None:
            return None
        if operation.operator is Operator.TIMES:
            return first + second
        if operation.operator is Operator.OVER:
            return first - second
        return first if first == second else None

    def apply(self, applied: Applied, argument: int | None) -> int | None:
        degree = 0 if applied.function == UNLESS_NEGATIVE else argument
        return degree if applied.function == "absolute" or not degree else None

    def call(self, call: Call) -> int | None:
        if call.unit is None and len(call.needs) == 1:  # the greatest, least or mean of members
            return self.fold(call.needs[0][1])
        return None

    def other(self, _node: Expression) -> int | None:
        return None


def _inner(rule: Rule) -> Rule | None:
    """The rule inside a node that only says when it is taken, or in what money."""
    match rule:
        case nodes.Lag(inner) | nodes.Over(inner) | nodes.Convert(inner) | nodes.Deflate(inner):
            return inner
    return None


def _is_additive(rule: Rule) -> bool:
    match rule:
        case nodes.Sum():
            return True
        case nodes.Arithmetic(operator, left, right):
            if operator in {Operator.PLUS, Operator.MINUS}:
                return _is_additive(left) and _is_additive(right)
            if isinstance(right, nodes.Number):
                return _is_additive(left)
            times = operator is Operator.TIMES and isinstance(left, nodes.Number)
            return times and _is_additive(right)
    inner = _inner(rule)
    return inner is not None and _is_additive(inner)


def _is_positive(rule: Rule, measures: Mapping[str, Measure]) -> bool:
    """Whether it is a sum of figures that are never negative."""
    match rule:
        case nodes.Sum(code):
            minimum = measures[code].minimum
            return minimum is not None and minimum >= 0
        case nodes.Arithmetic(Operator.PLUS, left, right):
            return _is_positive(left, measures) and _is_positive(right, measures)
        case nodes.Arithmetic(Operator.TIMES, nodes.Number(value), scaled):
            return value > 0 and _is_positive(scaled, measures)
        case nodes.Arithmetic(Operator.TIMES | Operator.OVER, scaled, nodes.Number(value)):
            return value > 0 and _is_positive(scaled, measures)
    inner = _inner(rule)
    return inner is not None and _is_positive(inner, measures)


def _is_internal(rule: Rule, measures: Mapping[str, Measure]) -> bool:
    match rule:
        case nodes.Mean() | nodes.Minimum() | nodes.Maximum() | Best() | Worst() | Average():
            return True
        case nodes.WeightedMean(code, weight):
            by = weight or measures[code].weight
            return by is not None and _is_positive(nodes.Sum(by), measures)
        case nodes.Growth(inner):
            return _is_positive(inner, measures)
        case nodes.Arithmetic(Operator.TIMES, nodes.Number(), scaled):
            return _is_internal(scaled, measures)
        case nodes.Arithmetic(Operator.TIMES | Operator.OVER, scaled, nodes.Number()):
            return _is_internal(scaled, measures)
        case nodes.Arithmetic(Operator.OVER, above, below):
            return _is_additive(above) and _is_positive(below, measures)
    inner_rule = _inner(rule)
    return inner_rule is not None and _is_internal(inner_rule, measures)


def _is_nominal(rule: Rule) -> bool:
    if isinstance(rule, nodes.Growth) and rule.nominal:
        return True
    return any(_is_nominal(getattr(rule, name)) for name in rule.children)
