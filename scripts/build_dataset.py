"""Make the bundled dataset from the raw files of its sources.

Run it as `python scripts/build_dataset.py --raw DIR`, where DIR holds the files that the sources
publish, brought to CSV (`mx/gdp.csv`, `world/population.csv`, ...; docs/data.md lists them).
The result is the same, byte for byte, on each run; `--check` compares instead of writing.
"""

import argparse
import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from dataset.activities import ACTIVITIES, EXPORT_ACTIVITIES
from dataset.measures import MEASURES
from dataset.places import (
    CURRENCIES,
    LATIN_AMERICA,
    M49,
    PEER_GROUPS,
    STATES_IN_ENGLISH,
    STATES_IN_SPANISH,
)
from dataset.sources import SOURCES

DEFAULT_OUTPUT = Path(__file__).parent.parent / "src" / "bajio" / "data"
MILLION, THOUSAND = Decimal(10**6), Decimal(1000)
REASONS = {"confidential": "Q", "not available": "O", "not significant": "N"}
COUNTRY = "MEX"
Row = dict[str, str]


class Figure(NamedTuple):
    """One observation, on its way into a file."""

    area: str
    period: str
    value: Decimal | None
    status: str = ""
    note: str = ""
    activity: str = ""


class Raw:
    """The raw files, read with their columns checked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, name: str, *columns: str) -> list[Row]:
        """The rows of a file that has the columns named.

        Raises:
            SystemExit: it is not there, or a column is not.
        """
        path = self.folder / name
        if not path.is_file():
            raise SystemExit(f"{path} is missing")
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(columns) - set(reader.fieldnames or ())
            if missing:
                raise SystemExit(f"{path} has no column {', '.join(sorted(missing))}")
            return list(reader)


def number(text: str, scale: Decimal = Decimal(1)) -> Decimal | None:
    """An exact number in canonical units; `None` for an empty cell."""
    return Decimal(text) * scale if text else None


def written(value: Decimal | None) -> str:
    """Decimal notation without exponent or trailing zeros."""
    if value is None:
        return ""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def annual(
    rows: Iterable[Row], column: str, *, area: str = "area", scale: Decimal = Decimal(1)
) -> Iterator[Figure]:
    """Yearly figures of one column; empty cells are left out."""
    for row in rows:
        value = number(row[column], scale)
        if value is not None:
            yield Figure(row[area], row["year"], value)


def projected(figures: Iterable[Figure], after: int) -> Iterator[Figure]:
    """Figures marked as projections after a year."""
    for figure in figures:
        yield figure._replace(status="F") if int(figure.period) > after else figure


def released(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures of the GDP release of 2024: 2023 revised, 2024 preliminary."""
    for figure in figures:
        yield figure._replace(status={"2023": "R", "2024": "P"}.get(figure.period, ""))


def part_years(rows: Iterable[Row], column: str) -> Iterator[Figure]:
    """Yearly means for Mexico; a year with fewer than twelve months has none, and says so."""
    for row in rows:
        if row["months"] == "12":
            yield Figure(COUNTRY, row["year"], number(row[column]))
        else:
            yield Figure(COUNTRY, row["year"], None, "O", f"{row['months']} of 12 months")


def labour(rows: Sequence[Row], column: str) -> Iterator[Figure]:
    """Quarterly persons, with the quarters that were not surveyed or not published told."""
    seen = {(row["area"], row["period"]) for row in rows if row[column]}
    for row in rows:
        if row[column]:
            yield Figure(row["area"], row["period"], number(row[column]))
    areas = {area for area, _ in seen}
    for period in sorted({period for _, period in seen} | {"2020-Q2"}):
        for area in areas:
            if (area, period) not in seen:
                lost = period == "2020-Q2"
                yield Figure(area, period, None, "L" if lost else "O", "not surveyed" * lost)


def gva(rows: Iterable[Row], column: str) -> Iterator[Figure]:
    """Value added by activity."""
    for row in rows:
        value = number(row[column], MILLION)
        if value is not None:
            yield Figure(row["area"], row["year"], value, activity=row["activity"])


