"""Evaluating in bulk: indicators for many regions, chunk by chunk."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from bajio.engines.outcome import Lacking, Refusal
from bajio.errors import InvalidValue, Unavailable
from bajio.facts.measures import Time
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.answering import period_of_timeless, try_answer
from bajio.questions.breakdown import year_of_table
from bajio.questions.bulk.exactly import Exactly
from bajio.questions.bulk.grouping import Chunk, Grouping, dated
from bajio.questions.bulk.memberships import Memberships
from bajio.questions.bulk.preparing import Prepared, Preparer
from bajio.questions.bulk.results import Bulk, BulkAnswer, BulkResult, BulkTable
from bajio.questions.bulk.settings import Settings
from bajio.questions.evaluation import Options, ask, source_uses
from bajio.questions.results import Missed, Result, SourceUse
from bajio.questions.years import choose_year
from bajio.registry import Registry
from bajio.rules.axes import MEMBER, By, Stack
from bajio.rules.nodes import Table

if TYPE_CHECKING:
    from bajio.engines.array.arrays import Indices
    from bajio.engines.array.pieces import Piece, Store


@frozen(eq=False)
class _Cell:
    """One number of each region: an indicator, or one key of a table."""

    indicator: Indicator
    options: Options
    year: int
    timeless: bool
    dated: bool
    member: str | None = None


@frozen(eq=False)
class _Asked:
    """An indicator that was asked for, with the cells that answer it."""

    indicator: Indicator
    cells: Mapping[str, _Cell]
    total: _Cell | None = None


#: How many regions are answered at once: their values alone take some hundred megabytes.
_MOST_HELD = 50_000_000


@frozen(eq=False)
class _Evaluation:
    """Indicators for many regions, about to be worked out."""

    registry: Registry = field(repr=False)
    memberships: Memberships
    options: Options
    settings: Settings

    def asked(self, indicator: Indicator) -> _Asked:
        """The cells of an indicator."""
        rule = indicator.rule
        if not isinstance(rule, By | Stack):
            return _Asked(indicator, {"": self._cell(indicator, self.options)})
        options = evolve(self.options, peers=None)
        if dated(self.memberships, options) and rule.total is not None:
            raise InvalidValue(
                f"{indicator.code!r} is a table with a total: with membership='as-of' it is taken "
                "for one region at a time"
            )
        if options.year is None:
            region = Region(self.memberships.areas, code="all areas")
            options = year_of_table(self.registry, indicator, region, options)
        rules = self.registry.planner.table(rule, self.memberships.areas)
        cells = {
            key: self._cell(evolve(indicator, rule=one), options) for key, one in rules.items()
        }
        if isinstance(rule, By) and rule.axis == MEMBER:
            cells = {key: evolve(cell, member=key) for key, cell in cells.items()}
        whole = None if rule.total is None else evolve(indicator, rule=rule.total)
        return _Asked(indicator, cells, None if whole is None else self._cell(whole, options))

    def _cell(self, indicator: Indicator, options: Options) -> _Cell:
        measures = self.registry.dataset.measures
        plan = self.registry.plan(indicator.rule)
        timeless = all(measures[code].time is Time.TIMELESS for code in plan.measures)
        year = options.year
        if year is None:
            year = self._year(indicator, options)
        undated = timeless and options.year is None
        as_of = dated(self.memberships, options) and not undated
        return _Cell(indicator, options, year, timeless, as_of)

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
        return period_of_timeless(question) if year is None else year

    def chunks(self, every: Sequence[_Asked]) -> Iterator[tuple[Chunk, "dict[int, Store]"]]:
        """The answers chunk by chunk: for each cell, by its id, a store."""
        from bajio.engines.array.pieces import Store

        cells = [cell for one in every for cell in (*one.cells.values(), one.total) if cell]
        jobs: dict[int | None, list[_Cell]] = {}
        for cell in cells:
            jobs.setdefault(cell.year if cell.dated else None, []).append(cell)
        groupings = [(self._grouping(year, own), own) for year, own in jobs.items()]
        size = self.settings.size(self.memberships.rows.width)
        sources = [grouping.chunks(size) for grouping, _ in groupings]
        for chunks in zip(*sources, strict=True):
            stores = {id(cell): Store(chunks[0].size) for cell in cells}
            for (grouping, own), chunk in zip(groupings, chunks, strict=True):
                self._fill(grouping, own, chunk, stores)
            if self.settings.progress is not None:
                self.settings.progress(chunks[0].start + chunks[0].size, len(self.memberships))
            yield chunks[0], stores

    def _grouping(self, year: int | None, cells: Sequence[_Cell]) -> Grouping:
        lags: set[int] = set()
        if year is not None:
            lags = {lag for cell in cells for lag in self.registry.plan(cell.indicator.rule).lags}
        return Grouping(
            self.registry, self.memberships, self.options, year or 0, tuple(sorted(lags))
        )

    def _fill(
        self, grouping: Grouping, cells: Sequence[_Cell], chunk: Chunk, stores: "dict[int, Store]"
    ) -> None:
        from bajio.engines.array.programs import Sums

        for group, rows in grouping.groups(chunk):
            block_at, sums = chunk.some(rows), Sums()
            for cell in cells:
                preparer = self._preparer(cell)
                prepared = preparer.prepared(cell.indicator, group)
                answerer = self._answerer(cell, prepared, chunk.start, rows)
                piece = answerer.answer(block_at, sums)
                if cell.member is not None:
                    piece = _of_member(piece, cell.member, self.memberships.areas, block_at(0))
                stores[id(cell)].put(slice(None) if rows is None else rows, piece)

    def _preparer(self, cell: _Cell) -> Preparer:
        nested = self.memberships.nested(self.registry) if cell.dated else ()
        outer = frozenset(at for _, at in nested)
        areas = self.memberships.areas
        return Preparer(self.registry, cell.options, areas, cell.year, cell.dated, outer)

    def _answerer(self, cell: _Cell, prepared: Prepared, start: int, rows: "Indices | None") -> Any:
        from bajio.engines.array.prepared import Answerer

        def region(row: int) -> Region:
            return self.memberships.region(start + (row if rows is None else int(rows[row])))

        ask_one = Exactly(self.registry, cell.indicator, cell.options, cell.year, region)
        refused = None
        if prepared.refused is not None:
            lacking = isinstance(prepared.refused, Lacking)
            refused = Refusal.LACKING if lacking else Refusal.UNAVAILABLE
        return Answerer(
            prepared.program,
            ask_one,
            refused,
            prepared.odd or None,
            prepared.population,
            cell.options.threshold,
            prepared.standings,
            prepared.wholes,
            self.settings.accumulate == "exact",
        )

    def sources(self, cell: _Cell) -> tuple[SourceUse, ...]:
        """What the numbers of a cell come from."""
        year = cell.year if cell.dated else None
        grouping = self._grouping(year, [cell])
        uses: dict[SourceUse, None] = {}
        for group in grouping.seen():
            prepared = self._preparer(cell).prepared(cell.indicator, group)
            if prepared.question is not None:
                series = prepared.question.bound.series
                uses.update(dict.fromkeys(source_uses(self.registry, series)))
        return tuple(uses)

    def answer(self, one: _Asked, rows: range, pieces: "Mapping[int, Piece]") -> BulkAnswer:
        """An indicator's answers, of the pieces of its cells."""
        found = {key: self._result(cell, rows, pieces[id(cell)]) for key, cell in one.cells.items()}
        rule = one.indicator.rule
        if not isinstance(rule, Table):
            return found[""]
        total = None if one.total is None else self._result(one.total, rows, pieces[id(one.total)])
        axis = rule.axis if isinstance(rule, By) else "part"
        return BulkTable(one.indicator, axis, found, total)

    def _result(self, cell: _Cell, rows: range, piece: "Piece") -> BulkResult:
        options = evolve(cell.options, year=cell.year)
        peers = options.peers
        return BulkResult(
            cell.indicator,
            None if cell.timeless else cell.year,
            self.memberships,
            rows,
            partial(self._settled.sources, cell),
            piece,
            None if peers is None else (self.registry.peer_group(peers).code, options.host),
            partial(_alone, self.registry, cell.indicator, options),
        )

    @property
    def _settled(self) -> "_Evaluation":
        """The same without what is only of use while it runs."""
        return evolve(self, settings=evolve(self.settings, progress=None))


