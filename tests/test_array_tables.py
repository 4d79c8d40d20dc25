"""Many regions at once: tables, members of each period, functions, exact sums, chunks, errors."""

import random
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from repeated import first_of_each_kind
from test_array_engine import STATES, compare, drawn

import bajio
from bajio import Indicator, Membership, Memberships, Region
from bajio.errors import BajioError, InvalidRegion, InvalidValue, UnknownCode
from bajio.rules import Custom, Maximum

FOURS = Memberships.combinations(STATES, 4)
CONTRIBUTION = "contribution-gdp-growth"


def tables():
    registry = bajio.Registry.default()
    return [
        code
        for code in registry.indicators.codes
        if isinstance(registry.indicators[code].rule, bajio.rules.By | bajio.rules.Stack)
    ]


@pytest.mark.parametrize("code", first_of_each_kind(tables()))
def test_tables_agree(code):
    some = Memberships.from_indices(STATES, drawn(code, count=4))
    found = bajio.evaluate_many(some, code, year=2018)[code]
    for row in range(len(some)):
        try:
            exact = bajio.break_down(some.region(row), code, year=2018).exact
        except bajio.Unavailable:
            exact = {}
        size = max((abs(float(value)) for value in exact.values()), default=1)
        for at, key in enumerate(found.keys):
            if key in exact:  # values that are differences lose what the figures' size takes
                value = pytest.approx(float(exact[key]), rel=1e-9, abs=1e-12 * size)
                assert found.values[row, at] == value
                assert found.refused[row, at] == 0
            else:
                assert np.isnan(found.values[row, at])
                assert found.refused[row, at] != 0


def test_a_table_by_member_has_a_column_an_area():
    found = bajio.evaluate_many(FOURS, CONTRIBUTION, year=2018)[CONTRIBUTION]
    assert found.keys == STATES
    assert (found.refused == 0).sum() == 4 * len(FOURS)
    total = np.nansum(found.values, axis=1)
    assert total == pytest.approx(found.total.values, rel=1e-9)


def dated_regions():
    picker = random.Random(7)  # noqa: S311  # regions are drawn, secrets are not
    for _ in range(10):
        some = picker.sample(STATES, 4)
        years = [picker.choice([None, 2010, 2016, 2018]) for _ in some]
        stays = [Membership(code, joined) for code, joined in zip(some, years, strict=True)]
        gone = picker.choice([code for code in STATES if code not in some])
        yield Region([*stays, Membership(gone, left=picker.choice([2015, 2018, 2020])), "MX-JAL"])


@pytest.mark.parametrize(
    "code", ["population", "gdp-growth", "gdp-compound-growth-5", "theil-gdp-per-capita", "area"]
)
@pytest.mark.parametrize("missing", ["refuse", "partial"])
def test_members_are_those_of_each_period_where_that_is_asked(code, missing):
    some = Memberships.of(dated_regions())
    compare(
        bajio.Registry.default(),
        code,
        some,
        year=2018,
        peers="mexican-states",
        membership="as-of",
        missing=missing,
    )


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("gdp-per-capita", {"year": 2024, "year_tolerance": 2}),
        ("gdp-mxn", {"year": 2018, "editions": {"gdp": "2024"}}),
        ("krugman", {"year": 2018, "against": "sur-sureste", "peers": "mexican-states"}),
        ("krugman", {"year": 2018, "level": "31-33"}),
        ("population", {"year": 2018, "peers": "oecd", "host": "remainder"}),
        ("gdp-per-capita", {"year": 2018, "peers": "oecd", "host": "drop"}),
    ],
    ids=str,
)
def test_options_of_one_region_are_those_of_many(code, options):
    registry = bajio.Registry.default()
    some = Memberships.from_indices(STATES, drawn(code, count=6))
    found = bajio.evaluate_many(some, code, **options)[code]
    for row in range(len(some)):
        result = bajio.evaluate(some.region(row), code, **options)
        assert found.values[row] == pytest.approx(float(result.exact), rel=1e-12)
        rank = (0, 0) if result.rank is None else (result.rank.position, result.rank.of)
        assert (found.ranks.position[row], found.ranks.of[row]) == rank
    assert registry.indicator(code).unit == found.unit


