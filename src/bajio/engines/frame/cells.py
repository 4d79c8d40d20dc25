"""Cells: a table's figures, a row for each area and period and a column for each figure."""

from collections.abc import Iterable, Sequence
from typing import cast

import narwhals as nw
from attrs import evolve

from bajio.engines.frame.backend import Frame, small
from bajio.engines.frame.bound_rules import TableFigure
from bajio.engines.frame.column_kinds import INFINITE
from bajio.engines.frame.layout import AREA, PART, Observations
from bajio.engines.frame.period_columns import YEAR, parts
from bajio.engines.frame.rounded import PRECISION, whole
from bajio.engines.frame.sql_frames import SqlFrame
from bajio.facts.measures import Time
from bajio.rules.plan import LeafCell

#: Columns within a pivot: a row's measure, the lag with which it enters, and the pair of both.
MEASURE, LAG, SLOT = "_measure", "_lag", "_slot"
#: A column that says whether a row is one of its own, and not only there for others: above 0.
_PRESENT = "_present"


def finite(figure: nw.Expr, low: nw.Expr | None) -> nw.Expr:
    """A figure, infinite where it is no finite number, or below what it can be."""
    good = figure.abs() < INFINITE if low is None else (figure.abs() < INFINITE) & ~low
    return nw.when(good).then(figure).otherwise(nw.when(~figure.is_null()).then(nw.lit(INFINITE)))


def pivot(
    table: Observations,
    figures: Sequence[TableFigure],
    areas: Frame | None = None,
    *,
    partial: bool,
    every_year: bool,
) -> Frame:
    """A row for each area, year and key, a column `f0`, `f1`, ... for each figure.

    A figure that is given twice, or is no number, is infinite.

    The table is read once, whatever the lags: a row enters the year of each lag of its measure, or
    rows are put beside those of other years where a library can hold them for that.

    Args:
        table: the user's.
        figures: what the columns are.
        areas: those that somebody asks for, in a column `_area`: no others are grouped.
        partial: whether a stock may be averaged over the quarters that it has.
        every_year: whether there is a row for an area in a year of the table of which it has no
            figure, but of others.
    """
    lagged = any(figure.lag for figure in figures)
    names = [AREA, *table.period_names, *table.key_names]
    here = [at for at, one in enumerate(figures) if not one.lag]
    if lagged and here and not every_year and can_hold(table.frame):
        unlagged = tuple(dict.fromkeys(evolve(figure, lag=0) for figure in figures))
        grouped, shown = _grouped(table, unlagged, areas, partial=partial)
        present = _counted(unlagged.index(figures[at]) for at in here).alias(_PRESENT)
        wanted = {
            f"f{at}": (f"f{unlagged.index(evolve(f, lag=0))}", f.lag)
            for at, f in enumerate(figures)
        }
        wide = grouped.select(*(nw.col(name) for name in names), *shown, present)
        return cast("Frame", cast("SqlFrame", wide).beside_earlier(names, YEAR, wanted, _PRESENT))
    grouped, shown = _grouped(table, figures, areas, partial=partial)
    if lagged and here and not every_year:
        grouped = grouped.filter(_counted(here) > 0)
    elif lagged:
        there = table.of_measures(_cells(figures)).select(*table.period_keys()).unique()
        grouped = grouped.join(there, on=list(table.period_names), how="inner")
    elif table.layout.period is not None and not table.whole:
        grouped = grouped.filter((nw.col(YEAR) >= 0) | (_counted(range(len(figures))) > 0))
    return grouped.select(*(nw.col(name) for name in names), *shown)


def can_hold(frame: Frame) -> bool:
    """Whether the library of a frame can hold a result that is joined to itself, if it is told to.

    DuckDB does; Spark works it out for each, as it does by hand.
    """
    return isinstance(frame, SqlFrame)


def _counted(places: Iterable[int]) -> nw.Expr:
    """How often figures stand in the table, together."""
    [first, *others] = [nw.col(f"n{place}") for place in places]
    return sum(others, first)


