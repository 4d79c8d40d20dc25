"""Mexico: its states and municipalities, its alliances and official regionalisations."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bajio.catalog.bundled import aliases, held, places, rows, year
from bajio.facts.areas import Area, LazyAreas
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.hookspecs import Manifest, hookimpl
from bajio.readers.held_catalogue import made

if TYPE_CHECKING:
    from bajio.facts.borders import LazyBorders

COUNTRY = "MEX"
_GROUP = "mexican-regions"


def states() -> list[Area]:
    """The 32 states, from their table."""
    return [
        Area(
            row["code"],
            {"en": row["name_en"], "es": row["name_es"]},
            "state",
            COUNTRY,
            aliases=aliases(row["code"]),
            identifiers=[row["clave"]],
        )
        for row in rows("states")
    ]


@hookimpl
def bajio_areas() -> Iterable[Area | LazyAreas]:
    """The states, as they are held; the municipalities when one is asked for."""
    known = held()
    mexican_states = states() if known is None else made([Area], known["states"])
    return [*mexican_states, LazyAreas("municipality", "state", _municipalities, _is_municipal)]


@hookimpl
def bajio_borders() -> "Iterable[tuple[str, str] | LazyBorders]":
    """The states that share a border on land; the municipalities when one is asked about."""
    from bajio.facts.borders import LazyBorders

    return [*_pairs("adjacency"), LazyBorders("municipality", _municipal_borders)]


def _municipal_borders() -> Iterable[tuple[str, str]]:
    return _pairs("municipal-adjacency")


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    return ((row["a"], row["b"]) for row in rows(table))


def _is_municipal(code: str) -> bool:
    """Whether a text has five digits, as all codes of municipalities."""
    return len(code) == 5 and code.isdigit()


def _municipalities() -> Iterable[Area]:
    return [
        Area(row["code"], row["name"], "municipality", row["state"])
        for row in rows("municipalities")
    ]


def regions() -> dict[str, Region]:
    """The regions of the data package by code, from their table; one of them has a charter."""
    from bajio.catalog.alliance import CHARTER

    entries: dict[str, list[dict[str, str]]] = {}
    for row in rows("regions"):
        entries.setdefault(row["region"], []).append(row)
    return {
        code: Region(
            [Membership(row["area"], year(row["joined"]), year(row["left"])) for row in members],
            code=code,
            names={"en": members[0]["name_en"], "es": members[0]["name_es"]},
            basis=members[0]["basis"],
            charter=CHARTER if code == "bajio" else None,
            aliases=aliases(code),
        )
        for code, members in entries.items()
    }


def groups() -> list[PeerGroup]:
    """The regions of Mexico, to rank a region among, from their tables."""
    names = next(row for row in rows("peer-group-names") if row["group"] == _GROUP)
    codes = list(dict.fromkeys(row["region"] for row in rows("regions")))
    label = {"en": names["name_en"], "es": names["name_es"]}
    return [PeerGroup(_GROUP, label, codes, names["basis"])]


@hookimpl
def bajio_regions() -> Iterable[Region] | Manifest:
    """The regions, each made when it is asked for; the Bajío Alliance with its charter."""
    return regions().values() if held() is None else places("regions")


@hookimpl
def bajio_peer_groups() -> Iterable[PeerGroup] | Manifest:
    """The group of regions, made when it is asked for."""
    return groups() if held() is None else places("regional groups")
