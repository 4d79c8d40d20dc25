"""What workbooks say of cells beside their values: shown in percent, with money, in thousands.

A cell that shows 10.5 % holds 0.105, and its format alone tells. Readers of workbooks give values
only, so formats are taken from the XML of xlsx and ods, whose archive has been checked before.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product
from posixpath import join, normpath
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from attrs import field, frozen

from bajio.readers.grid_cells import Cell, MergedCells, MoneyCell, PercentCell

Place = tuple[int, int]
_CHUNK, _LONGEST = 2**20, 20
_ERROR = re.compile(rb"""\st=["']e["']""")
#: What is shown as it is written: in quotes, or behind a backslash or an underscore.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_BRACKETED = re.compile(r"\[(?:\$([^\]-]*)[^\]]*|[^\]]*)\]")
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_SIGN = re.compile("US ?\\$|[$\u20ac\u00a3]|\\b(?:MXN|USD|EUR)\\b")
_SIGNS = {"MXN": "$", "USD": "US$", "EUR": "\u20ac"}
#: Formats of xlsx that every workbook has by their numbers.
_BUILT_IN = {9: "0%", 10: "0.00%", **dict.fromkeys((5, 6, 7, 8, 42, 44), '"$"#,##0')}


class NumberFormat(NamedTuple):
    """How numbers are shown.

    Attributes:
        percent: whether a percent sign stands behind them.
        powers: of a hundred that they are multiplied by for that.
        money: a sign of money; empty where none stands there.
        thousands: how often they are divided by a thousand.
    """

    percent: bool = False
    powers: int = 0
    money: str = ""
    thousands: int = 0


def number_format(code: str) -> NumberFormat:
    r"""What a format of a spreadsheet shows of numbers above zero.

    Examples:
        >>> number_format("0.0%").powers, number_format('0.0"%"').powers
        (1, 0)
        >>> number_format('"$"#,##0,').money, number_format('"$"#,##0,').thousands
        ('$', 1)
        >>> number_format("[$€-407] #,##0.00;[Red]-#,##0.00").money
        '€'
    """
    first = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)[0]
    said = "".join(a or b for a, b in _LITERAL.findall(first))
    plain = _LITERAL.sub("", first)
    said += "".join(_BRACKETED.findall(plain))
    plain = _BRACKETED.sub("", plain)
    sign = _SIGN.search(said + plain)
    scaled = _SCALED.search(plain)
    return NumberFormat(
        "%" in plain or "%" in said,
        plain.count("%"),
        _SIGNS.get(sign[0], sign[0]) if sign else "",
        len(scaled[1]) if scaled else 0,
    )


@frozen
class CellFormats:
    """What a sheet says of its cells beside their values.

    Attributes:
        formats: of cells that are shown otherwise than as plain numbers.
        merged: cells that are merged into one.
        errors: what formulas show that have no value.
    """

    formats: dict[Place, NumberFormat] = field(factory=dict)
    merged: list[MergedCells] = field(factory=list)
    errors: dict[Place, str] = field(factory=dict)

    def shown(self, cell: Cell, row: int, column: int) -> Cell:
        """A cell with the sign that it shows."""
        style = self.formats.get((row, column))
        if style is None or isinstance(cell, bool) or not isinstance(cell, int | float):
            return cell
        if style.percent:
            return PercentCell(str(Decimal(repr(cell)).scaleb(2 * style.powers)))
        return MoneyCell(repr(cell), style.money) if style.money else cell

    def scaled(self) -> Place | None:
        """The first cell that is shown in thousands or millions, if one is."""
        return min(
            (place for place, style in self.formats.items() if style.thousands), default=None
        )


def xlsx_formats(archive: ZipFile) -> dict[str, CellFormats]:
    """Formats and errors of cells by the names of sheets."""
    styles = _styles(archive)
    result: dict[str, CellFormats] = {}
    for name, member in _xlsx_sheets(archive).items():
        if member in archive.namelist() and (styles or _has_errors(archive, member)):
            result[name] = _XlsxSheet(styles).read(archive, member)
    return result


def _has_errors(archive: ZipFile, member: str) -> bool:
    """Whether a sheet has a formula without a value."""
    before = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if _ERROR.search(before + chunk):
                return True
            before = chunk[-8:]
    return False


