"""Worlds as wide as the world: whatever real figures are like, drawn small, and often at once.

Figures come from small sets, so that ties and zeros are common; a row of figures is one draw,
so that worlds are drawn fast and shrink well.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import count

from attrs import evolve
from hypothesis import event, strategies as st

from bajio.facts.areas import UNALLOCATED, Area
from bajio.facts.measures import Kind, Measure, Time
from bajio.facts.observations import GAPS, Exact, Observation, exact
from bajio.facts.periods import Frequency, year_of
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.testing.features import features
from bajio.testing.worlds import (
    ABROAD,
    ACTIVITIES,
    HOST,
    MEASURES,
    MORE_MEASURES,
    SURVEY,
    YEAR,
    World,
    WorldLayer,
)

YEARS = tuple(range(YEAR - 3, YEAR + 1))
_SMALL = (1, 2, 2, 3, 5, 8, 0, 1, 2, 4)
_SIGNED = (1, 0, -1, 2, -3, 1)
_TENTHS = (10, 20, 15, 10, 0, -5, 35)
_RATES = (10, 20, 25, 5)
_EVERY = (*MEASURES, *MORE_MEASURES)
#: Measures that are given by quarters in some worlds.
_QUARTERLY = ("output", "people", "balance")
#: Totals of which all is allocated.
_ALLOCATED = ("people", "land")
#: Measures of rates, which one source gives of all countries.
RATES = ("fx", "cpi")
_STATUSES = "PREF"
_REASONS = ("", "to be published", "too few to tell")
Draw = st.DrawFn
Figure = dict[str, Exact]


@cache
def raw(size: int) -> st.SearchStrategy[bytes]:
    """A number of bytes: one draw for a whole row of figures."""
    return st.binary(min_size=size, max_size=size)


def _small(measure: Measure, drawn: bytes) -> list[Exact]:
    """A row of figures of a measure, from a small set."""
    table, parts = _table(measure)
    return [exact(Fraction(table[byte % len(table)], parts)) for byte in drawn]


def _table(measure: Measure) -> tuple[Sequence[int], int]:
    if measure.code in RATES:
        return _RATES, 10
    if measure.kind is Kind.INTENSIVE:
        return _TENTHS, 10
    return (_SIGNED, 1) if measure.minimum is None else (_SMALL, 1)


@st.composite
def wide_worlds(
    draw: Draw,
    measures: Collection[str] | None = None,
    *,
    holes: bool = True,
    own: bool = False,
    months: bool = False,
) -> World:
    """Worlds with all that real figures have.

    Dated regions and groups, other editions and a second source, quarters, holes with and without
    reasons, statuses, zeros, negative figures, categories that nest, three levels of areas, hosts
    without a published total, peers without figures, areas of two countries.

    Args:
        draw: Hypothesis' own.
        measures: codes of those that there are figures of; all, if not given.
        holes: whether figures may be missing.
        own: whether a user's figures may be laid over the others.
        months: whether any measure may be given by quarters or months; of fewer years then.
    """
    world = _lands(draw)
    asked = [one for one in _EVERY if measures is None or one.code in measures]
    frequencies = _frequencies(draw, asked, months=months)
    rows = [
        row
        for measure in asked
        for key in keys_of(measure)
        for row in _rows(draw, world, measure, key, frequencies[measure.code], YEARS[-2 * months :])
    ]
    world = evolve(world, observations=with_totals(rows), measures=_at_the_end(draw, frequencies))
    world = _told(draw, world, holes=holes)
    world = _sourced(draw, world)
    if own and draw(st.booleans()):
        world = _laid_over(draw, world)
    for feature in sorted(features(world)):
        event(feature)
    return world


def _at_the_end(draw: Draw, frequencies: Mapping[str, Frequency]) -> tuple[Measure, ...]:
    """The measures; people, where they are given by quarters, at times as of the year's end."""
    annual = frequencies.get("people", Frequency.ANNUAL) is Frequency.ANNUAL
    taken = not annual and draw(st.booleans())
    return tuple(
        evolve(measure, time=Time.END) if taken and measure.code == "people" else measure
        for measure in _EVERY
    )


def _frequencies(draw: Draw, asked: Sequence[Measure], *, months: bool) -> dict[str, Frequency]:
    """How often each measure is given."""
    every = dict.fromkeys((measure.code for measure in asked), Frequency.ANNUAL)
    if months:
        often = (Frequency.MONTHLY, Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.ANNUAL)
        return {code: draw(st.sampled_from(often)) for code in every}
    quarterly = [code for code in _QUARTERLY if draw(st.integers(0, 4)) == 4]
    return {**every, **dict.fromkeys(quarterly, Frequency.QUARTERLY)}


