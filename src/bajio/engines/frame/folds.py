"""Folds: from members' terms to a row for each group of areas, with how many entered."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import narwhals as nw
from attrs import Factory, evolve, field, frozen

from bajio.engines.frame.backend import Frame, is_lazy
from bajio.engines.frame.bound_rules import BoundRule, TableLeaf, needs_of
from bajio.engines.frame.column_domain import ColumnDomain, Sureness, tested
from bajio.engines.frame.column_kinds import UNDATED
from bajio.engines.frame.layout import AREA
from bajio.engines.frame.membership import covers
from bajio.engines.frame.part_sums import PartSums, RuleColumns, adds
from bajio.engines.frame.period_columns import YEAR
from bajio.engines.frame.places import GROUP, JOINED, LEFT, MEMBERS, Place, is_host
from bajio.engines.frame.pooled_totals import FramePool, rule_as_data, with_totals
from bajio.engines.frame.rounded import WHOLE, RoundedColumn, plain, whole
from bajio.engines.frame.rows import FrameSource
from bajio.errors import InvalidRule
from bajio.rules.algebra import Call, calls_of, leaves_of
from bajio.rules.plan import PARTS, Fold


@frozen(eq=False)
class Seen:
    """How many members entered some leaves of a rule.

    Attributes:
        name: the column of their number.
        members: the column of how many there are.
        apart: columns that are zero where others have been counted that are the same.
    """

    name: str
    members: str = MEMBERS
    apart: tuple[str, ...] = ()


@frozen(eq=False)
class Folded:
    """A row for each group, with the leaves of some rules.

    Attributes:
        frame: columns `group`, the names, and what the attributes below tell.
        names: what rows are told apart by beside the group.
        leaves: the column of each leaf, by rule and position,
        sizes: and that of its absolute terms, where somebody asks for it.
        wrong: columns that are infinite where a figure of a rule is wrong.
        seen: who entered, by rule.
    """

    frame: Frame
    names: list[str]
    leaves: dict[tuple[str, int], str] = field(factory=dict)
    sizes: dict[tuple[str, int], str] = field(factory=dict)
    wrong: dict[str, list[str]] = field(factory=dict)
    seen: dict[str, list[Seen]] = field(factory=dict)
    pools: dict[tuple[str, Call], FramePool] = field(factory=dict)


@frozen(eq=False)
class _Columns:
    """Columns to be worked out for each member and folded, each once."""

    source: FrameSource
    rolled: Mapping[str, RuleColumns] = field(factory=dict)
    own: dict[object, tuple[str, nw.Expr]] = field(init=False, default=Factory(dict))
    later: dict[object, tuple[str, nw.Expr]] = field(init=False, default=Factory(dict))
    folds: dict[tuple[str, str], str] = field(init=False, default=Factory(dict))

    def term(self, rule: BoundRule, leaf: TableLeaf) -> nw.Expr:
        """What a member adds to a leaf of a rule, by itself or as the sum of its parts."""
        if rule.name not in self.rolled or not leaf.columns:
            return self.source.term(leaf)
        return nw.col(_term(self.rolled[rule.name], rule, leaf))

    def present(self, rule: BoundRule, leaves: Sequence[TableLeaf]) -> nw.Expr:
        """Whether a member has all figures of some leaves of a rule, or its parts have."""
        present = _present(self.source, leaves)
        whole = self.rolled.get(rule.name)
        return present if whole is None else present | (nw.col(whole.whole) == 1)

    def apart(self, rule: BoundRule) -> str:
        """What tells a rule's columns from those of others that read the same; empty if nothing."""
        return rule.name if rule.name in self.rolled else ""

    def after(self, key: object, column: nw.Expr) -> str:
        """The name of a column of the members' rows that is made of others of them."""
        if key not in self.later:
            self.later[key] = (f"y{len(self.later)}", column)
        return self.later[key][0]

    def add(self, key: object, column: nw.Expr) -> str:
        """The name of a column of the members' rows."""
        if key not in self.own:
            self.own[key] = (f"x{len(self.own)}", column)
        return self.own[key][0]

    def fold(self, name: str, how: str) -> str:
        """The name of a column of the groups."""
        return self.folds.setdefault((name, how), f"{how}_{name}")

    def folded(self, frame: Frame, names: Sequence[str], pools: Sequence[FramePool]) -> Frame:
        """A row for each group."""
        columns = [column.alias(name) for name, column in self.own.values()]
        rows = frame.with_columns(*columns) if columns else frame
        later = [column.alias(name) for name, column in self.later.values()]
        rows = rows.with_columns(*later) if later else rows
        wanted = [getattr(nw.col(name), how)().alias(to) for (name, how), to in self.folds.items()]
        keys = [GROUP, *names]
        return with_totals(rows, keys, wanted, pools)


