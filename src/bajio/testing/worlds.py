"""A small world to test in: a country with parts, other countries, and observations of them."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Unpack, cast

from attrs import evolve, field, frozen

from bajio.engines.bound_plan import Bound, bind, bind_series
from bajio.engines.exact import State, finish, fold, lift
from bajio.engines.markets import Market
from bajio.engines.outcome import Outcome
from bajio.engines.planning import Planner
from bajio.facts.areas import UNALLOCATED, Area, Areas
from bajio.facts.classifications import Category, Classification
from bajio.facts.dataset import Dataset
from bajio.facts.measures import Kind, Measure, Prices, Time
from bajio.facts.observations import Exact, Observation
from bajio.facts.periods import WHOLE, Season
from bajio.facts.regions import PeerGroup, Region
from bajio.facts.sources import Source
from bajio.hookspecs import hookimpl
from bajio.indicator import Indicator
from bajio.questions.choices import AskedOverYears, Options
from bajio.questions.question import ask
from bajio.registry import Registry
from bajio.registry.own_data import dataset
from bajio.rules.plan import Exchange, Leaf, LeafCell, Revalue
from bajio.rules.rule import Rule
from bajio.units import Unit, as_unit

HOST = "HHH"
#: What the country has and none of its parts, in some worlds.
ABROAD = "H-X"
YEAR = 2020
#: The money of all countries of a world; dollars are that of others.
MONEY = "MXN"
SURVEY = "survey"
OWN = "own"

MEASURES = (
    Measure("people", "People", "person", time=Time.STOCK, minimum=0),
    Measure("land", "Land", "km²", time=Time.TIMELESS, minimum=0),
    Measure("output", "Output", "USD", prices=Prices.CURRENT, minimum=0),
    Measure("real-output", "Real output", "USD_2015", prices=Prices.CONSTANT, minimum=0),
    Measure("balance", "Balance", "USD", prices=Prices.CURRENT),
    Measure("quota", "Quota", "1", kind=Kind.INTENSIVE, weight="people", time=Time.STOCK),
)
#: What conversions and breakdowns read besides.
MORE_MEASURES = (
    Measure("wages", "Wages", MONEY, prices=Prices.CURRENT, minimum=0),
    Measure("fx", "Exchange rate", f"{MONEY}/USD", kind=Kind.INTENSIVE, time=Time.STOCK),
    Measure("cpi", "Consumer prices", "1", kind=Kind.INTENSIVE, time=Time.STOCK),
    Measure(
        "jobs",
        "Jobs",
        "person",
        time=Time.STOCK,
        minimum=0,
        dimensions=("activity",),
        classifications={"activity": "activities"},
    ),
)
#: Activities that nest: `a` has two parts, `b` none.
ACTIVITIES = Classification(
    "activities",
    [
        Category("all", "All"),
        Category("a", "A", "all"),
        Category("a1", "A1", "a"),
        Category("a2", "A2", "a"),
        Category("b", "B", "all"),
    ],
    "all",
)


@frozen
class WorldLayer:
    """Figures of one source in one edition, beside those that a world has first.

    Attributes:
        source, edition: whose they are, and of which vintage.
        observations: what it says.
    """

    source: str
    edition: str
    observations: tuple[Observation, ...] = field(repr=False)


@frozen(slots=False)
class World:
    """A country `HHH` with parts, other countries, and observations of all.

    Attributes:
        parts: codes of the country's parts.
        peers: codes of the other countries.
        observations: what is known, from the survey.
        units: units of the figures by measure, where not the measure's own.
        measures: of what the figures are.
        currency: that of all countries, where rates are among the measures.
        edition: of the survey.
        layers: what other sources and editions say, those that come first among them first.
        own: a user's figures, which are laid over all.
        own_source: whose the user's figures are: a source of the user's, or one that is there.
        inner: the areas that lie in the parts, or in other countries, and what the country has and
            none of its parts.
        regions: named regions, whose members may come and go.
        groups: peer groups beside `countries`, `others`, `parts` and `mixed`.
    """

    parts: tuple[str, ...]
    peers: tuple[str, ...]
    observations: tuple[Observation, ...] = field(repr=False)
    units: tuple[tuple[str, str], ...] = ()
    measures: tuple[Measure, ...] = field(default=(*MEASURES, *MORE_MEASURES), repr=False)
    currency: str | None = MONEY
    edition: str = "1"
    layers: tuple[WorldLayer, ...] = ()
    own: tuple[Observation, ...] = field(default=(), repr=False)
    own_source: str = OWN
    inner: tuple[Area, ...] = ()
    regions: tuple[Region, ...] = ()
    groups: tuple[PeerGroup, ...] = ()

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: FBT001
        """What Hypothesis shows of an example: the areas, and the figures as small rows."""
        printer.text(repr(self))
        for seen in self.observations:
            where = "".join(f"[{key}]" for key in seen.where)
            value = seen.value if seen.value is not None else f"none {seen.status} {seen.note}"
            printer.break_()
            printer.text(f"  {seen.measure}{where} {seen.area} {seen.period} {value}")

    @cached_property
    def areas(self) -> list[Area]:
        """All areas."""
        countries = [
            Area(code, code, "country", None, self.currency) for code in (HOST, *self.peers)
        ]
        parts = [Area(code, code, "state", HOST) for code in self.parts]
        return [*countries, *parts, *self.inner]

    @property
    def unallocated(self) -> tuple[str, ...]:
        """Codes of what the country has and none of its parts."""
        return tuple(area.code for area in self.inner if area.kind == UNALLOCATED)

    @cached_property
    def data(self) -> Dataset:
        """The observations as a dataset: a series for each measure, source and edition."""
        first = self._dataset(SURVEY, self.edition, self.observations)
        others = [
            self._dataset(layer.source, layer.edition, layer.observations) for layer in self.layers
        ]
        sources = {
            code: source for data in (first, *others) for code, source in data.sources.items()
        }
        return evolve(
            first,
            sources=sources,
            series=[series for data in (first, *others) for series in data.series],
            classifications={"activities": lambda: ACTIVITIES},
        )

    @property
    def own_data(self) -> Dataset | None:
        """The user's figures, where there are any."""
        return self._dataset(self.own_source, "1", self.own, OWN) if self.own else None

    def _dataset(
        self, source: str, edition: str, observations: Iterable[Observation], name: str = "world"
    ) -> Dataset:
        seen = tuple(observations)
        codes = {observation.measure for observation in seen}
        return dataset(
            name,
            measures=self.measures,
            sources=[Source(source, source.title())],
            observations=seen,
            edition=edition,
            units={code: unit for code, unit in self.units if code in codes},
            reference_year=YEAR,
            areas=self.areas,
        )

    def registry(self, *indicators: Indicator) -> Registry:
        """A registry that knows this world and some indicators, the user's figures laid over."""
        known = Registry({"world": _Plugin(evolve(self), indicators)})  # a copy that knows of none
        own_facts = self.own_data
        return known if own_facts is None else known.with_data(own_facts)

    @cached_property
    def known(self) -> Registry:
        """A registry that knows this world, made once."""
        return self.registry()

    def bound(self, rule: Rule, members: Iterable[str], unit: str | None = None) -> Bound:
        """A rule bound to the world's data."""
        data = self.data
        plan = self.known.plan(rule)
        asked = None if unit is None else Unit.parse(unit)
        market = Market(data, Areas(self.areas), {})
        return bind_series(plan, market, tuple(members), asked)

    def indicator(self, rule: Rule, unit: str | None = None, **more: Any) -> Indicator:
        """A rule as an indicator, in the unit that it leads to where none is given."""
        return Indicator("asked", rule, unit or self.unit(rule), "Asked", **more)

    def unit(self, rule: Rule) -> str:
        """The unit that a rule leads to by the units of its figures."""
        units_now = dict(self.units)
        measures = {measure.code: measure for measure in self.measures}
        plan = Planner(measures, self.known.dataset.classification).plan(rule)
        return str(bind(plan, _WorldUnits(measures, units_now))[2])

    def outcome(
        self,
        rule: Rule,
        members: Iterable[str] | Region,
        *,
        unit: str | None = None,
        year: int = YEAR,
        season: Season = WHOLE,
        **options: Unpack[AskedOverYears],
    ) -> Outcome:
        """What is answered where a rule is asked for some areas: the questions' own way.

        Args:
            rule: what is asked.
            members: codes of areas, or a region.
            unit: of the value; that which the rule leads to, if not given.
            year, season: the period.
            options: as `bajio.Options` has them.
        """
        region = members if isinstance(members, Region) else Region(members)
        asked_of = cast("dict[str, Any]", {"peers": None, **options})
        chosen = Options(**asked_of, period=season.of(year))
        asked = self.indicator(rule, unit)
        return ask(self.known, asked, self.known.region(region), chosen).outcome(year)

    def value(self, rule: Rule, members: Iterable[str], *, unit: str | None = None) -> Exact:
        """The exact value of a rule for some areas."""
        return self.outcome(rule, members, unit=unit).low

    def unallocated_value(self, rule: Rule, unit: str | None = None) -> Exact:
        """The value of a sum for what is allocated to none of the country's parts; else zero."""
        bound = self.bound(rule, (HOST, *self.parts), unit)
        lifted = [lift(bound, code, YEAR) for code in self.unallocated]
        states = [state for state in lifted if isinstance(state, State)]
        return finish(bound, fold(bound, states)) if states else 0

    def with_observations(self, observations: Iterable[Observation]) -> "World":
        """The same world with other observations."""
        return evolve(self, observations=tuple(observations))

    def scaled(self, factors: Mapping[str, Exact]) -> "World":
        """The same world with the figures of some measures multiplied, in all its sources."""
        return self._mapped(
            lambda seen, value: value * factors[seen.measure] if seen.measure in factors else value
        )

    def changed(self, change: Callable[[Exact], Exact], measure: str) -> "World":
        """The same world with the figures of one measure put through a function."""
        return self._mapped(lambda seen, value: change(value) if seen.measure == measure else value)

    def _mapped(self, change: Callable[[Observation, Exact], Exact]) -> "World":
        def apply(seen: Observation) -> Observation:
            if seen.value is None:
                return seen
            return evolve(seen, value=change(seen, Fraction(seen.value)))

        return self.with_figures(apply)

    def with_figures(self, change: Callable[[Observation], Observation | None]) -> "World":
        """The same world, each observation changed, in all sources; left out where `None`."""

        def every(values: Iterable[Observation]) -> tuple[Observation, ...]:
            return tuple(seen for seen in map(change, values) if seen is not None)

        return evolve(
            self,
            observations=every(self.observations),
            layers=tuple(
                evolve(layer, observations=every(layer.observations)) for layer in self.layers
            ),
            own=every(self.own),
        )


