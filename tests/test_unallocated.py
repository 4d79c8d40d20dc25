"""What a country has and none of its parts: data with a source, or what its parts fall short of."""

from fractions import Fraction

import pytest
from attrs import evolve
from backends import BACKENDS, EACH, arrow, by_key

import bajio
from bajio import Area, Measure, Observation, PeerGroup, Source
from bajio.errors import InvalidRegion
from bajio.registry import PluginWarning

OUTPUT = Measure("output", "Output", "USD", prices="current", minimum=0)
PEOPLE = Measure("people", "People", "person", time="stock", minimum=0)
AREAS = [
    Area("LND", "Land"),
    Area("SEA", "Sea"),
    *(Area(f"L-{one}", one, "state", "LND") for one in "ABC"),
    *(Area(f"A{at}", f"A{at}", "town", "L-A") for at in (1, 2)),
    Area("L-X", "Abroad", "unallocated", "LND"),
]
INDICATORS = [
    bajio.Indicator("people", bajio.Sum("people"), "person", "People"),
    bajio.Indicator("output", bajio.Sum("output"), "USD", "Output"),
    bajio.Indicator("share", bajio.Share(bajio.Sum("output")), "1", "Share"),
    bajio.Indicator("per-head", bajio.Sum("output") / bajio.Sum("people"), "USD/person", "Each"),
]
FIGURES = {"LND": 100, "L-A": 30, "L-B": 20, "L-C": 45, "SEA": 50}


def observed(figures, measure="output", year=2020):
    return [Observation(code, year, measure, value) for code, value in figures.items()]


def data(figures=FIGURES, more=(), unallocated="L-X", areas=None):
    found = bajio.dataset(
        "d",
        measures=[OUTPUT, PEOPLE],
        sources=[Source("s", "S")],
        observations=[*observed(figures), *more],
        areas=areas,
    )
    return evolve(found, series=[evolve(one, unallocated=unallocated) for one in found.series])


def registry(*datasets, areas=AREAS, groups=(), borders=()):
    class Plugin:
        @bajio.hookimpl
        def bajio_areas(self):
            return areas

        @bajio.hookimpl
        def bajio_indicators(self):
            return INDICATORS

        @bajio.hookimpl
        def bajio_datasets(self):
            return datasets

        @bajio.hookimpl
        def bajio_borders(self):
            return borders

        @bajio.hookimpl
        def bajio_peer_groups(self):
            return [PeerGroup("lands", "Lands", ["LND", "SEA"]), *groups]

    return bajio.Registry({"p": Plugin()})


def figures_of(known, area, measure="output"):
    return {
        (seen.period, *seen.where): (seen.value, seen.status, seen.note)
        for seen in known.dataset.observations(measure)
        if seen.area == area
    }


def ask(known, region, indicator="output", **options):
    options = {"peers": None, "year": 2020, **options}
    return bajio.evaluate(region, indicator, registry=known, **options)


def test_a_residual_is_what_the_parts_fall_short_of():
    known = registry(data())
    assert figures_of(known, "L-X") == {("2020",): (5, "A", "derived: LND less its 3 parts")}


def test_shares_of_all_parts_with_it_add_to_exactly_one():
    known = registry(data())
    shares = [ask(known, [part]).share_of_host for part in ("L-A", "L-B", "L-C")]
    rest = Fraction(figures_of(known, "L-X")["2020",][0], ask(known, "LND").exact)
    assert sum(map(Fraction, shares)) + rest == 1


def test_a_residual_can_be_negative_and_is_weak_as_what_it_is_made_of():
    more = [Observation("LND", 2021, "output", 90, "P")]
    more += observed({"L-A": 30, "L-B": 20, "L-C": 45}, year=2021)
    known = registry(data(more=more))
    assert figures_of(known, "L-X")["2021",] == (-5, "P", "derived: LND less its 3 parts")


def test_there_is_none_where_a_part_or_the_whole_lacks_a_figure():
    more = [*observed({"LND": 90, "L-A": 1}, year=2021), *observed({"L-A": 1}, year=2022)]
    known = registry(data(more=more))
    assert figures_of(known, "L-X")["2021",] == (None, "O", "no figure of L-B, L-C")
    assert ("2022",) not in figures_of(known, "L-X")


