"""Sizes of rules: long ones are written shortly, endless ones refused, none hangs or overflows."""

import decimal
from decimal import Decimal
from fractions import Fraction
from math import prod

import pytest
from hypothesis import event, given, strategies as st

import bajio
from bajio import Component, Composite, Growth, Indicator, Over, Sum, TheilT
from bajio.errors import BajioError, InvalidRule, InvalidValue, Unavailable
from bajio.rules import At, Atkinson, Custom, Deflate, Lag, Logarithm, Root
from bajio.rules.functions import entropy, exponential, logarithm, power, root, settled
from bajio.rules.notation import from_data, to_data
from bajio.rules.rule import MOST_DEPTH, MOST_NODES, Arithmetic, Number, Rule

A, B = Sum("population"), Sum("area")


def value(rule, unit="person", **options):
    own = Indicator("own", rule, unit, "Own")
    return bajio.evaluate("bajio", own, year=2018, peers=None, **options).exact


def repeated(node, times):
    rule = A
    for _ in range(times):
        rule = node(rule)
    return rule


PEOPLE = 12706038


def used(rule, unit="person"):
    """A rule put to all uses: its value, once it is hashed, compared, written and read again."""
    assert rule == rule  # noqa: PLR0124
    assert hash(rule) == hash(from_data(to_data(rule)))
    assert from_data(to_data(rule)) == rule
    assert len(str(rule)) < 20_000
    assert repr(rule)
    return value(rule, unit)


def test_a_rule_that_is_doubled_thirty_times_is_what_it_says():
    rule = A
    for _ in range(30):
        rule = rule + rule

    assert used(rule) == 2**30 * PEOPLE


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_long_sums_and_differences_are_worked_out(count):
    added, taken, both = A, A, A
    for _ in range(count):
        added, taken, both = added + Sum("population"), taken - A, 1 * (A - both)

    assert used(added) == (count + 1) * PEOPLE
    assert used(taken) == (1 - count) * PEOPLE
    assert used(both) == PEOPLE * (1 if count % 2 == 0 else 0)


def test_a_long_product_is_worked_out():
    rule = Number(1) * (A / A)
    for _ in range(300):
        rule = rule * (A / A)

    assert used(rule, "1") == 1


def test_a_product_of_too_many_factors_is_refused():
    with pytest.raises(InvalidRule, match="at most 1000 factors"):
        repeated(lambda rule: rule * rule, 30)


@pytest.mark.parametrize("node", [Lag, Growth, A.__truediv__, Root])
def test_rules_that_nest_endlessly_are_refused(node):
    with pytest.raises(InvalidRule, match=f"at most {MOST_DEPTH} deep"):
        repeated(node, 10_000)


def test_rules_that_double_without_end_are_refused():
    with pytest.raises(InvalidRule, match=f"at most {MOST_NODES:,} parts"):
        repeated(lambda rule: Growth(rule / (rule + 1)), 30)


def test_the_deepest_rule_is_put_to_all_uses():
    rule = A
    for _ in range(MOST_DEPTH - 1):
        rule = At(rule, "host")

    assert rule.extent[:2] == (MOST_DEPTH, MOST_DEPTH)
    assert used(rule) == bajio.evaluate("bajio", "population", year=2018).host_value


@pytest.mark.parametrize("years", [1001, 10**4, 10**9, 0, -1, True])
@pytest.mark.parametrize("node", [Lag, Over, Growth])
def test_a_span_is_of_a_thousand_years_at_most(node, years):
    with pytest.raises(InvalidRule, match="from 1 to 1000"):
        node(A, years)


def test_a_span_of_a_thousand_years_is_bounded_in_time():
    with pytest.raises(BajioError, match="no 'population'"):
        value(Over(A, 1000))


@pytest.mark.parametrize(
    "make",
    [
        lambda: A * Decimal("1e1000000000"),
        lambda: A * Decimal("1e-1000000000"),
        lambda: A * Decimal("nan"),
        lambda: A * 10**500,
        lambda: Number("1e1000000000"),
        lambda: Atkinson(A / B, A, epsilon=10**6),
        lambda: Atkinson(A / B, A, epsilon=Decimal("1e-1000000000")),
        lambda: Root(A / A, 10**9),
        lambda: Deflate(A, base=10**9),
        lambda: from_data({"node": "Number", "value": "1e1000000000"}),
    ],
    ids=range(10),
)
def test_numbers_of_a_rule_are_bounded(make):
    with pytest.raises(InvalidRule):
        make()


