"""Tables as people have them, read into datasets: `read_table`, and what `bajio import` shows."""

import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

from attrs import evolve, frozen

from bajio.amounts import exact_number
from bajio.arguments import as_choice, as_path, as_text, as_texts_by_name
from bajio.brief import Brief
from bajio.errors import InvalidData, InvalidValue, UnknownCode, shown, some
from bajio.facts.dataset import Dataset
from bajio.facts.editions import UNNAMED
from bajio.facts.measures import Kind, Measure, Time, as_code
from bajio.facts.periods import Frequency, Period
from bajio.facts.recognition import folded
from bajio.facts.sources import Source
from bajio.readers.candidates import Recognise
from bajio.readers.cell_numbers import CONVENTIONS, Marks
from bajio.readers.cell_periods import as_period
from bajio.readers.sheet_figures import read_figures
from bajio.readers.sheet_layouts import TableHints
from bajio.readers.sheet_readings import Fault, SheetFigure, SheetReading
from bajio.readers.spreadsheets import Grid, of_columns, read_sheets
from bajio.registry.table_areas import recogniser
from bajio.registry.table_datasets import TableHead, dataset_of_cells, dataset_of_columns
from bajio.registry.table_faults import faults_of
from bajio.registry.table_scales import SCALES, Wanted, check_scale, unscaled
from bajio.units import Unit, factor, same_dimension

if TYPE_CHECKING:
    from bajio.labels import Label
    from bajio.readers.tidy_tables import ColumnFigures
    from bajio.registry import Registry

_MOST_FAULTS = 12
_MOST_TOLD = 6
#: What a weight is.
_WEIGHTS = "a weight is a measure, as population: `bajio measures` lists them"
#: What must be said of a measure that there is not yet, why, and what it can be.
_ASKED_OF_MEASURES = (
    ("unit", "what one of it is, as person or km²; 1 for a plain number", ()),
    ("kind", "whether it adds up over areas, or is an average", tuple(Kind)),
    ("time", "whether it adds up over time, or is a level", tuple(Time)),
    ("weight", "what an average over areas is weighed by, as population", ()),
)


class TotalsDisagree(UserWarning):
    """Totals that are printed in a table are not what their parts sum to."""


@frozen(eq=False, repr=False)
class OwnTable(Brief):
    """What was understood of a table of one's own.

    Attributes:
        name: of its file, or "frame".
        readings: of each sheet that is read.
        set_aside: sheets that are not read, and why.
        measure: what its figures are of, if enough is said to know.
        source: where they come from.
        scale: what they are multiplied by.
        wanted: what must be said before it can be read.
        faults: everything that is wrong with it.
    """

    name: str
    readings: tuple[SheetReading, ...]
    set_aside: tuple[tuple[str, str], ...]
    measure: Measure | None
    source: Source | None
    edition: str
    scale: Fraction
    wanted: tuple[Wanted, ...]
    faults: tuple[Fault, ...]

    @property
    def figures(self) -> Iterator[SheetFigure]:
        """All figures, in the order of the table."""
        for reading in self.readings:
            yield from reading.figures

    def dataset(self, on_error: str = "refuse") -> Dataset:
        """The figures as a dataset.

        Args:
            on_error: "refuse", or "skip" to leave out what is wrong.

        Raises:
            InvalidData: something must be said first, or something is wrong; all of it is told.
        """
        if self.wanted:
            text = "; ".join(map(str, self.wanted))
            raise InvalidData(f"say {text}", file=self.name)
        harmful = [fault for fault in self.faults if not fault.harmless]
        if harmful and on_error != "skip":
            raise InvalidData(_told(harmful), file=self.name)
        assert self.measure is not None
        assert self.source is not None
        head = TableHead(self.name, self.measure, self.source, self.edition, self.scale)
        figures = self.readings[0].figures
        if not isinstance(figures, tuple):
            rows = [fault.row for fault in harmful if fault.row]
            return dataset_of_columns(head, cast("ColumnFigures", figures), rows)
        wrong = {(fault.sheet, fault.row, fault.column) for fault in harmful}
        kept = [
            figure
            for reading in self.readings
            for figure in reading.figures
            if (reading.sheet, figure.row, figure.column) not in wrong
        ]
        if not kept:
            raise InvalidData("it has no figure that can be read", file=self.name)
        return dataset_of_cells(head, kept)


def _told(faults: Sequence[Fault]) -> str:
    """All faults, the first of them in full."""
    lines = [str(fault) for fault in faults[:_MOST_FAULTS]]
    more = len(faults) - len(lines)
    if more > 0:
        lines.append(f"and {more} more")
    return "; ".join(lines)


