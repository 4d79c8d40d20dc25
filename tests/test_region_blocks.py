"""Blocks of regions, and rules over their members: both layouts against plain lists."""

from fractions import Fraction
from itertools import combinations
from math import inf, isnan

import numpy as np
import pytest
from hypothesis import example, given, strategies as st

import bajio
from bajio.engines.array.blocks import Equal, Ragged, any_of, block_of, both, either
from bajio.engines.array.enclosures import Enclosure
from bajio.engines.array.exactness import LOOSE
from bajio.engines.array.ladders import Certainty, Ladder
from bajio.engines.array.pools import SetPool, _SetDomain, is_picked, pool
from bajio.engines.array.scaled import UNIT, _summed, exact_sums
from bajio.engines.array.standings import Peer, PeerStandings
from bajio.engines.problem import MemberRule
from bajio.errors import Unavailable
from bajio.rules.algebra import (
    ONE,
    Condition,
    Constant,
    Differences,
    Either,
    MemberTotal,
    OwnFigure,
    Pooled,
)
from bajio.rules.custom import Member


def close(value, rel=1e-9, abs=0):  # noqa: A002  # as pytest has it
    """Near as a part of it alone: errors are far below what is near zero otherwise."""
    return pytest.approx(value, rel=rel, abs=abs)


AREAS = 7
regions = st.lists(st.lists(st.integers(0, AREAS - 1), unique=True), max_size=6)
alike = st.integers(1, AREAS).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, AREAS - 1), min_size=size, max_size=size, unique=True),
        min_size=1,
        max_size=6,
    )
)
vectors = st.lists(st.integers(-99, 99), min_size=AREAS, max_size=AREAS)


@given(regions | alike, vectors, vectors, st.data())
@example([], [1] * AREAS, [2] * AREAS, None)
@example([[], []], [1] * AREAS, [2] * AREAS, None)
def test_a_block_is_its_lists(rows, drawn, other, data):
    block = block_of(rows)
    vector, values = np.array(drawn, dtype=float), np.array(other[: len(rows)], dtype=float)
    same = len({len(row) for row in rows}) == 1 and rows[0] != []
    assert isinstance(block, Equal if same else Ragged)
    chosen = (
        [] if data is None or not rows else data.draw(st.lists(st.sampled_from(range(len(rows)))))
    )
    some = block.some(np.array(chosen, dtype=np.intp))
    few = np.array([value % 2 == 0 for value in drawn])
    for found, lists in [
        (block, rows),
        (block.ragged(), rows),
        (some, [rows[at] for at in chosen]),
        (block.ragged().some(np.array(chosen, dtype=np.intp)), [rows[at] for at in chosen]),
        (block.only(few), [[at for at in row if few[at]] for row in rows]),
    ]:
        assert found.size == len(lists)
        assert found.counts.tolist() == [len(row) for row in lists]
        assert [sorted(found.members(at).tolist()) for at in range(found.size)] == [
            sorted(row) for row in lists
        ]
        if not lists:
            continue
        assert found.sums(vector).tolist() == [sum(drawn[at] for at in row) for row in lists]
        full = [row or None for row in lists]
        for pick, ufunc in ((min, np.minimum), (max, np.maximum)):
            assert found.extremes(vector, ufunc).tolist() == [
                pick(drawn[at] for at in row) if row else 0 for row in full
            ]
        assert any_of(found, [0, 2], AREAS).tolist() == [bool({0, 2} & set(row)) for row in lists]
    if len(values) == len(rows) > 0:
        for found in (block, block.ragged()):
            for compare in (np.less, np.greater_equal, np.equal):
                assert found.compared(vector, values, compare).tolist() == [
                    sum(bool(compare(drawn[at], value)) for at in row)
                    for row, value in zip(rows, values, strict=True)
                ]
    if rows:
        assert exact_sums([Fraction(one, 3) for one in drawn], block) == [
            sum((Fraction(drawn[at], 3) for at in row), Fraction()) for row in rows
        ]


