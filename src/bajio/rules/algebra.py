"""The algebra that rules come down to: a few nodes, and a fold over any domain.

An expression says what is computed, over leaves that an engine folds, or over members' figures.
What it is computed in is a domain: exact numbers, arrays that know how far they are off, columns
of a table; or powers of a leaf, units, and whatever else can be read off an expression.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import Any, Generic, TypeVar

from attrs import evolve, field, frozen

from bajio.brief import Brief
from bajio.errors import InvalidRule
from bajio.units import Unit

#: A function that is one, and has no value of what is negative: of the least of some weights.
UNLESS_NEGATIVE = "unless-negative"

T = TypeVar("T")


class Operator(StrEnum):
    """The four operations on aggregates."""

    PLUS = "+"
    MINUS = "−"
    TIMES = "×"
    OVER = "÷"

    def of(self, first: Any, second: Any) -> Any:
        """What it makes of two numbers, arrays or columns.

        Examples:
            >>> Operator.MINUS.of(5, 2), Operator.OVER.of(Fraction(1), 2)
            (3, Fraction(1, 2))
        """
        return _OPERATIONS[self](first, second)

    @property
    def adds(self) -> bool:
        """Whether it adds, or takes away."""
        return self is Operator.PLUS or self is Operator.MINUS


_OPERATIONS = {
    Operator.PLUS: add,
    Operator.MINUS: sub,
    Operator.TIMES: mul,
    Operator.OVER: truediv,
}


class Expression(Brief):
    """Root of the nodes: gives them their arithmetic."""

    __slots__ = ()

    @property
    def children(self) -> "tuple[Expression, ...]":
        """The nodes that it is made of, from left to right."""
        return ()

    def over(self, _children: "Sequence[Expression]") -> "Expression":
        """The same node over other children."""
        return self

    def __add__(self, other: "Expression | int") -> "Operation":
        return Operation(Operator.PLUS, self, _expression(other))

    def __sub__(self, other: "Expression | int") -> "Operation":
        return Operation(Operator.MINUS, self, _expression(other))

    def __rsub__(self, other: int) -> "Operation":
        return Operation(Operator.MINUS, _expression(other), self)

    def __mul__(self, other: "Expression | int") -> "Operation":
        return Operation(Operator.TIMES, self, _expression(other))

    def __truediv__(self, other: "Expression | int") -> "Operation":
        return Operation(Operator.OVER, self, _expression(other))


def _expression(value: Expression | int) -> Expression:
    return Constant(Fraction(value)) if isinstance(value, int) else value


@frozen(repr=False)
class Ref(Expression):
    """The folded value of the leaf at a position."""

    leaf: int


@frozen(repr=False)
class OwnFigure(Expression):
    """A member's own figure, by the name of the rule's need."""

    name: str


@frozen(repr=False)
class Constant(Expression):
    """An exact number."""

    value: Fraction


#: One, of each member: what they are counted by.
ONE = Constant(Fraction(1))


@frozen(repr=False)
class Operation(Expression):
    """One of the four operations."""

    operator: Operator
    left: Expression
    right: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """Both sides."""
        return self.left, self.right

    def over(self, children: Sequence[Expression]) -> Expression:
        """The same operation of other sides."""
        return Operation(self.operator, *children)


@frozen(repr=False)
class RelativeChange(Expression):
    """(now − before) ÷ before, where before is positive."""

    now: Expression
    before: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """What is now, and what was before."""
        return self.now, self.before

    def over(self, children: Sequence[Expression]) -> Expression:
        """The change between others."""
        return RelativeChange(*children)


@frozen(repr=False)
class Applied(Expression):
    """A function of one number.

    Attributes:
        function: `absolute`, `logarithm`, `entropy` (x ln x, zero at zero), `exponential`, `root`,
            `power` or `UNLESS_NEGATIVE`.
        argument: what it is taken of.
        exponent: that of a `power`; one over the degree of a `root`.
    """

    function: str
    argument: Expression
    exponent: Fraction = Fraction(1)

    @property
    def children(self) -> tuple[Expression, ...]:
        """The argument."""
        return (self.argument,)

    def over(self, children: Sequence[Expression]) -> Expression:
        """The same function of another argument."""
        return evolve(self, argument=children[0])


@frozen(repr=False)
class MemberTotal(Expression):
    """A fold over the region's members: `sum`, `minimum`, `maximum` or `count`.

    Inside its argument, and beside it, another total is one number for the whole region.
    """

    fold: str
    argument: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """What is taken of each member."""
        return (self.argument,)

    def over(self, children: Sequence[Expression]) -> Expression:
        """The same fold of another term."""
        return MemberTotal(self.fold, children[0])


@frozen(repr=False)
class Differences(Expression):
    """Σᵢⱼ wᵢwⱼ|xᵢ − xⱼ| over all pairs of members, each pair taken both ways round."""

    value: Expression
    weight: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """Value and weight of a member."""
        return self.value, self.weight

    def over(self, children: Sequence[Expression]) -> Expression:
        """The differences of others."""
        return Differences(*children)


@frozen(repr=False)
class Either(Expression):
    """One of two terms, by whether a test is above zero: the other need not have a value."""

    test: Expression
    then: Expression
    otherwise: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The test, and both terms."""
        return self.test, self.then, self.otherwise

    def over(self, children: Sequence[Expression]) -> Expression:
        """The same choice among others."""
        return Either(*children)


