"""Editions in the order in which people read them: numbers and months, or as their source says."""

from itertools import combinations, permutations

import pytest
from hypothesis import example, given, strategies as st

import bajio
from bajio.errors import InvalidValue, UnknownCode
from bajio.facts.editions import asked_for, is_before, newest

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
FORMS = (
    lambda year, month: f"{MONTHS['en'].split()[month - 1]} {year}",
    lambda year, month: f"{MONTHS['es'].split()[month - 1]} {year}",
    lambda year, month: f"{year} {MONTHS['fr'].split()[month - 1].upper()}",
    lambda year, month: f"{MONTHS['es'].split()[month - 1]} de {year}",
    lambda year, month: f"WEO, {MONTHS['en'].split()[month - 1][:3]} {year}",
    lambda year, month: f"{year}-{month}",
    lambda year, month: f"{year}-{month:02d}",
    lambda year, month: f"{month}/{year}",
    lambda year, month: f"{year}{month:02d}",
    lambda year, month: f"v{year}.{month}",
    lambda year, month: f"Round {month} ({year})",
)
DATES = st.tuples(st.integers(1990, 2060), st.integers(1, 12))
TEXTS = st.text("0129vVpr -./(mayo", min_size=1, max_size=8)


@given(st.sampled_from(FORMS), DATES, DATES)
def test_dates_are_ordered_as_dates_however_they_are_written(form, first, second):
    if first != second:
        assert is_before(form(*first), form(*second)) is (first < second)


@given(st.sampled_from(["{}", "v{}", "edition {}", "{} (third print)"]), st.data())
def test_versions_are_ordered_by_their_numbers(form, data):
    versions = st.lists(st.integers(0, 1800), min_size=1, max_size=3).map(tuple)
    first, second = data.draw(versions), data.draw(versions)
    texts = [form.format(".".join(map(str, version))) for version in (first, second)]
    same_length = len(first) == len(second) or "{} (" not in form
    if first != second and same_length:
        assert is_before(*texts) is (first < second)


@given(st.lists(TEXTS, min_size=3, max_size=3))
@example(["f 1", "g 1", "p 1"])
@example(["2018-2022", "2019-2021", "2019-2023"])
def test_the_order_of_any_editions_is_an_order(texts):
    def before(first, second):
        try:
            return is_before(first, second)
        except InvalidValue:
            return None

    for first, second in combinations(texts, 2):
        there, back = before(first, second), before(second, first)
        assert (there is None) is (back is None)
        assert there is None or there is not back
    for first, second, third in permutations(texts):
        if before(first, second) and before(second, third):
            assert before(first, third)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.randoms())
def test_the_newest_does_not_hang_on_the_order_of_editions(texts, random):
    shuffled = random.sample(texts, len(texts))
    try:
        found = newest(texts)
    except InvalidValue:
        with pytest.raises(InvalidValue, match="cannot be told"):
            newest(shuffled)
    else:
        assert newest(shuffled) == found
        assert all(is_before(one, found) for one in set(texts) - {found})


@pytest.mark.parametrize(
    "ordered",
    [
        ["9", "10", "11"],
        ["v9", "v10"],
        ["2023", "2024-9", "2024-10", "2025"],
        ["October 2023", "May 2024", "October 2024"],
        ["diciembre de 2023", "enero de 2024", "2 de mayo de 2024", "12 de mayo de 2024"],
        ["2024-Q3", "2024-Q4", "2025-Q1"],
        ["Q4 2023", "Q1 2024"],
        ["2024 preliminary", "2024 revised", "2024 final"],
        ["2023 final", "2024 preliminary"],
        ["2018-2022", "2019-2023"],
        ["31/12/2023", "15/01/2024"],
        ["20231231", "2024-01-15"],
        ["2024a", "2024b"],
        ["FY99", "FY00", "FY 23", "FY24"],
        ["Censo '90", "Censo '98", "Censo \u201903", "Censo '10"],
        ["5-24", "11-24"],
        ["23-11", "24-05"],
        ["11-23", "2024-05"],
    ],
    ids=lambda ordered: ordered[0],
)
def test_known_sequences(ordered):
    for first, second in combinations(ordered, 2):
        assert is_before(first, second)
        assert not is_before(second, first)
    assert newest(ordered[::-1]) == ordered[-1]


