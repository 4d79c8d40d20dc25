"""Columns of a table: what they may hold is read alike on every backend, all else is refused."""

import datetime as dt
import decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from backends import BACKENDS, EACH, QUICK, arrow, by_key, rows
from drawn import examples
from hypothesis import Phase, given, settings, strategies as st

import bajio
from bajio import Indicator, Measure, Region, Sum
from bajio.errors import BajioError, InvalidData, InvalidValue, UnknownCode
from bajio.questions.panel_areas import AreasRecognised

PAIR = Region(["A1", "A2"], code="pair")
LAZY = {"polars-lazy", "duckdb"}
each = pytest.mark.parametrize("backend", EACH)


def table(**columns):
    base = {"area": ["A1", "A2"], "period": [2018, 2018], "measure": ["population"] * 2}
    return pa.table({**base, "value": [1.0, 2.0], **columns})


def asked(backend, given_table, indicator="population", **options):
    options.setdefault("regions", [PAIR])
    return bajio.evaluate_table(BACKENDS[backend](given_table), indicator, **options)


def only(backend, given_table, **options):
    [row] = rows(asked(backend, given_table, **options))
    return row["population"], row["population_reason"]


READ = {
    "text": (["1", " 2.5"], 3.5),
    "grouped text": (["1,721,215", "1,234.5"], 1722449.5),
    "exponent": (["1e3", "1E+2"], 1100),
    "category": (pa.array(["1", "2"]).dictionary_encode(), 3),
    "decimal": ([decimal.Decimal("1.25"), decimal.Decimal("2.50")], 3.75),
    "unsigned": (pa.array([200, 100], pa.uint8()), 300),
    "beyond 2^53": ([2**60 + 1, 0], 2.0**60),
    "largest": (pa.array([2**64 - 1, 0], pa.uint64()), 2.0**64),
    "halves": (pa.array([1.5, 2.5], pa.float32()), 4),
}


@each
@pytest.mark.parametrize("kind", READ)
def test_figures_of_any_kind_of_number_are_read(backend, kind):
    figures, wanted = READ[kind]
    assert only(backend, table(value=figures)) == (wanted, None)


@each
@pytest.mark.parametrize("figure", [-5.0, float("inf"), -float("inf")])
def test_what_a_figure_cannot_be_has_no_value_and_a_reason(backend, figure):
    assert only(backend, table(value=[figure, 1.0])) == (None, "invalid")


@each
def test_a_least_figure_is_one_of_the_table_s_unit(backend):
    heat = Measure("heat", "Heat", "person", time="stock", minimum=2)
    hot = Indicator("population", Sum("heat"), "person", "Heat")
    options = {"measures": [heat], "units": {"heat": "thousand·person"}}
    warm = table(measure=["heat"] * 2, value=[0.002, 1.0])
    cold = table(measure=["heat"] * 2, value=[0.001, 1.0])
    assert only(backend, warm, indicator=hot, **options) == (1002, None)
    assert only(backend, cold, indicator=hot, **options) == (None, "invalid")


NO_FIGURES = {
    "dates": [dt.date(2066, 1, 1)] * 2,
    "times": [dt.datetime(2018, 1, 1, tzinfo=dt.UTC)] * 2,
    "booleans": [True, False],
    "durations": [dt.timedelta(1)] * 2,
    "records": [{"a": 1}] * 2,
    "lists": [[1]] * 2,
    "bytes": [b"1"] * 2,
}


@each
@pytest.mark.parametrize("kind", NO_FIGURES)
def test_what_is_no_number_is_refused_before_anything_runs(backend, kind):
    with pytest.raises(InvalidData, match="column 'value'"):
        asked(backend, table(value=NO_FIGURES[kind]))


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1 + 2j, 1]),
        pd.Series([1 + 2j, 1], dtype=object),
        pd.Series(pd.period_range("2018", periods=2, freq="Y")),
        pd.Series([pd.Interval(0, 1)] * 2),
        pd.Series([[1], [2]]),
        pd.Series([True, None], dtype=object),
        pd.Series(["1,500", "1"], dtype=object),
        pd.Series([10**1000, 1], dtype=object),
    ],
    ids=lambda column: f"{column.dtype} {str(column[0])[:9]}",
)
def test_columns_that_only_pandas_has_are_refused_by_name(column):
    frame = table().to_pandas().assign(value=column)
    with pytest.raises(InvalidData, match="column 'value'"):
        bajio.evaluate_table(frame, "population", regions=[PAIR])


