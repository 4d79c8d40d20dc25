"""Languages: what is shown is in the one that is asked for, what is data is the same in all."""

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import bajio
from bajio import cli
from bajio.report.documents import document_of
from bajio.report.sheets import worded
from bajio.words.messages import message_text
from bajio.words.phrasebook import languages, phrasebook, usual_language

SOURCE = Path(bajio.__file__).parent
REPORTS = sorted((SOURCE / "report").glob("*.py"))
#: Modules of reports whose sentences are messages, and not in the phrase books.
MESSAGES = {"schemas"}
#: What has letters and a blank and is no sentence: styles, types, commands; and names.
NO_SENTENCE = re.compile(
    r"[^a-z]*|.*[{;<>=#|\[].*|(bajio report)? .*"
    r"|bajio: what if this region were a country\?|The bajio authors|/Applications/.*",
    re.DOTALL | re.IGNORECASE,
)
#: Words of English that no Spanish sentence has.
ENGLISH = re.compile(r"\b(the|of|and|with|between|is|are|has|have|no value|without|to|by)\b")
QUESTIONS = [
    "profile bajio --year 2018 --peers mexican-states --host drop",
    "profile bajio --year 2000 --missing partial",
    "profile eu --membership as-of --year 2010 --indicators gdp,population",
    "rank bajio gdp --year 2018",
    "series bajio gdp --years 2001-2006 --peers none",
    "compare bajio MX-JAL --year 2018 --indicators gdp,fdi",
    "explain bajio gdp-per-capita --year 2018",
    "sensitivity bajio gdp --year 2018 --peers mexican-regions",
    "difference bajio gdp-per-capita --years 2008 2018",
    "composite composite-prosperity bajio --year 2018",
    "specialisations bajio --year 2018",
    "near bajio --year 2018",
    "regions bajio",
]


def shown(capsys, *words):
    status = cli.main(list(words))
    assert status == 0, capsys.readouterr().err
    return capsys.readouterr().out


def docstrings(tree):
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def inside(tree, kinds, names=()):
    """All that stands in statements or calls of some kinds."""
    found = set()
    for node in ast.walk(tree):
        called = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, kinds) or (called and called in names):
            found |= {id(one) for one in ast.walk(node)}
    return found


def in_all_languages(tree):
    """Texts that stand beside those of other languages."""
    return {
        id(text)
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict) and getattr(next(iter(node.keys), None), "value", "") == "en"
        for text in node.values
    }


def sentences(path):
    tree = ast.parse(path.read_text("utf-8"))
    aside = (
        in_all_languages(tree)
        | docstrings(tree)
        | inside(tree, ast.Raise, {"AnswerSchema", "MissingExtra", "compile", "warn"})
    )
    for node in ast.walk(tree):
        text = getattr(node, "value", None)
        if isinstance(node, ast.Constant) and isinstance(text, str) and id(node) not in aside:
            words = re.findall(r"[A-Za-z]{2,}", text)
            if " " in text.strip() and len(words) > 1 and not NO_SENTENCE.fullmatch(text):
                yield text
    yield from headings(tree)


