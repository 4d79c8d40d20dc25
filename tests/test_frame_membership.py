"""Membership tables: who is where and when, in every notation of a year, on every backend."""

import datetime as dt

import pyarrow as pa
import pytest
from backends import BACKENDS, EACH, by_key, rows
from drawn import examples_on_each
from hypothesis import Phase, given, settings, strategies as st

import bajio
from bajio import Indicator, Membership, Region, Sum
from bajio.errors import InvalidData, InvalidValue
from bajio.rules.members import Best
from bajio.rules.nodes import At
from bajio.rules.rule import Number
from bajio.rules.spread import Gini

LAZY = {"polars-lazy", "duckdb"}
YEARS = (2017, 2018, 2019)
AREAS = ("A1", "A2", "A3")
each = pytest.mark.parametrize("backend", EACH)

#: A figure for each area and year, of which every sum tells its parts.
FIGURES = {
    (area, year): 2 ** (3 * at + number)
    for at, year in enumerate(YEARS)
    for number, area in enumerate(AREAS)
}


def table():
    return pa.table(
        {
            "area": [area for area, _ in FIGURES],
            "period": [year for _, year in FIGURES],
            "measure": ["population"] * len(FIGURES),
            "value": [float(one) for one in FIGURES.values()],
        }
    )


def asked(backend, held, **options):
    make = BACKENDS[backend]
    return bajio.evaluate_table(make(table()), "population", regions=make(held), **options)


def values(backend, held, **options):
    found = by_key(asked(backend, held, **options), "region", "period")
    return {key: row["population"] for key, row in found.items()}


def members(**columns):
    return pa.table({"region": ["r"] * 3, "area": list(AREAS), **columns})


def of_region(stays, year, *, dated):
    """The sum by hand: of those that are members in the year, or now."""
    inside = [
        area
        for area, joined, left in stays
        if (
            (joined is None or joined <= year) and (left is None or year < left)
            if dated
            else left is None
        )
    ]
    return sum(FIGURES[area, year] for area in set(inside)) if inside else None


OPEN = {
    "null": [None, 2019, None],
    "NaN": [float("nan"), 2019.0, float("nan")],
    "empty": ["", "2019", " "],
    "9999": [9999, 2019, 9999],
    "date": [None, dt.date(2019, 1, 1), dt.date(9999, 12, 31)],
    "time": [None, dt.datetime(2019, 5, 1, tzinfo=dt.UTC), None],
    "text of a date": ["", "2019-05-01", "9999-12-31"],
    "text of a month": [None, "2019-05", None],
    "text of a float": [None, "2019.0", None],
    "category": pa.array(["", "2019", None]).dictionary_encode(),
    "small": pa.array([None, 2019, None], pa.int16()),
}


@each
@pytest.mark.parametrize("kind", OPEN)
def test_an_end_that_is_open_is_none_in_every_notation(backend, kind):
    stays = [("A1", 2018, None), ("A2", None, 2019), ("A3", None, None)]
    membership = members(**{"from": [2018, None, None], "to": OPEN[kind]})
    for how, dated in (("newest", False), ("as-of", True)):
        found = values(backend, membership, membership=how)
        assert found == {("r", year): of_region(stays, year, dated=dated) for year in YEARS}


WRONG = {
    "half": [None, 2019.5, None],
    "day": [None, 20190101, None],
    "word": ["", "soon", ""],
    "short": [None, 19, None],
    "before it began": [2017, None, None],
}


@each
@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("how", ["newest", "as-of"])
def test_an_end_that_cannot_be_read_gives_no_value(backend, kind, how):
    membership = members(**{"from": [2018, None, None], "to": WRONG[kind]})
    if backend not in LAZY:
        with pytest.raises(InvalidData, match="column 'to'"):
            asked(backend, membership, membership=how)
        return
    for missing in ("refuse", "partial"):
        found = rows(asked(backend, membership, membership=how, missing=missing))
        assert [row["population"] for row in found] == [None] * 3
        assert {row["population_reason"] for row in found} == {"invalid"}


@each
def test_a_year_of_leaving_that_is_still_to_come_takes_nobody_out(backend):
    membership = members(**{"from": [None] * 3, "to": [None, 2190, None]})
    found = values(backend, membership)
    assert found["r", 2019] == sum(FIGURES[area, 2019] for area in AREAS)


@each
def test_a_region_that_is_no_more_has_its_last_members(backend):
    membership = members(**{"from": [None] * 3, "to": [2010, 2012, 2012]})
    assert values(backend, membership)["r", 2019] == FIGURES["A2", 2019] + FIGURES["A3", 2019]


@each
@pytest.mark.parametrize("column", ["region", "area"])
def test_a_row_without_a_region_or_an_area_is_refused(backend, column):
    membership = members(**{column: ["A1", None, "A3"]})
    if backend not in LAZY:
        with pytest.raises(InvalidData, match=f"column '{column}'"):
            asked(backend, membership)
        return
    found = rows(asked(backend, membership, membership="newest"))
    if column == "area":
        assert {row["population_reason"] for row in found} == {"missing"}
    else:
        assert {row["region"] for row in found} == {"A1", "A3"}


