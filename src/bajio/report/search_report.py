"""Searches as documents, in English and in Spanish."""

from functools import partial
from typing import Any

from bajio.questions.search.answer import Alliance, Search
from bajio.questions.search.wishes import Amount, Sense, Wish
from bajio.report.answer_words import figure
from bajio.report.headlines import names_of_some, search_title
from bajio.report.kinds import (
    AMOUNT,
    CODE,
    CODES,
    EXACT,
    FLAG,
    NUMBER,
    PERIOD,
    PROVENANCE,
    STATUS,
    TEXT,
    TEXTS,
    WHOLE,
)
from bajio.report.records import (
    Column,
    ColumnsOf,
    ListOf,
    MappingOf,
    PairOf,
    Record,
    ValueKind,
    Voice,
    WordOf,
)
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.words.enumerations import status_legend
from bajio.words.magnitudes import places, relative
from bajio.words.phrasebook import say

_FIGURE = Record(
    Column("value", NUMBER, lambda figure: figure.exact),
    Column("exact", EXACT),
    Column("unit", TEXT, lambda figure: figure.indicator.unit),
    Column("status", STATUS),
    Column("distance", NUMBER | None),
)


def _names_of(row: Any) -> list[Any]:
    return [row[1].registry.areas[code].names for code in row[0].members]


_ALLIANCE = Record(
    Column("members", CODES, lambda row: row[0].members),
    Column("names", TEXTS, _names_of),
    Column("distance", NUMBER | None, lambda row: row[0].distance),
    Column(
        "figures",
        MappingOf(_FIGURE),
        lambda row: {one.indicator.code: one for one in row[0].figures},
    ),
)
#: A row of CSV: an alliance, the search that found it, and its position.
_ROW = Record(
    Column("position", WHOLE, lambda row: row[2]),
    *_ALLIANCE.only("members", "names"),
    Column("size", WHOLE, lambda row: len(row[0].members)),
    Column(
        "figures",
        ColumnsOf(NUMBER),
        lambda row: {one.indicator.code: one.exact for one in row[0].figures},
    ),
    *_ALLIANCE.only("distance"),
    Column("period", PERIOD, lambda row: row[1].period),
    Column("year", WHOLE | None, lambda row: row[1].year),
)


def _place(wish: Wish) -> Amount | None:
    """The amount of a wish that names a region."""
    return wish.amount if wish.amount and wish.amount.place else None


_WISH = Record(
    Column("sense", WordOf(Sense)),
    Column("indicator", CODE, lambda wish: wish.indicator.code),
    Column("value", NUMBER | None),
    Column("exact", EXACT | None, lambda wish: wish.value),
    Column("unit", TEXT, lambda wish: wish.indicator.unit),
    Column("region", CODE | None, lambda wish: (one := _place(wish)) and one.place),
    Column("times", NUMBER | None, lambda wish: (one := _place(wish)) and one.number),
)
SEARCH = AnswerSchema(
    "search",
    "The alliances that satisfy constraints",
    Record(
        *PROVENANCE,
        Column("among", CODES, lambda answer: answer.areas),
        Column("period", PERIOD),
        Column("year", WHOLE | None),
        Column("wishes", ListOf(_WISH)),
        Column("size", PairOf(WHOLE)),
        Column("contiguous", FLAG),
        Column("include", CODES),
        Column("exclude", CODES),
        Column("left_out", MappingOf(TEXT), lambda answer: dict(answer.left_out)),
        Column("without_borders", CODES),
        Column(
            "results",
            ListOf(_ALLIANCE),
            lambda answer: [(one, answer) for one in answer.results],
        ),
        Column("examined", WHOLE),
        Column("optimal", FLAG),
        Column("sources", TEXTS, lambda answer: dict.fromkeys(map(str, answer.sources))),
    ),
    (_ROW,),
)


def search_report(answer: Search, language: str = "en") -> Document:
    """A search as a document: the alliances, the best first, with what was wished for."""
    return Document(
        SEARCH,
        answer,
        [(_ROW, (alliance, answer, place)) for place, alliance in enumerate(answer.results, 1)],
        (_alliances(answer),),
        Voice(language, answer.registry),
        tuple(wish.indicator.code for wish in answer.wishes),
    )


def _alliances(answer: Search) -> Report:
    away = any(result.distance is not None for result in answer.results)
    columns = (
        Column("", WHOLE),
        Column("names", _MEMBERS, label=partial(say, "search.members")),
        *(
            Column(wish.indicator.code, AMOUNT, label=wish.indicator.label.text)
            for wish in answer.wishes
        ),
        *([Column("distance", _AWAY, label=partial(say, "search.away"))] * away),
    )
    rows = []
    for position, alliance in enumerate(answer.results, 1):
        figures = ((each.exact, each.indicator) for each in alliance.figures)
        rows.append((position, alliance.members, *figures, *([alliance] * away)))
    notes = partial(_notes, answer, away=away)
    return Report(partial(search_title, answer), columns, tuple(rows), notes, answer.sources)


def _away(alliance: Alliance, language: str) -> str:
    """The distance by which it was chosen: in percent, or from zero as an amount."""
    farthest = alliance.farthest
    if farthest is not None and farthest.from_zero and alliance.distance is not None:
        return figure(alliance.distance, farthest.indicator, language)
    return relative(alliance.distance, language).lstrip("+")


_MEMBERS = ValueKind(
    {},
    words=lambda codes, voice: ", ".join(
        voice.registry.name_of(code, voice.language) for code in codes
    ),
)
_AWAY = ValueKind({}, words=lambda one, voice: _away(one, voice.language), right=True)


def _notes(answer: Search, language: str, *, away: bool) -> list[str]:
    return [f"{line}." for line in _lines(answer, language, away=away)]


def _lines(answer: Search, language: str, *, away: bool) -> list[str]:
    examined = places(answer.examined, 0, language)
    ends_early = not (answer.contiguous or any(wish.is_aim for wish in answer.wishes))
    ends_early = ends_early and bool(answer.results)
    how = "some" if not answer.optimal else "enough" if ends_early else "all"
    notes = [] if answer.results else [say("search.none", language)]
    notes.append(say(f"search.{how}", language, examined=examined))
    notes += [say("search.greatest", language)] if away else []
    legend = _legend(answer, language)
    notes += [say("search.statuses", language, legend=legend)] if legend else []
    if answer.left_out:
        names = names_of_some(answer, tuple(code for code, _ in answer.left_out), language)
        notes.append(say("search.left-out", language, names=names))
    if answer.without_borders:
        names = names_of_some(answer, answer.without_borders, language)
        notes.append(say("search.without-borders", language, names=names))
    return notes


def _legend(answer: Search, language: str) -> str:
    """What the statuses of the figures mean that are not final."""
    return status_legend(
        (each.status for result in answer.results for each in result.figures), language
    )
