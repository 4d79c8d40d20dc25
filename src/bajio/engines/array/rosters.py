"""Rosters: where blocks of regions come from: lists of positions, a matrix, or all combinations.

Each is checked as it is made, and gives its regions block by block, so that what is worked out
of them needs no more memory for ten million regions than for ten thousand.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import comb
from typing import Any, Protocol

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Bools, Indices
from bajio.engines.array.blocks import Block, Equal, Ragged, block_of
from bajio.errors import InvalidRegion, InvalidValue, shown
from bajio.facts.periods import whole

#: Blocks are kept where all of a source's positions take no more than this many entries.
_MOST_KEPT = 2**22


class Roster(Protocol):
    """Regions as positions of their members among the areas."""

    def __len__(self) -> int: ...

    @property
    def width(self) -> int:
        """How many entries a region takes, about, where all its members are side by side."""

    def blocks(self, size: int) -> Iterator[Block]:
        """All regions, so many at once."""

    def positions(self, row: int) -> Sequence[int]:
        """The positions of a region's members."""


@frozen(eq=False, slots=False)
class Listed:
    """Regions of one size, as an array with a row of positions for each."""

    array: Indices
    _kept: dict[int, list[Block]] = field(init=False, factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.array)

    @property
    def width(self) -> int:
        """How many members each region has."""
        return int(self.array.shape[1])

    def blocks(self, size: int) -> Iterator[Block]:
        """All regions, so many at once; kept where they are few."""
        return _kept(self._kept, size, self.array.size, self._blocks(size))

    def _blocks(self, size: int) -> Iterator[Block]:
        for start in range(0, len(self.array), size):
            some = self.array[start : start + size]
            yield Equal(np.ascontiguousarray(some.T, dtype=np.intp))

    def positions(self, row: int) -> Sequence[int]:
        """The positions of a region's members."""
        return [int(position) for position in self.array[row]]


