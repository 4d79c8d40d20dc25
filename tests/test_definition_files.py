"""Definitions without code: what a file says is what it gives, and all that is wrong is told."""

import json
import pickle
from fractions import Fraction

import pytest
from few_examples import in_few

import bajio
from bajio import Area, Gazetteer, Observation, Source, dataset, evaluate, write_package
from bajio.cli import main
from bajio.errors import InvalidData, InvalidValue
from bajio.readers.definition_files import all_definitions, read_definitions
from bajio.registry import Registry
from bajio.rules import Sum
from bajio.testing.kit import trials

INDICATOR = """
[[indicator]]
code = "{code}"
formula = "{formula}"
unit = "{unit}"
label = {{ en = "Jobs per head", es = "Puestos por habitante" }}
"""
GOOD = INDICATOR.format(
    code="jobs-per-head", formula="sum(insured-jobs) / sum(population)", unit="job/person"
)
REGION = """
[[region]]
code = "west"
label = "West"
members = ["MX-COL", { area = "MX-JAL", joined = 2015 }]
basis = "Two neighbours."
"""


@pytest.fixture(autouse=True)
def _laws_are_tried_in_few(monkeypatch):
    """`.ci/run` tries the laws of what is built in by all examples."""
    monkeypatch.setattr("bajio.testing.kit.trials", lambda *one: map(in_few, trials(*one)))


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_text(text)
        return str(path)

    return write


def test_what_is_defined_can_be_asked_for(written):
    registry = Registry.load(written(GOOD + REGION))
    assert registry.indicators["jobs-per-head"].rule == Sum("insured-jobs") / Sum("population")
    members = ["MX-COL", "MX-JAL"]
    above, below = (
        evaluate(members, code, year=2018).exact for code in ("insured-jobs", "population")
    )
    found = evaluate("west", "jobs-per-head", year=2018, registry=registry)
    assert found.exact == Fraction(above) / below
    assert registry.regions["west"].memberships[1].joined == 2015


def test_members_are_named_as_people_name_them(written, capsys):
    text = """
[[region]]
code = "north"
members = ["N.L.", { area = "coahuila", joined = 2015 }, "Sonora"]
basis = "Three neighbours of Texas."

[[peer-group]]
code = "three"
label = "Three"
members = ["Querétaro", "Alemania", "bajio"]

[[expect]]
region = "north"
indicator = "area"
year = 2018
value = 395106
"""
    path = written(text)
    registry = Registry.load(path)
    assert registry.regions["north"].areas == ("MX-COA", "MX-NLE", "MX-SON")
    stays = registry.peer_groups["three"].memberships
    assert [one.area for one in stays] == ["DEU", "MX-QUE", "bajio"]
    assert main(["check", path]) == 0, capsys.readouterr()
    for wrong, told in (("México", "is several"), ("Sonorra", "did you mean 'MX-SON'")):
        assert main(["check", written(text.replace("Sonora", wrong))]) == 2
        assert told in capsys.readouterr().out


def test_sets_groups_and_composites(written):
    text = (
        GOOD
        + """
[[set]]
code = "mine"
label = "Mine"
groups = [{ label = "Work", indicators = ["jobs-per-head"] }, { label = "Peace" }]

[[peer-group]]
code = "neighbours"
label = "Neighbours"
members = ["MX-COL", "MX-JAL", "MX-NAY"]

[[composite]]
code = "my-score"
label = "My score"
components = ["gdp-per-capita", { indicator = "jobs-per-head", weight = 2.5, better = "lower" }]
among = "neighbours"
"""
    )
    found = read_definitions(written(text))
    assert found.sets[0].members == ("jobs-per-head",)
    assert [one.weight for one in found.composites[0].components] == [1, Fraction(5, 2)]
    registry = Registry.load(written(text))
    assert registry.peer_group("neighbours").at(2018) == ("MX-COL", "MX-JAL", "MX-NAY")
    assert "my-score" in registry.composites


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[indicators]]\ncode = 'x'", "'indicators' is not known"),
        ("indicator = 5", "write [[indicator]]"),
        ("[[indicator]]\ncode = 'x'", "indicator 'x': it lacks 'formula'"),
        (INDICATOR.format(code="X", formula="sum(gdp)", unit="MXN"), "kebab-case"),
        (INDICATOR.format(code="x", formula="sum(gdp", unit="MXN"), "closing bracket"),
        (INDICATOR.format(code="x", formula="sum(gdp)", unit="MXN") + "bettter = 1", "'bettter'"),
        ("[[region]]\ncode = 'x'\nmembers = [{ area = 'MX-COL', joind = 1 }]", "'joind'"),
        ("[[region]]\ncode = 'x'\nmembers = [5]", "region 'x'"),
        (
            "[[expect]]\nregion = 'a'\nindicator = 'b'\nvalue = 1\nyear = 1\nperiod = '2018'",
            "year or its period",
        ),
        ("[[composite]]\ncode = 'x'\nlabel = 'X'\ncomponents = ['a']", "two indicators"),
        ("a = [", "no TOML can be read"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(written, text, told):
    with pytest.raises(InvalidData) as refused:
        read_definitions(written(text))
    assert told in str(refused.value)


def test_all_that_is_wrong_is_told_at_once(written):
    bad = INDICATOR.format(code="a", formula="sum(", unit="1")
    other = INDICATOR.format(code="b", formula="gdp", unit="1")
    assert len(all_definitions(written(bad + other + GOOD)).faults) == 2
    assert len(all_definitions(written(bad + other + GOOD)).indicators) == 1


def test_check_holds_laws_and_expected_figures(written, capsys):
    expect = '[[expect]]\nregion = "bajio"\nindicator = "jobs-per-head"\nyear = 2018\nvalue = {}\n'
    near = expect.format("0.1836") + "tolerance = 0.0001\n"
    assert main(["check", written(GOOD + near)]) == 0
    capsys.readouterr()
    wrong = INDICATOR.format(code="wrong", formula="sum(gdp)", unit="person")
    text = GOOD + wrong + expect.format("0.5") + REGION.replace("MX-COL", "MX-COX")
    assert main(["check", written(text), "--format", "json"]) == 2
    told = json.dumps(json.loads(capsys.readouterr().out)["faults"])
    assert all(part in told for part in ("it should be 0.5", "MX-COX", "person"))


def test_only_python_and_definitions_are_plugins(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text("{}")
    with pytest.raises(InvalidValue, match=r"in .py, or in .toml"):
        Registry.load(str(path))


@pytest.fixture
def pack(tmp_path):
    """A pack of two areas, whose definitions are given."""

    def made(text):
        lakes = Gazetteer(areas=[Area("CA-ON", "Ontario", "province", "CAN")])
        seen = [Observation("CA-ON", 2018, "population", 14_308_697)]
        source = Source("count", "Count")
        data = dataset("lakes", sources=[source], observations=seen, gazetteer=lakes)
        folder = tmp_path / "pack"
        path = write_package(data, folder, overwrite=True)
        (folder / "own.toml").write_text(text, encoding="utf-8")
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**descriptor, "definitions": "own.toml"}), encoding="utf-8")
        return str(folder)

    return made


