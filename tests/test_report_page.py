"""The report as a page: exact, closed, in one language, and whole whatever a region lacks."""

import json
import re
import shlex
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

import bajio
from bajio.cli import main
from bajio.errors import InvalidValue
from bajio.questions.portrait import portrait
from bajio.registry.own_data import read_package
from bajio.report import printed_page
from bajio.report.answer_words import rank_text, value_text
from bajio.report.charts import pictures
from bajio.report.documents import document_of
from bajio.report.formats import rendered
from bajio.report.portrait_summary import whole_summary
from bajio.words.phrasebook import phrasebook, say

VOID = {"meta", "br", "hr", "img", "link", "input"}
PART = SimpleNamespace


class Page(HTMLParser):
    """A page as a tree, and what is told of it."""

    def __init__(self, content):
        super().__init__()
        self.parts, self.open = [], []
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        part = PART(tag=tag, attrs=dict(attrs), text="", inside=[one.tag for one in self.open])
        self.parts.append(part)
        if tag not in VOID:
            self.open.append(part)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        for part in self.open:
            part.text += data

    def all(self, *tags):
        return [part for part in self.parts if part.tag in tags]

    def rows(self, caption):
        """The rows of the tables of a caption, each as its name and its numbers by column."""
        found, named, header = [], False, []
        for part in self.parts:
            if part.tag == "table":
                named, header = False, []
            elif part.tag == "caption":
                named = caption in part.text
            elif part.tag == "th" and part.attrs["scope"] == "col":
                header.append(part.text)
            elif named and part.tag == "th" and part.attrs["scope"] == "row":
                found.append((part.text, []))
            elif named and part.tag == "data" and found and "td" in part.inside:
                found[-1][1].append((part.text, part.attrs["value"]))
        return found


@pytest.fixture(scope="module")
def answer():
    return portrait("bajio", year=2018)


@pytest.fixture(scope="module")
def drawn(answer):
    return rendered(document_of(answer).shown_in("es"), "html")


@pytest.fixture
def no_pictures(monkeypatch):
    monkeypatch.setattr(pictures, "are_there", lambda: False)


@pytest.fixture
def told(answer, no_pictures):
    return Page(rendered(document_of(answer).shown_in("en"), "html"))


def exact(number):
    low, _, high = number.partition("..")
    return Fraction(low), Fraction(high or low)


def test_every_figure_of_the_page_is_the_answer_s(told, answer):
    profile = dict(told.rows("Bajío Alliance: "))
    for result in answer.profile.results:
        words, value = profile[str(result.indicator.label)][0]
        assert (words, exact(value)) == (value_text(result), (result.low, result.high))
        place = dict(profile[str(result.indicator.label)])[rank_text(result.rank, answer.registry)]
        assert int(place) == result.rank.position
    for timeline in answer.series:
        rows = told.rows(f"{timeline.indicator.label} of Bajío Alliance")
        by_year = {name: numbers for name, numbers in rows if name[:4].isdigit()}
        for result in timeline.results:
            name = f"{result.period}{'' if result.status == 'A' else ' ' + result.status}"
            assert by_year[name][0] == (value_text(result), str(result.exact))
            if result.share_of_host is not None:
                assert by_year[name][-1][1] == str(result.share_of_host)
    activities = dict(told.rows("Specialisations of"))
    for row in answer.specialisations.rows:
        values = [value for _, value in activities[row.activity]]
        assert values[:3] == list(map(str, (row.quotient.exact, row.share, row.added[row.driver])))
    leaving = dict(told.rows("GDP of Bajío Alliance, 2018: 136.0 billion USD"))
    for one in answer.sensitivity.without:
        assert leaving[str(one.label)][0][1] == str(one.answer.exact)


def test_every_figure_of_the_members_is_theirs(told, answer):
    header = next(part for part in told.all("table") if part.text.lstrip().startswith("Member"))
    cells = told.parts[told.parts.index(header) :]
    rows, name = {}, ""
    for part in cells:
        if part is not header and part.tag == "table":
            break
        if part.tag == "th" and part.attrs["scope"] == "row":
            name = part.text
        elif part.tag == "data":
            rows.setdefault(name, []).append(part.attrs["value"])
    codes = ("population", "area", "gdp", "gdp-per-capita", "exports", "life-expectancy")
    shown = [answer.profile[code] for code in codes if code in answer.profile]
    for code in answer.profile.composition:
        figures = [one.exact for result in shown for one in result.members if one.area == code]
        assert rows[answer.registry.name_of(code)][: len(shown)] == list(map(str, figures))
    assert rows["Bajío Alliance"][: len(shown)] == [str(one.exact) for one in shown]


