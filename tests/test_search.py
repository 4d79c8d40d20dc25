"""The search over alliances as users ask it: from Python and from the command line."""

import json
import sys
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, strategies as st

import bajio
from bajio.cli import main
from bajio.errors import InvalidRegion, InvalidValue, Unavailable, UnitMismatch, UnknownCode
from bajio.questions.search.wishes import Amount, sizes
from bajio.registry import Registry
from bajio.testing.strategies import worlds
from bajio.testing.worlds import YEAR

README = ("search", "--near", "population=11427054", "--size", "4", "--contiguous", "--year",
          "2018")  # fmt: skip
STATES = bajio.list_peer_groups()["mexican-states"].at(None)
BORDERS = Registry.default().borders
PEOPLE, LAND, OUTPUT = bajio.Sum("people"), bajio.Sum("land"), bajio.Sum("output")
RULES = (
    (PEOPLE, "person"),
    (OUTPUT - bajio.Sum("balance"), "USD"),
    (OUTPUT / PEOPLE, "USD/person"),
    (bajio.Sum("balance") / LAND, "USD/km²"),
    (bajio.Share(OUTPUT), "1"),
    (bajio.Growth(bajio.Sum("real-output")), "1"),
    (bajio.WeightedMean("quota"), "1"),
    (bajio.rules.Maximum("people"), "person"),
    (bajio.rules.Minimum("quota"), "1"),
    (bajio.rules.Gini(OUTPUT, PEOPLE), "1"),
    (bajio.rules.Logarithm(PEOPLE / LAND * 1), "1"),
)


def connected(members):
    reached, todo = {members[0]}, [members[0]]
    while todo:
        new = (BORDERS.get(todo.pop(), frozenset()) & set(members)) - reached
        reached |= new
        todo += new
    return reached == set(members)


def figures(code, year):
    return {one: bajio.evaluate(one, code, year=year, peers=None).exact for one in STATES}


def test_the_four_contiguous_states_nearest_to_a_number_of_people():
    people = figures("population", 2018)
    fours = [four for four in combinations(STATES, 4) if connected(four)]
    target = 11427054
    away = {four: abs(sum(people[code] for code in four) - target) for four in fours}
    expected = sorted(fours, key=lambda four: (away[four], four))[:10]
    found = bajio.search(near={"population": target}, size=4, contiguous=True, year=2018)
    assert [one.members for one in found.results] == expected
    assert expected[0] == ("MX-COL", "MX-GRO", "MX-MIC", "MX-QUE")
    assert found.examined == len(fours) == 612
    assert found.optimal
    assert found.results[0].distance == Fraction(away[expected[0]], target)
    assert found.results[0].figures[0].exact == sum(people[code] for code in expected[0])


def test_the_largest_economies_of_three_and_the_smallest_rate():
    threes = list(combinations(STATES, 3))
    output = figures("gdp", 2018)
    found = bajio.search(maximum="gdp", size=3, year=2018, best=5)
    totals = {three: sum(output[code] for code in three) for three in threes}
    assert [one.members for one in found.results] == sorted(
        threes, key=lambda three: (-totals[three], three)
    )[:5]
    assert found.results[0].figures[0].exact == totals[found.results[0].members]
    assert found.examined == len(threes)
    rates = {
        three: bajio.evaluate(three, "gdp-per-capita", year=2018, peers=None).exact
        for three in combinations(STATES[:9], 3)
    }
    lowest = bajio.search(
        minimum="gdp-per-capita", size=3, among=STATES[:9], year=2018, best=84
    ).results
    assert [one.members for one in lowest] == sorted(rates, key=lambda three: (rates[three], three))
    assert [one.figures[0].exact for one in lowest] == sorted(rates.values())


def test_fewest_members_for_half_of_the_country():
    output = figures("gdp", 2018)
    found = bajio.search(at_least={"gdp": "0.5*MEX"}, year=2018, best=1)
    half = Fraction(sum(output.values())) / 2
    largest = sorted(output.values(), reverse=True)
    fewest = next(n for n in range(33) if sum(largest[:n]) >= half)
    assert len(found.results[0].members) == fewest
    assert found.results[0].figures[0].exact >= half
    assert found.wishes[0].value == pytest.approx(half, rel=0.01)


