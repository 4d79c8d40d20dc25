"""All engines are held against the independent reference, on worlds as wide as the world."""

import narwhals as nw
import pytest
from attrs import evolve
from backends import BACKENDS, EACH, arrow, by_key
from drawn import examples, examples_on_each
from hypothesis import Phase, assume, event, given, settings, strategies as st
from reference import Reference, Refused
from reference.evaluation import nodes
from reference.ranking import Ranking, newest_year, share_of_host

import bajio
from bajio import Growth, Memberships, Region, Sum
from bajio.errors import BajioError
from bajio.report.json_data import json_text
from bajio.report.kinds import RESULT
from bajio.report.records import Voice
from bajio.rules import Convert
from bajio.testing.strategies import rules
from bajio.testing.wide import YEARS, wide_regions, wide_worlds
from bajio.testing.worlds import HOST, YEAR


def measures_of(rule):
    """Codes of what a rule reads, rates included."""
    found = {"people", "fx", "cpi"}
    pending = [rule]
    while pending:
        one = pending.pop()
        found.add(getattr(one, "measure", "people"))
        pending += [getattr(one, name) for name in one.children]
    return found


@st.composite
def questions(draw, **options):
    """A world with all that a rule reads, the rule, and a region."""
    rule = draw(rules())
    world = draw(wide_worlds(measures_of(rule), **options))
    return world, rule, draw(wide_regions(world))


def as_seen(world, backend):
    """A world without figures of what its parts are made of, where a backend looks at no table.

    Whose parts could stand in for areas that a lazy membership table names is not known.
    """
    if backend not in {"polars-lazy", "duckdb"}:
        return world
    halves = {area.code for area in world.inner if area.kind == "municipality"}
    return world.with_figures(lambda seen: None if seen.area in halves else seen)


def close(own, expected):
    return own == expected or abs(own - expected) <= 1e-9 * max(1, abs(expected))


def expected_of(world, rule, region, **options):
    try:
        return Reference(world).evaluate(rule, region, YEAR, **options)
    except Refused as refused:
        return refused


def agree(expected, ask):
    """Whether what is asked is answered, or refused, as expected; the answer."""
    try:
        found, refusal = ask(), None
    except BajioError as error:
        found, refusal = None, error
    if isinstance(expected, Refused):
        event(f"refused: {expected.why}")
        assert refusal is not None, (expected.why, expected.areas, found)
        if expected.why == "lacking":
            assert any(code in str(refusal) for code in expected.areas), (expected.areas, refusal)
        return None
    event("answered")
    assert refusal is None, (expected, refusal)
    return found


@examples(200)
@given(questions(), st.sampled_from(["refuse", "partial"]), st.sampled_from(["newest", "as-of"]))
def test_the_exact_engine_answers_as_the_reference_does(asked, missing, membership):
    exact_agrees(asked, missing, membership)


def exact_agrees(asked, missing, membership):
    world, rule, region = asked
    options = {"missing": missing, "membership": membership}
    expected = expected_of(world, rule, region, **options)
    found = agree(expected, lambda: world.outcome(rule, region, **options))
    if found is not None:
        assert close(found.low, expected.value), (found, expected)
        assert found.status == expected.status
        assert found.coverage.members == expected.members


@examples(60)
@given(questions(), st.data(), st.sampled_from(["refuse", "partial"]))
def test_the_array_engine_answers_as_the_reference_does(asked, data, missing):
    array_agrees(asked, data, missing)


def array_agrees(asked, data, missing):
    world, rule, _ = asked
    begun = wide_regions(world).filter(lambda one: one.memberships)
    some = data.draw(st.lists(begun, min_size=1, max_size=4))
    membership = data.draw(st.sampled_from(["newest", "as-of"]))
    options = {"missing": missing, "membership": membership}
    memberships = Memberships.of(some, registry=world.known)
    found = bajio.evaluate_many(
        memberships, world.indicator(rule), registry=world.known, year=YEAR, peers=None, **options
    )[world.indicator(rule).code]
    for row, region in enumerate(some):
        expected = expected_of(world, rule, region, **options)
        if isinstance(expected, Refused):
            assert found.refused[row], (expected.why, found.values[row])
            continue
        assert not found.refused[row], (expected, found.refused[row])
        assert close(found.values[row], float(expected.value))
        assert found.status[row] == expected.status
        assert found.coverage.members[row] == float(expected.members)


