"""The other tables: areas, neighbours, regions, peer groups, classifications."""

from decimal import Decimal

from dataset.activities import ACTIVITIES, EXPORT_ACTIVITIES, EXPORT_SECTORS
from dataset.currencies import currencies
from dataset.package import Package
from dataset.places import (
    COUNTRIES_IN_SPANISH,
    LATIN_AMERICA,
    M49,
    PEER_GROUPS,
    STATES_IN_ENGLISH,
    STATES_IN_SPANISH,
)
from dataset.raw import Raw, Refused, Row

MOST_ROUNDING = Decimal("0.01")
"""Of a sum of activities, in million pesos; the source rounds each to 0.001."""


def _subregions(raw: Raw) -> dict[str, tuple[str, str]]:
    """UN M49 region and subregion of every country.

    Raises:
        Refused: a country stands in none, or in two, or a code is of no country.
    """
    listed = [(code, region, name) for region, name, codes in M49 for code in codes.split()]
    codes = sorted(code for code, _, _ in listed)
    if codes != sorted(raw.codes("world/countries.csv")):
        raise Refused("the countries are not those of UN M49 as dataset/places.py has them")
    return {code: (region, name) for code, region, name in listed}


def add_areas(package: Package, raw: Raw) -> None:
    """Countries, states, municipalities, neighbours."""
    places = _subregions(raw)
    header = ["code", "iso2", "name_en", "name_es", "m49_region", "m49_subregion", "currency"]
    rows = [
        [*_country(row), *places[row["iso3"]], currencies(row["iso3"])]
        for row in raw.rows("world/countries.csv")
    ]
    package.table("countries", "areas/countries.csv", header, sorted(rows), key=["code"])
    header = ["code", "clave", "name_en", "name_es", "official_name", "capital"]
    rows = [_state(row) for row in raw.rows("mx/states.csv")]
    package.table("states", "areas/states.csv", header, sorted(rows), key=["code"])
    header = ["code", "name", "state"]
    names = sorted(
        {
            (row["clave"], row["municipality"], row["state"])
            for row in raw.rows("mx/municipal_population.csv")
        }
    )
    package.table("municipalities", "areas/municipalities.csv", header, names, key=["code"])
    _add_borders(package, raw, "adjacency", set(raw.codes("mx/states.csv")))
    _add_borders(package, raw, "municipal-adjacency", {code for code, _, _ in names})


def _add_borders(package: Package, raw: Raw, table: str, codes: set[str]) -> None:
    """Pairs of areas that border on one another, the lesser code first.

    Raises:
        Refused: an area is not known, or borders on itself.
    """
    pairs = []
    for row in raw.rows(f"mx/{table.replace('-', '_')}.csv"):
        first, second = sorted((row["a"], row["b"]))
        if first == second or not {first, second} <= codes:
            raise row.refused(f"no border of two areas that are known: {first}, {second}")
        pairs.append([first, second])
    package.table(table, f"areas/{table}.csv", ["a", "b"], sorted(pairs), key=["a", "b"])


def _country(row: Row) -> list[str]:
    code = row["iso3"]
    spanish = COUNTRIES_IN_SPANISH.get(code, row["name_es"])
    return [code, row["iso2"], row["name_en"], spanish]


def _state(row: Row) -> list[str]:
    code, name = row["iso"], row["name"]
    english = STATES_IN_ENGLISH.get(code, name)
    spanish = STATES_IN_SPANISH.get(code, name)
    return [code, row["clave"], english, spanish, row["official_name"], row["capital"]]


def add_regions(package: Package, raw: Raw) -> None:
    """Regions of Mexico and peer groups."""
    states = set(raw.codes("mx/states.csv"))
    columns = ["region", "name_en", "name_es", "area", "joined", "left", "basis"]
    regions = raw.rows("mx/regions.csv")
    for row in regions:
        _check_membership(row, states)
    rows = [[row[column] for column in columns] for row in regions]
    package.table("regions", "regions/regions.csv", columns, rows, key=["region", "area"])
    header = ["group", "area", "joined", "left"]
    members = _members_of_groups(raw)
    package.table("peer-groups", "regions/peer-groups.csv", header, members, key=["group", "area"])
    header = ["group", "name_en", "name_es", "basis"]
    rows = [[group, *names] for group, names in PEER_GROUPS.items()]
    package.table("peer-group-names", "regions/peer-group-names.csv", header, rows, key=["group"])


