"""What looks into the distributions: that it finds what lacks and what does not belong there."""

import runpy
from pathlib import Path

CHECK = runpy.run_path(str(Path(__file__).parent.parent / "scripts" / "check_distributions.py"))
OWN = {"bajio/__init__.py", "bajio/py.typed"}
WHEEL = OWN | {f"bajio-1.dist-info/{name}" for name in CHECK["METADATA"]}
SOURCE = {f"src/{name}" for name in OWN} | {*CHECK["BESIDE"], "tests/test_words.py"}


def test_what_is_whole_has_no_fault():
    assert CHECK["faults_of_wheel"](WHEEL, OWN) == []
    assert CHECK["faults_of_source"](SOURCE, OWN) == []


def test_a_wheel_has_the_package_and_no_more():
    held = (WHEEL - {"bajio/py.typed", "bajio-1.dist-info/licenses/LICENSE"}) | {
        "bajio/old.py",
        "tests/conftest.py",
    }
    assert CHECK["faults_of_wheel"](held, OWN) == [
        "the wheel lacks: bajio/py.typed",
        "the wheel has: bajio/old.py",
        "the wheel's metadata lack: licenses/LICENSE",
        "the wheel has beside the package: tests/conftest.py",
    ]


def test_sources_are_whole_and_without_data_of_tests():
    held = (SOURCE - {"LICENSE"}) | {"tests/gold/en.txt", "src/bajio/old.py", "tests/__pycache__/x"}
    assert CHECK["faults_of_source"](held, OWN) == [
        "the source distribution lacks: LICENSE",
        "the source distribution has data of tests: tests/__pycache__/x",
        "the source distribution has data of tests: tests/gold/en.txt",
        "the source distribution has what tools make: tests/__pycache__/x",
        "the source distribution has: src/bajio/old.py",
    ]


def test_one_of_each_is_wanted(tmp_path):
    assert "0 wheels and 0 source" in CHECK["main"](tmp_path)


def test_all_files_of_the_package_are_wanted():
    own = CHECK["own_files"]()
    assert {"bajio/py.typed", "bajio/data/datapackage.json"} <= own
    assert not any("__pycache__" in name for name in own)
