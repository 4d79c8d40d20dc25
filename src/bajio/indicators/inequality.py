"""Spread: how far apart the members of a region are in GDP per head.

All are of no scale, so that the money does not matter within a country: GDP at current prices is
taken in US dollars, for members whose own money differs. A person counts the same wherever the
weight is the population; a member does, whatever its size, where there is none.
"""

from collections.abc import Mapping

from bajio.indicator import Better, Indicator
from bajio.rules.nodes import Convert, Sum
from bajio.rules.spread import Atkinson, Gini, Hoover, Ratio, Spread, TheilL, TheilT, Variation

POPULATION = Sum("population")
PER_HEAD = Convert(Sum("gdp"), to="USD", at="exchange-rate") / POPULATION
THEIL = "H. Theil, Economics and Information Theory (1967), chapter 4"


def _indicator(
    kind: str,
    rule: Spread,
    label: tuple[str, str],
    description: Mapping[str, str],
    formula_source: str,
) -> Indicator:
    """An indicator of the spread of GDP per head; `label` is in English and in Spanish."""
    return Indicator(
        f"{kind}-gdp-per-capita",
        rule,
        "1",
        {"en": f"{label[0]} of GDP per head", "es": f"{label[1]} del PIB por habitante"},
        better=Better.LOWER,
        description=description,
        formula_source=formula_source,
        topic="spread",
        as_number=True,
    )


INDICATORS = (
    _indicator(
        "gini",
        Gini(PER_HEAD, POPULATION),
        ("Gini coefficient", "Coeficiente de Gini"),
        {
            "en": "Half the mean difference between two persons, over the mean, were each to have "
            "the GDP per head of the own member: zero where all members are alike, less than one.",
            "es": "La mitad de la diferencia media entre dos personas, entre la media, si cada una "
            "tuviera el PIB por habitante de su entidad: cero si todas son iguales, menos de uno.",
        },
        "C. Gini, Variabilità e mutabilità (1912); weighed by population",
    ),
    _indicator(
        "theil",
        TheilT(PER_HEAD, POPULATION),
        ("Theil's T", "T de Theil"),
        {
            "en": "Mean of r ln r over the persons, r being the member's GDP per head over the "
            "region's: zero where all members are alike. It splits exactly into within and "
            "between groups.",
            "es": "Media de r ln r entre las personas, con r el PIB por habitante de la entidad "
            "entre el de la región: cero si todas son iguales. Se separa exactamente en dentro y "
            "entre grupos.",
        },
        f"{THEIL}; weighed by population",
    ),
    _indicator(
        "theil-l",
        TheilL(PER_HEAD, POPULATION),
        ("Theil's L", "L de Theil"),
        {
            "en": "Mean log deviation, the mean of −ln r over the persons: like Theil's T, it "
            "splits exactly, and it feels the poorest members more.",
            "es": "Desviación logarítmica media, la media de −ln r entre las personas: se separa "
            "exactamente, como la T, y es más sensible a las entidades más pobres.",
        },
        f"{THEIL}; weighed by population",
    ),
    _indicator(
        "atkinson",
        Atkinson(PER_HEAD, POPULATION),
        ("Atkinson's index (ε = 1)", "Índice de Atkinson (ε = 1)"),
        {
            "en": "Share of GDP that could be given up for all to have the same, with an aversion "
            "to inequality of ε = 1: one less the geometric mean over the mean.",
            "es": "Parte del PIB a la que se podría renunciar a cambio de que todos tengan lo "
            "mismo, con aversión a la desigualdad ε = 1: uno menos la media geométrica entre la "
            "media.",
        },
        "A. B. Atkinson, On the measurement of inequality, Journal of Economic Theory 2 (1970), "
        "ε = 1; weighed by population",
    ),
    _indicator(
        "variation",
        Variation(PER_HEAD),
        ("Coefficient of variation", "Coeficiente de variación"),
        {
            "en": "Standard deviation of the members' GDP per head over its plain mean, each "
            "member counting the same.",
            "es": "Desviación estándar del PIB por habitante de las entidades entre su media "
            "simple; cada entidad cuenta igual.",
        },
        "K. Pearson, Regression, heredity, and panmixia, Philosophical Transactions A 187 (1896); "
        "of the whole population of members",
    ),
    _indicator(
        "williamson",
        Variation(PER_HEAD, POPULATION),
        ("Williamson's index", "Índice de Williamson"),
        {
            "en": "Coefficient of variation weighed by population: the standard deviation of the "
            "members' GDP per head over the region's.",
            "es": "Coeficiente de variación ponderado por población: la desviación estándar del "
            "PIB por habitante de las entidades entre el de la región.",
        },
        "J. G. Williamson, Regional inequality and the process of national development, "
        "Economic Development and Cultural Change 13 (1965)",
    ),
    _indicator(
        "hoover",
        Hoover(PER_HEAD, POPULATION),
        ("Hoover's index", "Índice de Hoover"),
        {
            "en": "Share of the region's GDP that would have to move between members for all to "
            "have the same GDP per head.",
            "es": "Parte del PIB de la región que tendría que moverse entre entidades para que "
            "todas tuvieran el mismo PIB por habitante.",
        },
        "E. M. Hoover, Interstate redistribution of population, 1850-1940, "
        "Journal of Economic History 1 (1941)",
    ),
    _indicator(
        "max-min",
        Ratio(PER_HEAD),
        ("Max/min ratio", "Razón máximo/mínimo"),
        {
            "en": "GDP per head of the richest member over that of the poorest: one where all are "
            "alike.",
            "es": "PIB por habitante de la entidad más rica entre el de la más pobre: uno si "
            "todas son iguales.",
        },
        "OECD, Regions at a Glance: ratio of the richest to the poorest region",
    ),
)
