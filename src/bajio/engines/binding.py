"""Binding a plan to data: one series for each measure, the rates that conversions need, the unit.

One series serves a number: of those that there are, the one that covers most of the areas asked
about; then the one with most of the user's own figures for them; then, for countries, one whose
money needs no conversion and then one of several countries, and for parts of a country its own;
then the one that the dataset puts first.
What they are compared with has no say in it.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial

from attrs import evolve, field, frozen

from bajio.engines.markets import LOCAL_CURRENCY, Column, Market, Rate, target_unit
from bajio.errors import Unavailable, UnitMismatch
from bajio.facts.measures import Time
from bajio.facts.observations import Exact, Key
from bajio.facts.periods import year_of
from bajio.facts.series import Series
from bajio.rules.algebra import Constant, Expression, Operation, Operator
from bajio.rules.dimension import own_unit, with_factors
from bajio.rules.plan import SELF, Exchange, Fold, Plan, Revalue
from bajio.units import ONE, Unit, currencies, factor

Cells = Mapping[str, Exact | Decimal]
#: Gives codes of the areas by place (`self`, `host`, a region) and lag.
MembersAt = Callable[[str, int], Sequence[str]]


@frozen(eq=False, repr=False)
class BoundLeaf:
    """A leaf with its series: how a member's term is read.

    Attributes:
        columns: one for each cell.
        steps: conversions of the money among them; none where it is in the target's already.
        unit: of the term, after conversion and scaling.
        scale: what brings a term that a custom rule reads into the measure's own unit.
    """

    columns: tuple[Column, ...]
    steps: tuple[Exchange | Revalue, ...]
    unit: Unit
    scale: Exact = 1


@frozen(eq=False, repr=False)
class Bound:
    """A plan bound to data.

    Attributes:
        plan: what is computed.
        leaves: in the plan's order.
        expression: the plan's, with the factors that units need.
        unit: of the value.
        series: those of the measures.
        is_laid_over: whether a user's figures may be among those that it reads.
        rolled: by area, year and place, the kind of the parts that an area was found to be the sum
            of; empty where it is itself.
    """

    plan: Plan
    leaves: tuple[BoundLeaf, ...]
    expression: Expression
    unit: Unit
    market: Market
    series: tuple[Series, ...]
    is_laid_over: bool = field(init=False)
    rolled: dict[tuple[str, int, str], str] = field(init=False, factory=dict)
    _rates: dict[tuple[int, str, str | None], tuple[Rate, ...]] = field(
        init=False, factory=dict, repr=False
    )

    @cached_property
    def levels(self) -> Mapping[str, tuple[str, ...]]:
        """For each area that others with figures lie in, the kinds of these, the nearest first."""
        market = self.market
        columns = {
            (column.series, column.key): None for leaf in self.leaves for column in leaf.columns
        }
        found = [market.dataset.levels(series, key, market.areas) for series, key in columns]
        every = dict.fromkeys(area for levels in found for area in levels)
        return {
            area: tuple(sorted({kind for levels in found for kind in levels.get(area, ())}))
            for area in every
        }

    @property
    def holders(self) -> list[Container[str]]:
        """The areas with figures, of any year, of each thing that is read of a member."""
        return [
            column.table.values.get(column.key, ())
            for leaf, own in zip(self.plan.leaves, self.leaves, strict=True)
            if leaf.place == SELF
            for column in own.columns
        ]

    def has(self, area: str) -> bool:
        """Whether an area has figures by itself, of any year, for all that is read of a member."""
        return all(area in held for held in self.holders)

    def reaches(self, area: str) -> bool:
        """Whether an area has such figures, or parts that have."""
        return area in self.levels or self.has(area)

    def without(self, area: str, kind: str, year: int) -> tuple[str, ...]:
        """Codes of areas in an area that have no part of a kind, as others like them do."""
        return self.market.areas.without(area, kind, None if is_timeless(self) else year)

    def parts(self, area: str, kind: str, year: int) -> tuple[str, ...]:
        """Codes of an area's parts of one kind that exist in a year, for a rule that adds them.

        Among them is what is allocated to none of the parts, where it has figures of all that the
        rule reads and the rule adds: a mean or a spread is not over it.
        """
        areas, when = self.market.areas, None if is_timeless(self) else year
        found = areas.parts(area, kind, when)
        if not self.plan.additive or self.plan.collects:
            return found
        others = areas.unallocated(area, when)
        columns = [column for leaf in self.leaves for column in leaf.columns]
        added = [c for c in others if all(one.table.has(c, one.key) for one in columns)]
        return tuple(sorted((*found, *added))) if added else found

    def __attrs_post_init__(self) -> None:
        laid = any(series.laid for series in self.market.dataset.series)
        object.__setattr__(self, "is_laid_over", laid)

    def rates(self, position: int, area: str, year: int) -> tuple[Rate, ...]:
        """The rates that convert a leaf's term for an area in the year that it reads.

        Raises:
            UnitMismatch: there is no rate from the series' money for the area's country.
        """
        leaf = self.leaves[position]
        if not leaf.steps:
            return ()
        country = self.market.areas.host(area) or area
        key = position, country, self.market.money(country, year)
        found = self._rates.get(key)
        if found is None:
            found = tuple(
                rate
                for column in leaf.columns
                if column.measure.prices is not None
                for rate in self.market.rates(column.series.unit, leaf.steps, country, year)
            )
            self._rates[key] = found
        return found

    def series_for(self, members: MembersAt, year: int) -> tuple[Series, ...]:
        """The series that a number comes from: the measures', then those of its rates."""
        found = dict.fromkeys(self.series)
        for position, leaf in enumerate(self.leaves):
            if leaf.steps:
                place = self.plan.leaves[position]
                for area in members(place.place, place.lag):
                    found.update(dict.fromkeys(self._rate_series(position, area, year - place.lag)))
        return tuple(found)

    def _rate_series(self, position: int, area: str, year: int) -> list[Series]:
        try:
            return [rate.column.series for rate in self.rates(position, area, year)]
        except UnitMismatch:
            return []


