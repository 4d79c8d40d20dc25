"""Groups: regions that one program can answer, side by side, chunk by chunk.

Regions differ in what country they lie in, what kind of areas they are made of and, as of each
period, in which of the years that a rule reads they had the same members.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from attrs import field, frozen

from bajio.engines.array.arrays import Floats, Indices
from bajio.engines.array.blocks import Block, block_of
from bajio.engines.array.rosters import Roster, from_lists
from bajio.facts.areas import Areas
from bajio.facts.regions import Region

Mark = TypeVar("Mark", bound=Hashable)
#: The areas by the country that they lie in and the kind that they are of.
Classes = Mapping[tuple[str | None, str], tuple[str, ...]]


def classes_of(codes: Iterable[str], areas: Areas) -> Classes:
    """Areas by country and kind."""
    classes: dict[tuple[str | None, str], list[str]] = {}
    for code in codes:
        classes.setdefault((areas.host(code), areas[code].kind), []).append(code)
    return {key: tuple(members) for key, members in classes.items()}


@frozen
class RegionGroup:
    """What regions have in common that one program answers.

    Attributes:
        among: codes of the areas that they can have.
        host: the country that they all lie in, if one.
        turns: for each lag that a rule reads the first at which they had the same members.
    """

    among: tuple[str, ...]
    host: str | None
    turns: tuple[tuple[int, int], ...] = ()

    def first(self, lag: int) -> int:
        """The lag whose members are those of a lag."""
        return dict(self.turns).get(lag, 0)


@frozen(eq=False)
class Composed:
    """Some regions side by side, as they are composed at each lag.

    Attributes:
        places: theirs among all regions.
        by_lag: their block at each lag that is read; at zero, where members are always the same.
    """

    places: range | Indices
    by_lag: Mapping[int, Block]
    _summed: dict[tuple[int, bytes], Floats] = field(init=False, factory=dict, repr=False)

    @property
    def size(self) -> int:
        """How many regions."""
        return len(self.places)

    def at(self, lag: int = 0) -> Block:
        """The regions as they are composed at a lag."""
        return self.by_lag[lag]

    def sums(self, lag: int, vector: Floats) -> Floats:
        """For each region the sum of its members' entries: not to be changed, as it is kept."""
        key = lag, vector.tobytes()
        if key not in self._summed:
            self._summed[key] = self.by_lag[lag].sums(vector)
        return self._summed[key]

    def some(self, rows: Indices) -> "Composed":
        """Some of the regions, by their order in these."""
        known = self.places
        places = known.start + rows if isinstance(known, range) else known[rows]
        return Composed(places, {lag: block.some(rows) for lag, block in self.by_lag.items()})