def in_one_table(world):
    """A world whose figures are all from one source, as those of a table are."""
    shared = [one for one in world.layers if one.source != "survey"]
    home = {(seen.measure, seen.area) for seen in world.observations}
    abroad = [s for one in shared for s in one.observations if (s.measure, s.area) not in home]
    return evolve(world, observations=(*world.observations, *abroad), layers=(), edition="1")


def is_whole(world, area):
    """Whether an area has a figure wherever another has one."""
    seen = [one for one in world.observations if one.value is not None]
    places = {(one.measure, one.where, one.period) for one in seen}
    return places == {(o.measure, o.where, o.period) for o in seen if o.area == area}


def long_table(world):
    seen = [one for one in world.observations if one.value is not None]
    columns = {
        "area": [one.area for one in seen],
        "period": [one.period or None for one in seen],
        "measure": [one.measure for one in seen],
        "value": [float(one.value) for one in seen],
        "activity": [one.where[0] if one.where else None for one in seen],
    }
    return arrow(columns, (str, str, str, float, str))


def membership_table(regions):
    stays = [(f"r{at}", stay) for at, one in enumerate(regions) for stay in one.memberships]
    columns = {
        "region": [code for code, _ in stays],
        "area": [stay.area for _, stay in stays],
        "from": [stay.joined for _, stay in stays],
        "to": [stay.left for _, stay in stays],
    }
    return arrow(columns, (str, str, int, int))


@pytest.mark.parametrize("backend", EACH)
@settings(examples_on_each(15), phases=[Phase.explicit, Phase.generate])
@given(asked=questions(), data=st.data(), missing=st.sampled_from(["refuse", "partial"]))
def test_tables_answer_as_the_reference_does(backend, asked, data, missing):
    tables_agree(backend, asked, data, missing)


def tables_agree(backend, asked, data, missing):
    world, rule, _ = asked
    world = in_one_table(as_seen(world, backend))
    # a table says whether its host's figures are published, for all of them
    assume(is_whole(world, HOST) or not {"At", "Share"} & set(nodes(rule)))
    some = data.draw(st.lists(table_regions(world), min_size=1, max_size=3))
    membership = data.draw(st.sampled_from(["newest", "as-of"]))
    options = {"missing": missing, "membership": membership}
    quarterly = {seen.measure for seen in world.observations if "-Q" in seen.period}
    made = BACKENDS[backend]
    found = bajio.evaluate_table(
        made(long_table(world)),
        world.indicator(rule),
        registry=world.known,
        regions=made(membership_table(some)),
        measures=world.measures,
        quarterly=quarterly,
        hosts=dict.fromkeys(world.parts, HOST),
        **options,
    )
    timeless = "period" not in nw.from_native(found).collect_schema()
    keys = ["region"] if timeless else ["region", "period"]
    rows = by_key(found, *keys)
    whenever = {**options, "membership": "newest"} if timeless else options  # of no year
    for at, region in enumerate(some):
        row = rows.get((f"r{at}", str(YEAR))[: len(keys)])
        expected = expected_of(world, rule, region, **whenever)
        if isinstance(expected, Refused):
            assert row is None or row["asked"] is None, (expected.why, row)
            assert row is None or row["asked_reason"], row
            continue
        assert row, (expected, region, rows)
        assert row["asked"] is not None, (expected, row)
        assert close(row["asked"], float(expected.value)), (expected, region, row)
        assert close(row["asked_coverage"], float(expected.members)), (expected, row)


def table_regions(world):
    """Regions that have members, of the country's parts."""
    return wide_regions(world).filter(
        lambda one: one.memberships and {stay.area for stay in one.memberships} <= {*world.parts}
    )


def peers_of(world, code):
    """A group of a world, and each of its members as a region."""
    group = world.known.peer_group(code)
    named = {region.code: region for region in world.regions}
    codes = {stay.area for stay in group.memberships}
    return group, {one: named.get(one, Region([one])) for one in codes}


RANKED = st.sampled_from(["countries", "others", "mixed", "dated", "parts"])
PLAIN = [
    Sum("people"),
    Sum("balance"),
    Sum("output") / Sum("people"),
    Growth(Sum("people")),
    Convert(Sum("wages"), to="USD", at="fx") / Sum("people"),
    Sum("jobs", {"activity": "a"}),
]


