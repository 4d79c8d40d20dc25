"""A catalogue as it is held, in JSON: values that were checked when it was written, made at once.

`scripts/compile_tables.py` writes that of the bundled package beside its compiled tables: a command
that answers once and ends would spend a tenth of its time on checking what was checked before.
The first line has checksums of the files that it was made of and of what follows, which begins with
the fields of its classes: where one of these is another, the files are read and checked.
"""

import json
from collections.abc import Iterable, Mapping
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
from bajio.facts.series import Series
from bajio.facts.sources import Source
from bajio.indicator import Better, Indicator
from bajio.labels import Label
from bajio.rules.algebra import Operator
from bajio.rules.nodes import Convert, Growth, Sum, WeightedMean
from bajio.rules.promises import Trait
from bajio.rules.rule import Arithmetic, Extent, Number, Rule
from bajio.units import Unit


def held(parts: Mapping[str, object], files: Iterable[bytes]) -> bytes:
    """A catalogue in JSON, after its checksums.

    Args:
        parts: lists and mappings of values, by what they are.
        files: the contents of those that it was made of.
    """
    every = {"fields": _NAMES, **parts}
    text = ",\n".join(f"{json.dumps(name)}: {_lines(part)}" for name, part in every.items())
    body = f"{{\n{text}\n}}\n".encode()
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
    return parts if parts["fields"] == _NAMES else None


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


def made(form: Any, cell: Any) -> Any:
    """What a cell was, made anew without a constructor: these check what enters, and once.

    Args:
        form: its class, or what makes it of the cell; within a list for a tuple of such, within a
            set for a frozen one; `None` for what JSON has as it is, in tuples.
        cell: in JSON; a text that stands for several is itself.
    """
    if type(form) is set:
        return frozenset(made([*form], cell))
    if form is None:
        return tuple([made(None, one) if type(one) is list else one for one in cell])
    several = type(form) is list
    if several and type(cell) is str:
        return cell
    [kind], rows = (form, cell) if several else ([form], [cell])
    if kind is Rule:
        [[name, *row]] = rows
        kind, rows = _RULES[name], [row]
    if kind not in _FIELDS:
        return tuple(map(kind, rows)) if several else kind(cell)
    values, fields_of_kind, set_field = [], _FIELDS[kind], object.__setattr__
    for row in rows:
        value = object.__new__(kind)
        for (name, turn), own in zip(fields_of_kind, row, strict=True):
            if turn is not None and own is not None:
                set_field(value, name, turn(own))
            else:
                set_field(value, name, made(None, own) if type(own) is list else own)
        values.append(value)
    return tuple(values) if several else values[0]


def _label(texts: dict[str, str]) -> Label:
    result = object.__new__(Label)
    object.__setattr__(result, "_texts", tuple(texts.items()))
    return result


#: All classes of which there are values in a catalogue, with the forms of their fields.
_PARTS: dict[type[AttrsInstance], dict[str, Any]] = {
    Area: {"names": _label, "currency": [Currency], "aliases": tuple, "identifiers": tuple},
    Arithmetic: {"operator": Operator, "left": Rule, "right": Rule},
    Charter: {
        "agreement": _label,
        "pillars": [_label],
        "sectors": [_label],
        "agenda": [_label],
        "workshops": _label,
        "governance": _label,
        "aim": _label,
    },
    Convert: {"rule": Rule},
    Currency: {},
    Gazetteer: {},
    Growth: {"rule": Rule},
    Indicator: {
        "rule": Rule,
        "unit": Unit.parse,
        "label": _label,
        "better": Better,
        "description": _label,
        "traits": {Trait},
    },
    Measure: {
        "label": _label,
        "unit": Unit.parse,
        "kind": Kind,
        "time": Time,
        "prices": Prices,
        "minimum": Fraction,
        "description": _label,
    },
    Membership: {},
    Number: {"value": Fraction},
    Outlines: {"source": Source},
    PeerGroup: {"names": _label, "memberships": [Membership]},
    Region: {"memberships": [Membership], "names": _label, "charter": Charter},
    Series: {"unit": Unit.parse, "frequency": Frequency, "kinds": tuple, "laid": tuple},
    Source: {},
    Sum: {},
    WeightedMean: {},
}
#: What the cells of each class are: where that has changed since, none is taken.
_NAMES = {kind.__name__: list(fields_dict(kind)) for kind in _PARTS}
_MADE = {*_PARTS, Rule}
_RULES = {kind.__name__: kind for kind in _PARTS if issubclass(kind, Rule)}
#: What makes of the cell of each field what it was; the forms of most are such already. How large
#: a rule is stands before its fields.
_FIELDS = {
    kind: [
        *([("_extent", Extent._make)] if issubclass(kind, Rule) else ()),
        *(
            (name, partial(made, form) if isinstance(form, list | set) or form in _MADE else form)
            for name, form in ((name, forms.get(name)) for name in _NAMES[kind.__name__])
        ),
    ]
    for kind, forms in _PARTS.items()
}
