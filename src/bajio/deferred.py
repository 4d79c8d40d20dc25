"""Names of a module that live in others, each loaded on first use."""

import sys
from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import Any


def deferred(
    module: str,
    home_of: Mapping[str, str],
    *,
    own: Collection[str] = (),
    modules: Collection[str] = (),
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """What a module whose names live in others has as `__getattr__`, `__dir__` and `__all__`.

    Args:
        module: its name.
        home_of: the module of each name.
        own: names that it has by itself.
        modules: modules inside it that can be used without being imported.
    """
    every = sorted({*home_of, *own})

    def find(name: str) -> Any:
        if name in modules:
            return import_module(f"{module}.{name}")
        if name not in home_of:
            raise AttributeError(f"module {module!r} has no attribute {name!r}{elsewhere(name)}")
        value = getattr(import_module(home_of[name]), name)
        setattr(sys.modules[module], name, value)
        return value

    def elsewhere(name: str) -> str:
        if name.startswith("_"):  # which is what programs look for, and no user
            return ""
        if f"list_{name}" in home_of:
            return f": it is {module}.list_{name}()"
        inside = (
            submodule
            for submodule in modules
            if name in import_module(f"{module}.{submodule}").__all__
        )
        return "".join(f": it is {module}.{submodule}.{name}" for submodule in inside)

    def names() -> list[str]:
        return sorted({*vars(sys.modules[module]), *every, *modules})

    return find, names, every
