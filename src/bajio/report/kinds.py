"""The kinds of values that answers have, and how each is told."""

from operator import attrgetter, itemgetter
from typing import Any

from bajio.facts.observations import STATUSES
from bajio.facts.regions import Region
from bajio.questions.results import plain
from bajio.report import answer_words
from bajio.report.records import (
    Column,
    Inline,
    ListOf,
    MappingOf,
    Record,
    Text,
    ValueKind,
    Voice,
    WordOf,
    key_name,
    said,
)
from bajio.words import magnitudes
from bajio.words.phrasebook import say

#: The number of the shape that JSON has: it rises where a key is renamed or means something else.
SCHEMA = "1"
_NUMBER = {"type": "number"}


def _itself(number: Any) -> Any:
    return number


def _text(value: Any, voice: Voice) -> str:
    """A text, or a label in the language; `str` of anything else."""
    return value.text(voice.language) if hasattr(value, "text") else str(value)


class Phrase:
    """A cell that is a phrase of the phrase books, in whichever language is asked for."""

    def __init__(self, key: str, **parts: Text) -> None:
        self.key = key
        self.parts = parts

    def text(self, language: str) -> str:
        """In words."""
        parts = {name: said(part, language) for name, part in self.parts.items()}
        return say(self.key, language, **parts)


_STRING = {"type": "string"}
TEXT = ValueKind(_STRING, _text, _text)
#: A column by what it is called, and what it has of a value, with which it is a pair.
NAME_OF_KEY = ValueKind({}, words=lambda column, voice: key_name(column.key, voice.language))
WORDS_OF_PAIR = ValueKind(
    {},
    words=lambda pair, voice: pair[0].words(pair[1], voice),
    exact=lambda pair: pair[0].exact(pair[1]),
)
#: A text whose end a table can leave out.
LONG_TEXT = ValueKind(
    _STRING, _text, lambda text, voice: answer_words.shortened(_text(text, voice))
)
#: A region, or a phrase in its place, by what it is called.
NAMED = ValueKind(
    _STRING,
    lambda named, _: str(named),
    lambda named, voice: (
        named.name(voice.language) if isinstance(named, Region) else named.text(voice.language)
    ),
)
CODE = ValueKind(_STRING)
TEXTS = ListOf(TEXT)
CODES = ListOf(CODE)
FLAG = ValueKind({"type": "boolean"})
WHOLE = ValueKind({"type": "integer"}, right=True, exact=_itself)
#: A number as JSON has it: in the canonical unit, shares as fractions.
NUMBER = ValueKind(_NUMBER, lambda exact, _: plain(exact), right=True, exact=_itself)
#: An integer or a fraction in lowest terms, as text.
EXACT = ValueKind({"type": "string", "pattern": r"^-?\d+(/\d+)?$"}, lambda exact, _: str(exact))
STATUS = WordOf(STATUSES)
#: A number as JSON has it where it is no exact one's own: the nearest float.
FLOAT = ValueKind(_NUMBER, lambda exact, _: float(exact), right=True, exact=_itself)
#: A fraction of one, in percent in a table.
SHARE = ValueKind(
    _NUMBER,
    lambda exact, _: float(exact),
    lambda exact, voice: magnitudes.percent(exact, 1, voice.language),
    right=True,
    exact=_itself,
)
#: A number without a unit, by its magnitude.
MAGNITUDE = ValueKind(
    _NUMBER,
    lambda exact, _: plain(exact),
    lambda exact, voice: magnitudes.magnitude(exact, voice.language),
    right=True,
    exact=_itself,
)

# Numbers of an indicator: pairs of a number and the indicator that it is of.
AMOUNT = ValueKind(
    _NUMBER,
    lambda pair, _: plain(pair[0]),
    lambda pair, voice: answer_words.figure(pair[0], pair[1], voice.language),
    right=True,
    exact=itemgetter(0),
)
#: The same without the unit, which stands elsewhere.
BARE = ValueKind(
    _NUMBER,
    lambda pair, _: plain(pair[0]),
    lambda pair, voice: answer_words.figure(pair[0], pair[1], voice.language, with_unit=False),
    right=True,
    exact=itemgetter(0),
)
#: A change, without the unit.
CHANGE = ValueKind(
    _NUMBER,
    lambda pair, _: plain(pair[0]),
    lambda pair, voice: (
        answer_words.signed_text(pair[0], pair[1], voice.language, with_unit=False)
        if pair[0]
        else "0"
    ),
    right=True,
    exact=itemgetter(0),
)
#: A year, quarter or month in SDMX notation.
PERIOD = ValueKind({"type": ["string", "null"]})
#: The year of what has a period and a status; a table shows the period, with a letter beside it.
YEAR = ValueKind(
    {"type": ["integer", "null"]},
    lambda dated, _: dated.year,
    lambda dated, _: answer_words.year_text(dated),
)


