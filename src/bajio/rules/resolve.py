"""From a rule to its plan, refusing what means nothing."""

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve, field, frozen

from bajio.errors import InvalidRule, UnknownCode
from bajio.facts.measures import Kind, Measure, Prices, Time
from bajio.rules import nodes
from bajio.rules.algebra import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Change,
    Constant,
    Expression,
    Operation,
    Operator,
    Ref,
)
from bajio.rules.nodes import Rule
from bajio.rules.plan import SELF, Cell, Exchange, Fold, Leaf, Plan, Revalue
from bajio.units import ONE, currencies

#: So many leaves of a span are summed one after another.
_FEW = 12


@frozen(eq=False, repr=False)
class _Context:
    """Where, when and in what money the leaves below a node are taken.

    `each` is the place whose members are taken one by one, as those of a custom rule's needs are.
    """

    lag: int = 0
    span: int = 1
    place: str = SELF
    conversions: tuple[Exchange | Revalue, ...] = ()
    each: str = ""


@frozen
class _Money:
    """Powers of money at current and at constant prices in an expression."""

    current: int = 0
    constant: int = 0

    def times(self, other: "_Money", sign: int = 1) -> "_Money":
        return _Money(self.current + sign * other.current, self.constant + sign * other.constant)


@frozen(eq=False, repr=False)
class _Part:
    """An expression with what is known of it.

    Attributes:
        expression: over the leaves.
        money: its powers of money.
        additive: whether it adds over disjoint regions.
        constant: whether it reads no data.
    """

    expression: Expression
    money: _Money = _Money()
    additive: bool = False
    constant: bool = False


def resolve(rule: Rule, measures: Mapping[str, Measure]) -> Plan:
    """The plan of a rule.

    Args:
        rule: what is computed.
        measures: the measures that it may name.

    Raises:
        UnknownCode: it names a measure that is not there.
        InvalidRule: it sums an intensive measure, mixes price bases, takes the growth of
            current prices, reads no data, ...

    Examples:
        >>> from bajio.rules.nodes import Growth, Sum
        >>> measures = {"jobs": Measure("jobs", "Jobs", "person", time="stock")}
        >>> plan = resolve(Growth(Sum("jobs")), measures)
        >>> [(leaf.cells[0].measure, leaf.lag) for leaf in plan.leaves]
        [('jobs', 0), ('jobs', 1)]
    """
    resolver = _Resolver(measures)
    part = resolver.part(rule, _Context())
    if part.constant:
        raise InvalidRule(f"the rule '{rule}' reads no data")
    return Plan(tuple(resolver.leaves), part.expression, part.additive)


