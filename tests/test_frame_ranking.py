"""Ranks over tables: the same as the exact engine's, among the regions of the table."""

import pytest
from backends import BACKENDS, EACH, arrow, by_key
from drawn import examples_on_each
from hypothesis import Phase, assume, event, given, settings, strategies as st
from test_frame_built_ins import YEAR, bundled

import bajio
from bajio import Indicator, Region, Sum
from bajio.errors import InvalidValue

AREAS = ["MX-AGU", "MX-COL", "MX-JAL", "MX-GUA", "MX-QUE"]


def by_hand(values, members, lower, host):
    """Competition ranks, by looking at each pair."""
    found = {}
    for code, own in values.items():
        peers = {
            other: value
            for other, value in values.items()
            if other == code
            or not (
                members[other] <= members[code]
                or (host == "drop" and members[code] <= members[other])
            )
        }
        better = [value for value in peers.values() if (value < own if lower else value > own)]
        found[code] = (len(better) + 1, len(peers))
    return found


@st.composite
def rankings(draw):
    """Regions of which two or more have a value, and the figures of their areas."""
    figures = draw(st.lists(st.sampled_from([0, 1, 1, 2, 3, None]), min_size=5, max_size=5))
    known = [area for area, one in zip(AREAS, figures, strict=True) if one is not None]
    assume(len(known) > 1)
    sets = draw(st.lists(st.sets(st.sampled_from(known), min_size=1), min_size=2, max_size=4))
    sets += draw(st.lists(st.sets(st.sampled_from(AREAS), min_size=1), max_size=2))
    return draw(st.permutations(sets)), figures


@pytest.mark.parametrize("backend", EACH)
@settings(examples_on_each(12), phases=[Phase.generate])
@given(rankings(), st.sampled_from(["higher", "lower"]), st.sampled_from(["keep", "drop"]))
def test_regions_are_ranked_among_one_another(backend, drawn, better, host):
    sets, figures = drawn
    members = {f"region-{at}": one for at, one in enumerate(sets)}
    known = dict(zip(AREAS, figures, strict=True))
    values = {
        code: sum(known[area] for area in one)
        for code, one in members.items()
        if all(known[area] is not None for area in one)
    }
    event(f"values: {len(values)}, different: {len(set(values.values()))}")
    table = {
        "area": AREAS,
        "period": [2020] * 5,
        "measure": ["population"] * 5,
        "value": [None if one is None else float(one) for one in figures],
    }
    people = Indicator("people", Sum("population"), "person", "People", better=better)
    found = bajio.evaluate_table(
        BACKENDS[backend](arrow(table, (str, int, str, float))),
        people,
        regions=[Region(one, code=code) for code, one in members.items()],
        rank=True,
        host=host,
    )
    ranks = {
        code: (row["people_rank"], row["people_of"])
        for (code,), row in by_key(found, "region").items()
        if row["people"] is not None
    }
    assert ranks == by_hand(values, members, better == "lower", host)
    assert all(
        row["people_rank"] is None
        for row in by_key(found, "region").values()
        if row["people"] is None
    )


@pytest.mark.parametrize("backend", EACH)
def test_regions_are_ranked_among_peers_as_the_exact_engine_ranks_them(backend):
    given_table, options = bundled()
    codes = ["population", "gdp-per-capita", "unemployment-rate", "population-growth", "area"]
    regions = ["bajio", "sur-sureste", "MX-JAL+MX-COL", "MX-JAL"]
    asked = {"regions": regions, "peers": "mexican-states", **options}
    rows = by_key(
        bajio.evaluate_table(BACKENDS[backend](given_table), codes, **asked), "region", "period"
    )
    for region in regions:
        row = rows[bajio.region(region).code, str(YEAR)]
        for code in codes:
            rank = bajio.rank(region, code, year=YEAR, peers="mexican-states")
            assert (row[f"{code}_rank"], row[f"{code}_of"]) == (rank.position, rank.of), row
    assert {code for code, _ in rows} == {bajio.region(region).code for region in regions}


@pytest.mark.parametrize("backend", EACH)
@pytest.mark.parametrize(("host", "place"), [("keep", (3, 3)), ("drop", (2, 2))])
def test_peers_may_hold_a_region_or_be_called_as_it_is(backend, host, place):
    columns = {
        "area": ["MEX", "MX-AGU", "MX-COL", "N-1"],
        "period": [2020] * 4,
        "measure": ["population"] * 4,
        "value": [9.0, 1.0, 2.0, 5.0],
    }
    found = bajio.evaluate_table(
        BACKENDS[backend](arrow(columns, (str, int, str, float))),
        "population",
        regions=[Region(["MX-AGU", "MX-COL"], code="N-1")],
        peers=["MEX", "MX-COL", "N-1"],
        host=host,
    )
    [row] = by_key(found, "region").values()
    assert (row["region"], row["population"]) == ("N-1", 3)
    assert (row["population_rank"], row["population_of"]) == place


def test_what_no_table_can_rank_is_refused():
    given_table = BACKENDS["polars"](
        arrow({"area": [], "period": [], "measure": [], "value": []}, (str, int, str, float))
    )
    with pytest.raises(InvalidValue, match="keep or drop"):
        bajio.evaluate_table(
            given_table, "population", regions=["bajio"], rank=True, host="remainder"
        )
    with pytest.raises(InvalidValue, match="no peer"):
        bajio.evaluate_table(given_table, "population", regions=["bajio"], peers=[])
    with pytest.raises(InvalidValue, match="no rank"):
        bajio.evaluate_table(given_table, "contribution-gdp-growth", regions=["bajio"], rank=True)
