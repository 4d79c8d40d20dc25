"""Printed forms as people write them: none is read as another number, and most are read."""

from fractions import Fraction
from pathlib import Path
from sys import stdout
from time import perf_counter

import pytest
from hypothesis import given, strategies as st
from printing import forms_of

from bajio import audit
from bajio.claims.claim_data import from_data, to_data
from bajio.claims.claim_set import ClaimSet
from bajio.claims.conventions import Convention
from bajio.claims.numerals import read_printed
from bajio.claims.printed import PrintedKind
from bajio.claims.relations import OF_A_NUMBER, About
from bajio.errors import BajioError, InvalidClaim, InvalidValue
from bajio.readers.claim_files import parse_claims

FORMS = Path(__file__).parent / "printed_forms"
LOCALES = {"en": "en", "es": "es-MX"}
#: How much of the forms is read, at least; what is read has to be right.
FLOOR = {"en": 0.98, "es": 0.98}
SCALES = {"k": 10**3, "M": 10**6, "G": 10**9}
KINDS = {"%": "percent", "points": "points", "times": "times", "rank": "rank"}
FORM_HEADINGS = {"en": "| Form | From |", "es": "| Forma | Desde |"}
HEDGES = {hedge.value for hedge in OF_A_NUMBER}


def end(text):
    scale = SCALES.get(text[-1], 1)
    return Fraction(text.rstrip("kMG")) * scale


