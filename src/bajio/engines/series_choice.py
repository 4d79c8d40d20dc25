"""Choosing the series of a measure for some areas.

One series serves a number: of those that there are, the one that covers most of the areas asked
about; then the one with most of the user's own figures for them; then, for countries, one whose
money needs no conversion and then one of several countries, and for parts of a country its own;
then the one that the dataset puts first.
What they are compared with has no say in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from attrs import evolve, frozen

from bajio.engines.markets import Market, conversion
from bajio.engines.outcome import Unserved
from bajio.errors import UnitMismatch
from bajio.facts.measures import Measure
from bajio.facts.observations import Exact, Key
from bajio.facts.periods import WHOLE, Frequency, years_in
from bajio.facts.series import Series, periods_read
from bajio.facts.tables import backwards
from bajio.rules.plan import Exchange, Plan, Revalue

Cells = Mapping[str, Exact | Decimal]
#: How many choices are held at once.
_MOST_HELD = 4096


def chosen_series(
    plan: Plan, market: Market, members: tuple[str, ...], year: int | None, *, by_parts: bool
) -> dict[str, Series]:
    """The series that serves each measure of a plan; raises as `SeriesChoice.choose` does."""
    series: dict[str, Series] = {}
    for leaf in plan.leaves:
        for cell in leaf.cells:
            if cell.measure in series:
                continue
            lags = tuple(sorted({other.lag for other in plan.leaves if cell in other.cells}))
            key = cell, leaf.conversions, year, lags, by_parts, members
            choice = market.chosen.get(key)
            if choice is None:
                measure = market.dataset.measures[cell.measure]
                kinds = frozenset([market.areas[code].kind for code in members])
                steps = () if measure.prices is None else leaf.conversions
                try:
                    choice = SeriesChoice(
                        market, kinds, steps, measure, cell.key, year, lags, by_parts
                    ).choose(members)
                except Unserved as error:
                    choice = error.told
                if len(market.chosen) >= _MOST_HELD:
                    market.chosen.clear()
                market.chosen[key] = choice
            if isinstance(choice, tuple):
                raise Unserved(*choice)
            series[cell.measure] = choice
    return series


@frozen(eq=False, repr=False)
class SeriesChoice:
    """Which series serves a measure.

    Attributes:
        market: where the series are.
        kinds: of the areas that are asked about.
        steps: conversions of its money.
        measure, key: what is read.
        year: the period that is asked for, if one: series that have it come first.
        lags: years before it that are read.
        by_parts: whether a series of other areas will do, which are parts of the members.
    """

    market: Market
    kinds: frozenset[str]
    steps: tuple[Exchange | Revalue, ...]
    measure: Measure
    key: Key
    year: int | None
    lags: tuple[int, ...]
    by_parts: bool

    def choose(self, members: Sequence[str]) -> Series:
        """The series that covers most of the members.

        Raises:
            Unserved: none covers any.
        """
        code, market = self.measure.code, self.market
        candidates = market.dataset.newest(code, market.editions.get(code))
        table = self.market.dataset.table
        fitting = [
            series
            for series in candidates
            if not series.kinds
            or not self.kinds.isdisjoint(series.kinds)
            or any(table(one).has(code, self.key) for one in series.laid for code in members)
        ]
        covered = [self.coverage(series, members) for series in fitting]
        if any(covered) and len({self.market.areas.host(code) or code for code in members}) > 1:
            across = [at for at, one in enumerate(fitting) if self._is_international(one)]
            if any(covered[at] or self._ever().coverage(fitting[at], members) for at in across):
                fitting, covered = [fitting[at] for at in across], [covered[at] for at in across]
        most = max(covered, default=0)
        if not most and len(fitting) == len(self.kinds) == 1 and self._is_near(fitting[0], members):
            return fitting[0]
        if not most and (self.year is not None or len(self.lags) > 1):
            return self._ever().choose(members)
        if not most and self.by_parts and len(fitting) < len(candidates):
            fitting = list(candidates)  # of parts of the members
            covered = [self.coverage(series, members) for series in fitting]
            most = max(covered, default=0)
        if not most and self.market.season != WHOLE:
            return self._of_longer().choose(members)
        if not most:
            raise self._nothing(members)
        best = [series for series, count in zip(fitting, covered, strict=True) if count == most]
        return best[0] if len(best) == 1 else self._of_most_merit(best, members)

    def _of_most_merit(self, best: Sequence[Series], members: Sequence[str]) -> Series:
        """The first in the order of merit of series that cover as many of the members."""
        whole = any(self.market.areas.host(code) is None for code in members)

        def merit(series: Series) -> tuple[int, int, bool, bool]:
            return (
                self._own(series, members),
                len(self._seen(series, members)),
                whole and conversion(series.unit, self.steps)[0] == series.unit,
                self._is_international(series) is whole,
            )

        return max(best, key=merit)

    def _ever(self) -> "SeriesChoice":
        """The same choice where any year will do, of one period rather than of all lags."""
        lags = self.lags if self.year is not None else self.lags[:1]
        return evolve(self, year=None, lags=lags)

    def _of_longer(self) -> "SeriesChoice":
        """The same choice of what has figures of whole years, which tells that they are annual."""
        return evolve(self._ever(), market=evolve(self.market, season=WHOLE))

    def _is_near(self, series: Series, members: Sequence[str]) -> bool:
        """Whether a series has figures of areas in a country of the members, in any year.

        States of another country are of the same kind, and have nothing in common with it.
        """
        host = self.market.areas.host
        countries = {host(code) for code in members}
        if None in countries:
            return True
        by_area = self.market.dataset.table(series).values.get(self.key, ())
        return any(country in by_area for country in countries) or any(
            host(area) in countries for area in by_area
        )

    def _is_international(self, series: Series) -> bool:
        """Whether a series is of several countries, what was laid over it aside."""
        table = self.market.dataset.table(series)
        hosts: set[str] = set()
        for area, cells in table.values.get(self.key, {}).items():
            laid = table.origins.get((self.key, area)) if table.origins else None
            if (len(laid) < len(cells)) if laid else cells:
                hosts.add(self.market.areas.host(area) or area)
                if len(hosts) > 1:
                    return True
        return False

    def _own(self, series: Series, members: Sequence[str]) -> int:
        """For how many members the series has figures of the user's."""
        if not series.laid and not series.layer:
            return 0
        if series.root.layer:
            return len(self._seen(series, members))
        table = self.market.dataset.table(series)
        origins = (table.origins.get((self.key, code), {}) for code in members)
        if self.year is None:
            return sum(map(bool, origins))
        needed = {period for periods in self._periods(series, self.year) for period in periods}
        return sum(not needed.isdisjoint(origin) for origin in origins)

    def coverage(self, series: Series, codes: Sequence[str]) -> int:
        """For how many of some areas the series has values that can be converted.

        An area counts as well all of whose parts, of some kind, have values.
        """
        areas, seen = self.market.areas, self._seen(series, codes)
        levels = self.market.dataset.levels(series, self.key, areas)
        seen |= {
            code
            for code in codes
            if code in levels and code not in seen
            for kind in levels[code]
            if not areas.without(code, kind, self.year)
            and self._seen(series, parts := areas.parts(code, kind, self.year)).issuperset(parts)
        }
        try:
            if conversion(series.unit, self.steps)[0] == series.unit:
                return len(seen)
            countries = [areas.host(code) or code for code in seen]
            usable = self.market.convertible(series.unit, self.steps, set(countries), self.year)
        except UnitMismatch:  # it is no money that could be
            return 0
        return sum(country in usable for country in countries)

    def _seen(self, series: Series, codes: Iterable[str]) -> set[str]:
        """Those of some areas that a series has figures for, in the years that are needed."""
        by_area = self.market.dataset.table(series).values.get(self.key, {})
        seen = {code for code in codes if code in by_area}
        if self.year is not None:
            for periods in self._periods(series, self.year):
                seen = {code for code in seen if any(map(by_area[code].__contains__, periods))}
        elif len(self.lags) > 1 or self.market.season != WHOLE:
            seen = {code for code in seen if self._has_some(series, by_area[code])}
        return seen

    def _has_some(self, series: Series, cells: Cells) -> bool:
        """Whether an area has figures in some year and at all its lags, the newest tried first."""
        if series.frequency is Frequency.TIMELESS:
            return bool(cells)
        years = (year + self.lags[0] for year in years_in(backwards(cells)))
        return any(
            all(any(map(cells.__contains__, periods)) for periods in self._periods(series, year))
            for year in years
        )

    def _periods(self, series: Series, year: int) -> list[tuple[str, ...]]:
        """The periods of a year and of its lags; a whole year may be laid over its parts."""
        every, season = [], self.market.season
        for lag in self.lags:
            periods = periods_read(series, self.measure.time, year - lag, season)
            whole = season.text(year - lag)
            laid = series.laid and periods and periods != (whole,)
            every.append((*periods, whole) if laid else periods)
        return every

    def _nothing(self, members: Sequence[str]) -> Unserved:
        what = f"{self.measure.code!r}" + (f" of {'/'.join(self.key)}" if self.key else "")
        who = ", ".join(sorted(members)[:4]) + (", ..." if len(members) > 4 else "")
        to, why = "", ""
        code, editions = self.measure.code, self.market.editions
        for series in self.market.dataset.newest(code, editions.get(code)):
            if evolve(self, steps=()).coverage(series, members):
                to = "".join(
                    f" that converts to {step.to}"
                    if isinstance(step, Exchange)
                    else f" that is deflated to the prices of {step.base}"
                    for step in self.steps
                )
                why = self._why_not(series, members)
        return Unserved(what, who, to, why)

    def _why_not(self, series: Series, members: Sequence[str]) -> str:
        """Why a series is not converted for the first of some areas."""
        country = self.market.areas.host(members[0]) or members[0]
        try:
            self.market.rates(series.unit, self.steps, country, self.year)
        except UnitMismatch as error:
            return f" ({error})"
        return ""