def _lands(draw: Draw) -> World:
    """The areas of a world, its regions and groups."""
    parts = tuple(f"H-{number}" for number in range(draw(st.integers(1, 4))))
    peers = tuple(f"P{number:02}" for number in range(draw(st.integers(1, 10))))
    inner = [Area(f"P00-{number}", f"P00-{number}", "state", "P00") for number in range(2)]
    if draw(st.booleans()):
        inner += [
            Area(f"{part}-{number}", f"{part}-{number}", "municipality", part)
            for part in parts
            for number in range(2)
        ]
    if draw(st.integers(0, 1)):
        inner.append(Area(ABROAD, "Abroad", UNALLOCATED, HOST))
    named = [
        Region(draw(_stays(parts)), code=code, names=code.title())
        for code in ("north", "south")[: draw(st.integers(0, 2))]
    ]
    dated = PeerGroup("dated", "Dated", draw(_stays((HOST, *peers))))
    return World(parts, peers, (), inner=tuple(inner), regions=tuple(named), groups=(dated,))


_DATES = (
    (None, None),
    (YEAR - 1, None),
    (YEAR, None),
    (None, YEAR),
    (None, YEAR + 2),
    (YEAR - 3, YEAR - 1),
    (None, YEAR - 2),
    (YEAR + 1, None),
)


def _stays(codes: Sequence[str]) -> st.SearchStrategy[list[Membership]]:
    """Stays that begin and end, overlap, come again, or are still to come."""
    stay = st.builds(
        lambda code, dates: Membership(code, *dates),
        st.sampled_from(codes),
        st.sampled_from(_DATES),
    )
    return st.lists(stay, min_size=1, max_size=6)


def wide_regions(world: World) -> st.SearchStrategy[Region]:
    """Regions of a world's parts or of areas of two countries, dated or not; empty now and then."""
    plain = st.lists(st.sampled_from(world.parts), min_size=1, unique=True).map(Region)
    states = [area.code for area in world.inner if area.kind == "state"]
    across = st.lists(
        st.sampled_from([*world.parts, *states, *world.peers[1:]]), min_size=1, unique=True
    ).map(Region)
    dated = st.tuples(_stays(world.parts), _stays(world.parts)).map(
        lambda pair: Region([*pair[0], *pair[1]])
    )
    kinds = (plain, dated, across, dated, plain, dated, dated, across, st.just(Region([])))
    return st.integers(0, len(kinds) - 1).flatmap(kinds.__getitem__)


def keys_of(measure: Measure) -> Iterator[tuple[str, ...]]:
    """The leaves of a measure's categories; of one without dimensions, the one key that it has."""
    yield from ((code,) for code in ACTIVITIES.level("leaves")) if measure.dimensions else [()]


def _rows(
    draw: Draw,
    world: World,
    measure: Measure,
    key: tuple[str, ...],
    frequency: Frequency,
    periods: Sequence[int],
) -> Iterator[Observation]:
    """The figures of all areas in all periods, those of the host and of halves of parts summed."""
    states = [area.code for area in world.inner if area.kind == "state"]
    summed = measure.kind is Kind.EXTENSIVE
    rest = world.unallocated if summed and measure.code not in _ALLOCATED else ()
    codes = (*world.parts, *world.peers, *states, *rest)
    halved = {area.within: 1 for area in world.inner if area.kind == "municipality"}
    years: Sequence[int | None] = [None] if measure.time is Time.TIMELESS else periods
    for year in years:
        for period in [""] if year is None else frequency.periods(year):
            values = dict(zip(codes, _small(measure, draw(raw(len(codes)))), strict=True))
            part_values = [values[code] for code in world.parts]
            for code in rest:  # with the first part's it is never negative
                values[code] -= part_values[0]
                part_values.append(values[code])
            values[HOST] = sum(part_values) if summed else part_values[0]
            for part in halved:
                assert part is not None
                first = values[part] // 2 if summed else values[part]
                values[f"{part}-0"] = first
                values[f"{part}-1"] = values[part] - first if summed else first
            for code, value in values.items():
                yield Observation(code, period, measure.code, value, where=key)


