"""The quantities that a sentence names, and which of them a number is of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from bajio.claims.mentions import Mention
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.reading_words import UNMEASURED, PhraseTable, ReadingWords, SentenceWord
from bajio.claims.text_names import NamedPlace

_MONEY = frozenset({"USD", "MXN", "EUR", "$"})
#: How far from a number, in words, what it is of may stand.
FURTHEST = 24
#: Marks between parts of a sentence.
STRONG, _COMMA = re.compile(r"[;:()—]| – "), re.compile(",")
#: What a thing before, a thing behind, and one behind another number, lie further away by.
_BEFORE, _BEHIND, _OTHER_NUMBER, _OTHER_PART, _OTHER_CLAUSE = 2, 6, 8, 3, 12
#: The units that a printed number may have, by the unit of the indicator.
_FITTING: Mapping[str, frozenset[str | None]] = {
    "person": frozenset({"person", None}),
    "person/km²": frozenset({"person", None}),
    "job": frozenset({"job", "person", None}),
    "km²": frozenset({"km²", "ha"}),
    "1": frozenset(),
}


#: What a number of years counts, that an indicator may measure.
_YEARS = frozenset({"anos", "ano", "years", "year"})


@frozen
class Unclaimed:
    """Why nothing is made of a number.

    Attributes:
        key: of the phrase that says it.
        shown: what is meant, as printed.
    """

    key: str
    shown: str = ""


@frozen
class NamedQuantity:
    """The name of a quantity in a sentence: its characters, and the codes of its measures."""

    start: int
    end: int
    code: str


@frozen(slots=False, eq=False)
class QuantitySentence:
    """A sentence with all that is named in it.

    Attributes:
        text: the whole text.
        words: those of the sentence.
        mentions: the numbers and periods in it.
        places: the regions and areas that it names.
        tables: the words of its language.
        units: units of indicators, by code.
    """

    text: str
    words: Sequence[SentenceWord]
    mentions: Sequence[Mention]
    places: Sequence[NamedPlace]
    tables: ReadingWords
    units: Mapping[str, str]

    @cached_property
    def quantities(self) -> Sequence[NamedQuantity]:
        """The quantities that are named, those of no indicator as well."""
        return tuple(self._named(self.tables.measures))

    @cached_property
    def rankings(self) -> Sequence[NamedQuantity]:
        """What says of what something is a place among others."""
        return tuple(self._named(self.tables.ranked))

    def _named(self, table: PhraseTable) -> Iterator[NamedQuantity]:
        position = 0
        while position < len(self.words):
            phrase = table.at(self.words, position)
            if phrase is None:
                position += 1
                continue
            end, code = phrase
            start = self.words[position].start
            if code != UNMEASURED and self._is_qualified(position, end):
                code = UNMEASURED
            yield NamedQuantity(start, self.words[end - 1].end, code)
            position = end

    def _is_qualified(self, position: int, end: int) -> bool:
        """Whether a word beside a quantity makes another of it: "exports of cars"."""
        tables, words = self.tables, self.words
        near = [*words[max(position - 1, 0) : position], *words[end : end + 1]]
        if any(
            word.plain in tables.words("qualifiers") and self._is_joined(word, position, end)
            for word in near
        ):
            return True
        following = end
        if following < len(words) and words[following].plain in tables.words("prepositions"):
            following += 1
            while following < len(words) and words[following].plain in tables.words("articles"):
                following += 1
        if following == end or following >= len(words):
            return False
        return self._is_noun(following) and not self._is_marked(words[end - 1].end, following)

    def _is_joined(self, word: SentenceWord, position: int, end: int) -> bool:
        first, last = self.words[position].start, self.words[end - 1].end
        between = self.text[word.end : first] if word.end <= first else self.text[last : word.start]
        return not between.strip()

    def _is_marked(self, start: int, position: int) -> bool:
        """Whether a mark stands between a place of the text and a word."""
        return bool(re.search(r"[,;:.()]", self.text[start : self.words[position].start]))

    def _is_noun(self, position: int) -> bool:
        """Whether a word can be the name of a thing that is not known."""
        word = self.words[position]
        if not self.text[word.start].islower() or word.plain in _YEARS:
            return False
        if word.plain in self.tables.words("function_words") | self.tables.words("neutral"):
            return False
        if word.plain in self._wholes or self.tables.measures.at(self.words, position):
            return False
        return not any(mention.start <= word.start < mention.end for mention in self.mentions)

    def _is_neutral(self, position: int) -> bool:
        """Whether a word is the name of a thing that leaves a quantity what it is."""
        word = self.words[position].plain
        functions = self.tables.words("function_words")
        return word in self.tables.words("neutral") and word not in functions

    @cached_property
    def _wholes(self) -> frozenset[str]:
        return self.tables.words("wholes") | self.tables.words("places")

    def _quantity(self, mention: Mention, printed: Printed) -> NamedQuantity | Unclaimed:
        """The quantity that a number is of."""
        result = self._complement(mention, printed)
        if result is not None:
            return result
        near: list[tuple[int, NamedQuantity]] = []
        for quantity in self.quantities:
            distance = self._distance(mention, quantity)
            if distance <= FURTHEST and self._fits(quantity.code, printed):
                near.append((distance, quantity))
        if not near:
            return Unclaimed("nothing-near")
        quantity = min(near, key=lambda pair: pair[0])[1]
        if quantity.code == UNMEASURED:
            return Unclaimed("no-indicator", self.text[quantity.start : quantity.end])
        return quantity

    def _complement(self, mention: Mention, printed: Printed) -> NamedQuantity | Unclaimed | None:
        """What is counted, where it stands right behind a number."""
        for quantity in self.quantities:
            is_inside = mention.start < quantity.start < mention.end
            if is_inside or quantity.start < mention.end < quantity.end:
                counted = self._counted(quantity, printed)
                if counted is not None:
                    return counted
        position = next((i for i, word in enumerate(self.words) if word.start >= mention.end), None)
        if position is None or self._is_marked(mention.end, position):
            return None
        start, prepositions = position, self.tables.words("prepositions")
        has_preposition = self.words[position].plain in prepositions
        articles = self.tables.words("articles")
        while position < len(self.words) - 1 and (
            self.words[position].plain in prepositions
            or (position > start and self.words[position].plain in articles)
        ):
            position += 1
        return self._behind(position, printed, has_preposition=has_preposition)

    def _behind(
        self, position: int, printed: Printed, *, has_preposition: bool
    ) -> NamedQuantity | Unclaimed | None:
        """What a word behind a number says that it counts."""
        word = self.words[position]
        is_bare = printed.kind is PrintedKind.NUMBER and printed.unit is None
        behind = next(
            (quantity for quantity in self.quantities if quantity.start == word.start), None
        )
        counted = None
        if behind is not None and (has_preposition or is_bare):
            counted = self._counted(behind, printed)
        counts = is_bare or (has_preposition and printed.unit not in _MONEY)
        if (
            counted is None
            and counts
            and (
                self._is_noun(position)
                or (is_bare and not has_preposition and self._is_neutral(position))
            )
        ):
            return Unclaimed("unknown-noun", self.text[word.start : word.end])
        return counted

    def _counted(
        self, quantity: NamedQuantity, printed: Printed
    ) -> NamedQuantity | Unclaimed | None:
        """A quantity that is counted, or why it is none; `None` where it does not fit."""
        if quantity.code == UNMEASURED:
            return Unclaimed("no-indicator", self.text[quantity.start : quantity.end])
        if not self._fits(quantity.code, printed):
            return None
        return self._is_people(quantity) or quantity

    def _is_people(self, quantity: NamedQuantity) -> Unclaimed | None:
        """Why people are no population, where nobody is said to live there."""
        last = self.text[quantity.start : quantity.end].casefold()
        if last not in self.tables.words("people") or quantity.code != "population":
            return None
        living = self.tables.words("living")
        position = next(
            (i for i, token in enumerate(self.words) if token.start >= quantity.end), None
        )
        if (
            position is None
            or self._is_marked(quantity.end, position)
            or any(word.plain in living for word in self.words)
            or self._is_place(position)
        ):
            return None
        return Unclaimed("people", last)

    def _is_place(self, position: int) -> bool:
        """Whether words from one on say where: "en la región", "in Jalisco", or go on anew."""
        if self.words[position].plain in {"y", "and"}:
            return True
        starts = {place.start for place in self.places}
        behind = (
            self.words[position + 1 : position + 3]
            if self.words[position].plain in {"en", "in"}
            else ()
        )
        neutral = self.tables.words("neutral")
        return self.words[position].start in starts or any(
            word.start in starts or word.plain in neutral for word in behind
        )

    def _distance(self, mention: Mention, quantity: NamedQuantity) -> int:
        """How far a quantity is from a number, in words."""
        if quantity.start < mention.end and quantity.end > mention.start:
            return 0
        is_before = quantity.end <= mention.start
        first = quantity.end if is_before else mention.end
        last = mention.start if is_before else quantity.start
        between = self.text[first:last]
        count = sum(first <= word.start < last for word in self.words)
        count += _OTHER_PART * len(_COMMA.findall(between))
        count += _OTHER_CLAUSE * len(STRONG.findall(between))
        numbers = sum(
            first <= other.start < last for other in self.mentions if other.printed is not None
        )
        return count + _OTHER_NUMBER * numbers + (_BEFORE if is_before else _BEHIND)

    def _fits(self, code: str, printed: Printed) -> bool:
        """Whether a number can be one of a quantity."""
        if code == UNMEASURED or printed.kind is not PrintedKind.NUMBER:
            return True
        unit = self.units.get(code.split("|", maxsplit=1)[0], "1")
        if "USD" in unit or "MXN" in unit:
            return printed.unit in _MONEY
        return printed.unit in _FITTING.get(unit, frozenset({None}))

    def _clause(self, mention: Mention) -> tuple[int, int]:
        """The characters of the part of a sentence that a number stands in."""
        start, end = self.words[0].start, self.words[-1].end
        before = [match.end() for match in STRONG.finditer(self.text, start, mention.start)]
        after = STRONG.search(self.text, mention.end, end)
        return max([start, *before]), after.start() if after else end

    def _within(self, table: str, start: int, end: int) -> bool:
        phrases = self.tables.listed(table)
        return any(
            (phrase := phrases.at(self.words, position)) is not None
            and self.words[phrase[0] - 1].end <= end
            and not any(
                place.start <= word.start < place.end and place.codes for place in self.places
            )
            for position, word in enumerate(self.words)
            if start <= word.start < end
        )

    def _before(self, mention: Mention, count: int) -> int:
        """Where so many words before a number begin, in its clause."""
        starts = [word.start for word in self.words if word.start < mention.start][-count:]
        return max([self._clause(mention)[0], *starts[:1]])