@pytest.mark.parametrize("code", ["population", "gdp-per-capita", "exports", "fdi"])
@pytest.mark.parametrize("peers", [None, "un-members"])
def test_a_region_is_read_from_the_series_that_it_would_be_read_from_alone(code, peers):
    mixed = ["MEX", "MEX+USA", "USA", "MX-JAL+USA", "MX-JAL", "MX-JAL+MX-COL", "MX-JAL+CAN+GTM"]
    some = Memberships.of(mixed)
    compare(bajio.Registry.default(), code, some, year=2018, peers=peers, missing="partial")


def widest(members):
    heads = [member["gdp"] / member["population"] for member in members]
    return max(heads) - min(heads)


def test_functions_are_called_for_each_region():
    own = Indicator(
        "widest", Custom(widest, ["gdp", "population"], "MXN/person"), "MXN/person", "W"
    )
    some = Memberships.from_indices(STATES, drawn("custom"))
    compare(bajio.Registry.default(), own, some, year=2018, peers=None)


def test_a_greatest_value_is_one_member_s():
    own = Indicator("most", Maximum("population"), "person", "Most")
    found = compare(
        bajio.Registry.default(),
        own,
        Memberships.from_indices(STATES, drawn("most")),
        year=2018,
        peers="mexican-states",
    )
    assert found.result(0).holders[0] in found.members(0)


@pytest.mark.parametrize("code", ["population", "gdp", "gdp-per-capita", "theil-gdp-per-capita"])
def test_exact_values_are_the_exact_engine_s(code):
    some = Memberships.from_indices(STATES, drawn(code, count=5))
    found = bajio.evaluate_many(some, code, year=2018, peers=None, accumulate="exact")[code]
    for row in range(len(some)):
        assert found.exact[row] == bajio.evaluate(some.region(row), code, year=2018).exact


def test_exact_values_of_what_reads_other_places_are_the_exact_engine_s():
    share = Indicator("share", bajio.Share(bajio.Sum("population")), "1", "Share")
    some = Memberships.from_indices(STATES, drawn("shares", count=3))
    options = {"year": 2018, "peers": None}
    found = bajio.evaluate_many(some, share, accumulate="exact", **options)["share"]
    alone = [bajio.evaluate(some.region(row), share, **options).exact for row in range(3)]
    assert found.exact.tolist() == alone


def test_sums_of_long_whole_numbers_are_exact():
    from bajio.engines.array.blocks import block_of
    from bajio.engines.array.scaled import exact_sums

    terms = [2**80 + 1, -(2**90), 3, Fraction(1, 3)]
    rows = [[0, 1], [0, 2, 3], [1]]
    assert exact_sums(terms, block_of(rows)) == [sum(terms[at] for at in row) for row in rows]


def test_chunks_put_together_are_the_whole():
    told = []
    options = {"year": 2018, "missing": "partial"}
    codes = ["population", "gdp-per-capita"]
    whole = bajio.evaluate_many(FOURS, codes, **options)
    parts = list(
        bajio.evaluate_chunks(
            FOURS, codes, chunk=7000, progress=lambda *done: told.append(done), **options
        )
    )
    assert told[-1] == (35960, 35960)
    assert len(told) == len(parts) == 6
    chunked = bajio.evaluate_many(FOURS, codes, chunk=7000, **options)
    for code in codes:
        values = np.concatenate([part[code].values for part in parts])
        places = np.concatenate([part[code].ranks.position for part in parts])
        for one in (whole, chunked):
            assert (one[code].values == values).all()
            assert (one[code].ranks.position == places).all()
    assert parts[1].rows == range(7000, 14000)
    assert parts[1]["population"].label(0) == FOURS.label(7000)


