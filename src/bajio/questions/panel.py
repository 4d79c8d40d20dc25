"""Indicators over the user's own table: for all regions and periods at once, on its backend."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import evolve

from bajio.arguments import as_items
from bajio.engines.outcome import Missing
from bajio.engines.planning import Planner
from bajio.errors import InvalidValue, UnitMismatch, UnknownCode, shown
from bajio.facts.areas import UNALLOCATED
from bajio.facts.measures import Measure
from bajio.facts.regions import Membership, PeerGroup, Region
from bajio.indicator import Better, Indicator
from bajio.questions.asking import IndicatorsLike
from bajio.questions.choices import AS_OF
from bajio.questions.compositions import Compositions
from bajio.questions.panel_areas import NAMES, TableAreas, region_of
from bajio.questions.panel_options import PanelOptions
from bajio.registry import Registry
from bajio.rules.axes import Table
from bajio.rules.plan import HOST, MEMBER, PARTS, SELF
from bajio.units import factor

if TYPE_CHECKING:
    from bajio.engines.frame.bound_rules import BoundRule

#: A frame of whatever backend.
NativeFrame = TypeVar("NativeFrame")
ROLES = ("area", "period", "measure", "value")


def evaluate_panel(
    frame: NativeFrame,
    indicators: IndicatorsLike,
    registry: Registry,
    options: PanelOptions,
) -> NativeFrame:
    """Indicators for each region and period of a table, as the options say."""
    from bajio.engines.frame.backend import is_lazy, known_frame, refusing, without_call_sites
    from bajio.engines.frame.layout import Observations
    from bajio.engines.frame.query_plan import TableQuestion, cells_of, evaluate

    with refusing(), without_call_sites():
        known, options = _in_rows(known_frame(frame, "the table"), options)
        measures = {**registry.dataset.measures, **options.measures}
        _check_keys(options, measures)
        bound = tuple(
            rule
            for indicator in _asked(indicators, registry)
            for rule in _bound(indicator, registry, measures, options)
        )
        _check_names(bound, options)
        layout = _layout(options, measures, registry)
        table = Observations.of(known, layout, measures, cells_of(bound))
        areas = TableAreas(registry, options.areas, is_lazy(known), options.notes)
        places = {place for rule in bound for place in rule.places} - {SELF, HOST, PARTS, MEMBER}
        members = _membership(options, areas, known)
        _check_columns([members.name, *options.by], bound, options)
        members = _with_peers(members, options, registry, known)
        regions = _regions_of(places, registry, options)
        wanted = {stay.area for region in regions.values() for stay in region.memberships}
        wanted |= members.areas | (members.peers.areas if members.peers else frozenset())
        codes = areas.in_column(table, wanted)
        asked = TableQuestion(
            table.with_codes(codes),
            bound,
            members,
            _hosts(options, registry),
            regions,
            partial=options.missing == Missing.PARTIAL,
            dated=options.membership == "as-of",
            ranks=options.rank or options.peers is not None,
            host=options.host,
            areas=registry.areas,
            tell=options.notes,
            read=set(codes.values()) if options.areas == NAMES else None,
        )
        return cast("NativeFrame", evaluate(asked).to_native())


def _in_rows(table: Any, options: PanelOptions) -> tuple[Any, PanelOptions]:
    """A table with its periods down the side, and the options that say so."""
    from bajio.engines.frame.period_headers import as_long, headed

    columns = headed(options.wide, options.period_columns)
    if not columns:
        return table, options
    names = {role: options.columns.get(role, role) for role in ROLES[1:]}
    return as_long(table, columns, **names), evolve(options, wide={}, period_columns={})


def _check_keys(options: PanelOptions, measures: Mapping[str, Measure]) -> None:
    """Refuse a measure that nobody knows, wherever an option names one."""
    for name in ("wide", "codes", "units", "quarterly", "monthly"):
        for code in getattr(options, name):
            if code not in measures:
                advice = f"{name} names measures: bring one of your own, as measures=[...]"
                raise UnknownCode(f"measure in {name}", code, measures, advice)


def _check_columns(
    keys: Sequence[str], bound: "Sequence[BoundRule]", options: PanelOptions
) -> None:
    """Refuse columns of a result that would have one name."""
    names = [options.columns.get("period", "period") if key == "period" else key for key in keys]
    names += [f"{rule.name}{end}" for rule in bound for end in ("", "_coverage", "_reason")]
    for name in names:
        if names.count(name) > 1:
            raise InvalidValue(
                f"two columns of the result would be called {shown(name)}: rename one of the table"
            )


def _asked(indicators: IndicatorsLike, registry: Registry) -> list[Indicator]:
    asked = [indicators] if isinstance(indicators, str | Indicator) else list(indicators)
    if not asked:
        raise InvalidValue("no indicator is asked for: name one")
    return list(dict.fromkeys(registry.indicator(item) for item in asked))


def _check_names(bound: "Sequence[BoundRule]", options: PanelOptions) -> None:
    names = [rule.name for rule in bound]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidValue(f"two columns would be called {twice[0]!r}: ask for one at a time")
    by_member = [rule.name for rule in bound if rule.by_member]
    if by_member and len(bound) > 1:
        raise InvalidValue(f"{by_member[0]!r} has a row for each member: ask for it alone")
    if by_member and (options.rank or options.peers is not None):
        raise InvalidValue(f"{by_member[0]!r} is by member: regions have no rank in it")
    if by_member and options.membership == "as-of":
        raise InvalidValue(f"{by_member[0]!r} is by member: membership can be newest")


def _bound(
    indicator: Indicator,
    registry: Registry,
    measures: Mapping[str, Measure],
    options: PanelOptions,
) -> "list[BoundRule]":
    """The rules of an indicator, bound to the table: one, or one for each key of a small table."""
    from bajio.engines.frame.bound_rules import TableSupply, bind_table

    def nested(measure: str, dimension: str) -> Any:
        known = dict(measures[measure].classifications) if measure in measures else {}
        if known.get(dimension) not in registry.dataset.classifications:
            raise UnknownCode(f"classification of {measure}", dimension, known)
        return registry.dataset.classifications[known[dimension]]()

    lower, supply = indicator.better is Better.LOWER, TableSupply(measures, options.units)
    plans = Planner(measures, nested).plans(indicator.code, indicator.rule)
    bound = [
        bind_table(name, plan, indicator.unit, supply, lower_is_better=lower)
        for name, plan in plans.items()
    ]
    rule = indicator.rule
    by_member = isinstance(rule, Table) and rule.by_member
    return [evolve(bound_rule, by_member=True) for bound_rule in bound] if by_member else bound


def _layout(options: PanelOptions, measures: Mapping[str, Measure], registry: Registry) -> Any:
    """Where things stand in the table, by the names that the options give."""
    from bajio.engines.frame.layout import Layout

    columns = dict(options.columns)
    area, period, measure, value = (columns.pop(role, role) for role in ROLES)
    dimensions = {name for one in measures.values() for name in one.dimensions}
    for name in columns:
        if name not in dimensions:
            known = (*ROLES, *sorted(dimensions))
            raise UnknownCode("role of a column", name, known, f"it can be {', '.join(known)}")
    long = not options.wide
    return Layout(
        area,
        period if "period" in options.by else None,
        measure if long else None,
        value if long else None,
        options.wide,
        options.codes,
        columns,
        tuple(key for key in options.by if key != "period"),
        options.nan,
        options.frequency,
        options.shorter,
        {
            code: least
            for code, one in measures.items()
            if (least := _least(one, options)) is not None
        },
        tuple(_rests(registry)),
    )


def _least(measure: Measure, options: PanelOptions) -> float | None:
    """The least figure of a measure in the table's unit."""
    if not measure.minimum:
        return None if measure.minimum is None else 0.0
    unit = options.units.get(measure.code, measure.unit)
    try:
        return float(measure.minimum * factor(measure.unit, unit))
    except UnitMismatch:
        return None


