"""Spreads split over tables, and small tables over tables: as the exact engine has them."""

import pytest
from backends import BACKENDS, EACH, arrow, by_key, rows
from drawn import examples
from hypothesis import given, strategies as st

import bajio
from bajio import Indicator, Sum, TheilT
from bajio.errors import InvalidRegion, InvalidRule, InvalidValue
from bajio.facts.dataset import observations_of
from bajio.registry import Registry
from bajio.rules import At, By, TheilL

STATES = tuple(bajio.region("mexican-states").members)
KINDS = {"t": TheilT, "l": TheilL}


def spread(kind):
    rule = KINDS[kind](Sum("gdp") / Sum("population"), Sum("population"))
    return Indicator(f"theil-{kind}", rule, "1", "Spread")


def figures(gdp, population, year=2018):
    """A table of areas' figures, and the dataset of the same."""
    seen = [
        bajio.Observation(area, year, measure, value)
        for measure, own in (("gdp", gdp), ("population", population))
        for area, value in own.items()
    ]
    columns = {
        "area": [one.area for one in seen],
        "period": [int(one.period) for one in seen],
        "measure": [one.measure for one in seen],
        "value": [float(one.value) for one in seen],
    }
    data = bajio.dataset(
        "own",
        sources=[bajio.Source("own", "Own")],
        observations=seen,
        units={"gdp": "MXN"},
    )
    return arrow(columns, (str, int, str, float)), data


def agrees(make, kind, gdp, population, groups):
    table, data = figures(gdp, population)
    parts = [[area for area in gdp if groups[area] == one] for one in sorted(set(groups.values()))]
    asked = spread(kind)
    exact = bajio.decompose(list(gdp), asked, parts, data, year=2018)
    whole = bajio.Region(list(gdp), code="whole")
    found = bajio.evaluate_table(
        make(table), asked, regions=whole, parts=parts, units={"gdp": "MXN"}
    )
    by_part = by_key(found, "part")
    assert len(by_part) == len(exact.groups)
    for group in exact.groups:
        row = by_part[(group.region.code,)]
        told = {end: row[f"{asked.code}_{end}"] for end in ("share", "ratio", "own", "between")}
        own = {end: float(getattr(group, end)) for end in told}
        assert told == pytest.approx(own, rel=1e-9, abs=1e-11)
        assert row[f"{asked.code}_within"] == pytest.approx(float(group.within), abs=1e-11)
        assert row[asked.code] == pytest.approx(exact.total.value, rel=1e-9, abs=1e-11)
        assert row["region"] == "whole"
        assert row[f"{asked.code}_reason"] is None
    ends = [row[f"{asked.code}_{end}"] for row in by_part.values() for end in ("within", "between")]
    assert sum(ends) == pytest.approx(exact.total.value, rel=1e-9, abs=1e-11)


AMOUNTS = st.integers(1, 10**6)


@examples(20)
@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_within_and_between_are_those_of_the_exact_engine(data, kind):
    areas = data.draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=6, unique=True))
    gdp = {area: data.draw(AMOUNTS) for area in areas}
    population = {area: data.draw(AMOUNTS) for area in areas}
    groups = {area: data.draw(st.integers(0, 2)) for area in areas}
    agrees(BACKENDS["polars"], kind, gdp, population, groups)


@pytest.mark.parametrize("backend", EACH)
def test_on_every_backend(backend):
    gdp = dict(zip(STATES[:5], (10, 7, 3, 8, 900), strict=True))
    population = dict(zip(STATES[:5], (4, 5, 6, 1, 20), strict=True))
    groups = dict(zip(STATES[:5], (0, 0, 1, 1, 2), strict=True))
    for kind in KINDS:
        agrees(BACKENDS[backend], kind, gdp, population, groups)


