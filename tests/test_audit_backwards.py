"""Backwards: the slip that would explain a figure, what would make it true, what cannot all be."""

import copy
import pickle
from fractions import Fraction

import pytest

import bajio
from bajio.engines.outcome import Unserved
from bajio.questions.audit.findings import (
    Aspect,
    Change,
    Slip,
    Verdict,
    YearsHeld,
)
from bajio.questions.audit.refusals import problem_of, undecidable
from bajio.readers.claim_files import parse_claims

JOBS_SHARE = (
    'quantity = "jobs"; relation = "share-of"; printed = "11.5 %"; '
    'part = { claim = "c0" }; whole = "20.30 million"'
)
HEAD = 'code = "c"\ntitle = "C"\nsubject = "bajio"\nyear = 2018\n'


def audit_of(*claims):
    """The audit of claims in TOML, each with its lines parted by semicolons."""
    text = HEAD
    for at, claim in enumerate(claims):
        lines = claim.replace("; ", "\n")
        text += f'[[claims]]\nid = "c{at}"\nstatement = "Claimed."\n{lines}\n'
    return bajio.audit(parse_claims(text))


def remarks(claim, aspect):
    return " ".join(str(one.text) for one in audit_of(claim)["c0"].about(aspect))


@pytest.mark.parametrize(
    ("claim", "slip"),
    [
        ('indicator = "population"; printed = "12.7 thousand"', "a thousand times too small"),
        ('indicator = "gdp"; printed = "136 million"', "a thousand times too small"),
        ('indicator = "gdp"; printed = "136 trillion"', "a thousand times too large"),
        ('indicator = "population"; printed = "12.7"', "a million times too small"),
        ('indicator = "gdp"; printed = "about 128 billion"', "2017: 128.4 billion USD"),
        ('indicator = "gdp"; printed = "282 billion"', "another price basis, GDP at PPP"),
        ('indicator = "population"; printed = "126.0 million"', "the figure of Mexico (126.0"),
        ('indicator = "gdp-growth"; printed = "2.86 %"', "the plain mean of the members"),
        (
            'indicator = "gdp"; relation = "times"; printed = "0.460 times"; areas = ["CRI"]',
            "an inverted ratio",
        ),
        (
            'indicator = "active-share"; printed = "1.51 %"; since = 2010',
            "percent and percentage points",
        ),
    ],
)
def test_a_slip_is_named_where_it_fits(claim, slip):
    assert slip in remarks(claim, Aspect.SLIP)


@pytest.mark.parametrize(
    "claim",
    [
        'indicator = "population"; printed = "20 million"',
        'indicator = "gdp"; printed = "400 billion"',
        'indicator = "population"; printed = "over 12.4 million"',
    ],
)
def test_no_slip_is_named_where_none_fits(claim):
    assert remarks(claim, Aspect.SLIP) == ""


def test_what_a_change_of_members_would_give_is_told():
    told = remarks('indicator = "population"; printed = "10.4 million"', Aspect.INVERSE)
    none = remarks('indicator = "population"; printed = "over 200 million"', Aspect.INVERSE)

    assert "without Querétaro (10.41 million persons)" in told
    assert "No change of up to 2 members" in none


def test_what_is_said_of_changed_members_is_what_they_give():
    found = bajio.evaluate("MX-AGU+MX-GUA+MX-SLP", "population", year=2018, peers=None)
    share = bajio.evaluate(
        "MX-AGU+MX-GUA+MX-QUE+MX-SLP+MX-NAY", "population", year=2018, peers=None
    )

    assert round(found.value / 1e6, 2) == 10.41
    assert round(float(share.share_of_host), 4) == 0.1106


def test_the_remainder_and_edition_of_a_flow_are_told():
    told = remarks('indicator = "fdi"; printed = "4.7 billion"; year = 2017', Aspect.CHOICE)

    assert "By edition 2018 of Secretaría de Economía" in told
    assert "4.686 billion USD in 2017, and it would hold" in told


def test_a_census_is_another_choice():
    told = remarks('indicator = "population"; printed = "12.8 million"', Aspect.CHOICE)

    assert "Census population: 12.78 million persons in 2020, and it would hold" in told


