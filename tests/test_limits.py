"""Both sides of limits: the last that is taken, and the first that is not."""

from fractions import Fraction
from math import inf

import pytest

import bajio
from bajio import Indicator, Measure, Observation, Source, Sum, Unavailable, hookimpl
from bajio.engines.array.blocks import block_of
from bajio.engines.array.scaled import exact_sums
from bajio.engines.calculation import Undefined, within_reach
from bajio.engines.frame.door import _advice
from bajio.registry import built_ins
from bajio.rules.functions import power
from bajio.words.magnitudes import distance
from bajio.words.quantities import end_text


@pytest.mark.parametrize("value", [2**1022, 2**1023 - 1, Fraction(2**1023, 3), Fraction(1, 3)])
def test_what_floats_reach_is_held(value):
    assert within_reach(value) == value
    assert within_reach(-value) == -value


@pytest.mark.parametrize("value", [2**1023, -(2**1023), Fraction(2**1025, 3)])
def test_what_is_beyond_floats_is_refused(value):
    with pytest.raises(Undefined):
        within_reach(value)


@pytest.mark.parametrize("most", [2**61, 2**62 - 1, 2**62, 2**63 - 1, 2**63, 2**64, 2**93])
def test_sums_are_exact_on_both_sides_of_machine_integers(most):
    block = block_of([[0, 1], [0, 2], [1, 2], [3, 3]])

    assert exact_sums([most, 1, -most, most], block) == [most + 1, 0, 1 - most, 2 * most]
    halves = [Fraction(most, 2), Fraction(1, 2), Fraction(-most, 2), most]
    assert exact_sums(halves, block) == [Fraction(most + 1, 2), 0, Fraction(1 - most, 2), 2 * most]


def test_distances_are_told_to_a_tenth_of_a_percent_or_as_a_limit():
    assert distance(Fraction(1, 1000)) == "0.1 %"
    assert distance(Fraction(999, 10**6)) == "< 0.1 %"
    assert distance(Fraction(0)) == "0.0 %"
    assert distance(Fraction(10)) == "1,000.0 %"
    assert distance(Fraction(10) + Fraction(1, 10**6)) == "> 1,000 %"


def test_an_end_that_is_no_number_is_told_as_infinite():
    assert [end_text(end, None, "en") for end in (inf, -inf)] == ["∞", "-∞"]


@pytest.mark.parametrize(
    ("denominator", "exact"), [(10**6, True), (10**6 - 1, True), (10**6 + 1, False)]
)
def test_roots_are_exact_up_to_a_million(denominator, exact):
    root = Fraction(1, denominator)

    assert (power(root**2, Fraction(1, 2)) == root) == exact


def test_the_first_areas_without_figures_are_named_and_the_others_counted():
    names = [f"A{at}" for at in range(1, 12)]
    told = _advice(names, "R")
    listed = [name for name in names if f"'{name}'" in told or f" {name}" in told]

    assert f"and {11 - 1 - len(listed)} more" in told
    assert "more" not in _advice(names[:3], "R")
    assert "nor of" not in _advice(names[:1], "R")


@pytest.mark.parametrize(("year", "found"), [(1899, None), (1900, 1900), (1901, 1901)])
def test_years_with_data_are_looked_for_back_to_1900(year, found):
    heads = Measure("heads", "Heads", "person", time="stock", minimum=0)
    seen = [Observation("MX-AGU", str(year), "heads", 5)]
    data = bajio.dataset("own", measures=[heads], sources=[Source("own", "Own")], observations=seen)

    class Own:
        @hookimpl
        def bajio_datasets(self):
            return [data]

    own = Indicator("heads", Sum("heads"), "person", "Heads")
    asked = {"peers": None, "registry": bajio.Registry({**built_ins(), "own": Own()})}
    if found is None:
        with pytest.raises(Unavailable):
            bajio.evaluate(["MX-AGU"], own, **asked)
    else:
        assert bajio.evaluate(["MX-AGU"], own, **asked).year == found
