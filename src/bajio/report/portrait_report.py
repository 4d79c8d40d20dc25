"""A portrait as a document: what a region is, in sections, and how to repeat it."""

import shlex
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from attrs import evolve

from bajio.facts.classifications import LEAVES
from bajio.questions.audit.findings import Audit
from bajio.questions.comparison import Timeline
from bajio.questions.portrait import Portrait
from bajio.questions.reported import Reported
from bajio.questions.results import Result, SourceUse
from bajio.report.answer_words import year_text
from bajio.report.audit_report import AUDIT
from bajio.report.citation_report import uses_of
from bajio.report.comparison_report import SERIES, series_report
from bajio.report.embedded_charts import Drawn
from bajio.report.kinds import BARE, CODE, FIGURE, NAMED, PROVENANCE, TEXT
from bajio.report.portrait_summary import (
    Called,
    Reason,
    claims_of,
    course_of,
    hanging_of,
    strength_of,
    summary_of,
    whole_summary,
)
from bajio.report.profile_report import PLAIN_PROFILE, PROFILE, profile_lines, profile_report
from bajio.report.records import (
    Column,
    ListOf,
    MappingOf,
    Record,
    ValueKind,
    Voice,
)
from bajio.report.reports import AnswerSchema, Document, Report, rows_of
from bajio.report.sensitivity_report import SENSITIVITY, sensitivity_report
from bajio.report.specialisation_report import SPECIALISATIONS, specialisation_report
from bajio.rules.plan import HOST
from bajio.units import ONE, Unit
from bajio.version import __version__
from bajio.words.phrasebook import ENGLISH, say
from bajio.words.quantities import scale_of, unit_name
from bajio.words.sentences import Piece, Sentence, sentence

#: What is ranked and mapped beside the main result, and how many figures of members are shown.
_PER_HEAD, _MOST_COLUMNS = "gdp-per-capita", 6
#: What each member's figures are shown of, in that order; then of others.
_OF_MEMBERS = ("population", "area", "gdp", _PER_HEAD, "exports", "life-expectancy")
REPORT = AnswerSchema(
    "report",
    "All that there is to say of a region",
    Record(
        *PROVENANCE,
        Column("region", CODE, lambda one: one.region.code),
        Column(
            "summary",
            ListOf(TEXT),
            lambda one: tuple(said.text(ENGLISH) for said in whole_summary(one)),
        ),
        Column("profile", PLAIN_PROFILE),
        Column("pillars", PLAIN_PROFILE | None),
        Column("series", ListOf(SERIES.data)),
        Column("specialisations", SPECIALISATIONS.data | None),
        Column("spread", PLAIN_PROFILE | None),
        Column("sensitivity", SENSITIVITY.data | None),
        Column("audits", ListOf(AUDIT.data)),
        Column("lacking", MappingOf(TEXT)),
    ),
    PROFILE.rows,
)


def portrait_report(answer: Portrait, command: str = "") -> Document:
    """A portrait as a document of sections; what is lacking is named there, with the reason.

    Args:
        answer: the portrait.
        command: what was typed, to repeat it; what would have been, if not given.
    """
    sections = (
        _section("summary", (), summary_of(answer)),
        _section("profile", profile_report(answer.profile).reports),
        _part("pillars", "pillars", _pillars, answer),
        _ranks(answer),
        _part("years", "series", _years, answer),
        _section("map", (), charts=[_drawn(_per_head(answer), "map")]),
        _members(answer),
        _part("structure", "specialisations", _structure, answer),
        _part("spread", "spread", _spread, answer),
        _part("sensitivity", "sensitivity", _hanging, answer),
        _part("claims", "audits", _claims, answer),
        [_method(answer), _repeated(answer, command or _command(answer)), _sources(answer)],
    )
    first, *others = (report for section in sections for report in section)
    reports = (evolve(first, title=partial(_title, answer)), *others)
    lines = partial(profile_lines, answer.profile, members=True)
    return Document(REPORT, answer, lines, reports)


def _section(
    name: str,
    reports: Iterable[Report],
    lead: Iterable[Sentence] = (),
    charts: Iterable[Drawn] = (),
) -> list[Report]:
    """Reports under a heading, below sentences and pictures; their sources stand at the end."""
    parts = [evolve(report, sources=(), peer_sources=()) for report in reports] or [
        Report("", (), ())
    ]
    section = partial(say, f"report.{name}")
    return [evolve(parts[0], section=section, lead=tuple(lead), charts=tuple(charts)), *parts[1:]]


