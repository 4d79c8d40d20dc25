"""Growth, contributions, shift-share, convergence: against pandas, scipy and printed examples."""

import math
import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, strategies as st

import bajio
from bajio import Measure, Observation, Source, Sum, Unavailable
from bajio.cli import main
from bajio.engines.planning import Planner
from bajio.facts.classifications import Category, Classification
from bajio.indicators.shift_share import ShiftShare
from bajio.registry import Registry
from bajio.rules import Lag, Logarithm
from bajio.rules.axes import By, Stack
from bajio.testing.worlds import HOST, YEAR, World

DATA = Path(bajio.__file__).parent / "data" / "observations"
DYNAMICS = [code for code, one in bajio.list_indicators().items() if one.topic == "dynamics"]
TOTALS = [
    code
    for code in DYNAMICS
    if isinstance(bajio.list_indicators()[code].rule, By | Stack)
    and bajio.list_indicators()[code].rule.total
]
REGIONS = ["bajio", "centro-bajio-occidente", "sur-sureste", "banxico-norte", "mexican-states"]
NAMED = {
    "gdp": "gdp-constant-inegi-pibe-2024",
    "population": "population-conapo-2023",
    "employed": "employed-inegi-enoe-2025-10",
    "active": "economically-active-inegi-enoe-2025-10",
    "gva": "gva-constant-inegi-pibe-2024",
}
exactly = {"rel": 1e-12, "abs": 1e-14}
each_region = pytest.mark.parametrize("region", REGIONS)


def close(value):
    return pytest.approx(value, **exactly)


@cache
def table(name):
    """The figures of a file by area, year, and activity where there are any; means of quarters."""
    read = pd.read_csv(DATA / f"{NAMED[name]}.csv", dtype={"period": str, "activity": str})
    read["year"] = read["period"].str[:4].astype(int)
    keys = ["area", "year", *(["activity"] if "activity" in read else [])]
    return read.groupby(keys)["value"].mean()


@cache
def activities():
    read = pd.read_csv(DATA.parent / "classifications" / "activities.csv", dtype=str)
    within = set(read["parent"].dropna())
    value_added = read[read["code"].ne("PIB") & read["parent"].ne("PIB")]
    return [code for code in value_added["code"] if code not in within]


def of(name, areas, year):
    """The total of some areas."""
    return table(name).loc[list(areas), year].sum()


def each(name, areas, year):
    return table(name).loc[list(areas), year]


def members(region):
    return bajio.Registry.default().region(region).members


def values(code, region, year=2024, **options):
    return bajio.break_down(region, code, year=year, peers=None, **options).values


@pytest.mark.parametrize("years", [5, 10])
@each_region
def test_compound_growth_is_that_of_the_files(region, years):
    areas = members(region)
    sums = {name: [of(name, areas, year) for year in (2024, 2024 - years)] for name in NAMED}
    heads = [gdp / people for gdp, people in zip(sums["gdp"], sums["population"], strict=True)]
    for code, (now, before) in {
        "gdp": sums["gdp"],
        "gdp-per-capita": heads,
        "population": sums["population"],
        "employment": sums["employed"],
    }.items():
        found = bajio.evaluate(region, f"{code}-compound-growth-{years}", year=2024, peers=None)
        assert found.value == close(math.exp(math.log(now / before) / years) - 1)


@pytest.mark.parametrize(
    ("code", "name"), [("gdp", "gdp"), ("population", "population"), ("employment", "employed")]
)
@each_region
def test_contributions_are_those_of_the_files(region, code, name):
    areas = members(region)
    changes = (each(name, areas, 2024) - each(name, areas, 2023)) / of(name, areas, 2023)
    found = bajio.break_down(region, f"contribution-{code}-growth", year=2024)
    assert found.values == {area: close(change) for area, change in changes.items()}
    assert found.total.exact == bajio.evaluate(region, f"{code}-growth", year=2024).exact


def by_activity(area, year):
    return table("gva").loc[area, year].reindex(activities())


