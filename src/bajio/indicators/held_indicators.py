"""The indicators that are rules of measures and nothing else, as they were checked and written.

`scripts/compile_tables.py` writes them beside the catalogue: a command that answers once and ends
takes the one that it needs. Where a module that declares them is another by now, none is taken.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from bajio.files import packaged
from bajio.indicator import Indicator
from bajio.readers.held_catalogue import held, made, read_held

#: The modules that declare them.
_MODULES = (
    "population",
    "output",
    "investment",
    "trade",
    "labour",
    "welfare",
    "deprivation",
    "jobs",
)


def written() -> bytes:
    """What is held of them, as their modules declare them."""
    modules = [import_module(f"{__package__}.{name}") for name in _MODULES]
    every = {one.code: one for module in modules for one in module.INDICATORS}
    return held({"indicators": every}, _sources())


@cache
def known() -> Mapping[str, list[Any]]:
    """The cells of each by code; nothing where what was written is of other modules."""
    try:
        content = packaged("bajio", "catalog/tables/indicators.table")
    except OSError:  # it was not compiled
        return {}
    parts = read_held(content, _sources())
    return parts["indicators"] if parts else {}


def _sources() -> list[bytes]:
    return [packaged("bajio", f"indicators/{name}.py") for name in _MODULES]


def __getattr__(code: str) -> Indicator:
    if code not in known():
        raise AttributeError(f"module {__name__!r} has no attribute {code!r}")
    indicator: Indicator = made(Indicator, known()[code])
    return indicator
