"""Regions by what users write: a code or a name, a group's, or those of areas joined by `+`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import evolve

from bajio.arguments import as_items, as_text
from bajio.errors import FaultList, InvalidRegion, InvalidValue, UnknownCode, shown
from bajio.facts.areas import Areas
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.mappings import FrozenDict

if TYPE_CHECKING:
    from bajio.facts.recognition import Named, Recogniser

Regions = Mapping[str, Region]


#: Gives the code that a text of a user's is, or names; of what kind that should be, for messages.
CodeOf = Callable[..., str]
#: What helps where a text names nothing.
_NONE: Mapping[str, Region] = FrozenDict()
#: As many areas as a text lists that is looked at for commas.
_MOST_LISTED = 40
_ADVICE = {
    "area": "areas have codes such as MEX and MX-JAL",
    "peer group": "`bajio peers` lists them",
    "region": "`bajio regions` lists them",
}


def recognised(text: str, kind: str, recogniser: "Recogniser") -> str:
    """The code of what a text, which is no code, names.

    Raises:
        AmbiguousName: it names several.
        UnknownCode: it names nothing.
    """
    code = recogniser.code(as_text(text, f"the code of a {kind}"), kind)
    if code is None:
        joined = _joined_by_comma(text, recogniser)
        if joined:
            raise UnknownCode(kind, text, (), f"join areas by '+': write {joined}")
        raise UnknownCode(kind, text, (), _ADVICE[kind], meant=recogniser.meant(text))
    return code


def _joined_by_comma(text: str, recogniser: "Recogniser") -> str:
    """The codes of areas that a text lists, joined as they should be; empty if it lists none."""
    parts = text.replace(";", ",").split(",")
    named = [recogniser.named(part) for part in parts[:_MOST_LISTED]]
    is_list = 1 < len(parts) <= _MOST_LISTED and all(len(areas) == 1 for areas in named)
    is_list = is_list and len({bool(areas[0].within) for areas in named}) == 1  # no "León, Jalisco"
    return "+".join(areas[0].code for areas in named) if is_list else ""


def with_codes(
    stays: Iterable[Membership], areas: Areas, regions: Mapping[str, Region] = _NONE
) -> tuple[Membership, ...]:
    """Stays of areas by their codes, whatever those are called by.

    Args:
        stays: of areas, or of regions where there are some.
        areas: what there is.
        regions: by code.

    Raises:
        AmbiguousName: a member may be several.
        UnknownCode: a member is none.
    """

    def with_code(stay: Membership) -> Membership:
        if stay.area in areas or stay.area in regions:
            return stay
        known, kind = areas.recogniser(called(regions)), "area or region" if regions else "area"
        code = known.code(stay.area, kind)
        if code is None:
            raise UnknownCode(kind, stay.area, (), meant=known.meant(stay.area))
        return evolve(stay, area=code)

    faults, coded = FaultList(), []
    for stay in stays:
        with faults.each():
            coded.append(with_code(stay))
    faults.check()
    return tuple(coded)


def region_called(
    text: str, code_of: CodeOf, regions: Regions, areas: Areas, groups: Mapping[str, PeerGroup]
) -> Region:
    """The region that a text names.

    Raises:
        UnknownCode: it names none.
        InvalidRegion: it joins by `+` what makes no region.
    """
    if "+" in text:
        return Region(_joined(text, code_of, regions, areas))
    code = code_of(text)
    if code in regions:
        return regions[code]
    return Region([code], names=areas[code].names) if code in areas else _of_group(groups[code])


def members_of(values: Iterable[object], code_of: CodeOf) -> list[str]:
    """The codes of the members that are listed.

    Raises:
        InvalidRegion: one is there twice.
    """
    return _distinct([code_of(as_text(member, "a member's code"), "area") for member in values])


def called(*shelves: Mapping[str, Region] | Mapping[str, PeerGroup]) -> "Iterator[Named]":
    """Regions and groups with their names; their codes, being words, are names as well."""
    from bajio.facts.recognition import Named

    for shelf in shelves:
        for code, thing in shelf.items():
            names = tuple((thing.names or {}).values())
            yield Named(code, (code, *names, *thing.aliases))


def _of_group(group: PeerGroup) -> Region:
    """The members of a peer group taken together, as the European Union or the OECD."""
    return Region(group.memberships, code=group.code, names=group.names, basis=group.basis)


def _joined(text: str, code_of: CodeOf, regions: Regions, areas: Areas) -> list[str]:
    """The codes of the areas that a text joins by `+`.

    Args:
        text: codes or names.
        code_of: gives the code that each is, or names.
        regions, areas: what is known.

    Raises:
        InvalidRegion: a part is empty, a region, or named twice.
    """
    codes = [code_of(part, "area") for part in _parts(text)]
    for code in codes:
        if code in regions and code not in areas:
            members = "+".join(regions[code].members)
            raise InvalidRegion(f"{code!r} is a region, and '+' joins areas: write {members}")
    return _distinct(codes)


def _parts(text: str) -> list[str]:
    """What a text joins by `+`."""
    parts = [part.strip() for part in text.split("+")]
    if not all(parts):
        raise InvalidRegion(f"{shown(text)} has an empty part: write codes joined by '+'")
    return parts


def _distinct(codes: list[str]) -> list[str]:
    """The codes themselves.

    Raises:
        InvalidRegion: one is there twice.
    """
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise InvalidRegion(f"the region overlaps itself: {shown(code)} is named twice")
        seen.add(code)
    return codes


def group_of(
    value: str | Region | Iterable[str | Region],
    resolve: Callable[[str | Region], Region],
    code_of: CodeOf,
    regions: Regions,
    areas: Areas,
) -> PeerGroup:
    """A peer group of a region's members; or of some codes and regions, each a peer.

    Args:
        value: what was asked for; a text joins codes by `+`.
        resolve: gives what is neither an area nor a region of the catalog.
        code_of: gives the code that a text is, or names.
        regions, areas: what is known.

    Raises:
        InvalidValue: no peer is named, or something that is none.
        InvalidRegion: a peer is named twice.
    """
    if isinstance(value, Region):
        whole = resolve(value)
        return PeerGroup(whole.code, whole.names or whole.code, whole.memberships)
    codes: list[str] = []
    regions_made: list[Region] = []
    for listed in _parts(value) if isinstance(value, str) else _listed(value):
        part = code_of(listed) if isinstance(listed, str) else listed
        if isinstance(part, str) and (part in regions or part in areas):
            codes.append(part)
            continue
        region = resolve(part)
        codes.append(region.code)
        if regions.get(region.code) != region:
            regions_made.append(region)
    name = "+".join(_distinct(codes))
    return PeerGroup(name, name, codes, regions=tuple(regions_made))


def _listed(values: Iterable[str | Region]) -> list[str | Region]:
    parts = as_items(values, "peers")
    for part in parts:
        if not isinstance(part, str | Region):
            text = "give codes of areas or regions, or regions"
            raise InvalidValue(f"{shown(part)} is no peer: {text}")
    if not parts:
        raise InvalidValue("there is no peer to rank among: name some, or give peers=None")
    return parts
