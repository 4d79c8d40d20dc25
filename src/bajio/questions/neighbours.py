"""Who stands beside a value in a sorted ranking: those in the places next to it, those closest."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from math import inf
from operator import itemgetter
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
    own_value = plain(value)

    # as many places on each side, and on to the last that is as far
    first, last = keys[max(place - _NEAREST, 0)], keys[min(place + _NEAREST, len(keys)) - 1]
    floats = itemgetter(0)
    start, stop = bisect_left(keys, first[0], key=floats), bisect_right(keys, last[0], key=floats)
    near = codes[start:stop]
    if own_value > 0 and any(values[code] <= 0 for code in near):
        near = codes  # all that have no ratio are equally far, wherever they stand
    distances: list[tuple[float, str]] = []
    for code in near:
        other = plain(values[code])
        distance = 1e308 if own_value > 0 else abs(own_value - other)
        if own_value > 0 and other > 0:
            try:
                distance = max(own_value, other) / min(own_value, other)
            except OverflowError:
                distance = inf
        distances.append((distance, code))
    return tuple(code for _, code in sorted(distances)[:_NEAREST])
