"""Columns that say in which unit, currency, prices or multiple each figure of a table is."""

from collections.abc import Iterable, Mapping, Sequence

from bajio.facts.recognition import folded
from bajio.readers.grid_cells import text_of
from bajio.readers.sheet_layouts import SheetLayout
from bajio.readers.spreadsheets import Grid

#: How they are called, folded; those of powers of ten are last.
_UNITS = {
    *("unidad", "unidades", "unidaddemedida", "unidadmedida", "unidaddemultiplicacion"),
    *("unit", "units", "unitmeasure", "unitofmeasure", "uom", "moneda", "currency"),
    *("precios", "basedeprecios", "pricebase", "prices", "base", "anobase", "baseyear"),
}
_POWERS = {"unitmult", "unitmultiplier", "powercode"}


def unit_columns(sheet: Grid, layout: SheetLayout) -> tuple[int, ...]:
    """The columns of a sheet that say what its figures are in, and are not read."""
    if layout.header < 0 or layout.across:
        return ()
    read = {*layout.areas, *layout.periods, layout.values, *(spot.column for spot in layout.spots)}
    header = sheet.rows[layout.header]
    return tuple(
        column
        for column, cell in enumerate(header)
        if column not in read and folded(text_of(cell)) in _UNITS | _POWERS
    )


def texts_by_row(sheet: Grid, column: int, rows: Iterable[int]) -> dict[int, str]:
    """What a column says in some rows; nothing of those in which it is blank."""
    texts = {row: text_of(sheet.cell(row, column)) for row in rows}
    return {row: text for row, text in texts.items() if text}


def told_scales(header: Sequence[str], texts: Mapping[int, str]) -> list[str]:
    """What columns that say one thing in all rows tell of the size of figures.

    Examples:
        >>> told_scales(["UNIT_MULT", "Unidad"], {0: "6", 1: "miles de pesos"})
        ['UNIT_MULT 6: in millions', 'miles de pesos']
    """
    sizes = {"3": "thousands", "6": "millions", "9": "billions"}
    result = []
    for column, text in texts.items():
        if folded(header[column]) not in _POWERS:
            result.append(text)
        elif text not in {"0", "0.0", "1"}:
            result.append(f"{header[column]} {text}: in {sizes.get(text, 'thousands or millions')}")
    return result
