"""Periods as cells and headers of people's tables show them: years, quarters, months and days."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bajio.errors import InvalidValue, shown
from bajio.facts.periods import Frequency, Period
from bajio.facts.recognition import folded

_FIRST, _LAST = 1700, 2200
#: Months by their names in Spanish and English, folded; the first three letters do as well.
_FULL_NAMES = (
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "september", "setiembre", "sept"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
)
_MONTHS = {
    written: number
    for number, names in enumerate(_FULL_NAMES, start=1)
    for name in names
    for written in (name, name[:3])
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
#: Marks of footnotes and of status behind a year.
_MARKED = re.compile(
    r"(?:\s*[*\u00b9\u00b2\u00b3]+|\s*/?[prefPREF]|\s*[prefPREF0-9]/|\s*\([0-9a-z]\))$"
)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?|(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_YEAR = re.compile(r"(?:(?:19|20|1[78]|21)\d\d)")

#: How columns of periods are called, folded.
MONTH_NAMES = {"mes", "month"}
QUARTER_NAMES = {"trimestre", "quarter", "trim"}
PERIOD_NAMES = {
    *MONTH_NAMES,
    *QUARTER_NAMES,
    *("ano", "anio", "anos", "year", "years", "ejercicio", "ciclo"),
    *("periodo", "periodos", "period", "time", "timeperiod", "fecha", "date"),
}


def as_day(cell: object) -> date | None:
    """The day that a cell shows, days before months where they are written so; else `None`."""
    if isinstance(cell, date):
        return cell
    match = _DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if not match:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def as_period(cell: object) -> str | None:
    """The year, quarter or month that a cell shows, in SDMX notation; `None` for anything else.

    Examples:
        >>> as_period(2018), as_period("2018 p/"), as_period("2018T3"), as_period("feb-2019")
        ('2018', '2018', '2018-Q3', '2019-02')
        >>> as_period("Estado"), as_period(1512.5), as_period("12 345")
        (None, None, None)
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell) if _FIRST <= cell <= _LAST else None
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    return _of_text(text) or _of_text(_MARKED.sub("", text))


def _of_text(text: str) -> str | None:
    plain, lower = folded(text), text.casefold()
    if _YEAR.fullmatch(text) or re.fullmatch(r"YR?(?:19|20)\d\d", text):
        return text[-4:]
    if re.fullmatch(r"\d{4}\s*\[yr\d{4}\]", lower):  # as the World Bank does
        return text[:4]
    return _quarter(plain, lower) or _month(plain, lower)


def _quarter(plain: str, lower: str) -> str | None:
    for pattern, text in (
        (r"(?P<year>\d{4})(?:trimestre|trim|[qt])(?P<part>[1-4])", plain),
        (r"(?:trimestre|trim|[qt])(?P<part>[1-4])(?P<year>\d{4})", plain),
        (r"(?P<year>\d{4})(?P<part>[1-4])(?:er|o|do|to)?(?:trimestre|trim|t)", plain),
        (r"(?P<part>[1-4])(?:er|o|do|to)?(?:trimestre|trim|t)(?:del?)?(?P<year>\d{4})", plain),
        (r"(?P<year>\d{4})[\s/-]+(?P<part>i{1,3}|iv)", lower),
        (r"(?P<part>i{1,3}|iv)[\s/-]+(?P<year>\d{4})", lower),
    ):
        if match := re.fullmatch(pattern, text):
            return f"{match['year']}-Q{_ROMAN.get(match['part'], match['part'])}"
    return None


def _month(plain: str, lower: str) -> str | None:
    for pattern, text in (
        (r"(?P<year>\d{4})[-/]?m?(?P<part>0[1-9]|1[0-2])", lower),
        (r"(?P<part>0?[1-9]|1[0-2])/(?P<year>\d{4})", lower),
        (r"(?P<part>[a-z]+?)(?:del?)?(?P<year>\d{4})", plain),
        (r"(?P<year>\d{4})(?P<part>[a-z]+)", plain),
    ):
        match = re.fullmatch(pattern, text)
        if match and _YEAR.fullmatch(match["year"]) and (month := as_month(match["part"])):
            return f"{match['year']}-{month:02d}"
    return None


def as_month(cell: object) -> int | None:
    """The number of a month that a cell shows by number or name; `None` for anything else."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if cell in range(1, 13) else None
    text = folded(cell) if isinstance(cell, str) else ""
    if re.fullmatch("0?[1-9]|1[0-2]", text):
        return int(text)
    return _MONTHS.get(text)


def as_quarter(cell: object) -> int | None:
    """The number of a quarter that a cell shows; `None` for anything else."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if cell in range(1, 5) else None
    text = folded(cell) if isinstance(cell, str) else ""
    match = re.fullmatch(
        "(?:trimestre|trim|[qt])?([1-4])|([1-4])(?:er|o|do|to)?(?:trimestre|trim|t)", text
    )
    return int(match[1] or match[2]) if match else _ROMAN.get(text)


def part_of_year(cell: object) -> str | None:
    """The month or quarter that a heading names in letters, as the end of a period.

    Examples:
        >>> part_of_year("Enero"), part_of_year("III"), part_of_year("T4"), part_of_year(3)
        ('01', 'Q3', 'Q4', None)
    """
    if not isinstance(cell, str) or not any(map(str.isalpha, cell)):
        return None
    month, quarter = as_month(cell), as_quarter(cell)
    if month is not None:
        return f"{month:02}"
    return None if quarter is None else f"Q{quarter}"


def periods_of_days(days: Sequence[date], asked: Frequency | None = None) -> Mapping[date, str]:
    """The periods that dates stand for, as the months in which they lie tell how often there are.

    Raises:
        InvalidValue: they could be of more than one frequency.

    Examples:
        >>> every = [date(2018, month, 1) for month in (1, 4, 7)]
        >>> periods_of_days(every)[date(2018, 4, 1)]
        '2018-Q2'
    """
    months = {day.month for day in days}
    frequency = asked
    if frequency is None and len(months) > 1:
        quarters = any(months <= {first, first + 3, first + 6, first + 9} for first in (1, 2, 3))
        frequency = Frequency.QUARTERLY if quarters else Frequency.MONTHLY
        if quarters and len(months) == 2 and len(days) == 2:
            frequency = None
    elif frequency is None and len({day.year for day in days}) > 1:
        frequency = Frequency.ANNUAL
    if frequency is None:
        text = f"of {shown(str(days[0]))} and others it cannot be told how often there are figures"
        raise InvalidValue(f"{text}: say years, quarters or months (frequency)")
    return {day: _period_of(day, frequency) for day in days}


def _period_of(day: date, frequency: Frequency) -> str:
    part = {Frequency.ANNUAL: 0, Frequency.QUARTERLY: (day.month + 2) // 3}.get(
        frequency, day.month
    )
    return str(Period(day.year, frequency, part))