def sure_leaves(source: FrameSource, rule: BoundRule) -> list[bool]:
    """Whether each leaf of a rule has terms that are never negative."""
    return [source.never_negative(leaf) for leaf in rule.leaves]


def doubted(source: FrameSource, rule: BoundRule) -> set[int]:
    """The leaves whose rounding matters: of what is tested for zero after a subtraction."""
    sureness = Sureness(sure_leaves(source, rule))
    parts = [part for part in tested(rule.expression) if not sureness.fold(part)]
    return {leaf for part in parts for leaf in leaves_of(part)}


def fold(
    source: FrameSource,
    rules: Sequence[BoundRule],
    place: str,
    where: Place,
    *,
    partial: bool,
    ranks: bool = False,
) -> Folded:
    """Fold the leaves that rules have at a place.

    There is a row for each group and period, and one without a period for a group of whose areas
    there is no figure at all.

    Args:
        source: of the figures.
        rules: some of them.
        place: of leaves.
        where: its areas.
        partial: whether a rule takes the members that have all, or all members.
        ranks: whether values are compared with one another.
    """
    leaves = [leaf for rule in rules for leaf in rule.at(place)]
    every = None if all(rule.timeless for rule in rules) else where.dated
    dated = every is not None
    stacked = _needs_stack(rules, place, dated=dated)
    needs = [need for leaf in leaves for need in needs_of(leaf)]
    frame, names = source.rows(needs, _asked_for(source, where, every), stacked=stacked)
    lags = sorted({leaf.leaf.lag for leaf in leaves})
    rolled: dict[str, RuleColumns] = {}
    if source.parts is not None and not (place == PARTS or is_host(place)):
        frame, rolled = _with_part_sums(source, source.parts, rules, place, stacked=stacked)
    counts = None
    if every is None:
        frame = frame.join(where.stays, on=[AREA], how="inner")
    else:
        frame, counts = _dated(frame.join(every, on=[AREA], how="inner"), every, names, lags)
    columns = _Columns(source, rolled)
    folded_rule = Folded(frame, names)
    for rule in rules:
        if rule.at(place):
            _fold_rule(columns, folded_rule, rule, place, partial=partial, dated=dated)
            _fold_sizes(columns, folded_rule, rule, place, ranks=ranks)
    folded = columns.folded(frame, names, list(folded_rule.pools.values()))
    if counts is None:
        every_group = where.stays.group_by(GROUP).agg(nw.len().alias(MEMBERS))
    else:
        folded = folded.join(counts, on=[GROUP, YEAR], how="left")
        every_group = where.dated_groups()
    return evolve(folded_rule, frame=_with_all(folded, every_group, names))


def _asked_for(source: FrameSource, where: Place, every: Frame | None) -> Frame | None:
    """The areas of a place, where no others need be grouped; `None` where any may be needed."""
    if source.parts is not None or not is_lazy(source.table.frame):
        return None
    return (where.stays if every is None else every).select(AREA)


