"""Files of claims: what is wrong is told by file, line, claim and key; nothing is unbounded."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from attrs import fields_dict

import bajio
from bajio import Claim
from bajio.cli import main
from bajio.errors import InvalidClaim
from bajio.readers.claim_files import MOST_BYTES, parse_claims, read_claims
from bajio.readers.claim_keys import CLAIM_KEYS, SET_KEYS, schema

ROOT = Path(__file__).parent.parent
PACKAGE = Path(bajio.__file__).parent
HEAD = 'code = "mine"\ntitle = "Mine"\nsubject = "bajio"\nyear = 2018\n'
GOOD = '[[claims]]\nid = "people"\nstatement = "Many."\nindicator = "population"\n'
WHOLE = f'{HEAD}{GOOD}printed = "over 12.4 million"\n'
SPANISH = WHOLE.replace("[[", 'locale = "es"\n[[', 1)
BILLION_CLAIMS = HEAD + "[[claims]]\n" * 20_000


def test_a_file_is_read(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE, encoding="utf-8")
    claims = read_claims(path)

    assert [claim.id for claim in claims.claims] == ["people"]
    assert claims["people"].relation.value == "over"
    assert bajio.audit(claims)["people"].verdict.value == "holds"


def test_check_tells_the_line_and_the_key_of_all_that_is_wrong(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text(f'{WHOLE}since = "2018"\nperiods = "2018"\n', encoding="utf-8")
    assert main(["check", str(path), "--format", "json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert [(one["sheet"], one["row"], one["column"]) for one in faults] == [
        *(("", 10, "since"), ("", 11, "periods"))
    ]
    assert all(one["found"].startswith("claim 'people': ") for one in faults)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what is no TOML
        ("code = ", "no TOML that can be read"),
        (f"{HEAD}code = 1", "no TOML that can be read: Cannot overwrite"),
        # keys
        (WHOLE + 'indicatr = "area"\n', "line 10, claim 'people', key 'indicatr': unknown key"),
        (WHOLE + 'indicatr = "area"\n', "did you mean 'indicator'?"),
        ('title = "T"\n' + GOOD, "lacks 'code'"),
        ("colour = 1\n" + WHOLE, "line 1, key 'colour': unknown key"),
        (HEAD, "lacks 'claims'"),
        (
            HEAD + "claims = []\n",
            "line 5, key 'claims': not what it should be: one to 10000 claims",
        ),
        (HEAD + "claims = [1]\n", "a claim is a table"),
        # values, with the line of the key
        (WHOLE.replace("2018", '"2018"'), "line 4, key 'year': not what it should be: a year"),
        (WHOLE + "top = 0\n", "line 10, claim 'people', key 'top'"),
        (WHOLE + "years = [2017]\n", "key 'years': not what it should be: two years"),
        (WHOLE + 'areas = "GRC"\n', "key 'areas': not what it should be: a list"),
        (WHOLE + "projection = 1\n", "key 'projection': not what it should be: true or false"),
        (WHOLE + 'relation = "ovr"\n', "key 'relation': unknown word 'ovr': did you mean 'over'?"),
        (WHOLE + 'relation = "under"\n', "relation 'under', and the words say 'over'"),
        (WHOLE + 'tolerance = "5"\n', "key 'tolerance': write it in percent"),
        (WHOLE + 'unit = "km²!"\n', "cannot read the unit 'km²!'"),
        (WHOLE.replace('"people"', '"People Count"'), "claim number 1"),
        (WHOLE.replace('"people"', '"People Count"'), "a code in kebab-case"),
        (WHOLE + 'part = { claim = "gone" }\n', "'gone', which is no other claim of the set"),
        (WHOLE + 'part = { claim = "people" }\n', "which is no other claim of the set"),
        (
            WHOLE + GOOD + 'printed = "12 million"\n',
            "line 11, claim 'people', key 'id': two claims",
        ),
        (HEAD + GOOD, "no relation, and no printed number"),
        (HEAD + GOOD + 'relation = "near"\n', "relation 'near' needs areas or than"),
        (WHOLE.replace('subject = "bajio"\n', ""), "no subject"),
        (WHOLE + "years = [2018, 2017]\n", "the first year first"),
        (WHOLE + "years = [2017, 2018]\nyear = 2018\n", "contradict each other"),
        (WHOLE.replace("[[", 'locale = "fr"\n[[', 1), "numbers are read in English and Spanish"),
        (WHOLE.replace("[[", 'locale = "es-XX"\n[[', 1), "key 'locale'"),
        # printed numbers
        (
            WHOLE.replace("12.4 million", "a dozen"),
            "line 9, claim 'people', key 'printed'",
        ),
        (WHOLE.replace("12.4 million", "12.4 milion"), "'milion' is not understood"),
        (WHOLE.replace("12.4 million", "12.4 million parrots"), "say units by the key 'unit'"),
        (WHOLE.replace('"over 12.4 million"', "12.4"), "the number as printed, in quotes"),
        (
            WHOLE.replace('"over 12.4 million"', '{ en = "over 12", es = "más de 13" }'),
            "'over 12' and 'más de 13' say different things",
        ),
        (
            WHOLE.replace("[[", 'locale = "es"\n[[', 1).replace("over 12.4 million", "1,234"),
            "is 1234 in es-MX",
        ),
        (
            WHOLE.replace("[[", 'locale = "es"\n[[', 1).replace("over 12.4 million", "89 billones"),
            "declare the scale",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, told):
    with pytest.raises(InvalidClaim) as caught:
        parse_claims(text, "mine.toml")

    assert told in str(caught.value)
    assert str(caught.value).startswith("mine.toml")


def test_lines_are_right_beside_texts_of_several_lines_and_other_claims():
    text = (
        f'{WHOLE}note = """\n[[claims]]\nid = "x"\n"""\n{GOOD.replace("people", "more")}top = -1\n'
    )

    with pytest.raises(InvalidClaim) as caught:
        parse_claims(text)

    assert (caught.value.claim, caught.value.key) == ("more", "top")
    assert text.splitlines()[caught.value.line - 1] == "top = -1"


@pytest.mark.parametrize(
    "text",
    [
        # deep nesting
        HEAD + "a = " + "[" * 100_000,
        HEAD + "a = " + "[\n" * 60_000,
        HEAD + "a = " + "{ a = " * 40_000,
        ".".join("a" * 100_000) + " = 1",
        "[" + ".".join("a" * 100_000) + "]",
        # a number of a million digits
        HEAD + "year2 = " + "9" * 200_000,
        HEAD + "year2 = 0x" + "f" * 200_000,
        HEAD + "year2 = 1." + "9" * 200_000,
        HEAD + GOOD + f'printed = "{"9" * 200_000}"\n',
        HEAD + GOOD + f'printed = "over {"9" * 100} million"\n',
        WHOLE.replace("2018", "9" * 4000),
        WHOLE.replace("2018", "0x" + "f" * 100_000),
        # many claims, and texts without end
        BILLION_CLAIMS,
        HEAD + GOOD + 'printed = "1"\nstatement2 = "' + "x" * 200_000 + '"\n',
        WHOLE.replace("Many.", "x" * 5000),
        # what would be run, were anything run
        HEAD + GOOD + "printed = \"__import__('os').system('false')\"\n",
        WHOLE.replace("mine", "../../etc/passwd"),
        "\x00" * 1000,
    ],
)
def test_hostile_files_are_refused_in_one_clear_line(text):
    with pytest.raises(InvalidClaim) as caught:
        parse_claims(text, "mine.toml")

    assert len(str(caught.value)) < 500


def test_a_large_file_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (MOST_BYTES + 1))

    with pytest.raises(InvalidClaim, match="larger than 8 MiB"):
        read_claims(path)


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InvalidClaim, match="not UTF-8"):
        read_claims(path)


def test_a_folder_is_refused(tmp_path, capsys):
    assert main(["audit", f"{tmp_path}/"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_broken_file_ends_with_status_two_and_one_line(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE + "top = 0\n", encoding="utf-8")

    assert main(["audit", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        f"bajio: {path}, line 10, claim 'people', key 'top': not what it should be: a whole "
        "number from 1 on\n"
    )


# the schema


def test_the_schema_in_the_package_is_the_readers_own():
    file = PACKAGE / "readers" / "claims.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == schema()


def test_the_bundled_set_satisfies_the_schema():
    text = (PACKAGE / "catalog" / "claim_sets" / "san-miguel.toml").read_text(encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(tomllib.loads(text), schema())


def test_every_key_is_declared_for_the_schema_and_made_of_by_the_reader():
    names = {key.name for key in CLAIM_KEYS}
    assert names - {"when"} == set(fields_dict(Claim))  # it says year, period, years or since
    assert set(schema()["$defs"]["claim"]["properties"]) == names
    assert set(schema()["properties"]) == {key.name for key in SET_KEYS}


VALUES = [
    "text",
    "kebab-case",
    "Not Kebab",
    "",
    "x" * 2000,
    2018,
    0,
    1,
    -1,
    12345,
    True,
    1.5,
    [],
    ["GRC"],
    [2017, 2018],
    [2017],
    ["", "a"],
    {},
    {"en": "a"},
    {"en": "a", "es": "b"},
    {"fr": "a"},
    {"claim": "x"},
    {"claim": ""},
    {"a": "1", "b": "2"},
    {"a": "1"},
    "over",
    "share-of",
    "short",
    None,
]


@pytest.mark.parametrize(
    ("owner", "key"),
    [("claim", key) for key in CLAIM_KEYS] + [("set", key) for key in SET_KEYS[:-1]],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_schema_and_reader_agree_on_every_value(owner, key):
    """What a key may hold is the same for an editor and for bajio."""
    from bajio.readers.claim_forms import problem_of

    owner = schema()["$defs"]["claim"] if owner == "claim" else schema()
    rule = {**owner["properties"][key.name], "$defs": schema()["$defs"]}
    validator = jsonschema.Draft202012Validator(rule)
    for value in VALUES:
        assert validator.is_valid(value) is not bool(problem_of(key, value)), value


@pytest.mark.parametrize("wrong", [{"x": 1}, {"year": "2018"}, {"claims": []}, {"code": None}])
def test_schema_and_reader_refuse_the_same_documents(wrong):
    good = tomllib.loads(WHOLE)
    broken = {name: value for name, value in {**good, **wrong}.items() if value is not None}

    assert jsonschema.Draft202012Validator(schema()).is_valid(good)
    assert not jsonschema.Draft202012Validator(schema()).is_valid(broken)


def test_what_is_made_of_claim_sets_is_not_stale():
    """After a change of claims, findings or their words: python scripts/compile_claims.py."""
    script = ROOT / "scripts" / "compile_claims.py"
    found = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, cwd=ROOT
    )

    assert found.stdout == "", "python scripts/compile_claims.py makes it anew"
    assert found.returncode == 0, found.stderr


# all faults in one go

FAULTY = """\
code = "mine"
title = "Mine"
subject = "bahio"
year = 2018

