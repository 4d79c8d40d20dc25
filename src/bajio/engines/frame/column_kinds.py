"""Kinds of columns: what a user's column may hold, what its cells mean, alike on all backends."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from numbers import Real
from typing import Any, cast

import narwhals as nw

from bajio.amounts import exact_number, read_number
from bajio.engines.frame.backend import Frame, backend_of, given_column, is_lazy
from bajio.errors import InvalidData, InvalidValue, shown
from bajio.facts.periods import whole

INFINITE = float("inf")
#: The year of what has none that could be read: with any lag of years it stays below zero.
UNDATED = -100_000
#: The year of a stay's end that could not be read.
UNREADABLE = -1
_NO_CODE, _NO_KEY = "\x1f", -(2**62)
LAST_YEAR, _MOST_CODE = 9999, 1e15
_DIGITS = "[0-9]{1,150}"
_NUMBER = (
    rf"^[+-]?(?:{_DIGITS}(?:\.{_DIGITS})?|[0-9]{{1,3}}(?:(?:,[0-9]{{3}}){{2,50}}(?:\.{_DIGITS})?"
    rf"|,[0-9]{{3}}\.{_DIGITS}))(?:[eE][+-]?[0-9]{{1,2}})?$"
)
_END = (
    r"^[1-9][0-9]{3}(?:\.0+|-Q[1-4]|-(?:0[1-9]|1[0-2])"
    r"(?:-(?:0[1-9]|[12][0-9]|3[01])(?:[T ][0-9:.+Z-]*)?)?)?$"
)


class CellKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    CATEGORY = "category"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    OBJECT = "object"
    NOTHING = "nothing"
    OTHER = "other"


class Role(Enum):
    """What a column is for: how that is called, and which kinds can be read for it."""

    CODE = "codes", "text, categories or whole numbers"
    KEY = "keys", "text, categories, whole numbers or booleans"
    FIGURE = "figures", "numbers"
    PERIOD = (
        "periods",
        "years as whole numbers, dates, or text as '2018', '2018-Q1' or '2018-02'",
    )
    END = "years", "years as whole numbers, dates or text as '2018'"


_COMMON = {CellKind.TEXT, CellKind.INTEGER, CellKind.OBJECT, CellKind.NOTHING}
_READ = {
    Role.CODE: _COMMON | {CellKind.CATEGORY},
    Role.KEY: _COMMON | {CellKind.CATEGORY, CellKind.BOOLEAN},
    Role.FIGURE: _COMMON | {CellKind.CATEGORY, CellKind.NUMBER},
    Role.PERIOD: _COMMON | {CellKind.CATEGORY, CellKind.DATE},
    Role.END: _COMMON | {CellKind.CATEGORY, CellKind.NUMBER, CellKind.DATE},
}


def kind_of(frame: Frame, name: str) -> CellKind:
    """What the cells of a column are."""
    frame, name = given_column(frame, name)
    dtype = frame.collect_schema()[name]
    native = _native_type(frame, name)
    if native in {"object", "Object"}:
        return CellKind.OBJECT
    if native.strip('"').removesuffix("[pyarrow]").lower() in {"null", "void", "voidtype()"}:
        return CellKind.NOTHING
    if dtype == nw.String:
        return CellKind.TEXT
    if dtype in {nw.Categorical, nw.Enum} or isinstance(dtype, nw.Enum):
        return CellKind.CATEGORY
    if dtype == nw.Boolean:
        return CellKind.BOOLEAN
    if dtype == nw.Date or dtype == nw.Datetime:  # noqa: PLR1714  # a type equals its family, not its hash
        return CellKind.DATE
    if dtype.is_integer():
        return CellKind.INTEGER
    return CellKind.NUMBER if dtype.is_numeric() else CellKind.OTHER


def _native_type(frame: Frame, name: str) -> str:
    frame, name = given_column(frame, name)
    native: Any = frame.to_native()
    match backend_of(frame):
        case "pandas" | "modin" | "cudf":
            return str(native.dtypes[name])
        case "polars":
            return str(native.collect_schema()[name])
        case "pyarrow":
            return str(native.schema.field(name).type)
        case "duckdb":
            return str(dict(zip(native.columns, native.types, strict=True))[name])
    try:
        return str(native.schema[name].dataType)
    except (AttributeError, TypeError, KeyError):
        return ""


def is_floating(frame: Frame, name: str) -> bool:
    """Whether a column is of floats, as pandas has whole numbers with holes."""
    return bool(frame.collect_schema()[name].is_float())


def settled(frame: Frame, roles: Mapping[str, Role], what: str) -> Frame:
    """A frame whose columns are of kinds that can be read for what they are for.

    Columns of Python's objects become text or numbers, so long as every cell can be read.

    Raises:
        InvalidData: a column is of another kind, or a cell of one of objects, or of numbers that
            are codes, cannot be read.
    """
    for name, role in roles.items():
        kind = kind_of(frame, name)
        if role not in {Role.FIGURE, Role.END} and frame.collect_schema()[name].is_decimal():
            frame = frame.with_columns(nw.col(name).cast(nw.Float64))
        floating = role is not Role.FIGURE and role is not Role.END and is_floating(frame, name)
        lazy_object = kind is CellKind.OBJECT and is_lazy(frame)
        if not floating and (kind not in _READ[role] or lazy_object):
            meaning, wanted = role.value
            dtype = frame.collect_schema()[name]
            native = _native_type(frame, name) if dtype == nw.Unknown else dtype
            raise InvalidData(
                f"{meaning} of {what} are {str(native)[:60]}: give {wanted}", column=name
            )
        if floating and not is_lazy(frame):
            _check_whole(frame, name, role)
        if kind is CellKind.OBJECT:
            frame = _of_objects(frame, name, role)
        elif role is Role.FIGURE and kind is CellKind.INTEGER:
            frame = _within_floats(frame, name)
    return frame


def eager(frame: Frame) -> "nw.DataFrame[Any]":
    """A frame that can be looked at."""
    return cast("nw.DataFrame[Any]", frame)


def _check_whole(frame: Frame, name: str, role: Role) -> None:
    column = nw.col(name)
    wrong = frame.filter(~column.is_null() & ~column.is_nan() & ~is_whole(column))
    first = eager(wrong.head(1))[name].to_list()
    if first:
        meaning, wanted = role.value
        raise InvalidData(f"{first[0]!r} is no whole number: {meaning} are {wanted}", column=name)


def is_whole(column: nw.Expr) -> nw.Expr:
    """Whether a number is a whole one, of a size that a code can have."""
    return (column.round(0) == column) & (column.abs() < _MOST_CODE)


def _within_floats(frame: Frame, name: str) -> Frame:
    """Integers of Arrow that it does not turn into floats, as text."""
    if "pyarrow" not in _arrow_of(frame, name):
        return frame
    ends = eager(frame.select(nw.col(name).min().alias("low"), nw.col(name).max().alias("high")))
    if any(abs(one) > 2**53 for [one] in (ends["low"].to_list(), ends["high"].to_list()) if one):
        return frame.with_columns(nw.col(name).cast(nw.String))
    return frame


def _arrow_of(frame: Frame, name: str) -> str:
    return "pyarrow" if backend_of(frame) == "pyarrow" else _native_type(frame, name)


def _of_objects(frame: Frame, name: str, role: Role) -> Frame:
    """A column of Python's objects as one of text, or of numbers where it is of figures."""
    read: Callable[[Any], Any] = {
        Role.FIGURE: _figure,
        Role.PERIOD: _period,
        Role.END: _end,
    }.get(role, _text)
    cells: list[Any] = []
    for position, cell in enumerate(eager(frame)[name].to_list()):
        try:
            cells.append(None if is_hole(cell) else read(cell))
        except (InvalidValue, OverflowError) as error:
            raise InvalidData(str(error), row=position + 1, column=name) from None
    dtype: Any = nw.Float64() if role is Role.FIGURE else nw.String()
    if role is Role.PERIOD and any(isinstance(cell, date) for cell in cells):
        if not all(cell is None or isinstance(cell, date) for cell in cells):
            raise InvalidData("dates stand beside other periods: give one of them", column=name)
        midnight = time()
        cells = [cell and datetime.combine(cell, midnight) for cell in cells]
        dtype = nw.Datetime("us")
    series = nw.new_series(name, cells, dtype, backend=frame.implementation)
    return cast("Frame", eager(frame).with_columns(series))


