"""Standings: where each of many values stands among the peers, by the rules of the exact ranking.

The peers' values are exact, those to be placed are floats: where a float is so near to a peer's
value that rounding may decide, the place is left for the exact engine to say. A peer that contains
regions can be ranked without each of them, by what remains of its sums.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from bajio.engines.array.arrays import Bools, Floats, Integers
from bajio.engines.array.blocks import Block
from bajio.engines.array.exactness import Exactness, Rounding
from bajio.engines.array.floats import Finished, finish
from bajio.engines.array.groups import Composed
from bajio.engines.array.ladders import Certainty, Ladder
from bajio.engines.array.programs import Program
from bajio.facts.areas import Areas
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

    @staticmethod
    def of(
        value: Exact | None,
        members: Sequence[str],
        lines: Mapping[int, Sequence[str]],
        areas: Areas,
    ) -> "Peer":
        """A peer that is made of some areas.

        Args:
            value: what it has.
            members: codes of its areas.
            lines: of each area that regions are made of, by position, its code and those of
                the areas that it lies in.
            areas: what lies where.
        """
        position = {line[0]: row for row, line in lines.items()}
        inside: dict[int, int] = {}
        for member in members:
            for area in (member, *areas.ancestors(member)):
                if area in position:
                    inside[position[area]] = inside.get(position[area], 0) + 1
        held = set(members)
        around = frozenset(row for row, line in lines.items() if not held.isdisjoint(line))
        return Peer(value, len(members), inside, around)


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
        result: dict[int, list[int]] = {}
        for position, peer in enumerate(self.peers):
            for area in peer.inside:
                result.setdefault(area, []).append(position)
        return {
            area: ats[0]
            for area, ats in result.items()
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
            position
            for position, peer in enumerate(self.peers)
            if (position not in lone and _can_be_inside(peer)) or (look_around and _wider(peer))
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
        for row in self.shifting:
            peer = self.peers[row]
            inside = self._inside(peer, block)
            around = _lie_in(_wider(peer), self.areas, block) & ~inside
            alone = row in self.lone.values()  # what is inside of it is left out already
            beside = around if alone else around | inside
            out = beside if self.host != "keep" else beside & ~around
            if peer.value is None:
                missing = missing - out
                continue
            left = left - beside
            ladder = Ladder([peer.value], self.lower)
            more, same, near = ladder.better(values, certainty)
            better, tied, of = better - more * out, tied - same * out, of - out
            if near is not None:
                unsure = near if unsure is None else unsure | near
        position = better + 1
        if np.any(np.less_equal(left, 0)):
            position = np.where(np.less_equal(left, 0), 0, position)
        return Placed(position, of + 1, tied, missing, unsure)

    def around(self, position: int, block: Block) -> Bools:
        """Where a peer contains a region, and is not inside it."""
        peer = self.peers[position]
        return _lie_in(_wider(peer), self.areas, block) & ~self._inside(peer, block)

    def _inside(self, peer: Peer, block: Block) -> Bools:
        if not _can_be_inside(peer):
            return np.zeros(block.size, bool)
        vector = np.zeros(self.areas)
        vector[list(peer.inside)] = list(peer.inside.values())
        result: Bools = block.sums(vector) == peer.size
        return result

    @cached_property
    def _lone_columns(self) -> tuple[Floats, Floats, Floats, Floats]:
        """By area: the line of its own peer, its value if a float, whether it has one, or none."""
        worst = np.inf if self.lower else -np.inf
        lines, same = np.full(self.areas, worst), np.full(self.areas, np.nan)
        valued, lacking = np.zeros(self.areas), np.zeros(self.areas)
        for area, position in self.lone.items():
            value = self.peers[position].value
            if value is None:
                lacking[area] = 1
                continue
            ladder = Ladder([value], self.lower)
            lines[area], same[area], valued[area] = ladder.lines[0], ladder.same[0], 1
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
    result: Bools = block.sums(vector) == block.counts
    return result


@frozen
class Surrounding:
    """A peer that contains regions, and that is to be ranked without each of them.

    Attributes:
        at: its place among the peers.
        total: what its leaves come to; `None` where the exact engine has to say what remains.
        parts: positions of the areas that are all of it: of a region of these nothing remains.
            Without any, there is no such region.
    """

    at: int
    total: tuple[Exact, ...] | None
    parts: frozenset[int] = frozenset()


def place_remainders(
    program: Program,
    standings: PeerStandings,
    wholes: Sequence[Surrounding],
    placed: Placed,
    values: Floats,
    width: Any,
    regions: Composed,
) -> Placed:
    """Where regions stand among the peers, with what is left of those that contain them.

    Args:
        program: what was run; its leaves are sums of single measures of the region itself.
        standings: the peers, of which those around a region are left out.
        wholes: those peers.
        placed: where the regions stand without those peers.
        values, width: of the regions, and how far from them others cannot be told from them.
        regions: as in `Program.run`.
    """
    block = regions.at()
    position, of, tied = placed.position, placed.of, placed.tied
    unsure = placed.unsure if placed.unsure is not None else np.zeros(block.size, bool)
    lost = placed.position == 0
    for whole in wholes:
        around = standings.around(whole.at, block)
        if whole.parts:
            around = around & ~_all_of(whole.parts, standings.areas, block)
        if not around.any():
            continue
        if whole.total is None:
            unsure = unsure | around
            continue
        rest, error = _rest(program, whole.total, regions)
        better = rest.values < values if standings.lower else rest.values > values
        near = np.abs(rest.values - values) <= error + width
        unsure = unsure | (around & near)
        position, of = position + (around & better), of + around
        lost = lost | (around & ~rest.all_defined) | (around & _lacking(program, block))
    return evolve(placed, position=np.where(lost, 0, position), of=of, tied=tied, unsure=unsure)


def _rest(program: Program, total: Sequence[Exact], regions: Composed) -> tuple[Finished, Any]:
    leaves: list[Any] = []
    known: list[Exactness] = []
    for position, whole in enumerate(total):
        lag, column = program.columns[position]
        part = column.scaled(regions.sums(lag, column.values))
        size = float(whole)
        leaves.append(size - part)
        exactness = Exactness.of(column)
        most = exactness.most + abs(size)
        known.append(evolve(exactness, whole=False, sharp=False, never_negative=False, most=most))
    expression = program.bound.expression
    error = Rounding(expression, known).error(leaves, {})
    return finish(expression, leaves), error


def _all_of(parts: frozenset[int], areas: int, block: Block) -> Bools:
    """Where a region has all of some areas."""
    vector = np.zeros(areas)
    vector[list(parts)] = 1
    result: Bools = block.sums(vector) == len(parts)
    return result


def _lacking(program: Program, block: Block) -> Bools:
    """Where a member lacks something, so that nothing can be taken away."""
    result = np.zeros(block.size, bool)
    for part in program.parts:
        if not part.complete:
            result |= block.sums((~part.enters).astype(np.float64)) > 0
    return result
