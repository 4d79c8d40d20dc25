"""Deflators: an index of prices brings money of its own currency to a base year, and no other."""

import math
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, strategies as st

import bajio
from bajio import (
    Area,
    Indicator,
    Measure,
    Observation,
    Registry,
    Source,
    Sum,
    Unavailable,
    hookimpl,
)
from bajio.rules import Convert, Deflate

SALES = Measure("sales", "Sales", "USD", prices="current", minimum=0)
PRICES = Measure("prices", "Prices", "1", kind="intensive", time="stock")
RATE = Measure("rate", "Rate", "MXN/USD", kind="intensive", time="stock")


class Countries:
    """Three countries, the middle one with a state; figures as they are given."""

    def __init__(self, units, figures, currencies):
        self.units, self.figures, self.currencies = units, figures, currencies

    @hookimpl
    def bajio_areas(self):
        return [
            *(Area(code, code, currency=own) for code, own in self.currencies.items()),
            Area("MEX-1", "One", "state", "MEX"),
        ]

    @hookimpl
    def bajio_datasets(self):
        seen = [
            Observation(area, str(year), measure, value)
            for (measure, area, year), value in self.figures.items()
        ]
        made = bajio.dataset(
            "own",
            measures=[SALES, PRICES, RATE],
            sources=[Source("own", "Own")],
            observations=seen,
            units=self.units,
            reference_year=2020,
        )
        return [made]


FIGURES = {
    ("sales", "MEX-1", 2020): 1200,
    ("sales", "MEX", 2020): 5000,
    ("sales", "USA", 2020): 900,
    ("rate", "MEX", 2020): 20,
    ("prices", "MEX", 2018): 100,
    ("prices", "MEX", 2020): 150,
}
MONEY = {"MEX": "MXN", "USA": "USD", "ESP": "EUR", "FRA": "EUR"}


def value(rule, unit, region="MEX-1", figures=FIGURES, sales="USD", currencies=MONEY):
    plugin = Countries({"sales": sales}, figures, currencies)
    indicator = Indicator("own", rule, unit, "Own")
    registry = Registry({"own": plugin})
    return bajio.evaluate(region, indicator, year=2020, peers=None, registry=registry)


REAL = Deflate(Sum("sales"), base=2018, by="prices")


def test_dollars_are_not_deflated_by_the_prices_of_another_currency():
    with pytest.raises(Unavailable, match=r"USD has no deflator to the prices of 2018: .*of USA"):
        value(REAL, "USD_2018")


def test_pesos_are_deflated_by_their_own_prices():
    result = value(REAL, "MXN_2018", sales="MXN")

    assert result.exact == 800
    assert [use.measure for use in result.sources] == ["sales", "prices"]


def test_dollars_are_deflated_by_the_prices_of_who_issues_them():
    figures = {**FIGURES, ("prices", "USA", 2018): 50, ("prices", "USA", 2020): 60}

    assert value(REAL, "USD_2018", figures=figures).exact == 1000
    assert value(REAL, "USD_2018", "USA", figures=figures).exact == 750
    unknown = {**MONEY, "USA": None}
    assert value(REAL, "USD_2018", figures=figures, currencies=unknown).exact == 1000


def test_converted_money_is_deflated_by_the_prices_of_what_it_is_converted_to():
    rule = Deflate(Convert(Sum("sales"), to="USD", at="rate"), base=2018, by="prices")
    figures = {**FIGURES, ("prices", "USA", 2018): 50, ("prices", "USA", 2020): 60}

    assert value(rule, "USD_2018", figures=figures, sales="MXN").exact == 50
    with pytest.raises(Unavailable, match="of USA"):
        value(rule, "USD_2018", sales="MXN")


def test_money_at_constant_prices_is_not_converted():
    rule = Convert(REAL, to="USD", at="rate")

    with pytest.raises(Unavailable, match="MXN_2018 is not converted"):
        value(rule, "USD", sales="MXN")


def test_euros_are_deflated_by_the_prices_of_no_other_member():
    figures = {
        ("sales", "ESP", 2020): 300,
        ("sales", "FRA", 2020): 300,
        ("prices", "FRA", 2018): 100,
        ("prices", "FRA", 2020): 120,
    }

    assert value(REAL, "EUR_2018", "FRA", figures=figures, sales="EUR").exact == 250
    with pytest.raises(Unavailable, match=r"EUR has no deflator .* of ESP"):
        value(REAL, "EUR_2018", "ESP", figures=figures, sales="EUR")
    with pytest.raises(Unavailable, match="MEX has no deflator"):
        value(REAL, "EUR_2018", "MEX", figures={**FIGURES, **figures}, sales="EUR")