def _with_part_sums(
    source: FrameSource,
    parts: PartSums,
    rules: Sequence[BoundRule],
    place: str,
    *,
    stacked: bool,
) -> tuple[Frame, dict[str, RuleColumns]]:
    """Rows with those of areas that are the sums of their parts, and the columns of rules there.

    Where a stock may be averaged over some of its periods, an area's parts go before that.
    """
    measures = source.table.measures
    rolled: dict[str, RuleColumns] = {}
    own_columns: list[nw.Expr] = []
    whole: list[nw.Expr] = []
    for number, rule in enumerate(rules):
        leaves = [leaf for leaf in rule.at(place) if leaf.columns]
        if not leaves or not adds(rule, place, measures):
            continue
        held = RuleColumns(
            f"w{number}", tuple(f"z{number}_{position}" for position in range(len(leaves)))
        )
        whole.append(_present(source, leaves).cast(nw.Int64).alias(held.whole))
        own_columns += [
            source.term(leaf).alias(name) for leaf, name in zip(leaves, held.terms, strict=True)
        ]
        rolled[rule.name] = held
    needs = [need for rule in rules for leaf in rule.at(place) for need in needs_of(leaf)]
    frame, names = source.rows(needs, stacked=stacked)
    if not rolled:
        return frame, rolled
    if source.partial and source.table.layout.shorter:
        every, _ = evolve(source, partial=False).rows(needs, stacked=stacked)
        every = every.select(AREA, *names, *whole)
        frame = frame.with_columns(*own_columns).join(every, on=[AREA, *names], how="left")
    else:
        frame = frame.with_columns(*own_columns, *whole)
    return parts.added(frame, names, list(rolled.values())), rolled


def _term(held: RuleColumns, rule: BoundRule, leaf: TableLeaf) -> str:
    """The column of a leaf's term among those of its rule."""
    leaves = [rule_leaf for rule_leaf in rule.at(leaf.leaf.place) if rule_leaf.columns]
    return held.terms[leaves.index(leaf)]


def _with_all(folded: Frame, every_group: Frame, names: Sequence[str]) -> Frame:
    """Groups with their figures, those that have none without a year."""
    frame = every_group.join(folded, on=[GROUP], how="left")
    if YEAR not in names:
        return frame
    year = nw.when(nw.col(YEAR).is_null()).then(nw.lit(UNDATED)).otherwise(nw.col(YEAR))
    return frame.with_columns(year.cast(nw.Int64).alias(YEAR))


def _needs_stack(rules: Sequence[BoundRule], place: str, *, dated: bool) -> bool:
    """Whether rows must be made for years that have figures of other years only."""
    for rule in rules:
        timed = [
            column for leaf in rule.at(place) for column in leaf.columns if not column.timeless
        ]
        if timed and (
            min(figure.lag for figure in timed) > 0 or (dated and any(o.lag for o in timed))
        ):
            return True
    return False


def _fold_rule(
    columns: _Columns, folded: Folded, rule: BoundRule, place: str, *, partial: bool, dated: bool
) -> None:
    """Add what one rule needs."""
    leaves = rule.at(place)
    lags = sorted({leaf.leaf.lag for leaf in leaves})
    groups = [(lag,) for lag in lags] if dated else [tuple(lags)]
    present = {lag: columns.present(rule, [x for x in leaves if x.leaf.lag == lag]) for lag in lags}
    seen: list[Seen] = []
    wrong: list[str] = []
    collected: dict[int, tuple[nw.Expr, nw.Expr]] = {}
    for group in groups:
        entered = present[group[0]]
        for lag in group[1:]:
            entered = entered & present[lag]
        if dated:
            for other in lags:
                if other != group[0]:
                    entered = entered & ((nw.col(_apart(group[0], other)) != 0) | present[other])
            entered = (nw.col(f"in{group[0]}") == 1) & entered
        lagged = [leaf for leaf in leaves if leaf.leaf.lag in group]
        key = (
            frozenset(need for leaf in lagged for need in needs_of(leaf)),
            group if dated else (),
        )
        apart = rule.name if dated else columns.apart(rule)
        flag = columns.add(("seen", key, apart), entered.cast(nw.Int64))
        seen.append(_seen(columns.fold(flag, "sum"), group[0], lags, dated=dated))
        for leaf in lagged:
            if leaf.leaf.fold is Fold.COLLECT:
                collected[rule.leaves.index(leaf)] = (columns.term(rule, leaf), entered)
                wrong += _wrong_members(columns, rule, leaf, flag, entered)
                continue
            masked = partial or dated or not leaf.columns
            _fold_leaf(columns, folded, rule, leaf, flag if masked else "", entered)
            wrong += _wrong(columns, folded, rule, leaf)
    folded.seen[rule.name] = seen
    folded.wrong[rule.name] = wrong
    if collected:
        _fold_calls(columns, folded, rule, collected, dated=dated)


