"""The series of observations, in order of precedence."""

from collections.abc import Mapping

from dataset.figures import (
    MILLION,
    Figure,
    by_period,
    census_shares,
    export_totals,
    exports_by_activity,
    factbook,
    homicide_victims,
    insured_jobs,
    labour,
    output,
    part_years,
    projected,
    timeless,
)
from dataset.package import UNDATED, Package, Series
from dataset.raw import Raw, Refused
from dataset.world_bank import add_world_bank

COUNTRY, STATE, MUNICIPALITY = ("country",), ("state",), ("municipality",)
BOTH = ("country", "state")

#: Factbook: what the file calls a measure; measure, unit, frequency, last decimal printed.
FACTBOOK = {
    "area_total_km2": ("area", "km²", None, "0.01"),
    "area_land_km2": ("land-area", "km²", None, "0.01"),
    "exports_usd": ("exports-goods-services", "USD", "A", "1"),
    "real_gdp_growth_percent": ("real-gdp-growth", "percent", "A", "0.01"),
    "unemployment_percent": ("unemployment-rate-published", "percent", "A", "0.01"),
}

#: Index of marginalisation: the measure of each of its parts that is carried over.
SHARES = {"illiterate": "analf", "without-drainage": "ovsde", "without-piped-water": "ovsae"}
#: Factbook: what the World Bank has of more years.
SUPERSEDED = ("real_gdp_ppp_2021usd",)

#: Factbook: figures that cannot be right, with what the file has; docs/data.md says why.
WRONG: Mapping[str, Mapping[tuple[str, str], str]] = {
    "area_land_km2": {("SHN", ""): "122"},
}


def add_people(package: Package, raw: Raw) -> None:
    """Population by CONAPO, and as INEGI counted it."""
    figures = projected(by_period(raw.rows("mx/population.csv"), "persons"), 2020)
    series = Series("population", "conapo", "2023", "person", "A", BOTH)
    package.observations(series, figures, complete=True)
    rows = raw.rows("mx/municipal_population.csv")
    figures = projected(by_period(rows, "persons", area="clave"), 2020)
    series = Series("population", "conapo-municipal", "2023", "person", "A", MUNICIPALITY)
    package.observations(series, figures, complete=True)
    figures = by_period(raw.rows("mx/census_population.csv"), "persons")
    series = Series("census-population", "inegi-census-2020", "2020", "person", "A", BOTH)
    package.observations(series, figures, complete=True)


def add_territory(package: Package, raw: Raw) -> None:
    """Territory of the states."""
    figures = timeless(raw.rows("mx/states.csv"), "area_km2", area="iso")
    series = Series("area", "inegi-territory", UNDATED, "km²", None, STATE)
    package.observations(series, figures, complete=True)


def add_output(package: Package, raw: Raw) -> None:
    """GDP and value added of the states, at current and at constant prices."""
    gdp, gva = raw.rows("mx/gdp.csv"), raw.rows("mx/gva_by_activity.csv")
    for suffix, unit, column in (
        ("", "MXN", "current_million_mxn"),
        ("-constant", "MXN_2018", "constant2018_million_mxn"),
    ):
        series = Series(f"gdp{suffix}", "inegi-pibe", "2024", unit, "A", BOTH)
        package.observations(series, output(gdp, column), complete=True)
        series = series._replace(measure=f"gva{suffix}")
        package.observations(series, output(gva, column, activity=True), complete=True)


def add_money(package: Package, raw: Raw) -> None:
    """Foreign investment, the newer edition first, and remittances."""
    rows = raw.rows("mx/fdi_quarterly.csv")
    figures = by_period(rows, "million_usd", period="period", scale=MILLION)
    series = Series("fdi", "economia-fdi", "2025-10", "USD", "Q", STATE)
    package.observations(series, figures, complete=True)
    figures = by_period(raw.rows("mx/fdi.csv"), "million_usd", scale=MILLION)
    series = Series("fdi", "economia-fdi", "2018", "USD", "A", STATE)
    package.observations(series, figures, complete=True)
    figures = by_period(raw.rows("mx/remittances.csv"), "usd")
    series = Series("remittances", "banxico-remittances", "2025", "USD", "A", STATE)
    package.observations(series, figures, complete=True)


def add_exports(package: Package, raw: Raw) -> None:
    """Exports of the states, in all and by activity."""
    parts: list[Figure] = list(exports_by_activity(raw.rows("mx/exports.csv")))
    series = Series("exports", "inegi-exports", "2026-03", "USD", "A", STATE)
    package.observations(series, export_totals(parts), complete=True)
    series = series._replace(measure="exports-by-activity")
    package.observations(series, parts, complete=True)


