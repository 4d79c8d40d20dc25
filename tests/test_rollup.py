"""Areas as the sum of their parts, hosts of known parts, and what is allocated to none."""

from fractions import Fraction

import pytest
from attrs import evolve
from backends import BACKENDS, arrow, by_key

import bajio
from bajio import Area, Measure, Observation, PeerGroup, Source
from bajio.errors import InvalidRegion, Unavailable
from bajio.registry import PluginWarning

PEOPLE = Measure("people", "People", "person", time="stock", minimum=0)
OUTPUT = Measure("output", "Output", "USD", prices="current")
RATE = Measure("rate", "Rate", "1", kind="intensive", weight="people", time="stock")
AREAS = [
    Area("LND", "Land"),
    Area("SEA", "Sea"),
    *(Area(f"L-{one}", one, "state", "LND") for one in "ABC"),
    *(Area(f"A{at}", f"A{at}", "town", "L-A") for at in (1, 2)),
    Area("A3", "A3", "town", "L-A", since=2021),
    Area("L-X", "Abroad", "unallocated", "LND"),
]
INDICATORS = [
    bajio.Indicator("people", bajio.Sum("people"), "person", "People"),
    bajio.Indicator("output", bajio.Sum("output"), "USD", "Output"),
    bajio.Indicator("per-head", bajio.Sum("output") / bajio.Sum("people"), "USD/person", "Each"),
    bajio.Indicator("rate", bajio.WeightedMean("rate", "people"), "1", "Rate"),
    bajio.Indicator("most", bajio.rules.Maximum("people"), "person", "Most"),
    bajio.Indicator("mean", bajio.Mean("rate"), "1", "Mean"),
]


def dataset(rows, *, name="d", source="s"):
    return bajio.dataset(
        name,
        measures=[PEOPLE, OUTPUT, RATE],
        sources=[Source(source, source)],
        observations=[
            Observation(code, year, measure, value)
            for measure, cells in rows.items()
            for (code, year), value in cells.items()
        ],
    )


def registry(rows, *more, groups=(), areas=AREAS):
    class Plugin:
        @bajio.hookimpl
        def bajio_areas(self):
            return areas

        @bajio.hookimpl
        def bajio_indicators(self):
            return INDICATORS

        @bajio.hookimpl
        def bajio_datasets(self):
            return [dataset(rows), *more]

        @bajio.hookimpl
        def bajio_peer_groups(self):
            return [PeerGroup("lands", "Lands", ["LND", "SEA"]), *groups]

    return bajio.Registry({"p": Plugin()})


def people(**cells):
    return {"people": {(code.replace("_", "-"), 2020): value for code, value in cells.items()}}


def ask(known, region, indicator="people", year=2020, **options):
    return bajio.evaluate(
        region, indicator, registry=known, year=year, **{"peers": None, **options}
    )


def test_an_area_without_a_figure_is_the_sum_of_its_parts():
    known = registry(people(L_B=10, L_C=20, A1=3, A2=4))
    found = ask(known, ["L-A", "L-B"])
    assert found.exact == 17
    assert found.notes[0] == "L-A as the sum of parts, of the kind 'town'"
    assert (found.share_of_host, found.share_basis) == (Fraction(17, 37), "sum-of-parts")
    assert ask(known, ["L-A", "L-B"], "most").holders == ("L-B",)
    assert ask(known, "LND").exact == 37


def test_parts_are_those_that_existed():
    rows = {"people": {("A1", 2020): 3, ("A2", 2020): 4, ("A1", 2021): 3, ("A2", 2021): 4}}
    known = registry(rows)
    assert ask(known, ["L-A"], year=2020).exact == 7
    with pytest.raises(Unavailable, match="2 of its 3 areas of the kind 'town' have one"):
        ask(known, ["L-A"], year=2021)


