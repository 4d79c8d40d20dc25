"""An audit as a page and as Markdown: each claim with its figure, margin, source and command."""

import json
import re
import shlex
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from test_report_page import HOSTILE, NAMES, Page

import bajio
from bajio.claims.claim_data import from_data, to_data
from bajio.claims.claim_set import ClaimSet
from bajio.cli import main
from bajio.questions.audit.findings import Verdict
from bajio.readers.claim_files import parse_claims
from bajio.registry import Registry
from bajio.registry.own_data import read_package
from bajio.report import finding_entries
from bajio.report.documents import document_of
from bajio.report.escapes import terminal
from bajio.report.fact_check import audit_table
from bajio.report.formats import rendered
from bajio.words.phrasebook import phrasebook, say

ROOT = Path(__file__).parent.parent
#: Every set of claims that comes with bajio or is shown in its documents.
SETS = [
    *sorted(Registry.default().claim_sets),
    *(str(one.relative_to(ROOT)) for one in sorted((ROOT / "docs" / "audits").glob("*.toml"))),
]
OPTIONS = {
    "usual": {},
    "year": {"year": 2015, "host": "drop"},
    "month": {"period": "2018-02", "peers": "oecd"},
    "edition": {"editions": {"fdi": "2018"}, "membership": "as-of"},
}


@pytest.fixture(scope="module")
def audit():
    return bajio.audit("san-miguel")


@pytest.fixture(scope="module", params=["en", "es"])
def page(request, audit):
    return request.param, Page(rendered(document_of(audit).shown_in(request.param), "html"))


def written(answer, output_format, language="en"):
    return rendered(document_of(answer).shown_in(language), output_format)


def test_a_page_begins_with_a_line_on_the_whole_and_a_table_of_all_claims(page, audit):
    language, told = page
    assert told.all("html")[0].attrs["lang"] == language
    [heading] = told.all("h1")
    assert heading.text == audit.claims.title.text(language)
    line = told.all("p")[0].text
    assert line == f"{finding_entries.summary_of(audit).text(language)}."
    table = told.parts.index(told.all("table")[0])
    assert table < told.parts.index(told.all("article")[0])
    heads = [say(f"fact.{one}", language) for one in ("claim", "printed", "verdict", "figure")]
    assert [cell.text for cell in told.all("th") if cell.attrs["scope"] == "col"][:4] == heads
    names = [cell.text for cell in told.all("th") if cell.attrs["scope"] == "row"]
    assert names == list(audit)


def test_each_claim_has_its_place_and_leads_back(page, audit):
    language, told = page
    ids = [part.attrs["id"] for part in told.parts if "id" in part.attrs]
    assert len(ids) == len(set(ids))
    assert {part.attrs["href"][1:] for part in told.all("a")} <= set(ids)
    assert [part.attrs["id"] for part in told.all("article")] == [f"claim-{one}" for one in audit]
    for article, finding in zip(told.all("article"), audit.findings, strict=True):
        verdict = finding_entries.verdict_marked(finding, language)
        expected = (verdict, finding.reason, finding.claim.statement, *finding.remarks)
        for text in expected:
            piece = getattr(text, "text", None)
            words = text if isinstance(text, str) else getattr(piece, "text", piece)(language)
            assert words in article.text
        assert audit.registry.name_of("bajio", language) in article.text


def test_each_figure_says_what_it_is_exactly(page, audit):
    _, told = page
    for article, finding in zip(told.all("article"), audit.findings, strict=True):
        if finding.figure is None or finding.figure.value is None:
            continue
        at, *after = (told.parts.index(article), *map(told.parts.index, told.all("article")))
        end = next((one for one in after if one > at), len(told.parts))
        inside = told.parts[at:end]
        values = {part.attrs["value"] for part in inside if part.tag == "data"}
        assert str(Fraction(finding.figure.low)) in values