def _figure(ends: Any, _voice: Voice) -> dict[str, Any]:
    if ends is None:
        return {"value": None, "exact": None}
    if ends.low == ends.high:
        return {"value": plain(ends.low), "exact": str(ends.low)}
    return {"low": plain(ends.low), "high": plain(ends.high)}


#: What has two ends: a value where they are one, else an interval; neither where there is nothing.
FIGURE = Inline(
    ({"value": NUMBER | None, "exact": EXACT | None}, {"low": NUMBER, "high": NUMBER}),
    _figure,
    lambda result, voice: answer_words.value_text(result, voice.language),
    right=True,
    exact=_itself,
)

COVERAGE = Record(
    Column("members", SHARE),
    Column("weight", SHARE | None),
    Column("periods", SHARE),
    Column("missing", TEXTS),
    words=lambda coverage, voice: answer_words.coverage_text(coverage, voice.language),
)
RANK = Record(
    Column("position", WHOLE),
    Column("of", WHOLE),
    Column("above", CODES),
    Column("below", CODES),
    Column("nearest", CODES),
    Column("peers_missing", CODES),
    Column("tied", CODES),
    Column("borrowed", MappingOf(WHOLE), lambda rank: dict(rank.borrowed)),
    Column("left_out", CODES),
    Column("peers_without_data", CODES),
    Column("best", WHOLE),
    Column("worst", WHOLE),
    Column("host_gap", SHARE | None),
    Column("sources", TEXTS),
    words=lambda rank, voice: answer_words.rank_text(rank, voice.registry, voice.language),
    exact=attrgetter("position"),
)
#: A rank in CSV: of which region and indicator it is, too.
RANK_ROW = Record(
    Column("region", CODE | None, lambda rank: rank.region and rank.region.code),
    Column("indicator", CODE | None, lambda rank: rank.indicator and rank.indicator.code),
    Column("period", TEXT | None),
    Column("unit", TEXT | None, lambda rank: rank.indicator and rank.indicator.unit),
    *RANK.columns,
)
MEMBER = Record(
    Column("area", CODE),
    Column("value", ValueKind(_NUMBER) | None),
    Column("reason", TEXT | None, lambda member: member.reason or None),
)
RESULT = Record(
    Column("indicator", CODE, lambda result: result.indicator.code),
    Column("label", TEXT, lambda result: result.indicator.label, heading="indicator"),
    Column("value", FIGURE, lambda result: result, heading="value"),
    Column("unit", TEXT, lambda result: str(result.unit)),
    Column("period", PERIOD),
    Column("year", YEAR, lambda result: result, heading="year"),
    Column("status", STATUS),
    Column("share_of_host", SHARE | None, heading="share"),
    Column("share_basis", WordOf(("published", "sum-of-parts")) | None),
    Column("host_area", CODE | None, lambda result: result.host),
    Column(
        "host_value",
        BARE | None,
        lambda one: None if one.host_value is None else (one.host_value, one.indicator),
    ),
    Column("coverage", COVERAGE, heading="coverage"),
    Column("rank", RANK | None, heading="rank", absent="–"),
    Column("rank_reason", TEXT | None, lambda one: None if one.rank else one.rank_reason or None),
    Column("notes", TEXTS),
    Column("holders", CODES),
    Column("sources", TEXTS),
)
MISSED = Record(
    Column("indicator", CODE, lambda missed: missed.indicator.code),
    Column("reason", TEXT),
    Column("latest_year", WHOLE | None),
    Column("latest_period", PERIOD),
)
#: A region, and the members that it is told with.
REGION = Record(
    Column("code", CODE, lambda pair: pair[0].code),
    Column("name", TEXT, lambda pair: str(pair[0])),
    Column("members", CODES, lambda pair: pair[1]),
)


class _Known(Record):
    """A part of the registry that an answer rests on, whatever the answer."""

    def _written(self, value: Any, voice: Voice) -> Any:
        del value
        return super()._written(voice.registry.dataset, voice)


#: What JSON of every answer says of itself: the number of its shape, and what it rests on.
PROVENANCE = (
    Column("schema", ValueKind({"const": SCHEMA}), lambda _: SCHEMA),
    Column("data", _Known(Column("version", TEXT), Column("digest", CODE)), lambda _: True),
)


def with_members(region: Region, composition: Any = None) -> tuple[Region, Any]:
    """A region with its newest members, where not those of a year are given."""
    return region, region.members if composition is None else composition
