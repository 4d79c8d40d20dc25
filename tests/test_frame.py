"""Tables of the user's own: what is read, refused, flagged, and never run before it is asked."""

import ast
import sys
from math import isnan
from pathlib import Path
from types import ModuleType

import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from backends import BACKENDS, CONNECTION, EACH, arrow, by_key, rows

import bajio
from bajio import Growth, Indicator, Region, Sum
from bajio.engines.frame.backend import without_call_sites
from bajio.errors import InvalidRule, InvalidValue, UnitMismatch, UnknownCode
from bajio.rules import Custom

FOLDER = Path(bajio.__file__).parent / "engines" / "frame"
DENSITY = Indicator("density", Sum("population") / Sum("area"), "person/km²", "Density")
PAIR = Region(["MX-COL", "MX-JAL"], code="pair")


def table(*more):
    seen = [
        ("MX-COL", "2019", "population", 10.0),
        ("MX-COL", "2020", "population", 12.0),
        ("MX-JAL", "2019", "population", 30.0),
        ("MX-JAL", "2020", "population", 33.0),
        ("MX-COL", None, "area", 2.0),
        ("MX-JAL", None, "area", 4.0),
        *more,
    ]
    names = ("area", "period", "measure", "value")
    cells = dict(zip(names, zip(*seen, strict=True), strict=True))
    return arrow(cells, (str, str, str, float))


each = pytest.mark.parametrize("backend", EACH)


@each
def test_a_table_gives_a_frame_of_its_own_kind_with_value_coverage_and_reason(backend):
    given = BACKENDS[backend](table())
    found = bajio.evaluate_table(given, ["population-growth", DENSITY], regions=[PAIR])
    assert type(found) is type(given)
    assert by_key(found, "period") == {
        ("2019",): {
            "region": "pair",
            "period": "2019",
            "population-growth": None,
            "population-growth_coverage": 0.0,
            "population-growth_reason": "missing",
            "density": 40 / 6,
            "density_coverage": 1.0,
            "density_reason": None,
        },
        ("2020",): {
            "region": "pair",
            "period": "2020",
            "population-growth": 0.125,
            "population-growth_coverage": 1.0,
            "population-growth_reason": None,
            "density": 7.5,
            "density_coverage": 1.0,
            "density_reason": None,
        },
    }


@each
def test_a_figure_that_is_given_twice_is_never_added(backend):
    given = BACKENDS[backend](table(("MX-COL", "2020", "population", 12.0)))
    found = by_key(bajio.evaluate_table(given, "population", regions=[PAIR]), "period")
    assert (found["2020",]["population"], found["2020",]["population_reason"]) == (None, "invalid")
    assert found["2019",]["population"] == 40