@frozen(eq=False, slots=False)
class Groups:
    """Many regions, in chunks, and in groups within each.

    Attributes:
        areas: codes, by position.
        classes: the same by country and kind.
        roster: the regions as they are composed newest.
        regions: the regions themselves, where members differ by period; else none.
        year: the period.
        lags: all that the rules read, where members differ by period; else none.
    """

    areas: tuple[str, ...]
    classes: Classes = field(repr=False)
    roster: Roster = field(repr=False)
    regions: tuple[Region, ...] = field(default=(), repr=False)
    year: int = 0
    lags: tuple[int, ...] = ()

    @property
    def _is_uniform(self) -> bool:
        """Whether all regions are in one group."""
        return len(self.classes) == 1 and not self.lags

    @cached_property
    def _position(self) -> dict[str, int]:
        return {code: position for position, code in enumerate(self.areas)}

    @cached_property
    def _by_lag(self) -> dict[int, Roster]:
        """The regions as they are composed at each lag."""
        if not self.lags:
            return {0: self.roster}
        position = self._position
        return {
            lag: from_lists(
                [
                    [position[code] for code in region.members_in(self.year - lag)]
                    for region in self.regions
                ]
            )
            for lag in {0, *self.lags}
        }

    @cached_property
    def _turns(self) -> list[tuple[tuple[int, int], ...]]:
        """For each region: for each lag the first at which it had the same members."""
        turns = []
        for region in self.regions:
            first: dict[tuple[str, ...], int] = {}
            turns.append(
                tuple(
                    (lag, first.setdefault(region.members_in(self.year - lag), lag))
                    for lag in self.lags
                )
            )
        return turns

    def chunks(self, size: int) -> Iterator[Composed]:
        """All regions, so many at once."""
        start = 0
        lags = list(self._by_lag)
        for blocks in zip(*(roster.blocks(size) for roster in self._by_lag.values()), strict=True):
            places = range(start, start + blocks[0].size)
            yield Composed(places, dict(zip(lags, blocks, strict=True)))
            start = places.stop

    def groups(self, chunk: Composed) -> Iterator[tuple[RegionGroup, Indices | None]]:
        """The groups among some regions, with the rows of theirs; none: all of them."""
        if self._is_uniform:
            ((host, _), among), *_ = self.classes.items()
            yield RegionGroup(among, host), None
            return
        of_area = {
            code: label for label, codes in enumerate(self.classes.values()) for code in codes
        }
        labels = [of_area[code] for code in self.areas]
        turns = [self._turns[place] for place in chunk.places] if self.lags else None
        for held, turn, rows in partition(self._every(chunk), labels, turns):
            keys = [key for label, key in enumerate(self.classes) if label in held]
            hosts = {host for host, _ in keys}
            among = tuple(code for key in keys for code in self.classes[key])
            yield RegionGroup(among, hosts.pop() if len(hosts) == 1 else None, turn), rows

    def seen(self) -> Iterator[RegionGroup]:
        """The groups among all regions, each once."""
        known: set[RegionGroup] = set()
        for chunk in self.chunks(2**16):
            for group, _ in self.groups(chunk):
                if group not in known:
                    known.add(group)
                    yield group
            if self._is_uniform:
                return

    def _every(self, chunk: Composed) -> Block:
        """The regions with all members that they have in one of the years that are read."""
        if not self.lags:
            return chunk.at()
        position, years = self._position, [self.year - lag for lag in self.lags]
        regions = [self.regions[place] for place in chunk.places]
        return block_of(
            [
                sorted({position[code] for year in years for code in region.members_in(year)})
                for region in regions
            ]
        )


def partition(
    block: Block, labels: Sequence[int], marks: Sequence[tuple[Mark, ...]] | None = None
) -> Iterator[tuple[frozenset[int], tuple[Mark, ...], Indices]]:
    """The regions of a block by the labels of their areas, and by a mark of their own.

    Args:
        block: the regions.
        labels: of each area.
        marks: of each region, if any.

    Yields:
        The labels that a group's regions have, their mark, and their places.

    Examples:
        >>> [(sorted(held), rows) for held, _, rows in partition(block_of([[0], [0, 1]]), [0, 1])]
        [([0], array([0])), ([0, 1], array([1]))]
    """
    of_area, kinds = np.array(labels), sorted(set(labels))
    held = [block.sums((of_area == label).astype(np.float64)) > 0 for label in kinds]
    number = np.zeros(block.size, dtype=np.int64)
    for has in held:  # renumbered each time, so that no number of labels overflows
        number = np.unique(number * 2 + has, return_inverse=True)[1].reshape(-1).astype(np.int64)
    known: dict[tuple[Mark, ...], int] = {}
    if marks is not None:
        indices = np.array([known.setdefault(mark, len(known)) for mark in marks], dtype=np.int64)
        number = number * len(known) + indices
    for group in np.unique(number):
        rows = np.flatnonzero(number == group)
        first = int(rows[0])
        has_labels = frozenset(
            position for position, has in zip(kinds, held, strict=True) if has[first]
        )
        yield has_labels, () if marks is None else marks[first], rows
