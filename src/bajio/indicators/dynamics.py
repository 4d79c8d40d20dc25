"""Dynamics: how fast a region grows, through which members, and from what."""

from collections.abc import Iterator

from bajio.indicator import Better, Indicator
from bajio.rules.axes import By, Stack
from bajio.rules.functions import Logarithm, Root
from bajio.rules.members import Average
from bajio.rules.nodes import At, Growth, Lag, Sum
from bajio.rules.plan import MEMBER
from bajio.rules.promises import Trait
from bajio.rules.rule import Rule

TOPIC = "dynamics"
WDI = "World Bank, World Development Indicators, statistical methods: geometric growth rates"
IMF = "IMF, Quarterly National Accounts Manual (2017): contributions to percent change"
OECD = "OECD, How Regions Grow: Trends and Analysis (2009)"
ILO = "ILO, 19th International Conference of Labour Statisticians, resolution I (2013)"
GDP = Sum("gdp-constant")
POPULATION = Sum("population")
EMPLOYED = Sum("employed")
ACTIVE = Sum("economically-active")
SUBJECTS = {
    "gdp": (GDP, "real GDP", "PIB real", Better.HIGHER),
    "gdp-per-capita": (GDP / POPULATION, "real GDP per head", "PIB real por habitante", "higher"),
    "population": (POPULATION, "population", "población", Better.NEITHER),
    "employment": (EMPLOYED, "employed persons", "población ocupada", Better.HIGHER),
}
PLAIN = Average(Growth(EMPLOYED))
WEIGHTED = Growth(EMPLOYED)
BEFORE = Lag(EMPLOYED)


def compound(rule: Rule, years: int) -> Rule:
    """The growth that, the same in each year, makes what a rule was into what it is.

    Examples:
        >>> print(compound(Sum("jobs"), 5))
        5th root of (Σ jobs ÷ (Σ jobs) 5 years before) − 1
    """
    return Root(rule / Lag(rule, years), years) - 1


def contribution(rule: Rule) -> By:
    """Each member's part in the growth of a total: its change over the total a year before."""
    member = At(rule, MEMBER)
    return By((member - Lag(member)) / Lag(rule), MEMBER, total=Growth(rule))


def log_change(rule: Rule, years: int = 5) -> Rule:
    """The change of a total's logarithm."""
    return Logarithm(rule / Lag(rule, years))


def _compound(subject: str) -> Iterator[Indicator]:
    rule, en, es, better = SUBJECTS[subject]
    for years in (5, 10):
        yield Indicator(
            f"{subject}-compound-growth-{years}",
            compound(rule, years),
            "1",
            {
                "en": f"{en[0].upper()}{en[1:]}: growth a year, {years} years",
                "es": f"{es[0].upper()}{es[1:]}: crecimiento anual, {years} años",
            },
            better=better,
            description={
                "en": f"The growth that, the same in each year, would have made the {en} of "
                f"{years} years before into that of now, as a fraction a year.",
                "es": f"El crecimiento que, igual cada año, habría llevado de su valor de hace "
                f"{years} años al actual ({es}), como fracción anual.",
            },
            formula_source=WDI,
            topic=TOPIC,
            traits={Trait.INTERNAL} if isinstance(rule, Sum) else (),
        )


def _contribution(subject: str) -> Indicator:
    rule, en, es, better = SUBJECTS[subject]
    return Indicator(
        f"contribution-{subject}-growth",
        contribution(rule),
        "1",
        {"en": f"Contributions to growth: {en}", "es": f"Contribuciones al crecimiento: {es}"},
        better=better,
        description={
            "en": f"Change of each member's {en} over a year, as a fraction of the region's a "
            "year before. They add up to the region's growth.",
            "es": f"Cambio anual de cada integrante ({es}) como fracción del total de la región "
            "un año antes. Suman el crecimiento de la región.",
        },
        formula_source=IMF,
        topic=TOPIC,
    )


INDICATORS = (
    *(indicator for subject in SUBJECTS for indicator in _compound(subject)),
    _contribution("gdp"),
    _contribution("population"),
    _contribution("employment"),
    Indicator(
        "growth-decomposition",
        Stack(
            {
                "productivity": log_change(GDP) - log_change(EMPLOYED),
                "employment-rate": log_change(EMPLOYED) - log_change(ACTIVE),
                "active-share": log_change(ACTIVE) - log_change(POPULATION),
            },
            total=log_change(GDP) - log_change(POPULATION),
        ),
        "1",
        {
            "en": "Growth of GDP per head by its factors",
            "es": "Crecimiento del PIB por habitante según sus factores",
        },
        better=Better.HIGHER,
        description={
            "en": "Change over 5 years of the logarithm of real GDP per head, and of its factors: "
            "real GDP per employed person, employed over active persons, active persons over the "
            "whole population. They add up. A change of 0.01 is about 1 %.",
            "es": "Cambio en 5 años del logaritmo del PIB real por habitante y de sus factores: "
            "PIB real por persona ocupada, ocupados entre activos, activos entre la población "
            "total. Se suman. Un cambio de 0.01 es cerca de 1 %.",
        },
        formula_source=OECD,
        topic=TOPIC,
    ),
    Indicator(
        "employment-growth-mean",
        Stack({"plain": PLAIN, "weighted": WEIGHTED, "difference": PLAIN - WEIGHTED}),
        "1",
        {
            "en": "Employment growth: plain and weighted mean",
            "es": "Crecimiento del empleo: media simple y ponderada",
        },
        better=Better.HIGHER,
        description={
            "en": "The plain mean of the members' rates over a year, in which the smallest member "
            "counts as much as the largest; the mean weighted by the jobs of a year before, which "
            "is the growth of all jobs together; and the first less the second: above zero where "
            "members with few jobs grew faster.",
            "es": "La media simple de las tasas anuales de los integrantes, en la que el menor "
            "cuenta lo mismo que el mayor; la media ponderada por los empleos de un año antes, "
            "que es el crecimiento de todos los empleos juntos; y la primera menos la segunda: "
            "mayor que cero si crecieron más los integrantes con pocos empleos.",
        },
        formula_source=ILO,
        topic=TOPIC,
    ),
    Indicator(
        "employment-growth-weighing",
        By(
            (At(BEFORE, MEMBER) - Average(BEFORE)) / BEFORE * (At(WEIGHTED, MEMBER) - WEIGHTED),
            MEMBER,
            total=WEIGHTED - PLAIN,
        ),
        "1",
        {
            "en": "Employment growth: what weighing adds",
            "es": "Crecimiento del empleo: lo que agrega ponderar",
        },
        description={
            "en": "What each member adds to the weighted mean of growth over the plain one: by how "
            "much its share of jobs is above one over the number of members, times by how much it "
            "grew faster than the region. They add up to the weighted mean less the plain one.",
            "es": "Lo que cada integrante agrega a la media ponderada sobre la simple: cuánto "
            "excede su proporción de empleos a uno entre el número de integrantes, por cuánto "
            "creció más que la región. Suman la media ponderada menos la simple.",
        },
        formula_source="the covariance of weights and rates, by which a weighted mean differs from "
        "a plain one",
        topic=TOPIC,
    ),
)
