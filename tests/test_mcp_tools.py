"""Questions as tools: by the published schemas, with the commands' own answers, and bounded."""

import importlib.util
import json
import subprocess
import sys
from tempfile import gettempdir

import pytest
from jsonschema import Draft202012Validator

from bajio.cli import main
from bajio.errors import BajioError, InvalidValue, UnknownCode
from bajio.mcp_server import answer_tools as answer_tools_module
from bajio.mcp_server.answer_tools import MOST_DATA, answer_tools, answered
from bajio.mcp_server.listed_things import MOST
from bajio.registry import Registry
from bajio.report.json_data import json_text
from bajio.report.schemas import json_schema

ONE = {"region": "bajio", "indicator": "gdp-per-capita", "year": 2018}
CLAIMS = """
code = "mine"
title = "Mine"
locale = "en"
subject = "bajio"
year = 2018

[[claims]]
id = "people"
statement = "Over 12 million people live there."
indicator = "population"
printed = "over 12 million"
"""
#: Arguments of each tool, and the command that answers the same.
SAME = [
    ("profile", {"region": "bajio", "year": 2018}, "profile bajio --year 2018"),
    (
        "profile",
        {"region": "MX-JAL+MX-COL", "indicators": ["gdp", "area"], "peers": "none"},
        "profile MX-JAL+MX-COL --indicators gdp,area --peers none",
    ),
    (
        "rank",
        {**ONE, "peers": "oecd", "host": "remainder", "all": True},
        "rank bajio gdp-per-capita --year 2018 --peers oecd --host remainder",
    ),
    ("explain", ONE, "explain bajio gdp-per-capita --year 2018"),
    (
        "compare",
        {"regions": ["bajio", "GTM"], "indicators": ["gdp"], "year": 2018},
        "compare bajio GTM --indicators gdp --year 2018",
    ),
    (
        "series",
        {"region": "bajio", "indicator": "fdi", "first": 2015, "last": 2018},
        "series bajio fdi --years 2015-2018 --peers none",
    ),
    (
        "search",
        {"near": {"population": "BEL"}, "at_least": {"gdp": 1e9}, "size": "2", "year": 2018},
        "search --near population=BEL --at-least gdp=1000000000.0 --size 2 --year 2018",
    ),
    ("audit", {"claims": "san-miguel"}, "audit san-miguel"),
    ("describe", {"kind": "indicator", "code": "gdp"}, "indicators gdp"),
    ("describe", {"kind": "region", "code": "bajio"}, "regions bajio"),
    ("describe", {"kind": "source", "code": "inegi-pibe"}, "sources inegi-pibe"),
]
LISTS = {
    "areas": "areas",
    "regions": "regions",
    "indicators": "indicators",
    "measures": "measures",
    "peer_groups": "peers",
    "claim_sets": "claims",
    "sources": "sources",
}


def ask(name, **arguments):
    found = answered(name, arguments, Registry.default())
    schema = answer_tools()[name].output
    Draft202012Validator(schema).validate(json.loads(json_text(found.data)))
    return found