@frozen
class _WorldUnits:
    """The units of figures, where these are not read.

    Attributes:
        measures: by code.
        given: the figures' units by measure, where not the measure's own.
    """

    measures: Mapping[str, Measure]
    given: Mapping[str, Any]

    def column(
        self, _leaf: Leaf, cell: LeafCell, _steps: tuple[Exchange | Revalue, ...]
    ) -> tuple[None, Unit, tuple[None, ...]]:
        """Nothing, the unit that its figures are in, and no rates."""
        return None, as_unit(self.given.get(cell.measure, self.measures[cell.measure].unit)), ()


@frozen(eq=False)
class _Plugin:
    """A world as a plugin."""

    world: World
    indicators: tuple[Indicator, ...]

    def __dir__(self) -> list[str]:
        """The hooks alone, since pluggy looks at each name that is told."""
        return _HOOKS

    @hookimpl
    def bajio_areas(self) -> Iterable[Area]:
        return self.world.areas

    @hookimpl
    def bajio_datasets(self) -> Iterable[Dataset]:
        return [self.world.data]

    @hookimpl
    def bajio_regions(self) -> Iterable[Region]:
        return self.world.regions

    @hookimpl
    def bajio_peer_groups(self) -> Iterable[PeerGroup]:
        world = self.world
        named = [region.code for region in world.regions]
        return [
            PeerGroup("countries", "Countries", (HOST, *world.peers)),
            PeerGroup("others", "Other countries", world.peers),
            PeerGroup("parts", "Parts", world.parts),
            PeerGroup("mixed", "Countries and regions", (HOST, *world.peers, *named)),
            *world.groups,
        ]

    @hookimpl
    def bajio_indicators(self) -> Iterable[Indicator]:
        return self.indicators


_HOOKS = [name for name in vars(_Plugin) if name.startswith("bajio_")]