@each_region
def test_shift_share_is_that_of_the_files(region):
    start, end = (sum(by_activity(area, year) for area in members(region)) for year in (2019, 2024))
    country = by_activity("MEX", 2024) / by_activity("MEX", 2019) - 1
    overall = by_activity("MEX", 2024).sum() / by_activity("MEX", 2019).sum() - 1
    parts = {
        "national": start.sum() * overall,
        "mix": (start * (country - overall)).sum(),
        "regional": (end - start - start * country).sum(),
    }
    scale = {"rel": 1e-10, "abs": 10}  # of pesos; the sums that cancel are of 10¹³
    assert values("shift-share", region) == {
        name: pytest.approx(part, **scale) for name, part in parts.items()
    }
    assert values("shift-share-rates", region) == {
        name: close(part / start.sum()) for name, part in parts.items()
    }
    mix, regional = start * (country - overall), end - start - start * country
    for code, effects in {"shift-share-mix": mix, "shift-share-regional": regional}.items():
        assert values(code, region) == {
            activity: pytest.approx(effect, **scale) for activity, effect in effects.items()
        }


@each_region
def test_convergence_is_that_of_scipy(region):
    from scipy.stats import linregress

    areas = members(region)
    before, now = (
        np.log(each("gdp", areas, year) / each("population", areas, year)) for year in (2014, 2024)
    )
    theirs = linregress(before, (now - before) / 10)
    speed = -math.log(1 + 10 * theirs.slope) / 10
    found = bajio.break_down(region, "beta-convergence", year=2024)
    assert found.values["slope"] == pytest.approx(theirs.slope, rel=1e-10)
    assert found.values["standard-error"] == pytest.approx(theirs.stderr, rel=1e-10)
    assert found.values["speed"] == pytest.approx(speed, rel=1e-10)
    if theirs.slope < 0:
        assert found.values["half-life-in-years"] == pytest.approx(math.log(2) / speed, rel=1e-10)
    else:
        assert found.missing == {"half-life-in-years": "no half-life: the members do not converge"}
    spreads = {"start": np.std(before), "end": np.std(now), "change": np.std(now) - np.std(before)}
    assert values("sigma-convergence", region) == {
        name: pytest.approx(spread, rel=1e-10) for name, spread in spreads.items()
    }


@each_region
def test_factors_of_growth_are_those_of_the_files(region):
    areas = members(region)
    logs = {
        name: math.log(of(name, areas, 2024) / of(name, areas, 2019))
        for name in ("gdp", "employed", "active", "population")
    }
    found = bajio.break_down(region, "growth-decomposition", year=2024)
    assert found.values == {
        "productivity": close(logs["gdp"] - logs["employed"]),
        "employment-rate": close(logs["employed"] - logs["active"]),
        "active-share": close(logs["active"] - logs["population"]),
    }
    yearly = bajio.evaluate(region, "gdp-per-capita-compound-growth-5", year=2024, peers=None)
    assert found.total.value == close(5 * math.log1p(yearly.value))


@each_region
def test_the_means_of_employment_growth_are_those_of_numpy(region):
    before, now = (each("employed", members(region), year) for year in (2023, 2024))
    rates = now / before - 1
    plain, weighted = np.mean(rates), np.average(rates, weights=before)
    assert values("employment-growth-mean", region) == {
        "plain": close(plain),
        "weighted": close(weighted),
        "difference": close(plain - weighted),
    }
    found = bajio.break_down(region, "employment-growth-weighing", year=2024)
    shares = before / before.sum() - 1 / len(before)
    assert found.values == {
        area: close(part) for area, part in (shares * (rates - weighted)).items()
    }
    covariance = np.cov(before / before.sum(), rates, bias=True)[0, 1] * len(before)
    assert found.total.value == close(covariance)


def own(measure, figures, unit=None):
    """A dataset of the user's own figures of one measure: area, period, value, where."""
    defined = Registry.default().dataset.measures[measure]
    return bajio.dataset(
        "own",
        measures=[defined],
        sources=[Source("own", "Own figures")],
        observations=[
            Observation(area, period, measure, value, where=where)
            for area, period, value, where in figures
        ],
        units={measure: unit} if unit else None,
        edition="2030",
    )