@pytest.mark.parametrize("areas", [255, 256, 257, 300])
@pytest.mark.parametrize("each", [1, 2, 3, 6, 7])
def test_sums_by_pairs_are_sums(areas, each):
    chance = np.random.default_rng(areas * each)
    rows = [chance.choice(areas, each, replace=False).tolist() for _ in range(9)]
    rows[0][0] = areas - 1 if areas - 1 not in rows[0] else rows[0][0]
    vector = chance.integers(-1000, 1000, areas).astype(float)
    before = vector.copy()
    assert block_of(rows).sums(vector).tolist() == [sum(vector[at] for at in row) for row in rows]
    assert (vector == before).all()


@given(
    st.lists(st.integers(-(10**40), 10**40) | st.integers(-9, 9), min_size=1, max_size=7), st.data()
)
@example([2**62, -(2**62)], None)
@example([2**62 - 1, 0, 1], None)
@example([2**63, 2**63], None)
@example([-(2**31), 2**31 - 1, 2**93], None)
def test_sums_of_whole_numbers_of_any_size_are_exact(drawn, data):
    count = len(drawn)
    rows = [[*range(count)], [count - 1], []]
    if data is not None:
        rows += data.draw(st.lists(st.lists(st.integers(0, count - 1), unique=True), max_size=4))
    block = block_of(rows)
    assert _summed(drawn, block.ragged()) == [sum(drawn[at] for at in row) for row in rows]
    assert exact_sums(drawn, block) == [sum(drawn[at] for at in row) for row in rows]


def test_nowhere_and_everywhere():
    first, second = np.array([True, False, True]), np.array([True, True, False])
    assert either(None, None) is both(None, None) is None
    assert either(first, None) is either(None, first) is first
    assert both(first, None) is both(None, first) is first
    assert either(first, second).tolist() == [True, True, True]
    assert both(first, second).tolist() == [True, False, False]


X, W = bajio.Sum("gdp"), bajio.Sum("population")
RULES = [
    bajio.rules.Best(X),
    bajio.rules.Average(X),
    bajio.rules.Gini(X, W),
    bajio.rules.TheilT(X, W),
    bajio.rules.TheilL(X, W),
    bajio.rules.Atkinson(X, W),
    bajio.rules.Atkinson(X, W, epsilon=2),
    bajio.rules.Variation(X, W),
    bajio.rules.Hoover(X, W),
    bajio.rules.LogDeviation(X, W),
    bajio.rules.Ratio(X, W),
    bajio.rules.Elasticity(X, W),
]
NAMES = [type(rule).__name__ + str(getattr(rule, "epsilon", "")) for rule in RULES]
figures = st.one_of(
    st.integers(1, 9).map(float),
    st.integers(-1, 2).map(float),
    st.floats(0.5, 2.0),
    st.floats(1e-3, 1e6),
)


def needs(rule):
    return ("rule",) if isinstance(rule, bajio.rules.Best | bajio.rules.Average) else rule.children


def exactly(rule, columns, row):
    """The value by the exact engine; a text that says why there is none."""
    members = [
        Member(str(at), [(name, Fraction(own[at])) for name, own in columns.items()]) for at in row
    ]
    try:
        return rule.of(members)
    except Unavailable as reason:
        return str(reason)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
@given(st.data())
def test_a_rule_over_members_is_the_exact_one_in_both_layouts(rule, data):
    count = data.draw(st.integers(1, 4))
    every = st.lists(figures, min_size=count, max_size=count)
    columns = {name: data.draw(every) for name in needs(rule)}
    fixed = count - 1 if data.draw(st.booleans()) else count
    rows = [
        [*row, *range(fixed, count)]
        for size in range(fixed + 1)
        for row in combinations(range(fixed), size)
        if size or fixed < count
    ]
    arrays = {name: np.array(own) for name, own in columns.items()}
    data_rule = rule.pooled()
    pooled = pool(data_rule, arrays, block_of(rows).ragged())
    doubtful = np.zeros(len(rows), bool) if pooled.doubtful is None else pooled.doubtful
    held = MemberRule(data_rule.value, data_rule.conditions, tuple(columns.items()))
    masks = [sum(1 << (fixed - 1 - one) for one in row if one < fixed) for row in rows]
    pool_of_sets = SetPool(held, tuple(range(fixed)), tuple(range(fixed, count)))
    found = pool_of_sets.of(np.array(masks, np.uint64))
    moderate = all(0.5 <= one <= 9 for own in columns.values() for one in own)
    for at, row in enumerate(rows):
        exact, failed = exactly(rule, columns, row), int(pooled.failed[at])
        value, error = float(found.value[at]), float(found.error[at])
        if isinstance(exact, str):
            assert isnan(value) or error == inf
            assert doubtful[at] or data_rule.conditions[failed - 1].reason in exact
            assert doubtful[at] or failed
            continue
        assert doubtful[at] or failed == 0
        assert doubtful[at] or pooled.values[at] == close(float(exact), rel=LOOSE, abs=LOOSE)
        assert abs(float(exact) - value) <= error * (1 + 1e-9)
        assert error <= 1e-5 or error == inf or not moderate


