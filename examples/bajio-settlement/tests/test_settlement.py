"""Figures that anyone can check against CONAPO's tables; the laws are run beside them."""

from fractions import Fraction

import pytest

import bajio

# people at mid-year 2018, by CONAPO
LEON, QUERETARO, AGUASCALIENTES, SAN_LUIS = 1_698_647, 1_010_613, 942_222, 897_324


def test_the_largest_municipality_of_the_bajio_is_leon():
    found = bajio.evaluate("bajio", "largest-municipality", year=2018)
    assert found.exact == LEON


def test_primacy_takes_the_four_largest_of_all_members():
    found = bajio.evaluate("bajio", "primacy", year=2018)
    assert found.exact == Fraction(LEON, QUERETARO + AGUASCALIENTES + SAN_LUIS)


@pytest.mark.parametrize("code", ["northern-border", "southern-border"])
def test_a_border_region_is_ranked_among_the_states_of_the_other_border(code):
    found = bajio.rank(code, "large-municipality-share", year=2020, peers="border-states")
    others = len(bajio.list_peer_groups()["border-states"].memberships) - len(bajio.region(code))
    assert found.of == others + 1
