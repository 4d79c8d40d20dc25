"""What is near to what a region has: against econcomplex, numpy, and the published table."""

from fractions import Fraction
from functools import cache
from pathlib import Path

import econcomplex
import numpy as np
import pandas as pd
import pytest
from drawn import examples
from hypothesis import given, strategies as st

import bajio
from bajio import BajioError, Observation, Source
from bajio.answers import relatedness
from bajio.questions.activity_space import ActivitySpace
from bajio.registry import Registry

DATA = Path(bajio.__file__).parent / "data" / "observations"
STATES = tuple(bajio.region("mexican-states").members)
LEAVES = Registry.default().dataset.classification("gva", "activity").level("leaves")
YEAR = 2018


@cache
def value_added():
    """Value added by activity, a row an area, from the published table."""
    frame = pd.read_csv(DATA / "gva-inegi-pibe-2024.csv", dtype={"period": str, "activity": str})
    frame = frame[(frame["period"] == str(YEAR)) & frame["activity"].isin(LEAVES)]
    return frame.pivot_table(index="area", columns="activity", values="value").astype(float)


@cache
def near_in_2018(region):
    return relatedness(region, top=35, year=YEAR)


def presence(region, activities=LEAVES):
    """Which place has which activity: the region in the place of its members, and other states."""
    table = value_added()[list(activities)]
    members = list(bajio.region(region).members)
    rows = table.drop(index=[*members, "MEX"])
    rows.loc[region] = table.loc[members].sum()
    shares, usual = rows.div(rows.sum(axis=1), axis=0), table.loc["MEX"] / table.loc["MEX"].sum()
    return (shares / usual >= 1).astype(float)


@pytest.mark.parametrize("region", ["bajio", "sur-sureste"])
def test_what_is_near_is_what_econcomplex_makes_of_the_published_table(region):
    table = presence(region)
    index, _ = econcomplex.eci_pci(table, use_rca=False, threshold=0.5)
    density = econcomplex.relatedness_density(table, use_rca=False, threshold=0.5).loc[region] / 100
    own = table.loc[region]

    near = near_in_2018(region)
    assert set(near.held) == set(own[own == 1].index)
    assert {row.activity: float(row.density) for row in near.rows} == pytest.approx(
        density[own == 0].to_dict()
    )
    assert near.complexities == pytest.approx(index.to_dict())
    assert near.complexity == near.complexities[region]
    assert near.position == 1 + (index > index[region]).sum()
    for row in near.rows:
        assert row.quotient.exact < 1
        best = max(
            (table[row.activity] * table[key]).sum()
            / max(table[row.activity].sum(), table[key].sum())
            for key in near.held
        )
        assert float(row.proximity) == pytest.approx(best)


def test_the_places_are_the_other_states_and_the_region():
    near = near_in_2018("bajio")
    members = set(bajio.region("bajio").members)
    assert set(near.complexities) == {*STATES, "bajio"} - members
    assert [row.density for row in near.rows] == sorted(
        (row.density for row in near.rows), reverse=True
    )
    assert relatedness("bajio", year=YEAR, top=2).rows == near.rows[:2]


def test_a_level_has_the_activities_below_one():
    activities = Registry.default().dataset.classification("gva", "activity").level("31-33")
    table = presence("bajio", activities)
    own = table.loc["bajio"]
    near = relatedness("bajio", top=35, year=YEAR, level="31-33")
    assert {*near.held, *(row.activity for row in near.rows)} <= set(activities)
    assert set(near.held) == set(own[own == 1].index)


MANUFACTURES = Registry.default().dataset.classification("gva", "activity").level("31-33")


def own_table(year, areas, figures):
    """Value added of some areas in a year, of the parts of manufacturing."""
    return bajio.dataset(
        "own",
        measures=[Registry.default().dataset.measures["gva"]],
        sources=[Source("own", "Own")],
        observations=[
            Observation(area, year, "gva", figures(area, key), where=(key,))
            for area in areas
            for key in MANUFACTURES
        ],
    )


