"""Rows: for each area and period the figures that rules need, those of other years beside them."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property

import narwhals as nw
from attrs import field, frozen

from bajio.engines.frame.backend import Frame
from bajio.engines.frame.bound_rules import (
    BoundRule,
    Need,
    TableFigure,
    TableLeaf,
    TableRate,
    needs_of,
)
from bajio.engines.frame.cells import pivot, steady
from bajio.engines.frame.column_kinds import INFINITE
from bajio.engines.frame.layout import AREA, Observations
from bajio.engines.frame.part_sums import PartSums
from bajio.engines.frame.period_columns import YEAR
from bajio.engines.frame.places import EVERYTHING
from bajio.engines.frame.rounded import times
from bajio.engines.markets import ISSUERS
from bajio.errors import InvalidValue
from bajio.facts.currencies import Currency
from bajio.facts.periods import Frequency
from bajio.rules.plan import LeafCell

COUNTRY, _PLACE = "_country", "_place"


@frozen(slots=False, eq=False)
class FrameSource:
    """What rules read of a table, each figure once.

    Attributes:
        table: the user's.
        rules: all that are asked for together.
        partial: whether a stock may be averaged over the quarters that it has.
        countries: the country of each area, for rates: a frame of `_area` and `_country`, or one
            code for all.
        currencies: of countries, as far as they are known, with the years that they had them.
        parts: what areas without figures are the sums of, where some can be.
    """

    table: Observations
    rules: tuple[BoundRule, ...]
    partial: bool
    countries: Frame | str = field(repr=False)
    currencies: Mapping[str, tuple[Currency, ...]] = field(factory=dict, repr=False)
    parts: PartSums | None = None

    def __attrs_post_init__(self) -> None:
        if self.table.layout.period is None and any(figure.lag for figure in self.timed_figures):
            raise InvalidValue(
                "the rule looks back over years, and the table is of one period: name its "
                "column of periods"
            )
        for rate in self.rates:
            layout = self.table.layout
            often = layout.frequency_of(rate.measure)
            if often is not layout.frequency or layout.period is None:
                raise InvalidValue(f"{rate.measure!r} is read by year: give its rates by year")
            if rate.base is not None and often is not Frequency.ANNUAL:
                raise InvalidValue(
                    f"{rate.measure!r} is of a base year: prices of a year are taken in results "
                    "by year"
                )

    @cached_property
    def _needs(self) -> tuple[Need, ...]:
        leaves = [leaf for rule in self.rules for leaf in rule.leaves]
        return tuple(dict.fromkeys(need for leaf in leaves for need in needs_of(leaf)))

    @cached_property
    def timed_figures(self) -> tuple[TableFigure, ...]:
        """Figures that have a period."""
        return tuple(
            need for need in self._needs if isinstance(need, TableFigure) and not need.timeless
        )

    @cached_property
    def rates(self) -> tuple[TableRate, ...]:
        """The rates."""
        return tuple(need for need in self._needs if isinstance(need, TableRate))

    @cached_property
    def timeless_cells(self) -> tuple[LeafCell, ...]:
        """Cells that have none."""
        figures = (need for need in self._needs if isinstance(need, TableFigure) and need.timeless)
        return tuple(dict.fromkeys(figure.cell for figure in figures))

    @cached_property
    def timeless(self) -> Frame:
        """A row for each area."""
        return steady(self.table, self.timeless_cells, yearly=False)

    @property
    def names(self) -> list[str]:
        """The keys beside the area: the period, and what else is asked for."""
        return [*self.table.period_names, *self.table.key_names]

    def name(self, need: Need) -> str:
        """The column of a figure or a rate."""
        if isinstance(need, TableRate):
            return f"r{self.rates.index(need)}"
        if need.timeless:
            return f"t{self.timeless_cells.index(need.cell)}"
        return f"f{self.timed_figures.index(need)}_{need.lag}"

    def column(self, need: Need) -> nw.Expr:
        """A figure or a rate as a column of the rows."""
        return nw.col(self.name(need))

    def never_negative(self, leaf: TableLeaf) -> bool:
        """Whether no term of a leaf can be below zero: what is, is refused where it is read."""
        codes = [column.cell.measure for column in leaf.columns] + [
            rate.measure for rate in leaf.rates
        ]
        least = self.table.layout.least
        sure = leaf.scale > 0 and not leaf.leaf.place.startswith(EVERYTHING)
        return sure and all(least.get(code, -1.0) >= 0 for code in codes)

    def term(self, leaf: TableLeaf) -> nw.Expr:
        """What a member adds to a leaf: null where something is missing."""
        if not leaf.columns:
            return nw.lit(1.0)
        term = self.column(leaf.columns[0])
        for figure in leaf.columns[1:]:
            term = term * self.column(figure)
        for rate in leaf.rates:
            column = self.column(rate)
            term = term * column if rate.power == 1 else term / column
        needs = needs_of(leaf)
        if len(needs) > 1:
            wrong = self.column(needs[0]) == INFINITE
            for need in needs[1:]:
                wrong = wrong | (self.column(need) == INFINITE)
            term = nw.when(wrong).then(nw.lit(INFINITE)).otherwise(term)
        return times(term, Fraction(leaf.scale)) if leaf.scale != 1 else term

    def rows(
        self, needs: Iterable[Need], areas: Frame | None = None, *, stacked: bool
    ) -> tuple[Frame, list[str]]:
        """The rows with some figures, and what they are told apart by beside the area.

        Args:
            needs: figures and rates.
            areas: those that somebody asks for, in a column `_area`; `None` for all.
            stacked: whether there is a row for a year that has figures of other years only.
        """
        wanted = list(dict.fromkeys(needs))
        timed = [need for need in wanted if isinstance(need, TableFigure) and not need.timeless]
        fixed = [need for need in wanted if isinstance(need, TableFigure) and need.timeless]
        if timed:
            frame = pivot(self.table, timed, areas, partial=self.partial, every_year=stacked)
            frame = frame.rename(
                {f"f{position}": self.name(need) for position, need in enumerate(timed)}
            )
            names = self.names
            if fixed:
                frame = frame.join(self.timeless, on=[AREA], how="left")
        else:
            frame, names = self.timeless, []
        for rate in (need for need in wanted if isinstance(need, TableRate)):
            frame = self._with_rate(frame, rate)
        if any(isinstance(need, TableRate) for need in wanted):
            frame = frame.drop(COUNTRY)
        return frame, names

    def _with_rate(self, frame: Frame, rate: TableRate) -> Frame:
        """Rows with a rate of the country that the area lies in."""
        if isinstance(self.countries, str):
            frame = frame.with_columns(nw.lit(self.countries).alias(COUNTRY))
        elif COUNTRY not in frame.collect_schema():
            frame = frame.join(self.countries, on=[AREA], how="left").with_columns(
                nw.when(nw.col(COUNTRY).is_null())
                .then(nw.col(AREA))
                .otherwise(nw.col(COUNTRY))
                .alias(COUNTRY)
            )
        if rate.priced:
            frame = frame.with_columns(self._priced_in(rate.currency).alias(_PLACE))
        rates = steady(self.table, [LeafCell(rate.measure)], yearly=True)
        rates = rates.filter(nw.col("t0") > 0)
        if rate.currency and not rate.priced:
            rates = self._while_in(rates, rate.currency)
        rate_column = nw.col("t0").alias(self.name(rate))
        place = _PLACE if rate.priced else COUNTRY
        country, on = nw.col(AREA).alias(place), [place]
        if rate.base is not None:
            rates = rates.filter(nw.col(YEAR) == rate.base).select(country, rate_column)
        else:
            rest = [nw.col(name) for name in self.table.period_names[1:]]
            rates = rates.select(country, (nw.col(YEAR) + rate.lag).alias(YEAR), *rest, rate_column)
            on = [place, *self.table.period_names]
        frame = frame.join(rates, on=on, how="left")
        return frame.drop(_PLACE) if rate.priced else frame

    def _while_in(self, rates: Frame, money: str) -> Frame:
        """The rates of countries while they have some money, or of which none is known."""
        others: list[str] = []
        by_years: dict[tuple[int | None, int | None], list[str]] = {}
        for code, currencies in self.currencies.items():
            currency_held = next(
                (currency for currency in currencies if currency.code == money), None
            )
            if currency_held is None:
                others.append(code)
            else:
                by_years.setdefault((currency_held.since, currency_held.until), []).append(code)
        if others:
            rates = rates.filter(~nw.col(AREA).is_in(others))
        for (since, until), codes in by_years.items():
            if since is not None:
                rates = rates.filter(~(nw.col(AREA).is_in(codes) & (nw.col(YEAR) < since)))
            if until is not None:
                rates = rates.filter(~(nw.col(AREA).is_in(codes) & (nw.col(YEAR) > until)))
        return rates

    def _priced_in(self, money: str) -> nw.Expr:
        """The country whose prices are in some money: a row's own, else who issues it."""
        always = (Currency(money),)
        countries = [code for code, currencies in self.currencies.items() if currencies == always]
        issuer = ISSUERS.get(money) or (countries[0] if len(countries) == 1 else None)
        if issuer is not None and issuer not in countries:
            countries.append(issuer)
        country = nw.col(COUNTRY)
        if not countries:
            return nw.when(country.is_null()).then(country)
        elsewhere = nw.lit(issuer) if issuer else nw.when(country.is_null()).then(country)
        return nw.when(country.is_in(countries)).then(country).otherwise(elsewhere)
