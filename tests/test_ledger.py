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
    assert [one.claim.id for one in bajio.audit(path).refuted] == ["n3-gdp-growth"]
    path.write_text(text.replace('status = "draft"', ""), "utf-8")
    assert [one.claim.id for one in bajio.audit(path).refuted] == ["n3-gdp-growth"]


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
