"""Citations: every source of an answer once, in forms that other tools read."""

import json
import re

import pytest

import bajio
from bajio.errors import InvalidValue
from bajio.report.documents import document_of
from bajio.report.reports import lines_said


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
        for source in lines_said(lines, "en")
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
