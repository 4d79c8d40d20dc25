"""Laws of aggregation: how an indicator's value follows from its members'."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import evolve
from hypothesis import reject, strategies as st
from hypothesis.strategies import DataObject

from bajio.engines.exact import State, fold, identity, lift, merge
from bajio.errors import BajioError
from bajio.facts.measures import Kind
from bajio.facts.observations import Exact, Observation
from bajio.rules.plan import SELF
from bajio.rules.promises import Trait
from bajio.rules.spread import Spread
from bajio.rules.traits import replication_degree
from bajio.testing.cases import some_members, two_sides, worlds_of
from bajio.testing.law import Broken, IndicatorCase, Law
from bajio.testing.worlds import HOST, YEAR, World

#: What floats may leave of a zero.
_ALIKE = Fraction(1, 10**9)


def value_of(case: IndicatorCase, world: World, members: Sequence[str]) -> Exact:
    """The value in a complete world; an example that has none, as a division by zero, is left."""
    try:
        return case.value(world, members)
    except BajioError:
        reject()


def _always(_case: IndicatorCase) -> bool:
    return True


def _has(trait: Trait) -> Callable[[IndicatorCase], bool]:
    return lambda case: trait in case.traits


def _permutation(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    before = value_of(case, world, members)
    renamed, other = renamed_of(world, data)
    after = value_of(case, renamed, [other[code] for code in members][::-1])
    if not case.same(before, after):
        text = f"{before} becomes {after} where the members swap their names and places"
        raise Broken(text, world, members)


def renamed_of(world: World, data: DataObject) -> tuple[World, dict[str, str]]:
    """A world whose parts have swapped names and places, and the new name of each."""
    order = data.draw(st.permutations(range(len(world.parts))))
    other = {code: world.parts[place] for code, place in zip(world.parts, order, strict=True)}
    renamed = world.with_figures(lambda seen: evolve(seen, area=other.get(seen.area, seen.area)))
    return renamed.with_observations(renamed.observations[::-1]), other


def _partition(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    first, second = data.draw(two_sides(world))
    whole = value_of(case, world, world.parts)
    if Trait.ADDITIVE in case.traits:
        parts = value_of(case, world, first) + value_of(case, world, second)
        if not case.same(whole, parts):
            text = f"{' + '.join(first)} and {' + '.join(second)} add up to {parts}, not to {whole}"
            raise Broken(text, world, world.parts)
    bound = world.bound(case.rule, world.parts, str(case.indicator.unit))
    states = [lift(bound, code, YEAR) for code in world.parts if _is_local(case)]
    held = [state for state in states if isinstance(state, State)]
    cut = len(first)
    merged = merge(bound, fold(bound, held[cut:]), fold(bound, held[:cut]))
    if merged != fold(bound, held) or merge(bound, identity(bound), merged) != merged:
        raise Broken("the parts' states do not merge to the whole's", world, world.parts)


def _is_local(case: IndicatorCase) -> bool:
    return all(leaf.place == SELF for leaf in case.plan.leaves)


def _division(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    portion = Fraction(1, data.draw(st.integers(2, 5)))
    halved, piece = members[0], "H-piece"
    extensive = {measure.code for measure in case.measures if measure.kind is Kind.EXTENSIVE}
    observations = []
    for seen in world.observations:
        if seen.area == halved and seen.value is not None and seen.measure in extensive:
            observations.append(evolve(seen, value=Fraction(seen.value) * (1 - portion)))
            observations.append(evolve(seen, area=piece, value=Fraction(seen.value) * portion))
        else:
            observations.append(seen)
            observations += [evolve(seen, area=piece)] if seen.area == halved else []
    divided = evolve(
        world, parts=(*world.parts, piece), observations=tuple(observations), layers=()
    )
    before, after = value_of(case, world, members), value_of(case, divided, (*members, piece))
    if not case.same(before, after):
        text = f"{before} becomes {after} where {halved} is counted as two areas, {portion} of it"
        raise Broken(f"{text} in one of them", world, members)


def _internality(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    alone = [value_of(case, world, [code]) for code in members]
    whole = value_of(case, world, members)
    beside = [value for value in alone if case.same(value, whole)]
    if not beside and not min(alone) <= whole <= max(alone):
        text = f"{whole} lies outside of the members' own values, {min(alone)} to {max(alone)}"
        raise Broken(text, world, members)


def copies_of_first(world: World, parts: Sequence[str]) -> World:
    """A world of some parts that are all copies of the first."""
    kept = [seen for seen in world.observations if seen.area not in set(world.parts)]
    first = [seen for seen in world.observations if seen.area == world.parts[0]]
    copied = [evolve(seen, area=code) for code in parts for seen in first]
    return evolve(world, parts=tuple(parts), observations=(*kept, *copied), layers=())


def _replication(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    count = data.draw(st.integers(2, 4))
    kept = [seen for seen in world.observations if seen.area not in set(world.parts)]
    observations_of_parts = [seen for seen in world.observations if seen.area in set(world.parts)]
    copied = [
        evolve(seen, area=f"{seen.area}-{number}")
        for number in range(count)
        for seen in observations_of_parts
    ]
    parts = tuple(dict.fromkeys(seen.area for seen in copied))
    copies = evolve(world, parts=parts, observations=(*kept, *copied), layers=())
    before, after = value_of(case, world, world.parts), value_of(case, copies, parts)
    times = 1 if Trait.REPLICATION_INVARIANT in case.traits else count
    if not case.same(before * times, after):
        text = f"{before} becomes {after} with {count} copies of each member, not {before * times}"
        raise Broken(text, world, world.parts)


def _replicates(case: IndicatorCase) -> bool:
    return Trait.REPLICATION_INVARIANT in case.traits or replication_degree(case.plan) == 1


def _complement(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    first, second = data.draw(two_sides(world))
    parts = value_of(case, world, first) + value_of(case, world, second)
    if Trait.SHARE in case.traits:
        return _shares_add_up(case, world, parts)
    host = value_of(case, world, [HOST])
    parts += world.unallocated_value(case.rule, str(case.indicator.unit))
    if not case.same(parts, host):
        text = f"the region's and the remainder's values add up to {parts}, not to {host}"
        raise Broken(text, world, world.parts)
    return None


def _shares_add_up(case: IndicatorCase, world: World, parts: Exact) -> None:
    """The shares of all parts make one, less that of what is allocated to none of them."""
    if not world.unallocated and not case.same(parts, 1):
        raise Broken(f"the shares of all parts add up to {parts}, not to one", world, world.parts)
    summed = world.with_figures(lambda seen: None if _is_total(case, seen) else seen)
    again = value_of(case, summed, world.parts)
    if not case.same(parts, again):
        text = f"{parts} of {HOST}'s published total is {again} of the sum of all that it has"
        raise Broken(text, world, world.parts)


def _is_total(case: IndicatorCase, seen: Observation) -> bool:
    """Whether a figure is the host's of what is no rate, which only countries have."""
    return seen.area == HOST and seen.measure in case.plan.measures


