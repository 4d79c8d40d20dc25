"""The kit finds what is wrong: each mutant is caught under the law that it breaks."""

import time
from fractions import Fraction

import pytest
from few_examples import in_few
from hypothesis import settings
from repeated import first_of_each_kind

import bajio
from bajio import Growth, Indicator, Measure, Observation, Share, Source, Sum
from bajio.registry import built_ins
from bajio.rules import Across, At, By, Custom, Decomposable, Lag, Stack
from bajio.rules.plan import MEMBER
from bajio.testing import (
    NotConforming,
    check_composite,
    check_dataset,
    check_indicator,
    check_region,
)
from bajio.testing.kit import (
    COMPOSITE_LAWS,
    DATASET_LAWS,
    INDICATOR_LAWS,
    REGION_LAWS,
    TrialState,
    trials,
)

POPULATION = Sum("population")
AGENCY = Source("agency", "Yearbook", publisher="Agency", terms="free", citation="Agency")


def indicator(rule, unit="1", traits=()):
    return Indicator("mutant", rule, unit, "Mutant", traits=traits)


def mean_of_ratios(members):
    return sum(one["gdp"] / one["population"] for one in members) / len(members)


def sum_of_rates(members):
    return sum(one["unemployment-rate-published"] for one in members)


def first_member(members):
    return members[0]["population"]


def favours_a_code(members):
    return sum(one["population"] * (2 if one.area.endswith("0") else 1) for one in members)


def per_head(members):
    return sum(one["gdp"] for one in members) / sum(one["population"] for one in members)


def more_than_ten(members):
    return sum(one["population"] > 10 for one in members)


def nominal_growth(members):
    return sum(one["now"] for one in members) / sum(one["before"] for one in members) - 1


def rounded_down(members):
    return sum(one["population"] for one in members) // 10 * 10


def deviations(members):
    total = sum(one["population"] for one in members)
    return sum(abs(one["population"] * len(members) - total) for one in members) / total


def variance_turned_round(members):
    mean = sum(one["population"] for one in members) / len(members)
    return -sum((one["population"] - mean) ** 2 for one in members) / len(members) / mean**2


