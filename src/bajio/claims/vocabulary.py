"""The words around printed numbers, by language: each is a file in `languages`.

No library of locale data has them; the forms of numbers and their scales come from one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from unicodedata import combining, normalize

LANGUAGES = ("en", "es")
#: What may stand before a phrase without a blank: "12km²", "5%".
_BESIDE = re.compile(r"[^ ]*?[0-9][0-9.,'\u00a0\u202f]*")


@cache
def vocabulary(language: str) -> Mapping[str, Any]:
    """The tables of a language, as its file holds them; the verbs of hedges in all their tenses.

    Examples:
        >>> vocabulary("es")["hedges"]["over"][0]
        'más de'
    """
    file = files("bajio.claims") / "languages" / f"{language}.toml"
    tables = tomllib.loads(file.read_text("utf-8"))
    for code, verbs in tables["verbs"].items():
        known = tables["hedges"][code]
        forms = (form for verb in verbs for form in _forms_of(verb, tables["endings"]))
        known += [form for form in dict.fromkeys(forms) if form not in known]
    return tables


def _forms_of(verb: str, endings: Mapping[str, list[str]]) -> Iterator[str]:
    """A verb in all its tenses: "no super-ar" as "no supera", "no superaba", ..."""
    stem, _, rest = verb.partition("-")
    kind, blank, company = rest.partition(" ")
    yield from (f"{stem}{ending}{blank}{company}" for ending in endings[kind])


@cache
def phrases(language: str, table: str) -> Mapping[str, str]:
    """The phrases of a table without accents, the longest first, with what they stand for.

    Examples:
        >>> phrases("es", "fractions")["la decima parte"]
        '1/10'
    """
    tables: Any = vocabulary(language)
    for name in table.split("."):
        tables = tables[name]
    entries = tables if isinstance(tables, Mapping) else {"": tables}
    pairs = {
        phrase: key
        for key, words in entries.items()
        if isinstance(words, list)
        for word in words
        for phrase in _contracted(plain(word))
    }
    return {phrase: pairs[phrase] for phrase in sorted(pairs, key=len, reverse=True)}


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """A word without its accents.

    Examples:
        >>> plain("décima")
        'decima'
    """
    return "".join(mark for mark in normalize("NFD", word) if not combining(mark))


def opening(words: str, language: str, table: str) -> tuple[str, str] | None:
    """What the longest phrase that words begin with stands for, and the rest.

    Examples:
        >>> opening("casi el doble", "es", "hedges")
        ('almost', 'el doble')
    """
    known, most = phrases(language, table), _most_words(language, table)
    parts = words.split(" ", most)
    for count in range(min(most, len(parts) - 1), 0, -1):
        phrase = " ".join(parts[:count])
        if phrase in known:
            return known[phrase], words[len(phrase) + 1 :].strip()
    return None


def ending(words: str, language: str, table: str) -> tuple[str, str, str] | None:
    """What the longest phrase that words end with stands for, the phrase, and what is before.

    Examples:
        >>> ending("3.5 por ciento", "es", "counts")
        ('percent', 'por ciento', '3.5')
        >>> ending("3.5%", "es", "counts")
        ('percent', '%', '3.5')
    """
    known, most = phrases(language, table), _most_words(language, table)
    parts = words.rsplit(" ", most)
    for count in range(min(most, len(parts)), 0, -1):
        phrase = " ".join(parts[-count:])
        before = words[: len(words) - len(phrase)]
        if phrase in known and before:
            return known[phrase], phrase, before.strip()
        beside = _BESIDE.match(phrase)
        phrase = phrase[beside.end() :] if beside else ""
        if phrase in known:
            return known[phrase], phrase, words[: len(words) - len(phrase)].strip()
    return None


@cache
def _most_words(language: str, table: str) -> int:
    """Of how many words the longest phrase of a table is."""
    return max((len(phrase.split(" ")) for phrase in phrases(language, table)), default=0)


def _contracted(phrase: str) -> Iterator[str]:
    """A phrase, also as "de" and "a" become before "el": "más del doble", "superior al doble"."""
    yield phrase
    if phrase.endswith((" de", " a")):
        yield f"{phrase}l"
