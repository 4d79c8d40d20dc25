"""Sets of areas as bits of whole numbers, many at once, with what values come to over each.

The first area has the highest bit: of two sets of one size, the one whose codes come first has
the greater mask. Sums over masks are looked up in tables. The sets of all sizes that are wanted are
the pairs of a set of one half of the areas and one of the other: what is joined over both is one
addition. Halves are sorted by size, so that the pairs of a size are rectangles.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import repeat
from math import comb
from typing import Any, Protocol

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from bajio.engines.array.arrays import Floats, Indices

Masks = NDArray[np.unsignedinteger[Any]]
#: Bits that one table is looked up by: 2¹⁶ floats, half a megabyte, stay in the processor's cache.
_PART = 16
_LOW = (1 << _PART) - 1
#: Sets in a block, where there are as many: what is worked out of them stays in the cache, too.
_BLOCK = 1 << 16


def mask_type(count: int) -> type[np.uint32] | type[np.uint64]:
    """The type of masks of so many areas."""
    return np.uint32 if count <= 32 else np.uint64


def mask_of(members: Sequence[int], count: int) -> int:
    """The mask of some positions among so many areas.

    Examples:
        >>> bin(mask_of([0, 3], 4))
        '0b1001'
    """
    return sum(1 << (count - 1 - position) for position in members)


def members_of(mask: int, count: int) -> tuple[int, ...]:
    """The positions in a mask, ascending.

    Examples:
        >>> members_of(0b1001, 4)
        (0, 3)
    """
    return tuple(position for position in range(count) if mask >> (count - 1 - position) & 1)


def subset_table(values: Sequence[float], start: float, join: Any = np.add) -> Floats:
    """What the values of each subset come to with a start, by mask; the last value has bit 0.

    Examples:
        >>> subset_table([10.0, 1.0], 0.0)
        array([ 0.,  1., 10., 11.])
    """
    table = np.array([start])
    for value in reversed(values):
        table = np.concatenate((table, join(table, value)))
    return table


_SIZES = subset_table([1.0] * _PART, 0.0).astype(np.uint8)


def sizes_of(masks: Masks) -> NDArray[np.uint8]:
    """How many members each mask has.

    Examples:
        >>> sizes_of(np.array([0b1011, 0], np.uint32))
        array([3, 0], dtype=uint8)
    """
    result = _SIZES[(masks & masks.dtype.type(_LOW)).astype(np.intp)]
    for shift in range(_PART, masks.dtype.itemsize * 8, _PART):
        part = (masks >> masks.dtype.type(shift)) & masks.dtype.type(_LOW)
        result = result + _SIZES[part.astype(np.intp)]
    return result


class Lookup:
    """What values come to over any mask: tables of 16 bits each, joined.

    Args:
        values: one an area.
        start: what every set begins with.
        join: `np.add`, `np.minimum` or `np.maximum`.
    """

    def __init__(self, values: Sequence[float], start: float, join: Any = np.add) -> None:
        self._join = join
        empty = 0.0 if join is np.add else start
        ends = range(len(values), 0, -_PART) or [0]
        self._tables = [
            subset_table(values[max(end - _PART, 0) : end], start if end == len(values) else empty,
                         join)
            for end in ends
        ]  # fmt: skip

    def of(self, masks: Masks) -> Floats:
        """What each mask comes to."""
        kind = masks.dtype.type
        result = self._tables[0][(masks & kind(_LOW)).astype(np.intp)]
        for position, table in enumerate(self._tables[1:], 1):
            part = (masks >> kind(position * _PART)) & kind(_LOW)
            result = self._join(result, table[part.astype(np.intp)])
        return result


@frozen(eq=False)
class Values:
    """What is joined over the members of each set.

    Attributes:
        terms: one an area.
        start: what every set begins with.
        join: `np.add`, `np.minimum` or `np.maximum`.
    """

    terms: tuple[float, ...]
    start: float
    join: Any = np.add


class Sets(Protocol):
    """Sets, and what each of some values comes to over them."""

    def __len__(self) -> int: ...

    def of(self, position: int) -> Floats:
        """What the values at a position come to; the caller's own to change."""
        ...

    def masks(self, positions: Indices) -> Masks:
        """The sets at some positions."""
        ...


