"""Seams: where figures of a user's meet others of their measure.

A figure that a user laid over a series counts by itself as any other. A change over time, or a
span of time, is not taken from one source's figures into another's: that would compare or add
what was measured differently. Under one source's code they are a derived edition of one series.
"""

from collections.abc import Iterator, Sequence

from bajio.engines.bound_plan import Bound
from bajio.engines.markets import SeriesColumn
from bajio.engines.outcome import Gap
from bajio.errors import UnitMismatch
from bajio.facts.tables import FigureOrigin
from bajio.rules.plan import SELF


def seam(bound: Bound, area: str, year: int, place: str) -> Gap | None:
    """Where the figures of one area change over from one source to another, if they do.

    Args:
        bound: the rule, bound to data.
        area: whose figures.
        year: the period.
        place: `self`, `host` or a region: the place whose leaves are read for the area.
    """
    if place not in bound.seamed:
        return None
    sources_by_cell: dict[tuple[str, object, str], dict[str, str]] = {}
    for column, code, lagged in _read(bound, area, year, place):
        which = sources_by_cell.setdefault((column.measure.code, column.key, code), {})
        for source, period in _sources(column, code, lagged):
            which.setdefault(source, period)
    for (measure, _, code), sources in sources_by_cell.items():
        if len(sources) > 1:
            text = " and ".join(f"{source!r} ({period})" for source, period in sources.items())
            reason = f"growth and spans do not cross from one source into another: {text}"
            return Gap(code, measure, bound.market.season.text(year), reason)
    return None


def _read(
    bound: Bound, area: str, year: int, place: str
) -> Iterator[tuple[SeriesColumn, str, int]]:
    """The columns that a place's leaves read for an area, with whose figures and of what year."""
    for position, leaf in enumerate(bound.plan.leaves):
        if leaf.place != place:
            continue
        lagged = year - leaf.lag
        for column in bound.leaves[position].columns:
            yield column, area, lagged
        yield from rates_read(bound, [area], year, position)


def rates_read(
    bound: Bound, areas: Sequence[str], year: int, position: int
) -> Iterator[tuple[SeriesColumn, str, int]]:
    """The rates by which a leaf converts what it reads for areas: whose, and of what year."""
    if not bound.leaves[position].steps:
        return
    lagged = year - bound.plan.leaves[position].lag
    for area in areas:
        try:
            rates = bound.rates(position, area, lagged)
        except UnitMismatch:
            continue
        for rate in rates:
            yield rate.column, rate.country, lagged if rate.year is None else rate.year


def _sources(column: SeriesColumn, area: str, year: int) -> Iterator[tuple[str, str]]:
    """The sources of the figures that a year of an area is read from, with a period of each."""
    cell_origins = column.table.origins.get((column.key, area), {})
    cells = column.table.values.get(column.key, {}).get(area, {})
    for period in _periods(column, area, year):
        if period in cell_origins:
            yield cell_origins[period].source, period or "undated"
        elif period in cells:
            yield column.series.source, period or "undated"


def _periods(column: SeriesColumn, area: str, year: int) -> tuple[str, ...]:
    """The periods that a year of an area is read from: a whole year may be laid over its parts."""
    cell_origins, whole = column.table.origins.get((column.key, area), {}), column.season.text(year)
    return (whole,) if whole in cell_origins else column.periods(year)


def origins(column: SeriesColumn, area: str, year: int) -> tuple[FigureOrigin | None, ...]:
    """Whose each figure is that a year of an area is read from; `None` for the series' own."""
    cell_origins = column.table.origins.get((column.key, area), {})
    cells = column.table.values.get(column.key, {}).get(area, {})
    return tuple(
        cell_origins.get(period) for period in _periods(column, area, year) if period in cells
    )


def parts_of(bound: Bound, area: str, kind: str, year: int, position: int) -> tuple[str, ...]:
    """Codes of an area's parts as a leaf reads them, in the year that it reads."""
    return bound.parts(area, kind, year - bound.plan.leaves[position].lag)


def read_areas(bound: Bound, area: str, year: int, position: int) -> Iterator[str]:
    """Codes of the areas whose figures a leaf reads for an area: itself, or its parts."""
    kind = bound.rolled_up_as(area, year, bound.plan.leaves[position].place)
    if not kind:
        yield area
        return
    for part in parts_of(bound, area, kind, year, position):
        yield from read_areas(bound, part, year, position)


def mixed(bound: Bound, year: int, some: Sequence[str], others: Sequence[str]) -> str | None:
    """A measure of which some areas have figures of the user's, and others do not; else `None`."""
    for position, leaf in enumerate(bound.plan.leaves):
        if leaf.place != SELF:
            continue
        for column in bound.leaves[position].columns:
            if not column.table.origins:
                continue
            are_own = (_is_own(bound, column, code, year, position) for code in some)
            if any(are_own) and not all(
                _is_own(bound, column, code, year, position) for code in others
            ):
                return column.measure.code
    return None


def own_anywhere(bound: Bound, year: int, areas: Sequence[str], place: str) -> bool:
    """Whether any figure is the user's that a place's leaves read for some areas."""
    return any(
        _is_own(bound, column, code, year, position)
        for position, leaf in enumerate(bound.plan.leaves)
        if leaf.place == place
        for column in bound.leaves[position].columns
        if column.table.origins
        for code in areas
    )


def _is_own(bound: Bound, column: SeriesColumn, area: str, year: int, position: int) -> bool:
    """Whether all that a leaf reads for an area is the user's."""
    lagged = year - bound.plan.leaves[position].lag
    layers = [
        whose
        for code in read_areas(bound, area, year, position)
        for whose in origins(column, code, lagged)
    ]
    return bool(layers) and None not in layers