def test_an_area_whose_currency_is_not_known_has_no_deflator():
    with pytest.raises(Unavailable, match=r"Area\('MEX', ..., currency='MXN'\)"):
        value(REAL, "MXN_2018", sales="MXN", currencies={**MONEY, "MEX": None})


@given(
    st.sampled_from(["MXN", "USD", "EUR"]),
    st.lists(st.sampled_from(["MEX", "USA"]), unique=True),
    st.integers(1, 400),
)
def test_all_engines_deflate_by_the_money_s_own_index_or_not_at_all(money, indices, now):
    figures = dict(FIGURES)
    del figures["prices", "MEX", 2018], figures["prices", "MEX", 2020]
    for at, code in enumerate(indices):
        figures["prices", code, 2018], figures["prices", code, 2020] = 100 + at, now + at
    place = {"MXN": "MEX", "USD": "USA", "EUR": None}[money]
    expected = None
    if place in indices:
        at = indices.index(place)
        expected = Fraction(1200 * (100 + at), now + at)
    plugin = Countries({"sales": money}, figures, MONEY)
    registry = Registry({"own": plugin})
    real = Indicator("real", REAL, f"{money}_2018", "Real")

    try:
        exact = bajio.evaluate("MEX-1", real, year=2020, peers=None, registry=registry).exact
    except Unavailable:
        exact = None
    bulk = bajio.evaluate_many(
        bajio.Memberships.of([["MEX-1"]], registry=registry),
        real,
        year=2020,
        peers=None,
        registry=registry,
    )[real.code]
    rows = [
        {"area": area, "period": year, "measure": measure, "value": float(figure)}
        for (measure, area, year), figure in figures.items()
    ]
    [row] = (
        bajio.evaluate_table(
            pl.DataFrame(rows),
            real,
            regions=[bajio.Region(["MEX-1"], code="one")],
            units={"sales": money},
            registry=registry,
        )
        .filter(pl.col("period") == 2020)
        .rows(named=True)
    )

    assert exact == expected
    [many] = bulk.values
    if expected is None:
        assert math.isnan(many)
        assert row["real"] is None
    else:
        assert many == pytest.approx(float(expected))
        assert row["real"] == pytest.approx(float(expected))


def test_the_price_index_of_the_dollar_is_that_of_output_where_there_is_no_other():
    real = Indicator("real", Deflate(Sum("exports"), base=2022), "USD_2022", "Exports")
    data = bajio.list_datasets()[0]
    of_usa = {
        series.measure: data.table(series).values[()]["USA"]
        for series in data.series
        if series.source in {"world-bank", "world-bank-volume"}
        if series.measure in {"gdp", "gdp-constant"}
    }
    output = {y: Fraction(of_usa["gdp"][y]) for y in ("2022", "2023")}
    volume = {y: Fraction(of_usa["gdp-constant"][y]) for y in ("2022", "2023")}
    prices = {y: output[y] / volume[y] for y in output}
    nominal = bajio.evaluate("bajio", "exports", year=2023, peers=None).exact

    result = bajio.evaluate("bajio", real, year=2023, peers=None)

    assert result.exact == nominal * prices["2022"] / prices["2023"]
    assert [use.measure for use in result.sources] == ["exports", "gdp", "gdp-constant"]


@pytest.mark.parametrize("measure", ["exports", "fdi", "remittances"])
def test_dollars_of_mexico_have_no_deflator_to_the_prices_of_a_year_without_any(measure):
    real = Indicator("real", Deflate(Sum(measure), base=1985), "USD_1985", "Real")

    with pytest.raises(Unavailable, match="give 'cpi' of USA"):
        bajio.evaluate("bajio", real, year=2023, peers=None)


def test_a_member_whose_country_has_no_rate_lacks_a_figure():
    plugin = Countries({"sales": "MXN"}, FIGURES, {**MONEY, "MEX": "MXN"})
    registry = Registry({"own": plugin})
    dollars = Indicator("own", Convert(Sum("sales"), to="USD", at="rate"), "USD", "Own")
    both = bajio.Region(["MEX-1", "USA"])
    options = {"year": 2020, "peers": None, "registry": registry}

    with pytest.raises(Unavailable, match=r"no 'sales' for USA in 2020 \(no 'rate' of USA"):
        bajio.evaluate(both, dollars, **options)
    some = bajio.evaluate(both, dollars, missing="partial", **options)
    assert some.exact == 60
    assert some.coverage.members == Fraction(1, 2)
    [gap] = some.coverage.missing
    assert (gap.area, gap.measure, gap.period) == ("USA", "sales", "2020")
