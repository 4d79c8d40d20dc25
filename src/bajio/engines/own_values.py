"""Values of many areas, each by its own figures, where each figure that is read is one cell.

So are nearly all peers valued. Their ratios are put in lowest terms once, at the end.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from bajio.engines.bound_plan import Bound
from bajio.engines.calculation import within_reach
from bajio.engines.exact import rate_of
from bajio.errors import InvalidRule, Unavailable
from bajio.facts.observations import Exact
from bajio.rules.algebra import (
    Constant,
    LeafDomain,
    Operation,
    Operator,
    RelativeChange as Change,
)
from bajio.rules.plan import Fold

#: By area what is above, and what is below: positive, and with factors in common where they have
#: any. An area that has no value is not there.
_Ratios = dict[str, tuple[int, int]]
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
    if bound.is_laid_over or not bound.leaves:
        return None
    terms: list[_Ratios] = []
    for position in range(len(bound.leaves)):
        areas = [area for area in areas if area in terms[-1]] if terms else areas
        if position in elsewhere:
            terms.append(dict.fromkeys(areas, elsewhere[position].as_integer_ratio()))
            continue
        own = _terms(bound, position, areas, year)
        if own is None:
            return None
        terms.append(own)
    try:
        ratios = _AreaRatios(terms).fold(bound.expression)
    except InvalidRule:  # it is no ratio of its leaves' terms
        return None
    values: dict[str, Exact] = {}
    for area in terms[-1]:
        if area not in ratios:
            continue
        above, below = ratios[area]
        value = above if below == 1 else Fraction(above, below)
        try:
            if above.bit_length() > _NEAR:
                within_reach(value)
        except Unavailable:
            continue
        values[area] = value
    return values


def _terms(bound: Bound, position: int, areas: Iterable[str], year: int) -> _Ratios | None:
    """A leaf's term of each area that has it; `None` where it is folded of several, or counted."""
    own = bound.leaves[position]
    at = year - own.leaf.lag
    factors = []
    for column in own.columns:
        periods = column.series.frequency.periods(at, column.season)
        if len(periods) != 1:
            return None
        factors.append((column.table.values.get(column.key, {}), periods[0]))
    if own.leaf.fold is not Fold.SUM or own.scale != 1 or not factors:
        return None
    terms: _Ratios = {}
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
            rate, gap, _ = rate_of(bound, position, area, at) if own.steps else (1, None, "A")
            if gap is None:
                over, under = rate.as_integer_ratio()
                terms[area] = above * over, below * under
    return terms


class _AreaRatios(LeafDomain[_Ratios]):
    """Ratios of many areas, of which those stay that have a value."""

    def number(self, constant: Constant) -> _Ratios:
        return dict.fromkeys(self._leaves[-1], constant.value.as_integer_ratio())

    def operate(self, operation: Operation, first: _Ratios, second: _Ratios) -> _Ratios:
        operator = operation.operator
        ratios: _Ratios = {}
        for area, (above, below) in first.items():
            if area not in second:
                continue
            over, under = second[area]
            if operator is Operator.TIMES:
                ratios[area] = above * over, below * under
            elif operator is Operator.PLUS:
                ratios[area] = above * under + over * below, below * under
            elif operator is Operator.MINUS:
                ratios[area] = above * under - over * below, below * under
            elif over > 0:
                ratios[area] = above * under, below * over
            elif over:
                ratios[area] = -above * under, below * -over
        return ratios

    def change(self, change: Change, now: _Ratios, before: _Ratios) -> _Ratios:
        positive = {area: ratio for area, ratio in before.items() if ratio[0] > 0}
        return super().change(change, now, positive)
