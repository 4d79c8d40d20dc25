"""The ledger of a text: no number is passed over, and drafts count when they are confirmed."""

import json
import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import bajio
from bajio.answers import EntryKind, read_text
from bajio.claims.conventions import Convention
from bajio.claims.text_words import number_words, text_words
from bajio.registry.plugins import built_ins

PIECES = {
    "es": [
        *(
            "La región tiene",
            "más de",
            "12.4 millones de habitantes",
            "el 11 % del PIB nacional",
            ".",
        ),
        *("en 2018", "la cuarta economía", "doce mil", "creció 5 %", "3 veces más", "a las 14:30"),
        *(
            "página 4",
            "“",
            "”",
            ",",
            "EE. UU.",
            "Guanajuato",
            "dos de cada tres",
            "el doble",
            "\n\n",
        ),
        *(
            "artículo 115",
            "442 123 4567",
            "COVID-19",
            "45 años",
            "7",
            "½",
            "de México",
            "un tercio",
        ),
    ],
    "en": [
        *("The region has", "over", "12.4 million people", "11 % of national GDP", ".", "in 2018"),
        *(
            "the fourth largest economy",
            "twelve thousand",
            "grew by 5 %",
            "3 times more",
            "2:30 pm",
        ),
        *("page 4", "“", "”", ",", "U.S.", "Guanajuato", "two in three", "twice", "\n\n", "7", "½"),
        *("Article 115", "442 123 4567", "COVID-19", "45-year-old", "a third", "of Mexico", "half"),
    ],
}


def texts(language):
    return st.lists(st.sampled_from(PIECES[language]), max_size=25).map(" ".join)


def check_all_numbers_told(text, language):
    ledger = read_text(text, "bajio", language=language)
    places = [(entry.start, entry.end) for entry in ledger]
    assert places == sorted(places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    for entry in ledger:
        assert text[entry.start : entry.end] == entry.text
        told = (entry.candidate, entry.exemption, entry.unclaimed)
        assert sum(one is not None for one in told) == 1
        assert (entry.kind is EntryKind.CANDIDATE) == (entry.candidate is not None)
        assert (entry.kind is EntryKind.EXEMPT) == (entry.exemption is not None)
        if entry.kind is EntryKind.CANDIDATE:
            assert entry.printed is not None
            assert entry.candidate.measures
    known = number_words(language)
    for word in text_words(text, language):
        if word.has_digit or not known.isdisjoint(word.parts):
            within = [one for one in places if one[0] < word.end and one[1] > word.start]
            assert len(within) == 1, (text[word.start : word.end], text)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_number_is_passed_over(language):
    @settings(deadline=None, max_examples=25)
    @given(texts(language))
    def check(text):
        check_all_numbers_told(text, language)

    check()


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=80))
def test_any_text_has_a_ledger(text):
    check_all_numbers_told(text, "es")


