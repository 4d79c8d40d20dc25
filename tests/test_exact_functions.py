"""Functions, members' folds and units of exact rules, at the edges of where they have a value."""

import copy
from decimal import Decimal, localcontext
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, strategies as st

import bajio
from bajio.engines.calculation import calculate
from bajio.errors import InvalidRule, Unavailable, UnitMismatch
from bajio.facts.measures import Measure
from bajio.rules.algebra import (
    ONE,
    UNLESS_NEGATIVE,
    Applied,
    Call,
    Constant,
    Differences,
    Either,
    Expression,
    MemberTotal,
    Operation,
    Operator,
    OwnFigure,
    Pooled,
    Ref,
    RelativeChange,
    calls_of,
    leaves_of,
    rewrite,
    totals,
    walk,
)
from bajio.rules.dimension import Dimensions
from bajio.rules.exact_domain import ExactDomain, ExactMembers, NotPositive, of_members
from bajio.rules.functions import (
    MOST_DEGREE,
    apply,
    entropy,
    exponential,
    logarithm,
    power,
    root,
    settled,
    told,
    unless_negative,
)
from bajio.rules.resolution import _sum_of, resolve
from bajio.rules.rule import ATOM, SUM
from bajio.rules.traits import _Degree, replication_degree
from bajio.units import Unit

X, Y = OwnFigure("x"), OwnFigure("y")
numbers = st.fractions(-9, 9, max_denominator=9)
positive = st.fractions(Fraction(1, 9), 9, max_denominator=9)


def near(found, decimal):
    with localcontext(prec=60):
        own = Decimal(Fraction(found).numerator) / Decimal(Fraction(found).denominator)
        size = max(abs(decimal), Decimal("1e-30"))
        return abs(own - decimal) <= size * Decimal("1e-39")


def digits(value):
    return Decimal(value.numerator) / Decimal(value.denominator)


@given(positive)
def test_functions_to_forty_digits(value):
    with localcontext(prec=60):
        number = digits(value)
        assert near(logarithm(value), number.ln())
        assert near(entropy(value), number * number.ln()) or value == 1
        assert near(exponential(value), number.exp())
        assert near(exponential(-value), (-number).exp())
        assert near(root(value, 3), (number.ln() / 3).exp())
        assert near(power(value, Fraction(-2, 3)), (number.ln() * -2 / 3).exp())
        assert near(power(value, Fraction(101, 100)), (number.ln() * 101 / 100).exp())


@given(positive, st.integers(2, 5), st.integers(-4, 4).filter(bool))
def test_powers_that_are_rational_are_exact(value, degree, exponent):
    assert root(value**degree, degree) == value
    assert power(value, exponent) == value**exponent
    assert power(value**degree, Fraction(exponent, degree)) == value**exponent


def test_powers_at_their_edges():
    assert power(0, 1) == power(0, Fraction(1, 2)) == 0
    assert power(1, -3) == power(1, 0) == 1
    assert power(2, 0) == 1
    for value, exponent in ((0, 0), (0, -1), (-1, 2), (-1, Fraction(1, 3))):
        with pytest.raises(Unavailable, match="has no value"):
            power(value, exponent)
    assert power(2, 100) == 2**100
    assert power(2, -100) == Fraction(1, 2**100)
    assert power(3, 101) != 3**101
    assert near(power(3, 101), Decimal(3**101))
    assert power(2**100, Fraction(1, 100)) == 2
    assert isinstance(power(2**101, Fraction(1, 101)), Fraction)
    with pytest.raises(Unavailable, match="too large, or too small"):
        power(2, 10**9)
    with pytest.raises(Unavailable, match="too large, or too small"):
        exponential(-(10**6))
    with pytest.raises(Unavailable, match="too large, or too small"):
        exponential(10**30)
    assert exponential(-230_000) > 0
    assert exponential(0) == 1
    assert logarithm(1) == entropy(0) == entropy(1) == 0
    for wrong in (0, -1):
        with pytest.raises(Unavailable, match="has no logarithm: it is not positive"):
            logarithm(wrong)


