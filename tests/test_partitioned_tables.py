"""Tables in many files of Parquet, by year and measure: those of nothing asked stay shut."""

import duckdb
import polars as pl
import pytest

from bajio import Growth, Indicator, Sum, evaluate_table

MEMBERS = pl.DataFrame({"region": ["r", "r"], "area": ["MX-AGU", "MX-QUE"]})
RULES = (
    Indicator("people", Sum("population"), "person", "People"),
    Indicator("head", Sum("gdp-constant") / Sum("population"), "MXN_2018/person", "Per head"),
    Indicator("growth", Growth(Sum("gdp-constant")), "1", "Growth"),
)
ASKED, YEARS = ("population", "gdp-constant"), range(2015, 2020)


@pytest.fixture
def folder(tmp_path):
    """Files by measure and year; those of other measures and years are no Parquet."""
    for measure in (*ASKED, "fdi", "area"):
        for year in YEARS:
            own = tmp_path / f"measure={measure}" / f"year={year}"
            own.mkdir(parents=True)
            if measure in ASKED and year in {2017, 2018}:
                values = [float(year), 2.0]
                frame = pl.DataFrame({"area": ["MX-AGU", "MX-QUE"], "value": values})
                frame.write_parquet(own / "part.parquet")
            else:
                (own / "part.parquet").write_bytes(b"PAR1" + b"\xff" * 64 + b"PAR1")
    return tmp_path


def _of_polars(folder):
    schema = {"area": pl.String, "value": pl.Float64}
    hive = {"measure": pl.String, "year": pl.Int64}
    frame = pl.scan_parquet(
        folder / "**/*.parquet", hive_partitioning=True, schema=schema, hive_schema=hive
    )
    frame = frame.filter(pl.col("year").is_in([2017, 2018]))
    found = evaluate_table(frame, RULES, regions=MEMBERS.lazy(), columns={"period": "year"})
    return found.collect().rows(named=True)


def _of_duckdb(folder):
    first = "measure=gdp-constant/year=2017/part.parquet"  # which DuckDB takes the columns of
    connection = duckdb.connect()
    frame = connection.sql(
        f"SELECT area, year::BIGINT AS year, measure, value FROM read_parquet("  # noqa: S608
        f"['{folder}/{first}', '{folder}/measure=population/*/*.parquet', "
        f"'{folder}/measure=gdp-constant/year=2018/*.parquet', "
        f"'{folder}/measure=fdi/*/*.parquet', '{folder}/measure=area/*/*.parquet'], "
        "hive_partitioning=true) WHERE year IN (2017, 2018)"
    )
    members = connection.from_arrow(MEMBERS.to_arrow())
    found = evaluate_table(frame, RULES, regions=members, columns={"period": "year"})
    names = found.columns
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("read", [_of_polars, _of_duckdb])
def test_only_files_of_what_is_asked_are_read(read, folder):
    found = {row["year"]: row for row in read(folder)}
    assert {year: row["people"] for year, row in found.items()} == {2017: 2019.0, 2018: 2020.0}
    assert found[2018]["growth"] == pytest.approx(1 / 2019)
