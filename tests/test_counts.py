"""Counts: a sum of what is counted in 1 is shown as a number, a ratio of like to like as share."""

import pytest

import bajio
from bajio import (
    Area,
    Growth,
    Indicator,
    Mean,
    Measure,
    Observation,
    Over,
    Registry,
    Share,
    Source,
    Sum,
    WeightedMean,
    hookimpl,
)
from bajio.cli import main
from bajio.report.answer_words import figure
from bajio.rules import Average, Gini, Maximum

BEDS = Measure("beds", "Beds", "1", minimum=0)
HOUSES = Measure("houses", "Houses", "1", minimum=0)
PEOPLE = Measure("people", "People", "person", time="stock", minimum=0)
INDEX = Measure("index", "Index", "1", kind="intensive", weight="people", time="stock")
RATE = Measure("rate", "Rate", "percent", kind="intensive", weight="people", time="stock")
FIGURES = {"beds": (10_000, 397), "houses": (20, 5), "people": (900, 100)}
OTHERS = {"index": (110, 130), "rate": (12, 2)}


class Hospitals:
    """Two places, with beds."""

    def __init__(self, *indicators):
        self.indicators = indicators

    @hookimpl
    def bajio_areas(self):
        return [Area("HHH", "H"), *(Area(code, code, "state", "HHH") for code in "AB")]

    @hookimpl
    def bajio_indicators(self):
        return self.indicators

    @hookimpl
    def bajio_datasets(self):
        seen = [
            Observation(area, year, measure, figure)
            for measure, figures in (FIGURES | OTHERS).items()
            for year in ("2019", "2020")
            for area, figure in zip("AB", figures, strict=True)
        ]
        seen += [
            Observation("HHH", year, measure, sum(figures))
            for measure, figures in FIGURES.items()
            for year in ("2019", "2020")
        ]
        measures = [BEDS, HOUSES, PEOPLE, INDEX, RATE]
        made = bajio.dataset(
            "own", measures=measures, sources=[Source("own", "Own")], observations=seen,
            reference_year=2020,
        )  # fmt: skip
        return [made]


RULES = {
    "10,397": Sum("beds"),
    "20,794": 2 * Sum("beds"),
    "10,372": Sum("beds") - Sum("houses"),
    "20,794 ": Over(Sum("beds"), years=2),
    "5,198": Mean("beds"),
    "10,000": Maximum("beds"),
    "5,198 ": Average(Sum("beds")),
    "112": WeightedMean("index"),
    "0.4618": Gini(Sum("beds")),
    "9,357": Sum("beds") * (Sum("people") / Sum("people")) * 9 / 10,
    "11.00 %": WeightedMean("rate"),
    "100.00 %": Sum("people") / Sum("people"),
    "100.00 % ": Share(Sum("beds")),
    "0.00 %": Growth(Sum("beds")),
    "41,588.00 %": Sum("beds") / Sum("houses"),
}


@pytest.mark.parametrize(("shown", "rule"), RULES.items())
def test_the_rule_says_whether_it_is_a_number_or_a_share(shown, rule):
    own = Indicator("own", rule, "1", "Own")
    options = {"year": 2020, "peers": None, "registry": Registry({"own": Hospitals(own)})}
    by_code = bajio.profile(["A", "B"], indicators=["own"], **options)["own"]
    own_one = bajio.evaluate(["A", "B"], own, **options)

    assert figure(by_code.exact, by_code.indicator) == shown.strip()
    assert figure(own_one.exact, own_one.indicator) == shown.strip()


@pytest.mark.parametrize("chosen", [True, False])
def test_an_indicator_s_own_word_overrides_the_rule(chosen):
    for rule in (Sum("beds"), Sum("people") / Sum("people")):
        own = Indicator("own", rule, "1", "Own", as_number=chosen)
        result = bajio.evaluate(
            ["A", "B"], own, year=2020, peers=None, registry=Registry({"own": Hospitals()})
        )
        assert figure(result.exact, result.indicator).endswith(" %") is not chosen


PLUGIN = """
import bajio

@bajio.hookimpl
def bajio_datasets():
    beds = bajio.Measure("beds", "Beds", "1", minimum=0)
    seen = [
        bajio.Observation(area, year, "beds", value)
        for area, value in {"MX-AGU": 10_000, "MX-GUA": 397, "MX-QUE": 80}.items()
        for year in ("2019", "2020")
    ]
    return [bajio.dataset("own", measures=[beds], sources=[bajio.Source("own", "Own")],
                          observations=seen, reference_year=2020)]

@bajio.hookimpl
def bajio_indicators():
    return [bajio.Indicator("beds", bajio.Sum("beds"), "1", "Beds", better="higher")]
"""


@pytest.mark.parametrize(
    "asked",
    [
        "profile MX-AGU+MX-GUA --indicators beds --peers none",
        "rank MX-AGU+MX-GUA beds --peers MX-QUE",
        "compare MX-AGU MX-GUA --indicators beds --peers none",
        "series MX-AGU+MX-GUA beds --peers none",
        "explain MX-AGU+MX-GUA beds",
        "difference MX-AGU MX-GUA beds",
        "sensitivity MX-AGU+MX-GUA beds --peers MX-QUE",
        "search --max beds --among MX-AGU+MX-GUA",
    ],
)
@pytest.mark.parametrize("output", ["table", "markdown", "csv"])
def test_every_command_shows_a_count_as_a_number(asked, output, tmp_path, capsys):
    plugin = tmp_path / "beds.py"
    plugin.write_text(PLUGIN)
    command, *rest = asked.split()

    status = main(["--plugin", str(plugin), command, *rest, "--format", output])
    shown = capsys.readouterr()

    assert (status, shown.err) == (0, "")
    assert (
        "10,397" in shown.out
        or "10397" in shown.out
        or "10,000" in shown.out
        or ("10000" in shown.out)
    )
    assert "000 %" not in shown.out
    assert "00.00 %" not in shown.out
    assert "points" not in shown.out
