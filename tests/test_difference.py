"""Differences: members' contributions add up exactly, and are those of the published formula."""

import json
from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st

import bajio
from bajio.cli import main
from bajio.errors import BajioError, InvalidValue, Unavailable
from bajio.facts.observations import Observation
from bajio.testing.strategies import linear_rules, ratio_rules, regions, worlds
from bajio.testing.worlds import YEAR, World

OUTPUT, PEOPLE = bajio.Sum("output"), bajio.Sum("people")
HEADS = bajio.Indicator("heads", OUTPUT / PEOPLE, "USD/person", "Output per head")


def indicator_of(world, rule):
    return bajio.Indicator("it", rule, str(world.bound(rule, world.parts).unit), "It")


def split(world, indicator, members, **asked):
    try:
        return bajio.difference(
            bajio.Region(members), indicator, registry=world.registry(), **asked
        )
    except Unavailable:
        assume(False)


@given(st.data())
def test_contributions_add_up_exactly_between_years(data):
    world, rule = data.draw(worlds()), data.draw(ratio_rules() | linear_rules())
    indicator, members = indicator_of(world, rule), data.draw(regions(world))
    try:
        found = split(world, indicator, members, years=(YEAR - 1, YEAR))
    except InvalidValue as error:
        assert "has no years" in str(error)  # noqa: PT017
        assume(False)

    assert sum(one.total for one in found.contributions) == found.change
    assert found.within + found.structure == found.change
    assert found.membership == 0


@given(st.data())
def test_contributions_add_up_exactly_between_regions_and_turn_round(data):
    world, rule = data.draw(worlds()), data.draw(ratio_rules() | linear_rules())
    indicator = indicator_of(world, rule)
    first, second = data.draw(regions(world)), data.draw(regions(world))
    found = split(world, indicator, first, base=bajio.Region(second), year=YEAR)
    turned = split(world, indicator, second, base=bajio.Region(first), year=YEAR)

    assert sum(one.total for one in found.contributions) == found.change
    assert [one.area for one in found.contributions] == sorted({*first, *second})
    assert [-one.total for one in turned.contributions] == [
        one.total for one in found.contributions
    ]
    for one in found.contributions:
        both = one.area in first and one.area in second
        assert bool(one.membership) <= (not both)
        assert both or one.within == one.structure == 0


@given(st.data())
def test_contributions_are_those_of_griliches_and_regev(data):
    """Written anew from the paper, in shares and levels, with floats."""
    world = data.draw(worlds())
    first, second = data.draw(regions(world)), data.draw(regions(world))
    found = split(world, HEADS, first, base=bajio.Region(second), year=YEAR)
    seen = {(o.area, o.measure): float(o.value) for o in world.observations if o.period == "2020"}
    levels = [
        {code: seen[code, "output"] / seen[code, "people"] for code in side}
        for side in (first, second)
    ]
    shares = [
        {code: seen[code, "people"] / sum(seen[one, "people"] for one in side) for code in side}
        for side in (first, second)
    ]
    means = [sum(s[code] * p[code] for code in p) for s, p in zip(shares, levels, strict=True)]
    mean = sum(means) / 2
    for one in found.contributions:
        code = one.area
        if code in levels[0] and code in levels[1]:
            share = (shares[0][code] + shares[1][code]) / 2
            level = (levels[0][code] + levels[1][code]) / 2
            own = share * (levels[0][code] - levels[1][code])
            expected = own + (shares[0][code] - shares[1][code]) * (level - mean)
        elif code in levels[0]:
            expected = shares[0][code] * (levels[0][code] - mean)
        else:
            expected = -shares[1][code] * (levels[1][code] - mean)
        size = max(abs(value) for side in levels for value in side.values())
        assert float(one.total) == pytest.approx(expected, rel=1e-10, abs=1e-10 * size)


def test_an_example_worked_out_by_hand():
    figures = {  # output and people of A and B, before and after
        "H-0": {2019: (10, 5), 2020: (12, 4)},
        "H-1": {2019: (30, 5), 2020: (42, 6)},
    }
    observations = [
        Observation(code, str(year), measure, value)
        for code, by_year in figures.items()
        for year, pair in by_year.items()
        for measure, value in zip(("output", "people"), pair, strict=True)
    ]
    world = World(("H-0", "H-1"), ("P00",), tuple(observations))
    found = split(world, HEADS, ("H-0", "H-1"), years=(2019, 2020))
    first, second = found.contributions

    # ratios 2 and 6, then 3 and 7; shares a half each, then 0.4 and 0.6; regions 4, then 5.4
    assert found.change == Fraction(14, 10)
    assert (first.within, first.structure) == (Fraction(45, 100), Fraction(22, 100))
    assert (second.within, second.structure) == (Fraction(55, 100), Fraction(18, 100))
    assert first.now == bajio.answers.MemberPart(Fraction(3), Fraction(2, 5))


