"""Citations: the sources of an answer, and the version of bajio with its data, in common forms."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from attrs import fields, has

from bajio.errors import InvalidValue, shown
from bajio.questions.results import UNDATED, SourceUse
from bajio.registry import Registry
from bajio.report import escapes
from bajio.report.kinds import TEXT
from bajio.report.records import Column, ListOf, Record, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.version import __version__
from bajio.words.messages import message_text
from bajio.words.phrasebook import ENGLISH, say

_DEEPEST = 6
_KEYS = ("id", "type", "title", "publisher", "version", "year", "URL", "license", "note")
#: What BibTeX takes for more than the letter that it is.
_SPECIAL = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def citation(answer: Any, style: str, language: str = ENGLISH) -> str:
    """The sources of an answer, and bajio itself, as a text.

    Args:
        answer: any that has sources.
        style: "text", "bibtex" or "csl" (CSL-JSON).
        language: of a text; the others are data.

    Raises:
        InvalidValue: another style.
    """
    if style == "text":
        return "\n".join(line(language) for line in citation_lines(answer))
    writers = {"bibtex": _bibtex, "csl": _csl}
    if style not in writers:
        known = ", ".join(("text", *writers))
        raise InvalidValue(f"{shown(style)} is no style of citations: {known} are")
    return writers[style](_entries(answer))


def citation_lines(answer: Any) -> list[Callable[[str], str]]:
    """A line for each source of an answer, and for bajio itself, each by the language."""
    return [partial(_line, entry) for entry in _entries(answer)]


def _entries(answer: Any) -> list[dict[str, str]]:
    registry = getattr(answer, "registry", None) or Registry.default()
    return [*map(_entry, uses_of(answer)), _software(registry)]


def _getter(key: str) -> Callable[[Mapping[str, str]], str]:
    return lambda entry: entry.get(key, "")


_ENTRY = Record(
    *(Column(key, TEXT, _getter(key)) for key in _KEYS),
)
CITE = AnswerSchema("cite", "The sources of an answer, to be cited", ListOf(_ENTRY), (_ENTRY,))


def citation_report(answer: Any, style: str) -> Document:
    """The same as a document, which a terminal and a text file show as a citation."""
    cited = partial(citation, answer, style)
    cited(ENGLISH)  # an unknown style is refused in each format
    registry = getattr(answer, "registry", None) or Registry.default()
    entries = _entries(answer)
    columns = (_ENTRY.only("title")[0].labelled(partial(say, "column.source")),)
    report = Report("", columns, rows_of(columns, entries))
    lines = [(_ENTRY, entry) for entry in entries]
    written = {
        "table": lambda _, language: cited(language),
        "markdown": lambda _, language: escapes.fenced(cited(language)),
    }
    return Document(CITE, entries, lines, (report,), Voice(registry=registry), written=written)


def uses_of(answer: Any) -> list[SourceUse]:
    """The sources that an answer and its ranks come from, each edition once, by title."""
    uses: dict[tuple[str, str], SourceUse] = {}
    for use in _found(answer, 0):
        uses.setdefault((use.source.code, use.edition), use)
    return sorted(uses.values(), key=lambda use: (str(use.source), use.edition))


def _found(thing: Any, depth: int) -> Iterator[SourceUse]:
    if isinstance(thing, SourceUse):
        yield thing
    elif depth > _DEEPEST or isinstance(thing, str | Registry):
        return
    elif isinstance(thing, Mapping):
        for inner in thing.values():
            yield from _found(inner, depth + 1)
    elif isinstance(thing, tuple | list | frozenset):
        for inner in thing:
            yield from _found(inner, depth + 1)
    elif type(thing).__module__.startswith("bajio.questions"):
        for attribute in fields(type(thing)) if has(type(thing)) else ():
            yield from _found(getattr(thing, attribute.name), depth + 1)
        if isinstance(getattr(type(thing), "sources", None), property):  # worked out when asked for
            yield from _found(thing.sources, depth + 1)


def _entry(use: SourceUse) -> dict[str, str]:
    """What is known of a source, by the names of CSL."""
    source, edition = use.source, "" if use.edition == UNDATED else use.edition
    year = re.search(r"(?:19|20)\d\d", edition)
    return {
        "id": f"{source.code}-{edition}" if edition else source.code,
        "type": "dataset",
        "title": source.title,
        "publisher": source.publisher,
        "version": edition,
        "year": year[0] if year else "",
        "URL": source.path,
        "license": source.terms,
        "citation": source.citation,
    }


def _software(registry: Registry) -> dict[str, str]:
    return {
        "id": "bajio",
        "type": "software",
        "title": "bajio: what if this region were a country?",
        "publisher": "The bajio authors",
        "version": __version__,
        "note": f"data {registry.dataset.digest[:16]}",
    }


def _line(entry: Mapping[str, str], language: str) -> str:
    parts = [entry["publisher"], entry["title"]]
    version = "version" if entry["type"] == "software" else "edition"
    numbered = f"{version} {entry['version']}" if entry["version"] else ""
    parts += [message_text(text, language) for text in (numbered, entry.get("note", ""))]
    parts += [entry.get("URL", "")]
    return escapes.line(f"{', '.join(part for part in parts if part)}.")


def _bibtex(entries: Iterable[Mapping[str, str]]) -> str:
    return "\n\n".join(map(_bibtex_entry, entries))


def _bibtex_entry(entry: Mapping[str, str]) -> str:
    given = {
        "author": f"{{{_latex(entry['publisher'])}}}" if entry["publisher"] else "",
        "title": f"{{{_latex(entry['title'])}}}",
        "year": entry.get("year", ""),
        "version": _latex(entry["version"]),
        "url": re.sub(r"[\s{}\\]", "", entry.get("URL", "")),
        "note": _latex(entry.get("note", "") or entry.get("license", "")),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in given.items() if value]
    kind = "software" if entry["type"] == "software" else "misc"
    name = re.sub(r"[^A-Za-z0-9.:-]+", "-", entry["id"])
    return "\n".join([f"@{kind}{{{name},", *lines, "}"])


def _latex(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in escapes.line(text))


def _csl(entries: Iterable[Mapping[str, str]]) -> str:
    return escapes.json(
        json.dumps([_csl_entry(entry) for entry in entries], ensure_ascii=False, indent=2)
    )


def _csl_entry(entry: Mapping[str, str]) -> dict[str, Any]:
    plain = ("id", "type", "title", "publisher", "version", "URL", "note")
    item: dict[str, Any] = {key: entry[key] for key in plain if entry.get(key)}
    if entry["publisher"]:
        item["author"] = [{"literal": entry["publisher"]}]
    if entry.get("year"):
        item["issued"] = {"date-parts": [[int(entry["year"])]]}
    return item
