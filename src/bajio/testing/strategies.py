"""Hypothesis strategies: worlds with or without holes, regions in them, rules over them."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from bajio.facts.areas import Area
from bajio.facts.dataset import Dataset
from bajio.facts.measures import Kind, Measure, Time
from bajio.facts.observations import Exact, Observation, exact
from bajio.facts.regions import Membership, Region
from bajio.rules.axes import Across, By, Stack
from bajio.rules.functions import Absolute, Entropy, Logarithm, Root
from bajio.rules.members import Average, Best, OverMembers, Worst
from bajio.rules.nodes import (
    At,
    Convert,
    Deflate,
    Growth,
    Lag,
    Maximum,
    Mean,
    Minimum,
    Over,
    Share,
    Sum,
    WeightedMean,
)
from bajio.rules.notation import constructors
from bajio.rules.plan import MEMBER
from bajio.rules.rule import Number, Rule
from bajio.rules.spread import Spread
from bajio.testing.wide import RATES, keys_of, raw, with_totals
from bajio.testing.worlds import HOST, MEASURES, MORE_MEASURES, YEAR, World

_YEARS = (YEAR - 2, YEAR - 1, YEAR)
EXTENSIVE = tuple(m.code for m in MEASURES if m.kind is Kind.EXTENSIVE)
NEVER_NEGATIVE = tuple(
    m.code for m in MEASURES if m.kind is Kind.EXTENSIVE and m.minimum is not None
)


def _periods(measure: Measure) -> Sequence[str]:
    return [""] if measure.time is Time.TIMELESS else [str(year) for year in _YEARS]


def _large(measure: Measure, drawn: bytes) -> list[Exact]:
    """A row of figures of a measure, hardly two of them the same, and none of them zero."""
    numbers = [
        int.from_bytes(drawn[start : start + 3], "big") + 1 for start in range(0, len(drawn), 3)
    ]
    if measure.minimum is not None or measure.code in RATES:
        return [exact(Fraction(number, 100)) for number in numbers]
    if measure.kind is Kind.INTENSIVE:
        return [exact(Fraction(number % 201 - 101, 10)) for number in numbers]
    return [number - 2**23 for number in numbers]


@st.composite
def worlds(
    draw: st.DrawFn, *, holes: bool = False, host_is_sum: bool = True, peers: int = 1
) -> World:
    """Worlds of two to five parts and up to six peers, with three years of figures.

    Args:
        draw: Hypothesis' own.
        holes: whether some figures of parts may be missing.
        host_is_sum: whether the host's published totals are the sums of its parts.
        peers: the greatest number of other countries.
    """
    parts = tuple(f"H-{number}" for number in range(draw(st.integers(2, 5))))
    others = tuple(f"P{number:02}" for number in range(draw(st.integers(1, peers))))
    codes = (*parts, *others, HOST)
    observations = []
    for measure in (*MEASURES, *MORE_MEASURES):
        for key in keys_of(measure):
            for period in _periods(measure):
                drawn = _large(measure, draw(raw(3 * len(codes))))
                values: dict[str, Exact] = dict(zip(codes, drawn, strict=True))
                if host_is_sum and measure.kind is Kind.EXTENSIVE:
                    values[HOST] = sum(values[code] for code in parts)
                observations += [
                    Observation(code, period, measure.code, value, where=key)
                    for code, value in values.items()
                ]
    world = World(parts, others, with_totals(observations))
    return _with_holes(draw, world) if holes else world


def _with_holes(draw: st.DrawFn, world: World) -> World:
    of_parts = [
        position
        for position, seen in enumerate(world.observations)
        if seen.area in set(world.parts)
    ]
    gone = draw(st.sets(st.sampled_from(of_parts), max_size=4))
    kept = (seen for position, seen in enumerate(world.observations) if position not in gone)
    return world.with_observations(kept)


def areas() -> st.SearchStrategy[tuple[Area, ...]]:
    """The areas of a world: a country, its parts, and other countries."""
    return worlds().map(lambda world: tuple(world.areas))


def datasets(*, holes: bool = True) -> st.SearchStrategy[Dataset]:
    """Datasets about the areas of a world.

    Args:
        holes: whether some figures of parts may be missing.
    """
    return worlds(holes=holes).map(lambda world: world.data)


def regions(world: World, *, least: int = 1) -> st.SearchStrategy[tuple[str, ...]]:
    """Codes of some of the host's parts, in any order."""
    some = st.lists(st.sampled_from(world.parts), min_size=least, unique=True)
    return some.map(tuple)


def dated_regions(world: World) -> st.SearchStrategy[Region]:
    """Regions of some of the host's parts, which joined and left over the world's years."""
    years = st.none() | st.integers(YEAR - 3, YEAR)
    stays = st.builds(_stay, st.sampled_from(world.parts), years, years)
    return st.lists(stays, min_size=1, max_size=6).map(Region)


