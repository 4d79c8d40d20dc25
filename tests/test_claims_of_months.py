"""Claims about months and quarters, worked out by hand over posts that are counted by month.

Of two states: 100 and 50 posts in February 2018, 120 and 48 in February 2019, of 600 and 700 in
the country; in March 2019 there are 130 and 48, and in the first quarter of 2019 sales of 30.
"""

import json
from fractions import Fraction

import pytest
from attrs import evolve
from drawn import examples
from hypothesis import given, strategies as st
from small_countries import HEAD, World

import bajio
from bajio import Growth, Indicator, Measure, Observation, Registry, Source, Sum, hookimpl
from bajio.claims.claim_data import from_data, to_data
from bajio.errors import BajioError, InvalidClaim
from bajio.facts.periods import Period
from bajio.questions.audit.findings import Aspect, Slip, YearsHeld
from bajio.readers.claim_files import parse_claims
from bajio.report.audit_report import audit_report
from bajio.report.derivations import derivation_text

POSTS = {
    "2017-02": {"XA-1": 90, "XA-2": 40, "XA-3": 370, "XAA": 500, "XBB": 300},
    "2018-02": {"XA-1": 100, "XA-2": 50, "XA-3": 450, "XAA": 600, "XBB": 320},
    "2019-02": {"XA-1": 120, "XA-2": 48, "XA-3": 532, "XAA": 700, "XBB": 160},
    "2019-03": {"XA-1": 130, "XA-2": 48, "XA-3": 532, "XAA": 710, "XBB": 165},
}
SALES = {
    "2018-Q1": {"XA-1": 10, "XA-2": 10},
    "2019-Q1": {"XA-1": 18, "XA-2": 12},
}


class Monthly(World):
    """The same countries, with posts by month and sales by quarter."""

    @hookimpl
    def bajio_datasets(self):
        (yearly,) = super().bajio_datasets()
        seen = [
            Observation(area, period, measure, value)
            for measure, periods in (("posts", POSTS), ("sales", SALES))
            for period, areas in periods.items()
            for area, value in areas.items()
        ]
        measures = [
            Measure("posts", "Posts", "person", time="stock", minimum=0),
            Measure("sales", "Sales", "USD", prices="current", minimum=0),
        ]
        monthly = bajio.dataset(
            "monthly", measures=measures, sources=[Source("m", "M")], observations=seen
        )
        return [yearly, monthly]

    @hookimpl
    def bajio_indicators(self):
        return [
            *super().bajio_indicators(),
            Indicator("posts", Sum("posts"), "person", "Posts", better="higher"),
            Indicator("posts-growth", Growth(Sum("posts")), "1", "Growth of posts"),
            Indicator("sales", Sum("sales"), "USD", "Sales"),
        ]


REGISTRY = Registry({"world": Monthly()})
POSTS_OF, GROWTH = 'indicator = "posts"; ', 'indicator = "posts-growth"; '
FEBRUARY = '; period = "2019-02"'
HOLDS, FALSE, NONE = "holds", "contradicted", "not-checkable"


def audited(*claims, head=HEAD, **options):
    text = head + "".join(
        f'[[claims]]\nid = "c{at}"\nstatement = "Claimed."\n' + claim.replace("; ", "\n") + "\n"
        for at, claim in enumerate(claims)
    )
    return bajio.audit(parse_claims(text), registry=REGISTRY, **options)


def found(claim, **options):
    return audited(claim, **options)["c0"]


def said(finding, aspect, language="en"):
    return " ".join(one.text.text(language) for one in finding.about(aspect))


