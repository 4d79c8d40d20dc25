"""The same table on each backend, and its answers as plain rows."""

import math

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64()}
CONNECTION = duckdb.connect()


def arrow(columns, kinds):
    return pa.table(
        {
            n: pa.array(cells, _ARROW[k])
            for (n, cells), k in zip(columns.items(), kinds, strict=True)
        }
    )


BACKENDS = {
    "pandas": lambda table: table.to_pandas(),
    "pandas-arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.from_arrow,
    "polars-lazy": lambda table: pl.from_arrow(table).lazy(),
    "pyarrow": lambda table: table,
    "duckdb": CONNECTION.from_arrow,
}

#: Those that differ from one another in more than how they hold their cells.
QUICK = [name for name in BACKENDS if name not in {"pandas-arrow", "polars"}]
#: The backends as cases of a test: the others are among the slow ones.
EACH = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in BACKENDS]


def rows(frame):
    """Rows of a native frame as dicts, nulls of any kind as `None`."""
    known = nw.from_native(frame)
    if isinstance(known, nw.LazyFrame):
        known = known.collect()
    return [
        {name: plain(cell) for name, cell in row.items()} for row in known.iter_rows(named=True)
    ]


def plain(cell):
    if cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell)):
        return None
    return cell


def by_key(frame, *keys):
    """Rows by the values of some columns, each once."""
    found = {}
    for row in rows(frame):
        key = tuple(row[name] for name in keys)
        assert key not in found, key
        found[key] = row
    return found
