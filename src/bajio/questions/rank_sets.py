"""Which ranks are possible, where what is ranked are estimates with standard errors."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import ceil, hypot, inf
from random import Random
from statistics import NormalDist
from typing import NamedTuple

from attrs import frozen

from bajio.amounts import exact_number
from bajio.arguments import as_pairs, as_texts, as_word
from bajio.brief import Brief
from bajio.errors import InvalidValue, UnknownCode, shown
from bajio.facts.observations import Exact

#: Critical values come from the same draws whenever they are asked for.
_SEED = 2024
_FEWEST, _MOST = 1_000, 100_000
#: At least so many draws lie beyond a critical value.
_BEYOND = 10
#: What a bound is raised by, so that rounding never takes it below what it bounds.
_ABOVE = 1 + 1e-9
#: Two estimates by their places, of which the first may be above the second.
_Pair = tuple[int, int]


@frozen(repr=False)
class RankSet(Brief):
    """The rank of an estimate, and those that its errors leave possible.

    Attributes:
        code: of what is ranked.
        rank: of the estimate, in standard competition ranking.
        best, worst: the first and the last rank of the confidence set.
    """

    code: str
    rank: int
    best: int
    worst: int


def rank_sets(
    estimates: Mapping[str, Exact | float],
    errors: Mapping[str, Exact | float],
    *,
    coverage: float = 0.95,
    of: Iterable[str] | None = None,
    jointly: bool = True,
    order: str = "highest",
    draws: int = 5_000,
) -> dict[str, RankSet]:
    """Confidence sets of ranks: the ranks that the errors of independent estimates leave possible.

    After Mogstad, Romano, Shaikh and Wilhelm, Inference for Ranks, Review of Economic Studies
    91 (2024): every pair is tested in both directions by the difference of its estimates over its
    standard error, stepwise. The critical value is the quantile of the greatest of these under a
    normal distribution without any difference, over the pairs that are not told apart yet, until
    no more are; it is simulated, by the same draws each time. A rank is at best one more than the
    number of those that are told to be above it.

    Args:
        estimates: what is ranked, by code; they are independent, and about normal.
        errors: the standard error of each, above zero.
        coverage: how probable it is that the sets have the true ranks, from 0.5 on and below 1.
        of: codes whose sets are asked for; all if not given. The ranks are among all estimates.
        jointly: whether `coverage` is for all these sets at once, as comparing them asks for;
            or for each by itself, which gives smaller sets.
        order: which estimate is first, the `highest` or the `lowest`.
        draws: how many the critical values come from. Time grows with it and with the number of
            estimates; the pairs of these are gone through once for each step, not for each draw.

    Returns:
        A set for each code, by estimated rank.

    Raises:
        UnknownCode: a set is asked for that has no estimate.
        InvalidValue: a number is none, or out of its bounds.

    Examples:
        >>> import bajio
        >>> share = {"north": 31, "centre": 30, "south": 20}
        >>> error = {"north": 1.5, "centre": 1, "south": 1}
        >>> for one in bajio.answers.rank_sets(share, error).values():
        ...     print(one.code, one.rank, (one.best, one.worst))
        north 1 (1, 2)
        centre 2 (1, 2)
        south 3 (3, 3)
    """
    numbers = _numbers(estimates, "estimates")
    if as_word(order, ("highest", "lowest"), "order") == "lowest":
        numbers = {code: -number for code, number in numbers.items()}
    spread = _errors_of(numbers, errors)
    codes = sorted(numbers)  # draws go to codes, whatever order they are given in
    field = _Estimates(
        tuple(numbers[code] for code in codes), tuple(spread[code] for code in codes)
    )
    places = {code: place for place, code in enumerate(codes)}
    asked = [places[code] for code in _asked(of, codes)]
    level = _level(coverage, draws)
    rising = sorted(field.values)
    sets = {}
    for group in [asked] if jointly else [[position] for position in asked]:
        above = field.told_apart(group, level, draws)
        higher, lower = (Counter(side) for side in zip(*above, strict=True)) if above else ({}, {})
        for position in group:
            rank = 1 + len(codes) - bisect_right(rising, field.values[position])
            best, worst = 1 + lower.get(position, 0), len(codes) - higher.get(position, 0)
            sets[codes[position]] = RankSet(codes[position], rank, best, worst)
    return dict(sorted(sets.items(), key=lambda pair: (pair[1].rank, pair[0])))


def _numbers(values: Mapping[str, Exact | float], what: str) -> dict[str, float]:
    """Numbers by code.

    Raises:
        InvalidValue: one is none, or greater than any float.
    """
    numbers = {}
    for code, number in as_pairs(values, what).items():
        try:
            numbers[code] = float(exact_number(number))
        except OverflowError:
            raise InvalidValue(f"{what}: the one of {shown(code)} is out of bounds") from None
    return numbers


def _errors_of(
    estimates: Mapping[str, float], errors: Mapping[str, Exact | float]
) -> dict[str, float]:
    """The standard error of each estimate.

    Raises:
        InvalidValue: there are fewer than two, one has none, or it is not above zero.
    """
    spread = _numbers(errors, "standard errors")
    if len(estimates) < 2:
        raise InvalidValue("ranks are among two estimates or more")
    odd = sorted(estimates.keys() ^ spread.keys())
    if odd:
        raise InvalidValue(f"{shown(odd[0])} needs both an estimate and a standard error")
    for code, error in spread.items():
        if error <= 0:
            raise InvalidValue(f"the standard error of {shown(code)} is not above zero")
    return spread


def _asked(of: Iterable[str] | None, codes: list[str]) -> list[str]:
    """The codes whose sets are asked for, each once."""
    asked = codes if of is None else list(dict.fromkeys(as_texts(of, "codes")))
    known = set(codes)
    for code in asked:
        if code not in known:
            raise UnknownCode("estimate", code, codes)
    return asked


def _level(coverage: float, draws: int) -> int:
    """How many of the draws the critical value is not below.

    Raises:
        InvalidValue: the coverage or the number of draws is out of bounds.
    """
    if type(draws) is not int or not _FEWEST <= draws <= _MOST:
        bounds = f"from {_FEWEST:,} to {_MOST:,}"
        raise InvalidValue(f"{shown(draws)} draws: give a whole number {bounds}")
    share = exact_number(coverage)
    if not 1 <= 2 * share < 2:
        raise InvalidValue(f"a coverage of {shown(coverage)}: give a number from 0.5 on, below 1")
    level = ceil(share * draws)
    if draws - level < _BEYOND:
        raise InvalidValue(f"a coverage of {shown(coverage)} needs more than {draws:,} draws")
    return level


@frozen
class _Draw:
    """Independent standard normal numbers, and the places of the largest of them, first."""

    numbers: tuple[float, ...]
    largest: tuple[int, ...]


class _Partner(NamedTuple):
    """With whom an estimate is compared.

    Attributes:
        other: its place.
        first, second: the places of the two, in the order of their difference.
        width: the standard error of this.
        absolute: whether it counts in both directions.
    """

    other: int
    first: int
    second: int
    width: float
    absolute: bool


@frozen(slots=False)
class _Estimates:
    """Estimates and their standard errors, in one order."""

    values: tuple[float, ...]
    errors: tuple[float, ...]

    def told_apart(self, group: list[int], level: int, draws: int) -> set[_Pair]:
        """The pairs with one of a group of which the first is told to be above the second."""
        drawn = _draws(len(self.values), draws)
        everyone = range(len(self.values))
        wanted = {(first, other) for first in group for other in everyone if first != other}
        left = wanted | {(other, first) for first, other in wanted}
        above: set[_Pair] = set()
        while left:
            partners = self._partners(left)
            greatest = sorted(self._greatest(partners, draw) for draw in drawn)
            critical = greatest[level - 1]
            apart = {pair for pair in left if self._difference(pair) > critical}
            if not apart:
                break
            above |= apart
            left -= apart
        return above

    def _width(self, pair: _Pair) -> float:
        return hypot(self.errors[pair[0]], self.errors[pair[1]])

    def _difference(self, pair: _Pair) -> float:
        """How many of its standard errors the first is above the second."""
        return (self.values[pair[0]] - self.values[pair[1]]) / self._width(pair)

    def _partners(self, pairs: set[_Pair]) -> dict[int, list[_Partner]]:
        """With whom each estimate is compared, by its place."""
        result: dict[int, list[_Partner]] = {}
        for pair in pairs:
            first, second = pair
            absolute = (second, first) in pairs
            if absolute and first > second:
                continue
            width = self._width(pair)
            for one, other in (pair, pair[::-1]):
                partner = _Partner(other, first, second, width, absolute)
                result.setdefault(one, []).append(partner)
        return result

    def _greatest(self, partners: Mapping[int, list[_Partner]], draw: _Draw) -> float:
        """The greatest difference of a draw, in standard errors.

        That of two is never greater than the root of the sum of their squares, by the inequality
        of Cauchy and Schwarz: of all pairs few must be looked at, those of the largest numbers.
        """
        greatest, numbers, errors = -inf, draw.numbers, self.errors
        for one in draw.largest:
            square = numbers[one] ** 2
            most = greatest**2 if greatest > 0 else -inf
            if 2 * square * _ABOVE < most:
                break
            for other, first, second, width, absolute in partners.get(one, ()):
                if (square + numbers[other] ** 2) * _ABOVE < most:
                    continue
                away = (numbers[first] * errors[first] - numbers[second] * errors[second]) / width
                greatest = max(greatest, abs(away) if absolute else away)
        return greatest


@lru_cache(maxsize=1)
def _draws(size: int, count: int) -> list[_Draw]:
    """Draws that are the same in every version of Python."""
    uniform, normal = Random(_SEED).random, NormalDist().inv_cdf  # noqa: S311  # no secret
    drawn = (tuple(normal(uniform() or 0.5) for _ in range(size)) for _ in range(count))
    return [_Draw(one, _largest_first(one)) for one in drawn]


def _largest_first(numbers: tuple[float, ...]) -> tuple[int, ...]:
    """Their places, by how far they are from zero."""
    far = [-abs(number) for number in numbers]
    return tuple(sorted(range(len(numbers)), key=far.__getitem__))
