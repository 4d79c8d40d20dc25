"""Sets of indicators in groups: the pillars of the alliance, and those of plugins."""

import pytest

import bajio
from bajio import IndicatorSet
from bajio.errors import InvalidValue
from bajio.registry import Registry, built_ins
from bajio.report import markdown
from bajio.report.profile_report import profile_report

PILLARS = Registry.default().indicator_sets["pillars"]


class Aims:
    """A plugin whose set has groups with figures, without those of 2018, and without measure."""

    @bajio.hookimpl
    def bajio_indicator_sets(self):
        groups = [
            ({"en": "Land", "es": "Tierra"}, ["area", "gdp"]),
            ("Learning", ["schooling"]),
            ("Peace", []),
        ]
        return [IndicatorSet("aims", "Aim", groups=groups)]


def aims(*asked):
    registry = Registry({**built_ins(), "own": Aims()})
    return bajio.profile("bajio", year=2018, indicators=asked, peers=None, registry=registry)


def shown(profile):
    lines = markdown.render(profile_report(profile)).splitlines()
    return [[cell.strip() for cell in line.split("|")[1:4]] for line in lines if "|" in line]


def test_a_set_has_the_members_of_its_groups():
    assert IndicatorSet("a", "A", groups=[("G", ["x", "y"])]).members == ("x", "y")
    assert IndicatorSet("a", "A", ["x"]).groups == ()
    with pytest.raises(InvalidValue, match="'y' is in a group of the set, and no member of it"):
        IndicatorSet("a", "A", ["x"], groups=[("G", ["x", "y"])])


def test_a_group_without_measure_and_one_without_figures_say_so():
    header, _, *rows = shown(aims("population", "aims"))
    assert header == ["Aim", "Indicator", "Value"]
    assert [row[:2] for row in rows] == [
        ["Land", "Territory"],
        ["", "GDP"],
        ["Learning", "no figure"],
        ["Peace", "no measure"],
        ["Others", "Population"],
    ]


def test_groups_are_told_in_json_where_there_are_some():
    assert aims("aims").to_dict()["groups"] == [
        {"label": "Land", "indicators": ["area", "gdp"]},
        {"label": "Learning", "indicators": ["schooling"]},
        {"label": "Peace", "indicators": []},
    ]
    assert "groups" not in aims("gdp").to_dict()


def test_the_pillars_are_those_of_the_agreement_and_each_has_a_figure_of_its_newest_year():
    profile = bajio.profile("bajio", indicators="pillars", peers=None).to_dict()
    assert [group["label"] for group in profile["groups"]] == [
        "Investment",
        "Production",
        "Logistics and exports",
        "Education",
        "Sustainability",
        "Security",
    ]
    assert all(group.label["es"] for group in PILLARS.groups)
    agreed = {str(pillar) for pillar in bajio.region("bajio").charter.pillars}
    assert agreed == {
        word for group in PILLARS.groups for word in str(group.label).lower().split(" and ")
    }
    answered = {result["indicator"]: result["year"] for result in profile["results"]}
    assert list(answered) == list(PILLARS.members)
    assert all(set(group["indicators"]) & set(answered) for group in profile["groups"])
    assert (answered["schooling"], answered["without-drainage"]) == (2020, 2020)
