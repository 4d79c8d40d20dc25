"""Messages: all that is said in English has a translation, which has the same parts."""

import json
import re
import runpy
import string
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio import cli
from bajio.words import message_templates, messages
from bajio.words.messages import message_text, noun_text
from bajio.words.phrasebook import chosen, languages, phrasebook, say

SCRIPT = Path(__file__).parents[1] / "scripts" / "collect_messages.py"
FOLDER = Path(messages.__file__).parent / "translations"
TRANSLATIONS = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
SPANISH = TRANSLATIONS["es"]["messages"]
#: Templates with parts that nothing stands between, or around which other quotes stand.
ADJACENT = re.compile(r"[\w'\"]\{\d|\d\}[\w'\"]")
#: What a part can be: what a user wrote, in quotes; a code, a number, a name.
WRITTEN = st.text() | st.sampled_from(["a: b", "no 'gdp' for MEX", "x; and 2 more", "it's {0}"])
CODES = st.sampled_from(["MEX", "MX-JAL+MX-COL", "gdp-per-capita", "2018-Q1", "17", "1", "Kuwait"])
PARTS = WRITTEN.map(repr) | CODES
#: What no Spanish page has, other than as a code.
ENGLISH_WORD = re.compile(r"(?<![\w|-])(?:the|and|of|not|what|which|with|if|or)(?![\w|-])")


def numbers(template):
    return [int(name) for _, name, *_ in string.Formatter().parse(template) if name]


class Filled(string.Formatter):
    """What a translation is with its parts, none of which is said in another language."""

    def format_field(self, value, format_spec):
        if "|" in format_spec:
            return format_spec.split("|")[value != "1"]
        conjunction = {"y": "and", "o": "or"}.get(format_spec)
        if conjunction:
            choices = phrasebook("es").conjunctions[conjunction]
            return f"{chosen(choices, value.lstrip(chr(39) + chr(34)))} {value}"
        return value


def test_what_is_said_stays_in_english_in_a_language_without_translations(monkeypatch):
    books = {"eo": phrasebook("es")}
    monkeypatch.setattr(message_templates, "phrasebook", books.__getitem__)

    assert message_text("no 'gdp' for MEX in 2030", "eo") == "no 'gdp' for MEX in 2030"
    assert noun_text("indicator", "eo") == "indicator"


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_all_that_is_said_has_a_translation_and_no_translation_is_of_nothing(language):
    """After a change of what is said: python scripts/collect_messages.py tells which."""
    said = runpy.run_path(str(SCRIPT))["templates"]()
    known = TRANSLATIONS[language]["messages"]
    lacking = {template: said[template] for template in said if template not in known}
    assert not lacking, f"not in words/translations/{language}.json"
    assert not known.keys() - said.keys()


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_the_parts_of_its_template(language):
    for template, told in TRANSLATIONS[language]["messages"].items():
        if "bajio {1}" not in template and "by its code" not in template:  # which repeat a name
            assert set(numbers(told)) == set(numbers(template)), template
    assert all(len(forms) == 2 for forms in TRANSLATIONS[language]["nouns"].values())


@given(st.sampled_from(sorted(SPANISH)), st.data())
def test_what_is_made_of_a_template_is_told_by_its_translation_with_the_same_parts(template, data):
    if ADJACENT.search(template):
        return
    parts = [data.draw(PARTS) for _ in range(max(numbers(template), default=-1) + 1)]
    told = message_text(template.format(*parts), "es")
    assert told == Filled().vformat(SPANISH[template], parts, {})


def test_every_template_is_found_again_whatever_its_parts():
    """Each once at least, in the order of the file; those drawn are some of them only."""
    codes = ["MEX", "'x; y and 2 more'", "gdp-growth", "2018", "'no such: thing'", "1", "USD"]
    for at, (template, told) in enumerate(SPANISH.items()):
        if not ADJACENT.search(template):
            parts = [codes[(at + number) % len(codes)] for number in range(9)]
            found = message_text(template.format(*parts), "es")
            assert found == Filled().vformat(told, parts, {}), template


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "unknown region 'bahio': did you mean 'bajio'?",
            "'bahio' no se conoce como región: ¿quiso decir 'bajio'?",
        ),
        (
            "no 'gdp' for MEX and 2 more in 2030; newest is 2024: pass year=2",
            "no hay 'gdp' de MEX y 2 más en 2030; lo más reciente es de 2024: pida year=2",
        ),
        (
            "mine.toml, line 12, claim 'a': unknown word 'b': did you mean 'of it'?",
            "mine.toml, línea 12, afirmación 'a': palabra desconocida 'b': ¿quiso decir 'of it'?",
        ),
        ("Trinidad and Tobago is what you say", "Trinidad and Tobago is what you say"),
    ],
)
def test_texts_within_texts_are_told_and_what_is_quoted_or_unknown_stays(said, told):
    assert message_text(said, "es") == told
    assert message_text(said) == said


