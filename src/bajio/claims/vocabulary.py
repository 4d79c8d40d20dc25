"""The words around printed numbers in English and Spanish.

No library of locale data has them; the forms of numbers and their scales come from one.
The first phrase of each is the one that is written.
"""

from collections.abc import Mapping
from fractions import Fraction

from bajio.claims.printed import Kind
from bajio.claims.relations import Relation

LANGUAGES = ("en", "es")

#: Words before a number, by what they say.
HEDGES: Mapping[str, Mapping[Relation, tuple[str, ...]]] = {
    "en": {
        Relation.EQUALS: ("exactly",),
        Relation.ABOUT: ("about", "around", "roughly", "approximately", "some", "close to"),
        Relation.OVER: ("over", "more than", "above", "greater than", "in excess of", "exceeds"),
        Relation.A_LITTLE_OVER: (
            "a little over",
            "a little more than",
            "slightly over",
            "slightly more than",
            "just over",
        ),
        Relation.AT_LEAST: ("at least", "no less than", "no fewer than"),
        Relation.UNDER: ("under", "less than", "fewer than", "below"),
        Relation.ALMOST: ("almost", "nearly", "just under", "a little under", "slightly under"),
        Relation.AT_MOST: ("at most", "no more than", "up to"),
    },
    "es": {
        Relation.EQUALS: ("exactamente",),
        Relation.ABOUT: (
            "alrededor de",
            "cerca de",
            "aproximadamente",
            "en torno a",
            "unos",
            "unas",
        ),
        Relation.OVER: ("más de", "por encima de", "superior a", "mayor a", "supera"),
        Relation.A_LITTLE_OVER: (
            "poco más de",
            "un poco más de",
            "ligeramente más de",
            "apenas más de",
        ),
        Relation.AT_LEAST: ("al menos", "por lo menos", "cuando menos", "no menos de"),
        Relation.UNDER: ("menos de", "por debajo de", "inferior a", "menor a"),
        Relation.ALMOST: ("casi", "poco menos de", "un poco menos de", "ligeramente menos de"),
        Relation.AT_MOST: ("a lo más", "a lo sumo", "como máximo", "no más de", "hasta"),
    },
}
#: What stands before, between and after two numbers.
BETWEEN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (("between ", " and "), ("from ", " to "), ("", " to "), ("", "–"), ("", "-")),
    "es": (("entre ", " y "), ("de ", " a "), ("", " a "), ("", "–"), ("", "-")),
}
#: What says that a number is a mean; it may stand before or after.
AVERAGED: Mapping[str, tuple[str, ...]] = {
    "en": ("an average of", "on average", "averaged", "averaging", "average"),
    "es": ("un promedio de", "en promedio", "promedió", "promedio de", "promedio"),
}
#: Multiples in words.
MULTIPLES: Mapping[str, Mapping[str, Fraction]] = {
    "en": {
        "double": Fraction(2),
        "doubles": Fraction(2),
        "twice": Fraction(2),
        "triple": Fraction(3),
        "triples": Fraction(3),
        "half": Fraction(1, 2),
    },
    "es": {
        "el doble": Fraction(2),
        "doble": Fraction(2),
        "duplica": Fraction(2),
        "el triple": Fraction(3),
        "triplica": Fraction(3),
        "la mitad": Fraction(1, 2),
    },
}
#: What stands after a number, and says what it counts.
COUNTS: Mapping[str, Mapping[Kind, tuple[str, ...]]] = {
    "en": {
        Kind.PERCENT: ("%", "percent", "per cent"),
        Kind.POINTS: ("percentage points", "percentage point", "points", "pp"),
        Kind.TIMES: ("times", "time"),
    },
    "es": {
        Kind.PERCENT: ("%", "por ciento"),
        Kind.POINTS: ("puntos porcentuales", "punto porcentual", "puntos", "pp"),
        Kind.TIMES: ("veces", "vez"),
    },
}
