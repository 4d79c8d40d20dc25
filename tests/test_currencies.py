"""Money in each area's own currency, and currencies that changed: added only once converted."""

from fractions import Fraction

import polars as pl
import pytest

import bajio
from bajio import Area, Currency, Measure, Observation, Source
from bajio.errors import BajioError, InvalidValue

FIGURES = {
    ("HRV", 2022): 750,
    ("HRV", 2023): 110,
    ("DEU", 2022): 40,
    ("DEU", 2023): 50,
}
RATES = {("HRV", 2022): Fraction(15, 2), ("HRV", 2023): 1, ("DEU", 2022): 1, ("DEU", 2023): 1}


CROATIA = (Currency("HRK", until=2022), Currency("EUR", since=2023))


def registry():
    gdp = Measure("gdp", "GDP", "LCU", prices="current")
    rate = Measure("exchange-rate", "Rate", "LCU/EUR", kind="intensive", time="stock")
    data = bajio.dataset(
        "d",
        measures=[gdp, rate],
        sources=[Source("s", "S")],
        observations=[
            Observation(code, year, measure, value)
            for measure, cells in (("gdp", FIGURES), ("exchange-rate", RATES))
            for (code, year), value in cells.items()
        ],
    )

    class Plugin:
        @bajio.hookimpl
        def bajio_areas(self):
            return [
                Area("HRV", "Croatia", currency=CROATIA),
                Area("DEU", "Germany", currency="EUR"),
                Area("HR-1", "One", "county", "HRV"),
            ]

        @bajio.hookimpl
        def bajio_datasets(self):
            return [data]

    return bajio.Registry({"p": Plugin()})


def ask(region, year, rule, unit="EUR"):
    indicator = bajio.Indicator("it", rule, unit, "It")
    return bajio.evaluate(region, indicator, registry=registry(), year=year, peers=None).exact


EUROS = bajio.rules.Convert(bajio.Sum("gdp"), "EUR", at="exchange-rate")


def test_each_amount_is_converted_from_its_own_currency_of_the_year():
    assert ask(["HRV", "DEU"], 2022, EUROS) == 100 + 40
    assert ask(["HRV", "DEU"], 2023, EUROS) == 110 + 50
    grown = bajio.Growth(bajio.Sum("gdp"), nominal=True)
    converted = bajio.rules.Convert(grown, "EUR", at="exchange-rate")
    assert ask(["HRV", "DEU"], 2023, converted, "1") == Fraction(160, 140) - 1


def test_amounts_of_several_currencies_are_not_added():
    with pytest.raises(BajioError, match=r"several currencies \(EUR, HRK\) are not added"):
        ask(["HRV", "DEU"], 2023, bajio.Sum("gdp"))
    with pytest.raises(BajioError, match="several currencies"):
        ask(["HRV"], 2023, bajio.Sum("gdp"))
    assert ask(["DEU"], 2023, bajio.Sum("gdp")) == 50


def test_an_area_has_one_currency_at_a_time():
    with pytest.raises(InvalidValue, match="HRK and EUR at one time"):
        Area("HRV", "Croatia", currency=[Currency("HRK", until=2023), Currency("EUR", since=2023)])
    money = Area("HRV", "Croatia", currency=[Currency("HRK", 1994, 2022), Currency("EUR", 2023)])
    assert [money.money(year) for year in (1990, 1994, 2022, 2023, None)] == [
        None,
        "HRK",
        "HRK",
        "EUR",
        "EUR",
    ]


#: GDP of two made states of Germany, in the money of the year.
GERMAN = (("DE-1", 1995, 30), ("DE-2", 1995, 40), ("DE-1", 2018, 10), ("DE-2", 2018, 20))
MONEY = {"exchange-rate": "MXN/USD", "cpi": "1"}
COUNTRY = [
    Area("MEX", "Mexico", currency="MXN"),
    Area("M-1", "One", "state", "MEX"),
    Area("M-2", "Two", "state", "MEX"),
]
TAX = bajio.Indicator(
    "tax", bajio.rules.Convert(bajio.Sum("tax"), to="USD"), "USD", {"en": "Tax", "es": "Impuestos"}
)


def figures(name, **rows):
    """A dataset under a source of its own, of figures by area and period."""
    tax = Measure("tax", "Tax", "MXN", prices="current")
    rates = [Measure(code, code, unit, kind="intensive") for code, unit in MONEY.items()]
    return bajio.dataset(
        name,
        measures=[one for one in (tax, *rates) if one.code.replace("-", "_") in rows],
        sources=[Source(name, name)],
        observations=[
            Observation(area, period, measure.replace("_", "-"), value)
            for measure, cells in rows.items()
            for (area, period), value in cells.items()
        ],
    )


