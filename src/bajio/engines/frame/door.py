"""The door: areas that are asked for and stand nowhere in a table that can be looked at."""

from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from typing import Any, cast

import narwhals as nw
from attrs import evolve

from bajio.engines.frame.backend import Frame, is_lazy, small, stacked
from bajio.engines.frame.layout import AREA, Observations
from bajio.engines.frame.membership import PEER, FrameMembership
from bajio.engines.frame.period_columns import YEAR
from bajio.engines.frame.places import GROUP, JOINED, LEFT
from bajio.engines.frame.whole_frames import looked_at
from bajio.errors import UnknownCode, shown, some
from bajio.facts.areas import Areas
from bajio.facts.recognition import folded

_MOST_TOLD = 4
_MOST_COMPARED, _ALIKE = 4000, 0.8


def check_places(
    table: Observations,
    membership: FrameMembership,
    made: Sequence[str],
    *,
    partial: bool,
    dated: bool,
    tell: Callable[[str], object] | None = None,
    read: Collection[str] | None = None,
    areas: Areas | None = None,
) -> None:
    """Refuse areas that are asked for and that no row of the table is about.

    Of a group of peers one is enough: how many of them are there is told beside a rank.

    Args:
        table: the user's; nothing is asked of one that is lazy.
        membership: who is where.
        made: areas that can be the sums of parts that the table is about.
        partial: whether areas without figures are left out.
        dated: whether each period has its own composition.
        tell: takes which areas are left out.
        read: the areas of a lazy table where they have been read; of its years nothing is known.
        areas: those that are known: what nearly is the name of one that is not there is told.

    Raises:
        UnknownCode: there are some, the first of them.
    """
    if not is_lazy(table.frame):
        known = table.frame.select(table.keys()[0]).unique()
    elif read is None or dated:
        return
    else:
        membership = _run(membership)
        known = small({AREA: sorted(read)}, (str,), membership.newest)
    if made:
        sums = small({AREA: made}, (str,), known)
        known = stacked([known, sums]).unique()
    if not partial or tell is not None:
        wanted = _during(table, membership) if dated else membership.newest
        absent = _seen(wanted.join(known, on=[AREA], how="anti"))
        if not partial:
            _refuse(absent, known, areas)
        elif tell is not None and not absent.is_empty():
            codes = absent[AREA].unique().sort().to_list()
            text = some([shown(area) for area in codes], _MOST_TOLD)
            tell(f"left out, since no row of the table is about them: {text}")
    if membership.peers is not None:
        peers = membership.peers
        absent = _seen(peers.newest.join(known, on=[AREA], how="anti"))
        if peers.named or len(absent) == len(_seen(peers.newest)):
            _refuse(absent, known, areas)


def _run(membership: FrameMembership) -> FrameMembership:
    """A membership table whose newest areas have been read."""
    newest = looked_at(membership.newest.select(GROUP, AREA))
    peers = None if membership.peers is None else _run(membership.peers)
    return evolve(membership, newest=newest, peers=peers)


def _refuse(absent: "nw.DataFrame[Any]", known: Frame, areas: Areas | None) -> None:
    if absent.is_empty():
        return
    absent = absent.sort(GROUP, AREA)
    codes = absent[AREA].unique().sort().to_list()
    texts = [text for text in _seen(known)[AREA].to_list() if isinstance(text, str)]
    advice = _advice(codes, absent[GROUP].to_list()[0])
    for code in codes[:_MOST_TOLD]:
        if areas is not None and (near := _misspelt(code, texts, areas)):
            advice = f"{advice}; {shown(near)} in the table is nearly the name of {code}"
            break
    raise UnknownCode("area", codes[0], _alike(codes[0], texts), advice)


def _misspelt(code: str, texts: Sequence[str], areas: Areas) -> str:
    """What stands in a table that nearly is the name of an area, and is none; empty for nothing."""
    if code not in areas:
        return ""
    names = [folded(name) for name in areas[code].names.values()]
    strange = {folded(text): text for text in texts if text not in areas}
    compared = [text for text in strange if text not in names][:_MOST_COMPARED]
    for name in names:
        for near in get_close_matches(name, compared, n=1, cutoff=_ALIKE):
            return strange[near]
    return ""


def _seen(frame: Frame) -> "nw.DataFrame[Any]":
    return cast("nw.DataFrame[Any]", frame)


def _during(table: Observations, membership: FrameMembership) -> Frame:
    """The stays in years that the table is about; the newest where it is about none."""
    if table.layout.period is None:
        return membership.newest
    years = table.frame.select(table.keys()[1]).filter(nw.col(YEAR) >= 0)
    ends = _seen(years.select(nw.col(YEAR).min().alias("low"), nw.col(YEAR).max().alias("high")))
    [low], [high] = ends["low"].to_list(), ends["high"].to_list()
    if low is None or low != low:  # noqa: PLR0124  # pandas has no other way to say none
        return membership.newest
    begun = nw.col(JOINED).is_null() | (nw.col(JOINED) <= high)
    return membership.every.filter(begun & (nw.col(LEFT).is_null() | (nw.col(LEFT) > low)))


def _alike(area: str, known: Sequence[str]) -> list[str]:
    """Areas of the table that differ from one in zeros or blanks alone."""
    bare = _bare(area)
    return [name for name in known if _bare(name) == bare]


def _bare(code: str) -> str:
    return code.strip().lstrip("0").casefold()


def _advice(areas: list[str], group: str) -> str:
    region = shown(group.removeprefix(PEER))
    others = ", ".join(shown(area) for area in areas[1:_MOST_TOLD])
    more = len(areas) - _MOST_TOLD
    text = f" (nor of {others}{f' and {more} more' if more > 0 else ''})" if others else ""
    return (
        f"no row of the table is about it{text}, and {region} needs it: give its figures, or "
        "missing='partial'"
    )
