"""Printed numbers: what their digits say, and what the words around them make of it."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from math import inf
from typing import Any

from attrs import evolve, field, frozen

from bajio.amounts import exact_number
from bajio.arguments import as_choice
from bajio.brief import Brief
from bajio.claims.intervals import End, Interval
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import InvalidValue
from bajio.labels import Label, as_label

#: How far "about", "almost" and "a little over" reach, where a claim sets no tolerance.
TOLERANCE = Fraction(5, 100)
#: How far "near" and "similar" reach.
NEAR = Fraction(10, 100)
#: How far each hedge that has a reach takes a number, as a part of its size.
REACHES: Mapping[Relation, Fraction] = {
    **dict.fromkeys((Relation.ABOUT, Relation.ALMOST, Relation.A_LITTLE_OVER), TOLERANCE),
    Relation.NEAR: NEAR,
}


class PrintedKind(StrEnum):
    """What a printed number counts."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    TIMES = "times"
    RANK = "rank"


#: How far a multiple in words reaches: "double" is from 1.75 to 2.25.
_IN_WORDS = Fraction(1, 4)
_HALF = Fraction(1, 2)


@frozen(repr=False)
class Digits(Brief):
    """A number and the weight of its last digit; in words, what the words stand for.

    Examples:
        >>> from fractions import Fraction
        >>> digits = Digits(Fraction(12400000), Fraction(100000))
        >>> digits.interval.low, digits.interval.high, digits.interval.open_high
        (Fraction(12350000, 1), Fraction(12450000, 1), True)
    """

    value: Fraction = field(converter=exact_number)
    quantum: Fraction = field(default=Fraction(0), converter=exact_number)
    words: Interval | None = None

    @staticmethod
    def multiple(value: int | Fraction) -> "Digits":
        """A multiple in words: "double" is within a quarter of 2.

        Examples:
            >>> double = Digits.multiple(2).interval
            >>> double.low, double.high, double.open_high
            (Fraction(7, 4), Fraction(9, 4), False)
        """
        return Digits(value, words=Interval(value - _IN_WORDS, value + _IN_WORDS))

    @staticmethod
    def fraction(part: int, whole: int) -> "Digits":
        """A fraction in words: "one in n" is from one in n + ½ to one in n - ½.

        Examples:
            >>> third = Digits.fraction(1, 3).interval
            >>> third.low, third.high
            (Fraction(2, 7), Fraction(2, 5))
        """
        low, high = (Fraction(part) / (whole + away) for away in (_HALF, -_HALF))
        return Digits(Fraction(part, whole), words=Interval(low, high))

    @property
    def interval(self) -> Interval:
        """All numbers that are printed so when rounded, halves away from zero."""
        if self.words is not None:
            return self.words
        if not self.quantum:
            return Interval.point(self.value)
        half = self.quantum / 2
        below, above = self.value - half, self.value + half
        if self.value < 0:
            return Interval(below, above, open_low=True)
        return Interval(below, above, open_low=self.value == 0, open_high=True)

    def scaled(self, factor: int | Fraction) -> "Digits":
        """The same in another unit."""
        words = None if self.words is None else self.words * Interval.point(factor)
        return Digits(self.value * factor, abs(self.quantum * factor), words)


def _hedge(value: Any) -> Relation:
    return as_choice(value, Relation, "hedge")


def _kind(value: Any) -> PrintedKind:
    return as_choice(value, PrintedKind, "kind")


def _check_hedge(_instance: object, _attribute: object, hedge: Relation) -> None:
    if hedge not in OF_A_NUMBER:
        raise InvalidValue(f"{hedge.value!r} does not open a printed number")


