"""Figures as they are given, read exactly: each a finite number of bearable length, or none."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bajio.amounts import MOST_DIGITS, exact_number
from bajio.errors import InvalidValue, shown
from bajio.facts.observations import Exact, exact

Figure = Exact | Decimal | None
#: What plain numbers are made of; a column of it can be converted at once.
_PLAIN = re.compile(r"[0-9.+-]*")
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"


def read_figures(values: Sequence[Any]) -> list[Figure]:
    """Figures of a column: numbers, texts of numbers, `None` or an empty text where there is none.

    Raises:
        InvalidFigure: with the place of the first that is no such thing.

    Examples:
        >>> read_figures(["12", "0.5", ""])
        [Decimal('12'), Decimal('0.5'), None]
        >>> read_figures(["12", "0.5", "", None, 3])
        [12, Fraction(1, 2), None, None, 3]
    """
    if set(map(type, values)) == {str}:
        result = _read_texts(values)
        if result is not None:
            return result
    figures: list[Figure] = []
    for position, text in enumerate(values):
        try:
            figures.append(read_figure(text))
        except InvalidValue as error:
            raise InvalidFigure(str(error), position) from None
    return figures


class InvalidFigure(InvalidValue):
    """What is no figure, and its place in the column."""

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = position

    def __reduce__(self) -> tuple[type["InvalidFigure"], tuple[str, int]]:
        return InvalidFigure, (self.problem, self.at)


def _read_texts(texts: Sequence[str]) -> list[Figure] | None:
    """All of a column's plain numbers at once; `None` where one is no such number."""
    if not _PLAIN.fullmatch("".join(texts)) or max(map(len, texts)) > MOST_DIGITS:
        return None
    if "" in texts:
        rest = [text for text in texts if text]
        figures = _read_texts(rest) if rest else []
        remaining = iter(figures or ())
        return None if figures is None else [next(remaining) if text else None for text in texts]
    try:
        return list(map(int, texts))
    except ValueError:
        pass
    try:
        decimals = list(map(Decimal, texts))
    except InvalidOperation:
        return None
    # where the surroundings do not raise, what is no number has become NaN
    return list(decimals) if all(map(Decimal.is_finite, decimals)) else None


def read_figure(value: object) -> Figure:
    """One figure, or none.

    Raises:
        InvalidValue: it is no number, not exact, not finite, or out of bounds.

    Examples:
        >>> read_figure("2.50"), read_figure("-1e3")
        (Fraction(5, 2), -1000)
        >>> read_figure(0.1)
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: 0.1 is a float: give an int, Fraction or Decimal, which are exact
    """
    if value is None or (isinstance(value, str) and not value):
        return None
    if type(value) is int and value.bit_length() <= MOST_DIGITS:  # as nearly all are
        return value
    if isinstance(value, str) and not re.fullmatch(_NUMBER, value):
        raise InvalidValue(f"{shown(value)} is not a finite number")
    if "float" in type(value).__name__:
        advice = "give an int, Fraction or Decimal, which are exact"
        raise InvalidValue(f"{shown(value)} is a float: {advice}")
    try:
        return exact(exact_number(value))
    except InvalidValue as error:
        advice = "; where there is none, give None" if "no number" in str(error) else ""
        raise InvalidValue(f"{error}{advice}") from None
