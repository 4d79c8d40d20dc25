"""Custom rules read what a rule can name: dimensions, other years, intensive measures."""

from fractions import Fraction

import bajio
from bajio import Indicator, Mean, Measure, Observation, Source, Sum, WeightedMean
from bajio.registry import built_ins
from bajio.rules import Custom, Lag

RATE = Measure("rate", "Rate", "1", kind="intensive", time="stock", dimensions=("sex",))
SEEN = [
    Observation(area, year, "rate", value, where=(sex,))
    for area, year, sex, value in (
        ("MX-JAL", 2017, "f", 2),
        ("MX-JAL", 2018, "f", 5),
        ("MX-JAL", 2018, "m", 4),
        ("MX-COL", 2017, "f", 1),
        ("MX-COL", 2018, "f", 7),
        ("MX-COL", 2018, "m", 3),
    )
]


class Mine:
    @bajio.hookimpl
    def bajio_datasets(self):
        source = Source("survey", "Survey")
        return [bajio.dataset("mine", measures=[RATE], sources=[source], observations=SEEN)]


REGISTRY = bajio.Registry({**built_ins(), "mine": Mine()})


def value(function, needs):
    indicator = Indicator("mine", Custom(function, needs), "1", "Mine")
    return bajio.evaluate("MX-JAL+MX-COL", indicator, year=2018, registry=REGISTRY, peers=None)


def test_a_need_can_be_an_intensive_figure_under_dimensions():
    found = value(
        lambda members: max(one["f"] - one["m"] for one in members),
        {sex: Mean("rate", {"sex": sex}) for sex in ("f", "m")},
    )
    assert found.exact == 4


def test_a_need_can_be_an_intensive_figure_of_another_year():
    women = Mean("rate", {"sex": "f"})
    found = value(
        lambda members: sum(one["now"] - one["before"] for one in members),
        {"now": women, "before": Lag(women)},
    )
    assert found.exact == 9


def test_a_weighted_mean_of_one_member_is_its_own_figure():
    weighted = WeightedMean("rate", weight="population", where={"sex": "m"})
    found = value(
        lambda members: sum(one["rate"] for one in members) * Fraction(1, 2),
        {"rate": weighted, "people": Sum("population")},
    )
    assert found.exact == Fraction(7, 2)
