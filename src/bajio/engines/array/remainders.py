"""Remainders: what is left of a peer that contains regions, without each of them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.blocks import Block
from bajio.engines.array.exactness import Exactness, Rounding
from bajio.engines.array.floats import Finished, finish
from bajio.engines.array.groups import BlockAt
from bajio.engines.array.programs import Program, Sums
from bajio.engines.array.standings import PeerStandings, Placed
from bajio.facts.observations import Exact


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
    block_at: BlockAt,
    sums: Sums,
) -> Placed:
    """Where regions stand among the peers, with what is left of those that contain them.

    Args:
        program: what was run; its leaves are sums of single measures of the region itself.
        standings: the peers, of which those around a region are left out.
        wholes: those peers.
        placed: where the regions stand without those peers.
        values, width: of the regions, and how far from them others cannot be told from them.
        block_at, sums: as in `Program.run`.
    """
    block = block_at(0)
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
        rest, error = _rest(program, whole.total, block_at, sums)
        better = rest.values < values if standings.lower else rest.values > values
        near = np.abs(rest.values - values) <= error + width
        unsure = unsure | (around & near)
        position, of = position + (around & better), of + around
        lost = lost | (around & ~rest.all_defined) | (around & _lacking(program, block))
    return evolve(placed, position=np.where(lost, 0, position), of=of, tied=tied, unsure=unsure)


def _rest(
    program: Program, total: Sequence[Exact], block_at: BlockAt, sums: Sums
) -> tuple[Finished, Any]:
    leaves: list[Any] = []
    known: list[Exactness] = []
    for at, whole in enumerate(total):
        lag, column = program.columns[at]
        part = column.scaled(sums.of(lag, block_at(lag), column.values))
        size = float(whole)
        leaves.append(size - part)
        own = Exactness.of(column)
        most = own.most + abs(size)
        known.append(evolve(own, whole=False, sharp=False, never_negative=False, most=most))
    expression = program.bound.expression
    error = Rounding(expression, known).error(leaves, {})
    return finish(expression, leaves), error


def _all_of(parts: frozenset[int], areas: int, block: Block) -> Bools:
    """Where a region has all of some areas."""
    vector = np.zeros(areas)
    vector[list(parts)] = 1
    found: Bools = block.sums(vector) == len(parts)
    return found


def _lacking(program: Program, block: Block) -> Bools:
    """Where a member lacks something, so that nothing can be taken away."""
    found = np.zeros(block.size, bool)
    for part in program.parts:
        if not part.complete:
            found |= block.sums((~part.enters).astype(np.float64)) > 0
    return found