HOSTILE = {
    "digits": "1" * 60_000,
    "numbers": "12 " * 20_000,
    "words": "doce mil " * 10_000,
    "capitals": "Alfa de Beta " * 8_000,
    "states": "Guanajuato y Jalisco tienen 5 % " * 3_000,
    "commas": "5 %, " * 15_000,
    "quotes": '"' * 60_000,
    "opened": "“5 % " * 10_000,
    "dots": ". " * 30_000,
    "letters": "A" * 100_000,
    "joined": "A-" * 50_000,
    "phones": "442 " * 15_000,
    "street": "calle Uno " * 8_000,
    "lines": "\n" * 100_000,
    "measures": "PIB de la población " * 4_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear_in_hostile_texts(name):
    took = []
    for part in (1, 2):
        text = HOSTILE[name][: len(HOSTILE[name]) * part // 4]
        began = time.process_time()
        read_text(text, "bajio", language="es")
        took.append(time.process_time() - began)
    assert took[1] < max(5 * took[0], 1.0), took


ARTICLE = """La región tiene más de 12.4 millones de habitantes y aporta 11 % del PIB nacional.
El PIB de Guanajuato creció 5.2 % en 2018. Es la cuarta economía del país (página 14).
"""


def test_drafts_are_read_and_count_when_they_are_confirmed(tmp_path):
    ledger = read_text(ARTICLE, "bajio")
    path = tmp_path / "drafts.toml"
    ledger.save(path, language="es")
    text = path.read_text("utf-8")
    assert [one["status"] for one in tomllib.loads(text)["claims"]] == ["draft"] * 4
    audit = bajio.audit(path)
    assert (audit.refuted, audit.confirmed, len(audit.drafts)) == ((), (), 4)
    assert audit["n3-gdp-growth"].verdict.value == "contradicted"
    path.write_text(text.replace('"draft"', '"confirmed"'), "utf-8")
    assert [one.claim.id for one in bajio.audit(path).refuted] == ["n3-gdp-growth", "n5-gdp"]
    path.write_text(text.replace('status = "draft"', ""), "utf-8")
    assert [one.claim.id for one in bajio.audit(path).refuted] == ["n3-gdp-growth", "n5-gdp"]


def test_strict_does_not_count_drafts(tmp_path):
    from bajio.cli import main

    path = tmp_path / "drafts.toml"
    article = tmp_path / "nota.txt"
    article.write_text(ARTICLE, "utf-8")
    main(["audit", "--text", str(article), "--region", "bajio", "--output", str(path)])
    assert main(["audit", str(path), "--strict"]) == 0
    path.write_text(path.read_text("utf-8").replace('"draft"', '"confirmed"'), "utf-8")
    assert main(["audit", str(path), "--strict"]) == 1


@pytest.mark.parametrize("piece", ["[[claims]]", '"""', "\\", "a\nb", "x = y", "'", "\x7f", "]"])
def test_a_text_writes_nothing_of_its_own_into_a_file_of_drafts(piece, tmp_path):
    ledger = read_text(f"La región {piece} tiene 12.4 millones de habitantes.", "bajio")
    path = tmp_path / "drafts.toml"
    ledger.save(path)
    claims = tomllib.loads(path.read_text("utf-8"))["claims"]
    assert [one["id"] for one in claims] == ["n1-population"]
    assert len(bajio.audit(path).drafts) == 1


def test_json_quotes_each_number_as_printed():
    data = json.loads(read_text(ARTICLE, "bajio").to_json())
    assert [one["text"] for one in data["entries"]] == [
        *("más de 12.4 millones de habitantes", "11 % del PIB nacional", "creció 5.2 %", "en 2018"),
        *("la cuarta economía del país", "14"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Llame al 442 123 4567.", "phone"),
        ("A las 14:30 horas.", "time"),
        ("Vea la página 14.", "page"),
        ("El artículo 115 lo dice.", "article"),
        ("La NOM-059 lo dice.", "document"),
        ("Está en Av. Juárez 120.", "address"),
        ("Rosa Paz, de 45 años, sembró.", "age"),
        ("Cerró por COVID-19.", "name"),
        ("Tardó 12 meses.", "period"),
    ],
)
def test_what_says_nothing_of_a_region_is_exempt(text, reason):
    assert [entry.exemption for entry in read_text(text, "bajio", language="es")] == [reason]


def test_a_convention_is_that_of_the_locale():
    text = "La región tiene 12,4 millones de habitantes."
    first = read_text(text, "bajio", locale="es-ES")[0]
    assert first.printed.first.value == 12_400_000
    assert Convention("es-ES").language == "es"


@pytest.mark.parametrize("named", ["lecheros", "productores de leche"])
def test_indicators_of_plugins_are_read_by_their_labels_and_aliases(named):
    milk = bajio.Indicator(
        "milk",
        bajio.Sum("population"),
        "person",
        {"en": "Dairy farmers", "es": "Lecheros"},
        aliases=["productores de leche", "milk producers"],
    )

    class Own:
        @bajio.hookimpl
        def bajio_indicators(self):
            return [milk]

    registry = bajio.Registry({**built_ins(), "own": Own()})
    ledger = read_text(f"La región tiene 5 mil {named}.", "bajio", registry=registry)
    assert ledger[0].candidate.measures == ("milk",)


@pytest.mark.parametrize(
    ("article", "drafts", "region"),
    [
        ("article.txt", "article-drafts.toml", "MX-JAL"),
        ("nota.txt", "nota-borradores.toml", "bajio"),
    ],
)
def test_the_drafts_of_the_documents_are_those_of_their_articles(article, drafts, region, tmp_path):
    folder = Path(__file__).parent.parent / "docs" / "audits"
    language = "es" if article == "nota.txt" else "en"
    ledger = read_text((folder / article).read_text("utf-8"), region)
    ledger.save(tmp_path / drafts, language=language)
    assert (tmp_path / drafts).read_text("utf-8") == (folder / drafts).read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "es"])
