"""The areas that plugins provide: one that cannot be right never reaches the others."""

from collections.abc import Callable, Iterable, Iterator

from attrs import evolve

from bajio.errors import BajioError, InvalidValue
from bajio.facts.areas import Area, Areas, LazyAreas
from bajio.registry.collecting import Collector

_HOOK = "bajio_areas"
_BORDERS = "bajio_borders"


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
    known: list[Areas] = []  # all of them, once they are gathered: late ones are read against it
    provided: dict[str, list[str]] = {}
    for name, thing in collector.things(_HOOK, (Area, LazyAreas)):
        if isinstance(thing, LazyAreas):
            provided.setdefault(name, []).append(thing.kind)
            lazy.append(thing if trusted(name) else _guarded(collector, name, thing, known))
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
    known.append(Areas(found.values(), lazy) if misplaced else areas)
    return known[0], provided


def borders(
    collector: Collector, areas: Areas
) -> tuple[dict[str, frozenset[str]], dict[str, list[str]]]:
    """For each area the areas that it borders on, as far as plugins say; and by plugin the pairs.

    Args:
        collector: that calls the hooks.
        areas: those that are known; a pair with another is set aside, with its reason.
    """
    found: dict[str, set[str]] = {}
    provided: dict[str, list[str]] = {}
    for name, pair in collector.things(_BORDERS, tuple):
        try:
            first, second = (areas[code].code for code in pair)
            if first == second:
                raise InvalidValue(f"{first!r} cannot border on itself")
            areas.check_allocated((first, second))
        except (BajioError, TypeError, ValueError) as error:
            cure = "give pairs of codes of areas"
            problem = error if isinstance(error, BajioError) else InvalidValue(f"{pair!r}: no pair")
            collector.fail(name, _BORDERS, problem, cure)
            continue
        found.setdefault(first, set()).add(second)
        found.setdefault(second, set()).add(first)
        provided.setdefault(name, []).append(f"{first} {second}")
    return {code: frozenset(others) for code, others in found.items()}, provided


def _misplaced(areas: Areas, codes: Iterable[str]) -> Iterator[tuple[str, BajioError]]:
    """The areas that lie in one that is not known, or in themselves."""
    for code in codes:
        try:
            areas.ancestors(code)
        except BajioError as error:
            yield code, error


def _guarded(collector: Collector, name: str, lazy: LazyAreas, known: list[Areas]) -> LazyAreas:
    """Areas of a kind, none of which are there where one of them cannot be used."""

    def load() -> list[Area]:
        try:
            given: list[Area] = collector.watch.time(name, lambda: list(lazy.load()))
            _check_late(lazy, given, known[0])
        except (Exception, SystemExit) as error:
            cure = f"mend its areas of the kind {lazy.kind!r}, or uninstall it"
            collector.fail(name, _HOOK, error, cure)
            return []
        return given

    return evolve(lazy, load=load)


def _check_late(lazy: LazyAreas, given: list[Area], areas: Areas) -> None:
    """Refuse areas of another type, of a code that is taken, or in an area that is not known."""
    if lazy.within_kind != lazy.kind:
        areas.load(lazy.within_kind)
    codes = set(areas)
    for area in given:
        if not isinstance(area, Area) or area.code in codes:
            raise InvalidValue(f"{area!r} is no area, or its code is taken")
        if area.within is not None and area.within not in codes:
            raise InvalidValue(f"{area.code!r} lies in {area.within!r}, which is not known")
