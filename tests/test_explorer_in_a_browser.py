"""The explorer as people use it: in Chromium, on a desk and on a phone."""

import re
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

import bajio
from bajio.explorer.page_server import LOOPBACK
from bajio.report.answer_words import rank_text, value_text

pytestmark = pytest.mark.slow
FIVE = "MX-AGU+MX-GUA+MX-JAL+MX-QUE+MX-SLP"
PATIENCE = 30_000


@pytest.fixture(scope="module")
def address():
    asked = [sys.executable, "-m", "bajio", "explore", "--no-browser", "--lang", "en"]
    pipe = subprocess.PIPE
    with subprocess.Popen(asked, stdout=pipe, stderr=pipe, text=True) as started:
        found = started.stdout.readline().strip()
        assert found.startswith(f"http://{LOOPBACK}:")
        yield found
        started.send_signal(signal.SIGINT)
        assert started.wait(10) == 0
        assert "Traceback" not in started.stderr.read()


@pytest.fixture
def page(browser, request):
    """A page that may ask this machine alone, and say nothing on its console."""
    options = {"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    asked, said = [], []
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.on("request", lambda sent: asked.append(sent.url))
    opened.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith("data:")}
    assert hosts == {LOOPBACK}
    assert said == []


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def told(page):
    return " ".join(page.locator("#answers").inner_text().split())


def drawn(page):
    """Whether all pictures come."""
    images = page.locator("figure img").all()
    for image in images:
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    return all(
        image.evaluate("one => one.decode().then(() => one.naturalWidth > 0)") for image in images
    )


def choose(page, code):
    shape = page.locator(f'#map [data-code="{code}"]')
    shape.dispatch_event("click")
    page.wait_for_selector(f"#area-{code}:checked", state="attached")
    page.wait_for_selector("body:not(.busy)")


@pytest.mark.parametrize("page", [{}, PHONE], ids=["desk", "phone"], indirect=True)
def test_jalisco_beside_the_four_has_the_librarys_numbers(page, address):
    page.goto(address)
    page.select_option("#year", "2018")
    page.wait_for_selector("code:has-text('--year 2018')")
    choose(page, "MX-JAL")
    page.wait_for_selector("#answers h2:has-text('Jalisco')")
    found = bajio.profile(FIVE, year=2018)
    answers = told(page)
    for result in found.results:
        assert " ".join(value_text(result).split()) in answers
        if result.rank:
            assert rank_text(result.rank, found.registry) in answers
    assert "bajio profile centro-bajio-occidente --year 2018" in answers
    assert set(bajio.region("centro-bajio-occidente")) == set(bajio.region(FIVE))
    assert drawn(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]
    assert page.url.count("MX-JAL") == 1


def test_two_alliances_stand_side_by_side_in_spanish(page, address):
    page.goto(address)
    page.get_by_text("Español").click()
    page.get_by_role("button", name="Comparar con otra").click()
    page.wait_for_selector("input[name=pick][value=b]:checked")
    choose(page, "MX-COL")
    page.select_option("#peers", "latin-america")
    page.wait_for_selector("code:has-text('latin-america')")
    both = bajio.compare(["bajio", "MX-COL"], peers="latin-america")
    answers = told(page)
    for profile in both.profiles:
        for result in profile.results:
            assert " ".join(value_text(result, "es").split()) in answers
    assert "bajio compare bajio MX-COL --peers latin-america --lang es" in answers
    assert drawn(page)
    assert page.locator("html").get_attribute("lang") == "es"
    page.go_back()
    page.wait_for_selector(
        "code:has-text('un-members'), #peers:has(option[value=un-members]:checked)"
    )
    assert "--peers" not in told(page)


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_two_alliances_stand_side_by_side_on_a_phone_as_well(page, address):
    page.goto(f"{address}?a=MX-AGU+MX-GUA&b=MX-JAL+MX-COL&lang=es&year=2018")
    table = page.locator("#answers .scroll").first
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert "Colima, Jalisco" in table.locator("thead").inner_text()
    names, first = (table.locator(one).all()[4].bounding_box() for one in ("tbody th", "tbody td"))
    assert names["x"] + names["width"] <= first["x"] + 1


def test_the_list_works_by_keyboard_and_commands_are_copied(page, address, browser):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page.goto(address)
    page.locator("#area-MX-COL").focus()
    page.keyboard.press("Space")
    page.wait_for_selector("#answers h2:has-text('Colima')")
    assert page.evaluate("document.activeElement.id") == "area-MX-COL"
    page.locator("button[data-copied]").first.click()
    page.wait_for_selector("button:has-text('Copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"bajio profile MX-AGU\+MX-COL\S+( --lang en)?", copied)


def test_the_page_is_accessible(page, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe here")
    page.goto(f"{address}?a=MX-JAL&b=MX-COL&pick=b")
    page.wait_for_load_state("networkidle")
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []
