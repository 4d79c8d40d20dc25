"""Fitting a table to a terminal: columns that can be spared go, long cells are wrapped."""

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from attrs import evolve

from bajio.report.sheets import Sheet
from bajio.words.phrasebook import say

#: What stands between two columns.
GAP = "  "

#: A column that has so many characters needs no more, and one with fewer is not wrapped.
_COMFORTABLE = 18
_SHORT = 8


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes.

    Examples:
        >>> display_width("Querétaro"), display_width("日本")
        (9, 4)
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def natural_widths(sheet: Sheet) -> list[int]:
    """The width that each column has where nothing is wrapped."""
    return [
        max(map(display_width, column)) for column in zip(sheet.header, *sheet.rows, strict=True)
    ]


def without_spare(sheet: Sheet, width: int) -> Sheet:
    """A sheet without as many of its columns as leave the others too narrow.

    Those that it can spare go where the others have no comfort, the last ones where they have
    not even room for their longest words. A line below it names what is not shown, and the
    option that shows it.

    Examples:
        >>> wide = Sheet("", ("Name", "Km", "Population"), (("Colima", "12", "7"),), spare=(2, 1))
        >>> without_spare(wide, 12).notes
        ('Not shown in 12 columns: Population; --format csv has it.',)
    """
    hidden: dict[int, str] = {}
    places = list(range(len(sheet.header)))
    while (at := _least_needed(sheet, width)) is not None:
        hidden[places.pop(at)] = sheet.header[at]
        sheet = sheet.without(at)
    if not hidden:
        return sheet
    names = ", ".join(hidden[place] for place in sorted(hidden))
    parts = {"count": len(hidden), "width": width, "names": names}
    return sheet.with_notes([say("table.hidden", sheet.language, **parts)])


def _least_needed(sheet: Sheet, width: int) -> int | None:
    """The position of the column to leave out, if one has to go."""
    if sheet.spare and _total(_least(sheet, _COMFORTABLE)) > width:
        return sheet.spare[0]
    last = len(sheet.header) - 1
    return last if last > 1 and _total(_least(sheet, _SHORT)) > width else None


def fitted(sheet: Sheet, width: int) -> Sheet:
    """A sheet with what stands above and below its table in lines that fit a terminal.

    Columns that can be spared are left out.
    """
    sheet = without_spare(sheet, width)
    return evolve(
        sheet,
        title="\n".join(wrapped_lines(sheet.title.splitlines(), width)),
        notes=tuple(wrapped_lines(sheet.notes, width)),
        lead=tuple(wrapped_lines(sheet.lead, width)),
    )


def fitted_widths(sheet: Sheet, width: int) -> list[int]:
    """Widths of the columns that fit a terminal, as far as whole words allow: no code is cut."""
    widths, least = natural_widths(sheet), _least(sheet, _SHORT)
    while _total(widths) > width:
        loose = [
            position for position, width_now in enumerate(widths) if width_now > least[position]
        ]
        if not loose:
            break
        widths[max(loose, key=widths.__getitem__)] -= 1
    return widths


def wrapped_cells(row: Sequence[str], widths: Sequence[int]) -> list[tuple[str, ...]]:
    """A row as the lines that it takes; the first column's continue indented.

    Examples:
        >>> wrapped_cells(("GDP per head", "9,972 USD"), (8, 9))
        [('GDP per', '9,972 USD'), ('  head', '')]
    """
    cells = [
        _wrapped(cell, widths[position], GAP if position == 0 else "")
        for position, cell in enumerate(row)
    ]
    height = max(map(len, cells), default=0)
    filled = [lines + [""] * (height - len(lines)) for lines in cells]
    return list(zip(*filled, strict=True))


def wrapped_lines(lines: Iterable[str], width: int, indent: str = GAP) -> list[str]:
    """Lines of text, those that are longer than a width as several."""
    return [part for line in lines for part in _wrapped(line, width, indent)]


def fitted_text(text: str, width: int | None) -> str:
    """A text whose lines fit a width; as it is, where none is given."""
    return text if width is None else "\n".join(wrapped_lines(text.splitlines(), width, GAP * 2))


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    """A text as lines of a width; later ones indented."""
    if display_width(text) <= width:
        return [text]
    from textwrap import wrap  # takes 2 ms, which only a terminal needs

    lines = wrap(
        text.replace(" %", "\xa0%"),  # which is not the end of a word
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\xa0%", " %") for line in lines]


def _least(sheet: Sheet, comfortable: int) -> list[int]:
    """The least width of each column: of its longest word, or what is comfortable."""
    least = []
    for position, column in enumerate(zip(sheet.header, *sheet.rows, strict=True)):
        indent = display_width(GAP) if position == 0 else 0
        word = max((display_width(word) for cell in column for word in cell.split()), default=0)
        natural = max(map(display_width, column))
        least.append(min(natural, max(word + indent, comfortable)))
    return least


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)
