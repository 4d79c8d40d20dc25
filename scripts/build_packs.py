"""Make the example packs from the files of their sources.

Run it as `python scripts/build_packs.py --raw DIR`, where DIR holds the figures as their sources
publish them, brought to CSV (`elsewhere/us_gdp.csv`, ...; docs/packs.md lists them).
The result is the same, byte for byte, on each run; `--check` compares instead of writing.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from build_dataset import present, run
from dataset.raw import Layout, Raw
from packs import brazil, europe, united_states

from bajio import Dataset, list_measures, write_package

DEFAULT_OUTPUT = Path(__file__).parent.parent / "examples" / "packs"
DESCRIPTOR = "datapackage.json"


class Pack(NamedTuple):
    """How a pack is made."""

    title: str
    terms: str
    made: Callable[[Raw], Dataset]
    layouts: Mapping[str, Layout]


PACKS = {
    "brazil": Pack(
        "Brazil: states with their borders, GDP, and the alliance of the north-east",
        brazil.IBGE.terms,
        brazil.made,
        brazil.LAYOUTS,
    ),
    "europe-nuts2": Pack(
        "Europe: NUTS 2 regions, their GDP and population, and two alliances across borders",
        europe.OUTPUT.terms,
        europe.made,
        europe.LAYOUTS,
    ),
    "united-states": Pack(
        "United States: states with their borders, GDP, population, and two alliances",
        united_states.BEA.terms,
        united_states.made,
        united_states.LAYOUTS,
    ),
}


def build(folder: Path) -> dict[str, bytes]:
    """All files of all packs, by path.

    Args:
        folder: of the raw files, or that in which they stand under `elsewhere`.

    Raises:
        Refused: something in the raw files is not as expected.
    """
    inner = folder / "elsewhere"
    files = {}
    for name, pack in PACKS.items():
        data = pack.made(Raw(inner if inner.is_dir() else folder, pack.layouts))
        for path, content in _written(data).items():
            described = _described(content, pack) if path == DESCRIPTOR else content
            files[f"{name}/{path}"] = described
    return files


def _written(data: Dataset) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        write_package(data, folder)
        return present(Path(folder))


def _described(content: bytes, pack: Pack) -> bytes:
    """A descriptor with its title and terms, and without the measures that bajio brings."""
    descriptor = json.loads(content)
    known = list_measures()
    own = [one for one in descriptor.pop("measures") if one["name"] not in known]
    head = {key: descriptor.pop(key) for key in ("$schema", "name")}
    head |= {"title": pack.title, "licenses": [{"name": "source", "title": pack.terms}]}
    if own:
        descriptor["measures"] = own
    return (json.dumps(head | descriptor, ensure_ascii=False, indent=1) + "\n").encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the packs, or compare them with what is there."""
    return run(build, DEFAULT_OUTPUT, "Make the example packs from raw files.", arguments)


if __name__ == "__main__":
    sys.exit(main())
