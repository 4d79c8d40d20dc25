"""Decomposition over the user's own table: a spread within and between groups, in every period."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from attrs import evolve

from bajio.arguments import as_items
from bajio.engines.outcome import Missing
from bajio.errors import InvalidValue
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.asking import IndicatorsLike
from bajio.questions.choices import AS_OF
from bajio.questions.decomposition import decomposable, partition_of
from bajio.questions.panel import NativeFrame, evaluate_panel
from bajio.questions.panel_areas import TableAreas, region_of
from bajio.questions.panel_options import PanelOptions
from bajio.registry import Registry
from bajio.rules.algebra import OwnFigure
from bajio.rules.spread import GroupMean, GroupWeight


def split_panel(
    frame: NativeFrame, indicators: IndicatorsLike, registry: Registry, options: PanelOptions
) -> NativeFrame:
    """A row for each group of a region, and each period, with what it adds to the spread.

    Raises:
        InvalidRule: the indicator does not decompose.
        InvalidRegion: the groups overlap, leave members out, or have others.
        InvalidValue: several indicators or regions, or an option that has no meaning here.
    """
    from bajio.engines.frame.group_shares import RATIO, SpreadSplit, split_rows

    listed = [indicators] if isinstance(indicators, str | Indicator) else list(indicators)
    if len(listed) != 1:
        raise InvalidValue("parts are those of one indicator: ask for one at a time")
    indicator = registry.indicator(listed[0])
    rule = decomposable(indicator)
    _check(options)
    whole, groups = _regions(registry, options)
    code = indicator.code
    asked = [
        indicator,
        Indicator(f"{code}-weight", GroupWeight(rule.value, rule.weight), "1", "Weight"),
        Indicator(f"{code}-mean", GroupMean(rule.value, rule.weight), "1", "Mean"),
    ]
    numbered = [
        Region(members.members, code=str(position))
        for position, members in enumerate((whole, *groups))
    ]
    native_frame = evaluate_panel(
        frame, asked, registry, evolve(options, regions=numbered, parts=None)
    )
    region = options.region_columns.get("region", "region")
    term, names = rule.of_ratio(OwnFigure(RATIO)), [group.code for group in groups]
    split = SpreadSplit(code, region, whole.code, names, term, rule.counts_by)
    return cast("NativeFrame", split_rows(native_frame, split))


def _check(options: PanelOptions) -> None:
    """Refuse what means nothing for a decomposition."""
    if options.missing != Missing.REFUSE:
        raise InvalidValue("a decomposition needs all members: leave missing='refuse'")
    if options.rank or options.peers is not None:
        raise InvalidValue("parts have no rank: leave rank and peers out")
    if options.membership == AS_OF:
        raise InvalidValue("parts are those of the newest members: membership can be newest")


def _regions(registry: Registry, options: PanelOptions) -> tuple[Region, list[Region]]:
    """The region, and the groups of its partition."""
    areas = TableAreas(registry, options.areas, lazy=False)
    regions = options.regions
    if isinstance(regions, Mapping):
        wholes = list(areas.regions(regions))
    elif isinstance(regions, str | Region):
        wholes = [region_of(regions, registry)]
    else:
        wholes = [region_of(item, registry) for item in as_items(regions, "regions")]
    if len(wholes) != 1:
        raise InvalidValue("parts are those of one region: ask for one at a time")
    parts = options.parts
    if isinstance(parts, Mapping):
        listed: Sequence[Any] = list(areas.regions(parts))
    else:
        listed = [parts] if isinstance(parts, str) else as_items(parts, "parts")
    groups = partition_of(_newest(wholes[0]), listed, lambda one: _newest(region_of(one, registry)))
    return wholes[0], groups


def _newest(region: Region) -> Region:
    """A region with its newest members alone."""
    return Region(region.members, code=region.code, names=region.names)
