"""Hypothesis strategies for a case: worlds with all that its rule reads."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count

from attrs import evolve
from hypothesis import strategies as st

from bajio.facts.areas import UNALLOCATED, Area
from bajio.facts.measures import Kind, Measure, Time
from bajio.facts.observations import Exact, Key, Observation, exact
from bajio.facts.periods import Frequency
from bajio.rules.plan import Exchange, Revalue
from bajio.testing.law import RuleCase
from bajio.testing.wide import raised, raw
from bajio.testing.worlds import ABROAD, HOST, SURVEY, YEAR, World, WorldLayer
from bajio.units import Unit, currencies

_SMALL = (1, 2, 2, 3, 5, 8, 1, 4, 0)
_SIGNED = (1, 2, 0, -1, 2, 5, 1, 3, -3)
_RATES = st.integers(1, 400).map(lambda quarters: exact(Fraction(quarters, 4)))
Place = tuple[Measure, Key, str]


@st.composite
def worlds_of(draw: st.DrawFn, case: RuleCase, *, least: int = 2) -> World:
    """Worlds of some parts of a country and one other country, complete for a case.

    In some of them figures are small, so that many are the same or zero, given by quarters,
    preliminary, beside those of an older edition, or the country has more than its parts.

    Args:
        draw: Hypothesis' own.
        case: whose measures, dimensions, lags and rates the figures are of.
        least: the least number of parts.
    """
    parts = tuple(f"H-{number}" for number in range(draw(st.integers(least, 4))))
    kind = draw(st.integers(0, 7))
    abroad = (ABROAD,) if kind in {1, 3} else ()
    codes = (*parts, "P00", *abroad)
    small, quarters, older = kind in {2, 5, 7}, kind in {3, 6}, kind in {4, 5}
    observations: list[Observation] = []
    weights = {cell.measure for leaf in case.plan.leaves for cell in leaf.cells[1:]}
    for measure, key, period in _places(case, quarters=quarters):
        signed = measure.minimum is None and measure.code not in weights
        drawn = _figures(measure, draw(raw(3 * len(codes))), small=small, signed=signed)
        values: dict[str, Exact] = dict(zip(codes, drawn, strict=True))
        summed = measure.kind is Kind.EXTENSIVE
        for code in abroad:  # with the first part's it is never negative
            values[code] -= values[parts[0]]
        values[HOST] = sum(values[code] for code in (*parts, *abroad)) if summed else drawn[0]
        observations += [
            Observation(code, period, measure.code, value, where=key)
            for code, value in values.items()
            if summed or code not in abroad
        ]
    for rate, year in _rate_places(case):
        for code in (HOST, "P00"):
            observations.append(Observation(code, str(year), rate.code, draw(_RATES)))
    if kind == 6 and observations:
        observations[0] = evolve(observations[0], status="P")
    former = [seen for seen in observations if seen.measure in case.plan.measures]
    return World(
        parts,
        ("P00",),
        tuple(observations),
        units=tuple(_rate_units(case)),
        measures=(*case.measures, *case.rates),
        currency=_currency(case),
        edition="10" if older else "1",
        inner=tuple(Area(code, "Abroad", UNALLOCATED, HOST) for code in abroad),
        layers=(WorldLayer(SURVEY, "9", raised(former, count(7).__next__)),) if older else (),
    )


def _figures(measure: Measure, drawn: bytes, *, small: bool, signed: bool) -> list[Exact]:
    """A row of figures: three bytes for each."""
    numbers = [int.from_bytes(drawn[start : start + 3], "big") for start in range(0, len(drawn), 3)]
    if measure.kind is Kind.INTENSIVE:
        return [exact(Fraction(number % (5 if small else 100) + 1, 10)) for number in numbers]
    if small:
        table = _SIGNED if signed else _SMALL
        return [table[number % len(table)] for number in numbers]
    if signed:
        return [number % (11 * 10**5) - 10**5 for number in numbers]
    return [number % 10**6 + 1 for number in numbers]


def _places(case: RuleCase, *, quarters: bool) -> Iterator[Place]:
    """Each measure with each dimension key and each period that the rule reads."""
    frequency = Frequency.QUARTERLY if quarters else Frequency.ANNUAL
    places: dict[tuple[str, Key, str], None] = {}
    for leaf in case.plan.leaves:
        for cell in leaf.cells:
            timeless = case.registry.dataset.measures[cell.measure].time is Time.TIMELESS
            for period in [""] if timeless else frequency.periods(YEAR - leaf.lag):
                places[cell.measure, cell.key, period] = None
    for code, key, period in places:
        yield case.registry.dataset.measures[code], key, period


def _rate_places(case: RuleCase) -> list[tuple[Measure, int]]:
    places: dict[tuple[str, int], None] = {}
    for leaf in case.plan.leaves:
        for step in leaf.conversions:
            code = step.by if isinstance(step, Revalue) else step.at
            places[code, YEAR - leaf.lag] = None
            if isinstance(step, Revalue):
                places[code, step.base] = None
    return [(case.registry.dataset.measures[code], year) for code, year in places]


def _currency(case: RuleCase) -> str | None:
    """The money of the countries: the first in which what is converted or deflated is measured."""
    exchanged = (currencies(unit)[0] for unit, _, _ in _exchanged(case))
    return next(exchanged, next(_deflated(case), None))


def _deflated(case: RuleCase) -> Iterator[str]:
    for leaf in case.plan.leaves:
        if any(isinstance(step, Revalue) for step in leaf.conversions):
            for cell in leaf.cells:
                yield from currencies(case.registry.dataset.measures[cell.measure].unit)


def _rate_units(case: RuleCase) -> Iterator[tuple[str, str]]:
    """Units of the rates, such that they turn the money of the measures into the target's."""
    unit_by_rate: dict[str, str] = {}
    for unit, step, _ in _exchanged(case):
        money = Unit.parse(currencies(unit)[0])
        unit_by_rate.setdefault(step.at, str(money / Unit.parse(step.to)))
    yield from unit_by_rate.items()


def _exchanged(case: RuleCase) -> Iterator[tuple[Unit, Exchange, Measure]]:
    for leaf in case.plan.leaves:
        for cell in leaf.cells:
            measure = case.registry.dataset.measures[cell.measure]
            money = currencies(measure.unit)
            for step in leaf.conversions:
                if isinstance(step, Exchange) and money and step.to != money[0]:
                    yield measure.unit, step, measure


def some_members(world: World) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the parts of a world, in any order."""
    return st.lists(st.sampled_from(world.parts), min_size=1, unique=True).map(tuple)


def two_sides(world: World) -> st.SearchStrategy[tuple[Sequence[str], Sequence[str]]]:
    """The parts of a world in two halves, neither empty."""
    return st.integers(1, len(world.parts) - 1).map(
        lambda cut: (world.parts[:cut], world.parts[cut:])
    )
