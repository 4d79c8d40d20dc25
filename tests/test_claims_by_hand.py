"""Claims whose verdicts were worked out by hand, over a world of three small countries.

The region is two states of the first country. All figures of 2003 and 2018 are below: it has 518
heads of 2,000 where it had 200 of 1,000, and saves -7.445 % of its output where it saved -5 %.
"""

import json
from copy import deepcopy
from fractions import Fraction

import pytest
from attrs import evolve
from printing import write_printed
from small_countries import FIGURES, HEAD, LAND, REGISTRY, YEARS, World, found

import bajio
from bajio import Indicator, Measure, Observation, Registry, Source, Sum, hookimpl
from bajio.claims.claim_data import from_data, to_data
from bajio.claims.conventions import Convention
from bajio.claims.numerals import read_printed
from bajio.errors import InvalidClaim
from bajio.facts.regions import Membership
from bajio.questions.audit.findings import Aspect
from bajio.readers.claim_files import parse_claims
from bajio.report.audit_report import audit_report
from bajio.report.derivations import derivation_text
from bajio.report.fact_check import audit_table

HEADS = 'indicator = "heads"; '
SAVING = 'indicator = "saving"; '
SINCE = "; since = 2003"
SHARE = f'{HEADS}relation = "share-of"; '
EXCEEDS, NEAR = f'{HEADS}relation = "exceeds"; ', f'{HEADS}relation = "near"; '
TIMES, TOP = f'{HEADS}relation = "times"; ', f'{HEADS}relation = "top"; '
SUM, MEAN = f'{HEADS}relation = "sum-of"; ', 'relation = "mean-of"; '
HOLDS, FALSE, NONE = "holds", "contradicted", "not-checkable"


def es(text):
    return f'printed = {{ es = "{text}" }}'


