"""The exact engine: rational numbers from the first figure to the last.

A member enters all leaves of a rule or none: its terms are lifted together into one state.
States merge, associatively and commutatively, with an identity; one finish gives the value.
So the order of members cannot matter, nor how they are grouped: not in a single bit.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from operator import add

from attrs import evolve, frozen

from bajio.brief import Alike
from bajio.engines.bound_plan import Bound
from bajio.engines.calculation import Collected, calculate, within_reach
from bajio.engines.markets import Rate, SeriesColumn
from bajio.engines.outcome import NOT_IN, Gap
from bajio.engines.rollup import level
from bajio.engines.seams import parts_of, seam
from bajio.errors import InvalidRegion, UnitMismatch
from bajio.facts.observations import GAPS, STATUSES, Exact
from bajio.facts.periods import Frequency, year_of
from bajio.facts.series import Reading, read_year
from bajio.rules.plan import Fold

_RANK = {status: rank for rank, status in enumerate(STATUSES)}
EMPTY = "the region is empty: it has no members to evaluate"
Holding = tuple[Exact, tuple[str, ...]]
Folded = Exact | Holding | Collected | None


@frozen(eq=False, repr=False)
class State(Alike):
    """What some members contribute to a rule's leaves.

    Attributes:
        folds: for each leaf the sum of terms, the extreme term with those that hold it,
            or the terms with whose they are; `None` where nothing has entered.
        status: the weakest of the figures that entered.
        seen, of: periods that entered, and that there are.
        lacking: periods that a stock's mean was taken without.
        rolled_up: areas that entered as the sum of their parts, and the kind of these.
    """

    folds: tuple[Folded, ...]
    status: str = "A"
    seen: int = 0
    of: int = 0
    lacking: frozenset[Gap] = frozenset()
    rolled_up: frozenset[tuple[str, str]] = frozenset()

    def holders(self, position: int) -> tuple[str, ...]:
        """Codes of the areas that have the extreme term of a leaf; none of another leaf."""
        fold = self.folds[position]
        return fold[1] if isinstance(fold, tuple) else ()


def identity(bound: Bound) -> State:
    """The state of no members: merging it changes nothing."""
    return State((None,) * len(bound.leaves))


def lift(
    bound: Bound,
    area: str,
    year: int,
    *,
    leaves: Sequence[int] | None = None,
    partial: bool = False,
) -> State | list[Gap]:
    """One member's terms for the leaves of a rule, all of them or the gaps.

    An area without figures of its own is the sum of its parts, where all of them have figures.

    Args:
        bound: the rule, bound to data.
        area: the member.
        year: the period.
        leaves: positions of the leaves that are wanted; all, if not given.
        partial: whether a stock may be averaged over the periods that it has.
    """
    positions = range(len(bound.leaves)) if leaves is None else leaves
    alone = _lift_alone(bound, area, year, positions, partial=partial)
    if not positions or area not in bound.levels:
        return alone
    place = bound.plan.leaves[positions[0]].place
    if isinstance(alone, State) and not alone.lacking and not bound.is_laid_over:
        of_place = sum(leaf.place == place for leaf in bound.plan.leaves)
        if len(positions) == of_place:
            return alone  # all that is read of it is published
    kind = _level(bound, area, year, place)
    if kind:
        return _summed(bound, area, kind, year, positions)
    return alone if isinstance(alone, State) else _partly_there(bound, area, alone)


def _level(bound: Bound, area: str, year: int, place: str) -> str:
    """The kind of the parts that an area is the sum of; empty where it is itself. It is kept."""
    kind = bound.rolled.get((area, year, place))
    if kind is None:
        bound.rolled[area, year, place] = ""  # by itself, as long as that is not known
        leaves = [index for index, leaf in enumerate(bound.plan.leaves) if leaf.place == place]

        def term(code: str, position: int) -> Exact | None:
            return term_of(lift(bound, code, year, leaves=[position]), position)

        alone = [term_of(_lift_alone(bound, area, year, [leave]), leave) for leave in leaves]
        kind = bound.rolled[area, year, place] = level(bound, area, year, place, alone, term)
    return kind


def _summed(bound: Bound, area: str, kind: str, year: int, positions: Sequence[int]) -> State:
    """An area's terms as the sums of those of its parts."""
    folds: list[Folded] = [None] * len(bound.leaves)
    states: list[State] = []
    for position in positions:
        leaf, terms = bound.plan.leaves[position], []
        for code in parts_of(bound, area, kind, year, position):
            part = lift(bound, code, year, leaves=[position])
            term = term_of(part, position)
            assert isinstance(part, State)  # that it is was tried before
            assert term is not None
            states.append(part)
            terms.append(term)
        total = sum(terms) if bound.leaves[position].columns else 1
        folds[position] = total if leaf.fold is Fold.SUM else _held(leaf.fold, total, area)
    return _together(states, tuple(folds), frozenset({(area, kind)}))


