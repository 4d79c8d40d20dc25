"""Claim sets: the claims of one text, by id, with where each stands in its file."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import field, frozen
from attrs.converters import optional

from bajio.arguments import as_instances
from bajio.brief import Brief
from bajio.claims.claim import Claim, Number, Reference, alike, named, text_of_code
from bajio.claims.claim_faults import joined
from bajio.claims.printed import Printed
from bajio.claims.review import Review, as_review
from bajio.errors import InvalidClaim, shown
from bajio.facts.measures import check_code
from bajio.facts.periods import WHOLE, Period, as_period, as_year
from bajio.labels import Label, as_label


def _by_id(values: Iterable[Claim]) -> tuple[Claim, ...]:
    claims = as_instances(values, Claim, "claims")
    if not claims:
        raise InvalidClaim("a set has one claim or more", key="claims")
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise InvalidClaim("two claims have this id", claim=claim.id, key="id")
        seen.add(claim.id)
    return claims


@frozen
class Origin:
    """Where the claims of a file stand in it.

    Attributes:
        file: its name.
        lines: the line of each key of a claim, and under an empty key that of the claim.
    """

    file: str
    lines: Mapping[tuple[str, str], int] = field(repr=False)

    def fault(self, claim: str, key: str, problem: str) -> InvalidClaim:
        """A fault with its place in the file."""
        if (claim, key) not in self.lines and ("", key) in self.lines:
            claim = ""  # it is said above the claims
        line = self.lines.get((claim, key), self.lines.get((claim, "")))
        return InvalidClaim(problem, file=self.file, claim=claim, key=key, line=line)


@frozen(cache_hash=True, field_transformer=named, repr=False)
class ClaimSet(Brief, Mapping[str, Claim]):
    """Claims that were printed together, by id.

    Attributes:
        code: kebab-case name.
        title: what it is called, by language.
        claims: in the order of the text.
        year: the year of a claim that names no period.
        period: the same as a quarter, a month or a year.
        peers: the peer group of a claim that names none.
        source: where the claims were printed.
        review: who reviews them and who made them, for those who publish the reviews.
        replaces: the code itself, where it is to take the place of another plugin's.
        origin: the file that it was read from, and where in it each key stands.

    Examples:
        >>> from bajio.registry import Registry
        >>> claims = Registry.default().claim_sets["san-miguel"]
        >>> len(claims), str(claims["area-rank"].relation), claims["area-rank"].top
        (19, 'top', 100)
    """

    code: str = field(validator=check_code)
    title: Label = field(converter=as_label)
    claims: tuple[Claim, ...] = field(converter=_by_id)
    year: int | None = field(default=None, kw_only=True, converter=optional(as_year))
    period: Period | None = field(default=None, kw_only=True, converter=optional(as_period))
    peers: str = field(default="un-members", kw_only=True, converter=text_of_code)
    source: Label | None = field(default=None, converter=optional(as_label), kw_only=True)
    review: Review | None = field(default=None, converter=optional(as_review), kw_only=True)
    replaces: str = field(default="", kw_only=True)
    origin: Origin | None = field(default=None, kw_only=True, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.period is not None and self.year is None:
            object.__setattr__(self, "year", self.period.year)
        faults = [
            InvalidClaim(problem, claim=claim.id, key=key)
            for claim in self.claims
            for key, problem in self._faults(claim)
        ]
        if self.period is not None and self.year != self.period.year:
            problem = f"{self.period} is not of the year {self.year}: keep one of them"
            faults.append(InvalidClaim(problem, key="period"))
        if faults:
            raise joined(faults)

    def _faults(self, claim: Claim) -> Iterator[tuple[str, str]]:
        """What makes a claim mean nothing among the others, by the key."""
        ids = self._by_code
        numbers: list[Printed] = []
        for name in ("part", "whole", "than"):
            number = getattr(claim, name)
            if isinstance(number, Reference):
                text = f"it refers to {shown(number.claim)}, which"
                if number.claim not in ids or number.claim == claim.id:
                    yield name, f"{text} is no other claim of the set"
                    continue
                if self[number.claim].printed is None:
                    yield name, f"{text} prints no number"
                    continue
                printed = self.printed(number)
                if printed is not None and numbers:
                    yield from alike(name, printed, numbers[0])
            numbers += [
                number_printed
                for number_printed in (self.printed(number),)
                if number_printed is not None
            ]
        ends = self.when if claim.when is None else None
        if claim.since is not None and ends is not None and ends.year <= claim.since:
            yield "since", f"a change since {claim.since} cannot end in {ends}"

    def __getitem__(self, code: str) -> Claim:
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def users(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that use the numbers of a claim, by its id."""
        users: dict[str, list[Claim]] = {}
        for claim in self.claims:
            for code in dict.fromkeys(claim.references):
                users.setdefault(code, []).append(claim)
        return {code: tuple(claims) for code, claims in users.items()}

    def __iter__(self) -> Iterator[str]:
        return (claim.id for claim in self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    @property
    def when(self) -> Period | None:
        """The period of a claim that names none, if one is given."""
        return WHOLE.of(self.year) if self.period is None and self.year else self.period

    def printed(self, number: Number | None) -> Printed | None:
        """A printed number, that of another claim where one is referred to."""
        return self[number.claim].printed if isinstance(number, Reference) else number
