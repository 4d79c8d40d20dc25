"""The table of hedges that a file of claims can have of its own."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from bajio import audit
from bajio.claims.claim_data import from_data, to_data
from bajio.claims.intervals import Interval
from bajio.claims.printed import REACHES, TOLERANCE
from bajio.claims.relations import Relation
from bajio.errors import InvalidClaim
from bajio.readers.claim_files import parse_claims


def set_of(hedges, printed="about 100", more="", locale="en"):
    return parse_claims(
        f"""
        code = "mine"
        title = "Mine"
        subject = "bajio"
        locale = "{locale}"
        year = 2018
        [hedges]
        {hedges}
        [[claims]]
        id = "one"
        statement = "A statement."
        indicator = "population"
        printed = "{printed}"
        {more}
        """
    )


def strict(claims):
    claim = claims["one"]
    return claim.printed.strict(claim.tolerance)


def test_a_file_says_how_far_its_hedges_reach():
    assert strict(set_of('about = "10 %"')) == Interval(90, 110)
    assert strict(set_of('almost = "10 %"')) == Interval(95, 105)
    assert strict(set_of('casi = "10 %"', "casi 100", locale="es-MX")).low == 90
    assert strict(set_of('"alrededor de" = "1 %"', "cerca de 1000", locale="es-MX")).high == 1010
    assert strict(set_of('about = "10 %"', more="tolerance = '2 %'")) == Interval(98, 102)
    assert strict(set_of('about = "10 %"', "100", more="relation = 'about'")) == Interval(90, 110)


def test_near_reaches_as_far_as_the_file_says():
    claims = parse_claims(
        """
        code = "mine"
        title = "Mine"
        subject = "bajio"
        year = 2018
        [hedges]
        near = "20 %"
        [[claims]]
        id = "one"
        statement = "Nearly as many people as in Greece."
        relation = "near"
        indicator = "population"
        areas = ["GRC"]
        """
    )

    assert claims["one"].tolerance == Fraction(20, 100)
    assert audit(claims)["one"].verdict.value == "holds"


@pytest.mark.parametrize(
    ("hedges", "told"),
    [
        ('over = "3 %"', "'over' has no reach"),
        ('abuot = "3 %"', "did you mean 'about'"),
        ('about = "3"', "more than 0 %"),
        ('about = "0 %"', "more than 0 %"),
        ('about = "60 %"', "at most 50 %"),
        ('about = "over 3 %"', "more than 0 %"),
        ('about = "x"', "no number"),
        ('about = "3 %"\n"around" = "4 %"', "which is there"),
        ("about = 3", "a table of hedges"),
    ],
)
def test_a_table_that_is_not_right_is_refused_by_its_key(hedges, told):
    with pytest.raises(InvalidClaim, match=told) as caught:
        set_of(hedges)

    assert caught.value.key == "hedges"
    assert caught.value.line in {None, 8, 9}


def test_all_faults_of_a_table_are_told_at_once():
    with pytest.raises(InvalidClaim) as caught:
        set_of('over = "3 %"\nabout = "0 %"', "12 parrots")

    assert len(caught.value.faults) == 3


def test_the_table_is_kept_in_the_data_of_claims():
    claims = set_of('about = "10 %"')

    assert from_data(to_data(claims))["one"].printed.reach == Fraction(1, 10)


@given(st.integers(1, 49), st.sampled_from(["about", "almost", "a little over"]))
def test_a_wider_table_never_says_less(percent, hedge):
    name = {"a little over": "a-little-over"}.get(hedge, hedge)
    wide, narrow = (
        strict(set_of(f'{name} = "{reach} %"', f"{hedge} 1234567"))
        for reach in (percent + 1, percent)
    )

    assert narrow in wide


def test_the_usual_table_is_as_documented():
    assert dict(REACHES) == {
        Relation.ABOUT: TOLERANCE,
        Relation.ALMOST: TOLERANCE,
        Relation.A_LITTLE_OVER: TOLERANCE,
        Relation.NEAR: 2 * TOLERANCE,
    }
