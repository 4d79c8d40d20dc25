"""The built-in indicators: one plugin, one subject a module.

The manifest says which module holds which indicator,
so that a question about one imports one module.
"""

from collections.abc import Iterable, Mapping

from bajio.hookspecs import hookimpl
from bajio.indicator import IndicatorSet
from bajio.indicators import held_indicators

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
    "welfare": ("life-expectancy", "homicide-rate"),
    "deprivation": ("schooling", "illiterate", "without-piped-water", "without-drainage"),
    "jobs": ("insured-jobs", "insured-jobs-growth"),
    "structure": (
        "activity-shares",
        "location-quotient",
        "herfindahl",
        "herfindahl-normalised",
        "krugman",
        "shannon",
        "export-shares",
    ),
    "inequality": tuple(
        f"{kind}-gdp-per-capita"
        for kind in (
            "gini",
            "theil",
            "theil-l",
            "atkinson",
            "variation",
            "williamson",
            "hoover",
            "max-min",
        )
    ),
    "dynamics": (
        "gdp-compound-growth-5",
        "gdp-compound-growth-10",
        "gdp-per-capita-compound-growth-5",
        "gdp-per-capita-compound-growth-10",
        "population-compound-growth-5",
        "population-compound-growth-10",
        "employment-compound-growth-5",
        "employment-compound-growth-10",
        "contribution-gdp-growth",
        "contribution-population-growth",
        "contribution-employment-growth",
        "growth-decomposition",
        "employment-growth-mean",
        "employment-growth-weighing",
    ),
    "shift_share": (
        "shift-share",
        "shift-share-rates",
        "shift-share-mix",
        "shift-share-regional",
    ),
    "convergence": ("beta-convergence", "sigma-convergence"),
    "practice": (
        "best-practice-gdp",
        "best-practice-exports",
        "best-practice-active",
        "best-practice-unemployed",
        "best-practice-gdp-per-capita",
        "best-practice-exports-per-capita",
        "best-practice-active-share",
        "best-practice-unemployment-rate",
        "best-practice-gdp-change",
        "best-practice-exports-change",
        "best-practice-active-change",
        "best-practice-unemployed-change",
    ),
    "prosperity": ("composite-prosperity", "composite-balanced-prosperity"),
}
_PROFILE = ("population", "output", "investment", "trade", "labour", "welfare")
_SETS = {
    "structure": (
        {"en": "Structure of the economy", "es": "Estructura de la economía"},
        ("structure",),
    ),
    "spread": (
        {"en": "Spread among members", "es": "Diferencias entre entidades"},
        ("inequality",),
    ),
    "dynamics": (
        {"en": "Growth and convergence", "es": "Crecimiento y convergencia"},
        ("dynamics", "shift_share", "convergence"),
    ),
    "practice": ({"en": "Best practice", "es": "Mejores prácticas"}, ("practice",)),
    "prosperity": ({"en": "Prosperity", "es": "Prosperidad"}, ("prosperity",)),
}
#: The pillars of the San Miguel Agreement, and what is measured of each.
_PILLARS = (
    ({"en": "Investment", "es": "Inversión"}, ("fdi", "fdi-per-capita")),
    (
        {"en": "Production", "es": "Producción"},
        ("gdp", "gdp-growth", "insured-jobs", "insured-jobs-growth"),
    ),
    (
        {"en": "Logistics and exports", "es": "Logística y exportaciones"},
        ("exports", "exports-per-capita", "exports-to-gdp"),
    ),
    ({"en": "Education", "es": "Educación"}, ("schooling", "illiterate")),
    (
        {"en": "Sustainability", "es": "Sustentabilidad"},
        ("without-piped-water", "without-drainage"),
    ),
    ({"en": "Security", "es": "Seguridad"}, ("homicide-rate",)),
)
#: Tables by activity that are asked for by their own names.
_LONG = ("shift-share-mix", "shift-share-regional")


@hookimpl
def bajio_indicators() -> Mapping[str, str]:
    """The manifest of the built-in indicators."""
    held = held_indicators.known()
    return {
        code: f"{__name__}.held_indicators:{code}"
        if code in held
        else f"{__name__}.{module}:INDICATORS"
        for module, codes in _MODULES.items()
        for code in codes
    }


@hookimpl
def bajio_indicator_sets() -> Iterable[IndicatorSet]:
    """What a profile shows, and the sets of what regional science asks."""
    profile = [code for module in _PROFILE for code in _MODULES[module]]
    sets = [IndicatorSet("profile", {"en": "Profile", "es": "Perfil"}, profile)]
    sets.append(IndicatorSet("pillars", {"en": "Pillar", "es": "Pilar"}, groups=_PILLARS))
    for code, (label, modules) in _SETS.items():
        codes = [one for module in modules for one in _MODULES[module] if one not in _LONG]
        sets.append(IndicatorSet(code, label, codes))
    return sets


@hookimpl
def bajio_composites() -> Mapping[str, str]:
    """The manifest of the built-in composites."""
    return dict.fromkeys(_MODULES["prosperity"], f"{__name__}.prosperity:COMPOSITES")
