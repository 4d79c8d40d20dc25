"""Claims about each of several areas, about one rank alone, and about who is first in a region."""

import pytest

import bajio
from bajio.claims.claim_data import from_data, to_data
from bajio.errors import InvalidClaim
from bajio.questions.audit.findings import Verdict
from bajio.readers.claim_files import parse_claims

MEMBERS = ("MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP")
PEOPLE = 'indicator = "population"\n'


def claims_of(*entries):
    return parse_claims(
        'code = "mine"\ntitle = "Mine"\nsubject = "bajio"\nyear = 2018\n'
        + "".join(
            f'[[claims]]\nid = "c{at}"\nstatement = "S"\n{entry}\n'
            for at, entry in enumerate(entries)
        )
    )


def found(entry):
    claims = claims_of(entry)
    assert from_data(to_data(claims)) == claims
    return bajio.audit(claims)["c0"]


@pytest.mark.parametrize(
    "what",
    [
        PEOPLE + 'printed = "over 1.4 million"',
        PEOPLE + 'printed = "over 2.2 million"',
        PEOPLE + 'printed = "between 1 and 2 million"',
        PEOPLE + 'printed = "over 1 %"\nrelation = "share-of"',
        PEOPLE + 'relation = "exceeds"\nareas = ["MX-COL"]',
        PEOPLE + 'relation = "exceeds"\nareas = ["MX-TAM"]',
        PEOPLE + 'relation = "times"\nareas = ["MX-COL"]\nprinted = "more than double"',
        PEOPLE + 'relation = "top"\ntop = 20\npeers = "mexican-states"',
        PEOPLE + 'printed = "grew by over 5 %"\nsince = 2010',
        'indicator = "exports"\nprinted = "over 1 billion dollars"',
    ],
)
def test_a_claim_of_each_is_one_of_every_one(what):
    each = found(what + '\neach = "members"')
    single = [found(f'{what}\nsubject = "{code}"') for code in MEMBERS]

    every = all(one.verdict is Verdict.HOLDS for one in single)
    assert (each.verdict is Verdict.HOLDS) is every
    assert set(each.years) == set.intersection(*(set(one.years) for one in single))
    listed = found(f"{what}\neach = {list(MEMBERS)}".replace("'", '"'))
    assert (listed.verdict, listed.reason) == (each.verdict, each.reason)


def test_the_reason_names_those_of_which_it_is_not_so():
    each = found(PEOPLE + 'printed = "over 2.2 million"\neach = "members"')

    assert str(each.reason) == "Not all 4 in 2018: Aguascalientes 1.413 million persons."
    assert each.reason["es"].startswith("No cada uno de los 4 en 2018: Aguascalientes 1.413")


def test_claims_of_each_are_joint_with_those_of_one():
    claims = claims_of(
        PEOPLE + 'printed = "over 1.4 million"\neach = "members"',
        PEOPLE + 'printed = "1.2 million"\nsubject = "MX-AGU"',
    )

    assert [one.claims for one in bajio.audit(claims).conflicts] == [("c0", "c1")]


@pytest.mark.parametrize(
    ("where", "verdict"),
    [
        ('subject = "MX-GUA"\nrank = 1', "holds"),
        ('subject = "MX-GUA"\nprinted = "the most populous state"', "holds"),
        ('subject = "MX-QUE"\nprinted = "the most populous state"', "contradicted"),
        ('subject = "MX-QUE"\nrank = 3', "holds"),
        ('subject = "MX-QUE"\nrank = 4', "contradicted"),
        ('subject = "MX-QUE"\ntop = 4', "holds"),
        ('subject = "MX-AGU"\nrank = 1\norder = "lowest"', "holds"),
        ('subject = "MX-AGU"\nrank = 4\norder = "highest"', "holds"),
    ],
)
def test_ranks_among_the_members_of_a_region(where, verdict):
    relation = "" if "printed" in where else 'relation = "top"\n'

    assert found(f'{PEOPLE}{relation}peers = "bajio"\n{where}').verdict.value == verdict