def test_two_targets_are_reached_together():
    found = bajio.search(near={"population": "BEL", "gdp": "BEL"}, size="2-3", contiguous=True)
    people, output = (
        bajio.evaluate("BEL", code, year=found.year, peers=None).exact
        for code in ("population", "gdp")
    )
    for one in found.results:
        first, second = one.figures
        assert first.distance == abs(first.exact - people) / Fraction(people)
        assert second.distance == abs(second.exact - output) / Fraction(output)
        assert one.distance == max(first.distance, second.distance)
    assert [one.distance for one in found.results] == sorted(one.distance for one in found.results)
    assert {use.source.publisher for use in found.sources} >= {"World Bank", "INEGI"}


def of_world(world, rule, unit):
    return bajio.Indicator("it", rule, unit, "It")


@st.composite
def questions(draw):
    """A world with borders between its parts, and a search in it."""
    world = draw(worlds(peers=2))
    parts = world.parts
    pairs = list(combinations(parts, 2))
    borders = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return {
        "world": world,
        "borders": borders,
        "aim": draw(st.sampled_from(RULES)),
        "sense": draw(st.sampled_from(["near", "maximum", "minimum"])),
        "limit": draw(st.none() | st.sampled_from(RULES)),
        "contiguous": draw(st.booleans()) and bool(borders),
        "best": draw(st.integers(1, 4)),
    }


@given(questions(), st.data())
def test_a_search_finds_what_asking_for_every_region_finds(asked, data):
    world = asked["world"]
    registry = Registry(
        {"world": world.registry()._collector._manager.get_plugin("world"), "own": _Borders(asked)}
    )
    aim = of_world(world, *asked["aim"])

    def value(indicator, members):
        try:
            return bajio.evaluate(
                bajio.Region(members), indicator, registry=registry, peers=None, year=YEAR
            ).exact
        except bajio.BajioError:
            return None

    parts = sorted(world.parts)
    every = [one for size in range(1, len(parts) + 1) for one in combinations(parts, size)]
    values = {one: value(aim, one) for one in every}
    known = [one for one in values.values() if one is not None]
    assume(known)
    wishes = {asked["sense"]: aim}
    target = None
    if asked["sense"] == "near":
        target = Fraction(data.draw(st.sampled_from(known))) + data.draw(st.sampled_from([0, 3]))
        wishes = {"near": [(aim, target)]}
    limit, most = None, None
    if asked["limit"] is not None:
        limit = bajio.Indicator("limit", *asked["limit"], "Limit")
        limits = {one: value(limit, one) for one in every}
        assume(any(one is not None for one in limits.values()))
        most = data.draw(st.sampled_from([one for one in limits.values() if one is not None]))
        wishes["at_most"] = [(limit, Fraction(most))]
    try:
        found = bajio.search(
            among=parts, registry=registry, year=YEAR, contiguous=asked["contiguous"],
            best=asked["best"], **wishes,
        )  # fmt: skip
    except Unavailable:
        lacking = [value(one, [part]) for part in parts for one in (aim, limit) if one]
        assert None in lacking
        return

    def key(one):
        own = values[one]
        if target is not None:
            return abs(own - target) / abs(target) if target else abs(own)
        return -own if asked["sense"] == "maximum" else own

    fitting = [
        one
        for one in every
        if values[one] is not None
        if limit is None or (limits[one] is not None and limits[one] <= most)
        if not asked["contiguous"] or joined(one, asked["borders"])
    ]
    expected = sorted(fitting, key=lambda one: (key(one), len(one), one))[: asked["best"]]
    assert [one.members for one in found.results] == expected
    assert [one.figures[0].exact for one in found.results] == [values[one] for one in expected]


class _Borders:
    """A plugin that says which parts of a world border on one another."""

    def __init__(self, asked):
        self._pairs = asked["borders"]

    @bajio.hookimpl
    def bajio_borders(self):
        return self._pairs


