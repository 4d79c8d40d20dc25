"""The bundled data package, file by file, and the figures that its sources are known for."""

import copy
import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import attrs
import pytest

import bajio
from bajio.catalog import bundled, mexico, world
from bajio.facts.observations import Mark
from bajio.facts.tables import SeriesTable
from bajio.indicators import bajio_indicators, held_indicators
from bajio.readers import held_catalogue
from bajio.readers.compiled import compiled, compiled_rows, read_compiled, read_compiled_rows
from bajio.readers.datapackage import open_package
from bajio.readers.held_catalogue import held, read_held
from bajio.registry import Registry

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src" / "bajio" / "data"
DESCRIPTOR = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
EVERY = {resource["name"]: resource for resource in DESCRIPTOR["resources"]}
#: Shapes for maps, which are no tables.
OUTLINES = {name: one for name, one in EVERY.items() if one.get("holds") == "outlines"}
RESOURCES = {name: one for name, one in EVERY.items() if name not in OUTLINES}
SERIES = {name: resource for name, resource in RESOURCES.items() if "series" in resource}
MEASURES = {measure["name"]: measure for measure in DESCRIPTOR["measures"]}
SOURCES = {source["name"]: source for source in DESCRIPTOR["sources"]}

BAJIO = ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")
PERIODS = {"A": r"\d{4}", "Q": r"\d{4}-Q[1-4]", "M": r"\d{4}-(0[1-9]|1[0-2])", None: ""}
NUMBER = re.compile(r"0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9]")
PUBLISHED, GAPS = {"", "P", "R", "F", "E"}, {"O", "Q", "N", "L"}

each_resource = pytest.mark.parametrize("name", RESOURCES)
each_series = pytest.mark.parametrize("name", SERIES)


