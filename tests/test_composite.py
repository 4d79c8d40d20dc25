"""Composites: laws of scores, checks against scipy and a published index, ranks and weights."""

import json
from fractions import Fraction
from itertools import product
from math import log

import pytest
from hypothesis import assume, given, strategies as st

import bajio
from bajio.cli import main
from bajio.composites import direction
from bajio.errors import BajioError, InvalidRule, InvalidValue, Unavailable
from bajio.facts.observations import Observation
from bajio.indicator import Better
from bajio.questions.weights import Standings, weight_sensitivity
from bajio.rules.notation import from_data, to_data
from bajio.testing import check_indicator
from bajio.testing.worlds import YEAR, World

NAMES = ("a", "b", "c")
METHODS = [
    ("min-max", "arithmetic"),
    ("min-max", "geometric"),
    ("z-score", "arithmetic"),
    ("rank", "arithmetic"),
    ("rank", "geometric"),
]
BETTER = st.sampled_from([Better.HIGHER, Better.LOWER])


def numbers(least=-50):
    return st.integers(least, 50).map(lambda tenths: Fraction(tenths, 10))


@st.composite
def tables(draw):
    """Values of three indicators for some areas, none of them all the same."""
    codes = [f"area-{number}" for number in range(draw(st.integers(2, 6)))]
    columns = {}
    for name in NAMES:
        values = draw(st.lists(numbers(), min_size=len(codes), max_size=len(codes)))
        assume(len(set(values)) > 1)
        columns[name] = dict(zip(codes, values, strict=True))
    return columns


@st.composite
def composites(draw, methods=METHODS):
    normalisation, aggregation = draw(st.sampled_from(methods))
    weights = draw(st.lists(st.integers(1, 5), min_size=3, max_size=3))
    return bajio.Composite(
        "it",
        "It",
        dict(zip(NAMES, weights, strict=True)),
        normalisation=normalisation,
        aggregation=aggregation,
        scale=(draw(st.integers(0, 1)), 100),
    )


def rows_of(composite, columns, better):
    normalised = {name: composite.normalised(columns[name], better[name]) for name in columns}
    return {code: {name: normalised[name][code] for name in columns} for code in columns["a"]}


def scores_of(composite, columns, better):
    rows = rows_of(composite, columns, better)
    return {code: composite.aggregated(row) for code, row in rows.items()}


def directions():
    return st.fixed_dictionaries(dict.fromkeys(NAMES, BETTER))


@given(composites())
def test_weights_add_up_to_one(composite):
    assert sum(composite.weights.values()) == 1
    assert all(weight > 0 for weight in composite.weights.values())


@given(tables(), composites(), directions(), st.sampled_from(NAMES), st.data())
def test_a_better_figure_never_lowers_the_score(columns, composite, better, name, data):
    code = data.draw(st.sampled_from(sorted(columns[name])))
    step = data.draw(st.integers(1, 40))
    sign = -1 if better[name] is Better.LOWER else 1
    improved = {**columns[name], code: columns[name][code] + sign * step}
    assume(len(set(improved.values())) > 1)
    before = scores_of(composite, columns, better)[code]
    after = scores_of(composite, {**columns, name: improved}, better)[code]

    assert after >= before


@given(tables(), composites(), directions(), st.sampled_from(NAMES), st.integers(1, 1000))
def test_scores_do_not_depend_on_units(columns, composite, better, name, factor):
    other = {code: value * factor for code, value in columns[name].items()}
    if composite.normalisation != "rank":  # nor on where the unit has its zero
        other = {code: value + 7 for code, value in other.items()}
    before = scores_of(composite, columns, better)
    after = scores_of(composite, {**columns, name: other}, better)

    for code, score in before.items():
        assert float(after[code]) == pytest.approx(float(score), rel=1e-30, abs=1e-30)


@given(tables(), composites([("min-max", "arithmetic"), ("rank", "arithmetic")]), directions())
def test_scores_lie_within_the_scale(columns, composite, better):
    low, high = composite.scale
    assert all(low <= score <= high for score in scores_of(composite, columns, better).values())


