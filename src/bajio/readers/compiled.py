"""Tables as they are held: what has been read and checked once needs neither again.

The bundled tables are compiled by `scripts/compile_tables.py`, as Python compiles its modules: a
command that answers once and ends would spend a fifth of its time on cutting and checking them.
The first line of each has the hash of the files that it was made of, and a checksum of what
follows: where one of them is another, the table is read from its files.
"""

import json
from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from itertools import count, repeat
from zlib import crc32

from bajio.facts.areas import Areas
from bajio.facts.observations import Exact, Key, Mark
from bajio.facts.restoration import restored
from bajio.facts.tables import Cells, HeldCells, SeriesTable
from bajio.mappings import FrozenDict


def compiled(table: SeriesTable, sha256: str) -> bytes:
    """A table, after its hash and its checksum: what there is in JSON, then the figures.

    These stand in a line for each key and period, that of an area in the place of the area: a
    question reads all areas of few periods more often than all periods of few areas.

    Args:
        table: whose figures are whole numbers and decimals.
        sha256: of the files that it was read from.
    """
    keys = ",\n".join(_head(key, by_area) for key, by_area in table.values.items())
    marks = ",\n".join(
        json.dumps((*place, *mark), ensure_ascii=False) for place, mark in table.marks.items()
    )
    columns = [_column(by_area, one) for by_area in table.values.values() for one in _of(by_area)]
    head = f'{{"keys": [\n{keys}],\n"marks": [\n{marks}]}}'
    return _sealed("\n".join([head, "", *columns]), sha256)


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


def _head(key: Key, by_area: Mapping[str, Cells]) -> str:
    """A key with its areas, the periods that each has in bits, and the periods."""
    periods = _of(by_area)
    bits = [
        sum(1 << position for position, period in enumerate(periods) if period in cells)
        for cells in by_area.values()
    ]
    return json.dumps([key, list(by_area), bits, periods], ensure_ascii=False)


def _of(by_area: Mapping[str, Cells]) -> list[str]:
    """The periods that there are figures of."""
    return sorted({period for cells in by_area.values() for period in cells})


def _column(by_area: Mapping[str, Cells], period: str) -> str:
    return f"[{','.join(_number(cells.get(period)) for cells in by_area.values())}]"


def _number(value: Exact | Decimal | None) -> str:
    if not isinstance(value, int | Decimal | None):
        raise TypeError(f"{value!r} is neither a whole number nor a decimal")
    return "null" if value is None else str(value)


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
    head, _, figures = body.partition(b"\n\n")
    table, lines = json.loads(head), iter(figures.split(b"\n"))
    values: dict[Key, FrozenDict[str, Cells]] = {}
    for key, areas, bits, periods in table["keys"]:
        others = set(areas).difference(known if isinstance(known, Areas) else ())
        if not all(map(known.__contains__, others)):
            return None
        columns = dict(zip(periods, lines, strict=False))
        cells = map(HeldCells, repeat(columns), count(), bits)
        values[tuple(key)] = FrozenDict(zip(areas, cells, strict=False))
    marks = {
        (tuple(key), area, period): Mark(status, note)
        for key, area, period, status, note in table["marks"]
    }
    return restored(SeriesTable, {"values": FrozenDict(values), "marks": FrozenDict(marks)})


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
