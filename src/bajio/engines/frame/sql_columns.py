"""Columns as text of SQL: what narwhals' expressions say, in the dialect of DuckDB or of Spark.

An expression of narwhals is a row of steps, which its backends turn into calls of their library
one by one: DuckDB binds each, Spark sends each to Java. As text they go together, at once.
"""

import math
import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw
from attrs import field, frozen

#: How a column is called where it is read; and whether it is worked out over other rows.
Named = Callable[[str], str]
_OPERATORS = {
    "__add__": "+",
    "__sub__": "-",
    "__mul__": "*",
    "__eq__": "=",
    "__ne__": "<>",
    "__lt__": "<",
    "__le__": "<=",
    "__gt__": ">",
    "__ge__": ">=",
    "__and__": "AND",
    "__or__": "OR",
}
_TURNED = {"__radd__": "+", "__rsub__": "-", "__rmul__": "*"}
_FOLDS = {"count": "count({})", "min": "min({})", "max": "max({})", "sum": "COALESCE(sum({}), 0)"}
_FORMS = _FOLDS | {
    "abs": "abs({})",
    "alias": "{}",
    "dt.month": "month({})",
    "dt.year": "year({})",
    "exp": "exp({})",
    "is_null": "({} IS NULL)",
    "sqrt": "sqrt({})",
    "str.len_chars": "length({})",
    "__invert__": "(NOT {})",
    "__neg__": "(- {})",
}
_BIGGEST = 2**63


class UnreadError(Exception):
    """A step that is not known as text: narwhals turns it into calls."""


@frozen(eq=False)
class SqlDialect:
    """What is said in another way by another library.

    Attributes:
        mark: around a name.
        types: names of types, by those of narwhals.
        infinite, nan: numbers that have no digits.
        calls: functions and operators of one or more arguments.
        escapes: whether a backslash in a text stands for what follows.
    """

    mark: str
    types: Mapping[type, str] = field(repr=False)
    infinite: str
    nan: str
    calls: Mapping[str, str] = field(repr=False)
    escapes: bool

    def name(self, name: str) -> str:
        """A name of a column or table."""
        return self.mark + name.replace(self.mark, self.mark * 2) + self.mark

    def literal(self, value: Any) -> str:
        """A value.

        Raises:
            UnreadError: it is of another type than numbers, texts and truths.
        """
        match value:
            case None:
                return "NULL"
            case bool():
                return str(value).upper()
            case str():
                return self._text(value)
            case int() if -_BIGGEST < value < _BIGGEST:
                return f"({value})" if value < 0 else str(value)
            case float():
                return self._float(value)
        raise UnreadError(type(value).__name__)

    def type_of(self, dtype: Any) -> str:
        """What a type is called.

        Raises:
            UnreadError: it is not known.
        """
        kind = dtype if isinstance(dtype, type) else type(dtype)
        if kind not in self.types:
            raise UnreadError(str(dtype))
        return self.types[kind]

    def call(self, name: str, *arguments: str) -> str:
        """A function of some arguments."""
        return self.calls[name].format(*arguments)

    def _float(self, value: float) -> str:
        if math.isnan(value):
            return self.nan
        if math.isinf(value):
            return self.infinite if value > 0 else f"(-{self.infinite})"
        digits = repr(abs(value))
        digits = digits if "e" in digits else f"{digits}e0"  # else it would be a decimal
        return f"(-{digits})" if math.copysign(1, value) < 0 else digits

    def _text(self, value: str) -> str:
        if not self.escapes:
            return "'" + value.replace("'", "''") + "'"
        # A dollar is escaped since what stands in braces behind it would be a setting of Spark's.
        marks = str.maketrans({"\\": "\\\\", "'": "\\'", "$": "\\u0024"})
        return "'" + value.translate(marks) + "'"


