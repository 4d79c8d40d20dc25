"""Frames read and made whole: of files and of columns, not as steps of a plan."""

from collections.abc import Mapping
from importlib.util import find_spec
from io import BytesIO
from typing import Any, cast

import narwhals as nw

from bajio.engines.frame.backend import Frame, known_frame, refusing
from bajio.errors import InvalidData, InvalidValue, MissingExtra, shown


def columns_of(value: Any, what: str) -> tuple[list[str], list[list[Any]]]:
    """Names and cells of the columns of a native frame; what is not a number is `None`.

    Raises:
        InvalidValue: narwhals knows no such thing.
    """
    frame = known_frame(value, what)
    with refusing():
        eager = frame.collect() if isinstance(frame, nw.LazyFrame) else cast("Any", frame)
        columns = [column.to_list() for column in eager.iter_columns()]
    return list(eager.columns), [[_cell(cell) for cell in column] for column in columns]


def looked_at(frame: Frame) -> Frame:
    """The rows of a small plan, which has run."""
    return cast("Frame", nw.from_native(frame.to_native()).collect())


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
    kind = type(plain).__name__  # what pandas alone has
    if kind in {"NAType", "NaTType", "Period"}:
        return str(plain) if kind == "Period" else None
    return None if isinstance(plain, float) and plain != plain else plain  # noqa: PLR0124