def test_parts_are_those_of_the_year():
    areas = [*AREAS, Area("L-N", "New", "state", "LND", since=2021)]
    later = observed({**FIGURES, "L-N": 4}, year=2021)
    known = registry(data(more=later), areas=areas)
    assert {year: told[0] for (year,), told in figures_of(known, "L-X").items()} == {
        "2020": 5,
        "2021": 1,
    }


def test_figures_that_are_given_stand_though_negative():
    known = registry(data({**FIGURES, "L-X": -7}, unallocated="", areas=AREAS))
    assert figures_of(known, "L-X") == {("2020",): (-7, "A", "")}
    with pytest.raises(bajio.errors.InvalidData, match="L-A is -7, below its minimum 0"):
        data({**FIGURES, "L-A": -7}, areas=AREAS)
    with pytest.raises(bajio.errors.InvalidData, match="L-X is -7, below its minimum 0"):
        data({**FIGURES, "L-X": -7})


def test_what_else_is_allocated_to_none_is_taken_away():
    areas = [*AREAS, Area("L-Y", "Shelf", "unallocated", "LND")]
    known = registry(data({**FIGURES, "L-Y": 3}), areas=areas)
    assert figures_of(known, "L-X")["2020",][:2] == (2, "A")
    assert figures_of(known, "L-X")["2020",][2] == "derived: LND less its 4 parts"


@pytest.mark.parametrize(
    ("code", "areas", "told"),
    [
        ("L-A", AREAS, "'L-A' is no area of the kind 'unallocated'"),
        ("L-Z", AREAS, "'L-Z' is no area of the kind 'unallocated'"),
        (
            "L-X",
            [*AREAS[:4], Area("L-C", "C", "district", "LND"), *AREAS[5:]],
            "parts of LND are of several kinds",
        ),
    ],
)
def test_what_cannot_be_a_residual_is_told(code, areas, told):
    with pytest.warns(PluginWarning, match=told):
        list(registry(data(unallocated=code), areas=areas).dataset.observations("output"))


def test_packages_declare_it(tmp_path):
    written = bajio.write_package(data(), tmp_path / "out")
    again = bajio.read_package(written)
    assert again == data()
    assert figures_of(registry(again), "L-X")["2020",][0] == 5
    known = registry().with_data(again)
    assert figures_of(known, "L-X")["2020",][0] == 5
    told = bajio.write_package(known.dataset, tmp_path / "told", overwrite=True)
    assert figures_of(registry(bajio.read_package(told)), "L-X") == figures_of(known, "L-X")


def test_negative_ones_survive_being_written_and_read(tmp_path):
    known = registry(data({**FIGURES, "LND": 90}))
    again = bajio.read_package(bajio.write_package(known.dataset, tmp_path / "out"))
    assert figures_of(registry(again), "L-X")["2020",][0] == -5


def test_it_is_in_no_region_group_border_or_search():
    known = registry(data())
    for region in (["L-X"], ["L-A", "L-X"], "L-X", "L-A+L-X"):
        with pytest.raises(InvalidRegion, match="what LND has and none of its parts"):
            ask(known, region)
    with pytest.raises(InvalidRegion, match="belongs to no region or group"):
        bajio.rank("L-A", "output", registry=known, peers=["L-B", "L-X"], year=2020)
    with pytest.raises(InvalidRegion, match="belongs to no region or group"):
        bajio.search(among=["L-A", "L-X"], near={"output": 1}, registry=known, year=2020)
    with pytest.warns(PluginWarning, match="has no borders"):
        assert not registry(data(), borders=[("L-A", "L-X")]).borders
    known = registry(data(), groups=[PeerGroup("odd", "Odd", ["L-A", "L-X"])])
    with pytest.warns(PluginWarning, match="belongs to no region or group"):
        assert "odd" not in known.peer_groups


def test_it_is_in_no_mean_and_stays_in_the_remainder():
    people = [*observed({"L-A": 1, "L-B": 2, "L-C": 3, "LND": 6, "SEA": 9}, "people")]
    known = registry(data(more=people))
    asked = {"registry": known, "year": 2020, "peers": "lands", "host": "remainder"}
    for region, left in ((["L-A"], 70), (["L-A", "L-B", "L-C"], 5)):
        _, lines = bajio.standings(region, "output", **asked)
        assert [line.exact for line in lines if line.code == "LND"] == [left]
    assert ask(known, ["L-A", "L-B", "L-C"], "per-head").exact == Fraction(95, 6)