def test_as_many_sets_as_are_asked_for_are_worked_out():
    rule = bajio.rules.Average(X).pooled()
    held = MemberRule(rule.value, rule.conditions, (("rule", tuple(range(1, 14))),))
    masks = np.arange(1, 2**12 + 1, dtype=np.uint64)[: 2**12 - 1]
    found = SetPool(held, tuple(range(12)), (12,)).of(masks)
    sets = [[at for at in range(12) if mask >> (11 - at) & 1] + [12] for mask in masks.tolist()]
    means = [sum(at + 1 for at in one) / len(one) for one in sets]
    assert found.value == close(means, rel=1e-14)
    assert len(found.error) == len(masks)
    assert (found.error <= 1e-11).all()


MEMBERS = np.array([[True, True, False], [False, True, True], [True, False, False]])
ROW = np.array([[0.1, 0.7, -0.3]])
OFF = np.array([[0.001, 0.02, 0.3]])


def folded(term, **given_figures):
    found = _SetDomain(MEMBERS, given_figures).fold(term)
    return np.ravel(found.value), np.ravel(np.broadcast_to(found.error, (3, 1)))


def test_a_sum_over_sets_is_off_by_all_that_areas_are_and_by_its_roundings():
    total = MemberTotal("sum", OwnFigure("a"))
    value, error = folded(total, a=Enclosure(ROW, OFF))
    assert value == close([0.8, 0.4, 0.1])
    known = OFF.sum() + 3 * UNIT * np.abs(ROW).sum() + UNIT * value
    assert error == close(known, rel=1e-13)
    value, error = folded(total, a=Enclosure(ROW, 0.5))
    assert error == close(1.5 + 3 * UNIT * 1.1 + UNIT * value, rel=1e-13)
    # what differs from set to set: each set's own
    mean = OwnFigure("a") * MemberTotal("sum", OwnFigure("a"))
    value, error = folded(MemberTotal("sum", mean), a=Enclosure(ROW, 0.0))
    assert value == close([0.64, 0.16, 0.01])
    sums = np.array([0.8, 0.4, 0.1])
    inner = 3 * UNIT * 1.1 + UNIT * sums
    each = [
        sum(
            abs(ROW[0, at]) * inner[s] + UNIT * abs(ROW[0, at] * sums[s]) * (1 + 3)
            for at in range(3)
            if MEMBERS[s, at]
        )
        for s in range(3)
    ]
    assert error == close(np.array(each) + UNIT * value, rel=1e-6)


def test_an_extreme_over_sets_is_off_by_the_most_of_its_members():
    for fold, values_ in (("minimum", [0.1, -0.3, 0.1]), ("maximum", [0.7, 0.7, 0.1])):
        value, error = folded(MemberTotal(fold, OwnFigure("a")), a=Enclosure(ROW, OFF))
        assert value.tolist() == values_
        assert error.tolist() == [0.02, 0.3, 0.001]
    value, error = folded(MemberTotal("count", ONE))
    assert value.tolist() == [2, 2, 1]
    assert error.tolist() == [0, 0, 0]


