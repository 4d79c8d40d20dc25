"""Enclosed floats: the exact value is within the error, and the error is no wider than it must be.

Exact values are Fractions, and for functions decimals of 60 digits. How wide an error may be is
written out anew here, by the first-order bound of each operation.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import assume, example, given, strategies as st

from bajio.engines.array import enclosures, exactness, ladders, scaled
from bajio.engines.array.enclosures import Enclosure, enclose
from bajio.engines.array.exactness import Exactness, Rounding
from bajio.engines.array.floats import finish, number
from bajio.engines.array.ladders import Certainty
from bajio.engines.array.scaled import LinearForm, TermColumn
from bajio.errors import InvalidRule
from bajio.rules.algebra import (
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Constant,
    Operation,
    Operator,
    Ref,
    RelativeChange,
)


def close(value, rel=1e-9):
    """Near as a part of it alone: errors are far below what is near zero otherwise."""
    return pytest.approx(value, rel=rel, abs=0)


#: What one operation is taken to be off, and a function.
UNIT, FUNCTION = 4 * 2.0**-53, 2.0**-46
#: Errors are worked out in floats themselves.
NEARLY = 1 + 2.0**-40

sizes = st.builds(
    lambda digits, power, sign: sign * digits * 2.0**power,
    st.floats(1, 2),
    st.integers(-60, 60),
    st.sampled_from([1, -1]),
)
values = sizes | st.integers(-9, 9).map(float) | st.sampled_from([0.0, 0.1, -0.1, 1 / 3])
#: Errors as parts of the value, or of one: from none to more than the value itself.
parts = st.just(0.0) | st.integers(1, 60).map(lambda power: 2.0**-power) | st.floats(0, 3)
within = st.fractions(-1, 1, max_denominator=64) | st.sampled_from([Fraction(-1), Fraction(1)])


def known(value, error, exact):
    return Enclosure(np.array([value]), error), exact


@st.composite
def enclosed(draw, numbers=values):
    """A float with its error, and an exact number that they enclose."""
    value = draw(numbers)
    error = draw(parts) * (abs(value) or 1.0)
    return Enclosure(np.array([value]), error), Fraction(value) + Fraction(error) * draw(within)


def told(found):
    return float(np.ravel(found.value)[0]), float(np.ravel(found.error)[0])


def digits(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def holds(value, error, exact):
    with localcontext(prec=60):
        true = digits(exact) if isinstance(exact, Fraction) else exact
        slack = Decimal("1e-300")
        return abs(true - Decimal(value)) <= Decimal(error) * (1 + Decimal("1e-12")) + slack


PLAIN = {
    Operator.PLUS: lambda a, b: a + b,
    Operator.MINUS: lambda a, b: a - b,
    Operator.TIMES: lambda a, b: a * b,
    Operator.OVER: lambda a, b: a / b,
}


def first_order(operator, value, first, second):
    (a, e), (b, f) = told(first), told(second)
    if operator.adds:
        return e + f + UNIT * abs(value)
    if operator is Operator.TIMES:
        return abs(a) * f + abs(b) * e + e * f + UNIT * abs(value)
    return (e + abs(value) * f) / (abs(b) - f) + UNIT * abs(value)


@pytest.mark.parametrize("operator", Operator)
@given(enclosed(), enclosed())
@example(known(1.0, 0.0, Fraction(1)), known(0.0, 0.0, Fraction(0)))
@example(known(1.0, 0.5, Fraction(1)), known(2.0, 2.0, Fraction(0)))
@example(known(1.0, 0.5, Fraction(1)), known(-2.0, 1.0, Fraction(-1)))
def test_an_operation_encloses_the_exact_value_and_hardly_more(operator, one, other):
    (first, x), (second, y) = one, other
    value, error = told(enclose(Operation(operator, Ref(0), Ref(1)), [first, second]))
    b, f = told(second)
    if operator is Operator.OVER and abs(b) <= f:
        certain = b == f == 0
        assert error == inf or certain
        assert isnan(value) if certain else value == 0
        return
    assert holds(value, error, PLAIN[operator](x, y))
    assert value == PLAIN[operator](told(first)[0], b)
    bound = first_order(operator, value, first, second)
    assert bound / NEARLY <= error <= bound * NEARLY


@given(enclosed(), enclosed())
@example(known(3.0, 0.0, Fraction(3)), known(0.0, 0.0, Fraction(0)))
@example(known(3.0, 0.0, Fraction(3)), known(1.0, 1.0, Fraction(1)))
@example(known(3.0, 0.0, Fraction(3)), known(-1.0, 1.0, Fraction(0)))
@example(
    known(3.0, 0.0, Fraction(3)),
    known(0.5, 0.0, Fraction(1, 2)),
)
@example(
    known(3.0, 0.0, Fraction(3)),
    known(-0.5, 1.0, Fraction(1, 4)),
)
def test_a_growth_is_enclosed_where_what_was_before_is_positive(now, before):
    (first, x), (second, y) = now, before
    value, error = told(enclose(RelativeChange(Ref(0), Ref(1)), [first, second]))
    (a, e), (b, f) = told(first), told(second)
    if b + f <= 0:
        assert isnan(value)
        return
    if b - f <= 0:
        assert (value, error) == (0, inf)
        return
    assert holds(value, error, (x - y) / y)
    off = e + f + UNIT * abs(a - b)
    bound = (off + abs(value) * f) / (b - f) + 2 * UNIT * abs(value)
    assert error <= bound * NEARLY


def root(fraction, degree):
    with localcontext(prec=60):
        number_ = digits(fraction)
        return (number_.ln() / degree).exp() if number_ else Decimal(0)


def entropy(fraction):
    with localcontext(prec=60):
        number_ = digits(fraction)
        return number_ * number_.ln() if number_ else Decimal(0)


def logarithm(fraction):
    with localcontext(prec=60):
        return digits(fraction).ln()


def power(exponent):
    def of(fraction):
        with localcontext(prec=60):
            number_ = digits(fraction)
            return (number_.ln() * digits(exponent)).exp() if number_ else Decimal(0)

    return of


def exponential(fraction):
    with localcontext(prec=60):
        return digits(fraction).exp()


FUNCTIONS = [
    ("entropy", Fraction(1), entropy),
    *(("root", Fraction(1, n), lambda x, n=n: root(x, n)) for n in (2, 3, 4, 5)),
    *(("power", part, power(part)) for part in (Fraction(1, 2), Fraction(1, 4), Fraction(3, 5))),
]
NAMES = [f"{name}-{exponent}" for name, exponent, _ in FUNCTIONS]
positive = sizes.map(abs) | st.integers(0, 9).map(float) | st.sampled_from([0.1, 1 / 3])


@pytest.mark.parametrize(("function", "exponent", "by_hand"), FUNCTIONS, ids=NAMES)
@given(enclosed(positive | values))
@example(known(0.0, 0.0, Fraction(0)))
@example(known(1.0, 1.0, Fraction(0)))
@example(known(-1.0, 1.0, Fraction(0)))
@example(known(-1.0, 0.5, Fraction(-1)))
def test_a_function_of_what_is_not_negative_is_enclosed(function, exponent, by_hand, drawn):
    argument, exact = drawn
    lowest, highest = ends(argument)
    value, error = told(enclose(Applied(function, Ref(0), exponent), [argument]))
    if highest < 0:
        assert isnan(value)
    elif lowest < 0:
        assert (value, error) == (0, inf)
    else:
        assert holds(value, error, by_hand(exact))
        bound = (FUNCTION + UNIT) * abs(value) * NEARLY
        assert error <= bound + widest(function, argument, value, by_hand) * 1.000001


def widest(function, argument, value, by_hand):
    """How far a function can be off by what its argument is off."""
    (a, e), (lowest, highest) = told(argument), ends(argument)
    if not e:
        return 0
    if lowest == 0 and function != "power":
        return inf
    if function == "entropy":
        return e * (abs(np.log(lowest)) + abs(np.log(highest)) + 2)
    if function == "root":
        return value * e / lowest
    exact = by_hand(Fraction(a))
    return max(float(abs(by_hand(Fraction(end)) - exact)) for end in (lowest, highest)) + (
        abs(value) * UNIT
    )


def ends(enclosure):
    return np.ravel(enclosure.lowest)[0], np.ravel(enclosure.highest)[0]


@given(enclosed(positive | values))
@example(known(0.0, 0.0, Fraction(0)))
@example(known(1.0, 1.0, Fraction(1)))
@example(known(-1.0, 1.0, Fraction(0)))
@example(known(-1.0, 1.5, Fraction(1, 2)))
@example(known(0.5, 0.0, Fraction(1, 2)))
def test_a_logarithm_is_enclosed_where_there_is_one(drawn):
    argument, exact = drawn
    (_, e), (lowest, highest) = told(argument), ends(argument)
    value, error = told(enclose(Applied("logarithm", Ref(0)), [argument]))
    if highest <= 0:
        assert isnan(value)
    elif lowest <= 0:
        assert (value, error) == (0, inf)
    else:
        assert holds(value, error, logarithm(exact))
        bound = e / lowest + FUNCTION * (abs(value) + 1) + UNIT * abs(value)
        assert error <= bound * NEARLY


@given(enclosed(st.floats(-30, 30)))
def test_an_exponential_is_enclosed(drawn):
    argument, exact = drawn
    assume(argument.error < 30)
    value, error = told(enclose(Applied("exponential", Ref(0)), [argument]))
    assert holds(value, error, exponential(exact))
    worst = exponential(Fraction(ends(argument)[1])) - exponential(Fraction(told(argument)[0]))
    assert error <= float(worst) * NEARLY + 1.2 * FUNCTION * value


@given(enclosed())
def test_an_absolute_value_is_off_by_what_the_number_is(drawn):
    argument, exact = drawn
    a, e = told(argument)
    value, error = told(enclose(Applied("absolute", Ref(0)), [argument]))
    assert value == abs(a)
    assert holds(value, error, abs(exact))
    assert error <= (e + UNIT * abs(a)) * NEARLY


@given(enclosed())
def test_what_is_one_unless_a_number_is_negative_is_exactly_one(drawn):
    argument, _ = drawn
    lowest, highest = ends(argument)
    value, error = told(enclose(Applied(UNLESS_NEGATIVE, Ref(0)), [argument]))
    if highest < 0:
        assert isnan(value)
    elif lowest < 0:
        assert (value, error) == (0, inf)
    else:
        assert (value, error) == (1, UNIT)


@pytest.mark.parametrize("function", ["absolute", "logarithm", "exponential", "entropy", "root"])
def test_a_function_of_nothing_is_nothing(function):
    one, none = Enclosure(np.array([2.0]), 0.0), Enclosure(np.array([nan]), 0.0)
    assert isnan(told(enclose(Applied(function, Ref(0)), [none]))[0])
    assert not isnan(told(enclose(Applied(function, Ref(0)), [one]))[0])


@pytest.mark.parametrize("operator", Operator)
def test_an_operation_on_nothing_is_nothing(operator):
    one, none = Enclosure(np.array([2.0]), 0.0), Enclosure(np.array([nan]), 0.0)
    for pair in ([one, none], [none, one]):
        assert isnan(told(enclose(Operation(operator, Ref(0), Ref(1)), pair))[0])
        assert isnan(told(enclose(RelativeChange(Ref(0), Ref(1)), pair))[0])


def test_what_an_operation_gives_is_rounded_and_open_where_it_is_said():
    plain = Enclosure.of(np.array([3.0]), 0.25)
    assert told(plain) == (3.0, 0.25 + 3 * UNIT)
    assert ends(plain) == (3 - 0.25 - 3 * UNIT, 3 + 0.25 + 3 * UNIT)
    assert isnan(told(Enclosure.of(np.array([3.0]), 0.0, wrong=True))[0])
    assert told(Enclosure.of(np.array([3.0]), 0.0, doubtful=True)) == (0.0, inf)
    assert told(Enclosure.of(np.array([3.0]), inf)) == (0.0, inf)
    assert isnan(told(Enclosure.of(np.array([3.0]), 0.0, wrong=True, doubtful=True))[0])


def test_a_constant_is_rounded_and_a_rule_over_members_is_needed():
    value, error = told(enclose(Constant(Fraction(1, 3)), []))
    assert (value, error) == (1 / 3, UNIT / 3)
    call = Call(len, "own", (("a", Ref(0)),), None)
    with pytest.raises(InvalidRule, match="'own' is a function of the members"):
        enclose(call, [Enclosure(np.array([1.0]), 0.0)])
    with pytest.raises(InvalidRule, match="'own' is a function of the members"):
        finish(call, [np.array([1.0])])
    five = Enclosure(np.array([5.0]), 0.5)
    assert told(enclose(call, [], {call: five})) == (5.0, 0.5)
    assert finish(call, [], {call: 5.0}).values == 5


def test_what_is_taken_of_operations_and_functions_leaves_room_and_no_more():
    assert scaled.UNIT == UNIT
    assert scaled.EXACT == 2**53
    # the exponent of a fifth root is off by half a unit in its last place, 2⁻⁵⁶
    assert 710 * 2.0**-56 < enclosures.FUNCTION < 2 * 710 * 2.0**-56
    assert Certainty().width(np.array([-2.0])) == 8 * UNIT
    assert Certainty(relative=UNIT).width(-2.0) == 10 * UNIT
    assert Certainty(errors=0.5).width(-2.0) == 0.5 + 8 * UNIT
    assert Certainty(sharp=True).width(-2.0) == 0
    assert ladders._MOST_STEPS == 256 * 512
    assert (
        Exactness(whole=True, sharp=False, never_negative=False, most=0.0, terms=1)
        == exactness.FIXED
    )


def test_a_number_is_whole_where_floats_hold_it():
    assert [number(one) for one in (3, Fraction(-3), 2**53, -(2**53))] == [3, -3, 2**53, -(2**53)]
    assert all(type(number(one)) is int for one in (3, Fraction(-3), 2**53, -(2**53)))
    for one in (2**53 + 1, -(2**53) - 1, Fraction(1, 2)):
        assert type(number(one)) is float


whole = st.integers(-(2**30), 2**30)
terms = st.lists(
    whole | st.fractions(-9, 9, max_denominator=12) | st.fractions(0, 10**20) | st.just(2**53),
    min_size=1,
    max_size=7,
)


@given(terms)
@example([2**53 - 1])
@example([2**52, 2**52])
@example([2**52, 2**52 - 1])
@example([-(2**52), 2**52])
@example([Fraction(1, 2), 3])
@example([Fraction(1, 2**52)])
@example([Fraction(1, 2**53)])
@example([Fraction(1, 3), Fraction(-1, 7)])
def test_sums_of_a_column_are_as_exact_as_it_says(drawn):
    column = TermColumn.of(drawn)
    known = Exactness.of(column)
    common = Fraction(1)
    for term in drawn:
        common = Fraction(np.lcm.reduce([common.numerator, term.denominator], dtype=object))
    fits = common < 2**53 and sum(abs(term * common) for term in drawn) < 2**53
    assert column.whole == known.whole == fits
    assert column.divisor == (common if fits else 1)
    assert known.sharp == (fits and common == 1)
    assert known.never_negative == all(term >= 0 for term in drawn)
    assert known.terms == len(drawn)
    assert known.most == close(float(sum(map(abs, drawn))), rel=1e-14)
    sums = column.scaled(np.array([column.values.sum()]))
    exact = Fraction(sum(drawn))
    value, error = told(known.enclosed(sums))
    assert holds(value, error, exact)
    if known.sharp:
        assert error == 0
    elif known.whole:
        assert error == abs(value) * UNIT
        assert known.relative == UNIT
    else:
        assert error == len(drawn) * UNIT * known.most
    if known.relative is None:
        assert not known.whole
        assert not known.never_negative
    else:
        assert abs(Fraction(value) - exact) <= Fraction(known.relative) * abs(exact)
        assert known.relative in {UNIT, (len(drawn) + 2) * UNIT}


def test_a_column_of_nothing_is_whole():
    column = TermColumn.of([])
    assert (column.divisor, column.whole, column.never_negative, column.most) == (1, True, True, 0)


@given(terms, whole)
@example([2**53 - 1, 3], 0)
@example([Fraction(3 * 2**52 + 1, 3)], 0)
@example([2**53, 2**53 - 1], 0)
@example([2**52, 2**52 - 1], 1)
@example([2**52 + 1, 2**52 - 1], 0)
@example([1, 2**53], 1)
@example([0], 0)
def test_a_form_is_exact_where_floats_hold_it_and_else_off_by_little(drawn, offset):
    form = LinearForm.of(drawn, offset)
    total = sum(abs(term) for term in (*drawn, offset))
    exact = (sum(drawn) + offset) * form.scale
    assert holds(form.start + form.values.sum(), form.error, Fraction(exact))
    if form.error:
        assert form.scale.numerator == 1 or form.scale.denominator == 1
        assert 2**39 <= total * form.scale <= 2**41
        count = len(drawn) + 2 + 1
        assert form.error == close(float(total * form.scale) * UNIT * count)
    else:
        assert total * form.scale <= 2**53
        whole_ = [term * form.scale for term in (*drawn, offset)]
        assert all(one.denominator == 1 for one in map(Fraction, whole_))
        assert np.gcd.reduce([int(one) for one in whole_], dtype=object) in {0, 1}
    assert form.is_positive == (offset >= 0 and all(term > 0 for term in drawn))


SHARP = Exactness(whole=True, sharp=True, never_negative=False, most=2.0**52, terms=3)
LARGE = Exactness(whole=True, sharp=True, never_negative=False, most=2.0**52 + 1, terms=3)
WHOLE = Exactness(whole=True, sharp=False, never_negative=True, most=9.0, terms=3)
LOOSE = Exactness(whole=False, sharp=False, never_negative=False, most=9.0, terms=3)
ADDED = Exactness(whole=False, sharp=False, never_negative=True, most=9.0, terms=3)


@pytest.mark.parametrize(
    ("expression", "leaves", "relative"),
    [
        (Ref(0), [WHOLE], UNIT),
        (Ref(0), [ADDED], 5 * UNIT),
        (Ref(0), [LOOSE], None),
        (Constant(Fraction(1, 3)), [], UNIT),
        (Ref(0) / Ref(1), [WHOLE, SHARP], 3 * UNIT),
        (Ref(0) * Ref(1), [WHOLE, ADDED], 7 * UNIT),
        (Ref(0) / Ref(1), [WHOLE, LOOSE], None),
        (Ref(0) / Ref(1), [LOOSE, WHOLE], None),
        (Ref(0) + Ref(1), [WHOLE, WHOLE], 3 * UNIT),
        (Ref(0) + Ref(1), [WHOLE, SHARP], None),
        (Ref(0) + Ref(1), [SHARP, WHOLE], None),
        (Ref(0) - Ref(1), [WHOLE, WHOLE], None),
        (Ref(0) + Constant(Fraction(0)), [WHOLE], 3 * UNIT),
        (Ref(0) + Constant(Fraction(-1)), [WHOLE], None),
        (Ref(0) / Ref(1) + Ref(0), [WHOLE, WHOLE], 5 * UNIT),
        (Ref(0) / Ref(1) + Ref(0), [WHOLE, SHARP], None),
        (RelativeChange(Ref(0), Ref(0)), [WHOLE], None),
        (Applied("absolute", Ref(0)), [WHOLE], 3 * UNIT),
        (Applied("absolute", Ref(0)) + Ref(0), [WHOLE], 5 * UNIT),
        (Applied("root", Ref(0), Fraction(1, 2)), [WHOLE], 3 * UNIT),
        (Applied("root", Ref(0), Fraction(1, 2)), [LOOSE], None),
        (Applied("logarithm", Ref(0)), [WHOLE], None),
        (Applied(UNLESS_NEGATIVE, Ref(0)), [LOOSE], 0.0),
        (Applied(UNLESS_NEGATIVE, Ref(0)) + Ref(1), [LOOSE, WHOLE], 2 * UNIT),
    ],
)
def test_how_far_a_value_is_off_as_a_part_of_it(expression, leaves, relative):
    assert Rounding(expression, leaves).relative == relative


def test_a_rule_that_picks_a_member_is_off_by_its_rounding():
    call = Call(len, "own", (("a", Ref(0)),), None)
    assert Rounding(call, [LOOSE]).relative == UNIT
    assert Rounding(call, [LOOSE], picks=False).relative is None


@pytest.mark.parametrize(
    ("expression", "leaves", "lines"),
    [
        (Ref(0) / Ref(1), [LOOSE, WHOLE], ()),
        (Ref(0) / Ref(1), [LOOSE, LOOSE], (Ref(1),)),
        (RelativeChange(Ref(0), Ref(1)), [WHOLE, LOOSE], (Ref(1),)),
        (Ref(0) / (Ref(0) - Ref(1)), [SHARP, SHARP], (Ref(0) - Ref(1),)),
        (Ref(0) / (Ref(0) - Ref(1)), [SHARP, WHOLE], (Ref(0) - Ref(1),)),
        (Ref(0) / (Ref(0) + Ref(1)), [SHARP, LARGE], (Ref(0) + Ref(1),)),
        (Applied("logarithm", Ref(0)), [LOOSE], (Ref(0),)),
        (Applied("root", Ref(0), Fraction(1, 2)), [WHOLE], ()),
        (Applied("absolute", Ref(0)), [LOOSE], ()),
        (Ref(0) * Ref(1), [LOOSE, LOOSE], ()),
    ],
)
def test_which_parts_may_turn_sign_by_rounding(expression, leaves, lines):
    assert Rounding(expression, leaves).lines == lines


def test_differences_of_exact_sums_have_their_sign_where_they_fit():
    fits = Exactness(whole=True, sharp=True, never_negative=False, most=2.0**52 - 1, terms=3)
    assert Rounding(Ref(0) / (Ref(0) - Ref(1)), [fits, SHARP]).lines == ()
    assert Rounding(Ref(0) / (Ref(0) + Ref(1)), [fits, SHARP]).lines == ()
    assert Rounding(Ref(0) / (Ref(0) * Ref(1)), [LOOSE, SHARP]).lines == (Ref(0) * Ref(1),)
    assert Rounding(Ref(0), [fits]).sharp
    assert not Rounding(Ref(0), [WHOLE]).sharp
    assert not Rounding(Ref(0) + Ref(0), [fits]).sharp


def test_doubt_is_where_a_part_is_within_its_error_of_zero():
    rounding = Rounding(Ref(0) / Ref(1), [SHARP, LOOSE])
    error = 3 * UNIT * 9.0
    below = np.array([1.0, error, -error, np.nextafter(error, 1), -np.nextafter(error, 1), 0.0])
    (doubts,) = rounding.doubts([np.ones(6), below], {})
    assert doubts.tolist() == [False, True, True, False, False, True]
    assert rounding.doubts([np.ones(1), np.ones(1)], {}) == []
    found = rounding.error([np.ones(1), np.array([2.0])], {})
    assert found == close((error / 2) / (2 - error) + UNIT / 2, rel=1e-12)
    call = Call(len, "own", (("a", Ref(0)),), None)
    loose = Rounding(call, [LOOSE], picks=False)
    assert loose.error([np.ones(1)], {call: np.array([-3.0])}) == close(4e-10)


WRONG = [
    (Ref(0) / Ref(1), [1, 1, 1], [0, -1, 1], [False, True, True]),
    (RelativeChange(Ref(0), Ref(1)), [1, 1, 1], [0, -1, 1], [False, False, True]),
    (Applied("logarithm", Ref(1)), [1, 1, 1], [0, -1, 1], [False, False, True]),
    (Applied("root", Ref(1), Fraction(1, 3)), [1, 1, 1], [0, -1, 1], [True, False, True]),
    (Applied("entropy", Ref(1)), [1, 1, 1], [0, -1, 1], [True, False, True]),
    (Applied(UNLESS_NEGATIVE, Ref(1)), [1, 1, 1], [0, -1, 1], [True, False, True]),
]


@pytest.mark.parametrize(("expression", "first", "second", "defined"), WRONG)
def test_where_floats_have_no_value(expression, first, second, defined):
    found = finish(expression, [np.array(first), np.array(second)])
    assert found.all_defined.tolist() == defined
    assert found.defined is not None
    assert [bool(value == 0) for value in found.values if isnan(value)] == []
    assert all(value == 0 for value, has in zip(found.values, defined, strict=True) if not has)


def test_one_number_for_all_regions_is_one_for_each():
    found = finish(Ref(0) / Ref(1), [3.0, np.array([2.0, 4.0])])
    assert found.values.tolist() == [1.5, 0.75]
    assert found.defined is None
    assert found.all_defined.tolist() == [True, True]
    alone = finish(Constant(Fraction(7)), [np.zeros(2)])
    assert alone.values.tolist() == [7, 7]
    wrong = finish(Ref(0) / Ref(1), [np.zeros(2), 0.0])
    assert wrong.values.tolist() == [0, 0]
    assert wrong.all_defined.tolist() == [False, False]
    both = finish(Ref(0) / Ref(1) + Ref(1) / Ref(0), [np.array([0, 1, 1]), np.array([1, 0, 1])])
    assert both.all_defined.tolist() == [False, False, True]
    assert both.values[2] == 2
    assert finish(Applied("entropy", Ref(0)), [np.array([0.0, 1.0, 2.0])]).values.tolist() == (
        close([0, 0, 2 * np.log(2)])
    )
    for degree in (2, 3, 4):
        values_ = finish(Applied("root", Ref(0), Fraction(1, degree)), [np.array([5.0**degree])])
        assert values_.values[0] == close(5, rel=1e-15)
    assert finish(Applied("power", Ref(0), Fraction(1, 2)), [np.array([9.0])]).values[0] == 3
    assert finish(Applied("power", Ref(0), Fraction(3, 4)), [np.array([16.0])]).values[0] == 8
