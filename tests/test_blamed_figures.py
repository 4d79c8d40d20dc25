"""Refusals name the figures to blame, and how many more there are; regions their newest members."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio.engines.calculation import Undefined
from bajio.engines.evaluation import Evaluation
from bajio.engines.exact import lift
from bajio.facts.regions import Membership, Region
from bajio.questions.question import bound_for
from bajio.rules import Lag, Sum


@pytest.mark.parametrize(
    ("blamed", "told"),
    [
        (0, "why"),
        (1, "why (Σ population, 2018)"),
        (3, "why (Σ population, 2018; Σ population, 2017; Σ population, 2016)"),
        (4, "why (Σ population, 2018; Σ population, 2017; Σ population, 2016; 1 more)"),
        (5, "why (Σ population, 2018; Σ population, 2017; Σ population, 2016; 2 more)"),
    ],
)
def test_three_figures_are_blamed_and_the_rest_counted(blamed, told):
    total = Sum("population")
    for lag in range(1, 5):
        total = total + Lag(Sum("population"), lag)
    own = bajio.Indicator("own", total, "person", "Own")
    codes = ("MX-AGU", "MX-GUA")
    bound = bound_for(bajio.Registry.default(), own, codes, bajio.Options(), 2018)
    evaluation = Evaluation(bound, lambda _place, _lag: codes, 2018)
    error = Undefined("why", leaves=tuple(range(blamed)))
    assert evaluation._blamed(error, lift(bound, "MX-AGU", 2018)) == told


years = st.none() | st.integers(2000, 2006)


@st.composite
def stays(draw):
    joined, left = draw(years), draw(years)
    if joined is not None and left is not None and joined >= left:
        left = None
    return Membership(draw(st.sampled_from("ABC")), joined, left)


@given(st.lists(stays(), min_size=1, max_size=5), st.none() | st.integers(1999, 2007))
def test_the_newest_members_are_those_of_the_last_year_that_had_any(drawn, today):
    region = Region(drawn, today=today)

    def in_year(year):
        return tuple(
            sorted(
                {
                    stay.area
                    for stay in drawn
                    if (stay.joined is None or stay.joined <= year)
                    and (stay.left is None or year < stay.left)
                }
            )
        )

    for year in range(1998, 2010):
        assert region.members_in(year) == in_year(year) == region.at(year).members
    now = in_year(2500) if today is None else in_year(today)
    if not now:
        before = [
            year for year in range(1990, today if today is not None else 2500) if in_year(year)
        ]
        after = [year for year in range(today or 0, 2010) if in_year(year)]
        now = in_year(max(before)) if before else in_year(min(after))
    assert region.members == now
    assert region.is_dated == any(
        (stay.joined, stay.left) != (None, None) for stay in region.memberships
    )
    assert region.areas == tuple(sorted({stay.area for stay in drawn}))
    merged = region.memberships
    for first, second in pairwise(merged):
        if first.area == second.area:
            assert first.left is not None
            assert second.joined is not None
            assert first.left < second.joined


@given(
    st.lists(stays(), max_size=4),
    st.lists(stays(), max_size=4),
    st.sampled_from(["|", "&", "-", "^"]),
)
def test_operations_on_regions_are_those_on_sets_in_every_year(first, second, sign):
    of = {
        "|": lambda a, b: a | b,
        "&": lambda a, b: a & b,
        "-": lambda a, b: a - b,
        "^": lambda a, b: a ^ b,
    }[sign]
    found = of(Region(first), Region(second))
    for year in range(1999, 2008):
        mine, theirs = (set(Region(each).members_in(year)) for each in (first, second))
        assert set(found.members_in(year)) == of(mine, theirs)
