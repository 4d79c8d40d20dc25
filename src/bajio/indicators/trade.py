"""Trade: exports of goods, per head and against output."""

from bajio.indicator import Better, Indicator
from bajio.rules.nodes import Convert, Sum

MERCHANDISE = "United Nations, International Merchandise Trade Statistics, 2010 concepts"
EXPORTS = Convert(Sum("exports"), to="USD", at="exchange-rate")


INDICATORS = (
    Indicator(
        "exports",
        EXPORTS,
        "USD",
        {"en": "Exports of goods", "es": "Exportaciones de bienes"},
        better=Better.HIGHER,
        description={
            "en": "Goods exported in the year, free on board.",
            "es": "Bienes exportados en el año, libres a bordo.",
        },
        formula_source=MERCHANDISE,
        topic="trade",
    ),
    Indicator(
        "exports-per-capita",
        EXPORTS / Sum("population"),
        "USD/person",
        {"en": "Exports per head", "es": "Exportaciones por habitante"},
        better=Better.HIGHER,
        description={
            "en": "Goods exported in the year over the mid-year population.",
            "es": "Bienes exportados en el año entre la población a mitad del año.",
        },
        formula_source=MERCHANDISE,
        topic="trade",
    ),
    Indicator(
        "exports-to-gdp",
        EXPORTS / Convert(Sum("gdp"), to="USD", at="exchange-rate"),
        "1",
        {"en": "Exports against GDP", "es": "Exportaciones respecto al PIB"},
        better=Better.HIGHER,
        description={
            "en": "Goods exported over GDP, both in US dollars of the year. Exports count "
            "gross value, GDP value added, so the ratio can exceed one.",
            "es": "Bienes exportados entre el PIB, ambos en dólares del año. Las "
            "exportaciones son valor bruto y el PIB valor agregado: puede pasar de uno.",
        },
        formula_source="World Bank, World Development Indicators, NE.EXP.GNFS.ZS, goods only",
        topic="trade",
    ),
)
