"""The algebra of regions: that of sets, in every year."""

import operator

import pytest
from hypothesis import given, strategies as st

from bajio.errors import InvalidValue
from bajio.facts.regions import Membership, Region

YEARS = range(2000, 2011)
OPERATIONS = [operator.or_, operator.and_, operator.sub, operator.xor]


@st.composite
def stays(draw):
    area = draw(st.sampled_from("ABCDE"))
    joined = draw(st.none() | st.integers(2001, 2009))
    left = draw(st.none() | st.integers((joined or 2001) + 1, 2010))
    return Membership(area, joined, left)


any_region = st.lists(stays(), max_size=6).map(Region)


@pytest.mark.parametrize("operation", OPERATIONS)
@given(first=any_region, second=any_region)
def test_an_operation_is_that_of_sets_in_every_year(operation, first, second):
    combined = operation(first, second)

    for year in YEARS:
        expected = operation(set(first.at(year)), set(second.at(year)))
        assert set(combined.at(year)) == expected


@given(any_region, any_region, any_region)
def test_union_and_intersection_are_commutative_associative_and_distributive(a, b, c):
    assert a | b == b | a
    assert a & b == b & a
    assert (a | b) | c == a | (b | c)
    assert a & (b | c) == (a & b) | (a & c)


@given(any_region, any_region)
def test_difference_and_intersection_make_the_whole(a, b):
    assert (a - b) | (a & b) == a
    assert a ^ b == (a - b) | (b - a)


@given(st.lists(stays(), max_size=6), st.randoms())
def test_equal_members_and_dates_make_equal_regions(given_stays, chance):
    """Whatever the order, the names, and how a stay is cut into pieces."""
    shuffled = chance.sample(given_stays, len(given_stays))

    one, other = Region(given_stays, code="one"), Region(shuffled, code="other")
    assert one == other
    assert hash(one) == hash(other)


def test_stays_that_touch_are_one():
    cut = Region([Membership("A", 2001, 2005), Membership("A", 2005, None)])

    assert cut == Region([Membership("A", 2001)])


def test_a_stay_that_ends_before_it_begins_is_refused():
    with pytest.raises(InvalidValue, match="joined in 2005 and left in 2003"):
        Membership("A", 2005, 2003)
