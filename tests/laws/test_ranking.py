"""The laws of ranking, over generated worlds."""

from fractions import Fraction

from attrs import evolve
from hypothesis import assume, given, strategies as st

from bajio.facts.regions import PeerGroup
from bajio.indicator import Indicator
from bajio.questions.neighbours import closest
from bajio.questions.single import evaluate
from bajio.questions.standing import standings
from bajio.rules.nodes import Sum
from bajio.testing.strategies import regions, worlds
from bajio.testing.worlds import HOST, YEAR

OUTPUT = Indicator("output", Sum("output"), "USD", "Output", better="higher")
DENSITY = Indicator("density", Sum("people") / Sum("land"), "person/km²", "Density", better="lower")

LESS = Indicator("less", Sum("output"), "USD", "Output", better="lower")


def ask(world, members, indicator=OUTPUT, **options):
    registry = world.registry(OUTPUT, DENSITY)
    options = {"year": YEAR, "peers": "others", **options}
    return evaluate(members, indicator, registry=registry, **options)


def ranks_alike(first, second):
    names = ("position", "of", "above", "below", "tied", "best", "worst")
    return [getattr(first.rank, name) for name in names] == [
        getattr(second.rank, name) for name in names
    ]


@given(st.data(), worlds(peers=6))
def test_positions_form_a_competition_ranking(data, world):
    """Law 14: a position is one more than the number of peers that are strictly better."""
    members = data.draw(regions(world))
    registry = world.registry(OUTPUT)
    result, lines = standings(members, "output", registry=registry, year=YEAR, peers="others")
    values = [line.exact for line in lines]

    assert values == sorted(values, reverse=True)
    for line in lines:
        assert line.position == 1 + sum(value > line.exact for value in values)
    assert result.rank.position == 1 + sum(value > result.exact for value in values)
    assert result.rank.of == len(lines) == len(world.peers) + 1


@given(st.data(), worlds(peers=6), st.integers(1, 1000), st.sampled_from([OUTPUT, DENSITY]))
def test_a_rank_survives_a_change_of_unit(data, world, factor, indicator):
    """Law 14: every figure of a measure multiplied alike."""
    members = data.draw(regions(world))
    scaled = world.scaled({"output": factor, "people": factor})

    assert ranks_alike(ask(world, members, indicator), ask(scaled, members, indicator))


@given(st.data(), worlds(peers=6))
def test_a_rank_survives_a_monotone_transformation(data, world):
    """Law 14: x³ + x is strictly increasing; a region of one area, so that it stays a value."""
    members = [data.draw(st.sampled_from(world.parts))]
    bent = world.changed(lambda x: x**3 + x, "output")

    assert ranks_alike(ask(world, members), ask(bent, members))


@given(st.data(), worlds(peers=6), st.randoms())
def test_the_order_of_peers_does_not_matter(data, world, chance):
    """Law 14."""
    members = data.draw(regions(world))
    shuffled = tuple(chance.sample(world.peers, len(world.peers)))
    registry = world.registry(OUTPUT)
    one = evaluate(members, "output", registry=registry, year=YEAR, peers="others")
    named = (
        evaluate(members, "output", registry=registry, year=YEAR, peers="+".join(shuffled))
        if len(shuffled) > 1
        else one
    )

    assert ranks_alike(one, named)
    assert PeerGroup("a", "A", shuffled) == PeerGroup("a", "A", sorted(shuffled))


@given(st.data(), worlds(peers=6), st.integers(1, 10**9), st.sampled_from([OUTPUT, DENSITY]))
def test_improving_a_value_never_worsens_the_position(data, world, gain, indicator):
    """Law 14: more output is better, and so is less density."""
    member = data.draw(st.sampled_from(world.parts))
    measure = "output" if indicator is OUTPUT else "land"

    def improve(seen):
        mine = (seen.area, seen.measure) == (member, measure)
        return (
            seen
            if not mine
            else type(seen)(seen.area, seen.period, seen.measure, Fraction(seen.value) + gain)
        )

    better = world.with_observations(map(improve, world.observations))
    before, after = ask(world, [member], indicator), ask(better, [member], indicator)

    assert after.rank.position <= before.rank.position


@given(st.data(), worlds(peers=6), st.sampled_from(["drop", "remainder"]))
def test_a_host_policy_moves_every_other_peer_by_at_most_one_place(data, world, policy):
    members = data.draw(regions(world))
    registry = world.registry(OUTPUT)

    def positions(host):
        options = {"registry": registry, "year": YEAR, "peers": "countries", "host": host}
        _, lines = standings(members, "output", **options)
        return {line.code: line.position for line in lines if line.code != HOST}

    kept, changed = positions("keep"), positions(policy)
    assert kept.keys() == changed.keys()
    assert all(abs(kept[code] - changed[code]) <= 1 for code in kept)


@given(st.data(), worlds(peers=6))
def test_with_the_remainder_the_total_of_the_world_stays_as_it_was(data, world):
    members = data.draw(regions(world))
    registry = world.registry(OUTPUT)
    options = {"registry": registry, "year": YEAR, "peers": "countries"}
    if len(members) == len(world.parts):
        return
    _, kept = standings(members, "output", host="keep", **options)
    _, without = standings(members, "output", host="remainder", **options)
    own = "+".join(sorted(members))

    total = sum(line.exact for line in kept if line.code != own)
    assert sum(line.exact for line in without) == total