def joined(members, pairs):
    reached = {members[0]}
    for _ in members:
        reached |= {
            one for pair in pairs if set(pair) & reached for one in pair if one in set(members)
        }
    return reached == set(members)


def test_one_area_alone_is_searched_too():
    people, most = bajio.Sum("population"), bajio.rules.Maximum("population")
    share = people / most * (people / bajio.rules.At(people, "FRA"))
    times = bajio.Indicator("times", share, "1", "Times")
    found = bajio.search(near={times: 0}, among=["DEU"], year=2018)
    germans, french = (bajio.evaluate(one, "population", year=2018) for one in ("DEU", "FRA"))
    assert [one.distance for one in found.results] == [Fraction(germans.exact, french.exact)]


def test_members_that_have_to_be_in_and_out():
    found = bajio.search(
        near={"population": 10**7},
        include="bajio",
        exclude=["MX-JAL", "MX-ZAC+MX-MIC"],
        size="4-6",
        year=2018,
        best=500,
    )
    assert found.include == ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")
    assert found.examined == 1 + 25 + 25 * 24 // 2 == len(found.results[:500])
    for one in found.results:
        assert set(found.include) <= set(one.members)
        assert not {"MX-JAL", "MX-ZAC", "MX-MIC"} & set(one.members)
    assert found.results[0].region == bajio.Region(found.results[0].members)


def test_without_an_aim_the_fewest_members_come_first_then_codes():
    found = bajio.search(contiguous=True, include="MX-BCS", best=3)
    assert [one.members for one in found.results] == [
        ("MX-BCS",),
        ("MX-BCN", "MX-BCS"),
        ("MX-BCN", "MX-BCS", "MX-SON"),
    ]
    assert found.year is None


@pytest.mark.slow  # all sets of 32 areas
def test_a_search_that_finds_none_has_tried_all_sets():
    none = bajio.search(at_least={"area": "3e6"})
    assert (none.results, none.examined, none.optimal) == ((), 2**32 - 1, True)


def test_interrupted_it_gives_the_best_so_far():
    told = []

    def progress(examined, total):
        told.append((examined, total))
        if len(told) == 3:
            raise KeyboardInterrupt

    found = bajio.search(near={"population": 11427054}, year=2018, progress=progress)
    assert not found.optimal
    assert found.examined == told[-1][0] < told[-1][1] == 2**32 - 1
    assert len(found.results) == 10


