"""Tables as HTML: cells by their row and column, numbers with what they are exactly."""

from collections.abc import Iterator, Sequence

from bajio.report.escapes import html
from bajio.report.sheets import Sheet

#: Cells, and figures amid a sentence, of so many letters are not broken.
SHORT = 32


def table_of(sheet: Sheet, name: str) -> str:
    """A table with its caption; a table without columns has none.

    Args:
        sheet: what it shows.
        name: of its caption, which no other part of the page may have.

    Examples:
        >>> two = Sheet("", ("Name", "Km"), (("Colima", "12"),), (1,), exact=(("", "25/2"),))
        >>> print(table_of(two, "t1").splitlines()[-2])
        <tr><th scope="row" class="short">Colima</th>\
<td class="right short"><data value="25/2">12</data></td></tr>
    """
    if not sheet.header:
        return ""
    label = f' role="group" aria-labelledby="{name}"' if sheet.title else ""
    lines = [f'<div class="scroll" tabindex="0"{label}><table>']
    if sheet.title:
        lines.append(f'<caption id="{name}">{html(sheet.title)}</caption>')
    heads = (
        f'<th scope="col"{_side(sheet, place, name)}>{html(name)}</th>' if name else "<td></td>"
        for place, name in enumerate(sheet.header)
    )
    lines += [f"<thead><tr>{''.join(heads)}</tr></thead>", "<tbody>", *_rows(sheet)]
    return "\n".join([*lines, "</tbody></table></div>"])


def _rows(sheet: Sheet) -> Iterator[str]:
    """The rows; a cell that is empty below another, at the left of what names a row, is its own."""
    named = _names(sheet)
    for place, row in enumerate(sheet.rows):
        exact = sheet.exact[place] if sheet.exact else ("",) * len(row)
        cells = []
        for column, cell in enumerate(row):
            side = _side(sheet, column, cell)
            if column < named:
                if cell or not place:
                    cells.append(_group(sheet.rows[place + 1 :], column, cell))
            elif column == named and cell:
                cells.append(f'<th scope="row"{side}>{_figure(cell, exact[column])}</th>')
            else:
                cells.append(f"<td{side}>{_figure(cell, exact[column])}</td>")
        yield f"<tr>{''.join(cells)}</tr>"


def _names(sheet: Sheet) -> int:
    """The position of the column that names the rows: the first that has no empty cell."""
    columns = range(len(sheet.header))
    return next((place for place in columns if all(row[place] for row in sheet.rows)), 0)


def _group(below: Sequence[Sequence[str]], column: int, cell: str) -> str:
    """A cell with the empty ones below it."""
    more = next((place for place, row in enumerate(below) if row[column]), len(below))
    scope = ' scope="rowgroup"' if cell else ""
    tag = "th" if cell else "td"
    return f'<{tag} rowspan="{more + 1}"{scope} class="short">{html(cell)}</{tag}>'


def _figure(cell: str, exact: str) -> str:
    return f'<data value="{html(exact)}">{html(cell)}</data>' if exact and cell else html(cell)


def _side(sheet: Sheet, position: int, cell: str) -> str:
    names = ["right"] * (position in sheet.right) + ["short"] * (len(cell) <= SHORT)
    return f' class="{" ".join(names)}"' if names else ""
