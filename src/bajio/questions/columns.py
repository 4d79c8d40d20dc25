"""Columns: the values of a peer group for an indicator, worked out once and kept sorted."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from attrs import evolve, field, frozen

from bajio.engines import exact
from bajio.engines.binding import Bound
from bajio.engines.exact import State
from bajio.errors import BajioError, Unavailable, UnitMismatch
from bajio.facts.observations import Exact
from bajio.indicator import Better, Indicator
from bajio.questions.evaluation import Options, ask, bound_for, source_uses
from bajio.questions.results import SourceUse
from bajio.registry import Registry
from bajio.rules.nodes import OverMembers
from bajio.rules.plan import SELF
from bajio.rules.promises import Trait


@frozen(eq=False)
class Column:
    """The values of a peer group for an indicator in a year.

    Attributes:
        values: exact values by code.
        borrowed: the years of the values that are of another year.
        missing: codes without one.
        keys: sort keys, ascending from the best; `codes` in their order.
        sources: where the values come from.
    """

    values: Mapping[str, Exact]
    borrowed: Mapping[str, int]
    missing: tuple[str, ...]
    keys: tuple[tuple[float, Exact], ...]
    codes: tuple[str, ...]
    sources: tuple[SourceUse, ...]

    @property
    def of(self) -> int:
        """How many peers there are, with data or without."""
        return len(self.values) + len(self.missing)


@frozen
class Peers:
    """A peer group of an indicator: gives its column for a year."""

    registry: Registry = field(repr=False)
    indicator: Indicator
    options: Options

    def column(self, year: int) -> Column:
        """The peers' values; kept by the registry."""
        asked = evolve(self.options, year=None, host="keep", missing="refuse", threshold=0)
        return self.registry.keep(
            ("column", self.indicator, asked, year), lambda: self._column(year)
        )

    def _column(self, year: int) -> Column:
        assert self.options.peers is not None
        group = self.registry.peer_group(self.options.peers)
        codes = group.at(year)
        regions = dict.fromkeys(code for code in codes if code in self.registry.regions)
        areas = tuple(code for code in codes if code not in regions)
        values, sources = self._of_areas(areas, year)
        for code in regions:
            self._add_region(code, year, values, sources)
        borrowed = self._borrow(codes, year, values)
        ordered = sorted((sort_key(value, self.indicator), code) for code, value in values.items())
        return Column(
            values,
            borrowed,
            tuple(code for code in codes if code not in values),
            tuple(key for key, _ in ordered),
            tuple(code for _, code in ordered),
            tuple(sources),
        )

    def _borrow(self, codes: Sequence[str], year: int, values: dict[str, Exact]) -> dict[str, int]:
        """Fill what is missing from the nearest years within the tolerance, earlier ones first."""
        tolerance = self.options.year_tolerance
        borrowed: dict[str, int] = {}
        for distance in range(1, tolerance + 1):
            for other in (year - distance, year + distance):
                near = evolve(self, options=evolve(self.options, year_tolerance=0)).column(other)
                for code in codes:
                    if code not in values and code in near.values:
                        values[code], borrowed[code] = near.values[code], other
        return borrowed

    def _of_areas(
        self, areas: Sequence[str], year: int
    ) -> tuple[dict[str, Exact], dict[SourceUse, None]]:
        values: dict[str, Exact] = {}
        sources: dict[SourceUse, None] = {}
        if not areas or is_spread(self.indicator):
            return values, sources
        try:
            bound = bound_for(self.registry, self.indicator, areas, self.options.editions, year)
        except (Unavailable, UnitMismatch):  # no series, or one in money of another kind
            return values, sources
        if all(leaf.place == SELF for leaf in bound.plan.leaves):
            values = values_of_areas(bound, areas, year)
            return values, dict.fromkeys(source_uses(self.registry, bound.series))
        for code in areas:
            if has_figures(bound, code):
                self._add_region(code, year, values, sources)
        return values, sources

    def _add_region(
        self, code: str, year: int, values: dict[str, Exact], sources: dict[SourceUse, None]
    ) -> None:
        options = evolve(self.options, peers=None, missing="refuse")
        try:
            asked = ask(self.registry, self.indicator, self.registry.region(code), options)
            values[code] = asked.outcome(year).low
        except BajioError:
            return
        sources.update(dict.fromkeys(source_uses(self.registry, asked.bound.series)))


def is_spread(indicator: Indicator) -> bool:
    """Whether an indicator is about differences among members, of which an area alone has none."""
    rule = indicator.rule
    return Trait.SPREAD in indicator.traits or (isinstance(rule, OverMembers) and rule.is_spread)


def has_figures(bound: Bound, code: str) -> bool:
    """Whether an area has figures, of any year, for all that a rule reads of it itself."""
    return all(
        column.table.has(code, column.key)
        for leaf, at in zip(bound.leaves, bound.plan.leaves, strict=True)
        if at.place == SELF
        for column in leaf.columns
    )


def values_of_areas(bound: Bound, areas: Iterable[str], year: int) -> dict[str, Exact]:
    """A rule's value for each area by itself; those that have none are left out."""
    values: dict[str, Exact] = {}
    for code in areas:
        if has_figures(bound, code):
            state = exact.lift(bound, code, year)
            if isinstance(state, State):
                with suppress(Unavailable):
                    values[code] = exact.finish(bound, state)
    return values


def sort_key(value: Exact, indicator: Indicator) -> tuple[float, Exact]:
    """Ascending from the best value by the indicator's direction; the float only to be fast."""
    signed = value if indicator.better is Better.LOWER else -value
    return float(signed), signed
