"""The descriptor of a data package, checked once against one schema before anything is read by it.

What the Data Package and Table Schema standards let a descriptor say of its tables is honoured,
or refused by name; what nobody knows is refused wherever it could change a number.
"""

import json
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from bajio.amounts import MOST_DIGITS, exact_number
from bajio.errors import BajioError, InvalidData, InvalidValue, shown
from bajio.facts.editions import as_edition
from bajio.facts.measures import Measure, as_code
from bajio.facts.periods import Frequency, as_year
from bajio.facts.regions import Charter
from bajio.facts.sources import Source
from bajio.labels import Label
from bajio.mappings import FrozenDict
from bajio.readers.shapes import (
    Misfit,
    Shape,
    count,
    flag,
    label,
    letter,
    listed,
    made_by,
    missing,
    name,
    one_or_more,
    text,
    texts,
    texts_by_name,
    unread,
    word,
)


class Dialect(NamedTuple):
    """How a table's text is cut into cells, after the Table Dialect standard."""

    delimiter: str = ","
    quote: str = '"'
    double_quote: bool = True
    escape: str | None = None
    null: str | None = None
    skip_initial_space: bool = False
    header: bool = True
    header_rows: tuple[int, ...] = ()
    comment: str | None = None
    comment_rows: tuple[int, ...] = ()


class FieldSchema(NamedTuple):
    """What a Table Schema says of one column."""

    name: str
    type: str = "any"
    format: str = "default"
    missing: tuple[str, ...] | None = None
    group: str = ""
    decimal: str | None = None
    bare: bool = True
    constraints: Mapping[str, Any] = FrozenDict()


class Schema(NamedTuple):
    """What a Table Schema says of a table; no fields where it says nothing."""

    fields: tuple[FieldSchema, ...] = ()
    missing: tuple[str, ...] = ("",)
    match: tuple[str, ...] = ("exact",)
    keys: tuple[tuple[str, ...], ...] = ()

    def field_of(self, column: str) -> FieldSchema:
        """What is said of a column."""
        return next((field for field in self.fields if field.name == column), FieldSchema(column))


class SeriesEntry(NamedTuple):
    """Which series a table holds."""

    measure: str
    source: str
    edition: str
    unit: str
    frequency: Frequency = Frequency.TIMELESS
    kinds: tuple[str, ...] = ()
    derived: bool = False
    last: int | None = None
    unallocated: str = ""


