"""Which series serves a number, and which years have one: cases worked out by hand."""

from fractions import Fraction

import pytest

import bajio
from bajio import Area, Currency, Indicator, Measure, Observation, PeerGroup, Registry, Source, Sum
from bajio.errors import Unavailable
from bajio.rules import At, Convert, Lag


def registry(areas, measures, *datasets, groups=(), units=None, **stated):
    """A registry of some areas, measures, and figures by area and year of each source."""

    class Plugin:
        @bajio.hookimpl
        def bajio_areas(self):
            return areas

        @bajio.hookimpl
        def bajio_datasets(self):
            return [
                bajio.dataset(
                    f"d{at}",
                    measures=measures,
                    units=units[at] if units else None,
                    **stated,
                    sources=[Source(f"s{at}", f"Source {at}")],
                    observations=[
                        Observation(area, str(year), measure, value)
                        for (measure, area, year), value in figures.items()
                    ],
                )
                for at, figures in enumerate(datasets)
            ]

        @bajio.hookimpl
        def bajio_peer_groups(self):
            return groups

    return Registry({"p": Plugin()})


HEADS = Measure("heads", "Heads", "person", time="stock")
PLACES = [
    *(Area(code, code) for code in ("XAA", "XBB", "XCC", "XEE")),
    *(Area(f"XA-{part}", f"A{part}", "state", "XAA") for part in (1, 2, 3)),
    Area("YB-1", "B1", "state", "XBB"),
]
PEOPLE = Indicator("heads", Sum("heads"), "person", "Heads")


def of_year(figures, year=2020, measure="heads"):
    return {(measure, area, year): value for area, value in figures.items()}


def test_a_country_is_answered_by_a_series_of_two_countries_before_its_own():
    own = of_year({"XAA": 10})
    both = of_year({"XAA": 11, "XBB": 20})

    for datasets in ((own, both), (both, own)):
        known = registry(PLACES, [HEADS], *datasets)
        assert bajio.evaluate("XAA", PEOPLE, registry=known, peers=None).value == 11


def test_states_of_two_countries_are_not_answered_by_one_countrys_series():
    """The first series has more of the states, but of one country alone."""
    own = of_year({"XA-1": 1, "XA-2": 2, "XA-3": 3})
    both = of_year({"XA-1": 10, "YB-1": 40})
    known = registry(PLACES, [HEADS], own, both)
    region = ["XA-1", "XA-2", "XA-3", "YB-1"]
    result = bajio.evaluate(
        region, PEOPLE, registry=known, year=2020, missing="partial", peers=None
    )

    alone = bajio.evaluate("XA-1", PEOPLE, registry=known, year=2020, peers=None)

    assert result.value == 50
    assert alone.value == 1
    assert result.coverage.members == Fraction(1, 2)


MARKS = (Currency("XDM", until=2001), Currency("EUR", since=2002))
MONEY = [
    Measure("gdp", "GDP", "LCU", prices="current"),
    Measure("exchange-rate", "Rate", "XDM/USD", kind="intensive", time="stock"),
]
DOLLARS = Indicator("gdp-usd", Convert(Sum("gdp"), "USD", at="exchange-rate"), "USD", "GDP")


def test_money_that_a_country_had_is_converted_where_no_year_is_asked_for():
    """800 marks at 2 a dollar; there is no rate of the money of today."""
    figures = {("gdp", "XDE", 2000): 800, ("exchange-rate", "XDE", 2000): 2}
    other = {("gdp", "XFR", 2000): 900, ("exchange-rate", "XFR", 2000): 2}
    areas = [Area("XDE", "Old", currency=MARKS), Area("XFR", "Same", currency="XDM")]
    known = registry(areas, MONEY, figures, other)
    result = bajio.evaluate("XDE", DOLLARS, registry=known, peers=None)

    assert (result.value, result.year) == (400, 2000)


def test_a_series_whose_money_is_not_converted_in_the_year_serves_fewer():
    """In 2010 the first has rates for one of its three members, and the second two in dollars."""
    marks = {
        **of_year({"XDE": 800, "XDF": 700, "XFR": 900}, 2010, "gdp"),
        **of_year({"XDE": 2, "XDF": 2, "XFR": 2}, 2000, "exchange-rate"),
        ("exchange-rate", "XFR", 2010): 2,
    }
    dollars = of_year({"XFR": 500, "XGG": 60}, 2010, "gdp")
    areas = [
        *(Area(code, code, currency=MARKS) for code in ("XDE", "XDF")),
        *(Area(code, code, currency="XDM") for code in ("XFR", "XGG")),
    ]
    known = registry(areas, MONEY, marks, dollars, units=[{}, {"gdp": "USD"}])
    region = ["XDE", "XDF", "XFR", "XGG"]
    asked = {"registry": known, "missing": "partial", "peers": None}

    assert bajio.evaluate(region, DOLLARS, year=2010, **asked).value == 560


TOWNS = [Area(f"XB-{part}", f"B{part}", "town", "XBB") for part in (2, 3)]
LAND = Measure("land", "Land", "km²", time="timeless")


