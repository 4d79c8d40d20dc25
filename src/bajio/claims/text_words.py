"""The words of a running text, and which of them can be a part of a printed number."""

import re
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from bajio.claims.conventions import scale_words
from bajio.claims.numerals import normal
from bajio.claims.vocabulary import phrases, plain, vocabulary

_WORD = re.compile(r"[^ \t\n\r\f\v]+")
#: "km²" says no number.
_POWERS = "¹²³"
#: What closes a word, and is none of it; what opens one.
_CLOSING = ".,;:!?…\"'”’»)]}*"
_OPENING = "\"'“‘«([{¿¡*"
#: Tables of phrases that a printed number can begin with, and end with.
_OPENERS = (
    "averaged",
    "hedges",
    "changes.up",
    "changes.down",
    "multiples",
    "fractions",
    "cardinals",
    "ordinals",
    "tens_ordinals",
    "ranks.first",
    "ranks.place",
    "top",
    "primary_after",
)
_CLOSERS = (
    "averaged",
    "hedges_after",
    "changes.up_after",
    "changes.down_after",
    "multiples",
    "fractions",
    "cardinals",
    "ordinals",
    "primary",
    "ranks.first",
    "ranks.behind",
    "ranks.after",
    "ranks.of",
    "counts",
    "parts_of_points",
    "units",
    "nouns",
    "share_of.whole",
)
#: Tables of phrases that say a number by themselves.
_NUMBERS = ("multiples", "fractions", "cardinals", "ordinals", "tens_ordinals")


@frozen
class TextWord:
    """A word of a text, without the marks around it.

    Attributes:
        start, end: its characters.
        parts: what the tables have of it, hyphens apart.
        is_first, is_last: whether no number can go on from the word before, or to the one behind.
        has_digit: whether there is a digit in it.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    is_first: bool
    is_last: bool
    has_digit: bool


def text_words(text: str, language: str) -> Iterator[TextWord]:
    """The words of a text; a mark that ends a sentence or a part of it ends what can be read."""
    readable, behind, breaks = lexicon(language), 0, True
    for match in _WORD.finditer(text):
        start, end = match.span()
        breaks = breaks or text.count("\n", behind, start) > 1
        behind = end
        while start < end and text[start] in _OPENING:
            start, breaks = start + 1, True
        word = text[start:end]
        kept = word.rstrip(_CLOSING)
        if word != kept and word.casefold().rstrip(_CLOSING.replace(".", "")) in readable:
            kept = word.rstrip(_CLOSING.replace(".", ""))  # "mill.", "u.s."
        closes = len(kept) < len(word)
        if kept:
            parts = tuple(normal(kept, language).split())
            has_digit = any(mark.isnumeric() and mark not in _POWERS for mark in kept)
            yield TextWord(start, start + len(kept), parts, breaks, closes, has_digit)
        breaks = closes


@cache
def lexicon(language: str) -> frozenset[str]:
    """The words that can be a part of a printed number."""
    known = {
        word
        for table in (*_OPENERS, *_CLOSERS, "share_of.of")
        for word in _words_of(language, table)
    }
    tables = vocabulary(language)
    lists = (
        "one_in",
        "articles",
        "negative",
        "halves",
        "half_behind",
        "of_scale",
        "of",
        "and",
        "hundred",
        "from",
    )
    more = (tables["more"][name] for name in ("times", "up", "down"))
    for words in (*(tables[name] for name in lists), *more):
        known |= {part for word in words for part in plain(word).split()}
    known |= {part for word in (tables["half"], *tables["ambiguous"]) for part in word.split()}
    known |= {part for pair in tables["between"] for word in pair for part in word.split()}
    known |= {plain(word) for word in (*tables["short"], *tables["ambiguous_short"])}
    known |= {*tables["currencies"], *tables["scaled_units"], *scale_words(language)}
    return frozenset(known | {part for words in tables["changes"].values() for part in words})


@cache
def _words_of(language: str, table: str) -> frozenset[str]:
    return frozenset(part for phrase in phrases(language, table) for part in phrase.split())


@cache
def first_words(language: str) -> frozenset[str]:
    """The words that a printed number can begin with, digits apart."""
    tables = vocabulary(language)
    known = {phrase.split()[0] for table in _OPENERS for phrase in phrases(language, table)}
    known |= {word.split()[0] for pair in tables["between"] if (word := pair[0])}
    lists = (tables["articles"], tables["negative"], tables["halves"], tables["ambiguous"])
    known |= {word.split()[0] for words in lists for word in words}
    return frozenset(known | {*tables["currencies"]} | {*scale_words(language)})


@cache
def last_words(language: str) -> frozenset[str]:
    """The words that a printed number can end with, digits apart."""
    tables = vocabulary(language)
    known = {phrase.split()[-1] for table in _CLOSERS for phrase in phrases(language, table)}
    known |= {*tables["scaled_units"], *tables["currencies"], *tables["short"]}
    more = (tables["more"][name] for name in ("times", "up", "down"))
    known |= {plain(word) for words in more for word in words}
    known |= {*tables["ambiguous_short"], *tables["halves"], tables["half"].split()[-1]}
    known |= {half.split()[-1] for half in tables["half_behind"]}
    return frozenset(known | {*scale_words(language), *tables["hundred"]})


@cache
def number_words(language: str) -> frozenset[str]:
    """The words that say a number, alone or with those around them."""
    tables = vocabulary(language)
    known = {word for table in _NUMBERS for word in _words_of(language, table)}
    known |= {*scale_words(language)}
    for name in ("articles", "of", "and"):
        known -= {part for word in tables[name] for part in word.split()}
    known -= {part for word in tables["running"]["glue"] for part in plain(word).split()}
    return frozenset(known - _words_of(language, "counts"))


@cache
def carriers(language: str) -> frozenset[str]:
    """The words that say a number, and those that say one in some phrases alone."""
    firsts = {phrase.split()[-1] for phrase in phrases(language, "ranks.first")}
    return number_words(language) | firsts | {*vocabulary(language)["halves"]}


@cache
def scales(language: str) -> frozenset[str]:
    """Words that belong to the number before them."""
    tables = vocabulary(language)
    known = {*scale_words(language), *tables["scaled_units"], *tables["hundred"]}
    return frozenset(known | {*tables["short"], *tables["ambiguous_short"]})


@cache
def heads(language: str, table: str) -> frozenset[str]:
    """The first words of the phrases of a table."""
    return frozenset(phrase.split()[0] for phrase in phrases(language, table))