TABLE = [
    # levels: 518 heads
    (f'{HEADS}printed = "518"', HOLDS),
    (f'{HEADS}printed = "over 517"', HOLDS),
    (f'{HEADS}printed = "over 518"', FALSE),
    (f'{HEADS}printed = "at least 518"', HOLDS),
    (f'{HEADS}printed = "almost 520"', HOLDS),
    (f'{HEADS}printed = "a little over 500"', HOLDS),
    (f'{HEADS}printed = "between 500 and 510"', FALSE),
    (f"{HEADS}{es('hasta 518')}", HOLDS),
    (f"{HEADS}{es('casi 510')}", FALSE),
    # a change as an amount: 318 heads more than in 2003
    (f'{HEADS}printed = "318"{SINCE}', HOLDS),
    (f'{HEADS}printed = "over 317"{SINCE}', HOLDS),
    (f'{HEADS}printed = "518"{SINCE}', FALSE),
    (f'{HEADS}printed = "159"{SINCE}', FALSE),
    (f'{HEADS}printed = "between 310 and 320"{SINCE}', HOLDS),
    (f"{HEADS}{es('casi 320')}{SINCE}", HOLDS),
    (f'{HEADS}printed = "248"; since = 2010', HOLDS),
    # in percent: 159 % more
    (f'{HEADS}printed = "159 %"{SINCE}', HOLDS),
    (f'{HEADS}printed = "259 %"{SINCE}', FALSE),
    (f'{HEADS}printed = "about 160 %"{SINCE}', HOLDS),
    (f"{HEADS}{es('más del 159 %')}{SINCE}", FALSE),
    (f"{HEADS}{es('al menos 159 %')}{SINCE}", HOLDS),
    # as a multiple: 2.59 times
    (f'{HEADS}printed = "doubled"{SINCE}', FALSE),
    (f'{HEADS}printed = "more than doubled"{SINCE}', HOLDS),
    (f"{HEADS}{es('más que el doble')}{SINCE}", HOLDS),
    (f"{HEADS}{es('más del doble')}{SINCE}", HOLDS),
    (f"{HEADS}{es('casi el triple')}{SINCE}", FALSE),
    (f'{HEADS}printed = "2.6 times"{SINCE}', HOLDS),
    (f'{HEADS}printed = "at least 2.5 times"{SINCE}', HOLDS),
    # percentages of shares only change in points
    (f'{HEADS}printed = "3 points"{SINCE}', NONE),
    # shares: 25.9 %, and 25 % of the land
    (f'{SHARE}printed = "25.9 %"', HOLDS),
    (f'{SHARE}printed = "over a quarter"', HOLDS),
    (f'{SHARE}printed = "one in four"', HOLDS),
    (f"{SHARE}{es('un tercio')}", FALSE),
    ('indicator = "land"; relation = "share-of"; printed = "25 %"', HOLDS),
    (f'{SAVING}relation = "share-of"; printed = "25 %"', NONE),
    # the change of a share: from 20 % to 25.9 %
    (f'{SHARE}printed = "5.9 points"{SINCE}', HOLDS),
    (f"{SHARE}{es('25.9 puntos')}{SINCE}", FALSE),
    (f'{SHARE}printed = "29.5 %"{SINCE}', HOLDS),
    (f'{SHARE}printed = "5.9 %"{SINCE}', FALSE),
    (f'{SHARE}printed = "1.3 times"{SINCE}', HOLDS),
    (f'{SHARE}printed = "almost 6 points"{SINCE}', HOLDS),
    # others had 100 % (XBB) and 200 % (XCC) more, or 400 and 100 heads
    (f'{EXCEEDS}areas = ["XBB"]', FALSE),
    (f'{EXCEEDS}areas = ["XBB"]{SINCE}', HOLDS),
    (f'{EXCEEDS}areas = ["XCC"]', HOLDS),
    (f'{EXCEEDS}areas = ["XCC"]{SINCE}', FALSE),
    (f'{EXCEEDS}areas = ["XCC"]{SINCE}; change = "absolute"', HOLDS),
    (f'{EXCEEDS}areas = ["XBB"]{SINCE}; change = "absolute"', FALSE),
    (f'{NEAR}areas = ["XCC"]{SINCE}', FALSE),
    (f'{NEAR}areas = ["XCC"]{SINCE}; tolerance = "30 %"', HOLDS),
    (f'{NEAR}areas = ["XBB"]{SINCE}; tolerance = "30 %"; change = "absolute"', HOLDS),
    (f'{TIMES}printed = "almost two thirds"; areas = ["XBB"]', HOLDS),
    (f'{TIMES}printed = "more than triple"; areas = ["XCC"]', HOLDS),
    (f'{TIMES}printed = "345 %"; areas = ["XCC"]', HOLDS),
    (f'{TIMES}printed = "1.6 times"; areas = ["XBB"]{SINCE}', HOLDS),
    (f'{TIMES}printed = "double"; areas = ["XBB"]{SINCE}', FALSE),
    ('indicator = "land"; relation = "times"; printed = "double"; areas = ["XCC"]', HOLDS),
    # ranks: third by heads and by heads more, second in percent
    (f"{TOP}top = 3", HOLDS),
    (f"{TOP}top = 2", FALSE),
    (f"{TOP}top = 2{SINCE}", HOLDS),
    (f"{TOP}top = 1{SINCE}", FALSE),
    (f'{TOP}top = 2{SINCE}; change = "absolute"', FALSE),
    (f'{TOP}top = 3{SINCE}; change = "absolute"', HOLDS),
    (f'{SAVING}relation = "top"; top = 3; since = 2003', HOLDS),
    (f'{SAVING}relation = "top"; top = 2; since = 2003', FALSE),
    # parts: 200 and 118 heads more, which are 200 % and 118 %
    (f'{SUM}printed = "318"{SINCE}; [claims.parts]; XA-1 = "200"; XA-2 = "118"', HOLDS),
    (f'{SUM}printed = "518"{SINCE}; [claims.parts]; XA-1 = "300"; XA-2 = "218"', FALSE),
    (f'{SUM}printed = "518"; [claims.parts]; XA-1 = "300"; XA-2 = "218"', HOLDS),
    (
        f'{HEADS}{MEAN}printed = "159 %"{SINCE}; [claims.parts]; XA-1 = "200 %"; XA-2 = "118 %"',
        HOLDS,
    ),
    (
        f'{SAVING}{MEAN}printed = "-7.4 %"; [claims.parts]; XA-1 = "-7.39 %"; XA-2 = "-7.5 %"',
        HOLDS,
    ),
    (
        f'{SAVING}{MEAN}printed = "-7.0 %"; [claims.parts]; XA-1 = "-7.0 %"; XA-2 = "-7.0 %"',
        FALSE,
    ),
    # what is printed beside a share or a total has to be so too
    (f'{SHARE}printed = "25.9 %"; part = "518"; whole = "2000"', HOLDS),
    (f'{SHARE}printed = "25.9 %"; part = "51.8"; whole = "200"', FALSE),
    (f'{SHARE}printed = "25.9 %"; part = "over 517"; whole = "almost 2001"', HOLDS),
    (f'{SHARE}printed = "26 %"; part = "518"; whole = "900"', "inconsistent"),
    (f'{TIMES}printed = "345 %"; areas = ["XCC"]; part = "518"; whole = "150"', HOLDS),
    (f'{TIMES}printed = "345 %"; areas = ["XCC"]; part = "51.8"; whole = "15.0"', FALSE),
    (f'{SUM}printed = "518"; [claims.parts]; XA-1 = "over 290"; XA-2 = "over 210"', "inconsistent"),
    (f'{SUM}printed = "501"; [claims.parts]; XA-1 = "over 290"; XA-2 = "over 211"', FALSE),
    (f'{SHARE}printed = "100 %"; subject = "XAA"', NONE),
    # negative numbers: -7.445 %
    (f'{SAVING}printed = "-7.4 %"', HOLDS),
    (f'{SAVING}printed = "almost -7.5 %"', HOLDS),
    (f"{SAVING}{es('poco menos de -7.5 %')}", HOLDS),
    (f'{SAVING}printed = "over -7 %"', HOLDS),
    (f'{SAVING}printed = "over -7.5 %"', FALSE),
    (f'{SAVING}printed = "up to -7.4 %"', FALSE),
    (f"{SAVING}{es('hasta -7.5 %')}", HOLDS),
    (f'{SAVING}printed = "at least -7.4 %"', HOLDS),
    (f'{SAVING}printed = "a little over -7.4 %"', HOLDS),
    (f'{SAVING}printed = "less than -7.4 %"', FALSE),
    (f'{SAVING}printed = "between -8 and -7 %"', HOLDS),
    (f"{SAVING}{es('entre -7 y -8 %')}", HOLDS),
    (f'{SAVING}printed = "about -7.2 %"', HOLDS),
    # their changes: 2.445 points down; from what is not positive there is no percentage
    (f'{SAVING}printed = "-2.4 points"{SINCE}', HOLDS),
    (f'{SAVING}printed = "almost -2.5 points"{SINCE}', HOLDS),
    (f'{SAVING}printed = "over 2 points"{SINCE}', FALSE),
    (f'{SAVING}printed = "48.9 %"{SINCE}', NONE),
    (f'{SAVING}printed = "1.5 times"{SINCE}', NONE),
    (f'{SAVING}relation = "exceeds"; areas = ["XCC"]{SINCE}', HOLDS),
    (f'{SAVING}relation = "exceeds"; areas = ["XBB"]{SINCE}', FALSE),
    (f'{SAVING}relation = "times"; printed = "double"; areas = ["XCC"]', NONE),
    (f'indicator = "balance"; printed = "almost -40"{SINCE}', HOLDS),
    (f'indicator = "balance"; printed = "over 39"{SINCE}', FALSE),
    (f'indicator = "land"; printed = "0"{SINCE}', NONE),
]