class MeasureOptions(TypedDict, total=False):
    """What is said of a measure that there is not yet."""

    label: "Label | Mapping[str, str] | str"
    unit: str
    kind: Kind | str
    weight: str
    time: Time | str


class TableOptions(MeasureOptions, total=False):
    """What is said of a table.

    Attributes:
        source: who published the figures: a source, or its title.
        edition: of the figures.
        scale: what they are to be multiplied by: a number, or "thousand", "million", "billion".
        numbers: "mx", "us" (1,234.5) or "eu" (1.234,5).
        sheet: the sheet of a workbook, if several hold tables.
        areas, periods, values: names of the columns where they stand, if they are not found.
        period: of all figures, where the table names none.
        where: the category that rows must have in a column, by its name.
        frequency: "A", "Q" or "M", of columns of dates.
        registry: whose areas and measures those are that there are.
    """

    source: Source | str
    edition: str
    scale: str | float | Fraction
    numbers: str
    sheet: str
    areas: str
    periods: str
    values: str
    period: str | int
    where: Mapping[str, str]
    frequency: Frequency | str
    registry: "Registry"


def read_table(
    table: Any, measure: Measure | str, *, on_error: str = "refuse", **said: Unpack[TableOptions]
) -> Dataset:
    """The figures of a table as people have it, as a dataset of one measure.

    The header is found below title lines; areas are recognised by name or code; periods stand in
    columns or rows; totals are checked against their parts and left out; what stands for a missing
    figure is kept as its reason. What cannot be told is asked for, and never guessed. Totals
    that their parts do not sum to are a warning (`TotalsDisagree`).

    Args:
        table: the path of a CSV, TSV, xlsx, xls, ods, JSON or Parquet file, or a frame of polars,
            pandas, pyarrow, DuckDB or PySpark.
        measure: what its figures are of: a measure, the code of one that there is, or a new code
            with `unit`, `kind` and `time`.
        on_error: "refuse", or "skip" to leave out what is wrong.
        **said: what cannot be told from the table (`TableOptions`).

    Raises:
        InvalidData: something must be said first, or something is wrong: all of it in one message,
            by sheet, row and column.
        InvalidValue: an argument cannot be right.

    Examples:
        >>> import pandas
        >>> frame = pandas.DataFrame({"Estado": ["Jalisco", "Colima"], "2018": ["1,512", "n.d."]})
        >>> about = {"unit": "1", "kind": "extensive", "time": "stock"}
        >>> camas = read_table(frame, "beds", source="Secretaría de Salud", numbers="mx", **about)
        >>> [(one.area, one.period, one.value, one.note) for one in camas.observations("beds")]
        [('MX-JAL', '2018', 1512, ''), ('MX-COL', '2018', None, 'n.d.')]
    """
    if on_error not in {"refuse", "skip"}:
        raise InvalidValue(f"on_error is 'refuse' or 'skip', not {shown(on_error)}")
    read = preview_table(table, measure, **said)
    data = read.dataset(on_error)
    totals = [fault for fault in read.faults if fault.disagrees]
    if totals:
        warnings.warn(f"{read.name}: {_told(totals)}", TotalsDisagree, stacklevel=2)
    return data


def preview_table(
    table: Any, measure: Measure | str | None = None, **said: Unpack[TableOptions]
) -> OwnTable:
    """What is understood of a table as people have it, and what must still be said to read it.

    Args:
        table: as `read_table` takes it.
        measure: as `read_table` takes it.
        **said: as `read_table` takes it.

    Raises:
        InvalidData: the file cannot be read.
        InvalidValue: an argument cannot be right.
    """
    from bajio.registry import known_by

    strange = [name for name in said if name not in TableOptions.__optional_keys__]
    if strange:
        text = some(sorted(TableOptions.__optional_keys__), len(TableOptions.__optional_keys__))
        raise InvalidValue(f"unknown option {shown(strange[0])}: there are {text}")
    registry = known_by(said.get("registry"))
    asked, marks = _asked(said), _marks(said.get("numbers"))
    recognise = registry.keep("areas of tables", lambda: recogniser(registry.areas))
    tidy = None if said.get("sheet") else _tidy(table, recognise, asked, marks)
    readings: list[SheetReading] = [] if tidy is None else [tidy]
    aside: list[tuple[str, str]] = []
    wanted: list[Wanted] = []
    if tidy is None:
        name, sheets = _sheets(table)
        sheets = _chosen(sheets, said.get("sheet"))
        readings, aside, wanted = _readings(sheets, recognise, asked, marks)
    else:
        name = os.path.basename(as_path(table))
    for reading in readings:
        if reading.undecided:
            text = f"{some([repr(one) for one in reading.undecided], 3)} can be read in two ways"
            wanted.append(Wanted("numbers", text, tuple(CONVENTIONS)))
    defined = _measure(measure, said, registry, wanted)
    _check_period(readings, said.get("period"))
    scale = _factor(said.get("scale", 1))
    check_scale(readings, defined, scale)
    if "scale" not in said:
        wanted += unscaled(name, readings, defined, said.get("unit", ""))
    faults = [fault for reading in readings for fault in reading.faults]
    for reading in readings:
        faults += faults_of(reading, defined, registry.areas)
    return OwnTable(
        name,
        tuple(readings),
        tuple(aside),
        defined,
        _source(said.get("source"), wanted),
        said.get("edition", UNNAMED),
        scale * _in_units(defined, said.get("unit")),
        tuple(dict.fromkeys(wanted)),
        tuple(sorted(faults, key=_in_order(readings))),
    )


