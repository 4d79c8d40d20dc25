"""Comparisons of regions, and indicators over the years, as documents."""

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from bajio.facts.periods import year_of
from bajio.questions.results import Missed, Result
from bajio.report.answer_words import closed, notes_text, title_of, value_text, year_text
from bajio.report.footnotes import indicators_named, legend_notes, missed_text, sources_of
from bajio.report.kinds import (
    CODE,
    MISSED,
    PERIOD,
    PROVENANCE,
    REGION,
    RESULT,
    TEXT,
    WHOLE,
    with_members,
)
from bajio.report.profile_report import (
    PLAIN_PROFILE,
    PROFILE,
    RESULT_ROW,
    profile_lines,
    result_columns,
)
from bajio.report.records import Column, ListOf, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.enumerations import some_of, years_text
from bajio.words.messages import message_text
from bajio.words.phrasebook import say

if TYPE_CHECKING:
    from bajio.indicator import Indicator
    from bajio.questions.comparison import Comparison, Timeline

COMPARISON = AnswerSchema(
    "compare",
    "Several regions side by side",
    Record(PROVENANCE[0], Column("regions", ListOf(PLAIN_PROFILE), lambda one: one.profiles)),
    PROFILE.rows,
)


def comparison_report(comparison: "Comparison") -> Document:
    """Several regions side by side, as a document."""
    profiles = comparison.profiles
    lines = tuple(line for profile in profiles for line in profile_lines(profile))
    voice = Voice(registry=profiles[0].registry)
    return Document(COMPARISON, comparison, lines, (_side_by_side(comparison),), voice)


def _answer_text(answer: Any, voice: Voice) -> str:
    if isinstance(answer, Missed):
        return "–"
    if not isinstance(answer, Result):
        return say("compare.values", voice.language, count=len(answer.values))
    text = value_text(answer, voice.language)
    return text + (f" ({year_text(answer)})" if answer.period is not None else "")


_ANSWER = ValueKind(
    {},
    words=_answer_text,
    right=True,
    exact=lambda answer: answer if isinstance(answer, Result) else None,
)


def _side_by_side(comparison: "Comparison") -> Report:
    profiles = comparison.profiles
    columns = (
        Column("label", TEXT, heading="indicator"),
        *(Column(str(profile.region), _ANSWER, label=profile.region.name) for profile in profiles),
    )
    rows = tuple((indicator.label, *answers) for indicator, answers in comparison.rows())
    return Report(partial(_title, comparison), columns, rows, partial(_notes, comparison))


def _title(comparison: "Comparison", language: str) -> str:
    return " · ".join(profile.region.name(language) for profile in comparison.profiles)


def _notes(comparison: "Comparison", language: str) -> list[str]:
    """What the letters mean, what could not be answered, and what is to be known of each region."""
    profiles = comparison.profiles
    lacking: dict[tuple[str, str], list[Indicator]] = {}
    for indicator, answers in comparison.rows():
        for profile, answer in zip(profiles, answers, strict=True):
            if isinstance(answer, Missed):
                reason = profile.region.name(language), missed_text(answer, language)
                lacking.setdefault(reason, []).append(indicator)
    notes = legend_notes((result for profile in profiles for result in profile.results), language)
    notes += [
        closed(
            say(
                "note.lacking-for",
                language,
                indicators=indicators_named(indicators, language),
                region=region,
                reason=reason,
            ).removesuffix(".")
        )
        for (region, reason), indicators in lacking.items()
    ]
    for profile in profiles:
        region = profile.region.name(language)
        notes += [f"{region}: {line}" for line in notes_text(profile.results, language)]
    return notes


SERIES = AnswerSchema(
    "series",
    "An indicator over the years",
    Record(
        Column("region", REGION, lambda timeline: with_members(timeline.region)),
        Column("indicator", CODE, lambda timeline: timeline.indicator.code),
        Column("unit", TEXT, lambda timeline: timeline.indicator.unit),
        *PROVENANCE,
        Column("results", ListOf(RESULT)),
        Column(
            "unavailable",
            ListOf(
                Record(
                    Column("period", PERIOD, lambda pair: pair[0]),
                    Column("year", WHOLE, lambda pair: year_of(pair[0])),
                    *(column.through(lambda pair: pair[1]) for column in MISSED.columns),
                )
            ),
        ),
    ),
    (RESULT_ROW,),
)


def series_report(timeline: "Timeline") -> Document:
    """An indicator over the years, as a document."""
    results, registry = timeline.results, timeline.registry
    columns = result_columns("year", "value", results=results, registry=registry)
    if not any(result.rank for result in results):
        columns = tuple(column for column in columns if column.key != "rank")
    report = Report(
        partial(title_of, timeline.indicator.label, timeline.region, ""),
        columns,
        rows_of(columns, results),
        partial(_series_notes, timeline),
        sources_of(results),
        spare=("host_value",),
        only_filled=True,
    )
    lines = [(RESULT_ROW, result) for result in results]
    return Document(SERIES, timeline, lines, (report,), Voice(registry=registry))


#: What stands for a period in a reason that others have too.
_ANY = "\x00"


def _series_notes(timeline: "Timeline", language: str) -> list[str]:
    results = timeline.results
    missed = _missed_periods(timeline, language)
    return [*legend_notes(results, language), *notes_text(results, language), *missed]


def _missed_periods(timeline: "Timeline", language: str) -> Iterator[str]:
    """A line for each reason, with all periods that have it, where only they differ in it."""
    together: dict[str, list[str]] = {}
    for period, missed in timeline.unavailable:
        together.setdefault(_undated(missed.reason, period), []).append(period)
    for period, missed in timeline.unavailable:
        shape = _undated(missed.reason, period)
        periods = together[shape]
        joined = _joined(shape, periods) if len(periods) > 1 else _ANY
        if _ANY in joined:
            yield closed(f"{period}: {message_text(missed.reason, language)}")
        elif period == periods[0]:
            yield closed(f"{_dates(periods, language)}: {message_text(joined, language)}")


def _undated(reason: str, period: str) -> str:
    return reason.replace(period, _ANY)


def _joined(shape: str, periods: list[str]) -> str:
    """The reason of several periods, without them but for their parts that are missing."""
    part = re.search(rf"\(({_ANY}\S+) missing\)", shape)
    if part is not None:
        parts = [part[1].replace(_ANY, period) for period in periods]
        shape = shape.replace(part[1], some_of(parts, 3))
    return shape.replace(f" in {_ANY}", "")


def _dates(periods: list[str], language: str) -> str:
    if all(period.isdecimal() for period in periods):
        return years_text(tuple(map(int, periods)), None, language)
    return ", ".join(periods)
