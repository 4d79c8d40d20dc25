"""The laws, asked through the questions, on worlds as wide as the world."""

import random
from fractions import Fraction

import pytest
from attrs import evolve
from drawn import examples
from hypothesis import assume, event, given, strategies as st

import bajio
from bajio.errors import BajioError
from bajio.facts.observations import Observation
from bajio.facts.regions import Region
from bajio.rules.nodes import Convert, Growth, Share, Sum
from bajio.testing.strategies import rules
from bajio.testing.wide import raised, wide_regions, wide_worlds
from bajio.testing.worlds import ABROAD, HOST, YEAR

DOLLARS = Convert(Sum("wages"), to="USD", at="fx")
LINEAR = [Sum("people"), Sum("balance"), Sum("land"), DOLLARS, Sum("jobs", {"activity": "a"})]
POSITIVE = [one for one in LINEAR if one != Sum("balance")]
SCALAR = [*LINEAR, Sum("output") / Sum("people"), Growth(Sum("people")), Share(Sum("people"))]
POLICIES = st.sampled_from(["refuse", "partial"])
MEMBERSHIPS = st.sampled_from(["newest", "as-of"])
GROUPS = st.sampled_from([None, "countries", "mixed", "dated", "parts"])


def reads(rule):
    """Codes of the measures that a rule reads, with the rates that it may need."""
    pending, found = [rule], {"people"}
    while pending:
        one = pending.pop()
        found |= {getattr(one, name) for name in ("measure", "at", "by") if hasattr(one, name)}
        pending += [getattr(one, name) for name in one.children]
    return found


def has_figures(world, rule, area):
    """Whether an area has figures of what a rule reads, rates excepted."""
    measures = {seen.measure for seen in world.observations if seen.area == area}
    return bool(measures & (reads(rule) - {"people"}))


def of_two_levels(world):
    """A world without figures of what its parts are made of, which stand in for their own."""
    halves = {area.code for area in world.inner if area.kind == "municipality"}
    return world.with_figures(lambda seen: None if seen.area in halves else seen)


def answered(world, rule, region, **options):
    """What is answered of a rule, or the reason why nothing is."""
    chosen = {"year": YEAR, "peers": None, **options}
    try:
        return bajio.evaluate(region, world.indicator(rule), registry=world.registry(), **chosen)
    except BajioError as error:
        return str(error)


def value(world, rule, region, **options):
    """The exact value; an example that has none is left."""
    found = answered(world, rule, region, **options)
    assume(not isinstance(found, str) and found.point is not None)
    return found.exact


def told(found):
    """All that an answer says, save where it comes from."""
    if isinstance(found, str):
        return found
    rank = found.rank
    return (
        (found.low, found.high, found.year, found.status, found.coverage, found.share_of_host)
        + (found.host_value, found.rank_reason, {str(one) for one in found.sources})
        + (
            (
                rank.position,
                rank.of,
                rank.tied,
                rank.peers_missing,
                rank.best,
                rank.worst,
                rank.above,
            )
            if rank
            else ()
        )
    )


@examples(60)
@given(st.data(), rules(), POLICIES, MEMBERSHIPS, GROUPS, st.integers(0, 9))
def test_no_order_changes_an_answer(data, rule, missing, membership, peers, seed):
    """Law 1: of members, stays, rows, sources, groups: value, coverage, sources, status, rank."""
    world = data.draw(wide_worlds(reads(rule), own=True))
    region = data.draw(wide_regions(world))
    chance = random.Random(seed)  # noqa: S311  # rows are shuffled, secrets are not

    def shuffled(given_things):
        return tuple(chance.sample(tuple(given_things), len(given_things)))

    other = evolve(
        world,
        observations=shuffled(world.observations),
        own=shuffled(world.own),
        layers=tuple(evolve(one, observations=shuffled(one.observations)) for one in world.layers),
        inner=shuffled(world.inner),
        regions=shuffled(world.regions),
    )
    turned = Region(shuffled(region.memberships))
    options = {"missing": missing, "membership": membership, "peers": peers}
    assert told(answered(world, rule, region, **options)) == told(
        answered(other, rule, turned, **options)
    )


