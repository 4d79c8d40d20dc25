"""The one door to the exact engine: what a bound rule comes to for a region in a year.

Whoever asks handles numbers and outcomes; the states that members are lifted to, folded and
finished stay behind this door. It answers for the region that was asked about, for any other areas
in its stead, for what is left of one without others, and leaf by leaf.
"""

from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from bajio.brief import Alike, Brief
from bajio.engines import exact
from bajio.engines.bound_plan import Bound, MembersAt
from bajio.engines.calculation import Collected, Undefined, calculate, members_of
from bajio.engines.exact import State
from bajio.engines.outcome import MOST_TOLD, Coverage, Gap, Lacking, Missing, Outcome, told
from bajio.engines.own_values import own_values
from bajio.engines.rollup import read_from
from bajio.engines.seams import rates_read
from bajio.errors import InvalidRegion, InvalidRule, Unavailable
from bajio.facts.observations import Exact
from bajio.rules.algebra import Call, Ref
from bajio.rules.plan import SELF, Fold

if TYPE_CHECKING:
    from bajio.engines.contributions import LeafTerms, RateRead, Split
    from bajio.engines.rational import Response
    from bajio.rules.custom import Member


@frozen(eq=False, repr=False)
class Together(Alike):
    """What areas contribute together, as far as they have figures.

    Attributes:
        total: the state of all that have.
        own: the members of the region itself that have, each with its state.
        absent: codes of those that have none.
        present, every: how many areas have figures, and how many there are.
        gaps: what is missing, of the areas and of the periods of a stock's mean.
    """

    total: State
    own: tuple[tuple[str, State], ...]
    absent: frozenset[str]
    present: int
    every: int
    gaps: tuple[Gap, ...]

    def values_at(self, positions: Sequence[int] | None = None) -> list[Exact | Collected]:
        """What each leaf, or each at some positions, has come to."""
        return exact.leaf_values(self.total, positions)


