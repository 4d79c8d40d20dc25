"""Periods in words: what they say, from which day they are told, and what is refused."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from bajio.claims.conventions import Convention
from bajio.claims.mentions import mentions_in
from bajio.claims.printed_periods import read_period
from bajio.claims.relations import About
from bajio.errors import InvalidClaim, InvalidValue
from bajio.facts.periods import Period
from bajio.readers.claim_files import parse_claims

PUBLISHED, BESIDE = date(2019, 5, 3), Period.parse("2018-02")
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
#: Printed periods that say all, with what they stand for.
SAID = {
    "es": """
        en febrero de 2019 = 2019-02
        febrero 2019 = 2019-02
        desde 2010 = since 2010
        2013–2018 = 2013 2018
        primer semestre de 2018 = 2018-Q1 2018-Q2
        el primer trimestre del 2018 = 2018-Q1
        1T18 = 2018-Q1
        entre 2013 y 2018 = 2013 2018
        de 2013 a 2018 = 2013 2018
        en 2018 = 2018
        a partir de 2015 = since 2015
        hasta 2018 = until 2018
        para 2030 = until 2030
        el año 2018 = 2018
        2017-18 = 2017 2018
        la década de 1990 = 1990 1999
        los años noventa = 1990 1999
        último trimestre de 2018 = 2018-Q4
        de enero a marzo de 2019 = 2019-01 2019-03
        enero-marzo de 2019 = 2019-01 2019-03
        al cierre de 2018 = 2018
        entre febrero de 2018 y febrero de 2019 = 2018-02 2019-02
        2018-Q3 = 2018-Q3
        5 de mayo de 2019 = 2019-05
    """,
    "en": """
        in February 2019 = 2019-02
        Feb 2019 = 2019-02
        since 2010 = since 2010
        2013–2018 = 2013 2018
        first half of 2018 = 2018-Q1 2018-Q2
        Q1 2018 = 2018-Q1
        between 2013 and 2018 = 2013 2018
        from 2013 to 2018 = 2013 2018
        in 2018 = 2018
        by 2030 = until 2030
        in the 1990s = 1990 1999
        the last quarter of 2018 = 2018-Q4
        January to March 2019 = 2019-01 2019-03
        5 May 2019 = 2019-05
        May 5, 2019 = 2019-05
        in the first quarter of 2018 = 2018-Q1
        at the end of 2018 = 2018
    """,
}
#: Those that are told from the day of publication.
RELATIVE = {
    "es": """
        el último trimestre = 2019-Q1
        hace una década = 2009
        hace diez años = 2009
        el año pasado = 2018
        en los últimos cinco años = 2014 2018
        la última década = 2009 2018
        este año = 2019
        el mes pasado = 2019-04
        en los próximos cinco años = 2020 2024
        desde hace cinco años = since 2014
        el segundo trimestre = 2018-Q2
        en febrero = 2019-02
        el 5 de mayo = 2018-05
        el 2 de mayo = 2019-05
    """,
    "en": """
        the last quarter = 2019-Q1
        a decade ago = 2009
        ten years ago = 2009
        last year = 2018
        in the last five years = 2014 2018
        over the past decade = 2009 2018
        this year = 2019
        last month = 2019-04
        next year = 2020
        in the second quarter = 2018-Q2
        in February = 2019-02
    """,
}
#: Those that are told from another period.
EARLIER = {
    "es": """
        un año antes = 2017-02
        el mes anterior = 2018-01
        dos años antes = 2016-02
    """,
    "en": """
        a year earlier = 2017-02
        the previous month = 2018-01
        two years earlier = 2016-02
    """,
}


def cases(table):
    return [
        (language, *(part.strip() for part in line.split(" = ")))
        for language, lines in table.items()
        for line in lines.strip().splitlines()
    ]


def shown(period):
    role = "" if period.role.value == "in" else f"{period.role.value} "
    return f"{role}{period.first}{f' {period.last}' if period.is_span else ''}"


@pytest.mark.parametrize(("language", "text", "expected"), cases(SAID))
def test_periods_that_say_all(language, text, expected):
    assert shown(read_period(text, language)) == expected
    assert read_period(text, language) == read_period(text, language, PUBLISHED, BESIDE)


@pytest.mark.parametrize(("language", "text", "expected"), cases(RELATIVE))
def test_periods_told_from_the_day_of_publication_are_refused_without_it(language, text, expected):
    assert shown(read_period(text, language, PUBLISHED)) == expected
    with pytest.raises(InvalidValue, match="day of publication"):
        read_period(text, language)


@pytest.mark.parametrize(("language", "text", "expected"), cases(EARLIER))
def test_periods_told_from_another_are_refused_without_it(language, text, expected):
    assert shown(read_period(text, language, PUBLISHED, BESIDE)) == expected
    with pytest.raises(InvalidValue, match="earlier than what"):
        read_period(text, language, PUBLISHED)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("es", "2011-12", "can be the month 2011-12 or 2011 to 2012"),
        ("es", "el último año", "can be the year 2018 or twelve months up to 2019-05"),
        ("en", "the past year", "can be the year 2018 or twelve months up to 2019-05"),
        ("es", "quinto trimestre de 2018", "four quarters"),
        ("es", "2018-2013", "the earlier period comes first"),
        ("es", "hace mucho", "no period that is understood"),
        ("en", "x" * 10**5, "no period that is understood"),
    ],
)
def test_what_is_no_period_or_two_is_refused(language, text, told):
    with pytest.raises(InvalidValue, match=told):
        read_period(text, language, PUBLISHED)


@given(st.integers(1900, 2099), st.integers(1, 12), st.sampled_from(["en", "es"]))
def test_a_month_and_a_year_in_words_are_read_again(year, month, language):
    name, of = MONTHS[language].split()[month - 1], {"en": " ", "es": " de "}[language]

    assert shown(read_period(f"{name}{of}{year}", language)) == f"{year}-{month:02d}"
    assert shown(read_period({"en": "in", "es": "en"}[language] + f" {year}", language)) == str(
        year
    )


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "creció en 2018 12 millones", ["en 2018 = 2018", "12 millones"]),
        ("es", "de 2018 personas", ["2018 personas"]),
        ("en", "It rose by 2018.", ["rose by 2018"]),
        ("en", "12 may have left", ["12"]),
        ("en", "On May 5, 2019, 12 people", ["On May 5, 2019 = 2019-05", "12 people"]),
        (
            "en",
            "10 % in 2018, up from 9 % a year earlier",
            ["10 %", "in 2018 = 2018", "up from", "9 %", "a year earlier = 2017"],
        ),
        ("es", "el año pasado", ["el año pasado = 2018"]),
    ],
)
def test_periods_in_running_text(language, text, expected):
    found = mentions_in(text, Convention(language), PUBLISHED)

    assert [
        one.text + (f" = {shown(one.period)}" if one.period else "") for one in found
    ] == expected


def claim_of(when, more="", above="published = 2019-05-03", printed="5 millones de dólares"):
    return parse_claims(
        f"""
        code = "mine"
        title = "Mine"
        subject = "bajio"
        locale = "es-MX"
        {above}
        [[claims]]
        id = "one"
        statement = "Algo."
        indicator = "fdi"
        printed = "{printed}"
        when = "{when}"
        {more}
        """
    )["one"]


def test_a_claim_takes_its_period_from_words():
    assert claim_of("en 2018").year == 2018
    assert str(claim_of("el último trimestre").period) == "2019-Q1"
    assert claim_of("los últimos cinco años").years == (2014, 2018)
    changed = claim_of("entre 2013 y 2018", printed="creció 5 %")
    assert (changed.since, changed.year, changed.about) == (2013, 2018, About.PERCENT)
    assert claim_of("un año antes", above="year = 2018").year == 2017


@pytest.mark.parametrize(
    ("when", "more", "told"),
    [
        ("el año pasado", "", "state it"),
        ("en 2018", "year = 2018", "says when, and so does year"),
        ("5 de mayo de 2019", "", "is a day"),
        ("hasta 2018", "", "until when"),
        ("primer semestre de 2018", "", "span of quarters"),
    ],
)
def test_a_period_in_words_that_a_claim_cannot_be_of_is_refused_by_line(when, more, told):
    with pytest.raises(InvalidClaim, match=told) as caught:
        claim_of(when, more, above="")

    assert (caught.value.key, caught.value.claim) == ("when", "one")
