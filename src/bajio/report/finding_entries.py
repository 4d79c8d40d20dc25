"""What a document tells of each finding, once for all formats: its facts, and how to repeat it."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import inf
from typing import NamedTuple

from attrs import frozen

from bajio.brief import Brief
from bajio.claims.relations import Relation
from bajio.facts.periods import WHOLE
from bajio.questions.audit.findings import Audit, Finding, Verdict
from bajio.registry import Registry
from bajio.words.enumerations import span_text
from bajio.words.phrasebook import say
from bajio.words.sentences import (
    Off,
    PeriodName,
    Piece,
    Sentence,
    YearRuns,
    listing,
    sentence,
)

#: The marks that verdicts are seen by.
MARKS: Mapping[Verdict, str] = {
    Verdict.HOLDS: "✓",
    Verdict.CONTRADICTED: "✗",
    Verdict.UNDECIDED: "?",
    Verdict.CONSISTENT: "≈",
    Verdict.INCONSISTENT: "✗",
    Verdict.NOT_CHECKABLE: "–",
}
#: What gives the command that repeats the finding on a claim of an audit.
Repeat = Callable[[Audit, str], str]
#: The facts that stand in the table of all claims, in its order, the verdict behind the first.
IN_TABLE = ("printed", "figure", "period", "margin")


class _Place(NamedTuple):
    """A region by its name, or the areas that it is of by theirs."""

    code: str
    registry: Registry

    def text(self, language: str) -> str:
        """In words."""
        codes = [self.code] if self.code in self.registry.regions else self.code.split("+")
        names = (self.registry.name_of(code.strip(), language) for code in codes)
        return " + ".join(names)


@frozen(repr=False)
class FindingEntry(Brief):
    """A finding as documents tell it.

    Attributes:
        finding: what was found.
        facts: what is known of it, by name, those that there are.
        command: what shows every figure behind it.
    """

    finding: Finding
    facts: Mapping[str, Piece]
    command: str

    @property
    def id(self) -> str:
        """That of its claim."""
        return self.finding.claim.id

    def sources(self, language: str) -> list[str]:
        """What its figures come from, each once."""
        return list(dict.fromkeys(use.in_words(language) for use in self.finding.sources))


def entries_of(audit: Audit, repeat: Repeat | None = None) -> list[FindingEntry]:
    """The findings of an audit in its order, those on drafts at the end.

    Args:
        audit: the findings.
        repeat: what gives the command that repeats one; that of what is installed, if not given.
    """
    repeat = repeat or command_of
    return [
        FindingEntry(finding, dict(_facts(audit, finding)), repeat(audit, finding.claim.id))
        for finding in (*audit.confirmed, *audit.drafts)
    ]


def verdict_text(verdict: Verdict, language: str) -> str:
    """A verdict in words.

    Examples:
        >>> verdict_text(Verdict.NOT_CHECKABLE, "en"), verdict_text(Verdict.HOLDS, "es")
        ('not checkable', 'se sostiene')
    """
    return say(f"verdict.{verdict}", language)


def verdict_marked(finding: Finding, language: str) -> str:
    """The verdict of a finding in words, behind its mark; of a draft, as a tentative one."""
    word = verdict_text(finding.verdict, language)
    if finding.claim.is_draft:
        return f"… {say('audit.tentative', language, verdict=word)}"
    return f"{MARKS[finding.verdict]} {word}"


def summary_of(audit: Audit) -> Sentence:
    """How many claims there are, how many of each verdict, and how many are drafts."""
    verdicts = [finding.verdict for finding in audit.confirmed]
    drafts = len(audit.drafts)
    if drafts and not verdicts:
        return sentence("audit.only-drafts", count=drafts)
    counts = (
        sentence(f"verdicts.{verdict}", count=verdicts.count(verdict))
        for verdict in MARKS
        if verdict in verdicts
    )
    result = sentence("audit.summary", count=len(verdicts), verdicts=listing(counts, ", "))
    if not drafts:
        return result
    return sentence("audit.both", first=result, then=sentence("audit.and-drafts", count=drafts))


def table_heads(language: str) -> list[str]:
    """The heads of the table of all claims."""
    names = ("claim", IN_TABLE[0], "verdict", *IN_TABLE[1:])
    return [say(f"fact.{name}", language) for name in names]


def table_row(entry: FindingEntry) -> tuple[Piece, ...]:
    """The facts of a finding in that table, a dash in the place of one that there is not."""
    return tuple(entry.facts.get(name, "–") for name in IN_TABLE)


def meanings_of(audit: Audit, language: str) -> str:
    """What the verdicts of an audit mean."""
    seen = {finding.verdict for finding in audit.findings}
    words = "; ".join(
        f"{verdict_text(verdict, language)}: {say(f'meaning.{verdict}', language)}"
        for verdict in MARKS
        if verdict in seen
    )
    return f"{words[:1].upper()}{words[1:]}."


def sources_of(audit: Audit, language: str) -> list[str]:
    """What the figures of an audit come from, each once."""
    uses = dict.fromkeys(use for finding in audit.findings for use in finding.sources)
    return list(dict.fromkeys(use.in_words(language) for use in uses))


def region_of(audit: Audit, finding: Finding) -> Piece:
    """What the region of a finding is called."""
    return _Place(finding.claim.subject, audit.registry)


def command_of(
    audit: Audit, claim: str, plugins: Sequence[str] = (), data: Sequence[str] = ()
) -> str:
    """What would be typed to see every figure behind a finding, with the options of its audit.

    Args:
        audit: the findings.
        claim: whose finding it is.
        plugins: the files of plugins that were named for it.
        data: the data packages and tables that were.
    """
    origin, options = audit.claims.origin, audit.options
    place = f"{audit.claims.code if origin is None or not origin.file else origin.file}:{claim}"
    period = audit.period
    named = "--year" if period is None or str(period) == str(period.year) else "--period"
    peers = audit.peers
    given = {
        named: period,
        "--peers": getattr(peers, "code", peers),
        "--host": options.host if options.host != "keep" else None,
        "--membership": options.membership if options.membership != "newest" else None,
    }
    named_plugins = [word for path in plugins for word in ("--plugin", path)]
    words = ["bajio", *named_plugins, "explain", place]
    for name, value in given.items():
        if value is not None:
            words += [name, str(value)]
    for measure, edition in dict(options.editions).items():
        words += ["--edition", f"{measure}={edition}"]
    for path in data:
        words += ["--data", path]
    return shlex.join(words)


def _facts(audit: Audit, finding: Finding) -> Iterator[tuple[str, Piece]]:
    yield "region", region_of(audit, finding)
    if finding.claim.printed is not None:
        yield "printed", finding.claim.printed.texts
    figure = finding.figure
    if figure is not None:
        yield "figure", figure.said()
        if figure.years:
            yield "period", _period(finding)
    if (margin := margin_of(finding)) is not None:
        yield "margin", margin


def _period(finding: Finding) -> Piece:
    figure = finding.figure
    assert figure is not None
    last, season = figure.years[-1], figure.season
    if figure.since is not None:
        first = PeriodName(figure.since, season)
        return listing((first, PeriodName(last, season)), "–")
    if len(figure.years) == 1:
        return PeriodName(last, season)
    return span_text(figure.years) if season == WHOLE else YearRuns(figure.years, None, season)


def margin_of(finding: Finding) -> Sentence | None:
    """How far the figure is outside what was said, or inside of it."""
    margin, figure, reading = finding.margin, finding.figure, finding.reading
    if margin is None:
        return None
    side = "outside" if margin < 0 else "inside"
    if finding.claim.relation is Relation.TOP:
        count = int(abs(margin) * finding.claim.last_rank)
        if not count:
            return sentence("audit.place-itself")
        return sentence(f"audit.places-{side}", count=count)
    if figure is None or figure.low != figure.high or reading is None:
        return sentence(f"audit.{side}", off=Off(abs(margin)))
    value = Fraction(figure.low)
    ends = [end for end in (reading.low, reading.high) if abs(end) != inf]
    gap = min((value - Fraction(end) for end in ends), key=abs)
    if side == "outside":
        side = "above" if gap > 0 else "below"
    return sentence(f"audit.{side}", off=Off(abs(margin), gap, figure.scale))
