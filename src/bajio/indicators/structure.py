"""Structure: what an economy is made of, by the leaves of the industry classification."""

from collections.abc import Iterable

from bajio.hookspecs import hookimpl
from bajio.indicator import Indicator
from bajio.rules.axes import Across, By, Categories
from bajio.rules.functions import Absolute, Entropy
from bajio.rules.nodes import HOST, At, Sum

ACTIVITY = "activity"
HIRSCHMAN = "A. O. Hirschman, National Power and the Structure of Foreign Trade (1945)"
GVA = Sum("gva")
SHARE = GVA / Across(GVA, ACTIVITY)
HERFINDAHL = Across(SHARE * SHARE, ACTIVITY)
ACTIVITIES = Categories("gva", ACTIVITY)

INDICATORS = (
    Indicator(
        "activity-shares",
        By(SHARE, ACTIVITY),
        "1",
        {"en": "Shares by activity", "es": "Participación por actividad"},
        description={
            "en": "Value added of each of the 35 activities over that of all, at current prices.",
            "es": "Valor agregado de cada una de las 35 actividades entre el de todas, a precios "
            "corrientes.",
        },
        formula_source="United Nations and others, System of National Accounts 2008",
        topic="structure",
    ),
    Indicator(
        "location-quotient",
        By(SHARE / At(SHARE, HOST), ACTIVITY),
        "1",
        {"en": "Location quotients", "es": "Cocientes de localización"},
        description={
            "en": "An activity's share in the region over its share in the country: above one, "
            "the region is specialised in it.",
            "es": "Participación de una actividad en la región entre su participación en el país: "
            "arriba de uno, la región se especializa en ella.",
        },
        formula_source="P. S. Florence, Investment, Location, and Size of Plant (1948)",
        topic="structure",
        as_number=True,
    ),
    Indicator(
        "herfindahl",
        HERFINDAHL,
        "1",
        {"en": "Herfindahl-Hirschman of activities", "es": "Herfindahl-Hirschman de actividades"},
        description={
            "en": "Sum of the squared shares of the activities: 1/35 where all are the same, "
            "one where there is a single one.",
            "es": "Suma de los cuadrados de las participaciones: 1/35 si todas son iguales, uno "
            "si solo hay una.",
        },
        formula_source=HIRSCHMAN,
        topic="structure",
        as_number=True,
    ),
    Indicator(
        "herfindahl-normalised",
        (ACTIVITIES * HERFINDAHL - 1) / (ACTIVITIES - 1),
        "1",
        {"en": "Herfindahl-Hirschman, normalised", "es": "Herfindahl-Hirschman normalizado"},
        description={
            "en": "The same from zero, where all activities are the same, to one.",
            "es": "Lo mismo, de cero, si todas las actividades son iguales, a uno.",
        },
        formula_source=HIRSCHMAN,
        topic="structure",
        as_number=True,
    ),
    Indicator(
        "krugman",
        Across(Absolute(SHARE - At(SHARE, HOST)), ACTIVITY),
        "1",
        {"en": "Krugman specialisation", "es": "Especialización de Krugman"},
        description={
            "en": "Sum of the differences between the activities' shares in the region and in the "
            "country: zero where both are made alike, two where they share nothing.",
            "es": "Suma de las diferencias entre las participaciones en la región y en el país: "
            "cero si su composición es igual, dos si no comparten nada.",
        },
        formula_source="P. Krugman, Geography and Trade (1991)",
        topic="structure",
        as_number=True,
    ),
    Indicator(
        "shannon",
        -1 * Across(Entropy(SHARE), ACTIVITY),
        "1",
        {"en": "Shannon diversity of activities", "es": "Diversidad de Shannon de actividades"},
        description={
            "en": "Entropy of the activities' shares: zero where there is a single one, "
            "ln 35 = 3.56 where all are the same.",
            "es": "Entropía de las participaciones: cero si hay una sola actividad, "
            "ln 35 = 3.56 si todas son iguales.",
        },
        formula_source="C. E. Shannon, A mathematical theory of communication (1948)",
        topic="structure",
        as_number=True,
    ),
)


@hookimpl
def bajio_indicators() -> Iterable[Indicator]:
    """Indicators of structure."""
    return INDICATORS
