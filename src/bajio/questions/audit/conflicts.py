"""Joint contradictions: the smallest sets of claims of a set that cannot all be true."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb

from attrs import field, frozen

from bajio.claims.claim import ClaimSet
from bajio.errors import BajioError
from bajio.labels import Label
from bajio.questions.audit.findings import Conflict
from bajio.questions.audit.joint import Network, Statement
from bajio.questions.audit.saying import say
from bajio.questions.audit.system import Constraint, Variable, solve
from bajio.registry import Registry
from bajio.words.enumerations import listed

#: Sets of claims that are tried one by one; beyond, a set that no claim can be taken from.
_MOST_TRIED = 20_000
#: Numbers that are narrowed in all; beyond, sets are told as they were found.
_MOST_WORK = 1_000_000


@frozen
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
        constraints = [one for statement in stated for one in statement.constraints]
        known = {name for one in constraints for name in one.variables}
        every = [*constraints, *self._near(known.union(name for name, _ in domains))]
        self.work[0] += len(domains) + 2 * sum(len(one.variables) for one in every)
        return solve(domains, every) is not None

    def _near(self, known: set[Variable]) -> Iterator[Constraint]:
        """What formulas and regions say of some quantities, directly or by way of others."""
        left, before = list(self.background), -1
        while left and len(known) > before:
            before = len(known)
            near = [one for one in left if not known.isdisjoint(one.variables)]
            left = [one for one in left if one not in near]
            known = known.union(*(one.variables for one in near))
            yield from near

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
                found = self.smallest(left)
                yield found
                left = [code for code in left if code not in found]

    def _groups(self, ids: Sequence[str]) -> list[list[str]]:
        """Claims that speak of common quantities, directly or by way of others."""
        links = [(code, _variables(self.statements[code])) for code in ids] + [
            ("", one.variables) for one in self.background
        ]
        groups: list[tuple[list[str], set[Variable]]] = []
        for code, names in links:
            near = [group for group in groups if not group[1].isdisjoint(names)]
            groups = [group for group in groups if group[1].isdisjoint(names)]
            codes = [one for group in near for one in group[0]] + ([code] if code else [])
            groups.append((codes, {*names, *(name for group in near for name in group[1])}))
        order = {code: at for at, code in enumerate(ids)}
        found = [sorted(codes, key=order.__getitem__) for codes, _ in groups if codes]
        return sorted(found, key=lambda codes: order[codes[0]])


def _variables(statement: Statement) -> set[Variable]:
    """The quantities that a claim speaks of."""
    named = {name for name, *_ in statement.domains}
    return named.union(*(one.variables for one in statement.constraints))


def conflicts_of(
    registry: Registry, claims: ClaimSet, membership: str = "newest"
) -> Iterator[Conflict]:
    """The claims of a set that cannot all be true together.

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
    found = sorted(strict.all(list(statements)), key=len)
    for ids in found:
        lenient = not mild.possible(ids)
        yield Conflict(ids, lenient, _reason(ids, lenient=lenient))


def _reason(ids: tuple[str, ...], *, lenient: bool) -> Label:
    if len(ids) == 1:
        return say(
            "{claims} contradicts itself{even}.",
            "{claims} se contradice{even}.",
            claims=ids[0],
            even=_even(lenient=lenient),
        )
    return say(
        "{claims} cannot all be true{even}.",
        "{claims} no pueden ser todas ciertas{even}.",
        claims=lambda language: listed(ids, language),
        even=_even(lenient=lenient),
    )


def _even(*, lenient: bool) -> Label:
    if lenient:
        return Label({"en": ", even read leniently", "es": ", ni leídas con holgura"})
    return Label(
        {
            "en": " to the letter; leniently read, they can",
            "es": " al pie de la letra; leídas con holgura, sí",
        }
    )
