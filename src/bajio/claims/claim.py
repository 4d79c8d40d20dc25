"""Claims: printed statements about a region that data, or their own company, can confirm."""

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import field, fields_dict, frozen
from attrs.converters import optional

from bajio.claims.printed import Kind, Printed
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import InvalidClaim
from bajio.facts.measures import check_code
from bajio.labels import Label, as_label
from bajio.units import Unit, as_unit

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: What each relation needs besides, one of each group.
_NEEDS: Mapping[Relation, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(OF_A_NUMBER, (("printed",),)),
    Relation.EXCEEDS: (("areas", "than"),),
    Relation.NEAR: (("areas", "than"),),
    Relation.TOP: (("top",), ("indicator",)),
    Relation.SHARE_OF: (("printed",), ("whole", "indicator")),
    Relation.SUM_OF: (("parts",), ("whole", "printed")),
    Relation.MEAN_OF: (("parts",), ("printed",)),
    Relation.TIMES: (("printed",), ("whole", "areas")),
}


@frozen
class Reference:
    """The number that another claim of the set prints."""

    claim: str


@frozen
class Part:
    """One of the printed numbers that a total or a mean is of, with the area that it is of."""

    area: str
    printed: Printed


Number = Printed | Reference


def _check_id(_instance: object, _attribute: object, code: str) -> None:
    if not _ID.fullmatch(code):
        raise InvalidClaim(f"{code!r} is no id: write it in kebab-case, as 'area-rank'", key="id")


def _pair(given: Iterable[int]) -> tuple[int, int]:
    first, last = given
    return first, last


def _check_span(_instance: object, _attribute: object, span: tuple[int, int] | None) -> None:
    if span is not None and span[0] > span[1]:
        raise InvalidClaim(f"a span from {span[0]} to {span[1]}: the first year first", key="years")


def _check_share(_instance: object, _attribute: object, share: Fraction | None) -> None:
    if share is not None and not 0 <= share < 1:
        raise InvalidClaim("a tolerance is from 0 % to less than 100 %", key="tolerance")


@frozen(kw_only=True, cache_hash=True)
class Claim:
    """A printed statement, with all that is needed to find out whether it is true.

    Attributes:
        id: kebab-case name, unique in its set.
        statement: what was claimed, by language.
        relation: how the subject is bound to a number, to other areas, or numbers to one another.
        subject: code of a region, or area codes joined by `+`.
        indicator: code of the indicator that can decide it, where there is one.
        quantity: what the number counts, where no indicator measures it.
        printed: the printed number; the share, the mean or the multiple, where it is of others.
        unit: the unit that it is printed in; that of the indicator, where none is given.
        areas: codes of the areas that the subject is said to exceed, or to be near.
        than: the printed number that `part` is said to exceed, or to be near.
        part, whole: the share or multiple `printed` is `part` over `whole`; `whole` is also the
            total that `parts` sum to.
        parts: printed numbers, with the areas that they are of.
        top: the last rank that makes the claim true.
        peers: code of the peer group that it is ranked among.
        year: the period that it speaks of.
        years: the first and last year of a span over which flows are summed.
        open_span: a name for a span that the text does not say; claims with one name share it.
        since: the earlier year of a change, which `printed` tells in percent or points.
        projection: whether it speaks of the future.
        tolerance: in the place of the 5 % of "about" or the 10 % of "near".
        weights: code of the indicator that could weigh a mean.
        related: codes of indicators that measure something akin, and so decide nothing.
        note: what a reader should know besides.
    """

    id: str = field(validator=_check_id)
    statement: Label = field(converter=as_label)
    relation: Relation = field(converter=Relation)
    subject: str
    indicator: str | None = None
    quantity: Label | None = field(default=None, converter=optional(as_label))
    printed: Printed | None = None
    unit: Unit | None = field(default=None, converter=optional(as_unit))
    areas: tuple[str, ...] = field(default=(), converter=tuple)
    than: Number | None = None
    part: Number | None = None
    whole: Number | None = None
    parts: tuple[Part, ...] = field(default=(), converter=tuple)
    top: int | None = None
    peers: str | None = None
    year: int | None = None
    years: tuple[int, int] | None = field(
        default=None, converter=optional(_pair), validator=_check_span
    )
    open_span: str | None = None
    since: int | None = None
    projection: bool = False
    tolerance: Fraction | None = field(default=None, validator=_check_share)
    weights: str | None = None
    related: tuple[str, ...] = field(default=(), converter=tuple)
    note: Label | None = field(default=None, converter=optional(as_label))

    def __attrs_post_init__(self) -> None:
        for group in _NEEDS[self.relation]:
            if all(getattr(self, name) in {None, ()} for name in group):
                raise InvalidClaim(
                    f"a claim of relation {self.relation.value!r} needs {' or '.join(group)}",
                    claim=self.id,
                    key=group[0],
                )
        if self.areas and self.indicator is None:
            problem = "areas are compared by an indicator: name one"
            raise InvalidClaim(problem, claim=self.id, key="indicator")
        times = [name for name in ("year", "years", "open_span") if getattr(self, name) is not None]
        if len(times) > 1:
            raise InvalidClaim(
                f"{' and '.join(times)} contradict each other: keep one", claim=self.id, key="year"
            )
        if self.relation in OF_A_NUMBER and self.printed and self.printed.hedge != self.relation:
            problem = f"relation {self.relation.value!r}, and the words say {self.hedge.value!r}"
            raise InvalidClaim(problem, claim=self.id, key="relation")

    @property
    def hedge(self) -> Relation:
        """What the words around the printed number say."""
        return self.printed.hedge if self.printed else Relation.EQUALS

    @property
    def references(self) -> tuple[str, ...]:
        """Ids of the claims whose numbers it uses."""
        numbers = (self.part, self.whole, self.than)
        return tuple(one.claim for one in numbers if isinstance(one, Reference))

    @property
    def is_change(self) -> bool:
        """Whether it is about a change in percentage points."""
        return self.printed is not None and self.printed.kind is Kind.POINTS


