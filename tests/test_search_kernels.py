"""The kernels of the search against brute force: every set, exactly, with nothing clever."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, strategies as st

import bajio
from bajio.engines.array import bitsets, connected, shortlist
from bajio.engines.array.bitsets import Halves, Lookup, mask_of, members_of, sizes_of
from bajio.engines.array.connected import Connected, borders_of
from bajio.engines.array.enclosures import Enclosure, enclose
from bajio.engines.array.scaled import LinearForm
from bajio.engines.array.sweep import BestSets, Sweep
from bajio.engines.calculation import calculate
from bajio.engines.problem import (
    Aim,
    General,
    Limit,
    Linear,
    MemberRule,
    Opaque,
    Problem,
    Quotient,
)
from bajio.errors import Unavailable
from bajio.rules.algebra import Applied, Constant, Operation, Operator, Ref, RelativeChange
from bajio.rules.custom import Member
from bajio.rules.plan import Fold

X, W = bajio.Sum("gdp"), bajio.Sum("population")
OVER = (
    bajio.rules.Best(X),
    bajio.rules.Average(X),
    bajio.rules.Gini(X, W),
    bajio.TheilT(X, W),
    bajio.rules.TheilL(X, W),
    bajio.rules.Atkinson(X, W),
    bajio.rules.Atkinson(X, W, epsilon=2),
    bajio.rules.Variation(X, W),
    bajio.rules.Hoover(X, W),
    bajio.rules.LogDeviation(X, W),
    bajio.rules.Ratio(X, W),
    bajio.rules.Elasticity(X, W),
    bajio.rules.ElasticityError(X, W),
    bajio.rules.HalfLife(X, W),
)
SQUARES = (1, 4, 9, 16, 25, 36, 49, 64)


@pytest.fixture(params=["large", "small"], autouse=True)
def _sizes(request, monkeypatch):
    """Blocks, chunks and lists of all sizes: small ones are full in no time."""
    if request.param == "small":
        monkeypatch.setattr(bitsets, "_BLOCK", 4)
        monkeypatch.setattr(connected, "_CHUNK", 3)
        monkeypatch.setattr(shortlist, "_MOST", 6)


def subsets(count):
    for size in range(1, count + 1):
        yield from combinations(range(count), size)


def is_connected(members, pairs):
    reached, todo = {members[0]}, [members[0]]
    while todo:
        here = todo.pop()
        near = {b for a, b in pairs if a == here} | {a for a, b in pairs if b == here}
        new = (near & set(members)) - reached
        reached |= new
        todo += new
    return reached == set(members)


def value(quantity, members):  # noqa: PLR0911  # one return for each kind
    """A quantity over some members, exactly; none where it has none."""
    match quantity:
        case Linear(terms):
            return sum(terms[at] for at in members)
        case Quotient(above, below, growth):
            divisor = sum(below[at] for at in members)
            if not divisor or (growth and divisor < 0):
                return None
            return Fraction(sum(above[at] for at in members)) / divisor
        case General(expression, leaves):
            joins = {Fold.SUM: sum, Fold.MINIMUM: min, Fold.MAXIMUM: max}
            folded = [
                joins[leaf[0]](leaf[1][at] for at in members) if isinstance(leaf, tuple) else leaf
                for leaf in leaves
            ]
            try:
                return calculate(expression, folded)
            except Unavailable:
                return None
        case MemberRule(_, _, figures):
            rule = next(one for one in OVER if one.pooled().value == quantity.value)
            own = [
                Member(str(at), [(name, terms[at]) for name, terms in figures]) for at in members
            ]
            try:
                return rule.of(own)
            except Unavailable:
                return None
    return sum(SQUARES[at] for at in members)


def key_of(aims, limits):
    def key(members):
        for limit in limits:
            found = value(limit.quantity, members)
            if found is None:
                return None
            if limit.least is not None and found < limit.least:
                return None
            if limit.most is not None and found > limit.most:
                return None
        keys = []
        for aim in aims:
            found = value(aim.quantity, members)
            if found is None:
                return None
            keys.append(aim.factor * (found if aim.target is None else abs(found - aim.target)))
        return max(keys, default=0)

    return key


def brute(problem):
    """The answer, and how many sets there are to decide on."""
    sets = [
        one
        for one in subsets(problem.count)
        if problem.least <= len(one) <= problem.most
        if set(problem.required) <= set(one)
        if problem.borders is None or is_connected(one, problem.borders)
    ]
    keyed = ((problem.key(one), len(one), one) for one in sets)
    best = sorted(one for one in keyed if one[0] is not None)
    return tuple(members for *_, members in best[: problem.best]), len(sets)


def numbers():
    whole = st.integers(-3, 12)
    large = st.integers(0, 3).map(lambda n: n * 10**17 + n)
    return whole | st.fractions(0, 9, max_denominator=7) | large


def terms(count, each=None):
    return st.tuples(*[numbers() if each is None else each] * count)


def expressions():
    leaf = st.sampled_from([Ref(0), Ref(1), Ref(2), Constant(Fraction(3))])
    return st.recursive(
        leaf,
        lambda inner: (
            st.builds(Operation, st.sampled_from(Operator), inner, inner)
            | st.builds(RelativeChange, inner, inner)
            | st.builds(Applied, st.sampled_from(["absolute", "logarithm", "entropy"]), inner)
            | st.builds(
                Applied, st.just("root"), inner, st.sampled_from([Fraction(1, 2), Fraction(1, 3)])
            )
        ),
        max_leaves=4,
    )


@st.composite
def over_members(draw, count):
    rule = draw(st.sampled_from(OVER))
    figures = st.integers(1, 9) | st.integers(-1, 3) | st.fractions(0, 9, max_denominator=7)
    names = ("rule",) if isinstance(rule, bajio.rules.Best | bajio.rules.Average) else rule.children
    data = rule.pooled()
    drawn = tuple((name, draw(terms(count, figures))) for name in names)
    return MemberRule(data.value, data.conditions, drawn)


def quantities(count):
    folds = st.sampled_from([Fold.SUM, Fold.MINIMUM, Fold.MAXIMUM])
    leaf = st.tuples(folds, terms(count)) | st.integers(1, 5)
    return st.one_of(
        st.builds(Linear, terms(count)),
        st.builds(Linear, terms(count, st.integers(0, 3))),
        st.builds(Quotient, terms(count), terms(count), st.booleans()),
        st.builds(Quotient, terms(count), terms(count, st.integers(1, 5))),
        st.builds(General, expressions(), st.tuples(leaf, leaf, leaf)),
        st.just(Opaque()),
        over_members(count),
    )


@st.composite
def problems(draw):
    count = draw(st.integers(1, 6))
    positions = st.integers(0, count - 1)
    least = draw(st.integers(1, count))
    targets = st.none() | st.fractions(0, 30, max_denominator=5)
    aims = draw(
        st.lists(st.builds(Aim, quantities(count), targets, st.just(Fraction(1))), max_size=2)
    )
    if len(aims) == 1 and aims[0].target is None and draw(st.booleans()):
        aims = [Aim(aims[0].quantity, None, Fraction(-2, 3))]
    limits = draw(st.lists(st.builds(Limit, quantities(count), targets, targets), max_size=2))
    pairs = st.tuples(positions, positions).filter(lambda pair: pair[0] != pair[1])
    return Problem(
        count,
        least,
        draw(st.integers(least, count)),
        draw(st.integers(1, 6)),
        key_of(aims, limits),
        aims,
        limits,
        tuple(sorted(draw(st.sets(positions, max_size=2)))),
        draw(st.none() | st.lists(pairs, max_size=14)),
    )


@given(problems())
def test_a_search_finds_what_brute_force_finds(problem):
    search = Sweep(problem)
    found = search.run()
    best, examined = brute(problem)
    assert found.sets == best
    assert found.complete
    if problem.aims or problem.borders is not None:
        assert found.examined == examined
    else:  # small sets come first, and larger ones need not be looked at
        assert found.examined <= examined
    if problem.borders is None:
        assert search.estimate().sets == examined


@given(st.integers(1, 8), st.data())
def test_every_connected_set_comes_once(count, data):
    positions = st.integers(0, count - 1)
    pairs = data.draw(st.lists(st.tuples(positions, positions), max_size=20))
    pairs = [(a, b) for a, b in pairs if a != b]
    least = data.draw(st.integers(1, count))
    most = data.draw(st.integers(least, count))
    required = tuple(sorted(data.draw(st.sets(positions, max_size=2))))
    graph = Connected(borders_of(pairs, count), least, most, mask_of(required, count))
    found = [members_of(int(one), count) for part in graph.chunks() for one in part]
    assert sorted(found) == sorted(
        one
        for one in subsets(count)
        if least <= len(one) <= most and set(required) <= set(one) and is_connected(one, pairs)
    )


@pytest.mark.parametrize(
    ("count", "pairs", "sets"),
    [
        (40, [(at, at + 1) for at in range(39)], 40 * 41 // 2),
        (12, list(combinations(range(12), 2)), 2**12 - 1),
        (33, [(0, at) for at in range(1, 17)], 2**16 + 32),
    ],
    ids=["path", "complete", "star"],
)
def test_connected_sets_are_as_many_as_are_known(count, pairs, sets):
    graph = Connected(borders_of(pairs, count), 1, count)
    assert sum(map(len, graph.chunks())) == sets
    assert graph.estimate() == pytest.approx(sets, rel=0.5)


@given(st.integers(1, 34), st.data())
def test_halves_have_every_set_of_a_size_once(count, data):
    least = data.draw(st.integers(0, min(count, 3)))
    most = data.draw(st.integers(least, min(count, 3)))
    values = bitsets.Values(tuple(float(at) for at in range(count)), 0.5)
    seen = {}
    for block in Halves(count, [values], most).blocks(least, most):
        masks = block.masks(np.arange(len(block)))
        for mask, total in zip(masks.tolist(), block.of(0).tolist(), strict=True):
            assert mask not in seen
            seen[mask] = total
    assert len(seen) == Halves.number(count, least, most)
    for mask, total in list(seen.items())[:: max(len(seen) // 50, 1)]:
        assert total == sum(members_of(mask, count)) + 0.5
        assert least <= mask.bit_count() <= most


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=64), st.data())
def test_sums_looked_up_are_sums(values, data):
    count = len(values)
    members = tuple(sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1))))
    masks = np.array([mask_of(members, count)], np.uint64)
    own = [values[at] for at in members]
    assert Lookup(values, 7.0).of(masks)[0] == sum(own) + 7
    assert Lookup(values, np.inf, np.minimum).of(masks)[0] == min(own)
    assert Lookup(values, -np.inf, np.maximum).of(masks)[0] == max(own)
    assert sizes_of(masks)[0] == len(members)
    assert members_of(int(masks[0]), count) == members


@given(st.data())
def test_a_form_is_as_exact_as_it_says(data):
    count = data.draw(st.integers(1, 10))
    each = numbers() | st.fractions(-5, 5) | st.fractions(0, 10**30)
    given_terms = data.draw(terms(count, each))
    offset = data.draw(each)
    form = LinearForm.of(given_terms, offset)
    assert form.scale > 0
    total = form.start
    for at in (order := data.draw(st.permutations(range(count)))):
        total += form.values[at]
    exact = (sum(given_terms[at] for at in order) + offset) * form.scale
    assert abs(Fraction(total) - exact) <= Fraction(form.error)


@given(expressions(), st.data())
def test_a_value_is_within_its_bound(expression, data):
    """Of leaves that are known, and of leaves that are off by something that is said."""
    exact = data.draw(terms(3, st.fractions(-9, 9, max_denominator=50) | st.integers(-2, 3)))
    off = data.draw(terms(3, st.just(0) | st.fractions(-1, 1, max_denominator=1000)))
    leaves = [
        Enclosure(np.array([float(x + o)]), abs(float(o)) * 1.000001 + 1e-15)
        for x, o in zip(exact, off, strict=True)
    ]
    found = enclose(expression, leaves)
    value, error = float(np.ravel(found.value)[0]), float(np.ravel(found.error)[0])
    try:
        true = calculate(expression, exact)
    except Unavailable:
        assert np.isnan(value) or error == np.inf
        return
    assert not np.isnan(value)
    assert error == np.inf or abs(float(true) - value) <= error * (1 + 1e-9) + 1e-300


def linear_problem(**changes):
    own = (5, 3, 1, 8, 2, 9, 4, 6)
    aims = [Aim(Linear(own), Fraction(11), Fraction(1, 11))]
    return Problem(**{"count": 8, "least": 1, "most": 8, "best": 3, "key": key_of(aims, []),
                      "aims": aims, **changes})  # fmt: skip


def test_progress_is_told_and_can_interrupt():
    told = []

    def progress(examined, total):
        told.append((examined, total))
        if len(told) == 3:
            raise KeyboardInterrupt

    problem = linear_problem(borders=[(at, at + 1) for at in range(7)], best=1)
    whole, part = Sweep(problem).run(), Sweep(problem).run(progress)
    if len(told) < 3:  # it was over in fewer blocks
        assert part == whole
        return
    assert not part.complete
    assert part.examined == told[-1][0] < whole.examined
    assert part.sets
    assert told[0][1] is None


def test_ties_are_decided_by_size_and_then_by_codes():
    ones = (1,) * 8
    key = key_of([Aim(Linear(ones), None, Fraction(1))], [])
    problem = linear_problem(aims=[Aim(Linear(ones), None, Fraction(1))], key=key, best=10)
    sets = Sweep(problem).run().sets
    assert sets == (*((at,) for at in range(8)), (0, 1), (0, 2))


def test_more_areas_than_half_tables_can_hold_are_told():
    everything = linear_problem(count=60, most=60)
    zeros = Aim(Linear((1,) * 60), Fraction(3), Fraction(1))
    estimate = Sweep(Problem(60, 1, 60, 1, lambda _: 0, [zeros])).estimate()
    assert everything.count == 60
    assert not estimate.fits
    assert estimate.sets == 2**60 - 1
    assert Sweep(Problem(60, 1, 3, 1, lambda _: 0, [zeros])).estimate().fits


def test_an_answer_says_what_it_is():
    assert Sweep(linear_problem(best=1)).run() == BestSets(((0, 7),), 255, True)
