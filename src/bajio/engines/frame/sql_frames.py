"""Frames as one text of SQL, for libraries that are asked for each step of a plan otherwise.

DuckDB binds each step that narwhals has it take, and Spark is told of each column in Java, so that
planning takes as long as a million rows do. A frame here has the methods of narwhals' that plans
use; it writes down what they say, and the library is asked once, when its own frame is wanted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import narwhals as nw
from attrs import evolve, field, frozen

from bajio.engines.frame.sql_columns import DUCKDB, SPARK, SqlDialect, UnreadError, Written, written
from bajio.engines.frame.sql_queries import SqlTable, asked

_DIALECTS = {"duckdb": DUCKDB, "pyspark": SPARK, "pyspark_connect": SPARK}
_JOINS = {"inner": "JOIN", "left": "LEFT JOIN", "cross": "CROSS JOIN"}
_KINDS = {str: nw.String, int: nw.Int64}
#: More cells than are written into a text.
MOST_CELLS = 20_000
#: What a query calls itself where it reads its own result twice.
_HELD = "held"


@frozen(eq=False)
class _Item:
    """A table in a FROM: how it is joined to those before it, and on what."""

    join: str
    table: SqlTable
    on: str = ""


@frozen(eq=False, slots=False)
class SqlFrame:
    """A SELECT that is being filled: its columns are those of its tables, or worked out of them.

    Attributes:
        home: a frame of the library, which tells the plan where it is.
        items: the tables.
        columns: what it selects, by name.
        where: what holds of its rows.
    """

    home: "nw.LazyFrame[Any]" = field(repr=False)
    items: tuple[_Item, ...] = field(repr=False)
    columns: Mapping[str, Written] = field(repr=False)
    where: tuple[str, ...] = field(default=(), repr=False)

    @property
    def implementation(self) -> nw.Implementation:
        """What narwhals calls the library."""
        return cast("nw.Implementation", self.home.implementation)

    @property
    def dialect(self) -> SqlDialect:
        """Of the library."""
        return _dialect_of(self.home)

    def collect_schema(self) -> "_Schema":
        """Its names, and their types where they are asked for."""
        return _Schema(self)

    def given(self, name: str) -> "tuple[nw.LazyFrame[Any], str] | None":
        """The frame of the library, and the column of it, that a column is as it stands."""
        column = self.columns[name]
        if len(self.items) > 1 or not column.plain or self.items[0].table.source is None:
            return None
        return self.items[0].table.source, column.plain

    def to_native(self) -> Any:
        """The frame of the library, which runs nothing."""
        return asked(self.closed, self.home, self.dialect)

    def select(self, *columns: nw.Expr | str) -> "SqlFrame":
        """Some columns."""
        try:
            own = self.written_over(columns)
        except UnreadError:
            return known_to_sql(self.as_narwhals().select(*columns))
        frame, found = own
        return evolve(frame, columns={one.name: one for one in found})

    def with_columns(self, *columns: nw.Expr) -> "SqlFrame":
        """Its columns and others."""
        try:
            frame, found = self.written_over(columns)
        except UnreadError:
            return known_to_sql(self.as_narwhals().with_columns(*columns))
        return evolve(frame, columns={**frame.columns, **{one.name: one for one in found}})

    def filter(self, *conditions: nw.Expr) -> "SqlFrame":
        """The rows of which some conditions hold."""
        start = self.opened() if any(column.over for column in self.columns.values()) else self
        try:
            frame, found = start.written_over(conditions)
        except UnreadError:
            return known_to_sql(self.as_narwhals().filter(*conditions))
        return evolve(frame, where=(*frame.where, *(one.text for one in found)))

    def rename(self, names: Mapping[str, str]) -> "SqlFrame":
        """Its columns under other names."""
        return evolve(
            self,
            columns={
                names.get(name, name): evolve(one, name=names.get(name, name))
                for name, one in self.columns.items()
            },
        )

    def drop(self, *names: str) -> "SqlFrame":
        """Its columns without some."""
        return evolve(
            self, columns={name: one for name, one in self.columns.items() if name not in names}
        )

    def unique(self) -> "SqlFrame":
        """Its rows, each once."""
        return _over(self.home, SqlTable(tuple(self.columns), self.parts_of("SELECT DISTINCT")))

    def group_by(self, *keys: str) -> "_Groups":
        """Groups of its rows, to be folded."""
        over = any(column.over for column in self.columns.values())
        return _Groups(self.opened() if over else self, keys)

    def join(
        self,
        other: Any,
        on: Sequence[str] | None = None,
        how: str = "inner",
        *,
        left_on: Sequence[str] | None = None,
        right_on: Sequence[str] | None = None,
    ) -> "SqlFrame":
        """Its rows beside those of another frame that have the same in some columns."""
        left_keys, right_keys = (list(left_on or on or ()), list(right_on or on or ()))
        first = (self if self.is_plain else self.opened()).named_apart()
        second = known_to_sql(other)
        second = second if second.is_plain and len(second.items) == 1 else second.opened()
        alias = f"t{len(first.items)}"
        beside = {
            name: evolve(one, text=f"{alias}.{self.dialect.name(one.plain)}")
            for name, one in second.columns.items()
        }
        pairs = zip(left_keys, right_keys, strict=True)
        same = [f"{first.columns[one].text} = {beside[two].text}" for one, two in pairs]
        condition = f" ON {' AND '.join(same)}" if same else ""
        table = second.items[0].table
        if how in {"semi", "anti"}:
            spark = self.dialect is SPARK
            word = f"{'LEFT ' if spark else ''}{how.upper()} JOIN"
            return evolve(first, items=(*first.items, _Item(word, table, condition))).opened()
        columns = dict(first.columns)
        for name, one in beside.items():
            if name not in right_keys:
                own = f"{name}_right" if name in columns else name
                columns[own] = evolve(one, name=own)
        items = (*first.items, _Item(_JOINS[how], table, condition))
        return evolve(first, items=items, columns=columns)

    def beside_earlier(
        self, keys: Sequence[str], year: str, wanted: Mapping[str, tuple[str, int]], present: str
    ) -> "SqlFrame":
        """The rows that are there, with columns of their own year and of earlier ones.

        It is worked out once and held, and joined to itself before it is joined to others.

        Args:
            keys: columns that tell rows apart, the year among them; a row in which nothing stands
                in one of them has nothing of earlier years.
            year: which of them is the year.
            wanted: the column and the lag of each column that there shall be.
            present: a column that is above zero where a row is there.
        """
        name, spark = self.dialect.name, self.dialect is SPARK
        shown = [f"own.{name(key)}" for key in keys]
        shown += [
            f"{f'lag{lag}' if lag else 'own'}.{name(column)} AS {name(to)}"
            for to, (column, lag) in wanted.items()
        ]
        text = f" AS t0) SELECT {', '.join(shown)} FROM {_HELD} AS own"  # noqa: S608  # its own names
        for lag in sorted({lag for _, lag in wanted.values() if lag}):
            same = [
                f"lag{lag}.{name(key)}{f' + {lag}' if key == year else ''} = own.{name(key)}"
                for key in keys
            ]
            text += f" LEFT JOIN {_HELD} AS lag{lag} ON {' AND '.join(same)}"
        text += f" WHERE own.{name(present)} > 0"
        start = f"WITH {_HELD} AS {'' if spark else 'MATERIALIZED '}(SELECT * FROM "  # noqa: S608
        parts = (start, self.closed, text)
        return _over(self.home, SqlTable((*keys, *wanted), parts))

    @property
    def is_plain(self) -> bool:
        """Whether it selects what stands in its tables, of all rows."""
        return not self.where and all(column.plain for column in self.columns.values())

    @cached_property
    def closed(self) -> SqlTable:
        """It as a table: the same wherever it is read."""
        first = self.items[0].table
        if self.is_plain and len(self.items) == 1:
            whole = [(name, one.plain) for name, one in self.columns.items()]
            if whole == [(name, name) for name in first.names]:
                return first
        return SqlTable(tuple(self.columns), self.parts_of("SELECT"))

    def opened(self) -> "SqlFrame":
        """A SELECT of all that it has."""
        return _over(self.home, self.closed)

    def named_apart(self) -> "SqlFrame":
        """It with the table of each column named, as columns of others may be called the same."""
        if len(self.items) > 1:
            return self
        name = self.dialect.name
        own = {key: evolve(one, text=f"t0.{name(one.plain)}") for key, one in self.columns.items()}
        return evolve(self, columns=own)

    def as_narwhals(self) -> "nw.LazyFrame[Any]":
        """It as narwhals has it."""
        return cast("nw.LazyFrame[Any]", nw.from_native(self.to_native()))

    def written_over(self, columns: Sequence[nw.Expr | str]) -> "tuple[SqlFrame, list[Written]]":
        """Columns over what it has, or over it as a table where they read what is worked out."""
        read: Counter[str] = Counter()

        def named(name: str) -> str:
            read[name] += 1
            return self.cell(name).text

        found = [written(column, self.dialect, named) for column in columns]
        if any(one.folds for one in found):
            raise UnreadError("fold")
        passed = {one.plain for one in found if one.plain}
        worked_out = [name for name in read if not self.columns[name].plain]
        if all(name in passed and read[name] == 1 for name in worked_out):
            return self, [self.passed(one) for one in found]
        opened = self.opened()
        again = [
            written(column, self.dialect, lambda name: opened.cell(name).text) for column in columns
        ]
        return opened, [opened.passed(one) for one in again]

    def cell(self, name: str) -> Written:
        """A column of it.

        Raises:
            KeyError: it has none of that name.
        """
        return self.columns[name]

    def passed(self, column: Written) -> Written:
        """A column, as it is worked out already where it is another by name."""
        return evolve(self.columns[column.plain], name=column.name) if column.plain else column

    def parts_of(self, verb: str, ending: str = "") -> "tuple[str | SqlTable, ...]":
        """The text of the query, with its tables."""
        return (*self._between(f"{verb} {self._shown()}"), self._filtered() + ending)

    def _shown(self) -> str:
        own = {name: self.dialect.name(name) for name in self.columns}
        return ", ".join(
            one.text if one.text == own[name] else f"{one.text} AS {own[name]}"
            for name, one in self.columns.items()
        )

    def _filtered(self) -> str:
        return f" WHERE {' AND '.join(self.where)}" if self.where else ""

    def _between(self, start: str) -> "Iterator[str | SqlTable]":
        yield f"{start} FROM "
        for number, item in enumerate(self.items):
            yield f" {item.join} " if number else ""
            yield item.table
            yield f" AS t{number}{item.on}"


@frozen(eq=False)
class _Groups:
    """Groups of a frame's rows."""

    frame: SqlFrame
    keys: tuple[str, ...]

    def agg(self, *columns: nw.Expr) -> SqlFrame:
        """A row for each group.

        What is folded may be worked out: it is written where it is read.
        """
        frame = self.frame
        try:
            found = [
                written(column, frame.dialect, lambda name: frame.cell(name).text)
                for column in columns
            ]
        except UnreadError:
            return known_to_sql(frame.as_narwhals().group_by(*self.keys).agg(*columns))
        keys = {key: evolve(frame.columns[key], name=key) for key in self.keys}
        wide = evolve(frame, columns={**keys, **{one.name: one for one in found}})
        places = [str(number) for number in range(1, len(keys) + 1)]
        by = [key.text for key in keys.values()] if frame.dialect is SPARK else places
        parts = wide.parts_of("SELECT", f" GROUP BY {', '.join(by)}")
        return _over(frame.home, SqlTable(tuple(wide.columns), parts))