def _by_id(given: Iterable[Claim]) -> tuple[Claim, ...]:
    claims = tuple(given)
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise InvalidClaim("two claims have this id", claim=claim.id, key="id")
        seen.add(claim.id)
    return claims


@frozen(cache_hash=True)
class ClaimSet(Mapping[str, Claim]):
    """Claims that were printed together, by id.

    Attributes:
        code: kebab-case name.
        title: what it is called, by language.
        claims: in the order of the text.
        year: the period of a claim that names none.
        peers: the peer group of a claim that names none.
        source: where the claims were printed.
        replaces: the code itself, where it is to take the place of another plugin's.

    Examples:
        >>> from bajio.registry import Registry
        >>> claims = Registry.default().claim_sets["san-miguel"]
        >>> len(claims), str(claims["area-rank"].relation), claims["area-rank"].top
        (19, 'top', 100)
    """

    code: str = field(validator=check_code)
    title: Label = field(converter=as_label)
    claims: tuple[Claim, ...] = field(converter=_by_id)
    year: int | None = field(default=None, kw_only=True)
    peers: str = field(default="un-members", kw_only=True)
    source: Label | None = field(default=None, converter=optional(as_label), kw_only=True)
    replaces: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        ids = {claim.id for claim in self.claims}
        for claim in self.claims:
            for name in ("part", "whole", "than"):
                number = getattr(claim, name)
                if not isinstance(number, Reference):
                    continue
                if number.claim not in ids or number.claim == claim.id:
                    problem = f"it refers to {number.claim!r}, which is no other claim of the set"
                    raise InvalidClaim(problem, claim=claim.id, key=name)
                if self[number.claim].printed is None:
                    problem = f"it refers to {number.claim!r}, which prints no number"
                    raise InvalidClaim(problem, claim=claim.id, key=name)

    def __getitem__(self, code: str) -> Claim:
        for claim in self.claims:
            if claim.id == code:
                return claim
        raise KeyError(code)

    def __iter__(self) -> Iterator[str]:
        return (claim.id for claim in self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def printed(self, number: Number | None) -> Printed | None:
        """A printed number, that of another claim where one is referred to."""
        return self[number.claim].printed if isinstance(number, Reference) else number


#: Names of what a claim says, as a file may give them.
FIELDS = tuple(fields_dict(Claim))
