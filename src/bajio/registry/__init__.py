"""The registry: who provides what.

It calls the hooks plugin by plugin, so that one that fails takes nothing else with it,
and gives what they provide as typed mappings. A registry is a value:
applications can build their own, and the default one is made on first need.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import evolve

from bajio.arguments import as_instance, as_items, as_pairs, as_text
from bajio.engines.planning import Planner
from bajio.errors import DuplicateCode, FaultList, InvalidRegion, UnknownCode, shown
from bajio.facts.areas import Areas
from bajio.facts.dataset import Dataset, newest_year
from bajio.facts.regions import PeerGroup, Region
from bajio.indicator import Indicator, IndicatorSet
from bajio.labels import Label
from bajio.registry.collector import Collector
from bajio.registry.lazy_values import LOADING, Latest, loaded_once
from bajio.registry.names import (
    called,
    group_of,
    members_of,
    recognised,
    region_called,
    with_codes,
)
from bajio.registry.plugins import (
    Failure,
    Loaded,
    Plugin,
    PluginWarning,
    as_plugin,
    built_ins,
    file_plugins,
    installed,
    unique,
)
from bajio.registry.provided_areas import gather
from bajio.registry.provided_data import laid_beside
from bajio.registry.shelves import Shelf, with_defined
from bajio.rules.dimension import check_unit
from bajio.rules.plan import Plan
from bajio.rules.rule import Rule
from bajio.units import ONE

if TYPE_CHECKING:
    from bajio.claims.claim_set import ClaimSet
    from bajio.composites import Composite
    from bajio.facts.borders import Borders
    from bajio.facts.recognition import Recogniser
__all__ = ["Failure", "Loaded", "Plugin", "PluginWarning", "Registry", "built_ins", "installed"]

_MOST_KEPT, _MOST_OVERLAID = 4096, 16  # of answers, and of datasets laid over: the latest
_DEFAULT_SET = "profile"
Thing = TypeVar("Thing")


class Registry:
    """Everything that plugins provide.

    A registry is a value: two of them in one process do not see each other's plugins.
    It can be read from several threads.

    Args:
        plugins: modules, names of modules, or objects with hook implementations, by name;
            the built-ins if not given.

    Attributes:
        kept: what questions made, as plans, bindings and columns of peers, by what it was made for:
            the latest few thousand of them.

    Examples:
        >>> registry = Registry.default()
        >>> registry.region("bajio").members
        ('MX-AGU', 'MX-GUA', 'MX-QUE', 'MX-SLP')
    """

    def __init__(self, plugins: Mapping[str, object] | None = None) -> None:
        self._collector = Collector()
        self.kept = Latest(_MOST_KEPT)
        self._overlaid = Latest(_MOST_OVERLAID)
        self._laid_over: tuple[Dataset, ...] = ()
        self._areas_of: dict[str, list[str]] = {}
        self._borders_of: dict[str, list[str]] = {}
        sources = built_ins() if plugins is None else as_pairs(plugins, "plugins")
        for name, plugin in sources.items():
            known = plugin if isinstance(plugin, Plugin) else as_plugin(name, plugin)
            self._collector.register(known)

    @staticmethod
    @cache
    def default() -> "Registry":
        """The built-ins and the installed plugins, found once a process."""
        with LOADING:  # threads that ask for it first at once get the same
            return _default()

    @classmethod
    def load(cls, *files: str) -> "Registry":
        """The built-ins, the installed plugins, and plain Python files as plugins.

        Args:
            files: paths; each is read anew.

        Raises:
            InvalidValue: a path is not that of a Python file.
        """
        others = [*installed(), *(file_plugins(files).values() if files else ())]
        registry = cls()
        known = registry._collector.plugins
        for name, plugin in unique([*known.values(), *others]).items():
            if name not in known:
                registry._collector.register(plugin)
        return registry

    def __copy__(self) -> "Registry":
        return self  # a value, whose parts are values

    def __deepcopy__(self, _memo: object) -> "Registry":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is made anew: from its plugins, and from what is laid over them."""
        by_default = self._collector is Registry.default()._collector
        plugins = None if by_default else dict(self._collector.plugins)
        return _restored, (plugins, self._laid_over)

    def close(self) -> None:
        """Let go of all plugins: a registry that is closed provides nothing."""
        with LOADING:
            self._collector.close()
            self.kept.clear()
            self._overlaid.clear()
            for name, attribute in vars(Registry).items():
                if isinstance(attribute, loaded_once):
                    self.__dict__.pop(name, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What has been set aside so far."""
        return tuple(self._collector.failures)

    @property
    def plugins(self) -> tuple[Loaded, ...]:
        """All plugins, with what each provides, how long it took and what failed."""
        shelves: dict[str, Shelf[Any]] = {
            "bajio_regions": self.regions,
            "bajio_peer_groups": self.peer_groups,
            "bajio_indicators": self.indicators,
            "bajio_indicator_sets": self.indicator_sets,
            "bajio_claims": self.claim_sets,
            "bajio_composites": self.composites,
        }
        for every in (self.areas, self.borders, *shelves.values()):
            len(every)  # loads what a manifest only names
        datasets: dict[str, list[str]] = {}
        for name, data in self._datasets:
            datasets.setdefault(name, []).append(data.name)
        others = {"datasets": datasets, "areas": self._areas_of, "borders": self._borders_of}
        return self._collector.loaded(shelves, others)

    @loaded_once
    def areas(self) -> Areas:
        """All areas."""
        areas, self._areas_of = gather(self._collector, self._datasets)
        return areas

    @loaded_once
    def borders(self) -> "Borders":
        """For each area of which that is known, the areas that it borders on."""
        from bajio.registry.provided_borders import borders

        borders_found, self._borders_of = borders(self._collector, self.areas, self._datasets)
        return borders_found

    @loaded_once
    def regions(self) -> Shelf[Region]:
        """Regions by code."""
        return self._collector.shelf("bajio_regions", Region, self._check_region, self._datasets)

    def _check_region(self, region: Region, plugin: str) -> Region:
        """A region whose members are codes; refused where one is unknown, or lies in another."""
        if region.code in self.areas:
            raise DuplicateCode(f"{shown(region.code)} is an area already: rename the region")
        self._check_apart(region.code, plugin, self.peer_groups, "a peer group")
        region = evolve(region, memberships=with_codes(region.memberships, self.areas))
        if not region.is_dated:
            self.areas.check_disjoint(region.members)
        return region

    @loaded_once
    def peer_groups(self) -> Shelf[PeerGroup]:
        """Peer groups by code."""
        return self._collector.shelf(
            "bajio_peer_groups", PeerGroup, self._check_group, self._datasets
        )

    def _check_group(self, group: PeerGroup, plugin: str) -> PeerGroup:
        """A group whose members are codes; refused with one that is no area and no region."""
        if group.code in self.areas:
            raise DuplicateCode(f"{shown(group.code)} is an area already: rename the group")
        self._check_apart(group.code, plugin, self.regions, "a region")
        stays = with_codes(group.memberships, self.areas, self.regions)
        self.areas.check_allocated([stay.area for stay in stays if stay.area not in self.regions])
        return evolve(group, memberships=stays)

    def _check_apart(self, code: str, plugin: str, others: Shelf[Any], kind: str) -> None:
        """Refuse a code that a built-in has for what is asked for by the same names."""
        taken = others.provider(code) if code in others.codes else plugin
        if taken != plugin and taken in self._collector.trusted:
            raise DuplicateCode(f"{shown(code)} is {kind} of {taken} already: rename it")

    @loaded_once
    def indicators(self) -> Shelf[Indicator]:
        """Indicators by code, in the order of their plugins."""
        shelf = self._collector.shelf("bajio_indicators", Indicator, self._check_indicator)
        if self._laid_over:
            from bajio.registry.own_indicators import with_own

            return with_own(shelf, self._laid_over, self._check_indicator)
        return shelf

    @loaded_once
    def indicator_sets(self) -> Shelf[IndicatorSet]:
        """Sets of indicators by code."""
        shelf = self._collector.shelf("bajio_indicator_sets", IndicatorSet, self._check_set)
        return with_defined(shelf, self._laid_over, "sets", self._check_set)

    def _check_set(self, indicators: "IndicatorSet | Composite", _plugin: str) -> None:
        """Refuse a set, or a composite, with a member that is no indicator."""
        known = self.indicators
        absent = [code for code in indicators.members if code not in known]
        FaultList(UnknownCode("indicator", code, known) for code in absent).check()

    @loaded_once
    def composites(self) -> "Shelf[Composite]":
        """Composites by code."""
        from bajio.composites import Composite

        shelf = self._collector.shelf("bajio_composites", Composite, self._check_set)
        return with_defined(shelf, self._laid_over, "composites", self._check_set)

    def shown_by_default(self) -> tuple[str, ...]:
        """Codes of the indicators of a profile: the set of that name, and those of plugins."""
        if _DEFAULT_SET not in self.indicator_sets:
            return tuple(self.indicators)
        members = self.indicator_sets[_DEFAULT_SET].members
        shelf = self.indicators
        others = (
            code for code in shelf.codes if shelf.provider(code) not in self._collector.trusted
        )
        return tuple(code for code in dict.fromkeys((*members, *others)) if code in shelf)

    def _check_indicator(self, indicator: Indicator, _plugin: str) -> None:
        """Refuse a rule that means nothing here, or a unit that it cannot have."""
        measures = self.dataset.measures
        for rule in self.planner.samples(indicator.rule):
            check_unit(self.planner.plan(rule), indicator.unit, measures)

    @property
    def planner(self) -> Planner:
        """What plans rules over the measures and classifications that there are."""
        return Planner(self.dataset.measures, self.dataset.classification)

    def plan(self, rule: Rule) -> Plan:
        """The plan of a rule that gives one number; it is kept."""
        return self.keep(("plan", rule), lambda: self.planner.plan(rule))

    @loaded_once
    def claim_sets(self) -> "Shelf[ClaimSet]":
        """Claim sets by code."""
        from bajio.claims.claim_set import ClaimSet

        return self._collector.shelf("bajio_claims", ClaimSet, lambda _claims, _plugin: None)

    @loaded_once
    def _datasets(self) -> tuple[tuple[str, Dataset], ...]:
        return tuple(self._collector.things("bajio_datasets", Dataset))

    @loaded_once
    def datasets(self) -> tuple[Dataset, ...]:
        """The datasets that were provided, in order."""
        return tuple(data for _, data in self._datasets)

    @loaded_once
    def dataset(self) -> Dataset:
        """All datasets laid over one another, later ones over earlier ones."""
        return laid_beside(self._collector, self._datasets).about(self.areas)

    def keep(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What was made under a key before, or what is made now."""
        try:
            thing: Thing = self.kept[key]
        except KeyError:
            thing = self.kept[key] = make()
        return thing

    def with_data(self, data: Dataset) -> "Registry":
        """The same registry with a dataset, and all that comes with it, laid over what it has.

        Raises:
            BajioError: one of these cannot be used, with file and row where it was read.
        """
        from bajio.registry.own_gazetteer import laid_over

        as_instance(data, Dataset, "data")
        held: tuple[Dataset, Registry] | None = self._overlaid.get(id(data))
        if held is None:
            other = object.__new__(Registry)
            other.__dict__.update(self.__dict__)
            other._overlaid = Latest(_MOST_OVERLAID)
            other.kept = Latest(_MOST_KEPT)
            other._laid_over = (*self._laid_over, data)
            for name in ("today", "indicators", "indicator_sets", "composites"):
                other.__dict__.pop(name, None)  # they hang on what is measured
            if data.gazetteer:
                other.__dict__.pop("recogniser", None)
                other.__dict__.update(laid_over(data, self)._asdict())
            other.__dict__["dataset"] = data.over(self.dataset).about(other.areas)
            held = data, other  # the dataset is held, so that no other takes over its id
            self._overlaid[id(data)] = held
        return held[1]

    def indicator(self, value: str | Indicator) -> Indicator:
        """An indicator by code, or one of one's own: as it is shown here, as a number or a share.

        Raises:
            UnknownCode: there is none.
        """
        if not isinstance(value, Indicator):
            if value not in self.indicators:
                code, advice = (
                    as_text(value, "the code of indicator"),
                    "`bajio indicators` lists them",
                )
                raise UnknownCode("indicator", code, self.indicators, advice)
            value = self.indicators[value]
        if value.as_number is None and value.unit == ONE:
            is_count = value.rule.is_count(self.dataset.measures)
            return evolve(value, as_number=True) if is_count else value
        return value

    def peer_group(self, value: str | PeerGroup | Region | Iterable[str | Region]) -> PeerGroup:
        """A peer group.

        Args:
            value: its code; codes of areas and regions joined by `+`, or an iterable of such codes
                and of regions, each a peer; a group; or a region, whose members are the peers.

        Raises:
            UnknownCode: a code names nothing.
            InvalidValue: it is none of these, or names no peer.
            InvalidRegion: a region among them cannot be used.
        """
        if isinstance(value, str) and value in self.peer_groups:
            return self.peer_groups[value]
        if isinstance(value, PeerGroup):
            return self._with_codes(value)
        if isinstance(value, str) and "+" not in value and value not in self.areas:
            code = self.code_of(value, "peer group")
            if code in self.peer_groups:
                return self.peer_groups[code]
            value = self.regions.get(code, code)
        group = group_of(value, self.region, self.code_of, self.regions, self.areas)
        return self._with_codes(group)

    def _with_codes(self, group: PeerGroup) -> PeerGroup:
        """A group with members by code; refused with one that is no area and no region."""
        regions = {region.code for region in group.regions}
        others = tuple(stay for stay in group.memberships if stay.area not in regions)
        stays = with_codes(others, self.areas, self.regions)
        self.areas.check_allocated([stay.area for stay in stays if stay.area not in self.regions])
        rest = [stay for stay in group.memberships if stay.area in regions]
        return group if stays == others else evolve(group, memberships=[*rest, *stays])

    @loaded_once
    def today(self) -> int | None:
        """The year of the newest compositions: the newest of its datasets' reference years.

        It is that of the newest figure where no dataset has any, and never that of the clock.
        """
        provided = (data for _, data in self._datasets)
        years = [data.reference_year for data in (*provided, *self._laid_over)]
        known = [year for year in years if year is not None]
        return max(known, default=None) or newest_year(self.dataset)

    def name_of(self, code: str, language: str = "en") -> str:
        """What a region or an area is called in a language; its code where it is neither.

        Examples:
            >>> Registry.default().name_of("MX-MEX", "es"), Registry.default().name_of("XX-1")
            ('Estado de México', 'XX-1')
        """
        names = self.names_of(code)
        return code if names is None else names.text(language)

    def names_of(self, code: str) -> Label | None:
        """The names of a region or an area; `None` where it has none."""
        if code in self.regions:
            return self.regions[code].names
        return self.areas[code].names if code in self.areas else None

    @loaded_once
    def recogniser(self) -> "Recogniser":
        """What finds the area, the region or the peer group that a text names."""
        return self.areas.recogniser(called(self.regions, self.peer_groups))

    def code_of(self, text: str, kind: str = "region") -> str:
        """The code of the area, the region or the peer group that a text is, or names.

        Args:
            text: a code in any case, an identifier, or a name, with or without accents.
            kind: what is asked for, for the message.

        Raises:
            AmbiguousName: it names several.
            UnknownCode: it names nothing; what has nearly that name is told.

        Examples:
            >>> registry = Registry.default()
            >>> [registry.code_of(text) for text in ("bajio", "Guanajuato", "slp", "Gto.", "OCDE")]
            ['bajio', 'MX-GUA', 'MX-SLP', 'MX-GUA', 'oecd']
        """
        if text in self.regions or text in self.areas or text in self.peer_groups:
            return text
        return recognised(text, kind, self.recogniser)

    def region(self, value: str | Region | Iterable[str]) -> Region:
        """A region of the catalog, a `Region`, or one made of areas.

        Args:
            value: the code or a name of a region, of a group of areas or of an area; those of
                areas joined by `+`; a `Region`; or an iterable of codes or names of areas.

        Raises:
            AmbiguousName: a name is that of several.
            UnknownCode: a text names nothing.
            InvalidRegion: it is empty, or an area lies in another. A region with years of joining
                and leaving that overlaps itself is refused where those years are asked about.
        """
        if isinstance(value, Region):
            region = value
        elif isinstance(value, str) and value in self.regions:
            region = self.regions[value]
        elif isinstance(value, str):
            shelves = self.regions, self.areas, self.peer_groups
            region = region_called(value, self.code_of, *shelves)
        else:
            region = Region(members_of(as_items(value, "members"), self.code_of))
        region = region.known_to(self.areas, self.today if region.is_dated else None)
        for stay in region.memberships:
            self.areas[stay.area]
        if not region.memberships:
            raise InvalidRegion(f"the region {str(region)!r} is empty: it has no members")
        if not region.is_dated:
            self.areas.check_disjoint(region.members)
        return region


_default = cache(Registry.load)


def known_by(registry: Registry | None) -> Registry:
    """The registry that is asked: the default one, where none is given.

    Raises:
        InvalidValue: it is something else.
    """
    if isinstance(registry, Registry):
        return registry
    return Registry.default() if registry is None else as_instance(registry, Registry, "registry")


def _restored(plugins: Mapping[str, Plugin] | None, laid_over: Iterable[Dataset]) -> Registry:
    """A registry that was pickled."""
    result = Registry.default() if plugins is None else Registry(plugins)
    for data in laid_over:
        result = result.with_data(data)
    return result
