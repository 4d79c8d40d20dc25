"""Laws of spreads and of tables: transfers, bounds, and parts that make the whole."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, field, frozen
from hypothesis import reject, strategies as st
from hypothesis.strategies import DataObject

from bajio.engines.evaluation import Evaluation
from bajio.errors import BajioError
from bajio.facts.measures import Kind
from bajio.facts.observations import Exact, Observation
from bajio.indicator import Indicator
from bajio.registry import Registry
from bajio.rules.algebra import Applied, Constant, Expression, walk
from bajio.rules.axes import Table
from bajio.rules.plan import HOST, Plan
from bajio.rules.promises import Trait
from bajio.rules.resolution import resolve
from bajio.rules.rule import Rule
from bajio.rules.spread import VALUE, WEIGHT, Decomposable, Spread
from bajio.testing.aggregation_laws import copies_of_first, renamed_of, value_of
from bajio.testing.cases import some_members, two_sides, worlds_of
from bajio.testing.law import Broken, IndicatorCase, Law, RuleCase, planner_of
from bajio.testing.worlds import YEAR, World


@frozen(slots=False)
class TableCase(RuleCase):
    """A table by member, or one whose values are said to add up, with all that its rules read.

    Attributes:
        indicator: whose rule is a table.
        registry: what its measures are looked up in.
        plan: the leaves of all its rules together.
    """

    indicator: Indicator
    registry: Registry = field(repr=False)
    plan: Plan = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        rules = [*self.rules((HOST,)).values(), *([self.total] if self.table.total else [])]
        plans = [planner_of(self.registry).plan(rule) for rule in rules]
        leaves = dict.fromkeys(leaf for plan in plans for leaf in plan.leaves)
        object.__setattr__(self, "plan", Plan(tuple(leaves), Constant(Fraction()), additive=False))

    @property
    def table(self) -> Table:
        """The rule."""
        rule = self.indicator.rule
        assert isinstance(rule, Table)
        return rule

    @property
    def total(self) -> Rule:
        """What the values are said to add up to."""
        assert self.table.total is not None
        return planner_of(self.registry).plain(self.table.total)

    def rules(self, members: Sequence[str]) -> dict[str, Rule]:
        """The rule of each key for some members."""
        return planner_of(self.registry).table(self.table, members)

    def value(self, world: World, rule: Rule, members: Sequence[str]) -> Exact:
        """A rule's value; an example that has none is left."""
        try:
            return world.value(rule, members, unit=str(self.indicator.unit))
        except BajioError:
            reject()


def _transfers(case: IndicatorCase, data: DataObject) -> None:
    """Let members differ in one figure alone, and one give to a poorer one, places kept."""
    world = _alike_but_for_one(case, data.draw(worlds_of(case, least=3)))
    code, key, period = _first_figure(case, world)
    figures = {
        seen.area: Fraction(seen.value or 0)
        for seen in world.observations
        if (seen.measure, seen.where, seen.period) == (code, key, period)
        and seen.area in world.parts
    }
    rich, poor = data.draw(st.permutations(world.parts))[:2]
    if figures[rich] < figures[poor]:
        rich, poor = poor, rich
    gift = (figures[rich] - figures[poor]) * Fraction(data.draw(st.integers(1, 4)), 8)
    changes = {rich: -gift, poor: gift}

    def give(seen: Observation) -> Observation:
        if seen.area in changes and (seen.measure, seen.where, seen.period) == (code, key, period):
            return evolve(seen, value=Fraction(seen.value or 0) + changes[seen.area])
        return seen

    before = value_of(case, world, world.parts)
    transferred = world.with_observations(map(give, world.observations))
    after = value_of(case, transferred, world.parts)
    if after > before and not case.same(before, after):
        text = f"{before} rises to {after} where {rich} gives {gift} of its {code} to {poor}"
        raise Broken(text, world, world.parts)


def _first_figure(case: IndicatorCase, world: World) -> tuple[str, tuple[str, ...], str]:
    """What the rule reads first: that in which members differ."""
    cell = case.plan.leaves[0].cells[0]
    observations = (
        observation for observation in world.observations if observation.measure == cell.measure
    )
    seen = next(one for one in observations if one.where == cell.key)
    return seen.measure, seen.where, seen.period


def _alike_but_for_one(case: IndicatorCase, world: World) -> World:
    first = _first_figure(case, world)
    alike = copies_of_first(world, world.parts)
    others = [
        seen for seen in alike.observations if (seen.measure, seen.where, seen.period) != first
    ]
    observations = [
        seen for seen in world.observations if (seen.measure, seen.where, seen.period) == first
    ]
    return world.with_observations((*others, *observations))


