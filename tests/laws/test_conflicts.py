"""Conflicts of generated claim sets, against trying all sets of claims one by one."""

from fractions import Fraction
from itertools import combinations

from hypothesis import event, given, strategies as st

from bajio.claims.intervals import Interval
from bajio.questions.audit.conflicts import Statement, _Search
from bajio.questions.audit.consistency import Greater, Product, Total, solve

NAMES = ["a", "b", "c", "d", "e", "f"]
NUMBERS = st.integers(1, 6)


@st.composite
def statements(draw):
    """What a claim says: numbers for one or two quantities, and how some hang together."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    domains = []
    for name in names[:2]:
        low = draw(NUMBERS)
        domains.append((name, Interval(low, low + draw(st.integers(0, 2))), Interval(0, 12)))
    constraints = []
    if len(names) == 3:
        kind = draw(st.sampled_from(["total", "product", "greater"]))
        whole, first, second = names
        constraints = {
            "total": [Total(whole, (first, second), Fraction(1, draw(st.integers(1, 2))))],
            "product": [Product(whole, first, second)],
            "greater": [Greater(whole, first), Greater(first, second)],
        }[kind]
    return Statement(tuple(domains), tuple(constraints))


def possible(stated):
    return (
        solve(
            [(name, strict) for one in stated for name, strict, _ in one.domains],
            [constraint for one in stated for constraint in one.constraints],
        )
        is not None
    )


@given(st.lists(statements(), min_size=1, max_size=7))
def test_conflicts_are_those_that_trying_all_sets_finds(listed):
    named = {f"c{at}": one for at, one in enumerate(listed)}
    found = list(_Search(named, (), lenient=False).all(list(named)))
    event(f"{len(found)} conflicts")

    seen = [code for ids in found for code in ids]
    assert len(seen) == len(set(seen))
    for ids in found:
        event(f"of {len(ids)}")
        assert not possible([named[code] for code in ids])
        for fewer in combinations(ids, len(ids) - 1):
            assert not fewer or possible([named[code] for code in fewer])
    assert possible([one for code, one in named.items() if code not in seen])


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 3)), min_size=1, max_size=6),
    st.integers(-20, 20),
)
def test_a_total_narrows_each_part_by_all_others(parts, total):
    domains = {f"p{at}": Interval(low, low + wide) for at, (low, wide) in enumerate(parts)}
    constraint = Total("whole", tuple(domains))
    narrowed = dict(constraint.narrow(domains | {"whole": Interval.point(total)}))

    lows, highs = ([getattr(one, end) for one in domains.values()] for end in ("low", "high"))
    assert (narrowed["whole"].low, narrowed["whole"].high) == (sum(lows), sum(highs))
    for at, name in enumerate(domains):
        rest = (sum(highs) - highs[at], sum(lows) - lows[at])
        assert (narrowed[name].low, narrowed[name].high) == (total - rest[0], total - rest[1])
