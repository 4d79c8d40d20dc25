"""Who stands beside a value in a sorted ranking: those in the places next to it, those closest."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from bajio.facts.observations import Exact
from bajio.questions.results import plain

_NEAREST = 3
#: What values are sorted by, ascending from the best: the float only to be fast, then the value, or
#: what turns its order round.
SortKey = tuple[float, Any]
Keys = Sequence[SortKey]


def tied_with(keys: Keys, codes: Sequence[str], position: int) -> tuple[str, ...]:
    """Codes of all that share a place; none where there is no such place."""
    if not 0 <= position < len(keys):
        return ()
    key = keys[position]
    return tuple(codes[bisect_left(keys, key) : bisect_right(keys, key)])


def closest(
    values: Mapping[str, Exact], keys: Keys, codes: Sequence[str], value: Exact, place: int
) -> tuple[str, ...]:
    """The closest peers by ratio; by difference where signs or zeros forbid a ratio.

    Only those around the value's place are looked at: distance grows from there to both ends.

    Args:
        values: of the peers, by code.
        keys, codes: the peers' sort keys and codes, best first.
        value: what they are to be close to.
        place: how many peers come before it.
    """
    own = plain(value)

    def distance(code: str) -> tuple[float, str]:
        other = plain(values[code])
        if own > 0 and other > 0:
            try:
                return max(own, other) / min(own, other), code
            except OverflowError:
                return inf, code
        return 1e308 if own > 0 else abs(own - other), code

    near = codes[_widened(keys, place, -1) : _widened(keys, place - 1, 1) + 1]
    if own > 0 and any(values[code] <= 0 for code in near):
        near = codes  # all that have no ratio are equally far, wherever they stand
    return tuple(sorted(near, key=distance)[:_NEAREST])


def _widened(keys: Keys, at: int, step: int) -> int:
    """A few places on in one direction, and on to the last that is as far; within the ends."""
    last = len(keys) - 1 if step > 0 else 0
    at = min(max(at + step * _NEAREST, 0), len(keys) - 1)
    while at != last and keys[at + step][0] == keys[at][0]:
        at += step
    return at
