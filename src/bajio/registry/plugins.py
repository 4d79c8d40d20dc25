"""Plugins: where they come from, what loading them gave, and what went wrong."""

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from attrs import evolve, field, frozen

from bajio.brief import Alike, Brief
from bajio.errors import InvalidData, InvalidValue, bounded, shown
from bajio.files import read_file
from bajio.hookspecs import PROJECT
from bajio.version import __version__

RESTRICTION = "BAJIO_PLUGINS"
BUILT_IN = (
    "bajio.catalog.bundled",
    "bajio.catalog.world",
    "bajio.catalog.mexico",
    "bajio.catalog.bundled_claims",
    "bajio.indicators",
)
#: What stands above the entry points of plugins in a file of declarations.
_GROUP = f"[{PROJECT}]"
#: Bytes of the largest file of declared entry points that is read.
_MOST_DECLARED = 2**20
#: Seconds that a plugin may take before it is reported as slow.
SLOW = 1.0


@frozen(eq=False, repr=False)
class Plugin(Brief):
    """A plugin that can be loaded.

    Attributes:
        name: unique among the plugins of a registry.
        load: gives its module or object.
        origin: `built-in`, `installed`, `file` or `given`.
        distribution, version: what installed it, where something did.
        place: its module or file.
    """

    name: str
    load: Callable[[], object] = field(repr=False)
    origin: str = "given"
    distribution: str = ""
    version: str = ""
    place: str = ""

    def __str__(self) -> str:
        by = f" of {self.distribution} {self.version}".rstrip() if self.distribution else ""
        return f"{self.name!r}{by}"


@frozen(eq=False, repr=False)
class Failure(Alike):
    """A plugin, or something that it provides, that was set aside.

    Attributes:
        plugin: its name.
        hook: where it went wrong; empty for the loading itself.
        reason: one line.
        cure: what to do about it.
        used: whether it is used all the same, as what is only slow.
    """

    plugin: str
    hook: str
    reason: str
    cure: str = ""
    used: bool = False


class PluginWarning(UserWarning):
    """Something of a plugin was set aside; everything else keeps working."""


def warn(plugin: Plugin, failure: Failure) -> None:
    """Report a failure in one line that names plugin, distribution and cure."""
    where = f" in {failure.hook}" if failure.hook else ""
    cure = f"; {failure.cure}" if failure.cure else ""
    aside = "" if failure.used else f"set aside{where}: "
    message = bounded(f"plugin {plugin}: {aside}{failure.reason}{cure}")
    try:
        warnings.warn(message, PluginWarning, stacklevel=3)
    except PluginWarning:  # where warnings are errors, it takes nothing away all the same
        if sys.stderr is not None:
            sys.stderr.write(f"{message}\n")


def file_plugins(paths: Iterable[str]) -> dict[str, Plugin]:
    """Plain Python files as plugins by name: the file's, or its path where that is taken.

    Raises:
        InvalidValue: there is no such file, or it is no Python file.
    """
    result: dict[str, Plugin] = {}
    for path in dict.fromkeys(paths):
        plugin = file_plugin(path)
        if plugin.name in result:
            plugin = evolve(plugin, name=path)
        result[plugin.name] = plugin
    return result


def unique(plugins: Iterable[Plugin]) -> dict[str, Plugin]:
    """Plugins by name; one whose name is taken has that of its distribution, or file, before it."""
    result: dict[str, Plugin] = {}
    for plugin in plugins:
        name, number = plugin.name, 1
        while name in result:
            origin = plugin.distribution or plugin.place or plugin.origin
            name = f"{origin}:{plugin.name}" if number == 1 else f"{origin}:{plugin.name}:{number}"
            number += 1
        result[name] = plugin if name == plugin.name else evolve(plugin, name=name)
    return result


def built_ins() -> dict[str, Plugin]:
    """The built-in plugins by name, as `Registry` takes them."""
    return {
        name: Plugin(name, partial(import_module, name), "built-in", PROJECT, __version__, name)
        for name in BUILT_IN
    }


def _imported(place: str) -> object:
    """A module, or what it holds under a name."""
    module, _, attributes = place.partition(":")
    thing: Any = import_module(module)
    for attribute in filter(None, attributes.split(".")):
        thing = getattr(thing, attribute)
    return thing


class _Given:
    """Gives an object as it is; a module, which no file can hold, is imported again."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __call__(self) -> object:
        return self.thing

    def __reduce__(self) -> tuple[Any, ...]:
        if isinstance(self.thing, ModuleType):
            return partial, (_imported, self.thing.__name__)
        return _Given, (self.thing,)


def as_plugin(name: str, value: object) -> Plugin:
    """A plugin of a module's name, or of any object with hook implementations."""
    if isinstance(value, str):
        return Plugin(name, partial(_imported, value), place=value)
    return Plugin(name, _Given(value), place=getattr(value, "__name__", type(value).__name__))


