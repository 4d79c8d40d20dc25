"""Look into the wheel and the source distribution: all that belongs there, and nothing else.

`python scripts/check_distributions.py build/distributions`, where `python -m build` has put one of
each; `nox -s distributions` makes them, and runs this.
"""

import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parent.parent
#: What a source distribution holds beside the package: enough to build, to test and to read.
BESIDE = (
    "CHANGELOG.md",
    "CITATION.cff",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "PKG-INFO",
    "README.md",
    "SECURITY.md",
    "docs/index.md",
    "noxfile.py",
    "pyproject.toml",
    "tests/conftest.py",
)
#: What a wheel has beside the package: its metadata.
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
#: Files of tests that are no data.
PROGRAMS = {".md", ".py"}
MADE = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}


def own_files() -> set[str]:
    """The files of the package as they are in the tree, by their paths from `bajio` on."""
    package = ROOT / "src"
    paths = (path for path in (package / "bajio").rglob("*") if path.is_file())
    return {path.relative_to(package).as_posix() for path in paths if not MADE & {*path.parts}}


def in_wheel(path: Path) -> set[str]:
    """What a wheel holds."""
    with ZipFile(path) as wheel:
        return {name for name in wheel.namelist() if not name.endswith("/")}


def in_source(path: Path) -> set[str]:
    """What a source distribution holds, below its folder."""
    with tarfile.open(path) as source:
        return {one.name.partition("/")[2] for one in source.getmembers() if one.isfile()}


def faults_of_wheel(held: set[str], wanted: set[str]) -> list[str]:
    """What a wheel lacks, and what it should not have."""
    package = {name for name in held if name.startswith("bajio/")}
    metadata = {name.partition(".dist-info/")[2] or name for name in held - package}
    return [
        *told("the wheel lacks", wanted - package),
        *told("the wheel has", package - wanted),
        *told("the wheel's metadata lack", METADATA - metadata),
        *told("the wheel has beside the package", metadata - METADATA),
    ]


def faults_of_source(held: set[str], wanted: set[str]) -> list[str]:
    """What a source distribution lacks, and what it should not have."""
    package = {f"src/{name}" for name in wanted}
    data = {
        name for name in held if name.startswith("tests/") and Path(name).suffix not in PROGRAMS
    }
    made = {name for name in held if MADE & {*Path(name).parts} or name.endswith(".pyc")}
    return [
        *told("the source distribution lacks", package - held),
        *told("the source distribution lacks", {*BESIDE} - held),
        *told("the source distribution has data of tests", data),
        *told("the source distribution has what tools make", made),
        *told(
            "the source distribution has",
            {name for name in held if name.startswith("src/")} - package,
        ),
    ]


def told(what: str, names: Iterable[str]) -> list[str]:
    """A fault for each of some names."""
    return [f"{what}: {name}" for name in sorted(names)]


def main(folder: Path) -> str:
    """What is wrong with the distributions in a folder, a line each; else nothing."""
    wheels, sources = sorted(folder.glob("*.whl")), sorted(folder.glob("*.tar.gz"))
    if len(wheels) != 1 or len(sources) != 1:
        return f"{folder} has {len(wheels)} wheels and {len(sources)} source distributions: not one"
    wanted = own_files()
    assert "bajio/py.typed" in wanted
    wheel, source = in_wheel(wheels[0]), in_source(sources[0])
    for path, held in ((wheels[0], wheel), (sources[0], source)):
        print(f"{path.name}: {len(held)} files, {path.stat().st_size / 1024:.0f} KiB")
    return "\n".join([*faults_of_wheel(wheel, wanted), *faults_of_source(source, wanted)])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) or 0)