@pytest.mark.parametrize(
    ("rule", "unit", "missing", "never"),
    [
        (Sum("heads"), "person", ["XBB", "XFF", "XGG"], ["XCC"]),
        # of 2015 there is no figure of XAA, and of XGG no land
        (Sum("heads") / At(Sum("heads"), "XAA"), "1", ["XBB", "XGG"], ["XCC", "XFF"]),
        (Sum("land") / Sum("heads"), "km²/person", ["XBB"], ["XCC", "XFF", "XGG"]),
        (Sum("heads") - Lag(Sum("heads")), "person", ["XBB"], ["XCC", "XFF", "XGG"]),
        (Lag(Sum("heads"), years=2), "person", ["XBB", "XFF", "XGG"], ["XCC"]),
    ],
)
def test_peers_with_figures_of_other_years_are_told_from_those_that_never_have_one(
    rule, unit, missing, never
):
    figures = {
        **of_year({"XAA": 10, "XA-1": 3, "XEE": 30, "XBB": 15}, 2009),
        **of_year({"XAA": 10, "XBB": 16, "XGG": 1}, 2010),
        **of_year({"XFF": 5}, 2015),
        **of_year({"XAA": 10, "XA-1": 4, "XEE": 30}, 2018),
        **of_year({"XAA": 10, "XA-1": 4, "XEE": 30}, 2019),
        **of_year({"XAA": 10, "XA-1": 4, "XEE": 30}, 2020),
        **of_year({"XAA": 10, "XA-1": 4, "XEE": 30, "XBB": 2}, "", "land"),
    }
    group = PeerGroup("all", "All", ["XAA", "XBB", "XCC", "XEE", "XFF", "XGG"])
    areas = [*PLACES, Area("XFF", "XFF"), Area("XGG", "XGG")]
    known = registry(areas, [HEADS, LAND], figures, groups=[group])
    indicator = Indicator("it", rule, unit, "It")
    rank = bajio.rank("XA-1", indicator, registry=known, year=2020, peers="all")

    assert sorted(rank.peers_missing) == missing
    assert sorted(rank.peers_without_data) == never


def test_what_was_the_sum_of_its_parts_in_another_year_is_not_without_data():
    figures = {
        **of_year({"XB-2": 5, "XB-3": 15}, 2010),
        **of_year({"XAA": 10, "XA-1": 4, "XEE": 30}, 2020),
    }
    group = PeerGroup("all", "All", ["XAA", "XBB", "XCC", "XEE"])
    parts = [one for one in PLACES if one.code != "YB-1"]
    known = registry([*parts, *TOWNS], [HEADS], figures, groups=[group])
    rank = bajio.rank("XA-1", PEOPLE, registry=known, year=2020, peers="all")

    assert rank.peers_missing == ("XBB",)
    assert rank.peers_without_data == ("XCC",)


def test_years_end_with_the_newest_figure_or_the_reference_year():
    empty = registry(PLACES, [HEADS], of_year({"XBB": 5}))
    some = registry(PLACES, [HEADS], {**of_year({"XAA": 5}, 2018), **of_year({"XAA": 7}, 2020)})
    growth = Indicator("growth", bajio.Growth(Sum("heads"), years=2), "1", "Growth")

    with pytest.raises(Unavailable):
        bajio.series("XAA", PEOPLE, registry=empty)
    assert [one.year for one in bajio.series("XAA", PEOPLE, registry=some).results] == [2018, 2020]
    assert [one.year for one in bajio.series("XAA", growth, registry=some).results] == [2020]
    before = Indicator("before", Lag(Sum("heads"), years=3), "person", "Before")
    assert [one.year for one in bajio.series("XAA", before, registry=some).results] == [2021, 2023]


def test_years_after_the_reference_year_are_forecasts():
    figures = {("heads", "XAA", year): year for year in (2018, 2019, 2020, 2021, 2025)}
    known = registry(PLACES, [HEADS], figures, reference_year=2020)

    years = [one.year for one in bajio.series("XAA", PEOPLE, registry=known).results]
    assert years == [2018, 2019, 2020]
    assert bajio.evaluate("XAA", PEOPLE, registry=known, peers=None).year == 2020


def test_annual_figures_are_refused_by_name_in_a_month_however_many_series_there_are():
    land = Measure("land", "Land", "km²", time="timeless")
    dense = Indicator("dense", Sum("heads") / Sum("land"), "person/km²", "Dense")
    own, both = of_year({"XAA": 10}), of_year({"XAA": 11, "XBB": 20})
    spread = {("land", "XAA", ""): 5, ("land", "XBB", ""): 4}
    known = registry(PLACES, [HEADS, land], own, both, spread)
    for indicator in (PEOPLE, dense):
        with pytest.raises(Unavailable) as refused:
            bajio.evaluate("XAA", indicator, registry=known, period="2020-02", peers=None)
        told = str(refused.value)
        assert told.startswith("no 'heads' for XAA in 2020-02 (its figures are annual)")
        assert told.endswith("newest is 2020: pass year=2020")
    with pytest.raises(Unavailable, match="no series has 'heads' for XCC"):
        bajio.evaluate("XCC", PEOPLE, registry=known, period="2020-02", peers=None)


@pytest.mark.parametrize("place", ["MEX", "FRA", "FRA+DEU", "MX-JAL+01001", "un-members"])
def test_people_of_a_month_are_refused_by_name_for_all_kinds_of_areas(place):
    with pytest.raises(Unavailable, match=r"in 2018-02 \(its figures are annual\); newest is 2025"):
        bajio.evaluate(place, "population", period="2018-02", peers=None)
