"""Tables: figures as they are given, by column, checked, and as they are looked up."""

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import groupby

from attrs import field, frozen

from bajio.errors import BajioError, InvalidData
from bajio.facts.measures import Measure
from bajio.facts.observations import GAPS, STATUSES, Exact, Key, Mark, exact
from bajio.facts.periods import Frequency

Given = str | Exact | Decimal | None
#: As long as a year is written; what is longer is a part of one.
_YEAR = 4


@frozen
class Columns:
    """Figures as they are given, by column, all of one length.

    Attributes:
        areas, periods, values, statuses, notes: a cell a row; statuses and notes may be left out.
        keys: a sequence of each dimension's values.
        file, first_row: where the rows stand, for errors.
    """

    areas: Sequence[str]
    periods: Sequence[str]
    values: Sequence[Given]
    statuses: Sequence[str] = ()
    notes: Sequence[str] = ()
    keys: Sequence[Sequence[str]] = ()
    file: str = ""
    first_row: int = 1

    def error(self, problem: str, at: int, column: str = "") -> InvalidData:
        """What is wrong with the row at a position."""
        return InvalidData(problem, file=self.file, row=self.first_row + at, column=column)


@frozen
class Origin:
    """Whose a figure is that was laid over others.

    Attributes:
        source, edition: of the series that it comes from.
        layer: how many datasets had been laid over one another when it was.
    """

    source: str
    edition: str
    layer: int


@frozen(eq=False)
class Table:
    """The observations of a series: by dimension key, then area, then period.

    Attributes:
        values: the figures.
        marks: statuses that are not normal, and gaps.
        origins: of what was laid over the series, by key and area, then period. Where a series has
            quarters or months, what is laid over a whole year stands under that year.
    """

    values: dict[Key, dict[str, dict[str, Exact | Decimal]]]
    marks: dict[tuple[Key, str, str], Mark]
    origins: dict[tuple[Key, str], dict[str, Origin]] = field(factory=dict)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Table) and self.values == other.values and self.marks == other.marks
        )

    __hash__ = None  # type: ignore[assignment]  # a table is compared by its content

    def has(self, area: str, key: Key = ()) -> bool:
        """Whether an area has a value under a dimension key, in any period."""
        return area in self.values.get(key, ())

    def without_empty(self) -> "Table":
        """The same observations, with no entry for what has gaps only."""
        values = {
            key: {area: cells for area, cells in by_area.items() if cells}
            for key, by_area in self.values.items()
        }
        full = {key: by_area for key, by_area in values.items() if by_area}
        return Table(full, self.marks, self.origins)

    def scaled(self, factor: Exact) -> "Table":
        """The same observations in another unit."""
        if factor == 1:
            return self
        values: dict[Key, dict[str, dict[str, Exact | Decimal]]] = {
            key: {
                area: {period: exact(exact(value) * factor) for period, value in cells.items()}
                for area, cells in by_area.items()
            }
            for key, by_area in self.values.items()
        }
        return Table(values, self.marks, self.origins)

    def over(self, lower: "Table", origin: Origin | None = None) -> "Table":
        """This table laid over another: cell by cell, this one wins.

        Args:
            lower: what it is laid over.
            origin: whose the figures are from now on, where they are to be told apart.
        """
        values = {key: dict(by_area) for key, by_area in lower.values.items()}
        marks, origins = dict(lower.marks), dict(lower.origins)
        for (key, area), given in self._periods().items():
            cells = dict(values.get(key, {}).get(area, {}))
            years = {
                period[:4] for period in given if len(period) > _YEAR
            }  # of whose parts these are
            for period in (*given, *years):
                cells.pop(period, None)
                marks.pop((key, area, period), None)
            cells.update(self.values.get(key, {}).get(area, {}))
            values.setdefault(key, {})[area] = cells
            if origin is not None:
                known = origins.get((key, area), {})
                kept = {period: whose for period, whose in known.items() if period not in years}
                origins[key, area] = {**kept, **dict.fromkeys(given, origin)}
        return Table(values, {**marks, **self.marks}, origins).without_empty()

    def _periods(self) -> dict[tuple[Key, str], dict[str, None]]:
        """The periods that have a figure or a gap, by key and area."""
        found: dict[tuple[Key, str], dict[str, None]] = {
            (key, area): dict.fromkeys(cells)
            for key, by_area in self.values.items()
            for area, cells in by_area.items()
        }
        for key, area, period in self.marks:
            found.setdefault((key, area), {})[period] = None
        return found


def build_table(
    columns: Columns, measure: Measure, frequency: Frequency, known: Container[str]
) -> Table:
    """Check figures and make a table of them.

    Each column is checked as a whole, by its distinct values, and the rows are gone through once.

    Args:
        columns: the figures.
        measure: what they are of; its minimum and dimensions are enforced.
        frequency: of every period.
        known: the areas that may appear.

    Raises:
        InvalidData: with file, row and column.
    """
    numbers = _numbers(columns)
    _check_columns(columns, measure, frequency, known)
    _check_minimum(columns, numbers, measure)
    keys = list(zip(*columns.keys, strict=True)) if columns.keys else [()] * len(numbers)
    values: dict[Key, dict[str, dict[str, Exact | Decimal]]] = {}
    for start, stop in _runs(columns, keys):
        _fill(values, columns, keys, numbers, start, stop)
    return Table(values, _marks(columns, keys, numbers)).without_empty()


def _runs(columns: Columns, keys: Sequence[Key]) -> Iterator[tuple[int, int]]:
    """The stretches of rows that are of one area, and of one key."""
    labels: Iterable[object] = columns.areas
    if columns.keys:
        labels = zip(columns.areas, keys, strict=True)
    start = 0
    for _, run in groupby(labels):
        stop = start + len(list(run))
        yield start, stop
        start = stop


