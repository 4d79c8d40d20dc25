"""Periods in SDMX notation, read in one place: a year, a quarter or a month.

A year is `2018`, a quarter `2018-Q1`, a month `2018-02`; a series has one frequency.
Whatever else a text could mean, as `2018Q1`, `201811`, `2015-2019` or a date, is refused by name.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from operator import index
from typing import Any, NamedTuple

from bajio.arguments import as_items, as_word
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

    @cache
    def periods(self, year: int, season: "Season | None" = None) -> tuple[str, ...]:
        """The periods that make up a year, or a part of it; none where they are longer.

        Examples:
            >>> Frequency.QUARTERLY.periods(2018)
            ('2018-Q1', '2018-Q2', '2018-Q3', '2018-Q4')
            >>> Frequency.MONTHLY.periods(2018, Period.parse("2018-Q4").season)
            ('2018-10', '2018-11', '2018-12')
            >>> Frequency.ANNUAL.periods(2018, Period.parse("2018-02").season)
            ()
        """
        season = season or WHOLE
        if self is Frequency.TIMELESS:
            return (TIMELESS,)
        count = _PARTS[self] // _PARTS[season.frequency]  # none where a season is shorter
        if self is Frequency.ANNUAL:
            return (str(year),) * count
        first = max(season.part - 1, 0) * count + 1
        return tuple([Season(self, part).text(year) for part in range(first, first + count)])

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


class Season(NamedTuple):
    """The part of a year that a period is, whatever the year: all of it, a quarter or a month.

    What is compared over years is of one season: the same month, or quarter, of each.

    Attributes:
        frequency: annual, quarterly or monthly.
        part: which quarter or month it is; 0 for a whole year.

    Examples:
        >>> february = Period.parse("2019-02").season
        >>> february.text(2018), Period.parse(2018).season.text(2018)
        ('2018-02', '2018')
    """

    frequency: Frequency
    part: int = 0

    def of(self, year: int) -> "Period":
        """The period that it is in a year."""
        return Period(year, *self)

    def text(self, year: int) -> str:
        """The same in SDMX notation."""
        if not self.part:
            return str(year)
        is_quarter = self.frequency is Frequency.QUARTERLY
        return f"{year}-Q{self.part}" if is_quarter else f"{year}-{self.part:02d}"


#: The season of a whole year.
WHOLE = Season(Frequency.ANNUAL)


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
    def parse(value: object) -> "Period":
        """The period that a text, or a year's number, writes.

        Raises:
            InvalidValue: it writes none, or not in SDMX notation.
        """
        if not isinstance(value, str):
            number = whole(value)
            if number is None or not 0 <= number < 10**8:  # as long as a day is written
                raise InvalidValue(f"{shown(value)} is not a period: {_ADVICE}")
            value = str(number)
        return _parse(value)

    @property
    def around(self) -> tuple[str, ...]:
        """The longer periods that it is a part of, in SDMX notation.

        Examples:
            >>> Period.parse("2018-05").around, Period.parse(2018).around
            (('2018-Q2', '2018'), ())
        """
        if self.frequency is Frequency.ANNUAL:
            return ()
        whole = str(self.year)
        if self.frequency is Frequency.QUARTERLY:
            return (whole,)
        return f"{whole}-Q{(self.part + 2) // 3}", whole

    @property
    def season(self) -> Season:
        """Which part of its year it is."""
        return Season(self.frequency, self.part)

    def __str__(self) -> str:
        return self.season.text(self.year)


def as_period(value: object) -> Period:
    """A period from whatever writes one: a converter.

    Raises:
        InvalidValue: it writes none.
    """
    return value if isinstance(value, Period) else Period.parse(value)


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
        match = re.fullmatch(notation, folded)
        if match:
            return advice.format(*match.groups())
    return _ADVICE


def whole(value: Any) -> int | None:
    """A whole number of any library's, as an `int`; `None` for anything else, `bool` too."""
    try:
        return None if isinstance(value, bool) else index(value)
    except TypeError:
        return None


