"""Profiles as documents."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from attrs import evolve

from bajio.facts.regions import PeerGroup
from bajio.questions.compositions import Compositions
from bajio.questions.profile import Profile
from bajio.questions.results import MemberFigure, Result
from bajio.registry import Registry
from bajio.report.breakdown_report import (
    BREAKDOWN,
    BREAKDOWN_ROW,
    breakdown_lines,
    breakdown_report,
)
from bajio.report.footnotes import result_notes, sources_of
from bajio.report.kinds import (
    BARE,
    CODE,
    CODES,
    MEMBER,
    MISSED,
    NUMBER,
    PERIOD,
    PROVENANCE,
    REGION,
    RESULT,
    TEXT,
    YEAR,
    Phrase,
)
from bajio.report.records import ABSENT, Column, ListOf, OneOf, Record, WordOf
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.words.enumerations import some_of
from bajio.words.phrasebook import say

_GROUP = Record(Column("label", TEXT), Column("indicators", CODES, lambda group: group.members))


def _groups(profile: Profile) -> Any:
    """The groups of the sets that were asked for, where they have some."""
    return [group for indicator_set in profile.grouped for group in indicator_set.groups] or ABSENT


def _peers(profile: Profile) -> str | None:
    peers = profile.options.peers
    return peers.code if isinstance(peers, PeerGroup) else peers


#: How many members a title names.
_MOST_MEMBERS = 6
#: A row of CSV: a result with the region that it is of.
RESULT_ROW = Record(Column("region", CODE, lambda one: one.region.code), *RESULT.columns)
#: A row of CSV: a result and one of its members.
_MEMBER_ROW = Record(
    Column("region", CODE, lambda pair: pair[1].area),
    Column("indicator", CODE, lambda pair: pair[0].indicator.code),
    Column("label", TEXT, lambda pair: pair[0].indicator.label),
    Column("value", NUMBER | None, lambda pair: pair[1].exact),
    Column("unit", TEXT, lambda pair: pair[0].unit),
    Column("period", PERIOD, lambda pair: pair[0].period),
    Column("year", YEAR, lambda pair: pair[0]),
)
_MEMBERS = Column("members", ListOf(MEMBER), optional=True)
_ASKED = (
    Column("region", REGION, lambda profile: (profile.region, profile.composition)),
    Column("peers", CODE | None, _peers),
    Column("host", WordOf(("keep", "drop", "remainder")), lambda one: one.options.host),
    Column("missing", WordOf(("refuse", "partial", "bound")), lambda one: one.options.missing),
    Column("membership", WordOf(("newest", "as-of")), lambda one: one.options.membership),
    *PROVENANCE,
)
_BESIDES = (
    Column("unavailable", ListOf(MISSED)),
    Column("groups", ListOf(_GROUP), _groups, optional=True),
)
_ANSWERS, _WITH_MEMBERS = (
    Column(
        "results",
        ListOf(OneOf({"Result": result, "Breakdown": BREAKDOWN})),
        lambda profile: profile.answers,
    )
    for result in (RESULT, Record(*RESULT.columns, _MEMBERS))
)
#: A profile without the figures of members.
PLAIN_PROFILE = Record(*_ASKED, _ANSWERS, *_BESIDES)
PROFILE = AnswerSchema(
    "profile",
    "What a region is among its peers",
    Record(*_ASKED, _WITH_MEMBERS, *_BESIDES),
    (RESULT_ROW, _MEMBER_ROW, BREAKDOWN_ROW),
)


def profile_report(profile: Profile, *, members: bool = False) -> Document:
    """A profile as a document.

    Args:
        profile: the answer.
        members: whether each member's figures are given too.
    """
    reports = [_results(profile, members=members)] if profile.results else []
    reports += map(breakdown_report, profile.tables)
    if reports and not profile.results:
        reports[-1] = evolve(reports[-1], lacking=profile.unavailable)
    return Document(
        PROFILE if members else evolve(PROFILE, data=PLAIN_PROFILE),
        profile,
        partial(profile_lines, profile, members=members),
        tuple(reports),
    )


def profile_lines(profile: Profile, *, members: bool = False) -> Iterator[tuple[Record, Any]]:
    """A profile as rows of CSV: one an answer, and one a member where they are asked for."""
    for result in profile.results:
        yield RESULT_ROW, result
        if members:
            yield from ((_MEMBER_ROW, (result, figure)) for figure in result.members)
    for table in profile.tables:
        yield from breakdown_lines(table)


def _results(profile: Profile, *, members: bool) -> Report:
    """A table of value, year, share of the host, rank, coverage where not full."""
    registry, results = profile.registry, profile.results
    areas = _composition(results) if members else ()
    columns = (
        *result_columns("label", "value", "year", results=results, registry=registry),
        *(_member_column(area, registry) for area in areas),
    )
    grouped = profile.grouped
    if grouped:
        columns = (Column("group", TEXT, label=grouped[0].label.text), *columns)
    if profile.options.peers is None:
        columns = tuple(column for column in columns if column.key != "rank")
    return Report(
        partial(_title, profile, registry),
        columns,
        tuple(_grouped_rows(profile, columns)) if grouped else rows_of(columns, results),
        partial(result_notes, results, registry, as_of=profile.options.membership == "as-of"),
        sources_of(results),
        sources_of(result.rank for result in results if result.rank),
        profile.unavailable,
        ("host_value", "share_of_host", "rank") if areas else ("host_value",),
        only_filled=True,
    )


def _grouped_rows(profile: Profile, columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    """The results under the headings of their groups, then the others; a group without any too."""
    left = {result.indicator.code: result for result in profile.results}
    for group in (group for indicator_set in profile.grouped for group in indicator_set.groups):
        label: Any = group.label
        results = [left.pop(code) for code in group.members if code in left]
        for row in rows_of(columns[1:], results):
            yield label, *row
            label = None
        if not results:
            why = Phrase("profile.no-figure" if group.members else "profile.no-measure")
            yield label, why, *(None for _ in columns[2:])
    for position, row in enumerate(rows_of(columns[1:], left.values())):
        yield None if position else Phrase("profile.others"), *row


def result_columns(
    *first: str, results: Iterable[Result], registry: Registry
) -> tuple[Column, ...]:
    """Columns of results: some, then the host's and the rank, and coverage where it is not full."""
    every = list(results)
    host = next((one.host for one in every if one.host), None)
    columns = RESULT.only(*first)
    if any(one.period not in {None, str(one.year)} for one in every):
        period = partial(say, "column.period")
        columns = tuple(
            column.labelled(period) if column.key == "year" else column for column in columns
        )
    if host:
        value, share = RESULT.only("host_value", "share_of_host")
        columns += (value.labelled(partial(registry.name_of, host)), share)
    columns += RESULT.only("rank")
    complete = all(one.coverage.complete for one in every)
    return columns + (() if complete else RESULT.only("coverage"))


def _member_column(area: str, registry: Registry) -> Column:
    """The figures of a member beside the region's."""

    def figure(result: Result) -> Any:
        member: MemberFigure | None = {one.area: one for one in result.members}.get(area)
        return None if member is None or member.exact is None else (member.exact, result.indicator)

    return Column(area, BARE, figure, partial(registry.name_of, area), absent="–")


def _composition(results: Iterable[Result]) -> tuple[str, ...]:
    """Codes of all that are members in the year of a result."""
    return tuple(dict.fromkeys(code for result in results for code in result.composition))


def _title(profile: Profile, registry: Registry, language: str) -> str:
    region, options = profile.region, profile.options
    names = [registry.name_of(code, language) for code in profile.composition]
    members = some_of(names, _MOST_MEMBERS, language)
    title = members if region.names is None else region.name(language)
    if title != members:
        title = f"{title}: {members}"
    if options.peers is None:
        return title
    group = registry.peer_group(options.peers)
    codes = Compositions(registry, options.membership).group(options.peers, options.year)
    host = say(f"profile.{options.host}", language)
    among = say(
        "profile.among", language, group=group.names.text(language), count=len(codes), host=host
    )
    return f"{title}\n{among}"
