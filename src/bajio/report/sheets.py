"""Sheets: tables whose cells are words, as terminals and Markdown show them."""

from collections.abc import Callable, Iterable, Sequence

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.report.records import Column, Voice, said
from bajio.report.reports import Report, lines_said
from bajio.words.phrasebook import say


@frozen(repr=False)
class Sheet(Brief):
    """A table of text.

    Attributes:
        title: what it is about.
        header: names of the columns.
        rows: cells, as many as the header has.
        right: positions of the columns that are set right.
        notes: lines below the table.
        spare: positions of columns that can be left out where space is short, in that order.
        language: of what is said about the table.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=())
    spare: tuple[int, ...] = field(default=())
    language: str = "en"

    def without(self, position: int) -> "Sheet":
        """The same without one of the columns."""

        def others(cells: Sequence[str]) -> tuple[str, ...]:
            return tuple(cell for at, cell in enumerate(cells) if at != position)

        def shifted(positions: Sequence[int]) -> tuple[int, ...]:
            return tuple(at - (at > position) for at in positions if at != position)

        return evolve(
            self,
            header=others(self.header),
            rows=tuple(map(others, self.rows)),
            right=shifted(self.right),
            spare=shifted(self.spare),
        )

    def with_texts(self, written: Callable[[str], str]) -> "Sheet":
        """The same with each text as a format writes it; a title keeps its lines."""
        return evolve(
            self,
            title="\n".join(map(written, self.title.splitlines())),
            header=tuple(map(written, self.header)),
            rows=tuple(tuple(map(written, row)) for row in self.rows),
            notes=tuple(map(written, self.notes)),
        )

    def with_notes(self, notes: Iterable[str]) -> "Sheet":
        """The same with more lines below the table."""
        return evolve(self, notes=(*self.notes, *notes))


def worded(report: Report, voice: Voice) -> Sheet:
    """A report in words: its columns that have a label, and all that is to be said about it."""
    columns: list[Column] = []
    texts: list[list[str]] = []
    for at, column in enumerate(report.columns):
        if column.label or not column.key:
            cells = [column.words(row[at], voice) for row in report.rows]
            if any(cells) or not (cells and report.only_filled):
                columns.append(column)
                texts.append(cells)
    keys = [column.key for column in columns]
    return Sheet(
        said(report.title, voice.language),
        tuple(said(column.label, voice.language) for column in columns),
        tuple(zip(*texts, strict=True)),
        tuple(at for at, column in enumerate(columns) if column.kind.right),
        tuple(_notes(report, voice)),
        tuple(keys.index(key) for key in report.spare if key in keys),
        voice.language,
    )


def _notes(report: Report, voice: Voice) -> Iterable[str]:
    language = voice.language
    own, others = (
        dict.fromkeys(lines_said(sources, language))
        for sources in (report.sources, report.peer_sources)
    )
    yield from lines_said(report.notes, language)
    yield from (say("source.one", language, source=text) for text in own)
    yield from (say("source.peers", language, source=text) for text in others if text not in own)
    yield from lines_said(report.lacking, language)
