"""Phrase books: what a language has for numbers, units, lists and sentences, one file a language.

A file `languages/CODE.json` is all that a language takes: what stands in it is told in
`languages/README.md`. A phrase is a text with the names of its parts in braces, or two of them,
for one and for several of what its part `count` tells.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from attrs import frozen

from bajio.brief import Alike
from bajio.errors import InvalidValue, shown
from bajio.files import packaged
from bajio.labels import Label

#: The language that is spoken where none is asked for.
ENGLISH = "en"
#: What names the language of answers: a variable of its own, or else those of the locale.
_VARIABLE, _LOCALE = "BAJIO_LANG", ("LC_ALL", "LC_MESSAGES", "LANG")
#: Patterns, each with what is taken where it is found; the first that is found decides.
Choices = Sequence[tuple[str, str]]


@frozen(eq=False, repr=False)
class Phrasebook(Alike):
    """What a language has, as its file holds it.

    Attributes:
        code: of the language.
        decimal, group: what marks decimals, and groups of three digits.
        singular: which written numbers take the singular of what they count.
        percent, per: a percentage, and one part of a unit by another.
        of: what stands between a large number in words and what it counts.
        quotes: what opens and closes what was printed.
        magnitudes: powers of ten with their names, of several and of one, the largest first.
        units: names of units, of one and of several, by symbol; others are written as symbols.
        counted: what plain numbers count, of one and of several.
        ordinals: how a number's ordinal is written, by gender.
        conjunctions: what stands before the last of a list, by what that begins with.
        statuses: what the letters beside years mean.
        phrases: sentences and their parts, by key.
    """

    code: str
    decimal: str
    group: str
    singular: str
    percent: str
    per: str
    of: str
    quotes: str
    magnitudes: Sequence[Sequence[Any]]
    units: Mapping[str, Sequence[str]]
    counted: Mapping[str, Sequence[str]]
    ordinals: Mapping[str, Choices]
    conjunctions: Mapping[str, Choices]
    statuses: Mapping[str, str]
    phrases: Mapping[str, str | Sequence[str]]

    def takes_singular(self, number: str) -> bool:
        """Whether a written number takes the singular of what it counts.

        Examples:
            >>> [phrasebook("en").takes_singular(number) for number in ("1", "1.00", "21", "0")]
            [True, False, False, False]
        """
        return re.fullmatch(self.singular, number) is not None


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a phrase book, English first.

    Examples:
        >>> languages()[:2]
        ('en', 'es')
    """
    try:
        names = os.listdir(os.path.join(os.path.dirname(__file__), "languages"))
    except NotADirectoryError:  # the package is in a zip file
        from importlib.resources import files

        names = [file.name for file in files("bajio.words").joinpath("languages").iterdir()]
    codes = [name.removesuffix(".json") for name in names if name.endswith(".json")]
    return tuple(sorted(codes, key=lambda code: (code != ENGLISH, code)))


@cache
def phrasebook(language: str) -> Phrasebook:
    """The phrase book of a language.

    Raises:
        InvalidValue: there is none.

    Examples:
        >>> phrasebook("la")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidValue: no words in the language 'la': there are en, es...
    """
    if language != ENGLISH and language not in languages():
        known = ", ".join(languages())
        raise InvalidValue(f"no words in the language {shown(language)}: there are {known}")
    content = packaged("bajio.words", f"languages/{language}.json")
    return Phrasebook(language, **json.loads(content))


def usual_language() -> str:
    """The language that answers are shown in where none is asked for: `BAJIO_LANG`, or the locale.

    Raises:
        InvalidValue: `BAJIO_LANG` is a language that there are no words of.

    Examples:
        >>> usual_language() in languages()
        True
    """
    asked = os.environ.get(_VARIABLE)
    if asked:
        return phrasebook(asked).code
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "")
    code = re.split(r"[^a-z]", locale.lower())[0]
    return code if code in languages() else ENGLISH


def chosen(choices: Choices, text: str) -> str:
    """What is taken for a text: that of the first pattern that is found in it."""
    return next(taken for pattern, taken in choices if re.search(pattern, text, re.IGNORECASE))


def say(key: str, language: str = ENGLISH, **parts: object) -> str:
    """A phrase of a language with its parts filled in.

    Examples:
        >>> say("years.from", first=2018), say("years.from", "es", first=2018)
        ('from 2018 on', 'de 2018 en adelante')
    """
    book = phrasebook(language)
    text = book.phrases[key]
    if not isinstance(text, str):
        text = text[not book.takes_singular(str(parts["count"]))]
    return text.format(**parts)


def label(key: str, **parts: object) -> Label:
    """A phrase in all languages.

    Examples:
        >>> label("years.from", first=2018)["es"]
        'de 2018 en adelante'
    """
    return Label({language: say(key, language, **parts) for language in languages()})