@pytest.mark.parametrize(("name", "arguments", "command"), SAME)
def test_a_tool_answers_as_its_command_does(capsys, name, arguments, command):
    assert main([*command.split(), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert json.loads(json_text(ask(name, **arguments).data)) == told


@pytest.mark.parametrize("name", answer_tools())
def test_a_tools_schemas_are_schemas_of_objects(name):
    tool = answer_tools()[name]
    for schema in (tool.input_schema(), dict(tool.output)):
        Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object"
        assert "x-csv-columns" not in schema
    for one in tool.parameters:
        assert one.told


def test_questions_have_the_published_schemas():
    for name in ("profile", "rank", "compare", "series", "search", "audit"):
        published = json_schema(name)
        assert answer_tools()[name].output["properties"] == published["properties"]


@pytest.mark.parametrize("case", SAME[:8], ids=lambda case: case[2])
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_comes_out_has_unit_period_source_and_coverage(case, language):
    name, arguments, _ = case
    found = ask(name, **arguments, language=language)
    for figure in figures(found.data):
        assert figure["unit"]
        if name != "search":  # which has one period, and figures of all members
            assert {"period", "sources"} <= set(figure)
        if name not in {"audit", "search"}:
            assert set(figure["coverage"]) == {"members", "weight", "periods", "missing"}
    if name == "search":
        assert found.data["period"] == "2018"
        assert found.data["sources"]
        assert found.data["left_out"] == {}
    coverage = {"en": "Coverage: where", "es": "Cobertura: donde"}[language]
    assert coverage in found.text
    assert {"en": "Source", "es": "Fuente"}[language] in found.text


def test_every_tool_is_among_those_above_or_gives_no_figure():
    lists = {f"list_{name}" for name in LISTS}
    assert set(answer_tools()) == {name for name, *_ in SAME} | lists
    for name in sorted(lists):
        assert list(figures(ask(name, limit=100).data)) == []
    for name, arguments, _ in SAME[8:]:
        assert list(figures(ask(name, **arguments).data)) == []


def figures(data):
    """All results in an answer, and figures of searches and claims."""
    if isinstance(data, dict):
        if data.get("exact") is not None and "unit" in data and "sense" not in data:
            yield data
        for value in data.values():
            yield from figures(value)
    elif isinstance(data, list):
        for value in data:
            yield from figures(value)


def test_the_text_is_in_the_language_and_the_data_are_the_same():
    english, spanish = (
        ask("profile", region="bajio", year=2018, language=one) for one in ["en", "es"]
    )
    assert english.data == spanish.data
    assert "12.71 million persons" in english.text
    assert "12.71 millones de personas" in spanish.text


def test_claims_of_ones_own_are_audited():
    [claim] = ask("audit", toml=CLAIMS).data["claims"]
    assert (claim["verdict"], claim["value"]) == ("holds", 12706038)


@pytest.mark.parametrize(("name", "kind"), LISTS.items())
def test_listings_are_pages(name, kind, capsys):
    assert main([kind, "--format", "json"]) == 0
    every = json.loads(capsys.readouterr().out)
    first = ask(f"list_{name}", limit=2).data
    rest = ask(f"list_{name}", offset=2, limit=MOST).data
    assert first["total"] == rest["total"] == len(every)
    assert [*first["items"], *rest["items"]] == every[: 2 + MOST]


def test_listings_find_by_code_and_name_in_either_language():
    found = {one["code"] for one in ask("list_indicators", match="pib por habitante").data["items"]}
    assert {"gdp-per-capita", "gdp-per-capita-ppp"} <= found
    assert "gdp" not in found
    assert "MX-QUE" in {one["code"] for one in ask("list_areas", match="QUERETARO").data["items"]}
    assert len(ask("list_areas", match="Juárez").data["items"]) > 3
    assert ask("list_regions", match="nowhere").data == {"items": [], "total": 0, "offset": 0}


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("profile", {"region": "bahio"}, "did you mean 'bajio'"),
        ("profile", {}, "region is lacking"),
        ("profile", {"region": "bajio", "yaer": 2018}, "did you mean 'year'"),
        ("profile", {"region": "bajio", "year": "2018"}, "year='2018'"),
        ("profile", {"region": "bajio", "year": True}, "year=True"),
        ("profile", {"region": "bajio", "host": "kept"}, "did you mean 'keep'"),
        ("profile", {"region": "bajio", "year": 2030, "indicators": ["gdp"]}, "pass year=2024"),
        ("profile", {"region": "x" * 10**5}, "a text of up to"),
        ("profile", {"region": "bajio", "indicators": ["gdp"] * 50}, "a list of up to"),
        ("profile", {"region": "bajio", "indicators": "gdp"}, "a list of up to"),
        ("profile", {"region": "bajio", "language": "fr"}, "it can be en, es"),
        ("compare", {"regions": ["bajio"] * 9}, "up to 8"),
        ("series", {"region": "bajio", "indicator": "gdp", "first": 2018}, "go together"),
        (
            "series",
            {"region": "bajio", "indicator": "gdp", "first": 2018, "last": 2010},
            "earlier year first",
        ),
        ("explain", {"region": "bajio", "indicator": "activity-shares"}, "ask for profile"),
        ("search", {"near": {"population": []}}, "an object of up to"),
        ("search", {"near": {"population": "BEL"}, "patience": 10**6}, "from 1 to 60"),
        ("audit", {}, "one"),
        ("audit", {"claims": "../../etc/passwd"}, "list_claim_sets"),
        ("audit", {"claims": "mine.toml"}, "list_claim_sets"),
        ("audit", {"toml": "no toml"}, "^toml: no TOML"),
        ("audit", {"toml": "a = " + "[" * 3000 + "]" * 3000}, "^toml, line 1: nested too deeply"),
        ("audit", {"toml": "[[claims]]\n" * 3000}, "^toml: 9002 faults"),
        ("audit", {"toml": "\ud800"}, "^toml: no TOML"),
        ("audit", {"toml": "a" * 40_001}, "up to 40000 letters"),
        ("audit", {"toml": CLAIMS.replace('"bajio"', '"../claims.toml"')}, "^toml, line 5, key"),
        ("audit", {"toml": CLAIMS.replace('"mine"', '"../mine"')}, "^toml, line 2, key 'code'"),
        ("profile", {"region": "../../../etc/passwd"}, "unknown region '../../../etc/passwd'"),
        ("profile", {"region": "bajio", "indicators": ["/x.toml"]}, "unknown indicator '/x.toml'"),
        ("profile", {"region": "bajio", "indicators": []}, "indicators is empty"),
        ("profile", {"region": "bajio", "peers": "/etc/passwd"}, "unknown peer group"),
        ("profile", {"region": "+".join(["MX-JAL"] * 500)}, "'MX-JAL' is named twice"),
        ("profile", {"region": "Île-de-France"}, "unknown region 'Île-de-France'"),
        ("profile", {"region": "bajio\x00\x1b[31m"}, r"unknown region 'bajio\\x00\\x1b\[31m'"),
        ("profile", {"region": "bajio", "year": 2018.5}, "year=2018.5"),
        ("profile", {"region": "bajio", "period": "9999-99"}, "is not a period"),
        ("explain", {"region": "México", "indicator": "gdp"}, "'MEX' .* or 'MX-MEX'"),
        (
            "compare",
            {"regions": ["USA", "CHN", "IND", "BRA", "ZAF", "FRA"], "year": 2018},
            "up to 120,000: ask for fewer",
        ),
        ("series", {"region": "bajio", "indicator": "gdp", "first": 0, "last": 9999}, "0 is not"),
        ("search", {"near": {"population": "BEL"}, "among": "un-members"}, "193 areas are too"),
        ("search", {"near": {"population": "BEL"}, "include": ["MX-JAL"] * 41}, "up to 40"),
        ("search", {"maximum": "gdp", "among": "/x.toml", "size": "2"}, "unknown region '/x.toml'"),
        ("search", {"near": {"x" * 5000: 1}, "size": "2"}, "unknown indicator 'xxx"),
        ("list_areas", {"match": "%" * 4000}, "up to 100 letters"),
        ("describe", {"kind": "area", "code": "../x"}, "list_areas names them"),
        ("describe", {"kind": "source", "code": "inegi-pibe", "extra": [1] * 10**4}, "'extra'"),
        ("list_areas", {"limit": 10**6}, "from 1 to 100"),
        ("describe", {"kind": "indicator", "code": "gpd"}, "did you mean 'gdp'"),
        ("rank_all", {}, "unknown tool"),
    ],
)
def test_what_is_refused_is_refused_in_bajios_words(name, arguments, message):
    with pytest.raises(BajioError, match=message) as refused:
        answered(name, arguments, Registry.default())
    assert len(str(refused.value)) < 1_000
    assert gettempdir() not in str(refused.value)