def read_own(location: Any, registry: "Registry") -> Dataset:
    """The dataset of a data package, or of a table that can be read without asking.

    The measure of a table is that which its file is called by, as `population.csv`, and so is its
    source.

    Raises:
        InvalidData: it cannot be read; or something must be said first, which `bajio import` asks.
    """
    from bajio.registry.own_data import read_package

    path = as_path(location)
    name = os.path.basename(path)
    if os.path.isdir(path) or name.endswith(".json"):
        return read_package(path, registry)
    stem = os.path.splitext(name)[0]
    if stem not in registry.dataset.measures:
        advice = "bajio import makes a package of a table that is told what its figures are"
        raise InvalidData(f"{shown(stem)} is no measure: {advice}", file=path)
    return read_table(path, stem, source=stem, registry=registry)


def _asked(said: TableOptions) -> TableHints:
    period, frequency = said.get("period"), said.get("frequency")
    return TableHints(
        said.get("areas"),
        said.get("periods"),
        said.get("values"),
        None if period is None else str(period),
        dict(as_texts_by_name(said.get("where", {}), "where")),
        None if frequency is None else as_choice(frequency, Frequency, "frequency"),
    )


def _marks(numbers: str | None) -> Marks | None:
    if numbers is None:
        return None
    if numbers not in CONVENTIONS:
        raise InvalidValue(
            f"numbers are written as {some(list(CONVENTIONS), 3)}, not {shown(numbers)}"
        )
    return CONVENTIONS[numbers]


def _factor(scale: str | float | Fraction) -> Fraction:
    if isinstance(scale, str) and scale in SCALES:
        return Fraction(SCALES[scale])
    try:
        factor = exact_number(scale)
    except InvalidValue:
        raise InvalidValue(
            f"{shown(scale)} is no scale: give a number or {some(list(SCALES), 4)}"
        ) from None
    if factor <= 0:
        raise InvalidValue(f"{shown(scale)} is no scale: give a number above 0")
    return factor


def _tidy(
    table: Any, recognise: Recognise, asked: TableHints, marks: Marks | None
) -> SheetReading | None:
    """What is read of a large tidy file by column; `None` of any other table."""
    if not isinstance(table, str | os.PathLike) or find_spec("narwhals") is None:
        return None
    from bajio.readers.tidy_tables import tidy_reading

    return tidy_reading(as_path(table), recognise, asked, marks)


def _sheets(table: Any) -> tuple[str, list[Grid]]:
    """The name of a table, and its sheets."""
    if isinstance(table, str | os.PathLike):
        path = as_path(table)
        return os.path.basename(path), read_sheets(path)
    from bajio.engines.frame.whole_frames import columns_of

    return "frame", [of_columns(*columns_of(table, "the table"))]


def _chosen(sheets: list[Grid], name: str | None) -> list[Grid]:
    """The sheet of a name; all of them, where none is named."""
    if name is None:
        return sheets
    result = [sheet for sheet in sheets if sheet.name == name]
    if not result:
        names = [sheet.name for sheet in sheets]
        raise InvalidValue(f"no sheet {shown(name)}: there are {some(names, _MOST_TOLD)}")
    return result


