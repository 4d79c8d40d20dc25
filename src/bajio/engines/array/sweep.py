"""Searching: every set of areas that there is to decide on, block by block."""

from collections.abc import Callable, Iterator
from functools import cached_property

from attrs import field, frozen

from bajio.engines.array.bitsets import ChosenSets, Halves, Lookup, Sets, mask_of, members_of
from bajio.engines.array.connected import Connected, borders_of
from bajio.engines.array.judge import Judge
from bajio.engines.array.shortlist import Shortlist
from bajio.engines.problem import Problem
from bajio.facts.observations import Exact

#: Sets of a half that fit in memory with what they come to.
_MOST_ENTRIES = 1 << 22
#: About what things take, in seconds, as measured: a set in a pass over memory, a set found to be
#: connected, a block, and a set that is looked at by itself.
_PASS, _FOUND, _BLOCK, _ALONE = 4e-10, 3e-8, 2e-5, 1.5e-4
Progress = Callable[[int, int | None], object]


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
    def _judge(self) -> Judge:
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
        alone = self._judge.passes * _PASS + (_ALONE if self._judge.is_opaque else 0.0)
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
        shortlist = Shortlist(self.problem.best, self._key, self._judge.unit)
        examined, complete = 0, True
        try:
            for size, blocks in self._rounds():
                for block in blocks:
                    result = self._judge.judge(block)
                    if result is not None:
                        shortlist.add(block, result)
                    examined += len(block)
                    if progress is not None:
                        progress(examined, self._total)
                if size is not None and shortlist.fills():
                    break
        except KeyboardInterrupt:
            complete = False
        return BestSets(tuple(map(self._members, shortlist.finish())), examined, complete)

    @cached_property
    def _total(self) -> int | None:
        """How many sets there are to decide on, where that is known."""
        if self._is_connected or not self.problem.aims:
            return None
        return Halves.number(len(self._free), *self._sizes())

    def _rounds(self) -> Iterator[tuple[int | None, Iterator[Sets]]]:
        """All blocks; size by size where small ones come first, with the size."""
        if self._is_connected:
            yield None, self._listed()
            return
        least, most = self._sizes()
        halves = Halves(len(self._free), self._judge.values, min(most, len(self._free)))
        if self.problem.aims:
            yield None, halves.blocks(least, most)
            return
        for size in range(max(least, 0), min(most, len(self._free)) + 1):
            yield size, halves.blocks(size, size)

    def _listed(self) -> Iterator[Sets]:
        lookups = [Lookup(value.terms, value.start, value.join) for value in self._judge.values]
        for masks in self._connected.chunks():
            yield ChosenSets(masks, lookups)

    def _members(self, mask: int) -> tuple[int, ...]:
        chosen = (self._free[position] for position in members_of(mask, len(self._free)))
        fixed = (position for position in self.problem.required if position not in self._free)
        return tuple(sorted((*chosen, *fixed)))

    def _key(self, mask: int) -> Exact | None:
        return self.problem.key(self._members(mask))
