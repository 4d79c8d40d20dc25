"""What an audit finds, as data: verdicts with the figure, the margin, the years, and why."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from attrs import Factory, field, frozen

from bajio.brief import Brief
from bajio.claims.claim import Claim
from bajio.claims.claim_set import ClaimSet
from bajio.claims.intervals import Interval
from bajio.errors import UnknownCode
from bajio.facts.observations import Exact
from bajio.facts.periods import WHOLE, Period, Season
from bajio.facts.regions import PeerGroup
from bajio.labels import Label
from bajio.questions.choices import Options
from bajio.questions.reported import Reported
from bajio.questions.results import Result, SourceUse, plain
from bajio.questions.standing import Standing
from bajio.registry import Registry
from bajio.units import ONE, Unit
from bajio.words.enumerations import span_text
from bajio.words.quantities import Counted, Scale
from bajio.words.sentences import (
    Name,
    PeriodName,
    Piece,
    Quantified,
    SeasonName,
    Sentence,
    YearRuns,
    listing,
    sentence,
)


class Verdict(StrEnum):
    """Whether a claim is true.

    The first three are from data, the next two from the claim's own numbers.
    """

    HOLDS = "holds"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"
    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NOT_CHECKABLE = "not-checkable"


class Aspect(StrEnum):
    """What a remark is about."""

    YEARS = "years"
    NEAREST = "nearest"
    ROUNDING = "rounding"
    CHOICE = "choice"
    SLIP = "slip"
    INVERSE = "inverse"
    OWN = "own"
    RELATED = "related"
    NOTE = "note"


@frozen(repr=False)
class YearsHeld(Brief):
    """The years in which a claim would have held, of those that could be asked.

    Attributes:
        years: in which it would have held.
        checked: the first and the last that could be asked.
        season: the part of each year that is meant.
    """

    years: tuple[int, ...]
    checked: tuple[int, int]
    season: Season = WHOLE

    def said(self) -> Sentence:
        """In a sentence."""
        first, last = self.checked
        if not self.years:
            each = SeasonName(self.season)
            return sentence("years.none", each=each, first=first, last=last)
        whole = self.season == WHOLE
        if whole and len(self.years) == last - first + 1:
            return sentence("years.all", first=first, last=last)
        onward = len(self.years) > 1 and self.years == tuple(range(self.years[0], last + 1))
        key = "years.onward" if onward and whole else "years.some"
        runs = YearRuns(self.years, last, self.season)
        return sentence(key, years=runs, span=span_text(self.checked))


@frozen(repr=False)
class FiguresByYear(Brief):
    """Figures of some years.

    Attributes:
        values: by year.
        scale: what they are shown in.
        season: the part of each year that they are of.
    """

    values: tuple[tuple[int, Exact], ...]
    scale: Scale
    season: Season = WHOLE

    def said(self) -> Piece:
        """The years with their figures."""
        return listing(
            (
                sentence(
                    "figure.of-year",
                    year=PeriodName(year, self.season),
                    value=Quantified(value, self.scale),
                )
                for year, value in self.values
            ),
            between=", ",
        )


@frozen(repr=False)
class Choice(Brief):
    """Another way to come to a figure: an edition, a census, a price basis.

    Attributes:
        name: what is chosen.
        value: what it gives.
        unit: of the value.
        year: of the figure; `None` for what has none.
        prices: whether it is another price basis, and so another quantity.
        holds: whether the claim would hold by it.
        season: the part of the year that is meant.
    """

    name: Label | Sentence
    value: Exact
    unit: Unit
    year: int | None
    prices: bool = False
    holds: bool = False
    season: Season = WHOLE


@frozen(repr=False)
class Slip(Brief):
    """A slip that would explain a figure that is not true.

    Attributes:
        kind: what went wrong, as a phrase book names it: `thousandth`, `host`, `mean`, ...
        value: what the figure is once it is undone, where that is a number.
        scale: what the value is shown in.
        years: whose figures fit, where it is about years.
        season: the part of each year that is meant.
    """

    kind: str
    value: Exact | None = None
    scale: Scale = ONE
    years: tuple[int, ...] = ()
    season: Season = WHOLE


@frozen(repr=False)
class Change(Brief):
    """Areas added to a region and left out of it, and the value that it then has."""

    added: tuple[Name, ...]
    left_out: tuple[Name, ...]
    value: Exact

    def applied(self, members: frozenset[str]) -> frozenset[str]:
        """The members that a region then has."""
        added, left_out = ({name.code for name in names} for names in (self.added, self.left_out))
        return members.union(added).difference(left_out)

    def said(self) -> Piece:
        """With whom, and without whom."""
        sides = (("change.with", self.added), ("change.without", self.left_out))
        return listing(sentence(key, names=listing(names)) for key, names in sides if names)


@frozen(repr=False)
class Span(Brief):
    """A span of years that fits what a text leaves open.

    Attributes:
        years: the first and the last.
        total, whole: sums over it, of the region and of its host.
    """

    years: tuple[int, int]
    total: Fraction
    whole: Fraction | None

    def said(self) -> Piece:
        """Its years in words; of two, both."""
        first, last = self.years
        return listing(map(str, self.years)) if last == first + 1 else span_text((first, last))


#: What a remark rests on, as values.
Evidence = YearsHeld | FiguresByYear | Choice | Slip | Change | Span


@frozen(repr=False)
class Remark(Brief):
    """Something that a reader should know of a finding.

    Attributes:
        aspect: what it is about.
        text: the sentence, as data that has words in each language.
        weighty: whether it belongs in a summary.
        evidence: the slips, changes, years, spans or other choices that it tells of.
    """

    aspect: Aspect
    text: Sentence | Label
    weighty: bool = False
    evidence: tuple[Evidence, ...] = field(default=(), repr=False)


def years_remark(
    years: tuple[int, ...], checked: tuple[int, int], season: Season = WHOLE, *, weighty: bool
) -> Remark:
    """In which years something holds."""
    held = YearsHeld(years, checked, season)
    return Remark(Aspect.YEARS, held.said(), weighty, (held,))


@frozen(repr=False)
class Figure(Brief):
    """What the data say of a claim's quantity.

    Attributes:
        low, high: exact ends; equal where it is known.
        unit: of both.
        years: the period, or the first and last year of a span; empty for what has none.
        status: weakest SDMX status of the inputs.
        scale: what it is shown in: its unit, or points or times.
        since: the earlier year of a change, which the figure then tells.
        season: the part of each year that is meant.
    """

    low: Exact
    high: Exact
    unit: Unit = ONE
    years: tuple[int, ...] = ()
    status: str = "A"
    scale: Scale = field(default=Factory(lambda own: own.unit, takes_self=True), repr=False)
    since: int | None = None
    season: Season = WHOLE

    @property
    def interval(self) -> Interval:
        """What it can be."""
        return Interval(Fraction(self.low), Fraction(self.high))

    @property
    def value(self) -> float | None:
        """The figure as an int or a float; `None` where only an interval is known."""
        return plain(self.low) if self.low == self.high else None

    def said(self) -> Piece:
        """The figure, a change with its sign, or the ends that it lies between."""
        signed = self.since is not None and self.scale is not Counted.TIMES
        low, high = (Quantified(end, self.scale, signed) for end in (self.low, self.high))
        if low.text("en") == high.text("en"):
            return low
        return sentence("figure.between", low=low, high=high)

    def when(self) -> Piece:
        """Its period, to be set behind it; nothing where it has none."""
        return when(self.years, self.since, self.season)


def when(years: tuple[int, ...], since: int | None = None, season: Season = WHOLE) -> Piece:
    """A period, to be set behind a figure; nothing where there is none."""
    if since is not None:
        first, last = (PeriodName(year, season) for year in (since, years[-1]))
        return sentence("when.since", first=first, last=last)
    if season != WHOLE and years:
        return sentence("when.in", span=YearRuns(years, None, season))
    return sentence("when.in", span=span_text(years)) if years else ""


@frozen(repr=False)
class Finding(Reported):
    """What was found of one claim.

    Attributes:
        claim: what was claimed.
        verdict: by the strict reading.
        lenient: by the lenient one.
        reason: why, as data that has words in each language.
        figure: the computed figure, where there is one.
        reading, lenient_reading: what the printed number means, in the figure's unit.
        margin: how far the figure lies outside the strict reading, or inside from its nearer end,
            as a fraction of that end; `None` where there is no such number.
        years: the years in which it would have held.
        checked: the first and the last year that could be asked.
        rounding: whether it holds only thanks to rounding.
        remarks: what a reader should know besides.
        sources: where the figures come from.
    """

    claim: Claim
    verdict: Verdict
    reason: Sentence
    lenient: Verdict | None = None
    figure: Figure | None = None
    reading: Interval | None = None
    lenient_reading: Interval | None = None
    margin: Fraction | None = None
    years: tuple[int, ...] = ()
    checked: tuple[int, int] | None = None
    rounding: bool = False
    remarks: tuple[Remark, ...] = field(default=(), repr=False)
    sources: tuple[SourceUse, ...] = field(default=(), repr=False)

    def about(self, *aspects: Aspect) -> tuple[Remark, ...]:
        """The remarks about some aspects."""
        return tuple(remark for remark in self.remarks if remark.aspect in aspects)

    @property
    def season(self) -> Season:
        """The part of each year that its years mean: all of it, a quarter or a month."""
        if self.figure is not None:
            return self.figure.season
        held = (evidence for evidence in self.evidence if isinstance(evidence, YearsHeld))
        return next((figure.season for figure in held), WHOLE)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What its remarks rest on, as values: slips, changes of members, spans, choices."""
        return tuple(value for remark in self.remarks for value in remark.evidence)


