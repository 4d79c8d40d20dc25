"""Make the compiled tables and the catalogue that come with bajio from its data package.

python scripts/compile_tables.py [--check]
"""

import sys
from pathlib import Path

from bajio.catalog import bundled, mexico, world
from bajio.indicators import held_indicators
from bajio.readers.compiled import compiled, compiled_rows
from bajio.readers.datapackage import open_package
from bajio.readers.descriptor import OUTLINES
from bajio.readers.held_catalogue import held
from bajio.registry import Registry

FOLDER = Path(bundled.__file__).parent / "tables"


def made() -> dict[str, bytes]:
    """What each file should hold, by its name: read from the package's own files, and checked."""
    package, areas = open_package(bundled.read), Registry.default().areas
    series = iter(package.dataset().series)
    tables = {
        f"{table.name}.table": compiled_rows(package.rows(table.name), table.hash or "")
        if table.series is None
        else compiled(next(series).load(areas), table.hash or "")
        for table in package.descriptor.resources
        if table.holds != OUTLINES
    }
    catalogue = held(_catalogue(), bundled.files())
    return {**tables, "catalogue.table": catalogue, "indicators.table": held_indicators.written()}


def _catalogue() -> dict[str, object]:
    """All that is held of the package beside its figures."""
    return {
        **bundled.parts(),
        "countries": world.countries(),
        "states": mexico.states(),
        "groups": {group.code: group for group in world.groups()},
        "regions": mexico.regions(),
        "regional groups": {group.code: group for group in mexico.groups()},
    }


def main(arguments: list[str]) -> int:
    """Write what differs, or only name it: status 1 where something did."""
    there = {path.name: path.read_bytes() for path in FOLDER.glob("*.table")}
    wanted = made()
    stale = sorted(name for name in {*there, *wanted} if there.get(name) != wanted.get(name))
    for name in stale:
        print(f"{name} is stale")
        if "--check" not in arguments and name in wanted:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / name).write_bytes(wanted[name])
        elif "--check" not in arguments:
            (FOLDER / name).unlink()
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