def test_names_of_parameters_are_the_same_in_all_languages():
    with pytest.raises(UnknownCode) as refused:
        answered("profile", {"evil": 1}, Registry.default())
    names = [parameter.name for parameter in answer_tools()["profile"].parameters]
    assert all(repr(name) in refused.value.text("es") for name in names)


def test_arguments_are_an_object():
    with pytest.raises(InvalidValue, match="by its name"):
        answered("profile", ["bajio"], Registry.default())
    with pytest.raises(UnknownCode):
        answered("profile", {"": 1}, Registry.default())


def test_what_comes_out_is_bounded(monkeypatch):
    monkeypatch.setattr(answer_tools_module, "MOST_TEXT", 1_000)
    found = ask("audit", claims="san-miguel", language="en")
    assert len(found.text) < 3_000
    assert "the data of the answer have all of it" in found.text
    long = {"region": "bajio", "indicator": "gdp", "year": 2018, "all": True}
    assert len(json_text(ask("rank", **long).data)) < MOST_DATA
    monkeypatch.setattr(answer_tools_module, "MOST_DATA", 20_000)
    with pytest.raises(InvalidValue, match="up to 20,000: ask for fewer"):
        answered("rank", long, Registry.default())


def test_help_is_there_without_the_extra_and_serving_is_refused(capsys, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "bajio.cli.tool_servers.find_spec", lambda name: None if name == "mcp" else find(name)
    )
    assert main(["serve-mcp", "--help"]) == 0
    assert "MCP tools" in capsys.readouterr().out
    assert main(["serve-mcp"]) == 2
    assert "pip install 'bajio[mcp]'" in capsys.readouterr().err


def test_the_library_is_not_imported_for_help():
    code = (
        "import sys; from bajio.cli import main; main(['serve-mcp', '--help']);"
        "assert not {'mcp', 'pydantic', 'anyio'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
