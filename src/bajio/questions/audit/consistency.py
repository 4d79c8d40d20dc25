"""What numbers admit by themselves: a claim's own ones, and those of its company.

Numbers are exact intervals. Each constraint narrows what its numbers can be, until nothing changes
or nothing is left. What is found impossible is impossible. Where no number stands in two ways to
others, what is left is possible as well; where one does, something impossible may be left standing.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

from attrs import frozen

from bajio.brief import Brief
from bajio.claims.claim import Claim
from bajio.claims.claim_set import ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.printed import NEAR, Printed, PrintedKind
from bajio.claims.relations import Relation
from bajio.questions.audit.findings import (
    Aspect,
    Finding,
    Remark,
    Verdict,
)
from bajio.units import ONE, Unit
from bajio.words.sentences import (
    End,
    Piece,
    Range,
    Sentence,
    listing,
    sentence,
)

Variable = Hashable
Domains = Mapping[Variable, Interval]
ANY = Interval()
_NOTHING = Interval.point(0)
#: Rounds after which narrowing stops: chains of constraints are far shorter.
_MOST_ROUNDS = 16


@frozen(repr=False)
class Total(Brief):
    """The whole is a factor times the sum of the parts; for a mean, one over their number."""

    whole: Variable
    parts: tuple[Variable, ...]
    factor: Fraction = Fraction(1)

    def narrow(self, domains: Domains) -> Iterator[tuple[Variable, Interval]]:
        """What each number can be, given the others."""
        scale = Interval.point(self.factor)
        parts = [domains.get(part, ANY) for part in self.parts]
        before = list(accumulate(parts, initial=_NOTHING))
        after = list(accumulate(reversed(parts), initial=_NOTHING))[::-1]
        yield self.whole, before[-1] * scale
        total = domains.get(self.whole, ANY) / scale
        for position, part in enumerate(self.parts):
            yield part, total - (before[position] + after[position + 1])

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The numbers that hang together."""
        return (self.whole, *self.parts)


@frozen(repr=False)
class Product(Brief):
    """One number is the product of two others: a part of a share and a whole."""

    product: Variable
    first: Variable
    second: Variable

    def narrow(self, domains: Domains) -> Iterator[tuple[Variable, Interval]]:
        """What each number can be, given the others."""
        product, first, second = (
            domains.get(name, ANY) for name in (self.product, self.first, self.second)
        )
        yield self.product, first * second
        if 0 not in second:
            yield self.first, product / second
        if 0 not in first:
            yield self.second, product / first

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The numbers that hang together."""
        return self.product, self.first, self.second


@frozen(repr=False)
class Greater(Brief):
    """One number is greater than another."""

    more: Variable
    less: Variable

    def narrow(self, domains: Domains) -> Iterator[tuple[Variable, Interval]]:
        """What each number can be, given the other."""
        yield self.more, Interval(domains.get(self.less, ANY).low, open_low=True)
        yield self.less, Interval(high=domains.get(self.more, ANY).high, open_high=True)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The numbers that hang together."""
        return self.more, self.less


