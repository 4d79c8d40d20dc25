"""Money from abroad: foreign direct investment and remittances."""

from bajio.indicator import Better, Indicator
from bajio.rules.nodes import Convert, Sum

BALANCE = "IMF, Balance of Payments and International Investment Position Manual, 6th edition"
POPULATION = Sum("population")
FDI = Convert(Sum("fdi"), to="USD", at="exchange-rate")
REMITTANCES = Convert(Sum("remittances"), to="USD", at="exchange-rate")


INDICATORS = (
    Indicator(
        "fdi",
        FDI,
        "USD",
        {"en": "Foreign direct investment", "es": "Inversión extranjera directa"},
        better=Better.HIGHER,
        description={
            "en": "Net inflows of the year; negative where more was withdrawn than invested.",
            "es": "Flujos netos del año; negativos si se retiró más de lo que se invirtió.",
        },
        formula_source=BALANCE,
        topic="investment",
    ),
    Indicator(
        "fdi-per-capita",
        FDI / POPULATION,
        "USD/person",
        {
            "en": "Foreign direct investment per head",
            "es": "Inversión extranjera directa por habitante",
        },
        better=Better.HIGHER,
        description={
            "en": "Net inflows of the year over the mid-year population.",
            "es": "Flujos netos del año entre la población a mitad del año.",
        },
        formula_source=BALANCE,
        topic="investment",
    ),
    Indicator(
        "remittances",
        REMITTANCES,
        "USD",
        {"en": "Remittances received", "es": "Remesas recibidas"},
        description={
            "en": "Family remittances received from abroad in the year.",
            "es": "Remesas familiares recibidas del exterior en el año.",
        },
        formula_source=BALANCE,
        topic="investment",
    ),
    Indicator(
        "remittances-per-capita",
        REMITTANCES / POPULATION,
        "USD/person",
        {"en": "Remittances per head", "es": "Remesas por habitante"},
        description={
            "en": "Family remittances of the year over the mid-year population.",
            "es": "Remesas familiares del año entre la población a mitad del año.",
        },
        formula_source=BALANCE,
        topic="investment",
    ),
)
