"""Answers can be pickled and copied, and what comes back is equal and can still be asked."""

import copy
import pickle
from functools import cache

import pytest

import bajio
from bajio import Indicator, Measure, Memberships, Observation, Registry, Source, Sum
from bajio.facts.areas import LazyAreas

STATES = ["MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP"]
PAIRS = Memberships.combinations(STATES, 2)
NAMED = Memberships.of(["bajio", "MX-JAL"])
OWN = bajio.dataset(
    "own",
    measures=[Measure("beds", "Beds", "1", minimum=0)],
    sources=[Source("own", "Own")],
    observations=[Observation(code, "2018", "beds", 10 + at) for at, code in enumerate(STATES)],
)
BEDS = Indicator("beds", Sum("beds"), "1", "Beds")
ANSWERS = {
    "profile": lambda: bajio.profile(
        "bajio", year=2018, indicators=["gdp", "activity-shares", "employment"]
    ),
    "result": lambda: bajio.evaluate("bajio", "gdp", year=2018),
    "own result": lambda: bajio.evaluate("bajio", BEDS, OWN, year=2018, peers=None),
    "rank": lambda: bajio.rank("bajio", "gdp", year=2018),
    "table": lambda: bajio.break_down("bajio", "activity-shares", year=2018),
    "standings": lambda: bajio.standings("bajio", "gdp", year=2018),
    "comparison": lambda: bajio.compare(["bajio", "sur-sureste"], indicators=["gdp"], year=2018),
    "series": lambda: bajio.series("bajio", "gdp", years=[2017, 2018]),
    "explanation": lambda: bajio.evaluate("bajio", "gdp", year=2018).explain(),
    "sensitivity": lambda: bajio.sensitivity("bajio", "gdp-per-capita", year=2018),
    "portrait": lambda: bajio.answers.portrait("bajio", year=2018),
    "difference": lambda: bajio.difference("bajio", "gdp-per-capita", years=(2017, 2018)),
    "revision": lambda: bajio.diff("fdi=2018", "fdi=2025-10", region="bajio", year=2017),
    "decomposition": lambda: bajio.decompose(
        "mexican-states", "theil-gdp-per-capita", ["bajio", "rest"], year=2018
    ),
    "scores": lambda: bajio.composite(["bajio"], "composite-prosperity", year=2018),
    "search": lambda: bajio.search(near={"population": 5_000_000}, among=STATES, year=2018),
    "specialisations": lambda: bajio.specialisations("bajio", year=2018),
    "relatedness": lambda: bajio.answers.relatedness("bajio", year=2018),
    "audit": lambda: bajio.audit("san-miguel"),
    "ledger": lambda: bajio.answers.read_text(
        "Jalisco had 8 million people in 2018, p. 4, and 3 firms.", "bajio"
    ),
    "rank sets": lambda: bajio.answers.rank_sets({"a": 1, "b": 2}, {"a": 1, "b": 1}),
    "grounds": lambda: bajio.audit("san-miguel").explain("area-rank"),
    "bulk": lambda: bajio.evaluate_many(PAIRS, "gdp", year=2018)["gdp"],
    "ranked bulk": lambda: bajio.evaluate_many(PAIRS, "gdp", year=2018, peers="un-members")["gdp"],
    "bulk of several": lambda: bajio.evaluate_many(
        Memberships.combinations(STATES, 2), ["gdp", "activity-shares"], year=2018
    ),
    "bulk of regions": lambda: bajio.evaluate_many(NAMED, "gdp")["gdp"],
    "refusal": lambda: bajio.profile("bajio", year=1900, indicators=["gdp"]),
}


@cache
def answer_of(name):
    """One of the answers, asked for once."""
    return ANSWERS[name]()


def towns():
    return [bajio.Area("1", "Town", "town", "LND")]


def pickled(one):
    return pickle.loads(pickle.dumps(one))  # noqa: S301  # what it has written itself


WAYS = {
    "pickle": pickled,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ANSWERS)
