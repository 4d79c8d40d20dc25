"""Printed numbers: what they stand for, in English and Spanish, and what is refused."""

from decimal import ROUND_FLOOR, Context, localcontext
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given, strategies as st
from printing import write_printed

from bajio.claims.conventions import Convention
from bajio.claims.intervals import Interval
from bajio.claims.numerals import read_printed
from bajio.claims.printed import Digits, Printed, PrintedKind
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import InvalidValue

MILLION, BILLION = 10**6, 10**9


def ends(text, locale="en", scale=None):
    digits = read_printed(text, Convention(locale, scale)).digits
    return digits.low, digits.high


@pytest.mark.parametrize(
    ("text", "locale", "low", "high"),
    [
        ("12.4 million", "en", Fraction("12.35") * MILLION, Fraction("12.45") * MILLION),
        ("12.4 millones", "es-MX", Fraction("12.35") * MILLION, Fraction("12.45") * MILLION),
        ("12,4 millones", "es-ES", Fraction("12.35") * MILLION, Fraction("12.45") * MILLION),
        ("89 billion", "en", Fraction("88.5") * BILLION, Fraction("89.5") * BILLION),
        ("89 thousand million", "en", Fraction("88.5") * BILLION, Fraction("89.5") * BILLION),
        ("89 mil millones", "es", Fraction("88.5") * BILLION, Fraction("89.5") * BILLION),
        ("109 mil", "es", 108_500, 109_500),
        ("1 millón", "es", 500_000, 1_500_000),
        ("1 millon", "es", 500_000, 1_500_000),
        ("almost 3.9", "en", Fraction("3.85"), Fraction("3.95")),
        ("casi 3.9", "es", Fraction("3.85"), Fraction("3.95")),
        ("2.5 %", "en", Fraction("0.0245"), Fraction("0.0255")),
        ("2.5%", "en", Fraction("0.0245"), Fraction("0.0255")),
        ("2.5 percent", "en", Fraction("0.0245"), Fraction("0.0255")),
        ("2.5 por ciento", "es", Fraction("0.0245"), Fraction("0.0255")),
        ("más de 17.6 %", "es", Fraction("0.1755"), Fraction("0.1765")),
        ("mas de 17.6 %", "es", Fraction("0.1755"), Fraction("0.1765")),
        ("1,234.5", "es", Fraction("1234.45"), Fraction("1234.55")),
        ("1,234.5", "en", Fraction("1234.45"), Fraction("1234.55")),
        ("1.234,5", "es-ES", Fraction("1234.45"), Fraction("1234.55")),
        ("1,234", "es-MX", Fraction("1233.5"), Fraction("1234.5")),
        ("1,234", "es-ES", Fraction("1.2335"), Fraction("1.2345")),
        ("-2.5 %", "en", Fraction("-0.0255"), Fraction("-0.0245")),
        ("2.50", "en", Fraction("2.495"), Fraction("2.505")),
        ("between 4 and 5 %", "en", Fraction("0.035"), Fraction("0.055")),
        ("entre 4 y 5 %", "es", Fraction("0.035"), Fraction("0.055")),
        ("de 4 a 5 %", "es", Fraction("0.035"), Fraction("0.055")),
        ("4–5 %", "en", Fraction("0.035"), Fraction("0.055")),
        ("2 to 3 million", "en", 1_500_000, 3_500_000),
        ("doubles", "en", Fraction("1.75"), Fraction("2.25")),
        ("el doble", "es", Fraction("1.75"), Fraction("2.25")),
        ("se duplicó", "es", Fraction("1.75"), Fraction("2.25")),
        ("tripled", "en", Fraction("2.75"), Fraction("3.25")),
        ("half", "en", Fraction(2, 5), Fraction(2, 3)),
        ("la mitad", "es", Fraction(2, 5), Fraction(2, 3)),
        ("a third", "en", Fraction(2, 7), Fraction(2, 5)),
        ("two thirds", "en", Fraction(4, 7), Fraction(4, 5)),
        ("one in ten", "en", Fraction(2, 21), Fraction(2, 19)),
        ("1 in 10", "en", Fraction(2, 21), Fraction(2, 19)),
        ("uno de cada diez", "es", Fraction(2, 21), Fraction(2, 19)),
        ("2 de cada 5", "es", Fraction(4, 11), Fraction(4, 9)),
        ("más del 17.6 %", "es-MX", Fraction("0.1755"), Fraction("0.1765")),
        ("casi el doble", "es", Fraction("1.75"), Fraction("2.25")),
        ("2.59x", "en", Fraction("2.585"), Fraction("2.595")),
        ("between -3 and -5 %", "en", Fraction("-0.055"), Fraction("-0.025")),
        ("an average of 4.45 %", "en", Fraction("0.04445"), Fraction("0.04455")),
        ("4.45 % en promedio", "es", Fraction("0.04445"), Fraction("0.04455")),
        ("2.5 percentage points", "en", Fraction("0.0245"), Fraction("0.0255")),
        ("1 point", "en", Fraction("0.005"), Fraction("0.015")),
        ("-1 punto", "es", Fraction("-0.015"), Fraction("-0.005")),
        ("2.5 puntos porcentuales", "es", Fraction("0.0245"), Fraction("0.0255")),
        ("3 times", "en", Fraction("2.5"), Fraction("3.5")),
    ],
)
def test_digits_stand_for_an_interval(text, locale, low, high):
    assert ends(text, locale) == (low, high)


