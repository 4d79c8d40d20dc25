"""Query plan: rules over the user's table, as one plan, on the table's own backend."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, cast

import narwhals as nw
from attrs import evolve, field, frozen

from bajio.engines.frame import column_kinds
from bajio.engines.frame.backend import Frame, is_lazy, small, stacked
from bajio.engines.frame.bound_rules import BoundRule
from bajio.engines.frame.competition_ranks import ranked, ranked_among_peers
from bajio.engines.frame.door import check_places
from bajio.engines.frame.layout import AREA, REGION, Observations
from bajio.engines.frame.membership import FrameMembership, of_regions
from bajio.engines.frame.part_sums import PartSums, of_parts
from bajio.engines.frame.period_columns import YEAR, shown_period
from bajio.engines.frame.places import EVERYTHING, GROUP, MEMBER, Place
from bajio.engines.frame.result_columns import INVALID, REASON, finish
from bajio.engines.frame.rows import COUNTRY, FrameSource
from bajio.errors import InvalidValue
from bajio.facts.areas import Areas
from bajio.facts.currencies import Currency
from bajio.facts.regions import Region
from bajio.rules.plan import HOST, MEMBER as AXIS, PARTS, SELF, LeafCell


@frozen
class Hosts:
    """Which country each area lies in.

    Attributes:
        of: the country's code, for all areas; else the country by area.
        kinds: of the areas, by code, where they are known: a country's parts are those of a kind.
        currencies: of countries, as far as they are known, with the years that they had them.
        published: whether a country's figures are its own in the table, or the sum of its parts'.
        rests: what countries have and none of their parts: the country by area.
    """

    of: str | Mapping[str, str]
    kinds: Mapping[str, str] = field(factory=dict)
    currencies: Mapping[str, tuple[Currency, ...]] = field(factory=dict)
    published: bool = True
    rests: Mapping[str, str] = field(factory=dict)

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
            stays_of_host = small({GROUP: [self.of], AREA: [self.of]}, (str, str), like)
            group = nw.lit(self.of).alias(GROUP)
            links = stays.select(nw.col(GROUP).alias(REGION)).unique().with_columns(group)
            return Place(stays_of_host, links)
        group_of = {
            area: f"{host}/{self.kinds.get(area, '')}" if parts else host
            for area, host in self.of.items()
        }
        every = small({AREA: list(group_of), GROUP: list(group_of.values())}, (str, str), like)
        hosts = list(dict.fromkeys(self.of.values()))
        stays_of_host = every if parts else small({GROUP: hosts, AREA: hosts}, (str, str), like)
        return Place(stays_of_host, _links(stays, every))

    def everything(self, stays: Frame, table: Observations, cells: Sequence[LeafCell]) -> Place:
        """The host of each region as the sum of its parts, and of what none of them has.

        The latter where the table has figures of all cells for it, in whatever period.
        """
        host = self.place(HOST, stays, table.frame)
        groups: dict[str, dict[str, None]] = {}
        for area, country in cast("Mapping[str, str]", self.of).items():
            groups.setdefault(country, {})[f"{country}/{self.kinds.get(area, '')}"] = None
        pairs = [(group, rest) for rest, of in self.rests.items() for group in groups[of]]
        columns = {GROUP: [group for group, _ in pairs], AREA: [area for _, area in pairs]}
        more = small(columns, (str, str), table.frame)
        for cell in cells:
            more = more.join(table.areas_with(cell), on=[AREA], how="inner")
        parts = host.stays.select(GROUP, AREA).filter(~nw.col(AREA).is_in(list(self.rests)))
        both = stacked([parts, more.select(GROUP, AREA)])
        return evolve(host, stays=both)

    def around(self, stays: Frame, like: Frame) -> Frame:
        """The host of each region that lies in one."""
        published = evolve(self, published=True)
        links = published.place(HOST, stays, like).links
        assert links is not None
        return links


def _links(stays: Frame, every: Frame) -> Frame:
    """The one group in which all areas of a region are; no row where there is none."""
    region = nw.col(GROUP).alias(REGION)
    links = stays.select(region, AREA).join(every, on=[AREA], how="left")
    links = links.select(REGION, GROUP).unique()
    counts = links.group_by(REGION).agg(nw.len().alias("n"))
    only = counts.filter(nw.col("n") == 1).select(REGION)
    return links.join(only, on=[REGION], how="inner").filter(~nw.col(GROUP).is_null())


@frozen(eq=False)
class TableQuestion:
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
        areas: those that are known: one without figures can be the sum of its parts.
        tell: takes what there is to tell, as that areas are left out.
        read: the areas of a lazy table where they have been read.
    """

    table: Observations
    rules: tuple[BoundRule, ...]
    membership: FrameMembership
    hosts: Hosts
    regions: Mapping[str, Region]
    partial: bool
    dated: bool
    ranks: bool
    host: str
    areas: Areas | None = None
    tell: Callable[[str], object] | None = None
    read: Collection[str] | None = None

    @property
    def like(self) -> Frame:
        """The table, for what is made beside it."""
        return self.table.frame

    @property
    def has_rates(self) -> bool:
        """Whether a rule converts, for which the country of each area is needed."""
        return any(leaf.rates for rule in self.rules for leaf in rule.leaves)

    def places(self) -> dict[str, Place]:
        """The places that the rules are about."""
        stays = self.membership.stays(dated=False)
        names = dict.fromkeys((SELF, *(place for rule in self.rules for place in rule.places)))
        return {place: self._place(place, stays) for place in names}

    def _place(self, place: str, stays: Frame) -> Place:
        if place == SELF:
            return Place(stays, dated=self._dated())
        ever = self.membership.ever() if self.dated else stays
        if place.startswith(EVERYTHING):
            [cells] = {cells_of([rule]) for rule in self.rules if place in rule.places}
            return self.hosts.everything(ever, self.table, cells)
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
            every = held.every.with_columns(group) if self.dated else None
            return Place(held.newest.with_columns(group), links, every)
        is_of_place = nw.col(GROUP) == place
        every = self._dated()
        return Place(
            stays.filter(is_of_place), links, None if every is None else every.filter(is_of_place)
        )

    def _dated(self) -> Frame | None:
        return self.membership.stays(dated=True) if self.dated else None


