"""Rules over members, as Gini's, for many sets of areas at once.

Regions lie side by side with their members one after another: values are floats, worked out of
figures that are exact but for one rounding each. The sets that a search looks at are rows of a
matrix of areas: how far each value can be off is known, so that no set is lost.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen

from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.bitsets import Masks
from bajio.engines.array.blocks import Ragged, either
from bajio.engines.array.enclosures import EnclosedDomain, Enclosure
from bajio.engines.array.exactness import LOOSE
from bajio.engines.array.floats import FloatDomain
from bajio.engines.array.scaled import UNIT
from bajio.engines.problem import MemberRule
from bajio.rules.algebra import (
    Condition,
    Constant,
    Differences,
    Either,
    Expression,
    MemberTotal,
    Operation,
    Operator,
    OwnFigure,
    Pooled,
)

_FOLDS = {"sum": np.add, "minimum": np.minimum, "maximum": np.maximum}
#: Sets that are worked out at once: their arrays by areas stay in the processor's cache.
_ROWS = 1 << 11
#: Products that OpenBLAS adds up in one thread, of a matrix by a matrix and by a vector.
_MOST_OF_PAIRS, _MOST_OF_AREAS = 1 << 17, 1 << 13


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

    Figures are exact but for one rounding each: what is the greatest, or the same, is so of the
    floats as well.

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
        for position, condition in enumerate(rule.conditions, 1):
            value = np.broadcast_to(pot.fold(condition.term), block.size)
            if not _is_picked(condition.term):
                doubtful = either(doubtful, (failed == 0) & ~(np.abs(value) > LOOSE))
            failed = np.where((failed == 0) & ~condition.holds(value), position, failed)
        values = np.broadcast_to(pot.fold(rule.value), block.size)
    return PooledValues(np.asarray(values, dtype=np.float64), failed, doubtful)


def is_picked(rule: Pooled) -> bool:
    """Whether a rule's value is one member's own figure."""
    return _is_picked(rule.value)


def _is_picked(node: Expression) -> bool:
    """Whether the sign of a term is that of figures themselves, or of how many there are."""
    match node:
        case MemberTotal("minimum" | "maximum" | "count", OwnFigure() | Constant()):
            return True
        case Operation(
            Operator.MINUS, MemberTotal(first, OwnFigure()), MemberTotal(second, OwnFigure())
        ):
            return {first, second} <= {"minimum", "maximum"}
        case Operation(Operator.MINUS, MemberTotal("count", _), Constant()):
            return True
    return False


class _Chosen(FloatDomain):
    """Floats of which some are chosen by a test."""

    def either(self, either: Either) -> Any:
        above = np.greater(self.fold(either.test), 0)
        return np.where(above, self.fold(either.then), self.fold(either.otherwise))


class _Pot(_Chosen):
    """Terms over regions, an entry a region; what totals have come to is kept."""

    def __init__(self, block: Ragged, figures: Mapping[str, Floats]) -> None:
        self.block = block
        self._members = _Members(self, figures)
        self._kept: dict[Expression, Any] = {}

    @cached_property
    def _counts(self) -> Floats:
        return self.block.counts.astype(np.float64)

    def total(self, total: MemberTotal | Differences) -> Any:
        if total not in self._kept:
            self._kept[total] = self._total(total)
        return self._kept[total]

    def _total(self, total: MemberTotal | Differences) -> Any:
        if isinstance(total, Differences):
            return self._differences(self._of_each(total.value), self._of_each(total.weight))
        if total.fold == "count":
            return self._counts
        return self.block.fold(self._of_each(total.argument), _FOLDS[total.fold])

    def _of_each(self, term: Expression) -> Floats:
        """A term over a member, an entry a member, be it the same for all."""
        entries = self._members.fold(term)
        return np.array(np.broadcast_to(entries, len(self.block.flat)), dtype=np.float64)

    def _differences(self, values: Floats, weights: Floats) -> Floats:
        """All pairs' differences, from the gaps between neighbours: none can cancel another."""
        counts = self.block.counts
        turn = np.arange(len(values)) - np.repeat(self.block.starts, counts)
        shape = self.block.size, int(counts.max(initial=0))
        order = np.lexsort((values, self.block.owners))
        ordered, weighed = np.zeros(shape), np.zeros(shape)
        ordered[self.block.owners, turn] = values[order]
        weighed[self.block.owners, turn] = weights[order]
        below = np.cumsum(weighed, axis=1)[:, :-1]
        above = np.cumsum(weighed[:, :0:-1], axis=1)[:, ::-1]
        gaps = np.where(np.arange(1, shape[1]) < counts[:, None], np.diff(ordered, axis=1), 0.0)
        differences: Floats = 2 * (gaps * below * above).sum(axis=1)
        return differences


class _Members(_Chosen):
    """Terms over members, an entry a member: a total is a region's for each of its members."""

    def __init__(self, pot: _Pot, figures: Mapping[str, Floats]) -> None:
        self._pot = pot
        self._figures = figures

    def figure(self, figure: OwnFigure) -> Floats:
        return self._figures[figure.name]

    def total(self, total: MemberTotal | Differences) -> Floats:
        return np.repeat(self._pot.total(total), self._pot.block.counts)