@pytest.mark.parametrize(("claim", "verdict"), TABLE, ids=[claim for claim, _ in TABLE])
def test_a_claim_has_the_verdict_that_was_worked_out(claim, verdict):
    assert found(claim).verdict.value == verdict


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (f'{HEADS}printed = "318"; since = 2018', "a change since 2018 cannot end in 2018"),
        (f'{HEADS}printed = "318"; since = 2010; year = 2003', "cannot end in 2003"),
        (f'{HEADS}printed = "318"; since = 2010; years = [2003, 2018]', "no span of years"),
        (f'{HEADS}printed = "318"; change = "percent"', "no use for 'change'"),
        (f'{TOP}top = 3; change = "percent"', "a change since when?"),
        (f'{SAVING}printed = "2 points"', "points are of a change"),
        (f'{HEADS}printed = "double"', "a multiple of what?"),
        (f'{SHARE}printed = "5 million"', "a share is printed in percent"),
        (f'{SHARE}printed = "3 times"', "a share is no multiple"),
        (f'{SHARE}printed = "25 %"; unit = "person"', "nothing that it prints is in a unit"),
        (f'{HEADS}printed = "25 %"; unit = "person"', "nothing that it prints is in a unit"),
        (f'{HEADS}printed = "over 500"; areas = ["XBB"]', "no use for 'areas'"),
        (f'{EXCEEDS}areas = ["XBB"]; printed = "over 500"', "how much more than areas"),
        (f'{EXCEEDS}areas = ["XBB"]; than = "500"', "keep one"),
        (f'{TOP}top = 3; printed = "500"', "no use for 'printed'"),
        (f'{SHARE}printed = "25 %"; areas = ["XBB"]', "is no part of 'XBB'"),
        (f'{TIMES}printed = "double"; areas = ["XBB", "XCC"]', "a multiple is of one area"),
        (f'{TIMES}printed = "2 points"; areas = ["XBB"]', "a multiple is not in points"),
        (f'{SAVING}printed = "almost 0 %"', "5 % of nothing is nothing"),
        (
            f'{SUM}printed = "3 %"; [claims.parts]; XA-1 = "300"; XA-2 = "218"',
            "count different things",
        ),
        (
            f'{SUM}printed = "5"; whole = "5"; [claims.parts]; XA-1 = "300"; XA-2 = "218"',
            "both the total",
        ),
        (f'{EXCEEDS}areas = ["XBB+XCC", "XCC+XBB"]', "are the same"),
        (f'{EXCEEDS}areas = ["XBB", "XBB"]', "named twice"),
        (
            f'{SUM}printed = "600"; [claims.parts]; XA-1 = "300"; XBB = "300"',
            "'XBB' is no part of 'XA-1+XA-2'",
        ),
        (
            f'{SUM}printed = "818"; [claims.parts]; XA-1 = "300"; "XA-1+XA-2" = "518"',
            "an area lies in two of them",
        ),
        (f'{HEADS}printed = "518 on average"', "an average of what?"),
        (f'{SHARE}printed = "5 %"; part = {{ claim = "d" }}', "'d', which is no other claim"),
        (f'{SHARE}printed = "5 %"; part = {{ claim = "c" }}', "'c', which is no other claim"),
        (f'{HEADS}printed = "500"; years = [1500, 2018]', "at most 100 years"),
    ],
)
def test_what_is_not_defined_is_a_fault_of_the_claim(claim, told):
    with pytest.raises(InvalidClaim) as caught:
        found(claim)

    assert told in str(caught.value)


