"""What is loaded once, on first need: one thread at a time, and never across a fork."""

import os
from collections.abc import Hashable
from functools import cached_property
from threading import RLock
from typing import Any, Self, TypeVar, overload

from attrs import define

Value = TypeVar("Value")

#: Whoever loads something of a registry holds it. One for all registries, since a process that
#: forks has to wait for it: a child would wait for ever for a thread that it does not have.
LOADING = RLock()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=LOADING.acquire,
        after_in_parent=LOADING.release,
        after_in_child=LOADING.release,
    )


class loaded_once(cached_property[Value]):  # noqa: N801  # used as property is
    """A property that is made on first need, by one thread, and kept; an error keeps nothing.

    Examples:
        >>> class Shop:
        ...     @loaded_once
        ...     def stock(self):
        ...         return [print("counting")]
        >>> shop = Shop()
        >>> shop.stock is shop.stock
        counting
        True
    """

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type | None = None) -> Value: ...

    def __get__(self, instance: object | None, owner: type | None = None) -> Self | Value:
        with LOADING:
            return super().__get__(instance, owner)


@define(eq=False, repr=False, slots=False)
class Latest(dict[Any, Any]):
    """Things by what they were made for, up to a number of them: from then on the oldest go.

    Examples:
        >>> latest = Latest(2)
        >>> for number in (1, 2, 3):
        ...     latest[number] = "made"
        >>> list(latest)
        [2, 3]
    """

    most: int

    def __setitem__(self, key: Hashable, thing: object) -> None:
        with LOADING:
            while len(self) >= self.most:
                del self[next(iter(self))]
            super().__setitem__(key, thing)
