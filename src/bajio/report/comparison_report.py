"""Comparisons of regions, and indicators over the years, as documents."""

from typing import TYPE_CHECKING, Any

from bajio.errors import in_options
from bajio.facts.periods import year_of
from bajio.questions.results import Missed, Result
from bajio.report.footnotes import legend_notes, sources_of
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
from bajio.report.profile_report import PLAIN_PROFILE, PROFILE, profile_lines, result_columns
from bajio.report.records import Column, ListOf, Record, ValueKind, Voice
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.report.wording import notes_text, value_text, year_text

if TYPE_CHECKING:
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


def _answer_text(answer: Any, _voice: Voice) -> str:
    if isinstance(answer, Missed):
        return "–"
    if not isinstance(answer, Result):
        return f"{len(answer.values)} values"
    return value_text(answer) + (f" ({year_text(answer)})" if answer.period is not None else "")


_ANSWER = ValueKind({}, words=_answer_text, right=True)


def _side_by_side(comparison: "Comparison") -> Report:
    regions = [str(profile.region) for profile in comparison.profiles]
    rows: list[tuple[Any, ...]] = []
    lacking: dict[tuple[str, str], list[str]] = {}
    for indicator, answers in comparison.rows():
        rows.append((indicator.label, *answers))
        for region, answer in zip(regions, answers, strict=True):
            if isinstance(answer, Missed):
                reason = region, in_options(str(answer.error()))
                lacking.setdefault(reason, []).append(indicator.code)
    notes = legend_notes(result for profile in comparison.profiles for result in profile.results)
    notes += [
        f"No {', '.join(codes)} for {region}: {reason}."
        for (region, reason), codes in lacking.items()
    ]
    for profile in comparison.profiles:
        notes += [f"{profile.region}: {line}" for line in notes_text(profile.results)]
    columns = (
        Column("label", TEXT, label="Indicator"),
        *(Column(region, _ANSWER, label=region) for region in regions),
    )
    return Report(" · ".join(regions), columns, tuple(rows), notes)


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
    (RESULT,),
)


def series_report(timeline: "Timeline") -> Document:
    """An indicator over the years, as a document."""
    results, registry = timeline.results, timeline.registry
    columns = result_columns("year", "value", results=results, registry=registry)
    if not any(result.rank for result in results):
        columns = tuple(column for column in columns if column.key != "rank")
    report = Report(
        f"{timeline.indicator.label} of {timeline.region}",
        columns,
        rows_of(columns, results),
        [
            *legend_notes(results),
            *notes_text(results),
            *(f"{period}: {missed.reason}." for period, missed in timeline.unavailable),
        ],
        sources_of(results),
        spare=("host_value",),
        only_filled=True,
    )
    lines = [(RESULT, result) for result in results]
    return Document(SERIES, timeline, lines, (report,), Voice(registry=registry))
