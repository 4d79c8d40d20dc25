"""Months and quarters: engines against the reference, and what a period means."""

import pytest
from backends import BACKENDS, arrow, by_key
from drawn import examples
from hypothesis import Phase, assume, event, given, settings, strategies as st
from reference import Reference, Refused
from reference.ranking import Ranking, share_of_host
from test_reference import (
    agree,
    answers,
    as_seen,
    close,
    ends_well,
    in_one_table,
    long_table,
    measures_of,
    membership_table,
    peers_of,
    table_regions,
)

import bajio
from bajio import Growth, Memberships, Sum, WeightedMean
from bajio.errors import BajioError
from bajio.facts.periods import Frequency, seasons
from bajio.rules import At, By, Convert, Deflate, Over
from bajio.testing.wide import wide_regions, wide_worlds
from bajio.testing.worlds import HOST, YEAR

#: One backend at each run, the others where there is time.
QUICK = [
    name if name == "polars-lazy" else pytest.param(name, marks=pytest.mark.slow)
    for name in BACKENDS
]
SEASONS = st.sampled_from([one for often in list(Frequency)[:3] for one in seasons(often)])
RULES = st.sampled_from(
    [
        Sum("people"),
        Growth(Sum("people")),
        Sum("output") / Sum("people"),
        Over(Sum("output"), years=2),
        Over(Sum("people"), years=2),
        Convert(Sum("wages"), to="USD", at="fx") / Sum("land"),
        Deflate(Sum("wages"), base=YEAR - 1, by="cpi"),
        WeightedMean("quota", weight="people"),
        Sum("jobs", {"activity": "a"}) / Sum("people"),
    ]
)
POLICIES = st.sampled_from(["refuse", "partial"])


def notation(season):
    """A season as the reference writes it."""
    return season.text(YEAR).removeprefix(str(YEAR))


def expected_of(world, season, rule, region, **options):
    try:
        return Reference(world, notation(season)).evaluate(rule, region, YEAR, **options)
    except Refused as refused:
        return refused


def read_by(rule):
    """Codes of what a rule reads, of rates where it converts."""
    rates = {"fx", "cpi"}
    return measures_of(rule) - (rates if not rates & set(str(rule).split()) else set())


def has_one_atlas(world):
    """Whether a second source has the country of each measure, as the reference takes it to have.

    Without it the source is one of a single other country, which need not answer for both.
    """
    return all(
        {one.measure for one in layer.observations}
        == {one.measure for one in layer.observations if one.area == HOST}
        for layer in world.layers
        if layer.source == "atlas"
    )


@st.composite
def questions(draw, **options):
    """A world of months and quarters, a rule over it, and a region with members."""
    rule = draw(RULES)
    world = draw(wide_worlds(read_by(rule), months=True, **options).filter(has_one_atlas))
    return world, rule, draw(wide_regions(world).filter(lambda one: one.memberships))


@examples(60)
@given(questions(), SEASONS, POLICIES, st.sampled_from(["newest", "as-of"]))
def test_the_exact_engine_answers_for_any_period(asked, season, missing, membership):
    world, rule, region = asked
    options = {"missing": missing, "membership": membership}
    expected = expected_of(world, season, rule, region, **options)
    found = agree(expected, lambda: world.outcome(rule, region, season=season, **options))
    if found is not None:
        assert close(found.low, expected.value), (found, expected)
        assert (found.status, found.coverage.members) == (expected.status, expected.members)


@examples(30)
@given(questions(), SEASONS, POLICIES, st.data())
def test_the_array_engine_answers_for_any_period(asked, season, missing, data):
    world, rule, first = asked
    begun = wide_regions(world).filter(lambda one: one.memberships)
    some = [first, *data.draw(st.lists(begun, max_size=2))]
    options = {"missing": missing, "membership": data.draw(st.sampled_from(["newest", "as-of"]))}
    memberships = Memberships.of(some, registry=world.known)
    period = season.text(YEAR)
    found = bajio.evaluate_many(
        memberships,
        world.indicator(rule),
        registry=world.known,
        period=period,
        peers=None,
        **options,
    )["asked"]
    assert found.period == period
    for row, region in enumerate(some):
        expected = expected_of(world, season, rule, region, **options)
        if isinstance(expected, Refused):
            assert found.refused[row], (expected.why, found.values[row])
            continue
        assert not found.refused[row], (expected, found.refused[row])
        assert close(found.values[row], float(expected.value))
        assert found.status[row] == expected.status


