"""Backends: the frames that narwhals knows, and small tables made on the same backend."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from io import BytesIO
from typing import Any, cast

import narwhals as nw

from bajio.errors import BajioError, InvalidData, InvalidValue, MissingExtra, shown

#: What plans are made of: frames that are not lazy have the same methods, and come through too.
Frame = nw.LazyFrame[Any]
_TYPES = {str: nw.String(), int: nw.Int64()}
_SPARK = {str: "string", int: "bigint"}
_DUCKDB = {str: "VARCHAR", int: "BIGINT"}


def known_frame(given: Any, what: str) -> Frame:
    """A native frame as narwhals sees it.

    Raises:
        InvalidValue: narwhals knows no such thing.
    """
    try:
        frame = cast("Frame", nw.from_native(given))
        names = list(frame.collect_schema())
    except nw.exceptions.DuplicateError:
        raise InvalidValue(f"{what} has two columns of one name: rename one of them") from None
    except (TypeError, ValueError):
        raise InvalidValue(
            f"{what} is a {type(given).__name__}: give a frame of polars, pandas, pyarrow, "
            "DuckDB or PySpark"
        ) from None
    for name in names:
        if isinstance(name, tuple):
            raise InvalidValue(
                f"{what} has columns of several levels, as {shown(name)}: give them one name each"
            )
    return frame


def columns_of(given: Any, what: str) -> tuple[list[str], list[list[Any]]]:
    """Names and cells of the columns of a native frame; what is not a number is `None`.

    Raises:
        InvalidValue: narwhals knows no such thing.
    """
    frame = known_frame(given, what)
    with refusing():
        eager = frame.collect() if isinstance(frame, nw.LazyFrame) else cast("Any", frame)
        columns = [eager[name].to_list() for name in eager.columns]
    return list(eager.columns), [[_cell(cell) for cell in column] for column in columns]


def parquet_columns(content: bytes, file: str) -> tuple[list[str], list[list[Any]]]:
    """Names and cells of the columns of a Parquet file, by whatever reads it that is installed.

    Args:
        content: what the file holds.
        file: its name, for errors.

    Raises:
        InvalidData: it is damaged.
        MissingExtra: nothing that reads it is installed.
    """
    for backend in ("polars", "pyarrow", "pandas"):
        if find_spec(backend) is None:
            continue
        try:
            return columns_of(nw.read_parquet(BytesIO(content), backend=backend).to_native(), file)
        except Exception as error:  # noqa: BLE001  # of whatever kind a backend has
            problem = shown(str(error).strip().partition("\n")[0], 200)
            raise InvalidData(f"no Parquet file can be read: {problem}", file=file) from None
    raise MissingExtra("tables", "polars or pyarrow", "Parquet")


_WRITTEN = {
    "integer": nw.Int64(),
    "number": nw.Float64(),
    "boolean": nw.Boolean(),
    "string": nw.String(),
}
_WRITERS = ("polars", "pandas", "pyarrow")


def frame_from(columns: Mapping[str, list[Any]], types: Mapping[str, str], backend: str) -> Any:
    """A native frame of columns with types: "integer", "number", "boolean" or "string".

    Raises:
        InvalidValue: another backend than polars, pandas and pyarrow.
        MissingExtra: it is not installed.
    """
    if backend not in _WRITERS:
        raise InvalidValue(f"{shown(backend)} is no backend of frames: {', '.join(_WRITERS)} are")
    if find_spec(backend) is None:
        raise MissingExtra("frames", backend)
    schema = {name: _WRITTEN[types[name]] for name in columns}
    if backend == "pandas":  # whose plain types have no whole number that is missing
        pandas = nw.Implementation.PANDAS.to_native_namespace()
        named = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}
        made = {
            name: pandas.array(column, dtype=named[types[name]]) for name, column in columns.items()
        }
        return pandas.DataFrame(made)
    return nw.from_dict(columns, schema, backend=cast("Any", backend)).to_native()


def parquet_of(columns: Mapping[str, list[Any]], types: Mapping[str, str]) -> bytes:
    """Columns as a Parquet file, by whatever writes it that is installed.

    Raises:
        MissingExtra: nothing that writes it is installed.
    """
    for backend in ("polars", "pyarrow"):
        if find_spec(backend) is not None:
            target = BytesIO()
            nw.from_native(frame_from(columns, types, backend)).write_parquet(target)
            return target.getvalue()
    raise MissingExtra("tables", "polars or pyarrow", "Parquet")


def _cell(cell: Any) -> Any:
    """A cell as Python has it; pandas cannot tell what is missing from what is no number."""
    plain = cell.item() if hasattr(cell, "item") else cell
    return None if isinstance(plain, float) and plain != plain else plain  # noqa: PLR0124


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


def backend_of(frame: Frame) -> str:
    """The backend's name: `polars`, `pandas`, `pyarrow`, `duckdb`, `pyspark`, ..."""
    return str(frame.implementation).lower()


