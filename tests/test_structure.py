"""Structure: against pandas, scipy, and a published worked example; levels and references."""

import csv
import json
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from drawn import examples
from hypothesis import given, strategies as st

import bajio
from bajio import BajioError, Indicator, Observation, Source, Sum, Unavailable
from bajio.cli import main
from bajio.registry import Registry
from bajio.rules.axes import Across, By

DATA = Path(bajio.__file__).parent / "data" / "observations"
STATES = tuple(bajio.region("mexican-states").members)
LEAVES = Registry.default().dataset.classification("gva", "activity").level("leaves")
SECTORS = ("1", "2", "4")
YEAR = 2018


@cache
def value_added(year=YEAR):
    """Value added by activity, a column an area, from the published table."""
    frame = pd.read_csv(DATA / "gva-inegi-pibe-2024.csv", dtype={"period": str, "activity": str})
    frame = frame[frame["period"] == str(year)]
    return frame.pivot_table(index="activity", columns="area", values="value").astype(float)


def shares(members, activities=LEAVES, year=YEAR):
    total = value_added(year).loc[list(activities), list(members)].sum(axis=1)
    return total / total.sum()


def of(code, region="bajio", year=YEAR, **options):
    found = bajio.profile(region, indicators=[code], year=year, peers=None, **options)
    return found[getattr(code, "code", code)]


def close(value):
    return pytest.approx(value, rel=1e-10, abs=1e-14)


regions_of_mexico = pytest.mark.parametrize("region", ["bajio", "sur-sureste", "MX-NLE"])


@regions_of_mexico
def test_structure_is_that_of_the_published_table(region):
    from scipy.stats import entropy

    own, host = shares(bajio.region(region).members), shares(["MEX"])
    herfindahl = (own**2).sum()

    assert dict(of("activity-shares", region).values) == close(own.to_dict())
    assert dict(of("location-quotient", region).values) == close((own / host).to_dict())
    assert of("herfindahl", region).value == close(herfindahl)
    assert of("herfindahl-normalised", region).value == close((35 * herfindahl - 1) / 34)
    assert of("krugman", region).value == close(abs(own - host).sum())
    assert of("shannon", region).value == close(entropy(own))


def test_there_are_thirty_five_leaves_and_no_total_among_them():
    assert len(LEAVES) == 35
    assert not {"PIB", "VAB", "D.21-D.31", "31-33"} & set(LEAVES)
    table = of("activity-shares")
    assert (table.axis, table.level, table.total.exact) == ("activity", "leaves", 1)
    assert sum(table.exact.values()) == 1


@examples(15)
@given(
    st.lists(st.sampled_from(STATES), min_size=1, max_size=8, unique=True),
    st.integers(2003, 2024),
)
def test_the_host_s_weighted_mean_of_location_quotients_is_one(members, year):
    """Exactly: the shares of the host weigh the quotients."""
    quotients = of("location-quotient", members, year).exact
    weights = of("activity-shares", "MEX", year).exact
    assert sum(weights[key] * quotient for key, quotient in quotients.items()) == 1


def test_a_place_is_like_itself():
    assert of("krugman", "MEX", against="MEX").exact == 0
    assert set(of("location-quotient", "sur-sureste", against="sur-sureste").exact.values()) == {1}


@regions_of_mexico
def test_another_region_can_stand_in_for_the_country(region):
    members = bajio.region("sur-sureste").members
    own, other = shares(bajio.region(region).members), shares(members)

    quotients = of("location-quotient", region, against="sur-sureste")
    assert dict(quotients.values) == close((own / other).to_dict())
    assert str(quotients.indicator.label) == (
        "Location quotients against South-Southeast (Oaxaca Pact)"
    )
    assert of("krugman", region, against="sur-sureste").value == close(abs(own - other).sum())
    by_codes = of("krugman", region, against="+".join(members))
    by_region = of("krugman", region, against=bajio.region("sur-sureste"))
    assert by_codes.exact == by_region.exact == of("krugman", region, against="sur-sureste").exact


