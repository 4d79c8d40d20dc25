"""Collecting what plugins provide, so that one that fails takes nothing else with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import pluggy

from bajio import hookspecs
from bajio.errors import BajioError, InvalidValue
from bajio.registry.plugins import SLOW, Failure, Plugin, Watch, warn
from bajio.registry.shelves import Entry, Shelf, from_place

Thing = TypeVar("Thing")


def _listed(given: Any) -> Mapping[str, str] | list[Any]:
    """What a hook returned: a manifest, or a list; one thing alone is neither."""
    if isinstance(given, Mapping):
        return given
    if isinstance(given, str) or hasattr(given, "code") or not isinstance(given, Iterable):
        raise InvalidValue(f"it returned {given!r}: a hook returns a list, even of one thing")
    return list(given)


class Collector:
    """Loads plugins and calls their hooks one by one, setting aside what fails."""

    def __init__(self) -> None:
        self.plugins: dict[str, Plugin] = {}
        self.failures: list[Failure] = []
        self.watch = Watch()
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        self._slow: set[str] = set()

    def close(self) -> None:
        """Let go of all plugins."""
        for name in self.plugins:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
        self.plugins.clear()

    def register(self, plugin: Plugin) -> None:
        """Load a plugin; one that cannot be loaded is set aside."""
        self.plugins[plugin.name] = plugin
        try:
            loaded = self.watch.time(plugin.name, plugin.load)
            self._manager.register(loaded, plugin.name)
        except (Exception, SystemExit) as error:
            if self._manager.has_plugin(plugin.name):
                self._manager.unregister(name=plugin.name)
            self.fail(plugin.name, "", error, "uninstall it, or ask its authors")
            return
        self._check_speed(plugin.name)
        self._check_hooks(plugin)

    def _check_hooks(self, plugin: Plugin) -> None:
        """Report a plugin that implements no hook, or one that bajio does not have."""
        callers = self._manager.get_hookcallers(self._manager.get_plugin(plugin.name)) or []
        unknown = [caller.name for caller in callers if not caller.has_spec()]
        if unknown:
            known = ", ".join(name for name in dir(hookspecs) if name.startswith("bajio_"))
            problem = InvalidValue(f"bajio has no hook {unknown[0]!r}")
            self.fail(plugin.name, unknown[0], problem, f"there is {known}")
        elif not callers:
            problem = InvalidValue("it implements no hook")
            self.fail(plugin.name, "", problem, "mark its functions with @bajio.hookimpl")

    def fail(self, plugin: str, hook: str, error: BaseException, cure: str) -> None:
        """Set something of a plugin aside, with one warning."""
        kind = "" if isinstance(error, BajioError) else f"{type(error).__name__}: "
        self._report(Failure(plugin, hook, " ".join(f"{kind}{error}".split()), cure))

    def _report(self, failure: Failure) -> None:
        self.failures.append(failure)
        warn(self.plugins[failure.plugin], failure)

    def _check_speed(self, name: str) -> None:
        """Report a plugin that takes long, once."""
        seconds = self.watch.seconds[name]
        if seconds > SLOW and name not in self._slow:
            self._slow.add(name)
            cure = "its authors can give a manifest, and import what is heavy where it is used"
            self._report(Failure(name, "", f"slow: it took {seconds:.1f} s", cure, used=True))

    def provided(self, hook: str) -> Iterator[tuple[str, Any]]:
        """What one hook of every plugin gives, with the plugin's name."""
        implementations = {
            one.plugin_name: one.function
            for one in getattr(self._manager.hook, hook).get_hookimpls()
        }
        for name in [name for name in self.plugins if name in implementations]:
            try:
                given = self.watch.time(name, implementations[name])
                yield name, _listed(given)
            except (Exception, SystemExit) as error:
                self.fail(name, hook, error, "uninstall it, or ask its authors")
            self._check_speed(name)

    def things(self, hook: str, kind: type | tuple[type, ...]) -> Iterator[tuple[str, Any]]:
        """The things that one hook of every plugin gives, of the kind that it should give."""
        for name, given in self.provided(hook):
            for thing in self._from_manifest(name, hook, given):
                if isinstance(thing, kind):
                    yield name, thing
                else:
                    wrong = InvalidValue(f"{thing!r} is not what {hook} returns")
                    self.fail(name, hook, wrong, "see the hook's documentation")

    def _from_manifest(self, name: str, hook: str, given: Any) -> Iterator[Any]:
        """The things themselves, where a manifest gives their places."""
        if not isinstance(given, Mapping):
            yield from given
            return
        for code, place in given.items():
            try:
                yield from_place(code, place)
            except (Exception, SystemExit) as error:
                self.fail(name, hook, error, f"mend {code!r}, or uninstall the plugin")

    def shelf(
        self, hook: str, kind: type[Thing], check: Callable[[Thing, str], None]
    ) -> Shelf[Thing]:
        """What one hook of every plugin gives, by code; of two things of one code, the first."""
        entries: dict[str, Entry] = {}
        for name, given in self.provided(hook):
            manifest = isinstance(given, Mapping)
            for thing in given:
                code = thing if manifest else getattr(thing, "code", None) or repr(thing)
                entry = Entry(name, given[thing] if manifest else thing, manifest)
                replaces = "" if manifest else getattr(thing, "replaces", "")
                if code in entries and replaces != code:
                    first = self.plugins[entries[code].plugin]
                    twice = InvalidValue(f"{code!r} is provided by {first} already")
                    self.fail(name, hook, twice, f"rename it, or say replaces={code!r}")
                    continue
                entries[code] = entry

        def checked(code: str, thing: Any, plugin: str) -> None:
            if not isinstance(thing, kind) or getattr(thing, "code", None) != code:
                raise InvalidValue(f"{thing!r} is not the {kind.__name__} {code!r}")
            check(thing, plugin)

        return Shelf(entries, checked, lambda name, error, cure: self.fail(name, hook, error, cure))
