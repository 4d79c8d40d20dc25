"""A portrait as a document: what a region is, in sentences and tables, with how to repeat it."""

from collections.abc import Iterable
from functools import partial

from attrs import evolve

from bajio.questions.audit.findings import Audit
from bajio.questions.portrait import Portrait
from bajio.questions.results import Result
from bajio.report.audit_report import AUDIT
from bajio.report.citation_report import citation
from bajio.report.comparison_report import SERIES, series_report
from bajio.report.kinds import CODE, PROVENANCE, TEXT, heading
from bajio.report.profile_report import PLAIN_PROFILE, PROFILE, profile_report
from bajio.report.records import Column, ListOf, Nullable, Record, Text, ValueKind, Voice, said
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.report.sensitivity_report import SENSITIVITY, sensitivity_report
from bajio.report.specialisation_report import SPECIALISATIONS, specialisations_report
from bajio.report.wording import rank_text, value_text
from bajio.version import __version__
from bajio.words.magnitudes import percent
from bajio.words.phrasebook import ENGLISH, say

#: What the summary says of a region, in that order.
_SAID = ("population", "area", "gdp", "gdp-per-capita", "exports", "life-expectancy")
#: Of what it says how much of its country the region has.
_SHARED = ("population", "area", "gdp", "exports", "employment")
REPORT = AnswerSchema(
    "report",
    "All that there is to say of a region",
    Record(
        *PROVENANCE,
        Column("region", CODE, lambda one: one.region.code),
        Column("summary", ListOf(TEXT), lambda one: tuple(_summary(one))),
        Column("profile", PLAIN_PROFILE),
        Column("pillars", Nullable(PLAIN_PROFILE)),
        Column("series", ListOf(SERIES.data)),
        Column("specialisations", Nullable(SPECIALISATIONS.data)),
        Column("sensitivity", Nullable(SENSITIVITY.data)),
        Column("audits", ListOf(AUDIT.data)),
    ),
    PROFILE.rows,
)


def portrait_report(answer: Portrait) -> Document:
    """A portrait as a document: summary, profile, pillars, years, structure, audits, method."""
    shown = profile_report(answer.profile, members=True)
    reports = [
        Report(partial(_title, answer), (), (), partial(_summary, answer)),
        *_titled("profile", shown.reports),
    ]
    if answer.pillars is not None:
        reports += _titled("pillars", profile_report(answer.pillars).reports)
    years = [one for timeline in answer.series for one in series_report(timeline).reports]
    reports += _titled("years", years)
    if answer.specialisations is not None:
        document = specialisations_report(answer.specialisations)
        reports += _titled("structure", document.reports)
    if answer.sensitivity is not None:
        document = sensitivity_report(answer.sensitivity)
        reports += _titled("sensitivity", document.reports)
    reports += [_audited(one) for one in answer.audits]
    reports += [_method(answer), _sources(answer)]
    return Document(REPORT, answer, shown.lines, tuple(reports), Voice(registry=answer.registry))


def _title(answer: Portrait, language: str) -> str:
    return say("report.title", language, region=answer.region.name(language))


def _sources(answer: Portrait) -> Report:
    lines = citation(answer, "text").splitlines()
    return Report(partial(say, "source.several"), (), (), lines)


def _titled(section: str, reports: Iterable[Report]) -> list[Report]:
    """Reports of a section, whose name stands before the first one's title."""
    found = [evolve(one, sources=(), peer_sources=()) for one in reports]
    if found:
        found[0] = evolve(found[0], title=partial(_below, section, found[0].title))
    return found


def _below(section: str, title: Text, language: str) -> str:
    return f"{say(f'report.{section}', language)}\n{said(title, language)}".rstrip()


def _summary(answer: Portrait, language: str = ENGLISH) -> list[str]:
    """What the region is, in sentences."""
    results = {one.indicator.code: one for one in answer.profile.results}
    region, lines = answer.region.name(language), []
    if len(answer.region.members) > 1:
        names = (answer.registry.name_of(code, language) for code in answer.region.members)
        lines.append(f"{region}: {', '.join(names)}.")
    for code in _SAID:
        result = results.get(code)
        if result is not None and result.rank is not None:
            when = say("when.in", language, span=result.period) if result.period else ""
            rank, value = (
                rank_text(result.rank, answer.registry, language),
                value_text(result, language),
            )
            lines.append(say(f"report.by-{code}", language, rank=rank, value=value, when=when))
    shares = [one for one in results.values() if one.share_of_host is not None]
    if shares:
        lines.append(_shares(shares, answer, language))
    return lines


def _shares(results: Iterable[Result], answer: Portrait, language: str) -> str:
    parts = [
        say(
            "report.share",
            language,
            share=percent(one.share_of_host or 0, 1, language),
            label=_inside(one.indicator.label.text(language)),
        )
        for one in results
        if one.indicator.code in _SHARED
    ]
    host = next((one.host for one in results if one.host), None)
    named = answer.registry.name_of(host, language) if host else say("report.country", language)
    return say("report.shares", language, host=named, shares=", ".join(parts))


def _inside(label: str) -> str:
    """A label inside a sentence: without its capital, unless it is an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _audited(audit: Audit) -> Report:
    columns = (
        Column("verdict", _VERDICT, label=partial(say, "audit.verdict")),
        Column("claim", CODE, label=partial(say, "audit.claim")),
        Column("statement", TEXT, label=heading("as-printed")),
    )
    rows = tuple((one, one.claim.id, one.claim.statement) for one in audit.findings)
    title = partial(_below, "claims", audit.claims.title.text)
    note = partial(say, "report.audit", code=audit.claims.code)
    return Report(title, columns, rows, (note,))


_VERDICT = ValueKind(
    {}, words=lambda finding, voice: say(f"verdict.{finding.verdict}", voice.language)
)


def _method(answer: Portrait) -> Report:
    options = answer.profile.options
    year = f" --year {options.year}" if options.year is not None else ""
    command = f"bajio report {answer.region.code}{year} --output report.html"
    digest = answer.registry.dataset.digest[:16]
    lines = (
        partial(say, "report.sums"),
        partial(say, "report.ranks"),
        partial(say, "report.repeat", command=command),
        partial(say, "report.version", version=__version__, digest=digest),
    )
    return Report(partial(say, "report.method"), (), (), lines)
