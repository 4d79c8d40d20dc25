"""Reports: an answer as a document, whose cells are values, ready for any format."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import Factory, evolve, field, frozen

from bajio.brief import Brief
from bajio.report.records import Column, Record, Text, ValueKind, Voice, said

if TYPE_CHECKING:
    from bajio.questions.results import Missed, SourceUse
    from bajio.report.charts.chart import Chart
    from bajio.words.sentences import Said

#: Lines of text, or what words them in a language.
Lines = tuple[Text, ...] | Callable[[str], Iterable[str]]


def lines_said(lines: Lines, language: str) -> list[str]:
    """Lines in a language."""
    return list(lines(language)) if callable(lines) else [said(line, language) for line in lines]


@frozen(eq=False, repr=False)
class Report(Brief):
    """A table of values, with what is to be said about it, in whichever language is asked for.

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
        section: the name of the section that begins with it, in a document that has some.
        lead: sentences above the table.
        charts: what draws the pictures above the table, each in a language.
        code: a command, as it is typed.
    """

    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: Lines = ()
    sources: "tuple[SourceUse, ...]" = ()
    peer_sources: "tuple[SourceUse, ...]" = ()
    lacking: "tuple[Missed, ...]" = ()
    spare: tuple[str, ...] = ()
    only_filled: bool = False
    section: Text = ""
    lead: "tuple[Said, ...]" = ()
    charts: "tuple[Callable[[str], Chart], ...]" = field(default=(), repr=False)
    code: str = ""


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
        lines: the rows of CSV, each with its kind; what gives them, where they take long.
        reports: its tables, one below the other.
        voice: how its data are told; with the registry of the subject, if not given.
        words: how it is shown, other than as data; as these are told, if not given.
        codes: of the indicators that columns of CSV are named by.
        written: formats that this answer has a hand of its own for, by name: what writes it for
            the width of a terminal, `None` where that is any, in a language.
    """

    schema: AnswerSchema
    subject: Any
    lines: Sequence[tuple[Record, Any]] | Callable[[], Iterable[tuple[Record, Any]]]
    reports: tuple[Report, ...] = ()
    voice: Voice = field(
        default=Factory(
            lambda self: Voice(registry=getattr(self.subject, "registry", None)), takes_self=True
        )
    )
    codes: tuple[str, ...] = ()
    written: Mapping[str, Callable[[int | None, str], str]] = field(factory=dict)
    words: Voice = field(default=Factory(lambda self: self.voice, takes_self=True))

    @property
    def has_sections(self) -> bool:
        """Whether it is a document to be read, with headings, and not a table or some."""
        return any(report.section for report in self.reports)

    def shown_in(self, language: str) -> "Document":
        """The same, shown in a language; its data stay as they are."""
        return evolve(self, words=evolve(self.voice, language=language))

    def data(self) -> Any:
        """What JSON holds of it."""
        return self.schema.data.data(self.subject, self.voice)

    def header(self) -> tuple[str, ...]:
        """The columns of CSV, and of a frame."""
        return self.schema.header(self.codes)

    def rows(self, voice: Voice | None = None) -> list[dict[str, Any]]:
        """The rows of CSV, and of a frame: cells by column, those that are there.

        Args:
            voice: how they are told; as data are, if not given.
        """
        lines = self.lines() if callable(self.lines) else self.lines
        return [record.row(value, voice or self.voice) for record, value in lines]
