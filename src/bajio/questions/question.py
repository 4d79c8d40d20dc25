"""Evaluating indicators for regions: which series, which year, which members, what host."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction

from attrs import Factory, evolve, field, frozen

from bajio.engines.bound_plan import Bound, MembersAt, bind_series
from bajio.engines.evaluation import Evaluation
from bajio.engines.markets import Market
from bajio.engines.outcome import Coverage, Missing, Outcome
from bajio.engines.rollup import read_from
from bajio.errors import BajioError, Unavailable
from bajio.facts.periods import WHOLE, Season, years_in
from bajio.facts.regions import Region
from bajio.facts.series import Series
from bajio.indicator import Indicator
from bajio.questions.choices import AS_OF, Options
from bajio.questions.compositions import Compositions
from bajio.questions.host_figures import HostFigure, Hosting, bare
from bajio.questions.results import MemberFigure, SourceUse
from bajio.registry import Registry
from bajio.rules.nodes import Sum
from bajio.rules.plan import HOST, PARTS, SELF

#: How far back a year with data is looked for.
FIRST_YEAR = 1900
WEIGHT = "population"


class Uncovered(Unavailable):
    """Less of a region is covered than was asked for."""


@frozen(eq=False, repr=False)
class Question:
    """One indicator for one region, bound to the data that answers it.

    Attributes:
        registry: what is known.
        indicator, region, options: what is asked.
        bound: the rule, bound to the members' series.
        host: code of the country that all members lie in, if one.
        at: the year whose members it is bound to; `None` where it is bound to the newest, or to
            all that are members in some year.
        compositions: what gives the members of places under the membership that was asked for.
    """

    registry: Registry
    indicator: Indicator
    region: Region
    options: Options
    bound: Bound
    host: str | None
    at: int | None = None
    compositions: Compositions = field(
        init=False,
        default=Factory(
            lambda self: Compositions(self.registry, self.options.membership), takes_self=True
        ),
    )

    @property
    def season(self) -> Season:
        """The part of each year that it is about."""
        return self.options.season

    def in_year(self, year: int) -> "Question":
        """The same question, bound to the data and host of the members of a year.

        Raises:
            BajioError: it has no members then, or nothing answers it for them.
        """
        if self.options.membership != AS_OF or self.at == year or self._undated:
            return self
        if not self.compositions.is_dated(self.region):
            return self
        return ask(self.registry, self.indicator, self.region, self.options, year)

    def in_season(self, season: Season) -> "Question":
        """The same question of another part of each year, of whichever year.

        Raises:
            BajioError: nothing answers it.
        """
        return ask(
            self.registry, self.indicator, self.region, self.options.but(year=None, season=season)
        )

    @property
    def _undated(self) -> bool:
        """Whether the newest members count for want of a period."""
        return self.options.year is None and self.bound.is_timeless

    def members(self, year: int) -> tuple[str, ...]:
        """Codes of the region's members in a year."""
        as_of = self.options.membership == AS_OF and not self._undated
        return self.compositions.members(self.region, year if as_of else None)

    def composition(self, year: int, region: Region | None = None) -> MembersAt:
        """Gives the members of a place at a lag, under the membership that was asked for."""
        base = self.region if region is None else region
        places = self.compositions
        undated = self.options.membership != AS_OF or self._undated
        members_by_place: dict[tuple[str, int | None], Sequence[str]] = {}

        def members(place: str, lag: int) -> Sequence[str]:
            at = None if undated else year - lag
            codes = members_by_place.get((place, at))
            if codes is None:
                if place == HOST:
                    codes = self._hosting(year).members(year, self.members(year))
                elif place == PARTS:
                    codes = self._host_parts(year)
                else:
                    codes = places.members(base if place == SELF else places.place(place), at)
                members_by_place[place, at] = codes
            return codes

        return members

    def evaluation(
        self, year: int, region: Region | None = None, missing: str | None = None
    ) -> Evaluation:
        """What evaluates it in a year, of which it is bound to the members.

        Args:
            year: the period.
            region: another region in the stead of its own.
            missing: another policy than was asked for.
        """
        policy = Missing(missing or self.options.missing)
        return Evaluation(self.bound, self.composition(year, region), year, policy)

    def sources(self, year: int) -> tuple[SourceUse, ...]:
        """What its figures of a year come from, those of the rates that convert them too."""
        return sources_read(self.registry, self.bound, self.composition(year), year)

    def outcome(self, year: int, missing: str | None = None) -> Outcome:
        """The value in a year.

        Raises:
            Unavailable: data are missing.
        """
        asked = self.in_year(year)
        if asked is not self:
            return asked.outcome(year, missing)
        evaluation = self.evaluation(year, missing=missing)
        outcome = evaluation.outcome()
        if evaluation.missing is Missing.BOUND:
            return outcome
        if outcome.coverage.members < 1:
            outcome = evolve(outcome, coverage=self._weighed(outcome, year))
        coverage = outcome.coverage
        covered = coverage.members if coverage.weight is None else coverage.weight
        if covered < self.options.threshold:
            of = "region" if coverage.weight is None else "region's people"
            raise Uncovered(
                f"{float(covered):.0%} of the {of} is covered, "
                f"less than the threshold of {float(self.options.threshold):.0%}"
            )
        return outcome

    def is_complete(self, year: int) -> bool:
        """Whether every figure that a year needs is there."""
        try:
            asked = self.in_year(year)
            asked.evaluation(year, missing=Missing.REFUSE).value()
        except BajioError:
            return False
        return True

    def years(self) -> Sequence[int]:
        """Years that could have data, newest first, forecasts left out."""
        if (
            self.at is None
            and not self.bound.is_timeless
            and self.compositions.is_dated(self.region)
        ):
            every = {year for question in self._of_each_composition() for year in question.years()}
            return sorted(every, reverse=True)
        known = [
            year + leaf.lag
            for leaf, bound in zip(self.bound.plan.leaves, self.bound.leaves, strict=True)
            for column in bound.columns
            for year in years_in(
                self._periods(column.table.values.get(column.key, {})), column.season
            )
        ]
        if not known:
            return ()
        newest = min(max(known), self._last() or max(known))
        return range(max(min(known), FIRST_YEAR), newest + 1)[::-1]

    def _last(self) -> int | None:
        """The newest year that is no forecast, as the datasets of the series say.

        Of quarters and months it is one more: they are there before their year is complete.
        """
        declared = [series.last for series in self.bound.series if series.last is not None]
        last = min(declared, default=self.registry.dataset.reference_year)
        return last if last is None else last + (self.season != WHOLE)

    def _of_each_composition(self) -> Iterator["Question"]:
        """The question bound to each of the compositions that the region has had."""
        stays = self.region.memberships
        turns = {turn for stay in stays for turn in (stay.joined, stay.left) if turn is not None}
        lags = self.bound.plan.lags or (0,)
        compositions_seen: set[tuple[str, ...]] = set()
        for year in sorted({turn - 1 for turn in turns} | {t + lag for t in turns for lag in lags}):
            try:
                asked = self.in_year(year)
            except BajioError:
                continue
            if asked.among not in compositions_seen:
                compositions_seen.add(asked.among)
                yield asked

    @property
    def among(self) -> tuple[str, ...]:
        """Codes of the areas that it is bound to: the members, at any of the rule's lags."""
        lags = self.bound.plan.lags or (0,)
        years = None if self.at is None else [self.at - lag for lag in lags]
        return self.compositions.over(self.region, years)

    def _periods(self, by_area: Mapping[str, Iterable[str]]) -> Iterable[str]:
        """The periods of the members, and of parts that they may be the sums of.

        Of the first with figures, where all need to have them by themselves.
        """
        inner = self._inner()
        held = (by_area[area] for area in (*self.among, *inner) if area in by_area)
        if self.options.missing == Missing.REFUSE and not inner:
            return next(held, ())
        return dict.fromkeys(period for periods in held for period in periods)

    def _inner(self) -> tuple[str, ...]:
        """Areas with figures that lie in the members."""
        levels, areas = self.bound.levels, self.registry.areas
        return tuple(
            code
            for area in self.among
            for kind in levels.get(area, ())
            for code in areas.children(area, kind)
        )

    def answers(self, year: int) -> bool:
        """Whether a year has an answer under the policy for missing data."""
        try:
            self.outcome(year)
        except BajioError:
            return False
        return True

    def host_outcome(self, year: int) -> tuple[Outcome, str] | None:
        """The host's value in the members' series, and whether published or summed from parts."""
        host_figure = self.host_figure(year)
        return (
            None
            if host_figure is None or host_figure.outcome is None
            else (host_figure.outcome, host_figure.basis)
        )

    def host_figure(self, year: int) -> HostFigure | None:
        """The host's value in the members' series, or why there is none; `None` with no host.

        It is the same for all regions of the host.
        """
        try:
            asked = self.in_year(year)
        except BajioError:
            return None
        if asked is not self:
            return asked.host_figure(year)
        if self.host is None:
            return None
        options = self.options
        chosen = options.editions, options.season, options.membership, options.year is None
        key = (self.indicator, self.bound.series, chosen)
        return self._hosting(year).figure(year, self.members(year), self.composition(year), key)

    def _hosting(self, year: int) -> Hosting:
        """What composes the host.

        Raises:
            Unavailable: there is none.
        """
        if self.host is None:
            raise Unavailable(f"{self.region} lies in no single country: there is no host")
        host, areas = self.host, self.registry.areas
        kinds = {areas[code].kind for code in self.members(year)}
        kind = kinds.pop() if len(kinds) == 1 else None
        return Hosting(self.registry, self.bound, host, kind, lambda: self._of_host(host))

    def _of_host(self, host: str) -> Bound:
        options = self.options
        return bound_for(self.registry, self.indicator, (host,), options, options.year)

    def member_figures(self, year: int) -> tuple[MemberFigure, ...]:
        """The indicator for each member by itself."""
        asked = self.in_year(year)
        if asked is not self:
            return asked.member_figures(year)
        every = self.evaluation(year, missing=Missing.PARTIAL)  # which reads the host once
        return tuple(self._member_figure(every, area) for area in self.members(year))

    def _member_figure(self, every: Evaluation, area: str) -> MemberFigure:
        year = every.year
        with suppress(BajioError):
            return MemberFigure(area, every.value_of([area]))
        try:  # by itself, which tells what it lacks
            value = self.evaluation(year, Region([area]), Missing.PARTIAL).value()
        except BajioError as error:
            return MemberFigure(area, None, str(error))
        return MemberFigure(area, value)

    def _host_parts(self, year: int) -> Sequence[str]:
        """The host's areas of the members' kind."""
        areas = self.registry.areas
        kinds = {areas[code].kind for code in self.members(year)}
        if self.host is None or len(kinds) != 1:
            raise Unavailable(f"{self.region} lies in no single country: there is no host")
        kind, parts_year = kinds.pop(), None if self.bound.is_timeless else year
        without = areas.without(self.host, kind, parts_year)
        if without:
            raise Unavailable(f"no parts of {self.host} to compare with: {bare(without, kind)}")
        return areas.parts(self.host, kind, parts_year)

    def _weighed(self, outcome: Outcome, year: int) -> Coverage:
        """Coverage with the share of the population that the members have that enter."""
        coverage, lacking = outcome.coverage, outcome.absent
        options = self.options.of_year().but(peers=None)
        try:
            asked = ask(self.registry, population_indicator(), self.region, options)
            figures = {figure.area: figure.exact for figure in asked.member_figures(year)}
        except BajioError:
            return coverage
        if any(number is None for number in figures.values()):
            return coverage
        total = sum(number or 0 for number in figures.values())
        seen = sum(number or 0 for area, number in figures.items() if area not in lacking)
        return evolve(coverage, weight=Fraction(seen) / total if total else None)


