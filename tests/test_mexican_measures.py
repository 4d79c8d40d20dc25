"""Insured jobs, homicides, life and schooling of Mexico's states, to what is published of them."""

from fractions import Fraction

import pytest
from backends import BACKENDS, arrow, by_key

import bajio
from bajio.errors import Unavailable
from bajio.registry import Registry

STATES = ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")
FEBRUARY = "2019-02"


def ask(region, indicator, **when):
    return bajio.evaluate(region, indicator, peers=None, **when)


def test_insured_jobs_of_a_month_and_their_growth():
    jobs = ask("bajio", "insured-jobs", period=FEBRUARY)
    assert (jobs.value, jobs.host_value, jobs.period) == (2_372_239, 20_299_993, FEBRUARY)
    assert (round(float(jobs.share_of_host) * 100, 2), jobs.share_basis) == (11.69, "published")
    before = ask("bajio", "insured-jobs", period="2018-02")
    assert round(float(before.share_of_host) * 100, 2) == 11.52
    growth = ask("bajio", "insured-jobs-growth", period=FEBRUARY)
    assert growth.exact == Fraction(jobs.exact, before.exact) - 1
    assert (round(growth.value * 100, 2), round(float(growth.host_value) * 100, 2)) == (4.55, 3.06)
    rates = [ask(state, "insured-jobs-growth", period=FEBRUARY) for state in STATES]
    assert [round(one.value * 100, 2) for one in rates] == [4.89, 4.73, 5.56, 2.58]
    assert round(sum(one.value for one in rates) * 25, 2) == 4.44


def test_insured_jobs_in_bulk_and_in_a_table():
    codes = ["insured-jobs", "insured-jobs-growth"]
    wanted = [ask("bajio", code, period=FEBRUARY).value for code in codes]
    many = bajio.evaluate_many(bajio.Memberships.of(["bajio"]), codes, period=FEBRUARY)
    assert [many[code].values[0] for code in codes] == pytest.approx(wanted)
    data = Registry.default().dataset
    [series] = data.newest("insured-jobs")
    rows = [
        (area, month, float(value))
        for area, cells in data.table(series).values[()].items()
        for month, value in cells.items()
        if area in STATES and month in {"2018-02", FEBRUARY}
    ]
    areas, months, values = zip(*rows, strict=True)
    columns = {"area": areas, "period": months, "insured-jobs": values}
    options = {"regions": ["bajio"], "by": ["period"], "frequency": "monthly"}
    found = bajio.evaluate_table(
        BACKENDS["polars"](arrow(columns, (str, str, float))),
        codes,
        wide={"insured-jobs": "insured-jobs"},
        monthly=["insured-jobs"],
        **options,
    )
    row = by_key(found, "region", "period")["bajio", FEBRUARY]
    assert [row[code] for code in codes] == pytest.approx(wanted)


def test_insured_jobs_of_a_year_are_those_of_december():
    for year in (2018, 2020):
        month = ask("bajio", "insured-jobs", period=f"{year}-12")
        assert ask("bajio", "insured-jobs", year=year).exact == month.exact
    assert ask("bajio", "insured-jobs").year == 2020
    with pytest.raises(Unavailable, match="2021-12 not collected"):
        ask("MEX", "insured-jobs", year=2021)


def test_the_homicide_rate_is_of_whole_years():
    rate = ask("bajio", "homicide-rate", year=2018)
    assert str(rate.unit) == "victim/hundred_thousand_person"
    assert (round(rate.value, 1), round(float(rate.host_value), 1)) == (32.7, 27.5)
    dead = bajio.Indicator("dead", bajio.Sum("homicide-victims"), "victim", "Dead")
    victims = sum(ask(state, dead, year=2018).exact for state in STATES)
    people = ask("bajio", "population", year=2018).exact
    assert rate.exact == Fraction(victims * 100_000, people)
    with pytest.raises(Unavailable, match="2025-07, 2025-08, 2025-09 and 3 more missing"):
        ask("bajio", "homicide-rate", year=2025)
    with pytest.raises(Unavailable, match="its figures are annual"):
        ask("bajio", "homicide-rate", period="2018-03")


def test_means_are_weighed_by_population_between_the_least_and_the_most():
    for code, year in (("life-expectancy", 2018), ("schooling", 2020), ("illiterate", 2010)):
        each = [ask(state, code, year=year) for state in STATES]
        people = [ask(state, "population", year=year).exact for state in STATES]
        mean = sum(one.exact * by for one, by in zip(each, people, strict=True)) / sum(people)
        assert ask("bajio", code, year=year).exact == mean
    published = ask("bajio", "life-expectancy", year=2018).host_value
    states = ask("mexican-states", "life-expectancy", year=2018).value
    assert states == pytest.approx(published, abs=0.4)


def test_years_between_censuses_are_not_filled_in():
    assert [one.year for one in bajio.series("bajio", "schooling", peers=None).results] == [
        2000,
        2005,
        2010,
        2015,
        2020,
    ]
    with pytest.raises(Unavailable, match="newest is 2020"):
        ask("bajio", "schooling", year=2018)
