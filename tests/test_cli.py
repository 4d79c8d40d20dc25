"""The command line: formats, one clear line for bad input, quiet ends."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bajio.cli import main


@pytest.fixture
def run(capsys):
    def call(*arguments):
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        # unknown names, with the nearest known one
        (["profile", "bahio"], "unknown region 'bahio': did you mean 'bajio'?"),
        (["profile", "MX-JAX+MX-COL"], "unknown area 'MX-JAX': areas have codes such as"),
        (["profile", "bajio", "--indicators", "gpd"], "did you mean 'gdp'?"),
        (["profile", "bajio", "--peers", "un-member"], "did you mean 'un-members'?"),
        (["profile", "bajio", "--format", "jsn"], "unknown format 'jsn': did you mean 'json'?"),
        (["profile", "bajio", "--host", "remainer"], "did you mean 'remainder'?"),
        (["profile", "bajio", "--edition", "fdj=2018"], "unknown measure 'fdj': did you mean"),
        (["profile", "bajio", "--edition", "fdi=1999"], "there is 2018, 2025-10"),
        (["proflie", "bajio"], "unknown command 'proflie': did you mean 'profile'?"),
        (["regions", "bahio"], "did you mean 'bajio'?"),
        # years
        (["profile", "bajio", "--year", "20188"], "'20188' is not a year"),
        (["rank", "bajio", "gdp", "--year", "1985"], "newest is"),
        (["rank", "bajio", "gdp", "--year", "2025"], "newest is 2024"),
        (["series", "bajio", "gdp", "--years", "1980-1990"], "newest is 2024"),
        (["series", "MEX+LIE", "exports"], "no 'exports' for LIE in 2025 (not in world-bank)"),
        (["series", "bajio", "gdp", "--years", "2010-2003"], "not a span of years"),
        # regions that are none
        (["profile", "MX-JAL+MEX"], "MX-JAL (Jalisco) lies in MEX (Mexico)"),
        (["profile", "MX-JAL+MX-JAL"], "'MX-JAL' is named twice"),
        (["profile", "MX-JAL+"], "has an empty part"),
        (["profile", ""], "unknown region ''"),
        (["profile", "Jalizco"], "unknown region 'Jalizco': did you mean 'MX-JAL' (Jalisco)?"),
        (["profile", "españia"], "did you mean 'ESP' (Spain)?"),
        (["profile", "México"], "'México' is several: write 'MEX' (Mexico) or 'MX-MEX' ("),
        (["profile", "bajio+MX-JAL"], "write MX-AGU+MX-GUA+MX-QUE+MX-SLP"),
        # options
        (["profile", "bajio", "--threshold", "0.5"], "--missing partial only"),
        (["profile", "bajio", "--host", "drop", "--peers", "none"], "--peers none"),
        (["profile", "bajio", "--year-tolerance", "1", "--peers", "none"], "--peers none"),
        (["profile", "bajio", "--edition", "fdi"], "write MEASURE=EDITION"),
        (["profile", "bajio", "--edition", "fdi=2018", "--edition", "fdi=2025"], "choose one"),
        (["profile", "bajio", "--yaer", "2018"], "--yaer"),
        (["profile"], "Missing"),
        (["compare", "bajio"], "two regions or more"),
        (["series", "bajio", "area"], "has no years"),
        # answers that the data do not have
        (["profile", "MEX+LIE", "--indicators", "exports"], "no 'exports' for LIE in 2025"),
        (["profile", "MX-JAL+GTM"], "; and 20 more like these"),
        (["rank", "bajio", "fdi", "--year", "2018", "--peers", "CUB+MCO"], "no peer of"),
        (
            ["profile", "bajio", "--year", "2020", "--indicators", "employment"],
            "2020-Q2 not surveyed); newest is 2024: pass --year 2024",
        ),
    ],
)
def test_bad_input_gets_one_clear_line_and_status_two(run, arguments, told):
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert err.startswith("bajio: ")
    assert err.count("\n") == 1
    assert told in err


def test_no_command_shows_the_help_as_it_is(run):
    status, out, err = run()

    assert (status, out) == (2, "")
    assert "\n  profile " in err


@pytest.mark.parametrize(
    ("descriptor", "told"),
    [
        ("3", "3 is not an object"),
        ("{", "no data package can be read"),
        ('{"name": "own"}', "lacks 'resources'"),
        ('{"name": "own", "resources": 3}', "resources: 3 is not a list"),
        (
            '{"name": "own", "resources": [{"name": "x", "path": "x", "series": {}}]}',
            "resources[0].series: it lacks 'measure'",
        ),
        ('{"name": "own", "resources": [], "measures": [{}]}', "lacks 'name'"),
    ],
)
def test_a_package_that_is_none_gets_one_clear_line(run, tmp_path, descriptor, told):
    (tmp_path / "datapackage.json").write_text(descriptor)
    status, out, err = run("profile", "bajio", "--data", str(tmp_path))

    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "datapackage.json" in err
    assert told in err


def test_what_no_year_has_in_full_is_answered_in_part_where_asked_for(run):
    status, out, _ = run(
        "profile", "MEX+LIE", "--indicators", "exports", "--missing", "partial", "--format", "json"
    )
    [result] = json.loads(out)["results"]

    assert status == 0
    assert result["year"] == 2025
    assert result["coverage"]["members"] == 0.5


def test_no_reason_names_a_year_that_cannot_be(run):
    _, out, _ = run("profile", "MEX+LIE", "--format", "json")
    reasons = {one["indicator"]: one["reason"] for one in json.loads(out)["unavailable"]}

    assert reasons["exports"] == "no 'exports' for LIE in 2025 (not in world-bank)"


def test_what_lacks_for_one_reason_is_told_in_one_line(run):
    _, out, _ = run("profile", "LIE", "--indicators", "gdp,exports,exports-per-capita")

    assert "No Exports of goods, Exports per head: no 'exports' for LIE in 2025" in out
    assert "(not in world-bank)." in out


def test_an_indicator_named_twice_is_answered_once(run):
    _, out, _ = run("profile", "bajio", "--indicators", "area,area", "--format", "csv")

    assert out.count("\nbajio,area,") == 1


def test_years_of_members_are_told_in_words(run):
    _, out, _ = run("peers", "eu")

    assert "GBR (left 2020), HRV (joined 2013)" in out


def test_the_table_is_what_an_analyst_would_paste(run):
    status, out, _ = run("profile", "bajio", "--year", "2018", "--indicators", "gdp,area")
    rows = {line.split("  ")[0]: line for line in out.splitlines()}

    assert status == 0
    assert "136.0 billion USD" in rows["GDP"]
    assert "10.8 %" in rows["GDP"]
    assert "57th of 191, between Kuwait and Ukraine" in rows["GDP"]
    assert "Coverage" not in out


def test_coverage_is_shown_where_it_is_not_full(run):
    _, out, _ = run(
        "profile", "bajio", "--year", "2020", "--indicators", "employment", "--missing", "partial"
    )

    assert "75 % of periods" in out


def test_json_of_a_profile_has_the_keys_of_the_contract(run):
    _, out, _ = run("profile", "bajio", "--year", "2020", "--format", "json")
    data = json.loads(out)

    assert data["region"]["code"] == "bajio"
    assert (data["peers"], data["host"], data["schema"]) == ("un-members", "keep", "1")
    assert len(data["data"]["digest"]) == 64
    assert set(data["results"][0]) >= {
        "indicator",
        "label",
        "value",
        "unit",
        "year",
        "status",
        "share_of_host",
        "share_basis",
        "coverage",
        "rank",
        "sources",
    }
    assert set(data["results"][0]["coverage"]) == {"members", "weight", "periods", "missing"}
    assert data["unavailable"][0].keys() == {
        "indicator",
        "reason",
        "latest_year",
        "latest_period",
    }


def test_csv_has_a_row_an_answer_and_one_a_member(run):
    _, out, _ = run(
        "profile", "bajio", "--year", "2018", "--indicators", "gdp", "--members", "--format", "csv"
    )
    rows = list(csv.DictReader(out.splitlines()))

    assert [row["region"] for row in rows] == ["bajio", "MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP"]
    assert sum(float(row["value"]) for row in rows[1:]) == pytest.approx(float(rows[0]["value"]))


def test_markdown_is_a_table(run):
    _, out, _ = run("compare", "bajio", "sur-sureste", "--year", "2022", "--format", "markdown")

    assert "| Indicator |" in out
    assert "| --- |" in out


def test_members_stand_beside_the_region(run):
    _, out, _ = run("profile", "bajio", "--year", "2018", "--members", "--indicators", "area")

    assert "30,607" in out
    assert "San Luis Potosí" in out


def test_an_explanation_shows_formula_figures_rate_and_sources(run):
    _, out, _ = run("explain", "bajio", "gdp", "--year", "2018")

    for part in ("Σ gdp", "MX-QUE", "19.2421", "MXN/USD", "Sources:"):
        assert part in out


def test_a_series_has_a_row_a_year(run):
    _, out, _ = run("series", "bajio", "gdp-growth", "--years", "2017-2018", "--format", "csv")
    rows = list(csv.DictReader(out.splitlines()))

    assert [row["year"] for row in rows] == ["2017", "2018"]


@pytest.mark.parametrize(
    ("listing", "code"),
    [
        ("regions", "bajio"),
        ("indicators", "gdp"),
        ("measures", "fdi"),
        ("peers", "oecd"),
        ("sources", "world-bank"),
    ],
)
@pytest.mark.parametrize("output_format", ["table", "json", "csv", "markdown"])
def test_listings_list_and_show(run, listing, code, output_format):
    listed = run(listing, "--format", output_format)
    shown = run(listing, code, "--format", output_format)

    assert listed[0] == shown[0] == 0
    assert code in listed[1]
    assert code in shown[1]


def test_the_alliance_has_its_charter(run):
    _, out, _ = run("regions", "bajio", "--format", "json")
    charter = json.loads(out)

    assert charter["agreement"] == "San Miguel Agreement"
    assert charter["anchor_firms"]["MX-SLP"] == ["BMW", "Cisco Systems"]
    assert (len(charter["pillars"]), len(charter["sectors"]), len(charter["agenda"])) == (7, 8, 4)
    assert charter["horizon_years"] == 25


def test_output_goes_to_a_file(run, tmp_path):
    target = tmp_path / "profile.json"
    status, out, _ = run("profile", "bajio", "--format", "json", "--output", str(target))

    assert (status, out) == (0, "")
    assert json.loads(target.read_text())["region"]["code"] == "bajio"


def test_a_file_that_cannot_be_written_is_told(run, tmp_path):
    status, _, err = run("profile", "bajio", "--output", str(tmp_path / "none" / "x.txt"))

    assert status == 2
    assert "cannot write" in err


@pytest.mark.parametrize("arguments", [["--help"], ["profile", "--help"], ["--version"]])
def test_help_and_version(run, arguments):
    status, out, _ = run(*arguments)

    assert status == 0
    assert "bajio" in out


def test_a_closed_pipe_ends_quietly():
    command = f"{sys.executable} -m bajio rank bajio population --all | head -n 1"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True)

    assert found.stdout.count("\n") == 1
    assert found.stderr == ""


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("regions >/dev/full", 2, "bajio: the answer cannot be written: No space left on device\n"),
        (
            "regions >&-",
            2,
            "bajio: the answer cannot be written: stdout is closed; give --output FILE\n",
        ),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(command, status, told):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    found = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m bajio {command}"], capture_output=True, text=True
    )

    assert (found.returncode, found.stderr) == (status, told)


def test_names_are_written_whatever_the_encoding_of_the_system():
    found = subprocess.run(
        [sys.executable, "-m", "bajio", "regions", "--format", "json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )

    assert json.loads(found.stdout.decode("utf-8"))[0]["name"] == "Bajío Alliance"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_refusals_are_written_whatever_the_encoding_of_the_system(encoding):
    found = subprocess.run(
        [sys.executable, "-m", "bajio", "rank", "bajio", "gdpp", "--lang", "es"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"},
    )

    assert found.stdout == b""
    assert "¿quiso decir 'gdp'" in found.stderr.decode("utf-8")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("bajio pro", "profile"),
        ("bajio profile baj", "bajio"),
        ("bajio profile bajio --host re", "remainder"),
        ("bajio profile bajio --indicators gdp,fdi-", "gdp,fdi-per-capita"),
        ("bajio sources world-bank-v", "world-bank-volume"),
        ("bajio measures rem", "remittances"),
    ],
)
def test_the_shell_completes_commands_words_and_codes(words, completed):
    environment = {
        **os.environ,
        "_BAJIO_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    program = "import sys; from bajio.cli import main; sys.exit(main())"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )

    assert found.stdout.split() == [f"plain,{completed}"]


def test_no_year_is_advised_that_would_be_refused_as_well(run):
    _, _, err = run("explain", "bajio", "herfindahl", "--missing", "bound", "--year", "2020")

    assert "newest is" not in err


def test_own_figures_can_be_laid_over(run, tmp_path):
    (tmp_path / "jobs.csv").write_text("area,period,value\nMX-AGU,2018,10\nMX-GUA,2018,20\n")
    measure = {
        "name": "jobs",
        "label": {"en": "Jobs"},
        "unit": "person",
        "kind": "extensive",
        "time": "stock",
    }
    series = {
        "measure": "jobs",
        "unit": "person",
        "source": "office",
        "edition": "1",
        "frequency": "A",
    }
    (tmp_path / "datapackage.json").write_text(
        json.dumps(
            {
                "name": "own",
                "sources": [{"name": "office", "title": "Own count"}],
                "measures": [measure],
                "resources": [{"name": "jobs", "path": "jobs.csv", "series": series}],
            }
        )
    )
    for asked in ("series bajio gdp", "compare bajio GTM", "rank bajio gdp", "explain bajio gdp"):
        assert run(*asked.split(), "--data", str(tmp_path))[0] == 0
    status, out, _ = run("measures", "--format", "csv")
    assert (status, "\njobs," in out) == (0, False)
    status, out, _ = run(
        "profile", "bajio", "--data", str(tmp_path), "--indicators", "area", "--format", "json"
    )

    assert status == 0
    assert json.loads(out)["data"]["version"]


def test_a_rank_without_peers_is_refused_with_the_way_out(capsys):
    assert main(["rank", "bajio", "gdp", "--peers", "none"]) == 2
    assert "without peers there is no rank: name a group" in capsys.readouterr().err
