"""Reach: which peers ever have a figure, whatever the year."""

from collections.abc import Iterable

from attrs import evolve

from bajio.engines import exact
from bajio.engines.binding import Bound
from bajio.engines.exact import State
from bajio.errors import BajioError, Unavailable
from bajio.facts.periods import year_of
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.columns import Column, has_figures, is_spread
from bajio.questions.compositions import Compositions
from bajio.questions.evaluation import Options, ask, bound_for
from bajio.registry import Registry
from bajio.rules.plan import SELF


def never_valued(
    registry: Registry, indicator: Indicator, options: Options, column: Column
) -> frozenset[str]:
    """The peers of a column without a figure in its year that have none in any year either.

    Args:
        registry, indicator, options: what was asked.
        column: the peers in some year.
    """
    assert options.peers is not None
    codes = (*column.values, *column.missing)
    places = Compositions(registry, options.membership)
    regions = places.regions(options.peers, codes)
    areas = tuple(code for code in codes if code not in regions)
    asked = evolve(options, year=None, peers=None, host="keep", missing="refuse", threshold=0)

    def ever(code: str) -> bool:
        region = regions[code] if code in regions else places.place(code)
        among = () if code in regions else areas
        key = ("ever", indicator, asked, among, code, region)
        return registry.keep(
            key, lambda: _is_ever_valued(registry, indicator, asked, among, region)
        )

    return frozenset(code for code in column.missing if not ever(code))


def _is_ever_valued(
    registry: Registry,
    indicator: Indicator,
    options: Options,
    areas: tuple[str, ...],
    region: Region,
) -> bool:
    """Whether an indicator can be worked out for a peer in some year of the peers' series."""
    try:
        if areas:
            (code,) = region.members
            if is_spread(indicator):
                return False
            bound = bound_for(registry, indicator, areas, options.editions, None)
            if all(leaf.place == SELF for leaf in bound.plan.leaves):
                return any(_has_value(bound, code, year) for year in _years(bound, code))
            if not has_figures(bound, code):
                return False
        asked = ask(registry, indicator, region, options)
        if asked.timeless:
            return bool(asked.outcome(0).series)
    except BajioError:
        return False
    return asked.newest_year() is not None


def _years(bound: Bound, code: str) -> Iterable[int]:
    """The years in which an area may have a value, newest first."""
    if not has_figures(bound, code):
        return ()
    leaf, column = bound.plan.leaves[0], bound.leaves[0].columns[0]
    cells = column.table.values.get(column.key, {}).get(code, {})
    years = {year_of(period) + leaf.lag for period in cells if period}
    return sorted(years, reverse=True) or (0,)


def _has_value(bound: Bound, code: str, year: int) -> bool:
    state = exact.lift(bound, code, year)
    if not isinstance(state, State):
        return False
    try:
        exact.finish(bound, state)
    except Unavailable:
        return False
    return True