@frozen(eq=False)
class _Schema(Mapping[str, Any]):
    """The names of a frame's columns; their types are asked for where somebody needs them."""

    frame: SqlFrame

    def __getitem__(self, name: str) -> Any:
        found = self.frame.given(name)
        if found is not None:
            return found[0].collect_schema()[found[1]]
        return self.frame.as_narwhals().collect_schema()[name]

    def __contains__(self, name: object) -> bool:
        return name in self.frame.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.frame.columns)

    def __len__(self) -> int:
        return len(self.frame.columns)


def speaks_sql(frame: Any) -> bool:
    """Whether a frame is of a library whose dialect is known."""
    return isinstance(frame, SqlFrame) or str(frame.implementation).lower() in _DIALECTS


def known_to_sql(frame: Any) -> SqlFrame:
    """A frame of narwhals as one of SQL."""
    if isinstance(frame, SqlFrame):
        return frame
    names = tuple(frame.collect_schema())
    return _over(frame, SqlTable(names, source=frame))


def _dialect_of(home: "nw.LazyFrame[Any]") -> SqlDialect:
    return _DIALECTS[str(home.implementation).lower()]


def _over(home: "nw.LazyFrame[Any]", table: SqlTable) -> SqlFrame:
    """All columns of a table."""
    name = _dialect_of(home).name
    columns = {one: Written(one, name(one), plain=one) for one in table.names}
    return SqlFrame(home, (_Item("", table),), columns)


