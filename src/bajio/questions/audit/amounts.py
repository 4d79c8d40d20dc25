"""Figures in words, in English and in the Spanish of Mexico, and labels made of them."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from bajio.claims.intervals import End, Interval
from bajio.facts.observations import Exact
from bajio.labels import Label
from bajio.units import ONE, Unit

LANGUAGES = ("en", "es")
_MAGNITUDES = {
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
    "es": ((10**9, "mil millones"), (10**6, "millones")),
}
_UNITS = {
    "en": {"person": "persons", "int_USD": "international USD"},
    "es": {"person": "personas", "int_USD": "USD internacionales", "year": "año"},
}
_PER = {"en": "per", "es": "por"}
_SINGULAR = {"en": {}, "es": {"person": "persona"}}


class Counted(StrEnum):
    """What a plain number counts, where it is no share that is shown in percent."""

    POINTS = "points"
    TIMES = "times"
    NUMBER = "number"


#: What an amount is shown in: a unit, or what a plain number counts.
Scale = Unit | Counted
_COUNTED = {
    "en": {Counted.POINTS: " points", Counted.TIMES: " times", Counted.NUMBER: ""},
    "es": {Counted.POINTS: " puntos", Counted.TIMES: " veces", Counted.NUMBER: ""},
}
#: Significant digits of a figure, and of an end of an interval.
_FIGURE, _END = 4, 5


def by_language(make: Callable[[str], str]) -> Label:
    """A label of what a function gives for each language."""
    return Label({language: make(language) for language in LANGUAGES})


def amount(value: Exact, unit: Scale, language: str) -> str:
    """A figure with a readable magnitude and its unit.

    Examples:
        >>> amount(136039873662, Unit.parse("USD"), "es")
        '136.0 mil millones de USD'
        >>> amount(Fraction(1, 8), Unit.parse("1"), "en")
        '12.50 %'
        >>> amount(Fraction(5, 2), Counted.TIMES, "en")
        '2.50 times'
    """
    if unit == ONE:
        return percent(value)
    if unit == Counted.POINTS:
        return f"{places(Fraction(value) * 100, 2)}{_COUNTED[language][Counted.POINTS]}"
    if unit == Counted.TIMES:
        text = (
            places(Fraction(value), 2)
            if abs(Fraction(value)) >= 1
            else four_digits(Fraction(value))
        )
        return f"{text}{_COUNTED[language][Counted.TIMES]}"
    if unit == Counted.NUMBER:
        return magnitude(value, language)
    assert isinstance(unit, Unit)
    return _with_unit(magnitude(value, language), unit, language)


def places(number: Fraction, count: int) -> str:
    """A number with so many decimals, halves to even, whatever the surroundings' own context.

    Examples:
        >>> places(Fraction(1, 3), 2), places(Fraction(-1, 1000), 2), places(Fraction(12345), 0)
        ('0.33', '0.00', '12,345')
    """
    return _written(round(number * 10**count), count)


def _written(scaled: int, count: int) -> str:
    """A whole number of the last of so many decimals."""
    whole, part = divmod(abs(scaled), 10**count)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole:,}" + (f".{part:0{count}d}" if count else "")


def magnitude(value: Exact, language: str) -> str:
    """A figure in thousands of millions, millions or units, to four digits.

    Examples:
        >>> magnitude(12706038, "en"), magnitude(89299303222, "es"), magnitude(109059, "en")
        ('12.71 million', '89.30 mil millones', '109,059')
    """
    number = Fraction(value)
    for size, name in _MAGNITUDES[language]:
        if abs(number) >= size * Fraction(99995, 100000):
            return f"{four_digits(number / size)} {name}"
    if number.denominator == 1:
        return f"{number.numerator:,}"
    return four_digits(number)


def four_digits(number: Fraction) -> str:
    """A number to four digits before and behind its point; small ones to four decimals at most."""
    size = abs(number)
    whole = len(str(int(size + Fraction(5, 10**5)))) if size >= 1 else 1
    return places(number, max(_FIGURE - whole, 0))


def percent(share: Exact, digits: int = 2) -> str:
    """A fraction as a percentage.

    Examples:
        >>> percent(Fraction(1008, 10000))
        '10.08 %'
    """
    return f"{places(Fraction(share) * 100, digits)} %"


def distance(share: Fraction) -> str:
    """How far something is off, as a percentage that is never rounded to nothing.

    Examples:
        >>> distance(Fraction(155, 1000)), distance(Fraction(1, 10**5)), distance(Fraction(12))
        ('15.5 %', '< 0.1 %', '> 1,000 %')
    """
    if 0 < share < Fraction(1, 1000):
        return "< 0.1 %"
    return "> 1,000 %" if share > 10 else f"{places(share * 100, 1)} %"


def _with_unit(text: str, unit: Unit, language: str) -> str:
    above, _, below = str(unit).partition("/")
    words = [_UNITS[language].get(above, above)] if above != "1" else []
    words += [
        f"{_PER[language]} {_SINGULAR[language].get(part, part)}"
        for part in below.split("/")
        if part
    ]
    of = language == "es" and text.rstrip("]").endswith("millones") and words
    return " ".join([text, *(["de"] if of else []), *words])


def range_text(interval: Interval, unit: Scale | None, language: str) -> str:
    """An interval, its ends rounded outwards where they have too many digits.

    Examples:
        >>> share = Interval(Fraction(45, 407), Fraction(47, 405))
        >>> range_text(share, Unit.parse("1"), "en")
        '[11.05 %, 11.61 %]'
        >>> range_text(Interval(Fraction(12400000), open_low=True), Unit.parse("person"), "en")
        'more than 12.4 million persons'
    """
    if interval.is_bounded:
        plain = unit if unit == ONE or isinstance(unit, Counted) else None
        low = end_text(interval.low, plain, language)
        high = end_text(interval.high, plain, language, up=True)
        text = f"[{low}, {high}]" if low != high else low
        return (
            _with_unit(text, unit, language) if plain is None and isinstance(unit, Unit) else text
        )
    if _is_number(interval.low):
        words = {"en": ("at least", "more than"), "es": ("al menos", "más de")}[language]
        return f"{words[interval.open_low]} {end_text(interval.low, unit, language)}"
    if _is_number(interval.high):
        words = {"en": ("at most", "less than"), "es": ("a lo más", "menos de")}[language]
        return f"{words[interval.open_high]} {end_text(interval.high, unit, language, up=True)}"
    return {"en": "any number", "es": "cualquier número"}[language]


def _is_number(end: End) -> bool:
    return abs(end) != float("inf")


def end_text(end: End, unit: Scale | None, language: str, *, up: bool = False) -> str:
    """An end of an interval: exact where five digits tell it, else rounded down, or up.

    Examples:
        >>> end_text(Fraction(2318625), Unit.parse("person"), "en")
        '2.3186 million persons'
    """
    if not _is_number(end):
        return "∞" if end > 0 else "-∞"
    number = Fraction(end)
    if unit == ONE:
        return f"{_rounded(number * 100, _FIGURE, up=up)} %"
    if isinstance(unit, Counted) and unit is not Counted.NUMBER:
        factor = 100 if unit is Counted.POINTS else 1
        return f"{_rounded(number * factor, _FIGURE, up=up)}{_COUNTED[language][unit]}"
    for size, name in _MAGNITUDES[language]:
        if abs(number) >= size:
            text = f"{_rounded(number / size, _END, up=up)} {name}"
            break
    else:
        text = _rounded(number, max(_END, len(str(abs(int(number))))), up=up)
    return _with_unit(text, unit, language) if isinstance(unit, Unit) else text


def _rounded(number: Fraction, digits: int, *, up: bool) -> str:
    whole = len(str(abs(int(number)))) if abs(number) >= 1 else 0
    count = max(digits - whole, 0)
    scaled = number * 10**count
    text = _written(ceil(scaled) if up else floor(scaled), count)
    return text.rstrip("0").rstrip(".") if "." in text else text


def years_text(years: Iterable[int], last: int, language: str) -> str:
    """Years in words: "2012, 2014–2016 and from 2019 on".

    Examples:
        >>> years_text([2012, 2014, 2015, 2016, 2023, 2024], 2024, "en")
        '2012, 2014–2016 and from 2023 on'
        >>> years_text([2018], 2018, "es")
        '2018'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][1] == year - 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    words = []
    for first, end in runs:
        if end == last and first < end:
            words.append({"en": f"from {first} on", "es": f"de {first} en adelante"}[language])
        else:
            words.append(str(first) if first == end else f"{first}–{end}")
    return listed(words, language)


def listed(words: Iterable[str], language: str) -> str:
    """Words as a list: "a, b and c".

    Examples:
        >>> listed(["Suecia", "Portugal", "Irlanda"], "es"), listed(["one"], "en")
        ('Suecia, Portugal e Irlanda', 'one')
    """
    every = list(words)
    if len(every) < 2:
        return "".join(every)
    conjunction = "and" if language == "en" else "y"
    if language == "es" and every[-1][:1].casefold() in {"i", "í"}:
        conjunction = "e"
    return f"{', '.join(every[:-1])} {conjunction} {every[-1]}"


def ordinal(position: int, language: str) -> str:
    """A position as an ordinal.

    Examples:
        >>> ordinal(105, "en"), ordinal(105, "es"), ordinal(22, "en"), ordinal(113, "en")
        ('105th', '105.º', '22nd', '113th')
    """
    if language == "es":
        return f"{position}.º"
    if position % 100 in {11, 12, 13}:
        return f"{position}th"
    return f"{position}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(position % 10, 'th') }"