@examples(30)
@given(
    st.data(),
    st.sampled_from([Sum("people"), Growth(Sum("people")), Sum("output") / Sum("people")]),
    SEASONS,
    st.sampled_from(["countries", "others", "mixed", "dated", "parts"]),
)
def test_ranks_and_shares_of_any_period_are_those_of_the_reference(data, rule, season, peers):
    world = data.draw(wide_worlds(read_by(rule), months=True).filter(has_one_atlas))
    region = data.draw(wide_regions(world).filter(lambda one: one.memberships))
    reference = Reference(world, notation(season))
    indicator = world.indicator(rule, better="higher")
    options = {"registry": world.known, "period": season.text(YEAR), "peers": peers}
    try:
        ranking = Ranking(reference, rule, region, YEAR, lower=False, host="keep")
    except Refused:
        with pytest.raises(BajioError):
            bajio.evaluate(region, indicator, **options)
        return
    found = bajio.evaluate(region, indicator, **options)
    if isinstance(rule, Sum):
        assert found.share_of_host == share_of_host(reference, rule, region, YEAR)
    position, of, tied, missing = ranking.among(*peers_of(world, peers))
    if of > 1 and found.rank is not None:
        own = peers_of(world, peers)[1]
        years = (YEAR, YEAR - 1)
        ever = {c for c in missing if any(answers(reference, rule, own[c], y) for y in years)}
        assert (found.rank.position, found.rank.of, set(found.rank.tied)) == (position, of, tied)
        assert set(found.rank.peers_missing) == ever


def as_shown(world, shown_by):
    """Which measures are given more often than results are, and whether none is less often."""
    order = {"annual": 0, "quarterly": 1, "monthly": 2}
    given = {}
    for seen in world.observations:
        if seen.period:
            often = Frequency.of(seen.period).name.lower()
            given.setdefault(often, set()).add(seen.measure)
    shorter = {often: codes for often, codes in given.items() if order[often] > order[shown_by]}
    return shorter, all(order[often] >= order[shown_by] for often in given)


@pytest.mark.parametrize("backend", QUICK)
@settings(examples(15), phases=[Phase.explicit, Phase.generate])
@given(asked=questions(), data=st.data(), missing=POLICIES)
def test_tables_answer_for_any_period(backend, asked, data, missing):
    world, rule, _ = asked
    world = in_one_table(as_seen(world, backend))
    shown_by = data.draw(st.sampled_from(["annual", "quarterly", "monthly"]))
    shorter, possible = as_shown(world, shown_by)
    assume(possible)
    assume(shown_by == "annual" or not {"cpi"} & set(str(rule).split()))  # of a base year
    rated = {"fx", "cpi"} & measures_of(rule) & set().union(*shorter.values())
    assume(not rated or not read_by(rule) & rated)
    some = data.draw(st.lists(table_regions(world), min_size=1, max_size=2))
    policies = {"missing": missing, "membership": data.draw(st.sampled_from(["newest", "as-of"]))}
    made = BACKENDS[backend]
    found = bajio.evaluate_table(
        made(long_table(world)),
        world.indicator(rule),
        registry=world.known,
        regions=made(membership_table(some)),
        measures=world.measures,
        frequency=shown_by,
        hosts=dict.fromkeys(world.parts, HOST),
        **shorter,
        **policies,
    )
    rows = by_key(found, "region", "period")
    season = data.draw(st.sampled_from(seasons(Frequency[shown_by.upper()])))
    for at, region in enumerate(some):
        row = rows.get((f"r{at}", season.text(YEAR)))
        expected = expected_of(world, season, rule, region, **policies)
        if isinstance(expected, Refused):
            assert row is None or row["asked"] is None, (expected.why, row)
            assert row is None or row["asked_reason"], row
            continue
        event("answered")
        assert row, (expected, region, rows)
        assert row["asked"] is not None, (expected, row)
        assert close(row["asked"], float(expected.value)), (expected, region, row)


CLAIMS = """
code = "jobs"
title = "Jobs"
locale = "en"

[[claims]]
id = "share"
statement = "11.5 % of the country's formal jobs"
relation = "share-of"
subject = "bajio"
indicator = "insured-jobs"
printed = "11.5 %"
period = "2019-02"

[[claims]]
id = "growth"
statement = "The jobs of Aguascalientes grew by 4.9 %"
subject = "MX-AGU"
indicator = "insured-jobs"
printed = "4.9 %"
since = 2018
period = "2019-02"
"""


