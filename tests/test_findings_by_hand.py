"""What is said of claims about three small countries, worked out by hand: words, ranks, slips."""

from fractions import Fraction

import pytest
from small_countries import HEAD, World, found

import bajio
from bajio import Indicator, Measure, Observation, PeerGroup, Registry, Source, Sum, hookimpl
from bajio.claims.intervals import Interval
from bajio.facts.regions import Membership
from bajio.questions.audit.consistency import Product, check_own, solve
from bajio.questions.audit.findings import Aspect, Verdict
from bajio.readers.claim_files import parse_claims

HEADS, SAVING, FIRMS = (f'indicator = "{code}"; ' for code in ("heads", "saving", "firms"))
NEAR, EXCEEDS, SHARE, TOP = (
    f'relation = "{relation}"; ' for relation in ("near", "exceeds", "share-of", "top")
)
FIRMS_OF = {
    "XA-1": (10, 20),
    "XA-2": (20, 30),
    "XA-3": (70, 150),
    "XAA": (100, 200),
    "XBB": (50, 60),
    "XCC": (5, 6),
    "XDA": (1, 2),
}
#: More countries, of which only the first has a figure, of firms.
UNKNOWN = [f"XD{letter}" for letter in "ABCDEFGHIJK"]


class Firms(World):
    """The same with firms, which are counted in no unit, and with a measure of one state alone."""

    @hookimpl
    def bajio_areas(self):
        return [*super().bajio_areas(), *(bajio.Area(code, code) for code in UNKNOWN)]

    @hookimpl
    def bajio_datasets(self):
        (data,) = super().bajio_datasets()
        seen = [
            Observation(area, year, "firms", value)
            for area, values in FIRMS_OF.items()
            for year, value in zip(("2010", "2018"), values, strict=True)
        ]
        measures = [
            *data.measures.values(),
            Measure("firms", "Firms", "1", time="stock", minimum=0),
            Measure("lone", "Lone", "1", time="stock", minimum=0),
        ]
        more = bajio.dataset(
            "firms",
            measures=measures,
            sources=[Source("own", "Own")],
            observations=[
                *seen,
                Observation("XA-1", "2018", "lone", 5),
                Observation("XAA", "2018", "lone", 9),
                Observation("XBB", "2019", "firms", 70, "F"),
            ],
        )
        by_another = bajio.dataset(
            "another",
            measures=data.measures.values(),
            sources=[Source("other", "Other")],
            observations=[
                Observation(area, "2012", "heads", value)
                for area, value in (("XA-1", 170), ("XA-2", 130), ("XBB", 650))
            ],
        )
        return [by_another, data, more]

    @hookimpl
    def bajio_indicators(self):
        return [
            *super().bajio_indicators(),
            Indicator("firms", Sum("firms"), "1", "Firms"),
            Indicator("lone", Sum("lone"), "1", "Lone"),
            Indicator("density", Sum("heads") / Sum("land"), "person/km²", "Density"),
        ]

    @hookimpl
    def bajio_peer_groups(self):
        return [
            *super().bajio_peer_groups(),
            PeerGroup("tied", "Tied", ["XAA", "XDA", "XBB", "XCC"]),
            PeerGroup("duo", "Duo", ["XBB", "XCC"]),
            PeerGroup("eleven", "Eleven", ["XCC", *UNKNOWN[:10]]),
            PeerGroup("twelve", "Twelve", ["XCC", *UNKNOWN]),
        ]


REGISTRY = Registry({"world": Firms()})


def audited(*claims, head=HEAD):
    """The audit of some claims, each with its lines parted by semicolons."""
    text = head + "".join(
        f'[[claims]]\nid = "c{at}"\nstatement = "Claimed."\n' + claim.replace("; ", "\n") + "\n"
        for at, claim in enumerate(claims)
    )
    return bajio.audit(parse_claims(text), registry=REGISTRY)


def reason(claim, language="en"):
    return found(claim, REGISTRY).reason.text(language)


def remarks(claim, *aspects):
    return [str(one.text) for one in found(claim, REGISTRY).about(*aspects)]


