"""Judgements of sets, and answers of expressions to changes, against exact numbers."""

from fractions import Fraction

import numpy as np
import pytest
from attrs import evolve
from hypothesis import event, example, given, strategies as st
from set_problems import key_of, quantities, value

from bajio.engines.array.bitsets import ChosenSets, Lookup
from bajio.engines.array.judge import Judge
from bajio.engines.array.scaled import UNIT
from bajio.engines.array.sweep import Sweep
from bajio.engines.bounds import _Degrees, _ends
from bajio.engines.calculation import calculate
from bajio.engines.problem import Aim, General, Limit, Linear, MemberRule, Opaque, Problem, Quotient
from bajio.engines.rational import as_ratio, response
from bajio.errors import Unavailable
from bajio.rules.algebra import Applied, Constant, Operation, Operator, Ref, RelativeChange
from bajio.rules.plan import Fold


def close(value, rel=1e-9):
    """Near as a part of it alone: errors are far below what is near zero otherwise."""
    return pytest.approx(value, rel=rel, abs=0)


NEARLY = 1 + 2.0**-40


def judged(problem, fixed=()):
    """What a judge says of all sets of some areas that have the fixed ones."""
    free = tuple(at for at in range(problem.count) if at not in fixed)
    judge = Judge(problem, free, fixed)
    lookups = [Lookup(one.terms, one.start, one.join) for one in judge.values]
    masks = np.arange(0 if fixed else 1, 2 ** len(free), dtype=np.uint64)
    sets = [
        sorted(
            [*fixed, *(at for place, at in enumerate(free) if mask >> (len(free) - 1 - place) & 1)]
        )
        for mask in masks.tolist()
    ]
    return judge, judge.judge(ChosenSets(masks, lookups)), sets


def spread(array, count, otherwise):
    return [otherwise] * count if array is None else np.broadcast_to(array, count).tolist()


def meets(limit, members):
    found = value(limit.quantity, members)
    least, most = limit.least, limit.most
    return found is not None and not (
        (least is not None and found < least) or (most is not None and found > most)
    )


@st.composite
def drawn_problems(draw):
    count = draw(st.integers(1, 4))
    numbers = st.none() | st.fractions(0, 30, max_denominator=5) | st.integers(0, 5).map(Fraction)
    factors = st.sampled_from([Fraction(1), Fraction(3, 7)])
    aims = draw(st.lists(st.builds(Aim, quantities(count), numbers, factors), max_size=2))
    if len(aims) == 1 and aims[0].target is None and draw(st.booleans()):
        aims = [Aim(aims[0].quantity, None, Fraction(-2, 3))]
    limits = draw(st.lists(st.builds(Limit, quantities(count), numbers, numbers), max_size=2))
    fixed = tuple(sorted(draw(st.sets(st.integers(0, count - 1), max_size=1))))
    return Problem(count, 1, count, 1, key_of(aims, limits), aims, limits), fixed


@given(drawn_problems())
def test_a_judgement_is_the_exact_key_within_its_error(drawn):
    problem, fixed = drawn
    judge, result, sets = judged(problem, fixed)
    count = len(sets)
    if result is None:
        assert not any(all(meets(one, members) for one in problem.limits) for members in sets)
        return
    possible, certain = spread(result.possible, count, True), spread(result.certain, count, None)
    errors = spread(result.error, count, 0.0)
    opaque = any(isinstance(one.quantity, Opaque) for one in problem.limits)
    for at, members in enumerate(sets):
        keeps = all(meets(one, members) for one in problem.limits)
        # an aim without a value is told by a limit, or by an endless error
        values = [value(one.quantity, members) for one in problem.aims]
        whole = keeps and None not in values
        sure = possible[at] if certain[at] is None else certain[at]
        if whole and not opaque:
            assert possible[at]
        if not keeps and not opaque:
            assert not sure
        if not whole or result.key is None or not np.isfinite(errors[at]):
            continue
        event("a key")
        exact = key_of(problem.aims, [])(members) * judge.unit
        key = Fraction(float(result.key[at]))
        assert abs(key - exact) <= Fraction(errors[at]) * Fraction(1 + 1e-9) + Fraction(1, 10**300)


def alone(quantity, target=None, factor=1, limits=()):
    aims = [] if quantity is None else [Aim(quantity, target, Fraction(factor))]
    return Problem(3, 1, 3, 1, key_of(aims, limits), aims, limits)


LARGE = (10**17 + 1, 3 * 10**17 + 2, Fraction(1, 3))


def test_keys_of_exact_sums_are_exact():
    _, result, sets = judged(alone(Linear((5, 3, 1)), Fraction(4), Fraction(1, 2)))
    assert result.error == 0
    assert result.possible is result.certain is None
    assert [float(key) for key in result.key] == [
        abs(sum((5, 3, 1)[at] for at in one) - 4) for one in sets
    ]
    judge, result, _ = judged(alone(Linear((6, 2, 2)), None, -2))
    assert result.key.tolist() == [-1, -1, -2, -3, -4, -4, -5]
    assert judge.unit == Fraction(1, 4)