def test_an_area_whose_parts_are_partly_there_is_missing_and_coverage_says_how_far():
    known = registry(people(L_B=10, L_C=20, A1=3))
    found = ask(known, ["L-A", "L-B"], missing="partial")
    assert (found.exact, found.coverage.members) == (10, Fraction(1, 2))
    assert "1 of its 2 areas of the kind 'town' have one" in str(found.coverage.missing[0])


def test_what_is_missing_is_bounded_by_what_areas_are_the_sums_of():
    known = registry(people(LND=100, L_C=20, A1=3, A2=4))
    found = ask(known, ["L-A", "L-B"], missing="bound")
    assert (found.low, found.high) == (80, 80)
    found = ask(known, ["L-A", "L-C"], missing="bound")
    assert (found.low, found.high) == (27, 27)
    known = registry(people(LND=100, A1=3, A2=4))
    found = ask(known, ["L-A", "L-B"], missing="bound")
    assert (found.low, found.high) == (7, 100)
    known = registry(people(LND=100, L_C=20, A1=3))
    found = ask(known, ["L-A", "L-B"], missing="bound")
    assert (found.low, found.high) == (80, 80)


def test_parts_that_lack_a_month_of_a_year_are_not_among_those_that_have_it():
    months = {
        (code, f"2020-{month:02}"): 3
        for code in ("A1", "A2")
        for month in range(1, 13)
        if (code, month) != ("A2", 12)
    }
    known = registry({"people": months})
    with pytest.raises(Unavailable, match="; 1 of its 2 areas of the kind 'town' have one"):
        ask(known, ["L-A"])
    assert ask(known, ["L-A"], year=None, period="2020-Q3").exact == 6


def test_all_leaves_of_a_rule_roll_up_at_one_level():
    rows = people(L_A=8, A1=3, A2=5)
    rows["output"] = {("A1", 2020): 30, ("A2", 2020): 10}
    assert ask(registry(rows), ["L-A"], "per-head").exact == 5
    rows = people(L_A=8)
    rows["output"] = {("A1", 2020): 30, ("A2", 2020): 10}
    with pytest.raises(Unavailable):
        ask(registry(rows), ["L-A"], "per-head")


def test_an_intensive_measure_rolls_up_by_its_weight_and_not_by_a_plain_mean():
    rows = people(A1=1, A2=3)
    rows["rate"] = {("A1", 2020): 2, ("A2", 2020): 6}
    known = registry(rows)
    assert ask(known, ["L-A"], "rate").exact == 5
    with pytest.raises(Unavailable):
        ask(known, ["L-A"], "mean")


def test_own_figures_of_parts_stand_in_for_their_area_only_when_complete():
    known = registry(people(L_A=8, L_B=10, L_C=20, LND=38))
    both = dataset(people(A1=3, A2=6), name="mine", source="mine")
    found = ask(known.with_data(both), ["L-A"])
    assert (found.exact, found.notes[0]) == (9, "L-A as the sum of parts, of the kind 'town'")
    some = dataset(people(A1=3), name="mine", source="mine")
    found = ask(known.with_data(some), ["L-A"])
    told = "own 'people' (mine) of parts of L-A is not used: 1 of its 2 areas of the kind 'town'"
    assert (found.exact, found.notes) == (8, (f"{told} have one",))
    few = dataset(people(A1=1, A2=1), name="mine", source="mine")
    found = ask(known.with_data(few), ["L-A"])
    assert found.exact == 8
    assert "less than three quarters" in found.notes[0]


