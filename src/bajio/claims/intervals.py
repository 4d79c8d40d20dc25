"""Intervals with exact rational ends, each open or closed, and their arithmetic.

A set of numbers and the arithmetic on it are one thing here, so neither of the libraries that do
half of it fits: portion has sets of intervals but does not add or divide them, and mpmath's
intervals have binary ends, in which 12.35 is not a number.
"""

from fractions import Fraction
from itertools import product
from math import inf

from attrs import field, frozen

End = Fraction | float


def _end(end: "int | End") -> End:
    if type(end) is Fraction or end in {inf, -inf}:
        return end
    return Fraction(end)


@frozen
class Interval:
    """The numbers between two ends; an infinite end is always open.

    Attributes:
        low, high: the ends, exact or infinite.
        open_low, open_high: whether an end is left out.

    Examples:
        >>> from fractions import Fraction
        >>> parts = Interval(Fraction(9, 4), Fraction(47, 20), open_high=True)
        >>> whole = Interval(Fraction(81, 4), Fraction(407, 20), open_high=True)
        >>> share = parts / whole
        >>> round(float(share.low), 4), round(float(share.high), 4), share.open_low
        (0.1106, 0.116, True)
        >>> Interval.point(2) in Interval(2, 3), Interval.point(2) in Interval(2, 3, open_low=True)
        (True, False)
    """

    low: End = field(default=-inf, converter=_end)
    high: End = field(default=inf, converter=_end)
    open_low: bool = False
    open_high: bool = False

    def __attrs_post_init__(self) -> None:
        if self.low == -inf:
            object.__setattr__(self, "open_low", True)
        if self.high == inf:
            object.__setattr__(self, "open_high", True)

    @staticmethod
    def point(number: int | Fraction) -> "Interval":
        """One number."""
        return Interval(number, number)

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high or (
            self.low == self.high and (self.open_low or self.open_high or abs(self.low) == inf)
        )

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are numbers."""
        return self.low > -inf and self.high < inf

    def __contains__(self, other: "int | Fraction | Interval") -> bool:
        if isinstance(other, Interval):
            return other.is_empty or (other & self) == other
        above = other > self.low or (other == self.low and not self.open_low)
        return above and (other < self.high or (other == self.high and not self.open_high))

    def __and__(self, other: "Interval") -> "Interval":
        low, open_low = max((self.low, self.open_low), (other.low, other.open_low))
        high, closed_high = min((self.high, not self.open_high), (other.high, not other.open_high))
        return Interval(low, high, open_low, not closed_high)

    def hull(self, other: "Interval") -> "Interval":
        """The least interval that holds both."""
        low, open_low = min((self.low, self.open_low), (other.low, other.open_low))
        high, closed_high = max((self.high, not self.open_high), (other.high, not other.open_high))
        return Interval(low, high, open_low, not closed_high)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low, self.open_high, self.open_low)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.open_low or other.open_low,
            self.open_high or other.open_high,
        )

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [_times(mine, theirs) for mine, theirs in product(self._ends(), other._ends())]
        low, open_low = min(ends)
        high, closed_high = max((end, not is_open) for end, is_open in ends)
        return Interval(low, high, open_low, not closed_high)

    def __truediv__(self, other: "Interval") -> "Interval":
        """The quotients; all numbers where the divisor holds zero inside."""
        return self * other._reciprocal()

    def _ends(self) -> tuple[tuple[End, bool], tuple[End, bool]]:
        return (self.low, self.open_low), (self.high, self.open_high)

    def _reciprocal(self) -> "Interval":
        if self.low < 0 < self.high or self.low == self.high == 0:
            return Interval()
        low = -inf if self.high == 0 else 1 / self.high
        high = inf if self.low == 0 else 1 / self.low
        return Interval(low, high, self.open_high, self.open_low)


def _times(mine: tuple[End, bool], theirs: tuple[End, bool]) -> tuple[End, bool]:
    """The product of two ends; zero times anything is zero, and is reached if the zero is."""
    (first, first_open), (second, second_open) = mine, theirs
    if first == 0 or second == 0:
        reached = (first == 0 and not first_open) or (second == 0 and not second_open)
        return Fraction(0), not reached
    return first * second, first_open or second_open