def _alone(
    registry: Registry, indicator: Indicator, options: Options, region: Region
) -> Result | Missed:
    """The answer for one of the regions, by itself."""
    return try_answer(registry, indicator, region, options)


def _of_member(piece: "Piece", code: str, areas: Sequence[str], block: Any) -> "Piece":
    from bajio.engines.array.blocks import any_of
    from bajio.engines.array.pieces import without

    return without(piece, ~any_of(block, [areas.index(code)], len(areas)))


def whole(
    registry: Registry,
    indicators: Sequence[Indicator],
    memberships: Memberships,
    options: Options,
    settings: Settings,
) -> Bulk:
    """Indicators for many regions.

    Args:
        registry, indicators, memberships, options, settings: what is asked.

    Raises:
        BajioError: an option that makes no sense for many regions, an area that is not known.
    """
    from bajio.engines.array.pieces import Store

    if len(memberships) > _MOST_HELD:
        raise InvalidValue(
            f"{len(memberships):,} regions are more than {_MOST_HELD:,} to hold at once: take them "
            "some after others by bajio.evaluate_chunks, or look for the best by bajio.search"
        )
    evaluation, every = _begun(registry, indicators, memberships, options, settings)
    whole: dict[int, Store] = {}
    for chunk, stores in evaluation.chunks(every):
        for key, store in stores.items():
            if chunk.size == len(memberships):
                whole[key] = store
                continue
            whole.setdefault(key, Store(len(memberships))).put(
                slice(chunk.start, chunk.start + chunk.size), store.piece()
            )
    pieces = {key: store.piece() for key, store in whole.items()}
    rows = range(len(memberships))
    answers = {one.indicator.code: evaluation.answer(one, rows, pieces) for one in every}
    return Bulk(memberships, rows, answers)


