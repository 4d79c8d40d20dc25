"""An indicator over some areas in a year: exact for any of them, and as numbers for the kernels."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from bajio.engines.calculation import Collected, calculate, members_of
from bajio.engines.exact import State, finish, fold, groups, leaf_values, lift
from bajio.engines.outcome import Gap, told
from bajio.engines.problem import General, Linear, MemberRule, Opaque, Quantity, Quotient
from bajio.engines.shape import as_ratio, reads
from bajio.errors import Unavailable
from bajio.facts.observations import Exact
from bajio.indicator import Indicator
from bajio.questions.evaluation import Question
from bajio.rules.plan import (
    SELF,
    Applied,
    Call,
    Change,
    Expression,
    Fold,
    Operation,
)
from bajio.rules.pooled import pooled_call

_MOST_TOLD = 3


def own_leaves(question: Question) -> tuple[int, ...]:
    """Positions of the leaves that are the region's own."""
    leaves = enumerate(question.bound.plan.leaves)
    return tuple(position for position, leaf in leaves if leaf.place == SELF)


def gaps_of(question: Question, area: str, year: int) -> list[Gap]:
    """What an area lacks in a year."""
    lifted = lift(question.bound, area, year, leaves=own_leaves(question))
    return [] if isinstance(lifted, State) else lifted


@frozen(eq=False, slots=False)
class Measured:
    """An indicator over some areas in a year.

    Attributes:
        question: the indicator, asked of all the areas together.
        areas: codes; positions of members are those in it.
        year: the period.
    """

    question: Question
    areas: tuple[str, ...]
    year: int
    _states: tuple[State, ...] = field(init=False, repr=False)
    _elsewhere: State | None = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        own = own_leaves(self.question)
        bound = self.question.bound
        states = [lift(bound, code, self.year, leaves=own) for code in self.areas]
        gaps = [gap for one in states if not isinstance(one, State) for gap in one]
        if gaps:
            raise Unavailable("; ".join(told(gaps)[:_MOST_TOLD]))
        object.__setattr__(self, "_states", tuple(one for one in states if isinstance(one, State)))
        object.__setattr__(self, "_elsewhere", self._of_other_places())

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.question.indicator

    def _of_other_places(self) -> State | None:
        """The state of the leaves of the host and of other regions: the same for all members."""
        bound, members = self.question.bound, self.question.composition(self.year)
        states: list[State] = []
        for place, lag, positions in groups(bound, members):
            if place == SELF:
                continue
            for code in members(place, lag):
                lifted = lift(bound, code, self.year, leaves=positions)
                if not isinstance(lifted, State):
                    raise Unavailable("; ".join(told(lifted)[:_MOST_TOLD]))
                states.append(lifted)
        return fold(bound, states) if states else None

    def _state(self, members: Sequence[int]) -> State:
        states = [self._states[at] for at in members]
        if self._elsewhere is not None:
            states.append(self._elsewhere)
        return fold(self.question.bound, states)

    def exact(self, members: Sequence[int]) -> tuple[Exact, str]:
        """The value for some members, by the exact engine, and its status.

        Raises:
            Unavailable: there is none, as where a divisor is zero.
        """
        state = self._state(members)
        return finish(self.question.bound, state), state.status

    def value(self, members: Sequence[int]) -> Exact:
        """The same, by terms that are worked out once where the rule allows it."""
        match self.quantity:
            case Linear(terms):
                return sum(terms[at] for at in members)
            case Quotient(above, below, growth):
                divisor = sum(below[at] for at in members)
                if not divisor or (growth and divisor < 0):
                    raise Unavailable("a ratio has no value: what it is divided by is zero")
                return Fraction(sum(above[at] for at in members)) / divisor
        return self.exact(members)[0]

    @cached_property
    def quantity(self) -> Quantity:
        """What the kernels work with."""
        bound = self.question.bound
        leaves = bound.plan.leaves
        own = own_leaves(self.question)
        if bound.plan.collects:
            return self._over_members()
        found = None
        if all(leaves[at].fold is Fold.SUM for at in own):
            found = as_ratio(bound.expression, own)
        if found is None:
            return self._general(own)
        above, below = found
        if below is None:
            return Linear(self._terms(above))
        growth = _grows(bound.expression, own)
        return Quotient(self._terms(above), self._terms(below), growth)

    def _terms(self, expression: Expression) -> tuple[Exact, ...]:
        """What an expression that is linear is for each area by itself."""
        values = (leaf_values(self._state([at])) for at in range(len(self.areas)))
        return tuple(calculate(expression, one) for one in values)

    def _over_members(self) -> Quantity:
        """A rule over members as data, where it is one; else it is worked out set by set."""
        call = self.question.bound.expression
        rule = pooled_call(call) if isinstance(call, Call) else None
        if rule is None or not isinstance(call, Call):
            return Opaque()
        every = range(len(self.areas))
        try:
            each = [next(members_of(call, leaf_values(self._state([at])))) for at in every]
        except Unavailable:  # of an area that has no figure by itself: sets without it have
            return Opaque()
        names = [name for name, _ in call.needs]
        figures = [(name, tuple(dict(one.figures)[name] for one in each)) for name in names]
        return MemberRule(rule.value, rule.conditions, tuple(figures))

    def _general(self, own: Sequence[int]) -> Quantity:
        each = [leaf_values(self._state([at])) for at in range(len(self.areas))]
        leaves: list[tuple[Fold, tuple[Exact, ...]] | Exact] = []
        for at, leaf in enumerate(self.question.bound.plan.leaves):
            column = [values[at] for values in each]
            numbers = tuple(one for one in column if not isinstance(one, Collected))
            leaves.append((leaf.fold, numbers) if at in own else numbers[0])
        return General(self.question.bound.expression, tuple(leaves))


def _grows(expression: Expression, own: Sequence[int]) -> bool:
    """Whether an expression has a growth of what is the region's own."""
    match expression:
        case Change(_, before):
            return reads(before, own)
        case Operation(_, left, right):
            return _grows(left, own) or _grows(right, own)
        case Applied(_, argument):
            return _grows(argument, own)
    return False