def test_known_parts_are_no_host_where_another_source_has_far_more():
    areas = [one for one in AREAS if one.kind != "town"]
    world = dataset(people(LND=100, SEA=5), name="w", source="world")
    known = registry(people(L_A=10, L_B=10, L_C=10), world, areas=areas)
    found = ask(known, ["L-A", "L-B"])
    assert (found.share_of_host, found.share_basis) == (None, None)
    assert found.notes == (
        "no share of LND: its known parts add up to 30 % of the 'people' that world gives it",
    )
    near = dataset(people(LND=32, SEA=5), name="w", source="world")
    found = ask(registry(people(L_A=10, L_B=10, L_C=10), near, areas=areas), ["L-A"])
    assert (found.share_of_host, found.share_basis) == (Fraction(1, 3), "sum-of-parts")
    assert found.notes == ("the parts of LND against its total in another source: -6.2 %",)
    over = dataset(people(LND=22, SEA=5), name="w", source="world")
    assert ask(registry(people(L_A=10, L_B=10, L_C=10), over), ["L-A"]).share_of_host is None


def test_a_partition_with_what_is_allocated_to_none_adds_up_to_one():
    known = registry(people(L_A=10, L_B=20, L_C=30, L_X=40, SEA=7))
    shares = [ask(known, [code]).share_of_host for code in ("L-A", "L-B", "L-C")]
    assert sum(shares) + Fraction(40, 100) == 1
    published = registry(people(L_A=10, L_B=20, L_C=30, L_X=40, LND=100, SEA=7))
    assert [ask(published, [code]).share_of_host for code in ("L-A", "L-B", "L-C")] == shares
    for one in (known, published):
        left = ask(one, ["L-A"], peers="lands", host="remainder")
        assert (left.rank.position, left.rank.above) == (2, ("LND",))


def test_what_is_allocated_to_none_is_in_no_region_group_or_mean():
    rows = people(L_A=10, L_B=20, L_C=30, L_X=900)
    rows["rate"] = {(code, 2020): 1 for code in ("L-A", "L-B", "L-C")} | {("L-X", 2020): 9}
    known = registry(rows, groups=[PeerGroup("bad", "Bad", ["L-A", "L-X"])])
    with pytest.raises(InvalidRegion, match="L-X"):
        known.region(["L-A", "L-X"])
    with pytest.warns(PluginWarning, match="L-X"):
        assert "bad" not in known.peer_groups
    with pytest.raises(InvalidRegion, match="L-X"):
        ask(known, ["L-A"], peers="L-A+L-X")
    assert ask(known, ["L-A"], "rate").host_value == 1
    assert "L-X" not in known.areas.children("LND")


def test_coverage_and_thresholds_are_of_people_where_they_are_known():
    areas = [Area("LND", "Land"), *(Area(f"S{at}", f"S{at}", "state", "LND") for at in range(4))]
    population = Measure("population", "Population", "person", time="stock")
    folk = bajio.dataset(
        "p",
        measures=[population],
        sources=[Source("census", "Census")],
        observations=[
            Observation(f"S{at}", 2020, "population", (2, 4999, 2000, 2999)[at]) for at in range(4)
        ],
    )
    rows = {"output": {("S1", 2020): 1, ("S2", 2020): 1, ("S3", 2020): 1}}
    region = [f"S{at}" for at in range(4)]
    partial = {"missing": "partial", "threshold": Fraction(99, 100)}
    found = ask(registry(rows, folk, areas=areas), region, "output", **partial)
    assert (found.exact, found.coverage.members) == (3, Fraction(3, 4))
    assert found.coverage.weight == Fraction(9998, 10000)
    with pytest.raises(Unavailable, match="75% of the region is covered"):
        ask(registry(rows, areas=areas), region, "output", **partial)
    known = registry(rows, folk, areas=areas)
    many = bajio.Memberships.of([region, region[:2]], registry=known)
    options = {"registry": known, "year": 2020, "peers": None, **partial}
    bulk = bajio.evaluate_many(many, "output", **options)["output"]
    assert bulk.values[0] == 3
    assert bulk.coverage.members[0] == 0.75