_INTEGERS: dict[type, str] = {
    nw.Int8: "TINYINT",
    nw.Int16: "SMALLINT",
    nw.Int32: "INTEGER",
    nw.Int64: "BIGINT",
}
_NUMBERS: dict[type, str] = _INTEGERS | {nw.Float64: "DOUBLE", nw.Boolean: "BOOLEAN"}
DUCKDB = SqlDialect(
    mark='"',
    types=_NUMBERS | {nw.String: "VARCHAR"},
    infinite="'Infinity'::DOUBLE",
    nan="'NaN'::DOUBLE",
    calls={
        "/": "({} / {})",
        "contains": "regexp_matches({}, {})",
        "strip": "trim({}, {})",
        "starts_with": "starts_with({}, {})",
        "replace_all": "regexp_replace({}, {}, {}, 'g')",
        "is_nan": "isnan({})",
    },
    escapes=False,
)
SPARK = SqlDialect(
    mark="`",
    types=_NUMBERS | {nw.String: "STRING"},
    infinite="double('Infinity')",
    nan="double('NaN')",
    calls={
        "/": "try_divide({}, {})",  # which divides by zero without an end to all
        "contains": "({} RLIKE {})",
        "strip": "btrim({}, {})",
        "starts_with": "startswith({}, {})",
        "replace_all": "regexp_replace({}, {}, {})",
        "is_nan": "CASE WHEN {0} IS NOT NULL THEN isnan({0}) END",
    },
    escapes=True,
)


@frozen(eq=False)
class Written:
    """A column as text.

    Attributes:
        name: what it is called.
        text: how it is worked out.
        folds: whether it is of many rows.
        over: whether it is of other rows beside its own.
        plain: the column that it is, where it is one as it stands; empty for none.
    """

    name: str
    text: str
    folds: bool = False
    over: bool = False
    plain: str = ""


def written(column: nw.Expr | str, dialect: SqlDialect, named: Named) -> Written:
    """An expression as text.

    Args:
        column: of narwhals, or the name of a column.
        dialect: of the library.
        named: gives the text of a column that it reads.

    Raises:
        UnreadError: it has a step that is not known.
    """
    if isinstance(column, str):
        return Written(column, named(column), plain=column)
    return _StepReader(dialect, named).column(column)


