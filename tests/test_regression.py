"""Regressions over members, against certified values, scipy, and what must hold of them."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import assume, given, strategies as st
from other_libraries import MEXICO, file_of

from bajio import Sum, Unavailable
from bajio.rules import Elasticity, ElasticityError, HalfLife, Lag, Member
from bajio.rules.algebra import OwnFigure
from bajio.rules.exact_domain import ExactMembers
from bajio.rules.functions import exponential
from bajio.rules.notation import from_data, to_data
from bajio.rules.regression import fitted

# National Institute of Standards and Technology, Statistical Reference Datasets, Norris:
# pairs of y and x, and the certified slope with its standard deviation.
NORRIS = """
0.1 0.2  338.8 337.4  118.1 118.2  888.0 884.6  9.2 10.1  228.1 226.5  668.5 666.3  998.5 996.3
449.1 448.6  778.9 777.0  559.2 558.2  0.3 0.4  0.1 0.6  778.1 775.5  668.8 666.9  339.3 338.0
448.9 447.5  10.8 11.6  557.7 556.0  228.3 228.1  998.0 995.8  888.8 887.6  119.6 120.2  0.3 0.3
0.6 0.3  557.6 556.8  339.3 339.1  888.0 887.2  998.5 999.0  778.9 779.0  10.2 11.1  117.6 118.3
228.9 229.2  668.4 669.1  449.2 448.9  0.2 0.5
"""
NORRIS_SLOPE, NORRIS_ERROR = 1.00211681802045, 0.429796848199937e-3

RULES = (Sum("gdp") / Lag(Sum("gdp"), 10), Lag(Sum("gdp"), 10))
KINDS = (Elasticity, ElasticityError, HalfLife)
positive = st.fractions(Fraction(1, 1000), 1000, max_denominator=1000)
pairs = st.lists(st.tuples(positive, positive), min_size=3, max_size=8)


def members(points):
    return [
        Member(f"M{number:02}", [("response", y), ("explanatory", x)])
        for number, (x, y) in enumerate(points)
    ]


def of(kind, points):
    return kind(*RULES).of(members(points))


def test_the_line_is_that_of_the_certified_example():
    words = [Fraction(word) for word in NORRIS.split()]
    line = fitted(OwnFigure("x"), OwnFigure("y"))
    domain = ExactMembers({"x": words[1::2], "y": words[::2]}, len(words) // 2)
    assert float(domain.fold(line.slope)) == pytest.approx(NORRIS_SLOPE, rel=1e-14)
    assert float(domain.fold(line.variance)) ** 0.5 == pytest.approx(NORRIS_ERROR, rel=1e-14)


def test_members_of_the_certified_example_in_logarithms_give_the_same():
    words = [Fraction(word) / 100 for word in NORRIS.split()]
    points = [
        (exponential(x), exponential(y)) for x, y in zip(words[1::2], words[::2], strict=True)
    ]
    assert float(of(Elasticity, points)) == pytest.approx(NORRIS_SLOPE, rel=1e-13)
    assert float(of(ElasticityError, points)) == pytest.approx(NORRIS_ERROR, rel=1e-12)


@given(pairs)
def test_slope_and_error_are_those_of_scipy(points):
    from scipy.stats import linregress

    table = pd.DataFrame([(float(x), float(y)) for x, y in points], columns=["x", "y"])
    assume((table.max() > 2 * table.min()).all())
    table = table.apply("log")
    theirs = linregress(table["x"], table["y"])
    assume(theirs.rvalue**2 < 1 - 1e-6)  # nearer to a perfect line, floats lose the residuals
    assert float(of(Elasticity, points)) == pytest.approx(theirs.slope, rel=1e-8, abs=1e-10)
    assert float(of(ElasticityError, points)) == pytest.approx(theirs.stderr, rel=1e-8)


def test_convergence_of_mexico_from_1940_to_2000_is_that_of_scipy():
    """GDP per head of the 32 states, of the files of libpysal."""
    from scipy.stats import linregress

    table = pd.read_csv(file_of("libpysal", MEXICO))
    points = [
        (Fraction(before), Fraction(int(now), int(before)))
        for before, now in zip(table["pcgdp1940"].astype(int), table["pcgdp2000"], strict=True)
    ]
    logs = table[["pcgdp1940", "pcgdp2000"]].apply("log")
    theirs = linregress(logs["pcgdp1940"], logs["pcgdp2000"] - logs["pcgdp1940"])
    assert len(points) == 32
    assert float(of(Elasticity, points)) == pytest.approx(theirs.slope, rel=1e-12)
    assert float(of(ElasticityError, points)) == pytest.approx(theirs.stderr, rel=1e-12)
    assert theirs.slope < 0


@given(pairs, positive, positive)
def test_units_change_no_digit(points, of_x, of_y):
    assume(len({x for x, _ in points}) > 1)
    scaled = [(x * of_x, y * of_y) for x, y in points]
    assert of(Elasticity, scaled) == of(Elasticity, points)
    assert of(ElasticityError, scaled) == of(ElasticityError, points)


@given(st.lists(positive, min_size=3, max_size=6, unique=True), st.sampled_from([-2, -1, 1, 2]))
def test_a_power_law_has_its_power_and_no_error(values, power):
    points = [(x, x**power) for x in values]
    assert float(of(Elasticity, points)) == pytest.approx(power, rel=1e-12)
    assert float(of(ElasticityError, points)) == pytest.approx(0, abs=1e-15)


def test_two_percent_a_year_close_half_of_the_gap_in_35_years():
    """As R. J. Barro and X. Sala-i-Martin say of the states of the USA."""
    left = exponential(Fraction(-2, 100))
    points = [(exponential(k), exponential((left - 1) * k)) for k in range(3)]
    assert float(of(HalfLife, points)) == pytest.approx(34.657359027997, rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([(1, 1), (2, 3)], "needs at least 3 members, and has 2"),
        ([(5, 1), (5, 3), (5, 2)], "all members start from the same value"),
        ([(1, 1), (0, 3), (2, 2)], "not positive: M01 has 0"),
        ([(1, 1), (2, 3), (3, -2)], "not positive: M02 has -2"),
    ],
)
def test_what_has_no_line_is_refused(kind, points, reason):
    with pytest.raises(Unavailable, match=reason):
        of(kind, points)


@pytest.mark.parametrize(("power", "reason"), [(0, "do not converge"), (-1, "pass one another")])
def test_members_that_do_not_near_one_another_have_no_half_life(power, reason):
    with pytest.raises(Unavailable, match=reason):
        of(HalfLife, [(x, Fraction(x) ** power) for x in (1, 2, 4)])


@pytest.mark.parametrize("kind", KINDS)
def test_regressions_can_be_written_and_read_again(kind):
    assert from_data(to_data(kind(*RULES))) == kind(*RULES)
