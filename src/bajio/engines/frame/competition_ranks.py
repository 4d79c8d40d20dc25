"""Ranks: standard competition ranking of regions among one another or peers, in each period.

Values that rounding may have moved apart are tied. So that ties are ties of one another, they
are those of a chain: in the order of the values, one that is no further from the one before it
than the margin of either is in its class, and classes are ranked.
"""

from collections.abc import Sequence

import narwhals as nw

from bajio.engines.frame.backend import Frame, backend_of, is_lazy, stacked
from bajio.engines.frame.bound_rules import BoundRule
from bajio.engines.frame.layout import AREA, REGION
from bajio.engines.frame.membership import PEER
from bajio.engines.frame.places import GROUP
from bajio.engines.frame.result_columns import margin_of

RANK, OF = "_rank", "_of"
_PEER, _ONE = "_peer", "_one"


def ranked(
    frame: Frame, rules: Sequence[BoundRule], keys: Sequence[str], stays: Frame, hosts: Frame | None
) -> Frame:
    """Values with their ranks, and with how many regions each is ranked among, itself included.

    As the exact engine ranks among regions: best first, ties alike, regions without a value not
    counted; peers that lie in a region are left out of its ranking, and those that contain it if
    that is asked for.

    Args:
        frame: a row for each region and period, with the rules' values.
        rules: whose values they are.
        keys: what tells rows apart beside the region.
        stays: the areas of each region.
        hosts: the country of each region, where peers that contain a region are left out of its
            ranking; `None` where they stay.
    """
    left_out = _left_out(stays, hosts)
    # Each rule's ranks are of this frame alone: a lazy plan runs it as often as it is named.
    every = frame = frame.with_columns(nw.lit(1).alias(_ONE))
    within = [_ONE, *keys]
    if is_lazy(frame):
        return _ranked_in_place(frame, rules, within, left_out).drop(_ONE)
    for rule in rules:
        values = _classes(every, rule.name, within)
        placed = _placed(values, within, lower=rule.lower_is_better)
        out = _corrections(values, left_out, within, lower=rule.lower_is_better)
        placed = placed.join(out, on=[REGION, *within], how="left")
        better, known = _or_zero("better"), _or_zero("known")
        shown = [
            (nw.col("r").cast(nw.Int64) - better).cast(nw.Int64).alias(rule.name + RANK),
            (nw.col("n").cast(nw.Int64) - known).cast(nw.Int64).alias(rule.name + OF),
        ]
        frame = frame.join(placed.select(REGION, *within, *shown), on=[REGION, *within], how="left")
    return frame.drop(_ONE)


def _ranked_in_place(
    frame: Frame, rules: Sequence[BoundRule], within: Sequence[str], left_out: Frame
) -> Frame:
    """As `ranked`, with all rules' ranks beside the values: a plan names its rows three times.

    What has no value is in a part of its own, so that it is in no other's order.
    """
    names = list(frame.collect_schema())
    none = {rule: [*within, f"_none{number}"] for number, rule in enumerate(rules)}
    order = {rule: [rule.name, margin_of(rule.name), REGION] for rule in rules}
    lacking = [
        nw.col(rule.name).is_null().cast(nw.Int64).alias(parts[-1]) for rule, parts in none.items()
    ]
    frame = frame.with_columns(*lacking)
    before = [
        nw.col(name).shift(1).over(*none[rule], order_by=order[rule]).alias(f"_{what}{number}")
        for number, rule in enumerate(rules)
        for what, name in zip("wk", order[rule], strict=False)
    ]
    frame = frame.with_columns(*before)
    frame = frame.with_columns(*(_is_new(number, rule) for number, rule in enumerate(rules)))
    frame = frame.with_columns(
        *(
            nw.col(f"_new{number}")
            .cum_sum()
            .over(*none[rule], order_by=order[rule])
            .cast(nw.Int64)
            .alias(f"_v{number}")
            for number, rule in enumerate(rules)
        )
    )
    places = [
        nw.col(f"_v{number}")
        .rank("min", descending=not rule.lower_is_better)
        .over(*none[rule])
        .alias(f"_r{number}")
        for number, rule in enumerate(rules)
    ]
    counts = [nw.len().over(*none[rule]).alias(f"_n{number}") for number, rule in enumerate(rules)]
    frame = frame.with_columns(*places, *counts)
    out = _all_corrections(frame, rules, within, left_out)
    frame = frame.join(out, on=[REGION, *within], how="left")
    shown = [
        nw.when(nw.col(none[rule][-1]) == 0)
        .then(
            (nw.col(f"_{key}{number}").cast(nw.Int64) - _or_zero(f"{out}{number}")).cast(nw.Int64)
        )
        .alias(rule.name + ending)
        for number, rule in enumerate(rules)
        for key, out, ending in (("r", "better", RANK), ("n", "known", OF))
    ]
    return frame.select(*(nw.col(name) for name in names), *shown)


