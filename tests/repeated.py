"""Which of the built-in indicators repeat what others of them have tried."""

import pytest

import bajio


def first_of_each_kind(codes):
    """Codes of indicators as parameters of a test: those that show nothing new are slow.

    An indicator shows something new where its rule is of a kind, or takes the place of a part of
    another kind, that those before it have not.
    """
    known, found = set(), []
    for code in codes:
        kinds = _kinds(bajio.list_indicators()[code].rule)
        found.append(pytest.param(code, marks=pytest.mark.slow) if kinds <= known else code)
        known |= kinds
    return found


def _kinds(rule):
    own = {type(node) for node in rule.walk()}
    return {(type(node), type(part)) for node in rule.walk() for part in node.inner()} | own