def said(claim, *aspects):
    finding = found(claim)
    return " ".join(str(remark.text) for remark in finding.about(*aspects))


def test_a_change_is_told_as_one():
    share = found(f'{SHARE}printed = "25.9 points"{SINCE}')
    heads = found(f'{HEADS}printed = "over 300"{SINCE}')
    multiple = found(f'{HEADS}printed = "doubled"{SINCE}')

    assert str(share.reason).startswith("+5.90 points from 2003 to 2018, 19.95 points below")
    assert "+318 persons from 2003 to 2018" in str(heads.reason)
    assert heads.reason.text("es").startswith("+318 personas de 2003 a 2018")
    assert str(multiple.reason) == (
        "2.59 times from 2003 to 2018, 15.1 % above [1.75 times, 2.25 times]."
    )
    assert (share.figure.value, share.figure.years) == (pytest.approx(0.059), (2003, 2018))
    assert (heads.reading.low, heads.reading.open_low) == (300, True)


def test_slips_of_a_change_are_sought_among_changes():
    assert "percent and percentage points" in said(f'{SHARE}printed = "5.9 %"{SINCE}', Aspect.SLIP)
    assert "2.59 times is growth of 159.00 %" in said(
        f'{HEADS}printed = "259 %"{SINCE}', Aspect.SLIP
    )
    assert "the figure of XAA (100.00 %)" in said(f'{HEADS}printed = "100 %"{SINCE}', Aspect.SLIP)
    assert "XAA" not in said(f'{HEADS}printed = "2000"{SINCE}', Aspect.SLIP)
    assert "another year (2010: 70)" not in said(f'{HEADS}printed = "270"{SINCE}', Aspect.SLIP)
    assert "another year (2010: 70 persons)" in said(f'{HEADS}printed = "70"{SINCE}', Aspect.SLIP)


