"""A gazetteer: areas, their borders, regions and peer groups that come with data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from attrs import field, fields, frozen

from bajio.arguments import as_instances, as_items
from bajio.brief import Brief
from bajio.errors import BajioError, DuplicateCode, FaultList, InvalidData, InvalidValue, shown
from bajio.facts.areas import Area
from bajio.facts.outlines import Outlines
from bajio.facts.regions import PeerGroup, Region
from bajio.mappings import FrozenDict, frozen_dict

Thing = TypeVar("Thing", Area, Region, PeerGroup)


class RowPlace(NamedTuple):
    """Where something stands: a file, and a row and a column where there are."""

    file: str
    row: int | None = None
    column: str = ""


#: Places by what stands there: `area` and a code; `border` and two codes, with one of them again
#: where it is about that; `region` or `group` and its code, with that of a member likewise.
RowPlaces = Mapping[tuple[str, ...], RowPlace]


def _areas(values: Iterable[Area]) -> tuple[Area, ...]:
    return as_instances(values, Area, "areas")


def _origins(row_places: RowPlaces) -> RowPlaces:
    return frozen_dict(row_places)


def _regions(values: Iterable[Region]) -> tuple[Region, ...]:
    return as_instances(values, Region, "regions")


def _outlines(values: Iterable[Outlines]) -> tuple[Outlines, ...]:
    return as_instances(values, Outlines, "outlines")


def _groups(values: Iterable[PeerGroup]) -> tuple[PeerGroup, ...]:
    return as_instances(values, PeerGroup, "peer groups")


def _borders(values: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for pair in as_items(values, "borders"):
        codes = [] if isinstance(pair, str) else as_items(pair, "the areas of a border")
        if len(codes) != 2 or not all(isinstance(code, str) for code in codes):
            raise InvalidValue(f"{shown(pair)} is no border: give the codes of two areas")
        first, second = sorted(codes)
        pairs.append((first, second))
    return tuple(sorted(pairs))


@frozen(eq=False, repr=False)
class Gazetteer(Brief):
    """Areas, their borders, regions and peer groups that come with data.

    They are known wherever the data are laid over what there is: other data may be about its areas,
    its regions are made of areas of its own or of others, and its groups of both.

    Attributes:
        areas: areas, each of which may lie in another one or in one that is known already.
        borders: pairs of areas that border on one another on land, each once.
        regions: regions, each with a code of its own.
        peer_groups: groups of areas, or of regions, to rank among.
        outlines: shapes of areas, for maps.
        origins: where each of these was read, to be told of what is wrong with it.

    Examples:
        >>> lakes = Gazetteer(
        ...     areas=[Area(f"US-{code}", code, "state", "USA") for code in ("MI", "OH")],
        ...     borders=[("US-OH", "US-MI")],
        ...     regions=[Region(["US-MI", "US-OH"], code="lakes")],
        ... )
        >>> lakes.borders, bool(lakes), bool(Gazetteer())
        ((('US-MI', 'US-OH'),), True, False)
    """

    areas: tuple[Area, ...] = field(default=(), converter=_areas)
    borders: tuple[tuple[str, str], ...] = field(default=(), converter=_borders)
    regions: tuple[Region, ...] = field(default=(), converter=_regions)
    peer_groups: tuple[PeerGroup, ...] = field(default=(), converter=_groups)
    outlines: tuple[Outlines, ...] = field(default=(), converter=_outlines, kw_only=True)
    _origins: RowPlaces = field(factory=FrozenDict, converter=_origins, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = (*self._twice_coded(), *self._wrong_borders(), *self._wrong_members())
        FaultList(faults).check()

    def _wrong_members(self) -> Iterator[BajioError]:
        """Regions and groups that have no members, or members of a kind that is not written."""
        for region in self.regions:
            if not region.memberships:
                yield self.error(f"region {region.code!r} has no members", "region", region.code)
        for group in self.peer_groups:
            if not group.memberships:
                yield self.error(f"peer group {group.code!r} has no members", "group", group.code)
            if group.regions:
                text = f"peer group {group.code!r} has regions of its own: give them as regions"
                yield self.error(text, "group", group.code)

    def _twice_coded(self) -> Iterator[BajioError]:
        """Things that would be asked for by the code of another."""
        kinds: dict[str, Iterable[Area | Region | PeerGroup]]
        kinds = {"area": self.areas, "region": self.regions, "group": self.peer_groups}
        seen: dict[str, str] = {}
        for kind, things in kinds.items():
            for thing in things:
                if thing.code in seen:
                    other = seen[thing.code]
                    known = "is given twice" if kind == other else f"is {_WORDS[other]} as well"
                    word = _WORDS[kind].partition(" ")[2]
                    yield self.error(f"{word} {shown(thing.code)} {known}", kind, thing.code)
                seen.setdefault(thing.code, kind)

    def _wrong_borders(self) -> Iterator[BajioError]:
        before = None
        for pair in self.borders:
            if pair[0] == pair[1]:
                text = f"{shown(pair[0])} cannot border on itself"
                yield self.error(text, "border", *pair)
            elif pair == before:
                text = f"the border of {' and '.join(pair)} is given twice"
                yield self.error(text, "border", *pair)
            before = pair

    def __bool__(self) -> bool:
        parts = self.areas or self.borders or self.regions or self.peer_groups or self.outlines
        return bool(parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gazetteer) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self.borders)

    def _content(self) -> tuple[object, ...]:
        parts: tuple[Iterable[Area | Region | PeerGroup], ...]
        parts = (self.areas, self.regions, self.peer_groups)
        contents = ({thing.code: content(thing) for thing in part} for part in parts)
        return (self.borders, self.outlines, *contents)

    def error(self, problem: str, *what: str, column: str = "") -> BajioError:
        """What is wrong with something of it, with where that was read.

        Args:
            problem: what is wrong.
            what: with what, as its origins name it.
            column: in which column.
        """
        for known in (what[:length] for length in range(len(what), 0, -1)):
            if known in self._origins:
                place = self._origins[known]
                named_column = column or place.column
                return InvalidData(problem, file=place.file, row=place.row, column=named_column)
        return InvalidValue(problem)

    @contextmanager
    def about(self, *what: str, column: str = "") -> Iterator[None]:
        """Tell of what is wrong in here where that was read."""
        try:
            yield
        except BajioError as error:
            raise self.error(str(error), *what, column=column) from None

    def over(self, lower: "Gazetteer") -> "Gazetteer":
        """This one laid over another.

        Raises:
            DuplicateCode: both define one code, unlike, and this one does not say that it replaces.
        """
        if not (self and lower):
            return self or lower
        return Gazetteer(
            _merged(self.areas, lower.areas),
            {*self.borders, *lower.borders},
            _merged(self.regions, lower.regions),
            _merged(self.peer_groups, lower.peer_groups),
            {**lower._origins, **self._origins},  # noqa: SLF001  # of its own class
            outlines=(*self.outlines, *lower.outlines),
        )


_WORDS = {"area": "an area", "region": "a region", "group": "a peer group"}


def content(thing: Area | Region | PeerGroup) -> tuple[object, ...]:
    """All that was said of an area, a region or a group, whatever makes two of them equal."""
    if isinstance(thing, Region):
        return (
            thing.memberships,
            thing.names,
            thing.basis,
            thing.charter,
            thing.replaces,
            thing.aliases,
        )
    every: Iterable[Any] = fields(type(thing))
    return tuple(getattr(thing, attribute.name) for attribute in every)


def _merged(upper: Iterable[Thing], lower: Iterable[Thing]) -> list[Thing]:
    total = {thing.code: thing for thing in upper}
    for thing in lower:
        known = total.setdefault(thing.code, thing)
        if known is not thing and content(known) != content(thing) and known.replaces != thing.code:
            raise DuplicateCode(f"{shown(thing.code)} is defined twice, and not alike: rename one")
    return list(total.values())
