"""Shelves: what plugins provide of one kind, by code, each thing loaded when it is asked for."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any, Generic, TypeVar

from attrs import define, evolve, field, frozen, has

from bajio.brief import Displayed
from bajio.errors import DuplicateCode, InvalidValue, nearest, shown, some

_MOST_TOLD = 6
Thing = TypeVar("Thing")
#: Guards what is done on behalf of a plugin: its name, and the code of what would be mended.
Guard = Callable[..., AbstractContextManager[None]]


@frozen(eq=False, repr=False)
class Entry:
    """A thing that a plugin provides: the thing itself, or the place that a manifest gives.

    Attributes:
        plugin: name of the plugin.
        thing: the thing, or `module:attribute`.
        from_manifest: whether it is a place.
    """

    plugin: str
    thing: Any
    from_manifest: bool = False


@define(eq=False, repr=False, slots=False)
class Shelf(Displayed, Mapping[str, Thing], Generic[Thing]):
    """Things of one kind by code; one that cannot be loaded is set aside as if it were not there.

    Args:
        entries: what is provided, by code: what replaces another comes after it, and is taken
            unless it cannot be used.
        kind: the type of things.
        check: refuses what one that is not trusted provides, by raising; may give another that
            takes its place.
        guard: what plugins do is done in it, so that what goes wrong sets the thing aside.
        trusted: names of plugins that provide what needs no check.
        ready: things that have been loaded.
    """

    _entries: Mapping[str, Sequence[Entry]]
    _kind: type[Thing]
    _check: Callable[[Thing, str], Thing | None]
    _guard: Guard
    _trusted: Container[str] = frozenset()
    _ready: dict[str, Thing] = field(factory=dict)

    def __getitem__(self, code: str) -> Thing:
        while code not in self._ready:
            *others, entry = self._entries[code]
            with self._guard(entry.plugin, code=code):
                thing = from_place(code, entry.thing) if entry.from_manifest else entry.thing
                if not issubclass(type(thing), self._kind) or thing.code != code:
                    kind = self._kind.__name__
                    raise InvalidValue(f"{shown(thing)} is not the {kind} {shown(code)}")
                if entry.plugin not in self._trusted:
                    thing = anew(thing)
                    thing = self._check(thing, entry.plugin) or thing
                self._ready[code] = thing
                break
            left = {key: every for key, every in self._entries.items() if others or key != code}
            if others:
                left[code] = tuple(others)
            self._entries = left
        return self._ready[code]

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str) or code not in self._entries:
            return False
        try:
            return self[code] is not None
        except KeyError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter([code for code in list(self._entries) if code in self])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __repr__(self) -> str:
        codes = self.codes
        return f"Shelf({len(codes)} codes: {some([repr(code) for code in codes], _MOST_TOLD)})"

    def __copy__(self) -> "Shelf[Thing]":
        return self  # a value, whose things are values

    def __deepcopy__(self, _memo: object) -> "Shelf[Thing]":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """What there is, all of it loaded, as it was checked, and who provides it."""
        things = dict(self)
        return _restored, (self._kind, things, {code: self.provider(code) for code in things})

    def with_things(self, provider: str, things: Mapping[str, Thing]) -> "Shelf[Thing]":
        """This shelf with further things, which take the place of those of their codes.

        Args:
            provider: what provides them.
            things: which have been checked.
        """
        entries = {code: (Entry(provider, thing),) for code, thing in things.items()}
        others = {code: every for code, every in self._entries.items() if code not in entries}
        return evolve(self, entries={**entries, **others}, ready={**self._ready, **things})

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, nothing loaded."""
        return tuple(self._entries)

    def provider(self, code: str) -> str:
        """Name of the plugin that provides a code."""
        return self._entries[code][-1].plugin

    def codes_of(self, plugin: str) -> tuple[str, ...]:
        """Codes that a plugin provides, without loading them."""
        return tuple(code for code, (*_, entry) in self._entries.items() if entry.plugin == plugin)


def _restored(
    kind: type[Thing], things: dict[str, Thing], providers: Mapping[str, str]
) -> Shelf[Thing]:
    """A shelf that was pickled: nothing on it is left to load, or to check."""
    entries = {code: (Entry(providers[code], thing),) for code, thing in things.items()}
    return Shelf(entries, kind, _taken, nullcontext, ready=things)


def _taken(thing: Thing, _plugin: str) -> Thing:
    return thing


def with_defined(
    shelf: "Shelf[Thing]", datasets: Iterable[Any], part: str, check: Callable[[Thing, str], None]
) -> "Shelf[Thing]":
    """A shelf with what the packages of datasets declare.

    Args:
        shelf: what there is.
        datasets: laid over it.
        part: of their definitions, as `indicators`.
        check: refuses what means nothing where they are laid over what there is, by raising.

    Raises:
        BajioError: something is refused, or has a code that is taken and does not replace it.
    """
    for data in datasets:
        things: dict[str, Thing] = {
            thing.code: thing for thing in getattr(data.definitions, part, ())
        }
        for code, thing in things.items():
            if code in shelf.codes and getattr(thing, "replaces", "") != code:
                text = f"{shown(code)} is provided by {shelf.provider(code)} already"
                raise DuplicateCode(f"{text}: rename it, or say that it replaces {code}")
            check(thing, data.name)
        shelf = shelf.with_things(data.name, things) if things else shelf
    return shelf


def anew(thing: Any) -> Any:
    """A thing made again by its own constructor, which refuses what was forced into it."""
    return evolve(thing) if has(type(thing)) else thing


def from_place(code: str, place: str) -> Any:
    """What a manifest's `module:attribute` names: the thing, or a collection that holds it."""
    module, separator, attribute = place.partition(":")
    if not separator:
        raise ValueError(f"the manifest's place {place!r} is not 'module:attribute'")
    result = getattr(import_module(module), attribute)
    if isinstance(result, tuple | list):
        known = {getattr(thing, "code", None) or thing.name: thing for thing in result}
        if code not in known:
            close = ", ".join(nearest(code, known))
            raise ValueError(f"{place} holds no {code!r}" + (f", but {close}" if close else ""))
        return known[code]
    return result
