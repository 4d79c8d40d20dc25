"""Documents as frames: the rows of CSV, with the types that the answer declares."""

from typing import Any

from bajio.report.column_types import column_types
from bajio.report.reports import Document


def frame_of(document: Document, backend: str) -> Any:
    """A document as a frame: one row an observation, with columns that depend on no answer.

    Args:
        document: an answer.
        backend: "polars", "pandas" or "pyarrow".

    Raises:
        InvalidValue: another backend.
        MissingExtra: it is not installed.
    """
    from bajio.engines.frame.whole_frames import frame_from

    types, rows = column_types(document), document.rows()
    columns = {name: [_cell(row.get(name), kind) for row in rows] for name, kind in types.items()}
    return frame_from(columns, types, backend)


def _cell(value: Any, kind: str) -> Any:
    if value is None or value == "":
        return None
    return {"number": float, "integer": int, "boolean": bool}.get(kind, str)(value)


def render(document: Document, _width: int | None = None) -> bytes:
    """A document as a Parquet file.

    Raises:
        MissingExtra: nothing that writes it is installed.
    """
    from bajio.engines.frame.whole_frames import parquet_of

    types, rows = column_types(document), document.rows()
    columns = {name: [_cell(row.get(name), kind) for row in rows] for name, kind in types.items()}
    return parquet_of(columns, types)
