"""Backends: the frames that narwhals knows, and small tables made on the same backend."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, cast

import narwhals as nw

from bajio.engines.frame.sql_frames import (
    MOST_CELLS,
    SqlFrame,
    known_to_sql,
    of_cells,
    speaks_sql,
    stacked as stacked_in_sql,
)
from bajio.errors import BajioError, InvalidValue, shown

#: What plans are made of: frames that are not lazy have the same methods, and come through too.
Frame = nw.LazyFrame[Any]
#: Whether PySpark tells where columns are made; `None` until it has asked its session.
_CALL_SITES = "_enable_debugging_cache"
_TYPES = {str: nw.String(), int: nw.Int64()}
_SPARK = {str: "string", int: "bigint"}


def known_frame(value: Any, what: str) -> Frame:
    """A native frame as narwhals sees it.

    Raises:
        InvalidValue: narwhals knows no such thing.
    """
    try:
        frame = cast("Frame", nw.from_native(value))
        names = list(frame.collect_schema())
    except nw.exceptions.DuplicateError:
        raise InvalidValue(f"{what} has two columns of one name: rename one of them") from None
    except (TypeError, ValueError):
        raise InvalidValue(
            f"{what} is a {type(value).__name__}: give a frame of polars, pandas, pyarrow, "
            "DuckDB or PySpark"
        ) from None
    for name in names:
        if isinstance(name, tuple):
            raise InvalidValue(
                f"{what} has columns of several levels, as {shown(name)}: give them one name each"
            )
    return frame


@contextmanager
def refusing() -> Iterator[None]:
    """Turns what a backend says of a plan that it does not take into a refusal.

    What is beyond floats becomes a reason in the answer, and no warning of numpy.

    Raises:
        InvalidValue: the backend raised anything.
    """
    numpy = nw.dependencies.get_numpy()
    quiet = nullcontext() if numpy is None else numpy.errstate(over="ignore", invalid="ignore")
    try:
        with quiet:
            yield
    except BajioError:
        raise
    except Exception as error:
        problem = shown(str(error).strip().partition("\n")[0], 200)
        raise InvalidValue(
            f"the table cannot be evaluated where it is: {type(error).__name__}: {problem}"
        ) from error


@contextmanager
def without_call_sites() -> Iterator[None]:
    """Keeps PySpark from telling Java of each column which line made it.

    It asks Java a dozen times for each, which is most of the time that a plan takes, and the lines
    would be of this package. What the user makes afterwards is told as before.
    """
    module = sys.modules.get("pyspark.errors.utils")
    was = getattr(module, _CALL_SITES, False)
    if was is False:  # there is none, or it tells nothing already
        yield
        return
    setattr(module, _CALL_SITES, False)
    try:
        yield
    finally:
        setattr(module, _CALL_SITES, was)


def backend_of(frame: Frame) -> str:
    """The backend's name: `polars`, `pandas`, `pyarrow`, `duckdb`, `pyspark`, ..."""
    return str(frame.implementation).lower()


def as_beside(frame: Frame, other: Frame, what: str) -> Frame:
    """A frame made lazy where the one that it is joined to is.

    Raises:
        InvalidValue: they are of different backends or connections, or only this one is lazy.
    """
    if backend_of(frame) != backend_of(other):
        raise InvalidValue(
            f"{what} is a frame of {backend_of(frame)}, the table one of {backend_of(other)}: "
            "give both on the same backend"
        )
    if _connection(frame) is not _connection(other):
        raise InvalidValue(
            f"{what} is of another connection of {backend_of(frame)} than the table: give both of "
            "one connection"
        )
    if is_lazy(frame) and not is_lazy(other):
        raise InvalidValue(f"{what} is lazy and the table is not: give both in the same way")
    return frame.lazy() if is_lazy(other) and not is_lazy(frame) else frame


def _connection(frame: Frame) -> Any:
    """What a relation of DuckDB reads from, where that is to be had; `None` of all others."""
    return getattr(_home(frame).to_native(), "_con", None)


def is_lazy(frame: Frame) -> bool:
    """Whether a frame is a plan that has not run."""
    return bool(isinstance(frame, nw.LazyFrame | SqlFrame))


def planned(frame: Frame) -> Frame:
    """A frame as plans are made of it: written down where its library speaks SQL."""
    return cast("Frame", known_to_sql(frame)) if speaks_sql(frame) else frame


def given_column(frame: Frame, name: str) -> tuple[Frame, str]:
    """The frame and the name that a column has where it was given, as far as it is as it was."""
    found = frame.given(name) if isinstance(frame, SqlFrame) else None
    return (frame, name) if found is None else found


def stacked(frames: Sequence[Frame]) -> Frame:
    """The rows of some frames, one after the other."""
    if any(speaks_sql(frame) for frame in frames):
        return cast("Frame", stacked_in_sql([known_to_sql(frame) for frame in frames]))
    return nw.concat(frames, how="vertical")


def _home(frame: Frame) -> Frame:
    return cast("Frame", frame.home) if isinstance(frame, SqlFrame) else frame


def small(
    columns: Mapping[str, Sequence[str | int | None]], kinds: Sequence[type], like: Frame
) -> Frame:
    """A small table on the backend of another, in the same session, without running anything.

    Args:
        columns: values by name, all of one length.
        kinds: `str` or `int` for each column.
        like: the frame that it will be joined to.
    """
    cells_in_all = sum(map(len, columns.values()))
    if speaks_sql(like) and (backend_of(like) == "duckdb" or cells_in_all <= MOST_CELLS):
        return cast("Frame", of_cells(columns, kinds, like))
    native: Any = _home(like).to_native()
    if hasattr(native, "sparkSession"):
        schema = ", ".join(
            f"`{name}` {_SPARK[kind]}" for name, kind in zip(columns, kinds, strict=True)
        )
        rows = list(zip(*columns.values(), strict=True))
        beside = known_frame(native.sparkSession.createDataFrame(rows, schema), "a table")
        return planned(beside)
    types: dict[str, Any] = {}
    cells: dict[str, list[Any]] = {}
    for (name, column), kind in zip(columns.items(), kinds, strict=True):
        holes = kind is int and None in column  # which pandas has in floats only
        types[name] = nw.Float64() if holes else _TYPES[kind]
        cells[name] = (
            [None if cell is None else float(cell) for cell in column] if holes else [*column]
        )
    made = nw.from_dict(cells, types, backend=like.implementation)
    return cast("Frame", made.lazy() if is_lazy(like) else made)