@frozen(repr=False)
class Conflict(Brief):
    """Claims that cannot all be true, though all but any one of them can.

    Attributes:
        claims: their ids, in the order of the set.
        lenient: whether they cannot even when read leniently.
    """

    claims: tuple[str, ...]
    lenient: bool

    @property
    def reason(self) -> Sentence:
        """In a sentence, by language."""
        key = "conflict.itself" if len(self.claims) == 1 else "conflict.together"
        how = sentence("conflict.lenient" if self.lenient else "conflict.strict")
        return sentence(key, claims=listing(self.claims), how=how)


@frozen(repr=False)
class GroundsOfYear(Brief):
    """The results of one year that a claim is decided by.

    Attributes:
        subject: the claim's indicator for what the claim is about.
        others: the same for the areas that the claim names beside it.
    """

    subject: Result
    others: tuple[Result, ...] = ()


@frozen(repr=False)
class Grounds(Brief):
    """What a finding rests on, each result with its derivation.

    Attributes:
        finding: whose grounds they are.
        years: the results, of the earlier year of a change first.
        ranked: the result that a claim about a rank is decided by, and the lines of its ranking.

    Examples:
        >>> import bajio
        >>> grounds = bajio.audit("san-miguel").explain("area-rank")
        >>> grounds.years[0].subject.value, grounds.ranked[0].rank.position
        (109059, 105)
    """

    finding: Finding
    years: tuple[GroundsOfYear, ...] = ()
    ranked: tuple[Result, tuple[Standing, ...]] | None = None


