"""Months and quarters: engines against the reference, and what a period means."""

import pytest
from drawn import examples
from hypothesis import given, strategies as st
from reference import Reference, Refused
from reference.ranking import Ranking, share_of_host
from test_reference import agree, answers, close, measures_of, peers_of

import bajio
from bajio import Growth, Memberships, Sum, WeightedMean
from bajio.errors import BajioError
from bajio.facts.periods import Frequency, seasons
from bajio.rules import Convert, Deflate, Over
from bajio.testing.wide import wide_regions, wide_worlds
from bajio.testing.worlds import YEAR

SEASONS = st.sampled_from([one for often in list(Frequency)[:3] for one in seasons(often)])
RULES = st.sampled_from(
    [
        Sum("people"),
        Growth(Sum("people")),
        Sum("output") / Sum("people"),
        Over(Sum("output"), years=2),
        Over(Sum("people"), years=2),
        Convert(Sum("wages"), to="USD", at="fx") / Sum("land"),
        Deflate(Sum("wages"), base=YEAR - 1, by="cpi"),
        WeightedMean("quota", weight="people"),
        Sum("jobs", {"activity": "a"}) / Sum("people"),
    ]
)
POLICIES = st.sampled_from(["refuse", "partial"])


def notation(season):
    """A season as the reference writes it."""
    return season.text(YEAR).removeprefix(str(YEAR))


def expected_of(world, season, rule, region, **options):
    try:
        return Reference(world, notation(season)).evaluate(rule, region, YEAR, **options)
    except Refused as refused:
        return refused


def read_by(rule):
    """Codes of what a rule reads, of rates where it converts."""
    rates = {"fx", "cpi"}
    return measures_of(rule) - (rates if not rates & set(str(rule).split()) else set())


@st.composite
def questions(draw):
    """A world of months and quarters, a rule over it, and a region with members."""
    rule = draw(RULES)
    world = draw(wide_worlds(read_by(rule), months=True))
    return world, rule, draw(wide_regions(world).filter(lambda one: one.memberships))


@examples(60)
@given(questions(), SEASONS, POLICIES, st.sampled_from(["newest", "as-of"]))
def test_the_exact_engine_answers_for_any_period(asked, season, missing, membership):
    world, rule, region = asked
    options = {"missing": missing, "membership": membership}
    expected = expected_of(world, season, rule, region, **options)
    found = agree(expected, lambda: world.outcome(rule, region, season=season, **options))
    if found is not None:
        assert close(found.low, expected.value), (found, expected)
        assert (found.status, found.coverage.members) == (expected.status, expected.members)


@examples(30)
@given(questions(), SEASONS, POLICIES, st.data())
def test_the_array_engine_answers_for_any_period(asked, season, missing, data):
    world, rule, first = asked
    begun = wide_regions(world).filter(lambda one: one.memberships)
    some = [first, *data.draw(st.lists(begun, max_size=2))]
    options = {"missing": missing, "membership": data.draw(st.sampled_from(["newest", "as-of"]))}
    memberships = Memberships.of(some, registry=world.known)
    period = season.text(YEAR)
    found = bajio.evaluate_many(
        memberships,
        world.indicator(rule),
        registry=world.known,
        period=period,
        peers=None,
        **options,
    )["asked"]
    assert found.period == period
    for row, region in enumerate(some):
        expected = expected_of(world, season, rule, region, **options)
        if isinstance(expected, Refused):
            assert found.refused[row], (expected.why, found.values[row])
            continue
        assert not found.refused[row], (expected, found.refused[row])
        assert close(found.values[row], float(expected.value))
        assert found.status[row] == expected.status


@examples(30)
@given(
    st.data(),
    st.sampled_from([Sum("people"), Growth(Sum("people")), Sum("output") / Sum("people")]),
    SEASONS,
    st.sampled_from(["countries", "others", "mixed", "dated", "parts"]),
)
def test_ranks_and_shares_of_any_period_are_those_of_the_reference(data, rule, season, peers):
    world = data.draw(wide_worlds(read_by(rule), months=True))
    region = data.draw(wide_regions(world).filter(lambda one: one.memberships))
    reference = Reference(world, notation(season))
    indicator = world.indicator(rule, better="higher")
    options = {"registry": world.known, "period": season.text(YEAR), "peers": peers}
    try:
        ranking = Ranking(reference, rule, region, YEAR, lower=False, host="keep")
    except Refused:
        with pytest.raises(BajioError):
            bajio.evaluate(region, indicator, **options)
        return
    found = bajio.evaluate(region, indicator, **options)
    if isinstance(rule, Sum):
        assert found.share_of_host == share_of_host(reference, rule, region, YEAR)
    position, of, tied, missing = ranking.among(*peers_of(world, peers))
    if of > 1 and found.rank is not None:
        own = peers_of(world, peers)[1]
        years = (YEAR, YEAR - 1)
        ever = {c for c in missing if any(answers(reference, rule, own[c], y) for y in years)}
        assert (found.rank.position, found.rank.of, set(found.rank.tied)) == (position, of, tied)
        assert set(found.rank.peers_missing) == ever
