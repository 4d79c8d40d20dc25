"""The share of the people that a partial figure covers: those of the members that enter it."""

from fractions import Fraction

import pytest

import bajio
from bajio import dataset
from bajio.errors import BajioError
from bajio.facts.areas import Area
from bajio.facts.measures import Kind, Measure, Prices, Time
from bajio.facts.observations import Observation
from bajio.facts.sources import Source
from bajio.indicator import Indicator
from bajio.registry import Registry
from bajio.rules.nodes import Convert, Sum, WeightedMean

JOBS = Indicator("jobs", Sum("jobs"), "person", "Jobs")
RATE = Indicator("rate", WeightedMean("rate"), "1", "Rate")
SALES = Indicator("sales", Convert(Sum("sales"), to="USD", at="exchange-rate"), "USD", "Sales")


class World:
    """Two countries of one state each, with people 73 and 27."""

    @bajio.hookimpl
    def bajio_areas(self):
        return [
            Area("AAA", "A", currency="AAM"),
            Area("BBB", "B", currency="AAM"),
            Area("A-1", "A1", "state", "AAA"),
            Area("B-1", "B1", "state", "BBB"),
        ]

    @bajio.hookimpl
    def bajio_datasets(self):
        quarters = [f"2020-Q{quarter}" for quarter in (1, 2, 3, 4)]
        observations = [
            Observation("A-1", "2020", "population", 73),
            Observation("B-1", "2020", "population", 27),
            *(Observation("A-1", period, "jobs", 8) for period in quarters[:3]),
            *(Observation("A-1", period, "rate", Fraction(1, 2)) for period in quarters[:3]),
            Observation("A-1", "2020", "sales", 10),
            Observation("B-1", "2020", "sales", 20),
            Observation("AAA", "2020", "exchange-rate", 2),
        ]
        return [
            dataset(
                "world",
                measures=[
                    Measure("population", "People", "person", time=Time.STOCK, minimum=0),
                    Measure("jobs", "Jobs", "person", time=Time.STOCK, minimum=0),
                    Measure(
                        "rate",
                        "Rate",
                        "1",
                        kind=Kind.INTENSIVE,
                        weight="population",
                        time=Time.STOCK,
                    ),
                    Measure("sales", "Sales", "AAM", prices=Prices.CURRENT),
                    Measure(
                        "exchange-rate", "Rate", "AAM/USD", kind=Kind.INTENSIVE, weight="population"
                    ),
                ],
                sources=[Source("survey", "Survey")],
                observations=observations,
                reference_year=2020,
            )
        ]


@pytest.fixture
def options():
    return {
        "registry": Registry({"world": World()}),
        "year": 2020,
        "peers": None,
        "missing": "partial",
    }


@pytest.mark.parametrize("indicator", [JOBS, RATE])
@pytest.mark.parametrize("many", [False, True])
def test_a_member_that_enters_with_some_quarters_is_covered(options, indicator, many):
    region = ["A-1", "B-1"]
    if many:
        pytest.importorskip("numpy")
        memberships = bajio.Memberships.of([region], registry=options["registry"])
        covered = bajio.evaluate_many(memberships, indicator, **options)[indicator.code].coverage
        found = covered.members[0], covered.weight[0], covered.periods[0]
    else:
        covered = bajio.evaluate(region, indicator, **options).coverage
        found = covered.members, covered.weight, covered.periods

    assert tuple(map(float, found[:2])) == (0.5, 0.73)
    assert bajio.evaluate(region, indicator, threshold=0.73, **options).exact
    with pytest.raises(BajioError, match="threshold"):
        bajio.evaluate(region, indicator, threshold=0.74, **options)


def test_a_member_whose_country_has_no_rate_is_not_covered(options):
    covered = bajio.evaluate(["A-1", "B-1"], SALES, **options).coverage

    assert (covered.members, covered.weight) == (Fraction(1, 2), Fraction(73, 100))
