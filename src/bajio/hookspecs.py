"""The hooks: what a plugin can provide, each by a function of that name.

A plugin is a module (or any object) with functions marked `@bajio.hookimpl`.
A hook returns an iterable of what its name says,
or a manifest: a mapping of code to `"module:attribute"`, loaded when the code is asked for.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from bajio.claims.claim_set import ClaimSet
    from bajio.composites import Composite
    from bajio.facts.areas import Area, LazyAreas
    from bajio.facts.borders import LazyBorders
    from bajio.facts.dataset import Dataset
    from bajio.facts.regions import PeerGroup, Region
    from bajio.indicator import Indicator, IndicatorSet

PROJECT = "bajio"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
Manifest = Mapping[str, str]


@hookspec
def bajio_areas() -> "Iterable[Area | LazyAreas]":
    """Areas; those of a large kind as `LazyAreas`, read when one of them is asked for."""
    return ()


@hookspec
def bajio_borders() -> "Iterable[tuple[str, str] | LazyBorders]":
    """Pairs of codes of areas that border on one another; of a large kind as `LazyBorders`."""
    return ()


@hookspec
def bajio_datasets() -> "Iterable[Dataset] | Manifest":
    """Datasets, laid over those of plugins that come before."""
    return ()


@hookspec
def bajio_regions() -> "Iterable[Region] | Manifest":
    """Regions, each with a code of its own."""
    return ()


@hookspec
def bajio_peer_groups() -> "Iterable[PeerGroup] | Manifest":
    """Groups of areas, or of regions, to rank among."""
    return ()


@hookspec
def bajio_indicators() -> "Iterable[Indicator] | Manifest":
    """Indicators."""
    return ()


@hookspec
def bajio_indicator_sets() -> "Iterable[IndicatorSet] | Manifest":
    """Sets of indicators that are asked for together, by one name."""
    return ()


@hookspec
def bajio_claims() -> "Iterable[ClaimSet] | Manifest":
    """Claim sets, for `bajio audit`."""
    return ()


@hookspec
def bajio_composites() -> "Iterable[Composite] | Manifest":
    """Composites: several indicators as one score."""
    return ()
