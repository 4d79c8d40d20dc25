"""A portrait as a document: what a region is, in sentences and tables, with how to repeat it."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from bajio.questions.audit.findings import Audit, Finding
from bajio.questions.portrait import Portrait
from bajio.questions.results import Result
from bajio.report.audit_report import AUDIT
from bajio.report.citation_report import citation
from bajio.report.comparison_report import SERIES, series_report
from bajio.report.kinds import CODE, PROVENANCE, TEXT
from bajio.report.profile_report import PLAIN_PROFILE, PROFILE, profile_report
from bajio.report.records import Column, ListOf, Nullable, Record, Voice
from bajio.report.reports import AnswerSchema, Document, Report
from bajio.report.sensitivity_report import SENSITIVITY, sensitivity_report
from bajio.report.specialisation_report import SPECIALISATIONS, specialisations_report
from bajio.report.wording import rank_text, value_text
from bajio.version import __version__

#: What the summary says of a region, and how, in that order.
_SAID = {
    "population": "By population",
    "area": "By territory",
    "gdp": "By GDP",
    "gdp-per-capita": "By GDP per head",
    "exports": "By exports of goods",
    "life-expectancy": "By life expectancy",
}
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
        Report(f"{answer.region}, were it a country", (), (), tuple(_summary(answer))),
        *_titled("Profile", shown.reports),
    ]
    if answer.pillars is not None:
        reports += _titled("By pillar", profile_report(answer.pillars).reports)
    years = [one for timeline in answer.series for one in series_report(timeline).reports]
    reports += _titled("Over the years", years)
    if answer.specialisations is not None:
        document = specialisations_report(answer.specialisations)
        reports += _titled("What it is made of", document.reports)
    if answer.sensitivity is not None:
        document = sensitivity_report(answer.sensitivity)
        reports += _titled("What its rank hangs on", document.reports)
    reports += [_audited(one) for one in answer.audits]
    reports += [_method(answer), Report("Sources", (), (), citation(answer, "text").splitlines())]
    return Document(REPORT, answer, shown.lines, tuple(reports), Voice(registry=answer.registry))


def _titled(section: str, reports: Iterable[Report]) -> list[Report]:
    """Reports of a section, whose name stands before the first one's title."""
    found = [evolve(one, sources=(), peer_sources=()) for one in reports]
    if found:
        found[0] = evolve(found[0], title=f"{section}\n{found[0].title}".rstrip())
    return found


def _summary(answer: Portrait) -> Iterator[str]:
    """What the region is, in sentences."""
    results = {one.indicator.code: one for one in answer.profile.results}
    members = ", ".join(
        answer.registry.areas[code].names.text("en") for code in answer.region.members
    )
    if len(answer.region.members) > 1:
        yield f"{answer.region}: {members}."
    for code, words in _SAID.items():
        result = results.get(code)
        if result is not None and result.rank is not None:
            when = f" in {result.period}" if result.period else ""
            rank = rank_text(result.rank, answer.registry)
            yield f"{words} it is the {rank}, with {value_text(result)}{when}."
    shares = [one for one in results.values() if one.share_of_host is not None]
    if shares:
        yield _shares(shares, answer)


def _shares(results: Iterable[Result], answer: Portrait) -> str:
    parts = [
        f"{float(one.share_of_host or 0) * 100:.1f} % of {_inside(str(one.indicator.label))}"
        for one in results
        if one.indicator.code in {"population", "area", "gdp", "exports", "employment"}
    ]
    host = next((one.host for one in results if one.host), None)
    named = answer.registry.areas[host].names.text("en") if host else "its country"
    return f"Of {named} it has {', '.join(parts)}."


def _inside(label: str) -> str:
    """A label inside a sentence: without its capital, unless it is an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _audited(audit: Audit) -> Report:
    columns = (
        Column("verdict", TEXT, label="Verdict"),
        Column("claim", CODE, label="Claim"),
        Column("statement", TEXT, label="As printed"),
    )
    rows = tuple((_verdict(one), one.claim.id, str(one.claim.statement)) for one in audit.findings)
    title = f"Claims that are made of it\n{audit.claims.title}"
    note = f"bajio audit {audit.claims.code} tells each figure, margin and source."
    return Report(title, columns, rows, (note,))


def _verdict(finding: Finding) -> str:
    return str(finding.verdict.value).replace("-", " ")


def _method(answer: Portrait) -> Report:
    options = answer.profile.options
    year = f" --year {options.year}" if options.year is not None else ""
    lines = (
        "Sums are of the members' figures; a ratio is a ratio of sums, never a mean of ratios.",
        "Ranks are among the peers that have a figure of the year, and the region.",
        f"To repeat it: bajio report {answer.region.code}{year} --output report.html",
        f"bajio {__version__}, data {answer.registry.dataset.digest[:16]}",
    )
    return Report("Method", (), (), lines)