#: What each word stands for.
WORDS = {
    ("en", "2"): "double doubles doubled twice twofold two_times",
    ("en", "3"): "triple triples tripled threefold three_times",
    ("en", "4"): "quadruple quadruples quadrupled fourfold four_times",
    ("en", "5"): "five_times fivefold quintupled",
    ("en", "6"): "six_times sixfold",
    ("en", "7"): "seven_times sevenfold",
    ("en", "8"): "eight_times eightfold",
    ("en", "9"): "nine_times ninefold",
    ("en", "10"): "ten_times tenfold",
    ("es", "2"): "el_doble doble duplica duplicó se_duplicó dos_veces",
    ("es", "3"): "el_triple triple triplica triplicó se_triplicó tres_veces",
    ("es", "4"): "el_cuádruple cuádruple cuadruplica se_cuadruplicó cuatro_veces",
    ("es", "5"): "cinco_veces el_quíntuple quintuplica se_quintuplicó",
    ("es", "6"): "seis_veces",
    ("es", "7"): "siete_veces",
    ("es", "8"): "ocho_veces",
    ("es", "9"): "nueve_veces",
    ("es", "10"): "diez_veces",
    ("en", "1/2"): "half one_half a_half halved one_in_two one_out_of_two",
    ("en", "1/3"): "a_third one_third one_in_three",
    ("en", "2/3"): "two_thirds two_in_three two_out_of_every_three",
    ("en", "1/4"): "a_quarter one_quarter a_fourth one_fourth one_of_every_four",
    ("en", "3/4"): "three_quarters three_fourths three_in_every_four",
    ("en", "1/5"): "a_fifth one_fifth one_in_five",
    ("en", "1/10"): "a_tenth one_tenth one_in_ten",
    ("en", "5/6"): "five_in_six",
    ("en", "7/8"): "seven_in_eight",
    ("en", "1/9"): "one_in_nine",
    ("es", "1/2"): "la_mitad mitad uno_de_cada_dos",
    ("es", "1/3"): "un_tercio tercio la_tercera_parte una_tercera_parte una_de_cada_tres",
    ("es", "2/3"): "dos_tercios dos_terceras_partes las_dos_terceras_partes dos_de_cada_tres",
    ("es", "1/4"): "un_cuarto la_cuarta_parte una_cuarta_parte uno_de_cada_cuatro",
    ("es", "3/4"): "tres_cuartos tres_cuartas_partes las_tres_cuartas_partes tres_de_cada_cuatro",
    ("es", "1/5"): "un_quinto la_quinta_parte una_quinta_parte uno_de_cada_cinco",
    ("es", "1/10"): "un_décimo la_décima_parte una_décima_parte un_de_cada_diez",
    ("es", "5/6"): "cinco_de_cada_seis",
    ("es", "7/8"): "siete_de_cada_ocho",
    ("es", "1/9"): "uno_de_cada_nueve",
}


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        (language, number, word.replace("_", " "))
        for (language, number), words in WORDS.items()
        for word in words.split()
    ],
)
def test_numbers_in_words(language, number, text):
    assert read_printed(text, Convention(language)).first.value == Fraction(number)