def test_sentences_say_the_figures_and_what_they_are(told, answer):
    summary = [part for part in told.all("p") if part.inside[-1] == "section"]
    texts = [part.text for part in summary]
    assert set(map(str, whole_summary(answer))) <= set(texts)
    values = {part.attrs["value"] for part in told.all("data") if "p" in part.inside}
    gdp, population = answer.profile["gdp"], answer.profile["population"]
    expected = {gdp.exact, population.exact, gdp.rank.position, population.share_of_host}
    first, last = answer.series[0].results[0], answer.series[0].results[-1]
    expected.add(Fraction(last.exact) / Fraction(first.exact) - 1)
    assert set(map(str, expected)) <= values


def test_phrases_of_sentences_hold_nothing_that_html_takes_for_more_than_text():
    for language in ("en", "es"):
        for key, phrase in phrasebook(language).phrases.items():
            if key.startswith(("report.", "verdicts.", "page.")):
                assert not re.search("[<>&]", str(phrase)), key


def test_a_page_keeps_the_policy_that_it_tells(drawn):
    page = Page(drawn)
    policy = next(one for one in page.all("meta") if "http-equiv" in one.attrs).attrs["content"]
    [style] = page.all("style")
    digest = b64encode(sha256(style.text.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "unsafe" not in policy
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "form", "base")
    for part in page.parts:
        assert not {one for one in part.attrs if one.startswith("on") or one in {"style", "src"}}
        assert part.attrs.get("href", "#").startswith("#")
        assert not any(
            value.startswith("url(") and not value.startswith("url(#")
            for value in part.attrs.values()
        )
    assert len(drawn.encode()) < 1_500_000


def test_a_page_can_be_read_without_seeing_it(drawn):
    page = Page(drawn)
    assert page.all("html")[0].attrs["lang"] == "es"
    names = [part.attrs["id"] for part in page.parts if "id" in part.attrs]
    assert len(names) == len(set(names))
    assert {part.attrs["href"][1:] for part in page.all("a")} <= set(names)
    assert page.all("a")[0].attrs == {"class": "skip", "href": "#main"}
    assert [int(part.tag[1]) for part in page.all("h1", "h2", "h3", "h4")] == [1] + [2] * 14
    for picture in page.all("svg"):
        assert picture.attrs["role"] == "img"
        assert len(picture.attrs["aria-label"]) > 20
    assert len(page.all("svg")) == 12
    for cell in page.all("th"):
        assert cell.attrs["scope"] in {"col", "row", "rowgroup"}
        assert cell.text
    inner = [part for part in page.parts if "svg" in part.inside]
    assert not [part for part in inner if {"role", "aria-label", "class"} & part.attrs.keys()]


def test_a_page_in_spanish_says_no_phrase_in_english(drawn):
    shown = Page(drawn).all("body")[0].text
    english, spanish = (phrasebook(language).phrases for language in ("en", "es"))
    whole = {
        phrase
        for key, phrase in english.items()
        if isinstance(phrase, str) and "{" not in phrase and " " in phrase
        if spanish[key] != phrase and key.startswith(("report.", "chart.", "note.", "column."))
    }
    assert not [phrase for phrase in whole if phrase in shown]
    assert {say(f"report.{one}", "es") for one in ("summary", "members", "map")} <= {
        part.text for part in Page(drawn).all("h2")
    }


def test_without_what_draws_the_charts_are_told_in_words(told, answer):
    assert not told.all("svg")
    words = [part.text for part in told.all("figure")]
    assert len(words) == 12
    assert answer.main.plot("rank", language="en").alt in words
    assert any("bajio[charts]" in part.text for part in told.all("p"))


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize(
    ("region", "pack", "options", "lacking"),
    [
        ("Jalisco+Colima", None, {}, {"claims"}),
        ("MX-GUA", None, {}, {"claims", "members", "spread"}),
        ("GTM", None, {}, {"claims", "members", "spread", "structure"}),
        ("bajio", None, {"peers": None}, {"ranks"}),
        ("great-lakes", "united-states", {"year": 2018}, {"claims", "structure"}),
    ],
)
def test_what_a_region_lacks_is_named_with_the_reason(region, pack, options, lacking):
    language = "es"
    data = None if pack is None else read_package(f"examples/packs/{pack}")
    found = portrait(region, data, **options)
    page = Page(rendered(document_of(found).shown_in(language), "html"))
    headings = [part.text for part in page.all("h2")]
    assert len(headings) == 14
    opening = say("report.lacking", language, reason="@").split("@")[0]
    named, at = {}, ""
    for part in page.all("h2", "p"):
        at = part.text if part.tag == "h2" else at
        if part.text.startswith(opening):
            named[at] = part.text.removeprefix(opening)
    sections = {say(f"report.{one}", language) for one in lacking}
    assert sections <= set(named)
    english = re.compile(r"\b(the|there|is|one|no series|are|alone)\b")
    assert not [reason for reason in named.values() if english.search(reason)]


def test_a_region_without_outlines_has_its_map_s_reason():
    area = bajio.Area("x-1", "Alpha"), bajio.Area("x-2", "Beta")
    own = owned(area)
    page = rendered(document_of(portrait("x-1+x-2", own, peers=None)), "markdown")
    assert "No chart: there are no shapes of the members" in page


HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "\x1b[31mred",
    "\u202eoijab",
    "[x](javascript:alert(1)) `a` |b|",
    "x" * 10**4,
]
NAMES = ["script", "style", "formula", "escape", "turned", "link", "long"]