@cache
def article():
    """Jobs that grew as an article of 2019 printed: 4.9, 4.7, 5.6 and 2.6 per cent."""
    tenths = {"MX-AGU": 49, "MX-GUA": 47, "MX-QUE": 56, "MX-SLP": 26}
    jobs = {"MX-AGU": 322, "MX-GUA": 985, "MX-QUE": 590, "MX-SLP": 446}
    return jobs, tenths


def test_the_plain_mean_is_the_printed_one_and_the_weighted_one_is_another():
    jobs, tenths = article()
    figures = [
        (area, f"{year}-Q{quarter}", jobs[area] * (1000 + tenths[area] * (year - 2018)), ())
        for area in jobs
        for year in (2018, 2019)
        for quarter in (1, 2, 3, 4)
    ]
    found = bajio.break_down("bajio", "employment-growth-mean", own("employed", figures), year=2019)
    weighted = Fraction(sum(jobs[area] * tenths[area] for area in jobs), 1000 * sum(jobs.values()))
    assert found.exact["plain"] == Fraction("0.0445")
    assert found.exact["weighted"] == weighted != found.exact["plain"]


# G. Krumme, Shift and share table, University of Washington, Geography 350: "Holukuluku" and its
# country, four industries, 1985 and 1995; of the country the shares and growth are printed.
INDUSTRY = ("I", "II", "III", "IV")
INDUSTRIES = Classification(
    "industries", [Category(code, code) for code in ("I", "II", "III", "IV")]
)
HOLUKULUKU = {"I": (500, 1000), "II": (100, 100), "III": (200, 250), "IV": (200, 280)}
COUNTRY = {"I": (1000, 1100), "II": (2000, 2400), "III": (4000, 5200), "IV": (3000, 4200)}
PRINTED = {"national": 290, "mix": -80, "regional": 420}
DIFFERENTIAL = {"I": 450, "II": -20, "III": -10, "IV": 0}


def economy(region, country):
    """A world of one region and its country, with jobs by industry ten years ago and now."""
    jobs = Measure("jobs", "Jobs", "person", dimensions=("industry",), minimum=0)
    observations = [
        Observation(area, str(year), "jobs", figure, where=(industry,))
        for area, figures in (("H-0", region), (HOST, country))
        for industry, pair in figures.items()
        for year, figure in zip((YEAR - 10, YEAR), pair, strict=True)
    ]
    return World(("H-0",), (), tuple(observations), measures=(jobs,))


def shifts(world):
    """Parts, differential effect by industry, and total of the shift-share of a world's region."""
    rules = ShiftShare(Sum("jobs"), "industry", 10)
    planner = Planner({one.code: one for one in world.measures}, lambda *_: INDUSTRIES)
    by_industry = planner.table(rules.regional_by_category(), ())
    mixes = planner.table(rules.mix_by_category(), ())

    def value(rule):
        return world.value(planner.plain(rule), ["H-0"])

    return (
        {name: value(rule) for name, rule in rules.parts.items()},
        {name: value(rule) for name, rule in by_industry.items()},
        {name: value(rule) for name, rule in mixes.items()},
        value(rules.whole - rules.start),
    )


def test_shift_share_is_that_of_the_printed_example():
    parts, differential, mixes, change = shifts(economy(HOLUKULUKU, COUNTRY))
    assert parts == PRINTED
    assert differential == DIFFERENTIAL
    assert sum(mixes.values()) == PRINTED["mix"]
    assert change == sum(PRINTED.values()) == 630


figures = st.integers(0, 10**6)
starts = st.fixed_dictionaries({code: st.tuples(figures, figures) for code in INDUSTRY})


@given(starts, starts, st.fractions(Fraction(1, 100), 100, max_denominator=100))
def test_parts_of_a_shift_share_add_up_and_follow_the_unit(region, rest, times):
    country = {code: (a + rest[code][0], b + rest[code][1]) for code, (a, b) in region.items()}
    assume(all(start for start, _ in country.values()))
    world = economy(region, country)
    parts, differential, mixes, change = shifts(world)
    assert sum(parts.values()) == change
    assert sum(differential.values()) == parts["regional"]
    assert sum(mixes.values()) == parts["mix"]
    scaled, *_ = shifts(world.scaled({"jobs": times}))
    assert scaled == {name: part * times for name, part in parts.items()}


