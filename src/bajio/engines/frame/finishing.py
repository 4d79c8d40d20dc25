"""Finishing: the value, the coverage and the reason of each rule for each region."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import narwhals as nw
from attrs import field, frozen

from bajio.engines.frame.arithmetic import column_of
from bajio.engines.frame.backend import Frame
from bajio.engines.frame.binding import BoundRule
from bajio.engines.frame.folding import Folded, Seen, fold
from bajio.engines.frame.layout import INFINITE, REGION
from bajio.engines.frame.places import GROUP, MEMBER, Place
from bajio.engines.frame.pooling import rule_as_data
from bajio.engines.frame.rows import Source
from bajio.errors import InvalidRule
from bajio.rules.axes import MEMBER as AXIS
from bajio.rules.plan import SELF, Call

COVERAGE, REASON = "_coverage", "_reason"
#: Why a value is null.
MISSING, INVALID, UNDEFINED = "missing", "invalid", "undefined"


def finish(
    source: Source, rules: Sequence[BoundRule], places: Mapping[str, Place], *, partial: bool
) -> Frame:
    """A row for each region and period, with the value, coverage and reason of each rule.

    Args:
        source: of the figures.
        rules: what is computed.
        places: by name, as rules have them.
        partial: whether a rule takes the members that have all.
    """
    timeless = [rule for rule in rules if rule.timeless]
    timed = [rule for rule in rules if not rule.timeless]
    frames = [_pass(source, some, places, partial=partial) for some in (timed, timeless) if some]
    frame = frames[0]
    for other in frames[1:]:
        frame = frame.join(other, on=[REGION], how="left")
    return frame


def _pass(
    source: Source, rules: Sequence[BoundRule], places: Mapping[str, Place], *, partial: bool
) -> Frame:
    names = dict.fromkeys(place for rule in rules for place in rule.places)
    folded = {place: fold(source, rules, place, places[place], partial=partial) for place in names}
    frame, keys = _together(folded, places)
    parts = _Parts()
    shown = [column for rule in rules for column in _shown(rule, folded, parts, partial=partial)]
    frame = frame.with_columns(*(column.alias(name) for name, column in parts.own.values()))
    frame = frame.with_columns(*shown)
    mine = [f"{rule.name}{end}" for rule in rules for end in ("", COVERAGE, REASON)]
    return frame.select(REGION, *keys, *mine)


@frozen(eq=False)
class _Parts:
    """Columns that results are made of, each worked out once."""

    own: dict[object, tuple[str, nw.Expr]] = field(init=False, factory=dict)

    def add(self, key: object, column: nw.Expr) -> nw.Expr:
        """A column, by its name."""
        return nw.col(self.own.setdefault(key, (f"_part{len(self.own)}", column))[0])


def _together(folded: Mapping[str, Folded], places: Mapping[str, Place]) -> tuple[Frame, list[str]]:
    """All places' columns in one row for each region."""
    frame: Frame | None = None
    keys: list[str] = []
    for place, one in folded.items():
        beside = one.frame.rename(
            {
                name: _of(place, name)
                for name in one.frame.collect_schema()
                if name not in {GROUP, *one.names}
            }
        )
        links = places[place].links
        if links is None:
            beside = beside.rename({GROUP: REGION})
        else:
            beside = links.join(beside, on=[GROUP], how="inner")
            beside = beside.rename({GROUP: MEMBER}) if place == AXIS else beside.drop(GROUP)
        if frame is None:
            frame, keys = beside, [*one.names]
        else:
            how: Literal["inner", "left"] = "inner" if place == AXIS else "left"
            frame = frame.join(beside, on=[REGION, *one.names], how=how)
        keys += [MEMBER] if place == AXIS else []
    assert frame is not None
    return frame, keys


def _of(place: str, name: str) -> str:
    """The column of a place: with no dot, which on Spark would be a field within a column."""
    return name if place == SELF else f"{re.sub(r'[^A-Za-z0-9]', '_', place)}__{name}"


def _shown(
    rule: BoundRule, folded: Mapping[str, Folded], parts: _Parts, *, partial: bool
) -> list[nw.Expr]:
    """The columns of one rule."""
    entered = [
        (place, one.name, one.members, one.apart)
        for place in rule.places
        for one in folded[place].seen[rule.name]
    ]
    seen, members, enough = (
        parts.add((at, *entered), column)
        for at, column in enumerate(_counts(rule, folded, partial=partial))
    )
    infinite = sorted(
        {_of(place, name) for place in rule.places for name in folded[place].wrong[rule.name]}
    )
    wrong = parts.add(("wrong", *infinite), _any([nw.col(name) == INFINITE for name in infinite]))
    leaves = [
        nw.col(_of(leaf.leaf.place, folded[leaf.leaf.place].leaves.get((rule.name, at), "")))
        for at, leaf in enumerate(rule.leaves)
    ]
    found = column_of(rule.expression, leaves, _called(rule, folded)).cast(nw.Float64)
    value = parts.add(rule.name, found)
    answered = nw.when(enough & ~wrong).then(value)
    why = (
        nw.when(~enough)
        .then(nw.lit(MISSING))
        .otherwise(
            nw.when(wrong)
            .then(nw.lit(INVALID))
            .otherwise(nw.when(value.is_null()).then(nw.lit(UNDEFINED)))
        )
    )
    coverage = seen.cast(nw.Float64) / members.cast(nw.Float64)
    return [
        answered.alias(rule.name),
        coverage.alias(rule.name + COVERAGE),
        why.alias(rule.name + REASON),
    ]


def _called(rule: BoundRule, folded: Mapping[str, Folded]) -> Callable[[Call], nw.Expr]:
    """Gives the column of a rule over members."""

    def value(call: Call) -> nw.Expr:
        for place, one in folded.items():
            pool = one.pools.get((rule.name, call))
            if pool is not None:
                return pool.value(_columns_of(place))
        rule_as_data(call, rule.name)
        raise InvalidRule(f"{rule.name!r}: {call.name!r} reads no member")

    return value


def _columns_of(place: str) -> Callable[[str], nw.Expr]:
    return lambda name: nw.col(_of(place, name))


def _counts(
    rule: BoundRule, folded: Mapping[str, Folded], *, partial: bool
) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """How many members entered, how many there are, and whether that is enough."""
    seen = members = enough = None
    for place in rule.places:
        for one in folded[place].seen[rule.name]:
            own, every = _counted(place, one)
            full = (own > 0) if partial else (own == every) & (every > 0)
            for name in one.apart:
                new = nw.col(_of(place, name)) != 0
                own = nw.when(new).then(own).otherwise(nw.lit(0.0))
                every = nw.when(new).then(every).otherwise(nw.lit(0.0))
            seen = own if seen is None else seen + own
            members = every if members is None else members + every
            enough = full if enough is None else enough & full
    assert seen is not None
    assert members is not None
    assert enough is not None
    return seen, members, enough


def _counted(place: str, seen: Seen) -> tuple[nw.Expr, nw.Expr]:
    """How many entered, and how many there are: none of one, where the place has no figures."""
    own, every = nw.col(_of(place, seen.name)), nw.col(_of(place, seen.members))
    own = nw.when(own.is_null()).then(nw.lit(0.0)).otherwise(own.cast(nw.Float64))
    every = nw.when(every.is_null()).then(nw.lit(1.0)).otherwise(every.cast(nw.Float64))
    return own, every


def _any(conditions: Sequence[nw.Expr]) -> nw.Expr:
    if not conditions:
        return nw.lit(False)  # noqa: FBT003  # a column of one value
    found = conditions[0]
    for condition in conditions[1:]:
        found = found | condition
    return found