@examples(200)
@given(
    st.data(),
    st.sampled_from(PLAIN),
    RANKED,
    st.sampled_from(["higher", "lower"]),
    st.sampled_from(["keep", "drop"]),
)
def test_ranks_are_those_of_the_reference(data, rule, peers, better, host):
    world = data.draw(wide_worlds(measures_of(rule)))
    region = data.draw(wide_regions(world).filter(lambda one: one.memberships))
    reference = Reference(world)
    indicator = world.indicator(rule, better=better)
    options = {"registry": world.known, "year": YEAR, "peers": peers, "host": host}
    try:
        ranking = Ranking(reference, rule, region, YEAR, lower=better == "lower", host=host)
    except Refused:
        with pytest.raises(BajioError):
            bajio.evaluate(region, indicator, **options)
        return
    position, of, tied, missing = ranking.among(*peers_of(world, peers))
    found = bajio.evaluate(region, indicator, **options).rank
    if of == 1 or found is None:
        event("no rank")
        around = sum(ranking.contains(one) for one in peers_of(world, peers)[1].values())
        assert found is None
        assert of - 1 <= around
        return
    event("tied" if tied else "not tied")
    assert (found.position, found.of, set(found.tied)) == (position, of, tied)
    never = {
        code
        for code in missing
        if not any(answers(reference, rule, peers_of(world, peers)[1][code], y) for y in YEARS)
    }
    assert set(found.peers_without_data) == never
    assert set(found.peers_missing) == missing - never
    assert found.best <= position
    assert found.worst == position + len(missing - never)


def answers(reference, rule, region, year):
    """Whether there is a number."""
    try:
        reference.evaluate(rule, region, year)
    except Refused:
        return False
    return True


@examples(80)
@given(st.data(), st.sampled_from([one for one in PLAIN if isinstance(one, Sum)]))
def test_shares_of_the_host_are_those_of_the_reference(data, rule):
    world = data.draw(wide_worlds(measures_of(rule)))
    region = data.draw(wide_regions(world).filter(lambda one: one.memberships))
    try:
        expected = share_of_host(Reference(world), rule, region, YEAR)
    except Refused:
        return
    indicator = world.indicator(rule)
    found = bajio.evaluate(region, indicator, registry=world.known, year=YEAR, peers=None)
    event("a share" if expected else "none")
    assert found.share_of_host == expected


@examples(80)
@given(st.data(), st.sampled_from(PLAIN), RANKED)
def test_the_newest_year_is_that_of_the_reference(data, rule, peers):
    world = data.draw(wide_worlds(measures_of(rule)))
    region = data.draw(wide_regions(world).filter(lambda one: one.memberships))
    group, regions = peers_of(world, peers)

    def there(year):
        return [(code, regions[code]) for code in group.at(year)]

    expected = newest_year(Reference(world), rule, region, there, YEARS)
    indicator = world.indicator(rule)
    options = {"registry": world.known, "peers": peers}
    if expected is None:
        with pytest.raises(BajioError):
            bajio.evaluate(region, indicator, **options)
        return
    event(f"{YEAR - expected} years ago")
    assert bajio.evaluate(region, indicator, **options).year == expected


def ends_well(world, rule, region, **options):
    """Whether a question ends in an answer that can be told, or in one error of the project's."""
    refusal = None
    try:
        found = bajio.evaluate(region, world.indicator(rule), registry=world.known, **options)
    except BajioError as error:
        refusal = str(error)
    if refusal is not None:
        assert 0 < len(refusal) < 1500
        return
    assert json_text(RESULT.data(found, Voice()))
    assert found.explain()


@examples(100)
@given(st.data(), rules(), st.sampled_from(["refuse", "partial", "bound"]))
def test_a_question_ends_in_an_answer_or_in_one_error(data, rule, missing):
    world = data.draw(wide_worlds(measures_of(rule), own=True))
    region = data.draw(wide_regions(world))
    peers = data.draw(st.sampled_from([None, "countries", "mixed", "dated", "parts"]))
    host = data.draw(st.sampled_from(["keep", "drop", "remainder"]))
    membership = data.draw(st.sampled_from(["newest", "as-of"]))
    ends_well(world, rule, region, missing=missing, peers=peers, host=host, membership=membership)