@given(starts)
def test_a_country_against_itself_has_a_national_part_alone(country):
    assume(all(start for start, _ in country.values()))
    parts, _, _, change = shifts(economy(country, country))
    assert parts == {"national": change, "mix": 0, "regional": 0}


def test_an_activity_that_starts_from_nothing_in_the_country_is_named():
    figures = [
        (area, str(year), 0 if activity == "114" else int(value), (activity,))
        for area in (*members("bajio"), "MEX")
        for year in (2019, 2024)
        for activity, value in by_activity(area, year).items()
    ]
    data = own("gva-constant", figures)
    found = bajio.break_down("bajio", "shift-share", data, year=2024)
    assert set(found.values) == {"national"}
    assert set(found.missing) == {"mix", "regional"}
    for reason in found.missing.values():
        assert "(Σ gva-constant[activity=114] of the host, 2019)" in reason
    assert set(bajio.break_down("bajio", "shift-share-regional", data, year=2024).missing) == {
        "114"
    }


@pytest.mark.parametrize("code", TOTALS)
@pytest.mark.parametrize("region", bajio.list_regions())
def test_what_adds_up_adds_up_exactly_for_every_region_of_the_catalog(code, region):
    found = bajio.break_down(region, code, year=2024)
    assert sum(found.exact.values()) == found.total.exact


#: Regions of each kind: of some states, of two, of one, and of all; the others repeat them.
_KINDS_OF_REGIONS = ["bajio", "MX-JAL+MX-COL", "MX-CMX", "mexican-states"]


@pytest.mark.parametrize("code", DYNAMICS)
@pytest.mark.parametrize(
    "region",
    [
        *_KINDS_OF_REGIONS,
        *(
            pytest.param(region, marks=pytest.mark.slow)
            for region in bajio.list_regions()
            if region not in _KINDS_OF_REGIONS
        ),
    ],
)
def test_every_region_has_an_answer_or_a_reason(code, region):
    if code == "beta-convergence" and len(members(region)) < 3:
        with pytest.raises(Unavailable, match="needs at least 3 members"):
            bajio.break_down(region, code)
    else:
        found = bajio.profile(region, indicators=[code])[code]
        assert found.year in {2024, 2025}


def test_one_member_is_its_region():
    agu = bajio.profile("MX-AGU", indicators=DYNAMICS, year=2024, peers=None)
    for code in ("gdp", "population", "employment"):
        growth = bajio.evaluate("MX-AGU", f"{code}-growth", year=2024)
        assert agu[f"contribution-{code}-growth"].exact == {"MX-AGU": growth.exact}
    assert agu["employment-growth-mean"].exact["difference"] == 0
    assert agu["employment-growth-weighing"].exact == {"MX-AGU": 0}
    assert agu["sigma-convergence"].exact == {"start": 0, "end": 0, "change": 0}


@pytest.mark.parametrize("measure", ["gdp-constant", "population"])
@pytest.mark.parametrize("code", ["beta-convergence", "sigma-convergence", "growth-decomposition"])
def test_units_of_the_figures_change_no_digit(code, measure):
    name = {"gdp-constant": "gdp", "population": "population"}[measure]
    own_unit = Registry.default().dataset.measures[measure].unit
    figures = [
        (area, str(year), Fraction(int(table(name).loc[area, year]), 1000), ())
        for area in members("bajio")
        for year in (2014, 2019, 2024)
    ]
    thousands = own(measure, figures, f"thousand·{own_unit}")
    found = bajio.break_down("bajio", code, thousands, year=2024)
    assert "own" in {use.source.code for use in found.sources}
    assert found.exact == bajio.break_down("bajio", code, year=2024).exact


