"""Pieces: the answers for some regions, and how they are put together to those for all."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, fields, frozen

from bajio.engines.array.arrays import Bools, Bytes, Floats, Indices, Integers, Objects
from bajio.engines.array.terms import RANK
from bajio.engines.outcome import Refusal
from bajio.facts.observations import STATUSES


@frozen(eq=False)
class Piece:
    """An indicator's answers for some regions; what is `None` is the same for all.

    Attributes:
        values: a float a region; not a number where it has none.
        refused: a `Refusal` a region; `None`: none is refused.
        members: the share of members that enter; `None`: all do.
        weight: their share of the population; `None`: all of it; not a number where not known.
        periods: the share of periods that enter; `None`: all do.
        status: the place of the weakest status among those of SDMX; `None`: all are normal.
        position: among the peers, 1 being best, zero where there is no rank; `None`: none is asked.
        of, tied, missing: peers with data and the region; those with the very same value; those
            without data.
        exact: exact values, where they are asked for.
    """

    values: Floats
    refused: Bytes | None = None
    members: Floats | None = None
    weight: Floats | None = None
    periods: Floats | None = None
    status: Bytes | None = None
    position: Integers | None = None
    of: Integers | None = None
    tied: Integers | None = None
    missing: Integers | None = None
    exact: Objects | None = None

    @property
    def size(self) -> int:
        """How many regions."""
        return len(self.values)

    def filled(self, name: str) -> Any:
        """What it has under a name, as an array in any case."""
        array = getattr(self, name)
        return np.full(self.size, _STANDS_FOR[name]) if array is None else array

    def letters(self) -> Any:
        """The weakest SDMX status of each region's figures; empty where it has no value."""
        named = np.array(list(STATUSES))[self.filled("status")]
        return named if self.refused is None else np.where(self.refused == 0, named, "")

    def without(self, outside: Bools) -> "Piece":
        """The same without the regions that a key of a table is no member of."""
        refused = np.where(outside, np.int8(Refusal.OUTSIDE), self.filled("refused"))
        return evolve(self, refused=refused, values=np.where(outside, np.nan, self.values))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Piece):
            return NotImplemented
        return all(
            _same(getattr(self, attribute.name), getattr(other, attribute.name))
            for attribute in fields(Piece)
        )

    __hash__ = None  # type: ignore[assignment]  # arrays are compared by their content


def _same(first: Any, second: Any) -> bool:
    if first is None or second is None:
        return first is second
    as_floats = first.dtype.kind == "f" and second.dtype.kind == "f"
    return bool(np.array_equal(first, second, equal_nan=as_floats))


#: The place of the status of normal figures among those of SDMX.
NORMAL = np.int8(RANK["A"])
#: What stands for `None` in a piece beside others that have something there.
_STANDS_FOR: dict[str, Any] = {
    "refused": np.int8(0),
    "members": 1.0,
    "weight": 1.0,
    "periods": 1.0,
    "status": NORMAL,
    "position": np.int64(0),
    "of": np.int64(0),
    "tied": np.int64(0),
    "missing": np.int64(0),
    "exact": None,
}


def empty_piece(size: int, why: Refusal) -> Piece:
    """The answers for regions that are refused, all for one reason."""
    return Piece(np.full(size, np.nan), np.full(size, np.int8(why)))


@frozen(eq=False)
class Store:
    """Answers for so many regions, filled piece by piece."""

    size: int
    held: dict[str, Any] = field(factory=dict)

    def put(self, rows: "slice | Indices", piece: Piece) -> None:
        """Fill in the answers for some regions."""
        for attribute in fields(Piece):
            array = getattr(piece, attribute.name)
            if array is None and attribute.name not in self.held:
                continue
            if attribute.name not in self.held:
                if len(array) == self.size:  # all at once
                    self.held[attribute.name] = array
                    continue
                blank = _STANDS_FOR.get(attribute.name, np.nan)
                self.held[attribute.name] = np.full(self.size, blank, dtype=array.dtype)
            blank = _STANDS_FOR.get(attribute.name)
            self.held[attribute.name][rows] = blank if array is None else array

    def piece(self) -> Piece:
        """All answers together, not to be written to."""
        held = {"values": np.zeros(0), **self.held}
        for name, array in held.items():
            if array.flags.writeable:
                held[name] = array.view()
                held[name].flags.writeable = False
        return Piece(**held)


def side_by_side(columns: Sequence[Any]) -> Any:
    """Arrays as the columns of one with two axes."""
    return np.stack(columns, axis=1)
