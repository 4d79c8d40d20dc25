"""The runner of mutants: what it changes, what it counts, and that tests notice a small sample."""

import importlib
import runpy
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"
MUTANTS = runpy.run_path(str(SCRIPTS / "mutants.py"))
LISTED = tomllib.loads((SCRIPTS / "equivalent_mutants.toml").read_text("utf-8"))["mutant"]

SOURCE = '''"""What grows."""

LEAST = 3


def grows(now: int, before: int) -> bool:
    """Whether it does."""
    if now > before and before != 0:
        return not now - before < LEAST
    return False
'''


def test_each_change_is_made_alone():
    changes = MUTANTS["_Changes"]()
    changes.visit(MUTANTS["ast"].parse(SOURCE))
    assert [one[1] for one in changes.found] == [
        "3 -> 4",
        "Gt -> GtE",
        "0 -> 1",
        "NotEq -> Eq",
        "And -> Or",
        "Sub -> Add",
        "Lt -> LtE",
        "without its sign",
        "returns None",
        "False -> True",
        "returns None",
    ]
    plain = MUTANTS["ast"].unparse(MUTANTS["ast"].parse(SOURCE)).splitlines()
    for number, (_, change, _) in enumerate(changes.found):
        made = MUTANTS["mutated"](SOURCE, number).splitlines()
        different = [pair for pair in zip(plain, made, strict=True) if pair[0] != pair[1]]
        assert len(different) == 1, change


def test_marks_tell_which_statements_are_passed(tmp_path, monkeypatch):
    marks = tmp_path / "marks.py"
    marks.write_text("passed = set()\n")
    text = MUTANTS["marked"](SOURCE, "grown").replace("bajio._passed", "marks")
    (tmp_path / "grown.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    grows = importlib.import_module("grown").grows
    passed = importlib.import_module("marks").passed
    assert passed == set()
    assert grows(5, 1) is True
    assert passed == {"grown:8", "grown:9"}
    assert grows(1, 5) is False
    assert passed == {"grown:8", "grown:9", "grown:10"}


def test_what_is_listed_as_equivalent_is_in_the_source():
    modules = {ROOT / one["module"] for one in LISTED}
    there = {
        (one.module, one.text, one.change, again)
        for path in modules
        for one in MUTANTS["mutants"](path)
        for again in (None, one.again)
    }
    listed = Counter(
        (one["module"], one["text"], one["change"], one.get("again")) for one in LISTED
    )
    assert [key for key in listed if key not in there] == []
    assert [key for key, times in listed.items() if times > 1] == []
    assert all(one["reason"] for one in LISTED)


def test_what_the_runner_names_is_there(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPTS)
    packages = importlib.import_module("mutate").TESTS
    assert [one for one in packages if not (ROOT / "src" / "bajio" / one).exists()] == []
    assert [one for tests in packages.values() for one in tests if not (ROOT / one).exists()] == []


@pytest.mark.slow
def test_tests_notice_a_small_sample():
    """Ten mutants of one module against its own tests; a person runs the large sample."""
    options = ["--package", "rules", "--only", "rules/spread.py", "--seconds", "10"]
    options += ["--sample", "10", "--seed", "1", "--floor", "70"]
    for name in ("test_spread", "test_pooled_rules"):
        options += ["--tests", f"tests/{name}.py"]
    told = subprocess.run(
        [sys.executable, "scripts/mutate.py", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
