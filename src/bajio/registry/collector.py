"""Collecting what plugins provide, so that one that fails takes nothing else with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from time import perf_counter
from types import ModuleType
from typing import Any, TypeVar

import pluggy

from bajio import hookspecs
from bajio.errors import PASSING, InvalidValue, as_line, shown
from bajio.facts.dataset import Dataset
from bajio.registry.plugins import SLOW, Failure, Loaded, Plugin, warn
from bajio.registry.shelves import Entry, Shelf, anew, from_place

Thing = TypeVar("Thing")
#: Things with the names of their plugins.
Provided = Iterable[tuple[str, Thing]]


#: The hooks alone: pluggy looks closely at each name that a module has.
_SPECIFICATIONS = ModuleType("bajio_hooks")
vars(_SPECIFICATIONS).update(
    {name: hook for name, hook in vars(hookspecs).items() if name.startswith("bajio_")}
)

_MEND = "mend it, or uninstall the plugin"
#: The most things that one hook may return.
_MOST_THINGS = 10**6


def _listed(value: Any) -> dict[str, Any] | list[Any]:
    """What a hook returned: a manifest, or a list; one thing alone is neither."""
    if isinstance(value, Mapping):
        manifest = dict(value)
        for code, place in manifest.items():
            if not isinstance(code, str) or not isinstance(place, str):
                wrong = f"{shown(code)}: {shown(place)}"
                raise InvalidValue(f"its manifest has {wrong}, not a code and 'module:attribute'")
        return manifest
    if isinstance(value, str) or hasattr(value, "code") or not isinstance(value, Iterable):
        raise InvalidValue(f"it returned {shown(value)}: a hook returns a list, even of one thing")
    things = list(islice(value, _MOST_THINGS + 1))
    if len(things) > _MOST_THINGS:
        raise InvalidValue(f"it returned more than {_MOST_THINGS:,} things")
    return things


class Collector:
    """Loads plugins and calls their hooks one by one, setting aside what fails.

    Attributes:
        plugins: by name.
        trusted: names of those that are built in: what they provide, a test has checked.
        failures: what has been set aside.
    """

    def __init__(self) -> None:
        self.plugins: dict[str, Plugin] = {}
        self.trusted: set[str] = set()
        self.failures: list[Failure] = []
        self._seconds: dict[str, float] = {}
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(_SPECIFICATIONS)
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
        if plugin.origin == "built-in":
            self.trusted.add(plugin.name)
        cure = "uninstall it, or ask its authors"
        if plugin.name.endswith(".toml"):
            cure = "`bajio check` tells all that is wrong with it"
        with self.guard(plugin.name, "", cure, timed=True):
            self._manager.register(plugin.load(), plugin.name)
            if plugin.name not in self.trusted:
                self._check_hooks(plugin)
            return
        if self._manager.has_plugin(plugin.name):
            self._manager.unregister(name=plugin.name)

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

    @contextmanager
    def guard(
        self, plugin: str, hook: str, cure: str = "", *, code: str = "", timed: bool = False
    ) -> Iterator[None]:
        """Everything that a plugin does, done here: what goes wrong sets it aside, nothing else.

        Where a built-in fails for want of memory or of depth, that is the moment's fault: it is
        raised, and what was asked for can be asked for again. An interruption always is.

        Args:
            plugin: its name.
            hook: what it does; empty for the loading itself.
            cure: what to do about a failure; to mend it, if nothing else is said.
            code: of what would be mended.
            timed: whether it is among what a plugin should be quick at.
        """
        began = perf_counter()
        try:
            yield
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            if isinstance(error, PASSING) and plugin in self.trusted:
                raise
            mended = f"mend {shown(code)}, or uninstall the plugin" if code else _MEND
            self.fail(plugin, hook, error, cure or mended)
        finally:
            if timed:
                self._seconds[plugin] = self._seconds.get(plugin, 0.0) + perf_counter() - began
        if self._seconds.get(plugin, 0.0) > SLOW:
            self._report_slow(plugin)

    def fail(self, plugin: str, hook: str, error: BaseException, cure: str) -> None:
        """Set something of a plugin aside, with one warning."""
        for fault in getattr(error, "faults", ()) or (error,):
            self._report(Failure(plugin, hook, as_line(fault), cure))

    def _report(self, failure: Failure) -> None:
        if failure not in self.failures:
            self.failures.append(failure)
            warn(self.plugins[failure.plugin], failure)

    def _report_slow(self, name: str) -> None:
        """Report a plugin that takes long, once; of the built-ins nobody could mend it."""
        if name not in self._slow and name not in self.trusted:
            self._slow.add(name)
            cure = "its authors can give a manifest, and import what is heavy where it is used"
            text = f"slow: it took {self._seconds[name]:.1f} s"
            self._report(Failure(name, "", text, cure, used=True))

    def loaded(
        self, shelves: Mapping[str, Shelf[Any]], others: Mapping[str, Mapping[str, list[str]]]
    ) -> tuple[Loaded, ...]:
        """All plugins, with what each provides, how long it took and what failed.

        Args:
            shelves: by hook.
            others: by what else is provided, and by plugin, the codes.
        """
        provides = {
            name: {hook: shelf.codes_of(name) for hook, shelf in shelves.items()}
            | {f"bajio_{what}": tuple(codes.get(name, ())) for what, codes in others.items()}
            for name in self.plugins
        }
        return tuple(
            Loaded(
                plugin,
                {hook: codes for hook, codes in provides[name].items() if codes},
                self._seconds.get(name, 0.0),
                tuple(failure for failure in self.failures if failure.plugin == name),
            )
            for name, plugin in self.plugins.items()
        )

    def provided(self, hook: str, datasets: Provided[Dataset] = ()) -> Iterator[tuple[str, Any]]:
        """What one hook of every plugin gives, with the plugin's name; then what comes with data.

        Args:
            hook: the hook.
            datasets: of plugins by their names: with gazetteers that have what the hook is for.
        """
        implementations = {
            hookimpl.plugin_name: hookimpl.function
            for hookimpl in getattr(self._manager.hook, hook).get_hookimpls()
        }
        for name in [name for name in self.plugins if name in implementations]:
            things: Mapping[str, Any] | list[Any] | None = None
            with self.guard(name, hook, "uninstall it, or ask its authors", timed=True):
                returned = implementations[name]()
                things = returned if name in self.trusted else _listed(returned)
            if things is not None:
                yield name, things
        for name, data in datasets:
            if data.gazetteer:
                yield name, getattr(data.gazetteer, hook.removeprefix("bajio_"))

    def things(
        self,
        hook: str,
        kind: type | tuple[type, ...],
        datasets: Provided[Dataset] = (),
    ) -> Iterator[tuple[str, Any]]:
        """The things that one hook of every plugin gives, of the kind that it should give.

        Args:
            hook: the hook.
            kind: the types that there may be.
            datasets: of plugins, as in `provided`.
        """
        for name, brought_things in self.provided(hook, datasets):
            if name in self.trusted and not isinstance(brought_things, Mapping):
                yield from ((name, thing) for thing in brought_things)  # which a test has checked
                continue
            for thing in self._from_manifest(name, hook, brought_things):
                sound: list[Any] = []
                with self.guard(name, hook, "see the hook's documentation"):
                    if not issubclass(type(thing), kind):
                        raise InvalidValue(f"{shown(thing)} is not what {hook} returns")
                    sound.append(thing if name in self.trusted else anew(thing))
                for thing_found in sound:
                    yield name, thing_found

    def _from_manifest(self, name: str, hook: str, value: Any) -> Iterator[Any]:
        """The things themselves, where a manifest gives their places."""
        if not isinstance(value, Mapping):
            yield from value
            return
        for code, place in value.items():
            things = []
            with self.guard(name, hook, code=code, timed=True):
                things.append(from_place(code, place))
            yield from things

    def shelf(
        self,
        hook: str,
        kind: type[Thing],
        check: Callable[[Thing, str], Thing | None],
        datasets: Provided[Dataset] = (),
    ) -> Shelf[Thing]:
        """What one hook of every plugin gives, by code; of two things of one code, the first.

        One that says that it replaces another goes before it, which stays where the new one is
        refused.

        Args:
            hook: the hook.
            kind: the type of what it gives.
            check: refuses what one that is no built-in provides, by raising; may give another that
                takes its place.
            datasets: of plugins, as in `provided`.
        """
        entries: dict[str, list[Entry]] = {}
        for name, things in self.provided(hook, datasets):
            if isinstance(things, Mapping):
                for code, place in things.items():
                    self._offer(entries, code, hook, Entry(name, place, from_manifest=True))
                continue
            for thing in things:
                with self.guard(name, hook):
                    code, replaces = _code(thing), getattr(thing, "replaces", "")
                    self._offer(entries, code, hook, Entry(name, thing), replaces)
        return Shelf(entries, kind, check, partial(self.guard, hook=hook), self.trusted)

    def _offer(
        self,
        entries: dict[str, list[Entry]],
        code: str,
        hook: str,
        entry: Entry,
        replaces: object = "",
    ) -> None:
        """Put a thing on a shelf, unless its code is taken and it does not say that it replaces."""
        if isinstance(replaces, str) and replaces not in {"", code}:
            other = InvalidValue(f"{code!r} says that it replaces {shown(replaces)}")
            self.fail(entry.plugin, hook, other, f"what replaces another bears its code: {code!r}")
            return
        taken = entries.get(code)
        if taken and not (isinstance(replaces, str) and replaces == code):
            twice = InvalidValue(
                f"{code!r} is provided by {self.plugins[taken[-1].plugin]} already"
            )
            self.fail(entry.plugin, hook, twice, f"rename it, or say replaces={code!r}")
            return
        entries.setdefault(code, []).append(entry)


def _code(thing: Any) -> str:
    """The code of a thing; of one that has none, how it is shown: so it is refused."""
    code = getattr(thing, "code", None)
    if code is None or code == "":
        return shown(thing)
    if not isinstance(code, str):
        raise InvalidValue(f"the code {shown(code)} is no text")
    return code
