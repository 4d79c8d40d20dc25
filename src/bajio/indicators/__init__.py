"""The built-in indicators: one subject a module, each a plugin that could stand by itself.

The manifest says which module holds which indicator,
so that a question about one imports one module.
"""

from collections.abc import Mapping

from bajio.hookspecs import hookimpl

_MODULES = {
    "population": ("population", "area", "population-density", "population-growth"),
    "output": (
        "gdp",
        "gdp-mxn",
        "gdp-ppp",
        "gdp-per-capita",
        "gdp-per-capita-ppp",
        "gdp-growth",
    ),
    "investment": ("fdi", "fdi-per-capita", "remittances", "remittances-per-capita"),
    "trade": ("exports", "exports-per-capita", "exports-to-gdp"),
    "labour": ("employment", "employment-growth", "unemployment-rate", "active-share"),
}


@hookimpl
def bajio_indicators() -> Mapping[str, str]:
    """The manifest of the built-in indicators."""
    return {
        code: f"{__name__}.{module}:INDICATORS"
        for module, codes in _MODULES.items()
        for code in codes
    }
