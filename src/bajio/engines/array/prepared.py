"""Prepared numbers: a program's values for a block of regions, with coverage and ranks.

What rounding leaves open, and what no program carries, is asked of the exact engine, region by
region, through a function that the caller gives.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, Protocol, TypeVar

import numpy as np
from attrs import evolve, frozen

from bajio.engines.array.arrays import Bools, Floats, Indices, Objects
from bajio.engines.array.blocks import any_of, either
from bajio.engines.array.groups import Composed, Groups, RegionGroup
from bajio.engines.array.ladders import Certainty
from bajio.engines.array.pieces import NORMAL, Piece, Store, empty_piece
from bajio.engines.array.programs import Program, Ran
from bajio.engines.array.standings import PeerStandings, Placed, Surrounding, place_remainders
from bajio.engines.array.terms import RANK
from bajio.engines.bound_plan import Bound
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


#: Asks the exact engine about the region at a place.
Ask = Callable[[int], ExactAnswer]


@frozen(eq=False, slots=False)
class Prepared:
    """A number, ready to be worked out for the regions of a group.

    Attributes:
        bound: the rule, bound to data; `None` where there is nothing to bind it to.
        areas: how many areas regions are made of.
        program: what works out many regions; `None` where the exact engine takes each.
        refused: why no region has a value, if none has.
        odd: positions of areas whose regions are asked about one by one.
        population: of each area, if known; `None` where nothing is missing anyhow.
        threshold: the least share that must be covered.
        standings: the peers, if any are asked for.
        wholes: the peers that contain regions, where these are taken away from them.
    """

    bound: Bound | None
    areas: int
    program: Program | None = None
    refused: Refusal | None = None
    odd: tuple[int, ...] = ()
    population: Sequence[float | None] | None = None
    threshold: Fraction = Fraction(0)
    standings: PeerStandings | None = None
    wholes: tuple[Surrounding, ...] = ()

    def answer(self, regions: Composed, ask: Ask, *, exact: bool = False) -> Piece:
        """The answers for the regions of a block.

        Args:
            regions: a block of them.
            ask: asks the exact engine about the region at a place.
            exact: whether exact values are wanted as well.
        """
        piece = self._answer(regions, ask)
        if not exact:
            return piece
        if self.program is not None and not self.program.calls and not self.odd:
            return evolve(piece, exact=self.program.exact_values(regions, piece.refused))
        return evolve(piece, exact=_objects([ask(row).value for row in range(piece.size)]))

    def _answer(self, regions: Composed, ask: Ask) -> Piece:
        size = regions.size
        if self.refused is not None:
            return empty_piece(size, self.refused)
        if self.program is None:
            return self._asked(empty_piece(size, Refusal.UNAVAILABLE), range(size), ask)
        ran = self.program.run(regions)
        piece = self._covered(ran, regions)
        open_rows = ran.doubtful
        if self.odd:
            for lag in sorted({0, *(part.lag for part in self.program.parts)}):
                open_rows = either(open_rows, any_of(regions.at(lag), self.odd, self.areas))
        if self.standings is not None:
            placed = self._placed(ran, piece, regions)
            piece = _with_places(piece, placed)
            if placed.unsure is not None:
                valued = True if piece.refused is None else piece.refused == 0
                open_rows = either(open_rows, placed.unsure & valued)
        if piece.refused is not None:
            piece = evolve(piece, values=np.where(piece.refused == 0, piece.values, np.nan))
        if open_rows is None or not open_rows.any():
            return piece
        return self._asked(piece, np.flatnonzero(open_rows).tolist(), ask)

    def _covered(self, ran: Ran, regions: Composed) -> Piece:
        """Values with coverage; refused where too little is covered."""
        assert self.program is not None
        refused, members, weight = ran.refused, None, None
        if ran.present is not None and ran.every is not None:
            short = ran.present < ran.every
            if short.any():
                members = np.where(ran.every == 0, 1.0, ran.present / np.maximum(ran.every, 1))
                weight = _weights(self.program, self.population or (), regions, short)
                if self.threshold:
                    little = _too_little(ran, weight, self.threshold)
                    before = np.zeros(len(little), np.int8) if refused is None else refused
                    code = np.int8(Refusal.UNCOVERED)
                    refused = np.where((before == 0) & little, code, before)
        periods = self.program.periods(regions) if self.program.partial else None
        status = self.program.weakest(regions)
        return Piece(ran.values, refused, members, weight, periods, status)

    def _placed(self, ran: Ran, piece: Piece, regions: Composed) -> Placed:
        assert self.program is not None
        assert self.standings is not None
        rounding = self.program.rounding
        sharp, relative = rounding.sharp, rounding.relative
        errors = 0.0 if sharp or relative is not None else ran.errors()
        certainty = Certainty(sharp, relative, errors)
        placed = self.standings.place(piece.values, certainty, regions.at())
        if not self.wholes:
            return placed
        remainders = self.program, self.standings, self.wholes
        width = certainty.width(piece.values)
        return place_remainders(*remainders, placed, piece.values, width, regions)

    def _asked(self, piece: Piece, rows: Iterable[int], ask: Ask) -> Piece:
        """A piece with what the exact engine says of some regions."""
        answers = {row: ask(row) for row in rows}
        if not answers:
            return piece
        return _overwritten(piece, answers, ranked=self.standings is not None)


class NumberSource(Protocol):
    """One number of each region, as whoever asks for it has it."""

    @property
    def member(self) -> int | None:
        """The position of the area that a region must have for a value, if there is one."""

    def prepared(self, group: RegionGroup) -> Prepared:
        """The number, ready for the regions of a group."""

    def ask(self, row: int) -> ExactAnswer:
        """What the exact engine says of a region, by its place among all."""


AnySource = TypeVar("AnySource", bound=NumberSource)


def run(
    jobs: Sequence[tuple[Groups, Sequence[AnySource]]], size: int, *, exact: bool = False
) -> Iterator[tuple[range, dict[AnySource, Piece]]]:
    """Numbers for all regions, so many regions at once.

    Args:
        jobs: the regions, and the numbers that are asked of them as they are grouped there.
        size: how many regions at once.
        exact: whether exact values are wanted as well.

    Yields:
        The places of some regions, and the answers for them by number.
    """
    for chunks in zip(*(groups.chunks(size) for groups, _ in jobs), strict=True):
        pieces: dict[AnySource, Piece] = {}
        for (groups, numbers), chunk in zip(jobs, chunks, strict=True):
            pieces |= _run(groups, chunk, numbers, exact=exact)
        places = chunks[0].places
        yield range(int(places[0]), int(places[-1]) + 1), pieces


def _run(
    groups: Groups, chunk: Composed, numbers: Sequence[AnySource], *, exact: bool
) -> dict[AnySource, Piece]:
    """The answers for the regions of a chunk."""
    stores = {number: Store(chunk.size) for number in numbers}
    for group, rows in groups.groups(chunk):
        regions = chunk if rows is None else chunk.some(rows)
        for number, store in stores.items():
            ask = partial(_ask, number, regions.places)
            piece = number.prepared(group).answer(regions, ask, exact=exact)
            if number.member is not None:
                has_it = any_of(regions.at(), [number.member], len(groups.areas))
                piece = piece.without(~has_it)
            store.put(slice(None) if rows is None else rows, piece)
    return {number: store.piece() for number, store in stores.items()}


def _ask(number: NumberSource, places: range | Indices, row: int) -> ExactAnswer:
    """What the exact engine says of one of the regions at some places."""
    return number.ask(int(places[row]))


def _objects(values: Sequence[Exact | None]) -> Objects:
    objects = np.empty(len(values), dtype=object)
    objects[:] = values
    return objects


def _with_places(piece: Piece, placed: Placed) -> Piece:
    """A piece with where its regions stand; without a rank where there is no value."""
    size = piece.size
    position = placed.position
    others = [np.broadcast_to(column, size) for column in (placed.of, placed.tied, placed.missing)]
    without = position == 0
    if piece.refused is not None:
        without = without | (piece.refused != 0)
    if without.any():
        position, *others = (np.where(without, 0, column) for column in (position, *others))
    of, tied, missing = others
    return evolve(piece, position=position, of=of, tied=tied, missing=missing)


def _overwritten(piece: Piece, result: dict[int, ExactAnswer], *, ranked: bool) -> Piece:
    size = piece.size
    rows = list(result)
    answers = list(result.values())

    def changed(array: Any, blank: Any, entries: Sequence[Any]) -> Any:
        if array is None and all(entry == blank for entry in entries):
            return None
        whole = np.full(size, blank) if array is None else np.array(array)
        whole[rows] = entries
        return whole

    weight = [np.nan if answer.weight is None else float(answer.weight) for answer in answers]
    values = [np.nan if answer.value is None else float(answer.value) for answer in answers]
    piece = evolve(
        piece,
        values=changed(piece.values, np.nan, values),
        refused=changed(piece.refused, np.int8(0), [answer.refusal for answer in answers]),
        members=changed(piece.members, 1.0, [float(answer.members) for answer in answers]),
        weight=changed(piece.weight, 1.0, weight),
        periods=changed(piece.periods, 1.0, [float(answer.periods) for answer in answers]),
        status=changed(piece.status, NORMAL, [RANK[answer.status] for answer in answers]),
    )
    if not ranked:
        return piece
    places = [answer.place or (0, 0, 0, 0) for answer in answers]
    names = ("position", "of", "tied", "missing")
    columns = {
        name: _filled(getattr(piece, name), size, rows, [place[position] for place in places])
        for position, name in enumerate(names)
    }
    return evolve(piece, **columns)


def _filled(array: Any, size: int, rows: list[int], entries: list[int]) -> Any:
    whole = np.zeros(size, dtype=np.int64) if array is None else np.array(array)
    whole[rows] = entries
    return whole


def _weights(
    program: Program, population: Sequence[float | None], regions: Composed, short: Bools
) -> Floats:
    """The share of the population that the members with data have; not a number if not known.

    Args:
        program: what was run.
        population: of each area.
        regions: a block of them.
        short: which regions lack something.
    """
    block = regions.at()
    known = np.array([0.0 if people is None else float(people) for people in population])
    lacking = np.array([people is None for people in population])
    enters = np.ones(len(known), bool)
    for part in program.parts:
        enters &= part.enters
    total = block.sums(known)
    with np.errstate(all="ignore"):
        share = block.sums(known * enters.astype(np.float64)) / total
    unknown = (block.sums(lacking.astype(np.float64)) > 0) | (total == 0)
    return np.where(short, np.where(unknown, np.nan, share), 1.0)


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
