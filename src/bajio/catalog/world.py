"""The world: countries and territories, and the groups that they are ranked among."""

from collections.abc import Iterable

from bajio.catalog.bundled import aliases, held, numbers, places, rows, year
from bajio.facts.areas import Area
from bajio.facts.currencies import Currency
from bajio.facts.regions import Membership, PeerGroup
from bajio.hookspecs import Manifest, hookimpl
from bajio.readers.held_catalogue import made


def _currency(text: str) -> str | tuple[Currency, ...] | None:
    """The currency of a country; several of them where it had others, as in `HRK:2022 EUR`."""
    if ":" not in text:
        return text or None
    eras = [entry.partition(":") for entry in text.split()]
    ends = [year(last) for _, _, last in eras]
    starts = [None, *(end + 1 for end in ends if end)]
    return tuple(
        Currency(code, since, until)
        for (code, _, _), since, until in zip(eras, starts, ends, strict=True)
    )


def countries() -> list[Area]:
    """Countries and territories of ISO 3166-1, and Kosovo, from their table."""
    return [
        Area(
            row["code"],
            {"en": row["name_en"], "es": row["name_es"]},
            "country",
            None,
            _currency(row["currency"]),
            aliases=aliases(row["code"]),
            identifiers=(row["iso2"], *numbers(row["code"])),
        )
        for row in rows("countries")
    ]


def groups() -> list[PeerGroup]:
    """United Nations, UN M49 and treaty groups, and the states of Mexico, from their tables."""
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
            aliases=aliases(row["group"]),
        )
        for row in rows("peer-group-names")
        if row["group"] in members
    ]


@hookimpl
def bajio_areas() -> Iterable[Area]:
    """Countries and territories, as they are held."""
    known = held()
    if known is None:
        return countries()
    areas: tuple[Area, ...] = made([Area], known["countries"])
    return areas


@hookimpl
def bajio_peer_groups() -> Iterable[PeerGroup] | Manifest:
    """The groups, each made when it is asked for."""
    return groups() if held() is None else places("groups")
