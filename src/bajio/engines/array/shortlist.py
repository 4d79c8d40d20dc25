"""The best sets so far: as floats with their errors while they come, exactly in the end."""

from collections.abc import Callable
from fractions import Fraction
from heapq import nsmallest
from typing import Any

import numpy as np
from attrs import define, field, frozen

from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.bitsets import Masks, Sets, sizes_of
from bajio.engines.array.judge import Judgement
from bajio.facts.observations import Exact

#: Sets that are held before they are thinned out.
_MOST = 1 << 15
#: An exact key, the size, and the mask turned round, so that codes decide ties.
Settled = tuple[Exact, int, int, int]


@define(eq=False)
class Shortlist:
    """Keeps every set that can be among the best, and drops those that for certain cannot.

    Attributes:
        best: how many are wanted.
        key: the exact key of a mask; `None` for one that may not be.
        unit: what an exact key is multiplied by to compare with judgements.
        limit: above which no key is among the best.
    """

    best: int
    key: Callable[[int], Exact | None] = field(repr=False)
    unit: Fraction
    limit: float = np.inf
    _last: tuple[int, int] | None = None  # size and mask of the last of the best, at the limit
    _masks: list[Masks] = field(factory=list)
    _lows: list[Floats] = field(factory=list)
    _highs: list[Floats] = field(factory=list)
    _settled: list[Settled] = field(factory=list)

    def fills(self) -> bool:
        """Whether as many sets as are wanted are there for certain; what is open is settled."""
        self._thin()
        masks, low, high = self._held()
        if not np.array_equal(low, high):
            self._settle_all()
            masks = masks[:0]
        return len(masks) + len(self._settled) >= self.best

    def add(self, block: Sets, result: Judgement) -> None:
        """Take the sets of a block that can be among the best."""
        key, error = result.key, result.error
        if key is None:
            key = np.zeros(len(block))
        with np.errstate(invalid="ignore"):  # infinite where there is no value
            low = key if _is_zero(error) else key - error
        if result.possible is None and low.min() > self.limit:
            return
        take = low <= self.limit
        rows = np.flatnonzero(take if result.possible is None else take & result.possible)
        if not len(rows):
            return
        low = low[rows]
        high = (
            low if _is_zero(error) else key[rows] + (error if np.ndim(error) == 0 else error[rows])
        )
        if result.certain is not None:
            high = np.where(result.certain[rows], high, np.inf)
        self._tighten(high)
        keep = low <= self.limit
        rows, low, high = rows[keep], low[keep], high[keep]
        self._hold(block.masks(rows), low, high)

    def gain(self, part_found: "PartFound") -> None:
        """Take what was found in a part of the sets."""
        for masks in part_found.open:
            self._settle(masks)
        self._tighten(part_found.highs)
        keep = part_found.lows <= self.limit
        self._hold(part_found.masks[keep], part_found.lows[keep], part_found.highs[keep])

    def _hold(self, masks: Masks, low: Floats, high: Floats) -> None:
        """Keep sets that are within the limit, save those that come after the last at it."""
        if self._last is not None:
            keep = (low < self.limit) | (high > low) | _before(masks, self._last)
            masks, low, high = masks[keep], low[keep], high[keep]
        if not len(masks):
            return
        self._masks.append(masks)
        self._lows.append(low)
        self._highs.append(high)
        if sum(map(len, self._masks)) > max(_MOST, 4 * self.best):
            self._thin()

    def _tighten(self, high: Floats) -> None:
        if len(high) >= self.best:
            bound = float(np.partition(high, self.best - 1)[self.best - 1])
            if bound < self.limit:
                self.limit, self._last = bound, None

    def _thin(self) -> None:
        """Drop what cannot be among the best; where too much is left, settle."""
        masks, low, high = self._held()
        self._tighten(high)
        keep = low <= self.limit
        masks, low, high = masks[keep], low[keep], high[keep]
        if not self._settled and np.array_equal(low, high):
            order = np.lexsort((~masks, sizes_of(masks), low))[: self.best]
            masks, low, high = masks[order], low[order], high[order]
            if len(masks) == self.best:
                self.limit = float(low[-1])
                self._last = int(sizes_of(masks[-1:])[0]), int(masks[-1])
        elif len(masks) > _MOST // 2:
            self._masks = [masks]
            self._settle_all()
            return
        self._masks, self._lows, self._highs = [masks], [low], [high]

    def _held(self) -> tuple[Masks, Floats, Floats]:
        if not self._masks:
            return np.zeros(0, np.uint64), np.zeros(0), np.zeros(0)
        joined: Any = (np.concatenate(part) for part in (self._masks, self._lows, self._highs))
        return tuple(joined)

    def _settle_all(self) -> None:
        """Settle all sets that are held."""
        self._settle(np.concatenate(self._masks))
        self._masks, self._lows, self._highs = [], [], []

    def _settle(self, masks: Masks) -> None:
        """Work out the exact keys of some sets, and keep the best of all that are settled."""
        new = []
        for mask in masks.tolist():
            key = self.key(mask)
            if key is not None:
                new.append((key, mask.bit_count(), -mask, mask))
        self._settled = nsmallest(self.best, [*self._settled, *new])
        if len(self._settled) == self.best:
            exact = float(self._settled[-1][0] * self.unit)
            bound = float(np.nextafter(exact, np.inf))
            if bound < self.limit:
                self.limit, self._last = bound, None

    def finish(self) -> list[int]:
        """The masks of the best, by their exact keys, then sizes, then codes."""
        masks, low, _ = self._held()
        if len(masks):
            self._settle(masks[low <= self.limit])
        return [mask for *_, mask in self._settled]


@frozen(eq=False)
class PartFound:
    """What a part of the sets has of sets that can be among the best.

    Attributes:
        examined: how many sets the part has.
        masks, lows, highs: those sets, and between what their keys are.
        open: more of them, where there were too many: their keys are to be settled exactly.
    """

    examined: int
    masks: Masks
    lows: Floats
    highs: Floats
    open: list[Masks]


def _unsettled(_mask: int) -> None:
    """No key: a part is searched where no exact key can be worked out."""


@define(eq=False)
class PartShortlist(Shortlist):
    """A shortlist of a part, whose sets others settle."""

    key: Callable[[int], Exact | None] = field(init=False, default=_unsettled, repr=False)
    _open: list[Masks] = field(init=False, factory=list)

    def _settle(self, masks: Masks) -> None:
        self._open.append(masks)

    def found(self, examined: int) -> PartFound:
        """What there is."""
        self._thin()
        return PartFound(examined, *self._held(), self._open)


def _is_zero(error: Any) -> bool:
    return np.ndim(error) == 0 and not error


def _before(masks: Masks, last: tuple[int, int]) -> Bools:
    """Whether sets come before another one by size, then by codes."""
    size, mask = last
    sizes = sizes_of(masks)
    before: Bools = (sizes < size) | ((sizes == size) & (masks > masks.dtype.type(mask)))
    return before