@cache
def rows(name):
    with (DATA / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def codes(table):
    return {row["code"] for row in rows(table)}


@cache
def values(name):
    """Figures by area and period, and by activity where the series has them."""
    key = RESOURCES[name]["schema"]["primaryKey"]
    return {
        tuple(row[column] for column in key): Decimal(row["value"])
        for row in rows(name)
        if row["value"]
    }


@cache
def areas_of(kind):
    tables = {"country": "countries", "state": "states", "municipality": "municipalities"}
    return codes(tables[kind])


# The package


def test_the_folder_holds_the_files_of_the_descriptor_and_no_others():
    found = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    paths = [resource["path"] for resource in EVERY.values()]
    assert len(set(paths)) == len(paths) == len(DESCRIPTOR["resources"])
    assert found == {"datapackage.json", *paths}


def test_the_descriptor_names_the_package():
    assert DESCRIPTOR["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (DESCRIPTOR["name"], DESCRIPTOR["version"]) == ("bajio", "2026.11")
    assert DESCRIPTOR["referenceYear"] == 2025
    assert DESCRIPTOR["licenses"]


@pytest.mark.parametrize("name", EVERY)
def test_files_are_what_the_descriptor_says(name):
    resource = EVERY[name]
    content = (DATA / resource["path"]).read_bytes()
    assert len(content) == resource["bytes"]
    assert f"sha256:{sha256(content).hexdigest()}" == resource["hash"]
    assert name in OUTLINES or len(rows(name)) == resource["rows"]
    assert b"\r" not in content
    assert content.endswith(b"\n")


@each_resource
def test_fields_are_the_header(name):
    resource = RESOURCES[name]
    header = (DATA / resource["path"]).read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert set(resource["schema"]["primaryKey"]) <= set(header)
    assert all(None not in row and None not in row.values() for row in rows(name))


@each_resource
def test_keys_are_unique(name):
    key = RESOURCES[name]["schema"]["primaryKey"]
    found = [tuple(row[column] for column in key) for row in rows(name)]
    assert len(set(found)) == len(found)
    if name in SERIES:
        assert found == sorted(found)


@each_resource
def test_cells_are_trimmed(name):
    assert all(cell == cell.strip() for row in rows(name) for cell in row.values())


# Measures and sources


def test_measures_and_sources_are_those_of_the_series():
    used = [resource["series"] for resource in SERIES.values()]
    assert {series["measure"] for series in used} == set(MEASURES)
    drawn = {outlines["source"] for outlines in OUTLINES.values()}
    assert {series["source"] for series in used} | drawn == set(SOURCES)
    assert len(MEASURES) == len(DESCRIPTOR["measures"])
    assert len(SOURCES) == len(DESCRIPTOR["sources"])


@pytest.mark.parametrize("name", MEASURES)
def test_measures_are_described(name):
    measure = MEASURES[name]
    assert re.fullmatch(r"[a-z][a-z0-9-]*", name)
    assert set(measure["label"]) == set(measure["description"]) == {"en", "es"}
    assert all([*measure["label"].values(), *measure["description"].values()])
    assert measure["kind"] in {"extensive", "intensive"}
    assert measure["time"] in {"flow", "stock", "end", "timeless"}
    assert measure["prices"] in {None, "current", "constant"}
    assert measure["minimum"] in {None, 0}
    assert measure["weight"] is None or (
        measure["kind"] == "intensive" and measure["weight"] in MEASURES
    )


@pytest.mark.parametrize("name", SOURCES)
def test_sources_say_how_they_may_be_used_and_cited(name):
    source = SOURCES[name]
    assert all(source[key] for key in ("title", "publisher", "terms", "citation"))
    assert source.get("path", "https://").startswith("https://")


def test_national_statistics_come_before_others_and_newer_editions_before_older():
    foreign = {"world-bank": 1, "country-areas": 3, "cia-factbook": 4}
    sources = [resource["series"]["source"] for resource in SERIES.values()]
    order = [2 if name.startswith("world-bank-") else foreign.get(name, 0) for name in sources]
    assert order == sorted(order)
    series = [resource["series"] for resource in SERIES.values()]
    editions = [(one["source"], one["edition"]) for one in series if one["measure"] == "fdi"]
    assert editions == [
        ("economia-fdi", "2025-10"),
        ("economia-fdi", "2018"),
        ("world-bank", "2026-07"),
    ]


# Observations


@each_series
def test_figures_are_of_known_areas_and_of_the_series_own_frequency(name):
    series = RESOURCES[name]["series"]
    by_kind = [areas_of(kind) for kind in series["kinds"]]
    found = {row["area"] for row in rows(name)}
    assert found <= set().union(*by_kind)
    assert all(found & areas for areas in by_kind)
    period = re.compile(PERIODS[series["frequency"]])
    assert all(period.fullmatch(row["period"]) for row in rows(name))
    timeless = MEASURES[series["measure"]]["time"] == "timeless"
    assert timeless == (series["frequency"] is None)


@each_series
def test_values_are_exact_decimals_not_below_the_measure_s_minimum(name):
    assert all(NUMBER.fullmatch(row["value"]) for row in rows(name) if row["value"])
    if MEASURES[RESOURCES[name]["series"]["measure"]]["minimum"] == 0:
        assert min(values(name).values()) >= 0


@each_series
def test_a_figure_has_a_status_and_a_gap_a_reason(name):
    for row in rows(name):
        assert row.get("status", "") in (PUBLISHED if row["value"] else GAPS)
    for column in {"status", "note"} & set(rows(name)[0]):
        assert any(row[column] for row in rows(name))


@each_series
def test_dimensions_are_columns_with_known_codes(name):
    series = RESOURCES[name]["series"]
    dimensions = MEASURES[series["measure"]]["dimensions"]
    assert RESOURCES[name]["schema"]["primaryKey"] == ["area", "period", *dimensions]
    if dimensions:
        table = "export-activities" if series["source"] == "inegi-exports" else "activities"
        assert {row["activity"] for row in rows(name)} <= codes(table)


# Figures that the sources are known for


@pytest.mark.parametrize(
    "name", ["population-conapo-2023", "gdp-inegi-pibe-2024", "gdp-constant-inegi-pibe-2024"]
)
def test_the_states_add_up_to_the_country_each_year(name):
    total = defaultdict(Decimal)
    counted = defaultdict(set)
    for (area, period), value in values(name).items():
        if area != "MEX":
            total[period] += value
            counted[period].add(area)
    country = {period: value for (area, period), value in values(name).items() if area == "MEX"}
    assert total == country
    assert all(states == areas_of("state") for states in counted.values())


def test_the_municipalities_add_up_to_the_states_in_every_year():
    state_of = {row["code"]: row["state"] for row in rows("municipalities")}
    total = defaultdict(Decimal)
    for (area, period), value in values("population-conapo-municipal-2023").items():
        total[state_of[area], period] += value
    published = values("population-conapo-2023")
    assert len(state_of) == 2475
    assert len(total) == 32 * 8
    assert total == {place: published[place] for place in total}


@pytest.mark.parametrize("name", ["gva-inegi-pibe-2024", "gva-constant-inegi-pibe-2024"])
def test_activities_add_up_to_their_parents_everywhere_and_every_year(name):
    gva = dict(values(name))
    output = values(name.replace("gva", "gdp", 1))
    gva.update({(area, period, "PIB"): value for (area, period), value in output.items()})
    children = defaultdict(list)
    for row in rows("activities"):
        if row["parent"]:
            children[row["parent"]].append(row["code"])
    assert set(children) == {"PIB", "VAB", "1", "11", "2", "21", "31-33", "4"}
    for (area, period), value in output.items():
        assert gva[area, period, "PIB"] == value
        for parent, parts in children.items():
            assert sum(gva[area, period, one] for one in parts) == gva[area, period, parent]


def test_the_states_exports_are_the_sums_of_their_activities():
    total = defaultdict(Decimal)
    for (area, period, _), value in values("exports-by-activity-inegi-exports-2026-03").items():
        total[area, period] += value
    assert total == values("exports-inegi-exports-2026-03")


def test_population():
    population = values("population-conapo-2023")
    assert sum(population[state, "2018"] for state in BAJIO) == 12_706_038
    assert values("census-population-inegi-census-2020-2020")["MEX", "2020"] == 126_014_024
    assert values("population-world-bank-2026-07")["BEL", "2018"] == 11_427_054


def test_territory():
    area = values("area-inegi-territory")
    assert sum(area.values()) == 1_960_668
    assert sum(area[state, ""] for state in BAJIO) == 109_059


def test_output():
    gdp = values("gdp-inegi-pibe-2024")
    assert sum(gdp[state, "2018"] for state in BAJIO) == 2_617_692_853_000
    assert values("exchange-rate-banxico-fix-2026-06")["MEX", "2018"].quantize(
        Decimal("0.0001")
    ) == Decimal("19.2421")
    assert round(values("gdp-world-bank-2026-07")["SVK", "2018"], -8) == 106_600_000_000


def test_foreign_investment_and_its_revision():
    new, old = values("fdi-economia-fdi-2025-10"), values("fdi-economia-fdi-2018")
    years = [
        (area, value) for (area, period), value in new.items() if period[:4] in {"2017", "2018"}
    ]
    assert round(sum(value for area, value in years if area in BAJIO), -6) == 12_307_000_000
    assert round(sum(value for _, value in years), -6) == 68_116_000_000
    of_2017 = sum(value for (_, period), value in new.items() if period.startswith("2017"))
    assert round(of_2017, -6) == 34_018_000_000
    of_2017 = sum(value for (_, period), value in old.items() if period == "2017")
    assert round(of_2017, -6) == 29_695_000_000


def test_exports_and_work():
    exports = values("exports-inegi-exports-2026-03")
    assert round(exports["MX-CHH", "2014"], -6) == 44_420_000_000
    employed = values("employed-inegi-enoe-2025-10")
    mexico = sum(value for (_, period), value in employed.items() if period == "2018-Q1")
    assert mexico == 52_876_916


def test_the_states_jobs_add_up_to_the_country_s_in_every_month():
    jobs = values("insured-jobs-imss-2026-05")
    months = sorted({period for area, period in jobs if area != "MEX"})
    assert (months[0], months[-2:], len(months)) == ("1997-08", ["2021-09", "2026-04"], 289)
    for month in months:
        assert sum(jobs[state, month] for state in areas_of("state")) == jobs["MEX", month]


def test_insured_jobs():
    jobs = values("insured-jobs-imss-2026-05")

    def growth(*areas):
        now, before = (sum(jobs[area, f"{year}-02"] for area in areas) for year in (2019, 2018))
        return round(100 * (now / before - 1), 2)

    def share(month):
        return round(100 * sum(jobs[state, month] for state in BAJIO) / jobs["MEX", month], 2)

    assert jobs["MEX", "2019-02"] == 20_299_993
    assert sum(jobs[state, "2019-02"] for state in BAJIO) == 2_372_239
    assert (share("2019-02"), share("2018-02")) == (Decimal("11.69"), Decimal("11.52"))
    rates = [growth(state) for state in BAJIO]
    assert [*map(str, rates)] == ["4.89", "4.73", "5.56", "2.58"]
    assert (str(growth(*BAJIO)), str(growth("MEX"))) == ("4.55", "3.06")


def test_homicides_life_and_schooling():
    victims = values("homicide-victims-sesnsp-2025")
    people = values("population-conapo-2023")
    of_2018 = sum(value for (_, month), value in victims.items() if month[:4] == "2018")
    assert (of_2018, round(of_2018 / people["MEX", "2018"] * 100_000, 1)) == (34_662, 27.5)
    assert {area for area, _ in victims} == areas_of("state")
    assert values("life-expectancy-conapo-2023")["MEX", "1990"] == Decimal("71.0655")
    years = {year for _, year in values("schooling-inegi-censuses-2020")}
    assert years == {"2000", "2005", "2010", "2015", "2020"}


def test_shares_of_2020_are_of_the_people_whom_the_census_counted():
    counted = values("census-population-inegi-census-2020-2020")
    assert sum(counted[state, "2020"] for state in areas_of("state")) == 126_014_024
    for measure in ("illiterate", "without-drainage", "without-piped-water"):
        shares = values(f"{measure}-conapo-marginalisation-2020")
        assert {area for area, _ in shares} == areas_of("state")
        assert all(0 < share < 20 for share in shares.values())


#: UN members with a figure in 2018, 2022, 2023, 2024, 2025, as the data's page counts them.
UN_MEMBERS = {
    "population-world-bank-2026-07": (193, 193, 193, 193, 193),
    "gdp-world-bank-2026-07": (190, 188, 187, 185, 179),
    "real-gdp-growth-world-bank-2026-07": (189, 188, 187, 185, 179),
    "gdp-world-bank-ppp-2026-02": (185, 185, 184, 177, 0),
    "exchange-rate-world-bank-2026-07": (185, 184, 182, 176, 140),
    "fdi-world-bank-2026-07": (185, 185, 185, 182, 0),
    "remittances-world-bank-2026-07": (167, 166, 164, 155, 0),
    "exports-world-bank-2026-07": (189, 190, 190, 189, 189),
    "economically-active-world-bank-2026-07": (178, 177, 176, 174, 174),
    "unemployment-rate-published-world-bank-2026-07": (178, 177, 176, 174, 174),
    "employed-world-bank-employment-2026-07": (178, 177, 176, 174, 174),
    "life-expectancy-world-bank-2026-07": (193, 193, 193, 193, 0),
    "homicide-victims-world-bank-homicide-2026-07": (121, 99, 79),
}


@pytest.mark.parametrize("name", UN_MEMBERS)
def test_as_many_un_members_have_a_figure_as_the_world_bank_says(name):
    members = {row["area"] for row in rows("peer-groups") if row["group"] == "un-members"}
    years = ("2018", "2022", "2023", "2024", "2025")[: len(UN_MEMBERS[name])]
    counted = tuple(
        sum(area in members and period == year for area, period in values(name)) for year in years
    )
    assert counted == UN_MEMBERS[name]


def test_land_is_known_of_all_un_members():
    members = {row["area"] for row in rows("peer-groups") if row["group"] == "un-members"}
    assert members <= {area for area, _ in values("land-area-world-bank-2026-07")}


def test_mexico_in_the_series_of_the_world_bank():
    of_2018 = {
        measure: round(values(f"{measure}-world-bank-2026-07")["MEX", "2018"], -8)
        for measure in ("fdi", "remittances", "exports")
    }
    assert of_2018 == {
        "fdi": 37_900_000_000,
        "remittances": 36_500_000_000,
        "exports": 450_700_000_000,
    }
    people = values("population-world-bank-2026-07")["MEX", "2018"]
    victims = values("homicide-victims-world-bank-homicide-2026-07")["MEX", "2018"]
    assert round(victims / people * 100_000, 1) == Decimal("29.4")


def test_the_page_says_which_indicator_has_which_peers():
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    lines = page.partition("| Indicator | Source of the peers |")[2].partition("\n\n")[0]
    told = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines.split("\n")]
    told = {code: cells for code, *cells in told[2:]}
    of_2018, newest = bajio.profile("bajio", year=2018), bajio.profile("bajio")

    found = {}
    for result in of_2018.results:
        code, rank, last = result.indicator.code, result.rank, newest[result.indicator.code]
        if rank is None:
            found[code] = ["none", "", ""]
            continue
        sources = dict.fromkeys(use.source.code for use in rank.sources)
        when = f"{last.rank.of - 1} in {last.year}" if last.year else ""
        found[code] = ["`, `".join(sources), str(rank.of - 1), when]
    assert told == found


# What is derived from what is published


def test_derived_volumes_grow_as_published():
    volume, growth = (
        values("gdp-constant-world-bank-volume-2026-07"),
        values("real-gdp-growth-world-bank-2026-07"),
    )
    before = {(area, str(int(year) + 1)): value for (area, year), value in volume.items()}
    pairs = volume.keys() & before.keys()
    assert len(pairs) > 7000
    for place in pairs:
        assert abs(volume[place] / before[place] - 1 - growth[place] / 100) < Decimal("1e-6")
    money = values("gdp-world-bank-2026-07")
    of_2015 = {place: value for place, value in volume.items() if place[1] == "2015"}
    assert all(abs(value - money[place]) < 1 for place, value in of_2015.items())


def test_derived_employed_persons_leave_the_published_rate():
    active = values("economically-active-world-bank-2026-07")
    employed = values("employed-world-bank-employment-2026-07")
    rates = values("unemployment-rate-published-world-bank-2026-07")
    assert employed.keys() == rates.keys()
    assert all(
        (active[place] - value) * 100 == rates[place] * active[place]
        for place, value in employed.items()
    )


def test_conversion_factors_fit_gdp_at_ppp():
    money, rates = values("gdp-world-bank-2026-07"), values("exchange-rate-world-bank-2026-07")
    parity = values("gdp-world-bank-ppp-2026-02")
    factors = values("ppp-factor-world-bank-ppp-2026-02")
    assert factors["MEX", "2018"] == Decimal("9.276363")  # Mexico's are as published
    for place in (("BRA", "2018"), ("DEU", "1998"), ("HRV", "2022"), ("HRV", "2023")):
        local = money[place] * rates[place]
        assert abs(local / factors[place] / parity[place] - 1) < Decimal("1e-9")
    assert factors["HRV", "2022"] / factors["HRV", "2023"] > 7  # kunas, then euros
    assert min(factors.values()) > 0


# What is not there, and why


def test_months_of_insured_jobs_that_no_copy_has_say_so():
    gaps = [row for row in rows("insured-jobs-imss-2026-05") if not row["value"]]
    assert {row["status"] for row in gaps} == {"L"}
    lost = ["2021-07", "2021-08", "2021-10", "2021-11", "2021-12"]
    assert [row["period"] for row in gaps if row["area"] == "MEX"] == lost
    later = {row["period"] for row in gaps if row["area"] != "MEX"} - set(lost)
    assert (min(later), max(later), len(later)) == ("2022-01", "2026-03", 51)


@pytest.mark.parametrize("measure", ["economically-active", "employed"])
def test_quarters_without_a_survey_say_so(measure):
    gaps = [row for row in rows(f"{measure}-inegi-enoe-2025-10") if not row["value"]]
    surveyed = [row for row in gaps if row["period"] != "2020-Q2"]
    assert [(r["area"], r["period"], r["status"]) for r in surveyed] == [("MX-MEX", "2021-Q3", "O")]
    lost = [row for row in gaps if row["period"] == "2020-Q2"]
    assert {row["area"] for row in lost} == areas_of("state")
    assert {(row["status"], row["note"]) for row in lost} == {("L", "not surveyed")}


@pytest.mark.parametrize(
    ("name", "gaps"),
    [
        (
            "exchange-rate-banxico-fix-2026-06",
            {"1991": "2 of 12 months", "2026": "6 of 12 months"},
        ),
        ("cpi-inegi-inpc-2026-06", {"2026": "6 of 12 months"}),
    ],
)
def test_part_years_have_no_mean(name, gaps):
    found = {row["period"]: row["note"] for row in rows(name) if not row["value"]}
    assert found == gaps
    assert {row["status"] for row in rows(name) if not row["value"]} == {"O"}


@pytest.mark.parametrize("name", ["population-conapo-2023", "population-conapo-municipal-2023"])
def test_population_after_2020_is_a_projection(name):
    assert all((row["status"] == "F") == (row["period"] > "2020") for row in rows(name))


@pytest.mark.parametrize(
    "name", [name for name in SERIES if SERIES[name]["series"]["source"] == "inegi-pibe"]
)
def test_the_last_two_years_of_output_are_revised_and_preliminary(name):
    statuses = {"2023": "R", "2024": "P"}
    assert all(row["status"] == statuses.get(row["period"], "") for row in rows(name))


def test_exports_are_as_provisional_as_their_parts():
    statuses = {row["period"]: row["status"] for row in rows("exports-inegi-exports-2026-03")}
    revised = {str(year): "R" for year in range(2018, 2025)}
    assert statuses == {str(year): "" for year in range(2007, 2018)} | revised | {"2025": "P"}


def test_figures_that_cannot_be_right_are_left_out():
    assert ("SJM", "") not in values("area-country-areas")
    assert ("SHN", "") not in values("land-area-cia-factbook-2025")


# Areas, regions, groups


def test_countries():
    countries = {row["code"]: row for row in rows("countries")}
    assert len(countries) == len({row["iso2"] for row in countries.values()}) == 250
    assert countries["MEX"]["m49_subregion"] == "Central America"
    assert countries["FLK"]["m49_subregion"] == "South America"
    assert [code for code, row in countries.items() if not row["currency"]] == ["ATA"]
    assert {code: countries[code]["currency"] for code in ("MEX", "HRV", "ZWE")} == {
        "MEX": "MXN",
        "HRV": "HRK:2022 EUR",
        "ZWE": "ZWD:2008 USD:2018 ZWL:2024 ZWG",
    }
    assert len({row["m49_subregion"] for row in countries.values()}) == 23
    for language in ("name_en", "name_es"):
        assert len({row[language] for row in countries.values()} - {""}) == 250


def test_states():
    states = rows("states")
    assert {row["clave"] for row in states} == {f"{number:02}" for number in range(1, 33)}
    assert {row["state"] for row in rows("municipalities")} == codes("states")
    clave = {row["code"]: row["clave"] for row in states}
    assert all(row["code"][:2] == clave[row["state"]] for row in rows("municipalities"))


def test_neighbours():
    pairs = [(row["a"], row["b"]) for row in rows("adjacency")]
    assert all(a < b for a, b in pairs)
    assert {area for pair in pairs for area in pair} == codes("states")
    assert {pair for pair in pairs if "MX-AGU" in pair} == {
        ("MX-AGU", "MX-JAL"),
        ("MX-AGU", "MX-ZAC"),
    }


def test_regions():
    regions = rows("regions")
    assert {row["area"] for row in regions} == codes("states")
    assert {row["area"] for row in regions if row["region"] == "bajio"} == set(BAJIO)
    named = {(r["region"], r["name_en"], r["name_es"], r["basis"]) for r in regions}
    assert len(named) == len({row["region"] for row in regions})
    assert all(all(names) for names in named)


def test_peer_groups():
    members = defaultdict(set)
    for row in rows("peer-groups"):
        members[row["group"]].add(row["area"])
    assert {group: len(areas) for group, areas in members.items()} == {
        "un-members": 193,
        "world": 250,
        "latin-america": 52,
        "oecd": 38,
        "eu": 28,
        "g20": 19,
        "central-america": 7,
        "north-america-trade": 3,
        "pacific-alliance": 4,
        "mexican-states": 32,
    }
    assert members["mexican-states"] == codes("states")
    assert set().union(*members.values()) == codes("countries") | codes("states")
    named = {row["group"] for row in rows("peer-group-names")}
    assert named == {*members, "mexican-regions"}


@pytest.mark.parametrize("table", ["activities", "export-activities"])
def test_parents_of_activities_are_activities(table):
    assert {row["parent"] for row in rows(table)} - {""} <= codes(table)
    assert all(row["name_en"] and row["name_es"] for row in rows(table))


# The script that makes it


def build(raw, *options):
    command = [sys.executable, "scripts/build_dataset.py", "--raw", raw, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.fixture
def raw_data():
    folder = os.environ.get("BAJIO_RAW_DATA")
    if not folder:
        pytest.skip("needs the files of the sources: BAJIO_RAW_DATA names their folder")
    return Path(folder)


def test_the_files_are_those_that_the_script_makes(raw_data):
    done = build(raw_data, "--check")
    assert (done.returncode, done.stdout) == (0, "the same\n")


def test_a_changed_file_is_told(raw_data, tmp_path):
    assert build(raw_data, "--output", tmp_path).returncode == 0
    with (tmp_path / "areas" / "states.csv").open("a", encoding="utf-8") as file:
        file.write("MX-XXX,33,New,Nuevo,Nuevo,None\n")
    (tmp_path / "areas" / "adjacency.csv").unlink()
    (tmp_path / "note.txt").touch()
    done = build(raw_data, "--output", tmp_path, "--check")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "missing: areas/adjacency.csv",
        "different: areas/states.csv",
        "not of the dataset: note.txt",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("mx/gdp.csv", "area,year,", "area,jahr,", "has the columns"),
        ("mx/gdp.csv", "\nMEX,2003,8259533.132,", "\nMEX,2003,many,", "'many', no number"),
        ("mx/gdp.csv", "\nMEX,2003,8259533.132,", "\nMEX,2003,NaN,", "'NaN', no number"),
        ("mx/gdp.csv", "\nMEX,2004,", "\nMEX,2003,", "is given twice"),
        ("mx/gdp.csv", "\nMEX,2004,", "\nMEX,1904,", "no row for"),
        ("mx/gdp.csv", "\nMEX,2003,", "\nMEX,2003,1,", "line 2: 5 cells"),
        ("mx/fdi.csv", "MX-AGU", "MX-XXX", "unknown areas ['MX-XXX']"),
        ("mx/exports.csv", ",2007,15525,,A", ",2007,15525,,Z", "status is 'Z'"),
        ("mx/exports.csv", "not available", "lost", "reason_missing is 'lost'"),
        ("mx/activities.csv", "\n111,", "\n119,", "activities not as declared"),
        ("mx/regions.csv", "MX-AGU,2018", "MX-AGU,20180", "no years of joining"),
        ("world/factbook.csv", "exports_usd", "exports_eur", "unknown measures"),
        ("world/factbook.csv", "SHN,,area_land", "SJM,,area_land", "not there any more"),
        ("world/countries.csv", "\nZWE,", "\nZZZ,", "['ZWE']"),
    ],
)
def test_whatever_is_not_expected_is_refused(raw_data, tmp_path, file, old, new, message):
    copy = tmp_path / "raw"
    shutil.copytree(raw_data, copy, copy_function=shutil.copyfile)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    done = build(copy, "--check")
    assert done.returncode == 2
    assert message in done.stderr
    assert not done.stdout


