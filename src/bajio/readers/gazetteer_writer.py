"""The tables and entries of a data package that areas, borders, regions and groups become."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bajio.facts.areas import Area
from bajio.facts.gazetteer import Gazetteer
from bajio.facts.regions import Charter, Membership, PeerGroup, Region
from bajio.labels import Label
from bajio.readers.gazetteer_tables import NAME_IN

Row = Sequence[str]


class HeldTable(NamedTuple):
    """A table of areas, borders, regions or groups: what it holds, and its rows, a header first."""

    holds: str
    rows: Sequence[Row]


def tables_of(gazetteer: Gazetteer) -> Iterator[HeldTable]:
    """The tables of a gazetteer, those that have no rows left out."""
    every = (
        HeldTable("areas", list(_area_rows(gazetteer.areas))),
        HeldTable("aliases", [("area", "alias"), *_pairs(gazetteer.areas, "aliases")]),
        HeldTable("identifiers", [("area", "identifier"), *_pairs(gazetteer.areas, "identifiers")]),
        HeldTable("currencies", list(_currency_rows(gazetteer.areas))),
        HeldTable("borders", [("a", "b"), *gazetteer.borders]),
        HeldTable("regions", list(_stay_rows("region", "area", gazetteer.regions))),
        HeldTable("peer-groups", list(_stay_rows("group", "member", gazetteer.peer_groups))),
    )
    return (_narrowed(table) for table in every if len(table.rows) > 1)


def _narrowed(table: HeldTable) -> HeldTable:
    """A table without the columns that are empty."""
    _, *rows = table.rows
    full = [position for position, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return HeldTable(table.holds, [[row[position] for position in full] for row in table.rows])


def entries_of(gazetteer: Gazetteer) -> dict[str, Any]:
    """What a descriptor says of the regions and groups of a gazetteer, where there are any."""
    entries = {
        "regions": [
            _entry(region) | ({"charter": _charter(region.charter)} if region.charter else {})
            for region in gazetteer.regions
        ],
        "peerGroups": [_entry(group) for group in gazetteer.peer_groups],
    }
    return {key: entry for key, entry in entries.items() if entry}


def _area_rows(areas: Sequence[Area]) -> Iterator[Row]:
    languages = sorted({language for area in areas for language in area.names})
    names = [f"{NAME_IN}{language}" for language in languages]
    yield ("code", *names, "kind", "within", "currency", "since", "until", "replaces")
    for area in areas:
        yield (
            area.code,
            *(area.names.get(language, "") for language in languages),
            area.kind,
            area.within or "",
            area.currency if isinstance(area.currency, str) else "",
            _year(area.since),
            _year(area.until),
            area.replaces,
        )


def _pairs(areas: Sequence[Area], attribute: str) -> Iterator[Row]:
    """The code of each area with each text of an attribute of it."""
    for area in areas:
        for text in getattr(area, attribute):
            yield (area.code, text)


def _currency_rows(areas: Sequence[Area]) -> Iterator[Row]:
    yield ("area", "currency", "since", "until")
    for area in areas:
        for currency in area.currency if isinstance(area.currency, tuple) else ():
            yield (area.code, currency.code, _year(currency.since), _year(currency.until))


def _stay_rows(kind: str, member: str, things: Iterable[Region | PeerGroup]) -> Iterator[Row]:
    yield (kind, member, "joined", "left")
    for thing in things:
        stays: tuple[Membership, ...] = thing.memberships
        for stay in stays:
            yield (thing.code, stay.area, _year(stay.joined), _year(stay.left))


def _year(year: int | None) -> str:
    return "" if year is None else f"{year:04}"


def _entry(thing: Region | PeerGroup) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": thing.code}
    if thing.names is not None:
        entry["label"] = dict(thing.names)
    if thing.basis:
        entry["basis"] = thing.basis
    entry |= {"replaces": thing.replaces} if thing.replaces else {}
    return entry | ({"aliases": list(thing.aliases)} if thing.aliases else {})


def _charter(charter: Charter) -> dict[str, Any]:
    labels = {
        "agreement": charter.agreement,
        "workshops": charter.workshops,
        "governance": charter.governance,
        "aim": charter.aim,
    }
    lists = {"pillars": charter.pillars, "sectors": charter.sectors, "agenda": charter.agenda}
    entry: dict[str, Any] = {key: dict(text) for key, text in labels.items() if text is not None}
    entry |= {key: _listed(texts) for key, texts in lists.items() if texts}
    if charter.signed:
        entry["signed"] = charter.signed
    if charter.anchor_firms:
        entry["anchorFirms"] = {code: list(firms) for code, firms in charter.anchor_firms}
    if charter.horizon is not None:
        entry["horizon"] = charter.horizon
    return entry


def _listed(texts: Iterable[Label]) -> list[dict[str, str]]:
    return [dict(text) for text in texts]
