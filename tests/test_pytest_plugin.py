"""`pytest --bajio`: one test for each law of all that plugins provide."""

import os
import subprocess
import sys

import pytest

RIGHT = """
import bajio
from bajio import Custom, Indicator, Sum

@bajio.hookimpl
def bajio_indicators():
    return [Indicator("land", Sum("area") / Sum("population"), "km²/person", "Land")]
"""
WRONG = """
import bajio
from bajio import Indicator, Sum

@bajio.hookimpl
def bajio_indicators():
    return [Indicator("people", Sum("population"), "person", "People", traits=["internal"])]
"""


@pytest.fixture
def run(tmp_path):
    def run_pytest(plugin, *arguments, settings=""):
        (tmp_path / "mine.py").write_text(plugin)
        (tmp_path / "pytest.ini").write_text(f"[pytest]\n{settings}")
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "120", "BAJIO_PLUGINS": ""},
        )

    return run_pytest


def test_each_law_of_each_subject_is_a_test(run):
    done = run(RIGHT, "--bajio-plugin", "mine.py", "-v", "-k", "land and division")

    assert done.returncode == 0, done.stdout
    assert "bajio::land::division PASSED" in done.stdout
    assert "1 passed" in done.stdout


def test_a_broken_law_is_told_without_a_traceback(run):
    done = run(WRONG, "--bajio-plugin", "mine.py", "-k", "internality")

    assert done.returncode == 1
    assert "people breaks the law 'internality'" in done.stdout
    assert "Traceback" not in done.stdout
    assert "site-packages" not in done.stdout


def test_a_failure_that_is_expected_needs_a_reason_and_must_happen(run):
    options = ("--bajio-plugin", "mine.py", "-k", "internality or division")
    named = "bajio_expected_failures = people::{}: it is a total\n"

    assert "1 xfailed" in run(WRONG, *options, settings=named.format("internality")).stdout
    strict = run(WRONG, *options, settings=named.format("division"))
    assert strict.returncode == 1
    assert "XPASS(strict)" in strict.stdout
    unreasoned = run(WRONG, *options, settings="bajio_expected_failures = people::internality\n")
    assert "write CODE::LAW: reason" in unreasoned.stderr


def test_a_plugin_that_cannot_be_loaded_fails(run):
    done = run("raise RuntimeError('no such library')", "--bajio-plugin", "mine.py")

    assert done.returncode == 1
    assert "no such library" in done.stdout


def test_an_unknown_plugin_is_refused(run):
    done = run(RIGHT, "--bajio-plugin", "other")

    assert done.returncode == 4
    assert "bajio knows no plugin 'other'" in done.stderr


def test_without_the_option_nothing_is_added(run):
    assert "no tests ran" in run(RIGHT).stdout
