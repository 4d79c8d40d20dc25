"""Lines that shapes share: read from TopoJSON, joined, simplified, and written again.

A shape is a list of polygons, a polygon a list of rings, a ring a list of numbers of lines, `~n`
where line `n` is gone along backwards.
"""

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

from dataset.raw import Refused

Point = tuple[float, float]
Rings = list[list[int]]
Shapes = dict[str, list[Rings]]
#: Lines of up to so many points stay as they are, so that no small area collapses.
_FEW = 8
#: By how much areas count at a pole at least.
_LEAST_COSINE = 0.1
#: Degrees from the prime meridian to its other side.
_HALF = 180
#: Degrees from which all is a pole.
_POLE = 89.9


class Topology:
    """Shapes by code, and the lines that they are made of."""

    def __init__(self, lines: Sequence[Sequence[Point]], shapes: Shapes) -> None:
        """Shapes of which each names its lines."""
        self.lines = [list(line) for line in lines]
        self.shapes = shapes

    @classmethod
    def read(cls, path: Path, name: str, code: Callable[[Any], str | None]) -> "Topology":
        """A TopoJSON file.

        Args:
            path: of the file.
            name: of the object that has the shapes.
            code: gives a shape's code; `None` for one that is left out.

        Raises:
            Refused: it is missing, or none.
        """
        try:
            content = json.loads(path.read_text("utf-8"))
            geometries = content["objects"][name]["geometries"]
            lines = [list(_places(arc, content["transform"])) for arc in content["arcs"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Refused(f"{path} cannot be read as TopoJSON: {error}") from None
        shapes: Shapes = {}
        for shape in geometries:
            key = code(shape)
            if key in shapes:
                raise Refused(f"{path} has two shapes of {key}")
            if key is not None:
                many = shape["type"] == "MultiPolygon"
                shapes[key] = shape["arcs"] if many else [shape["arcs"]]
        return cls(lines, shapes)

    def ring(self, numbers: Iterable[int]) -> list[Point]:
        """The points of a ring, the last of which is the first."""
        points: list[Point] = []
        for number in numbers:
            line = self.lines[number] if number >= 0 else self.lines[~number][::-1]
            points += line[1:] if points else line
        return points

    def joined(self, whole: Callable[[str], str]) -> "Topology":
        """Shapes that are joined to larger ones, with no line within them.

        Args:
            whole: gives the code of what a shape is part of.
        """
        parts: dict[str, list[list[Rings]]] = {}
        for code, polygons in self.shapes.items():
            parts.setdefault(whole(code), []).append(polygons)
        shapes = {
            code: each[0] if len(each) == 1 else self._outline(chain.from_iterable(each))
            for code, each in parts.items()
        }
        return Topology(self.lines, shapes).with_long_lines()

    def _outline(self, polygons: Iterable[Rings]) -> list[Rings]:
        """What some polygons cover together: their lines, save those that two of them share."""
        seen = [number for rings in polygons for ring in rings for number in ring]
        every = set(seen)
        outer = [number for number in dict.fromkeys(seen) if ~number not in every]
        return self._nested(self._closed(outer))

    def _closed(self, numbers: Sequence[int]) -> Rings:
        """Rings of lines, each of which begins where another ends."""
        after: dict[Point, list[int]] = {}
        for number in numbers:
            after.setdefault(self.ring([number])[0], []).append(number)
        rings = []
        while after:
            start = next(iter(after))
            ring: list[int] = []
            place = start
            while not ring or place != start:
                if place not in after:
                    raise Refused(f"a line ends at {place}, and none begins there")
                ring.append(after[place].pop())
                if not after[place]:
                    del after[place]
                place = self.ring([ring[-1]])[-1]
            rings.append(ring)
        return rings

    def _nested(self, rings: Rings) -> list[Rings]:
        """Rings as polygons: those that go the other way are holes of those around them."""
        outer = [[ring] for ring in rings if area(self.ring(ring)) < 0]
        for ring in rings:
            points = self.ring(ring)
            if area(points) > 0:
                inside = [one for one in outer if _contains(self.ring(one[0]), points)]
                if not inside:
                    raise Refused(f"a hole at {points[0]} lies in nothing")
                min(inside, key=lambda one: -area(self.ring(one[0]))).append(ring)
        return outer

    def with_long_lines(self) -> "Topology":
        """The same shapes, of lines that end only where others begin."""
        users = self._users()
        ends: dict[Point, list[int]] = {}
        for number in users:
            for place in (self.lines[number][0], self.lines[number][-1]):
                ends.setdefault(place, []).append(number)
        nodes = {
            place
            for place, meeting in ends.items()
            if len(meeting) != 2 or users[meeting[0]] != users[meeting[1]]
        }
        lines: list[list[Point]] = []
        known: dict[tuple[Point, ...], int] = {}
        shapes: Shapes = {}
        for code, polygons in self.shapes.items():
            shapes[code] = [
                [[_number(part, known, lines) for part in self._cut(ring, nodes)] for ring in rings]
                for rings in polygons
            ]
        return Topology(lines, shapes)

    def _cut(self, ring: Sequence[int], nodes: set[Point]) -> Iterator[list[Point]]:
        """The points of a ring, cut at nodes; a ring without any begins at its least point."""
        points = self.ring(ring)[:-1]
        at = [place for place, point in enumerate(points) if point in nodes]
        at = at or [points.index(min(points))]
        turned = points[at[0] :] + points[: at[0]]
        cuts = [place - at[0] for place in at] + [len(points)]
        turned.append(turned[0])
        for start, stop in pairwise(cuts):
            yield turned[start : stop + 1]

    def _users(self) -> dict[int, set[str]]:
        """The shapes that use each line."""
        users: dict[int, set[str]] = {}
        for code, number in self.each_line():
            users.setdefault(max(number, ~number), set()).add(code)
        return users

    def each_line(self) -> Iterator[tuple[str, int]]:
        """The lines of each shape, with its code."""
        for code, polygons in self.shapes.items():
            for rings in polygons:
                for ring in rings:
                    for number in ring:
                        yield code, number

    def simplified(self, least: float) -> "Topology":
        """The same shapes without points that hardly matter, each line for all who share it.

        Args:
            least: the area of the least triangle of three neighbours, in square degrees of the
                equator, of which the middle one stays.
        """
        return Topology([_simplified(line, least) for line in self.lines], self.shapes)

    def without_slivers(self, least: float) -> "Topology":
        """The same shapes without what is left where the lines of their parts do not quite meet.

        Args:
            least: square degrees of a polygon, beside the largest, that is one.
        """
        users = self._users()

        def is_filled(ring: Sequence[int]) -> bool:
            return any(len(users[max(number, ~number)]) > 1 for number in ring)

        def size(rings: Rings) -> float:
            return abs(area(self.ring(rings[0])))

        shapes = {
            code: [
                [rings[0], *filter(is_filled, rings[1:])]
                for rings in polygons
                if size(rings) >= min(least, max(map(size, polygons)))
            ]
            for code, polygons in self.shapes.items()
        }
        return Topology(self.lines, shapes)

    def cut(self) -> "Topology":
        """The same shapes, none of which crosses 180 degrees, or goes around a pole."""
        lines = list(self.lines)
        shapes: Shapes = {}
        for code, polygons in self.shapes.items():
            shapes[code] = []
            for polygon in polygons:
                rings = [ring for ring in polygon if not _is_pole(self.ring(ring))]
                pieces = [_pieces(self.ring(ring)) for ring in rings]
                if all(len(each) == 1 for each in pieces):
                    shapes[code].append(rings)
                    continue
                if len(pieces) > 1:
                    raise Refused(f"{code} crosses 180 degrees and has a hole")
                for piece in pieces[0]:
                    shapes[code].append([[len(lines)]])
                    lines.append(piece)
        return Topology(lines, shapes)

    def without_points(self) -> "Topology":
        """The same shapes without polygons and holes that are but points or lines.

        Raises:
            Refused: a shape is nothing else.
        """
        shapes = {}
        for code, polygons in self.shapes.items():
            rings = [[ring for ring in rings if area(self.ring(ring))] for rings in polygons]
            whole = [
                kept for kept, rings in zip(rings, polygons, strict=True) if kept[:1] == rings[:1]
            ]
            if not whole:
                raise Refused(f"nothing is left of {code}")
            shapes[code] = whole
        return Topology(self.lines, shapes)

    def written(self, digits: int) -> bytes:
        """The topology as TopoJSON, in degrees of so many digits; each shape has its code as id."""
        scale = 10**digits
        lines = [_whole(line, scale) for line in self.lines]
        total = Topology(lines, self.shapes).without_points()
        used: dict[int, int] = {}
        for _, number in total.each_line():
            used.setdefault(max(number, ~number), len(used))
        arcs = [_steps(lines[number]) for number in used]
        geometries = [
            {"type": "MultiPolygon", "id": code, "arcs": _renumbered(polygons, used)}
            for code, polygons in sorted(total.shapes.items())
        ]
        content = {
            "type": "Topology",
            "transform": {"scale": [1 / scale, 1 / scale], "translate": [0, 0]},
            "objects": {"outlines": {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": arcs,
        }
        return (json.dumps(content, separators=(",", ":")) + "\n").encode()


def _renumbered(polygons: Sequence[Rings], used: Mapping[int, int]) -> list[Rings]:
    return [
        [[used[one] if one >= 0 else ~used[~one] for one in ring] for ring in rings]
        for rings in polygons
    ]


def _places(
    arc: Iterable[Sequence[int]], transform: Mapping[str, Sequence[float]]
) -> Iterator[Point]:
    """The points of a line that is given by steps."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield x * across + west, y * up + south


def _whole(line: Iterable[Point], scale: int) -> list[tuple[int, int]]:
    return [(round(x * scale), round(y * scale)) for x, y in line]


def _steps(line: Sequence[tuple[int, int]]) -> list[list[int]]:
    """A line by steps, without those that lead nowhere, but for the last of a mere point."""
    steps, place = [list(line[0])], line[0]
    for point in line[1:]:
        if point != place:
            steps.append([point[0] - place[0], point[1] - place[1]])
            place = point
    return steps if len(steps) > 1 else [*steps, [0, 0]]


def _number(
    line: list[Point], known: dict[tuple[Point, ...], int], lines: list[list[Point]]
) -> int:
    """The number of a line, which is new, or was gone along before, one way or the other."""
    forth, back = tuple(line), tuple(reversed(line))
    if back in known:
        return ~known[back]
    if forth not in known:
        known[forth] = len(lines)
        lines.append(line)
    return known[forth]


def area(ring: Sequence[Point]) -> float:
    """The area of a ring, negative where it is gone around clockwise."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2


def _is_pole(ring: Sequence[Point]) -> bool:
    """Whether a ring is but a pole."""
    return min(abs(y) for _, y in ring) > _POLE


def _pieces(ring: list[Point]) -> list[list[Point]]:
    """A ring in its pieces between -180 and 180 degrees: itself where it does not go beyond."""
    if all(abs(x - next_x) <= _HALF for (x, _), (next_x, _) in pairwise(ring)):
        return [ring]
    turned, turn = [ring[0]], 0
    for (x, _), (next_x, next_y) in pairwise(ring):
        turn += 2 * _HALF * ((x - next_x > _HALF) - (next_x - x > _HALF))
        turned.append((next_x + turn, next_y))
    if turn:  # it goes around a pole
        pole = 90.0 if ring[0][1] > 0 else -90.0
        turned += [(turned[-1][0], pole), (turned[0][0], pole), turned[0]]
    pieces = []
    for middle in (-2 * _HALF, 0, 2 * _HALF):
        kept = _beside(_beside(turned, middle - _HALF, 1), middle + _HALF, -1)
        if kept:
            pieces.append([(x - middle, y) for x, y in kept])
    return pieces


def _beside(ring: list[Point], edge: float, side: int) -> list[Point]:
    """What of a ring lies on one side of a meridian: to the east, or with -1 to the west."""
    kept: list[Point] = []
    for (x, y), (next_x, next_y) in pairwise(ring):
        here, there = side * (x - edge) >= 0, side * (next_x - edge) >= 0
        if here:
            kept.append((x, y))
        if here != there:
            kept.append((edge, y + (next_y - y) * (edge - x) / (next_x - x)))
    return [*kept, kept[0]] if kept else []


def _contains(ring: Sequence[Point], points: Sequence[Point]) -> bool:
    """Whether a ring has other points inside: the first of them that is none of its own."""
    own = set(ring)
    x, y = next((point for point in points if point not in own), points[0])
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _simplified(line: list[Point], least: float) -> list[Point]:
    """A line without the points of small triangles, the smallest first, after Visvalingam."""
    if len(line) <= _FEW:
        return line
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    alive = [True] * len(line)

    def size(at: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = line[before[at]], line[at], line[after[at]]
        return (
            abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
            / 2
            * max(cos(radians(by)), _LEAST_COSINE)
        )

    heap = [(size(at), at) for at in range(1, len(line) - 1)]
    heapq.heapify(heap)
    left, reached = len(line), 0.0
    while heap and left > _FEW:
        found, at = heapq.heappop(heap)
        if not alive[at] or found != max(size(at), 0.0):
            continue
        reached = max(reached, found)
        if reached >= least:
            break
        alive[at] = False
        left -= 1
        low, high = before[at], after[at]
        after[low], before[high] = high, low
        for near in (low, high):
            if 0 < near < len(line) - 1:
                heapq.heappush(heap, (size(near), near))
    return [point for at, point in enumerate(line) if alive[at]]
