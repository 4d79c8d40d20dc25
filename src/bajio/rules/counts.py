"""Counts: which rules give a plain number, and which a share that is read in percent.

The unit of both is 1. A sum of what is counted in 1 is a plain number, as hospital beds are;
a ratio of like to like is a share, and so is growth.
"""

from collections.abc import Mapping

from bajio.facts.measures import Measure
from bajio.rules import nodes
from bajio.rules.algebra import Operator
from bajio.rules.nodes import Rule
from bajio.units import ONE

_OF_MEASURE = (nodes.Sum, nodes.WeightedMean, nodes.Mean, nodes.Minimum, nodes.Maximum)
_CONTEXT = (nodes.Lag, nodes.Over, nodes.At, nodes.Convert, nodes.Deflate)


def is_count(rule: Rule, measures: Mapping[str, Measure]) -> bool:
    """Whether a rule whose unit is 1 gives a plain number, and no share.

    Args:
        rule: what is computed.
        measures: those that it may name.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> measures = {"beds": Measure("beds", "Hospital beds", "1")}
        >>> is_count(Sum("beds"), measures), is_count(Sum("beds") / Sum("beds"), measures)
        (True, False)
    """
    match rule:
        case nodes.OverMembers() if not rule.keeps_unit:
            return True
        case nodes.OverMembers():
            first = next(iter(rule.needs_by_name().values()))
            return isinstance(first, Rule) and is_count(first, measures)
        case nodes.Arithmetic(operator, left, right):
            return _is_count_of(operator, left, right, measures)
        case nodes.Axis() | nodes.Function():  # a number of categories is made of no other rule
            return all(is_count(inner, measures) for inner in rule.inner())
    if isinstance(rule, _OF_MEASURE):
        measure = measures.get(rule.measure)
        return measure is not None and measure.unit == ONE
    if isinstance(rule, _CONTEXT):
        return is_count(rule.rule, measures)
    return False


def _is_count_of(
    operator: Operator, left: Rule, right: Rule, measures: Mapping[str, Measure]
) -> bool:
    """Whether arithmetic gives a plain number: a count over a count is a share."""
    above, below = is_count(left, measures), is_count(right, measures)
    return above and not below if operator is Operator.OVER else above or below