@frozen(eq=False, slots=False, repr=False)
class Evaluation(Brief):
    """A bound rule for a region in a year.

    Attributes:
        bound: the rule, bound to data.
        composition: gives codes of the areas by place (`self`, `host`, a region) and lag.
        year: the period.
        missing: what is done about members without figures.
    """

    bound: Bound
    composition: MembersAt
    year: int
    missing: Missing = Missing.REFUSE
    _lifted: dict[str, State | list[Gap]] = field(init=False, factory=dict, repr=False)
    _gathered: dict[bool, Together] = field(init=False, factory=dict, repr=False)

    def outcome(self) -> Outcome:
        """The value for the region, with all that is to be told of it.

        Raises:
            Unavailable: a figure is missing and the policy refuses, or none is there at all; or
                the figures have no such value, or no interval.
            InvalidRegion: there are no members.
        """
        bound, members, year = self.bound, self.composition, self.year
        if self.missing is Missing.BOUND and not bound.plan.collects:
            from bajio.engines.bounds import bounded

            interval = bounded(bound, members, year)
            if interval is not None:
                return interval
        together, value = self._together(), self.value()
        total, expression = together.total, bound.expression
        series = bound.series_for(members, year)
        if bound.is_laid_over:
            series = read_from(bound, series, members, year)
        present, every = together.present, together.every
        return Outcome(
            value,
            value,
            total.status,
            Coverage(
                members=Fraction(present, every) if every else Fraction(1),
                weight=Fraction(1) if present == every else None,
                periods=Fraction(total.seen, total.of) if total.of else Fraction(1),
                missing=together.gaps,
            ),
            series,
            total.holders(expression.leaf) if isinstance(expression, Ref) else (),
            together.absent,
            tuple(sorted(total.rolled_up)),
        )

    def value(self) -> Exact:
        """The value for the region alone; raises as `outcome` does."""
        total = self._together().total
        try:
            return exact.finish(self.bound, total)
        except Undefined as error:
            raise Unavailable(self._blamed(error, total)) from None

    def each(self) -> "tuple[Member, ...]":
        """The members with the figures that a rule over them reads, as those that a spread is of.

        Raises:
            Unavailable: a figure is missing.
            InvalidRule: the rule is none over the members.
        """
        return tuple(members_of(self._call(), self._together().values_at()))

    def sums(self) -> dict[int, Exact]:
        """What the leaves that add up come to, by their positions."""
        return _sums(self.bound, self._together().total)

    def leaf(self, position: int) -> "LeafTerms":
        """A leaf, area by area of its place."""
        from bajio.engines.contributions import LeafTerm, LeafTerms

        leaf, terms = self.bound.plan.leaves[position], []
        states: list[State] = []
        for area in self.composition(leaf.place, leaf.lag):
            lifted = self._lift(area, [position])
            if isinstance(lifted, State):
                states.append(lifted)
                terms.append(LeafTerm(area, exact.term_of(lifted, position)))
            else:
                terms.append(LeafTerm(area, None, str(lifted[0])))
        total = None
        if states and leaf.fold is not Fold.COLLECT:
            total = exact.term_of(exact.fold(self.bound, states), position)
        return LeafTerms(tuple(terms), total)

    def rates(self) -> "tuple[RateRead, ...]":
        """The rates by which the members' money is converted, as far as there are any."""
        from bajio.engines.contributions import RateRead

        read: list[RateRead] = []
        for position in self.bound.own_leaves:
            areas = self.composition(SELF, self.bound.plan.leaves[position].lag)
            for column, country, year in rates_read(self.bound, areas, self.year, position):
                value = exact.read(column, country, year).value
                if value is not None:
                    read.append(RateRead(column, country, year, value))
        return tuple(read)

    def split(self) -> "Split | None":
        """The value as a ratio of two sums over the members, or as one; `None` where it is neither.

        What is no sum over them, as the host's leaves, is as it is for the whole region.
        """
        from bajio.engines.contributions import Split
        from bajio.engines.rational import as_ratio, grows

        leaves, expression = self.bound.plan.leaves, self.bound.expression
        own_leaves = {
            position
            for position, leaf in enumerate(leaves)
            if leaf.place == SELF and leaf.fold is Fold.SUM
        }
        ratio = as_ratio(expression, own_leaves)
        if ratio is None:
            return None
        above, below = ratio
        by_member: dict[str, list[State]] = {}
        for area, state in self._together().own:
            by_member.setdefault(area, []).append(state)
        whole = self._together().values_at()
        terms = {
            area: _terms_of(exact.fold(self.bound, states), own_leaves, whole)
            for area, states in by_member.items()
        }
        return Split(
            {area: calculate(above, values) for area, values in terms.items()},
            None
            if below is None
            else {area: calculate(below, values) for area, values in terms.items()},
            grows(expression, own_leaves),
        )

    def response(self, moved: Container[int]) -> "Response | None":
        """How the value answers where the same amount is added to the leaves at some positions."""
        from bajio.engines.rational import response

        return response(self.bound.expression, self._together().values_at(), moved)

    def elsewhere(self) -> Together:
        """What the leaves of other places than the region itself come to.

        Raises:
            Unavailable: a figure is missing and the policy refuses, or none is there at all.
        """
        return self._together(elsewhere=True)

    def value_of(self, areas: Iterable[str]) -> Exact:
        """The value for some areas in the region's stead, each of which is read once.

        Raises:
            Unavailable: one of them lacks a figure, or there is no such value.
        """
        return exact.finish(self.bound, self._state_of(areas))

    def status_of(self, areas: Iterable[str]) -> str:
        """The weakest status of the figures that a value for some areas rests on."""
        return self._state_of(areas).status

    def numbers_of(self, areas: Iterable[str]) -> tuple[Exact, ...]:
        """What each leaf comes to for some areas in the region's stead."""
        values = exact.leaf_values(self._state_of(areas))
        return tuple(value for value in values if not isinstance(value, Collected))

    def each_of(self, areas: Iterable[str]) -> "tuple[Member, ...]":
        """Some areas with the figures that a rule over members reads."""
        return tuple(members_of(self._call(), exact.leaf_values(self._state_of(areas))))

    def values_of_each(self, areas: Iterable[str]) -> dict[str, Exact]:
        """The value for each of some areas in the region's stead; those without are left out."""
        others = self._others[0] if self._others else None
        return values_by_area(self.bound, areas, self.year, others)

    def gaps_of(self, area: str) -> tuple[Gap, ...]:
        """What an area lacks of what is read of a member."""
        lifted = self._own(area)
        return () if isinstance(lifted, State) else tuple(lifted)

    def less(self, whole: str, parts: Iterable[str]) -> Exact | None:
        """The value for an area without some of its parts; `None` where it has none of its own.

        Raises:
            Unavailable: a part lacks a figure, or there is no such value.
        """
        total = self._own(whole)
        if not isinstance(total, State):
            return None
        return exact.finish(self.bound, exact.less(total, self._state_of(parts)))

    @cached_property
    def _others(self) -> tuple[State, ...]:
        """The state of what is read elsewhere, if anything is."""
        return () if self.bound.plan.is_local else (self.elsewhere().total,)

    def _lift(self, area: str, positions: Sequence[int]) -> State | list[Gap]:
        partial = self.missing is Missing.PARTIAL
        return exact.lift(self.bound, area, self.year, leaves=positions, partial=partial)

    def _own(self, area: str) -> State | list[Gap]:
        """An area as a member, read once."""
        lifted = self._lifted.get(area)
        if lifted is None:
            lifted = self._lifted[area] = self._lift(area, self.bound.own_leaves)
        return lifted

    def _state_of(self, areas: Iterable[str]) -> State:
        states: list[State] = []
        gaps: list[Gap] = []
        for area in areas:
            lifted = self._own(area)
            if isinstance(lifted, State):
                states.append(lifted)
            else:
                gaps += lifted
        if gaps:
            raise _lacking(gaps)
        return exact.fold(self.bound, (*states, *self._others))

    def _call(self) -> Call:
        if not isinstance(self.bound.expression, Call):
            raise InvalidRule("the rule reads sums, not each member's own figures")
        return self.bound.expression

    def _together(self, *, elsewhere: bool = False) -> Together:
        """What all areas contribute, or those of other places than the region itself; held.

        The region's members alone tell how many have figures, where they are wanted.
        """
        together = self._gathered.get(elsewhere)
        if together is not None:
            return together
        partial = self.missing is Missing.PARTIAL
        states: list[State] = []
        own: list[tuple[str, State]] = []
        gaps: list[Gap] = []
        absent: set[str] = set()
        present = every = 0
        for (place, areas), positions in self._groups(elsewhere=elsewhere).items():
            if not areas:
                raise InvalidRegion(exact.EMPTY)
            before = len(states)
            is_whole = place == SELF and tuple(positions) == self.bound.own_leaves
            kept = self._lifted if is_whole else {}
            for area in areas:
                lifted = kept.get(area) or exact.lift(
                    self.bound, area, self.year, leaves=positions, partial=partial
                )
                if isinstance(lifted, State):
                    states.append(lifted)
                    if place == SELF:
                        own.append((area, lifted))
                else:
                    gaps += lifted
                    if place == SELF:
                        absent.add(area)
            if len(states) == before or (gaps and not partial):
                raise _lacking(gaps)
            if elsewhere or place == SELF:
                present += len(states) - before
                every += len(areas)
        total = exact.fold(self.bound, states)
        missing = tuple(dict.fromkeys((*gaps, *sorted(total.lacking, key=str))))
        together = Together(total, tuple(own), frozenset(absent), present, every, missing)
        self._gathered[elsewhere] = together
        return together

    def _groups(self, *, elsewhere: bool) -> dict[tuple[str, tuple[str, ...]], list[int]]:
        """Leaves that are lifted together: of one place, and of one composition of it."""
        groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for position, leaf in enumerate(self.bound.plan.leaves):
            if not elsewhere or leaf.place != SELF:
                areas = tuple(self.composition(leaf.place, leaf.lag))
                groups.setdefault((leaf.place, areas), []).append(position)
        return groups

    def _blamed(self, error: Undefined, total: State) -> str:
        """Why there is no value, with the figures that are to blame."""
        leaves = dict.fromkeys(
            self.bound.plan.leaves[leave].text(self.year, self.bound.market.season)
            + _held_by(total.holders(leave))
            for leave in error.leaves
        )
        more = len(leaves) - MOST_TOLD
        told_leaves = list(leaves)[:MOST_TOLD] + [f"{more} more"] * (more > 0)
        return error.reason + (f" ({'; '.join(told_leaves)})" if leaves else "")


