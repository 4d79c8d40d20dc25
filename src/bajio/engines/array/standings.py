"""Placing: where each of many values stands among the peers, by the rules of the exact ranking.

The peers' values are exact, those to be placed are floats: where a float is so near to a peer's
value that rounding may decide, the place is left for the exact engine to say.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Bools, Floats, Integers
from bajio.engines.array.blocks import Block
from bajio.engines.array.ladders import Searcher
from bajio.engines.array.rounding import UNIT
from bajio.facts.observations import Exact


@frozen
class Peer:
    """One peer, as it lies towards the areas that regions are made of.

    Attributes:
        value: what it has; `None` where it has none.
        size: how many areas it is made of.
        inside: by the position of an area, how many of those lie in that area or are it.
        around: positions of the areas that lie in it, or are of it.
    """

    value: Exact | None
    size: int = 1
    inside: Mapping[int, int] = field(factory=dict)
    around: frozenset[int] = frozenset()


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
            return self.errors + 4 * UNIT * np.abs(values)
        return (self.relative + 4 * UNIT) * np.abs(values)


@frozen(eq=False)
class Placed:
    """Where regions stand.

    Attributes:
        position: 1 is best; zero where there is no peer to be ranked among.
        of: peers with data, and the region.
        tied: how many peers have the very same value.
        missing: how many peers have none.
        unsure: where the exact engine has to say; `None`: nowhere.
    """

    position: Integers
    of: Integers | int
    tied: Integers | int
    missing: Integers | int
    unsure: Bools | None


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
        signs = [(value > at) - (value < at) for value, at in pairs]
        sign = np.array(signs, dtype=np.int8)
        if self.lower:
            return np.where(sign < 0, np.nextafter(self.floats, -np.inf), self.floats)
        return np.where(sign > 0, np.nextafter(self.floats, np.inf), self.floats)

    @cached_property
    def same(self) -> Floats:
        """The values that are floats; none for the others, which no exact float is tied with."""
        exact = [value == at for value, at in zip(self.values, self._fractions, strict=True)]
        return np.where(np.array(exact, dtype=bool), self.floats, np.nan)

    @property
    def _fractions(self) -> list[Fraction]:
        return [Fraction(at) for at in self.floats.tolist()]

    @cached_property
    def ordered(self) -> Floats:
        """The lines, lowest first."""
        return np.sort(self.lines)

    @cached_property
    def ties(self) -> tuple[Floats, Integers]:
        """The distinct values that are floats, one that no value is behind them, and how often."""
        found, counts = np.unique(self.same[~np.isnan(self.same)], return_counts=True)
        return np.append(found, np.nan), np.append(counts, 0).astype(np.int64)

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
        found = behind if self.lower else len(self.values) - behind
        return found, 0, unsure if unsure.any() else None

    def _sharply(self, values: Floats) -> tuple[Integers, Any, Bools | None]:
        found = self._searcher.behind(values)
        tied = self._tie_near.take(found) == values
        same: Any = 0
        if tied.any():
            same = np.where(tied, self.ties[1].take(self._tie_at.take(found)), 0)
        return found if self.lower else len(self.values) - found, same, None

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
        at = np.searchsorted(known[:-1], steps)
        at = np.where(at <= last, at, last)
        return np.where(known[at] == steps, at, last).astype(np.int64)


@frozen(eq=False, slots=False)
class PeerStandings:
    """The peers of many regions, made of so many areas.

    Attributes:
        peers: all of them.
        areas: how many areas there are.
        lower: whether the lowest is best.
        host: `keep` or `drop`, for a peer that contains a region; with `remainder`, a region's
            share is worked out elsewhere, and the peer counts as dropped here.
    """

    peers: Sequence[Peer]
    areas: int
    lower: bool
    host: str = "keep"

    @cached_property
    def ladder(self) -> Ladder:
        """All peers with values."""
        values = [peer.value for peer in self.peers if peer.value is not None]
        return Ladder(values, self.lower)

    @cached_property
    def lone(self) -> dict[int, int]:
        """By area the one peer that lies in it, or is it, where there is one such and no other."""
        found: dict[int, list[int]] = {}
        for at, peer in enumerate(self.peers):
            for area in peer.inside:
                found.setdefault(area, []).append(at)
        return {
            area: ats[0]
            for area, ats in found.items()
            if len(ats) == 1
            and self.peers[ats[0]].size == 1
            and len(self.peers[ats[0]].inside) == 1
        }

    @cached_property
    def shifting(self) -> list[int]:
        """Peers that must be looked at region by region."""
        lone = set(self.lone.values())
        look_around = self.host != "keep" or self._scarce
        return [
            at
            for at, peer in enumerate(self.peers)
            if (at not in lone and _can_be_inside(peer)) or (look_around and _wider(peer))
        ]

    @cached_property
    def _scarce(self) -> bool:
        """Whether a region may be left without a peer that is neither in it nor around it."""
        return not any(
            peer.value is not None and not _wider(peer) and not _can_be_inside(peer)
            for peer in self.peers
        )

    def place(self, values: Floats, certainty: Certainty, block: Block) -> Placed:
        """Where the regions of a block stand, by a value each."""
        better, tied, unsure = self.ladder.better(values, certainty)
        of: Any = len(self.ladder.values)
        missing: Any = len(self.peers) - of
        left: Any = of
        if self.lone:
            gone = self._lone_inside(values, block)
            better, tied = better - gone[0], tied - gone[1]
            of, missing, left = of - gone[2], missing - gone[3], of - gone[2]
        for at in self.shifting:
            peer = self.peers[at]
            inside = self._inside(peer, block)
            around = _lie_in(_wider(peer), self.areas, block) & ~inside
            alone = at in self.lone.values()  # what is inside of it is left out already
            beside = around if alone else around | inside
            out = beside if self.host != "keep" else beside & ~around
            if peer.value is None:
                missing = missing - out
                continue
            left = left - beside
            one = Ladder([peer.value], self.lower)
            more, same, near = one.better(values, certainty)
            better, tied, of = better - more * out, tied - same * out, of - out
            if near is not None:
                unsure = near if unsure is None else unsure | near
        position = better + 1
        if np.any(np.less_equal(left, 0)):
            position = np.where(np.less_equal(left, 0), 0, position)
        return Placed(position, of + 1, tied, missing, unsure)

    def around(self, at: int, block: Block) -> Bools:
        """Where a peer contains a region, and is not inside it."""
        peer = self.peers[at]
        return _lie_in(_wider(peer), self.areas, block) & ~self._inside(peer, block)

    def _inside(self, peer: Peer, block: Block) -> Bools:
        if not _can_be_inside(peer):
            return np.zeros(block.size, bool)
        vector = np.zeros(self.areas)
        vector[list(peer.inside)] = list(peer.inside.values())
        found: Bools = block.sums(vector) == peer.size
        return found

    @cached_property
    def _lone_columns(self) -> tuple[Floats, Floats, Floats, Floats]:
        """By area: the line of its own peer, its value if a float, whether it has one, or none."""
        worst = np.inf if self.lower else -np.inf
        lines, same = np.full(self.areas, worst), np.full(self.areas, np.nan)
        valued, lacking = np.zeros(self.areas), np.zeros(self.areas)
        for area, at in self.lone.items():
            value = self.peers[at].value
            if value is None:
                lacking[area] = 1
                continue
            one = Ladder([value], self.lower)
            lines[area], same[area], valued[area] = one.lines[0], one.same[0], 1
        return lines, same, valued, lacking

    def _lone_inside(self, values: Floats, block: Block) -> tuple[Any, Any, Any, Any]:
        """Of the members' own peers: how many are better, the same, have data, have none."""
        lines, same, valued, lacking = self._lone_columns
        compare = np.less if self.lower else np.greater
        better = block.compared(lines, values, compare)
        tied = block.compared(same, values, np.equal)
        with_data = _counted(valued, block)
        return better, tied, with_data, _counted(lacking, block)


def _can_be_inside(peer: Peer) -> bool:
    return sum(peer.inside.values()) >= peer.size


def _wider(peer: Peer) -> frozenset[int]:
    """The areas that lie in a peer without its lying in one of them."""
    return peer.around - peer.inside.keys() if peer.size == 1 else peer.around


def _counted(vector: Floats, block: Block) -> Any:
    if vector.all():
        return block.counts
    return block.sums(vector).astype(np.int64) if vector.any() else 0


def _lie_in(areas: frozenset[int], of: int, block: Block) -> Bools:
    """Whether all members of each region are among some areas."""
    vector = np.zeros(of)
    vector[list(areas)] = 1
    if not areas:
        return np.zeros(block.size, bool)
    if len(areas) == of:
        return np.ones(block.size, bool)
    found: Bools = block.sums(vector) == block.counts
    return found