def _present(source: FrameSource, leaves: Sequence[TableLeaf]) -> nw.Expr:
    """Whether a member has all figures of some leaves."""
    needs = dict.fromkeys(need for leaf in leaves for need in needs_of(leaf))
    present = nw.lit(True)  # noqa: FBT003  # a column of one value
    for position, need in enumerate(needs):
        is_there = ~source.column(need).is_null()
        present = present & is_there if position else is_there
    return present


def _seen(name: str, lag: int, lags: Sequence[int], *, dated: bool) -> Seen:
    if not dated:
        return Seen(name)
    return Seen(name, f"{MEMBERS}{lag}", tuple(_apart(lag, other) for other in lags if other < lag))


def _fold_leaf(
    columns: _Columns, folded: Folded, rule: BoundRule, leaf: TableLeaf, flag: str, entered: nw.Expr
) -> None:
    term = columns.term(rule, leaf)
    if flag:
        term = nw.when(entered).then(term)
    key = (leaf.columns, leaf.rates, leaf.scale, flag, columns.apart(rule))
    name = columns.add(("term", key), term)
    how = {Fold.MINIMUM: "min", Fold.MAXIMUM: "max"}.get(leaf.leaf.fold, "sum")
    folded.leaves[rule.name, rule.leaves.index(leaf)] = columns.fold(name, how)


def _wrong(columns: _Columns, folded: Folded, rule: BoundRule, leaf: TableLeaf) -> list[str]:
    """The column that is infinite where a figure of a leaf is wrong."""
    if not leaf.columns:
        return []
    name = folded.leaves[rule.name, rule.leaves.index(leaf)]
    if leaf.leaf.fold is Fold.MINIMUM:
        return [columns.fold(name.removeprefix("min_"), "max")]
    return [name]


def _wrong_members(
    columns: _Columns, rule: BoundRule, leaf: TableLeaf, flag: str, entered: nw.Expr
) -> list[str]:
    """The column that is infinite where a figure of a member that enters is wrong."""
    if not leaf.columns:
        return []
    term = nw.when(entered).then(columns.term(rule, leaf))
    key = ("member", leaf.columns, leaf.rates, flag, columns.apart(rule))
    column = columns.add(key, term)
    return [columns.fold(column, "max")]


def _fold_sizes(
    columns: _Columns, folded: Folded, rule: BoundRule, place: str, *, ranks: bool
) -> None:
    """Add the absolute terms of leaves whose rounding matters, where they are not the terms."""
    sure = sure_leaves(columns.source, rule)
    wanted = set(range(len(rule.leaves))) if ranks else doubted(columns.source, rule)
    for position in sorted(wanted):
        leaf = rule.leaves[position]
        name = folded.leaves.get((rule.name, position))
        if leaf.leaf.place != place or leaf.leaf.fold is not Fold.SUM or name is None:
            continue
        size = name
        if not sure[position]:
            term = nw.col(name.removeprefix("sum_"))
            size = columns.fold(columns.after(("size", name), term.abs()), "sum")
        folded.sizes[rule.name, position] = size


