"""Questions take as many steps as is stated of them: calls are counted, and no seconds.

They are those of `benchmarks/growth.py`, asked about little, twice and four times as much. What is
the same at all sizes falls out of differences, which double where steps are linear.
"""

import sys
from importlib import import_module
from pathlib import Path

import pytest

import bajio
from bajio import Area, Indicator, Region, Sum
from bajio.answers import rank_sets
from bajio.facts.areas import Areas

#: What was quadratic once, or worse; asked about as little as shows it.
MENDED = {"decompose, by groups": 6, "composite, by regions": 10}
#: Logarithms, and what is read in blocks.
LEEWAY = 1.3


def benchmark():
    """The questions of the benchmark, by their names, and the country that they are about."""
    folder = str(Path(__file__).parent.parent / "benchmarks")
    sys.path.insert(0, folder)
    try:
        asked = import_module("growth").QUESTIONS
        return {f"{one.name}, by {one.grows}": one for one in asked}, import_module("made_country")
    finally:
        sys.path.remove(folder)


QUESTIONS, MADE = benchmark()


def steps(ask):
    """How many calls a question makes, of functions in Python and in C."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    ask()  # what is loaded and kept once does not grow
    sys.setprofile(counted)
    try:
        ask()
    finally:
        sys.setprofile(None)
    return count


def growth(ask_at, size):
    """How many times as many steps a second doubling adds as the first: 2 where all is linear."""
    small, middle, large = (steps(ask_at(size * times)) for times in (1, 2, 4))
    return (large - middle) / (middle - small)


def check(name, size):
    question = QUESTIONS[name]

    def ask_at(size):
        asked = question.at(size)
        assert asked.told(asked.ask()) == asked.expected
        return asked.ask

    assert growth(ask_at, size) < {"n²": 4, "n³": 8}.get(question.order, 2) * LEEWAY


@pytest.mark.parametrize("name", MENDED)
def test_what_was_mended_takes_steps_as_it_grows(name):
    check(name, MENDED[name])


#: From where on all is of one kind: sums over very many are taken otherwise.
FROM = {
    "convergence, by members": 110,
    "inequality: Gini, by members": 110,
    "inequality: Theil, by members": 110,
    "specialisations, by members": 150,
}
#: What an audit looks for hangs on what it finds; the others have tests of their own.
UNEVEN = {"audit, by members", "audit, by peers", "rank_sets, by estimates", "search, by sets"}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(QUESTIONS.keys() - UNEVEN))
def test_questions_take_steps_as_they_are_stated_to_grow(name):
    check(name, FROM.get(name, max(QUESTIONS[name].sizes[0] // 8, 4)))


def test_what_members_are_held_against_is_worked_out_once_for_all():
    rule = Sum("population") / bajio.rules.At(Sum("population"), "host")
    share = Indicator("part", rule, "1", "Part")

    def ask_at(size):
        registry = MADE.Country(size + 5).registry()
        found = bajio.evaluate(MADE.towns(0, size), share, registry=registry, year=2018, peers=None)
        assert sum(figure.exact for figure in found.members) == found.exact
        return lambda: found.members

    assert growth(ask_at, 20) < 2 * LEEWAY


def test_a_draw_of_estimates_is_not_looked_at_pair_by_pair():
    estimates = {f"E{at}": at / 2 for at in range(40)}
    errors = {code: 1 + at % 3 for at, code in enumerate(estimates)}
    few, many = (
        steps(lambda draws=draws: rank_sets(estimates, errors, draws=draws))
        for draws in (1_000, 2_000)
    )

    assert (many - few) / 1_000 < 6 * len(estimates) < len(estimates) * 39 / 2


@pytest.mark.parametrize("flat", [True, False])
def test_taking_areas_from_a_region_takes_steps_as_it_grows(flat):
    def ask_at(size):
        states = [Area(f"S{at}", "S", "state", "L") for at in range(4)]
        towns = [
            Area(f"T{at:04}", "T", "town", "L" if flat else f"S{at % 4}") for at in range(size)
        ]
        known = Areas([Area("L", "L"), *([] if flat else states), *towns])
        every = [town.code for town in towns]
        whole, some = Region(every, known=known), Region(every[::3], known=known)
        land, rest = Region(["L"], known=known), tuple(sorted({*every} - {*every[::3]}))
        assert (whole - some).members == (land - some).members == rest
        return lambda: (whole - some, whole & some, whole ^ some, land - some)

    assert growth(ask_at, 64) < 2 * LEEWAY
