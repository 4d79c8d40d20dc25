"""Result columns: the value, the coverage and the reason of each rule for each region."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import narwhals as nw
from attrs import evolve, field, frozen

from bajio.engines.frame.backend import Frame
from bajio.engines.frame.bound_rules import BoundRule
from bajio.engines.frame.column_domain import ColumnDomain, Shared, weights
from bajio.engines.frame.column_kinds import INFINITE
from bajio.engines.frame.folds import Folded, Seen, fold, number_of, sure_leaves
from bajio.engines.frame.layout import REGION
from bajio.engines.frame.places import GROUP, MEMBER, Place, is_host
from bajio.engines.frame.pooled_totals import rule_as_data
from bajio.engines.frame.rounded import MOST, RoundedColumn
from bajio.engines.frame.rows import FrameSource
from bajio.errors import InvalidRule
from bajio.rules.algebra import Call, Expression, Operation, Ref
from bajio.rules.plan import MEMBER as AXIS, SELF

COVERAGE, REASON = "_coverage", "_reason"
#: Why a value is null.
MISSING, INVALID, UNDEFINED = "missing", "invalid", "undefined"
NEGATIVE_WEIGHT = "negative-weight"


def finish(
    source: FrameSource,
    rules: Sequence[BoundRule],
    places: Mapping[str, Place],
    *,
    partial: bool,
    ranks: bool = False,
) -> Frame:
    """A row for each region and period, with the value, coverage and reason of each rule.

    Args:
        source: of the figures.
        rules: what is computed.
        places: by name, as rules have them.
        partial: whether a rule takes the members that have all.
        ranks: whether values are ranked: then there is a column beside each, named by `margin_of`,
            of how far rounding may have moved it.
    """
    timeless = [rule for rule in rules if rule.timeless]
    timed = [rule for rule in rules if not rule.timeless]
    frames = [
        _pass(source, some, places, partial=partial, ranks=ranks)
        for some in (timed, timeless)
        if some
    ]
    frame = frames[0]
    for other in frames[1:]:
        frame = frame.join(other, on=[REGION], how="left")
    return frame


def margin_of(rule: str) -> str:
    """The column of how far rounding may have moved a rule's value."""
    return f"_margin_{rule}"


def _pass(
    source: FrameSource,
    rules: Sequence[BoundRule],
    places: Mapping[str, Place],
    *,
    partial: bool,
    ranks: bool,
) -> Frame:
    for rule in rules:
        if not rule.leaves:
            raise InvalidRule(f"{rule.name!r} reads no figure of the table")
    names = dict.fromkeys(place for rule in rules for place in rule.places)
    folded = {
        place: fold(source, rules, place, places[place], partial=partial, ranks=ranks)
        for place in names
    }
    frame, keys = _together(folded, places)
    sums, parts = _Shown("_sum"), _Shown("_part")
    shown = [
        column
        for rule in rules
        for column in _shown(source, rule, folded, sums, parts, partial=partial, ranks=ranks)
    ]
    for step in (sums, parts):
        columns = [column.alias(name) for name, column in step.own.values()]
        frame = frame.with_columns(*columns) if columns else frame
    frame = frame.with_columns(*shown)
    mine = [f"{rule.name}{end}" for rule in rules for end in ("", COVERAGE, REASON)]
    mine += [margin_of(rule.name) for rule in rules if ranks]
    return frame.select(REGION, *keys, *mine)


@frozen(eq=False)
class _Shown:
    """Columns that results are made of, each worked out once."""

    prefix: str
    own: dict[object, tuple[str, nw.Expr]] = field(init=False, factory=dict)

    def add(self, key: object, column: nw.Expr) -> nw.Expr:
        """A column, by its name."""
        return nw.col(self.own.setdefault(key, (f"{self.prefix}{len(self.own)}", column))[0])


