"""Weights: what is weighed by a negative figure has no meaning, in any engine."""

import math
from fractions import Fraction
from itertools import combinations

import polars as pl
import pytest
from hypothesis import event, given, strategies as st

import bajio
from bajio import (
    Area,
    Indicator,
    Measure,
    Observation,
    Over,
    Region,
    Registry,
    Source,
    Sum,
    Unavailable,
    WeightedMean,
    hookimpl,
)
from bajio.rules import Gini

PRICE = Measure("price", "Price", "1", kind="intensive", time="stock")
FLOW = Measure("flow", "Flow", "person")
HEADS = Measure("heads", "Heads", "person", minimum=0)
MEAN = WeightedMean("price", weight="flow")
NAMES = "ABCD"


class Places:
    """Places with prices and flows, by year."""

    def __init__(self, prices, flows):
        self.figures = {"price": prices, "flow": flows}

    @hookimpl
    def bajio_areas(self):
        return [Area(code, code, "place") for code in NAMES]

    @hookimpl
    def bajio_datasets(self):
        seen = [
            Observation(area, str(2020 - lag), measure, figure)
            for measure, years in self.figures.items()
            for lag, figures in enumerate(years)
            for area, figure in zip(NAMES, figures, strict=False)
        ]
        made = bajio.dataset(
            "own",
            measures=[PRICE, FLOW, HEADS],
            sources=[Source("own", "Own")],
            observations=seen,
            reference_year=2020,
        )
        return [made]


def asked(rule, prices, flows, members=("A", "B"), missing="refuse"):
    registry = Registry({"own": Places(prices, flows)})
    own = Indicator("own", rule, "1", "Own")
    options = {"year": 2020, "peers": None, "registry": registry, "missing": missing}
    return bajio.evaluate(Region(members), own, **options).exact


def test_a_mean_with_a_negative_weight_is_refused_naming_the_member():
    with pytest.raises(Unavailable, match=r"a weight is negative \(min flow, 2020: A\)"):
        asked(MEAN, [[10, 20]], [[-1, 3]])


def test_a_mean_with_weights_of_zero_only_has_no_value():
    with pytest.raises(Unavailable, match=r"divided by is zero \(Σ flow, 2020\)"):
        asked(MEAN, [[10, 20]], [[0, 0]])


def test_one_weight_may_be_zero():
    assert asked(MEAN, [[10, 20]], [[0, 3]]) == 20


def test_a_negative_weight_of_an_earlier_year_is_refused_too():
    with pytest.raises(Unavailable, match=r"negative \(min flow, 2019: B\)"):
        asked(Over(MEAN, years=2), [[10, 20], [10, 20]], [[5, 5], [5, -1]])


@pytest.mark.parametrize(
    ("flows", "why"),
    [([-1, 3], "a weight is negative: A"), ([2, 0], "a weight is zero: B")],
)
def test_a_spread_names_the_member_whose_weight_forbids_it(flows, why):
    with pytest.raises(Unavailable, match=why):
        asked(Gini(WeightedMean("price", weight="flow"), Sum("flow")), [[10, 20]], [flows])


def test_a_spread_of_nothing_says_so():
    with pytest.raises(Unavailable, match="where every value is zero"):
        asked(Gini(WeightedMean("price", weight="flow"), Sum("flow")), [[0, 0]], [[1, 1]])


def test_complete_figures_give_a_point_under_bounds_as_well():
    assert asked(MEAN, [[10, 20]], [[1, 3]], missing="bound") == Fraction(35, 2)


FIGURES = st.lists(st.integers(-3, 20), min_size=4, max_size=4)


@given(FIGURES, FIGURES, st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
def test_all_engines_refuse_what_a_negative_weight_makes(prices, flows, members):
    chosen = [NAMES.index(code) for code in members]
    weights = [flows[at] for at in chosen]
    expected = None
    if min(weights) >= 0 and sum(weights) > 0:
        expected = Fraction(sum(prices[at] * flows[at] for at in chosen), sum(weights))
    event(f"negative {min(weights) < 0}, zero {sum(weights) == 0}")
    registry = Registry({"own": Places([prices], [flows])})
    own = Indicator("own", MEAN, "1", "Own")
    rows = [
        {"area": area, "period": 2020, "price": float(price), "flow": float(flow)}
        for area, price, flow in zip(NAMES, prices, flows, strict=True)
    ]

    try:
        exact = asked(MEAN, [prices], [flows], members)
    except Unavailable:
        exact = None
    bulk = bajio.evaluate_many(
        bajio.Memberships.of([members], registry=registry), own, year=2020, peers=None,
        registry=registry,
    )[own.code]  # fmt: skip
    [row] = bajio.evaluate_table(
        pl.DataFrame(rows),
        own,
        regions=[Region(members, code="some")],
        wide={"price": "price", "flow": "flow"},
        registry=registry,
    ).rows(named=True)

    assert exact == expected
    if expected is None:
        assert math.isnan(bulk.values[0])
        assert bulk.refused[0] == bajio.answers.Refusal.UNDEFINED
        assert row["own"] is None
        negative = any(flow < 0 for name, flow in zip(NAMES, flows, strict=True) if name in members)
        assert row["own_reason"] == ("negative-weight" if negative else "undefined")
    else:
        assert bulk.values[0] == pytest.approx(float(expected), rel=1e-12, abs=1e-12)
        assert row["own"] == pytest.approx(float(expected), rel=1e-12, abs=1e-12)


@given(FIGURES, FIGURES)
def test_a_search_leaves_out_what_has_a_negative_weight(prices, flows):
    registry = Registry({"own": Places([prices], [flows])})
    own = Indicator("own", MEAN, "1", "Own")
    expected = {}
    for size in range(1, 5):
        for chosen in combinations(range(4), size):
            weights = [flows[at] for at in chosen]
            if min(weights) >= 0 and sum(weights) > 0:
                total = sum(prices[at] * flows[at] for at in chosen)
                expected[tuple(NAMES[at] for at in chosen)] = Fraction(total, sum(weights))

    found = bajio.search(near={own: 7}, among=tuple(NAMES), year=2020, registry=registry, best=20)

    assert {one.members: one.figures[0].exact for one in found.results} == expected
    assert [one.distance for one in found.results] == sorted(
        abs(value - 7) / 7 for value in expected.values()
    )
