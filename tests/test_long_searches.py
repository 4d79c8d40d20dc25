"""The same laws over many more examples, drawn anew each time: `pytest -m slow`.

With the profile `ci`, the examples are others than those of the quick tests, but always the same.
"""

import os

import pytest
import test_reference
from hypothesis import HealthCheck, given, settings, strategies as st
from test_reference import BACKENDS, questions

pytestmark = pytest.mark.slow
ANEW = os.environ.get("BAJIO_HYPOTHESIS_PROFILE", "dev") == "dev"
LONG = settings(
    max_examples=1000 if ANEW else 300,
    derandomize=not ANEW,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
POLICIES = st.sampled_from(["refuse", "partial"])


@LONG
@given(questions(), POLICIES, st.sampled_from(["newest", "as-of"]))
def test_the_exact_engine_for_long(asked, missing, membership):
    test_reference.exact_agrees(asked, missing, membership)


@LONG
@given(questions(), st.data(), POLICIES)
def test_the_array_engine_for_long(asked, data, missing):
    test_reference.array_agrees(asked, data, missing)


@pytest.mark.parametrize("backend", BACKENDS)
@settings(LONG, max_examples=300 if ANEW else 40)
@given(asked=questions(), data=st.data(), missing=POLICIES)
def test_tables_for_long(backend, asked, data, missing):
    test_reference.tables_agree(backend, asked, data, missing)


@LONG
@given(st.data(), questions(own=True))
def test_no_question_ends_in_another_error(data, asked):
    """A number or one of the project's own errors, whatever the world is like."""
    world, rule, region = asked
    membership = data.draw(st.sampled_from(["newest", "as-of"]))
    missing = data.draw(st.sampled_from(["refuse", "partial", "bound"]))
    peers = data.draw(st.sampled_from([None, "countries", "mixed", "dated", "parts"]))
    host = data.draw(st.sampled_from(["keep", "drop", "remainder"]))
    test_reference.ends_well(
        world, rule, region, membership=membership, missing=missing, peers=peers, host=host
    )