@examples(40)
@given(st.data(), st.sampled_from(SCALAR), st.sampled_from(SCALAR), MEMBERSHIPS, GROUPS)
def test_the_order_of_questions_changes_no_answer(data, first, second, membership, peers):
    """Law 1: what is kept of one question is not taken for the answer to another."""
    world = data.draw(wide_worlds(reads(first) | reads(second), own=True))
    regions = [data.draw(wide_regions(world)) for _ in range(3)]
    years = (YEAR, YEAR - 1, None)
    asked = [
        (world.indicator(rule), region, year)
        for rule in (first, second)
        for region in regions
        for year in years
    ]

    def each(registry, questions):
        found = {}
        for at, (indicator, region, year) in questions:
            options = {"year": year, "peers": peers, "membership": membership}
            try:
                one = bajio.evaluate(region, indicator, registry=registry, **options)
            except BajioError as error:
                one = str(error)
            found[at] = told(one)
        return found

    numbered = list(enumerate(asked))
    forwards = each(world.registry(), numbered)
    assert each(world.registry(), numbered[::-1]) == forwards
    alone = data.draw(st.sampled_from(numbered))
    assert each(world.registry(), [alone])[alone[0]] == forwards[alone[0]]


@examples(60)
@given(st.data(), st.sampled_from(LINEAR), MEMBERSHIPS)
def test_the_parts_of_a_dated_region_add_up(data, rule, membership):
    """Law 2: whoever was a member in the year, once."""
    world = data.draw(wide_worlds(reads(rule), holes=False))
    region = data.draw(wide_regions(world).filter(lambda one: one.memberships))
    options = {"membership": membership}
    whole = value(world, rule, region, **options)
    areas = sorted({stay.area for stay in region.memberships})
    total = Fraction(0)
    if membership == "newest":
        known = world.known.region(region)
        areas = list(known.members)
    for area in areas:
        own = Region([stay for stay in region.memberships if stay.area == area])
        if membership == "as-of" and not own.members_in(YEAR):
            continue
        chosen = own if membership == "as-of" else Region([area])
        total += value(world, rule, chosen, **options)
    event(f"{len(areas)} parts")
    assert whole == total


@examples(60)
@given(st.data(), st.sampled_from(LINEAR))
def test_a_region_and_the_rest_make_the_host(data, rule):
    """Law 8, the region that is the whole host included, of which nothing is left."""
    world = data.draw(wide_worlds(reads(rule), holes=False))
    members = data.draw(st.lists(st.sampled_from(world.parts), min_size=1, unique=True))
    rest = Region(members).remainder(HOST, world.known.areas)
    whole = value(world, rule, [HOST])
    left = value(world, rule, rest) if rest.members else 0

    assert bool(rest.members) == (len(members) < len(world.parts))
    abroad = world.unallocated_value(rule)
    assert value(world, rule, members) + left + abroad == whole
    found = answered(world, rule, members)
    if whole:
        assert found.share_of_host == Fraction(found.exact) / whole
        shares = [answered(world, rule, [part]).share_of_host for part in world.parts]
        assert sum(shares) + Fraction(abroad) / whole == 1


@examples(50)
@given(st.data(), st.sampled_from(POSITIVE), st.sampled_from(["countries", "mixed"]))
def test_with_the_remainder_the_world_stays_as_large_as_it_was(data, rule, peers):
    """Law 8: also where the region is its whole host, which is then left out."""
    world = data.draw(wide_worlds(reads(rule), holes=False))
    world = evolve(world, regions=())
    members = data.draw(st.lists(st.sampled_from(world.parts), min_size=1, unique=True))
    own = "+".join(sorted(members))
    asked = {"registry": world.known, "year": YEAR, "peers": peers}

    def lines(host):
        try:
            _, found = bajio.standings(members, world.indicator(rule), host=host, **asked)
        except BajioError:
            assume(False)
        return {line.code: line.exact for line in found}

    kept, without = lines("keep"), lines("remainder")
    total = sum(number for code, number in kept.items() if code != own)
    assert sum(without.values()) == total
    alone = len(members) == len(world.parts)
    assert (HOST in without) == (not alone or has_figures(world, rule, ABROAD))


