"""Numbers as people and programs write them, read exactly and within bounds: once, for all doors.

A point marks decimals. Commas group thousands, and only where no convention reads them otherwise:
"1,234,567" and "1,234.5" are clear; "1,234" is 1234 in Mexico and 1.234 in Spain, and is refused
until somebody says which, as is "1,5".
"""

import re
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from numbers import Rational

from bajio.errors import InvalidValue, shown

#: More digits than any quantity has, and powers of ten beyond any: nothing longer is converted.
MOST_DIGITS = 400
MOST_EXPONENT = 400
#: A number at the start of a text: its digits, and its exponent.
_NUMBER = r"[+\-\u2212]?(?:[0-9][0-9.,_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?"
_PLAIN = r"(?:[0-9]+(?:_[0-9]+)*)?(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?"
_GROUPED = r"[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]*)?|,[0-9]{3}\.[0-9]*)"
_EITHER = r"[0-9]{1,3},[0-9]{3}"
#: As Spain and most of South America write: 1.234,5 and 1,5.
_COMMA = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),[0-9]+"


def read_number(text: str) -> Fraction:
    """A number in a text, and nothing else.

    Raises:
        InvalidValue: it is none, conventions read it differently, or it is out of bounds.

    Examples:
        >>> read_number("1.5"), read_number("11,427,054"), read_number("-2.5e3")
        (Fraction(3, 2), Fraction(11427054, 1), Fraction(-2500, 1))
        >>> read_number("1,234")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: '1,234' is 1234 in es-MX and 1.234 in es-ES: write 1234 or 1.234
    """
    number, rest = split_number(text)
    if number is None or rest:
        raise InvalidValue(f"{shown(text)} is no number: write it as 1234.5")
    return number


def split_number(text: str) -> tuple[Fraction | None, str]:
    """The number that a text begins with, `None` if it begins with none, and the rest of the text.

    Raises:
        InvalidValue: conventions read it differently, or it is out of bounds.

    Examples:
        >>> split_number("4 %"), split_number("BEL")
        ((Fraction(4, 1), '%'), (None, 'BEL'))
    """
    text = text.strip()
    match = re.match(_NUMBER, text)
    if match is None:
        return None, text
    written, rest = match[0], text[match.end() :]
    digits, _, exponent = written.lower().partition("e")
    sign = -1 if digits[0] in "-\u2212" else 1
    power = _power(written, exponent)
    return sign * _digits(digits.lstrip("+-\u2212"), power), rest.strip()


def _power(written: str, exponent: str) -> int:
    """The power of ten behind an "e"."""
    size = exponent.lstrip("+-").lstrip("0")
    if len(size) > len(str(MOST_EXPONENT)) or int(size or 0) > MOST_EXPONENT:
        text = f"exponents go from -{MOST_EXPONENT} to {MOST_EXPONENT}"
        raise InvalidValue(f"{shown(written)}: {text}")
    return -int(size or 0) if exponent.startswith("-") else int(size or 0)


def _digits(digits: str, power: int) -> Fraction:
    if len(digits) > 2 * MOST_DIGITS or sum(map(str.isdigit, digits)) > MOST_DIGITS:
        raise InvalidValue(f"{shown(digits)}: a number has at most {MOST_DIGITS} digits")
    if re.fullmatch(_EITHER, digits):
        point, plain = digits.replace(",", "."), digits.replace(",", "")
        text = f"is {plain} in es-MX and {point} in es-ES: write {plain} or {point}"
        raise InvalidValue(f"{shown(digits)} {text}")
    if re.fullmatch(_COMMA, digits):
        point = digits.replace(".", "").replace(",", ".")
        raise InvalidValue(f"{shown(digits)} has a comma for its decimals: write {point}")
    if not (re.fullmatch(_PLAIN, digits) or re.fullmatch(_GROUPED, digits)):
        raise InvalidValue(f"{shown(digits)} is no number: write it as 1234.5")
    whole, _, places = re.sub("[,_]", "", digits).partition(".")
    return Fraction(int(whole + places), 10 ** len(places)) * Fraction(10) ** power


def exact_number(value: object) -> Fraction:
    """A number of any type, or in a text, as an exact fraction.

    A float is the decimal that it is shown as: 0.1 is one tenth.

    Raises:
        InvalidValue: it is no number, not finite, or out of bounds.

    Examples:
        >>> exact_number(0.1), exact_number("2.5")
        (Fraction(1, 10), Fraction(5, 2))
        >>> exact_number(10**1000)
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: a number has at most 400 digits
    """
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, bool) or not isinstance(value, Rational | float | Decimal):
        raise InvalidValue(f"{shown(value)} is no number")
    if isinstance(value, Rational):
        return _within(Fraction(int(value.numerator), int(value.denominator)))
    if not (value.is_finite() if isinstance(value, Decimal) else isfinite(value)):
        raise InvalidValue(f"{shown(value)} is not finite")
    if isinstance(value, Decimal):
        _, digits, exponent = value.as_tuple()
        if len(digits) > MOST_DIGITS or abs(int(exponent)) > 2 * MOST_EXPONENT:
            raise InvalidValue(f"a number has at most {MOST_DIGITS} digits")
        return Fraction(value)
    return Fraction(repr(float(value)))


def _of_text(text: str) -> Fraction:
    """A text with one number, or with a quotient of two as fractions are shown."""
    above, slash, below = text.partition("/")
    if not slash:
        return read_number(text)
    divisor = read_number(below)
    if not divisor:
        raise InvalidValue(f"{shown(text)} divides by zero")
    return read_number(above) / divisor


def _within(number: Fraction) -> Fraction:
    # 10 has less than 3.33 bits: a cheap bound, that no conversion to text is needed for
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_DIGITS * 10 // 3:
        raise InvalidValue(f"a number has at most {MOST_DIGITS} digits")
    return number