def against(place, rule):
    return rule.rewrite(lambda node: node.against(place))


def within(level, rule):
    return rule.rewrite(lambda node: node.at_level(level))


def test_the_country_beside_it_is_held_against_the_same_region():
    found = of("krugman", against="sur-sureste")
    expected = abs(shares(["MEX"]) - shares(bajio.region("sur-sureste").members)).sum()
    assert float(found.host_value) == close(expected)


def test_a_share_is_of_another_region_where_asked():
    share = Indicator("share", bajio.Share(Sum("gdp")), "1", "Share")
    found = of(share, "MX-AGU", against="bajio").exact
    assert found == of("gdp-mxn", "MX-AGU").exact / Fraction(of("gdp-mxn").exact)


@pytest.mark.parametrize(
    ("level", "activities"), [("VAB", SECTORS), ("2", ("21", "22", "23", "31-33"))]
)
def test_another_level_runs_over_the_parts_of_a_category(level, activities):
    own, host = shares(bajio.region("bajio").members, activities), shares(["MEX"], activities)

    table = of("activity-shares", level=level)
    assert (table.level, dict(table.values)) == (level, close(own.to_dict()))
    assert dict(of("location-quotient", level=level).values) == close((own / host).to_dict())
    assert of("herfindahl", level=level).value == close((own**2).sum())
    assert of("krugman", level=level).value == close(abs(own - host).sum())
    count, herfindahl = len(activities), (own**2).sum()
    normalised = (count * herfindahl - 1) / (count - 1)
    assert of("herfindahl-normalised", level=level).value == close(normalised)


@pytest.mark.parametrize(
    ("code", "options", "message"),
    [
        ("gdp", {"against": "sur-sureste"}, "no rule compares with the host"),
        ("gdp", {"level": "VAB"}, "no rule runs over the leaves"),
        ("krugman", {"against": "sur-suresta"}, "did you mean 'sur-sureste'"),
        ("herfindahl", {"level": "nothing"}, "unknown category of activities 'nothing'"),
        ("herfindahl", {"level": "311"}, "has no categories below it"),
        ("krugman", {"level": "export"}, "unknown category"),
    ],
)
def test_what_cannot_be_varied_is_refused(code, options, message):
    with pytest.raises(BajioError, match=message):
        of(code, **options)


def test_rules_are_varied_wherever_they_stand():
    rule = By(
        Sum("gva") / bajio.rules.At(Across(Sum("gva"), "activity")), "activity", total=Sum("gdp")
    )
    varied = against("sur-sureste", within("VAB", rule))
    assert str(varied) == (
        "by activity within VAB: Σ gva ÷ ((Σ over activity within VAB of Σ gva) of the sur-sureste)"
    )
    assert within("VAB", By(Sum("gdp"), "member")) == By(Sum("gdp"), "member")
    stacked = bajio.rules.Stack({"one": bajio.Share(Sum("gdp"))}, total=bajio.Share(Sum("gdp")))
    other = bajio.Share(Sum("gdp"), of="MX-JAL")
    assert against("MX-JAL", stacked) == bajio.rules.Stack({"one": other}, total=other)


def gva(activity):
    return Sum("gva", {"activity": activity})


