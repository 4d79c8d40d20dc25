"""Exactly: sums of whole numbers without a bit lost, and the exact values that follow from them.

Whole numbers are added as 64-bit integers where their sum provably fits, else in limbs of 31 bits
that are put together at the end.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from bajio.engines.array.arrays import Bytes, Objects
from bajio.engines.array.blocks import Block, Ragged
from bajio.engines.array.programs import BlockAt, Program
from bajio.engines.calculation import Collected, calculate
from bajio.errors import Unavailable
from bajio.facts.observations import Exact, exact
from bajio.rules.plan import Fold

_LIMB = 31
_FITS = 2**62


def exact_sums(terms: Sequence[Exact], block: Block) -> list[Exact]:
    """For each region the exact sum of its members' terms.

    Examples:
        >>> from bajio.engines.array.blocks import block_of
        >>> exact_sums([2**70, Fraction(1, 2), 1], block_of([[0, 1], [0, 2]]))
        [Fraction(2361183241434822606849, 2), 1180591620717411303425]
    """
    divisor = lcm(*{term.denominator for term in terms})
    whole = [int(term * divisor) for term in terms]
    summed = _summed(whole, block.ragged())
    return [exact(Fraction(one, divisor)) for one in summed] if divisor != 1 else list(summed)


def _summed(whole: Sequence[int], block: Ragged) -> list[int]:
    if sum(map(abs, whole)) < _FITS:
        return _limb(whole, block)
    longest = max(abs(one) for one in whole).bit_length()
    found = [0] * block.size
    for shift in range(0, longest, _LIMB):
        mask = (1 << _LIMB) - 1
        limb = [(abs(one) >> shift & mask) * (1 if one >= 0 else -1) for one in whole]
        parts = _limb(limb, block)
        found = [so_far + (part << shift) for so_far, part in zip(found, parts, strict=True)]
    return found


def _limb(whole: Sequence[int], block: Ragged) -> list[int]:
    entries = np.array(whole, dtype=np.int64).take(block.flat)
    found = np.zeros(block.size, dtype=np.int64)
    filled = np.flatnonzero(block.counts)
    if len(filled):
        found[filled] = np.add.reduceat(entries, block.starts[filled])
    numbers: list[int] = found.tolist()
    return numbers


def exact_values(program: Program, block_at: BlockAt, refused: Bytes | None) -> Objects:
    """The exact value of each region that is not refused, by a rule without one over members.

    Args:
        program: what was run.
        block_at: gives the regions' block at a lag.
        refused: who is.
    """
    size = block_at(0).size
    leaves = [_leaf(program, at, block_at) for at in range(len(program.bound.leaves))]
    found = np.full(size, None, dtype=object)
    for row in range(size):
        if refused is None or refused[row] == 0:
            values = [leaf[row] if isinstance(leaf, list) else leaf for leaf in leaves]
            try:
                found[row] = calculate(program.bound.expression, values)
            except Unavailable:
                continue
    return found


def _leaf(program: Program, at: int, block_at: BlockAt) -> "list[Exact] | Exact | Collected":
    if at not in program.columns:
        return program.other.values[at]
    lag, column = program.columns[at]
    block = block_at(lag)
    fold = program.bound.plan.leaves[at].fold
    if fold is Fold.SUM:
        return exact_sums(column.exact, block)
    pick = min if fold is Fold.MINIMUM else max
    enters = next(part.terms.enters for part in program.parts if at in part.terms.columns)
    return [
        pick((column.exact[area] for area in block.members(row) if enters[area]), default=0)
        for row in range(block.size)
    ]