def test_a_claim_is_about_its_month(tmp_path):
    file = tmp_path / "jobs.toml"
    file.write_text(CLAIMS, encoding="utf-8")
    found = bajio.audit(file)
    share = found["share"]
    assert share.verdict == "contradicted"
    assert str(share.reason) == "11.69 % in February 2019, 0.14 points above [11.45 %, 11.55 %]."
    told = [str(remark.text) for remark in share.remarks]
    assert "Possible slip: another year (February 2018: 11.52 %)." in told
    assert str(found["growth"].reason).startswith("+4.89 % from February 2018 to February 2019")
    assert [one["period"] for one in found.to_dict()["claims"]] == [
        ["2019-02"],
        ["2018-02", "2019-02"],
    ]


@pytest.mark.parametrize(
    ("time", "problem"),
    [
        ('period = "2019-13"', "quarter or month"),
        ("year = 2018", "not of the year 2018"),
        ("years = [2017, 2018]", "period and years contradict"),
    ],
)
def test_a_claim_has_one_period(tmp_path, time, problem):
    file = tmp_path / "jobs.toml"
    line = 'period = "2019-02"\n'
    text = CLAIMS.replace(line, time + "\n" + ("" if "period" in time else line), 1)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BajioError, match=problem):
        bajio.audit(file)


def test_jobs_of_a_month():
    def of(region, indicator, period):
        return bajio.evaluate(region, indicator, period=period, peers=None)

    jobs = of("bajio", "insured-jobs", "2019-02")
    assert (jobs.value, jobs.host_value) == (2_372_239, 20_299_993)
    assert (jobs.period, jobs.year) == ("2019-02", 2019)
    assert round(of("bajio", "insured-jobs-growth", "2019-02").value, 4) == 0.0455
    december = of("bajio", "insured-jobs", "2018-12")
    assert december.exact == of("bajio", "insured-jobs", "2018").exact
    assert december.exact == of("bajio", "insured-jobs", "2018-Q4").exact


def test_a_quarter_of_a_flow():
    quarters = [f"2018-Q{number}" for number in (1, 2, 3, 4)]
    year = bajio.evaluate("bajio", "fdi", year=2018, peers=None)
    parts = bajio.series("bajio", "fdi", years=[2018], frequency="quarterly").results
    assert [one.period for one in parts] == quarters
    assert sum(one.exact for one in parts) == year.exact


def test_annual_measures_are_unavailable_in_a_month_by_name():
    profile = bajio.profile(
        "bajio", period="2019-02", indicators=["insured-jobs", "gdp", "fdi"], peers=None
    )
    assert list(profile) == ["insured-jobs"]
    reasons = {one.indicator.code: one for one in profile.unavailable}
    assert "'gdp'" in reasons["gdp"].reason
    assert "its figures are annual" in reasons["gdp"].reason
    assert "its figures are quarterly" in reasons["fdi"].reason
    assert reasons["gdp"].latest_period == "2024"
    assert reasons["gdp"].latest_year == 2024


def test_what_is_annual_has_no_bounds_in_a_month():
    with pytest.raises(bajio.Unavailable, match=r"'gdp-constant'.*its figures are annual"):
        bajio.evaluate("bajio", "gdp-growth", period="2019-02", missing="bound", peers=None)


def test_a_year_and_a_period_agree():
    assert bajio.Options(year=2019, period="2019-02") == bajio.Options(period="2019-02")
    assert bajio.Options(period=2019) == bajio.Options(year=2019)
    assert bajio.Options(period="2019-02") != bajio.Options(year=2019)
    with pytest.raises(BajioError, match="year=2018 and period='2019-02'"):
        bajio.evaluate("bajio", "insured-jobs", year=2018, period="2019-02")


def test_a_series_is_of_periods_or_of_years():
    def series(**when):
        return [one.period for one in bajio.series("bajio", "insured-jobs", **when).results]

    assert series(periods="2018-11..2019-02") == ["2018-11", "2018-12", "2019-01", "2019-02"]
    assert series(periods=["2019-02", "2018-02"]) == ["2018-02", "2019-02"]
    assert len(series(years=[2018, 2019], frequency="monthly")) == 24
    assert series(years=[2018], frequency="quarterly")[-1] == "2018-Q4"
    for wrong in (
        {"periods": "2018-01..2018-Q4"},
        {"periods": "2019-01..2018-01"},
        {"periods": "2018", "years": [2018]},
        {"periods": "2018", "frequency": "monthly"},
        {"years": [2018], "frequency": "weekly"},
    ):
        with pytest.raises(BajioError):
            series(**wrong)


