"""Sentences as data: the key of a phrase and its parts, worded in whichever language is asked for.

What is found out is a value; how it is said stands in the phrase books alone. The pieces that
sentences are made of are plain tuples: a dozen attrs classes would take a tenth of a cold start.

Examples:
    >>> from bajio.units import Unit
    >>> said = sentence("range.at-least", end=Quantified(2000, Unit.parse("person")))
    >>> print(said)
    at least 2,000 persons
    >>> said["es"], said.part("end").value
    ('al menos 2,000 personas', 2000)
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple, Protocol

from attrs import frozen

from bajio.errors import shown
from bajio.facts.observations import Exact
from bajio.facts.periods import WHOLE, Season
from bajio.labels import Label
from bajio.words.enumerations import listed, ordinal, period_text, season_text, years_text
from bajio.words.magnitudes import distance, percent, places
from bajio.words.messages import message_text, noun_text
from bajio.words.phrasebook import ENGLISH, languages, phrasebook, say
from bajio.words.quantities import Ends, Scale, amount, apart, end_text, range_text


class Said(Protocol):
    """What can be said in a language."""

    def text(self, language: str) -> str:
        """In words."""


#: A piece of a sentence: a text or a number that all languages write alike, or what has words.
Piece = str | int | Said


def text_of(part: Piece, language: str) -> str:
    """A piece of a sentence in words."""
    return str(part) if isinstance(part, str | int) else part.text(language)


@frozen(repr=False)
class Sentence(Mapping[str, str]):
    """A sentence, or a part of one: a mapping of languages to texts, English being the fallback.

    Attributes:
        key: of the phrase.
        parts: what its braces stand for.
    """

    key: str
    parts: tuple[tuple[str, Piece], ...] = ()

    def part(self, name: str) -> Piece:
        """What one of its braces stands for."""
        return dict(self.parts)[name]

    def text(self, language: str) -> str:
        """The sentence in a language; in English where there are no words of it."""
        known = language if language in languages() else ENGLISH
        parts = {name: text_of(part, known) for name, part in self.parts}
        return say(self.key, known, **parts)

    def __getitem__(self, language: str) -> str:
        if language not in languages():
            raise KeyError(language)
        return self.text(language)

    def __iter__(self) -> Iterator[str]:
        return iter(languages())

    def __len__(self) -> int:
        return len(languages())

    def __str__(self) -> str:
        return self.text(ENGLISH)

    def __repr__(self) -> str:
        return f"Sentence({self.key!r}, {shown(str(self), 200)})"


def sentence(key: str, /, **parts: Piece) -> Sentence:
    """A sentence of a phrase and its parts."""
    return Sentence(key, tuple(parts.items()))


class Quantified(NamedTuple):
    """A figure with its unit, or with what it counts."""

    value: Exact
    scale: Scale
    signed: bool = False

    @property
    def exact(self) -> Exact:
        """The number that the words tell."""
        return self.value

    def text(self, language: str) -> str:
        """In words."""
        text = amount(self.value, self.scale, language)
        return f"+{text}" if self.signed and self.value > 0 else text


class Bare(NamedTuple):
    """A figure without its unit; with what it counts, where that is no unit."""

    value: Exact
    scale: Scale

    def text(self, language: str) -> str:
        """In words."""
        return amount(self.value, self.scale, language, with_unit=False)


class Range(NamedTuple):
    """What a figure lies between."""

    ends: Ends
    scale: Scale | None

    def text(self, language: str) -> str:
        """In words."""
        return range_text(self.ends, self.scale, language)


class End(NamedTuple):
    """An end of a range, rounded up or else down."""

    value: Fraction
    scale: Scale | None
    up: bool = False

    def text(self, language: str) -> str:
        """In words."""
        return end_text(self.value, self.scale, language, up=self.up)


class Percent(NamedTuple):
    """A fraction in percent, with so many decimals."""

    share: Exact
    digits: int = 2

    @property
    def exact(self) -> Exact:
        """The number that the words tell."""
        return self.share

    def text(self, language: str) -> str:
        """In words."""
        return percent(self.share, self.digits, language)


class Decimals(NamedTuple):
    """A plain number with so many decimals."""

    value: Exact
    digits: int

    @property
    def exact(self) -> Exact:
        """The number that the words tell."""
        return self.value

    def text(self, language: str) -> str:
        """In words."""
        return places(self.value, self.digits, language)


class Off(NamedTuple):
    """How far off a figure is: as a fraction and, where it is told in percent, as an amount."""

    share: Fraction
    gap: Fraction | None = None
    scale: Scale | None = None

    def text(self, language: str) -> str:
        """In words."""
        if self.gap is None or self.scale is None:
            return distance(self.share, language)
        return apart(self.share, self.gap, self.scale, language)


class Ordinal(NamedTuple):
    """A position."""

    position: int

    @property
    def exact(self) -> int:
        """The number that the words tell."""
        return self.position

    def text(self, language: str) -> str:
        """In words."""
        return ordinal(self.position, language)


class YearRuns(NamedTuple):
    """Years, or a part of each, of which the runs up to the last that there is have no end."""

    years: tuple[int, ...]
    last: int | None = None
    season: Season = WHOLE

    def text(self, language: str) -> str:
        """In words."""
        return years_text(self.years, self.last, language, self.season)


class PeriodName(NamedTuple):
    """A year, or a part of it."""

    year: int
    season: Season = WHOLE

    def text(self, language: str) -> str:
        """In words."""
        return period_text(self.year, self.season, language)


class SeasonName(NamedTuple):
    """A part of a year, whatever the year."""

    season: Season

    def text(self, language: str) -> str:
        """Its name."""
        return season_text(self.season, language)


class Message(NamedTuple):
    """What was said in English, as of an error."""

    said: str

    def text(self, language: str) -> str:
        """In words."""
        return message_text(self.said, language)


class Noun(NamedTuple):
    """A word of a list of few, in English."""

    said: str

    def text(self, language: str) -> str:
        """The word in the language."""
        return noun_text(self.said, language)


class Name(NamedTuple):
    """A thing by its code, with what it is called."""

    code: str
    names: Label | None

    def text(self, language: str) -> str:
        """What it is called; its code where it has no name."""
        return self.names.text(language) if self.names else self.code


class Lower(NamedTuple):
    """A name amid a sentence, in small letters."""

    name: Label

    def text(self, language: str) -> str:
        """In words."""
        return self.name.text(language).casefold()


class Quoted(NamedTuple):
    """What was printed, in quotation marks."""

    printed: Label

    def text(self, language: str) -> str:
        """In words."""
        known = language if language in languages() else ENGLISH
        return phrasebook(known).quotes.format(self.printed.text(language))


class Listing(NamedTuple):
    """Several things: with "and" or "or" before the last, or with something between each two.

    Examples:
        >>> Listing(("a", "b", "c")).text("en"), Listing(("a", "b"), between="; ").text("en")
        ('a, b and c', 'a; b')
    """

    parts: tuple[Piece, ...]
    conjunction: str = "and"
    between: str | None = None

    def text(self, language: str) -> str:
        """In words."""
        texts = [text_of(part, language) for part in self.parts]
        if self.between is not None:
            return self.between.join(texts)
        return listed(texts, language, conjunction=self.conjunction)


def listing(parts: Iterable[Piece], between: str | None = None) -> Listing:
    """Several things as a list, or with something between each two."""
    return Listing(tuple(parts), between=between)
