"""Within and between groups: exact, as published, and as the `inequality` package has it."""

import csv
import json
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, strategies as st
from other_libraries import MEXICO, file_of

import bajio
from bajio import BajioError, Indicator, Measure, Observation, Source, Sum, TheilT, Unavailable
from bajio.cli import main
from bajio.rules import TheilL
from bajio.testing.strategies import worlds
from bajio.testing.worlds import YEAR

STATES = tuple(bajio.region("mexican-states").members)
QUARTERS = ["banxico-norte", "banxico-centro-norte", "banxico-centro", "banxico-sur"]
BOTH = ["theil-gdp-per-capita", "theil-l-gdp-per-capita"]

# GDP per head of Mexico's states by Hanson's five regions of 1998, 1940 to 2000: between and
# within as printed by S. J. Rey and others, inequality, documentation of inequality.theil.TheilD
BETWEEN = (0.0345889, 0.02816853, 0.05260921, 0.05931219, 0.03205257, 0.02963731, 0.03635872)
WITHIN = (0.17435454, 0.12405598, 0.0521202, 0.04263506, 0.06354856, 0.07547525, 0.0702496)
DECADES = tuple(range(1940, 2001, 10))


def split_of(values, groups, kind=TheilT):
    """The decomposition of plain values, each an area's, by the groups' labels."""
    codes = STATES[: len(values)]
    wealth = Measure("wealth", "Wealth", "1")
    data = bajio.dataset(
        "own",
        measures=[wealth],
        sources=[Source("own", "Own")],
        observations=[
            Observation(code, 2000, "wealth", value)
            for code, value in zip(codes, values, strict=True)
        ],
    )
    indicator = Indicator("spread", kind(Sum("wealth")), "1", "Spread")
    partition = [
        [code for code, own in zip(codes, groups, strict=True) if own == label]
        for label in dict.fromkeys(groups)
    ]
    return bajio.decompose(codes, indicator, partition, data, year=2000)


@pytest.mark.parametrize("at", range(len(DECADES)))
def test_mexican_states_by_regions_are_as_published(at):
    with file_of("libpysal", MEXICO).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = [Fraction(row[f"pcgdp{DECADES[at]}"]) for row in rows]
    split = split_of(values, [row["hanson98"] for row in rows])

    assert round(float(split.between), 8) == BETWEEN[at]
    assert round(float(split.within), 8) == WITHIN[at]


# inequality sets shapes in place, which NumPy 2.5 deprecates
@pytest.mark.filterwarnings("ignore:Setting the shape:DeprecationWarning")
@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 3)), min_size=2, max_size=12))
def test_any_partition_is_as_the_inequality_package_has_it(drawn):
    from inequality.theil import TheilD

    values, groups = zip(*drawn, strict=True)
    split = split_of(values, groups)
    theirs = TheilD(np.array(values, dtype=float), np.array(groups))

    assert float(split.total.exact) == pytest.approx(float(theirs.T), rel=1e-10, abs=1e-12)
    assert float(split.between) == pytest.approx(float(theirs.bg[0]), rel=1e-10, abs=1e-12)
    assert float(split.within) == pytest.approx(float(theirs.wg[0]), rel=1e-10, abs=1e-12)


def test_theil_s_l_of_a_worked_example():
    """One and three against two and six: each group's L is ln 2 − ½ ln 3, weighed by halves."""
    split = split_of([1, 3, 2, 6], "aabb", TheilL)
    own = np.log(2) - np.log(3) / 2
    assert [float(group.own) for group in split.groups] == pytest.approx([own, own], rel=1e-12)
    assert [group.counts_by for group in split.groups] == [Fraction(1, 2)] * 2
    assert float(split.between) == pytest.approx(np.log(3) - np.log(8) / 2, rel=1e-12)


@given(st.data(), worlds(), st.sampled_from([TheilT, TheilL]))
def test_within_and_between_add_up_to_the_total(data, world, kind):
    """Law 10: to the 40 digits that logarithms are taken to; the three never see one another."""
    rule = kind(Sum("output") / Sum("people"), Sum("people"))
    indicator = Indicator("spread", rule, "1", "Spread")
    labels = data.draw(
        st.lists(st.integers(0, 2), min_size=len(world.parts), max_size=len(world.parts))
    )
    groups = [
        [code for code, own in zip(world.parts, labels, strict=True) if own == label]
        for label in set(labels)
    ]
    registry = world.registry(indicator)
    split = bajio.decompose(world.parts, indicator, groups, registry=registry, year=YEAR)

    assert abs(split.within + split.between - split.total.exact) < Fraction(1, 10**36)
    assert sum(group.share for group in split.groups) == 1
    assert split.between >= -Fraction(1, 10**36)
    assert all(group.own >= -Fraction(1, 10**36) for group in split.groups)


@pytest.mark.parametrize("code", BOTH)
def test_the_regions_of_the_central_bank_split_the_country(code):
    split = bajio.decompose("mexican-states", code, QUARTERS, year=2018)

    assert abs(split.within + split.between - split.total.exact) < Fraction(1, 10**36)
    assert split.total.exact == bajio.evaluate("mexican-states", code, year=2018).exact
    assert [group.own for group in split.groups] == [
        bajio.evaluate(one, code, year=2018).exact for one in QUARTERS
    ]


