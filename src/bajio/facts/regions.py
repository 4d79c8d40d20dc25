"""Regions: named sets of areas, with years of membership and set algebra."""

import operator
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from attrs import evolve, field, fields, frozen
from attrs.converters import optional

from bajio.arguments import as_instance, as_items, as_text, as_texts
from bajio.brief import Alike, Brief
from bajio.errors import InvalidRegion, InvalidValue, shown
from bajio.facts.areas import Areas
from bajio.facts.periods import as_year
from bajio.facts.restoration import altered, restored
from bajio.labels import Label, as_label

_ALWAYS = (float("-inf"), float("inf"))


@frozen(order=True, repr=False)
class Membership(Brief):
    """One area's stay in a region.

    Attributes:
        area: the area's code.
        joined: first year in which it is a member; `None`: since ever.
        left: first year in which it is one no more; `None`: it still is.
    """

    area: str
    joined: int | None = field(default=None, converter=optional(as_year))
    left: int | None = field(default=None, converter=optional(as_year))

    def __attrs_post_init__(self) -> None:
        if self.joined is not None and self.left is not None and self.joined >= self.left:
            raise InvalidValue(f"{self.area} joined in {self.joined} and left in {self.left}")


def _labels(values: Iterable[Label | Mapping[str, str] | str]) -> tuple[Label, ...]:
    return tuple(map(as_label, as_items(values, "what a charter lists")))


@frozen(eq=False, repr=False)
class Charter(Alike):
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

    agreement: Label = field(converter=as_label)
    signed: str = ""
    pillars: tuple[Label, ...] = field(default=(), converter=_labels)
    sectors: tuple[Label, ...] = field(default=(), converter=_labels)
    agenda: tuple[Label, ...] = field(default=(), converter=_labels)
    anchor_firms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    workshops: Label | None = field(default=None, converter=optional(as_label))
    governance: Label | None = field(default=None, converter=optional(as_label))
    horizon: int | None = None
    aim: Label | None = field(default=None, converter=optional(as_label))


def _memberships(values: Iterable["str | Membership"]) -> tuple[Membership, ...]:
    if isinstance(values, str):
        raise InvalidRegion(
            f"a region takes an iterable of area codes, not the text {shown(values)}"
        )
    stays = [
        stay if isinstance(stay, Membership) else Membership(as_text(stay, "a member's code"))
        for stay in as_items(values, "members")
    ]
    return _merge_stays(stays)


def _aliases(values: Iterable[str]) -> tuple[str, ...]:
    return as_texts(values, "aliases") if values else ()


def _charter(charter: Charter) -> Charter:
    return as_instance(charter, Charter, "a region's charter")


class _OfStays(Brief):
    """Root of what areas join and leave: a region, a peer group."""

    __slots__ = ()
    memberships: tuple[Membership, ...]

    def members_in(self, year: int) -> tuple[str, ...]:
        """Codes of the members in a year: joined inclusive, left exclusive."""
        return tuple(
            [
                stay.area
                for stay in self.memberships
                if (stay.joined is None or stay.joined <= year)
                and (stay.left is None or year < stay.left)
            ]
        )

    def newest(self, today: int | None) -> tuple[str, ...]:
        """Codes of the newest members; the last where all have left, the first where none is in.

        Args:
            today: the year; without one, members are those whose stay has no end.
        """
        stays = self.memberships
        if today is None:
            now = tuple([stay.area for stay in stays if stay.left is None])
        else:
            now = self.members_in(today)
        if now or not stays:
            return now
        ends = [stay.left for stay in stays if stay.left is not None]
        past = [end for end in ends if today is None or end <= today]
        starts = [stay.joined for stay in stays if stay.joined is not None]
        return self.members_in(max(past) - 1 if past else min(starts))


