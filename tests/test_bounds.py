"""Bounds: the interval of a region whose members lack figures holds whatever they may be."""

from fractions import Fraction

import pytest
from hypothesis import event, given, strategies as st

import bajio
from bajio import (
    Area,
    Growth,
    Indicator,
    Measure,
    Observation,
    Region,
    Registry,
    Source,
    Sum,
    Unavailable,
    hookimpl,
)
from bajio.rules import Lag

FLOW = Measure("flow", "Flow", "person", minimum=0)
OTHER = Measure("other", "Other", "person", minimum=0)
STOCK = Measure("stock", "Stock", "person", time="stock", minimum=0)
NAMES = "ABCD"
QUARTERS = ("2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4")


class Country:
    """A country HHH of four parts, with figures by measure, period and area: some with a status."""

    def __init__(self, figures):
        self.figures = figures

    @hookimpl
    def bajio_areas(self):
        rest = Area("HHH-X", "Elsewhere", "unallocated", "HHH")
        return [Area("HHH", "H"), rest, *(Area(code, code, "state", "HHH") for code in NAMES)]

    @hookimpl
    def bajio_datasets(self):
        seen = []
        for (measure, area, period), figure in self.figures.items():
            value, status = figure if isinstance(figure, tuple) else (figure, "A")
            seen.append(Observation(area, period, measure, value, status))
        made = bajio.dataset(
            "own",
            measures=[FLOW, OTHER, STOCK],
            sources=[Source("own", "Own")],
            observations=seen,
            reference_year=2020,
        )
        return [made]


def bounds(rule, figures, members=("A", "B"), unit="person"):
    own = Indicator("own", rule, unit, "Own")
    registry = Registry({"own": Country(figures)})
    return bajio.evaluate(
        Region(members), own, year=2020, peers=None, missing="bound", registry=registry
    )


def of(measure, period, host, *parts):
    """Figures of a period: the host's, and those of its parts, but for the missing."""
    named = {"HHH": host, **dict(zip(NAMES, parts, strict=False))}
    return {(measure, area, period): n for area, n in named.items() if n is not None}


def test_known_parts_beyond_the_total_contradict_it():
    figures = of("flow", "2020", 10_000, 9_000, None, 8_000, 0)

    with pytest.raises(Unavailable, match=r"contradict .* 17000, and the total is 10000"):
        bounds(Sum("flow"), figures)


def test_one_unknown_quarter_leaves_the_others_known():
    figures = {
        **of("flow", "2020-Q1", 40, 10, 0, 20, 10),
        **of("flow", "2020-Q2", 40, 10, 0, 20, 10),
        **of("flow", "2020-Q3", 40, 10, 0, 20, 10),
        **of("flow", "2020-Q4", 40, None, 0, None, 20),
    }

    found = bounds(Sum("flow"), figures, ("A",))

    assert (found.low, found.high) == (30, 50)
    assert found.coverage.members == 0


def test_the_mean_of_a_stock_s_quarters_is_bounded_quarter_by_quarter():
    figures = {}
    for quarter in QUARTERS[:3]:
        figures |= of("stock", quarter, 40, 10, 10, 10, 10)
    figures |= of("stock", QUARTERS[3], 40, None, 10, None, 10)

    found = bounds(Sum("stock"), figures, ("A",))

    assert (found.low, found.high) == (Fraction(30, 4), Fraction(50, 4))


def test_what_no_other_part_lacks_is_known():
    found = bounds(Sum("flow"), of("flow", "2020", 100, None, 20, 30, 10), ("A",))

    assert (found.low, found.high) == (40, 40)


def test_the_status_is_that_of_the_total_too():
    figures = of("flow", "2020", (100, "P"), 10, None, None, 10)

    assert bounds(Sum("flow"), figures).status == "P"


def test_what_no_part_has_is_no_part_of_what_is_missing():
    figures = of("flow", "2020", 100, None, 20, None, 10)
    some = {**figures, ("flow", "HHH-X", "2020"): 25}
    once = {**figures, ("flow", "HHH-X", "2019"): 25}

    assert bounds(Sum("flow"), figures, ("A",)).high == 70
    assert bounds(Sum("flow"), some, ("A",)).high == 45
    with pytest.raises(Unavailable, match="HHH-X in 2020, which could be negative"):
        bounds(Sum("flow"), once, ("A",))


@pytest.mark.parametrize("other", [0, 4, 11])
def test_a_pole_between_the_corners_is_refused(other):
    figures = {**of("flow", "2020", 11, None, 0), **of("other", "2020", other, other, 0)}
    rule = 1 / (Sum("flow") - Sum("other"))

    with pytest.raises(Unavailable, match="zero"):
        bounds(rule, figures, ("A",), "1/person")


def test_a_divisor_of_one_sign_has_bounds():
    figures = {**of("flow", "2020", 11, None, 0), **of("other", "2020", 40, 40, 0)}

    found = bounds(1 / (Sum("flow") - Sum("other")), figures, ("A",), "1/person")

    assert (found.low, found.high) == (Fraction(-1, 29), Fraction(-1, 40))