def _part(
    name: str, attribute: str, make: Callable[[Portrait], list[Report]], answer: Portrait
) -> list[Report]:
    """A section, or in its place the reason why there is nothing to say."""
    reason = answer.lacking.get(attribute)
    return make(answer) if reason is None else _lacking(name, Reason(reason))


def _lacking(name: str, reason: Piece) -> list[Report]:
    return _section(name, (), [sentence("report.lacking", reason=reason)])


def _drawn(answer: Reported, kind: str, **choices: Any) -> Drawn:
    return lambda language: answer.plot(kind, language=language, **choices)


def _title(answer: Portrait, language: str) -> str:
    registry, codes = answer.registry, answer.profile.composition
    country = len(codes) == 1 and registry.areas[codes[0]].within is None
    key = "report.portrait" if country else "report.title"
    if answer.region.names is None and len(codes) > 1:
        key = "report.title-unnamed"
    return say(key, language, region=Called(answer.region, registry).text(language))


def _per_head(answer: Portrait) -> Result:
    """The result that is mapped: what does not grow with the size of an area."""
    results = answer.profile.results
    return next((result for result in results if result.indicator.code == _PER_HEAD), answer.main)


def _pillars(answer: Portrait) -> list[Report]:
    assert answer.pillars is not None
    return _section("pillars", profile_report(answer.pillars).reports)


def _ranks(answer: Portrait) -> list[Report]:
    """Where it stands by the main results, as pictures."""
    results = {result.indicator.code: result for result in (answer.main, _per_head(answer))}
    ranked = [result for result in results.values() if result.rank is not None]
    if not ranked:
        reason = answer.main.rank_reason
        return _lacking("ranks", Reason(reason) if reason else sentence("report.no-ranks"))
    return _section("ranks", (), charts=[_drawn(result, "rank") for result in ranked])


def _years(answer: Portrait) -> list[Report]:
    """The years one below the other, and their course: beside the host's, as far as it has one."""
    tables = [part for timeline in answer.series for part in series_report(timeline).reports]
    charts = [_drawn(part, "series", indexed=_adds(part)) for part in answer.series]
    return _section("years", tables, course_of(answer), charts)


def _adds(timeline: Timeline) -> bool:
    """Whether it is a part of the host's, which would press it down to the floor."""
    return any(result.share_of_host is not None for result in timeline.results)


def _members(answer: Portrait) -> list[Report]:
    """What each member has of the main figures, a row each, the region's below."""
    codes = answer.profile.composition
    if len(codes) < 2:
        return _lacking("members", sentence("report.no-members"))
    results = {result.indicator.code: result for result in answer.profile.results if result.members}
    first = [results.pop(code) for code in _OF_MEMBERS if code in results]
    chosen = [*first, *results.values()][:_MOST_COLUMNS]
    columns = (
        Column("member", NAMED, heading="member"),
        *(
            Column(result.indicator.code, _MEMBER_CELL, label=partial(_headed, result), absent="–")
            for result in chosen
        ),
    )
    names = answer.registry.areas
    rows: list[tuple[Any, ...]] = [
        (names[code].names, *(_figure(result, code) for result in chosen)) for code in codes
    ]
    rows.append((answer.region, *map(_own, chosen)))
    table = Report("", columns, tuple(rows))
    return _section("members", [table], charts=[_drawn(answer.main, "members")])


def _figure(result: Result, code: str) -> Any:
    """A member's figure, if it has one, with what it is of."""
    exact = next((member.exact for member in result.members if member.area == code), None)
    return None if exact is None else (exact, result.indicator)


def _own(result: Result) -> Any:
    """The region's figure as those of members are; with its unit where it is an interval."""
    return result if result.point is None else (result.point, result.indicator)


def _cell_text(cell: Any, voice: Voice) -> str:
    return (FIGURE if isinstance(cell, Result) else BARE).words(cell, voice)


_MEMBER_CELL = ValueKind(
    {},
    words=_cell_text,
    right=True,
    exact=lambda cell: cell if isinstance(cell, Result) else cell[0],
)


def _headed(result: Result, language: str) -> str:
    """An indicator with its unit, and its year."""
    size = scale_of(result.indicator)
    unit = unit_name(size, language) if isinstance(size, Unit) and size != ONE else ""
    details = ", ".join(part for part in (unit, year_text(result)) if part)
    label = result.indicator.label.text(language)
    return f"{label} ({details})" if details else label


