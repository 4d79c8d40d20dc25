"""The columns that plans over tables are made of, one by one, against plain numbers."""

from fractions import Fraction
from math import exp, inf, log

import narwhals as nw
import polars as pl
import pytest
from backends import plain
from hypothesis import example, given, strategies as st

from bajio.engines.frame.backend import as_beside, backend_of, is_lazy, known_frame, refusing, small
from bajio.engines.frame.bound_rules import simplified
from bajio.engines.frame.cells import _once, _whole, finite
from bajio.engines.frame.column_domain import (
    _both,
    _constant,
    _function,
    _grown,
    _is_sum,
    _joined,
    _quotient,
    _scaled,
)
from bajio.engines.frame.rounded import (
    PRECISION,
    RoundedColumn,
    applied,
    operated,
    plain as term,
    times,
    whole,
)
from bajio.errors import InvalidRegion, InvalidRule, InvalidValue
from bajio.facts.measures import Time
from bajio.rules.algebra import UNLESS_NEGATIVE, Applied, Constant, Operation, Operator, Ref

X = nw.col("x")


def shown(columns, *expressions):
    """What expressions give over some columns, row by row; of one of them alone its cells."""
    frame = nw.from_native(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64)))
    found = frame.select(*(one.alias(f"c{at}") for at, one in enumerate(expressions))).rows()
    return [tuple(map(plain, row)) if len(row) > 1 else plain(row[0]) for row in found]


def test_a_figure_that_is_none_is_infinite():
    cells = [1.0, -1.0, 0.0, None, inf, -inf]
    assert shown({"x": cells}, finite(X, None)) == [1, -1, 0, None, inf, inf]
    assert shown({"x": cells}, finite(X, X < 0.0)) == [1, inf, 0, None, inf, inf]
    assert shown({"x": cells}, finite(X, X < 1.0)) == [1, inf, inf, None, inf, inf]


def test_a_figure_that_is_given_twice_is_infinite():
    totals, counts = [5.0, 5.0, 5.0, 0.0, -1.0, inf], [0, 1, 2, 1, 1, 1]
    given_columns = {"x": totals, "n": counts}
    n = nw.col("n")
    assert shown(given_columns, _once(X, n, None)) == [None, 5, inf, 0, -1, inf]
    assert shown(given_columns, _once(X, n, X < 0.0)) == [None, 5, inf, 0, inf, inf]


def year_by_hand(quarters, others, *, size, time, partial):
    """By the rule: figures of quarters, each a list, beside figures of no quarter."""
    is_stock = time is Time.STOCK
    every = [x for quarter in quarters for x in quarter]
    twice = bool(others) or any(len(quarter) > 1 for quarter in quarters)
    there = [bool(quarter) for quarter in quarters]
    enough = any(there) if is_stock and partial else all(there)
    enough = there[-1] if time is Time.END else enough
    if not (enough or others):
        return None
    if twice:
        return inf
    if time is Time.END:
        return quarters[-1][0]
    total = sum(every)
    if size and abs(total) <= PRECISION * sum(map(abs, every)) and total != round(total):
        total = 0.0
    return total / len(every) if is_stock else total


figures = st.integers(-9, 9).map(float) | st.sampled_from([0.1, 0.2, -0.3, 1e16])
quarters = st.lists(st.lists(figures, max_size=2), min_size=4, max_size=4)
lone = st.lists(st.lists(figures, min_size=1, max_size=1), min_size=4, max_size=4)


TIMES = st.sampled_from([Time.FLOW, Time.STOCK, Time.END])


