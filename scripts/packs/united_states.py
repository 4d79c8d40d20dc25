"""The United States: states with their borders, two alliances, GDP and population."""

from collections.abc import Mapping
from functools import partial
from itertools import combinations

from attrs import evolve
from dataset.raw import Layout, Raw, Refused
from dataset.topology import Topology

from bajio import (
    Area,
    Charter,
    Dataset,
    Gazetteer,
    Membership,
    PeerGroup,
    Region,
    Source,
    dataset,
)
from bajio.facts.outlines import Outlines, Polygons
from bajio.readers.outline_files import read_outlines
from packs.raw_figures import joined, observed

LAYOUTS = {
    "us_gdp.csv": Layout("area year million_usd_current", "area year"),
    "us_population.csv": Layout("area year persons", "area year"),
}
NATION, REST = "USA", "US-UNALLOCATED"
#: Code, FIPS code, name, name in Spanish where it is another.
_STATES = """
AL 01 Alabama
AK 02 Alaska
AZ 04 Arizona
AR 05 Arkansas
CA 06 California
CO 08 Colorado
CT 09 Connecticut
DE 10 Delaware
DC 11 District of Columbia, Distrito de Columbia
FL 12 Florida
GA 13 Georgia
HI 15 Hawaii, Hawái
ID 16 Idaho
IL 17 Illinois
IN 18 Indiana
IA 19 Iowa
KS 20 Kansas
KY 21 Kentucky
LA 22 Louisiana, Luisiana
ME 23 Maine
MD 24 Maryland
MA 25 Massachusetts
MI 26 Michigan, Míchigan
MN 27 Minnesota
MS 28 Mississippi, Misisipi
MO 29 Missouri, Misuri
MT 30 Montana
NE 31 Nebraska
NV 32 Nevada
NH 33 New Hampshire, Nuevo Hampshire
NJ 34 New Jersey, Nueva Jersey
NM 35 New Mexico, Nuevo México
NY 36 New York, Nueva York
NC 37 North Carolina, Carolina del Norte
ND 38 North Dakota, Dakota del Norte
OH 39 Ohio
OK 40 Oklahoma
OR 41 Oregon, Oregón
PA 42 Pennsylvania, Pensilvania
RI 44 Rhode Island
SC 45 South Carolina, Carolina del Sur
SD 46 South Dakota, Dakota del Sur
TN 47 Tennessee
TX 48 Texas
UT 49 Utah
VT 50 Vermont
VA 51 Virginia
WA 53 Washington
WV 54 West Virginia, Virginia Occidental
WI 55 Wisconsin
WY 56 Wyoming
"""
#: Of each state its code, the code of its shape, and its names in English and Spanish.
STATES = [
    (f"US-{code}", fips, {"en": english, "es": spanish or english})
    for code, fips, names in (line.split(" ", 2) for line in _STATES.strip().splitlines())
    for english, _, spanish in (names.partition(", "),)
]
GREAT_LAKES = ("IL", "IN", "MI", "MN", "NY", "OH", "PA", "WI")
WEST_COAST = ("CA", "OR", "WA")
COMPACT = Charter(
    agreement={
        "en": "Great Lakes–St. Lawrence River Basin Water Resources Compact",
        "es": "Pacto de Recursos Hídricos de la Cuenca de los Grandes Lagos y el Río San Lorenzo",
    },
    signed="2005-12-13",
    sectors=[{"en": "water resources", "es": "recursos hídricos"}],
    governance={
        "en": "a council of the eight governors",
        "es": "un consejo de los ocho gobernadores",
    },
    aim={
        "en": "to protect, conserve and manage the waters of the basin together",
        "es": "proteger, conservar y administrar juntos las aguas de la cuenca",
    },
)
BEA = Source(
    "us-bea",
    "GDP by state, vintage of mid 2022",
    publisher="Bureau of Economic Analysis",
    terms="Public domain",
    citation="U.S. Bureau of Economic Analysis, GDP by State (SAGDP)",
    path="https://www.bea.gov/data/gdp/gdp-state",
)
CENSUS = Source(
    "us-census",
    "Population of states at mid-year, vintage of mid 2022",
    publisher="Census Bureau",
    terms="Public domain",
    citation="U.S. Census Bureau, through the Bureau of Economic Analysis, SAINC1",
    path="https://www.census.gov/programs-surveys/popest.html",
)
SHAPES = Source(
    "us-census-boundaries",
    "Cartographic boundaries of states",
    publisher="Census Bureau",
    terms="Public domain",
    citation="U.S. Census Bureau, Cartographic Boundary Files; simplified",
    path="https://www.census.gov/geographies/mapping-files/time-series/geo/cartographic-boundary.html",
)
_FILE = "us_states.topo.json"
#: Digits of degrees, and square degrees of the least triangle of a line that is kept.
_DIGITS, _LEAST = 3, 5e-4


