"""Ladders: exact values in order, and how many of them are better than each of many floats.

A positive float's bits, read as a whole number, grow with it. A table by the leading bits gives
the answer at once wherever no value of the ladder shares them, so that only few of many floats are
left for a binary search.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Bools, Floats, Integers
from bajio.engines.array.scaled import UNIT
from bajio.facts.observations import Exact

#: Bits that are left out. Of the 52 bits of a float's fraction 9 remain: 512 steps from one power
#: of two to the next, each a 500th wide, so that of some two hundred peers hardly two share one.
_SHIFT = np.int64(43)
#: 256 powers of two at 512 steps each: more than any measure spans, in a table of a megabyte.
_MOST_STEPS = 2**17
#: For fewer values the table costs more than it saves.
_FEW = 512
#: By how much more than its error a float's surroundings are wide, as a part of it: the peer's own
#: value is rounded, as are the width, the ends that it is added to or taken from, and what the
#: error is a part of, which is the float and should be the exact value.
_ASIDE = 4 * UNIT


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
        result: Integers = table.take(steps, mode="clip")
        left = np.flatnonzero(result < 0)
        if len(left):
            result[left] = np.searchsorted(self.sorted, values[left], side=self.side)
        return result

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


@frozen(eq=False)
class Certainty:
    """How far the floats that are to be placed can be trusted.

    Attributes:
        sharp: whether they are exact.
        relative: a bound on their error as a part of each; `None`: there is none.
        errors: bounds on the error of each, where `relative` is none.
    """

    sharp: bool = False
    relative: float | None = None
    errors: Any = 0.0

    def width(self, values: Any) -> Any:
        """How far from values, of regions or of peers, others cannot be told from them."""
        if self.sharp:
            return 0.0
        if self.relative is None:
            return self.errors + _ASIDE * np.abs(values)
        return (self.relative + _ASIDE) * np.abs(values)


@frozen(eq=False, slots=False)
class Ladder:
    """Peers' values in order, as floats that compare with others as the exact values do.

    Attributes:
        values: exactly.
        lower: whether the lowest is best.
    """

    values: Sequence[Exact]
    lower: bool
    _kept: dict[float, tuple[Searcher, Floats]] = field(init=False, factory=dict, repr=False)

    @cached_property
    def floats(self) -> Floats:
        """The values as floats."""
        return np.array([float(value) for value in self.values], dtype=np.float64)

    @cached_property
    def lines(self) -> Floats:
        """What an exact float must pass: a peer is better than it where the peer's line is."""
        pairs = zip(self.values, self._fractions, strict=True)
        signs = [(value > near) - (value < near) for value, near in pairs]
        sign = np.array(signs, dtype=np.int8)
        if self.lower:
            return np.where(sign < 0, np.nextafter(self.floats, -np.inf), self.floats)
        return np.where(sign > 0, np.nextafter(self.floats, np.inf), self.floats)

    @cached_property
    def same(self) -> Floats:
        """The values that are floats; none for the others, which no exact float is tied with."""
        exact = [value == near for value, near in zip(self.values, self._fractions, strict=True)]
        return np.where(np.array(exact, dtype=bool), self.floats, np.nan)

    @property
    def _fractions(self) -> list[Fraction]:
        return [Fraction(value) for value in self.floats.tolist()]

    @cached_property
    def ordered(self) -> Floats:
        """The lines, lowest first."""
        return np.sort(self.lines)

    @cached_property
    def ties(self) -> tuple[Floats, Integers]:
        """The distinct values that are floats, one that no value is behind them, and how often."""
        result, counts = np.unique(self.same[~np.isnan(self.same)], return_counts=True)
        return np.append(result, np.nan), np.append(counts, 0).astype(np.int64)

    @cached_property
    def sorted(self) -> Floats:
        """The floats, lowest first."""
        return np.sort(self.floats)

    def better(self, values: Floats, certainty: Certainty) -> tuple[Integers, Any, Bools | None]:
        """How many peers are better than each value, how many the same, where that is unsure."""
        if certainty.sharp:
            return self._sharply(values)
        if certainty.relative is not None:
            searcher, floor = self._around(certainty)
            behind = searcher.behind(values)
            unsure = values >= floor.take(behind)
        else:
            width = certainty.width(values)
            behind = np.searchsorted(self.sorted, values - width, side="left")
            unsure = behind != np.searchsorted(self.sorted, values + width, side="right")
        result = behind if self.lower else len(self.values) - behind
        return result, 0, unsure if unsure.any() else None

    def _sharply(self, values: Floats) -> tuple[Integers, Any, Bools | None]:
        result = self._searcher.behind(values)
        tied = self._tie_near.take(result) == values
        same: Any = 0
        if tied.any():
            same = np.where(tied, self.ties[1].take(self._tie_at.take(result)), 0)
        return result if self.lower else len(self.values) - result, same, None

    @cached_property
    def _searcher(self) -> Searcher:
        return Searcher(self.ordered, "left" if self.lower else "right")

    def _around(self, certainty: Certainty) -> tuple[Searcher, Floats]:
        """The ends, above and below, of what cannot be told from each value."""
        key = certainty.relative or 0.0
        if key not in self._kept:
            width = certainty.width(self.sorted)
            ceiling = np.nextafter(self.sorted + width, np.inf)
            floor = np.append(self.sorted - width, np.inf)
            self._kept[key] = Searcher(ceiling, "right"), floor
        return self._kept[key]

    @cached_property
    def _tie_near(self) -> Floats:
        """For each place in the order the one value that could be tied."""
        return self.ties[0].take(self._tie_at)

    @cached_property
    def _tie_at(self) -> Integers:
        """For each place in the order the one value, by its place in `ties`, that could be tied."""
        known = self.ties[0]
        last = len(known) - 1
        steps = np.append(self.ordered, np.nan) if self.lower else np.append(np.nan, self.ordered)
        position = np.searchsorted(known[:-1], steps)
        position = np.where(position <= last, position, last)
        return np.where(known[position] == steps, position, last).astype(np.int64)