@frozen(eq=False)
class _StepReader:
    """Reads steps of expressions."""

    dialect: SqlDialect
    named: Named

    def column(self, column: nw.Expr) -> Written:
        """A column with its name."""
        first, *rest = steps = _steps(column)
        name = first.kwargs["names"][0] if first.name == "col" else "literal"
        plain = name if first.name == "col" and all(one.name == "alias" for one in rest) else ""
        for one in rest:
            name = one.kwargs["name"] if one.name == "alias" else name
        # narwhals lets a fold stand first among the steps that follow a column
        folds = any(step.name in {*_FOLDS, "len"} for step in steps)
        over = any(step.name == "over" for step in steps)
        return Written(name, self.text(column), folds and not over, over, plain)

    def text(self, column: nw.Expr) -> str:
        """A column without its name."""
        steps = _steps(column)
        text, at = "", 0
        while at < len(steps):
            over = steps[at + 1] if at + 1 < len(steps) and steps[at + 1].name == "over" else None
            if over is not None:
                text, at = self._over(steps[at], text, **over.kwargs), at + 2
                continue
            text, at = (self._further(steps[at], text) if at else self._first(steps[at])), at + 1
        return text

    def _value(self, value: Any, *, is_text: bool) -> str:
        if isinstance(value, nw.Expr):
            return self.text(value)
        if isinstance(value, str) and not is_text:
            return self.named(value)
        return self.dialect.literal(value)

    def _values(self, step: Any) -> list[str]:
        return [self._value(expr, is_text=step.str_as_lit) for expr in step.exprs]

    def _first(self, step: Any) -> str:
        match step.name:
            case "col" if len(step.kwargs["names"]) == 1:
                return self.named(step.kwargs["names"][0])
            case "lit":
                value, dtype = self.dialect.literal(step.kwargs["value"]), step.kwargs["dtype"]
                return value if dtype is None else self._cast(value, dtype)
            case "len":
                return "count(*)"
            case "all_horizontal" if not step.kwargs["ignore_nulls"]:
                values = self._values(step)
                return values[0] if len(values) == 1 else f"({' AND '.join(values)})"
            case "when_then":
                return self._chosen(step)
            case "concat_str" if not (step.kwargs["separator"] or step.kwargs["ignore_nulls"]):
                texts = [self._cast(one, nw.String()) for one in self._values(step)]
                return f"({' || '.join(texts)})"
        raise UnreadError(step.name)

    def _chosen(self, step: Any) -> str:
        """One column or another; further conditions in the place of the other stand beside."""
        cases, value = "", step
        while True:
            test, then, *rest = value.exprs
            test, then = (self._value(one, is_text=value.str_as_lit) for one in (test, then))
            cases += f" WHEN {test} THEN {then}"
            steps = _steps(rest[0]) if rest and isinstance(rest[0], nw.Expr) else ()
            if len(steps) != 1 or steps[0].name != "when_then":
                break
            value = steps[0]
        end = f" ELSE {self._value(rest[0], is_text=value.str_as_lit)}" if rest else ""
        return f"CASE{cases}{end} END"

    def _further(self, step: Any, text: str) -> str:
        name = step.name
        if name in _OPERATORS or name in _TURNED:
            return self._operated(step, text)
        if name in _FORMS:
            return _FORMS[name].format(text)
        known = {
            "cast": lambda: self._cast(text, step.kwargs["dtype"]),
            "__truediv__": lambda: self.dialect.call("/", text, *self._values(step)),
            "__rtruediv__": lambda: self.dialect.call("/", *self._values(step), text),
            "__pow__": lambda: f"pow({text}, {self._values(step)[0]})",
            "round": lambda: f"round({text}, {step.kwargs['decimals']})",
            "is_nan": lambda: self.dialect.call("is_nan", text),
            "fill_null": lambda: f"COALESCE({text}, {self._values(step)[0]})",
            "is_in": lambda: self._among(text, step.kwargs["other"]),
            "str.starts_with": lambda: self.dialect.call("starts_with", text, *self._values(step)),
        }
        return known[name]() if name in known else self._as_asked(step, text)

    def _as_asked(self, step: Any, text: str) -> str:
        """Steps that are known in one of the ways in which they can be asked for."""
        dialect = self.dialect
        match step.name, step.kwargs:
            case "log", {"base": math.e}:
                return f"ln({text})"
            case "is_between", {"closed": "both"}:
                low, high = self._values(step)
                return f"({text} BETWEEN {low} AND {high})"
            case "str.slice", {"offset": int(offset), "length": int(length)} if offset >= 0:
                return f"substr({text}, {offset + 1}, {length})"
            case "str.contains", {"literal": False}:
                return dialect.call("contains", text, *self._values(step))
            case "str.replace_all", {"literal": False, "pattern": pattern}:
                own = dialect.literal(pattern)
                return dialect.call("replace_all", text, own, *self._values(step))
            case "str.strip_chars", {"characters": None}:
                return dialect.call("strip", text, dialect.literal(string.whitespace))
        raise UnreadError(step.name)

    def _operated(self, step: Any, text: str) -> str:
        [other] = self._values(step)
        if step.name in _TURNED:
            return f"({other} {_TURNED[step.name]} {text})"
        return f"({text} {_OPERATORS[step.name]} {other})"

    def _cast(self, text: str, dtype: Any) -> str:
        return f"CAST({text} AS {self.dialect.type_of(dtype)})"

    def _among(self, text: str, others: Sequence[Any]) -> str:
        values = [self.dialect.literal(other) for other in others if other is not None]
        if not values:
            return f"CASE WHEN {text} IS NOT NULL THEN FALSE END"
        return f"({text} IN ({', '.join(values)}))"

    def _over(
        self, step: Any, text: str, partition_by: Sequence[Any], order_by: Sequence[Any]
    ) -> str:
        """What a row has of others: their number, the one before, a sum up to it, its rank."""
        parts = [self._value(one, is_text=False) for one in partition_by]
        order = [f"{self._value(one, is_text=False)} ASC NULLS FIRST" for one in order_by]
        within = f"PARTITION BY {', '.join(parts)}"
        match step.name:
            case "len" if not order:
                return f"count(*) OVER ({within})"
            case "count" if not order:
                return f"count({text}) OVER ({within})"
            case "shift" if order:
                return (
                    f"lag({text}, {step.kwargs['n']}) OVER ({within} ORDER BY {', '.join(order)})"
                )
            case "cum_sum" if order and not step.kwargs["reverse"]:
                rows = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
                total = f"sum({text}) OVER ({within} ORDER BY {', '.join(order)} {rows})"
                return f"CASE WHEN {text} IS NOT NULL THEN {total} END"
            case "rank" if not order and step.kwargs["method"] == "min":
                way = "DESC" if step.kwargs["descending"] else "ASC"
                rank = f"rank() OVER ({within} ORDER BY {text} {way} NULLS LAST)"
                return f"CASE WHEN {text} IS NOT NULL THEN {rank} END"
        raise UnreadError(step.name)


def _steps(column: nw.Expr) -> Sequence[Any]:
    """The steps of an expression.

    Raises:
        UnreadError: narwhals holds them in another way.
    """
    steps = getattr(column, "_nodes", ())
    if not steps:
        raise UnreadError(type(column).__name__)
    return tuple(steps)
