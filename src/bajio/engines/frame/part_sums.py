"""Part sums: areas without figures of their own in a table, as the sums of their parts.

An area counts as its parts of one kind, where all of them that existed have all figures of a rule
and it has not: in each row by itself, and area by area from the innermost outwards. What is
allocated to none of the parts is not added: an area of which the table has some stays without.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby

import narwhals as nw
from attrs import field, frozen

from bajio.engines.frame.backend import Frame, small, stacked
from bajio.engines.frame.bound_rules import BoundRule, TableLeaf
from bajio.engines.frame.layout import AREA
from bajio.engines.frame.period_columns import YEAR
from bajio.facts.areas import UNALLOCATED, Areas
from bajio.facts.measures import Kind, Measure
from bajio.rules.plan import Fold

_ABOVE, _PARTS = "_above", "_parts"
#: A part, in a year where parts are of some years only, what it is part of, and how many they are.
_Link = tuple[str, int | None, str, int]


@frozen(eq=False)
class PartSums:
    """What areas are the sums of.

    Attributes:
        areas: codes of those that can be.
        steps: the parts of some of them, columns `_area`, `_above`, `_parts` and, where parts are
            of some years only, `_year`; each is taken after those before it.
    """

    areas: tuple[str, ...]
    steps: tuple[Frame, ...] = field(repr=False)

    def added(self, frame: Frame, names: Sequence[str], rules: Sequence["RuleColumns"]) -> Frame:
        """Rows with those of areas that are sums, in the columns of rules."""
        for step in self.steps:
            frame = _stepped(frame, names, step, rules)
        return frame


@frozen(eq=False)
class RuleColumns:
    """The columns of a rule in the rows of areas.

    Attributes:
        whole: 1 where an area has all that the rule reads of it.
        terms: the area's term of each leaf; those that only count areas have none.
    """

    whole: str
    terms: tuple[str, ...]


def adds(rule: BoundRule, place: str, measures: Mapping[str, Measure]) -> bool:
    """Whether an area's terms at a place are the sums of its parts' terms."""
    return all(_adds(leaf, measures) for leaf in rule.at(place))


def _adds(leaf: TableLeaf, measures: Mapping[str, Measure]) -> bool:
    kinds = [measures[column.cell.measure].kind for column in leaf.columns]
    if not kinds:
        return True
    if leaf.leaf.fold is not Fold.SUM:
        return kinds == [Kind.EXTENSIVE]
    return [kind for kind in kinds if kind is Kind.EXTENSIVE] == [Kind.EXTENSIVE]


def of_parts(
    areas: Areas,
    codes: Iterable[str],
    wanted: Collection[str],
    years: Callable[[], Sequence[int]] | None,
    lags: Collection[int],
    like: Frame,
) -> PartSums | None:
    """What the areas that are asked for can be the sums of; `None` where there is nothing.

    Args:
        areas: those that are known.
        codes: of the areas that the table can be about.
        wanted: codes of those that are asked for.
        years: gives those that the table is about; `None` where it cannot be looked at.
        lags: years before them that are read.
        like: the table.
    """
    there = {code for code in codes if code in areas}
    levels = areas.levels(there)
    needed = dict.fromkeys(code for code in wanted if code in levels)
    for code in list(needed):
        for kind in levels[code]:
            needed |= dict.fromkeys(part for part in areas.parts(code, kind) if part in levels)
    pairs = [
        (-len(areas.ancestors(code)), kind, code)
        for code in needed
        if there.isdisjoint(areas.parts(code, UNALLOCATED))
        for kind in levels[code]
    ]
    if not pairs:
        return None
    about = None if years is None else years()
    steps = []
    for _, some in groupby(sorted(pairs), key=lambda pair: pair[:2]):
        links = [link for _, kind, code in some for link in _links(areas, code, kind, about, lags)]
        steps += [_step(links, like)] if links else []
    return PartSums(tuple(needed), tuple(steps)) if steps else None


def _links(
    areas: Areas, code: str, kind: str, years: Sequence[int] | None, lags: Collection[int]
) -> list[_Link]:
    """The parts of an area, where all of it is in them, in each year alike or year by year."""
    if years is None:
        parts = areas.children(code, kind)
        if any(areas[part].since is not None or areas[part].until is not None for part in parts):
            return []
    in_years = {
        year: {
            () if areas.without(code, kind, year - lag) else areas.parts(code, kind, year - lag)
            for lag in lags
        }
        for year in years or ()
    }
    of_all = set().union(*in_years.values())
    if not in_years:
        of_all = set() if areas.without(code, kind) else {areas.parts(code, kind)}
    if len(of_all) == 1:
        return [(part, None, code, len(parts)) for parts in of_all for part in parts]
    return [
        (part, year, code, len(parts))
        for year, links in in_years.items()
        if len(links) == 1
        for parts in links
        for part in parts
    ]


def _step(links: Sequence[_Link], like: Frame) -> Frame:
    """A step as a table beside the user's."""
    dated = any(year is not None for _, year, _, _ in links)
    parts, years, above, counts = zip(*links, strict=True)
    columns: dict[str, Sequence[str | int | None]] = {AREA: parts, _ABOVE: above, _PARTS: counts}
    kinds: list[type] = [str, str, int]
    if dated:
        columns[YEAR] = years
        kinds.append(int)
    return small(columns, kinds, like)