@given(st.data(), worlds(peers=6))
def test_missing_peers_widen_the_best_and_worst_position(data, world):
    members = data.draw(regions(world))
    gone = data.draw(st.sets(st.sampled_from(world.peers), max_size=len(world.peers) - 1))
    kept = [
        seen
        for seen in world.observations
        if not (seen.area in gone and seen.measure == "output" and seen.period == str(YEAR))
    ]
    full, holed = ask(world, members), ask(world.with_observations(kept), members)

    assert set(holed.rank.peers_missing) == gone
    assert holed.rank.peers_without_data == ()
    assert holed.rank.of == full.rank.of - len(gone)
    assert holed.rank.best <= full.rank.position <= holed.rank.worst


@given(st.data(), worlds(peers=6))
def test_peers_that_never_have_a_figure_change_nothing(data, world):
    """They are named apart, and the rank is that among the others."""
    members = data.draw(regions(world))
    gone = data.draw(st.sets(st.sampled_from(world.peers), max_size=len(world.peers) - 1))
    kept = [
        seen for seen in world.observations if not (seen.area in gone and seen.measure == "output")
    ]
    others = "+".join(code for code in world.peers if code not in gone)
    holed = ask(world.with_observations(kept), members)
    among = ask(world, members, peers=others)

    assert set(holed.rank.peers_without_data) == gone
    assert holed.rank.peers_missing == ()
    assert holed.rank.of == among.rank.of
    assert ranks_alike(holed, among)


@given(st.data(), worlds(peers=5), st.integers(0, 3))
def test_a_borrowed_figure_is_that_of_the_nearest_year(data, world, tolerance):
    """With a tolerance the rank is that of a world where each peer's nearest figure is this year's.

    Of two years that are as near the earlier one is taken; what is borrowed is marked.
    """
    members = data.draw(regions(world))
    years = (YEAR - 2, YEAR - 1, YEAR)
    every = [(code, year) for code in world.peers for year in years]
    gone = data.draw(st.sets(st.sampled_from(every), max_size=len(every) - 1))
    at = data.draw(st.sampled_from(years))
    nearest = {}
    for code in world.peers:
        there = [year for year in years if (code, year) not in gone]
        near = [year for year in there if abs(year - at) <= tolerance]
        if near:
            nearest[code] = min(near, key=lambda year: (abs(year - at), year))
    assume(nearest)
    figures = {(seen.area, seen.period): seen for seen in world.observations if is_output(seen)}
    others = [seen for seen in world.observations if seen.area not in world.peers]
    others += [seen for seen in world.observations if not is_output(seen)]
    holed = [seen for key, seen in figures.items() if (key[0], int(key[1])) not in gone]
    moved = [evolve(figures[code, str(year)], period=str(at)) for code, year in nearest.items()]
    own = [seen for seen in figures.values() if seen.area not in world.peers]

    def rank(observations, **options):
        unique = {(seen.area, seen.period, seen.measure, seen.where): seen for seen in observations}
        changed = world.with_observations(unique.values())
        return ask(changed, members, year=at, **options).rank

    found = rank([*others, *holed], year_tolerance=tolerance)
    plain = rank([*others, *own, *moved])
    assert (found.position, found.of, found.above, found.below, found.tied) == (
        plain.position,
        plain.of,
        plain.above,
        plain.below,
        plain.tied,
    )
    assert dict(found.borrowed) == {code: year for code, year in nearest.items() if year != at}
    lacking = {code for code in world.peers if code not in nearest}
    assert {*found.peers_missing, *found.peers_without_data} == lacking


def is_output(seen):
    return seen.measure == "output"


@given(st.data(), worlds(peers=6), st.sampled_from([OUTPUT, LESS]))
def test_an_interval_has_the_positions_of_its_ends(data, world, indicator):
    """The best position is that of its better end, the worst that of the other one."""
    members = data.draw(regions(world))
    gone = data.draw(st.sampled_from(members))
    kept = [seen for seen in world.observations if not (is_output(seen) and seen.area == gone)]
    result = ask(world.with_observations(kept), members, indicator, missing="bound")
    peers = [
        seen.value
        for seen in world.observations
        if is_output(seen) and seen.area in world.peers and seen.period == str(YEAR)
    ]
    sign = 1 if indicator is OUTPUT else -1
    before = [sum(sign * peer > sign * end for peer in peers) for end in (result.low, result.high)]

    assert (result.rank.best, result.rank.worst) == (1 + min(before), 1 + max(before))
    assert result.rank.best <= result.rank.position <= result.rank.worst
    full = ask(world, members, indicator)
    assert result.low <= full.exact <= result.high
    assert result.rank.best <= full.rank.position <= result.rank.worst


def distance_by_definition(own, other):
    """The ratio of the two where there is one, else how far apart they are."""
    if own > 0 and other > 0:
        return max(own, other) / min(own, other)
    return Fraction(10**400) if own > 0 else abs(own - other)


@given(
    st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(-3, 9), min_size=1),
    st.integers(-3, 9),
    st.sampled_from([1, -1]),
)
def test_the_nearest_are_those_that_all_peers_laid_out_would_show(values, own, sign):
    ordered = sorted(((float(sign * value), sign * value), code) for code, value in values.items())
    keys, codes = [key for key, _ in ordered], [code for _, code in ordered]
    place = sum(sign * value < sign * own for value in values.values())

    def distance(code):
        return distance_by_definition(Fraction(own), Fraction(values[code])), code

    assert closest(values, keys, codes, own, place) == tuple(sorted(values, key=distance)[:3])
