"""Outlines for maps: of countries, of states as their municipalities joined, of municipalities."""

from collections.abc import Callable
from typing import Any

from dataset.package import Package
from dataset.places import NUMERIC
from dataset.raw import Raw, Refused
from dataset.topology import Topology

_MUNICIPALITIES = "mx/municipalities.topo.json"
_COUNTRIES = "world/countries_50m.topo.json"
#: What has no code of its own is drawn with the country that the United Nations count it to.
_WITH = {"Somaliland": "SOM", "N. Cyprus": "CYP", "Kosovo": "UNK"}
_NOT_DRAWN = {"Indian Ocean Ter.", "Siachen Glacier"}
#: Digits of degrees; square degrees of the least triangle of a line that is kept.
_DIGITS = 3
_LEAST_OF_COUNTRIES, _LEAST_OF_STATES = 2e-3, 2e-5
#: About a square kilometre.
_SLIVER = 1e-4


def add_outlines(package: Package, raw: Raw) -> None:
    """The shapes of all areas that any are known of.

    Raises:
        Refused: a shape of no area, or a state without any.
    """
    by_clave = {row["clave"]: row["iso"] for row in raw.rows("mx/states.csv")}
    known = {row["clave"] for row in raw.rows("mx/municipal_population.csv")}
    municipal = Topology.read(raw.folder / _MUNICIPALITIES, "municipios", _municipality(known))
    states = municipal.joined(lambda code: by_clave[code[:2]]).without_slivers(_SLIVER)
    states = states.simplified(_LEAST_OF_STATES)
    countries = Topology.read(raw.folder / _COUNTRIES, "countries", _country(raw))
    countries = countries.joined(lambda code: code[:3]).simplified(_LEAST_OF_COUNTRIES).cut()
    for kind, source, topology in (
        ("country", "natural-earth", countries),
        ("state", "inegi-boundaries", states),
        ("municipality", "inegi-boundaries", municipal),
    ):
        package.outlines(kind, source, topology.written(_DIGITS))


def _municipality(known: set[str]) -> Callable[[Any], str]:
    def code(shape: Any) -> str:
        found = str(shape["properties"]["id"])
        if found not in known:
            raise Refused(f"{_MUNICIPALITIES}: a shape of {found!r}, which is no municipality")
        return found

    return code


def _country(raw: Raw) -> Callable[[Any], str | None]:
    """Gives the code of a country that is told by ISO 3166-1 numeric, or by name, with that."""
    known = set(raw.codes("world/countries.csv"))
    if set(NUMERIC.values()) - known:
        raise Refused(f"numeric codes of no country: {sorted(set(NUMERIC.values()) - known)}")

    def code(shape: Any) -> str | None:
        name, number = shape["properties"]["name"], shape.get("id")
        if name in _NOT_DRAWN:
            return None
        found = NUMERIC.get(str(number)) if number else _WITH.get(name)
        if found is None:
            raise Refused(f"{_COUNTRIES}: a shape of {name!r} ({number}), which is no country")
        return f"{found} {name}"

    return code