[[claims]]
id = "a"
statement = "S."
indicator = "popluation"
printed = "over 12.4 million"

[[claims]]
id = "b"
statement = "S."
indicator = "population"
relation = "exceeds"
areas = ["GRCC", "BEL"]

[[claims]]
id = "c"
statement = "S."
indicator = "area"
printed = "109 thousand"
unit = "USD"

[[claims]]
id = "d"
statement = "S."
indicator = "area"
relation = "top"
top = 100
peers = "un-member"
"""


def test_all_that_nobody_knows_is_told_at_once(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text(FAULTY, encoding="utf-8")
    told = (
        "line 3, key 'subject': unknown region 'bahio': did you mean 'bajio'",
        "line 9, claim 'a', key 'indicator': unknown indicator 'popluation': did you mean",
        "line 17, claim 'b', key 'areas': unknown region 'GRCC'",
        "line 24, claim 'c', key 'unit'",
        "line 32, claim 'd', key 'peers': unknown peer group 'un-member': did you mean",
    )

    for arguments in (["audit", str(path)], ["audit", str(path), "--strict"]):
        assert main(arguments) == 2
        captured = capsys.readouterr()
        assert (captured.out, captured.err.count("\n")) == ("", 1)
        assert "mine.toml: 5 faults: " in captured.err
        for fault in told:
            assert fault in captured.err
    with pytest.raises(InvalidClaim) as caught:
        bajio.audit(path)
    assert [(one.claim, one.key) for one in caught.value.faults] == [
        ("", "subject"),
        ("a", "indicator"),
        ("b", "areas"),
        ("c", "unit"),
        ("d", "peers"),
    ]


def test_all_that_cannot_be_read_is_told_at_once():
    more = GOOD.replace("people", "more") + "top = 0\n"
    text = f'{WHOLE}tolerance = "5"\nindicatr = "x"\n{more}'
    with pytest.raises(InvalidClaim) as caught:
        parse_claims(text, "mine.toml")

    assert str(caught.value).startswith("mine.toml: 3 faults: line 10, claim 'people'")
    assert [one.line for one in caught.value.faults] == [10, 11, 16]


@pytest.mark.parametrize(
    "text",
    [
        '"="' + ".a" * 100_000 + " = 1",
        HEAD + GOOD + "parts = { a" + ".a" * 100_000 + " = 1 }\n",
        HEAD + "'a' . " * 30_000 + "b = 1",
        HEAD + "a-" * 100_000 + " = 1",
        HEAD + " " * 200_000 + "= 1",
        "".join(f"[a{number}]\n" for number in range(20_000)),
        HEAD + GOOD * 100,
    ],
)
def test_what_a_parser_is_slow_on_is_refused_at_once(text):
    with pytest.raises(InvalidClaim) as caught:
        parse_claims(text, "mine.toml")

    assert len(str(caught.value)) < 1500


def test_a_claim_file_is_a_plain_file(tmp_path):
    import os

    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    with pytest.raises(InvalidClaim, match="no plain file"):
        read_claims(pipe)
    with pytest.raises(bajio.BajioError):
        read_claims(5)


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.encode())

    assert read_claims(path)["people"].relation.value == "over"


def test_many_claims_that_hang_together_are_audited_in_bounded_time():
    parts = "".join(f'a{at} = "10"\n' for at in range(30))
    text = HEAD + "".join(
        f'[[claims]]\nid = "s{at}"\nstatement = "S."\nquantity = "x"\nrelation = "sum-of"\n'
        f'printed = "{300 + at % 2 * 40}"\n[claims.parts]\n{parts}'
        for at in range(100)
    )
    found = bajio.audit(parse_claims(text))

    assert {one.verdict.value for one in found.findings} == {"consistent", "inconsistent"}
    assert len(found.conflicts) == 50


def test_what_cannot_be_read_hides_no_code_that_nobody_knows(tmp_path, capsys):
    text = f"""{HEAD.replace("bajio", "bajioo")}peers = "oecdd"
{GOOD}printed = "dos"
[[claims]]
id = "two"
statement = "Two."
indicator = "gpd"
relation = "exceeds"
areas = ["PRKK", "GTM"]
[[claims]]
id = "two"
statement = "Three."
indicator = "area"
unit = "USDD"
printed = "5"
frist = 1
"""
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidClaim) as caught:
        bajio.audit(path)
    found = [(one.line, one.claim, one.key) for one in caught.value.faults]
    assert found == [
        (3, "", "subject"),
        (5, "", "peers"),
        (10, "people", "printed"),
        (14, "two", "indicator"),
        (16, "two", "areas"),
        (18, "two", "id"),
        (21, "two", "unit"),
        (23, "two", "frist"),
    ]
    for name in ("mine.toml", "mine"):
        assert main(["audit", str(path.rename(tmp_path / name))]) == 2
        path = tmp_path / name
        told = capsys.readouterr().err
        assert "8 faults" in told
        assert "did you mean 'gdp'?" in told


def test_a_locale_that_nobody_knows_hides_no_other_fault(tmp_path):
    path = tmp_path / "mine.toml"
    text = WHOLE.replace("code", 'locale = "xx"\ncode', 1).replace("population", "popluation")
    path.write_text(text + "tpo = 5\n", encoding="utf-8")

    with pytest.raises(InvalidClaim) as caught:
        bajio.audit(path)
    assert [one.key for one in caught.value.faults] == ["locale", "indicator", "tpo"]


def test_what_the_audit_cannot_find_is_told_in_the_words_of_no_door(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text(f'{HEAD}{GOOD}printed = "2 %"\nsince = 1980\n', encoding="utf-8")

    assert main(["audit", str(path)]) == 0
    told = capsys.readouterr().out
    assert "no figure of population for 1980." in told
    assert "year=" not in told
    assert "--year" not in told


def test_all_that_is_wrong_with_one_claim_is_told_at_once():
    text = HEAD + (
        '[[claims]]\nid = "a"\nstatement = "S"\nrelation = "top"\ntop = 3\nrank = 2\n'
        'printed = "5 %"\nyear = 2018\nyears = [2017, 2018]\nsince = 2020\n'
    )
    with pytest.raises(InvalidClaim) as caught:
        parse_claims(text, "mine.toml")

    assert {one.key for one in caught.value.faults} >= {"indicator", "rank", "printed", "year"}
    assert all(one.line for one in caught.value.faults)