SUM, MEAN, NEAR = (f'relation = "{one}"; ' for one in ("sum-of", "mean-of", "near"))
NEAR_COUNTRY = f'{GROWTH}{NEAR}areas = ["XAA"]; tolerance = "40 %"; part = "12 %"; than = '
POSTS_OF_EACH = '[claims.parts]; XA-1 = "120"; XA-2 = "48"'
RATES = '[claims.parts]; XA-1 = "20 %"; XA-2 = "-4 %"'
TABLE = [
    (f'{POSTS_OF}printed = "168"{FEBRUARY}', HOLDS),
    (f'{POSTS_OF}printed = "150"{FEBRUARY}', FALSE),
    (f'{POSTS_OF}printed = "178"; period = "2019-03"', HOLDS),
    (f'{POSTS_OF}printed = "168"; period = "2019-04"', NONE),
    (f'{POSTS_OF}printed = "168"; year = 2019', NONE),  # of two months there is no year
    ('indicator = "heads"; printed = "518"; period = "2018-02"', NONE),
    ('indicator = "heads"; printed = "518"; period = "2018"', HOLDS),
    ('indicator = "land"; printed = "100"; period = "2019-02"', HOLDS),
    ('indicator = "sales"; printed = "30"; period = "2019-Q1"', HOLDS),
    ('indicator = "sales"; printed = "50 %"; since = 2018; period = "2019-Q1"', HOLDS),
    # 18 more of 150 are 12 %
    (f'{GROWTH}printed = "12 %"{FEBRUARY}', HOLDS),
    (f'{POSTS_OF}printed = "18"; since = 2018{FEBRUARY}', HOLDS),
    (f'{POSTS_OF}printed = "12 %"; since = 2018{FEBRUARY}', HOLDS),
    (f'{POSTS_OF}printed = "12 %"; since = 2018; period = "2019-03"', NONE),
    # 24 % of the country's, and 25 % a year before
    (f'{POSTS_OF}relation = "share-of"; printed = "24 %"{FEBRUARY}', HOLDS),
    (f'{POSTS_OF}relation = "share-of"; printed = "25.0 %"{FEBRUARY}', FALSE),
    (f'{POSTS_OF}relation = "share-of"; printed = "-1.0 points"; since = 2018{FEBRUARY}', HOLDS),
    (f'{POSTS_OF}relation = "exceeds"; areas = ["XBB"]{FEBRUARY}', HOLDS),
    (f'{POSTS_OF}relation = "exceeds"; areas = ["XBB"]; period = "2018-02"', FALSE),
    (f'{POSTS_OF}relation = "near"; areas = ["XBB"]{FEBRUARY}', HOLDS),
    (
        f'{POSTS_OF}relation = "times"; printed = "105 %"; areas = ["XBB"]{FEBRUARY}',
        HOLDS,
    ),
    (f'{POSTS_OF}relation = "top"; top = 2{FEBRUARY}', HOLDS),
    (f'{POSTS_OF}relation = "top"; top = 1{FEBRUARY}', FALSE),
    (f'{POSTS_OF}relation = "top"; top = 2; period = "2018-02"', FALSE),
    (f'{POSTS_OF}{SUM}printed = "168"{FEBRUARY}; {POSTS_OF_EACH}', HOLDS),
    # 20 % more and 4 % less are 8 % on average
    (f'{GROWTH}{MEAN}printed = "8 %"{FEBRUARY}; {RATES}', HOLDS),
    # what is printed beside it: growth of 16.67 % in the country
    (f'{NEAR_COUNTRY}"16.7 %"{FEBRUARY}', HOLDS),
    (f'{NEAR_COUNTRY}"16 %"{FEBRUARY}', FALSE),
]


@pytest.mark.parametrize(("claim", "verdict"), TABLE, ids=[claim for claim, _ in TABLE])
def test_a_claim_of_a_month_has_the_verdict_that_was_worked_out(claim, verdict):
    assert found(claim).verdict.value == verdict


@pytest.mark.parametrize("claim", [claim for claim, verdict in TABLE if verdict in {HOLDS, FALSE}])
def test_what_is_found_of_a_month_tells_it_everywhere(claim):
    audit = audited(claim)
    finding = audit["c0"]
    (told,) = json.loads(json.dumps(audit_report(audit).data(), allow_nan=False))["claims"]

    if finding.figure.years:
        period = str(finding.figure.season.of(finding.figure.years[-1]))
        months = {"2019-02": "February 2019", "2019-03": "March 2019", "2018-02": "February 2018"}
        assert told["period"][-1] == (int(period) if period.isdigit() else period)
        assert months.get(period, period.partition("-")[0]) in str(finding.reason)
        assert f", {period}" in derivation_text(audit, "c0")


def test_slips_and_years_of_a_month_are_of_that_month():
    finding = found(f'{POSTS_OF}relation = "share-of"; printed = "25.0 %"{FEBRUARY}')
    (slip,) = [one for one in finding.evidence if isinstance(one, Slip)]
    (held,) = [one for one in finding.evidence if isinstance(one, YearsHeld)]

    assert str(finding.reason).startswith("24.00 % in February 2019, 0.95 points below")
    assert said(finding, Aspect.SLIP) == "Possible slip: another year (February 2018: 25.00 %)."
    assert said(finding, Aspect.SLIP, "es") == (
        "Posible desliz: otro año (febrero de 2018: 25.00 %)."
    )
    assert (slip.years, slip.value, str(slip.season.of(2018))) == (
        (2018,),
        Fraction(1, 4),
        "2018-02",
    )
    assert (held.years, held.checked) == ((2018,), (2017, 2019))
    assert said(finding, Aspect.YEARS) == "True in February 2018 (of 2017–2019)."


