"""Questions put to the wrong function, or in the wrong order: what is wrong, and the way out."""

import polars as pl
import pytest

import bajio
from bajio import Sum, Unavailable
from bajio.errors import InvalidValue, UnknownCode
from bajio.rules import By

STATES = ["MX-AGU", "MX-GUA", "MX-QUE"]
FRAME = pl.DataFrame(
    {"area": ["MX-AGU"], "period": [2018], "measure": ["population"], "value": [1.0]}
)


def pairs():
    return bajio.Memberships.combinations(STATES, 2)


REGION_FIRST = "the region comes first, then the indicator, as 'bajio', "
MANY = "many regions are asked by bajio.evaluate_many(memberships, indicators)"
TABLE = "a table is asked by bajio.evaluate_table(frame, indicators, regions=...)"
SWAPPED = {
    "number": (lambda: bajio.evaluate("gdp", "bajio"), REGION_FIRST + "'gdp'"),
    "table": (lambda: bajio.break_down("herfindahl", "bajio"), REGION_FIRST + "'herfindahl'"),
    "rank": (lambda: bajio.rank("gdp", "bajio"), REGION_FIRST + "'gdp'"),
    "spread": (
        lambda: bajio.decompose("theil-gdp-per-capita", "bajio", ["rest"]),
        REGION_FIRST + "'theil-gdp-per-capita'",
    ),
    "own indicator": (
        lambda: bajio.evaluate(bajio.Indicator("x", Sum("gdp"), "USD", "X"), "bajio"),
        "the region comes first, then the indicator",
    ),
    "composite": (
        lambda: bajio.composite("composite-prosperity", ["bajio"]),
        "the regions come first, then the composite, not 'composite-prosperity'",
    ),
    "many": (
        lambda: bajio.evaluate_many("gdp", pairs()),
        "the memberships come first, then the indicators",
    ),
}
ELSEWHERE = {
    "many": (lambda: bajio.evaluate(pairs(), "gdp"), MANY),
    "many, swapped": (lambda: bajio.evaluate("gdp", pairs()), MANY),
    "frame": (lambda: bajio.evaluate(FRAME, "population", regions="MX-AGU"), TABLE),
    "frame, swapped": (lambda: bajio.rank("population", FRAME), TABLE),
    "set": (
        lambda: bajio.evaluate("bajio", "structure"),
        "it is a set of them, for a profile: indicators='structure'",
    ),
    "several": (
        lambda: bajio.evaluate("bajio", ["gdp"]),
        "one region is asked for several indicators by profile(indicators=...)",
    ),
    "rule": (
        lambda: bajio.evaluate("bajio", Sum("gdp")),
        "the rule 'Σ gdp' has neither code nor unit: give bajio.Indicator(",
    ),
    "number": (lambda: bajio.evaluate("bajio", 3), "an indicator is a code or an Indicator, not 3"),
    "mapping": (
        lambda: bajio.evaluate_table(FRAME, "population", regions={"bajio": []}),
        "region 'bajio' has no members",
    ),
    "audit": (
        lambda: bajio.audit("san-miguel", level="31-33"),
        "unknown option 'level': an audit has year, period, peers, host, missing, threshold",
    ),
}


@pytest.mark.parametrize("case", SWAPPED)
def test_the_order_is_told(case):
    ask, reason = SWAPPED[case]
    with pytest.raises((UnknownCode, InvalidValue)) as caught:
        ask()
    assert reason in str(caught.value)


@pytest.mark.parametrize("case", ELSEWHERE)
def test_the_function_that_answers_is_told(case):
    ask, reason = ELSEWHERE[case]
    with pytest.raises((UnknownCode, InvalidValue)) as caught:
        ask()
    assert reason in str(caught.value)


@pytest.mark.parametrize("wrong", ["members", "category", "rule"])
def test_what_has_no_table_is_unavailable_as_what_has_no_number(wrong):
    by_part = bajio.Indicator("x", By(Sum("gdp"), "part"), "MXN", "X")
    ask = {
        "members": lambda: bajio.break_down(
            "sur-sureste", "activity-shares", year=2018, membership="as-of"
        ),
        "category": lambda: bajio.break_down("bajio", "activity-shares", level="zz"),
        "rule": lambda: bajio.break_down("bajio", by_part),
    }[wrong]
    with pytest.raises(Unavailable):
        ask()


@pytest.mark.parametrize("name", ["rules.Gini", "answers.Result", "errors.InvalidRule"])
def test_a_name_of_another_place_is_told_where_it_is(name):
    with pytest.raises(AttributeError, match=rf"it is bajio\.{name}$"):
        getattr(bajio, name.split(".")[1])


@pytest.mark.parametrize("name", ["regions", "measures", "peer_groups", "datasets"])
def test_what_is_listed_is_told_by_what_lists_it(name):
    with pytest.raises(AttributeError, match=rf"it is bajio\.list_{name}\(\)$"):
        getattr(bajio, name)


def test_a_name_that_is_nowhere_is_told_so():
    with pytest.raises(AttributeError, match=r"has no attribute 'nowhere'$"):
        _ = bajio.nowhere
