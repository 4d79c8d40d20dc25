"""Queries: tables and text, written together, and asked of the library that they are for."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from attrs import field, frozen

from bajio.engines.frame.sql_columns import DUCKDB, SPARK, SqlDialect

#: What stands on both sides of the name of a frame of the library until all are known.
_MARK = "\x00"
_NAME = "frame_of_bajio_"


@frozen(eq=False)
class SqlTable:
    """What can stand in a FROM: a frame of the library, or a query, of text and of other tables.

    Attributes:
        names: of its columns.
        parts: of the query.
        source: the frame of the library as narwhals has it.
    """

    names: tuple[str, ...]
    parts: "tuple[str | SqlTable, ...]" = field(default=(), repr=False)
    source: Any = field(default=None, repr=False)


@frozen(eq=False)
class _Writer:
    """A query while it is written.

    Attributes:
        times: how often each table is read.
        not_held: what is said of a table that is read twice.
        sources: the frames of the library, with their names.
        steps: the names of tables that are read twice,
        before: and their queries.
    """

    times: Mapping[int, int] = field(repr=False)
    not_held: str
    sources: dict[int, tuple[str, Any]] = field(init=False, factory=dict)
    steps: dict[int, str] = field(init=False, factory=dict)
    before: list[str] = field(init=False, factory=list)

    def read(self, table: SqlTable) -> str:
        """A table as it stands in a FROM."""
        if table.source is not None:
            native = table.source.to_native()
            name = f"{_MARK}{_NAME}{len(self.sources)}{_MARK}"
            return self.sources.setdefault(id(native), (name, native))[0]
        if id(table) in self.steps:
            return self.steps[id(table)]
        text = self.whole(table)
        if self.times[id(table)] == 1:
            return f"({text})"
        name = self.steps[id(table)] = f"step{len(self.steps)}"
        self.before.append(f"{name} AS {self.not_held}({text})")
        return name

    def whole(self, table: SqlTable) -> str:
        """A table as a query."""
        return "".join(part if isinstance(part, str) else self.read(part) for part in table.parts)


def _count(table: SqlTable, times: dict[int, int]) -> None:
    """Count how often each table is read."""
    times[id(table)] = times.get(id(table), 0) + 1
    if times[id(table)] == 1:
        for part in table.parts:
            if isinstance(part, SqlTable):
                _count(part, times)


def asked(table: SqlTable, home: Any, dialect: SqlDialect) -> Any:
    """The frame of the library that a query gives: it is read, and does not run.

    Args:
        table: the query.
        home: a frame of the library, as narwhals has it.
        dialect: of the library.
    """
    whole = table
    if table.source is not None or str(table.parts[0]).startswith("WITH"):
        whole = SqlTable((), ("SELECT * FROM ", table, " AS t0"))
    times: dict[int, int] = {}
    _count(whole, times)
    writer = _Writer(times, "NOT MATERIALIZED " if dialect is DUCKDB else "")
    main = writer.whole(whole)
    text = f"WITH {', '.join(writer.before)} {main}" if writer.before else main
    sources = {name.strip(_MARK): native for name, native in writer.sources.values()}
    native = home.to_native()
    if dialect is SPARK:
        return _of_spark(text, native, sources)
    return _of_duckdb(text.replace(_MARK, ""), list(sources.values()) or [native])


def _of_spark(text: str, native: Any, sources: Mapping[str, Any]) -> Any:
    """A query of frames of one session, whose names stand in braces."""
    if sources:  # else braces are what they are
        text = text.replace("{", "{{").replace("}", "}}")
        for name in sources:
            text = text.replace(f"{_MARK}{name}{_MARK}", f"{{{name}}}")
    return native.sparkSession.sql(text, **sources)


def _of_duckdb(text: str, sources: Sequence[Any]) -> Any:
    """A query of relations of one connection; as views, where that looks at no variables."""
    try:
        return _of_variables(text, *sources)
    except Exception as error:
        if _NAME not in str(error):
            raise
    for number, relation in reversed([*enumerate(sources)]):  # the name of 1 begins that of 10
        view = f"bajio_{uuid4().hex}"
        _view(relation, view)
        text = text.replace(f"{_NAME}{number}", view)
    return sources[0].query(f"bajio_{uuid4().hex}", text)


def _view(relation: Any, name: str) -> None:
    """A view of a relation: one that no file keeps, where the connection is to be had."""
    connection = getattr(relation, "_con", None)
    if connection is None:
        relation.create_view(name)
    else:
        connection.register(name, relation)


def _of_variables(
    text: str,
    frame_of_bajio_0: Any,
    frame_of_bajio_1: Any = None,  # noqa: ARG001  # the query finds it by its name
    frame_of_bajio_2: Any = None,  # noqa: ARG001
    frame_of_bajio_3: Any = None,  # noqa: ARG001
) -> Any:
    connection = getattr(frame_of_bajio_0, "_con", None)
    if connection is None:
        return frame_of_bajio_0.query(f"{_NAME}0", text)
    return connection.sql(text)  # else it is bound three times, once as a view
