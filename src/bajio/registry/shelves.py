"""Shelves: what plugins provide of one kind, by code, each thing loaded when it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from bajio.errors import nearest

Thing = TypeVar("Thing")
Fail = Callable[[str, BaseException, str], None]


@frozen
class Entry:
    """A thing that a plugin provides: the thing itself, or the place that a manifest gives.

    Attributes:
        plugin: name of the plugin.
        thing: the thing, or `module:attribute`.
        from_manifest: whether it is a place.
    """

    plugin: str
    thing: Any = field(repr=False)
    from_manifest: bool = False


class Shelf(Mapping[str, Thing], Generic[Thing]):
    """Things of one kind by code; one that cannot be loaded is set aside as if it were not there.

    Args:
        entries: what is provided, by code.
        check: refuses a thing that is not what it should be, by raising.
        fail: told of what is set aside: plugin, error, cure.
    """

    def __init__(
        self,
        entries: Mapping[str, Entry],
        check: Callable[[str, Any, str], None],
        fail: Fail,
    ) -> None:
        self._entries = dict(entries)
        self._check = check
        self._fail = fail
        self._ready: dict[str, Thing] = {}

    def __getitem__(self, code: str) -> Thing:
        if code not in self._ready:
            self._load(code, self._entries[code])
        return self._ready[code]

    def _load(self, code: str, entry: Entry) -> None:
        try:
            thing = from_place(code, entry.thing) if entry.from_manifest else entry.thing
            self._check(code, thing, entry.plugin)
        except (Exception, SystemExit) as error:  # a plugin can fail in any way
            self._entries = {key: one for key, one in self._entries.items() if key != code}
            self._fail(entry.plugin, error, f"mend {code!r}, or uninstall the plugin")
            raise KeyError(code) from None
        self._ready[code] = thing

    def __contains__(self, code: object) -> bool:
        if code in self._ready:
            return True
        try:
            return code in self._entries and self[str(code)] is not None
        except KeyError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter([code for code in list(self._entries) if code in self])

    def __len__(self) -> int:
        return len(list(iter(self)))

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, nothing loaded."""
        return tuple(self._entries)

    def provider(self, code: str) -> str:
        """Name of the plugin that provides a code."""
        return self._entries[code].plugin

    def codes_of(self, plugin: str) -> tuple[str, ...]:
        """Codes that a plugin provides, without loading them."""
        return tuple(code for code, entry in self._entries.items() if entry.plugin == plugin)


def from_place(code: str, place: str) -> Any:
    """What a manifest's `module:attribute` names: the thing, or a collection that holds it."""
    module, separator, attribute = place.partition(":")
    if not separator:
        raise ValueError(f"the manifest's place {place!r} is not 'module:attribute'")
    found = getattr(import_module(module), attribute)
    if isinstance(found, tuple | list):
        known = {getattr(thing, "code", None) or thing.name: thing for thing in found}
        if code not in known:
            close = ", ".join(nearest(code, known))
            raise ValueError(f"{place} holds no {code!r}" + (f", but {close}" if close else ""))
        return known[code]
    return found
