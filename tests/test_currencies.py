"""Money in each area's own currency, and currencies that changed: added only once converted."""

from fractions import Fraction

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
    return bajio.evaluate(indicator, region, registry=registry(), year=year, peers=None).exact


EUROS = bajio.Convert(bajio.Sum("gdp"), "EUR", at="exchange-rate")


def test_each_amount_is_converted_from_its_own_currency_of_the_year():
    assert ask(["HRV", "DEU"], 2022, EUROS) == 100 + 40
    assert ask(["HRV", "DEU"], 2023, EUROS) == 110 + 50
    grown = bajio.Growth(bajio.Sum("gdp"), nominal=True)
    converted = bajio.Convert(grown, "EUR", at="exchange-rate")
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
