"""Cells of sheets: what they hold, what they show, and how spreadsheets name their places."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | int | float | Decimal | bool | date | datetime | time | timedelta | None


def text_of(cell: Cell) -> str:
    """What a cell shows where it names something.

    Examples:
        >>> text_of(2018.0), text_of(" Jalisco "), text_of(None)
        ('2018', 'Jalisco', '')
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def column_name(index: int) -> str:
    """A column as spreadsheets call it, counted from 0.

    Examples:
        >>> column_name(0), column_name(27)
        ('A', 'AB')
    """
    letters, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
