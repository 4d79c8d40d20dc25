"""Who belongs to a region, a peer and a group in a year: the same everywhere."""

from collections.abc import Iterator
from math import isnan

import pytest

import bajio
from bajio.errors import BajioError
from bajio.facts.areas import Area
from bajio.facts.measures import Measure, Prices, Time
from bajio.facts.observations import Observation
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.facts.sources import Source
from bajio.indicator import Indicator
from bajio.registry import Registry
from bajio.registry.own_data import dataset
from bajio.rules.nodes import Growth, Share, Sum

PEOPLE = Indicator("people", Sum("people"), "person", "People")
LAND = Indicator("land", Sum("land"), "km²", "Land")
GROWTH = Indicator("growth", Growth(Sum("people")), "1", "Growth")
YEARS = range(2000, 2012)
#: People of the parts of a country, in each year a hundred times as many as in 2000 plus one.
PARTS = {"H-A": 1, "H-B": 2, "H-C": 4, "H-D": 8}
#: A region that is no more, one to come, one that a member leaves in a year to come.
GONE = Region([Membership("H-A", 2003, 2008), Membership("H-B", 2005, 2008)], code="gone")
TO_COME = Region([Membership("H-C", 2030)], code="to-come")
LEAVING = Region([Membership("H-A", left=2030), Membership("H-B")], code="leaving")
REJOINED = Region([Membership("H-A", 2001, 2004), Membership("H-A", 2007), "H-B"], code="rejoined")
OVERLAPS = Region([Membership("HHH", 2001, 2004), Membership("H-A", 2002)], code="overlaps")
TWIN = Region([Membership("H-A"), Membership("H-B"), Membership("H-C", 2008)], code="twin")
PAIR = Region(["H-A", "H-B"], code="pair")
REGIONS = (GONE, TO_COME, LEAVING, REJOINED, OVERLAPS, TWIN, PAIR)


class World:
    """A country of four parts, and two others."""

    @bajio.hookimpl
    def bajio_areas(self):
        countries = [Area(code, code) for code in ("HHH", "XXX", "YYY")]
        return [*countries, *(Area(code, code, "state", "HHH") for code in PARTS)]

    @bajio.hookimpl
    def bajio_regions(self):
        return REGIONS

    @bajio.hookimpl
    def bajio_peer_groups(self):
        joined = [Membership("HHH"), Membership("XXX"), Membership("YYY", 2005)]
        return [
            PeerGroup("countries", "Countries", joined),
            PeerGroup("regions", "Regions", [one.code for one in REGIONS]),
        ]

    @bajio.hookimpl
    def bajio_indicators(self):
        return [PEOPLE, LAND, GROWTH]

    @bajio.hookimpl
    def bajio_datasets(self):
        figures = {**PARTS, "HHH": 15, "XXX": 5, "YYY": 3}
        return [
            dataset(
                "world",
                measures=[
                    Measure("people", "People", "person", time=Time.STOCK, minimum=0),
                    Measure("land", "Land", "km²", time=Time.TIMELESS, minimum=0),
                ],
                sources=[Source("survey", "Survey")],
                observations=[
                    *(
                        Observation(code, str(year), "people", size * (100 + year - 2000))
                        for code, size in figures.items()
                        for year in YEARS
                        if code != "YYY" or not 2004 < year < 2009
                    ),
                    *(Observation(code, "", "land", size) for code, size in figures.items()),
                ],
                reference_year=2011,
            )
        ]


@pytest.fixture
def world():
    return Registry({"world": World()})


@pytest.fixture
def ask(world):
    def asked(region, indicator=PEOPLE, **options):
        options = {"peers": None, "membership": "as-of", **options}
        return bajio.evaluate(region, indicator, registry=world, **options)

    return asked


