"""What notebooks show: answers, what there is, and lists of it, as tables in light and dark."""

from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from attrs import evolve, fields_dict

from bajio.errors import BajioError, some
from bajio.facts.dataset import Dataset
from bajio.facts.regions import Region
from bajio.labels import Label
from bajio.questions.reported import Reported
from bajio.registry import Registry
from bajio.report.documents import document_of
from bajio.report.html_page import fragment
from bajio.report.kinds import TEXT
from bajio.report.listing_report import entry_report, listing_report
from bajio.report.records import Column, Voice, key_name
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.rules import Rule
from bajio.words.phrasebook import say, usual_language

#: The list that a thing is of, by its class.
_LISTS = MappingProxyType(
    {
        "Area": "areas",
        "ClaimSet": "claims",
        "Indicator": "indicators",
        "Measure": "measures",
        "PeerGroup": "peers",
        "Region": "regions",
        "Source": "sources",
    }
)
#: A notebook is light or dark by a theme of its own, whatever the screen's: its colours are taken.
_STYLE = """
.bajio-cell .bajio { color: inherit; color-scheme: inherit; }
.bajio-cell .bajio ul { color: inherit; opacity: .85; }
.bajio-cell .bajio th, .bajio-cell .bajio td { color: inherit; background: none;
  border-bottom-color: color-mix(in srgb, currentColor 25%, transparent); }
.bajio-cell .bajio thead th {
  border-bottom-color: color-mix(in srgb, currentColor 55%, transparent); }
"""
#: Entries of a list that are shown; letters of a value; codes that are named in one.
_MOST, _LONGEST, _MOST_NAMED = 100, 300, 12


def bundle_of(value: Any) -> dict[str, str]:
    r"""What a notebook shows of a value, by media type.

    Examples:
        >>> import bajio
        >>> bundle = bundle_of(bajio.region("bajio"))
        >>> "<td" in bundle["text/html"], bundle["text/plain"].count("\n")
        (True, 0)
    """
    document = _document(value)
    bundle = {"text/plain": repr(value)}
    if document is not None:
        table = fragment(document.shown_in(usual_language()))
        bundle["text/html"] = f'<div class="bajio-cell"><style>{_STYLE}</style>\n{table}\n</div>'
    return bundle


def _document(value: Any) -> Document | None:
    if isinstance(value, Reported):
        return document_of(value)
    name = _LISTS.get(type(value).__name__)
    try:
        if name is not None:
            return entry_report(name, value, Registry.default())
        if isinstance(value, Mapping):
            return _list(value)
        if value and isinstance(value, tuple) and all(isinstance(item, Dataset) for item in value):
            return _table([(data.name, data.version) for data in value], ("name", "version"))
    except BajioError:  # it is of another registry than the usual one
        pass
    return _fields(value)


def _list(things: Mapping[Any, Any]) -> Document | None:
    """A list as a table: the first of many, and how many there are."""
    codes = list(things)[: _MOST + 1]
    if not codes:
        return None
    classes = {type(things[code]).__name__ for code in codes}
    first = {code: things[code] for code in codes[:_MOST]}
    if len(classes) == 1 and (name := _LISTS.get(next(iter(classes)))):
        document = listing_report(name, first, Registry.default())
    elif all(hasattr(thing, "code") for thing in first.values()):
        names = (getattr(one, "label", None) or getattr(one, "names", "") for one in first.values())
        document = _table(zip(first, names, strict=True), ("code", "name"))
    else:
        return None
    if len(things) <= _MOST:
        return document
    note = partial(say, "list.not-shown", count=len(things) - _MOST)
    (report,) = document.reports
    return evolve(document, reports=(evolve(report, notes=(note,)),))


def _fields(value: Any) -> Document | None:
    """A value as a table of what it is made of."""
    if isinstance(value, Rule):
        return _table([("formula", str(value))])
    if isinstance(value, Dataset):
        return _table(_parts(value))
    try:
        attributes = fields_dict(type(value))
    except (TypeError, ValueError):
        return None
    shown = {
        name: getattr(value, name, None) for name, attribute in attributes.items() if attribute.repr
    }
    if isinstance(value, Region):
        shown = {"code": value.code, "name": value.names, "members": value.members}
    return _table((name, _text(part)) for name, part in shown.items() if part is not None)


def _parts(data: Dataset) -> Iterable[tuple[str, str]]:
    yield "name", data.name
    yield "version", data.version
    yield "year", str(data.reference_year or "")
    yield "measures", some(list(data.measures), _MOST_NAMED)
    yield "sources", some(list(data.sources), _MOST_NAMED)


def _text(part: Any) -> Any:
    """A value in words; a label stays one, to be told in the language."""
    if isinstance(part, Label):
        return part
    if isinstance(part, tuple) and all(isinstance(name, str) for name in part):
        return some(part, _MOST_NAMED)
    text = part if isinstance(part, str) else repr(part)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _table(pairs: Iterable[tuple[str, Any]], heads: tuple[str, str] = ("key", "value")) -> Document:
    """Pairs as a document of two columns."""
    rows = tuple((key, part) for key, part in pairs if part)
    columns = (
        Column(heads[0], TEXT, heading=heads[0]),
        Column(heads[1], TEXT, heading=heads[1]),
    )
    if heads[0] == "key":
        language = usual_language()
        rows = tuple((key_name(key, language), part) for key, part in rows)
    schema = AnswerSchema("value", "Value", TEXT, ())
    return Document(schema, None, (), (Report("", columns, rows),), Voice())
