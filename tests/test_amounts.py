"""Numbers at the doors: read exactly, in one way, and refused where conventions differ."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from bajio.amounts import MOST_DIGITS, exact_number, read_number, split_number
from bajio.errors import BajioError, InvalidValue
from bajio.questions.search.wishes import Amount


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.5", Fraction(3, 2)),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("-2.5", Fraction(-5, 2)),
        ("\u22122.5", Fraction(-5, 2)),
        ("+7", 7),
        ("11,427,054", 11_427_054),
        ("1,234.5", Fraction("1234.5")),
        ("1_000_000", 10**6),
        ("1e11", 10**11),
        ("1.5E-3", Fraction(15, 10**4)),
        ("1e+400", 10**400),
        ("1" * MOST_DIGITS, int("1" * MOST_DIGITS)),
    ],
)
def test_a_number_is_read_exactly(text, number):
    assert read_number(text) == number
    assert Amount.of(text) == Amount(Fraction(number))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1,234", "is 1234 in es-MX and 1.234 in es-ES: write 1234 or 1.234"),
        ("1,5", "comma for its decimals: write 1.5"),
        ("12,34", "write 12.34"),
        ("1.234,5", "write 1234.5"),
        ("1.234.567,5", "write 1234567.5"),
        ("1,23,456", "is no number"),
        ("1.234.567", "is no number"),
        ("1234,567.8", "is no number"),
        ("1__0", "is no number"),
        ("1..2", "is no number"),
        ("1,", "is no number"),
        ("nan", "is no number"),
        ("inf", "is no number"),
        ("\u0663\u0664", "is no number"),
        ("\uff11", "is no number"),
        ("1 000", "is no number"),
        ("", "is no number"),
        ("1e401", "exponents go from -400 to 400"),
        ("1e-999999999", "exponents go from -400 to 400"),
        ("9" * (MOST_DIGITS + 1), "at most 400 digits"),
        ("9" * 10**6, "at most 400 digits"),
    ],
)
def test_what_is_no_number_or_two_is_refused(text, told):
    with pytest.raises(InvalidValue) as caught:
        read_number(text)

    assert told in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "given",
    [True, None, float("nan"), float("-inf"), Decimal("NaN"), Decimal("1e999999"), 10**5000, []],
    ids=["bool", "none", "nan", "inf", "decimal-nan", "exponent", "digits", "list"],
)
def test_what_is_no_finite_number_of_bounded_size_is_refused(given):
    with pytest.raises(InvalidValue):
        exact_number(given)
    with pytest.raises(InvalidValue, match="is no amount"):
        Amount.of(given)


def test_floats_are_what_they_are_shown_as():
    assert exact_number(0.1) == Fraction(1, 10)
    assert exact_number(1e300) == 10**300
    assert exact_number(Decimal("0.30")) == Fraction(3, 10)
    assert exact_number("1/3") == Fraction(1, 3)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_a_number_written_with_groups_is_itself_or_refused(number, places):
    text = f"{Decimal(number).scaleb(-places):,f}"
    spanish = text.translate(str.maketrans(",.", ".,"))

    for written in (text, spanish) if "," in spanish else (text,):  # a point marks decimals
        try:
            found = read_number(written)
        except InvalidValue:
            continue
        assert found == Fraction(number, 10**places)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        number, rest = split_number(text)
    except BajioError:
        return
    assert number is None or isinstance(number, Fraction)
    assert text.strip().endswith(rest)
