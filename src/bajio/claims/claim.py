"""Claims: printed statements about a region that data, or their own company, can confirm."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import Attribute, field, frozen
from attrs.converters import optional

from bajio.amounts import exact_number
from bajio.arguments import as_choice, as_instances, as_items, as_text, as_word
from bajio.brief import Brief
from bajio.claims.claim_faults import joined
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.relations import OF_A_NUMBER, About, Relation
from bajio.errors import BajioError, InvalidClaim, InvalidValue, shown
from bajio.facts.periods import WHOLE, Period, as_period, as_year, whole
from bajio.labels import Label, as_label
from bajio.units import Unit, as_unit

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: What each relation needs besides, one of each group.
_NEEDS: Mapping[Relation, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(OF_A_NUMBER, (("printed",),)),
    Relation.EXCEEDS: (("areas", "than"),),
    Relation.NEAR: (("areas", "than"),),
    Relation.TOP: (("top", "rank"), ("indicator",)),
    Relation.SHARE_OF: (("printed",), ("whole", "indicator")),
    Relation.SUM_OF: (("parts",), ("whole", "printed")),
    Relation.MEAN_OF: (("parts",), ("printed",)),
    Relation.TIMES: (("printed",), ("whole", "areas")),
}
#: What each relation can make use of: what it would not look at is refused, and not passed over.
_USES: Mapping[Relation, frozenset[str]] = {
    **dict.fromkeys(OF_A_NUMBER, frozenset({"printed", "unit", "each"})),
    **dict.fromkeys(
        (Relation.EXCEEDS, Relation.NEAR),
        frozenset({"areas", "printed", "part", "than", "unit", "change", "each"}),
    ),
    Relation.TOP: frozenset({"top", "rank", "order", "change", "each"}),
    Relation.SHARE_OF: frozenset({"printed", "areas", "part", "whole", "unit", "each"}),
    Relation.SUM_OF: frozenset({"printed", "parts", "whole", "unit"}),
    Relation.MEAN_OF: frozenset({"printed", "parts", "weights", "unit"}),
    Relation.TIMES: frozenset({"printed", "areas", "part", "whole", "unit", "change", "each"}),
}
_LIMITED = frozenset().union(*_USES.values())
#: What a person says of a claim that was read out of a text.
STATUSES = ("draft", "confirmed")
MOST_RANK = 9999
#: The longest span over which flows are summed.
MOST_YEARS = 100
#: What `each` is where every member of the subject is meant.
MEMBERS = "members"
#: Which end of a ranking is its first, where it is not that of the indicator.
ORDERS = {"highest": "higher", "lowest": "lower"}
#: Changes as a claim without a printed number of them can ask for.
CHANGES: tuple[About, ...] = (About.ABSOLUTE, About.PERCENT, About.POINTS)
_TOLD_BY: Mapping[PrintedKind, About] = {
    PrintedKind.NUMBER: About.ABSOLUTE,
    PrintedKind.PERCENT: About.PERCENT,
    PrintedKind.POINTS: About.POINTS,
    PrintedKind.TIMES: About.MULTIPLE,
    PrintedKind.RANK: About.LEVEL,
}


@frozen
class Reference:
    """The number that another claim of the set prints."""

    claim: str


@frozen(repr=False)
class Part(Brief):
    """One of the printed numbers that a total or a mean is of, with the area that it is of."""

    area: str
    printed: Printed


Number = Printed | Reference


def named(_cls: type, fields: "list[Attribute[Any]]") -> "list[Attribute[Any]]":
    """Fields whose converters name them where they refuse, whatever is given."""
    return [
        attribute
        if attribute.converter is None
        else attribute.evolve(converter=_naming(attribute.name, attribute.converter))
        for attribute in fields
    ]


def _naming(key: str, convert: Any) -> Callable[[Any], Any]:
    def converted(value: Any) -> Any:
        try:
            return convert(value)
        except InvalidClaim:
            raise
        except (BajioError, AttributeError, TypeError, ValueError) as error:
            problem = str(error) if isinstance(error, BajioError) else f"{shown(value)} is none"
            raise InvalidClaim(problem, key=key) from None

    return converted


def text_of_code(value: Any) -> str:
    """A code, which is not looked up yet."""
    if not as_text(value, "a code").strip():
        raise InvalidValue("a code is no empty text")
    return str(value)


def _relation(value: Any) -> Relation:
    return as_choice(value, Relation, "relation")


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(text_of_code(code) for code in as_items(value, "codes"))


def _printed(value: Any) -> Printed:
    if not isinstance(value, Printed):
        raise InvalidValue(f"{shown(value)} is no printed number: read it by bajio.read_claims")
    return value


def _number(value: Any) -> Number:
    return value if isinstance(value, Reference) else _printed(value)


def _parts(value: Any) -> tuple[Part, ...]:
    return as_instances(value, Part, "parts")


def _rank(value: Any) -> int:
    rank = whole(value)
    if rank is None or not 1 <= rank <= MOST_RANK:
        raise InvalidValue(f"{shown(value)}: a rank is a whole number from 1 on")
    return rank


def _each(value: Any) -> tuple[str, ...]:
    return (MEMBERS,) if value == MEMBERS else _codes(value)


def _order(value: Any) -> str:
    return as_word(value, tuple(ORDERS), "order")


def _check_id(_instance: object, _attribute: object, code: str) -> None:
    if not isinstance(code, str) or not _ID.fullmatch(code):
        raise InvalidClaim(
            f"{shown(code)} is no id: write it in kebab-case, as 'area-rank'", key="id"
        )


def _pair(value: Any) -> tuple[int, int]:
    first, last = map(as_year, value)
    return first, last


def _check_span(_instance: object, _attribute: object, span: tuple[int, int] | None) -> None:
    if span is not None and span[0] > span[1]:
        raise InvalidClaim(f"a span from {span[0]} to {span[1]}: the first year first", key="years")
    if span is not None and span[1] - span[0] >= MOST_YEARS:
        problem = f"a span from {span[0]} to {span[1]}: at most {MOST_YEARS} years"
        raise InvalidClaim(problem, key="years")


def _check_share(_instance: object, _attribute: object, share: Fraction | None) -> None:
    if share is not None and not 0 <= share < 1:
        raise InvalidClaim("a tolerance is from 0 % to less than 100 %", key="tolerance")


def _status(value: Any) -> str:
    return as_word(value, STATUSES, "status")


def _change(value: Any) -> About:
    return About(as_word(value, [about.value for about in CHANGES], "change"))


@frozen(kw_only=True, cache_hash=True, field_transformer=named, repr=False)
class Claim(Brief):
    """A printed statement, with all that is needed to find out whether it is true.

    Attributes:
        id: kebab-case name, unique in its set.
        statement: what was claimed, by language.
        relation: how the subject is bound to a number, to other areas, or numbers to one another.
        subject: code or name of a region, or those of areas joined by `+`.
        indicator: code of the indicator that can decide it, where there is one.
        quantity: what the number counts, where no indicator measures it.
        printed: the printed number; the share, the mean or the multiple, where it is of others.
        unit: the unit that it is printed in; that of the indicator, where none is given.
        areas: codes of the areas that the subject is said to exceed, or to be near; the area that
            a share is of, where that is not its country.
        than: the printed number that `part` is said to exceed, or to be near.
        part, whole: the share or multiple `printed` is `part` over `whole`; `whole` is also the
            total that `parts` sum to. With one of `areas`, `part` and `than` are the printed
            numbers of the subject and of that area.
        parts: printed numbers, with the areas that they are of.
        each: codes of the areas of which every one is as is said, or `members` of the subject.
        top: the last rank that makes the claim true.
        rank: the only rank that makes it true.
        order: which figure is first, the `highest` or the `lowest`; the better one of the
            indicator, if not given.
        peers: code of the peer group that it is ranked among.
        year: the year that it speaks of.
        period: the quarter, month or year that it speaks of, as `2019-02`.
        years: the first and last year of a span over which flows are summed.
        open_span: a name for a span that the text does not say; claims with one name share it.
        since: the earlier year of a change, which `printed` tells in percent, in points, as a
            multiple, or as an amount; of a month or quarter the same one of that year.
        change: how a change is told where no printed number says it: in `percent`, in `points`, or
            `absolute`; in points for what is itself a percentage, else in percent, if not given.
        projection: whether it speaks of the future.
        tolerance: in the place of the 5 % of "about" or the 10 % of "near".
        weights: code of the indicator that could weigh a mean.
        related: codes of indicators that measure something akin, and so decide nothing.
        note: what a reader should know besides.
        status: `draft` for what a person has still to confirm, which counts nowhere.
    """

    id: str = field(validator=_check_id)
    statement: Label = field(converter=as_label)
    relation: Relation = field(converter=_relation)
    subject: str = field(converter=text_of_code)
    indicator: str | None = field(default=None, converter=optional(text_of_code))
    quantity: Label | None = field(default=None, converter=optional(as_label))
    printed: Printed | None = field(default=None, converter=optional(_printed))
    unit: Unit | None = field(default=None, converter=optional(as_unit))
    areas: tuple[str, ...] = field(default=(), converter=_codes)
    than: Number | None = field(default=None, converter=optional(_number))
    part: Number | None = field(default=None, converter=optional(_number))
    whole: Number | None = field(default=None, converter=optional(_number))
    parts: tuple[Part, ...] = field(default=(), converter=_parts)
    each: tuple[str, ...] = field(default=(), converter=_each)
    top: int | None = field(default=None, converter=optional(_rank))
    rank: int | None = field(default=None, converter=optional(_rank))
    order: str | None = field(default=None, converter=optional(_order))
    peers: str | None = field(default=None, converter=optional(text_of_code))
    year: int | None = field(default=None, converter=optional(as_year))
    period: Period | None = field(default=None, converter=optional(as_period))
    years: tuple[int, int] | None = field(
        default=None, converter=optional(_pair), validator=_check_span
    )
    open_span: str | None = field(default=None, converter=optional(text_of_code))
    since: int | None = field(default=None, converter=optional(as_year))
    change: About | None = field(default=None, converter=optional(_change))
    projection: bool = False
    tolerance: Fraction | None = field(
        default=None, converter=optional(exact_number), validator=_check_share
    )
    weights: str | None = field(default=None, converter=optional(text_of_code))
    related: tuple[str, ...] = field(default=(), converter=_codes)
    note: Label | None = field(default=None, converter=optional(as_label))
    status: str | None = field(default=None, converter=optional(_status))

    def __attrs_post_init__(self) -> None:
        if self.period is not None and self.year is None:
            object.__setattr__(self, "year", self.period.year)
        if self.unit is None:
            printed = {number.unit for number in self._amounts() if number.unit not in {None, "$"}}
            if len(printed) == 1:
                object.__setattr__(self, "unit", as_unit(printed.pop()))
        faults: dict[str, InvalidClaim] = {}  # of each key the first, which may cause the others
        for key, problem in self._faults():
            faults.setdefault(key, InvalidClaim(problem, claim=self.id, key=key))
        if faults:
            raise joined(list(faults.values()))

    def _faults(self) -> Iterator[tuple[str, str]]:
        """What makes it mean nothing, by the key."""
        for group in _NEEDS[self.relation]:
            if all(getattr(self, name) in {None, ()} for name in group):
                needed = " or ".join(group)
                yield group[0], f"a claim of relation {self.relation.value!r} needs {needed}"
        if self.areas and self.indicator is None:
            yield "indicator", "areas are compared by an indicator: name one"
        yield from self._faults_of_each()
        if self.top is not None and self.rank is not None:
            yield "rank", "top and rank contradict each other: keep one"
        named = ("year" if self.period is None else "period", "years", "open_span")
        times = [name for name in named if getattr(self, name) is not None]
        if len(times) > 1:
            yield times[0], f"{' and '.join(times)} contradict each other: keep one"
        if self.period is not None and self.year != self.period.year:
            yield "period", f"{self.period} is not of the year {self.year}: keep one of them"
        if self.relation in OF_A_NUMBER and self.printed and self.printed.hedge != self.relation:
            text = f"relation {self.relation.value!r}, and the words say {self.hedge.value!r}"
            yield "relation", text
        yield from self._faults_of_use()
        yield from self._faults_of_time()
        yield from self._faults_of_words()
        yield from self._faults_of_numbers()
        yield from self._faults_of_company()
        yield from self._faults_of_kinds()

    def _faults_of_use(self) -> Iterator[tuple[str, str]]:
        """Keys that its relation would pass over."""
        for name in sorted(_LIMITED - _USES[self.relation]):
            if getattr(self, name) not in {None, ()}:
                yield name, f"a claim of relation {self.relation.value!r} has no use for {name!r}"

    def _faults_of_each(self) -> Iterator[tuple[str, str]]:
        if self.each and self.indicator is None:
            yield "indicator", "each of several areas is asked by an indicator: name one"
        if self.each and any(number is not None for number in (self.part, self.whole, self.than)):
            yield "each", "a number that is printed of one area is not of each: leave one out"
        if len(set(self.each)) < len(self.each):
            yield "each", "an area is named twice"

    def _faults_of_time(self) -> Iterator[tuple[str, str]]:
        if self.since is None:
            if self.change is not None:
                yield "change", "a change since when? give the year in since"
            return
        if self.years is not None or self.open_span is not None:
            yield "since", "a change is from one year to another: give year, and no span of years"
        if self.when is not None and self.since >= self.when.year:
            yield "since", f"a change since {self.since} cannot end in {self.when}"
        if self.part is not None or self.whole is not None or self.than is not None:
            yield "since", "printed numbers are of no year: keep since, or part, whole and than"

    def _faults_of_numbers(self) -> Iterator[tuple[str, str]]:
        printed, relation = self.printed, self.relation
        if printed is None:
            return
        if printed.hedge in {Relation.ALMOST, Relation.A_LITTLE_OVER} and not printed.first.value:
            yield "printed", "5 % of nothing is nothing: write 'about' and the number"
        if relation is Relation.TIMES and printed.kind is PrintedKind.POINTS:
            yield "printed", "a multiple is not in points: write 'double', '2.5 times' or '250 %'"
        if relation is Relation.SHARE_OF:
            if self.since is None and printed.kind is PrintedKind.TIMES and printed.first.value > 1:
                yield "printed", "a share is no multiple: write it in percent"
            if printed.kind is PrintedKind.NUMBER:
                yield "printed", "a share is printed in percent, or as 'half' or 'one in ten'"
        if printed.averaged and relation in OF_A_NUMBER and self.indicator and not self.years:
            yield "printed", "an average of what? give years, or relation = 'mean-of' and parts"
        decided = self.indicator is not None and relation in {*OF_A_NUMBER, Relation.SHARE_OF}
        if decided and self.since is None and printed.kind is PrintedKind.POINTS:
            yield "printed", "points are of a change: give the year in since, or write percent"
        of_number = relation in OF_A_NUMBER and self.since is None
        if of_number and printed.kind is PrintedKind.TIMES and printed.first.value > 1:
            yield "printed", "a multiple of what? write relation = 'times' and areas, or since"

    def _faults_of_company(self) -> Iterator[tuple[str, str]]:
        """Areas, numbers and units that do not go together."""
        ratio = self.relation in {Relation.TIMES, Relation.SHARE_OF}
        printed = [None if ratio else self.printed, self.part, self.whole, self.than]
        numbers = [*printed, *(part.printed for part in self.parts)]
        amounts = any(isinstance(number, Reference) or _is_amount(number) for number in numbers)
        if self.unit is not None and not amounts:
            yield "unit", "nothing that it prints is in a unit"
        if self.relation is Relation.SUM_OF and self.printed is not None and self.whole is not None:
            yield "printed", "printed and whole are both the total: keep one"
        if ratio and len(self.areas) > 1:
            what = "a multiple" if self.relation is Relation.TIMES else "a share"
            yield "areas", f"{what} is of one area: write several together as 'CRI+URY'"
        if self.relation is Relation.SHARE_OF and self.areas and (self.part or self.whole):
            yield "areas", "a share of an area, or of a printed number: keep one"
        beside = self.than is not None, self._compares and self.part is not None
        if self.areas and any(beside) and not (all(beside) and len(self.areas) == 1):
            text = (
                "compare with areas, or with the printed number in than: keep one, or give one "
                "area, with its printed number in than and the subject's in part"
            )
            yield "areas", text
        if self._compares and self.areas and self.printed is not None:
            yield "printed", "how much more than areas cannot be told: say so in a claim of its own"
        if len(set(self.areas)) < len(self.areas):
            yield "areas", "an area is named twice"

    def _faults_of_kinds(self) -> Iterator[tuple[str, str]]:
        """Numbers that count different things where they have to count one."""
        for number, key in ((self.whole, "whole"), (self.than, "than")):
            other = self.part if self.part is not None else self.printed
            if self.relation is Relation.SUM_OF or not isinstance(number, Printed):
                continue
            if self._compares or self.part is not None:
                yield from alike(key, other, number)
        whole = self.whole if isinstance(self.whole, Printed) else self.printed
        if self.parts and whole is not None and self.relation is not Relation.SHARE_OF:
            for part in self.parts:
                yield from alike("parts", part.printed, whole)

    def _amounts(self) -> Iterator[Printed]:
        """The printed numbers that are amounts, and can be in a unit."""
        ratio = self.relation in {Relation.TIMES, Relation.SHARE_OF}
        printed = [None if ratio else self.printed, self.part, self.whole, self.than]
        for number in [*printed, *(part.printed for part in self.parts)]:
            if isinstance(number, Printed) and _is_amount(number):
                yield number

    def _faults_of_words(self) -> Iterator[tuple[str, str]]:
        """What the words beside its numbers say, against its keys."""
        for number in self._amounts():
            text = str(number.texts)
            if number.unit == "$" and self.unit is None:
                yield "printed", f"{text!r} is in which currency? say so by the key 'unit'"
            elif number.unit not in {None, "$"} and as_unit(number.unit) != self.unit:
                problem = f"{text!r} is in {number.unit}, and other words or 'unit' say another"
                yield "printed", f"{problem}: keep one"
        numbers = [self.printed, self.part, self.whole, self.than]
        ranks = [number for number in numbers if _is_of(number, PrintedKind.RANK)]
        if ranks or any(_is_of(part.printed, PrintedKind.RANK) for part in self.parts):
            rank = self.printed.last.value if ranks and self.printed else 4
            yield "printed", f"a rank is no figure: write relation = 'top' and rank = {rank}"
        printed = self.printed
        is_level = self.indicator and "growth" not in self.indicator and self.since is None
        if printed is not None and printed.changed and is_level:
            yield "printed", "its words say a change: since when? give the year in since"

    @property
    def is_share_of_area(self) -> bool:
        """Whether it tells a share of an area, and not of the subject's country."""
        return self.relation is Relation.SHARE_OF and bool(self.areas)

    @property
    def last_rank(self) -> int:
        """The last rank that makes it true; 0 where it is about none."""
        return self.top or self.rank or 0

    @property
    def _compares(self) -> bool:
        return self.relation in {Relation.EXCEEDS, Relation.NEAR}

    @property
    def is_draft(self) -> bool:
        """Whether a person has still to confirm it."""
        return self.status == "draft"

    @property
    def when(self) -> Period | None:
        """The period that it names, if one: a year, a quarter or a month."""
        return WHOLE.of(self.year) if self.period is None and self.year else self.period

    @property
    def hedge(self) -> Relation:
        """What the words around the printed number say."""
        return self.printed.hedge if self.printed else Relation.EQUALS

    @property
    def references(self) -> tuple[str, ...]:
        """Ids of the claims whose numbers it uses."""
        numbers = (self.part, self.whole, self.than)
        return tuple(number.claim for number in numbers if isinstance(number, Reference))

    @property
    def about(self) -> About | None:
        """What it tells of its quantity; `None` for a change that the quantity decides on."""
        if self.since is None:
            return About.LEVEL
        if self._compares or self.relation in {Relation.TOP, Relation.TIMES}:
            return self.change
        number = self.parts[0].printed if self.parts else self.printed
        return None if number is None else _TOLD_BY[number.kind]


def _is_of(number: Number | None, kind: PrintedKind) -> bool:
    return isinstance(number, Printed) and number.kind is kind


def _is_amount(number: Number | None) -> bool:
    return _is_of(number, PrintedKind.NUMBER)


def alike(
    key: str, number: Printed | Reference | None, other: Printed
) -> Iterator[tuple[str, str]]:
    """Two numbers that have to count the same."""
    if isinstance(number, Printed) and number.kind is not other.kind:
        pair = f"{str(number.texts)!r} and {str(other.texts)!r}"
        yield key, f"{pair} count different things: {number.kind.value} and {other.kind.value}"
