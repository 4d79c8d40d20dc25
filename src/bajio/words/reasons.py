"""Reasons in other languages: why there is no figure, and what else to know of one, by its English.

Those who find a reason tell it in English, as JSON has it. Its phrase stands in the phrase books
under a key that begins with `reason.`; a text that is made of one is told by the same phrase of
another language, and so are the reasons that stand in its parts.
"""

import re
from functools import cache, lru_cache

from bajio.words.phrasebook import ENGLISH, phrasebook, say

_REASON = "reason."
#: What stands between two reasons, other than in brackets.
_BETWEEN = re.compile(r"; (?![^()]*\))")
_PART = re.compile(r"\\\{(\w+)\\\}")


@lru_cache(maxsize=1024)
def reason_text(reason: str, language: str = ENGLISH) -> str:
    """A reason in a language; as it is where no phrase is known for it.

    Examples:
        >>> reason_text("no 'gdp' for MEX in 2030", "es"), reason_text("so it is", "es")
        ("no hay 'gdp' de MEX en 2030", 'so it is')
        >>> reason_text("no 'gdp' for MEX in 2018-02 (its figures are annual)", "es")
        "no hay 'gdp' de MEX en 2018-02 (sus cifras son anuales)"
    """
    if language == ENGLISH:
        return reason
    several = _BETWEEN.split(reason)
    if len(several) > 1:
        return "; ".join(reason_text(one, language) for one in several)
    for key, pattern in _patterns():
        found = pattern.fullmatch(reason)
        if found is not None:
            parts = {name: reason_text(text, language) for name, text in found.groupdict().items()}
            return say(key, language, **parts)
    return reason


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What texts of each phrase look like, phrases with more letters of their own first."""
    phrases = {
        key: text
        for key, text in phrasebook(ENGLISH).phrases.items()
        if key.startswith(_REASON) and isinstance(text, str)
    }
    ordered = sorted(phrases, key=lambda key: -len(re.sub(r"{\w+}", "", phrases[key])))
    return tuple((key, _pattern(phrases[key])) for key in ordered)


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(_PART.sub(r"(?P<\1>.+?)", re.escape(phrase)), re.DOTALL)