def test_areas_without_figures_are_refused_or_left_out():
    with pytest.raises(Unavailable, match="no 'gdp' for AIA, BES"):
        bajio.search(maximum="gdp", among="latin-america", size=2, year=2018)
    found = bajio.search(
        maximum="gdp", among="latin-america", size=2, year=2018, incomplete="leave-out"
    )
    assert found.results[0].members == ("BRA", "MEX")
    assert dict(found.left_out)["AIA"] == "no 'gdp' for AIA in 2018 (not in world-bank)"


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        ({"near": {"gdp": 1}, "maximum": "gdp"}, InvalidValue, "do not go together"),
        ({"near": [("gdp", 1), ("gdp", 2)]}, InvalidValue, "named twice in near"),
        ({"near": {"gdp": ""}}, InvalidValue, "empty amount"),
        ({"near": {"gdp": float("nan")}}, InvalidValue, "not finite"),
        ({"near": {"gdp": None}}, InvalidValue, "is no amount"),
        ({"near": {"gdp": "5 person"}}, UnitMismatch, "person is not USD"),
        ({"near": {"gdp": "5% USD"}}, InvalidValue, "cannot be read"),
        ({"near": {"gdp": "0.5*"}}, InvalidValue, "of no region"),
        ({"near": {"gdp": "BLE"}}, UnknownCode, "unknown region 'BLE'"),
        ({"near": {"gpd": 1}}, UnknownCode, "did you mean"),
        ({"maximum": "own-exports-by-sector"}, UnknownCode, "unknown indicator"),
        ({"size": 0}, InvalidValue, "is no size"),
        ({"size": "5-2"}, InvalidValue, "is no size"),
        ({"size": "many"}, InvalidValue, "is no size"),
        ({"size": 40}, InvalidValue, "there are 32 areas"),
        ({"best": 0}, InvalidValue, "whole number from 1"),
        ({"incomplete": "ignore"}, InvalidValue, "it can be refuse, leave-out"),
        ({"include": "BEL"}, InvalidRegion, r"BEL \(Belgium\) is none of the areas"),
        ({"include": "MX-JAL", "exclude": "MX-JAL"}, InvalidRegion, "is none of the areas"),
        ({"exclude": list(STATES)}, InvalidValue, "no area is left"),
        ({"among": "un-members"}, InvalidValue, "193 areas are too many"),
        (
            {"among": "BEL+FRA+NLD", "contiguous": True},
            Unavailable,
            "BEL and others have no",
        ),
        ({"maximum": "gdp", "year": 2030}, Unavailable, "and 28 more in 2030; newest is 2024"),
        ({"maximum": "gini-gdp-per-capita"}, Unavailable, "4,294,967,295 sets .* hours"),
        (
            {"maximum": "gini-gdp-per-capita", "contiguous": True, "patience": 60},
            Unavailable,
            "123,480,449 sets .* 4 minutes",
        ),
        ({"maximum": "gdp", "patience": 0.1}, Unavailable, "would take about . seconds"),
        ({"maximum": "gdp", "among": STATES, "year": 12}, InvalidValue, "is not a year"),
        ({"maximum": "gdp", "siez": 3}, UnknownCode, "option of a search 'siez': did you mean 's"),
    ],
)
def test_what_means_nothing_or_takes_too_long_is_refused(asked, error, told):
    with pytest.raises(error, match=told):
        bajio.search(**asked)


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        (5, 5),
        (0.04, Fraction(1, 25)),
        ("4%", Fraction(1, 25)),
        ("1e11", 10**11),
        ("1.5 billion", 1500000000),
        ("12,345.5", Fraction(24691, 2)),
        ("-3", -3),
    ],
)
def test_amounts_are_read_exactly(given, amount):
    assert Amount.of(given).number == amount


def test_amounts_of_regions_and_units():
    assert Amount.of("0.5*MEX") == Amount(Fraction(1, 2), place="MEX")
    assert Amount.of("BEL+NLD") == Amount(Fraction(1), place="BEL+NLD")
    area = bajio.list_indicators()["area"]
    assert Amount.of("100 ha").in_unit_of(area) == 1
    assert Amount.of("2 million km²").in_unit_of(area) == 2000000
    assert sizes([2, 5], 4) == (2, 4)


class _Countries:
    """A plugin of two countries."""

    @bajio.hookimpl
    def bajio_areas(self):
        return [bajio.Area("GTM", "Guatemala"), bajio.Area("SLV", "El Salvador")]


def test_borders_that_plugins_give_wrongly_are_set_aside():
    class Wrong:
        @bajio.hookimpl
        def bajio_borders(self):
            return [("GTM", "SLV"), ("GTM", "GTM"), ("GTM", "XXX"), ("GTM",), 5]

    registry = Registry({"wrong": Wrong(), "countries": _Countries()})
    with pytest.warns(UserWarning, match="bajio_borders") as warned:
        found = registry.borders
    assert len(warned) == 4
    assert found == {"GTM": {"SLV"}, "SLV": {"GTM"}}
    assert registry.plugins[0].provides == {"bajio_borders": ("GTM SLV",)}