def test_objects_of_python_are_read_where_each_can_be():
    frame = table().to_pandas()
    frame["value"] = pd.Series([decimal.Decimal("1.5"), np.int64(2)], dtype=object)
    frame["period"] = pd.Series(["2018", 2018], dtype=object)
    [found] = bajio.evaluate_table(frame, "population", regions=[PAIR])["population"]
    assert found == 3.5


REFUSED_PERIODS = {
    "a span": (["2015-2019", "2018"], "2015-2019"),
    "a month": (["2018-12", "2018"], "2018-12"),
    "a month as a number": ([201811, 201812], "201811"),
    "another notation": (["2018Q1", "2018"], "write '2018-Q1'"),
    "blanks": ([" 2018", "2018"], "without blanks"),
    "half a year": ([2017.5, 2018.0], r"2017\.5"),
    "two figures": ([18, 18], "18"),
    "a quarter beside years": (["2018-Q1", "2018"], "quarterly="),
    "other digits": (["\u0662\u0660\u0661\u0668", "2018"], "ASCII"),
    "a line's end": (["2018\n", "2018"], "column 'period'"),
    "a hole": ([2018, None], "no period"),
    "a hole among texts": (["2018", None], "no period"),
    "no periods": (pa.nulls(2), "no period"),
}


@each
@pytest.mark.parametrize("kind", REFUSED_PERIODS)
def test_a_period_that_is_none_is_never_another(backend, kind):
    periods, told = REFUSED_PERIODS[kind]
    if backend not in LAZY:
        with pytest.raises(InvalidData, match=told):
            asked(backend, table(period=periods))
        return
    for missing in ("refuse", "partial"):
        found = by_key(asked(backend, table(period=periods), missing=missing), "period")
        values = {key[0]: row["population"] for key, row in found.items()}
        assert set(values) <= {None, 2018, "2018"}
        assert values.get(None) is None
        whole = values.get(2018, values.get("2018"))
        assert whole in ({2, 1} if missing == "partial" else set()) | {None}
        assert all(row["population_reason"] for row in found.values() if not row["population"])


@each
def test_dates_are_the_years_in_which_they_lie(backend):
    assert only(backend, table(period=[dt.date(2018, 1, 1), dt.date(2018, 5, 31)])) == (3, None)


@each
@pytest.mark.parametrize(
    "periods", [["2018"] * 2, pa.array(["2018"] * 2).dictionary_encode(), [2018.0] * 2]
)
def test_periods_of_every_kind_that_is_a_year(backend, periods):
    assert only(backend, table(period=periods)) == (3, None)


@each
def test_a_figure_without_a_period_beside_a_growth_is_none(backend):
    columns = {
        "area": ["A1", "A2"] * 3,
        "period": ["2017"] * 2 + ["2018"] * 2 + ["2018-Q1"] * 2,
        "measure": ["population"] * 6,
        "value": [100.0] * 4 + [25.0] * 2,
    }
    if backend not in LAZY:
        with pytest.raises(InvalidData, match="2018-Q1"):
            asked(backend, pa.table(columns), indicator="population-growth")
        return
    found = by_key(asked(backend, pa.table(columns), indicator="population-growth"), "period")
    assert found["2018",]["population-growth"] is None
    assert found["2018",]["population-growth_reason"] == "invalid"


@each
def test_a_quarter_given_twice_beside_a_missing_one_is_a_missing_year(backend):
    def of(*quarters):
        columns = {
            "area": ["A1"] * len(quarters),
            "period": [f"2018-Q{number}" for number in quarters],
            "measure": ["remittances"] * len(quarters),
            "value": [1.0] * len(quarters),
        }
        options = {"quarterly": ["remittances"], "regions": [Region(["A1"], code="one")]}
        [row] = rows(asked(backend, pa.table(columns), indicator="remittances", **options))
        return row["remittances"], row["remittances_reason"], row["remittances_coverage"]

    assert of(1, 2, 3, 3) == (None, "missing", 0)
    assert of(1, 2, 3, 4, 4) == (None, "invalid", 1)
    assert of(1, 2, 3, 4)[1:] == (None, 1)


CODES = {
    "category": pa.array(["A1", "A2"]).dictionary_encode(),
    "large text": pa.array(["A1", "A2"], pa.large_string()),
}


@each
@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize("indicator", ["population", "population-growth"])
def test_areas_of_every_kind_of_text_meet_members_of_text(backend, kind, indicator):
    columns = {
        "area": pa.concat_arrays([CODES[kind], CODES[kind]]),
        "period": [2017] * 2 + [2018] * 2,
        "measure": pa.array(["population"] * 4).dictionary_encode(),
        "value": [1.0, 1.0, 2.0, 2.0],
    }
    found = by_key(asked(backend, pa.table(columns), indicator=indicator), "period")
    assert found[2018,][indicator] == (4 if indicator == "population" else 1)