def test_a_share_of_a_change_is_told_from_the_change_of_a_share():
    told = said(f'{SHARE}printed = "about 32 %"{SINCE}', Aspect.SLIP)

    assert "the share of the country's change (31.80 %)" in told  # 318 of 1,000 heads


def test_a_comparison_of_changes_tells_where_amounts_would_differ():
    told = said(f'{EXCEEDS}areas = ["XCC"]{SINCE}', Aspect.CHOICE)

    assert "As an amount, and not in percent, it would hold: 318 persons; XCC 100 persons" in told


def test_a_top_with_as_many_places_as_peers_says_so():
    assert "each is among the first 9" in said(f"{TOP}top = 9", Aspect.CHOICE)
    assert "each is among" not in said(f"{TOP}top = 3", Aspect.CHOICE)


def test_a_mean_is_judged_by_its_parts_and_the_datas_own_is_told():
    told = said(
        f'{SAVING}{MEAN}printed = "-7.4 %"; [claims.parts]; XA-1 = "-7.39 %"; XA-2 = "-7.5 %"',
        Aspect.RELATED,
    )

    assert "the plain mean of the parts is -7.44 %" in told
    assert "as a whole is -7.44 %" in told


@pytest.mark.parametrize("claim", [claim for claim, _ in TABLE])
def test_no_surroundings_change_a_verdict_or_its_words(claim):
    from decimal import ROUND_FLOOR, Context, localcontext

    with localcontext(Context(prec=3, rounding=ROUND_FLOOR)):
        low = found(claim, Registry({"world": World()}))
    usual = found(claim)

    assert low == usual
    assert [remark.text for remark in low.remarks] == [remark.text for remark in usual.remarks]


@pytest.mark.parametrize("claim", [claim for claim, _ in TABLE if "printed" in claim])
def test_the_language_of_a_claim_does_not_change_its_verdict(claim):
    (one,) = parse_claims(
        f'{HEAD}[[claims]]\nid = "c"\nstatement = "Claimed."\n' + claim.replace("; ", "\n")
    ).claims
    texts = {locale: write_printed(one.printed, locale) for locale in ("en", "es-MX", "es-ES")}
    verdicts = {
        bajio.audit(
            bajio.ClaimSet(
                "c",
                "C",
                [evolve(one, printed=read_printed(text, Convention(locale)))],
                year=2018,
                peers="trio",
            ),
            registry=REGISTRY,
        )["c"].verdict
        for locale, text in texts.items()
    }

    assert verdicts == {found(claim).verdict}


# claims that a program makes

GOOD = {"id": "c", "statement": "Claimed.", "relation": "top", "subject": "XAA", "top": 1}


WRONG = [
    {"id": 5},
    {"id": "x" * 10**5 + "!"},
    {"statement": 5},
    {"statement": {}},
    {"relation": "tops"},
    {"relation": []},
    {"subject": None},
    {"indicator": 7},
    {"areas": "GRC"},
    {"areas": 5},
    {"parts": [1, 2]},
    {"parts": 3},
    {"printed": "over 5"},
    {"than": 5},
    {"top": "1"},
    {"top": True},
    {"top": 10**100_000},
    {"year": "2018"},
    {"year": 2018.5},
    {"years": 2018},
    {"years": [2017]},
    {"years": [1000, 9999]},
    {"since": float("nan")},
    {"tolerance": "much"},
    {"tolerance": float("inf")},
    {"tolerance": 1},
    {"unit": 5},
    {"unit": "ha" * 10**5},
    {"related": 5},
    {"change": "percents"},
    {"weights": []},
]


@pytest.mark.parametrize(
    "wrong", WRONG, ids=[f"{next(iter(wrong))}{at}" for at, wrong in enumerate(WRONG)]
)
def test_a_claim_that_a_program_makes_is_refused_in_one_way(wrong):
    with pytest.raises(InvalidClaim) as caught:
        bajio.Claim(**{**GOOD, "indicator": "heads", **wrong})

    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("claims", [[], 5, "claims", [5], None])