def test_ten_thousand_words_are_read_in_two_seconds(language):
    lines = (Path(__file__).parent / "gold" / f"{language}.txt").read_text("utf-8").splitlines()
    sentences = [line.split("||")[0].strip() for line in lines if line[:1] not in {"", "#"}]
    words = " ".join(sentences * 10).split()[:10_000]
    read_text(" ".join(words[:100]), "bajio", language=language)
    began = time.process_time()
    read_text(" ".join(words), "bajio", language=language)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "given", [["--strict"], ["--year", "2018"], ["--peers", "oecd"], ["--edition", "fdi=2018"]]
)
def test_options_of_claims_are_refused_beside_a_text(given, tmp_path, capsys):
    from bajio.cli import main

    article = tmp_path / "nota.txt"
    article.write_text(ARTICLE, "utf-8")
    assert main(["audit", "--text", str(article), "--region", "bajio", *given]) == 2
    assert given[0] in capsys.readouterr().err


def draft_of(text, language, tmp_path, region="bajio"):
    """The one draft of a text, as an audit reads it."""
    path = tmp_path / "drafts.toml"
    ledger = read_text(text, region, language=language)
    ledger.save(path)
    assert len(bajio.audit(path).drafts) == 1
    return tomllib.loads(path.read_text("utf-8"))["claims"][0]


FOUR = "Aguascalientes, Guanajuato, Querétaro"


@pytest.mark.parametrize(
    ("language", "text", "subject"),
    [
        (
            "en",
            f"Together, {FOUR} and San Luis Potosí had 12 million inhabitants in 2018.",
            "AGU GUA QUE SLP",
        ),
        (
            "en",
            "Guanajuato, Querétaro, and Jalisco combined have 16 million inhabitants.",
            "GUA QUE JAL",
        ),
        (
            "en",
            "Together, the states of Hidalgo and México have 20 million inhabitants.",
            "HID MEX",
        ),
        (
            "es",
            f"Juntos, {FOUR} y San Luis Potosí tenían 12 millones de habitantes.",
            "AGU GUA QUE SLP",
        ),
        ("es", "Guanajuato e Hidalgo suman 9 millones de habitantes.", "GUA HID"),
        ("es", "En conjunto, Colima y Jalisco tenían 9 millones de habitantes.", "COL JAL"),
    ],
)
def test_a_number_of_several_places_together_is_of_them_joined(language, text, subject, tmp_path):
    expected = "+".join(f"MX-{code}" for code in subject.split())
    assert draft_of(text, language, tmp_path)["subject"] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", f"{FOUR} and San Luis Potosí had over 12.4 million inhabitants."),
        ("en", "Guanajuato, Querétaro, Jalisco had 16 million inhabitants."),
        ("en", "Together, Guanajuato and Jalisco have 3 million inhabitants each."),
        ("en", "Together with Querétaro, Guanajuato has 8 million inhabitants."),
        ("es", f"{FOUR} y San Luis Potosí tenían más de 12.4 millones de habitantes."),
        ("es", "Junto con Querétaro, Guanajuato suma 8 millones de habitantes."),
    ],
)
def test_a_number_of_several_places_is_never_of_one_of_them(language, text):
    entry = read_text(text, "bajio", language=language)[0]
    assert (entry.kind.value, entry.unclaimed.key) == ("other", "several")