def _grouped(
    table: Observations, figures: Sequence[TableFigure], areas: Frame | None, *, partial: bool
) -> tuple[Frame, list[nw.Expr]]:
    """A row for each area, year and key with what figures are made of, and the figures."""
    lagged = any(figure.lag for figure in figures)
    names = [AREA, *table.period_names, *table.key_names]
    rows, slots = (
        _entering(table, figures) if lagged else (table.of_measures(_cells(figures)), None)
    )
    columns = [
        _figure(table, one, slots).alias(f"f{position}") for position, one in enumerate(figures)
    ]
    keys = table.keys()
    if lagged:
        keys = [keys[0], (keys[1] + nw.col(LAG)).alias(YEAR), *keys[2:]]
    if any(_is_folded(table, figure) for figure in figures):
        columns.append(table.part())
    rows = table.of_areas(rows, areas).select(*keys, *columns)
    wanted, shown = [], []
    undated = table.layout.period is not None and not table.whole
    dated = nw.col(YEAR) >= 0 if undated else None
    for position, one in enumerate(figures):
        wanted += [
            nw.col(f"f{position}").sum().alias(f"s{position}"),
            nw.col(f"f{position}").count().alias(f"n{position}"),
        ]
        total, least = nw.col(f"s{position}"), table.layout.least.get(one.cell.measure)
        low = table.layout.too_low(total, one.cell.measure, nw.col(AREA))
        if not _is_folded(table, one):
            shown.append(_once(total, nw.col(f"n{position}"), low, dated).alias(f"f{position}"))
            continue
        layout = table.layout
        every = parts(layout.frequency_of(one.cell.measure), layout.frequency)
        rows, counts = _by_part(rows, position, every)
        wanted += counts
        time = table.measures[one.cell.measure].time
        size = None
        if least is None or least < 0 or table.layout.free:
            rows = rows.with_columns(nw.col(f"f{position}").abs().alias(f"f{position}size"))
            wanted.append(nw.col(f"f{position}size").sum().alias(f"a{position}"))
            size = nw.col(f"a{position}")
        if time is Time.END:
            wanted.append(nw.col(f"f{position}part{len(every) - 1}").sum().alias(f"e{position}"))
        value = _whole(position, size, time, len(every), partial=partial)
        shown.append(_dated(table, value).alias(f"f{position}"))
    return rows.group_by(*names).agg(*wanted), shown


def _dated(table: Observations, value: nw.Expr) -> nw.Expr:
    """A figure, infinite where its period could not be read."""
    if table.layout.period is None or table.whole:
        return value
    wrong = (nw.col(YEAR) < 0) & ~value.is_null()
    return nw.when(wrong).then(nw.lit(INFINITE)).otherwise(value)


def _is_folded(table: Observations, figure: TableFigure) -> bool:
    """Whether a figure is made of those of shorter periods."""
    return table.layout.frequency_of(figure.cell.measure) is not table.layout.frequency


def _cells(figures: Sequence[TableFigure]) -> tuple[LeafCell, ...]:
    return tuple(dict.fromkeys(figure.cell for figure in figures))


Slots = dict[tuple[str, int], int]


def _entering(table: Observations, figures: Sequence[TableFigure]) -> tuple[Frame, Slots]:
    """The rows that figures read, each once for each lag of its measure.

    Returns:
        The rows with their lag and its slot, and the slots of measures and lags.
    """
    rows = table.of_measures(_cells(figures))
    slots: Slots = {}
    for figure in figures:
        slots.setdefault((figure.cell.measure, figure.lag), len(slots))
    if table.layout.measure is None:
        lags = sorted({figure.lag for figure in figures})
        return rows.join(small({LAG: lags}, (int,), table.frame), how="cross"), {}
    columns: dict[str, Sequence[str | int | None]] = {
        MEASURE: [table.layout.code(code) for code, _ in slots],
        LAG: [lag for _, lag in slots],
        SLOT: list(slots.values()),
    }
    rows = rows.with_columns(table.measure().alias(MEASURE))
    beside = small(columns, (str, int, int), table.frame)
    return rows.join(beside, on=[MEASURE], how="inner"), slots