def test_a_sum_that_fits_no_floats_is_off_by_what_its_form_is():
    judge, result, sets = judged(alone(Linear(LARGE), None, 1))
    ((own,), error) = judge.values, result.error
    assert error > 0
    for key, members in zip(result.key.tolist(), sets, strict=True):
        exact = sum(LARGE[at] for at in members) * judge.unit
        assert abs(Fraction(key) - exact) <= Fraction(error)
    assert error <= 8 * UNIT * sum(own.terms)


def test_a_ratio_is_off_by_what_its_forms_and_its_rounding_are():
    below = (10**17 + 3, 10**17, Fraction(1, 7))
    judge, result, sets = judged(alone(Quotient(LARGE, below), Fraction(2), 1))
    above, by = judge.values
    for at, members in enumerate(sets):
        up, down = sum(above.terms[i] for i in members), sum(by.terms[i] for i in members)
        key = float(result.key[at])
        e, f = (1 + 3 + 2) * UNIT * sum(map(abs, above.terms)), 6 * UNIT * sum(by.terms)
        if down <= f:
            assert result.error[at] == np.inf
            assert key == 0
            continue
        bound = UNIT * key + (e + key * f) / (down - f)
        assert key == pytest.approx(abs(up / down), rel=1e-12)
        assert bound / 2 <= result.error[at] <= bound * 1.1
    _, result, _ = judged(alone(Quotient((1, 2, 4), (1, 1, 3)), None, 1))
    assert result.error == close(np.abs(result.key) * UNIT)
    assert result.possible is None


def test_divisors_that_are_zero_or_negative_have_no_ratio():
    for growth in (False, True):
        ratio = Quotient((1, 1, 1), (0, -1, 1), growth)
        _, result, sets = judged(alone(ratio, None, 1))
        exact = [value(ratio, one) is not None for one in sets]
        assert result.possible.tolist() == result.certain.tolist() == exact
    ratio = Quotient((1, 1, 1), (10**17 + 1, -(10**17), Fraction(1, 3)))
    _, result, sets = judged(alone(ratio, None, 1))
    assert result.possible.all()
    assert result.certain.tolist() == [
        (len(one) == 1 and one[0] != 2) or one in ([0, 2], [1, 2]) for one in sets
    ]


def test_limits_hold_at_their_ends():
    limit = Limit(Linear((1, 2, 4)), Fraction(2), Fraction(5))
    _, result, sets = judged(alone(None, limits=[limit]))
    assert result.key is None
    assert result.possible.tolist() == [2 <= sum((1, 2, 4)[at] for at in one) <= 5 for one in sets]
    assert result.certain.tolist() == result.possible.tolist()
    for quantity in (
        General(Ref(0) * Constant(Fraction(1)), ((Fold.SUM, (1, 2, 4)),)),
        General(Ref(0) * Ref(1), ((Fold.SUM, (1, 2, 4)), 1)),
    ):
        _, result, _ = judged(alone(None, limits=[Limit(quantity, Fraction(2), Fraction(5))]))
        sums = [sum((1, 2, 4)[at] for at in one) for one in sets]
        assert result.possible.tolist() == [2 <= one <= 5 for one in sums]
        assert result.certain.tolist() == [2 < one < 5 for one in sums]  # rounding decides the ends
    _, result, _ = judged(alone(None, limits=[Limit(Opaque(), Fraction(1))]))
    assert result.possible is None
    assert not result.certain.any()
    assert judged(alone(None, limits=[Limit(Linear((1, 1, 1)), Fraction(4))]))[1] is None
    ratio = Quotient((1, 2, 4), (1, 1, 1))
    _, result, _ = judged(alone(None, limits=[Limit(ratio, Fraction(2), None)]))
    assert result.possible.tolist() == [value(ratio, one) >= 2 for one in sets]


def test_how_many_passes_a_judgement_takes():
    ratio, linear = Quotient((1, 2, 4), (1, 1, 3)), Linear((1, 2, 4))
    general = General(Ref(0) * Ref(0), ((Fold.SUM, (1, 2, 4)),))
    pooled = MemberRule(Ref(0), (), ())
    assert judged(alone(linear))[0].passes == 2
    assert judged(alone(ratio))[0].passes == 2 * 2 + 4
    assert judged(alone(general))[0].passes == 2 + 12
    assert Judge(alone(pooled), (0, 1, 2), ()).passes == 12 * 12 * 3
    two = Problem(3, 1, 3, 1, lambda _: 0, [Aim(linear, None, Fraction(1))] * 2)
    assert Judge(two, (0, 1, 2), ()).passes == 2 * 2 + 2 * 2
    assert not judged(alone(linear))[0].is_opaque
    assert Judge(alone(Opaque()), (0, 1, 2), ()).is_opaque


