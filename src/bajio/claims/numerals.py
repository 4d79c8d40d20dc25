"""Printed numbers with the words around them, read in English and Spanish.

A number is never read as another: what is in no table is refused with what was understood of it,
and what two readings fit with both.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache

from attrs import evolve

from bajio.claims.conventions import MOST_DIGITS, Convention
from bajio.claims.counted import (
    NUMBER,
    CountedNumber,
    DifferentError,
    NotUnderstoodError,
    advice,
    read_counted,
)
from bajio.claims.ordinals import read_rank
from bajio.claims.printed import Digits, Printed, PrintedKind
from bajio.claims.relations import Relation
from bajio.claims.vocabulary import ending, opening, phrases, plain, vocabulary
from bajio.errors import BajioError, InvalidValue

#: More than this is no printed number, and is refused before anything is converted.
MOST_CHARACTERS = 120
#: "12.4M" is 12.4 million; a small letter can be of metres.
_THOUSAND = 1000
_LARGE_M = re.compile(r"(?<=[0-9])[ \u00a0]?M(?![\w²³$])")
#: "thirty-two", "four-fifths"
#: "12 345 678": groups of three digits; two of them at least, or a blank that does not break.
_GROUPS = re.compile(
    r"(?<![0-9.,])[1-9][0-9]{0,2}"
    r"(?:(?:[ \u00a0\u2009\u202f][0-9]{3}){2,}|(?:[\u00a0\u2009\u202f][0-9]{3})+)"
    r"(?![0-9]|[ \u00a0\u2009\u202f.,-]*[0-9])"
)
#: "+3.2 %" is 3.2 %.
_PLUS = re.compile(r"(?<![^\s(])\+(?=[0-9])")
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_MILLIONS = {"en": " million", "es": " millones"}


def read_printed(text: str, convention: Convention) -> Printed:
    """A printed number with the words around it.

    Args:
        text: as printed: "over 12.4 million", "más del 17.6 %", "uno de cada diez".
        convention: the locale, and the scale of its billions.

    Raises:
        InvalidValue: a word or a number that is not understood, or that two conventions read
            differently.

    Examples:
        >>> over = read_printed("more than 12.4 million", Convention("en"))
        >>> over.hedge.value, over.digits.low, over.digits.high
        ('over', Fraction(12350000, 1), Fraction(12450000, 1))
        >>> read_printed("más de 12.4 millones", Convention("es-MX")).digits == over.digits
        True
        >>> read_printed("1,234", Convention("es"))
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: '1,234' is 1234 in es-MX and 1.234 in es-ES: declare the locale
        >>> read_printed("cuarto", Convention("es"))
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: 'cuarto' can be a rank, 4, or a part, 1/4: write the one meant
    """
    if len(text) > MOST_CHARACTERS or sum(map(str.isdigit, text)) > 2 * MOST_DIGITS:
        raise InvalidValue(f"{text[:20]!r}... is too long for a printed number")
    language = convention.language
    words = normal(text, language)
    try:
        return evolve(read_words(text, words, convention), texts={language: text})
    except NotUnderstoodError as error:
        read = _understood(text, words, convention)
        raise InvalidValue(f"{error}{advice(error.odd, language)}{read}") from None
    except BajioError as error:
        raise InvalidValue(str(error)) from None


def normal(text: str, language: str) -> str:
    """A text as the tables of words have it: in lower case, without accents and hyphens.

    Examples:
        >>> normal("Más de  12.4M", "es"), normal("Thirty-two", "en")
        ('mas de 12.4 millones', 'thirty two')
    """
    words = _GROUPS.sub(lambda match: "".join(match[0].split()), text)
    words = _LARGE_M.sub(_MILLIONS[language], _PLUS.sub("", words))
    words = plain(" ".join(words.casefold().replace("\u00a0", " ").split()))
    return _HYPHEN.sub(" ", words)


def _understood(text: str, words: str, convention: Convention) -> str:
    """The longest beginning of the words that is read."""
    parts, printed = words.split(), text.split()
    for length in range(len(parts) - 1, 0, -1):
        beginning = " ".join(parts[:length])
        try:
            read_words(beginning, beginning, convention)
        except BajioError:
            continue
        shown = " ".join(printed[:length]) if len(printed) == len(parts) else beginning
        return f"; {shown!r} is read"
    return ""


def read_words(text: str, words: str, convention: Convention) -> Printed:
    """The printed number that words say, and nothing else.

    Args:
        text: as printed.
        words: the same as the tables have it.
        convention: the locale, and the scale of its billions.

    Raises:
        NotUnderstoodError: words that are in no table.
        BajioError: what is understood and cannot be, or can be two numbers.
    """
    language = convention.language
    _refuse_ambiguous(text, words, convention)
    rank = read_rank(text, words, language)
    if rank is not None:
        return rank
    share = _share_of(text, words, convention)
    if share is not None:
        return share
    words, averaged = _without_average(words, language)
    for direction, sign in (("up", 1), ("down", -1)):
        changed = opening(words, language, f"changes.{direction}")
        hedged = opening(words, language, "hedges")  # "up to" is no "up"
        if changed and not (hedged and len(hedged[1]) < len(changed[1])):
            _refuse_without_accent(text, words, language)
            return evolve(_change(text, changed[1], sign, convention), averaged=averaged)
        after = ending(words, language, f"changes.{direction}_after")
        if after and not ending(words, language, "hedges_after"):
            printed = _change(text, after[2], sign, convention)
            _refuse_superlative(text, words, after[1], printed, language)
            return evolve(printed, averaged=averaged)
    return evolve(_level(text, words, convention), averaged=averaged)


def _share_of(text: str, words: str, convention: Convention) -> Printed | None:
    """A share with what it is of, where the words say both."""
    rest, noun = _without_noun(words, convention.language)
    if not noun:
        return None
    try:
        printed = read_words(text, rest, convention)
    except NotUnderstoodError:
        return None
    is_part = printed.kind is PrintedKind.TIMES and printed.first.value < 1
    is_share = is_part or printed.kind is PrintedKind.PERCENT
    return evolve(printed, of=noun) if is_share and not printed.of else None


def _without_noun(words: str, language: str) -> tuple[str, str]:
    """The words of a share, and what it is of: "un tercio de las exportaciones"."""
    whole = ending(words, language, "share_of.whole")
    ending_noun = ending(whole[2] if whole else words, language, "nouns")
    if ending_noun is None:
        return words, ""
    noun, _, rest = ending_noun
    opened = ending(rest, language, "share_of.of")
    if opened is not None:
        return opened[2], noun
    return (rest, noun) if _one_in_ends(rest, language) else (words, "")


def _one_in_ends(words: str, language: str) -> bool:
    """Whether words end as "one in five", behind which a noun stands without "of"."""
    before = words.rpartition(" ")[0]
    return any(before.endswith(f" {amid}") for amid in vocabulary(language)["one_in"])


def _refuse_without_accent(text: str, words: str, language: str) -> None:
    """Refuse "bajo 5 %", which is "under 5 %" or, its accent left out, "fell by 5 %"."""
    first = words.partition(" ")[0]
    for verb in vocabulary(language)["changes"]["accented"]:
        if first == plain(verb) and verb not in text.casefold():
            raise both(text, repr(verb), repr(first))


def _refuse_superlative(text: str, words: str, after: str, printed: Printed, language: str) -> None:
    """Refuse "los 10 más" and "el 10 % más", which can be those that have the most."""
    more = vocabulary(language)["more"]
    if after not in map(plain, (*more["up"], *more["down"])):
        return
    is_bare = printed.kind is PrintedKind.NUMBER and printed.unit is None
    is_count = is_bare and abs(printed.first.value) < _THOUSAND
    is_part = words.partition(" ")[0] in vocabulary(language)["more"]["of_all"]
    if is_count or is_part:
        raise both(text, "so many added or taken away", "those with the most or the least")


def _refuse_ambiguous(text: str, words: str, convention: Convention) -> None:
    """Refuse what two readings fit, with both."""
    tables = vocabulary(convention.language)
    for phrase, (first, second) in tables["ambiguous"].items():
        if words.startswith(f"{phrase} "):
            raise both(text, f"'{first}'", f"'{second}'")
    for times in tables["more"]["times"]:
        before, separator, behind = words.partition(f" {times} ")
        word = behind.partition(" ")[0]
        number = before.rpartition(" ")[2]
        number = phrases(convention.language, "cardinals").get(number, number)
        is_whole = number.isdecimal() and number.isascii()
        if separator and word in map(plain, tables["more"]["up"]):
            more = str(int(number) + 1) if is_whole else f"1 + {number}"
            raise both(text, f"{number} times as much", f"{more} times as much")
        if separator and word in map(plain, tables["more"]["down"]):
            raise both(text, f"1/{number} as much", f"{number} times its size taken away")


def both(text: str, first: str, second: str) -> InvalidValue:
    """What is refused because two readings fit it."""
    return InvalidValue(f"{text!r} can be {first} or {second}: write the one meant")


def _change(text: str, words: str, sign: int, convention: Convention) -> Printed:
    """What follows "grew" or "a fall of": by how much, or, as a multiple, to what."""
    _refuse_levels(text, words, convention.language)
    for phrase in vocabulary(convention.language)["changes"]["to"]:
        if words.startswith(f"{phrase} "):
            return _come_to(text, words.removeprefix(f"{phrase} "), sign, convention)
    printed = _level(text, words, convention)
    goes_to = (f" {word} " in words for word in vocabulary(convention.language)["changes"]["to"])
    if printed.second is not None and any(goes_to):
        raise both(text, "a change of so much", "a change that came to the second number")
    if printed.kind is PrintedKind.TIMES:
        if printed.first.words is None or printed.last.value >= 1:
            raise both(text, "so many times as much", "so many times more")
        printed = evolve(printed, kind=PrintedKind.PERCENT)
    if sign < 0 and printed.first.value < 0:
        raise both(text, "a fall", "the fall of a negative number")
    if sign > 0:
        return evolve(printed, changed=True)
    first, second = printed.first.scaled(-1), printed.second
    if second is not None:
        first, second = second.scaled(-1), first
    return evolve(printed, first=first, second=second, changed=True)


def _refuse_levels(text: str, words: str, language: str) -> None:
    """Refuse what is, or may be, a level that something changed from or to."""
    tables = vocabulary(language)
    for phrase in map(plain, tables["changes"]["either"]):
        if words.startswith(f"{phrase} "):
            raise both(text, "the level that it came to", "the most that it changed by")
    for phrase in tables["from"]:
        if words.startswith(f"{phrase} "):
            raise InvalidValue(f"{text!r} says two levels: write each as a number of its own")


def _come_to(text: str, words: str, sign: int, convention: Convention) -> Printed:
    """A multiple that something came to: "cayó a la mitad", "fell to a third"."""
    hedge, rest = _hedge(words, convention.language)
    spoken = _in_words(convention.language)
    digits = spoken.get(rest) or spoken.get(f"el {rest}")
    if digits is None or (digits.value > 1) is not (sign > 0):
        raise InvalidValue(f"{text!r} says the level that it came to: write {words!r}")
    return Printed(text, digits, hedge=hedge, kind=PrintedKind.TIMES)


def _level(text: str, words: str, convention: Convention) -> Printed:
    """One number or two, with the words before and after them."""
    ranges = list(_ranges(text, words, convention))
    if ranges:
        if any(evolve(other, texts=text) != ranges[0] for other in ranges[1:]):
            raise InvalidValue(f"{text!r} can be read as two ranges: write digits")
        return ranges[0]
    language = convention.language
    hedge, rest = _hedge(words, language)
    after = ending(rest, language, "hedges_after")
    if after and hedge is Relation.EQUALS:
        hedge, rest = Relation(after[0]), after[2]
    counted = _one(rest, convention)
    return Printed(text, counted.digits, hedge=hedge, kind=counted.kind, unit=counted.unit)


def _without_average(words: str, language: str) -> tuple[str, bool]:
    for phrase in phrases(language, "averaged"):
        if words.startswith(phrase + " "):
            return words[len(phrase) + 1 :], True
        if words.endswith(" " + phrase):
            return words[: -len(phrase) - 1], True
    return words, False


def _ranges(text: str, words: str, convention: Convention) -> Iterator[Printed]:
    """Two numbers, at each place where the words can be cut so that both are read."""
    failed: BajioError | None = None
    has_any = False
    for first, second in _cuts(words, convention.language):
        try:
            lower, upper = _two(first, second, convention)
            made = Printed(
                text,
                lower.digits,
                upper.digits,
                hedge=Relation.BETWEEN,
                kind=upper.kind,
                unit=upper.unit,
            )
        except NotUnderstoodError:
            continue
        except BajioError as error:
            failed = error
            continue
        has_any = True
        yield made
    if failed is not None and not has_any:
        raise failed


def _cuts(words: str, language: str) -> Iterator[tuple[str, str]]:
    for before, amid in vocabulary(language)["between"]:
        if not words.startswith(before):
            continue
        start = words.find(amid, len(before))
        while start >= 0:
            first, second = words[len(before) : start], words[start + len(amid) :]
            if first and second and (before or _begins_with_number(first, language)):
                yield first.strip(), second.strip()
            start = words.find(amid, start + 1)


def _begins_with_number(words: str, language: str) -> bool:
    """Whether words without "between" before them begin with a number, articles aside."""
    first = words.partition(" ")[0]
    is_cardinal = first in phrases(language, "cardinals")
    if is_cardinal and first not in vocabulary(language)["articles"]:
        return True
    return NUMBER.match(words.lstrip("us$mxnd€ ")) is not None


def _hedge(words: str, language: str) -> tuple[Relation, str]:
    """What the words before a number say, and the rest: the longest phrase that fits."""
    hedge = opening(words, language, "hedges")
    return (Relation(hedge[0]), hedge[1]) if hedge else (Relation.EQUALS, words)


def _two(first: str, second: str, convention: Convention) -> tuple[CountedNumber, CountedNumber]:
    """Two numbers; what stands beside one of them goes for both, where the other says nothing."""
    upper = _one(second, convention)
    lower = _one(_without_article(first, convention.language), convention)
    alone = lower
    if lower.is_bare and lower.bare is not None:
        if upper.factor == 0:
            raise InvalidValue(f"{first!r} and {second!r}: write the scale of both")
        digits = lower.bare.scaled(upper.factor)
        if upper.kind in {PrintedKind.PERCENT, PrintedKind.POINTS}:
            digits = digits.scaled(Fraction(1, 100))
        lower = evolve(lower, digits=digits, kind=upper.kind)
    elif upper.is_bare and abs(upper.digits.value) < _THOUSAND:
        raise InvalidValue(f"{first!r} and {second!r}: write the scale of both")
    units = {lower.unit, upper.unit} - {None}
    if lower.kind is not upper.kind or len(units) > 1:
        raise DifferentError(f"{first!r} and {second!r} count different things")
    upper = evolve(upper, unit=upper.unit or lower.unit)
    if upper.digits.value < lower.digits.value <= 0:  # "between -3 and -5 %", by their size
        return upper, lower
    if _THOUSAND <= alone.digits.value <= upper.digits.value < lower.digits.value:
        return alone, upper  # "between 900,000 and 1.2 million"
    return lower, upper


def _without_article(words: str, language: str) -> str:
    article, _, rest = words.partition(" ")
    return rest if article in vocabulary(language)["articles"] and NUMBER.match(rest) else words


def _one(words: str, convention: Convention) -> CountedNumber:
    """A number with its scale and what it counts, and nothing else."""
    spoken = _in_words(convention.language).get(words) or _one_in(words, convention.language)
    if spoken is not None:
        return CountedNumber(spoken, PrintedKind.TIMES)
    return read_counted(words, convention)


@cache
def _in_words(language: str) -> Mapping[str, Digits]:
    """Multiples and fractions by the words that say them."""
    made: Mapping[str, Callable[[str], Digits]] = {
        "multiples": lambda value: Digits.multiple(Fraction(value)),
        "fractions": lambda value: Digits.fraction(*map(int, value.split("/"))),
    }
    return {
        phrase: make(value)
        for table, make in made.items()
        for phrase, value in phrases(language, table).items()
    }


def _one_in(words: str, language: str) -> Digits | None:
    """A fraction as "one in ten", "2 de cada 5"."""
    for amid in vocabulary(language)["one_in"]:
        first, separator, second = words.partition(f" {amid} ")
        if separator:
            part, whole = (_small(word, language) for word in (first, second))
            if part is None or whole is None or not 0 < part < whole:
                raise NotUnderstoodError(f"{words!r} is no number that is understood")
            return Digits.fraction(part, whole)
    return None


def _small(word: str, language: str) -> int | None:
    if len(word) <= 4 and word.isascii() and word.isdigit():
        return int(word)
    value = phrases(language, "cardinals").get(word)
    return None if value is None else int(value)