def taxed(own, indicator=TAX, region=("M-1",)):
    """A tax of 1300 pesos at 20 pesos a dollar, with figures of one's own laid over."""
    base = figures(
        "base",
        tax={("M-1", 2020): 1300, ("M-2", 2020): 700},
        exchange_rate={("MEX", 2020): 20},
        cpi={("MEX", 2018): 100, ("MEX", 2020): 110},
    )

    class Plugin:
        @bajio.hookimpl
        def bajio_areas(self):
            return COUNTRY

        @bajio.hookimpl
        def bajio_datasets(self):
            return [base]

    known = bajio.Registry({"p": Plugin()})
    return bajio.evaluate(list(region), indicator, own, registry=known, year=2020, peers=None)


def test_own_rates_are_among_the_sources():
    found = taxed(figures("mine", exchange_rate={("MEX", 2020): 10}))
    assert found.exact == 130
    uses = [(use.measure, use.source.code) for use in found.sources]
    assert uses == [("tax", "base"), ("exchange-rate", "mine")]
    real = bajio.Indicator(
        "real", bajio.rules.Deflate(bajio.Sum("tax"), base=2018), "MXN_2018", "Real"
    )
    own = figures("mine", cpi={("MEX", 2018): 100, ("MEX", 2020): 200})
    assert taxed(own, real).exact == 650
    assert [use.source.code for use in taxed(own, real).sources] == ["base", "mine"]


@pytest.mark.parametrize(
    ("rates", "reason"),
    [
        ({("M-1", 2020): 10}, "M-1 is not used: it is read of MEX"),
        ({("MEX", 2019): 10}, "MEX is not used: it is of 2019, the answer of 2020"),
        (
            {("MEX", f"2020-Q{quarter}"): 10 for quarter in (1, 2, 3)},
            "MEX is not used: it has 3 of the 4 periods of 2020",
        ),
    ],
)
def test_own_rates_that_are_not_used_are_told(rates, reason):
    found = taxed(figures("mine", exchange_rate=rates))
    assert found.exact == 65
    assert f"own 'exchange-rate' (mine) of {reason}" in found.notes
    assert not any("rate" in note for note in taxed(figures("mine", tax={("M-2", 2020): 1})).notes)


@pytest.mark.parametrize("rate", [0, -3, Fraction(-1, 7)])
def test_a_rate_that_is_not_positive_is_none(rate):
    with pytest.raises(BajioError, match=r"no 'exchange-rate' for MEX in 2020 \(.*not positive"):
        taxed(figures("mine", exchange_rate={("MEX", 2020): rate}))
    real = bajio.Indicator(
        "real", bajio.rules.Deflate(bajio.Sum("tax"), base=2018), "MXN_2018", "Real"
    )
    with pytest.raises(BajioError, match=r"no 'cpi' for MEX in 2018 \(.*not positive"):
        taxed(figures("mine", cpi={("MEX", 2018): rate, ("MEX", 2020): 100}), real)


@pytest.mark.parametrize(("rate", "reason"), [(-3.0, "invalid"), (0.0, "missing")])
def test_a_rate_that_is_not_positive_is_none_in_tables(rate, reason):
    frames = pytest.importorskip("polars")
    rows = [("M-1", 2020, "tax", 1300.0), ("MEX", 2020, "exchange-rate", rate)]
    table = frames.DataFrame(rows, ["area", "period", "measure", "value"], orient="row")
    found = bajio.evaluate_table(
        table,
        TAX,
        regions=[bajio.Region(["M-1"], code="one")],
        hosts={"M-1": "MEX"},
        measures=[Measure("tax", "Tax", "MXN", prices="current")],
    )
    assert found.select("tax", "tax_reason").rows() == [(None, reason)]


@pytest.mark.parametrize(
    ("money", "expected"), [("EUR", {1995: None, 2018: 30 / 0.8}), ("DEM", {1995: 70 / 1.4})]
)
def test_a_table_converts_by_the_currency_that_a_country_had_in_the_year(money, expected):
    rows = [
        *((area, year, "gdp", value) for area, year, value in GERMAN),
        ("DEU", 1995, "exchange-rate", 1.4),
        ("DEU", 2018, "exchange-rate", 0.8),
    ]
    table = pl.DataFrame(rows, ["area", "period", "measure", "value"], orient="row")
    found = bajio.evaluate_table(
        table,
        bajio.Indicator("own", bajio.rules.Convert(bajio.Sum("gdp"), to="USD"), "USD", "Own"),
        regions=[bajio.Region(["DE-1", "DE-2"], code="r")],
        hosts={"DE-1": "DEU", "DE-2": "DEU"},
        units={"gdp": money},
    )

    values = {row["period"]: row["own"] for row in found.rows(named=True)}
    assert {year: values[year] for year in expected} == pytest.approx(expected)
    assert values[1995 if money == "EUR" else 2018] is None


def test_every_country_knows_its_currency_of_each_year():
    areas = bajio.Registry.default().areas
    assert [areas["HRV"].money(year) for year in (1995, 2022, 2023)] == ["HRK", "HRK", "EUR"]
    assert [areas["DEU"].money(year) for year in (1998, 1999, None)] == ["DEM", "EUR", "EUR"]
    assert (areas["BRA"].money(1990), areas["USA"].money(), areas["ATA"].money()) == (
        "BRL",
        "USD",
        None,
    )