def test_all_ways_to_say_who_is_a_member_say_the_same():
    rows = drawn("ways")
    matrix = np.zeros((len(rows), len(STATES)), bool)
    for row, members in enumerate(rows):
        matrix[row, members] = True
    regions = [Region([STATES[at] for at in row]) for row in rows]
    labels = [f"r{row}" for row in range(len(rows))]
    ways = [
        Memberships.of(regions),
        Memberships.from_indices(STATES, rows, labels),
        Memberships.from_matrix(STATES, matrix, labels),
    ]
    found = [
        bajio.evaluate_many(way, "gdp-per-capita", year=2018)["gdp-per-capita"] for way in ways
    ]
    assert len({tuple(one.values) for one in found}) == 1
    assert len({tuple(one.ranks.position) for one in found}) == 1
    assert ways[1].label(3) == "r3"
    assert {way.members(2) for way in ways} == {tuple(regions[2].members)}


def test_combinations_are_those_of_itertools():
    from itertools import combinations

    some = Memberships.combinations(STATES[:9], 4)
    every = list(combinations(STATES[:9], 4))
    assert [some.members(row) for row in range(len(some))] == every
    assert some.labels[-1] == "+".join(every[-1])
    blocks = [block.members_by_turn.T for block in some.rows.blocks(13)]
    assert [tuple(STATES[at] for at in row) for row in np.concatenate(blocks)] == every


def test_blocks_are_kept_where_they_are_few_alone():
    few, many = (Memberships.combinations(STATES, each).rows for each in (2, 8))
    assert next(few.blocks(100)) is next(few.blocks(100))
    first, again = next(many.blocks(2)), next(many.blocks(2))
    assert first is not again
    assert first.members_by_turn.T.tolist() == [[*range(8)], [*range(7), 8]]
    assert again.members_by_turn.tolist() == first.members_by_turn.tolist()


def test_a_refusal_has_its_reason():
    some = Memberships.from_indices(STATES, [[0, 1]])
    found = bajio.evaluate_many(some, "gdp", year=1980)["gdp"]
    assert found.refused[0] == 1
    assert found.reason(0).startswith("no 'gdp")
    with pytest.raises(bajio.Unavailable):
        found.result(0)


def test_what_many_numbers_come_from_is_what_each_comes_from():
    for regions in (["MX-JAL", "USA", "FRA+MEX"], ["MX-JAL", "bajio"]):
        found = bajio.evaluate_many(Memberships.of(regions), "gdp", year=2018)["gdp"]
        alone = [use for row in range(len(regions)) for use in found.result(row).sources]
        assert set(found.sources) == set(alone) != set()


def test_answers_are_the_same_where_all_that_is_in_them_is():
    some = Memberships.combinations(STATES[:4], 2)

    def asked(code="population", **options):
        return bajio.evaluate_many(some, code, year=2018, **options)[code]

    assert asked(peers=None) == asked(peers=None)
    assert asked(peers="mexican-states") == asked(peers="mexican-states")
    assert asked(peers=None) != asked(peers="mexican-states") != asked(peers=None)
    assert asked("gdp", peers=None) != asked(peers=None)


@pytest.mark.parametrize("code", ["population", "gdp"])
def test_what_remains_of_the_host_can_be_the_smaller_of_the_two(code):
    most = [[*range(32 - few)] for few in (1, 4, 9)]  # some without a figure less than the rest
    options = {"year": 2018, "peers": "un-members", "host": "remainder"}
    compare(bajio.Registry.default(), code, Memberships.from_indices(STATES, most), **options)


