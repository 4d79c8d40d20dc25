"""Reports: an answer as a document, whose cells are values, ready for any format."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from bajio.brief import Brief
from bajio.report.records import Column, Record, ValueKind, Voice


def _lines(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


@frozen(eq=False, repr=False)
class Report(Brief):
    """A table of values, with what is to be said about it.

    Attributes:
        title: what it is about, in one line or several.
        columns: what is told of each row; those without a label stand in no table.
        rows: values, one a column; `None` where there is none, a text where it stands for all.
        notes: lines below the table.
        sources: what the values come from.
        peer_sources: what the peers' values come from, where those are others.
        lacking: what could not be answered, and why.
        spare: keys of the columns that can be left out where space is short, in that order.
        only_filled: whether columns in which nothing stands are left out.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...] = field(default=(), converter=_lines)
    sources: tuple[str, ...] = field(default=(), converter=_lines)
    peer_sources: tuple[str, ...] = field(default=(), converter=_lines)
    lacking: tuple[str, ...] = field(default=(), converter=_lines)
    spare: tuple[str, ...] = ()
    only_filled: bool = False


def rows_of(columns: Sequence[Column], subjects: Iterable[Any]) -> tuple[tuple[Any, ...], ...]:
    """The values of columns, a row a subject."""
    return tuple(tuple(column.value(subject) for column in columns) for subject in subjects)


@frozen(eq=False, repr=False)
class AnswerSchema(Brief):
    """What an answer has in JSON and in CSV, whatever is asked.

    Attributes:
        name: what the answer is called: that of its command.
        title: what it tells.
        data: what JSON holds.
        rows: the rows that CSV has; of several kinds, with the columns of all of them.
    """

    name: str
    title: str
    data: ValueKind
    rows: tuple[Record, ...]

    def header(self, codes: Sequence[str] = ()) -> tuple[str, ...]:
        """The columns of CSV.

        Args:
            codes: of the indicators that were asked for, where columns are named by them.
        """
        names = (name for record in self.rows for name in record.header("", codes))
        return tuple(dict.fromkeys(names))


@frozen(eq=False, repr=False)
class Document(Brief):
    """An answer, ready for any format.

    Attributes:
        schema: what it has in JSON and CSV.
        subject: what JSON is read from.
        lines: the rows of CSV, each with its kind.
        reports: its tables, one below the other.
        voice: how it is told.
        codes: of the indicators that columns of CSV are named by.
        written: formats that this answer has a hand of its own for, by name: what writes it for
            the width of a terminal, `None` where that is any.
    """

    schema: AnswerSchema
    subject: Any
    lines: Sequence[tuple[Record, Any]]
    reports: tuple[Report, ...] = ()
    voice: Voice = field(factory=Voice)
    codes: tuple[str, ...] = ()
    written: Mapping[str, Callable[[int | None], str]] = field(factory=dict)

    def data(self) -> Any:
        """What JSON holds of it."""
        return self.schema.data.data(self.subject, self.voice)

    def header(self) -> tuple[str, ...]:
        """The columns of CSV, and of a frame."""
        return self.schema.header(self.codes)

    def rows(self) -> list[dict[str, Any]]:
        """The rows of CSV, and of a frame: cells by column, those that are there."""
        return [record.row(value, self.voice) for record, value in self.lines]
