"""All connected sets of areas, each once, in chunks.

A set grows from a root: of the areas that border on it and are not decided yet, one either joins
or never will. Whenever one joins, that is one of the sets sought; so each is reached by one way
only. States are decided many at a time, the deepest first, so that memory stays small.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bajio.engines.array.bitsets import Masks, mask_type, sizes_of

#: States that are decided at once, and that are tried to estimate how many sets there are.
_CHUNK = 1 << 14
_PROBES = 1 << 15
#: Parts that sets are listed in, and states from which on they are, so that parts are alike.
_PARTS = 1 << 6
_APART = 1 << 12
State = tuple[Masks, Masks, Masks]


@frozen(eq=False)
class Connected:
    """The connected sets of a graph.

    Attributes:
        borders: for each bit the mask of those that it borders on.
        least, most: sizes of the sets that are wanted.
        required: the mask of those that must be in the set.

    Examples:
        >>> path = Connected((0b010, 0b101, 0b010), 1, 3)
        >>> sorted(int(one) for part in path.chunks() for one in part)
        [1, 2, 3, 4, 6, 7]
    """

    borders: tuple[int, ...]
    least: int
    most: int
    required: int = 0

    def chunks(self) -> Iterator[Masks]:
        """The sets as masks."""
        return chain.from_iterable(self.parts())

    def parts(self) -> Iterator[Iterable[Masks]]:
        """The same, in parts of like sizes that can be listed apart."""
        after = self._table()
        state = _both(*(self._start(*root) for root in self._roots()))
        joined = self._wanted(state[0])
        state = self._open(state)
        while True:
            if len(joined):
                yield (joined,)
            if not 0 < len(state[0]) < _APART:
                break
            joined, state = self._step(state, after)
        for first in range(min(_PARTS, len(state[0]))):
            yield self._grown(_some(state, slice(first, None, _PARTS)), after)

    def _grown(self, state: State, after: Masks) -> Iterator[Masks]:
        """The sets that some states lead to."""
        waiting = [state]
        while waiting:
            joined, state = self._step(_taken(waiting), after)
            if len(joined):
                yield joined
            if len(state[0]):
                waiting.append(state)

    def _step(self, state: State, after: Masks) -> tuple[Masks, State]:
        """The sets that come of some states as one more area joins, and what is still open."""
        decided = _decided(state, after)
        return self._wanted(decided[0][len(state[0]) :]), self._open(decided)

    def _open(self, state: State) -> State:
        """The states in which something is left to decide."""
        # positions, since half of them are: a mask of bools is slow where it goes to and fro
        return _some(state, np.flatnonzero(~self._is_done(state)))

    def estimate(self) -> float:
        """About how many sets there are, by way of random paths: of the order that it is, no more.

        D. E. Knuth, Estimating the efficiency of backtrack programs, Mathematics of Computation 29,
        1975. The sizes that are not wanted count as well, being passed through.
        """
        chance = np.random.default_rng(0)
        after, total = self._table(), 0.0
        for root in self._roots():
            state: State = tuple(  # type: ignore[assignment]
                np.repeat(part, _PROBES // len(self.borders)) for part in self._start(*root)
            )
            weight, probes = 1.0, len(state[0])
            while len(state[0]):
                done = self._is_done(state)
                total += weight * int(done.sum()) / probes
                state = _some(state, np.flatnonzero(~done))
                decided, count = _decided(state, after), len(state[0])
                joins = chance.random(count) < 0.5
                state = _some(decided, np.arange(count) + count * joins)
                weight *= 2
        return total

    def _table(self) -> Masks:
        """Borders by the remainder of a bit's value, which tells bits apart."""
        kind = mask_type(len(self.borders))
        table = np.zeros(_divisor(kind), kind)
        for bit, mask in enumerate(self.borders):
            table[(1 << bit) % len(table)] = mask
        return table

    def _roots(self) -> Iterator[tuple[int, int]]:
        """Bits that a set can grow from, with those that it cannot have then."""
        if self.required:
            yield self.required.bit_length() - 1, 0
            return
        for bit in range(len(self.borders)):
            yield bit, (1 << bit) - 1

    def _start(self, root: int, barred: int) -> State:
        kind = mask_type(len(self.borders))
        member = 1 << root
        parts = (member, member | barred, self.borders[root] & ~(member | barred))
        return tuple(np.array([part], kind) for part in parts)  # type: ignore[return-value]

    def _is_done(self, state: State) -> NDArray[np.bool_]:
        members, _, open_ = state
        done: NDArray[np.bool_] = open_ == 0
        if self.most < len(self.borders):
            done |= sizes_of(members) >= self.most
        return done

    def _wanted(self, result: Masks) -> Masks:
        kind = result.dtype.type
        if self.least > 1:
            result = result[sizes_of(result) >= self.least]
        if self.required:
            result = result[result & kind(self.required) == kind(self.required)]
        return result


def _divisor(kind: type) -> int:
    """A prime of which 2 is a primitive root, greater than the bits of a mask.

    The powers of two that bits stand for leave all different remainders by it, so that a table by
    remainders is a look-up by bit, where logarithms of large masks would be rounded.
    """
    return 37 if kind is np.uint32 else 67


def _taken(waiting: list[State]) -> State:
    """States from the end of those that wait, together as many as are decided at once."""
    parts, count = [], 0
    while waiting and count < _CHUNK:
        parts.append(waiting.pop())
        count += len(parts[-1][0])
    state = parts[0] if len(parts) == 1 else _both(*parts)
    if count > _CHUNK:
        waiting.append(_some(state, slice(_CHUNK, None)))
        state = _some(state, slice(_CHUNK))
    return state


def _both(*states: State) -> State:
    return tuple(np.concatenate(parts) for parts in zip(*states, strict=True))  # type: ignore[return-value]


def _some(state: State, which: Any) -> State:
    members, closed, open_ = state
    return members[which], closed[which], open_[which]


def _decided(state: State, after: Masks) -> State:
    """The states in which the lowest open area never joins, then as many in which it does."""
    members, closed, open_ = state
    kind, count = members.dtype.type, len(members)
    decided = tuple(np.empty(2 * count, kind) for _ in state)
    lowest = open_ & (~open_ + kind(1))
    decided[0][:count] = members
    np.bitwise_or(members, lowest, out=decided[0][count:])
    closed = np.bitwise_or(closed, lowest, out=decided[1][:count])
    decided[1][count:] = closed
    rest = np.bitwise_xor(open_, lowest, out=decided[2][:count])
    borders = after[lowest % kind(len(after))]
    np.bitwise_and(rest | borders, ~closed, out=decided[2][count:])
    return decided  # type: ignore[return-value]


def borders_of(pairs: Sequence[tuple[int, int]], count: int) -> tuple[int, ...]:
    """For each bit the mask of those that it borders on, from pairs of positions."""
    result = [0] * count
    for first, second in pairs:
        a, b = count - 1 - first, count - 1 - second
        result[a] |= 1 << b
        result[b] |= 1 << a
    return tuple(result)
