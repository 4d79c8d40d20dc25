"""Shortening: a sum or product that has grown long, written with each part named once.

`r = r + Sum("a")` a thousand times over is 1000 × Σ a, and `r = r + r` thirty times is 2³⁰ × Σ a:
the same number, for what walks a rule a tree of few and shallow nodes.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from heapq import heappop, heappush

from bajio.errors import InvalidRule
from bajio.rules.algebra import Operator
from bajio.rules.nodes import Arithmetic, Number, Rule

_MOST_FACTORS = 1000
#: What is inside a node, with how often it counts in it; `None` for what is not taken apart.
Split = Callable[[Rule], "Sequence[tuple[Rule, Fraction]] | None"]


def shortened(operator: Operator, left: Rule, right: Rule) -> Rule:
    """Two rules joined by an operation, written as shortly as can be.

    Raises:
        InvalidRule: that is too long or too deep still.

    Examples:
        >>> from bajio.rules.nodes import Sum
        >>> print(shortened(Operator.PLUS, Sum("a") + Sum("b"), Sum("a")))
        2 × Σ a + Σ b
        >>> print(shortened(Operator.TIMES, Sum("a") * Sum("b"), Sum("a")))
        Σ a × Σ a × Σ b
    """
    whole = [(left, Fraction(1)), (right, Fraction(1))]
    if operator is Operator.MINUS:
        whole[1] = (right, Fraction(-1))
    if operator in {Operator.PLUS, Operator.MINUS}:
        return _sum_of(whole)
    scaled = _scaled(operator, left, right)
    if scaled is not None:
        return _sum_of([scaled])
    if operator is Operator.TIMES:
        return _product_of(whole)
    return Arithmetic(operator, left, right)


def _sum_of(given: Sequence[tuple[Rule, Fraction]]) -> Rule:
    terms = [rule if times == 1 else Number(times) * rule for rule, times in _counted(given, _sum)]
    return _balanced(Operator.PLUS, terms)


def _product_of(given: Sequence[tuple[Rule, Fraction]]) -> Rule:
    counted = list(_counted(given, _product))
    if sum(times for _, times in counted) > _MOST_FACTORS:
        raise InvalidRule(f"a product has at most {_MOST_FACTORS} factors: name fewer")
    factors = [rule for rule, times in counted for _ in range(int(times))]
    return _balanced(Operator.TIMES, factors)


def _sum(rule: Rule) -> Sequence[tuple[Rule, Fraction]] | None:
    if not isinstance(rule, Arithmetic):
        return None
    match rule.operator:
        case Operator.PLUS:
            return (rule.left, Fraction(1)), (rule.right, Fraction(1))
        case Operator.MINUS:
            return (rule.left, Fraction(1)), (rule.right, Fraction(-1))
    scaled = _scaled(rule.operator, rule.left, rule.right)
    return None if scaled is None else (scaled,)


def _scaled(operator: Operator, left: Rule, right: Rule) -> tuple[Rule, Fraction] | None:
    """What is multiplied, or divided, by a number, and the number."""
    if operator is Operator.OVER and isinstance(right, Number) and right.value:
        return left, 1 / right.value
    if operator is Operator.TIMES and isinstance(right, Number):
        return left, right.value
    if operator is Operator.TIMES and isinstance(left, Number):
        return right, left.value
    return None


def _product(rule: Rule) -> Sequence[tuple[Rule, Fraction]] | None:
    if isinstance(rule, Arithmetic) and rule.operator is Operator.TIMES:
        return (rule.left, Fraction(1)), (rule.right, Fraction(1))
    return None


def _counted(
    given: Sequence[tuple[Rule, Fraction]], split: Split
) -> Iterator[tuple[Rule, Fraction]]:
    """What is not taken apart, with how often it counts, each once.

    A node that is shared is taken apart once: the deepest go first, so that all that name it have
    been counted by then.
    """
    times: dict[int, Fraction] = {}
    waiting: list[tuple[int, int, Rule]] = []
    found: dict[Rule, Fraction] = {}

    def add(rule: Rule, more: Fraction) -> None:
        if id(rule) not in times:
            heappush(waiting, (-rule.extent[1], len(times), rule))
            times[id(rule)] = Fraction()
        times[id(rule)] += more

    kept = list(given)
    for rule, more in kept:
        add(rule, more)
    while waiting:
        _, _, rule = heappop(waiting)
        inner = split(rule)
        if inner is None:
            found[rule] = found.get(rule, Fraction()) + times[id(rule)]
            continue
        for one, more in inner:
            add(one, more * times[id(rule)])
    yield from found.items()


def _balanced(operator: Operator, rules: Sequence[Rule]) -> Rule:
    """Rules joined as a tree that is as deep as the logarithm of their number."""
    if len(rules) == 1:
        return rules[0]
    half = (len(rules) + 1) // 2
    return Arithmetic(
        operator, _balanced(operator, rules[:half]), _balanced(operator, rules[half:])
    )
