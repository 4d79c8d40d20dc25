"""Printed numbers at the edges of what is read, and the ends of intervals that are reached."""

from fractions import Fraction
from itertools import product
from math import inf

import pytest
from hypothesis import given, strategies as st

from bajio.claims.conventions import Convention
from bajio.claims.intervals import Interval
from bajio.claims.numerals import read_printed
from bajio.claims.printed import Digits, Printed, PrintedKind
from bajio.claims.relations import Relation
from bajio.errors import InvalidValue
from bajio.questions.neighbours import closest, tied_with


def value(text, locale="en", scale=None):
    return read_printed(text, Convention(locale, scale)).first.value


@pytest.mark.parametrize(
    ("text", "locale", "scale", "power"),
    [
        ("3 thousand", "en", None, 3),
        ("3 million", "en", None, 6),
        ("3 million", "en", "long", 6),
        ("3 billion", "en", None, 9),
        ("3 billion", "en", "short", 9),
        ("3 billion", "en", "long", 12),
        ("3 trillion", "en", None, 12),
        ("3 trillion", "en", "long", 18),
        ("3 mil", "es-MX", None, 3),
        ("3 millones", "es-MX", None, 6),
        ("3 mil millones", "es-MX", None, 9),
        ("3 billones", "es-MX", "long", 12),
        ("3 billones", "es-MX", "short", 9),
        ("3 mil billones", "es-MX", "long", 15),
        ("3 billones", "es-ES", "long", 12),
    ],
)
def test_scales_in_words(text, locale, scale, power):
    assert value(text, locale, scale) == 3 * 10**power


@pytest.mark.parametrize(
    ("locale", "number", "words"),
    [
        ("en", 2, "double|doubles|doubled|twice|twofold|two times"),
        ("en", 3, "triple|triples|tripled|threefold|three times"),
        ("en", 4, "quadruple|quadruples|quadrupled|fourfold|four times"),
        ("en", 5, "five times|fivefold|quintupled"),
        ("en", 6, "six times|sixfold"),
        ("en", 7, "seven times|sevenfold"),
        ("en", 8, "eight times|eightfold"),
        ("en", 9, "nine times|ninefold"),
        ("en", 10, "ten times|tenfold"),
        ("es", 2, "el doble|doble|duplica|duplicó|se duplicó|dos veces"),
        ("es", 3, "el triple|triple|triplica|triplicó|se triplicó|tres veces"),
        ("es", 4, "el cuádruple|cuádruple|cuadruplica|se cuadruplicó|cuatro veces"),
        ("es", 5, "cinco veces|el quíntuple|quintuplica|se quintuplicó"),
        ("es", 6, "seis veces"),
        ("es", 7, "siete veces"),
        ("es", 8, "ocho veces"),
        ("es", 9, "nueve veces"),
        ("es", 10, "diez veces"),
        ("en", "1/2", "half|one half|a half|halved|one in two|1 in 2"),
        ("en", "1/3", "a third|one third|one in three|one out of every three"),
        ("en", "2/3", "two thirds|two in three|two out of three"),
        ("en", "1/4", "a quarter|one quarter|a fourth|one fourth|one in four"),
        ("en", "3/4", "three quarters|three fourths|three of every four"),
        ("en", "1/5", "a fifth|one fifth|one in every five|two in ten"),
        ("en", "1/10", "a tenth|one tenth|one in ten"),
        ("en", "5/6", "five in six"),
        ("en", "7/8", "seven in eight"),
        ("en", "9/10", "nine in ten"),
        ("es", "1/2", "la mitad|mitad|uno de cada dos|una de cada dos|un de cada dos"),
        ("es", "1/3", "un tercio|tercio|la tercera parte|una tercera parte|uno de cada tres"),
        ("es", "2/3", "dos tercios|dos terceras partes|las dos terceras partes|dos de cada tres"),
        ("es", "1/4", "un cuarto|la cuarta parte|una cuarta parte|uno de cada cuatro"),
        ("es", "3/4", "tres cuartos|tres cuartas partes|las tres cuartas partes"),
        ("es", "1/5", "un quinto|la quinta parte|una quinta parte|uno de cada cinco"),
        ("es", "1/10", "un décimo|la décima parte|una décima parte|uno de cada diez"),
        ("es", "5/6", "cinco de cada seis"),
        ("es", "7/8", "siete de cada ocho"),
        ("es", "9/10", "nueve de cada diez"),
    ],
)
def test_numbers_in_words(locale, number, words):
    for text in words.split("|"):
        assert value(text, locale) == Fraction(number), text


