"""Joint contradictions: the smallest sets of claims of a set that cannot all be true.

Claims of one set speak of the same quantities: each prints an interval for some of them, or says
how they hang together, and so do the indicators' own formulas (a density is people over land)
and regions (a total is that of the members).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import comb

from attrs import field, frozen

from bajio.claims.claim import Claim, Reference
from bajio.claims.claim_set import ClaimSet
from bajio.claims.intervals import Interval
from bajio.claims.printed import NEAR, Printed, PrintedKind
from bajio.claims.relations import OF_A_NUMBER, Relation
from bajio.errors import BajioError, InvalidValue
from bajio.facts.measures import Time
from bajio.facts.periods import year_of
from bajio.facts.regions import Region
from bajio.questions.audit.claimed_places import claim_of, multiple_of, subjects_of
from bajio.questions.audit.consistency import (
    Close,
    Constraint,
    Greater,
    Product,
    Total,
    Variable,
    constraints_of,
    solve,
)
from bajio.questions.audit.figures import in_unit
from bajio.questions.audit.findings import Conflict
from bajio.questions.compositions import Compositions
from bajio.questions.question import host_of
from bajio.registry import Registry
from bajio.rules.algebra import Operator
from bajio.rules.rule import Arithmetic, Rule
from bajio.units import factor

#: Sets of claims that are tried one by one; beyond, a set that no claim can be taken from.
_MOST_TRIED = 20_000
#: Numbers that are narrowed in all; beyond, sets are told as they were found.
_MOST_WORK = 1_000_000


_FIELDS = ("printed", "part", "whole", "than")


@frozen(eq=False, repr=False)
class Statement:
    """What a claim says of quantities, read strictly and leniently.

    Attributes:
        domains: a quantity, and what it can be by each reading.
        constraints: how quantities hang together.
    """

    domains: tuple[tuple[Variable, Interval, Interval], ...]
    constraints: tuple[Constraint, ...]


@frozen(eq=False, repr=False)
class Network:
    """The statements of a claim set, and what formulas and regions add to them."""

    registry: Registry
    claims: ClaimSet
    membership: str = "newest"

    def statement(self, claim: Claim) -> Statement:
        """What a claim says; of each of several areas, all of it."""
        if claim.is_share_of_area:
            return self.statement(multiple_of(claim))
        if claim.each:
            period = claim.when or self.claims.when
            areas = subjects_of(claim, self._compositions, None if period is None else period.year)
            single = [self.statement(claim_of(claim, area)) for area in areas]
            return Statement(
                tuple(domain for single_statement in single for domain in single_statement.domains),
                tuple(
                    constraint
                    for single_statement in single
                    for constraint in single_statement.constraints
                ),
            )
        domains = []
        for key, printed in self._numbers(claim):
            strict = lenient = printed.digits
            if key == "printed" and claim.relation in OF_A_NUMBER:
                strict, lenient = (
                    read(claim.tolerance) for read in (printed.strict, printed.lenient)
                )
            domains.append((self._variable(claim, key), strict, lenient))
        return Statement(tuple(domains), tuple(self._constraints(claim)))

    def _numbers(self, claim: Claim) -> Iterator[tuple[str, Printed]]:
        scale = self._scale(claim)
        for key in _FIELDS:
            number = getattr(claim, key)
            printed = self.claims.printed(number)
            if printed is None:
                continue
            if isinstance(number, Reference):
                yield key, printed.scaled(self._scale(self.claims[number.claim]))
            else:
                yield key, printed.scaled(scale if printed.kind is PrintedKind.NUMBER else 1)
        for part in claim.parts:
            part_scale = scale if part.printed.kind is PrintedKind.NUMBER else 1
            yield f"parts.{part.area}", part.printed.scaled(part_scale)

    def _scale(self, claim: Claim) -> int | Fraction:
        if claim.indicator is None or claim.unit is None:
            return 1
        return in_unit(self.registry.indicator(claim.indicator), claim.unit)

    def _variable(self, claim: Claim, key: str) -> Variable:
        """The quantity that a field of a claim is about."""
        number = getattr(claim, key, None)
        if isinstance(number, Reference):
            return self._variable(self.claims[number.claim], "printed")
        if claim.indicator is not None:
            if key == "printed" and claim.relation in OF_A_NUMBER:
                return self._figure(claim, claim.subject)
            if key == "printed" and claim.relation is Relation.SHARE_OF:
                return ("share", *self._figure(claim, claim.subject))
            host = self._host(claim)
            if key == "whole" and claim.relation is Relation.SHARE_OF and host is not None:
                return self._figure(claim, host)
            if key.startswith("parts.") and claim.relation is Relation.SUM_OF:
                return self._figure(claim, key.removeprefix("parts."))
        return ("claim", claim.id, key)

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
        years = claim.years or (claim.when or self.claims.when,)
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
        """The members in a period; none before the first, or where they can differ in its years."""
        region = self._region(area)
        if not self._compositions.is_dated(region):
            return self._compositions.members(region, None)
        try:
            year = year_of(period)
        except InvalidValue:  # of several years, or open
            return ()
        return self._compositions.members(region, year) if region.members_in(year) else ()

    def _region(self, code: str) -> Region:
        return self.registry.keep(("audit region", code), lambda: self.registry.region(code))

    def _constraints(self, claim: Claim) -> Iterator[Constraint]:
        yield from constraints_of(claim, lambda key: self._variable(claim, key))
        if claim.indicator is None:
            return
        figure = self._figure(claim, claim.subject)
        host = self._host(claim)
        level = claim.since is None
        if claim.relation is Relation.SHARE_OF and claim.whole is None and host and level:
            yield Product(figure, self._variable(claim, "printed"), self._figure(claim, host))
        for area in claim.areas:
            other = self._figure(claim, area)
            if claim.relation is Relation.EXCEEDS:
                yield Greater(figure, other)
            elif claim.relation is Relation.NEAR:
                yield Close(other, figure, NEAR if claim.tolerance is None else claim.tolerance)
            elif claim.relation is Relation.TIMES:
                yield Product(figure, self._variable(claim, "printed"), other)

    def background(self, figures: Sequence[tuple[str, ...]]) -> Iterator[Constraint]:
        """What formulas of indicators, and members of regions, say of some figures."""
        known, by_rule = set(figures), self._by_rule(figures)
        for _, code, area, period in figures:
            rule = self.registry.indicator(code).rule
            if isinstance(rule, Arithmetic) and rule.operator is Operator.OVER:
                above, below = (by_rule.get((part, area), ()) for part in (rule.left, rule.right))
                for top in above:
                    for bottom in below:
                        yield from self._ratio((code, area, period), top, bottom)
            yield from self._members((code, area, period), known)

    def _by_rule(
        self, figures: Sequence[tuple[str, ...]]
    ) -> Mapping[tuple[Rule, str], Sequence[tuple[str, ...]]]:
        """Figures by the rule of their indicator and their area."""
        result: dict[tuple[Rule, str], list[tuple[str, ...]]] = {}
        for figure in figures:
            rule = self.registry.indicator(figure[1]).rule
            result.setdefault((rule, figure[2]), []).append(figure)
        return result

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


@frozen(eq=False, repr=False)
class _Search:
    """Looks for claims that cannot all be true, by one reading.

    Attributes:
        statements: what each claim says.
        background: what formulas and regions add.
        lenient: whether numbers are read leniently.
        work: how many numbers were narrowed, as its only item.
    """

    statements: Mapping[str, Statement]
    background: tuple[Constraint, ...]
    lenient: bool
    work: list[int] = field(factory=lambda: [0])

    @property
    def tired(self) -> bool:
        """Whether as much was tried as is bearable."""
        return self.work[0] > _MOST_WORK

    def possible(self, ids: Sequence[str]) -> bool:
        """Whether some claims can all be true, as far as is found out."""
        stated = [self.statements[code] for code in ids]
        domains = [
            (name, lenient if self.lenient else strict)
            for statement in stated
            for name, strict, lenient in statement.domains
        ]
        constraints = [constraint for statement in stated for constraint in statement.constraints]
        known = {name for constraint in constraints for name in constraint.variables}
        every = [*constraints, *self._near(known.union(name for name, _ in domains))]
        self.work[0] += len(domains) + 2 * sum(len(one.variables) for one in every)
        return solve(domains, every) is not None

    @cached_property
    def _links(self) -> Mapping[Variable, Sequence[int]]:
        """Which constraints of the background each quantity is in."""
        result: dict[Variable, list[int]] = {}
        for position, constraint in enumerate(self.background):
            for name in constraint.variables:
                result.setdefault(name, []).append(position)
        return result

    def _near(self, known: set[Variable]) -> Iterator[Constraint]:
        """What formulas and regions say of some quantities, directly or by way of others."""
        seen: set[int] = set()
        left = list(known)
        while left:
            for position in self._links.get(left.pop(), ()):
                if position not in seen:
                    seen.add(position)
                    left += self.background[position].variables
        return (self.background[position] for position in sorted(seen))

    def smallest(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The smallest of some claims that cannot all be true."""
        left = self._minimal((), (), ids)
        tried = 0
        for size in range(2, len(left)):
            tried += comb(len(ids), size)
            if tried > _MOST_TRIED:
                break
            for some in combinations(ids, size):
                if self.tired:
                    return left
                if not self.possible(some):
                    return some
        return left

    def _minimal(
        self, kept: Sequence[str], new: Sequence[str], ids: Sequence[str]
    ) -> tuple[str, ...]:
        """Claims none of which can be left out, that cannot be true together with those kept.

        Halves the claims, and looks into a half only where the other one does not suffice.
        """
        if new and not self.possible(kept):
            return ()
        if len(ids) == 1 or self.tired:
            return tuple(ids)
        first, second = ids[: len(ids) // 2], ids[len(ids) // 2 :]
        late = self._minimal((*kept, *first), first, second)
        early = self._minimal((*kept, *late), late, first)
        return (*early, *late)

    def all(self, ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Sets that cannot be true, the smallest first, no claim in two of them."""
        alone = [code for code in ids if not self.possible([code])]
        yield from ((code,) for code in alone)
        for group in self._groups([code for code in ids if code not in alone]):
            left = list(group)
            while left and not self.tired and not self.possible(left):
                conflict = self.smallest(left)
                yield conflict
                left = [code for code in left if code not in conflict]

    def _groups(self, ids: Sequence[str]) -> list[list[str]]:
        """Claims that speak of common quantities, directly or by way of others."""
        leaders: dict[Variable, Variable] = {}

        def leader(name: Variable) -> Variable:
            while leaders.setdefault(name, name) != name:
                leaders[name] = name = leaders[leaders[name]]
            return name

        links = [(code, _variables(self.statements[code])) for code in ids]
        for names in (
            *(names for _, names in links),
            *(constraint.variables for constraint in self.background),
        ):
            first, *rest = names or [None]
            for name in rest:
                leaders[leader(name)] = leader(first)
        groups: dict[Variable, list[str]] = {}
        for code, names in links:
            group = leader(next(iter(names))) if names else ("claim", code)
            groups.setdefault(group, []).append(code)
        return list(groups.values())


def _variables(statement: Statement) -> set[Variable]:
    """The quantities that a claim speaks of."""
    named = {name for name, *_ in statement.domains}
    return named.union(*(constraint.variables for constraint in statement.constraints))


def conflicts_of(
    registry: Registry, claims: ClaimSet, membership: str = "newest"
) -> tuple[tuple[Conflict, ...], bool]:
    """The claims of a set that cannot all be true together, and whether all was searched.

    Args:
        registry: what indicators and regions are known.
        claims: the set.
        membership: which members regions have, `newest` or `as-of`.

    Returns:
        The smallest such set; then the smallest of the claims that are left, and so on.
    """
    network = Network(registry, claims, membership)
    statements: dict[str, Statement] = {}
    for claim in claims.claims:
        try:
            statements[claim.id] = network.statement(claim)
        except BajioError:
            continue  # what it speaks of is not known, and its own finding says so
    names = {
        name: None
        for statement in statements.values()
        for name, *_ in statement.domains
        if isinstance(name, tuple) and name[0] == "figure"
    }
    background = tuple(network.background(list(names)))
    strict, mild = (_Search(statements, background, lenient) for lenient in (False, True))
    floats = sorted(strict.all(list(statements)), key=len)
    conflicts = tuple(Conflict(ids, lenient=not mild.possible(ids)) for ids in floats)
    return conflicts, not strict.tired
