"""The laws of compositions: a region in a year is the region of its members in that year.

Regions, peers and groups come and go: members join, leave, come back, leave in a year to come;
regions are no more, or are to come; in some years a member lies in another.
"""

import pytest
from attrs import evolve
from drawn import examples
from hypothesis import assume, event, given, strategies as st

from bajio.errors import BajioError
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.indicator import Indicator
from bajio.questions.many import evaluate_many
from bajio.questions.single import evaluate
from bajio.questions.standing import standings
from bajio.rules.nodes import Growth, Share, Sum, WeightedMean
from bajio.testing.strategies import worlds
from bajio.testing.worlds import HOST, YEAR

YEARS = (YEAR - 2, YEAR - 1, YEAR)
INDICATORS = (
    Indicator("output", Sum("output"), "USD", "Output", better="higher"),
    Indicator("land", Sum("land"), "km²", "Land"),
    Indicator("density", Sum("people") / Sum("land"), "person/km²", "Density", better="lower"),
    Indicator("part", Share(Sum("people")), "1", "Part of the country"),
    Indicator("quota", WeightedMean("quota"), "1", "Quota"),
)
GROWING = Indicator("growing", Growth(Sum("people")), "1", "Growth")
HOSTS = st.sampled_from(["keep", "drop", "remainder"])
POLICIES = st.sampled_from(["refuse", "partial"])


@st.composite
def stays(draw, area):
    joined = draw(st.none() | st.sampled_from([YEAR - 9, YEAR - 1, YEAR, YEAR + 5]))
    after = [year for year in (YEAR - 3, YEAR - 1, YEAR, YEAR + 9) if year > (joined or 0)]
    return Membership(area, joined, draw(st.none() | st.sampled_from(after)))


def of_areas(areas, code):
    """Regions of some areas, each with up to two stays."""
    member = st.sampled_from(areas).flatmap(stays)
    return st.lists(member, min_size=1, max_size=6).map(lambda held: Region(held, code=code))


@st.composite
def dated(draw, *, holes=False):
    """A world with regions that come and go, and groups of them and of the countries."""
    world = draw(worlds(peers=3, holes=holes))
    regions = tuple(draw(of_areas(world.parts, code)) for code in ("east", "west"))
    members = [*(one.code for one in regions), HOST, *world.peers]
    group = [draw(stays(code)) for code in members]
    return evolve(world, regions=regions, groups=(PeerGroup("changing", "Changing", group),))


def frozen(world, year):
    """The world with regions and groups as they are composed in a year."""
    regions = [Region(one.members_in(year), code=one.code) for one in world.regions]
    held = {one.code for one in regions if one.members}
    codes = {one.code for one in regions}
    groups = [
        PeerGroup(
            group.code, group.names, [c for c in group.at(year) if c in held or c not in codes]
        )
        for group in world.groups
    ]
    return evolve(world, regions=tuple(one for one in regions if one.members), groups=tuple(groups))


def told(world, registry, region, indicator, **options):
    """All that an answer says, or that there is none."""
    try:
        found = evaluate(region, indicator, registry=registry, **options)
    except BajioError:
        return None
    rank = found.rank
    return (
        (found.low, found.high, found.year, found.status, found.coverage),
        (found.share_of_host, found.share_basis, found.host, found.host_value, found.composition),
        found.sources,
        rank and (rank.position, rank.of, rank.above, rank.below, rank.tied, rank.nearest),
        rank and (set(rank.left_out), set(rank.peers_missing), set(rank.peers_without_data)),
        rank and (rank.best, rank.worst, rank.sources, rank.host_gap),
    )


@given(
    st.data(),
    dated(holes=True),
    st.sampled_from(INDICATORS),
    st.sampled_from(YEARS),
    HOSTS,
    POLICIES,
)
def test_as_of_a_year_a_region_is_that_of_its_members_then(
    data, world, indicator, year, host, missing
):
    """Whatever is asked of it: value, coverage, host, share, rank, and who is left out of that."""
    region = data.draw(of_areas((*world.parts, HOST), "asked"))
    options = {"year": year, "peers": "changing", "host": host, "missing": missing}
    codes = region.members_in(year)
    whole = told(world, world.registry(), region, indicator, membership="as-of", **options)
    event(f"answered: {whole is not None}, ranked: {bool(whole and whole[3])}")
    if not codes or (HOST in codes and len(codes) > 1):
        event("empty" if not codes else "overlapping")
        assert whole is None
        return

    alone = frozen(world, year)
    now = Region(codes, code="asked")
    assert whole == told(alone, alone.registry(), now, indicator, membership="newest", **options)


