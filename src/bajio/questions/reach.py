"""Reach: which peers ever have a figure, whatever the year."""

from collections.abc import Iterable
from fractions import Fraction

from bajio.engines.binding import Bound
from bajio.engines.evaluation import values_by_area
from bajio.errors import BajioError
from bajio.facts.periods import year_of
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.choices import Options
from bajio.questions.columns import Peers, is_spread, of_each_kind
from bajio.questions.compositions import Compositions
from bajio.questions.evaluation import ask, bound_for
from bajio.registry import Registry


def never_valued(peers: Peers, year: int) -> frozenset[str]:
    """The peers without a figure in a year that have none in any year either; kept."""
    return peers.registry.keep(("never", *peers.key, year), lambda: _never_valued(peers, year))


def _never_valued(peers: Peers, year: int) -> frozenset[str]:
    registry, options = peers.registry, peers.options
    assert options.peers is not None
    missing = frozenset(peers.column(year).missing)
    places = Compositions(registry, options.membership)
    codes = places.group(options.peers, year)
    regions = places.regions(options.peers, codes)
    asked = options.but(year=None, peers=None, host="keep", missing="refuse", threshold=Fraction())

    bounds: dict[str, Bound | None] = {}
    for areas in of_each_kind(registry, codes, regions):
        bounds.update(dict.fromkeys(areas, _bound(peers, areas, year)))

    def ever(code: str) -> bool:
        if code in regions:
            return _is_ever_answered(registry, peers.indicator, regions[code], asked)
        bound = bounds[code]
        if bound is None or not bound.reaches(code):
            return False
        if not bound.plan.is_local:
            return _is_ever_answered(registry, peers.indicator, places.place(code), asked)
        key = ("ever", peers.indicator, bound.series, options.editions, code)
        return registry.keep(
            key, lambda: any(values_by_area(bound, [code], one) for one in _years(bound, code))
        )

    return frozenset(code for code in missing if not ever(code))


def _bound(peers: Peers, areas: tuple[str, ...], year: int) -> Bound | None:
    """The rule bound to the series that serves areas among the peers in a year, if one does."""
    if not areas or is_spread(peers.indicator):
        return None
    try:
        editions = peers.options.editions
        return bound_for(peers.registry, peers.indicator, areas, editions, year, by_parts=False)
    except BajioError:
        return None


def _is_ever_answered(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> bool:
    """Whether an indicator can be worked out for a region in some year."""
    try:
        asked = ask(registry, indicator, region, options)
        if asked.timeless:
            return bool(asked.outcome(0).series)
    except BajioError:
        return False
    return any(asked.is_complete(year) and asked.answers(year) for year in asked.years())


def _years(bound: Bound, code: str) -> Iterable[int]:
    """The years in which an area may have a value, newest first."""
    if not bound.reaches(code):
        return ()
    leaf, column = bound.plan.leaves[0], bound.leaves[0].columns[0]
    cells = column.table.values.get(column.key, {}).get(code, {})
    years = {year_of(period) + leaf.lag for period in cells if period}
    return sorted(years, reverse=True) or (0,)
