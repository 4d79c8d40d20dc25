"""Many regions at once get, each, what the exact engine says of it: value, coverage, rank."""

import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st
from repeated import first_of_each_kind

import bajio
from bajio import Growth, Membership, Memberships, Region, Sum
from bajio.errors import BajioError
from bajio.facts.observations import Observation
from bajio.indicator import Indicator
from bajio.questions.question import ask
from bajio.questions.ranking import field_of, rank_outcome
from bajio.registry import Registry
from bajio.rules import Lag, Root
from bajio.testing.strategies import regions, rules, worlds
from bajio.testing.worlds import MEASURES, YEAR, World

STATES = bajio.region("mexican-states").members
ABSOLUTE = 1e-9
LEAVING = st.sampled_from([None, YEAR - 1, YEAR, YEAR + 1])


def single(registry, indicator, region, options):
    """The exact engine's outcome and rank, or why there is none."""
    try:
        question = ask(registry, indicator, region, options)
        at = options.year
        outcome = question.outcome(at)
    except BajioError as error:
        return None, None, error
    try:
        rank = rank_outcome(field_of(question, at), outcome) if options.peers else None
    except BajioError:
        rank = None
    return outcome, rank, None


def agree(found, row, one):
    outcome, rank, error = one
    what = f"{found.indicator.code} for {found.label(row)}: {error}"
    if outcome is None:
        assert found.refused[row] != 0, what
        assert np.isnan(found.values[row])
        return
    assert found.refused[row] == 0, what
    value = float(outcome.low)
    assert found.values[row] == pytest.approx(value, rel=1e-9, abs=ABSOLUTE), what
    covered = outcome.coverage
    assert found.coverage.members[row] == float(covered.members), what
    weight = np.nan if covered.weight is None else float(covered.weight)
    assert found.coverage.weight[row] == pytest.approx(weight, rel=1e-15, nan_ok=True), what
    assert found.coverage.periods[row] == float(covered.periods), what
    assert found.status[row] == outcome.status, what
    if found._number.options.peers is None:
        return
    ranks = found.ranks
    if rank is None:
        columns = (ranks.position, ranks.of, ranks.tied, ranks.missing)
        assert [int(column[row]) for column in columns] == [0, 0, 0, 0], what
        return
    theirs = rank.position, rank.of, len(rank.tied), len(rank.peers_missing), rank.best, rank.worst
    ours = tuple(
        int(column[row])
        for column in (ranks.position, ranks.of, ranks.tied, ranks.missing, ranks.best, ranks.worst)
    )
    assert ours == theirs, what


def compare(registry, indicator, memberships, **options):
    every = bajio.evaluate_many(memberships, indicator, registry=registry, **options)
    found = every[getattr(indicator, "code", indicator)]
    chosen = bajio.Options(**options)
    for row in range(len(memberships)):
        agree(found, row, single(registry, found.indicator, memberships.region(row), chosen))
    return found


def drawn(seed, count=12, most=6, among=STATES):
    picker = random.Random(seed)  # noqa: S311  # regions are drawn, secrets are not
    return [sorted(picker.sample(range(len(among)), picker.randint(1, most))) for _ in range(count)]


def scalars():
    registry = Registry.default()
    return [
        code
        for code in registry.indicators.codes
        if not isinstance(registry.indicators[code].rule, bajio.rules.By | bajio.rules.Stack)
    ]


@pytest.mark.parametrize("code", first_of_each_kind(scalars()))
def test_built_in_indicators_agree(code):
    for year, peers, host in (
        (2018, "un-members", "keep"),
        (2018, "mexican-states", "drop"),
        (2018, "un-members", "remainder"),
        (2024, "mexican-regions", "keep"),  # some of its figures are preliminary, some projected
    ):
        some = Memberships.from_indices(STATES, drawn(f"{code}{year}{peers}{host}", count=10))
        compare(Registry.default(), code, some, year=year, peers=peers, host=host)


@pytest.mark.parametrize("code", first_of_each_kind(scalars()))
def test_built_in_indicators_agree_on_countries_and_catalog(code):
    countries = sorted(bajio.Registry.default().peer_group("un-members").at(2018))
    some = Memberships.from_indices(countries, drawn(code, among=countries))
    compare(Registry.default(), code, some, year=2018, peers="un-members", missing="partial")
    catalog = Memberships.of([*Registry.default().regions, "FRA+DEU", "MEX", "MX-JAL"])
    compare(Registry.default(), code, catalog, year=2018, peers="un-members", missing="partial")