@frozen(repr=False)
class Printed(Brief):
    """A number as it was printed, with the words that open it.

    Percentages are fractions: "11 %" is 11/100.

    Attributes:
        texts: as printed, by language.
        first: its digits; the lower of two.
        second: the upper digits of "between".
        hedge: the relation that its words say.
        kind: a plain number, a percentage, percentage points, a multiple or a rank.
        averaged: whether it was printed as an average.
        unit: symbol of the unit that was printed beside it; `$` where the currency is not said.
        changed: whether its words say a change: "creció 5 %", "a fall of 3 %".
        of: what a share is of, as its words say: codes of measures, joined by `|`.
        reach: how far its hedge takes it, where its file says so.

    Examples:
        >>> from fractions import Fraction
        >>> over = Printed("over 11 %", Digits(Fraction(11, 100), Fraction(1, 100)), hedge="over")
        >>> over.strict().low, over.strict().open_low, over.lenient().low
        (Fraction(11, 100), True, Fraction(21, 200))
    """

    texts: Label = field(converter=as_label)
    first: Digits
    second: Digits | None = None
    hedge: Relation = field(
        default=Relation.EQUALS, converter=_hedge, validator=_check_hedge, kw_only=True
    )
    kind: PrintedKind = field(default=PrintedKind.NUMBER, converter=_kind, kw_only=True)
    averaged: bool = field(default=False, kw_only=True)
    unit: str | None = field(default=None, kw_only=True)
    changed: bool = field(default=False, kw_only=True)
    of: str | None = field(default=None, kw_only=True)
    reach: Fraction | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if (self.second is not None) != (self.hedge is Relation.BETWEEN):
            raise InvalidValue(f"{str(self.texts)!r}: between takes two numbers, others one")
        if self.second is not None and self.second.value < self.first.value:
            raise InvalidValue(f"{str(self.texts)!r}: the lower number comes first")

    @property
    def last(self) -> Digits:
        """The upper digits of two, or the only ones."""
        return self.second or self.first

    @property
    def digits(self) -> Interval:
        """What its digits stand for, the words aside."""
        return self.first.interval.hull(self.last.interval)

    @property
    def nominal(self) -> Interval:
        """The printed number itself, or all between the two."""
        return Interval(self.first.value, self.last.value)

    def strict(self, tolerance: Fraction | None = None) -> Interval:
        """What it says to the letter: over x is (x, ∞), about x its digits widened to 5 %.

        The words are about the size of a number: "almost -7.5 %" is from -7.5 % up to -7.125 %.

        Args:
            tolerance: in the place of the 5 % of "about", "almost" and "a little over".
        """
        return _reading(self, self._reach(tolerance), letter=True)

    def lenient(self, tolerance: Fraction | None = None) -> Interval:
        """What it can be taken to say: each end as far out as rounding its digits allows."""
        return _reading(self, self._reach(tolerance), letter=False)

    def _reach(self, tolerance: Fraction | None) -> Fraction:
        """How far its hedge takes it: as the claim says, or its file, or the table."""
        usual = REACHES.get(self.hedge, TOLERANCE) if self.reach is None else self.reach
        return usual if tolerance is None else tolerance

    def scaled(self, factor: int | Fraction) -> "Printed":
        """The same in another unit."""
        if factor == 1:
            return self
        second = None if self.second is None else self.second.scaled(factor)
        return evolve(self, first=self.first.scaled(factor), second=second)


def _reading(printed: Printed, tolerance: Fraction, *, letter: bool) -> Interval:
    """What a number means; what is said of a negative one is said of its size."""
    if printed.second is None and printed.first.value < 0:
        size = evolve(printed, first=printed.first.scaled(-1))
        return -_opened(size, tolerance, letter=letter)
    return _opened(printed, tolerance, letter=letter)


def _opened(printed: Printed, tolerance: Fraction, *, letter: bool) -> Interval:
    """What a number means as its hedge opens it; where it opens nothing, the digits' interval.

    Read to the letter it is the number itself, which "over" and "under" leave out;
    read leniently it is what the digits allow.
    """
    hedge, digits = printed.hedge, printed.digits
    span = printed.nominal if letter else digits
    reach = tolerance * max(abs(printed.first.value), abs(printed.last.value))
    if hedge is Relation.EQUALS:
        return digits
    if hedge is Relation.BETWEEN:
        return span
    if hedge is Relation.ABOUT:
        wide = Interval(span.low - reach, span.high + reach, span.open_low, span.open_high)
        return digits.hull(wide)
    lows: dict[Relation, End] = {
        Relation.UNDER: -inf,
        Relation.AT_MOST: -inf,
        Relation.ALMOST: printed.first.value - reach,
    }
    highs: dict[Relation, End] = {
        Relation.OVER: inf,
        Relation.AT_LEAST: inf,
        Relation.A_LITTLE_OVER: printed.first.value + reach,
    }
    low, high = lows.get(hedge, span.low), highs.get(hedge, span.high)
    beyond = letter and hedge in {Relation.OVER, Relation.A_LITTLE_OVER}
    short = letter and hedge in {Relation.UNDER, Relation.ALMOST}
    return Interval(
        low,
        high,
        beyond or (span.open_low and low == span.low),
        short or (span.open_high and high == span.high),
    )