def headings(tree):
    """What stands above columns as a word of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Column":
            labels = [*node.args[3:4], *(one.value for one in node.keywords if one.arg == "label")]
            for label in labels:
                code = ast.unparse(label)
                if "capitalize" in code or re.fullmatch(r"'\s*[A-Z][a-z]+.*'", code):
                    yield code


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_has_no_sentence_of_its_own(path):
    own = list(sentences(path))
    assert bool(own) is (path.stem in MESSAGES), own


def test_every_phrase_that_is_asked_for_is_there():
    known = phrasebook("en").phrases
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            first = node.args[:2] if isinstance(node, ast.Call) else []
            texts = [one.value for one in first if isinstance(one, ast.Constant)]
            if not texts or not isinstance(texts[0], str):
                continue
            if name in {"say", "Phrase"} or (
                name == "partial" and getattr(first[0], "id", "") == "say"
            ):
                assert texts[0] in known, (path.name, texts[0])
            if name == "heading":
                assert f"column.{texts[0]}" in known, (path.name, texts[0])


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_in_spanish_has_no_english_and_its_data_are_the_same(capsys, question):
    words = question.split()
    told = shown(capsys, *words, "--lang", "es")
    lines = [line for line in told.splitlines() if "Fuente: " not in line and "  = (" not in line]
    lines = [line for line in lines if "Fuente de los" not in line]
    told_sources = (at for at, line in enumerate(lines) if line == "Fuentes:")
    lines = [re.sub(r"[\w-]+-to-\w+", "", line) for line in lines[: next(told_sources, None)]]
    mixed = [line for line in lines if ENGLISH.search(line) and "Agreement" not in line]
    assert not [line for line in mixed if not line.startswith(("nombres", "base", "exchange"))]
    data = shown(capsys, *words, "--format", "json")
    assert shown(capsys, *words, "--format", "json", "--lang", "es") == data


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LC_ALL": "es"}, "es"),
        ({"LANG": "la_VA.UTF-8"}, "en"),
        ({"LANG": "est_EE"}, "en"),
        ({"LANG": "es_MX", "BAJIO_LANG": "en"}, "en"),
        ({"LANG": "en_US", "BAJIO_LANG": "es"}, "es"),
    ],
)
def test_the_language_is_that_of_the_variable_or_else_of_the_locale(
    monkeypatch, variables, language
):
    for name in ("BAJIO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert usual_language() == language


def test_a_variable_of_no_language_is_refused(monkeypatch, capsys):
    monkeypatch.setenv("BAJIO_LANG", "la")
    assert cli.main(["regions"]) == 2
    assert "no words in the language 'la': there are en, es" in capsys.readouterr().err


def test_an_answer_is_saved_in_a_language(tmp_path, monkeypatch):
    profile = bajio.profile("bajio", indicators="gdp", year=2018)
    for name in ("es.md", "en.md", "es.json", "en.json", "es.csv", "en.csv"):
        profile.save(tmp_path / name, language=name[:2])
    assert "57.º de 191, entre Kuwait y Ucrania" in (tmp_path / "es.md").read_text("utf-8")
    assert "57th of 191, between Kuwait" in (tmp_path / "en.md").read_text("utf-8")
    assert (tmp_path / "es.csv").read_bytes() == (tmp_path / "en.csv").read_bytes()
    assert (tmp_path / "es.json").read_bytes() == (tmp_path / "en.json").read_bytes()
    with pytest.raises(bajio.BajioError, match="no words in the language 'la'"):
        profile.save(tmp_path / "la.md", language="la")
    monkeypatch.setenv("BAJIO_LANG", "es")
    assert "entre Kuwait y Ucrania" in profile._repr_mimebundle_()["text/html"]
    profile.save(tmp_path / "usual.md")
    assert (tmp_path / "usual.md").read_bytes() == (tmp_path / "es.md").read_bytes()


def test_verdicts_agree_with_how_many_there_are(capsys):
    told = shown(capsys, "audit", "san-miguel", "--lang", "es").splitlines()[1]
    for count, words in re.findall(r"(\d+) ([a-z ]+)", told.partition(":")[2]):
        assert words.strip().split()[-1].endswith(("n", "s")) is (count != "1"), told


def test_reasons_have_words_in_each_language():
    document = document_of(bajio.profile("bajio", year=2000))
    english, spanish = (
        worded(document.reports[0], document.shown_in(code).words) for code in languages()[:2]
    )
    assert len(english.notes) == len(spanish.notes)
    assert not {note for note in english.notes if "Source" not in note} & {*spanish.notes}
    reason = "no 'gdp' for MEX in 2000 (not available; why); newest is 2024: pass --year 2024"
    assert message_text(reason, "es") == (
        "no hay 'gdp' de MEX en 2000 (no disponible; why); "
        "lo más reciente es de 2024: pida --year 2024"
    )
    assert message_text(reason) == reason


def test_data_tell_what_a_language_would_say_of_itself(capsys):
    found = json.loads(shown(capsys, "audit", "san-miguel", "--format", "json", "--lang", "es"))
    assert found["language"] == "es"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "1995–1996: no 'insured-jobs' for MX-QUE (1995-12, 1996-12 missing)."),
        ("es", "1995–1996: no hay 'insured-jobs' de MX-QUE (sin 1995-12, 1996-12)."),
    ],
)
def test_years_that_lack_a_figure_for_one_reason_are_told_together(language, line):
    jobs = bajio.series("MX-QUE", "insured-jobs", years=range(1995, 1999))
    [report] = document_of(jobs).shown_in(language).reports
    assert [one for one in report.notes(language) if one.startswith("199")] == [line]
    lone = bajio.series("MX-QUE", "insured-jobs", years=range(1996, 1999))
    [report] = document_of(lone).shown_in(language).reports
    assert sum("1996" in one for one in report.notes(language)) == 1


def test_a_command_answers_out_of_a_zip_file(tmp_path):
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in SOURCE.rglob("*"):
            if "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(SOURCE.parent))
    words = ["profile", "bajio", "--year", "2018", "--indicators", "population", "--lang", "es"]
    found = subprocess.run(
        [sys.executable, "-P", "-m", "bajio", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(packed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert found.stderr == ""
    assert "12.71 millones de personas" in found.stdout
