"""Periods as they are printed: "en febrero de 2019", "since 2010", "el último trimestre".

What is said from the day on which a text was published is told from that day, and refused where it
is not stated; so is what is said from another period, as "a year earlier".
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from attrs import evolve, frozen

from bajio.brief import Brief
from bajio.claims.numerals import both, normal
from bajio.claims.vocabulary import phrases, vocabulary
from bajio.errors import InvalidValue
from bajio.facts.periods import WHOLE, Frequency, Period

_YEAR = "(?:1[5-9]|20|21)[0-9]{2}"
_QUARTERS, _MONTHS, _DECADE, _CENTURY = 4, 12, 10, 100
#: Forms that stand for a period only behind a word that says so.
_BARE = frozenset({"year", "month-alone"})
#: The comma of "May 5, 2019".
_COMMA = re.compile(r"(?<=[0-9]),(?= [0-9]{4}$)")
#: What a form begins with, where that is one of a few words or can be left out.
_GROUP = re.compile(r"\(\?:([^)]*)\)(\?)? ?")
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
    found = spoken_period(words, language, alone=True)
    if found is None or found.length < len(words) or len(text) > _CENTURY:
        raise InvalidValue(f"{text[:_CENTURY]!r} is no period that is understood")
    return evolve(found.period(text, published, beside), text=text)


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
            whole = _of(beside, frequency)
            if whole is None:
                raise InvalidValue(f"{text!r} is of a part of {beside}: write the period")
            moved = _moved(whole, -count)
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
        made = (
            _FORMS[self.form](evolve(self, slots=(*self.slots, ("year", str(year)))), text)
            for year in (published.year, published.year - 1)
        )
        now = _at(published, Frequency.MONTHLY)
        day = (self.values("day") or [0])[0]
        return next(pair for pair in made if (_last_month(pair[1]), day) <= (now, published.day))


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
    texts = [one for one in period.around if Frequency.of(one) is frequency]
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
        return _months(language)[word]
    if slot == "decadeword":
        return int(vocabulary(language)["periods"]["decades"][word])
    if word.isdecimal():
        return int(word)
    table = "ordinals" if slot == "nth" else "cardinals"
    named = phrases(language, table).get(word)
    return int(named) if named is not None else int(re.sub("[^0-9]", "", word))


def _month(said: SpokenPeriod, _text: str) -> tuple[Period, Period]:
    years, months = said.values("year"), said.values("month") or said.values("mm")
    made = Period(years[0], Frequency.MONTHLY, months[0])
    if said.values("mm") and months[0] > years[0] % _CENTURY:
        raise both(_text, f"the month {made}", f"{years[0]} to {years[0] // 100}{months[0]:02d}")
    return made, made


def _months_between(said: SpokenPeriod, _text: str) -> tuple[Period, Period]:
    years, months = said.values("year"), said.values("month")
    first, last = zip(years if len(years) > 1 else years * 2, months, strict=True)
    return Period(first[0], Frequency.MONTHLY, first[1]), Period(
        last[0], Frequency.MONTHLY, last[1]
    )


def _quarter(said: SpokenPeriod, text: str) -> tuple[Period, Period]:
    parts = said.values("nth") or said.values("q") or [_QUARTERS]
    if not 1 <= parts[0] <= _QUARTERS:
        raise InvalidValue(f"{text!r}: a year has four quarters")
    made = Period(_one_year(said), Frequency.QUARTERLY, parts[0])
    return made, made


def _half(said: SpokenPeriod, text: str) -> tuple[Period, Period]:
    part = (said.values("nth") or said.values("h"))[0]
    if part not in {1, 2}:
        raise InvalidValue(f"{text!r}: a year has two halves")
    year, last = _one_year(said), 2 * part
    return Period(year, Frequency.QUARTERLY, last - 1), Period(year, Frequency.QUARTERLY, last)


def _one_year(said: SpokenPeriod) -> int:
    short = said.values("yy")
    return said.values("year")[0] if not short else 2000 + short[0]


def _years(said: SpokenPeriod, text: str) -> tuple[Period, Period]:
    years = said.values("year")
    if len(years) == 1:
        short = said.values("yy")[0]
        years.append(years[0] // _CENTURY * _CENTURY + short)
        if short <= _MONTHS and "-" in text:
            month = Period(years[0], Frequency.MONTHLY, short)
            raise both(text, f"the month {month}", f"{years[0]} to {years[1]}")
    return WHOLE.of(years[0]), WHOLE.of(years[1])


def _year(said: SpokenPeriod, _text: str) -> tuple[Period, Period]:
    made = WHOLE.of(said.values("year")[0])
    return made, made


def _decade(said: SpokenPeriod, _text: str) -> tuple[Period, Period]:
    first = (said.values("decade") or said.values("decadeword"))[0]
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
    found: SpokenPeriod | None = None
    for role, before, rest in _opened(words, language):
        first = rest.partition(" ")[0]
        is_number = any(map(str.isdecimal, first))
        for form, pattern in _patterns(language).get("" if is_number else first, ()):
            is_bare = form in _BARE and not (alone or _says_when(before, language))
            if is_bare or (role and form == "years"):
                continue
            match = pattern.match(rest)
            length = len(words) - len(rest) + match.end() if match else 0
            if match and (found is None or length > found.length):
                slots = tuple(_slots(match))
                said = PeriodRole(role or "in")
                found = SpokenPeriod(form, slots, said, before, length, language)
    return found


def _says_when(before: str, language: str) -> bool:
    """Whether words before a bare year or month say that it is one."""
    return bool(before) and before not in vocabulary(language)["periods"]["articles"]


def _opened(words: str, language: str) -> Iterator[tuple[str, str, str]]:
    """The role that the words before a period say, these, and the rest; or all as it is."""
    yield "", "", words
    parts = words.split(" ", _MOST_BEFORE)
    for role in ("in", "since", "until"):
        known = phrases(language, f"periods.before.{role}")
        for count in range(1, len(parts)):
            before = " ".join(parts[:count])
            if before in known:
                yield role, before, words[len(before) + 1 :]


def _slots(match: "re.Match[str]") -> Iterator[tuple[str, str]]:
    for name, value in match.groupdict().items():
        if value is not None:
            yield name.rstrip("_"), value


@cache
def _months(language: str) -> Mapping[str, int]:
    months = vocabulary(language)["periods"]["months"]
    return {name: at for at, names in enumerate(months, start=1) for name in names}


@cache
def period_openers(language: str) -> frozenset[str]:
    """The first words of all periods, digits apart."""
    before = (phrases(language, f"periods.before.{role}") for role in ("in", "since", "until"))
    return frozenset(_patterns(language)) | {
        phrase.split()[0] for known in before for phrase in known
    }


@cache
def _patterns(language: str) -> Mapping[str, Sequence[tuple[str, "re.Pattern[str]"]]]:
    """The forms as regular expressions with their names, by first words; digits under no word."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, forms in vocabulary(language)["periods"]["forms"].items():
        for form in forms:
            pattern = re.compile(f"{_filled(form, language)}(?= |$)")
            for word in _first_words(form, language):
                found.setdefault(word, []).append((name, pattern))
    return found


