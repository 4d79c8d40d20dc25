"""How numbers are written where a text was printed: their digits, decimals and scales.

How a locale groups digits, marks decimals and names thousands and millions is Babel's knowledge;
nothing else in bajio imports it. A number that two conventions read differently is refused until
the locale is declared, and so is a Spanish "billón", which translations often take for 10⁹.
"""

from collections.abc import Mapping
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

from bajio.claims.vocabulary import LANGUAGES, plain
from bajio.errors import InvalidValue

if TYPE_CHECKING:
    from babel import Locale

MOST_DIGITS = 30
MOST_PRECISION = 200
SCALES = ("short", "long")
#: The two conventions of Spanish, of which Mexico's is the first.
_SPANISH = ("es-MX", "es-ES")


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
        babel_locale(self.locale)

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.locale[:2]


def number_of(text: str, convention: Convention) -> tuple[Fraction, Fraction]:
    """The value and the weight of the last digit, as the locale reads them.

    Examples:
        >>> number_of("12.40", Convention("en"))
        (Fraction(62, 5), Fraction(1, 100))
    """
    digits = text.lstrip("-−")
    if sum(map(str.isdigit, digits)) > MOST_DIGITS:
        raise InvalidValue(f"{digits[:20]!r}... has more than {MOST_DIGITS} digits")
    if convention.locale == "es":
        value, places = _unambiguous(digits)
    else:
        parsed = _parsed(digits, convention.locale)
        if parsed is None:
            raise InvalidValue(f"{digits!r} is no number in {convention.locale}")
        value, places = parsed
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
            value = parse_decimal(digits, locale=babel_locale(locale), strict=True)
    except NumberFormatError:
        return None
    return value, len(digits.partition(get_decimal_symbol(babel_locale(locale)))[2])


def power_of(word: str, convention: Convention) -> int | None:
    """What a scale word multiplies by; `None` for any other word.

    Raises:
        InvalidValue: the long and the short scale read it differently, and none is declared.

    Examples:
        >>> power_of("million", Convention("en")), power_of("people", Convention("en"))
        (1000000, None)
    """
    power = scale_words(convention.locale).get(word)
    if power is None or power < 9:
        return None if power is None else 10**power
    scale = convention.scale or ("short" if convention.language == "en" else None)
    if scale is None:
        raise InvalidValue(
            f"{word!r} is 10¹² on the long scale and 10⁹ on the short one: declare the scale, "
            "or write 'mil millones'"
        )
    order = (power - 3) // 3 if convention.language == "en" else power // 6
    return int(10 ** (3 * order + 3 if scale == "short" else 6 * order))


@cache
def scale_words(locale: str) -> Mapping[str, int]:
    """The words for powers of ten that stand alone in a locale's compact formats."""
    formats = babel_locale(locale).compact_decimal_formats["long"]
    words: dict[str, int] = {}
    for patterns in formats.values():
        for size, pattern in patterns.items():
            number, _, word = pattern.pattern.partition("0 ")
            if not number and word and " " not in word:
                words[plain(word.strip("'"))] = len(size) - 1
    return words


@cache
def babel_locale(locale: str) -> "Locale":
    """The locale, as Babel has it."""
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