@examples(60)
@given(st.data(), st.sampled_from(POSITIVE))
def test_who_joins_never_lowers_a_sum(data, rule):
    """Law 9, zeros included."""
    world = data.draw(wide_worlds(reads(rule), holes=False))
    members = data.draw(st.sets(st.sampled_from(world.parts), min_size=1))
    more = data.draw(st.sampled_from(world.parts))
    assert value(world, rule, {*members, more}) >= value(world, rule, members)


@examples(100)
@given(st.data(), st.sampled_from(SCALAR), GROUPS)
def test_a_figure_that_is_taken_away_is_missed_or_was_not_needed(data, rule, peers):
    """Law 11: of the region, its host, a rate, a peer; in whatever year or quarter."""
    world = of_two_levels(data.draw(wide_worlds(reads(rule), holes=False)))
    members = data.draw(st.lists(st.sampled_from(world.parts), min_size=1, unique=True))
    before = answered(world, rule, members, peers=peers)
    assume(not isinstance(before, str))
    rows = [seen for seen in world.observations if seen.period[:4] in {"", str(YEAR)}]
    gone = data.draw(st.sampled_from(rows))

    def without(seen):
        same = (seen.area, seen.measure, seen.where, seen.period)
        return None if same == (gone.area, gone.measure, gone.where, gone.period) else seen

    after = answered(world.with_figures(without), rule, members, peers=peers)
    if isinstance(after, str):
        event("refused")
        assert gone.area in after
        assert gone.measure in after
        assert gone.area in {HOST, *members}
        return
    if told(after) == told(before):
        event("not needed")
        assert (
            gone.area not in members
            or gone.measure not in reads(rule) - {"people"}
            or (gone.where and gone.where != ("a",))
        )
        return
    event("marked")
    # What a figure of the host or of a peer changes is told of: nothing of the region's own.
    assert (after.low, after.high, after.coverage) == (before.low, before.high, before.coverage)
    assert gone.area not in members
    ranks = after.rank is None or before.rank is None or after.rank != before.rank
    shares = (after.share_of_host, after.share_basis) != (before.share_of_host, before.share_basis)
    assert ranks or shares or after.sources != before.sources or after.host_value is None


@examples(60)
@given(st.data(), st.sampled_from(SCALAR), GROUPS, POLICIES)
def test_a_figure_that_is_not_needed_changes_nothing(data, rule, peers, missing):
    """Law 11: of another measure, another year to come, or an area elsewhere."""
    world = data.draw(wide_worlds(reads(rule)))
    members = data.draw(st.lists(st.sampled_from(world.parts), min_size=1, unique=True))
    more = data.draw(
        st.sampled_from(
            [
                Observation(members[0], str(YEAR), "real-output", 9),
                Observation("P00-1", str(YEAR), "real-output", 9),
                Observation(HOST, str(YEAR - 2), "real-output", 0, "P"),
            ]
        )
    )
    added = world.with_observations((*world.observations, more))
    options = {"peers": peers, "missing": missing}
    assert told(answered(added, rule, members, **options)) == told(
        answered(world, rule, members, **options)
    )


@examples(60)
@given(st.data(), st.sampled_from([Sum("people"), Sum("output"), DOLLARS]))
def test_three_levels_have_one_sum(data, rule):
    """Law 15: municipalities, states and the country; a state without figures is its parts."""
    world = data.draw(wide_worlds(reads(rule), holes=False))
    assume(any(area.kind == "municipality" for area in world.inner))
    part = data.draw(st.sampled_from(world.parts))
    halves = [area.code for area in world.inner if area.within == part]
    every = [area.code for area in world.inner if area.kind == "municipality"]

    own = value(world, rule, [part])
    assert value(world, rule, halves) == own
    assert value(world, rule, every) == value(world, rule, world.parts)
    abroad = world.unallocated_value(rule)
    assert value(world, rule, every) + abroad == value(world, rule, [HOST])

    unpublished = world.with_figures(lambda seen: None if seen.area == part else seen)
    found = answered(unpublished, rule, [part])
    assert found.exact == own
    assert any("sum of parts" in note for note in found.notes)


