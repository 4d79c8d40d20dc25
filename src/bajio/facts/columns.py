"""Figures as they are given, by column: checked as a whole, and made a table."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, islice
from typing import Any, NamedTuple

from bajio.errors import BajioError, FaultList, InvalidData, InvalidValue, shown
from bajio.facts.areas import UNALLOCATED, Areas
from bajio.facts.exact_figures import Figure, InvalidFigure, read_figure, read_figures
from bajio.facts.measures import Measure, Time
from bajio.facts.observations import GAPS, STATUSES, Exact, Key, Mark, exact
from bajio.facts.periods import Frequency
from bajio.facts.tables import SeriesTable
from bajio.mappings import FrozenDict

#: How it is written that a figure is as most are.
_NORMAL = frozenset({"", "A"})
#: As many faults of one kind as are told of a table.
_MOST_FAULTS = 1000


class Columns(NamedTuple):
    """Figures as they are given, by column, all of one length.

    Attributes:
        areas, periods, values, statuses, notes: a cell a row; statuses and notes may be left out.
        keys: a sequence of each dimension's values.
        file, rows: where they stand, for errors; the first row is 1 where they are not told.
        parts: further files, each with the position of its first row.
    """

    areas: Sequence[str]
    periods: Sequence[str]
    values: Sequence[Any]
    statuses: Sequence[str] = ()
    notes: Sequence[str] = ()
    keys: Sequence[Sequence[str]] = ()
    file: str = ""
    rows: Sequence[int] = ()
    parts: Sequence[tuple[int, str]] = ()

    def error(self, problem: str, position: int, column: str = "") -> InvalidData:
        """What is wrong with the row at a position."""
        file = next((name for start, name in reversed(self.parts) if start <= position), self.file)
        row = self.rows[position] if self.rows else position + 1
        return InvalidData(problem, file=file, row=row, column=column)


def build_table(
    columns: Columns,
    measure: Measure,
    frequency: Frequency,
    known: Container[str],
    kinds: Sequence[str] = (),
    unallocated: str = "",
) -> SeriesTable:
    """Check figures and make a table of them.

    Each column is checked as a whole, by its distinct values, and the rows are gone through once.

    Args:
        columns: the figures.
        measure: what they are of; its minimum and dimensions are enforced.
        frequency: of every period.
        known: the areas that may appear.
        kinds: the kinds that those that appear have, where that is stated.
        unallocated: code of an area whose figures can be below the minimum, as can those of
            areas that are known to be of that kind.

    Raises:
        InvalidData: with file, row and column; and with further faults of other rows, as its
            `faults`.
    """
    _check_labels(columns, measure)
    columns = _with_codes(columns, known)
    faults = FaultList(_first(_wrong_areas(columns, known, kinds)))
    faults.found += _first(_wrong_periods(columns, measure, frequency))
    try:
        numbers = read_figures(columns.values)
    except InvalidFigure as error:
        numbers = []
        fault = columns.error(error.problem, error.at, "value")
        faults.found += _first(_wrong_figures(columns)) or [fault]
    if faults.found:
        numbers = _readable(columns)
    is_free = _free(known, unallocated)
    keys = list(zip(*columns.keys, strict=True)) if columns.keys else [()] * len(numbers)
    values: dict[Key, dict[str, dict[str, Figure]]] = {}
    faults.found += _first(_below(columns, numbers, measure, is_free))
    try:
        for start, stop in _runs(columns, keys):
            _fill(values, columns, keys, numbers, start, stop)
    except InvalidData:
        faults.found += _first(_repeated(columns, keys))
    faults.found += _first(_wrong_statuses(columns, numbers))
    faults.check()
    return SeriesTable(_full(values, gaps=None in numbers), _marks(columns, keys, numbers))


def _with_codes(columns: Columns, known: Container[str]) -> Columns:
    """Columns whose areas have codes, where their names are clear."""
    if not isinstance(known, Areas):
        return columns
    texts = [text for text in dict.fromkeys(columns.areas) if text not in known]
    if not texts:
        return columns
    recogniser = known.recogniser()
    named = {text: recogniser.named(text) for text in texts}
    codes = {text: areas[0].code for text, areas in named.items() if len(areas) == 1}
    return columns._replace(areas=[codes.get(text, text) for text in columns.areas])


def _first(faults: Iterator[BajioError]) -> list[BajioError]:
    """The first of some faults, as many as anybody reads."""
    return list(islice(faults, _MOST_FAULTS))


def _wrong_figures(columns: Columns) -> Iterator[BajioError]:
    for position, value in enumerate(columns.values):
        try:
            read_figure(value)
        except InvalidValue as error:
            yield columns.error(str(error), position, "value")


def _readable(columns: Columns) -> list[Figure]:
    """The figures as far as they are numbers; the others are told as faults."""
    numbers: list[Figure] = []
    for value in columns.values:
        try:
            numbers.append(read_figure(value))
        except InvalidValue:
            numbers.append(None)
    return numbers


def _repeated(columns: Columns, keys: Sequence[Key]) -> Iterator[BajioError]:
    """Rows of an area, a key and a period that stand above already."""
    seen = set()
    for position, place in enumerate(zip(columns.areas, keys, columns.periods, strict=True)):
        if place in seen:
            cell = " ".join(
                (columns.areas[position], columns.periods[position], *keys[position])
            ).rstrip()
            yield columns.error(f"{shown(cell, 200)[1:-1]} is given twice", position)
        seen.add(place)


def _full(
    values: Mapping[Key, Mapping[str, Mapping[str, Figure]]], *, gaps: bool
) -> Mapping[Key, Mapping[str, Mapping[str, Exact | Decimal]]]:
    """The figures without gaps, and without what has nothing else."""
    if not gaps:
        return values  # type: ignore[return-value]  # none is None
    full = {
        key: {
            area: {period: value for period, value in cells.items() if value is not None}
            for area, cells in by_area.items()
        }
        for key, by_area in values.items()
    }
    for by_area in full.values():
        for area in [area for area, cells in by_area.items() if not cells]:
            del by_area[area]
    return {key: by_area for key, by_area in full.items() if by_area}


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
    values: dict[Key, dict[str, dict[str, Figure]]],
    columns: Columns,
    keys: Sequence[Key],
    numbers: Sequence[Figure],
    start: int,
    stop: int,
) -> None:
    """Enter the rows of one stretch, gaps too."""
    run = FrozenDict(zip(columns.periods[start:stop], numbers[start:stop], strict=True))
    by_area, area = values.setdefault(keys[start], {}), columns.areas[start]
    cells = by_area.get(area, {})
    if len(run) < stop - start or not run.keys().isdisjoint(cells):
        raise columns.error("a period is given twice", start)  # which they are is found out then
    if not cells:
        by_area[area] = run  # as it stays, where all rows of an area follow one another
    elif isinstance(cells, FrozenDict):
        by_area[area] = {**cells, **run}
    else:
        cells.update(run)


def _check_labels(columns: Columns, measure: Measure) -> None:
    if len(columns.keys) != len(measure.dimensions):
        need = ", ".join(measure.dimensions) or "none"
        problem = f"{measure.code} has the dimensions {need}; the rows give {len(columns.keys)}"
        raise columns.error(problem, 0)
    named: list[tuple[str, Sequence[Any]]] = [("area", columns.areas)]
    named += zip(measure.dimensions, columns.keys, strict=True)
    for name, cells in named:
        _check_texts(columns, name, cells)
        if "" in cells:
            raise columns.error(f"no value of {name}", cells.index(""), name)
    for name, cells in {
        "period": columns.periods,
        "status": columns.statuses,
        "note": columns.notes,
    }.items():
        _check_texts(columns, name, cells)


def _check_texts(columns: Columns, name: str, cells: Sequence[object]) -> None:
    if set(map(type, cells)) <= {str}:
        return
    for position, cell in enumerate(cells):
        if not isinstance(cell, str):
            raise columns.error(f"{shown(cell)} is not a text", position, name)


def _wrong_areas(
    columns: Columns, known: Container[str], kinds: Sequence[str]
) -> Iterator[BajioError]:
    """Areas that are not known, or of another kind than is stated, each where it comes first."""
    distinct = dict.fromkeys(columns.areas)
    for area in distinct:
        if area not in known:
            yield columns.error(f"unknown area {shown(area)}", columns.areas.index(area), "area")
    if not kinds or not isinstance(known, Mapping):
        return
    for area in distinct:
        if area in known and known[area].kind not in kinds:
            kind = known[area].kind
            text = f"{area} is a {kind}, and the table is stated to cover {', '.join(kinds)}"
            yield columns.error(text, columns.areas.index(area), "area")


def _wrong_periods(
    columns: Columns, measure: Measure, frequency: Frequency
) -> Iterator[BajioError]:
    """Periods that are none, or of another frequency, each where it comes first."""
    if (measure.time is Time.TIMELESS) is not (frequency is Frequency.TIMELESS):
        text = f"{measure.code} is a {measure.time}: its figures have periods"
        if measure.time is Time.TIMELESS:
            text = f"{measure.code} is timeless: its figures have no period"
        yield columns.error(text, 0, "period")
        return
    for period in dict.fromkeys(columns.periods):
        problem = _period_problem(period, frequency)
        if problem:
            yield columns.error(problem, columns.periods.index(period), "period")


def _period_problem(period: str, frequency: Frequency) -> str:
    try:
        stated = Frequency.of(period)
    except BajioError as error:
        return str(error)
    if stated is frequency:
        return ""
    return f"{shown(period)} is {stated.name.lower()}, its series is {frequency.name.lower()}"


def _free(known: Container[str], unallocated: str) -> Callable[[str], bool]:
    """Tells areas that can have less than nothing: what is left of a total by its parts."""

    def is_free(area: str) -> bool:
        is_unallocated = isinstance(known, Mapping) and known[area].kind == UNALLOCATED
        return is_unallocated or area == unallocated

    return is_free


def _below(
    columns: Columns, numbers: Sequence[Figure], measure: Measure, is_free: Callable[[str], bool]
) -> Iterator[BajioError]:
    """Figures below the measure's minimum, where they cannot be."""
    if measure.minimum is None:
        return
    least = exact(measure.minimum)
    if min([number for number in numbers if number is not None], default=least) >= least:
        return
    for position, number in enumerate(numbers):
        if number is not None and number < least and not is_free(columns.areas[position]):
            area = columns.areas[position]
            text = f"{measure.code} of {area} is {number}, below its minimum {least}"
            yield columns.error(text, position, "value")


