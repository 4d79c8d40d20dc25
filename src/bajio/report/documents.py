"""The document of any answer, by what the answer is."""

import os
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import Any

from bajio.errors import InvalidValue, shown
from bajio.files import write_file
from bajio.report.formats import format_by_ending, known_endings, rendered
from bajio.report.kinds import WORDS_OF_PAIR
from bajio.report.records import Column, Record, ValueKind, Voice, key_name, said
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.phrasebook import phrasebook, say, usual_language

#: What makes the document of an answer whose question is in a module of another name: others have
#: `NAME_report` in a module of that name.
_ADAPTORS = MappingProxyType(
    {
        "Audit": ("audit_report", "audit_report"),
        "Breakdown": ("breakdown_report", "breakdown_document"),
        "Scores": ("composite_report", "composite_report"),
        "Search": ("search_report", "search_report"),
        "Timeline": ("comparison_report", "series_report"),
    }
)
#: What holds an answer that is a part of others, and has no document of its own.
_RECORDS = MappingProxyType(
    {
        "Bulk": ("bulk_report", "BULK"),
        "BulkResult": ("bulk_report", "BULK_RESULT"),
        "BulkTable": ("bulk_report", "BULK_TABLE"),
        "Finding": ("audit_report", "FINDING_RECORD"),
        "Rank": ("kinds", "RANK"),
        "Result": ("kinds", "RESULT"),
    }
)
#: What a row of CSV has of such an answer, where that is more than what JSON holds of it.
_ROWS = MappingProxyType(
    {"Rank": ("kinds", "RANK_ROW"), "Result": ("profile_report", "RESULT_ROW")}
)
#: What a document shows of such an answer, where that is not each value as JSON holds it.
_SHOWN = MappingProxyType({"Finding": ("audit_report", "FINDING_SHOWN")})


def document_of(answer: Any) -> Document:
    """The document of an answer, ready for any format."""
    name = type(answer).__name__
    if name in _RECORDS:
        record = _named(*_RECORDS[name])
        return _of_record(answer, record, _named(*_ROWS[name]) if name in _ROWS else record)
    own = f"{type(answer).__module__.rpartition('.')[2]}_report"
    document: Document = _named(*_ADAPTORS.get(name, (own, own)))(answer)
    return document


def data_of(answer: Any) -> Any:
    """What JSON holds of an answer."""
    name = type(answer).__name__
    if name not in _RECORDS:
        return document_of(answer).data()
    record: Record = _named(*_RECORDS[name])
    return record.data(answer, Voice())


def _of_record(answer: Any, record: Record, row: Record) -> Document:
    """The document of an answer that is a part of others: its values, one below the other."""
    from bajio.registry import Registry

    voice = Voice(registry=getattr(answer, "registry", None) or Registry.default())
    name = type(answer).__name__
    shown_record = _named(*_SHOWN[name]) if name in _SHOWN else record
    cells = [
        (column, column.value(answer))
        for column in shown_record.columns
        if column.words(column.value(answer), voice)
    ]
    columns = (
        Column("what", _NAME, lambda pair: pair[0], partial(say, "column.what")),
        Column("told", WORDS_OF_PAIR, lambda pair: pair, partial(say, "column.value")),
    )
    schema = AnswerSchema(name.lower(), name.capitalize(), record, (row,))
    report = Report(partial(_title, answer), columns, rows_of(columns, cells))
    return Document(schema, answer, [(row, answer)], (report,), voice)


def _title(answer: Any, language: str) -> str:
    if getattr(answer, "region", None) is None:
        return ""
    return f"{answer.indicator.label.text(language)}, {answer.region.name(language)}"


_NAME = ValueKind(
    {},
    words=lambda column, voice: (
        said(column.label, voice.language) or key_name(column.key, voice.language).capitalize()
    ),
)


def json_of(answer: Any) -> str:
    """An answer as JSON."""
    from bajio.report.json_data import json_text

    return json_text(data_of(answer))


def frame_of_answer(answer: Any, backend: str) -> Any:
    """An answer as a frame of a backend."""
    from bajio.report.frames import frame_of

    return frame_of(document_of(answer), backend)


def save(answer: Any, path: str, *, overwrite: bool, language: str | None) -> None:
    """Write an answer to a file, in the format that its ending names, in a language.

    Raises:
        InvalidValue: the ending names no format, there are no words of the language, or the file
            cannot be written.
    """
    ending = os.path.splitext(path)[1].casefold()
    output_format = format_by_ending(ending)
    if output_format is None:
        known = known_endings()
        raise InvalidValue(f"{shown(path)}: no format ends in {shown(ending)}: it can be {known}")
    content = rendered(_shown(answer, language), output_format)
    if isinstance(content, str):
        content = f"{content}\n"
    write_file(path, content, overwrite=overwrite)


def _shown(answer: Any, language: str | None = None) -> Document:
    """The document of an answer, shown in a language: the usual one, if none is given."""
    code = usual_language() if language is None else phrasebook(language).code
    return document_of(answer).shown_in(code)


def _named(module: str, name: str) -> Any:
    return getattr(import_module(f"bajio.report.{module}"), name)
