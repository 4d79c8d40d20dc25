"""Borders of municipalities: read when asked about, in line with those of the states, searched."""

import json
from itertools import combinations

import pytest

import bajio
from bajio.cli import main
from bajio.facts.areas import Area, Areas, LazyAreas
from bajio.facts.borders import Borders, LazyBorders
from bajio.facts.gazetteer import Gazetteer
from bajio.registry import PluginWarning, Registry, built_ins

#: Municipalities that are newer than the boundaries of 2015.
NEWER = {"02007", "04013", "12082", "12083", "12084", "12085"}
#: Pairs of states that only one of the two tables has, and why. There are none.
DIFFERENCES = {}


@pytest.fixture(scope="module")
def known():
    return Registry.default()


@pytest.fixture(scope="module")
def municipal(known):
    codes = [
        code for state in known.areas.children("MEX", "state") for code in inside(known, state)
    ]
    return {code: known.borders.get(code, frozenset()) for code in codes}


def inside(known, state):
    return known.areas.children(state, "municipality")


def test_the_borders_of_states_follow_from_those_of_municipalities(known, municipal):
    home = {code: known.areas[code].within for code in municipal}
    derived = {
        tuple(sorted((home[code], home[other])))
        for code, others in municipal.items()
        for other in others
        if home[code] != home[other]
    }
    states = known.areas.children("MEX", "state")
    own = {(one, other) for one in states for other in known.borders[one] if one < other}
    assert len(own) == 67
    assert ("MX-GUA", "MX-ZAC") in own
    assert derived ^ own == set(DIFFERENCES)


def test_all_municipalities_but_the_newest_have_borders(municipal):
    assert {code for code, others in municipal.items() if not others} == NEWER
    assert sum(map(len, municipal.values())) == 2 * 7112
    assert len(municipal) - len(NEWER) == 2469


def test_they_are_read_when_one_is_asked_about_and_not_before():
    fresh = Registry(built_ins())
    assert len(fresh.borders["MX-GUA"]) == 5
    assert "11022" not in list(fresh.borders)
    assert "32038" in fresh.borders["11022"]  # Ocampo and Pinos, the states' border that was lost
    assert "11022" in list(fresh.borders)


def is_connected(codes, borders):
    reached, pending = set(), [codes[0]]
    while pending:
        code = pending.pop()
        if code not in reached:
            reached.add(code)
            pending += [one for one in codes if one in borders[code]]
    return len(reached) == len(codes)


def test_contiguous_alliances_of_the_municipalities_of_a_state(known, municipal):
    found = bajio.search(
        near={"population": 1_000_000}, among="MX-GUA", size=3, contiguous=True, year=2020
    )
    codes = inside(known, "MX-GUA")
    people = {code: bajio.evaluate([code], "population", year=2020).exact for code in codes}
    threes = [three for three in combinations(codes, 3) if is_connected(three, municipal)]
    best = min(threes, key=lambda three: abs(sum(map(people.get, three)) - 1_000_000))
    assert found.areas == codes
    assert len(codes) == 46
    assert found.examined == len(threes) == 317
    assert found.results[0].members == best
    assert found.without_borders == ()


def test_a_state_is_searched_for_its_municipalities_as_a_country_for_its_states(known):
    for state in ("MX-AGU", "MX-QUE"):
        found = bajio.search(among=state, size=1, best=1, maximum="population", year=2020)
        assert found.areas == inside(known, state)
    assert bajio.search(among="MEX", size=1, best=1, maximum="population").areas == (
        known.areas.children("MEX", "state")
    )
    assert bajio.search(among="11020", size=1, maximum="population").areas == ("11020",)
    with pytest.raises(bajio.errors.InvalidValue, match="570 areas are too many"):
        bajio.search(among="MX-OAX", size=2, contiguous=True)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "No border is known of Dzitbalché: no alliance of several has them."),
        ("es", "No se conocen fronteras de Dzitbalché: ninguna alianza de varios las incluye."),
    ],
)
def test_it_is_told_which_have_no_borders(capsys, language, told):
    words = [
        "search",
        "--among",
        "MX-CAM",
        "--size",
        "1-2",
        "--max",
        "population",
        "--lang",
        language,
    ]
    assert main([*words, "--contiguous"]) == 0
    assert told in capsys.readouterr().out
    assert main(words) == 0
    assert told not in capsys.readouterr().out
    assert main([*words, "--contiguous", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["without_borders"] == ["04013"]


TOWNS = [Area(code, code, "town", "LND") for code in "abc"]


def test_borders_of_a_kind_come_beside_those_that_are_there():
    areas = Areas([Area("LND", "Land")], [LazyAreas("town", "country", lambda: TOWNS)])
    times = []

    def load():
        times.append(1)
        return [("a", "b")]

    borders = Borders(areas, [("b", "c")], [LazyBorders("town", load)])
    assert (len(borders), times) == (2, [])
    assert borders["b"] == {"a", "c"}
    assert (borders["c"], len(borders), times) == ({"b"}, 3, [1])
    more = Borders(areas, [("b", "c")], [LazyBorders("town", load)])
    more = more.with_pairs(areas, [("a", "c")])
    assert more["a"] == {"b", "c"}
    assert "LND" not in more
    assert more.get("nowhere") is None


@pytest.mark.parametrize(
    "pair", [("11015", "11015"), ("11015", "99999"), "11015", ("11015",), None]
)
def test_late_borders_of_a_plugin_that_cannot_be_used_are_set_aside(pair):
    class Plugin:
        @bajio.hookimpl
        def bajio_borders(self):
            return [LazyBorders("municipality", lambda: [pair])]

    registry = Registry({**built_ins(), "p": Plugin()})
    with pytest.warns(PluginWarning, match="mend its borders of the kind 'municipality'"):
        assert "32038" in registry.borders["11022"]
    plugin = registry.plugins[-1]
    assert plugin.provides == {"bajio_borders": ("municipality",)}


def test_borders_that_come_with_data_leave_the_others_as_they_are():
    data = bajio.dataset(
        "mine", sources=[], observations=[], gazetteer=Gazetteer(borders=[("11022", "MX-ZAC")])
    )
    borders = Registry(built_ins()).with_data(data).borders
    assert {"MX-ZAC", "32038"} <= borders["11022"]
    assert {"11022", "MX-GUA"} <= borders["MX-ZAC"]


@pytest.mark.slow
def test_how_many_contiguous_alliances_of_states_there_are():
    assert bajio.search(maximum="population", contiguous=True).examined == 104_834_001