class Resource(NamedTuple):
    """A table of a package."""

    name: str
    paths: tuple[str, ...] = ()
    format: str = "csv"
    encoding: str = "utf-8"
    size: int | None = None
    hash: str | None = None
    rows: int | None = None
    schema: Schema = Schema()
    dialect: Dialect = Dialect()
    series: SeriesEntry | None = None
    holds: str = ""
    source: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Its files, as errors name them."""
        return ", ".join(self.paths) or self.name


class ClassificationEntry(NamedTuple):
    """A classification, whose categories stand in the table of its name."""

    name: str
    total: str = ""


class NamedEntry(NamedTuple):
    """A region or a peer group, whose members stand in a table."""

    name: str
    label: Label | None = None
    basis: str = ""
    replaces: str = ""
    charter: Charter | None = None
    aliases: tuple[str, ...] = ()


class Descriptor(NamedTuple):
    """What a package says of itself."""

    name: str
    resources: tuple[Resource, ...]
    version: str = ""
    reference_year: int | None = None
    sources: tuple[Source, ...] = ()
    measures: tuple[Measure, ...] = ()
    classifications: tuple[ClassificationEntry, ...] = ()
    regions: tuple[NamedEntry, ...] = ()
    peer_groups: tuple[NamedEntry, ...] = ()
    definitions: str = ""


def read_descriptor(content: bytes, file: str) -> Descriptor:
    """A package's descriptor.

    Raises:
        InvalidData: it is no JSON, says something twice, or is not what the schema admits.
    """
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(
            text,
            object_pairs_hook=_without_twins,
            parse_constant=_refused,
            parse_float=exact_number,
            parse_int=_integer,
        )
        descriptor: Descriptor = _DESCRIPTOR(document)
    except RecursionError:
        raise InvalidData("the descriptor is nested too deep", file=file) from None
    except Misfit as error:
        faults = [InvalidData(str(misfit), file=file) for misfit in error.faults or (error,)]
        faults[0].faults = tuple(faults)
        raise faults[0] from None
    except ValueError as error:
        problem = (
            str(error) if isinstance(error, BajioError) else " ".join(str(error).split())[:200]
        )
        raise InvalidData(f"no data package can be read: {problem}", file=file) from None
    _check_twins(descriptor, file)
    return descriptor


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidValue(f"{shown(twice)} is given twice")
    return result


def _refused(constant: str) -> None:
    raise InvalidValue(f"{constant} is no number")


def _integer(text: str) -> int:
    return int(text) if len(text) <= MOST_DIGITS else int(exact_number(text))


def _check_twins(descriptor: Descriptor, file: str) -> None:
    """Refuse two things of one name, and two tables of one series."""
    for what, names in {
        "tables": [thing.name for thing in descriptor.resources],
        "sources": [source.code for source in descriptor.sources],
        "measures": [measure.code for measure in descriptor.measures],
        "classifications": [classification.name for classification in descriptor.classifications],
        "regions": [region.name for region in descriptor.regions],
        "peer groups": [group.name for group in descriptor.peer_groups],
    }.items():
        for twin, times in Counter(names).items():
            if times > 1:
                raise InvalidData(f"two {what} have the name {shown(twin)}", file=file)
    of_series: dict[tuple[str, str, str], str] = {}
    for resource in descriptor.resources:
        if resource.series is not None:
            entry = resource.series
            key = entry.measure, entry.source, entry.edition
            other = of_series.setdefault(key, resource.name)
            if other != resource.name:
                words = f"tables {shown(other)} and {shown(resource.name)} are of one series"
                advice = 'join them in one, as "path": ["a.csv", "b.csv"]'
                what = f"{entry.measure} of {entry.source}, edition {entry.edition}"
                raise InvalidData(f"{words}, {what}: {advice}", file=file)


#: What a table can hold beside observations.
OUTLINES = "outlines"
HOLDINGS = (
    *("areas", "aliases", "identifiers", "currencies"),
    *("borders", "regions", "peer-groups", OUTLINES),
)
#: Formats of outlines, which are no tables.
_SHAPE_FORMATS = ("topojson", "geojson")
_PROSE = ("title", "description", "homepage", "example", "examples", "rdfType", "comment")
_BARE = unread("numbers have to be bare")

_CONSTRAINTS = Shape(
    dict,
    {
        "required": ("required", flag),
        "unique": ("unique", flag),
        "minimum": ("minimum", made_by(exact_number)),
        "maximum": ("maximum", made_by(exact_number)),
        "exclusiveMinimum": ("exclusive_minimum", made_by(exact_number)),
        "exclusiveMaximum": ("exclusive_maximum", made_by(exact_number)),
        "minLength": ("shortest", count),
        "maxLength": ("longest", count),
        "enum": ("enum", listed(lambda one: str(one) if isinstance(one, Fraction | int) else one)),
        "pattern": ("pattern", unread("patterns are not checked")),
    },
    ignored=(),
)


def _field(**keys: Any) -> FieldSchema:
    """A field, whose marks of numbers can mean but one thing."""
    field_schema = FieldSchema(**keys)
    for mark in (field_schema.group, field_schema.decimal or ""):
        if mark and mark in "0123456789+-eE":
            raise InvalidValue(f"{shown(mark)} cannot mark groups or decimals of digits")
    if field_schema.group and field_schema.group == field_schema.decimal:
        raise InvalidValue(f"groupChar and decimalChar are both {shown(field_schema.group)}")
    return field_schema


_FIELD = Shape(
    _field,
    {
        "name": ("name", text),
        "type": ("type", text),
        "format": ("format", text),
        "missingValues": ("missing", listed(missing)),
        "groupChar": ("group", letter),
        "decimalChar": ("decimal", letter),
        "bareNumber": ("bare", lambda given: flag(given) or _BARE(given)),
        "constraints": ("constraints", _CONSTRAINTS),
    },
    needed=("name",),
    ignored=(*_PROSE, "trueValues", "falseValues", "categoriesOrdered"),
)

_SCHEMA = Shape(
    Schema,
    {
        "fields": ("fields", listed(_FIELD)),
        "missingValues": ("missing", listed(missing)),
        "fieldsMatch": (
            "match",
            one_or_more(word("exact", "equal", "subset", "superset", "partial")),
        ),
        "primaryKey": ("keys", lambda given: (one_or_more(text)(given),)),
    },
    ignored=(*_PROSE, "foreignKeys"),
)


def _dialect(**keys: Any) -> Dialect:
    """A dialect, each mark of which means but one thing."""
    dialect = Dialect(**keys)
    every = (dialect.delimiter, dialect.quote, dialect.escape, dialect.comment)
    marks = [mark for mark in every if mark]
    twice = next((mark for mark in marks if marks.count(mark) > 1), None)
    if twice is not None:
        raise InvalidValue(f"{shown(twice)} cannot mean two things in one dialect")
    return dialect


_DIALECT = Shape(
    _dialect,
    {
        "delimiter": ("delimiter", letter),
        "quoteChar": ("quote", letter),
        "doubleQuote": ("double_quote", flag),
        "escapeChar": ("escape", letter),
        "nullSequence": ("null", text),
        "skipInitialSpace": ("skip_initial_space", flag),
        "header": ("header", flag),
        "headerRows": ("header_rows", listed(count)),
        "commentChar": ("comment", letter),
        "commentRows": ("comment_rows", listed(count)),
    },
    ignored=(
        *_PROSE,
        "lineTerminator",
        "csvddfVersion",
        "caseSensitiveHeader",
        "headerJoin",
        "type",
    ),
)

_SERIES = Shape(
    SeriesEntry,
    {
        "measure": ("measure", name),
        "source": ("source", name),
        "edition": ("edition", made_by(as_edition)),
        "unit": ("unit", text),
        "frequency": (
            "frequency",
            lambda given: Frequency(word("A", "Q", "M", "T", "")(given) or "T"),
        ),
        "kinds": ("kinds", listed(name)),
        "derived": ("derived", flag),
        "referenceYear": ("last", made_by(as_year)),
        "unallocated": ("unallocated", name),
    },
    needed=("measure", "source", "edition", "unit"),
    ignored=_PROSE,
)

_AT_FIELDS = unread("give it in the table's schema")
_AT_DIALECT = unread("give it in the table's dialect")
_IN_SERIES = unread("give it in the table's series")


def _resource(**keys: Any) -> Resource:
    """A table, of observations or of what else."""
    resource = Resource(**keys)
    if resource.holds and resource.series is not None:
        raise InvalidValue(
            f"it holds {resource.holds}, and has a series: a table is one or the other"
        )
    if (resource.format in _SHAPE_FORMATS) is not (resource.holds == OUTLINES):
        raise InvalidValue("outlines are topojson or geojson, and nothing else is")
    if bool(resource.source or resource.kinds) and resource.holds != OUTLINES:
        raise InvalidValue("source and kinds of a table stand in its series")
    if resource.holds == OUTLINES and not resource.source:
        raise InvalidValue("outlines lack their 'source'")
    return resource


_RESOURCE = Shape(
    _resource,
    {
        "name": ("name", name),
        "path": ("paths", one_or_more(name)),
        "format": ("format", word("csv", "tsv", "CSV", "TSV", *_SHAPE_FORMATS)),
        "encoding": ("encoding", text),
        "bytes": ("size", count),
        "hash": ("hash", text),
        "rows": ("rows", count),
        "schema": ("schema", _SCHEMA),
        "dialect": ("dialect", _DIALECT),
        "series": ("series", _SERIES),
        "holds": ("holds", word(*HOLDINGS)),
        "source": ("source", name),
        "kinds": ("kinds", listed(name)),
        "data": ("data", unread("figures stand in files")),
        "compression": ("data", unread("files have to be plain")),
        "missingValues": ("data", _AT_FIELDS),
        "fields": ("data", _AT_FIELDS),
        "decimalChar": ("data", _AT_FIELDS),
        "groupChar": ("data", _AT_FIELDS),
        "delimiter": ("data", _AT_DIALECT),
        "unit": ("data", _IN_SERIES),
        "units": ("data", _IN_SERIES),
        **dict.fromkeys(
            ("scale", "multiplier", "factor", "unitMultiplier", "layout", "control", "steps"),
            ("data", unread("it could change what is read")),
        ),
    },
    needed=("name",),
)

_MEASURE = Shape(
    Measure,
    {
        "name": ("code", text),
        "label": ("label", label),
        "unit": ("unit", text),
        "kind": ("kind", text),
        "weight": ("weight", text),
        "time": ("time", text),
        "prices": ("prices", text),
        "minimum": ("minimum", made_by(exact_number)),
        "dimensions": ("dimensions", listed(text)),
        "description": ("description", label),
        "classifications": ("classifications", texts_by_name),
    },
    needed=("name", "label", "unit", "kind", "time"),
    ignored=_PROSE,
)

_SOURCE = Shape(
    Source,
    {
        "name": ("code", text),
        "title": ("title", text),
        "publisher": ("publisher", text),
        "terms": ("terms", text),
        "citation": ("citation", text),
        "path": ("path", text),
        "editions": ("editions", listed(made_by(as_edition))),
    },
    needed=("name", "title"),
)


def _firms(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Lists of firms by the code of the area that they are in."""
    if not isinstance(value, dict):
        raise Misfit(f"{shown(value)} is not an object")
    return tuple((code, listed(name)(firms)) for code, firms in value.items())


