"""What an evaluation gives: a number or an interval, with its coverage, status and series."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from fractions import Fraction

from attrs import field, frozen

from bajio.brief import Alike
from bajio.errors import Unavailable, some
from bajio.facts.observations import Exact
from bajio.facts.series import Series

_MOST_NAMED = 4
#: As many lines as an error tells.
MOST_TOLD = 3


class Missing(StrEnum):
    """What is done about members without figures."""

    REFUSE = "refuse"
    PARTIAL = "partial"
    BOUND = "bound"


class Refusal(IntEnum):
    """Why a region among many has no value.

    Attributes:
        NONE: it has one.
        LACKING: a figure is missing.
        UNDEFINED: the figures allow none: a divisor is zero, growth starts from nothing, ...
        EMPTY: it has no members.
        UNCOVERED: less of it is covered than was asked for.
        UNAVAILABLE: no series has what the rule reads, or it lies in no single country.
        OUTSIDE: the key of a table is an area that is none of its members.
    """

    NONE = 0
    LACKING = 1
    UNDEFINED = 2
    EMPTY = 3
    UNCOVERED = 4
    UNAVAILABLE = 5
    OUTSIDE = 6


class Lacking(Unavailable):
    """Figures that a rule needs are missing: which, where that is known."""

    def __init__(self, reason: str, *, gaps: "Iterable[Gap]" = ()) -> None:
        self.gaps = tuple(gaps)
        super().__init__(reason)


class Unserved(Unavailable):
    """No series has a measure for some areas.

    Attributes:
        told: the measure, the areas, what the figures would have to convert to, and why they do
            not; the last two are empty where there are no figures at all.
    """

    def __init__(self, what: str, who: str, to: str = "", why: str = "") -> None:
        self.told = what, who, to, why
        super().__init__(f"no series has {what}{to} for {who}{why}")

    def __reduce__(self) -> tuple[type["Unserved"], tuple[str, ...]]:
        return Unserved, self.told


#: What opens the reason of a gap where a source does not speak of an area at all.
NOT_IN = "not in "


@frozen(eq=False, repr=False)
class Gap(Alike):
    """A figure that a rule needs and the data lack.

    Attributes:
        area: whose figure.
        measure: of what.
        period: when; empty for a timeless measure.
        reason: why, as far as the source says.
    """

    area: str
    measure: str
    period: str
    reason: str = ""

    def __str__(self) -> str:
        place = f"{self.area} in {self.period}" if self.period else self.area
        reason = f" ({self.reason})" if self.reason else ""
        return f"no {self.measure!r} for {place}{reason}"


def together(gaps: Iterable[Gap]) -> dict[tuple[str, str, str], list[str]]:
    """The areas that have the same gap, by measure, period and reason."""
    areas: dict[tuple[str, str, str], dict[str, None]] = {}
    for gap in gaps:
        areas.setdefault((gap.measure, gap.period, gap.reason), {})[gap.area] = None
    return {gap: list(whose) for gap, whose in areas.items()}


def told(gaps: Iterable[Gap]) -> list[str]:
    """Gaps in words: a line for each measure, period and reason, with the areas that lack it.

    Examples:
        >>> told([Gap("MX-JAL", "gdp", "2030"), Gap("MX-COL", "gdp", "2030")])
        ["no 'gdp' for MX-JAL, MX-COL in 2030"]
    """
    lines = []
    for (measure, period, reason), areas in together(gaps).items():
        whose, when = some(areas, _MOST_NAMED), f" in {period}" if period else ""
        lines.append(f"no {measure!r} for {whose}{when}" + (f" ({reason})" if reason else ""))
    return lines


@frozen(eq=False, repr=False)
class Coverage(Alike):
    """How much of what a rule needs was there.

    Attributes:
        members: share of the members that enter the number.
        weight: share of their population; `None` where that is not known.
        periods: share of the periods that enter it.
        missing: the gaps.
    """

    members: Fraction = Fraction(1)
    weight: Fraction | None = Fraction(1)
    periods: Fraction = Fraction(1)
    missing: tuple[Gap, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing was missing."""
        return not self.missing and self.members == 1 and self.periods == 1


FULL = Coverage()


@frozen(eq=False, repr=False)
class Outcome(Alike):
    """A rule's value for one set of members in one year.

    Attributes:
        low, high: equal where the value is known, else the ends of the interval that it lies in.
        status: weakest SDMX status of the inputs.
        coverage: how much was there.
        series: where the inputs come from, in the order that the rule reads them.
        holders: for a minimum or maximum, the members that have it.
        absent: the members that do not enter the value.
        rolled_up: areas that enter as the sum of their parts, with the kind of these.
    """

    low: Exact
    high: Exact
    status: str = "A"
    coverage: Coverage = FULL
    series: tuple[Series, ...] = field(default=(), eq=False, repr=False)
    holders: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()
    rolled_up: tuple[tuple[str, str], ...] = ()

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high