def test_the_reference_year_of_other_data_moves_no_year():
    rows = {"people": {("L-A", 2020): 1, ("L-A", 2021): 2}, "output": {("L-A", 2020): 1}}
    data = bajio.dataset(
        "far",
        measures=[OUTPUT],
        sources=[Source("o", "O")],
        observations=[Observation("L-B", 2035, "output", 1)],
        reference_year=2035,
    )
    near = bajio.dataset(
        "near",
        measures=[PEOPLE],
        sources=[Source("n", "N")],
        observations=[Observation("L-C", year, "people", 1) for year in (2020, 2021)],
        reference_year=2020,
    )
    known = registry(rows, data, near)
    assert ask(known, ["L-A"], year=None).year == 2021
    assert ask(known, ["L-C"], year=None).year == 2020


def test_the_newest_year_may_be_one_that_only_the_parts_have():
    class Places:
        @bajio.hookimpl
        def bajio_areas(self):
            towns = [bajio.Area(code, code, "town", "A-1") for code in ("T-1", "T-2")]
            return [bajio.Area("AAA", "A"), bajio.Area("A-1", "A", "state", "AAA"), *towns]

        @bajio.hookimpl
        def bajio_datasets(self):
            figures = [("A-1", 2019, 5), ("T-1", 2019, 2), ("T-2", 2019, 3)]
            figures += [("T-1", 2020, 3), ("T-2", 2020, 4)]
            seen = [bajio.Observation(area, year, "jobs", value) for area, year, value in figures]
            return [
                bajio.dataset(
                    "jobs",
                    measures=[bajio.Measure("jobs", "Jobs", "person", time="stock")],
                    sources=[bajio.Source("survey", "Survey")],
                    observations=seen,
                )
            ]

    jobs = bajio.Indicator("jobs", bajio.Sum("jobs"), "person", "Jobs")
    found = bajio.evaluate("A-1", jobs, registry=bajio.Registry({"p": Places()}), peers=None)

    assert (found.year, found.value) == (2020, 7)


def test_an_area_with_parts_that_lacks_a_rate_is_missing_for_that():
    pesos = bajio.dataset(
        "p",
        measures=[
            Measure("wages", "Wages", "LCU", prices="current"),
            Measure("fx", "Rate", "LCU/USD", kind="intensive", time="stock"),
        ],
        sources=[Source("p", "p")],
        observations=[
            Observation("LND", "2019", "fx", 4),
            *(Observation(code, "2020", "wages", 1) for code in ("LND", "L-A", "L-B", "L-C")),
            Observation("SEA", "2020", "wages", 1),
            Observation("SEA", "2020", "fx", 2),
        ],
    )
    named = [evolve(one, currency="LNP") if one.code == "LND" else one for one in AREAS]
    named = [evolve(one, currency="SEP") if one.code == "SEA" else one for one in named]
    known = registry({"people": {("LND", "2020"): 1}}, pesos, areas=named)
    dollars = bajio.rules.Convert(bajio.Sum("wages"), "USD", at="fx")
    asked = bajio.Indicator("wages-usd", dollars, "USD", "Wages")
    assert ask(known, "SEA", asked, peers="lands").value == 0.5
    with pytest.raises(Unavailable, match=r"no 'fx'.* LND"):
        ask(known, "LND", asked)


def of_years(*years, **cells):
    """Figures of people that double from year to year."""
    return {
        "people": {
            (code.replace("_", "-"), year): value * 2**at
            for at, year in enumerate(years)
            for code, value in cells.items()
        }
    }


def test_a_series_a_rank_and_many_regions_roll_up_as_one_answer_does():
    states = PeerGroup("states", "States", ["L-A", "L-B", "L-C"])
    known = registry(of_years(2019, 2020, L_B=10, L_C=4, A1=3, A2=4), groups=[states])
    timeline = bajio.series(["L-A", "L-B"], "people", registry=known, peers=None)
    assert [(one.year, one.exact) for one in timeline.results] == [(2019, 17), (2020, 34)]
    assert all("L-A as the sum of parts" in one.notes[0] for one in timeline.results)
    rank = bajio.rank("L-B", "people", registry=known, year=2020, peers="states")
    assert (rank.position, rank.of, rank.below, rank.peers_missing) == (1, 3, ("L-A",), ())
    asked = bajio.Memberships.of([["L-A"], ["L-A", "L-C"], ["LND"]], registry=known)
    many = bajio.evaluate_many(asked, "people", registry=known, year=2020, peers="states")
    assert many["people"].values.tolist() == [14, 22, 42]
    assert many["people"].ranks.position.tolist()[:2] == [2, 1]