#: What an alliance says of itself.
CHARTER = Shape(
    Charter,
    {
        "agreement": ("agreement", texts),
        "signed": ("signed", text),
        "pillars": ("pillars", listed(texts)),
        "sectors": ("sectors", listed(texts)),
        "agenda": ("agenda", listed(texts)),
        "anchorFirms": ("anchor_firms", _firms),
        "workshops": ("workshops", texts),
        "governance": ("governance", texts),
        "horizon": ("horizon", count),
        "aim": ("aim", texts),
    },
    needed=("agreement",),
    ignored=_PROSE,
)
_CHECKS = {"name": name, "label": texts, "basis": text, "replaces": text, "aliases": listed(name)}
_NAMED = {key: (key, check) for key, check in _CHECKS.items()}
_REGION = Shape(
    NamedEntry, {**_NAMED, "charter": ("charter", CHARTER)}, needed=("name",), ignored=_PROSE
)
_PEER_GROUP = Shape(NamedEntry, _NAMED, needed=("name", "label"), ignored=_PROSE)

_DESCRIPTOR = Shape(
    Descriptor,
    {
        "name": ("name", name),
        "version": ("version", text),
        "referenceYear": ("reference_year", made_by(as_year)),
        "sources": ("sources", listed(_SOURCE)),
        "measures": ("measures", listed(_MEASURE)),
        "classifications": (
            "classifications",
            listed(
                Shape(
                    ClassificationEntry,
                    {"name": ("name", made_by(as_code)), "total": ("total", text)},
                    needed=("name",),
                    ignored=_PROSE,
                )
            ),
        ),
        "regions": ("regions", listed(_REGION)),
        "peerGroups": ("peer_groups", listed(_PEER_GROUP)),
        "definitions": ("definitions", name),
        "resources": ("resources", listed(_RESOURCE)),
        "missingValues": ("name", _AT_FIELDS),
        "dialect": ("name", unread("give it at each table")),
    },
    needed=("name", "resources"),
)