def as_year(value: Any) -> int:
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
    year = whole(value)
    if year is None or not _FIRST <= year <= _LAST:
        raise InvalidValue(f"{shown(value)} is not a year: give four digits, as 2018")
    return year


#: How many parts of a frequency a year has.
_PARTS = {Frequency.ANNUAL: 1, Frequency.QUARTERLY: 4, Frequency.MONTHLY: 12}


def seasons(frequency: Frequency) -> tuple[Season, ...]:
    """The seasons that a year has.

    Examples:
        >>> [season.text(2018) for season in seasons(Frequency.QUARTERLY)]
        ['2018-Q1', '2018-Q2', '2018-Q3', '2018-Q4']
    """
    if frequency is Frequency.ANNUAL:
        return (WHOLE,)
    return tuple(Season(frequency, part) for part in range(1, _PARTS[frequency] + 1))


def shared_seasons(first: Frequency, second: Frequency) -> tuple[Season, ...]:
    """The seasons that figures of two frequencies can both be of: quarters and years, or years.

    Examples:
        >>> len(shared_seasons(Frequency.MONTHLY, Frequency.QUARTERLY))
        5
    """
    longer = min(first, second, key=_PARTS.__getitem__)
    return tuple(dict.fromkeys((*seasons(longer), WHOLE)))


def year_of(period: str) -> int:
    """The year that a period lies in.

    Raises:
        InvalidValue: the text is not a period.

    Examples:
        >>> year_of("2018-Q3")
        2018
    """
    return _parse(period).year


def as_frequency(value: object) -> Frequency:
    """How often something is observed, by its word: `annual`, `quarterly` or `monthly`.

    Raises:
        InvalidValue: it is another word.
    """
    words = {frequency.name.lower(): frequency for frequency in _PARTS}
    return words[as_word(value, tuple(words), "frequency")]


def as_periods(values: "str | Iterable[str | int | Period]") -> tuple[Period, ...]:
    """The periods of a span, as `2018-11..2019-02`, or of a list: in order, each once.

    Raises:
        InvalidValue: one is no period, they are of several frequencies, or there is none.

    Examples:
        >>> [str(period) for period in as_periods("2018-11..2019-02")]
        ['2018-11', '2018-12', '2019-01', '2019-02']
        >>> [str(period) for period in as_periods(["2019", 2018])]
        ['2018', '2019']
    """
    if isinstance(values, str):
        first, dots, last = values.partition("..")
        ends = [Period.parse(end.strip()) for end in ((first, last) if dots else (first,))]
        one_frequency(map(str, ends))
        periods = _between(ends[0], ends[-1])
    else:
        periods = [as_period(item) for item in as_items(values, "periods")]
        one_frequency(map(str, periods))
    if not periods:
        raise InvalidValue(f"{shown(values)} has no period: write '2018-01..2019-02'")
    return tuple(sorted(set(periods)))


def _between(first: Period, last: Period) -> list[Period]:
    """The periods from one to another of its frequency; none where that is earlier."""
    every = seasons(first.frequency)
    return [
        period
        for year in range(first.year, last.year + 1)
        for season in every
        if first <= (period := season.of(year)) <= last
    ]


def years_in(periods: Iterable[str], season: Season = WHOLE) -> Iterator[int]:
    """The years of periods that are, or are a part of, some season of theirs; timeless ones aside.

    Years that follow one another are told once.

    Examples:
        >>> list(years_in(["2019-02", "2018-09", "2018-08"], Period.parse("2019-Q3").season))
        [2018]
    """
    last = None
    for known in map(_parse, filter(None, periods)):
        year, frequency, _ = known
        if year != last and (season == WHOLE or str(known) in frequency.periods(year, season)):
            yield year
            last = year


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
            text = f"{shown(period)} is {frequency.name.lower()} beside the "
            text += f"{first[1].name.lower()} {shown(first[0])}"
            raise InvalidValue(f"{text}: give one frequency in a series")
    return first[1] if first else Frequency.TIMELESS
