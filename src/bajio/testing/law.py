"""What a law is, what it is tried on, and how it says that it is broken."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from bajio.engines.planning import Planner
from bajio.facts.classifications import Category, Classification
from bajio.facts.measures import Measure, Prices
from bajio.facts.observations import Exact, Observation
from bajio.indicator import Indicator
from bajio.registry import Registry
from bajio.rules.axes import Table
from bajio.rules.plan import Leaf, Plan, Revalue
from bajio.rules.promises import Trait
from bajio.rules.rule import Rule
from bajio.rules.traits import traits_of, with_implied
from bajio.testing.worlds import World

_MOST_ROWS = 12
#: What a dimension is broken down by in generated worlds.
_THREE = Classification("three", [Category(code, code) for code in ("a", "b", "c")])


class RuleCase:
    """Root of the cases: what a rule reads."""

    registry: Registry
    plan: Plan

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that the rule reads, rates excepted."""
        return tuple(self.registry.dataset.measures[code] for code in self.plan.measures)

    @property
    def rates(self) -> tuple[Measure, ...]:
        """The measures that conversions read."""
        steps = [step for leaf in self.plan.leaves for step in leaf.conversions]
        codes = [step.by if isinstance(step, Revalue) else step.at for step in steps]
        return tuple(self.registry.dataset.measures[code] for code in dict.fromkeys(codes))


@frozen(slots=False)
class IndicatorCase(RuleCase):
    """An indicator that laws are tried on.

    Attributes:
        indicator: what is tried.
        registry: what it is registered in, and what its measures are looked up in.
        rule: the indicator's, without axes: over a classification of three categories.
        plan: what the rule comes down to.
        traits: those of its rule, and those that its author promises.
    """

    indicator: Indicator
    registry: Registry = field(repr=False)
    rule: Rule = field(repr=False)
    plan: Plan = field(init=False, repr=False)
    traits: frozenset[Trait] = field(init=False)

    def __attrs_post_init__(self) -> None:
        plan = planner_of(self.registry).plan(self.rule)
        rule_traits = traits_of(self.rule, plan, self.registry.dataset.measures)
        object.__setattr__(self, "plan", plan)
        object.__setattr__(self, "traits", with_implied(rule_traits | self.indicator.traits))

    def value(self, world: World, members: Iterable[str]) -> Exact:
        """The indicator's value for some members of a world.

        Raises:
            BajioError: it has none.
        """
        return world.value(self.rule, members, unit=str(self.indicator.unit))

    def current_money(self, leaf: Leaf) -> bool:
        """Whether a leaf reads money at current prices and leaves it so."""
        measures = [self.registry.dataset.measures[cell.measure] for cell in leaf.cells]
        deflated = any(isinstance(step, Revalue) for step in leaf.conversions)
        return not deflated and any(measure.prices is Prices.CURRENT for measure in measures)

    def same(self, first: Exact, second: Exact) -> bool:
        """Whether two values are equal: exactly, save where a custom rule may use floats."""
        if not self.plan.collects or first == second:
            return first == second
        apart, size = Fraction(first - second), max(abs(Fraction(first)), abs(Fraction(second)))
        return abs(apart) <= size / 10**9


def planner_of(registry: Registry) -> Planner:
    """What plans rules in generated worlds, of which every classification has three categories."""
    return Planner(registry.dataset.measures, lambda _measure, _dimension: _THREE)


def cases(indicator: Indicator, registry: Registry) -> dict[str, IndicatorCase]:
    """The cases of an indicator by name: one, or one for each part of a table.

    A table by category is tried by its first category, one by member not at all.

    Raises:
        BajioError: a rule that means nothing.
    """
    planner = planner_of(registry)
    rule = indicator.rule
    if not isinstance(rule, Table):
        return {indicator.code: IndicatorCase(indicator, registry, planner.plain(rule))}
    sampled = {} if rule.by_member else planner.sampled(rule)
    return {
        f"{indicator.code}[{key}]": IndicatorCase(indicator, registry, key_rule)
        for key, key_rule in sampled.items()
    }


class Broken(AssertionError):
    """A law does not hold: what was seen, in the smallest world that shows it."""

    def __init__(self, text: str, world: World | None = None, members: Sequence[str] = ()) -> None:
        self.told = text
        self.world = world
        self.members = tuple(members)
        super().__init__(text)


def table_of(world: World, members: Sequence[str]) -> str:
    """The figures of some members as a small table: a row a member, a column a figure."""
    shown = [
        seen for seen in world.observations if seen.area in set(members) and seen.value is not None
    ]
    columns = list(dict.fromkeys(map(_column, shown)))
    rows = [["", *columns]]
    for code in members[:_MOST_ROWS]:
        cells = {_column(seen): str(seen.value) for seen in shown if seen.area == code}
        rows.append([code, *(cells.get(column, "–") for column in columns)])
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _column(seen: Observation) -> str:
    where = "".join(f"[{value}]" for value in seen.where)
    return f"{seen.measure}{where}{f' {seen.period}' if seen.period else ''}"


@frozen
class Law:
    """What must hold of a subject.

    Attributes:
        code: stable name.
        sentence: the law, in one sentence.
        seen: what a user would see go wrong where it is broken.
        cure: how to mend it.
        applies: whether it is about a subject.
        check: raises `Broken` where it does not hold.
        generated: whether the check draws examples, many of which are tried; else it looks once
            at what is there.
        examples: how many are drawn.
    """

    code: str
    sentence: str
    seen: str
    cure: str
    applies: Callable[[Any], bool]
    check: Callable[..., None]
    generated: bool = True
    examples: int = 25
