"""The shape of an expression: how it answers to a change of some leaves, and of what it is a ratio.

Both are read off the tree, so that what is solved or split is solved and split exactly.
"""

from collections.abc import Container, Sequence
from fractions import Fraction

from attrs import frozen

from bajio.brief import Brief
from bajio.engines.calculation import Collected, calculate
from bajio.facts.observations import Exact
from bajio.rules.algebra import (
    Applied,
    Call,
    Constant,
    Domain,
    Expression,
    Operation,
    Operator,
    Ref,
    RelativeChange,
    leaves_of,
    walk,
)

_MOST = 2
Polynomial = tuple[Fraction, ...]
_Quotient = tuple[Polynomial, Polynomial]
#: Whether something is linear in some leaves; `None` where it reads none of them.
_Linear = bool | None


@frozen(repr=False)
class Response(Brief):
    """A value as (a + b d) ÷ (c + e d), d being what is added to some leaves.

    Attributes:
        above: a and b.
        below: c and e; c is not zero.

    Examples:
        >>> head = Response((Fraction(12), Fraction(1)), (Fraction(4), Fraction(0)))
        >>> head.needed(Fraction(5))
        Fraction(8, 1)
    """

    above: tuple[Fraction, Fraction]
    below: tuple[Fraction, Fraction]

    def needed(self, target: Exact) -> Fraction | None:
        """The change that makes the value a target; `None` where none does.

        A change across which the divisor would turn zero is none: the value breaks off there.
        """
        (a, b), (c, e) = self.above, self.below
        if b == target * e:
            return None
        change = Fraction(target * c - a) / (b - target * e)
        return change if (c + e * change) * c > 0 else None


def response(
    expression: Expression, values: Sequence[Exact | Collected], moved: Container[int]
) -> Response | None:
    """How an expression answers where the same amount is added to some of its leaves.

    Args:
        expression: over leaves.
        values: of the leaves.
        moved: positions of the leaves that it is added to.

    Returns:
        `None` where the value is neither linear in it nor a ratio of what is.
    """
    quotient = _Quotients(values, moved).fold(expression)
    if quotient is None:
        return None
    above, below = quotient
    if len(above) > 2 or len(below) > 2 or not below[0]:
        return None
    return Response(_pair(above), _pair(below))


def _pair(polynomial: Polynomial) -> tuple[Fraction, Fraction]:
    padded = (*polynomial, Fraction(), Fraction())
    return padded[0], padded[1]


class _Quotients(Domain[_Quotient | None]):
    """Expressions as ratios of two polynomials in the change; `None` where they are none."""

    def __init__(self, values: Sequence[Exact | Collected], moved: Container[int]) -> None:
        self._values, self._moved = values, moved

    def fold(self, expression: Expression) -> _Quotient | None:
        if not reads(expression, self._moved):
            return (Fraction(calculate(expression, self._values)),), (Fraction(1),)
        return super().fold(expression)

    def leaf(self, ref: Ref) -> _Quotient | None:
        value = self._values[ref.leaf]
        assert not isinstance(value, Collected)
        return (Fraction(value), Fraction(1)), (Fraction(1),)

    def operate(
        self, operation: Operation, first: _Quotient | None, second: _Quotient | None
    ) -> _Quotient | None:
        if first is None or second is None:
            return None
        above, below = _joined(operation.operator, first, second)
        return None if max(len(above), len(below)) > _MOST + 1 else (above, below)

    def other(self, _node: Expression) -> _Quotient | None:
        return None

    def apply(self, _applied: Applied, _argument: _Quotient | None) -> _Quotient | None:
        return None


def _joined(
    operator: Operator, left: tuple[Polynomial, Polynomial], right: _Quotient
) -> tuple[Polynomial, Polynomial]:
    if operator is Operator.TIMES:
        return _times(left[0], right[0]), _times(left[1], right[1])
    if operator is Operator.OVER:
        if left[1] == right[1]:
            return left[0], right[0]
        return _times(left[0], right[1]), _times(left[1], right[0])
    sign = Fraction(1 if operator is Operator.PLUS else -1)
    if left[1] == right[1]:
        return _plus(left[0], _times((sign,), right[0])), left[1]
    crossed = _times((sign,), _times(right[0], left[1]))
    return _plus(_times(left[0], right[1]), crossed), _times(left[1], right[1])


