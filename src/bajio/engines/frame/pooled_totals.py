"""Rules over members, as totals of what members have, in as many rounds as it takes."""

from collections.abc import Callable, Iterator, Sequence

import narwhals as nw
from attrs import field, frozen

from bajio.engines.frame.backend import Frame
from bajio.engines.frame.column_domain import TermDomain
from bajio.engines.frame.rounded import PRECISION, RoundedColumn
from bajio.errors import InvalidRule
from bajio.rules.algebra import (
    Applied,
    Call,
    Constant,
    Differences,
    Expression,
    MemberTotal,
    Operation,
    OwnFigure,
    Pooled,
    totals,
)

_FOLDS = {"sum": "sum", "minimum": "min", "maximum": "max", "count": "sum"}
Called = Callable[[str], nw.Expr]


@frozen(eq=False)
class FramePool:
    """A rule over the members of a region, with the columns of what it reads of each.

    Attributes:
        rule: as data.
        figures: the column of each need.
        lacking: the column of how many members have a need without a value.
        same: columns that are zero where its members are the same in all years.
        prefix: of the columns of its totals.
    """

    rule: Pooled
    figures: dict[str, str]
    lacking: str
    prefix: str
    same: tuple[str, ...] = ()
    names: dict[Expression, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        terms = (self.rule.value, *(condition.term for condition in self.rule.conditions))
        every = dict.fromkeys(total for term in terms for total in totals(term))
        every |= dict.fromkeys(self._absolute(member_total) for member_total in self._signed())
        names = {one: f"{self.prefix}_{position}" for position, one in enumerate(every)}
        object.__setattr__(self, "names", names)

    def value(self, column: Called) -> nw.Expr:
        """The value of a group, null where a condition does not hold.

        Args:
            column: gives a column by its name.
        """
        shown = self._of_groups(column).fold
        value = shown(self.rule.value)
        for condition in reversed(self.rule.conditions):
            term, margin = shown(condition.term), self._margin(condition.term, shown)
            held = term > margin if condition.strict else term >= -margin
            value = nw.when(held).then(value)
        for name in self.same:
            value = nw.when(column(name) == 0).then(value)
        return nw.when(column(self.lacking) == 0).then(value)

    def _of_groups(self, column: Called) -> TermDomain:
        """Terms of groups, over the columns of totals."""
        return TermDomain(lambda total: column(self.names[total]))

    def number(self, column: Called) -> RoundedColumn:
        """The value of a group, with how far rounding may have moved it.

        A spread is made of shares of one: what is less than its precision is nothing.
        """
        value = self.value(column)
        signed = list(self._signed())
        if signed:
            [total] = signed
            count = next(one for one in totals(self.rule.value) if _is_count(one))
            terms = column(self.names[self._absolute(total)]) / column(self.names[count])
            return RoundedColumn(value, lambda: terms)
        if isinstance(self.rule.value, MemberTotal):
            return RoundedColumn(value, value.abs)
        return RoundedColumn(value, lambda: value.abs() + 1.0)

    def negative_weight(self, column: Called) -> nw.Expr | None:
        """Whether a weight of a group is negative; `None` where nothing is weighed."""
        for condition in self.rule.conditions:
            if condition.reason.endswith("a weight is negative"):
                return self._of_groups(column).fold(condition.term) < 0
        return None

    def _signed(self) -> Iterator[MemberTotal]:
        """The sums of figures that may be negative: those of which nothing is asked."""
        if self.rule.conditions:
            return
        for total in totals(self.rule.value):
            if (
                isinstance(total, MemberTotal)
                and total.fold == "sum"
                and isinstance(total.argument, OwnFigure)
            ):
                yield total

    @staticmethod
    def _absolute(total: MemberTotal) -> MemberTotal:
        return MemberTotal(total.fold, Applied("absolute", total.argument))

    @staticmethod
    def _margin(node: Expression, shown: Callable[[Expression], nw.Expr]) -> nw.Expr:
        """How far rounding may have moved the difference, or sum, that a condition is about."""
        if not isinstance(node, Operation):
            return nw.lit(0.0)
        sides = [node.left, node.right]
        size = shown(sides[0]).abs() + shown(sides[1]).abs()
        if any(isinstance(side, Constant) for side in sides):
            size = size + 1.0
        return size * PRECISION


def rule_as_data(call: Call, name: str) -> Pooled:
    """A rule over members as data.

    Raises:
        InvalidRule: it is a function that only Python can call.
    """
    pooled = call.pooled
    if pooled is None:
        raise InvalidRule(
            f"{name!r} holds the custom function {call.name!r}, which no table can run: "
            "evaluate it for one region at a time"
        )
    return pooled


def with_totals(
    rows: Frame, keys: Sequence[str], wanted: Sequence[nw.Expr], pools: Sequence[FramePool]
) -> Frame:
    """Groups with what is folded of their members, and the totals of rules over them.

    Args:
        rows: a row for each member.
        keys: what groups are told apart by.
        wanted: what is folded of the members besides.
        pools: the rules.
    """
    rounds: dict[int, list[tuple[FramePool, Expression]]] = {0: []}
    for pool in pools:
        for total in pool.names:
            rounds.setdefault(_depth(total), []).append((pool, total))
    # What stands in no other total is folded at once: a lazy plan runs its rows for each join.
    folded = _summed(rows, keys, rounds[0], wanted)
    for depth in sorted(rounds):
        before = _inside(rounds[depth])
        beside = rows
        if before:
            beside = rows.join(folded.select(*keys, *before), on=list(keys), how="left")
        if depth and any(isinstance(total, MemberTotal) for _, total in rounds[depth]):
            made = _summed(beside, keys, rounds[depth])
            folded = folded.join(made, on=list(keys), how="left")
        for pool, total in rounds[depth]:
            if isinstance(total, Differences):
                made = _differences(beside, keys, pool, total)
                folded = folded.join(made, on=list(keys), how="left")
    return folded


def _summed(
    rows: Frame,
    keys: Sequence[str],
    among: Sequence[tuple[FramePool, Expression]],
    wanted: Sequence[nw.Expr] = (),
) -> Frame:
    """Groups with those among some totals that are folds of their members, and what else is."""
    plain = [(pool, total) for pool, total in among if isinstance(total, MemberTotal)]
    columns = [_of_member(pool, total).alias(pool.names[total]) for pool, total in plain]
    names = [(pool.names[total], _FOLDS[total.fold]) for pool, total in plain]
    sums = [getattr(nw.col(name), how)().alias(name) for name, how in names]
    rows = rows.with_columns(*columns) if columns else rows
    return rows.group_by(*keys).agg(*wanted, *sums)


def _is_count(node: Expression) -> bool:
    return isinstance(node, MemberTotal) and node.fold == "count"


def _depth(node: Expression) -> int:
    """How many totals stand inside one another."""
    inside = [_depth(total) for total in totals(node) if total != node]
    return max(inside, default=-1) + 1


def _inside(wanted: Sequence[tuple[FramePool, Expression]]) -> list[str]:
    """The columns of the totals inside others."""
    names = [
        pool.names[inner] for pool, total in wanted for inner in totals(total) if inner != total
    ]
    return list(dict.fromkeys(names))


def _of_member(pool: FramePool, total: MemberTotal) -> nw.Expr:
    """What a member adds to a total: null where it has not entered."""
    entered = ~nw.col(pool.figures[next(iter(pool.figures))]).is_null()
    return nw.when(entered).then(_of_node(pool, total.argument))


def _of_node(pool: FramePool, node: Expression) -> nw.Expr:
    domain = TermDomain(
        lambda total: nw.col(pool.names[total]), lambda name: nw.col(pool.figures[name])
    )
    return domain.fold(node)


def _differences(rows: Frame, keys: Sequence[str], pool: FramePool, total: Differences) -> Frame:
    """Σᵢⱼ wᵢwⱼ|xᵢ − xⱼ|, by joining the members of a group to one another."""
    value, weight = _of_node(pool, total.value), _of_node(pool, total.weight)
    pairs_of_one = rows.select(*keys, value.alias("x"), weight.alias("w"))
    pairs_of_one = pairs_of_one.filter(~nw.col("x").is_null())
    other = pairs_of_one.select(*keys, nw.col("x").alias("y"), nw.col("w").alias("v"))
    pairs = pairs_of_one.join(other, on=list(keys), how="inner")
    name = pool.names[total]
    apart = (nw.col("x") - nw.col("y")).abs() * nw.col("w") * nw.col("v")
    return pairs.with_columns(apart.alias(name)).group_by(*keys).agg(nw.col(name).sum().alias(name))
