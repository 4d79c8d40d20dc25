"""Values of many areas, each by its own figures, where each figure that is read is one cell.

So are nearly all peers valued. Their ratios are put in lowest terms once, at the end.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from operator import itemgetter

from bajio.engines.binding import Bound
from bajio.engines.calculation import within_reach
from bajio.engines.exact import rate_of
from bajio.errors import InvalidRule, Unavailable
from bajio.facts.observations import Exact
from bajio.facts.tables import Cells
from bajio.rules.algebra import (
    Constant,
    Domain,
    Expression,
    Operation,
    Operator,
    Ref,
    RelativeChange as Change,
)
from bajio.rules.plan import Fold

#: What is above, and what is below: positive, and with factors in common where they have any.
_Ratio = tuple[int, int]
_Formula = Callable[[Sequence[_Ratio]], _Ratio]
#: What a leaf's terms are products of: the cells by area, and the period that is read.
_Factors = Sequence[tuple[Mapping[str, Cells], str]]
#: Powers of two up to which no value is beyond the reach of an answer, whatever it is divided by.
_NEAR = 1000


def own_values(
    bound: Bound, areas: Iterable[str], year: int, elsewhere: Mapping[int, Exact]
) -> dict[str, Exact] | None:
    """A rule's value for each area that has one; `None` where it takes more than arithmetic.

    Args:
        bound: the rule, bound to data.
        areas: codes, of areas that are no sums of their parts.
        year: the period.
        elsewhere: what the leaves of other places come to, by their positions.
    """
    leaves, formula = _factors(bound, year, elsewhere), _formula(bound.expression)
    if not leaves or formula is None:
        return None
    terms: list[dict[str, _Ratio]] = []
    for position, factors in enumerate(leaves):
        areas = [area for area in areas if area in terms[-1]] if terms else areas
        if position in elsewhere:
            terms.append(dict.fromkeys(areas, elsewhere[position].as_integer_ratio()))
            continue
        terms.append(_products(factors, areas))
        if bound.leaves[position].steps:
            terms[-1] = _converted(bound, position, year, terms[-1])
    values: dict[str, Exact] = {}
    for area in terms[-1]:
        try:
            above, below = formula([of_leaf[area] for of_leaf in terms])
            value = above if below == 1 else Fraction(above, below)
            if above.bit_length() > _NEAR:
                within_reach(value)
        except (ArithmeticError, Unavailable):
            continue
        values[area] = value
    return values


def _factors(bound: Bound, year: int, elsewhere: Container[int]) -> list[_Factors] | None:
    """Where the figures of each leaf stand; `None` where one is folded of several, or counted."""
    if bound.is_laid_over:
        return None
    leaves: list[_Factors] = []
    for position, (leaf, own) in enumerate(zip(bound.plan.leaves, bound.leaves, strict=True)):
        if position in elsewhere:
            leaves.append(())
            continue
        periods = [
            column.series.frequency.periods(year - leaf.lag, column.season)
            for column in own.columns
        ]
        single = all(len(one) == 1 for one in periods)
        if leaf.fold is not Fold.SUM or own.scale != 1 or not periods or not single:
            return None
        cells = [column.table.values.get(column.key, {}) for column in own.columns]
        leaves.append([(one, period) for one, (period,) in zip(cells, periods, strict=True)])
    return leaves


def _products(factors: _Factors, areas: Iterable[str]) -> dict[str, _Ratio]:
    """The product of some cells of each area that has them all."""
    products: dict[str, _Ratio] = {}
    for area in areas:
        above = below = 1
        for by_area, period in factors:
            cells = by_area.get(area)
            value = None if cells is None else cells.get(period)
            if value is None:
                break
            if type(value) is int:
                above *= value
            else:
                numerator, denominator = value.as_integer_ratio()
                above, below = above * numerator, below * denominator
        else:
            products[area] = above, below
    return products


def _converted(
    bound: Bound, position: int, year: int, terms: Mapping[str, _Ratio]
) -> dict[str, _Ratio]:
    """The terms of a leaf that there are rates for, converted."""
    read = year - bound.plan.leaves[position].lag
    converted: dict[str, _Ratio] = {}
    for area, (above, below) in terms.items():
        rate, gap, _ = rate_of(bound, position, area, read)
        if gap is None:
            over, under = rate.as_integer_ratio()
            converted[area] = above * over, below * under
    return converted


def _formula(expression: Expression) -> _Formula | None:
    """How the value follows from the leaves' terms; `None` where it is no ratio of them."""
    try:
        return _Formulas().fold(expression)
    except InvalidRule:
        return None


class _Formulas(Domain[_Formula]):
    """Formulas over ratios; an `ArithmeticError` is raised where there is no value."""

    def leaf(self, ref: Ref) -> _Formula:
        return itemgetter(ref.leaf)

    def number(self, constant: Constant) -> _Formula:
        ratio = constant.value.as_integer_ratio()
        return lambda _: ratio

    def operate(self, operation: Operation, first: _Formula, second: _Formula) -> _Formula:
        return partial(_OPERATIONS[operation.operator], first, second)

    def change(self, change: Change, now: _Formula, before: _Formula) -> _Formula:
        return partial(_grown, super().change(change, now, before), before)


def _over(first: _Formula, second: _Formula, terms: Sequence[_Ratio]) -> _Ratio:
    (above, below), (over, under) = first(terms), second(terms)
    if over > 0:
        return above * under, below * over
    if not over:
        raise ArithmeticError
    return -above * under, below * -over


def _times(first: _Formula, second: _Formula, terms: Sequence[_Ratio]) -> _Ratio:
    (above, below), (over, under) = first(terms), second(terms)
    return above * over, below * under


def _plus(first: _Formula, second: _Formula, terms: Sequence[_Ratio]) -> _Ratio:
    (above, below), (over, under) = first(terms), second(terms)
    return above * under + over * below, below * under


def _minus(first: _Formula, second: _Formula, terms: Sequence[_Ratio]) -> _Ratio:
    (above, below), (over, under) = first(terms), second(terms)
    return above * under - over * below, below * under


def _grown(growth: _Formula, before: _Formula, terms: Sequence[_Ratio]) -> _Ratio:
    if before(terms)[0] <= 0:
        raise ArithmeticError
    return growth(terms)


_OPERATIONS = {
    Operator.PLUS: _plus,
    Operator.MINUS: _minus,
    Operator.TIMES: _times,
    Operator.OVER: _over,
}
