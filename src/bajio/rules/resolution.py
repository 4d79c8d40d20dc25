"""Resolution: from a rule to its plan, refusing what means nothing.

Each rule says itself what it comes down to; here is what all of them share: the context that they
are taken in, the leaves that they read, and what is known of an expression.
"""

from collections.abc import Mapping
from typing import Protocol

from attrs import field, frozen

from bajio.brief import Alike, Brief
from bajio.errors import InvalidRule, UnknownCode
from bajio.facts.measures import Measure, Prices, Time
from bajio.rules.algebra import Expression, Operation, Operator, Ref
from bajio.rules.plan import SELF, Exchange, Fold, Leaf, LeafCell, Plan, Revalue, Where

#: Powers of money at current and at constant prices in an expression.
Money = tuple[int, int]
NO_MONEY: Money = (0, 0)
#: So many leaves of a span are summed one after another.
_FEW = 12


@frozen(eq=False, repr=False)
class Context(Alike):
    """Where, when and in what money the leaves below a node are taken.

    Attributes:
        lag: years before the period.
        span: over how many years.
        place: `self`, `host`, or the code of a region.
        conversions: applied to what is money, in order.
        each: the place whose members are taken one by one, as those of a custom rule's needs are.
    """

    lag: int = 0
    span: int = 1
    place: str = SELF
    conversions: tuple[Exchange | Revalue, ...] = ()
    each: str = ""

    def refuse_each(self, rule: object) -> None:
        """Refuse a rule over the members inside a rule for each of them.

        Raises:
            InvalidRule: the members are taken one by one already.
        """
        if self.each:
            raise InvalidRule(f"'{rule}' is over the members, inside a rule for each of them alone")


@frozen(eq=False, repr=False)
class Resolved(Alike):
    """An expression with what is known of it.

    Attributes:
        expression: over the leaves.
        money: its powers of money.
        additive: whether it adds over disjoint regions.
        constant: whether it reads no data.
    """

    expression: Expression
    money: Money = NO_MONEY
    additive: bool = False
    constant: bool = False


class Resolvable(Protocol):
    """What comes down to an expression over leaves: a rule."""

    def part(self, resolution: "Resolution", context: Context) -> Resolved:
        """The expression that it comes down to in a context, with what is known of it."""


def resolve(rule: Resolvable, measures: Mapping[str, Measure]) -> Plan:
    """The plan of a rule.

    Args:
        rule: what is computed.
        measures: the measures that it may name.

    Raises:
        UnknownCode: it names a measure that is not there.
        InvalidRule: it sums an intensive measure, mixes price bases, takes the growth of
            current prices, reads no data, ...

    Examples:
        >>> from bajio.rules import Growth, Sum
        >>> measures = {"jobs": Measure("jobs", "Jobs", "person", time="stock")}
        >>> plan = resolve(Growth(Sum("jobs")), measures)
        >>> [(leaf.cells[0].measure, leaf.lag) for leaf in plan.leaves]
        [('jobs', 0), ('jobs', 1)]
    """
    resolution = Resolution(measures)
    part = rule.part(resolution, Context())
    if part.constant:
        raise InvalidRule(f"the rule '{rule}' reads no data")
    return Plan(tuple(resolution.leaves), part.expression, part.additive)


@frozen(eq=False, repr=False)
class Resolution(Brief):
    """The leaves of a rule that is being resolved.

    Attributes:
        measures: those that it may name.
        leaves: by their positions, in order of first appearance.
    """

    measures: Mapping[str, Measure]
    leaves: dict[Leaf, int] = field(init=False, factory=dict)

    def measure(self, code: str) -> Measure:
        """A measure by its code.

        Raises:
            UnknownCode: there is none.
        """
        if code not in self.measures:
            raise UnknownCode("measure", code, self.measures, "`bajio measures` lists them")
        return self.measures[code]

    def cell(self, code: str, where: Where) -> LeafCell:
        """A measure under a category of each of its dimensions.

        Raises:
            InvalidRule: a dimension is left open, or named and not there.
        """
        measure = self.measure(code)
        names = tuple(name for name, _ in where)
        if names != tuple(sorted(measure.dimensions)):
            need = ", ".join(measure.dimensions) or "no dimensions"
            raise InvalidRule(f"measure {code!r} has {need}: the rule names {names or 'none'}")
        by_name = dict(where)
        return LeafCell(code, tuple((name, by_name[name]) for name in measure.dimensions))

    def leaf(self, fold: Fold, cells: tuple[LeafCell, ...], context: Context) -> Resolved:
        """The leaf of each year of the span, joined: flows summed, stocks averaged or the last.

        Raises:
            InvalidRule: a minimum or maximum over a span.
        """
        measures = [self.measure(cell.measure) for cell in cells]
        times = {measure.time for measure in measures}
        timeless = times <= {Time.TIMELESS}
        deflated = any(isinstance(step, Revalue) for step in context.conversions)
        for measure in measures:
            if measure.prices is Prices.CONSTANT and deflated:
                text = f"{measure.code!r} is at constant prices already: it is not deflated"
                raise InvalidRule(text)
        current = [one for one in measures if one.prices is Prices.CURRENT and not deflated]
        priced = [one for one in measures if one.prices is not None]
        money = (len(current), len(priced) - len(current))
        conversions = context.conversions if money != NO_MONEY else ()
        if fold in {Fold.MINIMUM, Fold.MAXIMUM} and context.span > 1:
            raise InvalidRule("a minimum or maximum over a span of years is not defined")
        if context.each and context.each == context.place:
            fold = Fold.COLLECT
        refs: list[Expression] = []
        for year in range(1 if timeless or times == {Time.END} else context.span):
            lag = 0 if timeless and cells else context.lag + year
            leaf = Leaf(fold, cells, lag, context.place, conversions)
            refs.append(Ref(self.leaves.setdefault(leaf, len(self.leaves))))
        total = refs[0]
        if len(refs) > 1:
            whole = _sum_of(refs)
            total = whole / len(refs) if times <= {Time.STOCK, Time.END} else whole
        return Resolved(total, money)


def joined(operator: Operator, left: Resolved, right: Resolved, rule: object) -> Resolved:
    """Two parts of a rule, joined by an operation.

    Raises:
        InvalidRule: a sum or difference of money at different prices.
    """
    expression = Operation(operator, left.expression, right.expression)
    constant = left.constant and right.constant
    if operator in {Operator.PLUS, Operator.MINUS}:
        if left.money != right.money:
            raise InvalidRule(
                f"'{rule}' mixes price bases, or money with what is none: "
                "bring both sides to the same prices first"
            )
        return Resolved(expression, left.money, left.additive and right.additive, constant)
    over = operator is Operator.OVER
    (current, constant_prices), (other, others) = left.money, right.money
    sign = -1 if over else 1
    money = (current + sign * other, constant_prices + sign * others)
    additive = (left.additive and right.constant) or (right.additive and left.constant and not over)
    return Resolved(expression, money, additive, constant)


def _sum_of(refs: list[Expression]) -> Expression:
    """A sum as a balanced tree; of a few from left to right."""
    if len(refs) > _FEW:
        half = len(refs) // 2
        return _sum_of(refs[:half]) + _sum_of(refs[half:])
    total = refs[0]
    for ref in refs[1:]:
        total = total + ref
    return total
