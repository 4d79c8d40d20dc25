"""How values show themselves: their fields, and never more than a few lines."""

import pytest
from attrs import field, frozen

import bajio
from bajio.brief import Brief


@frozen
class Made:
    a: object = 1
    b: str = field(default="x", repr=False)
    c: object = field(default="y", repr=lambda given: f"<{given}>")


@frozen(repr=False)
class Shown(Brief):
    a: object = 1
    b: str = field(default="x", repr=False)
    c: object = field(default="y", repr=lambda given: f"<{given}>")


@pytest.mark.parametrize("given", [1, "text", (1, 2), {"k": [None]}, Made()])
def test_a_small_value_shows_itself_as_attrs_would(given):
    assert repr(Shown(given)) == repr(Made(given)).replace("Made", "Shown", 1)


def test_a_value_that_holds_itself_ends():
    held = []
    holder = Shown(held)
    held.append(holder)

    assert repr(holder) == "Shown(a=[...], c=<y>)"


def test_answers_show_themselves_in_a_few_lines():
    profile = bajio.profile("bajio", year=2018)
    answers = [profile, *profile.results, profile.region, profile["gdp"].rank, profile.options]

    for answer in answers:
        assert len(repr(answer)) < 900
        assert repr(answer).startswith(f"{type(answer).__name__}(")
