"""The printed numbers of a running text, each with its place: no word of a number is passed over.

The grammar is that of `numerals`, which reads one printed number; here is where one begins and ends
among other words, and what beside it forbids to read it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, frozen

from bajio.brief import Brief
from bajio.claims.conventions import Convention
from bajio.claims.counted import DifferentError, NotUnderstoodError
from bajio.claims.numerals import MOST_CHARACTERS, both, normal, read_words
from bajio.claims.ordinals import is_ordinal
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.printed_periods import (
    PrintedPeriod,
    SpokenPeriod,
)
from bajio.claims.text_places import MOST_WORDS, YEAR, TextPlaces
from bajio.claims.text_words import (
    first_words,
    last_words,
    scales,
    text_words,
)  # fmt: skip
from bajio.claims.vocabulary import opening, vocabulary
from bajio.errors import BajioError
from bajio.facts.periods import WHOLE, Period


class MentionKind(StrEnum):
    """What a number of a running text is."""

    LEVEL = "level"
    PERCENT = "percent"
    POINTS = "points"
    MULTIPLE = "multiple"
    FRACTION = "fraction"
    CHANGE = "change"
    RANGE = "range"
    RANK = "rank"
    ORDINAL = "ordinal"
    YEAR = "year"
    PERIOD = "period"
    DATE = "date"
    IDIOM = "idiom"
    VAGUE = "vague"
    UNREAD = "unread"


@frozen(repr=False)
class Mention(Brief):
    """A number in a running text, or what looks like one.

    Attributes:
        start, end: its characters in the text, hedge, unit and scale included.
        text: the same as printed.
        kind: what it is; `unread` for what is refused, `idiom` and `vague` for words of numbers
            that say none ("one of the", "hundreds"), `year` for a bare year, `period` and `date`
            for what says when.
        printed: the number, where it is read.
        problem: why not, with what was understood or with both readings, where it is not.
        period: the period, of a year, a period or a date.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    printed: Printed | None = None
    problem: str = ""
    period: PrintedPeriod | None = None


def mentions_in(
    text: str, convention: Convention, published: date | None = None
) -> Iterator[Mention]:
    """All printed numbers and periods of a running text, in its order; none overlaps another.

    Each word with a digit and each word of a number is in one of them. The time that it takes is
    linear in the length of the text.

    Args:
        text: sentences, as printed.
        convention: the locale, and the scale of its billions.
        published: the day from which "last year" is told; without it that is refused.

    Examples:
        >>> text = "Creció más de 5 % y tiene 12.4 millones de habitantes: la cuarta, 3 veces más."
        >>> for mention in mentions_in(text, Convention("es-MX")):
        ...     print(mention.start, mention.kind.value, mention.text)
        0 change Creció más de 5 %
        26 level 12.4 millones de habitantes
        55 ordinal la cuarta
        66 unread 3 veces más
    """
    reader = _TextReader(text, convention, tuple(text_words(text, convention.language)))
    position, beside = 0, None
    while position < len(reader.words):
        mention, position = reader.read(position, published, beside)
        if mention is not None:
            beside = mention.period.last if mention.period else beside
            yield mention


