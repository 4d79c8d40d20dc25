"""Figures of earlier years beside those of a year: held by DuckDB, entered by others."""

import duckdb
import polars as pl
import pytest
from drawn import examples
from hypothesis import given, strategies as st

from bajio import Growth, Indicator, Over, Sum, evaluate_table
from bajio.engines.frame import cells

RULES = (
    Indicator("people", Sum("population"), "person", "People"),
    Indicator("head", Sum("gdp-constant") / Sum("population"), "MXN_2018/person", "Per head"),
    Indicator("growth", Growth(Sum("gdp-constant")), "1", "Growth"),
    Indicator("slow", Growth(Sum("population"), years=2), "1", "Growth over two years"),
    Indicator("two", Over(Sum("fdi"), years=2), "USD", "Investment over two years"),
)
MEMBERS = pl.DataFrame({"region": ["r", "r", "s"], "area": ["MX-AGU", "MX-QUE", "MX-AGU"]})
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["MX-AGU", "MX-QUE", "MX-JAL"]),
        st.sampled_from([2015, 2016, 2017, 2018, 7]),
        st.sampled_from(["population", "gdp-constant", "fdi", "area"]),
        st.one_of(st.none(), st.integers(-2, 9).map(float)),
    ),
    min_size=1,
    max_size=24,
)


def _answers(rows, **options):
    names = ["area", "year", "measure", "value"]
    schema = dict(zip(names, (pl.String, pl.Int64, pl.String, pl.Float64), strict=True))
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    connection = duckdb.connect()
    connection.execute("set threads to 1")
    tables = [connection.from_arrow(one.to_arrow()) for one in (frame, MEMBERS)]
    found = evaluate_table(
        tables[0], RULES, regions=tables[1], columns={"period": "year"}, **options
    )
    return sorted(found.fetchall(), key=str)


@examples(20)
@given(ROWS, st.sampled_from(["refuse", "partial"]))
def test_rows_that_are_held_are_those_that_enter(rows, missing):
    """Holes, figures that stand twice or below zero, years that are none: told alike."""
    held = _answers(rows, missing=missing)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "can_hold", lambda _: False)
        assert held == _answers(rows, missing=missing)


def test_duckdb_reads_a_table_once(tmp_path):
    path = tmp_path / "figures.parquet"
    pl.DataFrame(
        {"area": ["MX-AGU", "MX-QUE"], "year": [2018, 2018], "measure": ["population"] * 2}
    ).with_columns(value=pl.lit(1.0)).write_parquet(path)
    members = duckdb.from_arrow(MEMBERS.to_arrow())
    found = evaluate_table(
        duckdb.read_parquet(str(path)), RULES, regions=members, columns={"period": "year"}
    )
    plan = found.explain().casefold()
    assert plan.count("read_parquet") + plan.count("parquet_scan") == 1
    assert plan.count("window") == 0
