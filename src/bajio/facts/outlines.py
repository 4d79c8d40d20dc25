"""Outlines: the shapes of areas, for maps; those of a collection are read when one is asked for."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from bajio.arguments import as_texts
from bajio.brief import Alike, Brief
from bajio.facts.areas import Areas
from bajio.facts.sources import Source
from bajio.mappings import FrozenDict

#: Longitude and latitude in degrees of WGS 84.
Point = tuple[float, float]
#: Points around something, the last of which is the first.
Ring = tuple[Point, ...]
#: The ring around a piece of land, and the rings around its holes.
Polygon = tuple[Ring, ...]
Polygons = tuple[Polygon, ...]


@frozen(eq=False, repr=False)
class Outline(Alike):
    """The shape of an area, simplified to be drawn.

    Attributes:
        area: its code.
        polygons: its pieces, each the ring around it and those around its holes, in degrees east
            and north (WGS 84). None goes across 180 degrees: what does is two pieces.
        source: where it comes from.

    Examples:
        >>> square = (((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)),)
        >>> Outline("A", (square,), Source("mine", "My map")).bounds
        (0.0, 0.0, 1.0, 1.0)
    """

    area: str
    polygons: Polygons = field(repr=lambda polygons: f"{len(polygons)} polygons")
    source: Source

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Its least longitude and latitude, and its greatest."""
        longitudes, latitudes = zip(*(p for rings in self.polygons for p in rings[0]), strict=True)
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _kinds(values: Iterable[str]) -> tuple[str, ...]:
    return as_texts(values, "kinds")


@frozen(eq=False, slots=False, repr=False)
class Outlines(Brief):
    """The shapes of areas from one source, which are read when one of them is asked for.

    Attributes:
        source: where they come from.
        kinds: of the areas; empty where these may be of any.
        load: gives the polygons of each area, by code.
    """

    source: Source
    kinds: tuple[str, ...] = field(converter=_kinds)
    load: Callable[[], Mapping[str, Polygons]] = field(repr=False)

    @cached_property
    def shapes(self) -> Mapping[str, Polygons]:
        """The polygons of each area, by code."""
        return FrozenDict(self.load())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outlines) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash((self.source, self.kinds))

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is made anew: with all its shapes, whatever they were read from."""
        return _held, (self.source, self.kinds, dict(self.shapes))

    def _content(self) -> tuple[object, ...]:
        return self.source, self.kinds, self.shapes


def _held(source: Source, kinds: tuple[str, ...], shapes: Mapping[str, Polygons]) -> Outlines:
    return Outlines(source, kinds, lambda: shapes)


def outlines_of(
    codes: Iterable[str], areas: Areas, collections: Iterable[Outlines]
) -> dict[str, Outline]:
    """The outlines of areas, of those of which there are any.

    Args:
        codes: of the areas.
        areas: those that are known.
        collections: where they are looked up, the first that has one counting.

    Raises:
        UnknownCode: a code that names no area.
        InvalidData: the shapes cannot be read.
    """
    every, outlines = tuple(collections), {}
    for code in dict.fromkeys(codes):
        kind = areas[code].kind
        for collection in every:
            if (not collection.kinds or kind in collection.kinds) and code in collection.shapes:
                outlines[code] = Outline(code, collection.shapes[code], collection.source)
                break
    return outlines
