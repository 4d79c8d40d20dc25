"""What a sum can be where figures are missing: between nothing and what the host's total leaves.

A missing figure of a measure that is never negative lies between zero and the host's published
total less all the parts that are known; period by period, where a year has several.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import field, frozen

from bajio.engines.bound_plan import Bound
from bajio.engines.exact import rate_of
from bajio.engines.markets import SeriesColumn
from bajio.engines.outcome import Gap
from bajio.errors import Unavailable
from bajio.facts.areas import UNALLOCATED
from bajio.facts.measures import Kind, Time
from bajio.facts.observations import Exact, exact, weakest
from bajio.rules.functions import told
from bajio.rules.plan import SELF, Fold

Interval = tuple[Exact, Exact]


def interval_of(
    bound: Bound, position: int, members: Sequence[str], year: int
) -> tuple[Interval, str]:
    """The interval of a leaf for members of which some lack figures, and its weakest status.

    Args:
        bound: the rule, bound to data.
        position: of the leaf.
        members: codes of the areas.
        year: the period, without the leaf's lag.

    Raises:
        Unavailable: an interval cannot be given, with the reason.
    """
    _check_boundable(bound, position)
    lagged = year - bound.plan.leaves[position].lag
    column = bound.leaves[position].columns[0]
    host, parts = _host_and_parts(bound, members, lagged)
    rest = _unallocated(bound, column, host, lagged)
    gaps = _Gaps(bound, column, host, (*parts, *rest), frozenset(members), lagged)
    low, high = gaps.interval()
    rate, gap, status = rate_of(bound, position, host, lagged)
    if gap is not None:
        raise Unavailable(str(gap))
    times = rate * bound.leaves[position].scale
    return (low * times, high * times), weakest((*gaps.statuses, status))


def _check_boundable(bound: Bound, position: int) -> None:
    leaf, columns = bound.plan.leaves[position], bound.leaves[position].columns
    simple = leaf.fold is Fold.SUM and len(columns) == 1 and leaf.place == SELF
    if not simple or columns[0].measure.kind is not Kind.EXTENSIVE:
        raise Unavailable("bounds exist for sums of extensive measures only")
    measure = columns[0].measure
    if measure.minimum is None or measure.minimum < 0:
        raise Unavailable(f"{measure.code!r} can be negative: what is missing has no bounds")


def _unallocated(bound: Bound, column: SeriesColumn, host: str, year: int) -> list[str]:
    """What the host has and none of its parts, where the series ever tells it.

    Raises:
        Unavailable: it is not known in the year; it could be negative.
    """
    cells = column.table.values.get(column.key, {})
    result = [code for code in bound.market.areas.parts(host, UNALLOCATED, year) if code in cells]
    for code in result:
        if any(period not in cells[code] for period in column.periods(year)):
            gap = Gap(code, column.measure.code, column.season.text(year))
            raise Unavailable(f"what is missing has no bounds: {gap}, which could be negative")
    return result


def _host_and_parts(bound: Bound, members: Sequence[str], year: int) -> tuple[str, tuple[str, ...]]:
    areas = bound.market.areas
    hosts = {areas.host(code) for code in members}
    kinds = {areas[code].kind for code in members}
    host = hosts.pop()
    if hosts or host is None or len(kinds) != 1:
        raise Unavailable("bounds need one host with a published total for all members")
    kind = kinds.pop()
    parts = (*areas.parts(host, kind, year), *areas.without(host, kind, year))
    return host, tuple(dict.fromkeys((*parts, *members)))


@frozen
class _Gaps:
    """A measure over the parts of a host in a year, of which some lack figures.

    Attributes:
        bound: the rule, bound to data.
        column: the measure's series.
        host: whose total bounds what is missing.
        parts: all parts of the host.
        members: those that are asked about.
        year: the period.
        statuses: of the figures that the interval is made of, as they are read.
    """

    bound: Bound
    column: SeriesColumn
    host: str
    parts: tuple[str, ...]
    members: frozenset[str]
    year: int
    statuses: list[str] = field(init=False, factory=list)

    def interval(self) -> Interval:
        """The sum over the year's periods of a flow, the mean of a stock's."""
        periods = list(self._periods())
        lows, highs = zip(*(self._of_period(period) for period in periods), strict=True)
        low, high = sum(lows), sum(highs)
        if self.column.measure.time is Time.STOCK and len(periods) > 1:
            low, high = exact(Fraction(low, len(periods))), exact(Fraction(high, len(periods)))
        return low, high

    def _periods(self) -> Iterator[str]:
        """The periods of the year; the year itself where some area has a figure of all of it."""
        column, whole = self.column, self.column.season.text(self.year)
        periods = column.periods(self.year)
        cells = column.table.values.get(column.key, {})
        named = (self.host, *self.parts)
        if periods != (whole,) and any(whole in cells.get(code, ()) for code in named):
            raise Unavailable(
                f"{column.measure.code!r} has figures of the whole of {whole} beside parts of it: "
                "what is missing has no bounds"
            )
        return iter(periods[-1:] if column.measure.time is Time.END else periods)

    def _of_period(self, period: str) -> Interval:
        known: Exact = 0
        member_sum: Exact = 0
        missing, others_missing = False, False
        for code in self.parts:
            value = self._rolled_up(code, period)
            if value is None:
                missing = missing or code in self.members
                others_missing = others_missing or code not in self.members
            else:
                known += value
                member_sum += value if code in self.members else 0
        if not missing:
            return member_sum, member_sum
        total = self._value(self.host, period)
        measure = self.column.measure.code
        if total is None:
            needed = Gap(self.host, measure, period)
            raise Unavailable(f"bounds need a published total: {needed}")
        rest = total - known
        if rest < 0:
            when = f" in {period}" if period else ""
            raise Unavailable(
                f"the parts of {self.host} contradict its published total of {measure!r}{when}: "
                f"those known add up to {told(known)}, and the total is {told(total)}"
            )
        return member_sum if others_missing else member_sum + rest, member_sum + rest

    def _rolled_up(self, code: str, period: str) -> Exact | None:
        """An area's figure, or the sum of its parts' where all of them have one."""
        value = self._value(code, period)
        for kind in self.bound.levels.get(code, ()) if value is None else ():
            if self.bound.without(code, kind, self.year):
                continue
            terms = [
                self._rolled_up(part, period) for part in self.bound.parts(code, kind, self.year)
            ]
            known = [term for term in terms if term is not None]
            if known and len(known) == len(terms):
                return sum(known)
        return value

    def _value(self, code: str, period: str) -> Exact | None:
        column = self.column
        value = column.table.values.get(column.key, {}).get(code, {}).get(period)
        if value is None:
            return None
        mark = column.table.marks.get((column.key, code, period))
        self.statuses.append(mark.status if mark else "A")
        return exact(value)
