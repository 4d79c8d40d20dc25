"""Amounts in words: a number with its unit, or with what a plain number counts; ranges of them."""

from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import isinf
from typing import Protocol

from bajio.facts.observations import Exact
from bajio.units import ONE, Unit
from bajio.words.magnitudes import (
    distance,
    four_digits,
    magnitude,
    magnitude_of,
    named,
    percent,
    places,
    points,
    rounded_outwards,
    significant,
)
from bajio.words.phrasebook import ENGLISH, phrasebook, say

#: Significant digits of an end of a range, and of one in percent, points or times.
_END, _SHORT_END = 5, 4


class Counted(StrEnum):
    """What a plain number counts, where it is no share that is shown in percent."""

    POINTS = "points"
    TIMES = "times"
    NUMBER = "number"


#: What an amount is shown in: a unit, or what a plain number counts.
Scale = Unit | Counted


class Ends(Protocol):
    """A range of numbers by its ends, an infinite float where it has none on a side."""

    @property
    def low(self) -> Exact | float:
        """The lower end."""

    @property
    def high(self) -> Exact | float:
        """The upper end."""

    @property
    def open_low(self) -> bool:
        """Whether the lower end is left out."""

    @property
    def open_high(self) -> bool:
        """Whether the upper end is left out."""


class Scaled(Protocol):
    """What has figures in a unit, as an indicator does."""

    @property
    def unit(self) -> Unit:
        """That of its figures."""

    @property
    def as_number(self) -> bool | None:
        """Whether those of a plain number are no percentages."""


def scale_of(figures: Scaled) -> Scale:
    """What figures are shown in: their unit, or as numbers where they are no percentages."""
    return Counted.NUMBER if figures.unit == ONE and figures.as_number else figures.unit


@lru_cache(maxsize=256)
def unit_name(unit: Unit, language: str = ENGLISH, *, one: bool = False) -> str:
    """A unit in words.

    Args:
        unit: any but a plain number's.
        language: of the words.
        one: whether there is one of it, and not several.

    Examples:
        >>> unit_name(Unit.parse("USD/person")), unit_name(Unit.parse("person"))
        ('USD per person', 'persons')
        >>> unit_name(Unit.parse("int_USD/person"), "es"), unit_name(Unit.parse("household"), "es")
        ('USD internacionales por persona', 'hogares')
    """
    book = phrasebook(language)
    above, *below = str(unit).split("/")
    words = [book.units.get(above, (above, above))[not one]] if above != "1" else []
    words += [book.per.format(book.units.get(part, (part,))[0]) for part in below]
    return " ".join(words)


def amount(value: Exact, scale: Scale, language: str = ENGLISH, *, with_unit: bool = True) -> str:
    """A figure with a readable magnitude and its unit, or without it where it stands elsewhere.

    Examples:
        >>> amount(136039873662, Unit.parse("USD")), amount(136039873662, Unit.parse("USD"), "es")
        ('136.0 billion USD', '136.0 mil millones de USD')
        >>> amount(Fraction(1165, 10), Unit.parse("person/km²")), amount(1, Unit.parse("person"))
        ('116.5 persons per km²', '1 person')
        >>> amount(Fraction(1, 8), Unit.parse("1")), amount(Fraction(5, 2), Counted.TIMES)
        ('12.50 %', '2.50 times')
        >>> amount(136039873662, Unit.parse("USD"), with_unit=False)
        '136.0 billion'
    """
    if scale == ONE:
        return percent(value, language=language)
    if scale is Counted.POINTS:
        return _counted(places(Fraction(value) * 100, 2, language), scale, language)
    if scale is Counted.TIMES:
        number = Fraction(value)
        text = places(number, 2, language) if abs(number) >= 1 else four_digits(number, language)
        return _counted(text, scale, language)
    text = magnitude(value, language)
    return _with_unit(text, scale, language) if with_unit else text


def difference(
    change: Exact, scale: Scale, language: str = ENGLISH, *, with_unit: bool = True
) -> str:
    """A difference of two values with its sign; of percentages in points.

    Examples:
        >>> difference(Fraction(25, 10**4), ONE), difference(-5, Unit.parse("person"))
        ('+0.25 points', '-5 persons')
    """
    if scale == ONE:
        text = points(change, language)
        return _counted(text, Counted.POINTS, language) if with_unit else text
    size = amount(change, scale, language, with_unit=with_unit)
    return f"+{size}" if change > 0 else size


