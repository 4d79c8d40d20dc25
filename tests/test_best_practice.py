"""Best practice: distances to the leader, and what all would be at its ratio."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio.cli import main
from bajio.errors import BajioError, InvalidValue
from bajio.indicators.practice import (
    INDICATORS,
    best_practice,
    best_practice_change,
    best_practice_total,
)
from bajio.rules.notation import from_data, to_data
from bajio.testing import check_indicator
from bajio.testing.strategies import regions, worlds
from bajio.testing.worlds import YEAR

HEADS = bajio.Sum("output") / bajio.Sum("people")


def ratio(better):
    return bajio.Indicator("heads", HEADS, "USD/person", "Output per head", better=better)


@given(st.data())
def test_changes_add_up_to_what_all_would_be_at_the_leaders_ratio(data):
    world, better = data.draw(worlds()), data.draw(st.sampled_from(["higher", "lower"]))
    members = data.draw(regions(world))
    own, registry = ratio(better), world.registry()

    def ask(indicator):
        options = {"registry": registry, "year": YEAR, "peers": None}
        found = bajio.profile(bajio.Region(members), indicators=[indicator], **options)
        return found[indicator.code]

    seen = {(o.area, o.measure): o.value for o in world.observations if o.period == str(YEAR)}
    ratios = {code: Fraction(seen[code, "output"]) / seen[code, "people"] for code in members}
    leader = max(ratios.values()) if better == "higher" else min(ratios.values())
    people = sum(seen[code, "people"] for code in members)
    output = sum(seen[code, "output"] for code in members)

    distances = ask(best_practice(own)).exact
    total = ask(best_practice_total(own, "output", "USD", "Output"))
    changes = ask(best_practice_change(own, "output", "USD", "Output"))

    assert distances == {code: abs(leader - ratios[code]) for code in sorted(members)}
    assert total.exact == leader * people
    assert sum(changes.exact.values()) == changes.total.exact == leader * people - output
    sign = 1 if better == "higher" else -1
    assert all(sign * change >= 0 for change in changes.exact.values())


@pytest.mark.parametrize(
    ("code", "above", "below", "leader"),
    [
        ("gdp", "gdp", "population", "MX-QUE"),
        ("exports", "exports", "population", "MX-AGU"),
        ("active", "economically-active", "population", "MX-SLP"),
    ],
)
def test_the_bajio_at_its_leaders_ratio(code, above, below, leader):
    def figure(measure, area):
        return bajio.evaluate(
            area,
            bajio.Indicator("it", bajio.Sum(measure), unit[measure], "It"),
            year=2018,
            peers=None,
        ).exact

    unit = {
        "gdp": "MXN",
        "population": "person",
        "exports": "USD",
        "economically-active": "person",
    }
    rate = Fraction(figure("gdp", leader)) / bajio.evaluate(leader, "gdp", year=2018).exact
    expected = Fraction(figure(above, leader)) / figure(below, leader) * figure(below, "bajio")
    found = bajio.evaluate("bajio", f"best-practice-{code}", year=2018)

    assert found.exact == (expected / rate if code == "gdp" else expected)


def test_lower_is_better_where_the_indicator_says_so():
    table = bajio.break_down("bajio", "best-practice-unemployment-rate", year=2018)
    own = {
        code: bajio.evaluate(code, "unemployment-rate", year=2018, peers=None).exact
        for code in table.region.members
    }
    least = min(own.values())

    assert table.exact == {code: value - least for code, value in own.items()}
    assert table.exact["MX-SLP"] == 0
    change = bajio.break_down("bajio", "best-practice-unemployed-change", year=2018)
    assert all(value <= 0 for value in change.values.values())


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.code)
def test_labels_say_that_it_is_arithmetic(indicator):
    amounts = indicator.unit in {bajio.list_indicators()[c].unit for c in ("gdp", "employment")}
    assert ("(arithmetic)" in indicator.label["en"]) is amounts
    assert ("(aritmética)" in indicator.label["es"]) is amounts
    assert "Farrell" in indicator.formula_source
    assert from_data(to_data(indicator.rule)) == indicator.rule


@pytest.mark.parametrize(
    "code",
    ["best-practice-gdp", pytest.param("best-practice-gdp-per-capita", marks=pytest.mark.slow)],
)
def test_the_kit_finds_nothing_wrong(code):
    check_indicator(bajio.list_indicators()[code])


def test_what_has_no_leader_or_is_no_ratio_is_refused():
    known = bajio.list_indicators()
    with pytest.raises(InvalidValue, match="neither way is better"):
        best_practice(known["population"])
    with pytest.raises(InvalidValue, match="'gdp' is no ratio"):
        best_practice_total(known["gdp"], "gdp", "USD", "GDP")


def test_what_is_missing_is_said():
    with pytest.raises(BajioError, match="no 'exports' for LIE in 2025"):
        bajio.evaluate("LIE", "best-practice-exports")
    with pytest.raises(BajioError, match="no 'gdp' for"):
        bajio.evaluate("bajio", "best-practice-gdp", year=1999)


def test_the_set_is_shown_by_name(capsys):
    assert main(["profile", "bajio", "--year", "2018", "--indicators", "practice"]) == 0
    text = capsys.readouterr().out

    assert "GDP at the leader's ratio (arithmetic)" in text
    assert "0 USD per person" in text
    assert "in the peers' source against its own" not in text
