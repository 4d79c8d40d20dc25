"""Rules over the members' own values, one by one: the greatest, a spread, a regression."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from attrs import evolve, field, frozen

from bajio.errors import InvalidRule
from bajio.facts.measures import Measure
from bajio.rules.algebra import ONE, Call, MemberTotal, OwnFigure, Pooled
from bajio.rules.plan import HOST, PARTS, Fold
from bajio.rules.promises import Trait
from bajio.rules.resolution import NO_MONEY, Context, Resolution, Resolved
from bajio.rules.rule import Rule, Scalar, as_rule
from bajio.units import ONE as PLAIN, Unit, currencies

#: Methods by which a rule over members says what it is, for all engines or for the exact one.
_SAID_AS_DATA, _SAID_IN_CODE = {"pooled", "of_ratio"}, {"of", "measure", "term"}


class OverMembers(Rule):
    """Root of the rules over the members' own values, one by one: a custom rule, a spread, ...

    `needs_by_name` are taken for each member alone; for the host, for each of its parts.

    Attributes:
        name: what the rule is called in formulas.
        keeps_unit: whether the result is in the unit of the first need; else in `unit`.
        unit: of the result, a plain number.
    """

    __slots__ = ()
    name: ClassVar[str] = "over members"
    keeps_unit: ClassVar[bool] = False
    unit: Unit = PLAIN

    def needs_by_name(self) -> Mapping[str, Rule | str]:
        """What is needed of each member: a rule, or a measure's code, by name."""
        return {name: getattr(self, name) for name in self.children}

    def pooled(self) -> Pooled | None:
        """The rule as data, in the algebra; `None` where only its function can say what it is."""
        return None

    def as_data(self) -> Pooled | None:
        """What `pooled` says; `None` where a class below the one that says it is code instead."""
        for kind in type(self).__mro__:
            if not vars(kind).keys().isdisjoint(_SAID_AS_DATA):
                return self.pooled()
            if not vars(kind).keys().isdisjoint(_SAID_IN_CODE):
                return None
        return None

    def of(self, members: Sequence[Any]) -> Scalar | float:
        """The value for members, whose figures are called as the needs are."""
        from bajio.rules.exact_domain import of_members

        pooled = self.pooled()
        if pooled is None:
            raise NotImplementedError
        return of_members(pooled, members)

    def text(self) -> str:
        """Its name, and what it is over."""
        return f"{self.name}({'; '.join(rule.text() for rule in self.inner())})"

    def part(self, resolution: Resolution, context: Context) -> Resolved:
        """A function of the members' own values; for the host, of its parts'."""
        context.refuse_each(self)
        if context.span > 1:
            raise InvalidRule(f"'{self}' over a span of years: put Over inside it")
        place = PARTS if context.place == HOST else context.place
        each = evolve(context, place=place, each=place)
        parts = {
            name: _of_each(need, resolution, each) for name, need in self.needs_by_name().items()
        }
        unit = None if self.keeps_unit else self.unit
        money = [part.money for part in parts.values()]
        priced = (
            money[0]
            if unit is None
            else max(money, key=lambda money_of_part: money_of_part[0] != 0)
        )
        if unit is not None and not currencies(unit):
            priced = NO_MONEY
        needs = tuple((name, part.expression) for name, part in parts.items())
        return Resolved(Call(self.of, self.name, needs, unit, self.as_data()), priced)

    def is_count(self, measures: Mapping[str, Measure]) -> bool:
        """Whether what it is over is, where it is in the same unit."""
        if not self.keeps_unit:
            return True
        first = next(iter(self.needs_by_name().values()))
        return isinstance(first, Rule) and first.is_count(measures)


def _of_each(need: Rule | str, resolution: Resolution, context: Context) -> Resolved:
    if isinstance(need, Rule):
        return need.part(resolution, context)
    return resolution.leaf(Fold.COLLECT, (resolution.cell(need, ()),), context)


@frozen(repr=False)
class OfOwnValues(OverMembers):
    """Root of what lies among the members' own values: copies of all members leave it as it was."""

    children: ClassVar[tuple[str, ...]] = ("rule",)
    keeps_unit: ClassVar[bool] = True
    rule: Rule = field(converter=as_rule)

    def is_internal(self, _measures: Mapping[str, Measure]) -> bool:
        """It is."""
        return True

    def traits(self) -> Iterable[Trait]:
        """Invariant under replication."""
        return (Trait.REPLICATION_INVARIANT,)


class Best(OfOwnValues):
    """The greatest value among the members, each by itself.

    Examples:
        >>> from bajio.rules import Sum
        >>> print(Best(Sum("gdp") / Sum("population")))
        greatest(Σ gdp ÷ Σ population)
    """

    __slots__ = ()
    name: ClassVar[str] = "greatest"

    def pooled(self) -> Pooled:
        """The greatest of the members' values."""
        return Pooled(MemberTotal("maximum", OwnFigure("rule")))


class Worst(OfOwnValues):
    """The least value among the members, each by itself."""

    __slots__ = ()
    name: ClassVar[str] = "least"

    def pooled(self) -> Pooled:
        """The least of the members' values."""
        return Pooled(MemberTotal("minimum", OwnFigure("rule")))


class Average(OfOwnValues):
    """The plain mean of the members' own values, each member counting the same."""

    __slots__ = ()
    name: ClassVar[str] = "plain mean"

    def pooled(self) -> Pooled:
        """The sum of the members' values over their number."""
        return Pooled(MemberTotal("sum", OwnFigure("rule")) / MemberTotal("count", ONE))
