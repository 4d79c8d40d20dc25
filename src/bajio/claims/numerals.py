"""Printed numbers, read and written in English and Spanish.

How a locale groups digits, marks decimals and names thousands and millions is Babel's knowledge;
nothing else in bajio imports it. A number that two conventions read differently is refused until
the locale is declared, and so is a Spanish "billón", which translations often take for 10⁹.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from attrs import evolve, frozen

from bajio.claims.printed import Digits, Printed, PrintedKind
from bajio.claims.relations import Relation
from bajio.claims.vocabulary import (
    AVERAGED,
    BETWEEN,
    COUNTS,
    FRACTIONS,
    HEDGES,
    LANGUAGES,
    MULTIPLES,
    ONE_IN,
    SMALL,
)
from bajio.errors import BajioError, InvalidValue

if TYPE_CHECKING:
    from babel import Locale

#: More than this is no printed number, and is refused before anything is converted.
MOST_CHARACTERS = 120
MOST_DIGITS = 30
MOST_PRECISION = 200
SCALES = ("short", "long")
#: The two conventions of Spanish, of which Mexico's is the first.
_SPANISH = ("es-MX", "es-ES")
_NUMBER = re.compile(r"[-−]?[0-9][0-9.,'\u00a0\u202f]*")
_MOST_SCALES = 2
_PERCENT = Fraction(1, 100)


@frozen
class Convention:
    """How numbers are written where a text was printed.

    Attributes:
        locale: `en`, `en-US`, `es-MX`, `es-ES`, ...; `es` is Mexico's, and refuses what Spain
            reads differently.
        scale: `short` (a billion is 10⁹) or `long` (10¹²); English is short where it is not said.
    """

    locale: str = "en"
    scale: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise InvalidValue(
                f"locale {self.locale!r}: numbers are read in English and Spanish, "
                "as 'en', 'es-MX' or 'es-ES'"
            )
        if self.scale not in {None, *SCALES}:
            raise InvalidValue(f"scale {self.scale!r}: it can be {' or '.join(SCALES)}")
        _babel(self.locale)

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.locale[:2]


def read_printed(text: str, convention: Convention) -> Printed:
    """A printed number with the words around it.

    Args:
        text: as printed: "over 12.4 million", "más de 17.6 %", "entre 4 y 5 %".
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
    """
    try:
        return _read(text, convention)
    except BajioError as error:
        raise InvalidValue(str(error)) from None


def _read(text: str, convention: Convention) -> Printed:
    if len(text) > MOST_CHARACTERS or sum(map(str.isdigit, text)) > 2 * MOST_DIGITS:
        raise InvalidValue(f"{text[:20]!r}... is too long for a printed number")
    language = convention.language
    words = _plain(" ".join(text.casefold().replace("\u00a0", " ").split()))
    words, averaged = _without_average(words, language)
    between = _between(words, language)
    if between is not None:
        first, second, kind = _two(*between, convention)
        printed = Printed(text, first, second, hedge=Relation.BETWEEN, kind=kind)
    else:
        hedge, rest = _hedge(words, language)
        digits, kind = _one(rest, convention)
        printed = Printed(text, digits, hedge=hedge, kind=kind)
    return evolve(printed, texts={language: text}, averaged=averaged)


def _without_average(words: str, language: str) -> tuple[str, bool]:
    for phrase in map(_plain, AVERAGED[language]):
        if words.startswith(phrase + " "):
            return words[len(phrase) + 1 :], True
        if words.endswith(" " + phrase):
            return words[: -len(phrase) - 1], True
    return words, False


def _between(words: str, language: str) -> tuple[str, str] | None:
    for before, amid in BETWEEN[language]:
        if words.startswith(before) and amid in words[len(before) :]:
            first, _, second = words[len(before) :].partition(amid)
            if first[:1].isdigit() or first[:1] in {"-", "−"}:
                return first, second
    return None


def _hedge(words: str, language: str) -> tuple[Relation, str]:
    """What the words before a number say, and the rest: the longest phrase that fits."""
    found = [
        (len(phrase), hedge)
        for hedge, phrases in HEDGES[language].items()
        for phrase in _contracted(phrases)
        if words.startswith(phrase + " ")
    ]
    if not found:
        return Relation.EQUALS, words
    length, hedge = max(found)
    return hedge, words[length + 1 :]


def _contracted(phrases: Iterable[str]) -> Iterator[str]:
    """Phrases without accents, and as "de" becomes before "el": "más del doble"."""
    for phrase in map(_plain, phrases):
        yield phrase
        if phrase.endswith(" de"):
            yield f"{phrase}l"


def _two(first: str, second: str, convention: Convention) -> tuple[Digits, Digits, PrintedKind]:
    """Two numbers; what stands after the second goes for the first, where it says nothing."""
    upper, kind = _one(second, convention)
    if _NUMBER.fullmatch(first):
        tail = second[_number_length(second) :]
        first += tail
    lower, other = _one(first, convention)
    if other is not kind:
        raise InvalidValue(f"{first!r} and {second!r} count different things")
    if upper.value < lower.value <= 0:  # "between -3 and -5 %", by their size
        return upper, lower, kind
    return lower, upper, kind


def _number_length(words: str) -> int:
    found = _NUMBER.match(words)
    return found.end() if found else 0


def _one(words: str, convention: Convention) -> tuple[Digits, PrintedKind]:
    """A number with its scale and what it counts, and nothing else."""
    spoken = _in_words(convention.language).get(words) or _one_in(words, convention.language)
    if spoken is not None:
        return spoken, PrintedKind.TIMES
    length = _number_length(words)
    if not length:
        raise InvalidValue(f"{words!r} is no number that is understood")
    value, quantum = _number(words[:length], convention)
    rest, kind = _count(words[length:].strip(), convention.language)
    factor = _scale(rest, convention)
    if kind in {PrintedKind.PERCENT, PrintedKind.POINTS}:
        factor *= _PERCENT
    return Digits(value * factor, quantum * factor), kind


@cache
def _in_words(language: str) -> Mapping[str, Digits]:
    """Multiples and fractions by the words that say them."""
    multiples = {
        _plain(word): Digits.multiple(value)
        for value, words in MULTIPLES[language].items()
        for word in words
    }
    fractions = {
        _plain(word): Digits.fraction(*parts)
        for parts, words in FRACTIONS[language].items()
        for word in words
    }
    return multiples | fractions


def _one_in(words: str, language: str) -> Digits | None:
    """A fraction as "one in ten", "2 de cada 5"."""
    for amid in ONE_IN[language]:
        first, found, second = words.partition(f" {amid} ")
        if found:
            part, whole = (_small(word, language) for word in (first, second))
            if part is None or whole is None or part >= whole:
                raise InvalidValue(f"{words!r} is no number that is understood")
            return Digits.fraction(part, whole)
    return None


def _small(word: str, language: str) -> int | None:
    if len(word) <= 4 and word.isascii() and word.isdigit():
        return int(word)
    return SMALL[language].get(word)


def _count(words: str, language: str) -> tuple[str, PrintedKind]:
    for kind, phrases in COUNTS[language].items():
        for phrase in phrases:
            if words.endswith(phrase):
                return words[: -len(phrase)].strip(), kind
    return words, PrintedKind.NUMBER


def _number(text: str, convention: Convention) -> tuple[Fraction, Fraction]:
    """The value and the weight of the last digit, as the locale reads them."""
    digits = text.lstrip("-−")
    if sum(map(str.isdigit, digits)) > MOST_DIGITS:
        raise InvalidValue(f"{digits[:20]!r}... has more than {MOST_DIGITS} digits")
    if convention.locale == "es":
        value, places = _unambiguous(digits)
    else:
        found = _parsed(digits, convention.locale)
        if found is None:
            raise InvalidValue(f"{digits!r} is no number in {convention.locale}")
        value, places = found
    sign = -1 if digits != text else 1
    return sign * Fraction(value), Fraction(1, 10**places)


def _unambiguous(digits: str) -> tuple[Decimal, int]:
    mexico, spain = (_parsed(digits, locale) for locale in _SPANISH)
    if mexico is None:
        advice = ": declare the locale es-ES" if spain else ""
        raise InvalidValue(f"{digits!r} is no number in es-MX{advice}")
    if spain is not None and spain != mexico:
        raise InvalidValue(
            f"{digits!r} is {mexico[0]} in es-MX and {spain[0]} in es-ES: declare the locale"
        )
    return mexico


def _parsed(digits: str, locale: str) -> tuple[Decimal, int] | None:
    """A number and how many decimals it has; `None` where a locale does not write it so."""
    from babel.numbers import NumberFormatError, get_decimal_symbol, parse_decimal

    try:
        with localcontext(Context(prec=MOST_PRECISION)):
            value = parse_decimal(digits, locale=_babel(locale), strict=True)
    except NumberFormatError:
        return None
    return value, len(digits.partition(get_decimal_symbol(_babel(locale)))[2])


def _scale(words: str, convention: Convention) -> Fraction:
    """What scale words multiply by: "million", "mil millones"."""
    parts = words.split()
    if len(parts) > _MOST_SCALES:
        raise InvalidValue(f"{words!r} is not understood: say units by the key 'unit'")
    factor = Fraction(1)
    for part in parts:
        factor *= _power(part, convention)
    return factor


def _power(word: str, convention: Convention) -> int:
    known = _scale_words(convention.locale)
    power = known.get(word)
    if power is None:
        raise InvalidValue(f"{word!r} is not understood: say units by the key 'unit'")
    if power < 9:
        return int(10**power)
    scale = convention.scale or ("short" if convention.language == "en" else None)
    if scale is None:
        raise InvalidValue(
            f"{word!r} is 10¹² on the long scale and 10⁹ on the short one: declare the scale, "
            "or write 'mil millones'"
        )
    order = (power - 3) // 3 if convention.language == "en" else power // 6
    return int(10 ** (3 * order + 3 if scale == "short" else 6 * order))


def _plain(word: str) -> str:
    """A word without its accents."""
    return "".join(mark for mark in normalize("NFD", word) if not combining(mark))


@cache
def _scale_words(locale: str) -> Mapping[str, int]:
    """The words for powers of ten that stand alone in a locale's compact formats."""
    formats = _babel(locale).compact_decimal_formats["long"]
    words: dict[str, int] = {}
    for patterns in formats.values():
        for size, pattern in patterns.items():
            number, _, word = pattern.pattern.partition("0 ")
            if not number and word and " " not in word:
                words[_plain(word.strip("'"))] = len(size) - 1
    return words


@cache
def _babel(locale: str) -> "Locale":
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError:
        raise InvalidValue(
            "reading or writing printed numbers needs Babel: pip install 'bajio[audit]'"
        ) from None
    try:
        return Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        raise InvalidValue(f"unknown locale {locale!r}: write it as 'en' or 'es-MX'") from None
