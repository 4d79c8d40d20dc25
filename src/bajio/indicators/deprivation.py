"""Schooling, and what part of the people lacks: reading, piped water, drainage."""

from bajio.indicator import Better, Indicator
from bajio.rules.nodes import WeightedMean

INEGI = "INEGI, Censo de Población y Vivienda, características educativas"
CONAPO = "CONAPO, Índices de marginación 2020, methodological note"


INDICATORS = (
    Indicator(
        "schooling",
        WeightedMean("schooling"),
        "year",
        {"en": "Mean years of schooling", "es": "Años promedio de escolaridad"},
        better=Better.HIGHER,
        description={
            "en": "Years of schooling of persons of 15 and over, in years of a census or survey; "
            "the mean of the members' by their whole population.",
            "es": "Años de escolaridad de las personas de 15 años y más, en años de censo o "
            "encuesta; promedio de las entidades por toda su población.",
        },
        formula_source=INEGI,
        topic="education",
    ),
    Indicator(
        "illiterate",
        WeightedMean("illiterate"),
        "1",
        {"en": "Illiterate persons", "es": "Población analfabeta"},
        better=Better.LOWER,
        description={
            "en": "Persons of 15 and over who cannot read and write, as a fraction of all of 15 "
            "and over; the mean of the members' by their whole population.",
            "es": "Personas de 15 años y más que no saben leer ni escribir, como fracción de "
            "todas; promedio de las entidades por toda su población.",
        },
        formula_source=CONAPO,
        topic="education",
    ),
    Indicator(
        "without-piped-water",
        WeightedMean("without-piped-water"),
        "1",
        {"en": "Without piped water", "es": "Sin agua entubada"},
        better=Better.LOWER,
        description={
            "en": "Occupants of private dwellings without piped water, as a fraction of all; the "
            "mean of the members' by population.",
            "es": "Ocupantes de viviendas particulares sin agua entubada, como fracción de todos; "
            "promedio de las entidades por población.",
        },
        formula_source=CONAPO,
        topic="sustainability",
    ),
    Indicator(
        "without-drainage",
        WeightedMean("without-drainage"),
        "1",
        {"en": "Without drainage", "es": "Sin drenaje"},
        better=Better.LOWER,
        description={
            "en": "Occupants of private dwellings with neither drainage nor toilet, as a fraction "
            "of all; the mean of the members' by population.",
            "es": "Ocupantes de viviendas particulares sin drenaje ni excusado, como fracción de "
            "todos; promedio de las entidades por población.",
        },
        formula_source=CONAPO,
        topic="sustainability",
    ),
)
