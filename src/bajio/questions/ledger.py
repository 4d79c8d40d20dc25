"""The ledger of a text: each number in it, with what it claims, or why it claims nothing."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from bajio.arguments import as_text
from bajio.brief import Brief
from bajio.claims.conventions import Convention
from bajio.claims.mentions import Mention, mentions_in
from bajio.claims.printed import Printed
from bajio.claims.reading_words import ReadingWords, SentenceWord, reading_words, words_of
from bajio.claims.text_claims import TextClaim, TextSentence
from bajio.claims.text_exemptions import Exempted, Exemption, exempted
from bajio.claims.text_names import cached, places_in
from bajio.claims.text_quantities import Unclaimed
from bajio.claims.text_sentences import sentences_of
from bajio.errors import InvalidValue
from bajio.facts.regions import Region
from bajio.questions.reported import Reported
from bajio.registry import Registry, known_by

#: A sentence is read in parts of at most so many words, so that time is linear in its length.
_MOST_WORDS = 120
_MOST_CHARACTERS = 10_000_000
_QUOTED = re.compile(r"“[^”\n]{0,2000}”|«[^»\n]{0,2000}»|\"[^\"\n]{0,2000}\"")
_LOCALES = {"en": "en", "es": "es-MX"}


class EntryKind(StrEnum):
    """What a number of a text is."""

    CANDIDATE = "candidate"
    OTHER = "other"
    EXEMPT = "exempt"
    UNREAD = "unread"


@frozen(repr=False)
class LedgerEntry(Brief):
    """A number of a text, with what is made of it.

    Attributes:
        number: its place among the numbers of the text, from 1.
        start, end: its characters in the text.
        text: as printed, with the words that open it and its unit.
        kind: `candidate` for what may claim something of a region; `exempt` for what claims
            nothing; `other` for a number that is read, but of nothing that an indicator measures;
            `unread` for what is not understood.
        sentence: that it stands in.
        printed: the number, where it is read.
        candidate: what it may claim.
        exemption: why it claims nothing.
        unclaimed: why nothing is made of it.
        quoted: whether somebody is quoted with it.
    """

    number: int
    start: int
    end: int
    text: str
    kind: EntryKind
    sentence: str
    printed: Printed | None = None
    candidate: TextClaim | None = None
    exemption: Exemption | None = None
    unclaimed: Unclaimed | None = None
    quoted: bool = False


@frozen(repr=False)
class Ledger(Reported):
    """Every number of a text, in its order, with what it claims, or why it claims nothing.

    Attributes:
        text: what was read.
        entries: one for each number.
        region: what "the region" is in the text.
        convention: how its numbers are written.
        published: the day from which "last year" is told.
        registry: what was known.
    """

    text: str
    entries: tuple[LedgerEntry, ...]
    region: Region
    convention: Convention
    registry: Registry = field(eq=False, repr=False)
    published: date | None = None

    def __getitem__(self, position: int) -> LedgerEntry:
        return self.entries[position]

    def __iter__(self) -> Iterator[LedgerEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def of_kind(self, kind: EntryKind | str) -> tuple[LedgerEntry, ...]:
        """The entries of a kind.

        Examples:
            >>> ledger = read_text("It has 12 million inhabitants, says page 4.", "bajio")
            >>> [entry.text for entry in ledger.of_kind("exempt")]
            ['4']
        """
        return tuple(entry for entry in self.entries if entry.kind is EntryKind(kind))

    @property
    def candidates(self) -> tuple[LedgerEntry, ...]:
        """The entries that may claim something of a region."""
        return self.of_kind(EntryKind.CANDIDATE)


def read_text(
    text: str,
    region: str | Region,
    *,
    language: str | None = None,
    locale: str | None = None,
    scale: str | None = None,
    published: date | None = None,
    registry: Registry | None = None,
) -> Ledger:
    """Every number of a text, with what it claims of a region, or why it claims nothing.

    No number is passed over. What is read is a draft: a person confirms it before it counts.

    Args:
        text: an article, a press release, a report.
        region: what "the region" is in it: a code or a name, or a region.
        language: `en` or `es`; what most of its words are in, if not given.
        locale: how its numbers are written, as `es-ES`; those of `en` and `es-MX`, if not given.
        scale: whether its billions are `short` (10⁹) or `long` (10¹²).
        published: the day from which "last year" is told.
        registry: what is known; the built-ins and installed plugins, if not given.

    Raises:
        BajioError: an unknown region, language or locale.

    Examples:
        >>> text = "The region has over 12 million people. Its GDP grew by 4.2 % in 2017, p. 3."
        >>> for entry in read_text(text, "bajio"):
        ...     claimed = entry.candidate
        ...     print(entry.text, entry.kind, claimed and (*claimed.measures, claimed.form.value))
        over 12 million people candidate ('population', 'level')
        grew by 4.2 % candidate ('gdp', 'change')
        in 2017 exempt None
        3 exempt None
    """
    text = as_text(text, "a text")
    if len(text) > _MOST_CHARACTERS:
        raise InvalidValue(f"a text of at most {_MOST_CHARACTERS:,} characters can be read")
    known = known_by(registry)
    place = region if isinstance(region, Region) else known.region(region)
    if locale is not None:
        language = Convention(locale).language
    language = language or _language_of(text)
    if language not in _LOCALES:
        raise InvalidValue(f"language {language!r}: texts are read in en or es")
    convention = Convention(locale or _LOCALES[language], scale)
    reader = _LedgerReader(text, convention, published, known)
    return Ledger(text, tuple(reader.entries()), place, convention, known, published)


def _language_of(text: str) -> str:
    """The language that more of the commonest words are of."""
    words = [word.plain for word in words_of(text[:20_000])]
    counts = {
        language: sum(word in common for word in words) for language, common in _COMMON.items()
    }
    return max(sorted(counts), key=lambda language: counts[language])


_COMMON = {
    "en": frozenset({"the", "of", "and", "in", "is", "has", "its", "to", "was", "with"}),
    "es": frozenset({"el", "la", "de", "los", "las", "que", "en", "es", "su", "con", "del", "y"}),
}


@frozen(slots=False, eq=False)
class _LedgerReader:
    """Reads one text."""

    text: str
    convention: Convention
    published: date | None
    registry: Registry

    @cached_property
    def tables(self) -> ReadingWords:
        """The words of the language, and what indicators are called besides."""
        language = self.convention.language
        return self.registry.keep(
            ("words of texts", language), lambda: reading_words(language, self._labels())
        )

    def _labels(self) -> Mapping[str, Sequence[str]]:
        """What indicators are called besides: those that the tables do not know by their labels."""
        known = reading_words(self.convention.language).tables["measures"]
        codes = {code for key in known for code in key.split("|")}
        language = self.convention.language

        def named() -> dict[str, Sequence[str]]:
            result: dict[str, Sequence[str]] = {}
            for code, indicator in self.registry.indicators.items():
                is_known = code in codes or indicator.topic in _LATE_TOPICS
                names = () if is_known else (indicator.label.text(language),)
                if names or indicator.aliases:
                    result[code] = (*names, *indicator.aliases)
            return result

        return self.registry.keep(("names of quantities", language), named)

    @cached_property
    def _units(self) -> Mapping[str, str]:
        return self.registry.keep(
            ("units of quantities",),
            lambda: {
                code: str(indicator.unit) for code, indicator in self.registry.indicators.items()
            },
        )

    def entries(self) -> Iterator[LedgerEntry]:
        """Each number of the text."""
        mentions = list(mentions_in(self.text, self.convention, self.published))
        sentences = list(self._parts())
        starts = [start for start, _, _ in sentences]
        within: dict[int, list[Mention]] = {}
        for mention in mentions:
            within.setdefault(max(bisect_right(starts, mention.start) - 1, 0), []).append(mention)
        exempt = exempted(self.text, self.tables)
        quotes = [quote.span() for quote in _QUOTED.finditer(self.text)]
        named = cached(self._codes)
        number = 0
        for place, within_it in within.items():
            start, end, words = sentences[place]
            places = tuple(places_in(self.text, words, self.tables, named))
            sentence = TextSentence(self.text, words, within_it, places, self.tables, self._units)
            shown = " ".join(self.text[start:end].split())
            for mention in within_it:
                number += 1
                quoted = _is_within(quotes, mention)
                yield self._entry(number, mention, sentence, shown, exempt, quoted=quoted)

    def _parts(self) -> Iterator[tuple[int, int, Sequence[SentenceWord]]]:
        """The sentences with their words; very long ones in parts."""
        for start, end in sentences_of(self.text, self.tables):
            words = words_of(self.text, start, end)
            if len(words) <= _MOST_WORDS:
                yield start, end, words
                continue
            for first in range(0, len(words), _MOST_WORDS):
                part = words[first : first + _MOST_WORDS]
                last = words[first + _MOST_WORDS].start if first + _MOST_WORDS < len(words) else end
                yield part[0].start if first else start, last, part

    def _codes(self, name: str) -> Sequence[str]:
        return [area.code for area in self.registry.recogniser.named(name)]

    def _entry(
        self,
        number: int,
        mention: Mention,
        sentence: TextSentence,
        shown: str,
        exempt: Exempted,
        *,
        quoted: bool,
    ) -> LedgerEntry:
        place = (number, mention.start, mention.end, mention.text)
        reason = exempt.reason(mention)
        if reason is Exemption.PERIOD and self._is_of_years(mention, sentence):
            reason = None
        if reason is not None:
            return LedgerEntry(*place, EntryKind.EXEMPT, shown, exemption=reason, quoted=quoted)
        printed = mention.printed
        candidate = sentence.candidate(mention) if sentence.words else Unclaimed("nothing-near")
        if isinstance(candidate, TextClaim):
            return LedgerEntry(
                *place, EntryKind.CANDIDATE, shown, printed, candidate=candidate, quoted=quoted
            )
        kind = EntryKind.UNREAD if printed is None else EntryKind.OTHER
        return LedgerEntry(*place, kind, shown, printed, unclaimed=candidate, quoted=quoted)

    def _is_of_years(self, mention: Mention, sentence: TextSentence) -> bool:
        """Whether a span of years is what an indicator measures: "a life of 75 years"."""
        if mention.printed is None:
            return False
        claim = sentence.candidate(mention)
        behind = self.text[mention.end : mention.end + len(" years")].casefold()
        return (
            isinstance(claim, TextClaim)
            and self._units[claim.measures[0]] == "year"
            and behind.startswith((" años", " year"))
        )


#: Topics of indicators whose labels say how and not what.
_LATE_TOPICS = frozenset({"structure", "spread", "dynamics", "best-practice", "composite"})


def _is_within(spans: Sequence[tuple[int, int]], mention: Mention) -> bool:
    place = bisect_right(spans, (mention.start, len(spans) and spans[-1][1])) - 1
    return place >= 0 and spans[place][1] >= mention.end