def test_without_a_year_the_newest_of_all_areas_is_taken():
    found = bajio.evaluate_many(FOURS, "gdp", peers="un-members")["gdp"]
    alone = bajio.evaluate(STATES, "gdp", peers="un-members")
    assert found.year == alone.year


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Memberships.from_indices(STATES, [[0, 0]]), InvalidRegion, "MX-AGU twice"),
        (
            lambda: Memberships.from_indices(STATES, np.array([[3, 3]])),
            InvalidRegion,
            "MX-CAM twice",
        ),
        (lambda: Memberships.from_indices(STATES, [[0, 32]]), InvalidValue, "position 32"),
        (lambda: Memberships.from_indices(STATES, np.array([[-1, 2]])), InvalidValue, "-1"),
        (lambda: Memberships.from_indices(STATES, [[0], []]), InvalidRegion, "row 1 is empty"),
        (lambda: Memberships.from_indices(STATES, np.eye(32)), InvalidValue, "float64"),
        (lambda: Memberships.from_matrix(STATES, np.eye(32)), InvalidValue, "true and false"),
        (lambda: Memberships.from_matrix(STATES[:3], np.ones((2, 4), bool)), InvalidValue, "4 col"),
        (lambda: Memberships.from_matrix(["MEX"], [[False]]), InvalidRegion, "row 0 is empty"),
        (lambda: Memberships.from_matrix(["MEX", "MEX"], [[True, True]]), InvalidRegion, "twice"),
        (lambda: Memberships.from_indices(["MEX"], [[0]], ["a", "b"]), InvalidValue, "2 labels"),
        (lambda: Memberships.combinations(STATES, 33), InvalidValue, "1 to 32"),
        (lambda: Memberships.of(["bahio"]), UnknownCode, "bajio"),
        (lambda: Memberships.of([[]]), InvalidRegion, "empty"),
        (lambda: Memberships.of([]), InvalidRegion, "no regions: give the members of one"),
        (lambda: Memberships.from_indices(["MEX"], []), InvalidRegion, "there are no regions"),
        (lambda: Memberships.from_matrix(["MEX"], np.ones((0, 1), bool)), InvalidRegion, "no reg"),
        (lambda: FOURS.members(35960), InvalidValue, "there are 35960"),
    ],
)
def test_memberships_that_cannot_be_are_refused_at_the_door(make, error, words):
    with pytest.raises(error, match=words):
        make()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"missing": "bound"}, "one region at a time"),
        ({"membership": "as-of"}, "Memberships.of"),
        ({"accumulate": "double"}, "float or exact"),
        ({"chunk": 0}, "how many regions"),
        ({"progress": 3}, "cannot be called"),
        ({"colour": 1}, "colour"),
        ({"peers": "nobody"}, "nobody"),
    ],
)
def test_options_that_make_no_sense_are_refused_by_name(options, words):
    with pytest.raises(BajioError, match=words):
        bajio.evaluate_many(FOURS, "population", **{"year": 2018, **options})["population"]


def test_areas_that_cannot_be_are_refused():
    both = Memberships.from_indices(["MEX", "MX-JAL", "USA"], [[0, 2], [0, 1]])
    with pytest.raises(InvalidRegion, match=r"MX-JAL \(Jalisco\) lies in MEX"):
        bajio.evaluate_many(both, "population", year=2018)["population"]
    apart = Memberships.from_indices(["MEX", "MX-JAL", "USA"], [[0, 2], [1]])
    assert bajio.evaluate_many(apart, "population", year=2018)["population"].defined.all()
    with pytest.raises(UnknownCode, match="MX-XXX"):
        bajio.evaluate_many(Memberships.combinations(["MX-XXX"], 1), "population", year=2018)


def test_several_indicators_are_for_many_regions():
    with pytest.raises(InvalidValue, match="profile"):
        bajio.evaluate("bajio", ["population", "gdp"], year=2018)
    found = bajio.evaluate_many(Memberships.of(["bajio"]), "dynamics", year=2018)
    members = bajio.Registry.default().indicator_sets["dynamics"].members
    assert tuple(found) == tuple(members)


def test_what_was_not_asked_for_is_not_there():
    found = bajio.evaluate_many(FOURS, "population", year=2018, peers=None)["population"]
    with pytest.raises(InvalidValue, match="name a group"):
        _ = found.ranks
    with pytest.raises(InvalidValue, match="accumulate='exact'"):
        _ = found.exact
    assert set(found.table()) == {
        "region",
        "population",
        "coverage_members",
        "coverage_weight",
        "coverage_periods",
        "refused",
        "status",
    }


def test_without_numpy_one_region_is_answered_and_many_are_told_what_to_install():
    script = (
        "import sys; sys.modules['numpy'] = None; import bajio\n"
        "print(bajio.evaluate('bajio', 'population', year=2018).value)\n"
        "try:\n"
        "    bajio.Memberships.combinations(['MX-JAL'], 1)\n"
        "except bajio.BajioError as error:\n"
        "    print(error)\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    told = "the array engine needs numpy: pip install 'bajio[array]'"
    assert found.stdout.splitlines() == ["12706038", told], found.stderr