@frozen(repr=False)
class Close(Brief):
    """One number is within a tolerance, as a fraction, of another."""

    other: Variable
    one: Variable
    tolerance: Fraction

    def narrow(self, domains: Domains) -> Iterator[tuple[Variable, Interval]]:
        """What each number can be, given the other."""
        reach = Interval(1 - self.tolerance, 1 + self.tolerance)
        yield self.other, domains.get(self.one, ANY) * reach
        yield self.one, domains.get(self.other, ANY) / reach

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The numbers that hang together."""
        return self.other, self.one


Constraint = Total | Product | Greater | Close


def _goes_round(order: Sequence[Greater]) -> bool:
    """Whether some number would have to be greater than itself."""
    left = list(order)
    while left:
        lesser = {constraint.less for constraint in left}
        kept = [constraint for constraint in left if constraint.more in lesser]
        if len(kept) == len(left):
            return True
        left = kept
    return False


def solve(
    domains: Iterable[tuple[Variable, Interval]], constraints: Sequence[Constraint]
) -> dict[Variable, Interval] | None:
    """What is left for each number; `None` where they cannot all be.

    Args:
        domains: what numbers are said to be; one can be named several times.
        constraints: how they hang together; a number without a domain can be anything.

    Examples:
        >>> half = Interval(Fraction(1, 2), Fraction(3, 5))
        >>> found = solve([("share", half), ("whole", Interval.point(10))],
        ...     [Product("part", "share", "whole")])
        >>> found["part"].low, found["part"].high
        (Fraction(5, 1), Fraction(6, 1))
        >>> solve([("a", Interval.point(1)), ("b", Interval.point(2))], [Greater("a", "b")])
    """
    if _goes_round([one for one in constraints if isinstance(one, Greater)]):
        return None
    left: dict[Variable, Interval] = {}
    for name, domain in domains:
        left[name] = left.get(name, ANY) & domain
        if left[name].is_empty:
            return None
    for _ in range(_MOST_ROUNDS):
        before = dict(left)
        for constraint in constraints:
            for name, domain in constraint.narrow(left):
                left[name] = left.get(name, ANY) & domain
                if left[name].is_empty:
                    return None
        if left == before:
            break
    return left


@frozen(eq=False, repr=False)
class Own:
    """What a claim's own numbers admit.

    Attributes:
        admits: whether they can all be what they are said to be.
        rounding: whether only thanks to rounding.
        reason: why, by language.
    """

    admits: bool
    rounding: bool
    reason: Sentence


def constraints_of(claim: Claim, named: Callable[[str], Variable] = str) -> Iterator[Constraint]:
    """How a claim's own numbers hang together.

    Args:
        claim: the claim.
        named: what the number of a field is called; by the field, if not given.
    """
    parts = tuple(named(f"parts.{part.area}") for part in claim.parts)
    match claim.relation:
        case Relation.SHARE_OF | Relation.TIMES if claim.whole is not None:
            yield Product(named("part"), named("printed"), named("whole"))
        case Relation.SUM_OF:
            yield Total(named("printed" if claim.whole is None else "whole"), parts)
        case Relation.MEAN_OF:
            yield Total(named("printed"), parts, Fraction(1, len(parts)))
        case Relation.EXCEEDS if claim.than is not None:
            yield Greater(named("part" if claim.part is not None else "printed"), named("than"))
        case Relation.NEAR if claim.than is not None:
            tolerance = NEAR if claim.tolerance is None else claim.tolerance
            first = named("part" if claim.part is not None else "printed")
            yield Close(named("than"), first, tolerance)


def numbers_of(claims: ClaimSet, claim: Claim) -> dict[str, Printed]:
    """The printed numbers of a claim, by the names of its fields."""
    printed_numbers = {
        name: claims.printed(getattr(claim, name)) for name in ("printed", "part", "whole", "than")
    }
    numbers = {name: printed for name, printed in printed_numbers.items() if printed is not None}
    return numbers | {f"parts.{part.area}": part.printed for part in claim.parts}


def check_own(claims: ClaimSet, claim: Claim) -> Own | None:
    """Whether a claim's own numbers admit it, their words aside; `None` where it has no others."""
    constraints = list(constraints_of(claim))
    lacks_part = claim.relation in {Relation.SHARE_OF, Relation.TIMES} and claim.part is None
    if not constraints or lacks_part:
        return None
    numbers = numbers_of(claims, claim)
    wide = solve([(name, printed.digits) for name, printed in numbers.items()], constraints)
    target = _target(claim)
    exact = solve(
        [
            (name, printed.nominal if name != target else _taken(printed))
            for name, printed in numbers.items()
        ],
        constraints,
    )
    return Own(
        wide is not None,
        wide is not None and exact is None,
        _own_reason(claim, numbers, wide),
    )


def _target(claim: Claim) -> str:
    """The number that the others are to give."""
    if claim.relation is Relation.SUM_OF and claim.whole is not None:
        return "whole"
    return "part" if claim.relation is Relation.TIMES and claim.part is not None else "printed"


def _taken(printed: Printed) -> Interval:
    """All that a number can be taken for without rounding the others."""
    return printed.digits.hull(printed.nominal)


def digits_of(printed: Printed) -> Piece:
    """The digits of a printed number, with no words but its scale: "20.3 million", "2.5 %"."""
    scale = None if printed.kind in {PrintedKind.NUMBER, PrintedKind.TIMES} else ONE
    ends = dict.fromkeys((printed.first.value, printed.last.value))
    return listing((End(end, scale) for end in ends), between="–")


def unit_of(printed: Printed) -> Unit | None:
    """The unit that a printed number shows by itself: that of a share, or none."""
    return ONE if printed.kind in {PrintedKind.PERCENT, PrintedKind.POINTS} else None


_Wide = Mapping[object, Interval] | None


