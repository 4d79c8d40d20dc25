"""Columns of a table as its schema says: what is missing, how numbers are written, what holds."""

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from bajio.errors import InvalidData, InvalidValue, shown
from bajio.facts.columns import Columns
from bajio.facts.exact_figures import Figure, read_figure
from bajio.facts.measures import COLUMNS, Measure
from bajio.readers.delimited import Cells
from bajio.readers.descriptor import FieldSchema, Schema

_NUMBERS = {"number", "integer", "any", "string", ""}
_TEXTS = {"string", "any", ""}
_PERIODS = {*_TEXTS, "year", "yearmonth", "integer"}


class TableReading(NamedTuple):
    """A table that is to be read: its cells, what is said of them, and where they stand."""

    cells: Cells
    schema: Schema
    parts: Sequence[tuple[int, str]]
    null: str | None = None

    def missing(self, field_schema: FieldSchema) -> set[str]:
        """What the cells of a column mean nothing by."""
        marks = self.schema.missing if field_schema.missing is None else field_schema.missing
        return set(marks) if self.null is None else {*marks, self.null}

    def place(self, position: int) -> tuple[str, int | None]:
        """The file, and the line in it, of the row at a position."""
        file = next(name for start, name in reversed(self.parts) if start <= position)
        return file, self.cells.rows[position] if position < len(self.cells.rows) else None

    def error(self, problem: str, position: int, column: str = "") -> InvalidData:
        """What is wrong with the row at a position."""
        file, row = self.place(position)
        return InvalidData(problem, file=file, row=row, column=column)


def observed_columns(reading: TableReading, measure: Measure) -> Columns:
    """The columns of a table of observations.

    Raises:
        InvalidData: a column too many or too few, a declaration that is not read, or a cell that
            is not what the schema says.
    """
    header = reading.cells.header
    needed = ("area", "period", "value", *measure.dimensions)
    _check_names(reading, needed, {*COLUMNS, *measure.dimensions}.__contains__)
    for name in header:
        _check_type(reading, name, {"value": _NUMBERS, "period": _PERIODS}.get(name, _TEXTS))
    texts = {name: _texts(reading, name) for name in header if name != "value"}
    values = _numbers(reading, reading.schema.field_of("value"))
    for name in header:
        cells = values if name == "value" else texts[name]
        _check_constraints(reading, reading.schema.field_of(name), cells)
    _check_keys(reading)
    return Columns(
        texts["area"],
        texts["period"],
        values,
        texts.get("status", ()),
        texts.get("note", ()),
        [texts[name] for name in measure.dimensions],
        reading.parts[0][1],
        reading.cells.rows,
        reading.parts[1:],
    )


def text_columns(
    reading: TableReading,
    needed: Sequence[str],
    known: Callable[[str], bool],
    years: Container[str] = (),
) -> Mapping[str, Sequence[str]]:
    """The columns of a table of texts, by name; what is missing in them is empty.

    Args:
        reading: the table.
        needed: columns that have to be there.
        known: whether a column may be there.
        years: those of them that are years, which a schema may say.

    Raises:
        InvalidData: as `observed_columns`.
    """
    _check_names(reading, needed, known)
    columns = {}
    for name in reading.cells.header:
        _check_type(reading, name, _PERIODS if name in years else _TEXTS)
        columns[name] = _texts(reading, name)
        _check_constraints(reading, reading.schema.field_of(name), columns[name])
    _check_keys(reading)
    return columns


def _check_names(
    reading: TableReading, needed: Sequence[str], known: Callable[[str], bool]
) -> None:
    header = reading.cells.header
    unknown = [name for name in header if not known(name)]
    lacking = [name for name in needed if name not in header]
    problem = f"lacks {sorted(lacking)}"
    if unknown:
        problem = f"unexpected columns {shown(sorted(unknown))}"
    stated = [field.name for field in reading.schema.fields]
    if not (unknown or lacking) and stated:
        twice = [name for name, times in Counter(stated).items() if times > 1]
        strict = {"exact", "equal"} & set(reading.schema.match)
        beyond = [name for name in header if name not in stated] if strict else []
        absent = [name for name in stated if name not in header] if strict else []
        if not (twice or beyond or absent):
            return
        problem = f"the schema has the fields {shown(stated)}, the table {shown(list(header))}"
    elif not (unknown or lacking):
        return
    raise InvalidData(problem, file=reading.parts[0][1], row=1)


def _check_type(reading: TableReading, name: str, allowed: set[str]) -> None:
    schema = reading.schema.field_of(name)
    problem = ""
    if schema.type not in allowed:
        others = ", ".join(sorted(allowed)[1:])
        problem = f"type {shown(schema.type)} is not read here; it can be {others}"
    elif schema.format not in {"default", ""} and allowed is not _TEXTS:
        problem = f"format {shown(schema.format)} is not read"
    elif (schema.group or schema.decimal or not schema.bare) and name != "value":
        problem = "marks of numbers are given, and it holds no numbers"
    if problem:
        raise InvalidData(f"schema: {problem}", file=reading.parts[0][1], column=name)


def _texts(reading: TableReading, name: str) -> Sequence[str]:
    """A column of texts, with an empty one where the schema calls it missing."""
    cells = reading.cells.column(name)
    schema = reading.schema.field_of(name)
    missing = reading.missing(schema) - {""}
    return cells if missing.isdisjoint(cells) else ["" if c in missing else c for c in cells]


