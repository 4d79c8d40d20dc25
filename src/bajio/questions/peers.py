"""Peers: the values of a peer group for an indicator, worked out once and kept sorted."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cmp_to_key
from math import inf

from attrs import Factory, evolve, field, frozen

from bajio.engines.bound_plan import Bound
from bajio.engines.evaluation import values_by_area
from bajio.errors import BajioError, Unavailable, UnitMismatch
from bajio.facts.observations import Exact
from bajio.facts.periods import Frequency, years_in
from bajio.facts.regions import Region
from bajio.facts.tables import backwards
from bajio.indicator import Better, Indicator
from bajio.questions.choices import Options
from bajio.questions.compositions import Compositions
from bajio.questions.neighbours import SortKey
from bajio.questions.question import ask, bound_for, sources_read
from bajio.questions.results import SourceUse
from bajio.registry import Registry
from bajio.rules.promises import Trait

#: The peers' values, their sources, and the rules bound to the figures of areas.
_Valued = tuple[dict[str, Exact], dict[SourceUse, None], dict[str, Bound]]


@frozen(eq=False, repr=False)
class PeerColumn:
    """The values of a peer group for an indicator in a year.

    Attributes:
        values: exact values by code.
        borrowed: the years of the values that are of another year.
        missing: codes without one.
        keys: sort keys, ascending from the best; `codes` in their order.
        sources: where the values come from.
        bounds: by areas, the rule bound to the series that serves them, if one does.
    """

    values: Mapping[str, Exact]
    borrowed: Mapping[str, int]
    missing: tuple[str, ...]
    keys: tuple[SortKey, ...]
    codes: tuple[str, ...]
    sources: tuple[SourceUse, ...]
    bounds: Mapping[str, Bound]

    @property
    def of(self) -> int:
        """How many peers there are, with data or without."""
        return len(self.values) + len(self.missing)


@frozen(eq=False, repr=False)
class Peers:
    """A peer group of an indicator: gives its column for a year."""

    registry: Registry
    indicator: Indicator
    options: Options
    _places: Compositions = field(
        init=False,
        default=Factory(
            lambda self: Compositions(self.registry, self.options.membership), takes_self=True
        ),
    )

    def column(self, year: int) -> PeerColumn:
        """The peers' values; kept by the registry."""
        key = ("column", *self.key, year)
        column: PeerColumn | None = self.registry.kept.get(key)
        if column is None:
            codes = self._places.group(self.options.peers or "", year)
            values, sources, bounds = self._valued(codes, year)
            borrowed: dict[str, int] = {}
            if self.options.year_tolerance:
                borrowed = self._borrow(codes, year, values, sources)
            ordered = sorted(zip(sort_keys(values.values(), self.indicator), values, strict=True))
            column = self.registry.kept[key] = PeerColumn(
                values,
                borrowed,
                tuple(code for code in codes if code not in values),
                tuple(key for key, _ in ordered),
                tuple(code for _, code in ordered),
                tuple(sources),
                bounds,
            )
        return column

    def never_valued(self, year: int) -> frozenset[str]:
        """The peers without a figure in a year that have none in any year either; kept."""
        key = ("never", *self.key, year)
        never: frozenset[str] | None = self.registry.kept.get(key)
        if never is None:
            column = self.column(year)
            regions, _ = self._by_kind(self._places.group(self.options.peers or "", year))
            never = self.registry.kept[key] = frozenset(
                code
                for code in column.missing
                if not self._ever(code, regions.get(code), column.bounds.get(code))
            )
        return never

    @property
    def key(self) -> tuple[Hashable, ...]:
        """All that the peers' values hang on, but the year."""
        asked = self.options
        return (
            self.indicator,
            asked.peers,
            asked.membership,
            asked.editions,
            asked.season,
            asked.year_tolerance,
            asked.against,
            asked.level,
        )

    def _borrow(
        self,
        codes: tuple[str, ...],
        year: int,
        values: dict[str, Exact],
        sources: dict[SourceUse, None],
    ) -> dict[str, int]:
        """Fill what is missing from the nearest years within the tolerance, earlier ones first.

        The group is that of the year that is asked for, whoever was in it in the other.
        """
        borrowed: dict[str, int] = {}
        for distance in range(1, self.options.year_tolerance + 1):
            for other in (year - distance, year + distance):
                lacking = tuple(code for code in codes if code not in values)
                if not lacking:
                    return borrowed
                others, used, _ = self._of_other_year(codes, other)
                near = {code: others[code] for code in lacking if code in others}
                values.update(near)
                borrowed.update(dict.fromkeys(near, other))
                sources.update(used if near else {})
        return borrowed

    def _of_other_year(self, codes: tuple[str, ...], year: int) -> _Valued:
        """The values of some peers in a year, and their sources; kept."""
        alone = evolve(self, options=self.options.but(year_tolerance=0))
        key = ("peer values", *alone.key, codes, year)
        return self.registry.keep(key, lambda: self._valued(codes, year))

    def _valued(self, codes: tuple[str, ...], year: int) -> _Valued:
        """The values of some peers in a year, their sources, and what areas are bound to."""
        values: dict[str, Exact] = {}
        sources: dict[SourceUse, None] = {}
        bounds: dict[str, Bound] = {}
        regions, kinds = self._by_kind(codes)
        alone: dict[str, Region] = {}
        for areas in () if is_spread(self.indicator) else kinds:
            try:
                bound = bound_for(
                    self.registry, self.indicator, areas, self.options, year, by_parts=False
                )
            except (Unavailable, UnitMismatch):  # no series, or one in money of another kind
                continue
            bounds |= dict.fromkeys(areas, bound)
            if bound.plan.is_local:
                values.update(values_by_area(bound, areas, year))
                read = sources_read(self.registry, bound, lambda *_, areas=areas: areas, year)
                sources.update(dict.fromkeys(read))
            else:
                reached = [c for c in areas if c in bound.levels or bound.has(c)]
                alone |= {code: self._places.place(code) for code in reached}
        if alone or regions:
            self._ask_each({**alone, **regions}, year, values, sources)
        return values, sources, bounds

    def _ask_each(
        self,
        regions: Mapping[str, Region],
        year: int,
        values: dict[str, Exact],
        sources: dict[SourceUse, None],
    ) -> None:
        """Fill in the values of peers that are asked about one by one, and their sources."""
        options = self._unranked(year or None)
        for code, region in regions.items():
            try:
                asked = ask(self.registry, self.indicator, region, options)
                values[code] = asked.outcome(year).low
            except BajioError:
                continue
            sources.update(dict.fromkeys(asked.sources(year)))

    def _unranked(self, year: int | None) -> Options:
        """The options by which a peer is asked about by itself."""
        return self.options.but(
            year=year, peers=None, host="keep", missing="refuse", threshold=Fraction()
        )

    def _by_kind(
        self, codes: tuple[str, ...]
    ) -> tuple[Mapping[str, Region], Sequence[tuple[str, ...]]]:
        """The regions among some peers, and the areas, those of one kind together; kept."""
        key = ("peer-kinds", self.options.peers, codes)
        result: tuple[Mapping[str, Region], Sequence[tuple[str, ...]]] | None
        result = self.registry.kept.get(key)
        if result is None:
            regions = self._places.regions(self.options.peers or "", codes)
            kinds: dict[str, list[str]] = {}
            for code in codes:
                if code not in regions:
                    kinds.setdefault(self.registry.areas[code].kind, []).append(code)
            result = self.registry.kept[key] = regions, [tuple(areas) for areas in kinds.values()]
        return result

    def _ever(self, code: str, region: Region | None, bound: Bound | None) -> bool:
        """Whether a peer has a value in some year: a region, or an area by what it is bound to."""
        if region is not None:
            return self._is_ever_answered(region)
        if bound is None or not (code in bound.levels or bound.has(code)):
            return False
        if not bound.plan.is_local or code in bound.levels:
            return self._is_ever_answered(self._places.place(code))
        asked = self.options
        key = ("ever", self.indicator, bound.series, asked.editions, asked.season, code)
        return self.registry.keep(
            key, lambda: any(values_by_area(bound, [code], year) for year in _years(bound, code))
        )

    def _is_ever_answered(self, region: Region) -> bool:
        """Whether the indicator can be worked out for a region in some year."""
        try:
            asked = ask(self.registry, self.indicator, region, self._unranked(None))
            if asked.bound.is_timeless:
                return bool(asked.outcome(0).series)
        except BajioError:
            return False
        return any(asked.is_complete(year) and asked.answers(year) for year in asked.years())