def _is_new(number: int, rule: BoundRule) -> nw.Expr:
    """1 where a value is further from the one before it than the margin of either."""
    value, margin, other = nw.col(rule.name), nw.col(margin_of(rule.name)), nw.col(f"_k{number}")
    widest = nw.when(margin > other).then(margin).otherwise(other)
    near = (value - nw.col(f"_w{number}")) <= widest
    return nw.when(near).then(nw.lit(0)).otherwise(nw.lit(1)).alias(f"_new{number}")


def _all_corrections(
    frame: Frame, rules: Sequence[BoundRule], within: Sequence[str], left_out: Frame
) -> Frame:
    """For each region and rule how many peers are left out that are better, and that have one."""
    places = range(len(rules))
    of_peers = [nw.col(f"_v{number}").alias(f"_o{number}") for number in places]
    nones = [nw.col(f"_none{number}").alias(f"_gone{number}") for number in places]
    columns = [f"_{what}{number}" for what in ("v", "none") for number in places]
    peers = frame.select(nw.col(REGION).alias(_PEER), *within, *of_peers, *nones)
    pairs = frame.select(REGION, *within, *columns).join(left_out, on=[REGION], how="inner")
    pairs = pairs.join(peers, on=[_PEER, *within], how="inner")
    flags = []
    for number, rule in enumerate(rules):
        both = (nw.col(f"_none{number}") == 0) & (nw.col(f"_gone{number}") == 0)
        first, second = nw.col(f"_o{number}"), nw.col(f"_v{number}")
        is_better = both & (first < second if rule.lower_is_better else first > second)
        flags += [
            is_better.cast(nw.Int64).alias(f"better{number}"),
            both.cast(nw.Int64).alias(f"known{number}"),
        ]
    sums = [
        nw.col(f"{what}{number}").sum().alias(f"{what}{number}")
        for number in places
        for what in ("better", "known")
    ]
    return pairs.with_columns(*flags).group_by(REGION, *within).agg(*sums)


def ranked_among_peers(
    frame: Frame, rules: Sequence[BoundRule], keys: Sequence[str], stays: Frame, hosts: Frame | None
) -> Frame:
    """Values of regions with their ranks among peers, and with how many that are, and itself.

    As `ranked`, whose frame and stays have the peers as well; of them no row is left.
    """
    left_out = _left_out(stays, hosts)
    frame = frame.with_columns(nw.lit(1).alias(_ONE))
    within = [_ONE, *keys]
    regions = frame.filter(~_is_peer(REGION))
    for rule in rules:
        values = _classes(frame, rule.name, within)
        peers = values.filter(_is_peer(REGION)).select(
            nw.col(REGION).alias(_PEER), *within, nw.col("v").alias("o")
        )
        pairs = values.filter(~_is_peer(REGION)).join(peers, on=within, how="inner")
        pairs = pairs.join(left_out, on=[REGION, _PEER], how="anti")
        counts = _counted(pairs, within, lower=rule.lower_is_better)
        shown = [
            (nw.col("better") + 1).cast(nw.Int64).alias(rule.name + RANK),
            (nw.col("known").cast(nw.Int64) + 1).alias(rule.name + OF),
        ]
        counts = counts.select(REGION, *within, *shown)
        regions = regions.join(counts, on=[REGION, *within], how="left")
    return regions.drop(_ONE)


def _classes(frame: Frame, rule: str, within: Sequence[str]) -> Frame:
    """The values that there are in a period as the numbers of their classes, in their order."""
    columns = nw.col(rule).alias("x"), nw.col(margin_of(rule)).alias("m")
    values = frame.select(REGION, *within, *columns).filter(~nw.col("x").is_null())
    order = ["x", "m", REGION]
    if is_lazy(values):
        before = [nw.col(name).shift(1).over(*within, order_by=order) for name in ("x", "m")]
        same = nw.lit(True)  # noqa: FBT003  # a column of one value
    else:
        values = values.sort(*within, *order)
        before = [nw.col(name).shift(1) for name in ("x", "m")]
        same = nw.col(within[0]) == nw.col(within[0]).shift(1)
        for name in within[1:]:
            same = same & (nw.col(name) == nw.col(name).shift(1))
    values = values.with_columns(before[0].alias("w"), before[1].alias("k"), same.alias("same"))
    margin = nw.when(nw.col("m") > nw.col("k")).then(nw.col("m")).otherwise(nw.col("k"))
    near = nw.col("same") & ((nw.col("x") - nw.col("w")) <= margin)
    values = values.with_columns(nw.when(near).then(nw.lit(0)).otherwise(nw.lit(1)).alias("new"))
    number = nw.col("new").cum_sum()
    if is_lazy(values):
        number = number.over(*within, order_by=order)
    return values.select(REGION, *within, number.cast(nw.Int64).alias("v"))