@pytest.mark.parametrize(
    ("area", "money", "year", "rate"),
    [("BRA", "BRL", 2018, "3.65382536145755"), ("HRV", "HRK", 2018, "6.27902525")],
)
def test_amounts_of_a_country_s_own_money_convert_by_the_bundled_rates(area, money, year, rate):
    sales = Measure("sales", "Sales", money, prices="current", minimum=0)
    own = bajio.dataset(
        "own",
        measures=[sales],
        sources=[Source("own", "Own")],
        observations=[Observation(area, str(year), "sales", 1000)],
    )
    dollars = bajio.Indicator("own", bajio.rules.Convert(bajio.Sum("sales"), "USD"), "USD", "Own")

    found = bajio.evaluate(area, dollars, own, year=year, peers=None)
    assert found.exact == Fraction(1000) / Fraction(rate)
    assert [use.source.code for use in found.sources] == ["own", "world-bank"]


def test_amounts_convert_by_way_of_the_dollar_where_no_rate_is_between_two_currencies():
    euros = bajio.Indicator("own", bajio.rules.Convert(bajio.Sum("gdp"), "EUR"), "EUR", "Own")
    found = bajio.evaluate("bajio", euros, year=2018)
    dollars = bajio.evaluate("bajio", "gdp", year=2018)

    assert float(found.exact / dollars.exact) == pytest.approx(0.846772667108)
    assert (found.rank.position, found.rank.of) == (dollars.rank.position, dollars.rank.of)
    rates = [use.source.code for use in found.sources if use.measure == "exchange-rate"]
    assert rates == ["banxico-fix", "world-bank"]
    many = bajio.evaluate_many(bajio.Memberships.of([bajio.region("bajio")]), euros, year=2018)
    assert float(many["own"].values[0]) == pytest.approx(float(found.value), rel=1e-12)
    won = bajio.Indicator("won", bajio.rules.Convert(bajio.Sum("gdp"), "KPW"), "KPW", "Won")
    with pytest.raises(BajioError, match="no 'exchange-rate' of MEX turns MXN into KPW"):
        bajio.evaluate("bajio", won, year=2018)


def test_a_rate_is_of_a_country_that_had_the_money_in_the_year():
    own = bajio.dataset(
        "own",
        measures=[Measure("sales", "Sales", "MXN", prices="current", minimum=0)],
        sources=[Source("own", "Own")],
        observations=[Observation("MEX", str(year), "sales", 1000) for year in (1998, 1999, 2000)],
    )
    grown = bajio.Growth(bajio.Sum("sales"), nominal=True)
    rule = bajio.rules.Convert(grown, "EUR")
    euros = bajio.Indicator("own", rule, "1", "Own")

    assert bajio.evaluate("MEX", euros, own, year=2000, peers=None).value > 0
    with pytest.raises(BajioError, match=r"no 'sales' for MEX in 1998 \(no 'exchange-rate' of MEX"):
        bajio.evaluate("MEX", euros, own, year=1999, peers=None)


@pytest.mark.parametrize("year", [2010, 2018])
def test_a_country_without_a_rate_reads_that_of_another_with_its_money(year):
    own = bajio.dataset(
        "own",
        measures=[Measure("sales", "Sales", "EUR", prices="current", minimum=0)],
        sources=[Source("own", "Own")],
        observations=[Observation("AND", str(year), "sales", 1000)],
    )
    dollars = bajio.Indicator("own", bajio.rules.Convert(bajio.Sum("sales"), "USD"), "USD", "Own")
    andorra = bajio.evaluate("AND", dollars, own, year=year, peers=None)

    market = {
        area: rates[str(year)]
        for series in bajio.list_datasets()[0].series
        if (series.measure, series.source) == ("exchange-rate", "world-bank")
        for area, rates in bajio.list_datasets()[0].table(series).values[()].items()
        if area in {"DEU", "AUT"}
    }
    assert andorra.exact in {1000 / Fraction(rate) for rate in market.values()}


def test_a_region_and_its_peers_are_converted_at_ppp_by_one_edition():
    """GDP in the money of the country comes to the very GDP at PPP that its peers have."""
    gdp = bajio.evaluate("BRA", "gdp", year=2018, peers=None).exact
    reals = gdp * Fraction("3.65382536145755")
    own = bajio.dataset(
        "own",
        measures=[Measure("output", "Output", "BRL", prices="current", minimum=0)],
        sources=[Source("own", "Own")],
        observations=[Observation("BRA", "2018", "output", reals)],
    )
    rule = bajio.rules.Convert(bajio.Sum("output"), "int_USD", at="ppp-factor")
    found = bajio.evaluate("BRA", bajio.Indicator("o", rule, "int_USD", "O"), own, year=2018)
    published = bajio.evaluate("BRA", "gdp-ppp", year=2018)

    assert float(found.value) == pytest.approx(float(published.value), rel=1e-9)
    assert {use.edition for use in published.sources} == {"2026-02"}
