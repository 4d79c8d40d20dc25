"""Mappings that cannot be changed: as fast as dictionaries, copied and pickled as any value."""

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that stays as it was made.

    Examples:
        >>> ages = FrozenDict({"Ana": 30})
        >>> ages["Ana"], ages == {"Ana": 30}, ages | {"Luis": 4}
        (30, True, {'Ana': 30, 'Luis': 4})
        >>> ages["Ana"] = 31
        Traceback (most recent call last):
        ...
        TypeError: a FrozenDict cannot be changed: make a copy, as dict(...)
    """

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a FrozenDict cannot be changed: make a copy, as dict(...)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __copy__(self) -> "FrozenDict[K, V]":
        return self

    def __reduce__(self) -> tuple[type["FrozenDict[K, V]"], tuple[dict[K, V]]]:
        return FrozenDict, (dict(self),)


def frozen_dict(given: Mapping[K, Any], depth: int = 1) -> FrozenDict[K, Any]:
    """A copy that cannot be changed; so are the mappings in it, down to a depth."""
    if type(given) is FrozenDict:
        return given
    if depth == 1:
        return FrozenDict(given)
    return FrozenDict({key: frozen_dict(value, depth - 1) for key, value in given.items()})
