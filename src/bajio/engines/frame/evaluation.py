"""Evaluating: rules over the user's table, as one plan, on the table's own backend."""

from collections.abc import Iterable, Mapping, Sequence

import narwhals as nw
from attrs import evolve, field, frozen

from bajio.engines.frame.backend import Frame, small, text
from bajio.engines.frame.binding import BoundRule
from bajio.engines.frame.finishing import finish
from bajio.engines.frame.layout import AREA, REGION, YEAR, Observations
from bajio.engines.frame.places import GROUP, JOINED, LEFT, MEMBER, Place
from bajio.engines.frame.ranking import PEER, ranked, ranked_among_peers
from bajio.engines.frame.rows import COUNTRY, Source
from bajio.errors import InvalidValue
from bajio.facts.regions import Region
from bajio.rules.axes import MEMBER as AXIS
from bajio.rules.nodes import HOST, PARTS
from bajio.rules.plan import SELF


@frozen
class Membership:
    """A table of who is where and when.

    Attributes:
        frame: the user's.
        region, area: columns of codes.
        joined, left: columns of years; `None` where there are none.
        peers: those that regions are ranked among, where not one another.
    """

    frame: Frame
    region: str
    area: str
    joined: str | None = None
    left: str | None = None
    peers: "Membership | None" = None

    def __attrs_post_init__(self) -> None:
        schema = self.frame.collect_schema()
        for name in (self.region, self.area, self.joined, self.left):
            if name is not None and name not in schema:
                raise InvalidValue(
                    f"the membership table has no column {name!r}: it has {', '.join(schema)}"
                )

    def stays(self, *, dated: bool) -> Frame:
        """The areas of each region and peer: the newest, or each with its years.

        Raises:
            InvalidValue: years are asked for, and there are none.
        """
        own = self._stays(dated=dated)
        return own if self.peers is None else _stacked(own, self.peers.stays(dated=dated))

    def _stays(self, *, dated: bool) -> Frame:
        own = self._own()
        if dated:
            if self.joined is None or self.left is None:
                raise InvalidValue(
                    "membership='as-of' needs years of joining and leaving: name their columns, "
                    "as region_columns={'from': ..., 'to': ...}"
                )
            years = (
                nw.col(self.joined).cast(nw.Float64).alias(JOINED),
                nw.col(self.left).cast(nw.Float64).alias(LEFT),
            )
            return self.frame.select(*own, *years)
        frame = self.frame
        if self.left is not None:
            frame = frame.filter(nw.col(self.left).is_null())
        return frame.select(*own).unique()

    def _own(self) -> list[nw.Expr]:
        return [
            text(self.frame, self.region).alias(GROUP),
            text(self.frame, self.area).alias(AREA),
        ]

    def ever(self) -> Frame:
        """The areas that each region and peer has had at any time."""
        own = self.frame.select(*self._own()).unique()
        return own if self.peers is None else _stacked(own, self.peers.ever())


def _stacked(first: Frame, second: Frame) -> Frame:
    return nw.concat([first, second], how="vertical")


def of_peers(peers: Iterable[Region], like: Frame) -> Membership:
    """Peers as a membership table, under names that no region has."""
    return of_regions([evolve(one, code=PEER + one.code) for one in peers], like)


def of_regions(regions: Iterable[Region], like: Frame) -> Membership:
    """Regions as a membership table on the backend of a frame."""
    stays = [(one.code, stay) for one in regions for stay in one.memberships]
    columns: dict[str, Sequence[str | int | None]] = {
        "region": [code for code, _ in stays],
        "area": [stay.area for _, stay in stays],
        "joined": [stay.joined for _, stay in stays],
        "left": [stay.left for _, stay in stays],
    }
    table = small(columns, (str, str, int, int), like)
    return Membership(table, "region", "area", "joined", "left")


@frozen
class Hosts:
    """Which country each area lies in.

    Attributes:
        of: the country's code, for all areas; else the country by area.
        kinds: of the areas, by code, where they are known: a country's parts are those of a kind.
        currencies: of countries that are known.
        published: whether a country's figures are its own in the table, or the sum of its parts'.
    """

    of: str | Mapping[str, str]
    kinds: Mapping[str, str] = field(factory=dict)
    currencies: Mapping[str, str] = field(factory=dict)
    published: bool = True

    def countries(self, like: Frame) -> Frame | str:
        """The country of each area, as rates need it."""
        if isinstance(self.of, str):
            return self.of
        columns = {AREA: list(self.of), COUNTRY: list(self.of.values())}
        return small(columns, (str, str), like)

    def place(self, place: str, stays: Frame, like: Frame) -> Place:
        """The host of each region, or its parts."""
        parts = place == PARTS or not self.published
        if isinstance(self.of, str):
            if parts:
                raise InvalidValue(
                    f"the rule needs the parts of {self.of!r}: give the country of each area, "
                    "as hosts={area: country}"
                )
            own = small({GROUP: [self.of], AREA: [self.of]}, (str, str), like)
            group = nw.lit(self.of).alias(GROUP)
            links = stays.select(nw.col(GROUP).alias(REGION)).unique().with_columns(group)
            return Place(own, links)
        group_of = {
            area: f"{host}/{self.kinds.get(area, '')}" if parts else host
            for area, host in self.of.items()
        }
        every = small({AREA: list(group_of), GROUP: list(group_of.values())}, (str, str), like)
        hosts = list(dict.fromkeys(self.of.values()))
        own = every if parts else small({GROUP: hosts, AREA: hosts}, (str, str), like)
        return Place(own, _links(stays, every))

    def around(self, stays: Frame, like: Frame) -> Frame:
        """The host of each region that lies in one."""
        published = evolve(self, published=True)
        links = published.place(HOST, stays, like).links
        assert links is not None
        return links


