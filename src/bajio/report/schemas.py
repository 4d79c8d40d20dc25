"""The schemas of answers: JSON Schema of what JSON holds, with the columns that CSV has.

Modules of reports declare their answers as `AnswerSchema`s; they are found there.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import bajio.report
from bajio.errors import UnknownCode
from bajio.report.kinds import CODE, TEXT
from bajio.report.listing_report import rows_document
from bajio.report.records import Column, ListOf, Record, ValueKind
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.words.phrasebook import say
from bajio.words.sentences import Message

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Where a schema names the columns of CSV, for which JSON Schema has no word.
COLUMNS = "x-csv-columns"
#: What stands there for the code of each indicator that was asked for.
EACH = "<indicator>"


def answer_schemas() -> dict[str, AnswerSchema]:
    """What each answer has in JSON and in CSV, by the answer's name."""
    schemas: dict[str, AnswerSchema] = {}
    for module in sorted(module_info.name for module_info in iter_modules(bajio.report.__path__)):
        if module.endswith("_report"):
            for name, value in vars(import_module(f"bajio.report.{module}")).items():
                if name.startswith("_"):
                    continue
                several = value.values() if isinstance(value, dict) else (value,)
                schemas |= {
                    module_info.name: module_info
                    for module_info in several
                    if isinstance(module_info, AnswerSchema)
                }
    return dict(sorted((*schemas.items(), (SCHEMAS.name, SCHEMAS))))


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of an answer; `x-csv-columns` names the columns of its CSV.

    Raises:
        UnknownCode: there is no answer of that name.

    Examples:
        >>> schema = json_schema("profile")
        >>> schema["type"], schema["properties"]["host"]
        ('object', {'enum': ['keep', 'drop', 'remainder']})
        >>> schema["x-csv-columns"][:6]
        ['region', 'indicator', 'label', 'value', 'exact', 'low']
    """
    schemas = answer_schemas()
    if name not in schemas:
        raise UnknownCode("answer", name, schemas, "`bajio schema` lists them")
    answer = schemas[name]
    about = {"$schema": _DIALECT, "title": answer.title}
    return {**about, **answer.data.schema, COLUMNS: list(answer.header([EACH]))}


_ANSWER = Record(
    Column("answer", CODE, lambda answer: answer.name, heading="answer"),
    Column("title", TEXT, lambda answer: Message(answer.title), heading="tells"),
)
_KEY = Record(
    Column("key", TEXT, lambda pair: pair[0], heading="key"),
    Column("type", TEXT, lambda pair: Message(pair[1]), heading="type"),
)
#: The answers that have a schema.
SCHEMAS = AnswerSchema("schema", "The answers that have a schema", ListOf(_ANSWER), (_ANSWER,))
_SCHEMA = AnswerSchema("schema", "A schema", ValueKind({"type": "object"}), (_KEY,))


def schemas_report() -> Document:
    """The answers that have a schema, as a document."""
    return rows_document(SCHEMAS, answer_schemas().values())


def schema_report(name: str) -> Document:
    """The schema of an answer as a document: in JSON itself, in tables its keys.

    Raises:
        UnknownCode: there is no answer of that name.
    """
    schema = json_schema(name)
    keys = tuple(_keys(schema))
    columns = partial(say, "schema.columns", columns=", ".join(schema[COLUMNS]))
    report = Report(Message(schema["title"]).text, _KEY.columns, keys, (columns,))
    return Document(_SCHEMA, schema, [(_KEY, pair) for pair in keys], (report,))


def _keys(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Every key of what a schema describes, by its path, with the type of its value."""
    for choice in schema.get("anyOf", ()):
        yield from _keys(choice, path)
    for key, inner in schema.get("properties", {}).items():
        place = f"{path}.{key}" if path else key
        yield place, _type(inner)
        yield from _keys(inner, place)
    if "items" in schema:
        yield from _keys(schema["items"], f"{path}[]")
    more = schema.get("additionalProperties")
    if isinstance(more, Mapping):
        yield from _keys(more, f"{path}.CODE")


def _type(schema: Mapping[str, Any]) -> str:
    """The type of a value in words.

    Examples:
        >>> _type({"type": ["string", "null"]}), _type({"enum": ["up", "down"]})
        ('string or null', 'up or down')
        >>> _type({"type": "array", "items": {"type": "string"}})
        'list of string'
    """
    if "items" in schema:
        return f"list of {_type(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), Mapping):
        return f"{_type(schema['additionalProperties'])} by code"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(_type, schema["anyOf"])))
    if "enum" in schema or "const" in schema:
        return " or ".join(map(str, schema.get("enum", [schema.get("const")])))
    types = schema.get("type", "anything")
    return types if isinstance(types, str) else " or ".join(types)