def test_a_set_is_of_claims(claims):
    with pytest.raises(InvalidClaim, match="claim"):
        bajio.ClaimSet("c", "C", claims)


# what only some years have


class Later(World):
    """The same with two years and a flow of which only the region's states have figures."""

    @hookimpl
    def bajio_datasets(self):
        (data,) = super().bajio_datasets()
        seen = [Observation(area, "2015", "heads", 200) for area in ("XA-1", "XA-2", "XBB")]
        gifts = [
            Observation("XA-1", "2018", "gifts", Fraction("0.1")),
            Observation("XA-2", "2018", "gifts", Fraction("0.08")),
        ]
        measures = [
            *data.measures.values(),
            Measure("gifts", "Gifts", "USD", prices="current", minimum=0),
        ]
        more = bajio.dataset(
            "later", measures=measures, sources=[Source("own", "Own")], observations=[*seen, *gifts]
        )
        return [data, more]

    @hookimpl
    def bajio_indicators(self):
        return [*super().bajio_indicators(), Indicator("gifts", Sum("gifts"), "USD", "Gifts")]


def test_a_share_of_a_year_without_the_country_is_not_decided():
    later = Registry({"world": Later()})

    assert found(f'{HEADS}printed = "400"; year = 2015', later).verdict.value == HOLDS
    assert found(f'{SHARE}printed = "25 %"; year = 2015', later).verdict.value == NONE


def test_no_span_fits_a_share_of_a_country_without_figures():
    later = Registry({"world": Later()})
    gifts = 'indicator = "gifts"\nopen_span = "lately"\n'
    text = (
        f'{HEAD}[[claims]]\nid = "sum"\nstatement = "S."\nprinted = "0.18"\n{gifts}'
        '[[claims]]\nid = "share"\nstatement = "S."\nrelation = "share-of"\nprinted = "18 %"\n'
        f"{gifts}"
    )
    audit = bajio.audit(parse_claims(text), registry=later)

    for code in ("sum", "share"):
        told = [str(remark.text) for remark in audit[code].about(Aspect.INVERSE)]
        assert told == ["No span of years in the data fits."]


def test_what_takes_several_rounds_to_be_impossible_is_found():
    from bajio.claims.intervals import Interval
    from bajio.questions.audit.consistency import Total, solve

    chain = [Total("c", ("b",)), Total("d", ("c",)), Total("b", ("a",))]

    assert solve([("a", Interval.point(2)), ("d", Interval.point(1))], chain) is None
    assert solve([("a", Interval.point(2)), ("d", Interval.point(2))], chain) is not None


# figures beyond all floats, and the surroundings


class Huge(World):
    """The same, with figures of 400 digits on both sides of the point."""

    @hookimpl
    def bajio_datasets(self):
        big, small = 10**399, Fraction(1, 10**399)
        figures = {
            measure: {**areas, "XA-1": values, "XCC": tuple(reversed(values))}
            for (measure, areas), values in zip(
                FIGURES.items(),
                [(big, big, big + 1), (small, small, big), (-big, small, -big)],
                strict=True,
            )
        }
        seen = [
            Observation(area, str(year), measure, value)
            for measure, areas in figures.items()
            for area, values in areas.items()
            for year, value in zip(YEARS, values, strict=True)
        ]
        (usual,) = super().bajio_datasets()
        seen += [Observation(area, "", "land", value) for area, value in LAND.items()]
        measures, sources = usual.measures.values(), usual.sources.values()
        return [bajio.dataset("own", measures=measures, sources=sources, observations=seen)]


HUGE = Registry({"world": Huge()})


@pytest.mark.parametrize("claim", [claim for claim, _ in TABLE])
def test_figures_beyond_all_floats_are_audited_and_told(claim):
    one = parse_claims(
        f'{HEAD}[[claims]]\nid = "c"\nstatement = "Claimed."\n' + claim.replace("; ", "\n")
    )
    audit = bajio.audit(one, registry=HUGE)

    assert json.loads(json.dumps(audit_report(audit).data(), allow_nan=False))["claims"]
    assert audit_table(audit, "es")
    assert audit_report(audit).rows()
    assert derivation_text(audit, "c")