@each
def test_a_membership_without_rows_names_no_region(backend):
    nothing = members().slice(0, 0)
    if backend in LAZY:
        assert rows(asked(backend, nothing)) == []
        return
    with pytest.raises(InvalidValue, match="no rows"):
        asked(backend, nothing)


@each
def test_regions_and_areas_may_be_numbers_and_stay_so(backend):
    make = BACKENDS[backend]
    numbered = {"A1": 1, "A2": 2, "A3": 3}
    figures = table().to_pydict()
    figures["area"] = [numbered[area] for area in figures["area"]]
    membership = pa.table({"region": [7, 7, 8], "area": [1, 2, 3]})
    found = bajio.evaluate_table(make(pa.table(figures)), "population", regions=make(membership))
    answers = by_key(found, "region", "period")
    assert answers[7, 2017]["population"] == 3
    assert answers[8, 2017]["population"] == 4


@each
def test_a_lazy_table_takes_a_membership_that_is_not(backend):
    if backend != "polars-lazy":
        return
    found = bajio.evaluate_table(
        BACKENDS[backend](table()), "population", regions=BACKENDS["polars"](members())
    )
    assert by_key(found, "period")[2017,]["population"] == 7


def test_a_lazy_membership_beside_a_table_that_is_not_is_refused():
    eager, lazy = BACKENDS["polars"], BACKENDS["polars-lazy"]
    with pytest.raises(InvalidValue, match="lazy and the table is not"):
        bajio.evaluate_table(eager(table()), "population", regions=lazy(members()))
    both = bajio.evaluate_table(eager(table()), "population", regions=eager(members()))
    assert by_key(both, "period")[2017,]["population"] == 7


STAYS = st.lists(
    st.tuples(
        st.sampled_from(AREAS),
        st.none() | st.integers(2015, 2020),
        st.none() | st.integers(2015, 2020),
    ).filter(lambda stay: None in stay[1:] or stay[1] < stay[2]),
    min_size=1,
    max_size=5,
)
NOTATIONS = {
    "numbers": lambda year: year,
    "floats": lambda year: float("nan") if year is None else float(year),
    "texts": lambda year: "" if year is None else str(year),
    "dates": lambda year: None if year is None else dt.date(year, 6, 1),
}


@pytest.mark.parametrize("backend", EACH)
@settings(examples_on_each(15), phases=[Phase.generate])
@given(STAYS, st.sampled_from(sorted(NOTATIONS)), st.sampled_from(["newest", "as-of"]))
def test_every_notation_of_stays_is_that_region(backend, stays, notation, how):
    region = Region([Membership(*stay) for stay in stays], code="r")
    write = NOTATIONS[notation]
    columns = {"region": ["r"] * len(stays), "area": [area for area, _, _ in stays]}
    columns["from"] = [write(joined) for _, joined, _ in stays]
    columns["to"] = [write(left) for _, _, left in stays]
    found = by_key(asked(backend, pa.table(columns), membership=how), "period")
    make = BACKENDS[backend]
    given_region = bajio.evaluate_table(
        make(table()), "population", regions=[region], membership=how
    )
    assert found.keys() == by_key(given_region, "period").keys()
    for key, row in by_key(given_region, "period").items():
        assert found[key]["population"] == row["population"]
        if how == "as-of" and key[0] is not None:
            assert row["population"] == of_region(stays, key[0], dated=True)


@each
@pytest.mark.parametrize("how", ["newest", "as-of"])
def test_a_rule_may_name_a_region_of_the_membership_table(backend, how):
    held = pa.table(
        {
            "region": ["north", "north", "south"],
            "area": ["A1", "A2", "A3"],
            "from": [None, 2018, None],
            "to": pa.nulls(3),
        }
    )
    rule = Sum("population") / At(Sum("population"), "north")
    make = BACKENDS[backend]
    found = bajio.evaluate_table(
        make(table()),
        Indicator("population", rule, "1", "Over the north"),
        regions=make(held),
        membership=how,
    )
    answers = by_key(found, "region", "period")
    for year in YEARS:
        north = FIGURES["A1", year]
        north += FIGURES["A2", year] if how == "newest" or year >= 2018 else 0
        assert answers["north", year]["population"] == 1
        assert answers["south", year]["population"] == FIGURES["A3", year] / north


@each
@pytest.mark.parametrize("wrong", ["twice", "infinite"])
def test_a_wrong_figure_of_a_member_makes_a_rule_over_members_invalid(backend, wrong):
    figures = table().to_pydict()
    if wrong == "twice":
        row = dict(zip(figures, ("A3", 2019, "population", 5.0), strict=True))
        figures = {name: [*cells, row[name]] for name, cells in figures.items()}
    else:
        figures["value"][-1] = float("inf")
    make = BACKENDS[backend]
    for rule in (Gini(Sum("population"), Number(1)), Best(Sum("population"))):
        found = bajio.evaluate_table(
            make(pa.table(figures)),
            Indicator("population", rule, rule_unit(rule), "Over members"),
            regions=make(members()),
        )
        answers = by_key(found, "period")
        assert answers[2019,]["population"] is None
        assert answers[2019,]["population_reason"] == "invalid"
        assert answers[2018,]["population"] is not None


def rule_unit(rule):
    return "1" if isinstance(rule, Gini) else "person"