def _has_transfers(case: IndicatorCase) -> bool:
    cells = case.plan.leaves[0].cells
    if Trait.SPREAD not in case.traits or not cells:
        return False
    if isinstance(case.rule, Spread) and not case.rule.keeps_transfers:
        return False
    measure = case.registry.dataset.measures[cells[0].measure]
    return measure.kind is Kind.EXTENSIVE and measure.minimum is not None


def _bounds(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    value = value_of(case, world, members)
    beside = [end for end in (0, 1) if case.same(value, end)]
    if not beside and not 0 <= value <= 1:
        raise Broken(f"{value} is not from zero to one", world, members)


def _decomposition(case: IndicatorCase | TableCase, data: DataObject) -> None:
    if isinstance(case, TableCase):
        _table(case, data)
    else:
        _groups(case, data)


def _table(case: TableCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    values = _values(case, world, members)
    total, parts_sum = case.value(world, case.total, members), sum(values.values(), Fraction())
    plans = [
        resolve(rule, case.registry.dataset.measures)
        for rule in (*case.rules(members).values(), case.total)
    ]
    bounded = any(plan.collects or _is_bounded(plan.expression) for plan in plans)
    size = max(abs(Fraction(value)) for value in (total, *values.values()))
    if parts_sum != total and (not bounded or abs(Fraction(parts_sum - total)) > size / 10**9):
        text = " + ".join(f"{value} ({key})" for key, value in values.items())
        raise Broken(f"{text} make {parts_sum}, not {total}", world, members)


def _rows(case: TableCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    renamed, other = renamed_of(world, data)
    before = _values(case, world, members)
    after = _values(case, renamed, [other[code] for code in members][::-1])
    for code, value in before.items():
        if after[other[code]] != value:
            text = f"{value} of {code} becomes {after[other[code]]} where the members swap names"
            raise Broken(text, world, members)


def _values(case: TableCase, world: World, members: Sequence[str]) -> dict[str, Exact]:
    rules = case.rules(members)
    return {key: case.value(world, rule, members) for key, rule in rules.items()}


def _is_bounded(expression: Expression) -> bool:
    """Whether logarithms or roots are in it, which are rounded."""
    applied = (node for node in walk(expression, needs=False) if isinstance(node, Applied))
    return any(node.function != "absolute" for node in applied)


def _groups(case: IndicatorCase, data: DataObject) -> None:
    rule = case.rule
    assert isinstance(rule, Decomposable)
    world = data.draw(worlds_of(case))
    sides = data.draw(two_sides(world))
    bound = world.bound(rule, world.parts, str(case.indicator.unit))

    def weight_and_mean(codes: Sequence[str]) -> tuple[Fraction, Fraction]:
        try:
            members = Evaluation(bound, lambda _place, _lag: codes, YEAR).each()
            weight = sum((member[WEIGHT] for member in members), Fraction())
            return weight, sum((m[WEIGHT] * m[VALUE] for m in members), Fraction()) / weight
        except (BajioError, ZeroDivisionError):
            reject()

    whole = weight_and_mean(world.parts)
    total = value_of(case, world, world.parts)
    parts_sum = Fraction()
    for side in sides:
        weight, mean = weight_and_mean(side)
        share, ratio = weight / whole[0], mean / whole[1]
        parts_sum += rule.counts_by(share, ratio) * value_of(case, world, side)
        parts_sum += share * rule.term(ratio)
    if not case.same(total, parts_sum) and abs(total - parts_sum) > Fraction(1, 10**30):
        text = (
            f"within and between {' | '.join(map('+'.join, sides))} make {parts_sum}, not {total}"
        )
        raise Broken(text, world, world.parts)


LAWS = (
    Law(
        "transfers",
        "What a richer member gives to a poorer one, places kept, does not raise a spread.",
        "A region would look more unequal for having become more equal.",
        "Give all differences the same sign; the first of a custom rule's needs is what differs.",
        _has_transfers,
        _transfers,
    ),
    Law(
        "bounds",
        "What is said to be a fraction lies between zero and one.",
        "An index would leave its scale.",
        "Divide by the greatest value that there can be, or leave out the promise 'fraction'.",
        lambda case: Trait.FRACTION in case.traits,
        _bounds,
    ),
    Law(
        "rows",
        "Each member keeps its row of a table, whatever it is called and wherever it is listed.",
        "A member would get another's figure, or another one for being named last.",
        "Treat all members alike: no first or last one, no figure looked up by an area's code.",
        lambda case: isinstance(case, TableCase) and case.table.by_member,
        _rows,
    ),
    Law(
        "decomposition",
        "Parts make the whole: within and between, and the values of a table and its total.",
        "Contributions shown beside a total would not add up to it.",
        "Correct `total=`, or leave it out; give each group the weight that the measure asks for.",
        lambda case: isinstance(case.rule, Decomposable),
        _decomposition,
    ),
)
ROWS, DECOMPOSITION = LAWS[-2:]