def bind(
    plan: Plan,
    unit: Unit | None,
    market: Market,
    members: Sequence[str],
    year: int | None = None,
    *,
    by_parts: bool = True,
) -> Bound:
    """Choose the series for a plan and check its unit.

    Args:
        plan: what is computed.
        unit: the declared unit of its value; `None` for the one that the series lead to.
        market: what is known, in the editions that are asked for.
        members: codes of the areas that the number is about.
        year: the period that is asked for, if one: series that have it come first.
        by_parts: whether a series of other areas will do, which are parts of the members.

    Raises:
        Unavailable: no series has the measure for any member.
        UnitMismatch: the rule has another dimension than the unit.
    """
    dataset, codes = market.dataset, tuple(members)
    kinds = market.areas.kinds(codes)
    picked: dict[str, Series] = {}
    leaves = []
    for leaf in plan.leaves:
        columns = []
        leaf_unit, converts = ONE, False
        for cell in leaf.cells:
            series = picked.get(cell.measure)
            if series is None:
                lags = tuple(sorted({one.lag for one in plan.leaves if cell in one.cells}))
                chooser = _Chooser(
                    market, kinds, leaf.conversions, cell.measure, cell.key, year, lags, by_parts
                )
                asked = cell, leaf.conversions, year, lags, by_parts, codes
                series = picked[cell.measure] = market.chosen(asked, partial(chooser.choose, codes))
            measure = dataset.measure(cell.measure)
            columns.append(Column(measure, series, dataset.table(series), cell.key))
            steps = leaf.conversions if measure.prices is not None else ()
            own_money = series.unit if steps else _local(series, market, codes)
            unit_of_cell = target_unit(own_money, steps)
            converts = converts or unit_of_cell != own_money
            leaf_unit *= unit_of_cell
        steps = leaf.conversions if converts else ()
        own = own_unit(columns[0].measure, leaf_unit) if leaf.fold is Fold.COLLECT else leaf_unit
        leaves.append(BoundLeaf(tuple(columns), steps, own, factor(leaf_unit, own)))
    expression, found = with_factors(plan.expression, [leaf.unit for leaf in leaves])
    unit = unit or found
    scale = factor(found, unit)
    if scale != 1:
        expression = Operation(Operator.TIMES, expression, Constant(Fraction(scale)))
    return Bound(plan, tuple(leaves), expression, unit, market, tuple(picked.values()))


def _local(series: Series, market: Market, members: Sequence[str]) -> Unit:
    """The unit of figures that are not converted, each in the currency of its own area.

    Raises:
        UnitMismatch: the areas have several.
    """
    if LOCAL_CURRENCY not in currencies(series.unit):
        return series.unit
    hosts = dict.fromkeys(market.areas.host(code) or code for code in members)
    money = {(market.money(host, year)) for host in hosts for year in market.eras(host)}
    if len(money) != 1 or None in money:
        told = ", ".join(sorted(one or "unknown" for one in money)[:4])
        raise UnitMismatch(
            f"amounts of {series.measure!r} in several currencies ({told}) are not added: "
            "convert them, as in Convert(Sum(...), to='USD')"
        )
    return series.unit.replaced(LOCAL_CURRENCY, str(money.pop()))


