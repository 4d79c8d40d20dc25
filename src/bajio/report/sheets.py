"""Sheets: tables whose cells are words, as terminals and Markdown show them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import evolve, field, frozen

from bajio.brief import Alike
from bajio.report.footnotes import missed_notes
from bajio.report.records import Column, Voice, said
from bajio.report.reports import Report, lines_said
from bajio.words.phrasebook import say


@frozen(eq=False, repr=False)
class Sheet(Alike):
    """A table of text.

    Attributes:
        title: what it is about.
        header: names of the columns.
        rows: cells, as many as the header has.
        right: positions of the columns that are set right.
        notes: lines below the table.
        spare: positions of columns that can be left out where space is short, in that order.
        language: of what is said about the table.
        section: the name of the section that begins with it, if one does.
        lead: sentences above the table.
        code: a command below them.
        exact: what the numbers among the cells are exactly, as text; empty for what is none.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=())
    spare: tuple[int, ...] = field(default=())
    language: str = "en"
    section: str = ""
    lead: tuple[str, ...] = field(default=())
    code: str = ""
    exact: tuple[tuple[str, ...], ...] = field(default=(), eq=False, repr=False)

    def without(self, position: int) -> "Sheet":
        """The same without one of the columns."""

        def others(cells: Sequence[str]) -> tuple[str, ...]:
            return tuple(cell for place, cell in enumerate(cells) if place != position)

        def shifted(positions: Sequence[int]) -> tuple[int, ...]:
            return tuple(place - (place > position) for place in positions if place != position)

        return evolve(
            self,
            header=others(self.header),
            rows=tuple(map(others, self.rows)),
            exact=tuple(map(others, self.exact)),
            right=shifted(self.right),
            spare=shifted(self.spare),
        )

    def with_notes(self, notes: Iterable[str]) -> "Sheet":
        """The same with more lines below the table."""
        return evolve(self, notes=(*self.notes, *notes))


def worded(
    report: Report, voice: Voice, written: Callable[[str], str] = str, *, exactly: bool = False
) -> Sheet:
    """A report in words: its columns that have a label, and all that is to be said about it.

    Args:
        report: what is told.
        voice: how it is told.
        written: how a format writes a line of text.
        exactly: whether to tell as well what the numbers are exactly.
    """
    language = voice.language
    columns: list[Column] = []
    texts: list[list[str]] = []
    exact: list[list[str]] = []
    for position, column in enumerate(report.columns):
        if column.label or not column.key:
            cells = [written(column.words(row[position], voice)) for row in report.rows]
            if any(cells) or not (cells and report.only_filled):
                columns.append(column)
                texts.append(cells)
                if exactly:
                    exact.append([exact_text(column.exact(row[position])) for row in report.rows])
    keys = [column.key for column in columns]
    return Sheet(
        "\n".join(map(written, said(report.title, language).splitlines())),
        tuple(written(said(column.label, language)) for column in columns),
        tuple(zip(*texts, strict=True)),
        tuple(position for position, column in enumerate(columns) if column.kind.right),
        tuple(map(written, _notes(report, language))),
        tuple(keys.index(key) for key in report.spare if key in keys),
        language,
        written(said(report.section, language)),
        tuple(written(sentence.text(language)) for sentence in report.lead),
        report.code,
        tuple(zip(*exact, strict=True)),
    )


def exact_text(number: Any) -> str:
    """A number as text: whole, or a fraction in lowest terms; both ends of what has two.

    Examples:
        >>> from fractions import Fraction
        >>> exact_text(12), exact_text(Fraction(1, 3)), exact_text(None)
        ('12', '1/3', '')
    """
    if number is None:
        return ""
    low, high = getattr(number, "low", number), getattr(number, "high", number)
    return str(low) if low == high else f"{low}..{high}"


def _notes(report: Report, language: str) -> Iterable[str]:
    own_sources, others = (
        dict.fromkeys(use.in_words(language) for use in sources)
        for sources in (report.sources, report.peer_sources)
    )
    yield from lines_said(report.notes, language)
    yield from (say("source.one", language, source=text) for text in own_sources)
    yield from (
        say("source.peers", language, source=text) for text in others if text not in own_sources
    )
    if report.lacking:
        yield from missed_notes(report.lacking, language)
