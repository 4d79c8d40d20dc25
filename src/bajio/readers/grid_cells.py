"""Cells of sheets: what they hold, what they show, and how spreadsheets name their places."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple, Self


class PercentCell(Decimal):
    """A number that a workbook shows in percent: 10.5 where a cell holds 0.105.

    Examples:
        >>> text_of(PercentCell("10.5"))
        '10.5%'
    """

    def __str__(self) -> str:
        return f"{super().__str__()}%"


class MoneyCell(Decimal):
    """A number that a workbook shows with a sign of money.

    Examples:
        >>> text_of(MoneyCell("7.5", "$"))
        '$7.5'
    """

    def __new__(cls, value: str, sign: str) -> Self:
        """A number and its sign."""
        result = super().__new__(cls, value)
        result.sign = sign
        return result

    sign: str

    def __str__(self) -> str:
        return f"{self.sign}{super().__str__()}"


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


class MergedCells(NamedTuple):
    """Cells that are merged into one: the first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int