def test_the_scale_of_billions_is_said_and_never_guessed():
    assert ends("2 billion", "en")[0] == Fraction("1.5") * BILLION
    assert ends("2 billion", "en", "long")[0] == Fraction("1.5") * 10**12
    assert ends("2 billones", "es", "long")[0] == Fraction("1.5") * 10**12
    assert ends("2 billones", "es", "short")[0] == Fraction("1.5") * BILLION
    with pytest.raises(InvalidValue, match="declare the scale"):
        ends("2 billones", "es")


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("over 12", "over"),
        ("more than 12", "over"),
        ("a little over 12", "a-little-over"),
        ("at least 12", "at-least"),
        ("fewer than 12", "under"),
        ("almost 12", "almost"),
        ("at most 12", "at-most"),
        ("roughly 12", "about"),
        ("12", "equals"),
        ("exactly 12", "equals"),
        ("between 12 and 13", "between"),
    ],
)
def test_words_say_the_relation(text, hedge):
    assert read_printed(text, Convention("en")).hedge.value == hedge


@pytest.mark.parametrize(
    ("hedge", "strict", "lenient"),
    [
        ("equals", (Fraction("88.5"), Fraction("89.5")), (Fraction("88.5"), Fraction("89.5"))),
        ("over", (89, inf), (Fraction("88.5"), inf)),
        ("at-least", (89, inf), (Fraction("88.5"), inf)),
        ("under", (-inf, 89), (-inf, Fraction("89.5"))),
        ("at-most", (-inf, 89), (-inf, Fraction("89.5"))),
        ("almost", (Fraction("84.55"), 89), (Fraction("84.55"), Fraction("89.5"))),
        ("a-little-over", (89, Fraction("93.45")), (Fraction("88.5"), Fraction("93.45"))),
        ("about", (Fraction("84.55"), Fraction("93.45")), (Fraction("84.05"), Fraction("93.95"))),
    ],
)
def test_readings_are_those_of_the_design(hedge, strict, lenient):
    printed = Printed("89", Digits(89, 1), hedge=hedge)

    assert (printed.strict().low, printed.strict().high) == strict
    assert (printed.lenient().low, printed.lenient().high) == lenient


@pytest.mark.parametrize(
    ("hedge", "strict", "lenient"),
    [
        ("equals", (Fraction("-7.55"), Fraction("-7.45")), (Fraction("-7.55"), Fraction("-7.45"))),
        ("over", (-inf, Fraction("-7.5")), (-inf, Fraction("-7.45"))),
        ("at-least", (-inf, Fraction("-7.5")), (-inf, Fraction("-7.45"))),
        ("under", (Fraction("-7.5"), inf), (Fraction("-7.55"), inf)),
        ("at-most", (Fraction("-7.5"), inf), (Fraction("-7.55"), inf)),
        (
            "almost",
            (Fraction("-7.5"), Fraction("-7.125")),
            (Fraction("-7.55"), Fraction("-7.125")),
        ),
        (
            "a-little-over",
            (Fraction("-7.875"), Fraction("-7.5")),
            (Fraction("-7.875"), Fraction("-7.45")),
        ),
        (
            "about",
            (Fraction("-7.875"), Fraction("-7.125")),
            (Fraction("-7.925"), Fraction("-7.075")),
        ),
    ],
)
def test_words_are_about_the_size_of_a_negative_number(hedge, strict, lenient):
    printed = Printed("-7.5", Digits(Fraction("-7.5"), Fraction("0.1")), hedge=hedge)

    assert (printed.strict().low, printed.strict().high) == strict
    assert (printed.lenient().low, printed.lenient().high) == lenient


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("almost double", ["1.9", "1.9975"], ["2", "2.4396", "1.89"]),
        ("casi el doble", ["1.9975"], ["2.4396"]),
        ("more than double", ["2.01", "2.59"], ["2", "1.9"]),
        ("más del doble", ["2.01"], ["2"]),
        ("doubled", ["1.75", "2", "2.25"], ["1.74", "2.26", "2.59"]),
        ("a little over half", ["0.52"], ["0.5", "0.53", "0.48"]),
        ("less than a third", ["0.33", "0.1"], ["0.34"]),
        ("at least one in five", ["0.2", "0.3"], ["0.19"]),
        ("almost -7.5 %", ["-0.07445"], ["-0.075", "-0.071"]),
        ("just under -7.5 %", ["-0.07445"], ["-0.0755"]),
        ("up to -7.5 %", ["-0.075", "-0.01"], ["-0.076"]),
        ("more than -7.5 %", ["-0.08"], ["-0.075", "-0.07"]),
        ("a little over -7.5 %", ["-0.076"], ["-0.074", "-0.079"]),
        ("at least -7.5 %", ["-0.075", "-0.09"], ["-0.07"]),
        ("about -7.5 %", ["-0.072", "-0.078"], ["-0.071", "-0.079"]),
        ("between -5 and -3 %", ["-0.05", "-0.04", "-0.03"], ["-0.051", "-0.029"]),
    ],
)
def test_a_number_is_what_its_words_say(text, holds, fails):
    language = "es" if text.startswith(("casi", "más")) else "en"
    reading = read_printed(text, Convention(language)).strict()

    assert all(Fraction(number) in reading for number in holds)
    assert not any(Fraction(number) in reading for number in fails)


