"""`pytest --bajio`: one test for each law of all that plugins provide."""

import os
import subprocess
import sys

import pytest

RIGHT = """
import bajio
from bajio import Indicator, Sum
from bajio.rules import Custom

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
def run(tmp_path, monkeypatch, capsys):
    """Run pytest in this process, in a folder with a plugin and settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("BAJIO_PLUGINS", "")

    def run_pytest(plugin, *arguments, settings=""):
        (tmp_path / "mine.py").write_text(plugin)
        (tmp_path / "pytest.ini").write_text(f"[pytest]\n{settings}")
        left_out = ("no:cacheprovider", "no:xdist", "no:unraisableexception")  # which looks
        options = [word for name in left_out for word in ("-p", name)]  # through all memory
        status = pytest.main([*options, *arguments])
        return subprocess.CompletedProcess(arguments, int(status), *capsys.readouterr())

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


def test_a_file_that_is_not_there_is_refused(run):
    done = run(RIGHT, "--bajio-plugin", "nowhere.py")

    assert done.returncode == 4
    assert "'nowhere.py' is no file of a plugin" in done.stderr


def test_with_no_plugin_to_check_the_way_out_is_told(run):
    done = run(RIGHT, "--bajio")

    assert done.returncode == 4
    assert "pip install -e ." in done.stderr


def test_a_slow_plugin_passes(run):
    done = run(f"import time\ntime.sleep(1.1)\n{RIGHT}", "--bajio-plugin", "mine.py", "-k", "loads")

    assert "1 failed" not in done.stdout
    assert "mine.py::loads" not in done.stdout


def test_what_is_set_aside_fails_where_warnings_are_errors(run):
    text = RIGHT.replace("Sum('area')", "Sum('aera')").replace('Sum("area")', 'Sum("aera")')
    done = run(text, "--bajio-plugin", "mine.py", settings="filterwarnings = error\n")

    assert done.returncode == 1
    assert "bajio::mine.py::bajio_indicators" in done.stdout
    assert "did you mean 'area'?" in done.stdout


def test_without_hypothesis_its_installation_is_told(tmp_path):
    (tmp_path / "hypothesis.py").write_text("raise ModuleNotFoundError('hypothesis')")
    (tmp_path / "mine.py").write_text(RIGHT)
    paths = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    options = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "--bajio-plugin", "mine.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths, "BAJIO_PLUGINS": ""},
    )

    assert done.returncode == 4
    assert "pip install 'bajio[testing]'" in done.stderr
    assert "INTERNALERROR" not in done.stdout


def test_without_the_option_nothing_is_added(run):
    assert "no tests ran" in run(RIGHT).stdout