def test_a_copy_of_an_answer_is_equal_to_it(name, way):
    answer = answer_of(name)

    assert WAYS[way](answer) == answer


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["result", "own result"])
def test_a_copy_of_a_result_can_be_explained(name, way):
    result = ANSWERS[name]()
    again = WAYS[way](result)

    assert str(again.explain()) == str(result.explain())
    assert again.members == result.members


def test_a_copy_of_a_bulk_can_be_asked_for_its_sources_and_single_regions():
    bulk = ANSWERS["bulk"]()
    again = pickled(bulk)

    assert again.sources == bulk.sources
    assert again.result(0) == bulk.result(0)


def test_other_answers_are_not_equal():
    bulk = ANSWERS["bulk"]()

    assert bulk != bajio.evaluate_many(Memberships.combinations(STATES, 3), "gdp", year=2018)["gdp"]
    assert bulk != bajio.evaluate_many(Memberships.combinations(STATES, 2), "gdp", year=2019)["gdp"]
    assert Memberships.combinations(STATES, 2) != Memberships.combinations(STATES[::-1], 2)


def test_a_registry_comes_back_with_its_plugins_and_data():
    registry = Registry({"world": "bajio.catalog.world"}).with_data(OWN)
    again = pickled(registry)

    assert list(again.areas) == list(registry.areas)
    assert [seen.value for seen in again.dataset.observations("beds")] == [10, 11, 12, 13]
    assert pickled(Registry.default()) is Registry.default()
    assert copy.deepcopy(registry) is registry
    assert copy.copy(registry) is registry


def test_options_hold_whom_a_list_names_as_a_value():
    listed = ["MEX", "bajio"]
    chosen = bajio.Options(year=2018, peers=listed)
    listed.clear()

    assert chosen == pickled(chosen) == bajio.Options(year=2018, peers=("MEX", "bajio"))
    assert hash(chosen) == hash(pickled(chosen))
    ranked = bajio.evaluate("MX-JAL", "gdp", **chosen.arguments()).rank
    assert ranked == bajio.evaluate("MX-JAL", "gdp", year=2018, peers="MEX+bajio").rank


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["regions", "indicators", "peer_groups", "measures", "datasets"])
def test_a_copy_of_what_is_listed_is_equal_to_it(name, way):
    things = getattr(bajio, f"list_{name}")()
    again = WAYS[way](things)

    assert again == things
    assert list(again) == list(things)
    assert repr(again) == repr(things)


def test_a_shelf_comes_back_with_who_provides_each_thing():
    regions = Registry.default().regions
    again = pickled(regions)

    assert [again.provider(code) for code in again] == [regions.provider(code) for code in regions]
    assert "nowhere" not in again
    with pytest.raises(KeyError):
        again["nowhere"]


def test_a_dataset_comes_back_with_its_figures():
    again = pickled(OWN)

    assert list(again.observations("beds")) == list(OWN.observations("beds"))


def test_more_regions_than_can_be_held_are_refused_with_the_way_out():
    states = bajio.region("mexican-states").members

    with pytest.raises(bajio.BajioError, match=r"601,080,390 .*evaluate_chunks.*search"):
        bajio.evaluate_many(Memberships.combinations(states, 16), "gdp", year=2018)["gdp"]


def test_many_codes_are_checked_in_one_go():
    codes = [f"X-{at}" for at in range(200_000)]

    assert len(Memberships.from_indices(codes, [[0, 1], [199_999]])) == 2
    with pytest.raises(bajio.BajioError, match="X-7 is twice"):
        Memberships.from_indices([*codes, "X-7"], [[0, 1]])


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_of_areas_reads_those_of_a_lazy_kind_too(way):
    lazy = LazyAreas("town", "country", towns, str.isdigit)
    areas = bajio.answers.Areas([bajio.Area("LND", "Land")], [lazy])

    again = WAYS[way](areas)

    assert list(again) == ["LND"]
    assert (again.get("X1"), again.get("1").within, len(again)) == (None, "LND", 2)
    with pytest.raises(TypeError, match="a FrozenDict cannot be changed"):
        again["X1"] = again["LND"]