def _figure(table: Observations, figure: TableFigure, slots: Slots | None) -> nw.Expr:
    """A figure where a row has it."""
    if slots is None:
        return table.figure(figure.cell)
    if not slots:
        return nw.when(nw.col(LAG) == figure.lag).then(table.figure(figure.cell))
    slot = nw.col(SLOT) == slots[figure.cell.measure, figure.lag]
    return table.figure(figure.cell, slot)


def _by_part(
    rows: Frame, position: int, every: Sequence[Sequence[str]]
) -> tuple[Frame, list[nw.Expr]]:
    """Rows with a figure by shorter period, and how each one's are counted."""
    columns = [
        nw.when(nw.col(PART).is_in(texts))
        .then(nw.col(f"f{position}"))
        .alias(f"f{position}part{part}")
        for part, texts in enumerate(every)
    ]
    counts = [
        nw.col(f"f{position}part{part}").count().alias(f"n{position}part{part}")
        for part in range(len(every))
    ]
    return rows.with_columns(*columns), counts


def _once(
    total: nw.Expr, count: nw.Expr, low: nw.Expr | None, dated: nw.Expr | None = None
) -> nw.Expr:
    """The only figure that there is; null where there is none.

    Infinite where there are more, it is no number, or its period could not be read.
    """
    good = (count == 1) & (total.abs() < INFINITE)
    good = good if low is None else good & ~low
    good = good if dated is None else good & dated
    return nw.when(good).then(total).otherwise(nw.when(count > 0).then(nw.lit(INFINITE)))


def _whole(position: int, size: nw.Expr | None, time: Time, of: int, *, partial: bool) -> nw.Expr:
    """A figure of shorter periods: the sum of a flow's, the mean of a stock's, of all or none.

    Of a stock that is taken at the end, the last alone.

    Where some may be negative, what is zero but for rounding is zero, by their absolute size.
    """
    total, count = nw.col(f"s{position}"), nw.col(f"n{position}")
    if size is not None:
        rounded = (total.abs() <= size * PRECISION) & ~whole(total)
        total = nw.when(rounded).then(nw.lit(0.0)).otherwise(total)
    counts = [nw.col(f"n{position}part{part}") for part in range(of)]
    other = count != sum(counts[1:], counts[0])
    twice, every, some = other, ~other, other
    for own in counts:
        twice = twice | (own > 1)
        every = every & (own > 0)
        some = some | (own > 0)
    value = {Time.STOCK: total / count, Time.END: nw.col(f"e{position}")}.get(time, total)
    value = nw.when((total.abs() < INFINITE) & ~twice).then(value).otherwise(nw.lit(INFINITE))
    if time is Time.END:
        every = counts[-1] > 0
    enough = some if time is Time.STOCK and partial else every | other
    return nw.when(enough).then(value)


def steady(table: Observations, cells: Sequence[LeafCell], *, yearly: bool) -> Frame:
    """A row for each area (and year), a column `t0`, `t1`, ... for each cell, whatever the keys.

    For what may stand in many rows, as territory beside each year, so long as it is the same.

    Args:
        table: the user's.
        cells: what the columns are.
        yearly: whether figures are of a year, as rates are.
    """
    names = [AREA, *table.period_names] if yearly else [AREA]
    keys = table.keys()[: len(names)]
    figures = []
    for position, cell in enumerate(cells):
        figure = table.figure(cell)
        low = table.layout.too_low(figure, cell.measure, table.keys()[0])
        figures.append(finite(figure, low).alias(f"t{position}"))
    ends = [
        end
        for position in range(len(cells))
        for end in (
            nw.col(f"t{position}").min().alias(f"l{position}"),
            nw.col(f"t{position}").max().alias(f"h{position}"),
        )
    ]
    shown = [
        nw.when(nw.col(f"l{position}") == nw.col(f"h{position}"))
        .then(nw.col(f"l{position}"))
        .otherwise(nw.when(~nw.col(f"h{position}").is_null()).then(nw.lit(INFINITE)))
        .alias(f"t{position}")
        for position in range(len(cells))
    ]
    rows = table.of_measures(tuple(cells)).select(*keys, *figures)
    return rows.group_by(*names).agg(*ends).select(*names, *shown)
