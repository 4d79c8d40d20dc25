"""Floats round: what is zero, or tied, in exact numbers is so in tables, on every backend."""

from fractions import Fraction

import pytest
from backends import BACKENDS, EACH, arrow, by_key, rows
from drawn import examples_on_each
from hypothesis import Phase, event, given, settings, strategies as st

import bajio
from bajio import Growth, Indicator, Measure, Membership, Region, Sum, WeightedMean
from bajio.rules.functions import Logarithm
from bajio.rules.members import Average, Best
from bajio.rules.nodes import At
from bajio.rules.spread import Gini

A, B, C = Sum("a"), Sum("b"), Sum("c")
MEASURES = [Measure(code, code, "1", time="stock") for code in ("a", "b", "c")]
PLAIN = {"measures": MEASURES, "wide": {code: code for code in ("a", "b", "c")}}
each = pytest.mark.parametrize("backend", EACH)


def of_rule(rule, better="higher"):
    return Indicator("x", rule, "1", "X", better=better)


def wide(rows):
    """A table of areas A0, A1, ... of one year, with figures of three measures."""
    names = [f"A{number}" for number in range(len(rows))]
    columns = {"area": names, "period": [2020] * len(rows)}
    columns |= {code: [row[at] for row in rows] for at, code in enumerate("abc")}
    return arrow(columns, (str, int, float, float, float))


def answered(backend, rule, rows, regions, **options):
    made = BACKENDS[backend](wide(rows))
    asked = [Region([f"A{at}" for at in one], code=code) for code, one in regions.items()]
    found = bajio.evaluate_table(made, of_rule(rule), regions=asked, **PLAIN, **options)
    return {code: row for (code,), row in by_key(found, "region").items()}


ROWS = [(0.1, 1.0, 0.3), (0.2, 1.0, 0.0), (-0.3, 1.0, 0.0)]


@each
@pytest.mark.parametrize(
    "rule",
    [
        B / A,
        B / (A + 0 * B),
        1 / (Sum("a") - Sum("c") + Sum("c")),
        Logarithm(A),
        B / Gini(Sum("b") / Sum("b")),
    ],
    ids=str,
)
def test_what_is_zero_but_for_rounding_divides_nothing(backend, rule):
    row = answered(backend, rule, ROWS, {"r": [0, 1, 2]})["r"]
    assert (row["x"], row["x_reason"]) == (None, "undefined")


@each
def test_a_difference_that_rounding_alone_makes_divides_nothing(backend):
    row = answered(backend, B / (A - C), [(0.1, 1.0, 0.3), (0.2, 1.0, 0.0)], {"r": [0, 1]})["r"]
    assert (row["x"], row["x_reason"]) == (None, "undefined")


@each
def test_whole_numbers_are_not_rounded_and_have_no_margin(backend):
    rows = [(1e13, 1.0, 0.0), (1 - 1e13, 1.0, 0.0)]
    assert answered(backend, B / A, rows, {"r": [0, 1]})["r"]["x"] == 2


@each
def test_growth_from_what_is_zero_but_for_rounding_is_none(backend):
    columns = {
        "area": ["A0", "A1", "A2"] * 2,
        "period": [2019] * 3 + [2020] * 3,
        "a": [0.1, 0.2, -0.3, 1.0, 1.0, 1.0],
    }
    made = BACKENDS[backend](arrow(columns, (str, int, float)))
    regions = [Region(["A0", "A1", "A2"], code="r")]
    rule = of_rule(Growth(A, nominal=True))
    options = {"measures": MEASURES, "wide": {"a": "a"}}
    found = by_key(bajio.evaluate_table(made, rule, regions=regions, **options), "period")
    assert (found[2020,]["x"], found[2020,]["x_reason"]) == (None, "undefined")