@pytest.mark.parametrize(
    "pair",
    [
        ("spring", "autumn"),
        ("2024", "2024 revised"),
        ("v9", "v09"),
        ("May", "October"),
        ("01/02/2024", "02/01/2024"),
        ("base 2013 (2025)", "base 2018 (2024)"),
        ("2023", "v10"),
        ("11-23", "5-24"),
        ("12/98", "01/03"),
        ("99-12", "00-01"),
        ("98/99", "00/01"),
    ],
    ids=str,
)
def test_what_texts_do_not_say_is_refused(pair):
    with pytest.raises(InvalidValue, match="cannot be told"):
        newest(pair)


def test_one_that_is_newer_than_all_is_the_newest_whatever_the_others():
    assert newest(["2023 spring", "2023 autumn", "2024"]) == "2024"
    assert newest(["2024", "2023 spring", "2023 autumn"]) == "2024"


def test_an_order_that_the_source_states_counts():
    assert newest(["autumn", "spring"], stated=["spring", "autumn", "later"]) == "autumn"
    with pytest.raises(InvalidValue, match="'winter' is not in its source's order: 'spring'"):
        newest(["spring", "winter"], stated=["spring"])


@pytest.mark.parametrize(
    ("asked", "found"),
    [("1", ("1",)), ("2024", ("2024-9", "2024-10")), ("2024-1", None), ("", None), ("May", None)],
)
def test_what_is_asked_for_is_a_whole_name_or_whole_words(asked, found):
    editions = ["1", "10", "11", "2024-9", "2024-10", "Mayor 3"]
    if found is None:
        with pytest.raises(UnknownCode, match="unknown edition of gdp"):
            asked_for(asked, editions, "gdp")
    else:
        assert asked_for(asked, editions, "gdp") == found


STATES = ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")


def people(figures, order=()):
    """A dataset of one edition after another, with a figure of each of four states."""
    measure = bajio.Measure("people", "People", "person", time="stock")
    series = []
    for edition, figure in figures.items():
        own = bajio.dataset(
            "own",
            measures=[measure],
            sources=[bajio.Source("own", "Own", editions=order)],
            observations=[bajio.Observation(code, 2018, "people", figure) for code in STATES],
            edition=edition,
        )
        series += own.series
    return bajio.Dataset("own", [measure], own.sources, series)


def total(data, **options):
    rule = bajio.Indicator("all-people", bajio.Sum("people"), "person", "People")
    return bajio.evaluate(STATES, rule, data=data, year=2018, peers=None, **options).value


@pytest.mark.parametrize(
    "editions", [("9", "10"), ("2024-9", "2024-10"), ("octubre 2023", "May 2024")], ids=str
)
def test_a_number_comes_from_the_newest_edition(editions):
    assert total(people(dict(zip(editions, (100, 200), strict=True)))) == 800
    assert total(people(dict(zip(editions[::-1], (200, 100), strict=True)))) == 800


def test_an_edition_that_is_asked_for_is_that_one():
    data = people({"1": 100, "10": 200, "11": 300})

    assert total(data) == 1200
    assert [total(data, editions={"people": one}) for one in ("1", "10", "11")] == [400, 800, 1200]


def test_a_beginning_that_two_editions_have_is_refused():
    data = people({"2024-9": 100, "2024-10": 200})

    assert total(data, editions={"people": "2024-9"}) == 400
    with pytest.raises(InvalidValue, match="'2024' is not clear: people of own has '2024-10' and"):
        total(data, editions={"people": "2024"})


def test_editions_that_cannot_be_ordered_are_refused_until_they_are_told_apart():
    data = people({"spring": 100, "autumn": 200})

    with pytest.raises(bajio.BajioError, match=r"'autumn' and 'spring'.*ask for one"):
        total(data)
    assert total(data, editions={"people": "spring"}) == 400
    assert total(people({"spring": 100, "autumn": 200}, ("spring", "autumn"))) == 800
