"""The laws of missing data: refused, marked, or bounded, never silent."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st

from bajio.engines.outcome import Missing
from bajio.errors import Unavailable
from bajio.indicator import Indicator
from bajio.questions.single import evaluate
from bajio.rules.nodes import Sum
from bajio.testing.strategies import ratio_rules, regions, sums, worlds
from bajio.testing.worlds import YEAR

PEOPLE = Indicator("people", Sum("people"), "person", "People")
DENSITY = Indicator("density", Sum("people") / Sum("land"), "person/km²", "Density")


def holed(data, world, codes=("people",)):
    """A world that lacks some parts' figures of some measures, and the parts."""
    gone = data.draw(st.sets(st.sampled_from(world.parts), min_size=1))
    kept = [
        seen for seen in world.observations if not (seen.area in gone and seen.measure in codes)
    ]
    return world.with_observations(kept), gone


@given(st.data(), worlds(holes=True), sums() | ratio_rules())
def test_partial_is_the_value_of_the_members_that_have_all_figures(data, world, rule):
    """Numerator and denominator are summed over the same members."""
    members = data.draw(regions(world))
    complete = [code for code in members if _answers(world, rule, code)]
    assume(complete)

    found = world.outcome(rule, members, missing=Missing.PARTIAL)
    assert found.low == world.value(rule, complete)
    assert found.coverage.members == Fraction(len(complete), len(members))
    assert {gap.area for gap in found.coverage.missing} == set(members) - set(complete)


def _answers(world, rule, code):
    try:
        world.value(rule, [code])
    except Unavailable:
        return False
    return True


@given(st.data(), worlds(holes=True), sums() | ratio_rules())
def test_a_refusal_names_every_member_that_lacks_a_figure(data, world, rule):
    members = data.draw(regions(world))
    assume(any(_answers(world, rule, code) for code in members))
    alone = world.outcome(rule, members, missing=Missing.PARTIAL)
    lacking = {gap.area for gap in alone.coverage.missing}
    if not lacking:
        assert world.outcome(rule, members).coverage.complete
        return
    with pytest.raises(Unavailable) as refusal:
        world.outcome(rule, members)
    assert all(code in refusal.value.reason for code in lacking)


@given(st.data(), worlds(), st.sampled_from([PEOPLE, DENSITY]))
def test_bounds_hold_the_true_value(data, world, indicator):
    without, gone = holed(data, world)
    members = data.draw(regions(world))
    options = {"year": YEAR, "peers": None, "missing": "bound"}
    truth = world.value(indicator.rule, members)
    registry = without.registry(indicator)
    found = evaluate(members, indicator, registry=registry, **options)

    assert found.low <= truth <= found.high
    assert (found.coverage.members == 1) == (not gone & set(members))
    if not gone & set(members) or gone <= set(members):
        assert found.low == found.high == truth


@given(worlds())
def test_no_bounds_for_what_can_be_negative(world):
    kept = [
        seen
        for seen in world.observations
        if not (seen.area == world.parts[0] and seen.measure == "balance")
    ]
    balance = Indicator("balance", Sum("balance"), "USD", "Balance")
    registry = world.with_observations(kept).registry(balance)

    with pytest.raises(Unavailable, match="can be negative"):
        evaluate(world.parts, "balance", registry=registry, year=YEAR, peers=None, missing="bound")


@given(st.data(), worlds())
def test_a_threshold_refuses_what_covers_less(data, world):
    without, gone = holed(data, world)
    assume(gone != set(world.parts))
    share = Fraction(len(world.parts) - len(gone), len(world.parts))
    registry = without.registry(PEOPLE)
    options = {"registry": registry, "year": YEAR, "peers": None, "missing": "partial"}

    assert evaluate(world.parts, "people", threshold=share, **options).coverage.members == share
    with pytest.raises(Unavailable, match="less than the threshold"):
        evaluate(world.parts, "people", threshold=share + Fraction(1, 1000), **options)