def is_hole(cell: Any) -> bool:
    """Whether a cell of Python's objects has nothing in it."""
    if cell is None or type(cell).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(cell, float) and cell != cell  # noqa: PLR0124  # it is how NaN is told


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    number = whole(cell)
    if number is None and isinstance(cell, float | Decimal) and cell == cell // 1:
        number = int(cell)
    if number is None:
        raise InvalidValue(f"{shown(cell)} is a {type(cell).__name__}: give text or whole numbers")
    return str(number)


def _period(cell: Any) -> str | date:
    return cell if isinstance(cell, date) else _text(cell)


def _figure(cell: Any) -> float | None:
    if isinstance(cell, str):
        return float(read_number(cell)) if cell.strip() else None
    if isinstance(cell, Real) and not isinstance(cell, bool):
        return float(cell)
    return float(exact_number(cell))


def _end(cell: Any) -> str:
    year = getattr(cell, "year", None)
    return str(year) if isinstance(year, int) else _text(cell)


def code(frame: Frame, name: str) -> nw.Expr:
    """A column of codes, as the one kind of text that all tables have; null where there is none."""
    column, kind = nw.col(name), kind_of(frame, name)
    if is_floating(frame, name):
        good = is_whole(column)
        number = nw.when(good).then(column).otherwise(nw.lit(0.0)).cast(nw.Int64)
        return nw.when(good).then(number.cast(nw.String))
    if kind is CellKind.NOTHING:
        return column.cast(nw.String)
    native = _native_type(frame, name)
    if kind is CellKind.TEXT and native not in {"large_string", "string_view"}:
        return column  # large texts do not join with others
    text = column.cast(nw.String)
    holes = backend_of(frame) == "pandas" and "pyarrow" not in native
    return nw.when(~column.is_null()).then(text) if holes else text