# how a figure is shown


def test_a_count_is_a_number_and_a_share_of_it_a_percentage():
    """50 of 200 firms are 25 %; they were 30 of 100."""
    assert reason(f'{FIRMS}printed = "50"').startswith("50 in 2018")
    assert reason(f'{FIRMS}{SHARE}printed = "25 %"').startswith("25.00 % in 2018")
    assert reason(f'{FIRMS}{SHARE}printed = "-5 points"; since = 2010').startswith("-5.00 points")
    assert reason(f'{FIRMS}printed = "67 %"; since = 2010').startswith("+66.67 %")
    assert reason(f'{SAVING}printed = "-7.4 %"').startswith("-7.44 % in 2018")
    assert found(f'{FIRMS}printed = "5 points"; since = 2010', REGISTRY).figure is None


def test_a_rank_by_growth_of_a_count_is_told_in_percent():
    """From 30 to 50 firms is two thirds more; 100 % in the country, 20 % in both others."""
    assert reason(f"{FIRMS}{TOP}top = 2; since = 2010") == (
        "+66.67 % from 2010 to 2018: 2nd of 4 among Trio, between XAA and XBB."
    )


def test_those_that_the_subject_is_tied_with_are_named():
    claim = f'subject = "XA-1"; {FIRMS}{TOP}rank = 1; since = 2010; peers = "tied"'

    assert ", tied with " in reason(claim)


def test_of_neighbours_that_are_tied_one_is_named():
    assert reason(f'{FIRMS}{TOP}top = 2; since = 2010; peers = "tied"') == (
        "+66.67 % from 2010 to 2018: 3rd of 5 among Tied, between XAA and XBB."
    )


def test_a_number_is_told_with_what_it_was_set_against():
    assert reason(f'{HEADS}printed = "over 518"') == "518 persons in 2018, exactly at “over 518”."
    assert reason(
        f'{HEADS}relation = "sum-of"; printed = "518"; [claims.parts]; XA-1 = "300"; XA-2 = "218"'
    ) == ("State 1 300 persons (“300”) and State 2 218 persons (“218”) in 2018.")
    assert found(f'{HEADS}printed = "300"; year = 2012', REGISTRY).verdict is Verdict.HOLDS


def test_what_can_be_on_both_sides_is_undecided_with_its_ends():
    """Five in one state; in the other at most what nine less five leave."""
    claims = parse_claims(
        f'{HEAD}[[claims]]\nid = "c"\nstatement = "S."\nindicator = "lone"\nprinted = "over 6"\n'
    )
    finding = bajio.audit(claims, registry=REGISTRY, missing="bound")["c"]

    assert finding.verdict is Verdict.UNDECIDED
    assert (finding.figure.low, finding.figure.high) == (5, 9)
    assert str(finding.reason).startswith("5 to 9 in 2018: inside and outside of what “over 6”")


def test_what_is_printed_beside_a_multiple_counts_as_what_it_is_of():
    """1 % is saved in XBB and 20 of 2,200, 0.909 %, in the third state."""
    times = f'{SAVING}relation = "times"; printed = "1.1 times"; areas = ["XA-3"]; subject = "XBB"'

    right = found(f'{times}; part = "1.00 %"; whole = "0.91 %"', REGISTRY)
    wrong = found(f'{times}; part = "10.0 %"; whole = "9.1 %"', REGISTRY)
    assert (right.verdict, wrong.verdict) == (Verdict.HOLDS, Verdict.CONTRADICTED)


# comparisons


def test_what_is_near_is_told_from_the_highest_down_with_its_distance():
    told = reason(f'{HEADS}{NEAR}areas = ["XCC", "XA-1+XA-2", "XBB"]')

    assert told == (
        "518 persons in 2018; XBB 800 persons (54.4 % above), XA-1+XA-2 518 persons (as much) "
        "and XCC 150 persons (71.0 % below); near is within 10 %."
    )
    assert "XA-1+XA-2 518 personas (lo mismo)" in reason(
        f'{HEADS}{NEAR}areas = ["XA-1+XA-2"]', "es"
    )


