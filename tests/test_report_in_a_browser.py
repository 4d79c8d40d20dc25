"""The report as people read it: in Chromium, on a desk, on a phone, in the dark, and by ear."""

import pytest

import bajio
from bajio.questions.portrait import portrait
from bajio.report.documents import document_of
from bajio.report.formats import rendered

pytestmark = pytest.mark.slow
SCREENS = {"desk": (1280, "light"), "dark": (1280, "dark"), "phone": (390, "light")}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Pages as files: of a region in both languages, of one that lacks most parts, of an audit."""
    folder = tmp_path_factory.mktemp("pages")
    for region, language in (("bajio", "en"), ("bajio", "es"), ("GTM", "es")):
        document = document_of(portrait(region, year=2018)).shown_in(language)
        (folder / f"{region}-{language}.html").write_text(rendered(document, "html"), "utf-8")
    for language in ("en", "es"):
        document = document_of(bajio.audit("san-miguel")).shown_in(language)
        (folder / f"audit-{language}.html").write_text(rendered(document, "html"), "utf-8")
    return folder


@pytest.fixture(params=["bajio-en", "bajio-es", "GTM-es", "audit-es"])
def opened(request, pages, browser):
    """A function that opens a page on a screen; nothing is asked of a network, or complained of."""
    contexts, said = [], []

    def open_on(screen):
        width, scheme = SCREENS[screen]
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda sent: said.append(sent.url) if "file:" not in sent.url else None)
        page.goto((pages / f"{request.param}.html").as_uri())
        return page

    yield open_on
    for context in contexts:
        context.close()
    assert said == []


TRIED = [
    ("bajio-en", "desk"),
    ("bajio-es", "dark"),
    ("bajio-es", "phone"),
    ("GTM-es", "phone"),
    ("audit-en", "desk"),
    ("audit-en", "dark"),
    ("audit-es", "phone"),
]


@pytest.mark.parametrize(("opened", "screen"), TRIED, indirect=["opened"])
def test_axe_finds_nothing(opened, screen):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not there")
    found = axe.Axe().run(opened(screen)).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize(("opened", "screen"), TRIED, indirect=["opened"])
def test_a_page_is_as_wide_as_the_screen(opened, screen):
    page = opened(screen)
    assert page.evaluate("document.documentElement.scrollWidth") == SCREENS[screen][0]


def test_the_keyboard_skips_to_the_content_and_moves_tables(opened):
    page = opened("phone")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator(".scroll").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    moved = "document.querySelector('.scroll').scrollLeft > 0"
    for _ in range(100):  # the page lets nobody evaluate in it, as waiting for a function would
        if page.evaluate(moved):
            break
        page.wait_for_timeout(50)
    assert page.evaluate(moved)


def test_no_style_is_kept_out_and_pictures_have_a_size(opened):
    page = opened("desk")
    assert page.evaluate("getComputedStyle(document.querySelector('.bajio h1')).fontSize") == "32px"
    sizes = page.evaluate("[...document.querySelectorAll('svg')].map(one => one.clientWidth)")
    assert all(600 < size < 1000 for size in sizes)


@pytest.mark.parametrize("opened", ["audit-en", "audit-es"], indirect=True)
def test_a_claim_of_an_audit_is_reached_from_the_table_and_left_again(opened):
    page = opened("phone")
    page.locator("tbody th a").nth(3).click()
    article = page.locator("#claim-population-share")
    assert article.bounding_box()["y"] < 100
    article.locator("p a").click()
    assert page.evaluate("location.hash") == "#all"