def _links(stays: Frame, every: Frame) -> Frame:
    """The one group in which all areas of a region are; no row where there is none."""
    region = nw.col(GROUP).alias(REGION)
    found = stays.select(region, AREA).join(every, on=[AREA], how="left")
    found = found.select(REGION, GROUP).unique()
    counts = found.group_by(REGION).agg(nw.len().alias("n"))
    only = counts.filter(nw.col("n") == 1).select(REGION)
    return found.join(only, on=[REGION], how="inner").filter(~nw.col(GROUP).is_null())


@frozen(eq=False)
class Asked:
    """What is asked of a table.

    Attributes:
        table: the user's.
        rules: bound to it.
        membership: who is where.
        hosts: which country areas lie in.
        regions: regions that rules name, by code.
        partial: whether a rule takes the members that have all.
        dated: whether each period has the composition of its own.
        ranks: whether regions are ranked, among the peers or, without any, among one another.
        host: `keep`, or `drop` for peers that contain a region.
    """

    table: Observations
    rules: tuple[BoundRule, ...]
    membership: Membership
    hosts: Hosts
    regions: Mapping[str, Region] = field(factory=dict)
    partial: bool = False
    dated: bool = False
    ranks: bool = False
    host: str = "keep"

    @property
    def like(self) -> Frame:
        """The table, for what is made beside it."""
        return self.table.frame

    def places(self) -> dict[str, Place]:
        """The places that the rules are about."""
        stays = self.membership.stays(dated=False)
        names = dict.fromkeys((SELF, *(place for rule in self.rules for place in rule.places)))
        return {place: self._place(place, stays) for place in names}

    def _place(self, place: str, stays: Frame) -> Place:
        if place == SELF:
            return Place(stays, dated=self._dated(self.membership))
        ever = self.membership.ever() if self.dated else stays
        if place in {HOST, PARTS}:
            return self.hosts.place(place, ever, self.like)
        if place == AXIS:
            each = stays.select(nw.col(AREA).alias(GROUP), AREA).unique()
            links = stays.select(nw.col(GROUP).alias(REGION), nw.col(AREA).alias(GROUP))
            return Place(each, links)
        group = nw.lit(place).alias(GROUP)
        links = ever.select(nw.col(GROUP).alias(REGION)).unique().with_columns(group)
        if place in self.regions:
            held = of_regions([self.regions[place]], self.like)
            every = self._dated(held)
            every = None if every is None else every.with_columns(group)
            return Place(held.stays(dated=False).with_columns(group), links, every)
        own = nw.col(GROUP) == place
        every = self._dated(self.membership)
        return Place(stays.filter(own), links, None if every is None else every.filter(own))

    def _dated(self, membership: Membership) -> Frame | None:
        return membership.stays(dated=True) if self.dated else None


def evaluate(asked: Asked) -> Frame:
    """A row for each region and period, by the names of the user's columns."""
    countries = asked.hosts.countries(asked.like)
    source = Source(asked.table, asked.rules, asked.partial, countries, asked.hosts.currencies)
    found = finish(source, asked.rules, asked.places(), partial=asked.partial)
    if asked.ranks:
        stays = asked.membership.stays(dated=False)
        keys = [name for name in (YEAR, *asked.table.key_names) if name in found.collect_schema()]
        hosts = asked.hosts.around(stays, asked.like) if asked.host == "drop" else None
        if asked.membership.peers is None:
            found = ranked(found, asked.rules, keys, stays, hosts)
        else:
            found = ranked_among_peers(found, asked.rules, keys, stays, hosts)
    return _as_named(asked, found)


def _as_named(asked: Asked, frame: Frame) -> Frame:
    """A result with the user's names of region, period and keys."""
    layout = asked.table.layout
    columns = frame.collect_schema()
    own = [nw.col(REGION).alias(asked.membership.region)]
    if YEAR in columns and layout.period is not None:
        given = asked.like.collect_schema()[layout.period]
        kind = nw.Int64() if given.is_float() else given
        own.append(nw.col(YEAR).cast(kind).alias(layout.period))
    pairs = zip(asked.table.key_names, layout.keys, strict=True)
    own += [nw.col(name).alias(key) for name, key in pairs if name in columns]
    own += [nw.col(MEMBER).alias(AXIS)] if MEMBER in columns else []
    rest = [name for name in columns if not name.startswith("_")]
    return frame.select(*own, *rest)