@each
@pytest.mark.parametrize("figure", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_poisons_what_it_enters(backend, figure):
    kept = table().filter([True] * 3 + [False] + [True] * 2)
    given = BACKENDS[backend](
        pl.concat(
            [
                pl.from_arrow(one)
                for one in (kept, table(("MX-JAL", "2020", "population", figure)).slice(6))
            ]
        ).to_arrow()
    )
    found = by_key(bajio.evaluate_table(given, "population", regions=[PAIR]), "period")["2020",]
    numpy = backend == "pandas" and isnan(figure)  # there NaN is how null is written
    assert (found["population"], found["population_reason"]) == (
        None,
        "missing" if numpy else "invalid",
    )
    asked = bajio.evaluate_table(
        given, "population", regions=[PAIR], nan="missing", missing="partial"
    )
    found = by_key(asked, "period")["2020",]
    assert found["population"] == (12 if isnan(figure) else None)


@each
def test_a_null_is_missing_and_never_zero(backend):
    given = table().to_pylist()
    given[3]["value"] = None
    columns = {name: [row[name] for row in given] for name in given[0]}
    made = BACKENDS[backend](arrow(columns, (str, str, str, float)))
    found = by_key(bajio.evaluate_table(made, "population", regions=[PAIR]), "period")["2020",]
    assert found["population"] is None
    assert (found["population_coverage"], found["population_reason"]) == (0.5, "missing")
    partial = bajio.evaluate_table(made, "population", regions=[PAIR], missing="partial")
    assert by_key(partial, "period")["2020",]["population"] == 12


@each
def test_a_wide_table_with_units_and_names_of_its_own(backend):
    given = BACKENDS[backend](
        arrow(
            {
                "cve": ["MX-COL", "MX-JAL"],
                "anio": [2020, 2020],
                "pob": [12.0, 33.0],
                "sup": [200.0, 400.0],
            },
            (str, int, float, float),
        )
    )
    found = bajio.evaluate_table(
        given,
        DENSITY,
        regions=[PAIR],
        columns={"area": "cve", "period": "anio"},
        wide={"population": "pob", "area": "sup"},
        units={"population": "thousand·person", "area": "ha"},
    )
    [row] = rows(found)
    assert (row["anio"], row["density"]) == (2020, 7500)


@each
def test_membership_as_of_and_an_area_twice_in_it(backend):
    make = BACKENDS[backend]
    member = make(
        arrow(
            {
                "alliance": ["a", "a", "a"],
                "state": ["MX-COL", "MX-JAL", "MX-JAL"],
                "from": [None, 2020, 2020],
                "to": [None, None, None],
            },
            (str, str, int, int),
        )
    )
    names = {"region": "alliance", "area": "state"}
    given = make(table())
    newest = by_key(
        bajio.evaluate_table(given, "population", regions=member, region_columns=names), "period"
    )
    assert (newest["2019",]["population"], newest["2020",]["population"]) == (40, 45)
    found = bajio.evaluate_table(
        given, "population", regions=member, region_columns=names, membership="as-of"
    )
    dated = by_key(found, "alliance", "period")
    assert (dated["a", "2019"]["population"], dated["a", "2020"]["population"]) == (10, 45)


@each
def test_other_keys_are_carried_through(backend):
    columns = {
        "area": ["MX-COL", "MX-COL", "MX-JAL", "MX-JAL"],
        "year": [2020] * 4,
        "sex": ["f", "m", "f", "m"],
        "measure": ["population"] * 4,
        "value": [1.0, 2.0, 3.0, 4.0],
    }
    given = BACKENDS[backend](arrow(columns, (str, int, str, str, float)))
    found = bajio.evaluate_table(
        given, "population", regions=[PAIR], by=["period", "sex"], columns={"period": "year"}
    )
    assert {key: row["population"] for key, row in by_key(found, "sex").items()} == {
        ("f",): 4,
        ("m",): 6,
    }


@each
def test_quarters_make_a_year_when_all_are_there(backend):
    quarters = [
        (area, f"{year}-Q{quarter}", measure, float(quarter))
        for area in ("MX-COL", "MX-JAL")
        for year, last in (("2019", 4), ("2020", 3))
        for quarter in range(1, last + 1)
        for measure in ("employed", "remittances")
    ]
    given = BACKENDS[backend](table(*quarters))
    asked = [
        Indicator("jobs", Sum("employed"), "person", "Jobs"),
        Indicator("sent", Sum("remittances"), "USD", "Sent"),
    ]
    options = {"regions": [PAIR], "quarterly": ["employed", "remittances"]}
    options["units"] = {"remittances": "USD", "employed": "person"}
    found = by_key(bajio.evaluate_table(given, asked, **options), "period")
    assert (found["2019",]["jobs"], found["2019",]["sent"]) == (5, 20)
    assert (found["2020",]["jobs_reason"], found["2020",]["sent_reason"]) == ("missing",) * 2
    found = by_key(bajio.evaluate_table(given, asked, missing="partial", **options), "period")
    assert (found["2020",]["jobs"], found["2020",]["sent"]) == (4, None)


def test_years_of_pandas_with_holes_are_read_as_years():
    given = table().to_pandas()
    given["period"] = pd.to_numeric(given["period"])
    assert given["period"].dtype == float
    found = bajio.evaluate_table(given, DENSITY, regions=[PAIR])
    assert dict(zip(found["period"], found["density"], strict=True)) == {2019: 40 / 6, 2020: 7.5}
    assert found["period"].dtype == int


def failing():
    def fail(frame):
        raise AssertionError("the table was read")

    return pl.LazyFrame(table().to_pydict()).map_batches(fail, schema=pl.from_arrow(table()).schema)


def test_nothing_is_read_before_it_is_asked_for():
    found = bajio.evaluate_table(failing(), ["population-growth", DENSITY], regions=[PAIR])
    assert isinstance(found, pl.LazyFrame)
    with pytest.raises(AssertionError, match="the table was read"):
        found.collect()


def test_a_relation_of_duckdb_is_not_run():
    CONNECTION.create_function("fail_if_run", _fail, ["VARCHAR"], "VARCHAR", side_effects=True)
    relation = CONNECTION.from_arrow(table()).project(
        "fail_if_run(area) AS area, period, measure, value"
    )
    found = bajio.evaluate_table(relation, "population", regions=[PAIR])
    with pytest.raises(Exception, match="it was run"):
        found.fetchall()
    CONNECTION.remove_function("fail_if_run")


def _fail(area):
    raise AssertionError("it was run")


WRONG = [
    ("population", {"units": {"population": "km²"}}, UnitMismatch, "not person"),
    ("gdp-mxn", {"units": {"gdp": "MXN_2018"}}, UnitMismatch, "MXN"),
    (Indicator("g", Growth(Sum("gdp")), "1", "G"), {}, InvalidRule, "inflation"),
    (Indicator("m", Custom(len, ["population"]), "1", "M"), {}, InvalidRule, "custom function"),
    ("population", {"columns": {"value": "figure"}}, InvalidValue, "no column 'figure'"),
    ("population", {"columns": {"valeu": "figure"}}, UnknownCode, "did you mean 'value'"),
    ("population", {"regions": None}, InvalidValue, "which regions"),
    ("population", {"regions": []}, InvalidValue, "no region"),
    ("population", {"regions": ["bahio"]}, UnknownCode, "bajio"),
    ("population", {"nan": "zero"}, InvalidValue, "refuse, missing"),
    ("population", {"missing": "bound"}, InvalidValue, "refuse or partial"),
    ("population", {"colums": {}}, UnknownCode, "columns"),
    ("population-growth", {"by": []}, InvalidValue, "of one period"),
    ("population", {"wide": {"gdp": "value"}}, InvalidValue, "wide={'population': ...}"),
    ("population", {"regions": pl.DataFrame({"region": ["a"]})}, InvalidValue, "no column 'area'"),
    ("population", {"regions": pd.DataFrame({"region": ["a"]})}, InvalidValue, "pandas"),
    ([], {}, InvalidValue, "no indicator"),
    (["population", Indicator("population", Sum("area"), "km²", "P")], {}, InvalidValue, "two"),
]


@pytest.mark.parametrize(("asked", "options", "error", "told"), WRONG)
def test_what_is_wrong_is_refused_before_anything_runs(asked, options, error, told):
    with pytest.raises(error, match=told):
        bajio.evaluate_table(failing(), asked, **{"regions": [PAIR], **options})


def test_one_region_takes_one_indicator():
    with pytest.raises(InvalidValue, match="several indicators"):
        bajio.evaluate("bajio", ["population", "area"])


def test_a_missing_extra_says_which_to_install(monkeypatch):
    for name in [one for one in sys.modules if one.startswith("bajio.engines.frame")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(bajio.BajioError, match=r"pip install 'bajio\[frames\]'"):
        bajio.evaluate_table(pl.DataFrame(table().to_pydict()), "population", regions=[PAIR])


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_groups_hold_elementary_aggregates_of_one_column_only(path):
    """What else stands in `agg` is silently wrong on some backends."""
    elementary = {"sum", "count", "min", "max", "mean", "len"}
    never = {"coalesce", "sum_horizontal", "map_batches", "collect", "unpivot", "first", "over"}
    allowed = {("competition_ranks.py", "over"), ("whole_frames.py", "collect")}
    tree = ast.parse(path.read_text("utf-8"))
    for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
        if not isinstance(call.func, ast.Attribute):
            continue
        name, of = call.func.attr, ast.unparse(call.func.value)
        assert (path.name, name) in allowed or name not in never, of
        if name in elementary:  # of one column as it is, and never of an expression
            source = getattr(call.func.value, "func", call.func.value)
            assert ast.unparse(source) in {"nw", "nw.col", "column"}, of
        if name == "agg":
            for inner in (part for given in call.args for part in ast.walk(given)):
                assert not isinstance(inner, ast.BinOp | ast.UnaryOp | ast.Compare)
                if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
                    assert inner.func.attr in elementary | {"alias", "col"}, ast.unparse(inner)


@pytest.mark.parametrize("backend", ["pandas", "pyarrow"])
def test_why_nothing_else_may_stand_in_a_group(backend):
    """A regression test of the trap: where this fails, the rule above may be looked at again."""
    given = nw.from_native(
        BACKENDS[backend](
            arrow({"k": ["a", "a"], "x": [1.0, 2.0], "y": [5.0, 5.0]}, (str, float, float))
        )
    )
    trap = nw.when(nw.col("x") > 1).then(nw.col("y")).sum()
    try:
        [found] = given.group_by("k").agg(trap.alias("s"))["s"].to_list()
    except Exception:  # noqa: BLE001  # refusing it is as good a reason
        return
    assert found != 5


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"year": 2020}, "it has regions, by, columns"),
        ({"columns": {"years": "period"}}, "it can be area, period, measure, value"),
        ({"region_columns": {"state": "area"}}, "it can be region, area, from, to"),
    ],
)
def test_a_word_that_no_option_has_is_refused_with_those_that_there_are(options, told):
    columns = {"region": ["north"], "area": ["MX-AGU"]}
    given = BACKENDS["polars"](arrow(columns, (str, str)))
    with pytest.raises(UnknownCode, match=told):
        bajio.evaluate_table(BACKENDS["polars"](table()), "population", regions=given, **options)


@pytest.mark.parametrize("before", [True, None, False])
def test_spark_is_not_told_of_call_sites_while_a_plan_is_made(before, monkeypatch):
    module = ModuleType("pyspark.errors.utils")
    module._enable_debugging_cache = before
    monkeypatch.setitem(sys.modules, "pyspark.errors.utils", module)
    with without_call_sites():
        assert module._enable_debugging_cache is False
    assert module._enable_debugging_cache is before
    with pytest.raises(ZeroDivisionError), without_call_sites():
        1 / 0  # noqa: B018
    assert module._enable_debugging_cache is before