def test_years_of_a_month_are_told_in_words():
    never = found(f'{POSTS_OF}printed = "5"{FEBRUARY}')
    always = found(f'{POSTS_OF}printed = "over 5"{FEBRUARY}')
    quarter = found('indicator = "sales"; printed = "over 25"; period = "2019-Q1"')

    assert said(never, Aspect.YEARS) == "True in no February from 2017 to 2019."
    assert said(never, Aspect.YEARS, "es") == "En ningún febrero de 2017 a 2019."
    assert said(never, Aspect.NEAREST) == "Nearest: February 2017: 130 persons."
    assert said(always, Aspect.YEARS) == "True in February of 2017–2019 (of 2017–2019)."
    assert str(quarter.reason).startswith("30 USD in Q1 2019")
    assert quarter.reason.text("es").startswith("30 USD en 1T de 2019")
    change = found(f'{POSTS_OF}printed = "12 %"; since = 2018{FEBRUARY}')
    assert "+12.00 % from February 2018 to February 2019" in str(change.reason)


def test_what_is_printed_beside_a_comparison_is_set_against_the_data():
    """Half the heads of XAA: 168 and 160 posts, of which 168 and 170 were printed."""
    exceeds = f'{POSTS_OF}relation = "exceeds"; areas = ["XBB"]; '
    right = found(f'{exceeds}part = "168"; than = "160"{FEBRUARY}')
    wrong = found(f'{exceeds}part = "180"; than = "170"{FEBRUARY}')
    share = found(
        f'{POSTS_OF}relation = "share-of"; printed = "25 %"; part = "175"; whole = "700"{FEBRUARY}'
    )

    assert said(right, Aspect.RELATED) == (
        "Printed with it, and right in February 2019: “168” (168 persons) and “160” (160 persons)."
    )
    assert wrong.verdict.value == FALSE
    assert str(wrong.reason).endswith(
        "But “180” is 168 persons by the data and “170” is 160 persons by the data."
    )
    assert share.verdict.value == FALSE
    assert said(share, Aspect.RELATED) == (
        "Printed with it, and right in February 2019: “700” (700 persons). "
        "Printed with it: “175” is 168 persons by the data."
    )


def test_the_mean_of_anothers_parts_is_not_set_against_the_figure():
    """The two grew by 12 % together, and 8 % is the mean of their rates."""
    mean = (
        f'{GROWTH}relation = "mean-of"; printed = "8 %"{FEBRUARY}; '
        'parts = { XA-1 = "20 %", XA-2 = "-4 %" }'
    )
    beside = f'{GROWTH}relation = "exceeds"; areas = ["XBB"]; part = {{ claim = "c0" }}; '
    audit = audited(mean, f'{beside}than = "-50 %"{FEBRUARY}', f'{beside}than = "-40 %"{FEBRUARY}')

    assert [finding.verdict.value for finding in audit.values()] == [HOLDS, HOLDS, FALSE]
    assert audit["c0"].figure.low == Fraction(8, 100)
    assert said(audit["c0"], Aspect.OWN) == "The plain mean of the parts as printed is 8 %."


def test_claims_that_name_no_period_take_the_sets_or_the_askers():
    head = HEAD.replace("year = 2018", 'period = "2019-02"')
    claim, march = f'{POSTS_OF}printed = "168"', f'{POSTS_OF}printed = "178"'

    assert found(claim, head=head).verdict.value == HOLDS
    assert audited(claim, head=head).to_dict()["period"] == "2019-02"
    assert audited(claim).to_dict()["period"] == "2018"
    assert found(march, head=head).verdict.value == FALSE
    assert found(march, head=head, period="2019-03").verdict.value == HOLDS
    assert found(f'{march}; period = "2019-03"', head=head, period="2019-02").verdict.value == HOLDS
    assert (
        found('indicator = "heads"; printed = "518"; year = 2018', head=head).verdict.value == HOLDS
    )
    with pytest.raises(BajioError, match="are not one"):
        found(claim, year=2018, period="2019-02")


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ('printed = "5"; period = "2019-13"', "a year, quarter or month in quotes"),
        ('printed = "5"; period = 2019', "a year, quarter or month in quotes"),
        ('printed = "5"; year = 2018; period = "2019-02"', "not of the year 2018"),
        ('printed = "5"; since = 2019; period = "2019-02"', "cannot end in 2019-02"),
    ],
)
def test_a_period_that_means_nothing_is_a_fault_of_the_claim(claim, told):
    with pytest.raises(InvalidClaim) as caught:
        found(f"{POSTS_OF}{claim}")

    assert told in str(caught.value)


