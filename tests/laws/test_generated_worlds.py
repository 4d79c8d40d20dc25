"""What is drawn is as wide as it is said to be: each feature of worlds really occurs."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from bajio.testing.features import FEATURES, features
from bajio.testing.strategies import rules
from bajio.testing.wide import wide_regions, wide_worlds
from bajio.testing.worlds import YEAR

DRAWN = 120
FEW = 5


def drawn(strategy, times=DRAWN):
    """Examples of a strategy, always the same."""
    found = []

    @settings(
        max_examples=times,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(one):
        found.append(one)

    draw()
    return found


@pytest.fixture(scope="module")
def counted():
    """How often each feature is there, of a hundred worlds of a few measures."""
    read = ("people", "output", "balance", "quota", "jobs", "fx")
    monthly = shares(drawn(wide_worlds(("people",), months=True), 20))
    return {"months": monthly.get("months", 0), **shares(drawn(wide_worlds(read, own=True), 200))}


def shares(worlds):
    """In how many worlds of a hundred each feature is."""
    found = Counter(name for world in worlds for name in features(world))
    return {name: 100 * times / len(worlds) for name, times in found.items()}


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_is_in_more_than_a_few_worlds_of_a_hundred(counted, feature):
    assert counted.get(feature, 0) >= FEW


@pytest.mark.parametrize("feature", ["holes", "three levels", "a second source", "quarters"])
def test_no_feature_is_in_all_worlds(counted, feature):
    assert counted[feature] <= 100 - FEW


def test_regions_are_empty_of_one_area_dated_and_of_two_countries():
    pairs = drawn(
        wide_worlds(("people",)).flatmap(lambda w: st.tuples(st.just(w), wide_regions(w)))
    )
    kinds = Counter()
    for world, region in pairs:
        known = {area.code: area for area in world.areas}
        countries = {known[code].within or code for code in region.members}
        kinds["empty"] += not region.memberships
        kinds["none today"] += bool(region.memberships) and not region.at(YEAR).members
        kinds["one"] += len(region.members) == 1
        kinds["several"] += len(region.members) > 1
        kinds["two countries"] += len(countries) > 1
        kinds["other then"] += region.at(YEAR).members != region.at(YEAR - 1).members
    rare = {"empty", "none today"}
    often = [100 * times / len(pairs) for name, times in kinds.items() if name not in rare]
    assert min(often) >= FEW, kinds
    assert all(kinds[name] for name in rare), kinds


def test_rules_are_of_every_kind():
    names = Counter()
    for rule in drawn(rules(), 400):
        pending = [rule]
        seen = set()
        while pending:
            one = pending.pop()
            seen.add(type(one).__name__)
            pending += [getattr(one, name) for name in one.children]
        names.update(seen)
    wanted = (
        "Sum Number Arithmetic WeightedMean Mean Minimum Maximum Lag Over Growth Share Convert "
        "Deflate At Absolute Logarithm Entropy Root Across Best Worst Average Gini TheilT TheilL "
        "Atkinson Variation Hoover LogDeviation Ratio"
    )
    assert not [name for name in wanted.split() if not names[name]]