@given(quarters | lone, st.lists(figures, max_size=1), st.booleans(), TIMES, st.booleans())
@example([[0.1], [0.2], [-0.3], [0.0]], [], True, Time.FLOW, False)
@example([[0.1], [0.2], [-0.3], [0.0]], [], False, Time.FLOW, False)
@example([[250000000000.25], [-249999999999.75], [0.0], [0.0]], [], True, Time.FLOW, False)
@example([[250000000000.5], [-249999999999.75], [0.0], [0.0]], [], True, Time.FLOW, False)
@example([[1e16], [-1e16], [1.0], [0.0]], [], True, Time.FLOW, False)
@example([[1.0], [], [3.0], []], [], True, Time.STOCK, True)
@example([[1.0], [], [3.0], []], [], True, Time.STOCK, False)
@example([[], [], [], []], [], True, Time.STOCK, True)
def test_a_year_of_quarters(drawn, others, sized, time, partial):
    row = {"s0": [sum(x for one in drawn for x in one) + sum(others)]}
    row["n0"] = [sum(map(len, drawn)) + len(others)]
    row["a0"] = [sum(abs(x) for one in drawn for x in one) + sum(map(abs, others))]
    row["e0"] = [sum(drawn[-1])]
    row |= {f"n0part{at}": [len(one)] for at, one in enumerate(drawn)}
    size = nw.col("a0") if sized else None
    (found,) = shown(row, _whole(0, size, time, len(drawn), partial=partial))
    by_hand = year_by_hand(drawn, others, size=sized, time=time, partial=partial)
    assert found == (by_hand if by_hand is None else pytest.approx(by_hand, rel=1e-15))


def test_what_is_zero_but_for_rounding_is_zero():
    edge = 8.0 * PRECISION
    values = [edge, -edge, edge * 1.001, -edge * 1.001, 0.0, 1.0, inf]
    column = RoundedColumn(X, lambda: nw.lit(8.0))
    told = shown(
        {"x": values}, column.is_zero, column.is_positive, column.is_negative, column.settled
    )
    assert told[:6] == [
        (True, False, False, 0.0),
        (True, False, False, 0.0),
        (False, True, False, edge * 1.001),
        (False, False, True, -edge * 1.001),
        (True, False, False, 0.0),
        (False, True, False, 1.0),
    ]
    endless = RoundedColumn(X, lambda: nw.lit(inf))
    assert shown({"x": [inf, 1.0]}, endless.is_zero) == [False, True]
    sure = RoundedColumn(X, lambda: nw.lit(8.0), sure=True)
    told = shown(
        {"x": [edge, 0.0, -edge]}, sure.is_zero, sure.is_positive, sure.is_negative, sure.settled
    )
    assert told == [
        (False, True, False, edge),
        (True, False, False, 0),
        (False, False, True, -edge),
    ]
    exact = RoundedColumn(X, lambda: nw.lit(8.0), exact=True)
    assert shown({"x": [edge, 0.0]}, exact.is_zero, exact.is_positive) == [
        (False, True),
        (True, False),
    ]
    some = RoundedColumn(X, lambda: nw.lit(8.0), exact=nw.col("e") == 1)
    told = shown({"x": [edge, edge], "e": [1, 0]}, some.is_zero, some.margin(nw.col("e") == 1))
    assert told == [(False, 0.0), (True, edge)]
    assert shown({"x": [1.0]}, column.margin(True), column.margin(False)) == [(0.0, edge)]


def test_whole_numbers_that_floats_hold():
    values = [0.0, -3.0, 0.5, 2.0**53 - 1, 2.0**53, -(2.0**53), -(2.0**53) + 1]
    assert shown({"x": values}, whole(X)) == [True, True, False, True, False, False, True]
    one = term(X)
    assert not one.sure
    assert term(X, sure=True).sure
    assert shown({"x": [-0.5, 3.0]}, one.size(), one.exact, one.alike) == [
        (0.5, False, False),
        (3.0, True, True),
    ]


def test_operations_on_columns():
    cells = {"x": [6.0, 5.0], "y": [4.0, 0.0]}
    y = nw.col("y")
    assert shown(cells, *(operated(one, X, y) for one in Operator)) == [
        (10, 2, 24, 1.5),
        (5, 5, 0, None),
    ]
    assert shown(
        {"x": [3.0]}, *(times(X, n) for n in (Fraction(2), Fraction(1, 7), Fraction(2, 7)))
    ) == [
        (6.0, 3.0 / 7, 6.0 / 7),
    ]