@frozen(eq=False, repr=False)
class Region(_OfStays):
    """A named set of areas.

    Regions are equal when members and dates are, whatever their names.
    `|`, `&`, `-` and `^` are those of sets, at every year. Where the areas are known, as they are
    to the regions that `bajio.region` gives, an area less one that lies in it is its other parts;
    else that is found out as soon as the region is asked about.

    Attributes:
        memberships: the stays of its members, sorted, those that touch merged.
        members: its newest composition: the members of the year `today`. Of a region that is no
            more by then the last members, of one that is yet to begin the first.
        code: kebab-case name, or the area codes joined by `+`.
        names: what it is called, by language.
        basis: what makes it a region: a treaty, a law, a survey.
        charter: what it says of itself.
        replaces: the code itself, where it is to take the place of another plugin's.
        aliases: other names, by which it is asked for as by its names.
        today: the year of the newest composition, which a registry gives by the reference year of
            its data; without one, members are those whose stay has no end.
        known: the areas that are known to it, as to those that a registry gives.
        is_dated: whether it has had, or will have, other members than it has.

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
    charter: Charter | None = field(default=None, kw_only=True, converter=optional(_charter))
    replaces: str = field(default="", kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True, converter=_aliases, repr=False)
    today: int | None = field(default=None, kw_only=True, repr=False)
    known: Areas | None = field(default=None, kw_only=True, repr=False)
    _operation: "_Operation | None" = field(default=None, kw_only=True, repr=False)
    members: tuple[str, ...] = field(init=False)
    is_dated: bool = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        stays = self.memberships
        dated = any(stay.joined is not None or stay.left is not None for stay in stays)
        object.__setattr__(self, "is_dated", dated)
        newest = self.newest(self.today)
        object.__setattr__(self, "members", newest)
        if not as_text(self.code, "the code of a region"):
            object.__setattr__(self, "code", "+".join(newest))

    def __reduce__(self) -> tuple[Any, ...]:
        """All but the areas, which whoever asks about it knows."""
        names = [one.name for one in fields(Region) if one.name != "known"]
        return restored, (Region, {name: getattr(self, name) for name in names})

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
        return self._combine(other, operator.or_)

    def __and__(self, other: "Region") -> "Region":
        return self._combine(other, operator.and_)

    def __sub__(self, other: "Region") -> "Region":
        return self._combine(other, operator.sub)

    def __xor__(self, other: "Region") -> "Region":
        return self._combine(other, operator.xor)

    @property
    def areas(self) -> tuple[str, ...]:
        """Codes of all areas that are, were or will be its members; sorted."""
        return tuple(dict.fromkeys(stay.area for stay in self.memberships))

    def name(self, language: str) -> str:
        """What the region is called: its code where it has no name."""
        return (self.code or "(no areas)") if self.names is None else self.names.text(language)

    def at(self, year: int) -> "Region":
        """The region as it was composed in a year: joined inclusive, left exclusive."""
        return evolve(
            self,
            memberships=self.members_in(year),
            operation=self._operation and self._operation.at(year),
        )

    def known_to(self, areas: Areas, today: int | None) -> "Region":
        """The region where areas are known: what was taken from an area leaves its other parts.

        Members that are called by names have codes from then on.

        Args:
            areas: those that are known.
            today: the year of the newest composition.

        Raises:
            UnknownCode: a code that names no area.
            InvalidRegion: an area and what is taken from it have no parts of one kind.
        """
        if self.known is areas and self.today == today:
            return self
        if self._operation is None:
            named = any(stay.area not in areas for stay in self.memberships)
            region = self._coded(areas) if named else self
            newest = region.newest(today)
            return altered(region, known=areas, today=today, members=newest)
        found = self._operation.on(areas, today)
        has_code = self.code != "+".join(self.newest(self.today))
        code = self.code if has_code else found.code
        return evolve(found, code=code, names=self.names, basis=self.basis, charter=self.charter)

    def _coded(self, areas: Areas) -> "Region":
        """The region with the codes of members that are called by a clear name."""
        texts = {stay.area for stay in self.memberships if stay.area not in areas}
        recogniser = areas.recogniser()
        named = {text: recogniser.named(text) for text in texts}
        codes = {text: found[0].code for text, found in named.items() if len(found) == 1}
        stays = [evolve(stay, area=codes.get(stay.area, stay.area)) for stay in self.memberships]
        is_own = self.code != "+".join(self.members)
        return evolve(self, memberships=stays, code=self.code if is_own else "")

    def remainder(self, host: str, areas: Areas, year: int | None = None) -> "Region":
        """The host without the region: its other areas of the members' kind; none is left of all.

        Where the members differ in kind, or some of the host has no areas of theirs, parts of the
        host that are as large as can be.

        Args:
            host: code of an area that all members lie in.
            areas: those that are known.
            year: in which the parts of the host exist; without one, those that there still are.

        Raises:
            InvalidRegion: a member does not lie in the host.
        """
        members = set(self.members)
        kinds = {areas[code].kind for code in members}
        outside = [code for code in self.members if host not in areas.ancestors(code)]
        if outside or not members:
            problem = f"{outside[0]} does not lie in it" if outside else "it has no areas"
            raise InvalidRegion(f"region {self.code!r} has no remainder in {host}: {problem}")
        kind = kinds.pop() if len(kinds) == 1 else None
        if kind is None or areas.without(host, kind, year):
            parts = areas.broken(host, members)
        else:
            parts = areas.parts(host, kind, year)
        return Region(
            [code for code in parts if code not in members],
            code=f"{host}-without-{self.code}",
            names=f"{areas[host].names} without {self}",
            known=areas,
            today=self.today,
        )

    def _combine(self, other: "Region", keep: "Keep") -> "Region":
        areas = self.known if self.known is not None else other.known
        today = self.today if self.today is not None else other.today
        if areas is not None:
            return _Operation(keep, self, other).on(areas, today)
        stays = _combined(self.memberships, other.memberships, keep)
        return Region(stays, today=today, operation=_Operation(keep, self, other))

    def __str__(self) -> str:
        return self.name("en")


Keep = Callable[[bool, bool], bool]


@frozen(eq=False, repr=False)
class _Operation:
    """An operation on two regions, to be carried out where areas are known."""

    keep: Keep
    first: Region
    second: Region

    def at(self, year: int) -> "_Operation":
        """The operation on the regions as they were composed in a year."""
        return _Operation(self.keep, self.first.at(year), self.second.at(year))

    def on(self, areas: Areas, today: int | None) -> Region:
        """Its outcome among parts of one level; a union stays what it is, to be refused."""
        first, second = (operand.known_to(areas, today) for operand in (self.first, self.second))
        mine, theirs = first.memberships, second.memberships
        if self.keep is not operator.or_:
            every = {*first.areas, *second.areas}
            mine, theirs = _levelled(mine, every, areas), _levelled(theirs, every, areas)
        return Region(_combined(mine, theirs, self.keep), today=today, known=areas)


def _levelled(
    stays: Iterable[Membership], others: Iterable[str], areas: Areas
) -> tuple[Membership, ...]:
    """Stays with each area broken into its parts where one of other areas lies in it."""
    around = {outer for other in others for outer in areas.ancestors(other)}
    return tuple(
        evolve(stay, area=part) if part != stay.area else stay
        for stay in stays
        for part in (areas.broken(stay.area, others) if stay.area in around else (stay.area,))
    )


def _combined(
    mine: tuple[Membership, ...], theirs: tuple[Membership, ...], keep: Keep
) -> list[Membership]:
    """Stays of all areas of either side, as long as an operation keeps them."""
    first, second = _spans(mine), _spans(theirs)
    return [
        stay
        for code in sorted(first.keys() | second.keys())
        for stay in _combine_stays(code, first.get(code, []), second.get(code, []), keep)
    ]


def _spans(stays: Iterable[Membership]) -> dict[str, list[tuple[float, float]]]:
    """The spans of each area, as they are sorted: none touches another."""
    result: dict[str, list[tuple[float, float]]] = {}
    for stay in stays:
        result.setdefault(stay.area, []).append(_span(stay))
    return result


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
    for stay in sorted(stays, key=lambda sorted_stay: (sorted_stay.area, _span(sorted_stay))):
        if merged and merged[-1].area == stay.area:
            (first, last), (start, end) = _span(merged[-1]), _span(stay)
            if start <= last:
                merged[-1] = _stay(stay.area, first, max(last, end))
                continue
        merged.append(stay)
    return tuple(merged)


def _combine_stays(
    code: str,
    mine: list[tuple[float, float]],
    theirs: list[tuple[float, float]],
    keep: Keep,
) -> Iterator[Membership]:
    """Stays of one area over the pieces that the bounds of both sides cut time into."""
    bounds = sorted({_ALWAYS[0], _ALWAYS[1], *(bound for span in mine + theirs for bound in span)})
    for start, end in pairwise(bounds):
        inside = [_holds(spans, start, end) for spans in (mine, theirs)]
        if keep(*inside) > 0:  # true less false is one, false less true is not
            yield _stay(code, start, end)


def _holds(spans: list[tuple[float, float]], start: float, end: float) -> bool:
    """Whether one of some sorted spans, none of which touches another, holds all of a piece."""
    position = bisect_right(spans, start, key=operator.itemgetter(0)) - 1
    return position >= 0 and end <= spans[position][1]


@frozen(repr=False)
class PeerGroup(_OfStays):
    """A named set of areas, or of regions, to rank among.

    Attributes:
        code: kebab-case name.
        names: what it is called, by language.
        memberships: the stays of its members, which are codes of areas or of regions.
        basis: what makes it a group.
        replaces: the code itself, where it is to take the place of another plugin's.
        regions: regions of its own, which no registry knows, that its members name by their codes.
        aliases: other names, by which it is asked for as by its names.
    """

    code: str
    names: Label = field(converter=as_label)
    memberships: tuple[Membership, ...] = field(converter=_memberships)
    basis: str = ""
    replaces: str = ""
    regions: tuple[Region, ...] = field(default=(), kw_only=True)
    aliases: tuple[str, ...] = field(
        default=(), kw_only=True, converter=_aliases, eq=False, repr=False
    )

    def __hash__(self) -> int:
        return hash(self.code)  # its members are many

    def at(self, year: int | None) -> tuple[str, ...]:
        """Codes of the members in a year; of the newest members where no year is given."""
        if year is None:
            return self.newest(None)
        return self.members_in(year)