@frozen(eq=False, repr=False)
class _Resolver:
    measures: Mapping[str, Measure]
    leaves: dict[Leaf, int] = field(init=False, factory=dict)

    def part(self, rule: Rule, context: _Context) -> _Part:
        match rule:
            case nodes.Number(value):
                return _Part(Constant(value), constant=True)
            case nodes.Arithmetic(operator, left, right):
                parts = self.part(left, context), self.part(right, context)
                return _operation(operator, *parts, rule)
            case nodes.Sum(measure, where):
                return self._total(measure, where, context)
            case nodes.WeightedMean() | nodes.Mean() | nodes.Minimum() | nodes.Maximum():
                return self._over_members(rule, context)
            case nodes.Growth():
                return self._growth(rule, context)
            case nodes.OverMembers():
                return self._over_each(rule, context)
            case nodes.Function():
                return self._function(rule, context)
            case nodes.Share(inner, of):
                _refuse_in_each(rule, context)
                whole = self.part(inner, evolve(context, place=of))
                share = _operation(Operator.OVER, self.part(inner, context), whole, rule)
                return evolve(share, additive=False)
        return self.part(*self._narrow(rule, context))

    def _narrow(self, rule: Rule, context: _Context) -> tuple[Rule, _Context]:
        """A node of context as the rule inside it, in the context that it sets."""
        match rule:
            case nodes.Lag(inner, years):
                return inner, evolve(context, lag=context.lag + years)
            case nodes.At(inner, place):
                return inner, evolve(context, place=place)
            case nodes.Over(inner, years):
                if context.span > 1:
                    raise InvalidRule(f"a span inside a span in '{rule}': use one Over")
                return inner, evolve(context, span=years)
            case nodes.Convert(inner, to, at):
                self._measure(at)
                steps = (Exchange(to, at), *context.conversions)
                return inner, evolve(context, conversions=steps)
            case nodes.Deflate(inner, base, by):
                self._measure(by)
                steps = (Revalue(base, by), *context.conversions)
                return inner, evolve(context, conversions=steps)
        raise InvalidRule(f"{rule!r} is not a rule that bajio knows")

    def _measure(self, code: str) -> Measure:
        if code not in self.measures:
            raise UnknownCode("measure", code, self.measures, "`bajio measures` lists them")
        return self.measures[code]

    def _cell(self, code: str, where: nodes.Where) -> Cell:
        measure = self._measure(code)
        given = tuple(name for name, _ in where)
        if given != tuple(sorted(measure.dimensions)):
            need = ", ".join(measure.dimensions) or "no dimensions"
            raise InvalidRule(f"measure {code!r} has {need}: the rule names {given or 'none'}")
        by_name = dict(where)
        return Cell(code, tuple((name, by_name[name]) for name in measure.dimensions))

    def _total(self, code: str, where: nodes.Where, context: _Context) -> _Part:
        measure = self._measure(code)
        if measure.kind is Kind.INTENSIVE:
            raise InvalidRule(
                f"{code!r} is intensive: a sum of it means nothing; "
                "use WeightedMean, or Mean where each member counts the same"
            )
        part = self._leaf(Fold.SUM, (self._cell(code, where),), context)
        return evolve(part, additive=context.place == SELF)

    def _over_members(self, rule: Rule, context: _Context) -> _Part:
        match rule:
            case (
                nodes.WeightedMean(code, _, where)
                | nodes.Mean(code, where)
                | nodes.Minimum(code, where)
                | nodes.Maximum(code, where)
            ) if context.each:  # of one member, it is the member's figure
                return self._leaf(Fold.COLLECT, (self._cell(code, where),), context)
            case nodes.WeightedMean(code, weight, where):
                by = weight or self._measure(code).weight
                if by is None:
                    raise InvalidRule(f"{code!r} has no weight of its own: WeightedMean names one")
                if self._measure(by).kind is not Kind.EXTENSIVE:
                    raise InvalidRule(f"{by!r} is intensive: a weight is extensive")
                weigher = self._cell(by, ())
                above = self._leaf(Fold.SUM, (self._cell(code, where), weigher), context)
                below = self._leaf(Fold.SUM, (weigher,), context)
                return _operation(
                    Operator.OVER, above, self._checked(below, weigher, context), rule
                )
            case nodes.Mean(code, where):
                above = self._leaf(Fold.SUM, (self._cell(code, where),), context)
                count = self._leaf(Fold.SUM, (), evolve(context, span=1))
                return _operation(Operator.OVER, above, count, rule)
            case nodes.Minimum(code, where):
                return self._leaf(Fold.MINIMUM, (self._cell(code, where),), context)
            case nodes.Maximum(code, where):
                return self._leaf(Fold.MAXIMUM, (self._cell(code, where),), context)
        raise InvalidRule(f"{rule!r} is not a rule that bajio knows")

    def _checked(self, whole: _Part, weigher: Cell, context: _Context) -> _Part:
        """The sum of weights, without a value where one of them is negative."""
        measure = self.measures[weigher.measure]
        if measure.minimum is not None and measure.minimum >= 0:
            return whole
        for year in range(1 if measure.time is Time.TIMELESS else context.span):
            then = evolve(context, lag=context.lag + year, span=1)
            least = self._leaf(Fold.MINIMUM, (weigher,), then)
            check = Applied(UNLESS_NEGATIVE, least.expression)
            whole = evolve(whole, expression=whole.expression * check)
        return whole

    def _growth(self, rule: nodes.Growth, context: _Context) -> _Part:
        now = self.part(rule.rule, context)
        if now.money.current and not rule.nominal:
            raise InvalidRule(
                f"growth of '{rule.rule}' at current prices mixes growth with inflation: "
                "take it at constant prices, deflate it, or say Growth(..., nominal=True)"
            )
        before = self.part(rule.rule, evolve(context, lag=context.lag + rule.years))
        return _Part(Change(now.expression, before.expression))

    def _over_each(self, rule: nodes.OverMembers, context: _Context) -> _Part:
        """A function of the members' own values; for the host, of its parts'."""
        _refuse_in_each(rule, context)
        if context.span > 1:
            raise InvalidRule(f"'{rule}' over a span of years: put Over inside it")
        place = nodes.PARTS if context.place == nodes.HOST else context.place
        each = evolve(context, place=place, each=place)
        parts = {name: self._need(need, each) for name, need in rule.needs_by_name().items()}
        unit = None if rule.keeps_unit else getattr(rule, "unit", ONE)
        money = [part.money for part in parts.values()]
        priced = money[0] if unit is None else max(money, key=lambda one: one.current != 0)
        if unit is not None and not currencies(unit):
            priced = _Money()
        own = tuple((name, part.expression) for name, part in parts.items())
        pooled = rule.pooled() if "pooled" in vars(type(rule)) else None
        return _Part(Call(rule.of, rule.name, own, unit, pooled), priced)

    def _need(self, need: Rule | str, context: _Context) -> _Part:
        if isinstance(need, Rule):
            return self.part(need, context)
        return self._leaf(Fold.COLLECT, (self._cell(need, ()),), context)

    def _function(self, rule: nodes.Function, context: _Context) -> _Part:
        inner = self.part(rule.rule, context)
        name = type(rule).__name__.lower()
        if name != "absolute" and inner.money != _Money():
            raise InvalidRule(f"{name} of money in '{rule}': divide it by money of the same prices")
        exponent = Fraction(1, getattr(rule, "degree", 1))
        applied = Applied(name, inner.expression, exponent)
        return _Part(applied, inner.money, constant=inner.constant)

    def _leaf(self, fold: Fold, cells: tuple[Cell, ...], context: _Context) -> _Part:
        """The leaf of each year of the span, joined: flows summed, stocks averaged."""
        measures = [self._measure(cell.measure) for cell in cells]
        timeless = all(measure.time is Time.TIMELESS for measure in measures)
        money = _Money()
        for measure in measures:
            money = money.times(_money_of(measure, context))
        conversions = context.conversions if money != _Money() else ()
        if fold in {Fold.MINIMUM, Fold.MAXIMUM} and context.span > 1:
            raise InvalidRule("a minimum or maximum over a span of years is not defined")
        if context.each and context.each == context.place:
            fold = Fold.COLLECT
        refs: list[Expression] = []
        for year in range(1 if timeless else context.span):
            lag = 0 if timeless and cells else context.lag + year
            leaf = Leaf(fold, cells, lag, context.place, conversions)
            refs.append(Ref(self.leaves.setdefault(leaf, len(self.leaves))))
        total = _sum_of(refs)
        if len(refs) > 1 and all(measure.time is Time.STOCK for measure in measures):
            total = Operation(Operator.OVER, total, Constant(Fraction(len(refs))))
        return _Part(total, money)