def test_how_much_is_read():
    digits = "1" * 30
    assert value(digits) == int(digits)
    with pytest.raises(InvalidValue, match="has more than 30 digits"):
        value(digits + "1")
    assert read_printed(f"between {digits} and 2{digits[1:]}", Convention("en")).second is not None
    with pytest.raises(InvalidValue, match="too long for a printed number"):
        value(f"between {digits} and 1{digits}")
    padded = "about" + " " * 110 + "12.5"
    assert len(padded) == 119
    assert value(padded) == value(padded[:5] + " " + padded[5:]) == Fraction(25, 2)
    with pytest.raises(InvalidValue, match="too long for a printed number"):
        value(padded[:5] + "  " + padded[5:])
    assert value("3 thousand million") == 3 * 10**9
    with pytest.raises(InvalidValue, match="'thousand thousand million' is not understood"):
        value("3 thousand thousand million")
    with pytest.raises(InvalidValue, match="'acres' is not understood"):
        value("3 acres")
    assert value("one in 9999") == Fraction(1, 9999)
    for wrong in ("one in 10000", "3 in 3", "4 in 3", "one in many"):
        with pytest.raises(InvalidValue, match="no number that is understood"):
            value(wrong)


def test_two_numbers():
    both = read_printed("between -5 and -3 %", Convention("en"))
    assert (both.first.value, both.second.value) == (Fraction(-1, 20), Fraction(-3, 100))
    turned = read_printed("between -3 and -5 %", Convention("en"))
    assert (turned.first.value, turned.second.value) == (Fraction(-1, 20), Fraction(-3, 100))
    zero = read_printed("between 0 and -5 %", Convention("en"))
    assert (zero.first.value, zero.second.value) == (Fraction(-1, 20), 0)
    with pytest.raises(InvalidValue, match="the lower number comes first"):
        read_printed("between 5 and 3 %", Convention("en"))
    with pytest.raises(InvalidValue, match="the lower number comes first"):
        read_printed("between 1 and -3 %", Convention("en"))
    same = read_printed("between 3 and 3 %", Convention("en"))
    assert same.first.value == same.second.value
    assert read_printed("from 3 to 4 million", Convention("en")).first.value == 3_000_000
    with pytest.raises(InvalidValue, match="count different things"):
        read_printed("between 3 points and 4 %", Convention("en"))


def test_averages_may_be_said_before_and_after():
    before, after = (
        read_printed(text, Convention("en")) for text in ("an average of 3 %", "3 % on average")
    )
    assert before.averaged
    assert after.averaged
    assert before.first == after.first == read_printed("3 %", Convention("en")).first
    assert not read_printed("3 %", Convention("en")).averaged


def test_what_digits_stand_for_at_zero_and_below():
    one = Digits(0, 1).interval
    assert (one.low, one.high, one.open_low, one.open_high) == (
        Fraction(-1, 2), Fraction(1, 2), True, True,
    )  # fmt: skip
    up, down = Digits(1, 1).interval, Digits(-1, 1).interval
    assert (up.open_low, up.open_high) == (False, True)
    assert (down.open_low, down.open_high) == (True, False)
    assert Digits(3).interval == Interval.point(3)
    scaled = Digits(3, 1, Interval(2, 4)).scaled(-2)
    assert (scaled.value, scaled.quantum, scaled.words) == (-6, 2, Interval(-8, -4))
    printed = Printed("3", Digits(3, 1))
    assert printed.scaled(1) is printed
    with pytest.raises(InvalidValue, match="between takes two numbers, others one"):
        Printed("3", Digits(3), Digits(4))
    with pytest.raises(InvalidValue, match="between takes two numbers, others one"):
        Printed("3", Digits(3), hedge="between")
    assert Printed("3", Digits(3), kind="times").kind is PrintedKind.TIMES


@pytest.mark.parametrize(
    ("hedge", "letter", "lenient"),
    [
        ("equals", Interval(9, 11, open_high=True), Interval(9, 11, open_high=True)),
        ("over", Interval(10, inf, open_low=True), Interval(9, inf)),
        ("at-least", Interval(10, inf), Interval(9, inf)),
        ("under", Interval(-inf, 10, open_high=True), Interval(-inf, 11, open_high=True)),
        ("at-most", Interval(-inf, 10), Interval(-inf, 11, open_high=True)),
        ("almost", Interval(8, 10, open_high=True), Interval(8, 11, open_high=True)),
        ("a-little-over", Interval(10, 12, open_low=True), Interval(9, 12)),
        ("about", Interval(8, 12), Interval(7, 13, open_high=True)),
    ],
)
def test_readings_with_a_tolerance_of_a_fifth(hedge, letter, lenient):
    printed = Printed("10", Digits(10, 2), hedge=hedge)
    assert printed.strict(Fraction(1, 5)) == letter
    assert printed.lenient(Fraction(1, 5)) == lenient
    negative = Printed("-10", Digits(-10, 2), hedge=hedge)
    assert negative.strict(Fraction(1, 5)) == -letter
    assert Relation(hedge) is printed.hedge


