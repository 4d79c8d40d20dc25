"""The indicators that are rules of measures and nothing else, as they were checked and written.

`scripts/compile_tables.py` writes them beside the catalogue: a command that answers once and ends
takes the one that it needs. Where a module that declares them is another by now, none is taken.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import Any

from attrs import AttrsInstance

from bajio.files import packaged
from bajio.indicator import Better, Indicator
from bajio.readers.held_catalogue import all_of, held, label, read_held, tuples
from bajio.rules.algebra import Operator
from bajio.rules.nodes import Convert, Growth, Sum, WeightedMean
from bajio.rules.promises import Trait
from bajio.rules.rule import Arithmetic, Extent, Number
from bajio.units import Unit

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
_RULES: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Arithmetic, Convert, Growth, Number, Sum, WeightedMean)
}
_KINDS: tuple[type[Any], ...] = (Indicator, *_RULES.values())


def written() -> bytes:
    """What is held of them, as their modules declare them."""
    modules = [import_module(f"{__package__}.{name}") for name in _MODULES]
    every = {one.code: one for module in modules for one in module.INDICATORS}
    return held({"indicators": every}, _sources(), _KINDS)


@cache
def known() -> Mapping[str, list[Any]]:
    """The cells of each by code; nothing where what was written is of other modules."""
    try:
        content = packaged("bajio", "catalog/tables/indicators.table")
    except OSError:  # it was not compiled
        return {}
    parts = read_held(content, _sources(), _KINDS)
    return parts["indicators"] if parts else {}


def _sources() -> list[bytes]:
    return [packaged("bajio", f"indicators/{name}.py") for name in _MODULES]


def __getattr__(code: str) -> Indicator:
    if code not in known():
        raise AttributeError(f"module {__name__!r} has no attribute {code!r}")
    [indicator] = all_of(Indicator, [known()[code]], turned=_TURNED)
    return indicator


def _rule(cells: list[Any]) -> Any:
    name, extent, *own = cells
    [rule] = all_of(_RULES[name], [own], turned=_TURNED)
    object.__setattr__(rule, "_extent", Extent(*extent))
    return rule


def _traits(cells: list[str]) -> frozenset[Trait]:
    return frozenset(map(Trait, cells))


#: What makes of a cell what it was, by field, where JSON has another type.
_TURNED: Mapping[type[AttrsInstance], Mapping[str, Callable[[Any], Any]]] = {
    Indicator: {
        "rule": _rule,
        "unit": Unit.parse,
        "label": label,
        "better": Better,
        "description": label,
        "traits": _traits,
        "aliases": tuple,
    },
    Arithmetic: {"operator": Operator, "left": _rule, "right": _rule},
    Convert: {"rule": _rule},
    Growth: {"rule": _rule},
    Number: {"value": Fraction},
    Sum: {"where": tuples},
    WeightedMean: {"where": tuples},
}