def test_the_tolerance_by_which_it_would_hold_is_told_to_a_tenth_of_a_percent():
    """368 of 518 heads are 71.04 %, and 480 of 120 are 400 %."""
    odd = remarks(f'{HEADS}{NEAR}areas = ["XCC"]', Aspect.NEAREST)
    even = remarks(f'{HEADS}{NEAR}areas = ["XBB"]; year = 2010; subject = "XA-2"', Aspect.NEAREST)

    assert odd == ["It would hold within 71.1 %."]
    assert even == ["It would hold within 400 %."]


def test_a_comparison_is_with_the_printed_number_of_no_change():
    """150 heads were printed; XCC has as many, which says nothing of a change since 2003."""
    level = audited(f'{HEADS}printed = "150"', f'{HEADS}{EXCEEDS}areas = ["XCC", "XBB"]')
    change = audited(
        f'{HEADS}printed = "150"', f'{HEADS}{EXCEEDS}areas = ["XCC", "XBB"]; since = 2003'
    )

    (slip,) = level["c1"].about(Aspect.SLIP)
    assert "150" in str(slip.text)
    assert slip.evidence[0].years == (2018,)
    assert change["c1"].verdict is Verdict.CONTRADICTED
    assert change["c1"].about(Aspect.SLIP) == ()


def test_a_multiple_is_told_as_it_was_printed():
    """518 of 150 heads; both areas come from one source."""
    times = f'{HEADS}relation = "times"; areas = ["XCC"]; printed = '
    finding = found(f'{times}"345 %"', REGISTRY)

    assert str(finding.reason).startswith("345.33 % in 2018")
    assert reason(f'{times}"3.45 times"').startswith("3.45 times in 2018")
    compared = found(f'{HEADS}{EXCEEDS}areas = ["XCC"]', REGISTRY)
    assert [str(use.measure) for use in compared.sources] == ["heads"]


def test_why_nothing_is_a_multiple_is_told():
    finding = found(f'{SAVING}relation = "times"; printed = "double"; areas = ["XCC"]', REGISTRY)

    assert "saving of XCC is not positive in 2018: nothing is a multiple of it" in str(
        finding.reason
    )


@pytest.mark.parametrize(
    ("printed", "years"),
    [
        ("over 518", "2018: 518 persons"),  # which it is not
        ("under 200", "2003: 200 persons"),
        ("300", "2010: 270 persons, 2018: 518 persons"),
    ],
)
def test_the_nearest_years_are_those_on_both_sides_or_the_one(printed, years):
    assert remarks(f'{HEADS}printed = "{printed}"', Aspect.NEAREST) == [f"Nearest: {years}."]


def test_what_is_printed_beside_a_share_is_told_with_its_year_if_it_has_one():
    heads, land = (
        f'indicator = "{code}"; {SHARE}printed = "{share} %"; part = "{part}"; whole = "{whole}"'
        for code, share, part, whole in (("heads", 26, 518, 2000), ("land", 25, 100, 400))
    )
    numbers = "“518” (518 persons) and “2000” (2,000 persons)."
    without = audited(heads, head=HEAD.replace("year = 2018\n", ""))["c0"]

    assert remarks(heads, Aspect.RELATED) == [f"Printed with it, and right in 2018: {numbers}"]
    assert remarks(land, Aspect.RELATED) == [
        "Printed with it, and right: “100” (100 km²) and “400” (400 km²)."
    ]
    assert str(without.about(Aspect.RELATED)[0].text).endswith(f"right in 2018: {numbers}")
    hectares = land.replace('"100"', '"10000"').replace('"400"', '"40000"')
    assert remarks(f'{hectares}; unit = "ha"', Aspect.RELATED) == [
        "Printed with it, and right: “10000” (100 km²) and “40000” (400 km²)."
    ]


# parts


