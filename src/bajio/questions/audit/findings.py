"""What an audit finds: verdicts, with the figure, the margin, the years, and why."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction

from attrs import Factory, field, frozen

from bajio.claims.claim import Claim, ClaimSet
from bajio.claims.intervals import Interval
from bajio.errors import UnknownCode
from bajio.facts.observations import Exact
from bajio.facts.regions import PeerGroup
from bajio.labels import Label
from bajio.questions.evaluation import Options
from bajio.questions.results import SourceUse, plain
from bajio.registry import Registry
from bajio.units import ONE, Unit
from bajio.words.quantities import Scale


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


@frozen
class Remark:
    """Something that a reader should know of a finding.

    Attributes:
        aspect: what it is about.
        text: the sentence, by language.
        weighty: whether it belongs in a summary.
    """

    aspect: Aspect
    text: Label
    weighty: bool = False


@frozen
class Figure:
    """What the data say of a claim's quantity.

    Attributes:
        low, high: exact ends; equal where it is known.
        unit: of both.
        years: the period, or the first and last year of a span; empty for what has none.
        status: weakest SDMX status of the inputs.
        scale: what it is shown in: its unit, or points or times.
        since: the earlier year of a change, which the figure then tells.
    """

    low: Exact
    high: Exact
    unit: Unit = ONE
    years: tuple[int, ...] = ()
    status: str = "A"
    scale: Scale = field(default=Factory(lambda own: own.unit, takes_self=True), repr=False)
    since: int | None = None

    @property
    def interval(self) -> Interval:
        """What it can be."""
        return Interval(Fraction(self.low), Fraction(self.high))

    @property
    def value(self) -> float | None:
        """The figure as an int or a float; `None` where only an interval is known."""
        return plain(self.low) if self.low == self.high else None


@frozen
class Finding:
    """What was found of one claim.

    Attributes:
        claim: what was claimed.
        verdict: by the strict reading.
        lenient: by the lenient one.
        reason: why, in a sentence, by language.
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
    reason: Label
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


@frozen
class Conflict:
    """Claims that cannot all be true, though all but any one of them can.

    Attributes:
        claims: their ids, in the order of the set.
        lenient: whether they cannot even when read leniently.
        reason: in a sentence, by language.
    """

    claims: tuple[str, ...]
    lenient: bool
    reason: Label


@frozen(eq=False)
class Audit(Mapping[str, Finding]):
    """The findings of a claim set, by claim id.

    Attributes:
        claims: what was audited.
        findings: in the order of the claims.
        conflicts: the smallest sets of claims that cannot all be true.
        registry: what was known.
        options: how figures were asked for.
        peers: the peer group that was asked for in the place of the claims' own, if one.
    """

    claims: ClaimSet
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    registry: Registry = field(eq=False, repr=False)
    options: Options = field(repr=False)
    peers: str | PeerGroup | None = None

    def __getitem__(self, code: str) -> Finding:
        for finding in self.findings:
            if finding.claim.id == code:
                return finding
        raise UnknownCode("claim", code, self.claims)

    def __contains__(self, code: object) -> bool:
        return code in self.claims

    def __iter__(self) -> Iterator[str]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def refuted(self) -> tuple[Finding, ...]:
        """The findings that a claim is not true: contradicted by data, or by its own numbers."""
        wrong = {Verdict.CONTRADICTED, Verdict.INCONSISTENT}
        return tuple(finding for finding in self.findings if finding.verdict in wrong)
