"""Periods of a table: the columns that they are read into, and those that results show them in."""

import narwhals as nw

from bajio.engines.frame.backend import Frame, backend_of
from bajio.engines.frame.column_kinds import (
    LAST_YEAR,
    UNDATED,
    CellKind,
    eager,
    has_null,
    is_floating,
    is_hole,
    is_whole,
    kind_of,
    shown_where,
)
from bajio.errors import InvalidData, InvalidValue, shown
from bajio.facts.periods import NOTATION, Frequency, Period

#: Columns within a plan: the year of a row, and which quarter or month of it, where results are
#: of those.
YEAR, SEASON = "_year", "_season"
_PERIOD = f"^(?:{'|'.join(NOTATION.values())})$"
#: What periods are called, the longest first.
_WORDS = {Frequency.ANNUAL: "year", Frequency.QUARTERLY: "quarter", Frequency.MONTHLY: "month"}
#: What a table calls the parts of a year, behind it.
_PARTS = {
    Frequency.QUARTERLY: tuple(f"Q{number}" for number in range(1, 5)),
    Frequency.MONTHLY: tuple(f"{number:02}" for number in range(1, 13)),
}


def periods(frame: Frame, name: str) -> dict[object, Period | None]:
    """The distinct periods of a table that can be looked at: `None` for none.

    Raises:
        InvalidData: a cell is no period.
    """
    result: dict[object, Period | None] = {}
    cells = eager(frame.select(name).unique())[name].to_list()
    for cell in sorted(cells, key=str):
        if is_hole(cell):
            result[None] = None
            continue
        try:
            number = isinstance(cell, float) and cell.is_integer()
            result[cell] = Period.parse(int(cell) if number else cell)
        except InvalidValue as error:
            raise InvalidData(str(error), column=name) from None
    return result


def of_dates(name: str, frequency: Frequency) -> nw.Expr:
    """The periods of some frequency in which dates lie: years as numbers, others as text."""
    days = nw.col(name)
    years = days.dt.year()
    if frequency is Frequency.ANNUAL:
        return years
    known = ~days.is_null()
    year = nw.when(known).then(years).otherwise(nw.lit(0)).cast(nw.Int64).cast(nw.String)
    month = nw.when(known).then(days.dt.month()).otherwise(nw.lit(1)).cast(nw.Int64)
    text = nw.lit(_PARTS[frequency][0])
    for number, own in enumerate(_PARTS[frequency], 1):
        inside = _months_of(number) if frequency is Frequency.QUARTERLY else (own,)
        text = nw.when(month.is_in([int(one) for one in inside])).then(nw.lit(own)).otherwise(text)
    return nw.when(known).then(nw.concat_str([year, nw.lit("-"), text]))


def check_frequency(
    frame: Frame, name: str, measure: str, wanted: Frequency, shown_by: Frequency
) -> None:
    """Refuse periods of figures of a measure that are not there, or of another frequency.

    Args:
        frame: the rows of the measure.
        name: of the column.
        measure: its code.
        wanted: the frequency that it has.
        shown_by: that of the results.

    Raises:
        InvalidData: there is one.
    """
    for cell, period in periods(frame, name).items():
        if period is None:
            raise InvalidData(f"a figure of {measure!r} has no period", column=name)
        if period.frequency is not wanted:
            text = f"{shown(cell)} is {period.frequency.name.lower()}, and {measure!r} is read by "
            text += f"{_WORDS[wanted]}: give {_WORDS[wanted]}s"
            if wanted is not shown_by:
                text += f", or leave it out of {wanted.name.lower()}=..."
            elif list(_WORDS).index(period.frequency) > list(_WORDS).index(wanted):
                text += f", or say {period.frequency.name.lower()}=[{measure!r}]"
            raise InvalidData(text, column=name)