def _own_reason(claim: Claim, numbers: Mapping[str, Printed], wide: _Wide) -> Sentence:
    match claim.relation:
        case Relation.SHARE_OF:
            return _share_reason(claim, numbers, wide)
        case Relation.TIMES:
            return _times_reason(numbers, wide)
        case Relation.SUM_OF | Relation.MEAN_OF:
            return _total_reason(claim, numbers, possible=wide is not None)
    than = numbers["than"]
    first = numbers.get("part", numbers.get("printed", than))
    relation = "near" if claim.relation is Relation.NEAR else "above"
    key = f"own.{relation}" if wide is not None else f"own.not-{relation}"
    return sentence(key, first=digits_of(first), than=digits_of(than))


def _share_reason(claim: Claim, numbers: Mapping[str, Printed], wide: _Wide) -> Sentence:
    part, whole, share = numbers["part"], numbers["whole"], numbers["printed"]
    parts: dict[str, Piece] = {
        "part": digits_of(part),
        "whole": digits_of(whole),
        "range": Range(part.digits / whole.digits, ONE),
        "share": digits_of(share),
    }
    if wide is None:
        return sentence("own.share-not", **parts)
    left = wide["part"]
    low = left.low > part.digits.low
    if not low and left.high >= part.digits.high:
        return sentence("own.share", **parts)
    end = Fraction(left.low if low else left.high)
    key = "own.share-at-least" if low else "own.share-at-most"
    return sentence(key, **parts, end=_counted(claim, end, up=not low))


def _counted(claim: Claim, value: Fraction, *, up: bool) -> Piece:
    """A number with what is counted."""
    end = End(value, None, up)
    if claim.quantity is None:
        return end
    key = "own.large-count" if abs(value) >= 10**6 else "own.count"
    return sentence(key, number=end, what=claim.quantity)


def _times_reason(numbers: Mapping[str, Printed], wide: _Wide) -> Sentence:
    factor, whole, part = numbers["printed"], numbers["whole"], numbers["part"]
    unit = unit_of(whole)
    product = factor.digits * whole.digits
    parts = {
        "factor": digits_of(factor),
        "whole": digits_of(whole),
        "product": End(factor.first.value * whole.first.value, unit),
        "range": Range(product, unit),
        "part": digits_of(part),
    }
    if wide is None:
        return sentence("own.times-not", **parts)
    overlap = part.nominal & product
    upper = overlap.low > part.nominal.low and not overlap.is_empty
    return sentence("own.times-upper" if upper else "own.times", **parts)


def _total_reason(claim: Claim, numbers: Mapping[str, Printed], *, possible: bool) -> Sentence:
    mean = claim.relation is Relation.MEAN_OF
    target = numbers["whole" if claim.whole is not None and not mean else "printed"]
    values = [part.printed.first.value for part in claim.parts]
    total = sum(values, Fraction(0)) / (len(values) if mean else 1)
    parts = [digits_of(part.printed) for part in claim.parts]
    key = ("own.mean" if mean else "own.sum") + ("" if possible else "-not")
    return sentence(
        key,
        parts=listing(parts) if mean else listing(parts, between=" + "),
        total=End(total, unit_of(target)),
        target=digits_of(target),
    )


def audit_company(
    claims: ClaimSet, claim: Claim, owns: Mapping[str, Own | None], problem: Piece
) -> Finding:
    """The verdict on a claim by its own numbers and those of the claims that use them.

    Args:
        claims: the set.
        claim: one of them.
        owns: what the own numbers of each claim admit, by id.
        problem: why data could not decide it, where they were asked.
    """
    claim_consistency = owns[claim.id]
    users = claims.users.get(claim.id, ())
    admitted = [owns[other.id] for other in users]
    if claim_consistency is not None:
        verdict = Verdict.CONSISTENT if claim_consistency.admits else Verdict.INCONSISTENT
        rounding = Remark(Aspect.ROUNDING, sentence("own.rounding"), weighty=True)
        remarks = (rounding,) if claim_consistency.rounding else ()
        return Finding(
            claim,
            verdict,
            claim_consistency.reason,
            rounding=claim_consistency.rounding,
            remarks=remarks,
        )
    why = _why(claim, problem)
    if admitted and all(consistency is not None and consistency.admits for consistency in admitted):
        names = ", ".join(other.id for other in users)
        reason = sentence("own.admitted", why=why, names=names)
        return Finding(claim, Verdict.CONSISTENT, reason)
    return Finding(claim, Verdict.NOT_CHECKABLE, sentence("own.why", why=why))


def _why(claim: Claim, problem: Piece) -> Piece:
    if problem:
        return problem
    if claim.projection:
        return sentence("problem.projection")
    if claim.open_span is not None:
        return sentence("problem.no-span")
    return sentence("problem.no-data", what=claim.quantity or sentence("problem.it"))
