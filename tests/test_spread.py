"""Spread among members, against the `inequality` package, numpy, and published examples."""

import csv
import math
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from other_libraries import MEXICO, file_of

import bajio
from bajio import Sum, TheilT, Unavailable
from bajio.rules import Atkinson, Gini, Hoover, LogDeviation, Member, Ratio, TheilL, Variation

VALUE, WEIGHT = Sum("gdp") / Sum("population"), Sum("population")
DATA = Path(bajio.__file__).parent / "data" / "observations"
KINDS = ("gini", "theil", "theil-l", "atkinson", "variation", "williamson", "hoover", "max-min")
BY_KIND = {kind: f"{kind}-gdp-per-capita" for kind in KINDS}

# Mexico's 32 states, GDP per head of 1940 to 2000: Theil's T as printed by S. J. Rey and others,
# inequality, documentation of inequality.theil.Theil
PUBLISHED_T = (0.20894344, 0.15222451, 0.10472941, 0.10194725, 0.09560113, 0.10511256, 0.10660832)


def spread(rule, values, weights=None):
    """A spread of values, each with a weight, as a float."""
    weights = weights or [1] * len(values)
    members = [
        Member(f"M{number:02}", [("value", value), ("weight", weight)])
        for number, (value, weight) in enumerate(zip(values, weights, strict=True))
    ]
    return float(rule.of(members))


def close(value):
    return pytest.approx(value, rel=1e-10, abs=1e-13)


@cache
def per_head_of_mexican_states():
    with file_of("libpysal", MEXICO).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


positive = st.lists(st.integers(1, 10**6), min_size=1, max_size=12)


@st.composite
def weighed(draw):
    values = draw(positive)
    weights = draw(st.lists(st.integers(1, 9), min_size=len(values), max_size=len(values)))
    return values, weights, np.repeat(np.array(values, dtype=float), weights)


@pytest.mark.parametrize(
    ("year", "published"), [*zip(range(1940, 2001, 10), PUBLISHED_T, strict=True)]
)
def test_theil_of_mexican_states_is_as_published(year, published):
    values = [Fraction(row[f"pcgdp{year}"]) for row in per_head_of_mexican_states()]
    assert round(spread(TheilT(VALUE), values), 8) == published


@pytest.mark.parametrize(("epsilon", "published"), [("0.5", 0.06315), (1, 0.13161)])
def test_atkinson_is_as_published(epsilon, published):
    """Documentation of inequality.atkinson."""
    rule = Atkinson(VALUE, epsilon=epsilon)
    assert round(spread(rule, [10, 20, 30, 40, 50]), 5) == published


def test_gini_hoover_and_variation_of_a_worked_example():
    """One to five: Σᵢⱼ|xᵢ − xⱼ| = 40, so that Gini = 40 ÷ (2 · 25 · 3); variance 2, mean 3."""
    members = [Member(str(x), [("value", x), ("weight", 1)]) for x in range(1, 6)]
    assert Gini(VALUE).of(members) == Fraction(4, 15)
    assert Hoover(VALUE).of(members) == Fraction(1, 5)
    assert float(Variation(VALUE).of(members)) == close(math.sqrt(2) / 3)
    assert Ratio(VALUE).of(members) == 5


@given(weighed())
def test_spreads_are_those_of_the_inequality_package(drawn):
    """A weight is as many copies: what the package works out without weights is the same."""
    from inequality.atkinson import atkinson
    from inequality.gini import Gini as TheirGini
    from inequality.schutz import Schutz
    from inequality.theil import Theil

    values, weights, copies = drawn
    assert spread(Gini(VALUE, WEIGHT), values, weights) == close(TheirGini(copies).g)
    assert spread(TheilT(VALUE, WEIGHT), values, weights) == pytest.approx(
        float(Theil(copies).T), rel=1e-10, abs=1e-12
    )
    for epsilon in (1, "0.5", 2):
        theirs = atkinson(copies, float(Fraction(epsilon)))
        own = spread(Atkinson(VALUE, WEIGHT, epsilon=epsilon), values, weights)
        assert own == pytest.approx(float(theirs), rel=1e-10, abs=1e-12)
    distance = Schutz(pd.DataFrame({"y": copies}), "y").distance
    assert spread(Hoover(VALUE, WEIGHT), values, weights) == close(max(distance, 0))


@given(weighed())
def test_spreads_are_those_of_numpy(drawn):
    values, weights, copies = drawn
    mean, logs = copies.mean(), np.log(copies)
    assert spread(TheilL(VALUE, WEIGHT), values, weights) == pytest.approx(
        float(np.log(mean) - logs.mean()), rel=1e-10, abs=1e-12
    )
    assert spread(Variation(VALUE, WEIGHT), values, weights) == close(copies.std() / mean)
    assert spread(LogDeviation(VALUE, WEIGHT), values, weights) == pytest.approx(
        float(logs.std()), rel=1e-10, abs=1e-12
    )
    assert spread(Ratio(VALUE, WEIGHT), values, weights) == close(copies.max() / copies.min())


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (TheilT(VALUE), math.log(2)),
        (Gini(VALUE), 0.5),
        (Atkinson(VALUE), 1),
        (Atkinson(VALUE, epsilon=2), 1),
        (Atkinson(VALUE, epsilon="0.5"), 0.5),
        (Hoover(VALUE), 0.5),
        (Variation(VALUE), 1),
    ],
)
def test_a_zero_counts_where_the_measure_has_a_value(rule, expected):
    assert spread(rule, [0, 10]) == close(expected)