def _years(bound: Bound, code: str) -> Iterable[int]:
    """The years in which an area may have a value, those of one of its figures, the last first."""
    for leaf, bound_leaf in zip(bound.plan.leaves, bound.leaves, strict=True):
        for column in bound_leaf.columns:
            if column.series.frequency is not Frequency.TIMELESS:
                cells = column.table.values.get(column.key, {}).get(code, {})
                return (year + leaf.lag for year in years_in(backwards(cells), column.season))
    return (0,)


def is_spread(indicator: Indicator) -> bool:
    """Whether an indicator is about differences among members, of which an area alone has none."""
    return Trait.SPREAD in indicator.traits or indicator.rule.is_spread


def sort_key(value: Exact, indicator: Indicator) -> SortKey:
    """Ascending from the best value by the indicator's direction; the float only to be fast."""
    [key] = sort_keys([value], indicator)
    return key


def sort_keys(values: Iterable[Exact], indicator: Indicator) -> Iterator[SortKey]:
    """The same of each of some values."""
    if indicator.rule.extent.has_rounded:
        from bajio.rules.functions import settled

        values = map(settled, values)
    lower = indicator.better is Better.LOWER
    for value in values:
        above, below = value.as_integer_ratio()
        try:
            near = above / below  # as float() does, and sooner
        except OverflowError:
            near = inf if above > 0 else -inf
        yield (near, value) if lower else (-near, _downwards(value))


def _lowered(value: Exact, other: Exact) -> int:
    """What turns the order of two values round: they are compared where their floats are one."""
    return (value < other) - (value > other)


_downwards = cmp_to_key(_lowered)
