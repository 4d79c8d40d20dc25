"""The profile of a region by hand, in pandas: what bajio is measured against.

It reads the same figures and answers the same question for a region of Mexico's states:
each indicator's value, its share of Mexico, and its place among the peers, with who is above and
below. It is written as one who knows pandas would: each file is read once, with the columns that
are needed; no loop goes over rows; one function of formulas serves region, host and peers.
What bajio says beside that it leaves out: sources, statuses, coverage, why there is no number.

As a program it prints the profile of the Bajío Alliance: `python by_hand.py DATA YEAR`.
"""

import sys
from typing import Any, NamedTuple

import pandas as pd

BAJIO = ["MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP"]
HOST = "MEX"
FILES = {
    "population": "population-conapo-2023",
    "area": "area-inegi-territory",
    "gdp": "gdp-inegi-pibe-2024",
    "gdp-constant": "gdp-constant-inegi-pibe-2024",
    "fdi": "fdi-economia-fdi-2025-10",
    "remittances": "remittances-banxico-remittances-2025",
    "exports": "exports-inegi-exports-2026-03",
    "employed": "employed-inegi-enoe-2025-10",
    "active": "economically-active-inegi-enoe-2025-10",
    "life": "life-expectancy-conapo-2023",
    "victims": "homicide-victims-sesnsp-2025",
    "exchange-rate": "exchange-rate-banxico-fix-2026-06",
    "ppp-factor": "ppp-factor-world-bank-ppp-2026-02",
    "world-population": "population-world-bank-2026-07",
    "world-area": "area-country-areas",
    "world-gdp": "gdp-world-bank-2026-07",
    "world-gdp-ppp": "gdp-world-bank-ppp-2026-02",
    "world-gdp-constant": "gdp-constant-world-bank-volume-2026-07",
    "world-fdi": "fdi-world-bank-2026-07",
    "world-remittances": "remittances-world-bank-2026-07",
    "world-exports": "exports-world-bank-2026-07",
    "world-employed": "employed-world-bank-employment-2026-07",
    "world-life": "life-expectancy-world-bank-2026-07",
    "world-victims": "homicide-victims-world-bank-homicide-2026-07",
    "world-active": "economically-active-world-bank-2026-07",
}
#: Figures of countries by year, and those that are read of the year before as well.
FLOWS = ["gdp", "gdp-ppp", "fdi", "remittances", "exports", "active", "victims"]
GROWING = ["population", "gdp-constant", "employed"]
ADDITIVE = {
    "population",
    "area",
    "gdp",
    "gdp-mxn",
    "gdp-ppp",
    "fdi",
    "remittances",
    "exports",
    "employment",
}

LOWER_IS_BETTER = {"unemployment-rate", "homicide-rate"}

Tables = dict[str, pd.DataFrame]


class Line(NamedTuple):
    """One line of a profile."""

    indicator: str
    value: float
    share: float | None = None
    position: int | None = None
    of: int | None = None
    above: str | None = None
    below: str | None = None


class Prepared(NamedTuple):
    """All that can be worked out of a year and a group of peers before a region is named."""

    areas: pd.DataFrame
    rate: float
    ppp: float
    host: dict[str, Any]
    peers: dict[str, pd.Series]


def read(data: str) -> Tables:
    """The files that the question needs, by name."""
    tables = {
        name: pd.read_csv(f"{data}/observations/{file}.csv", usecols=["area", "period", "value"])
        for name, file in FILES.items()
    }
    tables["groups"] = pd.read_csv(f"{data}/regions/peer-groups.csv")
    return tables


def yearly(table: pd.DataFrame, year: int) -> pd.Series:
    """The values of a year by area."""
    return table[table["period"] == year].set_index("area")["value"]


def parted(table: pd.DataFrame, year: int, how: str, parts: int = 4) -> pd.Series:
    """The sum or mean of a year's quarters, or months, by area, where all are there."""
    found = table[table["period"].str.startswith(f"{year}-")].groupby("area")["value"]
    return found.agg(how).where(found.count() == parts)


def of_mexico(tables: Tables, year: int) -> pd.DataFrame:
    """A row of figures for each state and for Mexico, the sum of the states where none is given."""
    areas = pd.DataFrame(
        {
            "population": yearly(tables["population"], year),
            "population-before": yearly(tables["population"], year - 1),
            "area": tables["area"].set_index("area")["value"],
            "gdp": yearly(tables["gdp"], year),
            "gdp-constant": yearly(tables["gdp-constant"], year),
            "gdp-constant-before": yearly(tables["gdp-constant"], year - 1),
            "fdi": parted(tables["fdi"], year, "sum"),
            "remittances": yearly(tables["remittances"], year),
            "exports": yearly(tables["exports"], year),
            "employed": parted(tables["employed"], year, "mean"),
            "employed-before": parted(tables["employed"], year - 1, "mean"),
            "active": parted(tables["active"], year, "mean"),
            "victims": parted(tables["victims"], year, "sum", 12),
        }
    )
    areas["years"] = yearly(tables["life"], year) * areas["population"]
    areas.loc[HOST] = areas.loc[HOST].fillna(areas.drop(index=HOST).sum(min_count=32))
    return areas