def test_roll_up_counts_it_where_it_is_declared():
    figures = {code: number for code, number in FIGURES.items() if code != "LND"}
    given = {**figures, "L-X": 5}
    known = registry(data(given, unallocated=""))
    assert ask(known, "LND").exact == 100
    assert ask(registry(data(figures, unallocated="")), "LND").exact == 95
    assert ask(known, "L-A").share_of_host == Fraction(3, 10)
    assert ask(known, "L-A", "share").exact == Fraction(3, 10)


TABLE = {
    "area": ["L-A", "L-B", "L-C", "L-X"] * 2,
    "period": [2020] * 8,
    "measure": ["output"] * 4 + ["people"] * 4,
    "value": [30, 20, 45, 5, 1, 2, 3, None],
}


@pytest.mark.parametrize("backend", EACH)
@pytest.mark.parametrize("rest", [5, -5])
def test_hosts_of_tables_are_parts_and_what_none_of_them_has(backend, rest):
    known = registry(data())
    table = arrow({**TABLE, "value": [30, 20, 45, rest, 1, 2, 3, None]}, [str, int, str, float])
    frame = BACKENDS[backend](table)
    per_head = bajio.Sum("output") / bajio.Sum("people")
    rules = {
        "output": bajio.Share(bajio.Sum("output")),
        "people": bajio.Share(bajio.Sum("people")),
        "head": per_head / bajio.rules.At(per_head),
    }
    asked = [bajio.Indicator(code, rule, "1", code) for code, rule in rules.items()]
    regions = [bajio.Region(["L-A"], code="a"), bajio.Region(["L-A", "L-B", "L-C"], code="all")]
    found = bajio.evaluate_table(
        frame, asked, registry=known, regions=regions, host_figures="parts"
    )
    rows = by_key(found, "region", "period")
    assert rows["a", 2020]["output"] == pytest.approx(30 / (95 + rest))
    assert rows["all", 2020]["output"] == pytest.approx(95 / (95 + rest))
    assert rows["all", 2020]["people"] == rows["all", 2020]["head"] == 1
    assert {row[f"{code}_reason"] for row in rows.values() for code in rules} == {None}


@pytest.mark.parametrize("backend", EACH)
def test_no_region_of_a_membership_table_has_it(backend):
    known = registry(data())
    table = BACKENDS[backend](arrow(TABLE, [str, int, str, float]))
    given = {"region": ["a", "a", "b"], "area": ["L-A", "L-X", "L-B"]}
    regions = BACKENDS[backend](arrow(given, [str, str]))
    asked = {"registry": known, "regions": regions}
    if "lazy" in backend or backend == "duckdb":
        found = by_key(bajio.evaluate_table(table, "output", **asked), "region", "period")
        assert found["a", 2020]["output_reason"] == "invalid"
        assert found["b", 2020]["output"] == 20
        return
    with pytest.raises(InvalidRegion, match="belongs to no region or group"):
        bajio.evaluate_table(table, "output", **asked)
    with pytest.raises(InvalidRegion, match="belongs to no region or group"):
        bajio.evaluate_table(table, "output", registry=known, regions=["L-A"], peers=["L-B", "L-X"])


def test_many_regions_at_once_refuse_it():
    known = registry(data())
    with pytest.raises(InvalidRegion, match="belongs to no region or group"):
        bajio.Memberships.of([["L-A", "L-X"]], registry=known)
    every = bajio.Memberships.combinations(["L-A", "L-X"], 1)
    with pytest.raises(InvalidRegion, match="belongs to no region or group"):
        bajio.evaluate_many(every, "output", registry=known, year=2020, peers=None)
    many = bajio.Memberships.of([["L-A"], ["L-A", "L-B", "L-C"]], registry=known)
    options = {"registry": known, "year": 2020, "peers": "lands", "host": "remainder"}
    found = bajio.evaluate_many(many, ["output", "share"], **options)
    assert list(found["output"].ranks.of) == [3, 3]
    assert list(found["share"].values) == pytest.approx([0.3, 0.95])