ends = st.integers(-3, 3).map(Fraction)
intervals = st.builds(
    lambda pair, low, high: Interval(min(pair), max(pair), low, high),
    st.tuples(ends | st.just(-inf), ends | st.just(inf)),
    st.booleans(),
    st.booleans(),
).filter(lambda one: not one.is_empty)


def points(interval):
    """Numbers in an interval: its ends where they are in it, some near them, some between."""
    low = max(interval.low, Fraction(-99))
    high = min(interval.high, Fraction(99))
    near = (high - low) / 1000
    every = [low, low + near, (low + high) / 2, high - near, high, Fraction(0)]
    return [one for one in every if one in interval]


@given(intervals, intervals, st.sampled_from(["add", "sub", "mul"]))
def test_ends_of_intervals_are_reached_where_they_are_closed(one, other, operation):
    of = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b}[
        operation
    ]
    found = of(one, other)
    values = [of(a, b) for a, b in product(points(one), points(other))]
    assert all(value_ in found for value_ in values)
    for end, is_open, best in (
        (found.low, found.open_low, min(values)),
        (found.high, found.open_high, max(values)),
    ):
        if abs(end) == inf:
            assert is_open
        elif is_open:
            assert end not in values
            assert abs(best - end) <= Fraction(1)
        else:
            assert end in values


def test_reciprocals_of_intervals():
    one = Interval.point(1)
    assert one / Interval(2, 4, open_low=True) == Interval(
        Fraction(1, 4), Fraction(1, 2), open_high=True
    )
    assert one / Interval(0, 2) == Interval(Fraction(1, 2), inf)
    assert one / Interval(-2, 0, open_low=True) == Interval(-inf, Fraction(-1, 2), open_high=True)
    assert one / Interval(-1, 2) == one / Interval(0, 0) == Interval()
    assert Interval(2, 3).is_bounded
    assert not Interval(2).is_bounded
    assert not Interval(high=2).is_bounded
    assert not Interval.point(3).is_empty
    assert Interval(3, 3, open_low=True).is_empty
    assert Interval(3, 3, open_high=True).is_empty
    assert Interval(4, 3).is_empty
    assert Interval(inf, inf).is_empty
    assert Interval(4, 3) in Interval(0, 1)
    assert Interval(1, 2) in Interval(1, 2)
    assert Interval(1, 2) not in Interval(1, 2, open_high=True)
    assert Interval(1, 2, open_high=True) in Interval(1, 2, open_high=True)
    hull = Interval(1, 2, open_low=True).hull(Interval(1, 3, open_high=True))
    assert hull == Interval(1, 3, open_high=True)
    common = Interval(1, 2, open_low=True) & Interval(1, 3, open_high=True)
    assert common == Interval(1, 2, open_low=True)
    assert 2 in common
    assert 1 not in common


amounts = st.integers(-3, 9) | st.fractions(-2, 5, max_denominator=3)


@given(st.lists(amounts, max_size=9), amounts, st.booleans())
def test_the_closest_peers_are_those_of_all(drawn, own, lower):
    values = {f"p{at}": one for at, one in enumerate(drawn)}
    ordered = sorted((float(one) if lower else -float(one), one if lower else -one, code)
                     for code, one in values.items())  # fmt: skip
    keys, codes = [(a, b) for a, b, _ in ordered], tuple(code for *_, code in ordered)
    place = sum((one < own) if lower else (one > own) for one in drawn)

    def distance(code):
        other = values[code]
        if own > 0:
            return (
                (0, max(own, other) / Fraction(min(own, other)), code)
                if other > 0
                else (1, 0, code)
            )
        return 0, abs(own - other), code

    if codes:
        assert closest(values, keys, codes, own, place) == tuple(sorted(values, key=distance)[:3])
    for at in range(-1, len(codes) + 1):
        there = {
            c for c, k in zip(codes, keys, strict=True) if 0 <= at < len(keys) and k == keys[at]
        }
        assert set(tied_with(keys, codes, at)) == there
