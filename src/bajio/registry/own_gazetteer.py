"""Areas, borders, regions and peer groups that come with data of one's own, in a registry."""

from typing import TYPE_CHECKING, NamedTuple

from bajio.errors import DuplicateCode, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Areas
from bajio.facts.borders import Borders
from bajio.facts.dataset import Dataset
from bajio.facts.gazetteer import Gazetteer, content
from bajio.facts.regions import PeerGroup, Region
from bajio.registry.names import called
from bajio.registry.shelves import Shelf

if TYPE_CHECKING:
    from bajio.registry import Registry


class Surroundings(NamedTuple):
    """What there is where data are laid over: areas, borders, regions and groups of a registry."""

    areas: Areas
    borders: Borders
    regions: Shelf[Region]
    peer_groups: Shelf[PeerGroup]


def laid_over(data: Dataset, registry: "Registry") -> Surroundings:
    """What there is once a dataset, with its gazetteer, is laid over a registry.

    Raises:
        BajioError: with file and row where it was read: a code that is taken by what the gazetteer
            does not say that it replaces, an area that lies in itself or in none that is known, a
            border or a member that is not known, a region that overlaps itself.
    """
    own = data.gazetteer
    areas = _areas(own, registry)
    regions = _regions(own, registry, areas)
    groups = {group.code: group for group in own.peer_groups}
    every_region = registry.regions.with_things(data.name, regions)
    for group in own.peer_groups:
        _check_group(own, group, registry, areas, every_region)
    return Surroundings(
        areas,
        _borders(own, registry.borders, areas),
        every_region,
        registry.peer_groups.with_things(data.name, groups),
    )


def _areas(own: Gazetteer, registry: "Registry") -> Areas:
    known = registry.areas
    for area in own.areas:
        about = "area", area.code
        if area.code not in known:
            if area.replaces:
                told = f"area {shown(area.code)} says that it replaces one, and there is none"
                raise own.error(told, *about, column="replaces")
        elif known[area.code] != area and not area.replaces:
            told = f"area {shown(area.code)} is {known[area.code].names} already"
            advice = f"give it a code of its own, or say that it replaces {area.code}"
            raise own.error(f"{told}: {advice}", *about, column="code")
        for shelf, word in ((registry.regions, "region"), (registry.peer_groups, "peer group")):
            if area.code in shelf.codes:
                told = f"{shown(area.code)} is a {word} already: give the area another code"
                raise own.error(told, *about, column="code")
    total = known.with_areas(own.areas)
    for area in own.areas:
        with own.about("area", area.code, column="within"):
            total.ancestors(area.code)
    return total


def _borders(own: Gazetteer, known: Borders, areas: Areas) -> Borders:
    for pair in own.borders:
        for code in pair:
            with own.about("border", *pair, code):
                areas.check_allocated([code])
    return known.with_pairs(areas, own.borders)


def _regions(own: Gazetteer, registry: "Registry", areas: Areas) -> dict[str, Region]:
    found = {}
    for region in own.regions:
        about = "region", region.code
        with own.about(*about, column="region"):
            _check_free(region, areas, registry.regions, registry.peer_groups, "peer group")
        for code in region.areas:
            with own.about(*about, code, column="area"):
                areas.check_allocated([code])
        if not region.is_dated:
            with own.about(*about):
                areas.check_disjoint(region.members)
        found[region.code] = region
    return found


def _check_group(
    own: Gazetteer, group: PeerGroup, registry: "Registry", areas: Areas, regions: Shelf[Region]
) -> None:
    about = "group", group.code
    with own.about(*about, column="group"):
        _check_free(group, areas, registry.peer_groups, registry.regions, "region")
    for stay in group.memberships:
        if stay.area in regions:
            continue
        with own.about(*about, stay.area, column="member"):
            if stay.area not in areas:
                likely = areas.recogniser(called(regions)).meant(stay.area)
                raise UnknownCode("area or region", stay.area, (), meant=likely)
            areas.check_allocated([stay.area])


def _check_free(
    thing: Region | PeerGroup,
    areas: Areas,
    alike: Shelf[Region] | Shelf[PeerGroup],
    others: Shelf[Region] | Shelf[PeerGroup],
    word: str,
) -> None:
    """Refuse a region or group whose code is taken by what it does not say that it replaces."""
    code = thing.code
    if thing.replaces not in {"", code}:
        raise InvalidValue(f"{shown(code)} replaces {shown(thing.replaces)}: it can replace {code}")
    if code in areas:
        raise DuplicateCode(f"{shown(code)} is an area already: give it another code")
    if code in others.codes:
        raise DuplicateCode(f"{shown(code)} is a {word} already: give it another code")
    taken = alike.get(code)
    if thing.replaces and taken is None:
        raise InvalidValue(f"{shown(code)} says that it replaces one, and there is none")
    if taken is not None and not thing.replaces and content(taken) != content(thing):
        told = f"{shown(code)} is {_name(taken)} of {alike.provider(code)} already"
        raise DuplicateCode(f"{told}: give it another code, or say that it replaces {code}")


def _name(thing: Region | PeerGroup) -> str:
    return str(thing.names or thing.code)