@frozen(eq=False, repr=False)
class Audit(Reported, Mapping[str, Finding]):
    """The findings of a claim set, by claim id.

    Attributes:
        claims: what was audited.
        findings: in the order of the claims.
        conflicts: the smallest sets of claims that cannot all be true.
        registry: what was known.
        options: how figures were asked for.
        peers: the peer group that was asked for in the place of the claims' own, if one.
        searched: whether conflicts were searched for to the end; else there may be more.
        period: the period that was asked for in the place of the set's own, if one.
    """

    claims: ClaimSet
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    registry: Registry = field(eq=False, repr=False)
    options: Options = field(repr=False)
    peers: str | PeerGroup | None = None
    _grounds: "Callable[[Audit, str], Grounds] | None" = field(default=None, repr=False)
    searched: bool = field(default=True, kw_only=True)
    period: Period | None = field(default=None, kw_only=True)

    def __getitem__(self, code: str) -> Finding:
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownCode("claim", code, self.claims) from None

    @cached_property
    def _by_code(self) -> Mapping[str, Finding]:
        return {finding.claim.id: finding for finding in self.findings}

    def __contains__(self, code: object) -> bool:
        return code in self.claims

    def __iter__(self) -> Iterator[str]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.findings)

    def explain(self, code: str) -> Grounds:
        """What the finding on a claim rests on: results, each with its derivation.

        Raises:
            UnknownCode: there is no such claim.
            ValueError: the audit was not made by auditing.
        """
        if self._grounds is None:
            raise ValueError("an audit that was put together by hand has no grounds")
        return self._grounds(self, code)

    @property
    def refuted(self) -> tuple[Finding, ...]:
        """The findings that a claim is not true: contradicted by data, or by its own numbers."""
        wrong = {Verdict.CONTRADICTED, Verdict.INCONSISTENT}
        return tuple(finding for finding in self.confirmed if finding.verdict in wrong)

    @property
    def confirmed(self) -> tuple[Finding, ...]:
        """The findings that count: of all claims but drafts."""
        return tuple(finding for finding in self.findings if not finding.claim.is_draft)

    @property
    def drafts(self) -> tuple[Finding, ...]:
        """The findings on drafts, whose verdicts are tentative."""
        return tuple(finding for finding in self.findings if finding.claim.is_draft)
