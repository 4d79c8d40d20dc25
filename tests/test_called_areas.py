"""Tables whose areas are called by name, whose periods are columns, whose categories are own."""

import warnings

import pandas as pd
import pyarrow as pa
import pytest
from backends import BACKENDS, EACH, by_key, rows

import bajio
from bajio import Dataset, Indicator, Measure, Region, Sum
from bajio.errors import AmbiguousName, InvalidValue, UnknownCode
from bajio.facts.classifications import Category, Classification
from bajio.indicators.shift_share import ShiftShare
from bajio.questions.panel_areas import AreasRecognised
from bajio.rules import Across, At, By, Stack

LAZY = {"polars-lazy", "duckdb"}
WEST = {"west": ["Jalisco", "Col."], "all": ["MX-JAL", "colima", "Nayarit"]}
each = pytest.mark.parametrize("backend", EACH)


def people(areas, **columns):
    base = {"area": areas, "period": [2018] * len(areas), "measure": ["population"] * len(areas)}
    return pa.table({**base, "value": [float(2**at) for at in range(len(areas))], **columns})


def asked(backend, table, **options):
    return bajio.evaluate_table(BACKENDS[backend](table), "population", **options)


def values(frame, *keys):
    return {key: row["population"] for key, row in by_key(frame, *(keys or ("region",))).items()}


@each
@pytest.mark.parametrize(
    "areas",
    [
        ["Jalisco", "COLIMA", "nayarit"],
        ["14", "06", "18"],
        [14, 6, 18],
        ["MX-JAL", "Colima", "Nay."],
        pa.array(["Jalisco", "Colima", "Nayarit"]).dictionary_encode(),
    ],
)
def test_names_and_claves_are_recognised(backend, areas):
    found = asked(backend, people(areas), regions=WEST, areas="names")
    assert values(found) == {("west",): 3, ("all",): 7}


@each
def test_names_are_found_where_areas_would_be_missing_and_that_is_told(backend):
    told = []
    table = people(["Jalisco", "Colima", "Nayarit", "Total"])
    if backend in LAZY:
        with pytest.raises(InvalidValue, match="'Jalisco' names MX-JAL, and a lazy table"):
            asked(backend, table, regions=WEST)
        return
    found = asked(backend, table, regions=WEST, notes=told.append)
    assert values(found) == {("west",): 3, ("all",): 7}
    [note] = told
    assert "'Colima' is MX-COL" in note
    assert "Total" not in note
    with pytest.warns(AreasRecognised, match="'Jalisco' is MX-JAL"):
        asked(backend, table, regions=WEST)
    with pytest.raises(UnknownCode, match="nor of 'MX-JAL'"):
        asked(backend, table, regions=[bajio.region("MX-JAL+MX-COL")], areas="codes")


@each
def test_codes_of_the_table_alone_stay_as_they_are(backend):
    with warnings.catch_warnings(action="error"):
        found = asked(backend, people(["A1", "A2", "1"]), regions={"pair": ["A1", "A2"]})
        assert values(found) == {("pair",): 3}
        own = asked(backend, people(["1", "2", "14"]), regions=[Region(["1", "2"], code="pair")])
        assert values(own) == {("pair",): 3}


@each
def test_two_names_of_one_area_are_never_added(backend):
    table = people(["Jalisco", "MX-JAL"])
    [row] = rows(asked(backend, table, regions=["MX-JAL"], areas="names"))
    assert (row["population"], row["population_reason"]) == (None, "invalid")


@each
def test_a_membership_table_has_names_too(backend):
    members = {"region": ["west", "west"], "area": ["Jal.", "6"]}
    regions = BACKENDS[backend](pa.table(members))
    found = asked(backend, people(["Jalisco", "Colima"]), regions=regions, areas="names")
    assert values(found) == {("west",): 3}


@each
def test_what_is_asked_for_and_is_not_there_is_named(backend):
    table = people(["Jalisco", "Colima"])
    with pytest.raises(UnknownCode, match="'MX-NAY'"):
        asked(backend, table, regions=WEST, areas="names")
    told = []
    asked(backend, table, regions=WEST, areas="names", missing="partial", notes=told.append)
    assert told == ["left out, since no row of the table is about them: 'MX-NAY'"]


@each
def test_what_nearly_is_the_name_of_an_area_that_is_not_there_is_told(backend):
    table = people(["Jalisco", "Colima", "Nayarith", "Total"])
    with pytest.raises(
        UnknownCode, match=r"'MX-NAY': .*; 'Nayarith' in the table is nearly the name of MX-NAY"
    ):
        asked(backend, table, regions=WEST, areas="names")


def test_a_region_by_a_membership_table_and_peers_are_looked_for_in_a_lazy_table():
    table, members = people(["Jalisco"]), pa.table({"region": ["w", "w"], "area": ["Jal.", "6"]})
    for backend in sorted(LAZY):
        regions = BACKENDS[backend](members)
        with pytest.raises(UnknownCode, match="'MX-COL': no row of the table"):
            asked(backend, table, regions=regions, areas="names")
        with pytest.raises(UnknownCode, match="'MX-NAY': no row of the table"):
            asked(backend, table, regions=["MX-JAL"], peers=["Jalisco", "Nayarit"], areas="names")


