"""The frame engine and the exact one agree: on values, coverage, refusals, whatever the backend."""

import narwhals as nw
import pytest
from backends import BACKENDS, EACH, arrow, by_key
from drawn import examples_on_each
from hypothesis import Phase, given, settings, strategies as st

from bajio.engines.evaluation import Evaluation
from bajio.engines.outcome import Missing
from bajio.errors import InvalidRegion, Unavailable
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.panel import evaluate_panel
from bajio.questions.panel_options import PanelOptions
from bajio.rules import plan
from bajio.testing.strategies import dated_regions, regions, rules, worlds
from bajio.testing.worlds import HOST, YEAR

YEARS = (YEAR - 2, YEAR - 1, YEAR)


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


def by_exact(world, rule, region, year, *, missing, dated):
    """The exact engine's value and coverage, or why there is none."""
    bound = world.bound(rule, region.members or [stay.area for stay in region.memberships])
    timeless = bound.is_timeless

    def composition(place, lag):
        if place == plan.HOST:
            return (HOST,)
        if place == plan.PARTS:
            return world.parts
        if place in world.parts:
            return (place,)
        return region.at(year - lag).members if dated and not timeless else region.members

    try:
        found = Evaluation(bound, composition, year, missing).outcome()
    except (Unavailable, InvalidRegion):
        return None, None
    return found.low, found.coverage.members


def options(world, given, **more):
    return PanelOptions(
        regions=given,
        measures=world.measures,
        hosts=dict.fromkeys(world.parts, HOST),
        **more,
    )


def close(own, other):
    return own is not None and abs(own - float(other)) <= 1e-9 * max(1, abs(float(other)))


def agree(make, data, world, rule):
    """Compare a rule over a world's table with the exact engine, region by region."""
    dated = data.draw(st.booleans())
    missing = Missing(data.draw(st.sampled_from(["refuse", "partial"])))
    asked = [Region(data.draw(regions(world)), code=f"r{number}") for number in range(2)]
    asked += [data.draw(dated_regions(world)), data.draw(dated_regions(world))]
    asked = {
        f"region-{at}": Region(one.memberships, code=f"region-{at}") for at, one in enumerate(asked)
    }
    indicator = Indicator("asked", rule, str(world.bound(rule, world.parts).unit), "Asked")
    stays = [(code, stay) for code, one in asked.items() for stay in one.memberships]
    table = arrow(
        {
            "region": [code for code, _ in stays],
            "area": [stay.area for _, stay in stays],
            "from": [stay.joined for _, stay in stays],
            "to": [stay.left for _, stay in stays],
        },
        (str, str, int, int),
    )
    found = evaluate_panel(
        make(long_table(world)),
        indicator,
        world.registry(),
        options(
            world,
            make(table),
            missing=missing,
            membership="as-of" if dated else "newest",
        ),
    )
    schema = nw.from_native(found).collect_schema()
    names = ["region", "period"] if "period" in schema else ["region"]
    answers = by_key(found, *names)
    for code, region in asked.items():
        for year in YEARS:
            value, coverage = by_exact(world, rule, region, year, missing=missing, dated=dated)
            row = answers.get((code, str(year))[: len(names)])
            own = row and row["asked"]
            if value is None:
                assert own is None, (code, year, row)
                assert row is None or row["asked_reason"]
            else:
                assert row, (code, year, value, answers)
                assert close(own, value), (code, year, row, value)
                assert close(row["asked_coverage"], coverage), (code, year, row, coverage)
                assert row["asked_reason"] is None


@pytest.mark.parametrize("backend", EACH)
@settings(examples_on_each(15), phases=[Phase.explicit, Phase.generate])
@given(data=st.data(), world=worlds(holes=True), rule=rules())
def test_generated_rules_have_the_exact_value_coverage_and_refusals(backend, data, world, rule):
    agree(BACKENDS[backend], data, world, rule)
