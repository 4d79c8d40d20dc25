"""What a number of a running text claims: of what, of whom, how, and when, as its sentence says."""

import re
from collections.abc import Sequence
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
    words_of,
)
from bajio.claims.text_names import NamedPlace, joined_places, region_of
from bajio.claims.text_quantities import (
    FURTHEST,
    NamedQuantity,
    QuantitySentence,
    Unclaimed,
)

#: Words that say what something is.
_COPULAS = frozenset(["es", "fue", "seria", "era", "son", "is", "was", "be", "as", "como"])
#: Words of a place's kind, before its name in a list.
_KINDS = frozenset({"state", "states", "estado", "estados", "municipio", "municipios"})


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
        peers: code of the group that it is said to be a place among; `None` where none is named.
    """

    measures: tuple[str, ...]
    form: ClaimForm
    place: NamedPlace | None = None
    others: tuple[NamedPlace, ...] = ()
    period: PrintedPeriod | None = None
    peers: str | None = None


@frozen(slots=False, eq=False)
class TextSentence(QuantitySentence):
    """A sentence, and what each of its numbers claims."""

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
        for quantity in self.quantities:
            is_rate = self.units.get(quantity.code) == "1" and not quantity.code.endswith("-growth")
            if is_rate and start <= quantity.start < end:
                return quantity.code, ClaimForm.LEVEL
        return None

    def _growth(
        self, mention: Mention, printed: Printed, quantity: NamedQuantity | Unclaimed
    ) -> tuple[str, ClaimForm] | None:
        """The economy, where a place grows and nothing is said that does: "Chile grew 4 %"."""
        is_growth = printed.kind is PrintedKind.PERCENT and (
            printed.changed or self._is_change(mention)
        )
        is_bare = isinstance(quantity, Unclaimed) and quantity.key == "nothing-near"
        start, _ = self._clause(mention)
        is_of_place = any(start <= place.start < mention.start for place in self.places)
        grows = self._within("grows", max(start, mention.start - 40), mention.end)
        return (
            ("gdp", ClaimForm.CHANGE) if is_growth and is_bare and is_of_place and grows else None
        )

    def _made(self, mention: Mention, code: str, form: ClaimForm) -> TextClaim | Unclaimed:
        place, others = self._subject(mention, form)
        alone = [other for other in others if not any(other in run for run in self._joined)]
        beside = next((one for one in alone if self._is_beside(one, mention)), None)
        if beside is not None and form is ClaimForm.LEVEL:
            return Unclaimed("whose", beside.text)
        company = self._company(mention)
        if company is not None:
            return Unclaimed("several", company.text)
        several = next((run for run in self._joined if place in run), None)
        if several is not None and place is not None:
            region = region_of(self.text, several) if self._is_of_all(mention) else None
            if region is None:
                return Unclaimed("several", place.text)
            place = region
        unit = mention.printed.unit if mention.printed else None
        if code == "gdp" and unit in {"MXN", "$"} and "$" not in mention.text:
            code = "gdp-mxn"
        measures = tuple(one for one in code.split("|") if one in self.units)
        peers = self._peers(mention) if form is ClaimForm.RANK else None
        return TextClaim(measures, form, place, others, self._period(mention), peers)

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

    def _is_new(self, mention: Mention, quantity: NamedQuantity) -> bool:
        if not quantity.code.startswith("insured-jobs"):
            return False
        return self._within("creates", self._before(mention, 3), mention.end)

    def _is_change(self, mention: Mention) -> bool:
        return self._within("changes", self._before(mention, 6), mention.start)

    def _is_of_whole(self, mention: Mention, quantity: NamedQuantity) -> bool:
        start, end = self._clause(mention)
        unmeasured = any(
            other.code == UNMEASURED and mention.end <= other.start < end
            for other in self.quantities
        )
        if unmeasured:
            return False
        if self._within("wholes", start, end):
            return True
        numbers = [other.end for other in self.mentions if other.end <= mention.start]
        first = max([start, *numbers])
        is_ratio = any(
            first <= other.start and other.end <= mention.start and other.code != quantity.code
            for other in self.quantities
        )
        return not is_ratio and self._within("parts", self._before(mention, 4), mention.start)

    def _rank(self, mention: Mention) -> TextClaim | Unclaimed:
        start, end = self._clause(mention)
        behind = next((word for word in self.words if word.start >= mention.end), None)
        if mention.text[-3:].isalpha() and behind and behind.plain in self.tables.words("plurals"):
            return Unclaimed("place")
        near = [
            (self._distance(mention, named), named)
            for named in (*self.rankings, *self.quantities)
            if start <= named.start < end
        ]
        is_place = mention.kind is MentionKind.RANK or self._within(
            "places", mention.start, min(mention.end + 24, end)
        )
        near = [pair for pair in near if pair[0] <= (FURTHEST if is_place else 9)]
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
        places: list[NamedPlace] = []
        for place in self.places:
            if place.is_part or self._is_predicate(place):
                continue
            is_behind = form is ClaimForm.MULTIPLE and place.start >= mention.end
            is_joined = bool(compared) and self.text[compared[-1].end : place.start].strip(
                " ,"
            ) in {"", "y", "and"}
            (
                compared if is_joined or is_behind or self._is_compared(place, form) else places
            ).append(place)
        before = [named_place for named_place in places if named_place.start < mention.end]
        inside = [one for one in before if one.start >= start]
        after = [named_place for named_place in places if named_place.start >= mention.end]
        if form is ClaimForm.LEVEL and not inside:
            joined = [
                one
                for one in after
                if one.start < end
                and len(self.text[mention.end : one.start].split()) <= 3
                and not re.search("[,;]", self.text[mention.end : one.start])
            ]
            if joined and (not before or before[-1].start < start):
                return _known(joined[0]), tuple(compared)
        chosen = (inside or before)[-1:] or after[:1]
        return _known(chosen[0]) if chosen else None, tuple(
            named_place for named_place in compared if named_place.codes
        )

    @cached_property
    def _joined(self) -> Sequence[tuple[NamedPlace, ...]]:
        """The lists of places."""
        kinds = self.tables.words("articles") | self.tables.words("prepositions")
        kinds |= self.tables.words("plurals") | _KINDS
        return tuple(joined_places(self.text, self.places, kinds))

    def _is_of_all(self, mention: Mention) -> bool:
        """Whether a number is said of several places together, and not of each of them."""
        clause = self._clause(mention)
        return self._within("together", *clause) and not self._within("singly", *clause)

    def _company(self, mention: Mention) -> NamedPlace | None:
        """A place that what is spoken of is told with: "together with Jalisco, Colima has"."""
        start, end = self._clause(mention)
        if not self._within("along_with", start, end):
            return None
        return next(
            (place for place in self.places if place.codes and start <= place.start < end), None
        )

    def _peers(self, mention: Mention) -> str | None:
        """The group nearest to a rank: "the third economy in the world"."""
        start, end = self._clause(mention)
        groups = [
            NamedQuantity(word.start, self.words[phrase[0] - 1].end, phrase[1])
            for position, word in enumerate(self.words)
            if start <= word.start < end and (phrase := self.tables.among.at(self.words, position))
        ]
        near = min(groups, key=lambda group: self._distance(mention, group), default=None)
        if near is None and self._within("as_country", start, end):
            return "un-members"
        return near.code if near else None

    def _is_beside(self, place: NamedPlace, mention: Mention) -> bool:
        """Whether a number may be of what is compared with: "than Chile, with 5 million"."""
        between = self.text[place.end : mention.start].strip(" ,")
        return place.end < mention.start and between in {"con", "with"}

    def _is_predicate(self, place: NamedPlace) -> bool:
        """Whether "el estado" is what another place is said to be."""
        position = self._position(place)
        return not place.codes and position > 0 and self.words[position - 1].plain in _COPULAS

    def _is_compared(self, place: NamedPlace, form: ClaimForm) -> bool:
        """Whether a place is one to compare with, or the whole that a share is of."""
        position = self._position(place)
        if self.tables.listed("compared").ends_before(self.words, position):
            return True
        if form is ClaimForm.RANK and self._is_within(self.tables.among, position):
            return True
        return form in {ClaimForm.SHARE, ClaimForm.RANK} and self._is_whole(place)

    def _is_whole(self, place: NamedPlace) -> bool:
        """Whether a place is the whole that a share is of."""
        position = self._position(place)
        wholes = self.tables.listed("wholes")
        return wholes.ends_before(self.words, position + 1) or self._is_within(wholes, position)

    def _is_within(self, table: PhraseTable, position: int) -> bool:
        """Whether a word is one of a phrase."""
        return any(
            (phrase := table.at(self.words, i)) is not None and phrase[0] > position
            for i in range(max(position - 3, 0), position + 1)
        )

    def _position(self, place: NamedPlace) -> int:
        """The place, among the words, of the first of a name."""
        return next(i for i, word in enumerate(self.words) if word.start >= place.start)

    def _period(self, mention: Mention) -> PrintedPeriod | None:
        """The period nearest to a number."""
        near = [
            (self._distance(mention, NamedQuantity(said.start, said.end, "")), order, said.period)
            for order, said in enumerate(self.mentions)
            if said.period is not None and said.kind is not MentionKind.DATE
        ]
        return min(near, key=lambda said: said[:2])[2] if near else None


def _known(place: NamedPlace) -> NamedPlace | None:
    """A place that is named; `None` for "the region"."""
    return place if place.codes else None