def key(frame: Frame, name: str) -> nw.Expr:
    """A further key: of text or whole numbers, with a mark where there is none."""
    kind, column = kind_of(frame, name), nw.col(name)
    missing = column.is_null()
    if is_floating(frame, name):
        good = is_whole(column)
        return nw.when(good).then(column).otherwise(nw.lit(float(_NO_KEY))).cast(nw.Int64)
    if kind is CellKind.BOOLEAN:
        column = nw.when(column).then(nw.lit(1)).otherwise(nw.when(~column).then(nw.lit(0)))
    elif kind is not CellKind.INTEGER:
        column = code(frame, name)
        return nw.when(missing).then(nw.lit(_NO_CODE)).otherwise(column)
    return nw.when(missing).then(nw.lit(_NO_KEY)).otherwise(column).cast(nw.Int64)


def shown_key(result: Frame, name: str, frame: Frame, of: str) -> nw.Expr:
    """A further key of a result as the table has it."""
    kind, column = kind_of(frame, of), nw.col(name)
    dtype = frame.collect_schema()[of]
    if kind in {CellKind.INTEGER, CellKind.BOOLEAN} or is_floating(frame, of):
        marked = shown_where(result, name, column != _NO_KEY)
        if kind is CellKind.BOOLEAN:
            return nw.when(~marked.is_null()).then(marked == 1)
        holes = (
            kind is CellKind.INTEGER and backend_of(frame) == "pandas" and has_null(result, marked)
        )
        return marked if holes else marked.cast(dtype)
    return shown_where(result, name, column != _NO_CODE)


def shown_where(result: Frame, name: str, there: nw.Expr) -> nw.Expr:
    """A column where something holds: as it is, where it holds everywhere and that can be seen."""
    if not is_lazy(result) and not has_null(result, nw.when(there).then(nw.col(name))):
        return nw.col(name)
    return nw.when(there).then(nw.col(name))


def has_null(frame: Frame, column: nw.Expr) -> bool:
    """Whether an expression is null somewhere in a frame that is not lazy."""
    rows = frame.select(column.is_null().alias("null")).filter(nw.col("null"))
    return len(eager(rows)) > 0


def figure(frame: Frame, name: str) -> nw.Expr:
    """A column of figures: infinite where a text is no number, null where it is blank."""
    column = nw.col(name)
    if kind_of(frame, name) not in {CellKind.TEXT, CellKind.CATEGORY}:
        return column.cast(nw.Float64)
    column = code(frame, name)
    text, good = _number_text(column)
    number = nw.when(good).then(text.str.replace_all(r"[+,]", "")).cast(nw.Float64)
    blank = text == ""
    wrong = nw.when(~good & ~blank & ~column.is_null()).then(nw.lit(INFINITE))
    return nw.when(good).then(number).otherwise(wrong)


def _number_text(column: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
    text = column.str.strip_chars()
    return text, text.str.contains(_NUMBER)


def check_figures(frame: Frame, name: str) -> None:
    """Refuse a text that is no number, in a table that can be looked at.

    Raises:
        InvalidData: there is one.
    """
    if kind_of(frame, name) not in {CellKind.TEXT, CellKind.CATEGORY}:
        return
    text, good = _number_text(code(frame, name))
    wrong = frame.filter(~good & (text != "") & ~text.is_null())
    for cell in eager(wrong.head(1).select(name))[name].to_list():
        try:
            read_number(cell)
            problem = f"{shown(cell)} is not written as a number of a table: write it as 1234.5"
        except InvalidValue as error:
            problem = str(error)
        raise InvalidData(problem, column=name)


def end(frame: Frame, name: str) -> nw.Expr:
    """The year of a stay's end: null where there is none, `UNREADABLE` where it cannot be read."""
    column, kind = nw.col(name), kind_of(frame, name)
    expr: nw.Expr
    good: nw.Expr
    if kind is CellKind.DATE:
        expr = column.dt.year().cast(nw.Float64)
        return nw.when(expr < LAST_YEAR).then(expr)
    if kind in {CellKind.TEXT, CellKind.CATEGORY, CellKind.NOTHING}:
        text = nw.when(~column.is_null()).then(column.cast(nw.String)).str.strip_chars()
        good = text.str.contains(_END)
        expr = nw.when(good).then(text.str.slice(0, 4)).cast(nw.Float64)
        there = ~column.is_null() & (text != "")
    else:
        number = column.cast(nw.Float64)
        there = ~number.is_null()
        if kind is CellKind.NUMBER:
            there = there & ~number.is_nan()
        good = there & number.is_between(1000, LAST_YEAR) & (number.round(0) == number)
        expr = nw.when(good).then(number).cast(nw.Float64)
    known = nw.when(good & (expr < LAST_YEAR)).then(expr)
    return known.otherwise(nw.when(there & ~good).then(nw.lit(float(UNREADABLE))))
