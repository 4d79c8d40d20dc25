"""Mappings that cannot be changed: as fast as dictionaries, copied and pickled as any value."""

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

from bajio.brief import Displayed
from bajio.errors import some

K = TypeVar("K")
V = TypeVar("V")
#: Letters of one that is shown whole; keys of a longer one that are named.
_LONGEST, _TOLD = 2000, 6


class FrozenDict(Displayed, dict[K, V]):
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

    def __repr__(self) -> str:
        text = dict.__repr__(self)
        if len(text) <= _LONGEST or len(self) <= _TOLD:
            return text
        words = some([repr(key) for key in self], _TOLD)
        return f"{type(self).__name__}({len(self)} keys: {words})"

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a FrozenDict cannot be changed: make a copy, as dict(...)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __copy__(self) -> "FrozenDict[K, V]":
        return self

    def __reduce__(self) -> tuple[type["FrozenDict[K, V]"], tuple[dict[K, V]]]:
        return FrozenDict, (dict(self),)


def frozen_dict(values: Mapping[K, V]) -> FrozenDict[K, V]:
    """A mapping that cannot be changed: itself where it is such, else a copy."""
    return values if type(values) is FrozenDict else FrozenDict(values)
