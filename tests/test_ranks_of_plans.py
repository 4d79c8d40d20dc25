"""Ranks of regions in plans, which stand beside their values, against those of whole tables."""

import duckdb
import polars as pl
from hypothesis import given, settings, strategies as st

from bajio import Growth, Indicator, Sum, evaluate_table

RULES = (
    Indicator("people", Sum("population"), "person", "People"),
    Indicator(
        "density",
        Sum("population") / Sum("gdp-constant"),
        "person/MXN_2018",
        "Persons for an output",
        better="lower",
    ),
    Indicator("growth", Growth(Sum("population")), "1", "Growth"),
)
AREAS = ["MX-AGU", "MX-QUE", "MX-JAL", "MX-COL"]
FIGURES = st.lists(
    st.tuples(
        st.sampled_from(AREAS),
        st.sampled_from([2017, 2018]),
        st.sampled_from(["population", "gdp-constant"]),
        st.integers(1, 3).map(float),
    ),
    min_size=4,
    max_size=16,
    unique_by=lambda row: row[:3],
)
MEMBERS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(AREAS)), min_size=2, max_size=9, unique=True
)


def _rows(found):
    names = ["region", "year", *(f"{one.code}{end}" for one in RULES for end in ("_rank", "_of"))]
    return sorted(found.select(names).rows(), key=str)


ASKED = {"columns": {"period": "year"}, "rank": True}


def _tables(figures, members):
    frame = pl.DataFrame(figures, schema=["area", "year", "measure", "value"], orient="row")
    return frame, pl.DataFrame(members, schema=["region", "area"], orient="row")


@settings(max_examples=10)
@given(FIGURES, MEMBERS)
def test_plans_rank_as_whole_tables(figures, members):
    """With ties, gaps and regions inside of others."""
    known = [(area, 2016, "population", 1.0) for area in AREAS]  # an unknown area is refused
    frame, regions = _tables(known + figures, members)
    whole = evaluate_table(frame, RULES, regions=regions, **ASKED)
    lazily = evaluate_table(frame.lazy(), RULES, regions=regions.lazy(), **ASKED)
    assert _rows(lazily.collect()) == _rows(whole)


def test_duckdb_ranks_as_whole_tables():
    figures = [
        (area, year, measure, value + (year == 2018) * (value % 2))
        for area, value in zip(AREAS, (3.0, 1.0, 3.0, 2.0), strict=True)
        for year in (2017, 2018)
        for measure in ("population", "gdp-constant")
        if (area, measure, year) != ("MX-COL", "gdp-constant", 2018)
    ]
    members = [("a", AREAS[0]), ("b", AREAS[2]), ("c", AREAS[0]), ("c", AREAS[1]), ("d", AREAS[3])]
    frame, regions = _tables(figures, members)
    whole = evaluate_table(frame, RULES, regions=regions, **ASKED)
    connection = duckdb.connect()
    connection.execute("set threads to 1")
    tables = [connection.from_arrow(one.to_arrow()) for one in (frame, regions)]
    planned = evaluate_table(tables[0], RULES, regions=tables[1], **ASKED)
    assert _rows(planned.pl()) == _rows(whole)
