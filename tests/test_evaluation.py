"""The door to the exact engine: a region, areas in its stead, what is left of one, its leaves."""

from contextlib import suppress
from fractions import Fraction

import pytest

from bajio.engines.bound_plan import bind
from bajio.engines.evaluation import Evaluation, sums_of, values_by_area
from bajio.engines.outcome import Lacking, Missing
from bajio.engines.planning import Planner
from bajio.errors import InvalidRule, Unavailable, UnitMismatch
from bajio.facts.observations import Observation
from bajio.rules.axes import Across
from bajio.rules.nodes import Growth, Lag, Maximum, Share, Sum
from bajio.rules.spread import Gini
from bajio.testing.worlds import HOST, MEASURES, YEAR, World
from bajio.units import Unit

PARTS = ("H-0", "H-1", "H-2")
PEOPLE = {"H-0": 10, "H-1": 30, "H-2": 60, HOST: 110}
LAND = {"H-0": 2, "H-1": 3, "H-2": 10, HOST: 15}
OBSERVATIONS = tuple(
    Observation(area, period, measure, value, status="E" if area == "H-1" else "A")
    for measure, figures, period in (
        ("people", PEOPLE, str(YEAR)),
        ("people", {area: value // 2 for area, value in PEOPLE.items()}, str(YEAR - 1)),
        ("land", LAND, ""),
    )
    for area, value in figures.items()
)
WORLD = World(PARTS, (), OBSERVATIONS)
MEASURE_OF = {one.code: one for one in MEASURES}
DENSITY = Sum("people") / Sum("land")


def evaluation(rule, members=PARTS, world=WORLD, missing=Missing.REFUSE):
    def composition(place, _lag):
        return (HOST,) if place == "host" else tuple(members)

    return Evaluation(world.bound(rule, members), composition, YEAR, missing)


def lacking(*codes):
    seen = [one for one in OBSERVATIONS if one.area not in codes or one.measure != "people"]
    return World(PARTS, (), tuple(seen))


@pytest.mark.parametrize(
    "rule", [Sum("people"), DENSITY, Growth(Sum("people")), Share(Sum("people")), Maximum("people")]
)
@pytest.mark.parametrize("areas", [("H-0",), ("H-0", "H-2"), PARTS])
def test_areas_in_the_stead_of_a_region_have_the_value_of_a_region_of_them(rule, areas):
    assert evaluation(rule).value_of(areas) == evaluation(rule, areas).value()
    assert evaluation(rule).value_of(areas) == evaluation(rule, areas).outcome().low


def test_the_status_is_the_weakest_of_the_areas_that_are_read():
    assert evaluation(DENSITY).status_of(["H-0", "H-2"]) == "A"
    assert evaluation(DENSITY).status_of(["H-0", "H-1"]) == "E"


def test_what_is_left_of_an_area_is_its_own_total_less_the_parts():
    assert evaluation(DENSITY).less(HOST, ["H-0", "H-1"]) == Fraction(110 - 40, 15 - 5)
    assert evaluation(DENSITY, world=lacking(HOST, "H-2")).less(HOST, ["H-0"]) is None


def test_what_an_area_lacks_is_named_and_refuses_whatever_it_enters():
    asked = evaluation(DENSITY, world=lacking("H-1"))
    assert [(gap.area, gap.measure) for gap in asked.gaps_of("H-1")] == [("H-1", "people")]
    assert asked.gaps_of("H-0") == ()
    assert asked.value_of(["H-0", "H-2"]) == Fraction(70, 12)
    with pytest.raises(Lacking, match="no 'people' for H-1"):
        asked.value_of(PARTS)
    with pytest.raises(Lacking, match="no 'people' for H-1"):
        asked.outcome()


def test_members_without_figures_are_absent_where_that_is_allowed():
    outcome = evaluation(DENSITY, world=lacking("H-1"), missing=Missing.PARTIAL).outcome()
    assert (outcome.low, outcome.absent) == (Fraction(70, 12), {"H-1"})
    assert outcome.coverage.members == Fraction(2, 3)


def test_members_terms_make_up_a_ratio():
    split = evaluation(DENSITY).split()
    assert split.above == {code: PEOPLE[code] for code in PARTS}
    assert split.below == {code: LAND[code] for code in PARTS}
    assert evaluation(Sum("people")).split().below is None
    assert evaluation(Growth(Sum("people"))).split().grows
    assert evaluation(DENSITY * DENSITY).split() is None


def test_a_ratio_answers_to_a_change_of_its_sums():
    moved = evaluation(DENSITY).response({0})
    assert moved.needed(10) == 150 - 100


def test_a_leaf_is_told_area_by_area():
    leaf = evaluation(DENSITY, world=lacking("H-1"), missing=Missing.PARTIAL).leaf(0)
    assert [(one.area, one.term) for one in leaf.terms] == [("H-0", 10), ("H-1", None), ("H-2", 60)]
    assert leaf.total == 70
    assert evaluation(Gini(Sum("people"))).leaf(0).total is None


def test_members_are_read_one_by_one_by_rules_over_them_alone():
    assert [member["value"] for member in evaluation(Gini(Sum("people"))).each()] == [10, 30, 60]
    with pytest.raises(InvalidRule, match="reads sums"):
        evaluation(DENSITY).each()


def test_areas_by_themselves_and_sums_of_some():
    bound = lacking("H-1").bound(DENSITY, PARTS)
    assert values_by_area(bound, PARTS, YEAR) == {"H-0": 5, "H-2": 6}
    assert sums_of(bound, ["H-0", "H-2"], YEAR, [0]) == {0: 70}
    assert sums_of(bound, PARTS, YEAR, [0]) is None


@pytest.mark.parametrize(
    "rule",
    [
        Sum("people"),
        DENSITY,
        (DENSITY + DENSITY * DENSITY / DENSITY) * 3 - DENSITY / 4,
        Sum("people") / (Sum("people") - Sum("people")),
        DENSITY / (Lag(Sum("people"), 1) / Sum("land") - DENSITY),
        Growth(Sum("people")),
        Growth(Sum("people") - Sum("people") * 2),
        Sum("land") * 3 / 4,
        Maximum("people"),
    ],
)
def test_areas_by_themselves_have_the_values_of_regions_of_one(rule):
    def alone(area):
        with suppress(Unavailable):
            return evaluation(rule, [area]).value()

    regions = {area: value for area in PARTS if (value := alone(area)) is not None}
    values = values_by_area(WORLD.bound(rule, PARTS), PARTS, YEAR)
    assert values == regions
    assert values or rule != DENSITY


class CellsThemselves:
    """A supply whose figures are the cells themselves."""

    measures = MEASURE_OF

    def column(self, leaf, cell, _steps):
        return (cell.measure, leaf.lag), MEASURE_OF[cell.measure].unit, ()


def test_a_plan_is_bound_to_whatever_supplies_its_figures():
    plan = Planner(MEASURE_OF, {}.get).plan(Sum("people") / Lag(Sum("people"), 1))
    leaves, _, unit = bind(plan, CellsThemselves())
    assert [leaf.columns for leaf in leaves] == [(("people", 0),), (("people", 1),)]
    assert str(unit) == "1"
    with pytest.raises(UnitMismatch):
        bind(plan, CellsThemselves(), Unit.parse("person"))


def test_axes_are_written_out_by_the_classifications_that_there_are():
    planner = WORLD.known.planner
    with pytest.raises(InvalidRule, match="no measure"):
        planner.plan(Across(Sum("people"), "activity"))