def test_a_region_that_is_no_more_is_asked_about_for_its_years(ask):
    assert [ask("gone", year=year).exact for year in (2003, 2005, 2007)] == [103, 3 * 105, 3 * 107]
    assert ask("gone").year == 2007
    assert ask("gone").host == "HHH"
    assert ask("gone", year=2005).share_of_host == ask("pair", year=2005).share_of_host
    with pytest.raises(BajioError, match="no members in 2009: it has some from 2003 to 2007"):
        ask("gone", year=2009)


def test_the_years_in_which_a_region_has_members_are_told(world, ask):
    twice = Region([Membership("H-A", left=2003), Membership("H-B", 2005)], code="twice")
    with pytest.raises(BajioError, match=r"in 2004: it has some until 2002 and from 2005 on$"):
        ask(twice, year=2004)


def test_the_newest_members_of_a_region_that_is_no_more_are_its_last(ask, world):
    assert world.region("gone").members == ("H-A", "H-B")
    assert ask("gone", year=2010, membership="newest").exact == 3 * 110


def test_a_year_of_leaving_that_is_to_come_takes_no_member_out(ask):
    assert ask("leaving", year=2011, membership="newest").exact == 3 * 111
    assert ask("leaving", year=2011).exact == 3 * 111
    assert ask("leaving", membership="newest").exact == ask("pair").exact


def test_a_member_that_left_and_came_back_is_there_in_its_years_alone(ask):
    found = {year: ask("rejoined", year=year).exact for year in (2000, 2001, 2003, 2004, 2007)}

    assert found == {2000: 200, 2001: 303, 2003: 309, 2004: 208, 2007: 321}


def test_members_that_overlap_are_refused_in_the_years_in_which_they_do(ask):
    assert ask("overlaps", year=2001).exact == 15 * 101
    assert ask("overlaps", year=2004).exact == 104
    assert ask("overlaps", membership="newest", year=2003).exact == 103
    with pytest.raises(BajioError, match=r"in 2003: .*H-A .* lies in HHH"):
        ask("overlaps", year=2003)


def test_growth_reads_each_year_with_its_own_members(ask):
    assert float(ask("rejoined", GROWTH, year=2007).exact) == pytest.approx(321 / 212 - 1)
    with pytest.raises(BajioError, match="no members in 2002"):
        ask("gone", GROWTH, year=2003)


def test_what_has_no_period_is_of_the_members_of_the_year_that_is_asked_for(ask):
    assert ask("twin", LAND, year=2005).exact == 3
    assert ask("twin", LAND, year=2008).exact == ask("twin", LAND).exact == 7
    assert ask("gone", LAND).exact == 3


def test_a_region_with_the_same_members_in_that_year_is_no_peer(ask):
    among = "+".join(("XXX", *(one.code for one in REGIONS)))
    rank = ask("pair", year=2007, peers=among).rank

    assert set(rank.left_out) == {"gone", "leaving", "twin", "pair", "rejoined", "overlaps"}
    assert (rank.position, rank.of, rank.tied, rank.peers_missing) == (2, 2, (), ())
    later = ask("pair", year=2008, peers=among).rank
    assert set(later.left_out) == {"leaving", "pair", "rejoined", "overlaps"}
    assert (later.position, later.of, later.above, later.peers_missing) == (3, 3, ("XXX",), ())
    assert ask("pair", year=2007, peers="regions").rank_reason == (
        "no peer of 'regions' but gone, leaving, overlaps, pair, rejoined, twin, which lie in the "
        "region, has 'people' for 2007"
    )


def standing(world, **options):
    _, lines = bajio.standings("pair", PEOPLE, registry=world, **options)
    return {line.code: line.exact for line in lines}


def test_the_remainder_of_a_peer_is_of_that_year_too(world):
    options = {"peers": "twin+pair+XXX+HHH", "host": "remainder"}
    found = {
        (year, membership): standing(world, year=year, membership=membership, **options)
        for year in (2005, 2008)
        for membership in ("as-of", "newest")
    }

    assert found[2005, "as-of"] == {"HHH": 12 * 105, "XXX": 5 * 105, "pair": 3 * 105}
    for at, size in (((2005, "newest"), 105), ((2008, "as-of"), 108), ((2008, "newest"), 108)):
        lines = {"HHH": 12 * size, "XXX": 5 * size, "twin": 4 * size, "pair": 3 * size}
        assert found[at] == lines


