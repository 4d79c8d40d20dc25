"""Regions by what users write: a code, a group's code, or area codes joined by `+`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bajio.arguments import as_items, as_text
from bajio.errors import InvalidRegion, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Areas
from bajio.facts.regions import PeerGroup, Region

if TYPE_CHECKING:
    from bajio.facts.suggestions import Named

Regions = Mapping[str, Region]


def named(text: str, regions: Regions, areas: Areas, groups: Mapping[str, PeerGroup]) -> Region:
    """The region that a text names.

    Raises:
        UnknownCode: it is none of their codes; where it is a name, the codes are told.
        InvalidRegion: codes joined by `+` that make no region.
    """
    if text in regions:
        return regions[text]
    if "+" in text:
        return Region(joined(text, regions, areas))
    if text in areas:
        return Region([text], names=areas[text].names)
    if text in groups:
        return _of_group(groups[text])
    advice = "`bajio regions` lists them"
    raise UnknownCode("region", text, (), advice, meant=areas.meant(text, called(regions, groups)))


def called(*shelves: Mapping[str, Region] | Mapping[str, PeerGroup]) -> "Iterator[Named]":
    """Regions and groups with their names; their codes, being words, are names as well."""
    from bajio.facts.suggestions import Named

    for shelf in shelves:
        for code, thing in shelf.items():
            names = tuple((thing.names or {}).values())
            yield Named(code, (code, *names))


def _of_group(group: PeerGroup) -> Region:
    """The members of a peer group taken together, as the European Union or the OECD."""
    return Region(group.memberships, code=group.code, names=group.names, basis=group.basis)


def joined(text: str, regions: Regions, areas: Areas) -> list[str]:
    """The area codes that a text joins by `+`.

    Raises:
        InvalidRegion: a part is empty, a region, or named twice.
    """
    codes = _parts(text)
    for code in codes:
        if code in regions and code not in areas:
            members = "+".join(regions[code].members)
            raise InvalidRegion(f"{code!r} is a region, and '+' joins areas: write {members}")
    return distinct(codes)


def _parts(text: str) -> list[str]:
    """What a text joins by `+`."""
    parts = [part.strip() for part in text.split("+")]
    if not all(parts):
        raise InvalidRegion(f"{shown(text)} has an empty part: write codes joined by '+'")
    return parts


def distinct(codes: list[str]) -> list[str]:
    """The codes themselves.

    Raises:
        InvalidRegion: one is there twice.
    """
    seen: set[str] = set()
    for code in codes:
        if as_text(code, "a member's code") in seen:
            raise InvalidRegion(f"the region overlaps itself: {shown(code)} is named twice")
        seen.add(code)
    return codes


def group_of(
    given: str | Region | Iterable[str | Region],
    resolve: Callable[[str | Region], Region],
    regions: Regions,
    areas: Areas,
) -> PeerGroup:
    """A peer group of a region's members; or of some codes and regions, each a peer.

    Args:
        given: what was asked for; a text joins codes by `+`.
        resolve: gives what is neither the code of an area nor that of a region.
        regions, areas: what is known.

    Raises:
        InvalidValue: no peer is named, or something that is none.
        InvalidRegion: a peer is named twice.
    """
    if isinstance(given, Region):
        whole = resolve(given)
        return PeerGroup(whole.code, whole.names or whole.code, whole.memberships)
    codes: list[str] = []
    own: list[Region] = []
    for part in _parts(given) if isinstance(given, str) else _listed(given):
        if isinstance(part, str) and (part in regions or part in areas):
            codes.append(part)
            continue
        region = resolve(part)
        codes.append(region.code)
        if regions.get(region.code) != region:
            own.append(region)
    name = "+".join(distinct(codes))
    return PeerGroup(name, name, codes, regions=tuple(own))


def _listed(given: Iterable[str | Region]) -> list[str | Region]:
    parts = as_items(given, "peers")
    for part in parts:
        if not isinstance(part, str | Region):
            told = "give codes of areas or regions, or regions"
            raise InvalidValue(f"{shown(part)} is no peer: {told}")
    if not parts:
        raise InvalidValue("there is no peer to rank among: name some, or give peers=None")
    return parts