def _readings(
    sheets: Sequence[Grid], recognise: Recognise, asked: TableHints, marks: Marks | None
) -> tuple[list[SheetReading], list[tuple[str, str]], list[Wanted]]:
    """What is read of each sheet, the sheets that are not read, and what must be said."""
    readings: list[SheetReading] = []
    aside: list[tuple[str, str]] = []
    aside += [(sheet.name, "it is hidden") for sheet in sheets if not sheet.rows]
    sheets = [sheet for sheet in sheets if sheet.rows]
    for sheet in sheets:
        options = asked
        if len(sheets) > 1 and asked.period is None and as_period(sheet.name) is not None:
            options = evolve(asked, period=as_period(sheet.name))
        try:
            readings.append(read_figures(sheet, recognise, options, marks))
        except InvalidData as error:
            aside.append((sheet.name, error.problem))
        except InvalidValue as error:  # no such column, which another sheet may have
            if sheet is sheets[-1] and not readings:
                raise
            aside.append((sheet.name, str(error)))
    wanted: list[Wanted] = []
    if not readings:
        wanted.append(_wanted_of(aside))
    elif len(readings) > 1 and not all(as_period(reading.sheet) for reading in readings):
        names = tuple(reading.sheet for reading in readings)
        wanted.append(Wanted("sheet", "several hold tables", names))
    return readings, aside, wanted


def _wanted_of(aside: Sequence[tuple[str, str]]) -> Wanted:
    """What must be said of a table no sheet of which can be read."""
    problem = aside[0][1]
    for option in ("values", "period", "areas", "frequency", "where"):
        if problem.endswith(f"({option})"):
            return Wanted(option, problem.removesuffix(f"({option})").strip())
    return Wanted(
        "sheet", "; ".join(f"{sheet}: {why}" if sheet else why for sheet, why in aside[:3])
    )


def _measure(
    value: Measure | str | None, said: TableOptions, registry: "Registry", wanted: list[Wanted]
) -> Measure | None:
    """What the figures are of, as far as that is said."""
    options_said = [name for name in MeasureOptions.__optional_keys__ if said.get(name) is not None]
    if isinstance(value, Measure):
        return value
    if value is None:
        wanted.append(Wanted("measure", "what the figures are of: a code, as population or beds"))
        return None
    code, known = as_code(as_text(value, "a measure's code")), registry.dataset.measures
    if code in known:
        if options_said and options_said != ["unit"]:
            text = (
                f"leave {some(sorted(options_said), len(options_said))} out, or take another code"
            )
            raise InvalidValue(f"there is a measure {code!r} already: {text}")
        return known[code]
    weight = said.get("weight")
    if weight is not None and weight not in known:
        raise UnknownCode("measure", as_text(weight, "a weight"), known, _WEIGHTS)
    lacking = [
        Wanted(option, why, choices)
        for option, why, choices in _ASKED_OF_MEASURES
        if option not in options_said and (option != "weight" or said.get("kind") == Kind.INTENSIVE)
    ]
    wanted += lacking
    if lacking:
        return None
    return Measure(
        code,
        said.get("label", code),
        said["unit"],
        kind=said["kind"],
        weight=weight,
        time=said["time"],
    )


def _check_period(readings: Sequence[SheetReading], values: str | int | None) -> None:
    """Refuse a period for all figures where the table itself says that they are of others."""
    if values is None:
        return
    period = str(Period.parse(str(values)))
    for reading in readings:
        periods = {figure.period for figure in reading.figures}
        other = next(
            (period_read for period_read in sorted(periods) if not _is_within(period_read, period)),
            None,
        )
        if other is not None:
            raise InvalidValue(f"the table has figures of {other}: leave period {period} out")


def _in_order(readings: Sequence[SheetReading]) -> Callable[[Fault], tuple[int, int, int, str]]:
    """The place of a fault in the order of its sheets, rows and columns."""
    sheets = {reading.sheet: number for number, reading in enumerate(readings)}
    return lambda fault: (sheets[fault.sheet], fault.row or 0, len(fault.column), fault.column)


def _is_within(period: str, whole: str) -> bool:
    """Whether a period is another, or a part of it, as where months of a year are columns."""
    return period == whole or period.startswith(f"{whole}-")


def _in_units(measure: Measure | None, unit: str | None) -> Fraction:
    """How many of a measure's unit one is of that which its figures are said to be in."""
    if measure is None or unit is None:
        return Fraction(1)
    table_unit = Unit.parse(unit)
    if table_unit == measure.unit:
        return Fraction(1)
    if not same_dimension(table_unit, measure.unit):
        text = f"{measure.code!r} is measured in {measure.unit}, and not in {unit}"
        raise InvalidValue(f"{text}: convert the figures, or take another code")
    return Fraction(factor(table_unit, measure.unit))


def _source(value: Source | str | None, wanted: list[Wanted]) -> Source | None:
    if value is None:
        wanted.append(Wanted("source", "who published the figures"))
        return None
    if isinstance(value, Source):
        return value
    title = as_text(value, "a source").strip()
    if not title:
        raise InvalidValue("the source is empty: say who published the figures")
    code = "-".join(word for word in map(folded, title.split()) if word)[:60].strip("-")
    return Source(code if code[:1].isalpha() else f"source-{code}".strip("-"), title)