@each
def test_whole_numbers_are_codes_by_their_digits(backend):
    numbers = table(area=[1001, 1002], measure=[7, 7])
    options = {"codes": {"population": 7}}
    good = [Region(["1001", "1002"], code="pair")]
    assert only(backend, numbers, regions=good, **options) == (3, None)
    zeros = [Region(["01001", "01002"], code="pair")]
    if backend in LAZY:
        assert only(backend, numbers, regions=zeros, **options) == (None, "missing")
        return
    with pytest.raises(UnknownCode, match=r"unknown area '01001': did you mean '1001'\?"):
        asked(backend, numbers, regions=zeros, areas="codes", **options)
    with pytest.warns(AreasRecognised, match="'1001' is 01001"):
        assert only(backend, numbers, regions=zeros, **options) == (3, None)


@each
def test_whole_numbers_are_sectors_by_their_digits(backend):
    made = Measure("made", "Made", "1", dimensions=["sector"])
    rule = Sum("made", {"sector": "23"})
    rule = rule / (rule + Sum("made", {"sector": "31"}))
    share = Indicator("population", rule, "1", "Share")
    columns = {
        "area": ["A1", "A1"],
        "period": [2018] * 2,
        "measure": ["made"] * 2,
        "value": [1.0, 3.0],
        "sector": [23, 31],
    }
    one = {"regions": [Region(["A1"], code="one")], "measures": [made], "indicator": share}
    assert only(backend, pa.table(columns), **one) == (0.25, None)


@each
@pytest.mark.parametrize(
    "keys", [["f", None], [1, None], [True, False], pa.array(["f", None]).dictionary_encode()]
)
def test_keys_of_every_kind_are_carried_through_and_none_is_one(backend, keys):
    columns = table(area=["A1", "A1"], sex=keys)
    one = [Region(["A1"], code="one")]
    found = rows(asked(backend, columns, regions=one, by=["period", "sex"], rank=True))
    wanted = dict(zip(columns["sex"].to_pylist(), [1, 2], strict=True))
    assert {row["sex"]: row["population"] for row in found} == wanted
    assert [row["population_rank"] for row in found] == [1, 1]


@each
def test_areas_that_are_nowhere_in_the_table_are_told(backend):
    regions = [PAIR, Region(["B1"], code="none")]
    partial = by_key(asked(backend, table(), regions=regions, missing="partial"), "region")
    assert partial["pair",]["population"] == 3
    assert partial["none",]["period"] is None
    assert partial["none",]["population_reason"] == "missing"
    assert partial["none",]["population_coverage"] == 0
    if backend in LAZY:
        found = by_key(asked(backend, table(), regions=regions), "region")
        assert found["none",]["population_reason"] == "missing"
        return
    with pytest.raises(UnknownCode, match=r"unknown area 'B1': .*'none' needs it"):
        asked(backend, table(), regions=regions)
    with pytest.raises(UnknownCode, match="unknown area 'B1'"):
        asked(backend, table(), peers=["A1", "B1"])


@each
def test_a_table_without_rows_answers_nothing(backend):
    nothing = table().slice(0, 0)
    if backend in LAZY:
        assert only(backend, nothing) == (None, "missing")
        return
    with pytest.raises(UnknownCode, match="unknown area 'A1'"):
        asked(backend, nothing)
    assert only(backend, nothing, missing="partial") == (None, "missing")


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"units": {"populaton": "person"}}, UnknownCode, "did you mean 'population'"),
        ({"codes": {"populaton": "p"}}, UnknownCode, "did you mean 'population'"),
        ({"quarterly": ["populaton"]}, UnknownCode, "did you mean 'population'"),
        ({"wide": {"populaton": "value"}}, UnknownCode, "did you mean 'population'"),
        ({"units": 5}, InvalidValue, "units are given by name"),
        ({"columns": {"area": 5}}, InvalidValue, "is a text, not 5"),
        ({"hosts": {"A1": 5}}, InvalidValue, "is a text, not 5"),
        ({"by": ["period", "period"]}, InvalidValue, "given twice"),
        ({"by": [5]}, InvalidValue, "is a text, not 5"),
        ({"measures": ["population"]}, InvalidValue, "given as Measure"),
        ({"columns": {"period": "region"}}, InvalidValue, "rename one"),
        ({"quarterly": ["population"]}, InvalidValue, "read by quarter"),
        ({"codes": {"population": None}}, InvalidValue, "a text or a number"),
        ({"rank": "yes"}, InvalidValue, "True or False"),
        ({"regions": 5}, InvalidValue, "as a list"),
        ({"regoins": [PAIR]}, UnknownCode, "did you mean 'regions'"),
    ],
)
def test_keys_and_names_are_looked_at_before_anything_runs(options, error, told):
    given_table = pl.from_arrow(table(region=[2018, 2018])).lazy()
    with pytest.raises(error, match=told):
        bajio.evaluate_table(given_table, "population", **{"regions": [PAIR], **options})