def test_a_total_can_hold_leniently_alone():
    """518 is not over 518, and prints as it; 519 does not, nor 618."""
    parts = '[claims.parts]; XA-1 = "300"; XA-2 = "218"'

    def of(printed):
        total = f'{HEADS}relation = "sum-of"; printed = "{printed}"; {parts}'
        finding = found(total, REGISTRY)
        return finding.verdict.value, finding.lenient and finding.lenient.value, finding.rounding

    assert of("over 518") == ("contradicted", "holds", True)
    assert of("over 517") == ("holds", "holds", False)


def test_parts_are_read_in_another_series_where_their_own_has_none():
    """In 2012 there were 170 and 130 heads, by another source."""
    parts = 'printed = "300"; year = 2012; [claims.parts]; XA-1 = "170"; XA-2 = "130"'
    change = 'since = 2010; printed = "30"; year = 2012; [claims.parts]; XA-1 = "20"; XA-2 = "10"'
    total = f'{HEADS}relation = "sum-of"; '

    assert found(f"{total}{parts}", REGISTRY).verdict is Verdict.HOLDS
    finding = found(f"{total}{change}", REGISTRY)
    assert finding.verdict is not Verdict.HOLDS
    assert finding.figure is None


# ranks


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("XA-1+XA-2", "518 persons in 2018: 3rd of 4 among Trio, between XBB and XCC."),
        ("XA-1+XA-3", "1,782 persons in 2018: 2nd of 4 among Trio, between XAA and XBB."),
        ("XCC", "150 persons in 2018: 3rd of 3 among Trio."),
    ],
)
def test_a_rank_names_the_nearest_on_both_sides(subject, told):
    assert reason(f'{HEADS}{TOP}top = 4; subject = "{subject}"') == told


def test_which_member_would_bring_a_region_among_the_first_is_told():
    """With the third state it has the country's 2,000 heads."""
    finding = found(f"{HEADS}{TOP}top = 2", REGISTRY)
    (change,) = [one for one in finding.evidence if type(one).__name__ == "Change"]

    assert [name.code for name in change.added] == ["XA-3"]
    assert change.value == 2000
    assert remarks(f"{HEADS}{TOP}top = 2", Aspect.INVERSE) == [
        "It would hold with State 3 (2,000 persons)."
    ]


def test_what_would_hold_but_for_the_number_beside_it_is_not_named():
    """The last two states have 1,700 of 2,000 heads, which are 85 %."""
    share = f'{HEADS}{SHARE}printed = "85 %"; '

    assert remarks(f'{share}part = "1700"; whole = "2000"', Aspect.INVERSE) == [
        "It would hold with State 3 and without State 1 (85.00 %)."
    ]
    assert remarks(f'{share}part = "170"; whole = "200"', Aspect.INVERSE) == [
        "No change of up to 2 members makes it true."
    ]


def test_ten_peers_without_a_figure_are_named_and_of_more_how_many():
    ten, eleven = (
        remarks(f'{SAVING}{TOP}top = 1; peers = "{group}"; subject = "XBB"', Aspect.CHOICE)[0]
        for group in ("eleven", "twelve")
    )

    assert ten.count("XD") == 10
    assert "more" not in ten
    assert eleven.count("XD") == 10
    assert eleven.endswith("and 1 more.")


def test_a_top_with_fewer_places_than_peers_is_none_that_holds_for_each():
    """Two have figures and ten none: three of twelve are not all."""
    told = remarks(f'{SAVING}{TOP}top = 3; peers = "eleven"; subject = "XBB"', Aspect.CHOICE)
    every = remarks(f'{SAVING}{TOP}top = 12; peers = "eleven"; subject = "XBB"', Aspect.CHOICE)

    assert not any("each is among" in text for text in told)
    assert any("each is among the first 12" in text for text in every)


def test_groups_with_no_more_places_than_asked_for_are_told_apart():
    def of_three(top):
        return [
            (str(one.text), one.weighty)
            for one in found(f"{HEADS}{TOP}top = {top}", REGISTRY).about(Aspect.CHOICE)
            if "Duo" in str(one.text)
        ]

    ((two, weighty),), ((three, light),) = of_three(2), of_three(3)
    assert (two.partition(": ")[0], weighty) == ("Among other peers", True)
    assert three.startswith("In groups so small that all are among the top: 2nd of 3 (Duo)")
    assert light is False


