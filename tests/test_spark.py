"""A real session of Spark on this machine: it agrees, and runs nothing before it is asked."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from backends import by_key
from hypothesis import Phase, given, settings, strategies as st
from test_frame import DENSITY, PAIR, table
from test_frame_agreement import agree
from test_frame_built_ins import bundled, expected

import bajio
from bajio.testing.strategies import rules, worlds

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: bajio[spark]")
DOCUMENT = Path(__file__).parent.parent / "docs" / "your-own-tables.md"


def java():
    program = shutil.which("java", path=os.environ.get("JAVA_HOME", "") + "/bin") or shutil.which(
        "java"
    )
    if program is None:
        return 0
    told = subprocess.run([program, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


pytestmark = [
    pytest.mark.skipif(java() < 17, reason="there is no Java of 17 or later"),
    pytest.mark.filterwarnings("ignore"),  # Spark's own, about pandas and the machine
]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


_KINDS = {"string": "string", "int64": "bigint", "double": "double"}


def made(session, table):
    """A table of Arrow as one of Spark."""
    schema = ", ".join(f"`{one.name}` {_KINDS[str(one.type)]}" for one in table.schema)
    rows = list(zip(*table.to_pydict().values(), strict=True))
    return session.createDataFrame(rows, schema)


def test_a_table_of_spark_gives_one_of_spark_and_starts_no_job(spark):
    given_table = made(spark, table())
    spark.sparkContext.setJobGroup("evaluating", "evaluating")
    found = bajio.evaluate_table(given_table, ["population-growth", DENSITY], regions=[PAIR])
    assert type(found) is type(given_table)
    tracker = spark.sparkContext.statusTracker()
    assert list(tracker.getJobIdsForGroup("evaluating")) == []
    row = by_key(found, "period")["2020",]
    assert (row["population-growth"], row["density"]) == (0.125, 7.5)
    assert list(tracker.getJobIdsForGroup("evaluating")) != []


@settings(max_examples=4, phases=[Phase.generate], deadline=None, derandomize=True)
@given(data=st.data(), world=worlds(holes=True), rule=rules())
def test_spark_agrees_with_the_exact_engine(spark, data, world, rule):
    agree(lambda given_table: made(spark, given_table), data, world, rule)


@pytest.mark.parametrize("code", ["gdp-per-capita-ppp", "unemployment-rate", "population-growth"])
def test_a_built_in_indicator_over_the_bundled_figures(spark, code):
    given_table, options = bundled()
    found = bajio.evaluate_table(made(spark, given_table), code, regions=["bajio"], **options)
    row = by_key(found.filter("period = '2018'"), "period")["2018",]
    assert row[code] == pytest.approx(expected(code)[code], rel=1e-12)


@pytest.mark.parametrize(
    ("ranking", "place"), [({"peers": "mexican-states"}, 29), ({"rank": True}, 2)]
)
def test_ranks_among_peers_and_among_regions(spark, ranking, place):
    given_table, options = bundled()
    regions = ["bajio", "sur-sureste"]
    found = bajio.evaluate_table(
        made(spark, given_table), "population", regions=regions, **ranking, **options
    )
    row = by_key(found.filter("period = '2018' and region = 'bajio'"), "region")["bajio",]
    assert (row["population_rank"], row["population_of"]) == (2, place)


def test_the_ten_lines_of_the_guide(spark):
    """What the document says of PySpark, which has the rows that it shows for polars."""
    [block] = re.findall(
        r"<!-- spark -->\n```text\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL
    )
    names = {"spark": spark}
    exec(block, names)  # noqa: S102  # it is the project's own document
    found = by_key(names["found"], "region", "year")
    assert {key: row["population"] for key, row in found.items()} == {
        ("north", 2019): 100,
        ("north", 2020): 102.2,
        ("south", 2019): 10,
    }
    assert found["north", 2020]["population-growth"] == pytest.approx(0.022)
    assert found["north", 2019]["population-growth_reason"] == "missing"
