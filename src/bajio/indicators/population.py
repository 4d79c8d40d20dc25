"""Population and territory: how many, how much land, how dense, how fast."""

from bajio.indicator import Indicator
from bajio.rules.nodes import Growth, Sum

POPULATION = Sum("population")
AREA = Sum("area")


INDICATORS = (
    Indicator(
        "population",
        POPULATION,
        "person",
        {"en": "Population", "es": "Población"},
        description={
            "en": "Residents at mid-year.",
            "es": "Residentes a mitad del año.",
        },
        formula_source="United Nations, Principles and Recommendations for Population and "
        "Housing Censuses, Revision 3 (2017)",
        topic="population",
    ),
    Indicator(
        "area",
        AREA,
        "km²",
        {"en": "Territory", "es": "Territorio"},
        description={
            "en": "Surface of the territory, inland water included.",
            "es": "Superficie del territorio, con aguas interiores.",
        },
        formula_source="United Nations, Demographic Yearbook, table 3: surface area",
        topic="population",
    ),
    Indicator(
        "population-density",
        POPULATION / AREA,
        "person/km²",
        {"en": "Population density", "es": "Densidad de población"},
        description={
            "en": "Residents for each km² of territory.",
            "es": "Residentes por km² de territorio.",
        },
        formula_source="United Nations, Demographic Yearbook, table 3: density",
        topic="population",
    ),
    Indicator(
        "population-growth",
        Growth(POPULATION),
        "1",
        {"en": "Population growth", "es": "Crecimiento de la población"},
        description={
            "en": "Change of the mid-year population over a year, as a fraction.",
            "es": "Cambio anual de la población a mitad del año, como fracción.",
        },
        formula_source="World Bank, World Development Indicators, SP.POP.GROW",
        topic="population",
    ),
)