def test_a_page_loads_nothing_and_says_no_color_alone(page):
    language, told = page
    assert not told.all("script", "link", "img", "iframe", "form", "base")
    assert not [one for part in told.parts for one in part.attrs if one in {"style", "src"}]
    words = {say(f"verdict.{one}", language) for one in Verdict}
    assert all(part.text.lstrip("✓✗?≈– ").rstrip(".") in words for part in told.all("strong"))
    levels = [int(part.tag[1]) for part in told.all("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_in_spanish_has_no_phrase_in_english(audit):
    shown = Page(written(audit, "html", "es")).all("body")[0].text
    english, spanish = (phrasebook(language).phrases for language in ("en", "es"))
    for key in english:
        if key.startswith(("fact.", "audit.", "meaning.")) and english[key] != spanish[key]:
            for phrase in (english[key],) if isinstance(english[key], str) else english[key]:
                if "{" not in phrase and len(phrase) > 6:
                    assert phrase not in shown, key


def test_phrases_that_a_page_shows_hold_nothing_that_html_takes_for_more_than_text():
    for language in ("en", "es"):
        for key, phrase in phrasebook(language).phrases.items():
            assert not re.search("[<>&]", str(phrase)), key


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_line_on_the_whole_agrees_in_number(language):
    head = 'code = "c"\ntitle = "T"\nsubject = "bajio"\nyear = 2018\n'
    claim = (
        '[[claims]]\nid = "{}"\nstatement = "S"\nindicator = "population"\nprinted = "over {}"\n'
    )
    one = bajio.audit(parse_claims(head + claim.format("a", "12 million")))
    claims = [claim.format(code, f"{12 + at} million") for at, code in enumerate("abc")]
    three = bajio.audit(parse_claims(head + "".join(claims)))
    told = [finding_entries.summary_of(found).text(language) for found in (one, three)]
    expected = {
        "en": ["1 claim: 1 holds", "3 claims: 1 holds, 2 contradicted"],
        "es": [
            "1 afirmación: 1 se sostiene",
            "3 afirmaciones: 1 se sostiene, 2 desmentidas",
        ],
    }
    assert told == expected[language]


def test_margins_say_on_which_side_a_figure_lies(audit):
    margins = {
        entry.id: entry.facts["margin"].text("en")
        for entry in finding_entries.entries_of(audit)
        if "margin" in entry.facts
    }
    assert margins["population-share"] == "0.92 points below"
    assert margins["gdp"] == "45.6 % above"
    assert margins["area-rank"] == "5 places outside"
    assert margins["population"] == "2.5 % inside"


SEVERAL = """
code = "two"
title = "Two"
year = 2018
[[claims]]
id = "first"
subject = "bajio"
statement = "S"
indicator = "population"
printed = "over 12 million"
[[claims]]
id = "second"
subject = "MX-JAL+MX-COL"
statement = "S"
indicator = "population"
printed = "over 10 million"
"""


def test_a_finding_names_its_region_where_there_are_several():
    found = bajio.audit(parse_claims(SEVERAL))
    text = audit_table(found)
    assert "✓ HOLDS  first (Bajío Alliance)" in text
    assert "✗ CONTRADICTED  second (Jalisco + Colima)" in text
    assert "(" not in audit_table(bajio.audit("docs/audits/jobs.toml")).splitlines()[3]
    for line in audit_table(found, width=30).splitlines():
        assert len(line) <= 30
    assert "- Region: Jalisco + Colima" in written(found, "markdown")


@pytest.mark.parametrize("text", HOSTILE, ids=NAMES)
def test_hostile_statements_are_inert(text):
    quoted = "".join(f"\\u{ord(one):04x}" for one in text[:900])
    head = f'code = "c"\ntitle = "{quoted}"\nsource = "{quoted}"\nsubject = "bajio"\nyear = 2018\n'
    claims = parse_claims(
        f'{head}[[claims]]\nid = "a"\nstatement = "{quoted}"\nnote = "{quoted}"\n'
        'indicator = "population"\nprinted = "over 12 million"\n'
    )
    if len(text) > 900:  # longer than a file may have it
        claims = ClaimSet("c", text, [evolve(claims["a"], statement=text, note=text)], year=2018)
    found = bajio.audit(claims)
    content = written(found, "html")
    shown = Page(content)
    assert not shown.all("script", "img")
    assert len(shown.all("article")) == 1
    assert not [one for part in shown.parts for one in part.attrs if one.startswith("on")]
    marked = written(found, "markdown")
    for result in (content, marked, terminal(audit_table(found))):
        assert "\x1b" not in result
        assert "\u202e" not in result
    assert not re.search(r"(?<!\\)<(script|/style|img)", marked)
    assert not re.search(r"(?<!\\)\]\(javascript", marked)
    rows = [line for line in marked.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {7}


def each_as_usual_and_by_one_option():
    """Each set as it is, and by one of the options in turn; by the others slow."""
    usual, *others = OPTIONS
    for at, code in enumerate(SETS):
        yield code, usual
        for turn, name in enumerate(others):
            marks = () if turn == at % len(others) else pytest.mark.slow
            yield pytest.param(code, name, marks=marks)


@pytest.mark.parametrize(("code", "options"), list(each_as_usual_and_by_one_option()))
def test_the_command_of_each_finding_finds_the_same(code, options, capsys):
    laid = ["examples/packs/united-states"] if "great-lakes" in code else []
    found = bajio.audit(code, *map(read_package, laid), **OPTIONS[options])
    entries = finding_entries.entries_of(found, partial(finding_entries.command_of, data=laid))
    shown = entries if options == "usual" else entries[::4]
    assert {entry.id for entry in entries} == set(found)
    for entry in shown:
        program, *words = shlex.split(entry.command)
        assert program == "bajio"
        assert main([*words, "--format", "json"]) == 0
        told = json.loads(capsys.readouterr().out)
        finding = entry.finding
        assert told["id"] == finding.claim.id
        assert told["verdict"] == finding.verdict.value
        assert told["value"] == finding.to_dict()["value"]
        assert told["margin"] == (None if finding.margin is None else float(finding.margin))


def test_a_file_with_blanks_and_quotes_in_its_name_is_quoted(tmp_path, capsys):
    path = tmp_path / "it's two.toml"
    path.write_text(SEVERAL, "utf-8")
    for entry in finding_entries.entries_of(bajio.audit(path)):
        assert main(shlex.split(entry.command)[1:]) == 0
        assert say("derivation.figures", "en") in capsys.readouterr().out


# reviews of claims, as schema.org has them

REVIEWED = """
code = "mine"
title = "Mine"
subject = "bajio"
year = 2018
source = { en = "A paper of 2019", es = "Un diario de 2019" }
[review]
author = "The Desk"
author_url = "https://example.org"
url = "https://example.org/audit.html"
published = 2019-05-03
claimant_person = "A Governor"
appearance = "https://example.org/paper"
[[claims]]
id = "people"
statement = { en = "Over 12.4 million live there.", es = "Ahí viven más de 12.4 millones." }
indicator = "population"
printed = "over 12.4 million"
[[claims]]
id = "share"
statement = "Over 10.2 % of the country."
indicator = "population"
relation = "share-of"
printed = "over 10.2 %"
[[claims]]
id = "nearly"
statement = "More than 13 million."
indicator = "population"
printed = "more than 13 million"
[[claims]]
id = "later"
status = "draft"
statement = "More than 12 million."
indicator = "population"
printed = "more than 12 million"
"""


@pytest.mark.parametrize("language", ["en", "es"])
def test_reviews_say_what_was_claimed_where_and_how_it_was_rated(language, tmp_path):
    found = bajio.audit(parse_claims(REVIEWED))
    path = tmp_path / "reviews.jsonld"
    with pytest.warns(UserWarning, match="left out of the reviews.*: later"):
        found.save(path, language=language)
    data = json.loads(path.read_text("utf-8"))
    assert data["@context"] == "https://schema.org"
    assert [one["@type"] for one in data["@graph"]] == ["ClaimReview"] * 3
    first = data["@graph"][0]
    assert first == {
        "@type": "ClaimReview",
        "url": "https://example.org/audit.html#claim-people",
        "datePublished": "2019-05-03",
        "inLanguage": language,
        "author": {"@type": "Organization", "name": "The Desk", "url": "https://example.org"},
        "claimReviewed": found["people"].claim.statement.text(language),
        "reviewBody": found["people"].reason.text(language),
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "A Governor"},
            "appearance": {
                "@type": "CreativeWork",
                "name": found.claims.source.text(language),
                "url": "https://example.org/paper",
            },
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 5,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": say("verdict.holds", language),
        },
    }
    assert [one["reviewRating"]["ratingValue"] for one in data["@graph"]] == [5, 1, 2]
    anchors = {part.attrs.get("id") for part in Page(written(found, "html")).all("article")}
    assert {one["url"].partition("#")[2] for one in data["@graph"]} <= anchors


def test_reviews_say_nothing_that_a_set_does_not(audit):
    reviews = json.loads(written(audit, "reviews"))["@graph"]
    assert len(reviews) == len(audit)
    assert not [one for one in reviews if {"author", "url", "datePublished"} & set(one)]


def test_a_set_with_a_review_is_the_same_written_and_read_again():
    claims = parse_claims(REVIEWED)
    assert from_data(json.loads(json.dumps(to_data(claims)))) == claims


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('url = "javascript:alert(1)"', "is no address"),
        ('url = "https://a b"', "is no address"),
        ('published = "May"', "is no day"),
        ('claimant = "An office"\nclaimant_person = "A Governor"', "contradict each other"),
        ('writer = "x"', "a table of texts by author"),
        ("author = 3", "a table of texts by author"),
    ],
)
def test_a_review_that_is_not_right_is_refused_with_its_place(line, problem):
    text = SEVERAL.replace("[[claims]]", f"[review]\n{line}\n[[claims]]", 1)
    with pytest.raises(bajio.BajioError, match=f"review.*{problem}"):
        parse_claims(text)


def test_where_nothing_can_be_reviewed_and_for_other_answers_there_is_no_review():
    drafts = SEVERAL.replace("[[claims]]", '[[claims]]\nstatus = "draft"')
    with pytest.raises(bajio.BajioError, match="there is no review"):
        written(bajio.audit(parse_claims(drafts)), "reviews")
    with pytest.raises(bajio.BajioError, match="only an audit"):
        written(bajio.evaluate("bajio", "population"), "reviews")
