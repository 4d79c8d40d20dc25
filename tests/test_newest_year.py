"""The newest year of an answer: complete for the region, with three quarters of the peers."""

import pytest

import bajio
from bajio import Area, Measure, Observation, PeerGroup, Source

RAIN = Measure("rain", "Rain", "person", minimum=0)


def world(rows, peers):
    """A registry of one land with two parts, and peers beside it."""
    areas = [
        Area("LND", "Land"),
        Area("L-1", "One", "part", "LND"),
        Area("L-2", "Two", "part", "LND"),
    ]
    areas += [Area(code, code) for code in peers]
    group = PeerGroup("all", "All", ["LND", *peers])
    data = bajio.dataset(
        "d",
        measures=[RAIN],
        sources=[Source("s", "S")],
        observations=[Observation(code, year, "rain", value) for code, year, value in rows],
    )
    rain = bajio.Indicator("rain", bajio.Sum("rain"), "person", "Rain")

    class Plugin:
        bajio_areas = staticmethod(bajio.hookimpl(lambda: areas))
        bajio_datasets = staticmethod(bajio.hookimpl(lambda: [data]))
        bajio_peer_groups = staticmethod(bajio.hookimpl(lambda: [group]))
        bajio_indicators = staticmethod(bajio.hookimpl(lambda: [rain]))

    for name in ("bajio_areas", "bajio_datasets", "bajio_peer_groups", "bajio_indicators"):
        getattr(Plugin, name).__name__ = name
    return bajio.Registry({"p": Plugin()})


def year_of(rows, peers):
    own = [(code, year, 1) for code in ("L-1", "L-2") for year in (2020, 2021, 2022)]
    found = bajio.evaluate(["L-1", "L-2"], "rain", registry=world(own + rows, peers), peers="all")
    return found.year


def has(peers, *years):
    return [(code, year, 5) for code in peers for year in years]


ABCD = ["AAA", "BBB", "CCC", "DDD"]
NEVER = [f"N{at:02}" for at in range(20)]


@pytest.mark.parametrize(
    ("rows", "peers", "year"),
    [
        (has(ABCD, 2020, 2021, 2022), ABCD, 2022),
        (has(ABCD, 2020, 2021) + has(["AAA", "BBB", "CCC"], 2022), ABCD, 2022),
        (has(ABCD, 2020, 2021) + has(["AAA", "BBB"], 2022), ABCD, 2021),
        (has(ABCD, 2021) + has(["AAA", "BBB", "CCC"], 2022), ABCD + NEVER, 2022),
        (has(ABCD, 2021) + has(["AAA"], 2022), ABCD + NEVER, 2021),
        # no year has three quarters of those that ever have one: the fullest counts as all
        (has(["AAA", "BBB"], 2020) + has(["CCC"], 2021) + has(["DDD"], 2022), ABCD, 2020),
        ([], ABCD, 2022),
        (has(["LND"], 2020), ABCD, 2022),
    ],
)
def test_only_peers_that_ever_have_a_figure_count(rows, peers, year):
    assert year_of(rows, peers) == year


def test_the_newest_year_of_output_per_head_does_not_hang_on_territories_without_figures():
    for peers in ("un-members", "latin-america"):
        assert bajio.evaluate("bajio", "gdp-per-capita", peers=peers).year == 2024


def test_borrowed_peers_are_all_of_one_series():
    rank = bajio.evaluate("bajio", "remittances", year=2025, year_tolerance=1).rank
    assert {year for _, year in rank.borrowed} == {2024}
    assert len(rank.borrowed) == rank.of - 1 == 155
    assert [use.source.code for use in rank.sources] == ["world-bank"]


def test_peers_without_a_figure_in_any_year_are_told_apart_whatever_is_asked():
    peers = bajio.list_peer_groups()["latin-america"].at(2025)
    profile = bajio.profile("bajio", peers="latin-america")
    for result in profile.results:
        rank = result.rank
        apart = len(rank.peers_missing) + len(rank.peers_without_data)
        assert rank.of - 1 + apart == len(peers)
        assert rank.worst <= rank.of + len(rank.peers_missing)
        assert bajio.rank("bajio", result.indicator, peers="latin-america") == rank
    for code in ("gdp-per-capita", "gdp-growth"):
        rank = profile[code].rank
        for area in rank.peers_without_data:
            with pytest.raises(bajio.Unavailable):
                bajio.series(area, code, peers=None)
        for area in rank.peers_missing:
            assert bajio.series(area, code, peers=None).results
    alone = bajio.Memberships.of([bajio.region("bajio")])
    many = bajio.evaluate_many(alone, list(profile), peers="latin-america")
    for code in profile:
        rank = profile[code].rank
        ranks = many[code].ranks
        assert (ranks.position[0], ranks.of[0]) == (rank.position, rank.of)
