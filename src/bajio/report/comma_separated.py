"""Documents as CSV: a row each, with the columns that the answer has whatever is asked."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from bajio.report import escapes
from bajio.report.reports import Document


def render(document: Document, _width: int | None = None) -> str:
    """A document as CSV."""
    return csv_text(document.header(), document.rows())


def csv_text(header: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, with no cell of text that a spreadsheet would run as a formula.

    Examples:
        >>> print(csv_text(["name", "value"], [{"name": "=1+1", "value": -2}]))
        name,value
        '=1+1,-2
    """
    text = StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: escapes.csv_cell(value) for name, value in row.items()})
    return text.getvalue().rstrip("\n")