def test_a_set_has_one_period():
    with pytest.raises(InvalidClaim, match="2019-02 is not of the year 2018"):
        found(f'{POSTS_OF}printed = "5"', head=HEAD + 'period = "2019-02"\n')


def test_claims_of_months_survive_json():
    claims = audited(*(claim for claim, _ in TABLE[:20])).claims
    dated = evolve(claims, year=None, period="2018-Q1")

    for one in (claims, dated):
        assert from_data(json.loads(json.dumps(to_data(one)))) == one
    assert to_data(dated)["period"] == "2018-Q1"
    assert to_data(claims)["claims"][0]["period"] == "2019-02"
    assert claims["c0"].when == Period.parse("2019-02")


def test_claims_of_one_month_contradict_each_other_and_no_others():
    one, other = f'{POSTS_OF}printed = "168"', f'{POSTS_OF}printed = "178"'

    assert audited(one + FEBRUARY, f'{other}; period = "2019-03"').conflicts == ()
    assert [two.claims for two in audited(one + FEBRUARY, other + FEBRUARY).conflicts] == [
        ("c0", "c1")
    ]


def test_what_members_a_claim_of_a_month_would_hold_with_is_of_that_month():
    finding = found(f'{POSTS_OF}printed = "120"{FEBRUARY}')

    assert said(finding, Aspect.INVERSE) == "It would hold without State 2 (120 persons)."


MONTHS = [f"{year}-{month:02d}" for year in (2017, 2018, 2019) for month in (1, 2, 7)]
figures_of = st.dictionaries(
    st.sampled_from(MONTHS), st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=1
)


@examples(25)
@given(figures_of, st.sampled_from(MONTHS), st.integers(0, 3))
def test_a_claim_of_a_month_is_decided_by_its_month_alone(posts, period, off):
    """Its total holds if it is that of the month, and is that of no other month's."""
    seen = [
        Observation(area, month, "posts", value)
        for month, values in posts.items()
        for area, value in zip(("XA-1", "XA-2"), values, strict=True)
    ]
    measures = [Measure("posts", "Posts", "person", time="stock", minimum=0)]
    data = bajio.dataset("m", measures=measures, sources=[Source("m", "M")], observations=seen)

    class Drawn(World):
        @hookimpl
        def bajio_datasets(self):
            return [data]

        @hookimpl
        def bajio_indicators(self):
            return [Indicator("posts", Sum("posts"), "person", "Posts")]

    totals = {month: sum(values) for month, values in posts.items()}
    same = {month: total for month, total in totals.items() if month[5:] == period[5:]}
    printed = totals.get(period, 500) + off
    text = (
        f'{HEAD}[[claims]]\nid = "c"\nstatement = "S."\nperiod = "{period}"\n'
        f'indicator = "posts"\nprinted = "{printed}"\n'
    )
    audit = bajio.audit(parse_claims(text), registry=Registry({"world": Drawn()}))
    finding, (told,) = audit["c"], audit.to_dict()["claims"]

    if period not in totals:
        assert finding.verdict.value == NONE
        return
    assert (finding.figure.low, told["period"]) == (totals[period], [period])
    assert finding.verdict.value == (FALSE if off else HOLDS)
    assert told["years"] == [month for month in sorted(same) if same[month] == printed]
    assert told["years_checked"] == [min(same), max(same)]
    slips = [one for one in finding.evidence if isinstance(one, Slip) and one.kind == "year"]
    assert {slip.season.text(year) for slip in slips for year in slip.years} <= same.keys()


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ('indicator = "population"; printed = "12 million"; period = "2019-02"', "anuales"),
        ('indicator = "fdi"; printed = "12 billion"; period = "2019-02"', "trimestrales"),
        ('indicator = "homicide-rate"; printed = "12"; year = 2025', "(sin 2025-07, 2025-08,"),
        ('indicator = "insured-jobs"; printed = "12"; year = 2022', "(2022-12: no recabado)"),
    ],
)
def test_why_a_period_has_no_figure_is_told_in_each_language(claim, told):
    head = 'code = "c"; title = "C"; locale = "en"; [[claims]]; id = "c"; statement = "Claimed."'
    claims = parse_claims(f'{head}; subject = "bajio"; {claim}'.replace("; ", "\n"))
    finding = bajio.audit(claims)["c"]
    assert told in finding.reason.text("es")
    assert not {"missing", "figures", "collected", "more"} & set(finding.reason.text("es").split())
