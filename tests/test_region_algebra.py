"""Set algebra of regions whose areas lie in one another, and what their newest composition is."""

import copy
import operator

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio.errors import InvalidRegion, UnknownCode
from bajio.facts.areas import Area, Areas
from bajio.facts.regions import Membership, Region
from bajio.registry import Registry

STATES = bajio.region("mexican-states").members
BAJIO = ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")


def area(region):
    return bajio.evaluate(region, "area").exact


def test_a_country_less_some_of_its_states_is_its_other_states():
    rest = bajio.region("MEX") - bajio.region("bajio")

    assert rest.members == tuple(code for code in STATES if code not in BAJIO)
    assert area(rest) == area("mexican-states") - area("bajio")


def test_a_state_less_a_municipality_is_its_other_municipalities():
    parts = Registry.default().areas.children("MX-COL", "municipality")

    assert (bajio.region("MX-COL") - Region(parts[:1])).members == parts[1:]


@pytest.mark.parametrize("made", [bajio.region, Region])
def test_what_regions_of_two_levels_share_is_of_the_lower_one(made):
    mexico, colima = made(["MEX"]), made(["MX-COL"])
    resolved = Registry.default().region

    assert resolved(mexico & colima).members == ("MX-COL",)
    assert "MX-COL" not in resolved(mexico ^ colima)
    assert len(resolved(mexico ^ colima)) == len(STATES) - 1
    with pytest.raises(InvalidRegion, match="empty"):
        resolved(colima - mexico)


def test_codes_alone_are_set_against_one_another_as_soon_as_they_are_asked_about():
    rest = Region(["MEX"], names="Mexico") - Region(["MX-JAL"])

    assert bajio.region(rest).members == tuple(code for code in STATES if code != "MX-JAL")
    assert area(rest) == area("mexican-states") - area("MX-JAL")
    assert "MX-JAL" not in bajio.region(rest.at(2018))
    assert bajio.region(copy.deepcopy(rest)).members == bajio.region(rest).members


def test_a_difference_holds_in_the_years_of_both_sides():
    guest = Region([Membership("MX-COL", 2015, 2019)])
    rest = bajio.region("MEX") - guest

    assert "MX-COL" in rest.at(2014)
    assert "MX-COL" not in rest.at(2018)
    assert "MX-COL" in rest.at(2019)


def test_a_union_of_two_levels_is_still_refused():
    with pytest.raises(InvalidRegion, match=r"MX-COL .* lies in MEX"):
        bajio.region(bajio.region("MEX") | bajio.region("MX-COL"))


def test_parts_of_different_kinds_are_refused():
    areas = Areas(
        [
            Area("XXX", "X"),
            Area("X-1", "One", "state", "XXX"),
            Area("X-B", "Basin", "basin", "XXX"),
        ]
    )
    whole = Region(["XXX"]).known_to(areas, None)

    with pytest.raises(InvalidRegion, match="different kinds"):
        _ = whole - Region(["X-1", "X-B"])


def nested(depth):
    """A country of three states, each of three municipalities, each of three towns."""
    kinds = ["country", "state", "municipality", "town"][: depth + 1]
    found, level = [Area("X", "X")], ["X"]
    for kind in kinds[1:]:
        level = [f"{outer}-{at}" for outer in level for at in range(3)]
        found += [Area(code, code, kind, code.rpartition("-")[0]) for code in level]
    return Areas(found), level


AREAS, TOWNS = nested(3)
CODES = sorted(AREAS)


def towns(members):
    """The towns that lie in some areas, or are they."""
    return {town for town in TOWNS if any((town + "-").startswith(code + "-") for code in members)}


@given(
    st.sets(st.sampled_from(CODES), max_size=4),
    st.sets(st.sampled_from(CODES), max_size=4),
    st.sampled_from([operator.and_, operator.sub, operator.xor]),
    st.booleans(),
)
def test_an_operation_is_that_of_the_sets_of_smallest_parts(first, second, operation, late):
    """Whatever the levels, and whether the areas are known before the operation or after it."""
    one, other = Region(first), Region(second)
    if late:
        found = operation(one, other).known_to(AREAS, None)
    else:
        found = operation(one.known_to(AREAS, None), other)

    assert towns(found.members) == operation(towns(first), towns(second))


@pytest.mark.parametrize(
    ("stays", "today", "members"),
    [
        ([Membership("A", left=2030), Membership("B")], 2025, ("A", "B")),
        ([Membership("A", left=2025), Membership("B")], 2025, ("B",)),
        ([Membership("A", left=2020), Membership("A", 2024), Membership("B")], 2025, ("A", "B")),
        ([Membership("A", left=2020), Membership("A", 2030), Membership("B")], 2025, ("B",)),
        ([Membership("A", 2000, 2010), Membership("B", 2005, 2008)], 2025, ("A",)),
        ([Membership("A", 2000, 2010), Membership("B", 2005, 2010)], None, ("A", "B")),
        ([Membership("A", 2030), Membership("B", 2031)], 2025, ("A",)),
        ([Membership("A", 2000, 2010), Membership("A", 2030)], 2025, ("A",)),
        ([Membership("A", left=2030), Membership("B")], None, ("B",)),
    ],
)
def test_the_newest_members_are_those_of_a_year_that_the_data_give(stays, today, members):
    assert Region(stays).known_to(Areas([]), today).members == members


def test_the_year_of_the_newest_members_is_that_of_the_data():
    leaving = Region([Membership("MX-COL", left=2100), "MX-JAL"])

    assert bajio.region(leaving).members == ("MX-COL", "MX-JAL")
    assert bajio.evaluate(leaving, "area").region.members == ("MX-COL", "MX-JAL")


def test_an_unknown_area_is_refused_whenever_it_was_a_member():
    with pytest.raises(UnknownCode, match="XX-OLD"):
        bajio.region(Region([Membership("XX-OLD", left=2000), "MX-JAL"]))


def test_regions_are_the_same_where_members_and_dates_are_whatever_they_are_called():
    west = Region(["MX-JAL", "MX-COL"], code="west", names="West", today=2020)
    assert west == Region(["MX-COL", "MX-JAL"], code="coast", basis="a law")
    assert hash(west) == hash(Region(["MX-COL", "MX-JAL"]))
    assert len({west, Region(["MX-JAL", "MX-COL"])}) == 1
    assert west != Region(["MX-JAL"], code="west")
    assert west != Region(["MX-JAL", Membership("MX-COL", 2010)], code="west")
    assert west != ("MX-COL", "MX-JAL")
