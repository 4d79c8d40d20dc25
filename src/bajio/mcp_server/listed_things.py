"""What there is, for tools: listed some at a time, or one thing in full."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from bajio.errors import UnknownCode
from bajio.labels import unaccented
from bajio.mcp_server.parameters import ArgumentForm, Parameter
from bajio.registry import Registry
from bajio.report.reports import Document

#: Things that one page lists at most, and where nothing else is said.
MOST, _USUAL = 100, 50
#: What can be listed, by the command that lists it, with what tools call it.
NAMES = MappingProxyType(
    {
        "areas": "areas",
        "regions": "regions",
        "indicators": "indicators",
        "measures": "measures",
        "peers": "peer_groups",
        "claims": "claim_sets",
        "sources": "sources",
    }
)
#: The schema of one thing of each kind.
ENTRIES = ("area", "region", "indicator", "measure", "peer-group", "claim-set", "source")
_KINDS = MappingProxyType(dict(zip(ENTRIES, NAMES, strict=True)))
#: Where a registry has what is not called as its command.
_SHELVES = MappingProxyType(
    {
        "measures": "dataset.measures",
        "sources": "dataset.sources",
        "peers": "peer_groups",
        "claims": "claim_sets",
    }
)
PAGE = (
    Parameter("match", "a part of a code or name, in English or Spanish, accents aside", most=100),
    Parameter("limit", f"how many; {_USUAL} if not given", ArgumentForm.WHOLE, least=1, most=MOST),
    Parameter("offset", "how many are passed over", ArgumentForm.WHOLE, most=10**6),
)
DESCRIBED = (
    Parameter("kind", "what it is", choices=ENTRIES, required=True),
    Parameter("code", "its code", required=True, most=200),
)


def lister(kind: str) -> Callable[[dict[str, Any], Registry], tuple[Document, Any]]:
    """What lists a page of the things of a kind."""

    def listed(values: dict[str, Any], registry: Registry) -> tuple[Document, Any]:
        from bajio.report.listing_report import listing_report

        things = _matching(kind, values.get("match", ""), registry)
        offset = values.get("offset", 0)
        codes = list(things)[offset : offset + values.get("limit", _USUAL)]
        document = listing_report(kind, {code: things[code] for code in codes}, registry)
        return document, {"items": document.data(), "total": len(things), "offset": offset}

    return listed


def described(values: dict[str, Any], registry: Registry) -> Document:
    """One thing in full.

    Raises:
        UnknownCode: there is none.
    """
    from bajio.report.listing_report import entry_report

    kind, code = _KINDS[values["kind"]], values["code"]
    things = _things(kind, registry)
    if code not in things:
        raise UnknownCode(values["kind"], code, things, f"list_{NAMES[kind]} names them")
    return entry_report(kind, things[code], registry)


def _things(kind: str, registry: Registry) -> Mapping[str, Any]:
    """All things of a kind, by code."""
    by_code: Mapping[str, Any] = attrgetter(_SHELVES.get(kind, kind))(registry)
    return by_code


def _matching(kind: str, text: str, registry: Registry) -> Mapping[str, Any]:
    """The things whose code or name has a text; of areas also those that it names otherwise."""
    named: dict[str, Any] = {}
    things = _things(kind, registry)
    if kind == "areas":
        things = {area.code: area for area in registry.areas.few}
        codes = (thing.code for thing in registry.recogniser.named(text)) if text else ()
        named = {code: registry.areas[code] for code in codes if code in registry.areas}
    wanted = unaccented(text)
    texts = {code: (code, *_called(thing)) for code, thing in things.items()}
    alike = {
        code: things[code]
        for code, called in texts.items()
        if any(wanted in unaccented(name) for name in called)
    }
    return named | alike


def _called(thing: Any) -> Iterable[str]:
    """What a thing is called, in all languages."""
    for name in ("names", "label", "title"):
        label = getattr(thing, name, None)
        if isinstance(label, str):
            yield label
        elif label:
            yield from label.values()
