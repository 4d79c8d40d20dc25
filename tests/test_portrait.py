"""All that there is to say of a region, in one document."""

import re

import pytest

import bajio
from bajio.errors import Unavailable
from bajio.questions.portrait import portrait
from bajio.registry.own_data import read_package
from bajio.report.documents import document_of
from bajio.report.formats import rendered


@pytest.fixture(scope="module")
def found():
    return portrait("bajio", year=2018)


def test_a_portrait_is_what_its_questions_answer(found):
    assert found.profile == bajio.profile("bajio", year=2018)
    assert found.sensitivity == bajio.sensitivity("bajio", "gdp", year=2018)
    assert [one.claims.code for one in found.audits] == ["san-miguel"]
    assert {one.results[-1].year for one in found.series} == {2018}


def test_the_summary_says_what_the_figures_are(found):
    page = re.sub("<[^>]+>", "", rendered(document_of(found), "html"))
    assert "By population it is the 74th of 194, between Zimbabwe and Guinea" in page
    assert "By GDP it is the 57th of 191" in page
    assert "10.1 % of population" in page
    assert "contradicted" in page
    assert found.registry.dataset.digest[:16] in page


def test_a_page_is_small_and_loads_nothing(found):
    page = rendered(document_of(found), "html")
    assert len(page) < 1_500_000
    assert not re.search(r"<(script|link|img|iframe)|\bsrc=|url\((?!#)", page)
    headings = re.findall(r"<h([12])", page)
    assert headings[0] == "1"
    assert set(headings[1:]) == {"2"}


def test_what_a_region_lacks_is_left_out():
    pack = read_package("examples/packs/united-states")
    lakes = portrait("great-lakes", pack, year=2018)
    assert (lakes.specialisations, lakes.audits) == (None, ())
    assert "By GDP it is the 3rd of 191" in rendered(document_of(lakes), "markdown").replace(
        "\\", ""
    )


def test_a_region_without_figures_is_refused():
    pack = read_package("examples/packs/europe-nuts2")
    with pytest.raises(Unavailable, match="no indicator has a figure"):
        portrait("benelux", pack, year=1900)