def test_names_periods_and_the_rest():
    gdp = {"Jalisco": 10, "Colima": 7, "Nayarit": 3}
    first, _ = figures(gdp, {"Jalisco": 4, "Colima": 5, "Nayarit": 6})
    later, _ = figures(gdp, {"Jalisco": 1, "Colima": 1}, 2019)
    table = BACKENDS["polars"](first).vstack(BACKENDS["polars"](later))
    found = by_key(
        bajio.evaluate_table(
            table,
            spread("t"),
            regions={"west": list(gdp)},
            parts={"coast": ["Colima", "Nayarit"], "inland": ["Jalisco"]},
            units={"gdp": "MXN"},
            notes=lambda _: None,
        ),
        "period",
        "part",
    )
    assert set(found) == {(year, part) for year in (2018, 2019) for part in ("coast", "inland")}
    assert all(row["theil-t_reason"] is None for (year, _), row in found.items() if year == 2018)
    assert all(row["theil-t_within"] is None for (year, _), row in found.items() if year == 2019)
    assert found[2019, "inland"]["theil-t_reason"] == "missing"
    rest = bajio.evaluate_table(
        table,
        spread("t"),
        regions="MX-JAL+MX-COL+MX-NAY",
        parts=["Jalisco", "rest"],
        units={"gdp": "MXN"},
        notes=lambda _: None,
    )
    assert {row["part"] for row in rows(rest)} == {"MX-JAL", "rest"}


@pytest.mark.parametrize(
    ("options", "indicators", "kind", "told"),
    [
        ({}, "gdp-mxn", InvalidRule, "does not split exactly"),
        ({}, ["theil-gdp-per-capita", "gdp"], InvalidValue, "one indicator"),
        ({"regions": ["bajio", "sur-sureste"]}, None, InvalidValue, "one region"),
        ({"parts": ["MX-AGU"]}, None, InvalidRegion, "leave out MX-GUA"),
        ({"parts": ["MX-AGU", "MX-AGU", "rest"]}, None, InvalidRegion, "in two groups"),
        ({"rank": True}, None, InvalidValue, "no rank"),
        ({"missing": "partial"}, None, InvalidValue, "all members"),
        ({"membership": "as-of"}, None, InvalidValue, "newest"),
    ],
)
def test_what_means_nothing_is_refused(options, indicators, kind, told):
    table, _ = figures({"MX-AGU": 1}, {"MX-AGU": 1})
    asked = {"regions": "bajio", "parts": ["MX-AGU", "rest"], **options}
    with pytest.raises(kind, match=told):
        bajio.evaluate_table(table, indicators or "theil-gdp-per-capita", **asked)


@pytest.fixture(scope="module")
def gva_table():
    """The gross value added of 2013 and 2018 by activity, as bundled."""
    data = Registry.default().dataset
    seen = [
        (one.area, one.period, measure, float(one.value), one.where[0])
        for measure in ("gva", "gva-constant")
        for series in data.newest(measure)[:1]
        for one in observations_of(series, data.table(series))
        if one.value is not None and one.period in {"2013", "2018"}
    ]
    names = ("area", "period", "measure", "value", "activity")
    columns = dict(zip(names, map(list, zip(*seen, strict=True)), strict=True))
    return arrow(columns, (str, str, str, float, str))


@pytest.mark.parametrize(
    "code",
    [
        "location-quotient",
        "activity-shares",
        "shift-share",
        pytest.param("shift-share-mix", marks=pytest.mark.slow),
        pytest.param("shift-share-regional", marks=pytest.mark.slow),
    ],
)
def test_quotients_and_shift_share_over_a_table_are_the_bundled_ones(code, gva_table):
    found = bajio.evaluate_table(gva_table, code, regions=["bajio"])
    [row] = [row for row in rows(found) if row["period"] == "2018"]
    exact = bajio.break_down("bajio", code, year=2018).exact
    told = {key: row[f"{code}_{key}"] for key in exact}
    scale = max(abs(float(value)) for value in exact.values())
    assert told == pytest.approx({key: float(one) for key, one in exact.items()}, abs=1e-9 * scale)


@pytest.mark.parametrize("backend", EACH)
def test_a_table_by_member_has_a_row_for_each_whatever_it_reads(backend):
    people = {"MX-AGU": 3, "MX-GUA": 5, "MX-QUE": 7, "MX-SLP": 11}
    table, data = figures({"MX-AGU": 1}, people)
    whole, own = Sum("population"), At(Sum("population"), "member")
    for rule in (By(whole, "member"), By(own, "member"), By(whole - own, "member")):
        asked = Indicator("own", rule, "person", "Own")
        found = bajio.evaluate_table(BACKENDS[backend](table), asked, regions="bajio")
        exact = bajio.break_down("bajio", asked, data, year=2018).exact
        assert {row["member"]: row["own"] for row in rows(found)} == exact