@pytest.mark.parametrize(
    ("rule", "twice", "whole"),
    [
        (gva("31-33") + gva("311"), "311", "31-33"),
        (gva("311") + gva("43") + gva("VAB"), "311", "VAB"),
        ((gva("2") + 2 * gva("21-1")) / Sum("gdp"), "21-1", "2"),
        (gva("1") - gva("2") - gva("23"), "23", "2"),
        (bajio.rules.Absolute(gva("2") + gva("23")), "23", "2"),
        (gva("2") / 2 + gva("23") * 3, "23", "2"),
        (bajio.rules.Lag(gva("2")) + bajio.rules.Lag(gva("23")), "23", "2"),
    ],
)
def test_a_sum_over_levels_is_refused(rule, twice, whole):
    unit = "1" if "gdp" in str(rule) else "MXN"
    with pytest.raises(BajioError, match=f"counts '{twice}' twice, as part of '{whole}'"):
        of(Indicator("mixed", rule, unit, "Mixed"))


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (gva("31-33") + gva("43"), {"31-33": 1, "43": 1}),
        (gva("VAB") - gva("31-33") + gva("311"), {"VAB": 1, "31-33": -1, "311": 1}),
        (gva("2") - gva("23"), {"2": 1, "23": -1}),
        (gva("2") + bajio.rules.At(gva("23"), "bajio"), {"2": 1, "23": 1}),
    ],
)
def test_a_sum_that_counts_nothing_twice_is_not(rule, parts):
    published = value_added()[list(bajio.region("bajio").members)].sum(axis=1)
    expected = sum(sign * published[key] for key, sign in parts.items())
    assert of(Indicator("plain", rule, "MXN", "Plain")).value == close(expected)


def with_figures(figures, year=1999, area="MX-AGU"):
    """Value added of one state in a year without official figures: the rest of the leaves zero."""
    measure = Registry.default().dataset.measures["gva"]
    return bajio.dataset(
        "own",
        measures=[measure],
        sources=[Source("own", "Own")],
        observations=[
            Observation(area, year, "gva", figures.get(leaf, 0), where=(leaf,)) for leaf in LEAVES
        ],
    )


def own_value(code, figures):
    found = bajio.evaluate("MX-AGU", code, with_figures(figures), year=1999, peers=None)
    return found.exact


def test_herfindahl_of_four_shares_is_as_published():
    """U.S. DOJ and FTC, Horizontal Merger Guidelines: 30, 30, 20 and 20 percent make 2,600."""
    figures = dict(zip(LEAVES, (30, 30, 20, 20), strict=False))
    assert own_value("herfindahl", figures) * 100**2 == 2600


def test_an_absent_activity_counts_as_none():
    one, all_alike = {LEAVES[3]: 7}, dict.fromkeys(LEAVES, 5)
    assert own_value("shannon", one) == 0
    assert own_value("herfindahl", one) == own_value("herfindahl-normalised", one) == 1
    assert float(own_value("shannon", all_alike)) == close(np.log(35))
    assert own_value("herfindahl", all_alike) == Fraction(1, 35)
    assert own_value("herfindahl-normalised", all_alike) == 0


def test_an_activity_that_the_other_place_lacks_has_no_quotient():
    data = with_figures({LEAVES[0]: 1, LEAVES[1]: 3})
    own = bajio.break_down("MX-AGU", "location-quotient", data, year=1999, against="MX-AGU")
    assert dict(own.exact) == {LEAVES[0]: 1, LEAVES[1]: 1}
    assert "divided by is zero" in own.missing[LEAVES[2]]


def test_an_economy_of_nothing_has_no_structure():
    with pytest.raises(Unavailable, match="divided by is zero"):
        own_value("herfindahl", {})


@regions_of_mexico
def test_specialisations_are_the_greatest_quotients_with_their_drivers(region):
    members = list(bajio.region(region).members)
    own, host = shares(members), shares(["MEX"])
    quotients = (own / host).sort_values(ascending=False)
    expected = [key for key in quotients.index if quotients[key] > 1][:6]
    found = bajio.specialisations(region, top=6, year=YEAR)
    table = value_added().loc[list(LEAVES), members]
    weights = table.sum() / table.sum().sum()

    assert [row.activity for row in found.rows] == expected
    for row in found.rows:
        key = row.activity
        pulls = weights * (table.loc[key] / table.sum() / host[key] - 1)
        assert dict(row.pulls.values) == pytest.approx(pulls.to_dict(), rel=1e-9, abs=1e-12)
        assert row.driver == pulls.idxmax()
        assert row.share == close(own[key])
        assert sum(row.pulls.exact.values()) == row.quotient.exact - 1 == row.pulls.total.exact


