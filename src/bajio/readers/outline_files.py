"""Outlines from TopoJSON or GeoJSON, whose shapes have the codes of areas as `id`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bajio.errors import InvalidData, shown
from bajio.facts.outlines import Point, Polygons, Ring

#: Bytes of the largest file that is read.
_MOST_BYTES = 64 * 2**20
#: A ring has three points at least, and the first again.
_LEAST_POINTS = 4


def read_outlines(content: bytes, file: str) -> dict[str, Polygons]:
    """The polygons of each shape of a file, by its `id`; shapes without one are left out.

    Args:
        content: TopoJSON, of one object, or GeoJSON of features; in degrees of WGS 84.
        file: its name, for errors.

    Raises:
        InvalidData: it is neither, two shapes have one id, or a ring is none.
    """
    if len(content) > _MOST_BYTES:
        text = f"{len(content)} bytes; outlines of up to {_MOST_BYTES} are read: simplify them"
        raise InvalidData(text, file=file)
    try:
        document = json.loads(content.decode("utf-8-sig"))
        shapes = list(_SHAPES[document["type"]](document))
    except RecursionError:
        raise InvalidData("it is nested too deep", file=file) from None
    except (KeyError, TypeError, AttributeError, LookupError) as error:
        text = f"neither TopoJSON nor GeoJSON of polygons: {shown(str(error))}"
        raise InvalidData(text, file=file) from None
    except (ValueError, OverflowError) as error:
        raise InvalidData(f"no outlines can be read: {error}"[:300], file=file) from None
    result: dict[str, Polygons] = {}
    for code, polygons in shapes:
        if code in result:
            raise InvalidData(f"two shapes have the id {shown(code)}", file=file)
        result[code] = polygons
    return result


def _topology(fields: Mapping[str, Any]) -> Iterator[tuple[str, Polygons]]:
    [shapes] = fields["objects"].values()
    transform = fields.get("transform")
    lines = [_line(_places(arc, transform)) for arc in fields["arcs"]]

    def ring(numbers: Sequence[int]) -> list[Point]:
        points: list[Point] = []
        for number in numbers:
            line = lines[number] if number >= 0 else lines[~number][::-1]
            points += line[1:] if points else line
        return points

    for shape in shapes["geometries"]:
        if shape.get("id") is not None:
            many = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            yield _told(shape), _polygons([[ring(arcs) for arcs in rings] for rings in many])


def _places(
    arc: Sequence[Sequence[float]], transform: Mapping[str, Sequence[float]] | None
) -> Iterator[Sequence[float]]:
    """The points of a line, which are steps where there is a transform."""
    if transform is None:
        yield from arc
        return
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0.0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield _rounded(x * across + west), _rounded(y * up + south)


def _line(places: Iterable[Sequence[float]]) -> list[Point]:
    """The points of a line.

    Raises:
        ValueError: one of them is none on earth.
    """
    points = [(float(place[0]), float(place[1])) for place in places]
    for east, north in points:
        if not (-180 <= east <= 180 and -90 <= north <= 90):
            raise ValueError(f"{east}, {north} is no longitude and latitude in degrees")
    return points


def _rounded(degrees: float) -> float:
    """Degrees without what a product of floats leaves in their last digits."""
    return round(degrees, 9)


def _features(fields: Mapping[str, Any]) -> Iterator[tuple[str, Polygons]]:
    for feature in fields["features"]:
        if feature.get("id") is not None:
            shape = feature["geometry"]
            many = shape["coordinates"]
            many = many if shape["type"] == "MultiPolygon" else [many]
            yield (
                _told({**shape, "id": feature["id"]}),
                _polygons([list(map(_line, rings)) for rings in many]),
            )


_SHAPES = {"Topology": _topology, "FeatureCollection": _features}


def _told(shape: Mapping[str, Any]) -> str:
    """The code of a shape."""
    if not isinstance(shape["id"], str):
        raise ValueError(f"the id {shown(shape['id'])} is not a text")  # noqa: TRY004  # of a file
    if shape["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"{shown(shape['id'])} is a {shown(shape['type'])}, and no polygon")
    return str(shape["id"])


def _polygons(values: Sequence[Sequence[Sequence[Point]]]) -> Polygons:
    return tuple(tuple(_ring(ring) for ring in rings) for rings in values)


def _ring(points: Sequence[Point]) -> Ring:
    if len(points) < _LEAST_POINTS or points[0] != points[-1]:
        raise ValueError(f"a ring of {len(points)} points that does not close")
    return tuple(points)


def outlines_text(shapes: Mapping[str, Polygons]) -> str:
    """Shapes as GeoJSON, which reads back as the same."""
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for code, polygons in sorted(shapes.items())
    ]
    content = {"type": "FeatureCollection", "features": features}
    return json.dumps(content, separators=(",", ":")) + "\n"