def _membership(options: PanelOptions, areas: TableAreas, table: Any) -> Any:
    from bajio.engines.frame import membership

    regions, registry = options.regions, areas.registry
    if not is_frame(regions):
        if isinstance(regions, Mapping):
            asked = list(areas.regions(regions))
        else:
            is_single = isinstance(regions, str | Region)
            listed = [regions] if is_single else as_items(regions, "regions")
            asked = [region_of(region, registry) for region in listed]
        if not asked:
            raise InvalidValue("no region is asked for: name one, or give a membership table")
        places = Compositions(registry, options.membership)
        return membership.of_regions([_composed(is_single, places) for is_single in asked], table)
    from bajio.engines.frame.backend import as_beside, known_frame

    frame = as_beside(known_frame(regions, "regions"), table, "regions")
    named = areas.codes_of if areas.called == NAMES else None
    members = membership.of_table(frame, options.region_columns, registry.today, named)
    rests = _rests(registry)
    return (
        membership.allocated(members, rests, registry.areas.check_allocated) if rests else members
    )


def _with_peers(membership: Any, options: PanelOptions, registry: Registry, table: Any) -> Any:
    """A membership table with the peers that regions are ranked among."""
    from bajio.engines.frame.membership import of_peers

    if options.peers is None:
        return membership
    places = Compositions(registry, options.membership)
    peers = [_composed(peer, places) for peer in _peers(options.peers, places)]
    named = not isinstance(options.peers, str | PeerGroup)
    return evolve(membership, peers=of_peers(peers, table, named=named))