def test_functions_of_columns():
    cells = {"x": [-4.0, 0.0, 1.0, 4.0]}

    def of(function, exponent=Fraction(1)):
        return shown(cells, applied(function, X, exponent))

    assert of("absolute") == [4, 0, 1, 4]
    assert of("exponential")[1] == 1
    assert of("logarithm") == [None, None, 0, log(4)]
    assert of("entropy") == [None, 0, 0, 4 * log(4)]
    assert of("root", Fraction(1, 2)) == of("power", Fraction(1, 2)) == [None, 0, 1, 2]
    assert of("root", Fraction(1, 4)) == [None, 0, 1, pytest.approx(2**0.5)]
    assert of("power", Fraction(2)) == [16, 0, 1, 16]
    assert of("power", Fraction(0)) == [1, 1, 1, 1]
    assert of("power", Fraction(-1)) == [None, None, 1, 0.25]
    assert of("power", Fraction(-1, 2)) == [None, None, 1, 0.5]
    with pytest.raises(InvalidRule, match="no engine knows the function 'sine'"):
        of("sine")


def test_arithmetic_of_constants_is_done_beforehand():
    two, three, zero = (Constant(Fraction(n)) for n in (2, 3, 0))
    assert simplified(two / three) == Constant(Fraction(2, 3))
    assert simplified(zero / three) == zero
    assert simplified(zero * three - two) == Constant(Fraction(-2))
    assert simplified(Ref(0) * (two + three)) == Ref(0) * Constant(Fraction(5))
    assert simplified(Ref(0) / zero) == Ref(0) / zero
    assert simplified(Applied("absolute", two)) == Applied("absolute", two)
    for wrong in (two / zero, zero / zero, Ref(0) + two / (three - three)):
        with pytest.raises(InvalidRule, match="the rule divides by zero"):
            simplified(wrong)
    assert simplified(Operation(Operator.MINUS, two, zero)) == two


def test_what_a_backend_says_is_told_by_its_first_line():
    with pytest.raises(InvalidValue, match=r"where it is: ValueError: 'first'$"), refusing():
        raise ValueError("\n first\nsecond")
    with pytest.raises(InvalidRegion, match=r"^own$"), refusing():
        raise InvalidRegion("own")


def test_frames_beside_one_another():
    table = pl.DataFrame({"a": [1]})
    frame, lazy = known_frame(table, "it"), known_frame(table.lazy(), "it")
    arrow = known_frame(table.to_arrow(), "it")
    assert (backend_of(frame), backend_of(arrow)) == ("polars", "pyarrow")
    assert (is_lazy(frame), is_lazy(lazy)) == (False, True)
    assert not is_lazy(as_beside(frame, frame, "it"))
    assert is_lazy(as_beside(frame, lazy, "it"))
    assert is_lazy(as_beside(lazy, lazy, "it"))
    with pytest.raises(InvalidValue, match="the map is lazy and the table is not"):
        as_beside(lazy, frame, "the map")
    with pytest.raises(InvalidValue, match="of pyarrow, the table one of polars"):
        as_beside(arrow, frame, "the map")
    made = small({"t": ["a", None], "n": [1, None], "m": [1, 2]}, (str, int, int), frame)
    assert made.rows() == [("a", 1.0, 1), (None, None, 2)]
    assert made.schema["m"] == nw.Int64
    assert made.schema["n"] == nw.Float64
    assert is_lazy(small({"n": [1]}, (int,), lazy))


def sizes(column):
    """Value and size of a column, with what it knows of itself."""
    known = [told if isinstance(told, bool) else "column" for told in (column.exact, column.alike)]
    return (*shown({"x": [6.0], "y": [-4.0]}, column.value, column.size())[0], *known, column.sure)


def test_what_is_known_of_both_sides():
    a, b = nw.col("a"), nw.col("b")
    assert _both(False, a) is _both(a, False) is _both(False, True) is False
    assert _both(True, a) is _both(a, True) is a
    assert _both(True, True) is True
    both = shown({"a": [1, 1, 0], "b": [1, 0, 0]}, _both(a == 1, b == 1))
    assert both == [True, False, False]