def test_functions_by_their_names():
    assert [apply("absolute", one, ONE.value) for one in (-2, 0, 3)] == [2, 0, 3]
    assert apply("logarithm", 2, ONE.value) == logarithm(2)
    assert apply("entropy", 2, ONE.value) == entropy(2) == 2 * logarithm(2)
    assert apply("exponential", 2, ONE.value) == exponential(2)
    assert apply("root", 9, Fraction(1, 2)) == apply("power", 9, Fraction(1, 2)) == 3
    assert [apply(UNLESS_NEGATIVE, one, ONE.value) for one in (0, 3)] == [1, 1]
    with pytest.raises(Unavailable, match="a weight is negative"):
        unless_negative(Fraction(-1, 9))


def test_numbers_are_told_in_six_digits():
    assert [told(one) for one in (3, Fraction(1, 3), 10**400, -(10**400), 1234567)] == [
        "3",
        "0.333333",
        "1e+400",
        "-1e+400",
        "1.23457e+06",
    ]
    assert told(123456789 * 10**400) == "1.23457e+408"


def test_settled_numbers_have_thirty_digits():
    assert settled(3) == 3
    third = settled(Fraction(1, 3))
    assert third == Fraction(int("3" * 30), 10**30)
    assert settled(Fraction(1, 2)) == Fraction(1, 2)


def test_degrees_and_signs_of_roots():
    ratio = bajio.Sum("gdp") / bajio.Sum("gdp")
    root_of = bajio.rules.Root
    assert str(root_of(ratio)).startswith("√(")
    assert str(root_of(ratio, 3)).startswith("∛(")
    assert str(root_of(ratio, 4)).startswith("4th root of (")
    assert root_of(ratio, 5).exponent == Fraction(1, 5)
    assert root_of(ratio, MOST_DEGREE).degree == 1000
    for wrong in (1, MOST_DEGREE + 1, 2.0, True):
        with pytest.raises(InvalidRule, match="a whole number from 2 to 1000"):
            root_of(ratio, wrong)


@given(numbers, numbers)
def test_exact_operations(first, second):
    domain = ExactDomain()
    one, other = Constant(first), Constant(second)
    assert domain.fold(one + other) == first + second
    assert domain.fold(one - other) == first - second
    assert domain.fold(one * other) == first * second
    if second:
        assert domain.fold(one / other) == first / second
    else:
        with pytest.raises(Unavailable, match="divided by is zero"):
            domain.fold(one / other)
    if second > 0:
        assert domain.fold(RelativeChange(one, other)) == (first - second) / second
    else:
        with pytest.raises(Unavailable, match="growth has no meaning from"):
            domain.fold(RelativeChange(one, other))