def test_the_derivation_of_a_change_shows_both_years():
    claims = parse_claims(
        f'{HEAD}[[claims]]\nid = "c"\nstatement = "Claimed."\n'
        + f'{SHARE}printed = "5.9 points"{SINCE}'.replace("; ", "\n")
    )
    text = derivation_text(bajio.audit(claims, registry=REGISTRY), "c")

    assert "2003 = Σ heads = 200 person" in text
    assert "2018 = Σ heads = 518 person" in text
    assert "Share of XAA, 1,000 person: 20.00 %" in text
    assert "Share of XAA, 2,000 person: 25.90 %" in text


def test_a_rank_rests_on_no_figure_that_is_there_in_part():
    claims = parse_claims(
        f'{HEAD}[[claims]]\nid = "c"\nstatement = "Claimed."\nsubject = "XA-1+XA-3"\nyear = 2015\n'
        + f"{TOP}top = 3".replace("; ", "\n")
    )
    later = Registry({"world": Later()})

    assert bajio.audit(claims, registry=later, missing="partial")["c"].verdict.value == NONE


def conflicts(*claims):
    text = HEAD + "".join(
        f'[[claims]]\nid = "c{at}"\nstatement = "Claimed."\n' + claim.replace("; ", "\n") + "\n"
        for at, claim in enumerate(claims)
    )
    return [one.claims for one in bajio.audit(parse_claims(text), registry=REGISTRY).conflicts]


def test_changes_contradict_changes_and_no_levels():
    more, fewer = f'{HEADS}printed = "over 300"{SINCE}', f'{HEADS}printed = "under 200"{SINCE}'
    faster, slower = f'{EXCEEDS}areas = ["XBB"]{SINCE}', f'{EXCEEDS}areas = ["XA-1+XA-2"]{SINCE}'

    assert conflicts(more, fewer) == [("c0", "c1")]
    assert conflicts(more, f'{HEADS}printed = "under 200"') == []
    assert conflicts(more, f'{HEADS}printed = "under 200"; since = 2010') == []
    assert conflicts(more, f'{HEADS}printed = "under 200 %"{SINCE}') == []
    assert conflicts(faster, f'{slower}; subject = "XBB"') == [("c0", "c1")]
    assert conflicts(faster, f'{EXCEEDS}areas = ["XA-1+XA-2"]; subject = "XBB"') == []
    assert (
        conflicts(
            f'{SHARE}printed = "6 points"{SINCE}',
            f'{HEADS}printed = "318"{SINCE}',
            f'{HEADS}printed = "1000"{SINCE}; subject = "XAA"',
        )
        == []
    )


def test_claims_written_as_data_and_read_again_are_the_same():
    text = HEAD + "".join(
        f'[[claims]]\nid = "c{at}"\nstatement = "Claimed."\n' + claim.replace("; ", "\n") + "\n"
        for at, (claim, _) in enumerate(TABLE[:100])
    )
    claims = parse_claims(text)

    assert from_data(json.loads(json.dumps(to_data(claims)))) == claims
    assert deepcopy(claims) == claims


class Dated(World):
    """A region that one state left in 2012, and another joined."""

    @hookimpl
    def bajio_regions(self):
        return [
            bajio.Region(
                [
                    Membership("XA-1"),
                    Membership("XA-2", None, 2012),
                    Membership("XA-3", 2012, None),
                ],
                code="pair",
                names="Pair",
            )
        ]


def test_a_total_is_that_of_the_members_of_its_year():
    def audited(membership, *numbers):
        text = HEAD + "".join(
            f'[[claims]]\nid = "c{at}"\nstatement = "S."\nindicator = "heads"\nyear = 2010\n'
            f'subject = "{subject}"\nprinted = "{number}"\n'
            for at, (subject, number) in enumerate(numbers)
        )
        registry = Registry({"world": Dated()})
        return bajio.audit(parse_claims(text), registry=registry, membership=membership)

    then = [("pair", 270), ("XA-1", 150), ("XA-2", 120), ("XA-3", 930)]
    now = [("pair", 1080), *then[1:]]

    assert audited("as-of", *then).conflicts == ()
    assert audited("newest", *now).conflicts == ()
    assert [one.claims for one in audited("as-of", *now).conflicts] == [("c0", "c1", "c2")]
    assert [one.claims for one in audited("newest", *then).conflicts] == [("c0", "c1", "c3")]


