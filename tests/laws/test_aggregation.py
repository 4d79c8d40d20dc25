"""The laws of aggregation, over generated worlds, regions and rules."""

import operator
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

from bajio.engines import exact
from bajio.engines.exact import State, fold, identity, lift, merge
from bajio.errors import Unavailable
from bajio.facts.regions import Region
from bajio.rules.algebra import Constant, Operation, Ref, RelativeChange
from bajio.rules.nodes import Growth, Mean, Share, Sum, WeightedMean
from bajio.testing.strategies import (
    NEVER_NEGATIVE,
    linear_rules,
    ratio_rules,
    regions,
    rules,
    sums,
    worlds,
)
from bajio.testing.worlds import HOST, YEAR, World
from bajio.units import ONE, quantity


def states(world, rule, members):
    bound = world.bound(rule, members)
    lifted = [lift(bound, area, YEAR) for area in members]
    assert all(isinstance(state, State) for state in lifted)
    return bound, lifted


@given(st.data(), worlds(), rules(), st.randoms())
def test_permutation_of_members_and_rows_changes_no_bit(data, world, rule, chance):
    """Law 1."""
    members = data.draw(regions(world))
    shuffled = chance.sample(members, len(members))
    rows = world.with_observations(chance.sample(world.observations, len(world.observations)))

    assert world.outcome(rule, members) == world.outcome(rule, shuffled)
    assert world.value(rule, members) == rows.value(rule, shuffled)


@given(st.data(), worlds(), sums() | ratio_rules(), st.randoms())
def test_merging_any_partition_gives_the_whole(data, world, rule, chance):
    """Law 2: states merge associatively and commutatively."""
    members = data.draw(regions(world))
    bound, lifted = states(world, rule, members)
    parts: list[list[State]] = [[] for _ in range(chance.randint(1, 4))]
    for state in lifted:
        chance.choice(parts).append(state)
    chance.shuffle(parts)

    assert fold(bound, [fold(bound, part) for part in parts]) == fold(bound, lifted)


@given(st.data(), worlds(), rules())
def test_a_region_of_regions_is_the_flat_region(data, world, rule):
    """Law 2."""
    first, second = data.draw(regions(world)), data.draw(regions(world))
    union = Region(first) | Region(second)

    assert world.value(rule, union) == world.value(rule, sorted({*first, *second}))


@given(st.data(), worlds(), linear_rules())
def test_values_of_a_partition_add_up(data, world, rule):
    """Law 2, for rules that add."""
    members = data.draw(regions(world, least=2))
    cut = data.draw(st.integers(1, len(members) - 1))
    first, second = members[:cut], members[cut:]

    assert world.value(rule, members) == world.value(rule, first) + world.value(rule, second)


@given(worlds(), sums() | ratio_rules(), st.data())
def test_merging_nothing_changes_nothing(world, rule, data):
    """Law 3."""
    members = data.draw(regions(world))
    bound, (first, *_) = states(world, rule, members)

    assert merge(bound, identity(bound), first) == first
    assert merge(bound, first, identity(bound)) == first


@given(worlds(), st.data())
def test_a_region_of_one_area_is_that_area(world, data):
    """Law 3."""
    code = data.draw(st.sampled_from(NEVER_NEGATIVE))
    part = data.draw(st.sampled_from(world.parts))
    period = "" if code == "land" else str(YEAR)
    own = next(
        seen.value
        for seen in world.observations
        if (seen.area, seen.measure, seen.period) == (part, code, period)
    )

    assert world.value(Sum(code), [part]) == own


@pytest.mark.parametrize(
    ("measure", "unit", "factor"),
    [
        ("land", "ha", Fraction(100)),
        ("land", "mi²", Fraction(1000000) / Fraction("1609.344") ** 2),
        ("people", "thousand·person", Fraction(1, 1000)),
        ("output", "million·USD", Fraction(1, 10**6)),
    ],
)
@given(data=st.data(), world=worlds())
def test_figures_in_other_units_give_the_same_quantity(measure, unit, factor, data, world):
    """Law 4, exactly."""
    members = data.draw(regions(world))
    other = World(world.parts, world.peers, world.observations, ((measure, unit),))
    other = other.scaled({measure: factor})
    rule = Sum(measure) / Sum("people") if measure != "people" else Sum("output") / Sum("people")
    natural = str(world.bound(rule, members).unit)

    assert other.value(rule, members, unit=natural) == world.value(rule, members)


@given(st.data(), worlds(), st.integers(2, 1000) | st.fractions(Fraction(1, 10), 10))
def test_scaling_a_measure_scales_sums_and_leaves_shares_and_growth(data, world, factor):
    """Law 5."""
    code = data.draw(st.sampled_from(NEVER_NEGATIVE))
    members = data.draw(regions(world))
    scaled = world.scaled({code: factor})
    total = Sum(code)

    assert scaled.value(total, members) == factor * world.value(total, members)
    assert scaled.value(Share(total), members) == world.value(Share(total), members)
    growth = Growth(total, nominal=True)
    assert scaled.value(growth, members) == world.value(growth, members)


