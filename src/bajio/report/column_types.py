"""The types of the columns that CSV, frames and workbooks have, from what answers declare."""

from collections.abc import Iterator, Sequence

from bajio.report.records import ColumnsOf, Inline, Record, ValueKind
from bajio.report.reports import Document

#: The types of JSON that columns keep; all others are text.
_KEPT = ("integer", "number", "boolean")


def column_types(document: Document) -> dict[str, str]:
    """The type of each column of a document: "integer", "number", "boolean" or "string".

    A column that rows of several kinds have is a number where one of them is, and text where they
    cannot be one.

    Examples:
        >>> import bajio
        >>> from bajio.report.documents import document_of
        >>> types = column_types(document_of(bajio.profile("bajio", year=2018)))
        >>> types["value"], types["year"], types["rank_position"], types["sources"]
        ('number', 'integer', 'integer', 'string')
    """
    types_by_name: dict[str, str] = {}
    for record in document.schema.rows:
        for name, kind in _columns("", record, document.codes):
            before = types_by_name.setdefault(name, kind)
            if before != kind:
                types_by_name[name] = (
                    "number" if {before, kind} <= {"integer", "number"} else "string"
                )
    return {name: types_by_name.get(name, "string") for name in document.header()}


def _columns(key: str, kind: ValueKind, codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    if isinstance(kind, Inline):
        yield from ((name, _type(part.schema)) for name, part in kind.parts.items())
    elif isinstance(kind, Record):
        for column in kind.columns:
            inner = column.kind
            name = column.key if not key or isinstance(inner, Inline) else f"{key}_{column.key}"
            for inner_name, inner_type in _columns(name, inner, codes):
                yield (
                    (f"{key}_{inner_name}" if key and isinstance(inner, Inline) else inner_name),
                    inner_type,
                )
    else:
        item = kind.of if isinstance(kind, ColumnsOf) else kind
        for name in kind.header(key, codes):
            yield name, _type(item.schema)


def _type(schema: object) -> str:
    stated = schema.get("type", "string") if isinstance(schema, dict) else "string"
    types = [stated] if isinstance(stated, str) else list(stated)
    return next((type_name for type_name in types if type_name in _KEPT), "string")