def _together(folded: Mapping[str, Folded], places: Mapping[str, Place]) -> tuple[Frame, list[str]]:
    """All places' columns in one row for each region."""
    frame: Frame | None = None
    keys: list[str] = []
    for place, place_fold in folded.items():
        beside = place_fold.frame.rename(
            {
                name: _of(place, name)
                for name in place_fold.frame.collect_schema()
                if name not in {GROUP, *place_fold.names}
            }
        )
        links = places[place].links
        if links is None:
            beside = beside.rename({GROUP: REGION})
        else:
            beside = links.join(beside, on=[GROUP], how="inner")
            beside = beside.rename({GROUP: MEMBER}) if place == AXIS else beside.drop(GROUP)
        if frame is None:
            frame, keys = beside, [*place_fold.names]
        else:
            how: Literal["inner", "left"] = "inner" if place == AXIS else "left"
            frame = frame.join(beside, on=[REGION, *place_fold.names], how=how)
        keys += [MEMBER] if place == AXIS else []
    assert frame is not None
    return frame, keys


def _of(place: str, name: str) -> str:
    """The column of a place: with no dot, which on Spark would be a field within a column."""
    return name if place == SELF else f"{re.sub(r'[^A-Za-z0-9]', '_', place)}__{name}"


def _shown(
    source: FrameSource,
    rule: BoundRule,
    folded: Mapping[str, Folded],
    sums: _Shown,
    parts: _Shown,
    *,
    partial: bool,
    ranks: bool,
) -> list[nw.Expr]:
    """The columns of one rule."""
    seen, members, enough = _shared_counts(rule, folded, parts, partial=partial)
    wrong = _wrong(rule, folded, parts)
    sure = sure_leaves(source, rule)
    leaves = [
        number_of(folded[place], rule, position, _columns_of(place), sure=sure[position])
        for position, place in enumerate(leaf.leaf.place for leaf in rule.leaves)
    ]
    called, shared = _called(rule, folded), _shared(sums, rule, folded)
    enclosure = ColumnDomain(leaves, called, shared).fold(rule.expression)
    value = parts.add(rule.name, enclosure.value.cast(nw.Float64))
    held = value.abs() <= MOST
    why = (
        nw.when(~enough)
        .then(nw.lit(MISSING))
        .otherwise(
            nw.when(wrong)
            .then(nw.lit(INVALID))
            .otherwise(
                nw.when(value.is_null())
                .then(_undefined(rule, leaves, folded))
                .otherwise(nw.when(~held).then(nw.lit(INVALID)))
            )
        )
    )
    margin = [enclosure.margin(enclosure.alike).alias(margin_of(rule.name))] if ranks else []
    return [
        nw.when(enough & ~wrong & held).then(value).alias(rule.name),
        (seen / members).alias(rule.name + COVERAGE),
        why.alias(rule.name + REASON),
        *margin,
    ]


def _shared_counts(
    rule: BoundRule, folded: Mapping[str, Folded], parts: _Shown, *, partial: bool
) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """How many members entered, how many there are, and whether that is enough, each once."""
    entered = [(place, one) for place in rule.places for one in folded[place].seen[rule.name]]
    every = tuple((place, one.members, one.apart) for place, one in entered)
    own = tuple((place, one.name, one.members, one.apart) for place, one in entered)
    seen, members, enough = _counts(rule, folded, partial=partial)
    return (
        parts.add(("seen", own), seen),
        parts.add(("members", every), members),
        parts.add(("enough", own), enough),
    )


def _wrong(rule: BoundRule, folded: Mapping[str, Folded], parts: _Shown) -> nw.Expr:
    """Whether a figure that a rule reads is not finite."""
    infinite = sorted(
        {_of(place, name) for place in rule.places for name in folded[place].wrong[rule.name]}
    )
    return parts.add(
        ("wrong", *infinite), _any([nw.col(name).abs() == INFINITE for name in infinite])
    )