def forms(language):
    """Printed forms with what they stand for: ends, kind, hedge and unit."""
    for line in (FORMS / f"{language}.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, _, meaning = line.partition(" = ")
        low, high, *words = meaning.split()
        kind = next((KINDS[word] for word in words if word in KINDS), "number")
        hedge = next((word for word in words if word in HEDGES), "equals")
        unit = next((word for word in words if word not in {*KINDS, *HEDGES}), None)
        part = Fraction(1, 100) if kind in {"percent", "points"} else 1
        yield text, (end(low) * part, end(high) * part, kind, hedge, unit)


def meaning_of(text, language):
    try:
        read = read_printed(text, Convention(LOCALES[language]))
    except InvalidValue:
        return None
    digits = read.digits
    return digits.low, digits.high, read.kind.value, read.hedge.value, read.unit


@pytest.mark.parametrize("language", LOCALES)
def test_no_printed_form_is_read_as_another_number(language):
    known = dict(forms(language))
    read = {text: meaning_of(text, language) for text in known}
    understood = {text: meaning for text, meaning in read.items() if meaning is not None}

    assert {
        text: (read[text], known[text]) for text in understood if read[text] != known[text]
    } == {}
    recall = len(understood) / len(known)
    stdout.write(f"{language}: {len(known)} forms, {recall:.1%} read, none wrong\n")
    assert len(known) >= 150
    assert recall >= FLOOR[language], sorted(set(known) - set(understood))


@pytest.mark.parametrize(
    ("text", "locale", "told"),
    [
        ("3 veces más", "es-MX", ("3 times as much", "4 times as much")),
        ("tres veces más", "es-MX", ("3 times as much", "4 times as much")),
        ("3 times more", "en", ("3 times as much", "4 times as much")),
        ("three times larger", "en", ("3 times as much", "4 times as much")),
        ("5 veces menos", "es-MX", ("1/5 as much", "taken away")),
        ("cuarto", "es-MX", ("a rank, 4", "a part, 1/4")),
        ("third", "en", ("a rank, 3", "a part, 1/3")),
        ("2 millones 500", "es-MX", ("2,000,500", "2,500,000")),
        ("2 million 500", "en", ("2,000,500", "2,500,000")),
        ("12 m", "es-MX", ("millones", "metros")),
        ("12m", "en", ("million", "metres")),
        ("12 MM", "es-MX", ("millones", "mil millones")),
        ("barely 3 %", "en", ("only", "just over")),
        ("creció hasta 5 %", "es-MX", ("the level", "the most")),
        ("rose up to 5 %", "en", ("the level", "the most")),
        ("un aumento de 4 a 5 %", "es-MX", ("a change of", "came to")),
        ("rose 2 million to 5 million", "en", ("a change of", "came to")),
        ("creció tres veces", "es-MX", ("times as much", "times more")),
        ("cayó -3 %", "es-MX", ("a fall", "negative")),
        ("2 billones", "es-MX", ("long scale", "short one")),
        ("1,234", "es", ("1234", "1.234")),
        ("el 10 % más", "es-MX", ("added", "those with the most")),
        ("12 more", "en", ("added", "those with the most")),
    ],
)
def test_what_two_readings_fit_is_refused_with_both(text, locale, told):
    with pytest.raises(InvalidValue) as caught:
        read_printed(text, Convention(locale))

    assert all(reading in str(caught.value) for reading in told), str(caught.value)


@pytest.mark.parametrize(
    ("text", "locale", "told"),
    [
        ("12 million parrots", "en", "'12 million' is read"),
        ("más de 12 millones de loros", "es-MX", "'más de 12 millones' is read"),
        ("docee millones", "es-MX", "did you mean 'doce'?"),
        ("cayó a 5 %", "es-MX", "the level that it came to: write '5 %'"),
        ("fell to 5 %", "en", "the level that it came to: write '5 %'"),
        ("creció de 10 a 12 millones", "es-MX", "says two levels"),
        ("aumentó de 4 a 5 %", "es-MX", "says two levels"),
        ("incrementó de 4 a 5 %", "es-MX", "says two levels"),
        ("fell to double", "en", "the level that it came to"),
        ("12 mil 5000", "es-MX", "holds two numbers"),
        ("1.5 mil 300", "es-MX", "holds two numbers"),
        ("12 500", "es-MX", "holds two numbers"),
        ("cien veinte", "es-MX", "holds two numbers"),
        ("un 10", "es-MX", "holds two numbers"),
        ("los cinco", "es-MX", "is no number"),
        ("a", "en", "is no number"),
        ("millones", "es-MX", "is no number"),
        ("2th", "en", "not understood"),
        ("entre 4 y 5 mil 500 millones", "es-MX", "write the scale of both"),
        ("entre 4 millones y 5", "es-MX", "write the scale of both"),
        ("entre 500 y 2 millones", "es-MX", "the lower number comes first"),
        ("--5", "en", "is no number"),
        ("media", "es-MX", "is no number"),
        ("US$5 pesos", "en", "contradict"),
        ("US$12 millones de pesos mexicanos", "es-MX", "contradict"),
        ("5 % habitantes", "es-MX", "is not understood"),
        ("tres dos", "es-MX", "holds two numbers"),
        ("mil mil", "es-MX", "not understood"),
        ("un millón de millones", "es-MX", "not understood"),
        ("uno punto dos millones", "es-MX", "not understood"),
    ],
)
def test_what_is_not_understood_is_told_with_what_is(text, locale, told):
    with pytest.raises(InvalidValue) as caught:
        read_printed(text, Convention(locale))

    assert told in str(caught.value)


@given(
    st.integers(1, 999_999_999),
    st.sampled_from(["en", "es-MX"]),
    st.sampled_from(["person", "km²", "MXN", "USD", None]),
)
def test_a_number_in_all_its_forms_is_read_again(number, locale, unit):
    for text in forms_of(number, locale, unit):
        read = read_printed(text, Convention(locale))

        assert number in read.digits, text
        assert (read.unit, read.kind) == (unit, PrintedKind.NUMBER), text


@pytest.mark.parametrize("locale", ["en", "es-MX"])
@pytest.mark.parametrize(
    "piece", ["9", "mil ", "y ", "entre 4 y ", "a million ", "-", "% ", "veces más "]
)
def test_long_texts_are_refused_at_once(piece, locale):
    start = perf_counter()
    for length in (119, 10**5):
        with pytest.raises(InvalidValue):
            read_printed((piece * length)[:length], Convention(locale))

    assert perf_counter() - start < 1


def row_of(text, language):
    """A row of the table of forms in a guide."""
    read = read_printed(text, Convention(LOCALES[language]))
    percent = read.kind in {PrintedKind.PERCENT, PrintedKind.POINTS}
    ends = (read.digits.low, read.digits.high)
    shown = (f"{float(100 * one if percent else one):,.6g}" for one in ends)
    if max(map(abs, ends)) >= 10**3:
        shown = (f"{int(one):,}" if int(one) == one else f"{float(one):,.1f}" for one in ends)
    said = [read.hedge.value, read.kind.value, read.unit or "", "change" if read.changed else ""]
    words = ", ".join(word for word in said if word not in {"equals", "number", ""})
    return f"| {text} | {' | '.join(shown)} | {words} |".replace("|  |", "| |")


@pytest.mark.parametrize(("language", "guide"), [("en", "audit"), ("es", "auditar")])
def test_the_tables_of_forms_in_the_guides_are_what_is_read(language, guide):
    lines = (FORMS.parents[1] / "docs" / f"{guide}.md").read_text("utf-8").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(FORM_HEADINGS[language]))
    rows = lines[start + 2 : lines.index("", start)]

    assert len(rows) > 20
    assert rows == [row_of(row.split(" | ")[0].removeprefix("| "), language) for row in rows]