@st.composite
def asked(draw, *, holes):
    world = draw(worlds(holes=holes, host_is_sum=draw(st.booleans()), peers=3))
    most = draw(st.sampled_from([None, 3, 7]))  # so few values that many are the same, or zero
    for measure in MEASURES if most else ():
        world = world.changed(lambda value: int(value) % most, measure.code)
    rule = draw(rules())
    some = draw(st.lists(regions(world), min_size=1, max_size=6))
    return world, rule, some


@given(
    asked(holes=True),
    st.sampled_from(["refuse", "partial"]),
    st.sampled_from(["countries", "others", None]),
    st.sampled_from(["keep", "drop", "remainder"]),
    st.sampled_from(["higher", "lower"]),
    st.sampled_from([0, Fraction(1, 2), 1]),
)
def test_generated_rules_agree(drawn, missing, peers, host, better, threshold):
    world, rule, some = drawn
    indicator = Indicator("made", rule, unit_of(world, rule), "Made", better=better)
    registry = world.registry()
    options = {
        "missing": missing,
        "peers": peers,
        "host": host if peers else "keep",
        "threshold": threshold if missing == "partial" else 0,
        "year": YEAR,
    }
    codes = sorted(world.parts)
    rows = [[codes.index(code) for code in one] for one in some]
    compare(registry, indicator, Memberships.from_indices(codes, rows), **options)


@st.composite
def stays(draw, world):
    """Regions whose members join and leave in the years that a rule may read; some stay."""
    found = [Membership(draw(st.sampled_from(world.parts)))]
    for code in world.parts:
        joined, left = draw(st.sampled_from([None, YEAR - 1, YEAR])), draw(LEAVING)
        if code != found[0].area and draw(st.booleans()) and (joined or 0) < (left or YEAR + 2):
            found.append(Membership(code, joined, left))
    return Region(found)


@given(st.data(), worlds(holes=True, peers=3), rules(), st.sampled_from(["refuse", "partial"]))
def test_members_of_each_period_agree(data, world, rule, missing):
    some = data.draw(st.lists(stays(world), min_size=1, max_size=5))
    indicator = Indicator("made", rule, unit_of(world, rule), "Made")
    registry = world.registry()
    memberships = Memberships.of(some, registry=registry)
    options = {"missing": missing, "peers": "countries", "membership": "as-of", "year": YEAR}
    compare(registry, indicator, memberships, **options)


def unit_of(world, rule):
    """The unit that a rule leads to, by the world's own series."""
    return str(world.bound(rule, world.parts).unit)


def test_where_rounding_would_decide_the_exact_engine_does():
    """A tenth and two tenths less three tenths are nothing, which floats do not know."""
    figures = {
        ("output", YEAR): ("0.1", "0.1"),
        ("balance", YEAR): ("0.2", "0.2"),
        ("output", YEAR - 1): ("0.3", "0.4"),
        ("people", YEAR): ("5", "7"),
    }
    world = World(
        ("H-0", "H-1"),
        ("P00",),
        tuple(
            Observation(code, str(year), measure, Fraction(value))
            for (measure, year), values in figures.items()
            for code, value in zip(("H-0", "H-1"), values, strict=True)
        ),
    )
    apart = Sum("output") + Sum("balance") - Lag(Sum("output"))
    some = Memberships.from_indices(["H-0", "H-1"], [[0], [1]])
    for rule, refused in (
        (Sum("people") / apart, [True, False]),
        (Root(apart / Sum("output")), [False, True]),
        (Growth(apart, nominal=True), [True, True]),
    ):
        indicator = Indicator("made", rule, unit_of(world, rule), "Made")
        found = compare(world.registry(), indicator, some, year=YEAR, peers=None)
        assert (found.refused > 0).tolist() == refused


def test_where_every_region_is_refused_none_has_a_rank():
    few = Memberships.combinations(STATES[:3], 2)
    refused = bajio.evaluate_many(few, "gdp-ppp", year=1950, peers="un-members")["gdp-ppp"]
    assert not refused.defined.any()
    assert refused.ranks.position.tolist() == refused.ranks.of.tolist() == [0, 0, 0]
    assert refused.table()["position"].tolist() == [0, 0, 0]
