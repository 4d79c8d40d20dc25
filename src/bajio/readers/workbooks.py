"""Workbooks (xlsx, xls, ods) as sheets of cells, checked for bombs before a library opens them.

No reader of workbooks is safe alone: an archive may unpack to a thousand times its size, and two
cells at opposite corners make a sheet of 17 thousand million. So sizes are bounded first.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple
from xml.parsers import expat

from bajio.errors import InvalidData, MissingExtra
from bajio.readers.cell_formats import CellFormats, ods_formats, xlsx_formats
from bajio.readers.grid_cells import Cell, MergedCells, column_name

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_MEMBERS = 5_000
_MOST_UNPACKED = 400 * 2**20
_MOST_RATIO = 500
_SMALL = 2**20
_MOST_CELLS = 5_000_000
_CHUNK = 2**20
#: Where a cell or a row of a sheet stands, as the XML of xlsx says it.
_PLACE = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^>]*?\br="([A-Z]{0,3})([0-9]{1,9})"')
_TAIL = 4096


def is_workbook(content: bytes) -> bool:
    """Whether bytes begin as an xlsx, ods or xls file does."""
    return content.startswith((_ZIP, _OLE))


class WorkbookSheet(NamedTuple):
    """A sheet of a workbook.

    Attributes:
        name: what it is called.
        rows: its cells; none of a hidden sheet.
        merged: cells that are merged into one.
        scaled: a cell that is shown in thousands or millions; empty where none is.
    """

    name: str
    rows: list[list[Cell]] = []  # noqa: RUF012  # which nobody changes
    merged: tuple[MergedCells, ...] = ()
    scaled: str = ""


def workbook_sheets(content: bytes, file: str) -> Iterator[WorkbookSheet]:
    """The sheets of a workbook that hold anything, and those that are hidden.

    Args:
        content: what the file holds.
        file: its name, for errors.

    Raises:
        InvalidData: it is no workbook, damaged, or larger than can be borne.
        MissingExtra: the extra `tables` is not installed.
    """
    formats = _checked_formats(content, file) if content.startswith(_ZIP) else {}
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
    except ImportError:
        raise MissingExtra("tables", "python-calamine", "reading workbooks") from None
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for about in book.sheets_metadata:
            if about.visible is not SheetVisibleEnum.Visible:
                yield WorkbookSheet(about.name)
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > _MOST_CELLS:
                raise InvalidData(_too_large(about.name), file=file)
            rows = sheet.to_python(skip_empty_area=False)
            if rows:
                spans = [
                    MergedCells(*first, *last) for first, last in sheet.merged_cell_ranges or ()
                ]
                yield _sheet(about.name, rows, spans, formats.get(about.name, CellFormats()))
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, InvalidData):
            raise
        problem = " ".join(str(error).split())[:200]
        raise InvalidData(f"no workbook can be read: {problem}", file=file) from None


def _too_large(name: str) -> str:
    return f"sheet {name!r} has over {_MOST_CELLS:,} cells: keep its table alone, or save it as CSV"


def _cell(cell: Any) -> Cell:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell  # type: ignore[no-any-return]


def _sheet(
    name: str, rows: list[list[Any]], spans: list[MergedCells], formats: CellFormats
) -> WorkbookSheet:
    cells = [[_cell(cell) for cell in row] for row in rows]
    for row, column in formats.formats:
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = formats.shown(cells[row][column], row, column)
    for (row, column), error in formats.errors.items():  # else they would be as blank ones
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = error
    scaled, note = formats.scaled(), ""
    if scaled is not None and scaled[0] < len(cells) and scaled[1] < len(cells[scaled[0]]):
        note = f"{column_name(scaled[1])}{scaled[0] + 1}, which holds {cells[scaled[0]][scaled[1]]}"
    return WorkbookSheet(name, cells, (*spans, *formats.merged), note)


def _checked_formats(content: bytes, file: str) -> dict[str, CellFormats]:
    """The formats of cells of an archive that can be borne."""
    _check_archive(content, file)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return ods_formats(archive) or xlsx_formats(archive)
    except (expat.ExpatError, ValueError, KeyError) as error:
        raise InvalidData(f"no workbook can be read: {error}", file=file) from None


def _check_archive(content: bytes, file: str) -> None:
    """Refuse an archive that is damaged, or that unpacks to more than can be borne."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise InvalidData(f"the archive has over {_MOST_MEMBERS:,} files", file=file)
            if sum(member.file_size for member in members) > _MOST_UNPACKED:
                raise InvalidData("the archive unpacks to more than can be borne", file=file)
            for member in members:
                if member.file_size > max(_SMALL, _MOST_RATIO * member.compress_size):
                    raise InvalidData(
                        f"{member.filename!r} unpacks to far more than is read", file=file
                    )
                if member.filename.endswith((".xml", ".rels")):
                    _check_member(archive, member, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        problem = " ".join(str(error).split())[:200]
        raise InvalidData(f"no workbook can be read: {problem}", file=file) from None


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> None:
    """Refuse XML with definitions of its own, and a sheet whose cells span too much."""
    name = member.filename
    is_sheet = name.startswith("xl/worksheets/")
    highest = widest = read = 0
    before = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            if read > max(_SMALL, _MOST_RATIO * member.compress_size):
                raise InvalidData(f"{name!r} unpacks to far more than is read", file=file)
            text = before + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise InvalidData(f"{name!r} defines entities, which no table needs", file=file)
            if is_sheet:
                for letters, digits in _PLACE.findall(text):
                    highest = max(highest, int(digits))
                    widest = max(widest, _column(letters))
            before = text[-_TAIL:]
    if highest * widest > _MOST_CELLS:
        raise InvalidData(_too_large(name.rpartition("/")[2]), file=file)
    if name == "content.xml":
        _check_repeated(archive.read(member), file)


def _column(letters: bytes) -> int:
    """The number of a column, A being 1.

    Examples:
        >>> _column(b"A"), _column(b"XFD")
        (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_repeated(content: bytes, file: str) -> None:
    """Refuse an ods table whose cells stand for more than can be borne."""
    parser = expat.ParserCreate()
    filled = [0, 0, 0]  # cells in all; of the row so far; of the row up to its last full cell
    rows = [1]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table-row":
            rows[0] = int(attributes.get("table:number-rows-repeated", "1"))
            filled[1] = filled[2] = 0
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            filled[1] += int(attributes.get("table:number-columns-repeated", "1"))
            if "office:value-type" in attributes:
                filled[2] = filled[1]

    def end(tag: str) -> None:
        if tag == "table:table-row":
            filled[0] += rows[0] * filled[2]
            if filled[0] > _MOST_CELLS:
                raise InvalidData(_too_large("content.xml"), file=file)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(content, True)  # noqa: FBT003  # that it is the last part has no name
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, InvalidData):
            raise
        raise InvalidData(f"no workbook can be read: {error}", file=file) from None
