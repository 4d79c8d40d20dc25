"""Intervals where figures are missing: between nothing and what the host's total leaves.

A missing figure of a measure that is never negative lies between zero
and the host's published total less all the parts that are known.
The value is then taken at the corners of the leaves' intervals,
which is exact where each leaf enters numerator and denominator at most linearly.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from bajio.engines.binding import Bound, MembersAt
from bajio.engines.calculation import calculate
from bajio.engines.exact import State, evaluate, lift
from bajio.engines.outcome import Coverage, Gap, Outcome
from bajio.errors import Unavailable
from bajio.facts.measures import Kind
from bajio.facts.observations import Exact, weakest
from bajio.rules.nodes import Operator
from bajio.rules.plan import SELF, Applied, Call, Change, Constant, Expression, Fold, Operation, Ref

Interval = tuple[Exact, Exact]
_MOST_CORNERS = 2**12


def evaluate_bounds(bound: Bound, members: MembersAt, year: int) -> Outcome:
    """The interval in which a rule's value for a region lies.

    Args:
        bound: the rule, bound to data.
        members: gives codes of the areas by place and lag.
        year: the period.

    Raises:
        Unavailable: an interval cannot be given, with the reason.
    """
    if bound.plan.collects:
        return evaluate(bound, members, year)
    intervals: list[Interval] = []
    gaps: list[Gap] = []
    statuses: list[str] = []
    for position, leaf in enumerate(bound.plan.leaves):
        codes = members(leaf.place, leaf.lag)
        interval, missing, status = _leaf_interval(bound, position, codes, year)
        intervals.append(interval)
        gaps += missing
        statuses.append(status)
    _check_degrees(bound.expression, len(intervals))
    corners = [(low,) if low == high else (low, high) for low, high in intervals]
    count = 1
    for corner in corners:
        count *= len(corner)
    if count > _MOST_CORNERS:
        raise Unavailable("too many figures are missing for bounds")
    values = [calculate(bound.expression, point) for point in product(*corners)]
    lacking = {gap.area for gap in gaps}
    own = members(SELF, 0)
    coverage = Coverage(
        members=Fraction(len(set(own) - lacking), len(own)),
        weight=None if lacking else Fraction(1),
        missing=tuple(dict.fromkeys(gaps)),
    )
    return Outcome(min(values), max(values), weakest(statuses), coverage, bound.series_for(members))


def _leaf_interval(
    bound: Bound, position: int, members: Sequence[str], year: int
) -> tuple[Interval, list[Gap], str]:
    seen: Exact = 0
    gaps: list[Gap] = []
    statuses = []
    absent = []
    for area in members:
        lifted = lift(bound, area, year, leaves=[position])
        if isinstance(lifted, State):
            seen += _term(lifted, position)
            statuses.append(lifted.status)
        else:
            gaps += lifted
            absent.append(area)
    if not gaps:
        return (seen, seen), [], weakest(statuses)
    _check_boundable(bound, position)
    rest, others_missing = _rest_of_host(bound, position, members, year)
    low = 0 if others_missing else rest
    return (seen + low, seen + rest), gaps, weakest(statuses)


def _check_boundable(bound: Bound, position: int) -> None:
    leaf, columns = bound.plan.leaves[position], bound.leaves[position].columns
    simple = leaf.fold is Fold.SUM and len(columns) == 1 and leaf.place == SELF
    if not simple or columns[0].measure.kind is not Kind.EXTENSIVE:
        raise Unavailable("bounds exist for sums of extensive measures only")
    measure = columns[0].measure
    if measure.minimum is None or measure.minimum < 0:
        raise Unavailable(f"{measure.code!r} can be negative: what is missing has no bounds")


def _rest_of_host(
    bound: Bound, position: int, members: Sequence[str], year: int
) -> tuple[Exact, bool]:
    """What the host's total leaves for the parts without figures; whether others are among them."""
    areas = bound.market.areas
    hosts = {areas.host(code) for code in members}
    kinds = {areas[code].kind for code in members}
    host = hosts.pop()
    if hosts or host is None or len(kinds) != 1:
        raise Unavailable("bounds need one host with a published total for all members")
    total = lift(bound, host, year, leaves=[position])
    if not isinstance(total, State):
        raise Unavailable(f"bounds need a published total: {total[0]}")
    known: Exact = 0
    others_missing = False
    for code in areas.children(host, kinds.pop()):
        part = lift(bound, code, year, leaves=[position])
        if isinstance(part, State):
            known += _term(part, position)
        elif code not in members:
            others_missing = True
    return max(_term(total, position) - known, 0), others_missing


def _term(state: State, position: int) -> Exact:
    fold = state.folds[position]
    assert isinstance(fold, int | Fraction)
    return fold


def _check_degrees(expression: Expression, leaves: int) -> None:
    for leaf in range(leaves):
        if max(_degrees(expression, leaf)) > 1:
            raise Unavailable("bounds need a rule in which each sum enters at most linearly")


def _degrees(expression: Expression, leaf: int) -> tuple[int, int]:
    """Greatest powers of a leaf in the numerator and in the denominator."""
    match expression:
        case Ref(position):
            return int(position == leaf), 0
        case Constant():
            return 0, 0
        case Change(now, before):
            return _degrees(Operation(Operator.OVER, now, before), leaf)
        case Call() | Applied():
            raise Unavailable("bounds need a rule of sums, differences, products and ratios")
        case Operation(operator, left, right):
            (a, b), (c, d) = _degrees(left, leaf), _degrees(right, leaf)
            if operator is Operator.TIMES:
                return a + c, b + d
            if operator is Operator.OVER:
                return a + d, b + c
            return max(a + d, c + b), b + d