@each
@pytest.mark.parametrize("rule", [A, A / B, 3 * A, A - C, Average(A / B), Best(A) + A], ids=str)
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_what_is_tied_but_for_rounding_is_tied(backend, rule, better):
    rows = [(1.1, 1.0, 0.0), (2.2, 1.0, 0.0), (3.3, 2.0, 0.0), (0.5, 1.0, 0.0)]
    if rule == Average(A / B):
        rows[2] = (1.65, 1.0, 0.0)
    if rule == Best(A) + A:
        rows[2] = (2.75, 1.0, 0.0)
    made = BACKENDS[backend](wide(rows))
    regions = [
        Region(["A0", "A1"], code="two"),
        Region(["A2"], code="one"),
        Region(["A3"], code="less"),
    ]
    asked = of_rule(rule, better)
    found = by_key(bajio.evaluate_table(made, asked, regions=regions, rank=True, **PLAIN), "region")
    ranks = {code: row["x_rank"] for (code,), row in found.items()}
    first = better == "higher"
    assert ranks == {"two": 1 if first else 2, "one": 1 if first else 2, "less": 3 if first else 1}


@each
def test_ties_are_chains_and_places_are_those_of_a_competition(backend):
    near = 1 + 0.8e-12
    rows = [(one, 1.0, 0.0) for one in (0.7, near * near * 0.7, near * 0.7, 0.6, 0.8)]
    regions = {f"r{at}": [at] for at in range(len(rows))}
    found = answered(backend, A, rows, regions, rank=True)
    assert [found[f"r{at}"]["x_rank"] for at in range(5)] == [2, 2, 2, 5, 1]
    assert {row["x_of"] for row in found.values()} == {5}


@each
def test_whole_numbers_that_differ_by_one_are_no_tie(backend):
    rows = [(2.0**52, 1.0, 0.0), (2.0**52 + 1, 1.0, 0.0)]
    found = answered(backend, A, rows, {"low": [0], "high": [1]}, rank=True)
    assert (found["high"]["x_rank"], found["low"]["x_rank"]) == (1, 2)


def exact_value(code, rows, members):
    sums = [sum(Fraction(repr(rows[at][column])) for at in members) for column in range(3)]
    a, b, c = sums
    return {"sum": a, "difference": a - c, "ratio": b / (a - c) if a != c else None}[code]


RULES = {"sum": A, "difference": A - C, "ratio": B / (A - C)}
TENTHS = st.integers(-6, 6).map(lambda number: number / 10)


@pytest.mark.parametrize("backend", EACH)
@settings(examples_on_each(40), phases=[Phase.generate])
@given(
    st.lists(st.tuples(TENTHS, st.sampled_from([1.0, 2.0]), TENTHS), min_size=4, max_size=4),
    st.lists(st.sets(st.integers(0, 3), min_size=1), min_size=2, max_size=5, unique_by=frozenset),
    st.sampled_from(sorted(RULES)),
    st.sampled_from(["higher", "lower"]),
)
def test_ranks_and_refusals_are_those_of_exact_numbers(backend, rows, sets, code, better):
    regions = {f"r{at}": sorted(one) for at, one in enumerate(sets)}
    made = BACKENDS[backend](wide(rows))
    asked = [Region([f"A{at}" for at in one], code=name) for name, one in regions.items()]
    indicator = of_rule(RULES[code], better)
    found = by_key(
        bajio.evaluate_table(made, indicator, regions=asked, rank=True, **PLAIN), "region"
    )
    values = {name: exact_value(code, rows, one) for name, one in regions.items()}
    known = [value for value in values.values() if value is not None]
    event(f"ties: {len(known) > len(set(known))}")
    event(f"undefined: {None in values.values()}")
    event("rounded" if any(row["x"] and row["x"] % 1 for row in found.values()) else "whole")
    for name, value in values.items():
        row = found[name,]
        if value is None:
            assert (row["x"], row["x_reason"], row["x_rank"]) == (None, "undefined", None)
            continue
        peers = [
            other
            for code_of, other in values.items()
            if other is not None
            and (code_of == name or not set(regions[code_of]) <= set(regions[name]))
        ]
        ahead = [one for one in peers if (one < value if better == "lower" else one > value)]
        assert abs(row["x"] - value) <= 1e-9 * max(1, abs(value))
        assert (row["x_rank"], row["x_of"]) == (len(ahead) + 1, len(peers))


@each
@pytest.mark.parametrize(
    "rule", [WeightedMean("price", "a"), Gini(Sum("b") / Sum("b"), Sum("a"))], ids=str
)
def test_a_negative_weight_is_told(backend, rule):
    price = Measure("price", "Price", "1", kind="intensive", weight="a", time="stock")
    options = {"measures": [*MEASURES, price], "wide": {"a": "a", "b": "b", "price": "c"}}
    made = BACKENDS[backend](wide([(-1.0, 1.0, 10.0), (3.0, 1.0, 20.0)]))
    asked = of_rule(rule)
    [row] = rows(
        bajio.evaluate_table(made, asked, regions=[Region(["A0", "A1"], code="r")], **options)
    )
    assert (row["x"], row["x_reason"]) == (None, "negative-weight")