@frozen(repr=False)
class Condition(Brief):
    """What must hold for a rule over members to have a value.

    Attributes:
        term: over the region.
        strict: whether it must be above zero; else not below it.
        reason: why there is no value where it does not hold.
        detail: says more of members for which it does not.
    """

    term: Expression
    strict: bool
    reason: str
    detail: Callable[[Sequence[Any]], str] | None = field(default=None, eq=False, repr=False)

    def holds(self, value: Any) -> Any:
        """Whether it does, by the value of the term."""
        return value > 0 if self.strict else value >= 0


@frozen(repr=False)
class Pooled(Brief):
    """A rule over members as data.

    Attributes:
        value: what it is for a region.
        conditions: what must hold for that, to be looked at in their order: one that fails
            leaves those behind it, and the value, without meaning.
    """

    value: Expression
    conditions: tuple[Condition, ...] = ()


@frozen(repr=False)
class Call(Expression):
    """A rule over the members' own figures, which are taken one by one.

    Attributes:
        function: called with the members, each with its figures by name.
        name: what the function is called.
        needs: for each figure its name and its expression over the leaves, member by member.
        unit: of what the function returns; `None` for that of its first need.
        pooled: the same as data; `None` where only the function can say what it is.
    """

    function: Callable[..., Any]
    name: str
    needs: tuple[tuple[str, Expression], ...]
    unit: Unit | None
    pooled: Pooled | None = field(default=None, eq=False, repr=False)

    @property
    def children(self) -> tuple[Expression, ...]:
        """What is needed of each member."""
        return tuple(need for _, need in self.needs)

    def over(self, children: Sequence[Expression]) -> Expression:
        """The same function of other needs."""
        names = (name for name, _ in self.needs)
        return evolve(self, needs=tuple(zip(names, children, strict=True)))


