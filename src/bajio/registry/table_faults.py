"""What is wrong with figures of a table as facts, beyond what its cells say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from bajio.errors import shown, some
from bajio.facts.areas import Areas
from bajio.facts.measures import Kind, Measure
from bajio.facts.periods import year_of
from bajio.readers.sheet_figures import adds_up
from bajio.readers.sheet_readings import Fault, MoneyMark, SheetFigure, SheetReading
from bajio.units import currencies

if TYPE_CHECKING:
    from bajio.readers.tidy_tables import ColumnFigures

_MOST_TOLD = 6
#: The years that figures are of; others are more likely slips.
_YEARS = range(1700, 2151)


def faults_of(reading: SheetReading, measure: Measure | None, areas: Areas) -> Iterator[Fault]:
    """Figures below a minimum, years out of range, parts that do not make up their whole."""
    least: Fraction | None = None if measure is None else measure.minimum
    for sheet_figure in _below(reading, least):
        text = f"it is at least {least}"
        yield Fault(
            reading.sheet, sheet_figure.row, sheet_figure.column, str(sheet_figure.value), text
        )
    for sheet_figure in _out_of_range(reading):
        yield Fault(
            reading.sheet,
            sheet_figure.row,
            sheet_figure.column,
            sheet_figure.period,
            "a year is from 1700 to 2150",
        )
    if measure is not None and reading.money is not None:
        yield from _in_other_money(reading.sheet, reading.money, measure)
    if measure is None or measure.kind is Kind.EXTENSIVE:
        yield from _wholes(reading, areas)
    yield from _lacking(reading, areas)


def _in_other_money(sheet: str, mark: MoneyMark, measure: Measure) -> Iterator[Fault]:
    """A figure with a sign of money, where the measure is of no money, or of another."""
    symbols = {symbol.removeprefix("int_")[:3] for symbol in currencies(measure.unit)}
    fitting = {"US$": {"USD"}, "\u20ac": {"EUR"}, "\u00a3": {"GBP"}}.get(mark.sign)
    fits = symbols & fitting if fitting else symbols - {"EUR", "GBP"}
    unit = str(measure.unit)
    if not fits and unit not in {"", "1"}:  # a plain number may be of anything
        problem = f"{shown(mark.text)} is an amount of money"
        text = f"the unit is {unit}: say the unit that it is in, or take the sign away"
        yield Fault(sheet, mark.row, mark.column, problem, text)


def _columns(reading: SheetReading) -> "ColumnFigures | None":
    """The figures of a reading as columns, where they are."""
    return None if isinstance(reading.figures, tuple) else cast("ColumnFigures", reading.figures)


def _below(reading: SheetReading, least: Fraction | None) -> Iterable[SheetFigure]:
    """Figures below what they can be at least."""
    if least is None:
        return ()
    columns = _columns(reading)
    figures = reading.figures if columns is None else columns.below(least)
    return (
        figure for figure in figures if figure.value is not None and Fraction(figure.value) < least
    )


def _out_of_range(reading: SheetReading) -> Iterable[SheetFigure]:
    """Figures of years that are more likely slips."""
    columns, figures = _columns(reading), reading.figures
    if columns is not None:
        wrong = [period for period in columns.periods() if period and year_of(period) not in _YEARS]
        figures = columns.of_periods(wrong) if wrong else ()
    return (figure for figure in figures if figure.period and year_of(figure.period) not in _YEARS)


def _codes(reading: SheetReading) -> Collection[str]:
    """The areas that there are figures of."""
    columns = _columns(reading)
    return {figure.area for figure in reading.figures} if columns is None else columns.areas()


def _wholes(reading: SheetReading, areas: Areas) -> Iterator[Fault]:
    """Areas that stand beside their parts, and are not their sum."""
    there = set(_codes(reading))
    if not any(outer in there for code in there for outer in areas.ancestors(code)):
        return
    periods: dict[str, dict[str, SheetFigure]] = defaultdict(dict)
    for figure in reading.figures:
        periods[figure.period].setdefault(figure.area, figure)
    for period, figures_by_area in periods.items():
        inside: dict[str, list[str]] = defaultdict(list)
        for code in figures_by_area:
            for outer in areas.ancestors(code):
                if outer in figures_by_area:
                    inside[outer].append(code)
        for outer, parts in inside.items():
            kinds = {areas[part].kind for part in parts}
            kind = kinds.pop()
            every = areas.parts(outer, kind, year_of(period) if period else None)
            whole = figures_by_area[outer]
            place = (reading.sheet, whole.row, whole.column)
            values = [figures_by_area[part].value for part in parts]
            if kinds or set(every) - set(parts) or None in values or whole.value is None:
                text = f"{len(parts)} of its parts stand in the table as well"
                yield Fault(*place, f"{outer} is {whole.value}", text, harmless=True)
                continue
            summands = [Fraction(value) for value in values if value is not None]
            if not adds_up(summands, Fraction(whole.value)):
                text = f"its {len(parts)} parts sum to {sum(summands)}"
                problem = f"{outer} is {whole.value}"
                yield Fault(*place, problem, text, harmless=True, disagrees=True)


def _lacking(reading: SheetReading, areas: Areas) -> Iterator[Fault]:
    """Parts of a country that a table lacks which has most of them."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code in _codes(reading):
        area = areas[code]
        if area.within is not None:
            held[area.within, area.kind].add(code)
    for (outer, kind), codes in held.items():
        every = set(areas.parts(outer, kind))
        lacking = sorted(every - codes)
        if lacking and len(codes) * 2 > len(every):
            names = [f"{areas[code].names} ({code})" for code in lacking]
            problem = f"{len(codes & every)} of the {len(every)} areas of {outer}"
            yield Fault(
                reading.sheet,
                None,
                "",
                problem,
                f"not there: {some(names, _MOST_TOLD)}",
                harmless=True,
            )