def test_a_missing_file_is_told(raw_data, tmp_path):
    done = build(tmp_path, "--check")
    assert done.returncode == 2
    assert "is missing" in done.stderr


# The compiled tables


def tables(package):
    """The tables of a package by name, with what they hold."""
    areas = Registry.default().areas
    series = package.dataset().series
    names = [one.name for one in package.descriptor.resources if one.series is not None]
    return {name: one.load(areas) for name, one in zip(names, series, strict=True)}


def test_compiled_tables_are_not_stale():
    """After a change of the data: python scripts/compile_tables.py."""
    script = ROOT / "scripts" / "compile_tables.py"
    found = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)

    assert found.stdout == "", "python scripts/compile_tables.py makes them anew"
    assert found.returncode == 0, found.stderr


def test_compiled_tables_hold_what_the_files_hold():
    ours, plain = bundled.package(), open_package(bundled.read)

    assert tables(ours) == tables(plain)
    for table in plain.descriptor.resources:
        if table.series is None and table.name not in OUTLINES:
            assert list(ours.rows(table.name)) == list(plain.rows(table.name))


def test_a_compiled_table_of_other_files_or_areas_or_a_damaged_one_is_not_read():
    table = SeriesTable({(): {"A": {"2018": 1}}}, {})
    content = compiled(table, "sha256:0")

    assert read_compiled(content, "sha256:0", {"A"}) == table
    assert read_compiled(content, "sha256:1", {"A"}) is None
    assert read_compiled(content, "sha256:0", {"B"}) is None
    assert read_compiled(content.replace(b"2018", b"2019"), "sha256:0", {"A"}) is None
    assert read_compiled(b"", "sha256:0", {"A"}) is None


