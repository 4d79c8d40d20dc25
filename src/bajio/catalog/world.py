"""The world: countries and territories, and the groups that they are ranked among."""

from collections.abc import Iterable

from bajio.catalog.bundled import aliases, rows, year
from bajio.facts.areas import Area
from bajio.facts.regions import Membership, PeerGroup
from bajio.hookspecs import hookimpl


@hookimpl
def bajio_areas() -> Iterable[Area]:
    """Countries and territories of ISO 3166-1, and Kosovo."""
    return [
        Area(
            row["code"],
            {"en": row["name_en"], "es": row["name_es"]},
            "country",
            None,
            row["currency"] or None,
            aliases=aliases(row["code"]),
        )
        for row in rows("countries")
    ]


@hookimpl
def bajio_peer_groups() -> Iterable[PeerGroup]:
    """United Nations, UN M49 and treaty groups; the states and regions of Mexico."""
    members: dict[str, list[Membership]] = {}
    for row in rows("peer-groups"):
        stay = Membership(row["area"], year(row["joined"]), year(row["left"]))
        members.setdefault(row["group"], []).append(stay)
    return [
        PeerGroup(
            row["group"],
            {"en": row["name_en"], "es": row["name_es"]},
            members[row["group"]],
            row["basis"],
        )
        for row in rows("peer-group-names")
        if row["group"] in members
    ]
