"""Searching: every set of areas that there is to decide on, block by block."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Generic, TypeVar

from attrs import define, evolve, field, frozen

from bajio.engines.array.bitsets import ChosenSets, Halves, Lookup, Masks, Sets, mask_of, members_of
from bajio.engines.array.connected import Connected, borders_of
from bajio.engines.array.judge import Judge
from bajio.engines.array.shared_parts import SharedParts, other_processors
from bajio.engines.array.shortlist import PartFound, PartShortlist, Shortlist
from bajio.engines.problem import Problem
from bajio.facts.observations import Exact

#: Sets of a half that fit in memory with what they come to.
_MOST_ENTRIES = 1 << 22
#: About what things take, in seconds, as measured: a set in a pass over memory, a set found to be
#: connected, a block, and a set that is looked at by itself.
_PASS, _FOUND, _BLOCK, _ALONE = 4e-10, 2e-8, 2e-5, 1.5e-4
#: Seconds from which on it is worth while to have other processes, and parts that are shared.
_SHARED, _PARTS = 1.0, 64
Progress = Callable[[int, int | None], object]
Kept = TypeVar("Kept", bound=Shortlist)


@frozen
class Estimate:
    """What a search will take.

    Attributes:
        sets: that there are to decide on; estimated where they have to be connected.
        seconds: about how long, on a usual processor.
        known: whether the number of sets is exact.
        fits: whether what it needs fits in memory.
    """

    sets: int
    seconds: float
    known: bool
    fits: bool = True


@frozen
class BestSets:
    """What a search found.

    Attributes:
        sets: positions of members, the best first.
        examined: how many sets were decided on.
        complete: whether these are all that there are.
    """

    sets: tuple[tuple[int, ...], ...]
    examined: int
    complete: bool


@frozen(eq=False, slots=False)
class Sweep:
    """A search over the sets of areas of a problem.

    Attributes:
        problem: what is searched for.

    Examples:
        >>> from fractions import Fraction
        >>> from bajio.engines.problem import Aim, Linear
        >>> terms = (5, 3, 1)
        >>> key = lambda members: abs(sum(terms[at] for at in members) - 4)
        >>> near = Aim(Linear(terms), Fraction(4), Fraction(1))
        >>> Sweep(Problem(3, 1, 3, 2, key, [near])).run()
        BestSets(sets=((1, 2), (0,)), examined=7, complete=True)
    """

    problem: Problem
    _is_connected: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_is_connected", self.problem.borders is not None)

    @cached_property
    def _free(self) -> tuple[int, ...]:
        """Positions that a bit stands for: all, or those that are not in every set anyway."""
        problem = self.problem
        fixed = () if self._is_connected else problem.required
        return tuple(position for position in range(problem.count) if position not in fixed)

    @cached_property
    def judge(self) -> Judge:
        """What decides on the sets of a block."""
        fixed = () if self._is_connected else self.problem.required
        return Judge(self.problem, self._free, fixed)

    @cached_property
    def _connected(self) -> Connected:
        problem = self.problem
        borders = borders_of(problem.borders or (), problem.count)
        required = mask_of(problem.required, problem.count)
        return Connected(borders, problem.least, problem.most, required)

    def _sizes(self) -> tuple[int, int]:
        """The sizes of the free part of a set."""
        fixed = self.problem.count - len(self._free)
        return max(self.problem.least, 1) - fixed, self.problem.most - fixed

    def estimate(self) -> Estimate:
        """What the search will take."""
        return self._estimate

    @cached_property
    def _estimate(self) -> Estimate:
        alone = self.judge.passes * _PASS + (_ALONE if self.judge.is_opaque else 0.0)
        if self._is_connected:
            sets = round(self._connected.estimate())
            return Estimate(sets, sets * (alone + _FOUND), known=False)
        least, most = self._sizes()
        sets = Halves.number(len(self._free), least, most)
        entries = Halves.entries(len(self._free), most)
        seconds = sets * alone + min(entries, sets) * _BLOCK
        return Estimate(sets, seconds, known=True, fits=entries <= _MOST_ENTRIES)

    def run(self, progress: Progress | None = None) -> BestSets:
        """Search.

        Args:
            progress: called now and then with how many sets have been decided on, and how many
                there are, where that is known.
        """
        found = _Found(Shortlist(self.problem.best, self._key, self.judge.unit), progress, self)
        complete = True
        try:
            told = self._told()
            if told:
                self._run_shared(told, found)
            else:
                self._run_alone(found)
        except KeyboardInterrupt:
            complete = False
        sets = tuple(map(self._members, found.shortlist.finish()))
        return BestSets(sets, found.examined, complete)

    def _run_alone(self, found: "_Found[Shortlist]") -> None:
        for size, blocks in self._rounds():
            for block in blocks:
                found.take(block)
            if size is not None and found.shortlist.fills():
                break

    def _told(self) -> bytes:
        """What other processes are told, pickled; nothing where one is enough."""
        if not self.problem.aims or self.judge.is_opaque or not other_processors():
            return b""
        if self.estimate().seconds < _SHARED:
            return b""
        try:
            return pickle.dumps(evolve(self.problem, key=_no_key))
        except (AttributeError, TypeError, pickle.PicklingError):
            return b""  # a rule with a function of its own in it

    def _run_shared(self, told: bytes, found: "_Found[Shortlist]") -> None:
        """Decide on parts, as other processes do."""
        shortlist, parts = found.shortlist, self._listed()
        with SharedParts(len(parts), told) as shared:
            shared.start(other_processors())
            while (part := shared.next()) is not None or shared.is_awaited:
                if part is None:
                    came = shared.awaited()
                else:
                    for block in parts[part]:
                        found.take(block)
                        shared.bound = shortlist.limit
                    came = shared.arrived()
                for one in came:
                    found.gain(one)
                    shared.bound = shortlist.limit

    def found_in(self, part: int, limit: float) -> PartFound:
        """What a part has, for another process to take, which knows a limit to the best."""
        found = _Found(PartShortlist(self.problem.best, self.judge.unit, limit), None, self)
        for block in self._parts[part]:
            found.take(block)
        return found.shortlist.found(found.examined)

    @cached_property
    def _parts(self) -> list[Iterable[Sets]]:
        return self._listed()

    def _listed(self) -> list[Iterable[Sets]]:
        """All sets, in parts that are the same in each process, to be gone through once."""
        if self._is_connected:
            return [self._chosen(part) for part in self._connected.parts()]
        least, most = self._sizes()
        halves = self._halves
        return [halves.blocks(least, most, part, _PARTS) for part in range(_PARTS)]

    @cached_property
    def total(self) -> int | None:
        """How many sets there are to decide on, where that is known."""
        if self._is_connected or not self.problem.aims:
            return None
        return Halves.number(len(self._free), *self._sizes())

    def _rounds(self) -> Iterator[tuple[int | None, Iterator[Sets]]]:
        """All blocks; size by size where small ones come first, with the size."""
        if self._is_connected:
            yield None, self._chosen(self._connected.chunks())
            return
        least, most = self._sizes()
        if self.problem.aims:
            yield None, self._halves.blocks(least, most)
            return
        for size in range(max(least, 0), min(most, len(self._free)) + 1):
            yield size, self._halves.blocks(size, size)

    @cached_property
    def _halves(self) -> Halves:
        most = min(self._sizes()[1], len(self._free))
        return Halves(len(self._free), self.judge.values, most)

    @cached_property
    def _lookups(self) -> list[Lookup]:
        return [Lookup(value.terms, value.start, value.join) for value in self.judge.values]

    def _chosen(self, chunks: Iterable[Masks]) -> Iterator[Sets]:
        return (ChosenSets(masks, self._lookups) for masks in chunks)

    def _members(self, mask: int) -> tuple[int, ...]:
        chosen = (self._free[position] for position in members_of(mask, len(self._free)))
        fixed = (position for position in self.problem.required if position not in self._free)
        return tuple(sorted((*chosen, *fixed)))

    def _key(self, mask: int) -> Exact | None:
        return self.problem.key(self._members(mask))


def _no_key(_members: tuple[int, ...]) -> None:
    """In the place of the key, which stays in the process that searches."""


@define(eq=False)
class _Found(Generic[Kept]):
    """What a search has found so far.

    Attributes:
        shortlist: the best.
        progress: told how many sets were decided on.
        search: whose judge decides.
        examined: sets that were decided on.
    """

    shortlist: Kept
    progress: Progress | None
    search: Sweep
    examined: int = 0

    def take(self, block: Sets) -> None:
        """Decide on a block."""
        judgement = self.search.judge.judge(block)
        if judgement is not None:
            self.shortlist.add(block, judgement)
        self._count(len(block))

    def gain(self, part: PartFound | None) -> None:
        """Take what another process found in a part, if something came."""
        if part is not None:
            self.shortlist.gain(part)
        self._count(0 if part is None else part.examined)

    def _count(self, sets: int) -> None:
        self.examined += sets
        if self.progress is not None:
            self.progress(self.examined, self.search.total)