def test_a_difference_is_between_two_months():
    found = bajio.difference("bajio", "insured-jobs", periods=("2018-02", "2019-02"))
    assert (found.base.period, found.now.period) == ("2018-02", "2019-02")
    assert found.change == sum(one.total for one in found.contributions)
    with pytest.raises(BajioError, match="one frequency"):
        bajio.difference("bajio", "insured-jobs", periods=("2018", "2019-02"))


@examples(60)
@given(questions(own=True), SEASONS, st.sampled_from(["refuse", "partial", "bound"]), st.data())
def test_a_question_of_any_period_ends_in_an_answer_or_in_one_error(asked, season, missing, data):
    world, rule, region = asked
    peers = data.draw(st.sampled_from([None, "countries", "mixed", "dated", "parts"]))
    host = data.draw(st.sampled_from(["keep", "drop", "remainder"]))
    membership = data.draw(st.sampled_from(["newest", "as-of"]))
    period = season.text(YEAR)
    options = {"missing": missing, "peers": peers, "host": host, "membership": membership}
    ends_well(world, rule, region, period=period, **options)


def layered(own, lower, time):
    """A user's jobs of one area laid over published ones, by period."""
    measure = bajio.Measure("own-jobs", "Jobs", "person", time=time)

    def data(name, figures):
        seen = [
            bajio.Observation("MX-JAL", when, "own-jobs", value) for when, value in figures.items()
        ]
        source = bajio.Source(name, name)
        return bajio.dataset(name, measures=[measure], sources=[source], observations=seen)

    return data("mine", own).over(data("theirs", lower))


def of_periods(data, *periods):
    jobs = bajio.Indicator("jobs", Sum("own-jobs"), "person", "Jobs")
    found = []
    for period in periods:
        try:
            answer = bajio.evaluate("MX-JAL", jobs, data=data, period=period, peers=None)
            found.append(answer.value)
        except BajioError:
            found.append(None)
    return found


MONTHS = {f"2018-{month:02}": month for month in range(1, 13)}
QUARTERS = {f"2018-Q{quarter}": 100 * quarter for quarter in range(1, 5)}


@pytest.mark.parametrize(
    ("time", "expected"),
    [("flow", [78, 24, 8]), ("stock", [6.5, 8, 8]), ("end", [12, 9, 8])],
)
def test_what_a_year_and_a_quarter_are_made_of(time, expected):
    assert of_periods(layered({}, MONTHS, time), "2018", "2018-Q3", "2018-08") == expected
    broken = {month: value for month, value in MONTHS.items() if month != "2018-02"}
    first, *rest = of_periods(layered({}, broken, time), "2018", "2018-Q1", "2018-Q3")
    assert rest == [3 if time == "end" else None, expected[1]]
    assert first == (12 if time == "end" else None)


def test_own_figures_count_in_their_periods_and_in_those_that_they_complete():
    summer = {"2018-07": 70, "2018-08": 80, "2018-09": 90}
    own = layered(summer, QUARTERS, "flow")
    assert of_periods(own, "2018-Q3", "2018-Q2") == [240, 200]
    assert of_periods(own, "2018") == [None]  # no span crosses from one source into another
    some = layered({"2018-07": 70}, QUARTERS, "flow")
    assert of_periods(some, "2018-Q3", "2018") == [300, 1000]
    quarter = layered({"2018-Q3": 900}, MONTHS, "flow")
    assert of_periods(quarter, "2018-Q3", "2018-08", "2018-Q2") == [900, 8, 15]
    year = layered({"2018": 5000}, MONTHS, "flow")
    assert of_periods(year, "2018", "2018-Q3", "2018-08") == [5000, 24, 8]


def test_a_table_by_member_is_of_a_month():
    rule = By(At(Sum("insured-jobs"), "member"), "member")
    jobs = bajio.Indicator("jobs-by-member", rule, "job", "Jobs")
    found = bajio.break_down("bajio", jobs, period="2019-02")
    assert (found.period, found.year) == ("2019-02", 2019)
    assert found.values["MX-GUA"] == 1_007_325
    assert found.to_dict()["period"] == "2019-02"


def test_a_spread_is_split_in_a_month():
    rule = bajio.TheilT(Sum("insured-jobs"), Sum("area"))
    spread = bajio.Indicator("theil-jobs", rule, "1", "Theil")
    split = bajio.decompose("bajio", spread, ["MX-AGU+MX-GUA", "rest"], period="2019-02")
    assert (split.period, split.year) == ("2019-02", 2019)


