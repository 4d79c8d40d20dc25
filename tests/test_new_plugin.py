"""`bajio new-plugin`: a project whose tests pass at once, and nothing overwritten."""

import os
import subprocess
import sys
import tomllib

import pytest

from bajio.cli import main


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_it_writes_a_project(tmp_path, capsys):
    assert main(["new-plugin", "water-use"]) == 0

    project = tmp_path / "bajio-water-use"
    written = files(project)
    assert written == [
        ".gitignore",
        "README.md",
        "pyproject.toml",
        "src/bajio_water_use/__init__.py",
        "tests/test_bajio_water_use.py",
    ]
    told = capsys.readouterr().out
    assert all(f"  {name}\n" in told for name in written)
    assert "cd bajio-water-use && pip install -e '.[test]' && pytest" in told
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["name"] == "bajio-water-use"
    assert settings["project"]["entry-points"]["bajio"] == {"water-use": "bajio_water_use"}
    assert not any("$" in path.read_text() for path in project.rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rain", "bajio-rain", "water-use-2"])
def test_its_tests_pass_at_once(name, tmp_path):
    assert main(["new-plugin", name, "--directory", "mine"]) == 0
    own = name.removeprefix("bajio-")
    info = tmp_path / "site" / f"bajio_{own.replace('-', '_')}-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "entry_points.txt").write_text(f"[bajio]\n{own} = bajio_{own.replace('-', '_')}\n")
    paths = os.pathsep.join([str(tmp_path / "mine" / "src"), str(tmp_path / "site")])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-W", "error"],
        cwd=tmp_path / "mine",
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"bajio::{own}-land-per-person::division PASSED" in done.stdout
    assert "test_land_per_person_of_the_bajio PASSED" in done.stdout


def test_a_folder_with_other_files_keeps_them(tmp_path):
    (tmp_path / "mine" / ".git").mkdir(parents=True)
    (tmp_path / "mine" / "LICENSE").write_text("mine")

    assert main(["new-plugin", "rain", "--directory", "mine"]) == 0
    assert (tmp_path / "mine" / "LICENSE").read_text() == "mine"
    assert "pyproject.toml" in files(tmp_path / "mine")


@pytest.mark.parametrize("there", ["README.md", "src/bajio_rain/__init__.py"])
def test_nothing_is_overwritten(there, tmp_path, capsys):
    path = tmp_path / "bajio-rain" / there
    path.parent.mkdir(parents=True)
    path.write_text("mine")

    assert main(["new-plugin", "rain"]) == 2
    assert f"nothing was written: 'bajio-rain' has {there} already" in capsys.readouterr().err
    assert files(tmp_path / "bajio-rain") == [there]
    assert path.read_text() == "mine"


def test_a_folder_that_is_a_file_is_refused(tmp_path, capsys):
    (tmp_path / "mine").write_text("")

    assert main(["new-plugin", "rain", "--directory", "mine"]) == 2
    assert "cannot write 'mine" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Water Use", "did you mean 'water-use'?"),
        ("2-rain", "did you mean 'rain'?"),
        ("../rain", "did you mean 'rain'?"),
        ("bajio-", "write it in kebab-case"),
        ("", "write it in kebab-case"),
        ("bajio", "is taken by bajio itself"),
        ("rain-", "did you mean 'rain'?"),
    ],
)
def test_names_that_are_none_are_refused(name, told, tmp_path, capsys):
    assert main(["new-plugin", name]) == 2
    assert told in capsys.readouterr().err
    assert files(tmp_path) == []
