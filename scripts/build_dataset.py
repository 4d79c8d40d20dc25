"""Make the bundled dataset from the files of its sources.

Run it as `python scripts/build_dataset.py --raw DIR`, where DIR holds the figures as their sources
publish them, brought to CSV (`mx/gdp.csv`, `world/population.csv`, ...; docs/data.md lists them).
The result is the same, byte for byte, on each run; `--check` compares instead of writing.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dataset.observations import add_observations
from dataset.outlines import add_outlines
from dataset.package import Package
from dataset.raw import Raw, Refused
from dataset.tables import add_tables

DEFAULT_OUTPUT = Path(__file__).parent.parent / "src" / "bajio" / "data"


def build(raw: Raw) -> dict[str, bytes]:
    """All files of the package, by path.

    Raises:
        Refused: something in the raw files is not as expected.
    """
    municipal = raw.rows("mx/municipal_population.csv")
    package = Package(
        {
            "country": raw.codes("world/countries.csv"),
            "state": raw.codes("mx/states.csv"),
            "municipality": [row["clave"] for row in municipal],
        }
    )
    add_observations(package, raw)
    add_tables(package, raw)
    add_outlines(package, raw)
    return package.finished()


def present(folder: Path) -> dict[str, bytes]:
    """The files that a folder holds, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def differences(made: Mapping[str, bytes], there: Mapping[str, bytes]) -> list[str]:
    """What must change so that a folder holds just what was made, a line for each file."""
    lines = []
    for path in sorted({*made, *there}):
        if path not in there:
            lines.append(f"missing: {path}")
        elif path not in made:
            lines.append(f"not of the dataset: {path}")
        elif made[path] != there[path]:
            lines.append(f"different: {path}")
    return lines


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files under a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def run(
    made: Callable[[Path], Mapping[str, bytes]],
    output: Path,
    about: str,
    arguments: Sequence[str] | None,
) -> int:
    """Write files made of raw ones, or compare them with what is there.

    Args:
        made: gives the files, by path, of a folder of raw ones.
        output: where they go, if nothing else is said.
        about: what is made, for `--help`.
        arguments: those of the command line.

    Returns:
        0, or 1 where the folder holds anything else, or 2 where the raw files are refused.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--raw", type=Path, required=True, help="folder of the raw files")
    parser.add_argument("--output", type=Path, default=output, help="where they go")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    given = parser.parse_args(arguments)
    try:
        files = made(given.raw)
    except Refused as problem:
        print(f"{parser.prog}: {problem}", file=sys.stderr)
        return 2
    if not given.check:
        write(files, given.output)
        print(f"{len(files)} files written")
    lines = differences(files, present(given.output))
    print("\n".join(lines) or "the same")
    return 1 if lines else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the package, or compare it with what is there."""
    about = "Make the bundled dataset from raw files."
    return run(lambda folder: build(Raw(folder)), DEFAULT_OUTPUT, about, arguments)


if __name__ == "__main__":
    sys.exit(main())
