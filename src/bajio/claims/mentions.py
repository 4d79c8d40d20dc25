"""The printed numbers of a running text, each with its place: no word of a number is passed over.

The grammar is that of `numerals`, which reads one printed number; here is where one begins and ends
among other words, and what beside it forbids to read it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

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
    period_openers,
    spoken_period,
)
from bajio.claims.relations import Relation
from bajio.claims.text_words import (
    TextWord,
    carriers,
    first_words,
    heads,
    last_words,
    lexicon,
    number_words,
    scales,
    text_words,
)  # fmt: skip
from bajio.claims.vocabulary import opening, phrases, plain, vocabulary
from bajio.errors import BajioError
from bajio.facts.periods import WHOLE, Period

#: No printed number has more words.
MOST_WORDS = 16
#: How many words may stand between the two numbers of a rate.
_NEAR = 4
#: A year that may as well be a count.
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")


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


def mention_at(
    text: str,
    start: int,
    convention: Convention,
    published: date | None = None,
    beside: Period | None = None,
) -> Mention | None:
    """The longest printed number that begins at a place of a running text; `None` for none.

    Args:
        text: sentences, as printed.
        start: the place of its first character.
        convention: the locale, and the scale of its billions.
        published: the day from which "last year" is told.
        beside: the period from which "a year earlier" is told.

    Examples:
        >>> found = mention_at("It has over 8.5 million people in 2018.", 7, Convention("en"))
        >>> found.text, found.printed.unit, found.end
        ('over 8.5 million people', 'person', 30)
    """
    first = max(0, start - MOST_CHARACTERS)
    part = text[first : start + 2 * MOST_CHARACTERS]
    words = tuple(text_words(part, convention.language))
    if first and not text[first - 1 : first + 1].isspace():
        words = words[1:]  # it is cut
    words = tuple(evolve(word, start=word.start + first, end=word.end + first) for word in words)
    reader = _TextReader(text, convention, words)
    position = next((at for at, word in enumerate(words) if word.start >= start), None)
    if position is None or words[position].start != start:
        return None
    return reader.read(position, published, beside)[0]


@frozen(slots=False)
class _TextReader:
    """Reads a text from one place to the next."""

    text: str
    convention: Convention
    words: Sequence[TextWord]

    @cached_property
    def _ends(self) -> Sequence[int]:
        """For each word, where the words end that may be a number together with it."""
        known, end = lexicon(self.convention.language), len(self.words)
        ends = [0] * end
        for at in range(end - 1, -1, -1):
            word = self.words[at]
            if at in self._taken or not (word.has_digit or known.issuperset(word.parts)):
                end = at
            elif word.is_last or (at + 1 < len(self.words) and self.words[at + 1].is_first):
                end = at + 1
            ends[at] = end
        return ends

    @cached_property
    def _numbers(self) -> Sequence[int]:
        """For each word, the first from there on that says a number."""
        after = len(self.words)
        numbers = [0] * after
        for at in range(after - 1, -1, -1):
            after = at if self._may_carry(at) else after
            numbers[at] = after
        return numbers

    def _is_number(self, at: int) -> bool:
        word = self.words[at]
        return word.has_digit or not number_words(self.language).isdisjoint(word.parts)

    def _may_carry(self, at: int) -> bool:
        word = self.words[at]
        return word.has_digit or not carriers(self.language).isdisjoint(word.parts)

    @cached_property
    def _periods(self) -> Mapping[int, tuple[int, SpokenPeriod]]:
        """The periods by the words that they begin with, each with where it ends."""
        openers, found, at = period_openers(self.language), {}, 0
        while at < len(self.words):
            word = self.words[at]
            if word.has_digit or word.parts[0] in openers:
                spoken = self._period_from(at)
                if spoken is not None:
                    found[at] = spoken
                    at = spoken[0]
                    continue
            at += 1
        return found

    @cached_property
    def _taken(self) -> frozenset[int]:
        """The words that are of periods."""
        return frozenset(
            at for start, (end, _) in self._periods.items() for at in range(start, end)
        )

    def _period_from(self, at: int) -> tuple[int, SpokenPeriod] | None:
        """The longest period that begins at a word, and where it ends."""
        ends, words, end = {}, "", at
        while end < min(at + MOST_WORDS, len(self.words)):
            if end > at and not (self._goes_on(end) or self._is_of_date(end)):
                break
            words = f"{words} {' '.join(self.words[end].parts)}".strip()
            end += 1
            ends[len(words)] = end
        spoken = spoken_period(words, self.language)
        if spoken is None or spoken.length not in ends:
            return None
        end = ends[spoken.length]
        periods = vocabulary(self.language)["periods"]
        if periods["has_capitals"] and any(
            self.words[of].parts[0] == name and not self.text[self.words[of].start].isupper()
            for slot, name in spoken.slots
            for of in range(at, end)
            if slot == "month"
        ):
            return None
        opens = at + len(spoken.before.split())
        if spoken.before in periods["either"] and any(
            self._is_opened(opens, f"changes.{way}") for way in ("up", "down")
        ):
            return None
        return None if spoken.form == "year" and self._counts(end) else (end, spoken)

    def _is_of_date(self, at: int) -> bool:
        """Whether a word is the year of a date, behind a comma: "May 5, 2019"."""
        word, before = self.words[at], self.words[at - 1]
        between = self.text[before.end : word.start].strip()
        return between == "," and before.has_digit and bool(_YEAR.fullmatch(word.parts[0]))

    def _counts(self, at: int) -> bool:
        """Whether a word says what the number before it counts, or its scale."""
        if not self._goes_on(at):
            return False
        is_scale = self.words[at].parts[0] in scales(self.language)
        return is_scale or any(self._phrase(at, table) for table in ("counts", "units"))

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.convention.language

    def read(
        self, at: int, published: date | None, beside: Period | None
    ) -> tuple[Mention | None, int]:
        """The number or period that begins at a word, if one does, and the word to go on from."""
        if at in self._periods:
            end, spoken = self._periods[at]
            return self._when(at, end, spoken, published, beside), end
        said = self._said(at)
        if said is not None:
            return said
        end, number = self._ends[at], self._numbers[at]
        if number < end and end - at > 2 * MOST_WORDS:
            return self._refused(at, end, "too many words of numbers in a row"), end
        word = self.words[at]
        opens = number < end and (word.has_digit or word.parts[0] in first_words(self.language))
        found = self._longest(at, end, number) if opens else None
        if found is not None:
            return found
        if not self._is_number(at):
            return None, at + 1
        shown = self.text[word.start : word.end][:MOST_CHARACTERS]
        return self._refused(at, at + 1, f"{shown!r} is no number that is understood"), at + 1

    def _said(self, at: int) -> tuple[Mention, int] | None:
        """Words of numbers that say none."""
        for kind, table in ((MentionKind.IDIOM, "idioms"), (MentionKind.VAGUE, "vague")):
            end = self._phrase(at, f"running.{table}")
            if end:
                return self._mention(at, end, kind), end
        return None

    def _when(
        self, at: int, end: int, spoken: SpokenPeriod, published: date | None, beside: Period | None
    ) -> Mention:
        """A period, or why it is none."""
        mention = self._mention(at, end, MentionKind.PERIOD)
        try:
            period = spoken.period(mention.text, published, beside)
        except BajioError as error:
            return evolve(mention, problem=str(error))
        kind = MentionKind.PERIOD if period.day is None else MentionKind.DATE
        return evolve(mention, kind=kind, period=period)

    def _longest(self, at: int, end: int, number: int) -> tuple[Mention, int] | None:
        """What the most words from one on say that say something."""
        for last in range(min(end, at + MOST_WORDS), number, -1):
            if not self._can_end(last):
                continue
            start, stop = self.words[at].start, self.words[last - 1].end
            if stop - start > MOST_CHARACTERS:
                continue
            text = self.text[start:stop]
            words = normal(text, self.language)
            try:
                printed = read_words(text, words, self.convention)
            except (NotUnderstoodError, DifferentError):
                continue
            except BajioError as error:
                return self._refused(at, last, str(error)), last
            return self._checked(at, last, words, evolve(printed, texts={self.language: text}))
        return None

    def _can_end(self, last: int) -> bool:
        """Whether a number may end before a word: not between digits and their scale."""
        word = self.words[last - 1]
        if not (word.has_digit or word.parts[-1] in last_words(self.language)):
            return False
        if not self._goes_on(last) or self.words[last].has_digit:
            return True
        is_scale = self.words[last].parts[0] in scales(self.language)
        return not (is_scale or self._phrase(last, "counts"))

    def _checked(self, at: int, end: int, words: str, printed: Printed) -> tuple[Mention, int]:
        """What is read, unless what stands beside it makes it another number."""
        for problem, stop in self._beside(at, end, printed):
            return self._refused(at, stop, problem), stop
        text, problem = self._shown(at, end), ""
        is_from = words.startswith(tuple(f"{word} " for word in vocabulary(self.language)["from"]))
        if is_from and printed.second is not None and not printed.changed:
            problem = str(both(text, "a range", "a change from one to the other"))
        if self._is_limit_of_change(at, words):
            problem = str(both(text, "the level that it came to", "the most that it can be"))
        digits = words.rpartition(" ")[2]
        if _YEAR.fullmatch(digits) and not printed.second and printed.first.value == int(digits):
            if digits == words:
                year = WHOLE.of(int(digits))
                mention = self._mention(at, end, MentionKind.YEAR)
                return evolve(mention, period=PrintedPeriod(digits, year, year)), end
            problem = str(both(text, f"the year {digits}", f"{digits} of something"))
        if problem:
            return self._refused(at, end, problem), end
        return self._mention(at, end, _kind_of(words, printed, self.language), printed), end

    def _beside(self, at: int, end: int, printed: Printed) -> Iterator[tuple[str, int]]:
        """What forbids to read a number, and where what is refused ends."""
        if self._goes_on(end):
            yield from self._behind(at, end, printed)
        for ahead in range(end, min(end + _NEAR, len(self.words))):
            if not self._goes_on(ahead):
                break
            after = self._phrase(ahead, "running.rates")
            if after and self._goes_on(after) and self._is_number(after):
                after = self._ends[after]
                yield f"{self._shown(at, after)!r} says a rate, of two numbers", after
        if self._goes_on(at) and printed.kind is not PrintedKind.RANK:
            tables = vocabulary(self.language)["running"]
            if self.words[at - 1].parts[-1] in {*tables["pairs"], *tables["negations"]}:
                yield f"{self._shown(at - 1, end)!r} is not understood", end
        for table in ("hedges", "changes.up", "changes.down", "running.rates"):
            if self._is_opened(at, table):
                yield f"what opens {self._shown(at, end)!r} is not understood", end

    def _is_limit_of_change(self, at: int, words: str) -> bool:
        """Whether "up to" stands behind a change: "grew 5 % up to 12 million"."""
        either = map(plain, vocabulary(self.language)["changes"]["either"])
        if not words.startswith(tuple(f"{phrase} " for phrase in either)):
            return False
        for before in range(at - 1, max(at - MOST_WORDS, -1), -1):
            if not self._goes_on(before + 1):
                return False
            if any(self._phrase(before, f"changes.{way}") for way in ("up", "down")):
                return True
        return False

    def _behind(self, at: int, end: int, printed: Printed) -> Iterator[tuple[str, int]]:
        """What stands right behind a number, and changes it."""
        after = self._phrase(end, "running.after")
        if after:
            yield f"{self._shown(end, after)!r} behind a number is not understood", after
        after = self._phrase(end, "hedges_after")
        if after and printed.hedge is not Relation.EQUALS:
            yield f"{self._shown(at, after)!r} says two hedges", after
        is_bare = printed.kind is PrintedKind.NUMBER and printed.unit is None
        if is_bare and self._is_number(end):
            after = end + 1
            while self._goes_on(after) and self._is_number(after):
                after += 1
            yield f"{self._shown(at, after)!r} holds two numbers", after

    def _goes_on(self, at: int) -> bool:
        """Whether a word stands behind the one before it without a mark between."""
        return 0 < at < len(self.words) and not (
            self.words[at].is_first or self.words[at - 1].is_last
        )

    def _phrase(self, at: int, table: str) -> int:
        """Where the longest phrase of a table that begins at a word ends; 0 where none does."""
        known = phrases(self.language, table)
        if at >= len(self.words) or self.words[at].parts[0] not in heads(self.language, table):
            return 0
        parts: list[str] = []
        found, end = 0, at
        while end < len(self.words) and len(parts) < MOST_WORDS // 2:
            if end > at and not self._goes_on(end):
                break
            parts += self.words[end].parts
            end += 1
            found = end if " ".join(parts) in known else found
        return found

    def _is_opened(self, at: int, table: str) -> bool:
        """Whether a phrase of a table ends right before a word."""
        known, parts = phrases(self.language, table), ""
        for before in range(at - 1, max(at - 1 - MOST_WORDS // 2, -1), -1):
            if not self._goes_on(before + 1):
                break
            parts = " ".join((*self.words[before].parts, *parts.split()))
            if parts in known:
                return True
        return False

    def _shown(self, at: int, end: int) -> str:
        return self.text[self.words[at].start : self.words[end - 1].end][:MOST_CHARACTERS]

    def _refused(self, at: int, end: int, problem: str) -> Mention:
        return evolve(self._mention(at, end, MentionKind.UNREAD), problem=problem)

    def _mention(
        self, at: int, end: int, kind: MentionKind, printed: Printed | None = None
    ) -> Mention:
        start, stop = self.words[at].start, self.words[end - 1].end
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
