"""Rates: how money of one currency or price basis is turned into another, year by year."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from bajio.errors import UnitMismatch
from bajio.facts.areas import Areas
from bajio.facts.dataset import Dataset
from bajio.facts.measures import Measure
from bajio.facts.observations import Key
from bajio.facts.series import Series
from bajio.facts.tables import Table
from bajio.rules.plan import Exchange, Revalue
from bajio.units import Unit, currencies

#: In the unit of a rate: the currency of the country that the rate is observed in.
LOCAL_CURRENCY = "LCU"


@frozen
class Column:
    """A series as a leaf or a rate reads it."""

    measure: Measure
    series: Series
    table: Table = field(repr=False)
    key: Key = ()


@frozen
class Rate:
    """A rate read at a member's country: `value ** power`.

    Attributes:
        column: the rate's series.
        country: where it is read.
        power: 1 multiplies, -1 divides.
        year: the base year of an index; `None` for the year of the figure.
    """

    column: Column
    country: str
    power: int
    year: int | None = None


@frozen(eq=False)
class Market:
    """Where rates are looked up: a dataset, its areas, and the editions that are asked for."""

    dataset: Dataset = field(repr=False)
    areas: Areas = field(repr=False)
    editions: Mapping[str, str]

    def newest(self, measure: str) -> tuple[Series, ...]:
        """The series of a measure, one a source, in the editions that are asked for."""
        return self.dataset.newest(measure, self.editions.get(measure))

    def rates(
        self, unit: Unit, steps: Sequence[Exchange | Revalue], country: str
    ) -> tuple[Rate, ...]:
        """The rates that conversions of a unit need in a country.

        Raises:
            UnitMismatch: no series has such a rate there.
        """
        rates: list[Rate] = []
        for step in steps:
            money = _money_of(unit)
            target = _target(money, step)
            if target != money:
                if isinstance(step, Revalue):
                    rates += self._deflator(step, country, unit)
                else:
                    rates.append(self._exchange(step, country, money))
            unit = unit.replaced(money, target)
        return tuple(rates)

    def _deflator(self, step: Revalue, country: str, unit: Unit) -> tuple[Rate, Rate]:
        for column in self._columns(step.by, country):
            return Rate(column, country, 1, step.base), Rate(column, country, -1)
        raise UnitMismatch(f"no {step.by!r} of {country} deflates {unit}")

    def _exchange(self, step: Exchange, country: str, money: str) -> Rate:
        for column in self._columns(step.at, country):
            quoted = column.series.unit
            if LOCAL_CURRENCY in currencies(quoted):
                local = self.areas[country].currency
                if local is None:
                    continue
                quoted = quoted.replaced(LOCAL_CURRENCY, local)
            own, other = Unit.parse(money), Unit.parse(step.to)
            if quoted == own / other:
                return Rate(column, country, -1)
            if quoted == other / own:
                return Rate(column, country, 1)
        raise UnitMismatch(f"no {step.at!r} of {country} turns {money} into {step.to}")

    def _columns(self, code: str, country: str) -> list[Column]:
        measure = self.dataset.measure(code)
        tables = [(series, self.dataset.table(series)) for series in self.newest(code)]
        return [Column(measure, series, table) for series, table in tables if table.has(country)]


def target_unit(unit: Unit, steps: Sequence[Exchange | Revalue]) -> Unit:
    """The unit that conversions lead to.

    Raises:
        UnitMismatch: the unit is not money in one currency.
    """
    for step in steps:
        money = _money_of(unit)
        unit = unit.replaced(money, _target(money, step))
    return unit


def _money_of(unit: Unit) -> str:
    money = currencies(unit)
    if len(money) != 1:
        raise UnitMismatch(f"{unit} is not an amount of money in one currency")
    return money[0]


def _target(money: str, step: Exchange | Revalue) -> str:
    return f"{money}_{step.base}" if isinstance(step, Revalue) else step.to