# what would make it true


def test_the_change_that_changes_least_is_named_first():
    """Without the second state there are 300 heads, and without the first 218."""
    assert remarks(f'{HEADS}printed = "under 400"', Aspect.INVERSE) == [
        "It would hold without State 2 (300 persons) or without State 1 (218 persons)."
    ]


def test_members_are_changed_as_they_were_in_the_year():
    """In 2018 the third state took the place of the second."""

    class Dated(Firms):
        @hookimpl
        def bajio_regions(self):
            stays = [Membership("XA-1"), Membership("XA-2", 2000, 2018), Membership("XA-3", 2018)]
            return [bajio.Region(stays, code="pair", names="Pair")]

    claims = parse_claims(
        f'{HEAD}[[claims]]\nid = "c"\nstatement = "S."\nsubject = "pair"\n'
        'indicator = "heads"\nprinted = "518"\n'
    )
    registry = Registry({"world": Dated()})
    finding = bajio.audit(claims, registry=registry, membership="as-of")["c"]

    assert str(finding.reason).startswith("1,782 persons in 2018")
    assert [str(one.text) for one in finding.about(Aspect.INVERSE)] == [
        "It would hold with State 2 and without State 3 (518 persons)."
    ]


# slips


@pytest.mark.parametrize(
    ("claim", "kind", "value"),
    [
        (f'{HEADS}printed = "518 thousand"', "thousandfold", 518_000),
        (f'{HEADS}printed = "518 million"', "millionfold", 518_000_000),
        (f'{HEADS}printed = "0.518"', "thousandth", Fraction(518, 1000)),
        (f'{HEADS}printed = "0.000518"', "millionth", Fraction(518, 10**6)),
        # 2.59 times as many are 159 % more
        (f'{HEADS}printed = "1.59 times"; since = 2003', "multiple", Fraction(159, 100)),
        (f'{HEADS}printed = "259 %"; since = 2003', "multiple", Fraction(159, 100)),
    ],
)
def test_a_slip_tells_what_the_figure_is_once_it_is_undone(claim, kind, value):
    finding = found(claim, REGISTRY)
    (slip,) = [one for one in finding.evidence if type(one).__name__ == "Slip"]

    assert (slip.kind, slip.value) == (kind, value)


def test_the_plain_mean_of_two_members_is_a_slip():
    """From 150 to 300 and from 120 to 218 heads: 100 % and 81.67 %, and 91.85 % of both."""
    (slip,) = found(f'{HEADS}printed = "90.8 %"; since = 2010', REGISTRY).about(Aspect.SLIP)

    assert "the plain mean of the members (90.83 %)" in str(slip.text)
    assert slip.evidence[0].value == Fraction(109, 120)


# what is not decided


@pytest.mark.parametrize(
    "claim",
    [
        'printed = "5"',
        f'{SHARE}printed = "5 %"',
        f'{EXCEEDS}areas = ["XA-1"]',
        'relation = "times"; printed = "double"; areas = ["XA-1"]',
    ],
)
def test_where_no_year_has_a_figure_it_says_whose(claim):
    head = HEAD.replace("year = 2018\n", "")
    finding = audited(f'indicator = "lone"; {claim}', head=head)["c0"]

    assert finding.verdict is Verdict.NOT_CHECKABLE
    assert str(finding.reason) == "no figure of lone for XA-1+XA-2."


def test_a_projection_is_told_with_what_was_observed_until_its_year():
    """200, 270 and 518 heads of 1,000, 1,200 and 2,000."""

    def told(year):
        claim = f'{HEADS}printed = "over 200"; projection = true; year = {year}'
        return remarks(claim, Aspect.YEARS, Aspect.RELATED)

    last = "2010: 270 persons against 1,200 persons"
    assert told(2010) == [
        "Observed so: 2010 and 2018 (of 2003–2018).",
        "Read leniently also: 2003.",
        f"Heads: 2003: 200 persons against 1,000 persons, {last}.",
    ]
    assert told(2017)[-1] == told(2010)[-1]
    newest = f"Heads: {last}, 2018: 518 persons against 2,000 persons."
    assert told(2030)[-1] == newest
    open_year = f'{HEADS}printed = "over 200"; projection = true'
    without = audited(open_year, head=HEAD.replace("year = 2018\n", ""))["c0"]
    assert str(without.about(Aspect.RELATED)[0].text) == newest