def file_plugin(path: str) -> Plugin:
    """A plain Python file, or a file of definitions, as a plugin; each load reads it anew.

    Raises:
        InvalidValue: there is no such file, or it is neither.
    """
    if not path.endswith((".py", ".toml")) or not os.path.isfile(path):
        raise InvalidValue(
            f"{shown(path)} is no file of a plugin: it ends in .py, or in .toml with definitions"
        )
    load = partial(_defined, path) if path.endswith(".toml") else partial(_of_file, path)
    return Plugin(os.path.basename(path), load, "file", place=path)


def _defined(path: str) -> object:
    """What a file of definitions says, read anew."""
    from bajio.readers.definition_files import read_definitions

    return read_definitions(path)


def _of_file(path: str) -> ModuleType:
    """The module that a plain Python file makes, read anew."""
    from importlib.util import module_from_spec, spec_from_file_location

    name = os.path.splitext(os.path.basename(path))[0]
    spec = spec_from_file_location(f"bajio_plugin_file_{name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path!r} cannot be imported")
    module = module_from_spec(spec)
    source = spec.loader.get_source(spec.name)  # type: ignore[attr-defined]
    sys.modules[spec.name] = module  # where dataclasses look for the module of a class
    exec(compile(source, path, "exec"), module.__dict__)  # noqa: S102  # the user's own
    return module


def installed(paths: Iterable[str] | None = None) -> list[Plugin]:
    """Installed plugins, sorted by name; those that `BAJIO_PLUGINS` names, where it is set.

    The declarations of installed distributions are read directly, which takes a tenth of the time
    that importing importlib.metadata takes; that is left to paths that are no folders.
    """
    restriction = os.environ.get(RESTRICTION)
    if restriction is not None and not restriction.strip():
        return []
    plugins_found: dict[tuple[str, str], Plugin] = {}
    for path in sys.path if paths is None else paths:
        for plugin in _declared_in(path) if isinstance(path, str) else ():
            plugins_found.setdefault((plugin.name, plugin.distribution), plugin)
    names = {name for name, _ in plugins_found}
    allowed = names if restriction is None else _allowed(names, restriction)
    return [plugins_found[key] for key in sorted(plugins_found) if key[0] in allowed]


def _allowed(names: set[str], restriction: str) -> set[str]:
    """The names of installed plugins that a restriction leaves."""
    named = {name.strip() for name in restriction.split(",")} - {""}
    for name in sorted(named - names):
        known = ", ".join(sorted(names)) or "none"
        message = (
            f"{RESTRICTION} names {shown(name)}, and no such plugin is installed: there is {known}"
        )
        warnings.warn(message, PluginWarning, stacklevel=3)
    return named & names


def _declared_in(folder: str) -> Iterator[Plugin]:
    try:
        names = sorted(os.listdir(folder or "."))
    except NotADirectoryError:
        with suppress(Exception):  # an archive that is broken declares nothing
            yield from list(_declared_in_archive(folder))
        return
    except (OSError, ValueError):
        return
    for name in names:
        declared = f"{folder or '.'}/{name}/entry_points.txt"
        if name.endswith((".dist-info", ".egg-info")) and os.path.isfile(declared):
            with suppress(InvalidData):  # it declares nothing that can be read
                text = read_file(declared, most=_MOST_DECLARED).decode("utf-8", "replace")
                distribution, _, version = os.path.splitext(name)[0].partition("-")
                for key, place in _group(text.splitlines()) if _GROUP in text else ():
                    yield _entry_point(key, place, distribution.replace("_", "-"), version)


def _group(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The entry points of bajio's group in a file of declarations."""
    inside = False
    for line in map(str.strip, lines):
        if line.startswith("["):
            inside = line == _GROUP
        elif inside and "=" in line and not line.startswith("#"):
            key, _, place = line.partition("=")
            yield key.strip(), place.partition("[")[0].strip()


def _declared_in_archive(path: str) -> Iterator[Plugin]:
    from importlib.metadata import distributions

    for distribution in distributions(path=[path]):
        for point in distribution.entry_points.select(group=PROJECT):
            yield _entry_point(
                point.name, point.value, distribution.metadata["Name"], distribution.version
            )


def _entry_point(name: str, place: str, distribution: str, version: str) -> Plugin:
    return Plugin(name, partial(_imported, place), "installed", distribution, version, place)


@frozen(eq=False, repr=False)
class Loaded(Alike):
    """What loading a plugin gave.

    Attributes:
        plugin: what was loaded.
        provides: codes by hook, as far as they were asked for.
        seconds: what loading it and its hooks took.
        failures: what was set aside.
    """

    plugin: Plugin
    provides: Mapping[str, tuple[str, ...]]
    seconds: float
    failures: tuple[Failure, ...]