def test_parts_are_those_of_any_year():
    text = (
        f'{HEAD}[[claims]]\nid = "c"\nstatement = "S."\nindicator = "heads"\nyear = 2010\n'
        'subject = "pair"\nrelation = "sum-of"\nprinted = "270"\n'
        '[claims.parts]\nXA-1 = "150"\nXA-2 = "120"\n'
    )
    audit = bajio.audit(
        parse_claims(text), registry=Registry({"world": Dated()}), membership="as-of"
    )

    assert audit["c"].verdict.value == HOLDS


# what is told besides the verdict


def test_a_mean_is_told_with_other_weights():
    """By heads (4 % of 300 and 6 % of 218) / 518, by land (4 % of 40 and 6 % of 60) / 100."""
    rates = 'relation = "mean-of"; quantity = "x"; printed = "4.8 %"; weights = "{}"'
    parts = '[claims.parts]; XA-1 = "4 %"; XA-2 = "6 %"'

    assert (
        "Weighted by heads of 2018, another measure, it is about 4.8 % ([4.341 %, 5.342 %])."
        in said(f"{rates.format('heads')}; {parts}", Aspect.RELATED)
    )
    assert "it is about 5.2 % ([4.7 %, 5.7 %])" in said(
        f"{rates.format('land')}; {parts}", Aspect.RELATED
    )
    assert "it lies between 4 % and 6 %" in said(f"{rates.format('land')}; {parts}", Aspect.OWN)


@pytest.mark.parametrize(
    ("related", "told"),
    [
        ("saving", "Another measure, saving: -7.44 % in 2018, -1.32 % in the country."),
        ("heads", "Another measure, heads: 518 persons in 2018, 25.9 % of the country's 2,000"),
    ],
)
def test_another_measure_is_told_with_that_of_the_country(related, told):
    claim = f'quantity = "x"; printed = "5"; related = ["{related}"]'

    assert told in said(claim, Aspect.RELATED)


@pytest.mark.parametrize(
    ("claim", "margin", "checked"),
    [
        (f'{EXCEEDS}areas = ["XCC"]', Fraction(368, 150), (2003, 2018)),
        (f'{EXCEEDS}areas = ["XBB"]', Fraction(-282, 800), (2003, 2018)),
        (
            'indicator = "balance"; relation = "exceeds"; areas = ["XCC", "XAA"]',
            Fraction(-4456, 1500),
            (2003, 2018),
        ),
        ('indicator = "land"; relation = "exceeds"; areas = ["XCC"]', 1, None),
        (f'{NEAR}areas = ["XBB"]', Fraction(1, 10) - Fraction(282, 518), (2003, 2018)),
    ],
)
def test_a_comparison_tells_its_margin_and_years(claim, margin, checked):
    one = found(claim)

    assert (one.margin, one.checked) == (margin, checked)


def test_what_is_none_is_near_to_none_alone():
    from bajio.questions.audit.comparisons import apart

    assert (apart(0, 0), apart(0, 5), apart(0, -5)) == (0, 1, 1)
    assert (apart(10, 9), apart(-10, -12)) == (Fraction(1, 10), Fraction(1, 5))


def test_unknown_peers_are_a_fault_where_a_claim_asks_for_them():
    claims = [
        bajio.Claim(id="c", statement="S", relation="top", subject="XAA", indicator="heads", top=1)
    ]
    own = [evolve(claims[0], peers="trio")]

    with pytest.raises(InvalidClaim, match="nowhere"):
        bajio.audit(bajio.ClaimSet("c", "C", claims, peers="nowhere"), registry=REGISTRY)
    found = bajio.audit(bajio.ClaimSet("c", "C", own, peers="nowhere"), registry=REGISTRY)
    assert found["c"].verdict.value == HOLDS


def test_what_a_claim_is_made_of_is_named():
    with pytest.raises(TypeError, match="positional"):
        bajio.Claim("c", "S", "top", "XAA", indicator="heads", top=1)