def test_what_was_observed_of_a_projection_belongs_in_a_summary():
    finding = found(f'{HEADS}printed = "over 200"; projection = true; year = 2010', REGISTRY)
    weighty = [str(one.text) for one in finding.remarks if one.weighty]

    assert [text.partition(":")[0] for text in weighty] == ["Observed so", "Heads"]
    assert finding.about(Aspect.INVERSE) == ()


def test_a_figure_that_is_a_forecast_says_so():
    finding = found(f'{FIRMS}printed = "70"; subject = "XBB"; year = 2019', REGISTRY)

    assert finding.verdict is Verdict.HOLDS
    assert finding.figure.status == "F"
    assert [one.weighty for one in finding.about(Aspect.CHOICE)] == [True]


def test_an_open_span_of_what_no_data_measure_is_not_looked_for():
    finding = found('quantity = "robots"; printed = "over 200"; open_span = "lately"', REGISTRY)

    assert finding.verdict is Verdict.NOT_CHECKABLE
    assert finding.remarks == ()


def test_a_share_is_of_a_country():
    claim = f'{HEADS}{SHARE}printed = "50 %"; subject = "{{}}"'

    for subject in ("XAA", "XAA+XBB"):
        finding = found(claim.format(subject), REGISTRY)
        assert finding.verdict is Verdict.NOT_CHECKABLE
        assert "country" in str(finding.reason)


def test_a_projection_of_what_no_data_measure_has_nothing_beside_it():
    finding = found('quantity = "robots"; printed = "over 200"; projection = true', REGISTRY)

    assert finding.verdict is Verdict.NOT_CHECKABLE
    assert finding.remarks == ()


# a claim's own numbers


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ('relation = "exceeds"; printed = "6 %"; than = "5 %"', "6 % is above 5 %."),
        ('relation = "exceeds"; printed = "5 %"; than = "6 %"', "5 % is not above 6 %."),
    ],
)
def test_of_a_comparison_of_printed_numbers_both_are_told(claim, told):
    finding = found(f'quantity = "x"; {claim}', REGISTRY)

    assert "5 %" in str(finding.reason)
    assert "6 %" in str(finding.reason)
    assert (finding.verdict is Verdict.CONSISTENT) is ("not" not in told)


@pytest.mark.parametrize(
    ("claim", "rounding"),
    [
        # 5.4 + 5.7 is 11.1, which is printed as 11
        ('relation = "sum-of"; whole = "11"; [claims.parts]; XA-1 = "5.4"; XA-2 = "5.7"', False),
        ('relation = "sum-of"; printed = "11"; [claims.parts]; XA-1 = "5.4"; XA-2 = "5.7"', False),
        # 5.0 + 6.4 is 11.4: only 5.05 and 6.45 would be 11.5
        ('relation = "sum-of"; whole = "12"; [claims.parts]; XA-1 = "5"; XA-2 = "6.4"', True),
        # 518 of 2,000 is 25.9 %, which is printed as 26 %
        (f'{SHARE}printed = "26 %"; part = "518"; whole = "2000"', False),
        # a quarter of 2,100 is 525: 24.6 % would be
        (f'{SHARE}printed = "24.6 %"; part = "510"; whole = "2070"', False),
        (f'{SHARE}printed = "24.7 %"; part = "510"; whole = "2.07 thousand"', True),
        # three times 170 is 510, printed as 511; and twice "about 250" is what 511 rounds to
        ('relation = "times"; printed = "3.0 times"; part = "511"; whole = "170"', True),
        ('relation = "times"; printed = "3.0 times"; part = "510"; whole = "170"', False),
    ],
)
def test_numbers_fit_by_themselves_or_only_thanks_to_rounding(claim, rounding):
    text = f'{HEAD}[[claims]]\nid = "c"\nstatement = "S."\nquantity = "x"\n'
    claims = parse_claims(text + claim.replace("; ", "\n"))
    own = check_own(claims, claims["c"])

    assert (own.admits, own.rounding) == (True, rounding)