@given(tables(), composites(), directions())
def test_scores_are_those_of_scipy(columns, composite, better):
    from scipy import stats

    weights = [float(weight) for weight in composite.weights.values()]
    low, high = map(float, composite.scale)
    codes = sorted(columns["a"])
    normalised = []
    for name in NAMES:
        sign = -1 if better[name] is Better.LOWER else 1
        values = [sign * float(columns[name][code]) for code in codes]
        if composite.normalisation == "z-score":
            normalised.append(stats.zscore(values))
            continue
        shares = (
            (stats.rankdata(values) - 1) / (len(values) - 1)
            if composite.normalisation == "rank"
            else [(one - min(values)) / (max(values) - min(values)) for one in values]
        )
        normalised.append([low + (high - low) * share for share in shares])
    found = scores_of(composite, columns, better)
    for at, code in enumerate(codes):
        row = [column[at] for column in normalised]
        if composite.aggregation == "geometric":
            expected = stats.gmean(row, weights=weights) if all(row) else 0.0
        else:
            expected = sum(w * one for w, one in zip(weights, row, strict=True))
        assert float(found[code]) == pytest.approx(expected, rel=1e-10, abs=1e-10)


def test_the_human_development_index_of_brazil():
    """UNDP, Human Development Report 2006, technical note 1: 0.792, of 0.764, 0.876 and 0.735.

    Life expectancy of 70.8 years from goalposts of 25 and 85, an education index of 0.876,
    GDP of 8,195 dollars per head at PPP by its logarithm from 100 to 40,000.
    """
    hdi = bajio.Composite("hdi", "HDI", ["life", "education", "income"])
    columns = {
        "life": {"least": 25, "most": 85, "BRA": Fraction("70.8")},
        "education": {"least": 0, "most": 1, "BRA": Fraction("0.876")},
        "income": {
            "least": Fraction(log(100)),
            "most": Fraction(log(40000)),
            "BRA": Fraction(log(8195)),
        },
    }
    normalised = {code: hdi.normalised(column, Better.HIGHER) for code, column in columns.items()}
    brazil = {code: column["BRA"] for code, column in normalised.items()}

    assert float(brazil["life"]) == pytest.approx(0.764, abs=0.001)
    assert float(brazil["income"]) == pytest.approx(0.735, abs=0.0005)
    assert float(hdi.aggregated(brazil)) == pytest.approx(0.792, abs=0.0005)


def test_prosperity_worked_out_by_hand():
    """From the published figures, with floats, one state after another."""

    def value(code, area):
        return bajio.evaluate(area, code, year=2018, peers=None).value

    found = bajio.composite(["bajio", "sur-sureste"], "composite-prosperity", year=2018)
    parts = ("gdp-per-capita", "exports-per-capita", "unemployment-rate")
    values = {code: [value(part, code) for part in parts] for code in found}
    ends = [(min(column), max(column)) for column in zip(*values.values(), strict=True)]
    for code, row in values.items():
        shares = [(v - low) / (high - low) for v, (low, high) in zip(row, ends, strict=True)]
        expected = 100 * (shares[0] + shares[1] + 1 - shares[2]) / 3
        assert found[code].value == pytest.approx(expected, rel=1e-10)
    ordered = sorted(found, key=lambda code: -found[code].value)
    assert ordered == list(found)
    assert len(found) == 34


@given(tables(), composites(), directions())
def test_ranks_and_their_ranges_are_those_of_every_weighting(columns, composite, better):
    rows = rows_of(composite, columns, better)
    standings = Standings(composite, rows)
    found = weight_sensitivity(standings, steps=4)
    ranks = {code: set() for code in rows}
    for parts in product(range(5), repeat=3):
        if sum(parts) != 4:
            continue
        weights = {name: Fraction(part, 4) for name, part in zip(NAMES, parts, strict=True)}
        keys = {}
        for code, row in rows.items():
            if composite.aggregation == "geometric":
                keys[code] = 1
                for name, part in zip(NAMES, parts, strict=True):
                    keys[code] *= Fraction(row[name]) ** part
            else:
                keys[code] = sum(weights[name] * row[name] for name in NAMES)
        for code, key in keys.items():
            ranks[code].add(1 + sum(other > key for other in keys.values()))

    assert found.points == 15
    for code, (best, worst) in found.ranges.items():
        assert (best, worst) == (min(ranks[code]), max(ranks[code]))
    assert all(sum(one.weights.values()) == 1 for one in found.variants)
    assert [one.change for one in found.variants[:3]] == [Fraction(1, 4), Fraction(-1, 4), -1]
    assert found.variants[2].weights["a"] == 0


