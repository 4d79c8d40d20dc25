"""The areas that plugins provide: one that cannot be right never reaches the others."""

from collections.abc import Callable, Container, Iterable, Iterator

from attrs import evolve

from bajio.errors import BajioError, InvalidValue
from bajio.facts.areas import Area, Areas, LazyAreas
from bajio.registry.collecting import Collector

_HOOK = "bajio_areas"


def gather(
    collector: Collector, trusted: Callable[[str], bool]
) -> tuple[Areas, dict[str, list[str]]]:
    """All areas, and by plugin the codes, or kinds, of those that it provides.

    Args:
        collector: that calls the hooks.
        trusted: whether a plugin, by its name, is one whose areas need no check.
    """
    found: dict[str, Area] = {}
    foreign: dict[str, str] = {}
    lazy: list[LazyAreas] = []
    provided: dict[str, list[str]] = {}
    for name, thing in collector.things(_HOOK, (Area, LazyAreas)):
        if isinstance(thing, LazyAreas):
            provided.setdefault(name, []).append(thing.kind)
            lazy.append(thing if trusted(name) else _guarded(collector, name, thing, found))
        elif found.setdefault(thing.code, thing) != thing:
            twice = InvalidValue(f"area {thing.code!r} is known as {found[thing.code]}")
            collector.fail(name, _HOOK, twice, "give it a code of its own")
        else:
            provided.setdefault(name, []).append(thing.code)
            if not trusted(name):
                foreign[thing.code] = name
    areas = Areas(found.values(), lazy)
    misplaced = list(_misplaced(areas, foreign))
    for code, problem in misplaced:
        collector.fail(foreign[code], _HOOK, problem, f"mend what {code!r} lies in")
        provided[foreign[code]].remove(code)
        del found[code]
    return Areas(found.values(), lazy) if misplaced else areas, provided


def _misplaced(areas: Areas, codes: Iterable[str]) -> Iterator[tuple[str, BajioError]]:
    """The areas that lie in one that is not known, or in themselves."""
    for code in codes:
        try:
            areas.ancestors(code)
        except BajioError as error:
            yield code, error


def _guarded(collector: Collector, name: str, lazy: LazyAreas, known: Container[str]) -> LazyAreas:
    """Areas of a kind, of which those that cannot be used are left out when they are read."""

    def load() -> list[Area]:
        good: dict[str, Area] = {}
        try:
            for area in collector.watch.time(name, lambda: list(lazy.load())):
                if not isinstance(area, Area) or area.code in known or area.code in good:
                    raise InvalidValue(f"{area!r} is no area, or its code is taken")
                good[area.code] = area
        except (Exception, SystemExit) as error:
            cure = f"mend its areas of the kind {lazy.kind!r}, or uninstall it"
            collector.fail(name, _HOOK, error, cure)
        return list(good.values())

    return evolve(lazy, load=load)