def _fill(
    values: dict[Key, dict[str, dict[str, Exact | Decimal]]],
    columns: Columns,
    keys: Sequence[Key],
    numbers: Sequence[Exact | Decimal | None],
    start: int,
    stop: int,
) -> None:
    """Enter the rows of one stretch."""
    run = dict(zip(columns.periods[start:stop], numbers[start:stop], strict=True))
    cells = values.setdefault(keys[start], {}).setdefault(columns.areas[start], {})
    if len(run) < stop - start or not cells.keys().isdisjoint(run):
        raise _twice(columns, keys, start, set(cells))
    if None in run.values():
        run = {period: number for period, number in run.items() if number is not None}
    cells.update(run)  # type: ignore[arg-type]  # what is None has just been left out


def _twice(columns: Columns, keys: Sequence[Key], start: int, seen: set[str]) -> InvalidData:
    """The error of the first row, from one on, whose period was seen before."""
    at = start
    while columns.periods[at] not in seen:
        seen.add(columns.periods[at])
        at += 1
    place = " ".join((columns.areas[at], columns.periods[at], *keys[at])).rstrip()
    return columns.error(f"{place} is given twice", at)


def _numbers(columns: Columns) -> list[Exact | Decimal | None]:
    """The values as exact numbers; `None` for an empty cell."""
    with suppress(ValueError, TypeError):
        if "_" not in "".join(columns.values):  # type: ignore[arg-type]  # TypeError, if no text
            return _numbers_of_texts(columns.values)  # type: ignore[arg-type]
    return [_number(given, columns, at) for at, given in enumerate(columns.values)]


def _numbers_of_texts(texts: Sequence[str]) -> list[Exact | Decimal | None]:
    """Integers, or else decimals, `None` where a text is empty; anything else is a ValueError."""
    if "" in texts:
        given = iter(_numbers_of_texts([text for text in texts if text]))
        return [next(given) if text else None for text in texts]
    try:
        return list(map(int, texts))
    except ValueError:
        pass
    try:
        decimals = list(map(Decimal, texts))
    except InvalidOperation:
        raise ValueError from None
    if not all(map(Decimal.is_finite, decimals)):
        raise ValueError
    return list(decimals)


def _number(given: object, columns: Columns, at: int) -> Exact | Decimal | None:
    if type(given) is str:
        if not given:
            return None
        if "_" not in given:
            try:
                return int(given) if "." not in given else _finite(Decimal(given))
            except (ValueError, InvalidOperation):
                with suppress(ValueError, InvalidOperation):
                    return exact(_finite(Decimal(given)))
    elif given is None:
        return None
    elif isinstance(given, float):
        problem = f"{given!r} is a float: give an int, a Fraction or a Decimal, which are exact"
        raise columns.error(problem, at, "value")
    elif (isinstance(given, int | Fraction) and not isinstance(given, bool)) or (
        isinstance(given, Decimal) and given.is_finite()
    ):
        return given
    raise columns.error(f"{str(given)!r} is not a finite number", at, "value")


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise InvalidOperation
    return number


def _check_columns(
    columns: Columns, measure: Measure, frequency: Frequency, known: Container[str]
) -> None:
    for area in set(columns.areas):
        if area not in known:
            raise columns.error(f"unknown area {area!r}", columns.areas.index(area), "area")
    for period in set(columns.periods):
        problem = _period_problem(period, frequency)
        if problem:
            raise columns.error(problem, columns.periods.index(period), "period")
    if len(columns.keys) != len(measure.dimensions):
        need = ", ".join(measure.dimensions) or "none"
        problem = f"{measure.code} has the dimensions {need}; the rows give {len(columns.keys)}"
        raise columns.error(problem, 0)
    for name, cells in zip(measure.dimensions, columns.keys, strict=True):
        if "" in cells:
            raise columns.error(f"no value of {name}", cells.index(""), name)


def _period_problem(period: str, frequency: Frequency) -> str:
    try:
        given = Frequency.of(period)
    except BajioError as error:
        return str(error)
    if given is frequency:
        return ""
    return f"{period!r} is {given.name.lower()}, its series is {frequency.name.lower()}"


def _check_minimum(
    columns: Columns, numbers: Sequence[Exact | Decimal | None], measure: Measure
) -> None:
    if measure.minimum is None:
        return
    least = exact(measure.minimum)
    if min((number for number in numbers if number is not None), default=least) >= least:
        return
    at = next(at for at, number in enumerate(numbers) if number is not None and number < least)
    problem = f"{measure.code} of {columns.areas[at]} is {numbers[at]}, below its minimum {least}"
    raise columns.error(problem, at, "value")


def _marks(
    columns: Columns, keys: Sequence[Key], numbers: Sequence[Exact | Decimal | None]
) -> dict[tuple[Key, str, str], Mark]:
    """Statuses that are not normal, and gaps, checked against whether there is a value."""
    if None not in numbers and not any(columns.statuses):
        return {}
    marks: dict[tuple[Key, str, str], Mark] = {}
    statuses = columns.statuses or ("",) * len(numbers)
    notes = columns.notes or ("",) * len(numbers)
    for at, (status, number) in enumerate(zip(statuses, numbers, strict=True)):
        if number is not None and status in {"", "A"}:
            continue
        allowed, what = (GAPS, "no value") if number is None else (STATUSES, "a value")
        if status and status not in allowed:
            choice = ", ".join(f"{code} ({word})" for code, word in allowed.items())
            raise columns.error(f"status {status!r} with {what}: it can be {choice}", at, "status")
        place = keys[at], columns.areas[at], columns.periods[at]
        marks[place] = Mark(status or "O", notes[at])
    return marks
