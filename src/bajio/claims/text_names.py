"""The regions and areas that a sentence names."""

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from bajio.claims.reading_words import PhraseTable, ReadingWords, SentenceWord
from bajio.claims.vocabulary import plain

#: No name of a place has more words.
_MOST_WORDS = 7
_SHORTEST = 4
_LINKS = frozenset({"de", "del", "la", "las", "los", "el", "y", "and", "of", "the"})
#: Marks that can stand inside of a name: blanks, those of abbreviations, and that of a state.
_INSIDE = re.compile(r"[ \u00a0-]|, |\. |\.")
_JOINS = frozenset({"y", "e", "and", "&"})
#: How many places between commas alone are a list.
_FEWEST_BY_COMMAS = 3
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
    selves, position = tables.listed("selves"), 0
    known: tuple[int, bool] | None = None  # where the last name ends, and whether it is a part
    while position < len(words):
        end, codes = _longest(text, words, position, tables, named)
        if not end:
            end = _self_name(selves, words, position)
        if not end:
            position += 1
            continue
        start, stop = words[position].start, words[end - 1].end
        is_part = bool(codes) and _is_part(text, words, position, end, tables)
        if is_part and known and _is_joined(words, position, known[0]):
            is_part = known[1]
        yield NamedPlace(start, stop, text[start:stop], codes, is_part)
        position, known = end, (end, is_part)


def _is_joined(words: Sequence[SentenceWord], position: int, end: int) -> bool:
    """Whether nothing but "and" stands between a name and the one that ends before it."""
    return position == end + 1 and words[end].plain in _JOINS


def _self_name(selves: PhraseTable, words: Sequence[SentenceWord], position: int) -> int:
    phrase = selves.at(words, position)
    return phrase[0] if phrase else 0


def _longest(
    text: str,
    words: Sequence[SentenceWord],
    position: int,
    tables: ReadingWords,
    named: Callable[[str], Sequence[str]],
) -> tuple[int, tuple[str, ...]]:
    """Where the longest name that begins at a word ends, and what it names; 0 where none does."""
    if not _is_capital(text, words[position]) or words[position].plain in tables.words(
        "function_words"
    ):
        return 0, ()
    stop = position + 1
    while stop < min(len(words), position + _MOST_WORDS):
        gap = text[words[stop - 1].end : words[stop].start]
        is_link = words[stop].plain in _LINKS
        if not _INSIDE.fullmatch(gap) or not (is_link or _is_capital(text, words[stop])):
            break
        stop += 1
    for end in range(stop, position, -1):
        if words[end - 1].plain in _LINKS:
            continue
        name = text[words[position].start : words[end - 1].end]
        is_short = end == position + 1 and len(name) < _SHORTEST
        if is_short and not (name.isupper() and "." in name):
            continue
        codes = tuple(named(name))
        if codes:
            return end, codes
    return 0, ()


def _is_capital(text: str, word: SentenceWord) -> bool:
    return text[word.start].isupper()


def _is_part(
    text: str, words: Sequence[SentenceWord], position: int, end: int, tables: ReadingWords
) -> bool:
    """Whether a name is a part of another: of a person, of an office, of a university."""
    after = words[end] if end < len(words) else None
    if after and text[words[end - 1].end : after.start] == " " and _is_capital(text, after):
        return tables.measures.at(words, end) is None
    before = position - 1
    while before > 0 and words[before].plain in _LINKS and _is_beside(text, words, before):
        before -= 1
    if before < 1 or not _is_beside(text, words, before):
        return False
    word = words[before]
    is_short = text[word.start : word.end].isupper()
    is_common = word.plain in _KINDS or word.plain in tables.words("function_words")
    is_name = _is_capital(text, word) and not is_common and not is_short
    return is_name and tables.measures.at(words, before) is None


def _is_beside(text: str, words: Sequence[SentenceWord], position: int) -> bool:
    """Whether nothing but a blank stands between a word and the next."""
    return text[words[position].end : words[position + 1].start] == " "


def joined_places(
    text: str, places: Sequence[NamedPlace], kinds: frozenset[str]
) -> Iterator[tuple[NamedPlace, ...]]:
    """The places that stand joined, of two and more: "A, B and C".

    Args:
        text: the whole text.
        places: those of a sentence, in its order.
        kinds: words that may stand before the name of one, as "the state of".
    """
    run: list[NamedPlace] = []
    links: list[str] = []
    for place in (*(named_place for named_place in places if not named_place.is_part), None):
        link = _link(text[run[-1].end : place.start], kinds) if run and place else ""
        if run and (not link or (link == "," and "and" in links)):
            if _is_list(run, links):
                yield tuple(run)
            run, links = [], []
            link = ""
        if place is not None:
            run.append(place)
            links += [link] if link else []


def _link(between: str, kinds: frozenset[str]) -> str:
    """What joins two places: a comma, or "and"; nothing where they are not joined."""
    words = [word for word in between.replace(",", " , ").split() if plain(word) not in kinds]
    if words and set(words) <= {",", *_JOINS}:
        return "," if words == [","] else "and"
    return ""


def _is_list(run: Sequence[NamedPlace], links: Sequence[str]) -> bool:
    """Whether places are told one by one, and not what each lies in: "León, Guanajuato, México"."""
    levels = {place.codes[0].count("-") for place in run if place.codes}
    return "and" in links or (len(run) >= _FEWEST_BY_COMMAS and len(levels) == 1)


def region_of(text: str, places: Sequence[NamedPlace]) -> NamedPlace | None:
    """Joined places as one; `None` where they cannot be: "the region and Jalisco"."""
    if not all(place.codes for place in places):
        return None
    levels = [place.codes[0].count("-") for place in places if len(place.codes) == 1]
    choices = [
        sorted(place.codes, key=lambda code: code.count("-") not in levels[:1]) for place in places
    ]
    first = [codes[0] for codes in choices]
    others = [
        [*first[:position], code, *first[position + 1 :]]
        for position, codes in enumerate(choices)
        for code in codes[1:]
    ]
    start, end = places[0].start, places[-1].end
    joined = tuple("+".join(dict.fromkeys(codes)) for codes in (first, *others))
    return NamedPlace(start, end, text[start:end], joined)


def cached(named: Callable[[str], Sequence[str]]) -> Callable[[str], Sequence[str]]:
    """The same, looking each name up once."""
    codes: dict[str, Sequence[str]] = {}

    def once(text: str) -> Sequence[str]:
        if text not in codes:
            codes[text] = named(text)
        return codes[text]

    return once
