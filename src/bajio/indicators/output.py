"""Output: gross domestic product, per head, and its real growth."""

from bajio.indicator import Better, Indicator
from bajio.rules.nodes import Convert, Growth, Sum

SNA = "United Nations and others, System of National Accounts 2008"
POPULATION = Sum("population")
GDP = Convert(Sum("gdp"), to="USD", at="exchange-rate")
GDP_PPP = Convert(Sum("gdp"), to="int_USD", at="ppp-factor")


INDICATORS = (
    Indicator(
        "gdp",
        GDP,
        "USD",
        {"en": "GDP", "es": "PIB"},
        better=Better.HIGHER,
        description={
            "en": "Gross domestic product at current prices, in US dollars at the average "
            "exchange rate of the year.",
            "es": "Producto interno bruto a precios corrientes, en dólares al tipo de cambio "
            "promedio del año.",
        },
        formula_source=SNA,
        topic="output",
    ),
    Indicator(
        "gdp-mxn",
        Convert(Sum("gdp"), to="MXN", at="exchange-rate"),
        "MXN",
        {"en": "GDP in pesos", "es": "PIB en pesos"},
        better=Better.HIGHER,
        description={
            "en": "Gross domestic product at current prices, in Mexican pesos.",
            "es": "Producto interno bruto a precios corrientes, en pesos mexicanos.",
        },
        formula_source=SNA,
        topic="output",
    ),
    Indicator(
        "gdp-ppp",
        GDP_PPP,
        "int_USD",
        {"en": "GDP at PPP", "es": "PIB en PPA"},
        better=Better.HIGHER,
        description={
            "en": "Gross domestic product at current prices, in international dollars by the "
            "country's purchasing power parity.",
            "es": "Producto interno bruto a precios corrientes, en dólares internacionales "
            "según la paridad de poder adquisitivo del país.",
        },
        formula_source="World Bank, World Development Indicators, NY.GDP.MKTP.PP.CD",
        topic="output",
    ),
    Indicator(
        "gdp-per-capita",
        GDP / POPULATION,
        "USD/person",
        {"en": "GDP per head", "es": "PIB por habitante"},
        better=Better.HIGHER,
        description={
            "en": "GDP in US dollars over the mid-year population.",
            "es": "PIB en dólares entre la población a mitad del año.",
        },
        formula_source="World Bank, World Development Indicators, NY.GDP.PCAP.CD",
        topic="output",
    ),
    Indicator(
        "gdp-per-capita-ppp",
        GDP_PPP / POPULATION,
        "int_USD/person",
        {"en": "GDP per head at PPP", "es": "PIB por habitante en PPA"},
        better=Better.HIGHER,
        description={
            "en": "GDP in international dollars over the mid-year population.",
            "es": "PIB en dólares internacionales entre la población a mitad del año.",
        },
        formula_source="World Bank, World Development Indicators, NY.GDP.PCAP.PP.CD",
        topic="output",
    ),
    Indicator(
        "gdp-growth",
        Growth(Sum("gdp-constant")),
        "1",
        {"en": "GDP growth (real)", "es": "Crecimiento del PIB (real)"},
        better=Better.HIGHER,
        description={
            "en": "Change of GDP at constant prices over a year, as a fraction.",
            "es": "Cambio anual del PIB a precios constantes, como fracción.",
        },
        formula_source="World Bank, World Development Indicators, NY.GDP.MKTP.KD.ZG",
        topic="output",
    ),
)