def test_who_is_first_is_named_where_another_is_said_to_be():
    finding = found(PEOPLE + 'relation = "top"\nrank = 1\npeers = "bajio"\nsubject = "MX-QUE"')

    told = [str(remark.text) for remark in finding.remarks]
    assert "First is Guanajuato, 6.157 million persons." in told


@pytest.mark.parametrize("rank", [73, 74, 75])
def test_a_rank_is_not_the_top(rank):
    exact = (
        found(f'{PEOPLE}printed = "{rank}th"') if rank != 73 else found(PEOPLE + 'printed = "73rd"')
    )
    top = found(f'{PEOPLE}printed = "top {rank}"')

    assert (exact.verdict is Verdict.HOLDS) is (rank == 74)
    assert (top.verdict is Verdict.HOLDS) is (rank >= 74)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (PEOPLE + 'relation = "top"\nrank = 1\ntop = 2', "top and rank contradict"),
        (PEOPLE + 'relation = "top"', "needs top or rank"),
        ('printed = "5 %"\neach = "members"', "name one"),
        (PEOPLE + 'printed = "5"\neach = ["MX-GUA", "MX-GUA"]', "named twice"),
        (PEOPLE + 'printed = "5"\neach = ["MX-XXX"]', "MX-XXX"),
        (PEOPLE + 'printed = "5"\neach = "all"', "'members', or a list"),
        (PEOPLE + 'printed = "5"\norder = "lowest"', "no use for 'order'"),
        (
            PEOPLE + 'printed = "10 %"\nrelation = "share-of"\npart = "5"\nwhole = "50"\n'
            'each = "members"',
            "not of each",
        ),
    ],
)
def test_claims_of_each_that_mean_nothing_are_refused(entry, told):
    with pytest.raises(InvalidClaim, match=told):
        bajio.audit(claims_of(entry))


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ('subject = "MX-GUA"\nprinted = "almost half"', "holds"),
        ('subject = "MX-GUA"\nprinted = "48.5 %"', "holds"),
        ('subject = "MX-GUA"\nprinted = "a third"', "contradicted"),
        ('each = "members"\nprinted = "at least 11 %"', "holds"),
        ('each = "members"\nprinted = "less than a quarter"', "contradicted"),
    ],
)
def test_shares_of_a_region_that_is_no_country(more, verdict):
    finding = found(f'{PEOPLE}relation = "share-of"\nareas = ["bajio"]\n{more}')

    assert finding.verdict.value == verdict, finding.reason
    assert finding.claim.relation.value == "share-of"


def test_a_share_of_an_area_is_joint_with_both_numbers():
    claims = claims_of(
        PEOPLE + 'printed = "6 million"\nsubject = "MX-GUA"',
        PEOPLE + 'printed = "12 million"',
        PEOPLE
        + 'printed = "a third"\nrelation = "share-of"\nsubject = "MX-GUA"\nareas = ["bajio"]',
    )

    assert [one.claims for one in bajio.audit(claims).conflicts] == [("c0", "c1", "c2")]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (PEOPLE + 'areas = ["MX-COL"]\nprinted = "5 %"', "is no part of 'MX-COL'"),
        ('indicator = "population-density"\nareas = ["MEX"]\nprinted = "5 %"', "no shares"),
        (PEOPLE + 'areas = ["MEX", "MX-COL"]\nprinted = "5 %"', "a share is of one area"),
        (PEOPLE + 'areas = ["MEX"]\nprinted = "5 %"\npart = "1"\nwhole = "20"', "keep one"),
    ],
)
def test_shares_of_areas_that_mean_nothing_are_refused(entry, told):
    with pytest.raises(InvalidClaim, match=told):
        bajio.audit(claims_of(entry + '\nrelation = "share-of"'))


def test_ties_and_peers_without_a_figure_are_told():
    group = "MX-GUA+MX-QUE"
    ranked = found(f'{PEOPLE}relation = "top"\nrank = 1\nsubject = "MX-GUA"\npeers = "{group}"')
    wide = found('indicator = "gdp-per-capita"\nrelation = "top"\ntop = 150\npeers = "un-members"')

    assert "tied" not in str(ranked.reason)
    assert any("which are not ranked" in str(one.text) for one in wide.remarks)