def _fold_calls(
    columns: _Columns,
    folded: Folded,
    rule: BoundRule,
    collected: Mapping[int, tuple[nw.Expr, nw.Expr]],
    *,
    dated: bool,
) -> None:
    """Add what rules over members need, of those whose members are at this place."""
    lags = sorted({rule.leaves[position].leaf.lag for position in collected})
    same = tuple(_apart(a, b) for a, b in combinations(lags, 2)) if dated else ()
    for call in dict.fromkeys(calls_of(rule.expression)):
        read = set(leaves_of(call))
        if not read:
            raise InvalidRule(f"{rule.name!r}: {call.name!r} reads no figure of the members")
        if not read <= set(collected):
            if read.isdisjoint(collected):
                continue
            raise InvalidRule(
                f"{rule.name!r}: {call.name!r} reads of each member and of another place, "
                "which no table can run: evaluate it for one region at a time"
            )
        entered = collected[min(read)][1]
        sure = sure_leaves(columns.source, rule)
        leaves = [
            plain(
                collected[position][0] if position in collected else nw.lit(0.0),
                sure=sure[position],
            )
            for position in range(len(rule.leaves))
        ]
        prefix = f"pool{len(folded.pools)}"
        figures, lacks = {}, nw.lit(0)
        for name, need in call.needs:
            figure = ColumnDomain(leaves, _nested).fold(need).settled
            lacks += nw.when(entered & figure.is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
            figures[name] = columns.add((prefix, name), nw.when(entered).then(figure))
        lacking = columns.fold(columns.add((prefix, "lacking"), lacks), "sum")
        rule_data = rule_as_data(call, rule.name)
        folded.pools[rule.name, call] = FramePool(rule_data, figures, lacking, prefix, same)


def _nested(call: Call) -> RoundedColumn:
    raise InvalidRule(f"{call.name!r} stands inside another rule over members")


def _apart(first: int, second: int) -> str:
    low, high = sorted((first, second))
    return f"apart{low}_{high}"


def _dated(
    frame: Frame, stays: Frame, names: Sequence[str], lags: Sequence[int]
) -> tuple[Frame, Frame]:
    """Rows of members as of each year and lag, and for each group and year how many there are."""
    flags = [_within(lag).cast(nw.Int64).alias(f"in{lag}") for lag in lags]
    inside = [f"in{lag}" for lag in lags]
    keys = [GROUP, AREA, *names]
    rows = frame.with_columns(*flags).drop(JOINED, LEFT)
    rest = [name for name in rows.collect_schema() if name not in keys]
    rows = rows.group_by(*keys).agg(*(nw.col(name).max().alias(name) for name in rest))
    years = rows.select(GROUP, YEAR).unique()
    every = years.join(stays, on=[GROUP], how="inner").with_columns(*flags)
    every = every.group_by(GROUP, YEAR, AREA).agg(
        *(nw.col(name).max().alias(name) for name in inside)
    )
    # Two years can have as many members and yet others: their numbers do not tell whether a group
    # is composed the same in both. So those that are in one year and not in the other are counted.
    # Where there are none, a member enters the leaves of both years or of neither, and counts once.
    pairs = list(combinations(lags, 2))
    apart = [(nw.col(f"in{a}") - nw.col(f"in{b}")).abs().alias(_apart(a, b)) for a, b in pairs]
    sums = [nw.col(f"in{lag}").sum().alias(f"{MEMBERS}{lag}") for lag in lags]
    sums += [nw.col(_apart(a, b)).sum().alias(_apart(a, b)) for a, b in pairs]
    every = every.with_columns(*apart) if apart else every
    counts = every.group_by(GROUP, YEAR).agg(*sums)
    if pairs:
        beside = counts.select(GROUP, YEAR, *(_apart(a, b) for a, b in pairs))
        rows = rows.join(beside, on=[GROUP, YEAR], how="left")
    any_time = nw.col(inside[0])
    for name in inside[1:]:
        any_time = any_time + nw.col(name)
    return rows.filter(any_time > 0), counts


def _within(lag: int) -> nw.Expr:
    """Whether a stay holds a number of years before; one without a year that is read, always."""
    return (nw.col(YEAR) < 0) | covers(nw.col(YEAR) - lag)


def number_of(
    folded: Folded, rule: BoundRule, position: int, column: Callable[[str], nw.Expr], *, sure: bool
) -> RoundedColumn:
    """A leaf's column, with what is known of its rounding.

    Args:
        folded: where the leaf is folded.
        rule: whose leaf it is.
        position: its position.
        column: gives a column by its name.
        sure: whether its terms are never negative.
    """
    name = folded.leaves.get((rule.name, position))
    if name is None:
        return plain(nw.lit(0.0))
    value = column(name)
    if (rule.name, position) not in folded.sizes:
        return plain(value, sure=sure)
    size = column(folded.sizes[rule.name, position])
    exact = whole(value) & (size.abs() < WHOLE)
    return RoundedColumn(value, size.abs, exact, exact, sure)
