"""A catalogue as it is held, in JSON: values that were checked when it was written, made at once.

`scripts/compile_tables.py` writes that of the bundled package beside its compiled tables: a command
that answers once and ends would spend a tenth of its time on checking what was checked before.
The first line has checksums of the files that it was made of and of what follows, which begins with
the fields of its classes: where one of these is another, the files are read and checked.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction
from functools import partial
from typing import Any
from zlib import crc32

from attrs import AttrsInstance, fields, fields_dict, has

from bajio.facts.areas import Area
from bajio.facts.currencies import Currency
from bajio.facts.gazetteer import Gazetteer
from bajio.facts.measures import Kind, Measure, Prices, Time
from bajio.facts.outlines import Outlines
from bajio.facts.periods import Frequency
from bajio.facts.regions import Charter, Membership, PeerGroup, Region
from bajio.facts.restoration import Thing
from bajio.facts.series import Series
from bajio.facts.sources import Source
from bajio.labels import Label
from bajio.rules.rule import Rule
from bajio.units import Unit

Kinds = Iterable[type[AttrsInstance]]
Turned = Mapping[type[AttrsInstance], Mapping[str, Callable[[Any], Any]]]
_KINDS = (
    Area,
    Charter,
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


def held(parts: Mapping[str, object], files: Iterable[bytes], kinds: Kinds = _KINDS) -> bytes:
    """A catalogue in JSON, after its checksums.

    Args:
        parts: lists and mappings of values, by what they are.
        files: the contents of those that it was made of.
        kinds: all classes of values in it.
    """
    every = {"fields": _fields(kinds), **parts}
    told = ",\n".join(f"{json.dumps(name)}: {_lines(part)}" for name, part in every.items())
    body = f"{{\n{told}\n}}\n".encode()
    return _seal(body, files) + b"\n" + body


def read_held(
    content: bytes, files: Iterable[bytes], kinds: Kinds = _KINDS
) -> dict[str, Any] | None:
    """The parts of a catalogue; `None` where it is of other files or fields, or damaged.

    Args:
        content: what was written; empty where there is nothing.
        files: the contents of those that it was made of, as they are.
        kinds: all classes of values in it.
    """
    seal, _, body = content.partition(b"\n")
    if seal != _seal(body, files):
        return None
    parts: dict[str, Any] = json.loads(body)
    return parts if parts["fields"] == _fields(kinds) else None


def _fields(kinds: Kinds) -> dict[str, list[str]]:
    """What the cells of each class are: where that has changed since, none is taken."""
    return {kind.__name__: list(fields_dict(kind)) for kind in kinds}


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
    if isinstance(value, tuple | list | frozenset):
        return [_cell(part) for part in value]
    if isinstance(value, Unit | Fraction):
        return str(value)
    if has(type(value)) and not callable(value):
        cells = [_cell(getattr(value, part.name)) for part in fields(type(value))]
        return [type(value).__name__, value.extent, *cells] if isinstance(value, Rule) else cells
    if isinstance(value, Enum):
        return value.value
    return None if callable(value) else value  # what gives a table, or shapes, is put in anew


def all_of(
    kind: type[Thing],
    rows: Iterable[list[Any]],
    loads: Iterable[Callable[..., Any]] = (),
    turned: Turned | None = None,
) -> tuple[Thing, ...]:
    """Values of a class as they were.

    Args:
        kind: the class.
        rows: the cells of each value, in the order of its fields.
        loads: for each value what it has as `load`, where it has such.
        turned: what makes of a cell what it was, by class and field, where JSON has another type;
            that of the classes of a catalogue, if not given.
    """
    own = (_TURNED if turned is None else turned).get(kind, {})
    names = [(name, own.get(name)) for name in fields_dict(kind)]
    set_field = object.__setattr__  # as `restored` does, for very many values
    values = []
    for cells in rows:
        value = object.__new__(kind)
        for (name, turn), cell in zip(names, cells, strict=True):
            set_field(value, name, cell if turn is None or cell is None else turn(cell))
        values.append(value)
    for value, load in zip(values, loads, strict=False):
        set_field(value, "load", load)
    return tuple(values)


def one_of(kind: type[Thing], cells: list[Any]) -> Thing:
    """A value of a class of the catalogue as it was."""
    [value] = all_of(kind, [cells])
    return value


def label(texts: dict[str, str]) -> Label:
    """A label as it was."""
    found = object.__new__(Label)
    object.__setattr__(found, "_texts", tuple(texts.items()))
    return found


def _labels(cells: list[dict[str, str]]) -> tuple[Label, ...]:
    return tuple(map(label, cells))


def _currency(cell: Any) -> Any:
    return cell if isinstance(cell, str) else all_of(Currency, cell)


def tuples(cells: list[Any]) -> tuple[Any, ...]:
    """A tuple as it was, with the tuples in it."""
    return tuple([tuples(cell) if type(cell) is list else cell for cell in cells])


_TURNED: Turned = {
    Area: {"names": label, "currency": _currency, "aliases": tuple, "identifiers": tuple},
    Charter: {
        "agreement": label,
        "pillars": _labels,
        "sectors": _labels,
        "agenda": _labels,
        "anchor_firms": tuples,
        "workshops": label,
        "governance": label,
        "aim": label,
    },
    Measure: {
        "label": label,
        "unit": Unit.parse,
        "kind": Kind,
        "time": Time,
        "prices": Prices,
        "minimum": Fraction,
        "dimensions": tuple,
        "classifications": tuples,
        "description": label,
    },
    Outlines: {"source": partial(one_of, Source), "kinds": tuple},
    PeerGroup: {
        "names": label,
        "memberships": partial(all_of, Membership),
        "regions": tuple,
        "aliases": tuple,
    },
    Region: {
        "memberships": partial(all_of, Membership),
        "names": label,
        "charter": partial(one_of, Charter),
        "aliases": tuple,
        "members": tuple,
    },
    Series: {"unit": Unit.parse, "frequency": Frequency, "kinds": tuple, "laid": tuple},
    Source: {"editions": tuple},
}