@frozen(eq=False, slots=False)
class Flat:
    """Regions of any size, all their members one after another."""

    flat: Indices
    counts: Indices
    _kept: dict[int, list[Block]] = field(init=False, factory=dict, repr=False)

    @cached_property
    def ends(self) -> Indices:
        """Where each region's members end."""
        return np.cumsum(self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def width(self) -> int:
        """How many members the widest region has."""
        return int(self.counts.max(initial=1))

    def blocks(self, size: int) -> Iterator[Block]:
        """All regions, so many at once; kept where they are few."""
        return _kept(self._kept, size, len(self.flat), self._blocks(size))

    def _blocks(self, size: int) -> Iterator[Block]:
        for start in range(0, len(self), size):
            stop = min(start + size, len(self))
            first = int(self.ends[start] - self.counts[start])
            yield Ragged(self.flat[first : int(self.ends[stop - 1])], self.counts[start:stop])

    def positions(self, row: int) -> Sequence[int]:
        """The positions of a region's members."""
        end = int(self.ends[row])
        return [int(position) for position in self.flat[end - int(self.counts[row]) : end]]


@frozen(eq=False)
class Matrix:
    """Regions as rows of a matrix of areas, true where an area is a member."""

    matrix: Bools

    def __len__(self) -> int:
        return len(self.matrix)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return int(self.matrix.shape[1])

    def blocks(self, size: int) -> Iterator[Block]:
        """All regions, so many at once."""
        for start in range(0, len(self.matrix), size):
            some = self.matrix[start : start + size]
            counts = np.count_nonzero(some, axis=1).astype(np.intp)
            yield Ragged(np.nonzero(some)[1].astype(np.intp, copy=False), counts)

    def positions(self, row: int) -> Sequence[int]:
        """The positions of a region's members."""
        return [int(position) for position in np.flatnonzero(self.matrix[row])]


@frozen(eq=False, slots=False)
class Combined:
    """All regions of a size among so many areas, in the order of `itertools.combinations`."""

    areas: int
    each: int
    _kept: dict[int, list[Block]] = field(init=False, factory=dict, repr=False)

    def __len__(self) -> int:
        return comb(self.areas, self.each)

    @property
    def width(self) -> int:
        """How many members each region has."""
        return self.each

    def blocks(self, size: int) -> Iterator[Block]:
        """All regions, so many at once; kept where they are few."""
        return _kept(self._kept, size, len(self) * self.each, self._blocks(size))

    def _blocks(self, size: int) -> Iterator[Block]:
        for start in range(0, len(self), size):
            yield Equal(self._turns(start, min(start + size, len(self))))

    def positions(self, row: int) -> Sequence[int]:
        """The positions of a region's members."""
        return [int(position) for position in self._turns(row, row + 1)[:, 0]]

    def _turns(self, start: int, stop: int) -> Indices:
        """The combinations of some places in the order, a column each.

        The combinatorial number system: each place is a sum of binomials in one way only,
        counted from the end of the order and of the areas.
        """
        left = np.int64(len(self) - 1) - np.arange(start, stop, dtype=np.int64)
        turns = np.empty((self.each, stop - start), dtype=np.intp)
        for position in range(self.each):
            size = self.each - position
            binomials = np.array([comb(n, size) for n in range(self.areas)], dtype=np.int64)
            chosen = np.searchsorted(binomials, left, side="right") - 1
            left -= binomials[chosen]
            turns[position] = self.areas - 1 - chosen
        return turns


def _kept(
    kept: dict[int, list[Block]], size: int, entries: int, blocks: Iterator[Block]
) -> Iterator[Block]:
    """Blocks from where they are kept, and kept there if they are few."""
    if entries > _MOST_KEPT:
        return blocks
    if size not in kept:
        kept[size] = list(blocks)
    return iter(kept[size])


def from_lists(rows: Sequence[Sequence[int]]) -> Roster:
    """Regions from lists of positions, as they are.

    Raises:
        InvalidRegion: there are none.
    """
    if not rows:
        raise _none()
    block = block_of(rows)
    if isinstance(block, Equal):
        return Listed(np.ascontiguousarray(block.members_by_turn.T))
    ragged = block.ragged()
    return Flat(ragged.flat, ragged.counts)


def from_indices(indices: Any, areas: Sequence[str]) -> Roster:
    """Regions from positions as a user gives them: an array with a row each, or lists.

    Raises:
        InvalidValue: not whole numbers, or out of range.
        InvalidRegion: a region is empty, or has a member twice.
    """
    if isinstance(indices, np.ndarray):
        return _listed(_own(indices), areas)
    flat, counts = _flattened(indices)
    _check_range(flat, areas)
    if not counts.all():
        raise InvalidRegion(f"row {int(np.argmin(counts))} is empty: a region has members")
    owners = np.repeat(np.arange(len(counts)), counts)
    order = np.lexsort((flat, owners))
    twice = (flat[order][1:] == flat[order][:-1]) & (owners[order][1:] == owners[order][:-1])
    if twice.any():
        position = order[int(np.argmax(twice))]
        raise _twice(int(owners[position]), areas[int(flat[position])])
    sizes = set(counts.tolist())
    return Listed(flat.reshape(-1, sizes.pop())) if len(sizes) == 1 else Flat(flat, counts)


def _flattened(indices: Any) -> tuple[Indices, Indices]:
    try:
        rows = [np.asarray(row) for row in indices]
    except (TypeError, ValueError):
        text = f"{shown(indices)} are no positions: give a list of them for each region"
        raise InvalidValue(text) from None
    if not rows:
        raise _none()
    for position, row in enumerate(rows):
        if row.ndim != 1 or (row.size and row.dtype.kind not in "iu"):
            text = shown(indices[position] if isinstance(indices, Sequence) else row)
            raise InvalidValue(f"row {position} is {text}: give the positions of its members")
    counts = np.array([len(row) for row in rows], dtype=np.intp)
    return np.concatenate(rows).astype(np.intp), counts


def _own(rows: Any) -> Any:
    """An array as it is now, whatever becomes of what it was made from."""
    try:
        array = np.array(rows)
    except (TypeError, ValueError):
        raise InvalidValue(f"{shown(rows)} is no array: give rows of one length") from None
    array.flags.writeable = False
    return array


def _listed(array: Any, areas: Sequence[str]) -> Roster:
    if array.ndim != 2 or array.dtype.kind not in "iu":
        raise InvalidValue(
            f"indices are an array of {array.dtype} with {array.ndim} axes: give whole numbers, "
            "a row a region; a matrix of true and false is taken by from_matrix"
        )
    if not len(array):
        raise _none()
    if not array.shape[1]:
        raise InvalidRegion("row 0 is empty: a region has members")
    _check_range(array, areas)
    for start in range(0, len(array), 2**16):
        ordered = np.sort(array[start : start + 2**16], axis=1)
        twice = ordered[:, 1:] == ordered[:, :-1]
        if twice.any():
            row, turn = np.argwhere(twice)[0]
            raise _twice(start + int(row), areas[int(ordered[row, turn])])
    return Listed(array)


def _check_range(positions: Any, areas: Sequence[str]) -> None:
    if positions.size and not 0 <= int(positions.min()) <= int(positions.max()) < len(areas):
        wrong = positions[(positions < 0) | (positions >= len(areas))].ravel()[0]
        raise InvalidValue(f"position {int(wrong)} is none of the {len(areas)} areas'")


def _twice(row: int, code: str) -> InvalidRegion:
    return InvalidRegion(f"row {row} has {code} twice: a region is a set of areas")


def _none() -> InvalidRegion:
    return InvalidRegion("there are no regions: give the members of one at least")


def from_matrix(truths: Any, areas: Sequence[str]) -> Roster:
    """Regions from a matrix of true and false, a row a region, a column an area.

    Raises:
        InvalidValue: it is no such matrix.
        InvalidRegion: a region is empty.
    """
    matrix = _own(truths)
    if matrix.ndim != 2 or matrix.dtype != np.bool_:
        raise InvalidValue(
            f"a matrix of {matrix.dtype} with {matrix.ndim} axes: give true and false, a row a "
            "region, a column an area; positions are taken by from_indices"
        )
    if matrix.shape[1] != len(areas):
        raise InvalidValue(f"the matrix has {matrix.shape[1]} columns, and {len(areas)} areas")
    if not len(matrix):
        raise _none()
    filled = matrix.any(axis=1)
    if not filled.all():
        raise InvalidRegion(f"row {int(np.argmin(filled))} is empty: a region has members")
    return Matrix(matrix)


def combined(areas: int, each: int) -> Roster:
    """All regions of so many of so many areas.

    Raises:
        InvalidValue: no such region, or more than can be counted off.
    """
    size = whole(each)
    if size is None or not 1 <= size <= areas:
        raise InvalidValue(f"alliances of {shown(each)} among {areas} areas: give 1 to {areas}")
    if comb(areas, size) >= 2**62:  # places in the order are counted in 64 bits
        raise InvalidValue(f"there are {comb(areas, size)} alliances of {size} among {areas} areas")
    return Combined(areas, size)


def first_with_both(rows: Roster, areas: int, pairs: Sequence[tuple[int, int]]) -> int | None:
    """The first region with both areas of a pair, of so many areas; `None` where there is none."""
    start = 0
    for block in rows.blocks(2**16):
        for pair in pairs:
            vector = np.zeros(areas)
            vector[list(pair)] = 1.0
            both = block.sums(vector) == 2
            if both.any():
                return start + int(np.argmax(both))
        start += block.size
    return None