def claim_of(printed, indicator="population", more=""):
    return parse_claims(
        f"""
        code = "mine"
        title = "Mine"
        subject = "bajio"
        year = 2018
        [[claims]]
        id = "one"
        statement = "A statement."
        indicator = "{indicator}"
        printed = "{printed}"
        {more}
        """
    )["one"]


def test_the_unit_beside_a_number_is_that_of_the_claim():
    assert str(claim_of("over 12 million people").unit) == "person"
    assert str(claim_of("109 thousand km²", "area").unit) == "km²"
    assert str(claim_of("US$136bn", "gdp").unit) == "USD"
    assert str(claim_of("$136bn", "gdp", 'unit = "USD"').unit) == "USD"
    assert claim_of("12 million").unit is None


@pytest.mark.parametrize(
    ("printed", "indicator", "more", "told"),
    [
        ("$136bn", "gdp", "", "in which currency"),
        ("US$136bn", "gdp", 'unit = "MXN"', "say another"),
        ("12 million people", "population", 'unit = "job"', "say another"),
        ("4th largest", "gdp", "relation = 'share-of'", "relation = 'top' and rank = 4"),
        ("top 10", "gdp", "relation = 'over'", "relation 'over', and the words say 'at-most'"),
        ("grew by 2 million", "population", "", "since when"),
        ("a fall of 3 %", "unemployment-rate", "", "since when"),
    ],
)
def test_words_that_a_claim_cannot_mean_are_refused(printed, indicator, more, told):
    with pytest.raises(InvalidClaim) as caught:
        claim_of(printed, indicator, more)

    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("10 % of national GDP", "is of gdp, and population is made of population"),
        ("a third of exports", "is of exports"),
        ("one in five jobs", "is of insured-jobs"),
    ],
)
def test_a_share_of_something_else_than_the_indicator_is_refused(printed, told):
    claims = ClaimSet("mine", "Mine", (claim_of(printed, more="relation = 'share-of'"),))

    with pytest.raises(InvalidClaim, match=told):
        audit(claims)


def test_a_share_of_what_the_indicator_is_made_of_is_audited():
    claim = claim_of("10 % of the population", more="relation = 'share-of'")

    assert claim.printed.of == "population|census-population"
    assert audit(ClaimSet("mine", "Mine", (claim,)))["one"].figure is not None
    assert from_data(to_data(ClaimSet("mine", "Mine", (claim,)))) == ClaimSet(
        "mine", "Mine", (claim,)
    )


def test_a_rank_in_words_is_the_rank_of_the_claim():
    fourth, first_ten = claim_of("4th largest", "gdp"), claim_of("top 10", "gdp")

    assert (fourth.relation.value, fourth.rank, fourth.top) == ("top", 4, None)
    assert (first_ten.relation.value, first_ten.rank, first_ten.top) == ("top", None, 10)


def test_changes_in_words_are_changes_since():
    assert claim_of("grew by 2 million", more="since = 2008").about is About.ABSOLUTE
    assert claim_of("a fall of 3 %", more="since = 2008").about is About.PERCENT
    assert claim_of("fell to half", more="since = 2008").about is About.MULTIPLE
    assert claim_of("grew 3 %", "gdp-growth").about is About.LEVEL


def test_units_and_changes_are_kept_in_the_data_of_claims():
    claims = ClaimSet("mine", "Mine", (claim_of("lost 45 thousand people", more="since = 2008"),))

    assert from_data(to_data(claims)) == claims


def test_the_unit_beside_a_number_is_converted_or_refused():
    for printed, unit in (("10,904,000 hectares", "ha"), ("109,040 km²", "km²")):
        finding = audit(ClaimSet("mine", "Mine", (claim_of(printed, "area"),)))["one"]
        assert (finding.figure is not None, str(finding.claim.unit)) == (True, unit)
    with pytest.raises(BajioError, match="job"):
        audit(ClaimSet("mine", "Mine", (claim_of("12 million jobs"),)))