def _is_peer(name: str) -> nw.Expr:
    return nw.col(name).str.starts_with(PEER)


def _or_zero(name: str) -> nw.Expr:
    column = nw.col(name)
    return nw.when(column.is_null()).then(nw.lit(0)).otherwise(column)


def _placed(values: Frame, within: Sequence[str], *, lower: bool) -> Frame:
    """The rank `r` of each value among all of its period, and how many there are, `n`."""
    if backend_of(values) == "pyarrow":  # which ranks whole tables only
        counts = values.group_by(*within).agg(nw.len().alias("n"))
        placed = _by_counting(values, within, lower=lower)
        return placed.join(counts, on=list(within), how="left")
    place = nw.col("v").rank("min", descending=not lower).over(*within)
    return values.with_columns(place.alias("r"), nw.col("v").count().over(*within).alias("n"))


def _by_counting(values: Frame, within: Sequence[str], *, lower: bool) -> Frame:
    """The rank of each value as one more than how many are better: by the distinct values."""
    distinct = values.group_by(*within, "v").agg(nw.len().alias("m"))
    others = distinct.select(*within, nw.col("v").alias("o"), "m")
    pairs = distinct.select(*within, "v").join(others, on=list(within), how="inner")
    is_better = nw.col("o") < nw.col("v") if lower else nw.col("o") > nw.col("v")
    pairs = pairs.with_columns(nw.when(is_better).then(nw.col("m")).otherwise(nw.lit(0)).alias("m"))
    places = pairs.group_by(*within, "v").agg(nw.col("m").sum().alias("r"))
    places = places.with_columns(nw.col("r") + 1)
    return values.join(places, on=[*within, "v"], how="left")


def _left_out(stays: Frame, hosts: Frame | None) -> Frame:
    """Pairs of a region and a peer that is left out of its ranking."""
    members = stays.select(nw.col(GROUP).alias(REGION), AREA)
    sizes = members.group_by(REGION).agg(nw.len().alias("size"))
    peers = members.select(nw.col(REGION).alias(_PEER), AREA)
    pairs = members.join(peers, on=[AREA], how="inner").filter(nw.col(REGION) != nw.col(_PEER))
    common = pairs.group_by(REGION, _PEER).agg(nw.len().alias("common"))
    sizes_of_peers = sizes.select(nw.col(REGION).alias(_PEER), nw.col("size").alias("other"))
    common = common.join(sizes, on=[REGION], how="left").join(
        sizes_of_peers, on=[_PEER], how="left"
    )
    inside = nw.col("common") == nw.col("other")
    around = nw.col("common") == nw.col("size")
    if hosts is None:
        return common.filter(inside).select(REGION, _PEER)
    countries = stays.select(nw.col(GROUP).alias(_PEER), nw.col(AREA).alias(GROUP))
    countries = countries.join(sizes_of_peers.filter(nw.col("other") == 1), on=[_PEER], how="inner")
    beside = hosts.join(countries, on=[GROUP], how="inner").select(REGION, _PEER)
    held = common.filter(inside | around).select(REGION, _PEER)
    return stacked([held, beside]).unique()


def _corrections(values: Frame, left_out: Frame, within: Sequence[str], *, lower: bool) -> Frame:
    """For each region how many peers that are left out are better, and how many have a value."""
    peers = values.select(nw.col(REGION).alias(_PEER), *within, nw.col("v").alias("o"))
    pairs = values.join(left_out, on=[REGION], how="inner")
    pairs = pairs.join(peers, on=[_PEER, *within], how="inner")
    return _counted(pairs, within, lower=lower)


def _counted(pairs: Frame, within: Sequence[str], *, lower: bool) -> Frame:
    """For each region how many of its pairs have the better value, and how many there are."""
    is_better = nw.col("o") < nw.col("v") if lower else nw.col("o") > nw.col("v")
    flags = nw.when(is_better).then(nw.lit(1)).otherwise(nw.lit(0)).alias("better")
    return (
        pairs.with_columns(flags)
        .group_by(REGION, *within)
        .agg(nw.col("better").sum().alias("better"), nw.len().alias("known"))
    )
