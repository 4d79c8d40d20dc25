"""Welfare: how long people live, and how many are killed."""

from bajio.indicator import Better, Indicator
from bajio.rules.nodes import Sum, WeightedMean

UN_MORTALITY = "United Nations, World Population Prospects, methodology: life tables"
UNODC = "UNODC, International Classification of Crime for Statistical Purposes, 0101 (2015)"


INDICATORS = (
    Indicator(
        "life-expectancy",
        WeightedMean("life-expectancy"),
        "year",
        {"en": "Life expectancy", "es": "Esperanza de vida"},
        better=Better.HIGHER,
        description={
            "en": "Life expectancy at birth, the mean of the members' by population.",
            "es": "Esperanza de vida al nacer, promedio de las entidades por población.",
        },
        formula_source=UN_MORTALITY,
        topic="welfare",
    ),
    Indicator(
        "homicide-rate",
        Sum("homicide-victims") / Sum("population"),
        "victim/hundred_thousand_person",
        {"en": "Homicide rate", "es": "Tasa de homicidios"},
        better=Better.LOWER,
        description={
            "en": "Victims of intentional homicide and of femicide in a whole year, for each "
            "100,000 persons.",
            "es": "Víctimas de homicidio doloso y de feminicidio en un año completo por cada "
            "100,000 personas.",
        },
        formula_source=UNODC,
        topic="welfare",
    ),
)