def _partly_there(bound: Bound, area: str, gaps: Iterable[Gap]) -> list[Gap]:
    """Gaps of an area that say how many of its parts have what it lacks."""
    columns = {column.measure.code: column for leaf in bound.leaves for column in leaf.columns}
    return [
        evolve(gap, reason=f"{gap.reason}; {there}" if gap.reason else there)
        if gap.area == area
        and gap.measure in columns  # what is missing may be a rate
        and (there := _parts_with(bound, columns[gap.measure], gap))
        else gap
        for gap in gaps
    ]


def _parts_with(bound: Bound, column: SeriesColumn, gap: Gap) -> str:
    """How many parts of an area have what it lacks; empty where none has."""
    for kind in bound.levels[gap.area] if gap.period else ():
        year = year_of(gap.period)
        parts = bound.parts(gap.area, kind, year)
        readings = [read(column, code, year) for code in parts]
        seen = sum(reading.value is not None and reading.seen == reading.of for reading in readings)
        if seen:
            return f"{seen} of its {len(parts)} areas of the kind {kind!r} have one"
    return ""


def term_of(lifted: State | list[Gap], position: int) -> Exact | None:
    """The one term that was lifted; `None` where there are gaps."""
    if not isinstance(lifted, State):
        return None
    fold = lifted.folds[position]
    if isinstance(fold, Collected):
        return fold.terms[0][1]
    return fold[0] if isinstance(fold, tuple) else fold


def _lift_alone(
    bound: Bound, area: str, year: int, positions: Sequence[int], *, partial: bool = False
) -> State | list[Gap]:
    """An area's terms by its own figures."""
    gaps: list[Gap] = []
    lacking: list[Gap] = []
    folds: list[Folded] = [None] * len(bound.leaves)
    status = "A"
    seen = of = 0
    for position in positions:
        leaf, bound_leaf = bound.plan.leaves[position], bound.leaves[position]
        lagged = year - leaf.lag
        term = bound_leaf.scale
        for column in bound_leaf.columns:
            reading = read(column, area, lagged)
            if reading.value is None or (reading.seen < reading.of and not partial):
                gaps.append(_gap(column, area, lagged, reading))
                continue
            if reading.seen < reading.of:
                lacking.append(_gap(column, area, lagged, reading))
            term = reading.value if term == 1 else term * reading.value
            seen += reading.seen
            of += reading.of
            if reading.status != "A" and _RANK[reading.status] < _RANK[status]:
                status = reading.status
        if bound_leaf.steps and not gaps:
            rate, gap, rate_status = rate_of(bound, position, area, lagged)
            if gap is not None:
                gaps.append(gap)
            if _RANK[rate_status] < _RANK[status]:
                status = rate_status
            term *= rate
        folds[position] = term if leaf.fold is Fold.SUM else _held(leaf.fold, term, area)
    if bound.is_laid_over and positions and not gaps:
        crossed = seam(bound, area, year, bound.plan.leaves[positions[0]].place)
        gaps += [crossed] if crossed else []
    return gaps or State(tuple(folds), status, seen, of, frozenset(lacking))


def _held(fold: Fold, term: Exact, area: str) -> Folded:
    """A term with whose it is."""
    return Collected(((area, term),)) if fold is Fold.COLLECT else (term, (area,))


def read(column: SeriesColumn, area: str, year: int) -> Reading:
    """What a column has for an area in a year, or the season of it that is read."""
    series, measure = column.series, column.measure
    return read_year(column.table, series, measure.time, area, column.key, year, column.season)


def _gap(column: SeriesColumn, area: str, year: int, reading: Reading) -> Gap:
    timeless = column.series.frequency is Frequency.TIMELESS
    reason = reading.note or GAPS.get(reading.status, "")
    if not reason and not column.table.has(area, column.key):
        reason = f"{NOT_IN}{column.series.source}"
    return Gap(area, column.measure.code, "" if timeless else column.season.text(year), reason)


