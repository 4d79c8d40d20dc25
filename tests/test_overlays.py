"""What a user lays over the data counts figure by figure, whatever answers and whoever is near."""

from fractions import Fraction

import pytest

import bajio
from bajio import Observation, Source

REGISTRY = bajio.Registry.default()
BAJIO = bajio.region("bajio").members
STATES = bajio.region("mexican-states").members


def own(measure, figures, *, source="mine", name="mine", edition="1"):
    """Figures of one's own, by area and period."""
    known = REGISTRY.dataset
    return bajio.dataset(
        name,
        measures=[known.measures[measure]],
        sources=[known.sources.get(source) or Source(source, source)],
        observations=[
            Observation(area, period, measure, value) for (area, period), value in figures.items()
        ],
        edition=edition,
    )


def of(area, measure, year):
    return bajio.evaluate(measure, [area], year=year, peers=None).exact


@pytest.mark.parametrize("peers", ["un-members", "mexican-states", None])
@pytest.mark.parametrize(("source", "edition"), [("mine", "1"), ("conapo", "1"), ("conapo", "9")])
def test_own_figures_win_whatever_the_peers_the_source_and_the_edition(peers, source, edition):
    doubled = {(code, "2018"): 2 * of(code, "population", 2018) for code in STATES}
    data = own("population", doubled, source=source, edition=edition)
    assert bajio.evaluate("population", "bajio", data, year=2018, peers=peers).exact == 25_412_076


def test_own_figures_of_a_year_win_over_the_newest_edition_though_it_has_quarters():
    data = own("fdi", {("MX-AGU", "2017"): 10**9}, source="economia-fdi")
    others = bajio.evaluate("fdi", [code for code in BAJIO if code != "MX-AGU"], year=2017)
    assert bajio.evaluate("fdi", "bajio", data, year=2017).exact == others.exact + 10**9


def test_own_figures_are_brought_into_the_units_of_those_below():
    known = REGISTRY.dataset.measures["population"]
    seen = [Observation("MX-AGU", "2018", "population", Fraction(3, 2))]
    data = bajio.dataset(
        "mine",
        measures=[known],
        sources=[Source("mine", "Mine")],
        observations=seen,
        units={"population": "million person"},
    )
    assert bajio.evaluate("population", ["MX-AGU"], data, year=2018).exact == 1_500_000


def test_the_uppermost_of_own_figures_counts_key_by_key():
    first = own("population", {("MX-AGU", "2018"): 10, ("MX-QUE", "2018"): 20}, name="first")
    second = own("population", {("MX-AGU", "2018"): 1}, source="other", name="second")
    rest = of("MX-GUA", "population", 2018) + of("MX-SLP", "population", 2018)

    def people(*laid):
        known = REGISTRY
        for data in laid:
            known = known.with_data(data)
        return bajio.evaluate("population", "bajio", registry=known, year=2018).exact

    assert people(first, second) == people(second.over(first)) == rest + 21
    assert people(second, first) == people(first.over(second)) == rest + 30


@pytest.mark.parametrize("indicator", ["population", "gdp", "population-density", "gdp-growth"])
@pytest.mark.parametrize("region", ["bajio", "MEX", "MEX+CHL", "01001+01002"])
def test_peers_never_change_the_value_of_a_region(region, indicator):
    found = {
        (answer.exact, answer.year, answer.sources)
        for peers in ("un-members", "latin-america", "mexican-states", None)
        for answer in [_answer(indicator, region, peers)]
    }
    assert len(found) == 1


def _answer(indicator, region, peers):
    """What there is, or why there is nothing."""
    asked = bajio.profile(region, indicators=[indicator], year=2018, peers=peers)
    return asked.results[0] if asked.results else _Nothing(asked.unavailable[0].reason)


class _Nothing:
    year = sources = None

    def __init__(self, reason):
        self.exact = reason


def test_a_country_is_answered_by_the_international_series_and_its_parts_by_their_own():
    mexico = bajio.evaluate("population", "MEX", year=2018, peers=None)
    assert [use.source.code for use in mexico.sources] == ["world-bank"]
    state = bajio.evaluate("population", ["MX-AGU"], year=2018)
    assert [use.source.code for use in state.sources] == ["conapo"]
    pesos = bajio.evaluate("gdp-mxn", "MEX", year=2018)
    assert [use.source.code for use in pesos.sources][:1] == ["inegi-pibe"]
