"""Blocks: some regions side by side, as the positions of their members among the areas.

A block is what fits the processor's cache; there are two kinds, since regions of one size need no
bookkeeping: `Equal` holds a row of positions for each first, second, ... member,
`Ragged` holds all members one after another, with how many each region has.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from attrs import frozen

from bajio.engines.array.arrays import Bools, Floats, Indices

#: With so many areas the sums of all their pairs fit the processor's cache.
_MOST_PAIRED = 256


class Block(Protocol):
    """Some regions side by side."""

    @property
    def size(self) -> int:
        """How many regions."""

    @property
    def counts(self) -> Indices:
        """How many members each region has."""

    def sums(self, vector: Floats) -> Floats:
        """For each region the sum of its members' entries."""

    def extremes(self, vector: Floats, function: np.ufunc) -> Floats:
        """For each region the least or greatest of its members' entries."""

    def compared(self, vector: Floats, values: Floats, compare: np.ufunc) -> Indices:
        """For each region how many of its members' entries compare so with its value."""

    def only(self, areas: Bools) -> "Block":
        """The same regions with those members that are among some areas."""

    def some(self, rows: Indices) -> "Block":
        """Some of the regions."""

    def members(self, row: int) -> Indices:
        """The positions of a region's members."""

    def ragged(self) -> "Ragged":
        """The same, all members one after another."""


@frozen(eq=False, slots=False)
class Equal:
    """Regions of one size.

    Attributes:
        members_by_turn: positions: a row for the first members, one for the second, ...
    """

    members_by_turn: Indices

    @property
    def size(self) -> int:
        """How many regions."""
        return int(self.members_by_turn.shape[1])

    @property
    def each(self) -> int:
        """How many members each has."""
        return int(self.members_by_turn.shape[0])

    @cached_property
    def counts(self) -> Indices:
        """How many members each region has."""
        return np.full(self.size, self.each)

    @cached_property
    def _pairs(self) -> tuple[int, tuple[Indices, ...]]:
        """The members two by two, each pair as one position in a table of all pairs."""
        turns = self.members_by_turn
        areas = int(turns.max(initial=-1)) + 1
        if areas > _MOST_PAIRED:
            return areas, ()
        return areas, tuple(
            turns[position] * areas + turns[position + 1] for position in range(0, self.each - 1, 2)
        )

    def sums(self, vector: Floats) -> Floats:
        """For each region the sum of its members' entries."""
        areas, pairs = self._pairs
        if not pairs:
            return _added([vector.take(turn) for turn in self.members_by_turn])
        entries = vector[:areas]
        table = np.add.outer(entries, entries).ravel()
        parts = [table.take(pair) for pair in pairs]
        if self.each % 2:
            parts.append(vector.take(self.members_by_turn[-1]))
        return _added(parts)

    def extremes(self, vector: Floats, function: np.ufunc) -> Floats:
        """For each region the least or greatest of its members' entries."""
        result: Floats = function.reduce(vector.take(self.members_by_turn), axis=0)
        return result

    def compared(self, vector: Floats, values: Floats, compare: np.ufunc) -> Indices:
        """For each region how many of its members' entries compare so with its value."""
        result = np.zeros(self.size, dtype=np.intp)
        for turn in self.members_by_turn:
            result += compare(vector.take(turn), values)
        return result

    def only(self, areas: Bools) -> Block:
        """The same regions with those members that are among some areas."""
        return self.ragged().only(areas)

    def some(self, rows: Indices) -> "Equal":
        """Some of the regions."""
        return Equal(np.ascontiguousarray(self.members_by_turn[:, rows]))

    def members(self, row: int) -> Indices:
        """The positions of a region's members."""
        return self.members_by_turn[:, row]

    def ragged(self) -> "Ragged":
        """The same, all members one after another."""
        return Ragged(self.members_by_turn.T.ravel(), self.counts)