@frozen(slots=False)
class _TextReader(TextPlaces):
    """Reads a text from one place to the next."""

    def read(
        self, position: int, published: date | None, beside: Period | None
    ) -> tuple[Mention | None, int]:
        """The number or period that begins at a word, if one does, and the word to go on from."""
        if position in self.periods:
            end, spoken = self.periods[position]
            return self._when(position, end, spoken, published, beside), end
        wordless = self._said(position)
        end, number = self.ends[position], self.numbers[position]
        if number < end and end - position > 2 * MOST_WORDS:
            return self._refused(position, end, "too many words of numbers in a row"), end
        word = self.words[position]
        opens = number < end and (word.has_digit or word.parts[0] in first_words(self.language))
        longest = self._longest(position, end, number) if opens else None
        is_read = longest is not None and longest[0].printed is not None
        if wordless is not None and (longest is None or not is_read or longest[1] <= wordless[1]):
            return wordless
        if longest is not None:
            return longest
        if not self.is_number(position):
            return None, position + 1
        shown = self.text[word.start : word.end][:MOST_CHARACTERS]
        return self._refused(
            position, position + 1, f"{shown!r} is no number that is understood"
        ), position + 1

    def _said(self, position: int) -> tuple[Mention, int] | None:
        """Words of numbers that say none."""
        for kind, table in ((MentionKind.IDIOM, "idioms"), (MentionKind.VAGUE, "vague")):
            end = self.phrase(position, f"running.{table}")
            if end:
                return self._mention(position, end, kind), end
        return None

    def _when(
        self,
        position: int,
        end: int,
        spoken: SpokenPeriod,
        published: date | None,
        beside: Period | None,
    ) -> Mention:
        """A period, or why it is none."""
        mention = self._mention(position, end, MentionKind.PERIOD)
        try:
            period = spoken.period(mention.text, published, beside)
        except BajioError as error:
            return evolve(mention, problem=str(error))
        kind = MentionKind.PERIOD if period.day is None else MentionKind.DATE
        return evolve(mention, kind=kind, period=period)

    def _longest(self, position: int, end: int, number: int) -> tuple[Mention, int] | None:
        """What the most words from one on say that say something."""
        for last in range(min(end, position + MOST_WORDS), number, -1):
            if not self._can_end(last):
                continue
            start, stop = self.words[position].start, self.words[last - 1].end
            if stop - start > MOST_CHARACTERS:
                continue
            text = self.text[start:stop]
            words = normal(text, self.language)
            try:
                printed = read_words(text, words, self.convention)
            except (NotUnderstoodError, DifferentError):
                continue
            except BajioError as error:
                return self._refused(position, last, str(error)), last
            return self._checked(
                position, last, words, evolve(printed, texts={self.language: text})
            )
        return None

    def _can_end(self, last: int) -> bool:
        """Whether a number may end before a word: not between digits and their scale."""
        word = self.words[last - 1]
        if not (word.has_digit or word.parts[-1] in last_words(self.language)):
            return False
        if not self.goes_on(last) or self.words[last].has_digit:
            return True
        is_scale = self.words[last].parts[0] in scales(self.language)
        return not (is_scale or self.phrase(last, "counts"))

    def _checked(
        self, position: int, end: int, words: str, printed: Printed
    ) -> tuple[Mention, int]:
        """What is read, unless what stands beside it makes it another number."""
        for problem, stop in self.beside(position, end, printed):
            return self._refused(position, stop, problem), stop
        text, problem = self.shown(position, end), ""
        is_from = words.startswith(tuple(f"{word} " for word in vocabulary(self.language)["from"]))
        if is_from and printed.second is not None and not printed.changed:
            problem = str(both(text, "a range", "a change from one to the other"))
        if self.is_limit_of_change(position, words):
            problem = str(both(text, "the level that it came to", "the most that it can be"))
        digits = words.rpartition(" ")[2]
        if YEAR.fullmatch(digits) and not printed.second and printed.first.value == int(digits):
            if digits == words:
                year = WHOLE.of(int(digits))
                mention = self._mention(position, end, MentionKind.YEAR)
                return evolve(mention, period=PrintedPeriod(digits, year, year)), end
            problem = str(both(text, f"the year {digits}", f"{digits} of something"))
        if problem:
            return self._refused(position, end, problem), end
        return self._mention(position, end, _kind_of(words, printed, self.language), printed), end

    def _refused(self, position: int, end: int, problem: str) -> Mention:
        return evolve(self._mention(position, end, MentionKind.UNREAD), problem=problem)

    def _mention(
        self, position: int, end: int, kind: MentionKind, printed: Printed | None = None
    ) -> Mention:
        start, stop = self.words[position].start, self.words[end - 1].end
        return Mention(start, stop, self.text[start:stop], kind, printed)


def _kind_of(words: str, printed: Printed, language: str) -> MentionKind:
    if printed.kind is PrintedKind.RANK:
        return MentionKind.ORDINAL if is_ordinal(words, language) else MentionKind.RANK
    if printed.changed:
        return MentionKind.CHANGE
    if printed.second is not None:
        return MentionKind.RANGE
    if printed.kind is not PrintedKind.TIMES:
        return _KINDS[printed.kind]
    came_to = any(opening(words, language, f"changes.{way}") for way in ("up", "down"))
    is_part = printed.first.value < 1 and not came_to
    return MentionKind.FRACTION if is_part else MentionKind.MULTIPLE


_KINDS: Mapping[PrintedKind, MentionKind] = {
    PrintedKind.NUMBER: MentionKind.LEVEL,
    PrintedKind.PERCENT: MentionKind.PERCENT,
    PrintedKind.POINTS: MentionKind.POINTS,
}