def add_labour(package: Package, raw: Raw) -> None:
    """Economically active and employed persons of the states."""
    rows, states = raw.rows("mx/labour.csv"), raw.codes("mx/states.csv")
    for measure, column in (
        ("economically-active", "economically_active_persons"),
        ("employed", "employed_persons"),
    ):
        series = Series(measure, "inegi-enoe", "2025-10", "person", "Q", STATE)
        package.observations(series, labour(rows, column, states), complete=True)


def add_jobs(package: Package, raw: Raw) -> None:
    """Jobs insured with IMSS, by month, of the two files as one series: IMSS revises none."""
    rows = [*raw.rows("mx/imss_jobs.csv"), *raw.rows("mx/imss_jobs_recent.csv")]
    series = Series("insured-jobs", "imss", "2026-05", "job", "M", BOTH)
    package.observations(series, insured_jobs(rows, raw.codes("mx/states.csv")), complete=True)


def add_welfare(package: Package, raw: Raw) -> None:
    """Length of life, schooling, homicides, and shares of the index of marginalisation."""
    figures = projected(by_period(raw.rows("mx/life_expectancy.csv"), "years"), 2020)
    series = Series("life-expectancy", "conapo", "2023", "year", "A", BOTH)
    package.observations(series, figures, complete=True)
    figures = by_period(raw.rows("mx/schooling.csv"), "mean_years_of_schooling")
    series = Series("schooling", "inegi-censuses", "2020", "year", "A", STATE)
    package.observations(series, figures, complete=True)
    rows = raw.rows("mx/marginalisation_2020.csv")
    census = raw.rows("mx/census_population.csv")
    counted = {row["area"]: row.number("persons") for row in census}
    for measure, column in SHARES.items():
        series = Series(measure, "conapo-marginalisation", "2020", "percent", "A", STATE)
        package.observations(series, census_shares(rows, column, counted), complete=True)
    figures = by_period(raw.rows("mx/illiteracy.csv"), "percent_illiterate_15_and_over")
    series = Series("illiterate", "inegi-censuses", "2015", "percent", "A", STATE)
    package.observations(series, figures, complete=True)
    victims = homicide_victims(raw.rows("mx/homicide_victims.csv"))
    series = Series("homicide-victims", "sesnsp", "2025", "victim", "M", STATE)
    package.observations(series, victims, complete=True)


def add_rates(package: Package, raw: Raw) -> None:
    """Mexico's exchange rate and consumer prices."""
    rate = part_years(raw.rows("mx/usd_mxn.csv"), "mxn_per_usd")
    series = Series("exchange-rate", "banxico-fix", "2026-06", "LCU/USD", "A", COUNTRY)
    package.observations(series, rate)
    prices = part_years(raw.rows("mx/cpi.csv"), "index")
    series = Series("cpi", "inegi-inpc", "2026-06", "1", "A", COUNTRY)
    package.observations(series, prices)


def add_country_areas(package: Package, raw: Raw) -> None:
    """Territory of countries; -1 stands for one that is not known."""
    rows = [row for row in raw.rows("world/countries.csv") if row["area_km2"] != "-1"]
    series = Series("area", "country-areas", UNDATED, "km²", None, COUNTRY)
    package.observations(series, timeless(rows, "area_km2", area="iso3"))


def add_factbook(package: Package, raw: Raw) -> None:
    """What the Factbook has of countries."""
    rows = raw.rows("world/factbook.csv")
    unknown = {row["measure"] for row in rows} - {*FACTBOOK, *SUPERSEDED}
    if unknown:
        raise Refused(f"world/factbook.csv: unknown measures {sorted(unknown)}")
    for name, (measure, unit, frequency, places) in FACTBOOK.items():
        own = [row for row in rows if row["measure"] == name]
        series = Series(measure, "cia-factbook", "2025", unit, frequency, COUNTRY)
        package.observations(series, factbook(own, places, WRONG.get(name, {})))


def add_observations(package: Package, raw: Raw) -> None:
    """All series: national statistics first, then the World Bank, then others."""
    for step in (
        add_people,
        add_territory,
        add_output,
        add_money,
        add_exports,
        add_labour,
        add_jobs,
        add_welfare,
        add_rates,
        add_world_bank,
        add_country_areas,
        add_factbook,
    ):
        step(package, raw)