def test_a_peer_that_joined_between_two_years_is_borrowed(ask):
    rank = ask("pair", year=2005, peers="countries", year_tolerance=1).rank

    assert rank.borrowed == (("YYY", 2004),)
    assert (rank.of, rank.peers_missing) == (4, ())


def test_the_newest_group_is_that_of_the_year_of_the_data(ask):
    group = PeerGroup("own", "Own", [Membership("XXX", left=2030), Membership("YYY", 2020)])

    assert ask("pair", LAND, peers=group).rank.of == 2
    assert ask("pair", year=2004, peers="countries").rank.of == 3
    assert ask("pair", year=2009, peers="countries").rank.of == 4


@pytest.mark.parametrize(
    ("peers", "of"),
    [
        ("XXX", 2),
        (["XXX"], 2),
        (("XXX", "YYY"), 3),
        ({"XXX": 1, "YYY": 2}, 3),
        (iter(["XXX", "YYY"]), 3),
        ("XXX+YYY", 3),
        ("XXX + twin", 3),
        (Region(["XXX", "YYY"]), 3),
        ([Region(["XXX", "YYY"])], 2),
        ([Region(["H-C"]), Region(["H-D"]), "XXX"], 4),
        ("twin", 2),
        (["twin", "XXX"], 3),
        (PeerGroup("mine", "Mine", ["XXX", "YYY"]), 3),
        ([Region(["XXX", "YYY"], code="far", names="Far away"), "HHH"], 3),
    ],
)
def test_peers_are_a_group_or_codes_and_regions(ask, peers, of):
    asked = ask("pair", year=2010, peers=peers, membership="newest")

    assert asked.rank.of == of


def test_a_region_of_ones_own_among_the_peers_is_named(ask):
    far = Region(["XXX", "YYY"], code="far", names="Far away")
    found = ask("pair", year=2010, peers=[far])

    assert (found.rank.position, found.rank.of, found.rank.above) == (2, 2, ("far",))


@pytest.mark.parametrize("peers", [[], [3], 3, [None], [""], "", "+", ["XXX", "XXX"], object()])
def test_what_is_no_peer_is_refused(ask, peers):
    with pytest.raises(BajioError):
        ask("pair", year=2010, peers=peers)


def test_the_order_of_questions_does_not_matter():
    """Hosts and peers are kept by all that they hang on: the members, the year, the way."""
    questions = [
        (region, indicator, {"year": year, "membership": membership, "peers": peers, "host": host})
        for region in ("gone", "twin", "overlaps", "pair")
        for indicator in (PEOPLE, LAND, Indicator("part", Share(Sum("people")), "1", "Part"))
        for year in (None, 2002, 2005, 2008)
        for membership in ("as-of", "newest")
        for peers, host in (("regions", "keep"), ("countries", "remainder"))
    ]

    def answers(order):
        known = Registry({"world": World()})
        found = {}
        for at in order:
            region, indicator, options = questions[at]
            try:
                one = bajio.evaluate(region, indicator, registry=known, **options)
                found[at] = (one.low, one.year, one.share_of_host, one.host_value, one.rank)
            except BajioError as error:
                found[at] = str(error)
        return found

    forward = answers(range(len(questions)))
    assert answers(reversed(range(len(questions)))) == forward
    assert len({str(one) for one in forward.values()}) > 20


def test_in_2018_the_larger_alliance_has_the_members_of_the_smaller():
    found = bajio.evaluate(
        "bajio", "population", year=2018, peers="mexican-regions", membership="as-of"
    )

    assert "centro-bajio-occidente" in found.rank.left_out
    assert found.rank.tied == ()


