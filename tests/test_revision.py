"""What changed between two states of data, by plain dictionaries of figures."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from bajio import Measure, Observation, Source, dataset, diff, evaluate, list_measures
from bajio.errors import InvalidValue, UnknownCode

RAIN = Measure("rain", "Rain", "mm", kind="extensive", time="flow")
STATES = ["MX-JAL", "MX-COL", "MX-NAY"]
PLACES = st.tuples(st.sampled_from(STATES), st.integers(2015, 2018))
FIGURES = st.dictionaries(PLACES, st.one_of(st.none(), st.integers(-50, 50)), min_size=1)


def observed(name, figures, unit="mm"):
    seen = [Observation(area, year, "rain", value) for (area, year), value in figures.items()]
    return dataset(
        name, measures=[RAIN], sources=[Source("s", "S")], observations=seen, units={"rain": unit}
    )


@given(FIGURES, FIGURES)
def test_every_figure_that_is_not_the_same_is_told(before, after):
    found = diff(observed("a", before), observed("b", after))
    told = {(one.area, int(one.period)): (one.before, one.after) for one in found.changes}
    places = {*before, *after}
    assert told == {
        place: (before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    }
    (count,) = found.measures
    assert count.same + count.changed + count.added + count.removed == len(places)


@given(FIGURES)
def test_nothing_changed_against_itself(figures):
    assert diff(observed("a", figures), observed("b", figures)).changes == ()


@given(FIGURES, FIGURES)
def test_the_largest_changes_come_first(before, after):
    ratios = [one.ratio for one in diff(observed("a", before), observed("b", after)).changes]
    sizes = [abs(one) for one in ratios if one is not None]
    assert sizes == sorted(sizes, reverse=True)


def test_units_do_not_count_as_changes():
    figures = {("MX-JAL", 2018): 5}
    metres = observed("b", {("MX-JAL", 2018): Fraction(5, 1000)}, unit="m")
    assert diff(observed("a", figures), metres).changes == ()


def test_an_edition_of_quarters_is_compared_by_years():
    found = diff("fdi=2018", "fdi=2025-10", region="bajio", year=2017)
    national = sum(one.before for one in found.changes if one.period == "2017")
    later = sum(one.after for one in found.changes if one.period == "2017")
    assert round(national / 10**6) == 29_695  # million USD, as the sources have it
    assert round(later / 10**6) == 34_018
    (effect, *_) = found.effects
    members = evaluate("bajio", "fdi", year=2017, editions={"fdi": "2018"})
    assert effect.before.exact == members.exact
    assert effect.after.exact == evaluate("bajio", "fdi", year=2017).exact
    assert effect.is_changed


def test_what_a_region_shows_by_figures_of_ones_own():
    own = dataset(
        "mine",
        sources=[Source("s", "S")],
        observations=[Observation("MX-JAL", 2018, "population", 8_000_000)],
    )
    found = diff("bundled", own, region="MX-JAL", indicators="population", year=2018)
    assert [(one.area, one.after) for one in found.changes] == [("MX-JAL", 8_000_000)]
    (effect,) = found.effects
    assert (effect.before.value, effect.after.value) == (8_325_605, 8_000_000)
    assert diff("bundled", "bundled", measures=["area"]).changes == ()
    assert "population" in list_measures()


@pytest.mark.parametrize(
    ("before", "after", "options", "error", "told"),
    [
        ("nonsense", "bundled", {}, InvalidValue, "no state of data"),
        ("fdi=1999", "bundled", {}, UnknownCode, "1999"),
        ("fid=2018", "bundled", {}, UnknownCode, "did you mean 'fdi'"),
        ("fdi=2018", "population=2023", {}, InvalidValue, "no measure of"),
        ("fdi=2018", "fdi=2025-10", {"measures": ["gdp"]}, UnknownCode, "measure in both"),
        ("fdi=2018", "fdi=2025-10", {"region": "nowhere"}, UnknownCode, "nowhere"),
    ],
)
def test_what_cannot_be_compared_is_refused(before, after, options, error, told):
    with pytest.raises(error, match=told):
        diff(before, after, **options)


def stated(name, figures, unit="mm"):
    """A dataset of figures with their statuses."""
    seen = [
        Observation(area, year, "rain", value, status)
        for (area, year), (value, status) in figures.items()
    ]
    return dataset(
        name, measures=[RAIN], sources=[Source("s", "S")], observations=seen, units={"rain": unit}
    )


STATED = st.dictionaries(
    PLACES,
    st.one_of(
        st.tuples(st.none(), st.sampled_from("OQL")),
        st.tuples(st.integers(-9, 9), st.sampled_from("APE")),
    ),
    min_size=1,
)


@given(STATED, STATED)
def test_a_change_of_status_alone_is_told_apart(before, after):
    found = diff(stated("a", before), stated("b", after))
    (count,) = found.measures
    both = before.keys() & after.keys()
    alone = {one for one in both if before[one][0] == after[one][0] and before[one] != after[one]}
    told = [one for one in found.changes if one.is_restated]

    assert {(one.area, int(one.period)) for one in told} == alone
    assert count.restated == len(alone)
    assert found.changes[len(found.changes) - len(told) :] == tuple(told)  # the others come first
    every = (count.same, count.changed, count.added, count.removed, count.restated)
    assert sum(every) == len({*before, *after})


def test_the_units_of_both_sides_are_told(tmp_path):
    first = stated("a", {("MX-JAL", 2018): (8000, "A"), ("MX-COL", 2018): (700, "P")})
    second = stated("b", {("MX-JAL", 2018): (8, "P"), ("MX-COL", 2018): (1, "A")}, "m")
    found = diff(first, second)
    (count,) = found.measures
    assert (count.before_unit, count.after_unit, count.apart) == ("mm", "m", ())
    assert (count.changed, count.restated) == (1, 1)
    found.save(tmp_path / "found.md")
    text = (tmp_path / "found.md").read_text(encoding="utf-8")
    assert "mm before, m after" in text
    assert "A → P" in text


def test_figures_in_another_currency_are_not_taken_for_new_ones():
    money = Measure("sales", "Sales", "USD", kind="extensive", time="flow")
    sides = [
        dataset(
            name,
            measures=[money],
            sources=[Source("s", "S")],
            observations=[Observation("MX-JAL", 2018, "sales", 5)],
            units={"sales": unit},
        )
        for name, unit in (("a", "MXN"), ("b", "USD"))
    ]
    (count,) = diff(*sides).measures
    assert (count.same, count.changed, count.added, count.removed) == (0, 0, 0, 0)
    assert count.apart == ("MXN",)


def test_an_edition_changes_the_rank_among_countries():
    (effect, *_) = diff("fdi=2018", "fdi=2025-10", region="bajio", year=2017).effects
    assert (effect.before.rank.position, effect.after.rank.position) == (47, 43)
    assert effect.after.rank.position == evaluate("bajio", "fdi", year=2017).rank.position


@pytest.mark.parametrize(
    "side", ["", "=", "fdi=", "=2018", "x" * 5000, "fdi\0=2018", "é=ñ", "../.."]
)
def test_hostile_sides_are_refused_in_one_line(side, capsys):
    from bajio.cli import main

    assert main(["diff", side, "bundled"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("bajio: ")
    assert len(told) < 500
    assert told.count("\n") == 1
