"""The kernels of the search against brute force: every set, exactly, with nothing clever."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from set_problems import expressions, key_of, numbers, problems, terms

from bajio.engines.array import bitsets, connected, shortlist
from bajio.engines.array.bitsets import Halves, Lookup, mask_of, members_of, sizes_of
from bajio.engines.array.connected import Connected, borders_of
from bajio.engines.array.enclosures import Enclosure, enclose
from bajio.engines.array.scaled import LinearForm
from bajio.engines.array.sweep import BestSets, Sweep
from bajio.engines.calculation import calculate
from bajio.engines.problem import (
    Aim,
    Linear,
    Problem,
)
from bajio.errors import Unavailable


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