def _stepped(
    frame: Frame, names: Sequence[str], step: Frame, rules: Sequence[RuleColumns]
) -> Frame:
    """Rows with those of the areas that are sums of parts in a step."""
    on = [name for name in (AREA, YEAR) if name in step.collect_schema()]
    flags = [nw.col(rule.whole).alias(f"{rule.whole}n") for rule in rules]
    terms = [
        nw.when(nw.col(rule.whole) == 1).then(nw.col(term)).alias(f"{term}s")
        for rule in rules
        for term in rule.terms
    ]
    parts = frame.join(step, on=on, how="inner").select(_ABOVE, _PARTS, *names, *flags, *terms)
    counted = [name for name in parts.collect_schema() if name not in {_ABOVE, _PARTS, *names}]
    sums = parts.group_by(_ABOVE, *names).agg(
        nw.col(_PARTS).max().alias(_PARTS), *(nw.col(name).sum().alias(name) for name in counted)
    )
    keys, added = [AREA, *names], [_PARTS, *counted]
    own = [name for name in frame.collect_schema() if name not in keys]
    both = stacked(
        [_beside(frame, keys, own, added), _beside(sums.rename({_ABOVE: AREA}), keys, added, own)]
    )
    columns = [nw.col(name).max().alias(name) for name in sorted([*own, *added])]
    joined = both.group_by(*keys).agg(*columns)
    shown: list[nw.Expr] = []
    for rule in rules:
        alone, complete = nw.col(rule.whole) == 1, nw.col(f"{rule.whole}n") == nw.col(_PARTS)
        rolled = nw.when(complete).then(nw.lit(1)).otherwise(nw.lit(0))
        shown.append(nw.when(alone).then(nw.lit(1)).otherwise(rolled).alias(rule.whole))
        for term in rule.terms:
            total = nw.when(complete).then(nw.col(f"{term}s")).otherwise(nw.col(term))
            shown.append(nw.when(alone).then(nw.col(term)).otherwise(total).alias(term))
    return joined.with_columns(*shown).drop(*added)


def _beside(frame: Frame, keys: Sequence[str], kept: Sequence[str], others: Sequence[str]) -> Frame:
    """Rows with columns of others as well, in which nothing stands."""
    columns = [(name, nw.col(name)) for name in kept] + [(name, nw.lit(None)) for name in others]
    return frame.select(
        *keys,
        *(column.cast(nw.Float64).alias(name) for name, column in sorted(columns, key=_first)),
    )


def _first(pair: tuple[str, nw.Expr]) -> str:
    return pair[0]
