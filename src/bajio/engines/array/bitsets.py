"""Sets of areas as masks, and sums over them looked up in tables.

The first area has the highest bit: of two sets of one size, the one whose codes come first has
the greater mask.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bajio.engines.array.arrays import Floats

Masks = NDArray[np.unsignedinteger[Any]]
#: Bits that one table is looked up by.
_PART = 16
_LOW = (1 << _PART) - 1


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
    return tuple(at for at in range(count) if mask >> (count - 1 - at) & 1)


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
    found = _SIZES[(masks & masks.dtype.type(_LOW)).astype(np.intp)]
    for at in range(_PART, masks.dtype.itemsize * 8, _PART):
        part = (masks >> masks.dtype.type(at)) & masks.dtype.type(_LOW)
        found = found + _SIZES[part.astype(np.intp)]
    return found


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
        found = self._tables[0][(masks & kind(_LOW)).astype(np.intp)]
        for at, table in enumerate(self._tables[1:], 1):
            part = (masks >> kind(at * _PART)) & kind(_LOW)
            found = self._join(found, table[part.astype(np.intp)])
        return found
