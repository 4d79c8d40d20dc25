"""Sensitivity: members left out, areas that join, and flip points that are exact."""

import json
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

import bajio
from bajio.cli import main
from bajio.engines.calculation import calculate
from bajio.engines.rational import response
from bajio.errors import BajioError, InvalidValue, Unavailable
from bajio.rules.algebra import Constant, Operation, Operator, Ref, RelativeChange
from bajio.testing.strategies import regions, worlds
from bajio.testing.worlds import YEAR

PEOPLE, LAND, OUTPUT = bajio.Sum("people"), bajio.Sum("land"), bajio.Sum("output")
REAL = bajio.Sum("real-output")
RULES = (
    (PEOPLE, "person"),
    (3 * PEOPLE + 2 * PEOPLE, "person"),
    (OUTPUT / PEOPLE, "USD/person"),
    ((OUTPUT - bajio.Sum("balance")) / OUTPUT, "1"),
    (PEOPLE / LAND, "person/km²"),
    (LAND / (PEOPLE + PEOPLE), "km²/person"),
    (bajio.Growth(REAL), "1"),
    (bajio.Over(OUTPUT, 2) / PEOPLE, "USD/person"),
)


def indicators():
    made = st.tuples(st.sampled_from(RULES), st.sampled_from(["higher", "lower"]))
    return made.map(lambda one: bajio.Indicator("it", *one[0], "It", better=one[1]))


def multiplied(world, members, name, factor):
    """The world in which one sum of a region is a multiple of itself."""
    measure, year = name.removeprefix("Σ ").split(", ")
    moved = lambda seen: (  # noqa: E731
        seen.area in members and seen.measure == measure and seen.period in {"", year}
    )
    return world.with_observations(
        evolve(seen, value=Fraction(seen.value) * factor) if moved(seen) else seen
        for seen in world.observations
    )


def ask(world, indicator, members):
    return bajio.evaluate(
        bajio.Region(members), indicator, registry=world.registry(), peers="others", year=YEAR
    )


@given(st.data())
def test_the_rank_changes_at_a_flip_point_and_not_before(data):
    world = data.draw(worlds(peers=6))
    members, indicator = data.draw(regions(world)), data.draw(indicators())
    try:
        found = bajio.sensitivity(
            bajio.Region(members), indicator, registry=world.registry(), peers="others", year=YEAR
        )
    except Unavailable:
        assume(False)
    base = found.result.rank.position
    for flip in found.flips.inputs:
        if flip.needed is None or not flip.now:
            continue
        at = ask(multiplied(world, members, flip.name, flip.needed / flip.now), indicator, members)
        assert at.exact == flip.target.value
        assert at.rank.position == (flip.target.position if flip.target.up else base)
        half = (flip.now + flip.change / 2) / flip.now
        between = ask(multiplied(world, members, flip.name, half), indicator, members)
        assert between.rank.position == base or not flip.change
        beyond = (flip.needed + flip.change / 10**9) / flip.now
        if not flip.target.up and flip.change and beyond > 0:
            after = ask(multiplied(world, members, flip.name, beyond), indicator, members)
            assert after.rank.position >= flip.target.position > base


@given(st.data())
def test_each_member_leaves_and_each_other_part_joins(data):
    world = data.draw(worlds(peers=3))
    members = data.draw(regions(world))
    registry = world.registry()
    indicator = bajio.Indicator("heads", OUTPUT / PEOPLE, "USD/person", "Heads")
    options = {"registry": registry, "peers": "others", "year": YEAR}
    found = bajio.sensitivity(bajio.Region(members), indicator, **options)

    assert {one.area for one in found.without} == set(members)
    assert {one.area for one in found.joining} == set(world.parts) - set(members)
    for one in (*found.without, *found.joining):
        others = set(members) ^ {one.area}
        if others:
            again = bajio.evaluate(bajio.Region(others), indicator, **options)
            assert one.answer.exact == again.exact
            assert one.change == again.exact - found.result.exact
            assert one.places == found.result.rank.position - again.rank.position
        else:
            assert "no member would be left" in one.answer.reason


def trees():
    leaves = st.integers(0, 2).map(Ref) | st.integers(-3, 3).map(lambda n: Constant(Fraction(n)))

    def grown(inner):
        joined = st.builds(Operation, st.sampled_from(Operator), inner, inner)
        return joined | st.builds(RelativeChange, inner, inner)

    return st.recursive(leaves, grown, max_leaves=6)


@given(trees(), st.lists(st.integers(1, 50), min_size=3, max_size=3), st.integers(-20, 20))
def test_a_response_is_what_the_expression_gives_after_the_change(tree, values, change):
    try:
        calculate(tree, values)
        after = calculate(tree, [values[0] + change, *values[1:]])
    except Unavailable:
        assume(False)
    found = response(tree, values, {0})
    assume(found is not None)
    (a, b), (c, e) = found.above, found.below
    assert (a + b * change) == after * (c + e * change)
    needed = found.needed(after)
    assert needed in {None, change} or b * c == a * e


def test_a_change_across_which_the_divisor_turns_zero_is_none():
    ten_over = Operation(Operator.OVER, Constant(Fraction(10)), Ref(0))
    found = response(ten_over, [5], {0})

    assert found.needed(5) == -3
    assert found.needed(-2) is None
    assert response(Operation(Operator.TIMES, Ref(0), Ref(0)), [5], {0}) is None


