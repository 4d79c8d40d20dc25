"""The plugin under examples/ works as its README says, and its data can be made again."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from few_examples import in_few

import bajio
from bajio import Registry
from bajio.registry import built_ins
from bajio.testing.kit import TrialState, subjects, trials

EXAMPLE = Path(__file__).parent.parent / "examples" / "bajio-settlement"
PACKAGE = EXAMPLE / "src" / "bajio_settlement"


def module(path, name):
    spec = spec_from_file_location(name, path)
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture(scope="module")
def registry():
    plugin = module(PACKAGE / "__init__.py", "example_settlement")
    return Registry({**built_ins(), "settlement": plugin})


def test_its_data_are_what_its_script_makes(tmp_path):
    script = module(EXAMPLE / "make_data.py", "example_make_data")
    bajio.write_package(script.settlement(), tmp_path)
    made, carried = (
        {path.name: path.read_bytes() for path in folder.glob("*.csv")}
        for folder in (tmp_path, PACKAGE / "data")
    )

    assert made == carried
    assert bajio.read_package(tmp_path) == bajio.read_package(PACKAGE / "data")


@pytest.mark.slow
def test_it_keeps_every_law(registry):
    [own] = subjects(registry).values()
    findings = [in_few(trial).run() for one in own for trial in trials(one, registry)]

    assert not registry.failures
    assert len(own) == 8
    assert [str(found) for found in findings if found.state is TrialState.BROKEN] == []


def test_its_indicators_are_those_that_its_readme_lists(registry):
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    listed = [line.split("`")[1] for line in readme.splitlines() if line.startswith("| `")]

    assert listed == list(registry.plugins[-1].provides["bajio_indicators"])


@pytest.mark.slow
def test_its_own_tests_pass_with_nothing_installed(tmp_path):
    """The laws above by all their examples, as its authors try them."""
    info = tmp_path / "bajio_settlement-0.1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text("[bajio]\nsettlement = bajio_settlement\n")
    done = run_tests(EXAMPLE, tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def run_tests(project, extra):
    """A project's tests as its pyproject.toml has them, its source on the path."""
    import os

    paths = os.pathsep.join([str(project / "src"), str(extra)])
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=project,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
    )
