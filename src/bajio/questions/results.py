"""Results: a number with its unit, period, coverage, status, sources, rank and derivation."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from attrs import field, frozen

from bajio.brief import Alike, Brief
from bajio.engines.outcome import Coverage
from bajio.errors import InvalidValue, Unavailable
from bajio.facts.observations import Exact
from bajio.facts.periods import year_of
from bajio.facts.regions import Region
from bajio.facts.sources import Source
from bajio.indicator import Indicator
from bajio.questions.reported import Dated, Reported
from bajio.units import Unit, quantity
from bajio.words.phrasebook import ENGLISH, say

if TYPE_CHECKING:
    import pint

    from bajio.questions.choices import Options
    from bajio.questions.explanation import Explanation
    from bajio.registry import Registry

    AskedWith = tuple[Registry, Indicator, Region, Options]


#: The edition of a series whose source gives none.
UNDATED = "undated"


@frozen(repr=False)
class SourceUse(Brief):
    """A series that a number comes from.

    Attributes:
        measure: code of what was read.
        source: who published it.
        edition: in which edition.
        derived: whether figures of a user's are laid over it.
    """

    measure: str
    source: Source
    edition: str
    derived: bool = False

    def __str__(self) -> str:
        return self.in_words(ENGLISH)

    def in_words(self, language: str) -> str:
        """The source as it was published, and what was used of it, in a language."""
        dated = self.edition != UNDATED
        edition = say("source.edition", language, edition=self.edition) if dated else ""
        derived = say("source.derived", language) if self.derived else ""
        return f"{self.source}{edition}{derived}"


@frozen(eq=False, repr=False)
class MemberFigure(Alike):
    """What an indicator is for one member, or why there is none."""

    area: str
    exact: Exact | None
    reason: str = ""

    @property
    def value(self) -> float | None:
        """The figure as an int or a float."""
        return None if self.exact is None else plain(self.exact)


@frozen(eq=False, repr=False)
class Rank(Alike, Reported):
    """Where a region stands among its peers.

    Attributes:
        position: 1 is best by the indicator's direction, highest first where it has none; that of
            an interval is its middle's, and ties with none.
        of: peers with data, and the region.
        above, below: codes of the neighbours, several where they are tied.
        tied: peers with the very same value.
        nearest: the closest peers by ratio.
        peers_missing: peers without data for the year, that have some for another.
        left_out: peers that lie in the region, or are it, as composed in the year.
        borrowed: peers whose figure is of another year, within the tolerance, and that year.
        best, worst: the positions that missing peers and an interval allow.
        peers: code of the peer group.
        host: what was done with a peer that contains the region: keep, drop or remainder.
        sources: where the peers' figures come from.
        host_gap: how far the host's figure in the peers' source is from that in the region's own,
            as a fraction of the latter; `None` where they have one source.
        peers_without_data: peers that have no figure in any year; they count for nothing.
        regions: regions of one's own among the peers, which go by their codes.
        region, indicator, period: what is ranked, and the period of its value, if it has one.
    """

    position: int
    of: int
    above: tuple[str, ...]
    below: tuple[str, ...]
    tied: tuple[str, ...]
    nearest: tuple[str, ...]
    peers_missing: tuple[str, ...]
    left_out: tuple[str, ...]
    borrowed: tuple[tuple[str, int], ...]
    best: int
    worst: int
    peers: str
    host: str
    sources: tuple[SourceUse, ...] = field(default=(), repr=False)
    host_gap: Fraction | None = None
    peers_without_data: tuple[str, ...] = ()
    regions: tuple[Region, ...] = field(default=(), repr=False)
    region: Region | None = field(default=None, eq=False, repr=False)
    indicator: Indicator | None = field(default=None, eq=False, repr=False)
    period: str | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        return f"{self.position} of {self.of}"


class Derived(Protocol):
    """What a result follows from."""

    def asked(self, result: "Result") -> "AskedWith":
        """What it was asked with."""

    def members(self, result: "Result") -> tuple[MemberFigure, ...]:
        """The indicator for each member by itself."""

    def explain(self, result: "Result") -> "Explanation":
        """The formula, filled in."""


@frozen(eq=False, repr=False)
class Result(Alike, Dated, Reported):
    """An indicator's value for a region.

    Attributes:
        indicator, region: what was asked.
        low, high: exact ends of the interval that the value lies in; equal where it is known.
        period: a year, quarter or month in SDMX notation; `None` for what has none.
        status: weakest SDMX status of the inputs.
        coverage: how much of what the rule needs was there.
        share_of_host: exact share of the host's figure; `None` for rules that do not add.
        share_basis: `published` or `sum-of-parts`.
        host: code of the country that the region lies in, if one.
        host_value: the indicator for the host, in the region's source.
        sources: what the number comes from.
        rank: where it stands; `None` where it cannot be ranked.
        rank_reason: why there is no rank.
        notes: what a reader should know besides.
        holders: for a minimum or maximum, the members that have it.
        composition: codes of the members that it is the number of, as of its year.
    """

    indicator: Indicator
    region: Region
    low: Exact
    high: Exact
    period: str | None
    status: str
    coverage: Coverage
    share_of_host: Fraction | None = None
    share_basis: str | None = None
    host: str | None = None
    host_value: Exact | None = None
    sources: tuple[SourceUse, ...] = field(default=(), repr=False)
    rank: Rank | None = None
    rank_reason: str = ""
    notes: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    composition: tuple[str, ...] = ()
    _derivation: "Derived | None" = field(default=None, eq=False, repr=False)

    @property
    def point(self) -> Exact | None:
        """The value as an int or a Fraction; `None` where only an interval is known."""
        return self.low if self.low == self.high else None

    @property
    def exact(self) -> Exact:
        """The value as an int or a Fraction.

        Raises:
            InvalidValue: only an interval is known.
        """
        if self.low != self.high:
            raise InvalidValue(f"{self.indicator.code} is an interval: use low and high")
        return self.low

    @property
    def value(self) -> float:
        """The value as an int or a float.

        Raises:
            InvalidValue: only an interval is known.
        """
        return plain(self.exact)

    @property
    def is_partial(self) -> bool:
        """Whether it is a number that rests on a part of what it is about."""
        return self.low == self.high and not self.coverage.complete

    @property
    def unit(self) -> Unit:
        """The unit of the value."""
        return self.indicator.unit

    @property
    def quantity(self) -> "pint.Quantity[Any]":
        """The value as a pint quantity.

        Raises:
            InvalidValue: only an interval is known.
        """
        return quantity(self.value, self.unit)

    @property
    def members(self) -> tuple[MemberFigure, ...]:
        """The indicator for each member by itself."""
        return () if self._derivation is None else self._derivation.members(self)

    @property
    def asked(self) -> "AskedWith":
        """What it was asked with, to ask on from it.

        Raises:
            ValueError: it was read from a file.
        """
        if self._derivation is None:
            raise ValueError("a result that was read from a file was not asked here")
        return self._derivation.asked(self)

    def explain(self) -> "Explanation":
        """The formula, filled in member by member, with rates and sources."""
        if self._derivation is None:
            raise ValueError("a result that was read from a file has no derivation")
        return self._derivation.explain(self)


@frozen(eq=False, repr=False)
class Missed(Alike):
    """An indicator that could not be answered, and why.

    Attributes:
        indicator: what was asked.
        reason: why there is no number.
        latest_period: the newest period that has one, a year where none like that asked for has.
    """

    indicator: Indicator
    reason: str
    latest_period: str | None = None

    @property
    def latest_year(self) -> int | None:
        """The year of the newest period that has one."""
        return None if self.latest_period is None else year_of(self.latest_period)

    def error(self) -> Unavailable:
        """The same as an exception."""
        return Unavailable(self.reason, latest_period=self.latest_period)


def plain(number: Exact) -> float:
    """An exact number as an int where it is one, else as the nearest float.

    Examples:
        >>> plain(Fraction(1, 4)), plain(Fraction(4, 2))
        (0.25, 2)

    Beyond all floats it is the nearest whole number.
    """
    if isinstance(number, int):
        return number
    try:
        return number.numerator if number.denominator == 1 else float(number)
    except OverflowError:
        return round(number)
