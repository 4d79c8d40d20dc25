"""Rates: how money of one currency or price basis is turned into another, year by year."""

from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise

from attrs import evolve, field, frozen

from bajio.errors import UnitMismatch
from bajio.facts.areas import Areas
from bajio.facts.dataset import Dataset
from bajio.facts.measures import Measure
from bajio.facts.observations import Key
from bajio.facts.periods import WHOLE, Season
from bajio.facts.series import Series, periods_read
from bajio.facts.tables import SeriesTable
from bajio.rules.plan import Exchange, Revalue
from bajio.units import Unit, currencies

#: In the unit of a rate: the currency of the country that the rate is observed in.
LOCAL_CURRENCY = "LCU"
#: Who issues a currency that others count in too, whether its area says so or not.
ISSUERS = {"USD": "USA"}
#: The index that a deflator is by default, in whose stead output has prices of its own.
_PRICES, _OUTPUT, _VOLUME = "cpi", "gdp", "gdp-constant"


@frozen(eq=False, repr=False)
class SeriesColumn:
    """A series as a leaf or a rate reads it.

    Attributes:
        measure, series, table, key: whose figures.
        season: the part of each year that is read.
    """

    measure: Measure
    series: Series
    table: SeriesTable
    key: Key = ()
    season: Season = WHOLE

    def periods(self, year: int) -> tuple[str, ...]:
        """The periods that its value of a year is made of."""
        return periods_read(self.series, self.measure.time, year, self.season)


@frozen(eq=False, repr=False)
class Rate:
    """A rate read at a member's country: `value ** power`.

    Attributes:
        column: the rate's series.
        country: where it is read.
        power: 1 multiplies, -1 divides.
        year: the base year of an index; `None` for the year of the figure.
    """

    column: SeriesColumn
    country: str
    power: int
    year: int | None = None

    def reads(self, year: int | None) -> bool:
        """Whether the country has it in a year; without one, whether in any."""
        cells = self.column.table.values.get(self.column.key, {}).get(self.country, {})
        if year is None:
            return bool(cells)
        column = self.column
        read = periods_read(column.series, column.measure.time, year, column.season)
        return any(period in cells for period in read)