def _no_rate(rate: Rate, year: int, reading: Reading) -> Gap:
    """That there is no rate: one that is not positive is none."""
    gap = _gap(rate.column, rate.country, year, reading)
    if reading.value is not None and reading.value <= 0:
        from bajio.rules.functions import told

        return evolve(gap, reason=f"{told(reading.value)} is not positive")
    return gap


def rate_of(bound: Bound, position: int, area: str, year: int) -> tuple[Exact, Gap | None, str]:
    """The product of the rates that convert a leaf's term, or the gap that prevents it."""
    product: Exact = 1
    status = "A"
    try:
        rates = bound.rates(position, area, year)
    except UnitMismatch as error:
        measure = bound.leaves[position].columns[0].measure.code
        return 1, Gap(area, measure, bound.market.season.text(year), str(error)), status
    for rate in rates:
        rate_year = year if rate.year is None else rate.year
        reading = read(rate.column, rate.country, rate_year)
        if reading.value is None or reading.value <= 0 or reading.seen < reading.of:
            return 1, _no_rate(rate, rate_year, reading), status
        if _RANK[reading.status] < _RANK[status]:
            status = reading.status
        rated = reading.value
        if rate.power != 1:
            rated = Fraction(rated.denominator, rated.numerator)
        product = rated if product == 1 else product * rated
    return product, None, status


def merge(bound: Bound, first: State, second: State) -> State:
    """The state of two disjoint sets of members: associative and commutative."""
    return fold(bound, (first, second))


def fold(bound: Bound, states: Iterable[State]) -> State:
    """The state of any number of disjoint sets of members."""
    held = list(states)
    folds: list[Folded] = []
    for position, leaf in enumerate(bound.plan.leaves):
        terms = [fold for state in held if (fold := state.folds[position]) is not None]
        if leaf.fold is Fold.SUM:
            folds.append(reduce(add, terms) if terms else None)
        else:
            folds.append(_gathered(leaf.fold, terms))
    return _together(held, tuple(folds), frozenset().union(*(state.rolled_up for state in held)))


def _together(
    states: Sequence[State], folds: tuple[Folded, ...], rolled_up: frozenset[tuple[str, str]]
) -> State:
    """The state with some terms, and with all else that is to be told of some states."""
    status = min((state.status for state in states), key=_RANK.__getitem__, default="A")
    lacking = frozenset().union(*(state.lacking for state in states))
    seen, of = sum(state.seen for state in states), sum(state.of for state in states)
    return State(folds, status, seen, of, lacking, rolled_up)


def _gathered(fold: Fold, terms: Sequence[Folded]) -> Folded:
    """All terms of a leaf with whose they are, or the extreme one with those that hold it."""
    if fold is Fold.COLLECT:
        pairs = [pair for term in terms if isinstance(term, Collected) for pair in term.terms]
        return Collected(tuple(sorted(pairs))) if pairs else None
    holdings = [term for term in terms if isinstance(term, tuple)]
    if not holdings:
        return None
    best = (min if fold is Fold.MINIMUM else max)(value for value, _ in holdings)
    holders = {code for value, codes in holdings if value == best for code in codes}
    return best, tuple(sorted(holders))


def less(total: State, part: State) -> State:
    """What is left of sums without those of a part."""
    folds: list[Folded] = []
    for whole, taken in zip(total.folds, part.folds, strict=True):
        assert isinstance(whole, int | Fraction)
        assert isinstance(taken, int | Fraction)
        folds.append(whole - taken)
    return evolve(total, folds=tuple(folds))


def finish(bound: Bound, state: State) -> Exact:
    """The value of a state.

    Raises:
        Unavailable: a divisor is zero, growth starts from what is not positive, or the value is
            beyond what an answer holds.
    """
    return within_reach(calculate(bound.expression, leaf_values(state)))


def leaf_values(state: State, positions: Sequence[int] | None = None) -> list[Exact | Collected]:
    """What each leaf of a state, or each at some positions, has come to."""
    values: list[Exact | Collected] = []
    for fold in (
        state.folds if positions is None else [state.folds[position] for position in positions]
    ):
        if fold is None:
            raise InvalidRegion(EMPTY)
        values.append(fold[0] if isinstance(fold, tuple) else fold)
    return values
