"""Printed numbers in running text: each is found where it stands, and none is read as another."""

from time import perf_counter

import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from printing import forms_of
from test_printed_forms import LOCALES, forms

from bajio.claims.conventions import Convention
from bajio.claims.mentions import MentionKind, mentions_in
from bajio.claims.numerals import read_printed
from bajio.errors import InvalidValue

AROUND = {
    "en": ("The alliance, they said, has ", ". It was told on Tuesday."),
    "es": ("Según dijeron, tiene ", ". Lo dijeron el martes."),
}
PIECES = [
    "12", "5 %", "mil", "millones", "million", "a", "de", "y", "and", "entre", "between", ",", ".",
    "cada", "uno", "one in", "half", "un tercio", "más", "veces", "times", "more", "(", "442-12-34",
    "por cada", "creció", "grew", "2018", "−3", "US$", "personas", "people", "the", "la", "cuarta",
    "4th", "no", "casi", "up to", "o más", "medio", "$5", "12.4M", "1,2", "x", "\n\n", "ñandú",
]  # fmt: skip


def kinds(text, language):
    return [(one.text, one.kind.value) for one in mentions_in(text, Convention(LOCALES[language]))]


@pytest.mark.parametrize("language", LOCALES)
def test_each_printed_form_is_found_in_a_sentence_or_refused(language):
    before, after = AROUND[language]
    found = 0
    known = [text for text, _ in forms(language)]
    for text in known:
        mentions = list(mentions_in(before + text + after, Convention(LOCALES[language])))
        try:
            printed = read_printed(text, Convention(LOCALES[language]))
        except InvalidValue:
            continue
        read = [one for one in mentions if one.printed]
        if read:
            assert [evolve(one.printed, texts=printed.texts) for one in read] == [printed], text
            assert read[0].end == len(before + text), text
            found += 1
        else:
            assert mentions, text
    assert found / len(known) >= 0.95


@given(
    st.integers(1, 999_999_999), st.sampled_from(sorted(LOCALES)), st.sampled_from(["person", None])
)
def test_a_number_in_all_its_forms_is_found_in_a_sentence(number, language, unit):
    before, after = AROUND[language]
    for form in forms_of(number, LOCALES[language], unit):
        found = list(mentions_in(before + form + after, Convention(LOCALES[language])))

        assert len(found) == 1, form
        assert found[0].text == form
        assert found[0].printed is None or number in found[0].printed.digits


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(sorted(LOCALES)))
def test_mentions_are_what_the_claim_reader_reads_and_pass_over_no_digit(pieces, language):
    text, convention = " ".join(pieces), Convention(LOCALES[language])
    last, covered = 0, set()
    for one in mentions_in(text, convention):
        assert last <= one.start < one.end
        assert text[one.start : one.end] == one.text
        if one.printed is not None:
            assert read_printed(one.text, convention) == one.printed
        assert (one.kind in {MentionKind.UNREAD, MentionKind.PERIOD}) or not one.problem
        last = one.end
        covered.update(range(one.start, one.end))

    assert {at for at, mark in enumerate(text) if mark.isdecimal()} <= covered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pasó de 4 a 5 %.", [("de 4 a 5 %", "unread")]),
        ("creció 5 % a 12 millones", [("creció 5 %", "change"), ("12 millones", "level")]),
        ("Es 3 veces más grande que ayer", [("3 veces más grande", "unread")]),
        ("Había 12 500 personas", [("12 500", "unread")]),
        ("Subió 5 décimas.", [("Subió 5 décimas", "unread")]),
        (
            "creció 5 % hasta 12 millones",
            [("creció 5 %", "change"), ("hasta 12 millones", "unread")],
        ),
        ("No creció 5 %.", [("creció 5 %", "unread")]),
        ("más de unos 12 millones", [("unos 12 millones", "unread")]),
        ("entre 4 % y 5 millones", [("4 %", "unread"), ("5 millones", "level")]),
        (
            "12 homicidios por cada 100 mil habitantes",
            [("12 homicidios por cada 100 mil habitantes", "unread")],
        ),
        (
            "la mayor parte de uno de los estados",
            [("la mayor parte", "idiom"), ("uno de los", "idiom")],
        ),
        ("cientos de personas", [("cientos", "vague")]),
        ("creció en 2018", [("en 2018", "period")]),
        (
            "es la cuarta, o la cuarta economía",
            [("la cuarta", "ordinal"), ("la cuarta economía", "rank")],
        ),
        ("cayó a la mitad; la mitad", [("cayó a la mitad", "multiple"), ("la mitad", "fraction")]),
        ("los primeros cinco meses", [("los primeros cinco meses", "unread")]),
        ("dos a tres millones", [("dos a tres millones", "range")]),
        ("del 10 al 12 de mayo", [("del 10 al 12 de mayo", "period")]),
        ("10–12 de mayo", [("10–12 de mayo", "period")]),
        ("4, 5 y 6 %", [("4, 5 y 6 %", "unread")]),
        ("creció 5 % anual", [("creció 5 % anual", "unread")]),
        ("uno de los cinco más grandes", [("uno de los cinco más grandes", "rank")]),
        ("12 345 678 habitantes", [("12 345 678 habitantes", "level")]),
        ("10 % del PIB nacional", [("10 % del PIB nacional", "percent")]),
        ("el 10 % más rico", [("el 10 % más", "unread")]),
        ("10 % más pobres", [("10 % más pobres", "unread")]),
        ("los 10 más ricos", [("10 más", "unread")]),
        ("10 % más que en 2018", [("10 % más", "change"), ("en 2018", "period")]),
        ("2 millones más.", [("2 millones más", "change")]),
        ("bajo cero; bajo 5 %", [("bajo cero", "unread"), ("bajo 5 %", "unread")]),
        ("bajó 5 %, km², ½", [("bajó 5 %", "change"), ("½", "unread")]),
        ("3 de los 5 millones", [("3 de los 5 millones", "unread")]),
        ("12 de los 46 municipios", [("12", "level"), ("46", "level")]),
        ("el tel. +52 442 123 4567", [("+52 442 123 4567", "unread")]),
        ("un alza de +3.2 %", [("un alza de +3.2 %", "change")]),
        ("12+ personas, 3+4", [("12+", "unread"), ("3+4", "unread")]),
        ("el tel. 442-123-4567", [("442-123-4567", "unread")]),
    ],
)
def test_what_stands_around_a_number_decides_on_it(text, expected):
    assert kinds(text, "es") == expected


def test_texts_are_read_in_time_that_grows_with_their_length():
    for piece in ("9", "mil ", "12, ", "4 a 5, ", "entre 4 y ", "-", "uno de cada ", "("):
        start = perf_counter()
        total = sum(1 for _ in mentions_in((piece * 10**5)[: 2 * 10**4], Convention("es-MX")))
        assert perf_counter() - start < 5
        assert total <= 10**4
