"""Tools for tests: a conformance kit for plugins, and strategies for worlds, regions and rules.

Needs Hypothesis, which the `test` extra brings; it is imported on first use,
so that pytest can load the plugin beside this in every project.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bajio.testing.kit import (
        LawFinding,
        NotConforming,
        check_composite,
        check_dataset,
        check_indicator,
        check_region,
        trials,
    )
    from bajio.testing.strategies import areas, datasets, regions, rules, tables, worlds
    from bajio.testing.wide import wide_regions, wide_worlds
    from bajio.testing.worlds import World

_HOME_OF = {
    **dict.fromkeys(("areas", "datasets", "regions", "rules", "tables", "worlds"), "strategies"),
    **dict.fromkeys(("wide_regions", "wide_worlds"), "wide"),
    "World": "worlds",
    **dict.fromkeys(
        (
            "LawFinding",
            "NotConforming",
            "check_composite",
            "check_dataset",
            "check_indicator",
            "check_region",
            "trials",
        ),
        "kit",
    ),
}

__all__ = [
    "LawFinding",
    "NotConforming",
    "World",
    "areas",
    "check_composite",
    "check_dataset",
    "check_indicator",
    "check_region",
    "datasets",
    "regions",
    "rules",
    "tables",
    "trials",
    "wide_regions",
    "wide_worlds",
    "worlds",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'bajio.testing' has no attribute {name!r}")
    value = getattr(import_module(f"bajio.testing.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
