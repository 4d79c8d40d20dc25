"""What there is, as plain data: one entry a region, indicator, measure, peer group or source."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bajio.facts.measures import Measure
from bajio.facts.regions import Charter, PeerGroup, Region
from bajio.facts.sources import Source
from bajio.indicator import Indicator
from bajio.labels import Label
from bajio.registry import Loaded, Registry

if TYPE_CHECKING:
    from bajio.claims.claim import ClaimSet

#: What a list shows of an entry; the rest is shown when one is asked for.
_SHORT = ("code", "name", "members", "unit", "topic", "kind", "publisher", "title", "editions")


def short(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a list shows of an entry: lists by their length where they are long."""
    return {
        name: len(value) if name == "members" else value
        for name, value in entry.items()
        if name in _SHORT
    }


def region(registry: Registry, region: Region) -> dict[str, Any]:
    """A region with its members, years and charter."""
    stays = [
        {"area": stay.area, "joined": stay.joined, "left": stay.left} for stay in region.memberships
    ]
    entry: dict[str, Any] = {
        "code": region.code,
        "name": str(region),
        "names": dict(region.names or {}),
        "members": list(registry.region(region).members),
        "memberships": stays,
        "basis": region.basis,
    }
    return entry | _charter(region.charter) if region.charter else entry


def _charter(charter: Charter) -> dict[str, Any]:
    return {
        "agreement": str(charter.agreement),
        "signed": charter.signed,
        "pillars": _texts(charter.pillars),
        "sectors": _texts(charter.sectors),
        "agenda": _texts(charter.agenda),
        "workshops": str(charter.workshops or ""),
        "anchor_firms": {area: list(firms) for area, firms in charter.anchor_firms},
        "governance": str(charter.governance or ""),
        "horizon_years": charter.horizon,
        "aim": str(charter.aim or ""),
    }


def _texts(labels: tuple[Label, ...]) -> list[str]:
    return [str(label) for label in labels]


def indicator(_registry: Registry, indicator: Indicator) -> dict[str, Any]:
    """An indicator with its formula and what its value means."""
    return {
        "code": indicator.code,
        "name": str(indicator.label),
        "names": dict(indicator.label),
        "topic": indicator.topic,
        "unit": str(indicator.unit),
        "formula": str(indicator.rule),
        "better": indicator.better.value,
        "description": str(indicator.description or ""),
        "formula_source": indicator.formula_source,
    }


def measure(registry: Registry, measure: Measure) -> dict[str, Any]:
    """A measure with its series."""
    series = registry.dataset.editions(measure.code)
    return {
        "code": measure.code,
        "name": str(measure.label),
        "names": dict(measure.label),
        "unit": str(measure.unit),
        "kind": measure.kind.value,
        "time": measure.time.value,
        "prices": measure.prices.value if measure.prices else None,
        "dimensions": list(measure.dimensions),
        "description": str(measure.description or ""),
        "editions": [f"{one.source} {one.edition} ({one.unit})" for one in series],
    }


def peer_group(registry: Registry, group: PeerGroup) -> dict[str, Any]:
    """A peer group with its members today."""
    return {
        "code": group.code,
        "name": str(group.names),
        "names": dict(group.names),
        "members": list(group.newest(registry.today)),
        "memberships": [
            {"area": stay.area, "joined": stay.joined, "left": stay.left}
            for stay in group.memberships
            if stay.joined or stay.left
        ],
        "basis": group.basis,
    }


def claim_set(registry: Registry, claims: "ClaimSet") -> dict[str, Any]:
    """A claim set with the statements of its claims."""
    del registry
    return {
        "code": claims.code,
        "name": str(claims.title),
        "names": dict(claims.title),
        "members": list(claims),
        "year": claims.year,
        "peers": claims.peers,
        "source": str(claims.source or ""),
        "claims": {claim.id: str(claim.statement) for claim in claims.claims},
    }


def source(registry: Registry, source: Source) -> dict[str, Any]:
    """A source with its terms, and the measures that come from it."""
    series = [one for one in registry.dataset.series if one.source == source.code]
    return {
        "code": source.code,
        "publisher": source.publisher,
        "title": source.title,
        "terms": source.terms,
        "citation": source.citation,
        "path": source.path,
        "series": [f"{one.measure}, edition {one.edition}" for one in series],
    }


def plugin(loaded: Loaded) -> dict[str, Any]:
    """A plugin with what it provides and what failed."""
    one = loaded.plugin
    return {
        "name": one.name,
        "distribution": one.distribution,
        "version": one.version,
        "origin": one.origin,
        "place": one.place,
        "provides": {hook: list(codes) for hook, codes in loaded.provides.items()},
        "seconds": round(loaded.seconds, 4),
        "failures": [
            {"hook": failure.hook, "reason": failure.reason, "cure": failure.cure}
            for failure in loaded.failures
        ],
    }


def plugin_row(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A plugin as a row of a table: counts of what it provides, reasons of what failed."""
    provides = [_counted(hook, len(codes)) for hook, codes in entry["provides"].items()]
    return {
        **{name: entry[name] for name in ("name", "distribution", "version", "origin")},
        "provides": ", ".join(provides),
        "ms": f"{entry['seconds'] * 1000:.1f}",
        "failures": "; ".join(failure["reason"] for failure in entry["failures"]),
    }


def _counted(hook: str, count: int) -> str:
    """What a hook provides, by number.

    Examples:
        >>> _counted("bajio_peer_groups", 10), _counted("bajio_peer_groups", 1)
        ('10 peer groups', '1 peer group')
    """
    name = hook.removeprefix("bajio_").replace("_", " ")
    return f"{count} {name.removesuffix('s') if count == 1 else name}"


#: How a thing is described, by the command that lists it.
DESCRIBE: dict[str, Callable[[Registry, Any], dict[str, Any]]] = {
    "regions": region,
    "indicators": indicator,
    "measures": measure,
    "peers": peer_group,
    "claims": claim_set,
    "sources": source,
}