def _plus(first: Polynomial, second: Polynomial) -> Polynomial:
    size = max(len(first), len(second))
    pairs = zip(_padded(first, size), _padded(second, size), strict=True)
    return _trimmed([a + b for a, b in pairs])


def _times(first: Polynomial, second: Polynomial) -> Polynomial:
    product = [Fraction()] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            product[i + j] += a * b
    return _trimmed(product)


def _padded(polynomial: Polynomial, size: int) -> Polynomial:
    return (*polynomial, *[Fraction()] * (size - len(polynomial)))


def _trimmed(coefficients: Sequence[Fraction]) -> Polynomial:
    """Coefficients without zeros at the end; the first stays."""
    size = len(coefficients)
    while size > 1 and not coefficients[size - 1]:
        size -= 1
    return tuple(coefficients[:size])


def reads(expression: Expression, leaves: Container[int]) -> bool:
    """Whether an expression reads one of some leaves."""
    return any(leaf in leaves for leaf in leaves_of(expression))


def grows(expression: Expression, leaves: Container[int]) -> bool:
    """Whether an expression has a growth of some leaves."""
    changes = (node for node in walk(expression) if isinstance(node, RelativeChange))
    return any(reads(change.before, leaves) for change in changes)


def as_ratio(
    expression: Expression, own_leaves: Container[int]
) -> tuple[Expression, Expression | None] | None:
    """An expression as a ratio of two sums over the members, or as one sum.

    Args:
        expression: over leaves.
        own_leaves: positions of the leaves that are sums over the members.

    Returns:
        Numerator and denominator, each linear in those leaves with nothing added; no denominator
        where the expression is linear itself; `None` where it is neither.
    """
    if _is_linear(expression, own_leaves):
        return expression, None
    match expression:
        case RelativeChange(now, before):
            less = Operation(Operator.MINUS, now, before)
            return as_ratio(Operation(Operator.OVER, less, before), own_leaves)
        case Operation(Operator.OVER, left, right):
            if _is_linear(left, own_leaves) and _is_linear(right, own_leaves):
                return left, right
            return _scaled(Operator.OVER, left, right, own_leaves)
        case Operation(Operator.TIMES, left, right):
            return _scaled(Operator.TIMES, left, right, own_leaves) or _scaled(
                Operator.TIMES, right, left, own_leaves
            )
    return None


def _scaled(
    operator: Operator, inner: Expression, scale: Expression, own_leaves: Container[int]
) -> tuple[Expression, Expression | None] | None:
    """A ratio multiplied or divided by what reads no member."""
    if reads(scale, own_leaves):
        return None
    ratio = as_ratio(inner, own_leaves)
    return None if ratio is None else (Operation(operator, ratio[0], scale), ratio[1])


def _is_linear(expression: Expression, own_leaves: Container[int]) -> bool:
    """Whether an expression is a sum of its members' own: linear, with nothing added."""
    return _Linearity(own_leaves).fold(expression) is True


class _Linearity(Domain[_Linear]):
    """How expressions depend on some leaves."""

    def __init__(self, own_leaves: Container[int]) -> None:
        self._own = own_leaves

    def leaf(self, ref: Ref) -> _Linear:
        return True if ref.leaf in self._own else None

    def number(self, _constant: Constant) -> _Linear:
        return None

    def operate(self, operation: Operation, first: _Linear, second: _Linear) -> _Linear:
        if first is None and second is None:
            return None
        if operation.operator.adds:
            return first is True and second is True
        scaled = first is True and second is None
        return scaled or (operation.operator is Operator.TIMES and second is True and first is None)

    def change(self, _change: RelativeChange, now: _Linear, before: _Linear) -> _Linear:
        return None if now is None and before is None else False

    def apply(self, _applied: Applied, argument: _Linear) -> _Linear:
        return None if argument is None else False

    def call(self, call: Call) -> _Linear:
        return False if any(self.fold(need) is not None for need in call.children) else None
