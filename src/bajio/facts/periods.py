"""Periods in SDMX notation, read in one place: a year, a quarter or a month.

A year is `2018`, a quarter `2018-Q1`, a month `2018-02`; a series has one frequency.
Whatever else a text could mean, as `2018Q1`, `201811`, `2015-2019` or a date, is refused by name.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from operator import index
from typing import Any, NamedTuple

from bajio.errors import InvalidValue, shown

TIMELESS = ""
_FIRST, _LAST = 1000, 9999
_ADVICE = "write '2018', '2018-Q1' or '2018-02'"


class Frequency(StrEnum):
    """How often a series is observed (SDMX code list CL_FREQ), or once for all."""

    ANNUAL = "A"
    QUARTERLY = "Q"
    MONTHLY = "M"
    TIMELESS = "T"

    def periods(self, year: int) -> tuple[str, ...]:
        """The periods that make up a year.

        Examples:
            >>> Frequency.QUARTERLY.periods(2018)
            ('2018-Q1', '2018-Q2', '2018-Q3', '2018-Q4')
            >>> Frequency.MONTHLY.periods(2018)[-2:]
            ('2018-11', '2018-12')
        """
        return _periods(self, year)

    @staticmethod
    def of(period: str) -> "Frequency":
        """The frequency that a period's notation shows.

        Raises:
            InvalidValue: the text is not a period.

        Examples:
            >>> Frequency.of("2018-Q1").name, Frequency.of("2018").name
            ('QUARTERLY', 'ANNUAL')
        """
        return Frequency.TIMELESS if period == TIMELESS else Period.parse(period).frequency


#: How a period of each frequency is written, as a regular expression of the whole text that
#: every engine's own matching reads alike.
NOTATION = {
    Frequency.ANNUAL: "[1-9][0-9]{3}",
    Frequency.QUARTERLY: "[1-9][0-9]{3}-Q[1-4]",
    Frequency.MONTHLY: "[1-9][0-9]{3}-(?:0[1-9]|1[0-2])",
}


class Period(NamedTuple):
    """A period that has been read.

    Attributes:
        year: four digits.
        frequency: annual, quarterly or monthly.
        part: which quarter or month of the year it is; 0 for a year.

    Examples:
        >>> Period.parse("2018-Q3")
        Period(year=2018, frequency=<Frequency.QUARTERLY: 'Q'>, part=3)
        >>> str(Period.parse("2018-02")), Period.parse(2018).year
        ('2018-02', 2018)
        >>> Period.parse("2018Q1")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: '2018Q1' is not a period: write '2018-Q1'
    """

    year: int
    frequency: Frequency
    part: int = 0

    @staticmethod
    def parse(given: object) -> "Period":
        """The period that a text, or a year's number, writes.

        Raises:
            InvalidValue: it writes none, or not in SDMX notation.
        """
        if not isinstance(given, str):
            number = whole(given)
            if number is None or not 0 <= number < 10**8:  # as long as a day is written
                raise InvalidValue(f"{shown(given)} is not a period: {_ADVICE}")
            given = str(number)
        return _parse(given)

    def __str__(self) -> str:
        if self.frequency is Frequency.QUARTERLY:
            return f"{self.year}-Q{self.part}"
        return f"{self.year}-{self.part:02d}" if self.part else str(self.year)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Period:
    for frequency, notation in NOTATION.items():
        if re.fullmatch(notation, text):
            part = text[5:].removeprefix("Q")
            return Period(int(text[:4]), frequency, int(part or 0))
    raise InvalidValue(f"{shown(text)} is not a period: {_advice(text)}")


#: Other notations of what is meant without doubt, and how it is written here.
_OTHERS = (
    (r"(\d{4})[-\s/.]?[qt]([1-4])", "write '{0}-Q{1}'"),
    (r"[qt]([1-4])[-\s/.]?(\d{4})", "write '{1}-Q{0}'"),
    (r"(\d{4})-?m?(0[1-9]|1[0-2])", "write '{0}-{1}'"),
    (r"(\d{4})(?:-m?|m)([1-9])", "write '{0}-0{1}'"),
    (r"(\d{4})(?:\.0+|-a1)", "write '{0}'"),
    (r"(\d{4})[-/–](\d{4})", "it is a span of years: give the figure of one year"),
    (r"\d{4}-?[shw]\d+", "half-years and weeks are not read: give years, quarters or months"),
    (r"\d{4}-?\d\d-?\d\d(?:[t\s].*)?", "it is a day: give its year, quarter or month"),
)


def _advice(text: str) -> str:
    """What to write instead, as far as it is clear."""
    folded = text.strip().lower()[:40]
    if not folded.isascii():
        return f"it has characters beyond ASCII: {_ADVICE}"
    if text != text.strip() and re.fullmatch("|".join(NOTATION.values()), text.strip()):
        return f"write {text.strip()!r}, without blanks"
    for notation, advice in _OTHERS:
        found = re.fullmatch(notation, folded)
        if found:
            return advice.format(*found.groups())
    return _ADVICE


def whole(given: Any) -> int | None:
    """A whole number of any library's, as an `int`; `None` for anything else, `bool` too."""
    try:
        return None if isinstance(given, bool) else index(given)
    except TypeError:
        return None


def as_year(given: Any) -> int:
    """A year of four digits, from whatever is a whole number (numpy's too, and no `bool`).

    Raises:
        InvalidValue: it is none.

    Examples:
        >>> as_year(2018)
        2018
        >>> as_year(True)
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: True is not a year: give four digits, as 2018
    """
    year = whole(given)
    if year is None or not _FIRST <= year <= _LAST:
        raise InvalidValue(f"{shown(given)} is not a year: give four digits, as 2018")
    return year


@cache
def _periods(frequency: Frequency, year: int) -> tuple[str, ...]:
    if frequency is Frequency.TIMELESS:
        return (TIMELESS,)
    parts = {Frequency.ANNUAL: (0,), Frequency.QUARTERLY: range(1, 5)}.get(frequency, range(1, 13))
    return tuple(str(Period(year, frequency, part)) for part in parts)


def year_of(period: str) -> int:
    """The year that a period lies in.

    Raises:
        InvalidValue: the text is not a period.

    Examples:
        >>> year_of("2018-Q3")
        2018
    """
    return _parse(period).year


def one_frequency(periods: Iterable[str]) -> Frequency:
    """The frequency that all of some periods have.

    Raises:
        InvalidValue: one is no period, or two differ in frequency.

    Examples:
        >>> one_frequency(["2017", "2018-Q1"])
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: '2018-Q1' is quarterly beside the annual '2017': give one \
frequency in a series
    """
    first: tuple[str, Frequency] | None = None
    for period in periods:
        frequency = Frequency.of(period)
        first = first or (period, frequency)
        if frequency is not first[1]:
            told = f"{shown(period)} is {frequency.name.lower()} beside the "
            told += f"{first[1].name.lower()} {shown(first[0])}"
            raise InvalidValue(f"{told}: give one frequency in a series")
    return first[1] if first else Frequency.TIMELESS
