"""Finishing in bulk gives, region by region, what the exact engine gives, or none as it does."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st

import bajio
from bajio import Unavailable
from bajio.engines.array.floats import finish
from bajio.engines.array.scaled import TermColumn
from bajio.engines.array.terms import terms
from bajio.engines.calculation import calculate
from bajio.engines.evaluation import Evaluation
from bajio.rules.algebra import Applied, Constant, Operation, Operator, Ref, RelativeChange
from bajio.rules.nodes import At, Sum
from bajio.rules.plan import SELF
from bajio.testing.strategies import worlds
from bajio.testing.worlds import HOST, YEAR

LEAVES = 3
DEGREES = [Fraction(1, degree) for degree in (2, 3, 4)]
atoms = st.builds(Ref, st.integers(0, LEAVES - 1)) | st.builds(Constant, st.fractions(-9, 9))


def deeper(inner):
    functions = st.sampled_from(["absolute", "logarithm", "entropy", "root"])
    return (
        st.builds(Operation, st.sampled_from(Operator), inner, inner)
        | st.builds(RelativeChange, inner, inner)
        | st.builds(Applied, functions, inner, st.sampled_from(DEGREES))
    )


expressions = st.recursive(atoms, deeper, max_leaves=5)
rows = st.lists(st.tuples(*[st.integers(-4, 9)] * LEAVES), min_size=1, max_size=5)


def by_hand(expression, row):
    try:
        return float(calculate(expression, row))
    except Unavailable:
        return None


@given(expressions, rows)
def test_an_expression_over_arrays_is_the_expression_over_numbers(expression, drawn):
    found = finish(expression, [np.array(leaf) for leaf in zip(*drawn, strict=True)])
    for at, row in enumerate(drawn):
        value = by_hand(expression, row)
        if value is None or not found.all_defined[at]:
            close = value is None and not found.all_defined[at]
            assert close or is_near_nothing(expression, row)
        else:
            near = pytest.approx(value, rel=1e-6, abs=1e-6)
            assert found.values[at] == near or is_near_nothing(expression, row)


def is_near_nothing(expression, row):
    """Whether some part of it is so near zero that rounding decides where it has a value."""
    match expression:
        case Operation(_, left, right) | RelativeChange(left, right):
            parts = (left, right)
        case Applied(_, argument):
            parts = (argument,)
        case _:
            return False
    try:
        small = any(abs(calculate(part, row)) < 1e-9 for part in (*parts, expression))
    except Unavailable:
        small = False
    inner = isinstance(expression, RelativeChange) and is_near_nothing(
        Operation(Operator.MINUS, expression.now, expression.before), row
    )
    return small or inner or any(is_near_nothing(part, row) for part in parts)


def test_whole_numbers_divided_by_zero_have_no_value():
    found = finish(Operation(Operator.OVER, Ref(0), Ref(1)), [np.array([6, 5]), np.array([4, 0])])
    assert found.values.tolist() == [1.5, 0]
    assert found.defined.tolist() == [True, False]


@given(st.lists(st.fractions(max_denominator=100), min_size=1))
def test_a_column_holds_its_terms(drawn):
    column = TermColumn.of(drawn)
    if column.whole:
        assert [int(value) for value in column.values] == [one * column.divisor for one in drawn]
        assert column.scaled(column.values.sum()) == float(sum(drawn))
    assert column.exact == tuple(drawn)


def lacks(bound, code):
    return Evaluation(bound, lambda _place, _lag: (HOST,), YEAR).gaps_of(code)


@given(worlds(holes=True))
def test_terms_and_places_sum_up_to_what_the_exact_engine_says(world):
    rule = Sum("output") / At(Sum("people"))
    bound = world.bound(rule, world.parts)
    own = [at for at, leaf in enumerate(bound.plan.leaves) if leaf.place == SELF]
    read = terms(bound, world.parts, YEAR, own)
    others = [at for at in range(len(bound.leaves)) if at not in own]
    elsewhere = Evaluation(bound, lambda _place, _lag: (HOST,), YEAR).elsewhere()
    folded = {at: column.scaled(column.values.sum()) for at, column in read.columns.items()}
    folded |= dict(zip(others, elsewhere.values_at(others), strict=True))
    leaves = [folded[at] for at in sorted(folded)]
    entering = [code for code, enters in zip(world.parts, read.enters, strict=True) if enters]
    complete = {code for code in world.parts if not lacks(bound, code)}
    assert set(entering) == complete
    if entering:
        found = finish(bound.expression, [np.array([float(leaf)]) for leaf in leaves])
        assert found.values[0] == pytest.approx(float(world.value(rule, entering)), rel=1e-12)


def test_exact_extremes_over_regions_of_several_sizes_are_those_of_their_members():
    lists = [["MX-AGU"], ["MX-GUA", "MX-QUE", "MX-SLP"], ["MX-AGU", "MX-COL"], ["MX-JAL"]]
    many = bajio.Memberships.of(lists)
    for rule in (bajio.rules.Minimum("population"), bajio.rules.Maximum("population")):
        own = bajio.Indicator("own", rule, "person", "Own")
        bulk = bajio.evaluate_many(many, own, year=2018, peers=None, accumulate="exact")[own.code]
        for row, members in enumerate(lists):
            one = bajio.evaluate(members, own, year=2018, peers=None)
            assert bulk.exact[row] == one.exact
            assert many.members(row) == tuple(sorted(members))
