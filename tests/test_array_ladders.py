"""Searching by leading bits finds what a binary search finds."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from bajio.engines.array.ladders import Searcher

numbers = st.floats(-1e300, 1e300) | st.floats(1, 4)


@pytest.mark.parametrize("side", ["left", "right"])
@given(st.lists(numbers, max_size=9), st.lists(numbers, min_size=1, max_size=20), st.randoms())
def test_a_table_by_bits_finds_what_a_binary_search_finds(side, sorted_, drawn, chance):
    line = np.sort(np.array(sorted_, dtype=float))
    near = [np.nextafter(one, chance.choice([-np.inf, np.inf])) for one in sorted_]
    values = np.resize(np.array([*drawn, *sorted_, *near]), 600)
    assert (Searcher(line, side).behind(values) == np.searchsorted(line, values, side)).all()