def test_arithmetic_of_expressions():
    x, three = Ref(0), Constant(Fraction(3))
    assert x + 3 == Operation(Operator.PLUS, x, three)
    assert x - 3 == Operation(Operator.MINUS, x, three)
    assert 3 - x == Operation(Operator.MINUS, three, x)
    assert x * 3 == Operation(Operator.TIMES, x, three)
    assert x / 3 == Operation(Operator.OVER, x, three)
    assert [one.adds for one in Operator] == [True, True, False, False]
    call = Call(len, "own", (("a", x), ("b", x / 3)), None)
    whole = (call + x) * Applied("absolute", Ref(1))
    assert list(leaves_of(whole)) == [0, 0, 0, 1]
    assert [*calls_of(whole)] == [call]
    assert len([*walk(whole)]) == 10
    assert [node for node in walk(whole, needs=False) if isinstance(node, Ref)] == [x, Ref(1)]
    moved = rewrite(whole, lambda node: Ref(node.leaf + 1) if isinstance(node, Ref) else node)
    assert list(leaves_of(moved)) == [1, 1, 1, 2]
    assert rewrite(whole, lambda node: node) is whole
    inner = MemberTotal("sum", X)
    outer = MemberTotal("sum", X / inner)
    pairs = Differences(X, Y)
    assert totals(outer + inner + pairs) == [inner, outer, pairs]
    assert RelativeChange(x, three).over((three, x)) == RelativeChange(three, x)
    assert pairs.over((Y, X)) == Differences(Y, X)
    either = Either(X, Y, ONE)
    assert either.children == (X, Y, ONE)
    assert either.over((ONE, X, Y)) == Either(ONE, X, Y)
    assert call.over((Ref(5), Ref(6))).needs == (("a", Ref(5)), ("b", Ref(6)))
    with pytest.raises(InvalidRule, match="has no meaning here"):
        ExactDomain().fold(X)
    with pytest.raises(InvalidRule, match="has no meaning here"):
        ExactDomain().fold(attrs.make_class("Unknown", (), bases=(Expression,))())


def test_leaves_that_are_to_blame():
    values = [0, -1, 2, Fraction(-1, 2)]
    blamed = NotPositive(values)
    assert [blamed.fold(Ref(at)) for at in range(4)] == [(0,), (1,), (), (3,)]
    assert blamed.fold(Ref(0) * Ref(2) + Ref(3)) == (0, 3)
    assert blamed.fold(RelativeChange(Ref(1), Ref(0))) == (1, 0)
    assert blamed.fold(Applied("logarithm", Ref(0))) == (0,)
    assert blamed.fold(Applied(UNLESS_NEGATIVE, Ref(0) * Ref(1))) == (1,)
    assert blamed.fold(Constant(Fraction(-1))) == ()
    assert NotPositive(["text"]).fold(Ref(0)) == ()


members = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5)


@given(members)
def test_folds_over_members(drawn):
    xs, ys = map(list, zip(*drawn, strict=True))
    domain = ExactMembers({"x": xs, "y": ys}, len(drawn))
    by_hand = {
        MemberTotal("sum", X): sum(xs),
        MemberTotal("minimum", X): min(xs),
        MemberTotal("maximum", X * Y): max(x * y for x, y in drawn),
        MemberTotal("count", X): len(drawn),
        MemberTotal("sum", ONE): len(drawn),
        MemberTotal("sum", X - Y * 2): sum(x - 2 * y for x, y in drawn),
        MemberTotal("sum", Applied("absolute", X)): sum(map(abs, xs)),
        Applied("absolute", MemberTotal("sum", X)): abs(sum(xs)),
        MemberTotal("sum", X * MemberTotal("sum", Y)): sum(xs) * sum(ys),
        Differences(X, Y): sum(v * w * abs(x - y) for x, v in drawn for y, w in drawn),
        Either(MemberTotal("sum", X), ONE, Constant(Fraction(2))): 1 if sum(xs) > 0 else 2,
    }
    for term, value in by_hand.items():
        assert domain.fold(term) == value
    if all(ys):
        assert domain.fold(MemberTotal("sum", X / Y)) == sum(x / y for x, y in drawn)
    else:
        with pytest.raises(Unavailable, match="divided by is zero"):
            domain.fold(MemberTotal("sum", X / Y))


def test_a_rule_over_members_reads_each_by_name():
    rule = Pooled(MemberTotal("sum", X * Y))
    assert of_members(rule, [{"x": 1, "y": 2}, {"y": 3, "x": 4}]) == 14


def dimensions(units):
    return Dimensions([(Ref(at), unit) for at, unit in enumerate(units)])