def exports_by_activity(rows: Iterable[Row]) -> Iterator[Figure]:
    """Exports by subsector, with the reason where there is no figure."""
    for row in rows:
        value = number(row["thousand_usd"], THOUSAND)
        status = row["status"] if row["status"] != "A" else ""
        if value is None:
            status = REASONS[row["reason_missing"]]
        yield Figure(row["area"], row["year"], value, status, activity=row["activity"])


def export_totals(figures: Iterable[Figure]) -> Iterator[Figure]:
    """A state's exports: the sum of its rows, as provisional as the most provisional of them."""
    totals: dict[tuple[str, str], Decimal] = {}
    statuses: dict[tuple[str, str], set[str]] = {}
    for figure in figures:
        if figure.value is not None:
            place = figure.area, figure.period
            totals[place] = totals.get(place, Decimal(0)) + figure.value
            statuses.setdefault(place, set()).add(figure.status)
    for (area, period), total in totals.items():
        weakest = next((s for s in ("P", "R") if s in statuses[area, period]), "")
        yield Figure(area, period, total, weakest)


def factbook(rows: Iterable[Row], measure: str, places: str) -> Iterator[Figure]:
    """The Factbook's figures of one measure, rounded to what the source prints."""
    for row in rows:
        if row["measure"] == measure and row["value"]:
            yield Figure(row["area"], row["year"], Decimal(row["value"]).quantize(Decimal(places)))


