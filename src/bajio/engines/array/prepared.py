"""Answering: a program's values for a block of regions, with coverage and ranks.

What rounding leaves open, and what no program carries, is asked of the exact engine, region by
region, through a function that the caller gives.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from bajio.engines.array.arrays import Bools, Floats, Objects
from bajio.engines.array.blocks import any_of
from bajio.engines.array.ladders import Certainty
from bajio.engines.array.pieces import NORMAL, Piece, empty_piece
from bajio.engines.array.programs import BlockAt, Program, Ran, Sums, exact_values
from bajio.engines.array.remainders import Surrounding, place_remainders
from bajio.engines.array.standings import PeerStandings, Placed
from bajio.engines.array.terms import RANK
from bajio.engines.outcome import Refusal
from bajio.facts.observations import Exact


@frozen
class ExactAnswer:
    """What the exact engine says of one region.

    Attributes:
        value: exactly; `None` where it has none.
        refusal: why.
        members, weight, periods: its coverage; no weight where it is not known.
        status: the weakest of its figures.
        place: its position, of how many, with how many tied, and how many peers without data;
            `None` where it has no rank.
    """

    value: Exact | None
    refusal: Refusal = Refusal.NONE
    members: Fraction = Fraction(1)
    weight: Fraction | None = Fraction(1)
    periods: Fraction = Fraction(1)
    status: str = "A"
    place: tuple[int, int, int, int] | None = None


@frozen(eq=False)
class Answerer:
    """Answers an indicator for blocks of regions.

    Attributes:
        program: what works out many regions; `None` where the exact engine takes each.
        ask: asks the exact engine about the region at a place.
        refused: why no region has a value, if none has.
        odd: positions of areas whose regions are asked about one by one; `None`: no area.
        population: of each area, if known; `None` where nothing is missing anyhow.
        threshold: the least share that must be covered.
        standings: the peers, if any are asked for.
        wholes: the peers that contain regions, where these are taken away from them.
        exact: whether exact values are wanted as well.
    """

    program: Program | None
    ask: Callable[[int], ExactAnswer] = field(repr=False)
    refused: Refusal | None = None
    odd: Sequence[int] | None = None
    population: Sequence[float | None] | None = None
    threshold: Fraction = Fraction(0)
    standings: PeerStandings | None = None
    wholes: tuple[Surrounding, ...] = ()
    exact: bool = False

    def answer(self, block_at: BlockAt, sums: Sums) -> Piece:
        """The answers for the regions of a block."""
        piece = self._answer(block_at, sums)
        if not self.exact:
            return piece
        if self.program is not None and not self.program.calls and self.odd is None:
            return evolve(piece, exact=exact_values(self.program, block_at, piece.refused))
        return evolve(piece, exact=_objects([self.ask(row).value for row in range(piece.size)]))

    def _answer(self, block_at: BlockAt, sums: Sums) -> Piece:
        size = block_at(0).size
        if self.refused is not None:
            return empty_piece(size, self.refused)
        if self.program is None:
            return self._asked(empty_piece(size, Refusal.UNAVAILABLE), range(size))
        ran = self.program.run(block_at, sums)
        piece = self._covered(ran, block_at)
        open_rows = ran.doubtful
        if self.odd is not None:
            for lag in sorted({0, *(part.lag for part in self.program.parts)}):
                strange = any_of(block_at(lag), self.odd, self._areas)
                open_rows = strange if open_rows is None else open_rows | strange
        if self.standings is not None:
            placed = self._placed(ran, piece, block_at, sums)
            piece = _with_places(piece, placed)
            if placed.unsure is not None:
                unsure = placed.unsure & (piece.refused == 0 if piece.refused is not None else True)
                open_rows = unsure if open_rows is None else open_rows | unsure
        if piece.refused is not None:
            piece = evolve(piece, values=np.where(piece.refused == 0, piece.values, np.nan))
        if open_rows is None or not open_rows.any():
            return piece
        return self._asked(piece, np.flatnonzero(open_rows).tolist())

    @property
    def _areas(self) -> int:
        assert self.program is not None
        return len(self.program.parts[0].terms.areas)

    def _covered(self, ran: Ran, block_at: BlockAt) -> Piece:
        """Values with coverage; refused where too little is covered."""
        assert self.program is not None
        refused, members, weight = ran.refused, None, None
        if ran.present is not None and ran.every is not None:
            short = ran.present < ran.every
            if short.any():
                members = np.where(ran.every == 0, 1.0, ran.present / np.maximum(ran.every, 1))
                weight = _weights(self.program, self.population or (), block_at, short)
                if self.threshold:
                    little = _too_little(ran, weight, self.threshold)
                    before = np.zeros(len(little), np.int8) if refused is None else refused
                    code = np.int8(Refusal.UNCOVERED)
                    refused = np.where((before == 0) & little, code, before)
        periods = self.program.periods(block_at) if self.program.partial else None
        status = self.program.weakest(block_at)
        return Piece(ran.values, refused, members, weight, periods, status)

    def _placed(self, ran: Ran, piece: Piece, block_at: BlockAt, sums: Sums) -> Placed:
        assert self.program is not None
        assert self.standings is not None
        rounding, expression = self.program.rounding, self.program.bound.expression
        sharp, relative = rounding.sharp(expression), rounding.relative(expression)
        errors = 0.0 if sharp or relative is not None else ran.errors()
        certainty = Certainty(sharp, relative, errors)
        placed = self.standings.place(piece.values, certainty, block_at(0))
        if not self.wholes:
            return placed
        remainders = self.program, self.standings, self.wholes
        width = certainty.width(piece.values)
        return place_remainders(*remainders, placed, piece.values, width, block_at, sums)

    def _asked(self, piece: Piece, rows: Iterable[int]) -> Piece:
        """A piece with what the exact engine says of some regions."""
        found = {row: self.ask(row) for row in rows}
        if not found:
            return piece
        return _overwritten(piece, found, ranked=self.standings is not None)


def _objects(given: Sequence[Exact | None]) -> Objects:
    found = np.empty(len(given), dtype=object)
    found[:] = given
    return found


def _with_places(piece: Piece, placed: Placed) -> Piece:
    """A piece with where its regions stand; without a rank where there is no value."""
    size = piece.size
    position = placed.position
    others = [np.broadcast_to(one, size) for one in (placed.of, placed.tied, placed.missing)]
    without = position == 0
    if piece.refused is not None:
        without = without | (piece.refused != 0)
    if without.any():
        position, *others = (np.where(without, 0, one) for one in (position, *others))
    of, tied, missing = others
    return evolve(piece, position=position, of=of, tied=tied, missing=missing)


def _overwritten(piece: Piece, found: dict[int, ExactAnswer], *, ranked: bool) -> Piece:
    size = piece.size
    rows = list(found)
    answers = list(found.values())

    def changed(given: Any, blank: Any, entries: Sequence[Any]) -> Any:
        if given is None and all(entry == blank for entry in entries):
            return None
        whole = np.full(size, blank) if given is None else np.array(given)
        whole[rows] = entries
        return whole

    weight = [np.nan if one.weight is None else float(one.weight) for one in answers]
    values = [np.nan if one.value is None else float(one.value) for one in answers]
    piece = evolve(
        piece,
        values=changed(piece.values, np.nan, values),
        refused=changed(piece.refused, np.int8(0), [one.refusal for one in answers]),
        members=changed(piece.members, 1.0, [float(one.members) for one in answers]),
        weight=changed(piece.weight, 1.0, weight),
        periods=changed(piece.periods, 1.0, [float(one.periods) for one in answers]),
        status=changed(piece.status, NORMAL, [RANK[one.status] for one in answers]),
    )
    if not ranked:
        return piece
    places = [one.place or (0, 0, 0, 0) for one in answers]
    names = ("position", "of", "tied", "missing")
    columns = {
        name: _filled(getattr(piece, name), size, rows, [place[at] for place in places])
        for at, name in enumerate(names)
    }
    return evolve(piece, **columns)


def _filled(given: Any, size: int, rows: list[int], entries: list[int]) -> Any:
    whole = np.zeros(size, dtype=np.int64) if given is None else np.array(given)
    whole[rows] = entries
    return whole


def _weights(
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


def _too_little(ran: Ran, weight: Floats, threshold: Fraction) -> Bools:
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