def test_units_of_expressions():
    millions, pesos, person = (Unit.parse(one) for one in ("million·MXN", "MXN", "person"))
    a, b = Ref(0), Ref(1)
    assert dimensions([millions, millions]).fold(a + b) == (a + b, millions)
    found, unit = dimensions([millions, pesos]).fold(a - b)
    assert (found, unit) == (a - b * Constant(Fraction(1, 10**6)), millions)
    assert dimensions([millions, person]).fold(a * b)[1] == millions * person
    assert dimensions([millions, person]).fold(a / b)[1] == millions / person
    assert dimensions([millions, millions]).fold(RelativeChange(a, b)) == (
        RelativeChange(a, b),
        Unit.parse("1"),
    )
    with pytest.raises(InvalidRule, match="growth from"):
        dimensions([millions, pesos]).fold(RelativeChange(a, b))
    with pytest.raises(UnitMismatch):
        dimensions([millions, person]).fold(a + b)
    with pytest.raises(UnitMismatch):
        dimensions([millions]).fold(a + Constant(Fraction(1)))
    absolute = Applied("absolute", a)
    assert dimensions([millions]).fold(absolute) == (absolute, millions)
    assert dimensions([millions]).fold(Applied(UNLESS_NEGATIVE, a))[1] == Unit.parse("1")
    log = Applied("logarithm", a / b)
    scaled = Applied("logarithm", (a / b) * Constant(Fraction(10**6)))
    assert dimensions([millions, pesos]).fold(log) == (scaled, Unit.parse("1"))
    with pytest.raises(UnitMismatch):
        dimensions([millions]).fold(Applied("logarithm", a))
    call = Call(len, "own", (("a", a), ("b", b)), None)
    assert dimensions([millions, person]).fold(call) == (call, millions)
    named = Call(len, "own", (("a", a),), person)
    assert dimensions([millions]).fold(named) == (named, person)


def test_conditions_of_regressions():
    x, y = bajio.Sum("gdp"), bajio.Sum("population")
    rule = bajio.rules.Elasticity(x, y)

    def of(pairs):
        from bajio.rules.custom import Member

        return rule.of(
            [
                Member(str(at), [("response", r), ("explanatory", e)])
                for at, (r, e) in enumerate(pairs)
            ]
        )

    assert float(of([(1, 1), (2, 2), (3, 3)])) == pytest.approx(1)
    assert float(of([(1, 1), (4, 2), (9, 3)])) == pytest.approx(2)
    with pytest.raises(Unavailable, match=r"needs at least 3 members, and has 2"):
        of([(1, 1), (2, 2)])
    with pytest.raises(Unavailable, match=r"where a value is not positive: 1 has 0$"):
        of([(1, 1), (0, 2), (-1, 3)])
    with pytest.raises(Unavailable, match=r"where a value is not positive: 2 has -3$"):
        of([(1, 1), (1, 2), (1, -3)])
    with pytest.raises(Unavailable, match="all members start from the same value"):
        of([(1, 2), (2, 2), (3, 2)])


def test_powers_by_which_rules_are_multiplied():
    x, y, three = Ref(0), Ref(1), Constant(Fraction(3))

    def degree(expression, *degrees):
        return _Degree(degrees).fold(expression)

    assert degree(three, 1, 0) == 0
    assert [degree(one, 1, 2) for one in (x, y, x * y, y / x, x * 3)] == [1, 2, 3, 1, 1]
    assert degree(x + x, 1, 2) == 1
    assert degree(x + y, 1, 2) is degree((x + y) * x, 1, 2) is degree(x / (x + y), 1, 2) is None
    assert degree(x + 3, 1, 2) is None
    assert degree(x + 3, 0, 2) == 0
    assert degree(Applied("absolute", y), 1, 2) == 2
    assert degree(Applied("logarithm", y), 1, 2) is None
    assert degree(Applied("logarithm", y / y), 1, 2) == 0
    assert degree(Applied(UNLESS_NEGATIVE, y), 1, 2) == 0
    assert degree(Call(len, "own", (("a", y),), None), 1, 2) == 2
    assert degree(Call(len, "own", (("a", y),), Unit.parse("1")), 1, 2) is None
    assert degree(Call(len, "own", (("a", y), ("b", y)), None), 1, 2) is None
    assert degree(RelativeChange(x, x), 1, 2) == 0
    assert degree(RelativeChange(x, y), 1, 2) is None