def test_the_letter_leaves_out_what_over_and_under_leave_out():
    closed = {"at-least", "at-most", "about"}
    for hedge in OF_A_NUMBER - {Relation.BETWEEN, Relation.EQUALS}:
        printed = Printed("89", Digits(89, 1), hedge=hedge)
        assert (89 in printed.strict()) is (hedge.value in closed)
        assert 89 in printed.lenient()


@pytest.mark.parametrize(
    ("text", "locale", "told"),
    [
        ("1,234", "es", "'1,234' is 1234 in es-MX and 1.234 in es-ES: declare the locale"),
        ("1.234", "es", "is 1.234 in es-MX and 1234 in es-ES"),
        ("1.234,5", "es", "declare the locale es-ES"),
        ("12,34", "en", "'12,34' is no number in en"),
        ("1,2,3", "es-MX", "is no number in es-MX"),
        ("89 billion parrots", "en", "say units by the key 'unit'"),
        ("eightty-ish", "en", "is no number that is understood"),
        ("", "en", "is no number that is understood"),
        ("over", "en", "is no number that is understood"),
        ("NaN", "en", "is no number that is understood"),
        ("inf", "en", "is no number that is understood"),
        ("1e999999999", "en", "is not understood"),
        ("٣٤", "en", "is no number"),
        ("between 5 and 4 %", "en", "the lower number comes first"),
        ("9" * 10**6, "en", "too long for a printed number"),
        ("9" * 40, "en", "more than 30 digits"),
    ],
)
def test_what_is_not_understood_is_refused(text, locale, told):
    with pytest.raises(InvalidValue) as caught:
        read_printed(text, Convention(locale))

    assert told in str(caught.value)


def test_a_locale_of_another_language_is_refused():
    with pytest.raises(InvalidValue, match="English and Spanish"):
        Convention("fr")
    with pytest.raises(InvalidValue, match="unknown locale"):
        Convention("en-!!")
    with pytest.raises(InvalidValue, match="short or long"):
        Convention("en", "tall")


KINDS = st.sampled_from(
    [PrintedKind.NUMBER, PrintedKind.PERCENT, PrintedKind.POINTS, PrintedKind.TIMES]
)


@st.composite
def printed_numbers(draw):
    """Numbers of up to nine digits with up to four decimals and a scale, in words of any kind."""
    kind = draw(KINDS)
    places = draw(st.integers(0, 4))
    power = draw(st.sampled_from([0, 3, 6, 9])) if kind is PrintedKind.NUMBER else 0
    part = Fraction(1, 100) if kind in {PrintedKind.PERCENT, PrintedKind.POINTS} else 1
    quantum = Fraction(10**power, 10**places) * part
    number = draw(st.integers(-(10**9), 10**9))
    first = Digits(number * quantum, quantum)
    spoken = st.builds(Digits.multiple, st.integers(2, 10)) | st.builds(
        lambda whole, part: Digits.fraction(part % whole or 1, whole),
        st.integers(2, 99),
        st.integers(1, 99),
    )
    if draw(st.booleans()):
        first = draw(spoken) if kind is PrintedKind.TIMES and draw(st.booleans()) else first
        hedge = draw(st.sampled_from(sorted(OF_A_NUMBER - {Relation.BETWEEN})))
        return Printed("x", first, hedge=hedge, kind=kind, averaged=draw(st.booleans()))
    second = Digits((number + draw(st.integers(0, 10**6))) * quantum, quantum)
    return Printed("x", first, second, hedge="between", kind=kind)


