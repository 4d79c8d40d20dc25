"""The sheet that a map is drawn on: where in it each place of the earth is."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import asin, asinh, cos, radians, sin, sqrt, tan
from typing import Any

from attrs import field, frozen

from bajio.brief import Brief
from bajio.facts.outlines import Outline, Point, Ring

#: Beyond so many degrees from west to east a map is of the world, and true to area.
_WIDE = 120
#: Points of an outline that are nearer to one another, on the sheet, are one.
_FINEST = 0.55
#: Degrees of longitude without anything, at the least, where a map is opened instead of at 180.
_EMPTY = 60
#: No map goes nearer to the poles, in degrees.
_FARTHEST = 84.0
#: The polynomial of the projection Equal Earth (Šavrič, Patterson and Jenny, 2018).
_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)


@frozen(eq=False, repr=False)
class MapSheet(Brief):
    """A part of the earth, laid flat.

    Attributes:
        width, height: its size, in points.
        project: gives the plane's coordinates of a place.
        west, north: those of its upper left corner.
        scale: points by unit of the plane.
    """

    width: float
    height: float
    project: Callable[[Point], Point] = field(repr=False)
    west: float
    north: float
    scale: float

    def at(self, place: Point) -> Point:
        """Where a place is on it, from its upper left corner."""
        x, y = self.project(place)
        return (x - self.west) * self.scale, (self.north - y) * self.scale

    def shape(self, outline: Outline) -> dict[str, Any]:
        """An outline on it, as GeoJSON has shapes, without what is too fine to be seen."""
        pieces = []
        for polygon in outline.polygons:
            rings = [self._ring(ring, hole=position > 0) for position, ring in enumerate(polygon)]
            if rings[0]:
                pieces.append([ring for ring in rings if ring])
        return {"type": "MultiPolygon", "coordinates": pieces}

    def _ring(self, ring: Ring, *, hole: bool) -> list[list[float]]:
        """A ring on it, holes the other way round; none where nothing of it is to be seen."""
        kept: list[Point] = []
        for place in ring:
            point = self.at(place)
            if not kept or _distance(kept[-1], point) >= _FINEST:
                kept.append(point)
        if len(kept) < 3:
            return []
        kept.append(kept[0])
        way = kept if (_area(kept) < 0) == hole else kept[::-1]
        return [[round(x, 1), round(y, 1)] for x, y in way]

    def box(self, outline: Outline) -> tuple[float, float, float, float]:
        """How far an outline goes on it: to the left, up, to the right, down."""
        across, down = zip(
            *(self.at(p) for rings in outline.polygons for p in rings[0]), strict=True
        )
        return min(across), min(down), max(across), max(down)

    def middle(self, outline: Outline) -> Point:
        """The centre of an outline's largest piece."""
        rings = ([self.at(place) for place in polygon[0]] for polygon in outline.polygons)
        ring = max(rings, key=lambda ring: abs(_area(ring)))
        size = _area(ring)
        if not size:
            return ring[0]
        turns = [
            (point, other, point[0] * other[1] - other[0] * point[1])
            for point, other in pairwise(ring)
        ]
        x, y = (
            sum((point[axis] + other[axis]) * turn for point, other, turn in turns) / (6 * size)
            for axis in (0, 1)
        )
        return round(x, 1), round(y, 1)


def sheet_of(outlines: Iterable[Outline], width: float, highest: float) -> MapSheet:
    """The sheet that some outlines fill: as wide as is given, where that is not too high."""
    every = list(outlines)
    spans = sorted(
        (min(across), max(across))
        for outline in every
        for rings in outline.polygons
        for across in [[longitude for longitude, _ in rings[0]]]
    )
    edge, middle, wide = _opened(spans)
    flat = _equal_earth if wide > _WIDE else _mercator

    def project(place: Point) -> Point:
        longitude, latitude = place
        return flat((longitude + 360 * (longitude < edge) - middle, latitude))

    points = [project(p) for outline in every for rings in outline.polygons for p in rings[0]]
    (west, east), (south, north) = ((min(axis), max(axis)) for axis in (zip(*points, strict=True)))
    scale = min(width / ((east - west) or 1), highest / ((north - south) or 1))
    spare = width / scale - (east - west)
    height = round((north - south) * scale, 1)
    return MapSheet(width, height, project, west - spare / 2, north, scale)


def _opened(spans: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Where the earth is opened to lie flat: the longitude of its left edge, its middle, its width.

    At 180 degrees, unless what is drawn lies on both sides of it, and much is empty elsewhere.

    Args:
        spans: from where to where pieces go, from west to east, sorted.

    Examples:
        >>> _opened([(-118, -86), (-82, -34)]), _opened([(-180, -67), (172, 180)])
        ((-180.0, 0.0, 84), (172, 232.5, 121))
    """
    first, last = spans[0][0], max(east for _, east in spans)
    edge, middle, width, widest = -180.0, 0.0, last - first, max(first + 360 - last, _EMPTY)
    reached = spans[0][1]
    for west, east in spans[1:]:
        if west - reached > widest:
            edge, widest = west, west - reached
            width = reached + 360 - west
            middle = west + width / 2
        reached = max(reached, east)
    return edge, middle, width


def _mercator(place: Point) -> Point:
    """True to angles: what is small looks as it is."""
    longitude, latitude = place
    return radians(longitude), asinh(tan(radians(max(min(latitude, _FARTHEST), -_FARTHEST))))


def _equal_earth(place: Point) -> Point:
    """True to area."""
    first, second, third, fourth = _EQUAL_EARTH
    longitude, latitude = map(radians, place)
    turned = asin(sqrt(3) / 2 * sin(latitude))
    square = turned**2
    sixth = square**3
    slope = first + 3 * second * square + sixth * (7 * third + 9 * fourth * square)
    x = 2 * sqrt(3) * longitude * cos(turned) / (3 * slope)
    return x, turned * (first + second * square + sixth * (third + fourth * square))


def _area(ring: Iterable[Point]) -> float:
    return sum(x * down - right * y for (x, y), (right, down) in pairwise(ring)) / 2


def _distance(point: Point, other: Point) -> float:
    return max(abs(point[0] - other[0]), abs(point[1] - other[1]))
