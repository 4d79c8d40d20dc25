"""What stands where in a running text: phrases, periods, and what forbids to read a number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from bajio.claims.conventions import Convention
from bajio.claims.numerals import MOST_CHARACTERS, both
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.printed_periods import SpokenPeriod, period_openers, spoken_period
from bajio.claims.relations import Relation
from bajio.claims.text_words import TextWord, carriers, heads, lexicon, number_words, scales
from bajio.claims.vocabulary import phrases, plain, vocabulary

#: No printed number has more words.
MOST_WORDS = 16
#: How many words may stand between the two numbers of a rate.
_NEAR = 4
#: A year that may as well be a count.
YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")


@frozen(slots=False)
class TextPlaces:
    """The words of a text, and what stands at each of them.

    Attributes:
        text: sentences, as printed.
        convention: the locale, and the scale of its billions.
        words: those of the text, or of a part of it.
    """

    text: str
    convention: Convention
    words: Sequence[TextWord]

    @cached_property
    def ends(self) -> Sequence[int]:
        """For each word, where the words end that may be a number together with it."""
        known, end = lexicon(self.convention.language), len(self.words)
        ends = [0] * end
        for position in range(end - 1, -1, -1):
            word = self.words[position]
            if position in self.taken or not (word.has_digit or known.issuperset(word.parts)):
                end = position
            elif word.is_last or (
                position + 1 < len(self.words) and self.words[position + 1].is_first
            ):
                end = position + 1
            ends[position] = end
        return ends

    @cached_property
    def numbers(self) -> Sequence[int]:
        """For each word, the first from there on that says a number."""
        after = len(self.words)
        numbers = [0] * after
        for position in range(after - 1, -1, -1):
            after = position if self.may_carry(position) else after
            numbers[position] = after
        return numbers

    def is_number(self, position: int) -> bool:
        """Whether a word says a number, or has a digit."""
        word = self.words[position]
        return word.has_digit or not number_words(self.language).isdisjoint(word.parts)

    def may_carry(self, position: int) -> bool:
        """Whether a word can say a number together with those around it."""
        word = self.words[position]
        return word.has_digit or not carriers(self.language).isdisjoint(word.parts)

    @cached_property
    def periods(self) -> Mapping[int, tuple[int, SpokenPeriod]]:
        """The periods by the words that they begin with, each with where it ends."""
        openers, by_start, position = period_openers(self.language), {}, 0
        while position < len(self.words):
            word = self.words[position]
            if word.has_digit or word.parts[0] in openers:
                spoken = self.period_from(position)
                if spoken is not None:
                    by_start[position] = spoken
                    position = spoken[0]
                    continue
            position += 1
        return by_start

    @cached_property
    def taken(self) -> frozenset[int]:
        """The words that are of periods."""
        return frozenset(
            position for start, (end, _) in self.periods.items() for position in range(start, end)
        )

    def period_from(self, position: int) -> tuple[int, SpokenPeriod] | None:
        """The longest period that begins at a word, and where it ends."""
        ends, words, end = {}, "", position
        while end < min(position + MOST_WORDS, len(self.words)):
            if end > position and not (self.goes_on(end) or self.is_of_date(end)):
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
            for of in range(position, end)
            if slot == "month"
        ):
            return None
        opens = position + len(spoken.before.split())
        if spoken.before in periods["either"] and any(
            self.is_opened(opens, f"changes.{way}") for way in ("up", "down")
        ):
            return None
        return None if spoken.form == "year" and self.counts(end) else (end, spoken)

    def is_of_date(self, position: int) -> bool:
        """Whether a word is the year of a date, behind a comma: "May 5, 2019"."""
        word, before = self.words[position], self.words[position - 1]
        between = self.text[before.end : word.start].strip()
        return between == "," and before.has_digit and bool(YEAR.fullmatch(word.parts[0]))

    def counts(self, position: int) -> bool:
        """Whether a word says what the number before it counts, or its scale."""
        if not self.goes_on(position):
            return False
        is_scale = self.words[position].parts[0] in scales(self.language)
        return is_scale or any(self.phrase(position, table) for table in ("counts", "units"))

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.convention.language

    def beside(self, position: int, end: int, printed: Printed) -> Iterator[tuple[str, int]]:
        """What forbids to read a number, and where what is refused ends."""
        if printed.kind is PrintedKind.NUMBER and printed.unit is None:
            after = self.list_end(end)
            if after:
                yield f"{self.shown(position, after)!r} is a list: write each number whole", after
        if self.goes_on(end):
            yield from self.behind(position, end, printed)
            if printed.kind is PrintedKind.NUMBER and self.phrase(end, "primary"):
                shown = self.shown(position, end + 1)
                yield f"{shown!r} can be a rank: write 'top' and the number", end + 1
        yield from self.rates(position, end)
        if self.goes_on(position) and printed.kind is not PrintedKind.RANK:
            tables = vocabulary(self.language)["running"]
            if self.words[position - 1].parts[-1] in {*tables["pairs"], *tables["negations"]}:
                yield f"{self.shown(position - 1, end)!r} is not understood", end
        for table in ("hedges", "changes.up", "changes.down", "running.rates"):
            opened = self.opened_by(self.before_article(position), table)
            is_idle = table == "hedges" and opened == "equals"
            if opened is not None and not is_idle and self.opens_rate(position, table):
                yield f"what opens {self.shown(position, end)!r} is not understood", end

    def is_limit_of_change(self, position: int, words: str) -> bool:
        """Whether "up to" stands behind a change: "grew 5 % up to 12 million"."""
        either = map(plain, vocabulary(self.language)["changes"]["either"])
        if not words.startswith(tuple(f"{phrase} " for phrase in either)):
            return False
        for before in range(position - 1, max(position - MOST_WORDS, -1), -1):
            if not self.goes_on(before + 1):
                return False
            if any(self.phrase(before, f"changes.{way}") for way in ("up", "down")):
                return True
        return False

    def rates(self, position: int, end: int) -> Iterator[tuple[str, int]]:
        """Whether a number is one of two that are a rate."""
        for ahead in range(end, min(end + _NEAR, len(self.words))):
            if not self.goes_on(ahead):
                break
            after = self.phrase(ahead, "running.rates")
            if after and self.goes_on(after) and self.is_number(after):
                after = self.ends[after]
                yield f"{self.shown(position, after)!r} says a rate, of two numbers", after

    def behind(self, position: int, end: int, printed: Printed) -> Iterator[tuple[str, int]]:
        """What stands right behind a number, and changes it."""
        more = vocabulary(self.language)["more"]
        last, following = self.words[end - 1].parts[-1], self.words[end].parts[0]
        is_more = printed.changed and last in map(plain, (*more["up"], *more["down"]))
        if is_more and more["before"] and following not in more["before"]:
            text = self.shown(position, end + 1)
            yield str(both(text, "a change", "those with the most or the least")), end + 1
        if printed.kind is PrintedKind.RANK and self.phrase(end, "running.times"):
            yield f"{self.shown(position, end + 1)!r} says how long, and no rank", end + 1
        is_bare = printed.kind is PrintedKind.NUMBER and printed.unit is None
        spoken = self.periods.get(end)
        if is_bare and spoken is not None and any(slot == "month" for slot, _ in spoken[1].slots):
            opens = spoken[1].before
            if not opens or opens in vocabulary(self.language)["share_of"]["of"]:
                yield f"{self.shown(position, spoken[0])!r} says days of a month", spoken[0]
        after = self.phrase(end, "running.after")
        if after:
            yield f"{self.shown(end, after)!r} behind a number is not understood", after
        after = 0 if end in self.taken else self.phrase(end, "running.yearly")
        if after and (printed.changed or printed.kind is PrintedKind.PERCENT):
            text = self.shown(position, after)
            yield str(both(text, "a change in each year", "one against the year before")), after
        after = self.phrase(end, "hedges_after")
        if after and printed.hedge is not Relation.EQUALS:
            yield f"{self.shown(position, after)!r} says two hedges", after
        if is_bare and self.is_number(end):
            after = end + 1
            while self.goes_on(after) and self.is_number(after):
                after += 1
            yield f"{self.shown(position, after)!r} holds two numbers", after

    def list_end(self, end: int) -> int:
        """Where a list of numbers ends of which the last says what all count: "4, 5 y 6 %"."""
        joins, position = vocabulary(self.language)["running"]["lists"], end
        while self.goes_on(position) and self.words[position].parts[-1] in self._parting:
            position += 1
        if position > end:  # "3 de los 5 millones"
            is_scaled = self.goes_on(position + 1) and self.words[position + 1].parts[0] in scales(
                self.language
            )
            return (
                position + 2
                if self.goes_on(position) and self.words[position].has_digit and is_scaled
                else 0
            )
        while position < min(len(self.words), end + MOST_WORDS):
            word = self.words[position]
            mark = self.text[self.words[position - 1].end : word.start].strip()
            if mark not in {"", ","}:
                return 0
            joined = word.parts[-1] in joins
            position += joined
            if (
                position == len(self.words)
                or not self.words[position].has_digit
                or (not mark and not joined)
            ):
                return 0
            if not self.text[self.words[position].start : self.words[position].end][-1].isdecimal():
                return position + 1  # "5%"
            position += 1
            if self.counts(position):
                return max(
                    position + 1, self.phrase(position, "counts"), self.phrase(position, "units")
                )
        return 0

    @cached_property
    def _parting(self) -> frozenset[str]:
        """The words between a part and what it is of."""
        of = vocabulary(self.language)["share_of"]["of"]
        return frozenset(part for phrase in of[:5] for part in phrase.split())

    def goes_on(self, position: int) -> bool:
        """Whether a word stands behind the one before it without a mark between."""
        return 0 < position < len(self.words) and not (
            self.words[position].is_first or self.words[position - 1].is_last
        )

    def phrase(self, position: int, table: str) -> int:
        """Where the longest phrase of a table that begins at a word ends; 0 where none does."""
        known = phrases(self.language, table)
        if position >= len(self.words) or self.words[position].parts[0] not in heads(
            self.language, table
        ):
            return 0
        parts: list[str] = []
        longest, end = 0, position
        while end < len(self.words) and len(parts) < MOST_WORDS // 2:
            if end > position and not self.goes_on(end):
                break
            parts += self.words[end].parts
            end += 1
            longest = end if " ".join(parts) in known else longest
        return longest

    def opens_rate(self, position: int, table: str) -> bool:
        """Whether a number stands before a word that joins two in a rate; so for other tables."""
        if table != "running.rates":
            return True
        return self.is_number(position) and any(
            self.is_number(before) and before not in self.taken
            for before in range(max(position - 1 - _NEAR, 0), position)
            if all(self.goes_on(between) for between in range(before + 1, position + 1))
        )

    def before_article(self, position: int) -> int:
        """A word, or the article before it: "supera los 75"."""
        articles = vocabulary(self.language)["articles"]
        has_article = (
            self.goes_on(position) and " ".join(self.words[position - 1].parts) in articles
        )
        return position - 1 if has_article else position

    def is_opened(self, position: int, table: str) -> bool:
        """Whether a phrase of a table ends right before a word."""
        return self.opened_by(position, table) is not None

    def opened_by(self, position: int, table: str) -> str | None:
        """What the phrase of a table stands for that ends right before a word, if one does."""
        known, parts = phrases(self.language, table), ""
        if table != "running.idioms" and self.is_opened(position, "running.idioms"):
            return None  # "made up" is no "up"
        for before in range(position - 1, max(position - 1 - MOST_WORDS // 2, -1), -1):
            if not self.goes_on(before + 1):
                break
            parts = " ".join((*self.words[before].parts, *parts.split()))
            if parts in known:
                return known[parts]
        return None

    def shown(self, position: int, end: int) -> str:
        """The text from a word to before another."""
        return self.text[self.words[position].start : self.words[end - 1].end][:MOST_CHARACTERS]