@frozen(eq=False, repr=False)
class _Covered(Container[str]):
    """The areas whose figures pass a test, each tried when it is asked for."""

    by_area: Mapping[str, Cells]
    test: Callable[[Cells], bool]

    def __contains__(self, area: object) -> bool:
        cells = self.by_area.get(area) if isinstance(area, str) else None
        return cells is not None and self.test(cells)


@frozen(eq=False, repr=False)
class _Chooser:
    market: Market
    kinds: frozenset[str]
    steps: tuple[Exchange | Revalue, ...]
    measure: str
    key: Key
    year: int | None
    lags: tuple[int, ...]
    by_parts: bool = True

    def choose(self, members: Sequence[str]) -> Series:
        """The series that covers most of the members."""
        candidates = self.market.newest(self.measure)
        fitting = [series for series in candidates if self._fits(series, members)]
        if len(fitting) == 1 and len(self.kinds) == 1:
            return fitting[0]
        covered = [self.coverage(series, members) for series in fitting]
        if any(covered) and len(fitting) > 1 and self._are_of_several(members):
            fitting, covered = self._international(fitting, covered, members)
        most = max(covered, default=0)
        if not most and (self.year is not None or len(self.lags) > 1):
            return self._ever().choose(members)
        if not most and self.by_parts and len(fitting) < len(candidates):
            fitting = list(candidates)  # of parts of the members
            covered = [self.coverage(series, members) for series in fitting]
            most = max(covered, default=0)
        if not most:
            raise Unavailable(self._nothing(members))
        best = [series for series, count in zip(fitting, covered, strict=True) if count == most]
        if len(best) == 1:
            return best[0]
        whole = any(self.market.areas.host(code) is None for code in members)

        def merit(series: Series) -> tuple[int, int, bool, bool]:
            published = self._areas(series)
            return (
                self._own(series, members),
                sum(code in published for code in members),
                whole and not self._is_converted(series),
                self._is_international(series) is whole,
            )

        return max(best, key=merit)

    def _are_of_several(self, members: Sequence[str]) -> bool:
        """Whether areas are of several countries."""
        hosts = ((self.market.areas.host(code) or code) for code in members)
        first = next(hosts)
        return any(host != first for host in hosts)

    def _international(
        self, fitting: list[Series], covered: list[int], members: Sequence[str]
    ) -> tuple[list[Series], list[int]]:
        """The series of several countries and how much they cover, as long as they ever do."""
        across = [at for at, series in enumerate(fitting) if self._is_international(series)]
        ever = self._ever()
        if any(covered[at] or ever.coverage(fitting[at], members) for at in across):
            return [fitting[at] for at in across], [covered[at] for at in across]
        return fitting, covered

    def _ever(self) -> "_Chooser":
        """The same choice where any year will do, of one period rather than of all lags."""
        lags = self.lags if self.year is not None else self.lags[:1]
        return evolve(self, year=None, lags=lags)

    def _fits(self, series: Series, members: Sequence[str]) -> bool:
        """Whether a series is of the members' kind, or what was laid over it is of the members."""
        if not series.kinds or not self.kinds.isdisjoint(series.kinds):
            return True
        table = self.market.dataset.table
        return any(table(one).has(code, self.key) for one in series.laid for code in members)

    def _is_international(self, series: Series) -> bool:
        """Whether a series is of several countries, what was laid over it aside."""
        table = self.market.dataset.table(series)
        found: set[str] = set()
        for area, cells in table.values.get(self.key, {}).items():
            if len(table.origins.get((self.key, area), ())) < len(cells):
                found.add(self.market.areas.host(area) or area)
                if len(found) > 1:
                    return True
        return False

    def _is_converted(self, series: Series) -> bool:
        """Whether its money is not yet in the currency and at the prices that are asked for."""
        money = self.market.dataset.measure(series.measure).prices is not None
        return money and target_unit(series.unit, self.steps) != series.unit

    def _own(self, series: Series, members: Sequence[str]) -> int:
        """For how many members the series has figures of the user's."""
        if not series.laid and not series.layer:
            return 0
        table = self.market.dataset.table(series)
        seen = self._areas(series)
        if series.root.layer:
            return sum(code in seen for code in members)
        origins = (table.origins.get((self.key, code), {}) for code in members)
        if self.year is None:
            return sum(map(bool, origins))
        needed = {period for periods in self._periods(series, self.year) for period in periods}
        return sum(not needed.isdisjoint(own) for own in origins)

    def coverage(self, series: Series, codes: Sequence[str]) -> int:
        """For how many of some areas the series has values that can be converted."""
        seen = self._areas(series)
        converts = self.steps and self.market.dataset.measure(series.measure).prices is not None
        summed = self._summed(series, codes, seen)
        usable: dict[str, bool] = {}
        count = 0
        for code in codes:
            if code in seen or code in summed:
                country = self.market.areas.host(code) or code if converts else ""
                if country not in usable:
                    usable[country] = not converts or self._converts(series, country)
                count += usable[country]
        return count

    def _summed(self, series: Series, codes: Sequence[str], seen: Container[str]) -> frozenset[str]:
        """The areas all of whose parts, of some kind, are among those with figures."""
        areas = self.market.areas
        levels = self.market.dataset.levels(series, self.key, areas)
        if not levels:
            return frozenset()
        return frozenset(
            code
            for code in codes
            if code in levels and code not in seen
            for kind in levels[code]
            if not areas.without(code, kind, self.year)
            and all(part in seen for part in areas.parts(code, kind, self.year))
        )

    def _areas(self, series: Series) -> Container[str]:
        """The areas that a series has figures for, in the years that are needed."""
        by_area = self.market.dataset.table(series).values.get(self.key, {})
        if self.year is None and len(self.lags) == 1:
            return by_area
        if self.year is None:
            return _Covered(by_area, partial(self._has_some, series))
        return _Covered(by_area, _has_each(self._periods(series, self.year)))

    def _has_some(self, series: Series, cells: Cells) -> bool:
        """Whether an area has figures in some year and at all its lags, the newest tried first."""
        years = (year_of(period) + self.lags[0] for period in reversed(list(cells)))
        return any(_has_each(self._periods(series, year))(cells) for year in years)

    def _periods(self, series: Series, year: int) -> list[tuple[str, ...]]:
        """The periods of a year and of its lags; a whole year may be laid over its parts."""
        return [self._of_year(series, year - lag) for lag in self.lags]

    @staticmethod
    def _of_year(series: Series, year: int) -> tuple[str, ...]:
        periods = series.frequency.periods(year)
        return (*periods, str(year)) if series.laid and len(periods) > 1 else periods

    def _converts(self, series: Series, country: str) -> bool:
        for year in self.market.eras(country) if self.year is None else (self.year,):
            try:
                self.market.rates(series.unit, self.steps, country, year)
            except UnitMismatch:
                continue
            return True
        return False

    def _nothing(self, members: Sequence[str]) -> str:
        what = f"{self.measure!r}" + (f" of {'/'.join(self.key)}" if self.key else "")
        who = ", ".join(sorted(members)[:4]) + (", ..." if len(members) > 4 else "")
        to, why = "", ""
        for series in self.market.newest(self.measure):
            if evolve(self, steps=()).coverage(series, members):
                to = "".join(
                    f" that converts to {step.to}"
                    if isinstance(step, Exchange)
                    else f" that is deflated to the prices of {step.base}"
                    for step in self.steps
                )
                why = self._why_not(series, members)
        return f"no series has {what}{to} for {who}{why}"

    def _why_not(self, series: Series, members: Sequence[str]) -> str:
        """Why a series is not converted for the first of some areas."""
        country = self.market.areas.host(members[0]) or members[0]
        try:
            self.market.rates(series.unit, self.steps, country, self.year)
        except UnitMismatch as error:
            return f" ({error})"
        return ""


def _has_each(years: Sequence[tuple[str, ...]]) -> Callable[[Cells], bool]:
    """Tells whether there is a figure in each of some years, given by their periods."""
    if all(len(periods) == 1 for periods in years):
        needed = {period for (period,) in years}
        return lambda cells: needed <= cells.keys()
    return lambda cells: not any(map(cells.keys().isdisjoint, years))


def is_timeless(bound: Bound) -> bool:
    """Whether a bound rule reads nothing that has a period."""
    return all(
        column.measure.time is Time.TIMELESS for leaf in bound.leaves for column in leaf.columns
    )
