"""The explorer: its addresses, its pages, and who may see them."""

import re
import shlex
from html import unescape
from http.client import HTTPConnection
from threading import Thread

import pytest

import bajio
from bajio.cli import main
from bajio.errors import BajioError, InvalidValue, UnknownCode
from bajio.explorer.explorer_page import KINDS, page
from bajio.explorer.page_server import LOOPBACK, PageServer
from bajio.explorer.views import ground_of, view_of
from bajio.registry import Registry
from bajio.registry.own_data import read_package
from bajio.report.answer_words import value_text
from bajio.report.charts import pictures

FIVE = "MX-AGU MX-GUA MX-JAL MX-QUE MX-SLP"


@pytest.fixture(scope="module")
def ground():
    return ground_of(Registry.default(), None, None)


@pytest.fixture(scope="module")
def server(ground):
    with PageServer(ground) as found:
        Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


def asked(server, path, host=None, **more):
    connection = HTTPConnection(LOOPBACK, server.server_port, timeout=30)
    connection.request("GET", path, headers={**({"Host": host} if host else {}), **more})
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer, content


def texts(html):
    return unescape(re.sub(r"<[^>]+>", "\n", html))


def commands(html):
    return [unescape(found) for found in re.findall(r"<code>(.*?)</code>", html)]


def test_an_address_asks_for_what_its_view_has(ground):
    query = "a=MX-JAL&a=MX-COL&b=MX-GUA&pick=b&year=2018&peers=oecd&host=drop&lang=es&indicator=fdi"
    view = view_of(ground, query)
    assert view.alliances == (("MX-COL", "MX-JAL"), ("MX-GUA",))
    assert (view.picked, view.year, view.peers, view.host) == (1, 2018, "oecd", "drop")
    assert view_of(ground, view.address()[2:]).address() == view.address()


def test_at_first_it_shows_the_catalogs_first_region_or_the_one_that_is_named(ground):
    assert view_of(ground, "").asked == ("bajio",)
    named = ground_of(Registry.default(), "sur-sureste", None)
    assert view_of(named, "").asked == ("sur-sureste",)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("a=MX-XXX", "MX-XXX"),
        ("peers=nobody", "nobody"),
        ("year=next", "next"),
        ("host=x", "'x'"),
        ("indicator=gpd", "gdp"),
        ("lang=fr", "fr"),
        ("a=%ff", "address"),
        ("&".join(["a=MX-JAL"] * 3000), "address"),
    ],
)
def test_what_there_is_not_is_refused_by_name(ground, query, named):
    with pytest.raises(BajioError, match=named):
        view_of(ground, query)


def test_buttons_change_the_alliance_that_is_picked(ground):
    second = view_of(ground, "a=MX-JAL&step=second")
    assert (second.alliances, second.picked) == ((("MX-JAL",), ()), 1)
    filled = view_of(ground, "a=MX-JAL&b=&pick=b&begin=region:bajio")
    assert filled.asked == ("MX-JAL", "bajio")
    assert view_of(ground, "a=MX-JAL&b=MX-COL&pick=b&step=single").asked == ("MX-JAL",)
    assert view_of(ground, "a=MX-JAL&begin=clear").asked == ()


@pytest.mark.parametrize(
    ("language", "options"), [("en", ""), ("es", "year=2018&peers=latin-america&host=remainder")]
)
def test_a_page_shows_the_figures_and_ranks_of_the_library(ground, language, options):
    shown = page(view_of(ground, f"a={FIVE}&lang={language}&{options}".replace(" ", "+")))
    given = {"year": 2018, "peers": "latin-america", "host": "remainder"} if options else {}
    found = bajio.profile("+".join(FIVE.split()), **given)
    told = texts(shown)
    for result in found.results:
        assert value_text(result, language) in told
        if result.rank:
            ordinal = f"{result.rank.position}" + (".º" if language == "es" else "")
            assert ordinal in told
    assert f'lang="{language}"' in shown


@pytest.mark.parametrize(
    "query",
    [
        f"a={FIVE}&year=2018",
        pytest.param(f"a={FIVE}&b=MX-COL&host=drop&lang=es", marks=pytest.mark.slow),
    ],
)
def test_the_commands_of_a_page_give_its_figures(capsys, tmp_path, ground, query):
    shown = page(view_of(ground, query.replace(" ", "+")))
    told = commands(shown)
    assert len(told) == (5 if "&b=" not in query else 10)
    for command in told:
        program, *words = shlex.split(command)
        assert program == "bajio"
        if words[0] == "plot":
            words[-words[::-1].index("--output")] = str(tmp_path / f"{len(words)}{words[1]}.json")
            assert main([*words, "--force"]) == 0
            continue
        assert main([*words, "--format", "html"]) == 0
        assert set(cells(capsys.readouterr().out)) <= set(cells(shown))