def run(capsys, *arguments):
    status = main([*arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_command_answers_in_json(capsys):
    status, out, err = run(capsys, *README, "--format", "json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert found["results"][0]["members"] == ["MX-COL", "MX-GRO", "MX-MIC", "MX-QUE"]
    assert (found["examined"], found["optimal"]) == (612, True)
    assert found["results"][0]["figures"]["population"]["value"] == 11416311
    assert run(capsys, *README, "--format", "json")[1] == out


def test_the_command_answers_in_tables_of_both_languages(capsys):
    _, english, _ = run(capsys, *README, "--best", "2")
    lines = english.splitlines()
    assert lines[0] == "Alliances among 32 areas, 4 members, contiguous, 2018"
    assert lines[1] == "Population nearest to 11.43 million persons"
    assert lines[5].split("  ") == [
        "1",
        "Colima, Guerrero, Michoacán, Querétaro",
        "11.42 million persons",
        "0.094 %",
    ]
    assert "Sets of areas decided on: 612, all that there are." in lines
    _, spanish, _ = run(capsys, *README, "--lang", "es", "--best", "2")
    assert "Población lo más cerca de 11.43 millones de personas" in spanish
    assert "Conjuntos de áreas examinados: 612, todos los que hay." in spanish
    _, markdown, _ = run(capsys, *README, "--format", "markdown", "--best", "1")
    assert "| 1 | Colima, Guerrero, Michoacán, Querétaro | 11.42 million persons | 0.094 % |" in (
        markdown
    )
    _, rows, _ = run(capsys, *README, "--format", "csv", "--best", "1")
    assert rows.splitlines()[1].startswith("1,MX-COL;MX-GRO;MX-MIC;MX-QUE,Colima;")


def test_no_alliance_is_an_answer_too(capsys):
    status, out, _ = run(capsys, "search", "--size", "3", "--contiguous", "--with",
                         "MX-BCS+MX-YUC")  # fmt: skip
    assert status == 0
    assert "No alliance satisfies all of this." in out
    status, out, _ = run(capsys, "search", "--at-least", "gdp=2*MEX", "--size", "3", "--lang", "es")
    assert status == 0
    assert "PIB al menos 2 × México: " in out
    assert "Ninguna alianza cumple todo esto." in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--near", "population"], "write INDICATOR=AMOUNT"),
        (["--max", "gdp", "--year", "2030"], "newest is 2024"),
        (["--max", "insured-jobs", "--period", "2021-08"], "newest is 2026-04: pass --period 2026"),
        (["--max", "insured-jobs", "--period", "2021-Q4"], "newest is 2021-Q3"),
        (["--max", "homicide-rate", "--period", "2018-Q3"], "newest is 2024: pass --year 2024"),
        (["--max", "gini-gdp-per-capita"], "would take about"),
        (["--best", "0"], "--best"),
        (["--max", "gdp", "--min", "gdp"], "do not go together"),
    ],
)
def test_the_command_refuses_with_status_2(arguments, told, capsys):
    status, out, err = run(capsys, "search", *arguments)
    assert (status, out) == (2, "")
    assert told in err


def test_without_numpy_the_command_says_what_to_install(capsys, monkeypatch):
    for name in [one for one in sys.modules if one.startswith(("bajio.engines.array", "numpy"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    status, out, err = run(capsys, *README)
    assert (status, out) == (2, "")
    assert err == "bajio: the array engine needs numpy: pip install 'bajio[array]'\n"


def test_the_distance_from_zero_that_is_told_is_the_one_by_which_it_was_chosen(capsys):
    growth = {"population": 8_000_000, "gdp-growth": 0}
    found = bajio.search(near=growth, among=STATES_OF_BAJIO, size=2, year=2018, best=6)

    told = []
    for one in found.results:
        figures = {figure.indicator.code: figure for figure in one.figures}
        people = abs(Fraction(figures["population"].exact) - 8_000_000) / 8_000_000
        grown = abs(Fraction(figures["gdp-growth"].exact))
        assert figures["gdp-growth"].distance == grown
        assert figures["gdp-growth"].from_zero
        assert not figures["population"].from_zero
        assert one.distance == max(people, grown)
        told.append(one.distance)
    assert told == sorted(told)
    assert len(told) == 6


def test_the_distance_of_an_amount_from_zero_is_told_as_an_amount(capsys):
    among = "+".join(STATES_OF_BAJIO)
    asked = f"search --near fdi=0 --among {among} --size 1 --year 2018 --best 1"

    assert main(asked.split()) == 0
    shown = capsys.readouterr().out

    [best] = bajio.search(near={"fdi": 0}, among=STATES_OF_BAJIO, size=1, year=2018).results[:1]
    assert best.distance == abs(best.figures[0].exact) > 0
    assert " %" not in shown.split("Source")[0]


STATES_OF_BAJIO = ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")
