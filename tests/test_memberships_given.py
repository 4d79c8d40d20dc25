"""What memberships are made of: taken as it was, whatever becomes of it, or refused."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import bajio
from bajio import Memberships
from bajio.errors import BajioError, InvalidValue

CODES = ["MX-AGU", "MX-GUA", "MX-QUE"]


def members(memberships):
    return [memberships.members(row) for row in range(len(memberships))]


def test_arrays_are_copied_as_they_were_checked():
    matrix = np.array([[True, False, False], [True, True, False]])
    positions = np.array([[0, 1], [1, 2]])
    rows, codes = [np.array([0]), np.array([1, 2])], list(CODES)
    several = [
        (Memberships.from_matrix(codes, matrix), [("MX-AGU",), ("MX-AGU", "MX-GUA")]),
        (Memberships.from_indices(codes, positions), [("MX-AGU", "MX-GUA"), ("MX-GUA", "MX-QUE")]),
        (Memberships.from_indices(codes, rows), [("MX-AGU",), ("MX-GUA", "MX-QUE")]),
        (Memberships.from_indices(codes, rows[:1]), [("MX-AGU",)]),
        (Memberships.combinations(codes, 3), [tuple(CODES)]),
    ]
    matrix[:], positions[:], rows[0][:], rows[1][:] = True, 0, 1, 1
    codes[:] = ["MEX"] * 3
    for memberships, expected in several:
        assert members(memberships) == expected
    every = bajio.evaluate_many(several[1][0], "population", year=2018, peers=None)
    people = every["population"].values
    alone = [bajio.evaluate(one, "population", year=2018, peers=None) for one in several[1][1]]
    assert people.tolist() == [one.value for one in alone]


def test_whole_numbers_of_any_library_are_sizes():
    assert members(Memberships.combinations(CODES, np.int64(3))) == [tuple(CODES)]
    for size in (True, 1.0, "1", None, 0, 4):
        with pytest.raises(InvalidValue, match="alliances of"):
            Memberships.combinations(CODES, size)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-2, 5) | st.just(10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner),
    max_leaves=6,
)


@given(ANYTHING)
def test_anything_else_is_refused_in_one_line(anything):
    for make in (Memberships.from_matrix, Memberships.from_indices):
        try:
            found = members(make(CODES, anything))
        except BajioError as error:
            said, found = str(error), []
        else:
            said = "made"
        assert len(said.splitlines()) == 1
        assert len(said) < 400
        assert all(len(set(one)) == len(one) > 0 for one in found)