def test_a_country_is_the_sum_of_states_of_which_one_is_the_sum_of_towns():
    known = registry(people(L_B=10, L_C=20, A1=3, A2=4))
    found = ask(known, "LND")
    assert found.exact == 37
    assert found.notes[0] == "LND as the sum of parts, of the kind 'state'"
    lacking = registry(people(L_B=10, L_C=20, A1=3))
    with pytest.raises(Unavailable, match="2 of its 3 areas of the kind 'state' have one"):
        ask(lacking, "LND")


def test_months_roll_up_one_by_one():
    jobs = Measure("jobs", "Jobs", "person", time="end", minimum=0)
    rows = {("A1", "2020-02"): 3, ("A2", "2020-02"): 4, ("A1", "2020-03"): 5, ("L-B", "2020-02"): 1}
    monthly = bajio.dataset(
        "m",
        measures=[jobs],
        sources=[Source("m", "m")],
        observations=[Observation(*place, "jobs", value) for place, value in rows.items()],
    )
    asked = bajio.Indicator("jobs", bajio.Sum("jobs"), "person", "Jobs")
    known = registry(people(L_B=1), monthly)
    options = {"registry": known, "peers": None}
    assert bajio.evaluate(["L-A", "L-B"], asked, period="2020-02", **options).exact == 8
    with pytest.raises(Unavailable, match="1 of its 2 areas of the kind 'town' have one"):
        bajio.evaluate(["L-A"], asked, period="2020-03", **options)


@pytest.mark.parametrize(
    "backend",
    ["polars-lazy", "pandas", "pyarrow", pytest.param("duckdb", marks=pytest.mark.slow)],
)
def test_a_table_rolls_up_as_the_exact_engine_does(backend):
    rows = of_years(2019, 2020, L_B=10, L_C=4, A1=3, A2=4)
    del rows["people"]["A2", 2019]
    rows["output"] = dict.fromkeys(rows["people"], 7)
    rows["output"]["L-A", 2020] = 1000  # beside people of its towns alone
    rows["rate"] = {("A1", 2020): 2, ("A2", 2020): 6, ("L-B", 2020): 5, ("L-C", 2020): 1}
    states = PeerGroup("states", "States", ["L-A", "L-B", "L-C"])
    always = [area for area in AREAS if area.code not in {"A3", "L-X"}]
    known = registry(rows, groups=[states], areas=always)
    cells = [(*place, code, value) for code, own in rows.items() for place, value in own.items()]
    table = arrow(
        {
            "area": [area for area, *_ in cells],
            "period": [str(year) for _, year, *_ in cells],
            "measure": [cell[2] for cell in cells],
            "value": [float(cell[3]) for cell in cells],
        },
        (str, str, str, float),
    )
    asked = {"a": ["L-A"], "ab": ["L-A", "L-B"], "all": ["LND"]}
    codes = ["people", "output", "per-head", "rate", "most", "mean"]
    found = bajio.evaluate_table(
        BACKENDS[backend](table),
        codes,
        regions=[bajio.Region(areas, code=code) for code, areas in asked.items()],
        registry=known,
        peers="states",
    )
    seen = 0
    for (region, period), row in by_key(found, "region", "period").items():
        for code in codes if period else ():
            try:
                wanted = float(ask(known, asked[region], code, int(period)).exact)
            except Unavailable:
                wanted = None
            assert row[code] == wanted, (region, period, code)
            seen += wanted is not None
    assert seen == 15
