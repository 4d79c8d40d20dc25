"""Printed numbers, in all forms of each language: what is read holds what was printed."""

from fractions import Fraction

import pytest
from attrs import evolve
from babel.numbers import format_decimal
from drawn import examples
from hypothesis import given, strategies as st

from bajio.claims.conventions import Convention
from bajio.claims.mentions import mentions_in
from bajio.claims.numerals import read_printed
from bajio.claims.printed import PrintedKind
from bajio.claims.vocabulary import vocabulary
from bajio.errors import InvalidValue

LOCALES = {"en": "en", "es": "es-MX"}
SCALES = {
    "en": {"": 1, " thousand": 10**3, " million": 10**6, " billion": 10**9},
    "es": {"": 1, " mil": 10**3, " millones": 10**6, " mil millones": 10**9},
}
TAILS = {
    "en": {"": "number", " %": "percent", " percent": "percent", " percentage points": "points"},
    "es": {"": "number", " %": "percent", " por ciento": "percent", " puntos": "points"},
}
AROUND = {"en": "They said: {}, or so it is told.", "es": "Dijeron: {}, según se cuenta."}
PERCENT = Fraction(1, 100)


def phrases_of(language, table):
    tables = vocabulary(language)
    for name in table.split("."):
        tables = tables[name]
    return [(phrase, hedge) for hedge, phrases in tables.items() for phrase in phrases]


HEDGES = [(language, *one) for language in LOCALES for one in phrases_of(language, "hedges")]
AFTER = [(language, *one) for language in LOCALES for one in phrases_of(language, "hedges_after")]
CHANGES = [
    (language, phrase, sign)
    for language in LOCALES
    for way, sign in (("up", 1), ("down", -1))
    for phrase in vocabulary(language)["changes"][way]
]


@st.composite
def printed_numbers(draw, language):
    """A number, how it is printed when rounded, and what it counts."""
    places, scale = draw(st.integers(0, 2)), draw(st.sampled_from(list(SCALES[language])))
    tail = draw(st.sampled_from(list(TAILS[language]))) if scale == "" else ""
    exact = draw(st.integers(1, 10**8)) / Fraction(10**5)
    step = Fraction(1, 10**places)
    rounded = int(exact / step + Fraction(1, 2)) * step
    shown = format_decimal(
        float(rounded),
        f"#,##0.{'0' * places}".rstrip("."),
        locale=LOCALES[language].replace("-", "_"),
    )
    kind = PrintedKind(TAILS[language][tail])
    part = PERCENT if kind in {PrintedKind.PERCENT, PrintedKind.POINTS} else 1
    return exact * SCALES[language][scale] * part, f"{shown}{scale}{tail}", kind


def held(text, language, value, kind, hedge):
    """Whether a text is read; what is read has to hold the number, in a sentence too."""
    convention = Convention(LOCALES[language])
    try:
        read = read_printed(text, convention)
    except InvalidValue:
        return False
    assert value in read.digits, text
    assert (read.kind, read.hedge.value) == (kind, hedge), text
    for one in mentions_in(AROUND[language].format(text), convention):
        if one.printed is not None:
            assert evolve(one.printed, texts=read.texts) == read, text
    return True


@pytest.mark.parametrize(("language", "phrase", "hedge"), HEDGES)
def test_a_number_behind_each_hedge_is_read_again(language, phrase, hedge):
    for text, value, kind in (
        ("12.4", Fraction("12.4"), PrintedKind.NUMBER),
        ("5 %", Fraction(5, 100), PrintedKind.PERCENT),
    ):
        assert held(f"{phrase} {text}", language, value, kind, hedge)


@pytest.mark.parametrize(("language", "phrase", "hedge"), AFTER)
def test_a_number_before_each_hedge_is_read_again(language, phrase, hedge):
    assert held(f"12.4 {phrase}", language, Fraction("12.4"), PrintedKind.NUMBER, hedge)


@pytest.mark.parametrize(("language", "phrase", "sign"), CHANGES)
def test_a_change_in_each_of_its_words_is_read_again(language, phrase, sign):
    assert held(f"{phrase} 5 %", language, sign * PERCENT * 5, PrintedKind.PERCENT, "equals")
    assert read_printed(f"{phrase} 5 %", Convention(LOCALES[language])).changed


@pytest.mark.parametrize("language", LOCALES)
@given(st.data())
@examples(60)
def test_what_is_read_holds_the_number_that_was_printed(language, data):
    value, text, kind = data.draw(printed_numbers(language))
    hedge, sign = "equals", 1
    if data.draw(st.booleans()):
        _, phrase, hedge = data.draw(st.sampled_from([one for one in HEDGES if one[0] == language]))
        text = f"{phrase} {text}"
    if data.draw(st.booleans()):
        _, phrase, sign = data.draw(st.sampled_from([one for one in CHANGES if one[0] == language]))
        text = f"{phrase} {text}"

    held(text, language, sign * value, kind, hedge)


@pytest.mark.parametrize("language", LOCALES)
@given(st.data())
@examples(30)
def test_ranges_hold_both_numbers_that_were_printed(language, data):
    (lower, first, kind), (upper, second, other) = sorted(
        data.draw(st.tuples(printed_numbers(language), printed_numbers(language)))
    )
    before, amid = vocabulary(language)["between"][0]
    try:
        read = read_printed(f"{before}{first}{amid}{second}", Convention(LOCALES[language]))
    except InvalidValue:
        return
    if kind is other:
        assert upper in read.digits
        if " " in first or " " not in second:  # else the first is in the scale of the second
            assert lower in read.digits


@pytest.mark.parametrize("language", LOCALES)
@given(st.data())
@examples(30)
def test_rounding_what_is_true_never_makes_it_false(language, data):
    value = data.draw(st.integers(1, 10**9))
    for scale, factor in SCALES[language].items():
        for places in (0, 1, 2):
            step = Fraction(factor, 10**places)
            rounded = int(value / step + Fraction(1, 2)) * step / factor
            shown = f"{float(rounded):,.{places}f}{scale}"
            read = read_printed(shown, Convention(LOCALES[language]))

            assert value in read.strict(), shown
            assert value in read.lenient(), shown
