"""What a table says in words of the size of its figures, as "thousands of persons"."""

import re
from collections.abc import Iterable

_WORDS = r"(?:miles|millones|billones|thousands?|millions?|billions?|mmdp|mdp|mdd)"
#: "per million", "por cada mil" are of a rate.
_TITLE = re.compile(rf"(?<!per )(?<!por )(?<!cada )\b{_WORDS}\b", re.IGNORECASE)
_NOTE = re.compile(rf"\b(?:en|in|unidad(?:es)?:?|units?:?)\s+(?:de\s+)?{_WORDS}\b", re.IGNORECASE)


def stated_scale(titles: Iterable[str], notes: Iterable[str] = ()) -> str:
    """The first text that says that figures are of thousands or millions; empty where none does.

    Args:
        titles: titles, and the names of columns.
        notes: what stands below the table, where other numbers are told as well.

    Examples:
        >>> stated_scale(["Población (miles de personas)"])
        'Población (miles de personas)'
        >>> stated_scale(["Homicides per million"], ["Fuente: 3 millones de encuestas"])
        ''
        >>> stated_scale(["Remesas"], ["Nota: cifras en millones de dólares"])
        'Nota: cifras en millones de dólares'
    """
    for pattern, texts in ((_TITLE, titles), (_NOTE, notes)):
        for text in texts:
            if pattern.search(text):
                return text
    return ""