@frozen(eq=False, slots=False)
class Ragged:
    """Regions of any size, none included.

    Attributes:
        flat: positions of all members, region by region.
        counts: how many members each region has.
    """

    flat: Indices
    counts: Indices

    @property
    def size(self) -> int:
        """How many regions."""
        return len(self.counts)

    @cached_property
    def starts(self) -> Indices:
        """Where each region's members begin."""
        return np.concatenate(([0], np.cumsum(self.counts)[:-1])).astype(np.intp)

    @cached_property
    def owners(self) -> Indices:
        """For each member the region that it is of."""
        return np.repeat(np.arange(self.size), self.counts)

    @cached_property
    def filled(self) -> Indices | None:
        """The regions that have members; `None` where all have."""
        return None if self.counts.all() else np.flatnonzero(self.counts)

    def fold(self, entries: Floats, function: np.ufunc) -> Floats:
        """The members' entries folded, region by region; zero for a region of none."""
        if self.filled is None:
            folded: Floats = function.reduceat(entries, self.starts) if self.size else entries
            return folded
        result = np.zeros(self.size)
        if len(self.filled):
            result[self.filled] = function.reduceat(entries, self.starts[self.filled])
        return result

    def sums(self, vector: Floats) -> Floats:
        """For each region the sum of its members' entries."""
        return self.fold(vector.take(self.flat), np.add)

    def extremes(self, vector: Floats, function: np.ufunc) -> Floats:
        """For each region the least or greatest of its members' entries."""
        return self.fold(vector.take(self.flat), function)

    def compared(self, vector: Floats, values: Floats, compare: np.ufunc) -> Indices:
        """For each region how many of its members' entries compare so with its value."""
        holds = compare(vector.take(self.flat), np.repeat(values, self.counts))
        return self.fold(holds.astype(np.float64), np.add).astype(np.intp)

    def only(self, areas: Bools) -> "Ragged":
        """The same regions with those members that are among some areas."""
        kept = areas.take(self.flat)
        counts = np.bincount(self.owners[kept], minlength=self.size).astype(np.intp)
        return Ragged(self.flat[kept], counts)

    def some(self, rows: Indices) -> "Ragged":
        """Some of the regions."""
        counts = self.counts[rows]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        within = np.arange(total) - np.repeat(ends - counts, counts)
        return Ragged(self.flat[np.repeat(self.starts[rows], counts) + within], counts)

    def members(self, row: int) -> Indices:
        """The positions of a region's members."""
        start = self.starts[row]
        return self.flat[start : start + self.counts[row]]

    def ragged(self) -> "Ragged":
        """Itself."""
        return self


def _added(parts: Sequence[Floats]) -> Floats:
    total = parts[0]
    for part in parts[1:]:
        total += part
    return total


def block_of(rows: Sequence[Sequence[int]]) -> Block:
    """A block of some lists of positions.

    Examples:
        >>> block_of([[0, 1], [1, 2]]).sums(np.array([1.0, 2.0, 4.0]))
        array([3., 6.])
        >>> block_of([[0], [], [1, 2]]).sums(np.array([1.0, 2.0, 4.0]))
        array([1., 0., 6.])
    """
    sizes = {len(row) for row in rows}
    if len(sizes) == 1 and sizes != {0}:
        return Equal(np.array(rows, dtype=np.intp).T.copy())
    flat = np.array([position for row in rows for position in row], dtype=np.intp)
    return Ragged(flat, np.array([len(row) for row in rows], dtype=np.intp))


def any_of(block: Block, some: Sequence[int], areas: int) -> Bools:
    """Which regions have one of some areas, by positions among so many."""
    vector = np.zeros(areas)
    vector[list(some)] = 1.0
    result: Bools = block.sums(vector) > 0
    return result


def either(first: Bools | None, second: Bools | None) -> Bools | None:
    """Where one of two holds; `None` is nowhere."""
    if first is None or second is None:
        return second if first is None else first
    return first | second


def both(first: Bools | None, second: Bools | None) -> Bools | None:
    """Where two hold; `None` is everywhere."""
    if first is None or second is None:
        return second if first is None else first
    return first & second