def evaluate(asked: TableQuestion) -> Frame:
    """A row for each region and period, by the names of the user's columns.

    Raises:
        InvalidData: a cell that is needed cannot be read, in a table that can be looked at.
        UnknownCode: areas that are asked for are not in such a table.
    """
    asked = evolve(asked, table=asked.table.checked(cells_of(asked.rules)))
    if asked.hosts.rests and not asked.hosts.published:
        asked = evolve(asked, rules=tuple(map(_of_everything, asked.rules)))
    parts = _parts(asked)
    made = () if parts is None else parts.areas
    tell = asked.tell if asked.partial else None
    check_places(
        asked.table,
        asked.membership,
        made,
        partial=asked.partial,
        dated=asked.dated,
        tell=tell,
        read=asked.read,
        areas=asked.areas,
    )
    source = FrameSource(
        asked.table,
        asked.rules,
        asked.partial,
        asked.hosts.countries(asked.like) if asked.has_rates else "",
        asked.hosts.currencies,
        parts,
    )
    places = asked.places()
    answers = finish(source, asked.rules, places, partial=asked.partial, ranks=asked.ranks)
    if any(rule.by_member for rule in asked.rules) and AXIS not in places:
        stays = asked.membership.stays(dated=False)  # what is the same for all has a row for each
        each = stays.select(nw.col(GROUP).alias(REGION), nw.col(AREA).alias(MEMBER)).unique()
        answers = answers.join(each, on=[REGION], how="inner")
    if asked.membership.unread is not None:
        answers = _unread(answers, asked.rules, asked.membership.unread)
    if asked.ranks:
        stays = asked.membership.stays(dated=False)
        there = answers.collect_schema()
        every = (*asked.table.period_names, *asked.table.key_names)
        keys = [name for name in every if name in there]
        hosts = asked.hosts.around(stays, asked.like) if asked.host == "drop" else None
        if asked.membership.peers is None:
            answers = ranked(answers, asked.rules, keys, stays, hosts)
        else:
            answers = ranked_among_peers(answers, asked.rules, keys, stays, hosts)
    return _as_named(asked, answers)


