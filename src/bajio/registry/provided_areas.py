"""The areas that plugins provide: one that cannot be right never reaches the others."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from bajio.errors import BajioError, InvalidValue, shown
from bajio.facts.areas import Area, Areas, LazyAreas
from bajio.facts.dataset import Dataset
from bajio.registry.collector import Collector, Provided

_HOOK = "bajio_areas"
_MOST_TOLD = 10


def gather(
    collector: Collector, datasets: Provided[Dataset] = ()
) -> tuple[Areas, dict[str, list[str]]]:
    """All areas, and by plugin the codes, or kinds, of those that it provides.

    Args:
        collector: that calls the hooks.
        datasets: of plugins by their names: with what comes with them.
    """
    areas_by_code: dict[str, Area] = {}
    foreign: dict[str, str] = {}
    lazy: list[LazyAreas] = []
    late: list[LazyAreas] = []  # those that are trusted
    known: list[Areas] = []  # all of them, once they are gathered: late ones are read against it
    provided: dict[str, list[str]] = {}
    for name, thing in collector.things(_HOOK, (Area, LazyAreas), datasets):
        if isinstance(thing, LazyAreas):
            provided.setdefault(name, []).append(thing.kind)
            if name in collector.trusted:
                late.append(thing)
                lazy.append(thing)
            else:
                lazy.append(_guarded(collector, name, thing, known, late))
            continue
        taken = areas_by_code.get(thing.code)
        if taken is not None and taken != thing and not thing.replaces:
            twice = InvalidValue(f"area {thing.code!r} is known as {shown(taken)}")
            collector.fail(name, _HOOK, twice, "give it a code of its own")
            continue
        if taken is None or thing.replaces:
            areas_by_code[thing.code] = thing
        provided.setdefault(name, []).append(thing.code)
        if name not in collector.trusted:
            foreign.setdefault(thing.code, name)
    if foreign:
        _leave_to_late_ones(collector, late, areas_by_code, foreign, provided)
    areas = Areas(areas_by_code.values(), lazy)
    misplaced = list(_misplaced(areas, foreign)) if foreign else []
    if misplaced:
        _set_aside(collector, misplaced, foreign)
        gone = {code for code, _ in misplaced}
        areas = Areas([area for area in areas_by_code.values() if area.code not in gone], lazy)
        for name in {foreign[code] for code in gone}:
            provided[name] = [code for code in provided[name] if code not in gone]
    known.append(areas)
    return areas, provided


def _leave_to_late_ones(
    collector: Collector,
    late: Iterable[LazyAreas],
    areas_by_code: dict[str, Area],
    foreign: dict[str, str],
    provided: dict[str, list[str]],
) -> None:
    """Set plugins' areas aside whose codes are those of areas that are read late."""
    for lazy_areas in late:
        for area in lazy_areas.load():
            if area.code in foreign and areas_by_code[area.code] != area:
                name = foreign.pop(area.code)
                twice = InvalidValue(f"area {area.code!r} is known as {shown(area)}")
                collector.fail(name, _HOOK, twice, "give it a code of its own")
                provided[name].remove(area.code)
                del areas_by_code[area.code]


def _misplaced(areas: Areas, codes: Iterable[str]) -> Iterator[tuple[str, BajioError]]:
    """The areas that lie in one that is not known, or in themselves."""
    for code in codes:
        try:
            if not isinstance(areas[code].within, str | None):
                raise InvalidValue(f"{code!r} lies in {shown(areas[code].within)}: give a code")
            areas.ancestors(code)
        except BajioError as error:
            yield code, error


def _set_aside(
    collector: Collector, misplaced: Iterable[tuple[str, BajioError]], plugins: Mapping[str, str]
) -> None:
    """Tell of the areas of each plugin that cannot be used, of the first few by name."""
    by_plugin: dict[str, list[tuple[str, BajioError]]] = {}
    for code, problem in misplaced:
        by_plugin.setdefault(plugins[code], []).append((code, problem))
    for name, problems in by_plugin.items():
        for code, problem in problems[:_MOST_TOLD]:
            collector.fail(name, _HOOK, problem, f"mend what {code!r} lies in")
        if len(problems) > _MOST_TOLD:
            more = InvalidValue(f"{len(problems) - _MOST_TOLD} more areas lie where none can")
            collector.fail(name, _HOOK, more, "mend what they lie in")


def _guarded(
    collector: Collector, name: str, lazy: LazyAreas, known: list[Areas], late: list[LazyAreas]
) -> LazyAreas:
    """Areas of a kind, none of which are there where one of them cannot be used."""

    def load() -> list[Area]:
        cure = f"mend its areas of the kind {shown(lazy.kind)}, or uninstall it"
        with collector.guard(name, _HOOK, cure, timed=True):
            loaded = list(lazy.load())
            _check_late(lazy, loaded, known[0], late)
            return loaded
        return []

    def fits(code: str) -> bool:
        with collector.guard(name, _HOOK, f"mend how codes of {shown(lazy.kind)} are told"):
            return bool(lazy.fits(code))
        return True

    return evolve(lazy, load=load, fits=fits)


def _check_late(lazy: LazyAreas, loaded: list[Area], areas: Areas, late: list[LazyAreas]) -> None:
    """Refuse areas of another type, of a code that is taken, or in an area that is not known."""
    if lazy.within_kind != lazy.kind:
        areas.load(lazy.within_kind)
    codes = {*areas, *(area.code for lazy_areas in late for area in lazy_areas.load())}
    outer = set(codes)
    for area in loaded:
        if not isinstance(area, Area) or area.code in codes:
            raise InvalidValue(f"{shown(area)} is no area, or its code is taken")
        if area.within is not None and area.within not in outer:
            raise InvalidValue(f"{area.code!r} lies in {shown(area.within)}, which is not known")
        codes.add(area.code)