class Domain(Generic[T]):
    """What expressions are worked out in; a domain says what it makes of each node.

    What it says nothing of is `other`, and refused where that is left as it is.

    Examples:
        >>> class Depth(Domain[int]):
        ...     def operate(self, operation, first, second):
        ...         return 1 + max(first, second)
        ...     def other(self, node):
        ...         return 1
        >>> Depth().fold(Ref(0) / (Ref(1) + 1))
        3
    """

    def fold(self, expression: Expression) -> T:
        """What an expression comes to; a domain that keeps what it has worked out begins here."""
        match expression:
            case Ref():
                result = self.leaf(expression)
            case Operation(left=left, right=right):
                result = self.operate(expression, self.fold(left), self.fold(right))
            case Constant():
                result = self.number(expression)
            case RelativeChange(now=now, before=before):
                result = self.change(expression, self.fold(now), self.fold(before))
            case Applied(argument=argument):
                result = self.apply(expression, self.fold(argument))
            case OwnFigure():
                result = self.figure(expression)
            case MemberTotal() | Differences():
                result = self.total(expression)
            case Either():
                result = self.either(expression)
            case Call():
                result = self.call(expression)
            case _:
                result = self.other(expression)
        return result

    def leaf(self, ref: Ref) -> T:
        """The value of a leaf."""
        return self.other(ref)

    def figure(self, figure: OwnFigure) -> T:
        """A member's own figure."""
        return self.other(figure)

    def number(self, constant: Constant) -> T:
        """An exact number."""
        return self.other(constant)

    def operate(self, operation: Operation, _first: T, _second: T) -> T:
        """One of the four operations, of what its sides came to."""
        return self.other(operation)

    def change(self, change: RelativeChange, now: T, before: T) -> T:
        """(now − before) ÷ before: as a difference and a ratio, where nothing else is said."""
        less = change.now - change.before
        return self.operate(less / change.before, self.operate(less, now, before), before)

    def apply(self, applied: Applied, _argument: T) -> T:
        """A function, of what its argument came to."""
        return self.other(applied)

    def total(self, total: MemberTotal | Differences) -> T:
        """A fold over the members; what is inside is not worked out yet."""
        return self.other(total)

    def either(self, either: Either) -> T:
        """One of two terms; none is worked out yet."""
        return self.other(either)

    def call(self, call: Call) -> T:
        """A rule over members; its needs are not worked out yet."""
        return self.other(call)

    def other(self, node: Expression) -> T:
        """What it makes of a node of which it says nothing else.

        Raises:
            InvalidRule: the node has no meaning in the domain.
        """
        raise InvalidRule(f"{node!r} has no meaning here")


class LeafDomain(Domain[T]):
    """A domain in which each leaf has a value, by its position.

    Examples:
        >>> class Longest(LeafDomain[str]):
        ...     def operate(self, operation, first, second):
        ...         return max(first, second, key=len)
        >>> Longest(["gdp", "people"]).fold(Ref(0) / Ref(1))
        'people'
    """

    def __init__(self, leaves: Sequence[T]) -> None:
        self._leaves = leaves

    def leaf(self, ref: Ref) -> T:
        """The value of a leaf."""
        return self._leaves[ref.leaf]


def walk(expression: Expression, *, needs: bool = True) -> Iterator[Expression]:
    """The nodes of an expression, each after those that it is made of.

    Args:
        expression: to be walked.
        needs: whether what rules over members need of each is walked too.

    Examples:
        >>> [str(node.operator) for node in walk(Ref(0) / (Ref(1) + 1)) if node.children]
        ['+', '÷']
    """
    if needs or not isinstance(expression, Call):
        for child in expression.children:
            yield from walk(child, needs=needs)
    yield expression


def rewrite(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """An expression with each node put through a change, those inside first.

    Examples:
        >>> rewrite(Ref(0) / Ref(1), lambda one: Ref(2) if one == Ref(1) else one)
        Operation(operator=<Operator.OVER: '÷'>, left=Ref(leaf=0), right=Ref(leaf=2))
    """
    before = expression.children
    after = [rewrite(child, change) for child in before]
    if any(new is not old for new, old in zip(after, before, strict=True)):
        expression = expression.over(after)
    return change(expression)


def leaves_of(expression: Expression) -> Iterator[int]:
    """The leaves that an expression reads, from left to right."""
    return (node.leaf for node in walk(expression) if isinstance(node, Ref))


def calls_of(expression: Expression) -> Iterator[Call]:
    """The rules over members in an expression, from left to right."""
    return (node for node in walk(expression, needs=False) if isinstance(node, Call))


def totals(expression: Expression) -> list[MemberTotal | Differences]:
    """The totals in a term, those inside another before it, each once."""
    every = (node for node in walk(expression) if isinstance(node, MemberTotal | Differences))
    return list(dict.fromkeys(every))