# together


def test_what_other_weights_give_belongs_in_a_summary():
    mean = 'quantity = "x"; relation = "mean-of"; printed = "5 %"; weights = "heads"'
    finding = found(f'{mean}; parts = {{ XA-1 = "4 %", XA-2 = "6 %" }}', REGISTRY)

    assert [one.aspect for one in finding.remarks] == [Aspect.OWN, Aspect.RELATED]
    assert all(one.weighty for one in finding.remarks)


def test_a_total_is_told_with_its_sum():
    parts = "[claims.parts]; XA-1 = {}; XA-2 = {}".format('"5.4"', '"5.7"')
    finding = found(f'quantity = "x"; relation = "sum-of"; printed = "11"; {parts}', REGISTRY)

    assert str(finding.reason) == "5.4 + 5.7 = 11.1: 11 is possible."


def test_a_large_count_is_linked_to_what_it_counts_in_spanish():
    """11.45 % of 20.25 million are 2.318625 million."""
    numbers = 'part = "over 2.3 million"; whole = "20.3 million"'
    named = 'quantity = { en = "robots", es = "robots" }'
    finding = found(f'{named}; {SHARE}printed = "11.5 %"; {numbers}', REGISTRY)

    assert "2.3186 millones de robots" in finding.reason.text("es")


def test_one_number_of_a_product_follows_from_the_others_unless_one_can_be_nothing():
    known = [("p", Interval.point(5)), ("b", Interval.point(1))]
    solved = solve(known, [Product("p", "a", "b")])
    around = solve([("p", Interval.point(5)), ("b", Interval(-1, 1))], [Product("p", "a", "b")])

    assert (solved["a"].low, solved["a"].high) == (5, 5)
    assert "a" not in around


def test_a_share_a_part_and_a_whole_are_set_against_one_another():
    """518 of 2,000 are 25.9 %."""
    part, whole = f'{HEADS}printed = "518"', f'{HEADS}printed = "2000"; subject = "XAA"'

    def conflicts(share):
        audit = audited(f'{HEADS}{SHARE}printed = "{share}"', part, whole)
        return [one.claims for one in audit.conflicts]

    assert conflicts("25.9 %") == []
    assert conflicts("30 %") == [("c0", "c1", "c2")]


def test_densities_of_parts_do_not_add_to_that_of_the_whole():
    """300 heads on 40, 218 on 60 and so 518 on 100 square kilometres."""
    density = 'indicator = "density"; '
    audit = audited(
        f'{density}printed = "5.2"',
        f'{density}printed = "7.5"; subject = "XA-1"',
        f'{density}printed = "3.6"; subject = "XA-2"',
    )

    assert {finding.verdict for finding in audit.values()} == {Verdict.HOLDS}
    assert audit.conflicts == ()


@pytest.mark.parametrize(
    ("other", "verdict", "weighty"),
    [("AUS", Verdict.CONTRADICTED, True), ("BEL", Verdict.HOLDS, False)],
)
def test_other_prices_are_weighty_where_they_would_change_the_verdict(other, verdict, weighty):
    """In 2018 Mexico's GDP in dollars is below Australia's, and twice as much at PPP."""
    claim = bajio.Claim(
        id="c", statement="S", relation="exceeds", subject="MEX", areas=[other], indicator="gdp",
        year=2018,
    )  # fmt: skip
    finding = bajio.audit(bajio.ClaimSet("s", "S", [claim]))["c"]
    prices = [one for one in finding.remarks if one.aspect is Aspect.CHOICE]
    assert finding.verdict is verdict
    assert [one.weighty for one in prices] == [weighty]
    assert "it would hold" in str(prices[0].text)
