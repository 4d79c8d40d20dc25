"""The raw files, read strictly: whatever is not expected is refused."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

ONE = Decimal(1)
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE]-?\d+)?")


class Refused(Exception):
    """Raw data are not as expected; the message says where."""


class Layout(NamedTuple):
    """The columns that a file has, and those that tell its rows apart."""

    columns: str
    key: str


_NAMES = """
exchange_rate fdi_inflows gdp_growth gdp_ppp gdp_usd homicides labour_force land_area
life_expectancy merchandise_exports population ppp_factor remittances unemployment
"""
_WORLD_BANK = [f"world/wdi_{name}.csv" for name in _NAMES.split()]
_OUTPUT = "current_million_mxn constant2018_million_mxn"
FILES = {
    "mx/activities.csv": Layout("activity name_es", "activity"),
    "mx/adjacency.csv": Layout("a b", "a b"),
    "mx/census_population.csv": Layout("area year persons", "area year"),
    "mx/cpi.csv": Layout("year index months", "year"),
    "mx/export_activities.csv": Layout("activity name_es", "activity"),
    "mx/exports.csv": Layout(
        "area activity year thousand_usd reason_missing status", "area activity year"
    ),
    "mx/fdi.csv": Layout("area year million_usd", "area year"),
    "mx/fdi_quarterly.csv": Layout("area period million_usd", "area period"),
    "mx/gdp.csv": Layout(f"area year {_OUTPUT}", "area year"),
    "mx/gva_by_activity.csv": Layout(f"area activity year {_OUTPUT}", "area activity year"),
    "mx/homicide_victims.csv": Layout(
        "area period intentional_homicide_victims femicide_victims", "area period"
    ),
    "mx/illiteracy.csv": Layout("area year percent_illiterate_15_and_over", "area year"),
    "mx/imss_jobs.csv": Layout("area period insured_jobs", "area period"),
    "mx/imss_jobs_recent.csv": Layout("area period insured_jobs", "area period"),
    "mx/labour.csv": Layout(
        "area period economically_active_persons employed_persons", "area period"
    ),
    "mx/life_expectancy.csv": Layout("area year years", "area year"),
    "mx/marginalisation_2020.csv": Layout(
        "area pob_tot analf sbasc ovsde ovsee ovsae ovpt vhac pl_5000 po2sm "
        "im_2020 gm_2020 imn_2020",
        "area",
    ),
    "mx/municipal_adjacency.csv": Layout("a b", "a b"),
    "mx/municipal_population.csv": Layout("clave state municipality year persons", "clave year"),
    "mx/population.csv": Layout("area year persons", "area year"),
    "mx/regions.csv": Layout("region name_es name_en area joined left basis", "region area"),
    "mx/remittances.csv": Layout("area year usd", "area year"),
    "mx/schooling.csv": Layout("area year mean_years_of_schooling", "area year"),
    "mx/states.csv": Layout("clave iso name official_name capital area_km2", "iso"),
    "mx/usd_mxn.csv": Layout("year mxn_per_usd months", "year"),
    "world/countries.csv": Layout(
        "iso3 iso2 name_en name_es region subregion un_member area_km2", "iso3"
    ),
    "world/factbook.csv": Layout("area year measure value", "area year measure"),
    "world/groups.csv": Layout("group area joined left", "group area"),
    **dict.fromkeys(_WORLD_BANK, Layout("area year value", "area year")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a raw file, which knows where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refused(self, problem: str) -> Refused:
        """What is wrong with this row, to be raised."""
        return Refused(f"{self.file}, line {self.line}: {problem}")

    def number(self, column: str, scale: Decimal = ONE) -> Decimal | None:
        """An exact number in canonical units; `None` for an empty cell.

        Raises:
            Refused: the cell holds anything else.
        """
        text = self.cells[column]
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise self.refused(f"{column} is {text!r}, no number")
        return Decimal(text) * scale

    def one_of(self, column: str, *known: str) -> str:
        """A cell that holds one of some words.

        Raises:
            Refused: it holds another.
        """
        text = self.cells[column]
        if text not in known:
            raise self.refused(f"{column} is {text!r}, not one of {', '.join(map(repr, known))}")
        return text


class Raw:
    """A folder of raw files."""

    def __init__(self, folder: Path, layouts: Mapping[str, Layout] = FILES) -> None:
        """A folder of raw files, with how each of them is laid out."""
        self.folder = folder
        self._layouts = layouts
        self._read: dict[str, list[Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """The rows of a file.

        Raises:
            Refused: it is not there, or is not laid out as expected.
        """
        if name not in self._read:
            self._read[name] = self._rows_of(name)
        return self._read[name]

    def codes(self, name: str) -> list[str]:
        """The key of each row of a file that has a key of one column."""
        return [row[self._layouts[name].key] for row in self.rows(name)]

    def _rows_of(self, name: str) -> list[Row]:
        columns, key = (names.split() for names in self._layouts[name])
        path = self.folder / name
        if not path.is_file():
            raise Refused(f"{path} is missing")
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            if sorted(header) != sorted(columns):
                raise Refused(f"{name} has the columns {header}, not {columns}")
            rows = []
            seen = set()
            for cells in reader:
                if len(cells) != len(header):
                    raise Refused(f"{name}, line {reader.line_num}: {len(cells)} cells")
                row = Row(name, reader.line_num, dict(zip(header, cells, strict=True)))
                place = tuple(row[column] for column in key)
                if place in seen:
                    raise row.refused(f"{place} is given twice")
                seen.add(place)
                rows.append(row)
        return rows
