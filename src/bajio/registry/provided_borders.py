"""The borders that plugins provide: one that cannot be right never reaches the others."""

from typing import Any

from attrs import evolve

from bajio.errors import InvalidValue, shown
from bajio.facts.areas import Areas
from bajio.facts.borders import Borders, LazyBorders, Pair
from bajio.facts.dataset import Dataset
from bajio.registry.collector import Collector, Provided

_BORDERS = "bajio_borders"


def borders(
    collector: Collector, areas: Areas, datasets: Provided[Dataset] = ()
) -> tuple[Borders, dict[str, list[str]]]:
    """The borders of areas, as far as plugins say; and by plugin the pairs, or kinds.

    Args:
        collector: that calls the hooks.
        areas: those that are known; a pair with another is set aside, with its reason.
        datasets: of plugins by their names: with what comes with them.
    """
    pairs: list[Pair] = []
    lazy: list[LazyBorders] = []
    provided: dict[str, list[str]] = {}
    for name, thing in collector.things(_BORDERS, (tuple, LazyBorders), datasets):
        with collector.guard(name, _BORDERS, "give pairs of codes of areas"):
            if isinstance(thing, LazyBorders):
                is_own = name in collector.trusted
                lazy.append(thing if is_own else _watched(collector, name, thing, areas))
                provided.setdefault(name, []).append(thing.kind)
                continue
            pairs.append(_pair(thing, areas))
            provided.setdefault(name, []).append(" ".join(pairs[-1]))
    return Borders(areas, pairs, lazy), provided


def _pair(value: Any, areas: Areas) -> Pair:
    """Two areas that can border on one another.

    Raises:
        BajioError: they cannot.
    """
    is_pair = isinstance(value, tuple) and len(value) == 2
    if not is_pair or not all(isinstance(code, str) for code in value):
        raise InvalidValue(f"{shown(value)}: no pair")
    first, second = (areas[code].code for code in value)
    if first == second:
        raise InvalidValue(f"{first!r} cannot border on itself")
    areas.check_allocated((first, second))
    return first, second


def _watched(collector: Collector, name: str, lazy: LazyBorders, areas: Areas) -> LazyBorders:
    """Borders of a kind, none of which are there where one of them cannot be used."""

    def load() -> list[Pair]:
        cure = f"mend its borders of the kind {shown(lazy.kind)}, or uninstall it"
        with collector.guard(name, _BORDERS, cure, timed=True):
            return [_pair(pair, areas) for pair in list(lazy.load())]
        return []

    return evolve(lazy, load=load)
