"""The rules over members as data, for engines that cannot call a function for each region.

A small algebra over the members' figures and over totals of them: an engine that knows its few
nodes knows Gini, Theil and the regressions, for as many regions at once as it likes.
Each formula is that of the rule's own `of`, to which a test holds it.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from bajio.rules.members import Average, Best, Worst
from bajio.rules.nodes import Operator
from bajio.rules.plan import Call, Constant
from bajio.rules.regression import (
    EXPLANATORY,
    FEWEST,
    RESPONSE,
    Elasticity,
    ElasticityError,
    HalfLife,
    Regression,
)
from bajio.rules.spread import (
    VALUE,
    WEIGHT,
    Atkinson,
    Gini,
    Hoover,
    LogDeviation,
    Ratio,
    Spread,
    TheilL,
    TheilT,
    Variation,
)


class Term:
    """Root of the algebra: gives its nodes their arithmetic."""

    __slots__ = ()

    def __add__(self, other: "Term | int") -> "Operation":
        return Operation(Operator.PLUS, self, _term(other))

    def __sub__(self, other: "Term | int") -> "Operation":
        return Operation(Operator.MINUS, self, _term(other))

    def __rsub__(self, other: int) -> "Operation":
        return Operation(Operator.MINUS, _term(other), self)

    def __mul__(self, other: "Term | int") -> "Operation":
        return Operation(Operator.TIMES, self, _term(other))

    def __truediv__(self, other: "Term | int") -> "Operation":
        return Operation(Operator.OVER, self, _term(other))


Node = Term | Constant


@frozen
class Figure(Term):
    """A member's own figure, by the name of the rule's need."""

    name: str


@frozen
class Operation(Term):
    """One of the four operations."""

    operator: Operator
    left: Node
    right: Node


@frozen
class Applied(Term):
    """A function of one number: `absolute`, `logarithm`, `entropy`, `power` or `exponential`.

    Attributes:
        function: its name; `entropy` is x ln x, zero at zero.
        argument: what it is taken of.
        exponent: that of a `power`.
    """

    function: str
    argument: Node
    exponent: Fraction = Fraction(1)


@frozen
class Total(Term):
    """A fold over the region's members: `sum`, `minimum`, `maximum` or `count`.

    Inside its argument, and beside it, another total is one number for the whole region.
    """

    fold: str
    argument: Node


@frozen
class Differences(Term):
    """Σᵢⱼ wᵢwⱼ|xᵢ − xⱼ| over all pairs of members, each pair taken both ways round."""

    value: Node
    weight: Node


@frozen
class Either(Term):
    """One of two terms, by whether a test is above zero: the other need not have a value."""

    test: Node
    then: Node
    otherwise: Node


@frozen
class Condition:
    """What must hold for a rule to have a value.

    Attributes:
        term: over the region.
        strict: whether it must be above zero; else not below it.
        reason: why there is no value where it does not hold.
    """

    term: Node
    strict: bool
    reason: str


@frozen
class Pooled:
    """A rule over members as data.

    Attributes:
        value: what it is for a region.
        conditions: what must hold for that, to be looked at in their order: one that fails
            leaves those behind it, and the value, without meaning.
    """

    value: Node
    conditions: tuple[Condition, ...] = ()


def pooled(rule: object) -> Pooled | None:
    """A rule over members as data; `None` where only its own function can say what it is.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> pooled(Best(Sum("gdp"))).value
        Total(fold='maximum', argument=Figure(name='rule'))
    """
    make = _MAKERS.get(type(rule))
    return None if make is None else make(rule)


def pooled_call(call: Call) -> Pooled | None:
    """The same of a plan's call."""
    return pooled(getattr(call.function, "__self__", None))


def _term(given: Node | int) -> Node:
    return Constant(Fraction(given)) if isinstance(given, int) else given


def _sum(argument: Node) -> Total:
    return Total("sum", argument)


_X, _W, _ONE = Figure(VALUE), Figure(WEIGHT), Constant(Fraction(1))
_WHOLE = _sum(_W)
_MEAN = _sum(_X * _W) / _WHOLE
_R = _X / _MEAN


def _weighed(term: Term) -> Term:
    """The weighted mean of a term."""
    return _sum(term * _W) / _WHOLE


def _root(argument: Node) -> Applied:
    return Applied("power", argument, Fraction(1, 2))


def _logarithm(argument: Node) -> Applied:
    return Applied("logarithm", argument)


def _of_spread(value: Callable[[Spread], Node]) -> "_Maker":
    def make(rule: Spread) -> Pooled:
        least = Total("minimum", _X)
        conditions = [Condition(least, strict=False, reason=_none(rule, "a value is negative"))]
        if not rule.zero_allowed:
            conditions.append(Condition(least, strict=True, reason=_none(rule, "a value is zero")))
        lightest = Total("minimum", _W)
        none = _none(rule, "every value is zero")
        conditions += [
            Condition(lightest, strict=False, reason=_none(rule, "a weight is negative")),
            Condition(lightest, strict=True, reason=_none(rule, "a weight is zero")),
            Condition(Total("maximum", _X), strict=True, reason=none),
        ]
        return Pooled(value(rule), tuple(conditions))

    return make


