"""Membership: which areas make up each region, now and in each year."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, cast

import narwhals as nw
from attrs import evolve, field, frozen

from bajio.engines.frame.area_names import texts_of, with_codes
from bajio.engines.frame.backend import Frame, is_lazy, planned, small, stacked
from bajio.engines.frame.column_kinds import UNREADABLE, Role, code, end, settled
from bajio.engines.frame.layout import AREA
from bajio.engines.frame.places import GROUP, JOINED, LEFT
from bajio.errors import InvalidData, InvalidValue, UnknownCode, shown
from bajio.facts.regions import Region

#: What the names of peers begin with in a plan, so that a region can be called as a peer is.
PEER = "peer\x1f"
ROLES = ("region", "area", "from", "to")
FROM, TO = ROLES[2:]
_NOBODY = "\x1fnobody"
_LAST, _MOST_TOLD = 9998, 12
_ENDS = {FROM: JOINED, TO: LEFT}


@frozen(eq=False)
class FrameMembership:
    """Who is where and when.

    Attributes:
        name: how results call the column of regions.
        newest: the areas of each region now: columns `_group` and `_area`.
        every: all stays, with columns `_joined` and `_left`; without them, where there are none.
        dated: whether there are.
        unread: regions with a year that cannot be read, or an area that is part of no region, where
            that is known only when it runs.
        peers: those that regions are ranked among, where not one another.
        named: whether they were named one by one: then the areas of all must be there.
        dtype: of the column of regions in results.
        areas: codes of all that were ever in a region, as far as they can be looked at.
    """

    name: str
    newest: Frame = field(repr=False)
    every: Frame = field(repr=False)
    dated: bool
    unread: Frame | None = field(default=None, repr=False)
    peers: "FrameMembership | None" = None
    named: bool = False
    dtype: nw.dtypes.DType = field(factory=nw.String)
    areas: frozenset[str] = frozenset()

    def stays(self, *, dated: bool) -> Frame:
        """The areas of each region and peer: the newest, or each with its years.

        Raises:
            InvalidValue: years are asked for, and there are none.
        """
        if dated and not self.dated:
            raise InvalidValue(
                "membership='as-of' needs years of joining and leaving: name their columns, "
                "as region_columns={'from': ..., 'to': ...}"
            )
        mine = self.every if dated else self.newest
        return mine if self.peers is None else _stacked(mine, self.peers.stays(dated=dated))

    def ever(self) -> Frame:
        """The areas that each region and peer has had at any time."""
        mine = self.every.select(GROUP, AREA).unique()
        return mine if self.peers is None else _stacked(mine, self.peers.ever())


def _stacked(first: Frame, second: Frame) -> Frame:
    return stacked([first, second])


def of_peers(peers: Iterable[Region], like: Frame, *, named: bool) -> FrameMembership:
    """Peers as a membership table, under names that no region has.

    Args:
        peers: who they are.
        like: the table, on whose backend it is made.
        named: whether they were named one by one.
    """
    return evolve(
        of_regions([evolve(peer, code=PEER + peer.code) for peer in peers], like), named=named
    )


def of_regions(regions: Iterable[Region], like: Frame) -> FrameMembership:
    """Regions as a membership table on the backend of a frame."""
    held = list(regions)
    now = [(one.code, area) for one in held for area in one.members]
    stays = [(one.code, stay) for one in held for stay in one.memberships]
    newest: dict[str, Sequence[str | int | None]] = {
        GROUP: [region for region, _ in now],
        AREA: [area for _, area in now],
    }
    every: dict[str, Sequence[str | int | None]] = {
        GROUP: [region for region, _ in stays],
        AREA: [stay.area for _, stay in stays],
        JOINED: [stay.joined for _, stay in stays],
        LEFT: [stay.left for _, stay in stays],
    }
    return FrameMembership(
        "region",
        small(newest, (str, str), like),
        small(every, (str, str, int, int), like).with_columns(
            nw.col(JOINED).cast(nw.Float64), nw.col(LEFT).cast(nw.Float64)
        ),
        dated=True,
        areas=frozenset(stay.area for _, stay in stays),
    )


def _role_columns(frame: Frame, columns: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The column of each role, and the roles that there are columns of."""
    there = frame.collect_schema()
    for role in columns:
        if role not in ROLES:
            advice = f"it can be {', '.join(ROLES)}"
            raise UnknownCode("role of a membership column", shown(role), ROLES, advice)
    names = {role: columns.get(role, role) for role in ROLES}
    wanted = [role for role in ROLES if role not in {FROM, TO} or role in columns]
    wanted += [role for role in (FROM, TO) if role not in columns and names[role] in there]
    for role in wanted:
        if names[role] not in there:
            text = ", ".join(shown(name) for name in list(there)[:_MOST_TOLD])
            raise InvalidValue(
                f"the membership table has no column {shown(names[role])}: it has {text}"
            )
    return names, wanted