def _stay(area: str, joined: int | None, left: int | None) -> Membership:
    if joined is not None and left is not None and joined >= left:
        return Membership(area, joined)
    return Membership(area, joined, left)


@cache
def sums() -> st.SearchStrategy[Rule]:
    """Sums of extensive measures, over a span of years now and then."""
    plain = st.sampled_from(EXTENSIVE).map(Sum)
    return plain | st.builds(Over, plain, st.integers(1, 3))


@cache
def linear_rules() -> st.SearchStrategy[Rule]:
    """Rules that add up over disjoint regions."""
    scale = st.integers(-5, 5).filter(bool)
    return sums() | st.builds(lambda factor, rule: factor * rule, scale, sums())


@cache
def ratio_rules() -> st.SearchStrategy[Rule]:
    """Ratios of sums whose divisor is positive, and weighted means."""
    divisor = st.sampled_from(NEVER_NEGATIVE).map(Sum)
    weighted = st.sampled_from(NEVER_NEGATIVE).map(lambda by: WeightedMean("quota", by))
    return st.builds(lambda a, b: a / b, sums(), divisor) | weighted


@cache
def spread_rules() -> st.SearchStrategy[Rule]:
    """Spreads of a ratio among the members, weighed or not."""
    value = Sum("output") / Sum("people")
    kinds = st.sampled_from(constructors(Spread))
    weight: st.SearchStrategy[Rule] = st.sampled_from([Number(1), Sum("people")])
    return st.builds(lambda kind, by: kind(value, by), kinds, weight)


@cache
def member_rules() -> st.SearchStrategy[Rule]:
    """Rules over one value of each member: every one that there is."""
    kinds = [kind for kind in constructors(OverMembers) if kind.children == ("rule",)]
    return st.sampled_from(kinds).map(lambda kind: kind(Sum("output") / Sum("land")))


@cache
def elsewhere_rules() -> st.SearchStrategy[Rule]:
    """Rules that compare with the host, and functions of numbers."""
    ratio = Sum("output") / Sum("land")
    return st.sampled_from(
        [
            ratio / At(ratio),
            Absolute(Share(Sum("people")) - Share(Sum("land"))),
            Entropy(Share(Sum("people"))),
            Logarithm(Share(Sum("output"))),
            Root(Share(Sum("land"))),
            Best(ratio) / Worst(ratio),
            Average(ratio) / ratio,
        ]
    )


@cache
def context_rules() -> st.SearchStrategy[Rule]:
    """Rules of another year, in other money, of another place, and of the extremes."""
    wages, jobs = Sum("wages"), Sum("jobs", {"activity": "a"})
    dollars = Convert(wages, to="USD", at="fx")
    return st.sampled_from(
        [
            Lag(Sum("people")),
            Sum("people") - Lag(Sum("people"), 2),
            dollars / Sum("people"),
            dollars + Sum("output"),
            Deflate(wages, base=YEAR - 1),
            Growth(Deflate(wages, base=YEAR - 1)),
            Minimum("quota"),
            Maximum("people"),
            Maximum("output") / Sum("output"),
            Sum("people") / At(Sum("people"), "H-0"),
            Share(Sum("output") / Sum("people"), of="H-0"),
            jobs / Sum("people"),
            Share(jobs),
            (jobs / Sum("jobs", {"activity": "all"})) / At(jobs / Sum("jobs", {"activity": "all"})),
            Over(Sum("people"), 2) / Over(Sum("output"), 2),
            Lag(Share(Sum("people"))),
            Across(Absolute(_JOBS - At(_JOBS)), "activity"),
        ]
    )


#: Of an activity, over all.
_JOBS = Sum("jobs") / Across(Sum("jobs"), "activity")


@cache
def tables() -> st.SearchStrategy[Rule]:
    """Rules that are a small table: by category, by member, side by side."""
    return st.sampled_from(
        [
            By(Sum("jobs"), "activity", total=Sum("jobs", {"activity": "all"})),
            By(_JOBS / At(_JOBS), "activity"),
            By(_JOBS, "activity", level="a"),
            By(At(Sum("people"), MEMBER) / Sum("people"), MEMBER),
            Stack({"people": Sum("people"), "head": Sum("output") / Sum("people")}),
        ]
    )


@cache
def rules() -> st.SearchStrategy[Rule]:
    """Rules of every shape that the generated worlds can answer by one number."""
    real = st.sampled_from(["people", "real-output", "land"]).map(Sum)
    growth = st.builds(Growth, real, st.integers(1, 2))
    nominal = st.integers(1, 2).map(lambda years: Growth(Sum("output"), years, nominal=True))
    shares = st.sampled_from(NEVER_NEGATIVE).map(lambda code: Share(Sum(code)))
    means = st.just(Mean("quota"))
    scalar = linear_rules() | ratio_rules() | growth | nominal | shares | means
    of_members = spread_rules() | member_rules()
    return scalar | of_members | elsewhere_rules() | context_rules()
