"""What was understood of a table of one's own as a document, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from bajio.readers.cell_numbers import Marks
from bajio.readers.grid_cells import column_name
from bajio.report.kinds import CODE, FLAG, TEXT, TEXTS, WHOLE, Phrase
from bajio.report.records import (
    Column,
    ListOf,
    MappingOf,
    Record,
    Text,
    ValueKind,
    Voice,
    said,
)
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.enumerations import some_of
from bajio.words.messages import message_text
from bajio.words.phrasebook import say
from bajio.words.sentences import Message

if TYPE_CHECKING:
    from bajio.facts.measures import Measure
    from bajio.readers.sheet_readings import Fault, LeftOut, SheetReading
    from bajio.readers.spreadsheets import Assumption
    from bajio.registry import Registry
    from bajio.registry.own_tables import OwnTable
    from bajio.registry.table_scales import Wanted

_MOST_TOLD = 3
_MOST_LEFT = 12
_MARKS = {Marks.POINT: "1,234.5", Marks.COMMA: "1.234,5"}


def _periods(reading: "SheetReading") -> list[str]:
    return sorted({figure.period for figure in reading.figures})


def _assumed(assumption: "Assumption", language: str) -> str:
    return say(f"import.{assumption.phrase}", language, **assumption.places)


_LEFT = Record(Column("row", WHOLE), Column("text", TEXT), Column("reason", TEXT))
_SHEET = Record(
    Column("sheet", TEXT),
    Column("layout", TEXT, lambda reading: reading.layout.form),
    Column("header_row", WHOLE | None, lambda reading: reading.layout.header + 1 or None),
    Column("figures", WHOLE, lambda reading: len(reading.figures)),
    Column("missing", WHOLE, lambda reading: sum(one.value is None for one in reading.figures)),
    Column("periods", TEXTS, _periods),
    Column("decimals", TEXT | None, lambda reading: reading.marks and _MARKS[reading.marks]),
    Column("areas", MappingOf(CODE), lambda reading: reading.names),
    Column("unread_columns", TEXTS, lambda reading: reading.layout.unread),
    Column("left_out", ListOf(_LEFT)),
    Column("assumed", TEXTS, lambda reading: [_assumed(one, "en") for one in reading.assumed]),
)
_FAULT = Record(
    Column("sheet", TEXT, lambda fault: Message(fault.sheet), heading="where"),
    Column("row", WHOLE | None, heading="row"),
    Column("column", TEXT, heading="column"),
    Column("found", TEXT, lambda fault: Message(fault.found), heading="found"),
    Column("expected", TEXT, lambda fault: Message(fault.expected), heading="expected"),
    Column("harmless", FLAG),
)
_WANTED = Record(Column("option", TEXT), Column("reason", TEXT), Column("choices", TEXTS))
_TABLE = Record(
    Column("file", TEXT, lambda table: table.name),
    Column("measure", CODE | None, lambda table: table.measure and table.measure.code),
    Column("unit", TEXT | None, lambda table: table.measure and table.measure.unit),
    Column("scale", TEXT, lambda table: table.scale),
    Column("sheets", ListOf(_SHEET), lambda table: table.readings),
    Column("wanted", ListOf(_WANTED)),
    Column("faults", ListOf(_FAULT)),
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
        rows.append((Phrase("import.measure"), partial(_measure, table, table.measure)))
    if table.source is not None:
        rows.append((Phrase("import.source"), str(table.source)))
    columns = (
        Column("what", TEXT, heading="what"),
        Column("understood", _SAID, heading="as"),
    )
    notes: list[Text] = [
        partial(_set_aside, name, why) for name, why in table.set_aside if table.readings
    ]
    notes += [_line(fault) for fault in table.faults]
    notes += [partial(_wanted, wanted) for wanted in table.wanted]
    notes += [partial(say, "import.wrote", folder=written)] * bool(written)
    title = partial(say, "import.title", file=table.name)
    report = Report(title, columns, tuple(rows), tuple(notes))
    lines: list[tuple[Record, Any]] = [(_SHEET, reading) for reading in table.readings]
    lines += [(_FAULT, fault) for fault in table.faults]
    return Document(IMPORT, table, lines, (report,), Voice(registry=registry))


def _measure(table: "OwnTable", measure: "Measure", language: str) -> str:
    unit, label = str(measure.unit), measure.label.text(language)
    text = say("import.unit", language, label=label, code=measure.code, unit=unit)
    return text if table.scale == 1 else text + say("import.scale", language, scale=table.scale)


def _told(reading: "SheetReading") -> Iterator[tuple[Phrase, Text]]:
    layout = reading.layout
    if reading.sheet:
        yield Phrase("import.sheet"), reading.sheet
    yield Phrase("import.layout"), partial(_layout, reading)
    yield Phrase("import.areas"), partial(_areas, reading)
    periods = _periods(reading)
    if periods:
        yield Phrase("import.periods"), partial(_span, periods)
    yield Phrase("import.figures"), partial(_figures, reading)
    if reading.marks is not None:
        yield Phrase("import.numbers"), partial(say, "import.as", marks=_MARKS[reading.marks])
    if layout.unread:
        yield Phrase("import.not-read"), partial(_unread, layout.unread)
    for assumption in reading.assumed:
        yield Phrase("import.assumed"), partial(_assumed, assumption)
    for row in reading.left_out[:_MOST_LEFT]:
        yield Phrase("import.row", row=str(row.row)), partial(_left_out, row)
    untold = len(reading.left_out) - _MOST_LEFT
    if untold > 0:
        yield Phrase("import.rows"), partial(say, "import.more-left-out", count=untold)


def _left_out(row: "LeftOut", language: str) -> str:
    reason = message_text(row.reason, language)
    return say("import.left-out", language, reason=reason, text=row.text[:60])


def _set_aside(sheet: str, reason: str, language: str) -> str:
    return say("import.set-aside", language, sheet=sheet, reason=message_text(reason, language))


def _wanted(option: "Wanted", language: str) -> str:
    choices = f": {', '.join(option.choices)}" if option.choices else ""
    what = f"{option.option}{choices} ({message_text(option.reason, language)})"
    return say("import.say", language, what=what)


def _layout(reading: "SheetReading", language: str) -> str:
    layout = reading.layout
    form = message_text(layout.form, language)
    if layout.header < 0:
        return form
    return f"{form}{say('import.header', language, row=layout.header + 1)}"


def _areas(reading: "SheetReading", language: str) -> str:
    where = some_of([column_name(column) for column in reading.layout.areas], 2, language)
    areas = [f"{text} → {code}" for text, code in reading.names.items() if text != code]
    place = say("import.column", language, where=where) if where else ""
    matches = f": {some_of(areas, _MOST_TOLD, language)}" if areas else ""
    return f"{place}{len(set(reading.names.values()))}{matches}"


def _figures(reading: "SheetReading", language: str) -> str:
    absent = sum(figure.value is None for figure in reading.figures)
    if not absent:
        return str(len(reading.figures))
    notes = {figure.note for figure in reading.figures if figure.value is None}
    missing = sorted(message_text(note, language) for note in notes)
    names = some_of(missing, _MOST_TOLD, language)
    gaps = say("import.missing", language, count=absent, notes=names)
    return f"{len(reading.figures)}{gaps}"


def _unread(columns: Sequence[str], language: str) -> str:
    return say("import.columns", language, columns=some_of(columns, _MOST_TOLD, language))


def _span(periods: Sequence[str], language: str) -> str:
    if len(periods) == 1:
        return periods[0]
    return say("import.span", language, count=len(periods), first=periods[0], last=periods[-1])


def _line(fault: "Fault") -> Text:
    return partial(_fault, fault)


def _fault(fault: "Fault", language: str) -> str:
    texts = (message_text(text, language) for text in (fault.found, fault.expected))
    key = "import.note" if fault.harmless else "import.wrong"
    return say(key, language, fault=fault.placed(*texts))


_SAID = ValueKind({}, words=lambda text, voice: said(text, voice.language))


def check_report(faults: Sequence[Any], name: str) -> Document:
    """All faults of a file as a document."""
    shown = tuple(column for column in _FAULT.columns if column.key != "harmless")
    title = (
        partial(say, "check.faults", file=name, count=len(faults))
        if faults
        else partial(say, "check.none", file=name)
    )
    reports = (Report(title, shown, rows_of(shown, faults)) if faults else Report(title, (), ()),)
    return Document(CHECK, (name, faults), [(_FAULT, fault) for fault in faults], reports)