@frozen(eq=False, repr=False)
class Market:
    """Where series and rates are looked up: a dataset, its areas, the editions asked for.

    What was looked up is held, since the rules of a profile ask for much the same.

    Attributes:
        dataset, areas: what is known.
        editions: by measure, where not the newest.
        season: the part of each year that is asked about.
        chosen: the series that were chosen, or why none was, by what they were chosen for.
    """

    dataset: Dataset
    areas: Areas
    editions: Mapping[str, str]
    season: Season = WHOLE
    _by_code: dict[str, tuple[SeriesColumn, ...]] = field(init=False, factory=dict)
    chosen: dict[Hashable, Series | tuple[str, str, str, str]] = field(init=False, factory=dict)
    _elsewhere: dict[Hashable, Rate | None] = field(init=False, factory=dict)
    _pivots_by_code: dict[str, tuple[str, ...]] = field(init=False, factory=dict)

    def eras(self, country: str) -> tuple[int | None, ...]:
        """A year of each currency that a country has had."""
        currency = self.areas[country].currency
        return (
            tuple(era.until or era.since for era in currency)
            if isinstance(currency, tuple)
            else (None,)
        )

    def convertible(
        self,
        unit: Unit,
        steps: tuple[Exchange | Revalue, ...],
        countries: Iterable[str],
        year: int | None,
    ) -> set[str]:
        """Those of some countries where rates turn the money of a unit into another.

        Money that is no country's, as `int_USD`, is turned by rates that are quoted in it alone.

        Args:
            unit, steps: as for `rates`.
            countries: codes.
            year: of the figures; without one, in any year.

        Raises:
            UnitMismatch: the unit is not money in one currency.
        """
        for step, money in conversion(unit, steps)[1]:
            if isinstance(step, Exchange):
                own = {one for one in (money, step.to) if "_" in one}
                quoted = (currencies(rate.series.unit) for rate in self._columns(step.at))
                if not any(own.issubset(known) for known in quoted):
                    return set()
        result = set()
        for country in countries:
            for era in self.eras(country) if year is None else (year,):
                with suppress(UnitMismatch):
                    self.rates(unit, steps, country, era)
                    result.add(country)
                    break
        return result

    def rates(
        self,
        unit: Unit,
        steps: tuple[Exchange | Revalue, ...],
        country: str,
        year: int | None = None,
    ) -> tuple[Rate, ...]:
        """The rates that conversions of a unit need in a country.

        Args:
            unit: of the figures; `LCU` is the money of the country.
            steps: the conversions.
            country: its code.
            year: of the figures, for a country that has had other currencies.

        Raises:
            UnitMismatch: no series has such a rate there.
        """
        rates: list[Rate] = []
        if LOCAL_CURRENCY in currencies(unit):
            unit = unit.replaced(LOCAL_CURRENCY, self._local(country, year))
        for step, money in conversion(unit, steps)[1]:
            if isinstance(step, Revalue):
                rates += self._deflator(step, country, money, year)
            else:
                rates += self._exchange(step, country, money, year)
        return tuple(rates)

    def _local(self, country: str, year: int | None) -> str:
        local = self.areas[country].money(year)
        if local is None:
            when = "" if year is None else f" in {year}"
            raise UnitMismatch(
                f"the currency of {country}{when} is not known: say Area({country!r}, currency=...)"
            )
        return local

    def _deflator(
        self, step: Revalue, country: str, money: str, year: int | None
    ) -> tuple[Rate, ...]:
        """What brings money to the prices of a year: an index of prices in that very money."""
        place = self._priced_in(money, country, year)
        if place is not None:
            for column in self._columns(step.by, place):
                return _in_base_year(column, place, 1, step.base), Rate(column, place, -1)
            if step.by == _PRICES and place == ISSUERS.get(money):
                derived = self._prices_of_output(step.base, money, place)
                if derived:
                    return derived
        raise UnitMismatch(self._no_deflator(step, country, money, place, year))

    def _priced_in(self, money: str, country: str, year: int | None) -> str | None:
        """The country whose prices are in some money: the amount's own, else who issues it."""
        issuer = ISSUERS.get(money)
        if country == issuer or self.areas[country].money(year) == money:
            return country
        if issuer is not None:
            return issuer
        issuers = [code for code, area in self.areas.items() if area.money(year) == money]
        return issuers[0] if len(issuers) == 1 else None

    def _prices_of_output(self, base: int, money: str, place: str) -> tuple[Rate, ...]:
        """The price index of output: its value over its volume."""
        output = [
            column for column in self._columns(_OUTPUT, place) if str(column.series.unit) == money
        ]
        volumes = [
            column
            for column in self._columns(_VOLUME, place)
            if str(column.series.unit).removeprefix("int_").startswith(f"{money}_")
            and str(base) in column.table.values.get((), {}).get(place, ())
        ]
        if not output or not volumes:
            return ()
        value, volume = output[0], volumes[0]
        return (
            _in_base_year(value, place, 1, base),
            _in_base_year(volume, place, -1, base),
            Rate(value, place, -1),
            Rate(volume, place, 1),
        )

    def _no_deflator(
        self, step: Revalue, country: str, money: str, place: str | None, year: int | None
    ) -> str:
        local = self.areas[country].money(year)
        if "_" in money.removeprefix("int_"):
            return f"{money} is no money of each year's prices: it is not deflated"
        if money.startswith("int_"):
            return f"{money} has no deflator: deflate the country's own currency instead"
        if place is not None:
            base = f"the prices of {step.base}"
            return f"{money} has no deflator to {base}: give {step.by!r} of {place}"
        if local is None:
            return (
                f"{money} of {country} has no deflator, its currency not being known: "
                f"say Area({country!r}, ..., currency={money!r})"
            )
        return (
            f"{money} of {country} has no deflator, since {step.by!r} there is of prices in {local}"
            f": "
            f"deflate {local}, or give {step.by!r} of the one country whose currency is {money}"
        )

    def _exchange(
        self, step: Exchange, country: str, money: str, year: int | None
    ) -> tuple[Rate, ...]:
        """The country's own rate, else two by way of the money that rates are quoted in."""
        rate = self._rate_at(step.at, country, self.areas[country].money(year), (money, step.to))
        if rate is not None and rate.reads(year):
            return (rate,)
        for pivot in self._pivots(step.at) if "_" not in money + step.to else ():
            rates = self._crossed(step, (money, pivot, step.to), country, year)
            if rates:
                return rates
        if rate is not None:
            return (rate,)
        if "_" in money.removeprefix("int_"):
            raise UnitMismatch(
                f"{money} is not converted, being at constant prices: convert before Deflate"
            )
        raise UnitMismatch(f"no {step.at!r} of {country} turns {money} into {step.to}")

    def _pivots(self, rate: str) -> tuple[str, ...]:
        """The money of the world that the local money of countries is quoted in."""
        result = self._pivots_by_code.get(rate)
        if result is None:
            quoted = (currencies(column.series.unit) for column in self._columns(rate))
            local = (set(quote) - {LOCAL_CURRENCY} for quote in quoted if LOCAL_CURRENCY in quote)
            plain = {other for others in local for other in others if "_" not in other}
            result = self._pivots_by_code[rate] = tuple(sorted(plain))
        return result

    def _crossed(
        self, step: Exchange, way: tuple[str, str, str], country: str, year: int | None
    ) -> tuple[Rate, ...]:
        """Rates from one money to the next on a way; none where one of them is missing."""
        rates: list[Rate] = []
        for money, target in pairwise(way):
            if money != target:
                local = target if money == way[1] else money
                rate = self._anywhere(step.at, local, money, target, country, year)
                if rate is None:
                    return ()
                rates.append(rate)
        return tuple(rates)

    def _anywhere(
        self, at: str, local: str, money: str, target: str, country: str, year: int | None
    ) -> Rate | None:
        """A rate of a country that has some money: of the country itself, if it does."""
        if self.areas[country].money(year) != local:
            country = ""
        key = at, money, target, country, year
        if key not in self._elsewhere:
            others = (area.code for area in self.areas.few if area.money(year) == local)
            places = dict.fromkeys((country, *others) if country else others)
            rates = (self._rate_at(at, place, local, (money, target)) for place in places)
            fitting = (rate for rate in rates if rate is not None and rate.reads(year))
            self._elsewhere[key] = next(fitting, None)
        return self._elsewhere[key]

    def _rate_at(
        self, rate: str, country: str, local: str | None, way: tuple[str, str]
    ) -> Rate | None:
        """The rate of a country that turns one money into another, in the first series of it."""
        for column in self._columns(rate, country):
            power = power_of(column.series.unit, local, *way)
            if power:
                return Rate(column, country, power)
        return None

    def _columns(self, code: str, country: str = "") -> list[SeriesColumn]:
        """The series of a rate, or those of them that have one of a country."""
        every = self._by_code.get(code)
        if every is None:
            data, edition = self.dataset, self.editions.get(code)
            every = self._by_code[code] = tuple(
                SeriesColumn(data.measures[code], series, data.table(series), season=self.season)
                for series in (data.newest(code, edition) if code in data.measures else ())
            )
        return [column for column in every if not country or column.table.has(country)]


