"""Residuals: what an area has and none of its parts, where only its total and theirs are known."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bajio.errors import InvalidData, shown, some
from bajio.facts.areas import UNALLOCATED, Areas
from bajio.facts.observations import Exact, Key, Mark, exact, weakest
from bajio.facts.periods import year_of
from bajio.facts.tables import Cells, SeriesTable

if TYPE_CHECKING:
    from decimal import Decimal

_MOST_TOLD = 4


def with_residual(table: SeriesTable, residual: str, areas: Areas) -> SeriesTable:
    """A table with the figures of what is allocated to none of an area's parts.

    Each is the area's figure less those of all its parts, and what else is allocated to none; there
    is none in a period in which one of these lacks a figure. A table that has figures of it already
    stays as it is.

    Args:
        table: the observations of a series.
        residual: code of an area of the kind `unallocated`, in the area whose parts fall short.
        areas: those that are known.

    Raises:
        InvalidData: the code is of another area, or the parts are of several kinds.
    """
    if not table.values:
        return table
    if residual not in areas or areas[residual].kind != UNALLOCATED:
        raise InvalidData(f"{shown(residual)} is no area of the kind {UNALLOCATED!r}")
    if _is_told(table, residual):
        return table
    whole = areas[residual].within or ""
    kind = _kind_of_parts(table, whole, areas)
    if not kind:
        return table
    values: dict[Key, Mapping[str, Cells]] = dict(table.values)
    marks = dict(table.marks)
    for key, by_area in table.values.items():
        cells: dict[str, Exact | Decimal] = {}
        for period, total in by_area.get(whole, {}).items():
            year = year_of(period) if period else None
            parts = [*areas.parts(whole, kind, year), *areas.parts(whole, UNALLOCATED, year)]
            parts = [part for part in parts if part != residual and _counts(table, part, areas)]
            lacking = [part for part in parts if period not in by_area.get(part, {})]
            if lacking:
                marks[key, residual, period] = Mark(
                    "O", f"no figure of {some(lacking, _MOST_TOLD)}"
                )
                continue
            cells[period] = exact(
                exact(total) - sum(exact(by_area[part][period]) for part in parts)
            )
            status = weakest(_statuses(table, key, (whole, *parts), period))
            text = f"derived: {whole} less its {len(parts)} parts"
            marks[key, residual, period] = Mark(status, text)
        if cells:
            values[key] = {**by_area, residual: cells}
    return SeriesTable(values, marks, table.origins)


def _is_told(table: SeriesTable, area: str) -> bool:
    """Whether a table says anything of an area."""
    return any(area in by_area for by_area in table.values.values()) or any(
        place == area for _, place, _ in table.marks
    )


def _kind_of_parts(table: SeriesTable, whole: str, areas: Areas) -> str:
    """The kind of the parts that a table has figures of; empty where it has of none."""
    held = {code for by_area in table.values.values() for code in by_area}
    inside = [areas[code] for code in held if code in areas and areas[code].within == whole]
    kinds = sorted({area.kind for area in inside} - {UNALLOCATED})
    if len(kinds) > 1:
        text = ", ".join(kinds)
        raise InvalidData(
            f"the parts of {whole} are of several kinds ({text}): what they fall short of is told "
            "where all are of one kind"
        )
    return kinds[0] if kinds else ""


def _counts(table: SeriesTable, part: str, areas: Areas) -> bool:
    """Whether a part is taken away: what is allocated to none only where it has figures."""
    return areas[part].kind != UNALLOCATED or _is_told(table, part)


def _statuses(table: SeriesTable, key: Key, codes: Iterable[str], period: str) -> Iterator[str]:
    marks = (table.marks.get((key, code, period)) for code in codes)
    return (mark.status for mark in marks if mark is not None)
