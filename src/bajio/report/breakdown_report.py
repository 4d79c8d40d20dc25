"""Breakdowns as documents."""

from typing import TYPE_CHECKING, Any

from bajio.report.kinds import (
    AMOUNT,
    CODE,
    COVERAGE,
    EXACT,
    LONG_TEXT,
    NUMBER,
    PERIOD,
    STATUS,
    TEXT,
    TEXTS,
    YEAR,
)
from bajio.report.records import Column, MappingOf, Nullable, Record
from bajio.report.reports import Report
from bajio.report.wording import value_text
from bajio.words.enumerations import status_legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bajio.questions.breakdown import Breakdown, Cell

#: How many keys without a value are told with their reasons.
_MOST_REASONS = 5

BREAKDOWN = Record(
    Column("indicator", CODE, lambda table: table.indicator.code),
    Column("label", TEXT, lambda table: table.indicator.label),
    Column("axis", CODE),
    Column("level", Nullable(CODE), lambda table: table.level or None),
    Column("values", MappingOf(NUMBER), lambda table: table.exact),
    Column("exact", MappingOf(EXACT)),
    Column("labels", MappingOf(TEXT), lambda table: {one.key: one.label for one in table.cells}),
    Column("missing", MappingOf(TEXT)),
    Column("total", Nullable(NUMBER), lambda table: table.total and table.total.point),
    Column("unit", TEXT),
    Column("period", PERIOD),
    Column("year", YEAR, lambda table: table),
    Column("status", STATUS),
    Column("coverage", COVERAGE),
    Column("sources", TEXTS),
)
#: A row of CSV: a breakdown and one of its cells.
BREAKDOWN_ROW = Record(
    Column("region", CODE, lambda pair: pair[0].region.code),
    Column("indicator", CODE, lambda pair: pair[0].indicator.code),
    Column("label", TEXT, lambda pair: pair[0].indicator.label),
    Column("key", CODE, lambda pair: pair[1].key),
    Column("key_label", TEXT, lambda pair: pair[1].label),
    Column("value", Nullable(NUMBER), lambda pair: pair[1].exact),
    Column("exact", Nullable(EXACT), lambda pair: pair[1].exact),
    Column("unit", TEXT, lambda pair: pair[0].unit),
    Column("period", PERIOD, lambda pair: pair[0].period),
    Column("year", YEAR, lambda pair: pair[0]),
)


def breakdown_lines(table: "Breakdown") -> "Iterator[tuple[Record, tuple[Breakdown, Cell]]]":
    """A breakdown as rows of CSV: one a key."""
    return ((BREAKDOWN_ROW, (table, cell)) for cell in table.cells)


def breakdown_report(table: "Breakdown") -> Report:
    """A breakdown as a table, greatest values first; members and parts in their own order."""
    cells = list(table.cells)
    if table.axis not in {"member", "part"}:
        cells.sort(key=lambda cell: (cell.exact is None, -(cell.exact or 0)))
    columns: tuple[Column, ...] = (
        Column("key", CODE, label=table.axis.capitalize()),
        Column("", LONG_TEXT),
        Column("value", AMOUNT, label="Value", absent="–"),
    )
    rows: list[tuple[Any, ...]] = [
        (cell.key, cell.label, None if cell.exact is None else (cell.exact, table.indicator))
        for cell in cells
    ]
    if table.total is not None:
        rows.append(("", "Total", value_text(table.total)))
    if table.axis == "part":  # its key and its name are the same words
        columns, rows = (
            (Column("label", LONG_TEXT, label="Part"), columns[2]),
            [r[1:] for r in rows],
        )
    legend = status_legend({table.status})
    notes = [f"{legend[0]}: {legend[2:]}."] if legend else []
    if table.level:
        what = "leaves" if table.level == "leaves" else f"categories below {table.level}"
        notes.append(f"Over the {len(cells)} {what} of the classification, which do not overlap.")
    when = f", {table.period}" if table.period is not None else ""
    title = f"{table.indicator.label} of {table.region}{when}"
    sources = map(str, table.sources)
    return Report(title, columns, tuple(rows), [*notes, *_missing_keys(table)], sources)


def _missing_keys(table: "Breakdown") -> list[str]:
    """Why keys have no value: the reasons of the first of them, and which others there are."""
    missing = list(table.missing.items())
    notes = [f"No value for {key}: {reason}." for key, reason in missing[:_MOST_REASONS]]
    others = ", ".join(key for key, _ in missing[_MOST_REASONS:])
    return notes + (
        [f"No value either for {others}: --format json has the reasons."] * bool(others)
    )
