"""Searching: how many of some sorted floats come before each of many others.

A float's leading bits grow with it. A table by those bits gives the answer at once wherever no
sorted float shares them, so that only few of many values are left for a binary search.
"""

from functools import cached_property
from typing import Literal

import numpy as np
from attrs import frozen

from bajio.engines.array.arrays import Floats, Integers

#: Bits that are left out: 512 steps from one power of two to the next.
_SHIFT = np.int64(43)
_MOST_STEPS = 2**17
#: For fewer values the table costs more than it saves.
_FEW = 512


@frozen(eq=False, slots=False)
class Searcher:
    """Sorted floats.

    Attributes:
        sorted: lowest first.
        side: `left`, to count those that are less than a value, or `right`, those that are not
            greater, as `numpy.searchsorted` has it.
    """

    sorted: Floats
    side: Literal["left", "right"]

    def behind(self, values: Floats) -> Integers:
        """How many of the sorted floats come before each value.

        Examples:
            >>> Searcher(np.array([1.0, 2.0]), "right").behind(np.array([0.5, 1.0, 9.0]))
            array([0, 1, 2])
        """
        if len(values) < _FEW or self._table is None:
            return np.searchsorted(self.sorted, values, side=self.side)
        first, table = self._table
        steps = np.ascontiguousarray(values).view(np.int64) >> _SHIFT
        steps -= first
        found: Integers = table.take(steps, mode="clip")
        left = np.flatnonzero(found < 0)
        if len(left):
            found[left] = np.searchsorted(self.sorted, values[left], side=self.side)
        return found

    @cached_property
    def _table(self) -> tuple[np.int64, Integers] | None:
        """By leading bits, from the first that any float has, how many come before; −1: it depends.

        There is none where a float is not positive: negative ones have their bits the other way.
        """
        if not len(self.sorted) or self.sorted[0] <= 0 or not np.isfinite(self.sorted[-1]):
            return None
        steps = self.sorted.view(np.int64) >> _SHIFT
        first = steps[0] - 1
        count = int(steps[-1] - first) + 2
        if count > _MOST_STEPS:
            return None
        table = np.searchsorted(steps, first + np.arange(count)).astype(np.int64)
        table[steps - first] = -1
        return first, table