PACK = """
[[indicator]]
code = "twice"
formula = "sum(population) * 2"
unit = "person"
label = "Twice"

[[set]]
code = "few"
label = "Few"
indicators = ["twice", "population"]

[[composite]]
code = "score"
label = "Score"
components = ["twice", "population"]

[[region]]
code = "upper-canada"
members = ["CA-ON"]
basis = "Constitutional Act of 1791"

[[expect]]
region = "upper-canada"
indicator = "twice"
year = 2018
value = {}
"""


def test_a_pack_declares_indicators_sets_regions_and_composites(pack, tmp_path, capsys):
    folder = pack(PACK.format(28_617_394))
    data = bajio.read_package(folder)
    assert bajio.evaluate("upper-canada", "twice", data=data, year=2018).value == 28_617_394
    registry = Registry.default().with_data(data)
    assert registry.indicator_sets["few"].members == ("twice", "population")
    assert "score" in registry.composites
    assert "twice" not in Registry.default().indicators
    again = bajio.read_package(write_package(data, tmp_path / "again"))
    assert again == data
    assert main(["check", folder]) == 0
    command = ["profile", "upper-canada", "--indicators", "few", "--year", "2018", "--data", folder]
    assert main(command) == 0
    assert "Twice" in capsys.readouterr().out
    assert pickle.loads(pickle.dumps(data)) == data  # noqa: S301


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PACK.format(5), "it should be 5"),
        (PACK.format(1).replace('"person"', '"USD"'), "USD"),
        (PACK.format(1).replace('"twice", "pop', '"twyce", "pop'), "twyce"),
        (PACK.format(1).replace('code = "twice"', 'code = "gdp"'), "already"),
        (PACK.format(1).replace("sum(", "som("), "som"),
    ],
)
def test_what_a_pack_cannot_declare_is_told(pack, capsys, text, told):
    assert main(["check", pack(text)]) == 2
    assert told in capsys.readouterr().out


WRONG = """
foo = 1
[[indicator]]
code = "x"
formula = "sum(gdpp) / sum(population"
unit = "job/person"
label = "X"
wrong = 2
[[indicator]]
code = "y"
formula = "sum(gdpp)"
unit = "MXN"
label = "Y"
[[region]]
code = "r"
members = ["Jalisco", "Guanajuatto", "México"]
basis = "treaty"
[[set]]
code = "s"
label = "S"
indicators = ["x", "nope", "population"]
[[expect]]
region = "bajio"
indicator = "x"
year = 2018
value = "abc"
[[expect]]
region = "bajio"
indicator = "area"
value = 10
[[expect]]
region = "bajio"
indicator = "population"
value = 10
"""


def test_check_tells_all_kinds_of_faults_in_one_go_each_by_line_and_key(written, capsys):
    assert main(["check", written(WRONG), "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    told = [(one["row"], one["column"], one["found"], one["expected"]) for one in faults]

    assert [(row, column) for row, column, _, _ in told] == [
        (2, ""),
        (5, "formula"),
        (8, "wrong"),
        (11, "formula"),
        (16, "members"),
        (16, "members"),
        (21, "indicators"),
        (26, "value"),
        (27, "value"),
        (31, ""),
    ]
    assert all(expected and "documentation" not in expected for *_, expected in told)
    assert told[3][2:] == ("unknown measure 'gdpp'", "did you mean 'gdp'?")
    assert told[5][3] == "write 'MEX' (Mexico) or 'MX-MEX' (State of Mexico)"
    assert told[8][2:] == ("109059", "it should be 10")
    assert told[9][2:] == ("it lacks 'year'", "year = 2025, or a period")


def test_a_figure_without_a_year_is_expected_of_what_has_none(written, capsys):
    expect = '[[expect]]\nregion = "bajio"\nindicator = "area"\nvalue = 109059\n'
    assert main(["check", written(expect)]) == 0
    capsys.readouterr()


def test_a_file_that_cannot_be_read_is_set_aside_with_what_tells_its_faults(tmp_path, capsys):
    path = tmp_path / "broken.toml"
    path.write_text("[[indicator\n")
    assert main(["--plugin", str(path), "profile", "bajio", "--indicators", "area"]) == 0
    told = capsys.readouterr().err
    assert "set aside" in told
    assert "`bajio check` tells all that is wrong with it" in told