@pytest.mark.parametrize("kind", [TheilL, LogDeviation, Ratio])
def test_a_zero_is_refused_by_what_divides_by_it_or_takes_its_logarithm(kind):
    with pytest.raises(Unavailable, match="no meaning where a value is zero: M00"):
        spread(kind(VALUE), [0, 10])


@pytest.mark.parametrize(
    "kind", [Gini, TheilT, TheilL, Atkinson, Variation, Hoover, LogDeviation, Ratio]
)
def test_a_negative_value_is_refused_and_named(kind):
    with pytest.raises(Unavailable, match="no meaning where a value is negative: M01"):
        spread(kind(VALUE), [10, -1])


@pytest.mark.parametrize("values", [[0, 0], [0]])
def test_nothing_to_spread_is_refused(values):
    with pytest.raises(Unavailable, match="where every value is zero"):
        spread(Gini(VALUE), values)


def table_of(name, year):
    frame = pd.read_csv(DATA / f"{name}.csv", dtype={"period": str})
    return frame[frame["period"] == str(year)].set_index("area")["value"].astype(float)


def by_hand(gdp, people):
    """The eight spreads, straight from their definitions, in floats."""
    head, share = gdp / people, people / people.sum()
    mean = gdp.sum() / people.sum()
    ratio = head / mean
    apart = abs(head.to_numpy()[:, None] - head.to_numpy()[None, :])
    pairs = share.to_numpy()[:, None] * share.to_numpy()[None, :]
    return {
        "gini": (apart * pairs).sum() / (2 * mean),
        "theil": (share * ratio * np.log(ratio)).sum(),
        "theil-l": -(share * np.log(ratio)).sum(),
        "atkinson": 1 - np.exp((share * np.log(ratio)).sum()),
        "variation": head.std(ddof=0) / head.mean(),
        "williamson": np.sqrt((share * (ratio - 1) ** 2).sum()),
        "hoover": abs(gdp / gdp.sum() - share).sum() / 2,
        "max-min": head.max() / head.min(),
    }


@pytest.mark.parametrize("region", ["bajio", "sur-sureste", "mexican-states"])
def test_spreads_of_regions_of_mexico_are_those_of_the_published_tables(region):
    members = list(bajio.region(region).members)
    gdp = table_of("gdp-inegi-pibe-2024", 2018)[members]
    people = table_of("population-conapo-2023", 2018)[members]

    expected = by_hand(gdp, people)
    found = {
        kind: bajio.evaluate(region, code, year=2018, peers=None).value
        for kind, code in BY_KIND.items()
    }
    assert found == close(expected)


def test_spreads_of_countries_are_in_one_currency():
    members = ["CHL", "COL", "MEX", "PER"]
    gdp = table_of("gdp-world-bank-2026-07", 2018)[members]
    people = table_of("population-world-bank-2026-07", 2018)[members]

    expected = by_hand(gdp, people)
    for kind, code in BY_KIND.items():
        found = bajio.evaluate("pacific-alliance", code, year=2018, peers=None)
        assert found.value == close(expected[kind])
        assert str(found.unit) == "1"


@pytest.mark.parametrize("kind", KINDS)
def test_money_does_not_matter_within_a_country(kind):
    indicator = bajio.list_indicators()[BY_KIND[kind]]
    rule = type(indicator.rule)(Sum("gdp") / Sum("population"), indicator.rule.weight)
    in_pesos = bajio.Indicator("in-pesos", rule, "1", "In pesos")

    pesos, dollars = (
        bajio.evaluate("bajio", one, year=2018, peers=None) for one in (in_pesos, indicator)
    )
    assert pesos.exact == dollars.exact


@pytest.mark.parametrize("kind", KINDS)
def test_one_area_has_no_spread_and_is_no_peer(kind):
    alone = bajio.evaluate("MX-AGU", BY_KIND[kind], year=2018, peers="mexican-regions")
    assert alone.exact == (1 if kind == "max-min" else 0)
    assert str(alone.rank) == "1 of 10"
    among_states = bajio.evaluate("bajio", BY_KIND[kind], year=2018, peers="mexican-states")
    assert among_states.rank is None
    assert "differences among members" in among_states.rank_reason


def test_what_is_missing_is_named():
    with pytest.raises(Unavailable, match=r"no 'gdp' for MX-AGU.* in 1995"):
        bajio.evaluate("bajio", "gini-gdp-per-capita", year=1995)
    with pytest.raises(Unavailable, match=r"'gdp'.*for PRK"):
        bajio.evaluate("PRK", "gini-gdp-per-capita", year=2018)


def test_indicators_of_other_places_rank_areas_too():
    """The share of the country that a state is, and how its structure differs."""
    share = bajio.Indicator("share", bajio.Share(Sum("gdp")), "1", "Share", better="higher")
    rank = bajio.rank("MX-JAL", share, year=2018, peers="mexican-states")
    gdp = table_of("gdp-inegi-pibe-2024", 2018).drop("MEX")
    assert (rank.position, rank.of) == (int((gdp > gdp["MX-JAL"]).sum()) + 1, 32)
    assert bajio.rank("bajio", "krugman", year=2018, peers="mexican-states").of == 29
