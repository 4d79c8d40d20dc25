"""Mexico: its states and municipalities, its alliances and official regionalisations."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from bajio.catalog.bundled import aliases, rows, year
from bajio.facts.areas import Area, LazyAreas
from bajio.facts.borders import LazyBorders
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.hookspecs import hookimpl

COUNTRY = "MEX"


@hookimpl
def bajio_areas() -> Iterable[Area | LazyAreas]:
    """The 32 states; the municipalities when one is asked for."""
    states = [
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
    return [*states, LazyAreas("municipality", "state", _municipalities, _is_municipal)]


@hookimpl
def bajio_borders() -> Iterable[tuple[str, str] | LazyBorders]:
    """The states that share a border on land; the municipalities when one is asked about."""
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


def _regions() -> dict[str, Region]:
    entries: dict[str, list[dict[str, str]]] = {}
    for row in rows("regions"):
        entries.setdefault(row["region"], []).append(row)
    return {
        code: Region(
            [Membership(row["area"], year(row["joined"]), year(row["left"])) for row in members],
            code=code,
            names={"en": members[0]["name_en"], "es": members[0]["name_es"]},
            basis=members[0]["basis"],
            aliases=aliases(code),
        )
        for code, members in entries.items()
    }


@hookimpl
def bajio_regions() -> Iterable[Region]:
    """The regions of the data package; the Bajío Alliance with its charter."""
    from bajio.catalog.alliance import CHARTER

    regions = _regions()
    regions["bajio"] = evolve(regions["bajio"], charter=CHARTER)
    return regions.values()


@hookimpl
def bajio_peer_groups() -> Iterable[PeerGroup]:
    """The regions of Mexico, to rank a region among."""
    names = next(row for row in rows("peer-group-names") if row["group"] == "mexican-regions")
    codes = list(dict.fromkeys(row["region"] for row in rows("regions")))
    label = {"en": names["name_en"], "es": names["name_es"]}
    return [PeerGroup("mexican-regions", label, codes, names["basis"])]
