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


def read_figures(given: Sequence[Any]) -> list[Figure]:
    """Figures of a column: numbers, texts of numbers, `None` or an empty text where there is none.

    Raises:
        InvalidFigure: with the place of the first that is no such thing.

    Examples:
        >>> read_figures(["12", "0.5", ""])
        [Decimal('12'), Decimal('0.5'), None]
        >>> read_figures(["12", "0.5", "", None, 3])
        [12, Fraction(1, 2), None, None, 3]
    """
    if set(map(type, given)) == {str}:
        found = _read_texts(given)
        if found is not None:
            return found
    figures: list[Figure] = []
    for at, one in enumerate(given):
        try:
            figures.append(read_figure(one))
        except InvalidValue as error:
            raise InvalidFigure(str(error), at) from None
    return figures


class InvalidFigure(InvalidValue):
    """What is no figure, and its place in the column."""

    def __init__(self, problem: str, at: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at

    def __reduce__(self) -> tuple[type["InvalidFigure"], tuple[str, int]]:
        return InvalidFigure, (self.problem, self.at)


def _read_texts(texts: Sequence[str]) -> list[Figure] | None:
    """All of a column's plain numbers at once; `None` where one is no such number."""
    if not _PLAIN.fullmatch("".join(texts)) or max(map(len, texts)) > MOST_DIGITS:
        return None
    if "" in texts:
        rest = [text for text in texts if text]
        found = _read_texts(rest) if rest else []
        given = iter(found or ())
        return None if found is None else [next(given) if text else None for text in texts]
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


def read_figure(given: object) -> Figure:
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
    if given is None or (isinstance(given, str) and not given):
        return None
    if type(given) is int and given.bit_length() <= MOST_DIGITS:  # as nearly all are
        return given
    if isinstance(given, str) and not re.fullmatch(_NUMBER, given):
        raise InvalidValue(f"{shown(given)} is not a finite number")
    if "float" in type(given).__name__:
        advice = "give an int, Fraction or Decimal, which are exact"
        raise InvalidValue(f"{shown(given)} is a float: {advice}")
    try:
        return exact(exact_number(given))
    except InvalidValue as error:
        advice = "; where there is none, give None" if "no number" in str(error) else ""
        raise InvalidValue(f"{error}{advice}") from None