def year(frame: Frame, name: str, *, looked_at: bool) -> nw.Expr:
    """The year of a column of periods, `UNDATED` where it has none that can be read.

    Args:
        frame: whose column it is.
        name: of the column.
        looked_at: whether all periods that are there have been read.
    """
    column = nw.col(name)
    if kind_of(frame, name) not in {CellKind.TEXT, CellKind.CATEGORY, CellKind.NOTHING}:
        known = column.is_between(1000, LAST_YEAR)
        if is_floating(frame, name):
            known = known & is_whole(column)
        return nw.when(known).then(column).otherwise(nw.lit(UNDATED)).cast(nw.Int64)
    text = column.cast(nw.String)
    known = ~column.is_null()
    if not looked_at:  # where a line's end is no end to each engine alike
        known = text.str.contains(_PERIOD) & (text.str.len_chars() <= len("2018-Q1"))
    years = nw.when(known).then(text.str.slice(0, 4)).otherwise(nw.lit(str(UNDATED)))
    return years.cast(nw.Int64)


def season(name: str, frequency: Frequency) -> nw.Expr:
    """Which quarter or month of its year a text that is a period is, or lies in; 0 where none."""
    text = part(name)
    number_column = nw.lit(0)
    for number, own in enumerate(_PARTS[frequency], 1):
        inside = (own, *(_months_of(number) if frequency is Frequency.QUARTERLY else ()))
        number_column = nw.when(text.is_in(inside)).then(nw.lit(number)).otherwise(number_column)
    return number_column.cast(nw.Int64)


def _months_of(quarter: int) -> tuple[str, ...]:
    return _PARTS[Frequency.MONTHLY][3 * quarter - 3 : 3 * quarter]


def parts(frequency: Frequency, shown_by: Frequency) -> tuple[tuple[str, ...], ...]:
    """The shorter periods that a longer one is made of, each by what it can be called.

    Args:
        frequency: of the shorter.
        shown_by: of the longer.

    Examples:
        >>> parts(Frequency.MONTHLY, Frequency.QUARTERLY)[0]
        ('01', '04', '07', '10')
    """
    if shown_by is Frequency.ANNUAL:
        return tuple((one,) for one in _PARTS[frequency])
    return tuple(_PARTS[frequency][step::3] for step in range(3))


def part(name: str) -> nw.Expr:
    """What a text that is a period has behind its year, as `Q1` or `02`."""
    return nw.col(name).cast(nw.String).str.slice(5, 2)


def has_frequency(name: str, frequency: Frequency) -> nw.Expr:
    """Whether a text that is a period is of a frequency."""
    text = nw.col(name).cast(nw.String)
    if frequency is Frequency.ANNUAL:
        return text.str.len_chars() == len("2018")
    is_quarter = text.str.slice(5, 1) == "Q"
    if frequency is Frequency.QUARTERLY:
        return is_quarter
    return (text.str.len_chars() == len("2018-02")) & ~is_quarter


def shown_period(result: Frame, frame: Frame, of: str, frequency: Frequency) -> nw.Expr:
    """The period of a result, of the table's own kind where that can hold it."""
    name, kind = YEAR, kind_of(frame, of)
    if frequency is not Frequency.ANNUAL:
        return _shown_season(frequency)
    year: nw.Expr = shown_where(result, name, nw.col(name) >= 0)
    if kind is CellKind.INTEGER or is_floating(frame, of):
        dtype = frame.collect_schema()[of] if kind is CellKind.INTEGER else nw.Int64()
        holes = backend_of(frame) == "pandas" and has_null(result, year)
        return year if holes else year.cast(dtype)
    if backend_of(frame) == "pandas" and has_null(result, year):
        text = nw.when(nw.col(name) >= 0).then(nw.col(name)).otherwise(nw.lit(0))
        return nw.when(nw.col(name) >= 0).then(text.cast(nw.Int64).cast(nw.String))
    return year.cast(nw.String)


def _shown_season(frequency: Frequency) -> nw.Expr:
    """A quarter or month in SDMX notation; null where there is none."""
    year, season = nw.col(YEAR), nw.col(SEASON)
    known = (year >= 0) & (season > 0)
    text = nw.when(known).then(year).otherwise(nw.lit(0)).cast(nw.Int64).cast(nw.String)
    number = nw.when(known).then(season).otherwise(nw.lit(1)).cast(nw.Int64)
    mark = nw.lit("-Q")
    if frequency is Frequency.MONTHLY:
        mark = nw.when(number < 10).then(nw.lit("-0")).otherwise(nw.lit("-"))
    return nw.when(known).then(nw.concat_str([text, mark, number.cast(nw.String)]))
