"""The regions and areas that a sentence names."""

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from bajio.claims.reading_words import PhraseTable, ReadingWords, SentenceWord

#: No name of a place has more words.
_MOST_WORDS = 7
_SHORTEST = 4
_LINKS = frozenset({"de", "del", "la", "las", "los", "el", "y", "and", "of", "the"})
#: Marks that can stand inside of a name: blanks, those of abbreviations, and that of a state.
_INSIDE = re.compile(r"[ \u00a0-]|, |\. |\.")
#: Words before "de" of which a place is no part.
_KINDS = frozenset(
    {
        *("estado", "region", "municipio", "alianza", "ciudad", "republica"),
        *("state", "municipality", "alliance", "city", "republic"),
    }
)


@frozen
class NamedPlace:
    """A place as a sentence names it.

    Attributes:
        start, end: its characters.
        text: as printed.
        codes: what it can be: several where it names several, none for "the region".
        is_part: whether it is a part of another name: "Banco de México".
    """

    start: int
    end: int
    text: str
    codes: tuple[str, ...]
    is_part: bool = False


def places_in(
    text: str,
    words: Sequence[SentenceWord],
    tables: ReadingWords,
    named: Callable[[str], Sequence[str]],
) -> Iterator[NamedPlace]:
    """The places that a sentence names, the longest names first, in its order.

    Args:
        text: the whole text.
        words: those of the sentence.
        tables: the words of the language.
        named: gives the codes of what a name names.
    """
    selves, at = tables.listed("selves"), 0
    while at < len(words):
        end, codes = _longest(text, words, at, tables, named)
        if not end:
            end = _self_name(selves, words, at)
        if not end:
            at += 1
            continue
        start, stop = words[at].start, words[end - 1].end
        is_part = bool(codes) and _is_part(text, words, at, end, tables)
        yield NamedPlace(start, stop, text[start:stop], codes, is_part)
        at = end


def _self_name(selves: PhraseTable, words: Sequence[SentenceWord], at: int) -> int:
    found = selves.at(words, at)
    return found[0] if found else 0


def _longest(
    text: str,
    words: Sequence[SentenceWord],
    at: int,
    tables: ReadingWords,
    named: Callable[[str], Sequence[str]],
) -> tuple[int, tuple[str, ...]]:
    """Where the longest name that begins at a word ends, and what it names; 0 where none does."""
    if not _is_capital(text, words[at]) or words[at].plain in tables.words("function_words"):
        return 0, ()
    last = at + 1
    while last < min(len(words), at + _MOST_WORDS):
        gap = text[words[last - 1].end : words[last].start]
        is_link = words[last].plain in _LINKS
        if not _INSIDE.fullmatch(gap) or not (is_link or _is_capital(text, words[last])):
            break
        last += 1
    for end in range(last, at, -1):
        if words[end - 1].plain in _LINKS:
            continue
        name = text[words[at].start : words[end - 1].end]
        if end == at + 1 and len(name) < _SHORTEST and not name.isupper():
            continue
        if end == at + 1 and len(name) < _SHORTEST and "." not in name:
            continue
        codes = tuple(named(name))
        if codes:
            return end, codes
    return 0, ()


def _is_capital(text: str, word: SentenceWord) -> bool:
    return text[word.start].isupper()


def _is_part(
    text: str, words: Sequence[SentenceWord], at: int, end: int, tables: ReadingWords
) -> bool:
    """Whether a name is a part of another: of a person, of an office, of a university."""
    after = words[end] if end < len(words) else None
    if after and text[words[end - 1].end : after.start] == " " and _is_capital(text, after):
        return tables.measures.at(words, end) is None
    before = at - 1
    while before > 0 and words[before].plain in _LINKS and _is_beside(text, words, before):
        before -= 1
    if before < 1 or not _is_beside(text, words, before):
        return False
    word = words[before]
    is_short = text[word.start : word.end].isupper()
    is_common = word.plain in _KINDS or word.plain in tables.words("function_words")
    is_name = _is_capital(text, word) and not is_common and not is_short
    return is_name and tables.measures.at(words, before) is None


def _is_beside(text: str, words: Sequence[SentenceWord], at: int) -> bool:
    """Whether nothing but a blank stands between a word and the next."""
    return text[words[at].end : words[at + 1].start] == " "


def cached(named: Callable[[str], Sequence[str]]) -> Callable[[str], Sequence[str]]:
    """The same, looking each name up once."""
    known: dict[str, Sequence[str]] = {}

    def once(text: str) -> Sequence[str]:
        if text not in known:
            known[text] = named(text)
        return known[text]

    return once
