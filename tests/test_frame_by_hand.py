"""Tables worked out by hand: what is infinite, rates, years of other years, who was there when."""

from datetime import date
from math import inf

import narwhals as nw
import polars as pl
import pytest
from backends import BACKENDS, arrow, by_key

import bajio
from bajio import Growth, Indicator, Membership, Region, Sum
from bajio.engines.frame.column_kinds import end
from bajio.errors import UnknownCode
from bajio.rules import Convert, Lag, WeightedMean

PAIR = Region(["MX-COL", "MX-JAL"], code="pair")
each = pytest.mark.parametrize("backend", ["pandas", "polars-lazy"])


def made(backend, *figures):
    names = ("area", "period", "measure", "value")
    cells = dict(zip(names, zip(*figures, strict=True), strict=True))
    return BACKENDS[backend](arrow(cells, (str, str, str, float)))


@each
@pytest.mark.parametrize("hosts", ["MEX", {"MX-COL": "MEX", "MX-JAL": "MEX"}], ids=["one", "each"])
def test_dollars_are_as_many_pesos_as_their_price_says(backend, hosts):
    table = made(
        backend,
        ("MX-COL", "2020", "exports", 30.0),
        ("MX-JAL", "2020", "exports", 10.0),
        ("MX-COL", "2020", "gdp", 80.0),
        ("MX-JAL", "2020", "gdp", 100.0),
        ("MEX", "2020", "exchange-rate", 20.0),
    )
    pesos = Indicator("pesos", Convert(Sum("exports"), "MXN"), "MXN", "Exports")
    dollars = Indicator("dollars", Convert(Sum("gdp"), "USD"), "USD", "Output")
    found = bajio.evaluate_table(table, [pesos, dollars], regions=[PAIR], hosts=hosts)
    [row] = by_key(found, "region").values()
    assert (row["pesos"], row["dollars"]) == (800, 9)


@each
def test_what_is_infinite_is_invalid_wherever_it_enters_a_product(backend):
    mean = WeightedMean("unemployment-rate-published", "economically-active")
    rate = Indicator("rate", mean, "percent", "Rate")
    for own, weight in ((0.0, inf), (inf, 0.0)):
        table = made(
            backend,
            ("MX-COL", "2020", "unemployment-rate-published", own),
            ("MX-JAL", "2020", "unemployment-rate-published", 4.0),
            ("MX-COL", "2020", "economically-active", weight),
            ("MX-JAL", "2020", "economically-active", 2.0),
        )
        [row] = by_key(bajio.evaluate_table(table, rate, regions=[PAIR]), "region").values()
        assert (row["rate"], row["rate_reason"]) == (None, "invalid")


@each
def test_money_at_an_infinite_price_is_invalid_and_not_zero(backend):
    table = made(backend, ("MX-COL", "2020", "gdp", 80.0), ("MEX", "2020", "exchange-rate", inf))
    dollars = Indicator("dollars", Convert(Sum("gdp"), "USD"), "USD", "Output")
    found = bajio.evaluate_table(table, dollars, regions=["MX-COL"], hosts="MEX")
    [row] = by_key(found, "region").values()
    assert (row["dollars"], row["dollars_reason"]) == (None, "invalid")


@each
def test_members_without_a_figure_leave_the_others_and_at_last_nothing(backend):
    table = made(
        backend,
        ("MX-COL", "2019", "population", 3.0),
        ("MX-JAL", "2019", "population", None),
        ("MX-COL", "2020", "population", None),
        ("MX-JAL", "2020", "population", None),
    )
    options = {"regions": [PAIR], "missing": "partial"}
    found = by_key(bajio.evaluate_table(table, "population", **options), "period")
    cells = ("population", "population_coverage", "population_reason")
    assert [found["2019",][cell] for cell in cells] == [3, 0.5, None]
    assert [found["2020",][cell] for cell in cells] == [None, 0, "missing"]


OF_OTHER_YEARS = (
    ("MX-COL", "2018", "population", 30.0),
    ("MX-JAL", "2018", "population", 10.0),
    ("MX-AGU", "2019", "population", 7.0),
    ("MX-AGU", "2020", "population", 7.0),
)


@each
@pytest.mark.parametrize("membership", ["newest", "as-of"])
def test_a_year_whose_figures_are_all_of_years_before_has_its_row(backend, membership):
    before = Indicator("before", Lag(Sum("population"), 1), "person", "Before")
    table = made(backend, *OF_OTHER_YEARS)
    found = bajio.evaluate_table(table, before, regions=[PAIR], membership=membership)
    assert {period: row["before"] for (period,), row in by_key(found, "period").items()} == {
        "2019": 40
    }


@each
def test_a_year_in_which_members_have_no_figure_of_their_own_has_none(backend):
    rates = Indicator("rates", Growth(Sum("population")), "1", "Growth")
    found = bajio.evaluate_table(made(backend, *OF_OTHER_YEARS), rates, regions=[PAIR])
    assert set(by_key(found, "period")) == {("2018",)}


@each
def test_who_has_left_counts_in_the_year_before(backend):
    region = Region([Membership("MX-COL", left=2020), Membership("MX-JAL", joined=2020)], code="r")
    figures = (("MX-COL", "2019", "population", 40.0), ("MX-JAL", "2020", "population", 50.0))
    rates = Indicator("rates", Growth(Sum("population")), "1", "Growth")
    table = made(backend, *figures)
    found = bajio.evaluate_table(table, rates, regions=[region], membership="as-of")
    assert by_key(found, "period")["2020",]["rates"] == 0.25


@each
def test_a_year_in_which_there_are_no_members_has_nothing_to_grow_from_or_to(backend):
    region = Region([Membership("MX-COL", 2019, 2020)], code="r")
    table = made(backend, *(("MX-COL", str(year), "population", 4.0) for year in range(2018, 2022)))
    rates = Indicator("rates", Growth(Sum("population")), "1", "Growth")
    found = bajio.evaluate_table(table, rates, regions=[region], membership="as-of")
    told = {year: row["rates_reason"] for (year,), row in by_key(found, "period").items()}
    assert told == {"2019": "missing", "2020": "missing"}


@each
def test_who_was_no_member_in_any_year_of_the_table_need_not_be_in_it(backend):
    stays = [Membership("MX-COL"), Membership("MX-JAL", 2000, 2005)]
    options = {"regions": [Region(stays, code="r")], "membership": "as-of"}
    table = made(backend, ("MX-COL", "2019", "population", 40.0))
    assert (
        by_key(bajio.evaluate_table(table, "population", **options), "period")["2019",][
            "population"
        ]
        == 40
    )
    cells = {"area": ["MX-COL"], "measure": ["area"], "value": [6.0]}
    steady = BACKENDS[backend](arrow(cells, (str, str, float)))
    named = {**options, "by": []}
    [row] = by_key(bajio.evaluate_table(steady, "area", **named), "region").values()
    assert row["area"] == 6
    early = made(backend, ("MX-COL", "2004", "population", 40.0))
    if backend != "polars-lazy":  # of which nothing is asked before it runs
        with pytest.raises(UnknownCode, match="MX-JAL"):
            bajio.evaluate_table(early, "population", **options)


def test_a_stay_until_the_last_year_of_dates_has_no_end():
    frame = nw.from_native(pl.DataFrame({"to": [date(9999, 12, 31), date(9998, 12, 31), None]}))
    assert frame.select(end(frame, "to").alias("to"))["to"].to_list() == [None, 9998, None]
