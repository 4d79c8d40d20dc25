"""Numbers in words: large ones with the name of their power of ten, percentages, points."""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import ceil, floor

from bajio.facts.observations import Exact
from bajio.words.phrasebook import ENGLISH, Phrasebook, phrasebook

#: Significant digits of a figure, and below which sizes it has how many decimals, times a hundred
#: thousand: 999.95 is the first that rounds to a number without any.
_FIGURE = 4
_LIMITS = (99995 * 10**3, 99995 * 10**2, 99995 * 10, 99995)
_LIMIT = 10**5
#: The smallest power of ten that is written out.
_SMALLEST = -4


def places(number: Exact, count: int, language: str = ENGLISH, *, sign: bool = False) -> str:
    """A number with so many decimals, halves to even, whatever the surroundings' own context.

    Examples:
        >>> places(Fraction(1, 3), 2), places(Fraction(-1, 1000), 2), places(Fraction(12345), 0)
        ('0.33', '0.00', '12,345')
        >>> places(Fraction(1, 3), 1, sign=True)
        '+0.3'
    """
    above, below = number.as_integer_ratio()
    return _places(above, below, count, phrasebook(language), sign=sign)


def _places(above: int, below: int, count: int, book: Phrasebook, *, sign: bool = False) -> str:
    # integers all along: a Fraction would look for a common divisor at every step
    scaled, rest = divmod(above * 10**count, below)
    scaled += 2 * rest > below or (2 * rest == below and scaled % 2)
    whole, part = divmod(abs(scaled), 10**count)
    digits = f"{whole:,}".replace(",", book.group)
    before = "-" if scaled < 0 else "+" if sign else ""  # what rounds to nothing has no minus
    return f"{before}{digits}" + (f"{book.decimal}{part:0{count}d}" if count else "")


def four_digits(number: Exact, language: str = ENGLISH) -> str:
    """A number to four significant digits, and to the unit where it has more before its point.

    Examples:
        >>> [four_digits(Fraction(text)) for text in ("9999.96", "9.9996", "1.23456", "0.5")]
        ['10,000', '10.00', '1.235', '0.5']
        >>> four_digits(Fraction(12345, 10**7)), four_digits(Fraction("0.0015"))
        ('0.001234', '0.0015')
    """
    return _four_digits(*number.as_integer_ratio(), phrasebook(language))


def _four_digits(above: int, below: int, book: Phrasebook) -> str:
    size = abs(above) * _LIMIT
    if size < _LIMITS[-1] * below:
        return _significant(above, below, _FIGURE, book)
    return _places(above, below, sum(size < limit * below for limit in _LIMITS), book)


def significant(number: Exact, digits: int, language: str = ENGLISH, *, sign: bool = False) -> str:
    """A small number to so many significant digits, none at its end being a zero.

    Examples:
        >>> significant(Fraction(1, 3000), 2), significant(0, 2), significant(Fraction(1, 10**7), 2)
        ('0.00033', '0', '1e-07')
    """
    above, below = number.as_integer_ratio()
    return _significant(above, below, digits, phrasebook(language), sign=sign)


def _significant(
    above: int, below: int, digits: int, book: Phrasebook, *, sign: bool = False
) -> str:
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
    rounded = context.divide(Decimal(above), Decimal(below))
    before = "+" if sign and rounded >= 0 else ""
    if not rounded:
        return f"{before}0"
    power = rounded.adjusted()
    plain = power >= _SMALLEST
    text = f"{rounded if plain else rounded.scaleb(-power, context):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    text = text.replace(".", book.decimal)
    return f"{before}{text}" + ("" if plain else f"e{power:+03d}")


def rounded_outwards(number: Fraction, digits: int, language: str, *, up: bool) -> str:
    """A number to so many significant digits, rounded up or else down; no zeros at its end."""
    whole = len(str(abs(int(number)))) if abs(number) >= 1 else 0
    count = max(digits - whole, 0)
    scaled = number * 10**count
    book = phrasebook(language)
    text = _places(ceil(scaled) if up else floor(scaled), 10**count, count, book)
    return text.rstrip("0").removesuffix(book.decimal) if count else text