class Package:
    """The data package that is being made: files by path, and the descriptor's resources."""

    def __init__(self, known: set[str]) -> None:
        self.files: dict[str, bytes] = {}
        self.resources: list[dict[str, Any]] = []
        self.known = known

    def table(
        self,
        name: str,
        path: str,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        key: Sequence[str],
        series: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a table."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        listed = [list(row) for row in rows]
        writer.writerows([header, *listed])
        content = text.getvalue().encode()
        self.files[path] = content
        types = {"value": "number"}
        self.resources.append(
            {
                "name": name,
                "path": path,
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "rows": len(listed),
                "schema": {
                    "fields": [
                        {"name": field, "type": types.get(field, "string")} for field in header
                    ],
                    "primaryKey": list(key),
                    "missingValues": [""],
                },
                **({"series": dict(series)} if series else {}),
            }
        )

    def observations(
        self,
        measure: str,
        source: str,
        edition: str,
        unit: str,
        frequency: str | None,
        kinds: Sequence[str],
        figures: Iterable[Figure],
    ) -> None:
        """Add a series.

        Raises:
            SystemExit: a figure is given twice, or of an unknown area.
        """
        name = f"{measure}-{source}" + ("" if edition == "undated" else f"-{edition}")
        ordered = sorted(figures, key=lambda one: (one.area, one.period, one.activity))
        keys = [(one.area, one.period, one.activity) for one in ordered]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise SystemExit(f"{name}: {twice} is given twice")
        unknown = {one.area for one in ordered} - self.known
        if unknown:
            raise SystemExit(f"{name}: unknown areas {sorted(unknown)}")
        by_activity = any(one.activity for one in ordered)
        key = ["area", "period"] + ["activity"] * by_activity
        optional = [n for n in ("status", "note") if any(getattr(one, n) for one in ordered)]
        rows = [
            [*(getattr(one, n) for n in key), written(one.value)]
            + [getattr(one, n) for n in optional]
            for one in ordered
        ]
        series = {
            "measure": measure,
            "unit": unit,
            "source": source,
            "edition": edition,
            "frequency": frequency,
            "kinds": list(kinds),
        }
        header = [*key, "value", *optional]
        self.table(name, f"observations/{name}.csv", header, rows, key=key, series=series)


def add_people(package: Package, raw: Raw) -> None:
    """Population of states, countries and municipalities."""
    states = raw.rows("mx/population.csv", "area", "year", "persons")
    world = raw.rows("world/population.csv", "area", "year", "persons")
    municipal = raw.rows("mx/municipal_population.csv", "clave", "year", "persons")
    census = raw.rows("mx/census_population.csv", "area", "year", "persons")
    both, country = ("country", "state"), ("country",)
    add = package.observations
    figures = projected(annual(states, "persons"), 2020)
    add("population", "conapo", "2023", "person", "A", both, figures)
    add("population", "world-bank", "2026", "person", "A", country, annual(world, "persons"))
    figures = projected(annual(municipal, "persons", area="clave"), 2020)
    add("population", "conapo-municipal", "2023", "person", "A", ("municipality",), figures)
    figures = annual(census, "persons")
    add("census-population", "inegi-census-2020", "2020", "person", "A", both, figures)


def add_land(package: Package, raw: Raw) -> None:
    """Areas of states and countries."""
    states = raw.rows("mx/states.csv", "iso", "area_km2")
    countries = raw.rows("world/countries.csv", "iso3", "area_km2")
    book = raw.rows("world/factbook.csv", "area", "year", "measure", "value")
    add = package.observations
    figures: Iterable[Figure] = (Figure(row["iso"], "", number(row["area_km2"])) for row in states)
    add("area", "inegi-territory", "undated", "km²", None, ("state",), figures)
    figures = (
        Figure(row["iso3"], "", number(row["area_km2"]))
        for row in countries
        if row["area_km2"] and Decimal(row["area_km2"]) >= 0
    )
    add("area", "country-areas", "undated", "km²", None, ("country",), figures)
    for measure, name in (("area", "area_total_km2"), ("land-area", "area_land_km2")):
        figures = factbook(book, name, "0.01")
        add(measure, "cia-factbook", "2025", "km²", None, ("country",), figures)


def add_output(package: Package, raw: Raw) -> None:
    """GDP and value added, at current and at constant prices."""
    columns = "current_million_mxn", "constant2018_million_mxn"
    gdp = raw.rows("mx/gdp.csv", "area", "year", *columns)
    world = raw.rows("world/gdp.csv", "area", "year", "current_usd")
    book = raw.rows("world/factbook.csv", "area", "year", "measure", "value")
    activities = raw.rows("mx/gva_by_activity.csv", "area", "activity", "year", *columns)
    both, country = ("country", "state"), ("country",)
    add = package.observations
    for suffix, unit, column in (("", "MXN", columns[0]), ("-constant", "MXN_2018", columns[1])):
        figures = released(annual(gdp, column, scale=MILLION))
        add(f"gdp{suffix}", "inegi-pibe", "2024", unit, "A", both, figures)
        figures = released(gva(activities, column))
        add(f"gva{suffix}", "inegi-pibe", "2024", unit, "A", both, figures)
    add("gdp", "world-bank", "2026", "USD", "A", country, annual(world, "current_usd"))
    figures = factbook(book, "real_gdp_ppp_2021usd", "1")
    add("gdp-constant", "cia-factbook", "2025", "int_USD_2021", "A", country, figures)
    figures = factbook(book, "real_gdp_growth_percent", "0.01")
    add("real-gdp-growth", "cia-factbook", "2025", "percent", "A", country, figures)


def add_money_and_trade(package: Package, raw: Raw) -> None:
    """Investment, remittances, exports, rates."""
    old = raw.rows("mx/fdi.csv", "area", "year", "million_usd")
    new = raw.rows("mx/fdi_quarterly.csv", "area", "period", "million_usd")
    sent = raw.rows("mx/remittances.csv", "area", "year", "usd")
    goods = raw.rows("mx/exports.csv", "area", "activity", "year", "thousand_usd", "status")
    book = raw.rows("world/factbook.csv", "area", "year", "measure", "value")
    state, country = ("state",), ("country",)
    add = package.observations
    figures = annual(old, "million_usd", scale=MILLION)
    add("fdi", "economia-fdi", "2018", "USD", "A", state, figures)
    quarters = [{**row, "year": row["period"]} for row in new]
    figures = annual(quarters, "million_usd", scale=MILLION)
    add("fdi", "economia-fdi", "2025-10", "USD", "Q", state, figures)
    add("remittances", "banxico-remittances", "2025", "USD", "A", state, annual(sent, "usd"))
    by_activity = list(exports_by_activity(goods))
    totals = export_totals(by_activity)
    add("exports", "inegi-exports", "2026-03", "USD", "A", state, totals)
    add("exports-by-activity", "inegi-exports", "2026-03", "USD", "A", state, by_activity)
    figures = factbook(book, "exports_usd", "1")
    add("exports-goods-services", "cia-factbook", "2025", "USD", "A", country, figures)
    rate = part_years(raw.rows("mx/usd_mxn.csv", "year", "months"), "mxn_per_usd")
    add("exchange-rate", "banxico-fix", "2026-06", "MXN/USD", "A", country, rate)
    index = part_years(raw.rows("mx/cpi.csv", "year", "months"), "index")
    add("cpi", "inegi-inpc", "2026-06", "1", "A", country, index)
    factor = raw.rows("world/ppp_factor.csv", "area", "year", "lcu_per_international_dollar")
    figures = annual(factor, "lcu_per_international_dollar")
    add("ppp-factor", "world-bank", "2026", "LCU/int_USD", "A", country, figures)


def add_labour(package: Package, raw: Raw) -> None:
    """Active and employed persons, unemployment."""
    rows = raw.rows("mx/labour.csv", "area", "period")
    book = raw.rows("world/factbook.csv", "area", "year", "measure", "value")
    add = package.observations
    for measure, column in (
        ("economically-active", "economically_active_persons"),
        ("employed", "employed_persons"),
    ):
        figures = labour(rows, column)
        add(measure, "inegi-enoe", "2025-10", "person", "Q", ("state",), figures)
    published = factbook(book, "unemployment_percent", "0.01")
    name = "unemployment-rate-published"
    add(name, "cia-factbook", "2025", "percent", "A", ("country",), published)


def subregions() -> dict[str, tuple[str, str]]:
    """UN M49 region and subregion by country."""
    return {code: (region, name) for region, name, codes in M49 for code in codes.split()}


def add_areas(package: Package, raw: Raw) -> None:
    """Countries, states, municipalities, neighbours."""
    places = subregions()
    countries = raw.rows("world/countries.csv", "iso3", "iso2", "name_en", "name_es")
    header = ["code", "iso2", "name_en", "name_es", "m49_region", "m49_subregion", "currency"]
    rows = [
        [row["iso3"], row["iso2"], row["name_en"], row["name_es"], *places[row["iso3"]],
         CURRENCIES.get(row["iso3"], "")]
        for row in countries
    ]  # fmt: skip
    package.table("countries", "areas/countries.csv", header, sorted(rows), key=["code"])
    states = raw.rows("mx/states.csv", "clave", "iso", "name", "official_name", "capital")
    header = ["code", "clave", "name_en", "name_es", "official_name", "capital"]
    rows = [
        [
            row["iso"],
            row["clave"],
            STATES_IN_ENGLISH.get(row["iso"], row["name"]),
            STATES_IN_SPANISH.get(row["iso"], row["name"]),
            row["official_name"],
            row["capital"],
        ]
        for row in states
    ]
    package.table("states", "areas/states.csv", header, sorted(rows), key=["code"])
    municipal = raw.rows("mx/municipal_population.csv", "clave", "state", "municipality")
    names = {(row["clave"], row["municipality"], row["state"]) for row in municipal}
    header = ["code", "name", "state"]
    package.table("municipalities", "areas/municipalities.csv", header, sorted(names), key=["code"])
    pairs = [[row["a"], row["b"]] for row in raw.rows("mx/adjacency.csv", "a", "b")]
    package.table("adjacency", "areas/adjacency.csv", ["a", "b"], sorted(pairs), key=["a", "b"])


def add_regions(package: Package, raw: Raw) -> None:
    """Regions of Mexico and peer groups."""
    columns = "region", "name_en", "name_es", "area", "joined", "left", "basis"
    regions = raw.rows("mx/regions.csv", *columns)
    rows: list[Sequence[str]] = [[row[name] for name in columns] for row in regions]
    package.table("regions", "regions/regions.csv", columns, rows, key=["region", "area"])
    countries = raw.rows("world/countries.csv", "iso3", "un_member")
    states = raw.rows("mx/states.csv", "iso")
    places = subregions()
    members = [["un-members", c["iso3"], "", ""] for c in countries if c["un_member"] == "true"]
    members += [["world", c["iso3"], "", ""] for c in countries]
    members += [
        ["latin-america", c["iso3"], "", ""]
        for c in countries
        if places[c["iso3"]][1] in LATIN_AMERICA
    ]
    groups = raw.rows("world/groups.csv", "group", "area", "joined", "left")
    members += [[row[name] for name in ("group", "area", "joined", "left")] for row in groups]
    members += [["mexican-states", row["iso"], "", ""] for row in states]
    order = list(PEER_GROUPS)
    members.sort(key=lambda row: (order.index(row[0]), row[1]))
    header = ["group", "area", "joined", "left"]
    package.table("peer-groups", "regions/peer-groups.csv", header, members, key=["group", "area"])
    rows = [[group, *names] for group, names in PEER_GROUPS.items()]
    header = ["group", "name_en", "name_es", "basis"]
    package.table("peer-group-names", "regions/peer-group-names.csv", header, rows, key=["group"])


def add_classifications(package: Package, raw: Raw) -> None:
    """Activities with their parents and names."""
    spanish = {r["activity"]: r["name_es"] for r in raw.rows("mx/activities.csv", "name_es")}
    check_nesting(raw)
    header = ["code", "parent", "name_en", "name_es"]
    rows = [[code, parent, name, spanish[code]] for code, (parent, name) in ACTIVITIES.items()]
    path = "classifications/activities.csv"
    package.table("activities", path, header, rows, key=["code"])
    spanish = {r["activity"]: r["name_es"] for r in raw.rows("mx/export_activities.csv", "name_es")}
    rows = [[code, name, spanish[code]] for code, name in EXPORT_ACTIVITIES.items()]
    header = ["code", "name_en", "name_es"]
    path = "classifications/export-activities.csv"
    package.table("export-activities", path, header, rows, key=["code"])


def check_nesting(raw: Raw) -> None:
    """Children must add up to their parent, for Mexico in 2018, within the source's rounding.

    Raises:
        SystemExit: they do not, or an activity is not declared.
    """
    rows = raw.rows("mx/gva_by_activity.csv", "area", "activity", "year", "current_million_mxn")
    undeclared = {row["activity"] for row in rows} - set(ACTIVITIES)
    if undeclared:
        raise SystemExit(f"activities without a parent: {sorted(undeclared)}")
    value = {
        row["activity"]: Decimal(row["current_million_mxn"])
        for row in rows
        if row["area"] == COUNTRY and row["year"] == "2018" and row["current_million_mxn"]
    }
    for parent in {parent for parent, _ in ACTIVITIES.values() if parent in value}:
        children = [code for code, (above, _) in ACTIVITIES.items() if above == parent]
        total = sum(value.get(code, Decimal(0)) for code in children)
        if abs(total - value[parent]) > Decimal("0.01"):
            raise SystemExit(f"{parent} is {value[parent]}, its parts add up to {total}")


def build(raw: Raw) -> dict[str, bytes]:
    """All files of the package, by path."""
    known = {code for code, *_ in ((row["iso3"],) for row in raw.rows("world/countries.csv"))}
    known |= {row["iso"] for row in raw.rows("mx/states.csv")}
    known |= {row["clave"] for row in raw.rows("mx/municipal_population.csv")}
    package = Package(known)
    steps = (
        add_people, add_land, add_output, add_money_and_trade, add_labour,
        add_areas, add_regions, add_classifications,
    )  # fmt: skip
    for step in steps:
        step(package, raw)
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "bajio",
        "title": "Figures of Mexico, its states and municipalities, and of the world's countries",
        "version": "2026.11",
        "referenceYear": 2025,
        "licenses": [{"name": "various", "title": "Each source has terms of its own"}],
        "sources": SOURCES,
        "measures": MEASURES,
        "resources": package.resources,
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    return {**package.files, "datapackage.json": text.encode()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the package, or compare it with what is there; 1 where they differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--raw", type=Path, required=True, help="folder of the raw files")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="where it is written")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    given = parser.parse_args(arguments)
    files = build(Raw(given.raw))
    if given.check:
        present = {
            str(path.relative_to(given.output)): path.read_bytes()
            for path in given.output.rglob("*")
            if path.is_file()
        }
        different = sorted(
            path for path in {*files, *present} if files.get(path) != present.get(path)
        )
        print("\n".join(f"differs: {path}" for path in different) or "the same")
        return 1 if different else 0
    for path, content in files.items():
        target = given.output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    print(f"{len(files)} files written to {given.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