def test_how_far_rounding_may_move_what_columns_come_to():
    x, y = term(X, sure=True), term(nw.col("y"))
    assert sizes(_joined(Operator.PLUS, x, x)) == (12, 12, "column", "column", True)
    assert sizes(_joined(Operator.MINUS, x, x)) == (0, 12, "column", "column", False)
    assert sizes(_joined(Operator.TIMES, x, y)) == (-24, 24, "column", "column", False)
    assert sizes(_joined(Operator.TIMES, x, x))[-1]
    assert sizes(_quotient(x, y)) == (-1.5, 6 / 4 + 1.5 * 4 / 4, False, "column", False)
    assert sizes(_quotient(x, x)) == (1, 2, False, "column", True)
    assert sizes(_grown(y, x)) == (-10 / 6, 4 / 6 + 4 / 6 + 1, False, "column", False)
    assert sizes(_grown(x, y))[:2] == (None, None)
    assert sizes(_scaled(x, Fraction(-2))) == (-12, 12, "column", "column", False)
    assert sizes(_scaled(x, Fraction(1, 2))) == (3, 3, False, "column", True)
    assert sizes(_scaled(y, Fraction(0))) == (0, 0, "column", True, False)
    assert sizes(_scaled(x, Fraction(0)))[-1]
    assert sizes(_constant(Fraction(-3))) == (-3, 3, True, True, False)
    assert sizes(_constant(Fraction(0)))[-1]
    assert sizes(_constant(Fraction(1, 2))) == (0.5, 0.5, False, False, True)
    assert sizes(_constant(Fraction(2**53)))[2:4] == (False, False)
    zero = _constant(Fraction(0))
    assert sizes(_quotient(x, zero))[:2] == (None, None)
    endless = RoundedColumn(nw.lit(inf), lambda: nw.lit(1.0))
    assert sizes(_quotient(x, endless))[:2] == (None, None)


def test_how_far_rounding_may_move_functions():
    x, y = term(X, sure=True), term(nw.col("y"))

    def of(function, column=x, exponent=Fraction(1)):
        return sizes(_function(function, column, exponent))

    assert of("absolute") == (6, 6, "column", "column", True)
    assert of("absolute", y) == (4, 4, "column", "column", False)
    assert of("exponential")[:2] == pytest.approx((exp(6), exp(6) * 7))
    assert of("exponential")[2:] == (False, False, True)
    assert of(UNLESS_NEGATIVE) == (1, 1, True, True, True)
    assert of(UNLESS_NEGATIVE, y)[0] is None
    assert of("logarithm")[:2] == pytest.approx((log(6), 1 + log(6)))
    assert of("logarithm")[2:] == (False, "column", False)
    assert of("logarithm", y)[0] is None
    assert of("entropy")[:2] == pytest.approx((6 * log(6), 6 * (1 + log(6)) + 6 * log(6)))
    assert of("root", exponent=Fraction(1, 2))[:2] == pytest.approx((6**0.5, 2 * 6**0.5))
    assert of("root", exponent=Fraction(1, 2))[-1] is True
    assert of("root", y, Fraction(1, 2))[0] is None
    assert of("power", exponent=Fraction(1, 2))[:2] == pytest.approx((6**0.5, 2 * 6**0.5))
    assert of("power", exponent=Fraction(1, 2))[-1] is False
    with pytest.raises(InvalidRule, match="no engine knows the function 'sine'"):
        of("sine")


def test_what_is_a_sum_of_leaves():
    sums = (Ref(0) + Ref(1), Ref(0) - (Ref(1) + Ref(2)))
    others = (Ref(0), Ref(0) * Ref(1), Ref(0) + Constant(Fraction(1)), Ref(0) + Ref(1) / Ref(2))
    assert [_is_sum(one) for one in (*sums, *others)] == [True] * 2 + [False] * 4
