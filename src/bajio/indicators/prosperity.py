"""Prosperity: a composite of output, trade and work, as scores and as indicators."""

from bajio.composites import Composite
from bajio.indicators.labour import INDICATORS as LABOUR
from bajio.indicators.output import INDICATORS as OUTPUT
from bajio.indicators.trade import INDICATORS as TRADE

COMPOSITES = (
    Composite(
        "composite-prosperity",
        {"en": "Prosperity", "es": "Prosperidad"},
        ["gdp-per-capita", "exports-per-capita", "unemployment-rate"],
        scale=(0, 100),
        description={
            "en": "The mean of GDP per head, exports per head and unemployment, each from 0 for "
            "the worst area of the country to 100 for the best.",
            "es": "El promedio del PIB por habitante, las exportaciones por habitante y la "
            "desocupación, cada uno de 0 para la peor entidad del país a 100 para la mejor.",
        },
    ),
    Composite(
        "composite-balanced-prosperity",
        {"en": "Balanced prosperity", "es": "Prosperidad equilibrada"},
        ["gdp-per-capita", "exports-per-capita", "unemployment-rate"],
        aggregation="geometric",
        scale=(1, 100),
        description={
            "en": "The geometric mean of the same, each from 1 to 100: a bad figure is made up "
            "for by a good one only in part.",
            "es": "La media geométrica de lo mismo, cada uno de 1 a 100: una mala cifra solo se "
            "compensa en parte con una buena.",
        },
    ),
)
_KNOWN = {one.code: one for one in (*OUTPUT, *TRADE, *LABOUR)}
INDICATORS = tuple(one.as_indicator(_KNOWN) for one in COMPOSITES)
