"""Axes: round numbers along a scale, written in the language's format."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from json import dumps
from math import ceil, floor, log10
from typing import Any

from attrs import frozen

from bajio.brief import Brief
from bajio.facts.observations import Exact
from bajio.questions.results import plain
from bajio.report.charts.theme import text_width
from bajio.units import ONE, Unit
from bajio.words.magnitudes import magnitude_of, named, places, significant
from bajio.words.phrasebook import phrasebook
from bajio.words.quantities import Scale, unit_name

#: From the least to the greatest so many times: on a scale of powers of ten.
_SPREAD = 50
_MOST_POWERS = 8
#: Points between the words of two marks; that words may reach out at the ends.
_APART, _BEYOND = 10, 18


@frozen(repr=False)
class ChartAxis(Brief):
    """A scale with its marks.

    Attributes:
        low, high: what it goes from and to.
        marks: round numbers on it.
        logarithmic: whether it is of powers of ten.
    """

    low: Exact
    high: Exact
    marks: tuple[Exact, ...]
    logarithmic: bool = False

    def place(self, value: Exact, length: float) -> float:
        """Where a value is, in points from the low end of so many."""
        low, high, number_placed = (float(number) for number in (self.low, self.high, value))
        if self.logarithmic:
            low, high, number_placed = log10(low), log10(high), log10(number_placed)
        return (number_placed - low) / (high - low) * length

    def scale(self, **more: Any) -> dict[str, Any]:
        """As Vega-Lite has it."""
        kind = {"type": "log"} if self.logarithmic else {"zero": False}
        return {"domain": [plain(self.low), plain(self.high)], "nice": False, **kind, **more}

    def axis(
        self, shown: Scale, language: str, length: float | None = None, **more: Any
    ) -> dict[str, Any]:
        """Its marks with their words, as Vega-Lite has them: as many as there is room for.

        Args:
            shown: what they are in.
            language: of the words.
            length: of the axis, in points; all marks, if not given.
            more: other looks.
        """
        words = [(plain(mark), mark_text(mark, shown, language)) for mark in self.marks]
        if length is not None:
            texts = [text for _, text in words]
            words = [words[position] for position in self._with_room(texts, length)]
        return {
            "values": [value for value, _ in words],
            "labelExpr": labelled(words),
            "labelFlush": False,
            **more,
        }

    def _with_room(self, texts: Sequence[str], length: float) -> Sequence[int]:
        """Every mark, every second, ..., that of nothing among them, so that no words meet."""
        places = [self.place(mark, length) for mark in self.marks]
        halves = [text_width(text) / 2 for text in texts]
        inside = [
            position
            for position, (place, half) in enumerate(zip(places, halves, strict=True))
            if place - half >= -_BEYOND and place + half <= length + _BEYOND
        ]
        for step in range(1, len(inside)):
            nothing = next((position for position in inside if not self.marks[position]), inside[0])
            chosen = [position for position in inside if not (position - nothing) % step]
            if all(
                places[after] - halves[after] - _APART >= places[before] + halves[before]
                for before, after in pairwise(chosen)
            ):
                return chosen
        return inside


def labelled(words: Iterable[tuple[float, str]]) -> str:
    """The expression that gives marks their words.

    Examples:
        >>> labelled([(1, "one"), (2, "two")])
        'datum.value === 1 ? "one" : datum.value === 2 ? "two" : ""'
    """
    parts = [f"datum.value === {dumps(value)} ? {dumps(text)} : " for value, text in words]
    return "".join(parts) + '""'


def axis_of(values: Iterable[Exact], *, zero: bool = False, powers: bool = False) -> ChartAxis:
    """The axis that some values lie on.

    Args:
        values: one or more.
        zero: whether it begins, or ends, at nothing.
        powers: whether it may be of powers of ten, where values are that far apart.

    Examples:
        >>> axis_of([3, 17]).marks, axis_of([3, 17], zero=True).marks
        ((5, 10, 15), (0, 5, 10, 15))
        >>> axis_of([2, 5000], powers=True).marks
        (10, 100, 1000)
    """
    every = sorted(map(Fraction, values))
    low, high = every[0], every[-1]
    if powers and low > 0 and high / low >= _SPREAD:
        return _of_powers(low, high)
    if zero:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    if low == high:
        low, high = low - (abs(low) or 1), high + (abs(high) or 1)
    margin = (high - low) / 25
    if not (zero and low == 0):
        low -= margin
    if not (zero and high == 0):
        high += margin
    step = _step(high - low)
    first, last = ceil(low / step), floor(high / step)
    return ChartAxis(
        low, high, tuple(_whole(step * multiple) for multiple in range(first, last + 1))
    )


def _of_powers(low: Fraction, high: Fraction) -> ChartAxis:
    low, high = low * 4 / 5, high * 5 / 4
    first, last = ceil(log10(low)), floor(log10(high))
    every = -(-(last - first + 1) // _MOST_POWERS)
    marks = [Fraction(10) ** power for power in range(first, last + 1, every)]
    if len(marks) < 3:
        marks = sorted([*marks, *(mark * more for mark in marks for more in (2, 5))])
    return ChartAxis(
        low, high, tuple(_whole(mark) for mark in marks if mark <= high), logarithmic=True
    )


def _step(length: Fraction, most: int = 7) -> Fraction:
    """The smallest of 1, 2 and 5 times a power of ten that is so often, at most, in a length."""
    power = floor(log10(length / most))
    tens = Fraction(10) ** power
    return next(tens * by for by in (1, 2, 5, 10, 20) if length / (tens * by) <= most)


def _whole(number: Fraction) -> Exact:
    return number.numerator if number.denominator == 1 else number


def mark_text(value: Exact, shown: Scale, language: str) -> str:
    """A round number beside an axis: in percent, or with the name of its power of ten.

    Examples:
        >>> mark_text(200 * 10**9, Unit.parse("USD"), "es"), mark_text(Fraction(1, 20), ONE, "en")
        ('200 mil millones', '5 %')
        >>> mark_text(20000, Unit.parse("USD"), "en"), mark_text(Fraction(1, 2), ONE, "en")
        ('20,000', '50 %')
    """
    if shown == ONE:
        return phrasebook(language).percent.format(significant(value * 100, 6, language))
    power_of_ten = magnitude_of(value, language, rounds=True)
    if power_of_ten is not None:
        power = phrasebook(language).magnitudes[power_of_ten][0]
        return named(_digits(Fraction(value) / 10**power, language), power_of_ten, language)
    return _digits(Fraction(value), language)


def _digits(number: Fraction, language: str) -> str:
    if number.denominator == 1:
        return places(number, 0, language)
    return significant(number, 6, language)


def unit_text(shown: Scale, language: str) -> str:
    """What an axis is in; empty where its marks say it.

    Examples:
        >>> unit_text(Unit.parse("USD/person"), "es"), unit_text(ONE, "en")
        ('USD por persona', '')
    """
    return unit_name(shown, language) if isinstance(shown, Unit) and shown != ONE else ""


def steps_of(values: Sequence[Exact], count: int) -> list[Exact]:
    """Values that part some values into so many parts of about as many each, without repeats.

    Examples:
        >>> steps_of([1, 2, 3, 4, 5, 6, 7, 8], 4)
        [3, 5, 7]
    """
    ordered = sorted(values)
    bounds = [ordered[len(ordered) * part // count] for part in range(1, count)]
    return [bound for bound in dict.fromkeys(bounds) if bound > ordered[0]]
