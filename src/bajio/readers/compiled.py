"""Tables as they are held, in JSON: what has been read and checked once needs neither again.

The bundled tables are compiled by `scripts/compile_tables.py`, as Python compiles its modules: a
command that answers once and ends would spend a fifth of its time on cutting and checking them.
The first line of each has the hash of the files that it was made of, and a checksum of what
follows: where one of them is another, the table is read from its files.
"""

import json
from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from zlib import crc32

from bajio.facts.observations import Exact, Key, Mark
from bajio.facts.tables import Cells, HeldCells, SeriesTable


def compiled(table: SeriesTable, sha256: str) -> bytes:
    """A table in JSON, after its hash and its checksum.

    Args:
        table: whose figures are whole numbers and decimals.
        sha256: of the files that it was read from.
    """
    values = ",\n".join(_block(key, by_area) for key, by_area in table.values.items())
    marks = ",\n".join(
        json.dumps((*place, *mark), ensure_ascii=False) for place, mark in table.marks.items()
    )
    return _sealed(f'{{"values": [\n{values}],\n"marks": [\n{marks}]}}\n', sha256)


def compiled_rows(rows: Iterable[Mapping[str, str]], sha256: str) -> bytes:
    """A table that holds no observations in JSON, likewise.

    Args:
        rows: each of them, by column.
        sha256: of the files that it was read from.
    """
    lines = ",\n".join(json.dumps(dict(row), ensure_ascii=False) for row in rows)
    return _sealed(f"[\n{lines}]\n", sha256)


def _sealed(text: str, sha256: str) -> bytes:
    body = text.encode()
    return _seal(body, sha256) + b"\n" + body


def _seal(body: bytes, sha256: str) -> bytes:
    """The line above what was compiled: it is of other files, or damaged, where it has another."""
    return f"{sha256} {crc32(body):08x}".encode()


def _block(key: Key, by_area: Mapping[str, Cells]) -> str:
    """The figures under a key: the areas, and for each period what it has of each of them.

    A question reads all areas of few periods more often than all periods of few areas.
    """
    periods = sorted({period for cells in by_area.values() for period in cells})
    columns = ",\n".join(
        f"{json.dumps(period)}:{json.dumps(_text(by_area.values(), period))}" for period in periods
    )
    return f"[{json.dumps(key)}, {json.dumps(list(by_area))}, {{\n{columns}\n}}]"


def _text(areas: Iterable[Cells], period: str) -> str:
    return ";".join(_number(cells[period]) if period in cells else "" for cells in areas)


def _number(value: Exact | Decimal) -> str:
    if not isinstance(value, int | Decimal):
        raise TypeError(f"{value!r} is neither a whole number nor a decimal")
    return str(value)


def read_compiled(content: bytes, sha256: str, known: Container[str]) -> SeriesTable | None:
    """The table that was compiled; `None` where it is of other files or areas, or damaged.

    Args:
        content: what was written; empty where there is nothing.
        sha256: of the files as they are.
        known: the areas that may appear.
    """
    seal, _, body = content.partition(b"\n")
    if seal != _seal(body, sha256):
        return None
    table = json.loads(body)
    values: dict[Key, dict[str, Cells]] = {}
    for key, areas, columns in table["values"]:
        values[tuple(key)] = {area: HeldCells(columns, at) for at, area in enumerate(areas)}
    if not all(all(map(known.__contains__, by_area)) for by_area in values.values()):
        return None
    marks = {
        (tuple(key), area, period): Mark(status, note)
        for key, area, period, status, note in table["marks"]
    }
    return SeriesTable(values, marks)


def read_compiled_rows(content: bytes, sha256: str) -> list[dict[str, str]] | None:
    """The rows that were compiled; `None` where they are of other files, or damaged.

    Args:
        content: what was written; empty where there is nothing.
        sha256: of the files as they are.
    """
    seal, _, body = content.partition(b"\n")
    if seal != _seal(body, sha256):
        return None
    rows: list[dict[str, str]] = json.loads(body)
    return rows