@each
def test_a_member_that_does_not_enter_makes_no_spread_invalid(backend):
    columns = {
        "area": ["A0", "A1", "A2", "A2"],
        "period": [2020] * 4,
        "a": [1.0, 3.0, 5.0, 5.0],
        "b": [1.0, 1.0, None, None],
    }
    made = BACKENDS[backend](arrow(columns, (str, int, float, float)))
    regions = [Region(["A0", "A1", "A2"], code="r")]
    options = {"measures": MEASURES, "wide": {"a": "a", "b": "b"}, "missing": "partial"}
    asked = of_rule(Gini(Sum("a") / Sum("b"), Sum("b")))
    [row] = rows(bajio.evaluate_table(made, asked, regions=regions, **options))
    assert (row["x"], row["x_reason"], row["x_coverage"]) == (0.25, None, 2 / 3)


@each
def test_a_rule_that_looks_back_makes_no_year_that_is_not_there(backend):
    columns = {
        "area": ["A0", "H", "A0", "H"],
        "period": [2019, 2019, 2020, 2020],
        "a": [1.0, 4.0, 3.0, 8.0],
    }
    made = BACKENDS[backend](arrow(columns, (str, int, float)))
    options = {"measures": MEASURES, "wide": {"a": "a"}, "hosts": {"A0": "H"}}
    options["regions"] = [Region([Membership("A0", 2010)], code="r")]
    for rule in (
        Growth(At(A), nominal=True),
        Growth(A, nominal=True) - Growth(At(A), nominal=True),
    ):
        for how in ("newest", "as-of"):
            found = bajio.evaluate_table(made, of_rule(rule), membership=how, **options)
            years = {key[0] for key in by_key(found, "period")}
            assert years <= {2019, 2020}
            assert by_key(found, "period")[2020,]["x"] == 1


@each
@pytest.mark.parametrize(
    ("rule", "figures", "expected"),
    [
        (A / B, [(1e300, 1e-300, 0.0), (1e300, 1e-300, 0.0)], (None, "invalid")),  # 10^600
        (A / B, [(1.0, 1e-320, 0.0), (1.0, 0.0, 0.0)], (None, "invalid")),
        (A, [(-1.7e308, 1.0, 0.0), (-1.7e308, 1.0, 0.0)], (None, "invalid")),
        (B / A, [(-1.7e308, 1.0, 0.0), (-1.7e308, 1.0, 0.0)], (None, "invalid")),
        (B / (A * 10**10), [(1e300, 1e300, 0.0), (1e300, 1e300, 0.0)], (None, "undefined")),
        (Best(A / B), [(1e300, 1e-300, 0.0), (1.0, 1.0, 0.0)], (None, "invalid")),
        (A / B, [(1e-300, 1e300, 0.0), (1e-300, 1e300, 0.0)], (0.0, None)),  # nearest to 10^-600
        (A / B, [(3e300, 2e300, 0.0), (3e300, 2e300, 0.0)], (1.5, None)),
        (Growth(A, nominal=True), [(1.0, 1.0, 0.0), (2.0, 1.0, 0.0)], (None, "missing")),
    ],
)
def test_no_answer_is_infinite(backend, rule, figures, expected):
    found = answered(backend, rule, figures, {"r": [0, 1]})["r"]
    value, reason = expected
    assert found["x"] == (value if value is None else pytest.approx(value, rel=1e-12))
    assert found["x_reason"] == reason


@each
@pytest.mark.parametrize(
    ("above", "below"), [(1e200, 1e200), (1e-200, 1e-200), (1.0, 1e-200), (1e-280, 1.0)]
)
def test_ranks_of_ratios_do_not_hang_on_their_sizes(backend, above, below):
    figures = [(2 * above, below, 0.0), (3 * above, below, 0.0), (4 * above, 2 * below, 0.0)]
    found = answered(backend, A / B, figures, {"p": [0], "q": [1], "r": [2]}, rank=True)
    assert [found[one]["x_rank"] for one in "pqr"] == [2, 1, 2]
