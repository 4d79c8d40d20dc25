"""Every command in every format and language, and with hostile words in each of its options."""

import csv
import json
import os
import re
import subprocess
import sys
from functools import cache
from io import StringIO
from itertools import count, cycle, islice, pairwise

import click
import pytest
from jsonschema import Draft202012Validator

import bajio
from bajio.cli import main
from bajio.cli.commands import commands
from bajio.report.formats import rendered
from bajio.report.plugin_report import check_report
from bajio.report.profile_report import profile_report
from bajio.report.schemas import COLUMNS, EACH, answer_schemas, json_schema

#: A question for each command that is quickly answered.
ASKED = {
    "profile": ["bajio", "--indicators", "population,area", "--peers", "pacific-alliance"],
    "rank": ["bajio", "area", "--peers", "pacific-alliance"],
    "compare": ["bajio", "GTM", "--indicators", "area", "--peers", "none"],
    "series": ["bajio", "population", "--years", "2017-2018", "--peers", "none"],
    "explain": ["bajio", "gdp", "--year", "2018", "--peers", "none"],
    "sensitivity": ["bajio", "area", "--peers", "pacific-alliance"],
    "difference": ["bajio", "sur-sureste", "population-density", "--year", "2018"],
    "composite": ["composite-prosperity", "bajio", "--year", "2018"],
    "specialisations": ["bajio", "--year", "2018"],
    "near": ["bajio", "--year", "2018"],
    "decompose": [
        *("bajio", "theil-l-gdp-per-capita", "--partition", "MX-AGU+MX-SLP,rest"),
        *("--year", "2018"),
    ],
    "search": ["--size", "2", "--max", "population", "--among", "bajio", "--year", "2018"],
    "audit": ["san-miguel"],
    "import": [
        *("examples/tables/piso-de-tierra.csv", "--measure", "earth-floor", "--unit", "%"),
        *("--kind", "intensive", "--weight", "population", "--time", "stock"),
        *("--source", "CONAPO"),
    ],
    "report": ["bajio", "--year", "2018"],
    "cite": ["bajio", "--year", "2018", "--indicators", "gdp", "--peers", "none"],
    "diff": ["fdi=2018", "fdi=2025-10", "--region", "bajio", "--year", "2017"],
    "check": ["examples/tables/piso-de-tierra.csv"],
    "areas": [],
    "regions": [],
    "indicators": [],
    "measures": [],
    "peers": [],
    "claims": [],
    "sources": [],
    "plugins": [],
    "schema": [],
}
MORE = [
    ["profile", "bajio", "--indicators", "activity-shares", "--year", "2018", "--peers", "none"],
    ["profile", "bajio", "--members", "--indicators", "area,gdp", "--peers", "none"],
    ["explain", "san-miguel:area-rank"],
    ["schema", "profile"],
    ["profile", "bajio", "--year", "2018", "--missing", "bound", "--indicators", "gdp,gdp-growth"],
    ["profile", "bajio", "--year", "2020", "--missing", "partial", "--indicators", "employment"],
    ["rank", "bajio", "gdp", "--year", "2024", "--year-tolerance", "1"],
    ["rank", "eu", "population", "--year", "2018", "--membership", "as-of", "--all"],
    ["sensitivity", "bajio", "gdp-per-capita", "--year", "2018", "--peers", "none"],
    ["difference", "bajio", "population", "--years", "2008", "2018"],
    ["search", "--near", "gdp=BEL", "--size", "2", "--among", "bajio", "--year", "2018"],
    ["explain", "bajio", "activity-shares", "--year", "2018", "--peers", "none"],
    ["compare", "bajio", "GTM", "--indicators", "area,fdi", "--year", "2018", "--peers", "none"],
    ["series", "bajio", "employment", "--years", "2019-2021", "--peers", "none"],
    ["profile", "bajio", "--year", "2020", "--indicators", "area,employment", "--peers", "none"],
    *(
        [name, code]
        for name, code in {
            "areas": "MX-JAL",
            "regions": "bajio",
            "indicators": "gdp",
            "measures": "fdi",
            "peers": "oecd",
            "claims": "san-miguel",
            "sources": "inegi-pibe",
        }.items()
    ),
]
FORMATS = ("table", "json", "csv", "markdown")
#: How an option is said in Python, which the command line never is to say.
PYTHON = re.compile(
    r"\b(years?|peers|host|missing|membership|threshold|year_tolerance|against|level|among)=[\w'\"]"
)
HOSTILE = [
    "",
    "x" * 10**5,
    "\udc80\udcff",
    "\u202eoijab",
    "a\nb\tc",
    "２０１８",
    "1" + "0" * 400,
    "-1",
    "gdp=1e999999999",
    "nan",
    "2024-2003",
    "../../etc/passwd",
    "\x1b[31mred",
    "+",
    "\x00",
    "None",
]