@pytest.mark.parametrize(
    ("text", "locale", "written"),
    [
        ("12,345,678", "en", "12.345678 million"),
        ("1,000,000", "en", "1.000000 million"),
        ("999,999", "en", "999,999"),
        ("1,234,567,891", "en", "1.234567891 billion"),
        ("1,234,567,891,234", "en", "1,234.567891234 billion"),
        ("1.5 thousand", "en", "1.5 thousand"),
        ("500 thousand", "en", "500 thousand"),
        ("250 million", "en", "250 million"),
        ("1,234.5", "en", "1,234.5"),
        ("12.345.678", "es-ES", "12,345678 millones"),
        ("89 mil millones", "es-MX", "89 mil millones"),
        ("4.45 %", "es-MX", "4.45 %"),
    ],
)
def test_numbers_are_written_with_the_scale_that_shows_their_digits(text, locale, written):
    assert write_printed(read_printed(text, Convention(locale)), locale) == written


@given(printed_numbers(), st.sampled_from(["en", "en-GB", "es-MX", "es-ES", "es-AR"]))
def test_a_number_printed_and_read_again_is_the_same(printed, locale):
    text = write_printed(printed, locale)
    read = read_printed(text, Convention(locale))

    assert (read.first, read.second, read.hedge) == (printed.first, printed.second, printed.hedge)
    assert (read.kind, read.averaged) == (printed.kind, printed.averaged)
    assert read.digits == printed.digits
    assert read.strict() == printed.strict()


@given(printed_numbers())
def test_a_number_and_its_negative_mean_the_same_mirrored(printed):
    mirrored = printed.scaled(-1) if printed.second is None else printed

    if printed.second is None and printed.first.value:
        assert mirrored.strict() == -printed.strict()
        assert mirrored.lenient() == -printed.lenient()


@given(printed_numbers())
def test_what_holds_to_the_letter_holds_leniently(printed):
    assert printed.strict() in printed.lenient()


@given(printed_numbers(), st.sampled_from(["en", "es-MX", "es-ES"]))
def test_no_surroundings_change_a_printed_number(printed, locale):
    with localcontext(Context(prec=3, rounding=ROUND_FLOOR)):
        text = write_printed(printed, locale)
        read = read_printed(text, Convention(locale))

    assert text == write_printed(printed, locale)
    assert read == read_printed(text, Convention(locale))


@given(st.text(max_size=60), st.sampled_from(["en", "es", "es-MX", "es-ES"]))
def test_any_text_is_read_or_refused(text, locale):
    try:
        found = read_printed(text, Convention(locale))
    except InvalidValue:
        return
    assert not found.digits.is_empty


# intervals

NUMBERS = st.fractions(-100, 100, max_denominator=12)


@st.composite
def intervals(draw):
    low, high = sorted(draw(st.tuples(NUMBERS, NUMBERS)))
    if low == high:
        return Interval(low, high)
    bounds = [low if draw(st.booleans()) else -inf, high if draw(st.booleans()) else inf]
    return Interval(*bounds, draw(st.booleans()), draw(st.booleans()))


@st.composite
def with_member(draw):
    interval = draw(intervals())
    low = max(interval.low, -200)
    high = min(interval.high, 200)
    weight = draw(st.fractions(0, 1, max_denominator=8))
    number = Fraction(low) + (Fraction(high) - Fraction(low)) * weight
    return interval, number


@given(with_member(), with_member())
def test_arithmetic_on_intervals_holds_that_on_their_numbers(first, second):
    (one, a), (other, b) = first, second
    if a not in one or b not in other:
        return

    assert a + b in one + other
    assert a - b in one - other
    assert a * b in one * other
    if b:
        assert a / b in one / other
    assert (a in other) is (a in (one & other))
    assert a in one.hull(other)


def test_intervals_of_whole_ends_are_divided_exactly():
    third = Interval.point(1) / Interval(3, 4)

    assert (third.low, third.high) == (Fraction(1, 4), Fraction(1, 3))
    assert {type(end) for end in (third.low, third.high)} == {Fraction}
    assert (Interval(5, inf).low, Interval(-inf, 5).high) == (5, 5)
    assert Interval(2, 3) * Interval(-1, 5) == Interval(-3, 15)


@given(intervals(), intervals(), intervals())
def test_containment_is_an_order(first, second, third):
    if first in second and second in third:
        assert first in third
    assert (first & second) in first
    assert first in first.hull(second)
