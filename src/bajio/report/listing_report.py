"""What there is as documents: regions, indicators, measures, peer groups, claim sets, sources."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from bajio.facts.currencies import Currency
from bajio.registry import Registry
from bajio.report import column_widths, escapes
from bajio.report.kinds import (
    CODE,
    CODES,
    NAME_OF_KEY,
    NAMED,
    PERIOD,
    TEXT,
    TEXTS,
    WHOLE,
    WORDS_OF_PAIR,
)
from bajio.report.records import (
    Column,
    ListOf,
    MappingOf,
    Record,
    ValueKind,
    Voice,
    key_name,
)
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.phrasebook import say
from bajio.words.sentences import Message, Noun

#: What a list shows of an entry; the rest is shown when one is asked for.
_SHORT = (
    "code",
    "name",
    "members",
    "unit",
    "topic",
    "kind",
    "within",
    "publisher",
    "title",
    "editions",
)
#: Columns of lists that a narrow terminal can do without, those that go first first.
SPARE = ("kind", "origin", "version", "ms")
#: A thing that is listed, and the registry that has it.
_Listed = tuple[Registry, Any]
_NAMES = MappingOf(TEXT)


def _own(key: str, kind: ValueKind, value: Any = None) -> Column:
    """A column of the thing itself."""
    return Column(key, kind, value).through(lambda listed: listed[1])


_STAY = Record(
    Column("area", CODE),
    Column("joined", WHOLE | None),
    Column("left", WHOLE | None),
)


def _charter(key: str, kind: ValueKind, name: str = "") -> Column:
    """What a region says of itself; nothing of one that says nothing."""
    empty = "" if kind is TEXT else None if kind is WHOLE else ()

    def value(listed: _Listed) -> Any:
        charter = listed[1].charter
        return None if charter is None else getattr(charter, name or key) or empty

    return Column(key, kind | None, value)


_CURRENCY = Record(
    Column("code", CODE),
    Column("since", WHOLE | None),
    Column("until", WHOLE | None),
)


def _moneys(area: Any) -> Any:
    """The currencies of an area, each with its years."""
    known = area.currency
    return [Currency(known)] if isinstance(known, str) else known or []


def _bordering(listed: _Listed) -> list[str]:
    registry, area = listed
    return sorted(registry.borders.get(area.code, ()))


_AREA = Record(
    _own("code", CODE),
    _own("name", TEXT, lambda area: area.names),
    _own("names", _NAMES),
    _own("kind", TEXT, lambda area: Noun(area.kind)),
    _own("within", CODE | None),
    _own("currencies", ListOf(_CURRENCY), _moneys),
    _own("since", WHOLE | None),
    _own("until", WHOLE | None),
    _own("identifiers", CODES),
    _own("aliases", TEXTS),
    Column("borders", CODES, _bordering),
)
_REGION = Record(
    _own("code", CODE),
    _own("name", NAMED, lambda region: region),
    _own("names", _NAMES, lambda region: region.names or {}),
    Column("members", CODES, lambda listed: listed[0].region(listed[1]).members),
    _own("memberships", ListOf(_STAY)),
    _own("basis", TEXT, lambda grouped: Message(grouped.basis)),
    _charter("agreement", TEXT),
    _charter("signed", TEXT),
    _charter("pillars", TEXTS),
    _charter("sectors", TEXTS),
    _charter("agenda", TEXTS),
    _charter("workshops", TEXT),
    Column("anchor_firms", MappingOf(TEXTS) | None, lambda listed: _firms(listed[1])),
    _charter("governance", TEXT),
    _charter("horizon_years", WHOLE, "horizon"),
    _charter("aim", TEXT),
)


def _firms(region: Any) -> Any:
    return dict(region.charter.anchor_firms) if region.charter else None


_INDICATOR = Record(
    _own("code", CODE),
    _own("name", TEXT, lambda indicator: indicator.label),
    _own("names", _NAMES, lambda indicator: indicator.label),
    _own("topic", TEXT, lambda indicator: Noun(indicator.topic)),
    _own("unit", TEXT),
    _own("formula", TEXT, lambda indicator: str(indicator.rule)),
    _own("better", TEXT, lambda indicator: Noun(indicator.better.value)),
    _own("description", TEXT, lambda indicator: indicator.description or ""),
    _own("formula_source", TEXT),
)


def _editions(listed: _Listed) -> list[str]:
    registry, measure = listed
    series = registry.dataset.editions(measure.code)
    return [
        f"{edition_series.source} {edition_series.edition} ({edition_series.unit})"
        for edition_series in series
    ]


_MEASURE = Record(
    _own("code", CODE),
    _own("name", TEXT, lambda measure: measure.label),
    _own("names", _NAMES, lambda measure: measure.label),
    _own("unit", TEXT),
    _own("kind", TEXT, lambda measure: Noun(measure.kind.value)),
    _own("time", TEXT, lambda measure: Noun(measure.time.value)),
    _own("prices", TEXT | None, lambda measure: measure.prices and Noun(measure.prices.value)),
    _own("dimensions", CODES),
    _own("description", TEXT, lambda measure: measure.description or ""),
    Column("editions", TEXTS, _editions),
)
_PEER_GROUP = Record(
    _own("code", CODE),
    _own("name", TEXT, lambda group: group.names),
    _own("names", _NAMES),
    Column("members", CODES, lambda listed: listed[1].newest(listed[0].today)),
    _own(
        "memberships",
        ListOf(_STAY),
        lambda group: [stay for stay in group.memberships if stay.joined or stay.left],
    ),
    _own("basis", TEXT, lambda grouped: Message(grouped.basis)),
)
_CLAIM_SET = Record(
    _own("code", CODE),
    _own("name", TEXT, lambda claims: claims.title),
    _own("names", _NAMES, lambda claims: claims.title),
    _own("members", CODES, list),
    _own("year", WHOLE | None),
    _own("period", PERIOD, lambda claims: claims.when and str(claims.when)),
    _own("peers", CODE | None),
    _own("source", TEXT, lambda claims: claims.source or ""),
    _own("claims", _NAMES, lambda claims: {one.id: one.statement for one in claims.claims}),
)


def _series(listed: _Listed) -> list[str]:
    registry, source = listed
    series = (
        source_series
        for source_series in registry.dataset.series
        if source_series.source == source.code
    )
    return [f"{source_series.measure}, edition {source_series.edition}" for source_series in series]


_SOURCE = Record(
    _own("code", CODE),
    _own("publisher", TEXT),
    _own("title", TEXT),
    _own("terms", TEXT),
    _own("citation", TEXT),
    _own("path", TEXT),
    Column("series", TEXTS, _series),
)
_COUNT = ValueKind(WHOLE.schema)
#: What a row of CSV is of one entry: a key, and its value in words.
_PAIR = Record(
    Column("key", TEXT, lambda pair: pair[0]), Column("value", TEXT, lambda pair: pair[1])
)


def _short(column: Column) -> Column:
    """A column of a list: members by their number."""
    label = partial(say, f"column.{column.key}")
    if column.key != "members":
        return column.labelled(label)
    return Column(column.key, _COUNT, lambda listed: len(column.value(listed)), label)


def _list_schema(name: str, entry: Record) -> AnswerSchema:
    row = Record(*(_short(column) for column in entry.columns if column.key in _SHORT))
    return AnswerSchema(name, f"The {name} that there are", ListOf(row), (row,))


_RECORDS = {
    "areas": ("area", _AREA),
    "regions": ("region", _REGION),
    "indicators": ("indicator", _INDICATOR),
    "measures": ("measure", _MEASURE),
    "peers": ("peer-group", _PEER_GROUP),
    "claims": ("claim-set", _CLAIM_SET),
    "sources": ("source", _SOURCE),
}
#: What each command that lists things has, of all of them and of one, by its name.
LISTS = {name: _list_schema(name, entry) for name, (_, entry) in _RECORDS.items()}
ENTRIES = {
    name: AnswerSchema(one, f"One of the {name}, in full", entry, (_PAIR,))
    for name, (one, entry) in _RECORDS.items()
}


def listing_report(name: str, things: Mapping[str, Any], registry: Registry) -> Document:
    """All things of one kind as a document.

    Args:
        name: of the command that lists them.
        things: by code.
        registry: what has them.
    """
    every = [(registry, thing) for thing in things.values()]
    return rows_document(LISTS[name], every, Voice(registry=registry))


def rows_document(
    schema: AnswerSchema, subjects: Iterable[Any], voice: Voice | None = None
) -> Document:
    """A list as a document whose table, CSV and JSON have the same columns."""
    every = list(subjects)
    (row,) = schema.rows
    keys = [column.key for column in row.columns]
    spare = tuple(key for key in SPARE if key in keys)
    spare = tuple(sorted(spare, key=keys.index))
    report = Report("", row.columns, rows_of(row.columns, every), spare=spare)
    lines = [(row, row_value) for row_value in every]
    return Document(schema, every, lines, (report,), voice or Voice())


def entry_report(name: str, thing: Any, registry: Registry) -> Document:
    """One thing in full as a document.

    Args:
        name: of the command that lists its kind.
        thing: what is shown.
        registry: what has it.
    """
    schema, voice = ENTRIES[name], Voice(registry=registry)
    assert isinstance(schema.data, Record)
    listed = (registry, thing)
    values = [(column, column.value(listed)) for column in schema.data.columns]
    cells = [(column, value) for column, value in values if value]
    columns = (
        Column("key", NAME_OF_KEY, lambda pair: pair[0], heading="key"),
        Column("value", WORDS_OF_PAIR, lambda pair: pair, heading="value"),
    )
    report = Report("", columns, rows_of(columns, cells))
    lines = [
        (_PAIR, (column.key.replace("_", " "), column.words(value, voice)))
        for column, value in cells
    ]

    def table(width: int | None, language: str) -> str:
        spoken = Voice(language, registry)
        pairs = [(key_name(one.key, language), one.words(value, spoken)) for one, value in cells]
        return _aligned(pairs, width)

    return Document(schema, listed, lines, (report,), voice, written={"table": table})


def _aligned(pairs: list[tuple[str, str]], width: int | None) -> str:
    """Keys with their values beside them, a line each; values that are longer are wrapped."""
    names = max(len(name) for name, _ in pairs)
    lines = [f"{name:<{names}}  {escapes.line(value)}" for name, value in pairs]
    if width is None:
        return "\n".join(lines)
    return "\n".join(column_widths.wrapped_lines(lines, width, " " * (names + 2)))
