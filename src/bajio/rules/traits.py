"""Traits: what follows from a rule's nodes, and so which laws it must keep."""

from collections.abc import Iterable, Mapping, Sequence

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
)
from bajio.rules.plan import Fold, Leaf, Plan
from bajio.rules.promises import IMPLIED, Trait
from bajio.rules.rule import Rule


def traits_of(rule: Rule, plan: Plan, measures: Mapping[str, Measure]) -> frozenset[Trait]:
    """The traits that follow from a rule's nodes.

    Args:
        rule: what is computed.
        plan: what it comes down to.
        measures: those that it names.

    Examples:
        >>> from bajio.rules import Sum
        >>> from bajio.rules.resolution import resolve
        >>> measures = {code: Measure(code, code, "1", minimum=0) for code in ("gdp", "people")}
        >>> rule = Sum("gdp") / Sum("people")
        >>> [str(trait) for trait in sorted(traits_of(rule, resolve(rule, measures), measures))]
        ['internal', 'of-totals', 'replication-invariant']
    """
    of_leaves = {
        Trait.ADDITIVE: plan.additive,
        Trait.OF_TOTALS: all(leaf.fold is Fold.SUM and leaf.cells for leaf in plan.leaves),
        Trait.INTERNAL: rule.is_internal(measures),
        Trait.REPLICATION_INVARIANT: replication_degree(plan) == 0,
        Trait.MONOTONE: rule.is_positive(measures),
        Trait.NOMINAL: any(Trait.NOMINAL in node.traits() for node in rule.walk()),
    }
    return with_implied((*rule.traits(), *(trait for trait, holds in of_leaves.items() if holds)))


def with_implied(traits: Iterable[Trait]) -> frozenset[Trait]:
    """Traits with those that they bring with them."""
    declared = frozenset(traits)
    return declared.union(*(IMPLIED.get(trait, ()) for trait in declared))


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
