"""Structure: what an economy is made of, by the leaves of the industry classification."""

from bajio.facts.classifications import LEAVES
from bajio.indicator import Indicator
from bajio.rules.axes import Across, By, Categories
from bajio.rules.functions import Absolute, Entropy
from bajio.rules.nodes import At, Sum
from bajio.rules.plan import HOST, MEMBER

ACTIVITY = "activity"
HIRSCHMAN = "A. O. Hirschman, National Power and the Structure of Foreign Trade (1945)"
MADE = "gva"
GVA = Sum(MADE)
SHARE = GVA / Across(GVA, ACTIVITY)
HERFINDAHL = Across(SHARE * SHARE, ACTIVITY)
ACTIVITIES = Categories("gva", ACTIVITY)


def member_pulls(activity: str, level: str = LEAVES, place: str = HOST) -> By:
    """What each member adds to a region's location quotient of an activity, less one.

    A member adds where it makes more of the activity than it would with the structure of the
    place that the region is held against, and takes away where it makes less.

    Args:
        activity: code of the category.
        level: what the shares are of: all leaves, or those of one category.
        place: what the region is held against.
    """
    sector, total = Sum("gva", {ACTIVITY: activity}), Across(GVA, ACTIVITY, level)
    usual = At(sector / total, place)
    expected = At(total, MEMBER) / total
    return By(
        At(sector, MEMBER) / (total * usual) - expected, MEMBER, total=sector / total / usual - 1
    )


def made_of_all(level: str = LEAVES) -> Across:
    """What a region makes of all activities that shares are of."""
    return Across(GVA, ACTIVITY, level)


INDICATORS = (
    Indicator(
        "activity-shares",
        By(SHARE, ACTIVITY, total=Across(GVA, ACTIVITY) / Across(GVA, ACTIVITY)),
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
            "en": "An activity's share in the region over its share in the country, or in what the "
            "region is held against: above one, the region is specialised in it.",
            "es": "Participación de una actividad en la región entre su participación en el país, "
            "o en aquello con que se compara: arriba de uno, la región se especializa en ella.",
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
    Indicator(
        "export-shares",
        By(Sum("exports-by-activity") / Sum("exports"), ACTIVITY),
        "1",
        {"en": "Shares of exports by subsector", "es": "Participación en las exportaciones"},
        description={
            "en": "Exports of each of the 26 subsectors, and of those not specified, over all. "
            "What is confidential for a member has no share: it is counted in 000.",
            "es": "Exportaciones de cada uno de los 26 subsectores, y de los no especificados, "
            "entre todas. Lo confidencial de una entidad no tiene participación: se cuenta en 000.",
        },
        formula_source="United Nations, International Merchandise Trade Statistics, 2010 concepts",
        topic="structure",
    ),
)
