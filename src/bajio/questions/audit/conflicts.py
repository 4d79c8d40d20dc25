"""Joint contradictions: the smallest sets of claims of a set that cannot all be true."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb

from attrs import frozen

from bajio.claims.claim import ClaimSet
from bajio.errors import BajioError
from bajio.labels import Label
from bajio.questions.audit.amounts import listed
from bajio.questions.audit.findings import Conflict
from bajio.questions.audit.joint import Network, Statement
from bajio.questions.audit.saying import say
from bajio.questions.audit.system import Constraint, solve
from bajio.registry import Registry

#: Sets of claims that are tried one by one; beyond, a set that no claim can be taken from.
_MOST_TRIED = 20_000


@frozen
class _Search:
    """Looks for claims that cannot all be true, by one reading."""

    statements: Mapping[str, Statement]
    background: tuple[Constraint, ...]
    lenient: bool

    def possible(self, ids: Sequence[str]) -> bool:
        """Whether some claims can all be true, as far as is found out."""
        stated = [self.statements[code] for code in ids]
        domains = [
            (name, lenient if self.lenient else strict)
            for statement in stated
            for name, strict, lenient in statement.domains
        ]
        constraints = [one for statement in stated for one in statement.constraints]
        return solve(domains, [*constraints, *self.background]) is not None

    def smallest(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The smallest of some claims that cannot all be true."""
        left = list(ids)
        for code in ids:
            rest = [one for one in left if one != code]
            if rest and not self.possible(rest):
                left = rest
        tried = 0
        for size in range(1, len(left)):
            tried += comb(len(ids), size)
            if tried > _MOST_TRIED:
                break
            for some in combinations(ids, size):
                if not self.possible(some):
                    return some
        return tuple(left)

    def all(self, ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Sets that cannot be true, the smallest first, no claim in two of them."""
        left = list(ids)
        while left and not self.possible(left):
            found = self.smallest(left)
            yield found
            left = [code for code in left if code not in found]


def conflicts_of(registry: Registry, claims: ClaimSet) -> Iterator[Conflict]:
    """The claims of a set that cannot all be true together.

    Args:
        registry: what indicators and regions are known.
        claims: the set.

    Returns:
        The smallest such set; then the smallest of the claims that are left, and so on.
    """
    network = Network(registry, claims)
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
    for ids in strict.all(list(statements)):
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
