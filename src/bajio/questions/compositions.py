"""Compositions: which areas a place is made of in a period. Nothing else decides that.

A region is made of its newest members, those of the reference year of the data, in all periods;
or, under `membership="as-of"`, of those that it had in each. Peer groups are as of the period.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from attrs import evolve, frozen

from bajio.errors import InvalidRegion
from bajio.facts.regions import PeerGroup, Region
from bajio.questions.choices import AS_OF
from bajio.registry import Registry

#: A peer group, or the code of one.
Peers = str | PeerGroup


class Makeup(NamedTuple):
    """What some peers are made of in a year.

    Attributes:
        areas: codes of the areas of each peer; none where it overlaps itself that year.
        touching: for each area the peers that are made of it, or of an area that lies in it.
    """

    areas: Mapping[str, tuple[str, ...]]
    touching: Mapping[str, set[str]]


@frozen(eq=False, repr=False)
class Compositions:
    """Gives the members of regions, peers and groups under the membership that was asked for.

    Attributes:
        registry: what is known.
        membership: `newest` or `as-of`.
    """

    registry: Registry
    membership: str

    def is_dated(self, region: Region) -> bool:
        """Whether a region can have other members in one year than in another."""
        return self.membership == AS_OF and region.is_dated

    def members(self, region: Region, year: int | None) -> tuple[str, ...]:
        """Codes of a region's members in a year; the newest where none is given.

        Raises:
            InvalidRegion: it has none in that year, or one of them lies in another.
        """
        if not region.is_dated:
            return region.members
        codes, when = region.members, ""
        if year is not None and self.membership == AS_OF:
            codes, when = region.members_in(year), f" in {year}"
        if not codes:
            raise InvalidRegion(f"{region} has no members in {year}: {lifetime(region)}")
        if ("disjoint", codes) not in self.registry.kept:
            try:
                self.registry.areas.check_disjoint(codes)
            except InvalidRegion as error:
                raise InvalidRegion(f"{region}{when}: {error}") from None
            self.registry.kept["disjoint", codes] = True
        return codes

    def over(self, region: Region, years: Sequence[int] | None) -> tuple[str, ...]:
        """Codes of all that are members in one of some years; sorted.

        Without years of all that can be: the newest members, or whoever is one at any time.

        Raises:
            InvalidRegion: as for `members`.
        """
        if not self.is_dated(region):
            return self.members(region, None)
        if years is None:
            return region.areas
        return tuple(sorted({code for year in years for code in self.members(region, year)}))

    def place(self, code: str) -> Region:
        """A region by code; kept by the registry."""
        return self.registry.keep(("region", code), lambda: self.registry.region(code))

    def group(self, peers: Peers, year: int | None) -> tuple[str, ...]:
        """Codes of the peers in a year, without the regions that have no members then; kept."""
        key = ("members of group", peers, self.membership, year)
        codes: tuple[str, ...] | None = self.registry.kept.get(key)
        if codes is None:
            group = self.peer_group(peers)
            codes = group.newest(self.registry.today) if year is None else group.members_in(year)
            if self.membership == AS_OF and year is not None:
                regions = self.regions(peers, codes)
                codes = tuple(
                    code for code in codes if code not in regions or regions[code].members_in(year)
                )
            self.registry.kept[key] = codes
        return codes

    def regions(self, peers: Peers, codes: Iterable[str]) -> dict[str, Region]:
        """The regions that are among some peers, by code; the others are areas."""
        group_regions = {region.code: region for region in self.peer_group(peers).regions}
        known = self.registry.regions
        return {
            code: group_regions[code] if code in group_regions else self.place(code)
            for code in codes
            if code in group_regions or code in known
        }

    def made_of(self, peers: Peers, codes: Iterable[str], year: int | None) -> Makeup:
        """What peers are made of; kept by the registry."""
        every = tuple(codes)
        key = ("made of", peers, every, self.membership, year)
        makeup: Makeup | None = self.registry.kept.get(key)
        if makeup is None:
            areas: dict[str, tuple[str, ...]] = {code: (code,) for code in every}
            for code, region in self.regions(peers, every).items():
                try:
                    areas[code] = self.members(region, year)
                except InvalidRegion:
                    areas[code] = ()
            touching: dict[str, set[str]] = {}
            for code, own in areas.items():
                for area in own:
                    for outer in (area, *self.registry.areas.ancestors(area)):
                        touching.setdefault(outer, set()).add(code)
            makeup = self.registry.kept[key] = Makeup(areas, touching)
        return makeup

    def peer_group(self, peers: Peers) -> PeerGroup:
        """A peer group; kept by the registry."""
        return self.registry.keep(("group", peers), lambda: self.registry.peer_group(peers))


def lifetime(region: Region) -> str:
    """When a region has members, in words.

    Examples:
        >>> from bajio.facts.regions import Membership
        >>> past, coming = Membership("A", 2000, 2010), Membership("A", 2030)
        >>> lifetime(Region([past])), lifetime(Region([Membership("A", left=2020), coming]))
        ('it has some from 2000 to 2009', 'it has some until 2019 and from 2030 on')
    """
    spans = Region([evolve(stay, area="any") for stay in region.memberships]).memberships
    told = []
    for span in spans:
        if span.left is None:
            told.append("in all years" if span.joined is None else f"from {span.joined} on")
        elif span.joined is None:
            told.append(f"until {span.left - 1}")
        else:
            told.append(f"from {span.joined} to {span.left - 1}")
    return f"it has some {' and '.join(told)}"
