"""Which shapes of a TopoJSON file share a line."""

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from dataset.raw import Refused


def topology(path: Path) -> Any:
    """A TopoJSON file.

    Raises:
        Refused: it is missing, or none.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read: {error}") from None
    if content.get("type") != "Topology":
        raise Refused(f"{path} is no TopoJSON")
    return content


def shared_lines(content: Any, name: str) -> list[tuple[str, str]]:
    """Pairs of shapes of which a line is part of both borders; those that meet in a point are none.

    Args:
        content: of a TopoJSON file.
        name: of the object that has the shapes.
    """
    owners: dict[int, set[str]] = {}
    for shape in content["objects"][name]["geometries"]:
        for arc in _arcs(shape["arcs"]):
            owners.setdefault(arc, set()).add(shape["id"])
    pairs = {pair for shapes in owners.values() for pair in combinations(sorted(shapes), 2)}
    return sorted(pairs)


def _arcs(nested: Any) -> Iterator[int]:
    """The numbers of all lines, whichever way they are gone along."""
    for one in nested:
        if isinstance(one, list):
            yield from _arcs(one)
        else:
            yield one if one >= 0 else ~one