def population_indicator() -> Indicator:
    """The population, by which coverage is weighed."""
    return Indicator(WEIGHT, Sum(WEIGHT), "person", "Population")


def ask(
    registry: Registry,
    indicator: Indicator,
    region: Region,
    options: Options,
    bound_year: int | None = None,
) -> Question:
    """Bind an indicator to the data that answers it for a region.

    Args:
        registry, indicator, region, options: what is asked.
        bound_year: the year whose members it is bound to; that of the options, if not given.

    Raises:
        Unavailable: no series has what it needs.
        InvalidRegion: the region has no members in the year that is asked for.
        InvalidRule, UnitMismatch: the rule or its unit means nothing.
    """
    places = Compositions(registry, options.membership)
    year = options.year if bound_year is None else bound_year
    if not places.is_dated(region):
        members, year = places.members(region, None), None
    else:
        lags = registry.plan(indicator.rule).lags or (0,)
        members = places.over(region, None if year is None else [year - lag for lag in lags])
    bound = bound_for(registry, indicator, members, options, options.year)
    if year is None and bound.is_timeless and places.is_dated(region):
        members = places.members(region, None)  # it has no year but that of the newest members
        bound = bound_for(registry, indicator, members, options, options.year)
    return Question(registry, indicator, region, options, bound, host_of(registry, members), year)