def test_a_name_of_several_is_refused_where_one_is_asked_for():
    table = people(["Juárez", "León"])
    with pytest.raises(AmbiguousName, match="Juárez"):
        asked("polars", table, regions=["08037"], areas="names")


@each
def test_periods_are_columns(backend):
    table = pa.table(
        {"area": ["14", "6"], "2018": [8, 1], "2019": [8.5, 1.5], "2020": ["9", "1000"]}
    )
    wide = {"population": ["2018", "2019", "2020"]}
    found = asked(backend, table, regions={"west": ["14", "06"]}, areas="names", wide=wide)
    assert values(found, "period") == {(2018,): 9, (2019,): 10, (2020,): 1009}


@each
def test_columns_of_several_measures_and_of_what_is_timeless(backend):
    table = pa.table({"area": ["A1", "A2"], "p18": [4, 6], "p19": [5, 15], "km2": [1.0, 4.0]})
    wide = {"population": {2018: "p18", "2019": "p19"}, "area": "km2"}
    given = BACKENDS[backend](table)
    density = Indicator("dense", Sum("population") / Sum("area"), "person/km**2", "Density")
    found = bajio.evaluate_table(given, density, regions={"pair": ["A1", "A2"]}, wide=wide)
    dense = {key[0]: row["dense"] for key, row in by_key(found, "period").items()}
    assert dense == {2018: 2, 2019: 4}


@each
def test_periods_are_columns_of_a_long_table(backend):
    table = pa.table({"area": ["A1"], "measure": ["population"], "2018-Q1": [4], "2018-Q2": [5]})
    found = asked(
        backend,
        table,
        regions={"own": ["A1"]},
        period_columns=["2018-Q1", "2018-Q2"],
        frequency="quarterly",
    )
    assert values(found, "period") == {("2018-Q1",): 4, ("2018-Q2",): 5}


def test_columns_that_pandas_calls_by_numbers():
    table = pd.DataFrame({"area": ["A1"], 2018: [4], 2019: [5]})
    found = bajio.evaluate_table(
        table, "population", regions={"own": ["A1"]}, wide={"population": [2018, 2019]}
    )
    assert found["population"].tolist() == [4, 5]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"wide": {"population": ["2018", 2018]}}, "two columns are of one period"),
        ({"wide": {"population": ["2017"]}}, "no column '2017'"),
        ({"wide": {"population": {"2018": "2018", "2019": "2018"}}}, "named twice"),
        ({"wide": {"population": ["value"]}}, "value"),
        ({"period_columns": ["2018"], "wide": {"population": "2018"}}, "of a long table"),
        ({"areas": "maybe"}, "way to call areas"),
        ({"notes": 5}, "cannot be called"),
    ],
)
def test_what_cannot_be_is_refused(options, told):
    table = pa.table({"area": ["A1"], "2018": [4]})
    with pytest.raises(InvalidValue, match=told):
        asked("polars", table, regions={"own": ["A1"]}, **options)


SECTORS = Classification(
    "sectors",
    [Category("all", "All"), Category("1", "Goods", "all"), Category("2", "Services", "all")],
    "all",
)
MADE = Measure("made", "Made", "1", dimensions=["sector"], classifications={"sector": "sectors"})
OWN = Dataset("own", [MADE], (), (), classifications={"sectors": lambda: SECTORS})


@each
def test_categories_of_ones_own_are_shared_out_and_held_against_the_host(backend):
    share = Sum("made") / Across(Sum("made"), "sector")
    shares = Indicator("shares", By(share, "sector"), "1", "Shares")
    quotient = Indicator("lq", By(share / At(share, "host"), "sector"), "1", "Quotients")
    columns = {"area": ["A1", "A1", "A2", "A2"], "sector": [1, 2, 1, 2], "measure": ["made"] * 4}
    table = BACKENDS[backend](pa.table({**columns, "value": [3.0, 1.0, 1.0, 3.0]}))
    [row] = rows(
        bajio.evaluate_table(
            table,
            [shares, quotient],
            OWN,
            regions={"one": ["A1"]},
            by=[],
            hosts={"A1": "X", "A2": "X"},
            host_figures="parts",
        )
    )
    assert [row[name] for name in ("shares_1", "shares_2")] == [0.75, 0.25]
    assert [row[name] for name in ("lq_1", "lq_2")] == [1.5, 0.5]


@each
def test_a_shift_share_of_ones_own_categories_adds_up(backend):
    effects = ShiftShare(Sum("made"), "sector", 1)
    change = Indicator("change", Stack(effects.parts), "1", "Change")
    columns = {
        "area": ["A1", "A1", "A2", "A2"] * 2,
        "sector": ["1", "2"] * 4,
        "period": [2018] * 4 + [2019] * 4,
        "measure": ["made"] * 8,
        "value": [10.0, 10.0, 30.0, 50.0, 16.0, 12.0, 32.0, 60.0],
    }
    found = bajio.evaluate_table(
        BACKENDS[backend](pa.table(columns)),
        change,
        OWN,
        regions={"one": ["A1"]},
        hosts={"A1": "X", "A2": "X"},
        host_figures="parts",
    )
    parts = by_key(found, "period")[2019,]
    effect = [parts[f"change_{name}"] for name in ("national", "mix", "regional")]
    assert effect == pytest.approx([4, 0, 4])  # by hand: 20 x 20 %; both grow 20 %; 28 - 24