def test_what_is_positive_whatever_the_figures():
    measures = {
        code: Measure(code, code, "1", minimum=least)
        for code, least in (("a", 0), ("b", 0), ("c", None), ("d", -1))
    }
    a, b, c, d = map(bajio.Sum, "abcd")

    def holds(rule):
        return rule.is_positive(measures)

    assert [holds(one) for one in (a, a + b, a * 2, a / 3)] == [True] * 4
    assert [holds(one) for one in (c, d, a - b, a * 0, a * -1, a + c, c + a)] == [False] * 7
    assert (a / b).is_internal(measures)
    assert (a / b * 2).is_internal(measures)
    assert not (a / c).is_internal(measures)
    assert not (a * b).is_internal(measures)


def test_texts_of_rules_are_cut_at_ten_thousand_letters():
    for length, cut in ((9_998, False), (9_999, True)):
        text = str(bajio.Sum("m" * length))
        assert text.endswith(" …") is cut
        assert len(text) == 10_000 + 2 * cut


def test_sums_of_many_and_means_over_years():
    refs = [Ref(at) for at in range(100)]
    for count in (1, 2, 8, 16, 33, 100):
        assert calculate(_sum_of(refs[:count]), range(count)) == sum(range(count))
    measures = {
        "stock": Measure("stock", "stock", "person", time="stock", minimum=0),
        "flow": Measure("flow", "flow", "person", time="flow", minimum=0),
    }

    def over(code):
        plan = resolve(bajio.rules.Over(bajio.Sum(code), 4), measures)
        return calculate(plan.expression, [1, 2, 3, 6])

    assert over("stock") == 3
    assert over("flow") == 12


def test_copies_of_all_members_multiply_sums_alone():
    measures = {"a": Measure("a", "a", "person", minimum=0)}
    degrees = [
        replication_degree(resolve(rule, measures))
        for rule in (bajio.Sum("a"), bajio.rules.Minimum("a"), bajio.rules.Maximum("a"))
    ]
    assert degrees == [1, 0, 0]


def test_numbers_stand_by_themselves_where_they_are_whole_and_not_negative():
    ranks = [bajio.rules.Number(one).rank for one in (0, 3, -1, Fraction(1, 2))]
    assert ranks == [ATOM, ATOM, SUM, SUM]


def test_what_is_inside_a_total_over_members_is_rewritten_too():
    shares = MemberTotal("sum", OwnFigure("a") / MemberTotal("maximum", OwnFigure("a")))
    other = rewrite(shares, lambda one: OwnFigure("b") if one == OwnFigure("a") else one)
    assert other == MemberTotal("sum", OwnFigure("b") / MemberTotal("maximum", OwnFigure("b")))


def test_a_copy_of_a_rule_has_as_many_nodes_as_deep():
    rule = bajio.Sum("gdp") / bajio.Sum("population") + 1
    for one in (copy.copy(rule), copy.deepcopy(rule)):
        assert one == rule
        assert one.extent == rule.extent
        assert one.extent[:2] == (5, 3)


@given(
    st.integers(1, 2**40), st.integers(1, 2**40), st.integers(1_000, 9_000), st.integers(0, 2**64)
)
def test_a_logarithm_of_many_digits_is_that_of_all_of_them(above, below, bits, rest):
    long = Fraction((above << bits) + rest | 1, (below << bits) + 2 * rest + 2)
    with localcontext() as context:
        context.prec = 50
        whole = (Decimal(long.numerator) / Decimal(long.denominator)).ln()
        context.prec = 40
        assert logarithm(long) == Fraction(+whole)