def test_compiled_rows_of_other_files_or_damaged_ones_are_not_read():
    rows = [{"code": "MX-GUA", "name": 'Guanajuato "ñ"'}, {"code": "MX-JAL", "name": ""}]
    content = compiled_rows(rows, "sha256:0")

    assert read_compiled_rows(content, "sha256:0") == rows
    assert read_compiled_rows(compiled_rows([], "sha256:0"), "sha256:0") == []
    assert read_compiled_rows(content, "sha256:1") is None
    assert read_compiled_rows(content.replace(b"JAL", b"COL"), "sha256:0") is None
    assert read_compiled_rows(b"", "sha256:0") is None


def test_a_compiled_table_keeps_its_numbers_and_marks_as_they_are():
    values = {("x", "ñ"): {"A": {"2018": Decimal("0.10"), "2019": -3, "2020": 10**40}}, (): {}}
    marks = {(("x", "ñ"), "A", "2021"): Mark("O", 'a "note", ñ')}
    table = SeriesTable(values, marks)

    again = read_compiled(compiled(table, "h"), "h", {"A"})

    assert again == table
    cells = again.values["x", "ñ"]["A"]
    assert (len(cells), list(cells), "2021" in cells, cells.get("2021", 5)) == (
        3,
        ["2018", "2019", "2020"],
        False,
        5,
    )
    assert copy.copy(cells) == cells == {**cells}
    assert repr(again.values) == repr(table.values)
    assert again.marks == marks


