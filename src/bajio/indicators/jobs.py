"""Insured jobs: formal jobs of employees by month, and how they change."""

from bajio.indicator import Better, Indicator
from bajio.rules.nodes import Growth, Sum

IMSS = "IMSS, puestos de trabajo asegurados, methodological note"
JOBS = Sum("insured-jobs")


INDICATORS = (
    Indicator(
        "insured-jobs",
        JOBS,
        "job",
        {"en": "Insured jobs", "es": "Empleos asegurados"},
        better=Better.HIGHER,
        description={
            "en": "Jobs insured with IMSS on the last day of the month; of a year, of December.",
            "es": "Puestos de trabajo asegurados en el IMSS el último día del mes; de un año, los "
            "de diciembre.",
        },
        formula_source=IMSS,
        topic="labour",
    ),
    Indicator(
        "insured-jobs-growth",
        Growth(JOBS),
        "1",
        {"en": "Growth of insured jobs", "es": "Crecimiento del empleo asegurado"},
        better=Better.HIGHER,
        description={
            "en": "Change of the region's insured jobs against the same month a year before, as a "
            "fraction: each state counts by its jobs.",
            "es": "Cambio de los empleos asegurados de la región respecto al mismo mes del año "
            "anterior, como fracción: cada estado cuenta según sus empleos.",
        },
        formula_source=IMSS,
        topic="labour",
    ),
)
