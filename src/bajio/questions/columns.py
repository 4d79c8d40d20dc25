"""Columns: the values of a peer group for an indicator, worked out once and kept sorted."""

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Any

from attrs import evolve, frozen

from bajio.engines.evaluation import values_by_area
from bajio.errors import BajioError, Unavailable, UnitMismatch
from bajio.facts.observations import Exact
from bajio.facts.regions import PeerGroup, Region
from bajio.indicator import Better, Indicator
from bajio.questions.choices import Options
from bajio.questions.compositions import Compositions
from bajio.questions.evaluation import ask, bound_for, source_uses
from bajio.questions.results import SourceUse
from bajio.registry import Registry
from bajio.rules.promises import Trait


@frozen(eq=False, repr=False)
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


@frozen(eq=False, repr=False)
class Peers:
    """A peer group of an indicator: gives its column for a year."""

    registry: Registry
    indicator: Indicator
    options: Options

    def column(self, year: int) -> Column:
        """The peers' values; kept by the registry."""
        return self.registry.keep(
            ("column", *self.key, year), lambda: self._asked().worked_out(year)
        )

    @property
    def key(self) -> tuple[Hashable, ...]:
        """All that the peers' values hang on, but the year."""
        asked = self.options
        return (
            self.indicator,
            asked.peers,
            asked.membership,
            asked.editions,
            asked.year_tolerance,
            asked.against,
            asked.level,
        )

    def _asked(self, **changes: Any) -> "Peers":
        """Without what the peers' values do not hang on."""
        others = {"year": None, "host": "keep", "missing": "refuse", "threshold": Fraction()}
        return evolve(self, options=self.options.but(**{**others, **changes}))

    def worked_out(self, year: int) -> Column:
        """The peers' values, not from what was kept."""
        codes = self._places.group(self._group, year)
        values, sources = self.valued(codes, year)
        borrowed = self._borrow(codes, year, values, sources)
        ordered = sorted((sort_key(value, self.indicator), code) for code, value in values.items())
        return Column(
            values,
            borrowed,
            tuple(code for code in codes if code not in values),
            tuple(key for key, _ in ordered),
            tuple(code for _, code in ordered),
            tuple(sources),
        )

    @property
    def _places(self) -> Compositions:
        return Compositions(self.registry, self.options.membership)

    @property
    def _group(self) -> str | PeerGroup:
        assert self.options.peers is not None
        return self.options.peers

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
                found, used = self._of_codes(codes, other)
                near = {code: found[code] for code in lacking if code in found}
                values.update(near)
                borrowed.update(dict.fromkeys(near, other))
                sources.update(dict.fromkeys(used if near else ()))
        return borrowed

    def _of_codes(
        self, codes: tuple[str, ...], year: int
    ) -> tuple[dict[str, Exact], tuple[SourceUse, ...]]:
        """The values of some peers in a year, as copies, and their sources; kept."""
        asked = self._asked(year_tolerance=0)
        key = ("peer values", *asked.key, codes, year)
        values, sources = self.registry.keep(key, lambda: asked.valued(codes, year))
        return dict(values), tuple(sources)

    def valued(
        self, codes: tuple[str, ...], year: int
    ) -> tuple[dict[str, Exact], dict[SourceUse, None]]:
        """The values of some peers in a year and their sources, not from what was kept."""
        values: dict[str, Exact] = {}
        sources: dict[SourceUse, None] = {}
        regions, every = self._sorted(codes)
        for areas in every:
            found, used = self._of_areas(areas, year)
            values.update(found)
            sources.update(used)
        for code, region in regions.items():
            self._add_region(code, region, year, values, sources)
        return values, sources

    def _sorted(
        self, codes: tuple[str, ...]
    ) -> tuple[Mapping[str, Region], tuple[tuple[str, ...], ...]]:
        """The regions among some peers, and the areas, those of one kind together; kept."""

        def make() -> tuple[Mapping[str, Region], tuple[tuple[str, ...], ...]]:
            regions = self._places.regions(self._group, codes)
            return regions, of_each_kind(self.registry, codes, regions)

        return self.registry.keep(("peers by kind", self._group, codes), make)

    def _of_areas(
        self, areas: Sequence[str], year: int
    ) -> tuple[dict[str, Exact], dict[SourceUse, None]]:
        values: dict[str, Exact] = {}
        sources: dict[SourceUse, None] = {}
        if not areas or is_spread(self.indicator):
            return values, sources
        try:
            editions = self.options.editions
            bound = bound_for(self.registry, self.indicator, areas, editions, year, by_parts=False)
        except (Unavailable, UnitMismatch):  # no series, or one in money of another kind
            return values, sources
        if bound.plan.is_local:
            values = values_by_area(bound, areas, year)
            return values, dict.fromkeys(source_uses(self.registry, bound.series))
        for code in areas:
            if bound.reaches(code):
                self._add_region(code, self._places.place(code), year, values, sources)
        return values, sources

    def _add_region(
        self,
        code: str,
        region: Region,
        year: int,
        values: dict[str, Exact],
        sources: dict[SourceUse, None],
    ) -> None:
        options = self.options.but(peers=None, year=year or None)
        try:
            asked = ask(self.registry, self.indicator, region, options)
            values[code] = asked.outcome(year).low
        except BajioError:
            return
        sources.update(dict.fromkeys(source_uses(self.registry, asked.bound.series)))


def of_each_kind(
    registry: Registry, codes: Iterable[str], regions: Container[str]
) -> tuple[tuple[str, ...], ...]:
    """The areas among some peers, those of one kind together: one series serves them."""
    kinds: dict[str, list[str]] = {}
    for code in codes:
        if code not in regions:
            kinds.setdefault(registry.areas[code].kind, []).append(code)
    return tuple(map(tuple, kinds.values()))


def is_spread(indicator: Indicator) -> bool:
    """Whether an indicator is about differences among members, of which an area alone has none."""
    return Trait.SPREAD in indicator.traits or indicator.rule.is_spread


def sort_key(value: Exact, indicator: Indicator) -> tuple[float, Exact]:
    """Ascending from the best value by the indicator's direction; the float only to be fast."""
    if _is_rounded(indicator):
        from bajio.rules.functions import settled

        value = settled(value)
    signed = value if indicator.better is Better.LOWER else -value
    try:
        return float(signed), signed
    except OverflowError:
        return (inf if signed > 0 else -inf), signed


@lru_cache(maxsize=1024)
def _is_rounded(indicator: Indicator) -> bool:
    """Whether equal values may differ in their last digits."""
    return indicator.rule.has_rounded
