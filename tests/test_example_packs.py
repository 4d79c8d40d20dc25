"""The example packs: published totals, laws on their figures, and what the command line says."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import bajio
from bajio import Registry
from bajio.cli import main
from bajio.cli.commands import commands
from bajio.facts.dataset import observations_of
from bajio.testing import check_dataset, check_region

ROOT = Path(__file__).parent.parent
PACKS = ROOT / "examples" / "packs"
NAMES = ("brazil", "europe-nuts2", "united-states")


@pytest.fixture(scope="module", params=NAMES)
def pack(request):
    return bajio.read_package(PACKS / request.param)


@pytest.fixture(scope="module")
def states():
    return bajio.read_package(PACKS / "united-states")


@pytest.fixture(scope="module")
def units():
    return bajio.read_package(PACKS / "brazil")


@pytest.fixture(scope="module")
def nuts():
    return bajio.read_package(PACKS / "europe-nuts2")


def figures(data, measure, year):
    known = Registry.default().with_data(data).dataset
    source = next(one.source for one in data.series if one.measure == measure)
    series = next(one for one in known.series if (one.measure, one.source) == (measure, source))
    seen = observations_of(series, known.table(series))
    return {one.area: one.value for one in seen if one.period == str(year)}


def asked(capsys, *words):
    status = main(list(words))
    return status, capsys.readouterr().out


# What was published


def test_the_nation_and_its_states(states):
    gdp, people = (figures(states, code, 2021) for code in ("gdp", "population"))
    assert gdp.pop("USA") == Decimal("22996086.0")
    assert gdp.pop("US-UNALLOCATED") == Decimal("144078.6")
    assert sum(gdp.values()) == Decimal("22852007.4")
    assert people.pop("USA") == sum(people.values()) == 331_893_745
    assert len(gdp) == len(people) == 51
    assert gdp["US-CA"] == Decimal("3356631.4")


def test_land_borders_of_states_are_those_that_geographers_count(states):
    borders = Registry.default().with_data(states).borders
    assert len(states.gazetteer.borders) == 107
    assert len(borders["US-MO"]) == len(borders["US-TN"]) == 8
    assert borders["US-ME"] == {"US-NH"}
    assert borders["US-DC"] == {"US-MD", "US-VA"}
    assert "US-AZ" not in borders["US-CO"]  # they meet in a point
    assert not {"US-AK", "US-HI"} & borders.keys()


def test_the_units_of_brazil_are_the_nation(units):
    gdp = figures(units, "gdp", 2021)
    assert len(gdp) == 27
    assert round(sum(gdp.values()) / 1000) == 9_012_142
    assert figures(units, "gdp", 2019)["BR-SP"] == 2_348_338_000


def test_borders_of_brazil(units):
    borders = Registry.default().with_data(units).borders
    assert len(units.gazetteer.borders) == 51
    assert len(borders["BR-BA"]) == 8
    assert len(borders["BR-MG"]) == 7
    assert borders["BR-AP"] == {"BR-PA"}
    assert borders["BR-RS"] == {"BR-SC"}
    assert borders["BR-AC"] == {"BR-AM", "BR-RO"}


def test_regions_of_europe(nuts):
    registry = Registry.default().with_data(nuts)
    assert len(nuts.gazetteer.areas) == 332
    benelux = registry.region("benelux")
    assert {registry.areas.host(code) for code in benelux.members} == {"BEL", "LUX", "NLD"}
    assert len(benelux) == 24
    assert len(registry.region("greater-region")) == 11
    assert registry.areas["EL30"].within == "GRC"
    assert registry.areas["UKI3"].within == "GBR"
    found = bajio.evaluate("benelux", "population", registry=registry, year=2018)
    assert found.value == 11_398_589 + 602_005 + 17_181_084


# Laws


def test_shares_of_states_and_of_what_is_in_none_add_to_one(states):
    codes = [f"US-{one.code[3:]}" for one in states.gazetteer.areas if one.kind == "state"]
    parts = [bajio.evaluate(code, "gdp", data=states, year=2018) for code in codes]
    nation = bajio.evaluate("USA", "gdp", data=states, year=2018)
    rest = figures(states, "gdp", 2018)["US-UNALLOCATED"]
    total = sum((Fraction(one.exact) for one in parts), Fraction(rest) * 10**6)
    assert total == nation.exact
    assert 0.0056 < 1 - sum(one.share_of_host for one in parts) < 0.0079
    registry = Registry.default().with_data(states)
    lakes = registry.region("great-lakes")
    others = bajio.evaluate(lakes.remainder("USA", registry.areas), "gdp", data=states, year=2018)
    inside = bajio.evaluate("great-lakes", "gdp", data=states, year=2018)
    assert inside.exact + others.exact + Fraction(rest) * 10**6 == nation.exact


def test_a_region_whole_or_in_parts_is_the_same(pack):
    registry = Registry.default().with_data(pack)
    series = pack.series[0]
    rule = bajio.Indicator("x", bajio.Sum(series.measure), series.unit, "X")
    asked_for = {"registry": registry, "year": pack.reference_year}
    for region in pack.gazetteer.regions:
        first, *others = region.members
        parts = [bajio.evaluate("+".join(part), rule, **asked_for) for part in ([first], others)]
        whole = bajio.evaluate(region.code, rule, **asked_for)
        assert sum(one.exact for one in parts) == whole.exact


def test_what_is_written_is_read_again(pack, tmp_path):
    bajio.write_package(pack, tmp_path)
    assert bajio.read_package(tmp_path) == pack


def test_a_pack_names_in_both_languages_what_it_describes(pack):
    for one in (*pack.gazetteer.regions, *pack.gazetteer.peer_groups):
        assert one.names.text("es")
        assert one.basis
    assert all(source.terms and source.citation for source in pack.sources.values())


def test_the_kit_finds_nothing_broken(pack):
    registry = Registry.default().with_data(pack)
    check_dataset(pack, registry)
    for region in pack.gazetteer.regions:
        check_region(registry.region(region.code), registry)


# The doors


@pytest.fixture
def united():
    return str(PACKS / "united-states")


def test_the_profile_of_an_alliance_among_countries_and_among_states(capsys, united):
    words = ("profile", "great-lakes", "--data", united, "--year", "2018", "--format", "json")
    few = ("--indicators", "gdp,population,gdp-per-capita")
    status, out = asked(capsys, *words, *few)
    assert status == 0
    results = {one["indicator"]: one for one in json.loads(out)["results"]}
    assert results["gdp"]["value"] == 5_602_082_700_000
    assert results["population"]["value"] == 86_160_294
    assert results["gdp"]["share_of_host"] == pytest.approx(0.27291, abs=1e-5)
    assert results["gdp"]["rank"]["position"] == 3
    assert results["gdp-per-capita"]["rank"]["of"] > 185

    status, out = asked(capsys, *words, *few, "--peers", "us-states")
    ranks = {one["indicator"]: one["rank"] for one in json.loads(out)["results"]}
    assert ranks["gdp"] | {"of": 44, "position": 1} == ranks["gdp"]
    assert ranks["gdp-per-capita"]["position"] == 14


def test_contiguous_alliances_of_states(capsys, united):
    words = ("search", "--contiguous", "--size", "2", "--max", "population", "--data", united)
    status, out = asked(capsys, *words, "--year", "2021", "--format", "json")
    assert status == 0
    found = json.loads(out)
    assert found["examined"] == 107
    assert found["results"][0]["members"] == ["US-AZ", "US-CA"]


@pytest.mark.parametrize(
    ("command", "code"),
    [("areas", "US-MI"), ("regions", "great-lakes"), ("peers", "us-states"), ("sources", "us-bea")],
)
def test_listings_show_what_a_pack_brings(capsys, united, command, code):
    status, out = asked(capsys, command, "--data", united, "--format", "json")
    assert status == 0
    listed = json.loads(out)
    assert code in [one["code"] for one in listed]
    status, out = asked(capsys, command, code, "--data", united, "--format", "json")
    assert json.loads(out)["code"] == code


def test_measures_name_the_editions_that_a_pack_brings(capsys, united):
    _, out = asked(capsys, "measures", "gdp", "--data", united)
    assert "us-bea 2022" in out


def test_nothing_is_wrong_with_a_pack(capsys, pack):
    status, out = asked(capsys, "check", str(PACKS / pack.name))
    assert (status, out.strip()) == (0, f"{pack.name}: nothing wrong")


def test_packs_go_side_by_side(capsys, united):
    both = ("--data", united, "--data", str(PACKS / "brazil"))
    words = ("rank", "consorcio-nordeste", "gdp", "--peers", "great-lakes+bajio", "--year", "2021")
    status, out = asked(capsys, *words, *both)
    assert status == 0
    assert "Great Lakes Compact" in out


def test_all_commands_that_ask_about_data_take_packs():
    without = {"plugins", "schema", "new-plugin", "lock", "replay"}
    for name in commands.list_commands(None):
        command = commands.get_command(None, name)
        takes = any("--data" in one.opts for one in command.params)
        assert takes is (name not in without), name


def test_a_rank_names_the_neighbours_of_a_pack(capsys, united):
    _, out = asked(capsys, "rank", "US-GA", "gdp", "--data", united, "--peers", "us-states")
    assert "New York" in out
    assert "Source: Bureau of Economic Analysis" in out
    assert "CONAPO" not in out
    assert "World Bank" not in out


def test_what_is_wrong_with_a_pack_is_one_line(capsys, tmp_path, united):
    for file in Path(united).iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    borders = (tmp_path / "borders.csv").read_text("utf-8")
    (tmp_path / "borders.csv").write_text(borders.replace("US-AL,US-GA", "US-AL,US-AL"), "utf-8")
    assert main(["profile", "great-lakes", "--data", str(tmp_path)]) == 2
    assert "borders.csv: the content is not what the descriptor's hash says" in (
        capsys.readouterr().err
    )


def test_the_script_makes_the_same_bytes():
    raw = os.environ.get("BAJIO_RAW_DATA")
    if not raw or not Path(raw, "elsewhere").is_dir():
        pytest.skip("the raw files are not at hand: name their folder in BAJIO_RAW_DATA")
    command = [sys.executable, "scripts/build_packs.py", "--raw", raw, "--check"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "the same\n"), found.stdout + found.stderr
