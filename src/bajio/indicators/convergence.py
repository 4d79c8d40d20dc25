"""Convergence: whether members that produced less per head have caught up."""

from bajio.indicator import Better, Indicator
from bajio.rules.axes import Stack
from bajio.rules.functions import Logarithm
from bajio.rules.nodes import Lag, Sum
from bajio.rules.promises import Trait
from bajio.rules.regression import Elasticity, ElasticityError, HalfLife
from bajio.rules.spread import LogDeviation

TOPIC = "dynamics"
BARRO = (
    "R. J. Barro and X. Sala-i-Martin, Convergence, Journal of Political Economy 100 (1992), 223"
)
YEARS = 10
PER_HEAD = Sum("gdp-constant") / Sum("population")
START = Lag(PER_HEAD, YEARS)
LINE = (PER_HEAD / START, START)
NOW = LogDeviation(PER_HEAD)
THEN = Lag(NOW, YEARS)

INDICATORS = (
    Indicator(
        "beta-convergence",
        Stack(
            {
                "slope": Elasticity(*LINE) / YEARS,
                "standard-error": ElasticityError(*LINE) / YEARS,
                "speed": Logarithm(1 + Elasticity(*LINE)) / -YEARS,
                "half-life-in-years": HalfLife(*LINE) * YEARS,
            }
        ),
        "1",
        {"en": "Beta-convergence", "es": "Convergencia beta"},
        description={
            "en": "Regression, over the members, of the yearly growth of the logarithm of real GDP "
            "per head over 10 years on its logarithm at the start: a slope below zero says that "
            "members that produced less grew faster. Its standard error by the classical formula, "
            "n − 2 degrees of freedom. The speed says what share of the distance closes in a year, "
            "the half-life how long half of it takes. Needs three members.",
            "es": "Regresión, entre los integrantes, del crecimiento anual del logaritmo del PIB "
            "real por habitante en 10 años sobre su logaritmo al inicio: una pendiente menor que "
            "cero dice que creció más quien producía menos. Su error estándar por la fórmula "
            "clásica, con n − 2 grados de libertad. La velocidad dice qué parte de la distancia se "
            "cierra en un año; la vida media, cuánto tarda la mitad. Requiere tres integrantes.",
        },
        formula_source=BARRO,
        topic=TOPIC,
        as_number=True,
        traits={Trait.SCALE_INVARIANT},
    ),
    Indicator(
        "sigma-convergence",
        Stack({"start": THEN, "end": NOW, "change": NOW - THEN}),
        "1",
        {"en": "Sigma-convergence", "es": "Convergencia sigma"},
        better=Better.LOWER,
        description={
            "en": "Standard deviation of the logarithms of the members' real GDP per head 10 years "
            "before and now, each member counting the same, and its change: below zero, they have "
            "come nearer to one another.",
            "es": "Desviación estándar de los logaritmos del PIB real por habitante de los "
            "integrantes hace 10 años y ahora, contando cada uno lo mismo, y su cambio: menor que "
            "cero, se han acercado entre sí.",
        },
        formula_source=BARRO,
        topic=TOPIC,
        as_number=True,
        traits={Trait.SCALE_INVARIANT},
    ),
)
