"""Grouping: regions that can be answered by one program, side by side.

Regions differ in what country they lie in, what kind of areas they are made of and, as of each
period, in which of the years that a rule reads they had the same members.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from bajio.errors import InvalidValue
from bajio.facts.areas import Areas
from bajio.questions.bulk.memberships import Memberships
from bajio.questions.evaluation import Options
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.engines.array.arrays import Indices
    from bajio.engines.array.blocks import Block
    from bajio.engines.array.rosters import Rows

Classes = Mapping[tuple[str | None, str], tuple[str, ...]]


@frozen
class Group:
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
class Chunk:
    """Some regions, one after another.

    Attributes:
        start: the place of the first.
        size: how many.
        at: gives their block as they are composed at a lag.
    """

    start: int
    size: int
    at: "Callable[[int], Block]"

    def some(self, rows: "Indices | None") -> "Callable[[int], Block]":
        """The blocks of some of the regions; of all, if none are named."""
        if rows is None:
            return self.at
        kept: dict[int, Block] = {}

        def block_at(lag: int) -> "Block":
            if lag not in kept:
                kept[lag] = self.at(lag).some(rows)
            return kept[lag]

        return block_at


@frozen(eq=False, slots=False)
class Grouping:
    """Regions in chunks, and in groups within each.

    Attributes:
        registry, memberships, options: what is asked.
        year: the period.
        lags: all that the rules read, where members differ by period; else none.
    """

    registry: Registry = field(repr=False)
    memberships: Memberships
    options: Options
    year: int
    lags: tuple[int, ...]

    @property
    def dated(self) -> bool:
        """Whether members are those of each period."""
        return bool(self.lags)

    @cached_property
    def classes(self) -> Classes:
        """The areas by host and kind; kept by the registry."""
        codes = self.memberships.areas
        return self.registry.keep(("classes", codes), lambda: _classes(codes, self.registry.areas))

    @cached_property
    def _by_lag(self) -> "dict[int, Rows]":
        """The rows as they are composed at each lag."""
        from bajio.engines.array.rosters import from_lists

        if not self.dated:
            return {0: self.memberships.rows}
        at = {code: position for position, code in enumerate(self.memberships.areas)}
        regions = self.memberships.regions
        return {
            lag: from_lists(
                [[at[code] for code in region.members_in(self.year - lag)] for region in regions]
            )
            for lag in {0, *self.lags}
        }

    @cached_property
    def _turns(self) -> list[tuple[tuple[int, int], ...]]:
        """For each region: for each lag the first at which it had the same members."""
        found = []
        for region in self.memberships.regions:
            first: dict[tuple[str, ...], int] = {}
            found.append(
                tuple(
                    (lag, first.setdefault(region.members_in(self.year - lag), lag))
                    for lag in self.lags
                )
            )
        return found

    def chunks(self, size: int) -> Iterator[Chunk]:
        """All regions, so many at once."""
        start = 0
        lags = list(self._by_lag)
        for blocks in zip(*(rows.blocks(size) for rows in self._by_lag.values()), strict=True):
            by_lag = dict(zip(lags, blocks, strict=True))
            yield Chunk(start, blocks[0].size, lambda lag, by_lag=by_lag: by_lag[lag])  # type: ignore[misc]  # bound as it is made
            start += blocks[0].size

    def groups(self, chunk: Chunk) -> "Iterator[tuple[Group, Indices | None]]":
        """The groups among the regions of a chunk, with the places of theirs; none: all of it."""
        if len(self.classes) == 1 and not self.dated:
            ((host, _), among), *_ = self.classes.items()
            yield Group(among, host), None
            return
        from bajio.engines.array.groups import partition

        of_area = {code: at for at, codes in enumerate(self.classes.values()) for code in codes}
        block = self._every(chunk)
        labels = [of_area[code] for code in self.memberships.areas]
        turns = self._turns[chunk.start : chunk.start + chunk.size] if self.dated else None
        for held, turn, rows in partition(block, labels, turns):
            keys = [key for at, key in enumerate(self.classes) if at in held]
            hosts = {host for host, _ in keys}
            among = tuple(code for key in keys for code in self.classes[key])
            yield Group(among, hosts.pop() if len(hosts) == 1 else None, turn), rows

    def seen(self) -> Iterator[Group]:
        """The groups among all regions, each once."""
        known: set[Group] = set()
        for chunk in self.chunks(2**16):
            for group, _ in self.groups(chunk):
                if group not in known:
                    known.add(group)
                    yield group
            if len(self.classes) == 1 and not self.dated:
                return

    def _every(self, chunk: Chunk) -> "Block":
        """The regions with all members that they have in one of the years that are read."""
        if not self.dated:
            return chunk.at(0)
        from bajio.engines.array.blocks import block_of

        at = {code: position for position, code in enumerate(self.memberships.areas)}
        regions = self.memberships.regions[chunk.start : chunk.start + chunk.size]
        years = [self.year - lag for lag in self.lags]
        return block_of(
            [
                sorted({at[code] for year in years for code in region.members_in(year)})
                for region in regions
            ]
        )


def _classes(codes: Iterable[str], areas: Areas) -> Classes:
    found: dict[tuple[str | None, str], list[str]] = {}
    for code in codes:
        found.setdefault((areas.host(code), areas[code].kind), []).append(code)
    return {key: tuple(members) for key, members in found.items()}


def dated(memberships: Memberships, options: Options) -> bool:
    """Whether members are to be those of each period.

    Raises:
        InvalidValue: the memberships have no years.
    """
    if options.membership != "as-of":
        return False
    if not memberships.regions:
        raise InvalidValue(
            "membership='as-of' needs years of joining and leaving, which only regions have: make "
            "the memberships by Memberships.of"
        )
    return True
