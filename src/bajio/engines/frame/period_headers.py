"""Periods in the header of a table: its columns of periods, turned into rows."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import narwhals as nw

from bajio.engines.frame.backend import Frame
from bajio.errors import InvalidValue, shown, some

_MOST_TOLD = 8


class HeadedColumn(NamedTuple):
    """A column of figures, and what they are of: `None` where the rows say so."""

    column: Any
    measure: str | None
    period: str | None


def headed(wide: Mapping[str, Any], years: Mapping[str, Any]) -> tuple[HeadedColumn, ...]:
    """The columns of periods, and those of a wide table that stand beside them; none of others.

    Args:
        wide: the column of each measure, or its columns by period.
        period_columns: the columns by period of a table whose rows say what is measured.

    Raises:
        InvalidValue: both are given.

    Examples:
        >>> headed({"population": {"2018": "p18"}, "area": "km2"}, {})[1]
        HeadedColumn(column='km2', measure='area', period=None)
        >>> headed({"population": "people"}, {})
        ()
    """
    if wide and years:
        raise InvalidValue(
            "period_columns are of a long table: of a wide one name those of each measure, as "
            "wide={'population': ['2018', '2019']}"
        )
    if all(isinstance(headers, str) for headers in wide.values()):
        return tuple(HeadedColumn(column, None, period) for period, column in years.items())
    return tuple(
        HeadedColumn(column, measure, period)
        for measure, headers in wide.items()
        for period, column in ({None: headers} if isinstance(headers, str) else headers).items()
    )


def as_long(
    frame: Frame, columns: tuple[HeadedColumn, ...], period: str, measure: str, value: str
) -> Frame:
    """A table with a row for each of the figures that stand side by side in some columns.

    Args:
        frame: the table.
        columns: which of its columns, and what they are of.
        period, measure, value: how the columns are to be called that say so.

    Raises:
        InvalidValue: a column is not there, stands twice, or one is called as a new one is.
    """
    schema = dict(frame.collect_schema())
    made = {_name_in(schema, column.column): column for column in columns}
    if len(made) < len(columns):
        raise InvalidValue("one column of figures is named twice: name each once")
    named = columns[0].measure is not None
    kept = [name for name in schema if name not in made]
    for name in (period, value, *([measure] if named else [])):
        if name in kept:
            raise InvalidValue(
                f"the table has a column {shown(name)} beside those of periods: leave it out, or "
                f"rename it"
            )
    alike = _alike([schema[name] for name in made])
    periods = [column.period for column in columns]
    kind: Any = nw.Int64() if None not in periods else nw.Float64()  # as pandas has holes
    if not all(one is None or one.isdigit() for one in periods):
        kind = nw.String()
    blocks = []
    for name, one in made.items():
        figure = nw.col(name) if alike is None else nw.col(name).cast(alike)
        own = [figure.alias(value), _when(one.period, kind).alias(period)]
        if named:
            own.append(nw.lit(one.measure).alias(measure))
        blocks.append(frame.select(*kept, *own))
    return nw.concat(blocks, how="vertical")


def _when(period: str | None, kind: Any) -> nw.Expr:
    if period is None or kind == nw.String:
        return nw.lit(period).cast(kind)
    return nw.lit(int(period)).cast(kind)


def _name_in(schema: Mapping[str, Any], column: Any) -> str:
    for name in (column, str(column)):
        if name in schema:
            return str(name) if isinstance(name, str) else name
    text = some([shown(name) for name in schema], _MOST_TOLD)
    raise InvalidValue(f"the table has no column {shown(column)}: it has {text}")


def _alike(types: list[Any]) -> Any:
    """What columns are cast to, so that they can stand in one; `None` where they can."""
    if all(dtype == types[0] for dtype in types):
        return None
    return nw.Float64() if all(dtype.is_numeric() for dtype in types) else nw.String()
