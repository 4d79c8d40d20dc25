"""Traits: what follows from a rule's nodes, and so which laws it must keep."""

from collections.abc import Iterable, Mapping

from bajio.facts.measures import Measure
from bajio.rules import nodes
from bajio.rules.members import Average, Best, Worst
from bajio.rules.nodes import Operator, Rule
from bajio.rules.plan import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Change,
    Constant,
    Expression,
    Fold,
    Leaf,
    Operation,
    Plan,
    Ref,
)
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
    return _degree(plan.expression, [int(leaf.fold is Fold.SUM) for leaf in plan.leaves])


def scale_degree(plan: Plan, measure: str) -> int | None:
    """The power of k by which a rule is multiplied where a measure's figures are; `None`: none."""
    return _degree(plan.expression, [_times(leaf, measure) for leaf in plan.leaves])


def _times(leaf: Leaf, measure: str) -> int:
    return sum(cell.measure == measure for cell in leaf.cells)


def _degree(expression: Expression, degrees: list[int]) -> int | None:
    match expression:
        case Ref(leaf):
            return degrees[leaf]
        case Constant():
            return 0
        case Change(now, before):
            first, second = _degree(now, degrees), _degree(before, degrees)
            return 0 if first is not None and first == second else None
        case Operation(operator, left, right):
            first, second = _degree(left, degrees), _degree(right, degrees)
            if first is None or second is None:
                return None
            if operator is Operator.TIMES:
                return first + second
            if operator is Operator.OVER:
                return first - second
            return first if first == second else None
        case Applied(function, argument):
            degree = 0 if function == UNLESS_NEGATIVE else _degree(argument, degrees)
            return degree if function == "absolute" or not degree else None
        case Call(needs=((_, own),), unit=None):  # the greatest, least or mean of members' own
            return _degree(own, degrees)
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