def test_one_region_s_ranks_hang_on_the_weights():
    found = bajio.composite("bajio", "composite-prosperity", year=2018)
    weights = found.weights()
    alone = {one.component: one.positions["bajio"] for one in weights.variants if one.change == -1}

    assert found["bajio"].position == 11
    assert alone == {"gdp-per-capita": 16, "exports-per-capita": 20, "unemployment-rate": 12}
    assert weights.points == 231
    best, worst = weights.ranges["bajio"]
    assert best <= min(alone.values()) <= max(alone.values()) <= worst


@pytest.mark.parametrize("code", ["composite-prosperity", "composite-balanced-prosperity"])
def test_the_indicator_gives_the_same_score(code):
    scores = bajio.composite(["bajio", "MX-TAB"], code, year=2018)
    for region in ("bajio", "MX-TAB"):
        answer = bajio.evaluate(region, code, year=2018, peers=None)
        assert float(answer.exact) == pytest.approx(scores[region].value, rel=1e-30)
    indicator = bajio.list_indicators()[code]
    assert from_data(to_data(indicator.rule)) == indicator.rule


@pytest.mark.slow
def test_the_kit_finds_nothing_wrong():
    """By all examples of each law; by a few, the conformance kit's own tests have it."""
    check_indicator(bajio.list_indicators()["composite-prosperity"])


HOLED = World(
    ("H-0", "H-1", "H-2", "H-3"),
    ("P00",),
    tuple(
        Observation(f"H-{at}", str(YEAR), measure, value)
        for measure, values in (("people", (1, 2, 3, 4)), ("output", (4, 2, 9, None)))
        for at, value in enumerate(values)
        if value is not None
    ),
)
INDICATORS = (
    bajio.Indicator("people", bajio.Sum("people"), "person", "People", better="higher"),
    bajio.Indicator("output", bajio.Sum("output"), "USD", "Output", better="higher"),
)
BOTH = bajio.Composite("both", "Both", INDICATORS)


def test_nothing_missing_is_skipped_in_silence():
    registry = HOLED.registry()
    with pytest.raises(Unavailable, match="'both' for H-3: no 'output' for H-3") as refused:
        bajio.composite("H-0", BOTH, registry=registry)
    assert str(refused.value).endswith("; or pass incomplete='leave-out'")
    found = bajio.composite("H-0", BOTH, registry=registry, incomplete="leave-out")

    assert [code for code, _ in found.left_out] == ["H-3"]
    assert "no 'output' for H-3" in found.left_out[0][1]
    assert {code: one.exact for code, one in found.items()} == {
        "H-0": Fraction(1, 7),
        "H-1": Fraction(1, 4),
        "H-2": Fraction(1),
    }
    with pytest.raises(Unavailable, match="'both' for H-3") as refused:
        bajio.composite("H-3", BOTH, registry=registry, incomplete="leave-out")
    assert "leave-out" not in str(refused.value)


def test_the_year_is_the_newest_in_which_all_are_complete():
    assert bajio.composite("bajio", "composite-prosperity").year == 2024
    both = bajio.Composite("both", "Both", ["gdp-per-capita", "gdp"])
    found = bajio.composite("bajio", both, among="un-members", incomplete="leave-out")
    assert found.year == 2024
    assert len(found) + len(found.left_out) == 194


def test_what_is_compared_can_be_a_group_regions_or_the_host_s_areas():
    catalog = bajio.composite("bajio", "composite-prosperity", among="mexican-regions", year=2018)
    three = bajio.composite(
        "bajio", "composite-prosperity", among=["sur-sureste", "MX-NLE+MX-COA"], year=2018
    )
    assert catalog.among == "mexican-regions"
    assert set(catalog) == set(bajio.list_peer_groups()["mexican-regions"].at(None))
    assert len(three) == 3
    with pytest.raises(InvalidValue, match="say among="):
        bajio.composite("central-america", "composite-prosperity")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: bajio.Composite("one", "One", ["gdp"]), "two indicators or more"),
        (lambda: bajio.Composite("two", "Two", ["gdp", "gdp"]), "each once"),
        (lambda: bajio.Component("gdp", 0), "above zero"),
        (lambda: bajio.Component("gdp", 0.5), "exact number"),
        (lambda: bajio.Composite("it", "It", ["a", "b"], scale=(5, 5)), "a scale from 5 to 5"),
        (
            lambda: bajio.Composite(
                "it", "It", ["a", "b"], normalisation="z-score", aggregation="geometric"
            ),
            "no geometric mean",
        ),
        (lambda: bajio.composite("bajio", "prosperity"), "unknown composite 'prosperity'"),
        (lambda: bajio.composite([], "composite-prosperity"), "no region is asked for"),
        (
            lambda: bajio.composite("bajio", "composite-prosperity", incomplete="skip"),
            "refuse or leave-out",
        ),
        (
            lambda: bajio.composite(
                "bajio", bajio.Composite("it", "It", ["gdp", "activity-shares"])
            ),
            "is a table",
        ),
        (
            lambda: bajio.composite("bajio", bajio.Composite("it", "It", ["gdp", "area"])),
            "does not say which way",
        ),
        (
            lambda: bajio.composite("bajio", "composite-prosperity", among="MX-AGU+LIE"),
            "'composite-prosperity' for Liechtenstein",
        ),
    ],
)
def test_what_makes_no_composite_is_refused(make, told):
    with pytest.raises(BajioError, match=told):
        make()