def _first_words(form: str, language: str) -> Iterator[str]:
    """The words that a form can begin with; an empty one for digits."""
    group = _GROUP.match(form)
    if group:
        yield from re.findall("[a-z]+", group[1])
        form = form[group.end() :]
    if group and not group[2]:
        return
    slot = re.match(r"\{([a-z]+)\}", form)
    if slot is None:
        word = re.match("([a-z]+)(.?)", form)
        yield from () if word is None else (word[1], word[1][:-1]) if word[2] == "?" else (word[1],)
        if word is not None and "{" in form.partition(" ")[0]:
            yield ""
        return
    held = _holds(language)[slot[1]]
    yield from re.findall("(?:^|(?<=[|]))[a-z]+(?=[|]|$)", held)
    if slot[1] not in {"month", "decadeword"}:
        yield ""


def _filled(form: str, language: str) -> str:
    """A form with what its slots can hold; a slot that comes again has another name."""
    held = _holds(language)
    count: dict[str, int] = {}

    def named(slot: "re.Match[str]") -> str:
        count[slot[1]] = count.get(slot[1], 0) + 1
        return f"(?P<{slot[1]}{'_' * (count[slot[1]] - 1)}>{held[slot[1]]})"

    return re.sub(r"\{([a-z]+)\}", named, form)


@cache
def _holds(language: str) -> Mapping[str, str]:
    """What each slot can hold."""
    ordinals, cardinals = (phrases(language, table) for table in ("ordinals", "cardinals"))
    nth = "|".join((*ordinals, "[1-4](?:st|nd|rd|th|er|ro|do|to|[.]?º|[.]er)"))
    return {
        "year": _YEAR,
        "yy": "[0-9]{2}",
        "mm": "0[1-9]|1[0-2]",
        "month": "|".join(sorted(_months(language), key=len, reverse=True)),
        "nth": nth,
        "n": "|".join(("[0-9]{1,3}", *cardinals)),
        "q": "[1-4]",
        "h": "[12]",
        "day": "(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|[.]?º|[.]?o)?",
        "decade": "(?:1[5-9]|20)[0-9]0",
        "decadeword": "|".join(vocabulary(language)["periods"].get("decades", {})) or "(?!)",
    }