def _sum_of(refs: list[Expression]) -> Expression:
    """A sum as a balanced tree, which is as deep as its logarithm; of a few from left to right."""
    if len(refs) <= _FEW:
        total = refs[0]
        for ref in refs[1:]:
            total = Operation(Operator.PLUS, total, ref)
        return total
    half = len(refs) // 2
    return Operation(Operator.PLUS, _sum_of(refs[:half]), _sum_of(refs[half:]))


def _refuse_in_each(rule: Rule, context: _Context) -> None:
    if context.each:
        raise InvalidRule(f"'{rule}' is over the members, inside a rule for each of them alone")


def _money_of(measure: Measure, context: _Context) -> _Money:
    if measure.prices is None:
        return _Money()
    deflated = any(isinstance(step, Revalue) for step in context.conversions)
    if measure.prices is Prices.CONSTANT and deflated:
        raise InvalidRule(f"{measure.code!r} is at constant prices already: it is not deflated")
    constant = deflated or measure.prices is Prices.CONSTANT
    return _Money(constant=1) if constant else _Money(current=1)


def _operation(operator: Operator, left: _Part, right: _Part, rule: Rule) -> _Part:
    expression = Operation(operator, left.expression, right.expression)
    constant = left.constant and right.constant
    if operator in {Operator.PLUS, Operator.MINUS}:
        if left.money != right.money:
            raise InvalidRule(
                f"'{rule}' mixes price bases, or money with what is none: "
                "bring both sides to the same prices first"
            )
        return _Part(expression, left.money, left.additive and right.additive, constant)
    over = operator is Operator.OVER
    money = left.money.times(right.money, -1 if over else 1)
    additive = (left.additive and right.constant) or (right.additive and left.constant and not over)
    return _Part(expression, money, additive, constant)
