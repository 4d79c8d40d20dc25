"""What a user lays over the data counts figure by figure, whatever answers and whoever is near."""

from fractions import Fraction
from types import SimpleNamespace

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
    return bajio.evaluate([area], measure, year=year, peers=None).exact


@pytest.mark.parametrize("peers", ["un-members", "mexican-states", None])
@pytest.mark.parametrize(("source", "edition"), [("mine", "1"), ("conapo", "1"), ("conapo", "9")])
def test_own_figures_win_whatever_the_peers_the_source_and_the_edition(peers, source, edition):
    doubled = {(code, "2018"): 2 * of(code, "population", 2018) for code in STATES}
    data = own("population", doubled, source=source, edition=edition)
    assert bajio.evaluate("bajio", "population", data, year=2018, peers=peers).exact == 25_412_076


def test_own_figures_of_a_year_win_over_the_newest_edition_though_it_has_quarters():
    data = own("fdi", {("MX-AGU", "2017"): 10**9}, source="economia-fdi")
    others = bajio.evaluate([code for code in BAJIO if code != "MX-AGU"], "fdi", year=2017)
    assert bajio.evaluate("bajio", "fdi", data, year=2017).exact == others.exact + 10**9


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
    assert bajio.evaluate(["MX-AGU"], "population", data, year=2018).exact == 1_500_000


def test_what_is_laid_over_own_figures_of_another_measure_changes_nothing_that_is_told():
    people = own("population", {("MX-AGU", "2018"): 10}, name="people")
    jobs = own("insured-jobs", {("MX-AGU", "2018-12"): 5}, name="jobs")

    def told(*laid):
        known = REGISTRY
        for data in laid:
            known = known.with_data(data)
        asked = {"registry": known, "year": 2018, "indicators": ["population"], "peers": None}
        return bajio.profile("MX-AGU", **asked)["population"]

    first, second = told(people, jobs), told(jobs, people)
    assert first.value == second.value == 10
    assert list(map(str, first.notes)) == list(map(str, second.notes))


def test_the_uppermost_of_own_figures_counts_key_by_key():
    first = own("population", {("MX-AGU", "2018"): 10, ("MX-QUE", "2018"): 20}, name="first")
    second = own("population", {("MX-AGU", "2018"): 1}, source="other", name="second")
    rest = of("MX-GUA", "population", 2018) + of("MX-SLP", "population", 2018)

    def people(*laid):
        known = REGISTRY
        for data in laid:
            known = known.with_data(data)
        return bajio.evaluate("bajio", "population", registry=known, year=2018).exact

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
    mexico = bajio.evaluate("MEX", "population", year=2018, peers=None)
    assert [use.source.code for use in mexico.sources] == ["world-bank"]
    state = bajio.evaluate(["MX-AGU"], "population", year=2018)
    assert [use.source.code for use in state.sources] == ["conapo"]
    pesos = bajio.evaluate("MEX", "gdp-mxn", year=2018)
    assert [use.source.code for use in pesos.sources][:1] == ["inegi-pibe"]


def test_growth_does_not_cross_from_own_figures_into_others():
    one = own("population", {("MX-AGU", "2018"): 1_400_000})
    with pytest.raises(bajio.Unavailable, match=r"'mine' \(2018\).*'conapo' \(2017\)"):
        bajio.evaluate("bajio", "population-growth", one, year=2018)
    both = own("population", {("MX-AGU", "2018"): 1_400_000, ("MX-AGU", "2017"): 1_380_000})
    rest = [
        sum(of(code, "population", year) for code in BAJIO if code != "MX-AGU")
        for year in (2018, 2017)
    ]
    grown = Fraction(rest[0] + 1_400_000, rest[1] + 1_380_000) - 1
    assert bajio.evaluate("bajio", "population-growth", both, year=2018).exact == grown


def test_growth_goes_on_where_a_figure_of_the_source_itself_is_corrected():
    corrected = own("population", {("MX-AGU", "2018"): 1_400_000}, source="conapo")
    before = of("MX-AGU", "population", 2017)
    found = bajio.evaluate(["MX-AGU"], "population-growth", corrected, year=2018)
    assert found.exact == Fraction(1_400_000, before) - 1


def test_a_span_and_the_quarters_of_a_year_do_not_cross_either():
    two = bajio.Indicator("two", bajio.Over(bajio.Sum("fdi"), 2), "USD", "Two years")
    one = own("fdi", {("MX-AGU", "2018"): 10**9})
    with pytest.raises(bajio.Unavailable, match="mine"):
        bajio.evaluate("bajio", two, one, year=2018, peers=None)
    quarter = own("fdi", {("MX-AGU", "2018-Q4"): 10**9})
    with pytest.raises(bajio.Unavailable, match="mine"):
        bajio.evaluate("bajio", "fdi", quarter, year=2018, peers=None)


def test_a_ratio_may_have_own_figures_above_and_others_below():
    data = own("population", {("MX-AGU", "2018"): 1_000_000})
    land = of("MX-AGU", "area", 2018)
    found = bajio.evaluate(["MX-AGU"], "population-density", data, year=2018)
    assert found.exact == Fraction(1_000_000) / land


