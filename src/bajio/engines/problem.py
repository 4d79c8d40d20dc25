"""What is searched for, as numbers: the areas' terms, what is aimed at, and what is required.

It is the seam between those who ask and the search: exact on this side. The search goes through
sets of areas in floats that know how far they are off, and asks for the exact keys of those that
are left.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from bajio.engines.evaluation import Evaluation
from bajio.engines.outcome import told
from bajio.errors import Unavailable
from bajio.facts.observations import Exact
from bajio.rules.algebra import Call, Condition, Expression
from bajio.rules.exact_domain import multiples_of
from bajio.rules.plan import SELF, Fold

#: Of how many areas at most alliances are made.
MOST_AREAS = 64
_MOST_TOLD = 3
AreaTerms = tuple[Exact, ...]


@frozen
class Linear:
    """A sum over the members.

    Attributes:
        terms: one an area.
    """

    terms: AreaTerms


@frozen
class Quotient:
    """A sum over the members divided by another.

    Attributes:
        above, below: terms, one an area.
        growth: whether there is no value where what is divided by is negative.
    """

    above: AreaTerms
    below: AreaTerms
    growth: bool = False


@frozen
class General:
    """An expression over what leaves come to.

    Attributes:
        expression: over leaves by position.
        leaves: for each the terms, one an area, and how they are folded; or a number that is the
            same for all sets.
    """

    expression: Expression
    leaves: tuple[tuple[Fold, AreaTerms] | Exact, ...]


@frozen
class MemberRule:
    """A rule over the members as data.

    Attributes:
        value: what it is for a set.
        conditions: what must hold for that.
        figures: by name the figures that it reads, one an area.
    """

    value: Expression
    conditions: tuple[Condition, ...]
    figures: tuple[tuple[str, AreaTerms], ...]


@frozen
class Opaque:
    """What only the exact way tells, set by set."""


Quantity = Linear | Quotient | General | MemberRule | Opaque


@frozen
class Aim:
    """What is to be small: a distance from a target, or a quantity by its sign.

    Attributes:
        quantity: of what.
        target: the distance from it counts, if there is one.
        factor: what that distance, or the quantity, is multiplied by.
    """

    quantity: Quantity
    target: Fraction | None
    factor: Fraction


@frozen
class Limit:
    """What a quantity has to be: from `least` to `most`, each if given."""

    quantity: Quantity
    least: Fraction | None = None
    most: Fraction | None = None


@frozen(eq=False)
class Problem:
    """Which sets of areas are searched for.

    Attributes:
        count: of areas; the terms are in their order, by which ties are decided.
        least, most: sizes.
        best: how many sets are wanted.
        key: what is to be small, for positions of members: exactly, or `None` for a set that may
            not be, having no value or breaking a limit.
        aims: the greatest of them is to be small; without any, few members are.
        limits: all of them are to hold.
        required: positions of the areas that must be in the set.
        borders: pairs of positions of areas that border on one another; `None` where the set
            need not be connected.
    """

    count: int
    least: int
    most: int
    best: int
    key: Callable[[tuple[int, ...]], Exact | None] = field(repr=False)
    aims: Sequence[Aim] = ()
    limits: Sequence[Limit] = ()
    required: tuple[int, ...] = ()
    borders: Sequence[tuple[int, int]] | None = None


@frozen(eq=False, slots=False)
class SetRule:
    """What a rule comes to for any set of some areas.

    Attributes:
        evaluation: the rule, bound to data, in a year.
        areas: codes; positions of members are those in it.

    Raises:
        Unavailable: one of the areas, or what they are compared with, lacks a figure.
    """

    evaluation: Evaluation
    areas: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        gaps = [gap for code in self.areas for gap in self.evaluation.gaps_of(code)]
        if gaps:
            raise Unavailable("; ".join(told(gaps)[:_MOST_TOLD]))
        self.evaluation.elsewhere()  # raises where what is compared with lacks something

    def _codes(self, members: Sequence[int]) -> list[str]:
        return [self.areas[position] for position in members]

    def exact(self, members: Sequence[int]) -> tuple[Exact, str]:
        """The value for some members, by the exact engine, and its status.

        Raises:
            Unavailable: there is none, as where a divisor is zero.
        """
        codes = self._codes(members)
        return self.evaluation.value_of(codes), self.evaluation.status_of(codes)

    def value(self, members: Sequence[int]) -> Exact:
        """The same, by terms that are worked out once where the rule allows it."""
        totals = [
            (sum([terms[position] for position in members]), parts)
            for terms, parts in self._multiples
        ]
        match self.quantity:
            case Linear():
                return Fraction(*totals[0])
            case Quotient(growth=growth):
                (above, parts), (divisor, shares) = totals
                if not divisor or (growth and divisor < 0):
                    raise Unavailable("a ratio has no value: what it is divided by is zero")
                return Fraction(above * shares, divisor * parts)
        return self.evaluation.value_of(self._codes(members))

    @cached_property
    def _multiples(self) -> tuple[tuple[Sequence[Exact], int], ...]:
        """The terms of a sum, or of both of a ratio, in whole numbers, which add up fast."""
        match self.quantity:
            case Linear(terms):
                return (multiples_of(terms),)
            case Quotient(above, below):
                return multiples_of(above), multiples_of(below)
        return ()

    @cached_property
    def quantity(self) -> Quantity:
        """What it is in numbers that a search can take apart."""
        plan = self.evaluation.bound.plan
        if plan.collects:
            return self._over_members()
        split = None
        if all(leaf.fold is Fold.SUM for leaf in plan.leaves if leaf.place == SELF):
            split = self.evaluation.split()
        if split is None:
            return self._general()
        above = tuple(split.above[code] for code in self.areas)
        if split.below is None:
            return Linear(above)
        return Quotient(above, tuple(split.below[code] for code in self.areas), split.grows)

    def _over_members(self) -> Quantity:
        """A rule over members as data, where it is one; else it is worked out set by set."""
        call = self.evaluation.bound.expression
        rule = call.pooled if isinstance(call, Call) else None
        if rule is None or not isinstance(call, Call):
            return Opaque()
        try:
            each = [self.evaluation.each_of([code])[0] for code in self.areas]
        except Unavailable:  # of an area that has no figure by itself: sets without it have
            return Opaque()
        names = [name for name, _ in call.needs]
        figures = [(name, tuple(dict(member.figures)[name] for member in each)) for name in names]
        return MemberRule(rule.value, rule.conditions, tuple(figures))

    def _general(self) -> Quantity:
        each = [self.evaluation.numbers_of([code]) for code in self.areas]
        leaves: list[tuple[Fold, tuple[Exact, ...]] | Exact] = []
        for leaf, numbers in zip(
            self.evaluation.bound.plan.leaves, zip(*each, strict=True), strict=True
        ):
            leaves.append((leaf.fold, numbers) if leaf.place == SELF else numbers[0])
        return General(self.evaluation.bound.expression, tuple(leaves))
