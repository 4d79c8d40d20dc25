"""Ranks as they are printed: "la cuarta", "1.er lugar", "4th", "top 10", "the largest"."""

import re

from bajio.claims.printed import Digits, Printed, PrintedKind
from bajio.claims.relations import Relation
from bajio.claims.vocabulary import ending, opening, phrases, plain, vocabulary
from bajio.errors import InvalidValue

_SPANISH = re.compile(r"([0-9]{1,4})(?:\.?[ºª°]|\.?(?:er|ro|ra|do|da|ta|to|vo|va|mo|ma|no|na|o|a))")
_ENGLISH = re.compile(r"([0-9]{1,4})(st|nd|rd|th)")
_WHOLE = re.compile(r"[0-9]{1,4}")


def read_rank(text: str, words: str, language: str) -> Printed | None:
    """A rank, where the words say one.

    Args:
        text: as printed.
        words: in lower case, without accents.
        language: of the words.

    Raises:
        InvalidValue: words that can be a rank or a part: "cuarto".

    Examples:
        >>> fourth = read_rank("4th", "4th", "en")
        >>> fourth.first.value, fourth.kind.value
        (Fraction(4, 1), 'rank')
        >>> read_rank("top 10", "top 10", "en").hedge.value
        'at-most'
    """
    words, stripped = _without_company(words, language)
    last = _top(words, language)
    if last is not None:
        return _rank(text, last, language, Relation.AT_MOST)
    tables = vocabulary(language)
    first = opening(f"{words} ", language, "ranks.first")
    if first is not None and (not first[1] or first[1] in phrases(language, "ranks.of")):
        return _rank(text, 1, language)
    placed = opening(words, language, "ranks.place")
    if placed is not None:
        place = _whole(placed[1], language)
        return None if place is None else _rank(text, place, language)
    ordinal, has_more = words, stripped
    for article in tables["ranks"]["articles"]:
        if ordinal.startswith(f"{article} "):
            ordinal, has_more = ordinal.removeprefix(f"{article} "), True
    for phrase in phrases(language, "ranks.behind"):
        if ordinal.endswith(f" {phrase}"):
            ordinal, has_more = ordinal.removesuffix(f" {phrase}"), True
            break
    rank = _ordinal(ordinal, language)
    if rank is not None and not has_more and ordinal in map(plain, tables["ranks"]["parts"]):
        raise InvalidValue(
            f"{text[:40]!r} can be a rank, {rank}, or a part, 1/{rank}: write the one meant"
        )
    return None if rank is None else _rank(text, rank, language)


def _without_company(words: str, language: str) -> tuple[str, bool]:
    """A rank without the words around it that change nothing: "ocupa el cuarto lugar nacional"."""
    before = opening(words, language, "ranks.before")
    words = before[1] if before else words
    after = ending(words, language, "ranks.after")
    return (after[2] if after else words), bool(before or after)


def is_ordinal(words: str, language: str) -> bool:
    """Whether words are an ordinal and nothing else, an article aside.

    Examples:
        >>> is_ordinal("la cuarta", "es"), is_ordinal("la cuarta economia", "es")
        (True, False)
    """
    articles = vocabulary(language)["ranks"]["articles"]
    first, _, rest = words.partition(" ")
    return _ordinal(rest if first in articles else words, language) is not None


def _rank(text: str, rank: int, language: str, hedge: Relation = Relation.EQUALS) -> Printed:
    return Printed({language: text}, Digits(rank), hedge=hedge, kind=PrintedKind.RANK)


def _top(words: str, language: str) -> int | None:
    """The last rank of "top 10", "los cinco primeros", "entre los primeros diez"."""
    for phrase in phrases(language, "top"):
        if words.startswith(f"{phrase} "):
            return _whole(words.removeprefix(f"{phrase} "), language)
    rest = words
    for opener in phrases(language, "primary_after"):
        rest = rest.removeprefix(f"{opener} ")
        if rest != words:
            break
    if rest == words:
        return None
    for phrase in phrases(language, "primary"):
        if rest.endswith(f" {phrase}"):
            return _whole(rest.removesuffix(f" {phrase}"), language)
        if rest.startswith(f"{phrase} ") and language == "es":
            return _whole(rest.removeprefix(f"{phrase} "), language)
    return None


def _whole(word: str, language: str) -> int | None:
    if _WHOLE.fullmatch(word) and word.isascii():
        return int(word) or None
    value = phrases(language, "cardinals").get(word)
    return int(value) or None if value is not None and word not in {"a", "un", "una"} else None


def _ordinal(word: str, language: str) -> int | None:
    ordinals = phrases(language, "ordinals")
    named = ordinals.get(word)
    if named is not None:
        return int(named)
    tens, _, unit = word.partition(" ")
    many = phrases(language, "tens_ordinals").get(tens)
    if many is not None and int(ordinals.get(unit, 0)) in range(1, 10):
        return int(many) + int(ordinals[unit])
    match = (_ENGLISH if language == "en" else _SPANISH).fullmatch(word)
    if match is None or (not word.isascii() and language == "en") or not int(match[1]):
        return None
    rank = int(match[1])
    if language == "en":
        teen = rank % 100 in {11, 12, 13}
        suffix = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
        return rank if match[2] == suffix else None
    return rank
