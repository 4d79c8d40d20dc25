"""Numbers that hang together: what is left for each, by hand."""

from fractions import Fraction

import pytest

from bajio.claims.intervals import Interval
from bajio.questions.audit.consistency import Close, Greater, Product, Total, solve

ANY = Interval()
THREE_TO_FOUR = Interval(Fraction(3), Fraction(4))
TWELVE = Interval.point(12)


def point(number):
    return Interval.point(number)


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (THREE_TO_FOUR, THREE_TO_FOUR),
        (Interval(Fraction(1), Fraction(2)), Interval(Fraction(6), Fraction(12))),
        (Interval(Fraction(-4), Fraction(-3)), Interval(Fraction(-4), Fraction(-3))),
        (Interval(Fraction(0), Fraction(4)), ANY),
        (Interval(Fraction(-1), Fraction(4)), ANY),
    ],
)
def test_a_factor_is_the_product_over_the_other_unless_that_can_be_zero(other, left):
    for names in (("other", "asked"), ("asked", "other")):
        found = solve([("twelve", TWELVE), ("other", other)], [Product("twelve", *names)])

        assert found.get("asked", ANY) == left


def test_what_is_greater_is_so_strictly():
    order = [Greater("more", "less")]

    above = solve([("less", point(5))], order)["more"]
    below = solve([("more", point(5))], order)["less"]
    assert 5 not in above
    assert Fraction(501, 100) in above
    assert 5 not in below
    assert Fraction(499, 100) in below
    assert solve([("less", point(5)), ("more", Interval(high=Fraction(5)))], order) is None
    assert solve([("more", point(5)), ("less", Interval(low=Fraction(5)))], order) is None


def test_what_goes_round_cannot_be():
    chain = [Greater("a", "b"), Greater("b", "c")]

    assert solve([], chain) is not None
    assert solve([], [*chain, Greater("c", "a")]) is None
    assert solve([], [Greater("a", "a")]) is None


def test_what_is_close_is_within_the_tolerance_on_both_sides():
    close = [Close("other", "one", Fraction(1, 10))]

    assert solve([("one", point(100))], close)["other"] == Interval(Fraction(90), Fraction(110))
    assert solve([("other", point(99))], close)["one"] == Interval(Fraction(90), Fraction(110))


def test_a_part_is_the_whole_less_the_others():
    parts = [("a", point(1)), ("b", Interval(Fraction(2), Fraction(3)))]
    total = [Total("whole", ("a", "b", "c"))]
    mean = [Total("whole", ("a", "b", "c"), Fraction(1, 3))]

    found = solve([*parts, ("whole", point(10))], total)
    assert found["c"] == Interval(Fraction(6), Fraction(7))
    assert solve([*parts, ("c", point(4))], total)["whole"] == Interval(Fraction(7), Fraction(8))
    assert solve([*parts, ("whole", point(10))], mean)["c"] == Interval(Fraction(26), Fraction(27))


def test_several_domains_of_a_number_are_all_its():
    named = [("a", Interval(high=Fraction(4))), ("a", Interval(low=Fraction(4)))]

    assert solve(named, [])["a"] == point(4)
    assert solve([*named, ("a", point(5))], []) is None


@pytest.mark.parametrize(("steps", "possible"), [(15, False), (16, False), (17, True)])
def test_chains_are_followed_for_sixteen_rounds(steps, possible):
    chain = [Close(f"x{at + 1}", f"x{at}", Fraction(0)) for at in reversed(range(steps))]
    ends = [("x0", Interval(Fraction(1), Fraction(2))), (f"x{steps}", point(3))]

    forwards = [_Forwards(one.other, one.one) for one in chain]
    assert (solve(ends, forwards) is not None) == possible


class _Forwards:
    """A constraint that only tells the one number from the other."""

    def __init__(self, other, one):
        self.other, self.one = other, one

    def narrow(self, domains):
        yield self.other, domains.get(self.one, ANY)