def test_a_sum_of_ratios_with_one_figure_in_both_has_no_bounds():
    figures = {**of("flow", "2020", 11, None, 0), **of("other", "2020", 40, 40, 0)}
    ratios = Sum("flow") / Sum("other") + Sum("other") / Sum("flow")

    with pytest.raises(Unavailable, match="at most linearly"):
        bounds(ratios, figures, ("A",), "1")


A, B, BEFORE = Sum("flow"), Sum("other"), Lag(Sum("flow"))


@pytest.mark.parametrize(
    "rule",
    [A / B + BEFORE / A, BEFORE / A + A / B, B / A + B / (A + BEFORE), A / B - BEFORE / A],
    ids=["above and below", "below and above", "below twice", "less"],
)
def test_what_is_above_in_one_ratio_and_below_in_another_has_no_bounds(rule):
    figures = {
        **of("flow", "2020", 100, None, 0),
        **of("flow", "2019", 60, 50, 4, 3, 3),
        **of("other", "2020", 40, 40, 0),
    }

    with pytest.raises(Unavailable, match="at most linearly"):
        bounds(rule, figures, ("A",), "1")


#: Rules with their units, and the same in plain arithmetic of flow, other and the flow before.
RULES = {
    "sum": (A, "person", lambda a, _b, _c: a),
    "difference": (A - 2 * B, "person", lambda a, b, _c: a - 2 * b),
    "ratio": (A / B, "1", lambda a, b, _c: a / b),
    "share of both": (A / (A + B), "1", lambda a, b, _c: a / (a + b)),
    "ratio of a difference": (A / (B - A), "1", lambda a, b, _c: a / (b - a)),
    "product": (A * B, "person²", lambda a, b, _c: a * b),
    "growth": (Growth(A), "1", lambda a, _b, c: (a - c) / c),
    "sum of ratios": (A / B + BEFORE / B, "1", lambda a, b, c: a / b + c / b),
    "reciprocal": (1 / (A - B), "1/person", lambda a, b, _c: 1 / (a - b)),
    "nested": (1 / (1 - B / (A + BEFORE)), "1", lambda a, b, c: 1 / (1 - b / (a + c))),
}
TERMS = st.lists(st.integers(0, 9), min_size=4, max_size=4)
HIDDEN = st.lists(st.booleans(), min_size=4, max_size=4)


@st.composite
def completions(draw, known, total):
    """Figures that fill the gaps of some that are known, and add up to a total."""
    gaps = [at for at, one in enumerate(known) if one is None]
    rest = total - sum(one for one in known if one is not None)
    filled = list(known)
    for at in gaps[:-1]:
        filled[at] = draw(st.sampled_from([0, rest]) | st.integers(0, rest))
        rest -= filled[at]
    if gaps:
        filled[gaps[-1]] = rest
    return filled


@given(st.data(), st.sampled_from(sorted(RULES)), st.lists(TERMS, min_size=3, max_size=3))
def test_every_completion_of_the_figures_lies_within_the_bounds(data, name, true):
    rule, unit, plain = RULES[name]
    members = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    figures, known = {}, []
    for key, parts in zip(
        (("flow", "2020"), ("other", "2020"), ("flow", "2019")), true, strict=True
    ):
        gone = data.draw(HIDDEN)
        known.append([None if hide else n for n, hide in zip(parts, gone, strict=True)])
        figures |= of(*key, sum(parts), *known[-1])
    try:
        found = bounds(rule, figures, members, unit)
    except Unavailable:
        event(f"{name}: refused")
        return
    event(f"{name}: {'point' if found.low == found.high else 'interval'}")
    chosen = [NAMES.index(code) for code in members]
    for _ in range(4):
        filled = [
            data.draw(completions(part, sum(parts)))
            for part, parts in zip(known, true, strict=True)
        ]
        value = plain(*(Fraction(sum(part[at] for at in chosen)) for part in filled))
        assert found.low <= value <= found.high


@given(st.data(), st.sampled_from(["flow", "stock"]), st.lists(TERMS, min_size=4, max_size=4))
def test_bounds_of_quarters_are_attained(data, measure, true):
    members = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    figures, low, high = {}, 0, 0
    for quarter, parts in zip(QUARTERS, true, strict=True):
        gone = data.draw(HIDDEN)
        shown = [None if hide else n for n, hide in zip(parts, gone, strict=True)]
        figures |= of(measure, quarter, sum(parts), *shown)
        hidden = {NAMES[at]: n for at, n in enumerate(parts) if gone[at]}
        own = sum(n for at, n in enumerate(parts) if NAMES[at] in members and not gone[at])
        mine, others = set(hidden) & set(members), set(hidden) - set(members)
        rest = sum(hidden.values())
        low += own + (rest if mine and not others else 0)
        high += own + (rest if mine else 0)
    per = 4 if measure == "stock" else 1

    found = bounds(Sum(measure), figures, members)

    event("point" if low == high else "interval")
    assert (found.low, found.high) == (Fraction(low, per), Fraction(high, per))