@pytest.mark.slow
def test_figures_of_ones_own_are_near_in_the_same_way():
    table = value_added()
    data = own_table(YEAR, STATES, lambda area, key: int(table.loc[area, key]))
    with_data = relatedness("bajio", data, year=YEAR, level="31-33")
    bundled = relatedness("bajio", year=YEAR, level="31-33")
    assert with_data.complexities == bundled.complexities
    for row, same in zip(with_data.rows, bundled.rows, strict=True):
        assert (row.activity, row.density, row.proximity) == (
            same.activity,
            same.density,
            same.proximity,
        )


def test_all_places_are_asked_about_the_same_year():
    areas = [area for area in (*STATES, "MEX") if area != "MX-SON"]
    data = own_table(2025, areas, lambda area, key: 1 + len(area) % 2 + len(key) % 3)
    with pytest.raises(bajio.Unavailable, match=r"all places have: .*MX-SON"):
        relatedness("bajio", data, level="31-33")


PLACES = "ABCDEFG"
ACTIVITIES = "tuvwxyz"
HELD = st.fixed_dictionaries(
    {place: st.frozensets(st.sampled_from(ACTIVITIES), min_size=1) for place in PLACES}
)


@examples(30)
@given(HELD)
def test_laws_of_an_activity_space(held):
    space = ActivitySpace(held)
    for one in space.places:
        assert space.proximity(one, one) == 1
        for other in space.places:
            assert 0 <= space.proximity(one, other) == space.proximity(other, one) <= 1
        for place in PLACES:
            assert 0 <= space.density(place, one) <= 1
    everything = ActivitySpace({**held, "A": frozenset(space.places)})
    assert {everything.density("A", one) for one in space.places} <= {0, 1}


@examples(30)
@given(HELD)
def test_complexity_is_an_eigenvector_by_numpy(held):
    """Of the matrix that is not symmetric, which is not what it is worked out from."""
    space = ActivitySpace(held)
    matrix = np.array([[float(key in held[place]) for key in space.places] for place in PLACES])
    forth = matrix / matrix.sum(axis=1, keepdims=True)
    back = (matrix / matrix.sum(axis=0)).T
    roots = np.sort(np.linalg.eigvals(forth @ back).real)[::-1]
    if not space.complexities:
        assert roots[1] - roots[2] < 1e-6 or roots[1] < 1e-6
        return
    scores = np.array([space.complexities[place] for place in PLACES])
    if roots[1] - roots[2] > 1e-6:
        centred = forth @ back @ scores
        moved = (centred - centred.mean()) / centred.std()
        assert moved == pytest.approx(scores, abs=1e-5)
    assert scores.mean() == pytest.approx(0, abs=1e-9)
    assert (scores * matrix.sum(axis=1)).sum() >= -1e-6


def test_a_nested_space_by_hand():
    """Of three places each of which has all that the next has: the broadest is most complex."""
    space = ActivitySpace({"A": {"x", "y", "z"}, "B": {"y", "z"}, "C": {"z"}})
    assert space.proximity("x", "y") == Fraction(1, 2)
    assert space.proximity("x", "z") == Fraction(1, 3)
    assert space.proximity("y", "z") == Fraction(2, 3)
    assert space.density("B", "x") == 1
    assert space.density("C", "y") == Fraction(2, 3) / (Fraction(1, 2) + Fraction(2, 3))
    assert sorted(space.complexities, key=space.complexities.get) == ["C", "B", "A"]
    assert sorted(space.activity_complexities, key=space.activity_complexities.get) == [*"zyx"]
    assert ActivitySpace({"A": {"x"}, "B": {"y"}, "C": {"z"}}).complexities == {}


@pytest.mark.parametrize(
    ("region", "options", "told"),
    [
        ("FRA", {}, "France lies in no single country"),
        ("bajio", {"top": 0}, "the top 0: give a whole number from 1 on"),
        ("bajio", {"against": "MX-NLE"}, "leave against out"),
        ("mexican-states", {}, "beside mexican-states there are 0"),
    ],
)
def test_what_cannot_be_said_is_refused(region, options, told):
    with pytest.raises(BajioError) as refused:
        relatedness(region, year=YEAR, **options)
    assert told in str(refused.value)