@examples(40)
@given(dated(holes=True), st.sampled_from(INDICATORS), HOSTS)
def test_without_years_of_anyone_the_membership_means_nothing(world, indicator, host):
    alone = frozen(world, YEAR)
    registry = alone.registry()
    for region in alone.regions:
        both = [
            told(alone, registry, region, indicator, peers="mixed", host=host, membership=one)
            for one in ("newest", "as-of")
        ]
        assert both[0] == both[1]


@examples(40)
@given(st.data(), dated())
def test_the_order_of_questions_does_not_matter(data, world):
    """What a registry keeps hangs on nothing that was asked before."""
    asked = st.tuples(
        st.sampled_from(["east", "west", HOST, *world.parts]),
        st.sampled_from([*INDICATORS, GROWING]),
        st.fixed_dictionaries(
            {
                "year": st.none() | st.sampled_from(YEARS),
                "membership": st.sampled_from(["newest", "as-of"]),
                "peers": st.sampled_from(["changing", "countries", "mixed", None]),
                "year_tolerance": st.sampled_from([0, 1]),
            }
        ),
        HOSTS,
    )
    questions = data.draw(st.lists(asked, min_size=2, max_size=5))
    kept = world.registry()

    def answer(registry, question):
        region, indicator, options, host = question
        return told(world, registry, region, indicator, host=host, **options)

    together = [answer(kept, one) for one in questions]
    assert together == [answer(world.registry(), one) for one in questions]


@examples(50)
@given(st.data(), dated(), st.sampled_from(YEARS))
def test_a_region_and_what_remains_of_its_host_are_the_host(data, world, year):
    """Law 8, as of each year; of which nothing remains is left out."""
    region = data.draw(of_areas(world.parts, "asked"))
    codes = set(region.members_in(year))
    assume(codes)
    options = {"year": year, "membership": "as-of", "peers": "countries", "host": "remainder"}
    result, lines = standings(region, INDICATORS[0], registry=world.registry(), **options)
    left = {line.code: line.exact for line in lines}

    if codes == set(world.parts):
        event("nothing remains")
        assert HOST not in left
        assert result.rank.left_out == (HOST,)
    else:
        assert left[HOST] + result.exact == result.host_value


@given(st.data(), dated(), st.sampled_from(YEARS), st.sampled_from(["drop", "remainder"]))
def test_a_host_policy_moves_a_peer_by_a_place_for_each_that_contains_the_region(
    data, world, year, policy
):
    region = data.draw(of_areas(world.parts, "asked"))
    assume(region.members_in(year))
    options = {"registry": world.registry(), "year": year, "membership": "as-of"}

    def places(host):
        try:
            _, lines = standings(region, INDICATORS[0], peers="mixed", host=host, **options)
        except BajioError:
            return None
        return {line.code: line.position for line in lines}

    kept, changed = places("keep"), places(policy)
    if kept is None or changed is None:
        assert kept is None or HOST in kept  # a rank may be refused with the policy alone
        return
    own = set(region.members_in(year))
    around = [HOST, *(one.code for one in world.regions if own < set(one.members_in(year)))]
    event(f"peers around: {len(around)}")
    for code in kept.keys() & changed.keys() - set(around):
        assert abs(kept[code] - changed[code]) <= len(around)
    assert kept.keys() - changed.keys() <= set(around)


@examples(60)
@given(st.data(), dated(holes=True), st.sampled_from([*INDICATORS, GROWING]), HOSTS, POLICIES)
def test_many_regions_are_composed_as_each_of_them_is(data, world, indicator, host, missing):
    pytest.importorskip("numpy")
    from bajio.questions.bulk.memberships import Memberships

    codes = (*world.parts, HOST)
    drawn = [data.draw(of_areas(codes, f"r{at}")) for at in range(3)]
    assume(all(one.is_dated or not {HOST} < set(one) for one in drawn))  # refused whenever
    registry = world.registry()
    year = data.draw(st.sampled_from(YEARS))
    options = {"year": year, "membership": "as-of", "peers": "mixed", "host": host}
    many = evaluate_many(
        Memberships.of(drawn, registry=registry),
        indicator,
        registry=registry,
        missing=missing,
        **options,
    )[indicator.code]
    for row, region in enumerate(drawn):
        one = told(world, registry, region, indicator, missing=missing, **options)
        event(f"answered: {one is not None}")
        assert (one is not None) == bool(many.defined[row])
        if one is not None:
            assert float(many.values[row]) == pytest.approx(float(one[0][0]), rel=1e-12)
            places = one[3][:2] if one[3] else (0, 0)
            assert (many.ranks.position[row], many.ranks.of[row]) == places
