"""What a generated world has in it: told to Hypothesis, so that what was drawn can be counted."""

from collections import Counter
from collections.abc import Callable, Iterator

from bajio.facts.observations import Observation
from bajio.facts.regions import Membership, Region
from bajio.testing.worlds import HOST, YEAR, World


def features(world: World) -> frozenset[str]:
    """Names of what a world has in it.

    Examples:
        >>> from bajio.facts.observations import Observation
        >>> world = World(("H-0",), (), (Observation("H-0", 2020, "people", 0, "P"),))
        >>> sorted(features(world) - {"holes", "weights of zero"})
        ['host without a total', 'one part', 'preliminary figures', 'zeros']
    """
    return frozenset(name for name, has in FEATURES.items() if has(world))


def _all(world: World) -> Iterator[Observation]:
    yield from world.observations
    for layer in world.layers:
        yield from layer.observations
    yield from world.own


def _figures(world: World) -> Iterator[Observation]:
    return (seen for seen in _all(world) if seen.value is not None)


def _memberships(world: World) -> Iterator[tuple[Membership, ...]]:
    """The stays of each region and group."""
    yield from (region.memberships for region in world.regions)
    yield from (group.memberships for group in world.groups)


def _stays(world: World) -> Iterator[Membership]:
    for stays in _memberships(world):
        yield from stays


def _is_gone(region: Region) -> bool:
    return bool(region.memberships) and not region.at(YEAR).members


def _returns(world: World) -> bool:
    return any(
        max(Counter(stay.area for stay in stays).values(), default=0) > 1
        for stays in _memberships(world)
    )


def _places(world: World) -> dict[str, set[str]]:
    """The areas with figures of each measure."""
    result: dict[str, set[str]] = {}
    for seen in _figures(world):
        result.setdefault(seen.measure, set()).add(seen.area)
    return result


def _has_holes(world: World) -> bool:
    """Whether an area has a figure where another, or itself in another year, has none."""
    cells = {(seen.measure, seen.where, seen.period, seen.area) for seen in _figures(world)}
    areas = (HOST, *world.parts)
    places = {(measure, where, period) for measure, where, period, _ in cells}
    return any((*place, area) not in cells for place in places for area in areas)


def _is_tied(world: World) -> bool:
    """Whether two of the countries and parts have the very same figure of a measure and year."""
    among = {HOST, *world.peers, *world.parts}
    counts = Counter(
        (seen.measure, seen.where, seen.period, seen.value)
        for seen in world.observations
        if seen.area in among and seen.value is not None and seen.measure != "fx"
    )
    return any(times > 1 for times in counts.values())


def _without_figures(world: World, year: str) -> bool:
    """Whether a peer lacks a measure that others have: in a year, or in all."""
    measures = {(seen.measure, seen.period) for seen in _figures(world) if seen.area in world.peers}
    whose: dict[str, set[str]] = {}
    for seen in _figures(world):
        if seen.period.startswith(year):
            whose.setdefault(seen.measure, set()).add(seen.area)
    return any(
        not set(world.peers) <= whose.get(measure, set())
        for measure, period in measures
        if period.startswith(year)
    )


def _rate_holes(world: World) -> bool:
    rates = [seen for seen in world.observations if seen.measure in {"fx", "cpi"}]
    years = {seen.period for seen in rates}
    whole = {(seen.measure, seen.period) for seen in rates if seen.value is not None}
    rates_known = {(s.measure, s.period) for s in rates if s.area == HOST and s.value is not None}
    return bool(years) and not whole <= rates_known


FEATURES: dict[str, Callable[[World], bool]] = {
    "dated members": lambda world: any(stay.joined or stay.left for stay in _stays(world)),
    "members that come again": _returns,
    "members that leave in a year to come": lambda world: any(
        stay.left is not None and stay.left > YEAR for stay in _stays(world)
    ),
    "members still to join": lambda world: any((stay.joined or 0) > YEAR for stay in _stays(world)),
    "regions that are no more": lambda world: any(map(_is_gone, world.regions)),
    "regions among the peers": lambda world: bool(world.regions),
    "a second source": lambda world: any(one.source != "survey" for one in world.layers),
    "editions 9 and 10": lambda world: world.edition.endswith("10"),
    "quarters": lambda world: any("-Q" in seen.period for seen in _all(world)),
    "months": lambda world: any(seen.period[5:].isdigit() for seen in _all(world)),
    "holes": _has_holes,
    "gaps with reasons": lambda world: any(
        seen.value is None and seen.note for seen in _all(world)
    ),
    "preliminary figures": lambda world: any(seen.status in "PREF" for seen in _figures(world)),
    "negative figures": lambda world: any((seen.value or 0) < 0 for seen in _figures(world)),
    "zeros": lambda world: any(seen.value == 0 for seen in _figures(world)),
    "weights of zero": lambda world: any(
        seen.measure == "people" and seen.value == 0 for seen in _figures(world)
    ),
    "categories that nest": lambda world: any(seen.where == ("a",) for seen in _all(world)),
    "three levels": lambda world: any(area.kind == "municipality" for area in world.inner),
    "areas of two countries": lambda world: any(area.kind == "state" for area in world.inner),
    "what is allocated to none": lambda world: any(
        seen.area in world.unallocated for seen in _figures(world)
    ),
    "host without a total": lambda world: any(
        HOST not in areas for areas in _places(world).values()
    ),
    "a peer without figures in a year": lambda world: _without_figures(world, str(YEAR)),
    "a peer without figures": lambda world: _without_figures(world, ""),
    "a rate with a hole": _rate_holes,
    "figures of the user's own": lambda world: bool(world.own),
    "ties": _is_tied,
    "one part": lambda world: len(world.parts) == 1,
    "many peers": lambda world: len(world.peers) > 6,
}
