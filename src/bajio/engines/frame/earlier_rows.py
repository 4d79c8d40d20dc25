"""Rows beside those of earlier years, where a library can hold a result that is read twice.

DuckDB works out a relation anew for each place that reads it. A common table expression that it is
told to hold is worked out once, and its own join takes less time and memory than rows that enter
the groups of several years.
"""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from bajio.engines.frame.backend import Frame, backend_of, known_frame

#: A column that says whether a row is one of its own, and not only there for others: above 0.
PRESENT = "_present"


def can_hold(frame: Frame) -> bool:
    """Whether the library of a frame holds a result that is read twice, if it is told to."""
    return backend_of(frame) == "duckdb"


def beside_earlier(
    frame: Frame, keys: Sequence[str], year: str, wanted: Mapping[str, tuple[str, int]]
) -> Frame:
    """The rows that are there, with columns of their own year and of earlier ones.

    Args:
        frame: of DuckDB, with a row for each of the keys, and the column `PRESENT`.
        keys: columns that tell rows apart, the year among them.
        year: which of them is the year.
        wanted: the column and the lag of each column that there shall be.
    """
    name = f"bajio_{uuid4().hex}"  # a view of its own, where DuckDB makes one
    lags = sorted({lag for _, lag in wanted.values() if lag})
    columns = [f'own."{key}"' for key in keys]
    columns += [
        f'{f"lag{lag}" if lag else "own"}."{column}" AS "{to}"'
        for to, (column, lag) in wanted.items()
    ]
    joins = ""
    for lag in lags:
        same = [
            f'lag{lag}."{key}" + {lag} = own."{key}"'
            if key == year
            else f'lag{lag}."{key}" IS NOT DISTINCT FROM own."{key}"'
            for key in keys
        ]
        joins += f" LEFT JOIN held AS lag{lag} ON {' AND '.join(same)}"
    query = (
        f"WITH held AS MATERIALIZED (SELECT * FROM {name}) "  # noqa: S608  # names are its own
        f'SELECT {", ".join(columns)} FROM held AS own{joins} WHERE own."{PRESENT}" > 0'
    )
    return known_frame(frame.to_native().query(name, query), "a table")
