"""Many claims, and many numbers that hang together: an audit ends, and says where it stopped."""

from time import process_time

import pytest

from bajio import audit
from bajio.questions.audit import conflicts
from bajio.readers.claim_files import parse_claims
from bajio.readers.claim_keys import MOST_CLAIMS
from bajio.report.fact_check import audit_table

HEAD = 'code = "mine"\ntitle = "Mine"\nsubject = "bajio"\nyear = 2018\n'
PRINTED = {
    "population": "over 12 million",
    "gdp": "about 130 billion",
    "area": "109 thousand",
    "population-density": "116",
    "fdi": "over 4 billion",
}


def claims_of(count):
    every = list(PRINTED.items())
    return parse_claims(
        HEAD
        + "".join(
            f'[[claims]]\nid = "c{at}"\nstatement = "S"\nindicator = "{every[at % 5][0]}"\n'
            f'printed = "{every[at % 5][1]}"\nyear = {2003 + at % 20}\n'
            for at in range(count)
        )
    )


def ring_of(count):
    """Numbers of which each is said to be more than the next, and the last more than the first."""
    numbers = "".join(
        f'[[claims]]\nid = "n{at}"\nstatement = "S"\nquantity = "things"\nprinted = "about 100"\n'
        for at in range(count)
    )
    return parse_claims(
        HEAD
        + numbers
        + "".join(
            f'[[claims]]\nid = "g{at}"\nstatement = "S"\nquantity = "things"\n'
            f'relation = "exceeds"\npart = {{ claim = "n{at}" }}\n'
            f'than = {{ claim = "n{(at + 1) % count}" }}\n'
            for at in range(count)
        )
    )


def test_a_set_that_was_not_searched_to_the_end_says_so(monkeypatch):
    monkeypatch.setattr(conflicts, "_MOST_WORK", 500)
    found = audit(ring_of(30))

    assert not found.searched
    assert "were not searched for" in audit_table(found)
    assert found.to_dict()["searched"] is False


def test_a_set_that_was_searched_says_nothing_of_it():
    found = audit(ring_of(10))

    assert found.searched
    assert [len(one.claims) for one in found.conflicts] == [10]
    assert "were not searched" not in audit_table(found)


@pytest.mark.slow
def test_a_joint_set_of_200_printed_numbers_ends():
    start = process_time()
    found = audit(ring_of(100))

    assert [len(one.claims) for one in found.conflicts] == [100]
    assert process_time() - start < 20


def test_claims_in_a_set_that_are_not_joint_do_not_change_one_another():
    alone, among = (audit(claims_of(count)) for count in (5, 50))

    assert [among[f"c{at}"].verdict for at in range(5)] == [
        alone[f"c{at}"].verdict for at in range(5)
    ]


@pytest.mark.slow
def test_a_file_of_as_many_claims_as_can_be_ends():
    start = process_time()
    found = audit(claims_of(MOST_CLAIMS))

    assert len(found) == MOST_CLAIMS == 10_000
    assert process_time() - start < 600


@pytest.mark.slow
def test_a_hundred_claims_are_audited_in_five_seconds():
    start = process_time()
    audit(claims_of(100))

    assert process_time() - start < 5
