"""The World Bank's series of countries, and what is derived from them.

A derived figure is a source of its own, whose title says so and whose citation says how.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import NamedTuple

from dataset.currencies import FIXED, currency_of
from dataset.figures import COUNTRY as MEXICO, Figure, by_period
from dataset.package import Package, Series
from dataset.raw import Raw

EDITION, EARLIER = "2026-07", "2026-02"
COUNTRIES = ("country",)
BASE_YEAR, THIS_YEAR = 2015, 2026

#: Of the exchange rate times GDP over GDP at PPP: what is less was converted at another rate than
#: the official one; what is more is in another currency.
_SAME_RATE, _SAME_MONEY = Decimal("0.85"), Decimal("1.5")
#: Digits of a derived factor, and decimals of derived money and persons.
_DIGITS, _CENTS, _MILLIONTHS = 12, Decimal("0.01"), Decimal("0.000001")

Place = tuple[str, int]


class Published(NamedTuple):
    """A series as the World Bank publishes it."""

    file: str
    measure: str
    unit: str


PUBLISHED = (
    Published("population", "population", "person"),
    Published("gdp_usd", "gdp", "USD"),
    Published("gdp_growth", "real-gdp-growth", "percent"),
    Published("fdi_inflows", "fdi", "USD"),
    Published("remittances", "remittances", "USD"),
    Published("merchandise_exports", "exports", "USD"),
    Published("labour_force", "economically-active", "person"),
    Published("unemployment", "unemployment-rate-published", "percent"),
    Published("life_expectancy", "life-expectancy", "year"),
    Published("exchange_rate", "exchange-rate", "LCU/USD"),
)


def _figures(raw: Raw, name: str) -> Iterator[Figure]:
    return by_period(raw.rows(f"world/wdi_{name}.csv"), "value")


def _values(raw: Raw, name: str) -> dict[Place, Decimal]:
    return {
        (figure.area, int(figure.period)): figure.value
        for figure in _figures(raw, name)
        if figure.value is not None
    }


def _in_years(values: dict[Place, Decimal]) -> Iterator[Figure]:
    return (Figure(area, str(year), value) for (area, year), value in values.items())


def add_world_bank(package: Package, raw: Raw) -> None:
    """All series of the World Bank: those published, then those derived."""
    for series in PUBLISHED:
        told = Series(series.measure, "world-bank", EDITION, series.unit, "A", COUNTRIES)
        package.observations(told, _figures(raw, series.file))
    told = Series("land-area", "world-bank", EDITION, "km²", None, COUNTRIES)
    package.observations(told, newest(_figures(raw, "land_area")))
    told = Series("gdp", "world-bank-ppp", EARLIER, "int_USD", "A", COUNTRIES)
    package.observations(told, _figures(raw, "gdp_ppp"))
    told = Series("ppp-factor", "world-bank-ppp", EARLIER, "LCU/int_USD", "A", COUNTRIES)
    package.observations(told, _in_years(conversion_factors(raw)))
    told = Series("gdp-constant", "world-bank-volume", EDITION, f"USD_{BASE_YEAR}", "A", COUNTRIES)
    package.observations(
        told, _in_years(chained(_values(raw, "gdp_usd"), _values(raw, "gdp_growth")))
    )
    told = Series("employed", "world-bank-employment", EDITION, "person", "A", COUNTRIES)
    package.observations(told, _in_years(employed(raw)))
    told = Series("homicide-victims", "world-bank-homicide", EDITION, "victim", "A", COUNTRIES)
    package.observations(told, _in_years(victims(raw)))


def newest(figures: Iterable[Figure]) -> Iterator[Figure]:
    """The newest figure of each area, as one that holds for any time."""
    last: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda one: one.period):
        last[figure.area] = figure
    return (figure._replace(period="") for figure in last.values())


def chained(money: dict[Place, Decimal], growth: dict[Place, Decimal]) -> dict[Place, Decimal]:
    """GDP at prices of the base year: that year's GDP, chained with growth as far as it goes."""
    volumes: dict[Place, Decimal] = {}
    for area in {area for area, _ in growth}:
        base = money.get((area, BASE_YEAR))
        if base is None:
            continue
        volumes[area, BASE_YEAR] = volume = base
        year = BASE_YEAR + 1
        while (area, year) in growth:
            volume *= 1 + growth[area, year] / 100
            volumes[area, year] = volume
            year += 1
        year, volume = BASE_YEAR, base
        while (area, year) in growth:
            volume /= 1 + growth[area, year] / 100
            year -= 1
            volumes[area, year] = volume
    return {place: volume.quantize(_CENTS) for place, volume in volumes.items()}


def employed(raw: Raw) -> dict[Place, Decimal]:
    """The labour force but for the unemployed, unrounded, so that the rate comes out again."""
    active, rates = _values(raw, "labour_force"), _values(raw, "unemployment")
    return {place: active[place] * (1 - rate / 100) for place, rate in rates.items()}


def victims(raw: Raw) -> dict[Place, Decimal]:
    """The rate per 100,000 persons times the population."""
    people, rates = _values(raw, "population"), _values(raw, "homicides")
    return {
        place: (rate * people[place] / 100_000).quantize(_MILLIONTHS)
        for place, rate in rates.items()
    }


def conversion_factors(raw: Raw) -> dict[Place, Decimal]:
    """PPP factors that fit GDP at PPP, in the currency that the country had in the year.

    GDP at PPP is of the earlier edition, and so are Mexico's published factors. The others are of
    the later one, and in today's currencies, so a factor is derived: the exchange rate times GDP
    over GDP at PPP. Where that is far less than the published one, the Bank having converted GDP at
    another rate than the official one, as Iran's, the published factor stays.
    """
    rates, money = _values(raw, "exchange_rate"), _values(raw, "gdp_usd")
    international, published = _values(raw, "gdp_ppp"), _values(raw, "ppp_factor")
    factors = {
        (area, year): factor * FIXED.get(currency_of(area, year), 1)
        for (area, year), factor in published.items()
    }
    derived = {
        place: rates[place] * money[place] / international[place]
        for place in factors.keys() & rates.keys() & money.keys() & international.keys()
        if place[0] != MEXICO
    }
    ratios = {place: derived[place] / factors[place] for place in sorted(derived)}
    with localcontext(prec=_DIGITS):
        return {
            place: +derived[place] if ratios.get(place, 0) >= _SAME_RATE else +factor
            for place, factor in factors.items()
            if place in ratios or _is_in_own_money(place, ratios)
        }


def _is_in_own_money(place: Place, ratios: Mapping[Place, Decimal]) -> bool:
    """Whether a published factor is in the currency of its year.

    The newest ratio in that currency says it; where there is none, factors are in today's.
    """
    area, year = place
    money = currency_of(area, year)
    newest_ratio = {
        currency_of(area, other): ratio for (code, other), ratio in ratios.items() if code == area
    }
    if money in newest_ratio:
        return newest_ratio[money] <= _SAME_MONEY
    return money in FIXED or money == currency_of(area, THIS_YEAR)
