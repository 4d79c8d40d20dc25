"""Rules over members as data: what the algebra says is what the rules themselves say, exactly."""

import re
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st
from reference.formulas import FORMULAS, OF_VALUES

from bajio import Measure, Sum, Unavailable
from bajio.rules import (
    Atkinson,
    Custom,
    Decomposable,
    Gini,
    LogDeviation,
    Member,
)
from bajio.rules.algebra import (
    Applied,
    Constant,
    Differences,
    Either,
    MemberTotal,
    Operation,
    Operator,
    OwnFigure,
    totals,
)
from bajio.rules.functions import entropy, exponential, logarithm, power
from bajio.rules.members import OverMembers
from bajio.rules.notation import constructors
from bajio.rules.resolution import resolve

X, W = Sum("gdp"), Sum("population")
RULES = [
    *(kind(*[X, W][: len(kind.children)]) for kind in constructors(OverMembers)),
    Atkinson(X, W, epsilon=Fraction(1, 2)),
    Atkinson(X, W, epsilon=2),
]
FOLDS = {"sum": sum, "minimum": min, "maximum": max, "count": len}
FUNCTIONS = {
    "absolute": abs,
    "logarithm": logarithm,
    "entropy": entropy,
    "exponential": exponential,
}


OPERATIONS = {
    Operator.PLUS: lambda a, b: a + b,
    Operator.MINUS: lambda a, b: a - b,
    Operator.TIMES: lambda a, b: a * b,
    Operator.OVER: lambda a, b: Fraction(a) / b,
}


def work_out(node, members, own=None):  # noqa: PLR0911  # one return for each kind of node
    """The value of a term for some members, and for one of them where it reads a figure."""
    match node:
        case Constant(value):
            return value
        case OwnFigure(name):
            return own[name]
        case Operation(operator, left, right):
            parts = [work_out(part, members, own) for part in (left, right)]
            return OPERATIONS[operator](*parts)
        case Applied("power", argument, exponent):
            return power(work_out(argument, members, own), exponent)
        case Applied(function, argument):
            return FUNCTIONS[function](work_out(argument, members, own))
        case MemberTotal(fold, argument):
            return FOLDS[fold]([work_out(argument, members, one) for one in members])
        case Either(test, then, otherwise):
            chosen = then if work_out(test, members, own) > 0 else otherwise
            return work_out(chosen, members, own)
    assert isinstance(node, Differences)
    pairs = [
        [work_out(part, members, one) for part in (node.value, node.weight)] for one in members
    ]
    return sum(abs(x - y) * v * w for x, v in pairs for y, w in pairs)


def refusal(found, members):
    """The reason of the first condition that does not hold."""
    for condition in found.conditions:
        value = work_out(condition.term, members)
        if value < 0 or (condition.strict and value == 0):
            return condition.reason
    return None


figures = st.one_of(st.integers(-2, 9), st.fractions(0, 9, max_denominator=7))


def by_hand(rule, members):
    """The value by a formula of its own."""
    name, rows = type(rule).__name__, [[one[need] for need in rule.children] for one in members]
    return (
        OF_VALUES[name]([x for (x,) in rows]) if name in OF_VALUES else FORMULAS[name](rule, rows)
    )


@st.composite
def regions(draw):
    """Members with a figure for each name that any rule reads: two of them, each by all names."""
    pairs = draw(st.lists(st.tuples(figures, figures), min_size=1, max_size=6))
    names = ("value", "response", "rule"), ("weight", "explanatory")
    return [
        Member(f"M{number}", [(name, x) for of, x in zip(names, pair, strict=True) for name in of])
        for number, pair in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    "rule", RULES, ids=[f"{at}-{type(rule).__name__}" for at, rule in enumerate(RULES)]
)
@given(members=regions())
def test_the_algebra_says_what_the_rule_says(rule, members):
    found = rule.pooled()
    why = refusal(found, members)
    if why is None:
        value = rule.of(members)
        assert value == by_hand(rule, members)
        assert abs(work_out(found.value, members) - value) <= Fraction(1, 10**30) * max(1, value)
    else:
        with pytest.raises(Unavailable, match=re.escape(why.split(" where ")[0].split(":")[0])):
            rule.of(members)


def test_what_only_its_function_can_say_is_no_algebra():
    assert Custom(len, needs=["gdp"]).pooled() is None

    class Copied(Gini):
        pass

    class Coded(Gini):
        def measure(self, pairs):
            return len(pairs)

    class Squared(Decomposable):
        def of_ratio(self, ratio):
            return (ratio * ratio - 1) / 2

    class CodedAfterAll(Squared):
        def term(self, ratio):
            return ratio

    population = Measure("population", "People", "person", minimum=0)
    measures = {"population": population, "gdp": evolve(population, code="gdp")}

    def as_planned(kind):
        return resolve(kind(X, W), measures).expression.pooled

    assert as_planned(Gini) == as_planned(Copied) == Gini(X, W).pooled()
    assert as_planned(Coded) is as_planned(CodedAfterAll) is None
    assert as_planned(Squared) == Squared(X, W).pooled()


@given(members=regions())
def test_a_spread_of_ones_own_is_the_same_as_code_and_as_data(members):
    class Coded(Decomposable):
        def term(self, ratio):
            return (ratio * ratio - 1) / 2

    class Squared(Decomposable):
        def of_ratio(self, ratio):
            return (ratio * ratio - 1) / 2

    found = Squared(X, W).pooled()
    assume(refusal(found, members) is None)
    value = Coded(X, W).of(members)
    assert value == Squared(X, W).of(members) == work_out(found.value, members)


def test_inner_totals_come_before_those_that_read_them():
    found = list(totals(LogDeviation(X, W).pooled().value))
    for at, total in enumerate(found):
        assert set(list(totals(total))[:-1]) <= set(found[:at])