def values_by_area(
    bound: Bound, areas: Iterable[str], year: int, others: State | None = None
) -> dict[str, Exact]:
    """A rule's value for each area by itself; those that have none are left out.

    Args:
        bound: the rule, bound to data.
        areas: codes.
        year: the period.
        others: what is read elsewhere, if anything is.
    """
    levels, codes = bound.levels, tuple(areas)
    elsewhere = {} if others is None else _sums(bound, others)
    alone = own_values(bound, [area for area in codes if area not in levels], year, elsewhere)
    if alone is not None and levels.keys().isdisjoint(codes):
        return alone
    values: dict[str, Exact] = {}
    for area in codes:
        value: Exact | None = None
        with suppress(Unavailable):
            if alone is not None and area not in levels:
                value = alone.get(area)
            elif area in levels or bound.has(area):
                state = exact.lift(bound, area, year, leaves=bound.own_leaves)
                beside = () if others is None else (others,)
                if isinstance(state, State):
                    value = exact.finish(bound, exact.fold(bound, (state, *beside)))
        if value is not None:
            values[area] = value
    return values


def sums_of(
    bound: Bound, areas: Iterable[str], year: int, positions: Sequence[int]
) -> dict[int, Exact] | None:
    """What leaves that add up come to for some areas; `None` where one of them lacks a figure.

    Args:
        bound: the rule, bound to data.
        areas: codes.
        year: the period.
        positions: of the leaves that are read.
    """
    states: list[State] = []
    for area in areas:
        lifted = exact.lift(bound, area, year, leaves=positions)
        if not isinstance(lifted, State):
            return None
        states.append(lifted)
    return _sums(bound, exact.fold(bound, states))


def _sums(bound: Bound, total: State) -> dict[int, Exact]:
    return {
        position: term
        for position, term in enumerate(total.folds)
        if isinstance(term, int | Fraction) and bound.plan.leaves[position].fold is Fold.SUM
    }


def _terms_of(
    state: State, own_leaves: Container[int], whole: Sequence[Exact | Collected]
) -> list[Exact | Collected]:
    """The leaves with a member's own terms for the region's sums."""
    values: list[Exact | Collected] = []
    for position, total in enumerate(whole):
        term = state.folds[position]
        alone = term if isinstance(term, int | Fraction) else 0
        values.append(alone if position in own_leaves else total)
    return values


def _lacking(gaps: Sequence[Gap]) -> Lacking:
    return Lacking("; ".join(told(gaps)[:MOST_TOLD]), gaps=gaps)


def _held_by(holders: Sequence[str]) -> str:
    return f": {', '.join(holders[:MOST_TOLD])}" if holders else ""