def _has_complement(case: IndicatorCase) -> bool:
    local = _is_local(case) and not case.plan.collects
    return Trait.SHARE in case.traits or (Trait.ADDITIVE in case.traits and local)


def _monotonicity(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    more = data.draw(st.sampled_from(world.parts))
    before = value_of(case, world, members)
    after = value_of(case, world, sorted({*members, more}))
    if after < before and not case.same(before, after):
        raise Broken(f"{before} falls to {after} where {more} joins", world, world.parts)


def _equality(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    alike = copies_of_first(world, world.parts)
    floor = case.rule.floor if isinstance(case.rule, Spread) else 0
    least = value_of(case, alike, alike.parts)
    if abs(Fraction(least) - floor) > _ALIKE:
        raise Broken(f"{least}, not {floor}, where all members are alike", alike, alike.parts)
    exact = value_of(case, world, world.parts)
    if exact < floor - _ALIKE:
        text = f"{exact} for these members is less than {floor}, its value where all are alike"
        raise Broken(text, world, world.parts)


LAWS = (
    Law(
        "permutation",
        "The order of members, rows and files, and what areas are called, never matters.",
        "The same alliance, its members listed in another order, would get another number.",
        "Treat all members alike: no first or last one, no figure looked up by an area's code.",
        _always,
        _permutation,
    ),
    Law(
        "partition",
        "Merging the parts of any partition gives the whole: additive values add up.",
        "An alliance counted at once would differ from its halves counted apart and put together.",
        "Sum figures, not results; leave out the promise 'additive' where values do not add.",
        _always,
        _partition,
    ),
    Law(
        "division",
        "What depends on totals does not change where a member is counted as several areas.",
        "A region of states would differ from the same region of its municipalities.",
        "Take the ratio of sums, not the mean of ratios; sum no rate or other intensive measure.",
        _has(Trait.OF_TOTALS),
        _division,
    ),
    Law(
        "internality",
        "A mean or a ratio of sums lies between its members' least and greatest value.",
        "A region's rate would be higher than that of each of its members.",
        "Divide the sums of the same members, and weigh by what is never negative.",
        _has(Trait.INTERNAL),
        _internality,
    ),
    Law(
        "replication",
        "Copies of all members multiply a sum, and leave a mean, ratio or spread as it was.",
        "Large alliances would look more or less unequal than small ones for their size alone.",
        "Divide by the number of members, or by their weight, where the value is no total.",
        _replicates,
        _replication,
    ),
    Law(
        "complement",
        "A region and its remainder make the host, with what is allocated to none of its parts; "
        "shares of a partition add up to exactly one.",
        "The states' shares of the country would not add up to 100 %.",
        "Take the share of the same figure of the same year: Share(rule).",
        _has_complement,
        _complement,
    ),
    Law(
        "monotonicity",
        "Adding a member with figures that are never negative does not lower the value.",
        "An alliance would shrink when a state joins it.",
        "Leave out the promise 'monotone', or take nothing away for a member.",
        _has(Trait.MONOTONE),
        _monotonicity,
    ),
    Law(
        "equality",
        "A spread is zero where all members are alike, and never less: a ratio of them is one.",
        "A region of equal members would look more unequal than one of different members.",
        "Measure distances from the members' mean or from one another; less one, where a ratio.",
        _has(Trait.SPREAD),
        _equality,
    ),
)
