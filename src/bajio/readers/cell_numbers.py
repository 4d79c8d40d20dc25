"""Numbers as cells of people's tables show them: grouped, marked, footnoted, or not there.

Marks of a file are of one convention: a point before decimals, as Mexico and the United States
write, or a comma, as most of Europe and South America do. A cell that both read differently is
told so, and the file as a whole decides.
"""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from bajio.amounts import MOST_DIGITS, exact_number
from bajio.errors import InvalidValue, shown
from bajio.readers.grid_cells import PercentCell


class Marks(StrEnum):
    """What a file marks thousands and decimals by."""

    POINT = "point"  # 1,234.5
    COMMA = "comma"  # 1.234,5


#: What `--numbers` takes, and the marks that it means.
CONVENTIONS = {"mx": Marks.POINT, "us": Marks.POINT, "eu": Marks.COMMA}

#: What stands in place of a figure, folded, and the SDMX status that says why there is none.
_ABSENT = {
    "n.d.": "O",
    "n.d": "O",
    "nd": "O",
    "n/d": "O",
    "n.a.": "O",
    "n.a": "O",
    "na": "O",
    "n/a": "O",
    "#n/a": "O",
    "#n/d": "O",
    "n/e": "O",
    "n.e.": "O",
    "s.d.": "O",
    "s/d": "O",
    "null": "O",
    "none": "O",
    "nodisponible": "O",
    "notavailable": "O",
    "-": "O",
    "--": "O",
    "\u2013": "O",
    "\u2014": "O",
    "\u2212": "O",
    "\u2026": "O",
    "...": "O",
    "..": "O",
    ".": "O",
    ":": "O",
    "c": "Q",
    "conf": "Q",
    "(c)": "Q",
    "confidencial": "Q",
    "confidential": "Q",
    "ns": "N",
    "n.s.": "N",
    "n.s": "N",
    "n/s": "N",
}
_SPACES = "\u00a0\u2007\u2009\u202f'\u2019 "
_FLAGS = {"p": "P", "r": "R", "e": "E", "s": "E", "f": "F", "b": "A", "d": "A", "u": "A"}
_SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
#: A footnote's mark behind a number; one that begins with a digit stands apart from it, and of
#: letters only those that are flags may stand alone: "12 m" could be twelve million.
_MARK = re.compile(
    rf"(?:\s*[*\u2020\u2021\u00a7{_SUPERSCRIPTS}]+"
    r"|\s+(?P<flag>[prefbdsu]{1,2})|\s*(?P<letter>[a-zA-Z])/"
    r"|\s+[0-9]{1,2}/|\s*[(\[][0-9a-zA-Z]{1,2}[)\]])$"
)
_POINT = re.compile(
    r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)?(?:\.[0-9]*)?(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE
)
_COMMA = re.compile(
    r"(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)?(?:,[0-9]*)?(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE
)
#: How many texts are kept, and how long plain numbers can be that are read at once.
_MOST_KEPT, _SHORT = 1 << 16, 15
_ERRORS = re.compile(r"#(?:[A-ZÁÉÍÓÚ]+[/!?0-9A-Z]*|¡[A-ZÁÉÍÓÚ]+!)")


class CellFigure(NamedTuple):
    """What a cell shows.

    Attributes:
        readings: the number by each convention that can read it; none where there is no figure.
        status: as SDMX has it: of the figure, or why there is none.
        note: a footnote's mark, or what stood in place of a figure.
        percent: whether it is written in percent.
    """

    readings: dict[Marks, Fraction]
    status: str = "A"
    note: str = ""
    percent: bool = False