@pytest.mark.parametrize(
    ("claims", "conflict"),
    [
        # two numbers for one quantity
        (
            (
                'indicator = "population"; printed = "over 12.4 million"',
                'indicator = "population"; printed = "fewer than 11 million"',
            ),
            ("c0", "c1"),
        ),
        # a share of a printed whole
        (
            (
                'indicator = "population"; printed = "12.4 million"',
                'indicator = "population"; printed = "126 million"; subject = "MEX"',
                'indicator = "population"; relation = "share-of"; printed = "11.5 %"',
            ),
            ("c0", "c1", "c2"),
        ),
        # members and their total
        (
            (
                'indicator = "area"; printed = "109 thousand"',
                'indicator = "area"; printed = "5.6 thousand"; subject = "MX-AGU"',
                'indicator = "area"; printed = "30.6 thousand"; subject = "MX-GUA"',
                'indicator = "area"; printed = "11.7 thousand"; subject = "MX-QUE"',
                'indicator = "area"; printed = "51.1 thousand"; subject = "MX-SLP"',
            ),
            ("c0", "c1", "c2", "c3", "c4"),
        ),
        # a density, a number and a surface; the last claim has no part in it
        (
            (
                'indicator = "population"; printed = "12.4 million"',
                'indicator = "area"; printed = "109 thousand"',
                'indicator = "population-density"; printed = "150"',
                'indicator = "gdp"; printed = "136 billion"',
            ),
            ("c0", "c1", "c2"),
        ),
        # an order that goes round
        (
            (
                'indicator = "gdp"; relation = "exceeds"; areas = ["SVK"]',
                'indicator = "gdp"; relation = "exceeds"; areas = ["bajio"]; subject = "SVK"',
            ),
            ("c0", "c1"),
        ),
        # an order against two numbers
        (
            (
                'indicator = "gdp"; relation = "exceeds"; areas = ["SVK"]',
                'indicator = "gdp"; printed = "90 billion"',
                'indicator = "gdp"; printed = "95 billion"; subject = "SVK"',
            ),
            ("c0", "c1", "c2"),
        ),
        # numbers that refer to one another: the second contradicts itself
        (
            ('quantity = "jobs"; printed = "2.30 million"', JOBS_SHARE),
            ("c1",),
        ),
    ],
)
def test_the_smallest_set_that_cannot_all_be_true_is_found(claims, conflict):
    assert audit_of(*claims).conflicts[0].claims == conflict


def test_a_conflict_that_rounding_undoes_says_so():
    (found,) = audit_of(
        'indicator = "population"; printed = "over 12 million"',
        'indicator = "population"; printed = "fewer than 12 million"',
    ).conflicts

    assert not found.lenient
    assert "leniently read, they can" in str(found.reason)


def test_claims_of_different_years_do_not_contradict_each_other():
    found = audit_of(
        'indicator = "population"; printed = "over 12.4 million"',
        'indicator = "population"; printed = "fewer than 11 million"; year = 2003',
    )

    assert found.conflicts == ()


def test_many_claims_are_searched_within_bounds():
    claims = ['indicator = "population"; printed = "12.7 million"'] * 40
    claims.append('indicator = "population"; printed = "20 million"')
    conflicts = audit_of(*claims).conflicts

    assert [len(one.claims) for one in conflicts] == [2]
    assert "c40" in conflicts[0].claims


def test_an_open_span_that_no_years_fit_says_so():
    told = remarks('indicator = "fdi"; printed = "1 million"; open_span = "once"', Aspect.INVERSE)

    assert told == "No span of years in the data fits."


def test_an_open_span_of_what_does_not_add_over_years_is_left_alone():
    found = audit_of('indicator = "area"; printed = "1 million"; open_span = "once"')["c0"]

    assert found.verdict.value == "not-checkable"


def test_what_is_found_is_told_as_values_too():
    found = audit_of('indicator = "population"; printed = "12.7 thousand"')["c0"]
    [slip] = [value for value in found.evidence if isinstance(value, Slip)]
    assert (slip.kind, slip.value) == ("thousandth", Fraction(12706038, 1000))
    found = audit_of('indicator = "population"; printed = "over 13 million"')["c0"]
    change = next(value for value in found.evidence if isinstance(value, Change))
    assert [name.code for name in change.added] == ["MX-COL"]
    assert change.value > 13 * 10**6
    [held] = [value for value in found.evidence if isinstance(value, YearsHeld)]
    assert held.years == found.years


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ('indicator = "population"; printed = "11 %"', "es una parte o un múltiplo"),
        ('indicator = "fdi"; printed = "1 billion"; year = 1990', "no hay 'fdi' de MX-AGU"),
        ('indicator = "gdp"; printed = "1 billion"; year = 1950', "no hay 'gdp"),
        ('indicator = "gdp"; relation = "exceeds"; areas = ["PRK"]', "ninguna serie tiene 'gdp'"),
    ],
)
def test_what_cannot_be_checked_is_told_in_spanish(claim, reason):
    found = audit_of(claim)["c0"]
    assert found.verdict is Verdict.NOT_CHECKABLE
    assert reason in found.reason.text("es")
    assert found.reason["en"] != found.reason["es"]


def test_why_a_claim_cannot_be_decided_travels():
    for error in (Unserved("'gdp'", "PRK"), undecidable("no-figure", indicator="gdp", year=2018)):
        copied = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert str(copied) == str(error)
        assert problem_of(copied).text("es") == problem_of(error).text("es") != str(error)


def test_an_audit_travels():
    found = audit_of('indicator = "population"; printed = "12.7 thousand"')["c0"]
    assert pickle.loads(pickle.dumps(found.remarks)) == found.remarks  # noqa: S301
    assert copy.deepcopy(found.reason) == found.reason
