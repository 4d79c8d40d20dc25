"""Citations: every source of an answer once, in forms that other tools read."""

import json
import re
from pathlib import Path

import pytest

import bajio
from bajio.errors import InvalidValue
from bajio.report.documents import document_of

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def profile():
    return bajio.profile("bajio", year=2018)


def test_every_source_of_an_answer_is_cited_once(profile):
    told = profile.cite().splitlines()
    reports = document_of(profile).reports
    shown = {
        source
        for one in reports
        for lines in (one.sources, one.peer_sources)
        for source in (use.in_words("en") for use in lines)
    }
    assert len(told) == len(set(told)) == len(shown) + 1
    assert all(
        any(line.startswith(source.split(", edition")[0]) for line in told) for source in shown
    )
    assert told[-1].startswith("The bajio authors, bajio")
    assert profile.registry.dataset.digest[:16] in told[-1]


def test_bibtex_is_balanced_and_has_a_key_each(profile):
    text = profile.cite("bibtex")
    keys = re.findall(r"^@(?:misc|software)\{([^,]+),$", text, re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(profile.cite().splitlines())
    assert text.count("{") == text.count("}")


def test_csl_is_json_by_its_schema(profile):
    entries = json.loads(profile.cite("csl"))
    assert {entry["type"] for entry in entries} == {"dataset", "software"}
    assert all(entry["id"] and entry["title"] for entry in entries)


ANSWERS = {
    "result": lambda: bajio.evaluate("bajio", "gdp", year=2018, peers=None),
    "explanation": lambda: bajio.evaluate("bajio", "gdp", year=2018, peers=None).explain(),
    "series": lambda: bajio.series("bajio", "gdp", years=[2018]),
    "breakdown": lambda: bajio.break_down("bajio", "activity-shares", year=2018),
    "comparison": lambda: bajio.compare(["bajio", "MX-JAL"], indicators=["gdp"], year=2018),
    "difference": lambda: bajio.difference("bajio", "gdp", years=(2008, 2018)),
    "specialisations": lambda: bajio.specialisations("bajio", year=2018),
    "relatedness": lambda: bajio.answers.relatedness("bajio", year=2018),
    "composite": lambda: bajio.composite("bajio", "composite-prosperity", year=2018),
    "search": lambda: bajio.search(maximum="gdp", size=2, year=2018),
    "audit": lambda: bajio.audit("san-miguel"),
    "bulk": lambda: bajio.evaluate_many(bajio.Memberships.of([["MX-AGU"]]), ["gdp"], year=2018),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_is_cited_in_every_style(kind):
    answer = ANSWERS[kind]()
    told = answer.cite().splitlines()
    bibtex = answer.cite("bibtex")
    assert any(line.startswith("INEGI, PIB por Entidad Federativa") for line in told)
    assert len(re.findall(r"^@", bibtex, re.MULTILINE)) == len(told)
    assert bibtex.count("{") == bibtex.count("}")
    assert len(json.loads(answer.cite("csl"))) == len(told)


def test_hostile_titles_stay_text():
    source = bajio.Source("s", "50% {of} $1 \\input{/etc/passwd} <b>\x1b[31m")
    own = bajio.dataset(
        "mine", sources=[source], observations=[bajio.Observation("MX-JAL", 2018, "population", 1)]
    )
    result = bajio.evaluate("MX-JAL", "population", own, year=2018, peers=None)
    text = result.cite("bibtex")
    assert "\x1b" not in text
    assert r"50\% \{of\} \$1 \textbackslash\{\}input" in text.replace(
        "textbackslash{}", r"textbackslash\{\}"
    )


def test_another_style_is_refused(profile):
    with pytest.raises(InvalidValue, match="no style of citations: text, bibtex, csl"):
        profile.cite("apa")


def test_the_project_is_cited_by_its_own_file():
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    keys = dict(re.findall(r'^([a-z-]+): *"?(.*?)"?$', text, re.MULTILINE))
    assert keys["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "license", "date-released"} <= keys.keys()
    assert keys["type"] == "software"
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", keys["date-released"])
    assert bajio.__version__.startswith(keys["version"])
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## [{keys['version']}] - {keys['date-released']}\n" in changes
    cited = bajio.evaluate("bajio", "area", peers=None).cite().splitlines()[-1]
    assert cited.startswith(f"The bajio authors, {keys['title']}")
