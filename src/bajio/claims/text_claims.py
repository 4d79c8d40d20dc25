"""What a number of a running text claims: of what, of whom, how, and when, as its sentence says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from attrs import frozen

from bajio.brief import Brief
from bajio.claims.mentions import Mention, MentionKind
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.printed_periods import PrintedPeriod
from bajio.claims.reading_words import (
    UNMEASURED,
    PhraseTable,
    ReadingWords,
    SentenceWord,
    words_of,
)
from bajio.claims.text_names import NamedPlace

_MONEY = frozenset({"USD", "MXN", "EUR", "$"})
_FURTHEST = 24
_STRONG, _COMMA = re.compile(r"[;:()—]| – "), re.compile(",")
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


#: Words that say what something is.
_COPULAS = frozenset(["es", "fue", "seria", "era", "son", "is", "was", "be", "as", "como"])
#: What a number of years counts, that an indicator may measure.
_YEARS = frozenset({"anos", "ano", "years", "year"})


class ClaimForm(StrEnum):
    """How a number is said of a quantity."""

    LEVEL = "level"
    SHARE = "share"
    RANK = "rank"
    CHANGE = "change"
    MULTIPLE = "multiple"


@frozen(repr=False)
class TextClaim(Brief):
    """What a number may claim, as its sentence says it.

    Attributes:
        measures: codes of the indicators that it can be of, the likeliest first.
        form: how it is said of them.
        place: the region or area that the sentence names; `None` where the text around says it.
        others: the places that it is compared with.
        period: as printed.
    """

    measures: tuple[str, ...]
    form: ClaimForm
    place: NamedPlace | None = None
    others: tuple[NamedPlace, ...] = ()
    period: PrintedPeriod | None = None


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
class TextSentence:
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

    def candidate(self, mention: Mention) -> TextClaim | Unclaimed:
        """What a number claims, or why nothing is made of it."""
        printed = mention.printed
        if printed is None:
            return Unclaimed("unread", mention.problem)
        idle = self._idle(mention)
        if idle or printed.kind is PrintedKind.RANK:
            return idle or self._rank(mention)
        quantity = self._quantity(mention, printed)
        form = None
        if not isinstance(quantity, Unclaimed):
            form = self._form(mention, printed, quantity)
        if isinstance(quantity, Unclaimed) or form is None:
            rate = self._rate(mention, printed) or self._growth(mention, printed, quantity)
            if rate is not None:
                return self._made(mention, *rate)
            return quantity if isinstance(quantity, Unclaimed) else Unclaimed("share")
        return self._made(mention, quantity.code, form)

    def _idle(self, mention: Mention) -> Unclaimed | None:
        """Why a number is none that is claimed: its sentence denies it, or says what may be."""
        if self._within("negations", self._before(mention, 5), mention.start):
            return Unclaimed("negated")
        if self._within("modals", *self._clause(mention)):
            return Unclaimed("possible")
        return None

    def _rate(self, mention: Mention, printed: Printed) -> tuple[str, ClaimForm] | None:
        """The rate in whose words a share stands: "1.1 % of the population is illiterate"."""
        if printed.kind is not PrintedKind.PERCENT or printed.changed:
            return None
        start, end = self._clause(mention)
        for one in self.quantities:
            is_rate = self.units.get(one.code) == "1" and not one.code.endswith("-growth")
            if is_rate and start <= one.start < end:
                return one.code, ClaimForm.LEVEL
        return None

    def _growth(
        self, mention: Mention, printed: Printed, found: NamedQuantity | Unclaimed
    ) -> tuple[str, ClaimForm] | None:
        """The economy, where a place grows and nothing is said that does: "Chile grew 4 %"."""
        is_growth = printed.kind is PrintedKind.PERCENT and (
            printed.changed or self._is_change(mention)
        )
        is_bare = isinstance(found, Unclaimed) and found.key == "nothing-near"
        start, _ = self._clause(mention)
        is_of_place = any(start <= place.start < mention.start for place in self.places)
        grows = self._within("grows", max(start, mention.start - 40), mention.end)
        return (
            ("gdp", ClaimForm.CHANGE) if is_growth and is_bare and is_of_place and grows else None
        )

    def _made(self, mention: Mention, code: str, form: ClaimForm) -> TextClaim | Unclaimed:
        place, others = self._subject(mention, form)
        beside = next((one for one in others if self._is_beside(one, mention)), None)
        if beside is not None and form is ClaimForm.LEVEL:
            return Unclaimed("whose", beside.text)
        if place is not None and self._is_one_of_several(place):
            return Unclaimed("several", place.text)
        unit = mention.printed.unit if mention.printed else None
        if code == "gdp" and unit in {"MXN", "$"} and "$" not in mention.text:
            code = "gdp-mxn"
        measures = tuple(one for one in code.split("|") if one in self.units)
        return TextClaim(measures, form, place, others, self._period(mention))

    # quantities

    @cached_property
    def quantities(self) -> Sequence[NamedQuantity]:
        """The quantities that are named, those of no indicator as well."""
        return tuple(self._named(self.tables.measures))

    @cached_property
    def rankings(self) -> Sequence[NamedQuantity]:
        """What says of what something is a place among others."""
        return tuple(self._named(self.tables.ranked))

    def _named(self, table: PhraseTable) -> Iterator[NamedQuantity]:
        at = 0
        while at < len(self.words):
            found = table.at(self.words, at)
            if found is None:
                at += 1
                continue
            end, code = found
            start = self.words[at].start
            if code != UNMEASURED and self._is_qualified(at, end):
                code = UNMEASURED
            yield NamedQuantity(start, self.words[end - 1].end, code)
            at = end

    def _is_qualified(self, at: int, end: int) -> bool:
        """Whether a word beside a quantity makes another of it: "exports of cars"."""
        tables, words = self.tables, self.words
        near = [*words[max(at - 1, 0) : at], *words[end : end + 1]]
        if any(
            word.plain in tables.words("qualifiers") and self._is_joined(word, at, end)
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

    def _is_joined(self, word: SentenceWord, at: int, end: int) -> bool:
        first, last = self.words[at].start, self.words[end - 1].end
        between = self.text[word.end : first] if word.end <= first else self.text[last : word.start]
        return not between.strip()

    def _is_marked(self, start: int, at: int) -> bool:
        """Whether a mark stands between a place of the text and a word."""
        return bool(re.search(r"[,;:.()]", self.text[start : self.words[at].start]))

    def _is_noun(self, at: int) -> bool:
        """Whether a word can be the name of a thing that is not known."""
        word = self.words[at]
        if not self.text[word.start].islower() or word.plain in _YEARS:
            return False
        if word.plain in self.tables.words("function_words") | self.tables.words("neutral"):
            return False
        if word.plain in self._wholes or self.tables.measures.at(self.words, at):
            return False
        return not any(one.start <= word.start < one.end for one in self.mentions)

    def _is_neutral(self, at: int) -> bool:
        """Whether a word is the name of a thing that leaves a quantity what it is."""
        word = self.words[at].plain
        functions = self.tables.words("function_words")
        return word in self.tables.words("neutral") and word not in functions

    @cached_property
    def _wholes(self) -> frozenset[str]:
        return self.tables.words("wholes") | self.tables.words("places")

    def _quantity(self, mention: Mention, printed: Printed) -> NamedQuantity | Unclaimed:
        """The quantity that a number is of."""
        found = self._complement(mention, printed)
        if found is not None:
            return found
        near: list[tuple[int, NamedQuantity]] = []
        for quantity in self.quantities:
            distance = self._distance(mention, quantity)
            if distance <= _FURTHEST and self._fits(quantity.code, printed):
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
        at = next((i for i, word in enumerate(self.words) if word.start >= mention.end), None)
        if at is None or self._is_marked(mention.end, at):
            return None
        start, prepositions = at, self.tables.words("prepositions")
        has_preposition = self.words[at].plain in prepositions
        articles = self.tables.words("articles")
        while at < len(self.words) - 1 and (
            self.words[at].plain in prepositions
            or (at > start and self.words[at].plain in articles)
        ):
            at += 1
        return self._behind(at, printed, has_preposition=has_preposition)

    def _behind(
        self, at: int, printed: Printed, *, has_preposition: bool
    ) -> NamedQuantity | Unclaimed | None:
        """What a word behind a number says that it counts."""
        word = self.words[at]
        is_bare = printed.kind is PrintedKind.NUMBER and printed.unit is None
        behind = next((one for one in self.quantities if one.start == word.start), None)
        counted = None
        if behind is not None and (has_preposition or is_bare):
            counted = self._counted(behind, printed)
        counts = is_bare or (has_preposition and printed.unit not in _MONEY)
        if (
            counted is None
            and counts
            and (self._is_noun(at) or (is_bare and not has_preposition and self._is_neutral(at)))
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
        at = next((i for i, one in enumerate(self.words) if one.start >= quantity.end), None)
        if (
            at is None
            or self._is_marked(quantity.end, at)
            or any(word.plain in living for word in self.words)
            or self._is_place(at)
        ):
            return None
        return Unclaimed("people", last)

    def _is_place(self, at: int) -> bool:
        """Whether words from one on say where: "en la región", "in Jalisco", or go on anew."""
        if self.words[at].plain in {"y", "and"}:
            return True
        starts = {place.start for place in self.places}
        behind = self.words[at + 1 : at + 3] if self.words[at].plain in {"en", "in"} else ()
        neutral = self.tables.words("neutral")
        return self.words[at].start in starts or any(
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
        count += _OTHER_CLAUSE * len(_STRONG.findall(between))
        numbers = sum(first <= one.start < last for one in self.mentions if one.printed is not None)
        return count + _OTHER_NUMBER * numbers + (_BEFORE if is_before else _BEHIND)

    def _fits(self, code: str, printed: Printed) -> bool:
        """Whether a number can be one of a quantity."""
        if code == UNMEASURED or printed.kind is not PrintedKind.NUMBER:
            return True
        unit = self.units.get(code.split("|", maxsplit=1)[0], "1")
        if "USD" in unit or "MXN" in unit:
            return printed.unit in _MONEY
        return printed.unit in _FITTING.get(unit, frozenset({None}))

    # forms

    def _form(
        self, mention: Mention, printed: Printed, quantity: NamedQuantity
    ) -> ClaimForm | None:
        """How a number is said of a quantity; `None` for a share of what is not said."""
        is_rate = self.units.get(quantity.code.split("|")[0]) == "1"
        is_growth = quantity.code.endswith("-growth") and printed.kind is not PrintedKind.POINTS
        is_percent = printed.kind is PrintedKind.PERCENT
        is_change = printed.changed or printed.kind is PrintedKind.POINTS
        form: ClaimForm | None = None
        if mention.kind is MentionKind.MULTIPLE or self._place_behind(mention) is not None:
            form = ClaimForm.MULTIPLE
        elif is_growth:
            form = ClaimForm.LEVEL
        elif is_change or (is_percent and not is_rate and self._is_change(mention)):
            form = ClaimForm.CHANGE
        elif printed.kind is PrintedKind.NUMBER:
            form = ClaimForm.CHANGE if self._is_new(mention, quantity) else ClaimForm.LEVEL
        elif is_rate:
            form = ClaimForm.LEVEL
        elif self._is_of_whole(mention, quantity):
            form = ClaimForm.SHARE
        return form

    def _place_behind(self, mention: Mention) -> NamedPlace | None:
        """The place that a part is of: "85 % of Brazil's"; no country that all are in."""
        if mention.printed is None or mention.printed.kind is PrintedKind.NUMBER:
            return None
        for place in self.places:
            between = words_of(self.text, mention.end, place.start)
            known = self.tables.words("prepositions") | self.tables.words("articles")
            is_near = 0 < len(between) <= 2 and all(word.plain in known for word in between)
            if place.codes and place.start >= mention.end and is_near:
                return None if self._is_whole(place) else place
        return None

    def _clause(self, mention: Mention) -> tuple[int, int]:
        """The characters of the part of a sentence that a number stands in."""
        start, end = self.words[0].start, self.words[-1].end
        before = [one.end() for one in _STRONG.finditer(self.text, start, mention.start)]
        after = _STRONG.search(self.text, mention.end, end)
        return max([start, *before]), after.start() if after else end

    def _within(self, table: str, start: int, end: int) -> bool:
        phrases = self.tables.listed(table)
        return any(
            (found := phrases.at(self.words, at)) is not None
            and self.words[found[0] - 1].end <= end
            and not any(one.start <= word.start < one.end and one.codes for one in self.places)
            for at, word in enumerate(self.words)
            if start <= word.start < end
        )

    def _before(self, mention: Mention, count: int) -> int:
        """Where so many words before a number begin, in its clause."""
        starts = [word.start for word in self.words if word.start < mention.start][-count:]
        return max([self._clause(mention)[0], *starts[:1]])

    def _is_new(self, mention: Mention, quantity: NamedQuantity) -> bool:
        if not quantity.code.startswith("insured-jobs"):
            return False
        return self._within("creates", self._before(mention, 3), mention.end)

    def _is_change(self, mention: Mention) -> bool:
        return self._within("changes", self._before(mention, 6), mention.start)

    def _is_of_whole(self, mention: Mention, quantity: NamedQuantity) -> bool:
        start, end = self._clause(mention)
        unmeasured = any(
            one.code == UNMEASURED and mention.end <= one.start < end for one in self.quantities
        )
        if unmeasured:
            return False
        if self._within("wholes", start, end):
            return True
        numbers = [one.end for one in self.mentions if one.end <= mention.start]
        first = max([start, *numbers])
        is_ratio = any(
            first <= one.start and one.end <= mention.start and one.code != quantity.code
            for one in self.quantities
        )
        return not is_ratio and self._within("parts", self._before(mention, 4), mention.start)

    def _rank(self, mention: Mention) -> TextClaim | Unclaimed:
        start, end = self._clause(mention)
        behind = next((word for word in self.words if word.start >= mention.end), None)
        if mention.text[-3:].isalpha() and behind and behind.plain in self.tables.words("plurals"):
            return Unclaimed("place")
        near = [
            (self._distance(mention, one), one)
            for one in (*self.rankings, *self.quantities)
            if start <= one.start < end
        ]
        is_place = mention.kind is MentionKind.RANK or self._within(
            "places", mention.start, min(mention.end + 24, end)
        )
        near = [pair for pair in near if pair[0] <= (_FURTHEST if is_place else 9)]
        if not near:
            return Unclaimed("place")
        quantity = min(near, key=lambda pair: (pair[0], pair[1].code == UNMEASURED))[1]
        if quantity.code == UNMEASURED:
            return Unclaimed("no-indicator", self.text[quantity.start : quantity.end])
        return self._made(mention, quantity.code, ClaimForm.RANK)

    # places and periods

    def _subject(
        self, mention: Mention, form: ClaimForm
    ) -> tuple[NamedPlace | None, tuple[NamedPlace, ...]]:
        """The place that a number is of, and those that it is compared with."""
        start, end = self._clause(mention)
        compared: list[NamedPlace] = []
        own: list[NamedPlace] = []
        for place in self.places:
            if place.is_part or self._is_predicate(place):
                continue
            is_behind = form is ClaimForm.MULTIPLE and place.start >= mention.end
            is_joined = bool(compared) and self.text[compared[-1].end : place.start].strip(
                " ,"
            ) in {"", "y", "and"}
            (compared if is_joined or is_behind or self._is_compared(place, form) else own).append(
                place
            )
        before = [one for one in own if one.start < mention.end]
        inside = [one for one in before if one.start >= start]
        after = [one for one in own if one.start >= mention.end]
        if form is ClaimForm.LEVEL and not inside:
            joined = [
                one
                for one in after
                if one.start < end
                and len(self.text[mention.end : one.start].split()) <= 3
                and not re.search("[,;]", self.text[mention.end : one.start])
            ]
            if joined and (not before or before[-1].start < start):
                return self._named_place(joined[0]), tuple(compared)
        chosen = (inside or before)[-1:] or after[:1]
        return self._named_place(chosen[0]) if chosen else None, tuple(
            one for one in compared if one.codes
        )

    def _is_one_of_several(self, place: NamedPlace) -> bool:
        """Whether a place stands joined with another, and a number is of both."""
        return any(
            one.codes
            and one.end < place.start
            and self.text[one.end : place.start].strip() in {"y", "and", "e", "&"}
            for one in self.places
        )

    def _is_beside(self, place: NamedPlace, mention: Mention) -> bool:
        """Whether a number may be of what is compared with: "than Chile, with 5 million"."""
        between = self.text[place.end : mention.start].strip(" ,")
        return place.end < mention.start and between in {"con", "with"}

    def _is_predicate(self, place: NamedPlace) -> bool:
        """Whether "el estado" is what another place is said to be."""
        at = next(i for i, word in enumerate(self.words) if word.start >= place.start)
        return not place.codes and at > 0 and self.words[at - 1].plain in _COPULAS

    @staticmethod
    def _named_place(place: NamedPlace) -> NamedPlace | None:
        return None if not place.codes else place

    def _is_compared(self, place: NamedPlace, form: ClaimForm) -> bool:
        """Whether a place is one to compare with, or the whole that a share is of."""
        at = next(i for i, word in enumerate(self.words) if word.start >= place.start)
        if self.tables.listed("compared").ends_before(self.words, at):
            return True
        return form in {ClaimForm.SHARE, ClaimForm.RANK} and self._is_whole(place)

    def _is_whole(self, place: NamedPlace) -> bool:
        """Whether a place is the whole that a share is of."""
        at = next(i for i, word in enumerate(self.words) if word.start >= place.start)
        wholes = self.tables.listed("wholes")
        return wholes.ends_before(self.words, at + 1) or any(
            (found := wholes.at(self.words, i)) is not None and found[0] > at
            for i in range(max(at - 3, 0), at + 1)
        )

    def _period(self, mention: Mention) -> PrintedPeriod | None:
        """The period nearest to a number."""
        near = [
            (self._distance(mention, NamedQuantity(one.start, one.end, "")), at, one.period)
            for at, one in enumerate(self.mentions)
            if one.period is not None and one.kind is not MentionKind.DATE
        ]
        return min(near, key=lambda one: one[:2])[2] if near else None