def read_cell(cell: object) -> CellFigure:
    """The figure that a cell shows, in each convention.

    Raises:
        InvalidValue: it is neither a number nor one of the usual ways to say that there is none.

    Examples:
        >>> read_cell("1,512 p/").readings
        {<Marks.POINT: 'point'>: Fraction(1512, 1), <Marks.COMMA: 'comma'>: Fraction(189, 125)}
        >>> read_cell("12 345,6").readings
        {<Marks.COMMA: 'comma'>: Fraction(61728, 5)}
        >>> read_cell("n.d.").status, read_cell("n.d.").note
        ('O', 'n.d.')
    """
    if cell is None:
        return CellFigure({}, "O", "")
    if isinstance(cell, bool) or not isinstance(cell, str):
        if isinstance(cell, float) and cell != cell:  # noqa: PLR0124  # not a number
            return CellFigure({}, "O", "NaN")
        number = _exact(cell)
        return CellFigure(dict.fromkeys(Marks, number), percent=isinstance(cell, PercentCell))
    return _of_text(cell.strip())


@lru_cache(maxsize=_MOST_KEPT)
def _of_text(text: str) -> CellFigure:
    """The figure that a text shows; tables have the same ones again and again."""
    if text.isascii() and text.isdigit() and len(text) <= _SHORT:
        return CellFigure(dict.fromkeys(Marks, Fraction(int(text))))
    absent = _ABSENT.get(re.sub(r"\s+", "", text).casefold())
    if absent is not None:
        return CellFigure({}, absent, text)
    if text.startswith(":") and re.fullmatch(r":\s*[a-z]{1,2}", text):  # as Eurostat flags
        return CellFigure({}, "Q" if text[-1] == "c" else "O", text)
    return _figure(text)


def is_figure(cell: object) -> bool:
    """Whether a cell shows a number.

    Examples:
        >>> is_figure("1,512 p/"), is_figure("n.d."), is_figure("Jalisco")
        (True, False, False)
    """
    try:
        return cell is not None and bool(read_cell(cell).readings)
    except InvalidValue:
        return False


def _exact(cell: object) -> Fraction:
    if not isinstance(cell, int | float | Decimal | Fraction) or isinstance(cell, bool):
        raise InvalidValue(f"{shown(cell)} is no number")
    return exact_number(cell)


def _figure(text: str) -> CellFigure:
    if len(text) > 2 * MOST_DIGITS:
        raise InvalidValue(f"{shown(text)} is no number")
    if _ERRORS.fullmatch(text):
        raise InvalidValue(f"{text} is an error of the spreadsheet's formula")
    digits, status, note = text, "A", ""
    readings = _readings(digits)
    if not readings and (mark := _MARK.search(text)):
        digits, note = text[: mark.start()], mark[0].strip()
        flag = mark["flag"] or mark["letter"] or ""
        status = _FLAGS.get(flag.casefold()[:1], "A")
        readings = _readings(digits)
    if not readings:
        raise InvalidValue(f"{shown(text)} is no number")
    return CellFigure(readings, status, note, "%" in digits)


def _readings(text: str) -> dict[Marks, Fraction]:
    """The number that a text is, by each convention that can read it."""
    sign, digits = _unsigned(text)
    if not any(map(str.isdigit, digits)):
        return {}
    result: dict[Marks, Fraction] = {}
    for marks, pattern in ((Marks.POINT, _POINT), (Marks.COMMA, _COMMA)):
        if pattern.fullmatch(digits):
            grouping, decimal = (",", ".") if marks is Marks.POINT else (".", ",")
            plain = digits.replace(grouping, "").replace(decimal, ".")
            result[marks] = sign * exact_number(Decimal(plain))
    return result


def _unsigned(text: str) -> tuple[int, str]:
    """A number's sign, and the rest without marks of money and percent, and without blanks."""
    plain = text.replace("%", "").strip().removeprefix("US").lstrip("$\u20ac\u00a3 ").strip()
    sign = 1
    if plain[:1] in {"-", "\u2212", "\u2013", "+"}:
        sign = 1 if plain[0] == "+" else -1
        plain = plain[1:].lstrip()
    groups = re.split(f"[{_SPACES}]", plain)
    if len(groups) > 1:
        head, *rest = groups
        whole = [re.split("[.,]", digits, maxsplit=1)[0] for digits in rest]
        if not (
            0 < len(head) <= 3 and head.isdigit() and all(len(digits) == 3 for digits in whole)
        ):
            return sign, ""
        plain = "".join(groups)
    return sign, plain if plain.isascii() else ""
