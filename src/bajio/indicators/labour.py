"""Labour: who works, who would, and how that changes."""

from bajio.indicator import Better, Indicator
from bajio.rules.nodes import Growth, Sum

ICLS = "ILO, 19th International Conference of Labour Statisticians, resolution I (2013)"
EMPLOYED = Sum("employed")
ACTIVE = Sum("economically-active")


INDICATORS = (
    Indicator(
        "employment",
        EMPLOYED,
        "person",
        {"en": "Employed persons", "es": "Población ocupada"},
        better=Better.HIGHER,
        description={
            "en": "Employed persons, formal and informal, the mean of the year's quarters.",
            "es": "Personas ocupadas, formales e informales, promedio de los trimestres.",
        },
        formula_source=ICLS,
        topic="labour",
    ),
    Indicator(
        "employment-growth",
        Growth(EMPLOYED),
        "1",
        {"en": "Employment growth", "es": "Crecimiento del empleo"},
        better=Better.HIGHER,
        description={
            "en": "Change of the region's employed persons over a year, as a fraction: each "
            "state counts by its jobs.",
            "es": "Cambio anual de la población ocupada de la región, como fracción: cada "
            "estado cuenta según sus empleos.",
        },
        formula_source=ICLS,
        topic="labour",
    ),
    Indicator(
        "unemployment-rate",
        (ACTIVE - EMPLOYED) / ACTIVE,
        "1",
        {"en": "Unemployment rate", "es": "Tasa de desocupación"},
        better=Better.LOWER,
        description={
            "en": "Unemployed persons over the economically active, as a fraction.",
            "es": "Personas desocupadas entre las económicamente activas, como fracción.",
        },
        formula_source=ICLS,
        topic="labour",
    ),
    Indicator(
        "active-share",
        ACTIVE / Sum("population"),
        "1",
        {"en": "Active share of the population", "es": "Población activa del total"},
        better=Better.HIGHER,
        description={
            "en": "Economically active persons over the whole population, as a fraction.",
            "es": "Personas económicamente activas entre la población total, como fracción.",
        },
        formula_source=ICLS,
        topic="labour",
    ),
)