@examples(60)
@given(st.data(), st.sampled_from(["people", "output"]), st.randoms(use_true_random=False))
def test_bounds_hold_whatever_the_missing_figures_may_be(data, code, chance):
    """Every completion that the host's total allows lies within, and the ends are reached."""
    world = of_two_levels(data.draw(wide_worlds({code, "land"}, holes=False)))
    assume(not any("-Q" in seen.period for seen in world.observations))
    gone = data.draw(st.sets(st.sampled_from(world.parts), min_size=1))
    members = data.draw(st.lists(st.sampled_from(world.parts), min_size=1, unique=True))

    def hide(seen):
        mine = (seen.area in gone, seen.measure, seen.period) == (True, code, str(YEAR))
        return None if mine else seen

    holed = world.with_figures(hide)
    rule = data.draw(st.sampled_from([Sum(code), Sum(code) / Sum("land"), 3 - Sum("land") / 7]))
    rule = rule if rule != 3 - Sum("land") / 7 else Share(Sum(code))
    found = answered(holed, rule, members, missing="bound")
    assume(not isinstance(found, str))
    total = sum(
        Fraction(seen.value)
        for seen in world.observations
        if (seen.measure, seen.period) == (code, str(YEAR)) and seen.area in gone
    )
    for share in (0, 1, chance.random()):
        completed = completion(world, code, sorted(gone), total, Fraction(share), chance)
        truth = answered(completed, rule, members)
        if not isinstance(truth, str):
            assert found.low <= truth.exact <= found.high


def completion(world, code, gone, total, share, chance):
    """A world in which what is missing is spread otherwise over those that lack it."""
    first = chance.choice(gone)
    others = [one for one in gone if one != first]
    amounts = dict.fromkeys(gone, total * (1 - share) / len(others) if others else Fraction(0))
    amounts[first] = total * share if others else total

    def change(seen):
        if (seen.measure, seen.period) == (code, str(YEAR)) and seen.area in amounts:
            return evolve(seen, value=amounts[seen.area])
        return seen

    return world.with_figures(change)


@examples(40)
@given(st.data(), st.sampled_from([Sum("people"), Sum("output")]), st.booleans())
def test_a_users_figures_win_wherever_they_are(data, rule, elsewhere):
    """Whatever the peers, the edition or the source that they are said to be of."""
    world = data.draw(wide_worlds(reads(rule), holes=False))
    members = data.draw(st.lists(st.sampled_from(world.parts), min_size=1, unique=True))
    rows = [
        seen
        for seen in world.observations
        if seen.measure == rule.measure and seen.area in members and seen.period[:4] == str(YEAR)
    ]
    raised_by = Fraction(len(rows) * 11)
    own = raised(rows, lambda: 11)
    over = evolve(world, own=own, own_source="mine" if elsewhere else "survey")
    of_year = [seen for seen in rows if seen.area == members[0]]
    stock = rule.measure == "people"
    expected = value(world, rule, members) + (raised_by / len(of_year) if stock else raised_by)
    for peers in (None, "countries", "others", "parts"):
        assert value(over, rule, members, peers=peers) == expected


@pytest.mark.parametrize("host", ["keep", "drop", "remainder"])
@examples(40)
@given(data=st.data(), rule=st.sampled_from(LINEAR), factor=st.integers(2, 9))
def test_ranks_among_regions_and_dated_peers_keep_their_order(host, data, rule, factor):
    """Law 14: whatever the unit, the order of peers, and how much better the region gets."""
    world = data.draw(wide_worlds(reads(rule)))
    members = data.draw(st.lists(st.sampled_from(world.parts), min_size=1, unique=True))
    peers = data.draw(st.sampled_from(["countries", "mixed", "dated", "parts"]))
    options = {"peers": peers, "host": host}
    before = answered(world, rule, members, **options)
    assume(not isinstance(before, str) and before.rank is not None)
    codes = {rule.measure} if isinstance(rule, Sum) else {"wages"}
    larger = answered(world.scaled(dict.fromkeys(codes, factor)), rule, members, **options)
    rank, other = before.rank, larger.rank

    assert (rank.position, rank.of, rank.tied) == (other.position, other.of, other.tied)
    assert (rank.best, rank.worst, rank.above) == (other.best, other.worst, other.above)
    assert rank.best <= rank.position <= rank.worst
    assert rank.position + len(rank.tied) <= rank.of