@frozen(eq=False)
class SetPool:
    """A rule over members, for sets of some areas.

    Attributes:
        quantity: the rule as data, with the figures of all areas.
        positions: of the areas that a set's bits stand for.
        fixed: positions of those that are in every set.
    """

    quantity: MemberRule
    positions: tuple[int, ...]
    fixed: tuple[int, ...]

    def of(self, masks: Masks) -> Enclosure:
        """The value for each set."""
        parts = [self._some(part) for part in self._members(masks)]
        return Enclosure(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    def _members(self, masks: Masks) -> Iterator[Bools]:
        """Sets by areas: which area is in which set; some sets at a time."""
        kind, count = masks.dtype.type, len(self.positions)
        shifts = np.arange(count - 1, -1, -1).astype(kind)
        for first in range(0, len(masks), _ROWS):
            some = masks[first : first + _ROWS, np.newaxis]
            free = (some >> shifts & kind(1)).astype(bool)
            always = np.ones((len(some), len(self.fixed)), bool)
            yield np.concatenate((free, always), axis=1)

    def _some(self, members: Bools) -> tuple[Floats, Floats]:
        order = [*self.positions, *self.fixed]
        figures = {}
        for name, terms in self.quantity.figures:
            row = np.array([float(terms[position]) for position in order])
            figures[name] = Enclosure.of(row[np.newaxis, :], 0.0)
        domain = _SetDomain(members, figures)
        with np.errstate(all="ignore"):
            result = domain.fold(self.quantity.value)
            wrong, doubtful = np.isnan(result.value), np.zeros((len(members), 1), bool)
            for condition in self.quantity.conditions:
                may, must = _holding(condition, domain.fold(condition.term))
                wrong = wrong | ~may
                doubtful = doubtful | (may & ~must)
            result = Enclosure.of(result.value, result.error, wrong, doubtful)
        shape = (len(members), 1)
        value, error = (np.broadcast_to(x, shape)[:, 0] for x in (result.value, result.error))
        return value, error


def _product(members: Floats, areas: Floats) -> Floats:
    """The members of sets times figures of areas, or of pairs of them.

    In pieces for which no library of linear algebra starts threads: it would wait for them longer
    than it works, and other processes have the other processors.
    """
    rows = max((_MOST_OF_PAIRS if areas.ndim == 2 else _MOST_OF_AREAS) // areas.size, 1)
    pieces = [members[first : first + rows] @ areas for first in range(0, len(members), rows)]
    return np.concatenate(pieces)


def _holding(condition: Condition, term: Enclosure) -> tuple[Any, Any]:
    """Where a condition may hold, and where it does for certain."""
    return condition.holds(term.highest), condition.holds(term.lowest)


class _SetDomain(EnclosedDomain):
    """Terms over sets that are rows of a matrix.

    A value is an array of sets by areas, of sets alone, or of areas alone; an area that is not in a
    set takes no part in what is folded over its members.
    """

    def __init__(self, members: Bools, figures: Mapping[str, Enclosure]) -> None:
        self._members = members
        self._inside = members.astype(np.float64)
        self._figures = figures

    def figure(self, figure: OwnFigure) -> Enclosure:
        return self._figures[figure.name]

    def total(self, total: MemberTotal | Differences) -> Enclosure:
        if isinstance(total, Differences):
            return self._differences(self.fold(total.value), self.fold(total.weight))
        members = self._members
        if total.fold == "count":
            return Enclosure(members.sum(axis=1, keepdims=True, dtype=np.float64), 0.0)
        term = self.fold(total.argument)
        if total.fold == "sum":
            return self._sum(term)
        value, error = np.broadcast_arrays(term.value, term.error, members)[:2]
        start, join = (np.inf, np.min) if total.fold == "minimum" else (-np.inf, np.max)
        extreme = join(np.where(members, value, start), axis=1, keepdims=True)
        return Enclosure(extreme, np.where(members, error, 0.0).max(axis=1, keepdims=True))

    def _sum(self, term: Enclosure) -> Enclosure:
        members, rounding = self._members, UNIT * self._members.shape[1]
        row = np.ravel(term.value)
        if np.shape(term.value) == (1, members.shape[1]) and np.isfinite(row).all():
            error = (
                np.broadcast_to(term.error, (1, len(row))).sum() + rounding * np.abs(row).sum()
            )  # of all areas, so of any
            return Enclosure.of(_product(self._inside, row)[:, np.newaxis], error)
        value, error = np.broadcast_arrays(term.value, term.error, members)[:2]
        counted = np.where(members, value, 0.0)
        off = np.where(members, error, 0.0) + rounding * np.abs(counted)
        return Enclosure.of(counted.sum(axis=1, keepdims=True), off.sum(axis=1, keepdims=True))

    def _differences(self, value: Enclosure, weight: Enclosure) -> Enclosure:
        """Over pairs of members: one matrix of pairs of areas serves all sets."""
        x, w, count = value.value[0], weight.value[0], self._members.shape[1]
        pairs = np.abs(x[:, np.newaxis] - x) * (w[:, np.newaxis] * w)
        sizes = (np.abs(x[:, np.newaxis]) + np.abs(x)) * np.abs(w[:, np.newaxis] * w)
        total = (_product(self._inside, pairs) * self._inside).sum(axis=1, keepdims=True)
        return Enclosure.of(total, UNIT * (count**2 + 4) * sizes.sum())

    def either(self, either: Either) -> Enclosure:
        test = self.fold(either.test)
        then, otherwise = self.fold(either.then), self.fold(either.otherwise)
        value = np.where(test.lowest > 0, then.value, otherwise.value)
        error = np.where(test.lowest > 0, then.error, otherwise.error)
        doubtful = (test.lowest <= 0) & (test.highest > 0)
        return Enclosure.of(value, error, np.isnan(value) & ~doubtful, doubtful)
