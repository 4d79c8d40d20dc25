"""Many plugin distributions, as a crowded environment has them, in a folder of their own."""

from pathlib import Path

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
ENTRY_POINTS = "[console_scripts]\n{name} = {module}:main\n\n[bajio]\n{name} = {module}\n"
INDICATOR = '''\
"""An indicator that nobody asked for."""

import bajio
from bajio import Indicator, Sum


@bajio.hookimpl
def bajio_indicators():
    return [
        Indicator(
            "{name}",
            rule=Sum("area") / Sum("population"),
            unit="km²/person",
            label={{"en": "Land per person {number}", "es": "Superficie por persona {number}"}},
        )
    ]
'''
REGION = '''\
"""A region that nobody asked for."""

import bajio


@bajio.hookimpl
def bajio_regions():
    return [bajio.Region(["MX-COL", "MX-JAL"], code="{name}", names="Crowd {number}")]
'''


def make(folder: Path, count: int, module: str) -> Path:
    """Write distributions as an installer leaves them.

    Args:
        folder: where to; it is made.
        count: how many.
        module: what each module says, with `{name}` and `{number}`.

    Returns:
        The folder, to be put on the path.
    """
    for number in range(count):
        name, stem = f"crowd-{number:02}", f"crowd_{number:02}"
        facts = {"name": name, "module": stem, "number": str(number)}
        declared = folder / f"{stem}-1.0.dist-info"
        declared.mkdir(parents=True)
        (declared / "METADATA").write_text(METADATA.format(**facts), "utf-8")
        (declared / "entry_points.txt").write_text(ENTRY_POINTS.format(**facts), "utf-8")
        (folder / f"{stem}.py").write_text(module.format(**facts), "utf-8")
    return folder