def test_specialisations_can_be_held_against_another_region_at_another_level():
    found = bajio.specialisations("bajio", year=YEAR, against="sur-sureste", level="31-33")
    activities = Registry.default().dataset.classification("gva", "activity").level("31-33")
    own = shares(bajio.region("bajio").members, activities)
    other = shares(bajio.region("sur-sureste").members, activities)

    assert [row.activity for row in found.rows] == [
        key for key, quotient in (own / other).sort_values(ascending=False).items() if quotient > 1
    ]
    for row in found.rows:
        assert row.share == close(own[row.activity])
        assert sum(row.pulls.exact.values()) == row.quotient.exact - 1


def test_small_activities_can_be_left_out():
    large = bajio.specialisations("bajio", year=YEAR, least_share=0.05)
    assert large.rows
    assert all(row.share >= Fraction(0.05) for row in large.rows)
    for wrong in ({"top": 0}, {"top": True}, {"least_share": 2}):
        with pytest.raises(BajioError, match="give a"):
            bajio.specialisations("bajio", **wrong)


def test_export_shares_are_published_ones_or_say_what_is_missing():
    path = DATA / "exports-by-activity-inegi-exports-2026-03.csv"
    frame = pd.read_csv(path, dtype={"activity": str, "period": str})
    frame = frame[(frame["period"] == "2024") & frame["area"].isin(bajio.region("bajio").members)]
    by_activity = frame.pivot_table(index="activity", columns="area", values="value").dropna()
    whole = pd.read_csv(DATA / "exports-inegi-exports-2026-03.csv", dtype={"period": str})
    whole = whole[(whole["period"] == "2024") & whole["area"].isin(by_activity.columns)]
    expected = by_activity.sum(axis=1) / whole["value"].sum()

    found = of("export-shares", year=2024)
    assert len(found.cells) == 27
    assert dict(found.values) == close(expected.to_dict())
    assert found.exact["000"] > 0
    assert "MX-AGU, MX-GUA in 2024 (confidential)" in found.missing["312"]
    assert "(not available)" in found.missing["211"]
    assert set(found.missing) == {cell.key for cell in found.cells} - set(found.values)


def told(capsys, *words):
    status = main(list(words))
    return status, capsys.readouterr()


def test_the_command_line_has_levels_references_and_specialisations(capsys):
    base = ["profile", "bajio", "--peers", "none", "--year", "2018", "--indicators"]
    _, seen = told(capsys, *base, "activity-shares", "--level", "VAB")
    assert "Over the 3 categories below VAB of the classification" in seen.out
    _, seen = told(capsys, *base, "activity-shares")
    assert "Over the 35 leaves of the classification, which do not overlap." in seen.out
    _, seen = told(capsys, *base, "krugman", "--against", "sur-sureste", "--format", "json")
    [result] = json.loads(seen.out)["results"]
    assert result["value"] == of("krugman", against="sur-sureste").value

    words = ["specialisations", "bajio", "--year", "2018", "--top", "2"]
    _, seen = told(capsys, *words)
    assert "Specialisations of Bajío Alliance against Mexico, 2018" in seen.out
    assert "Guanajuato" in seen.out
    _, seen = told(capsys, *words, "--format", "json")
    rows = json.loads(seen.out)["specialisations"]
    assert [row["activity"] for row in rows] == ["315-316", "333-336"]
    for row in rows:
        pulls = sum(map(Fraction, row["exact"].values()))
        assert float(pulls + 1) == pytest.approx(row["location_quotient"], rel=1e-15)
    _, seen = told(capsys, *words, "--format", "csv")
    assert [row["driver"] for row in csv.DictReader(seen.out.splitlines())] == ["MX-GUA", "MX-SLP"]
    status, seen = told(capsys, "specialisations", "FRA")
    assert status == 2
    assert "France lies in no single country" in seen.err