def bound_for(
    registry: Registry,
    indicator: Indicator,
    members: Sequence[str],
    options: Options,
    year: int | None,
    *,
    by_parts: bool = True,
) -> Bound:
    """The indicator's rule bound to the series of some areas; kept by the registry.

    Args:
        registry: what is known.
        indicator: whose rule.
        members: codes of the areas.
        options: which editions are read, and which season of each year.
        year: that is asked for, if one.
        by_parts: whether a series of other areas will do, which are parts of the members.
    """
    kept, editions, season = registry.kept, options.editions, options.season
    key = ("bound", indicator, tuple(members), editions, season, year, by_parts)
    bound: Bound | None = kept.get(key)
    if bound is None:
        market: Market | None = kept.get(("market", editions, season))
        if market is None:
            market = Market(registry.dataset, registry.areas, dict(editions), season)
            kept["market", editions, season] = market
        bound = kept[key] = bind_series(
            registry.plan(indicator.rule), market, members, indicator.unit, year, by_parts=by_parts
        )
    return bound


def host_of(registry: Registry, members: Sequence[str]) -> str | None:
    """The country that all members lie in; `None` where there is no such one."""
    hosts = {registry.areas.host(code) for code in members}
    return hosts.pop() if len(hosts) == 1 else None


def source_uses(registry: Registry, series: Iterable[Series]) -> tuple[SourceUse, ...]:
    """Series as a reader knows them."""
    sources = registry.dataset.sources
    return tuple(
        SourceUse(
            series_read.measure,
            sources[series_read.source],
            series_read.edition,
            series_read.derived,
        )
        for series_read in series
    )


def sources_read(
    registry: Registry, bound: Bound, members: MembersAt, year: int
) -> tuple[SourceUse, ...]:
    """What figures come from, those of the rates that convert them too.

    Of figures that are all a user's, that is the user's source, whatever they were laid over.

    Args:
        registry: what is known.
        bound: the rule, bound to its series.
        members: gives codes of the areas by place and lag.
        year: the period.
    """
    series = bound.series_for(members, year)
    if bound.is_laid_over:
        read = read_from(bound, series, members, year)
        series = tuple(
            series_read
            for series_read in read
            if not any(series_read in other.laid for other in read)
        )
    return source_uses(registry, series)