def above_the_middle(members):
    """The greatest value less the middle one: a gift from the middle to the poorest raises it."""
    values = sorted(one["population"] for one in members)
    return (values[-1] - values[len(values) // 2]) / sum(values) * len(values)


def ratio_of_extremes(members):
    values = [one["population"] for one in members]
    return max(values) / min(values)


def sum_of_distances(members):
    """Grows with copies, though of no scale and zero at equality."""
    mean = sum(one["population"] for one in members) / len(members)
    return sum(abs(one["population"] - mean) for one in members) / mean


def plain_variance(members):
    """Zero at equality and the same for copies, but in square persons."""
    mean = sum(one["population"] for one in members) / len(members)
    return sum((one["population"] - mean) ** 2 for one in members) / len(members)


class Squares(Decomposable):
    """Half the squared variation, whose groups do not count by their share alone."""

    def term(self, ratio):
        return (ratio * ratio - 1) / 2

    def counts_by(self, share, ratio):
        return share


class HalfSquares(Squares):
    """The same, whose groups count by their share times the squared ratio, as they should."""

    def counts_by(self, share, ratio):
        return share * ratio * ratio


def missing_as_zero(members):
    return sum(one.get("gdp", 0) for one in members)


def typed_in(_members):
    return Fraction("116.506")


def not_a_number(members):
    return float("nan")


def reads_what_it_did_not_ask_for(members):
    return sum(one["gdp"] for one in members)


def only_for_few(members):
    assert len(members) < 6
    return sum(one["population"] for one in members)


NOW_AND_BEFORE = {"now": Sum("gdp"), "before": Lag(Sum("gdp"))}
CONSTANT, GVA, GVA_OF_A = Sum("gdp-constant"), Sum("gva"), Sum("gva", {"activity": "a"})
SHARE_OF_ANOTHER_YEAR = POPULATION / Lag(POPULATION) * Share(Lag(POPULATION))

# the law that it breaks, and the indicator
INDICATORS = {
    "a mean of ratios sold as a ratio of sums": (
        "division",
        indicator(
            Custom(mean_of_ratios, ["gdp", "population"], "MXN/person"), "MXN/person", ["of-totals"]
        ),
    ),
    "the sum of an intensive measure": ("meaning", indicator(Sum("cpi"))),
    "the sum of an intensive measure by hand, sold as a mean": (
        "internality",
        indicator(
            Custom(sum_of_rates, ["unemployment-rate-published"], "percent"),
            "percent",
            ["internal"],
        ),
    ),
    "a sum sold as a mean": ("internality", indicator(POPULATION, "person", ["internal"])),
    "an order-dependent fold": (
        "permutation",
        indicator(Custom(first_member, ["population"], "person"), "person"),
    ),
    "an area treated by its code": (
        "permutation",
        indicator(Custom(favours_a_code, ["population"], "person"), "person"),
    ),
    "a unit that the rule does not give": ("unit", indicator(Sum("gdp") / POPULATION, "person")),
    "a unit that the function does not give": (
        "unit",
        indicator(Custom(per_head, ["gdp", "population"], "person"), "person"),
    ),
    "a threshold without a unit": ("unit", indicator(Custom(more_than_ten, ["population"]))),
    "nominal growth sold as real": ("prices", indicator(Sum("gdp") / Lag(Sum("gdp")) - 1)),
    "nominal growth by hand": ("prices", indicator(Custom(nominal_growth, NOW_AND_BEFORE))),
    "growth of current prices": ("meaning", indicator(Growth(Sum("gdp")))),
    "a merge that does not merge": (
        "partition",
        indicator(Custom(rounded_down, ["population"], "person"), "person", ["additive"]),
    ),
    "a share against another year": (
        "complement",
        indicator(SHARE_OF_ANOTHER_YEAR, "1", ["share"]),
    ),
    "a promise of no scale": (
        "homogeneity",
        indicator(POPULATION, "person", ["scale-invariant"]),
    ),
    "a spread that grows with copies": (
        "replication",
        indicator(Custom(deviations, ["population"]), "1", ["replication-invariant"]),
    ),
    "a spread that falls": (
        "equality",
        indicator(Custom(variance_turned_round, ["population"]), "1", ["spread"]),
    ),
    "a spread that a gift to the poorest raises": (
        "transfers",
        indicator(Custom(above_the_middle, ["population"]), "1", ["spread"]),
    ),
    "a spread that copies raise": (
        "replication",
        indicator(Custom(sum_of_distances, ["population"]), "1", ["spread"]),
    ),
    "a spread that depends on the scale": (
        "homogeneity",
        indicator(Custom(plain_variance, ["population"]), "1", ["spread"]),
    ),
    "a spread that is one where all are alike": (
        "equality",
        indicator(Custom(ratio_of_extremes, ["population"]), "1", ["spread"]),
    ),
    "a ratio sold as a fraction": (
        "bounds",
        indicator(Custom(ratio_of_extremes, ["population"]), "1", ["fraction"]),
    ),
    "a spread that does not split as it says": (
        "decomposition",
        indicator(Squares(Sum("gdp") / POPULATION, POPULATION)),
    ),
    "members' own growth sold as contributions": (
        "decomposition",
        indicator(By(Growth(At(CONSTANT, "member")), "member", total=Growth(CONSTANT))),
    ),
    "activities of which one counts twice": (
        "decomposition",
        indicator(
            By(GVA, "activity", total=Across(GVA, "activity") + Sum("gva", {"activity": "a"})),
            "MXN",
        ),
    ),
    "parts that leave something out": (
        "decomposition",
        indicator(
            Stack({"half": POPULATION / 2, "third": POPULATION / 3}, total=POPULATION), "person"
        ),
    ),
    "a mean sold as what only grows": (
        "monotonicity",
        indicator(Sum("gdp") / POPULATION, "MXN/person", ["monotone"]),
    ),
    "missing counted as zero": (
        "figures",
        indicator(Custom(missing_as_zero, ["population"], "MXN"), "MXN"),
    ),
    "a figure typed in": ("figures", indicator(Custom(typed_in, ["population", "area"]))),
    "not a number": ("total", indicator(Custom(not_a_number, ["population"]))),
    "a figure that was not asked for": (
        "total",
        indicator(Custom(reads_what_it_did_not_ask_for, ["population"], "MXN"), "MXN"),
    ),
    "a function that fails for some regions": (
        "answers",
        indicator(Custom(only_for_few, ["population"], "person"), "person"),
    ),
    "an unknown measure": ("meaning", indicator(Sum("populaton"), "person")),
}


def dataset(measure, observations, *, source=AGENCY, units=None):
    return bajio.dataset(
        "mutant", measures=[measure], sources=[source], observations=observations, units=units
    )


def states(year, figures, measure="rain"):
    codes = bajio.Registry.default().areas.children("MEX", "state")
    return [
        Observation(code, year, measure, figure)
        for code, figure in zip(codes, figures, strict=True)
    ]


RAIN = Measure("rain", "Rain", "mm", kind="intensive", time="stock")
TREES = Measure("trees", "Trees", "1", time="stock", minimum=0)
COUNTED = [*states(2018, [0, *[10**3] * 31], "trees"), Observation("MEX", 2018, "trees", 32000)]
DATASETS = {
    "a source without terms": (
        "sources",
        dataset(RAIN, [Observation("MEX", 2018, "rain", 7)], source=Source("agency", "Yearbook")),
    ),
    "an unknown area": ("readable", dataset(RAIN, [Observation("MX-XXX", 2018, "rain", 7)])),
    "a unit of another dimension": (
        "series-unit",
        dataset(RAIN, [Observation("MEX", 2018, "rain", 7)], units={"rain": "person"}),
    ),
    "constant prices of no year": (
        "price-basis",
        dataset(
            Measure("wages", "Wages", "MXN", prices="constant"),
            [Observation("MEX", 2018, "wages", 7)],
        ),
    ),
    "money without a price basis": (
        "price-basis",
        dataset(Measure("wages", "Wages", "MXN"), [Observation("MEX", 2018, "wages", 7)]),
    ),
    "a weight that is a rate": (
        "weight",
        dataset(
            Measure("rain", "Rain", "mm", kind="intensive", weight="cpi"),
            [Observation("MEX", 2018, "rain", 7)],
        ),
    ),
    "a forecast shown as observed": (
        "forecasts",
        dataset(RAIN, [Observation("MEX", 2035, "rain", 7)]),
    ),
    "a missing state written as zero": ("hierarchy", dataset(TREES, COUNTED)),
}

REGIONS = {
    "a nested area counted twice": ("disjoint", bajio.Region(["MX-AGU", "01001"], basis="treaty")),
    "an area nested for some years": (
        "disjoint",
        bajio.Region(["MEX", bajio.Membership("MX-AGU", 2001, 2004)], basis="treaty"),
    ),
    "an unknown member": ("members", bajio.Region(["MX-AGU", "MX-XXX"], basis="treaty")),
    "no reason to be one": ("founded", bajio.Region(["MX-AGU", "MX-JAL"])),
}


def breaks(subject, law):
    """Whether a law is broken; the others are not tried."""
    asked = [trial for trial in trials(subject) if trial.law.code == law]
    return any(trial.run().state is TrialState.BROKEN for trial in asked)


@pytest.mark.parametrize("mutant", INDICATORS)
def test_a_wrong_indicator_is_caught_under_the_law_that_it_breaks(mutant):
    law, wrong = INDICATORS[mutant]
    assert breaks(wrong, law)


@pytest.mark.parametrize("mutant", DATASETS)
def test_a_wrong_dataset_is_caught_under_the_law_that_it_breaks(mutant):
    law, wrong = DATASETS[mutant]
    assert breaks(wrong, law)


@pytest.mark.parametrize("mutant", REGIONS)
def test_a_wrong_region_is_caught_under_the_law_that_it_breaks(mutant):
    law, wrong = REGIONS[mutant]
    assert breaks(wrong, law)


HONEST = {
    "contributions": (
        "decomposition",
        indicator(
            By(
                (At(CONSTANT, "member") - Lag(At(CONSTANT, "member"))) / Lag(CONSTANT),
                "member",
                total=Growth(CONSTANT),
            )
        ),
    ),
    "activities": (
        "decomposition",
        indicator(By(GVA / Sum("gdp"), "activity", total=Across(GVA, "activity") / Sum("gdp"))),
    ),
    "parts": (
        "decomposition",
        indicator(
            Stack({"half": POPULATION / 2, "rest": POPULATION / 2}, total=POPULATION), "person"
        ),
    ),
    "entropy": (
        "decomposition",
        indicator(HalfSquares(Sum("gdp") / POPULATION, POPULATION)),
    ),
    "logarithms": ("equality", indicator(bajio.rules.LogDeviation(Sum("gdp") / POPULATION))),
    "a custom spread": (
        "transfers",
        indicator(
            Custom(lambda found: ratio_of_extremes(found) - 1, ["population"]), "1", ["spread"]
        ),
    ),
}


@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_indicator_of_the_same_kind_is_not_blamed(kind):
    law, honest = HONEST[kind]
    tried = trials(honest)
    found = [(one if one.law.code == law else in_few(one)).run() for one in tried]
    assert {one.state for one in found} == {TrialState.KEPT}
    assert law in {one.law.code for one in found}


def test_the_logarithms_standard_deviation_promises_no_transfers():
    _, honest = HONEST["logarithms"]
    assert "transfers" not in {trial.law.code for trial in trials(honest)}


@pytest.mark.parametrize("code", first_of_each_kind(bajio.list_indicators()))
def test_no_built_in_indicator_is_blamed_and_no_law_goes_untested(code):
    """By a few examples of each law: `bajio plugins --check` tries as many as the laws say."""
    rule = bajio.list_indicators()[code].rule
    found = [in_few(trial).run() for trial in trials(bajio.list_indicators()[code])]
    assert {one.state for one in found} == {TrialState.KEPT}
    assert len(found) >= (1 if isinstance(rule, By) and rule.axis == MEMBER else 10)


def test_a_table_that_treats_a_member_by_its_code_is_caught():
    rule = By(Custom(favours_a_code, ["population"], "person"), MEMBER)
    with pytest.raises(NotConforming, match="breaks the law 'rows'"):
        check_indicator(indicator(rule, "person"))


@pytest.mark.parametrize("code", bajio.Registry.default().composites)
def test_no_composite_is_blamed(code):
    composite = bajio.Registry.default().composites[code]
    assert check_composite(composite) == tuple(law.code for law in COMPOSITE_LAWS)


@pytest.mark.parametrize("normalisation", ["min-max", "z-score", "rank"])
@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
def test_composites_of_every_kind_keep_the_laws(normalisation, aggregation):
    if (normalisation, aggregation) == ("z-score", "geometric"):
        return  # there is no root of what is below zero
    made = bajio.Composite(
        "made",
        "Made",
        {"gdp-per-capita": 2, "exports-to-gdp": 1},
        normalisation=normalisation,
        aggregation=aggregation,
    )
    assert set(check_composite(made)) >= {"score-order", "score-scale", "score-ends"}


def test_a_composite_of_what_is_no_indicator_is_caught():
    with pytest.raises(NotConforming, match="unknown indicator 'gdp-per-head'"):
        check_composite(bajio.Composite("made", "Made", ["gdp-per-head", "gdp"]))


@pytest.mark.parametrize("code", bajio.list_regions())
def test_no_region_of_the_catalog_is_blamed(code):
    assert check_region(bajio.region(code))


def test_the_bundled_data_are_not_blamed():
    [bundled] = bajio.list_datasets()
    assert check_dataset(bundled) == tuple(law.code for law in DATASET_LAWS)


class Moon:
    @bajio.hookimpl
    def bajio_areas(self):
        return [bajio.Area("MOON", "The Moon")]


def test_a_region_of_which_nothing_is_known_is_caught():
    registry = bajio.Registry({**built_ins(), "moon": Moon()})
    with pytest.raises(NotConforming, match="no indicator has a value"):
        check_region(bajio.Region(["MOON"], basis="treaty"), registry)


def test_the_kit_tells_which_laws_a_custom_rule_keeps():
    honest = indicator(Custom(per_head, ["gdp", "population"], "MXN/person"), "MXN/person")
    kept = check_indicator(honest)

    assert {"permutation", "coverage", "unit", "units", "figures", "total"} <= set(kept)
    promised = indicator(honest.rule, "MXN/person", ["of-totals", "internal"])
    own = [trial for trial in trials(promised) if trial.law.code in {"division", "internality"}]
    assert [trial.run().state for trial in own] == [TrialState.KEPT] * 2


def test_a_failure_reads_as_law_example_consequence_and_cure(monkeypatch):
    law, wrong = INDICATORS["a mean of ratios sold as a ratio of sums"]
    tried = [one if one.law.code == law else in_few(one) for one in trials(wrong)]
    monkeypatch.setattr("bajio.testing.kit.trials", lambda *_: tried)
    with pytest.raises(NotConforming) as caught:
        check_indicator(wrong)
    text = str(caught.value)

    assert "mutant breaks the law 'division'." in text
    assert "is counted as two areas" in text
    assert "gdp 2020  population 2020" in text
    assert "What a user would see: A region of states would differ" in text
    assert "How to mend it: Take the ratio of sums" in text


def test_findings_are_the_same_each_time():
    law, wrong = INDICATORS["an order-dependent fold"]
    first, second = (
        [str((one if one.law.code == law else in_few(one)).run()) for one in trials(wrong)]
        for _ in range(2)
    )
    assert first == second
    assert any(f"breaks the law '{law}'" in told for told in first)


def test_law_codes_are_distinct_sentences():
    laws = [*INDICATOR_LAWS, *DATASET_LAWS, *REGION_LAWS, *COMPOSITE_LAWS]
    assert len({law.code for law in laws}) == len(laws)
    assert all(law.sentence.endswith(".") and law.cure.endswith(".") for law in laws)


def slow_sum(members):
    time.sleep(0.25)
    return sum(one["population"] for one in members)


def test_what_takes_its_time_is_not_blamed_for_it():
    slow = indicator(Custom(slow_sum, needs=["population"], unit="person"), "person")
    (trial,) = (one for one in trials(slow) if one.law.code == "figures")

    usual = settings.get_current_profile_name()
    settings.register_profile("hasty", deadline=200)
    settings.load_profile("hasty")
    try:
        assert trial.run().state is TrialState.KEPT
    finally:
        settings.load_profile(usual)