def _none(rule: Spread | Regression, where: str) -> str:
    return f"{rule.name} has no meaning where {where}"


def _gini(_rule: Spread) -> Node:
    return Differences(_X, _W) / (_WHOLE * _sum(_X * _W) * 2)


def _atkinson(rule: Spread) -> Node:
    assert isinstance(rule, Atkinson)
    if rule.epsilon == 1:
        index = 1 - Applied("exponential", _weighed(_logarithm(_R)))
    else:
        rest = 1 - rule.epsilon
        index = 1 - Applied("power", _weighed(Applied("power", _R, rest)), 1 / rest)
    return Either(Total("minimum", _X), index, _ONE) if rule.epsilon >= 1 else index


def _log_deviation(_rule: Spread) -> Node:
    apart = _logarithm(_R) - _weighed(_logarithm(_R))
    return _root(_weighed(apart * apart))


def _variation(_rule: Spread) -> Node:
    return _root(_weighed((_R - 1) * (_R - 1)))


def _line() -> tuple[Term, Term, Node]:
    """Of a regression: slope, the square of its standard error, and how many members there are."""
    count = Total("count", _ONE)

    def apart(name: str) -> Term:
        log = _logarithm(Figure(name) / (_sum(Figure(name)) / count))
        return log - _sum(log) / count

    x, y = apart(EXPLANATORY), apart(RESPONSE)
    across = _sum(x * x)
    slope = _sum(x * y) / across
    rest = y - slope * x
    return slope, _sum(rest * rest) / (count - 2) / across, count


def _of_line(value: Callable[[Term, Term], Node], *, falls: bool = False) -> "_Maker":
    def make(rule: Regression) -> Pooled:
        slope, variance, count = _line()
        x = Figure(EXPLANATORY)
        positive = _none(rule, "a value is not positive")
        few = f"a regression needs at least {FEWEST} members"
        same = "a regression has no slope: all members start from the same value"
        conditions = [
            Condition(Total("minimum", Figure(RESPONSE)), strict=True, reason=positive),
            Condition(Total("minimum", x), strict=True, reason=positive),
            Condition(Operation(Operator.MINUS, count, _term(FEWEST)), strict=False, reason=few),
            Condition(Total("maximum", x) - Total("minimum", x), strict=True, reason=same),
        ]
        if falls:
            diverge = "no half-life: the members do not converge"
            overtake = "no half-life: the members pass one another within the span"
            conditions += [
                Condition(0 - slope, strict=True, reason=diverge),
                Condition(slope + 1, strict=True, reason=overtake),
            ]
        return Pooled(value(slope, variance), tuple(conditions))

    return make


def _half_life(slope: Term, _variance: Term) -> Node:
    return _logarithm(Constant(Fraction(1, 2))) / _logarithm(slope + 1)


def _of_members(fold: str) -> "_Maker":
    return lambda _rule: Pooled(Total(fold, Figure("rule")))


def _average(_rule: object) -> Pooled:
    return Pooled(_sum(Figure("rule")) / Total("count", _ONE))


_Maker = Callable[..., Pooled]
_MAKERS: Mapping[type, _Maker] = {
    Best: _of_members("maximum"),
    Worst: _of_members("minimum"),
    Average: _average,
    Gini: _of_spread(_gini),
    TheilT: _of_spread(lambda _rule: _weighed(Applied("entropy", _R))),
    TheilL: _of_spread(lambda _rule: 0 - _weighed(_logarithm(_R))),
    Atkinson: _of_spread(_atkinson),
    Variation: _of_spread(_variation),
    Hoover: _of_spread(lambda _rule: _weighed(Applied("absolute", _R - 1)) / 2),
    LogDeviation: _of_spread(_log_deviation),
    Ratio: _of_spread(lambda _rule: Total("maximum", _X) / Total("minimum", _X)),
    Elasticity: _of_line(lambda slope, _variance: slope),
    ElasticityError: _of_line(lambda _slope, variance: _root(variance)),
    HalfLife: _of_line(_half_life, falls=True),
}


def totals(node: Node) -> Iterable[Total | Differences]:
    """The totals in a term, those inside another before it, each once."""
    return dict.fromkeys(_totals(node))


def _totals(node: Node) -> Iterable[Total | Differences]:
    for child in _children(node):
        yield from _totals(child)
    if isinstance(node, Total | Differences):
        yield node


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Operation(_, left, right):
            return left, right
        case Applied(_, argument) | Total(_, argument):
            return (argument,)
        case Differences(value, weight):
            return value, weight
        case Either(test, then, otherwise):
            return test, then, otherwise
    return ()