def test_a_search_is_of_a_month():
    found = bajio.search(maximum="insured-jobs-growth", size=2, contiguous=True, period="2019-02")
    assert found.period == "2019-02"
    pair = found.results[0].members
    own = bajio.evaluate(pair, "insured-jobs-growth", period="2019-02", peers=None)
    assert found.results[0].figures[0].value == own.value


def test_regions_of_a_table_are_ranked_month_by_month():
    areas = ["MX-AGU", "MX-GUA", "MX-QUE"]
    figures = {"2019-01": (3, 1, 2), "2019-02": (1, 2, 2), "2020-02": (2, 2, 6)}
    rows = [
        (area, when, own)
        for when, each in figures.items()
        for area, own in zip(areas, each, strict=True)
    ]
    columns = {
        "area": [area for area, _, _ in rows],
        "period": [when for _, when, _ in rows],
        "measure": ["insured-jobs"] * len(rows),
        "value": [float(own) for *_, own in rows],
    }
    found = bajio.evaluate_table(
        BACKENDS["polars"](arrow(columns, (str, str, str, float))),
        ["insured-jobs", "insured-jobs-growth"],
        regions=[bajio.Region([area], code=area) for area in areas],
        frequency="monthly",
        rank=True,
    )
    ranks = {
        key: (row["insured-jobs_rank"], row["insured-jobs-growth_rank"])
        for key, row in by_key(found, "period", "region").items()
    }
    assert [ranks["2019-01", area] for area in areas] == [(1, None), (3, None), (2, None)]
    assert [ranks["2019-02", area] for area in areas] == [(3, None), (1, None), (1, None)]
    assert [ranks["2020-02", area] for area in areas] == [(2, 2), (2, 3), (1, 1)]


def test_the_newest_month_may_be_of_a_year_that_is_not_complete():
    with pytest.raises(bajio.Unavailable) as refused:
        bajio.evaluate("bajio", "insured-jobs", period="2030-02")
    assert (refused.value.latest_period, refused.value.latest_year) == ("2026-04", 2026)
    assert bajio.evaluate("bajio", "insured-jobs", peers=None).period == "2020"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"frequency": "monthly", "quarterly": ["fdi"]}, "'fdi' is quarterly: it has no months"),
        ({"quarterly": ["fdi"], "monthly": ["fdi"]}, "leave it out of one"),
        ({"frequency": "weekly"}, "unknown frequency 'weekly'"),
        ({"frequency": "monthly"}, "'2019-Q1' is quarterly, and 'fdi' is read by month"),
        ({}, "read by year: give years, or say quarterly="),
        ({"monthly": ["fdi"]}, "read by month: give months, or leave it out of monthly="),
    ],
)
def test_a_table_says_how_often_its_measures_are_given(options, problem):
    columns = {"area": ["MX-AGU"], "period": ["2019-Q1"], "measure": ["fdi"], "value": [1.0]}
    table = BACKENDS["polars"](arrow(columns, (str, str, str, float)))
    fdi = bajio.Indicator("own-fdi", Sum("fdi"), "USD", "Investment")
    with pytest.raises(BajioError, match=problem):
        bajio.evaluate_table(table, fdi, regions=["MX-AGU"], **options)


def test_what_is_covered_in_a_month_is_weighed_by_the_people_of_its_year():
    own = {"MX-AGU": 1, "MX-GUA": 2}
    seen = [bajio.Observation(area, "2019-02", "own-jobs", jobs) for area, jobs in own.items()]
    measure = bajio.Measure("own-jobs", "Jobs", "person", time="end")
    data = bajio.dataset(
        "mine", measures=[measure], sources=[bajio.Source("mine", "Mine")], observations=seen
    )
    jobs = bajio.Indicator("jobs", Sum("own-jobs"), "person", "Jobs")
    options = {"data": data, "period": "2019-02", "missing": "partial", "peers": None}
    people = bajio.evaluate("bajio", "population", year=2019, peers=None).members
    share = sum(one.exact for one in people if one.area in own) / sum(one.exact for one in people)
    found = bajio.evaluate("bajio", jobs, **options)
    assert float(found.coverage.weight) == pytest.approx(share)
    many = Memberships.of([bajio.region("bajio")])
    assert bajio.evaluate_many(many, jobs, **options)["jobs"].coverage.weight[0] == pytest.approx(
        share
    )
