"""Pooling: rules over members for many regions at once, from the algebra that says what they are.

Figures are worked out for each area once, exactly, and rounded once: what is the greatest, or the
same, is so of the floats as well.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.blocks import Ragged
from bajio.engines.array.finishing import number
from bajio.engines.array.rounding import LOOSE
from bajio.rules.algebra import (
    Applied,
    Constant,
    Differences,
    Either,
    Expression,
    Figure,
    Operation,
    Operator,
    Pooled,
    Total,
)

_FOLDS = {"sum": np.add, "minimum": np.minimum, "maximum": np.maximum}
_FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "absolute": np.abs,
    "logarithm": np.log,
    "exponential": np.exp,
}


@frozen(eq=False)
class PooledValues:
    """A rule over members, for the regions of a block.

    Attributes:
        values: a float a region, without meaning where it is refused.
        failed: for each region the place of the condition that fails, from 1 on; zero: none.
        doubtful: where rounding may have decided that; `None`: nowhere.
    """

    values: Floats
    failed: Floats
    doubtful: Bools | None


def pool(rule: Pooled, figures: Mapping[str, Floats], block: Ragged) -> PooledValues:
    """A rule over members for the regions of a block.

    Args:
        rule: as data.
        figures: of each area, by the name of the rule's need.
        block: the regions, with those members only that enter.

    Examples:
        >>> from bajio.rules.members import Average
        >>> from bajio.rules.nodes import Sum
        >>> block = Ragged(np.array([0, 1, 2]), np.array([1, 2]))
        >>> pool(Average(Sum("gdp")).pooled(), {"rule": np.array([6.0, 2.0, 3.0])}, block).values
        array([6. , 2.5])
    """
    pot = _Pot(block, {name: figure.take(block.flat) for name, figure in figures.items()})
    failed = np.zeros(block.size)
    doubtful: Bools | None = None
    with np.errstate(all="ignore"):
        for at, condition in enumerate(rule.conditions, 1):
            value = np.broadcast_to(pot.value(condition.term), block.size)
            holds = value > 0 if condition.strict else value >= 0
            if not _is_picked(condition.term):
                near = (failed == 0) & ~(np.abs(value) > LOOSE)
                doubtful = near if doubtful is None else doubtful | near
            failed = np.where((failed == 0) & ~holds, at, failed)
        values = np.broadcast_to(pot.value(rule.value), block.size)
    return PooledValues(np.asarray(values, dtype=np.float64), failed, doubtful)


def is_picked(rule: Pooled) -> bool:
    """Whether a rule's value is one member's own figure."""
    return _is_picked(rule.value)


def _is_picked(node: Expression) -> bool:
    """Whether the sign of a term is that of figures themselves, or of how many there are."""
    match node:
        case Total("minimum" | "maximum" | "count", Figure() | Constant()):
            return True
        case Operation(Operator.MINUS, Total(first, Figure()), Total(second, Figure())):
            return {first, second} <= {"minimum", "maximum"}
        case Operation(Operator.MINUS, Total("count", _), Constant()):
            return True
    return False


@frozen(eq=False, slots=False)
class _Pot:
    """Members' entries side by side, and what totals of them have come to."""

    block: Ragged
    figures: Mapping[str, Floats]
    kept: dict[Expression, Any] = field(factory=dict)

    @cached_property
    def counts(self) -> Floats:
        return self.block.counts.astype(np.float64)

    def value(self, node: Expression) -> Any:
        """A term over the region, an entry a region."""
        return self._worked_out(node, self.total)

    def each(self, node: Expression) -> Any:
        """A term over a member, an entry a member."""
        if isinstance(node, Figure):
            return self.figures[node.name]
        return self._worked_out(node, lambda total: self.spread(self.total(total)), self.each)

    def spread(self, entries: Any) -> Any:
        """A region's entry for each of its members."""
        return np.repeat(entries, self.block.counts)

    def total(self, node: Total | Differences) -> Any:
        if node not in self.kept:
            self.kept[node] = self._total(node)
        return self.kept[node]

    def _total(self, node: Total | Differences) -> Any:
        if isinstance(node, Differences):
            return self._differences(self.members(node.value), self.members(node.weight))
        if node.fold == "count":
            return self.counts
        return self.block.fold(self.members(node.argument), _FOLDS[node.fold])

    def members(self, node: Expression) -> Floats:
        """A term over a member, an entry a member, be it the same for all."""
        return np.array(np.broadcast_to(self.each(node), len(self.block.flat)), dtype=np.float64)

    def _differences(self, values: Floats, weights: Floats) -> Floats:
        """All pairs' differences, from the gaps between neighbours: none can cancel another."""
        counts = self.block.counts
        turn = np.arange(len(values)) - self.spread(self.block.starts)
        shape = self.block.size, int(counts.max(initial=0))
        order = np.lexsort((values, self.block.owners))
        ordered, weighed = np.zeros(shape), np.zeros(shape)
        ordered[self.block.owners, turn] = values[order]
        weighed[self.block.owners, turn] = weights[order]
        below = np.cumsum(weighed, axis=1)[:, :-1]
        above = np.cumsum(weighed[:, :0:-1], axis=1)[:, ::-1]
        gaps = np.where(np.arange(1, shape[1]) < counts[:, None], np.diff(ordered, axis=1), 0.0)
        found: Floats = 2 * (gaps * below * above).sum(axis=1)
        return found

    def _worked_out(
        self,
        node: Expression,
        of_total: Callable[[Any], Any],
        inner: Callable[[Expression], Any] | None = None,
    ) -> Any:
        inner = inner or self.value
        match node:
            case Constant(value):
                return number(value)
            case Total() | Differences():
                return of_total(node)
            case Operation(operator, left, right):
                first, second = inner(left), inner(right)
                over = operator is Operator.OVER
                return np.divide(first, second) if over else operator.of(first, second)
            case Either(test, then, otherwise):
                return np.where(np.greater(inner(test), 0), inner(then), inner(otherwise))
            case Applied("entropy", argument):
                value = inner(argument)
                return value * np.log(np.where(np.equal(value, 0), 1.0, value))
            case Applied("power", argument, exponent):
                return _power(inner(argument), float(exponent))
            case Applied(function, argument):
                return _FUNCTIONS[function](inner(argument))
        raise AssertionError("a figure is a member's, not a region's")


def _power(value: Any, exponent: float) -> Any:
    return np.sqrt(value) if exponent == 0.5 else np.power(value, exponent)
