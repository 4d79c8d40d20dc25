"""Observations of one series: values, statuses and gaps, checked where they enter."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from attrs import field, frozen

from bajio.arguments import as_text, as_texts
from bajio.brief import Alike
from bajio.facts.periods import Period

Exact = int | Fraction
Key = tuple[str, ...]

#: SDMX OBS_STATUS of a value, from the weakest to the strongest.
STATUSES = {
    "F": "projected",
    "E": "estimated",
    "P": "preliminary",
    "R": "revised",
    "A": "final",
}
#: Why there is no value.
GAPS = {
    "O": "not available",
    "Q": "confidential",
    "N": "not significant",
    "L": "not collected",
}


def weakest(statuses: Iterable[str]) -> str:
    """The least certain of some statuses.

    Examples:
        >>> weakest(["A", "P", "R"]), weakest([])
        ('P', 'A')
    """
    present = set(statuses)
    return next((status for status in STATUSES if status in present), "A")


def _where(values: Iterable[str]) -> Key:
    return as_texts(values, "dimensions")


def _period(value: object) -> str:
    """A period as it is written, checked with its series; a year can be a number."""
    return value if isinstance(value, str) else str(Period.parse(value))


@frozen(eq=False, repr=False)
class Observation(Alike):
    """One figure, or a gap and why.

    Attributes:
        area, period, measure: what it is about; the period is `""` for a timeless measure.
        value: an exact number in the series' unit; `None` where there is none.
        status: SDMX OBS_STATUS: A, R, P, E or F with a value; O, Q, N or L without.
        note: a reason in words.
        where: what the dimensions are, in the order of the measure's.

    Examples:
        >>> Observation("MX-JAL", "2018", "population", 8197483).status
        'A'
    """

    area: str
    period: str = field(converter=_period)
    measure: str
    value: Exact | Decimal | None
    status: str = ""
    note: str = ""
    where: Key = field(default=(), converter=_where)

    def __attrs_post_init__(self) -> None:
        if not as_text(self.status, "a status"):
            object.__setattr__(self, "status", "A" if self.value is not None else "O")


class Mark(NamedTuple):
    """A status other than normal, or the reason of a gap."""

    status: str
    note: str


def exact(value: Exact | Decimal) -> Exact:
    """The same number as an integer where it is one, else as a fraction in lowest terms.

    Examples:
        >>> exact(Decimal("2.50")), exact(Fraction(4, 2))
        (Fraction(5, 2), 2)
    """
    if type(value) is int:
        return value
    numerator, denominator = value.as_integer_ratio()
    return numerator if denominator == 1 else Fraction(numerator, denominator)