def test_an_indicator_that_tells_none_apart_is_refused():
    same = World(
        ("H-0", "H-1"),
        ("P00",),
        tuple(
            Observation(code, str(YEAR), measure, 5)
            for code in ("H-0", "H-1")
            for measure in ("people", "output")
        ),
    )
    with pytest.raises(Unavailable, match="'people': all that are compared have the same value"):
        bajio.composite("H-0", BOTH, registry=same.registry())


def test_a_component_can_say_which_way_is_better():
    density = bajio.list_indicators()["population-density"]
    assert direction(bajio.Component(density, better="lower"), density) is Better.LOWER
    rank = bajio.Composite("it", "It", ["gdp", "gdp-growth"], normalisation="rank")
    with pytest.raises(InvalidRule, match="normalised by rank"):
        rank.as_indicator(bajio.list_indicators())


class Plugin:
    @bajio.hookimpl
    def bajio_composites(self):
        return [bajio.Composite("mine", "Mine", {"gdp-growth": 3, "employment-growth": 1})]


def test_composites_come_from_plugins():
    from bajio.registry import built_ins

    registry = bajio.Registry({**built_ins(), "mine": Plugin()})
    found = bajio.composite("bajio", "mine", year=2018, registry=registry)

    assert found.composite.weights == {
        "gdp-growth": Fraction(3, 4),
        "employment-growth": Fraction(1, 4),
    }
    assert "bajio_composites" in dict(registry.plugins[-1].provides)


def test_a_plugin_s_composite_of_what_there_is_not_is_set_aside():
    from types import SimpleNamespace

    from bajio.registry import PluginWarning, built_ins

    wrong = bajio.Composite("wrong", "Wrong", ["gdp", "gpd-growth"])
    plugin = SimpleNamespace(bajio_composites=bajio.hookimpl(lambda: [wrong]))
    registry = bajio.Registry({**built_ins(), "wrong": plugin})

    with pytest.warns(PluginWarning, match="unknown indicator 'gpd-growth'"):
        assert "wrong" not in list(registry.composites)


@pytest.mark.parametrize("output_format", ["table", "markdown", "csv", "json"])
def test_the_command_writes_every_format(capsys, output_format):
    asked = ["composite", "composite-prosperity", "bajio", "MX-JAL+MX-COL", "--year", "2018"]
    assert main([*asked, "--format", output_format]) == 0
    text = capsys.readouterr().out

    assert "Colima + Jalisco" in text
    if output_format == "json":
        data = json.loads(text)
        assert data["composite"]["weights"]["gdp-per-capita"] == "1/3"
        assert len(set(data["sources"])) == 5  # the exchange rate too
        assert next(one["code"] for one in data["scores"] if one["asked"]) == "bajio"
    if output_format == "table":
        assert "without GDP per head" in text


def test_the_command_takes_weights_and_methods(capsys):
    asked = ["composite", "gdp-per-capita=2,unemployment-rate", "bajio", "--year", "2018"]
    methods = ["--normalisation", "rank", "--aggregation", "geometric", "--format", "json"]
    assert main([*asked, *methods]) == 0
    data = json.loads(capsys.readouterr().out)

    assert data["composite"]["weights"] == {"gdp-per-capita": "2/3", "unemployment-rate": "1/3"}
    assert data["composite"]["normalisation"] == "rank"
    assert data["composite"]["aggregation"] == "geometric"
