"""The words around printed numbers in English and Spanish.

No library of locale data has them; the forms of numbers and their scales come from one.
The first phrase of each is the one that is written.
"""

from collections.abc import Mapping

from bajio.claims.printed import PrintedKind
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
        Relation.OVER: ("más de", "más que", "por encima de", "superior a", "mayor a", "supera"),
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
#: Multiples in words; the first of each is the one that is written.
MULTIPLES: Mapping[str, Mapping[int, tuple[str, ...]]] = {
    "en": {
        2: ("double", "doubles", "doubled", "twice", "twofold", "two times"),
        3: ("triple", "triples", "tripled", "threefold", "three times"),
        4: ("quadruple", "quadruples", "quadrupled", "fourfold", "four times"),
        5: ("five times", "fivefold", "quintupled"),
        6: ("six times", "sixfold"),
        7: ("seven times", "sevenfold"),
        8: ("eight times", "eightfold"),
        9: ("nine times", "ninefold"),
        10: ("ten times", "tenfold"),
    },
    "es": {
        2: ("el doble", "doble", "duplica", "duplicó", "se duplicó", "dos veces"),
        3: ("el triple", "triple", "triplica", "triplicó", "se triplicó", "tres veces"),
        4: ("el cuádruple", "cuádruple", "cuadruplica", "se cuadruplicó", "cuatro veces"),
        5: ("cinco veces", "el quíntuple", "quintuplica", "se quintuplicó"),
        6: ("seis veces",),
        7: ("siete veces",),
        8: ("ocho veces",),
        9: ("nueve veces",),
        10: ("diez veces",),
    },
}
#: Fractions in words, by part and whole; the first of each is the one that is written.
FRACTIONS: Mapping[str, Mapping[tuple[int, int], tuple[str, ...]]] = {
    "en": {
        (1, 2): ("half", "one half", "a half", "halved"),
        (1, 3): ("a third", "one third"),
        (2, 3): ("two thirds",),
        (1, 4): ("a quarter", "one quarter", "a fourth", "one fourth"),
        (3, 4): ("three quarters", "three fourths"),
        (1, 5): ("a fifth", "one fifth"),
        (1, 10): ("a tenth", "one tenth"),
    },
    "es": {
        (1, 2): ("la mitad", "mitad"),
        (1, 3): ("un tercio", "tercio", "la tercera parte", "una tercera parte"),
        (2, 3): ("dos tercios", "dos terceras partes", "las dos terceras partes"),
        (1, 4): ("un cuarto", "la cuarta parte", "una cuarta parte"),
        (3, 4): ("tres cuartos", "tres cuartas partes", "las tres cuartas partes"),
        (1, 5): ("un quinto", "la quinta parte", "una quinta parte"),
        (1, 10): ("un décimo", "la décima parte", "una décima parte"),
    },
}
#: "One in n", with what stands between the two numbers.
ONE_IN: Mapping[str, tuple[str, ...]] = {
    "en": ("in every", "out of every", "out of", "of every", "in"),
    "es": ("de cada",),
}
#: Small numbers in words, as "one in n" has them.
SMALL: Mapping[str, Mapping[str, int]] = {
    "en": {
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
    },
    "es": {
        "un": 1,
        "una": 1,
        "uno": 1,
        "dos": 2,
        "tres": 3,
        "cuatro": 4,
        "cinco": 5,
        "seis": 6,
        "siete": 7,
        "ocho": 8,
        "nueve": 9,
        "diez": 10,
    },
}
#: What stands after a number, and says what it counts.
COUNTS: Mapping[str, Mapping[PrintedKind, tuple[str, ...]]] = {
    "en": {
        PrintedKind.PERCENT: ("%", "percent", "per cent"),
        PrintedKind.POINTS: ("percentage points", "percentage point", "points", "point", "pp"),
        PrintedKind.TIMES: ("times", "time", "×", "x"),
    },
    "es": {
        PrintedKind.PERCENT: ("%", "por ciento"),
        PrintedKind.POINTS: ("puntos porcentuales", "punto porcentual", "puntos", "punto", "pp"),
        PrintedKind.TIMES: ("veces", "vez", "×", "x"),
    },
}