@pytest.mark.parametrize(
    "weight", ["1e1000000000", Decimal("1e1000000000"), Decimal("inf"), 0.5], ids=range(4)
)
def test_weights_of_a_composite_are_bounded(weight):
    with pytest.raises(InvalidValue, match="a weight "):
        Component("gdp-per-capita", weight)


def test_fine_weights_of_a_geometric_composite_end():
    fine = Composite(
        "fine", "Fine", {"a": Fraction(1, 10**9), "b": 1}, aggregation="geometric", scale=(0, 1)
    )
    assert fine.aggregated({"a": Fraction(1), "b": Fraction(1, 2)}) == pytest.approx(0.5)
    with pytest.raises(InvalidRule, match="a root of degree"):
        fine.as_indicator(
            {code: Indicator(code, A, "person", "A", better="higher") for code in "ab"}
        )


@pytest.mark.parametrize(
    "found", [Decimal("1e1000000000"), 10**500_000, Decimal("inf"), None], ids=range(4)
)
def test_what_a_custom_function_returns_is_bounded(found):
    with pytest.raises(Unavailable, match="returned"):
        value(Custom(lambda _members: found, needs=["population"]), "1")


def nested(depth):
    data = {"node": "Sum", "measure": "population"}
    for _ in range(depth):
        data = {"node": "Lag", "rule": data}
    return data


def test_a_notation_that_nests_endlessly_is_refused():
    assert isinstance(from_data(nested(MOST_DEPTH - 1)), Rule)
    for depth in (MOST_DEPTH, 10_000):
        with pytest.raises(InvalidRule, match="deep"):
            from_data(nested(depth))


@given(
    st.lists(st.tuples(st.sampled_from("+-*/"), st.integers(0, 3), st.booleans()), max_size=90),
)
def test_long_chains_have_the_value_of_plain_arithmetic(steps):
    names = ["a", "b"]
    figures = {"a": Fraction(3), "b": Fraction(-2)}
    rule, expected = Sum("a"), figures["a"]
    for sign, which, turned in steps:
        if which < 2:
            part, number = Sum(names[which]), figures[names[which]]
        else:
            part, number = Number(which), Fraction(which)
        first, second = (
            ((part, number), (rule, expected)) if turned else ((rule, expected), (part, number))
        )
        if sign == "+":
            rule, expected = first[0] + second[0], first[1] + second[1]
        elif sign == "-":
            rule, expected = first[0] - second[0], first[1] - second[1]
        elif sign == "*" or turned or not number:
            rule, expected = first[0] * second[0], first[1] * second[1]
        else:
            rule, expected = first[0] / second[0], first[1] / second[1]
    event(f"{len(steps) // 30 * 30} steps")

    def plain(one):
        match one:
            case Number(number):
                return number
            case Sum(measure):
                return figures[measure]
        left, right = plain(one.left), plain(one.right)
        return one.operator.of(left, right)

    assert isinstance(rule, Sum | Number | Arithmetic)
    assert plain(rule) == expected


HOSTILE = [
    decimal.Context(prec=3, rounding=decimal.ROUND_UP),
    decimal.Context(prec=1, Emax=2, Emin=-2, clamp=1),
    decimal.Context(prec=5, traps=[decimal.Inexact, decimal.Rounded, decimal.Subnormal]),
    decimal.Context(prec=999, rounding=decimal.ROUND_DOWN, traps=[]),
]
PROBES = {
    "logarithm": lambda: logarithm(Fraction(10, 7)),
    "entropy": lambda: entropy(Fraction(10**30, 7)),
    "exponential": lambda: exponential(Fraction(7, 3)),
    "power": lambda: power(Fraction(7, 3), Fraction(2, 7)),
    "root": lambda: root(Fraction(2), 2),
    "theil": lambda: value(TheilT(A / B, A), "1"),
    "constant": lambda: value(Decimal("1.23456789012345678901234567890") * A),
    "gdp": lambda: bajio.evaluate("bajio", "gdp", year=2018).exact,
    "growth": lambda: bajio.evaluate("bajio", "gdp-compound-growth-5", year=2018).exact,
    "composite": lambda: [
        one.exact for one in bajio.composite(["bajio"], "composite-prosperity", year=2018).scores
    ],
}