def test_joining_and_leaving_over_the_years_is_a_contribution_of_its_own():
    union = bajio.Region([bajio.Membership("MX-JAL", joined=2015), "MX-COL"])
    found = bajio.difference(union, "gdp-per-capita", years=(2012, 2018), membership="as-of")
    colima, jalisco = found.contributions

    assert jalisco.base is None
    assert jalisco.within == jalisco.structure == colima.membership == 0
    assert colima.total + jalisco.membership == found.change
    assert found.nominal


@pytest.mark.parametrize(
    ("code", "ratio"),
    [
        ("gdp", False),
        ("gdp-growth", True),
        ("unemployment-rate", True),
        ("exports-to-gdp", True),
        ("employment-growth", True),
    ],
)
def test_built_in_sums_and_ratios_are_split(code, ratio):
    found = bajio.difference("bajio", code, years=(2012, 2018))

    assert found.is_ratio is ratio
    assert sum(one.total for one in found.contributions) == found.change
    values = [bajio.evaluate("bajio", code, year=year).exact for year in (2018, 2012)]
    assert found.change == values[0] - values[1]


def test_a_share_is_the_sum_of_its_members_shares():
    share = bajio.Indicator("part", bajio.Share(bajio.Sum("gdp")), "1", "Part of Mexico")
    found = bajio.difference("bajio", share, years=(2008, 2018))

    assert not found.is_ratio
    assert sum(one.total for one in found.contributions) == found.change
    assert found.contributions[0].within == (
        bajio.evaluate("MX-AGU", share, year=2018).exact
        - bajio.evaluate("MX-AGU", share, year=2008).exact
    )


def test_without_a_year_both_regions_are_complete_in_it():
    found = bajio.difference("bajio", "unemployment-rate", base="sur-sureste")
    assert found.now.year == found.base.year == 2024
    assert not found.nominal


@pytest.mark.parametrize(
    ("code", "asked", "told"),
    [
        ("krugman", {"years": (2010, 2018)}, "neither a sum nor a ratio"),
        ("activity-shares", {"years": (2010, 2018)}, "is a table"),
        ("gdp", {}, "give one"),
        ("area", {"years": (2010, 2018)}, "has no years"),
        ("gdp", {"years": (2010, 2018), "base": "sur-sureste"}, "give one"),
        ("gdp", {"years": (2010, 2018), "year": 2018}, "pass years="),
        ("gdp", {"years": (2010, 2018), "missing": "bound"}, "an interval is not split"),
        ("gdp", {"years": (1985, 2018)}, "1985"),
        ("exports", {"base": "LIE"}, "no year has 'exports' for both"),
    ],
)
def test_what_cannot_be_split_is_refused(code, asked, told):
    with pytest.raises(BajioError, match=told):
        bajio.difference("bajio", code, **asked)


def test_a_member_without_a_denominator_is_refused():
    observations = [
        Observation(code, str(YEAR), measure, value)
        for code, pair in {"H-0": (5, 0), "H-1": (6, 3)}.items()
        for measure, value in zip(("output", "people"), pair, strict=True)
    ]
    world = World(("H-0", "H-1"), ("P00",), tuple(observations))
    with pytest.raises(Unavailable, match="H-0 has no 'heads' of its own: it divides by zero"):
        bajio.difference(
            bajio.Region(world.parts),
            HEADS,
            base=bajio.Region(["H-1"]),
            year=YEAR,
            registry=world.registry(),
        )


@pytest.mark.parametrize("output_format", ["table", "markdown", "csv", "json"])
@pytest.mark.parametrize(
    "asked", [["bajio", "gdp-growth", "--years", "2012", "2018"], ["bajio", "MX-JAL", "exports"]]
)
def test_the_command_writes_every_format(capsys, asked, output_format):
    assert main(["difference", *asked, "--format", output_format]) == 0
    text = capsys.readouterr().out

    assert "Guanajuato" in text
    if output_format == "json":
        data = json.loads(text)
        totals = sum(Fraction(one["exact"]) for one in data["contributions"])
        assert totals == Fraction(data["exact"])


def test_the_command_wants_two_sides(capsys):
    assert main(["difference", "bajio", "gdp"]) == 2
    assert main(["difference", "bajio", "MX-JAL", "gdp", "--years", "2010", "2018"]) == 2
    assert "name two regions, or one with --years A B" in capsys.readouterr().err