def as_beside(frame: Frame, other: Frame, what: str) -> Frame:
    """A frame made lazy where the one that it is joined to is.

    Raises:
        InvalidValue: they are of different backends, or only this one is lazy.
    """
    if backend_of(frame) != backend_of(other):
        raise InvalidValue(
            f"{what} is a frame of {backend_of(frame)}, the table one of {backend_of(other)}: "
            "give both on the same backend"
        )
    if is_lazy(frame) and not is_lazy(other):
        raise InvalidValue(f"{what} is lazy and the table is not: give both in the same way")
    return frame.lazy() if is_lazy(other) and not is_lazy(frame) else frame


def is_lazy(frame: Frame) -> bool:
    """Whether a frame is a plan that has not run."""
    return bool(isinstance(frame, nw.LazyFrame))


def small(
    columns: Mapping[str, Sequence[str | int | None]], kinds: Sequence[type], like: Frame
) -> Frame:
    """A small table on the backend of another, in the same session, without running anything.

    Args:
        columns: values by name, all of one length.
        kinds: `str` or `int` for each column.
        like: the frame that it will be joined to.
    """
    native: Any = like.to_native()
    backend = backend_of(like)
    if backend == "duckdb":
        return known_frame(_duckdb(columns, kinds, native), "a table")
    if hasattr(native, "sparkSession"):
        schema = ", ".join(
            f"`{name}` {_SPARK[kind]}" for name, kind in zip(columns, kinds, strict=True)
        )
        rows = list(zip(*columns.values(), strict=True))
        return known_frame(native.sparkSession.createDataFrame(rows, schema), "a table")
    types: dict[str, Any] = {}
    cells: dict[str, list[Any]] = {}
    for (name, own), kind in zip(columns.items(), kinds, strict=True):
        holes = kind is int and None in own  # which pandas has in floats only
        types[name] = nw.Float64() if holes else _TYPES[kind]
        cells[name] = [None if one is None else float(one) for one in own] if holes else [*own]
    made = nw.from_dict(cells, types, backend=like.implementation)
    return cast("Frame", made.lazy() if is_lazy(like) else made)


def _duckdb(
    columns: Mapping[str, Sequence[str | int | None]], kinds: Sequence[type], relation: Any
) -> Any:
    """Values as a relation of the same connection, which only another relation can reach."""
    lists = ", ".join(
        f'unnest([{", ".join(map(_literal, cells))}]::{_DUCKDB[kind]}[]) AS "{name}"'
        for (name, cells), kind in zip(columns.items(), kinds, strict=True)
    )
    return relation.limit(0).aggregate("count(*) AS n").project(lists)


def _literal(cell: str | int | None) -> str:
    if cell is None:
        return "NULL"
    return str(cell) if isinstance(cell, int) else "'" + cell.replace("'", "''") + "'"
