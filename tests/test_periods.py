"""Periods are read in one place: understood exactly, or refused by name."""

import re

import pytest
from hypothesis import example, given, strategies as st

import bajio
from bajio.errors import InvalidData, InvalidValue
from bajio.facts.periods import Frequency, Period, as_year, one_frequency, year_of

YEARS = st.integers(1000, 9999)
PERIODS = st.one_of(
    st.builds(Period, YEARS, st.just(Frequency.ANNUAL), st.just(0)),
    st.builds(Period, YEARS, st.just(Frequency.QUARTERLY), st.integers(1, 4)),
    st.builds(Period, YEARS, st.just(Frequency.MONTHLY), st.integers(1, 12)),
)
#: What period texts are made of, and what looks like it.
ALMOST = st.text("0123456789-QqMmTt./ \n\u0662\uff12\u2013", min_size=1, max_size=10)


@given(PERIODS)
def test_a_period_is_read_as_it_was_written(period):
    text = str(period)

    assert Period.parse(text) == period
    assert text in period.frequency.periods(period.year)
    assert Frequency.of(text) is period.frequency
    assert year_of(text) == period.year


@given(st.one_of(ALMOST, st.text(max_size=12)))
@example("2018\n")
@example("0999")
@example("2018-Q5")
@example("2018-00")
@example("2018-13")
def test_nothing_else_is_a_period(text):
    if re.fullmatch(r"[1-9][0-9]{3}(-Q[1-4]|-(0[1-9]|1[0-2]))?", text):
        assert str(Period.parse(text)) == text
    else:
        with pytest.raises(InvalidValue, match="is not a period"):
            Period.parse(text)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2018Q1", "write '2018-Q1'"),
        ("Q1 2018", "write '2018-Q1'"),
        ("2018-q1", "write '2018-Q1'"),
        ("201811", "write '2018-11'"),
        ("2018-M02", "write '2018-02'"),
        ("2018-2", "write '2018-02'"),
        (" 2018", "write '2018', without blanks"),
        ("2018.0", "write '2018'"),
        ("2015-2019", "a span of years"),
        ("2018-12-31", "a day"),
        (20181231, "a day"),
        ("2018-W05", "half-years and weeks are not read"),
        ("\uff12\uff10\uff11\uff18", "characters beyond ASCII"),
        (True, "'2018-Q1' or '2018-02'"),
        (2018.0, "'2018-Q1' or '2018-02'"),
        pytest.param(10**6000, "write '2018'", id="of 6,000 digits"),
    ],
)
def test_what_is_meant_is_said(text, advice):
    with pytest.raises(InvalidValue, match=re.escape(advice)):
        Period.parse(text)


def test_whole_numbers_of_numpy_are_years():
    numpy = pytest.importorskip("numpy")

    assert as_year(numpy.int64(2018)) == Period.parse(numpy.int64(2018)).year == 2018
    assert bajio.evaluate("bajio", "population", year=numpy.int64(2018)).value == 12706038
    for wrong in (numpy.bool_(True), numpy.float64(2018), "2018", None, 999, 10_000):
        with pytest.raises(InvalidValue, match="is not a year"):
            as_year(wrong)


def test_one_frequency_in_a_series():
    assert one_frequency([]) is Frequency.TIMELESS
    assert one_frequency(["2018-01", "2018-12"]) is Frequency.MONTHLY
    with pytest.raises(InvalidValue, match="'2018-01' is monthly beside the quarterly '2018-Q1'"):
        one_frequency(["2018-Q1", "2018-01"])


def of_months(values, time):
    code = "jobs"
    return bajio.dataset(
        "mine",
        measures=[bajio.Measure(code, "Jobs", "person", time=time)],
        sources=[bajio.Source("own", "Own")],
        observations=[
            bajio.Observation("MX-JAL", period, code, value) for period, value in values.items()
        ],
    )


def evaluated(data):
    rule = bajio.Indicator("all-jobs", bajio.Sum("jobs"), "person", "Jobs")
    return bajio.evaluate(["MX-JAL"], rule, data=data, year=2018, peers=None)


def test_a_year_of_months_is_their_sum_or_their_mean():
    months = {f"2018-{month:02d}": month for month in range(1, 13)}

    assert evaluated(of_months(months, "flow")).value == 78
    assert evaluated(of_months(months, "stock")).value == 6.5


def test_a_flow_that_lacks_a_month_has_no_year():
    months = {f"2018-{month:02d}": month for month in range(1, 12)}

    with pytest.raises(bajio.Unavailable, match="2018-12"):
        evaluated(of_months(months, "flow"))


@pytest.mark.parametrize("second", ["2018-Q1", "2018-02"])
def test_a_series_of_mixed_frequencies_is_refused(second):
    with pytest.raises(InvalidData, match=rf"row 2.*'{second}' is .*annual"):
        of_months({"2017": 100, second: 25}, "flow")