def test_sources_are_those_that_the_figures_are_read_from():
    one = own("population", {("MX-AGU", "2018"): 1_000_000})
    uses = bajio.evaluate("bajio", "population", one, year=2018).sources
    assert [(use.source.code, use.derived) for use in uses] == [("conapo", True), ("mine", False)]
    every = own("population", {(code, "2018"): 1_000_000 for code in BAJIO})
    uses = bajio.evaluate("bajio", "population", every, year=2018).sources
    assert [(use.source.code, use.derived) for use in uses] == [("mine", False)]


def test_the_host_of_own_figures_is_of_own_figures_too():
    some = own("population", {("MX-AGU", "2018"): 1_000_000})
    found = bajio.evaluate(["MX-AGU"], "population", some, year=2018)
    assert (found.share_of_host, found.share_basis, found.host_value) == (None, None, None)
    assert found.notes == ("no share of MEX: own 'population' of its parts, not its own",)
    other = bajio.evaluate(["MX-JAL"], "population", some, year=2018)
    assert other.share_of_host == bajio.evaluate(["MX-JAL"], "population", year=2018).share_of_host
    few = own("population", {(code, "2018"): at for at, code in enumerate(STATES, 1)})
    found = bajio.evaluate([STATES[3]], "population", few, year=2018)
    assert found.share_of_host is None  # far below any total that is published
    assert "add up to 0 %" in found.notes[0]
    real = {(code, "2018"): of(code, "population", 2018) + 1 for code in STATES}
    found = bajio.evaluate(["MX-AGU"], "population", own("population", real), year=2018)
    share = Fraction(of("MX-AGU", "population", 2018) + 1, sum(real.values()))
    assert (found.share_of_host, found.share_basis) == (share, "sum-of-parts")
    total = own("population", {("MX-AGU", "2018"): 25, ("MEX", "2018"): 100})
    found = bajio.evaluate(["MX-AGU"], "population", total, year=2018)
    assert (found.share_of_host, found.share_basis) == (Fraction(1, 4), "published")


@pytest.mark.parametrize("abroad", [False, True])
def test_own_parts_of_an_area_are_held_against_its_own_figure_whatever_else_the_source_has(abroad):
    published = {"L-A": 100, "L-B": 200, "LND": 300} | ({"S-A": 7} if abroad else {})
    areas = [
        *(bajio.Area(code, code) for code in ("LND", "SEA")),
        *(bajio.Area(code, code, "state", "LND") for code in ("L-A", "L-B")),
        bajio.Area("S-A", "S-A", "state", "SEA"),
        *(bajio.Area(f"A{at}", f"A{at}", "town", "L-A") for at in (1, 2)),
    ]

    def people(figures, source):
        return bajio.dataset(
            source,
            measures=[bajio.Measure("people", "People", "person", time="stock", minimum=0)],
            sources=[Source(source, source)],
            observations=[Observation(area, 2020, "people", at) for area, at in figures.items()],
        )

    @bajio.hookimpl
    def bajio_areas():
        return areas

    @bajio.hookimpl
    def bajio_datasets():
        return [people(published, "national"), people({"LND": 300, "SEA": 7}, "world")]

    world = SimpleNamespace(bajio_areas=bajio_areas, bajio_datasets=bajio_datasets)
    known = bajio.Registry({"world": world})
    asked = bajio.Indicator("asked", bajio.Sum("people"), "person", "People")

    def total(region, *figures):
        own = people(dict(zip(("A1", "A2"), figures, strict=True)), "mine")
        found = bajio.evaluate(region, asked, own, registry=known, year=2020, peers=None)
        return found.exact

    assert (total(["L-A"], 10, 20), total(["L-A", "L-B"], 10, 20)) == (100, 300)
    assert (total(["L-A"], 40, 50), total(["L-A", "L-B"], 40, 50)) == (90, 290)


def test_editions_that_plugins_provide_stay_apart_where_they_are_said():
    def provider(edition):
        class Provider:
            @bajio.hookimpl
            def bajio_datasets(self):
                observations = [Observation("A-1", 2020, "people", int(edition))]
                return [
                    bajio.dataset(
                        f"edition-{edition}",
                        measures=[bajio.Measure("people", "People", "person", time="stock")],
                        sources=[Source("survey", "Survey")],
                        observations=observations,
                        edition=edition,
                    )
                ]

        return Provider()

    class Areas:
        @bajio.hookimpl
        def bajio_areas(self):
            return [bajio.Area("A-1", "A")]

    def registry_of(*editions):
        plugins = {f"p{at}": provider(edition) for at, edition in enumerate(editions)}
        return bajio.Registry({"areas": Areas(), **plugins})

    people = bajio.Indicator("people", bajio.Sum("people"), "person", "People")

    def value(*editions, **options):
        registry = registry_of(*editions)
        found = bajio.evaluate("A-1", people, registry=registry, year=2020, peers=None, **options)
        return found.value

    for order in (("9", "10"), ("10", "9")):
        assert value(*order) == 10
        assert value(*order, editions={"people": "9"}) == 9
        assert value(*order, editions={"people": "10"}) == 10
    assert value("10", "1") == 1  # an edition that is not said corrects what is below