def stream(
    registry: Registry,
    indicators: Sequence[Indicator],
    memberships: Memberships,
    options: Options,
    settings: Settings,
) -> Iterator[Bulk]:
    """The same, some regions after others: none but the latest need be held.

    Args:
        registry, indicators, memberships, options, settings: as in `whole`.
    """
    return _streamed(*_begun(registry, indicators, memberships, options, settings))


def _streamed(evaluation: _Evaluation, every: Sequence[_Asked]) -> Iterator[Bulk]:
    for chunk, stores in evaluation.chunks(every):
        pieces = {key: store.piece() for key, store in stores.items()}
        rows = range(chunk.start, chunk.start + chunk.size)
        answers = {one.indicator.code: evaluation.answer(one, rows, pieces) for one in every}
        yield Bulk(evaluation.memberships, rows, answers)


def _begun(
    registry: Registry,
    indicators: Sequence[Indicator],
    memberships: Memberships,
    options: Options,
    settings: Settings,
) -> tuple[_Evaluation, list[_Asked]]:
    if options.missing == "bound":
        raise InvalidValue(
            "missing='bound' makes intervals, for one region at a time: for many at once use "
            "refuse or partial"
        )
    if dated(memberships, options):  # what overlaps in some years is refused in those
        memberships.nested(registry)
    else:
        memberships.check(registry)
    evaluation = _Evaluation(registry, memberships, options, settings)
    return evaluation, [evaluation.asked(one) for one in indicators]
