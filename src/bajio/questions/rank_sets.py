"""Which ranks are possible, where what is ranked are estimates with standard errors."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import ceil, hypot
from operator import itemgetter, mul, sub, truediv
from random import Random
from statistics import NormalDist

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
        draws: how many the critical values come from. Time grows with it, and with the number
            of pairs.

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
    asked = [codes.index(code) for code in _asked(of, codes)]
    level = _level(coverage, draws)
    ranks = [1 + sum(other > one for other in field.values) for one in field.values]
    sets = {}
    for group in [asked] if jointly else [[one] for one in asked]:
        above = field.told_apart(group, level, draws)
        for one in group:
            best = 1 + sum(lower == one for _, lower in above)
            worst = len(codes) - sum(higher == one for higher, _ in above)
            sets[codes[one]] = RankSet(codes[one], ranks[one], best, worst)
    return dict(sorted(sets.items(), key=lambda pair: (pair[1].rank, pair[0])))


def _numbers(given: Mapping[str, Exact | float], what: str) -> dict[str, float]:
    """Numbers by code.

    Raises:
        InvalidValue: one is none, or greater than any float.
    """
    numbers = {}
    for code, number in as_pairs(given, what).items():
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
    for code in asked:
        if code not in codes:
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
class _Estimates:
    """Estimates and their standard errors, in one order."""

    values: tuple[float, ...]
    errors: tuple[float, ...]

    def told_apart(self, group: list[int], level: int, draws: int) -> set[_Pair]:
        """The pairs with one of a group of which the first is told to be above the second."""
        noise = [tuple(map(mul, draw, self.errors)) for draw in _draws(len(self.values), draws)]
        everyone = range(len(self.values))
        wanted = {(one, other) for one in group for other in everyone if one != other}
        left = wanted | {(other, one) for one, other in wanted}
        above: set[_Pair] = set()
        while left:
            critical = sorted(self._greatest(left, noise))[level - 1]
            told = {pair for pair in left if self._difference(pair) > critical}
            if not told:
                break
            above |= told
            left -= told
        return above

    def _width(self, pair: _Pair) -> float:
        return hypot(self.errors[pair[0]], self.errors[pair[1]])

    def _difference(self, pair: _Pair) -> float:
        """How many of its standard errors the first is above the second."""
        return (self.values[pair[0]] - self.values[pair[1]]) / self._width(pair)

    def _greatest(self, pairs: set[_Pair], noise: list[tuple[float, ...]]) -> list[float]:
        """The greatest difference of each draw."""
        both = [pair for pair in pairs if pair < pair[::-1] and pair[::-1] in pairs]
        single = [pair for pair in pairs if pair[::-1] not in pairs]
        greatest = [float("-inf")] * len(noise)
        for kept, absolute in ((both, True), (single, False)):
            if kept:
                firsts, seconds = (itemgetter(*side, side[0]) for side in zip(*kept, strict=True))
                widths = [*map(self._width, kept), self._width(kept[0])]
                for at, draw in enumerate(noise):
                    scaled = map(truediv, map(sub, firsts(draw), seconds(draw)), widths)
                    greatest[at] = max(greatest[at], *(map(abs, scaled) if absolute else scaled))
        return greatest


@lru_cache(maxsize=1)
def _draws(size: int, count: int) -> list[tuple[float, ...]]:
    """Draws of independent standard normal numbers, the same in every version of Python."""
    uniform, normal = Random(_SEED).random, NormalDist().inv_cdf  # noqa: S311  # no secret
    return [tuple(normal(uniform() or 0.5) for _ in range(size)) for _ in range(count)]