def _in_base_year(column: SeriesColumn, country: str, power: int, base: int) -> Rate:
    """An index in its base year: of all of it, whatever part of other years is read."""
    return Rate(evolve(column, season=WHOLE), country, power, base)


@lru_cache(maxsize=4096)
def conversion(
    unit: Unit, steps: tuple[Exchange | Revalue, ...]
) -> tuple[Unit, tuple[tuple[Exchange | Revalue, str], ...]]:
    """The unit that conversions lead to, and those that change money, each with the money changed.

    Raises:
        UnitMismatch: the unit is not money in one currency.
    """
    found = []
    for step in steps:
        every = currencies(unit)
        if len(every) != 1:
            raise UnitMismatch(f"{unit} is not an amount of money in one currency")
        money = every[0]
        target = f"{money}_{step.base}" if isinstance(step, Revalue) else step.to
        if target != money:
            found.append((step, money))
            unit = unit.replaced(money, target)
    return unit, tuple(found)


def power_of(quoted: Unit, local: str | None, money: str, target: str) -> int | None:
    """How a rate turns money into other: 1 multiplies, -1 divides; `None` where it does not.

    Args:
        quoted: the rate's unit, where `LCU` is the local money.
        local: the money of the country, where it is known.
        money, target: what is turned into what.
    """
    known = currencies(quoted)
    if LOCAL_CURRENCY in known:
        if local is None:
            return None
        if money == target or local in known:
            quoted = quoted.replaced(LOCAL_CURRENCY, local)
        else:
            money, target = (LOCAL_CURRENCY if code == local else code for code in (money, target))
    if quoted == Unit.parse(f"{money}/{target}"):
        return -1
    return 1 if quoted == Unit.parse(f"{target}/{money}") else None
