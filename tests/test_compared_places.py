"""Regions beside another place: whose members count, and who has to be there, in all engines."""

from fractions import Fraction

import pytest
from backends import BACKENDS, EACH, QUICK, arrow, rows

import bajio
from bajio import (
    Area,
    Indicator,
    Measure,
    Memberships,
    Observation,
    Region,
    Registry,
    Share,
    Source,
    Sum,
    Unavailable,
)
from bajio.rules import At, Best, Gini

X = Sum("x")
MEASURES = [Measure("x", "X", "1"), Measure("other", "Other", "1")]
PARTS = dict.fromkeys("ABCDE", "H")
OTHERS = Region(["D", "E"], code="others")
each = pytest.mark.parametrize("backend", EACH)
KNOWN = {"A": 1, "B": 4, "D": 2}


class World:
    @bajio.hookimpl
    def bajio_areas(self):
        parts = [Area(code, code, "state", within="H") for code in PARTS]
        return [Area("H", "H", "country"), *parts]

    @bajio.hookimpl
    def bajio_regions(self):
        return [OTHERS]


REGISTRY = Registry({"world": World()})


def of(rule):
    return Indicator("asked", rule, "1", "Asked", as_number=True)


def in_data(rule, members, figures, **options):
    data = bajio.dataset(
        "mine",
        measures=MEASURES,
        sources=[Source("mine", "Mine")],
        observations=[Observation(code, 2020, "x", value) for code, value in figures.items()],
    )
    options |= {"year": 2020, "peers": None, "registry": REGISTRY}
    if isinstance(members, Memberships):
        return bajio.evaluate_many(members, of(rule), data, **options)["asked"]
    return bajio.evaluate(members, of(rule), data, **options)


def in_table(backend, rule, members, figures, **options):
    columns = {"area": list(figures), "period": [2020] * len(figures), "x": list(figures.values())}
    [row] = rows(
        bajio.evaluate_table(
            BACKENDS[backend](arrow(columns, (str, int, float))),
            of(rule),
            regions=[Region(members, code="r")],
            measures=MEASURES,
            wide={"x": "x"},
            hosts=PARTS,
            registry=REGISTRY,
            **options,
        )
    )
    return row["asked"], row["asked_coverage"], row["asked_reason"]


# Gini of 1 and 4: 3/10; of 2 and 6: 1/4; of 1, 4, 3, 2, 6: 19/80 by all pairs; of 1, 4, 2: 2/7
ALL = {"A": 1, "B": 4, "C": 4, "D": 2, "E": 6}


@pytest.mark.parametrize(
    ("rule", "figures", "missing", "expected"),
    [
        (Gini(X) / At(Gini(X), "others"), ALL, "refuse", Fraction(6, 5)),
        (Gini(X) - At(Gini(X), "others"), ALL, "refuse", Fraction(1, 20)),
        (Best(X) / At(Best(X)), ALL, "refuse", Fraction(2, 3)),
        (Gini(X) / At(Gini(X)), KNOWN, "partial", Fraction(21, 20)),
    ],
)
def test_a_spread_beside_that_of_another_place(rule, figures, missing, expected):
    assert in_data(rule, ["A", "B"], figures, missing=missing).exact == expected
    several = Memberships.of([["A", "B"], ["A", "B", "D"]], registry=REGISTRY)
    assert in_data(rule, several, figures, missing=missing).values[0] == pytest.approx(
        float(expected), rel=1e-12
    )
    for backend in QUICK:
        value, coverage, _ = in_table(backend, rule, ["A", "B"], figures, missing=missing)
        assert value == pytest.approx(float(expected), rel=1e-12)
        assert coverage == 1


@pytest.mark.parametrize("rule", [Gini(1), Best(2), Gini(X) + Gini(1)])
def test_a_spread_of_no_figure_is_refused(rule):
    with pytest.raises(Unavailable, match="reads no figure"):
        in_data(rule, ["A", "B"], ALL)
    for backend in QUICK:
        with pytest.raises(bajio.BajioError, match="reads no figure"):
            in_table(backend, rule, ["A", "B"], ALL)


@each
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Share(X), Fraction(5, 20)),
        (X / At(X, "others"), Fraction(5, 2)),
        (At(X), 20),
        (Share(X) + X / At(X, "others"), Fraction(11, 4)),
    ],
)
def test_only_the_own_members_count_as_covered(backend, rule, expected):
    members, figures = ["A", "B", "C"], {**KNOWN, "H": 20}
    covered = in_data(rule, members, figures, missing="partial")
    value, coverage, reason = in_table(backend, rule, members, figures, missing="partial")
    assert covered.exact == expected
    assert (value, reason) == (pytest.approx(float(expected), rel=1e-12), None)
    own = 1 if rule == At(X) else Fraction(2, 3)
    assert covered.coverage.members == own
    assert coverage == pytest.approx(float(own), rel=1e-12)


@each
@pytest.mark.parametrize("rule", [Share(X), At(X), X / (At(X) - X)])
def test_some_parts_of_a_country_are_never_all_of_it(backend, rule):
    for missing in ("refuse", "partial"):
        with pytest.raises(Unavailable, match="no 'x' for H"):
            in_data(rule, ["A", "B"], KNOWN, missing=missing)
        options = {"missing": missing, "host_figures": "parts"}
        value, coverage, reason = in_table(backend, rule, ["A", "B"], KNOWN, **options)
        assert (value, coverage, reason) == (None, 1, "missing")
