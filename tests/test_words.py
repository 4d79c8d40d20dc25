"""Phrase books: each language says all that another one says, of the same parts."""

import json
import string
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio import Indicator, Sum
from bajio.report.answer_words import figure
from bajio.units import ONE, Unit
from bajio.words import phrasebook as books
from bajio.words.enumerations import neighbours_text
from bajio.words.magnitudes import four_digits, magnitude, percent, places
from bajio.words.phrasebook import languages, phrasebook
from bajio.words.quantities import Counted, amount, end_text, unit_name
from bajio.words.sentences import Decimals, Quantified, Sentence

FILES = sorted((Path(books.__file__).parent / "languages").glob("*.json"))


def parts_of(phrase):
    texts = [phrase] if isinstance(phrase, str) else phrase
    return [{name for _, name, *_ in string.Formatter().parse(text) if name} for text in texts]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_has_all_phrases_with_all_their_parts(file):
    english = json.loads(FILES[[one.stem for one in FILES].index("en")].read_text("utf-8"))
    own = json.loads(file.read_text("utf-8"))
    assert own.keys() == english.keys()
    for table in ("units", "counted", "statuses", "conjunctions", "phrases"):
        assert own[table].keys() == english[table].keys(), table
    for key, phrase in english["phrases"].items():
        assert parts_of(own["phrases"][key]) == parts_of(phrase), key
    for key in ("units", "counted"):
        assert all(len(names) == 2 for names in own[key].values())
    powers = [power for power, *_ in own["magnitudes"]]
    assert powers == sorted(powers, reverse=True)
    assert phrasebook(file.stem).code in languages()


def test_what_the_two_books_disagreed_about_is_said_alike():
    homes = Indicator("homes", Sum("homes"), "household", "Homes")
    assert figure(12, homes) == Quantified(12, homes.unit).text("en") == "12 households"
    assert amount(12, homes.unit, "es") == "12 hogares"
    assert four_digits(Fraction("0.0015")) == "0.0015"
    assert percent(Fraction(-1, 10**6)) == "0.00 %"
    assert amount(1, Unit.parse("person"), "es") == "1 persona"


def test_spanish_never_says_billones_for_a_thousand_millions():
    assert magnitude(10**9, "es") == "1.000 mil millones"
    assert magnitude(10**12, "es") == "1,000 mil millones"
    assert end_text(Fraction(10**6), Unit.parse("person"), "es") == "1 millón de personas"
    assert unit_name(Unit.parse("1/km²"), "es") == "por km²"
    assert amount(5 * 10**6, Unit.parse("1/km²"), "es") == "5.000 millones por km²"


def test_an_unknown_language_is_refused():
    with pytest.raises(bajio.BajioError, match="there are en, es"):
        phrasebook("../en")


@given(st.fractions() | st.integers(), st.sampled_from([*Counted, ONE, Unit.parse("USD/person")]))
def test_an_amount_is_written_with_the_sign_that_it_has(number, scale):
    for language in languages():
        text = amount(number, scale, language)
        assert text.startswith("-") <= (number < 0)
        assert amount(-number, scale, language).lstrip("-") == text.lstrip("-")


@given(st.fractions() | st.integers(), st.integers(0, 6))
def test_places_are_those_of_a_fraction_rounded_half_to_even(number, count):
    rounded = round(Fraction(number) * 10**count)
    text = places(number, count).replace(",", "")
    assert Fraction(text) * 10**count == rounded
    assert text.startswith("-") is (rounded < 0)


@given(st.fractions(min_value=Fraction(1, 1000), max_value=10**15))
def test_four_digits_are_within_half_of_the_last_of_them(number):
    written = Fraction(four_digits(number).replace(",", ""))
    last = Fraction(10) ** (len(str(int(number))) - 4) if number >= 1 else number / 1000
    assert abs(written - number) <= max(min(last, 1), Fraction(1, 10**7)) / 2 or written == number


@given(st.integers(0, 10**16))
def test_a_magnitude_has_from_one_to_a_thousand_of_its_power(number):
    text = magnitude(number)
    digits, _, name = text.partition(" ")
    if name:
        assert 1 <= Fraction(digits.replace(",", "")) < 1000 or name == "trillion"
        powers = {several: power for power, several, _ in phrasebook("en").magnitudes}
        told = Fraction(digits.replace(",", "")) * 10 ** powers[name]
        assert abs(told - number) <= Fraction(number, 1000)
    else:
        assert text == f"{number:,}"


def test_who_stands_on_one_side_alone_is_named():
    assert neighbours_text((), ["Kuwait"], ()) == ", after Kuwait"
    assert neighbours_text(["Chad"], ["Kuwait"], ()) == ", tied with Chad, after Kuwait"
    assert neighbours_text((), (), ["Peru"]) == ", before Peru"
    assert neighbours_text((), (), ()) == ""


def test_what_sentences_are_made_of_shows_itself_in_words():
    assert Decimals(Fraction(12345, 10), 1).text("en") == "1,234.5"
    shows = Sentence("rank.after", (("names", "Kuwait"),))
    assert str(shows) == ", after Kuwait"
    assert repr(shows) == "Sentence('rank.after', ', after Kuwait')"