def run(capsys, arguments):
    status = main(arguments)
    found = capsys.readouterr()
    assert "should not have happened" not in found.err
    assert not PYTHON.search(found.out + found.err)
    return status, found.out, found.err


def takes(name, option):
    return any(option in one.opts for one in commands.get_command(None, name).params)


def cases():
    for question in (*([name, *words] for name, words in ASKED.items()), *MORE):
        for output_format in FORMATS:
            yield [*question, "--format", output_format]
        if takes(question[0], "--lang"):
            for output_format in ("table", "json"):
                yield [*question, "--lang", "es", "--format", output_format]


ENTRIES = {"peers": "peer-group", "claims": "claim-set"}


def schema_of(arguments):
    """The name of the schema of what a command answers."""
    name, *words = arguments
    given = [word for word in words if not word.startswith("--")]
    if name == "explain" and ":" in words[0]:
        return "explain-claim"
    if name in {"areas", "regions", "indicators", "measures", "peers", "claims", "sources"} and (
        words and not words[0].startswith("--")
    ):
        return ENTRIES.get(name, name.removesuffix("s"))
    return None if name == "schema" and given[0] == "profile" else name


@cache
def validator(name):
    return Draft202012Validator(json_schema(name))


def validator_of(arguments):
    """What checks the JSON of a command; a schema, by the standard itself."""
    name = schema_of(arguments)
    return validator(name) if name else Draft202012Validator(Draft202012Validator.META_SCHEMA)


def columns_of(arguments):
    """The columns of a command's CSV: those of the schema, whatever is in the answer."""
    name = schema_of(arguments)
    if name is None:
        return ["key", "type"]
    asked = {"composite": COMPONENTS, "search": searched(arguments)}.get(name, [])
    columns = json_schema(name)[COLUMNS]
    named = [column for column in columns if EACH in column]
    at = columns.index(named[0]) if named else 0
    each = [column.replace(EACH, code) for column in named for code in asked]
    return [*columns[:at], *each, *(column for column in columns[at:] if column not in named)]


COMPONENTS = list(bajio.Registry.default().composites["composite-prosperity"].weights)


def searched(arguments):
    options = {"--max", "--near", "--at-least"}
    pairs = pairwise(arguments)
    return [word.partition("=")[0] for option, word in pairs if option in options]


@pytest.mark.parametrize("name", answer_schemas())
def test_a_schema_is_one_and_leaves_no_key_open(name):
    schema = json_schema(name)

    Draft202012Validator.check_schema(schema)
    for inner in objects(schema):
        assert inner["additionalProperties"] is not True
        assert set(inner.get("required", ())) <= set(inner.get("properties", ()))