# The catalogue as it is held


def parts_of(thing):
    """All that a value has, with the types of it; what loads a table or shapes aside."""
    if attrs.has(type(thing)):
        names = [one.name for one in attrs.fields(type(thing)) if one.name not in {"load", "known"}]
        return type(thing), {name: parts_of(getattr(thing, name)) for name in names}
    if isinstance(thing, tuple | list):
        return type(thing), [parts_of(one) for one in thing]
    return type(thing), thing


def test_the_catalogue_that_is_held_is_that_of_the_files():
    assert bundled.held() is not None, "python scripts/compile_tables.py makes it anew"
    ours, theirs = Registry.default(), bundled.package().dataset()
    [data] = bundled.bajio_datasets()
    areas = {area.code: area for area in (*world.countries(), *mexico.states())}
    regions, groups = mexico.regions(), [*world.groups(), *mexico.groups()]

    assert parts_of([ours.areas[code] for code in areas]) == parts_of([*areas.values()])
    assert {code for code in ours.areas if not code.isdigit()} == areas.keys()
    for code, region in regions.items():
        own = bundled.__getattr__(code)
        assert parts_of(own) == parts_of(region)
    assert set(ours.regions.codes) == regions.keys()
    for group in groups:
        assert parts_of(ours.peer_groups[group.code]) == parts_of(group)
        assert hash(ours.peer_groups[group.code]) == hash(group)
    assert set(ours.peer_groups.codes) == {group.code for group in groups}
    for part in ("measures", "sources"):
        own, checked = getattr(data, part), getattr(theirs, part)
        assert list(own) == list(checked)
        assert parts_of([*own.values()]) == parts_of([*checked.values()])
    for part in ("name", "version", "reference_year", "hashes", "series"):
        assert parts_of(getattr(data, part)) == parts_of(getattr(theirs, part))
    assert data.gazetteer == theirs.gazetteer
    assert {code: read() for code, read in data.classifications.items()} == {
        code: read() for code, read in theirs.classifications.items()
    }
    assert bundled.package().digest in data.hashes


