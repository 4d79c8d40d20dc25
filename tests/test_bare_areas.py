"""Parts of one kind are all of a country only where each area like those that have some has some.

Counties of two states out of three are known: together they are not the country, whatever is
asked of it, its share, its remainder, the bounds of what is missing, or a roll-up.
"""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio import Area, Growth, Indicator, Measure, Observation, Region, Share, Source, Sum

AREAS = [
    Area("LND", "Land"),
    Area("SEA", "Sea"),
    *(Area(f"L-{state}", f"State {state}", "state", "LND") for state in "ABC"),
    Area("L-D", "State that was", "state", "LND", until=1999),
    *(
        Area(f"{state}{at}", f"County {state}{at}", "county", f"L-{state}")
        for state in "AB"
        for at in (1, 2)
    ),
    Area("PORT", "Free port", "county", "LND"),
    Area("BASIN", "A river basin", "basin", "LND"),
]
PEOPLE = Measure("people", "People", "person", time="stock", minimum=0)
RATE = Measure("rate", "Rate", "1", kind="intensive", weight="people", time="stock")
INDICATORS = [
    Indicator("people", Sum("people"), "person", "People"),
    Indicator("growth", Growth(Sum("people")), "1", "Growth"),
    Indicator("share", Share(Sum("people")), "1", "Share"),
    Indicator("rate", bajio.WeightedMean("rate", weight="people"), "1", "Rate"),
    Indicator("gap", Sum("people") - bajio.rules.At(Sum("people")), "person", "Gap"),
]
COUNTIES = {"A1": 10, "A2": 20, "B1": 30, "B2": 40, "PORT": 50}


def ask(figures, region, indicator="people", rates=None, areas=AREAS, **options):
    """An indicator of 2020, from figures of people and of a rate by area."""
    rows = {"people": figures, "rate": rates or {"SEA": Fraction(1, 2)}}
    data = bajio.dataset(
        "own",
        measures=[PEOPLE, RATE],
        sources=[Source("own", "Own")],
        observations=[
            Observation(area, 2020, measure, value)
            for measure, values in rows.items()
            for area, value in values.items()
        ],
    )

    @bajio.hookimpl
    def bajio_areas():
        return areas

    @bajio.hookimpl
    def bajio_datasets():
        return [data]

    @bajio.hookimpl
    def bajio_indicators():
        return INDICATORS

    hooks = {hook.__name__: hook for hook in (bajio_areas, bajio_datasets, bajio_indicators)}
    known = bajio.Registry({"world": SimpleNamespace(**hooks)})
    return bajio.evaluate(
        region, indicator, registry=known, **{"year": 2020, "peers": None} | options
    )


def test_counties_of_some_states_are_not_the_country():
    found = ask(COUNTIES, ["A1", "B1"])
    assert (found.share_of_host, found.share_basis, found.host_value) == (None, None, None)
    assert found.notes == (
        "no share of LND: no figure of its own, and L-C has no areas of the kind 'county'",
    )
    with pytest.raises(bajio.Unavailable, match="'people' for LND"):
        ask(COUNTIES, ["A1"], "share")
    with pytest.raises(bajio.Unavailable, match="'people' for LND"):
        ask(COUNTIES, ["A1"], "gap")


def test_counties_of_all_states_are_the_country():
    areas = [*AREAS, Area("C1", "County C1", "county", "L-C")]
    found = ask(COUNTIES | {"C1": 50}, ["A1", "B1"], areas=areas)
    assert (found.share_of_host, found.share_basis) == (Fraction(40, 200), "sum-of-parts")
    published = ask(COUNTIES | {"LND": 400}, ["A1", "B1"])
    assert (published.share_of_host, published.share_basis) == (Fraction(1, 10), "published")


def test_a_state_is_the_sum_of_its_counties_and_a_country_with_a_bare_state_is_not():
    assert ask(COUNTIES, ["L-A"]).exact == 30
    for code in ("LND", "L-C"):
        with pytest.raises(bajio.Unavailable, match=f"'people' for {code}"):
            ask(COUNTIES, [code])
    assert ask(COUNTIES | {"L-C": 5}, ["L-C", "L-A"]).exact == 35