def test_differences_over_sets_are_off_by_what_all_pairs_may_lose():
    pairs = Differences(OwnFigure("a"), OwnFigure("w"))
    weights = np.array([[0.5, -2.0, 3.0]])
    value, error = folded(pairs, a=Enclosure(ROW, 0.0), w=Enclosure(weights, 0.0))
    assert value == close([2 * 0.6 * -1.0, 2 * 1.0 * -6.0, 0])
    sizes = sum(
        (abs(ROW[0, i]) + abs(ROW[0, j])) * abs(weights[0, i] * weights[0, j])
        for i in range(3)
        for j in range(3)
    )
    known = UNIT * (3**2 + 4) * sizes + UNIT * np.abs(value)
    assert error == close(known, rel=1e-13)


def test_one_of_two_is_open_where_the_test_may_be_zero():
    term = Either(OwnFigure("t"), Constant(Fraction(2)), Constant(Fraction(3)))
    test = np.array([[1.0, -1.0, 0.5, -0.5, 0.0, 0.4]])
    off = np.array([[0.0, 0.0, 0.5, 0.5, 0.0, 0.5]])
    found = _SetDomain(MEMBERS, {"t": Enclosure(test, off)}).fold(term)
    assert found.value[0].tolist() == [2, 3, 0, 3, 3, 0]
    assert np.isinf(found.error[0]).tolist() == [False, False, True, False, False, True]
    block = Ragged(np.arange(3), np.array([1, 2]))
    rule = Pooled(MemberTotal("sum", Either(OwnFigure("t"), ONE, Constant(Fraction(5)))))
    assert pool(rule, {"t": np.array([0.0, 1.0, -1.0])}, block).values.tolist() == [5, 6]


def test_the_first_condition_that_fails_is_told():
    least, whole = MemberTotal("minimum", OwnFigure("a")), MemberTotal("sum", OwnFigure("a"))
    conditions = (
        Condition(least, strict=False, reason="negative"),
        Condition(whole, strict=True, reason="nothing"),
        Condition(MemberTotal("count", ONE) - ONE, strict=True, reason="alone"),
    )
    rule = Pooled(whole, conditions)
    block = block_of([[0, 1], [2, 2], [3], [1], [4, 1], [5, 6], [5, 3]]).ragged()
    given_figures = {"a": np.array([1.0, 2.0, 0.0, 0.0, -1.0, LOOSE, -LOOSE])}
    found = pool(rule, given_figures, block)
    assert found.failed.tolist() == [0, 2, 2, 3, 1, 1, 0]
    assert found.doubtful is not None
    assert found.doubtful.tolist() == [False, True, True, False, False, False, True]
    value = SetPool(MemberRule(whole, conditions, (("a", (1, 2, 0, 0, -1)),)), tuple(range(5)), ())
    masks = np.array([0b11000, 0b00110, 0b00010, 0b01000, 0b01001], np.uint64)
    result = value.of(masks)
    assert result.value[0] == 3
    none = np.isnan(result.value) | np.isinf(result.error)
    assert none.tolist() == [False, True, True, True, True]
    assert pool(Pooled(whole, conditions[2:]), given_figures, block).doubtful is None


def test_what_picks_a_figure_has_its_sign():
    a, b = OwnFigure("a"), OwnFigure("b")
    least, most = MemberTotal("minimum", a), MemberTotal("maximum", a)
    count = MemberTotal("count", a)
    picked = [least, most, count, most - least, count - ONE, MemberTotal("maximum", ONE)]
    others = [
        MemberTotal("sum", a),
        MemberTotal("minimum", a - b),
        most + least,
        most - MemberTotal("sum", a),
        MemberTotal("sum", a) - most,
        count + ONE,
        count - a,
        a,
    ]
    assert [is_picked(Pooled(one)) for one in picked] == [True] * len(picked)
    assert [is_picked(Pooled(one)) for one in others] == [False] * len(others)


exact_values = st.one_of(
    st.integers(-5, 5),
    st.fractions(-3, 3, max_denominator=4),
    st.integers(0, 4).map(lambda n: 2**53 + n),
)


@given(
    st.lists(exact_values, max_size=6),
    st.lists(exact_values, min_size=1, max_size=6),
    st.booleans(),
)
def test_exact_floats_are_placed_as_exact_numbers_are(peers, drawn, lower):
    values = np.array([float(one) for one in drawn])
    better, same, unsure = Ladder(peers, lower).better(values, Certainty(sharp=True))
    exact = [Fraction(value) for value in values.tolist()]
    assert unsure is None
    assert np.broadcast_to(better, len(values)).tolist() == [
        sum(peer < one if lower else peer > one for peer in peers) for one in exact
    ]
    assert np.broadcast_to(same, len(values)).tolist() == [peers.count(one) for one in exact]