@frozen(eq=False)
class ChosenSets:
    """A block of sets that are given."""

    given: Masks
    lookups: Sequence[Lookup]

    def __len__(self) -> int:
        return len(self.given)

    def of(self, position: int) -> Floats:
        """What the values at a position come to."""
        return self.lookups[position].of(self.given)

    def masks(self, positions: Indices) -> Masks:
        """The sets at some positions."""
        return self.given[positions]


@frozen(eq=False)
class Half:
    """The sets of one half of the areas, by size, and what values come to over each."""

    masks: Masks
    sizes: NDArray[np.uint8]
    columns: tuple[Floats, ...]

    def span(self, least: int, most: int) -> slice:
        """Where the sets of some sizes are."""
        first, last = np.searchsorted(self.sizes, [max(least, 0), max(most + 1, 0)])
        return slice(int(first), int(last))


@frozen(eq=False)
class Rectangle:
    """A block of all pairs of some sets of the high half and some of the low half."""

    high: Half
    low: Half
    rows: slice
    columns: slice
    joins: Sequence[Any]

    def __len__(self) -> int:
        rows: int = self.rows.stop - self.rows.start
        columns: int = self.columns.stop - self.columns.start
        return rows * columns

    def of(self, position: int) -> Floats:
        """What the values at a position come to."""
        high, low = self.high.columns[position][self.rows], self.low.columns[position][self.columns]
        if len(high) == 1:
            return self.joins[position](low, high[0])  # type: ignore[no-any-return]
        return self.joins[position].outer(high, low).reshape(-1)  # type: ignore[no-any-return]

    def masks(self, positions: Indices) -> Masks:
        """The sets at some positions."""
        row, column = np.divmod(positions, self.columns.stop - self.columns.start)
        return self.high.masks[self.rows][row] | self.low.masks[self.columns][column]


@frozen(eq=False, slots=False)
class Halves:
    """All sets of some areas of some sizes.

    Attributes:
        count: of areas.
        values: what is joined over the members.
        most: the greatest size that will be asked for.

    Examples:
        >>> sum(len(block) for block in Halves(5, (), 3).blocks(2, 3)), Halves.number(5, 2, 3)
        (20, 20)
    """

    count: int
    values: Sequence[Values]
    most: int
    _joins: tuple[Any, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_joins", tuple(value.join for value in self.values))

    @staticmethod
    def number(count: int, least: int, most: int) -> int:
        """How many sets of so many areas have a size from `least` to `most`."""
        sizes = range(max(least, 0), min(most, count) + 1)
        return sum(map(comb, repeat(count), sizes))

    @staticmethod
    def entries(count: int, most: int) -> int:
        """How many sets the greater half has."""
        return Halves.number((count + 1) // 2, 0, most)

    @cached_property
    def _low(self) -> Half:
        size = (self.count + 1) // 2
        return self._half(0, size, starts=True)

    @cached_property
    def _high(self) -> Half:
        size = (self.count + 1) // 2
        return self._half(size, self.count, starts=False)

    def _half(self, first: int, last: int, *, starts: bool) -> Half:
        """The sets of the areas whose bits are from `first` to before `last`."""
        kind = mask_type(self.count)
        masks, sizes = np.zeros(1, kind), np.zeros(1, np.uint8)
        for bit in range(first, last):
            grows = sizes < self.most
            masks = np.concatenate((masks, masks[grows] | kind(1 << bit)))
            sizes = np.concatenate((sizes, sizes[grows] + np.uint8(1)))
        order = np.argsort(sizes, kind="stable")
        masks = masks[order]
        columns = []
        for value in self.values:
            empty = 0.0 if value.join is np.add else value.start
            columns.append(
                Lookup(value.terms, value.start if starts else empty, value.join).of(masks)
            )
        return Half(masks, sizes_of(masks), tuple(columns))

    def blocks(self, least: int, most: int, part: int = 0, parts: int = 1) -> Iterator[Rectangle]:
        """All sets of a size from `least` to `most`, or one part of them of several, in blocks."""
        high, low = self._high, self._low
        for size in range(min(most, self.count // 2) + 1):
            rows, columns = high.span(size, size), low.span(least - size, most - size)
            width = columns.stop - columns.start
            if not width:
                continue
            step, count = max(_BLOCK // width, 1), rows.stop - rows.start
            own = range(
                rows.start + count * part // parts, rows.start + count * (part + 1) // parts
            )
            for first in own[::step]:
                some = slice(first, min(first + step, own.stop))
                yield Rectangle(high, low, some, columns, self._joins)