def _wrong_statuses(columns: Columns, numbers: Sequence[Figure]) -> Iterator[BajioError]:
    """Statuses that no figure, or no gap, can have."""
    if not any(columns.statuses):
        return
    for position, (status, number) in enumerate(zip(columns.statuses, numbers, strict=True)):
        if status in _NORMAL and number is not None:
            continue
        allowed, what = (GAPS, "no value") if number is None else (STATUSES, "a value")
        if status and status not in allowed:
            choice = ", ".join(f"{code} ({word})" for code, word in allowed.items())
            text = f"status {shown(status)} with {what}: it can be {choice}"
            yield columns.error(text, position, "status")


def _marks(
    columns: Columns, keys: Sequence[Key], numbers: Sequence[Figure]
) -> dict[tuple[Key, str, str], Mark]:
    """Statuses that are not normal, and gaps."""
    if None not in numbers and not any(columns.statuses) and not any(columns.notes):
        return {}
    marks: dict[tuple[Key, str, str], Mark] = {}
    statuses = columns.statuses or ("",) * len(numbers)
    notes = columns.notes or ("",) * len(numbers)
    marked = [
        row
        for row, (status, note, number) in enumerate(zip(statuses, notes, numbers, strict=True))
        if number is None or note or status not in _NORMAL
    ]
    for row in marked:
        status, number = statuses[row], numbers[row]
        place = keys[row], columns.areas[row], columns.periods[row]
        marks[place] = Mark(status or ("O" if number is None else "A"), notes[row])
    return marks
