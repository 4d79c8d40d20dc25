"""Regions from a table of figures by hand, in polars, DuckDB and PySpark.

What bajio's frames are measured against: for each region and year the population, the output per
head and the growth of output, each with the share of members that have what it needs, and no
value where one of them has not. Each is written as one who knows the library would, lazily,
with one pass over the figures.
"""

from pathlib import Path
from typing import Any

SQL = """
with wide as (
    select area, year,
        max(value) filter (measure = 'population') as people,
        max(value) filter (measure = 'gdp-constant') as output
    from {figures} where measure in ('population', 'gdp-constant') group by area, year
),
paired as (
    select now.area, now.year, now.people, now.output, before.output as earlier,
        now.people is not null and now.output is not null as has_head,
        now.output is not null and before.output is not null as has_growth
    from wide now left join wide before on before.area = now.area and before.year = now.year - 1
),
sizes as (select region, count(*) as members from {members} group by region),
pooled as (
    select region, year,
        sum(people) as people, count(people) as with_people,
        sum(output) filter (has_head) as head_output, sum(people) filter (has_head) as head_people,
        count(*) filter (has_head) as with_head,
        sum(output) filter (has_growth) as output, sum(earlier) filter (has_growth) as earlier,
        count(*) filter (has_growth) as with_growth
    from {members} join paired using (area) group by region, year
)
select region, year,
    case when with_people = members then people end as "people",
    with_people / members as "people_coverage",
    case when with_head = members and head_people <> 0 then head_output / head_people end as "head",
    with_head / members as "head_coverage",
    case when with_growth = members and earlier > 0 then (output - earlier) / earlier end
        as "growth",
    with_growth / members as "growth_coverage"
from pooled join sizes using (region)
"""


def by_duckdb(figures: Path, members: Path) -> Any:
    """In SQL, as an Arrow table."""
    import duckdb

    places = {"figures": f"'{figures}'", "members": f"'{members}'"}
    return duckdb.sql(SQL.format(**places)).to_arrow_table()


def by_polars(figures: Path, members: Path) -> Any:
    """In expressions of polars, lazily until the end."""
    import polars as pl
    from polars import col

    stays = pl.scan_parquet(members)
    value = col("value")
    wide = (
        pl.scan_parquet(figures)
        .filter(col("measure").is_in(["population", "gdp-constant"]))
        .group_by("area", "year")
        .agg(
            people=value.filter(col("measure") == "population").max(),
            output=value.filter(col("measure") == "gdp-constant").max(),
        )
    )
    earlier = wide.select("area", year=col("year") + 1, earlier="output")
    has_head = col("people").is_not_null() & col("output").is_not_null()
    has_growth = col("output").is_not_null() & col("earlier").is_not_null()
    paired = wide.join(earlier, on=["area", "year"], how="left").with_columns(
        with_head=has_head,
        with_growth=has_growth,
        head_output=pl.when(has_head).then("output"),
        head_people=pl.when(has_head).then("people"),
        output=pl.when(has_growth).then("output"),
        earlier=pl.when(has_growth).then("earlier"),
    )
    summed = ("people", "head_output", "head_people", "output", "earlier")
    pooled = (
        stays.join(paired, on="area")
        .group_by("region", "year")
        .agg(pl.sum(*summed, "with_head", "with_growth"), with_people=col("people").count())
        .join(stays.group_by("region").agg(members=pl.len()), on="region")
    )
    every = col("members")
    head = col("head_output") / col("head_people")
    growth = (col("output") - col("earlier")) / col("earlier")
    has_divisor = col("head_people") != 0
    return pooled.select(
        "region",
        "year",
        people=pl.when(col("with_people") == every).then("people"),
        people_coverage=col("with_people") / every,
        head=pl.when((col("with_head") == every) & has_divisor).then(head),
        head_coverage=col("with_head") / every,
        growth=pl.when((col("with_growth") == every) & (col("earlier") > 0)).then(growth),
        growth_coverage=col("with_growth") / every,
    ).collect()


def by_spark(session: Any, figures: Path, members: Path) -> Any:
    """In Spark's SQL, as a frame that has not been worked out."""
    session.read.parquet(str(figures)).createOrReplaceTempView("figures")
    session.read.parquet(str(members)).createOrReplaceTempView("members")
    query = SQL.format(figures="figures", members="members").replace('"', "`")
    for given in ("measure = 'population'", "measure = 'gdp-constant'", "has_head", "has_growth"):
        query = query.replace(f"filter ({given})", f"filter (where {given})")
    return session.sql(query)