@given(st.data(), worlds(), st.integers(2, 1000))
def test_a_ratio_scales_as_its_parts_do(data, world, factor):
    """Law 5."""
    members = data.draw(regions(world))
    ratio = Sum("output") / Sum("people")

    above, below = world.scaled({"output": factor}), world.scaled({"people": factor})
    assert above.value(ratio, members) == factor * world.value(ratio, members)
    assert below.value(ratio, members) * factor == world.value(ratio, members)


@given(
    st.data(),
    worlds(),
    st.sampled_from([WeightedMean("quota"), Mean("quota"), Sum("output") / Sum("people")]),
)
def test_a_mean_lies_between_its_members(data, world, rule):
    """Law 6."""
    members = data.draw(regions(world))
    alone = [world.value(rule, [code]) for code in members]

    assert min(alone) <= world.value(rule, members) <= max(alone)


@given(worlds(), st.integers(2, 6))
def test_identical_members_multiply_sums_and_leave_ratios(world, count):
    """Law 7."""
    original = [seen for seen in world.observations if seen.area == world.parts[0]]
    parts = tuple(f"C-{number}" for number in range(count))
    copies = World(parts, (), tuple(evolve(seen, area=code) for code in parts for seen in original))
    one = [parts[0]]

    assert copies.value(Sum("output"), parts) == count * copies.value(Sum("output"), one)
    for rule in (Sum("output") / Sum("land"), WeightedMean("quota"), Growth(Sum("people"))):
        assert copies.value(rule, parts) == copies.value(rule, one)


@given(st.data(), worlds(), linear_rules())
def test_region_and_remainder_make_the_host(data, world, rule):
    """Law 8."""
    members = data.draw(regions(world))
    registry = world.registry()
    assume(len(members) < len(world.parts))
    rest = Region(members).remainder(HOST, registry.areas)

    assert world.value(rule, members) + world.value(rule, rest) == world.value(rule, [HOST])


@given(worlds(), st.sampled_from(NEVER_NEGATIVE), st.randoms())
def test_shares_of_a_partition_of_the_host_add_to_one(world, code, chance):
    """Law 8."""
    cut = chance.randint(1, len(world.parts) - 1)
    parts = chance.sample(world.parts, len(world.parts))
    shares = [world.value(Share(Sum(code)), part) for part in (parts[:cut], parts[cut:])]

    assert sum(shares) == 1


@given(st.data(), worlds(), st.sampled_from(NEVER_NEGATIVE))
def test_adding_a_member_never_lowers_a_sum_of_what_is_not_negative(data, world, code):
    """Law 9."""
    members = data.draw(regions(world))
    more = data.draw(st.sampled_from(world.parts))

    assert world.value(Sum(code), {*members, more}) >= world.value(Sum(code), members)


@given(st.data(), worlds(), rules())
def test_removing_a_needed_figure_is_refused_by_name_and_another_changes_nothing(data, world, rule):
    """Law 11."""
    members = data.draw(regions(world))
    bound = world.bound(rule, members)
    whole = world.value(rule, members)
    gone = data.draw(st.sampled_from([seen for seen in world.observations if seen.area != HOST]))
    without = world.with_observations(seen for seen in world.observations if seen is not gone)
    needed = gone.area in members and any(
        cell.measure == gone.measure and gone.period in {"", str(YEAR - leaf.lag)}
        for leaf in bound.plan.leaves
        for cell in leaf.cells
        if leaf.place == "self"
    )
    if needed:
        with pytest.raises(Unavailable, match=f"{gone.measure}.*{gone.area}"):
            without.value(rule, members)
    else:
        assert without.value(rule, members) == whole


@given(worlds(), rules(), st.data())
def test_the_unit_of_a_rule_is_what_pint_makes_of_its_sums(world, rule, data):
    """Law 12: an independent calculation with pint's own arithmetic."""
    members = data.draw(regions(world))
    bound = world.bound(rule, members)
    folded = fold(bound, states(world, rule, members)[1]) if _is_local(bound) else None
    assume(folded is not None and not any(isinstance(one, tuple) for one in folded.folds))
    values = [
        quantity(float(value), leaf.unit)
        for value, leaf in zip(folded.folds, bound.leaves, strict=True)
    ]
    by_pint = _with_pint(bound.plan.expression, values)

    assert by_pint.check(quantity(1, bound.unit).dimensionality)
    assert by_pint.to(quantity(1, bound.unit).units).magnitude == pytest.approx(
        float(exact.finish(bound, folded)), rel=1e-9, abs=1e-12
    )


def _is_local(bound):
    plan = bound.plan
    return not plan.collects and all(leaf.place == "self" for leaf in plan.leaves)


def _with_pint(expression, values):
    operations = {
        "+": operator.add,
        "−": operator.sub,
        "×": operator.mul,
        "÷": operator.truediv,
    }
    match expression:
        case Ref(leaf):
            return values[leaf]
        case Constant(value):
            return quantity(float(value), ONE)
        case RelativeChange(now, before):
            base = _with_pint(before, values)
            return (_with_pint(now, values) - base) / base
        case Operation(symbol, left, right):
            return operations[symbol](_with_pint(left, values), _with_pint(right, values))
