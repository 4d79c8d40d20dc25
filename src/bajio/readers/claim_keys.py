"""What a file of claims may say: its keys, declared once, for the reader and for the schema."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from attrs import frozen

from bajio.claims.claim import CHANGES, MEMBERS, ORDERS, STATUSES
from bajio.claims.conventions import SCALES
from bajio.claims.relations import Relation
from bajio.claims.review import REVIEW_KEYS
from bajio.facts.periods import NOTATION

MOST_TEXT = 1000
MOST_CLAIMS = 10_000
MOST_ENTRIES = 64
PERIOD_PATTERN = f"^(?:{'|'.join(NOTATION.values())})$"
_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Form(Enum):
    """What the value of a key looks like, and its JSON Schema."""

    TEXT = "text"
    CODE = "code"
    LABEL = "label"
    PRINTED = "printed"
    NUMBER = "number"
    PARTS = "parts"
    CODES = "codes"
    YEAR = "year"
    PERIOD = "period"
    YEARS = "years"
    RANK = "rank"
    FLAG = "flag"
    DAY = "day"
    EACH = "each"
    REACHES = "reaches"
    WORD = "word"
    REVIEW = "review"
    CLAIMS = "claims"


@frozen
class Key:
    """A key of a file of claims.

    Attributes:
        name: as it is written.
        form: what its value looks like.
        description: what it says.
        required: whether it must be there.
        words: the words that it may be, where it is one of a few.
    """

    name: str
    form: Form
    description: str
    required: bool = False
    words: tuple[str, ...] = ()


SET_KEYS = (
    Key("code", Form.CODE, "Short name of the set, in kebab-case.", required=True),
    Key("title", Form.LABEL, "What the set is called.", required=True),
    Key("subject", Form.TEXT, "Region of a claim that names none: a code, or MX-JAL+MX-COL."),
    Key("locale", Form.TEXT, "How numbers are written: en, es-MX (1,234.5), es-ES (1.234,5), ..."),
    Key("scale", Form.WORD, "Whether a billion is 10⁹ (short) or 10¹² (long).", words=SCALES),
    Key("year", Form.YEAR, "Year of a claim that names no period."),
    Key("period", Form.PERIOD, "Period of a claim that names none: 2018, 2018-Q3 or 2019-02."),
    Key("published", Form.DAY, "Day of publication, 2019-05-03, from which 'last year' is told."),
    Key("peers", Form.TEXT, "Peer group of a claim that names none; un-members, if not given."),
    Key("source", Form.LABEL, "Where the claims were printed."),
    Key("hedges", Form.REACHES, "How far hedges reach in this file: about = '3 %', casi = '2 %'."),
    Key("review", Form.REVIEW, "Who reviews the claims, where and when, and who made them."),
    Key("claims", Form.CLAIMS, "The claims, in the order of the text.", required=True),
)
CLAIM_KEYS = (
    Key("id", Form.CODE, "Short name of the claim, unique in the set.", required=True),
    Key("statement", Form.LABEL, "What was claimed, in a sentence.", required=True),
    Key(
        "relation",
        Form.WORD,
        "How the subject is bound to a number or to other areas; for a single number, the words "
        "around it say it.",
        words=tuple(relation.value for relation in Relation),
    ),
    Key("subject", Form.TEXT, "The region that it is about: a code, or MX-JAL+MX-COL."),
    Key("indicator", Form.TEXT, "Code of the indicator that can decide it."),
    Key("quantity", Form.LABEL, "What the number counts, where no indicator measures it."),
    Key("printed", Form.PRINTED, "The number as printed, with its words: over 12.4 million."),
    Key("unit", Form.TEXT, "Unit that it is printed in, where not that of the indicator: ha."),
    Key("each", Form.EACH, "Areas of which each is as is said, or 'members' of the subject."),
    Key("areas", Form.CODES, "Areas that the subject is said to exceed, or to be near."),
    Key(
        "than",
        Form.NUMBER,
        "Printed number that part is said to exceed, or to be near; that of areas, where one is "
        "named.",
    ),
    Key("part", Form.NUMBER, "Printed number that is a share or a multiple of whole."),
    Key("whole", Form.NUMBER, "Printed number that part is a share of, or that parts sum to."),
    Key("parts", Form.PARTS, "Printed numbers by area, that sum to whole or have a mean."),
    Key("top", Form.RANK, "The last rank that makes the claim true."),
    Key("rank", Form.RANK, "The only rank that makes it true: 4 for the fourth."),
    Key(
        "order",
        Form.WORD,
        "Which figure is first; the better one of the indicator, if not given.",
        words=tuple(ORDERS),
    ),
    Key("peers", Form.TEXT, "Peer group that it is ranked among; a region is its members."),
    Key("year", Form.YEAR, "Year that it speaks of."),
    Key("period", Form.PERIOD, "Year, quarter or month that it speaks of: 2018-Q3 or 2019-02."),
    Key(
        "when",
        Form.LABEL,
        "Period as printed, in the place of year, period, years and since: the last five years.",
    ),
    Key("years", Form.YEARS, "First and last year of a span over which flows are summed."),
    Key("open_span", Form.CODE, "Name for a span that the text leaves open; claims may share it."),
    Key(
        "since",
        Form.YEAR,
        "Earlier year of a change: 4 %, 2 points, doubled, over 1 million; of a month or quarter "
        "the same one of that year.",
    ),
    Key(
        "change",
        Form.WORD,
        "How a change is told where no printed number says it: percent, points or absolute.",
        words=tuple(about.value for about in CHANGES),
    ),
    Key("projection", Form.FLAG, "Whether it speaks of the future."),
    Key("tolerance", Form.PRINTED, "In the place of 5 % for about, of 10 % for near: 2 %."),
    Key("weights", Form.TEXT, "Code of the indicator that could weigh a mean."),
    Key("related", Form.CODES, "Codes of indicators that measure something akin."),
    Key("note", Form.LABEL, "What a reader should know besides."),
    Key(
        "status",
        Form.WORD,
        "draft: read out of a text and not confirmed; its verdict is tentative and does not count.",
        words=STATUSES,
    ),
)


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of claims, for editors that complete and check TOML.

    Examples:
        >>> schema()["required"]
        ['code', 'title', 'claims']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Claims about a region, for bajio audit",
        **_object(SET_KEYS),
        "$defs": {
            "text": {"type": "string", "minLength": 1, "maxLength": MOST_TEXT},
            "label": _either(_text(), _languages()),
            "printed": _either(_text(), _languages()),
            "claim": _object(CLAIM_KEYS),
        },
    }


def _object(keys: tuple[Key, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            key.name: {"description": key.description, **_FORMS[key.form], **_words(key)}
            for key in keys
        },
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _words(key: Key) -> dict[str, Any]:
    return {"enum": list(key.words)} if key.words else {}


def _either(*schemas: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": list(schemas)}


def _text() -> dict[str, Any]:
    return {"$ref": "#/$defs/text"}


def _printed() -> dict[str, Any]:
    return {"$ref": "#/$defs/printed"}


def _languages() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"en": _text(), "es": _text()},
        "additionalProperties": False,
        "minProperties": 1,
    }


_YEAR: dict[str, Any] = {"type": "integer", "minimum": 1000, "maximum": 9999}
_FORMS: Mapping[Form, dict[str, Any]] = {
    Form.TEXT: _text(),
    Form.CODE: {"type": "string", "pattern": _CODE, "maxLength": MOST_TEXT},
    Form.LABEL: {"$ref": "#/$defs/label"},
    Form.PRINTED: _printed(),
    Form.NUMBER: _either(
        _printed(),
        {
            "type": "object",
            "properties": {"claim": _text()},
            "required": ["claim"],
            "additionalProperties": False,
        },
    ),
    Form.PARTS: {
        "type": "object",
        "additionalProperties": _printed(),
        "minProperties": 2,
        "maxProperties": MOST_ENTRIES,
    },
    Form.CODES: {"type": "array", "items": _text(), "minItems": 1, "maxItems": MOST_ENTRIES},
    Form.YEAR: _YEAR,
    Form.PERIOD: {"type": "string", "pattern": PERIOD_PATTERN},
    Form.YEARS: {"type": "array", "items": _YEAR, "minItems": 2, "maxItems": 2},
    Form.RANK: {"type": "integer", "minimum": 1, "maximum": 9999},
    Form.FLAG: {"type": "boolean"},
    Form.REACHES: {
        "type": "object",
        "additionalProperties": _text(),
        "minProperties": 1,
        "maxProperties": MOST_ENTRIES,
    },
    Form.REVIEW: {
        "type": "object",
        "properties": {name: _text() for name in REVIEW_KEYS},
        "additionalProperties": False,
        "minProperties": 1,
    },
    Form.EACH: _either(
        {"const": MEMBERS},
        {"type": "array", "items": _text(), "minItems": 1, "maxItems": MOST_ENTRIES},
    ),
    Form.DAY: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Form.WORD: {"type": "string"},
    Form.CLAIMS: {
        "type": "array",
        "items": {"$ref": "#/$defs/claim"},
        "minItems": 1,
        "maxItems": MOST_CLAIMS,
    },
}