def _composed(region: Region, places: Compositions) -> Region:
    """A region with its newest members alone, or with those of each year where that is asked for.

    Raises:
        InvalidRegion: two of them that it has at one time overlap.
    """
    known = region.known is not None  # else its areas are known to the table alone
    if not places.is_dated(region):
        newest = region if known else evolve(region, today=places.registry.today)
        return evolve(region, memberships=places.members(region, None) if known else newest.members)
    if not known:
        return region
    for year in sorted({turn for stay in region.memberships for turn in _turns(stay)}):
        if region.members_in(year):
            places.members(region, year)
    return region


def _turns(stay: Membership) -> Iterator[int]:
    """The years in which a stay may change who is a member: the first, and the one before."""
    if stay.joined is not None:
        yield from (stay.joined - 1, stay.joined)
    if stay.left is not None:
        yield from (stay.left - 1, stay.left)


def _peers(value: Any, places: Compositions) -> Iterator[Region]:
    """The peers as regions: as long as they are in the group, where years count."""
    registry = places.registry
    if isinstance(value, Region):
        whole = region_of(value, registry)
        group = PeerGroup(whole.code, whole.code, whole.memberships)
    elif isinstance(value, str | PeerGroup):
        group = registry.peer_group(value) if isinstance(value, str) else value
    else:
        yield from (_peer(peer_code, registry) for peer_code in _listed(value))
        return
    now = group.newest(registry.today)
    group_regions = {region.code: region for region in group.regions}
    for code in dict.fromkeys(stay.area for stay in group.memberships):
        peer = group_regions.get(code) or _peer(code, registry)
        if places.membership == AS_OF:
            stays = [stay for stay in group.memberships if stay.area == code]
            during = Region([evolve(stay, area=area) for area in peer.areas for stay in stays])
            yield evolve(peer, memberships=(peer & during).memberships)
        elif code in now:
            yield peer


def _listed(value: Any) -> list[Any]:
    peers = list(value) if isinstance(value, Iterable) else [value]
    if not peers:
        raise InvalidValue("there is no peer to rank among: name some, or leave peers out")
    return peers


def _peer(value: Any, registry: Registry) -> Region:
    """A peer as a region: what is registered under its code, else the area of that code."""
    if isinstance(value, Region) or (isinstance(value, str) and value in registry.regions):
        return region_of(value, registry)
    if not isinstance(value, str):
        raise InvalidValue(f"{shown(value)} is no peer: give codes of areas or regions, or regions")
    if value not in registry.areas:
        named = registry.recogniser.named(value)  # else the table alone knows it
        value = named[0].code if len(named) == 1 else value
    if value in registry.areas:
        registry.areas.check_allocated([value])
    return region_of(value, registry) if value in registry.regions else Region([value], code=value)


def is_frame(value: object) -> bool:
    """Whether something is a frame: it has columns, as no code, region or list of codes has."""
    return hasattr(type(value), "columns")


def _hosts(options: PanelOptions, registry: Registry) -> Any:
    from bajio.engines.frame.query_plan import Hosts

    areas = registry.areas
    published = options.host_figures == "published"
    currencies = {
        code: currencies_of for code in areas if (currencies_of := areas[code].currencies)
    }
    if options.hosts is not None:
        return Hosts(options.hosts, {}, currencies, published)
    hosts = {code: host for code in areas if (host := areas.host(code)) is not None}
    kinds = {code: areas[code].kind for code in hosts}
    return Hosts(hosts, kinds, currencies, published, _rests(registry))


def _rests(registry: Registry) -> dict[str, str]:
    """What countries have and none of their parts, with the country."""
    areas = registry.areas
    host_by_code = {code: areas.host(code) for code in areas if areas[code].kind == UNALLOCATED}
    return {code: host for code, host in host_by_code.items() if host is not None}


def _regions_of(
    places: Iterable[str], registry: Registry, options: PanelOptions
) -> dict[str, Region]:
    """The regions that rules name and that are registered; others stand in the membership table."""
    result = {}
    for place in places:
        try:
            region = registry.region(place)
        except UnknownCode:
            continue
        result[place] = _composed(region, Compositions(registry, options.membership))
    return result