def _of_everything(rule: BoundRule) -> BoundRule:
    """A rule of sums over all that its host has: that its parts have, and none of them."""
    if not rule.is_of_sums:
        return rule
    cells = cells_of([rule])
    place = "\x1f".join([EVERYTHING, *(f"{cell.measure} {cell.where}" for cell in cells)])
    leaves = [
        evolve(leaf, leaf=evolve(leaf.leaf, place=place)) if leaf.leaf.place == HOST else leaf
        for leaf in rule.leaves
    ]
    return evolve(rule, leaves=tuple(leaves))


def _parts(asked: TableQuestion) -> PartSums | None:
    """What areas that are asked for can be the sums of."""
    peers = asked.membership.peers
    wanted = asked.membership.areas | (frozenset() if peers is None else peers.areas)
    wanted |= {stay.area for region in asked.regions.values() for stay in region.memberships}
    if asked.areas is None or not any(code in asked.areas for code in wanted):
        return None
    lags = {leaf.leaf.lag for rule in asked.rules for leaf in rule.leaves}
    if is_lazy(asked.like):
        codes = {area.code for area in asked.areas.few}
        return of_parts(asked.areas, codes, wanted, None, lags, asked.like)
    keys = asked.table.keys()
    codes = _values(asked.table.frame.select(keys[0]), AREA)

    def years() -> list[int]:
        if asked.table.layout.period is None:
            return []
        found = _values(asked.table.frame.select(keys[1]), YEAR)
        return sorted(year for year in found if isinstance(year, int) and year >= 0)

    return of_parts(asked.areas, codes, wanted, years, lags, asked.like)


def _values(frame: Frame, name: str) -> set[Any]:
    """The distinct values of a column of a table that can be looked at."""
    return set(cast("nw.DataFrame[Any]", frame.unique())[name].to_list())


def cells_of(rules: Sequence[BoundRule]) -> tuple[LeafCell, ...]:
    """The cells that rules read, rates included, each once."""
    leaves = [leaf for rule in rules for leaf in rule.leaves]
    cells = [figure.cell for leaf in leaves for figure in leaf.columns]
    cells += [LeafCell(rate.measure) for leaf in leaves for rate in leaf.rates]
    return tuple(dict.fromkeys(cells))


def _unread(frame: Frame, rules: Sequence[BoundRule], regions: Frame) -> Frame:
    """Values, none where the years of a region's members could not be read."""
    flags = regions.select(nw.col(GROUP).alias(REGION), nw.lit(1).alias("_unread"))
    frame = frame.join(flags, on=[REGION], how="left")
    good = nw.col("_unread").is_null()
    shown: list[nw.Expr] = []
    for rule in rules:
        why = nw.when(good).then(nw.col(rule.name + REASON)).otherwise(nw.lit(INVALID))
        shown += [nw.when(good).then(nw.col(rule.name)).alias(rule.name)]
        shown += [why.alias(rule.name + REASON)]
    return frame.with_columns(*shown).drop("_unread")


def _as_named(asked: TableQuestion, frame: Frame) -> Frame:
    """A result with the user's names of region, period and keys."""
    table, layout = asked.table, asked.table.layout
    columns = frame.collect_schema()
    own = [nw.col(REGION).cast(asked.membership.dtype).alias(asked.membership.name)]
    if YEAR in columns and layout.period is not None:
        period = shown_period(frame, table.given, layout.period, layout.frequency)
        own.append(period.alias(layout.period))
    pairs = zip(table.key_names, layout.keys, strict=True)
    own += [
        column_kinds.shown_key(frame, name, table.given, key).alias(key)
        for name, key in pairs
        if name in columns
    ]
    own += [nw.col(MEMBER).alias(AXIS)] if MEMBER in columns else []
    rest = [name for name in columns if not name.startswith("_")]
    return frame.select(*own, *rest)
