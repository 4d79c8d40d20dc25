"""The words around printed numbers, by language: each is a file in `languages`.

No library of locale data has them; the forms of numbers and their scales come from one.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import combining, normalize

LANGUAGES = ("en", "es")


@cache
def vocabulary(language: str) -> Mapping[str, Any]:
    """The tables of a language, as its file holds them.

    Examples:
        >>> vocabulary("es")["hedges"]["over"][0]
        'más de'
    """
    file = files("bajio.claims") / "languages" / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8"))


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
    for phrase, key in phrases(language, table).items():
        if words.startswith(phrase + " "):
            return key, words[len(phrase) + 1 :].strip()
    return None


def ending(words: str, language: str, table: str) -> tuple[str, str, str] | None:
    """What the longest phrase that words end with stands for, the phrase, and what is before.

    Examples:
        >>> ending("3.5 por ciento", "es", "counts")
        ('percent', 'por ciento', '3.5')
    """
    for phrase, key in phrases(language, table).items():
        before = words[: len(words) - len(phrase)]
        if words.endswith(phrase) and before and not before[-1].isalpha():
            return key, phrase, before.strip()
    return None


def _contracted(phrase: str) -> Iterator[str]:
    """A phrase, also as "de" and "a" become before "el": "más del doble", "superior al doble"."""
    yield phrase
    if phrase.endswith((" de", " a")):
        yield f"{phrase}l"