def test_what_each_place_lies_in_is_no_list():
    entry = read_text("En Celaya, Guanajuato, México, hay 5 mil habitantes.", "bajio")[0]
    assert entry.kind is EntryKind.CANDIDATE


@pytest.mark.parametrize(
    ("language", "text", "key", "place", "peers"),
    [
        ("en", "It is the third largest economy in the world.", "rank", 3, "un-members"),
        ("en", "It is among the 70 largest economies in the world.", "top", 70, "un-members"),
        ("es", "Sería la tercera economía del mundo.", "rank", 3, "un-members"),
        ("es", "Es la cuarta economía del país.", "rank", 4, "mexican-states"),
        (
            "en",
            "As a country it is the fifth economy in Latin America.",
            "rank",
            5,
            "latin-america",
        ),
    ],
)
def test_a_place_is_one_among_those_that_are_named(language, text, key, place, peers, tmp_path):
    draft = draft_of(text, language, tmp_path)
    assert draft["subject"] == "bajio"
    assert {name: draft.get(name) for name in ("rank", "top")} == {"rank": None, "top": None} | {
        key: place
    }
    assert draft["peers"] == peers


@pytest.mark.parametrize(
    ("language", "opening", "hedge"),
    [
        ("es", "rondaba los", "about"),
        ("es", "superaba los", "over"),
        ("es", "rebasaría los", "over"),
        ("es", "alcanzaba los", "equals"),
        ("es", "rozaba los", "almost"),
        ("es", "se acercaba a los", "almost"),
        ("es", "no superaba los", "at-most"),
        ("es", "excedía los", "over"),
        ("en", "hovered around", "about"),
        ("en", "was exceeding", "over"),
        ("en", "neared", "almost"),
        ("en", "approached", "almost"),
        ("en", "fell short of", "under"),
        ("en", "did not exceed", "at-most"),
    ],
)
def test_hedges_are_read_in_all_tenses(language, opening, hedge):
    count = {"es": "12 millones de habitantes", "en": "12 million inhabitants"}[language]
    start = {"es": "En 2018 su población", "en": "In 2018 its population"}[language]
    entry = read_text(f"{start} {opening} {count}.", "bajio", language=language)[1]
    assert entry.kind is EntryKind.CANDIDATE
    assert entry.printed.hedge.value == hedge


def test_a_hedge_behind_a_preposition_is_no_rate():
    entry = read_text("En 2018 exportó mercancías por casi 60 mil millones de dólares.", "bajio")[1]
    assert (entry.candidate.measures, entry.printed.hedge.value) == (("exports",), "almost")


@pytest.mark.parametrize(
    ("language", "text", "printed", "unit"),
    [
        ("en", "In 2018 GDP per head was over 61,000 US dollars.", "over 61,000", "USD/person"),
        ("en", "GDP per capita is above $10,500.", "above 10,500", "USD/person"),
        ("es", "La densidad es de 350 habitantes por km².", "350", "person/km²"),
        ("es", "Las remesas por habitante fueron de casi 500 dólares.", "casi 500", "USD/person"),
    ],
)
def test_drafts_of_figures_per_head_or_km2_can_be_audited(language, text, printed, unit, tmp_path):
    draft = draft_of(text, language, tmp_path)
    assert (draft["printed"], draft["unit"]) == (printed, unit)


def test_a_draft_that_an_audit_would_refuse_is_left_out_with_the_reason(tmp_path):
    ledger = read_text("El PIB por habitante fue de 200 mil pesos en 2018.", "bajio")
    ledger.save(tmp_path / "drafts.toml", language="en")
    text = (tmp_path / "drafts.toml").read_text("utf-8")
    assert "MXN/person is not USD/person" in text
    assert "claims" not in tomllib.loads(text)