def test_the_greatest_of_several_aims_is_off_by_the_most():
    aims = [
        Aim(Linear((3, 5, 7)), None, Fraction(1, 3)),
        Aim(Linear((1, 9, 2)), Fraction(5), Fraction(1)),
    ]
    _, result, sets = judged(Problem(3, 1, 3, 1, key_of(aims, []), aims))
    exact = [key_of(aims, [])(one) for one in sets]
    assert result.key == close([float(one) for one in exact], rel=1e-15)
    assert result.error == close(7 * UNIT, rel=1e-12)
    low = [
        Aim(Linear((-3, -5, -7)), None, Fraction(1)),
        Aim(Linear((-3, -5, -70)), None, Fraction(1)),
    ]
    _, result, _ = judged(Problem(3, 1, 3, 1, key_of(low, []), low))
    assert result.error == close(78 * UNIT, rel=1e-12)
    ratios = [Aim(Quotient((3, 5, 7), (1, 2, 3)), Fraction(1), Fraction(2)), aims[1]]
    _, result, _ = judged(Problem(3, 1, 3, 1, key_of(ratios, []), ratios))
    assert result.error.shape == (7,)
    assert (result.error <= 20 * 3 * UNIT).all()


atoms = st.builds(Ref, st.integers(0, 2)) | st.builds(
    Constant, st.fractions(-3, 3, max_denominator=3)
)
rational = st.recursive(
    atoms,
    lambda inner: (
        st.builds(Operation, st.sampled_from(Operator), inner, inner)
        | st.builds(RelativeChange, inner, inner)
    ),
    max_leaves=5,
)
points = st.lists(st.integers(-4, 6), min_size=3, max_size=3)


def at(expression, leaves):
    try:
        return calculate(expression, leaves)
    except Unavailable:
        return None


@given(
    rational, points, st.sets(st.integers(0, 2), min_size=1), st.fractions(-5, 5, max_denominator=4)
)
@example(Ref(0) / Ref(1), [6, 2, 0], {0, 1}, Fraction(1, 2))
@example(Ref(0) * Ref(0), [6, 2, 0], {0}, Fraction(1, 2))
@example((Ref(0) / Ref(1)) - (Ref(2) / Ref(1)), [6, 2, 1], {0}, Fraction(1))
@example((Ref(0) / Ref(1)) / (Ref(2) / Ref(1)), [6, 2, 1], {1}, Fraction(1))
def test_a_response_is_the_value_after_any_change(expression, leaves, moved, change):
    try:
        found = response(expression, leaves, moved)
    except Unavailable:
        assert at(expression, leaves) is None
        return
    if found is None:
        return
    event("a response")
    (a, b), (c, e) = found.above, found.below
    assert c
    before = at(expression, leaves)
    if before is not None:
        assert a / c == before
    new = [leaf + change if place in moved else leaf for place, leaf in enumerate(leaves)]
    after = at(expression, new)
    if after is not None and c + e * change:
        assert (a + b * change) / (c + e * change) == after
        needed = found.needed(after)
        crosses = (c + e * change) * c <= 0
        if b != after * e:
            assert needed == (None if crosses else change)
        else:
            assert needed is None


@given(rational, st.lists(points, min_size=1, max_size=4), st.sets(st.integers(0, 2)))
@example(Ref(0) / Ref(1), [[1, 2, 3], [2, 3, 4]], {0, 1})
@example(Ref(2) * (Ref(0) / Ref(1)), [[1, 2, 3], [2, 3, 3]], {0, 1})
@example(Ref(0) / Ref(1) / Ref(2), [[1, 2, 3], [2, 3, 3]], {0, 1})
@example(RelativeChange(Ref(0), Ref(1)), [[1, 2, 3], [2, 3, 3]], {0, 1})
@example(Ref(0) + Constant(Fraction(1)), [[1, 2, 3], [2, 3, 3]], {0, 1})
def test_a_ratio_of_sums_is_one_over_any_members(expression, members, own):
    """Over some members the sums of what each adds give the value: so it is linear in them."""
    found = as_ratio(expression, own)
    if found is None:
        return
    event("a ratio")
    fixed = members[0]
    each = [[one[place] if place in own else fixed[place] for place in range(3)] for one in members]
    total = [sum(one[p] for one in each) if p in own else fixed[p] for p in range(3)]
    parts = [[at(part, one) for one in each] for part in found if part is not None]
    if any(None in column for column in parts) or at(expression, total) is None:
        return
    sums = [sum(column) for column in parts]
    assert len(sums) == 1 or sums[1]
    assert at(expression, total) == (sums[0] if len(sums) == 1 else Fraction(sums[0]) / sums[1])