def test_frames_that_no_plan_can_read_are_refused_by_what_they_are():
    frame = table().to_pandas()
    twice = pd.concat([frame, frame["area"]], axis=1)
    levels = frame.copy()
    levels.columns = pd.MultiIndex.from_product([["a"], frame.columns])
    for given_table, told in (
        (twice, "two columns of one name"),
        (levels, "columns of several levels"),
        (frame.set_index("area"), r"'area' is in its index: give reset_index\(\)"),
        (pa.table([[1], [2]], names=["area", "area"]), "two columns of one name"),
    ):
        with pytest.raises(InvalidValue, match=told):
            bajio.evaluate_table(given_table, "population", regions=[PAIR])


@each
def test_columns_may_be_called_as_a_plan_calls_its_own(backend):
    names = {"area": "_measure", "period": "f0", "measure": "_lag", "value": "_area"}
    given_table = table(period=[2018, 2018]).rename_columns([*names.values()])
    grown = asked(backend, given_table, indicator="population-growth", columns=names)
    [row] = rows(grown)
    assert (row["f0"], row["population-growth_reason"]) == (2018, "missing")


CELLS = st.one_of(
    st.none(),
    st.sampled_from([2018, 2017.5, -1, 0, 201811, 2**62, float("nan"), float("inf")]),
    st.sampled_from(["2018", "2018-Q1", " 2018", "", "1,500", "1,721,215", "A1", "01", "nan"]),
    st.sampled_from([True, dt.date(2018, 1, 1), dt.datetime(2018, 1, 1, tzinfo=dt.UTC), b"a", [1]]),
    st.sampled_from([decimal.Decimal("1.5"), dt.timedelta(1)]),
    st.text(max_size=5),
    st.floats(),
    st.integers(-(2**62), 2**62),
)


def column_of(cells):
    """An array of some cells, as far as Arrow takes them together."""
    try:
        return pa.array(cells)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, ValueError):
        return pa.array([None if cell is None else str(cell) for cell in cells])


def outcome(backend, columns, options):
    try:
        found = asked(backend, pa.table(columns), **options)
    except BajioError as error:
        return type(error).__name__, ()
    values = {}
    for row in rows(found):
        key = str(row["region"]), str(row.get("period")).removesuffix(".0")
        values[key] = row["population"], row["population_reason"]
    return "", tuple(sorted(values.items()))


@pytest.mark.parametrize(
    "backends", [QUICK, pytest.param(list(BACKENDS), marks=pytest.mark.slow)], ids=["quick", "all"]
)
@settings(examples(30), phases=[Phase.generate])
@given(data=st.data(), name=st.sampled_from(["area", "period", "measure", "value"]))
def test_hostile_columns_end_in_the_same_frame_or_refusal_on_every_backend(backends, data, name):
    cells = data.draw(st.lists(CELLS, min_size=2, max_size=2) | CELLS.map(lambda one: [one] * 2))
    if name == "value":  # numpy writes none as NaN, which elsewhere is a figure
        cells = [1.0 if cell is None or str(cell) == "nan" else cell for cell in cells]
    columns = {one: table()[one] for one in ("area", "period", "measure", "value")}
    columns[name] = column_of(cells)
    options = {"missing": data.draw(st.sampled_from(["refuse", "partial"]))}
    found = {backend: outcome(backend, columns, options) for backend in backends}
    eager = {found[backend] for backend in backends if backend not in LAZY}
    lazy = {found[backend] for backend in backends if backend in LAZY}
    assert len(eager) == 1, found
    assert len(lazy) == 1, found
    [(refused, seen)], [(refused_lazy, seen_lazy)] = eager, lazy
    if not refused:
        assert seen == seen_lazy
    elif not refused_lazy:  # what only the cells tell is no number there, or one without them
        whole = {value for _, (value, reason) in seen_lazy if reason is None}
        assert not whole or options["missing"] == "partial" or name == "measure", found


def test_arrow_makes_tables_of_cells():
    assert column_of([1, "a"]).to_pylist() == ["1", "a"]
    assert arrow({"a": ["x"]}, (str,))["a"].to_pylist() == ["x"]
