"""What was understood of a table of one's own as a document, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bajio.errors import some
from bajio.readers.cell_numbers import Marks
from bajio.readers.grid_cells import column_name
from bajio.report.kinds import CODE, FLAG, TEXT, TEXTS, WHOLE
from bajio.report.records import Column, ListOf, MappingOf, Nullable, Record, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of

if TYPE_CHECKING:
    from bajio.readers.sheet_figures import Fault, SheetReading
    from bajio.registry import Registry
    from bajio.registry.own_tables import OwnTable

_MOST_TOLD = 3
_MOST_LEFT = 12
_MARKS = {Marks.POINT: "1,234.5", Marks.COMMA: "1.234,5"}


def _periods(reading: "SheetReading") -> list[str]:
    return sorted({one.period for one in reading.figures})


_LEFT = Record(Column("row", WHOLE), Column("text", TEXT), Column("reason", TEXT))
_SHEET = Record(
    Column("sheet", TEXT),
    Column("layout", TEXT, lambda reading: reading.layout.form),
    Column("header_row", Nullable(WHOLE), lambda reading: reading.layout.header + 1 or None),
    Column("figures", WHOLE, lambda reading: len(reading.figures)),
    Column("missing", WHOLE, lambda reading: sum(one.value is None for one in reading.figures)),
    Column("periods", TEXTS, _periods),
    Column("decimals", Nullable(TEXT), lambda reading: reading.marks and _MARKS[reading.marks]),
    Column("areas", MappingOf(CODE), lambda reading: reading.names),
    Column("unread_columns", TEXTS, lambda reading: reading.layout.unread),
    Column("left_out", ListOf(_LEFT)),
)
_FAULT = Record(
    Column("sheet", TEXT, label="Where"),
    Column("row", Nullable(WHOLE), label="Row"),
    Column("column", TEXT, label="Column"),
    Column("found", TEXT, label="Found"),
    Column("expected", TEXT, label="Expected"),
    Column("harmless", FLAG),
)
_WANTED = Record(Column("option", TEXT), Column("reason", TEXT), Column("choices", TEXTS))
_TABLE = Record(
    Column("file", TEXT, lambda table: table.name),
    Column("measure", Nullable(CODE), lambda table: table.measure and table.measure.code),
    Column("unit", Nullable(TEXT), lambda table: table.measure and table.measure.unit),
    Column("scale", TEXT, lambda table: table.scale),
    Column("sheets", ListOf(_SHEET), lambda table: table.readings),
    Column("wanted", ListOf(_WANTED)),
    Column("faults", ListOf(_FAULT)),
)
_PAIR = Record(
    Column("what", TEXT, lambda pair: pair[0], "What"),
    Column("understood", TEXT, lambda pair: pair[1], "As"),
)
IMPORT = AnswerSchema(
    "import", "What was understood of a table of one's own", _TABLE, (_SHEET, _FAULT)
)
_CHECKED = Record(
    Column("file", TEXT, lambda checked: checked[0]),
    Column("faults", ListOf(_FAULT), lambda checked: checked[1]),
)
CHECK = AnswerSchema("check", "What is wrong with a file", _CHECKED, (_FAULT,))


def import_report(table: "OwnTable", registry: "Registry", written: str = "") -> Document:
    """What was understood of a table, as a document.

    Args:
        table: what was understood.
        registry: what knows the names of its areas.
        written: the folder that a package was written to, if one was.
    """
    rows = [pair for reading in table.readings for pair in _told(reading)]
    if table.measure is not None:
        unit = str(table.measure.unit)
        scale = "" if table.scale == 1 else f", each figure times {table.scale}"
        rows.append(("Measure", f"{table.measure.label} ({table.measure.code}), in {unit}{scale}"))
    if table.source is not None:
        rows.append(("Source", str(table.source)))
    notes = [
        *(f"Sheet {name} is not read: {why}." for name, why in table.set_aside if table.readings),
        *(_line(fault) for fault in table.faults),
        *(f"Say {one}." for one in table.wanted),
        *([f"Wrote {written}: use it with --data {written}"] if written else []),
    ]
    report = Report(f"{table.name} as understood", _PAIR.columns, tuple(rows), notes)
    lines: list[tuple[Record, Any]] = [(_SHEET, reading) for reading in table.readings]
    lines += [(_FAULT, fault) for fault in table.faults]
    return Document(IMPORT, table, lines, (report,), Voice(registry=registry))


def _told(reading: "SheetReading") -> Iterator[tuple[str, str]]:
    layout = reading.layout
    if reading.sheet:
        yield "Sheet", reading.sheet
    header = f", names of columns in row {layout.header + 1}" if layout.header >= 0 else ""
    yield "Layout", f"{layout.form}{header}"
    where = some([column_name(one) for one in layout.areas], 2)
    areas = [f"{text} → {code}" for text, code in reading.names.items() if text != code]
    place = f"column {where}: " if where else ""
    told = f": {some(areas, _MOST_TOLD)}" if areas else ""
    yield "Areas", f"{place}{len(set(reading.names.values()))}{told}"
    periods = _periods(reading)
    if periods:
        yield "Periods", _span(periods)
    absent = sum(one.value is None for one in reading.figures)
    missing = sorted({one.note for one in reading.figures if one.value is None})
    gaps = f", {absent} missing ({some(missing, _MOST_TOLD)})" if absent else ""
    yield "Figures", f"{len(reading.figures)}{gaps}"
    if reading.marks is not None:
        yield "Numbers", f"as {_MARKS[reading.marks]}"
    if layout.unread:
        yield "Not read", f"columns {some(layout.unread, _MOST_TOLD)}"
    for one in reading.left_out[:_MOST_LEFT]:
        yield f"Row {one.row}", f"left out, {one.reason}: {one.text[:60]}"
    if len(reading.left_out) > _MOST_LEFT:
        yield "Rows", f"{len(reading.left_out) - _MOST_LEFT} more are left out"


def _span(periods: Sequence[str]) -> str:
    return periods[0] if len(periods) == 1 else f"{len(periods)}: {periods[0]} to {periods[-1]}"


def _line(fault: "Fault") -> str:
    return f"{'Note' if fault.harmless else 'Wrong'}: {fault}."


def check_report(faults: Sequence[Any], name: str) -> Document:
    """All faults of a file as a document."""
    shown = tuple(column for column in _FAULT.columns if column.key != "harmless")
    title = f"{name}: {len(faults)} fault{'' if len(faults) == 1 else 's'}"
    title = title if faults else f"{name}: nothing wrong"
    reports = (Report(title, shown, rows_of(shown, faults)) if faults else Report(title, (), ()),)
    return Document(CHECK, (name, faults), [(_FAULT, fault) for fault in faults], reports)
