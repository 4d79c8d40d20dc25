"""Periods as they are printed: "en febrero de 2019", "since 2010", "el último trimestre".

What is said from the day on which a text was published is told from that day, and refused where it
is not stated; so is what is said from another period, as "a year earlier".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from attrs import evolve, frozen

from bajio.brief import Brief
from bajio.claims.numerals import both, normal
from bajio.claims.period_patterns import month_numbers, period_patterns
from bajio.claims.vocabulary import phrases, vocabulary
from bajio.errors import InvalidValue
from bajio.facts.periods import WHOLE, Frequency, Period

_QUARTERS, _MONTHS, _DECADE, _CENTURY = 4, 12, 10, 100
#: Forms that stand for a period only behind a word that says so.
_BARE = frozenset({"year", "month-alone"})
#: The comma of "May 5, 2019".
_COMMA = re.compile(r"(?<=[0-9]),(?= [0-9]{4}$)")
#: Of how many words what stands before a period can be.
_MOST_BEFORE = 4


class PeriodRole(StrEnum):
    """What a printed period is of what is said: when, since when, or until when."""

    IN = "in"
    SINCE = "since"
    UNTIL = "until"


@frozen(repr=False)
class PrintedPeriod(Brief):
    """A period as it was printed.

    Attributes:
        text: as printed.
        first, last: the first and last period of it, the same for one.
        role: whether it is when, since when, or until when.
        day: the day of the month, of a date.
        is_relative: whether it is told from another day or period.
    """

    text: str
    first: Period
    last: Period
    role: PeriodRole = PeriodRole.IN
    day: int | None = None
    is_relative: bool = False

    @property
    def is_span(self) -> bool:
        """Whether it is of more than one period."""
        return self.first != self.last


def read_period(
    text: str, language: str, published: date | None = None, beside: Period | None = None
) -> PrintedPeriod:
    """A printed period, and nothing else.

    Args:
        text: as printed: "en febrero de 2019", "the last five years".
        language: `en` or `es`.
        published: the day on which it was printed.
        beside: the period that "a year earlier" is earlier than.

    Raises:
        InvalidValue: words that are not understood, or that say no period without what is not
            stated, or two.

    Examples:
        >>> february = read_period("en febrero de 2019", "es")
        >>> str(february.first), february.role.value
        ('2019-02', 'in')
        >>> years = read_period("in the last five years", "en", date(2019, 5, 3))
        >>> str(years.first), str(years.last)
        ('2014', '2018')
        >>> read_period("el año pasado", "es")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: 'el año pasado' is told from the day of publication: state it
    """
    words = _COMMA.sub("", normal(text[:_CENTURY], language))
    spoken = spoken_period(words, language, alone=True)
    if spoken is None or spoken.length < len(words) or len(text) > _CENTURY:
        raise InvalidValue(f"{text[:_CENTURY]!r} is no period that is understood")
    return evolve(spoken.period(text, published, beside), text=text)


def times_of(period: PrintedPeriod, *, is_change: bool) -> dict[str, Any]:
    """What the period of a claim is by its keys: year, period, years, or since.

    Args:
        period: as printed.
        is_change: whether the claim tells a change, of which a span is from when to when.

    Raises:
        InvalidValue: a claim cannot be of it.

    Examples:
        >>> times_of(read_period("between 2013 and 2018", "en"), is_change=True)
        {'since': 2013, 'year': 2018}
        >>> times_of(read_period("2017–2018", "en"), is_change=False)
        {'years': [2017, 2018]}
    """
    first, last, text = period.first, period.last, period.text
    if period.day is not None:
        raise InvalidValue(f"{text!r} is a day: write its month, quarter or year")
    if period.role is PeriodRole.UNTIL:
        raise InvalidValue(f"{text!r} says until when: write the period, as '2018'")
    is_annual = first.frequency is Frequency.ANNUAL
    if period.role is PeriodRole.SINCE:
        if not is_annual or period.is_span:
            raise InvalidValue(
                f"{text!r}: a change is told since a year: write it, as 'since 2010'"
            )
        return {"since": first.year}
    if not period.is_span:
        return {"year": first.year} if is_annual else {"period": str(first)}
    if is_change and first.season == last.season:
        return {
            "since": first.year,
            "year" if is_annual else "period": last.year if is_annual else str(last),
        }
    if not is_annual:
        raise InvalidValue(f"{text!r} is a span of quarters or months: write one, or its years")
    return {"years": [first.year, last.year]}


@frozen
class SpokenPeriod:
    """The form of a period that words begin with.

    Attributes:
        form: its name in the tables.
        slots: what fills it, in its order, by name.
        role: whether it is when, since when, or until when.
        before: the words that open it.
        length: how many characters of the words it takes.
        language: of the words.
    """

    form: str
    slots: tuple[tuple[str, str], ...]
    role: PeriodRole
    before: str
    length: int
    language: str

    def values(self, slot: str) -> list[int]:
        """The numbers that fill a slot."""
        return [_value(slot, word, self.language) for name, word in self.slots if name == slot]

    def period(self, text: str, published: date | None, beside: Period | None) -> PrintedPeriod:
        """The period that it says.

        Raises:
            InvalidValue: it is told from what is not stated, or is two.
        """
        reference, _, unit = self.form.partition("-")
        relative = reference in _SHIFTS and unit in _UNITS
        if relative:
            first, last = self._told_from(reference, unit, text, published, beside)
        elif self.form.endswith("-alone"):
            first, last = self._latest(text, published)
        else:
            first, last = _FORMS[self.form](self, text)
        if first > last:
            raise InvalidValue(f"{text!r}: the earlier period comes first")
        days = self.values("day")
        is_relative = relative or self.form.endswith("-alone")
        return PrintedPeriod(text, first, last, self.role, days[0] if days else None, is_relative)

    def _told_from(
        self, reference: str, unit: str, text: str, published: date | None, beside: Period | None
    ) -> tuple[Period, Period]:
        """What is so many units before or after a day or a period."""
        count = (self.values("n") or [1])[0]
        if unit.startswith("decade"):
            count, unit = count * _DECADE, "years"
        frequency = _UNITS[unit]
        if reference == "earlier":
            if beside is None:
                raise InvalidValue(f"{text!r}: earlier than what? give the period")
            around = _of(beside, frequency)
            if around is None:
                raise InvalidValue(f"{text!r} is of a part of {beside}: write the period")
            moved = _moved(around, -count)
            same = beside.season.of(moved.year) if frequency is Frequency.ANNUAL else moved
            return same, same
        if published is None:
            raise InvalidValue(f"{text!r} is told from the day of publication: state it")
        if reference == "last" and unit == "year":
            year = str(published.year - 1)
            raise both(text, f"the year {year}", f"twelve months up to {published:%Y-%m}")
        now = _at(published, frequency)
        first, last = _SHIFTS[reference]
        return (
            _moved(now, -count if first is None else first * (count if reference == "ago" else 1)),
            _moved(now, count if last is None else last * (count if reference == "ago" else 1)),
        )

    def _latest(self, text: str, published: date | None) -> tuple[Period, Period]:
        """The latest period of a season before the day of publication."""
        if published is None:
            raise InvalidValue(f"{text!r}: of which year? state the day of publication")
        pairs = (
            _FORMS[self.form](evolve(self, slots=(*self.slots, ("year", str(year)))), text)
            for year in (published.year, published.year - 1)
        )
        now = _at(published, Frequency.MONTHLY)
        day = (self.values("day") or [0])[0]
        return next(pair for pair in pairs if (_last_month(pair[1]), day) <= (now, published.day))


#: From which unit to which, counted from that of publication; `None` is as many as are said.
_SHIFTS: Mapping[str, tuple[int | None, int | None]] = {
    "this": (0, 0),
    "before": (-1, -1),
    "next": (1, None),
    "last": (None, -1),
    "ago": (-1, -1),
    "earlier": (-1, -1),
}
_UNITS = {
    f"{unit}{plural}": frequency
    for unit, frequency in (
        ("year", Frequency.ANNUAL),
        ("quarter", Frequency.QUARTERLY),
        ("month", Frequency.MONTHLY),
        ("decade", Frequency.ANNUAL),
    )
    for plural in ("", "s")
}


def _at(day: date, frequency: Frequency) -> Period:
    """The period of a frequency that a day is in."""
    part = {Frequency.QUARTERLY: (day.month + 2) // 3, Frequency.MONTHLY: day.month}
    return Period(day.year, frequency, part.get(frequency, 0))


def _of(period: Period, frequency: Frequency) -> Period | None:
    """The period of a frequency that another is in, or is."""
    if period.frequency is frequency:
        return period
    texts = [text for text in period.around if Frequency.of(text) is frequency]
    return Period.parse(texts[0]) if texts else None


def _moved(period: Period, count: int) -> Period:
    """The period so many later, of the same frequency."""
    parts = {Frequency.QUARTERLY: _QUARTERS, Frequency.MONTHLY: _MONTHS}.get(period.frequency, 1)
    year, part = divmod(period.year * parts + max(period.part - 1, 0) + count, parts)
    return Period(year, period.frequency, part + 1 if parts > 1 else 0)


def _last_month(period: Period) -> Period:
    months = period.frequency.periods(period.year, period.season)[-1:]
    last = Frequency.MONTHLY.periods(period.year, Period.parse(months[0]).season)
    return Period.parse(last[-1])


def _value(slot: str, word: str, language: str) -> int:
    """The number that a word says in a slot."""
    if slot == "month":
        return month_numbers(language)[word]
    if slot == "decadeword":
        return int(vocabulary(language)["periods"]["decades"][word])
    if word.isdecimal():
        return int(word)
    table = "ordinals" if slot == "nth" else "cardinals"
    named = phrases(language, table).get(word)
    return int(named) if named is not None else int(re.sub("[^0-9]", "", word))


def _month(spoken: SpokenPeriod, text: str) -> tuple[Period, Period]:
    years, months = spoken.values("year"), spoken.values("month") or spoken.values("mm")
    month = Period(years[0], Frequency.MONTHLY, months[0])
    if spoken.values("mm") and months[0] > years[0] % _CENTURY:
        raise both(text, f"the month {month}", f"{years[0]} to {years[0] // 100}{months[0]:02d}")
    return month, month


def _months_between(spoken: SpokenPeriod, _text: str) -> tuple[Period, Period]:
    years, months = spoken.values("year"), spoken.values("month")
    first, last = zip(years if len(years) > 1 else years * 2, months, strict=True)
    return Period(first[0], Frequency.MONTHLY, first[1]), Period(
        last[0], Frequency.MONTHLY, last[1]
    )


def _quarter(spoken: SpokenPeriod, text: str) -> tuple[Period, Period]:
    parts = spoken.values("nth") or spoken.values("q") or [_QUARTERS]
    if not 1 <= parts[0] <= _QUARTERS:
        raise InvalidValue(f"{text!r}: a year has four quarters")
    quarter = Period(_one_year(spoken), Frequency.QUARTERLY, parts[0])
    return quarter, quarter


def _half(spoken: SpokenPeriod, text: str) -> tuple[Period, Period]:
    part = (spoken.values("nth") or spoken.values("h"))[0]
    if part not in {1, 2}:
        raise InvalidValue(f"{text!r}: a year has two halves")
    year, last = _one_year(spoken), 2 * part
    return Period(year, Frequency.QUARTERLY, last - 1), Period(year, Frequency.QUARTERLY, last)


def _one_year(spoken: SpokenPeriod) -> int:
    short = spoken.values("yy")
    return spoken.values("year")[0] if not short else 2000 + short[0]


def _years(spoken: SpokenPeriod, text: str) -> tuple[Period, Period]:
    years = spoken.values("year")
    if len(years) == 1:
        short = spoken.values("yy")[0]
        years.append(years[0] // _CENTURY * _CENTURY + short)
        if short <= _MONTHS and "-" in text:
            month = Period(years[0], Frequency.MONTHLY, short)
            raise both(text, f"the month {month}", f"{years[0]} to {years[1]}")
    return WHOLE.of(years[0]), WHOLE.of(years[1])


def _year(spoken: SpokenPeriod, _text: str) -> tuple[Period, Period]:
    year = WHOLE.of(spoken.values("year")[0])
    return year, year


def _decade(spoken: SpokenPeriod, _text: str) -> tuple[Period, Period]:
    first = (spoken.values("decade") or spoken.values("decadeword"))[0]
    return WHOLE.of(first), WHOLE.of(first + _DECADE - 1)


_FORMS: Mapping[str, Callable[[SpokenPeriod, str], tuple[Period, Period]]] = {
    "day": _month,
    "day-alone": _month,
    "month": _month,
    "month-alone": _month,
    "months": _months_between,
    "months-of-year": _months_between,
    "quarter": _quarter,
    "quarter-last": _quarter,
    "quarter-alone": _quarter,
    "half": _half,
    "half-alone": _half,
    "years": _years,
    "year": _year,
    "decade": _decade,
}


def spoken_period(words: str, language: str, *, alone: bool = False) -> SpokenPeriod | None:
    """The longest period that words begin with, not yet told from any day.

    Args:
        words: in lower case, without accents.
        language: of the words.
        alone: whether nothing stands around them, so that "2018" is a year.

    Examples:
        >>> found = spoken_period("en febrero de 2019 hubo", "es")
        >>> found.form, found.length
        ('month', 18)
    """
    longest: SpokenPeriod | None = None
    for role, before, rest in _opened(words, language):
        first = rest.partition(" ")[0]
        is_number = any(map(str.isdecimal, first))
        for form, pattern in period_patterns(language).get("" if is_number else first, ()):
            is_bare = form in _BARE and not (alone or _says_when(before, language))
            if is_bare or (role and form == "years"):
                continue
            match = pattern.match(rest)
            length = len(words) - len(rest) + match.end() if match else 0
            if match and (longest is None or length > longest.length):
                slots = tuple(_slots(match))
                kind = PeriodRole(role or "in")
                longest = SpokenPeriod(form, slots, kind, before, length, language)
    return longest


def _says_when(before: str, language: str) -> bool:
    """Whether words before a bare year or month say that it is one."""
    return bool(before) and before not in vocabulary(language)["periods"]["articles"]


def _opened(words: str, language: str) -> Iterator[tuple[str, str, str]]:
    """The role that the words before a period say, these, and the rest; or all as it is."""
    yield "", "", words
    parts = words.split(" ", _MOST_BEFORE)
    for role in ("in", "since", "until"):
        openers = phrases(language, f"periods.before.{role}")
        for count in range(1, len(parts)):
            before = " ".join(parts[:count])
            if before in openers:
                yield role, before, words[len(before) + 1 :]


def _slots(match: "re.Match[str]") -> Iterator[tuple[str, str]]:
    for name, value in match.groupdict().items():
        if value is not None:
            yield name.rstrip("_"), value


@cache
def period_openers(language: str) -> frozenset[str]:
    """The first words of all periods, digits apart."""
    before = (phrases(language, f"periods.before.{role}") for role in ("in", "since", "until"))
    return frozenset(period_patterns(language)) | {
        phrase.split()[0] for openers in before for phrase in openers
    }
