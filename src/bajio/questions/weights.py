"""How ranks by a composite hang on its weights.

Normalised values stay as they are: only the weights move.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import comb, lcm

from attrs import field, frozen

from bajio.brief import Brief
from bajio.composites import Aggregation, Composite
from bajio.facts.observations import Exact
from bajio.rules.functions import logarithm

_STEPS, _MOST_POINTS = 20, 2000
CHANGE = Fraction(1, 4)
_LOG_DIGITS = 10**30


@frozen(repr=False)
class Reweighed(Brief):
    """The ranks under other weights.

    Attributes:
        component: code of the indicator whose weight is another.
        change: of its weight, as a fraction; −1 where it is left out.
        weights: by code, adding up to one.
        positions: ranks by code of what is compared.
    """

    component: str
    change: Fraction
    weights: Mapping[str, Fraction]
    positions: Mapping[str, int]


@frozen(repr=False)
class WeightSensitivity(Brief):
    """How ranks hang on weights.

    Attributes:
        variants: each weight raised and lowered, and each indicator left out; the others keep
            their proportions.
        ranges: best and worst rank by code, over all weights of the grid.
        steps: the grid has every weighting in which each weight is a whole number of this many
            parts, those with a single indicator among them.
        points: how many weightings that is.
    """

    variants: tuple[Reweighed, ...]
    ranges: Mapping[str, tuple[int, int]]
    steps: int
    points: int


@frozen
class Standings:
    """Normalised values, ready to be ranked under any weights.

    Attributes:
        composite: how they are aggregated.
        rows: normalised values by code of what is compared, then by code of the indicator.
    """

    composite: Composite
    rows: Mapping[str, Mapping[str, Exact]]
    _terms: dict[str, tuple[int, tuple[int | None, ...]]] = field(init=False, repr=False)
    _shift: int = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        terms = {code: self._term(list(row.values())) for code, row in self.rows.items()}
        widest = max(below.bit_length() for below, _ in terms.values())
        object.__setattr__(self, "_terms", terms)
        object.__setattr__(self, "_shift", 2 * widest + 2)

    def _term(self, values: Sequence[Exact]) -> tuple[int, tuple[int | None, ...]]:
        """What is weighed and added up: a common denominator, and numerators over it.

        Of a geometric mean it is the logarithm, which zero has not.
        """
        numbers: list[Fraction | None] = list(map(Fraction, values))
        if self.composite.aggregation is Aggregation.GEOMETRIC:
            numbers = [Fraction(logarithm(value)) if value else None for value in values]
        below = lcm(*(number.denominator for number in numbers if number is not None))
        above = (None if number is None else int(number * below) for number in numbers)
        return below, tuple(above)

    def positions(self, weights: Sequence[int]) -> dict[str, int]:
        """The rank of each under weights, in the order of the components.

        Scores are compared as integers of as many digits as tell any two apart;
        geometric means by their logarithms, to 30 digits.
        """
        keys = {code: self._key(term, weights) for code, term in self._terms.items()}
        ordered = sorted(keys.values(), reverse=True)
        first: dict[tuple[bool, int], int] = {}
        for position, key in enumerate(ordered, 1):
            first.setdefault(key, position)
        return {code: first[key] for code, key in keys.items()}

    def _key(
        self, term: tuple[int, tuple[int | None, ...]], weights: Sequence[int]
    ) -> tuple[bool, int]:
        below, above = term
        total = 0
        for weight, number in zip(weights, above, strict=True):
            if not weight:
                continue
            if number is None:
                return False, 0
            total += weight * number
        if self.composite.aggregation is Aggregation.GEOMETRIC:
            return True, round(Fraction(total, below) * _LOG_DIGITS)
        return True, (total << self._shift) // below


def weight_sensitivity(
    standings: Standings, *, change: Fraction = CHANGE, steps: int | None = None
) -> WeightSensitivity:
    """The ranks under other weights.

    Args:
        standings: what is ranked.
        change: by which fraction each weight is raised and lowered.
        steps: into how many parts the grid divides one; 20, or as many as give 2,000 weightings
            at most.
    """
    codes = list(standings.composite.weights)
    variants = tuple(_variants(standings, change))
    steps = steps or next(
        step
        for step in range(_STEPS, 0, -1)
        if step == 1 or _points(step, len(codes)) <= _MOST_POINTS
    )
    ranges: dict[str, tuple[int, int]] = {}
    for weights in _grid(steps, len(codes)):
        for code, position in standings.positions(weights).items():
            best, worst = ranges.get(code, (position, position))
            ranges[code] = min(best, position), max(worst, position)
    return WeightSensitivity(variants, ranges, steps, _points(steps, len(codes)))


def _variants(standings: Standings, change: Fraction) -> Iterator[Reweighed]:
    weights_now = standings.composite.weights
    for code in weights_now:
        for by in (change, -change, Fraction(-1)):
            raw = {
                component: weight * (1 + by) if component == code else weight
                for component, weight in weights_now.items()
            }
            total = sum(raw.values())
            weights = {component: weight / total for component, weight in raw.items()}
            scale = lcm(*(weight.denominator for weight in weights.values()))
            whole = [int(weight * scale) for weight in weights.values()]
            yield Reweighed(code, by, weights, standings.positions(whole))


def _points(steps: int, count: int) -> int:
    return comb(steps + count - 1, count - 1)


def _grid(steps: int, count: int) -> Iterator[tuple[int, ...]]:
    """All ways to share out a number of parts among some weights."""
    for bars in combinations(range(steps + count - 1), count - 1):
        edges = (-1, *bars, steps + count - 1)
        yield tuple(after - before - 1 for before, after in pairwise(edges))