def owned(areas, label="Homes", title="Own"):
    """A dataset of one's own."""
    measure = bajio.Measure("homes", label, "household")
    source = bajio.Source("own", publisher=title, title=title, citation=title)
    observations = [
        bajio.Observation(area.code, year, one, 10 * at + year - 2000)
        for at, area in enumerate(areas, 1)
        for year in (2017, 2018)
        for one in ("homes", "population")
    ]
    return bajio.dataset(
        "own",
        measures=[measure],
        sources=[source],
        observations=observations,
        gazetteer=bajio.Gazetteer(areas=list(areas)),
    )


@pytest.mark.parametrize("label", HOSTILE, ids=NAMES)
def test_hostile_labels_are_inert(label):
    own = owned([bajio.Area("x-1", label), bajio.Area("x-2", label + "2")], label, label)
    region = bajio.Region(["x-1", "x-2"], code="mine", names=label)
    found = document_of(portrait(region, own, peers=None))
    content = rendered(found, "html")
    page = Page(content)
    assert not page.all("script", "img")
    assert not [one for part in page.parts for one in part.attrs if one.startswith("on")]
    text = rendered(found, "markdown")
    for written in (content, text):
        assert "\x1b" not in written
        assert "\u202e" not in written
    assert not re.search(r"(?<!\\)<(script|/style|img)", text)
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in rows[:3]}) == 1


@pytest.mark.usefixtures("no_pictures")
def test_the_command_that_a_report_tells_makes_it_again(tmp_path, capsys):
    path = tmp_path / "two words.html"
    words = ["report", "MX-QUE", "--year", "2018", "--host", "drop", "--output", str(path)]
    assert main([*words, "--edition", "fdi=2018", "--lang", "es"]) == 0
    first = path.read_text("utf-8")
    [code] = Page(first).all("code")
    program, *again = shlex.split(code.text)
    assert program == "bajio"
    assert main([*again, "--force"]) == 0
    assert path.read_text("utf-8") == first
    assert json.loads(capsys.readouterr().out or "null") is None


def test_an_edition_goes_to_the_parts_that_read_it():
    found = portrait("MX-QUE", year=2018, editions={"fdi": "2018"})
    assert set(found.lacking) == {"spread", "audits"}


def test_options_go_to_the_parts_that_they_mean_something_for():
    found = portrait("MX-QUE", year=2018, against="MX-GUA", host="drop", level="31-33")
    assert set(found.lacking) == {"spread", "audits"}
    assert (found.specialisations.against, found.specialisations.level) == ("MX-GUA", "31-33")
    told = rendered(document_of(found), "markdown")
    typed = "bajio report MX-QUE --year 2018 --host drop --against MX-GUA --level 31-33"
    assert f"{typed} --output report.html" in told


@pytest.mark.slow
def test_a_report_is_printed_by_chromium(answer):
    browser = next(filter(None, map(printed_page.which, printed_page._BROWSERS)), None)
    if browser is None:
        pytest.skip("there is no Chromium on this machine")
    assert rendered(document_of(answer), "pdf").startswith(b"%PDF-")


def test_where_nothing_prints_a_pdf_is_refused_with_the_way_out(answer, monkeypatch, tmp_path):
    monkeypatch.setattr(printed_page, "which", lambda name: None)
    with pytest.raises(InvalidValue, match=r"install chromium, or write \.html"):
        answer.save(tmp_path / "report.pdf")
    assert not list(tmp_path.iterdir())


def test_markdown_has_a_heading_a_section_and_its_charts_in_words(answer):
    text = rendered(document_of(answer).shown_in("es"), "markdown")
    assert text.startswith("# Alianza del Bajío, si fuera un país\n\n## En breve\n")
    assert len(re.findall("^## ", text, re.MULTILINE)) == 14
    assert len(re.findall("^> ", text, re.MULTILINE)) == 12
    assert "```bash\nbajio report bajio --year 2018" in text


def test_claims_of_one_s_own_are_checked_beside_those_that_are_known():
    found = portrait("MX-JAL", year=2018, claims=["docs/audits/jalisco.toml"])
    assert [str(audit.claims.title) for audit in found.audits] == ["What was said of Jalisco"]
    assert "audits" not in found.lacking
    told = "5 claims about it were checked: 2 hold, 2 contradicted and 1 consistent."
    assert str(whole_summary(found)[-1]) == told