class _XlsxSheet:
    """Reads what a sheet of xlsx says of its cells."""

    def __init__(self, styles: Mapping[str, NumberFormat]) -> None:
        self.styles = styles
        self.row, self.column = -1, -1
        self.is_error = self.is_value = False
        self.formats = CellFormats()

    def read(self, archive: ZipFile, member: str) -> CellFormats:
        """All of a sheet."""
        _parse(archive, member, self._start, self._text)
        return self.formats

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.is_value = tag == "v"
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
        elif tag == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self.column = _index(letters) if letters else self.column + 1
            style = self.styles.get(attributes.get("s", ""))
            if style is not None:
                self.formats.formats[self.row, self.column] = style
            self.is_error = attributes.get("t") == "e"

    def _text(self, text: str) -> None:
        if self.is_error and self.is_value:
            place = self.row, self.column
            self.formats.errors[place] = (self.formats.errors.get(place, "") + text)[:_LONGEST]


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _styles(archive: ZipFile) -> dict[str, NumberFormat]:
    """The formats of the styles of cells, by number, which show more than a plain number."""
    codes = {str(number): code for number, code in _BUILT_IN.items()}
    codes_used: list[str] = []
    inside = [False]

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and inside[0]:
            codes_used.append(attributes.get("numFmtId", ""))
        elif tag in {"cellXfs", "cellStyleXfs", "dxfs", "cellStyles"}:
            inside[0] = tag == "cellXfs"

    _parse(archive, "xl/styles.xml", start)
    formats = {str(n): number_format(codes.get(number, "")) for n, number in enumerate(codes_used)}
    return {number: style for number, style in formats.items() if style != NumberFormat()}


def _xlsx_sheets(archive: ZipFile) -> dict[str, str]:
    """The member of each sheet, by its name."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            names[attributes.get("name", "")] = attributes.get("id", "")

    def target(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            path = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = normpath(join("xl", path)).lstrip("/")

    _parse(archive, "xl/workbook.xml", sheet)
    _parse(archive, "xl/_rels/workbook.xml.rels", target)
    return {name: targets[key] for name, key in names.items() if key in targets}


def ods_formats(archive: ZipFile) -> dict[str, CellFormats]:
    """Formats of cells, and those that are merged, by the names of sheets."""
    result: dict[str, CellFormats] = {}
    own = CellFormats()
    row = column = 0
    rows = 1

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal own, row, column, rows
        if tag == "table":
            own = result[attributes.get("name", "")] = CellFormats()
            row = column = 0
            rows = 0
        elif tag == "table-row":
            row, column = row + rows, 0
            rows = int(attributes.get("number-rows-repeated", "1"))
        elif tag in {"table-cell", "covered-table-cell"}:
            times = int(attributes.get("number-columns-repeated", "1"))
            _note_ods_cell(own, attributes, row, column, (rows, times))
            column += times

    _parse(archive, "content.xml", start)
    return result


def _note_ods_cell(
    cell_formats: CellFormats, attributes: Mapping[str, str], row: int, column: int, times: Place
) -> None:
    """Keep the format of a cell of ods, and the cells that are merged with it."""
    kind = attributes.get("value-type")
    style = None
    if kind == "percentage":
        style = NumberFormat(percent=True, powers=1)
    elif kind == "currency":
        currency = attributes.get("currency", "MXN")
        style = NumberFormat(money=_SIGNS.get(currency, currency))
    if style is not None:
        for place in product(range(row, row + times[0]), range(column, column + times[1])):
            cell_formats.formats[place] = style
    height = int(attributes.get("number-rows-spanned", "1"))
    width = int(attributes.get("number-columns-spanned", "1"))
    if height > 1 or width > 1:
        cell_formats.merged.append(MergedCells(row, column, row + height - 1, column + width - 1))


def _parse(
    archive: ZipFile,
    member: str,
    start: Callable[[str, Mapping[str, str]], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Tell each element of a member by its local name, and its text, if the member is there."""
    if member not in archive.namelist():
        return
    parser = expat.ParserCreate(namespace_separator=" ")

    def local(tag: str, attributes: Mapping[str, str]) -> None:
        start(
            tag.rpartition(" ")[2],
            {name.rpartition(" ")[2]: value for name, value in attributes.items()},
        )

    parser.StartElementHandler = local
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003  # that it is the last part has no name