def _numbers(reading: TableReading, field_schema: FieldSchema) -> Sequence[Any]:
    """The column of figures, numbers or plain texts of them; `None` where one is missing."""
    cells = reading.cells.column("value")
    missing = reading.missing(field_schema)
    if (
        field_schema.type != "integer"
        and not field_schema.group
        and field_schema.decimal in {None, "."}
    ):
        if missing == {""}:
            return cells
        if "" in missing and missing.isdisjoint(set(cells) - {""}):
            return cells
    plain = _plain(field_schema)
    result: list[Figure] = []
    for position, cell in enumerate(cells):
        if cell in missing:
            result.append(None)
            continue
        try:
            result.append(_number(cell, plain, whole=field_schema.type == "integer"))
        except InvalidValue as error:
            raise reading.error(str(error), position, "value") from None
    return result


def _number(cell: str, plain: Callable[[str], str], *, whole: bool) -> Figure:
    if not cell:
        raise InvalidValue("it is empty, which the schema's missingValues do not name")
    figure = read_figure(plain(cell))
    if whole and not isinstance(figure, int):
        raise InvalidValue(f"{shown(cell)} is not an integer, as the schema says")
    return figure


def _plain(field_schema: FieldSchema) -> Callable[[str], str]:
    """What turns a number as a field writes it into one with a point and nothing else."""
    group, decimal = field_schema.group, field_schema.decimal or "."
    if not group and decimal == ".":
        return str
    point = "" if group == decimal else f"(?:{re.escape(decimal)}[0-9]*)?"
    g = re.escape(group)
    whole = f"(?:[0-9]{{1,3}}(?:{g}[0-9]{{2,3}})*{g}[0-9]{{3}}|[0-9]+)" if group else "[0-9]*"
    shape = re.compile(f"[+-]?{whole}{point}(?:[eE][+-]?[0-9]+)?")

    def plain(cell: str) -> str:
        if not shape.fullmatch(cell):
            raise InvalidValue(f"{shown(cell)} is not a number, as the schema writes them")
        return (cell.replace(group, "") if group else cell).replace(decimal, ".")

    return plain


def _check_constraints(
    reading: TableReading, field_schema: FieldSchema, cells: Sequence[Any]
) -> None:
    constraints = field_schema.constraints
    if not constraints:
        return
    if constraints.get("required"):
        for position, cell in enumerate(cells):
            if cell is None or cell == "":
                raise reading.error(
                    "it is empty, and the schema requires a value", position, field_schema.name
                )
    if constraints.get("unique"):
        _check_unique(reading, [field_schema.name], [cells])
    tests = [
        test
        for name, make in _TESTS.items()
        if name in constraints
        for test in (make(constraints[name]),)
    ]
    for position, cell in enumerate(cells):
        if cell is None or cell == "":
            continue
        for holds, problem in tests:
            if not _holds(holds, cell):
                raise reading.error(
                    f"{shown(str(cell))} is not {problem}, as the schema says",
                    position,
                    field_schema.name,
                )


def _holds(holds: Callable[[Any], bool], cell: Any) -> bool:
    try:
        return holds(cell)
    except InvalidValue:  # a limit of numbers, and no number
        return False


def _limit(text: str, holds: Callable[[Fraction, Fraction], bool]) -> Callable[[Any], Any]:
    def make(limit: Fraction) -> tuple[Callable[[Any], bool], str]:
        return lambda cell: holds(_amount(cell), Fraction(limit)), f"{text} {limit}"

    return make


def _amount(cell: Any) -> Fraction:
    figure = read_figure(cell)
    if figure is None:
        raise InvalidValue("there is no value")
    return Fraction(figure)


_TESTS: Mapping[str, Callable[[Any], Any]] = {
    "minimum": _limit("at least", lambda cell, limit: cell >= limit),
    "maximum": _limit("at most", lambda cell, limit: cell <= limit),
    "exclusive_minimum": _limit("above", lambda cell, limit: cell > limit),
    "exclusive_maximum": _limit("below", lambda cell, limit: cell < limit),
    "shortest": lambda n: (lambda cell: len(str(cell)) >= n, f"of {n} letters or more"),
    "longest": lambda n: (lambda cell: len(str(cell)) <= n, f"of {n} letters at most"),
    "enum": lambda words: (
        lambda cell: str(cell) in set(map(str, words)),
        f"one of {shown(words)}",
    ),
}


def _check_keys(reading: TableReading) -> None:
    for names in reading.schema.keys:
        if set(names) == set(reading.cells.header) - {"value", "status", "note"}:
            continue  # what every table of observations is checked for
        absent = [name for name in names if name not in reading.cells.header]
        if absent:
            problem = f"schema: the primary key has {shown(absent[0])}, which is no column"
            raise InvalidData(problem, file=reading.parts[0][1])
        _check_unique(reading, names, [reading.cells.column(name) for name in names])


def _check_unique(
    reading: TableReading, names: Sequence[str], columns: Sequence[Sequence[Any]]
) -> None:
    rows = list(zip(*columns, strict=True))
    if len(set(rows)) == len(rows):
        return
    seen: set[Any] = set()
    for position, row in enumerate(rows):
        if row in seen:
            text = " ".join(map(str, row))
            raise reading.error(f"{shown(text)[1:-1]} is given twice", position, ", ".join(names))
        seen.add(row)