@given(st.data())
def test_one_group_has_all_within_and_groups_of_one_all_between(data):
    members = data.draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=6, unique=True))
    code = data.draw(st.sampled_from(BOTH))
    together = bajio.decompose(members, code, [members], year=2018)
    apart = bajio.decompose(members, code, members, year=2018)
    assume(together.total.exact)

    assert (together.within, together.between) == (together.total.exact, 0)
    assert apart.within == 0
    assert abs(apart.between - apart.total.exact) < Fraction(1, 10**36)


def test_countries_of_several_currencies_split_as_well():
    split = bajio.decompose(
        "pacific-alliance", "theil-gdp-per-capita", ["MEX+COL", "rest"], year=2018
    )
    assert [group.region.members for group in split.groups] == [("COL", "MEX"), ("CHL", "PER")]
    assert abs(split.within + split.between - split.total.exact) < Fraction(1, 10**36)


@pytest.mark.parametrize(
    ("indicator", "parts", "message"),
    [
        ("theil-gdp-per-capita", ["MX-AGU"], "leave out MX-GUA, MX-QUE, MX-SLP: add them"),
        ("theil-gdp-per-capita", ["MX-AGU+MX-GUA", "MX-GUA", "rest"], "MX-GUA is in two groups"),
        (
            "theil-gdp-per-capita",
            ["MX-AGU", "MX-JAL", "rest"],
            "no member of Bajío Alliance, which has MX-AGU, ",
        ),
        ("theil-gdp-per-capita", ["bajio", "rest"], "no member is left for 'rest'"),
        ("theil-gdp-per-capita", ["rest", "MX-AGU", "rest"], "name it once"),
        ("gini-gdp-per-capita", ["bajio"], "does not split exactly"),
        ("gdp", ["bajio"], "does not split exactly"),
    ],
)
def test_what_is_no_partition_or_no_such_spread_is_refused(indicator, parts, message):
    with pytest.raises(BajioError, match=message):
        bajio.decompose("bajio", indicator, parts, year=2018)


def test_missing_figures_are_refused_and_named():
    with pytest.raises(Unavailable, match="'gdp' for MX-AGU"):
        bajio.decompose("bajio", "theil-gdp-per-capita", ["MX-AGU", "rest"], year=1995)
    with pytest.raises(BajioError, match="nothing to hold against"):
        bajio.decompose("bajio", "theil-gdp-per-capita", ["bajio"], against="MX-JAL")
    with pytest.raises(BajioError, match="needs all members"):
        bajio.decompose("bajio", "theil-gdp-per-capita", ["bajio"], missing="partial")


def asked(capsys, *words):
    status = main(["decompose", "bajio", "theil-gdp-per-capita", "--year", "2018", *words])
    return status, capsys.readouterr()


def test_the_command_line_tells_each_group(capsys):
    status, seen = asked(capsys, "--partition", "MX-AGU+MX-QUE,rest")
    assert status == 0
    assert "MX-AGU+MX-QUE        2   29.2 %  122.8 %  0.002134  0.0007657   0.07377" in seen.out
    assert "0.001185 within groups (10.3 %) + 0.01033 between groups (89.7 %)" in seen.out

    _, seen = asked(capsys, "--partition", "MX-AGU+MX-QUE,rest", "--format", "json")
    told = json.loads(seen.out)
    exact = [Fraction(group["exact"]["within"]) for group in told["groups"]]
    assert float(sum(exact)) == told["within"]
    assert told["within"] + told["between"] == pytest.approx(told["total"]["value"], rel=1e-14)

    _, seen = asked(capsys, "--partition", "MX-AGU+MX-QUE,rest", "--format", "csv")
    rows = list(csv.DictReader(seen.out.splitlines()))
    assert [row["members"] for row in rows] == ["MX-AGU;MX-QUE", "MX-GUA;MX-SLP"]

    status, seen = asked(capsys, "--partition", "MX-AGU,,rest")
    assert status == 2
    assert "--partition 'MX-AGU,,rest' has an empty part" in seen.err


def test_a_refusal_names_the_group_that_has_no_spread():
    own = bajio.dataset(
        "own",
        measures=[Measure("value", "V", "person"), Measure("weight", "W", "person")],
        sources=[Source("own", "Own")],
        observations=[
            *(Observation(f"MX-{code}", "2018", "weight", 1) for code in ("AGU", "GUA", "QUE")),
            Observation("MX-AGU", "2018", "value", 0),
            Observation("MX-GUA", "2018", "value", 0),
            Observation("MX-QUE", "2018", "value", 5),
        ],
    )
    theil = Indicator("own", TheilT(Sum("value"), Sum("weight")), "1", "Own")
    groups = ["MX-AGU+MX-GUA", "rest"]

    with pytest.raises(Unavailable, match=r"the group 'MX-AGU\+MX-GUA': .* every value is zero"):
        bajio.decompose("MX-AGU+MX-GUA+MX-QUE", theil, groups, own, year=2018)


FRAME = pl.DataFrame({"area": ["MX-AGU"]})


@pytest.mark.parametrize("place", ["region", "indicator", "parts", "data"])
@pytest.mark.parametrize(
    "given", [pl.DataFrame({"area": ["MX-AGU"]}), 5, None, object()], ids=range(4)
)
def test_what_is_no_group_region_or_data_is_refused_by_name(place, given):
    asked = {
        "region": "mexican-states",
        "indicator": "theil-gdp-per-capita",
        "parts": ["bajio", "rest"],
        "data": None,
    }
    if place == "data" and given is None:
        return
    with pytest.raises(bajio.BajioError):
        bajio.decompose(*{**asked, place: given}.values(), year=2018)