def cells(html):
    return re.findall(r"<td[^>]*>(.*?)</td>", html)


def test_charts_have_their_words_and_say_why_there_is_none(ground):
    shown = page(view_of(ground, f"a={FIVE}&peers=none".replace(" ", "+")))
    alts = re.findall(r'<img src="[^"]*" alt="([^"]+)"', shown)
    assert len(alts) == len(KINDS) - 1
    assert "refused" in shown[shown.index('class="rank') :][:60]


def test_a_reason_why_there_is_no_chart_is_told_once(ground):
    shown = page(view_of(ground, "a=MX-AGU&indicator=fdi&year=1995"))
    assert shown[shown.index('class="charts') :].count("refused") == 1
    assert shown.count("<img") == 1  # the series has other years


def test_charts_begin_with_an_indicator_that_there_is(ground):
    assert view_of(ground, "").indicator == "gdp"
    municipal = ground_of(Registry.default(), None, "MX-GUA")
    assert view_of(municipal, "").indicator == "population"


def test_a_refusal_is_in_the_language_of_its_address(server):
    assert "Empezar de nuevo" in asked(server, "/?a=X&lang=es")[1]
    assert "Begin again" in asked(server, "/?a=X&lang=xx")[1]


def test_without_members_nothing_is_asked(ground):
    assert "Choose members" in page(view_of(ground, "a="))
    assert "<img" not in page(view_of(ground, "a="))


def test_words_of_data_are_inert(ground):
    shown = page(view_of(ground, ""))
    assert "<script>" not in shown
    assert shown.count("<script") == 1
    assert not re.search(r"\son\w+=", shown)
    assert not re.search(r'(?:src|href)="(?!/|data:,)', shown)


def test_a_pack_brings_its_own_areas_and_its_commands_name_it():
    registry = Registry.default().with_data(read_package("examples/packs/united-states"))
    ground = ground_of(
        registry, "great-lakes", None, after=("--data", "examples/packs/united-states")
    )
    view = view_of(ground, "year=2018")
    assert view.asked == ("great-lakes",)
    shown = page(view)
    assert "bajio profile great-lakes --year 2018 --data examples/packs/united-states" in shown
    assert 'data-code="US-MI"' in shown


def test_municipalities_of_a_state_can_be_chosen_and_too_many_areas_can_not():
    assert len(ground_of(Registry.default(), None, "MX-GUA").areas) == 46
    with pytest.raises(InvalidValue, match="none of the areas"):
        ground_of(Registry.default(), "bajio", "MX-GUA")
    with pytest.raises(UnknownCode):
        ground_of(Registry.default(), None, "nowhere")


def test_a_server_answers_this_machine_alone(server):
    assert server.server_address[0] == LOOPBACK
    answer, content = asked(server, "/")
    assert answer.status == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<main" in content
    assert asked(server, "/", f"localhost:{server.server_port}")[0].status == 200
    for host in ("example.org", f"example.org:{server.server_port}", LOOPBACK):
        assert asked(server, "/", host)[0].status == 403


def test_pages_of_other_sites_can_lead_to_it_and_ask_for_nothing(server):
    other = {"Sec-Fetch-Site": "cross-site"}
    assert asked(server, "/explorer.css", **other, **{"Sec-Fetch-Mode": "no-cors"})[0].status == 403
    assert asked(server, "/?a=", **other, **{"Sec-Fetch-Mode": "navigate"})[0].status == 200


def test_a_server_refuses_what_it_has_not(server):
    assert asked(server, "/etc/passwd")[0].status == 404
    assert asked(server, "/../explorer.svg")[0].status == 404
    assert asked(server, "/?a=" + "x" * 70_000)[0].status == 414
    answer, content = asked(server, "/?a=%3Cscript%3E")
    assert answer.status == 400
    assert "&lt;script&gt;" in content
    assert "<script>" not in content


def test_a_server_draws_what_the_page_names(server):
    _, content = asked(server, f"/?a={FIVE}&year=2018".replace(" ", "+"))
    address = unescape(re.search(r'<img src="(/rank[^"]+)"', content)[1])
    answer, picture = asked(server, address)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "<svg" in picture
    assert asked(server, "/rank.svg?a=")[0].status == 400


def test_a_port_that_is_taken_is_refused(capsys, server):
    status = main(["explore", "--no-browser", "--port", str(server.server_port)])
    assert status == 2
    assert f"the port {server.server_port} cannot be had" in capsys.readouterr().err


def test_without_the_extra_it_says_how_to_have_it(capsys, monkeypatch):
    monkeypatch.setattr(pictures, "are_there", lambda: False)
    assert main(["explore", "--no-browser"]) == 2
    assert "pip install 'bajio[explore]'" in capsys.readouterr().err