def _structure(answer: Portrait) -> list[Report]:
    answered = answer.specialisations
    assert answered is not None
    reports = specialisation_report(answered).reports
    return _section(
        "structure", reports, strength_of(answer), [_drawn(answered, "specialisations")]
    )


def _spread(answer: Portrait) -> list[Report]:
    assert answer.spread is not None
    reports = profile_report(answer.spread).reports
    return _section("spread", reports, charts=[_drawn(_per_head(answer), "spread")])


def _hanging(answer: Portrait) -> list[Report]:
    answered = answer.sensitivity
    assert answered is not None
    reports = sensitivity_report(answered).reports
    return _section("sensitivity", reports, hanging_of(answer), [_drawn(answered, "sensitivity")])


def _claims(answer: Portrait) -> list[Report]:
    charts = [_drawn(audit, "audit") for audit in answer.audits]
    return _section("claims", map(_audited, answer.audits), claims_of(answer), charts)


def _audited(audit: Audit) -> Report:
    columns = (
        Column("statement", TEXT, lambda finding: finding.claim.statement, heading="as-printed"),
        Column("verdict", _VERDICT, lambda finding: finding, partial(say, "audit.verdict")),
        Column("why", TEXT, lambda finding: finding.reason, partial(say, "audit.why")),
    )
    note = partial(say, "report.audit", code=audit.claims.code)
    title = audit.claims.title.text
    return Report(title, columns, rows_of(columns, audit.findings), (note,))


_VERDICT = ValueKind(
    {}, words=lambda finding, voice: say(f"verdict.{finding.verdict}", voice.language)
)


def _method(answer: Portrait) -> Report:
    """How figures come about: what is said of all, and as this one was asked."""
    options = answer.profile.options
    keys = ["report.sums", f"report.missing-{options.missing}"]
    keys.append("report.newest" if options.year is None else "report.asked")
    if options.peers is not None:
        keys.append("report.ranks-how")
        if any(result.host for result in answer.profile.results):
            keys.append(f"report.host-{options.host}")
    lines = tuple(partial(say, key, when=str(options.period or "")) for key in keys)
    return Report("", (), (), lines, section=partial(say, "report.method"))


def _repeated(answer: Portrait, command: str) -> Report:
    digest = answer.registry.dataset.digest[:16]
    lines = (partial(say, "report.version", version=__version__, digest=digest),)
    return Report(
        "",
        (),
        (),
        lines,
        section=partial(say, "report.again"),
        lead=(sentence("report.repeat"),),
        code=command,
    )


def _command(answer: Portrait) -> str:
    """What would be typed for it; data that are not the registry's own are told by their digest."""
    options = answer.profile.options
    period = "--year" if str(options.period) == str(options.year) else "--period"
    peers = options.peers
    options_by_name = {
        period: options.period,
        "--peers": "none" if peers is None else getattr(peers, "code", peers),
        "--host": options.host,
        "--missing": options.missing,
        "--threshold": options.threshold,
        "--membership": options.membership,
        "--year-tolerance": options.year_tolerance,
    }
    specialisations = answer.specialisations
    if specialisations is not None:
        options_by_name |= {"--against": specialisations.against, "--level": specialisations.level}
    words = ["bajio", "report", answer.region.code or "+".join(answer.region.members)]
    usual = {
        str(word) for word in ("un-members", "keep", "refuse", "newest", 0, None, HOST, LEAVES)
    }
    for name, value in options_by_name.items():
        if str(value) not in usual:
            words += [name, str(value)]
    for measure, edition in dict(options.editions).items():
        words += ["--edition", f"{measure}={edition}"]
    return shlex.join([*words, "--output", "report.html"])


def _sources(answer: Portrait) -> Report:
    """What the figures come from, to be cited."""
    cited = (partial(_cited, use) for use in uses_of(answer))
    lines = (*cited, partial(say, "report.cite"))
    return Report("", (), (), lines, section=partial(say, "source.several"))


def _cited(use: SourceUse, language: str) -> str:
    """A source with where it is, and as it asks to be cited."""
    source = use.source
    parts = (use.in_words(language), source.path, source.citation)
    return f"{'. '.join(part.removesuffix('.') for part in parts if part)}."
