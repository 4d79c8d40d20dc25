"""The words by which a running text is read: what numbers are of, and which say nothing.

Each language is a file in `readings`. Labels of indicators and names that packages give are added
to what the file has.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from attrs import frozen

from bajio.claims.vocabulary import phrases, plain, vocabulary

_WORD = re.compile(r"[^\W_]+(?:(?:[.-]|['’](?![sS]\b))[^\W_]+)*")
#: A number in digits, inside the patterns of what is exempt.
_DIGITS = r"\d{1,3}(?:[.,]\d{1,3})?"
#: No name of a quantity has more words.
MOST_WORDS = 8
#: The code of quantities that no indicator measures.
UNMEASURED = ""


@frozen
class SentenceWord:
    """A word of a sentence: its characters, and what it is without accents in lower case."""

    start: int
    end: int
    plain: str


def words_of(text: str, start: int = 0, end: int | None = None) -> list[SentenceWord]:
    """The words of a part of a text.

    Examples:
        >>> [word.plain for word in words_of("El PIB de México, 5 %")]
        ['el', 'pib', 'de', 'mexico', '5']
    """
    matches = _WORD.finditer(text, start, len(text) if end is None else end)
    return [SentenceWord(*match.span(), plain(match[0].casefold())) for match in matches]


@frozen(slots=False, eq=False)
class PhraseTable:
    """Phrases with what each stands for, found in words from one place on, the longest first.

    Examples:
        >>> table = PhraseTable.of({"gdp": ["PIB", "producto interno bruto"]})
        >>> table.at(words_of("el producto interno bruto"), 1)
        (4, 'gdp')
    """

    entries: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]

    @staticmethod
    def of(called: Mapping[str, Iterable[str]]) -> "PhraseTable":
        """A table of what each key is called."""
        phrases: dict[str, dict[tuple[str, ...], str]] = {}
        for key, names in called.items():
            for name in names:
                parts = tuple(word.plain for word in words_of(name))
                if parts and len(parts) <= MOST_WORDS:
                    phrases.setdefault(parts[0], {}).setdefault(parts, key)
        return PhraseTable(
            {
                first: sorted(entries.items(), key=lambda entry: -len(entry[0]))
                for first, entries in phrases.items()
            }
        )

    def at(self, words: Sequence[SentenceWord], position: int) -> tuple[int, str] | None:
        """Where the longest phrase that begins at a word ends, and what it stands for."""
        for parts, key in self.entries.get(words[position].plain, ()):
            end = position + len(parts)
            pairs = zip(words[position:end], parts, strict=False)
            if end <= len(words) and all(word.plain == part for word, part in pairs):
                return end, key
        return None

    def ends_before(self, words: Sequence[SentenceWord], position: int) -> bool:
        """Whether a phrase ends right before a word."""
        return any(
            (phrase := self.at(words, start)) is not None and phrase[0] == position
            for start in range(max(position - MOST_WORDS, 0), position)
        )


@frozen(slots=False, eq=False)
class ReadingWords:
    """What a language has to read a running text by."""

    language: str
    tables: Mapping[str, Any]
    added: Mapping[str, Sequence[str]]

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Short forms after which a full stop ends no sentence."""
        return frozenset(map(plain, self.tables["abbreviations"]))

    @cached_property
    def measures(self) -> PhraseTable:
        """What quantities are called; those that no indicator measures are of an empty code."""
        named = {code: list(names) for code, names in self.tables["measures"].items()}
        named[UNMEASURED] = list(self.tables["others"])
        for code, names in self.added.items():
            named.setdefault(code, []).extend(names)
        return PhraseTable.of(named)

    @cached_property
    def ranked(self) -> PhraseTable:
        """What is said of a place among others."""
        return PhraseTable.of(self.tables["ranked"])

    @cached_property
    def among(self) -> PhraseTable:
        """What is said of whom something is a place among, by the group."""
        return PhraseTable.of(self.tables["among"])

    @cache  # noqa: B019  # there is one value a language
    def words(self, table: str) -> frozenset[str]:
        """The words of a list."""
        return frozenset(map(plain, self.tables[table]))

    @cache  # noqa: B019
    def listed(self, table: str) -> PhraseTable:
        """The phrases of a list."""
        return PhraseTable.of({table: self.tables[table]})

    @cached_property
    def exemptions(self) -> Sequence[tuple[str, "re.Pattern[str]"]]:
        """Patterns of numbers that say nothing of a region, with why."""
        return [(reason, re.compile(form, re.IGNORECASE)) for reason, form in self._forms()]

    def _forms(self) -> Iterator[tuple[str, str]]:
        words = sorted(_cardinals(self.language), key=len, reverse=True)
        spoken = rf"(?:{'|'.join(map(re.escape, words))})(?!\w)"
        for reason, forms in self.tables["exempt"].items():
            for form in forms:
                yield reason, form.replace("{n}", _DIGITS).replace("{w}", spoken)


@cache
def _cardinals(language: str) -> frozenset[str]:
    tables = vocabulary(language)
    words = {name for names in tables["cardinals"].values() for name in names}
    return frozenset((words | set(phrases(language, "cardinals"))) - {"a"})


@cache
def _tables(language: str) -> Mapping[str, Any]:
    file = files("bajio.claims") / "readings" / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def reading_words(language: str, added: Mapping[str, Sequence[str]] | None = None) -> ReadingWords:
    """The words of a language, with names of measures besides.

    Args:
        language: `en` or `es`.
        added: what indicators are called besides, by code.

    Examples:
        >>> words = reading_words("es", {"milk": ["litros de leche"]})
        >>> words.measures.at(words_of("litros de leche"), 0)
        (3, 'milk')
    """
    return ReadingWords(language, _tables(language), added or {})
