"""Lines below answers: partial figures, changes of members, own figures that went unused."""

import json

import pytest
from test_overlays import own

import bajio
from bajio.cli import main
from bajio.report.difference_report import difference_report
from bajio.report.sheets import worded

PARTIAL = own("population", {("MX-AGU", "2018"): None})


@pytest.fixture
def package(tmp_path):
    """The data without the people of one state."""
    bajio.write_package(PARTIAL, tmp_path)
    return str(tmp_path)


def said(capsys, *words):
    assert main(list(words)) == 0
    return capsys.readouterr().out


ASKED = (
    ("profile", "bajio", "--indicators", "population", "--year", "2018"),
    ("series", "bajio", "population", "--years", "2018-2018"),
    ("compare", "bajio", "centro-bajio-occidente", "--indicators", "population", "--year", "2018"),
    ("rank", "bajio", "population", "--year", "2018"),
    ("sensitivity", "bajio", "population", "--year", "2018"),
    ("explain", "bajio", "population", "--year", "2018"),
)


@pytest.mark.parametrize("asked", ASKED, ids=[asked[0] for asked in ASKED])
def test_every_place_that_shows_a_figure_marks_a_partial_one(asked, package, capsys):
    words = (*asked, "--missing", "partial", "--data", package)
    text = said(capsys, *words)
    assert "partial" in text or "Coverage" in text
    assert "MX-AGU" in text or "Aguascalientes" in text
    assert "no 'population' for MX-AGU in 2018" in text
    found = said(capsys, *words, "--format", "json")
    assert "no 'population' for MX-AGU in 2018" in found


def test_both_sides_of_a_difference_mark_a_partial_figure():
    found = bajio.difference(
        "bajio", "population", PARTIAL, base="sur-sureste", year=2018, missing="partial"
    )
    document = difference_report(found)
    [report] = document.reports
    sheet = worded(report, document.words)
    assert "(partial)" in sheet.title
    assert "Missing: no 'population' for MX-AGU in 2018 (not available)." in sheet.notes


def test_growth_over_a_change_of_members_says_so(capsys):
    text = said(
        capsys, "series", "eu", "population-growth", "--membership", "as-of", "--years", "2018-2021"
    )
    assert "2020: its members are not those of 2019: without GBR." in text
    asked = ("series", "eu", "population-growth", "--membership", "as-of", "--years", "2019-2020")
    found = json.loads(said(capsys, *asked, "--format", "json"))["results"]
    assert [bool(one.get("notes")) for one in found] == [False, True]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (own("population", {("MX-AGU", "2019"): 1}), "it is of 2019, the answer of 2018"),
        (own("fdi", {("MX-AGU", "2018-Q1"): 1, ("MX-AGU", "2019-Q1"): 1}, edition="0"), ""),
    ],
)
def test_own_figures_that_went_unused_are_told_with_the_reason(data, why):
    asked = next(iter(data.measures))
    if why:
        found = bajio.evaluate("bajio", asked, data, year=2018)
        assert found.notes == (f"own {asked!r} (mine) of MX-AGU is not used: {why}",)
    else:
        with pytest.raises(bajio.Unavailable, match="do not cross"):
            bajio.evaluate("bajio", asked, data, year=2018)


def test_own_money_of_another_currency_is_told_to_be_unused():
    measure = bajio.Registry.default().dataset.measures["gdp"]
    data = bajio.dataset(
        "mine",
        measures=[measure],
        sources=[bajio.Source("mine", "Mine")],
        observations=[bajio.Observation("MX-AGU", "2018", "gdp", 10**10)],
        units={"gdp": "USD"},
    )
    found = bajio.evaluate("bajio", "gdp", data, year=2018)
    assert found.exact == bajio.evaluate("bajio", "gdp", year=2018).exact
    told = "own 'gdp' (mine) of MX-AGU is not used: it is in USD, the others are in MXN"
    assert told in found.notes
    alone = bajio.evaluate(["MX-AGU"], "gdp", data, year=2018)
    assert (alone.exact, [use.source.code for use in alone.sources]) == (10**10, ["mine"])
    assert alone.share_of_host is None
    assert alone.notes == ("no share of MEX: own 'gdp' of its parts, not its own",)