def test_of_what_a_region_is_all_of_nothing_remains():
    for indicator in ("area", "population", "gdp"):
        result, lines = bajio.standings("mexican-states", indicator, host="remainder", year=2018)
        assert "MEX" not in {line.code for line in lines}
        assert result.rank.left_out == ("MEX",)
        dropped = bajio.rank("mexican-states", indicator, host="drop", year=2018)
        assert (dropped.position, dropped.of) == (result.rank.position, result.rank.of)


def in_bulk(world, indicator, codes, **options):
    """What each of some regions has in bulk, and by itself; nothing where it is refused."""
    memberships = bajio.Memberships.of(codes, registry=world)
    options = {"membership": "as-of", "registry": world, **options}
    found = bajio.evaluate_many(memberships, indicator, **options)[indicator.code]
    alone = []
    for code in codes:
        try:
            one = bajio.evaluate(code, indicator, **options)
        except BajioError:
            alone.append((None, None))
        else:
            alone.append((float(one.low), one.rank and (one.rank.position, one.rank.of)))
    many = []
    for row in range(len(codes)):
        value = float(found.values[row])
        rank = found.ranks and (int(found.ranks.position[row]), int(found.ranks.of[row]))
        many.append((None, None) if isnan(value) else (value, rank if rank and rank[0] else None))
    return many, alone


@pytest.mark.parametrize("indicator", [PEOPLE, LAND, GROWTH])
@pytest.mark.parametrize("year", [2002, 2003, 2005, 2008])
@pytest.mark.parametrize("host", ["keep", "drop", "remainder"])
def test_many_regions_are_composed_as_each_of_them_is(world, indicator, year, host):
    pytest.importorskip("numpy")
    codes = [one.code for one in REGIONS]
    many, alone = in_bulk(world, indicator, codes, year=year, peers="countries", host=host)

    assert many == alone


def test_what_is_allocated_to_no_part_remains_of_the_host():
    """All states of a country leave its activity abroad; of what that has no figure, nothing."""

    class Abroad(World):
        @bajio.hookimpl
        def bajio_areas(self):
            return [
                *super().bajio_areas(),
                Area("H-X", "Abroad", "unallocated", "HHH"),
            ]

        @bajio.hookimpl
        def bajio_datasets(self):
            (data,) = super().bajio_datasets()
            more = dataset(
                "abroad",
                measures=[Measure("trade", "Trade", "USD", prices=Prices.CURRENT)],
                sources=[Source("survey", "Survey")],
                observations=[
                    Observation(code, "2010", "trade", value)
                    for code, value in {"HHH": 20, "H-X": 5, **PARTS, "XXX": 3}.items()
                ],
            )
            return [data, more]

    known = Registry({"world": Abroad()})
    trade = Indicator("trade", Sum("trade"), "USD", "Trade")
    options = {"registry": known, "year": 2010, "peers": "countries", "host": "remainder"}
    states = list(PARTS)
    _, traded = bajio.standings(states, trade, **options)
    _, living = bajio.standings(states, PEOPLE, **options)

    assert {line.code: line.exact for line in traded} == {"+".join(states): 15, "HHH": 5, "XXX": 3}
    assert {line.code for line in living} == {"+".join(states), "XXX", "YYY"}
    pytest.importorskip("numpy")
    many = bajio.Memberships.of([states, states[:2]], registry=known)
    for indicator in (trade, PEOPLE):
        found = bajio.evaluate_many(many, indicator, **options)[indicator.code]
        alone = [bajio.rank(one, indicator, **options) for one in (states, states[:2])]
        assert list(found.ranks.of) == [one.of for one in alone]
        assert list(found.ranks.position) == [one.position for one in alone]


OWN = Region(["A1", "A2"], code="own")