@given(
    st.lists(exact_values, min_size=1, max_size=6),
    st.lists(exact_values, min_size=1, max_size=6),
    st.booleans(),
    st.sampled_from([UNIT, 1e-9, 0.01, 0.5]),
    st.booleans(),
    st.fractions(-1, 1),
)
def test_a_place_is_sure_only_where_rounding_cannot_decide_it(
    peers, drawn, lower, off, relative, by
):
    values = np.array([float(one) for one in drawn])
    sure = Certainty(relative=off) if relative else Certainty(errors=off)
    better, same, unsure = Ladder(peers, lower).better(values, sure)
    assert same == 0
    for at, value in enumerate(values.tolist()):
        error = Fraction(off) * (abs(Fraction(value)) if relative else 1)
        near = [abs(peer - Fraction(value)) for peer in peers]
        if unsure is not None and unsure[at]:
            width = error * (1 + 2 * Fraction(off)) + Fraction(16 * UNIT) * (
                1 + abs(Fraction(value))
            )
            if not relative or off < 0.1:
                assert min(near) <= width * Fraction(1001, 1000)
            continue
        assert min(near) > error
        true = Fraction(value) + error * by
        assert better[at] == sum(peer < true if lower else peer > true for peer in peers)


@st.composite
def peerages(draw):
    """Areas, of which peers are made; some areas lie in peers."""
    count = draw(st.integers(1, 5))
    peers = []
    for _ in range(draw(st.integers(0, 5))):
        value = draw(st.none() | st.integers(-3, 3))
        kind = draw(st.sampled_from(["area", "several", "around", "apart"]))
        held = draw(st.sets(st.integers(0, count - 1), min_size=1))
        if kind == "area":
            held = {min(held)}
        if kind in {"area", "several"}:
            inside = dict.fromkeys(held, 1)
            peers.append((Peer(value, len(held), inside, frozenset(held)), held, held))
        elif kind == "around":
            peers.append((Peer(value, 1, {}, frozenset(held)), None, held))
        else:
            peers.append((Peer(value), None, set()))
    rows = draw(st.lists(st.sets(st.integers(0, count - 1), min_size=1), min_size=1, max_size=5))
    return count, peers, [sorted(row) for row in rows]


@given(peerages(), st.booleans(), st.sampled_from(["keep", "drop"]), st.data())
def test_regions_stand_among_peers_that_are_beside_them(drawn, lower, host, data):
    count, peers, rows = drawn
    values = data.draw(st.lists(st.integers(-3, 3), min_size=len(rows), max_size=len(rows)))
    standings = PeerStandings([peer for peer, _, _ in peers], count, lower, host)
    for block in (block_of(rows), block_of(rows).ragged()):
        placed = standings.place(np.array(values, dtype=float), Certainty(sharp=True), block)
        assert placed.unsure is None
        for at, (row, value) in enumerate(zip(rows, values, strict=True)):
            inside = [held is not None and held <= set(row) for _, held, _ in peers]
            around = [
                set(row) <= near and not within
                for (*_, near), within in zip(peers, inside, strict=True)
            ]
            ranked = [
                peer
                for (peer, *_), within, wide in zip(peers, inside, around, strict=True)
                if not within and not (wide and host == "drop")
            ]
            valued = [peer.value for peer in ranked if peer.value is not None]
            beside = [
                peer
                for (peer, *_), within, wide in zip(peers, inside, around, strict=True)
                if not within and not wide and peer.value is not None
            ]
            better = sum(peer < value if lower else peer > value for peer in valued)
            assert (at, np.broadcast_to(placed.of, len(rows))[at]) == (at, len(valued) + 1)
            assert np.broadcast_to(placed.tied, len(rows))[at] == valued.count(value)
            assert np.broadcast_to(placed.missing, len(rows))[at] == len(ranked) - len(valued)
            assert np.broadcast_to(placed.position, len(rows))[at] == (better + 1 if beside else 0)
