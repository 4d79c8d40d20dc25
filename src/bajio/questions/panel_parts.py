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
from bajio.rules.spread import Decomposable, GroupMean, GroupWeight

_RATIO, _PART = "_ratio", "part"
_ENDS = ("_share", "_ratio", "_own", "_within", "_between")


def split_panel(
    frame: NativeFrame, indicators: IndicatorsLike, registry: Registry, options: PanelOptions
) -> NativeFrame:
    """A row for each group of a region, and each period, with what it adds to the spread.

    Raises:
        InvalidRule: the indicator does not decompose.
        InvalidRegion: the groups overlap, leave members out, or have others.
        InvalidValue: several indicators or regions, or an option that has no meaning here.
    """
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
    numbered = [Region(one.members, code=str(at)) for at, one in enumerate((whole, *groups))]
    found = evaluate_panel(frame, asked, registry, evolve(options, regions=numbered, parts=None))
    region = options.region_columns.get("region", "region")
    return cast("NativeFrame", _split(found, rule, code, region, whole, groups))


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
    given = options.regions
    if isinstance(given, Mapping):
        wholes = list(areas.regions(given))
    elif isinstance(given, str | Region):
        wholes = [region_of(given, registry)]
    else:
        wholes = [region_of(one, registry) for one in as_items(given, "regions")]
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


def _split(
    found: Any, rule: Decomposable, code: str, region: str, whole: Region, groups: list[Region]
) -> Any:
    """The rows of the groups beside those of the whole, which has the number zero."""
    import narwhals as nw

    from bajio.engines.frame.backend import small
    from bajio.engines.frame.column_domain import TermDomain

    frame = cast("Any", nw.from_native(found))
    weight, mean, reason = f"{code}-weight", f"{code}-mean", f"{code}_reason"
    values = [code, weight, mean, reason]
    made = {f"{name}{end}" for name in values[:3] for end in ("", "_coverage", "_reason")}
    keys = [name for name in frame.collect_schema() if name not in {region, *made}]
    own = frame.select(region, *keys, *values)
    of_whole = own.filter(nw.col(region) == "0").select(
        *keys, *(nw.col(name).alias(f"_{name}") for name in values)
    )
    numbers = {region: [str(at) for at in range(1, len(groups) + 1)]}
    named = small({**numbers, _PART: [one.code for one in groups]}, (str, str), frame)
    rows = own.join(named, on=[region], how="inner")
    rows = rows.join(of_whole, on=keys, how="left") if keys else rows.join(of_whole, how="cross")
    share, ratio = nw.col(weight) / nw.col(f"_{weight}"), nw.col(mean) / nw.col(f"_{mean}")
    rows = rows.with_columns(share.alias("_share"), ratio.alias(_RATIO))
    share, ratio = nw.col("_share"), nw.col(_RATIO)
    within = cast("Any", rule).counts_by(share, ratio) * nw.col(code)
    term = TermDomain(_no_total, nw.col).fold(rule.of_ratio(OwnFigure(_RATIO)))
    why = nw.when(~nw.col(f"_{reason}").is_null()).then(nw.col(f"_{reason}"))
    rows = rows.with_columns(
        why.otherwise(nw.col(reason)).alias("_why"),
        within.alias("_within"),
        (share * term).alias("_between"),
    )
    sound = nw.col("_why").is_null()
    shown = zip(_ENDS, ("_share", _RATIO, code, "_within", "_between"), strict=True)
    return rows.select(
        nw.lit(whole.code).alias(region),
        *keys,
        _PART,
        nw.col(f"_{code}").alias(code),
        *(nw.when(sound).then(nw.col(name)).alias(f"{code}{end}") for end, name in shown),
        nw.col("_why").alias(reason),
    ).to_native()


def _no_total(_total: object) -> Any:
    raise InvalidValue("the term of a ratio has no totals")
