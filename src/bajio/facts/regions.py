"""Regions: named sets of areas, with years of membership and set algebra."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from attrs import evolve, field, frozen
from attrs.converters import optional

from bajio.errors import InvalidRegion, InvalidValue
from bajio.facts.areas import Areas
from bajio.labels import Label, as_label

_ALWAYS = (float("-inf"), float("inf"))


@frozen(order=True)
class Membership:
    """One area's stay in a region.

    Attributes:
        area: the area's code.
        joined: first year in which it is a member; `None`: since ever.
        left: first year in which it is one no more; `None`: it still is.
    """

    area: str
    joined: int | None = None
    left: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.joined is not None and self.left is not None and self.joined >= self.left:
            raise InvalidValue(f"{self.area} joined in {self.joined} and left in {self.left}")


@frozen
class Charter:
    """What an alliance says of itself.

    Attributes:
        agreement: the founding document.
        signed: when it was signed, as an ISO date or its beginning (`2018-11`).
        pillars, sectors, agenda: what it stands on, works on, and plans.
        anchor_firms: firms by the code of the area that they are in.
        workshops: how the agenda came about.
        governance: who decides.
        horizon: in years.
        aim: what it wants to be.
    """

    agreement: Label
    signed: str = ""
    pillars: tuple[Label, ...] = ()
    sectors: tuple[Label, ...] = ()
    agenda: tuple[Label, ...] = ()
    anchor_firms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    workshops: Label | None = None
    governance: Label | None = None
    horizon: int | None = None
    aim: Label | None = None


def _memberships(given: Iterable["str | Membership"]) -> tuple[Membership, ...]:
    if isinstance(given, str):
        raise InvalidRegion(f"a region takes an iterable of area codes, not the text {given!r}")
    stays = [Membership(stay) if isinstance(stay, str) else stay for stay in given]
    return _merge_stays(stays)


@frozen(eq=False)
class Region:
    """A named set of areas.

    Regions are equal when members and dates are, whatever their names.
    `|`, `&`, `-` and `^` are those of sets, at every year.

    Attributes:
        memberships: the stays of its members, sorted, those that touch merged.
        code: kebab-case name, or the area codes joined by `+`.
        names: what it is called, by language.
        basis: what makes it a region: a treaty, a law, a survey.
        charter: what it says of itself.
        replaces: the code itself, where it is to take the place of another plugin's.

    Examples:
        >>> bajio = Region(["MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP"], code="bajio")
        >>> west = Region(["MX-JAL", "MX-AGU"])
        >>> (bajio & west).members, len(bajio | west), "MX-JAL" in bajio
        (('MX-AGU',), 5, False)
        >>> eu = Region([Membership("GBR", left=2020), Membership("HRV", joined=2013), "FRA"])
        >>> eu.at(2010).members, eu.members
        (('FRA', 'GBR'), ('FRA', 'HRV'))
    """

    memberships: tuple[Membership, ...] = field(converter=_memberships)
    code: str = field(default="", kw_only=True)
    names: Label | None = field(default=None, converter=optional(as_label), kw_only=True)
    basis: str = field(default="", kw_only=True)
    charter: Charter | None = field(default=None, kw_only=True)
    replaces: str = field(default="", kw_only=True)
    members: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        newest = tuple(stay.area for stay in self.memberships if stay.left is None)
        object.__setattr__(self, "members", newest)
        if not self.code:
            object.__setattr__(self, "code", "+".join(newest))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Region) and self.memberships == other.memberships

    def __hash__(self) -> int:
        return hash(self.memberships)

    def __contains__(self, code: object) -> bool:
        return code in self.members

    def __iter__(self) -> Iterator[str]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def __or__(self, other: "Region") -> "Region":
        return self._combine(other, lambda mine, theirs: mine or theirs)

    def __and__(self, other: "Region") -> "Region":
        return self._combine(other, lambda mine, theirs: mine and theirs)

    def __sub__(self, other: "Region") -> "Region":
        return self._combine(other, lambda mine, theirs: mine and not theirs)

    def __xor__(self, other: "Region") -> "Region":
        return self._combine(other, lambda mine, theirs: mine != theirs)

    def name(self, language: str) -> str:
        """What the region is called: its code where it has no name."""
        return self.names.text(language) if self.names else self.code or "(no areas)"

    def at(self, year: int) -> "Region":
        """The region as it was composed in a year: joined inclusive, left exclusive."""
        return evolve(
            self, memberships=[stay.area for stay in self.memberships if _covers(stay, year)]
        )

    def remainder(self, host: str, areas: Areas) -> "Region":
        """The host without the region: the host's other areas of the members' kind.

        Raises:
            InvalidRegion: a member does not lie in the host.
        """
        kinds = {areas[code].kind for code in self.members}
        outside = [code for code in self.members if host not in areas.ancestors(code)]
        if outside or len(kinds) != 1:
            problem = f"{outside[0]} does not lie in it" if outside else "its areas differ in kind"
            raise InvalidRegion(f"region {self.code!r} has no remainder in {host}: {problem}")
        others = [
            code for code in areas.children(host, kinds.pop()) if code not in set(self.members)
        ]
        return Region(
            others, code=f"{host}-without-{self.code}", names=f"{areas[host].names} without {self}"
        )

    def _combine(self, other: "Region", keep: Callable[[bool, bool], bool]) -> "Region":
        codes = sorted({stay.area for stay in (*self.memberships, *other.memberships)})
        return Region(
            stay
            for code in codes
            for stay in _combine_stays(code, _spans(self, code), _spans(other, code), keep)
        )

    def __str__(self) -> str:
        return self.name("en")


def _covers(stay: Membership, year: int) -> bool:
    return (stay.joined is None or stay.joined <= year) and (stay.left is None or year < stay.left)


def _spans(region: Region, code: str) -> list[tuple[float, float]]:
    return [_span(stay) for stay in region.memberships if stay.area == code]


def _span(stay: Membership) -> tuple[float, float]:
    return (
        _ALWAYS[0] if stay.joined is None else stay.joined,
        _ALWAYS[1] if stay.left is None else stay.left,
    )


def _stay(area: str, start: float, end: float) -> Membership:
    return Membership(
        area,
        None if start == _ALWAYS[0] else int(start),
        None if end == _ALWAYS[1] else int(end),
    )


def _merge_stays(stays: Iterable[Membership]) -> tuple[Membership, ...]:
    merged: list[Membership] = []
    for stay in sorted(stays, key=lambda one: (one.area, _span(one))):
        start, end = _span(stay)
        if merged and merged[-1].area == stay.area and start <= _span(merged[-1])[1]:
            before = _span(merged.pop())
            start, end = before[0], max(end, before[1])
        merged.append(_stay(stay.area, start, end))
    return tuple(merged)


def _combine_stays(
    code: str,
    mine: list[tuple[float, float]],
    theirs: list[tuple[float, float]],
    keep: Callable[[bool, bool], bool],
) -> Iterator[Membership]:
    """Stays of one area over the pieces that the bounds of both sides cut time into."""
    bounds = sorted({_ALWAYS[0], _ALWAYS[1], *(bound for span in mine + theirs for bound in span)})
    for start, end in pairwise(bounds):
        inside = [any(a <= start and end <= b for a, b in spans) for spans in (mine, theirs)]
        if keep(*inside):
            yield _stay(code, start, end)


@frozen
class PeerGroup:
    """A named set of areas, or of regions, to rank among.

    Attributes:
        code: kebab-case name.
        names: what it is called, by language.
        memberships: the stays of its members, which are codes of areas or of regions.
        basis: what makes it a group.
        replaces: the code itself, where it is to take the place of another plugin's.
    """

    code: str
    names: Label = field(converter=as_label)
    memberships: tuple[Membership, ...] = field(converter=_memberships)
    basis: str = ""
    replaces: str = ""

    def at(self, year: int | None) -> tuple[str, ...]:
        """Codes of the members in a year; of the newest members where no year is given."""
        if year is None:
            return tuple(stay.area for stay in self.memberships if stay.left is None)
        return tuple(stay.area for stay in self.memberships if _covers(stay, year))