def with_totals(rows: Sequence[Observation]) -> tuple[Observation, ...]:
    """Figures with those of the categories that others are part of."""
    sums: dict[tuple[str, str, str, str], Exact] = {}
    for seen in rows:
        for above in ACTIVITIES.above(seen.where[0]) if seen.where else ():
            place = (seen.area, seen.period, seen.measure, above)
            sums[place] = sums.get(place, 0) + exact(seen.value or 0)
    totals = (
        Observation(area, period, measure, value, where=(above,))
        for (area, period, measure, above), value in sums.items()
    )
    return (*rows, *totals)


def _told(draw: Draw, world: World, *, holes: bool) -> World:
    """The same world with statuses and, where allowed, with what is missing."""
    rows = list(world.observations)
    places = st.integers(0, max(0, len(rows) - 1))
    for place in draw(st.lists(places, max_size=3)) if rows else ():
        rows[place] = evolve(rows[place], status=draw(st.sampled_from(_STATUSES)))
    if not holes or not rows:
        return evolve(world, observations=tuple(rows))
    near = [place for place, seen in enumerate(rows) if _is_near(world, seen)]
    gone = draw(st.sets(places | st.sampled_from(near), max_size=4))
    lost, when, measure = draw(_losses(world, rows))
    kept: list[Observation] = []
    for place, seen in enumerate(rows):
        if seen.area == lost and seen.measure == measure and seen.period.startswith(when):
            continue
        if place not in gone:
            kept.append(seen)
        elif draw(st.booleans()):
            status = draw(st.sampled_from(sorted(GAPS)))
            note = draw(st.sampled_from(_REASONS))
            kept.append(evolve(seen, value=None, status=status, note=note))
    return evolve(world, observations=tuple(kept))


def _losses(world: World, rows: Sequence[Observation]) -> st.SearchStrategy[tuple[str, str, str]]:
    """An area, a year (or all, where empty) and a measure of which it has nothing; or no area."""
    known = sorted({seen.measure for seen in rows})
    measures = [*known, *(code for code in RATES if code in known)]
    whom = ["", HOST, HOST, world.peers[0], world.peers[-1], world.peers[-1]]
    when = ["", "", str(YEAR)]
    return st.tuples(st.sampled_from(whom), st.sampled_from(when), st.sampled_from(measures))


def _is_near(world: World, seen: Observation) -> bool:
    """Whether a figure is of the country or its parts, and of now."""
    return seen.area in {HOST, *world.parts} and (not seen.period or year_of(seen.period) == YEAR)


def _sourced(draw: Draw, world: World) -> World:
    """The same world with an older edition, or with the countries in a source of their own."""
    layers = []
    edition, older = draw(st.sampled_from([("1", ""), ("10", "9"), ("2024-10", "2024-9")]))
    if older:
        layers.append(WorldLayer(SURVEY, older, raised(world.observations, lambda: 1)))
    kept = world.observations
    if draw(st.integers(0, 2)) == 2:
        home = {HOST, *world.parts, *(area.code for area in world.inner if area.within != "P00")}

        def stays(seen: Observation) -> bool:
            return seen.area in home or seen.measure in RATES

        abroad = [
            seen
            for seen in kept
            if (seen.area == HOST or seen.area not in home) and seen.measure not in RATES
        ]
        kept = tuple(filter(stays, kept))
        layers = [
            evolve(layer, observations=tuple(filter(stays, layer.observations))) for layer in layers
        ]
        layers.append(WorldLayer("atlas", "2020", tuple(abroad)))
    return evolve(world, observations=kept, edition=edition, layers=tuple(layers))


def raised(values: Sequence[Observation], by: Callable[[], int]) -> tuple[Observation, ...]:
    """Other figures in the places of those that are given."""
    return tuple(
        seen if seen.value is None else evolve(seen, value=exact(Fraction(seen.value) + by()))
        for seen in values
    )


def _laid_over(draw: Draw, world: World) -> World:
    """The same world with a user's figures of one measure, for some of its parts or all."""
    measure = draw(st.sampled_from(sorted({seen.measure for seen in world.observations})))
    areas = draw(st.sets(st.sampled_from([*world.parts, HOST]), min_size=1))
    rows = [
        evolve(seen, status="A", note="")
        for seen in world.observations
        if seen.measure == measure and seen.area in areas and seen.value is not None
    ]
    steps = count(3)
    own_rows = raised(rows, lambda: next(steps))
    return evolve(world, own=own_rows, own_source=draw(st.sampled_from(["own", "survey"])))