@pytest.mark.parametrize(
    ("regions", "options", "values"),
    [
        (OWN, {}, [3, 30]),
        ([OWN], {"peers": ["A3", "B1"]}, [(3, 3, 3), (30, 3, 3)]),
        ([OWN], {"peers": [Region(["A3", "B1"])]}, [(3, 2, 2), (30, 2, 2)]),
        ([OWN], {"peers": Region(["A3", "B1"])}, [(3, 3, 3), (30, 3, 3)]),
        (
            [OWN],
            {
                "peers": PeerGroup("late", "Late", ["A3", Membership("B1", 2019)]),
                "membership": "as-of",
            },
            [(3, 2, 2), (30, 3, 3)],
        ),
        (Region([Membership("A1", 2000, 2019), "A2"]), {"membership": "as-of"}, [3, 20]),
        (Region([Membership("A1", 2000, 2011), "A2"]), {}, [2, 20]),
        (Region([Membership("A1", left=2090), "A2"]), {}, [3, 30]),
        (Region([Membership("A1", 2000, 2005), Membership("A2", 2001, 2005)]), {}, [3, 30]),
        (LEAVING, {}, [48, 480]),
        ("twin", {}, [112, 1120]),
        (TWIN, {"membership": "as-of"}, [112, 1120]),
    ],
)
def test_tables_compose_regions_and_peers_alike(world, regions, options, values):
    polars = pytest.importorskip("polars")
    areas = ["A1", "A2", "A3", "B1", "H-A", "H-B", "H-C"]
    figures = [2**at for at in range(len(areas))]
    frame = polars.DataFrame(
        {
            "area": areas * 2,
            "period": [2018] * len(areas) + [2019] * len(areas),
            "people": figures + [10 * figure for figure in figures],
        }
    )
    found = bajio.evaluate_table(
        frame, PEOPLE, regions=regions, wide={"people": "people"}, registry=world, **options
    ).sort("period")

    columns = ["people", "people_rank", "people_of"] if "peers" in options else ["people"]
    rows = [row if len(row) > 1 else row[0] for row in found.select(columns).rows()]
    assert rows == values


@pytest.mark.parametrize(
    "peers",
    [
        ["XXX", "H-C"],
        Region(["XXX", "H-C"]),
        PeerGroup("mine", "Mine", ["XXX", "H-C"]),
        iter(["XXX", "H-C"]),
        "XXX+H-C",
    ],
)
def test_every_question_takes_the_same_peers(world, peers):
    """One after another, as they are given: what can be read but once is made anew."""

    def anew():
        return iter(["XXX", "H-C"]) if isinstance(peers, Iterator) else peers

    pair = ["H-A", "H-B"]
    found = [
        bajio.rank(pair, PEOPLE, registry=world, year=2010, peers=anew()),
        bajio.profile(pair, indicators=[PEOPLE], registry=world, year=2010, peers=anew())[
            "people"
        ].rank,
        *(
            one["people"].rank
            for one in bajio.compare(
                [pair, "twin"], indicators=[PEOPLE], registry=world, year=2010, peers=anew()
            ).profiles[:1]
        ),
        bajio.series(pair, PEOPLE, years=[2010], registry=world, peers=anew()).results[0].rank,
        bajio.sensitivity(pair, PEOPLE, registry=world, year=2010, peers=anew()).result.rank,
    ]
    assert {(one.position, one.of, one.above, one.below) for one in found} == {(3, 3, ("H-C",), ())}
    joining = bajio.sensitivity(pair, PEOPLE, registry=world, year=2010, joining=anew(), peers=None)
    assert [one.area for one in joining.joining] in (["H-C", "XXX"], ["XXX", "H-C"])


def test_peers_of_two_kinds_are_each_read_in_the_series_of_their_own():
    result, lines = bajio.standings(
        "bajio", "population", year=2018, peers=["MX-SON", "GTM", "BVT", "sur-sureste"]
    )

    assert [line.code for line in lines] == ["sur-sureste", "GTM", "bajio", "MX-SON"]
    assert result.rank.peers_without_data == ("BVT",)
    assert lines[-1].exact == bajio.evaluate("MX-SON", "population", year=2018, peers=None).exact