def test_the_region_would_have_to_reach_kuwait():
    found = bajio.sensitivity("bajio", "gdp", year=2018)
    up, down = found.flips.value
    kuwait = bajio.evaluate("KWT", "gdp", year=2018).exact
    ukraine = bajio.evaluate("UKR", "gdp", year=2018).exact

    assert (up.target.peers, up.target.position, up.needed) == (("KWT",), 56, kuwait)
    assert (down.target.peers, down.target.position, down.needed) == (("UKR",), 58, ukraine)
    assert found.flips.inputs[0].relative == Fraction(kuwait) / found.result.exact - 1
    assert {one.area for one in found.decisive} >= {"MX-AGU", "MX-GUA", "MX-JAL"}
    assert len(found.joining) == 28


def test_a_share_grows_with_the_host_that_it_is_part_of():
    indicator = bajio.Indicator("part", bajio.Share(bajio.Sum("gdp")), "1", "Part")
    found = bajio.sensitivity("bajio", indicator, year=2018, peers="mexican-regions")
    up = found.flips.inputs[0]
    host = bajio.evaluate("MEX", "gdp-mxn", year=2018).exact

    assert up.target.value == bajio.evaluate(up.target.peers[0], indicator, year=2018).exact
    assert (up.now + up.change) / (host + up.change) == up.target.value


@pytest.mark.parametrize("indicator", ["herfindahl", "krugman"])
def test_what_cannot_be_solved_is_said(indicator):
    found = bajio.sensitivity("bajio", indicator, year=2018, peers="mexican-regions")

    assert found.flips.inputs == ()
    assert len(found.flips.skipped) == 35
    assert {why for _, why in found.flips.skipped} == {
        "the value is neither linear in it nor a ratio"
    }


def test_without_a_rank_there_are_values_and_the_reason():
    found = bajio.sensitivity("bajio", "exports", year=2018, peers=["LIE", "MCO"])

    assert found.flips.value == ()
    assert "has 'exports' for 2018 in USD" in found.result.rank_reason
    assert all(one.change < 0 for one in found.without)
    assert found.decisive == ()


def test_a_partial_region_has_flip_points_of_the_value_alone():
    found = bajio.sensitivity(
        "MX-JAL+MX-COL+CAN", "gdp-growth", year=2023, peers="mexican-regions", missing="partial"
    )
    assert found.flips.inputs == ()
    assert found.flips.skipped == (("every sum", "figures are missing"),)


def test_areas_that_overlap_the_region_cannot_join():
    found = bajio.sensitivity("bajio", "population", joining=["MEX", "01001", "USA"], year=2018)

    reasons = {one.area: getattr(one.answer, "reason", "") for one in found.joining}
    assert "lies in MEX" in reasons["MEX"]
    assert "lies in MX-AGU" in reasons["01001"]


def test_a_table_and_unknown_areas_are_refused():
    with pytest.raises(InvalidValue, match="is a table"):
        bajio.sensitivity("bajio", "activity-shares")
    with pytest.raises(BajioError, match="unknown peer group 'pacific'"):
        bajio.sensitivity("bajio", "gdp", joining="pacific")
    with pytest.raises(Unavailable, match="newest is 2024"):
        bajio.sensitivity("bajio", "gdp", year=2030)


@pytest.mark.parametrize("output_format", ["table", "markdown", "csv", "json"])
def test_the_command_writes_every_format(capsys, output_format):
    assert main(["sensitivity", "bajio", "gdp", "--year", "2018", "--format", output_format]) == 0
    text = capsys.readouterr().out

    assert "Kuwait" in text or "KWT" in text
    if output_format == "json":
        data = json.loads(text)
        assert data["flips"]["value"][0]["position"] == 56
        assert [one["places"] for one in data["without"]] == [-2, -12, -4, -3]
    if output_format == "table":
        assert "at least 138.6 billion USD" in text


def test_regions_without_a_host_say_who_could_join():
    alone = bajio.sensitivity("central-america", "gdp", year=2018)
    among = bajio.sensitivity("central-america", "gdp", year=2018, joining="pacific-alliance")

    assert alone.joining == ()
    assert [one.area for one in among.joining] == ["CHL", "COL", "MEX", "PER"]


def test_flips_of_growth_are_where_the_growth_is_that_of_the_neighbour():
    found = bajio.sensitivity("bajio", "gdp-growth", year=2018, peers="mexican-states")
    output = bajio.Indicator("own", bajio.Sum("gdp-constant"), "MXN_2018", "Own")
    now, before = (
        Fraction(bajio.evaluate("bajio", output, year=year, peers=None).exact)
        for year in (2018, 2017)
    )
    later = [flip for flip in found.flips.inputs if flip.name.endswith("2018")]
    earlier = [flip for flip in found.flips.inputs if flip.name.endswith("2017")]

    assert len(later) == len(earlier) == 2
    for flip in later:
        assert flip.now == now
        assert (flip.needed - before) / before == flip.target.value
    for flip in earlier:
        assert flip.now == before
        assert (now - flip.needed) / flip.needed == flip.target.value