def test_what_is_a_ratio_of_sums():
    x, y, fixed, two = Ref(0), Ref(1), Ref(2), Constant(Fraction(2))
    own = {0, 1}
    assert as_ratio(x - y, own) == (x - y, None)
    assert as_ratio(x / fixed, own) == (x / fixed, None)
    assert as_ratio(x * two, own) == (x * two, None)
    assert as_ratio(Operation(Operator.TIMES, two, x), own) == (
        Operation(Operator.TIMES, two, x), None,
    )  # fmt: skip
    assert as_ratio(x / y, own) == (x, y)
    assert as_ratio((x / y) * two, own) == (x * two, y)
    assert as_ratio((x / y) / fixed, own) == (x / fixed, y)
    assert as_ratio(RelativeChange(x, y), own) == (x - y, y)
    for no in (x * y, x + two, two / x, two, Applied("absolute", x), RelativeChange(x, fixed) * x):
        assert as_ratio(no, own) is None


def power_of(expression, leaf):
    return _Degrees(leaf).fold(expression)


def test_powers_of_a_leaf_above_and_below():
    x, y = Ref(0), Ref(1)
    assert power_of(x, 0) == (1, 0)
    assert power_of(y, 0) == power_of(Constant(Fraction(3)), 0) == (0, 0)
    assert power_of(x * x, 0) == (2, 0)
    assert power_of(x * y, 0) == (1, 0)
    assert power_of(x / x, 0) == power_of(RelativeChange(x, x), 0) == (1, 1)
    assert power_of(y / x, 0) == (0, 1)
    assert power_of(x / (y / x), 0) == (2, 0)
    assert power_of(x + x, 0) == (1, 0)
    assert power_of(x / y + y / x, 0) == (2, 1)
    assert power_of(y / x - y / x, 0) == (1, 2)
    assert power_of(y / (x * x), 0) == (0, 2)
    with pytest.raises(Unavailable, match="sums, differences, products and ratios"):
        power_of(Applied("absolute", x), 0)


ends = st.tuples(st.integers(-3, 9), st.integers(0, 4)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


@given(rational, st.lists(ends, min_size=3, max_size=3), st.data())
@example(Ref(0) / (Ref(0) + Ref(1)), [(1, 2), (2, 4), (0, 0)], None)
@example(Ref(0) / Ref(1), [(1, 2), (0, 4), (0, 0)], None)
@example(Ref(0) / Ref(1), [(1, 2), (-4, 0), (0, 0)], None)
def test_the_ends_of_an_expression_are_reached_and_not_left(expression, intervals, data):
    try:
        low, high = _ends(expression, intervals)
    except Unavailable:
        return
    event("ends")
    some = [
        [a, b] if data is None else [data.draw(st.fractions(a, b)) for _ in range(3)] + [a, b]
        for a, b in intervals
    ]
    found = [at(expression, [x, y, z]) for x in some[0] for y in some[1] for z in some[2]]
    assert all(one is not None and low <= one <= high for one in found)
    assert low in found
    assert high in found


def test_bounds_that_cannot_be_given():
    wide, point = (0, 1), (3, 3)
    many = [wide] * 12
    total = Ref(0)
    for leaf in range(1, 12):
        total = total + Ref(leaf)
    assert _ends(total, many) == (0, 12)
    with pytest.raises(Unavailable, match="too many figures"):
        _ends(total + Ref(12), [*many, wide])
    assert _ends(total + Ref(12), [*many, point]) == (3, 15)
    with pytest.raises(Unavailable, match="at most linearly"):
        _ends(Ref(0) * Ref(0), [wide])
    with pytest.raises(Unavailable, match="can be zero"):
        _ends(Ref(1) / Ref(0), [(-1, 1), point])
    assert _ends(Ref(1) / Ref(0), [(1, 2), point]) == (Fraction(3, 2), 3)


def test_how_long_a_search_takes():
    linear = Sweep(alone(Linear((1, 2, 4)), Fraction(3))).estimate()
    assert (linear.sets, linear.known, linear.fits) == (7, True, True)
    assert linear.seconds == close(7 * 2 * 4e-10 + 4 * 2e-5)
    opaque = Sweep(alone(Opaque())).estimate()
    assert opaque.seconds == close(7 * 1.5e-4 + 4 * 2e-5)
    bordering = evolve(alone(Linear((1, 2, 4))), borders=[(0, 1)], most=1)
    found = Sweep(bordering).estimate()
    assert (found.sets, found.known, found.fits) == (3, False, True)
    assert found.seconds == close(3 * (2 * 4e-10 + 2e-8))
    one = Sweep(evolve(alone(Linear((1, 2, 4))), least=3)).estimate()
    assert one.seconds == close(2 * 4e-10 + 2e-5)
