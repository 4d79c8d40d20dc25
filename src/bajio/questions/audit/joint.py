"""What the claims of a set say together.

Claims of one set speak of the same quantities: each prints an interval for some of them, or says
how they hang together, and so do the indicators' own formulas (a density is people over land)
and regions (a total is that of the members).
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from bajio.claims.claim import Claim, ClaimSet, Reference
from bajio.claims.intervals import Interval
from bajio.claims.printed import NEAR, Kind, Printed
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.facts.measures import Time
from bajio.facts.regions import Region
from bajio.questions.audit.figures import in_unit
from bajio.questions.audit.own import constraints_of
from bajio.questions.audit.system import (
    Close,
    Constraint,
    Greater,
    Product,
    Total,
    Variable,
)
from bajio.questions.audit.values import reading_of
from bajio.questions.compositions import Compositions
from bajio.questions.evaluation import host_of
from bajio.registry import Registry
from bajio.rules.algebra import Operator
from bajio.rules.nodes import Arithmetic
from bajio.units import factor

_FIELDS = ("printed", "part", "whole", "than")


@frozen
class Statement:
    """What a claim says of quantities, read strictly and leniently.

    Attributes:
        domains: a quantity, and what it can be by each reading.
        constraints: how quantities hang together.
    """

    domains: tuple[tuple[Variable, Interval, Interval], ...]
    constraints: tuple[Constraint, ...]


@frozen
class Network:
    """The statements of a claim set, and what formulas and regions add to them."""

    registry: Registry
    claims: ClaimSet
    membership: str = "newest"

    def statement(self, claim: Claim) -> Statement:
        """What a claim says."""
        domains = []
        for field, printed in self._numbers(claim):
            strict = lenient = printed.digits
            if field == "printed" and claim.relation in OF_A_NUMBER:
                strict, lenient = reading_of(claim, printed)
            domains.append((self._variable(claim, field), strict, lenient))
        return Statement(tuple(domains), tuple(self._constraints(claim)))

    def _numbers(self, claim: Claim) -> Iterator[tuple[str, Printed]]:
        scale = self._scale(claim)
        for field in _FIELDS:
            number = getattr(claim, field)
            printed = self.claims.printed(number)
            if printed is None:
                continue
            if isinstance(number, Reference):
                yield field, printed.scaled(self._scale(self.claims[number.claim]))
            else:
                yield field, printed.scaled(scale if printed.kind is Kind.NUMBER else 1)
        for part in claim.parts:
            own = scale if part.printed.kind is Kind.NUMBER else 1
            yield f"parts.{part.area}", part.printed.scaled(own)

    def _scale(self, claim: Claim) -> int | Fraction:
        if claim.indicator is None or claim.unit is None:
            return 1
        return in_unit(self.registry.indicator(claim.indicator), claim.unit)

    def _variable(self, claim: Claim, field: str) -> Variable:
        """The quantity that a field of a claim is about."""
        number = getattr(claim, field, None)
        if isinstance(number, Reference):
            return self._variable(self.claims[number.claim], "printed")
        if claim.indicator is not None:
            if field == "printed" and claim.relation in OF_A_NUMBER:
                return self._figure(claim, claim.subject)
            if field == "printed" and claim.relation is Relation.SHARE_OF:
                return ("share", *self._figure(claim, claim.subject))
            host = self._host(claim)
            if field == "whole" and claim.relation is Relation.SHARE_OF and host is not None:
                return self._figure(claim, host)
            if field.startswith("parts.") and claim.relation is Relation.SUM_OF:
                return self._figure(claim, field.removeprefix("parts."))
        return ("claim", claim.id, field)

    def _figure(self, claim: Claim, area: str) -> tuple[str, ...]:
        """The name of a figure, or of its change since a year, which is another quantity."""
        assert claim.indicator is not None
        if claim.since is not None:
            about = claim.about or "change"
            period = f"{claim.since}-{self._period(claim)}"
            return ("change", about, claim.indicator, area, period)
        return ("figure", claim.indicator, area, self._period(claim))

    def _period(self, claim: Claim) -> str:
        if claim.open_span is not None:
            return f"in {claim.open_span}"
        plan = self.registry.plan(self.registry.indicator(claim.indicator or "").rule)
        measures = self.registry.dataset.measures
        if all(measures[code].time is Time.TIMELESS for code in plan.measures):
            return "always"
        years = claim.years or (claim.year or self.claims.year,)
        return f"{'projected ' if claim.projection else ''}{'-'.join(map(str, years))}"

    def _host(self, claim: Claim) -> str | None:
        subject = claim.subject

        def host() -> str | None:
            every = self._compositions.over(self._region(subject), None)
            return host_of(self.registry, every)

        return self.registry.keep(("audit host", subject, self.membership), host)

    @property
    def _compositions(self) -> Compositions:
        return Compositions(self.registry, self.membership)

    def _members_in(self, area: str, period: str) -> tuple[str, ...]:
        """The members in a period; none where they can be others in each of its years."""
        region = self._region(area)
        if not self._compositions.is_dated(region):
            return self._compositions.members(region, None)
        return self._compositions.members(region, int(period)) if period.isdigit() else ()

    def _region(self, code: str) -> Region:
        return self.registry.keep(("audit region", code), lambda: self.registry.region(code))

    def _constraints(self, claim: Claim) -> Iterator[Constraint]:
        yield from constraints_of(claim, lambda field: self._variable(claim, field))
        if claim.indicator is None:
            return
        own = self._figure(claim, claim.subject)
        host = self._host(claim)
        level = claim.since is None
        if claim.relation is Relation.SHARE_OF and claim.whole is None and host and level:
            yield Product(own, self._variable(claim, "printed"), self._figure(claim, host))
        for area in claim.areas:
            other = self._figure(claim, area)
            if claim.relation is Relation.EXCEEDS:
                yield Greater(own, other)
            elif claim.relation is Relation.NEAR:
                yield Close(other, own, NEAR if claim.tolerance is None else claim.tolerance)
            elif claim.relation is Relation.TIMES:
                yield Product(own, self._variable(claim, "printed"), other)

    def background(self, figures: Sequence[tuple[str, ...]]) -> Iterator[Constraint]:
        """What formulas of indicators, and members of regions, say of some figures."""
        known = set(figures)
        for _, code, area, period in figures:
            rule = self.registry.indicator(code).rule
            if isinstance(rule, Arithmetic) and rule.operator is Operator.OVER:
                above, below = (self._of_rule(part, known) for part in (rule.left, rule.right))
                for top in above:
                    for bottom in below:
                        yield from self._ratio((code, area, period), top, bottom)
            yield from self._members((code, area, period), known)

    def _of_rule(self, rule: object, known: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
        return [one for one in known if self.registry.indicator(one[1]).rule == rule]

    def _ratio(
        self, ratio: tuple[str, str, str], top: tuple[str, ...], bottom: tuple[str, ...]
    ) -> Iterator[Constraint]:
        code, area, period = ratio
        if {top[2], bottom[2]} != {area} or {top[3], bottom[3]} - {period, "always"}:
            return
        units = [self.registry.indicator(one).unit for one in (code, top[1], bottom[1])]
        if factor(units[1] / units[2], units[0]) == 1:
            yield Product(top, ("figure", *ratio), bottom)

    def _members(
        self, figure: tuple[str, str, str], known: set[tuple[str, ...]]
    ) -> Iterator[Constraint]:
        code, area, period = figure
        members = self._members_in(area, period)
        parts = tuple(("figure", code, member, period) for member in members)
        plan = self.registry.plan(self.registry.indicator(code).rule)
        if len(parts) > 1 and plan.additive and known.issuperset(parts):
            yield Total(("figure", *figure), parts)