def test_what_remains_of_the_country_has_the_bare_state_in_it():
    rest = Region(["A1"]).remainder("LND", bajio.facts.areas.Areas(AREAS))
    assert rest.members == ("A2", "L-B", "L-C", "PORT")
    every = Region(["A1", "A2", "B1", "B2", "PORT"])
    assert every.remainder("LND", bajio.facts.areas.Areas(AREAS)).members == ("L-C",)


def test_the_remainder_of_a_mean_is_over_the_bare_state_too():
    rates = {code: Fraction(1, 10) for code in COUNTIES} | {"L-C": Fraction(9, 10)}
    rates |= {"LND": Fraction(1, 2), "SEA": Fraction(1, 3)}
    figures = COUNTIES | {"L-C": 100, "LND": 250, "SEA": 7}
    options = {"peers": ["LND", "SEA"], "host": "remainder"}
    found = ask(figures, ["A1"], "rate", rates, **options)
    # (140 * 1/10 + 100 * 9/10) / 240 = 13/30, above 1/3 of the sea
    assert (found.exact, found.rank.position) == (Fraction(1, 10), 3)
    assert found.rank.above == ("SEA",)
    every = ask(figures, list(COUNTIES), "rate", rates, **options)
    assert every.rank.left_out == ()
    assert (every.rank.of, every.rank.above) == (3, ("SEA",))


def test_what_is_missing_can_be_in_the_bare_state():
    some = {code: value for code, value in COUNTIES.items() if code != "A1"}
    within = ask(some | {"LND": 200}, ["A1", "A2"], missing="bound")
    assert (within.low, within.high) == (20, 80)
    known = ask(some | {"LND": 200, "L-C": 45}, ["A1", "A2"], missing="bound")
    assert known.exact == 200 - 45 - 40 - 30 - 50


def test_a_country_less_what_lies_in_it_directly_beside_states_is_its_states():
    known = bajio.facts.areas.Areas(AREAS)
    assert known.broken("LND", ["PORT"]) == ("L-A", "L-B", "L-C", "PORT")
    assert sorted(known.broken("LND", ["A1", "PORT"])) == ["A1", "A2", "L-B", "L-C", "PORT"]
    with pytest.raises(bajio.errors.InvalidRegion, match="of different kinds"):
        known.broken("LND", ["L-A", "BASIN"])


KINDS = ("state", "county", "town")


@st.composite
def trees(draw):
    """A country of three levels, in which any area may have no parts."""
    areas, above = [Area("LND", "Land")], ["LND"]
    for kind in KINDS:
        parts = [
            Area(f"{outer}-{at}", f"{kind} {outer} {at}", kind, outer)
            for outer in above
            for at in range(draw(st.integers(0, 3)))
        ]
        areas += parts
        above = [part.code for part in parts]
    return bajio.facts.areas.Areas(areas)


@given(trees(), st.sampled_from(KINDS), st.data())
def test_parts_of_a_kind_and_areas_without_any_are_all_of_a_country(areas, kind, data):
    inner = {area.within for area in areas.values()}
    smallest = [code for code in areas if code not in inner]
    parts = areas.parts("LND", kind)
    whole = [*parts, *areas.without("LND", kind)]
    for code in smallest if parts else ():
        assert len({code, *areas.ancestors(code)} & set(whole)) == 1
    if not parts:
        return
    taken = data.draw(st.sets(st.sampled_from(parts), min_size=1))
    rest = Region(taken).remainder("LND", areas).members
    for code in smallest:
        assert len({code, *areas.ancestors(code)} & {*taken, *rest}) == 1


def test_an_interval_is_ranked_by_its_middle_and_ties_with_none():
    some = {code: value for code, value in COUNTIES.items() if code != "A1"}
    figures = some | {"LND": 200}
    rank = ask(figures, ["A1", "A2"], missing="bound", peers=["PORT", "B2"]).rank
    assert (rank.position, rank.best, rank.worst) == (1, 1, 3)  # 20 to 80, between which 50 is
    assert (rank.above, rank.tied, rank.below) == ((), (), ("PORT",))
