"""Plugins, and what their check finds, as documents."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bajio.registry import Loaded
from bajio.registry.plugins import Failure
from bajio.report.kinds import CODE, CODES, FLOAT, TEXT, WHOLE
from bajio.report.listing_report import rows_document
from bajio.report.records import Column, ListOf, MappingOf, Record, ValueKind
from bajio.report.reports import AnswerSchema, Document
from bajio.words.phrasebook import ENGLISH, say
from bajio.words.sentences import Message, Noun

_FAILURE = Record(Column("hook", TEXT), Column("reason", TEXT), Column("cure", TEXT))
_ABOUT = tuple(
    Column(key, TEXT | None, value, heading=key).through(lambda loaded: loaded.plugin)
    for key, value in (
        ("name", None),
        ("distribution", None),
        ("version", None),
        ("origin", lambda plugin: Noun(plugin.origin)),
    )
)
_PLUGIN = Record(
    *_ABOUT,
    Column("place", TEXT | None).through(lambda loaded: loaded.plugin),
    Column("provides", MappingOf(CODES)),
    Column("seconds", FLOAT, lambda loaded: round(loaded.seconds, 4)),
    Column("failures", ListOf(_FAILURE)),
)
#: How many of what a plugin provides.
_COUNTS = ValueKind(
    TEXT.schema,
    lambda provides, _: _counts(provides),
    lambda provides, voice: _counts(provides, voice.language),
)
_PLUGIN_ROW = Record(
    *_ABOUT,
    Column("provides", _COUNTS, lambda loaded: loaded.provides, heading="provides"),
    Column("ms", TEXT, lambda loaded: f"{round(loaded.seconds, 4) * 1000:.1f}", heading="ms"),
    Column("failures", TEXT, lambda loaded: _failed(loaded.failures), heading="failures"),
)
PLUGINS = AnswerSchema(
    "plugins", "What is loaded, from where, and what failed", ListOf(_PLUGIN), (_PLUGIN_ROW,)
)


def _counts(provides: Mapping[str, Sequence[str]], language: str = ENGLISH) -> str:
    return ", ".join(_counted(hook, len(codes), language) for hook, codes in provides.items())


def _failed(failures: Iterable[Failure]) -> Message:
    return Message("; ".join(failure.reason for failure in failures))


def _counted(hook: str, count: int, language: str) -> str:
    """What a hook provides, by number.

    Examples:
        >>> _counted("bajio_peer_groups", 10, "en"), _counted("bajio_areas", 1, "es")
        ('10 peer groups', '1 área')
    """
    return say(f"provides.{hook.removeprefix('bajio_')}", language, count=count)


def plugins_report(plugins: Iterable[Loaded]) -> Document:
    """Plugins as a document: what each provides by number, why what failed."""
    return rows_document(PLUGINS, plugins)


#: How laws fared: held, broken, never decided by an example, not about such a thing.
_STATES = ("kept", "broken", "untested", "inapplicable")


def _checked(key: str, *, counted: bool = False) -> Column:
    return Column(
        key,
        WHOLE if counted else CODES,
        (lambda row: len(row[key])) if counted else (lambda row: row[key]),
        heading=key,
    )


def _text(key: str) -> Column:
    return Column(key, CODE, lambda row: row[key], heading=key)


#: What each thing that plugins provide kept of the laws, broke, could not be held to, and need not.
CHECK = AnswerSchema(
    "plugins-check",
    "What a check of the plugins found",
    ListOf(Record(_text("plugin"), _text("code"), *map(_checked, _STATES))),
    (
        Record(
            _text("plugin"),
            _text("code"),
            _checked("kept", counted=True),
            _checked("broken"),
            _checked("untested"),
            _checked("inapplicable", counted=True),
        ),
    ),
)


def check_report(rows: Iterable[Mapping[str, Any]]) -> Document:
    """What a check found as a document."""
    return rows_document(CHECK, rows)
