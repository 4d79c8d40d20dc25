"""The registry: who provides what.

It calls the hooks plugin by plugin, so that one that fails takes nothing else with it,
and gives what they provide as typed mappings. A registry is a value:
applications can build their own, and the default one is made on first need.
"""

import os
import sys
import warnings
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from copy import copy
from functools import cache, cached_property
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

import pluggy
from attrs import evolve, frozen

from bajio import hookspecs
from bajio.errors import BajioError, DuplicateCode, InvalidRegion, UnknownCode
from bajio.facts.areas import Area, Areas, LazyAreas
from bajio.facts.dataset import Dataset
from bajio.facts.regions import PeerGroup, Region
from bajio.indicator import Indicator

BUILT_IN = (
    "bajio.catalog.bundled",
    "bajio.catalog.world",
    "bajio.catalog.mexico",
    "bajio.indicators.population",
    "bajio.indicators.output",
    "bajio.indicators.investment",
    "bajio.indicators.trade",
    "bajio.indicators.labour",
)
RESTRICTION = "BAJIO_PLUGINS"
_MOST_KEPT = 4096
Thing = TypeVar("Thing")


@frozen
class Failure:
    """A plugin, or one of its hooks, that was set aside."""

    plugin: str
    hook: str
    reason: str

    def __str__(self) -> str:
        where = f" in {self.hook}" if self.hook else ""
        return f"plugin {self.plugin!r} failed{where} and was set aside: {self.reason}"


class PluginWarning(UserWarning):
    """A plugin was set aside; everything else keeps working."""


class Registry:
    """Everything that plugins provide.

    Args:
        plugins: modules or objects with hook implementations, by name; the built-ins if not given.

    Examples:
        >>> registry = Registry.default()
        >>> registry.region("bajio").members
        ('MX-AGU', 'MX-GUA', 'MX-QUE', 'MX-SLP')
        >>> registry.indicators["population"].unit.powers
        (('person', 1),)
    """

    def __init__(self, plugins: Mapping[str, object] | None = None) -> None:
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        self.failures: list[Failure] = []
        self._kept: dict[Hashable, Any] = {}
        for name, plugin in (built_ins() if plugins is None else plugins).items():
            self._register(name, plugin)

    @staticmethod
    def default() -> "Registry":
        """The built-ins and the installed plugins, found once a process."""
        return _default()

    def _register(self, name: str, plugin: object) -> None:
        try:
            if isinstance(plugin, str):
                plugin = import_module(plugin)
            self._manager.register(plugin, name)
        except Exception as error:
            self._fail(name, "", error)

    def _fail(self, plugin: str, hook: str, error: Exception) -> None:
        failure = Failure(plugin, hook, f"{type(error).__name__}: {error}")
        self.failures.append(failure)
        warnings.warn(str(failure), PluginWarning, stacklevel=2)

    def _provided(self, hook: str, kind: type | tuple[type, ...]) -> Iterable[tuple[str, Any]]:
        """What one hook of every plugin gives, with the plugin's name, checked for type."""
        caller = getattr(self._manager.hook, hook)
        order = {name: at for at, (name, _) in enumerate(self._manager.list_name_plugin())}
        implementations = caller.get_hookimpls()
        for implementation in sorted(implementations, key=lambda one: order[one.plugin_name]):
            try:
                given = implementation.function()
                things = _loaded(given) if isinstance(given, Mapping) else list(given)
                wrong = next((thing for thing in things if not isinstance(thing, kind)), None)
                if wrong is not None:
                    raise TypeError(f"{wrong!r} is not what {hook} returns")
            except Exception as error:
                self._fail(implementation.plugin_name, hook, error)
                continue
            for thing in things:
                yield implementation.plugin_name, thing

    def _by_code(self, hook: str, kind: type[Thing]) -> Mapping[str, Thing]:
        found: dict[str, Thing] = {}
        provider: dict[str, str] = {}
        for plugin, thing in self._provided(hook, kind):
            code: str = thing.code
            if code in found:
                raise DuplicateCode(
                    f"{code!r} is provided twice, by {provider[code]!r} and by {plugin!r}: "
                    "remove one of them"
                )
            found[code], provider[code] = thing, plugin
        return MappingProxyType(found)

    @cached_property
    def areas(self) -> Areas:
        """All areas."""
        things = [thing for _, thing in self._provided("bajio_areas", (Area, LazyAreas))]
        return Areas(
            [thing for thing in things if isinstance(thing, Area)],
            [thing for thing in things if isinstance(thing, LazyAreas)],
        )

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """Regions by code."""
        return self._by_code("bajio_regions", Region)

    @cached_property
    def peer_groups(self) -> Mapping[str, PeerGroup]:
        """Peer groups by code."""
        return self._by_code("bajio_peer_groups", PeerGroup)

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Indicators by code, in the order of their plugins."""
        return self._by_code("bajio_indicators", Indicator)

    @cached_property
    def datasets(self) -> tuple[Dataset, ...]:
        """The datasets that were provided, in order."""
        return tuple(data for _, data in self._provided("bajio_datasets", Dataset))

    @cached_property
    def dataset(self) -> Dataset:
        """All datasets laid over one another, later ones over earlier ones."""
        if not self.datasets:
            return Dataset("empty", (), (), ())
        total = self.datasets[0]
        for upper in self.datasets[1:]:
            total = upper.over(total)
        return evolve(total, areas=self.areas)

    def keep(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What was made under a key before, or what is made now.

        Questions keep plans, bindings and columns of peers here, the latest few thousand of them.
        """
        if key not in self._kept:
            made = make()
            if len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[key] = made
            return made
        kept: Thing = self._kept[key]
        return kept

    def with_data(self, data: Dataset) -> "Registry":
        """The same registry with a dataset laid over what it has."""

        def make() -> tuple[Dataset, Registry]:
            other = copy(self)
            other._kept = {}
            other.__dict__["dataset"] = evolve(data.over(self.dataset), areas=self.areas)
            return data, other  # the dataset is held, so that no other takes over its id

        return self.keep(("with data", id(data)), make)[1]

    def indicator(self, code: str) -> Indicator:
        """An indicator by code.

        Raises:
            UnknownCode: there is none.
        """
        return _look_up("indicator", code, self.indicators, "`bajio indicators` lists them")

    def peer_group(self, code: str) -> PeerGroup:
        """A peer group by code, or one of area codes joined by `+`.

        Raises:
            UnknownCode: there is none.
        """
        if "+" in code or (code not in self.peer_groups and code in self.areas):
            return PeerGroup(code, code, self._joined(code))
        return _look_up("peer group", code, self.peer_groups, "`bajio peers` lists them")

    def region(self, given: str | Region | Iterable[str]) -> Region:
        """A region of the catalog, a `Region`, or one made of area codes.

        Args:
            given: the code of a region or of a group of areas, area codes joined by `+`, a
                `Region`, or an iterable of codes.

        Raises:
            UnknownCode: a code names nothing.
            InvalidRegion: it is empty, or an area lies in another.
        """
        if isinstance(given, Region):
            region = given
        elif isinstance(given, str):
            region = self._region_of_text(given)
        else:
            region = Region(_distinct(list(given)))
        if not region.members:
            raise InvalidRegion(f"the region {str(region)!r} is empty: it has no members")
        for code in region.members:
            self.areas[code]
        self.areas.check_disjoint(region.members)
        return region

    def _region_of_text(self, text: str) -> Region:
        if text in self.regions:
            return self.regions[text]
        if "+" in text:
            return Region(self._joined(text))
        if text in self.areas:
            return Region([text], names=self.areas[text].names)
        if text in self.peer_groups:
            return self._region_of_group(self.peer_groups[text])
        known = [*self.regions, *self.peer_groups, *self.areas]
        raise UnknownCode("region", text, known, "`bajio regions` lists them")

    def _region_of_group(self, group: PeerGroup) -> Region:
        """The members of a peer group taken together, as the European Union or the OECD."""
        return Region(group.memberships, code=group.code, names=group.names, basis=group.basis)

    def _joined(self, text: str) -> list[str]:
        codes = [code.strip() for code in text.split("+")]
        if not all(codes):
            raise InvalidRegion(f"{text!r} has an empty part: write codes joined by '+'")
        return _distinct(codes)