def test_kinds_of_what_is_not_known_are_told_in_spanish():
    said = [path.read_text("utf-8") for path in Path(bajio.__file__).parent.rglob("*.py")]
    kinds = {kind for text in said for kind in re.findall(r"UnknownCode\(\s*\"([^\"]+)\"", text)}
    assert "parameter" in kinds
    assert not kinds - TRANSLATIONS["es"]["nouns"].keys()


def test_an_error_in_python_is_in_english_and_its_words_in_spanish_at_hand(monkeypatch):
    monkeypatch.setenv("BAJIO_LANG", "es")
    with pytest.raises(bajio.BajioError, match=r"^unknown region 'bahio'") as error:
        bajio.profile("bahio")
    assert error.value.text("es").startswith("'bahio' no se conoce como región")
    assert error.value.text() == str(error.value)
    with pytest.raises(bajio.BajioError, match="no words in the language 'la'"):
        error.value.text("la")


@pytest.mark.parametrize("language", languages())
def test_what_is_counted_is_told_in_the_singular_and_in_the_plural(language):
    """A number and the noun behind it agree: a phrase has both forms, or its noun has."""
    for key, phrase in phrasebook(language).phrases.items():
        if isinstance(phrase, str):
            assert not re.search(r"{count} (?!más|more|%)[a-záéíóúñ]+s\b", phrase), key
        else:
            assert len(phrase) == 2, key


@pytest.mark.parametrize("count", ["1", "2"])
def test_sentences_with_counts_agree_in_gender_and_number(count):
    for said, of_one, of_several in (
        (f"its {count} parts sum to 7", "su 1 parte suma 7", "sus 2 partes suman 7"),
        (f"{count} of its 9 areas of the kind 'x' have one", "la tiene", "la tienen"),
        (f"no alliance of 5: there are {count} areas", "hay 1 área", "hay 2 áreas"),
        (f"it has {count} rows, and the descriptor says 3", "1 fila,", "2 filas,"),
    ):
        assert (of_one if count == "1" else of_several) in message_text(said, "es")
    verdicts = {
        "holds": ("se sostiene", "se sostienen"),
        "contradicted": ("desmentida", "desmentidas"),
        "undecided": ("indecisa", "indecisas"),
        "not-checkable": ("no verificable", "no verificables"),
    }
    for verdict, forms in verdicts.items():
        told = say(f"verdicts.{verdict}", "es", count=count)
        assert told == f"{count} {forms[count != '1']}"


WRONG = {
    "rank": "Falta el argumento 'REGION'.",
    "rank bajio gdp --yeer 2018": "No existe la opción '--yeer'.",
    "rank bajio gdp --year 18": "'18' no es un año: dé cuatro dígitos, como 2018",
    "profile bajio x y": "Sobran argumentos (x y)",
    "profile bajio --format pdf": "'pdf' no se conoce como formato: puede ser table, json, csv",
    "profile bajio --data /nope": "Valor no válido para '--data': No existe '/nope'.",
    "series bajio gdp --years 2001-1999": "no es un lapso de años: escriba 2003-2024",
    "profile bajio --peers none --host drop": "--peers none que no se tome",
    "explain bajio": "escriba REGION INDICATOR, o SET:CLAIM",
    "rank bajio gdp --year 1800": "lo más reciente es de 2024: pida --year 2024",
    "audit nofile.toml": "nofile.toml: no se puede leer: no existe ese archivo o carpeta",
    "foo": "no se conoce el comando 'foo': vea `bajio --help`",
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_input_is_refused_in_spanish_with_the_same_status(words, capsys, monkeypatch):
    monkeypatch.setenv("BAJIO_LANG", "en")
    status = cli.main(words.split())
    assert WRONG[words] not in capsys.readouterr().err
    monkeypatch.setenv("BAJIO_LANG", "es")
    assert cli.main(words.split()) == status == 2
    assert WRONG[words] in capsys.readouterr().err


def test_every_help_page_is_in_spanish(capsys):
    assert cli.main(["--help", "--lang", "es"]) == 0
    page = capsys.readouterr().out
    names = re.findall(r"^  ([a-z][a-z-]+)  ", page.partition("Comandos:")[2], re.MULTILINE)
    assert len(names) > 20
    for name in names:
        assert cli.main([name, "--help", "--lang", "es"]) == 0
        told = capsys.readouterr().out
        assert told.startswith(f"Uso: bajio {name} [OPCIONES]")
        lines = [line for line in told.splitlines() if not line.startswith("    bajio")]
        assert not ENGLISH_WORD.findall("\n".join(lines)), told
        assert cli.main([name, "--help", "--lang=en"]) == 0
        assert capsys.readouterr().out.startswith("Usage:")