def stacked(frames: Sequence[SqlFrame]) -> SqlFrame:
    """The rows of some frames, one after the other."""
    parts: list[str | SqlTable] = []
    for number, one in enumerate(frames):
        parts += [" UNION ALL " if number else "", *one.parts_of("SELECT")]
    return _over(frames[0].home, SqlTable(tuple(frames[0].columns), tuple(parts)))


def of_cells(
    columns: Mapping[str, Sequence[str | int | None]], kinds: Sequence[type], like: Any
) -> SqlFrame:
    """A small table that is written into the text."""
    frame = known_to_sql(like)
    dialect = frame.dialect
    types = [dialect.type_of(_KINDS[kind]) for kind in kinds]
    pairs = list(zip(columns.items(), types, strict=True))
    if dialect is DUCKDB:
        lists = [
            f"unnest([{', '.join(map(dialect.literal, cells))}]::{kind}[]) AS {dialect.name(name)}"
            for (name, cells), kind in pairs
        ]
        text = f"SELECT {', '.join(lists)}"
    else:
        shown = [
            f"CAST(c{at} AS {kind}) AS {dialect.name(name)}"
            for at, ((name, _), kind) in enumerate(pairs)
        ]
        names = ", ".join(f"c{at}" for at in range(len(pairs)))
        rows = list(zip(*columns.values(), strict=True))
        cells = [
            f"({', '.join(map(dialect.literal, row))})" for row in rows or [(None,) * len(pairs)]
        ]
        text = f"SELECT {', '.join(shown)} FROM VALUES {', '.join(cells)} AS t({names})"  # noqa: S608  # literals
        text += "" if rows else " WHERE FALSE"
    return _over(frame.home, SqlTable(tuple(columns), (text,)))
