"""Group shares: what each group of a whole's members adds to its spread, as columns."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import narwhals as nw
from attrs import frozen

from bajio.engines.frame.backend import Frame, planned, small
from bajio.engines.frame.column_domain import TermDomain
from bajio.engines.frame.result_columns import COVERAGE, REASON
from bajio.errors import InvalidRule
from bajio.rules.algebra import Expression

#: A group's mean over the whole's, as the term of a spread reads it.
RATIO = "_ratio"
_SHARE, _WHY, _WITHIN, _BETWEEN = "_share", "_why", "_within", "_between"
_PART = "part"


@frozen
class SpreadSplit:
    """How a spread is split.

    Attributes:
        code: of the spread; its weight is `CODE-weight`, its mean `CODE-mean`.
        region: the column of regions: the whole is "0", the groups are numbered from "1".
        whole: what the whole is called.
        groups: what the groups are called.
        term: what a group of `RATIO` adds for each of its weight.
        counts_by: what a group's own spread counts by: from its share and its ratio.
    """

    code: str
    region: str
    whole: str
    groups: Sequence[str]
    term: Expression
    counts_by: Callable[[Any, Any], Any]


def split_rows(native: Any, split: SpreadSplit) -> Any:
    """A row for each group, with its part in the whole's spread.

    Args:
        found: a native frame with a row for the whole and for each group.
        split: how it is split.
    """
    frame = planned(cast("Frame", nw.from_native(native)))
    code, region = split.code, split.region
    weight, mean, reason = f"{code}-weight", f"{code}-mean", f"{code}{REASON}"
    values = [code, weight, mean, reason]
    columns = {f"{name}{end}" for name in values[:3] for end in ("", COVERAGE, REASON)}
    keys = [name for name in frame.collect_schema() if name not in {region, *columns}]
    figures = frame.select(region, *keys, *values)
    of_whole = figures.filter(nw.col(region) == "0")
    of_whole = of_whole.select(*keys, *(nw.col(name).alias(f"_{name}") for name in values))
    numbers = [str(number) for number in range(1, len(split.groups) + 1)]
    named = small({region: numbers, _PART: list(split.groups)}, (str, str), frame)
    rows = figures.join(named, on=[region], how="inner")
    rows = rows.join(of_whole, on=keys, how="left") if keys else rows.join(of_whole, how="cross")
    ratio = nw.col(mean) / nw.col(f"_{mean}")
    share = nw.col(weight) / nw.col(f"_{weight}")
    rows = rows.with_columns(share.alias(_SHARE), ratio.alias(RATIO))
    term = TermDomain(_no_total, nw.col).fold(split.term)
    of_all = nw.col(f"_{reason}")
    rows = rows.with_columns(
        nw.when(~of_all.is_null()).then(of_all).otherwise(nw.col(reason)).alias(_WHY),
        (split.counts_by(nw.col(_SHARE), nw.col(RATIO)) * nw.col(code)).alias(_WITHIN),
        (nw.col(_SHARE) * term).alias(_BETWEEN),
    )
    ends = {
        "share": _SHARE,
        "ratio": RATIO,
        "own": code,
        "within": _WITHIN,
        "between": _BETWEEN,
    }
    sound = nw.col(_WHY).is_null()
    shown = [nw.when(sound).then(nw.col(name)).alias(f"{code}_{end}") for end, name in ends.items()]
    return rows.select(
        nw.lit(split.whole).alias(region),
        *keys,
        _PART,
        nw.col(f"_{code}").alias(code),
        *shown,
        nw.col(_WHY).alias(reason),
    ).to_native()


def _no_total(_total: object) -> nw.Expr:
    raise InvalidRule("the term of a ratio has no totals")