def objects(schema):
    """Every object that a schema describes."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    if isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


def test_a_schema_refuses_what_lacks_a_key_or_has_another():
    data = json.loads(profile_of("population"))
    assert validator("profile").is_valid(data)
    for change in ({"unit": ...}, {"surprise": 1}, {"value": "many"}, {"low": 1}):
        [result] = json.loads(profile_of("population"))["results"]
        result |= change
        changed = {key: value for key, value in result.items() if value is not ...}
        assert not validator("profile").is_valid({**data, "results": [changed]})


def profile_of(indicator):
    answer = bajio.profile("bajio", indicators=[indicator], year=2018, peers=None)
    return rendered(profile_report(answer), "json")


def test_the_json_of_a_breakdown_has_what_it_holds(capsys):
    asked = ["profile", "bajio", "--indicators", "activity-shares", "--year", "2018"]
    _, out, _ = run(capsys, [*asked, "--peers", "none", "--format", "json"])
    [data] = json.loads(out)["results"]
    table = bajio.break_down("bajio", "activity-shares", year=2018, peers=None)

    assert data["values"] == dict(table.values)
    assert data["exact"] == {code: str(value) for code, value in table.exact.items()}
    assert data["missing"] == dict(table.missing)
    assert (data["axis"], data["level"], data["total"]) == ("activity", "leaves", 1)


def test_the_csv_of_a_derivation_has_the_figures_that_add_up(capsys):
    _, out, _ = run(capsys, ["explain", "bajio", "gdp", "--year", "2018", "--format", "csv"])
    rows = list(csv.DictReader(StringIO(out)))
    states = [row for row in rows if row["area"].startswith("MX-")]
    [rate] = [row for row in rows if row["what"] == "exchange-rate, 2018"]
    answer = bajio.evaluate("bajio", "gdp", year=2018)

    assert [row["area"] for row in states] == list(answer.members and answer.composition)
    assert sum(float(row["value"]) for row in states) == pytest.approx(answer.value)
    assert (rate["area"], rate["unit"]) == ("MEX", "MXN/USD")


def test_the_json_of_the_derivation_of_a_table_has_one_a_key(capsys):
    asked = ["explain", "bajio", "activity-shares", "--year", "2018", "--peers", "none"]
    _, out, _ = run(capsys, [*asked, "--format", "json"])
    table = bajio.break_down("bajio", "activity-shares", year=2018, peers=None)
    values = [one["result"]["value"] for one in json.loads(out)]

    assert values == list(table.values.values())


def test_what_a_check_of_plugins_finds_is_what_its_schema_says():
    laws = {"kept": ["permutation"], "broken": [], "untested": ["unit"], "inapplicable": ["rows"]}
    document = check_report([{"plugin": "mine", "code": "density", **laws}])

    validator("plugins-check").validate(document.data())
    assert document.header() == ("plugin", "code", "kept", "broken", "untested", "inapplicable")
    assert document.rows()[0] == {
        "plugin": "mine",
        "code": "density",
        "kept": 1,
        "broken": "",
        "untested": "unit",
        "inapplicable": 1,
    }


def test_one_plugin_is_listed_and_checked_by_its_name(capsys):
    own = ["--plugin", "examples/plain-plugin/land_per_person.py", "plugins"]
    status, out, _ = run(capsys, [*own, "land_per_person.py", "--format", "json"])
    assert status == 0
    assert [one["name"] for one in json.loads(out)] == ["land_per_person.py"]

    status, out, _ = run(capsys, [*own, "land_per_person.py", "--check", "--format", "json"])
    [row] = json.loads(out)
    assert (status, row["code"], row["broken"]) == (0, "land-per-person", [])
    assert "division" in row["kept"]
    assert "rows" in row["inapplicable"]

    status, out, err = run(capsys, [*own, "land_per_person", "--check"])
    assert (status, out) == (2, "")
    assert "unknown plugin 'land_per_person': did you mean 'land_per_person.py'?" in err


def test_an_answer_without_a_schema_is_refused_with_the_nearest(capsys):
    status, _, err = run(capsys, ["schema", "profil"])

    assert status == 2
    assert "unknown answer 'profil': did you mean 'profile'?" in err


def test_every_command_has_a_question():
    others = {"explore", "lock", "new-plugin", "plot", "replay", "serve-mcp"}
    assert set(ASKED) | others == set(commands.list_commands(None))


@pytest.mark.parametrize("arguments", list(cases()), ids=" ".join)
def test_every_command_answers_in_every_format_and_language(capsys, arguments):
    status, out, err = run(capsys, arguments)

    assert (status, err) == (0, "")
    assert out.endswith("\n")
    if arguments[-1] == "json":
        assert json.loads(out) not in ([], {}, None)
        validator_of(arguments).validate(json.loads(out))
    if arguments[-1] == "csv":
        header, *rows = csv.reader(StringIO(out))
        assert rows or arguments[0] == "check"  # of a file with nothing wrong
        assert header == columns_of(arguments)
        assert {len(row) for row in rows} <= {len(header)}
    if arguments[-1] == "markdown":
        assert re.search(r"^(\||```|# )", out, re.MULTILINE)


def each_in_one_format():
    """Each command with one of the formats, in turn; the other formats, which repeat it, slow."""
    return [
        pytest.param(name, one, marks=() if at % len(FORMATS) == number else pytest.mark.slow)
        for at, name in enumerate(ASKED)
        for number, one in enumerate(FORMATS)
        if name != "import"  # which writes a package to --output
    ]


@pytest.mark.parametrize(("name", "output_format"), each_in_one_format())
def test_what_a_file_s_ending_names_is_what_is_written(capsys, tmp_path, name, output_format):
    ending = {"table": "txt", "markdown": "md"}.get(output_format, output_format)
    path = tmp_path / f"answer.{ending.upper()}"
    _, printed, _ = run(capsys, [name, *ASKED[name], "--format", output_format])
    status, out, _ = run(capsys, [name, *ASKED[name], "--output", str(path)])
    written = path.read_text(encoding="utf-8")
    if name == "report":  # which tells how it was asked for
        printed = printed.replace(f"--format {output_format}", f"--output {path}")
    if name not in {"plugins", "search"}:  # which tell how long they took, or look at the width
        assert (status, out, written) == (0, "", printed)
    assert (status, out) == (0, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--output", "x.docx"], "no format ends in .docx: it can be .txt, .json, .csv, .md"),
        (["--output", "x.gif"], "no format ends in .gif"),
        (["--output", "x.pdf"], "'regions' has no chart"),
        (["--output", "x.csv", "--format", "json"], "is no json: leave --format json out"),
        (["--output", "missing/x.csv"], "cannot write"),
        (["--output", "."], "is a directory"),
        (["--output", ""], "cannot write ''"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_left(
    capsys, tmp_path, monkeypatch, words, told
):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, ["regions", *words])

    assert (status, out) == (2, "")
    assert told in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk_is_told_and_the_file_before_stays(capsys, tmp_path, monkeypatch):
    status, _, err = run(capsys, ["regions", "--output", "/dev/full", "--format", "csv"])
    assert (status, "No space left" in err) == (2, True)

    path = tmp_path / "before.csv"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", fail_for_space)
    status, _, err = run(capsys, ["regions", "--output", str(path), "--force"])
    assert (status, "No space left" in err) == (2, True)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]

    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, ["new-plugin", "rain"])
    assert (status, "No space left" in err) == (2, True)
    assert list(tmp_path.iterdir()) == [path]


def fail_for_space(_file):
    raise OSError(28, "No space left on device")


def hostile_cases():
    """Each option and argument of each command with three of the words, all of them in turn."""
    words = cycle(HOSTILE)
    for name, asked in ASKED.items():
        arguments = [
            one
            for one in commands.get_command(None, name).params
            if one.param_type_name == "argument"
        ]
        for parameter in commands.get_command(None, name).params:
            if getattr(parameter, "is_flag", False) or parameter.name == "output":
                continue
            for word in islice(words, 3 if name != "audit" else 1):
                yield [name, *with_word(asked, parameter, arguments, word)]


def with_word(asked, parameter, arguments, word):
    """A question with a word in the place of one of its parameters."""
    if isinstance(parameter, click.Option):
        if parameter.nargs > 1:
            return [*asked, parameter.opts[0], *[word] * parameter.nargs]
        return [*asked, f"{parameter.opts[0]}={word}"]
    at = arguments.index(parameter)
    return [*asked[:at], word, *asked[at + 1 :]]


@pytest.mark.parametrize("name", sorted(ASKED))
def test_hostile_words_end_in_an_answer_or_in_one_line(capsys, name):
    for arguments in hostile_cases():
        if arguments[0] == name:
            status, out, err = run(capsys, arguments)
            assert status in {0, 2}, arguments
            assert "\x1b" not in out + err
            if status == 2 and not (name == "check" and out):  # what is wrong is its answer
                assert out == ""
                assert err.startswith("bajio: ")
                assert err.count("\n") == 1
                assert len(err) < 2200, arguments


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("explain san-miguel:area-rank --level nonsense", "--level changes nothing here"),
        ("explain san-miguel:area-rank --against nonsense", "--against changes nothing here"),
        ("explain san-miguel:area-rank --missing partial", "--missing changes nothing here"),
        ("profile bajio --level nonsense", "no level 'nonsense'"),
        ("sensitivity bajio gdp --level nonsense", "no level 'nonsense'"),
        ("sensitivity bajio gdp --against sur-sureste", "nothing to hold against"),
        ("profile bajio --level=", "the level is empty"),
        ("composite composite-prosperity bajio --among=", "unknown"),
        ("search --size 2 --patience nan", "'nan' is no number"),
        ("search --size 2 --patience inf", "'inf' is no number"),
        ("search --size 2 --edition fdi=2018", "an edition of 'fdi' changes nothing"),
        ("search --size 2 --edition nonsense=1", "unknown measure 'nonsense'"),
        ("rank bajio population --edition gdp=2024", "an edition of 'gdp' changes nothing"),
        ("profile bajio --missing partial --threshold nan", "'nan' is no number"),
        ("profile bajio --missing partial --threshold 1.5", "'1.5' is no share"),
        ("profile bajio --missing partial --threshold 0,5", "write 0.5"),
        ("profile bajio --missing partial --threshold 1_0", "'1_0' is no share"),
        ("profile bajio --threshold 0.5", "--threshold goes with --missing partial only"),
        ("profile bajio --peers none --host drop", "--peers none"),
        ("profile bajio --peers none --year-tolerance 1", "--peers none"),
        ("specialisations bajio --least-share nan", "'nan' is no number"),
        ("specialisations bajio --top ３", "give a whole number"),
        ("plugins --patience 3", "--patience goes with --check only"),
    ],
)
def test_options_that_change_nothing_are_refused(capsys, words, told):
    status, out, err = run(capsys, words.split())

    assert (status, out) == (2, "")
    assert told in err


@pytest.mark.parametrize(
    "setting",
    [
        {"COLUMNS": "0"},
        {"COLUMNS": "-1"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"TERM": "", "COLUMNS": "x"},
        {"BAJIO_PLUGINS": " , ,"},
        {"BAJIO_PLUGINS": "\x1b[31m" + "x" * 5000},
    ],
    ids=str,
)
def test_an_odd_environment_changes_no_answer(tmp_path, setting):
    command = [sys.executable, "-m", "bajio", "rank", "bajio", "area", "--peers", "g20"]
    found = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **setting}
    )

    assert found.returncode == 0
    assert "Bajío" in found.stdout
    assert found.stderr.count("\n") <= 1
    assert len(found.stderr) < 300
    assert "\x1b" not in found.stderr


def test_an_interruption_in_the_first_moment_shows_no_traceback():
    program = (
        "import sys, runpy\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'bajio.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "sys.argv = ['bajio', 'regions']\n"
        "runpy.run_module('bajio', run_name='__main__')\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (found.returncode, found.stdout, found.stderr) == (130, "", "")


def test_an_error_that_nobody_thought_of_is_one_line(capsys, monkeypatch):
    monkeypatch.setattr("bajio.report.listing_report.listing_report", lambda *_: 1 / 0)
    monkeypatch.delenv("BAJIO_TRACEBACK", raising=False)

    assert main(["regions"]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err == (
        "bajio: this should not have happened: ZeroDivisionError: division by zero; please report\n"
    )
    monkeypatch.setenv("BAJIO_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["regions"])


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: bajio.profile("bajio", host="drop", peers=None), "host= says how to rank"),
        (lambda: bajio.evaluate("bajio", "gdp", year_tolerance=1, peers=None), "year_tolerance="),
        (lambda: bajio.rank("bajio", "gdp", threshold=0.5), "threshold= goes with"),
        (lambda: bajio.rank("bajio", "gdp", editions={"fdi": "2018"}), "changes nothing"),
        (lambda: bajio.series("bajio", "gdp", level="31-33"), "no level '31-33'"),
        (lambda: bajio.sensitivity("bajio", "gdp", against="sur-sureste"), "nothing to hold"),
        (lambda: bajio.difference("bajio", "gdp", years=(2017, 2018), peers="oecd"), "peers="),
        (lambda: bajio.composite("bajio", "composite-prosperity", among=""), "unknown peer group"),
        (lambda: bajio.composite("bajio", "composite-prosperity", host="drop"), "host= says"),
        (lambda: bajio.search(size=2, patience=float("nan")), "finite"),
        (lambda: bajio.search(size=2, patience=-1), "a patience of -1 seconds"),
        (lambda: bajio.search(size=2, editions={"nonsense": "1"}), "unknown measure 'nonsense'"),
        (lambda: bajio.profile("bajio", yaer=2018), "unknown option 'yaer': did you mean 'year'"),
        (lambda: bajio.difference("bajio", "gdp", yaer=2018), "did you mean 'year'"),
        (
            lambda: bajio.composite("bajio", "composite-prosperity", yaer=2018),
            "did you mean 'year'",
        ),
        (lambda: bajio.specialisations("bajio", yaer=2018), "did you mean 'year'"),
        (lambda: bajio.audit("san-miguel", memberhsip="as-of"), "did you mean 'membership'"),
    ],
    ids=map(str, count()),
)
def test_options_that_change_nothing_are_refused_in_python(ask, told):
    with pytest.raises(bajio.BajioError) as caught:
        ask()
    assert told in str(caught.value)


def test_a_file_of_the_installation_that_is_missing_is_named(capsys, monkeypatch):
    def missing(*_):
        raise FileNotFoundError(2, "No such file or directory", "/lib/bajio/data/datapackage.json")

    monkeypatch.setattr("bajio.report.listing_report.listing_report", missing)
    assert main(["regions"]) == 2
    assert capsys.readouterr().err == (
        "bajio: cannot use '/lib/bajio/data/datapackage.json': No such file or directory\n"
    )