def magnitude_of(number: Exact, language: str, *, rounds: bool) -> int | None:
    """Which of the powers of ten that have a name a number is told in, by position, if in one.

    Args:
        number: any.
        language: whose names.
        rounds: whether what rounds to a power of ten to four digits is told in it.
    """
    above, below = number.as_integer_ratio()
    least = _LIMITS[-1] if rounds else _LIMIT
    size = abs(above) * _LIMIT
    for position, (power, *_) in enumerate(phrasebook(language).magnitudes):
        if size >= least * 10**power * below:
            return position
    return None


def named(digits: str, position: int | None, language: str) -> str:
    """Digits with the name of a power of ten, in the singular where there is one of them."""
    if position is None:
        return digits
    book = phrasebook(language)
    _, several, singular = book.magnitudes[position]
    return (
        f"{digits} {singular if several != singular and book.takes_singular(digits) else several}"
    )


def magnitude(value: Exact, language: str = ENGLISH) -> str:
    """A figure with the name of its power of ten, to four digits; a smaller whole one in full.

    Examples:
        >>> magnitude(12706038), magnitude(999999999), magnitude(-4686406258), magnitude(524)
        ('12.71 million', '1.000 billion', '-4.686 billion', '524')
        >>> magnitude(89299303222, "es"), magnitude(109059, "en")
        ('89.30 mil millones', '109,059')
    """
    book, position = phrasebook(language), magnitude_of(value, language, rounds=True)
    above, below = value.as_integer_ratio()
    if position is not None:
        below *= 10 ** book.magnitudes[position][0]
    elif below == 1:
        return _places(above, 1, 0, book)
    return named(_four_digits(above, below, book), position, language)


def in_full(value: Exact, language: str = ENGLISH) -> str:
    """A figure with thousands separated, and as many decimals as tell it.

    Examples:
        >>> in_full(12706038), in_full(Fraction(1, 3)), in_full(Fraction(25, 2))
        ('12,706,038', '0.333333', '12.5')
    """
    if Fraction(value).denominator == 1:
        return places(value, 0, language)
    large = abs(Fraction(value)) >= 1000
    return places(value, 2, language) if large else significant(value, 6, language)


def percent(share: Exact, digits: int = 2, language: str = ENGLISH, *, sign: bool = False) -> str:
    """A fraction as a percentage.

    Examples:
        >>> percent(Fraction(1008, 10000)), percent(Fraction(-1, 10**5)), percent(1, 0, sign=True)
        ('10.08 %', '0.00 %', '+100 %')
    """
    book = phrasebook(language)
    above, below = share.as_integer_ratio()
    return book.percent.format(_places(above * 100, below, digits, book, sign=sign))


def distance(share: Fraction, language: str = ENGLISH) -> str:
    """How far something is off, as a percentage that is never rounded to nothing.

    Examples:
        >>> distance(Fraction(155, 1000)), distance(Fraction(1, 10**5)), distance(Fraction(12))
        ('15.5 %', '< 0.1 %', '> 1,000 %')
    """
    if 0 < share < Fraction(1, 1000):
        return f"< {percent(Fraction(1, 1000), 1, language)}"
    return f"> {percent(10, 0, language)}" if share > 10 else percent(share, 1, language)


def points(share: Exact, language: str = ENGLISH) -> str:
    """A fraction in percentage points with its sign, with as many decimals as tell it.

    Examples:
        >>> points(Fraction(25, 10**4)), points(Fraction(-1, 30000)), points(2)
        ('+0.25', '-0.0033', '+200.0')
    """
    hundredths = Fraction(share) * 100
    size = abs(hundredths)
    if 0 < size < Fraction(1, 10):
        return significant(hundredths, 2, language, sign=True)
    return places(hundredths, 2 if size < Fraction(9995, 1000) else 1, language, sign=True)


def relative(change: Exact | None, language: str = ENGLISH) -> str:
    """A relative change in percent; a dash where there is none.

    Examples:
        >>> [relative(Fraction(text)) for text in ("-0.0123456", "0.123456", "0.0000123")]
        ['-1.23 %', '+12.3 %', '+0.0012 %']
        >>> relative(0), relative(None)
        ('0 %', '–')
    """
    if change is None:
        return "–"
    return phrasebook(language).percent.format(points(change, language) if change else "0")
