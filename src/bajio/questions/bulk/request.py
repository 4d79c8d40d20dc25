"""Asking about many regions at once: which numbers are asked, of which year, chunk by chunk."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from bajio.errors import InvalidValue, Unavailable
from bajio.facts.measures import Time
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.breakdown import year_of_table
from bajio.questions.bulk.bulk_results import Bulk, BulkAnswer, BulkResult, BulkTable
from bajio.questions.bulk.memberships import Memberships
from bajio.questions.bulk.region_numbers import RegionNumber, grouped
from bajio.questions.bulk.settings import Settings
from bajio.questions.choices import Options
from bajio.questions.question import ask
from bajio.questions.years import choose_year, period_of
from bajio.registry import Registry
from bajio.rules.axes import Table

if TYPE_CHECKING:
    from bajio.engines.array import Piece

#: How many regions are answered at once: their values alone take some hundred megabytes.
_MOST_HELD = 50_000_000


@frozen(eq=False)
class _Asked:
    """An indicator that was asked for, with the numbers that answer it.

    Attributes:
        indicator: what was asked.
        numbers: by key; of an indicator that is one number, that alone.
        total: what the numbers of a table add up to, where they do.
    """

    indicator: Indicator
    numbers: Mapping[str, RegionNumber]
    total: RegionNumber | None = None

    @property
    def every(self) -> tuple[RegionNumber, ...]:
        """All numbers."""
        return (*self.numbers.values(), *([self.total] if self.total is not None else []))

    def answer(self, rows: range, pieces: "Mapping[RegionNumber, Piece]") -> BulkAnswer:
        """The answer for some regions, of the pieces of its numbers."""
        results = {
            key: BulkResult.of(number, rows, pieces[number]) for key, number in self.numbers.items()
        }
        rule = self.indicator.rule
        if not isinstance(rule, Table):
            return results[""]
        total = None if self.total is None else BulkResult.of(self.total, rows, pieces[self.total])
        return BulkTable(self.indicator, rule.axis, results, total)


@frozen(eq=False, slots=False)
class Request:
    """Indicators for many regions.

    Attributes:
        registry, indicators, memberships, options, settings: what is asked.
    """

    registry: Registry = field(repr=False)
    indicators: tuple[Indicator, ...]
    memberships: Memberships
    options: Options
    settings: Settings

    def whole(self) -> Bulk:
        """The answers for all regions.

        Raises:
            BajioError: there are more than can be held, an option makes no sense for many regions,
                or an area is not known.
        """
        from bajio.engines.array import Store

        count = len(self.memberships)
        if count > _MOST_HELD:
            raise InvalidValue(
                f"{count:,} regions are more than {_MOST_HELD:,} to hold at once: take them some "
                "after others by bajio.evaluate_chunks, or look for the best by bajio.search"
            )
        stores: dict[RegionNumber, Store] = {}
        for rows, pieces in self._pieces():
            if len(rows) == count:
                return self._bulk(rows, pieces)
            for number, piece in pieces.items():
                store = stores.setdefault(number, Store(count))
                store.put(slice(rows.start, rows.stop), piece)
        return self._bulk(range(count), {number: store.piece() for number, store in stores.items()})

    def chunks(self) -> Iterator[Bulk]:
        """The same, some regions after others: none but the latest need be held."""
        return (self._bulk(rows, pieces) for rows, pieces in self._pieces())

    @cached_property
    def _asked(self) -> tuple[_Asked, ...]:
        """The indicators with the numbers that answer them, once all is checked."""
        if self.options.missing == "bound":
            raise InvalidValue(
                "missing='bound' makes intervals, for one region at a time: for many at once use "
                "refuse or partial"
            )
        if _dated(self.memberships, self.options):  # where areas overlap then is refused then
            self.memberships.nested(self.registry)
        else:
            self.memberships.check(self.registry)
        return tuple(map(self._numbers, self.indicators))

    def _numbers(self, indicator: Indicator) -> _Asked:
        """The numbers of an indicator."""
        rule = indicator.rule
        if not isinstance(rule, Table):
            return _Asked(indicator, {"": self._number(indicator, self.options)})
        options = self.options.but(peers=None)
        if _dated(self.memberships, options) and rule.total is not None:
            raise InvalidValue(
                f"{indicator.code!r} is a table with a total: with membership='as-of' it is taken "
                "for one region at a time"
            )
        if options.year is None:
            region = Region(self.memberships.areas, code="all areas")
            options = year_of_table(self.registry, indicator, region, options)
        rules = self.registry.planner.table(rule, self.memberships.areas)
        numbers = {
            key: self._number(evolve(indicator, rule=part), options, key if rule.by_member else "")
            for key, part in rules.items()
        }
        if rule.total is None:
            return _Asked(indicator, numbers)
        return _Asked(indicator, numbers, self._number(evolve(indicator, rule=rule.total), options))

    def _number(self, indicator: Indicator, options: Options, key: str = "") -> RegionNumber:
        measures = self.registry.dataset.measures
        plan = self.registry.plan(indicator.rule)
        timeless = all(measures[code].time is Time.TIMELESS for code in plan.measures)
        year = options.year
        if year is None:
            year = self._year(indicator, options)
        undated = timeless and options.year is None
        as_of = _dated(self.memberships, options) and not undated
        return RegionNumber(
            self.registry, self.memberships, indicator, options, year, timeless, as_of, key
        )

    def _year(self, indicator: Indicator, options: Options) -> int:
        """The newest year for the region of all areas: complete, and with most of the peers."""
        everything = Region(self.memberships.areas, code="all areas")
        try:
            question = ask(self.registry, indicator, everything, options)
            year = choose_year(question)
        except Unavailable as error:
            raise Unavailable(
                f"no year has {indicator.code!r} for all areas at once: name one, as year=2020 "
                f"({error.reason})"
            ) from None
        return period_of(question, year)

    def _pieces(self) -> "Iterator[tuple[range, dict[RegionNumber, Piece]]]":
        """The answers chunk by chunk, by number."""
        from bajio.engines.array import run

        jobs: dict[int | None, list[RegionNumber]] = {}
        for asked in self._asked:
            for number in asked.every:
                jobs.setdefault(number.year if number.dated else None, []).append(number)
        size = self.settings.size(self.memberships.rows.width)
        exact = self.settings.accumulate == "exact"
        pieces = run([(grouped(numbers), numbers) for numbers in jobs.values()], size, exact=exact)
        return self._told(pieces)

    def _told(
        self, done: "Iterator[tuple[range, dict[RegionNumber, Piece]]]"
    ) -> "Iterator[tuple[range, dict[RegionNumber, Piece]]]":
        """The same, telling how many regions are done."""
        for rows, pieces in done:
            if self.settings.progress is not None:
                self.settings.progress(rows.stop, len(self.memberships))
            yield rows, pieces

    def _bulk(self, rows: range, pieces: "Mapping[RegionNumber, Piece]") -> Bulk:
        """The answers for some regions, of the pieces of all numbers."""
        answers = {request.indicator.code: request.answer(rows, pieces) for request in self._asked}
        return Bulk(self.memberships, rows, answers)


def _dated(memberships: Memberships, options: Options) -> bool:
    """Whether members are to be those of each period.

    Raises:
        InvalidValue: the memberships have no years.
    """
    if options.membership != "as-of":
        return False
    if not memberships.regions:
        raise InvalidValue(
            "membership='as-of' needs years of joining and leaving, which only regions have: make "
            "the memberships by Memberships.of"
        )
    return True
