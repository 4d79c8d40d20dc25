"""Intervals where figures are missing: a rule's value over all that its sums can be.

The value is taken at the corners of the leaves' intervals: each leaf enters numerator and
denominator at most linearly, so that, where no denominator turns zero in between, it only rises
or only falls along each of them.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from bajio.engines.bound_plan import Bound, MembersAt
from bajio.engines.calculation import calculate, within_reach
from bajio.engines.exact import State, lift
from bajio.engines.outcome import MOST_TOLD, Coverage, Gap, Lacking, Outcome, told
from bajio.errors import InvalidRegion, Unavailable
from bajio.facts.observations import Exact, weakest
from bajio.rules.algebra import (
    Constant,
    Domain,
    Expression,
    Operation,
    Operator,
    Ref,
    RelativeChange,
    walk,
)
from bajio.rules.plan import SELF

_MOST_CORNERS = 2**12
Point = tuple[Exact, ...]
Interval = tuple[Exact, Exact]


def bounded(bound: Bound, members: MembersAt, year: int) -> Outcome | None:
    """The interval in which a rule's value for a region lies; `None` where nothing is missing.

    Args:
        bound: the rule, bound to data.
        members: gives codes of the areas by place and lag.
        year: the period.

    Raises:
        Unavailable: an interval cannot be given, with the reason.
    """
    leaves = [
        _leaf(bound, position, members(leaf.place, leaf.lag), year)
        for position, leaf in enumerate(bound.plan.leaves)
    ]
    gaps = [gap for _, missing, _ in leaves for gap in missing]
    if not gaps:
        return None
    ends = _ends(bound.expression, [interval for interval, _, _ in leaves])
    low, high = map(within_reach, ends)
    lacking = {gap.area for gap in gaps}
    codes = members(SELF, 0)
    coverage = Coverage(
        members=Fraction(len(set(codes) - lacking), len(codes)),
        weight=None,
        missing=tuple(dict.fromkeys(gaps)),
    )
    status = weakest(status for _, _, status in leaves)
    return Outcome(low, high, status, coverage, bound.series_for(members, year))


def _leaf(
    bound: Bound, position: int, members: Sequence[str], year: int
) -> tuple[Interval, list[Gap], str]:
    """The interval of a leaf, the gaps that make it one, and its weakest status."""
    if not members:
        raise InvalidRegion("the region is empty: it has no members to evaluate")
    seen: Exact = 0
    gaps: list[Gap] = []
    statuses = []
    for area in members:
        lifted = lift(bound, area, year, leaves=[position])
        if isinstance(lifted, State):
            fold = lifted.folds[position]
            seen += fold if isinstance(fold, int | Fraction) else 0
            statuses.append(lifted.status)
        else:
            gaps += lifted
    if not gaps:
        return (seen, seen), [], weakest(statuses)
    lagged = year - bound.plan.leaves[position].lag
    if not all(column.periods(lagged) for column in bound.leaves[position].columns):
        raise Lacking("; ".join(told(gaps)[:MOST_TOLD]), gaps=gaps)  # of periods that are longer
    from bajio.engines.gap_bounds import interval_of

    interval, status = interval_of(bound, position, members, year)
    return interval, gaps, status


def _ends(expression: Expression, intervals: Sequence[Interval]) -> Interval:
    """The least and the greatest value of an expression over intervals of its leaves.

    Raises:
        Unavailable: they are not at the corners, or a denominator can be zero.
    """
    from bajio.engines.rational import reads

    _check_degrees(expression, len(intervals))
    corners = [(low,) if low == high else (low, high) for low, high in intervals]
    count = 1
    for corner in corners:
        count *= len(corner)
        if count > _MOST_CORNERS:
            raise Unavailable("too many figures are missing for bounds")
    points = list(product(*corners))
    values = [calculate(expression, point) for point in points]
    open_leaves = [position for position, (low, high) in enumerate(intervals) if low != high]
    for divisor in _divisors(expression):
        if reads(divisor, open_leaves):
            _check_sign(divisor, points)
    return min(values), max(values)


def _check_sign(divisor: Expression, points: Sequence[Point]) -> None:
    if len({calculate(divisor, point) > 0 for point in points}) > 1:
        raise Unavailable(
            "bounds do not exist: what is divided by can be zero, the missing figures being what "
            "they may be"
        )


def _divisors(expression: Expression) -> Iterator[Expression]:
    """What is divided by anywhere in an expression, the innermost first.

    What a growth starts from has no value at a corner where it is not positive.
    """
    for node in walk(expression):
        if isinstance(node, Operation) and node.operator is Operator.OVER:
            yield node.right


def _check_degrees(expression: Expression, leaves: int) -> None:
    for leaf in range(leaves):
        if max(_Degrees(leaf).fold(expression)) > 1:
            raise Unavailable("bounds need a rule in which each sum enters at most linearly")


class _Degrees(Domain[tuple[int, int]]):
    """Greatest powers of a leaf in the numerator and in the denominator."""

    def __init__(self, leaf: int) -> None:
        self._leaf = leaf

    def leaf(self, ref: Ref) -> tuple[int, int]:
        return int(ref.leaf == self._leaf), 0

    def number(self, _constant: Constant) -> tuple[int, int]:
        return 0, 0

    def operate(
        self, operation: Operation, first: tuple[int, int], second: tuple[int, int]
    ) -> tuple[int, int]:
        (a, b), (c, d) = first, second
        if operation.operator is Operator.TIMES:
            return a + c, b + d
        if operation.operator is Operator.OVER:
            return a + d, b + c
        return max(a + d, c + b), b + d

    def change(
        self, change: RelativeChange, now: tuple[int, int], before: tuple[int, int]
    ) -> tuple[int, int]:
        return self.operate(change.now / change.before, now, before)

    def other(self, _node: Expression) -> tuple[int, int]:
        raise Unavailable("bounds need a rule of sums, differences, products and ratios")
