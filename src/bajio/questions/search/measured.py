"""An indicator over some areas in a year: exact for any of them, and as numbers for the kernels."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from bajio.engines.evaluation import Evaluation
from bajio.engines.outcome import Missing, told
from bajio.engines.problem import General, Linear, MemberRule, Opaque, Quantity, Quotient
from bajio.errors import Unavailable
from bajio.facts.observations import Exact
from bajio.indicator import Indicator
from bajio.questions.evaluation import Question
from bajio.rules.algebra import Call
from bajio.rules.plan import SELF, Fold

_MOST_TOLD = 3


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
    _evaluation: Evaluation = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        evaluation = self.question.evaluation(self.year, missing=Missing.REFUSE)
        gaps = [gap for code in self.areas for gap in evaluation.gaps_of(code)]
        if gaps:
            raise Unavailable("; ".join(told(gaps)[:_MOST_TOLD]))
        evaluation.elsewhere()  # raises where what is compared with lacks something
        object.__setattr__(self, "_evaluation", evaluation)

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.question.indicator

    def _codes(self, members: Sequence[int]) -> list[str]:
        return [self.areas[at] for at in members]

    def exact(self, members: Sequence[int]) -> tuple[Exact, str]:
        """The value for some members, by the exact engine, and its status.

        Raises:
            Unavailable: there is none, as where a divisor is zero.
        """
        codes = self._codes(members)
        return self._evaluation.value_of(codes), self._evaluation.status_of(codes)

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
        return self._evaluation.value_of(self._codes(members))

    @cached_property
    def quantity(self) -> Quantity:
        """What the kernels work with."""
        plan = self.question.bound.plan
        if plan.collects:
            return self._over_members()
        split = None
        if all(leaf.fold is Fold.SUM for leaf in plan.leaves if leaf.place == SELF):
            split = self._evaluation.split()
        if split is None:
            return self._general()
        above = tuple(split.above[code] for code in self.areas)
        if split.below is None:
            return Linear(above)
        return Quotient(above, tuple(split.below[code] for code in self.areas), split.grows)

    def _over_members(self) -> Quantity:
        """A rule over members as data, where it is one; else it is worked out set by set."""
        call = self.question.bound.expression
        rule = call.pooled if isinstance(call, Call) else None
        if rule is None or not isinstance(call, Call):
            return Opaque()
        try:
            each = [self._evaluation.each_of([code])[0] for code in self.areas]
        except Unavailable:  # of an area that has no figure by itself: sets without it have
            return Opaque()
        names = [name for name, _ in call.needs]
        figures = [(name, tuple(dict(one.figures)[name] for one in each)) for name in names]
        return MemberRule(rule.value, rule.conditions, tuple(figures))

    def _general(self) -> Quantity:
        each = [self._evaluation.numbers_of([code]) for code in self.areas]
        leaves: list[tuple[Fold, tuple[Exact, ...]] | Exact] = []
        for leaf, numbers in zip(
            self.question.bound.plan.leaves, zip(*each, strict=True), strict=True
        ):
            leaves.append((leaf.fold, numbers) if leaf.place == SELF else numbers[0])
        return General(self.question.bound.expression, tuple(leaves))
