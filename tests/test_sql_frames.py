"""Frames as one text of SQL: what narwhals says step by step, asked of DuckDB at once."""

import math

import duckdb
import narwhals as nw
import pyarrow as pa
import pytest
from backends import rows

import bajio
from bajio.engines.frame.sql_columns import SPARK, UnreadError, written
from bajio.engines.frame.sql_frames import SqlFrame, known_to_sql, of_cells, stacked

X, Y, T = nw.col("x"), nw.col("y"), nw.col("t")
ROWS = """(VALUES
    (1, 'a', 1.5, 2, '2018-Q1'), (2, 'a', NULL, 3, ' 1,200 '), (3, 'b', -2.25, 5, NULL),
    (4, 'b', 'NaN'::DOUBLE, -1, 'it''s \\ {x} $y'), (5, NULL, 'Infinity'::DOUBLE, 7, '')
) AS given(i, k, x, y, t)"""
COLUMNS = {
    "arithmetic": (1 - X) * Y + X / (Y + 10) - -X,
    "turned": 2.5 - Y * 2 + 3 / (Y + 10),
    "power": (X.abs() + 1) ** 2.0,
    "compared": ((X > 0) & ~(Y <= 2)) | (T == "2018-Q1"),
    "differs": T != "",
    "chosen": nw.when(X > 0).then(Y).otherwise(nw.when(Y == 5).then(nw.lit(0)).otherwise(Y + 1)),
    "chosen of two": nw.when(X > 0, Y > 1).then(nw.lit("it's {x} $y \\")),
    "nothing": nw.when(Y > 2).then(nw.lit(None)).otherwise(nw.lit(math.inf)),
    "truth": nw.lit(True),  # a column of one value
    "absent": X.is_null(),
    "no number": X.is_nan(),
    "cast": Y.cast(nw.Float64),
    "text": Y.cast(nw.String),
    "typed": nw.lit(1, dtype=nw.Int64),
    "among": Y.is_in([2, 3]),
    "among none": Y.is_in([]),
    "between": Y.is_between(2, 5),
    "rounded": (Y / 3).round(0),
    "logarithm": (X.abs() + 1).log(),
    "exponential": (Y / 10).exp(),
    "root": (Y.abs() + 1).sqrt(),
    "begins": T.str.starts_with("2018"),
    "has": T.str.contains(r"^[0-9]{4}(-Q[1-4])?$"),
    "part": T.str.slice(5, 2),
    "long": T.str.len_chars(),
    "stripped": T.str.strip_chars(),
    "replaced": T.str.strip_chars().str.replace_all("[+,]", ""),
    "together": nw.concat_str([nw.col("k"), nw.lit("-"), T]),
    "counted": nw.len().over("k"),
    "known": X.count().over("k"),
    "before": X.shift(1).over("k", order_by=["i"]),
    "up to": Y.cum_sum().over("k", order_by=["i"]).cast(nw.Int64),
    "ranked": Y.rank("min", descending=True).over("k"),
}


@pytest.fixture(scope="module")
def relation():
    connection = duckdb.connect()
    return connection.sql(f"SELECT * FROM {ROWS}")  # noqa: S608  # the test's own rows


def in_order(frame):
    """Rows as they compare, those with nothing in a key among them."""
    return sorted(rows(frame.to_native()), key=str)


def close(ours, theirs):
    """Whether two cells are the same, but for the last digits of floats."""
    if isinstance(ours, float) and isinstance(theirs, float):
        return math.isclose(ours, theirs, rel_tol=1e-14)
    return type(ours) is type(theirs) and ours == theirs


def same(relation, plan):
    """A plan gives the same of narwhals' own frame and of one of SQL, which stays one."""
    own = plan(known_to_sql(nw.from_native(relation)))
    assert isinstance(own, SqlFrame)
    expected = plan(nw.from_native(relation))
    assert list(own.collect_schema()) == list(expected.collect_schema())
    for ours, theirs in zip(in_order(own), in_order(expected), strict=True):
        assert all(close(ours[name], cell) for name, cell in theirs.items()), (ours, theirs)
    return own


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_as_text_is_that_of_narwhals(relation, name):
    read = []
    column = COLUMNS[name].alias("found")
    written(column, SPARK, lambda one: read.append(one) or one)  # nothing is left to narwhals
    same(relation, lambda frame: frame.select("i", column))


