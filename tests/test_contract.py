"""The published figures that `bajio profile bajio` must give, from the bundled data."""

import ast
import importlib
import json
import subprocess
import sys
from fractions import Fraction

import pytest

import bajio
from bajio.cli import main

STATES = ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")


def profile_json(capsys, *arguments):
    assert main(["profile", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def of_2018(capsys):
    data = profile_json(capsys, "bajio", "--year", "2018", "--peers", "un-members")
    return {result["indicator"]: result for result in data["results"]}


# indicator, value, tolerance, share of the host, basis of the share
@pytest.mark.parametrize(
    ("code", "value", "tolerance", "share", "basis"),
    [
        ("population", 12706038, 0, 0.1008, "published"),
        ("area", 109059, 0, 0.0556, "sum-of-parts"),
        ("population-density", 116.506, 0.001, None, None),
        ("gdp-mxn", 2617692853000, 0, 0.1083, "published"),
        ("gdp", 136.04e9, 0.005e9, 0.1083, "published"),
        ("gdp-per-capita", 10706.7, 0.05, None, None),
        ("gdp-growth", 0.02203, 0.00001, None, None),
        ("fdi", 6660847988, 0, 0.1953, "sum-of-parts"),
        ("exports", 60540035000, 0, 0.1490, "sum-of-parts"),
        ("employment", 5126580.25, 0, 0.0954, "sum-of-parts"),
    ],
)
def test_values_and_shares_of_2018(of_2018, code, value, tolerance, share, basis):
    result = of_2018[code]

    assert result["value"] == pytest.approx(value, abs=tolerance, rel=0)
    assert result["share_basis"] == basis
    if share is None:
        assert result["share_of_host"] is None
    else:
        assert result["share_of_host"] == pytest.approx(share, abs=0.00005)


@pytest.mark.parametrize(
    ("code", "position", "of", "above", "below"),
    [
        ("population", 74, 194, "ZWE", "GIN"),
        ("area", 105, 194, "CUB", "GTM"),
        ("gdp", 57, 191, "KWT", "UKR"),
        ("gdp-ppp", 58, 186, "MAR", "FIN"),
        ("exports", 50, 190, "NGA", "PER"),
        ("remittances", 29, 168, "COL", "SLV"),
        ("unemployment-rate", 38, 179, "MYS", "BTN"),
    ],
)
def test_ranks_of_2018(of_2018, code, position, of, above, below):
    rank = of_2018[code]["rank"]

    assert (rank["position"], rank["of"]) == (position, of)
    assert (rank["above"], rank["below"]) == ([above], [below])


def test_growth_of_the_host_is_beside_the_region_s(of_2018):
    assert of_2018["gdp-growth"]["host_value"] == pytest.approx(0.01972, abs=0.00001)


def test_all_indicators_of_the_profile_are_ranked(of_2018):
    assert {code for code, result in of_2018.items() if result["rank"] is None} == set()
    dollars, pesos = of_2018["gdp"]["rank"], of_2018["gdp-mxn"]["rank"]
    assert (pesos["position"], pesos["of"]) == (dollars["position"], dollars["of"])


def test_the_gap_between_the_sources_of_peers_and_region_is_told_by_figures(capsys):
    assert main(["profile", "bajio", "--year", "2018"]) == 0
    [line] = [line for line in capsys.readouterr().out.splitlines() if "peers' source" in line]

    assert "Foreign direct investment +11.1 % (37.87 billion against 34.10 billion USD)" in line
    assert "Remittances received +6.1 % (36.53 billion against 34.44 billion USD)" in line
    assert "Exports of goods +10.9 % (450.7 billion against 406.3 billion USD)" in line


def test_growth_and_the_old_edition_of_2017():
    options = {"year": 2017, "editions": {"fdi": "2018"}}
    p = bajio.profile("bajio", indicators=["gdp-growth", "fdi"], **options)

    assert p["gdp-growth"].value == pytest.approx(0.04340, abs=0.00001)
    assert p["fdi"].value == 4686406258
    assert float(p["fdi"].share_of_host) == pytest.approx(0.1578, abs=0.00005)
    assert p["fdi"].sources[0].edition == "2018"


def test_employment_of_2020_is_refused_with_its_reason():
    p = bajio.profile("bajio", year=2020)

    with pytest.raises(bajio.Unavailable, match=r"2020-Q2 not surveyed.*newest is 2024"):
        p["employment"]
    assert "employment" not in p


def test_employment_of_2020_in_part_is_the_mean_of_three_quarters_and_marked():
    result = bajio.evaluate("bajio", "employment", year=2020, missing="partial")
    quarters = [
        seen.value
        for seen in bajio.list_datasets()[0].observations("employed")
        if seen.area in STATES and seen.period[:4] == "2020" and seen.value is not None
    ]

    assert len(quarters) == 12
    assert result.exact == Fraction(sum(quarters), 3)
    assert result.coverage.periods == Fraction(3, 4)


def test_no_year_takes_each_indicator_at_its_newest_with_data_for_region_and_peers():
    p = bajio.profile("bajio")

    assert p["population"].year == 2025
    assert p["gdp"].year == 2024
    assert p["gdp-mxn"].year == 2024
    assert p["exports"].year == 2025
    assert p["area"].year is None
    assert (p["gdp"].status, p["gdp-mxn"].status, p["population"].status) == ("P", "P", "F")


@pytest.mark.parametrize("code", sorted(bajio.list_regions()))
def test_every_region_of_the_catalog_has_a_profile(code):
    p = bajio.profile(code, year=2018)

    assert {"population", "area", "gdp", "fdi", "employment"} <= set(p)
    assert 0 < p["population"].share_of_host <= 1


def test_regions_of_area_codes():
    p = bajio.profile("MX-JAL+MX-COL", year=2018, indicators=["population"])

    assert p.region.members == ("MX-COL", "MX-JAL")
    assert p["population"].rank.of == 194


def test_countries_are_ranked_among_the_others():
    p = bajio.profile("MEX+GTM", year=2018, indicators=["population", "gdp"])

    assert p["population"].rank.left_out == ("GTM", "MEX")
    assert p["population"].rank.of == 192
    assert p["gdp"].share_of_host is None
    assert {use.source.code for use in p["population"].sources} == {"world-bank"}


def test_a_metropolitan_area_of_municipalities():
    p = bajio.profile("14039+14120+14098", indicators=["population"])

    assert p["population"].share_basis == "sum-of-parts"
    assert p["population"].host == "MEX"
    assert p["population"].year == 2025


def test_the_whole_country_in_states_is_the_country():
    everywhere = bajio.region(bajio.list_peer_groups()["mexican-states"].at(2018))
    p = bajio.profile(everywhere, year=2018, indicators=["population", "fdi", "gdp-mxn"])

    assert p["population"].share_of_host == p["fdi"].share_of_host == 1
    assert float(p["gdp-mxn"].share_of_host) == pytest.approx(1, abs=1e-9)


def test_regions_are_ranked_among_regions_and_states_among_states():
    regions = bajio.rank("bajio", "gdp", year=2018, peers="mexican-regions")
    states = bajio.rank("MX-GUA", "gdp", year=2018, peers="mexican-states")

    assert regions.left_out == ("bajio",)
    assert regions.of == len(bajio.list_regions())
    assert states.of == 32


def test_the_host_as_remainder_is_smaller_by_the_region():
    _, lines = bajio.standings("bajio", "gdp", year=2018, host="remainder")
    kept = bajio.evaluate("bajio", "gdp", year=2018)
    value = {line.code: line.exact for line in lines}

    assert value["MEX"] == kept.host_value - kept.exact


def test_deflated_gdp_is_at_prices_of_the_base_year():
    real = bajio.Indicator(
        "real-gdp",
        bajio.Growth(bajio.rules.Deflate(bajio.Sum("gdp"), base=2018)),
        "1",
        "GDP growth, deflated by consumer prices",
    )
    cpi = {
        o.period: Fraction(o.value) for o in bajio.list_datasets()[0].observations("cpi") if o.value
    }
    gdp = {
        year: bajio.evaluate("bajio", "gdp-mxn", year=year, peers=None).exact
        for year in (2018, 2019)
    }
    expected = gdp[2019] / cpi["2019"] / (gdp[2018] / cpi["2018"]) - 1

    assert bajio.evaluate("bajio", real, year=2019, peers=None).exact == expected


def test_fdi_of_two_years_is_summed_over_the_span():
    span = bajio.Indicator("fdi-2", bajio.Over(bajio.Sum("fdi"), years=2), "USD", "FDI, 2 years")
    result = bajio.evaluate("bajio", span, year=2018)

    assert round(result.value / 1e6) == 12307
    assert round(result.host_value / 1e6) == 68116


def test_importing_bajio_imports_no_heavy_library():
    script = (
        "import sys, bajio; "
        "print([m for m in ('pint', 'numpy', 'pandas', 'rich', 'click', 'hypothesis') "
        "if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert found.stdout.strip() == "[]", found.stderr


def test_a_profile_needs_no_unit_registry():
    script = "import sys, bajio; bajio.profile('bajio', year=2018); print('pint' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert found.stdout.strip() == "False", found.stderr


def test_a_profile_on_the_command_line_loads_no_heavy_library():
    script = (
        "import sys; from bajio.cli import main; main(['profile', 'bajio', '--year', '2018']); "
        "print([m for m in ('pint', 'numpy', 'pandas', 'rich', 'hypothesis') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert found.stdout.splitlines()[-1] == "[]", found.stderr


def test_indicators_stay_callable_when_the_subpackage_is_imported():
    from bajio.indicators import output

    assert output.GDP is not None
    assert "gdp" in bajio.list_indicators()


def test_a_quantity_converts_with_pint():
    area = bajio.evaluate("bajio", "area").quantity

    assert area.to("hectare").magnitude == pytest.approx(10905900)


def test_membership_as_of_the_year_counts_who_was_a_member_then():
    options = {"year": 2018, "indicators": ["population"]}
    newest = bajio.profile("eu", **options)["population"]
    then = bajio.profile("eu", membership="as-of", **options)["population"]
    kingdom = bajio.profile("GBR", **options)["population"]

    assert then.exact == newest.exact + kingdom.exact
    assert "GBR" in then.rank.left_out
    assert "GBR" not in newest.rank.left_out


def test_growth_over_a_change_of_members_is_matched_unless_as_of():
    """Growth of today's members in both years, or of each year's own."""
    options = {"year": 2020, "peers": None}
    matched = bajio.evaluate("eu", "population-growth", **options)
    each = bajio.evaluate("eu", "population-growth", membership="as-of", **options)

    assert abs(matched.value) < 0.01
    assert each.value < -0.1


def test_a_tolerance_of_years_borrows_and_marks():
    strict = bajio.evaluate("bajio", "remittances", year=2025)
    lenient = bajio.evaluate("bajio", "remittances", year=2025, year_tolerance=1)

    assert strict.rank is None
    assert dict(lenient.rank.borrowed)["BEL"] == 2024
    assert len(lenient.rank.borrowed) > 150


def test_an_indicator_that_names_an_unknown_measure_leaves_the_others_standing():
    wrong = bajio.Indicator("wrong", bajio.Sum("popluation"), "person", "Wrong")
    p = bajio.profile("bajio", year=2018, indicators=["population", wrong])

    assert p["population"].value == 12706038
    with pytest.raises(bajio.Unavailable, match="did you mean 'population'"):
        p["wrong"]


def test_peers_in_money_of_another_kind_cost_the_rank_and_not_the_value():
    indicator = bajio.Indicator("real-gdp", bajio.Sum("gdp-constant"), "MXN_2018", "Real GDP")
    result = bajio.evaluate("bajio", indicator, year=2023)

    assert result.value == 2_648_535_075_000
    assert result.rank is None
    assert "no peer of 'un-members'" in result.rank_reason


def test_a_tolerance_of_years_does_not_move_the_year_to_one_that_no_peer_has():
    result = bajio.evaluate("bajio", "remittances", year_tolerance=3)

    assert result.year == 2024
    assert {year for _, year in result.rank.borrowed} == {2021, 2022, 2023}


@pytest.mark.parametrize("module", ["bajio", "bajio.answers", "bajio.rules"])
def test_all_names_are_exported_for_type_checkers_too(module):
    """A name is for users if `__all__` is written out with it, or if it is its own alias."""
    public = importlib.import_module(module)
    with open(public.__file__, encoding="utf-8") as source:
        tree = ast.parse(source.read())
    written = [
        name.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for name in ast.walk(node.value)
        if isinstance(name, ast.Constant)
    ]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    aliases = [name.name for node in imports for name in node.names if name.name == name.asname]
    assert {*written, *aliases} - {"answers", "errors", "rules"} == set(public.__all__)
    assert all(getattr(public, name) is not None for name in public.__all__)


def test_the_root_has_at_most_sixty_names():
    assert len(bajio.__all__) <= 60
    assert not {name for name in bajio.__all__ if name in bajio.answers.__all__}
