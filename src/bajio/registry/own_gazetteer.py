"""Areas, borders, regions and peer groups that come with data of one's own, in a registry."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from attrs import evolve

from bajio.errors import DuplicateCode, FaultList, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Area, Areas
from bajio.facts.borders import Borders
from bajio.facts.dataset import Dataset
from bajio.facts.gazetteer import Gazetteer, content
from bajio.facts.regions import PeerGroup, Region
from bajio.registry.names import called
from bajio.registry.shelves import Shelf

if TYPE_CHECKING:
    from bajio.registry import Registry


Place = TypeVar("Place", Region, PeerGroup)


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
    gazetteer, faults = data.gazetteer, FaultList()
    areas = _areas(gazetteer, registry, faults)
    named = [_with_codes(region, areas, {}) for region in gazetteer.regions]
    for region in named:
        with faults.each():
            _check_region(gazetteer, region, registry, areas)
    own_regions = {region.code: region for region in named}
    regions = registry.regions.with_things(data.name, own_regions)
    groups = {group.code: _with_codes(group, areas, regions) for group in gazetteer.peer_groups}
    for group in groups.values():
        with faults.each():
            _check_group(gazetteer, group, registry, areas, regions)
    borders = list(_borders(gazetteer, areas, faults))
    faults.check()
    return Surroundings(
        areas,
        registry.borders.with_pairs(areas, borders),
        regions,
        registry.peer_groups.with_things(data.name, groups),
    )


def _with_codes(thing: Place, areas: Areas, regions: Mapping[str, Region]) -> Place:
    """A region or group whose members have codes where their names are clear."""
    texts = {stay.area for stay in thing.memberships if stay.area not in areas}
    if not texts - regions.keys():
        return thing
    known = areas.recogniser(called(regions))
    named = {text: known.named(text) for text in texts - regions.keys()}
    codes = {
        text: areas_found[0].code for text, areas_found in named.items() if len(areas_found) == 1
    }
    stays = [evolve(stay, area=codes.get(stay.area, stay.area)) for stay in thing.memberships]
    return evolve(thing, memberships=stays)


def _borders(gazetteer: Gazetteer, areas: Areas, faults: FaultList) -> Iterator[tuple[str, str]]:
    """The pairs of areas that border on one another, with codes where their names are clear."""
    texts = {text for pair in gazetteer.borders for text in pair if text not in areas}
    known = areas.recogniser() if texts else None
    named = {text: known.named(text) for text in texts} if known else {}
    codes = {
        text: areas_found[0].code for text, areas_found in named.items() if len(areas_found) == 1
    }
    for pair in gazetteer.borders:
        first, second = (codes.get(text, text) for text in pair)
        for text, code in zip(pair, (first, second), strict=True):
            with faults.each(), gazetteer.about("border", *pair, text):
                areas.check_allocated([code])
        with faults.each(), gazetteer.about("border", *pair):
            if first == second:
                raise InvalidValue(f"{shown(first)} cannot border on itself")
        yield first, second


def _areas(gazetteer: Gazetteer, registry: "Registry", faults: FaultList) -> Areas:
    """All areas, those of a gazetteer among them; with a fault among these, all are told."""
    for area in gazetteer.areas:
        with faults.each():
            _check_code(gazetteer, area, registry)
    total = registry.areas.with_areas(gazetteer.areas)
    for area in gazetteer.areas:
        with faults.each(), gazetteer.about("area", area.code, column="within"):
            if area.within is not None:
                total[area.within]
    faults.check()
    for area in gazetteer.areas:
        with faults.each(), gazetteer.about("area", area.code, column="within"):
            total.ancestors(area.code)
    faults.check()
    return total


def _check_code(gazetteer: Gazetteer, area: Area, registry: "Registry") -> None:
    """Refuse an area whose code is taken by what it does not say that it replaces."""
    about, known = ("area", area.code), registry.areas
    if area.code not in known:
        if area.replaces:
            text = f"area {shown(area.code)} says that it replaces one, and there is none"
            raise gazetteer.error(text, *about, column="replaces")
    elif known[area.code] != area and not area.replaces:
        text = f"area {shown(area.code)} is {known[area.code].names} already"
        advice = f"give it a code of its own, or say that it replaces {area.code}"
        raise gazetteer.error(f"{text}: {advice}", *about, column="code")
    for shelf, word in ((registry.regions, "region"), (registry.peer_groups, "peer group")):
        if area.code in shelf.codes:
            text = f"{shown(area.code)} is a {word} already: give the area another code"
            raise gazetteer.error(text, *about, column="code")


def _check_region(gazetteer: Gazetteer, region: Region, registry: "Registry", areas: Areas) -> None:
    """Refuse a region of a code that is taken, of areas that are not known or that overlap."""
    about = "region", region.code
    with gazetteer.about(*about, column="region"):
        _check_free(region, areas, registry.regions, registry.peer_groups, "peer group")
    faults = FaultList()
    for code in region.areas:
        with faults.each(), gazetteer.about(*about, code, column="area"):
            areas.check_allocated([code])
    faults.check()
    if not region.is_dated:
        with gazetteer.about(*about):
            areas.check_disjoint(region.members)


def _check_group(
    gazetteer: Gazetteer,
    group: PeerGroup,
    registry: "Registry",
    areas: Areas,
    regions: Shelf[Region],
) -> None:
    """Refuse a group of a code that is taken, or of what is not known."""
    about = "group", group.code
    with gazetteer.about(*about, column="group"):
        _check_free(group, areas, registry.peer_groups, registry.regions, "region")
    faults = FaultList()
    for stay in group.memberships:
        with faults.each(), gazetteer.about(*about, stay.area, column="member"):
            if stay.area in regions:
                continue
            if stay.area not in areas:
                likely = areas.recogniser(called(regions)).meant(stay.area)
                raise UnknownCode("area or region", stay.area, (), meant=likely)
            areas.check_allocated([stay.area])
    faults.check()


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
        text = f"{shown(code)} is {_name(taken)} of {alike.provider(code)} already"
        raise DuplicateCode(f"{text}: give it another code, or say that it replaces {code}")


def _name(thing: Region | PeerGroup) -> str:
    return str(thing.names or thing.code)