def _members_of_groups(raw: Raw) -> list[list[str]]:
    countries = raw.rows("world/countries.csv")
    places = _subregions(raw)
    found = {
        "un-members": [
            row["iso3"] for row in countries if row.one_of("un_member", "true", "false") == "true"
        ],
        "world": [row["iso3"] for row in countries],
        "latin-america": [code for code, (_, name) in places.items() if name in LATIN_AMERICA],
        "mexican-states": raw.codes("mx/states.csv"),
    }
    members = [[group, code, "", ""] for group, codes in found.items() for code in codes]
    for row in raw.rows("world/groups.csv"):
        _check_membership(row, set(found["world"]))
        row.one_of("group", *PEER_GROUPS)
        members.append([row["group"], row["area"], row["joined"], row["left"]])
    order = list(PEER_GROUPS)
    return sorted(members, key=lambda member: (order.index(member[0]), member[1]))


def _check_membership(row: Row, areas: set[str]) -> None:
    if row["area"] not in areas:
        raise row.refused(f"unknown area {row['area']!r}")
    years = row.number("joined"), row.number("left")
    if any(year is not None and not 1800 < year < 2100 for year in years):
        raise row.refused("no years of joining and leaving")


def add_classifications(package: Package, raw: Raw) -> None:
    """Activities with their parents and names."""
    _check_activities(raw)
    _check_nesting(raw)
    header = ["code", "parent", "name_en", "name_es"]
    spanish = {row["activity"]: row["name_es"] for row in raw.rows("mx/activities.csv")}
    rows = [[code, above, name, spanish[code]] for code, (above, name) in ACTIVITIES.items()]
    path = "classifications/activities.csv"
    package.table("activities", path, header, rows, key=["code"])
    rows = [[code, "", ACTIVITIES[code][1], spanish[code]] for code in EXPORT_SECTORS]
    spanish = {row["activity"]: row["name_es"] for row in raw.rows("mx/export_activities.csv")}
    rows += [
        [code, above, name, spanish[code]] for code, (above, name) in EXPORT_ACTIVITIES.items()
    ]
    path = "classifications/export-activities.csv"
    package.table("export-activities", path, header, sorted(rows), key=["code"])


def _check_activities(raw: Raw) -> None:
    """The files' activities must be those that are declared.

    Raises:
        Refused: they are not.
    """
    for file, declared in (
        ("mx/activities.csv", set(ACTIVITIES)),
        ("mx/gva_by_activity.csv", set(ACTIVITIES) - {"PIB"}),
        ("mx/export_activities.csv", set(EXPORT_ACTIVITIES)),
        ("mx/exports.csv", set(EXPORT_ACTIVITIES)),
    ):
        different = {row["activity"] for row in raw.rows(file)} ^ declared
        if different:
            raise Refused(f"{file}: activities not as declared: {sorted(different)}")


def _check_nesting(raw: Raw) -> None:
    """Children must add up to their parent, for Mexico in 2018, within the source's rounding.

    Raises:
        Refused: they do not.
    """
    column = "current_million_mxn"
    places = [
        ("PIB" if row.file == "mx/gdp.csv" else row["activity"], row)
        for file in ("mx/gdp.csv", "mx/gva_by_activity.csv")
        for row in raw.rows(file)
        if (row["area"], row["year"]) == ("MEX", "2018")
    ]
    values = {activity: row.number(column) or Decimal(0) for activity, row in places}
    for parent in {above for above, _ in ACTIVITIES.values() if above}:
        parts = [values[code] for code, (above, _) in ACTIVITIES.items() if above == parent]
        total = sum(parts, start=Decimal(0))
        if abs(total - values[parent]) > MOST_ROUNDING:
            raise Refused(f"{parent} is {values[parent]}, and its parts add up to {total}")


def add_tables(package: Package, raw: Raw) -> None:
    """All tables that hold no observations."""
    for step in (add_areas, add_regions, add_classifications):
        step(package, raw)