def _undefined(
    rule: BoundRule, leaves: Sequence[RoundedColumn], folded: Mapping[str, Folded]
) -> nw.Expr:
    """Why a value is null where all figures are there and are numbers."""
    negative = [
        ColumnDomain(leaves, _called(rule, folded)).fold(weight).is_negative
        for weight in weights(rule.expression)
    ]
    for place, place_fold in folded.items():
        pools = [pool for (name, _), pool in place_fold.pools.items() if name == rule.name]
        columns = [pool.negative_weight(_columns_of(place)) for pool in pools]
        negative += [column for column in columns if column is not None]
    reason: nw.Expr = nw.lit(UNDEFINED)
    for column in negative:
        reason = nw.when(column).then(nw.lit(NEGATIVE_WEIGHT)).otherwise(reason)
    return reason


def _shared(sums: _Shown, rule: BoundRule, folded: Mapping[str, Folded]) -> Shared:
    """Keeps sums of leaves as columns, the same for all rules."""

    def named(expression: Expression) -> object:
        match expression:
            case Ref(leaf):
                place = rule.leaves[leaf].leaf.place
                return place, folded[place].leaves.get((rule.name, leaf))
            case Operation(operator, left, right):
                return operator, named(left), named(right)
        return expression

    def share(expression: Expression, number: RoundedColumn) -> RoundedColumn:
        key = named(expression)
        value = sums.add(key, number.value)
        exact = number.exact
        if not isinstance(exact, bool):
            exact = sums.add(("exact", key), exact)

        def size() -> nw.Expr:
            return sums.add(("size", key), number.size())

        return evolve(number, value=value, size=size, exact=exact, alike=exact)

    return share


def _called(rule: BoundRule, folded: Mapping[str, Folded]) -> Callable[[Call], RoundedColumn]:
    """Gives the column of a rule over members."""

    def value(call: Call) -> RoundedColumn:
        for place, place_fold in folded.items():
            pool = place_fold.pools.get((rule.name, call))
            if pool is not None:
                return pool.number(_columns_of(place))
        rule_as_data(call, rule.name)
        raise InvalidRule(f"{rule.name!r}: {call.name!r} reads no member")

    return value


def _columns_of(place: str) -> Callable[[str], nw.Expr]:
    return lambda name: nw.col(_of(place, name))


def _counts(
    rule: BoundRule, folded: Mapping[str, Folded], *, partial: bool
) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """How many members entered, how many there are, and whether that is enough.

    The members are the region's own: what they are compared with has to be there, and does not
    count. A host that is the sum of its parts is one of all of them only.
    """
    seen = members = enough = None
    for place in rule.places:
        for seen_leaf in folded[place].seen[rule.name]:
            counted, every = _counted(place, seen_leaf)
            some = partial and not is_host(place)
            full = (counted > 0) if some else (counted == every) & (every > 0)
            enough = full if enough is None else enough & full
            if place not in {SELF, AXIS}:
                continue
            for name in seen_leaf.apart:
                new = nw.col(_of(place, name)) != 0
                counted = nw.when(new).then(counted).otherwise(nw.lit(0.0))
                every = nw.when(new).then(every).otherwise(nw.lit(0.0))
            seen = counted if seen is None else seen + counted
            members = every if members is None else members + every
    assert enough is not None
    if seen is None or members is None:
        return nw.lit(1.0), nw.lit(1.0), enough
    return seen, members, enough


def _counted(place: str, seen: Seen) -> tuple[nw.Expr, nw.Expr]:
    """How many entered, and how many there are: none of one, where the place has no figures."""
    counted, every = nw.col(_of(place, seen.name)), nw.col(_of(place, seen.members))
    return counted.cast(nw.Float64).fill_null(0.0), every.cast(nw.Float64).fill_null(1.0)


def _any(conditions: Sequence[nw.Expr]) -> nw.Expr:
    if not conditions:
        return nw.lit(False)  # noqa: FBT003  # a column of one value
    result = conditions[0]
    for condition in conditions[1:]:
        result = result | condition
    return result