@pytest.mark.parametrize("name", PROBES)
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_the_decimal_context_of_the_surroundings_changes_no_digit(name, hostile):
    plain = PROBES[name]()
    with decimal.localcontext(hostile):
        assert PROBES[name]() == plain


def test_equal_geometric_means_tie():
    both = Composite("both", "Both", ["a", "b"], aggregation="geometric")

    quarter, half = Fraction(1, 4), Fraction(1, 2)
    assert both.aggregated({"a": quarter, "b": 1}) == both.aggregated({"a": half, "b": half})


@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=4),
    st.lists(st.fractions(0, 1, max_denominator=12), min_size=4, max_size=4),
    st.permutations(range(4)),
)
def test_geometric_means_of_equal_products_tie(weights, values, order):
    names = "abcd"[: len(weights)]
    own = Composite("own", "Own", dict(zip(names, weights, strict=True)), aggregation="geometric")
    total = sum(weights)
    first = dict(zip(names, values, strict=False))
    score = own.aggregated(first)
    product = prod(value**weight for value, weight in zip(values, weights, strict=False))
    assert abs(score - Fraction(float(product) ** (1 / total))) < 1e-9
    if len(set(weights)) == 1:
        turned = [values[at] for at in order if at < len(weights)]
        assert own.aggregated(dict(zip(names, turned, strict=True))) == score


def test_values_that_are_equal_in_truth_tie_whatever_their_last_digits():
    class Places:
        @bajio.hookimpl
        def bajio_areas(self):
            return [bajio.Area(code, code, "place") for code in "ABC"]

        @bajio.hookimpl
        def bajio_datasets(self):
            figures = {"A": (2, 6), "B": (3, 4), "C": (3, 1)}
            seen = [
                bajio.Observation(area, "2020", measure, value)
                for area, both in figures.items()
                for measure, value in zip(("first", "second"), both, strict=True)
            ]
            measures = [bajio.Measure(code, code, "1", minimum=0) for code in ("first", "second")]
            sources = [bajio.Source("own", "Own")]
            return [bajio.dataset("own", measures=measures, sources=sources, observations=seen)]

    registry = bajio.Registry({"own": Places()})
    sums = Logarithm(Sum("first")) + Logarithm(Sum("second"))
    twice = Indicator("own", sums, "1", "Own", better="higher")
    values = [
        bajio.evaluate([code], twice, year=2020, peers=None, registry=registry).exact
        for code in "AB"
    ]
    rank = bajio.rank(["A"], twice, year=2020, peers=["B", "C"], registry=registry)

    assert values[0] != values[1]
    assert (rank.position, rank.tied, rank.below) == (1, ("B",), ("C",))


@given(st.integers(2, 10**12), st.integers(2, 10**12))
def test_logarithms_of_products_settle_to_the_sum_of_logarithms(first, second):
    both = Fraction(logarithm(first)) + Fraction(logarithm(second))

    assert settled(both) == settled(logarithm(first * second))
    assert abs(settled(both) - both) < both / 10**29


def test_numbers_beyond_floats_are_refused_and_large_ones_ranked():
    def ranked(power):
        large = Indicator("large", A * 10**power, "person", "Large", better="higher")
        return bajio.rank("bajio", large, year=2018, peers=["MX-JAL", "MX-COL"])

    assert (ranked(299).position, ranked(299).below) == (1, ("MX-JAL",))
    with pytest.raises(BajioError, match="no answer holds"):
        ranked(390)


@pytest.mark.parametrize("given", [5, None, object(), b"x", ["a"]], ids=range(5))
def test_codes_in_rules_are_texts(given):
    makers = [
        lambda: Sum(given),
        lambda: bajio.Mean(given),
        lambda: bajio.rules.Minimum(given),
        lambda: bajio.WeightedMean(given),
        lambda: bajio.rules.Convert(A, to=given),
        lambda: bajio.rules.Convert(A, to="USD", at=given),
        lambda: Deflate(A, base=2018, by=given),
        lambda: At(A, given),
        lambda: bajio.Share(A, of=given),
        lambda: bajio.rules.Across(A, given),
        lambda: bajio.rules.By(A, given),
        lambda: bajio.rules.Categories(given, "activity"),
        lambda: bajio.rules.Categories("gva", given),
    ]
    for make in makers:
        with pytest.raises(InvalidValue, match="a code in a rule is a text"):
            make()