def test_steps_of_a_plan_go_together(relation):
    def plan(frame):
        near = frame.filter(Y > 1).with_columns((X * 2).alias("z"), Y.alias("w")).rename({"k": "g"})
        near = near.with_columns((nw.col("z") + nw.col("w")).alias("v")).drop("t")
        sums = near.group_by("g").agg(nw.col("v").sum().alias("v"), nw.len().alias("n"))
        beside = near.select("g", nw.col("i").alias("j")).join(sums, on=["g"], how="left")
        kept = beside.filter(nw.col("n") > 0).join(
            sums.filter(nw.col("n") > 1), on=["g"], how="semi"
        )
        other = kept.join(near.select("i", "x"), left_on=["j"], right_on=["i"], how="inner")
        return other.select("j", "v", "n", nw.col("x").alias("q")).unique()

    own = same(relation, plan)
    assert own.given("q") is None


def test_what_is_over_other_rows_is_worked_out_before_rows_are_left_out(relation):
    same(
        relation,
        lambda frame: frame.with_columns(nw.len().over("k").alias("n")).filter(Y > 2),
    )
    same(
        relation,
        lambda frame: (
            frame.with_columns(X.shift(1).over("k", order_by=["i"]).alias("n"))
            .group_by("k")
            .agg(nw.col("n").max().alias("n"))
        ),
    )


def test_joins_of_all_and_of_what_is_not_there(relation):
    def plan(frame):
        few = frame.filter(Y > 2).select(nw.col("i").alias("o"), "x")
        return (
            frame.select("i", "x")
            .join(few, how="cross")
            .join(few, left_on=["i"], right_on=["o"], how="anti")
        )

    same(relation, plan)


def test_a_step_that_is_not_known_is_left_to_narwhals(relation):
    rare = nw.col("x").clip(0, 1).alias("found")
    with pytest.raises(UnreadError):
        written(rare, SPARK, str)
    same(relation, lambda frame: frame.filter(Y > 0).select("i", rare))
    same(relation, lambda frame: frame.with_columns(rare).filter(nw.col("found").clip(0, 1) > 0))
    same(relation, lambda frame: frame.group_by("k").agg(nw.col("x").std().alias("s")))


def test_small_tables_and_stacked_ones_are_text(relation):
    home = nw.from_native(relation)
    small = of_cells({"i": [1, None], "k": ["it's", None]}, (int, str), home)
    none = of_cells({"i": [], "k": []}, (int, str), home)
    both = stacked([small, none, known_to_sql(home).select("i", "k").filter(nw.col("i") == 5)])
    assert in_order(both) == [{"i": 1, "k": "it's"}, {"i": 5, "k": None}, {"i": None, "k": None}]
    assert small.collect_schema()["i"] == nw.Int64
    assert both.implementation is nw.Implementation.DUCKDB


@pytest.mark.parametrize("found", ["variables", "views"])
def test_the_connection_may_look_at_variables_or_not(found):
    connection = duckdb.connect()
    connection.execute(f"SET python_enable_replacements = {found == 'variables'}")
    table = connection.sql(
        "SELECT 'a' AS area, 2018 AS period, 'population' AS measure, 5 AS value"
    )
    members = connection.sql("SELECT 'r' AS region, 'a' AS area")
    [row] = rows(bajio.evaluate_table(table, "population", regions=members))
    assert (row["population"], row["population_coverage"]) == (5, 1)


@pytest.mark.parametrize("reading", [True, False])
def test_a_database_keeps_no_view_of_a_question(tmp_path, reading):
    file = tmp_path / "figures.db"
    with duckdb.connect(file) as connection:
        connection.execute(
            "CREATE TABLE figures AS "
            "SELECT 'a' AS area, 2018 AS period, 'population' AS measure, 5 AS value"
        )
    closed = {"python_enable_replacements": "false"}
    with duckdb.connect(file, read_only=reading, config=closed) as connection:
        members = connection.from_arrow(pa.table({"region": ["r"], "area": ["a"]}))
        found = bajio.evaluate_table(connection.table("figures"), "population", regions=members)
        [row] = rows(found)
        assert row["population"] == 5
    with duckdb.connect(file) as connection:
        assert not connection.sql("SELECT * FROM duckdb_views() WHERE NOT internal").fetchall()


def test_relations_are_of_one_connection():
    figures = "SELECT 'a' AS area, 2018 AS period, 'population' AS measure, 5 AS value"
    table = duckdb.connect().sql(figures)
    members = duckdb.connect().sql("SELECT 'r' AS region, 'a' AS area")
    with pytest.raises(bajio.BajioError, match="regions is of another connection of duckdb"):
        bajio.evaluate_table(table, "population", regions=members)