def apart(share: Fraction, gap: Fraction, scale: Scale, language: str = ENGLISH) -> str:
    """How far off something is: in percent, or in points where it is itself a percentage.

    Args:
        share: how far, as a fraction.
        gap: how far, as an amount.
        scale: what the figure is shown in.
        language: of the words.

    Examples:
        >>> apart(Fraction(1, 4), Fraction(2), Unit.parse("USD")), apart(1, Fraction(1, 200), ONE)
        ('25.0 %', '0.50 points')
    """
    if scale not in {ONE, Counted.POINTS}:
        return distance(share, language)
    hundredths = abs(gap) * 100
    plain = hundredths > Fraction(1, 200)  # half a hundredth would be rounded to nothing
    text = places(hundredths, 2, language) if plain else significant(hundredths, 2, language)
    return _counted(text, Counted.POINTS, language)


def _counted(digits: str, counted: Counted, language: str) -> str:
    book = phrasebook(language)
    if counted is Counted.NUMBER:
        return digits
    return f"{digits} {book.counted[counted][not book.takes_singular(digits)]}"


def _with_unit(text: str, scale: Scale, language: str) -> str:
    """A number with its unit; a language may link one to it that ends in a word."""
    if isinstance(scale, Counted):
        return text
    book = phrasebook(language)
    name = unit_name(scale, language, one=book.takes_singular(text))
    linked = book.of and not text.rstrip("]")[-1].isdigit() and not str(scale).startswith("1/")
    of = [book.of] if linked else []
    return " ".join([text, *of, *([name] if name else [])])


def range_text(ends: Ends, scale: Scale | None, language: str = ENGLISH) -> str:
    """A range, its ends rounded outwards where they have too many digits.

    Args:
        ends: what it lies between.
        scale: what it is shown in; `None`: a number of whatever it is.
        language: of the words.

    Examples:
        >>> from bajio.claims.intervals import Interval
        >>> share = Interval(Fraction(45, 407), Fraction(47, 405))
        >>> range_text(share, Unit.parse("1"))
        '[11.05 %, 11.61 %]'
        >>> range_text(Interval(Fraction(12400000), open_low=True), Unit.parse("person"), "en")
        'more than 12.4 million persons'
    """
    low, high = ends.low, ends.high
    if not isinf(low) and not isinf(high):
        apart = isinstance(scale, Unit) and scale != ONE
        plain = None if apart else scale
        first = end_text(low, plain, language)
        last = end_text(high, plain, language, up=True)
        text = f"[{first}, {last}]" if first != last else first
        return _with_unit(text, scale, language) if apart else text  # type: ignore[arg-type]  # a unit
    if not isinf(low):
        key = "range.over" if ends.open_low else "range.at-least"
        return say(key, language, end=end_text(low, scale, language))
    if not isinf(high):
        key = "range.under" if ends.open_high else "range.at-most"
        return say(key, language, end=end_text(high, scale, language, up=True))
    return say("range.any", language)


def end_text(
    end: Exact | float, scale: Scale | None, language: str = ENGLISH, *, up: bool = False
) -> str:
    """An end of a range: exact where five digits tell it, else rounded down, or up.

    Examples:
        >>> end_text(Fraction(2318625), Unit.parse("person"), "en")
        '2.3186 million persons'
    """
    if isinf(end):
        return "∞" if end > 0 else "-∞"
    number = Fraction(end)
    if scale == ONE:
        text = rounded_outwards(number * 100, _SHORT_END, language, up=up)
        return phrasebook(language).percent.format(text)
    if isinstance(scale, Counted) and scale is not Counted.NUMBER:
        factor = 100 if scale is Counted.POINTS else 1
        text = rounded_outwards(number * factor, _SHORT_END, language, up=up)
        return _counted(text, scale, language)
    position = magnitude_of(number, language, rounds=False)
    digits = _END
    if position is None:
        digits = max(_END, len(str(abs(int(number)))))
    else:
        number /= 10 ** phrasebook(language).magnitudes[position][0]
    text = named(rounded_outwards(number, digits, language, up=up), position, language)
    return text if scale is None else _with_unit(text, scale, language)