def _distinct(codes: list[str]) -> list[str]:
    for code in codes:
        if codes.count(code) > 1:
            raise InvalidRegion(f"the region overlaps itself: {code} is named twice")
    return codes


def _loaded(manifest: Mapping[str, str]) -> list[Any]:
    """The objects that a manifest names, checked to have the codes that it gives them."""
    things = []
    for code, place in manifest.items():
        module, _, attribute = place.partition(":")
        thing = getattr(import_module(module), attribute)
        if thing.code != code:
            raise ValueError(f"{place} has the code {thing.code!r}, the manifest says {code!r}")
        things.append(thing)
    return things


def _look_up(kind: str, code: str, known: Mapping[str, Thing], advice: str) -> Thing:
    try:
        return known[code]
    except KeyError:
        raise UnknownCode(kind, code, known, advice) from None


def built_ins() -> dict[str, str]:
    """The built-in plugins: name and module."""
    return {name: name for name in BUILT_IN}


def installed() -> dict[str, Callable[[], ModuleType]]:
    """Installed plugins by entry-point name, those of `BAJIO_PLUGINS` only where it is set."""
    restriction = os.environ.get(RESTRICTION)
    if (restriction is not None and not restriction.strip()) or not any(
        map(_may_plug_in, sys.path)
    ):
        return {}
    from importlib.metadata import entry_points

    allowed = {name.strip() for name in restriction.split(",")} if restriction else None
    found = sorted(entry_points(group=hookspecs.PROJECT), key=lambda point: point.name)
    return {point.name: point.load for point in found if allowed is None or point.name in allowed}


def _may_plug_in(folder: str) -> bool:
    """Whether a distribution in a folder of the import path declares plugins.

    Reading the declarations takes a tenth of the time that importing importlib.metadata takes.
    """
    group = f"[{hookspecs.PROJECT}]".encode()
    try:
        names = os.listdir(folder or ".")
    except NotADirectoryError:
        return True  # an archive: importlib.metadata can look inside
    except OSError:
        return False
    for name in names:
        if name.endswith((".dist-info", ".egg-info")):
            with suppress(OSError), open(f"{folder}/{name}/entry_points.txt", "rb") as declared:
                if group in declared.read():
                    return True
    return False


@cache
def _default() -> Registry:
    registry = Registry()
    for name, load in installed().items():
        try:
            plugin = load()
        except (Exception, SystemExit) as error:
            registry._fail(name, "", BajioError(repr(error)))
            continue
        registry._register(name, plugin)
    return registry
