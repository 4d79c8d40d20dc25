"""A catalogue as it is held, in JSON: values that were checked when it was written, made at once.

`scripts/compile_tables.py` writes that of the bundled package beside its compiled tables: a command
that answers once and ends would spend a tenth of its time on checking what was checked before.
The first line has checksums of the files that it was made of and of what follows, which begins with
the fields of its classes: where one of these is another, the files are read and checked.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar
from zlib import crc32

from attrs import AttrsInstance, fields, fields_dict, has

from bajio.facts.areas import Area
from bajio.facts.currencies import Currency
from bajio.facts.gazetteer import Gazetteer
from bajio.facts.measures import Kind, Measure, Prices, Time
from bajio.facts.outlines import Outlines
from bajio.facts.periods import Frequency
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.facts.series import Series
from bajio.facts.sources import Source
from bajio.labels import Label
from bajio.mappings import FrozenDict
from bajio.units import Unit, as_unit

_KINDS = (
    Area,
    Currency,
    Gazetteer,
    Measure,
    Membership,
    Outlines,
    PeerGroup,
    Region,
    Series,
    Source,
)
Thing = TypeVar("Thing", bound=AttrsInstance)


def held(parts: Mapping[str, object], files: Iterable[bytes]) -> bytes:
    """A catalogue in JSON, after its checksums.

    Args:
        parts: lists and mappings of values, by what they are.
        files: the contents of those that it was made of.
    """
    every = {"fields": _fields(), **parts}
    told = ",\n".join(f"{json.dumps(name)}: {_lines(part)}" for name, part in every.items())
    body = f"{{\n{told}\n}}\n".encode()
    return _seal(body, files) + b"\n" + body


def read_held(content: bytes, files: Iterable[bytes]) -> dict[str, Any] | None:
    """The parts of a catalogue; `None` where it is of other files or fields, or damaged.

    Args:
        content: what was written; empty where there is nothing.
        files: the contents of those that it was made of, as they are.
    """
    seal, _, body = content.partition(b"\n")
    if seal != _seal(body, files):
        return None
    parts: dict[str, Any] = json.loads(body)
    return parts if parts["fields"] == _fields() else None


def _fields() -> dict[str, list[str]]:
    """What the cells of each class are: where that has changed since, none is taken."""
    return {kind.__name__: list(fields_dict(kind)) for kind in _KINDS}


def _seal(body: bytes, files: Iterable[bytes]) -> bytes:
    sums = " ".join(f"{crc32(file):08x}" for file in (*files, body))
    return sums.encode()


def _lines(part: object) -> str:
    """A part in JSON, each of its things in a line."""
    cells = _cell(part)
    if isinstance(cells, dict):
        lines = (f"{json.dumps(key)}: {_line(cell)}" for key, cell in cells.items())
        return "{\n" + ",\n".join(lines) + "\n}"
    if isinstance(cells, list):
        return "[\n" + ",\n".join(map(_line, cells)) + "\n]"
    return _line(cells)


def _line(cell: object) -> str:
    return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))


def _cell(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Mapping):
        return {key: _cell(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_cell(part) for part in value]
    if isinstance(value, Unit | Fraction):
        return str(value)
    if has(type(value)) and not callable(value):
        return [_cell(getattr(value, part.name)) for part in fields(type(value)) if part.init]
    if isinstance(value, Enum):
        return value.value
    return None if callable(value) else value  # what gives a table, or shapes, is put in anew


def areas(rows: Iterable[list[Any]]) -> list[Area]:
    """Areas as they were."""
    return list(_restored(Area, rows, _AREA))


def region(cells: list[Any]) -> Region:
    """A region as it was."""
    return Region(**_by_field(Region, cells))


def group(cells: list[Any]) -> PeerGroup:
    """A peer group as it was."""
    return PeerGroup(**_by_field(PeerGroup, cells))


def _by_field(kind: type[Region | PeerGroup], cells: list[Any]) -> dict[str, Any]:
    """What a region, or a group, is made of anew: one of many, and cheap beside its stays."""
    names = [attribute.alias for attribute in fields(kind) if attribute.init]
    turned = (tuple(cell) if isinstance(cell, list) else cell for cell in cells)
    values = dict(zip(names, turned, strict=True))
    return {**values, "memberships": _restored(Membership, values["memberships"], {})}


def measures(rows: Iterable[list[Any]]) -> list[Measure]:
    """Measures as they were."""
    return list(_restored(Measure, rows, _MEASURE))


def sources(rows: Iterable[list[Any]]) -> list[Source]:
    """Sources as they were."""
    return list(_restored(Source, rows, {"editions": tuple}))


def series(rows: Iterable[list[Any]], loads: Iterable[Callable[..., Any]]) -> Iterator[Series]:
    """Series as they were, each with what gives its table."""
    return _restored(Series, rows, _SERIES, loads)


def gazetteer(rows: Iterable[list[Any]], loads: Iterable[Callable[..., Any]]) -> Gazetteer:
    """A gazetteer of outlines alone as it was, each with what gives its shapes."""
    shapes = _restored(Outlines, rows, {"source": _source, "kinds": tuple}, loads)
    [restored] = _restored(Gazetteer, [[(), (), (), (), tuple(shapes), FrozenDict()]], {})
    return restored


def _restored(
    kind: type[Thing],
    rows: Iterable[list[Any]],
    turned: Mapping[str, Callable[[Any], Any]],
    loads: Iterable[Callable[..., Any]] = (),
) -> Iterator[Thing]:
    """Values of a class by the cells of their fields, which are as a constructor would leave them.

    Args:
        kind: the class.
        rows: the cells of each value.
        turned: what makes of a cell what it was, by field, where JSON has another type.
        loads: for each value what it has as `load`, where it has such.
    """
    set_field = object.__setattr__
    parts = [
        (name, turned.get(name)) for name, attribute in fields_dict(kind).items() if attribute.init
    ]
    values = []
    for cells in rows:
        value = object.__new__(kind)
        for (name, turn), cell in zip(parts, cells, strict=True):
            set_field(value, name, cell if turn is None or cell is None else turn(cell))
        values.append(value)
    for value, load in zip(values, loads, strict=False):
        set_field(value, "load", load)
    return iter(values)


def _label(texts: dict[str, str]) -> Label:
    label = object.__new__(Label)
    object.__setattr__(label, "_texts", tuple(texts.items()))
    return label


def _source(cells: list[Any]) -> Source:
    [source] = sources([cells])
    return source


def _currency(cell: Any) -> Any:
    return cell if isinstance(cell, str) else tuple(_restored(Currency, cell, {}))


def _pairs(cell: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, cell))


_AREA = {"names": _label, "currency": _currency, "aliases": tuple, "identifiers": tuple}
_MEASURE: dict[str, Callable[[Any], Any]] = {
    "label": _label,
    "unit": as_unit,
    "kind": Kind,
    "time": Time,
    "prices": Prices,
    "minimum": Fraction,
    "dimensions": tuple,
    "classifications": _pairs,
    "description": _label,
}
_SERIES: dict[str, Callable[[Any], Any]] = {
    "unit": as_unit,
    "frequency": Frequency,
    "kinds": tuple,
    "laid": tuple,
}
