"""Covering: how much of each region enters its value, and where that is too little."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from bajio.engines.array.arrays import Bools, Floats
from bajio.engines.array.programs import BlockAt, Program, Ran


def weights(
    program: Program, population: Sequence[float | None], block_at: BlockAt, short: Bools
) -> Floats:
    """The share of the population that the members with data have; not a number if not known.

    Args:
        program: what was run.
        population: of each area.
        block_at: gives the regions' block at a lag.
        short: which regions lack something.
    """
    block = block_at(0)
    known = np.array([0.0 if one is None else float(one) for one in population])
    lacking = np.array([one is None for one in population])
    areas = program.parts[0].terms.areas if program.parts else ()
    gone = {code for part in program.parts for code in part.terms.gaps}
    seen = known * np.array([code not in gone for code in areas], dtype=np.float64)
    total = block.sums(known)
    with np.errstate(all="ignore"):
        found = block.sums(seen) / total
    unknown = (block.sums(lacking.astype(np.float64)) > 0) | (total == 0)
    return np.where(short, np.where(unknown, np.nan, found), 1.0)


def too_little(ran: Ran, weight: Floats, threshold: Fraction) -> Bools:
    """Where less than a threshold is covered: of the population, of members where it is unknown."""
    assert ran.present is not None
    assert ran.every is not None
    with np.errstate(all="ignore"):
        members = ran.present / ran.every
    line = float(threshold)
    unknown = np.isnan(weight)
    short: Bools = np.where(unknown, members, weight) < line
    for row in np.flatnonzero(unknown & (members == line)).tolist():  # rounded to the same
        short[row] |= Fraction(int(ran.present[row]), int(ran.every[row])) < threshold
    return short
