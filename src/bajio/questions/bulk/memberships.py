"""Memberships: many regions at once, each a set of the same areas."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from bajio.errors import InvalidRegion, InvalidValue
from bajio.facts.areas import Areas
from bajio.facts.regions import Region
from bajio.registry import Registry, known_by

if TYPE_CHECKING:
    from bajio.engines.array import Roster


@frozen(eq=False, repr=False)
class Memberships:
    """Which areas belong to each of many regions.

    It is made by one of its constructors, each of which says what it is given: regions, positions
    of areas, a matrix, or all alliances of a size. Nothing is guessed from the shape of an array.

    Attributes:
        areas: codes of all areas that a region can have, in the order that positions count.
        regions: the regions themselves, where it was made of such.

    Examples:
        >>> import bajio
        >>> states = bajio.region("mexican-states").members
        >>> fours = bajio.Memberships.combinations(states, 4)
        >>> len(fours), fours.members(35959)
        (35960, ('MX-TLA', 'MX-VER', 'MX-YUC', 'MX-ZAC'))
        >>> both = bajio.region("sur-sureste") | bajio.region("bajio")
        >>> pair = bajio.Memberships.of(["bajio", both])
        >>> pair.label(0), len(pair.members(1))
        ('bajio', 13)
    """

    areas: tuple[str, ...]
    rows: "Roster" = field(repr=False)
    _labels: tuple[str, ...] | None = field(default=None, repr=False)
    regions: tuple[Region, ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls, regions: Iterable[str | Region | Iterable[str]], *, registry: Registry | None = None
    ) -> "Memberships":
        """The memberships of regions, with their years of joining and leaving.

        Args:
            regions: codes of regions, area codes joined by `+`, regions, or iterables of codes.
            registry: what is known; the built-ins and installed plugins, if not given.

        Raises:
            BajioError: an unknown code; a region that is empty, or that overlaps itself.
        """
        from bajio.engines.array import from_lists

        known = known_by(registry)
        result = tuple(known.region(region) for region in regions)
        areas = sorted({stay.area for region in result for stay in region.memberships})
        at = {code: position for position, code in enumerate(areas)}
        rows = from_lists([[at[code] for code in region.members] for region in result])
        return cls(tuple(areas), rows, tuple(region.code for region in result), result)

    @classmethod
    def from_matrix(
        cls, areas: Iterable[str], matrix: Any, labels: Iterable[str] | None = None
    ) -> "Memberships":
        """The memberships in a matrix of true and false.

        Args:
            areas: codes, a column each.
            matrix: an array of truth values with two axes, a row a region.
            labels: what the regions are called; their members' codes, if not given.

        Raises:
            InvalidValue: it is no such matrix, or its size does not fit.
            InvalidRegion: a region is empty.
        """
        from bajio.engines.array import from_matrix

        codes = _codes(areas)
        return cls(codes, rows := from_matrix(matrix, codes), _labelled(labels, rows))

    @classmethod
    def from_indices(
        cls, areas: Iterable[str], indices: Any, labels: Iterable[str] | None = None
    ) -> "Memberships":
        """The memberships in lists of positions.

        Args:
            areas: codes, by position.
            indices: an array of whole numbers with a row a region, or a list of positions for
                each region, of any length.
            labels: as in `from_matrix`.

        Raises:
            InvalidValue: what is given are no positions, or one is out of range.
            InvalidRegion: a region is empty, or has a member twice.
        """
        from bajio.engines.array import from_indices

        codes = _codes(areas)
        return cls(codes, rows := from_indices(indices, codes), _labelled(labels, rows))

    @classmethod
    def combinations(cls, areas: Iterable[str], size: int) -> "Memberships":
        """All regions of a size, in the order of `itertools.combinations`; none is held in memory.

        Args:
            areas: codes.
            size: how many members each region has.

        Raises:
            InvalidValue: there is no region of that size.
        """
        from bajio.engines.array import combined

        codes = _codes(areas)
        return cls(codes, combined(len(codes), size))

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Memberships):
            return NotImplemented
        if self is other:
            return True
        mine = (self.areas, len(self), self._labels, self.regions)
        if mine != (other.areas, len(other), other._labels, other.regions):
            return False
        return all(
            tuple(self.rows.positions(row)) == tuple(other.rows.positions(row))
            for row in range(len(self))
        )

    def __hash__(self) -> int:
        return hash((self.areas, len(self)))

    def __repr__(self) -> str:
        return f"<Memberships of {len(self):,} regions among {len(self.areas):,} areas>"

    def members(self, row: int) -> tuple[str, ...]:
        """Codes of a region's members."""
        return tuple(self.areas[position] for position in self.rows.positions(self._row(row)))

    def label(self, row: int) -> str:
        """What a region is called."""
        if self._labels is not None:
            return self._labels[self._row(row)]
        return "+".join(self.members(row))

    @property
    def labels(self) -> Sequence[str]:
        """What the regions are called, each put together when it is looked at."""
        return _Labels(self) if self._labels is None else self._labels

    def region(self, row: int) -> Region:
        """A region by itself, for questions about it alone."""
        if self.regions:
            return self.regions[self._row(row)]
        named = "" if self._labels is None else self._labels[self._row(row)]
        return Region(self.members(row), code=named)

    def nested(self, registry: Registry) -> list[tuple[int, int]]:
        """The places of areas that lie in another of them, and of that other; kept."""
        areas = registry.areas
        return registry.keep(("nested", self.areas), lambda: _nested(self.areas, areas))

    def check(self, registry: Registry) -> None:
        """Refuse areas that are not known, and a region with an area and one that lies inside it.

        Raises:
            UnknownCode: an area is not known.
            InvalidRegion: naming both; or an area is part of no region.
        """
        nested = self.nested(registry)
        if not nested:
            return
        from bajio.engines.array import first_with_both

        row = first_with_both(self.rows, len(self.areas), nested)
        if row is not None:
            registry.areas.check_disjoint(self.members(row))

    def _row(self, row: int) -> int:
        if not -len(self) <= row < len(self):
            raise InvalidValue(f"there is no region {row}: there are {len(self)}")
        return row % len(self)


@frozen(eq=False)
class _Labels(Sequence[str]):
    """Labels made of members' codes."""

    memberships: Memberships

    def __len__(self) -> int:
        return len(self.memberships)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return [self.memberships.label(position) for position in range(len(self))[row]]
        return self.memberships.label(row)

    def __iter__(self) -> Iterator[str]:
        return map(self.memberships.label, range(len(self)))


def _nested(codes: Sequence[str], areas: Areas) -> list[tuple[int, int]]:
    """The places of areas that lie in another, and of that other."""
    areas.check_allocated(codes)
    positions = {code: position for position, code in enumerate(codes)}
    return [
        (positions[code], positions[outer])
        for code in codes
        for outer in areas.ancestors(code)
        if outer in positions
    ]


def _codes(areas: Iterable[str]) -> tuple[str, ...]:
    codes = tuple([areas] if isinstance(areas, str) else areas)
    if not codes or not all(isinstance(code, str) for code in codes):
        raise InvalidValue(f"areas are {codes[:4]!r}: give their codes, as MX-JAL")
    if len(set(codes)) < len(codes):
        twice = next(code for code, count in Counter(codes).items() if count > 1)
        raise InvalidRegion(f"{twice} is twice among the areas: give each once")
    return codes


def _labelled(labels: Iterable[str] | None, rows: "Roster") -> tuple[str, ...] | None:
    if labels is None:
        return None
    named = tuple(labels)
    if len(named) != len(rows):
        raise InvalidValue(f"there are {len(named)} labels and {len(rows)} regions")
    return named
