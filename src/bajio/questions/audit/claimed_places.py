"""Regions, areas and peer groups that claims name, by their codes."""

from attrs import evolve

from bajio.claims.claim import MEMBERS, Claim
from bajio.claims.claim_set import ClaimSet
from bajio.claims.relations import Relation
from bajio.questions.compositions import Compositions
from bajio.registry import Registry


def by_code(claims: ClaimSet, registry: Registry) -> ClaimSet:
    """A set whose claims, which have been checked, have codes where they had names.

    Examples:
        >>> import bajio
        >>> claims = bajio.Registry.default().claim_sets["san-miguel"]
        >>> by_code(claims, bajio.Registry.default()) is claims
        True
    """
    coded = tuple(_coded(claim, registry) for claim in claims.claims)
    same = all(new is old for new, old in zip(coded, claims.claims, strict=True))
    return claims if same else evolve(claims, claims=coded)


def _coded(claim: Claim, registry: Registry) -> Claim:
    subject = _code(claim.subject, registry)
    areas = tuple(_code(area, registry) for area in claim.areas)
    parts = claim.parts
    if claim.indicator is not None or claim.weights is not None:  # else nothing looks them up
        parts = tuple(evolve(part, area=_code(part.area, registry)) for part in parts)
    peers = None if claim.peers is None else _code(claim.peers, registry)
    each = claim.each
    if each != (MEMBERS,):
        each = tuple(_code(area, registry) for area in each)
    coded = (subject, areas, parts, peers, each)
    if coded == (claim.subject, claim.areas, claim.parts, claim.peers, claim.each):
        return claim
    return evolve(claim, subject=subject, areas=areas, parts=parts, peers=peers, each=each)


def subjects_of(claim: Claim, compositions: Compositions, year: int | None) -> tuple[str, ...]:
    """The areas of which a claim says that each is so; for members, those of the year."""
    if claim.each != (MEMBERS,):
        return claim.each
    region = compositions.registry.region(claim.subject)
    return tuple(compositions.members(region, year))


def claim_of(claim: Claim, area: str) -> Claim:
    """A claim about each of several areas, of one of them."""
    return evolve(claim, subject=area, each=())


def _code(text: str, registry: Registry) -> str:
    """The code that a text is, or names; of areas that it joins by `+`, all of theirs."""
    return "+".join(registry.code_of(part.strip()) for part in text.split("+"))


def multiple_of(claim: Claim) -> Claim:
    """A share of an area as what it is: a multiple of that area's figure."""
    return evolve(claim, relation=Relation.TIMES)
