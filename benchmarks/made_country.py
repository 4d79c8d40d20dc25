"""A country as large as it is asked for; figures follow from where, when and what they are of.

So what an answer must say is a sum that is written beside the question.
"""

from functools import cached_property

from attrs import evolve, field, frozen

import bajio
from bajio import (
    Area,
    Dataset,
    Indicator,
    Measure,
    Observation,
    PeerGroup,
    Region,
    Registry,
    Source,
    Sum,
)
from bajio.facts.classifications import Category, Classification
from bajio.registry import built_ins

LAND, STATES, YEAR = "XLA", 32, 2018
PEOPLE, MONEY, MADE = "population", "gdp", "gva"
ACTIVITY, ACTIVITIES = "activity", "activities"
_INDICATORS = {name: one for name, one in built_ins().items() if name == "bajio.indicators"}
_SOURCE = Source("made", "Made for a benchmark")
_MEASURES = (
    Measure(PEOPLE, "Population", "person", time="stock", minimum=0),
    Measure(MONEY, "GDP", "USD", prices="current", minimum=0),
    Measure(
        MADE,
        "Made",
        "USD",
        prices="current",
        minimum=0,
        dimensions=[ACTIVITY],
        classifications={ACTIVITY: ACTIVITIES},
    ),
)

#: What is asked about in most questions: a sum, and a ratio of sums.
RATIO = Sum(MONEY) / Sum(PEOPLE)
HEADS = Indicator("heads", Sum(PEOPLE), "person", "Heads", better="higher")
PER_HEAD = Indicator("per-head", RATIO, "USD/person", "Per head", better="higher")


def town(at: int) -> str:
    """The code of a municipality."""
    return f"X-{at:06}"


def towns(first: int, last: int) -> list[str]:
    """The codes of some municipalities, from one up to another, which is left out."""
    return [town(at) for at in range(first, last)]


def activity(at: int) -> str:
    """The code of an activity."""
    return f"a{at:04}"


def figure(at: int, year: int = YEAR, turn: int = 0) -> int:
    """A municipality's figure of a year: of people, or by its turn of something else."""
    return 1_000 + (at * 7_919 + (year - YEAR) * 31 + turn * 104_729) % 99_991


@frozen(slots=False, eq=False)
class Country:
    """A country of municipalities in states, as a plugin provides it.

    Attributes:
        size: how many municipalities there are.
        years: that there are figures of.
        activities: how many there are, each with a figure; none if not given.
        indicators: how many there are beside the usual ones.
        peers: how many of the municipalities, the last ones, are in the group `peers`.
        first: how many of them, the first ones, are the region `first`.
    """

    size: int
    years: tuple[int, ...] = (YEAR,)
    activities: int = field(default=0, kw_only=True)
    indicators: int = field(default=0, kw_only=True)
    peers: int = field(default=0, kw_only=True)
    first: int = field(default=0, kw_only=True)

    def registry(self) -> Registry:
        """What knows the country, and has answered nothing yet."""
        return Registry({**_INDICATORS, "made": self})

    @bajio.hookimpl
    def bajio_areas(self) -> list[Area]:
        """The country, its states and its municipalities."""
        states = [
            Area(f"XL-{at:02}", f"State {at}", "state", LAND)
            for at in range(min(STATES, self.size))
        ]
        every = (
            Area(town(at), f"Town {at}", "municipality", f"XL-{at % STATES:02}")
            for at in range(self.size)
        )
        return [Area(LAND, "Made land"), *states, *every]

    @bajio.hookimpl
    def bajio_peer_groups(self) -> list[PeerGroup]:
        """The last municipalities."""
        if not self.peers:
            return []
        return [PeerGroup("peers", "Peers", towns(self.size - self.peers, self.size))]

    @bajio.hookimpl
    def bajio_regions(self) -> list[Region]:
        """The first municipalities."""
        return [Region(towns(0, self.first), code="first")] if self.first else []

    @bajio.hookimpl
    def bajio_indicators(self) -> list[Indicator]:
        """Ratios, each of another name."""
        return [
            Indicator(f"own-{at}", RATIO * (at + 1), "USD/person", f"Own {at}", better="higher")
            for at in range(self.indicators)
        ]

    @bajio.hookimpl
    def bajio_datasets(self) -> list[Dataset]:
        """The figures."""
        return [self.dataset]

    @cached_property
    def dataset(self) -> Dataset:
        """The figures, once for all registries."""
        seen = [
            Observation(town(at), year, code, figure(at, year, turn))
            for turn, code in enumerate((PEOPLE, MONEY))
            for at in range(self.size)
            for year in self.years
        ]
        seen += [
            Observation(town(at), year, MADE, figure(at, year, 2 + turn), where=[activity(turn)])
            for turn in range(self.activities)
            for at in range(self.size)
            for year in self.years
        ]
        made = bajio.dataset("made", measures=_MEASURES, sources=[_SOURCE], observations=seen)
        return evolve(made, classifications={ACTIVITIES: self._classification})

    def _classification(self) -> Classification:
        return Classification(
            ACTIVITIES,
            [Category(activity(at), f"Activity {at}") for at in range(self.activities)],
        )