@pytest.mark.parametrize(
    ("code", "region", "options", "reason"),
    [
        ("gdp-compound-growth-5", "bajio", {"year": 2003}, "no 'gdp-constant' .* in 1998"),
        ("shift-share", "bajio", {"year": 2003}, "no 'gva-constant' for MX-AGU.* in 1998"),
        ("contribution-gdp-growth", "bajio", {"year": 2003}, "MX-AGU, MX-GUA.* in 2002"),
        ("employment-growth-mean", "bajio", {"year": 2020}, "2020-Q2 not surveyed"),
        ("growth-decomposition", "mexican-states", {"year": 2021}, "for MX-MEX in 2021"),
        ("beta-convergence", "ERI+PRK", {}, "no series has 'gdp-constant' for ERI, PRK"),
        ("shift-share", "FRA+DEU", {}, "no single country: there is no host"),
        ("growth-decomposition", "AND+LIE", {}, "no 'employed' for AND, LIE in 20"),
        ("contribution-employment-growth", "AND+LIE", {}, "no 'employed' for AND, LIE in 20"),
    ],
)
def test_what_is_missing_is_said(code, region, options, reason):
    with pytest.raises(Unavailable, match=reason):
        bajio.profile(region, indicators=[code], **options)[code]


def test_members_that_joined_in_between_are_no_growth():
    with pytest.raises(Unavailable, match="other members in one year than in another"):
        bajio.break_down(
            "centro-bajio-occidente", "contribution-gdp-growth", year=2019, membership="as-of"
        )


@pytest.mark.parametrize(
    ("code", "region", "source", "year"),
    [
        ("gdp-compound-growth-5", "bajio", "inegi-pibe", 2024),
        ("gdp-compound-growth-5", "MEX", "world-bank-volume", 2025),
        ("sigma-convergence", "bajio", "inegi-pibe", 2024),
    ],
)
def test_the_year_is_the_newest_that_has_all(code, region, source, year):
    found = bajio.profile(region, indicators=[code])[code]
    assert found.year == year
    assert {use.source.code for use in found.sources} >= {source}


def test_growth_from_nothing_names_the_figure_and_the_member():
    figures = [
        (area, f"{year}-Q{quarter}", 0 if (area, year) == ("MX-AGU", 2018) else 10, ())
        for area in members("bajio")
        for year in (2018, 2019)
        for quarter in (1, 2, 3, 4)
    ]
    found = bajio.break_down("bajio", "employment-growth-mean", own("employed", figures), year=2019)
    assert found.missing["plain"] == (
        "MX-AGU: growth has no meaning from 0, not positive (employed, 2018)"
    )
    with pytest.raises(Unavailable, match=r"not positive \(Σ employed, 2018\)"):
        bajio.evaluate("MX-AGU", "employment-growth", own("employed", figures), year=2019)


def test_a_ratio_to_nothing_and_a_logarithm_of_nothing_name_the_figure():
    people = Sum("population")
    figures = [
        (area, year, value, ())
        for area in members("bajio")
        for year, value in (("2014", 10), ("2024", 0))
    ]
    nothing = own("population", figures)
    asked = {
        "MXN_2018/person": Sum("gdp-constant") / people,
        "1": Logarithm(people / Lag(people, 10)),
    }
    for unit, rule in asked.items():
        indicator = bajio.Indicator("asked", rule, unit, "Asked")
        with pytest.raises(Unavailable, match=r"\(Σ population, 2024\)"):
            bajio.evaluate("bajio", indicator, nothing, year=2024, peers=None)


def test_tables_of_parts_are_shown_by_name_with_what_is_missing_below(capsys):
    codes = "sigma-convergence,beta-convergence,employment-growth-mean"
    assert main(["profile", "MX-JAL+MX-COL", "--year", "2020", "--indicators", codes]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^Part +Value$", shown, re.MULTILINE)
    assert re.search(r"^Start +0\.", shown, re.MULTILINE)
    assert "No Beta-convergence: a regression needs at least 3 members, and has 2." in shown
    assert (
        "No Employment growth: plain and weighted mean: no 'employed' for MX-COL, MX-JAL in 2020"
        in shown
    )