def test_the_indicators_that_are_held_are_those_of_their_modules():
    assert held_indicators.known(), "python scripts/compile_tables.py makes them anew"
    declared = {
        one.code: one
        for place in set(bajio_indicators().values())
        for one in getattr(import_module(place.partition(":")[0]), "INDICATORS", ())
    }
    declared |= {
        one.code: one
        for name in held_indicators._MODULES
        for one in import_module(f"bajio.indicators.{name}").INDICATORS
    }

    assert set(bajio_indicators()) == declared.keys()
    for code in held_indicators.known():
        own = getattr(held_indicators, code)
        assert parts_of(own) == parts_of(declared[code])
        assert hash(own) == hash(declared[code])
        assert own.rule.extent == declared[code].rule.extent


def test_without_indicators_that_are_held_they_are_imported(monkeypatch):
    monkeypatch.setattr(held_indicators, "packaged", lambda package, name: b"")
    monkeypatch.setattr(held_indicators, "known", held_indicators.known.__wrapped__)

    assert held_indicators.known() == {}
    assert bajio_indicators()["gdp"] == "bajio.indicators.output:INDICATORS"
    with pytest.raises(AttributeError, match="has no attribute 'gdp'"):
        getattr(held_indicators, "gdp")  # noqa: B009


def test_without_a_catalogue_that_is_held_all_answers_are_the_same(monkeypatch):
    wanted, groups = bajio.profile("bajio", year=2018).to_dict(), set(bajio.list_peer_groups())
    for module in (bundled, world, mexico):
        monkeypatch.setattr(module, "held", lambda: None)
    monkeypatch.setattr(bundled, "_dataset", bundled._dataset.__wrapped__)
    registry = Registry()

    assert bajio.profile("bajio", year=2018, registry=registry).to_dict() == wanted
    assert set(registry.peer_groups) == groups


def test_a_catalogue_of_other_files_or_fields_or_a_damaged_one_is_not_read(monkeypatch):
    content = held({"measures": [bundled.measures()["population"]]}, [b"a", b"b"])

    assert read_held(content, [b"a", b"b"]) is not None
    assert read_held(content, [b"a", b"c"]) is None
    assert read_held(content.replace(b"person", b"people"), [b"a", b"b"]) is None
    assert read_held(content[:-5], [b"a", b"b"]) is None
    assert read_held(b"", [b"a", b"b"]) is None
    fields = {**held_catalogue._NAMES, "Measure": ["code", "name"]}
    monkeypatch.setattr(held_catalogue, "_NAMES", fields)
    assert read_held(content, [b"a", b"b"]) is None
