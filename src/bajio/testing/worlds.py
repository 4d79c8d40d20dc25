"""A small world to test in: a country with parts, other countries, and observations of them."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from attrs import evolve, field, frozen

from bajio.engines.binding import Bound, bind
from bajio.engines.exact import evaluate
from bajio.engines.outcome import Missing, Outcome
from bajio.facts.areas import Area, Areas
from bajio.facts.dataset import Dataset, dataset
from bajio.facts.measures import Kind, Measure, Prices, Time
from bajio.facts.observations import Exact, Observation
from bajio.facts.regions import PeerGroup
from bajio.facts.sources import Source
from bajio.hookspecs import hookimpl
from bajio.indicator import Indicator
from bajio.registry import Registry
from bajio.rules import nodes
from bajio.rules.nodes import Rule
from bajio.rules.resolve import resolve
from bajio.units import Unit

HOST = "HHH"
YEAR = 2020

MEASURES = (
    Measure("people", "People", "person", time=Time.STOCK, minimum=0),
    Measure("land", "Land", "km²", time=Time.TIMELESS, minimum=0),
    Measure("output", "Output", "USD", prices=Prices.CURRENT, minimum=0),
    Measure("real-output", "Real output", "USD_2015", prices=Prices.CONSTANT, minimum=0),
    Measure("balance", "Balance", "USD", prices=Prices.CURRENT),
    Measure("quota", "Quota", "1", kind=Kind.INTENSIVE, weight="people", time=Time.STOCK),
)


@frozen
class World:
    """A country `HHH` with parts, other countries as peers, and observations of all.

    Attributes:
        parts: codes of the country's parts.
        peers: codes of the other countries.
        observations: what is known.
        units: units of the figures by measure, where not the measure's own.
        measures: of what the figures are.
        currency: that of all countries, where rates are among the measures.
    """

    parts: tuple[str, ...]
    peers: tuple[str, ...]
    observations: tuple[Observation, ...] = field(repr=False)
    units: tuple[tuple[str, str], ...] = ()
    measures: tuple[Measure, ...] = MEASURES
    currency: str | None = None

    @property
    def areas(self) -> list[Area]:
        """All areas."""
        countries = [
            Area(code, code, "country", None, self.currency) for code in (HOST, *self.peers)
        ]
        return [*countries, *(Area(code, code, "state", HOST) for code in self.parts)]

    @property
    def data(self) -> Dataset:
        """The observations as a dataset."""
        return dataset(
            "world",
            measures=self.measures,
            sources=[Source("survey", "Survey")],
            observations=self.observations,
            units=dict(self.units),
            reference_year=YEAR,
        )

    def registry(self, *indicators: Indicator) -> Registry:
        """A registry that knows this world and some indicators."""
        return Registry({"world": _Plugin(self, indicators)})

    def bound(self, rule: Rule, members: Iterable[str], unit: str | None = None) -> Bound:
        """A rule bound to the world's data."""
        data = self.data
        plan = resolve(rule, data.measures)
        asked = None if unit is None else Unit.parse(unit)
        return bind(plan, asked, data, Areas(self.areas), tuple(members))

    def outcome(
        self,
        rule: Rule,
        members: Iterable[str],
        *,
        unit: str | None = None,
        missing: Missing = Missing.REFUSE,
    ) -> Outcome:
        """A rule's value for some areas in the world's year."""
        codes = tuple(members)

        def composition(place: str, _lag: int) -> tuple[str, ...]:
            places = {nodes.HOST: (HOST,), nodes.PARTS: self.parts}
            return (place,) if place in self.parts else places.get(place, codes)

        return evaluate(self.bound(rule, codes, unit), composition, YEAR, missing)

    def value(self, rule: Rule, members: Iterable[str], *, unit: str | None = None) -> Exact:
        """The exact value of a rule for some areas."""
        return self.outcome(rule, members, unit=unit).low

    def with_observations(self, observations: Iterable[Observation]) -> "World":
        """The same world with other observations."""
        return evolve(self, observations=tuple(observations))

    def scaled(self, factors: Mapping[str, Exact]) -> "World":
        """The same world with the figures of some measures multiplied."""

        def scale(seen: Observation) -> Observation:
            if seen.value is None or seen.measure not in factors:
                return seen
            return evolve(seen, value=Fraction(seen.value) * factors[seen.measure])

        return self.with_observations(map(scale, self.observations))

    def changed(self, change: Callable[[Exact], Exact], measure: str) -> "World":
        """The same world with the figures of one measure put through a function."""

        def apply(seen: Observation) -> Observation:
            if seen.value is None or seen.measure != measure:
                return seen
            return evolve(seen, value=change(Fraction(seen.value)))

        return self.with_observations(map(apply, self.observations))


@frozen(eq=False)
class _Plugin:
    """A world as a plugin."""

    world: World
    indicators: tuple[Indicator, ...]

    @hookimpl
    def bajio_areas(self) -> Iterable[Area]:
        return self.world.areas

    @hookimpl
    def bajio_datasets(self) -> Iterable[Dataset]:
        return [self.world.data]

    @hookimpl
    def bajio_peer_groups(self) -> Iterable[PeerGroup]:
        return [
            PeerGroup("countries", "Countries", (HOST, *self.world.peers)),
            PeerGroup("others", "Other countries", self.world.peers),
        ]

    @hookimpl
    def bajio_indicators(self) -> Iterable[Indicator]:
        return self.indicators
