"""Outlines of areas, for maps."""

from collections.abc import Mapping

from bajio.facts.dataset import Dataset
from bajio.facts.outlines import Outline, outlines_of
from bajio.questions.asking import registry_with
from bajio.questions.choices import NEWEST, RegionLike
from bajio.questions.compositions import Compositions
from bajio.registry import Registry


def outlines(
    region: RegionLike, data: Dataset | None = None, *, registry: Registry | None = None
) -> Mapping[str, Outline]:
    """The shapes of a region's areas, simplified to be drawn, by code.

    Those of countries, of Mexico's states and of its municipalities come with bajio; they are read
    when one of them is asked for. Areas without a shape are left out.

    Args:
        region: as in `profile`; a group stands for its members, a list of codes for those areas.
        data, registry: as in `profile`; shapes that come with data go before others.

    Raises:
        UnknownCode, InvalidRegion: the region is none.
        InvalidData: a file of shapes cannot be read.

    Examples:
        >>> found = outlines("bajio")
        >>> sorted(found), found["MX-GUA"].source.code
        (['MX-AGU', 'MX-GUA', 'MX-QUE', 'MX-SLP'], 'inegi-boundaries')
        >>> [len(polygons) for polygons in found["MX-GUA"].polygons]
        [1]
        >>> west, south, east, north = found["MX-GUA"].bounds
        >>> round(west), round(south), round(east), round(north)
        (-102, 20, -100, 22)
    """
    known = registry_with(registry, data)
    codes = Compositions(known, NEWEST).members(known.region(region), None)
    return outlines_of(codes, known.areas, known.dataset.gazetteer.outlines)