def made(raw: Raw) -> Dataset:
    """The dataset with its gazetteer.

    Raises:
        Refused: the raw files are not as expected.
    """
    gdp = list(observed(raw, "us_gdp.csv", "million_usd_current", "gdp"))
    persons = list(observed(raw, "us_population.csv", "persons", "population"))
    for figures in (gdp, persons):
        lacking = {code for code, *_ in STATES} ^ ({one.area for one in figures} - {NATION})
        if lacking:
            raise Refused(f"states and figures differ by {sorted(lacking)}")
    output = dataset(
        "gdp", sources=[BEA], observations=gdp, edition="2022", units={"gdp": "million USD"}
    )
    people = dataset("population", sources=[CENSUS], observations=persons, edition="2022")
    output = evolve(output, series=[evolve(one, unallocated=REST) for one in output.series])
    return joined("united-states", [output, people], _gazetteer(raw), reference_year=2021)


def _gazetteer(raw: Raw) -> Gazetteer:
    states = [Area(code, names, "state", NATION) for code, _, names in STATES]
    rest = {"en": "Abroad, in no state", "es": "En el extranjero, en ningún estado"}
    codes = {fips: code for code, fips, _ in STATES}
    return Gazetteer(
        areas=[*states, Area(REST, rest, "unallocated", NATION)],
        borders=_sharing_lines(_topology(raw, codes)),
        regions=[
            Region(
                [Membership(f"US-{code}", joined=2008) for code in GREAT_LAKES],
                code="great-lakes",
                names={"en": "Great Lakes Compact", "es": "Pacto de los Grandes Lagos"},
                basis="Interstate compact, in force since 8 December 2008",
                charter=COMPACT,
            ),
            Region(
                [f"US-{code}" for code in WEST_COAST],
                code="west-coast",
                names={"en": "West Coast", "es": "Costa Oeste"},
                basis="The contiguous states on the Pacific Ocean",
            ),
        ],
        outlines=[Outlines(SHAPES, ["state"], partial(_shapes, raw, codes))],
        peer_groups=[
            PeerGroup(
                "us-states",
                {"en": "States of the United States", "es": "Estados de los Estados Unidos"},
                [code for code, *_ in STATES],
                "The fifty states and the District of Columbia",
            )
        ],
    )


def _shapes(raw: Raw, codes: Mapping[str, str]) -> dict[str, Polygons]:
    """The outlines of the states, by code."""
    drawn = _topology(raw, codes).with_long_lines().simplified(_LEAST).cut()
    return read_outlines(drawn.written(_DIGITS), _FILE)


def _topology(raw: Raw, codes: Mapping[str, str]) -> Topology:
    return Topology.read(raw.folder / _FILE, "states", lambda shape: codes.get(shape["id"]))


def _sharing_lines(topology: Topology) -> set[tuple[str, str]]:
    """Pairs of shapes of which a line is part of both; those that meet in a point are none."""
    owners: dict[int, set[str]] = {}
    for code, number in topology.each_line():
        owners.setdefault(max(number, ~number), set()).add(code)
    return {pair for codes in owners.values() for pair in combinations(sorted(codes), 2)}