def of_table(
    frame: Frame,
    columns: Mapping[str, str],
    today: int | None,
    named: Callable[[Collection[str]], Mapping[str, str]] | None = None,
) -> FrameMembership:
    """A membership table of the user's own.

    Args:
        frame: a row for each region and area.
        columns: its columns of `region`, `area`, `from` and `to`, where they are not called so.
        today: the year of the newest composition.
        named: gives the codes of areas that texts name, where areas are called by names.

    Raises:
        InvalidValue: a column is not there, or of a kind that says nothing.
        InvalidData: a cell is empty, or no year, so far as that can be seen before it runs.
    """
    names, wanted = _role_columns(frame, columns)
    kinds = {names[role]: Role.END if role in {FROM, TO} else Role.CODE for role in wanted}
    frame = settled(frame, kinds, "regions")
    ends = [role for role in (FROM, TO) if role in wanted]
    rows = planned(frame).select(
        code(frame, names["region"]).alias(GROUP),
        code(frame, names["area"]).alias(AREA),
        *(end(frame, names[role]).alias(to) for role, to in _ENDS.items() if role in ends),
    )
    if named is not None:
        rows = with_codes(rows, AREA, named(texts_of(rows, nw.col(AREA))))
    areas: frozenset[str] = frozenset()
    if not is_lazy(rows):
        _check(frame, rows, names, ends)
        areas = frozenset(cast("nw.DataFrame[Any]", rows.select(AREA).unique())[AREA].to_list())
    else:
        rows = rows.filter(~nw.col(GROUP).is_null())
        rows = rows.with_columns(nw.col(AREA).fill_null(_NOBODY))
    dtype = frame.collect_schema()[names["region"]]
    dtype = dtype if dtype.is_integer() else nw.String()
    if not ends:
        newest = rows.unique()
        return FrameMembership(
            names["region"], newest, newest, dated=False, dtype=dtype, areas=areas
        )
    without = [to for role, to in _ENDS.items() if role not in ends]
    no_year = [nw.lit(None).cast(nw.Float64).alias(to) for to in without]
    rows = rows.with_columns(*no_year) if no_year else rows
    unread = rows.filter(_unread()).select(GROUP).unique() if is_lazy(rows) else None
    both = len(ends) == len(_ENDS)
    newest = _newest(rows, today)
    return FrameMembership(
        names["region"], newest, rows, dated=both, unread=unread, dtype=dtype, areas=areas
    )


def allocated(
    members: FrameMembership, rests: Collection[str], check: Callable[[list[str]], None]
) -> FrameMembership:
    """A membership without areas that are part of no region.

    Args:
        members: who is where.
        rests: codes of what is allocated to none of an area's parts.
        check: refuses those that can be seen; a region that is found to have one when it runs has
            no value.
    """
    wrong = members.every.filter(nw.col(AREA).is_in(list(rests)))
    if not is_lazy(wrong):
        check(cast("nw.DataFrame[Any]", wrong)[AREA].unique().to_list())
        return members
    groups = wrong.select(GROUP).unique()
    unread = groups if members.unread is None else _stacked(members.unread, groups).unique()
    return evolve(members, unread=unread)


def _unread() -> nw.Expr:
    joined, left = nw.col(JOINED), nw.col(LEFT)
    return (joined == UNREADABLE) | (left == UNREADABLE) | (joined >= left)


def _check(frame: Frame, rows: Frame, names: Mapping[str, str], ends: Sequence[str]) -> None:
    """Refuse what says nothing in a membership table that can be looked at."""
    seen = cast("nw.DataFrame[Any]", rows)
    if not len(seen):
        raise InvalidValue("the membership table has no rows: say which areas make up a region")
    for role, column in (("region", GROUP), ("area", AREA)):
        blank = nw.col(column).is_null() | (nw.col(column).str.strip_chars() == "")
        if len(seen.filter(blank)):
            raise InvalidData(f"a row of the membership table has no {role}", column=names[role])
    for role in ends:
        wrong = frame.filter(end(frame, names[role]) == UNREADABLE).head(1).select(names[role])
        for cell in cast("nw.DataFrame[Any]", wrong)[names[role]].to_list():
            raise InvalidData(
                f"{shown(cell)} is no year: give four digits, a date, or nothing where a stay "
                "has no end",
                column=names[role],
            )
    if len(ends) == len(_ENDS):
        turned = seen.filter(nw.col(JOINED) >= nw.col(LEFT)).head(1)
        for area, joined, left in turned.select(AREA, JOINED, LEFT).iter_rows():
            raise InvalidData(
                f"{shown(area)} joined in {int(joined)} and left in {int(left)}",
                column=names[TO],
            )


def _newest(rows: Frame, today: int | None) -> Frame:
    """The newest members; the last where all have left, the first where none has come."""
    year = nw.lit(float(_LAST if today is None else today))
    left = nw.col(LEFT)
    flags = rows.with_columns(
        covers(year).cast(nw.Int64).alias("now"), nw.when(left <= year).then(left).alias("past")
    )
    groups = flags.group_by(GROUP).agg(
        nw.col("now").max().alias("now"),
        nw.col("past").max().alias("past"),
        nw.col(JOINED).min().alias("first"),
    )
    last = nw.when(nw.col("past").is_null()).then(nw.col("first")).otherwise(nw.col("past") - 1)
    expression = nw.when(nw.col("now") == 1).then(year).otherwise(last)
    rows = rows.join(groups, on=[GROUP], how="left").with_columns(expression.alias("at"))
    return rows.filter(covers(nw.col("at"))).select(GROUP, AREA).unique()


def covers(year: nw.Expr) -> nw.Expr:
    """Whether a stay holds a year: joined inclusive, left exclusive."""
    begun = nw.col(JOINED).is_null() | (nw.col(JOINED) <= year)
    return begun & (nw.col(LEFT).is_null() | (year < nw.col(LEFT)))