def of_countries(tables: Tables, year: int) -> pd.DataFrame:
    """A row of figures for each country, money in US dollars."""
    now = {name: yearly(tables[f"world-{name}"], year) for name in FLOWS + GROWING}
    before = {f"{name}-before": yearly(tables[f"world-{name}"], year - 1) for name in GROWING}
    area = tables["world-area"].set_index("area")["value"]
    years = yearly(tables["world-life"], year) * now["population"]
    return pd.DataFrame(now | before | {"area": area, "years": years})


def all_indicators(row: Any, gdp: Any, ppp: Any) -> dict[str, Any]:
    """All indicators, of a frame or of one row; GDP in US dollars and in international ones."""
    people = row["population"]
    return {
        "population": people,
        "area": row["area"],
        "population-density": people / row["area"],
        "population-growth": people / row["population-before"] - 1,
        "gdp": gdp,
        "gdp-per-capita": gdp / people,
        "gdp-ppp": ppp,
        "gdp-per-capita-ppp": ppp / people,
        "gdp-growth": row["gdp-constant"] / row["gdp-constant-before"] - 1,
        "fdi": row["fdi"],
        "fdi-per-capita": row["fdi"] / people,
        "remittances": row["remittances"],
        "remittances-per-capita": row["remittances"] / people,
        "exports": row["exports"],
        "exports-per-capita": row["exports"] / people,
        "exports-to-gdp": row["exports"] / gdp,
        "employment": row["employed"],
        "employment-growth": row["employed"] / row["employed-before"] - 1,
        "unemployment-rate": (row["active"] - row["employed"]) / row["active"],
        "active-share": row["active"] / people,
        "life-expectancy": row["years"] / people,
        "homicide-rate": row["victims"] / people * 100_000,
    }


def in_pesos(row: Any, rate: float, ppp: float) -> dict[str, Any]:
    """All indicators, of a frame or of one row with the figures of Mexico's statistics."""
    found = all_indicators(row, row["gdp"] / rate, row["gdp"] / ppp)
    return found | {"gdp-mxn": row["gdp"]}


def prepare(tables: Tables, year: int, group: str) -> Prepared:
    """The figures of a year, and the peers' indicators, each sorted."""
    areas = of_mexico(tables, year)
    rate, ppp = (yearly(tables[name], year)[HOST] for name in ("exchange-rate", "ppp-factor"))
    groups = tables["groups"]
    if group == "mexican-states":
        peers = in_pesos(areas.drop(index=HOST), rate, ppp)
    else:
        inside = (groups["group"] == group) & ~(groups["joined"] > year) & ~(groups["left"] <= year)
        countries = of_countries(tables, year).reindex(groups.loc[inside, "area"])
        peers = all_indicators(countries, countries["gdp"], countries["gdp-ppp"])
        peers["gdp-mxn"] = countries["gdp"] * rate
    ranked = {code: values.dropna().sort_values() for code, values in peers.items()}
    return Prepared(areas, rate, ppp, in_pesos(areas.loc[HOST], rate, ppp), ranked)


def answer(prepared: Prepared, members: list[str], codes: list[str] | None = None) -> list[Line]:
    """The profile of a region: all indicators, or those that are named."""
    found = in_pesos(prepared.areas.loc[members].sum(skipna=False), prepared.rate, prepared.ppp)
    lines = []
    for code in codes or found:
        value = found[code]
        share = value / prepared.host[code] if code in ADDITIVE else None
        peers = prepared.peers.get(code)
        if peers is None:
            lines.append(Line(code, value, share))
            continue
        if HOST not in peers:  # peers are states, of which the region's own are none
            peers = peers.drop(members)
        lines.append(Line(code, value, share, *place_among(peers, value, code)))
    return lines


def place_among(
    ascending: pd.Series, value: float, code: str
) -> tuple[int, int, str | None, str | None]:
    """Position, number of places, and the neighbours above and below."""
    at = ascending.searchsorted(value)
    lower = ascending.index[at - 1] if at else None
    higher = ascending.index[at] if at < len(ascending) else None
    places = len(ascending) + 1
    if code in LOWER_IS_BETTER:
        return at + 1, places, lower, higher
    return places - at, places, higher, lower


def profile(
    tables: Tables, members: list[str], year: int, group: str, codes: list[str] | None = None
) -> list[Line]:
    """The profile of a region from the tables, nothing being kept from other questions."""
    return answer(prepare(tables, year, group), members, codes)


if __name__ == "__main__":
    print(pd.DataFrame(profile(read(sys.argv[1]), BAJIO, int(sys.argv[2]), "un-members")))
